-- Properties of series of yields: each point is what the function of a point gives.
\set ON_ERROR_STOP on
\set QUIET on
BEGIN;
\i test/pgtap/include/common.sql
\i test/pgtap/include/outcome.sql
SELECT no_plan();
SET LOCAL timezone = 'Asia/Kolkata';

CREATE TEMP TABLE quotes AS
SELECT timestamptz '2026-01-01Z' + n * interval '17 hours' AS ts, 0.95 + n / 100000.0::float8 + sin(n) / 500 AS pt, 3000 + 40 * sin(n / 9.0) AS spot, 3030 + 41 * sin(n / 8.0) AS future
FROM generate_series(0, 2999) n;
CREATE TEMP TABLE made AS SELECT rate_series(ts, pt) AS pt, rate_series(ts - interval '5 hours', spot) AS spot, rate_series(ts, future) AS future FROM quotes;

SELECT results_eq($$ SELECT u.ts, u.rate FROM made, unnest(pt_implied_apy_series(pt, '2027-06-01 10:00Z')) u $$,
	$$ SELECT ts, pt_implied_apy(pt, year_fraction(ts, '2027-06-01 10:00Z')) FROM quotes WHERE ts < '2027-06-01 10:00Z' ORDER BY ts $$, 'the implied yield at each point before maturity');
SELECT is(pt_implied_apy_series(pt, timestamp '2027-06-01 10:00'), pt_implied_apy_series(pt, timestamptz '2027-06-01 10:00Z'), 'a time without zone is UTC') FROM made;
SELECT is(pt_implied_apy_series(pt, ts), NULL, 'all at maturity or later: ' || ts) FROM made, unnest('{2026-01-01Z,2020-01-01Z}'::timestamptz[]) ts;
SELECT is(num_rates(pt_implied_apy_series(pt, '2026-01-01 00:00:00.000001Z')), 1::bigint, 'a microsecond before') FROM (SELECT rate_series(t, 1) AS pt FROM (VALUES (timestamptz '2026-01-01Z'), ('2026-02-01Z')) v(t)) x;

SELECT results_eq($$ SELECT u.ts, u.rate FROM made, unnest(basis_apr_series(spot, future, '2027-06-01 10:00Z', 360)) u $$,
	$$ SELECT ts, basis_apr(spot, future, year_fraction(ts, '2027-06-01 10:00Z', 360)) FROM quotes WHERE ts < '2027-06-01 10:00Z' ORDER BY ts $$, 'the basis at each point of the future');
SELECT is((SELECT min(ts) FROM unnest(b) u), timestamptz '2026-01-03Z', 'from the first spot on')
FROM (SELECT basis_apr_series(s, f, timestamp '2027-01-01') AS b FROM (SELECT rate_series(t, 100) AS s FROM (VALUES (timestamptz '2026-01-02 12:00Z')) v(t)) x,
	(SELECT rate_series(t, 101) AS f FROM (VALUES (timestamptz '2026-01-01Z'), ('2026-01-03Z'), ('2026-01-09Z')) v(t)) y) z;
SELECT is(basis_apr_series(s, s, '2026-01-01Z'), NULL, 'no point before expiry') FROM (SELECT rate_series(timestamptz '2026-01-02Z', 100) AS s) x;

-- cumulative funding
CREATE TEMP TABLE payments AS SELECT timestamptz '2026-01-01Z' + n * interval '8 hours' AS ts, sin(n) / 1000 + 0.0001 AS rate, n % 7 AS part FROM generate_series(0, 4999) n;
SELECT results_eq($$ SELECT u.ts, u.rate FROM (SELECT funding_series(ts, rate ORDER BY random()) AS s FROM payments) x, unnest(s) u $$,
	$$ SELECT ts, cumulative_funding(ts, rate) OVER (ORDER BY ts) FROM payments ORDER BY ts $$, 'the sum up to each payment');
