-- Properties and vectors of domain leverage: stress of a book.
\set ON_ERROR_STOP on
\set QUIET on
BEGIN;
\i test/pgtap/include/common.sql
SELECT no_plan();
SELECT setseed(0.5) \g /dev/null

CREATE TEMP TABLE shock_case (collateral float8[], liquidation_threshold float8[], debt float8[], shock float8, debt_liquidatable numeric, collateral_liquidatable numeric,
	bad_debt numeric, tol numeric, abs_tol numeric, kind text, source text);
\copy shock_case FROM 'test/vectors/leverage/stress_price_shock.csv' (FORMAT csv, HEADER)
SELECT ok(is_close(t.debt_liquidatable, c.debt_liquidatable, tol, abs_tol) AND is_close(t.collateral_liquidatable, c.collateral_liquidatable, tol, abs_tol)
	AND is_close(t.bad_debt, c.bad_debt, tol, abs_tol), format('a shock of %s', c.shock))
FROM shock_case c, stress_table((SELECT stress_agg(x, l, d, ARRAY[c.shock]) FROM unnest(collateral, liquidation_threshold, debt) u(x, l, d))) t;
CREATE TEMP TABLE deleverage_case (collateral float8, liquidation_threshold float8, debt float8, target float8, expected numeric, tol numeric, abs_tol numeric, kind text, source text);
\copy deleverage_case FROM 'test/vectors/leverage/deleverage.csv' (FORMAT csv, HEADER)
SELECT ok(is_close(deleverage_amount(collateral, liquidation_threshold, debt, target), expected, tol, abs_tol), 'deleveraging to ' || target) FROM deleverage_case;

-- a book, and the definitions in plain SQL: every account meets every shock
CREATE TABLE leverage_book AS
SELECT g AS account, (random() * 9)::int AS part, CASE WHEN random() < 0.95 THEN exp(random() * 10) END AS c, CASE WHEN random() < 0.95 THEN 0.4 + random() * 0.55 END AS t,
	NULL::float8 AS d FROM generate_series(1, 700) g;
UPDATE leverage_book SET d = CASE WHEN random() < 0.9 THEN coalesce(c * t, 10) * random() * 1.02 END;
CREATE TEMP TABLE shock AS
SELECT s, s AS m FROM (SELECT -g / 20.0::float8 AS s FROM generate_series(0, 19) g) x;
CREATE TEMP TABLE depeg AS
SELECT s, m FROM (VALUES (0::float8, 0::float8), (0, -0.03), (0, -0.05), (0, -0.2), (-0.1, -0.1), (-0.1, -0.12), (-0.1, -0.6), (-0.3, 0.1), (-1, 0.5), (-1, -1), (0.2, -0.4)) x(s, m);
CREATE FUNCTION plain_stress(pairs regclass, bonus float8, close_factor float8) RETURNS TABLE (s float8, m float8, n bigint, cl numeric, dl numeric, pays boolean,
	seized numeric, repaid numeric, profit numeric, bad numeric, nt bigint, dt numeric) LANGUAGE plpgsql AS $$
