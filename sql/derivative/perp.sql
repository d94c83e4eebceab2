-- domain derivative: perpetual and dated futures

-- funding rates

CREATE FUNCTION premium_index(
	impact_bid double precision,
	impact_ask double precision,
	index_price double precision) RETURNS double precision
	AS 'MODULE_PATHNAME', 'derivative_premium_index' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 2;
COMMENT ON FUNCTION premium_index(double precision, double precision, double precision) IS
	'how far the prices of a given amount lie off the index, as a fraction of it: (max(0, bid - index) - max(0, index - ask))/index (Binance, Hyperliquid)';

CREATE FUNCTION funding_rate(
	premium double precision,
	interest_rate double precision DEFAULT 0.0001,
	clamp double precision DEFAULT 0.0005,
	cap double precision DEFAULT 'Infinity',
	hours double precision DEFAULT 8) RETURNS double precision
	AS 'MODULE_PATHNAME', 'derivative_funding_rate' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 15;
COMMENT ON FUNCTION funding_rate(double precision, double precision, double precision, double precision, double precision) IS
	'rate of one funding payment, a fraction of the notional: (premium + interest_rate - premium within +-clamp) * hours/8, at most cap; premium and interest_rate for eight hours; positive: longs pay shorts (Binance, Bybit, Hyperliquid)';

CREATE FUNCTION funding_rate_apr(rate double precision, period interval, year_days double precision DEFAULT 365) RETURNS double precision
	AS 'MODULE_PATHNAME', 'derivative_funding_rate_apr' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 2;
COMMENT ON FUNCTION funding_rate_apr(double precision, interval, double precision) IS
	'a funding rate of one period as a simple rate a year, rate * year/period; a period with months has no length';

CREATE FUNCTION funding_rate_apy(rate double precision, period interval, year_days double precision DEFAULT 365) RETURNS double precision
	AS 'MODULE_PATHNAME', 'derivative_funding_rate_apy' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 5;
COMMENT ON FUNCTION funding_rate_apy(double precision, interval, double precision) IS
	'a funding rate of one period as a compound rate a year, (1 + rate)^(year/period) - 1; NULL where a period loses more than everything';

CREATE FUNCTION dydx_funding_index_delta(
	rate_ppm numeric, seconds numeric, price numeric, exponent integer, atomic_resolution integer) RETURNS numeric
	AS 'MODULE_PATHNAME', 'derivative_dydx_funding_index_delta' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 80;
COMMENT ON FUNCTION dydx_funding_index_delta(numeric, numeric, numeric, integer, integer) IS
	'what the funding index of a dYdX market moves by, to the last digit: rate_ppm for eight hours in millionths, seconds since it last moved, oracle price times 10^exponent, resolution of the base token as a power of ten; dydxprotocol/v4-chain funding.go';

CREATE FUNCTION gmx_funding(
	long_open_interest numeric,
	short_open_interest numeric,
	saved_factor numeric,
	seconds numeric,
	increase_factor numeric,
	decrease_factor numeric,
	threshold_stable numeric,
	threshold_decrease numeric,
	min_factor numeric,
	max_factor numeric,
	funding_factor numeric DEFAULT 0,
	OUT factor_per_second numeric,
	OUT longs_pay_shorts boolean,
	OUT next_saved_factor numeric)
	AS 'MODULE_PATHNAME', 'derivative_gmx_funding' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;
COMMENT ON FUNCTION gmx_funding(numeric, numeric, numeric, numeric, numeric, numeric, numeric, numeric, numeric, numeric, numeric) IS
	'what a market of GMX v2 pays for each second, by whom, and the factor it saves, to the last digit, 30 decimals, funding exponent 1; adaptive unless increase_factor is 0; gmx-io/gmx-synthetics MarketUtils.getNextFundingFactorPerSecond';

-- histories of funding

--@include summary_type.sql.in TYPE = funding_summary, LENGTH = 232, COMPARING = 10, TEXT = 300, BINARY = 20
COMMENT ON TYPE funding_summary IS 'what a set of funding payments comes down to: sums that are the same for any order of rows, first and last time, numbers; fixed length, mergeable with rollup()';

