-- Aave v3: behaviour, errors and edges

-- interest: the three forms at 5 % and a year; no time; no rate
SELECT aave_linear_interest(5e25, 31536000), aave_linear_interest(5e25, 0), aave_linear_interest(0, 5);
SELECT version, aave_compound_interest(5e25, 31536000, version), aave_compound_interest(5e25, 1, version), aave_compound_interest(5e25, 0, version)
FROM unnest('{taylor,binomial,v2}'::text[]) version;
SELECT aave_compound_interest(5e25, 31536000) = aave_compound_interest(5e25, 31536000, 'taylor');
SELECT aave_accrue_index(1.1e27, 5e25, 31536000, 'supply'), aave_accrue_index(1.1e27, 5e25, 31536000, 'debt'), aave_accrue_index(1.1e27, 5e25, 31536000, 'debt', version => 'v2');
SELECT aave_apy(109284236984257451326752610), aave_apy(109284236984257451326752610, 15768000), aave_apy(0), aave_apy(5e25, 0);
SELECT aave_linear_interest(NULL, 1), aave_compound_interest(1, NULL), aave_compound_interest(1, 1, NULL), aave_accrue_index(1, 1, 1, NULL), aave_apy(NULL);

-- what is no chain integer, and what does not fit
SELECT aave_linear_interest(-1, 1);
SELECT aave_linear_interest(0.05, 1);
SELECT aave_compound_interest('NaN', 1);
SELECT aave_compound_interest(1, 'Infinity');
SELECT aave_apy(115792089237316195423570985008687907853269984665640564039457584007913129639936);
SELECT aave_linear_interest(2::numeric ^ 256 - 1, 31536000);
SELECT aave_compound_interest(2::numeric ^ 200, 2::numeric ^ 80);
SELECT aave_compound_interest(2::numeric ^ 127, 2::numeric ^ 127, 'binomial');
SELECT aave_accrue_index(2::numeric ^ 128, 0, 0, 'supply');
SELECT aave_apy(1e27, 2::numeric ^ 64);
-- names are strict
SELECT aave_compound_interest(1, 1, 'v3.0');
SELECT aave_compound_interest(1, 1, 'TAYLOR');
SELECT aave_accrue_index(1, 1, 1, 'borrow');
SELECT aave_accrue_index(1, 1, 1, 'supply', 'linear');

-- rates below, at and above the optimum; no debt; a deficit
SELECT * FROM aave_rates(200, 800, 8e26, 1e25, 4e25, 6e26, 2000);
SELECT * FROM aave_rates(9920, 80, 8e26, 1e25, 4e25, 6e26, 2000);
SELECT * FROM aave_rates(0, 1, 8e26, 1e25, 4e25, 6e26, 2000);
SELECT * FROM aave_rates(123, 0, 8e26, 1e25, 4e25, 6e26, 1000);
SELECT * FROM aave_rates(0, 0, 8e26, 1e25, 4e25, 6e26, 1000);
SELECT * FROM aave_rates(200, 800, 8e26, 1e25, 4e25, 6e26, 2000, deficit => 250);
SELECT * FROM aave_rates(200, 800, 1e27, 1e25, 4e25, 6e26, 10000);
SELECT * FROM aave_rates(200, 800, NULL, 1e25, 4e25, 6e26, 2000);
SELECT * FROM aave_rates(200, 800, 1e27 + 1, 1e25, 4e25, 6e26, 2000);
SELECT * FROM aave_rates(200, 800, 8e26, 1e25, 4e25, 6e26, 10001);
SELECT * FROM aave_rates(200, 800, 0.8, 1e25, 4e25, 6e26, 1000);
SELECT * FROM aave_rates(2::numeric ^ 255, 1, 0, 1e25, 4e25, 6e26, 1000);
SELECT * FROM aave_rates(2::numeric ^ 256 - 1, 1, 8e26, 1e25, 4e25, 6e26, 1000);
SELECT aave_treasury_accrual(1000e18, 1e27, 1.01e27, 1500), aave_treasury_accrual(1000e18, 1.01e27, 1.01e27, 1500), aave_treasury_accrual(3, 1.1e27, 1.7e27, 10000, 'v3.0');
SELECT aave_treasury_accrual(1, 2, 1, 1500);
SELECT aave_treasury_accrual(1, 1, 2, 15000);

-- balances: rounded against the account, half up before 3.5
SELECT side, version, aave_scaled_to_balance(10, 1.05e27, side, version) FROM unnest('{supply,debt}'::text[]) side, unnest('{origin,v3.6,v3.5,v3.0}'::text[]) version;
SELECT action, aave_amount_to_scaled(10, 1.06e27, action), aave_amount_to_scaled(10, 1.06e27, action, 'v3.0')
FROM unnest('{supply,withdraw,borrow,repay}'::text[]) action;
SELECT aave_amount_to_scaled(10, 0, 'supply');
SELECT aave_amount_to_scaled(10, 1e27, 'mint');
SELECT aave_scaled_to_balance(10, 1e27, 'aToken');
SELECT aave_scaled_to_balance(2::numeric ^ 255, 2e27, 'supply');
SELECT aave_base_value(1234567, 99990000, 6, 'supply'), aave_base_value(1234567, 99990000, 6, 'debt'), aave_base_value(1234567, 99990000, 6, 'debt', 'v3.0'),
	aave_base_value(5, 7, 0, 'supply');
