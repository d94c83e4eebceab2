-- Properties and vectors of domain yield: cash flows.
\set ON_ERROR_STOP on
\set QUIET on
BEGIN;
\i test/pgtap/include/common.sql
SELECT no_plan();
SELECT setseed(0.5) \g /dev/null

-- xirr: vectors
CREATE TEMP TABLE xirr_case (ts timestamptz[], amount float8[], expected numeric, tol numeric, abs_tol numeric, kind text, source text);
\copy xirr_case FROM 'test/vectors/yield/xirr.csv' (FORMAT csv, HEADER)
SELECT is(count(*)::int, 40, 'all vectors of xirr were loaded') FROM xirr_case;
\copy xirr_case FROM 'test/vectors/yield/xirr_issues.csv' (FORMAT csv, HEADER)
SELECT cmp_ok(count(*)::int, '>=', 54, 'and those of issues') FROM xirr_case;
SELECT ok(is_close((SELECT xirr(t, a) FROM unnest(ts, amount) u(t, a)), expected, tol, abs_tol),
	format('xirr of %s flows: %s', cardinality(ts), source))
FROM xirr_case;

-- irr, npv, mirr: vectors
CREATE TEMP TABLE step_case (fn text, rate float8, amounts float8[], finance_rate float8, reinvest_rate float8, expected numeric,
	tol numeric, abs_tol numeric, kind text, source text);
\copy step_case FROM 'test/vectors/yield/numpy_financial.csv' (FORMAT csv, HEADER)
SELECT cmp_ok(count(*)::int, '>=', 27, 'all vectors of irr, npv and mirr were loaded') FROM step_case;
SELECT ok(is_close(CASE fn WHEN 'irr' THEN irr(amounts) WHEN 'npv' THEN npv(rate, amounts) ELSE mirr(amounts, finance_rate, reinvest_rate) END,
	expected, tol, abs_tol), format('%s(%s): %s', fn, left(amounts::text, 60), source))
FROM step_case;

-- portfolios: payments and gains, then a value; every fifth is wholly random
CREATE TEMP TABLE flow AS
SELECT p, i AS row, timestamptz '2020-01-01' + CASE i WHEN n THEN 1100 ELSE (random() * 1000)::int END * interval '1 day 17 seconds' AS ts,
	CASE WHEN p % 5 = 0 THEN random() - 0.5 WHEN i = n THEN n * random() WHEN random() < 0.2 THEN random() ELSE -random() END AS amount
FROM (SELECT p, 2 + (random() * 20)::int AS n FROM generate_series(1, 400) p) x, generate_series(1, n) i;
CREATE TEMP TABLE whole AS SELECT p, xirr(ts, amount) AS r, modified_dietz(ts, amount) AS d, xnpv(0.05, ts, amount) AS v FROM flow GROUP BY p;
SELECT cmp_ok(count(r)::int, '>', 300, 'most portfolios have a rate') FROM whole;

