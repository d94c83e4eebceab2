-- domain strategy: when and how far to set weights back

CREATE FUNCTION drift_weights(weights double precision[], returns double precision[]) RETURNS double precision[]
	AS 'MODULE_PATHNAME', 'drift_weights' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 50;
COMMENT ON FUNCTION drift_weights(double precision[], double precision[]) IS
	'weights after returns, if nothing is bought or sold: w (1 + r) over their sum';

CREATE FUNCTION turnover(weights_before double precision[], weights_after double precision[]) RETURNS double precision
	AS 'MODULE_PATHNAME', 'turnover' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 50;
COMMENT ON FUNCTION turnover(double precision[], double precision[]) IS
	'half the sum of the changes of weights: what is bought, as a fraction of the value';

CREATE FUNCTION rebalance_trades(
	amounts double precision[], targets double precision[], band double precision DEFAULT 0, destination text DEFAULT 'target')
	RETURNS double precision[]
	AS 'MODULE_PATHNAME', 'rebalance_trades' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 50;
COMMENT ON FUNCTION rebalance_trades(double precision[], double precision[], double precision, text) IS
	'what to buy, and where negative to sell, for weights as the targets: nothing unless one is off by more than band; destination: target, or edge, where the one that is off most is brought to the band';

CREATE FUNCTION no_trade_band(
	target double precision, risk_aversion double precision, cost double precision, OUT lower double precision, OUT upper double precision)
	AS 'MODULE_PATHNAME', 'no_trade_band' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 20;
COMMENT ON FUNCTION no_trade_band(double precision, double precision, double precision) IS
	'weights of one risky asset between which a trade costs more than it gains, to first order in the cost, a fraction of what is traded (Janecek and Shreve 2004)';

CREATE FUNCTION migration_break_even(
	amount double precision, apr_from double precision, apr_to double precision, cost double precision,
	year_days double precision DEFAULT 365) RETURNS interval
	AS 'MODULE_PATHNAME', 'migration_break_even' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 5;
COMMENT ON FUNCTION migration_break_even(double precision, double precision, double precision, double precision, double precision) IS
	'how long a better rate takes to earn the cost of moving: cost / (amount (apr_to - apr_from)) years; NULL if it never does';