SELECT aave_base_value(1, 1, -1, 'supply');
SELECT aave_base_value(1, 1, 78, 'supply');

-- health factors: no debt, no collateral, the versions
SELECT aave_health_factor(35000e8, 20000e8, 8300), aave_health_factor(35000e8, 0, 8300), aave_health_factor(0, 1, 8300), aave_health_factor(0, 0, 0);
SELECT version, aave_health_factor(106000e8, 6484567890100, 7916, version), aave_health_factor(12345, 9876, 8137, version) FROM unnest('{origin,v3.6,v3.5,v3.0}'::text[]) version;
SELECT aave_health_factor(1, 1, 10001);
SELECT aave_health_factor(1, 1, -1);
SELECT aave_health_factor(1, 1, 80.5);
SELECT aave_health_factor(1, 1, 8000, 'v2');
SELECT aave_health_factor(2::numeric ^ 255, 1, 10000);
SELECT aave_available_to_borrow(35000e8, 20000e8, 8050), aave_available_to_borrow(35000e8, 30000e8, 8050), aave_available_to_borrow(3, 0, 5000), aave_available_to_borrow(3, 0, 5000, 'v3.0');
SELECT aave_available_to_borrow(1, 0, 65535);

-- accounts
SELECT * FROM aave_account('{4100000000000,500000000000,6000000000000}', '{8100,7800,7800}', '{7800,7500,7300}', '{5250000000000,1234567890100}');
SELECT * FROM aave_account('{4100000000000,500000000000,6000000000000}', '{8100,7800,7800}', '{7800,7500,7300}', '{5250000000000,1234567890100}', 'v3.0');
SELECT * FROM aave_account('{100,50}', '{8000,0}', '{7500,0}', '{}');
SELECT * FROM aave_account('{}', '{}', '{}', '{7}');
SELECT * FROM aave_account('{}', '{}', '{}', '{}');
SELECT * FROM aave_account('{1,NULL}', '{1,1}', '{1,1}', '{1}');
SELECT * FROM aave_account('{1}', '{1}', '{1}', NULL);
SELECT * FROM aave_account('{1,2}', '{1}', '{1,1}', '{1}');
SELECT * FROM aave_account('{1}', '{1}', '{1,1}', '{1}');
SELECT * FROM aave_account('{1,2}', '{8000,10001}', '{1,1}', '{1}');
SELECT * FROM aave_account('{1,-2}', '{8000,1}', '{1,1}', '{1}');
SELECT * FROM aave_account('{{1},{2}}', '{8000,1}', '{1,1}', '{1}');
SELECT * FROM aave_account(ARRAY[2::numeric ^ 255, 2::numeric ^ 255], '{1,1}', '{1,1}', '{1}');

-- e-mode: in the category and out of it; ltv zero; isolated; before 3.6
SELECT * FROM aave_emode_terms(3, 7800, 8100, 10600, 9300, 9500, 10100, 8);
SELECT * FROM aave_emode_terms(2, 7800, 8100, 10600, 9300, 9500, 10100, 8);
SELECT * FROM aave_emode_terms(3, 7800, 8100, 10600, 9300, 9500, 10100, 8, ltvzero_bitmap => 8);
SELECT * FROM aave_emode_terms(2, 7800, 8100, 10600, 9300, 9500, 10100, 8, isolated => true);
SELECT * FROM aave_emode_terms(3, 0, 8100, 10600, 9300, 9500, 10100, 8);
SELECT * FROM aave_emode_terms(3, 0, 8100, 10600, 9300, 9500, 10100, 8, version => 'v3.5');
SELECT * FROM aave_emode_terms(3, 0, 0, 0, 9300, 9500, 10100, 8, version => 'v3.0');
SELECT * FROM aave_emode_terms(127, 1, 1, 1, 9300, 9500, 10100, 2::numeric ^ 127);
SELECT * FROM aave_emode_terms(128, 1, 1, 1, 1, 1, 1, 1);
SELECT * FROM aave_emode_terms(-1, 1, 1, 1, 1, 1, 1, 1);
SELECT * FROM aave_emode_terms(1, 1, 1, 1, 1, 1, 1, 340282366920938463463374607431768211456);
SELECT * FROM aave_emode_terms(1, 1, 10001, 1, 1, 1, 1, 1);
SELECT * FROM aave_emode_terms(1, 1, 1, 1, 1, 1, 1, 1, 1, version => 'v3.5');
SELECT * FROM aave_emode_terms(3, 0, 0, 0, 9300, 9500, 10100, 8, 8, version => 'v3.6');
SELECT * FROM aave_emode_terms(3, 0, 0, 0, 9300, 9500, 10100, 8, isolated => true, version => 'v3.6');
SELECT * FROM aave_emode_terms(4294967299, 1, 1, 1, 1, 1, 1, 1);
SELECT aave_base_value(1, 1, 6::bigint, 'supply'), aave_base_value(1, 1, 4294967302, 'supply');

