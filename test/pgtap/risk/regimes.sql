-- Vectors and laws of outliers, changes and trends.
\set ON_ERROR_STOP on
\set QUIET on
BEGIN;
\i test/pgtap/include/common.sql
SELECT no_plan();

CREATE FUNCTION series_of(ts text, rate text) RETURNS rate_series LANGUAGE sql
RETURN (SELECT rate_series(t, v) FROM unnest(ts::timestamptz[], rate::float8[]) p(t, v));

-- vectors
CREATE TEMP TABLE outlier_case (ts text, rate text, window_size interval, threshold float8, nth int, median numeric, mad numeric,
	score numeric, outlier text, outliers bigint, tol numeric, abs_tol numeric, kind text, source text);
\copy outlier_case FROM 'test/vectors/risk/outliers.csv' (FORMAT csv, HEADER)
SELECT cmp_ok(count(*)::int, '>=', 21, 'all vectors of outliers were loaded') FROM outlier_case;
SELECT ok(is_close(o.median, c.median, tol, abs_tol) AND is_close(o.mad, c.mad, tol, abs_tol) AND is_close(o.score, c.score, tol, abs_tol)
		AND o.outlier IS NOT DISTINCT FROM c.outlier::boolean AND o.n = c.outliers, format('%s: point %s', window_size, nth))
FROM outlier_case c, LATERAL (SELECT r.*, count(*) FILTER (WHERE r.outlier) OVER () AS n FROM outliers(series_of(ts, rate), window_size, threshold) r
	ORDER BY r.ts OFFSET nth LIMIT 1) o;

CREATE TEMP TABLE cusum_case (ts text, rate text, target float8, slack float8, threshold float8, nth int, up numeric, down numeric,
	alarm boolean, alarms bigint, tol numeric, abs_tol numeric, kind text, source text);
\copy cusum_case FROM 'test/vectors/risk/cusum.csv' (FORMAT csv, HEADER)
SELECT cmp_ok(count(*)::int, '>=', 13, 'all vectors of cusum were loaded') FROM cusum_case;
SELECT ok(is_close(o.up, c.up, tol, abs_tol) AND is_close(o.down, c.down, tol, abs_tol) AND o.alarm = c.alarm AND o.n = c.alarms,
	format('cusum to %s: point %s', target, nth))
FROM cusum_case c, LATERAL (SELECT r.*, count(*) FILTER (WHERE r.alarm) OVER () AS n FROM cusum(series_of(ts, rate), target, slack, threshold) r
	ORDER BY r.ts OFFSET nth LIMIT 1) o;

CREATE TEMP TABLE change_case (ts text, rate text, penalty float8, cost text, min_size int, nth int, segments bigint, start_time numeric,
	end_time numeric, num_points int, mean numeric, stddev numeric, tol numeric, abs_tol numeric, kind text, source text);
\copy change_case FROM 'test/vectors/risk/change_points.csv' (FORMAT csv, HEADER)
SELECT cmp_ok(count(*)::int, '>=', 25, 'all vectors of change_points were loaded') FROM change_case;
SELECT ok(o.n = c.segments AND extract(epoch FROM o.start_time) = c.start_time AND extract(epoch FROM o.end_time) = c.end_time
		AND o.num_points = c.num_points AND is_close(o.mean, c.mean, tol, abs_tol) AND is_close(o.stddev, c.stddev, tol, abs_tol),
	format('%s with %s: segment %s', cost, penalty, nth))
FROM change_case c, LATERAL (SELECT r.*, count(*) OVER () AS n FROM change_points(series_of(ts, rate), penalty, cost, min_size) r
	ORDER BY r.start_time OFFSET nth LIMIT 1) o;

CREATE TEMP TABLE auto_case (history float8[], lag int, expected numeric, abs_tol numeric, kind text, source text);
\copy auto_case FROM 'test/vectors/risk/autocorrelation.csv' (FORMAT csv, HEADER)
SELECT cmp_ok(count(*)::int, '>=', 26, 'all vectors of autocorrelation were loaded') FROM auto_case;
SELECT ok(is_close(autocorrelation(history, lag), expected, '1e-12', abs_tol), format('lag %s of %s', lag, cardinality(history))) FROM auto_case;

