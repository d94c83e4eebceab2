-- Vectors and properties of perpetual and dated futures.
\set ON_ERROR_STOP on
\set QUIET on
BEGIN;
\i test/pgtap/include/common.sql
\i test/pgtap/include/outcome.sql
SELECT no_plan();
SET LOCAL timezone = 'Asia/Kolkata';

-- expected is a text, so that an error can be one
CREATE FUNCTION agrees(got text, expected text, tol numeric, abs_tol numeric DEFAULT NULL) RETURNS boolean LANGUAGE sql AS $$
	SELECT CASE WHEN got LIKE 'error: %' OR expected = 'error' THEN got LIKE 'error: %' AND expected = 'error'
		ELSE is_close(got::float8, expected::numeric, tol, abs_tol) END
$$;

CREATE TEMP TABLE perp_case (fn text, a text, b text, c text, d text, e text, f text, g text, expected text, tol numeric, abs_tol numeric, kind text, source text);
\copy perp_case FROM 'test/vectors/derivative/perp.csv' (FORMAT csv, HEADER)
\copy perp_case FROM 'test/vectors/derivative/basis.csv' (FORMAT csv, HEADER)
\copy perp_case FROM 'test/vectors/derivative/funding.csv' (FORMAT csv, HEADER)
SELECT cmp_ok(count(*)::int, '>=', 127, 'all vectors were loaded') FROM perp_case;
SELECT ok(agrees(outcome(format('SELECT %I(%s)', fn, concat_ws(', ', quote_literal(a), quote_literal(b), quote_literal(c), quote_literal(d), quote_literal(e), quote_literal(f), quote_literal(g)))), expected, tol, abs_tol),
	concat_ws(' ', fn, a, b, c, d, e, f, g)) FROM perp_case;

CREATE TEMP TABLE dydx_case (rate_ppm numeric, seconds numeric, price numeric, exponent int, atomic_resolution int, expected text, kind text, source text);
\copy dydx_case FROM 'test/vectors/derivative/dydx_funding.csv' (FORMAT csv, HEADER)
SELECT cmp_ok(count(*)::int, '>=', 14, 'all vectors of dYdX were loaded') FROM dydx_case;
SELECT is(outcome(format('SELECT dydx_funding_index_delta(%s, %s, %s, %s, %s)', rate_ppm, seconds, price, exponent, atomic_resolution)), expected, concat_ws(' ', 'dydx', rate_ppm, seconds, price)) FROM dydx_case;

CREATE TEMP TABLE gmx_case (long_open_interest numeric, short_open_interest numeric, saved_factor numeric, seconds numeric, increase_factor numeric, decrease_factor numeric, threshold_stable numeric,
	threshold_decrease numeric, min_factor numeric, max_factor numeric, funding_factor numeric, factor_per_second text, longs_pay_shorts boolean, next_saved_factor text, kind text, source text);
\copy gmx_case FROM 'test/vectors/derivative/gmx_funding.csv' (FORMAT csv, HEADER)
SELECT cmp_ok(count(*)::int, '>=', 24, 'all vectors of GMX were loaded') FROM gmx_case;
SELECT ok(CASE c.factor_per_second WHEN 'error' THEN got LIKE 'error: %' ELSE got = format('(%s,%s,%s)', c.factor_per_second, left(longs_pay_shorts::text, 1), c.next_saved_factor) END, concat_ws(' ', 'gmx', long_open_interest, short_open_interest, saved_factor))
FROM gmx_case c, LATERAL (SELECT outcome(format('SELECT gmx_funding(%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)', long_open_interest, short_open_interest, saved_factor, seconds, increase_factor, decrease_factor,
	threshold_stable, threshold_decrease, min_factor, max_factor, funding_factor)) AS got) o;

