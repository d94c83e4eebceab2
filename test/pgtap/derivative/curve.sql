-- Vectors and properties of curves of discount factors, and of Nelson-Siegel.
\set ON_ERROR_STOP on
\set QUIET on
BEGIN;
\i test/pgtap/include/common.sql
\i test/pgtap/include/outcome.sql
SELECT no_plan();
SELECT setseed(0.4) \g /dev/null

-- expected is a text, so that an error can be one
CREATE FUNCTION agrees(got text, expected text, tol numeric, abs_tol numeric DEFAULT NULL) RETURNS boolean LANGUAGE sql AS $$
	SELECT CASE WHEN got LIKE 'error: %' OR expected = 'error' THEN got LIKE 'error: %' AND expected = 'error'
		ELSE is_close(got::float8, expected::numeric, tol, abs_tol) END
$$;
CREATE FUNCTION curve_of(years float8[], factors float8[]) RETURNS discount_curve LANGUAGE sql AS $$
	SELECT curve_agg(t, d) FROM unnest(years, factors) v(t, d)
$$;

CREATE TEMP TABLE curve_case (fn text, years float8[], discount_factors float8[], a float8, b float8, periods float8, interpolation text, expected text,
	tol numeric, abs_tol numeric, kind text, source text);
\copy curve_case FROM 'test/vectors/derivative/curve.csv' (FORMAT csv, HEADER)
SELECT cmp_ok(count(*)::int, '>=', 171, 'all vectors of curves were loaded') FROM curve_case;
-- A node at 0 is a claim that has matured, which curve_agg skips so that an expired market stops no query.
SELECT ok(agrees(outcome(format('SELECT %I(curve_of(%L, %L), %s)', fn, years, discount_factors,
		concat_ws(', ', quote_literal(a), quote_literal(b), CASE WHEN fn <> 'curve_discount_factor' THEN quote_literal(periods) END, quote_literal(interpolation)))), expected, tol, abs_tol),
	concat_ws(' ', fn, a, b, interpolation))
FROM curve_case WHERE 0 < ALL (years);
SELECT ok(is_close(curve_discount_factor(curve_of(years, discount_factors), a), (0.9 ^ 0.2)::numeric), 'a row of 0 years is skipped') FROM curve_case WHERE NOT 0 < ALL (years);

CREATE TEMP TABLE rollup_case (years float8[], discount_factors float8[], part int[], a float8, interpolation text, expected numeric, tol numeric, kind text, source text);
\copy rollup_case FROM 'test/vectors/derivative/curve_rollup.csv' (FORMAT csv, HEADER)
SELECT cmp_ok(count(*)::int, '>=', 17, 'all vectors of rollup were loaded') FROM rollup_case;
SELECT ok(is_close(curve_discount_factor(s, a, interpolation), expected, tol) AND s = curve_of(years, discount_factors), 'rollup, ' || interpolation)
FROM rollup_case, LATERAL (SELECT rollup(p) FROM (SELECT curve_agg(t, d) AS p FROM unnest(years, discount_factors, part) v(t, d, p) GROUP BY p) x) y(s);

CREATE TEMP TABLE bootstrap_case (times float8[], par_rates float8[], a float8, expected text, tol numeric, kind text, source text);
\copy bootstrap_case FROM 'test/vectors/derivative/bootstrap_curve.csv' (FORMAT csv, HEADER)
SELECT cmp_ok(count(*)::int, '>=', 11, 'all vectors of bootstrap_curve were loaded') FROM bootstrap_case;
SELECT ok(agrees(outcome(format('SELECT curve_discount_factor(bootstrap_curve(%L, %L), %L)', times, par_rates, a)), expected, tol), format('bootstrap_curve to %s', a)) FROM bootstrap_case;

CREATE TEMP TABLE roll_case (years float8[], discount_factors float8[], maturity float8, horizon float8, interpolation text, carry numeric, roll_down numeric,
	total_return numeric, tol numeric, abs_tol numeric, kind text, source text);
\copy roll_case FROM 'test/vectors/derivative/roll_down.csv' (FORMAT csv, HEADER)
SELECT cmp_ok(count(*)::int, '>=', 18, 'all vectors of roll_down were loaded') FROM roll_case;
SELECT ok(is_close(r.carry, c.carry, tol, abs_tol) AND is_close(r.roll_down, c.roll_down, tol, abs_tol) AND is_close(r.total_return, c.total_return, tol, abs_tol),
	format('roll_down of %s, %s', maturity, interpolation))
