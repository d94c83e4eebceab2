-- domain liquidity: impermanent loss, and the return of a position over a benchmark
SET extra_float_digits = 0;

-- four times the price costs a fifth; no move costs nothing, and shows as 0
SELECT il_constant_product(4), il_constant_product(0.25), il_constant_product(1) AS none, il_constant_product(NULL) IS NULL AS unknown;
SELECT il_constant_product(1e308) >= -1 AND il_constant_product(1e-308) >= -1 AS bounded;
SELECT il_constant_product(0);
SELECT il_constant_product(-1);
SELECT il_constant_product('NaN');
SELECT il_constant_product('Infinity');

SELECT il_weighted('{4,1}', '{0.5,0.5}'), il_weighted('{3,3,3}', '{0.2,0.3,0.5}') AS none, il_weighted('{7}', '{1}') AS alone;
SELECT il_weighted(NULL, '{1}') IS NULL AS unknown, il_weighted('[0:1]={4,1}', '{0.5,0.5}') AS "bounds do not matter";
SELECT round(il_weighted('{2,1}', '{0.5,0.5000000005}')::numeric, 9) AS "sums to 1 to 1e-9";
SELECT il_weighted('{2,1}', '{0.5,0.51}');
SELECT il_weighted('{2,1}', '{0.5,0.500000002}');
SELECT il_weighted('{2,1}', '{1.5,-0.5}');
SELECT il_weighted('{2,1}', '{1,0}');
SELECT il_weighted('{2,0}', '{0.5,0.5}');
SELECT il_weighted('{NaN,1}', '{0.5,0.5}');
SELECT il_weighted('{1,1}', '{0.5,Infinity}');
SELECT il_weighted('{2,1,1}', '{0.5,0.5}');
SELECT il_weighted('{2,NULL}', '{0.5,0.5}');
SELECT il_weighted('{2,1}', '{0.5,NULL}');
SELECT il_weighted('{}', '{}');
SELECT il_weighted('{{2,1}}', '{0.5,0.5}');

-- in range, out of it, entered below it and above it
SELECT round(il_concentrated(1, 1.1, 0.8, 1.25)::numeric, 12) AS inside, round(il_concentrated(1, 2, 0.8, 1.25)::numeric, 12) AS beyond,
	round(il_concentrated(0.7, 1.3, 0.8, 1.25)::numeric, 12) AS through, il_concentrated(0.7, 0.6, 0.8, 1.25) AS "still below",
	il_concentrated(2, 3, 0.8, 1.25) AS "still above", il_concentrated(1, 1, 0.8, 1.25) AS none;
SELECT il_concentrated(0, 1, 0.8, 1.25);
SELECT il_concentrated(1, -1, 0.8, 1.25);
SELECT il_concentrated(1, 'NaN', 0.8, 1.25);
SELECT il_concentrated(1, 1, 0, 1.25);
SELECT il_concentrated(1, 1, 1.25, 0.8);
SELECT il_concentrated(1, 1, 0.8, 0.8);
SELECT il_concentrated(1, 1, 0.8, 'Infinity');
SELECT il_concentrated(1e-300, 1e300, 1e-200, 1);

SELECT round(il_stableswap(200, 0.99)::numeric, 12) AS "A 200", round(il_stableswap(50, 0.99)::numeric, 12) AS "A 50",
	il_stableswap(200, 1) AS none, round(il_stableswap(200, 1, 0.99)::numeric, 12) AS "from 1",
	round(il_stableswap(200, 0.99, 0.98)::numeric, 12) AS "from 0.99", il_stableswap(200, 0.99, 0.99) AS "none either";
SELECT il_stableswap(0, 1);
SELECT il_stableswap(-5, 1);
SELECT il_stableswap(1e13, 1);
SELECT il_stableswap('NaN', 1);
SELECT il_stableswap(200, 0);
SELECT il_stableswap(200, 'Infinity');
SELECT il_stableswap(200, 1, 'NaN');
SELECT il_stableswap(200, 1e-300, 1e300);

