-- domain strategy: how far forecasts were off

--@include summary_type.sql.in TYPE = accuracy_summary, LENGTH = 368
COMMENT ON TYPE accuracy_summary IS 'how far forecasts were off: sums of errors, their sizes and squares, and of bounds, the same for any order of rows; fixed length, mergeable with rollup()';

-- accuracy_summary: accessors

CREATE FUNCTION num_forecasts(summary accuracy_summary) RETURNS bigint
	AS 'MODULE_PATHNAME', 'accuracy_summary_num_forecasts' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION num_forecasts(accuracy_summary) IS 'how many forecasts were summarised';

CREATE FUNCTION bias(summary accuracy_summary) RETURNS double precision
	AS 'MODULE_PATHNAME', 'accuracy_summary_bias' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 30;
COMMENT ON FUNCTION bias(accuracy_summary) IS 'mean of forecast - actual';

CREATE FUNCTION mae(summary accuracy_summary) RETURNS double precision
	AS 'MODULE_PATHNAME', 'accuracy_summary_mae' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 30;
COMMENT ON FUNCTION mae(accuracy_summary) IS 'mean size of the errors';

CREATE FUNCTION rmse(summary accuracy_summary) RETURNS double precision
	AS 'MODULE_PATHNAME', 'accuracy_summary_rmse' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 30;
COMMENT ON FUNCTION rmse(accuracy_summary) IS 'root of the mean square of the errors';

CREATE FUNCTION mape(summary accuracy_summary) RETURNS double precision
	AS 'MODULE_PATHNAME', 'accuracy_summary_mape' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 30;
COMMENT ON FUNCTION mape(accuracy_summary) IS 'mean size of the errors as a share of the actual values, a fraction; NULL where one of those is 0';

CREATE FUNCTION smape(summary accuracy_summary) RETURNS double precision
	AS 'MODULE_PATHNAME', 'accuracy_summary_smape' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 30;
COMMENT ON FUNCTION smape(accuracy_summary) IS 'mean of 2 |actual - forecast| / (|actual| + |forecast|), from 0 to 2; 0 where both are 0';

CREATE FUNCTION coverage(summary accuracy_summary) RETURNS double precision
	AS 'MODULE_PATHNAME', 'accuracy_summary_coverage' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;
COMMENT ON FUNCTION coverage(accuracy_summary) IS 'share of actual values within the bounds, a fraction; NULL without bounds';

CREATE FUNCTION mase(summary accuracy_summary, scale double precision) RETURNS double precision
	AS 'MODULE_PATHNAME', 'accuracy_summary_mase' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 30;
COMMENT ON FUNCTION mase(accuracy_summary, double precision) IS 'mean size of the errors over a scale, such as naive_scale of the training set (Hyndman and Koehler 2006); NULL where that is 0';

CREATE FUNCTION interval_score(summary accuracy_summary, confidence double precision) RETURNS double precision
	AS 'MODULE_PATHNAME', 'accuracy_summary_interval_score' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 50;
COMMENT ON FUNCTION interval_score(accuracy_summary, double precision) IS 'mean interval score of the bounds (Winkler): their width and what it costs to miss; less is better; NULL without bounds';

-- accuracy_summary: aggregates

CREATE FUNCTION _accuracy_summary_combine(accuracy_summary, accuracy_summary) RETURNS accuracy_summary
	AS 'MODULE_PATHNAME', 'accuracy_summary_combine' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 20;
COMMENT ON FUNCTION _accuracy_summary_combine(accuracy_summary, accuracy_summary) IS 'merges two accuracy_summary values';

CREATE FUNCTION _accuracy_summary_moving_combine(internal, accuracy_summary) RETURNS internal
	AS 'MODULE_PATHNAME', 'accuracy_summary_moving_combine' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 20;
COMMENT ON FUNCTION _accuracy_summary_moving_combine(internal, accuracy_summary) IS 'adds an accuracy_summary to a moving frame';

CREATE FUNCTION _accuracy_summary_moving_uncombine(internal, accuracy_summary) RETURNS internal
	AS 'MODULE_PATHNAME', 'accuracy_summary_moving_uncombine' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 20;
COMMENT ON FUNCTION _accuracy_summary_moving_uncombine(internal, accuracy_summary) IS 'lets the oldest accuracy_summary of a moving frame go';

CREATE FUNCTION _accuracy_summary_moving_final(internal) RETURNS accuracy_summary
	AS 'MODULE_PATHNAME', 'accuracy_summary_moving_final' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 20;