FROM roll_case c LEFT JOIN LATERAL roll_down(curve_of(years, discount_factors), maturity, horizon, interpolation) r ON true;

CREATE TEMP TABLE spread_case (price float8, times float8[], amounts float8[], years float8[], discount_factors float8[], periods float8, interpolation text,
	expected text, tol numeric, abs_tol numeric, kind text, source text);
\copy spread_case FROM 'test/vectors/derivative/z_spread.csv' (FORMAT csv, HEADER)
SELECT cmp_ok(count(*)::int, '>=', 36, 'all vectors of z_spread were loaded') FROM spread_case;
SELECT ok(agrees(outcome(format('SELECT z_spread(curve_of(%L, %L), %L, %L, %L, %L, %L)', years, discount_factors, price, times, amounts, periods, interpolation)), expected, tol, abs_tol),
	format('z_spread of %s, %s', price, interpolation)) FROM spread_case;

CREATE TEMP TABLE siegel_case (fn text, years float8, b0 float8, b1 float8, b2 float8, b3 float8, t1 float8, t2 float8, expected text, tol numeric, abs_tol numeric, kind text, source text);
\copy siegel_case FROM 'test/vectors/derivative/nelson_siegel.csv' (FORMAT csv, HEADER)
SELECT cmp_ok(count(*)::int, '>=', 25, 'all vectors of nelson_siegel were loaded') FROM siegel_case;
SELECT ok(agrees(outcome(format('SELECT %I(%s)', fn, concat_ws(', ', quote_literal(years), quote_literal(b0), quote_literal(b1), quote_literal(b2), quote_literal(b3), quote_literal(t1), quote_literal(t2)))),
	expected, tol, abs_tol), concat_ws(' ', fn, years, t1)) FROM siegel_case;

CREATE TEMP TABLE fit_case (years float8[], zero_rates float8[], tau float8, beta0 numeric, beta1 numeric, beta2 numeric, rmse numeric, tol numeric, abs_tol numeric, kind text, source text);
\copy fit_case FROM 'test/vectors/derivative/nelson_siegel_fit.csv' (FORMAT csv, HEADER)
SELECT cmp_ok(count(*)::int, '>=', 9, 'all vectors of nelson_siegel_fit were loaded') FROM fit_case;
SELECT ok(is_close((s).beta0, beta0, tol, abs_tol) AND is_close((s).beta1, beta1, tol, abs_tol) AND is_close((s).beta2, beta2, tol, abs_tol) AND is_close((s).rmse, rmse, tol, abs_tol),
	format('nelson_siegel_fit at %s', tau))
FROM fit_case, LATERAL (SELECT nelson_siegel_fit(t, z, tau) FROM unnest(years, zero_rates) v(t, z)) x(s);

CREATE TEMP TABLE free_case (years float8[], zero_rates float8[], probe float8, probe_rate float8, holds boolean, kind text, source text);
\copy free_case FROM 'test/vectors/derivative/nelson_siegel_free.csv' (FORMAT csv, HEADER)
SELECT cmp_ok(count(*)::int, '>=', 6, 'all vectors of the fit of tau were loaded') FROM free_case;
SELECT ok(((s).rmse <= 1e-7 AND abs(nelson_siegel(probe, s) - probe_rate) <= 2e-6) = holds, source)
FROM free_case, LATERAL (SELECT nelson_siegel_fit(t, z) FROM unnest(years, zero_rates) v(t, z)) x(s);

-- ---------- curves as values ----------

