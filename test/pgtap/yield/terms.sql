-- Properties and vectors of domain yield: log yield, conversion, fees, layers.
\set ON_ERROR_STOP on
\set QUIET on
BEGIN;
\i test/pgtap/include/common.sql
SELECT no_plan();
SELECT setseed(0.5) \g /dev/null

-- convert_yield: vectors and laws
CREATE TEMP TABLE convert_case (rate float8, from_periods float8, to_periods float8, expected numeric, tol numeric,
	abs_tol numeric, kind text, source text);
\copy convert_case FROM 'test/vectors/yield/convert_yield.csv' (FORMAT csv, HEADER)
SELECT cmp_ok(count(*)::int, '>=', 72, 'all vectors of convert_yield were loaded') FROM convert_case;
SELECT ok(is_close(convert_yield(rate, from_periods, to_periods), expected, tol, abs_tol),
	format('convert_yield(%s, %s, %s): %s', rate, from_periods, to_periods, source)) FROM convert_case;
CREATE TEMP TABLE conversion AS
SELECT x::float8 AS rate, f, t FROM generate_series(-0.45, 2, 0.05) x,
	unnest(ARRAY[0.5, 1, 12, 365, 'Infinity'::float8]) f, unnest(ARRAY[0.5, 1, 12, 365, 'Infinity'::float8]) t;
SELECT is_empty($$
	SELECT 1 FROM conversion WHERE abs(convert_yield(convert_yield(rate, f, t), t, f) - rate) > 1e-13
		OR (t = 1 AND convert_yield(rate, f, t) <> apr_to_apy(rate, f))
		OR (f = 1 AND convert_yield(rate, f, t) <> apy_to_apr(rate, t))
		OR sign(convert_yield(rate, f, t)) <> sign(rate)
		OR (f < t AND rate <> 0 AND convert_yield(rate, f, t) >= rate)
$$, 'a conversion is undone by its reverse, keeps the sign, and more periods need a lower rate');

-- log_yield: made-up histories with gaps, duplicates and slashing
CREATE TEMP TABLE history AS
SELECT series, i AS row, timestamptz '2024-01-01' + (random() * 300)::int * interval '13 hours' AS ts, exp(random() * 0.2 - 0.1) AS rate
FROM generate_series(1, 30) series, generate_series(1, 40) i;
SELECT is_empty($$
	SELECT 1 FROM history GROUP BY series
	HAVING log_yield(ts, rate) <> log_yield(ts, rate ORDER BY random()) OR log_yield(ts, rate) <> log_yield(rate_agg(ts, rate))
		OR sign(log_yield(ts, rate)) <> sign(apr(ts, rate))
		OR NOT is_close(convert_yield(log_yield(ts, rate), 'Infinity', 1), exact(apy(ts, rate)), 1e-11)
$$, 'log_yield depends on no order, has the sign of apr, and compounds to apy');
SELECT is_empty($$
	SELECT 1 FROM history h JOIN (SELECT series, s.ts AS mid, s.rate FROM (SELECT DISTINCT ON (series) * FROM history
		WHERE ts > '2024-03-01' ORDER BY series, ts, rate DESC) s) m USING (series)
	GROUP BY series, mid, m.rate
	HAVING abs(log_yield(h.ts, h.rate) * extract(epoch FROM max(h.ts) - min(h.ts))::float8
		- log_yield(h.ts, h.rate) FILTER (WHERE h.ts <= mid) * extract(epoch FROM mid - min(h.ts))::float8
		- log_yield(h.ts, h.rate) FILTER (WHERE h.ts >= mid) * extract(epoch FROM max(h.ts) - mid)::float8) > 1e-6
$$, 'log yields of adjacent windows, by their spans, add up');
SELECT is_empty($$
	SELECT 1 FROM (
		SELECT series, ts, log_yield(ts, rate) OVER w AS moving, first_value(ts) OVER w AS since FROM history
		WINDOW w AS (PARTITION BY series ORDER BY ts RANGE '5 days' PRECEDING)
	) m WHERE moving IS DISTINCT FROM (SELECT log_yield(h.ts, h.rate) FROM history h WHERE h.series = m.series AND h.ts BETWEEN m.since AND m.ts)
$$, 'over a moving frame the same');

-- fees: no part of a loss, and the inverse
SELECT is_empty($$
	SELECT 1 FROM generate_series(-1, 2, 0.01) a, generate_series(0, 0.99, 0.11) f
	WHERE abs(gross_of_fee(net_of_fee(a::float8, f::float8), f::float8) - a::float8) > 1e-14
		OR (a <= 0 AND net_of_fee(a::float8, f::float8) <> a::float8) OR (a > 0 AND f > 0 AND net_of_fee(a::float8, f::float8) >= a::float8)
		OR sign(net_of_fee(a::float8, f::float8)) <> sign(a)
$$, 'gross_of_fee undoes net_of_fee, and a loss bears no fee');
SELECT is_empty($$
	SELECT 1 FROM (SELECT random() - 0.5 AS a, random() - 0.5 AS b, random() - 0.5 AS c FROM generate_series(1, 300)) x
	WHERE abs(layer_apr(real_yield(a, b), b) - a) > 1e-14 OR abs(layer_apr(a, b) - layer_apr(b, a)) > 0
		OR abs(layer_apr(a, b, c) - layer_apr(a, layer_apr(b, c))) > 1e-15
		OR abs(layer_apr(a, b) - (a + b + a * b)) > 1e-15 OR layer_apr(a) <> a
		OR spread_bps(a, b) <> -spread_bps(b, a) OR abs(spread_bps(a, b) + spread_bps(b, c) - spread_bps(a, c)) > 1e-11
$$, 'layers commute and associate, real_yield takes one off, spreads add up');

SELECT * FROM finish();
ROLLBACK;
