/*-------------------------------------------------------------------------
 *
 * rate/shares.c
 *	  The SQL face of domain rate: shares, assets and exact exchange rates.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "utils/array.h"
#include "utils/timestamp.h"

#include "chain/rule.h"
#include "chain/words.h"
#include "core/chain/fixed.h"
#include "core/rate/shares.h"
#include "server/compat.h"
#include "server/report.h"

/* ---------- arguments ---------- */

static uint64_t
elapsed_argument(FunctionCallInfo fcinfo, int later, const char *later_name,
				 int earlier, const char *earlier_name)
{
	TimestampTz from = PG_GETARG_TIMESTAMPTZ(earlier);
	TimestampTz to = PG_GETARG_TIMESTAMPTZ(later);

	check_time(earlier_name, from);
	check_time(later_name, to);
	if (to < from)
	{
		/* timestamptz_to_str has one static buffer */
		char	   *shown = pstrdup(timestamptz_to_str(to));

		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("%s must not be before %s: %s is before %s", later_name, earlier_name,
						shown, timestamptz_to_str(from))));
	}
	/* both are within the years -4713 to 294276, so that this cannot overflow */
	return (uint64_t) (to - from);
}

/* ---------- rules that are all words; their functions have the names of core/rate/shares.h ---------- */

#define RULE(name, ...) RULE_FUNCTION(rule_##name, name, __VA_ARGS__)

#define RULE_3(name, divisor, must, ...) \
	RULE(name, name(v[0], v[1], v[2], &out), divisor, must, __VA_ARGS__)

#define RULE_4_WITH_ROW(rule_name, divisor_name, must, ...) \
	PG_FUNCTION_INFO_V1(rule_##rule_name); \
	Datum \
	rule_##rule_name(PG_FUNCTION_ARGS) \
	{ \
		u256		results[2]; \
		RULE_ARGUMENTS(rule_name, divisor_name, must, __VA_ARGS__); \
		status = rule_name(v[0], v[1], v[2], v[3], &out, &results[1]); \
		results[0] = out; \
		return rule_row(fcinfo, &rule, status, results, 2); \
	}

/* ---------- conversion ---------- */

/* shares_to_assets or assets_to_shares of core/rate/shares.h */
typedef core_status (*conversion) (u256 amount, const share_pool *pool,
								   u256_rounding rounding, u256 *out);

static Datum
convert(FunctionCallInfo fcinfo, conversion function, const word_rule *rule)
{
	u256		v[3];
	share_pool	pool;
	u256		result = U256_ZERO;
	u256_rounding rounding = rounding_argument(PG_GETARG_TEXT_PP(3));
	core_status status;

	rule_arguments(fcinfo, rule, v);
	pool = (share_pool) {v[1], v[2], uint_argument(fcinfo, 4, "virtual_assets"),
	uint_argument(fcinfo, 5, "virtual_shares")};
	status = function(v[0], &pool, rounding, &result);
	return rule_result(fcinfo, rule, status, result);
}

PG_FUNCTION_INFO_V1(rule_shares_to_assets);
Datum
rule_shares_to_assets(PG_FUNCTION_ARGS)
{
	static const word_rule rule = {"shares_to_assets", "total_shares", NULL, 3,
	{"shares", "total_assets", "total_shares"}};

	return convert(fcinfo, shares_to_assets, &rule);
}

PG_FUNCTION_INFO_V1(rule_assets_to_shares);
Datum
rule_assets_to_shares(PG_FUNCTION_ARGS)
{
	static const word_rule rule = {"assets_to_shares", "total_assets", NULL, 3,
	{"assets", "total_assets", "total_shares"}};

	return convert(fcinfo, assets_to_shares, &rule);
}

RULE_3(exchange_rate, "total_shares", NULL, "total_assets", "total_shares", "scale")

/* The product of the rates in argument 0, whose unit is "scale" */
static Datum
chain_rates(FunctionCallInfo fcinfo, const word_rule *rule, u256 scale)
{
	int			n;
	u256	   *rates = uint_array(PG_GETARG_ARRAYTYPE_P(0), "rates", &n);
	u256		result = U256_ZERO;
	core_status status;

	if (rates == NULL)
		PG_RETURN_NULL();
	status = rate_chain(rates, n, scale, &result);
	if (status == CORE_BAD_PARAMETER)
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("result of %s must not round to 0, with no rate of 0 and a scale of %s",
						rule->name, shown_numeric(NumericGetDatum(u256_to_numeric(scale)))),
				 errhint("rate_chain(...) takes rates with 18 decimals; "
						 "rate_chain_scaled(rates, scale) those of any scale, "
						 "such as 1e6 for 6 decimals.")));
	return rule_result(fcinfo, rule, status, result);
}

