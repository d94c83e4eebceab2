
-- savings rates of Maker and Sky

CREATE FUNCTION savings_index(chi numeric, rate numeric, seconds numeric) RETURNS numeric
	AS 'MODULE_PATHNAME', 'rule_savings_index' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 200;
COMMENT ON FUNCTION savings_index(numeric, numeric, numeric) IS
	'the index chi of sUSDS, stUSDS or sDAI, a ray, some seconds after it was chi, at a factor of rate (a ray) a second: floor(rpow(rate, seconds) * chi/1e27), as the contracts compute it';

CREATE FUNCTION savings_apy(rate numeric) RETURNS numeric
	AS 'MODULE_PATHNAME', 'rule_savings_apy' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 500;
COMMENT ON FUNCTION savings_apy(numeric) IS
	'the compound yield a year of 31,536,000 seconds, a ray, of a factor of rate (a ray) a second: rpow(rate, 31536000) - 1e27';