SELECT is_empty($$
	SELECT 1 FROM flow JOIN whole USING (p) JOIN (SELECT p, min(ts) AS t0 FROM flow GROUP BY p) f USING (p) WHERE r BETWEEN -0.99 AND 1000 GROUP BY p, r
	HAVING abs(xnpv(r, ts, amount)) > 1e-12 * sum(abs(amount) * exp(-ln(1 + r) * extract(epoch FROM ts - t0)::float8 / 31536000))
$$, 'at its xirr the present value is nothing, relative to the gross flows');
SELECT is_empty($$
	SELECT 1 FROM flow JOIN whole USING (p) GROUP BY p, r, d, v
	HAVING xirr(ts, amount ORDER BY random()) IS DISTINCT FROM r OR modified_dietz(ts, amount ORDER BY random()) IS DISTINCT FROM d
		OR xnpv(0.05, ts, amount ORDER BY random()) IS DISTINCT FROM v
$$, 'no order of rows changes a bit');
SELECT is_empty($$
	SELECT 1 FROM flow JOIN whole USING (p) GROUP BY p, r
	HAVING xirr(ts, amount * 1024) IS DISTINCT FROM r OR NOT is_close(xirr(ts, amount * 1e18), exact(r), 1e-11, 1e-11)
		OR xirr(ts - interval '1000 days', amount) IS DISTINCT FROM r
$$, 'neither the unit of amounts nor the epoch matters');
SELECT is_empty($$
	SELECT 1 FROM (SELECT p, ts, amount / 2 AS amount FROM flow UNION ALL SELECT p, ts, amount / 2 FROM flow
		UNION ALL SELECT p, ts + interval '3 years', 0 FROM flow) h JOIN whole USING (p) GROUP BY p, r
	HAVING xirr(ts, amount) IS DISTINCT FROM r
$$, 'a flow in two halves, or one of nothing, changes nothing');
SELECT is_empty($$
	SELECT 1 FROM flow JOIN whole USING (p) WHERE p % 5 <> 0 GROUP BY p, r HAVING (r > 0) <> (sum(amount) > 0)
		AND count(*) FILTER (WHERE amount > 0) = 1
$$, 'a gain has a positive rate, a loss a negative one');
SELECT is_empty($$
	SELECT 1 FROM generate_series(1, 1000), LATERAL (SELECT exp(random()) a, exp(random() * 10) b, timestamptz '2024-01-01' t0,
		timestamptz '2024-01-01' + random() * interval '3 years' t1) x, LATERAL (SELECT xirr(ts, amount) r FROM (VALUES (t0, -a), (t1, b)) f(ts, amount)) y
	WHERE r IS DISTINCT FROM apy(a, b, t0, t1)
$$, 'two flows have the apy of the two');
SELECT is_empty($$
	SELECT 1 FROM whole JOIN LATERAL (SELECT array_agg(amount ORDER BY row) a, array_agg(timestamptz '2020-01-01' + row * interval '365 days') t FROM flow f WHERE f.p = whole.p) x ON true
	WHERE NOT is_close(irr(a), (SELECT exact(xirr(t, a)) FROM unnest(t, a) u(t, a)), 1e-11, 1e-11)
$$, 'irr is xirr at steps of a year');
SELECT is_empty($$
	SELECT 1 FROM whole JOIN LATERAL (SELECT array_agg(amount ORDER BY row) a FROM flow f WHERE f.p = whole.p) x ON true, LATERAL (SELECT irr(a) i) y
	WHERE i BETWEEN -0.5 AND 10 AND (abs(npv(i, a)) > 1e-9 OR NOT is_close(mirr(a, i, i), exact(i), 1e-9, 1e-9))
$$, 'at the irr npv is nothing, and mirr is irr');

-- rows with NULL, FILTER, empty groups
SELECT is_empty($$
	SELECT p FROM flow GROUP BY p
	HAVING xirr(ts, amount) FILTER (WHERE row > 2) IS DISTINCT FROM xirr(ts, CASE WHEN row > 2 THEN amount END)
		OR xirr(ts, amount) FILTER (WHERE row > 2) IS DISTINCT FROM xirr(CASE WHEN row > 2 THEN ts END, amount)
		OR twr(ts, 1, amount) FILTER (WHERE row > 2) IS DISTINCT FROM twr(ts, 1, CASE WHEN row > 2 THEN amount END)
		OR xirr(ts, amount) FILTER (WHERE row < 0) IS NOT NULL
$$, 'rows with NULL count as little as rows that are filtered out');

-- window frames go on with their state
SELECT is_empty($$
	SELECT 1 FROM (SELECT xirr(ts, amount) OVER w AS r, array_agg(ts) OVER w AS tss, array_agg(amount) OVER w AS amounts FROM flow WHERE p < 60
		WINDOW w AS (PARTITION BY p ORDER BY ts)) x
	WHERE r IS DISTINCT FROM (SELECT xirr(t, a) FROM unnest(tss, amounts) u(t, a))
$$, 'a window over the rows so far');

-- serial and parallel, with workers that see nothing of some groups
CREATE TABLE parallel_flow AS
SELECT g % 7 AS k, timestamptz '2024-01-01' + (g * 7919 % 100003) * interval '1 minute' AS ts, sin(g) AS amount, 1 + cos(g) AS value
FROM generate_series(1::bigint, 60000) g;
INSERT INTO parallel_flow VALUES (8, '2024-01-01', -1, 1), (8, '2024-02-01', 1.1, 1), (9, '2024-01-01', NULL, NULL);
ANALYZE parallel_flow;
\set query 'SELECT k, xirr(ts, amount) x, modified_dietz(ts, amount) m, xnpv(0.1, ts, amount) v, twr(ts, value, amount / 9) t, twr_apy(ts, value, 0) a, vault_history(ts, 1 + value / 1e4, 0.02, 0.1) c, xirr(ts, amount) FILTER (WHERE k = 8) f FROM parallel_flow GROUP BY k'
SELECT force_parallel();
SELECT ok(explained(:'query') LIKE '%Partial%Aggregate%', 'a partial plan');
CREATE TEMP TABLE parallel_result AS :query;
SELECT force_serial();
SELECT ok(explained(:'query') NOT LIKE '%Partial%', 'the plan to compare with is serial');
CREATE TEMP TABLE serial_result AS :query;
SELECT is_empty('TABLE parallel_result EXCEPT TABLE serial_result', 'a parallel plan gives the same bits');
SELECT is_empty('TABLE serial_result EXCEPT TABLE parallel_result', 'and all of them');
SELECT force_parallel();
SELECT throws_ok('SELECT xnpv(k / 10.0, ts, amount) FROM parallel_flow', '22023', NULL, 'parameters that differ among workers');
SELECT force_serial();

