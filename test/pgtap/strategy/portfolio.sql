-- Properties and vectors of domain strategy: weights of portfolios.
\set ON_ERROR_STOP on
\set QUIET on
BEGIN;
\i test/pgtap/include/common.sql
SELECT no_plan();
SELECT setseed(0.5) \g /dev/null

\set csv 'test/vectors/strategy/portfolio_measures.csv'
\i test/pgtap/include/vector_table.sql
\copy vector FROM 'test/vectors/strategy/portfolio_measures.csv' (FORMAT csv, HEADER)
SELECT pg_temp.check_vectors('SELECT ARRAY[portfolio_volatility({weights:float8[]}, {covariance:float8[]})::text]', 'w1', 'portfolio_volatility');
SELECT pg_temp.check_vectors('SELECT ARRAY[diversification_ratio({weights:float8[]}, {covariance:float8[]})::text]', 'w1', 'diversification_ratio');
SELECT pg_temp.check_vectors('SELECT risk_contributions({weights:float8[]}, {covariance:float8[]})::text[]', 'w1 w2 w3 w4 w5', 'risk_contributions');
SELECT pg_temp.check_vectors('SELECT inverse_volatility_weights({covariance:float8[]})::text[]', 'w1 w2 w3 w4 w5', 'inverse_volatility_weights');

\set csv 'test/vectors/strategy/portfolio_weights.csv'
\i test/pgtap/include/vector_table.sql
\copy vector FROM 'test/vectors/strategy/portfolio_weights.csv' (FORMAT csv, HEADER)
UPDATE vector SET returns = NULL WHERE returns = '{}';
SELECT pg_temp.check_vectors(call, 'w1 w2 w3 w4 w5', fn) FROM (VALUES
	('min_variance_weights', 'SELECT min_variance_weights({covariance:float8[]}, {lower:float8[]}, {upper:float8[]})::text[]'),
	('max_sharpe_weights', 'SELECT max_sharpe_weights({returns:float8[]}, {covariance:float8[]}, {risk_free:float8}, {lower:float8[]}, {upper:float8[]})::text[]'),
	('target_return_weights', 'SELECT target_return_weights({returns:float8[]}, {covariance:float8[]}, {target:float8}, {lower:float8[]}, {upper:float8[]})::text[]'),
	('kelly_weights', 'SELECT kelly_weights({returns:float8[]}, {covariance:float8[]}, {risk_free:float8}, {target:float8})::text[]'),
	('implied_returns', 'SELECT implied_returns({returns:float8[]}, {covariance:float8[]}, {target:float8}, {risk_free:float8})::text[]'),
	('hrp_weights', 'SELECT hrp_weights({covariance:float8[]})::text[]'),
	('risk_parity_weights', 'SELECT risk_parity_weights({covariance:float8[]}, {returns:float8[]})::text[]')) v(fn, call);

\set csv 'test/vectors/strategy/efficient_frontier.csv'
\i test/pgtap/include/vector_table.sql
\copy vector FROM 'test/vectors/strategy/efficient_frontier.csv' (FORMAT csv, HEADER)
SELECT pg_temp.check_vectors($$
	SELECT ARRAY[expected_return::text, volatility::text] FROM (
		SELECT *, row_number() OVER (ORDER BY expected_return) - 1 AS k FROM efficient_frontier({returns:float8[]}, {covariance:float8[]}, {points:int})) x
	WHERE k = {nth:int} $$, 'expected_return volatility');

\set csv 'test/vectors/strategy/black_litterman.csv'
\i test/pgtap/include/vector_table.sql
\copy vector FROM 'test/vectors/strategy/black_litterman.csv' (FORMAT csv, HEADER)
SELECT pg_temp.check_vectors($$
	SELECT ARRAY[r[1]::text, r[2]::text, r[3]::text, r[4]::text, r[5]::text, covariance_out[1][1]::text, covariance_out[1][2]::text]
	FROM (SELECT expected_returns AS r, covariance_out
		FROM black_litterman({covariance:float8[]}, {prior:float8[]}, {views:float8[]}, {view_returns:float8[]}, {view_variances:float8[]}, {tau:float8})) x $$,
	'w1 w2 w3 w4 w5 v11 v12');

-- covariances of 1 to 12 tokens with factors of their own, of very different sizes
CREATE FUNCTION pg_temp.random_covariance(n int, k int) RETURNS float8[] LANGUAGE sql VOLATILE AS $$
	WITH f AS MATERIALIZED (SELECT i, array_agg((random() - 0.4) * 10 ^ (i % 3) / 10 ORDER BY g) AS v FROM generate_series(1, n) i, generate_series(1, n + 3) g GROUP BY i)
	SELECT array_agg(row ORDER BY i) FROM (
		SELECT a.i, array_agg((SELECT sum(x * y) FROM unnest(a.v, b.v) u(x, y)) ORDER BY b.i) AS row FROM f a, f b GROUP BY a.i) r $$;
