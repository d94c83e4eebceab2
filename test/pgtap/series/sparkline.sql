-- Properties of domain series.
\set ON_ERROR_STOP on
\set QUIET on
BEGIN;
SELECT no_plan();
SELECT setseed(0.5) \g /dev/null

SELECT is((SELECT char_length(sparkline(random() ORDER BY g)) FROM generate_series(1, n) g), n, n || ' values, as many marks')
FROM unnest(ARRAY[1, 2, 63, 64, 65, 1000]) n;
SELECT is((SELECT char_length(sparkline(random(), 40 ORDER BY g)) FROM generate_series(1, n) g), least(n, 40),
	n || ' values, 40 marks at most')
FROM unnest(ARRAY[1, 39, 40, 41, 1000]) n;
SELECT is((SELECT reverse(sparkline(v ORDER BY g)) FROM (SELECT g, sin(g) v FROM generate_series(1, 100) g) x),
	(SELECT sparkline(v ORDER BY g DESC) FROM (SELECT g, sin(g) v FROM generate_series(1, 100) g) x),
	'the other way round is the mirror image');
SELECT is((SELECT sparkline(v * 1000 - 7 ORDER BY g) FROM (SELECT g, sin(g) v FROM generate_series(1, 100) g) x),
	(SELECT sparkline(v ORDER BY g) FROM (SELECT g, sin(g) v FROM generate_series(1, 100) g) x),
	'neither scale nor offset matters');
SELECT is(last, whole, 'as a window function it goes on with its state') FROM (
	SELECT g, sparkline(v) OVER (ORDER BY g) AS last, sparkline(v) OVER () AS whole
	FROM (SELECT g, sin(g) v FROM generate_series(1, 30) g) x) y WHERE g = 30;

SELECT is(sparkline(rate_series(ts, v)) || sparkline(rate_series(ts, v), 7), sparkline(v ORDER BY ts) || sparkline(v, 7 ORDER BY ts), 'a series is drawn as its values')
FROM (SELECT timestamptz '2026-01-01Z' + (i * 7 % 40) * interval '1 hour', sin(i) FROM generate_series(1, 40) i) r(ts, v);
SELECT * FROM finish();
ROLLBACK;
