-- Properties and vectors of domain yield.
\set ON_ERROR_STOP on
\set QUIET on
BEGIN;
\i test/pgtap/include/common.sql
SELECT no_plan();
SELECT setseed(0.5) \g /dev/null

-- apr, apy: vectors, as functions and as aggregates of two rows
CREATE TEMP TABLE pair_case (fn text, rate0 float8, rate1 float8, t0 timestamptz, t1 timestamptz, year_days float8,
	expected numeric, tol numeric, abs_tol numeric, kind text, source text);
\copy pair_case FROM 'test/vectors/yield/apr_pairs.csv' (FORMAT csv, HEADER)
\copy pair_case FROM 'test/vectors/yield/lido_reports.csv' (FORMAT csv, HEADER)
\copy pair_case FROM 'test/vectors/yield/lido_stated_apr.csv' (FORMAT csv, HEADER)
SELECT cmp_ok(count(*)::int, '>=', 272, 'all vectors of apr and apy were loaded') FROM pair_case;
SELECT ok(is_close(CASE fn WHEN 'apr' THEN apr(rate0, rate1, t0, t1, year_days)
						   ELSE apy(rate0, rate1, t0, t1, year_days) END, expected, tol, abs_tol),
	format('%s(%s, %s, %s, %s, %s): %s', fn, rate0, rate1, t0, t1, year_days, source))
FROM pair_case;
SELECT is_empty($$
	SELECT * FROM pair_case, LATERAL (
		SELECT rate_agg(ts, rate) s FROM (VALUES (t1, rate1), (t0, rate0)) v(ts, rate)
	) x
	WHERE CASE fn WHEN 'apr' THEN apr(s, year_days) ELSE apy(s, year_days) END
		IS DISTINCT FROM CASE fn WHEN 'apr' THEN apr(rate0, rate1, t0, t1, year_days)
								 ELSE apy(rate0, rate1, t0, t1, year_days) END
$$, 'over a rate_summary the same');
SELECT is_empty($$
	SELECT * FROM pair_case, LATERAL (SELECT apr(ts, rate) r FROM (VALUES (t1, rate1), (t0, rate0)) v(ts, rate)) x
	WHERE r IS DISTINCT FROM apr(rate0, rate1, t0, t1)
$$, 'aggregate apr is the same');
SELECT is_empty($$
	SELECT * FROM pair_case, LATERAL (SELECT apy(ts, rate) y FROM (VALUES (t1, rate1), (t0, rate0)) v(ts, rate)) x
	WHERE fn = 'apy' AND y IS DISTINCT FROM apy(rate0, rate1, t0, t1)
$$, 'aggregate apy is the same');

-- apr_to_apy, apy_to_apr: vectors
CREATE TEMP TABLE conversion_case (fn text, rate float8, periods float8, expected numeric, tol numeric, abs_tol numeric,
	kind text, source text);
\copy conversion_case FROM 'test/vectors/yield/rate_conversion.csv' (FORMAT csv, HEADER)
SELECT cmp_ok(count(*)::int, '>=', 16, 'all vectors of conversions were loaded') FROM conversion_case;
SELECT ok(is_close(CASE fn WHEN 'apr_to_apy' THEN apr_to_apy(rate, periods) ELSE apy_to_apr(rate, periods) END,
	expected, tol, abs_tol), format('%s(%s, %s): %s', fn, rate, periods, source))
FROM conversion_case;

-- blended_apr: vectors
CREATE TEMP TABLE blend_case (apr float8[], weight float8[], expected numeric, tol numeric, abs_tol numeric,
	kind text, source text);
\copy blend_case FROM 'test/vectors/yield/blended_apr.csv' (FORMAT csv, HEADER)
SELECT cmp_ok(count(*)::int, '>=', 12, 'all vectors of blended_apr were loaded') FROM blend_case;
SELECT ok(is_close((SELECT blended_apr(a, w) FROM unnest(apr, weight) u(a, w)), expected, tol, abs_tol),
	'blended_apr of ' || cardinality(apr) || ' yields: ' || coalesce(expected::text, 'NULL'))
FROM blend_case;

-- any order, any split
CREATE TEMP TABLE history AS
SELECT series, i AS row, timestamptz '2024-01-01' + (random() * 5000)::int * interval '1 minute' AS ts,
	1 + random() * 0.1 AS rate, random() - 0.4 AS apr, exp(random() * 25) AS weight
FROM generate_series(1, 20) series, generate_series(1, 200) i;
CREATE TEMP TABLE whole AS
SELECT series, apr(ts, rate) AS r, apy(ts, rate) AS y, blended_apr(apr, weight) AS b FROM history GROUP BY series;