-- both sides are treated alike, and what is paid lies within the bounds
SELECT is_empty($$
	SELECT 1 FROM gmx_case c, LATERAL gmx_funding(long_open_interest, short_open_interest, saved_factor, seconds, increase_factor, decrease_factor, threshold_stable, threshold_decrease, min_factor, max_factor, funding_factor) a,
		LATERAL gmx_funding(short_open_interest, long_open_interest, -saved_factor, seconds, increase_factor, decrease_factor, threshold_stable, threshold_decrease, min_factor, max_factor, funding_factor) b
	WHERE long_open_interest <> short_open_interest AND (a.factor_per_second, a.next_saved_factor) IS DISTINCT FROM (b.factor_per_second, -b.next_saved_factor)
		OR a.factor_per_second > max_factor OR abs(a.next_saved_factor) > max_factor
$$, 'longs and shorts change places');
-- towards zero, but not through it
SELECT is((gmx_funding(51e30::numeric, 50e30, 100, 3600, 1e25, 1e20, 5e28, 3e28, 0, 1e30)).next_saved_factor, 1::numeric, 'a factor falls to 1');
SELECT is((gmx_funding(50e30::numeric, 51e30, -100, 3600, 1e25, 1e20, 5e28, 3e28, 0, 1e30)).next_saved_factor, -1::numeric, 'or to -1');
SELECT is((gmx_funding(50.6e30::numeric, 50e30, 100, 3600, 1e25, 0, 5e28, 3e28, 7, 1e30))::text, '(100,t,100)', 'a skew of less than a dollar is none, in the direction that pays');
SELECT is((gmx_funding(50e30::numeric, 50e30, 0, 3600, 1e25, 0, 5e28, 3e28, 7, 1e30))::text, '(7,t,0)', 'no factor counts as positive');

-- histories
CREATE TEMP TABLE history (ts text, rate text, cumulative numeric, apr numeric, apy numeric, num bigint, positive_share numeric, tol numeric, abs_tol numeric, kind text, source text);
\copy history FROM 'test/vectors/derivative/funding_history.csv' (FORMAT csv, HEADER)
SELECT cmp_ok(count(*)::int, '>=', 18, 'all histories were loaded') FROM history;
-- lists of JSON or of PostgreSQL
CREATE TEMP TABLE payments AS
SELECT row_number() OVER () AS id, h.*, translate(replace(h.ts, '""', '"'), '"', '')::timestamptz[] AS times, h.rate::float8[] AS rates FROM history h;
SELECT ok(is_close(cumulative_funding(s), cumulative, tol, abs_tol) AND is_close(funding_apr(s), apr, tol, abs_tol) AND is_close(funding_apy(s), apy, tol, abs_tol)
	AND num_payments(s) = num AND is_close(positive_share(s), positive_share, tol) AND is_close(a.apr_of_rows, apr, tol, abs_tol) AND cumulative_funding(s) = sum_of_rows,
	format('history %s of %s payments', id, num))
FROM payments p, LATERAL (SELECT funding_agg(t, r) AS s, funding_apr(t, r) AS apr_of_rows, cumulative_funding(t, r) AS sum_of_rows FROM unnest(times, rates) v(t, r)) a;
SELECT is_empty($$
	SELECT 1 FROM payments p, LATERAL (SELECT funding_agg(t, r ORDER BY t) AS ordered, funding_agg(t, r ORDER BY random()) AS shuffled, funding_agg(t AT TIME ZONE 'UTC', r) AS without_zone FROM unnest(times, rates) v(t, r)) a,
		LATERAL (SELECT rollup(s) AS merged FROM (SELECT funding_agg(t, r) AS s FROM unnest(times, rates) WITH ORDINALITY v(t, r, n) GROUP BY n % 5) x) m
	WHERE ordered <> shuffled OR ordered <> merged OR ordered <> without_zone OR ordered::text::funding_summary <> ordered
$$, 'any order, any split, times without zone');
-- frames that move come to what their rows do
CREATE TEMP VIEW frames AS
SELECT id, n, array_agg(t) OVER w AS ts, array_agg(r) OVER w AS rs, funding_agg(t, r) OVER w AS s, funding_apr(t, r) OVER w AS apr, cumulative_funding(t, r) OVER w AS total
FROM payments, LATERAL unnest(times, rates) WITH ORDINALITY v(t, r, n) WHERE id <= 2
WINDOW w AS (PARTITION BY id ORDER BY t ROWS BETWEEN 7 PRECEDING AND CURRENT ROW);
SELECT is_empty($$
	SELECT 1 FROM frames, LATERAL (SELECT funding_agg(t, r) AS s, funding_apr(t, r) AS apr, cumulative_funding(t, r) AS total FROM unnest(ts, rs) v(t, r)) o
	WHERE (frames.s, frames.apr, frames.total) IS DISTINCT FROM (o.s, o.apr, o.total)
$$, 'frames that move');
SELECT is(rollup(s) OVER (), rollup(s) OVER (), 'rollup over a frame') FROM (SELECT s FROM frames LIMIT 1) x;

