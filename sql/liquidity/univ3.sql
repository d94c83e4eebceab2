-- domain liquidity: pools of Uniswap v2, v3 and v4

-- ticks and prices

CREATE FUNCTION univ3_sqrt_price_at_tick(tick bigint) RETURNS numeric
	AS 'MODULE_PATHNAME', 'liquidity_univ3_sqrt_price_at_tick' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;
COMMENT ON FUNCTION univ3_sqrt_price_at_tick(bigint) IS
	'sqrt price (Q64.96) of a tick from -887272 to 887272, to the last unit; getSqrtRatioAtTick of Uniswap v3 TickMath, same in v4';

CREATE FUNCTION univ3_tick_at_sqrt_price(sqrt_price numeric) RETURNS integer
	AS 'MODULE_PATHNAME', 'liquidity_univ3_tick_at_sqrt_price' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;
COMMENT ON FUNCTION univ3_tick_at_sqrt_price(numeric) IS
	'the greatest tick whose sqrt price (Q64.96) is not above this one; getTickAtSqrtRatio of Uniswap v3 TickMath, same in v4';

CREATE FUNCTION univ3_price(
	sqrt_price numeric, decimals0 bigint, decimals1 bigint, invert boolean DEFAULT false) RETURNS numeric
	AS 'MODULE_PATHNAME', 'liquidity_univ3_price' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 20;
COMMENT ON FUNCTION univ3_price(numeric, bigint, bigint, boolean) IS
	'price of token0 in token1, or of token1 in token0 (invert), in whole tokens, of a sqrt price (Q64.96): sqrt_price^2 / 2^192 * 10^(decimals0 - decimals1), rounded to 28 significant digits';

CREATE FUNCTION univ3_tick_to_price(
	tick bigint, decimals0 bigint DEFAULT 0, decimals1 bigint DEFAULT 0) RETURNS double precision
	AS 'MODULE_PATHNAME', 'liquidity_univ3_tick_to_price' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 5;
COMMENT ON FUNCTION univ3_tick_to_price(bigint, bigint, bigint) IS
	'price of token0 in token1 at a tick, 1.0001^tick * 10^(decimals0 - decimals1); decimals 0 for least units';

CREATE FUNCTION univ3_price_to_tick(
	price double precision, decimals0 bigint DEFAULT 0, decimals1 bigint DEFAULT 0) RETURNS integer
	AS 'MODULE_PATHNAME', 'liquidity_univ3_price_to_tick' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 20;
COMMENT ON FUNCTION univ3_price_to_tick(double precision, bigint, bigint) IS
	'the greatest tick whose price of token0 in token1, as univ3_tick_to_price has it, is not above this one';

CREATE FUNCTION univ3_nearest_usable_tick(tick bigint, tick_spacing bigint) RETURNS integer
	AS 'MODULE_PATHNAME', 'liquidity_univ3_nearest_usable_tick' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION univ3_nearest_usable_tick(bigint, bigint) IS
	'the multiple of tick_spacing nearest to a tick, halves upward, within -887272 to 887272; nearestUsableTick of Uniswap v3-sdk';

-- positions

CREATE FUNCTION univ3_amounts(
	liquidity numeric, sqrt_price numeric, tick_lower bigint, tick_upper bigint, round_up boolean DEFAULT false,
	OUT amount0 numeric, OUT amount1 numeric)
	AS 'MODULE_PATHNAME', 'liquidity_univ3_amounts' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 200;
COMMENT ON FUNCTION univ3_amounts(numeric, numeric, bigint, bigint, boolean) IS
	'tokens of a concentrated position at a sqrt price (Q64.96), in least units: floored as burning pays, or rounded up (round_up) as minting takes; LiquidityAmounts and SqrtPriceMath of Uniswap v3, same in v4';

CREATE FUNCTION univ3_amounts_at_prices(
	liquidity numeric, sqrt_price numeric, sqrt_price_lower numeric, sqrt_price_upper numeric,
	round_up boolean DEFAULT false, OUT amount0 numeric, OUT amount1 numeric)
	AS 'MODULE_PATHNAME', 'liquidity_univ3_amounts_at_prices' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 50;
COMMENT ON FUNCTION univ3_amounts_at_prices(numeric, numeric, numeric, numeric, boolean) IS
	'tokens of a concentrated position whose bounds are sqrt prices (Q64.96), in least units: floored as burning pays, or rounded up (round_up) as minting takes; LiquidityAmounts and SqrtPriceMath of Uniswap v3, same in v4';

CREATE FUNCTION univ3_liquidity(
	sqrt_price numeric, tick_lower bigint, tick_upper bigint, amount0 numeric, amount1 numeric) RETURNS numeric
	AS 'MODULE_PATHNAME', 'liquidity_univ3_liquidity' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 50;
COMMENT ON FUNCTION univ3_liquidity(numeric, bigint, bigint, numeric, numeric) IS
	'liquidity that both amounts, in least units, pay for at a sqrt price (Q64.96); getLiquidityForAmounts of Uniswap v3-periphery, with its roundings';

CREATE FUNCTION univ3_liquidity_at_prices(
	sqrt_price numeric, sqrt_price_lower numeric, sqrt_price_upper numeric, amount0 numeric, amount1 numeric) RETURNS numeric
	AS 'MODULE_PATHNAME', 'liquidity_univ3_liquidity_at_prices' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 20;
