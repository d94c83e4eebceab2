-- Properties and vectors of domain risk: how returns of many tokens vary together.
\set ON_ERROR_STOP on
\set QUIET on
BEGIN;
\i test/pgtap/include/common.sql
SELECT no_plan();
SELECT setseed(0.5) \g /dev/null

-- rows of a matrix, and the upper triangle of one of three tokens
CREATE FUNCTION pg_temp.rows_of(m float8[]) RETURNS SETOF float8[] LANGUAGE sql AS $$
	SELECT ARRAY(SELECT m[i][j] FROM generate_series(1, array_length(m, 2)) j ORDER BY j) FROM generate_series(1, array_length(m, 1)) i $$;
CREATE FUNCTION pg_temp.six(m float8[]) RETURNS float8[] LANGUAGE sql AS $$
	SELECT ARRAY[m[1][1], m[1][2], m[1][3], m[2][2], m[2][3], m[3][3]] $$;

CREATE TEMP TABLE covariance_case (fn text, returns float8[], a float8, m11 text, m12 text, m13 text, m22 text, m23 text, m33 text,
	abs_tol numeric, kind text, source text);
\copy covariance_case FROM 'test/vectors/risk/covariance.csv' (FORMAT csv, HEADER)
SELECT cmp_ok(count(*)::int, '>=', 15, 'all vectors of covariance were loaded') FROM covariance_case;
CREATE FUNCTION pg_temp.answer(fn text, returns float8[], a float8) RETURNS float8[] LANGUAGE plpgsql AS $$
DECLARE
	s covariance_summary;
BEGIN
	SELECT covariance_agg(r) INTO s FROM pg_temp.rows_of(returns) r;
	RETURN CASE fn
		WHEN 'mean_vector' THEN mean_vector(s) || ARRAY[num_returns(s), NULL, NULL]::float8[]
		WHEN 'covariance_matrix' THEN pg_temp.six(covariance_matrix(s, a))
		WHEN 'correlation_matrix' THEN pg_temp.six(correlation_matrix(s))
		WHEN 'ewma_covariance' THEN pg_temp.six(ewma_covariance(returns, a)) END;
END $$;
SELECT ok(NOT EXISTS (
		SELECT FROM unnest(x, ARRAY[m11, m12, m13, m22, m23, m33]) u(got, expected)
		WHERE expected IS DISTINCT FROM '-' AND NOT is_close(got, expected::numeric, 1e-12, coalesce(abs_tol, 0))),
	format('%s(%s) of %s rows: %s', fn, a, array_length(returns, 1), x))
FROM covariance_case, pg_temp.answer(fn, returns, a) x;

CREATE TEMP TABLE shrunk_case (returns float8[], target text, shrinkage numeric, m11 numeric, m12 numeric, m13 numeric, m22 numeric, m23 numeric, m33 numeric,
	tol numeric, kind text, source text);
\copy shrunk_case FROM 'test/vectors/risk/shrunk_covariance.csv' (FORMAT csv, HEADER)
SELECT cmp_ok(count(*)::int, '>=', 5, 'all vectors of shrunk_covariance were loaded') FROM shrunk_case;
SELECT ok(NOT EXISTS (SELECT FROM unnest(pg_temp.six(covariance) || x.shrinkage, ARRAY[m11, m12, m13, m22, m23, m33, c.shrinkage]) u(got, expected)
		WHERE NOT is_close(got, expected, coalesce(tol, 1e-12), 0)),
	format('shrunk_covariance(%s) of %s rows: %s', target, array_length(returns, 1), x.shrinkage))
FROM shrunk_case c, shrunk_covariance(returns, target) x;

CREATE TEMP TABLE component_case (covariance float8[], component int, variance numeric, share numeric, l1 numeric, l2 numeric, l3 numeric, tol numeric, abs_tol numeric,
	kind text, source text);
\copy component_case FROM 'test/vectors/risk/principal_components.csv' (FORMAT csv, HEADER)
SELECT cmp_ok(count(*)::int, '>=', 8, 'all vectors of principal_components were loaded') FROM component_case;
SELECT ok(is_close(p.variance, c.variance, tol, abs_tol) AND is_close(p.share, c.share, tol, abs_tol)
		AND NOT EXISTS (SELECT FROM unnest(loadings, ARRAY[l1, l2, l3]) u(got, expected) WHERE NOT is_close(got, expected, tol, abs_tol)),
	format('component %s: %s', c.component, p))