BEGIN
	RETURN QUERY EXECUTE format($q$
		SELECT s, m, count(*) FILTER (WHERE liq), coalesce(sum(exact(c) * (1 + exact(s))) FILTER (WHERE liq), 0), coalesce(sum(exact(d)) FILTER (WHERE liq), 0), pays,
			CASE WHEN pays THEN coalesce(sum(least(k * exact(d) * b, exact(c) * (1 + exact(s)))) FILTER (WHERE liq), 0) ELSE 0 END,
			CASE WHEN pays THEN coalesce(sum(least(k * exact(d), exact(c) * (1 + exact(s)) / b)) FILTER (WHERE liq), 0) ELSE 0 END,
			CASE WHEN pays THEN coalesce(sum(CASE WHEN k * exact(d) * b < exact(c) * (1 + exact(s)) THEN k * exact(d) * (b * (1 + exact(m)) / (1 + exact(s)) - 1)
				ELSE exact(c) * (1 + exact(m)) - exact(c) * (1 + exact(s)) / b END) FILTER (WHERE liq), 0) ELSE 0 END,
			CASE WHEN pays THEN coalesce(sum(greatest(exact(d) - exact(c) * (1 + exact(s)) / b, 0)) FILTER (WHERE liq), 0) ELSE sum(greatest(exact(d) - exact(c) * (1 + exact(m)), 0)) END,
			count(*) FILTER (WHERE liq AND exact(d) * b > exact(c) * (1 + exact(s))), coalesce(sum(exact(d)) FILTER (WHERE liq AND exact(d) * b > exact(c) * (1 + exact(s))), 0)
		FROM (SELECT s, m, coalesce(c, 0) AS c, coalesce(d, 0) AS d, coalesce(c, 0) * (1 + s) * coalesce(t, 0) < coalesce(d, 0) AS liq,
			1 + exact(%2$s) AS b, exact(%3$s) AS k, (1 + exact(%2$s)) * (1 + exact(m)) >= 1 + exact(s) AS pays
			FROM leverage_book CROSS JOIN %1$s WHERE c IS NOT NULL OR d IS NOT NULL) x
		GROUP BY s, m, pays
	$q$, pairs, bonus, close_factor);
END
$$;
CREATE FUNCTION differences(pairs regclass, bonus float8, close_factor float8) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
	result bigint;
BEGIN
	EXECUTE format($q$
		SELECT count(*) FROM plain_stress(%L, %L, %L) p
		FULL JOIN stress_table((SELECT stress_agg(c, t, d, (SELECT array_agg(s ORDER BY s, m) FROM %1$s), (SELECT array_agg(m ORDER BY s, m) FROM %1$s), %2$L, %3$L) FROM leverage_book)) t
			ON (t.shock, t.market_shock) = (p.s, p.m)
		WHERE (accounts_liquidatable, accounts_toxic, liquidations_pay) IS DISTINCT FROM (n, nt, pays)
			OR NOT is_close(collateral_liquidatable, cl, 1e-15) OR NOT is_close(debt_liquidatable, dl, 1e-15) OR NOT is_close(debt_toxic, dt, 1e-15)
			OR NOT is_close(collateral_seized, seized, 1e-15) OR NOT is_close(debt_repaid, repaid, 1e-15)
			OR NOT is_close(liquidator_profit, profit, 1e-14, 1e-15 * seized) OR NOT is_close(bad_debt, bad, 1e-14, 1e-15 * dl)
	$q$, pairs, bonus, close_factor) INTO result;
	RETURN result;
END
$$;
SELECT is(differences('shock', 0, 1), 0::bigint, '20 shocks are those of a cross join in exact numbers');
SELECT is(differences('shock', b, k), 0::bigint, format('and with a bonus of %s and a close factor of %s', b, k)) FROM (VALUES (0.05, 1), (0.1, 0.5), (0, 0.3)) x(b, k);
SELECT is(differences('depeg', b, k), 0::bigint, format('and where the market falls otherwise than the oracle, %s, %s', b, k)) FROM (VALUES (0, 1), (0.04, 1), (0.1, 0.5)) x(b, k);

