-- domain yield, figures as others publish them

-- lido_apr: user form; signs are kept, an empty report pays nothing
SELECT lido_apr(1000, 1000, 1100, 1000, 31536000) AS up, lido_apr(1000, 1000, 900, 1000, 31536000) AS down, lido_apr(1000, 1000, 2000, 2000, 86400) AS flat,
	lido_apr(1000, 1000, 1100, 1000, 31557600, 365.25) AS "365.25", lido_apr(1000, 1000, 0, 1000, 31536000) AS all_lost;
-- a wei more on 2^255 is seen
SELECT lido_apr(57896044618658097711785492504343953926634992332820282019728792003956564819968, 1,
	57896044618658097711785492504343953926634992332820282019728792003956564819969, 1, 31536000) > 0 AS up,
	lido_apr(2, 115792089237316195423570985008687907853269984665640564039457584007913129639935,
	1, 115792089237316195423570985008687907853269984665640564039457584007913129639935, 31536000) AS greatest;
SELECT lido_apr(1000, 1000, 1100, 1000, 0) IS NULL AS no_time, lido_apr(NULL, 1000, 1100, 1000, 1) IS NULL AS unknown,
	lido_apr(1, 1, 115792089237316195423570985008687907853269984665640564039457584007913129639935, 1, 1e-300) IS NULL AS beyond;
SELECT lido_apr(0, 1000, 1100, 1000, 86400);
SELECT lido_apr(1000, 0, 1100, 1000, 86400);
SELECT lido_apr(1000, 1000, 1100, 0, 86400);
SELECT lido_apr(-1, 1000, 1100, 1000, 86400);
SELECT lido_apr(1000, 1000.5, 1100, 1000, 86400);
SELECT lido_apr(1000, 1000, 'NaN', 1000, 86400);
SELECT lido_apr(1000, 1000, 1100, 115792089237316195423570985008687907853269984665640564039457584007913129639936, 86400);
SELECT lido_apr(1000, 1000, 1100, 1000, -1);
SELECT lido_apr(1000, 1000, 1100, 1000, 'NaN');
SELECT lido_apr(1000, 1000, 1100, 1000, 86400, 0);

-- lido_gross_apr
SELECT lido_gross_apr(1000, 1000, 1100, 1010, 10, 31536000) AS gross, lido_gross_apr(1000, 1000, 900, 1000, 0, 31536000) AS loss,
	lido_gross_apr(1000, 1000, 1100, 1000, 0, 31536000) = lido_apr(1000, 1000, 1100, 1000, 31536000) AS "no fee";
SELECT lido_gross_apr(1000, 1000, 1100, 1000, 10, 0) IS NULL AS no_time, lido_gross_apr(1000, 1000, 1100, 1000, NULL, 1) IS NULL AS unknown;
SELECT lido_gross_apr(1000, 1000, 1100, 1000, 1001, 86400);
SELECT lido_gross_apr(1000, 1000, 1100, 1000, 1000, 86400);
SELECT lido_gross_apr(1000, 1000, 1100, 1000, -1, 86400);

-- eth_store_apr: fees in wei, the rest in gwei
SELECT eth_store_apr(1000000000, 1000, 1009, 0, 0, 1000) AS daily, eth_store_apr(0, 1000, 990, 0, 0, 1000) AS penalties,
	eth_store_apr(0, 1000, 1032, 32, 0, 1000) AS deposit, eth_store_apr(0, 1000, 968, 0, 32, 1000) AS withdrawal,
	eth_store_apr(0, 1000, 1010, 0, 0, 1000, time_elapsed => 864000) AS ten_days, eth_store_apr(0, 1000, 1010, 0, 0, 1000, 86400, 100) AS "100";
SELECT eth_store_apr(0, 1000, 1010, 0, 0, 1000, 0) IS NULL AS no_time, eth_store_apr(NULL, 1000, 1010, 0, 0, 1000) IS NULL AS unknown;
SELECT eth_store_apr(0, 1000, 1010, 0, 0, 0);
SELECT eth_store_apr(0.5, 1000, 1010, 0, 0, 1000);
SELECT eth_store_apr(0, 1000, 1e77, 1e77, 0, 1000);
SELECT eth_store_apr(0, 1000, 1010, 0, -5, 1000);
SELECT eth_store_apr(0, 1000, 1010, 0, 0, 1000, 'Infinity');

