-- domain liquidity: pools of Curve's StableSwap kind

-- Not strict: rates and offpeg_fee_multiplier may be NULL.

CREATE FUNCTION stableswap_d(
	balances numeric[], amp numeric, rates numeric[] DEFAULT NULL, variant text DEFAULT 'ng') RETURNS numeric
	AS 'MODULE_PATHNAME', 'pool_stableswap_d' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 200;
COMMENT ON FUNCTION stableswap_d(numeric[], numeric, numeric[], text) IS
	'invariant D of a StableSwap pool in units of balance * rate / 1e18, as get_D of Curve pools (variants raw, std, plus1, ng) and StableMath of Balancer (balancer_v2 MetaStable, balancer_composable ComposableStable, balancer_v3); amp is A() times its precision';

CREATE FUNCTION stableswap_dy(
	i bigint, j bigint, dx numeric, balances numeric[], amp numeric, fee numeric, rates numeric[] DEFAULT NULL,
	variant text DEFAULT 'ng', offpeg_fee_multiplier numeric DEFAULT NULL) RETURNS numeric
	AS 'MODULE_PATHNAME', 'pool_stableswap_dy' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 500;
COMMENT ON FUNCTION stableswap_dy(bigint, bigint, numeric, numeric[], numeric, numeric, numeric[], text, numeric) IS
	'what dx of coin i buys of coin j in a StableSwap pool, both in the tokens'' smallest units, after the fee (in 1e-10), to the last wei as get_dy of the variant; coins are counted from 0';

CREATE FUNCTION stableswap_virtual_price(
	balances numeric[], amp numeric, supply numeric, rates numeric[] DEFAULT NULL, variant text DEFAULT 'ng') RETURNS numeric
	AS 'MODULE_PATHNAME', 'pool_stableswap_virtual_price' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 200;
COMMENT ON FUNCTION stableswap_virtual_price(numeric[], numeric, numeric, numeric[], text) IS
	'invariant of a StableSwap pool per share with 18 decimals, floor(D * 1e18 / supply), as get_virtual_price of Curve and getRate of Balancer; no market price';

CREATE FUNCTION stableswap_y(
	i bigint, j bigint, x numeric, balances numeric[], amp numeric, rates numeric[] DEFAULT NULL,
	variant text DEFAULT 'ng') RETURNS numeric
	AS 'MODULE_PATHNAME', 'pool_stableswap_y' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 500;
COMMENT ON FUNCTION stableswap_y(bigint, bigint, numeric, numeric[], numeric, numeric[], text) IS
	'balance of coin j that goes with balance x of coin i at the same invariant, both in units of balance * rate / 1e18, as get_y of the variant';

CREATE FUNCTION stableswap_spot_price(
	i bigint, j bigint, balances numeric[], amp numeric, rates numeric[] DEFAULT NULL, variant text DEFAULT 'ng',
	fee numeric DEFAULT 0) RETURNS numeric
	AS 'MODULE_PATHNAME', 'pool_stableswap_spot_price' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 500;
COMMENT ON FUNCTION stableswap_spot_price(bigint, bigint, numeric[], numeric, numeric[], text, numeric) IS
	'price of coin i in coin j with 18 decimals where 1e18 means that they trade at their rates: slope of the curve, as get_p of stableswap-ng, less the fee (in 1e-10) if one is given';

CREATE FUNCTION stableswap_withdraw_one_coin(
	i bigint, amount numeric, balances numeric[], amp numeric, fee numeric, supply numeric, rates numeric[] DEFAULT NULL,
	variant text DEFAULT 'ng', offpeg_fee_multiplier numeric DEFAULT NULL) RETURNS numeric
	AS 'MODULE_PATHNAME', 'pool_stableswap_withdraw_one_coin' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1000;
COMMENT ON FUNCTION stableswap_withdraw_one_coin(bigint, numeric, numeric[], numeric, numeric, numeric, numeric[], text, numeric) IS
	'what amount of the supply of pool shares gives if all is taken out as coin i, in its smallest unit, after the fee, as calc_withdraw_one_coin of the Curve variants';

CREATE FUNCTION stableswap_add_liquidity(
	amounts numeric[], balances numeric[], amp numeric, fee numeric, supply numeric, rates numeric[] DEFAULT NULL,
	variant text DEFAULT 'ng', offpeg_fee_multiplier numeric DEFAULT NULL) RETURNS numeric
	AS 'MODULE_PATHNAME', 'pool_stableswap_add_liquidity' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 700;
COMMENT ON FUNCTION stableswap_add_liquidity(numeric[], numeric[], numeric, numeric, numeric, numeric[], text, numeric) IS
	'pool shares that a deposit of amounts, one for each coin in its smallest unit, mints after the fee on its imbalance, to the last wei as add_liquidity of the Curve variants; with a supply of 0 the invariant';

CREATE FUNCTION stableswap_remove_liquidity_imbalance(
	amounts numeric[], balances numeric[], amp numeric, fee numeric, supply numeric, rates numeric[] DEFAULT NULL,
	variant text DEFAULT 'ng', offpeg_fee_multiplier numeric DEFAULT NULL) RETURNS numeric
	AS 'MODULE_PATHNAME', 'pool_stableswap_remove_liquidity_imbalance' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 700;
