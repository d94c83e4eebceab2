-- domain strategy: what to supply to which market

CREATE FUNCTION _allocation_rows(internal) RETURNS internal
	AS 'MODULE_PATHNAME', 'allocation_rows' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION _allocation_rows(internal) IS 'tells the planner of a row for each market of an allocation';

CREATE FUNCTION allocate_supply_kinked(
	budget double precision, supply double precision[], borrow double precision[],
	base double precision[], slope1 double precision[], slope2 double precision[], optimal double precision[],
	reserve_factor double precision[], cap double precision[] DEFAULT NULL, cost double precision[] DEFAULT NULL,
	objective text DEFAULT 'interest', group_of integer[] DEFAULT NULL, group_cap double precision[] DEFAULT NULL,
	OUT market integer, OUT amount double precision, OUT supply_apr double precision, OUT marginal_apr double precision,
	OUT interest double precision, OUT upper_bound double precision) RETURNS SETOF record
	AS 'MODULE_PATHNAME', 'allocate_supply_kinked' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 20000
	SUPPORT _allocation_rows ROWS 10;
COMMENT ON FUNCTION allocate_supply_kinked(double precision, double precision[], double precision[], double precision[], double precision[], double precision[], double precision[], double precision[], double precision[], double precision[], text, integer[], double precision[]) IS
	'what to put into each market out of a budget, when deposits lower what suppliers get; rates as Aave v3 has them: base, slope1 up to the optimal utilization, slope2 above it; objective: interest (most in all), rate (what suppliers get is equal) or utilization; cap: most of a market, cost: a year of using it at all; group_of: from 1, 0 none, whose sums group_cap bounds; upper_bound: no allocation earns more';

CREATE FUNCTION allocate_supply(
	budget double precision, supply double precision[], borrow double precision[],
	utilizations double precision[], rates double precision[],
	reserve_factor double precision[], cap double precision[] DEFAULT NULL, cost double precision[] DEFAULT NULL,
	objective text DEFAULT 'interest', group_of integer[] DEFAULT NULL, group_cap double precision[] DEFAULT NULL,
	OUT market integer, OUT amount double precision, OUT supply_apr double precision, OUT marginal_apr double precision,
	OUT interest double precision, OUT upper_bound double precision) RETURNS SETOF record
	AS 'MODULE_PATHNAME', 'allocate_supply' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 20000
	SUPPORT _allocation_rows ROWS 10;
COMMENT ON FUNCTION allocate_supply(double precision, double precision[], double precision[], double precision[], double precision[], double precision[], double precision[], double precision[], text, integer[], double precision[]) IS
	'what to put into each market out of a budget, when deposits lower what suppliers get; rates on straight lines through points: a matrix each, a row a market, padded with NULL at the end; objective: interest (most in all), rate (what suppliers get is equal) or utilization; cap: most of a market, cost: a year of using it at all; group_of: from 1, 0 none, whose sums group_cap bounds; upper_bound: no allocation earns more';

CREATE FUNCTION _allocate_loops_rows(internal) RETURNS internal
	AS 'MODULE_PATHNAME', 'allocate_loops_rows' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION _allocate_loops_rows(internal) IS 'tells the planner of a row for each market of allocate_loops, and one more';

CREATE FUNCTION allocate_loops(
	budget double precision, staking_apr double precision, supply double precision[], borrow double precision[], base double precision[],
	slope1 double precision[], slope2 double precision[], optimal double precision[], max_leverage double precision[],
	OUT market integer, OUT equity double precision, OUT borrow_apr double precision, OUT marginal_apr double precision) RETURNS SETOF record
	AS 'MODULE_PATHNAME', 'allocate_loops' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 5000
	SUPPORT _allocate_loops_rows ROWS 10;
COMMENT ON FUNCTION allocate_loops(double precision, double precision, double precision[], double precision[], double precision[], double precision[], double precision[], double precision[], double precision[]) IS
	'what equity to loop in which market at its greatest leverage, when loops raise what borrowing costs; market 0 is held unleveraged';

CREATE FUNCTION _equalize_utilization_rows(internal) RETURNS internal
	AS 'MODULE_PATHNAME', 'equalize_utilization_rows' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION _equalize_utilization_rows(internal) IS 'tells the planner of a row for each market of equalize_utilization';

CREATE FUNCTION equalize_utilization(
	supply double precision[], borrow double precision[], vault double precision[],
	OUT market integer, OUT utilization double precision, OUT flow double precision) RETURNS SETOF record
	AS 'MODULE_PATHNAME', 'equalize_utilization' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 800
	SUPPORT _equalize_utilization_rows ROWS 10;
COMMENT ON FUNCTION equalize_utilization(double precision[], double precision[], double precision[]) IS
	'what a vault moves between its markets so that their utilizations become equal, flow > 0 being a deposit, and the utilizations then; withdrawals are bounded by what it has there and by what is not lent';

CREATE FUNCTION round_to_lots(amounts double precision[], lot double precision) RETURNS double precision[]
	AS 'MODULE_PATHNAME', 'round_to_lots' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;
COMMENT ON FUNCTION round_to_lots(double precision[], double precision) IS
	'amounts as whole lots, such as validators of 32 ether, largest remainders first; the sum is the greatest multiple of a lot not above theirs';
