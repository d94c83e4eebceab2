-- domain derivative: Boros, Pendle's swaps of yields and funding rates, to the last digit

CREATE FUNCTION boros_trade_cost(size numeric, rate numeric, seconds numeric) RETURNS numeric
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 50;
COMMENT ON FUNCTION boros_trade_cost(numeric, numeric, numeric) IS
	'what a trade of this size, above 0 of who pays fixed, at this rate costs up front in Boros; all with 18 decimals, rounded against the trader';

CREATE FUNCTION boros_position_value(size numeric, mark_rate numeric, seconds numeric) RETURNS numeric
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 50;
COMMENT ON FUNCTION boros_position_value(numeric, numeric, numeric) IS
	'value of a position in Boros at the mark rate for the seconds to maturity, not discounted, rounded down';

CREATE FUNCTION boros_settlement(
	size numeric, floating_index0 numeric, floating_index1 numeric, fee_index0 numeric DEFAULT 0, fee_index1 numeric DEFAULT 0,
	OUT payment numeric, OUT fee numeric) RETURNS record
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;
COMMENT ON FUNCTION boros_settlement(numeric, numeric, numeric, numeric, numeric) IS
	'what a position in Boros gets, or pays, of the floating rate between two values of its index, and the fee for it';

CREATE FUNCTION boros_fee(size numeric, fee_rate numeric, seconds numeric) RETURNS numeric
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 50;
COMMENT ON FUNCTION boros_fee(numeric, numeric, numeric) IS
	'fee of Boros on a size, at a rate a year for the seconds to maturity, rounded up';

CREATE FUNCTION boros_initial_margin(
	size numeric, mark_rate numeric, seconds numeric, margin_factor numeric, rate_floor numeric, time_floor numeric) RETURNS numeric
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;
COMMENT ON FUNCTION boros_initial_margin(numeric, numeric, numeric, numeric, numeric, numeric) IS
	'initial margin of a position in Boros without open orders';

CREATE FUNCTION boros_maintenance_margin(
	size numeric, mark_rate numeric, seconds numeric, margin_factor numeric, rate_floor numeric, time_floor numeric) RETURNS numeric
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;
COMMENT ON FUNCTION boros_maintenance_margin(numeric, numeric, numeric, numeric, numeric, numeric) IS
	'maintenance margin of a position in Boros';

CREATE FUNCTION boros_rate_at_tick(tick bigint, tick_step bigint) RETURNS numeric
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 50;
COMMENT ON FUNCTION boros_rate_at_tick(bigint, bigint) IS
	'rate of a tick of Boros'' order book, with 18 decimals: 1.00005^(tick * step) - 1, and minus that of the negative tick';

CREATE FUNCTION boros_amm_swap(
	total_float numeric, norm_fixed numeric, seconds numeric, total_seconds numeric, float_out numeric, min_rate numeric, max_rate numeric,
	OUT fixed_in numeric, OUT total_float_after numeric, OUT norm_fixed_after numeric, OUT implied_rate_after numeric) RETURNS record
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 2000;
COMMENT ON FUNCTION boros_amm_swap(numeric, numeric, numeric, numeric, numeric, numeric, numeric) IS
	'swap in a pool of Boros for positive rates: fixed that is paid for floating that goes out, below 0 the other way, and the pool after it; before its fee';
