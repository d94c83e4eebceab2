/*-------------------------------------------------------------------------
 *
 * leverage/morpho.c
 *	  The SQL face of domain leverage: Morpho Blue.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "chain/rule.h"
#include "core/chain/fixed.h"
#include "core/leverage/morpho.h"
#include "server/compat.h"
#include "server/report.h"

#define RULE(name, ...) RULE_FUNCTION(leverage_##name, name, __VA_ARGS__)

/* A fraction in wad */
static void
require_wad(u256 wad, const char *argument, Datum value)
{
	require_word(u256_cmp(wad, FIXED_WAD) <= 0, argument, "from 0 to 1e18", value);
}

/* ---------- shares and interest ---------- */

typedef core_status (*share_conversion) (u256 amount, u256 total_assets, u256 total_shares,
										 u256_rounding rounding, u256 *out);

static Datum
convert(FunctionCallInfo fcinfo, share_conversion function, const word_rule *rule)
{
	u256_rounding rounding = rounding_argument(PG_GETARG_TEXT_PP(3));
	u256		v[3];
	u256		result = U256_ZERO;
	core_status status;

	rule_arguments(fcinfo, rule, v);
	status = function(v[0], v[1], v[2], rounding, &result);
	return rule_result(fcinfo, rule, status, result);
}

PG_FUNCTION_INFO_V1(leverage_morpho_to_assets);
Datum
leverage_morpho_to_assets(PG_FUNCTION_ARGS)
{
	static const word_rule rule = {"morpho_to_assets", NULL, NULL, 3,
	{"shares", "total_assets", "total_shares"}};

	return convert(fcinfo, morpho_to_assets, &rule);
}

PG_FUNCTION_INFO_V1(leverage_morpho_to_shares);
Datum
leverage_morpho_to_shares(PG_FUNCTION_ARGS)
{
	static const word_rule rule = {"morpho_to_shares", NULL, NULL, 3,
	{"assets", "total_assets", "total_shares"}};

	return convert(fcinfo, morpho_to_shares, &rule);
}

RULE(morpho_taylor_compounded, morpho_taylor_compounded(v[0], v[1], &out), NULL, NULL,
	 "rate", "seconds")

PG_FUNCTION_INFO_V1(leverage_morpho_accrue);
Datum
leverage_morpho_accrue(PG_FUNCTION_ARGS)
{
	static const word_rule rule = {"morpho_accrue", NULL, "fee must not be above 25e16", 6,
		{"total_supply_assets", "total_supply_shares", "total_borrow_assets", "borrow_rate", "elapsed",
	"fee"}};
	u256		v[6];
	u256		columns[5];
	morpho_market market;
	morpho_accrual accrual = {.interest = U256_ZERO};
	core_status status;

	rule_arguments(fcinfo, &rule, v);
	market = (morpho_market) {v[0], v[1], v[2]};
	status = morpho_accrue(&market, v[3], v[4], v[5], &accrual);
	if (status == CORE_OUT_OF_RANGE)
		report_overflow(rule.name, "2^128");
	columns[0] = accrual.interest;
	columns[1] = accrual.fee_shares;
	columns[2] = accrual.after.supply_assets;
	columns[3] = accrual.after.supply_shares;
	columns[4] = accrual.after.borrow_assets;
	return rule_row(fcinfo, &rule, status, columns, 5);
}

RULE(morpho_utilization, morpho_utilization(v[0], v[1], &out), NULL,
	 "total_borrow_assets must not be above total_supply_assets",
	 "total_supply_assets", "total_borrow_assets")

/* ---------- adaptive curve ---------- */

#define RATE_AT_TARGET_REQUIREMENT \
	"rate_at_target must be within the model's bounds, 31709791 to 63419583967,"

PG_FUNCTION_INFO_V1(leverage_morpho_irm);
Datum
leverage_morpho_irm(PG_FUNCTION_ARGS)
{
	static const word_rule rule = {"morpho_irm", NULL, RATE_AT_TARGET_REQUIREMENT, 3,
	{"utilization", "rate_at_target", "elapsed"}};
	u256		v[3];
	u256		columns[2] = {U256_ZERO, U256_ZERO};
	core_status status;

	rule_arguments(fcinfo, &rule, v);
	require_wad(v[0], "utilization", PG_GETARG_DATUM(0));
	status = morpho_irm(v[0], v[1], v[2], &columns[0], &columns[1]);
	if (status == CORE_OUT_OF_RANGE)
		report_overflow(rule.name, "2^255");
	return rule_row(fcinfo, &rule, status, columns, 2);
}

