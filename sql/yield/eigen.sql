
-- EigenLayer's rewards v2.2

CREATE FUNCTION eigen_operator_pot(
	tokens_per_day numeric, operator_weight numeric, total_weight numeric, split_bips bigint DEFAULT 1000,
	OUT pot numeric, OUT operator numeric, OUT stakers numeric) RETURNS record
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000;
COMMENT ON FUNCTION eigen_operator_pot(numeric, numeric, numeric, bigint) IS
	'an operator''s day of EigenLayer''s rewards v2.2, and the operator''s and the stakers'' part of it, with the roundings of PostgreSQL''s numeric as the sidecar has them: FLOOR(tokens_per_day * operator_weight/total_weight), FLOOR(pot * split_bips/10000)';

CREATE FUNCTION eigen_staker_payout(stakers_tokens numeric, staker_weight numeric, operator_weight numeric) RETURNS numeric
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 500;
COMMENT ON FUNCTION eigen_staker_payout(numeric, numeric, numeric) IS
	'a staker''s day of EigenLayer''s rewards v2.2, out of the stakers'' part of the operator''s: the proportion staker_weight/operator_weight in numeric, floored to 15 decimals, times stakers_tokens, floored';

CREATE FUNCTION eigen_allocated_weight(shares numeric, magnitude numeric, max_magnitude numeric, multiplier numeric)
	RETURNS numeric
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 200;
COMMENT ON FUNCTION eigen_allocated_weight(numeric, numeric, numeric, numeric) IS
	'an operator''s weight by one strategy for EigenLayer''s rewards of unique stake: shares * magnitude/max_magnitude * multiplier, in numeric, with the decimals that it has there; a weight is the sum over strategies';

CREATE FUNCTION eigen_protocol_fee(amount numeric, fee_bips bigint DEFAULT 2000, OUT fee numeric, OUT amount_after numeric)
	RETURNS record
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 50;
COMMENT ON FUNCTION eigen_protocol_fee(numeric, bigint) IS
	'what EigenLayer''s RewardsCoordinator takes of a submission whose submitter opted in, floor(amount * fee_bips/10000), and what is left';