FROM component_case c, principal_components(covariance) p WHERE p.component = c.component;

-- tokens of very different sizes, one that does not vary, one that is twice another
CREATE TABLE book AS
SELECT series, i, ARRAY[x, 2 * x, 1e-9 * random(), 0.03, 1000 + floor(8 * random()) / 1024, -x + random() * 1e-4]::float8[] AS r
FROM (SELECT series, i, (random() - 0.5) * 0.01 AS x FROM generate_series(1, 10) series, generate_series(1, 300) i) y;
CREATE TABLE whole AS SELECT series, covariance_agg(r) AS s FROM book GROUP BY series;

-- the same as sums of exact decimals
SELECT is_empty($$
	SELECT series, j, k, c, (covariance_matrix(s))[j][k] FROM (
		SELECT series, j, k, (sum(x * y) - sum(x) * sum(y) / 300) / 299 AS c, sqrt((sum(x * x) - sum(x) * sum(x) / 300) * (sum(y * y) - sum(y) * sum(y) / 300)) / 299 AS scale
		FROM book, generate_series(1, 6) j, generate_series(1, 6) k, LATERAL (SELECT r[j]::text::numeric AS x, r[k]::text::numeric AS y) v
		WHERE series <= 3 GROUP BY series, j, k) x
	JOIN whole USING (series)
	WHERE abs((covariance_matrix(s))[j][k] - c) > 1e-13 * scale OR (scale > 0 AND abs((correlation_matrix(s))[j][k] - c / scale) > 1e-13)
$$, 'covariances and correlations are those of decimals');
SELECT is_empty($$
	SELECT series FROM whole, generate_series(1, 6) j, generate_series(1, 6) k, LATERAL (SELECT (correlation_matrix(s))[j][k] AS c) x
	WHERE c NOT BETWEEN -1 AND 1 OR (c IS NULL) <> (j = 4 OR k = 4) OR (j = k AND j <> 4 AND c <> 1) OR (j <= 2 AND k <= 2 AND 1 - c > 1e-15)
$$, 'correlations are from -1 to 1 to the last digit, and NULL of what does not vary');
SELECT is_empty($$ SELECT series FROM whole, principal_components(covariance_matrix(s)) WHERE variance < 0 $$,
	'matrices are positive semidefinite');
SELECT is_empty($$
	SELECT series FROM whole, LATERAL (SELECT sum(variance) AS v, sum(share) AS one FROM principal_components(covariance_matrix(s))) p,
		LATERAL (SELECT sum((covariance_matrix(s))[j][j]) AS trace FROM generate_series(1, 6) j) t
	WHERE abs(v / trace - 1) > 1e-14 OR abs(one - 1) > 1e-14
$$, 'variances of the components add up to those of the tokens');
SELECT is_empty($$
	SELECT series, j, k FROM whole, LATERAL (SELECT covariance_matrix(s) AS c) x, generate_series(1, 6) j, generate_series(1, 6) k
	WHERE abs(c[j][k] - (SELECT sum(variance * loadings[j] * loadings[k]) FROM principal_components(c))) > 1e-13 * sqrt(c[j][j] * c[k][k]) + 1e-30
$$, 'components make the matrix again');
-- a market factor and 59 tokens
SELECT is_empty($$
	WITH m AS (SELECT ARRAY(SELECT ARRAY(SELECT CASE WHEN i = j THEN 2.0 ELSE 0.5 END::float8 FROM generate_series(1, 200) j) FROM generate_series(1, 200) i) AS c)
	SELECT component, variance FROM m, principal_components(c) WHERE abs(variance - CASE component WHEN 1 THEN 101.5 ELSE 1.5 END) > 1e-12
$$, 'eigenvalues of 200 tokens that are known');

-- order, split and merge, to the last digits; the empty summary
CREATE FUNCTION pg_temp.is_near(a covariance_summary, b covariance_summary) RETURNS boolean LANGUAGE sql AS $$
	SELECT num_returns(a) = num_returns(b) AND NOT EXISTS (
		SELECT FROM generate_series(1, 6) j, generate_series(1, 6) k, LATERAL (SELECT covariance_matrix(a) AS c, covariance_matrix(b) AS d) x
		WHERE abs(c[j][k] - d[j][k]) > 1e-13 * sqrt(c[j][j] * c[k][k]) + 1e-300) $$;
SELECT is_empty($$ SELECT series FROM whole WHERE NOT pg_temp.is_near(s, (SELECT covariance_agg(r ORDER BY random()) FROM book b WHERE b.series = whole.series)) $$,
	'order of rows');
