/*-------------------------------------------------------------------------
 *
 * chain/rule.c
 *	  Functions that are one rule of a contract: words in, words out.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "lib/stringinfo.h"

#include "chain/rule.h"
#include "core/chain/fixed.h"
#include "server/compat.h"
#include "server/report.h"

/* The rule's arguments that are words */
void
rule_arguments(FunctionCallInfo fcinfo, const word_rule *rule, u256 *values)
{
	for (int i = 0; i < rule->num_arguments; i++)
		values[i] = uint_argument(fcinfo, i, rule->arguments[i]);
}

/* Argument n, a number of decimals such that a word holds their unit */
int
decimals_argument(FunctionCallInfo fcinfo, int n, const char *argument)
{
	return integer_argument(fcinfo, n, argument, 0, U256_MAX_POW10);
}

/* Argument n, a numeric, as a signed word */
s256
signed_argument(FunctionCallInfo fcinfo, int n, const char *argument)
{
	s256		result;

	if (unlikely(numeric_to_s256(PG_GETARG_DATUM(n), &result) != NUMERIC_READ_OK))
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("%s must be a whole number from -2^255 to 2^255 - 1, not %s", argument,
						shown_numeric(PG_GETARG_DATUM(n)))));
	return result;
}

/* Number of elements of argument n, an array */
int
items_in(FunctionCallInfo fcinfo, int n)
{
	ArrayType  *array = PG_GETARG_ARRAYTYPE_P(n);

	return ArrayGetNItems(ARR_NDIM(array), ARR_DIMS(array));
}

/*
 * Argument n, an array of words, one for each that the array "first" has; NULL
 * where an element is NULL.
 */
u256 *
parallel_array(FunctionCallInfo fcinfo, int n, const char *argument, const char *first,
			   int expected)
{
	int			length = items_in(fcinfo, n);

	if (length > RULE_MAX_ITEMS)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("%s must have at most %d elements, not %d", argument, RULE_MAX_ITEMS, length)));
	if (length != expected)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("%s must be as many as %s, %d, not %d", argument, first, expected, length)));
	return uint_array(PG_GETARG_ARRAYTYPE_P(n), argument, &length);
}

/* A word that is no use to the rule whatever the others are: "requirement" completes "must be" */
void
require_word(bool holds, const char *argument, const char *requirement, Datum value)
{
	if (unlikely(!holds))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("%s must be %s, not %s", argument, requirement, shown_numeric(value))));
}

/* A share of a whole */
void
require_bps(u256 bps, const char *argument, Datum value)
{
	require_word(u256_cmp(bps, FIXED_PERCENT) <= 0, argument, "from 0 to 10000 basis points", value);
}

/* The words that contradict each other, each with its name */
static char *
shown_arguments(FunctionCallInfo fcinfo, const word_rule *rule)
{
	StringInfoData out;

	initStringInfo(&out);
	for (int i = 0; i < rule->num_arguments; i++)
		appendStringInfo(&out, "%s%s is %s", i == 0 ? "" : ", ", rule->arguments[i],
						 shown_numeric(PG_GETARG_DATUM(i)));
	return out.data;
}

/* The result, or an amount on the way to it, is "limit" or more */
void
report_overflow(const char *function, const char *limit)
{
	ereport(ERROR,
			(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
			 errmsg("result of %s is out of range", function),
			 errdetail("It, or an amount on the way to it, is %s or more.", limit)));
	pg_unreachable();
}

/* Returns where the core had a result, and reports why it has none otherwise */
void
check_rule(FunctionCallInfo fcinfo, const word_rule *rule, core_status status)
{
	if (likely(status == CORE_OK))
		return;
	if (status == CORE_DIVISION_BY_ZERO)
		ereport(ERROR,
				(errcode(ERRCODE_DIVISION_BY_ZERO),
				 errmsg("%s must not be zero in %s", rule->divisor, rule->name)));
	if (status == CORE_BAD_PARAMETER)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("%s in %s", rule->requirement, rule->name),
				 rule->num_arguments > 0 ? errdetail("%s.", shown_arguments(fcinfo, rule)) : 0));
	report_overflow(rule->name, "2^256");
}

Datum
rule_result(FunctionCallInfo fcinfo, const word_rule *rule, core_status status, u256 result)
{
	check_rule(fcinfo, rule, status);
	PG_RETURN_NUMERIC(u256_to_numeric(result));
}

/* The same for a signed result */
Datum
signed_rule_result(FunctionCallInfo fcinfo, const word_rule *rule, core_status status, s256 result)
{
	if (status == CORE_OUT_OF_RANGE)
		report_overflow(rule->name, "2^255");
	check_rule(fcinfo, rule, status);
	PG_RETURN_NUMERIC(s256_to_numeric(result));
}

/* n words, at most RULE_MAX_ARGUMENTS, as a row of the function's OUT columns */
Datum
rule_row(FunctionCallInfo fcinfo, const word_rule *rule, core_status status,
		 const u256 *results, int n)
{
	Datum		values[RULE_MAX_ARGUMENTS];

	check_rule(fcinfo, rule, status);
	Assert(n <= RULE_MAX_ARGUMENTS);
	for (int i = 0; i < n; i++)
		values[i] = NumericGetDatum(u256_to_numeric(results[i]));
	return row_result(fcinfo, values);
}