SELECT is_empty($$
	SELECT 1 FROM history JOIN whole USING (series) GROUP BY series, r, y
	HAVING apr(ts, rate ORDER BY random()) <> r OR apy(ts, rate ORDER BY random()) <> y
$$, 'apr and apy do not depend on the order of rows, bit for bit');
SELECT is_empty($$
	SELECT 1 FROM history JOIN whole USING (series) GROUP BY series, b
	HAVING blended_apr(apr, weight ORDER BY random()) <> b
$$, 'blended_apr depends on the order of rows by 4 units in the last place at most');
SELECT is_empty($$
	SELECT 1 FROM (
		SELECT series, part, rate_agg(ts, rate) s, blend_agg(apr, weight) m
		FROM (SELECT *, (random() * 9)::int AS part FROM history) h GROUP BY series, part
	) p JOIN whole USING (series) GROUP BY series, r, y, b
	HAVING apr(rollup(s ORDER BY random())) <> r OR apy(rollup(s)) <> y
		OR blended_apr(rollup(m ORDER BY random())) <> b
$$, 'nor on any split and rollup');
SELECT is_empty($$
	SELECT 1 FROM history JOIN whole USING (series) GROUP BY series, b
	HAVING NOT is_close(b, sum(exact(apr) * exact(weight)) / sum(exact(weight)), 1e-14)
$$, 'blended_apr is the weighted mean in numeric');

-- serial and parallel
CREATE TABLE parallel_history AS
SELECT g % 5 AS series, timestamptz '2024-01-01' + (g * 7919 % 100003) * interval '1 minute' AS ts,
	1 + (g * 104729 % 1000003) / 1e6::float8 AS rate, sin(g) AS apr, 1 + cos(g) AS weight
FROM generate_series(1::bigint, 200000) g;
ANALYZE parallel_history;
\set query 'SELECT series, apr(ts, rate) r, apy(ts, rate) y, blended_apr(apr, weight) b, num_aprs(blend_agg(apr, weight)) n FROM parallel_history GROUP BY series'
SELECT force_parallel();
SELECT ok(explained(:'query') LIKE '%Partial%Aggregate%', 'a partial plan');
CREATE TEMP TABLE parallel_result AS :query;
SELECT force_serial();
SELECT ok(explained(:'query') NOT LIKE '%Partial%', 'the plan to compare with is serial');
CREATE TEMP TABLE serial_result AS :query;
SELECT is_empty($$
	SELECT 1 FROM parallel_result p FULL JOIN serial_result s USING (series)
	WHERE p.r IS DISTINCT FROM s.r OR p.y IS DISTINCT FROM s.y OR p.n IS DISTINCT FROM s.n
		OR p.b <> s.b OR p.b IS NULL
$$, 'a parallel plan gives what a serial one gives');

-- FILTER, and NULL rows
SELECT is_empty($$
	SELECT series FROM history GROUP BY series
	HAVING apr(ts, rate) FILTER (WHERE row > 50) IS DISTINCT FROM apr(ts, CASE WHEN row > 50 THEN rate END)
		OR apr(ts, rate) FILTER (WHERE row > 50) IS DISTINCT FROM apr(CASE WHEN row > 50 THEN ts END, rate)
		OR blended_apr(apr, weight) FILTER (WHERE row > 50) IS DISTINCT FROM blended_apr(apr, CASE WHEN row > 50 THEN weight END)
$$, 'rows with NULL count as little as rows that are filtered out');

-- moving frames, against the aggregate over each frame's own rows
SELECT is_empty(format($$
	SELECT 1 FROM (
		SELECT apr(ts, rate) OVER w AS r, apy(ts, rate) OVER w AS y, blended_apr(apr, weight) OVER w AS b,
			apr(ts, rate) FILTER (WHERE row %% 3 <> 0) OVER w AS f,
			array_agg(ts) OVER w AS tss, array_agg(rate) OVER w AS rates, array_agg(row) OVER w AS rows,
			array_agg(apr) OVER w AS aprs, array_agg(weight) OVER w AS weights
		FROM history WHERE series <= 5 WINDOW w AS (PARTITION BY series ORDER BY %s)
	) x, LATERAL (
		SELECT apr(u.ts, u.rate) AS r, apy(u.ts, u.rate) AS y, blended_apr(u.apr, u.weight) AS b,
			apr(u.ts, u.rate) FILTER (WHERE u.row %% 3 <> 0) AS f
		FROM unnest(tss, rates, rows, aprs, weights) u(ts, rate, row, apr, weight)
	) d
	WHERE x.r IS DISTINCT FROM d.r OR x.y IS DISTINCT FROM d.y OR x.f IS DISTINCT FROM d.f
		OR (x.b IS NULL) <> (d.b IS NULL) OR x.b <> d.b
$$, frame), 'OVER (ORDER BY ' || frame || ')')
FROM (VALUES ('ts RANGE ''7 hours'' PRECEDING'), ('ts RANGE BETWEEN ''5 hours'' PRECEDING AND ''1 hour'' PRECEDING'),
	('row ROWS BETWEEN 10 PRECEDING AND 10 FOLLOWING'), ('row ROWS BETWEEN 4 FOLLOWING AND 9 FOLLOWING'),
	('ts GROUPS 3 PRECEDING'), ('row ROWS UNBOUNDED PRECEDING')) f(frame);

