/*-------------------------------------------------------------------------
 *
 * derivative/pendle.c
 *	  The SQL face of domain derivative: Pendle v2, to the last digit.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "fmgr.h"

#include "chain/rule.h"
#include "chain/words.h"
#include "core/chain/fixed.h"
#include "core/chain/logexp.h"
#include "core/derivative/pendle.h"
#include "server/compat.h"
#include "server/report.h"

/* ---------- LogExpMath ---------- */

static const word_rule exp_rule = {.name = "logexpmath_exp"};
static const word_rule ln_rule = {.name = "logexpmath_ln"};
static const word_rule pow_rule = {.name = "logexpmath_pow"};

/* Argument 0 must be something for the function to be defined. */
static void
require_domain(bool holds, FunctionCallInfo fcinfo, const char *function, const char *domain)
{
	if (!holds)
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("%s is defined %s, not of %s", function, domain,
						shown_numeric(PG_GETARG_DATUM(0)))));
}

PG_FUNCTION_INFO_V1(logexpmath_exp);
Datum
logexpmath_exp(PG_FUNCTION_ARGS)
{
	u256		out = U256_ZERO;
	core_status status = logexp_exp(signed_argument(fcinfo, 0, "x"), &out);

	require_domain(status == CORE_OK, fcinfo, "logexpmath_exp", "from -41e18 to 130e18");
	return rule_result(fcinfo, &exp_rule, status, out);
}

PG_FUNCTION_INFO_V1(logexpmath_ln);
Datum
logexpmath_ln(PG_FUNCTION_ARGS)
{
	s256		out = U256_ZERO;
	core_status status = logexp_ln(signed_argument(fcinfo, 0, "x"), &out);

	require_domain(status == CORE_OK, fcinfo, "logexpmath_ln", "of positive numbers");
	return signed_rule_result(fcinfo, &ln_rule, status, out);
}

PG_FUNCTION_INFO_V1(logexpmath_pow);
Datum
logexpmath_pow(PG_FUNCTION_ARGS)
{
	u256		out = U256_ZERO;
	core_status status = logexp_pow(uint_argument(fcinfo, 0, "x"), uint_argument(fcinfo, 1, "y"), &out);

	return rule_result(fcinfo, &pow_rule, status, out);
}

/* ---------- markets ---------- */

#define CURVE_MUST	"the market must not have expired, and hold PT, SY worth an asset and a scalar root"
#define TRADE_MUST	"the market must have at most 96 % PT, an exchange rate of at least 1, also after the fee, " \
	"an implied rate above 0 and no debt of SY after the trade"
#define YT_TRADE_MUST	"the YT must be worth the SY that their PT cost, and " TRADE_MUST

/* A row of signed and unsigned words; none of the unsigned ones is 2^255 or more. */
static Datum
signed_row(FunctionCallInfo fcinfo, const s256 *results, int n)
{
	Datum		values[RULE_MAX_ARGUMENTS];

	for (int i = 0; i < n; i++)
		values[i] = NumericGetDatum(s256_to_numeric(results[i]));
	return row_result(fcinfo, values);
}

/* What a market is divided by is above zero, each number by its name. */
static void
check_market(FunctionCallInfo fcinfo, const word_rule *rule)
{
	for (int i = 0; i < rule->num_arguments; i++)
	{
		const char *argument = rule->arguments[i];

		if (strcmp(argument, "total_pt") == 0 || strcmp(argument, "total_sy") == 0 ||
			strcmp(argument, "py_index") == 0 || strcmp(argument, "scalar_root") == 0)
			require_word(!u256_is_zero(uint_argument(fcinfo, i, argument)), argument, "above 0",
						 PG_GETARG_DATUM(i));
		else if (strcmp(argument, "seconds") == 0)
			require_word(!u256_is_zero(uint_argument(fcinfo, i, argument)), argument,
						 "above 0 (an expired market does not trade)", PG_GETARG_DATUM(i));
	}
}

/* (total_pt, total_sy, py_index, scalar_root, ln_fee_rate_root, last_ln_implied_rate, seconds) */
PG_FUNCTION_INFO_V1(pendle_precompute);
Datum
pendle_precompute(PG_FUNCTION_ARGS)
{
	pendle_market market = {
		.total_pt = uint_argument(fcinfo, 0, "total_pt"),
		.total_sy = uint_argument(fcinfo, 1, "total_sy"),
		.py_index = uint_argument(fcinfo, 2, "py_index"),
		.scalar_root = uint_argument(fcinfo, 3, "scalar_root"),
		.ln_fee_rate_root = uint_argument(fcinfo, 4, "ln_fee_rate_root"),
		.last_ln_implied_rate = uint_argument(fcinfo, 5, "last_ln_implied_rate"),
		.seconds = uint_argument(fcinfo, 6, "seconds")
	};
	static const word_rule rule = {"pendle_precompute", "py_index", CURVE_MUST, 7,
		{"total_pt", "total_sy", "py_index", "scalar_root", "ln_fee_rate_root", "last_ln_implied_rate", "seconds"}};
	pendle_curve curve = {.rate_scalar = U256_ZERO};

	check_market(fcinfo, &rule);
	check_rule(fcinfo, &rule, pendle_curve_at(&market, &curve));
	return signed_row(fcinfo, (s256[]) {curve.rate_scalar, curve.total_asset, curve.rate_anchor, curve.fee_rate}, 4);
}

