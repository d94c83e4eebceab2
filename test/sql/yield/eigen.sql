-- EigenLayer's rewards
SELECT * FROM eigen_operator_pot(1000000000000000000, 2, 3, 500);
SELECT * FROM eigen_operator_pot(1000000000000000000, 2, 3);
SELECT eigen_staker_payout(60000000000000000000, 2, 3), eigen_staker_payout(60, 0, 3), eigen_staker_payout(NULL, 1, 1);
-- a weight keeps the decimals that numeric gives it
SELECT eigen_allocated_weight(1000000000000000, 2, 3, 1) AS sixteen_digits, eigen_allocated_weight(100000000000000000, 2, 3, 1) AS more,
	eigen_allocated_weight(0, 2, 3, 1) AS none;
SELECT pot FROM eigen_operator_pot(1000, eigen_allocated_weight(1000000000000000, 2, 3, 1), 1000000000000000);
SELECT * FROM eigen_protocol_fee(1000000000000000000);
SELECT * FROM eigen_protocol_fee(9, 0) UNION ALL SELECT * FROM eigen_protocol_fee(9, 10000);
-- what the exact floors would have one less
SELECT eigen_tokens_per_day(250000000000000000000004, 604800);
SELECT * FROM eigen_reward_split(35714285714285714285714, 32000000000000000000, 4096000000000000000001);
-- errors
SELECT eigen_operator_pot(1000, 4, 3);
SELECT eigen_operator_pot(1000, 0, 0);
SELECT eigen_operator_pot(1000, -1, 3);
SELECT eigen_operator_pot(1000, 1, 3, 10001);
SELECT eigen_staker_payout(1000, 4, 3);
SELECT eigen_allocated_weight(1, 3, 2, 1);
SELECT eigen_protocol_fee(1, -1);
