/*-------------------------------------------------------------------------
 *
 * derivative/boros.c
 *	  The SQL face of domain derivative: Boros, to the last digit.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "fmgr.h"

#include "chain/rule.h"
#include "chain/words.h"
#include "core/derivative/boros.h"
#include "server/compat.h"
#include "server/report.h"

/* ---------- payments ---------- */

/* (size, rate, seconds) */
typedef core_status (*payment_function) (s256 size, s256 rate, u256 seconds, s256 *out);

static Datum
payment_at_rate(FunctionCallInfo fcinfo, payment_function function, const char *rate,
				const char *name)
{
	word_rule	rule = {.name = name};
	s256		out = U256_ZERO;
	core_status status = function(signed_argument(fcinfo, 0, "size"), signed_argument(fcinfo, 1, rate),
								  uint_argument(fcinfo, 2, "seconds"), &out);

	return signed_rule_result(fcinfo, &rule, status, out);
}

PG_FUNCTION_INFO_V1(boros_trade_cost);
Datum
boros_trade_cost(PG_FUNCTION_ARGS)
{
	return payment_at_rate(fcinfo, boros_cost, "rate", "boros_trade_cost");
}

PG_FUNCTION_INFO_V1(boros_position_value);
Datum
boros_position_value(PG_FUNCTION_ARGS)
{
	return payment_at_rate(fcinfo, boros_value, "mark_rate", "boros_position_value");
}

/* (size, floating_index0, floating_index1, fee_index0, fee_index1) */
PG_FUNCTION_INFO_V1(boros_settlement);
Datum
boros_settlement(PG_FUNCTION_ARGS)
{
	word_rule	rule = {.name = "boros_settlement"};
	u256		fee0 = uint_argument(fcinfo, 3, "fee_index0");
	u256		fee1 = uint_argument(fcinfo, 4, "fee_index1");
	s256		payment = U256_ZERO;
	u256		fee = U256_ZERO;
	core_status status;
	Datum		values[2];

	if (u256_cmp(fee1, fee0) < 0)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("fee_index1 must not be below fee_index0")));
	status = boros_settled(signed_argument(fcinfo, 0, "size"),
						   signed_argument(fcinfo, 1, "floating_index0"),
						   signed_argument(fcinfo, 2, "floating_index1"), fee0, fee1, &payment, &fee);
	check_rule(fcinfo, &rule, status);
	values[0] = NumericGetDatum(s256_to_numeric(payment));
	values[1] = NumericGetDatum(u256_to_numeric(fee));
	return row_result(fcinfo, values);
}

/* (size, fee_rate, seconds) */
PG_FUNCTION_INFO_V1(boros_fee);
Datum
boros_fee(PG_FUNCTION_ARGS)
{
	word_rule	rule = {.name = "boros_fee"};
	u256		out = U256_ZERO;
	core_status status = boros_fee_of(signed_argument(fcinfo, 0, "size"),
									  uint_argument(fcinfo, 1, "fee_rate"),
									  uint_argument(fcinfo, 2, "seconds"), &out);

	return rule_result(fcinfo, &rule, status, out);
}

/* ---------- margins ---------- */

typedef core_status (*margin_function) (const boros_margin *margin, u256 *out);

/* (size, mark_rate, seconds, margin_factor, rate_floor, time_floor) */
static Datum
margin_of(FunctionCallInfo fcinfo, margin_function function, const char *name)
{
	word_rule	rule = {.name = name};
	boros_margin margin = {
		.size = signed_argument(fcinfo, 0, "size"),
		.mark_rate = signed_argument(fcinfo, 1, "mark_rate"),
		.seconds = uint_argument(fcinfo, 2, "seconds"),
		.factor = uint_argument(fcinfo, 3, "margin_factor"),
		.rate_floor = uint_argument(fcinfo, 4, "rate_floor"),
		.time_floor = uint_argument(fcinfo, 5, "time_floor")
	};
	u256		out = U256_ZERO;
	core_status status = function(&margin, &out);

	return rule_result(fcinfo, &rule, status, out);
}

PG_FUNCTION_INFO_V1(boros_initial_margin);
Datum
boros_initial_margin(PG_FUNCTION_ARGS)
{
	return margin_of(fcinfo, boros_initial, "boros_initial_margin");
}

PG_FUNCTION_INFO_V1(boros_maintenance_margin);
Datum
boros_maintenance_margin(PG_FUNCTION_ARGS)
{
	return margin_of(fcinfo, boros_maintenance, "boros_maintenance_margin");
}

/* ---------- ticks and the pool ---------- */

/* (tick, tick_step) */
PG_FUNCTION_INFO_V1(boros_rate_at_tick);
Datum
boros_rate_at_tick(PG_FUNCTION_ARGS)
{
	int			tick = integer_argument(fcinfo, 0, "tick", PG_INT16_MIN, PG_INT16_MAX);
	int			step = integer_argument(fcinfo, 1, "tick_step", 0, BOROS_MAX_STEP);

	PG_RETURN_NUMERIC(s256_to_numeric(boros_tick_rate(tick, step)));
}

/* (total_float, norm_fixed, seconds, total_seconds, float_out, min_rate, max_rate) */
PG_FUNCTION_INFO_V1(boros_amm_swap);
Datum
boros_amm_swap(PG_FUNCTION_ARGS)
{
	static const word_rule rule = {"boros_amm_swap", "total_float after the swap",
		"the implied rate after the swap must be from min_rate to max_rate", 7,
		{"total_float", "norm_fixed", "seconds", "total_seconds", "float_out", "min_rate", "max_rate"}};
	boros_pool	pool = {
		.total_float = uint_argument(fcinfo, 0, "total_float"),
		.norm_fixed = uint_argument(fcinfo, 1, "norm_fixed"),
		.seconds = uint_argument(fcinfo, 2, "seconds"),
		.total_seconds = uint_argument(fcinfo, 3, "total_seconds"),
		.min_rate = uint_argument(fcinfo, 5, "min_rate"),
		.max_rate = uint_argument(fcinfo, 6, "max_rate")
	};
	s256		float_out = signed_argument(fcinfo, 4, "float_out");
	boros_swapped s = {U256_ZERO, U256_ZERO, U256_ZERO, U256_ZERO};
	Datum		values[4];

	require_word(!u256_is_zero(pool.seconds) && u256_cmp(pool.seconds, pool.total_seconds) <= 0,
				 "seconds", "above 0 and at most total_seconds", PG_GETARG_DATUM(2));
	require_word(boros_has_float(&pool, float_out), "float_out",
				 "less than total_float by more than 1", PG_GETARG_DATUM(4));
	check_rule(fcinfo, &rule, boros_swap(&pool, float_out, &s));
	values[0] = NumericGetDatum(s256_to_numeric(s.fixed_in));
	values[1] = NumericGetDatum(u256_to_numeric(s.total_float_after));
	values[2] = NumericGetDatum(u256_to_numeric(s.norm_fixed_after));
	values[3] = NumericGetDatum(u256_to_numeric(s.implied_rate_after));
	return row_result(fcinfo, values);
}