-- laws
CREATE TEMP TABLE stressed AS
SELECT t.* FROM stress_table((SELECT stress_agg(c, t, d, (SELECT array_agg(-g / 1000.0) FROM generate_series(0, 1000) g), NULL, 0.05, NULL) FROM leverage_book)) t;
SELECT is_empty($$
	SELECT 1 FROM (SELECT *, lag(accounts_liquidatable) OVER w AS n, lag(debt_liquidatable) OVER w AS d, lag(bad_debt) OVER w AS b, lag(accounts_toxic) OVER w AS t
		FROM stressed WINDOW w AS (ORDER BY shock DESC)) x
	WHERE accounts_liquidatable < n OR debt_liquidatable < d OR bad_debt < b OR accounts_toxic < t
$$, 'a larger shock never has fewer liquidations or less bad debt');
SELECT is_empty('SELECT 1 FROM stressed WHERE NOT is_close(debt_repaid + bad_debt, exact(debt_liquidatable), 1e-14) OR accounts_toxic > accounts_liquidatable OR collateral_seized > collateral_liquidatable * (1 + 1e-14)',
	'what liquidations do not repay in the end is bad debt');
SELECT is((SELECT bad_debt FROM stressed WHERE shock = -1), (SELECT total_debt(stress_agg(c, t, d, '{0}')) FROM leverage_book), 'at no price all is lost');
SELECT is_empty($$
	SELECT 1 FROM stress_table((SELECT stress_agg(1024 * c, t, 1024 * d, '{0,-0.1,-0.3}') FROM leverage_book)) a
	FULL JOIN stress_table((SELECT stress_agg(c, t, d, '{0,-0.1,-0.3}') FROM leverage_book)) b USING (shock)
	WHERE (a.accounts_liquidatable, a.collateral_liquidatable, a.bad_debt) IS DISTINCT FROM (b.accounts_liquidatable, 1024 * b.collateral_liquidatable, 1024 * b.bad_debt)
$$, 'amounts have no unit');
SELECT is_empty($$
	SELECT 1 FROM stress_table((SELECT stress_agg(account_agg, '{0,-0.1,-0.3,-0.7}', '{0,-0.2,-0.3,-0.7}', 0.05, 0.5) FROM (SELECT account_agg(c, t, d) FROM leverage_book GROUP BY account) a)) a
	FULL JOIN stress_table((SELECT stress_agg(c, t, d, '{0,-0.1,-0.3,-0.7}', '{0,-0.2,-0.3,-0.7}', 0.05, 0.5) FROM leverage_book)) b USING (shock)
	WHERE a.accounts_liquidatable <> b.accounts_liquidatable OR NOT is_close(a.bad_debt, exact(b.bad_debt), 1e-14) OR NOT is_close(a.liquidator_profit, exact(b.liquidator_profit), 1e-14)
$$, 'accounts of one position are the same as summaries');
SELECT is_empty($$
	SELECT 1 FROM generate_series(0, 9) g, LATERAL (SELECT -g / 10.0::float8 AS s) x, LATERAL (SELECT count(*) AS n FROM leverage_book WHERE health_factor(c * (1 + s), t, d) < 1) h,
		stress_table((SELECT stress_agg(c, t, d, ARRAY[s]) FROM leverage_book WHERE c IS NOT NULL AND t IS NOT NULL AND d IS NOT NULL)) WHERE accounts_liquidatable <> n
$$, 'liquidatable is whose health factor is below 1 after the shock');

-- any order, any split
CREATE TEMP TABLE whole AS SELECT t.* FROM stress_table((SELECT stress_agg(c, t, d, '{0,-0.05,-0.1,-0.2,-0.5}', '{0,-0.15,-0.1,-0.2,-0.5}', 0.05, 0.5) FROM leverage_book)) t;
CREATE MATERIALIZED VIEW leverage_stressed AS SELECT part, stress_agg(c, t, d, '{0,-0.05,-0.1,-0.2,-0.5}', '{0,-0.15,-0.1,-0.2,-0.5}', 0.05, 0.5) AS s FROM leverage_book GROUP BY part;
SELECT set_eq($$SELECT t.* FROM stress_table((SELECT rollup(s ORDER BY random()) FROM leverage_stressed)) t$$, 'SELECT * FROM whole', 'what was stored in parts rolls up to the same');
SELECT set_eq($$SELECT t.* FROM stress_table((SELECT stress_agg(c, t, d, '{-0.5,-0.05,-0.1,-0.2,0}', '{-0.5,-0.15,-0.1,-0.2,0}', 0.05, 0.5 ORDER BY random()) FROM leverage_book)) t$$,
	'SELECT * FROM whole', 'no order of rows or of shocks makes a difference');
