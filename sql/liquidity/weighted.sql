-- domain liquidity: weighted pools

CREATE FUNCTION weighted_out(
	balance_in numeric, weight_in numeric, balance_out numeric, weight_out numeric, amount_in numeric,
	swap_fee numeric DEFAULT 0, pow_version text DEFAULT 'v2') RETURNS numeric
	AS 'MODULE_PATHNAME', 'pool_weighted_out' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 50;
COMMENT ON FUNCTION weighted_out(numeric, numeric, numeric, numeric, numeric, numeric, text) IS
	'what amount_in buys in a weighted pool of Balancer after the fee, all with 18 decimals, to the last wei as WeightedMath and LogExpMath; pow_version v1 has no shortcuts for exponents 1, 2 and 4';

CREATE FUNCTION weighted_in(
	balance_in numeric, weight_in numeric, balance_out numeric, weight_out numeric, amount_out numeric,
	swap_fee numeric DEFAULT 0, pow_version text DEFAULT 'v2') RETURNS numeric
	AS 'MODULE_PATHNAME', 'pool_weighted_in' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 50;
COMMENT ON FUNCTION weighted_in(numeric, numeric, numeric, numeric, numeric, numeric, text) IS
	'what buys amount_out in a weighted pool of Balancer, the fee included, all with 18 decimals, to the last wei as WeightedMath and LogExpMath; pow_version as in weighted_out';

CREATE FUNCTION weighted_spot_price(
	balance_in numeric, weight_in numeric, balance_out numeric, weight_out numeric, swap_fee numeric DEFAULT 0) RETURNS float8
	AS 'MODULE_PATHNAME', 'pool_weighted_spot_price' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;
COMMENT ON FUNCTION weighted_spot_price(numeric, numeric, numeric, numeric, numeric) IS
	'what a very small amount buys in a weighted pool per unit: balance_out * weight_in / (balance_in * weight_out), less the fee (18 decimals) if one is given';