-- split: three per cent of growth, and a depeg
SELECT round(total::numeric, 12) AS total, round(accrual::numeric, 12) AS accrual, round(depeg::numeric, 12) AS depeg, depeg = total - accrual AS whole
FROM il_rate_adjusted(1.0173, 0.995, 1.1705, 1.229);
SELECT round(total::numeric, 12) AS total, round(accrual::numeric, 12) AS accrual, round(depeg::numeric, 12) AS depeg
FROM il_concentrated_rate_adjusted(1, 1.02, 1, 1.03, 0.99, 1.01);
SELECT rate_aware, round(total::numeric, 12) AS total, round(accrual::numeric, 12) AS accrual, round(depeg::numeric, 12) AS depeg
FROM (VALUES (true), (false)) t(rate_aware), il_stableswap_rate_adjusted(200, 1, 1.03, 1, 1.03, rate_aware);
SELECT accrual, total = depeg AS "only depeg" FROM il_stableswap_rate_adjusted(200, 1, 0.98, 1.1, 1.1);
SELECT * FROM il_rate_adjusted(1, NULL, 1, 1);
SELECT il_rate_adjusted(0, 1, 1, 1);
SELECT il_rate_adjusted(1, 1, 1, 'NaN');
SELECT il_concentrated_rate_adjusted(1, 1, 0, 1, 0.9, 1.1);
SELECT il_concentrated_rate_adjusted(1, 1, 1, 1, 1.1, 0.9);
SELECT il_stableswap_rate_adjusted(0, 1, 1, 1, 1);
SELECT il_stableswap_rate_adjusted(100, 1, 1, 1, -1);

-- the price goes up and comes back: who stayed has lost nothing, who rebalanced has
CREATE TEMP TABLE rebalance (id int, p0 float8, p1 float8, pa float8, pb float8);
INSERT INTO rebalance VALUES (1, 2000, 2200, 1800, 2222), (2, 2200, 2000, 1980, 2444), (3, NULL, 1, 1, 2);
SELECT round(realized_il(p0, p1, pa, pb)::numeric, 10) AS rebalanced, il_concentrated(2000, 2000, 1800, 2222) AS stayed,
	round(realized_il(p0, p1, pa, pb)::numeric, 12) = round(linked_return(il_concentrated(p0, p1, pa, pb))::numeric, 12) AS linked,
	round(realized_il(p0, p1)::numeric, 10) AS "full range" FROM rebalance;
SELECT id, round(realized_il(p0, p1, pa, pb) OVER (ORDER BY id)::numeric, 10) FROM rebalance;
SELECT realized_il(p0, p1) IS NULL AS nothing FROM rebalance WHERE id = 3;
SELECT realized_il(p0, p1) IS NULL AS "no rows" FROM rebalance WHERE false;
SELECT realized_il(p0, -p1) FROM rebalance;
SELECT realized_il(p0, p1, pb, pa) FROM rebalance;

