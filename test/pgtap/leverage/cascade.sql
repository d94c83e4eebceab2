-- Properties of domain leverage: cascades and liquidation at risk.
\set ON_ERROR_STOP on
\set QUIET on
BEGIN;
\i test/pgtap/include/common.sql
SELECT no_plan();
SELECT setseed(0.5) \g /dev/null

CREATE TEMP TABLE book AS
SELECT c, t, c * t * random() AS d FROM (SELECT exp(random() * 8) AS c, 0.5 + random() * 0.4 AS t FROM generate_series(1, 2000)) x;
CREATE TEMP TABLE arrays AS SELECT array_agg(c) AS c, array_agg(t) AS t, array_agg(d) AS d, sum(c) AS total FROM book;

-- one round is the stress at that shock
SELECT is_empty($$
	SELECT 1 FROM generate_series(1, 19) g, LATERAL (SELECT -g / 20.0::float8 AS s) x, arrays a,
		liquidation_cascade_pool(a.c, a.t, a.d, s, 1e30, 0.05, 1, 1) r, stress_table((SELECT stress_agg(c, t, d, ARRAY[s], NULL, 0.05, 1) FROM book)) t
	WHERE r.accounts_liquidated <> t.accounts_liquidatable OR NOT is_close(r.collateral_seized, exact(t.collateral_seized), 1e-13)
		OR NOT is_close(r.debt_repaid, exact(t.debt_repaid), 1e-13) OR NOT is_close(r.bad_debt, exact(t.bad_debt), 1e-11, 1e-9) OR abs(r.price_after - (1 + s)) > 1e-12
$$, 'the first round is the stress at its shock');
SELECT is((SELECT count(*)::int FROM arrays a, liquidation_cascade_pool(a.c, a.t, a.d, -0.3, 1e30)), 1, 'in an endless market there is one round');

-- laws
CREATE TEMP TABLE run AS
SELECT x.*, r.* FROM (SELECT k, f, b, s FROM unnest(ARRAY[0.5, 2, 10]) k, unnest(ARRAY[1, 0.5]) f, unnest(ARRAY[0, 0.08]) b, unnest(ARRAY[-0.05, -0.2, -0.4]) s) x, arrays a,
	liquidation_cascade(a.c, a.t, a.d, s, ARRAY[total * 0.01 * k, total * k], ARRAY[0.01, 0.9], b, f) r;
SELECT isnt_empty('SELECT 1 FROM run WHERE round > 3', 'there are cascades');
SELECT is_empty('SELECT 1 FROM run WHERE price_after > price OR price_after < 0 OR abs(price - 1 - shock) > 1e-16 OR round = 1 AND price <> 1 + s OR accounts_liquidated = 0 OR bad_debt < 0 OR NOT is_close(debt_repaid * (1 + b), exact(collateral_seized), 1e-12)',
	'prices fall, and what is seized is what is repaid and the bonus');
SELECT is_empty('SELECT 1 FROM (SELECT price, lag(price_after) OVER (PARTITION BY k, f, b, s ORDER BY round) AS before FROM run) x WHERE price <> before', 'each round is at the price that the one before has left');
SELECT is_empty('SELECT 1 FROM run GROUP BY k, f, b, s HAVING max(round) >= 100 OR count(*) <> max(round)', 'cascades end');
SELECT is_empty($$
	SELECT 1 FROM (SELECT f, b, s, k, sum(debt_repaid + bad_debt) AS d, lag(sum(debt_repaid + bad_debt)) OVER (PARTITION BY f, b, s ORDER BY k) AS shallower FROM run WHERE f = 1 GROUP BY f, b, s, k) x
	WHERE d > shallower * (1 + 1e-12)
$$, 'a deeper market never liquidates more');
SELECT is_empty($$
	SELECT 1 FROM arrays a, LATERAL (SELECT max(price_after) AS p, sum(accounts_liquidated) AS n FROM liquidation_cascade_pool(a.c, a.t, a.d, -0.2, a.total) r
		WHERE price_after = (SELECT min(price_after) FROM liquidation_cascade_pool(a.c, a.t, a.d, -0.2, a.total))) x
	WHERE (SELECT sum(accounts_liquidated) FROM liquidation_cascade_pool(a.c, a.t, a.d, -0.2, a.total)) <> (SELECT count(*) FROM book WHERE health_factor(c * p, t, d) < 1)
$$, 'at the last price all that would fall has fallen');

-- the quantile, and the book at it
CREATE TEMP TABLE history AS SELECT g, exp((random() + random() + random() - 1.5) * 0.05) - 1 AS r FROM generate_series(1, 400) g;
SELECT is_empty($$
	SELECT 1 FROM unnest(ARRAY[0.5, 0.9, 0.95, 0.99, 0.999]) p, unnest(ARRAY[1, 5, 20]) h,
		LATERAL (SELECT percentile_cont(1 - p) WITHIN GROUP (ORDER BY ret) AS q FROM (SELECT exp(sum(ln(1 + r)) OVER (ORDER BY g ROWS BETWEEN CURRENT ROW AND h - 1 FOLLOWING)) - 1 AS ret,
			count(*) OVER (ORDER BY g ROWS BETWEEN CURRENT ROW AND h - 1 FOLLOWING) AS n FROM history) x WHERE n = h) y
	WHERE abs(shock_at_risk((SELECT array_agg(r ORDER BY g) FROM history), p, h) - q) > 1e-13
$$, 'percentile_cont of compounded returns');
SELECT is_empty($$
	SELECT 1 FROM arrays a, (SELECT array_agg(r ORDER BY g) AS rs FROM history) y, liquidation_at_risk(a.c, a.t, a.d, rs, 0.99, 10, 0.05) l,
		stress_table((SELECT stress_agg(c, t, d, (SELECT ARRAY[shock_at_risk(array_agg(r ORDER BY g), 0.99, 10)] FROM history), NULL, 0.05, 1) FROM book)) t
	WHERE (l.shock, l.accounts_liquidatable) <> (t.shock, t.accounts_liquidatable)
		OR NOT is_close(l.collateral_liquidatable, exact(t.collateral_liquidatable), 1e-15) OR NOT is_close(l.bad_debt, exact(t.bad_debt), 1e-14)
$$, 'liquidation_at_risk is the stress at shock_at_risk');

SELECT * FROM finish();
ROLLBACK;