-- aggregates: their steps

--@for TIME DATE = timestamp with time zone, | timestamp without time zone, | date, _date
CREATE FUNCTION _funding_summary_accum(funding_summary, @TIME@, double precision) RETURNS funding_summary
	AS 'MODULE_PATHNAME', 'funding_summary_accum@DATE@' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 10;
COMMENT ON FUNCTION _funding_summary_accum(funding_summary, @TIME@, double precision) IS
	'adds a payment to a funding_summary';

CREATE FUNCTION _funding_summary_moving_accum(internal, @TIME@, double precision) RETURNS internal
	AS 'MODULE_PATHNAME', 'funding_summary_moving_accum@DATE@' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION _funding_summary_moving_accum(internal, @TIME@, double precision) IS
	'funding_summary: forward step over a moving frame';

CREATE FUNCTION _funding_summary_moving_remove(internal, @TIME@, double precision) RETURNS internal
	AS 'MODULE_PATHNAME', 'funding_summary_moving_remove' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION _funding_summary_moving_remove(internal, @TIME@, double precision) IS
	'funding_summary: backward step over a moving frame';

--@end
CREATE FUNCTION _funding_summary_combine(funding_summary, funding_summary) RETURNS funding_summary
	AS 'MODULE_PATHNAME', 'funding_summary_combine' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 5;
COMMENT ON FUNCTION _funding_summary_combine(funding_summary, funding_summary) IS
	'merges two funding_summary';

CREATE FUNCTION _funding_summary_moving_combine(internal, funding_summary) RETURNS internal
	AS 'MODULE_PATHNAME', 'funding_summary_moving_combine' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION _funding_summary_moving_combine(internal, funding_summary) IS
	'funding_summary: forward step of rollup over a moving frame';

CREATE FUNCTION _funding_summary_moving_uncombine(internal, funding_summary) RETURNS internal
	AS 'MODULE_PATHNAME', 'funding_summary_moving_uncombine' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION _funding_summary_moving_uncombine(internal, funding_summary) IS
	'funding_summary: backward step of rollup over a moving frame';

CREATE FUNCTION _funding_summary_moving_final(internal) RETURNS funding_summary
	AS 'MODULE_PATHNAME', 'funding_summary_moving_final' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION _funding_summary_moving_final(internal) IS
	'funding_summary: last step over a moving frame';

CREATE FUNCTION _funding_apr_final(funding_summary) RETURNS double precision
	AS 'MODULE_PATHNAME', 'funding_summary_final_apr' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 5;
COMMENT ON FUNCTION _funding_apr_final(funding_summary) IS
	'last step of aggregate funding_apr';

CREATE FUNCTION _funding_summary_moving_apr(internal) RETURNS double precision
	AS 'MODULE_PATHNAME', 'funding_summary_moving_apr' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION _funding_summary_moving_apr(internal) IS
	'last step of aggregate funding_apr over a moving frame';

CREATE FUNCTION _cumulative_funding_final(funding_summary) RETURNS double precision
	AS 'MODULE_PATHNAME', 'funding_summary_cumulative' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 5;
COMMENT ON FUNCTION _cumulative_funding_final(funding_summary) IS
	'last step of aggregate cumulative_funding';

CREATE FUNCTION _funding_summary_moving_cumulative(internal) RETURNS double precision
	AS 'MODULE_PATHNAME', 'funding_summary_moving_cumulative' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION _funding_summary_moving_cumulative(internal) IS
	'last step of aggregate cumulative_funding over a moving frame';

-- accessors

CREATE FUNCTION cumulative_funding(funding_summary) RETURNS double precision
	AS 'MODULE_PATHNAME', 'funding_summary_cumulative' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 5;
COMMENT ON FUNCTION cumulative_funding(funding_summary) IS
	'sum of all funding rates: what a short of constant notional received, as a fraction of it';

CREATE FUNCTION funding_apr(funding_summary, year_days double precision DEFAULT 365) RETURNS double precision
	AS 'MODULE_PATHNAME', 'derivative_funding_apr' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 5;