PG_FUNCTION_INFO_V1(rule_rate_chain);
Datum
rule_rate_chain(PG_FUNCTION_ARGS)
{
	static const word_rule rule = {"rate_chain", NULL, NULL, 0, {NULL}};

	return chain_rates(fcinfo, &rule, FIXED_WAD);
}

PG_FUNCTION_INFO_V1(rule_rate_chain_scaled);
Datum
rule_rate_chain_scaled(PG_FUNCTION_ARGS)
{
	static const word_rule rule = {"rate_chain_scaled", "scale", NULL, 0, {NULL}};

	return chain_rates(fcinfo, &rule, uint_argument(fcinfo, 1, "scale"));
}

PG_FUNCTION_INFO_V1(rule_rate_invert);
Datum
rule_rate_invert(PG_FUNCTION_ARGS)
{
	static const word_rule rule = {"rate_invert", "rate", NULL, 2, {"rate", "scale"}};
	u256		v[2];
	u256		result = U256_ZERO;
	u256_rounding rounding = rounding_argument(PG_GETARG_TEXT_PP(2));
	core_status status;

	rule_arguments(fcinfo, &rule, v);
	status = rate_invert(v[0], v[1], rounding, &result);
	return rule_result(fcinfo, &rule, status, result);
}

PG_FUNCTION_INFO_V1(rule_rebase_amount);
Datum
rule_rebase_amount(PG_FUNCTION_ARGS)
{
	static const word_rule rule = {"rebase_amount", NULL, NULL, 5,
	{"shares", "pre_total_assets", "pre_total_shares", "post_total_assets", "post_total_shares"}};
	u256		v[5];
	u256		magnitude = U256_ZERO;
	bool		negative = false;
	share_pool	before;
	share_pool	after;

	rule_arguments(fcinfo, &rule, v);
	before = (share_pool) {v[1], v[2], U256_ZERO, U256_ZERO};
	after = (share_pool) {v[3], v[4], U256_ZERO, U256_ZERO};
	check_rule(fcinfo, &rule, rebase_amount(v[0], &before, &after, &negative, &magnitude));
	PG_RETURN_NUMERIC(scaled_to_numeric(negative, magnitude, 0, 0));
}

/* ---------- baskets ---------- */

/* Arguments 0 and 1, of equal length; false where an element is NULL */
static bool
basket_arguments(FunctionCallInfo fcinfo, u256 **balances, u256 **prices, int *n)
{
	ArrayType  *balance_array = PG_GETARG_ARRAYTYPE_P(0);
	ArrayType  *price_array = PG_GETARG_ARRAYTYPE_P(1);
	int			num_balances = ArrayGetNItems(ARR_NDIM(balance_array), ARR_DIMS(balance_array));
	int			num_prices = ArrayGetNItems(ARR_NDIM(price_array), ARR_DIMS(price_array));

	if (num_balances != num_prices)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("balances and prices must have the same length, not %d and %d",
						num_balances, num_prices)));
	*balances = uint_array(balance_array, "balances", n);
	*prices = uint_array(price_array, "prices", n);
	return *balances != NULL && *prices != NULL;
}

PG_FUNCTION_INFO_V1(rule_basket_value);
Datum
rule_basket_value(PG_FUNCTION_ARGS)
{
	static const word_rule rule = {"basket_value", NULL, NULL, 0, {NULL}};
	u256	   *balances;
	u256	   *prices;
	u256		result = U256_ZERO;
	core_status status;
	int			n;

	if (!basket_arguments(fcinfo, &balances, &prices, &n))
		PG_RETURN_NULL();
	status = basket_value(balances, prices, n, PG_GETARG_BOOL(2), &result);
	return rule_result(fcinfo, &rule, status, result);
}

