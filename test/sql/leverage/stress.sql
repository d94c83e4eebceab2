-- domain leverage: stress of a book: behaviour, errors and edges

CREATE TEMP TABLE book (account text, collateral float8, liquidation_threshold float8, debt float8);
INSERT INTO book VALUES ('loop', 100, 0.875, 80), ('safe', 100, 0.75, 25), ('thin', 64, 0.75, 48), ('none', 50, 0.5, 0), ('bare', NULL, NULL, 2), ('empty', NULL, 0.5, NULL);

SELECT * FROM stress_table((SELECT stress_agg(collateral, liquidation_threshold, debt, '{-0.5,0,-0.125,-1}') FROM book));
-- with a bonus and a close factor
SELECT * FROM stress_table((SELECT stress_agg(collateral, liquidation_threshold, debt, '{0,-0.125,-0.25,-0.5}', NULL, 0.25, 0.5) FROM book));
-- an oracle that does not see the fall of the market, or half of it
SELECT * FROM stress_table((SELECT stress_agg(collateral, liquidation_threshold, debt, '{0,0,-0.25,-0.5}', '{0,-0.5,-0.5,-0.5}', 0.25, NULL) FROM book));
SELECT num_accounts(s), total_collateral(s), total_debt(s) FROM (SELECT stress_agg(collateral, liquidation_threshold, debt, '{0}') FROM book) x(s);
SELECT stress_agg(collateral, liquidation_threshold, debt, '{-0.25,0}') FROM book;
SELECT stress_agg(collateral, liquidation_threshold, debt, '{0}') IS NULL FROM book WHERE account = 'empty';
SELECT * FROM stress_table(NULL);

-- accounts of several positions
SELECT t.shock, accounts_liquidatable, collateral_liquidatable, debt_liquidatable, accounts_toxic, bad_debt
FROM (SELECT stress_agg(a, '{-0.25,-0.5}') AS s
	FROM (SELECT account_agg(c, t, d) AS a FROM (VALUES (1, 50, 0.75, NULL), (1, 50, 0.5, 50), (2, 10, 0.5, 1)) p(account, c, t, d) GROUP BY account UNION ALL SELECT NULL) x) y,
	stress_table(s) t;
SELECT t.* FROM (SELECT stress_agg(a, '{0}', '{-0.5}', 0.1, 0.5) AS s FROM (SELECT account_agg(100, 0.5, 60) AS a) x) y, stress_table(s) t;

-- shocks that are not
SELECT stress_agg(1, 0.5, 1, NULL);
SELECT stress_agg(1, 0.5, 1, '{}');
SELECT stress_agg(1, 0.5, 1, '{0,NULL}');
SELECT stress_agg(1, 0.5, 1, '{{0},{0.1}}');
SELECT stress_agg(1, 0.5, 1, '{-1.5}');
SELECT stress_agg(1, 0.5, 1, '{NaN}');
SELECT stress_agg(1, 0.5, 1, '{Infinity}');
SELECT stress_agg(1, 0.5, 1, array_fill(0::float8, ARRAY[10001]));
SELECT stress_agg(1, 0.5, 1, '{0,-0.1}', '{0}', 0, 1);
SELECT stress_agg(1, 0.5, 1, '{0}', '{-2}', 0, 1);
SELECT stress_agg(1, 0.5, 1, '{0}', NULL, -0.1, 1);
SELECT stress_agg(1, 0.5, 1, '{0}', NULL, 'Infinity', 1);
SELECT stress_agg(1, 0.5, 1, '{0}', NULL, 0, 0);
SELECT stress_agg(1, 0.5, 1, '{0}', NULL, 0, 1.5);
SELECT stress_agg(-1, 0.5, 1, '{0}');
SELECT stress_agg(1, 1, 1, '{0}');
SELECT stress_agg(1, 0.5, 'NaN', '{0}');
SELECT stress_agg(1e308, 0.5, 1, '{0}') FROM generate_series(1, 2);
-- and that are not the same for all rows
SELECT stress_agg(1, 0.5, 1, ARRAY[g::float8]) FROM generate_series(1, 2) g;
SELECT stress_agg(1, 0.5, 1, '{0}', NULL, g, 1) FROM generate_series(1, 2) g;
SELECT rollup(s) FROM (SELECT stress_agg(1, 0.5, 1, ARRAY[g::float8]) FROM generate_series(1, 2) g GROUP BY g) x(s);
-- one for each group is fine
SELECT g, debt_liquidatable FROM (SELECT g, stress_agg(4, 0.5, 1.5, ARRAY[-g / 4.0::float8]) AS s FROM generate_series(1, 2) g, generate_series(1, 3) GROUP BY g) x, stress_table(s) ORDER BY g;