COMMENT ON FUNCTION _accuracy_summary_moving_final(internal) IS 'accuracy_summary of a moving frame';

CREATE FUNCTION _accuracy_summary_accum(accuracy_summary, double precision, double precision) RETURNS accuracy_summary
	AS 'MODULE_PATHNAME', 'accuracy_summary_accum' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 20;
COMMENT ON FUNCTION _accuracy_summary_accum(accuracy_summary, double precision, double precision) IS 'adds a forecast';

CREATE FUNCTION _accuracy_summary_moving_accum(internal, double precision, double precision) RETURNS internal
	AS 'MODULE_PATHNAME', 'accuracy_summary_moving_accum' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 50;
COMMENT ON FUNCTION _accuracy_summary_moving_accum(internal, double precision, double precision) IS 'adds a forecast to a moving frame';

CREATE FUNCTION _accuracy_summary_moving_remove(internal, double precision, double precision) RETURNS internal
	AS 'MODULE_PATHNAME', 'accuracy_summary_moving_remove' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 50;
COMMENT ON FUNCTION _accuracy_summary_moving_remove(internal, double precision, double precision) IS 'lets the oldest forecast of a moving frame go';

CREATE AGGREGATE accuracy_agg(actual double precision, forecast double precision) (
	SFUNC = _accuracy_summary_accum,
	STYPE = accuracy_summary,
	COMBINEFUNC = _accuracy_summary_combine,
	MSFUNC = _accuracy_summary_moving_accum,
	MINVFUNC = _accuracy_summary_moving_remove,
	MSTYPE = internal,
	MSSPACE = 8192,
	MFINALFUNC = _accuracy_summary_moving_final,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE accuracy_agg(double precision, double precision) IS
	'summarises how far forecasts were off; a row with a NULL is skipped';

CREATE FUNCTION _accuracy_summary_accum(accuracy_summary, double precision, double precision, double precision, double precision) RETURNS accuracy_summary
	AS 'MODULE_PATHNAME', 'accuracy_summary_accum' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 20;
COMMENT ON FUNCTION _accuracy_summary_accum(accuracy_summary, double precision, double precision, double precision, double precision) IS 'adds a forecast';

CREATE FUNCTION _accuracy_summary_moving_accum(internal, double precision, double precision, double precision, double precision) RETURNS internal
	AS 'MODULE_PATHNAME', 'accuracy_summary_moving_accum' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 50;
COMMENT ON FUNCTION _accuracy_summary_moving_accum(internal, double precision, double precision, double precision, double precision) IS 'adds a forecast to a moving frame';

CREATE FUNCTION _accuracy_summary_moving_remove(internal, double precision, double precision, double precision, double precision) RETURNS internal
	AS 'MODULE_PATHNAME', 'accuracy_summary_moving_remove' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 50;
COMMENT ON FUNCTION _accuracy_summary_moving_remove(internal, double precision, double precision, double precision, double precision) IS 'lets the oldest forecast of a moving frame go';

CREATE AGGREGATE accuracy_agg(actual double precision, forecast double precision, lower double precision, upper double precision) (
	SFUNC = _accuracy_summary_accum,
	STYPE = accuracy_summary,
	COMBINEFUNC = _accuracy_summary_combine,
	MSFUNC = _accuracy_summary_moving_accum,
	MINVFUNC = _accuracy_summary_moving_remove,
	MSTYPE = internal,
	MSSPACE = 8192,
	MFINALFUNC = _accuracy_summary_moving_final,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE accuracy_agg(double precision, double precision, double precision, double precision) IS
	'summarises how far forecasts were off, and how often the actual value was within bounds; a row with a NULL is skipped';

CREATE AGGREGATE rollup(summary accuracy_summary) (
	SFUNC = _accuracy_summary_combine,
	STYPE = accuracy_summary,
	COMBINEFUNC = _accuracy_summary_combine,
	MSFUNC = _accuracy_summary_moving_combine,
	MINVFUNC = _accuracy_summary_moving_uncombine,
	MSTYPE = internal,
	MSSPACE = 8192,
	MFINALFUNC = _accuracy_summary_moving_final,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE rollup(accuracy_summary) IS 'merges accuracy_summary values';

-- scores of one forecast

CREATE FUNCTION interval_score(
	actual double precision, lower double precision, upper double precision, confidence double precision) RETURNS double precision
	AS 'MODULE_PATHNAME', 'interval_score' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 2;
COMMENT ON FUNCTION interval_score(double precision, double precision, double precision, double precision) IS
	'width of bounds, and 2/(1 - confidence) times how far the actual value lies outside (Winkler 1972); less is better';

CREATE FUNCTION pinball_loss(actual double precision, forecast double precision, fraction double precision) RETURNS double precision
	AS 'MODULE_PATHNAME', 'pinball_loss' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 2;
COMMENT ON FUNCTION pinball_loss(double precision, double precision, double precision) IS
	'loss of a forecast of a quantile, the fraction below it: fraction times what is missing above, 1 - fraction times what is too much (Koenker and Bassett 1978)';

CREATE FUNCTION crps_normal(actual double precision, mean double precision, stddev double precision) RETURNS double precision
	AS 'MODULE_PATHNAME', 'crps_normal' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 30;
COMMENT ON FUNCTION crps_normal(double precision, double precision, double precision) IS
	'continuous ranked probability score of a normal forecast, in the unit of the value; the absolute error where stddev is 0; less is better (Gneiting et al. 2005)';

CREATE FUNCTION conformal_radius(residuals double precision[], confidence double precision DEFAULT 0.9) RETURNS double precision
	AS 'MODULE_PATHNAME', 'conformal_radius' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 500;
COMMENT ON FUNCTION conformal_radius(double precision[], double precision) IS
	'half the width of bounds that cover with a confidence whatever the law of the errors: the ceil((n + 1) confidence)-th least of their sizes; NULL where residuals are too few';

CREATE FUNCTION naive_scale(history double precision[], season bigint DEFAULT 1) RETURNS double precision
	AS 'MODULE_PATHNAME', 'naive_scale' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;
COMMENT ON FUNCTION naive_scale(double precision[], bigint) IS
	'mean size of the change from a season ago, the scale of mase; NULL for too few values';

CREATE FUNCTION diebold_mariano(
	errors_a double precision[], errors_b double precision[], horizon bigint DEFAULT 1, power double precision DEFAULT 2,
	OUT statistic double precision, OUT p_value double precision)
	AS 'MODULE_PATHNAME', 'diebold_mariano' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 500;
COMMENT ON FUNCTION diebold_mariano(double precision[], double precision[], bigint, double precision) IS
	'are the errors of two forecasts of as many steps ahead of different size? Test of Diebold and Mariano as corrected by Harvey, Leybourne and Newbold; negative: a is better; NULLs where they do not differ';

-- backtests

CREATE FUNCTION forecast_errors(
	history double precision[], horizon bigint, model text DEFAULT 'damped', season bigint DEFAULT 1,
	confidence double precision DEFAULT 0.9, min_train bigint DEFAULT NULL, every bigint DEFAULT 1,
	OUT origin integer, OUT step integer, OUT actual double precision, OUT forecast double precision,
	OUT lower double precision, OUT upper double precision) RETURNS SETOF record
	AS 'MODULE_PATHNAME', 'forecast_errors' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 300000 ROWS 1000;
COMMENT ON FUNCTION forecast_errors(double precision[], bigint, text, bigint, double precision, bigint, bigint) IS
	'forecasts from one origin after the other, each fitted to the values up to it and no more, beside what came; min_train: values before the first origin, NULL: half of them; every: values from an origin to the next';

--@for NAME ARGUMENT SYMBOL TYPE = forecast_backtest_array, history, forecast_backtest_array, double precision[] |
--@	forecast_backtest, series, series_forecast_backtest, rate_series
CREATE FUNCTION @NAME@(
	@ARGUMENT@ @TYPE@, horizon bigint, model text DEFAULT 'damped', season bigint DEFAULT 1,
	confidence double precision DEFAULT 0.9, min_train bigint DEFAULT NULL, every bigint DEFAULT 1,
	OUT forecasts integer, OUT bias double precision, OUT mae double precision, OUT rmse double precision,
	OUT mase double precision, OUT coverage double precision, OUT skill double precision, OUT skill_mean double precision,
	OUT dm_statistic double precision, OUT dm_p_value double precision)
	AS 'MODULE_PATHNAME', '@SYMBOL@' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 300000;
COMMENT ON FUNCTION @NAME@(@TYPE@, bigint, text, bigint, double precision, bigint, bigint) IS
	'accuracy of forecast_errors: skill is 1 - mae over that of the naive forecast (as a season ago where season is above 1), skill_mean over that of the mean so far, of use where both are above 0; dm: diebold_mariano against the naive one at the last step';

--@end
