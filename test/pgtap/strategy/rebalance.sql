-- Properties and vectors of domain strategy: setting weights back.
\set ON_ERROR_STOP on
\set QUIET on
BEGIN;
\i test/pgtap/include/common.sql
SELECT no_plan();
SELECT setseed(0.5) \g /dev/null

\set csv 'test/vectors/strategy/rebalancing.csv'
\i test/pgtap/include/vector_table.sql
\copy vector FROM 'test/vectors/strategy/rebalancing.csv' (FORMAT csv, HEADER)
SELECT pg_temp.check_vectors('SELECT drift_weights({a:float8[]}, {b:float8[]})::text[]', 'w1 w2 w3', 'drift_weights');
SELECT pg_temp.check_vectors('SELECT ARRAY[turnover({a:float8[]}, {b:float8[]})::text]', 'w1', 'turnover');
SELECT pg_temp.check_vectors('SELECT rebalance_trades({a:float8[]}, {b:float8[]}, {band:float8}, {destination:text})::text[]', 'w1 w2 w3', 'rebalance_trades');
\set csv 'test/vectors/strategy/no_trade_band.csv'
\i test/pgtap/include/vector_table.sql
\copy vector FROM 'test/vectors/strategy/no_trade_band.csv' (FORMAT csv, HEADER)
SELECT pg_temp.check_vectors('SELECT ARRAY[lower::text, upper::text] FROM no_trade_band({target:float8}, {risk_aversion:float8}, {cost:float8})', 'lower upper');
\set csv 'test/vectors/strategy/migration_break_even.csv'
\i test/pgtap/include/vector_table.sql
\copy vector FROM 'test/vectors/strategy/migration_break_even.csv' (FORMAT csv, HEADER)
SELECT pg_temp.check_vectors('SELECT ARRAY[extract(epoch FROM migration_break_even({amount:float8}, {apr_from:float8}, {apr_to:float8}, {cost:float8}))::text]', 'expected');

CREATE TEMP TABLE book AS
SELECT k, array_agg(100 * random()) AS a, array_agg(t / s) AS targets FROM (SELECT k, t, sum(t) OVER (PARTITION BY k) AS s FROM (SELECT k, random() AS t FROM generate_series(1, 50) k, generate_series(1, 5)) x) y GROUP BY k;
SELECT is_empty($$ SELECT k FROM book, unnest('{target,edge}'::text[]) d WHERE abs((SELECT sum(t) FROM unnest(rebalance_trades(a, targets, 0.03, d)) t)) > 1e-11 $$, 'what is bought is what is sold');
SELECT is_empty($$ SELECT k FROM book, LATERAL (SELECT rebalance_trades(a, targets) AS t, (SELECT sum(x) FROM unnest(a) x) AS total) x
	WHERE EXISTS (SELECT FROM unnest(a, t, targets) u(p, q, g) WHERE abs((p + q) / total - g) > 1e-13) $$, 'trades lead to the targets');
SELECT is_empty($$ SELECT k FROM book, LATERAL (SELECT rebalance_trades(a, targets, 0.03, 'edge') AS t, (SELECT sum(x) FROM unnest(a) x) AS total) x
	WHERE abs((SELECT max(abs((p + q) / total - g)) FROM unnest(a, t, targets) u(p, q, g)) - 0.03) > 1e-13 $$, 'or to the edge of the band');
SELECT is_empty($$ SELECT k FROM book, LATERAL (SELECT rebalance_trades(a, targets) AS t, (SELECT sum(x) FROM unnest(a) x) AS total) x
	WHERE abs(turnover(ARRAY(SELECT p / total FROM unnest(a) p), targets) * 2 * total - (SELECT sum(abs(q)) FROM unnest(t) q)) > 1e-10 $$, 'turnover is half of them');
SELECT * FROM finish();
ROLLBACK;