SELECT is_empty($$
	SELECT series FROM whole JOIN (SELECT series, rollup(t) AS t FROM (SELECT series, i % 7, covariance_agg(r) AS t FROM book GROUP BY 1, 2) x GROUP BY series) y USING (series)
	WHERE NOT pg_temp.is_near(s, t)
$$, 'split and merge');
SELECT is_empty($$ SELECT series FROM whole WHERE s || NULL <> s OR NULL || s <> s OR s <> s::text::covariance_summary $$, 'NULL is the empty one; the text reads back');
SELECT is_empty($$
	SELECT series, i FROM (SELECT series, i, covariance_agg(r) OVER w AS s, array_agg(i) OVER w AS rows FROM book WINDOW w AS (PARTITION BY series ORDER BY i ROWS 9 PRECEDING)) x
	WHERE i % 50 = 0 AND NOT pg_temp.is_near(s, (SELECT covariance_agg(r) FROM book b WHERE b.series = x.series AND b.i = ANY (rows)))
$$, 'moving frames');
SELECT is_empty($$
	SELECT j FROM whole, generate_series(1, 6) j WHERE abs((covariance_matrix(s, 365))[j][j] - 365 * (covariance_matrix(s))[j][j]) > 1e-12 * (covariance_matrix(s, 365))[j][j]
$$, 'periods are a factor');

-- matrices of returns of series are what risk_agg sees
CREATE TEMP TABLE history AS
SELECT token, rate_series('2024-01-01 00:00+00'::timestamptz + i * interval '5 hours', exp(i * 1e-4 + sin(i * token) / 100)) AS s
FROM generate_series(1, 3) token, generate_series(token * 7, 400) i GROUP BY token;
SELECT is((SELECT count(*) FROM history, risk_summary(s) r, (SELECT returns_matrix(array_agg(s ORDER BY token), '1 day') AS m FROM history) x
	WHERE array_length(m, 2) = 3 AND (SELECT covariance_agg(ARRAY[a]) FROM (SELECT m[i][token] AS a FROM generate_series(1, array_length(m, 1)) i) y) IS NOT NULL), 3::bigint,
	'a column a series');
SELECT is(array_length(returns_matrix(ARRAY[s, s], '1 day'), 1), (SELECT num_returns(risk_summary(s)))::int, 'as many periods as risk_summary has')
FROM history WHERE token = 1;
SELECT is_empty($$
	SELECT 1 FROM history, LATERAL (SELECT returns_matrix(ARRAY[s, s], '1 day') AS m) x, LATERAL (SELECT risk_agg(m[i][1]) AS a, bool_and(m[i][1] = m[i][2]) AS same
		FROM generate_series(1, array_length(m, 1)) i) y WHERE a <> risk_summary(s) OR NOT same
$$, 'and the same returns');
SELECT results_eq($$ SELECT array_length(returns_matrix(ARRAY[s], '1 day'), 1), array_length(returns_matrix(ARRAY[s], '1 day', max_age => '36 hours'), 1)
	FROM (SELECT rate_series('2024-01-01 00:00+00'::timestamptz + i * interval '1 day', 1 + i / 100.0) AS s FROM generate_series(0, 20) i WHERE i NOT BETWEEN 5 AND 9) g $$,
	$$ VALUES (20, 15) $$, 'a period at whose edge a value is too old is left out');

-- bind parameters of generic plans are left as they are
SET plan_cache_mode = force_generic_plan;
PREPARE twice(covariance_summary) AS
SELECT count(DISTINCT $1 || s) = 10 AND bool_and(num_returns($1 || s) = 600) FROM whole;
CREATE FUNCTION pg_temp.executed() RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE
	result boolean;
BEGIN
	EXECUTE format('EXECUTE twice(%L)', (SELECT s FROM whole WHERE series = 1)) INTO result;
	RETURN result;
END $$;
SELECT ok(pg_temp.executed(), 'a bind parameter is not changed by rows that it is merged with');
DO $$
DECLARE
	a covariance_summary := (SELECT covariance_agg(ARRAY[0.3, i]) FROM generate_series(1, 3) i);
	b covariance_summary;
	c covariance_summary;
BEGIN
	b := a || a;
	c := a || a;
	IF b <> c OR num_returns(a) <> 3 THEN
		RAISE EXCEPTION 'an argument was changed';
	END IF;
END $$;
SELECT * FROM finish();
ROLLBACK;
