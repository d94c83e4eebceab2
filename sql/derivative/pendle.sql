-- domain derivative: Pendle v2, to the last digit

CREATE FUNCTION logexpmath_exp(x numeric) RETURNS numeric
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 200;
COMMENT ON FUNCTION logexpmath_exp(numeric) IS
	'e^x, both with 18 decimals, as LogExpMath.exp of Balancer and Pendle, from -41e18 to 130e18';

CREATE FUNCTION logexpmath_ln(x numeric) RETURNS numeric
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 200;
COMMENT ON FUNCTION logexpmath_ln(numeric) IS
	'ln x, both with 18 decimals, as LogExpMath.ln of Balancer and Pendle, of x above 0';

CREATE FUNCTION logexpmath_pow(x numeric, y numeric) RETURNS numeric
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 500;
COMMENT ON FUNCTION logexpmath_pow(numeric, numeric) IS
	'x^y, all with 18 decimals, as LogExpMath.pow of Balancer and Pendle; 0^0 is 1';

CREATE FUNCTION pendle_py_rates(
	ln_implied_rate numeric, seconds numeric, sy_index numeric DEFAULT 1000000000000000000, py_index numeric DEFAULT 1000000000000000000,
	OUT pt_to_asset numeric, OUT yt_to_asset numeric, OUT pt_to_sy numeric, OUT yt_to_sy numeric) RETURNS record
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000;
COMMENT ON FUNCTION pendle_py_rates(numeric, numeric, numeric, numeric) IS
	'what one PT and one YT are worth in assets and in SY, with 18 decimals, as Pendle''s oracle has it from the logarithmic implied rate and the seconds to expiry';

CREATE FUNCTION pendle_precompute(
	total_pt numeric, total_sy numeric, py_index numeric, scalar_root numeric, ln_fee_rate_root numeric, last_ln_implied_rate numeric,
	seconds numeric, OUT rate_scalar numeric, OUT total_asset numeric, OUT rate_anchor numeric, OUT fee_rate numeric) RETURNS record
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 2000;
COMMENT ON FUNCTION pendle_precompute(numeric, numeric, numeric, numeric, numeric, numeric, numeric) IS
	'curve of a Pendle market at a moment: its scalar, its assets, its anchor and its fee, as MarketMathCore.getMarketPreCompute';

CREATE FUNCTION pendle_swap(
	total_pt numeric, total_sy numeric, py_index numeric, scalar_root numeric, ln_fee_rate_root numeric, reserve_fee_percent numeric,
	last_ln_implied_rate numeric, seconds numeric, net_pt_to_account numeric,
	OUT net_sy_to_account numeric, OUT net_sy_fee numeric, OUT net_sy_to_reserve numeric,
	OUT total_pt_after numeric, OUT total_sy_after numeric, OUT ln_implied_rate_after numeric) RETURNS record
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 5000;
COMMENT ON FUNCTION pendle_swap(numeric, numeric, numeric, numeric, numeric, numeric, numeric, numeric, numeric) IS
	'trade of PT (above 0 bought, below 0 sold) against SY in a Pendle market, as MarketMathCore.executeTradeCore: SY to the account, fees, and the market after it';

CREATE FUNCTION pendle_swap_yt(
	total_pt numeric, total_sy numeric, py_index numeric, scalar_root numeric, ln_fee_rate_root numeric, reserve_fee_percent numeric,
	last_ln_implied_rate numeric, seconds numeric, net_yt_to_account numeric,
	OUT net_sy_to_account numeric, OUT net_sy_fee numeric, OUT net_sy_to_reserve numeric,
	OUT total_pt_after numeric, OUT total_sy_after numeric, OUT ln_implied_rate_after numeric) RETURNS record
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 5000;
COMMENT ON FUNCTION pendle_swap_yt(numeric, numeric, numeric, numeric, numeric, numeric, numeric, numeric, numeric) IS
	'trade of an exact amount of YT (above 0 bought, below 0 sold) against SY, by the router''s flash swap of PT in the market';

CREATE FUNCTION pendle_add_liquidity(
	total_pt numeric, total_sy numeric, total_lp numeric, sy_desired numeric, pt_desired numeric,
	OUT lp_to_account numeric, OUT lp_to_reserve numeric, OUT sy_used numeric, OUT pt_used numeric) RETURNS record
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 200;
COMMENT ON FUNCTION pendle_add_liquidity(numeric, numeric, numeric, numeric, numeric) IS
	'LP for SY and PT that are added to a Pendle market, and what of both is used; the first time 1000 LP are kept';

CREATE FUNCTION pendle_remove_liquidity(
	total_pt numeric, total_sy numeric, total_lp numeric, lp_to_remove numeric,
	OUT sy_to_account numeric, OUT pt_to_account numeric) RETURNS record
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;
COMMENT ON FUNCTION pendle_remove_liquidity(numeric, numeric, numeric, numeric) IS
	'SY and PT for LP that are taken out of a Pendle market';

CREATE FUNCTION pendle_lp_rates(
	total_pt numeric, total_sy numeric, total_lp numeric, py_index numeric, scalar_root numeric, last_ln_implied_rate numeric,
	twap_ln_implied_rate numeric, seconds numeric, sy_index numeric DEFAULT NULL,
	OUT lp_to_asset numeric, OUT lp_to_sy numeric) RETURNS record
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 5000;
COMMENT ON FUNCTION pendle_lp_rates(numeric, numeric, numeric, numeric, numeric, numeric, numeric, numeric, numeric) IS
	'what one LP of a Pendle market is worth in assets and in SY, as Pendle''s oracle has it from the average logarithmic implied rate';

CREATE FUNCTION pendle_yt_interest(
	yt_balance numeric, index0 numeric, index1 numeric, fee_rate numeric DEFAULT 0,
	OUT interest numeric, OUT fee numeric, OUT net_interest numeric) RETURNS record
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;
COMMENT ON FUNCTION pendle_yt_interest(numeric, numeric, numeric, numeric) IS
	'interest of YT in SY between two values of its index, a watermark, and what of it is the fee';

CREATE FUNCTION pendle_linear_discount(seconds numeric, discount_per_year numeric, matured_price numeric DEFAULT 1000000000000000000) RETURNS numeric
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 50;
COMMENT ON FUNCTION pendle_linear_discount(numeric, numeric, numeric) IS
	'price of a PT or an LP, with 18 decimals, by an oracle whose discount falls on a line to 0 at expiry';
