-- Two series side by side: behaviour.
SET timezone = 'UTC';

CREATE VIEW p AS SELECT rate_series '[(2024-01-01 00:00Z,1),(2024-01-01 02:00Z,3),(2024-01-01 04:00Z,2)]' AS a,
	rate_series '[(2024-01-01 01:00Z,10),(2024-01-01 02:00Z,20),(2024-01-01 05:00Z,50)]' AS b;

-- align
SELECT r.* FROM p, align(a, b) r;
SELECT r.* FROM p, align(a, b, 'linear') r;
SELECT r.* FROM p, align(a, b, 'inner') r;
SELECT r.* FROM p, align(a, a, 'linear') r;
SELECT r.* FROM p, align(slice(a, end_time => '2024-01-01 01:00'), slice(b, '2024-01-01 03:00')) r;
SELECT count(*) FROM p, align(slice(a, end_time => '2024-01-01 01:00'), slice(b, '2024-01-01 03:00'), 'inner') r;
SELECT count(*) FROM p, align(a, NULL) r;
SELECT count(*) FROM p, align(a, b, NULL) r;
-- nothing is carried further than max_age
SELECT l.ts::time, l.a, l.b, i.a AS linear_a, i.b AS linear_b, n.a AS inner_a FROM p, align(a, b, max_age => '1 hour') l
	JOIN align(p.a, p.b, 'linear', '1 hour') i USING (ts) LEFT JOIN align(p.a, p.b, 'inner', '0') n USING (ts) ORDER BY ts;
SELECT count(*) FROM p, align(a, b, max_age => '-1 hour') r;
SELECT count(*) FROM p, align(a, b, 'outer') r;

-- premium: at the times of the market, from the first fair rate on
SELECT premium(a, b) FROM p;
SELECT premium(b, a) FROM p;
SELECT premium(a, slice(b, '2024-01-01 05:00')) IS NULL AS none FROM p;
SELECT premium(rate_series '[(2024-01-01 00:00Z,0),(2024-01-02 00:00Z,1.5)]', rate_series '[(2023-01-01 00:00Z,1.25)]');
SELECT premium(rate_series '[(2024-01-01 00:00Z,-1)]', a) FROM p;
SELECT premium(a, rate_series '[(2024-01-01 00:00Z,0)]') FROM p;
SELECT premium(rate_series '[(2024-01-01 00:00Z,1e300)]', rate_series '[(2024-01-01 00:00Z,1e-300)]');
SELECT premium(a, NULL::rate_series) FROM p;

-- correlation and beta: b moves twice as far as a, c the other way
CREATE VIEW moves AS
SELECT rate_series(ts, a) AS a, rate_series(ts, 5 + 2 * a) AS b, rate_series(ts, 100 - 4 * a) AS c
FROM (SELECT timestamptz '2024-01-01' + i * interval '1 hour' AS ts, 4 + (ARRAY[1, 5, 2, 8, 8, 3, 6])[i % 7 + 1] AS a FROM generate_series(0, 300) i) x;
SELECT correlation(a, a), beta(a, a), correlation(a, b, kind => 'delta'), correlation(a, c, kind => 'delta'), beta(b, a, kind => 'delta'),
	beta(c, a, kind => 'delta'), beta(a, b, kind => 'level') FROM moves;
SELECT round(correlation(a, b)::numeric, 12) AS simple, round(correlation(a, b, kind => 'log')::numeric, 12) AS log, round(beta(a, b)::numeric, 12) AS beta,
	round(correlation(a, b, '2 hours')::numeric, 12) AS "2 hours", round(beta(a, b, '1 day', 'log')::numeric, 12) AS "1 day" FROM moves;
-- periods are told apart by their zone and origin
SELECT round(beta(a, b, '1 day', timezone => 'Asia/Kolkata')::numeric, 12) AS kolkata,
	round(beta(a, b, '5 hours', origin => '2024-01-01 01:00')::numeric, 12) AS shifted, round(beta(a, b, '5 hours')::numeric, 12) AS unshifted FROM moves;

-- where there is no answer
SELECT correlation(a, slice(b, '2024-01-04')) IS NOT NULL AS common, correlation(slice(a, end_time => '2024-01-02'), slice(b, '2024-01-04')) AS apart,
	correlation(slice(a, end_time => '2024-01-02'), slice(b, '2024-01-04'), '1 hour') AS apart_by_hour FROM moves;
SELECT correlation(a, constant), beta(a, constant), beta(constant, a), correlation(a, NULL), correlation(a, b, kind => NULL)
FROM moves, LATERAL (SELECT rate_series(u.ts, 3) AS constant FROM unnest(a) u) x;
SELECT correlation(s, s) AS two_points FROM (SELECT rate_series '[(2024-01-01 00:00Z,1),(2024-01-02 00:00Z,3)]' AS s) x;
SELECT correlation(a, b, '0') FROM moves;
SELECT correlation(a, b, '1 us') FROM moves;
SELECT correlation(a, b, kind => 'ratio') FROM moves;
SELECT correlation(a, rate_series '[(2024-01-01 00:00Z,0)]') FROM moves;
SELECT correlation(s, s) FROM (SELECT rate_series '[(2024-01-01 00:00Z,1e-300),(2024-01-02 00:00Z,1e300)]' AS s) x;
SELECT correlation(s, s, kind => 'delta') FROM (SELECT rate_series '[(2024-01-01 00:00Z,1e-300),(2024-01-02 00:00Z,1e300),(2024-01-03 00:00Z,1)]' AS s) x;
