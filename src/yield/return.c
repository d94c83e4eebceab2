/*-------------------------------------------------------------------------
 *
 * yield/return.c
 *	  The SQL face of domain yield: linked returns, rewards, attribution.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "utils/float.h"
#include "utils/timestamp.h"

#include "chain/words.h"
#include "core/yield/return.h"
#include "server/compat.h"
#include "server/moving.h"
#include "server/report.h"
#include "server/row.h"
#include "server/span.h"
#include "server/summary.h"

#define MICROSECONDS_PER_DAY	86400e6

StaticAssertDecl(sizeof(return_summary) == 8 * 2 + sizeof(binned_sum),
				 "return_summary must have no padding, it is stored byte by byte");

/* ---------- the type return_summary ---------- */

static bool
is_valid(const void *value)
{
	return return_summary_is_valid(value);
}

static const summary_field fields[] = {
	SUMMARY_SUM(return_summary, log_growth),
	SUMMARY_INT64(return_summary, is_total_loss),
	SUMMARY_INT64(return_summary, num_returns)
};

static const summary_form form = {
	"return_summary", sizeof(return_summary), fields, lengthof(fields), is_valid,
	"(sum of ln(1 + return),1 after a total loss or 0,num_returns)",
	"No set of returns has this summary."
};

SUMMARY_FORM(return_summary, &form)

/* ---------- linking ---------- */

static void
check_return(double ret)
{
	check_finite("return", ret);
	if (unlikely(ret < -1))
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("return must not be below -1, not %s", float8out_internal(ret)),
				 errhint("A return is the gain of a period over the value at its start, "
						 "as a fraction; it is not a yearly figure.")));
}

/* Transition function of return_agg and linked_return; see rate_summary_accum. */
PG_FUNCTION_INFO_V1(return_summary_accum);
Datum
return_summary_accum(PG_FUNCTION_ARGS)
{
	return_summary *s = summary_state(fcinfo, sizeof(return_summary));
	double		ret;

	if (PG_ARGISNULL(1))
	{
		if (s == NULL)
			PG_RETURN_NULL();
		PG_RETURN_POINTER(s);
	}
	ret = PG_GETARG_FLOAT8(1);
	check_return(ret);
	if (s == NULL)
	{
		s = summary_alloc(fcinfo, sizeof(return_summary));
		return_summary_init(s);
	}
	report_status(return_summary_add(s, ret), "linked_return");
	PG_RETURN_POINTER(s);
}

SUMMARY_MERGE_FUNCTIONS(return_summary, return_summary_merge, 1, "linked_return")

/* Forward function of the same aggregates over a moving frame. */
PG_FUNCTION_INFO_V1(return_summary_moving_accum);
Datum
return_summary_moving_accum(PG_FUNCTION_ARGS)
{
	sliding    *state = moving_state(fcinfo, return_summary_merge_slots, sizeof(return_summary));

	if (!PG_ARGISNULL(1))
	{
		double		ret = PG_GETARG_FLOAT8(1);
		return_summary row;

		check_return(ret);
		return_summary_init(&row);
		report_status(return_summary_add(&row, ret), "linked_return");
		moving_push(fcinfo, state, &row, "linked_return");
	}
	PG_RETURN_POINTER(state);
}

/* The return of a summary: accessor, and final function of linked_return. */
static Datum
linked_return_of(const return_summary *s)
{
	double		result;

	report_status(return_summary_total(s, &result), "linked_return");
	PG_RETURN_FLOAT8(result);
}

PG_FUNCTION_INFO_V1(return_summary_linked_return);
Datum
return_summary_linked_return(PG_FUNCTION_ARGS)
{
	return linked_return_of((return_summary *) PG_GETARG_POINTER(0));
}

PG_FUNCTION_INFO_V1(return_summary_moving_linked_return);
Datum
return_summary_moving_linked_return(PG_FUNCTION_ARGS)
{
	return_summary s;

	if (!moving_result(fcinfo, &s, "linked_return"))
		PG_RETURN_NULL();
	return linked_return_of(&s);
}

PG_FUNCTION_INFO_V1(return_summary_num_returns);
Datum
return_summary_num_returns(PG_FUNCTION_ARGS)
{
	PG_RETURN_INT64(((return_summary *) PG_GETARG_POINTER(0))->num_returns);
}

/* ---------- rewards ---------- */

static Datum
reward_result(FunctionCallInfo fcinfo, double days, double year_days)
{
	double		amount = PG_GETARG_FLOAT8(0);
	double		price = PG_GETARG_FLOAT8(1);
	double		stake = PG_GETARG_FLOAT8(2);
	double		result;

	check_finite("amount", amount);
	check_not_negative("price", price);
	check_not_negative("stake", stake);
	check_parameter("year_days", year_days);
	if (!report_status(yield_reward(amount, price, stake, days, year_days, &result),
					   "reward_apr"))
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(result);
}