-- merging
SELECT rollup(s) = (SELECT stress_agg(collateral, liquidation_threshold, debt, '{0,-0.25}') FROM book) AS same
FROM (SELECT stress_agg(collateral, liquidation_threshold, debt, '{-0.25,0}') AS s FROM book GROUP BY account UNION ALL SELECT NULL) x;
SELECT account, num_accounts(stress_agg(collateral, liquidation_threshold, debt, '{0}') OVER (ORDER BY account ROWS 1 PRECEDING)) AS n FROM book ORDER BY account;
-- from disk, compressed and not
CREATE TEMP TABLE stored (s stress_summary);
INSERT INTO stored SELECT stress_agg(collateral, liquidation_threshold, debt, (SELECT array_agg(-g / 1024.0 ORDER BY g) FROM generate_series(0, 1023) g)) FROM book GROUP BY account = 'loop';
INSERT INTO stored SELECT s FROM stored;
SELECT count(*), count(DISTINCT s), num_accounts(rollup(s)), total_debt(rollup(s)) FROM stored;
SELECT accounts_liquidatable, debt_liquidatable, bad_debt FROM stress_table((SELECT rollup(s) FROM stored)) WHERE shock = -0.5;

-- the type
SELECT s::text::stress_summary = s AS text, num_accounts(s) FROM stored;
SELECT '(1,0,1,1,41:512,41:512,0,0,1,41:512,41:512,1,41:512,41:512)'::stress_summary;
SELECT '(1,0,1,1,41:512,41:512,0,0,1,41:512,41:512,1,41:512)'::stress_summary;
SELECT '(2,0,1,1,41:512,41:512,0,0,1,41:512,41:512,1,41:512,41:512)'::stress_summary;
SELECT '(999999999999,0,1,1,41:512,41:512,0,0)'::stress_summary;
SELECT '(0,0,1,1,41:512,41:512)'::stress_summary;
SELECT '(1,-1,1,1,41:512,41:512,0,0,1,41:512,41:512,1,41:512,41:512)'::stress_summary;
SELECT '(1,0,0,1,41:512,41:512,0,0,1,41:512,41:512,1,41:512,41:512)'::stress_summary;
SELECT '(1,0,1,1,41:512,41:512,-2,0,1,41:512,41:512,1,41:512,41:512)'::stress_summary;
SELECT '(1,0,1,1,41:512,41:512,0,0,2,41:512,41:512,1,41:512,41:512)'::stress_summary;
SELECT '(1,0,1,1,41:512,41:512,0,0,1,42:9,41:512,1,41:512,41:512)'::stress_summary;
SELECT '(1,0,1,1,41:512,41:512,0,0,1,1:2:3:4:5:6:7,41:512,1,41:512,41:512)'::stress_summary;
SELECT '(x)'::stress_summary;
SELECT ''::stress_summary;

-- shocks by asset
SELECT shocked_health_factor('{100,100}', '{0.75,0.5}', 62.5, '{0,0}'), shocked_health_factor('{100,100}', '{0.75,0.5}', 62.5, '{-0.5,0.25}'),
	shocked_health_factor('{100,100}', '{0.75,0.5}', 62.5, '{0,-1}');
SELECT shocked_health_factor('{100,NULL}', '{0.75,0.5}', 75, '{NULL,-0.5}'), shocked_health_factor('{}', '{}', 1, '{}'), shocked_health_factor('{1}', '{0.5}', 0, '{0}') IS NULL;
SELECT shocked_health_factor('{100,100}', '{0.75}', 62.5, '{0,0}');
SELECT shocked_health_factor('{100}', '{0.75}', 62.5, '{-2}');
SELECT shocked_health_factor('{100}', '{1.75}', 62.5, '{0}');
SELECT shocked_health_factor('{-100}', '{0.75}', 62.5, '{0}');
SELECT shocked_health_factor('{100}', '{0.75}', 'NaN', '{0}');

