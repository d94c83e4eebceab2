-- Vectors and properties of principal and yield tokens.
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

CREATE TEMP TABLE pt_case (fn text, a float8, b float8, c float8, d float8, e float8, expected text, tol numeric, abs_tol numeric, kind text, source text);
\copy pt_case FROM 'test/vectors/derivative/pt.csv' (FORMAT csv, HEADER)
SELECT cmp_ok(count(*)::int, '>=', 78, 'all vectors of PT and YT were loaded') FROM pt_case;
SELECT ok(agrees(outcome(format('SELECT %I(%s)', fn, concat_ws(', ', quote_literal(a), quote_literal(b), quote_literal(c), quote_literal(d), quote_literal(e)))), expected, tol, abs_tol),
	concat_ws(' ', fn, a, b, c, d, e)) FROM pt_case;

CREATE TEMP TABLE pt_risk_case (pt_price float8, years float8, implied_apy numeric, ln_rate numeric, macaulay_duration numeric, modified_duration numeric, convexity numeric,
	dv01 numeric, tol numeric, kind text, source text);
\copy pt_risk_case FROM 'test/vectors/derivative/pt_risk.csv' (FORMAT csv, HEADER)
SELECT cmp_ok(count(*)::int, '>=', 21, 'all vectors of pt_risk were loaded') FROM pt_risk_case;
SELECT ok(is_close(r.implied_apy, c.implied_apy, tol) AND is_close(r.ln_rate, c.ln_rate, tol) AND is_close(r.macaulay_duration, c.macaulay_duration, tol)
	AND is_close(r.modified_duration, c.modified_duration, tol) AND is_close(r.convexity, c.convexity, tol) AND is_close(r.dv01, c.dv01, tol), format('pt_risk of %s', pt_price))
FROM pt_risk_case c LEFT JOIN LATERAL pt_risk(pt_price, years) r ON true;

CREATE TEMP TABLE year_case (t0 text, t1 text, year_days float8, expected text, tol numeric, kind text, source text);
\copy year_case FROM 'test/vectors/derivative/year_fraction.csv' (FORMAT csv, HEADER)
SELECT cmp_ok(count(*)::int, '>=', 10, 'all vectors of year_fraction were loaded') FROM year_case;
SELECT ok(agrees(outcome(format('SELECT year_fraction(%L, %L, %L)', t0, t1, year_days)), expected, tol), concat_ws(' ', t0, t1)) FROM year_case;
-- times without zone are UTC in any session
SELECT is(year_fraction(t0, t1), 0.5::float8, 'a time without zone is UTC') FROM (VALUES (timestamp '2026-01-01', timestamptz '2026-07-02 12:00Z')) v(t0, t1);
SELECT is(year_fraction('2026-01-01Z', '2026-01-01Z') , 0::float8, 'no time at all');
SELECT is(year_fraction(t0, t1), -year_fraction(t1, t0), 'reversed it is negative') FROM (VALUES (timestamptz '2026-01-01Z', timestamptz '2026-03-01Z')) v(t0, t1);
SELECT ok(is_close(year_fraction(t0, t1, 365.25), 298988.85, 1e-3), 'the span of all times') FROM (VALUES (timestamp '4713-01-01 BC', timestamp '294276-12-31')) v(t0, t1);

