-- Curve's pools of unpegged coins: behaviour, errors and edges

-- two coins of 18 decimals in balance: D is their sum, the price that of the scale, the fee the middle one
SELECT v AS version, cryptoswap_d(ARRAY[1000e18, 1000e18], 400000, 145000000000000, v) AS d,
	cryptoswap_y(1, ARRAY[1000e18, 0], 2000e18, 400000, 145000000000000, v) AS y,
	cryptoswap_dy(0, 1, 1e18, ARRAY[1000e18, 500e18], ARRAY[2e18], 2000e18, 400000, 145000000000000, 26000000, 45000000, 230000000000000, version => v) AS dy,
	cryptoswap_fee(ARRAY[1000e18, 1000e18], 26000000, 45000000, 230000000000000, v) AS fee,
	cryptoswap_fee(ARRAY[1500e18, 1000e18], 26000000, 45000000, 230000000000000, v) AS off,
	cryptoswap_virtual_price(2000e18, ARRAY[4e18], 500e18, v) AS virtual_price
FROM unnest('{v2.0,v2.1}'::text[]) v;
SELECT cryptoswap_spot_price(1, ARRAY[1000e18, 1000e18], 2000e18, 400000, 145000000000000, 2e18), cryptoswap_spot_price(1, ARRAY[1000e18, 1100e18], 2098e18, 400000, 145000000000000) AS plentiful,
	cryptoswap_lp_price(1e18, ARRAY[4e18]), cryptoswap_lp_price(1e18, ARRAY[8e18, 1e18]);
-- three; tokens of 6 and 8 decimals
SELECT cryptoswap_d(ARRAY[1000e18, 1000e18, 1000e18], 540000, 80500000000000) AS d, cryptoswap_y(2, ARRAY[1000e18, 1000e18, 5], 3000e18, 540000, 80500000000000) AS y,
	cryptoswap_dy(0, 2, 3000e6, ARRAY[3000000e6, 100e8, 1000e18], ARRAY[30000e18, 3000e18], 9000000e18, 540000, 80500000000000, 3000000, 30000000, 500000000000000,
	ARRAY[1e12, 1e10, 1]) AS dy, cryptoswap_fee(ARRAY[2e18, 1e18, 1e18], 3000000, 30000000, 0) AS no_gamma,
	cryptoswap_spot_price(2, ARRAY[1000e18, 1000e18, 1000e18], 3000e18, 540000, 80500000000000, 3000e18) AS price, cryptoswap_virtual_price(3000e18, ARRAY[8e18, 1e18], 500e18) AS virtual_price;

-- NULL in any argument but precisions, or in an array
SELECT cryptoswap_d(NULL, 400000, 145000000000000), cryptoswap_d('{1,NULL}', 400000, 145000000000000), cryptoswap_y(0, '{NULL,1}', 1, 1, 1), cryptoswap_fee('{1,1}', NULL, 1, 1),
	cryptoswap_dy(0, 1, 1, '{1,1}', '{NULL}', 1, 1, 1, 1, 1, 1), cryptoswap_dy(0, 1, NULL, '{1,1}', '{1}', 1, 1, 1, 1, 1, 1), cryptoswap_dy(0, 1, 1, '{1,1}', '{1}', 1, 1, 1, 1, 1, 1, '{NULL,1}'),
	cryptoswap_spot_price(1, '{1,1}', NULL, 1, 1), cryptoswap_virtual_price(1, '{NULL}', 1), cryptoswap_lp_price(1, NULL);

-- what is no number of a chain, no pool, no coin, no version
SELECT cryptoswap_d('{1}', 400000, 145000000000000);
SELECT cryptoswap_d('{1,1,1,1}', 400000, 145000000000000);
SELECT cryptoswap_d('{{1,1}}', 400000, 145000000000000);
SELECT cryptoswap_d('{}', 400000, 145000000000000);
SELECT cryptoswap_d('{1,-1}', 400000, 145000000000000);
SELECT cryptoswap_d('{1,1}', 0.5, 145000000000000);
SELECT cryptoswap_d('{1,1}', 400000, 'NaN');
SELECT cryptoswap_d('{1,1}', 400000, 145000000000000, 'v3');
SELECT cryptoswap_d('{1,1,1}', 400000, 145000000000000, 'v2.1');
SELECT cryptoswap_y(2, '{1,1}', 1, 1, 1);
SELECT cryptoswap_spot_price(0, '{1,1}', 1, 1, 1);
SELECT cryptoswap_dy(0, 0, 1, '{1,1}', '{1}', 1, 1, 1, 1, 1, 1);
SELECT cryptoswap_dy(0, 1, 1, '{1,1}', '{1,1}', 1, 1, 1, 1, 1, 1);
SELECT cryptoswap_dy(0, 1, 1, '{1,1}', '{1}', 1, 1, 1, 1, 1, 1, '{1,1,1}');
SELECT cryptoswap_dy(0, 1, 1, '{1,1}', '{1}', 1, 1, 1, 10000000001, 1, 1);
SELECT cryptoswap_virtual_price(1, '{1,1,1}', 1);
SELECT cryptoswap_lp_price(1, '{}');

-- where the contract reverts
SELECT cryptoswap_d(ARRAY[1000e18, 1000e18], 3999, 145000000000000);
SELECT cryptoswap_d(ARRAY[1000e18, 1000e18], 400000, 3e15);
SELECT cryptoswap_d(ARRAY[1000e18, 1000e18], 400000, 3e15, 'v2.1') AS "2.1 does not";
SELECT cryptoswap_d(ARRAY[1000e18, 1e14], 400000, 145000000000000);
SELECT cryptoswap_d('{0,0,0}', 540000, 80500000000000);
SELECT cryptoswap_y(0, ARRAY[1, 1e18], 1000e18, 400000, 145000000000000);
SELECT cryptoswap_y(0, ARRAY[1, 1e18], 1e16, 400000, 145000000000000);
SELECT cryptoswap_dy(0, 1, 0, ARRAY[1000e18, 1000e18], ARRAY[1e18], 2000e18, 400000, 145000000000000, 1, 1, 1);
SELECT cryptoswap_dy(0, 1, 1, ARRAY[1000e18, 1000e18], ARRAY[0], 2000e18, 400000, 145000000000000, 1, 1, 1);
SELECT cryptoswap_dy(0, 1, 2::numeric ^ 255, ARRAY[1000e18, 1000e18], ARRAY[1e18], 2000e18, 400000, 145000000000000, 1, 1, 1);
SELECT cryptoswap_fee('{0,0}', 1, 1, 1);
SELECT cryptoswap_spot_price(1, ARRAY[1000e18, 0], 2000e18, 400000, 145000000000000);
SELECT cryptoswap_virtual_price(2000e18, '{0}', 1e18);
SELECT cryptoswap_virtual_price(2000e18, '{1}', 0);
SELECT cryptoswap_lp_price(2::numeric ^ 255, '{1}');

-- a parameter that the next row reads again
SET plan_cache_mode = force_generic_plan;
PREPARE quote(numeric, numeric[]) AS
	SELECT cryptoswap_dy(0, 1, $1, $2, ARRAY[1e18], 2000e18, 400000, 145000000000000, 26000000, 45000000, 230000000000000) FROM generate_series(1, 2);
EXECUTE quote(1e18, ARRAY[1000e18, 1000e18]);
EXECUTE quote(1e18, ARRAY[1000e18, 1000e18]);