-- payments at the first time are for the time before it
SELECT ok(is_close(funding_apr(s), 0.0002 * 365) AND is_close(cumulative_funding(s), 0.0103) AND num_payments(s) = 4 AND positive_share(s) = 0.75, 'of the first time')
FROM (SELECT funding_agg(t::timestamptz, r) AS s FROM (VALUES ('2026-01-02Z', 0.0003), ('2026-01-01Z', 0.01), ('2026-01-01 12:00Z', -0.0001), ('2026-01-01Z', 0.0001)) v(t, r)) x;
SELECT is((funding_apr(s), funding_apy(s), num_payments(s), positive_share(s))::text, '(,,2,0)', 'one time has no yield') FROM (SELECT funding_agg('2026-01-01Z'::timestamptz, r) AS s FROM unnest('{0,-0.1}'::float8[]) r) x;
SELECT is((SELECT funding_agg(t, r) FROM (VALUES (NULL::timestamptz, 0.1), ('2026-01-01Z', NULL)) v(t, r)), NULL, 'rows with NULL are skipped');
SELECT is((SELECT num_payments(funding_agg(t, 0.1)) FROM (VALUES (NULL::timestamptz), ('2026-01-01Z')) v(t)), 1::bigint, 'and others counted');
SELECT is((SELECT funding_agg('2026-01-01'::date, 0.1)), (SELECT funding_agg('2026-01-01Z'::timestamptz, 0.1)), 'a date is its start in UTC');
SELECT is(first || NULL, first, 'NULL is the empty one') FROM (SELECT funding_agg('2026-01-01Z'::timestamptz, 0.1) AS first) x;
-- what no payments have is not read
SELECT is_empty($$
	SELECT n, bad FROM (SELECT string_to_array(btrim(funding_agg(t, r)::text, '()'), ',') AS f FROM (VALUES (timestamptz '2026-01-01Z', 0.01), ('2026-01-02Z', 0.02)) v(t, r)) x,
		LATERAL (VALUES (1, f[2]), (2, f[1]), (3, '1'), (3, '0'), (4, '3'), (4, '-1'), (4, '0'), (5, '0'), (5, '2'), (6, '43:-1'), (7, '43:-1'), (8, '43:-1'), (8, '1'), (9, 'x')) w(n, bad)
	WHERE outcome(format('SELECT %L::funding_summary', '(' || array_to_string(f[:n - 1] || bad || f[n + 1:], ',') || ')')) NOT LIKE 'error: %'
$$, 'summaries of no payments');

-- laws
SELECT is_empty($$
	SELECT 1 FROM generate_series(1, 400) n, LATERAL (SELECT 2000 + n % 17 * 31.5 AS s, 0.02 + n % 23 / 9.0::float8 AS t, (n % 13 - 4) / 40.0::float8 AS r, n % 7 / 90.0::float8 AS q) v, LATERAL (SELECT forward_price(s, t, r, q) AS f) w
	WHERE NOT is_close(implied_yield(s, f, t, r), q::numeric, 1e-9, abs_tol => 1e-13) OR NOT is_close(power(1 + basis_apy(s, f, t), t), (f / s)::numeric, 1e-12)
		OR NOT is_close(1 + basis_apr(s, f, t) * t, (f / s)::numeric, 1e-12) OR NOT is_close(cash_and_carry_apr(s, f, t), basis_apr(s, f, t)::numeric, 1e-12, abs_tol => 1e-15)
$$, 'forward, basis and implied yield agree');
-- at the price of liquidation equity is the maintenance margin
SELECT is_empty($$
	SELECT 1 FROM generate_series(1, 400) n, LATERAL (SELECT 2000.0::float8 AS e, (CASE WHEN n % 2 = 0 THEN 1 ELSE -1 END) * (1 + n % 11)::float8 AS q, 100.0 + n % 19 * 400 AS c, 0.004 + n % 5 / 100.0::float8 AS m, n % 3 * 5.0 AS a, n % 4 * 0.05 AS k) v,
		LATERAL (SELECT perp_liquidation_price(e, q, c, m, a, k) AS p) w
	WHERE p IS NOT NULL AND NOT is_close(c + k * p + q * (p - e), (m * abs(q) * p - a)::numeric, 1e-9, abs_tol => 1e-7)
$$, 'equity at liquidation');
SELECT is_empty($$
	SELECT 1 FROM generate_series(1, 400) n, LATERAL (SELECT 2000.0::float8 AS e, (CASE WHEN n % 2 = 0 THEN 1 ELSE -1 END) * (1000 + n % 11 * 500)::float8 AS v, 0.05 + n % 19 / 10.0::float8 AS c, 0.004 + n % 5 / 100.0::float8 AS m) x,
		LATERAL (SELECT inverse_perp_liquidation_price(e, v, c, m) AS p) w
	WHERE p IS NOT NULL AND NOT is_close(c + inverse_perp_pnl(e, p, v), (m * abs(v) / p)::numeric, 1e-9, abs_tol => 1e-10)
$$, 'equity at liquidation, inverse');
SELECT is(funding_rate(p, 0.0001, 0.0005, 'Infinity', 1), funding_rate(p) / 8, 'an hour is an eighth of eight') FROM unnest('{-0.01,0,0.0002,0.003}'::float8[]) p;
SELECT is(funding_rate(0.5, cap => 0.04), 0.04::float8, 'a cap');
SELECT is(funding_rate(-0.5, cap => 0.04), -0.04::float8, 'a cap below');
SELECT is(funding_rate(0.0003), 0.0001::float8, 'near the interest rate it is that');
SELECT is(premium_index(99, 101, 100), 0::float8, 'an index between bid and ask');
SELECT results_eq($$ SELECT basis_apr(100, 102, t), basis_apy(100, 102, t), implied_yield(100, 102, t, 0.05), cash_and_carry_apr(100, 102, t) FROM unnest('{0,-1}'::float8[]) t $$,
	$$ VALUES (NULL::float8, NULL::float8, NULL::float8, NULL::float8), (NULL, NULL, NULL, NULL) $$, 'an expired future stops no query');
