-- Compound v3 (Comet): behaviour, errors and edges

-- rates: utilization may be above one, and the curves go on there
SELECT comet_per_second(40000000000000000), comet_per_second(31535999), comet_utilization(1000, 640), comet_utilization(1000, 1100), comet_utilization(0, 5);
SELECT u, comet_rate(u, 8e17, 0, 1268391679, 12683916793) AS supply, comet_rate(u, 8e17, 317097919, 1585489599, 9512937595) AS borrow
FROM unnest('{0,100000000000000000,800000000000000000,800000000000000001,1000000000000000000,1100000000000000000}'::numeric[]) u;
SELECT comet_rate(NULL, 1, 1, 1, 1), comet_utilization(1, NULL);
SELECT comet_rate(0, 1e18 + 1, 0, 0, 0);
SELECT comet_rate(1e18, 1e18, 2::numeric ^ 64 - 1, 1, 0);
SELECT comet_rate(1e18, 1e18, 2::numeric ^ 256 - 1, 1e18, 0);
SELECT comet_rate(0.5, 8e17, 0, 1, 1);
SELECT comet_rate(-1, 8e17, 0, 1, 1);
SELECT comet_utilization(1, 115792089237316195423570985008687907853269984665640564039457584007913129639936);
SELECT comet_per_second('NaN');
SELECT comet_accrue_index(1e15, 475646878, 31536000), comet_accrue_index(1e15, 475646878, 0), comet_accrue_index(1, 475646878, 1);
SELECT comet_accrue_index(18446744073709551615, 1, 1e18);

-- balances: against the account
SELECT comet_present_value(1000001, 1050000000000000, 1100000000000000), comet_present_value(-1000001, 1050000000000000, 1100000000000000),
	comet_principal_value(1000001, 1050000000000000, 1100000000000000), comet_principal_value(-1000001, 1050000000000000, 1100000000000000), comet_principal_value(0, 1, 1);
SELECT comet_principal_value(1, 0, 1);
SELECT comet_principal_value(-1, 1, 0);
SELECT comet_principal_value(2::numeric ^ 103, 1e15, 1e15);
SELECT comet_principal_value(2::numeric ^ 103 - 1, 1e15, 1e15) = 2::numeric ^ 103 - 1;
SELECT comet_present_value(-2::numeric ^ 255, 1, 2::numeric ^ 255);
SELECT comet_present_value(57896044618658097711785492504343953926634992332820282019728792003956564819968, 1, 1);
SELECT comet_present_value(1.5, 1, 1);
SELECT comet_present_value('Infinity', 1, 1);

-- an account: 1500 borrowed of 6 decimals against one of 18 decimals
CREATE VIEW loan AS SELECT p AS price, -1500000000::numeric AS balance, 100000000::numeric AS base_price, 1000000::numeric AS base_scale, ARRAY[1e18] AS amounts,
	ARRAY[p * 1e8] AS prices, ARRAY[1e18] AS scales FROM unnest('{2200,2000,1875,1874,1000}'::numeric[]) p;
SELECT price, comet_liquidity(balance, base_price, base_scale, amounts, prices, scales, ARRAY[7e17]) AS to_borrow,
	comet_is_borrow_collateralized(balance, base_price, base_scale, amounts, prices, scales, ARRAY[7e17]) AS may_borrow,
	comet_liquidity(balance, base_price, base_scale, amounts, prices, scales, ARRAY[8e17]) AS to_liquidation,
	comet_is_liquidatable(balance, base_price, base_scale, amounts, prices, scales, ARRAY[8e17]) AS liquidatable FROM loan;
SELECT price, x.* FROM loan, comet_absorb(balance, base_price, base_scale, amounts, prices, scales, ARRAY[8e17], ARRAY[9e17]) x WHERE price < 1875;
-- no collateral at all, no debt, NULL
SELECT comet_is_borrow_collateralized(-1, 1, 1, '{}', '{}', '{}', '{}'), comet_is_liquidatable(-1, 1, 1, '{}', '{}', '{}', '{}'),
	comet_is_borrow_collateralized(0, 1, 1, '{}', '{}', '{}', '{}'), comet_is_liquidatable(5, 1, 1, '{}', '{}', '{}', '{}');
SELECT comet_liquidity(-1, 1, 1, '{NULL}', '{1}', '{1}', '{1}'), comet_liquidity(-1, 1, 1, '{1}', '{1}', '{1}', '{NULL}'), comet_liquidity(NULL, 1, 1, '{1}', '{1}', '{1}', '{1}');
SELECT * FROM comet_absorb(-1, 1, 1, '{1}', '{1}', '{1}', '{0}', '{NULL}');
SELECT * FROM comet_absorb(-1, 1, 1, '{}', '{}', '{}', '{}', '{}');
SELECT price, x.* FROM loan, comet_absorb(balance, base_price, base_scale, amounts, prices, scales, ARRAY[8e17], ARRAY[9e17]) x WHERE price = 2000;
SELECT * FROM comet_absorb(5, 1, 1, '{}', '{}', '{}', '{}', '{}');
SELECT * FROM comet_absorb(-5, 1, 1, '{1}', '{1}', '{1}', '{1}', '{1000000000000000001}');
SELECT comet_liquidity(-1, 1, 1, '{1,2}', '{1}', '{1,1}', '{1,1}');
SELECT comet_liquidity(-1, 1, 1, '{{1}}', '{{1}}', '{{1}}', '{{1}}');
SELECT comet_liquidity(-1, 1, 1, '{1}', '{0}', '{1}', '{1}');
SELECT comet_liquidity(-1, 0, 1, '{1}', '{1}', '{1}', '{1}');
SELECT comet_liquidity(-1, 1, 0, '{1}', '{1}', '{1}', '{1}');
SELECT comet_liquidity(-1, 1, 1, '{1}', '{1}', '{0}', '{1}');
SELECT comet_liquidity(-1, 1, 1, '{1}', '{1}', '{1}', '{1000000000000000001}');
SELECT comet_liquidity(-1, 1, 1, '{-1}', '{1}', '{1}', '{1}');
SELECT comet_liquidity(-2::numeric ^ 255, 2, 1, '{1}', '{1}', '{1}', '{1}');
DROP VIEW loan;

-- what absorbed collateral sells for
SELECT comet_quote_collateral(200000000, 100000000, 1000000, 20000000000, 1e18, 6e17, 5e17), comet_quote_collateral(200000000, 100000000, 1000000, 20000000000, 1e18, 1e18, 5e17),
	comet_quote_collateral(0, 100000000, 1000000, 20000000000, 1e18, 6e17, 5e17);
SELECT comet_quote_collateral(1, 1, 1, 1, 1, 0, 1e18);
SELECT comet_quote_collateral(1, 1, 0, 1, 1, 1e18, 1e18);
SELECT comet_quote_collateral(1, 1, 1, 0, 1, 1e18, 1e18);
SELECT comet_quote_collateral(1, 1, 1, 1, 1, 1e18 + 1, 1e18);
SELECT comet_quote_collateral(2::numeric ^ 255, 2, 1, 1, 1, 1e18, 1e18);
