-- domain derivative: default, and what protects against it

CREATE FUNCTION hazard_from_spread(spread double precision, recovery double precision DEFAULT 0.4)
	RETURNS double precision
	AS 'MODULE_PATHNAME', 'derivative_hazard_from_spread' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION hazard_from_spread(double precision, double precision) IS
	'hazard rate a year that pays for a yearly spread, spread/(1 - recovery), the credit triangle';

CREATE FUNCTION hazard_from_probability(probability double precision, years double precision) RETURNS double precision
	AS 'MODULE_PATHNAME', 'derivative_hazard_from_probability' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 5;
COMMENT ON FUNCTION hazard_from_probability(double precision, double precision) IS
	'constant hazard rate a year that makes default within so many years this probable, -ln(1 - probability)/years; NULL for a certain one and for 0 years';

CREATE FUNCTION survival_probability(hazard double precision, years double precision) RETURNS double precision
	AS 'MODULE_PATHNAME', 'derivative_survival_probability' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION survival_probability(double precision, double precision) IS
	'probability of no default within so many years at a constant hazard rate, e^(-hazard years)';

CREATE FUNCTION cds_value(
	rate double precision,
	hazard double precision,
	times double precision[],
	coupon double precision,
	recovery double precision DEFAULT 0.4,
	notional double precision DEFAULT 1,
	OUT par_spread double precision,
	OUT protection_leg double precision,
	OUT risky_annuity double precision,
	OUT pv double precision)
	AS 'MODULE_PATHNAME', 'derivative_cds_value' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 50;
COMMENT ON FUNCTION cds_value(double precision, double precision, double precision[], double precision, double precision, double precision) IS
	'a credit default swap that pays its coupon at ascending times in years, the first period from 0, at a constant continuous rate and hazard: the coupon at which it is worth nothing, both legs, and its value to the buyer of protection; defaults at mid-period, as QuantLib''s MidPointCdsEngine';

CREATE FUNCTION curve_cds_value(
	discount discount_curve,
	survival discount_curve,
	times double precision[],
	coupon double precision,
	recovery double precision DEFAULT 0.4,
	notional double precision DEFAULT 1,
	interpolation text DEFAULT 'log_linear',
	OUT par_spread double precision,
	OUT protection_leg double precision,
	OUT risky_annuity double precision,
	OUT pv double precision)
	AS 'MODULE_PATHNAME', 'derivative_curve_cds_value' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;
COMMENT ON FUNCTION curve_cds_value(discount_curve, discount_curve, double precision[], double precision, double precision, double precision, text) IS
	'cds_value on a curve of discount factors and one of probabilities of survival; NULL if the swap goes beyond either';

CREATE FUNCTION hazard_from_cds(
	spread double precision,
	times double precision[],
	rate double precision,
	recovery double precision DEFAULT 0.4) RETURNS double precision
	AS 'MODULE_PATHNAME', 'derivative_hazard_from_cds' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 500;
COMMENT ON FUNCTION hazard_from_cds(double precision, double precision[], double precision, double precision) IS
	'constant hazard rate a year at which a credit default swap that pays at ascending times in years has this par spread; NULL if there is none';

CREATE FUNCTION cover_premium(
	hazard double precision,
	severity double precision,
	years double precision,
	rate double precision DEFAULT 0,
	loading double precision DEFAULT 0) RETURNS double precision
	AS 'MODULE_PATHNAME', 'derivative_cover_premium' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 4;
COMMENT ON FUNCTION cover_premium(double precision, double precision, double precision, double precision, double precision) IS
	'premium up front, a fraction of the sum insured, of cover that pays severity at a slashing, depeg or other default within so many years at a constant hazard rate, at a continuous rate and with a loading: severity (1 + loading) h/(h + r) (1 - e^(-(h + r) years))';

CREATE FUNCTION tranche_loss(
	probability double precision,
	correlation double precision,
	attachment double precision,
	detachment double precision,
	severity double precision DEFAULT 1) RETURNS double precision
	AS 'MODULE_PATHNAME', 'derivative_tranche_loss' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 3000;
COMMENT ON FUNCTION tranche_loss(double precision, double precision, double precision, double precision, double precision) IS
	'expected loss of a tranche of a large pool, as a share of it, from attachment to detachment as fractions of the pool, whose claims default with a probability and lose severity, at a correlation of their factors (Vasicek 2002)';
