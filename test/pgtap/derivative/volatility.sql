-- Vectors and laws of variance strikes, smiles and their fits.
\set ON_ERROR_STOP on
\set QUIET on
BEGIN;
\i test/pgtap/include/common.sql
SELECT no_plan();
SELECT setseed(0.5) \g /dev/null

-- vectors
CREATE FUNCTION answer(call text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	result text;
BEGIN
	EXECUTE 'SELECT (' || call || ')::text' INTO result;
	RETURN result;
EXCEPTION WHEN data_exception THEN
	RETURN 'error';
END
$$;
CREATE TEMP TABLE smile_case (fn text, a text, b text, c text, d text, e text, f text, g text, expected text, tol text, abs_tol text, kind text, source text);
\copy smile_case FROM 'test/vectors/derivative/volatility_smile.csv' (FORMAT csv, HEADER)
SELECT ok(CASE WHEN 'error' IN (expected, o) THEN expected = o ELSE is_close(o::float8, expected::numeric, tol::numeric, abs_tol::numeric) END,
	format('%s(%s): %s', fn, arguments, source))
FROM smile_case, LATERAL (SELECT string_agg(quote_literal(x), ', ' ORDER BY n) FROM unnest(ARRAY[a, b, c, d, e, f, g]) WITH ORDINALITY u(x, n)
	WHERE x IS NOT NULL) v(arguments), answer(format('%s(%s)', fn, arguments)) o;
SELECT is(count(*)::int, 51, 'all were loaded') FROM smile_case;

CREATE TEMP TABLE strike_case (strike float8[], call_price float8[], put_price float8[], forward float8, years float8, rate float8, expected numeric,
	tol numeric, kind text, source text);
\copy strike_case FROM 'test/vectors/derivative/variance_strike.csv' (FORMAT csv, HEADER)
SELECT ok(is_close((SELECT variance_strike(k, c, p, forward, years, rate) FROM unnest(strike, call_price, put_price) v(k, c, p)), expected, tol), source)
FROM strike_case;
SELECT is(count(*)::int, 9, 'all were loaded') FROM strike_case;

CREATE TEMP TABLE fit_case (log_moneyness float8[], total_variance float8[], probe float8, probe_variance float8, holds boolean, kind text, source text);
\copy fit_case FROM 'test/vectors/derivative/svi_fit.csv' (FORMAT csv, HEADER)
SELECT ok(f.rmse <= 1e-12 AND abs(svi_variance(probe, f) - probe_variance) <= 1e-11, source)
FROM fit_case, LATERAL (SELECT (svi_fit(k, w)).* FROM unnest(log_moneyness, total_variance) v(k, w)) f;
SELECT is(count(*)::int, 7, 'all were loaded') FROM fit_case;

-- laws of the variance strike: Black's own prices at a close grid give the square of their volatility
CREATE TEMP TABLE chain AS SELECT strike, black_price('call', 2000, strike, 0.2, 0.6, 0.03) AS c, black_price('put', 2000, strike, 0.2, 0.6, 0.03) AS p
FROM generate_series(100, 20000, 2.5) g(k), CAST(k AS float8) strike;
SELECT ok(abs(variance_strike(strike, c, p, 2000, 0.2, 0.03) - 0.36) < 1e-5, 'the variance that made the prices') FROM chain;
SELECT is(variance_strike(strike, CASE WHEN strike >= 2000 THEN c END, CASE WHEN strike <= 2000 THEN p END, 2000, 0.2, 0.03),
	(SELECT variance_strike(strike, c, p, 2000, 0.2, 0.03) FROM chain), 'prices in the money do not count') FROM chain;
SELECT is((SELECT variance_strike(strike, c, p, 2000, 0.2, 0.03) FROM (SELECT strike, c, NULL AS p FROM chain UNION ALL SELECT strike, NULL, p FROM chain) x),
	(SELECT variance_strike(strike, c, p, 2000, 0.2, 0.03) FROM chain), 'calls and puts may be rows of their own');
SELECT is((SELECT variance_strike(strike, c, p, 2000, 0.2, 0.03) FROM (SELECT chain.* FROM chain, generate_series(1, 2) ORDER BY random()) x),
	(SELECT variance_strike(strike, c, p, 2000, 0.2, 0.03) FROM chain), 'rows that come twice, in any order, count once');
SELECT is(variance_strike(strike, c, p, 50, 0.2, 0.03), NULL, 'no strike up to the forward') FROM chain;
SELECT is(variance_strike(strike, c, NULL, 2000, 0.2, 0.03), NULL, 'nothing at the forward') FROM chain;
SELECT is(variance_strike(strike, c, p, 2000, 0, 0.03), NULL, 'no time') FROM chain;
SELECT is(variance_strike(NULL, c, p, 2000, 0.2, 0.03), NULL, 'no strikes') FROM chain;
SELECT throws_ok('SELECT variance_strike(strike, c, p, strike, 0.2, 0.03) FROM chain', '22023', NULL, 'a group is of one expiry');
SELECT throws_ok('SELECT variance_strike(strike, c, -p, 2000, 0.2, 0.03) FROM chain', '22003', NULL, 'prices are not negative');
SELECT throws_ok($$ SELECT variance_strike(strike, c, 'NaN', 2000, 0.2, 0.03) FROM chain $$, '22003', NULL, 'NaN is no price');

-- states: one value of one set of rows, and merged by union
CREATE FUNCTION quotes_of(remainder int, parts int) RETURNS strike_quotes LANGUAGE plpgsql AS $$
DECLARE
	s strike_quotes;
	r record;
BEGIN
	FOR r IN SELECT * FROM pg_temp.chain WHERE strike < 3000 AND (strike / 2.5)::int % parts = remainder ORDER BY random() LOOP
		s := _strike_quotes_accum(s, r.strike, r.c, r.p, 2000, 0.2, 0.03);
	END LOOP;
	RETURN s;
END
$$;
CREATE TEMP TABLE made AS SELECT quotes_of(0, 1) AS whole, quotes_of(0, 2) AS even, quotes_of(1, 2) AS odd;
SELECT ok(_strike_quotes_combine(even, odd) = whole AND _strike_quotes_combine(odd, even) = whole AND _strike_quotes_combine(whole, even) = whole,
	'a union in any order, and of what is there already') FROM made;
SELECT ok(_strike_quotes_hash(_strike_quotes_combine(odd, even)) = _strike_quotes_hash(whole) AND even <> odd AND (even < odd) <> (odd < even), 'hashes and order') FROM made;
SELECT ok(whole::text::strike_quotes = whole AND binary_copy(_strike_quotes_send(whole), 'strike_quotes')::strike_quotes = whole, 'text and binary forms') FROM made;
SELECT is('(2000,0.5,0.1,[(2100,,7),(1900,120,30),(2100,55,)])'::strike_quotes::text, '(2000,0.5,0.1,[(1900,120,30),(2100,55,7)])', 'in order, a strike once');
SELECT throws_ok(format('SELECT %L::strike_quotes', x), '22P02', NULL, x) FROM unnest(ARRAY['', '(2000,0.5,0.1)', '(2000,0.5,0.1,[])', '(2000,0.5,,[(1,2,3)])',
	'(2000,0.5,0.1,[(1,,)])', '(2000,0.5,0.1,[(0,1,1)])', '(2000,0.5,0.1,[(1,2,3)]) x', '(2000,0.5,0.1,[(1,-2,3)])', '(2000,0.5,0.1,[(1,2)])', '(2000,0.5,0.1,[(1,NaN,3)])',
	'(2000,0.5,0.1,[(,2,3)])', '(-1,0.5,0.1,[(1,2,3)])', '(2000,0.5,0.1,[(1,2,3),])', '(2000,0.5,0.1,[(1,2,3)]', '(2000,0.5,[(1,2,3)])', '(2000,0.5,0.1,[(1,2,3,4)])']) x;
SELECT throws_ok(format('SELECT %L::smile_points', x), '22P02', NULL, x) FROM unnest(ARRAY['', '[]', '[(1)]', '[(1,2,3)]', '[(,2)]', '[(1,2)', '(1,2)]', '[(1,inf)]']) x;
SELECT throws_ok(format('SELECT binary_copy(%L::bytea, %L)', x, t), '22P03', NULL, 'damaged binary form of ' || t)
FROM (VALUES (repeat('00', 48), 'strike_quotes'), ('40a0000000000000' || '3fe0000000000000' || repeat('00', 8) || '3ff0000000000000' || repeat('7ff8000000000000', 2), 'strike_quotes'), ('7ff8000000000000' || repeat('00', 8), 'smile_points')) v(h, t), decode(h, 'hex') x;

-- parallel plans
CREATE TABLE spread_chain AS SELECT g % 3 AS id, strike, c, p, ln(strike / 2000) AS k FROM chain, generate_series(0, 2) g;
ANALYZE spread_chain;
CREATE TEMP TABLE serial AS SELECT id, variance_strike(strike, c, p, 2000, 0.2, 0.03) AS v, svi_fit(k, 0.05 + k * k) FILTER (WHERE abs(k) < 1) AS f FROM spread_chain GROUP BY id;
SELECT force_parallel() \g /dev/null
SELECT ok(explained('SELECT variance_strike(strike, c, p, 2000, 0.2, 0.03) FROM spread_chain') ~ 'Partial Aggregate', 'the plan is parallel');
SELECT results_eq('SELECT id, variance_strike(strike, c, p, 2000, 0.2, 0.03), svi_fit(k, 0.05 + k * k) FILTER (WHERE abs(k) < 1) FROM spread_chain GROUP BY id ORDER BY id',
	'SELECT * FROM serial ORDER BY id', 'and its result that of a serial one, to the last bit');
SELECT force_serial() \g /dev/null
SELECT is_empty($$
	SELECT * FROM (SELECT id, strike, variance_strike(strike, c, p, 2000, 0.2, 0.03) OVER w AS v, array_agg(strike) OVER w AS ks FROM spread_chain
		WHERE strike BETWEEN 1900 AND 2100 AND id = 1 WINDOW w AS (ORDER BY strike ROWS 40 PRECEDING)) x
	WHERE v IS DISTINCT FROM (SELECT variance_strike(strike, c, p, 2000, 0.2, 0.03) FROM chain WHERE strike = ANY (ks))
$$, 'over a moving frame');

-- fits
CREATE TEMP TABLE slice AS SELECT g AS id, random() * 0.1 AS a, 0.02 + random() * 0.5 AS b, 1.8 * random() - 0.9 AS rho, 0.4 * random() - 0.2 AS m, 0.05 + random() * 0.5 AS s
FROM generate_series(1, 100) g;
SELECT is_empty($$
	SELECT * FROM slice, LATERAL (SELECT svi_fit(k, svi_variance(k, a, b, rho, m, s)) AS f FROM generate_series(1, 9 + id % 30) i,
		LATERAL (SELECT 1.6 * (i + id - id) / (9 + id % 30) - 0.8) v(k)) x
	WHERE NOT ((f).rmse <= 1e-8 AND abs(svi_variance(0.123, f) - svi_variance(0.123, a, b, rho, m, s)) <= 1e-6 AND (f).num_points = 9 + id % 30)
$$, 'exact slices come back');
SELECT ok((f).rmse < 0.021 AND (f).rmse > 0.003 AND (f).b >= 0 AND abs((f).rho) < 1, 'of points with noise the error is that of the noise')
FROM (SELECT svi_fit(k, 0.1 + 0.2 * k * k + 0.02 * (random() - 0.5)) AS f FROM generate_series(-0.8, 0.8, 0.02) g(x), CAST(x AS float8) k) x;
SELECT ok((f).b * (1 + abs((f).rho)) < 1e-6 OR (f).rmse < 1e-9, 'a flat smile') FROM (SELECT svi_fit(i / 10.0, 0.04) AS f FROM generate_series(1, 9) i) x;
SELECT is(svi_fit(i / 10.0, 0.04 + i), NULL, 'four points') FROM generate_series(1, 4) i;
SELECT is(svi_fit(0.1, 0.04 + i), NULL, 'one log-moneyness') FROM generate_series(1, 9) i;
SELECT is(svi_fit(NULL, i), NULL, 'no points') FROM generate_series(1, 9) i;
SELECT throws_ok($$ SELECT svi_fit(i, 'Infinity') FROM generate_series(1, 9) i $$, '22003', NULL, 'an infinite variance');
SELECT lives_ok($$ SELECT svi_fit(x * i, y * (i % 3)) FROM generate_series(1, 9) i, (VALUES (1e-300::float8), (1e-9)) v(x), (VALUES (1e-300::float8), (1e9)) w(y) GROUP BY x, y $$,
	'numbers of any size');

-- the sign of g is that of the density of Black's prices
SELECT is_empty($$
	SELECT * FROM slice, LATERAL (SELECT svi_g(0.2, a, b, rho, m, s) AS g, 1e-3 AS h) x, LATERAL (
		SELECT sum(c * black_price('call', 1, exp(0.2) * (1 + d * h), 1, sqrt(svi_variance(0.2 + ln(1 + d * h), a, b, rho, m, s)))) / h / h AS density
		FROM (VALUES (-1, 1), (0, -2), (1, 1)) v(d, c)) y
	WHERE abs(g) > 1e-2 AND sign(g) <> sign(density)
$$, 'g');
-- SABR: symmetric at beta 1 and rho 0, and its level is alpha at the money
SELECT is_empty($$
	SELECT k FROM generate_series(0.5, 0.99, 0.01) g(x), CAST(x AS float8) k
	WHERE NOT abs(sabr_volatility(k, 1, 0.5, 0.6, 1, 0, 0.8) / sabr_volatility(1 / k, 1, 0.5, 0.6, 1, 0, 0.8) - 1) < 1e-14
$$, 'a SABR smile without correlation is symmetric');
SELECT ok(abs(sabr_volatility(1 + 1e-13, 1, 0, 0.6, 1, -0.5, 2) - 0.6) < 1e-12 AND sabr_volatility(1, 1, 0, 0.6, 1, -0.5, 2) = 0.6, 'at the money');

SELECT * FROM finish();
ROLLBACK;