CREATE TEMP TABLE trend_case (history float8[], tau numeric, s bigint, z numeric, p_value numeric, slope numeric, kind text, source text);
\copy trend_case FROM 'test/vectors/risk/trend_test.csv' (FORMAT csv, HEADER)
SELECT cmp_ok(count(*)::int, '>=', 4, 'all vectors of trend_test were loaded') FROM trend_case;
SELECT ok(is_close(t.tau, c.tau) AND t.s = c.s AND is_close(t.z, c.z) AND is_close(t.p_value, c.p_value) AND is_close(t.slope, c.slope),
	format('trend of %s', cardinality(history)))
FROM trend_case c, trend_test_array(history) t;

-- outliers against plain SQL, on values with many ties and on others
CREATE TEMP TABLE history AS
SELECT kind, rate_series(timestamptz '2024-01-01 00:00+00' + i * interval '1 hour' + (i * i % 7) * interval '5 minutes',
	CASE kind WHEN 'ties' THEN (hashint4(i) % 4)::float8 WHEN 'steps' THEN (i / 40)::float8 + (i % 50 = 0)::int
	ELSE hashint4(i) / 2147483648.0 END) AS s
FROM generate_series(1, 400) i, unnest('{ties,steps,any}'::text[]) kind GROUP BY kind;
SELECT is((SELECT count(*) FROM outliers(s, w) o, LATERAL (
		SELECT count(*) AS n, percentile_cont(0.5) WITHIN GROUP (ORDER BY rate) AS median FROM unnest(s) u WHERE u.ts >= o.ts - w AND u.ts < o.ts) m,
		LATERAL (SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY abs(rate - m.median)) AS mad FROM unnest(s) u WHERE u.ts >= o.ts - w AND u.ts < o.ts) d
	WHERE CASE WHEN n < 3 THEN o.median IS NOT NULL ELSE o.median <> m.median OR o.mad <> d.mad END), 0::bigint, format('%s, %s', kind, w))
FROM history, unnest('{3 hours,1 day,9 days,100 days}'::interval[]) w;
SELECT ok(bool_and(outlier = (value <> median)) AND bool_and(score IS NULL), 'where all was the same, what differs is an outlier')
FROM outliers((SELECT rate_series(timestamptz '2024-01-01' + i * interval '1 day', (i = 9)::int) FROM generate_series(1, 9) i), '30 days')
WHERE median IS NOT NULL;

-- cusum step by step; mirrored values swap the sums
SELECT is((SELECT count(*) FROM history, cusum(s, 0.1, 0.05, 1) c), (SELECT sum(num_rates(s)) FROM history)::bigint, 'a row a point');
SELECT ok(bool_and(a.up = b.down AND a.down = b.up AND a.alarm = b.alarm), 'mirrored')
FROM history, LATERAL (SELECT rate_series(ts, -rate) FROM unnest(s)) m(mirror), cusum(s, 0.125, 0.0625, 1) a, cusum(mirror, -0.125, 0.0625, 1) b
WHERE a.ts = b.ts;
SELECT ok(bool_and(up = cusum_step(CASE WHEN alarm_before THEN 0 ELSE up_before END, value, 0.1, 0.05)
		AND down = cusum_step(CASE WHEN alarm_before THEN 0 ELSE down_before END, value, 0.1, -0.05)), 'step by step')
FROM (SELECT c.*, coalesce(lag(alarm) OVER w, true) AS alarm_before, lag(up) OVER w AS up_before, lag(down) OVER w AS down_before
	FROM history, cusum(s, 0.1, 0.05, 1) c WHERE kind = 'any' WINDOW w AS (ORDER BY c.ts)) x;

