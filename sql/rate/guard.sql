-- domain rate: bounds on the updates of an exchange rate

CREATE FUNCTION rate_jump_ok(old_rate double precision, new_rate double precision,
	max_up_bps double precision, max_down_bps double precision) RETURNS boolean
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 2;
COMMENT ON FUNCTION rate_jump_ok(double precision, double precision, double precision, double precision) IS
	'is an update within max_up_bps above and max_down_bps below the old exchange rate, in basis points of it; NULL is no bound; false for what is no rate';

--@for START FINISH = timestamp with time zone, timestamp with time zone | timestamp without time zone, timestamp without time zone | timestamp without time zone, timestamp with time zone | timestamp with time zone, timestamp without time zone
CREATE FUNCTION rate_guard(old_rate double precision, new_rate double precision,
	t0 @START@, t1 @FINISH@,
	max_up double precision DEFAULT NULL, max_down double precision DEFAULT NULL,
	max_apr double precision DEFAULT NULL, year_days double precision DEFAULT 365) RETURNS text
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 10;
COMMENT ON FUNCTION rate_guard(double precision, double precision, @START@,
	@FINISH@, double precision, double precision, double precision,
	double precision) IS
	'what is wrong with an update of an exchange rate from t0 to t1: no_rate, out_of_order, no_old_rate, jump_up, jump_down, growth; NULL when nothing is; bounds are fractions, max_apr per year, NULL for none';
--@end

--@for START FINISH = timestamp with time zone, timestamp with time zone | timestamp without time zone, timestamp without time zone | timestamp without time zone, timestamp with time zone | timestamp with time zone, timestamp without time zone
CREATE FUNCTION rate_cap(rate0 double precision, t0 @START@, t1 @FINISH@,
	max_apr double precision, year_days double precision DEFAULT 365) RETURNS double precision
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 5;
COMMENT ON FUNCTION rate_cap(double precision, @START@, @FINISH@,
	double precision, double precision) IS
	'greatest exchange rate at t1 that growth by max_apr a year since rate0 at t0 allows, rate0 * (1 + max_apr * (t1 - t0)/year); the floating-point form of Aave''s CAPO';
--@end

CREATE FUNCTION backing_ratio(assets double precision, supply double precision, rate double precision DEFAULT 1) RETURNS double precision
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 2;
COMMENT ON FUNCTION backing_ratio(double precision, double precision, double precision) IS
	'what backs a token over what it promises, assets/(supply * rate), assets and supply in one unit; below 1 it is not fully backed; NULL without supply';
