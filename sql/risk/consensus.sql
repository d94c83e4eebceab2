-- domain risk: penalties, leak and exits of Ethereum's consensus layer

CREATE FUNCTION eth_slashing_penalty(effective_balance numeric, fork text DEFAULT 'electra') RETURNS numeric
	AS 'MODULE_PATHNAME', 'eth_slashing_penalty_face' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 20;
COMMENT ON FUNCTION eth_slashing_penalty(numeric, text) IS
	'what a slashed Ethereum validator loses at once, in Gwei: a 128th of the effective balance (phase0), a 64th (altair), a 32nd (bellatrix to deneb), a 4096th (electra, fulu); consensus-specs, slash_validator';

CREATE FUNCTION eth_correlation_penalty(effective_balance numeric, total_slashed numeric, total_balance numeric, fork text DEFAULT 'electra') RETURNS numeric
	AS 'MODULE_PATHNAME', 'eth_correlation_penalty_face' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 50;
COMMENT ON FUNCTION eth_correlation_penalty(numeric, numeric, numeric, text) IS
	'what a slashed Ethereum validator loses 18 days later for all that were slashed with it, in Gwei; total_slashed: effective balances slashed in the 8192 epochs around; consensus-specs, process_slashings';

CREATE FUNCTION eth_base_reward(effective_balance numeric, total_balance numeric) RETURNS numeric
	AS 'MODULE_PATHNAME', 'eth_base_reward_face' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 50;
COMMENT ON FUNCTION eth_base_reward(numeric, numeric) IS
	'reward of an Ethereum validator for an epoch with all duties, on average, in Gwei, since Altair; consensus-specs, get_base_reward';

CREATE FUNCTION eth_attestation_penalty(effective_balance numeric, total_balance numeric) RETURNS numeric
	AS 'MODULE_PATHNAME', 'eth_attestation_penalty_face' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 50;
COMMENT ON FUNCTION eth_attestation_penalty(numeric, numeric) IS
	'what an Ethereum validator loses for an epoch in which it does not attest, in Gwei: the weights of source, 14/64, and target, 26/64, of its base reward; consensus-specs, get_flag_index_deltas';

CREATE FUNCTION eth_slashing_loss(
	effective_balance numeric, total_slashed numeric, total_balance numeric, fork text DEFAULT 'electra',
	OUT initial numeric, OUT correlation numeric, OUT attestation numeric, OUT total numeric)
	AS 'MODULE_PATHNAME', 'eth_slashing_loss_face' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 200;
COMMENT ON FUNCTION eth_slashing_loss(numeric, numeric, numeric, text) IS
	'all that being slashed costs an Ethereum validator, in Gwei: at once, by correlation, and for the attestations of 8192 epochs at an unchanged effective balance; the total is at most that balance';

CREATE FUNCTION eth_inactivity_leak(
	balance numeric, epochs integer, score numeric DEFAULT 0, fork text DEFAULT 'electra',
	max_effective_balance numeric DEFAULT 32000000000,
	OUT balance_after numeric, OUT effective_balance numeric, OUT score_after numeric, OUT leaked numeric)
	AS 'MODULE_PATHNAME', 'eth_inactivity_leak_face' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 500;
COMMENT ON FUNCTION eth_inactivity_leak(numeric, integer, numeric, text, numeric) IS
	'what an absent Ethereum validator loses while nothing is finalized, in Gwei, over some epochs from an inactivity score on; fork: altair or later; without penalties of attestations and ejection; consensus-specs, process_inactivity_updates';

CREATE FUNCTION eth_issuance_apr(total_balance numeric) RETURNS double precision
	AS 'MODULE_PATHNAME', 'eth_issuance_apr_face' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 50;
COMMENT ON FUNCTION eth_issuance_apr(numeric) IS
	'what Ethereum issues a year of 365 days on a staked ether when every validator does every duty, as a fraction; total_balance: all effective balances, in Gwei';

CREATE FUNCTION eth_exit_churn_limit(total_balance numeric, fork text DEFAULT 'electra') RETURNS numeric
	AS 'MODULE_PATHNAME', 'eth_exit_churn_limit_face' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 20;
COMMENT ON FUNCTION eth_exit_churn_limit(numeric, text) IS
	'how much may leave Ethereum''s validators in an epoch, in Gwei; fork: electra, fulu (from 128 to 256 ether) or gloas (128 or more); consensus-specs, get_activation_exit_churn_limit and get_exit_churn_limit';

CREATE FUNCTION eth_exit_queue(
	exit_balance numeric, total_balance numeric, current_epoch bigint, earliest_exit_epoch bigint DEFAULT 0,
	exit_balance_to_consume numeric DEFAULT 0, fork text DEFAULT 'electra',
	OUT exit_epoch bigint, OUT withdrawable_epoch bigint, OUT balance_to_consume numeric)
	AS 'MODULE_PATHNAME', 'eth_exit_queue_face' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;
COMMENT ON FUNCTION eth_exit_queue(numeric, numeric, bigint, bigint, numeric, text) IS
	'when an exit of that balance, in Gwei, leaves Ethereum''s queue, when it can be withdrawn, and what its last epoch has left; an epoch is 384 s; consensus-specs, compute_exit_epoch_and_update_churn';
