/*-------------------------------------------------------------------------
 *
 * leverage/compound.c
 *	  The SQL face of domain leverage: Compound v3 (Comet).
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "chain/rule.h"
#include "core/chain/fixed.h"
#include "core/leverage/compound.h"
#include "server/compat.h"
#include "server/report.h"

#define RULE(name, ...) RULE_FUNCTION(leverage_##name, name, __VA_ARGS__)

#define ACCOUNT_REQUIREMENT	"prices must be above zero and factors at most 1e18"
#define SCALES				"base_scale and collateral_scales"

/* ---------- rates ---------- */

RULE(comet_per_second, comet_per_second(v[0], &out), NULL, NULL, "rate_per_year")
RULE(comet_utilization, comet_utilization(v[0], v[1], &out), NULL, NULL,
	 "total_supply", "total_borrow")

PG_FUNCTION_INFO_V1(leverage_comet_rate);
Datum
leverage_comet_rate(PG_FUNCTION_ARGS)
{
	static const word_rule rule = {"comet_rate", NULL, "kink must be at most 1e18", 5,
	{"utilization", "kink", "base", "slope_low", "slope_high"}};
	u256		v[5];
	u256		result = U256_ZERO;
	comet_curve curve;
	core_status status;

	rule_arguments(fcinfo, &rule, v);
	curve = (comet_curve) {v[1], v[2], v[3], v[4]};
	status = comet_rate(v[0], &curve, &result);
	if (status == CORE_OUT_OF_RANGE)
		report_overflow(rule.name, "2^64");
	return rule_result(fcinfo, &rule, status, result);
}

PG_FUNCTION_INFO_V1(leverage_comet_accrue_index);
Datum
leverage_comet_accrue_index(PG_FUNCTION_ARGS)
{
	static const word_rule rule = {"comet_accrue_index", NULL, NULL, 3, {"index", "rate", "seconds"}};
	u256		v[3];
	u256		result = U256_ZERO;
	core_status status;

	rule_arguments(fcinfo, &rule, v);
	status = comet_accrue_index(v[0], v[1], v[2], &result);
	if (status == CORE_OUT_OF_RANGE)
		report_overflow(rule.name, "2^64");
	return rule_result(fcinfo, &rule, status, result);
}

/* ---------- balances ---------- */

PG_FUNCTION_INFO_V1(leverage_comet_present_value);
Datum
leverage_comet_present_value(PG_FUNCTION_ARGS)
{
	static const word_rule rule = {"comet_present_value", NULL, NULL, 0, {NULL}};
	s256		principal = signed_argument(fcinfo, 0, "principal");
	u256		supply_index = uint_argument(fcinfo, 1, "supply_index");
	u256		borrow_index = uint_argument(fcinfo, 2, "borrow_index");
	s256		result = U256_ZERO;
	core_status status = comet_present_value(principal, supply_index, borrow_index, &result);

	return signed_rule_result(fcinfo, &rule, status, result);
}

PG_FUNCTION_INFO_V1(leverage_comet_principal_value);
Datum
leverage_comet_principal_value(PG_FUNCTION_ARGS)
{
	word_rule	rule = {"comet_principal_value", "supply_index", NULL, 0, {NULL}};
	s256		balance = signed_argument(fcinfo, 0, "balance");
	u256		supply_index = uint_argument(fcinfo, 1, "supply_index");
	u256		borrow_index = uint_argument(fcinfo, 2, "borrow_index");
	s256		result = U256_ZERO;
	core_status status = comet_principal_value(balance, supply_index, borrow_index, &result);

	if (s256_is_negative(balance))
		rule.divisor = "borrow_index";
	if (status == CORE_OUT_OF_RANGE)
		report_overflow(rule.name, "2^103");
	return signed_rule_result(fcinfo, &rule, status, result);
}

/* ---------- accounts ---------- */

/*
 * An account from arguments base_balance, base_price, base_scale and three arrays
 * of its collaterals; false where one of those has a NULL.
 */
static bool
account_arguments(FunctionCallInfo fcinfo, comet_account *account)
{
	int			n = items_in(fcinfo, 3);

	account->balance = signed_argument(fcinfo, 0, "base_balance");
	account->base_price = uint_argument(fcinfo, 1, "base_price");
	account->base_scale = uint_argument(fcinfo, 2, "base_scale");
	account->num_collaterals = n;
	account->amounts = parallel_array(fcinfo, 3, "collateral_balances", "collateral_balances", n);
	account->prices = parallel_array(fcinfo, 4, "collateral_prices", "collateral_balances", n);
	account->scales = parallel_array(fcinfo, 5, "collateral_scales", "collateral_balances", n);
	return account->amounts != NULL && account->prices != NULL && account->scales != NULL;
}

/*
 * The liquidity of an account at the factors of argument 6; false where an array
 * has a NULL.
 */
