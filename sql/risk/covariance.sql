-- domain risk: type covariance_summary, and matrices of covariances

--@include summary_type.sql.in TYPE = covariance_summary, LENGTH = VARIABLE, STORAGE = extended,
--@	ALIGNMENT = double, COMPARING = 100, TEXT = 10000, BINARY = 1000
COMMENT ON TYPE covariance_summary IS 'how returns of many tokens vary together: means and sums of products of deviations; mergeable, with || and rollup(), to the last digits of double precision';

CREATE FUNCTION _covariance_summary_accum(covariance_summary, double precision[]) RETURNS covariance_summary
	AS 'MODULE_PATHNAME', 'covariance_summary_accum' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 20;
COMMENT ON FUNCTION _covariance_summary_accum(covariance_summary, double precision[]) IS 'adds the returns of a period';

CREATE FUNCTION _covariance_summary_combine(covariance_summary, covariance_summary) RETURNS covariance_summary
	AS 'MODULE_PATHNAME', 'covariance_summary_combine' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 100;
COMMENT ON FUNCTION _covariance_summary_combine(covariance_summary, covariance_summary) IS 'merges two covariance_summary values';

CREATE FUNCTION _covariance_summary_moving_accum(internal, double precision[]) RETURNS internal
	AS 'MODULE_PATHNAME', 'covariance_summary_moving_accum' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 100;
COMMENT ON FUNCTION _covariance_summary_moving_accum(internal, double precision[]) IS 'adds the returns of a period to a moving frame';

CREATE FUNCTION _covariance_summary_moving_remove(internal, double precision[]) RETURNS internal
	AS 'MODULE_PATHNAME', 'covariance_summary_moving_remove' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 100;
COMMENT ON FUNCTION _covariance_summary_moving_remove(internal, double precision[]) IS 'lets the oldest period of a moving frame go';

CREATE FUNCTION _covariance_summary_moving_combine(internal, covariance_summary) RETURNS internal
	AS 'MODULE_PATHNAME', 'covariance_summary_moving_combine' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 100;
COMMENT ON FUNCTION _covariance_summary_moving_combine(internal, covariance_summary) IS 'adds a covariance_summary to a moving frame';

CREATE FUNCTION _covariance_summary_moving_uncombine(internal, covariance_summary) RETURNS internal
	AS 'MODULE_PATHNAME', 'covariance_summary_moving_uncombine' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 100;
COMMENT ON FUNCTION _covariance_summary_moving_uncombine(internal, covariance_summary) IS 'lets the oldest covariance_summary of a moving frame go';

CREATE FUNCTION _covariance_summary_moving_final(internal) RETURNS covariance_summary
	AS 'MODULE_PATHNAME', 'covariance_summary_moving_final' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 100;
COMMENT ON FUNCTION _covariance_summary_moving_final(internal) IS 'covariance_summary of a moving frame';