PG_FUNCTION_INFO_V1(leverage_morpho_borrow_rate);
Datum
leverage_morpho_borrow_rate(PG_FUNCTION_ARGS)
{
	static const word_rule rule = {"morpho_borrow_rate", NULL, RATE_AT_TARGET_REQUIREMENT, 2,
	{"utilization", "rate_at_target"}};
	u256		v[2];
	u256		result = U256_ZERO;

	rule_arguments(fcinfo, &rule, v);
	require_wad(v[0], "utilization", PG_GETARG_DATUM(0));
	return rule_result(fcinfo, &rule, morpho_borrow_rate(v[0], v[1], &result), result);
}

PG_FUNCTION_INFO_V1(leverage_morpho_borrow_apy);
Datum
leverage_morpho_borrow_apy(PG_FUNCTION_ARGS)
{
	double		apy = 0;

	report_status(morpho_borrow_apy(uint_argument(fcinfo, 0, "rate"), &apy), "morpho_borrow_apy");
	PG_RETURN_FLOAT8(apy);
}

PG_FUNCTION_INFO_V1(leverage_morpho_supply_apy);
Datum
leverage_morpho_supply_apy(PG_FUNCTION_ARGS)
{
	u256		rate = uint_argument(fcinfo, 0, "rate");
	u256		utilization = uint_argument(fcinfo, 1, "utilization");
	u256		fee = uint_argument(fcinfo, 2, "fee");
	double		apy = 0;

	require_wad(utilization, "utilization", PG_GETARG_DATUM(1));
	require_wad(fee, "fee", PG_GETARG_DATUM(2));
	report_status(morpho_supply_apy(rate, utilization, fee, &apy), "morpho_supply_apy");
	PG_RETURN_FLOAT8(apy);
}

/* ---------- positions ---------- */

#define LLTV_REQUIREMENT "lltv must be below 1e18"

/* A rule on a position with a price: its arguments are the same for all of these */
#define POSITION_RULE(name) \
	{name, NULL, LLTV_REQUIREMENT, 6, \
	{"collateral", "borrow_shares", "total_borrow_assets", "total_borrow_shares", "price", "lltv"}}

static morpho_position
position_arguments(FunctionCallInfo fcinfo, const word_rule *rule)
{
	u256		v[RULE_MAX_ARGUMENTS];

	rule_arguments(fcinfo, rule, v);
	return (morpho_position) {v[0], v[1], v[2], v[3], v[4], v[5]};
}

RULE(morpho_max_borrow, morpho_max_borrow(v[0], v[1], v[2], &out), NULL, LLTV_REQUIREMENT,
	 "collateral", "price", "lltv")
RULE(morpho_liquidation_incentive_factor, morpho_incentive_factor(v[0], &out), NULL,
	 LLTV_REQUIREMENT, "lltv")

typedef core_status (*position_function) (const morpho_position *position, u256 *out);

/* A function of a position that has no answer where there is no debt */
static Datum
of_position(FunctionCallInfo fcinfo, position_function function, const word_rule *rule)
{
	morpho_position position = position_arguments(fcinfo, rule);
	u256		result = U256_ZERO;
	core_status status = function(&position, &result);

	if (status == CORE_NULL)
		PG_RETURN_NULL();
	return rule_result(fcinfo, rule, status, result);
}

PG_FUNCTION_INFO_V1(leverage_morpho_max_borrowable);
Datum
leverage_morpho_max_borrowable(PG_FUNCTION_ARGS)
{
	static const word_rule rule = POSITION_RULE("morpho_max_borrowable");

	return of_position(fcinfo, morpho_max_borrowable, &rule);
}

PG_FUNCTION_INFO_V1(leverage_morpho_health_factor);
Datum
leverage_morpho_health_factor(PG_FUNCTION_ARGS)
{
	static const word_rule rule = POSITION_RULE("morpho_health_factor");

	return of_position(fcinfo, morpho_health_factor, &rule);
}

PG_FUNCTION_INFO_V1(leverage_morpho_borrow_usage);
Datum
leverage_morpho_borrow_usage(PG_FUNCTION_ARGS)
{
	static const word_rule rule = POSITION_RULE("morpho_borrow_usage");

	return of_position(fcinfo, morpho_borrow_usage, &rule);
}

PG_FUNCTION_INFO_V1(leverage_morpho_is_healthy);
Datum
leverage_morpho_is_healthy(PG_FUNCTION_ARGS)
{
	static const word_rule rule = POSITION_RULE("morpho_is_healthy");
	morpho_position position = position_arguments(fcinfo, &rule);
	bool		healthy = false;

	check_rule(fcinfo, &rule, morpho_is_healthy(&position, &healthy));
	PG_RETURN_BOOL(healthy);
}

