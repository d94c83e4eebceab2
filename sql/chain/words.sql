-- domain chain: fixed point, words, hex and token units

-- fixed point

CREATE FUNCTION mul_div(a numeric, b numeric, c numeric, rounding text DEFAULT 'floor') RETURNS numeric
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 20;
COMMENT ON FUNCTION mul_div(numeric, numeric, numeric, text) IS
	'a * b / c of chain integers (whole, 0 to 2^256 - 1) with the product in 512 bits, rounded once: floor, ceil or half_up; as mulDiv of Uniswap FullMath and OpenZeppelin Math';

CREATE FUNCTION wad_mul(a numeric, b numeric, rounding text DEFAULT 'half_up') RETURNS numeric
	AS 'MODULE_PATHNAME', 'fixed_wad_mul' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;
COMMENT ON FUNCTION wad_mul(numeric, numeric, text) IS
	'a * b / 1e18 of fixed-point chain integers with unit 1e18, rounded once: half_up, floor or ceil; as Aave WadRayMath';

CREATE FUNCTION wad_div(a numeric, b numeric, rounding text DEFAULT 'half_up') RETURNS numeric
	AS 'MODULE_PATHNAME', 'fixed_wad_div' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;
COMMENT ON FUNCTION wad_div(numeric, numeric, text) IS
	'a * 1e18 / b of fixed-point chain integers with unit 1e18, rounded once: half_up, floor or ceil; as Aave WadRayMath';

CREATE FUNCTION ray_mul(a numeric, b numeric, rounding text DEFAULT 'half_up') RETURNS numeric
	AS 'MODULE_PATHNAME', 'fixed_ray_mul' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 20;
COMMENT ON FUNCTION ray_mul(numeric, numeric, text) IS
	'a * b / 1e27 of fixed-point chain integers with unit 1e27, rounded once: half_up, floor or ceil; as Aave WadRayMath';

CREATE FUNCTION ray_div(a numeric, b numeric, rounding text DEFAULT 'half_up') RETURNS numeric
	AS 'MODULE_PATHNAME', 'fixed_ray_div' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 20;
COMMENT ON FUNCTION ray_div(numeric, numeric, text) IS
	'a * 1e27 / b of fixed-point chain integers with unit 1e27, rounded once: half_up, floor or ceil; as Aave WadRayMath';

CREATE FUNCTION percent_mul(a numeric, b numeric, rounding text DEFAULT 'half_up') RETURNS numeric
	AS 'MODULE_PATHNAME', 'fixed_percent_mul' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 20;
COMMENT ON FUNCTION percent_mul(numeric, numeric, text) IS
	'a * b / 1e4 of chain integers, b in basis points (10000 is 100 %), rounded once: half_up, floor or ceil; as Aave PercentageMath';

CREATE FUNCTION percent_div(a numeric, b numeric, rounding text DEFAULT 'half_up') RETURNS numeric
	AS 'MODULE_PATHNAME', 'fixed_percent_div' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 20;
COMMENT ON FUNCTION percent_div(numeric, numeric, text) IS
	'a * 1e4 / b of chain integers, b in basis points (10000 is 100 %), rounded once: half_up, floor or ceil; as Aave PercentageMath';

-- token units

CREATE FUNCTION parse_units(amount numeric, decimals bigint) RETURNS numeric
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;
COMMENT ON FUNCTION parse_units(numeric, bigint) IS
	'amount of a token in its smallest unit, amount * 10^decimals, exactly; an error where that is not whole';

CREATE FUNCTION format_units(amount numeric, decimals bigint) RETURNS numeric
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;
COMMENT ON FUNCTION format_units(numeric, bigint) IS
	'amount of a token in whole tokens, amount / 10^decimals, exactly, without zeros at the end';

-- words: as bytes, and as the text that 0x starts

CREATE FUNCTION bytes_to_uint(word bytea) RETURNS numeric
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;
COMMENT ON FUNCTION bytes_to_uint(bytea) IS
	'the unsigned number that at most 32 bytes hold, most significant first; no bytes are zero';

CREATE FUNCTION bytes_to_uint(word text) RETURNS numeric
	AS 'MODULE_PATHNAME', 'hex_bytes_to_uint' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 20;
COMMENT ON FUNCTION bytes_to_uint(text) IS
	'the unsigned number that at most 32 bytes hold, most significant first, each written as two hexadecimal digits, after 0x or \x';

CREATE FUNCTION bytes_to_int(word bytea) RETURNS numeric
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;
COMMENT ON FUNCTION bytes_to_int(bytea) IS
	'the signed number, in two''s complement of their own width, that at most 32 bytes hold, most significant first; no bytes are zero';

CREATE FUNCTION bytes_to_int(word text) RETURNS numeric
	AS 'MODULE_PATHNAME', 'hex_bytes_to_int' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 20;
COMMENT ON FUNCTION bytes_to_int(text) IS
	'the signed number, in two''s complement of their own width, that at most 32 bytes hold, most significant first, each written as two hexadecimal digits, after 0x or \x';

CREATE FUNCTION uint_to_bytes(value numeric, length bigint DEFAULT 32) RETURNS bytea
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 5;
COMMENT ON FUNCTION uint_to_bytes(numeric, bigint) IS
	'a chain integer as that many bytes (1 to 32), most significant first; an error where it needs more';

CREATE FUNCTION hex_to_uint(hex text) RETURNS numeric
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;
COMMENT ON FUNCTION hex_to_uint(text) IS
	'the unsigned number that hexadecimal digits of either case write, after an optional 0x';

CREATE FUNCTION uint_to_hex(value numeric) RETURNS text
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 20;
COMMENT ON FUNCTION uint_to_hex(numeric) IS
	'a chain integer in hexadecimal: 0x, lower case, no leading zeros';