-- liquidation: half of the debt; all of it, and a deficit; what other collateral changes; the versions
SELECT * FROM aave_liquidation(10e18, 2500e8, 22000e6, 1e8, 10500, 1000, 96e16, 22000e8, 2::numeric ^ 255, debt_decimals => 6);
SELECT version, l.* FROM unnest('{origin,v3.6,v3.5,v3.0}'::text[]) version,
	aave_liquidation(10e18, 2000e8, 22000e6, 1e8, 10500, 1000, 80e16, 22000e8, 2::numeric ^ 255, debt_decimals => 6, version => version) l;
SELECT * FROM aave_liquidation(10e18, 2000e8, 22000e6, 1e8, 10500, 1000, 80e16, 22000e8, 2::numeric ^ 255, debt_decimals => 6, other_collateral_base => 1);
-- a small debt is closed whole above 0.95, and half of a larger account's may be all of this one
SELECT * FROM aave_liquidation(10e18, 2500e8, 1900e6, 1e8, 10500, 0, 99e16, 22000e8, 1900e6, debt_decimals => 6);
SELECT * FROM aave_liquidation(10e18, 2500e8, 10000e6, 1e8, 10500, 0, 99e16, 22000e8, 20000e6, debt_decimals => 6);
-- dust
SELECT * FROM aave_liquidation(10e18, 2500e8, 22000e6, 1e8, 10500, 1000, 80e16, 22000e8, 21500e6, debt_decimals => 6);
SELECT * FROM aave_liquidation(10e18, 2500e8, 22000e6, 1e8, 10500, 1000, 80e16, 22000e8, 21500e6, debt_decimals => 6, version => 'v3.0');
SELECT * FROM aave_liquidation(10e18, 2500e8, 22000e6, 1e8, 10500, 1000, 80e16, 22000e8, 0, debt_decimals => 6);
SELECT * FROM aave_liquidation(10e18, 2500e8, 22000e6, 1e8, 10500, 1000, 1e18, 22000e8, 1, debt_decimals => 6);
SELECT * FROM aave_liquidation(10e18, 2500e8, 0, 1e8, 10500, 1000, 9e17, 22000e8, 1, debt_decimals => 6);
SELECT * FROM aave_liquidation(10e18, 2500e8, 1, 1e8, 500, 1000, 9e17, 22000e8, 1);
SELECT * FROM aave_liquidation(10e18, 2500e8, 1, 1e8, 10500, 10001, 9e17, 22000e8, 1);
SELECT * FROM aave_liquidation(10e18, 0, 1, 1e8, 10500, 1000, 9e17, 22000e8, 1);
SELECT * FROM aave_liquidation(10e18, 1, 1, 1e8, 10500, 1000, 9e17, 22000e8, 1, 99);
SELECT * FROM aave_liquidation(10e18, 1, 1, 2::numeric ^ 250, 10500, 1000, 9e17, 22000e8, 1);
SELECT * FROM aave_liquidation(NULL, 1, 1, 1, 10500, 1000, 9e17, 22000e8, 1);

-- configuration
\x on
SELECT * FROM aave_configuration(8050 + 8300 * 2::numeric ^ 16 + 10500 * 2::numeric ^ 32 + 18 * 2::numeric ^ 48 + 133 * 2::numeric ^ 56
	+ 1500 * 2::numeric ^ 64 + 2700000 * 2::numeric ^ 80 + 3000000 * 2::numeric ^ 116 + 1000 * 2::numeric ^ 152 + 2::numeric ^ 168 + 500000000 * 2::numeric ^ 212 + 2::numeric ^ 252);
SELECT * FROM aave_configuration(2::numeric ^ 256 - 1);
SELECT * FROM aave_configuration(0);
\x off
SELECT aave_configuration(NULL);
SELECT aave_configuration(115792089237316195423570985008687907853269984665640564039457584007913129639936);
SELECT aave_configuration(-1);

-- prices
SELECT aave_capo_price(3500e8, 1.16e18, 1261319999999999975), aave_capo_price(3500e8, 1.3e18, 1261319999999999975), aave_capo_price(3500e8, 0, 1e18), aave_capo_price(7, 15, 99, 1);
SELECT aave_capo_price(1, 1, 1, 78);
SELECT aave_pt_price(1e8, 1e17, 15768000), aave_pt_price(1e8, 1000, 15768000, 10000), aave_pt_price(1e8, 1e17, 0), aave_pt_price(1e8, 1e18, 31536000);
SELECT aave_pt_price(1e8, 1e18, 31536001);
SELECT aave_pt_price(1e8, 0, 0, 0);
SELECT aave_pt_price(1e8, NULL, 0);