-- values
SELECT lp_value('constant_product', 100, 1, 4), hodl_value('constant_product', 100, 1, 4);
SELECT round(lp_value('weighted', 100, 1, 4, weight => 0.8)::numeric, 9) AS lp, round(hodl_value('weighted', 100, 1, 4, weight => 0.8)::numeric, 9) AS hodl;
SELECT round(lp_value('concentrated', 100, 1, 4, 0.5, 2)::numeric, 9) AS lp, round(hodl_value('concentrated', 100, 1, 4, 0.5, 2)::numeric, 9) AS hodl;
SELECT round(lp_value('stableswap', 100, 1, 0.9, a => 100)::numeric, 9) AS lp, hodl_value('stableswap', 100, 1, 0.9, a => 100) AS hodl;
SELECT round(lp_value(100, '{4,1,1}', '{0.5,0.25,0.25}')::numeric, 9) AS lp, hodl_value(100, '{4,1,1}', '{0.5,0.25,0.25}') AS hodl;
SELECT hodl_value('{1.5,1000}', '{2000,1}'), hodl_value(NULL::float8[], '{1}') IS NULL AS unknown;
SELECT round(amount0::numeric, 9) AS amount0, round(amount1::numeric, 9) AS amount1 FROM lp_amounts('concentrated', 1000, 2000, 1800, 2300);
SELECT * FROM lp_amounts('concentrated', 1000, 2300, 1800, 2300);
SELECT * FROM lp_amounts('weighted', 1000, 2, weight => 0.8);
SELECT lp_value(NULL, 1, 1, 1) IS NULL, lp_value('weighted', NULL, 1, 1) IS NULL, hodl_value('weighted', 1, 1, NULL) IS NULL, (lp_amounts('weighted', 1, NULL)) IS NULL;
SELECT lp_value('v2', 100, 1, 4);
SELECT lp_value('Concentrated', 100, 1, 4, 0.5, 2);
SELECT lp_value('', 100, 1, 4);
SELECT lp_value('concentrated', 100, 1, 4, pa => 0.5);
SELECT hodl_value('weighted', 100, 1, 4);
SELECT lp_amounts('stableswap', 100, 1);
SELECT lp_value('constant_product', 100, 1, 4, weight => 0.5);
SELECT lp_value('concentrated', 100, 1, 4, 0.5, 2, a => 5);
SELECT lp_value('concentrated', 100, 1, 4, 2, 2);
SELECT lp_value('weighted', 100, 1, 4, weight => 1);
SELECT lp_value('weighted', 100, 1, 4, weight => 'NaN');
SELECT lp_value('stableswap', 100, 1, 4, a => 0);
SELECT lp_value('constant_product', -100, 1, 4);
SELECT lp_value('constant_product', 'NaN', 1, 4);
SELECT lp_value('constant_product', 100, 0, 4);
SELECT hodl_value('constant_product', 100, 1, 'NaN');
SELECT lp_value('constant_product', 1e308, 1, 1e10);
SELECT hodl_value('{1,2}', '{1}');
SELECT hodl_value('{1,2}', '{1,0}');
SELECT hodl_value('{1,NULL}', '{1,1}');
SELECT hodl_value('{1,-2}', '{1,1}');
SELECT lp_value(100, '{4,1}', '{0.5,0.4}');

-- returns, each over a benchmark that is named
SELECT benchmark, benchmark_value AS value, round(il::numeric, 6) AS il, round(mix::numeric, 6) AS mix, round(fee_return::numeric, 6) AS fees,
	round(reward_return::numeric, 6) AS rewards, round(net::numeric, 6) AS net, il + mix + fee_return + reward_return = net AS whole
FROM (VALUES ('hodl'), ('hodl_lst'), ('hodl_eth')) b(benchmark), lp_net_return(100, 101, 102, 3, 0.5, benchmark, price_ratio => 1.04);
SELECT net FROM lp_net_return(100, 100, 100);
SELECT lp_net_return(NULL, 100, 100) IS NULL AS unknown;
SELECT lp_net_return(100, 101, 102, benchmark => 'hold');
SELECT lp_net_return(100, 101, 102, benchmark => 'hodl_lst');
SELECT lp_net_return(100, 101, 102, benchmark => 'hodl_lst', price_ratio => 0);
SELECT lp_net_return(0, 101, 102);
SELECT lp_net_return(100, -1, 102);
SELECT lp_net_return(100, 101, 0);
SELECT lp_net_return(100, 101, 102, 'NaN');
SELECT lp_net_return(100, 101, 102, 0, 'Infinity');

SELECT break_even_fee_apr(100, 99, 100, '73 days'), break_even_fee_apr_between(100, 99, 100, timestamptz '2024-01-01Z', timestamptz '2024-03-14Z'),
	break_even_fee_apr(100, 99, 100, '73 days', 360) AS "year of 360 days", break_even_fee_apr(100, 101, 100, '73 days') AS "needs none",
	break_even_fee_apr(0, 0, 0, '73 days') IS NULL AS nothing;
SELECT break_even_fee_apr(100, 99, 100, '0 days');
SELECT break_even_fee_apr(100, 99, 100, '-1 days');
SELECT break_even_fee_apr(100, 99, 100, '1 month');
SET timezone = 'UTC'; SET datestyle = 'ISO';
SELECT break_even_fee_apr_between(100, 99, 100, timestamptz '2024-01-01Z', timestamptz '2024-01-01Z');
SELECT break_even_fee_apr_between(100, 99, 100, timestamptz '2024-01-02Z', timestamptz '2024-01-01Z');
SELECT break_even_fee_apr_between(100, 99, 100, timestamptz '2024-01-02Z', timestamptz 'infinity');
SELECT break_even_fee_apr(100, 99, 100, '73 days', 0);
SELECT break_even_fee_apr(-100, 99, 100, '73 days');
