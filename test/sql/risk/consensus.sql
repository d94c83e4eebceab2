-- domain risk: penalties, leak and exits of Ethereum's consensus layer
SELECT eth_slashing_penalty(32000000000) AS electra, eth_slashing_penalty(32000000000, 'phase0') AS phase0, eth_slashing_penalty(32000000000, 'deneb') AS deneb;
SELECT * FROM eth_slashing_loss(32000000000, 320000000000000, 34000000000000000);
SELECT eth_base_reward(32000000000, 34000000000000000), eth_attestation_penalty(32000000000, 34000000000000000), eth_issuance_apr(34000000000000000);
SELECT * FROM eth_inactivity_leak(32000000000, 2250);
SELECT * FROM eth_inactivity_leak(32000000000, 2147483647);
SELECT * FROM eth_inactivity_leak(18446744073709551615, 2147483647, max_effective_balance => 0);
SELECT leaked FROM eth_inactivity_leak(32000000000, 1, 18446744073709551611);
SELECT eth_exit_churn_limit(34000000000000000) AS electra, eth_exit_churn_limit(34000000000000000, 'gloas') AS gloas;
SELECT * FROM eth_exit_queue(96000000000000, 34000000000000000, 400000);

-- errors
SELECT eth_slashing_penalty(-1);
SELECT eth_slashing_penalty(0.5);
SELECT eth_slashing_penalty(18446744073709551616);
SELECT eth_slashing_penalty(1, 'gloas');
SELECT eth_correlation_penalty(1, 1, 0, 'phase0');
SELECT eth_correlation_penalty(1, 1, 999999999);
SELECT eth_correlation_penalty(18446744073709551615, 18446744073709551615, 1999999999);
SELECT eth_base_reward(1, 0);
SELECT eth_issuance_apr(0);
SELECT eth_inactivity_leak(1, -1);
SELECT eth_inactivity_leak(1, 1, 18446744073709551612);
SELECT eth_inactivity_leak(1, 1, fork => 'phase0');
SELECT eth_exit_churn_limit(1, 'deneb');
SELECT eth_exit_queue(1, 1, -1);
SELECT eth_exit_queue(1, 1, 9223372036854775807);
SELECT eth_exit_queue(1, 1, 0, 9223372036854775800);
