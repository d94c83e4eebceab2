
-- loops whose borrow rate follows the pool's utilization

CREATE FUNCTION carry_apr(
	leverage double precision, collateral_apr double precision, utilization double precision,
	optimal double precision, base double precision, slope1 double precision, slope2 double precision)
	RETURNS double precision
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;
COMMENT ON FUNCTION carry_apr(double precision, double precision, double precision, double precision, double precision, double precision, double precision) IS
	'yield of the equity of a loop, a fraction per year: leverage * collateral_apr - (leverage - 1) * the borrow rate of a two-slope curve at a utilization';
