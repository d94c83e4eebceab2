
-- queues of withdrawals: what a request is paid

CREATE FUNCTION etherfi_finalization_rate(pooled numeric, total_shares numeric) RETURNS numeric
	AS 'MODULE_PATHNAME', 'rule_etherfi_finalization_rate' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 20;
COMMENT ON FUNCTION etherfi_finalization_rate(numeric, numeric) IS
	'ether.fi: the rate, over 1e18, at which requests of withdrawals are finalised: ceil(1e18 * pooled/total_shares), 0 without shares (amountPerShareCeil of LiquidityPool)';

CREATE FUNCTION etherfi_withdrawal_payout(requested numeric, shares numeric, rate numeric) RETURNS numeric
	AS 'MODULE_PATHNAME', 'rule_etherfi_withdrawal_payout' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 20;
COMMENT ON FUNCTION etherfi_withdrawal_payout(numeric, numeric, numeric) IS
	'ether.fi: what a request of a withdrawal is paid, in wei: min(requested, floor(shares * rate/1e18)), rate being that of its finalisation (_getClaimableAmount of WithdrawRequestNFT)';
