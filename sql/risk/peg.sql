-- domain risk: below the fair rate, what it earns, how long it lasts, where it goes

CREATE FUNCTION redemption_apr(market double precision, fair double precision, wait interval, fee double precision DEFAULT 0, year_days double precision DEFAULT 365) RETURNS double precision
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 2;
COMMENT ON FUNCTION redemption_apr(double precision, double precision, interval, double precision, double precision) IS
	'simple yield a year, a fraction, of buying a token at the market and redeeming it at its fair rate, less a fee, after the wait of the queue';

CREATE FUNCTION redemption_apy(market double precision, fair double precision, wait interval, fee double precision DEFAULT 0, year_days double precision DEFAULT 365) RETURNS double precision
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 8;
COMMENT ON FUNCTION redemption_apy(double precision, double precision, interval, double precision, double precision) IS
	'redemption_apr compounded: as if it were done again and again for a year';

CREATE FUNCTION spells_below(
	series rate_series, threshold double precision, recover double precision DEFAULT NULL,
	OUT start_time timestamp with time zone, OUT end_time timestamp with time zone, OUT spell interval,
	OUT lowest double precision, OUT lowest_time timestamp with time zone, OUT ongoing boolean) RETURNS SETOF record
	AS 'MODULE_PATHNAME', 'series_spells_below' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1000 ROWS 10;
COMMENT ON FUNCTION spells_below(rate_series, double precision, double precision) IS
	'times from a value below the threshold to the first one that is back at recover, or at the threshold, with the lowest in between; one that has not ended ends at the last point';

CREATE FUNCTION ou_fit(
	series rate_series, year_days double precision DEFAULT 365,
	OUT theta double precision, OUT mu double precision, OUT sigma double precision, OUT half_life interval,
	OUT log_likelihood double precision) RETURNS record
	AS 'MODULE_PATHNAME', 'series_ou_fit' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10000;
COMMENT ON FUNCTION ou_fit(rate_series, double precision) IS
	'Ornstein-Uhlenbeck process of greatest likelihood for a deviation that comes back to a mean: speed theta a year, mean mu, sigma for the root of a year; NULLs where the path does not come back';

CREATE FUNCTION ou_forecast(
	x double precision, theta double precision, mu double precision, sigma double precision, horizon interval,
	confidence double precision DEFAULT 0.9, year_days double precision DEFAULT 365,
	OUT mean double precision, OUT stddev double precision, OUT lower double precision, OUT upper double precision) RETURNS record
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;
COMMENT ON FUNCTION ou_forecast(double precision, double precision, double precision, double precision, interval, double precision, double precision) IS
	'where a process that comes back to its mean is after the horizon: mean, deviation, and the interval that holds it with this confidence';

CREATE FUNCTION ou_probability_below(
	x double precision, threshold double precision, theta double precision, mu double precision, sigma double precision,
	horizon interval, year_days double precision DEFAULT 365) RETURNS double precision
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;
COMMENT ON FUNCTION ou_probability_below(double precision, double precision, double precision, double precision, double precision, interval, double precision) IS
	'probability that a process that comes back to its mean is below the threshold at the end of the horizon';

CREATE FUNCTION kaplan_meier(
	duration double precision[], observed boolean[],
	OUT duration double precision, OUT at_risk integer, OUT events integer, OUT censored integer,
	OUT survival double precision, OUT stderr double precision) RETURNS SETOF record
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000 ROWS 100;
COMMENT ON FUNCTION kaplan_meier(double precision[], boolean[]) IS
	'share that lasts longer than each duration, where some were not watched to their end (observed false), by the product limit, with Greenwood''s error';

CREATE FUNCTION event_rate(
	events bigint, exposure double precision, confidence double precision DEFAULT 0.95,
	OUT rate double precision, OUT lower double precision, OUT upper double precision) RETURNS record
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 250;
COMMENT ON FUNCTION event_rate(bigint, double precision, double precision) IS
	'rate of rare events of which so many were seen in the exposure, and its exact Poisson interval (Garwood)';
