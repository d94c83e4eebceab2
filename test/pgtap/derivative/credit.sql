-- Vectors and properties of hazards, credit default swaps, cover and tranches.
\set ON_ERROR_STOP on
\set QUIET on
BEGIN;
\i test/pgtap/include/common.sql
\i test/pgtap/include/outcome.sql
SELECT no_plan();

-- expected is a text, so that an error can be one; a dash is a number that nobody published
CREATE FUNCTION agrees(got text, expected text, tol numeric, abs_tol numeric DEFAULT NULL) RETURNS boolean LANGUAGE sql AS $$
	SELECT CASE WHEN got LIKE 'error: %' OR expected = 'error' THEN got LIKE 'error: %' AND expected = 'error'
		WHEN expected = '-' THEN got IS NOT NULL ELSE is_close(got::float8, expected::numeric, tol, abs_tol) END
$$;
CREATE FUNCTION agree(query text, par_spread text, protection_leg text, risky_annuity text, pv text, tol numeric, abs_tol numeric) RETURNS boolean LANGUAGE sql AS $$
	SELECT bool_and(agrees(outcome(format('SELECT %I FROM %s', name, query)), expected, tol, abs_tol))
	FROM (VALUES ('par_spread', par_spread), ('protection_leg', protection_leg), ('risky_annuity', risky_annuity), ('pv', pv)) v(name, expected)
$$;

CREATE TEMP TABLE credit_case (fn text, a float8, b float8, c float8, d float8, e float8, f float8, g float8, expected text, tol numeric, abs_tol numeric, kind text, source text);
\copy credit_case FROM 'test/vectors/derivative/credit.csv' (FORMAT csv, HEADER)
SELECT cmp_ok(count(*)::int, '>=', 45, 'all vectors of credit were loaded') FROM credit_case;
SELECT ok(agrees(outcome(format('SELECT %I(%s)', fn, concat_ws(', ', quote_literal(a), quote_literal(b), quote_literal(c), quote_literal(d), quote_literal(e)))), expected, tol, abs_tol),
	concat_ws(' ', fn, a, b, c, d, e)) FROM credit_case;

CREATE TEMP TABLE cds_case (rate float8, hazard float8, times float8[], coupon float8, recovery float8, notional float8, par_spread text, protection_leg text, risky_annuity text,
	pv text, tol numeric, abs_tol numeric, kind text, source text);
\copy cds_case FROM 'test/vectors/derivative/cds_value.csv' (FORMAT csv, HEADER)
SELECT cmp_ok(count(*)::int, '>=', 15, 'all vectors of cds_value were loaded') FROM cds_case;
SELECT ok(agree(format('cds_value(%L, %L, %L, %L, %L, %L)', rate, hazard, times, coupon, recovery, notional), par_spread, protection_leg, risky_annuity, pv, tol, abs_tol),
	format('cds_value at %s, %s', rate, hazard)) FROM cds_case;

CREATE TEMP TABLE curve_case (discount_years float8[], discount_factors float8[], survival_years float8[], survival float8[], times float8[], coupon float8, recovery float8, notional float8,
	par_spread text, protection_leg text, risky_annuity text, pv text, tol numeric, abs_tol numeric, kind text, source text);
\copy curve_case FROM 'test/vectors/derivative/cds_curve.csv' (FORMAT csv, HEADER)
SELECT cmp_ok(count(*)::int, '>=', 7, 'all vectors of curve_cds_value were loaded') FROM curve_case;
SELECT ok(agree(format('curve_cds_value(%L, %L, %L, %L, %L, %L)', (SELECT curve_agg(t, d) FROM unnest(discount_years, discount_factors) v(t, d)),
	(SELECT curve_agg(t, d) FROM unnest(survival_years, survival) v(t, d)), times, coupon, recovery, notional), par_spread, protection_leg, risky_annuity, pv, tol, abs_tol),
	format('curve_cds_value at %s', coupon)) FROM curve_case;

CREATE TEMP TABLE hazard_case (spread float8, times float8[], rate float8, recovery float8, expected text, tol numeric, kind text, source text);
\copy hazard_case FROM 'test/vectors/derivative/cds_hazard.csv' (FORMAT csv, HEADER)
SELECT cmp_ok(count(*)::int, '>=', 10, 'all vectors of hazard_from_cds were loaded') FROM hazard_case;
SELECT ok(agrees(outcome(format('SELECT hazard_from_cds(%L, %L, %L, %L)', spread, times, rate, recovery)), expected, tol), format('hazard_from_cds of %s', spread)) FROM hazard_case;

