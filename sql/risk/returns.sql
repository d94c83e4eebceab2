-- domain risk: what a set of returns says of risk and reward

--@include summary_type.sql.in TYPE = risk_summary, LENGTH = 336
COMMENT ON TYPE risk_summary IS 'what a set of returns of periods says of risk and reward: how many, the worst and best, sums of their powers 1 to 4 and of what falls short of a target, the same for any order of rows; fixed length, mergeable with rollup()';

CREATE FUNCTION risk_summary(
	series rate_series, step interval DEFAULT '1 day', period_target double precision DEFAULT 0, kind text DEFAULT 'simple',
	timezone text DEFAULT 'UTC', origin timestamp with time zone DEFAULT NULL) RETURNS risk_summary
	AS 'MODULE_PATHNAME', 'risk_summary_of_series' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 10000;
COMMENT ON FUNCTION risk_summary(rate_series, interval, double precision, text, text, timestamp with time zone) IS
	'summary of the returns of a series over periods of a step, values carried forward to their edges; step NULL: from point to point; period_target: least return of a period that is accepted; kind: simple, log or delta; NULL without a whole period';

-- risk_summary: accessors

CREATE FUNCTION num_returns(summary risk_summary) RETURNS bigint
	AS 'MODULE_PATHNAME', 'risk_summary_num_returns' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION num_returns(risk_summary) IS
	'how many returns were summarised';

CREATE FUNCTION mean_return(summary risk_summary) RETURNS double precision
	AS 'MODULE_PATHNAME', 'risk_summary_mean_return' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;
COMMENT ON FUNCTION mean_return(risk_summary) IS
	'arithmetic mean of the returns of a period, as a fraction';

CREATE FUNCTION worst_return(summary risk_summary) RETURNS double precision
	AS 'MODULE_PATHNAME', 'risk_summary_worst_return' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION worst_return(risk_summary) IS
	'least return of a period, as a fraction';

CREATE FUNCTION best_return(summary risk_summary) RETURNS double precision
	AS 'MODULE_PATHNAME', 'risk_summary_best_return' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION best_return(risk_summary) IS
	'greatest return of a period, as a fraction';

CREATE FUNCTION volatility(summary risk_summary, periods double precision DEFAULT 365) RETURNS double precision
	AS 'MODULE_PATHNAME', 'risk_summary_volatility' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;
COMMENT ON FUNCTION volatility(risk_summary, double precision) IS
	'deviation of the returns (n - 1) times the root of periods a year, as a fraction; NULL of one return';

CREATE FUNCTION downside_deviation(summary risk_summary, periods double precision DEFAULT 365) RETURNS double precision
	AS 'MODULE_PATHNAME', 'risk_summary_downside_deviation' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 50;
COMMENT ON FUNCTION downside_deviation(risk_summary, double precision) IS
	'root of the mean square of what returns fall short of the target, over all of them, times the root of periods a year, as a fraction (empyrical: downside_risk)';

CREATE FUNCTION skewness(summary risk_summary, method text DEFAULT 'population') RETURNS double precision
	AS 'MODULE_PATHNAME', 'risk_summary_skewness' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;
COMMENT ON FUNCTION skewness(risk_summary, text) IS
	'skewness of the returns; method: population (m3/m2^1.5, as scipy) or sample (as Excel, pandas, DuckDB); NULL where they do not vary';

CREATE FUNCTION kurtosis(summary risk_summary, method text DEFAULT 'population') RETURNS double precision
	AS 'MODULE_PATHNAME', 'risk_summary_kurtosis' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;
COMMENT ON FUNCTION kurtosis(risk_summary, text) IS
	'excess kurtosis of the returns, 0 for a normal law; method: population (m4/m2^2 - 3, as scipy) or sample (as Excel, pandas, DuckDB); NULL where they do not vary';

CREATE FUNCTION sharpe_ratio(summary risk_summary, risk_free double precision DEFAULT 0, periods double precision DEFAULT 365) RETURNS double precision
	AS 'MODULE_PATHNAME', 'risk_summary_sharpe_ratio' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;
COMMENT ON FUNCTION sharpe_ratio(risk_summary, double precision, double precision) IS
	'yearly Sharpe ratio, (mean - risk_free/periods) over the deviation (n - 1) times the root of periods; risk_free: a simple yearly rate; NULL where returns do not vary';

CREATE FUNCTION sortino_ratio(summary risk_summary, periods double precision DEFAULT 365) RETURNS double precision
	AS 'MODULE_PATHNAME', 'risk_summary_sortino_ratio' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;
COMMENT ON FUNCTION sortino_ratio(risk_summary, double precision) IS
	'yearly Sortino ratio, (mean - target) * periods over the downside deviation of a year; the target is that of the summary; NULL where no return is below it';

