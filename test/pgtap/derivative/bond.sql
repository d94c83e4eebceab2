-- Vectors and properties of discount factors, rates and bonds.
\set ON_ERROR_STOP on
\set QUIET on
BEGIN;
\i test/pgtap/include/common.sql
\i test/pgtap/include/outcome.sql
SELECT no_plan();

-- expected is a text, so that an error can be one
CREATE FUNCTION agrees(got text, expected text, tol numeric, abs_tol numeric) RETURNS boolean LANGUAGE sql AS $$
	SELECT CASE WHEN got LIKE 'error: %' OR expected = 'error' THEN got LIKE 'error: %' AND expected = 'error'
		ELSE is_close(got::float8, expected::numeric, tol, abs_tol) END
$$;

CREATE TEMP TABLE rates_case (fn text, a float8, b float8, c float8, d float8, e float8, expected text, tol numeric, abs_tol numeric, kind text, source text);
\copy rates_case FROM 'test/vectors/derivative/rates.csv' (FORMAT csv, HEADER)
SELECT cmp_ok(count(*)::int, '>=', 42, 'all vectors of rates were loaded') FROM rates_case;
SELECT ok(agrees(outcome(format('SELECT %I(%s)', fn, concat_ws(', ', quote_literal(a), quote_literal(b), quote_literal(c), quote_literal(d), quote_literal(e)))), expected, tol, abs_tol),
	concat_ws(' ', fn, a, b, c, d, e)) FROM rates_case;

CREATE TEMP TABLE bond_price_case (times float8[], amounts float8[], yield float8, periods float8, expected numeric, tol numeric, kind text, source text);
\copy bond_price_case FROM 'test/vectors/derivative/bond_price.csv' (FORMAT csv, HEADER)
SELECT cmp_ok(count(*)::int, '>=', 9, 'all vectors of bond_price were loaded') FROM bond_price_case;
SELECT ok(is_close(bond_price(times, amounts, yield, periods), expected, tol), format('bond_price at %s, %s', yield, periods)) FROM bond_price_case;

CREATE TEMP TABLE bond_risk_case (times float8[], amounts float8[], yield float8, periods float8, price numeric, macaulay_duration numeric,
	modified_duration numeric, convexity numeric, dv01 numeric, tol numeric, kind text, source text);
\copy bond_risk_case FROM 'test/vectors/derivative/bond_risk.csv' (FORMAT csv, HEADER)
SELECT cmp_ok(count(*)::int, '>=', 18, 'all vectors of bond_risk were loaded') FROM bond_risk_case;
SELECT ok(is_close(r.price, c.price, tol) AND is_close(r.macaulay_duration, c.macaulay_duration, tol) AND is_close(r.modified_duration, c.modified_duration, tol)
	AND is_close(r.convexity, c.convexity, tol) AND is_close(r.dv01, c.dv01, tol), format('bond_risk at %s, %s', yield, periods))
FROM bond_risk_case c, bond_risk(times, amounts, yield, periods) r;

CREATE TEMP TABLE bond_yield_case (price float8, times float8[], amounts float8[], periods float8, expected text, tol numeric, abs_tol numeric, kind text, source text);
\copy bond_yield_case FROM 'test/vectors/derivative/bond_yield.csv' (FORMAT csv, HEADER)
SELECT cmp_ok(count(*)::int, '>=', 18, 'all vectors of bond_yield were loaded') FROM bond_yield_case;
SELECT ok(agrees(outcome(format('SELECT bond_yield(%L, %L, %L, %L)', price, times, amounts, periods)), expected, tol, abs_tol), format('bond_yield of %s, %s', price, periods))
FROM bond_yield_case;

-- the rate of a factor gives the factor back, however it compounds
SELECT is_empty($$
	SELECT 1 FROM generate_series(1, 3000) n, LATERAL (SELECT -0.3 + n % 97 / 100.0::float8 AS r, 0.003 + n % 31 / 3.0::float8 AS t,
		(ARRAY[1, 2, 4, 12, 365, 'Infinity']::float8[])[1 + n % 6] AS m) s
	WHERE NOT is_close(zero_rate(discount_factor(r, t, m), t, m), r::numeric, 1e-12, abs_tol => 1e-12)
		OR NOT is_close(convert_yield(r, m, 1), zero_rate(discount_factor(r, t, m), t)::numeric, 1e-11, abs_tol => 1e-13)
$$, 'zero_rate undoes discount_factor');
-- what is earned up to t0 and then up to t1 is what is earned up to t1
SELECT is_empty($$
	SELECT 1 FROM generate_series(1, 1000) n, LATERAL (SELECT 0.01 + n % 9 / 7.0::float8 AS t0, (2 + n % 13)::float8 AS t1, 0.9 - n % 7 / 100.0::float8 AS d0, 0.8 - n % 11 / 50.0::float8 AS d1) s
	WHERE NOT is_close(d0 * discount_factor(forward_rate(d0, t0, d1, t1, 2), t1 - t0, 2), d1::numeric, 1e-13)
$$, 'forwards link the factors');
SELECT ok(is_close(forward_rate(1, 1, 1 - 1e-12, 1 + 1e-6), '1.000000500017e-6', 1e-3), 'near factors keep their digits');

