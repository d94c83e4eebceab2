/*-------------------------------------------------------------------------
 *
 * leverage/vault.c
 *	  The SQL face of domain leverage: Morpho's vaults and Lido's stVaults.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "chain/rule.h"
#include "core/chain/fixed.h"
#include "core/leverage/vault.h"
#include "server/report.h"

/* ---------- Morpho ---------- */

PG_FUNCTION_INFO_V1(morpho_vault_accrue_row);
Datum
morpho_vault_accrue_row(PG_FUNCTION_ARGS)
{
	static const word_rule rule = {"morpho_vault_accrue", NULL, "fees must not be above the assets", 8,
	{"total_assets", "total_supply", "real_assets", "elapsed", "max_rate", "performance_fee", "management_fee", "virtual_shares"}};
	u256		v[8];
	u256		columns[5];
	morpho_vault vault;
	morpho_vault_accrual a = {.interest = U256_ZERO};
	core_status status;

	rule_arguments(fcinfo, &rule, v);
	vault = (morpho_vault) {v[0], v[1], v[2], v[3], v[4], v[5], v[6], v[7]};
	status = morpho_vault_accrue(&vault, &a);
	columns[0] = a.total_assets;
	columns[1] = a.performance_shares;
	columns[2] = a.management_shares;
	columns[3] = a.total_supply;
	columns[4] = a.interest;
	return rule_row(fcinfo, &rule, status, columns, 5);
}

PG_FUNCTION_INFO_V1(metamorpho_accrue_row);
Datum
metamorpho_accrue_row(PG_FUNCTION_ARGS)
{
	static const char *const versions[] = {"v1.1", "v1"};
	static const word_rule rule = {"metamorpho_accrue", NULL,
		"lost_assets must not be above last_total_assets, nor the fee above 1e18", 5,
	{"real_assets", "last_total_assets", "lost_assets", "total_supply", "fee"}};
	u256		v[5];
	u256		columns[5];
	int			offset = decimals_argument(fcinfo, 5, "decimals_offset");
	metamorpho_version version = (metamorpho_version)
		choice_argument(fcinfo, 6, "version", versions, lengthof(versions), "It can be 'v1.1' or 'v1'.");
	metamorpho_vault vault;
	metamorpho_accrual a = {.interest = U256_ZERO};
	core_status status;

	rule_arguments(fcinfo, &rule, v);
	vault = (metamorpho_vault) {v[0], v[1], v[2], v[3], v[4], (unsigned) offset};
	status = metamorpho_accrue(&vault, version, &a);
	columns[0] = a.total_assets;
	columns[1] = a.lost_assets;
	columns[2] = a.interest;
	columns[3] = a.fee_shares;
	columns[4] = a.total_supply;
	return rule_row(fcinfo, &rule, status, columns, 5);
}

/* ---------- Lido ---------- */

/* StETH converts no amount of 2^128 - 1 and more: those among the first ten that it is asked for */
static void
check_convertible(FunctionCallInfo fcinfo, const word_rule *rule, const u256 *v)
{
	static const int converted[] = {0, 1, 2, 9};

	for (size_t i = 0; i < lengthof(converted); i++)
	{
		int			n = converted[i];

		require_word(u256_bit_length(v[n]) <= 128, rule->arguments[n], "below 2^128", PG_GETARG_DATUM(n));
	}
}

/* Argument n, or what stands for one that is not known */
static u256
optional_word(FunctionCallInfo fcinfo, int n, const char *argument, u256 otherwise)
{
	return PG_ARGISNULL(n) ? otherwise : uint_argument(fcinfo, n, argument);
}

static Datum
lido_vault_row(FunctionCallInfo fcinfo, const lido_vault_state *s, bool balance_is_known)
{
	const u256 *columns[11] = {
		&s->liability, &s->locked, &s->unlocked, &s->capacity_shares, NULL, &s->shortfall_shares,
		&s->obligation_shares, &s->obligations, &s->bad_debt_shares, &s->withdrawable,
		&s->obligations_shortfall
	};
	Datum		values[11];
	bool		nulls[11] = {false};

	for (int i = 0; i < 11; i++)
		values[i] = i == 4 ? BoolGetDatum(s->healthy) : NumericGetDatum(u256_to_numeric(*columns[i]));
	nulls[5] = nulls[6] = nulls[7] = s->is_bad_debt;
	nulls[9] = !balance_is_known;
	nulls[10] = s->is_bad_debt || !balance_is_known;
	return row_with_nulls(fcinfo, values, nulls);
}

