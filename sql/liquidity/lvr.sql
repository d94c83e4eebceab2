-- domain liquidity: loss versus rebalancing, and fees

-- rates of loss

CREATE FUNCTION lvr_rate(
	kind text, sigma double precision, price double precision DEFAULT NULL,
	pa double precision DEFAULT NULL, pb double precision DEFAULT NULL,
	weight double precision DEFAULT NULL, a double precision DEFAULT NULL) RETURNS double precision
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 10;
COMMENT ON FUNCTION lvr_rate(text, double precision, double precision, double precision, double precision, double precision, double precision) IS
	'expected loss versus rebalancing (LVR, against a holder of what the pool holds who trades at the market) a year per unit of value, without fees: sigma^2/8 for constant_product, sigma^2 w(1 - w)/2 for weighted, sigma^2/8 * capital_efficiency for concentrated, from the curve for stableswap; sigma yearly volatility of price; arXiv 2208.06046';

CREATE FUNCTION lvr_with_fees(
	lvr double precision, sigma double precision, fee double precision, block_time interval,
	blocks text DEFAULT 'poisson', year_days double precision DEFAULT 365) RETURNS double precision
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;
COMMENT ON FUNCTION lvr_with_fees(double precision, double precision, double precision, interval, text, double precision) IS
	'what of an LVR arbitrage takes when swaps pay a fee and come in blocks, an approximation, in the unit of lvr: blocks is poisson (arXiv 2305.14604), fixed (arXiv 2505.05113) or fast (limit of poisson for sigma * sqrt(block_time) far below the fee, Arrakis); sigma a year';

--@include summary_type.sql.in TYPE = lvr_summary, LENGTH = 104
COMMENT ON TYPE lvr_summary IS 'what a set of swaps comes down to: loss and volume, the same for any order of rows, and their number; fixed length, mergeable with rollup()';

-- lvr_summary: accessors

CREATE FUNCTION realized_lvr(lvr_summary) RETURNS double precision
	AS 'MODULE_PATHNAME', 'lvr_summary_realized_lvr' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;
COMMENT ON FUNCTION realized_lvr(lvr_summary) IS
	'realised loss versus rebalancing of all swaps, in the unit of price';

CREATE FUNCTION lvr_volume(lvr_summary) RETURNS double precision
	AS 'MODULE_PATHNAME', 'lvr_summary_lvr_volume' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;
COMMENT ON FUNCTION lvr_volume(lvr_summary) IS
	'value that changed hands at market prices, the sum of abs(quantity) * market_price, in the unit of price';

CREATE FUNCTION num_swaps(lvr_summary) RETURNS bigint
	AS 'MODULE_PATHNAME', 'lvr_summary_num_swaps' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION num_swaps(lvr_summary) IS
	'how many swaps were summarised';

-- aggregates: their steps

CREATE FUNCTION _lvr_summary_accum(lvr_summary, double precision, double precision, double precision) RETURNS lvr_summary
	AS 'MODULE_PATHNAME', 'lvr_summary_accum' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 10;
COMMENT ON FUNCTION _lvr_summary_accum(lvr_summary, double precision, double precision, double precision) IS
	'adds a swap to a lvr_summary';

CREATE FUNCTION _lvr_summary_combine(lvr_summary, lvr_summary) RETURNS lvr_summary
	AS 'MODULE_PATHNAME', 'lvr_summary_combine' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 2;
COMMENT ON FUNCTION _lvr_summary_combine(lvr_summary, lvr_summary) IS
	'merges two lvr_summary';

CREATE FUNCTION _lvr_summary_moving_accum(internal, double precision, double precision, double precision) RETURNS internal
	AS 'MODULE_PATHNAME', 'lvr_summary_moving_accum' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION _lvr_summary_moving_accum(internal, double precision, double precision, double precision) IS
	'lvr_summary: forward step over a moving frame';

CREATE FUNCTION _lvr_summary_moving_remove(internal, double precision, double precision, double precision) RETURNS internal
	AS 'MODULE_PATHNAME', 'lvr_summary_moving_remove' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION _lvr_summary_moving_remove(internal, double precision, double precision, double precision) IS
	'lvr_summary: backward step over a moving frame';

CREATE FUNCTION _lvr_summary_moving_combine(internal, lvr_summary) RETURNS internal
	AS 'MODULE_PATHNAME', 'lvr_summary_moving_combine' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION _lvr_summary_moving_combine(internal, lvr_summary) IS
	'lvr_summary: forward step of rollup over a moving frame';

CREATE FUNCTION _lvr_summary_moving_uncombine(internal, lvr_summary) RETURNS internal
	AS 'MODULE_PATHNAME', 'lvr_summary_moving_uncombine' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION _lvr_summary_moving_uncombine(internal, lvr_summary) IS
	'lvr_summary: backward step of rollup over a moving frame';

CREATE FUNCTION _lvr_summary_moving_final(internal) RETURNS lvr_summary
	AS 'MODULE_PATHNAME', 'lvr_summary_moving_final' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION _lvr_summary_moving_final(internal) IS
	'lvr_summary: last step over a moving frame';

CREATE FUNCTION _realized_lvr_final(lvr_summary) RETURNS double precision
	AS 'MODULE_PATHNAME', 'lvr_summary_realized_lvr' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 5;
COMMENT ON FUNCTION _realized_lvr_final(lvr_summary) IS
	'last step of aggregate realized_lvr';

