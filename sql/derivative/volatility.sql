-- domain derivative: volatility out of many options

CREATE FUNCTION volatility_index(
	variance0 double precision, years0 double precision, variance1 double precision,
	years1 double precision, target_years double precision DEFAULT 0.0821917808219178)
	RETURNS double precision
	AS 'MODULE_PATHNAME', 'volatility_index_of_two' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 3;
COMMENT ON FUNCTION volatility_index(double precision, double precision, double precision, double precision, double precision) IS
	'volatility for target_years (30 days by default) out of the variances of two expiries, linear in total variance, as VIX; NULL where that is negative';

CREATE FUNCTION svi_variance(
	log_moneyness double precision, a double precision, b double precision, rho double precision,
	m double precision, sigma double precision) RETURNS double precision
	AS 'MODULE_PATHNAME', 'svi_variance_of_parameters' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 5;
COMMENT ON FUNCTION svi_variance(double precision, double precision, double precision, double precision, double precision, double precision) IS
	'total variance, that is the square of volatility times years, of an SVI slice at ln(strike / forward): a + b (rho (k - m) + sqrt((k - m)^2 + sigma^2))';

CREATE TYPE svi_curve AS (
	a double precision,
	b double precision,
	rho double precision,
	m double precision,
	sigma double precision,
	rmse double precision,
	num_points bigint
);
COMMENT ON TYPE svi_curve IS
	'an SVI slice fitted by svi_fit: its parameters, the root of its mean square error in total variance, and through how many points';

CREATE FUNCTION svi_variance(log_moneyness double precision, curve svi_curve) RETURNS double precision
	AS 'MODULE_PATHNAME', 'svi_variance_of_curve' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 40;
COMMENT ON FUNCTION svi_variance(double precision, svi_curve) IS
	'total variance of a slice that svi_fit fitted, at ln(strike / forward)';

CREATE FUNCTION svi_g(
	log_moneyness double precision, a double precision, b double precision, rho double precision,
	m double precision, sigma double precision) RETURNS double precision
	AS 'MODULE_PATHNAME', 'svi_g_of_parameters' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 5;
COMMENT ON FUNCTION svi_g(double precision, double precision, double precision, double precision, double precision, double precision) IS
	'the function g of Gatheral and Jacquier (2014) of an SVI slice: below 0 there is butterfly arbitrage at this log-moneyness';

CREATE FUNCTION sabr_volatility(
	strike double precision, forward double precision, years double precision, alpha double precision,
	beta double precision, rho double precision, nu double precision) RETURNS double precision
	AS 'MODULE_PATHNAME', 'sabr_volatility_of_strike' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 15;
COMMENT ON FUNCTION sabr_volatility(double precision, double precision, double precision, double precision, double precision, double precision, double precision) IS
	'lognormal volatility of a strike in the SABR model, after Hagan and others (2002); NULL where that expansion is not above 0';

-- quotes of one expiry

--@include stored_type.sql.in TYPE = strike_quotes, LENGTH = VARIABLE, STORAGE = external, COMPARING = 100, TEXT = 3000, BINARY = 300
COMMENT ON TYPE strike_quotes IS 'prices of calls and puts by strike, of one expiry: the state of variance_strike';

CREATE FUNCTION _strike_quotes_combine(strike_quotes, strike_quotes) RETURNS strike_quotes
	AS 'MODULE_PATHNAME', 'strike_quotes_combine' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 200;
COMMENT ON FUNCTION _strike_quotes_combine(strike_quotes, strike_quotes) IS
	'merges quotes of one expiry: their union, of two prices of one option the greater';

CREATE FUNCTION _strike_quotes_accum(
	strike_quotes, double precision, double precision, double precision, double precision,
	double precision, double precision) RETURNS strike_quotes
	AS 'MODULE_PATHNAME', 'strike_quotes_accum' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 10;
COMMENT ON FUNCTION _strike_quotes_accum(strike_quotes, double precision, double precision, double precision, double precision, double precision, double precision) IS
	'adds the prices of a strike to the state of variance_strike';

CREATE FUNCTION _strike_quotes_variance(strike_quotes) RETURNS double precision
	AS 'MODULE_PATHNAME', 'strike_quotes_variance' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;
COMMENT ON FUNCTION _strike_quotes_variance(strike_quotes) IS
	'last step of aggregate variance_strike';

CREATE AGGREGATE variance_strike(
	strike double precision, call_price double precision, put_price double precision,
	forward double precision, years double precision, rate double precision) (
	SFUNC = _strike_quotes_accum,
	STYPE = strike_quotes,
	SSPACE = 2048,
	FINALFUNC = _strike_quotes_variance,
	COMBINEFUNC = _strike_quotes_combine,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE variance_strike(double precision, double precision, double precision, double precision, double precision, double precision) IS
	'the fair variance a year of one expiry, as VIX and DVOL: puts below the greatest strike up to the forward, calls above, their mean there, rows in any order; a price that is NULL is left out; forward, years and rate the same in all rows';

-- points of a smile

--@include stored_type.sql.in TYPE = smile_points, LENGTH = VARIABLE, STORAGE = external, COMPARING = 100, TEXT = 3000, BINARY = 300
COMMENT ON TYPE smile_points IS 'total variances by log-moneyness: the state of svi_fit';

CREATE FUNCTION _smile_points_combine(smile_points, smile_points) RETURNS smile_points
	AS 'MODULE_PATHNAME', 'smile_points_combine' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 200;
COMMENT ON FUNCTION _smile_points_combine(smile_points, smile_points) IS
	'merges points of a smile: all of both';

CREATE FUNCTION _smile_points_accum(smile_points, double precision, double precision) RETURNS smile_points
	AS 'MODULE_PATHNAME', 'smile_points_accum' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 10;
COMMENT ON FUNCTION _smile_points_accum(smile_points, double precision, double precision) IS
	'adds a point to the state of svi_fit';

CREATE FUNCTION _smile_points_fit(smile_points) RETURNS svi_curve
	AS 'MODULE_PATHNAME', 'smile_points_fit' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 50000;
COMMENT ON FUNCTION _smile_points_fit(smile_points) IS
	'last step of aggregate svi_fit';

CREATE AGGREGATE svi_fit(log_moneyness double precision, total_variance double precision) (
	SFUNC = _smile_points_accum,
	STYPE = smile_points,
	SSPACE = 2048,
	FINALFUNC = _smile_points_fit,
	COMBINEFUNC = _smile_points_combine,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE svi_fit(double precision, double precision) IS
	'the SVI slice of least squares through points (log-moneyness, total variance), b at least 0 and rho between -1 and 1, rows in any order; NULL of fewer than five points';