CREATE TEMP TABLE some_curve AS
SELECT n, years, factors, curve_of(years, factors) AS curve
FROM (
	SELECT n, array_agg(t) AS years, array_agg(exp(-t * (0.04 + 0.03 * sin(n * t)))) AS factors
	FROM (SELECT n, 0.01 + sum(random() + 0.02) OVER (PARTITION BY n ORDER BY i) AS t FROM generate_series(1, 60) n, generate_series(1, 1 + n % 9) i) x
	GROUP BY n
) y;
SELECT is_empty($$
	SELECT n FROM some_curve s, LATERAL (SELECT array_agg(years ORDER BY years), array_agg(discount_factor ORDER BY years) FROM unnest(curve)) u(y, f)
	WHERE (u.y = s.years AND u.f = s.factors) IS NOT TRUE
$$, 'a curve has the nodes it was made of');
SELECT is_empty($$
	SELECT n FROM some_curve s, LATERAL (SELECT curve_agg(t, d ORDER BY random()), curve_agg(t, d * f ORDER BY random())
		FROM unnest(years, factors) v(t, d), (VALUES (1), (0.5::float8)) w(f)) r(any_order, less)
	WHERE any_order <> curve OR less <> curve OR _discount_curve_hash(any_order) <> _discount_curve_hash(curve) OR curve::text::discount_curve <> curve
		OR binary_copy(_discount_curve_send(curve), 'discount_curve') <> curve::text
$$, 'in any order, with smaller doubles, through text and through binary form it is the same');
SELECT is('[(2,0.9),(1,0.95),(2,0.91)]'::discount_curve::text, '[(1,0.95),(2,0.91)]', 'nodes are put in order, of two at one time the greater factor counts');
SELECT is(curve_agg(t, d)::text, '[(0.5,0.97)]', 'rows that have matured and rows with NULL are skipped')
FROM (VALUES (-0.1, 1), (0, 1), (0.5, 0.97), (NULL, 0.9), (1, NULL), (-1, 0)) v(t, d);
SELECT is(curve_agg(t, d), NULL, 'of no rows there is no curve') FROM (VALUES (-0.1::float8, 1::float8)) v(t, d);
SELECT throws_ok(format('SELECT %L::discount_curve', text), '22P02', NULL, text) FROM unnest('{"","[]","[(1,0.9)","(1,0.9)","[(1)]","[(0,1)]","[(-1,1)]","[(1,0)]","[(1,-1)]","[(1,NaN)]",
	"[(Infinity,1)]","[(1,1e400)]","[(1,0.9),]","[(1,0.9)(2,0.8)]","[(1,0.9)] x","[( 1,0.9)]"}'::text[]) text;
SELECT throws_ok(format('SELECT binary_copy(%L::bytea, ''discount_curve'')', bytes), '22P03', NULL, 'binary ' || bytes::text)
FROM (VALUES (''::bytea), (float8send(1)), (float8send(1) || float8send(0)), (float8send(0) || float8send(1)), (float8send(1) || float8send('NaN')),
	(float8send(2) || float8send(1) || float8send(1) || float8send(1)), (float8send(1) || float8send(1) || float8send(1) || float8send(1)),
	(float8send(1) || float8send(1) || '\x00'::bytea)) v(bytes);

-- what a generic plan binds is left as it was
PREPARE merged(discount_curve) AS SELECT i, ($1 || curve_of(ARRAY[i::float8], '{0.5}'))::text, curve_value($1, '{0.5}', '{1}') FROM generate_series(2, 3) i;
SET LOCAL plan_cache_mode = force_generic_plan;
SELECT results_eq($$ EXECUTE merged('[(1,0.81)]') $$, $$ VALUES (2, '[(1,0.81),(2,0.5)]', 0.9::float8), (3, '[(1,0.81),(3,0.5)]', 0.9::float8) $$, 'a bound curve is not changed');
RESET plan_cache_mode;

-- ---------- between nodes ----------

CREATE TEMP TABLE method AS SELECT unnest('{log_linear,linear_zero,monotone_convex}'::text[]) AS way;
SELECT is_empty($$ SELECT n FROM some_curve, method, unnest(curve) u WHERE curve_discount_factor(curve, u.years, way) <> u.discount_factor $$, 'a node is met to the last bit');
SELECT is_empty($$ SELECT n FROM some_curve, method WHERE curve_discount_factor(curve, 0, way) <> 1 OR curve_zero_rate(curve, 0, 1, way) IS NOT NULL
	OR curve_discount_factor(curve, years[cardinality(years)] * 1.0000001, way) IS NOT NULL $$, 'at 0 the factor is 1, beyond the last node nothing is known');
