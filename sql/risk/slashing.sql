-- domain risk: slashing of many operators and services, one by one and together

CREATE FUNCTION vasicek_loss_quantile(probability double precision, correlation double precision, confidence double precision) RETURNS double precision
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;
COMMENT ON FUNCTION vasicek_loss_quantile(double precision, double precision, double precision) IS
	'share of a large pool whose loss is not exceeded with this confidence; members fail with a probability, through one common normal factor (Vasicek 2002; Basel)';

CREATE FUNCTION vasicek_tail_loss(probability double precision, correlation double precision, confidence double precision) RETURNS double precision
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000;
COMMENT ON FUNCTION vasicek_tail_loss(double precision, double precision, double precision) IS
	'mean share of a large pool that is lost in the worst 1 - confidence of cases (Vasicek''s law): its expected shortfall, positive';

CREATE FUNCTION vasicek_loss_cdf(loss double precision, probability double precision, correlation double precision) RETURNS double precision
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;
COMMENT ON FUNCTION vasicek_loss_cdf(double precision, double precision, double precision) IS
	'probability that no more than the share "loss" of a large pool is lost (Vasicek''s law)';

CREATE FUNCTION joint_probability(probability_a double precision, probability_b double precision, correlation double precision) RETURNS double precision
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000;
COMMENT ON FUNCTION joint_probability(double precision, double precision, double precision) IS
	'probability that both of two events happen, whose normal variables have this correlation, from -1 to 1 (Gaussian copula)';

CREATE FUNCTION slashing_distribution(
	units bigint[], probability double precision[], correlation double precision,
	OUT loss integer, OUT probability double precision, OUT exceedance double precision) RETURNS SETOF record
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100000 ROWS 500;
COMMENT ON FUNCTION slashing_distribution(bigint[], double precision[], double precision) IS
	'probability of each loss, and of more than it, in whole units, of operators who lose their units with a probability each, through one common normal factor: exact, no simulation';

CREATE FUNCTION simulate_slashing(
	loss double precision[], probability double precision[], operator text[], service text[],
	market_correlation double precision DEFAULT 0, operator_correlation double precision DEFAULT 0,
	service_correlation double precision DEFAULT 0, trials bigint DEFAULT 10000, seed bigint DEFAULT 1,
	confidence double precision DEFAULT 0.99, operator_stake double precision[] DEFAULT NULL,
	OUT expected_loss double precision, OUT stddev double precision, OUT loss_probability double precision,
	OUT loss_quantile double precision, OUT tail_loss double precision, OUT worst double precision) RETURNS record
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1000000;
COMMENT ON FUNCTION simulate_slashing(double precision[], double precision[], text[], text[], double precision, double precision, double precision, bigint, bigint, double precision, double precision[]) IS
	'losses of stakes of operators in services, slashed through normal factors of the market, the operator and the service; losses are positive, and the same seed gives the same figures on any machine';

CREATE FUNCTION restaking_buffer(
	stake double precision[], profit double precision[], threshold double precision[],
	edge_operator bigint[], edge_service bigint[]) RETURNS double precision
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;
COMMENT ON FUNCTION restaking_buffer(double precision[], double precision[], double precision[], bigint[], bigint[]) IS
	'by which fraction more an attack on services costs than it earns, at least, whoever joins it; negative: not shown to be secure; edges count operators and services from 1 (Durvasula and Roughgarden 2024)';

CREATE FUNCTION restaking_loss_bound(buffer double precision, shock double precision) RETURNS double precision
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 2;
COMMENT ON FUNCTION restaking_loss_bound(double precision, double precision) IS
	'greatest share of all stake that is lost in the end after the share "shock" of it was: (1 + 1/buffer) shock (Durvasula and Roughgarden 2024)';