COMMENT ON FUNCTION stableswap_remove_liquidity_imbalance(numeric[], numeric[], numeric, numeric, numeric, numeric[], text, numeric) IS
	'pool shares that a withdrawal of amounts, one for each coin in its smallest unit, burns with the fee on its imbalance, to the last wei as remove_liquidity_imbalance of the Curve variants';

CREATE FUNCTION stableswap_calc_token_amount(
	amounts numeric[], balances numeric[], amp numeric, fee numeric, supply numeric, rates numeric[] DEFAULT NULL,
	variant text DEFAULT 'ng', offpeg_fee_multiplier numeric DEFAULT NULL, deposit boolean DEFAULT true) RETURNS numeric
	AS 'MODULE_PATHNAME', 'pool_stableswap_calc_token_amount' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 700;
COMMENT ON FUNCTION stableswap_calc_token_amount(numeric[], numeric[], numeric, numeric, numeric, numeric[], text, numeric, boolean) IS
	'what calc_token_amount of the Curve variants says of a deposit or withdrawal in pool shares: without fees but in ng, whose views contract charges them; ng is that of stableswap-ng 2abe778';

CREATE FUNCTION stableswap_dynamic_fee(fee numeric, offpeg_fee_multiplier numeric, xi numeric, xj numeric) RETURNS numeric
	AS 'MODULE_PATHNAME', 'pool_stableswap_dynamic_fee' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;
COMMENT ON FUNCTION stableswap_dynamic_fee(numeric, numeric, numeric, numeric) IS
	'fee of a stableswap-ng pool away from its peg in 1e-10: fee at equal balances xi and xj, up to fee * offpeg_fee_multiplier / 1e10';

--@for TIME = timestamp with time zone | timestamp without time zone
--@for BOUND = timestamp with time zone | timestamp without time zone
CREATE FUNCTION stableswap_amp(t @TIME@, a0 numeric, a1 numeric, t0 @BOUND@, t1 @BOUND@) RETURNS numeric
	AS 'MODULE_PATHNAME', 'pool_stableswap_amp' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 20;
COMMENT ON FUNCTION stableswap_amp(@TIME@, numeric, numeric, @BOUND@, @BOUND@) IS
	'amplification at a moment of its ramp from a0 at t0 to a1 at t1, in a straight line of whole numbers, and a1 afterwards, as A() of Curve pools; a time without zone is UTC';

--@end
--@end
-- exit depth

CREATE FUNCTION stableswap_exit_depth(
	i bigint, j bigint, balances numeric[], amp numeric, fee numeric, slippage float8, rates numeric[] DEFAULT NULL,
	variant text DEFAULT 'ng', reference text DEFAULT 'par', mode text DEFAULT 'average',
	offpeg_fee_multiplier numeric DEFAULT NULL,
	OUT amount_in numeric, OUT amount_out numeric, OUT average_price float8, OUT exhausted boolean) RETURNS record
	AS 'MODULE_PATHNAME', 'pool_stableswap_exit_depth' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 20000;
COMMENT ON FUNCTION stableswap_exit_depth(bigint, bigint, numeric[], numeric, numeric, float8, numeric[], text, text, text, numeric) IS
	'greatest amount of coin i that sells for coin j at a price no more than slippage below the reference (par: the rates; spot: the pool''s price before), by bisection on the exact swap; mode average compares what is paid out, fee included, marginal the pool''s price afterwards';

CREATE FUNCTION _depth_curve_rows(internal) RETURNS internal
	AS 'MODULE_PATHNAME', 'pool_depth_curve_rows' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION _depth_curve_rows(internal) IS 'tells the planner of a row for each slippage';

CREATE FUNCTION stableswap_depth_curve(
	i bigint, j bigint, balances numeric[], amp numeric, fee numeric, slippages float8[], rates numeric[] DEFAULT NULL,
	variant text DEFAULT 'ng', reference text DEFAULT 'par', mode text DEFAULT 'average',
	offpeg_fee_multiplier numeric DEFAULT NULL,
	OUT slippage float8, OUT amount_in numeric, OUT amount_out numeric, OUT average_price float8, OUT exhausted boolean)
	RETURNS SETOF record
	AS 'MODULE_PATHNAME', 'pool_stableswap_depth_curve' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 50000
	SUPPORT _depth_curve_rows ROWS 10;
COMMENT ON FUNCTION stableswap_depth_curve(bigint, bigint, numeric[], numeric, numeric, float8[], numeric[], text, text, text, numeric) IS
	'stableswap_exit_depth at several slippages, a row for each in their order';

CREATE FUNCTION pool_share(i bigint, balances numeric[], rates numeric[] DEFAULT NULL) RETURNS float8
	AS 'MODULE_PATHNAME', 'pool_share' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 50;
COMMENT ON FUNCTION pool_share(bigint, numeric[], numeric[]) IS
	'share of coin i in the balances of a pool, each times its rate, from 0 to 1: 1/n at the peg, and the more the less the pool''s traders want it; NULL where the pool is empty';