CREATE TEMP TABLE book AS
SELECT k, n, pg_temp.random_covariance(n, k) AS c, ARRAY(SELECT 0.02 + 0.05 * random() FROM generate_series(1, n) WHERE k > 0) AS mu
FROM generate_series(1, 60) k, LATERAL (SELECT 1 + k % 12 AS n) x;
CREATE FUNCTION pg_temp.dot(a float8[], b float8[]) RETURNS float8 LANGUAGE sql AS 'SELECT sum(x * y) FROM unnest(a, b) u(x, y)';
CREATE FUNCTION pg_temp.row_of(m float8[], i int) RETURNS float8[] LANGUAGE sql AS 'SELECT ARRAY(SELECT m[i][j] FROM generate_series(1, array_length(m, 2)) j ORDER BY j)';

CREATE TEMP TABLE solved AS
SELECT *, min_variance_weights(c) AS mv, max_sharpe_weights(mu, c, 0.02) AS ms, risk_parity_weights(c) AS rp, hrp_weights(c) AS hrp, inverse_volatility_weights(c) AS iv,
	min_variance_weights(c, array_fill(0.5 / n, ARRAY[n]), array_fill(2.5 / n, ARRAY[n])) AS boxed,
	min_variance_weights(c, groups => ARRAY[ARRAY(SELECT (i % 2)::float8 FROM generate_series(1, n) i)], group_upper => '{0.6}') AS grouped
FROM book;
SELECT is_empty($$
	SELECT k, name FROM solved, LATERAL (VALUES ('mv', mv, 0, 1), ('ms', ms, 0, 1), ('rp', rp, 0, 1), ('hrp', hrp, 0, 1), ('iv', iv, 0, 1), ('boxed', boxed, 0.5 / n, 2.5 / n), ('grouped', grouped, 0, 1)) v(name, w, low, high)
	WHERE (w IS NULL AND NOT (name = 'grouped' AND n = 1)) OR abs((SELECT sum(x) FROM unnest(w) x) - 1) > 1e-12 OR EXISTS (SELECT FROM unnest(w) x WHERE x < low OR x > high)
$$, 'weights are within their bounds and sum to one');
SELECT is_empty($$ SELECT k FROM solved WHERE (SELECT sum(w) FROM unnest(grouped) WITH ORDINALITY u(w, i) WHERE i % 2 = 1) > 0.6 + 1e-12 $$, 'limits of groups hold');
SELECT is_empty($$ SELECT k FROM book WHERE n = 1 AND min_variance_weights(c, groups => '{{1}}', group_upper => '{0.6}') IS NOT NULL $$, 'nothing is where no weights are within the limits');
-- the conditions of Karush, Kuhn and Tucker: marginal variances are equal where weights are free, higher where they are 0
SELECT is_empty($$
	SELECT k, i FROM solved, generate_series(1, n) i, LATERAL (SELECT pg_temp.dot(pg_temp.row_of(c, i), mv) AS marginal, pg_temp.dot(mv, ARRAY(SELECT pg_temp.dot(pg_temp.row_of(c, j), mv) FROM generate_series(1, n) j ORDER BY j)) AS variance) x
	WHERE CASE WHEN mv[i] > 0 THEN abs(marginal - variance) ELSE variance - marginal END > 1e-10 * variance
$$, 'no shift of weights lowers the least variance');
SELECT is_empty($$
	SELECT k, i FROM solved, generate_series(1, n) i, LATERAL (SELECT pg_temp.dot(pg_temp.row_of(c, i), ms) AS marginal, portfolio_volatility(ms, c) ^ 2 AS variance, pg_temp.dot(ms, mu) - 0.02 AS excess) x
	WHERE CASE WHEN ms[i] > 0 THEN abs((mu[i] - 0.02) / excess - marginal / variance) ELSE (mu[i] - 0.02) / excess - marginal / variance END > 1e-9
$$, 'no shift of weights raises the greatest Sharpe ratio');
SELECT is_empty($$
	SELECT k FROM solved, LATERAL (SELECT target_return_weights(mu, c, pg_temp.dot(ms, mu)) AS w) x WHERE abs(portfolio_volatility(w, c) / portfolio_volatility(ms, c) - 1) > 1e-9
$$, 'the best Sharpe ratio is on the frontier');
SELECT is_empty($$
	SELECT k FROM solved, generate_series(1, 20) r, LATERAL (SELECT array_agg(x / s) AS w FROM (SELECT x, sum(x) OVER () AS s FROM (SELECT random() ^ 3 AS x FROM generate_series(1, n) WHERE r > 0) a) b) y
	WHERE portfolio_volatility(w, c) < portfolio_volatility(mv, c) * (1 - 1e-12) OR (pg_temp.dot(w, mu) - 0.02) / portfolio_volatility(w, c) > (pg_temp.dot(ms, mu) - 0.02) / portfolio_volatility(ms, c) * (1 + 1e-12)
$$, 'random weights are no better');
SELECT is_empty($$
	SELECT k FROM solved, LATERAL (SELECT risk_contributions(rp, c) AS r, portfolio_volatility(rp, c) AS v) x WHERE EXISTS (SELECT FROM unnest(r) y WHERE abs(y * n / v - 1) > 1e-11)
$$, 'contributions of risk parity are equal');
SELECT is_empty($$
	SELECT k FROM solved, LATERAL (SELECT ARRAY(SELECT i::float8 FROM generate_series(1, n) i) AS b) y, LATERAL (SELECT risk_contributions(risk_parity_weights(c, b), c) AS r) x
	WHERE EXISTS (SELECT FROM unnest(r) WITH ORDINALITY u(z, i) WHERE abs(z / r[1] / i - 1) > 1e-11)
$$, 'and as the budgets');
SELECT is_empty($$ SELECT k FROM solved, unnest(ARRAY[mv, rp, hrp]) WITH ORDINALITY u(x, i), LATERAL (SELECT risk_contributions(hrp, c) AS r) y WHERE abs((SELECT sum(z) FROM unnest(r) z) / portfolio_volatility(hrp, c) - 1) > 1e-13 $$,
	'contributions add up to the volatility');
