-- domain leverage: liquidations that move the price, and the shocks that a price history makes likely

CREATE FUNCTION liquidation_cascade(
	collateral double precision[], liquidation_threshold double precision[], debt double precision[], shock double precision,
	depth_amounts double precision[], depth_impacts double precision[],
	liquidation_bonus double precision DEFAULT 0, close_factor double precision DEFAULT 1, max_rounds bigint DEFAULT 100,
	OUT round integer, OUT shock double precision, OUT price double precision, OUT accounts_liquidated bigint,
	OUT collateral_seized double precision, OUT debt_repaid double precision, OUT bad_debt double precision, OUT price_after double precision) RETURNS SETOF record
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 500 ROWS 10;
COMMENT ON FUNCTION liquidation_cascade(double precision[], double precision[], double precision[], double precision, double precision[], double precision[], double precision, double precision, bigint) IS
	'rounds of liquidations after a shock of all collateral, each at the price to which the sales so far have pushed it, until none is left to liquidate; depth: by which fraction the price falls (impact) once so much collateral was sold (amount, at prices before the shock)';

CREATE FUNCTION liquidation_cascade_pool(
	collateral double precision[], liquidation_threshold double precision[], debt double precision[], shock double precision,
	pool_reserve double precision,
	liquidation_bonus double precision DEFAULT 0, close_factor double precision DEFAULT 1, max_rounds bigint DEFAULT 100,
	OUT round integer, OUT shock double precision, OUT price double precision, OUT accounts_liquidated bigint,
	OUT collateral_seized double precision, OUT debt_repaid double precision, OUT bad_debt double precision, OUT price_after double precision) RETURNS SETOF record
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 500 ROWS 10;
COMMENT ON FUNCTION liquidation_cascade_pool(double precision[], double precision[], double precision[], double precision, double precision, double precision, double precision, bigint) IS
	'liquidation_cascade where collateral is sold into a constant product pool that holds so much of it (by its value before the shock)';

CREATE FUNCTION shock_at_risk(returns double precision[], confidence double precision DEFAULT 0.99, horizon bigint DEFAULT 1) RETURNS double precision
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 500;
COMMENT ON FUNCTION shock_at_risk(double precision[], double precision, bigint) IS
	'return over horizon periods, compounded, that is undercut with probability 1 - confidence: the quantile of all overlapping ones, interpolated as percentile_cont does; NULL for fewer returns than horizon';

CREATE FUNCTION liquidation_at_risk(
	collateral double precision[], liquidation_threshold double precision[], debt double precision[], returns double precision[],
	confidence double precision DEFAULT 0.99, horizon bigint DEFAULT 1, liquidation_bonus double precision DEFAULT 0,
	OUT shock double precision, OUT accounts_liquidatable bigint, OUT collateral_liquidatable double precision,
	OUT debt_liquidatable double precision, OUT bad_debt double precision) RETURNS record
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 200;
COMMENT ON FUNCTION liquidation_at_risk(double precision[], double precision[], double precision[], double precision[], double precision, bigint, double precision) IS
	'what of a book may be liquidated, and the bad debt, at shock_at_risk of a price history; in the currency of the book';
