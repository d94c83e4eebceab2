/*-------------------------------------------------------------------------
 *
 * leverage/aave.c
 *	  The SQL face of domain leverage: Aave v3.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "chain/rule.h"
#include "core/chain/fixed.h"
#include "core/leverage/aave.h"
#include "server/compat.h"
#include "server/report.h"

#define VERSION_HINT	"It can be 'origin' (since 3.7), 'v3.6', 'v3.5' or 'v3.0' (3.0 to 3.2)."

#define RULE(name, ...) RULE_FUNCTION(leverage_##name, name, __VA_ARGS__)

/* ---------- arguments ---------- */

static aave_version
version_argument(FunctionCallInfo fcinfo, int n)
{
	static const char *const versions[] = {"origin", "v3.6", "v3.5", "v3.0"};

	return (aave_version)
		choice_argument(fcinfo, n, "version", versions, lengthof(versions), VERSION_HINT);
}

static aave_compounding
compounding_argument(FunctionCallInfo fcinfo, int n)
{
	static const char *const forms[] = {"taylor", "binomial", "v2"};

	return (aave_compounding)
		choice_argument(fcinfo, n, "version", forms, lengthof(forms),
						"It can be 'taylor', 'binomial' or 'v2'.");
}

static aave_side
side_argument(FunctionCallInfo fcinfo, int n)
{
	static const char *const sides[] = {"supply", "debt"};

	return (aave_side)
		choice_argument(fcinfo, n, "side", sides, lengthof(sides), "It can be 'supply' or 'debt'.");
}

static aave_action
action_argument(FunctionCallInfo fcinfo, int n)
{
	static const char *const actions[] = {"supply", "withdraw", "borrow", "repay"};

	return (aave_action)
		choice_argument(fcinfo, n, "action", actions, lengthof(actions),
						"It can be 'supply', 'withdraw', 'borrow' or 'repay'.");
}

/* ---------- interest ---------- */

RULE(aave_linear_interest, aave_linear_interest(v[0], v[1], &out), NULL, NULL, "rate", "seconds")
RULE(aave_apy, aave_apy(v[0], v[1], &out), NULL, NULL, "rate", "seconds")

PG_FUNCTION_INFO_V1(leverage_aave_compound_interest);
Datum
leverage_aave_compound_interest(PG_FUNCTION_ARGS)
{
	static const word_rule rule = {"aave_compound_interest", NULL, NULL, 2, {"rate", "seconds"}};
	aave_compounding form = compounding_argument(fcinfo, 2);
	u256		v[2];
	u256		result = U256_ZERO;
	core_status status;

	rule_arguments(fcinfo, &rule, v);
	status = aave_compound_interest(v[0], v[1], form, &result);
	return rule_result(fcinfo, &rule, status, result);
}

PG_FUNCTION_INFO_V1(leverage_aave_accrue_index);
Datum
leverage_aave_accrue_index(PG_FUNCTION_ARGS)
{
	static const word_rule rule = {"aave_accrue_index", NULL, NULL, 3, {"index", "rate", "seconds"}};
	aave_side	side = side_argument(fcinfo, 3);
	aave_compounding form = compounding_argument(fcinfo, 4);
	u256		v[3];
	u256		result = U256_ZERO;
	core_status status;

	rule_arguments(fcinfo, &rule, v);
	status = aave_accrue_index(v[0], v[1], v[2], side, form, &result);
	if (status == CORE_OUT_OF_RANGE)
		report_overflow(rule.name, "2^128");
	return rule_result(fcinfo, &rule, status, result);
}

/* ---------- rates ---------- */

