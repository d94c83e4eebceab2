-- domain yield: linked returns, rewards, attribution
SET timezone = 'UTC'; SET datestyle = 'ISO';

-- linked_return
SELECT linked_return(r), linked_return(return_agg(r)), num_returns(return_agg(r)), return_agg(r) FROM (VALUES (0.5::float8), (NULL), (-0.5), (1)) v(r);
SELECT linked_return(r) AS all_lost, return_agg(r) FROM (VALUES (0.5::float8), (-1), (1e300)) v(r);
SELECT linked_return(0.25) AS one, linked_return(NULL::float8) IS NULL AS null_row, (SELECT linked_return(1) WHERE false) IS NULL AS no_rows;
SELECT linked_return(1e300) AS "near the end";
SELECT linked_return(r) AS there_and_back FROM (SELECT CASE WHEN i <= 2000 THEN 1 ELSE -0.5 END FROM generate_series(1, 4000) i) v(r);
CREATE FUNCTION pg_temp.link(VARIADIC r float8[]) RETURNS return_summary LANGUAGE sql RETURN (SELECT return_agg(x) FROM unnest(r) x);
SELECT linked_return(rollup(s)), num_returns(rollup(s)) FROM (VALUES (pg_temp.link(0.5)), (NULL), (pg_temp.link(1, 1, 0))) v(s);
SELECT linked_return(r) OVER (ORDER BY i ROWS 1 PRECEDING), num_returns(return_agg(r) OVER (ORDER BY i ROWS 1 PRECEDING))
FROM (VALUES (1, 0.5::float8), (2, -1), (3, NULL), (4, 0.25)) v(i, r);
SELECT linked_return(rollup(s) OVER (ORDER BY i ROWS 1 PRECEDING))
FROM (VALUES (1, pg_temp.link(0.5)), (2, NULL), (3, pg_temp.link(1)), (4, pg_temp.link(3))) v(i, s);
SELECT linked_return(r) FROM (VALUES (-1.5::float8)) v(r);
SELECT linked_return(r) FROM (VALUES ('NaN'::float8)) v(r);
SELECT return_agg(r) OVER (ROWS 1 PRECEDING) FROM (VALUES ('Infinity'::float8)) v(r);
SELECT linked_return(r) FROM (VALUES (1e300::float8), (1e300)) v(r);

-- the type return_summary
SELECT pg_temp.link(0.5) < pg_temp.link(1) AS less, pg_temp.link(1, 1, -0.5) = pg_temp.link(1, 0, 0) AS equal,
	_return_summary_order(pg_temp.link(2), pg_temp.link(0.5)), linked_return(_return_summary_accum(pg_temp.link(0.5), 1)), linked_return(_return_summary_combine(pg_temp.link(0.5), pg_temp.link(15)));
SELECT pg_temp.link(1, 1), ' (41:354:59817918:37351220:98890200:120586240,0,2) '::return_summary = pg_temp.link(1, 1);
SELECT ''::return_summary;
SELECT '(0,0)'::return_summary;
SELECT '(0,0,0)'::return_summary;
SELECT '(41:1:2:3:4:5:6,0,1)'::return_summary;
SELECT '(41:1,1,1)'::return_summary;
SELECT '(41:1,2,1)'::return_summary;
SELECT '(130:1,0,1)'::return_summary;
SELECT '(41:9223372036854775807,0,1)'::return_summary;
SELECT '(NaN,0,1)'::return_summary;
SELECT _return_summary_combine('(0,0,34359738368)', '(0,0,1)');

-- reward_apr
SELECT reward_apr(100, 2, 10000, '7 days') AS week, reward_apr(-100, 2, 10000, interval '365 days') AS taken_back, reward_apr(100, 0, 10000, '1 day') AS worthless,
	reward_apr_between(100, 2, 10000, timestamptz '2024-01-01', '2024-01-08') AS times, reward_apr(100, 2, 10000, '1 day', year_days => 100) AS "100",
	reward_apr(100, 2, 10000, '12 hours') AS half_a_day;