-- a yield prices what it is the yield of; risk is what prices do
SELECT is_empty($$
	SELECT 1 FROM generate_series(1, 400) n, LATERAL (SELECT ARRAY(SELECT ((i + n % 10 / 11.0) / 2)::float8 FROM generate_series(1, 1 + n % 20) i) AS t,
		ARRAY(SELECT 0.02 + (i * n % 7) / 100.0::float8 + (i > n % 20)::int FROM generate_series(1, 1 + n % 20) i) AS a,
		-0.4 + n % 83 / 60.0::float8 AS y, (ARRAY[1, 2, 12, 'Infinity']::float8[])[1 + n % 4] AS m) s
	WHERE NOT is_close(bond_yield(bond_price(t, a, y, m), t, a, m), y::numeric, 1e-11, abs_tol => 1e-12)
$$, 'bond_yield undoes bond_price');
SELECT is_empty($$
	SELECT 1 FROM generate_series(1, 100) n, LATERAL (SELECT '{0.5,1,1.7,3}'::float8[] AS t, '{0.03,0.03,0.04,1.02}'::float8[] AS a, -0.05 + n / 500.0::float8 AS y,
			(ARRAY[1, 2, 'Infinity']::float8[])[1 + n % 3] AS m) s, bond_risk(t, a, y, m) r
	WHERE NOT is_close((bond_price(t, a, y - 1e-5, m) - bond_price(t, a, y + 1e-5, m)) / 2e-5 / r.price, r.modified_duration::numeric, 1e-7)
		OR NOT is_close(r.macaulay_duration, (r.modified_duration * (1 + y / m))::numeric)
		OR NOT is_close((bond_price(t, a, y - 1e-3, m) + bond_price(t, a, y + 1e-3, m) - 2 * r.price) / 1e-6 / r.price, r.convexity::numeric, 1e-4)
		OR NOT is_close(r.dv01, (r.price * r.modified_duration * 1e-4)::numeric)
$$, 'durations and convexity are derivatives of the price');
SELECT ok(is_close(bond_yield(discount_factor(0.05, t), ARRAY[t], '{1}'), 0.05, 1e-11), format('a zero-coupon bond of %s years', t)) FROM unnest('{0.0027,0.5,1,30}'::float8[]) t;

-- amounts of both signs have several yields, or none; the nearest to 0 counts
SELECT ok(is_close(bond_yield(100, '{1,2}', '{230,-132}'), 0.1, 1e-10), 'of 10 % and 20 % it is 10 %');
SELECT is(bond_yield(100, '{1,2}', '{230,-133}'), NULL, 'no yield');
SELECT is(bond_yield(100, '{1,2}', '{-1,-2}'), NULL, 'nothing comes back');
SELECT ok(is_close(bond_yield(100, '{0,1}', '{40,63}'), 0.05, 1e-11), 'a payment now lessens the price');
SELECT is(bond_yield(100, '{1}', '{0}'), NULL, 'a bond that pays nothing');
SELECT is(bond_risk('{1,2}', '{1,-1}', 0), NULL, 'without a price there is no risk');

SELECT is(discount_factor(0.3, 0), 1::float8, 'no time, no discount');
SELECT is(zero_rate(0.9, 0), NULL, 'a factor over no time is no rate');
SELECT is(forward_rate(0.9, 1, 0.9, 1), NULL, 'nor is one between equal times');
SELECT throws_ok('SELECT ' || call, code, NULL, call) FROM (VALUES
	('discount_factor(-1, 1)', '22003'), ('discount_factor(-12, 1, 12)', '22003'), ('discount_factor(0.1, -1)', '22003'), ('discount_factor(''NaN'', 1)', '22003'),
	('discount_factor(0.1, 1, 0)', '22023'), ('discount_factor(0.1, 1, ''NaN'')', '22023'), ('discount_factor(-0.99999, 1e300)', '22003'), ('zero_rate(0, 1)', '22003'),
	('zero_rate(''Infinity'', 1)', '22003'), ('zero_rate(0.9, -1)', '22003'), ('zero_rate(1e-300, 1e-300)', '22003'), ('forward_rate(0.9, 2, 0.8, 1)', '22023'),
	('forward_rate(0.9, 1, 0, 2)', '22003'), ('bond_price(''{1,1}'', ''{1,1}'', 0)', '22023'), ('bond_price(''{2,1}'', ''{1,1}'', 0)', '22023'),
	('bond_price(''{1,2}'', ''{1}'', 0)', '22023'), ('bond_price(''{}'', ''{}'', 0)', '22023'), ('bond_price(''{1,NULL}'', ''{1,1}'', 0)', '22023'),
	('bond_price(''{1,2}'', ''{1,NULL}'', 0)', '22023'), ('bond_price(''{{1,2}}'', ''{1,2}'', 0)', '22023'), ('bond_price(''{-1,2}'', ''{1,2}'', 0)', '22003'),
	('bond_price(''{1,Infinity}'', ''{1,2}'', 0)', '22003'), ('bond_price(''{1,2}'', ''{1,NaN}'', 0)', '22003'), ('bond_price(''{1}'', ''{1}'', -1)', '22003'),
	('bond_price(''{1,2}'', ''{1e308,1e308}'', -0.9)', '22003'), ('bond_yield(0, ''{1}'', ''{1}'')', '22003'), ('bond_yield(''NaN'', ''{1}'', ''{1}'')', '22003'),
	('bond_risk(''{1}'', ''{1}'', 0, -1)', '22023')) v(call, code);

SELECT * FROM finish();
ROLLBACK;