PG_FUNCTION_INFO_V1(rule_basket_rate);
Datum
rule_basket_rate(PG_FUNCTION_ARGS)
{
	static const word_rule rule = {"basket_rate", "supply", NULL, 0, {NULL}};
	u256	   *balances;
	u256	   *prices;
	u256		supply = uint_argument(fcinfo, 2, "supply");
	u256		result = U256_ZERO;
	core_status status;
	int			n;

	if (!basket_arguments(fcinfo, &balances, &prices, &n))
		PG_RETURN_NULL();
	status = basket_rate(balances, prices, n, supply, PG_GETARG_BOOL(3), &result);
	return rule_result(fcinfo, &rule, status, result);
}

/* ---------- ERC-4626 ---------- */

typedef core_status (*preview) (u256 amount, const erc4626_vault *vault, u256 *out);

/* Arguments 1 to 5 of the previews */
static erc4626_vault
vault_arguments(FunctionCallInfo fcinfo, const char *fee_name)
{
	static const char *const variants[] = {"openzeppelin", "solmate", "puffer"};
	erc4626_vault vault;
	int64		offset = PG_GETARG_INT64(3);

	vault.variant = (erc4626_variant)
		choice_argument(fcinfo, 5, "variant", variants, lengthof(variants),
					  "It can be 'openzeppelin', 'solmate' or 'puffer'.");
	vault.total_assets = uint_argument(fcinfo, 1, "total_assets");
	vault.total_shares = uint_argument(fcinfo, 2, "total_shares");
	vault.fee_bps = uint_argument(fcinfo, 4, fee_name);
	if (offset < 0 || offset > U256_MAX_POW10)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("decimals_offset must be from 0 to %d, not " INT64_FORMAT, U256_MAX_POW10,
						offset),
				 errhint("It is the decimals of the share less those of the asset.")));
	if (offset != 0 && vault.variant == ERC4626_SOLMATE)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("decimals_offset must be 0 for variant solmate, not " INT64_FORMAT,
						offset)));
	if (u256_cmp(vault.fee_bps, FIXED_PERCENT) > 0)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("%s must be from 0 to 10000 basis points, not %s", fee_name,
						shown_numeric(PG_GETARG_DATUM(4)))));
	vault.decimals_offset = (unsigned) offset;
	return vault;
}

static Datum
preview_result(FunctionCallInfo fcinfo, preview function, const char *name,
			   const char *amount_name, const char *fee_name)
{
	word_rule	rule = {name, NULL, NULL, 1, {amount_name}};
	u256		amount = uint_argument(fcinfo, 0, amount_name);
	erc4626_vault vault = vault_arguments(fcinfo, fee_name);
	u256		result = U256_ZERO;
	core_status status = function(amount, &vault, &result);

	/* which the other variants never have */
	rule.divisor = u256_equal(vault.fee_bps, FIXED_PERCENT) && vault.variant == ERC4626_PUFFER
		? "what the fee leaves" : "total_assets";
	return rule_result(fcinfo, &rule, status, result);
}

