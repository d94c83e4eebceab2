-- Euler v2: behaviour, errors and edges
SET TimeZone = 'UTC';

-- rates: an empty vault, the kink, all borrowed
SELECT euler_utilization(0, 0), euler_utilization(1, 1), euler_utilization(0, 7), euler_utilization(3, 1);
SELECT borrows, euler_borrow_rate(1000 - borrows, borrows, 0, 1406417851, 19050045013, 2147483648) FROM unnest('{0,250,500,501,750,1000}'::numeric[]) borrows;
SELECT euler_borrow_rate(0, 0, 5, 1, 1, 1), euler_borrow_rate(1, NULL, 5, 1, 1, 1);
SELECT euler_borrow_rate(0, 1, 0, 1, 1, 4294967296);
SELECT euler_borrow_rate(2::numeric ^ 256 - 1, 1, 0, 1, 1, 1);
SELECT euler_borrow_rate(0.5, 1, 0, 1, 1, 1);
SELECT euler_supply_rate(43929919477309202859, 250, 750, 1000), euler_supply_rate(1, 0, 0, 1000), euler_supply_rate(1000, 0, 1, 10000);
SELECT euler_supply_rate(1, 1, 1, 10001);
SELECT euler_apy(0), euler_apy(1510129667232482373), euler_apy(291867278914945094175);
SELECT euler_apy(1e27);
SELECT euler_accumulator(3020259335871382597, 31536000), euler_accumulator(3020259335871382597, 0, 5), euler_accumulator(0, 31536000, 5);
SELECT euler_accumulator(1, 2::numeric ^ 64);
SELECT euler_accumulator(-1, 1);
SELECT euler_debt(2147483648 * 1000, 1100000000000000000000000000, 1000000000000000000000000000), euler_debt(1, 1e27, 1e27), euler_debt(0, 1e27, 1e27);
SELECT euler_debt(1, 1e27, 0);

-- ratios on their way down
SELECT at, euler_liquidation_ltv(9000, 8000, '2024-01-02', 86400, at) FROM unnest('{2024-01-01 00:00+00,2024-01-01 12:00+00,2024-01-01 23:59:59+00,2024-01-02 00:00+00,2025-01-01+00}'::timestamptz[]) at;
SELECT euler_liquidation_ltv(8000, 9000, '2024-01-02', 0, '2024-01-01'), euler_liquidation_ltv(9000, 8000, '2024-01-02', 1e70, '2024-01-01'), euler_liquidation_ltv(9000, 8000, NULL, 1, '2024-01-01');
SELECT euler_liquidation_ltv(9000, 8000, '2024-01-02', 86399, '2024-01-01');
SELECT euler_liquidation_ltv(9000, 8000, '2024-01-02', 0, '2024-01-01');
SELECT euler_liquidation_ltv(10001, 8000, '2024-01-02', 1, '2024-01-01');
SELECT euler_liquidation_ltv(9000, 8000, 'infinity', 1, '2024-01-01');
SELECT euler_liquidation_ltv(9000, 8000, '2024-01-02', 1, '-infinity');

-- health: as much as the liability is not enough
SELECT liability, euler_adjusted_collateral('{1000,500}', '{8500,0}') AS collateral, euler_is_healthy('{1000,500}', '{8500,0}', liability), euler_is_liquidatable('{1000,500}', '{8500,0}', liability),
	euler_health_score('{1000,500}', '{8500,0}', liability) FROM unnest('{0,849,850,851}'::numeric[]) liability;
SELECT euler_is_healthy('{}', '{}', 1), euler_is_healthy('{}', '{}', 0), euler_adjusted_collateral('{}', '{}'), euler_adjusted_collateral('{NULL}', '{1}'), euler_health_score('{1}', '{NULL}', 1);
SELECT euler_is_healthy('{1}', '{10001}', 1);
SELECT euler_is_healthy('{1}', '{1,2}', 1);
SELECT euler_is_liquidatable('{1.5}', '{1}', 1);
SELECT euler_health_score('{1}', '{1}', -1);
SELECT euler_adjusted_collateral(ARRAY[2::numeric ^ 256 - 1, 1], '{10000,10000}');

-- liquidation: the discount grows as health falls, up to the maximum
SELECT adjusted, euler_liquidation_discount(adjusted, 1000, 1500) AS discount, l.* FROM unnest('{1001,1000,990,950,850,500,0}'::numeric[]) adjusted,
	euler_liquidation(adjusted, 1000, 1000, 1100, 110000, 1500) l;
SELECT * FROM euler_liquidation(950, 1000, 1000, 1100, 110000, 1500, 500);
SELECT * FROM euler_liquidation(950, 1000, 1000, 0, 110000, 1500);
SELECT * FROM euler_liquidation(0, 0, 0, 5, 5, 1500);
SELECT * FROM euler_liquidation(0, 0, 1, 5, 5, 1500);
SELECT * FROM euler_liquidation(950, 1000, 1000, 1100, 110000, 1500, 1001);
SELECT * FROM euler_liquidation(1001, 1000, 1000, 1100, 110000, 1500, 1);
SELECT * FROM euler_liquidation(950, 1000, 1000, 1100, 110000, 10000);
SELECT euler_liquidation_discount(950, 1000, 10000);
SELECT * FROM euler_liquidation(950, 1000, NULL, 1100, 110000, 1500);
