-- queues of withdrawals
SELECT etherfi_finalization_rate(2345678901234567890123456, 2222222222222222222222222), etherfi_finalization_rate(1, 0);
SELECT etherfi_withdrawal_payout(34639859349959339739, 32816710412331973111, 1055555505555555551) AS full,
	etherfi_withdrawal_payout(34639859349959339739, 32816710412331973111, 1040000000000000000) AS after_a_slashing;
SELECT etherfi_withdrawal_payout(NULL, 1, 1);
SELECT etherfi_finalization_rate(-1, 1);
SELECT etherfi_finalization_rate(2::numeric ^ 255, 1);
SELECT etherfi_withdrawal_payout(1, 2::numeric ^ 255, 2::numeric ^ 255);
SELECT etherfi_withdrawal_payout(1, 0.5, 1);
