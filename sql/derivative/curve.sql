-- domain derivative: curves of discount factors

-- external: factors of a curve do not compress.
--@include stored_type.sql.in TYPE = discount_curve, LENGTH = VARIABLE, STORAGE = external, ALIGNMENT = int4,
--@	TEXT = 500
COMMENT ON TYPE discount_curve IS 'discount factors at times in years, distinct and ascending, to be read between them; at 0 the factor is 1; mergeable with || and rollup()';

CREATE FUNCTION _discount_curve_concat(discount_curve, discount_curve) RETURNS discount_curve
	AS 'MODULE_PATHNAME', 'discount_curve_concat' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 50;
COMMENT ON FUNCTION _discount_curve_concat(discount_curve, discount_curve) IS 'implementation of || operator';

CREATE OPERATOR || (
	LEFTARG = discount_curve, RIGHTARG = discount_curve, FUNCTION = _discount_curve_concat,
	COMMUTATOR = ||
);
COMMENT ON OPERATOR || (discount_curve, discount_curve) IS
	'one curve with the nodes of both; of two factors at the same time the greater is kept; NULL is the curve without nodes';

-- aggregates

CREATE FUNCTION _discount_curve_accum(discount_curve, double precision, double precision) RETURNS discount_curve
	AS 'MODULE_PATHNAME', 'discount_curve_accum' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 5;
COMMENT ON FUNCTION _discount_curve_accum(discount_curve, double precision, double precision) IS
	'adds a node to a discount_curve';

CREATE FUNCTION _discount_curve_combine(discount_curve, discount_curve) RETURNS discount_curve
	AS 'MODULE_PATHNAME', 'discount_curve_combine' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 20;
COMMENT ON FUNCTION _discount_curve_combine(discount_curve, discount_curve) IS
	'merges two discount_curve';

