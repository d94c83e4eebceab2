-- domain strategy: performance

CREATE FUNCTION unit_value_series(twr_summary) RETURNS rate_series
	AS 'MODULE_PATHNAME', 'unit_value_series' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 500;
COMMENT ON FUNCTION unit_value_series(twr_summary) IS
	'value over time of a unit of a twr_summary, as the aggregate gives';

--@for TIME READ = timestamp with time zone, | timestamp without time zone, ; ts: read as UTC | date, ; ts: the start of the day in UTC
CREATE AGGREGATE unit_value_series(ts @TIME@, value double precision, flow double precision) (
	SFUNC = _valuations_accum,
	STYPE = twr_summary,
	SSPACE = 256,
	FINALFUNC = unit_value_series,
	COMBINEFUNC = _twr_summary_combine,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE unit_value_series(@TIME@, double precision, double precision) IS
	'value over time of a unit that was 1 at the first row, by the rule of twr: value is just before flow (paid in: positive), so that deposits and withdrawals are no return@READ@';

--@end
CREATE FUNCTION tear_sheet(
	equity rate_series, benchmark rate_series DEFAULT NULL, risk_free double precision DEFAULT 0, step interval DEFAULT '1 day',
	year_days double precision DEFAULT 365,
	OUT start_time timestamp with time zone, OUT end_time timestamp with time zone, OUT total_return double precision, OUT apr double precision,
	OUT apy double precision, OUT volatility double precision, OUT sharpe double precision, OUT sortino double precision, OUT calmar double precision, OUT omega double precision,
	OUT max_drawdown double precision, OUT ulcer_index double precision, OUT value_at_risk double precision, OUT expected_shortfall double precision, OUT skewness double precision,
	OUT kurtosis double precision, OUT hit_rate double precision, OUT alpha double precision, OUT beta double precision, OUT tracking_error double precision, OUT information_ratio double precision)
	IMMUTABLE PARALLEL SAFE LANGUAGE sql COST 50000
BEGIN ATOMIC
	SELECT first_time(equity),
		last_time(equity),
		last_rate(equity) / first_rate(equity) - 1,
		apr(equity, year_days),
		apy(equity, year_days),
		volatility(s.r, s.n),
		sharpe_ratio(s.r, risk_free, s.n),
		sortino_ratio(s.r, s.n),
		calmar_ratio(equity, year_days),
		omega_ratio(s.r),
		max_drawdown(equity),
		ulcer_index(equity),
		seen.var,
		seen.shortfall,
		skewness(s.r),
		kurtosis(s.r),
		hit_rate(s.r),
		alpha(b.b, risk_free, s.n),
		beta(b.b),
		tracking_error(b.b, s.n),
		information_ratio(b.b, s.n)
	-- OFFSET 0: each is made once, not once for every column that reads it
	FROM (SELECT greatest(year_days * 86400 / extract(epoch FROM step)::double precision, 1) AS n OFFSET 0) periods,
		LATERAL (SELECT periods.n, risk_summary(equity, step, risk_free / periods.n) AS r OFFSET 0) s,
		LATERAL (SELECT value_at_risk(x, 0.95) AS var, expected_shortfall(x, 0.95) AS shortfall
			FROM unnest(returns_matrix(ARRAY[equity], step)) x) seen,
		LATERAL (SELECT CASE WHEN benchmark IS NOT NULL THEN benchmark_summary(equity, benchmark, step) END AS b OFFSET 0) b
	WHERE equity IS NOT NULL;
END;
COMMENT ON FUNCTION tear_sheet(rate_series, rate_series, double precision, interval, double precision) IS
	'what a curve of equity earned and risked in one row: returns at step, ratios by year_days/step periods a year, risk_free a simple rate of a year and target of sortino, omega and hit_rate, value at risk and shortfall as seen at 95 %; the last four beside a benchmark';

CREATE FUNCTION brinson(
	weight double precision, benchmark_weight double precision, return double precision, benchmark_return double precision, benchmark_total double precision,
	OUT allocation double precision, OUT selection double precision, OUT interaction double precision)
	AS 'MODULE_PATHNAME', 'brinson' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 20;
COMMENT ON FUNCTION brinson(double precision, double precision, double precision, double precision, double precision) IS
	'where the return of a sector above the benchmark''s came from: its weight, what was held in it, and both together (Brinson and Fachler 1985); over sectors they sum to the difference';

CREATE FUNCTION carino_factor(return double precision, benchmark_return double precision) RETURNS double precision
	AS 'MODULE_PATHNAME', 'carino_factor' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;
COMMENT ON FUNCTION carino_factor(double precision, double precision) IS
	'factor k of a period, or K of all of them: effects times k/K add up over periods to the difference of the linked returns (Carino 1999)';

CREATE FUNCTION chain_index(
	series rate_series[], weights rate_series[], equity double precision DEFAULT 1, max_age interval DEFAULT NULL) RETURNS rate_series
	AS 'MODULE_PATHNAME', 'chain_index' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 10000;
COMMENT ON FUNCTION chain_index(rate_series[], rate_series[], double precision, interval) IS
	'index of linked returns: from step to step the mean of the changes of series, by their weights at the step before; NULL without a common time';

CREATE FUNCTION idle_drag(idle_share double precision, apr double precision, idle_apr double precision DEFAULT 0) RETURNS double precision
	AS 'MODULE_PATHNAME', 'idle_drag' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 2;
COMMENT ON FUNCTION idle_drag(double precision, double precision, double precision) IS
	'what idle assets cost the whole a year, a fraction: idle_share (apr - idle_apr)';

CREATE FUNCTION idle_drag(
	idle rate_series, total rate_series, benchmark rate_series, OUT idle_share double precision, OUT forgone double precision, OUT drag_apr double precision)
	AS 'MODULE_PATHNAME', 'series_idle_drag' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 5000;
COMMENT ON FUNCTION idle_drag(rate_series, rate_series, rate_series) IS
	'share of idle in all assets over time, what it would have earned by the benchmark, an index or exchange rate, and that a year as a fraction of all; NULLs over no time';