PG_FUNCTION_INFO_V1(leverage_aave_rates);
Datum
leverage_aave_rates(PG_FUNCTION_ARGS)
{
	static const word_rule rule = {"aave_rates", "optimal", NULL, 8,
	{"available", "debt", "optimal", "base", "slope1", "slope2", "reserve_factor_bps", "deficit"}};
	u256		v[8];
	u256		columns[3];
	aave_curve	curve;
	aave_rate_set rates = {U256_ZERO, U256_ZERO, U256_ZERO};
	core_status status;

	rule_arguments(fcinfo, &rule, v);
	require_word(u256_cmp(v[2], FIXED_RAY) <= 0, "optimal", "from 0 to 1e27", PG_GETARG_DATUM(2));
	require_bps(v[6], "reserve_factor_bps", PG_GETARG_DATUM(6));
	curve = (aave_curve) {v[2], v[3], v[4], v[5], v[6]};
	status = aave_rates(v[0], v[1], v[7], &curve, &rates);
	columns[0] = rates.supply_rate;
	columns[1] = rates.borrow_rate;
	columns[2] = rates.utilization;
	return rule_row(fcinfo, &rule, status, columns, 3);
}

PG_FUNCTION_INFO_V1(leverage_aave_treasury_accrual);
Datum
leverage_aave_treasury_accrual(PG_FUNCTION_ARGS)
{
	static const word_rule rule = {"aave_treasury_accrual", NULL,
		"index_after must not be below index_before", 4,
	{"scaled_debt", "index_before", "index_after", "reserve_factor_bps"}};
	aave_version version = version_argument(fcinfo, 4);
	u256		v[4];
	u256		result = U256_ZERO;
	core_status status;

	rule_arguments(fcinfo, &rule, v);
	require_bps(v[3], "reserve_factor_bps", PG_GETARG_DATUM(3));
	status = aave_treasury_accrual(v[0], v[1], v[2], v[3], version, &result);
	return rule_result(fcinfo, &rule, status, result);
}

/* ---------- balances ---------- */

PG_FUNCTION_INFO_V1(leverage_aave_scaled_to_balance);
Datum
leverage_aave_scaled_to_balance(PG_FUNCTION_ARGS)
{
	static const word_rule rule = {"aave_scaled_to_balance", NULL, NULL, 2, {"scaled", "index"}};
	aave_side	side = side_argument(fcinfo, 2);
	aave_version version = version_argument(fcinfo, 3);
	u256		v[2];
	u256		result = U256_ZERO;
	core_status status;

	rule_arguments(fcinfo, &rule, v);
	status = aave_scaled_to_balance(v[0], v[1], side, version, &result);
	return rule_result(fcinfo, &rule, status, result);
}

PG_FUNCTION_INFO_V1(leverage_aave_amount_to_scaled);
Datum
leverage_aave_amount_to_scaled(PG_FUNCTION_ARGS)
{
	static const word_rule rule = {"aave_amount_to_scaled", "index", NULL, 2, {"amount", "index"}};
	aave_action action = action_argument(fcinfo, 2);
	aave_version version = version_argument(fcinfo, 3);
	u256		v[2];
	u256		result = U256_ZERO;
	core_status status;

	rule_arguments(fcinfo, &rule, v);
	status = aave_amount_to_scaled(v[0], v[1], action, version, &result);
	return rule_result(fcinfo, &rule, status, result);
}

PG_FUNCTION_INFO_V1(leverage_aave_base_value);
Datum
leverage_aave_base_value(PG_FUNCTION_ARGS)
{
	static const word_rule rule = {"aave_base_value", NULL, NULL, 2, {"amount", "price"}};
	int			decimals = decimals_argument(fcinfo, 2, "decimals");
	aave_side	side = side_argument(fcinfo, 3);
	aave_version version = version_argument(fcinfo, 4);
	u256		v[2];
	u256		result = U256_ZERO;
	core_status status;

	rule_arguments(fcinfo, &rule, v);
	status = aave_base_value(v[0], v[1], (unsigned) decimals, side, version, &result);
	return rule_result(fcinfo, &rule, status, result);
}

/* ---------- accounts ---------- */