CREATE AGGREGATE covariance_agg(returns double precision[]) (
	SFUNC = _covariance_summary_accum,
	STYPE = covariance_summary,
	COMBINEFUNC = _covariance_summary_combine,
	MSFUNC = _covariance_summary_moving_accum,
	MINVFUNC = _covariance_summary_moving_remove,
	MSTYPE = internal,
	MSSPACE = 8192,
	MFINALFUNC = _covariance_summary_moving_final,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE covariance_agg(double precision[]) IS
	'summarises how returns vary together: a row a period, an element a token, as many in all rows; a row with a NULL is skipped';

CREATE AGGREGATE rollup(summary covariance_summary) (
	SFUNC = _covariance_summary_combine,
	STYPE = covariance_summary,
	COMBINEFUNC = _covariance_summary_combine,
	MSFUNC = _covariance_summary_moving_combine,
	MINVFUNC = _covariance_summary_moving_uncombine,
	MSTYPE = internal,
	MSSPACE = 8192,
	MFINALFUNC = _covariance_summary_moving_final,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE rollup(covariance_summary) IS 'merges covariance_summary values of the same tokens';

-- covariance_summary: accessors

CREATE FUNCTION num_returns(summary covariance_summary) RETURNS bigint
	AS 'MODULE_PATHNAME', 'covariance_summary_num_returns' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION num_returns(covariance_summary) IS 'how many periods were summarised';

CREATE FUNCTION mean_vector(summary covariance_summary, periods double precision DEFAULT 1) RETURNS double precision[]
	AS 'MODULE_PATHNAME', 'covariance_summary_means' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 50;
COMMENT ON FUNCTION mean_vector(covariance_summary, double precision) IS
	'mean return of each token, times periods';

CREATE FUNCTION covariance_matrix(summary covariance_summary, periods double precision DEFAULT 1) RETURNS double precision[]
	AS 'MODULE_PATHNAME', 'covariance_summary_matrix' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;
COMMENT ON FUNCTION covariance_matrix(covariance_summary, double precision) IS
	'covariances of the returns (n - 1), times periods, as a matrix: an array of rows; NULL of one period';

CREATE FUNCTION correlation_matrix(summary covariance_summary) RETURNS double precision[]
	AS 'MODULE_PATHNAME', 'covariance_summary_correlations' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;
COMMENT ON FUNCTION correlation_matrix(covariance_summary) IS
	'Pearson''s correlations of the returns, from -1 to 1, as a matrix; NULL elements where a token does not vary';

-- matrices of returns

CREATE FUNCTION returns_matrix(
	series rate_series[], step interval, kind text DEFAULT 'simple', timezone text DEFAULT 'UTC',
	origin timestamp with time zone DEFAULT NULL, max_age interval DEFAULT NULL) RETURNS double precision[]
	AS 'MODULE_PATHNAME', 'returns_matrix' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 10000;
COMMENT ON FUNCTION returns_matrix(rate_series[], interval, text, text, timestamp with time zone, interval) IS
	'returns of series side by side, a row a period, over the periods of a step that all cover, values carried forward to their edges; kind: simple, log or delta; max_age: a period at whose edges a value is older is left out; NULL without a whole period';

CREATE FUNCTION ewma_covariance(
	returns double precision[], lambda double precision DEFAULT 0.94, periods double precision DEFAULT 1) RETURNS double precision[]
	AS 'MODULE_PATHNAME', 'ewma_covariance' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000;
COMMENT ON FUNCTION ewma_covariance(double precision[], double precision, double precision) IS
	'covariances of the last of the periods about zero, those before fading by lambda each, times periods (RiskMetrics); returns: a row a period, a column a token';

CREATE FUNCTION shrunk_covariance(
	returns double precision[], target text DEFAULT 'identity', periods double precision DEFAULT 1,
	OUT covariance double precision[], OUT shrinkage double precision)
	AS 'MODULE_PATHNAME', 'shrunk_covariance' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 5000;
COMMENT ON FUNCTION shrunk_covariance(double precision[], text, double precision) IS
	'covariances of returns (1/n), drawn to a target by the share that their errors ask for, times periods (Ledoit and Wolf); target: identity or constant_correlation; NULL of one period';

CREATE FUNCTION _principal_components_rows(internal) RETURNS internal
	AS 'MODULE_PATHNAME', 'principal_components_rows' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION _principal_components_rows(internal) IS 'how many rows principal_components gives, for the planner';

CREATE FUNCTION principal_components(
	covariance double precision[], OUT component integer, OUT variance double precision, OUT share double precision,
	OUT loadings double precision[]) RETURNS SETOF record
	AS 'MODULE_PATHNAME', 'principal_components' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10000 ROWS 10
	SUPPORT _principal_components_rows;
COMMENT ON FUNCTION principal_components(double precision[]) IS
	'directions in which tokens move together, the greatest variance first: eigenvalues of a matrix of covariances, their share of all, and eigenvectors of length 1, the loading of greatest size positive; up to 200 tokens';

CREATE FUNCTION _matrix_table_rows(internal) RETURNS internal
	AS 'MODULE_PATHNAME', 'matrix_table_rows' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION _matrix_table_rows(internal) IS 'how many rows matrix_table gives, for the planner';

CREATE FUNCTION matrix_table(
	matrix double precision[], labels text[], OUT row_label text, OUT column_label text, OUT value double precision) RETURNS SETOF record
	AS 'MODULE_PATHNAME', 'matrix_table' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 500 ROWS 100
	SUPPORT _matrix_table_rows;
COMMENT ON FUNCTION matrix_table(double precision[], text[]) IS
	'a square matrix as rows, one an element, with the labels of its row and column, for a heat map';
