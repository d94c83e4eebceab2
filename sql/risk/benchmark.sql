-- domain risk: returns beside those of a benchmark

--@include summary_type.sql.in TYPE = benchmark_summary, LENGTH = 544
COMMENT ON TYPE benchmark_summary IS 'what returns of periods say beside those of a benchmark: sums of both, their squares and products, and their growth where the benchmark rose and where it fell, the same for any order of rows; fixed length, mergeable with rollup()';

CREATE FUNCTION benchmark_summary(
	series rate_series, benchmark rate_series, step interval DEFAULT '1 day', kind text DEFAULT 'simple',
	timezone text DEFAULT 'UTC', origin timestamp with time zone DEFAULT NULL) RETURNS benchmark_summary
	AS 'MODULE_PATHNAME', 'benchmark_summary_of_series' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 10000;
COMMENT ON FUNCTION benchmark_summary(rate_series, rate_series, interval, text, text, timestamp with time zone) IS
	'summary of the returns of two series over the periods of a step that both cover, values carried forward to their edges; step NULL: between the times that both have; kind: simple, log or delta; NULL without a whole period';

-- benchmark_summary: accessors

CREATE FUNCTION num_returns(summary benchmark_summary) RETURNS bigint
	AS 'MODULE_PATHNAME', 'benchmark_summary_num_returns' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION num_returns(benchmark_summary) IS
	'how many pairs of returns were summarised';

CREATE FUNCTION beta(summary benchmark_summary) RETURNS double precision
	AS 'MODULE_PATHNAME', 'benchmark_summary_beta' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;
COMMENT ON FUNCTION beta(benchmark_summary) IS
	'covariance of the returns with the benchmark''s over the variance of the benchmark''s; NULL where the benchmark does not vary';

CREATE FUNCTION correlation(summary benchmark_summary) RETURNS double precision
	AS 'MODULE_PATHNAME', 'benchmark_summary_correlation' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;
COMMENT ON FUNCTION correlation(benchmark_summary) IS
	'Pearson''s correlation of the returns with the benchmark''s, from -1 to 1; NULL where one of them does not vary';

CREATE FUNCTION batting_average(summary benchmark_summary) RETURNS double precision
	AS 'MODULE_PATHNAME', 'benchmark_summary_batting_average' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION batting_average(benchmark_summary) IS
	'share of periods in which the return was above the benchmark''s, as a fraction';

CREATE FUNCTION alpha(summary benchmark_summary, risk_free double precision DEFAULT 0, periods double precision DEFAULT 365) RETURNS double precision
	AS 'MODULE_PATHNAME', 'benchmark_summary_alpha' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;
COMMENT ON FUNCTION alpha(benchmark_summary, double precision, double precision) IS
	'Jensen''s alpha of a year, simple: ((mean return - risk_free/periods) - beta * (mean benchmark - risk_free/periods)) * periods, as a fraction; apr_to_apy(alpha, periods) is empyrical''s';

CREATE FUNCTION active_return(summary benchmark_summary, periods double precision DEFAULT 365) RETURNS double precision
	AS 'MODULE_PATHNAME', 'benchmark_summary_active_return' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;
COMMENT ON FUNCTION active_return(benchmark_summary, double precision) IS
	'mean of return - benchmark, times periods a year, as a fraction';

CREATE FUNCTION tracking_error(summary benchmark_summary, periods double precision DEFAULT 365) RETURNS double precision
	AS 'MODULE_PATHNAME', 'benchmark_summary_tracking_error' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;
COMMENT ON FUNCTION tracking_error(benchmark_summary, double precision) IS
	'deviation of return - benchmark (n - 1), times the root of periods a year, as a fraction; NULL of one pair';

CREATE FUNCTION information_ratio(summary benchmark_summary, periods double precision DEFAULT 365) RETURNS double precision
	AS 'MODULE_PATHNAME', 'benchmark_summary_information_ratio' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;
COMMENT ON FUNCTION information_ratio(benchmark_summary, double precision) IS
	'active_return over tracking_error; NULL where return - benchmark does not vary';

CREATE FUNCTION up_capture(summary benchmark_summary, periods double precision DEFAULT 365) RETURNS double precision
	AS 'MODULE_PATHNAME', 'benchmark_summary_up_capture' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 200;
COMMENT ON FUNCTION up_capture(benchmark_summary, double precision) IS
	'yearly growth in the periods in which the benchmark rose, over that of the benchmark (Morningstar); NULL without such periods';