#define PREVIEW(name, amount, fee) \
	PG_FUNCTION_INFO_V1(rule_##name); \
	Datum \
	rule_##name(PG_FUNCTION_ARGS) \
	{ \
		return preview_result(fcinfo, name, #name, amount, fee); \
	}

PREVIEW(erc4626_preview_deposit, "assets", "entry_fee_bps")
PREVIEW(erc4626_preview_mint, "shares", "entry_fee_bps")
PREVIEW(erc4626_preview_withdraw, "assets", "exit_fee_bps")
PREVIEW(erc4626_preview_redeem, "shares", "exit_fee_bps")

PG_FUNCTION_INFO_V1(rule_drip_total_assets);
Datum
rule_drip_total_assets(PG_FUNCTION_ARGS)
{
	static const word_rule rule = {"drip_total_assets", NULL, NULL, 2, {"stored", "reward"}};
	u256		v[2];
	u256		result = U256_ZERO;
	uint64_t	elapsed = elapsed_argument(fcinfo, 4, "at", 2, "last_sync");
	core_status status;

	check_time("cycle_end", PG_GETARG_TIMESTAMPTZ(3));
	rule_arguments(fcinfo, &rule, v);
	status = drip_total_assets(v[0], v[1], elapsed,
							   PG_GETARG_TIMESTAMPTZ(3) - PG_GETARG_TIMESTAMPTZ(2), &result);
	return rule_result(fcinfo, &rule, status, result);
}

/* ---------- Lido ---------- */

#define EXTERNAL_SHARES_REQUIREMENT "external_shares must not be above total_shares"

typedef core_status (*lido_conversion) (u256 amount, u256 internal_ether, u256 total_shares,
										u256 external_shares, u256_rounding rounding, u256 *out);

static Datum
lido_convert(FunctionCallInfo fcinfo, lido_conversion function, const word_rule *rule)
{
	u256		v[4];
	u256		result = U256_ZERO;
	u256_rounding rounding = rounding_argument(PG_GETARG_TEXT_PP(4));
	core_status status;

	rule_arguments(fcinfo, rule, v);
	status = function(v[0], v[1], v[2], v[3], rounding, &result);
	return rule_result(fcinfo, rule, status, result);
}

PG_FUNCTION_INFO_V1(rule_lido_pooled_eth_by_shares);
Datum
rule_lido_pooled_eth_by_shares(PG_FUNCTION_ARGS)
{
	static const word_rule rule = {"lido_pooled_eth_by_shares", "total_shares - external_shares",
		EXTERNAL_SHARES_REQUIREMENT, 4,
	{"shares", "internal_ether", "total_shares", "external_shares"}};

	return lido_convert(fcinfo, lido_pooled_eth_by_shares, &rule);
}

PG_FUNCTION_INFO_V1(rule_lido_shares_by_pooled_eth);
Datum
rule_lido_shares_by_pooled_eth(PG_FUNCTION_ARGS)
{
	static const word_rule rule = {"lido_shares_by_pooled_eth",
		"internal_ether and total_shares - external_shares",
		EXTERNAL_SHARES_REQUIREMENT, 4,
	{"ether", "internal_ether", "total_shares", "external_shares"}};

	return lido_convert(fcinfo, lido_shares_by_pooled_eth, &rule);
}

RULE_3(lido_external_ether, "total_shares - external_shares", EXTERNAL_SHARES_REQUIREMENT,
	   "external_shares", "internal_ether", "total_shares")
RULE_3(lido_withdrawal_payout, "shares", NULL, "amount", "shares", "max_share_rate")

PG_FUNCTION_INFO_V1(rule_lido_fee_shares);
Datum
rule_lido_fee_shares(PG_FUNCTION_ARGS)
{
	static const char *const versions[] = {"v2", "v3"};
	static const word_rule rule = {"lido_fee_shares", "fee_precision and post_ether less the fee",
		"total_fee must not be above fee_precision, nor the fee above post_ether,", 5,
	{"rewards", "total_fee", "shares_before", "post_ether", "fee_precision"}};
	u256		v[5];
	u256		result = U256_ZERO;
	lido_version version = (lido_version)
		choice_argument(fcinfo, 5, "version", versions, lengthof(versions), "It can be 'v2' or 'v3'.");
	core_status status;

	rule_arguments(fcinfo, &rule, v);
	status = lido_fee_shares(v[0], v[1], v[2], v[3], v[4], version, &result);
	return rule_result(fcinfo, &rule, status, result);
}

/* ---------- other protocols ---------- */

RULE_3(etherfi_amount_for_share, NULL, NULL, "shares", "pooled_ether", "total_shares")
RULE_3(etherfi_shares_for_amount, NULL, NULL, "amount", "pooled_ether", "total_shares")
RULE_3(etherfi_shares_for_withdrawal, NULL, NULL, "amount", "pooled_ether", "total_shares")

RULE_4_WITH_ROW(kelp_reprice, "the new price", "fee_bps must not be above 10000",
				"total_eth", "supply", "old_price", "fee_bps")
RULE_4_WITH_ROW(kelp_reprice_e36, "the new price", "fee_bps must not be above 10000",
				"total_value", "supply", "old_price", "fee_bps")
RULE(kelp_withdrawal_payout, kelp_withdrawal_payout(v[0], v[1], v[2], v[3], &out),
	 "asset_price", NULL, "expected", "shares", "share_price", "asset_price")

RULE_4_WITH_ROW(swell_reprice, "supply and the reserves less the fee",
				"fee_wad must not be above 1e18", "reserves", "rewards", "supply", "fee_wad")
RULE(mantle_eth_to_meth, mantle_eth_to_meth(v[0], v[1], v[2], v[3], &out),
	 "total_controlled", "adjustment_bps must not be above 10000",
	 "eth", "total_controlled", "supply", "adjustment_bps")
RULE_3(puffer_withdrawal_payout, NULL, NULL, "shares", "request_rate", "batch_rate")
RULE(mellow_deposit_shares, mellow_deposit_shares(v[0], v[1], &out), NULL, NULL, "assets", "price")
RULE(mellow_redeem_assets, mellow_redeem_assets(v[0], v[1], &out), "price", NULL, "shares", "price")

/* ---------- EigenLayer ---------- */

static core_status
eigen_convert(const u256 *v, conversion function, u256 *out)
{
	share_pool	strategy = eigen_strategy(v[1], v[2]);

	return function(v[0], &strategy, U256_FLOOR, out);
}

RULE(eigen_shares_to_underlying, eigen_convert(v, shares_to_assets, &out), NULL, NULL,
	 "shares", "balance", "total_shares")
RULE(eigen_underlying_to_shares, eigen_convert(v, assets_to_shares, &out), NULL, NULL,
	 "amount", "balance", "total_shares")

RULE(eigen_withdrawable, eigen_withdrawable(v[0], v[1], v[2], v[3], &out), NULL, NULL,
	 "deposit_shares", "deposit_scaling_factor", "max_magnitude", "beacon_slashing_factor")
RULE(eigen_dsf_update, eigen_dsf_update(v[0], v[1], v[2], v[3], v[4], &out),
	 "max_magnitude * beacon_slashing_factor",
	 "the deposit scaling factor that results must not be 0",
	 "deposit_shares", "added_shares", "deposit_scaling_factor", "max_magnitude",
	 "beacon_slashing_factor")
RULE_3(eigen_slashed_shares, "old_magnitude", "new_magnitude must not be above old_magnitude",
	   "operator_shares", "old_magnitude", "new_magnitude")
RULE(eigen_slashed_magnitude, eigen_slashed_magnitude(v[0], v[1], &out), NULL,
	 "wad_to_slash must not be above 1e18", "magnitude", "wad_to_slash")
RULE_3(eigen_beacon_factor, "old_balance", "new_balance must not be above old_balance",
	   "beacon_slashing_factor", "old_balance", "new_balance")

/* ---------- Aave's correlated-asset price oracle ---------- */

/* Of arguments snapshot_ratio, snapshot_time, max_growth_bps, at, scaling from number n on */
static u256
max_ratio_of_arguments(FunctionCallInfo fcinfo, int n, const char *name)
{
	word_rule	rule = {name, "scaling_factor", NULL, 0, {NULL}};
	u256		snapshot_ratio = uint_argument(fcinfo, n, "snapshot_ratio");
	uint64_t	elapsed = elapsed_argument(fcinfo, n + 3, "at", n + 1, "snapshot_time");
	u256		growth_bps = uint_argument(fcinfo, n + 2, "max_growth_bps");
	u256		scaling = uint_argument(fcinfo, n + 4, "scaling_factor");
	u256		result = U256_ZERO;

	check_rule(fcinfo, &rule,
				 capo_max_ratio(snapshot_ratio, growth_bps, scaling, elapsed, &result));
	return result;
}

PG_FUNCTION_INFO_V1(rule_capo_max_ratio);
Datum
rule_capo_max_ratio(PG_FUNCTION_ARGS)
{
	PG_RETURN_NUMERIC(u256_to_numeric(max_ratio_of_arguments(fcinfo, 0, "capo_max_ratio")));
}

PG_FUNCTION_INFO_V1(rule_capo_ratio);
Datum
rule_capo_ratio(PG_FUNCTION_ARGS)
{
	u256		ratio = uint_argument(fcinfo, 0, "ratio");
	u256		max_ratio = max_ratio_of_arguments(fcinfo, 1, "capo_ratio");

	PG_RETURN_NUMERIC(u256_to_numeric(u256_cmp(max_ratio, ratio) < 0 ? max_ratio : ratio));
}