/* Arguments 0 to 7 of a trade */
static pendle_market
market_arguments(FunctionCallInfo fcinfo)
{
	return (pendle_market) {
		.total_pt = uint_argument(fcinfo, 0, "total_pt"),
		.total_sy = uint_argument(fcinfo, 1, "total_sy"),
		.py_index = uint_argument(fcinfo, 2, "py_index"),
		.scalar_root = uint_argument(fcinfo, 3, "scalar_root"),
		.ln_fee_rate_root = uint_argument(fcinfo, 4, "ln_fee_rate_root"),
		.reserve_fee_percent = uint_argument(fcinfo, 5, "reserve_fee_percent"),
		.last_ln_implied_rate = uint_argument(fcinfo, 6, "last_ln_implied_rate"),
		.seconds = uint_argument(fcinfo, 7, "seconds")
	};
}

#define MARKET	"total_pt", "total_sy", "py_index", "scalar_root", "ln_fee_rate_root", "reserve_fee_percent", \
	"last_ln_implied_rate", "seconds"

typedef core_status (*trade_function) (const pendle_market *market, s256 net, pendle_trade *trade);

/* "out" are the PT that leave the market for "net". */
static Datum
trade_row(FunctionCallInfo fcinfo, const word_rule *rule, trade_function function, s256 net,
		  s256 out, const char *net_must)
{
	pendle_market market = market_arguments(fcinfo);
	pendle_trade t = {.net_sy_to_account = U256_ZERO};

	check_market(fcinfo, rule);
	require_word(u256_cmp(market.reserve_fee_percent, u256_from_u64(100)) <= 0, "reserve_fee_percent",
				 "from 0 to 100", PG_GETARG_DATUM(5));
	require_word(s256_is_negative(market.total_pt) || s256_cmp(out, market.total_pt) < 0,
				 rule->arguments[8], net_must, PG_GETARG_DATUM(8));
	check_rule(fcinfo, rule, function(&market, net, &t));
	return signed_row(fcinfo, (s256[]) {t.net_sy_to_account, t.net_sy_fee, t.net_sy_to_reserve,
			t.total_pt_after, t.total_sy_after, t.ln_implied_rate_after}, 6);
}

PG_FUNCTION_INFO_V1(pendle_swap);
Datum
pendle_swap(PG_FUNCTION_ARGS)
{
	static const word_rule rule = {"pendle_swap", "py_index", TRADE_MUST, 9, {MARKET, "net_pt_to_account"}};
	s256		net = signed_argument(fcinfo, 8, "net_pt_to_account");

	return trade_row(fcinfo, &rule, pendle_trade_pt, net, net, "below total_pt");
}

PG_FUNCTION_INFO_V1(pendle_swap_yt);
Datum
pendle_swap_yt(PG_FUNCTION_ARGS)
{
	static const word_rule rule = {"pendle_swap_yt", "py_index", YT_TRADE_MUST, 9, {MARKET, "net_yt_to_account"}};
	s256		net = signed_argument(fcinfo, 8, "net_yt_to_account");

	require_word(!u256_is_zero(net), "net_yt_to_account", "other than 0", PG_GETARG_DATUM(8));
	return trade_row(fcinfo, &rule, pendle_trade_yt, net, s256_neg_wrap(net), "above -total_pt");
}

/* ---------- oracles ---------- */

/* (ln_implied_rate, seconds, sy_index, py_index) */
PG_FUNCTION_INFO_V1(pendle_py_rates);
Datum
pendle_py_rates(PG_FUNCTION_ARGS)
{
	pendle_py_rate r = {U256_ZERO, U256_ZERO, U256_ZERO, U256_ZERO};
	core_status status = pendle_py_rate_at(uint_argument(fcinfo, 0, "ln_implied_rate"),
										   signed_argument(fcinfo, 1, "seconds"),
										   uint_argument(fcinfo, 2, "sy_index"),
										   uint_argument(fcinfo, 3, "py_index"), &r);
	word_rule	rule = {.name = "pendle_py_rates", .divisor = "sy_index or py_index"};

	return rule_row(fcinfo, &rule, status, (u256[]) {r.pt_to_asset, r.yt_to_asset, r.pt_to_sy, r.yt_to_sy}, 4);
}