SELECT is_empty($$
	SELECT k FROM solved WHERE EXISTS (SELECT FROM unnest(min_variance_weights(ARRAY(SELECT ARRAY(SELECT 1e-6 * c[i][j] FROM generate_series(1, n) j ORDER BY j) FROM generate_series(1, n) i ORDER BY i)), mv) u(a, b) WHERE abs(a - b) > 1e-9)
$$, 'units do not matter');

-- the frontier rises, and bends downward
CREATE TEMP TABLE frontier AS
SELECT k, f.*, row_number() OVER (PARTITION BY k ORDER BY expected_return) AS at FROM book, efficient_frontier(mu, c, 12) f WHERE n > 1;
SELECT is_empty($$ SELECT k FROM frontier GROUP BY k HAVING count(*) <> 12 $$, 'as many points as asked for');
SELECT is_empty($$
	SELECT k, at FROM (SELECT *, lead(volatility) OVER w AS next, lead(volatility, 2) OVER w AS after FROM frontier WINDOW w AS (PARTITION BY k ORDER BY at)) x
	WHERE next < volatility * (1 - 1e-12) OR (after - next) - (next - volatility) < -1e-9 * volatility
$$, 'frontiers are convex and monotone');
SELECT is_empty($$ SELECT k FROM frontier JOIN book USING (k) WHERE abs(pg_temp.dot(weights, mu) - expected_return) > 1e-14 OR abs(portfolio_volatility(weights, c) - volatility) > 1e-14 $$, 'their weights are those of their figures');
SELECT is_empty($$ SELECT k FROM book JOIN (SELECT k, max(expected_return) AS top FROM frontier GROUP BY k) f USING (k) WHERE abs(top - (SELECT max(m) FROM unnest(mu) m)) > 1e-12 $$, 'and they end at the greatest return');

-- what holds of Kelly, implied returns and views
SELECT is_empty($$
	SELECT k FROM solved, LATERAL (SELECT kelly_weights(mu, c, 0.01) AS w) x WHERE EXISTS (SELECT FROM unnest(implied_returns(w, c, 1, 0.01), mu) u(a, b) WHERE abs(a - b) > 1e-9)
$$, 'implied returns of Kelly''s weights are the returns');
SELECT is_empty($$
	SELECT k FROM book, black_litterman(c, mu, ARRAY[pg_temp.row_of('{{1,0,0,0,0,0,0,0,0,0,0,0}}', 1)], '{0.08}', '{0}') b WHERE n = 12 AND abs(expected_returns[1] - 0.08) > 1e-12
$$, 'a view that is certain is met');
SELECT is_empty($$ SELECT k FROM book, black_litterman(c, mu, '{}', '{}') b WHERE expected_returns <> mu $$, 'without views the prior stays');
SELECT * FROM finish();
ROLLBACK;