SELECT is(perp_liquidation_price(2000, 1, 3000, 0.01), NULL, 'a long of less than its collateral is never liquidated');
SELECT throws_ok('SELECT ' || call, code, NULL, call) FROM (VALUES ('premium_index(''NaN'', 1, 1)', '22003'), ('premium_index(1, 1, 0)', '22003'), ('premium_index(-1, 1, 1)', '22003'), ('premium_index(2, 1, 1)', '22023'),
	('funding_rate(''NaN'')', '22003'), ('funding_rate(0.1, clamp => -1)', '22023'), ('funding_rate(0.1, cap => ''NaN'')', '22003'), ('funding_rate(0.1, hours => 0)', '22023'), ('funding_rate(1e308, hours => 1e3)', '22003'),
	('funding_rate_apr(0.1, ''0'')', '22023'), ('funding_rate_apr(0.1, ''1 month'')', '22023'), ('funding_rate_apy(10, ''1 second'')', '22003'), ('funding_rate_apr(0.1, ''1 hour'', 0)', '22023'),
	('forward_price(-1, 1, 0)', '22003'), ('forward_price(1, -1, 0)', '22003'), ('forward_price(1, 1e5, 1)', '22003'), ('basis_apr(0, 1, 1)', '22003'), ('basis_apy(1, -1, 1)', '22003'), ('basis_apy(1e-300, 1e300, 1e-3)', '22003'),
	('implied_yield(1, 1, ''Infinity'', 0)', '22003'), ('cash_and_carry_apr(1, 1, 1, 0, -0.1)', '22003'), ('delta_neutral_apr(0.1, margin => -1)', '22003'), ('perp_liquidation_price(0, 1, 1, 0)', '22003'),
	('perp_liquidation_price(1, 1, 1, 1)', '22023'), ('perp_liquidation_price(1e308, 1e308, 1, 0)', '22003'), ('inverse_perp_liquidation_price(1, 1, ''NaN'', 0)', '22003'), ('inverse_perp_pnl(0, 1, 1)', '22003'),
	('funding_agg(''2026-01-01''::timestamp, -1)', '22003'), ('funding_agg(''2026-01-01''::timestamp, ''NaN'')', '22003'), ('funding_agg(''infinity''::timestamptz, 0.1)', '22003'), ('cumulative_funding(''2026-01-01''::date, ''Infinity'')', '22003'),
	('dydx_funding_index_delta(1.5, 1, 1, 0, 0)', '22003'), ('dydx_funding_index_delta(1, -1, 1, 0, 0)', '22003'), ('dydx_funding_index_delta(1, 1, 1, 2147483647, 2147483647)', '22003'),
	('gmx_funding(0, 0, 0, 1, 1, 1, 1, 1, 1, 1)', '22023'), ('gmx_funding(-1, 0, 0, 1, 1, 1, 1, 1, 1, 1)', '22003'), ('gmx_funding(1e36::numeric, 0, 0, 1e70::numeric, 1e70::numeric, 1, 1, 1, 1, 1)', '22003')) v(call, code);
SELECT is(dydx_funding_index_delta(1, 1, 1, -2147483648, -2147483648), 0::numeric, 'however small');
SELECT is(dydx_funding_index_delta(0, 1, 1, 2147483647, 2147483647), 0::numeric, 'nothing of however much');

SELECT * FROM finish();
ROLLBACK;
