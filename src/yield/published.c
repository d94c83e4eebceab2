/*-------------------------------------------------------------------------
 *
 * yield/published.c
 *	  The SQL face of domain yield: figures as others publish them.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "chain/words.h"
#include "core/yield/published.h"
#include "server/compat.h"
#include "server/report.h"
#include "yield/apr.h"

/* ---------- Lido and ETH.STORE ---------- */

/* The elapsed seconds and the year, arguments n and n + 1 */
static double
seconds_argument(FunctionCallInfo fcinfo, int n, double *year_days)
{
	double		seconds = PG_GETARG_FLOAT8(n);

	check_not_negative("time_elapsed", seconds);
	*year_days = PG_GETARG_FLOAT8(n + 1);
	check_parameter("year_days", *year_days);
	return seconds;
}

static share_totals
pre_totals(FunctionCallInfo fcinfo, const char *function)
{
	return (share_totals) {divisor_argument(fcinfo, 0, "pre_total_ether", function),
		divisor_argument(fcinfo, 1, "pre_total_shares", function)};
}

static Datum
lido_result(FunctionCallInfo fcinfo, const share_totals *pre, const share_totals *post,
			int seconds_at, const char *what)
{
	double		year_days,
				seconds = seconds_argument(fcinfo, seconds_at, &year_days),
				result;

	if (!report_status(yield_lido_apr(pre, post, seconds, year_days, &result), what))
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(result);
}

PG_FUNCTION_INFO_V1(lido_apr);
Datum
lido_apr(PG_FUNCTION_ARGS)
{
	share_totals pre = pre_totals(fcinfo, "lido_apr");
	share_totals post = {uint_argument(fcinfo, 2, "post_total_ether"),
		divisor_argument(fcinfo, 3, "post_total_shares", "lido_apr")};

	return lido_result(fcinfo, &pre, &post, 4, "lido_apr");
}

PG_FUNCTION_INFO_V1(lido_gross_apr);
Datum
lido_gross_apr(PG_FUNCTION_ARGS)
{
	share_totals pre = pre_totals(fcinfo, "lido_gross_apr");
	share_totals post = {uint_argument(fcinfo, 2, "post_internal_ether"),
		uint_argument(fcinfo, 3, "post_internal_shares")};
	u256		fees = uint_argument(fcinfo, 4, "shares_minted_as_fees");

	if (u256_cmp(fees, post.shares) >= 0)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("shares_minted_as_fees must be below post_internal_shares: %s, %s",
						shown_numeric(PG_GETARG_DATUM(4)), shown_numeric(PG_GETARG_DATUM(3)))));
	post.shares = u256_sub_wrap(post.shares, fees);
	return lido_result(fcinfo, &pre, &post, 5, "lido_gross_apr");
}

PG_FUNCTION_INFO_V1(eth_store_apr);
Datum
eth_store_apr(PG_FUNCTION_ARGS)
{
	validator_flows flows = {
		.tx_fees = uint_argument(fcinfo, 0, "tx_fees"),
		.start_balance = uint_argument(fcinfo, 1, "start_balance"),
		.end_balance = uint_argument(fcinfo, 2, "end_balance"),
		.deposits = uint_argument(fcinfo, 3, "deposits"),
		.withdrawals = uint_argument(fcinfo, 4, "withdrawals"),
		.effective_balance = divisor_argument(fcinfo, 5, "effective_balance", "eth_store_apr")
	};
	double		year_days,
				seconds = seconds_argument(fcinfo, 6, &year_days),
				result;

	if (!report_status(yield_eth_store_apr(&flows, seconds, year_days, &result), "eth_store_apr"))
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(result);
}

PG_FUNCTION_INFO_V1(rated_apr);
Datum
rated_apr(PG_FUNCTION_ARGS)
{
	double		rewards = PG_GETARG_FLOAT8(0);
	double		stake = PG_GETARG_FLOAT8(1);
	double		days = PG_GETARG_FLOAT8(2);
	double		year_days = PG_GETARG_FLOAT8(3);
	double		result;

	check_finite("rewards", rewards);
	check_not_negative("active_stake", stake);
	check_not_negative("days", days);
	check_parameter("year_days", year_days);
	if (!report_status(yield_on_stake(rewards, stake, days, year_days, &result), "rated_apr"))
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(result);
}

/* ---------- DefiLlama ---------- */

PG_FUNCTION_INFO_V1(defillama_apy_base_pct);
Datum
defillama_apy_base_pct(PG_FUNCTION_ARGS)
{
	double		rate0 = PG_GETARG_FLOAT8(0);
	double		rate1 = PG_GETARG_FLOAT8(1);
	double		days = PG_GETARG_FLOAT8(2);
	double		result;

	check_rate("rate0", rate0);
	check_rate("rate1", rate1);
	check_parameter("days", days);
	if (!report_status(yield_defillama_base_pct(rate0, rate1, days, PG_GETARG_BOOL(3), &result),
					   "defillama_apy_base_pct"))
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(result);
}

PG_FUNCTION_INFO_V1(defillama_lp_apy_pct);
Datum
defillama_lp_apy_pct(PG_FUNCTION_ARGS)
{
	double		fees = PG_GETARG_FLOAT8(0);
	double		tvl = PG_GETARG_FLOAT8(1);
	int64		days = PG_GETARG_INT64(2);
	double		result;
	core_status status;

	check_finite("fees_usd", fees);
	check_not_negative("tvl_usd", tvl);
	status = yield_defillama_lp_pct(fees, tvl, days, &result);
	if (status == CORE_BAD_PARAMETER)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("days must be 1 or 7, not " INT64_FORMAT, days),
				 errhint("The site has no such yield over another window; "
						 "reward_apr(amount, price, stake, period) has.")));
	if (!report_status(status, "defillama_lp_apy_pct"))
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(result);
}

PG_FUNCTION_INFO_V1(defillama_net_7d_pct);
Datum
defillama_net_7d_pct(PG_FUNCTION_ARGS)
{
	double		base = PG_GETARG_FLOAT8(0);
	double		il = PG_GETARG_FLOAT8(1);
	double		result;

	check_finite("apy_base_7d_pct", base);
	check_finite("il_7d_pct", il);
	if (!report_status(yield_defillama_net_pct(base, il, &result), "defillama_net_7d_pct"))
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(result);
}

/* ---------- Curve ---------- */

PG_FUNCTION_INFO_V1(cryptoswap_base_apr);
Datum
cryptoswap_base_apr(PG_FUNCTION_ARGS)
{
	crypto_profits from = {uint_argument(fcinfo, 0, "xcp_profit0"),
		uint_argument(fcinfo, 1, "xcp_profit_a0")};
	crypto_profits to = {uint_argument(fcinfo, 2, "xcp_profit1"),
		uint_argument(fcinfo, 3, "xcp_profit_a1")};
	rate_pair	rates;

	report_status(yield_cryptoswap_growth(&from, &to, &rates.from, &rates.to, &rates.change),
				  "sum of xcp_profit and xcp_profit_a");
	return yield_of_change(fcinfo, &rates, 4, yield_apr_of_change, "cryptoswap_base_apr");
}