-- a hazard makes a spread, and the spread the hazard
SELECT is_empty($$
	SELECT 1 FROM generate_series(1, 300) n, LATERAL (SELECT ARRAY(SELECT ((i + n % 3 / 5.0) / 4)::float8 FROM generate_series(1, 1 + n % 20) i) AS t, n % 31 / 20.0::float8 AS h, -0.02 + n % 7 / 60.0::float8 AS r,
		n % 4 / 5.0::float8 AS recovery) s, cds_value(r, h, t, 0.02, recovery, 1000) v, LATERAL (SELECT (w.p).pv FROM (SELECT cds_value(r, h, t, v.par_spread, recovery, 1000) AS p) w) at_par
	WHERE NOT is_close(hazard_from_cds(v.par_spread, t, r, recovery), h::numeric, 1e-9, abs_tol => 1e-15) OR NOT is_close(at_par.pv, 0, abs_tol => 1e-9)
		OR NOT is_close(v.pv, (v.protection_leg - 0.02 * v.risky_annuity)::numeric, 1e-12, abs_tol => 1e-10)
$$, 'par spread and hazard');
SELECT is_empty($$
	SELECT 1 FROM generate_series(1, 40) n, LATERAL (SELECT ARRAY(SELECT (i / 4.0)::float8 FROM generate_series(1, 1 + n % 12) i) AS t, 0.01 + n / 200.0::float8 AS h, 0.01 + n % 7 / 60.0::float8 AS r) s,
		LATERAL (SELECT curve_agg(x, exp(-r * x)) AS discount, curve_agg(x, survival_probability(h, x)) AS survival FROM unnest(t) x) c, cds_value(r, h, t, 0.02) a,
		curve_cds_value(discount, survival, t, 0.02) b
	WHERE NOT is_close(a.par_spread, b.par_spread::numeric, 1e-11) OR NOT is_close(a.pv, b.pv::numeric, 1e-10, abs_tol => 1e-14)
$$, 'flat curves are the flat rates');
SELECT ok(is_close(cds.par_spread / 0.6, 0.03, 2e-3), 'with many payments the credit triangle holds')
FROM cds_value(0.02, 0.03, ARRAY(SELECT (i / 12.0)::float8 FROM generate_series(1, 60) i), 0) cds;
SELECT ok(is_close(survival_probability(hazard_from_probability(p, t), t), (1 - p)::numeric, 1e-14), format('a hazard of %s in %s', p, t)) FROM unnest('{0,1e-9,0.3,0.999}'::float8[]) p, unnest('{0.1,7}'::float8[]) t;
SELECT ok(is_close(cover_premium(0.02, 0.1, 1e-6), 2e-9, 1e-7), 'over little time, cover costs hazard times severity times time');
SELECT ok(is_close(cover_premium(h, 1, t), (1 - survival_probability(h, t))::numeric, 1e-13, abs_tol => 2e-16), 'undiscounted, full cover costs the probability of default') FROM unnest('{0.001,0.5,40}'::float8[]) h, unnest('{0.01,1,30}'::float8[]) t;
SELECT ok(is_close(cover_premium(0.02, 0.1, 2, -0.02, 0.5), 0.006, 1e-14), 'a rate that undoes the hazard');

