-- domain risk: what a path of values says of risk and reward

CREATE FUNCTION sharpe_ratio(series rate_series, risk_free double precision DEFAULT 0, year_days double precision DEFAULT 365) RETURNS double precision
	AS 'MODULE_PATHNAME', 'series_sharpe_ratio' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 5000;
COMMENT ON FUNCTION sharpe_ratio(rate_series, double precision, double precision) IS
	'yearly Sharpe ratio of a series of exchange rates with steps of any width: simple returns of a year less risk_free, a simple yearly rate, over volatility(series, year_days, ''simple''); NULL where they do not vary';

CREATE FUNCTION sortino_ratio(series rate_series, min_return double precision DEFAULT 0, year_days double precision DEFAULT 365) RETURNS double precision
	AS 'MODULE_PATHNAME', 'series_sortino_ratio' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 5000;
COMMENT ON FUNCTION sortino_ratio(rate_series, double precision, double precision) IS
	'yearly Sortino ratio of a series of exchange rates with steps of any width: simple returns of a year less min_return, a yearly rate, over downside_deviation(series, min_return, year_days); NULL where nothing falls short';

CREATE FUNCTION calmar_ratio(series rate_series, year_days double precision DEFAULT 365) RETURNS double precision
	AS 'MODULE_PATHNAME', 'series_calmar_ratio' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 2000;
COMMENT ON FUNCTION calmar_ratio(rate_series, double precision) IS
	'compound yearly yield of a series of exchange rates over the depth of its deepest drawdown; NULL where it never fell';

CREATE FUNCTION martin_ratio(series rate_series, risk_free double precision DEFAULT 0, year_days double precision DEFAULT 365) RETURNS double precision
	AS 'MODULE_PATHNAME', 'series_martin_ratio' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 2000;
COMMENT ON FUNCTION martin_ratio(rate_series, double precision, double precision) IS
	'compound yearly yield of a series of exchange rates less risk_free, over its ulcer_index; NULL where it never fell';

CREATE FUNCTION stability(series rate_series) RETURNS double precision
	AS 'MODULE_PATHNAME', 'series_stability' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 20000;
COMMENT ON FUNCTION stability(rate_series) IS
	'how much of the variation of the logarithm of a series a straight line over time explains, R squared from 0 to 1; NULL where it does not vary';

CREATE FUNCTION conditional_drawdown(series rate_series, confidence double precision DEFAULT 0.95) RETURNS double precision
	AS 'MODULE_PATHNAME', 'series_conditional_drawdown' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 20000;
COMMENT ON FUNCTION conditional_drawdown(rate_series, double precision) IS
	'mean of the deepest drawdowns, a share of 1 - confidence of those at all points but the first, as a fraction, never positive (Chekhlov, Uryasev and Zabarankin 2005)';

CREATE FUNCTION drawdown_series(series rate_series) RETURNS rate_series
	AS 'MODULE_PATHNAME', 'series_drawdown_series' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 5000;
COMMENT ON FUNCTION drawdown_series(rate_series) IS
	'how far each value of a series of exchange rates is below its greatest so far, as a fraction, never positive';

CREATE FUNCTION drawdowns(
	series rate_series, min_depth double precision DEFAULT 0,
	OUT drawdown double precision, OUT peak_time timestamp with time zone, OUT peak_value double precision,
	OUT trough_time timestamp with time zone, OUT trough_value double precision, OUT recovery_time timestamp with time zone)
	RETURNS SETOF record
	AS 'MODULE_PATHNAME', 'series_drawdowns' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 5000 ROWS 10;
COMMENT ON FUNCTION drawdowns(rate_series, double precision) IS
	'all falls of a series of exchange rates below its greatest value so far of min_depth, a fraction, or deeper, in time order: the last moment at the peak, the first at the trough, the first back at the peak (NULL if not yet)';