SELECT is_empty($$
	SELECT n FROM some_curve, method, LATERAL (SELECT t * years[cardinality(years)] FROM generate_series(0.05, 0.85, 0.1) t) u(t0), LATERAL (SELECT t0 + 0.1 * years[cardinality(years)]) v(t1),
		(VALUES (1), (4), ('Infinity'::float8)) p(periods)
	WHERE NOT is_close(curve_discount_factor(curve, t0, way) * discount_factor(curve_forward_rate(curve, t0, t1, periods, way), t1 - t0, periods), curve_discount_factor(curve, t1, way)::numeric, 1e-13)
		OR NOT is_close(discount_factor(curve_zero_rate(curve, t1, periods, way), t1, periods), curve_discount_factor(curve, t1, way)::numeric, 1e-13)
$$, 'zero and forward rates and factors agree, however the curve is read');
SELECT is_empty($$
	SELECT n FROM some_curve, method, unnest(curve) u
	WHERE NOT is_close(curve_discount_factor(curve, u.years * (1 - 1e-11), way), u.discount_factor::numeric, 1e-9)
		OR curve_discount_factor(curve, u.years * (1 + 1e-11), way) IS NOT NULL AND NOT is_close(curve_discount_factor(curve, u.years * (1 + 1e-11), way), u.discount_factor::numeric, 1e-9)
$$, 'no curve jumps at a node');
-- the instantaneous forward of Hagan and West does not jump either
SELECT is_empty($$
	SELECT n, u.years FROM some_curve, unnest(curve) u WHERE u.years < some_curve.years[cardinality(some_curve.years)]
		AND abs(curve_forward_rate(curve, u.years - 1e-6, u.years, 'Infinity', 'monotone_convex') - curve_forward_rate(curve, u.years, u.years + 1e-6, 'Infinity', 'monotone_convex')) > 1e-3
$$, 'forwards of monotone_convex are continuous');
-- a flat curve is flat
SELECT is_empty($$
	SELECT way FROM method, (SELECT curve_agg(t, exp(-0.05 * t)) FROM unnest('{0.1,0.5,2,3.5}'::float8[]) t) c(curve), generate_series(0.05, 3.5, 0.05) t
	WHERE NOT is_close(curve_zero_rate(curve, t, 'Infinity', way), 0.05, 1e-12) OR NOT is_close(z_spread(curve, discount_factor(0.08, t, 'Infinity'), ARRAY[t], '{1}', 'Infinity', way), 0.03, 1e-10)
$$, 'a flat curve is flat');

-- ---------- par rates, roll-down, spreads ----------

SELECT is_empty($$
	SELECT n, i FROM (
		SELECT n, array_agg(t) AS times, array_agg(0.03 + 0.02 * sin(n + t)) AS rates FROM generate_series(1, 40) n, generate_series(0.5, 0.5 + n % 8, 0.5) t GROUP BY n
	) x, LATERAL (SELECT bootstrap_curve(times, rates)) c(curve), generate_series(1, cardinality(times)) i, curve_swap_value(curve, times[1:i], rates[i]) s
	WHERE NOT is_close(s.par_rate, rates[i]::numeric, 1e-12) OR NOT is_close(s.pv, 0, abs_tol => 1e-14)
$$, 'a bootstrapped curve reprices its swaps');
SELECT is(bootstrap_curve('{1,2}', '{0.05,25}'), NULL, 'par rates that no positive factor has');
SELECT is_empty($$
	SELECT n FROM some_curve, method, LATERAL (SELECT years[cardinality(years)]) m(t), (VALUES (0), (0.3), (1)) h(part), roll_down(curve, t, t * part, way) r
	WHERE NOT is_close((1 + r.carry) * (1 + r.roll_down), (1 + r.total_return)::numeric, 1e-13)
		OR NOT is_close(curve_discount_factor(curve, t, way) * (1 + r.total_return), curve_discount_factor(curve, t - t * part::float8, way)::numeric, 1e-13)
$$, 'carry and roll-down make the return');
SELECT is_empty($$
	SELECT n FROM some_curve, method, LATERAL (SELECT years[cardinality(years)]) m(t), LATERAL (SELECT ARRAY[t / 7, t / 3, t], ARRAY[0.1, 0.2, 1.3]) a(times, amounts),
		(VALUES (1), (2), ('Infinity'::float8)) p(periods), LATERAL (SELECT curve_value(curve, times, amounts, way)) v(price)
	WHERE NOT is_close(z_spread(curve, price, times, amounts, periods, way), 0, abs_tol => 1e-13)
		OR NOT is_close(price, (SELECT sum(amounts[i] * curve_discount_factor(curve, times[i], way))::numeric FROM generate_series(1, 3) i), 1e-14)
$$, 'what is worth what it is on the curve has no spread');
SELECT is_empty($$
	SELECT n, spread FROM some_curve, LATERAL (SELECT years[cardinality(years)]) m(t), LATERAL (SELECT ARRAY[t / 7, t / 3, t], ARRAY[0.1, 0.2, 1.3]) a(times, amounts),
		(VALUES (1), (2), ('Infinity'::float8)) p(periods), unnest('{-0.3,-0.01,1e-6,0.05,2}'::float8[]) spread
	WHERE NOT is_close(z_spread(curve, (SELECT sum(amounts[i] * discount_factor(curve_zero_rate(curve, times[i], periods) + spread, times[i], periods)) FROM generate_series(1, 3) i),
		times, amounts, periods), spread::numeric, 1e-9, abs_tol => 1e-13)
$$, 'z_spread finds the spread that made the price');
SELECT ok(is_close(z_spread(c, 0.98, '{0.4}', '{1}'), (pt_implied_apy(0.98, 0.4) - curve_zero_rate(c, 0.4))::numeric, 1e-12), 'of one PT it is the difference of yields')
FROM (VALUES ('[(0.3,0.992),(0.5,0.985)]'::discount_curve)) v(c);
SELECT is(z_spread(c, 0.9, '{0.1}', '{-1}'), NULL, 'what only costs has no spread') FROM (VALUES ('[(0.5,0.985)]'::discount_curve)) v(c);
SELECT is(z_spread(c, 0.9, '{0.6}', '{1}'), NULL, 'nor what lies beyond the curve') FROM (VALUES ('[(0.5,0.985)]'::discount_curve)) v(c);
SELECT is(roll_down('[(0.5,0.985)]', 0.6, 0.1), NULL, 'no roll-down from beyond the curve');
SELECT is(roll_down('[(0.5,0.985)]', 0, 0), NULL, 'nor of what is due');