-- change points against full dynamic programming in plain SQL: the least sum of costs and penalties
CREATE FUNCTION least_cost(v float8[], penalty float8, cost text, min_size int, variance float8) RETURNS float8 LANGUAGE plpgsql AS $$
DECLARE
	n int := cardinality(v);
	best float8[] := ARRAY[-penalty];
	c float8;
	m int;
BEGIN
	FOR t IN 1..n LOOP
		best[t + 1] := 'Infinity';
		FOR f IN 0..t - min_size LOOP
			m := t - f;
			CONTINUE WHEN best[f + 1] = 'Infinity';
			SELECT var_pop(x - v[1]) * m INTO c FROM unnest(v[f + 1:t]) x;
			c := CASE cost WHEN 'mean' THEN c / variance ELSE m * ln(greatest(c / m, 1e-12 * variance)) END;
			best[t + 1] := least(best[t + 1], best[f + 1] + c + penalty);
		END LOOP;
	END LOOP;
	RETURN best[n + 1];
END
$$;
CREATE FUNCTION noise(v float8[]) RETURNS float8 LANGUAGE sql
RETURN (WITH d AS (SELECT v[i + 1] - v[i] AS d FROM generate_series(1, cardinality(v) - 1) i),
	m AS (SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY d) AS median FROM d)
	SELECT coalesce(nullif((percentile_cont(0.5) WITHIN GROUP (ORDER BY abs(d - median)) / (0.6745 * sqrt(2))) ^ 2, 0),
		(SELECT var_pop(x) FROM unnest(v) x)) FROM d, m);
CREATE TEMP TABLE level AS
SELECT k, array_agg(x ORDER BY i) AS v FROM (
	SELECT k, i, (hashint4(i * 7 + k) / 2147483648.0) * (1 + (k = 2 AND i > 30)::int * 4) + CASE WHEN k = 3 THEN 0 ELSE (i / 17) * 1.5 END
		- CASE WHEN k = 4 THEN (hashint4(i) / 2147483648.0) * 0.999999 ELSE 0 END AS x
	FROM generate_series(1, 60) i, generate_series(1, 4) k) x GROUP BY k;
SELECT ok(abs(found.total - least_cost(v, p, cost, m, noise(v))) <= 1e-9 * abs(found.total), format('the least %s, history %s, penalty %s, at least %s', cost, k, p, m))
FROM level, unnest('{mean,mean_variance}'::text[]) cost, unnest('{1,8}'::float8[]) p, unnest('{1,2,7}'::int[]) m,
	LATERAL (SELECT rate_series(timestamptz '2024-01-01' + i * interval '1 day', x) FROM unnest(v) WITH ORDINALITY u(x, i)) r(s),
	LATERAL (SELECT sum(CASE cost WHEN 'mean' THEN coalesce(stddev, 0) ^ 2 * (num_points - 1) / noise(v)
			ELSE num_points * ln(greatest(coalesce(stddev, 0) ^ 2 * (num_points - 1) / num_points, 1e-12 * noise(v))) END + p) - p AS total
		FROM change_points(s, p, cost, m)) found;
SELECT ok(bool_and(num_points >= m) AND sum(num_points) = 400 AND count(*) > 1, format('segments of %s or more', m))
FROM history, unnest('{1,5,40}'::int[]) m, change_points(s, 3, 'mean', m) WHERE kind = 'steps' GROUP BY m;

-- trends: many points against plain SQL, ties and none; the reverse has the opposite
SELECT ok(t.s = d.s AND abs(t.slope - d.slope) <= 1e-15, 'trend of ' || kind)
FROM (SELECT kind, (SELECT array_agg(rate ORDER BY ts) FROM unnest(s)) AS v FROM history) h, trend_test_array(v) t,
	LATERAL (SELECT sum(sign(v[j] - v[i]))::bigint AS s, percentile_cont(0.5) WITHIN GROUP (ORDER BY (v[j] - v[i]) / (j - i)) AS slope
		FROM generate_series(1, 400) i, generate_series(1, 400) j WHERE i < j) d;