PG_FUNCTION_INFO_V1(leverage_aave_health_factor);
Datum
leverage_aave_health_factor(PG_FUNCTION_ARGS)
{
	static const word_rule rule = {"aave_health_factor", NULL, NULL, 3,
	{"collateral_base", "debt_base", "liquidation_threshold_bps"}};
	aave_version version = version_argument(fcinfo, 3);
	u256		v[3];
	u256		result = U256_ZERO;
	core_status status;

	rule_arguments(fcinfo, &rule, v);
	require_bps(v[2], "liquidation_threshold_bps", PG_GETARG_DATUM(2));
	status = aave_health_factor(v[0], v[1], v[2], version, &result);
	if (status == CORE_NULL)
		PG_RETURN_NULL();
	return rule_result(fcinfo, &rule, status, result);
}

PG_FUNCTION_INFO_V1(leverage_aave_available_to_borrow);
Datum
leverage_aave_available_to_borrow(PG_FUNCTION_ARGS)
{
	static const word_rule rule = {"aave_available_to_borrow", NULL, NULL, 3,
	{"collateral_base", "debt_base", "ltv_bps"}};
	aave_version version = version_argument(fcinfo, 3);
	u256		v[3];
	u256		result = U256_ZERO;
	core_status status;

	rule_arguments(fcinfo, &rule, v);
	require_bps(v[2], "ltv_bps", PG_GETARG_DATUM(2));
	status = aave_available_to_borrow(v[0], v[1], v[2], version, &result);
	return rule_result(fcinfo, &rule, status, result);
}

/* Argument n, one share of a whole for each collateral; NULL where one is NULL */
static u256 *
bps_array(FunctionCallInfo fcinfo, int n, const char *argument, int expected)
{
	u256	   *bps = parallel_array(fcinfo, n, argument, "collateral_values", expected);

	for (int i = 0; bps != NULL && i < expected; i++)
		require_bps(bps[i], psprintf("%s[%d]", argument, i + 1),
					NumericGetDatum(u256_to_numeric(bps[i])));
	return bps;
}

static Datum
account_row(FunctionCallInfo fcinfo, const aave_account *account)
{
	Datum		values[6];
	bool		nulls[6] = {false};

	values[0] = NumericGetDatum(u256_to_numeric(account->collateral));
	values[1] = NumericGetDatum(u256_to_numeric(account->debt));
	values[2] = NumericGetDatum(u256_to_numeric(account->available));
	values[3] = NumericGetDatum(u256_to_numeric(account->threshold_bps));
	values[4] = NumericGetDatum(u256_to_numeric(account->ltv_bps));
	values[5] = NumericGetDatum(u256_to_numeric(account->health_factor));
	nulls[5] = !account->has_debt;
	return row_with_nulls(fcinfo, values, nulls);
}

PG_FUNCTION_INFO_V1(leverage_aave_account);
Datum
leverage_aave_account(PG_FUNCTION_ARGS)
{
	static const word_rule rule = {"aave_account", NULL, NULL, 0, {NULL}};
	aave_version version = version_argument(fcinfo, 4);
	int			num_collaterals = items_in(fcinfo, 0);
	int			num_debts;
	u256	   *values = uint_array(PG_GETARG_ARRAYTYPE_P(0), "collateral_values", &num_collaterals);
	u256	   *thresholds = bps_array(fcinfo, 1, "liquidation_thresholds_bps", num_collaterals);
	u256	   *ltvs = bps_array(fcinfo, 2, "ltvs_bps", num_collaterals);
	u256	   *debts = uint_array(PG_GETARG_ARRAYTYPE_P(3), "debts", &num_debts);
	aave_account account = {.has_debt = false};

	if (values == NULL || thresholds == NULL || ltvs == NULL || debts == NULL)
		PG_RETURN_NULL();
	check_rule(fcinfo, &rule, aave_account_data(values, thresholds, ltvs, num_collaterals, debts,
												num_debts, version, &account));
	return account_row(fcinfo, &account);
}

/* ---------- e-mode ---------- */