CREATE AGGREGATE curve_agg(years double precision, discount_factor double precision) (
	SFUNC = _discount_curve_accum,
	STYPE = discount_curve,
	SSPACE = 4096,
	COMBINEFUNC = _discount_curve_combine,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE curve_agg(double precision, double precision) IS
	'a curve of what 1, due in so many years, is worth today: discount factors, prices of PTs or chances of survival, in any order; of several at one time the greatest counts; rows with years of 0 and less, which have matured, are skipped';

CREATE AGGREGATE rollup(discount_curve) (
	SFUNC = _discount_curve_combine,
	STYPE = discount_curve,
	SSPACE = 4096,
	COMBINEFUNC = _discount_curve_combine,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE rollup(discount_curve) IS
	'merges curves into one with all their nodes; of several factors at one time the greatest is kept';

-- accessors

CREATE FUNCTION _discount_curve_node_rows(internal) RETURNS internal
	AS 'MODULE_PATHNAME', 'discount_curve_node_rows' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION _discount_curve_node_rows(internal) IS 'tells the planner of a row for each node of a curve';

CREATE FUNCTION unnest(discount_curve, OUT years double precision, OUT discount_factor double precision)
	RETURNS SETOF record
	AS 'MODULE_PATHNAME', 'discount_curve_unnest' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 200
	SUPPORT _discount_curve_node_rows ROWS 10;
COMMENT ON FUNCTION unnest(discount_curve) IS
	'the nodes of a curve as rows, nearest first';

CREATE FUNCTION curve_discount_factor(
	curve discount_curve,
	years double precision,
	interpolation text DEFAULT 'log_linear') RETURNS double precision
	AS 'MODULE_PATHNAME', 'derivative_curve_discount_factor' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;
COMMENT ON FUNCTION curve_discount_factor(discount_curve, double precision, text) IS
	'what 1, due in so many years, is worth on a curve; interpolation: log_linear (flat forwards), linear_zero (continuous zero rates) or monotone_convex (Hagan and West 2006); 1 at 0, NULL beyond the last node';

CREATE FUNCTION curve_zero_rate(
	curve discount_curve,
	years double precision,
	periods double precision DEFAULT 1,
	interpolation text DEFAULT 'log_linear') RETURNS double precision
	AS 'MODULE_PATHNAME', 'derivative_curve_zero_rate' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;
COMMENT ON FUNCTION curve_zero_rate(discount_curve, double precision, double precision, text) IS
	'yearly rate of a curve up to a time in years, a fraction that compounds periods times a year (1: an APY, Infinity: continuous); NULL at 0 and beyond the last node';

CREATE FUNCTION curve_forward_rate(
	curve discount_curve,
	years0 double precision,
	years1 double precision,
	periods double precision DEFAULT 1,
	interpolation text DEFAULT 'log_linear') RETURNS double precision
	AS 'MODULE_PATHNAME', 'derivative_curve_forward_rate' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 20;
COMMENT ON FUNCTION curve_forward_rate(discount_curve, double precision, double precision, double precision, text) IS
	'yearly rate of a curve from one time in years to a later one, a fraction that compounds periods times a year; NULL for equal times and beyond the last node';

CREATE FUNCTION roll_down(
	curve discount_curve,
	years double precision,
	horizon double precision,
	interpolation text DEFAULT 'log_linear',
	OUT carry double precision,
	OUT roll_down double precision,
	OUT total_return double precision)
	AS 'MODULE_PATHNAME', 'derivative_roll_down' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 30;
COMMENT ON FUNCTION roll_down(discount_curve, double precision, double precision, text) IS
	'what a zero-coupon bond of so many years returns over a horizon in years while the curve stands still, as fractions: by its own yield (carry), by nearing the short end (roll_down) and both, (1 + carry)(1 + roll_down) = 1 + total_return';

CREATE FUNCTION curve_value(
	curve discount_curve,
	times double precision[],
	amounts double precision[],
	interpolation text DEFAULT 'log_linear') RETURNS double precision
	AS 'MODULE_PATHNAME', 'derivative_curve_value' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 50;
COMMENT ON FUNCTION curve_value(discount_curve, double precision[], double precision[], text) IS
	'present value on a curve of amounts at ascending times in years; NULL if one lies beyond the last node';

CREATE FUNCTION z_spread(
	curve discount_curve,
	price double precision,
	times double precision[],
	amounts double precision[],
	periods double precision DEFAULT 1,
	interpolation text DEFAULT 'log_linear') RETURNS double precision
	AS 'MODULE_PATHNAME', 'derivative_z_spread' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 500;
COMMENT ON FUNCTION z_spread(discount_curve, double precision, double precision[], double precision[], double precision, text) IS
	'what has to be added to all zero rates of a curve, as fractions that compound periods times a year, for amounts at ascending times in years to be worth a price; of several the nearest to 0; NULL if there is none';

CREATE FUNCTION bootstrap_curve(times double precision[], par_rates double precision[]) RETURNS discount_curve
	AS 'MODULE_PATHNAME', 'derivative_bootstrap_curve' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 50;
COMMENT ON FUNCTION bootstrap_curve(double precision[], double precision[]) IS
	'the curve on which swaps to ascending times in years, each paying at its own and all earlier times, have these par rates, simple yearly fractions; NULL if a factor would not be positive';

-- curves of few numbers

CREATE TYPE nelson_siegel_curve AS (
	beta0 double precision,
	beta1 double precision,
	beta2 double precision,
	tau double precision,
	rmse double precision,
	num_points bigint
);
COMMENT ON TYPE nelson_siegel_curve IS 'a yield curve of Nelson and Siegel, fitted to points';
COMMENT ON COLUMN nelson_siegel_curve.beta0 IS 'rate in the long run, continuous, a fraction a year';
COMMENT ON COLUMN nelson_siegel_curve.beta1 IS 'rate at 0 less that in the long run';
COMMENT ON COLUMN nelson_siegel_curve.beta2 IS 'height of the hump, times 0.298';
COMMENT ON COLUMN nelson_siegel_curve.tau IS 'scale of time, in years';
COMMENT ON COLUMN nelson_siegel_curve.rmse IS 'root of the mean square by which the curve misses its points, a rate';
COMMENT ON COLUMN nelson_siegel_curve.num_points IS 'how many points it was fitted to';

CREATE FUNCTION nelson_siegel(
	years double precision,
	beta0 double precision,
	beta1 double precision,
	beta2 double precision,
	tau double precision) RETURNS double precision
	AS 'MODULE_PATHNAME', 'derivative_nelson_siegel' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;
COMMENT ON FUNCTION nelson_siegel(double precision, double precision, double precision, double precision, double precision) IS
	'continuous zero rate at so many years on a curve of Nelson and Siegel (1987), a fraction a year; beta0 + beta1 at 0; tau in years';

CREATE FUNCTION nelson_siegel(years double precision, curve nelson_siegel_curve) RETURNS double precision
	AS 'MODULE_PATHNAME', 'derivative_nelson_siegel_of_curve' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 20;
COMMENT ON FUNCTION nelson_siegel(double precision, nelson_siegel_curve) IS
	'continuous zero rate at so many years on a fitted curve, a fraction a year';

CREATE FUNCTION svensson(
	years double precision,
	beta0 double precision,
	beta1 double precision,
	beta2 double precision,
	beta3 double precision,
	tau1 double precision,
	tau2 double precision) RETURNS double precision
	AS 'MODULE_PATHNAME', 'derivative_svensson' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;
COMMENT ON FUNCTION svensson(double precision, double precision, double precision, double precision, double precision, double precision, double precision) IS
	'continuous zero rate at so many years on a curve of Svensson (1994), Nelson and Siegel with a second hump, a fraction a year; taus in years';

-- their fit

--@include summary_type.sql.in TYPE = nelson_siegel_summary, LENGTH = 448
COMMENT ON TYPE nelson_siegel_summary IS 'what rates at times come down to for a fit of Nelson and Siegel at one tau: the sums of its normal equations, the same for any order of rows, and their number; fixed length, mergeable with rollup()';

CREATE FUNCTION _nelson_siegel_summary_accum(
	nelson_siegel_summary, double precision, double precision, double precision) RETURNS nelson_siegel_summary
	AS 'MODULE_PATHNAME', 'nelson_siegel_summary_accum' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 10;
COMMENT ON FUNCTION _nelson_siegel_summary_accum(nelson_siegel_summary, double precision, double precision, double precision) IS
	'adds a point to a nelson_siegel_summary';

CREATE FUNCTION _nelson_siegel_summary_combine(nelson_siegel_summary, nelson_siegel_summary)
	RETURNS nelson_siegel_summary
	AS 'MODULE_PATHNAME', 'nelson_siegel_summary_combine' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 2;
COMMENT ON FUNCTION _nelson_siegel_summary_combine(nelson_siegel_summary, nelson_siegel_summary) IS
	'merges two nelson_siegel_summary of one tau';

CREATE FUNCTION nelson_siegel_fit(nelson_siegel_summary) RETURNS nelson_siegel_curve
	AS 'MODULE_PATHNAME', 'nelson_siegel_summary_fit' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 80;
COMMENT ON FUNCTION nelson_siegel_fit(nelson_siegel_summary) IS
	'the curve of least squares of a summary; NULL for points at fewer than three times';

CREATE AGGREGATE nelson_siegel_agg(years double precision, continuous_rate double precision, tau double precision) (
	SFUNC = _nelson_siegel_summary_accum,
	STYPE = nelson_siegel_summary,
	COMBINEFUNC = _nelson_siegel_summary_combine,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE nelson_siegel_agg(double precision, double precision, double precision) IS
	'a summary of continuous zero rates at times in years, to be stored, merged and fitted at one tau';

CREATE AGGREGATE rollup(nelson_siegel_summary) (
	SFUNC = _nelson_siegel_summary_combine,
	STYPE = nelson_siegel_summary,
	COMBINEFUNC = _nelson_siegel_summary_combine,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE rollup(nelson_siegel_summary) IS
	'merges summaries of one tau';

CREATE FUNCTION _nelson_siegel_fit_final(nelson_siegel_summary) RETURNS nelson_siegel_curve
	AS 'MODULE_PATHNAME', 'nelson_siegel_summary_fit' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 20;
COMMENT ON FUNCTION _nelson_siegel_fit_final(nelson_siegel_summary) IS
	'last step of aggregate nelson_siegel_fit';

CREATE AGGREGATE nelson_siegel_fit(years double precision, continuous_rate double precision, tau double precision) (
	SFUNC = _nelson_siegel_summary_accum,
	STYPE = nelson_siegel_summary,
	FINALFUNC = _nelson_siegel_fit_final,
	COMBINEFUNC = _nelson_siegel_summary_combine,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE nelson_siegel_fit(double precision, double precision, double precision) IS
	'the curve of Nelson and Siegel through continuous zero rates at times in years, by least squares at one tau; NULL for points at fewer than three times';

CREATE FUNCTION _nelson_siegel_points_accum(sample_summary, double precision, double precision) RETURNS sample_summary
	AS 'MODULE_PATHNAME', 'nelson_siegel_points_accum' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 5;
COMMENT ON FUNCTION _nelson_siegel_points_accum(sample_summary, double precision, double precision) IS
	'adds a point to those of a fit: a rate whose weight is its time';

CREATE FUNCTION _nelson_siegel_points_final(sample_summary) RETURNS nelson_siegel_curve
	AS 'MODULE_PATHNAME', 'nelson_siegel_points_final' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100000;
COMMENT ON FUNCTION _nelson_siegel_points_final(sample_summary) IS
	'last step of aggregate nelson_siegel_fit without a tau';

CREATE AGGREGATE nelson_siegel_fit(years double precision, continuous_rate double precision) (
	SFUNC = _nelson_siegel_points_accum,
	STYPE = sample_summary,
	SSPACE = 256,
	FINALFUNC = _nelson_siegel_points_final,
	COMBINEFUNC = _sample_summary_combine,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE nelson_siegel_fit(double precision, double precision) IS
	'the same with tau sought too, between 1/50 and 30 years';