-- twr: laws
CREATE TEMP TABLE path AS
SELECT s, i, timestamptz '2024-01-01' + (i * 30 + random() * 20) * interval '1 day' AS ts, exp(0.3 * sin(i + s) + 0.02 * i) AS price
FROM generate_series(1, 50) s, generate_series(0, 12) i;
CREATE TEMP TABLE held AS		-- shares of a fund, bought and sold as one likes
SELECT *, shares * price AS value, bought * price AS flow
FROM (SELECT *, coalesce(sum(bought) OVER (PARTITION BY s ORDER BY i ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0) AS shares
	FROM (SELECT *, CASE i WHEN 0 THEN 5 ELSE random() - 0.3 END AS bought FROM path) b) x;
SELECT is_empty($$
	SELECT s FROM held GROUP BY s
	HAVING NOT is_close(twr(ts, value, flow), exact((array_agg(price ORDER BY ts DESC))[1] / (array_agg(price ORDER BY ts))[1] - 1), 1e-12, 1e-12)
$$, 'time-weighted, a fund returns what its price does, whoever buys and sells when');
SELECT is_empty($$
	SELECT s FROM held GROUP BY s HAVING twr(ts, value, flow ORDER BY random()) IS DISTINCT FROM twr(ts, value, flow)
$$, 'twr: no order of rows changes a bit');
SELECT is_empty($$
	SELECT s FROM path GROUP BY s
	HAVING NOT is_close(twr_apy(ts, price, 0), exact(apy(ts, price)), 1e-11, 1e-12)
$$, 'without flows twr_apy is apy');
SELECT is_empty($$
	SELECT s FROM (SELECT s, ts, value, flow * 0.25 AS flow FROM held UNION ALL SELECT s, ts, value, flow * 0.75 FROM held) h JOIN
		(SELECT s, twr(ts, value, flow) t FROM held GROUP BY s) w USING (s) GROUP BY s, t HAVING NOT is_close(twr(ts, value, flow), exact(t), 1e-12, 1e-14)
$$, 'a flow in two parts changes nothing');

-- vaults: the step makes the history; holders and manager share what there is
SELECT is_empty($$
	WITH RECURSIVE step AS (
		SELECT s, i, ts, price, price AS net, price AS mark, 0::float8 AS minted FROM path WHERE i = 0
		UNION ALL
		SELECT s, p.i, p.ts, p.price, (v).net_price, (v).high_water_mark, minted + (v).fee_shares * (1 + minted)
		FROM (SELECT p.*, vault_crystallize(step.net * (p.price / step.price), step.mark, step.ts, p.ts, 0.02, 0.2) AS v, minted
			FROM step JOIN path p USING (s) WHERE p.i = step.i + 1) p
	)
	SELECT s FROM step JOIN (SELECT s, (vault_history(ts, price, 0.02, 0.2)).* FROM path GROUP BY s) a USING (s)
	WHERE i = 12 AND (net <> net_price OR mark <> high_water_mark OR NOT is_close(minted, exact(fee_shares))
		OR NOT is_close(net_price * (1 + fee_shares), exact(price)))
$$, 'vault_history is the steps of vault_crystallize');
SELECT is_empty($$
	SELECT s FROM path GROUP BY s
	HAVING (vault_history(ts, price, 0, 0)).fee_shares <> 0
		OR NOT is_close((vault_history(ts, price, 0, 0)).net_price, exact((array_agg(price ORDER BY ts DESC))[1]))
		OR (vault_history(ts, price, 0.02, 0.2)).net_price >= (vault_history(ts, price, 0.02, 0)).net_price
		OR (vault_history(ts, -ln(price) + 9, 0, 0.2)).high_water_mark > max(-ln(price) + 9)
$$, 'no fees, no change; more fees, less left; no mark above what there was');

-- errors
SELECT throws_ok('SELECT ' || call, state, NULL, call)
FROM (VALUES ($$xirr(now(), 'NaN')$$, '22003'), ($$xirr('infinity', 1)$$, '22003'), ($$modified_dietz(now(), '-Infinity')$$, '22003'),
	($$xnpv('NaN', now(), 1)$$, '22003'), ($$xnpv(0, now(), x) FROM (VALUES (1.7e308::float8), (1.7e308)) v(x)$$, '22003'),
	($$xnpv(x, now(), 1) FROM (VALUES (1), (2)) v(x)$$, '22023'), ($$irr('{1,Infinity}')$$, '22003'), ($$irr('{{1},{2}}')$$, '22023'),
	($$npv('Infinity', '{1}')$$, '22003'), ($$npv(0, '{1.7e308,1.7e308}')$$, '22003'), ($$mirr('{-1,1}', 'NaN', 0)$$, '22003'),
	($$twr(now(), -1, 0)$$, '22003'), ($$twr(now(), 1, 'NaN')$$, '22003'), ($$twr_apy('-infinity', 1, 0)$$, '22003'),
	($$vault_crystallize(0, 1, now(), now())$$, '22003'), ($$vault_crystallize(1, 'NaN', now(), now())$$, '22003'),
	($$vault_crystallize(1, 1, now(), now() - interval '1 s')$$, '22023'), ($$vault_crystallize(1, 1, now(), now(), 1)$$, '22023'),
	($$vault_crystallize(1, 1, now(), now(), 0, -1)$$, '22023'), ($$vault_crystallize(1, 1, now(), now(), year_days => 0)$$, '22023'),
	($$vault_crystallize(1, 1, now(), now() + interval '99 years', 0.02)$$, '22003'), ($$vault_history(now(), -1, 0, 0)$$, '22003'),
	($$vault_history(now(), 1, 0, 2)$$, '22023'), ($$vault_history(now(), 1, x, 0) FROM (VALUES (0), (0.1)) v(x)$$, '22023')
) v(call, state);

-- summaries, merged of parts in any order, say what the aggregates say, to the last bit
CREATE TEMP TABLE stored_rows AS
SELECT g, i, timestamptz '2024-01-01Z' + ((i * 37 + g * 11) % 60) * interval '7 days' AS ts,
	CASE WHEN i % 3 = 0 THEN -100 ELSE 53 + sin(i * g) END AS amount, 1 + sin(i + g) / 50 AS value
FROM generate_series(1, 60) g, generate_series(1, 1 + g) i;
SELECT is_empty($$
	SELECT g
	FROM (SELECT g, xirr(ts, amount), xnpv(0.07, ts, amount), modified_dietz(ts, amount), twr(ts, value, 0.1), twr_apy(ts, value, 0.1)
		FROM stored_rows GROUP BY g) a
	JOIN (SELECT g, rollup(f ORDER BY part DESC) AS f, rollup(v) AS v
		FROM (SELECT g, i % 4 AS part, cashflow_agg(ts, amount ORDER BY random()) AS f, twr_agg(ts, value, 0.1) AS v FROM stored_rows GROUP BY 1, 2) p
		GROUP BY g) b USING (g)
	WHERE (xirr, xnpv, modified_dietz, twr, twr_apy) IS DISTINCT FROM (xirr(f), xnpv(f, 0.07), modified_dietz(f), twr(v), twr_apy(v))
$$, 'figures of summaries are those of the aggregates');
SELECT ok(count(xirr(f)) > 30, 'many of them are there') FROM (SELECT cashflow_agg(ts, amount) AS f FROM stored_rows GROUP BY g) x;
SELECT throws_ok($$ SELECT rollup_of FROM (SELECT _discounted_flows_combine('(0.1,[(2026-01-01T00:00:00+00:00,1)])', '(0.2,[(2026-01-01T00:00:00+00:00,1)])') AS rollup_of) x $$,
	'22023', 'rate must be the same for all rows, not 0.1 and 0.2', 'flows at two rates do not merge');
SELECT throws_ok($$ SELECT _vault_path_combine('(0.1,0.2,[(2026-01-01T00:00:00+00:00,1)])', '(0.1,0.1,[(2026-01-01T00:00:00+00:00,1)])') $$,
	'22023', 'performance_fee must be the same for all rows, not 0.1 and 0.2', 'nor prices before two fees');
SELECT is_empty($$ SELECT aggfnoid::regprocedure FROM pg_aggregate WHERE aggtranstype = 'internal'::regtype AND aggcombinefn <> 0
	AND aggfnoid::text IN ('xirr', 'xnpv', 'modified_dietz', 'twr', 'twr_apy', 'vault_history', 'trimmed_mean', 'weighted_median') $$,
	'states are types, so that partial results are sent from node to node');

SELECT * FROM finish();
ROLLBACK;