SELECT ok(t.s = d.s AND t.slope = d.slope, 'trend of so many that not all slopes are kept, ' || name)
FROM (SELECT 'any' AS name, array_agg(hashint4(i) / 2147483648.0::float8 + i * 1e-4 ORDER BY i) AS v FROM generate_series(1, 2200) i
	UNION ALL SELECT 'ties', array_agg((hashint4(i) % 3)::float8 ORDER BY i) FROM generate_series(1, 2200) i) h, trend_test_array(v) t,
	LATERAL (SELECT sum(sign(b - a))::bigint AS s, percentile_cont(0.5) WITHIN GROUP (ORDER BY (b - a) / (j - i)::float8) AS slope
		FROM unnest(v) WITH ORDINALITY x(a, i), unnest(v) WITH ORDINALITY y(b, j) WHERE i < j) d;
SELECT ok(a.s = -b.s AND a.z = -b.z AND a.p_value = b.p_value AND abs(a.slope + b.slope) < 1e-12, 'mirrored ' || kind)
FROM history, LATERAL (SELECT rate_series(ts, -rate) FROM unnest(s)) m(mirror), trend_test(s) a, trend_test(mirror) b;
SELECT ok(abs(t.slope - 0.05) < 1e-12 AND t.tau = 1, 'a straight line') FROM trend_test((SELECT rate_series(
	timestamptz '2024-01-01 00:00+00' + i * i * interval '1 hour', 1 + 0.05 * i * i / 8760) FROM generate_series(1, 100) i)) t;

-- undefined
SELECT is(trend_test_array(h)::text, '(,,,,)', 'no trend in ' || h::text) FROM (VALUES ('{}'::float8[]), ('{1}'), ('{2,2,2}')) v(h);
SELECT is((SELECT count(*) FROM change_points(NULL)), 0::bigint, 'no series');
SELECT is((SELECT c::text FROM (SELECT rate_series(timestamptz '2024-01-01 00:00+00', 5) AS s) o, change_points(s) c), '("2023-12-31 16:00:00-08","2023-12-31 16:00:00-08",1,5,)', 'one point')
FROM set_config('timezone', 'America/Los_Angeles', true);
-- hostile
SELECT throws_ok(q, s, NULL, q) FROM (VALUES
	('SELECT outliers(s, ''0'') FROM history', '22023'), ('SELECT outliers(s, ''1 month'') FROM history', '22023'),
	('SELECT outliers(s, ''1 day'', ''NaN'') FROM history', '22003'), ('SELECT cusum(s, ''NaN'', 0, 1) FROM history', '22003'),
	('SELECT cusum(s, 0, -1, 1) FROM history', '22003'), ('SELECT cusum_step(-1, 0, 0, 0)', '22003'), ('SELECT cusum_step(1e308, 1e308, -1e308, 0)', '22003'),
	('SELECT change_points(s, -1) FROM history', '22003'), ('SELECT change_points(s, cost => ''median'') FROM history', '22023'),
	('SELECT change_points(s, min_size => 0) FROM history', '22023'), ('SELECT autocorrelation(''{1,NULL}'')', '22023'),
	('SELECT autocorrelation(''{1,NaN}'')', '22003'), ('SELECT autocorrelation(''{1,2}'', -1)', '22023'), ('SELECT autocorrelation(''{{1,2},{3,4}}'')', '22023'),
	('SELECT trend_test_array(array_fill(1::float8, ''{20001}''))', '22023'), ('SELECT trend_test_array(''{1,Infinity}'')', '22003'),
	('SELECT trend_test(s, 0) FROM history', '22023'), ('SELECT trend_test_array(''{-1e308,1e308}'')', '22003'),
	('SELECT change_points((SELECT rate_series(timestamptz ''2024-01-01'' + i * interval ''1 day'', CASE i % 2 WHEN 0 THEN 1e308 ELSE -1e308 END) FROM generate_series(1, 9) i))', '22003')) v(q, s);

SELECT * FROM finish();
ROLLBACK;
