-- domain liquidity: loss versus rebalancing, and fees
SET extra_float_digits = 0;

-- sigma^2/8 and what it becomes by kind
SELECT lvr_rate('constant_product', 0.8) AS cp, lvr_rate('weighted', 0.8, weight => 0.5) AS "half and half", lvr_rate('weighted', 0.8, weight => 0.8) AS "80/20",
	lvr_rate('constant_product', 0) AS "no volatility", lvr_rate(NULL, 0.8) IS NULL AS unknown, lvr_rate('weighted', NULL) IS NULL AS unknown;
SELECT lvr_rate('concentrated', 0.8, price, 1600, 2500) AS rate FROM (VALUES (1599.0), (2500.0), (3000.0)) t(price);
SELECT round(lvr_rate('concentrated', 0.8, 2000, 1600, 2500)::numeric, 12) = round(0.08 * capital_efficiency(2000, 1600, 2500)::numeric, 12) AS "times efficiency";
SELECT round(lvr_rate('stableswap', 0.1, price, a => 100)::numeric, 9) AS rate FROM (VALUES (1.0), (0.99), (0.9)) t(price);
SELECT round(lvr_rate('stableswap', 0.8, 3, a => 1e-12)::numeric, 9) AS "as a constant product";
SELECT lvr_rate('concentrated', 0.8, pa => 1, pb => 2);
SELECT lvr_rate('stableswap', 0.8, a => 100);
SELECT lvr_rate('uniswap', 0.8);
SELECT lvr_rate('constant_product', 0.8, a => 100);
SELECT lvr_rate('constant_product', -0.8);
SELECT lvr_rate('constant_product', 'NaN');
SELECT lvr_rate('constant_product', 1e200);
SELECT lvr_rate('constant_product', 0.8, 0);
SELECT lvr_rate('concentrated', 0.8, 'Infinity', 1, 2);

SELECT blocks, round(lvr_with_fees(0.08, 0.8, 0.003, '12 s', blocks)::numeric, 9) AS arbitrage, round((0.08 - lvr_with_fees(0.08, 0.8, 0.003, '12 s', blocks))::numeric, 9) AS "fees from it"
FROM (VALUES ('poisson'), ('fixed'), ('fast')) b(blocks);
SELECT lvr_with_fees(0.08, 0.8, 0, '12 s') AS "no fee", lvr_with_fees(0, 0, 0.003, '12 s') AS "no volatility", lvr_with_fees(0.08, 0.8, 0.003, NULL) IS NULL AS unknown;
SELECT lvr_with_fees(0.08, 0.8, 0, '12 s', 'fast');
SELECT lvr_with_fees(0.08, 0.8, 0.003, '12 s', 'Poisson');
SELECT lvr_with_fees(0.08, 0.8, 1, '12 s');
SELECT lvr_with_fees(0.08, 0.8, -0.1, '12 s');
SELECT lvr_with_fees(0.08, 0.8, 'NaN', '12 s');
SELECT lvr_with_fees(-0.08, 0.8, 0.003, '12 s');
SELECT lvr_with_fees(0.08, 'NaN', 0.003, '12 s');
SELECT lvr_with_fees(0.08, 0.8, 0.003, '0 s');
SELECT lvr_with_fees(0.08, 0.8, 0.003, '-12 s');
SELECT lvr_with_fees(0.08, 0.8, 0.003, '1 month');
SELECT lvr_with_fees(0.08, 0.8, 0.003, '12 s', year_days => 0);