/* Argument n, a word of 128 bits with one for each reserve */
static u256
bitmap_argument(FunctionCallInfo fcinfo, int n, const char *argument)
{
	u256		bitmap = uint_argument(fcinfo, n, argument);

	require_word((bitmap.limb[2] | bitmap.limb[3]) == 0, argument, "below 2^128", PG_GETARG_DATUM(n));
	return bitmap;
}

/* Arguments n to n + 2: ltv, threshold, bonus */
static aave_terms
terms_arguments(FunctionCallInfo fcinfo, int n, const char *const *names)
{
	aave_terms	terms;

	terms.ltv = uint_argument(fcinfo, n, names[0]);
	terms.threshold = uint_argument(fcinfo, n + 1, names[1]);
	terms.bonus = uint_argument(fcinfo, n + 2, names[2]);
	require_bps(terms.ltv, names[0], PG_GETARG_DATUM(n));
	require_bps(terms.threshold, names[1], PG_GETARG_DATUM(n + 1));
	return terms;
}

static Datum
terms_row(FunctionCallInfo fcinfo, const aave_terms *terms, bool in_category)
{
	Datum		values[4];

	values[0] = NumericGetDatum(u256_to_numeric(terms->ltv));
	values[1] = NumericGetDatum(u256_to_numeric(terms->threshold));
	values[2] = NumericGetDatum(u256_to_numeric(terms->bonus));
	values[3] = BoolGetDatum(in_category);
	return row_result(fcinfo, values);
}

PG_FUNCTION_INFO_V1(leverage_aave_emode_terms);
Datum
leverage_aave_emode_terms(PG_FUNCTION_ARGS)
{
	static const char *const of_reserve[] = {"reserve_ltv_bps", "reserve_liquidation_threshold_bps",
	"reserve_liquidation_bonus_bps"};
	static const char *const of_category[] = {"category_ltv_bps",
	"category_liquidation_threshold_bps", "category_liquidation_bonus_bps"};
	static const word_rule rule = {"aave_emode_terms", NULL,
	"there must be no ltvzero_bitmap before version v3.6 and no isolated before origin", 0, {NULL}};
	int			reserve_id = integer_argument(fcinfo, 0, "reserve_id", 0, AAVE_MAX_RESERVES - 1);
	aave_version version = version_argument(fcinfo, 10);
	aave_terms	reserve = terms_arguments(fcinfo, 1, of_reserve);
	aave_category category = {.terms = terms_arguments(fcinfo, 4, of_category)};
	aave_terms	result = {U256_ZERO, U256_ZERO, U256_ZERO};
	bool		in_category = false;

	category.collateral_bitmap = bitmap_argument(fcinfo, 7, "collateral_bitmap");
	category.ltvzero_bitmap = bitmap_argument(fcinfo, 8, "ltvzero_bitmap");
	category.isolated = PG_GETARG_BOOL(9);
	if (aave_emode_terms((unsigned) reserve_id, &reserve, &category, version, &result,
						 &in_category) != CORE_OK)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("%s in %s", rule.requirement, rule.name),
				 errhint("3.6 brought the bitmap, and 3.7, which is version 'origin', isolated categories.")));
	return terms_row(fcinfo, &result, in_category);
}

/* ---------- liquidation ---------- */

/* Arguments that no other argument makes right */
static void
check_call(FunctionCallInfo fcinfo, const aave_liquidation_call *call)
{
	require_word(!u256_is_zero(call->debt_balance), "debt_balance", "above zero", PG_GETARG_DATUM(2));
	require_word(u256_cmp(call->bonus_bps, FIXED_PERCENT) >= 0, "liquidation_bonus_bps",
				 "10000 basis points or more", PG_GETARG_DATUM(4));
	require_bps(call->fee_bps, "protocol_fee_bps", PG_GETARG_DATUM(5));
	if (u256_cmp(call->health_factor, FIXED_WAD) >= 0)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("health_factor must be below 1e18, not %s", shown_numeric(PG_GETARG_DATUM(6))),
				 errhint("Nobody can liquidate a healthy account; leave it out with WHERE.")));
}