-- debts that fall as collateral does: half of the price of ether, with collateral and debt in it
SELECT shocked_health_factor('{100000,42000}', '{0.78,0.81}', '{40000,28000}', '{0,-0.5}', '{0,-0.5}') AS correlated,
	shocked_health_factor('{100000,42000}', '{0.78,0.81}', 54000, '{0,-0.5}') AS by_hand,
	shocked_health_factor('{100000,42000}', '{0.78,0.81}', '{68000}', '{0,-0.5}', '{NULL}') = shocked_health_factor('{100000,42000}', '{0.78,0.81}', 68000, '{0,-0.5}') AS no_shock,
	shocked_health_factor('{1}', '{0.5}', '{}', '{0}', '{}') IS NULL AS no_debt, shocked_health_factor('{1}', '{0.5}', '{3}', '{0}', '{-1}') IS NULL AS gone,
	shocked_health_factor('{1}', '{0.5}', '{NULL,0.25}', '{0}', '{0,1}') AS nulls;
SELECT shocked_health_factor('{100}', '{0.75}', '{1,2}', '{0}', '{0}');
SELECT shocked_health_factor('{100}', '{0.75}', '{-1}', '{0}', '{0}');
SELECT shocked_health_factor('{100}', '{0.75}', '{1}', '{0}', '{-1.5}');
SELECT shocked_health_factor('{100}', '{0.75,1}', '{1}', '{0}', '{0}');

-- the toxic zone, and the way out
SELECT in_toxic_zone(100, 96, 0.05), in_toxic_zone(100, 95, 0.05), in_toxic_zone(100, 100), in_toxic_zone(100, 101), in_toxic_zone(0, 0, 1);
SELECT account_in_toxic_zone(account_agg(100, 0.5, 96), 0.05), account_in_toxic_zone(account_agg(100, 0.5, 96));
SELECT in_toxic_zone(-1, 96, 0.05);
SELECT in_toxic_zone(100, 96, -0.05);
SELECT deleverage_amount(100, 0.75, 75, 1.25), health_factor(100 - 37.5, 0.75, 75 - 37.5) AS then, deleverage_amount(100, 0.75, 75, 1), deleverage_amount(100, 0.75, 0, 2);
SELECT deleverage_amount(100, 0.75, 75, 1.25, slippage => 0.2), health_factor(100 - 75, 0.75, 75 - 75 * 0.8) AS then, deleverage_amount(100, 0.75, 1000, 1.25) IS NULL AS "not to be attained", deleverage_amount(100, 0.75, 80, 0.74) AS "is above";
SELECT deleverage_amount(100, 0.75, 75, 0);
SELECT deleverage_amount(100, 0.75, 75, 1.25, 1);

-- the shock that an account bears: by hand, already liquidatable, without debt, without collateral
SELECT liquidation_shock(100, 0.8, 60), liquidation_shock(100, 0.8, 80), liquidation_shock(100, 0.8, 90), liquidation_shock(100, 0.8, 0) IS NULL AS no_debt,
	liquidation_shock(0, 0.8, 1) AS no_collateral, liquidation_shock(NULL, 0.8, 1) IS NULL AS unknown;
-- half of it moves twice as much; nothing moves; only the debt does, upwards with a fall, downwards with it
SELECT liquidation_shock('{50,50}', '{0.8,0.8}', 60, '{2,0}'), liquidation_shock('{50,50}', '{0.8,0.8}', 60, '{0,0}') IS NULL AS nothing_moves,
	liquidation_shock('{100}', '{0.8}', 60, '{0}', -1), liquidation_shock('{100}', '{0.8}', 60, '{1}', 2) IS NULL AS debt_falls_faster,
	liquidation_shock('{100,NULL}', '{0.8,0.5}', 60, '{1,1}'), liquidation_shock('{}', '{}', 1, '{}'), liquidation_shock('{100}', '{0.8}', 1, '{0.5}') IS NULL AS not_enough;
SELECT liquidation_shock(-1, 0.8, 60);
SELECT liquidation_shock(100, 1.8, 60);
SELECT liquidation_shock(100, 0.8, 'NaN');
SELECT liquidation_shock('{100}', '{0.8,0.5}', 60, '{1}');
SELECT liquidation_shock('{100}', '{0.8}', 60, '{Infinity}');
SELECT liquidation_shock('{100}', '{0.8}', 60, '{1}', 'NaN');
SELECT liquidation_shock('{1.7e308,1.7e308}', '{0.9,0.9}', 60, '{1,1}');