CREATE FUNCTION omega_ratio(summary risk_summary) RETURNS double precision
	AS 'MODULE_PATHNAME', 'risk_summary_omega_ratio' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 50;
COMMENT ON FUNCTION omega_ratio(risk_summary) IS
	'Omega ratio: the sum of what returns lie above the target over the sum of what they lie below it (Keating and Shadwick 2002); NULL where none is below it';

CREATE FUNCTION hit_rate(summary risk_summary) RETURNS double precision
	AS 'MODULE_PATHNAME', 'risk_summary_hit_rate' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION hit_rate(risk_summary) IS
	'share of returns above the target, as a fraction';

CREATE FUNCTION value_at_risk(summary risk_summary, confidence double precision DEFAULT 0.95, method text DEFAULT 'normal') RETURNS double precision
	AS 'MODULE_PATHNAME', 'risk_summary_value_at_risk' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;
COMMENT ON FUNCTION value_at_risk(risk_summary, double precision, text) IS
	'return of a period that the next one falls below with chance 1 - confidence, negative for a loss; method: normal, or cornish_fisher with skewness and kurtosis; NULL where returns do not vary, and where the expansion is no quantile';

CREATE FUNCTION expected_shortfall(summary risk_summary, confidence double precision DEFAULT 0.95, method text DEFAULT 'normal') RETURNS double precision
	AS 'MODULE_PATHNAME', 'risk_summary_expected_shortfall' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;
COMMENT ON FUNCTION expected_shortfall(risk_summary, double precision, text) IS
	'mean return of the periods below the value at risk, negative for a loss; method: normal, or cornish_fisher (Boudt, Peterson and Croux 2008), never milder than the value at risk';

CREATE FUNCTION sharpe_ratio_error(summary risk_summary, risk_free double precision DEFAULT 0, periods double precision DEFAULT 365) RETURNS double precision
	AS 'MODULE_PATHNAME', 'risk_summary_sharpe_ratio_error' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;
COMMENT ON FUNCTION sharpe_ratio_error(risk_summary, double precision, double precision) IS
	'standard error of the yearly Sharpe ratio, with skewness and kurtosis of the returns (Mertens 2002)';

CREATE FUNCTION probabilistic_sharpe_ratio(
	summary risk_summary, benchmark double precision DEFAULT 0, risk_free double precision DEFAULT 0, periods double precision DEFAULT 365)
	RETURNS double precision
	AS 'MODULE_PATHNAME', 'risk_summary_probabilistic_sharpe_ratio' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;
COMMENT ON FUNCTION probabilistic_sharpe_ratio(risk_summary, double precision, double precision, double precision) IS
	'chance that the true Sharpe ratio is above benchmark, a yearly Sharpe ratio (Bailey and Lopez de Prado 2012)';

CREATE FUNCTION min_track_record(
	summary risk_summary, benchmark double precision DEFAULT 0, confidence double precision DEFAULT 0.95,
	risk_free double precision DEFAULT 0, periods double precision DEFAULT 365) RETURNS double precision
	AS 'MODULE_PATHNAME', 'risk_summary_min_track_record' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;
COMMENT ON FUNCTION min_track_record(risk_summary, double precision, double precision, double precision, double precision) IS
	'how many periods of such returns it takes to say with that confidence that the Sharpe ratio is above benchmark, a yearly Sharpe ratio (Bailey and Lopez de Prado 2012); NULL where it is not';

-- aggregates: their steps

CREATE FUNCTION _risk_summary_accum(risk_summary, double precision) RETURNS risk_summary
	AS 'MODULE_PATHNAME', 'risk_summary_accum' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 10;
COMMENT ON FUNCTION _risk_summary_accum(risk_summary, double precision) IS
	'adds a return to a risk_summary';

CREATE FUNCTION _risk_summary_accum(risk_summary, double precision, double precision) RETURNS risk_summary
	AS 'MODULE_PATHNAME', 'risk_summary_accum_target' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 10;
COMMENT ON FUNCTION _risk_summary_accum(risk_summary, double precision, double precision) IS
	'adds a return to a risk_summary with a target';

CREATE FUNCTION _risk_summary_combine(risk_summary, risk_summary) RETURNS risk_summary
	AS 'MODULE_PATHNAME', 'risk_summary_combine' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 5;
COMMENT ON FUNCTION _risk_summary_combine(risk_summary, risk_summary) IS
	'merges two risk_summary';

CREATE FUNCTION _risk_summary_moving_accum(internal, double precision) RETURNS internal
	AS 'MODULE_PATHNAME', 'risk_summary_moving_accum' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION _risk_summary_moving_accum(internal, double precision) IS
	'risk_summary: forward step over a moving frame';

CREATE FUNCTION _risk_summary_moving_accum(internal, double precision, double precision) RETURNS internal
	AS 'MODULE_PATHNAME', 'risk_summary_moving_accum_target' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION _risk_summary_moving_accum(internal, double precision, double precision) IS
	'risk_summary with a target: forward step over a moving frame';

