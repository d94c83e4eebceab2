-- Vectors and properties of swaps.
\set ON_ERROR_STOP on
\set QUIET on
BEGIN;
\i test/pgtap/include/common.sql
\i test/pgtap/include/outcome.sql
SELECT no_plan();
SET LOCAL timezone = 'America/New_York';

CREATE FUNCTION agree(got anyelement, annuity text, par_rate text, pv text, pv01 text, tol numeric, abs_tol numeric) RETURNS boolean LANGUAGE sql AS $$
	SELECT coalesce(is_close((got).annuity, annuity::numeric, tol, abs_tol) AND is_close((got).par_rate, par_rate::numeric, tol, abs_tol)
		AND is_close((got).pv, pv::numeric, tol, abs_tol) AND is_close((got).pv01, pv01::numeric, tol, abs_tol), false)
$$;
CREATE TYPE four AS (annuity float8, par_rate float8, pv float8, pv01 float8);

CREATE TEMP TABLE swap_case (times float8[], discount_factors float8[], fixed_rate float8, notional float8, annuity text, par_rate text, pv text, pv01 text,
	tol numeric, abs_tol numeric, kind text, source text);
\copy swap_case FROM 'test/vectors/derivative/swap_value.csv' (FORMAT csv, HEADER)
SELECT cmp_ok(count(*)::int, '>=', 17, 'all vectors of swap_value were loaded') FROM swap_case;
SELECT ok(CASE WHEN annuity = 'error' THEN got LIKE 'error: %' ELSE agree(got::four, annuity, par_rate, pv, pv01, tol, abs_tol) END, format('swap_value at %s', fixed_rate))
FROM swap_case, outcome(format('SELECT swap_value(%L, %L, %L, %L)', times, discount_factors, fixed_rate, notional)) got;

CREATE TEMP TABLE curve_case (years float8[], discount_factors float8[], times float8[], fixed_rate float8, notional float8, interpolation text, annuity text, par_rate text,
	pv text, pv01 text, tol numeric, abs_tol numeric, kind text, source text);
\copy curve_case FROM 'test/vectors/derivative/swap_curve.csv' (FORMAT csv, HEADER)
SELECT cmp_ok(count(*)::int, '>=', 12, 'all vectors of curve_swap_value were loaded') FROM curve_case;
SELECT ok(agree(got, annuity, par_rate, pv, pv01, tol, abs_tol), format('curve_swap_value at %s, %s', fixed_rate, interpolation))
FROM curve_case, LATERAL (SELECT (curve_swap_value((SELECT curve_agg(t, d) FROM unnest(years, discount_factors) v(t, d)), times, fixed_rate, notional, interpolation)::text)::four) x(got);

CREATE TEMP TABLE index_case (fn text, a text, b text, c text, d text, e text, f text, g text, expected text, tol numeric, abs_tol numeric, kind text, source text);
\copy index_case FROM 'test/vectors/derivative/index_swap.csv' (FORMAT csv, HEADER)
SELECT cmp_ok(count(*)::int, '>=', 27, 'all vectors of swaps of an index were loaded') FROM index_case;
SELECT ok(CASE WHEN expected = 'error' THEN got LIKE 'error: %' ELSE is_close(got::float8, expected::numeric, tol, abs_tol) END, concat_ws(' ', fn, a, b))
FROM index_case, outcome(format('SELECT %I(%L, %L, %L, %L, %L, %L, %L)', fn, a, b, c, d, e, f, g)) got;