COMMENT ON FUNCTION univ3_liquidity_at_prices(numeric, numeric, numeric, numeric, numeric) IS
	'liquidity that both amounts, in least units, pay for between two sqrt prices (Q64.96); getLiquidityForAmounts of Uniswap v3-periphery, with its roundings';

CREATE FUNCTION univ3_fee_growth_inside(
	tick_lower bigint, tick_upper bigint, tick bigint, global numeric, lower_outside numeric, upper_outside numeric)
	RETURNS numeric
	AS 'MODULE_PATHNAME', 'liquidity_univ3_fee_growth_inside' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 20;
COMMENT ON FUNCTION univ3_fee_growth_inside(bigint, bigint, bigint, numeric, numeric, numeric) IS
	'fees of one token per unit of liquidity that arose between two ticks (Q128.128), modulo 2^256; getFeeGrowthInside of Uniswap v3 Tick, same in v4';

CREATE FUNCTION univ3_fees_owed(inside numeric, inside_last numeric, liquidity numeric) RETURNS numeric
	AS 'MODULE_PATHNAME', 'liquidity_univ3_fees_owed' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;
COMMENT ON FUNCTION univ3_fees_owed(numeric, numeric, numeric) IS
	'fees of one token that a position earned, in least units: floor((inside - inside_last mod 2^256) * liquidity / 2^128); Uniswap v3 Position, same in v4';

-- swaps

CREATE FUNCTION univ3_swap(
	sqrt_price numeric, liquidity numeric, tick bigint, fee_pips bigint, tick_spacing bigint, ticks bigint[],
	liquidity_net numeric[], amount numeric, exact_in boolean, zero_for_one boolean, sqrt_price_limit numeric DEFAULT NULL,
	OUT amount_in numeric, OUT amount_out numeric, OUT sqrt_price_after numeric, OUT tick_after integer,
	OUT liquidity_after numeric, OUT filled boolean)
	AS 'MODULE_PATHNAME', 'liquidity_univ3_swap' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 100;
COMMENT ON FUNCTION univ3_swap(numeric, numeric, bigint, bigint, bigint, bigint[], numeric[], numeric, boolean, boolean, numeric) IS
	'what a swap in a snapshot of a Uniswap v3 or v4 pool does, to the last unit: ticks ascending, all the initialized ones that the swap can cross, fee in 1e-6, amount_in with the fee; filled is false where the limit or the end of prices stopped it';

CREATE FUNCTION univ3_exit_depth(
	sqrt_price numeric, liquidity numeric, tick bigint, fee_pips bigint, tick_spacing bigint, ticks bigint[],
	liquidity_net numeric[], slippage double precision, zero_for_one boolean, mode text,
	reference double precision DEFAULT NULL, decimals0 bigint DEFAULT 0, decimals1 bigint DEFAULT 0,
	OUT amount_in numeric, OUT amount_out numeric, OUT price_after double precision, OUT exhausted boolean)
	AS 'MODULE_PATHNAME', 'liquidity_univ3_exit_depth' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 3000;
COMMENT ON FUNCTION univ3_exit_depth(numeric, numeric, bigint, bigint, bigint, bigint[], numeric[], double precision, boolean, text, double precision, bigint, bigint) IS
	'the most that can be sold into a snapshot of a Uniswap v3 or v4 pool before the price of what is sold is worse by slippage (a fraction) than reference (price of token0 in token1; NULL is the pool''s own): the pool''s price after it (mode marginal) or what it brings, fee included (mode average); exhausted where the pool takes no more';

CREATE FUNCTION univ3_depth_curve(
	sqrt_price numeric, liquidity numeric, tick bigint, fee_pips bigint, tick_spacing bigint, ticks bigint[],
	liquidity_net numeric[], slippages double precision[], zero_for_one boolean, mode text,
	reference double precision DEFAULT NULL, decimals0 bigint DEFAULT 0, decimals1 bigint DEFAULT 0,
	OUT slippage double precision, OUT amount_in numeric, OUT amount_out numeric, OUT average_price double precision,
	OUT exhausted boolean) RETURNS SETOF record
	AS 'MODULE_PATHNAME', 'liquidity_univ3_depth_curve' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 30000
	SUPPORT _depth_curve_rows ROWS 10;
COMMENT ON FUNCTION univ3_depth_curve(numeric, numeric, bigint, bigint, bigint, bigint[], numeric[], double precision[], boolean, text, double precision, bigint, bigint) IS
	'univ3_exit_depth for each of several slippages, with the price of token0 in token1 at which the sale is done, fee included (NULL where nothing is sold)';

-- Uniswap v2

CREATE FUNCTION univ2_amount_out(
	amount_in numeric, reserve_in numeric, reserve_out numeric, fee_bps bigint DEFAULT 30) RETURNS numeric
	AS 'MODULE_PATHNAME', 'liquidity_univ2_amount_out' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 20;
COMMENT ON FUNCTION univ2_amount_out(numeric, numeric, numeric, bigint) IS
	'what amount_in buys from two reserves with constant product, in least units, fee in basis points; getAmountOut of UniswapV2Library';

CREATE FUNCTION univ2_amount_in(
	amount_out numeric, reserve_in numeric, reserve_out numeric, fee_bps bigint DEFAULT 30) RETURNS numeric
	AS 'MODULE_PATHNAME', 'liquidity_univ2_amount_in' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 20;
COMMENT ON FUNCTION univ2_amount_in(numeric, numeric, numeric, bigint) IS
	'what amount_out costs from two reserves with constant product, in least units, fee in basis points; getAmountIn of UniswapV2Library';
