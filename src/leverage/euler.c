/*-------------------------------------------------------------------------
 *
 * leverage/euler.c
 *	  The SQL face of domain leverage: Euler v2.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "utils/timestamp.h"

#include "chain/rule.h"
#include "core/chain/fixed.h"
#include "core/leverage/euler.h"
#include "server/compat.h"
#include "server/report.h"

#define RULE(name, ...) RULE_FUNCTION(leverage_##name, name, __VA_ARGS__)

#define MICROSECONDS	u256_from_u64(UINT64_C(1000000))

/* ---------- rates ---------- */

RULE(euler_utilization, euler_utilization(v[0], v[1], &out), NULL, NULL, "cash", "borrows")

static core_status
borrow_rate(const u256 *v, u256 *out)
{
	euler_curve curve = {v[2], v[3], v[4], v[5]};

	return euler_borrow_rate(v[0], v[1], &curve, out);
}

RULE(euler_borrow_rate, borrow_rate(v, &out), NULL, "kink must be at most 2^32 - 1",
	 "cash", "borrows", "base_rate", "slope1", "slope2", "kink")
RULE(euler_supply_rate, euler_supply_rate(v[0], v[1], v[2], v[3], &out), NULL,
	 "interest_fee_bps must be at most 10000", "rate", "cash", "borrows", "interest_fee_bps")
RULE(euler_apy, euler_apy(v[0], &out), NULL, NULL, "rate")
RULE(euler_accumulator, euler_accumulator(v[0], v[1], v[2], &out), NULL, NULL,
	 "rate", "seconds", "accumulator")
RULE(euler_debt, euler_debt(v[0], v[1], v[2], &out), "account_accumulator", NULL,
	 "owed", "accumulator", "account_accumulator")

/* ---------- health ---------- */

PG_FUNCTION_INFO_V1(leverage_euler_liquidation_ltv);
Datum
leverage_euler_liquidation_ltv(PG_FUNCTION_ARGS)
{
	u256		initial = uint_argument(fcinfo, 0, "initial_ltv_bps");
	u256		target = uint_argument(fcinfo, 1, "target_ltv_bps");
	TimestampTz until = PG_GETARG_TIMESTAMPTZ(2);
	u256		seconds = uint_argument(fcinfo, 3, "ramp_seconds");
	TimestampTz at = PG_GETARG_TIMESTAMPTZ(4);
	u256		ramp = U256_MAX;
	u256		result = U256_ZERO;

	require_bps(initial, "initial_ltv_bps", PG_GETARG_DATUM(0));
	require_bps(target, "target_ltv_bps", PG_GETARG_DATUM(1));
	check_time("target_time", until);
	check_time("at", at);
	/* a ramp longer than any time is one of all times */
	(void) u256_mul(seconds, MICROSECONDS, &ramp);
	if (euler_liquidation_ltv(initial, target, at < until ? (uint64_t) (until - at) : 0, ramp,
							  &result) != CORE_OK)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("at must not be before the ramp: %s is more than %s seconds before target_time",
						timestamptz_to_str(at), shown_numeric(PG_GETARG_DATUM(3)))));
	PG_RETURN_NUMERIC(u256_to_numeric(result));
}

/*
 * Arguments collateral_values, ltvs and, if the rule has a third, liability_value;
 * false where an array has a NULL.
 */
static bool
health_arguments(FunctionCallInfo fcinfo, const word_rule *rule, u256 *adjusted, u256 *liability)
{
	int			n = items_in(fcinfo, 0);
	const u256 *values = parallel_array(fcinfo, 0, "collateral_values", "collateral_values", n);
	const u256 *ltvs = parallel_array(fcinfo, 1, rule->arguments[1], "collateral_values", n);

	if (rule->arguments[2] != NULL)
		*liability = uint_argument(fcinfo, 2, rule->arguments[2]);
	if (values == NULL || ltvs == NULL)
		return false;
	for (int i = 0; i < n; i++)
		require_bps(ltvs[i], psprintf("%s[%d]", rule->arguments[1], i + 1),
					NumericGetDatum(u256_to_numeric(ltvs[i])));
	check_rule(fcinfo, rule, euler_adjusted_collateral(values, ltvs, n, adjusted));
	return true;
}