SELECT throws_ok('SELECT ' || replace(call, 'C', '''[(1,0.95),(2,0.9)]'''), code, NULL, call) FROM (VALUES
	('curve_agg(1, 0)', '22003'), ('curve_agg(1, -0.5)', '22003'), ('curve_agg(''NaN'', 1)', '22003'), ('curve_agg(''Infinity'', 1)', '22003'), ('curve_agg(1, ''Infinity'')', '22003'),
	('curve_discount_factor(C, -1)', '22003'), ('curve_discount_factor(C, ''NaN'')', '22003'), ('curve_discount_factor(C, 1, ''cubic'')', '22023'), ('curve_discount_factor(C, 1, ''LOG_LINEAR'')', '22023'),
	('curve_zero_rate(C, -1)', '22003'), ('curve_zero_rate(C, 1, 0)', '22023'), ('curve_forward_rate(C, 1, 0.5)', '22023'), ('curve_forward_rate(C, -1, 0.5)', '22003'),
	('roll_down(C, 1, 1.5)', '22023'), ('roll_down(C, 1, -0.5)', '22003'), ('curve_value(C, ''{1}'', ''{1,2}'')', '22023'), ('curve_value(C, ''{}'', ''{}'')', '22023'),
	('z_spread(C, 0, ''{1}'', ''{1}'')', '22003'), ('z_spread(C, 1, ''{1,1}'', ''{1,1}'')', '22023'), ('bootstrap_curve(''{0,1}'', ''{0.1,0.1}'')', '22003'),
	('bootstrap_curve(''{1}'', ''{0.1,0.1}'')', '22023'), ('bootstrap_curve(''{1,NULL}'', ''{0.1,0.1}'')', '22023'), ('nelson_siegel(-1, 0, 0, 0, 1)', '22003'),
	('nelson_siegel(1, 0, 0, 0, 0)', '22003'), ('nelson_siegel(1, 0, ''NaN'', 0, 1)', '22003'), ('nelson_siegel(1, 1e308, 1e308, 1e308, 1e9)', '22003'),
	('svensson(1, 0, 0, 0, 0, 1, -1)', '22003'), ('nelson_siegel_fit(1, 0.03, 0)', '22003'), ('nelson_siegel_fit(-1, 0.03)', '22003'), ('nelson_siegel_fit(1, ''Infinity'')', '22003')) v(call, code);

-- ---------- Nelson and Siegel ----------