/* (total_pt, total_sy, total_lp, py_index, scalar_root, last_ln_implied_rate, twap, seconds, sy_index) */
PG_FUNCTION_INFO_V1(pendle_lp_rates);
Datum
pendle_lp_rates(PG_FUNCTION_ARGS)
{
	pendle_market market;
	s256		seconds;
	u256		rate[2] = {U256_ZERO, U256_ZERO};
	static const word_rule rule = {"pendle_lp_rates", "total_lp, py_index and sy_index", CURVE_MUST, 8,
		{"total_pt", "total_sy", "total_lp", "py_index", "scalar_root", "last_ln_implied_rate", "twap_ln_implied_rate", "seconds"}};
	core_status status;

	if (has_null_argument(fcinfo, 8))
		PG_RETURN_NULL();
	seconds = signed_argument(fcinfo, 7, "seconds");
	market = (pendle_market) {
		.total_pt = uint_argument(fcinfo, 0, "total_pt"),
		.total_sy = uint_argument(fcinfo, 1, "total_sy"),
		.py_index = uint_argument(fcinfo, 3, "py_index"),
		.scalar_root = uint_argument(fcinfo, 4, "scalar_root"),
		.last_ln_implied_rate = uint_argument(fcinfo, 5, "last_ln_implied_rate"),
		.seconds = seconds
	};
	status = pendle_lp_rate_at(&market, s256_is_negative(seconds) || u256_is_zero(seconds),
							   uint_argument(fcinfo, 2, "total_lp"),
							   uint_argument(fcinfo, 6, "twap_ln_implied_rate"),
							   PG_ARGISNULL(8) ? market.py_index : uint_argument(fcinfo, 8, "sy_index"),
							   &rate[0], &rate[1]);
	return rule_row(fcinfo, &rule, status, rate, 2);
}

/* ---------- liquidity ---------- */

PG_FUNCTION_INFO_V1(pendle_add_liquidity);
Datum
pendle_add_liquidity(PG_FUNCTION_ARGS)
{
	pendle_added a = {U256_ZERO, U256_ZERO, U256_ZERO, U256_ZERO};
	RULE_ARGUMENTS(pendle_add_liquidity, "total_pt or total_sy of a market that has LP",
				   "sy_desired and pt_desired must not be zero, and bring LP and take something of both",
				   "total_pt", "total_sy", "total_lp", "sy_desired", "pt_desired");

	(void) out;
	status = pendle_add(v[0], v[1], v[2], v[3], v[4], &a);
	return rule_row(fcinfo, &rule, status, (u256[]) {a.lp_to_account, a.lp_to_reserve, a.sy_used, a.pt_used}, 4);
}

PG_FUNCTION_INFO_V1(pendle_remove_liquidity);
Datum
pendle_remove_liquidity(PG_FUNCTION_ARGS)
{
	u256		results[2] = {U256_ZERO, U256_ZERO};
	RULE_ARGUMENTS(pendle_remove_liquidity, "total_lp",
				   "lp_to_remove must be above zero, at most total_lp, and worth something",
				   "total_pt", "total_sy", "total_lp", "lp_to_remove");

	(void) out;
	status = pendle_remove(v[0], v[1], v[2], v[3], &results[0], &results[1]);
	return rule_row(fcinfo, &rule, status, results, 2);
}

/* ---------- interest, and prices that rise on a line ---------- */

PG_FUNCTION_INFO_V1(pendle_yt_interest);
Datum
pendle_yt_interest(PG_FUNCTION_ARGS)
{
	u256		results[3] = {U256_ZERO, U256_ZERO, U256_ZERO};
	RULE_ARGUMENTS(pendle_yt_interest, "index0 and index1", "index0 must not be zero",
				   "yt_balance", "index0", "index1", "fee_rate");

	(void) out;
	if (u256_cmp(v[2], v[1]) < 0)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("index1 must not be below index0: %s is below %s",
						shown_numeric(PG_GETARG_DATUM(2)), shown_numeric(PG_GETARG_DATUM(1))),
				 errhint("The index of a YT is a watermark: while the rate of SY is below it nothing accrues.")));
	require_word(u256_cmp(v[3], FIXED_WAD) <= 0, "fee_rate", "from 0 to 1e18", PG_GETARG_DATUM(3));
	status = pendle_interest(v[0], v[1], v[2], v[3], &results[0], &results[1], &results[2]);
	return rule_row(fcinfo, &rule, status, results, 3);
}

PG_FUNCTION_INFO_V1(pendle_linear_discount);
Datum
pendle_linear_discount(PG_FUNCTION_ARGS)
{
	word_rule	rule = {.name = "pendle_linear_discount",
		.requirement = "the discount of the time left must not be above 1e18", .num_arguments = 2,
		.arguments = {"seconds", "discount_per_year"}};
	u256		out = U256_ZERO;
	core_status status = pendle_discounted(signed_argument(fcinfo, 0, "seconds"),
										   uint_argument(fcinfo, 1, "discount_per_year"),
										   uint_argument(fcinfo, 2, "matured_price"), &out);

	return rule_result(fcinfo, &rule, status, out);
}
