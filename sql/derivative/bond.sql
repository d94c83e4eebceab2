-- domain derivative: rates of interest and bonds

CREATE FUNCTION discount_factor(rate double precision, years double precision, periods double precision DEFAULT 1)
	RETURNS double precision
	AS 'MODULE_PATHNAME', 'derivative_discount_factor' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 2;
COMMENT ON FUNCTION discount_factor(double precision, double precision, double precision) IS
	'what 1, due in so many years, is worth today at a yearly rate, a fraction that compounds periods times a year (Infinity: continuously): (1 + rate/periods)^(-periods years)';

CREATE FUNCTION zero_rate(
	discount_factor double precision,
	years double precision,
	periods double precision DEFAULT 1) RETURNS double precision
	AS 'MODULE_PATHNAME', 'derivative_zero_rate' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 2;
COMMENT ON FUNCTION zero_rate(double precision, double precision, double precision) IS
	'yearly rate that a discount factor over so many years means, a fraction that compounds periods times a year (1/years: simple interest); NULL for 0 years';

CREATE FUNCTION forward_rate(
	discount_factor0 double precision,
	years0 double precision,
	discount_factor1 double precision,
	years1 double precision,
	periods double precision DEFAULT 1) RETURNS double precision
	AS 'MODULE_PATHNAME', 'derivative_forward_rate' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 2;
COMMENT ON FUNCTION forward_rate(double precision, double precision, double precision, double precision, double precision) IS
	'yearly rate between two times in years that two discount factors agree on, a fraction that compounds periods times a year; NULL for equal times';

CREATE FUNCTION bond_price(
	times double precision[],
	amounts double precision[],
	yield double precision,
	periods double precision DEFAULT 1) RETURNS double precision
	AS 'MODULE_PATHNAME', 'derivative_bond_price' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 20;
COMMENT ON FUNCTION bond_price(double precision[], double precision[], double precision, double precision) IS
	'what amounts at ascending times in years are worth at a yearly yield, a fraction that compounds periods times a year, accrued interest included';

CREATE FUNCTION bond_yield(
	price double precision,
	times double precision[],
	amounts double precision[],
	periods double precision DEFAULT 1) RETURNS double precision
	AS 'MODULE_PATHNAME', 'derivative_bond_yield' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 200;
COMMENT ON FUNCTION bond_yield(double precision, double precision[], double precision[], double precision) IS
	'yield to maturity, a yearly fraction that compounds periods times a year, at which amounts at ascending times in years are worth a price; of several the nearest to 0; NULL if there is none';

CREATE FUNCTION bond_risk(
	times double precision[],
	amounts double precision[],
	yield double precision,
	periods double precision DEFAULT 1,
	OUT price double precision,
	OUT macaulay_duration double precision,
	OUT modified_duration double precision,
	OUT convexity double precision,
	OUT dv01 double precision)
	AS 'MODULE_PATHNAME', 'derivative_bond_risk' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 40;
COMMENT ON FUNCTION bond_risk(double precision[], double precision[], double precision, double precision) IS
	'price of amounts at ascending times in years at a yield, durations in years, convexity, and what a yield higher by 0.0001 costs; NULL at a price of 0';