-- a long history with a wide frame takes time in proportion to its rows: the
-- quadratic way would merge a billion rows here
SET LOCAL statement_timeout = '60s';
SELECT lives_ok($$
	SELECT max(a), max(b), max(c) FROM (
		SELECT apr(ts, rate) OVER w AS a, blended_apr(rate, 1) OVER w AS b, last_rate(rate_agg(ts, rate) OVER w) AS c
		FROM (SELECT timestamptz '2020-01-01' + g * interval '1 minute' AS ts, 1 + g * 1e-6 AS rate
			FROM generate_series(1, 100000) g) h
		WINDOW w AS (ORDER BY ts RANGE '7 days' PRECEDING)
	) x
$$, 'a rolling 7 days over 100000 minutes');
SET LOCAL statement_timeout = 0;

-- laws
SELECT is_empty($$
	SELECT 1 FROM generate_series(1, 500), LATERAL (SELECT exp(random()) a, exp(random()) b, random() * 1000 d) x,
		LATERAL (SELECT timestamptz '2024-01-01' t0, timestamptz '2024-01-01' + (d + 1) * interval '1 day' t1) t
	WHERE (apr(a, b, t0, t1) > 0) <> (b > a) OR (apy(a, b, t0, t1) > 0) <> (b > a)
		OR apr(a, a, t0, t1) <> 0 OR apy(a, a, t0, t1) <> 0
		OR (t1 - t0 < interval '365 days' AND abs(b - a) > 1e-6 AND apy(a, b, t0, t1) <= apr(a, b, t0, t1))
		OR NOT is_close(apr(a, b, t0, t1, 730), 2 * exact(apr(a, b, t0, t1)))
$$, 'a yield has the sign of the change, compounding adds within a year, and the year is in proportion');
SELECT is_empty($$
	SELECT 1 FROM generate_series(-0.5, 2, 0.01) x, unnest(ARRAY[1, 12, 365, 'Infinity'::float8]) n
	WHERE abs(apy_to_apr(apr_to_apy(x::float8, n), n) - x::float8) > 1e-13
$$, 'apy_to_apr undoes apr_to_apy');
SELECT is_empty($$
	SELECT 1 FROM (SELECT *, apr + 0.5 AS high FROM history) h GROUP BY series
	HAVING NOT blended_apr(apr, weight) BETWEEN min(apr) AND max(apr)
		OR NOT is_close(blended_apr(high, weight), exact(blended_apr(apr, weight)) + 0.5)
		OR NOT is_close(blended_apr(apr, weight * 1e6), exact(blended_apr(apr, weight)))
$$, 'a blend lies between its yields, moves with them, and its weights have no unit');

-- blend_summary: round trips and corrupt images
SELECT is_empty($$
	SELECT 1 FROM (SELECT blend_agg(apr, weight) s FROM history GROUP BY series) x WHERE s::text::blend_summary <> s
$$, 'text round trip');
SELECT is(binary_copy(_blend_summary_send(s), 'blend_summary')::blend_summary, s, 'binary round trip')
FROM (SELECT blend_agg(apr, weight) s FROM history GROUP BY series) x;
CREATE TEMP TABLE image AS SELECT _blend_summary_send('(41:2,41:0:3,2)') AS good;
SELECT throws_ok(
	format($$SELECT binary_copy(overlay(good placing %L::bytea from %s), 'blend_summary') FROM image$$, bytes, 1 + 8 * field),
	'22P03', NULL, format('binary: %s in field %s', what, field))