PG_FUNCTION_INFO_V1(leverage_aave_liquidation);
Datum
leverage_aave_liquidation(PG_FUNCTION_ARGS)
{
	static const word_rule rule = {"aave_liquidation", "collateral_price and debt_price",
		"debt_to_cover must leave either none or at least 1000 of debt and of collateral", 9,
		{"collateral_balance", "collateral_price", "debt_balance", "debt_price", "liquidation_bonus_bps",
	"protocol_fee_bps", "health_factor", "total_debt_base", "debt_to_cover"}};
	u256		v[9];
	u256		columns[5];
	aave_liquidation_call call;
	aave_liquidation result = {.max_debt = U256_ZERO};
	aave_version version = version_argument(fcinfo, 12);
	core_status status;

	rule_arguments(fcinfo, &rule, v);
	call = (aave_liquidation_call) {v[0], v[1], v[2], v[3], v[4], v[5], v[6], v[7], v[8],
		uint_argument(fcinfo, 11, "other_collateral_base"),
		(unsigned) decimals_argument(fcinfo, 9, "collateral_decimals"),
	(unsigned) decimals_argument(fcinfo, 10, "debt_decimals")};
	check_call(fcinfo, &call);
	status = aave_liquidate(&call, version, &result);
	columns[0] = result.max_debt;
	columns[1] = result.debt_repaid;
	columns[2] = result.collateral_to_liquidator;
	columns[3] = result.protocol_fee;
	columns[4] = result.deficit;
	return rule_row(fcinfo, &rule, status, columns, 5);
}

/* ---------- configuration ---------- */

PG_FUNCTION_INFO_V1(leverage_aave_configuration);
Datum
leverage_aave_configuration(PG_FUNCTION_ARGS)
{
	aave_reserve_config config = aave_configuration(uint_argument(fcinfo, 0, "data"));
	Datum		values[] = {
		Int32GetDatum((int32) config.ltv),
		Int32GetDatum((int32) config.threshold),
		Int32GetDatum((int32) config.bonus),
		Int32GetDatum((int32) config.decimals),
		BoolGetDatum(config.active),
		BoolGetDatum(config.frozen),
		BoolGetDatum(config.borrowing),
		BoolGetDatum(config.stable_borrowing),
		BoolGetDatum(config.paused),
		BoolGetDatum(config.borrowable_in_isolation),
		BoolGetDatum(config.siloed_borrowing),
		BoolGetDatum(config.flash_loans),
		Int32GetDatum((int32) config.reserve_factor),
		Int64GetDatum((int64) config.borrow_cap),
		Int64GetDatum((int64) config.supply_cap),
		Int32GetDatum((int32) config.liquidation_fee),
		Int32GetDatum((int32) config.emode_category),
		Int64GetDatum((int64) config.unbacked_mint_cap),
		Int64GetDatum((int64) config.debt_ceiling),
		BoolGetDatum(config.virtual_accounting)
	};

	return row_result(fcinfo, values);
}

/* ---------- prices ---------- */

PG_FUNCTION_INFO_V1(leverage_aave_capo_price);
Datum
leverage_aave_capo_price(PG_FUNCTION_ARGS)
{
	static const word_rule rule = {"aave_capo_price", NULL, NULL, 3,
	{"base_price", "ratio", "max_ratio"}};
	int			decimals = decimals_argument(fcinfo, 3, "ratio_decimals");
	u256		v[3];
	u256		result = U256_ZERO;
	core_status status;

	rule_arguments(fcinfo, &rule, v);
	status = aave_capo_price(v[0], v[1], v[2], (unsigned) decimals, &result);
	return rule_result(fcinfo, &rule, status, result);
}

RULE(aave_pt_price, aave_pt_price(v[0], v[1], v[2], v[3], &out), "unit",
	 "discount_per_year * seconds_to_maturity must not be above unit",
	 "asset_price", "discount_per_year", "seconds_to_maturity", "unit")