PG_FUNCTION_INFO_V1(reward_apr_period);
Datum
reward_apr_period(PG_FUNCTION_ARGS)
{
	int64		period = positive_span("period", PG_GETARG_INTERVAL_P(3));

	return reward_result(fcinfo, (double) period / MICROSECONDS_PER_DAY, PG_GETARG_FLOAT8(4));
}

PG_FUNCTION_INFO_V1(reward_apr_between);
Datum
reward_apr_between(PG_FUNCTION_ARGS)
{
	TimestampTz from = PG_GETARG_TIMESTAMPTZ(3);
	TimestampTz until = PG_GETARG_TIMESTAMPTZ(4);

	check_time("t0", from);
	check_time("t1", until);
	if (until < from)
	{
		/* timestamptz_to_str has one static buffer */
		char	   *earlier = pstrdup(timestamptz_to_str(until));

		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("t1 must not be before t0: %s is before %s", earlier,
						timestamptz_to_str(from))));
	}
	/* the whole range of timestamps is wider than an int64 */
	return reward_result(fcinfo, (double) ((uint64) until - (uint64) from) / MICROSECONDS_PER_DAY,
						 PG_GETARG_FLOAT8(5));
}

PG_FUNCTION_INFO_V1(eigen_tokens_per_day_face);
Datum
eigen_tokens_per_day_face(PG_FUNCTION_ARGS)
{
	u256		amount = uint_argument(fcinfo, 0, "amount");
	u256		duration = divisor_argument(fcinfo, 1, "duration", "eigen_tokens_per_day");
	u256		result = U256_ZERO;

	report_status(eigen_tokens_per_day(amount, duration, &result), "eigen_tokens_per_day");
	PG_RETURN_NUMERIC(u256_to_numeric(result));
}

PG_FUNCTION_INFO_V1(eigen_reward_split);
Datum
eigen_reward_split(PG_FUNCTION_ARGS)
{
	u256		tokens = uint_argument(fcinfo, 0, "tokens_per_day");
	u256		weight = uint_argument(fcinfo, 1, "staker_weight");
	u256		total = divisor_argument(fcinfo, 2, "total_weight", "eigen_reward_split");
	int64		split = PG_GETARG_INT64(3);
	eigen_reward reward;
	Datum		columns[3];

	if (split < 0 || split > 10000)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("split_bips must be from 0 to 10000, not " INT64_FORMAT, split),
				 errhint("It is the operator's part in basis points.")));
	if (u256_cmp(weight, total) > 0)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("staker_weight must not be above total_weight: %s, %s",
						shown_numeric(PG_GETARG_DATUM(1)), shown_numeric(PG_GETARG_DATUM(2)))));
	report_status(eigen_split(tokens, weight, total, split, &reward), "eigen_reward_split");
	columns[0] = NumericGetDatum(u256_to_numeric(reward.payout));
	columns[1] = NumericGetDatum(u256_to_numeric(reward.operator_part));
	columns[2] = NumericGetDatum(u256_to_numeric(reward.staker_part));
	return row_result(fcinfo, columns);
}

/* ---------- attribution ---------- */

static void
check_attributed_return(const char *argument, double ret)
{
	check_finite(argument, ret);
	if (ret <= -1)
		report_bad_float8(argument, ret, "above -1");
}

PG_FUNCTION_INFO_V1(attribute_return);
Datum
attribute_return(PG_FUNCTION_ARGS)
{
	holding		h = {PG_GETARG_FLOAT8(0), PG_GETARG_FLOAT8(1), PG_GETARG_FLOAT8(2),
		PG_GETARG_FLOAT8(3), PG_GETARG_FLOAT8(4), PG_GETARG_FLOAT8(5), PG_GETARG_FLOAT8(6)};
	return_parts parts;

	check_rate("rate0", h.rate0);
	check_rate("rate1", h.rate1);
	check_rate("market0", h.market0);
	check_rate("market1", h.market1);
	check_attributed_return("staking_return", h.staking_return);
	if (!(h.fee >= 0 && h.fee <= 1))
		report_bad_float8("fee", h.fee, "from 0 to 1");
	check_attributed_return("incentive_return", h.incentive_return);
	report_status(yield_attribute(&h, &parts), "attribute_return");
	return row_of_float8(fcinfo, (const double[]) {parts.total, parts.staking, parts.restaking,
												   parts.incentives, parts.peg, parts.fees}, 6);
}

PG_FUNCTION_INFO_V1(organic_share);
Datum
organic_share(PG_FUNCTION_ARGS)
{
	double		organic = PG_GETARG_FLOAT8(0);
	double		incentives = PG_GETARG_FLOAT8(1);
	double		result;

	check_finite("organic", organic);
	check_finite("incentives", incentives);
	if (!report_status(yield_organic_share(organic, incentives, &result), "organic_share"))
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(result);
}