COMMENT ON FUNCTION funding_apr(funding_summary, double precision) IS
	'simple rate a year that a short received: the payments after the first time over the time from first to last; NULL where all are at one time';

CREATE FUNCTION funding_apy(funding_summary, year_days double precision DEFAULT 365) RETURNS double precision
	AS 'MODULE_PATHNAME', 'derivative_funding_apy' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 5;
COMMENT ON FUNCTION funding_apy(funding_summary, double precision) IS
	'funding_apr with each payment reinvested, a compound rate a year';

CREATE FUNCTION positive_share(funding_summary) RETURNS double precision
	AS 'MODULE_PATHNAME', 'funding_summary_positive_share' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION positive_share(funding_summary) IS
	'share of the payments that longs made, whose rate is above 0';

CREATE FUNCTION num_payments(funding_summary) RETURNS bigint
	AS 'MODULE_PATHNAME', 'funding_summary_num_payments' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION num_payments(funding_summary) IS
	'how many payments were summarised';

-- aggregates

--@for TIME READ = timestamp with time zone, | timestamp without time zone, ; ts: read as UTC | date, ; ts: the start of the day in UTC
CREATE AGGREGATE funding_agg(ts @TIME@, rate double precision) (
	SFUNC = _funding_summary_accum,
	STYPE = funding_summary,
	COMBINEFUNC = _funding_summary_combine,
	MSFUNC = _funding_summary_moving_accum,
	MINVFUNC = _funding_summary_moving_remove,
	MSTYPE = internal,
	MFINALFUNC = _funding_summary_moving_final,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE funding_agg(@TIME@, double precision) IS
	'summarises funding payments, one a row, rows in any order; rate: of the payment, a fraction above -1@READ@';

CREATE AGGREGATE funding_apr(ts @TIME@, rate double precision) (
	SFUNC = _funding_summary_accum,
	STYPE = funding_summary,
	FINALFUNC = _funding_apr_final,
	COMBINEFUNC = _funding_summary_combine,
	MSFUNC = _funding_summary_moving_accum,
	MINVFUNC = _funding_summary_moving_remove,
	MSTYPE = internal,
	MFINALFUNC = _funding_summary_moving_apr,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE funding_apr(@TIME@, double precision) IS
	'simple rate a year of 365 days that a short received from these payments, as funding_apr of funding_agg@READ@';

CREATE AGGREGATE cumulative_funding(ts @TIME@, rate double precision) (
	SFUNC = _funding_summary_accum,
	STYPE = funding_summary,
	FINALFUNC = _cumulative_funding_final,
	COMBINEFUNC = _funding_summary_combine,
	MSFUNC = _funding_summary_moving_accum,
	MINVFUNC = _funding_summary_moving_remove,
	MSTYPE = internal,
	MFINALFUNC = _funding_summary_moving_cumulative,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE cumulative_funding(@TIME@, double precision) IS
	'sum of funding rates, the same for any order of rows: what a short of constant notional received, as a fraction of it@READ@';

--@end
CREATE AGGREGATE rollup(funding_summary) (
	SFUNC = _funding_summary_combine,
	STYPE = funding_summary,
	COMBINEFUNC = _funding_summary_combine,
	MSFUNC = _funding_summary_moving_combine,
	MINVFUNC = _funding_summary_moving_uncombine,
	MSTYPE = internal,
	MFINALFUNC = _funding_summary_moving_final,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE rollup(funding_summary) IS
	'merges funding summaries into the summary of all their payments';

-- basis and carry

CREATE FUNCTION forward_price(
	spot double precision, years double precision, rate double precision, yield double precision DEFAULT 0) RETURNS double precision
	AS 'MODULE_PATHNAME', 'derivative_forward_price' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 3;
COMMENT ON FUNCTION forward_price(double precision, double precision, double precision, double precision) IS
	'fair price of a future, spot * e^((rate - yield) * years); rate and yield of the spot continuous';

CREATE FUNCTION basis_apr(spot double precision, future double precision, years double precision) RETURNS double precision
	AS 'MODULE_PATHNAME', 'derivative_basis_apr' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 2;
COMMENT ON FUNCTION basis_apr(double precision, double precision, double precision) IS
	'basis of a dated future as a simple rate a year, (future/spot - 1)/years; NULL once it has expired';

CREATE FUNCTION basis_apy(spot double precision, future double precision, years double precision) RETURNS double precision
	AS 'MODULE_PATHNAME', 'derivative_basis_apy' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 5;
COMMENT ON FUNCTION basis_apy(double precision, double precision, double precision) IS
	'basis of a dated future as a compound rate a year, (future/spot)^(1/years) - 1; NULL once it has expired';

CREATE FUNCTION implied_yield(
	spot double precision, future double precision, years double precision, rate double precision) RETURNS double precision
	AS 'MODULE_PATHNAME', 'derivative_implied_yield' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 3;
COMMENT ON FUNCTION implied_yield(double precision, double precision, double precision, double precision) IS
	'yield of the spot, of staking, that a future implies at a rate of interest, both continuous: rate - ln(future/spot)/years; NULL once it has expired';

CREATE FUNCTION cash_and_carry_apr(
	spot double precision, future double precision, years double precision,
	spot_apr double precision DEFAULT 0, margin double precision DEFAULT 0, fee double precision DEFAULT 0) RETURNS double precision
	AS 'MODULE_PATHNAME', 'derivative_cash_and_carry_apr' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 3;
COMMENT ON FUNCTION cash_and_carry_apr(double precision, double precision, double precision, double precision, double precision, double precision) IS
	'simple yield a year of holding a token that earns spot_apr and selling a dated future on it: (future/spot - 1 + spot_apr * years - fee)/((1 + margin) * years), margin and fee as fractions of the notional; NULL once it has expired';

CREATE FUNCTION delta_neutral_apr(
	funding_apr double precision, spot_apr double precision DEFAULT 0, margin double precision DEFAULT 0,
	margin_apr double precision DEFAULT 0, fee_apr double precision DEFAULT 0) RETURNS double precision
	AS 'MODULE_PATHNAME', 'derivative_delta_neutral_apr' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 2;
COMMENT ON FUNCTION delta_neutral_apr(double precision, double precision, double precision, double precision, double precision) IS
	'simple yield a year of a token that earns spot_apr, hedged by a short perpetual: (spot_apr + funding_apr + margin * margin_apr - fee_apr)/(1 + margin); margin 0: the token itself is the collateral';

-- liquidation

CREATE FUNCTION perp_liquidation_price(
	entry_price double precision, size double precision, collateral double precision, maintenance_margin double precision,
	maintenance_amount double precision DEFAULT 0, coin_collateral double precision DEFAULT 0) RETURNS double precision
	AS 'MODULE_PATHNAME', 'derivative_perp_liquidation_price' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 3;
COMMENT ON FUNCTION perp_liquidation_price(double precision, double precision, double precision, double precision, double precision, double precision) IS
	'price at which equity is down to the maintenance margin of a linear future; size in coins, negative if short; collateral in the quote currency, coin_collateral in coins; NULL if there is none (Binance, Hyperliquid)';

CREATE FUNCTION inverse_perp_liquidation_price(
	entry_price double precision, notional double precision, collateral double precision, maintenance_margin double precision) RETURNS double precision
	AS 'MODULE_PATHNAME', 'derivative_inverse_perp_liquidation_price' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 3;
COMMENT ON FUNCTION inverse_perp_liquidation_price(double precision, double precision, double precision, double precision) IS
	'price at which equity is down to the maintenance margin of an inverse future; notional in US dollars, negative if short; collateral in coins; NULL if there is none';

CREATE FUNCTION inverse_perp_pnl(
	entry_price double precision, exit_price double precision, notional double precision) RETURNS double precision
	AS 'MODULE_PATHNAME', 'derivative_inverse_perp_pnl' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 2;
COMMENT ON FUNCTION inverse_perp_pnl(double precision, double precision, double precision) IS
	'what an inverse future gains, in coins: notional * (1/entry_price - 1/exit_price); notional in US dollars, negative if short';
