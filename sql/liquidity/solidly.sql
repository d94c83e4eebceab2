-- domain liquidity: stable pools of Solidly's kind

CREATE FUNCTION solidly_k(
	reserve0 numeric, reserve1 numeric, decimals0 bigint DEFAULT 18, decimals1 bigint DEFAULT 18) RETURNS numeric
	AS 'MODULE_PATHNAME', 'pool_solidly_k' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 50;
COMMENT ON FUNCTION solidly_k(numeric, numeric, bigint, bigint) IS
	'invariant x^3 y + x y^3 of a stable pool of Solidly''s kind with 18 decimals, from reserves in the tokens'' smallest units; _k of Pool.sol of Aerodrome (a5fae2e)';

CREATE FUNCTION solidly_y(x numeric, k numeric, y0 numeric, version text DEFAULT 'aerodrome') RETURNS numeric
	AS 'MODULE_PATHNAME', 'pool_solidly_y' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 200;
COMMENT ON FUNCTION solidly_y(numeric, numeric, numeric, text) IS
	'balance that goes with balance x at invariant k of a stable pool of Solidly''s kind, all with 18 decimals, by Newton''s iteration from y0; _get_y of Aerodrome''s Pool.sol or of Velodrome v1''s Pair.sol';

CREATE FUNCTION solidly_amount_out(
	amount_in numeric, reserve0 numeric, reserve1 numeric, zero_for_one boolean, fee_bps numeric DEFAULT 5,
	decimals0 bigint DEFAULT 18, decimals1 bigint DEFAULT 18, version text DEFAULT 'aerodrome') RETURNS numeric
	AS 'MODULE_PATHNAME', 'pool_solidly_amount_out' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 300;
COMMENT ON FUNCTION solidly_amount_out(numeric, numeric, numeric, boolean, numeric, bigint, bigint, text) IS
	'what amount_in of token 0 (zero_for_one) or token 1 buys in a stable pool of Solidly''s kind, in smallest units, after the fee in basis points; getAmountOut of Aerodrome and Velodrome v2 (aerodrome), or of Velodrome v1 and other forks (solidly)';

CREATE FUNCTION solidly_spot_price(
	reserve0 numeric, reserve1 numeric, decimals0 bigint DEFAULT 18, decimals1 bigint DEFAULT 18) RETURNS float8
	AS 'MODULE_PATHNAME', 'pool_solidly_spot_price' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 20;
COMMENT ON FUNCTION solidly_spot_price(numeric, numeric, bigint, bigint) IS
	'price of token 0 in token 1, both in whole tokens, in a stable pool of Solidly''s kind before the fee: (3 x^2 y + y^3) / (x^3 + 3 x y^2)';