-- at its par rate a swap is worth nothing, and pv01 is what a rate changes
SELECT is_empty($$
	SELECT 1 FROM generate_series(1, 200) n, LATERAL (SELECT ARRAY(SELECT ((i + n % 7 / 8.0) / 3)::float8 FROM generate_series(1, 1 + n % 9) i) AS t) s,
		LATERAL (SELECT ARRAY(SELECT exp(-x * (0.05 + 0.02 * sin(x + n))) FROM unnest(t) x)) d(f), swap_value(t, f, 0.03, 1000) v,
		LATERAL (SELECT (w.p).pv FROM (SELECT swap_value(t, f, v.par_rate, 1000) AS p) w) at_par, LATERAL (SELECT (w.p).pv FROM (SELECT swap_value(t, f, 0.0301, 1000) AS p) w) higher
	WHERE NOT is_close(at_par.pv, 0, abs_tol => 1e-10) OR NOT is_close(v.pv - higher.pv, v.pv01::numeric, 1e-9, abs_tol => 1e-11)
$$, 'par rate and pv01');
-- read off a curve through the same factors it is the same, however that is read
SELECT is_empty($$
	SELECT n, way FROM generate_series(1, 50) n, unnest('{log_linear,linear_zero,monotone_convex}'::text[]) way,
		LATERAL (SELECT ARRAY(SELECT (i / 4.0)::float8 FROM generate_series(1, 1 + n % 9) i) AS t) s, LATERAL (SELECT ARRAY(SELECT exp(-x * (0.05 + 0.02 * sin(x + n))) FROM unnest(t) x)) d(f)
	WHERE swap_value(t, f, 0.03, -7)::text <> curve_swap_value((SELECT curve_agg(x, y) FROM unnest(t, f) u(x, y)), t, 0.03, -7, way)::text
$$, 'a curve gives its factors back');
-- the value of an index swap ends in its settlement, and starts at nothing at the fair rate
SELECT is_empty($$
	SELECT 1 FROM generate_series(1, 200) n, LATERAL (SELECT 1 + n / 100.0::float8 AS i0, 1.01 + n / 99.0::float8 AS i1, n % 17 / 100.0::float8 AS k) s
	WHERE NOT is_close(index_swap_value(32, k, i0, i1, 1, 0, 1), swap_settlement(32, k, i0, i1, '2026-01-01Z', '2027-01-01Z')::numeric, 1e-12, abs_tol => 1e-14)
		OR NOT is_close(index_swap_value(32, (1 / 0.96 - 1) / 0.5, i0, i0, 0, 0.5, 0.96), 0, abs_tol => 1e-13)
$$, 'an index swap before and at its end');
SELECT is(swap_settlement(100, 0.05, 1, 1.02, a, b), swap_settlement(100, 0.05, 1, 1.02, a AT TIME ZONE 'UTC', b AT TIME ZONE 'UTC'), 'times without zone are UTC')
FROM (VALUES (timestamp '2026-03-08 00:00', timestamp '2026-07-01 00:00')) v(a, b);
SELECT is((s).par_rate, NULL, 'a swap that pays at once has no par rate') FROM (SELECT swap_value('{0}', '{1}', 0.05) AS s) x;
SELECT is(curve_swap_value('[(1,0.95)]', '{0.5,1.5}', 0.05), NULL, 'no swap beyond its curve');
SELECT throws_ok('SELECT ' || call, code, NULL, call) FROM (VALUES ('swap_value(''{1,2}'', ''{0.9,0}'', 0)', '22003'), ('swap_value(''{1,2}'', ''{0.9,-1}'', 0)', '22003'),
	('swap_value(''{2,1}'', ''{0.9,0.8}'', 0)', '22023'), ('swap_value(''{}'', ''{}'', 0)', '22023'), ('swap_value(''{1}'', ''{0.9}'', ''NaN'')', '22003'), ('swap_value(''{1}'', ''{0.9}'', 0, ''Infinity'')', '22003'),
	('swap_value(''{1}'', ''{0.9}'', 1e308, 1e308)', '22003'), ('swap_settlement(1, 0, 0, 1, ''2026-01-01'', ''2026-02-01'')', '22003'), ('swap_settlement(1, 0, 1, 1, ''2026-02-01'', ''2026-01-01'')', '22023'),
	('swap_settlement(1, 0, 1, 1, ''2026-02-01'', ''infinity'')', '22003'), ('index_swap_value(1, 0, 1, 1, -1, 0, 1)', '22003'), ('index_swap_value(1, 0, 1, 1, 0, 0, 0)', '22003'),
	('curve_swap_value(''[(1,0.9)]'', ''{1}'', 0, 1, ''linear'')', '22023')) v(call, code);

SELECT * FROM finish();
ROLLBACK;