PG_FUNCTION_INFO_V1(leverage_morpho_liquidation_price);
Datum
leverage_morpho_liquidation_price(PG_FUNCTION_ARGS)
{
	static const word_rule rule = {"morpho_liquidation_price", NULL, LLTV_REQUIREMENT, 5,
	{"collateral", "borrow_shares", "total_borrow_assets", "total_borrow_shares", "lltv"}};
	u256		v[5];
	u256		result = U256_ZERO;
	morpho_position position;
	core_status status;

	rule_arguments(fcinfo, &rule, v);
	position = (morpho_position) {v[0], v[1], v[2], v[3], U256_ZERO, v[4]};
	status = morpho_liquidation_price(&position, &result);
	if (status == CORE_NULL)
		PG_RETURN_NULL();
	return rule_result(fcinfo, &rule, status, result);
}

PG_FUNCTION_INFO_V1(leverage_morpho_price_variation);
Datum
leverage_morpho_price_variation(PG_FUNCTION_ARGS)
{
	static const word_rule rule = POSITION_RULE("morpho_price_variation");
	morpho_position position = position_arguments(fcinfo, &rule);
	s256		result = U256_ZERO;
	core_status status = morpho_price_variation(&position, &result);

	if (status == CORE_NULL)
		PG_RETURN_NULL();
	return signed_rule_result(fcinfo, &rule, status, result);
}

/* ---------- liquidation ---------- */

/* What is wrong with a call, for the report of it */
static const char *
liquidation_requirement(const morpho_position *position, u256 seize, u256 repay_shares)
{
	bool		healthy = false;

	if (morpho_is_healthy(position, &healthy) != CORE_OK)
		return LLTV_REQUIREMENT;
	if (u256_is_zero(seize) == u256_is_zero(repay_shares))
		return "one of seize and repay_shares, and only one, must be above zero";
	if (healthy)
		return "the position must not be healthy";
	return "neither may more than collateral be seized, nor more than borrow_shares be repaid,";
}

PG_FUNCTION_INFO_V1(leverage_morpho_liquidation);
Datum
leverage_morpho_liquidation(PG_FUNCTION_ARGS)
{
	word_rule	rule = {"morpho_liquidation", "price", NULL, 8,
		{"collateral", "borrow_shares", "total_borrow_assets", "total_borrow_shares", "price", "lltv",
	"seize", "repay_shares"}};
	u256		v[8];
	u256		columns[5];
	morpho_position position;
	morpho_liquidation result = {.seized_assets = U256_ZERO};
	core_status status;

	rule_arguments(fcinfo, &rule, v);
	position = (morpho_position) {v[0], v[1], v[2], v[3], v[4], v[5]};
	status = morpho_liquidate(&position, v[6], v[7], &result);
	if (status == CORE_BAD_PARAMETER)
		rule.requirement = liquidation_requirement(&position, v[6], v[7]);
	columns[0] = result.seized_assets;
	columns[1] = result.repaid_assets;
	columns[2] = result.repaid_shares;
	columns[3] = result.bad_debt_assets;
	columns[4] = result.bad_debt_shares;
	return rule_row(fcinfo, &rule, status, columns, 5);
}

/* ---------- to a utilization ---------- */

static Datum
to_utilization(FunctionCallInfo fcinfo, morpho_action action, const char *name)
{
	word_rule	rule = {name, NULL, NULL, 3,
	{"total_supply_assets", "total_borrow_assets", "utilization"}};
	u256		v[3];
	u256		result = U256_ZERO;
	core_status status;

	rule_arguments(fcinfo, &rule, v);
	require_wad(v[2], "utilization", PG_GETARG_DATUM(2));
	status = morpho_to_utilization(action, v[0], v[1], v[2], &result);
	if (status == CORE_NULL)
		PG_RETURN_NULL();
	return rule_result(fcinfo, &rule, status, result);
}

#define TO_UTILIZATION(verb, action) \
	PG_FUNCTION_INFO_V1(leverage_morpho_##verb##_to_utilization); \
	Datum \
	leverage_morpho_##verb##_to_utilization(PG_FUNCTION_ARGS) \
	{ \
		return to_utilization(fcinfo, action, "morpho_" #verb "_to_utilization"); \
	}

TO_UTILIZATION(supply, MORPHO_SUPPLY)
TO_UTILIZATION(withdraw, MORPHO_WITHDRAW)
TO_UTILIZATION(borrow, MORPHO_BORROW)
TO_UTILIZATION(repay, MORPHO_REPAY)