-- rated_apr
SELECT rated_apr(1, 100, 1) AS day, rated_apr(8, 100, 8) AS "8 days", rated_apr(-1, 100, 1) AS loss, rated_apr(1, 100, 1, 366) AS "366";
SELECT rated_apr(1, 0, 1) IS NULL AS no_stake, rated_apr(1, 100, 0) IS NULL AS no_time, rated_apr(NULL, 1, 1) IS NULL AS unknown;
SELECT rated_apr('NaN', 100, 1);
SELECT rated_apr(1, -100, 1);
SELECT rated_apr(1, 100, 'Infinity');
SELECT rated_apr(1, 100, 1, 'NaN');

-- DefiLlama: percent
SELECT defillama_apy_base_pct(1, 2) AS day, defillama_apy_base_pct(1, 2, 365) AS year, defillama_apy_base_pct(2, 1, days => 365) AS loss,
	round(defillama_apy_base_pct(1, 1.5, 182.5, compounded => true)::numeric, 9) AS compounded;
SELECT defillama_apy_base_pct(1, 2, compounded => true) > 1e100 AS huge, defillama_apy_base_pct(1e-300, 1e300) IS NULL AS beyond, defillama_apy_base_pct(NULL, 1) IS NULL AS unknown;
SELECT defillama_apy_base_pct(0, 1);
SELECT defillama_apy_base_pct(1, 'NaN');
SELECT defillama_apy_base_pct(1, 1, 0);
SELECT defillama_lp_apy_pct(1, 100) AS day, defillama_lp_apy_pct(1, 100, 7) AS week, defillama_lp_apy_pct(1, 0) IS NULL AS empty;
SELECT defillama_lp_apy_pct(1, 100, 30);
SELECT defillama_lp_apy_pct('NaN', 100);
SELECT defillama_lp_apy_pct(1, -100);
SELECT defillama_net_7d_pct(5, 0) AS same, defillama_net_7d_pct(5, -0.25) AS net, defillama_net_7d_pct(5, -3) AS floor,
	defillama_net_7d_pct(0, -1) IS NULL AS zero, defillama_net_7d_pct(-1, -1) IS NULL AS negative;
SELECT defillama_net_7d_pct('NaN', 0);
SELECT defillama_net_7d_pct(5, '-Infinity');
SELECT defillama_net_7d_pct(1e308, 1e308);

-- Curve's pools of unpegged coins: worked out by hand, from a rate of 1 to one of (0.51 + 0.505 + 1)/2 = 1.0075
SELECT cryptoswap_base_apr(1e18, 1e18, 1.02e18, 1.01e18, '2024-01-01', '2024-12-31') AS year, cryptoswap_base_apr(1e18, 1e18, 1.02e18, 1.01e18, '2024-01-01', '2024-01-31') AS month,
	cryptoswap_base_apr(1.02e18, 1.01e18, 1e18, 1e18, '2024-01-01', '2024-12-31', 366) AS loss, cryptoswap_base_apr(1e18, 1e18, 1e18 + 1, 1e18, '2024-01-01', '2024-12-31') AS a_wei,
	cryptoswap_base_apr(0, 0, 0, 0, '2024-01-01', '2024-12-31') AS nothing;
SELECT cryptoswap_base_apr(1e18, 1e18, 2e18, 1e18, timestamp '2024-01-01', timestamptz '2024-12-31 00:00Z') AS mixed, cryptoswap_base_apr(1e18, 1e18, 2e18, 1e18, '2024-01-01', '2024-01-01') IS NULL AS no_time,
	cryptoswap_base_apr(1e18, NULL, 2e18, 1e18, '2024-01-01', '2024-01-02') IS NULL AS unknown;
SELECT cryptoswap_base_apr(1e18, 1e18, 2e18, 1e18, '2024-01-02', '2024-01-01');
SELECT cryptoswap_base_apr(1.5, 1e18, 2e18, 1e18, '2024-01-01', '2024-01-02');
SELECT cryptoswap_base_apr(1e18, -1, 2e18, 1e18, '2024-01-01', '2024-01-02');
SELECT cryptoswap_base_apr(2::numeric ^ 255, 2::numeric ^ 255, 2e18, 1e18, '2024-01-01', '2024-01-02');
SELECT cryptoswap_base_apr(1e18, 1e18, 2e18, 1e18, 'infinity', '2024-01-02');
SELECT cryptoswap_base_apr(1e18, 1e18, 2e18, 1e18, '2024-01-01', '2024-01-02', 0);
