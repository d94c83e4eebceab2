-- domain derivative: swaps of a fixed against a floating rate

CREATE FUNCTION swap_value(
	times double precision[],
	discount_factors double precision[],
	fixed_rate double precision,
	notional double precision DEFAULT 1,
	OUT annuity double precision,
	OUT par_rate double precision,
	OUT pv double precision,
	OUT pv01 double precision)
	AS 'MODULE_PATHNAME', 'derivative_swap_value' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 20;
COMMENT ON FUNCTION swap_value(double precision[], double precision[], double precision, double precision) IS
	'a swap that pays at ascending times in years, the first period from 0, at a discount factor for each: its annuity, the fixed rate at which it is worth nothing, its value to the payer of fixed_rate and what a rate lower by 0.0001 adds; par_rate is NULL without an annuity';

CREATE FUNCTION curve_swap_value(
	curve discount_curve,
	times double precision[],
	fixed_rate double precision,
	notional double precision DEFAULT 1,
	interpolation text DEFAULT 'log_linear',
	OUT annuity double precision,
	OUT par_rate double precision,
	OUT pv double precision,
	OUT pv01 double precision)
	AS 'MODULE_PATHNAME', 'derivative_curve_swap_value' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 50;
COMMENT ON FUNCTION curve_swap_value(discount_curve, double precision[], double precision, double precision, text) IS
	'swap_value with the discount factors of a curve; NULL if a payment lies beyond its last node';

--@for START FINISH = timestamp with time zone, timestamp with time zone
--@	| timestamp without time zone, timestamp without time zone
--@	| timestamp without time zone, timestamp with time zone
--@	| timestamp with time zone, timestamp without time zone
CREATE FUNCTION swap_settlement(
	notional double precision,
	fixed_rate double precision,
	index0 double precision,
	index1 double precision,
	t0 @START@,
	t1 @FINISH@,
	year_days double precision DEFAULT 365) RETURNS double precision
	AS 'MODULE_PATHNAME', 'derivative_swap_settlement' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 5;
COMMENT ON FUNCTION swap_settlement(double precision, double precision, double precision, double precision, @START@, @FINISH@, double precision) IS
	'what a swap of a fixed rate against the growth of an index, any exchange rate, pays the payer of fixed_rate at its end, notional * (index1/index0 - 1 - fixed_rate * years); times without zone are UTC';

--@end
CREATE FUNCTION index_swap_value(
	notional double precision,
	fixed_rate double precision,
	index0 double precision,
	index1 double precision,
	years_elapsed double precision,
	years_left double precision,
	discount_factor double precision) RETURNS double precision
	AS 'MODULE_PATHNAME', 'derivative_index_swap_value' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 4;
COMMENT ON FUNCTION index_swap_value(double precision, double precision, double precision, double precision, double precision, double precision, double precision) IS
	'what the same swap is worth before its end, when the index is index1: notional * (index1/index0 - DF - fixed_rate * (years_elapsed + years_left) * DF)';
