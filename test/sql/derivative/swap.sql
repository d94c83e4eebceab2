SET extra_float_digits = -3;
SELECT * FROM swap_value('{0.25,0.5,0.75,1}', '{0.99,0.98,0.97,0.96}', 0.03, 1000);
SELECT * FROM curve_swap_value('[(0.5,0.98),(1,0.96)]', '{0.25,0.5,0.75,1}', 0.03, 1000);
SELECT * FROM swap_value('{0}', '{1}', 0.03);
SELECT curve_swap_value('[(0.5,0.98),(1,0.96)]', '{0.5,1.5}', 0.03) AS beyond;
-- 32 ETH at a fixed 3 % against what an index of staking earned, at the end and half a year before
SELECT swap_settlement(32, 0.03, 1.15, 1.19, '2025-01-01', '2026-01-01') AS settlement, index_swap_value(32, 0.03, 1.15, 1.17, 0.5, 0.5, 0.985) AS value;
-- errors
SELECT swap_value('{1,2}', '{0.9}', 0.03);
SELECT swap_value('{1,2}', '{0.9,0}', 0.03);
SELECT swap_settlement(32, 0.03, 1.15, 1.19, '2026-01-01', '2025-01-01');
SELECT swap_settlement(32, 0.03, 0, 1.19, '2025-01-01', '2026-01-01');
SELECT index_swap_value(32, 0.03, 1.15, 1.17, 0.5, -0.5, 0.985);