CREATE FUNCTION _risk_summary_moving_remove(internal, double precision) RETURNS internal
	AS 'MODULE_PATHNAME', 'risk_summary_moving_remove' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION _risk_summary_moving_remove(internal, double precision) IS
	'risk_summary: backward step over a moving frame';

CREATE FUNCTION _risk_summary_moving_remove(internal, double precision, double precision) RETURNS internal
	AS 'MODULE_PATHNAME', 'risk_summary_moving_remove_target' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION _risk_summary_moving_remove(internal, double precision, double precision) IS
	'risk_summary with a target: backward step over a moving frame';

CREATE FUNCTION _risk_summary_moving_combine(internal, risk_summary) RETURNS internal
	AS 'MODULE_PATHNAME', 'risk_summary_moving_combine' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION _risk_summary_moving_combine(internal, risk_summary) IS
	'risk_summary: forward step of rollup over a moving frame';

CREATE FUNCTION _risk_summary_moving_uncombine(internal, risk_summary) RETURNS internal
	AS 'MODULE_PATHNAME', 'risk_summary_moving_uncombine' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION _risk_summary_moving_uncombine(internal, risk_summary) IS
	'risk_summary: backward step of rollup over a moving frame';

CREATE FUNCTION _risk_summary_moving_final(internal) RETURNS risk_summary
	AS 'MODULE_PATHNAME', 'risk_summary_moving_final' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION _risk_summary_moving_final(internal) IS
	'risk_summary: last step over a moving frame';

--@for MEASURE = skewness | kurtosis
CREATE FUNCTION _risk_summary_@MEASURE@_final(risk_summary) RETURNS double precision
	AS 'MODULE_PATHNAME', 'risk_summary_@MEASURE@_final' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;
COMMENT ON FUNCTION _risk_summary_@MEASURE@_final(risk_summary) IS
	'last step of aggregate @MEASURE@';

CREATE FUNCTION _risk_summary_moving_@MEASURE@(internal) RETURNS double precision
	AS 'MODULE_PATHNAME', 'risk_summary_moving_@MEASURE@' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 100;
COMMENT ON FUNCTION _risk_summary_moving_@MEASURE@(internal) IS
	'last step of aggregate @MEASURE@ over a moving frame';

--@end
-- aggregates

CREATE AGGREGATE risk_agg(return double precision) (
	SFUNC = _risk_summary_accum,
	STYPE = risk_summary,
	COMBINEFUNC = _risk_summary_combine,
	MSFUNC = _risk_summary_moving_accum,
	MINVFUNC = _risk_summary_moving_remove,
	MSTYPE = internal,
	MFINALFUNC = _risk_summary_moving_final,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE risk_agg(double precision) IS
	'summarises the risk of returns of periods, gains over the value at the start of each, as fractions, measured by a target of 0';

CREATE AGGREGATE risk_agg(return double precision, period_target double precision) (
	SFUNC = _risk_summary_accum,
	STYPE = risk_summary,
	COMBINEFUNC = _risk_summary_combine,
	MSFUNC = _risk_summary_moving_accum,
	MINVFUNC = _risk_summary_moving_remove,
	MSTYPE = internal,
	MFINALFUNC = _risk_summary_moving_final,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE risk_agg(double precision, double precision) IS
	'summarises the risk of returns of periods, as fractions; period_target: least return of a period that is accepted, one for all rows';

CREATE AGGREGATE rollup(summary risk_summary) (
	SFUNC = _risk_summary_combine,
	STYPE = risk_summary,
	COMBINEFUNC = _risk_summary_combine,
	MSFUNC = _risk_summary_moving_combine,
	MINVFUNC = _risk_summary_moving_uncombine,
	MSTYPE = internal,
	MFINALFUNC = _risk_summary_moving_final,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE rollup(risk_summary) IS
	'merges risk_summary values of one target';

--@for MEASURE WORDS = skewness, skewness of values of the population m3/m2^1.5 | kurtosis, excess kurtosis of values of the population m4/m2^2 - 3
CREATE AGGREGATE @MEASURE@(value double precision) (
	SFUNC = _risk_summary_accum,
	STYPE = risk_summary,
	FINALFUNC = _risk_summary_@MEASURE@_final,
	COMBINEFUNC = _risk_summary_combine,
	MSFUNC = _risk_summary_moving_accum,
	MINVFUNC = _risk_summary_moving_remove,
	MSTYPE = internal,
	MFINALFUNC = _risk_summary_moving_@MEASURE@,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE @MEASURE@(double precision) IS
	'@WORDS@, rows in any order; NULL where they do not vary; of a sample: @MEASURE@(risk_agg(value), ''sample'')';

--@end