CREATE FUNCTION down_capture(summary benchmark_summary, periods double precision DEFAULT 365) RETURNS double precision
	AS 'MODULE_PATHNAME', 'benchmark_summary_down_capture' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 200;
COMMENT ON FUNCTION down_capture(benchmark_summary, double precision) IS
	'yearly growth in the periods in which the benchmark fell, over that of the benchmark (Morningstar); NULL without such periods';

CREATE FUNCTION capture_ratio(summary benchmark_summary, periods double precision DEFAULT 365) RETURNS double precision
	AS 'MODULE_PATHNAME', 'benchmark_summary_capture_ratio' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 500;
COMMENT ON FUNCTION capture_ratio(benchmark_summary, double precision) IS
	'up_capture over down_capture; NULL where one of them is, or the second is 0';

-- aggregates: their steps

CREATE FUNCTION _benchmark_summary_accum(benchmark_summary, double precision, double precision) RETURNS benchmark_summary
	AS 'MODULE_PATHNAME', 'benchmark_summary_accum' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 20;
COMMENT ON FUNCTION _benchmark_summary_accum(benchmark_summary, double precision, double precision) IS
	'adds a pair of returns to a benchmark_summary';

CREATE FUNCTION _benchmark_summary_combine(benchmark_summary, benchmark_summary) RETURNS benchmark_summary
	AS 'MODULE_PATHNAME', 'benchmark_summary_combine' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;
COMMENT ON FUNCTION _benchmark_summary_combine(benchmark_summary, benchmark_summary) IS
	'merges two benchmark_summary';

CREATE FUNCTION _benchmark_summary_moving_accum(internal, double precision, double precision) RETURNS internal
	AS 'MODULE_PATHNAME', 'benchmark_summary_moving_accum' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION _benchmark_summary_moving_accum(internal, double precision, double precision) IS
	'benchmark_summary: forward step over a moving frame';

CREATE FUNCTION _benchmark_summary_moving_remove(internal, double precision, double precision) RETURNS internal
	AS 'MODULE_PATHNAME', 'benchmark_summary_moving_remove' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION _benchmark_summary_moving_remove(internal, double precision, double precision) IS
	'benchmark_summary: backward step over a moving frame';

CREATE FUNCTION _benchmark_summary_moving_combine(internal, benchmark_summary) RETURNS internal
	AS 'MODULE_PATHNAME', 'benchmark_summary_moving_combine' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION _benchmark_summary_moving_combine(internal, benchmark_summary) IS
	'benchmark_summary: forward step of rollup over a moving frame';

CREATE FUNCTION _benchmark_summary_moving_uncombine(internal, benchmark_summary) RETURNS internal
	AS 'MODULE_PATHNAME', 'benchmark_summary_moving_uncombine' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION _benchmark_summary_moving_uncombine(internal, benchmark_summary) IS
	'benchmark_summary: backward step of rollup over a moving frame';

CREATE FUNCTION _benchmark_summary_moving_final(internal) RETURNS benchmark_summary
	AS 'MODULE_PATHNAME', 'benchmark_summary_moving_final' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION _benchmark_summary_moving_final(internal) IS
	'benchmark_summary: last step over a moving frame';

-- aggregates

CREATE AGGREGATE benchmark_agg(return double precision, benchmark double precision) (
	SFUNC = _benchmark_summary_accum,
	STYPE = benchmark_summary,
	COMBINEFUNC = _benchmark_summary_combine,
	MSFUNC = _benchmark_summary_moving_accum,
	MINVFUNC = _benchmark_summary_moving_remove,
	MSTYPE = internal,
	MFINALFUNC = _benchmark_summary_moving_final,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE benchmark_agg(double precision, double precision) IS
	'summarises returns of periods beside those of a benchmark over the same periods, as fractions; rows in which either is NULL are skipped';

CREATE AGGREGATE rollup(summary benchmark_summary) (
	SFUNC = _benchmark_summary_combine,
	STYPE = benchmark_summary,
	COMBINEFUNC = _benchmark_summary_combine,
	MSFUNC = _benchmark_summary_moving_combine,
	MINVFUNC = _benchmark_summary_moving_uncombine,
	MSTYPE = internal,
	MFINALFUNC = _benchmark_summary_moving_final,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE rollup(benchmark_summary) IS
	'merges benchmark_summary values';