PG_FUNCTION_INFO_V1(leverage_euler_adjusted_collateral);
Datum
leverage_euler_adjusted_collateral(PG_FUNCTION_ARGS)
{
	static const word_rule rule = {"euler_adjusted_collateral", NULL, NULL, 0,
	{"collateral_values", "ltvs_bps", NULL}};
	u256		adjusted = U256_ZERO;

	if (!health_arguments(fcinfo, &rule, &adjusted, NULL))
		PG_RETURN_NULL();
	PG_RETURN_NUMERIC(u256_to_numeric(adjusted));
}

PG_FUNCTION_INFO_V1(leverage_euler_is_healthy);
Datum
leverage_euler_is_healthy(PG_FUNCTION_ARGS)
{
	static const word_rule rule = {"euler_is_healthy", NULL, NULL, 0,
	{"collateral_values", "borrow_ltvs_bps", "liability_value"}};
	u256		adjusted = U256_ZERO;
	u256		liability = U256_ZERO;

	if (!health_arguments(fcinfo, &rule, &adjusted, &liability))
		PG_RETURN_NULL();
	PG_RETURN_BOOL(euler_is_healthy(adjusted, liability));
}

PG_FUNCTION_INFO_V1(leverage_euler_is_liquidatable);
Datum
leverage_euler_is_liquidatable(PG_FUNCTION_ARGS)
{
	static const word_rule rule = {"euler_is_liquidatable", NULL, NULL, 0,
	{"collateral_values", "liquidation_ltvs_bps", "liability_value"}};
	u256		adjusted = U256_ZERO;
	u256		liability = U256_ZERO;

	if (!health_arguments(fcinfo, &rule, &adjusted, &liability))
		PG_RETURN_NULL();
	PG_RETURN_BOOL(!euler_is_healthy(adjusted, liability));
}

PG_FUNCTION_INFO_V1(leverage_euler_health_score);
Datum
leverage_euler_health_score(PG_FUNCTION_ARGS)
{
	static const word_rule rule = {"euler_health_score", NULL, NULL, 0,
	{"collateral_values", "ltvs_bps", "liability_value"}};
	u256		adjusted = U256_ZERO;
	u256		liability = U256_ZERO;
	u256		score = U256_ZERO;
	core_status status;

	if (!health_arguments(fcinfo, &rule, &adjusted, &liability))
		PG_RETURN_NULL();
	status = euler_health_score(adjusted, liability, &score);
	if (status == CORE_NULL)
		PG_RETURN_NULL();
	return rule_result(fcinfo, &rule, status, score);
}

/* ---------- liquidation ---------- */

/* No vault can have a discount of everything */
static void
require_discount(u256 bps, Datum value)
{
	require_word(u256_cmp(bps, FIXED_PERCENT) < 0, "max_discount_bps", "below 10000 basis points",
				 value);
}

PG_FUNCTION_INFO_V1(leverage_euler_liquidation_discount);
Datum
leverage_euler_liquidation_discount(PG_FUNCTION_ARGS)
{
	static const word_rule rule = {"euler_liquidation_discount", NULL, NULL, 3,
	{"adjusted_collateral", "liability_value", "max_discount_bps"}};
	u256		v[3];
	u256		result = U256_ZERO;
	euler_violation violation;
	core_status status;

	rule_arguments(fcinfo, &rule, v);
	require_discount(v[2], PG_GETARG_DATUM(2));
	violation = (euler_violation) {v[0], v[1], v[2], U256_ZERO, U256_ZERO, U256_ZERO};
	status = euler_liquidation_discount(&violation, &result);
	return rule_result(fcinfo, &rule, status, result);
}

PG_FUNCTION_INFO_V1(leverage_euler_liquidation);
Datum
leverage_euler_liquidation(PG_FUNCTION_ARGS)
{
	static const word_rule rule = {"euler_liquidation", NULL,
		"repay must not be above the most that can be repaid", 7,
		{"adjusted_collateral", "liability_value", "liability", "collateral_value",
	"collateral_balance", "max_discount_bps", "repay"}};
	u256		v[7];
	u256		columns[2] = {U256_ZERO, U256_ZERO};
	euler_violation violation;
	core_status status;

	rule_arguments(fcinfo, &rule, v);
	require_discount(v[5], PG_GETARG_DATUM(5));
	violation = (euler_violation) {v[0], v[1], v[5], v[2], v[3], v[4]};
	status = euler_liquidate(&violation, v[6], &columns[0], &columns[1]);
	return rule_row(fcinfo, &rule, status, columns, 2);
}
