-- Vectors and properties of loops whose borrow rate follows utilization.
\set ON_ERROR_STOP on
\set QUIET on
BEGIN;
\i test/pgtap/include/common.sql
SELECT no_plan();

CREATE TEMP TABLE carry_case (leverage float8, collateral_apr float8, utilization float8, optimal float8, base float8,
	slope1 float8, slope2 float8, expected numeric, kind text, source text);
\copy carry_case FROM 'test/vectors/leverage/carry_apr.csv' (FORMAT csv, HEADER)
SELECT cmp_ok(count(*)::int, '>=', 2, 'all vectors of carry_apr were loaded') FROM carry_case;
SELECT ok(is_close(carry_apr(leverage, collateral_apr, utilization, optimal, base, slope1, slope2), expected, abs_tol => 1e-14),
	format('carry_apr at %s', utilization)) FROM carry_case;

-- it is loop_apr at the rate of the curve, and the formula in numeric
SELECT is_empty($$
	SELECT 1 FROM (SELECT 1 + n % 9 AS l, n % 13 / 100.0 AS c, n % 101 / 100.0 AS u, (1 + n % 99) / 100.0 AS o FROM generate_series(1, 2000) n) s,
	LATERAL (SELECT 0.01 + 0.04 * least(u / o, 1) + CASE WHEN u > o THEN 0.7 * (u - o) / (1 - o) ELSE 0 END AS borrow) b
	WHERE NOT is_close(carry_apr(l, c, u, o, 0.01, 0.04, 0.7), l * c - (l - 1) * borrow, abs_tol => 1e-13)
		OR NOT is_close(carry_apr(l, c, u, o, 0.01, 0.04, 0.7), loop_apr(l, c, borrow)::numeric, abs_tol => 1e-13)
$$, 'the formula');
SELECT is(carry_apr(3, 0.03, 0.4, 1, 0.01, 0.02, 9), 3 * 0.03 - 2 * 0.018::float8, 'a curve without a kink');
SELECT throws_like(format('SELECT carry_apr(%s)', a), '% must be %', a) FROM unnest(ARRAY['0.5, 0, 0, 1, 0, 0, 0',
	'1, 0, -1, 1, 0, 0, 0', '1, 0, 0, 0, 0, 0, 0', '1, 0, 0, 1.1, 0, 0, 0', '1, ''NaN'', 0, 1, 0, 0, 0',
	'1, 0, 0, 1, ''Infinity'', 0, 0']) a;
SELECT throws_ok('SELECT carry_apr(1e308, 1e308, 0, 1, 0, 0, 0)', '22003', NULL, 'out of range');

SELECT * FROM finish();
ROLLBACK;
