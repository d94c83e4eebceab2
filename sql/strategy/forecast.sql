-- domain strategy: what comes next in a history of equal steps

CREATE FUNCTION _forecast_rows(internal) RETURNS internal
	AS 'MODULE_PATHNAME', 'forecast_rows' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION _forecast_rows(internal) IS 'tells the planner of a row for each step of a forecast';

CREATE FUNCTION forecast_array(
	history double precision[], horizon bigint, model text DEFAULT 'damped', season bigint DEFAULT 1,
	confidence double precision DEFAULT 0.9,
	OUT step integer, OUT value double precision, OUT lower double precision, OUT upper double precision) RETURNS SETOF record
	AS 'MODULE_PATHNAME', 'forecast_array' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 50000
	SUPPORT _forecast_rows ROWS 10;
COMMENT ON FUNCTION forecast_array(double precision[], bigint, text, bigint, double precision) IS
	'next values of a history of equal steps, the oldest first, and bounds in which they lie with a confidence; model: naive, drift, mean, seasonal_naive, ses, holt, damped, theta, ar1 or comb; season: steps of one, for seasonal_naive; no rows for too few values';

CREATE FUNCTION forecast(
	series rate_series, horizon bigint, model text DEFAULT 'damped', season bigint DEFAULT 1,
	confidence double precision DEFAULT 0.9,
	OUT step integer, OUT ts timestamp with time zone, OUT value double precision, OUT lower double precision, OUT upper double precision)
	RETURNS SETOF record
	AS 'MODULE_PATHNAME', 'series_forecast' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 50000
	SUPPORT _forecast_rows ROWS 10;
COMMENT ON FUNCTION forecast(rate_series, bigint, text, bigint, double precision) IS
	'forecast_array of the points of a series, which are taken to be equal steps apart, the median of their distances; resample it where they are not';

CREATE FUNCTION ses_fit(
	history double precision[], alpha double precision DEFAULT NULL,
	OUT alpha_used double precision, OUT last_level double precision, OUT sse double precision)
	AS 'MODULE_PATHNAME', 'ses_fit' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 2000;
COMMENT ON FUNCTION ses_fit(double precision[], double precision) IS
	'simple exponential smoothing of a history: level after the last value, and sum of squared errors of forecasts of the next; alpha from 0 to 1, NULL: where that sum is least';

CREATE FUNCTION holt_fit(
	history double precision[], alpha double precision DEFAULT NULL, beta double precision DEFAULT NULL, phi double precision DEFAULT 1,
	OUT alpha_used double precision, OUT beta_used double precision, OUT phi_used double precision,
	OUT last_level double precision, OUT last_trend double precision, OUT sse double precision)
	AS 'MODULE_PATHNAME', 'holt_fit' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 10000;
COMMENT ON FUNCTION holt_fit(double precision[], double precision, double precision, double precision) IS
	'smoothing of a history with a trend that fades by phi a step (Holt; Gardner and McKenzie): level and trend after the last value, and sum of squared errors; a parameter that is NULL is fitted, phi from 0.8 to 0.98';

CREATE FUNCTION ar_fit(
	history double precision[], ar_order bigint DEFAULT 1,
	OUT intercept double precision, OUT coefficients double precision[], OUT sigma double precision)
	AS 'MODULE_PATHNAME', 'ar_fit' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000;
COMMENT ON FUNCTION ar_fit(double precision[], bigint) IS
	'autoregression of a history of up to 20 terms, by least squares; sigma: deviation of what is left; NULLs for too few values, or values that do not vary';

CREATE FUNCTION har_fit(
	variances double precision[], week bigint DEFAULT 7, month bigint DEFAULT 30,
	OUT intercept double precision, OUT daily double precision, OUT weekly double precision, OUT monthly double precision,
	OUT sigma double precision, OUT r_squared double precision)
	AS 'MODULE_PATHNAME', 'har_fit' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 2000;
COMMENT ON FUNCTION har_fit(double precision[], bigint, bigint) IS
	'variance of a day by that of the day before and the means of the last week and month, by least squares (Corsi 2009); NULLs for fewer than month + 5 values';

CREATE FUNCTION _har_forecast_rows(internal) RETURNS internal
	AS 'MODULE_PATHNAME', 'har_forecast_rows' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION _har_forecast_rows(internal) IS 'tells the planner of a row for each step of har_forecast';

CREATE FUNCTION har_forecast(
	variances double precision[], intercept double precision, daily double precision, weekly double precision, monthly double precision,
	horizon bigint, week bigint DEFAULT 7, month bigint DEFAULT 30,
	OUT step integer, OUT variance double precision) RETURNS SETOF record
	AS 'MODULE_PATHNAME', 'har_forecast' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 4000
	SUPPORT _har_forecast_rows ROWS 10;
COMMENT ON FUNCTION har_forecast(double precision[], double precision, double precision, double precision, double precision, bigint, bigint, bigint) IS
	'next variances by the model of har_fit, each from those before it; no rows for fewer than month values';
