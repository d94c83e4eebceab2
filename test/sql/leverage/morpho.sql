-- Morpho Blue: behaviour, errors and edges

-- shares: the first deposit, the three roundings
SELECT morpho_to_shares(1, 0, 0), morpho_to_assets(1000000, 0, 0), morpho_to_assets(1, 0, 0), morpho_to_assets(1, 0, 0, 'ceil');
SELECT morpho_to_shares(10, 100, 1000), morpho_to_shares(10, 100, 1000, 'ceil'), morpho_to_shares(10, 100, 1000, 'half_up');
SELECT morpho_to_assets(NULL, 1, 1), morpho_to_shares(1, 1, 1, NULL);
SELECT morpho_to_assets(-1, 1, 1);
SELECT morpho_to_shares(1, 1.5, 1);
SELECT morpho_to_assets(1, 1, 'NaN');
SELECT morpho_to_assets(1, 'Infinity', 1);
SELECT morpho_to_shares(1, 1, 1, 'up');
SELECT morpho_to_shares(1, 2::numeric ^ 256 - 1, 1);
SELECT morpho_to_shares(1, 115792089237316195423570985008687907853269984665640564039457584007913129639936, 1);

-- interest
SELECT morpho_taylor_compounded(1, 1), morpho_taylor_compounded(5073566716, 31536000), morpho_taylor_compounded(0, 9), morpho_taylor_compounded(9, 0);
SELECT morpho_taylor_compounded(2::numeric ^ 200, 2::numeric ^ 60);
SELECT * FROM morpho_accrue(1000e18, 1000e24, 900e18, 5073566716, 31536000, 1e17);
SELECT * FROM morpho_accrue(1000e18, 1000e24, 900e18, 5073566716, 31536000);
SELECT * FROM morpho_accrue(1000e18, 1000e24, 0, 5073566716, 31536000, 1e17);
SELECT * FROM morpho_accrue(1000e18, 1000e24, 900e18, 5073566716, 0, 1e17);
SELECT * FROM morpho_accrue(1000e18, 1000e24, 900e18, 5073566716, 1, 25e16 + 1);
SELECT * FROM morpho_accrue(2::numeric ^ 128 - 1, 1000e24, 900e18, 5073566716, 1);
SELECT * FROM morpho_accrue(1, 1, NULL, 5073566716, 1);
SELECT morpho_utilization(0, 0), morpho_utilization(1000, 500), morpho_utilization(3, 1), morpho_utilization(7, 7);
SELECT morpho_utilization(1000, 1001);
SELECT morpho_utilization(0, 1);

-- the adaptive curve: first call, at the target, five days at full and at no utilization, the bounds
SELECT * FROM morpho_irm(1e18, 0, 0);
SELECT * FROM morpho_irm(0, 0, 1000000);
SELECT * FROM morpho_irm(9e17, 1268391679, 432000);
SELECT * FROM morpho_irm(1e18, 1268391679, 432000);
SELECT * FROM morpho_irm(0, 1268391679, 432000);
SELECT * FROM morpho_irm(1e18, 1268391679, 1e15);
SELECT * FROM morpho_irm(0, 1268391679, 1e15);
SELECT * FROM morpho_irm(1e18 + 1, 1268391679, 1);
SELECT * FROM morpho_irm(1e18, 31709790, 1);
SELECT * FROM morpho_irm(1e18, 63419583968, 1);
SELECT * FROM morpho_irm(1e18, 1268391679, 2::numeric ^ 255);
SELECT * FROM morpho_irm(1e18, 1268391679, 2::numeric ^ 250);
SELECT * FROM morpho_irm(0.9, 1268391679, 1);
SELECT * FROM morpho_irm(1e18, NULL, 1);
SELECT morpho_borrow_rate(0, 1268391679), morpho_borrow_rate(9e17, 1268391679), morpho_borrow_rate(1e18, 1268391679);
SELECT morpho_borrow_rate(1e18, 0);
SELECT morpho_borrow_rate(2e18, 1268391679);
SELECT round(morpho_borrow_apy(1268391679)::numeric, 12), morpho_borrow_apy(0), round(morpho_supply_apy(1268391679, 9e17, 1e17)::numeric, 12);
SELECT morpho_borrow_apy(1e30);
SELECT morpho_borrow_apy(-1);
SELECT morpho_supply_apy(1268391679, 1e18 + 1);
SELECT morpho_supply_apy(1268391679, 1e18, 2e18);

-- positions: ten assets of debt against 100 of collateral at a price of one
SELECT morpho_max_borrow(100, 1e36, 5e17), morpho_max_borrowable(100, 10, 2000000, 1000001, 1e36, 5e17), morpho_is_healthy(100, 10, 2000000, 1000001, 1e36, 5e17),
	morpho_health_factor(100, 10, 2000000, 1000001, 1e36, 5e17), morpho_borrow_usage(100, 10, 2000000, 1000001, 1e36, 5e17);