ANALYZE leverage_book;
ALTER TABLE leverage_book SET (parallel_workers = 2);
SELECT force_parallel() \g /dev/null
\set query 'SELECT stress_agg(c, t, d, $$' '{0,-0.05,-0.1,-0.2,-0.5}' '$$, $$' '{0,-0.15,-0.1,-0.2,-0.5}' '$$, 0.05, 0.5) FROM leverage_book'
SELECT matches(explained(:'query'), 'Partial', 'it runs in parallel');
SELECT set_eq($$SELECT t.* FROM stress_table((SELECT stress_agg(c, t, d, '{0,-0.05,-0.1,-0.2,-0.5}', '{0,-0.15,-0.1,-0.2,-0.5}', 0.05, 0.5) FROM leverage_book)) t$$, 'SELECT * FROM whole', 'and gives the same');
SELECT throws_ok('SELECT stress_agg(c, t, d, ARRAY[-part / 10.0::float8]) FROM leverage_book', '22023', NULL, 'workers with different shocks disagree');
SELECT force_serial() \g /dev/null

-- a book that is grouped by bonus adds up
SELECT is_empty($$
	SELECT 1 FROM (SELECT shock, sum(debt_liquidatable) AS d, sum(accounts_liquidatable) AS n FROM (SELECT stress_agg(c, t, d, '{0,-0.2}', NULL, part / 100.0, NULL) AS s FROM leverage_book GROUP BY part) g,
		stress_table(s) GROUP BY shock) a JOIN stress_table((SELECT stress_agg(c, t, d, '{0,-0.2}') FROM leverage_book)) b USING (shock)
	WHERE n <> accounts_liquidatable OR NOT is_close(d, exact(debt_liquidatable), 1e-14)
$$, 'tables of groups add up by shock');

-- shocks by asset: a join, or arrays
CREATE TEMP TABLE asset AS SELECT asset, -random() / 2 AS shock, 0.5 + random() * 0.4 AS t FROM generate_series(1, 8) asset;
CREATE TEMP TABLE holding AS SELECT account, asset, random() * 100 AS c, CASE WHEN asset = 1 THEN random() * 300 END AS d FROM generate_series(1, 200) account, generate_series(1, 8) asset WHERE asset = 1 OR random() < 0.5;
SELECT is_empty($$
	SELECT 1 FROM holding JOIN asset USING (asset) GROUP BY account
	HAVING health_factor(account_agg(c * (1 + shock), t, d)) IS DISTINCT FROM shocked_health_factor(array_agg(c), array_agg(t), sum(d), array_agg(shock))
$$, 'shocks by asset: account_agg over a join and shocked_health_factor agree');
SELECT is_empty($$
	SELECT 1 FROM (SELECT random() * 100 AS c, 0.5 + random() * 0.4 AS t, random() * 100 AS d, 0.9 + random() * 0.6 AS h, random() * 0.1 AS slip FROM generate_series(1, 2000)) x,
		LATERAL (SELECT deleverage_amount(c, t, d, h, slip) AS sold) y
	WHERE sold > 0 AND d > sold AND NOT is_close(health_factor(c - sold, t, d - sold * (1 - slip)), exact(h), 1e-9)
$$, 'a sale of deleverage_amount attains the target');
SELECT is_empty($$
	SELECT 1 FROM (SELECT random() * 100 AS c, 0.5 + random() * 0.4 AS t, random() * 100 AS d, random() * 0.2 AS b FROM generate_series(1, 2000)) x,
		LATERAL (SELECT health_factor(c, t, d) AS before, health_factor(greatest(c - 0.01 * d * (1 + b), 0), t, d * 0.99) AS after) y
	WHERE in_toxic_zone(c, d, b) <> (after < before) AND abs(c - d * (1 + b)) > 1e-9 * c
$$, 'in the toxic zone a liquidation lowers the health factor, out of it it does not');