-- tranches: all of them together lose what the pool does, the first loses most, and correlation moves losses up
SELECT is_empty($$
	SELECT p, rho, sev FROM unnest('{1e-6,0.01,0.3,0.95}'::float8[]) p, unnest('{0,1e-4,0.1,0.5,0.9,0.9999}'::float8[]) rho, unnest('{0.2,1}'::float8[]) sev,
		LATERAL (SELECT sum(0.1 * tranche_loss(p, rho, i / 10.0::float8, (i + 1) / 10.0::float8, sev)) AS total,
			array_agg(tranche_loss(p, rho, i / 10.0::float8, (i + 1) / 10.0::float8, sev) ORDER BY i) AS each FROM generate_series(0, 9) i) t
	WHERE NOT is_close(total, (p * sev)::numeric, 1e-10) OR NOT is_close(tranche_loss(p, rho, 0, 1, sev), (p * sev)::numeric, 1e-10)
		OR EXISTS (SELECT FROM generate_series(1, 9) i WHERE each[i] < each[i + 1] - 1e-14)
$$, 'tranches share the loss of the pool');
SELECT ok(tranche_loss(0.05, 0.4, 0.3, 1) > tranche_loss(0.05, 0.2, 0.3, 1) AND tranche_loss(0.05, 0.4, 0, 0.1) < tranche_loss(0.05, 0.2, 0, 0.1), 'correlation moves losses up');
SELECT ok(is_close(tranche_loss(p, 0, 0.02, 0.1), expected, 1e-14), format('without correlation, %s', p))
FROM (VALUES (0.01::float8, 0), (0.05, 0.375), (0.3, 1)) v(p, expected);
SELECT is(tranche_loss(0, 0.3, 0, 0.1), 0::float8, 'no default, no loss');
SELECT ok(is_close(tranche_loss(1, 0.3, 0.2, 0.6, 0.4), 0.5, 1e-15), 'certain default');
SELECT is(tranche_loss(0.5, 0.3, 0.6, 0.8, 0.5), 0::float8, 'what no loss reaches');

SELECT is(hazard_from_probability(1, 1), NULL, 'a certain default has no hazard');
SELECT is(hazard_from_probability(0.5, 0), NULL, 'nor has one in no time');
SELECT is(hazard_from_spread(-0.01), (-0.01 / 0.6)::float8, 'a spread below 0 is none of credit, but has its sign');
SELECT is(hazard_from_cds(-0.01, '{1}', 0.02), NULL, 'nor has it a hazard');
SELECT is(hazard_from_cds(1.2, '{1}', 0.02), NULL, 'the greatest par spread is reached by no hazard');
SELECT is((c).par_spread, 0::float8, 'no hazard, no spread') FROM (SELECT cds_value(0.05, 0, '{1,2}', 0.01) c) x;
SELECT is((c).par_spread, NULL, 'without time there is none') FROM (SELECT cds_value(0.05, 0.1, '{0}', 0.01) c) x;
SELECT is(curve_cds_value('[(1,0.95)]', '[(2,0.95)]', '{1,2}', 0.01), NULL, 'no swap beyond its curves');
SELECT throws_ok('SELECT ' || call, code, NULL, call) FROM (VALUES ('hazard_from_spread(0.01, 1)', '22003'), ('hazard_from_spread(0.01, -0.1)', '22003'), ('hazard_from_spread(''NaN'')', '22003'),
	('hazard_from_probability(1.1, 1)', '22003'), ('hazard_from_probability(-0.1, 1)', '22003'), ('hazard_from_probability(0.1, -1)', '22003'), ('survival_probability(-1, 1)', '22003'),
	('survival_probability(1, ''Infinity'')', '22003'), ('cds_value(''NaN'', 0.1, ''{1}'', 0)', '22003'), ('cds_value(0, -0.1, ''{1}'', 0)', '22003'), ('cds_value(0, 0.1, ''{1,1}'', 0)', '22023'),
	('cds_value(-1e5, 0.1, ''{1}'', 0)', '22003'), ('cds_value(0, 0.1, ''{}'', 0)', '22023'), ('curve_cds_value(''[(1,0.9)]'', ''[(0.5,0.9),(1,0.95)]'', ''{1}'', 0)', '22003'),
	('hazard_from_cds(''NaN'', ''{1}'', 0)', '22003'), ('hazard_from_cds(0.1, ''{1}'', ''NaN'')', '22003'), ('cover_premium(-1, 1, 1)', '22003'), ('cover_premium(1, 1.5, 1)', '22003'),
	('cover_premium(1, 1, 1, -1e4)', '22003'), ('tranche_loss(0.1, 1, 0, 1)', '22003'), ('tranche_loss(0.1, 0.5, 0.5, 0.5)', '22003'), ('tranche_loss(0.1, 0.5, 0, 1.1)', '22003'),
	('tranche_loss(0.1, 0.5, 0, 1, 0)', '22003'), ('tranche_loss(''NaN'', 0.5, 0, 1)', '22003')) v(call, code);

SELECT * FROM finish();
ROLLBACK;