SELECT is_empty($$
	SELECT n FROM generate_series(1, 60) n, LATERAL (SELECT 0.01 + n % 7 / 100.0::float8 AS b0, -0.03 + n % 11 / 200.0::float8 AS b1, (n % 5 - 2) / 50.0::float8 AS b2, exp(n / 12.0 - 2)::float8 AS tau) c,
		LATERAL (SELECT nelson_siegel_fit(t, nelson_siegel(t, b0, b1, b2, tau), tau) AS fixed, nelson_siegel_fit(t, nelson_siegel(t, b0, b1, b2, tau)) AS free
			FROM (SELECT (i * i / 40.0)::float8 FROM generate_series(1, 20) i) v(t)) f
	WHERE abs((fixed).beta0 - b0) > 1e-9 OR abs((fixed).beta1 - b1) > 1e-9 OR abs((fixed).beta2 - b2) > 1e-9 OR (fixed).tau <> tau OR (fixed).num_points <> 20 OR (fixed).rmse > 1e-15
		OR (free).rmse > 1e-9 OR (b1 <> 0 OR b2 <> 0) AND abs((free).tau / tau - 1) > 1e-5
$$, 'fits recover exact curves');
-- least squares: no other curve near it misses less
CREATE TEMP TABLE siegel_point AS SELECT i, i / 10.0::float8 AS t, 0.03 + 0.01 * ln(1 + i / 10.0)::float8 + random() * 0.001 AS z FROM generate_series(1, 50) i;
SELECT is_empty($$
	SELECT k FROM (SELECT nelson_siegel_fit(t, z) AS s FROM siegel_point) f, generate_series(0, 3) k, (VALUES (1e-4), (-1e-4)) e(off),
		LATERAL (SELECT sqrt(avg((z - nelson_siegel(t, (s).beta0 + off * (k = 0)::int, (s).beta1 + off * (k = 1)::int, (s).beta2 + off * (k = 2)::int, (s).tau + off * (k = 3)::int)) ^ 2)) FROM siegel_point) m(miss)
	WHERE miss < (s).rmse
$$, 'no curve beside the fit is nearer');
SELECT ok(bool_and((s).rmse <= (r).rmse + 1e-15), 'no tau does better than the one that was sought')
FROM (SELECT nelson_siegel_fit(t, z) AS s FROM siegel_point) f, LATERAL (SELECT nelson_siegel_fit(t, z, tau) FROM siegel_point, generate_series(0.05, 30, 0.05) tau GROUP BY tau) g(r);
SELECT is(count(DISTINCT f), 1::bigint, 'the fit of tau depends on no order')
FROM (SELECT nelson_siegel_fit(t, z ORDER BY random()) FROM siegel_point, generate_series(1, 3) r GROUP BY r) x(f);
SELECT is(nelson_siegel_fit(rollup(part)), (SELECT nelson_siegel_fit(t, z, 1.5) FROM siegel_point), 'parts merge to the same fit, to the last bit')
FROM (SELECT nelson_siegel_agg(t, z, 1.5) FROM siegel_point GROUP BY i % 7) p(part);
SELECT throws_ok($$ SELECT nelson_siegel_fit(t, z, t) FROM siegel_point $$, '22023', NULL, 'one tau for all rows');
SELECT is(nelson_siegel_fit(t, 0.03, 1), NULL, 'three points at two times are not enough') FROM unnest('{1,1,2}'::float8[]) t;
SELECT is(nelson_siegel_fit(t, 0.03), NULL, 'nor for a tau that is sought') FROM unnest('{1,1,2}'::float8[]) t;
SELECT is(nelson_siegel(1, NULL::nelson_siegel_curve), NULL, 'no fit, no rate');
SELECT is(nelson_siegel(1, ROW(0.05, -0.02, NULL, 1, 0, 3)::nelson_siegel_curve), NULL, 'nor of a fit without all of its numbers');
SELECT ok(is_close(nelson_siegel(1e-9, 0.05, -0.02, 0.01, 1), 0.03, 1e-8) AND is_close(nelson_siegel(1e9, 0.05, -0.02, 0.01, 1), 0.05, 1e-8), 'both ends of a curve');

-- workers
SELECT force_parallel() \g /dev/null
CREATE TABLE many AS SELECT i, 0.01 + i % 997 / 100.0::float8 AS t, exp(-0.03 * (0.01 + i % 997 / 100.0))::float8 AS d FROM generate_series(1, 20000) i;
ALTER TABLE many SET (parallel_workers = 2);
SELECT matches(explained('SELECT curve_agg(t, d) FROM many'), 'Partial Aggregate', 'curves are made in parallel');
SELECT is((SELECT curve_agg(t, d) FROM many), (SELECT curve_agg(t, d) FROM (SELECT DISTINCT t, d FROM many) x), 'and are the same');
SELECT is((SELECT nelson_siegel_fit(t, d, 2) FROM many), (SELECT nelson_siegel_fit(rollup(p)) FROM (SELECT nelson_siegel_agg(t, d, 2) FROM many GROUP BY i % 3) x(p)), 'as are fits');
SELECT is((SELECT nelson_siegel_fit(t, d) FROM many WHERE i < 3000), (SELECT nelson_siegel_fit(t, d ORDER BY i) FROM many WHERE i < 3000), 'with a tau that is sought');

SELECT * FROM finish();
ROLLBACK;