static bool
liquidity_of_arguments(FunctionCallInfo fcinfo, const word_rule *rule, comet_account *account,
					   s256 *liquidity)
{
	bool		complete = account_arguments(fcinfo, account);
	const u256 *factors = parallel_array(fcinfo, 6, rule->arguments[0], "collateral_balances",
										 account->num_collaterals);
	core_status status;

	if (!complete || factors == NULL)
		return false;
	status = comet_liquidity(account, factors, liquidity);
	if (status == CORE_OUT_OF_RANGE)
		report_overflow(rule->name, "2^255");
	check_rule(fcinfo, rule, status);
	return true;
}

#define LIQUIDITY_RULE(name, factors) \
	{name, SCALES, ACCOUNT_REQUIREMENT, 0, {factors}}

PG_FUNCTION_INFO_V1(leverage_comet_liquidity);
Datum
leverage_comet_liquidity(PG_FUNCTION_ARGS)
{
	static const word_rule rule = LIQUIDITY_RULE("comet_liquidity", "collateral_factors");
	comet_account account;
	s256		liquidity = U256_ZERO;

	if (!liquidity_of_arguments(fcinfo, &rule, &account, &liquidity))
		PG_RETURN_NULL();
	PG_RETURN_NUMERIC(s256_to_numeric(liquidity));
}

PG_FUNCTION_INFO_V1(leverage_comet_is_borrow_collateralized);
Datum
leverage_comet_is_borrow_collateralized(PG_FUNCTION_ARGS)
{
	static const word_rule rule = LIQUIDITY_RULE("comet_is_borrow_collateralized",
												 "borrow_collateral_factors");
	comet_account account;
	s256		liquidity = U256_ZERO;

	if (!liquidity_of_arguments(fcinfo, &rule, &account, &liquidity))
		PG_RETURN_NULL();
	PG_RETURN_BOOL(!s256_is_negative(liquidity));
}

PG_FUNCTION_INFO_V1(leverage_comet_is_liquidatable);
Datum
leverage_comet_is_liquidatable(PG_FUNCTION_ARGS)
{
	static const word_rule rule = LIQUIDITY_RULE("comet_is_liquidatable",
												 "liquidate_collateral_factors");
	comet_account account;
	s256		liquidity = U256_ZERO;

	if (!liquidity_of_arguments(fcinfo, &rule, &account, &liquidity))
		PG_RETURN_NULL();
	PG_RETURN_BOOL(s256_is_negative(liquidity));
}

PG_FUNCTION_INFO_V1(leverage_comet_absorb);
Datum
leverage_comet_absorb(PG_FUNCTION_ARGS)
{
	static const word_rule rule = {"comet_absorb", "the price of what is paid out", ACCOUNT_REQUIREMENT,
	0, {"liquidate_collateral_factors"}};
	comet_account account;
	s256		liquidity = U256_ZERO;
	bool		complete = liquidity_of_arguments(fcinfo, &rule, &account, &liquidity);
	const u256 *liquidate = parallel_array(fcinfo, 6, rule.arguments[0], "collateral_balances",
										   account.num_collaterals);
	const u256 *liquidation = parallel_array(fcinfo, 7, "liquidation_factors", "collateral_balances",
											 account.num_collaterals);
	comet_absorption result = {.seized_value = U256_ZERO};
	u256		columns[5];
	core_status status;

	if (!complete || liquidation == NULL)
		PG_RETURN_NULL();
	if (!s256_is_negative(liquidity) || !s256_is_negative(account.balance))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("the account must be liquidatable in comet_absorb"),
				 errhint("Leave others out with WHERE comet_is_liquidatable(...).")));
	status = comet_absorb(&account, liquidate, liquidation, &result);
	columns[0] = result.seized_value;
	columns[1] = result.base_paid_out;
	columns[2] = result.value_paid_out;
	columns[3] = result.balance_after;
	columns[4] = result.shortfall;
	return rule_row(fcinfo, &rule, status, columns, 5);
}

PG_FUNCTION_INFO_V1(leverage_comet_quote_collateral);
Datum
leverage_comet_quote_collateral(PG_FUNCTION_ARGS)
{
	static const word_rule rule = {"comet_quote_collateral", "base_scale and the discounted price",
		ACCOUNT_REQUIREMENT, 7, {"base_amount", "base_price", "base_scale", "asset_price",
	"asset_scale", "liquidation_factor", "store_front_price_factor"}};
	u256		v[7];
	u256		result = U256_ZERO;
	comet_offer offer;
	core_status status;

	rule_arguments(fcinfo, &rule, v);
	offer = (comet_offer) {v[1], v[2], v[3], v[4], v[5], v[6]};
	status = comet_quote_collateral(v[0], &offer, &result);
	return rule_result(fcinfo, &rule, status, result);
}
