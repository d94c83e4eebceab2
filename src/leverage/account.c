/*-------------------------------------------------------------------------
 *
 * leverage/account.c
 *	  The SQL face of domain leverage: lending accounts.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "fmgr.h"

#include "core/leverage/account.h"
#include "leverage/position.h"
#include "server/compat.h"
#include "server/moving.h"
#include "server/report.h"
#include "server/summary.h"

#define SUM_OF_AMOUNTS	"sum of collateral or debt"

StaticAssertDecl(sizeof(account_summary) == 8 * 2 + 4 * sizeof(binned_sum),
				 "account_summary must have no padding, it is stored byte by byte");

/* ---------- the type account_summary ---------- */

static bool
is_valid(const void *value)
{
	return account_summary_is_valid(value);
}

static const summary_field fields[] = {
	SUMMARY_SUM(account_summary, collateral),
	SUMMARY_SUM(account_summary, debt),
	SUMMARY_SUM(account_summary, limit),
	SUMMARY_SUM(account_summary, borrow_limit),
	SUMMARY_INT64(account_summary, num_without_ltv),
	SUMMARY_INT64(account_summary, num_positions)
};

static const summary_form form = {
	"account_summary", sizeof(account_summary), fields, lengthof(fields), is_valid,
	"(sum of collateral,sum of debt,liquidation limit,borrow limit,positions without ltv,"
	"num_positions)",
	"No set of positions has this summary."
};

SUMMARY_FORM(account_summary, &form)

/* ---------- aggregates ---------- */

/*
 * A row counts if it has collateral or debt.  As in two sums, one of them
 * that is NULL adds nothing, and neither does a share that is NULL.
 */
static inline bool
is_skipped(FunctionCallInfo fcinfo)
{
	return PG_ARGISNULL(1) && PG_ARGISNULL(3);
}

/* Add the row in arguments 1 to 3, or 1 to 4 with its ltv. */
static pg_attribute_always_inline void
add_row(FunctionCallInfo fcinfo, account_summary *s, bool with_ltv)
{
	double		collateral = amount_argument(fcinfo, 1);
	double		threshold = amount_argument(fcinfo, 2);
	double		debt = amount_argument(fcinfo, 3);
	double		ltv = with_ltv ? amount_argument(fcinfo, 4) : 0;

	check_amount("collateral", collateral);
	check_threshold("liquidation_threshold", threshold);
	check_amount("debt", debt);
	check_threshold("ltv", ltv);
	report_status(account_summary_add(s, collateral, threshold, debt), SUM_OF_AMOUNTS);
	if (with_ltv)
		account_summary_add_ltv(s, collateral, ltv);
	else
		account_summary_add_no_ltv(s, collateral);
}

static pg_attribute_always_inline Datum
accum(FunctionCallInfo fcinfo, bool with_ltv)
{
	account_summary *s = summary_state(fcinfo, sizeof(account_summary));

	if (is_skipped(fcinfo))
	{
		if (s == NULL)
			PG_RETURN_NULL();
		PG_RETURN_POINTER(s);
	}
	if (s == NULL)
	{
		s = summary_alloc(fcinfo, sizeof(account_summary));
		account_summary_init(s);
	}
	add_row(fcinfo, s, with_ltv);
	PG_RETURN_POINTER(s);
}

/* Transition functions of account_agg; see rate_summary_accum. */
PG_FUNCTION_INFO_V1(account_summary_accum);
Datum
account_summary_accum(PG_FUNCTION_ARGS)
{
	return accum(fcinfo, false);
}

PG_FUNCTION_INFO_V1(account_summary_accum_ltv);
Datum
account_summary_accum_ltv(PG_FUNCTION_ARGS)
{
	return accum(fcinfo, true);
}

SUMMARY_MERGE_STEPS(account_summary, account_summary_merge, SUM_OF_AMOUNTS)

/* Forward function of account_agg over a moving frame. */
PG_FUNCTION_INFO_V1(account_summary_moving_accum);
Datum
account_summary_moving_accum(PG_FUNCTION_ARGS)
{
	sliding    *state = moving_state(fcinfo, account_summary_merge_slots,
									 sizeof(account_summary));

	if (!is_skipped(fcinfo))
	{
		account_summary row;

		account_summary_init(&row);
		add_row(fcinfo, &row, PG_NARGS() == 5);
		moving_push(fcinfo, state, &row, SUM_OF_AMOUNTS);
	}
	PG_RETURN_POINTER(state);
}

/* Its inverse. */
PG_FUNCTION_INFO_V1(account_summary_moving_remove);
Datum
account_summary_moving_remove(PG_FUNCTION_ARGS)
{
	sliding    *state = moving_state(fcinfo, account_summary_merge_slots,
									 sizeof(account_summary));

	if (!is_skipped(fcinfo))
		moving_pop(state, SUM_OF_AMOUNTS);
	PG_RETURN_POINTER(state);
}

/* ---------- measures ---------- */

PG_FUNCTION_INFO_V1(health_factor);
Datum
health_factor(PG_FUNCTION_ARGS)
{
	double		collateral = PG_GETARG_FLOAT8(0);
	double		threshold = PG_GETARG_FLOAT8(1);
	double		debt = PG_GETARG_FLOAT8(2);
	double		result;

	check_amount("collateral", collateral);
	check_threshold("liquidation_threshold", threshold);
	check_amount("debt", debt);
	if (!report_status(leverage_health_factor(collateral, threshold, debt, &result),
					   "health_factor"))
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(result);
}

#define ACCOUNT_MEASURE(name) \
	PG_FUNCTION_INFO_V1(account_summary_##name); \
	Datum \
	account_summary_##name(PG_FUNCTION_ARGS) \
	{ \
		double		result; \
		if (!report_status(account_##name((account_summary *) PG_GETARG_POINTER(0), &result), \
						   #name)) \
			PG_RETURN_NULL(); \
		PG_RETURN_FLOAT8(result); \
	}

ACCOUNT_MEASURE(health_factor)
ACCOUNT_MEASURE(ltv)
ACCOUNT_MEASURE(leverage)
ACCOUNT_MEASURE(available_to_borrow)
ACCOUNT_MEASURE(liquidation_distance)
ACCOUNT_MEASURE(equity)
ACCOUNT_MEASURE(total_collateral)
ACCOUNT_MEASURE(total_debt)

PG_FUNCTION_INFO_V1(account_summary_num_positions);
Datum
account_summary_num_positions(PG_FUNCTION_ARGS)
{
	PG_RETURN_INT64(((account_summary *) PG_GETARG_POINTER(0))->num_positions);
}