SELECT is(last_rate(funding_series(ts, rate)), cumulative_funding(ts, rate), 'the last is the sum of all') FROM payments;
SELECT is(funding_series(ts AT TIME ZONE 'UTC', rate), funding_series(ts, rate), 'times without zone') FROM payments;
SELECT is(funding_series(d, 0.01), funding_series(d::timestamp, 0.01), 'dates') FROM (VALUES (date '2026-01-01'), ('2026-01-02')) v(d);
SELECT is((SELECT funding_series(ts, NULL::float8) FROM payments), NULL, 'no payment');
SELECT is(num_rates(funding_series(ts, CASE part WHEN 0 THEN NULL ELSE rate END)), count(*) FILTER (WHERE part > 0), 'rows with NULL are skipped') FROM payments;
SELECT is(array_agg(s), array_agg(o), 'a running series leaves its state alone')
FROM (SELECT funding_series(ts, rate) OVER (ORDER BY ts DESC) AS s, (SELECT funding_series(q.ts, q.rate) FROM payments q WHERE q.ts >= p.ts) AS o FROM payments p WHERE ts > '2030-07-01Z') x;
ALTER TABLE payments SET (parallel_workers = 3);
CREATE TEMP TABLE serial AS SELECT funding_series(ts, rate) AS s FROM payments;
CREATE TABLE shared_payments AS SELECT * FROM payments;
ALTER TABLE shared_payments SET (parallel_workers = 3);
ANALYZE shared_payments;
SELECT force_parallel() \g /dev/null
SELECT matches(explained('SELECT funding_series(ts, rate) FROM shared_payments'), 'Partial', 'workers share the rows');
SELECT is((SELECT funding_series(ts, rate) FROM shared_payments), (SELECT s FROM serial), 'a parallel plan');
SELECT force_serial() \g /dev/null

-- a parameter of a generic plan is the same object for every row
SET LOCAL plan_cache_mode = force_generic_plan;
PREPARE twice(rate_series) AS SELECT count(DISTINCT (pt_implied_apy_series($1, '2030-01-01Z'), basis_apr_series($1, $1, '2030-01-01Z'), $1)) AS n FROM generate_series(1, 3);
SELECT format('EXECUTE twice(%L)', rate_series(ts, pt)) AS execute FROM quotes WHERE ts < '2026-02-01Z' \gset
CREATE TEMP TABLE distinct_results AS :execute;
SELECT is(n, 1::bigint, 'a parameter is left alone') FROM distinct_results;

SELECT throws_ok(query, code, NULL, query) FROM (VALUES
	('SELECT pt_implied_apy_series(rate_series(t, -1), ''2027-01-01'') FROM (VALUES (timestamptz ''2026-01-01'')) v(t)', '22003'),
	('SELECT pt_implied_apy_series(rate_series(t, 0), ''2027-01-01'') FROM (VALUES (timestamptz ''2026-01-01'')) v(t)', '22003'),
	('SELECT pt_implied_apy_series(rate_series(t, 1), ''infinity'') FROM (VALUES (timestamptz ''2026-01-01'')) v(t)', '22003'),
	('SELECT pt_implied_apy_series(rate_series(t, 1), ''2027-01-01'', 0) FROM (VALUES (timestamptz ''2026-01-01'')) v(t)', '22023'),
	('SELECT basis_apr_series(rate_series(t, 0), rate_series(t, 1), ''2027-01-01'') FROM (VALUES (timestamptz ''2026-01-01'')) v(t)', '22003'),
	('SELECT basis_apr_series(rate_series(t, 1), rate_series(t, -1), ''2027-01-01'') FROM (VALUES (timestamptz ''2026-01-01'')) v(t)', '22003'),
	('SELECT funding_series(t, -1) FROM (VALUES (timestamptz ''2026-01-01'')) v(t)', '22003'),
	('SELECT funding_series(t, 1e308) FROM generate_series(timestamptz ''2026-01-01'', ''2026-01-04'', ''1 day'') t', '22003')) v(query, code);

SELECT * FROM finish();
ROLLBACK;
