-- Laws of look_through and holdings_value.
\set ON_ERROR_STOP on
\set QUIET on
BEGIN;
\i test/pgtap/include/common.sql
SELECT no_plan();

-- random books: each node holds some of those of a higher number, all that it has
SELECT setseed(0.7) \g /dev/null
CREATE TEMP TABLE part AS
SELECT book, 'n' || i AS holder, 'n' || j AS asset, random() AS weight
FROM generate_series(1, 20) book, generate_series(1, 30) i, generate_series(i + 1, 40) j WHERE random() < 0.15;
CREATE TEMP TABLE book AS
SELECT book, array_agg(holder) AS holder, array_agg(asset) AS asset, array_agg(share) AS share
FROM (SELECT *, weight / sum(weight) OVER (PARTITION BY book, holder) AS share FROM part) x GROUP BY book;
CREATE TEMP TABLE seen AS SELECT book, l.* FROM book b, look_through(b.holder, b.asset, b.share) l;

SELECT is_empty($$ SELECT book, holder, sum(share) FROM seen GROUP BY 1, 2 HAVING abs(sum(share) - 1) > 1e-14 $$, 'what a holder has is all there in the end');
SELECT is_empty($$ SELECT s.book, s.asset FROM seen s JOIN book b USING (book) WHERE s.asset = ANY (b.holder) $$, 'what is there in the end holds nothing');
SELECT set_eq('SELECT DISTINCT book, holder FROM seen', 'SELECT DISTINCT book, holder FROM part', 'all holders are there');
SELECT is_empty($$ SELECT FROM seen GROUP BY book, holder, asset HAVING count(*) > 1 $$, 'each pair once');
SELECT bag_eq('SELECT * FROM seen', $$ SELECT book, l.* FROM (
		SELECT book, array_agg(holder ORDER BY r) AS h, array_agg(asset ORDER BY r) AS a, array_agg(share ORDER BY r) AS s
		FROM (SELECT book, u.*, random() AS r FROM book b, unnest(b.holder, b.asset, b.share) u(holder, asset, share)) x GROUP BY book) y, look_through(h, a, s) l $$,
	'the order of the rows leaves no trace');
SELECT bag_eq('SELECT * FROM seen', $$ SELECT book, l.* FROM (SELECT book, array_agg(u.holder) AS h, array_agg(u.asset) AS a, array_agg(u.share / 2) AS s
		FROM book b, unnest(b.holder, b.asset, b.share) u(holder, asset, share), generate_series(1, 2) GROUP BY book) y, look_through(h, a, s) l $$,
	'halves that are given twice add up');
-- one more step: what is looked through once holds the same when it is looked through again
SELECT is_empty($$ SELECT * FROM seen s FULL JOIN (SELECT book, l.* FROM (SELECT book, array_agg(holder) AS h, array_agg(asset) AS a, array_agg(share) AS s
		FROM seen GROUP BY book) y, look_through(h, a, s) l) t USING (book, holder, asset)
	WHERE s.share IS DISTINCT FROM t.share OR t.depth <> 1 $$, 'again: nothing new');
-- against SQL
SELECT is_empty($$ WITH RECURSIVE walk AS (
		SELECT book, u.holder, u.asset, u.share, 1 AS depth FROM book b, unnest(b.holder, b.asset, b.share) u(holder, asset, share) WHERE book < 5
		UNION ALL SELECT w.book, w.holder, u.asset, w.share * u.share, depth + 1 FROM walk w JOIN book b USING (book), unnest(b.holder, b.asset, b.share) u(holder, asset, share)
		WHERE u.holder = w.asset),
	ends AS (SELECT w.book, w.holder, w.asset, sum(w.share) AS share, max(depth) AS depth FROM walk w JOIN book b USING (book) WHERE w.asset <> ALL (b.holder) GROUP BY 1, 2, 3)
	SELECT * FROM ends e FULL JOIN (SELECT * FROM seen WHERE book < 5) s USING (book, holder, asset)
	WHERE s.depth IS DISTINCT FROM e.depth OR (abs(s.share - e.share) <= 1e-14) IS NOT TRUE $$, 'as a recursive query finds it');
SELECT is(l.asset || ' ' || l.share || ' ' || l.depth, 'n1000 1 999', 'a chain of 1,000')
FROM (SELECT array_agg('n' || i) AS h, array_agg('n' || i + 1) AS a, array_agg(1.0::float8) AS s FROM generate_series(1, 999) i) x,
	LATERAL (SELECT * FROM look_through(h || '{top}'::text[], a || '{n1000}'::text[], s || 1.0::float8) LIMIT 1) l;
SELECT throws_ok(q, s, NULL, q) FROM (VALUES
	('SELECT look_through(''{a,b}'', ''{b,a}'', ''{1,0}'')', '22023'), ('SELECT look_through(''{a}'', ''{a}'', ''{1}'')', '22023'),
	('SELECT look_through(''{a}'', ''{b}'', ''{Infinity}'')', '22003')) v(q, s);

-- holdings
CREATE TEMP TABLE holding AS
SELECT id, rate_series(timestamptz '2024-01-01 00:00+00' + random() * interval '30 days', round((random() * 200 - 50)::numeric)) AS units,
	rate_series(timestamptz '2024-01-01 00:00+00' + random() * interval '30 days', round((random() * 64)::numeric) / 64) AS price
FROM generate_series(1, 8) id, generate_series(1, 40) GROUP BY id;
CREATE TEMP TABLE held AS SELECT array_agg(units ORDER BY id) AS units, array_agg(price ORDER BY id) AS prices FROM holding;
CREATE FUNCTION looked(age interval) RETURNS rate_series LANGUAGE sql
RETURN (SELECT rate_series(ts, v) FROM (
	SELECT ts, CASE WHEN count(value_at(price, ts, 'locf', age)) = 8 THEN sum(value_at(units, ts) * value_at(price, ts)) END AS v
	FROM (SELECT ts FROM holding, unnest(units) UNION SELECT ts FROM holding, unnest(price)) t(ts), holding
	WHERE ts >= (SELECT greatest(max(first_time(units)), max(first_time(price))) FROM holding) GROUP BY ts) x WHERE v IS NOT NULL);
SELECT is(holdings_value(units, prices, age), looked(age), format('at every time, ages up to %s', age)) FROM held, unnest('{NULL,4 days,10 days,60 days}'::interval[]) age;
SELECT is(holdings_value(units, prices), holdings_value(prices, units), 'balances and prices are alike but for their age') FROM held;
SELECT is(holdings_value(units[1:1], (SELECT ARRAY[rate_series(ts, 1)] FROM (SELECT first_time(units[1]) AS ts) x)), units[1], 'at a price of one its balance is its value') FROM held;
SELECT is(holdings_value(units, prices), (SELECT holdings_value(array_agg(units ORDER BY id DESC), array_agg(price ORDER BY id DESC)) FROM holding), 'in any order') FROM held;
SELECT is(holdings_value(NULL, prices), NULL, 'no balances') FROM held;
SELECT is(holdings_value('{}', '{}'), NULL, 'no tokens');

SELECT * FROM finish();
ROLLBACK;