CREATE FUNCTION _lvr_summary_moving_loss(internal) RETURNS double precision
	AS 'MODULE_PATHNAME', 'lvr_summary_moving_loss' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION _lvr_summary_moving_loss(internal) IS
	'last step of aggregate realized_lvr over a moving frame';

-- aggregates

CREATE AGGREGATE lvr_agg(quantity double precision, execution_price double precision, market_price double precision) (
	SFUNC = _lvr_summary_accum,
	STYPE = lvr_summary,
	COMBINEFUNC = _lvr_summary_combine,
	MSFUNC = _lvr_summary_moving_accum,
	MINVFUNC = _lvr_summary_moving_remove,
	MSTYPE = internal,
	MFINALFUNC = _lvr_summary_moving_final,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE lvr_agg(double precision, double precision, double precision) IS
	'summarises swaps for realized_lvr, to be stored and merged; arguments as there';

CREATE AGGREGATE realized_lvr(quantity double precision, execution_price double precision, market_price double precision) (
	SFUNC = _lvr_summary_accum,
	STYPE = lvr_summary,
	FINALFUNC = _realized_lvr_final,
	COMBINEFUNC = _lvr_summary_combine,
	MSFUNC = _lvr_summary_moving_accum,
	MINVFUNC = _lvr_summary_moving_remove,
	MSTYPE = internal,
	MFINALFUNC = _lvr_summary_moving_loss,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE realized_lvr(double precision, double precision, double precision) IS
	'realised loss versus rebalancing (LVR), sum(quantity * (market_price - execution_price)), in the unit of price, positive for a loss, rows in any order; quantity of the risky token that the pool sold, negative if it bought; execution price without the fee; arXiv 2208.06046';

CREATE AGGREGATE rollup(lvr_summary) (
	SFUNC = _lvr_summary_combine,
	STYPE = lvr_summary,
	COMBINEFUNC = _lvr_summary_combine,
	MSFUNC = _lvr_summary_moving_combine,
	MINVFUNC = _lvr_summary_moving_uncombine,
	MSTYPE = internal,
	MFINALFUNC = _lvr_summary_moving_final,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE rollup(lvr_summary) IS
	'merges lvr_summary values';

-- fees, and how much depth a value buys

CREATE FUNCTION capital_efficiency(
	p double precision, pa double precision, pb double precision) RETURNS double precision
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 5;
COMMENT ON FUNCTION capital_efficiency(double precision, double precision, double precision) IS
	'how many times the value of a position between pa and pb a constant product pool needs for the same depth at price p; at the geometric mean 1/(1 - (pa/pb)^(1/4)); 0 outside, of which pb is part; Uniswap v3 whitepaper';

CREATE FUNCTION fee_apr(
	fees double precision, value double precision, period interval,
	year_days double precision DEFAULT 365) RETURNS double precision
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 2;
COMMENT ON FUNCTION fee_apr(double precision, double precision, interval, double precision) IS
	'fees of a period over value as a simple yearly yield, a fraction, fees/value * year/period; both in one unit; period positive, without months; NULL without value';

CREATE FUNCTION fee_apr_growth(
	growth0_start numeric, growth0_end numeric, growth1_start numeric, growth1_end numeric,
	liquidity numeric, price double precision, value double precision, period interval,
	year_days double precision DEFAULT 365) RETURNS double precision
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 20;
COMMENT ON FUNCTION fee_apr_growth(numeric, numeric, numeric, numeric, numeric, double precision, double precision, interval, double precision) IS
	'the exact fee APR of a Uniswap v3 position, from the growth of fees inside its range (Q128.128, modulo 2^256): floor(growth * liquidity/2^128) of both tokens over value; price and value in smallest units of token 1; NULL without value; Uniswap/v3-core Position.sol';

CREATE FUNCTION fee_apr_volume(
	volume double precision, fee double precision, tvl double precision, period interval,
	year_days double precision DEFAULT 365) RETURNS double precision
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 5;
COMMENT ON FUNCTION fee_apr_volume(double precision, double precision, double precision, interval, double precision) IS
	'estimate of a fee APR, volume * fee/tvl * year/period, right where all liquidity is used alike (v2, weighted, stableswap), not for a concentrated position; NULL without tvl';

CREATE FUNCTION fee_apr_liquidity(
	volume double precision, fee double precision, liquidity double precision,
	other_liquidity double precision, value double precision, period interval,
	year_days double precision DEFAULT 365) RETURNS double precision
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 5;
COMMENT ON FUNCTION fee_apr_liquidity(double precision, double precision, double precision, double precision, double precision, interval, double precision) IS
	'estimate of the fee APR of a concentrated position from the volume traded while in range and its share of the liquidity there: volume * fee * L/(L + other_liquidity)/value * year/period; DefiLlama/yield-server estimateFee.ts; NULL without value or liquidity';

CREATE FUNCTION swap_fee_share(
	amount_in double precision, fee double precision, liquidity double precision,
	other_liquidity double precision) RETURNS double precision
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 2;
COMMENT ON FUNCTION swap_fee_share(double precision, double precision, double precision, double precision) IS
	'fees of one swap that go to a position in range, amount_in * fee * L/(L + other_liquidity), in the unit of amount_in: to be summed for fee_apr; GammaStrategies/active-strategy-framework; NULL without liquidity';