-- stress_summary: round trips and corrupt images
SELECT is_empty('SELECT 1 FROM leverage_stressed WHERE s::text::stress_summary <> s OR _stress_summary_send(s::text::stress_summary) <> _stress_summary_send(s)', 'text round trip');
SELECT is_empty($$SELECT 1 FROM leverage_stressed WHERE binary_copy(_stress_summary_send(s), 'stress_summary') <> s::text$$, 'binary round trip');
SELECT is((SELECT count(*) FROM leverage_stressed a JOIN leverage_stressed b USING (s)), (SELECT count(*) FROM leverage_stressed), 'hash join on summaries');
SELECT is_empty('SELECT 1 FROM leverage_stressed a, leverage_stressed b WHERE (a.s < b.s)::int + (a.s = b.s)::int + (a.s > b.s)::int <> 1 OR (a.s <= b.s) <> NOT (a.s > b.s)', 'a total order');
SELECT throws_ok(format('SELECT binary_copy(%L, %L)', substr(image, 1, length), 'stress_summary'), CASE WHEN length < 64 OR length % 8 = 0 THEN '22P03' END, NULL, 'an image of ' || length || ' bytes')
FROM (SELECT _stress_summary_send(s) AS image FROM leverage_stressed LIMIT 1) x, LATERAL unnest(ARRAY[0, 7, 8, 63, 64, 72, 200, length(image) - 8]) length;
-- any byte changed: an error, or another book that is sound
CREATE FUNCTION survives(image bytea) RETURNS boolean LANGUAGE plpgsql AS $$
BEGIN
	PERFORM t.* FROM stress_table(binary_copy(image, 'stress_summary')::stress_summary) t;
	RETURN true;
EXCEPTION WHEN data_exception OR protocol_violation THEN
	RETURN true;
END
$$;
SELECT ok(bool_and(survives(set_byte(image, place, value))), 'corrupt images')
FROM (SELECT _stress_summary_send(s) AS image FROM leverage_stressed LIMIT 1) x, LATERAL (SELECT (random() * (length(image) - 1))::int AS place, (random() * 255)::int AS value FROM generate_series(1, 100)) y;

-- the shock that an account bears
\set csv 'test/vectors/leverage/liquidation_shock.csv'
\i test/pgtap/include/vector_table.sql
\copy vector FROM 'test/vectors/leverage/liquidation_shock.csv' (FORMAT csv, HEADER)
SELECT pg_temp.check_vectors('SELECT ARRAY[liquidation_shock({collateral:float8[]}, {liquidation_threshold:float8[]}, {debt:float8}, {betas:float8[]}, {debt_beta:float8})::text]', 'expected');
SELECT is(count(*)::int, 150, 'all vectors of liquidation_shock were loaded') FROM vector;
SELECT is_empty($$
	SELECT * FROM (SELECT ARRAY[random() * 100, random() * 1000] AS c, ARRAY[random(), random()] AS t, random() * 500 AS d, ARRAY[random(), random()] AS b FROM generate_series(1, 500)) a,
		LATERAL (SELECT liquidation_shock(c, t, d, b) AS s) r
	WHERE s < 0 AND abs(shocked_health_factor(c, t, d, ARRAY[s * b[1], s * b[2]]) - 1) > 1e-12
		OR (s = 0) <> (shocked_health_factor(c, t, d, '{0,0}') <= 1)
		OR s IS NULL AND shocked_health_factor(c, t, d, ARRAY[-b[1], -b[2]]) < 1
$$, 'after that shock, and after none before it, the health factor is 1');

SELECT * FROM finish();
ROLLBACK;