SELECT reward_apr(100, 2, 0, '7 days') IS NULL AS no_stake, reward_apr_between(100, 2, 1, timestamptz '2024-01-01', '2024-01-01') IS NULL AS no_time,
	reward_apr(NULL, 2, 1, '7 days') IS NULL AS unknown;
SELECT reward_apr(100, 2, 10000, '1 month');
SELECT reward_apr(100, 2, 10000, '0 days');
SELECT reward_apr(100, 2, 10000, '-7 days');
SELECT reward_apr(100, 2, 10000, '2147483647 days');
SELECT reward_apr('NaN', 2, 10000, '7 days');
SELECT reward_apr(100, -2, 10000, '7 days');
SELECT reward_apr(100, 2, 'Infinity', '7 days');
SELECT reward_apr_between(100, 2, 10000, timestamptz '2024-01-08', '2024-01-01');
SELECT reward_apr_between(100, 2, 10000, timestamptz '2024-01-08', 'infinity');
SELECT reward_apr(100, 2, 10000, '7 days', 0);
SELECT reward_apr(1e200, 1e200, 1, '7 days') IS NULL AS beyond;

-- EigenLayer: floors at every step
SELECT eigen_tokens_per_day(1000, 604800) AS week, eigen_tokens_per_day(1000, 43200) AS half_a_day, eigen_tokens_per_day(0, 86400) AS nothing;
SELECT eigen_tokens_per_day(1000, 0);
SELECT eigen_tokens_per_day(-1, 86400);
SELECT eigen_tokens_per_day(10, 0.5);
SELECT * FROM eigen_reward_split(1000000000000000000000, 1, 3);
SELECT * FROM eigen_reward_split(1000, 2, 3, 2500);
SELECT * FROM eigen_reward_split(1000, 0, 3, 0) UNION ALL SELECT * FROM eigen_reward_split(1000, 3, 3, 10000)
UNION ALL SELECT * FROM eigen_reward_split(7, 1, 1000000000000001);
SELECT eigen_reward_split(NULL, 1, 2) IS NULL;
SELECT eigen_reward_split(1000, 1, 0);
SELECT eigen_reward_split(1000, 0, 0);
SELECT eigen_reward_split(1000, 4, 3);
SELECT eigen_reward_split(1000, 1, 3, -1);
SELECT eigen_reward_split(1000, 1, 3, 10001);
SELECT eigen_reward_split(1000.5, 1, 3);

-- attribute_return
SELECT round(total::numeric, 9) AS total, round(staking::numeric, 9) AS staking, round(restaking::numeric, 9) AS restaking,
	round(incentives::numeric, 9) AS incentives, round(peg::numeric, 9) AS peg, round(fees::numeric, 9) AS fees,
	staking + restaking + incentives + peg + fees = total AS whole
FROM (VALUES (1, 1.05, 1, 1.04, 0.03, 0.1, 0.02), (1, 0.9, 1, 0.8, -0.05, 0.1, 0), (1, 1, 1, 1, 0, 0, 0)) v(r0, r1, m0, m1, s, f, i),
	attribute_return(r0, r1, m0, m1, s, f, i);
SELECT restaking = total AS "all in the rate", peg FROM attribute_return(1, 1.05, 1, 1.05);
SELECT attribute_return(NULL, 1, 1, 1) IS NULL;
SELECT attribute_return(0, 1, 1, 1);
SELECT attribute_return(1, 1, 'NaN', 1);
SELECT attribute_return(1, 1, 1, -1);
SELECT attribute_return(1, 1, 1, 1, -1);
SELECT attribute_return(1, 1, 1, 1, 0, 1.5);
SELECT attribute_return(1, 1, 1, 1, 0, 0, -1);
SELECT attribute_return(1, 1, 1, 1, 0, 0, 'Infinity');
SELECT attribute_return(1e-300, 1, 1e300, 1);

-- organic_share
SELECT organic_share(3, 1) AS most, organic_share(0, 1) AS none, organic_share(1, 0) AS all, organic_share(-1, 2) AS negative, organic_share(1, -1) IS NULL AS no_yield,
	organic_share(NULL, 1) IS NULL AS unknown;
SELECT organic_share('NaN', 1);
SELECT organic_share(1, 'Infinity');
