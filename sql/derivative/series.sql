-- domain derivative: histories made into series of yields

--@for TIME TIME_NOTE = timestamp with time zone, | timestamp without time zone, ; maturity is read as UTC
CREATE FUNCTION pt_implied_apy_series(prices rate_series, maturity @TIME@, year_days double precision DEFAULT 365) RETURNS rate_series
	AS 'MODULE_PATHNAME', 'derivative_pt_implied_apy_series' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10000;
COMMENT ON FUNCTION pt_implied_apy_series(rate_series, @TIME@, double precision) IS
	'pt_implied_apy at each point before maturity of a series of prices of a principal token in its asset; NULL without such points@TIME_NOTE@';

--@end
--@for TIME TIME_NOTE = timestamp with time zone, | timestamp without time zone, ; expiry is read as UTC
CREATE FUNCTION basis_apr_series(spot rate_series, future rate_series, expiry @TIME@, year_days double precision DEFAULT 365) RETURNS rate_series
	AS 'MODULE_PATHNAME', 'derivative_basis_apr_series' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10000;
COMMENT ON FUNCTION basis_apr_series(rate_series, rate_series, @TIME@, double precision) IS
	'basis_apr at each point of future before expiry, against the last spot up to then; NULL without such points@TIME_NOTE@';

--@end
CREATE FUNCTION _funding_series_final(rate_series) RETURNS rate_series
	AS 'MODULE_PATHNAME', 'derivative_funding_series_final' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 5000;
COMMENT ON FUNCTION _funding_series_final(rate_series) IS
	'last step of aggregate funding_series';

--@for TIME TIME_NOTE = timestamp with time zone, | timestamp without time zone, ; ts is read as UTC | date, ; ts is the start of the day in UTC
CREATE AGGREGATE funding_series(ts @TIME@, rate double precision) (
	SFUNC = _rate_series_accum,
	STYPE = rate_series,
	SSPACE = 4096,
	FINALFUNC = _funding_series_final,
	COMBINEFUNC = _rate_series_combine,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE funding_series(@TIME@, double precision) IS
	'cumulative funding as a series: at the time of each payment the sum of the rates up to it, rows in any order; of several at one time the greatest counts@TIME_NOTE@';

--@end