-- PT and YT are one unit of the asset: a YT is fair at what its asset is expected to yield, when no fee is taken
SELECT is_empty($$
	SELECT 1 FROM generate_series(1, 500) n, LATERAL (SELECT n % 37 / 200.0::float8 AS apy, 0.002 + n % 29 / 11.0::float8 AS t) s, LATERAL (SELECT 1 - pt_price(apy, t)) y(yt)
	WHERE yt > 0 AND (NOT is_close(pt_implied_apy(1 - yt, t), apy::numeric, 1e-9, abs_tol => 1e-12)
		OR NOT is_close(yt_long_apy(yt_break_even_apy(yt, t), yt, t), 0, abs_tol => 1e-9)
		OR NOT is_close(yt_leverage(yt) * yt, 1))
$$, 'PT and YT make one unit');
-- what a YT earns over its price is what a unit of the asset earns over the price of its PT: buying both is holding the asset
SELECT is_empty($$
	SELECT 1 FROM generate_series(1, 500) n, LATERAL (SELECT 0.01 + n % 37 / 200.0::float8 AS implied, 0.01 + n % 41 / 150.0::float8 AS underlying, 0.1 + n % 29 / 11.0::float8 AS t) s,
		LATERAL (SELECT pt_price(implied, t)) p(pt)
	WHERE NOT is_close(pt * power(1 + implied, t) + (1 - pt) * power(1 + yt_long_apy(underlying, 1 - pt, t, 0, 0), t), (power(1 + underlying, t))::numeric, 1e-11)
$$, 'a PT and a YT held to maturity return what the asset does');
SELECT is_empty($$
	SELECT 1 FROM generate_series(1, 300) n, LATERAL (SELECT 0.6 + n % 53 / 100.0::float8 AS price, 0.01 + n % 17 / 5.0::float8 AS t) s, pt_risk(price, t) r,
		LATERAL (SELECT * FROM bond_risk(ARRAY[t], '{1}', r.implied_apy)) b
	WHERE NOT is_close(r.macaulay_duration, b.macaulay_duration::numeric, 1e-13) OR NOT is_close(r.modified_duration, b.modified_duration::numeric, 1e-13)
		OR NOT is_close(r.convexity, b.convexity::numeric, 1e-11) OR NOT is_close(r.dv01, b.dv01::numeric, 1e-11) OR NOT is_close(exp(r.ln_rate), (1 + r.implied_apy)::numeric, 1e-11)
$$, 'a PT is a zero-coupon bond');

-- a market that has matured stops no query
SELECT results_eq($$ SELECT pt_price(0.1, t), pt_implied_apy(0.99, t), yt_long_apy(0.1, 0.01, t), yt_break_even_apy(0.01, t), pt_risk(0.99, t) FROM unnest('{0,-0.5}'::float8[]) t $$,
	$$ VALUES (1::float8, NULL::float8, NULL::float8, NULL::float8, NULL::record), (1, NULL, NULL, NULL, NULL) $$, 'matured');
SELECT is(yt_leverage(0), NULL, 'a YT for nothing has no leverage');
SELECT is(yt_long_apy(0.05, 0, 1), NULL, 'nor a return');
SELECT is(yt_long_apy(-0.05, 0.01, 1), NULL, 'a yield below 0 that rewards do not make good is none');
SELECT is(yt_long_apy(0, 0.01, 1), -1::float8, 'of nothing everything is lost');
SELECT is(sign(pt_implied_apy(1.01, 0.5)), -1::float8, 'above 1 the yield is negative');
SELECT throws_ok('SELECT ' || call, code, NULL, call) FROM (VALUES ('pt_price(-1, 1)', '22003'), ('pt_price(''NaN'', 1)', '22003'), ('pt_price(0.1, ''-Infinity'')', '22003'),
	('pt_price(-0.999, 1e6)', '22003'), ('pt_implied_apy(-0.5, 1)', '22003'), ('pt_implied_apy(0.5, ''NaN'')', '22003'), ('pt_implied_apy(1e-300, 1e-3)', '22003'), ('pt_risk(0, 1)', '22003'),
	('yt_long_apy(-1, 0.1, 1)', '22003'), ('yt_long_apy(0.1, -0.1, 1)', '22003'), ('yt_long_apy(0.1, 0.1, 1, ''NaN'')', '22003'), ('yt_long_apy(0.1, 0.1, 1, 0, 1)', '22003'),
	('yt_break_even_apy(-1, 1)', '22003'), ('yt_break_even_apy(0.1, 1, -0.1)', '22003'), ('yt_break_even_apy(1e300, 1e-3)', '22003'), ('yt_leverage(-1)', '22003'), ('yt_leverage(5e-324)', '22003'),
	('year_fraction(''2026-01-01'', ''2027-01-01'', 0)', '22023'), ('year_fraction(''-infinity'', ''2027-01-01'')', '22003')) v(call, code);

SELECT * FROM finish();
ROLLBACK;
