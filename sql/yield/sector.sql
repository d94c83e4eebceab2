-- domain yield: concentration and growth of a sector

CREATE FUNCTION hhi(blend_summary) RETURNS double precision
	AS 'MODULE_PATHNAME', 'blend_summary_hhi' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 20;
COMMENT ON FUNCTION hhi(blend_summary) IS
	'Herfindahl index of a summary made by blend_agg(value, value), the sum of squared shares, 1/n to 1; NULL when the values sum to zero';

CREATE FUNCTION _hhi_accum(blend_summary, double precision) RETURNS blend_summary
	AS 'MODULE_PATHNAME', 'hhi_accum' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 5;
COMMENT ON FUNCTION _hhi_accum(blend_summary, double precision) IS
	'adds a value, as its own weight, to a blend_summary';

CREATE FUNCTION _hhi_final(blend_summary) RETURNS double precision
	AS 'MODULE_PATHNAME', 'blend_summary_hhi' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 20;
COMMENT ON FUNCTION _hhi_final(blend_summary) IS
	'last step of aggregate hhi';

CREATE AGGREGATE hhi(value double precision) (
	SFUNC = _hhi_accum,
	STYPE = blend_summary,
	FINALFUNC = _hhi_final,
	COMBINEFUNC = _blend_summary_combine,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE hhi(double precision) IS
	'Herfindahl index of concentration, the sum of squared shares of values, from 1/n for n equal ones to 1 for one that has all; value: not negative, any unit; NULL when they sum to zero';

CREATE FUNCTION tvl_growth(
	units0 double precision, units1 double precision, rate0 double precision,
	rate1 double precision, price0 double precision, price1 double precision,
	OUT price double precision, OUT accrual double precision, OUT flow double precision,
	OUT total double precision)
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 20;
COMMENT ON FUNCTION tvl_growth(double precision, double precision, double precision, double precision, double precision, double precision) IS
	'change of units * rate * price by its causes, each the Shapley value of its factor (no order of changes assumed): price, accrual (rate) and flow (units); total = price + accrual + flow to the last bit; in the unit of price';