FROM (VALUES
	(0, '\x7ff8000000000000'::bytea, 'a bin beyond all'), (1, '\xfffffffffffffff0', 'a negative weight'),
	(1, '\x0000000008000000', 'more than two terms can hold'), (2, '\x7fffffffffffffff', 'more than a bin can hold'),
	(6, '\xffffffffffffffd5', 'a bin below all'), (8, '\x8000000000000000', 'less than a bin can hold'),
	(12, '\x0000000000000000', 'no yields'), (12, '\x0000000800000001', 'too many yields'),
	(0, '\xc000000000000000', 'yield without weight')
) v(field, bytes, what);
SELECT is((SELECT count(DISTINCT s) FROM (SELECT blend_agg(apr, weight) s FROM history GROUP BY series
	UNION ALL SELECT blend_agg(apr, weight) FROM history GROUP BY series) x), 20::bigint, 'equal blends are one');

-- rates kept as decimals: the liquidity index of Aave v3 WETH on Polygon, minutes of August 2023 (zelos-alpha/demeter, tests/data)
SELECT ok(is_close(apr(a, b, t0, t1), (b - a) / a * 525600, 1e-15), format('a minute of decimals from %s', t0))
FROM (VALUES (timestamptz '2023-08-17 02:45Z', timestamptz '2023-08-17 02:46Z', 1.005682099574471286473311222, 1.005682099823828793086662296),
	('2023-08-17 20:06Z', '2023-08-17 20:07Z', 1.005691693944201412334800515, 1.005691694535925230695769806),
	('2023-08-15 00:01Z', '2023-08-15 00:02Z', 1.005657245192068573311648186, 1.005657264976837440802300858)) x(t0, t1, a, b);
SELECT ok(is_close(apr(1.005645819576767014923645209, 1.005645819576767014923645210, '2023-08-14Z', '2023-08-15Z'), 3.6295084501381686e-25, 1e-15),
	'one ray of difference is kept');
CREATE FUNCTION random_digits(n int) RETURNS text LANGUAGE sql VOLATILE AS $$
	SELECT string_agg(floor(random() * 10)::int::text, '') FROM generate_series(1, n)
$$;
CREATE TEMP TABLE decimals AS
SELECT g, rate0, rate0 + (floor(random() * 3)::int - 1) * (random_digits(9) || '1')::numeric / power(10::numeric, places) AS rate1, places
FROM (SELECT g, g % 39 AS places, (1 + floor(random() * 1000) || random_digits(g % 20) || '.' || random_digits(g % 39) || '7')::numeric AS rate0
	FROM generate_series(1, 2000) g) r;
CREATE TEMP TABLE decimal_pairs AS SELECT *, round((rate1 - rate0) * 100 / rate0, 90) * 365 / 100 AS daily FROM decimals WHERE rate1 > 0;
SELECT cmp_ok(count(*)::int, '>=', 1500, 'pairs of decimals were made') FROM decimal_pairs;
SELECT is_empty($$
	SELECT * FROM decimal_pairs WHERE NOT is_close(apr(rate0, rate1, '2024-01-01', '2024-01-02'), daily, 1e-15)
		OR NOT is_close(premium(rate1, rate0), daily / 365, 1e-15)
$$, 'apr and premium of decimals of any scale are exact');
SELECT is_empty($$
	SELECT * FROM decimal_pairs WHERE abs(daily) < 1e-3 AND (NOT is_close(log_yield(rate0, rate1, '2024-01-01', '2024-01-02'), daily - daily * daily / 730, 1e-9)
		OR NOT is_close(apy(rate0, rate1, '2024-01-01', '2024-12-31'), daily / 365, 1e-14))
$$, 'so are apy and log_yield');
-- bigint
SELECT ok(apr(9007199254740993::bigint, 9007199254740994::bigint, '2024-01-01', '2024-12-31') > 0
	AND is_close(apr(9007199254740993::bigint, 9007199254740994::bigint, '2024-01-01', '2024-12-31'), 1 / 9007199254740993.0, 1e-15)
	AND is_close(premium(9223372036854775806::bigint, 9223372036854775807::bigint), -1 / 9223372036854775807.0, 1e-15)
	AND is_close(log_yield(9007199254740993::bigint, 9007199254740994::bigint, '2024-01-01', '2024-12-31'), 1 / 9007199254740993.0, 1e-15),
	'bigint beyond what a double holds');
SELECT throws_ok($$ SELECT apr(-1::bigint, 9223372036854775807, '2024-01-01', '2024-12-31') $$, '22003', 'rate0 must be positive and finite, not -1');
SELECT throws_ok($$ SELECT apr(1.5, 'NaN'::numeric, '2024-01-01', '2024-12-31') $$, '22003', 'rate1 must be positive and finite, not NaN');
SELECT throws_ok($$ SELECT apr(1.5, 'Infinity'::numeric, '2024-01-01', '2024-12-31') $$, '22003', 'rate1 must be positive and finite, not Infinity');

SELECT * FROM finish();
ROLLBACK;