SELECT morpho_liquidation_price(100, 10, 2000000, 1000001, 5e17), morpho_price_variation(100, 10, 2000000, 1000001, 1e36, 5e17),
	morpho_price_variation(100, 10, 2000000, 1000001, 1e35, 5e17);
-- as much debt as the limit is healthy, one more is not
SELECT morpho_is_healthy(20, 10, 2000000, 1000001, 1e36, 5e17), morpho_is_healthy(19, 10, 2000000, 1000001, 1e36, 5e17);
-- no debt; no collateral; no price
SELECT morpho_is_healthy(0, 0, 5, 5, 0, 5e17), morpho_health_factor(100, 0, 5, 5, 1e36, 5e17), morpho_borrow_usage(100, 0, 5, 5, 1e36, 5e17),
	morpho_liquidation_price(100, 0, 5, 5, 5e17), morpho_price_variation(100, 0, 5, 5, 1e36, 5e17);
SELECT morpho_is_healthy(0, 10, 2000000, 1000001, 1e36, 5e17), morpho_health_factor(0, 10, 2000000, 1000001, 1e36, 5e17), morpho_borrow_usage(0, 10, 2000000, 1000001, 1e36, 5e17);
SELECT morpho_liquidation_price(0, 10, 2000000, 1000001, 5e17) = 2::numeric ^ 256 - 1, morpho_price_variation(0, 10, 2000000, 1000001, 1e36, 5e17),
	morpho_price_variation(100, 10, 2000000, 1000001, 0, 5e17);
SELECT morpho_health_factor(100, 10, 2000000, 1000001, 1e36, 1e18);
SELECT morpho_max_borrow(100, 1e36, 1e18);
SELECT morpho_max_borrow(2::numeric ^ 255, 1e37, 5e17);
SELECT morpho_liquidation_price(100, 10, 5, 5, 2e18);
SELECT morpho_price_variation(1, 2::numeric ^ 100, 2::numeric ^ 100, 2::numeric ^ 100, 1, 999999999999999999);
SELECT morpho_price_variation(3, 2::numeric ^ 100, 2::numeric ^ 100, 2::numeric ^ 100, 1, 999999999999999999);

-- liquidation
SELECT lltv, morpho_liquidation_incentive_factor(lltv) FROM unnest('{0,385000000000000000,860000000000000000,945000000000000000,999999999999999999}'::numeric[]) lltv;
SELECT morpho_liquidation_incentive_factor(1e18);
SELECT * FROM morpho_liquidation(100, 10, 2000000, 1000001, 9e34, 5e17, seize => 50);
SELECT * FROM morpho_liquidation(100, 10, 2000000, 1000001, 9e34, 5e17, repay_shares => 5);
SELECT * FROM morpho_liquidation(100, 10, 2000000, 1000001, 9e34, 5e17, seize => 100);
SELECT * FROM morpho_liquidation(100, 10, 2000000, 1000001, 0, 5e17, seize => 100);
SELECT * FROM morpho_liquidation(100, 10, 2000000, 1000001, 1e36, 5e17, seize => 1);
SELECT * FROM morpho_liquidation(100, 10, 2000000, 1000001, 9e34, 5e17);
SELECT * FROM morpho_liquidation(100, 10, 2000000, 1000001, 9e34, 5e17, 1, 1);
SELECT * FROM morpho_liquidation(100, 10, 2000000, 1000001, 9e34, 5e17, seize => 101);
SELECT * FROM morpho_liquidation(100, 10, 2000000, 1000001, 9e34, 5e17, repay_shares => 10);
SELECT * FROM morpho_liquidation(100, 10, 2000000, 1000001, 9e34, 1e18, seize => 1);
SELECT * FROM morpho_liquidation(100, 10, 2000000, 1000001, 0, 5e17, repay_shares => 1);

-- to a utilization
SELECT morpho_supply_to_utilization(1000, 400, 25e16), morpho_withdraw_to_utilization(1000, 400, 5e17), morpho_borrow_to_utilization(1000, 400, 5e17), morpho_repay_to_utilization(1000, 400, 3e17);
SELECT morpho_supply_to_utilization(1000, 400, 5e17), morpho_withdraw_to_utilization(1000, 400, 3e17), morpho_borrow_to_utilization(1000, 400, 3e17), morpho_repay_to_utilization(1000, 400, 5e17);
SELECT morpho_supply_to_utilization(1000, 400, 0), morpho_supply_to_utilization(1000, 0, 0), morpho_withdraw_to_utilization(1000, 400, 0),
	morpho_withdraw_to_utilization(1000, 0, 0), morpho_borrow_to_utilization(1000, 0, 0), morpho_repay_to_utilization(1000, 400, 0);
SELECT morpho_supply_to_utilization(1000, 400, 1e18 + 1);
SELECT morpho_repay_to_utilization(1000, 400, 1.5);
