-- domain yield: fees, inflation, layers, spreads

CREATE FUNCTION net_of_fee(apr double precision, fee double precision) RETURNS double precision
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION net_of_fee(double precision, double precision) IS
	'what is left of a yield after a fee on rewards, apr * (1 - fee) where apr is positive; a loss stays as it is, since protocols take no part of it; fee as a fraction, 0 to 1';

CREATE FUNCTION gross_of_fee(apr double precision, fee double precision) RETURNS double precision
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 2;
COMMENT ON FUNCTION gross_of_fee(double precision, double precision) IS
	'the yield before a fee on rewards, apr/(1 - fee) where apr is positive, the inverse of net_of_fee; fee as a fraction, 0 to below 1';

CREATE FUNCTION real_yield(apr double precision, issuance double precision) RETURNS double precision
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 2;
COMMENT ON FUNCTION real_yield(double precision, double precision) IS
	'the yield over the growth of supply, (1 + apr)/(1 + issuance) - 1, as a fraction; both yearly fractions; I. Fisher';

CREATE FUNCTION layer_apr(VARIADIC aprs double precision[]) RETURNS double precision
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;
COMMENT ON FUNCTION layer_apr(VARIADIC double precision[]) IS
	'yield of layers that each earn on all that lies below, the product of (1 + apr) less one, as a fraction; NULL where a layer is, and where one is below -1';

CREATE FUNCTION spread_bps(rate double precision, benchmark double precision) RETURNS double precision
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION spread_bps(double precision, double precision) IS
	'rate over benchmark, (rate - benchmark) * 10000, in basis points; both fractions';