-- realised: sells 2 at 2000 where the market pays 2010, buys 1 at 2010 where it asks 2000; one swap at market
CREATE TEMP TABLE swap (id int, quantity float8, execution float8, market float8);
INSERT INTO swap VALUES (1, 2, 2000, 2010), (2, -1, 2010, 2000), (3, 5, 2000, 2000), (4, NULL, 1, 1), (5, 1, NULL, 1), (6, 1, 1, NULL), (7, 1, 2010, 2000);
SELECT realized_lvr(quantity, execution, market), lvr_volume(lvr_agg(quantity, execution, market)), num_swaps(lvr_agg(quantity, execution, market)) FROM swap;
SELECT id, realized_lvr(quantity, execution, market) OVER (ORDER BY id ROWS 1 PRECEDING) FROM swap;
SELECT lvr_agg(quantity, execution, market) AS s, rollup(lvr_agg(quantity, execution, market)) OVER () AS r FROM swap;
SELECT realized_lvr(rollup(s)) FROM (SELECT lvr_agg(quantity, execution, market) AS s FROM swap GROUP BY id % 2) x;
SELECT realized_lvr(quantity, execution, market) IS NULL AS nothing FROM swap WHERE id BETWEEN 4 AND 6;
SELECT realized_lvr(quantity, execution, market) IS NULL AS "no rows" FROM swap WHERE false;
SELECT '(41:7680,41:2048000,2)'::lvr_summary = '(42:0:7680,41:2048000,2)'::lvr_summary AS equal, '(41:7680,41:2048000,2)'::lvr_summary < '(41:7936,41:2048000,2)' AS less;
SELECT realized_lvr(1, 0, 1);
SELECT realized_lvr(1, 1, -1);
SELECT realized_lvr(1, 1, 'NaN');
SELECT realized_lvr('NaN', 1, 1);
SELECT realized_lvr('Infinity', 1, 1);
SELECT realized_lvr(1e300, 1, 1e300);
SELECT '(41:7680,41:2048000)'::lvr_summary;
SELECT '(41:7680,41:2048000,0)'::lvr_summary;
SELECT '(41:7680,41:-2048000,2)'::lvr_summary;
SELECT '(7680,41:2048000,2)'::lvr_summary;
SELECT '(41:7680:,41:2048000,2)'::lvr_summary;

SELECT round(capital_efficiency(2000, 1999, 2000 * 2000 / 1999.0)::numeric, 6) AS "narrow", capital_efficiency(1, 1, 4) AS "at pa", capital_efficiency(4, 1, 4) AS "at pb", capital_efficiency(9, 1, 4) AS outside;
SELECT capital_efficiency(0, 1, 4);
SELECT capital_efficiency(1, 4, 1);

-- fees
SELECT fee_apr(1, 100, '73 days'), fee_apr(-1, 100, '73 days') AS negative, fee_apr(1, 0, '73 days') IS NULL AS nothing, fee_apr(1, 100, '72 days', 360) AS "year of 360 days";
SELECT fee_apr_volume(1e6, 0.003, 1e7, '1 day'), fee_apr_liquidity(1e6, 0.003, 1, 99, 1e5, '1 day'), swap_fee_share(1000, 0.003, 1, 2),
	fee_apr_liquidity(1e6, 0.003, 0, 0, 1e5, '1 day') IS NULL AS "no liquidity", swap_fee_share(1, 0.003, 0, 0) IS NULL AS none;
SELECT fee_apr_growth(0, 2^128::numeric * 3, 0, 2^128::numeric * 7, 1000, 2, 1300, '36.5 days') AS apr,
	fee_apr_growth(2^256::numeric - 2^128::numeric, 2^128::numeric * 2, 0, 2^128::numeric * 7, 1000, 2, 1300, '36.5 days') AS "over the end of the word",
	fee_apr_growth(0, 2^128::numeric - 1, 0, 0, 1, 2, 1300, '36.5 days') AS "less than a unit", fee_apr_growth(0, 1, 0, 1, 1, 1, 0, '1 day') IS NULL AS nothing;
SELECT fee_apr('NaN', 100, '73 days');
SELECT fee_apr(1, -100, '73 days');
SELECT fee_apr(1, 100, '0 days');
SELECT fee_apr(1, 100, '1 year');
SELECT fee_apr(1, 100, '1 day', -365);
SELECT fee_apr_volume(-1, 0.003, 1e7, '1 day');
SELECT fee_apr_volume(1, 3, 1e7, '1 day');
SELECT fee_apr_liquidity(1, 0.003, -1, 1, 1, '1 day');
SELECT fee_apr_liquidity(1, 0.003, 1, 'NaN', 1, '1 day');
SELECT swap_fee_share('Infinity', 0.003, 1, 1);
SELECT fee_apr_growth(-1, 0, 0, 0, 1, 1, 1, '1 day');
SELECT fee_apr_growth(0, trunc(2^256::numeric), 0, 0, 1, 1, 1, '1 day');
SELECT fee_apr_growth(0, 0.5, 0, 0, 1, 1, 1, '1 day');
SELECT fee_apr_growth(0, 0, 0, 0, trunc(2^128::numeric), 1, 1, '1 day');
SELECT fee_apr_growth(0, 0, 0, 0, 1, 0, 1, '1 day');
SELECT fee_apr_growth(0, 0, 0, 0, 1, 1, 1, '-1 day');