PG_FUNCTION_INFO_V1(lido_vault_row_of);
Datum
lido_vault_row_of(PG_FUNCTION_ARGS)
{
	static const word_rule rule = {"lido_vault", "total_ether, total_shares or what reserve_ratio_bps leaves",
		"forced_rebalance_threshold_bps must not be above reserve_ratio_bps", 10,
		{"total_value", "liability_shares", "max_liability_shares", "minimal_reserve", "reserve_ratio_bps",
			"forced_rebalance_threshold_bps", "total_ether", "total_shares", "unsettled_fees",
	"redemption_shares"}};
	u256		v[10];
	lido_vault	vault;
	lido_vault_state state = {.healthy = false};

	for (int i = 0; i < 10; i++)
		if (PG_ARGISNULL(i))
			return row_of_nulls(fcinfo, 11);
	rule_arguments(fcinfo, &rule, v);
	check_convertible(fcinfo, &rule, v);
	require_bps(v[4], rule.arguments[4], PG_GETARG_DATUM(4));
	require_bps(v[5], rule.arguments[5], PG_GETARG_DATUM(5));
	vault = (lido_vault) {
		v[0], v[1], v[2], v[3], v[4], v[5], v[6], v[7], v[8], v[9],
		optional_word(fcinfo, 10, "share_limit", U256_MAX),
		optional_word(fcinfo, 11, "available_balance", U256_ZERO)
	};
	check_rule(fcinfo, &rule, lido_vault_of(&vault, &state));
	return lido_vault_row(fcinfo, &state, !PG_ARGISNULL(11));
}

/* Decimals that an APR may have, more than a float8 cast to numeric or an oracle's has */
#define APR_DECIMALS	36

/* Argument n, a decimal fraction, as a word and its decimals; below zero it is charged nothing */
static u256
apr_argument(FunctionCallInfo fcinfo, int n, unsigned *decimals)
{
	bool		negative = false;
	u256		apr = U256_ZERO;
	u256		rest = U256_ZERO;
	u256		tenth = U256_ZERO;
	numeric_read read = numeric_to_scaled(PG_GETARG_DATUM(n), APR_DECIMALS, &negative, &apr);

	require_word(read == NUMERIC_READ_OK, "core_apr", "a fraction of at most 36 decimals",
				 PG_GETARG_DATUM(n));
	*decimals = APR_DECIMALS;
	while (*decimals > 0 && u256_divmod(apr, u256_from_u64(10), &tenth, &rest) && u256_is_zero(rest))
	{
		apr = tenth;
		(*decimals)--;
	}
	return negative ? U256_ZERO : apr;
}

PG_FUNCTION_INFO_V1(lido_vault_fees);
Datum
lido_vault_fees(PG_FUNCTION_ARGS)
{
	static const word_rule rule = {"lido_vault_fees", NULL, "year_days must be above 0", 3,
	{"total_value", "minted_steth", "mintable_steth"}};
	static const char *const fee_names[] = {"infra_fee_bps", "liquidity_fee_bps", "reservation_fee_bps"};
	unsigned	decimals;
	u256		v[3];
	u256		fees[3];
	u256		apr = apr_argument(fcinfo, 3, &decimals);
	u256		seconds = uint_argument(fcinfo, 4, "seconds");
	core_status status = CORE_OK;

	rule_arguments(fcinfo, &rule, v);
	for (int i = 0; i < 3; i++)
	{
		u256		fee_bps = uint_argument(fcinfo, 5 + i, fee_names[i]);

		if (status == CORE_OK)
			status = lido_vault_fee(v[i], apr, decimals, seconds, fee_bps, PG_GETARG_FLOAT8(8), &fees[i]);
	}
	return rule_row(fcinfo, &rule, status, fees, 3);
}

/* (staking_apr, mint_ratio, steth_apr, operator_fee, infra_fee, liquidity_fee, core_apr) */
PG_FUNCTION_INFO_V1(lido_vault_carry);
Datum
lido_vault_carry(PG_FUNCTION_ARGS)
{
	static const char *const names[] = {
		"staking_apr", "mint_ratio", "steth_apr", "operator_fee", "infra_fee", "liquidity_fee", "core_apr"
	};
	lido_vault_terms t;
	double		v[7];
	double		result;

	for (int i = 0; i < 7; i++)
	{
		v[i] = PG_GETARG_FLOAT8(i);
		if (i == 1 || (i >= 3 && i <= 5))
			check_probability(names[i], v[i]);
		else
			check_finite(names[i], v[i]);
	}
	t = (lido_vault_terms) {v[0], v[1], v[2], v[3], v[4], v[5], v[6]};
	result = lido_vault_carry_of(&t);
	if (!isfinite(result))
		report_status(CORE_OUT_OF_RANGE, "lido_vault_carry");
	PG_RETURN_FLOAT8(result + 0.0);
}
