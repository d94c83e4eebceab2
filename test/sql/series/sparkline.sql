-- domain series: behaviour, errors and edges

SELECT sparkline(g ORDER BY g) FROM generate_series(1, 8) g;
SELECT sparkline(g ORDER BY g DESC) FROM generate_series(1, 8) g;
SELECT sparkline(v ORDER BY n) FROM (VALUES (1, -5), (2, 5), (3, NULL), (4, 0), (5, 5)) x(n, v);
SELECT sparkline(3) FROM generate_series(1, 4);
SELECT sparkline(NULL) IS NULL;
SELECT sparkline(1) IS NULL WHERE false;
SELECT sparkline(v) FROM (VALUES (-1.7e308), (0), (1.7e308)) x(v);
SELECT sparkline(v) FROM (VALUES ('NaN'::float8)) x(v);
SELECT sparkline(v) FROM (VALUES (1), ('-Infinity'::float8)) x(v);

-- at most so many marks
SELECT sparkline(sin(g / 100.0), 20 ORDER BY g) FROM generate_series(1, 1000) g;
SELECT sparkline(g, 20 ORDER BY g) FROM generate_series(1, 3) g;
SELECT sparkline(g, 0) FROM generate_series(1, 3) g;
SELECT sparkline(g, g) FROM generate_series(1, 3) g;
SELECT sparkline(g, NULL ORDER BY g) FROM generate_series(1, 3) g;

-- over a window frame
SELECT g, sparkline(g % 4) OVER (ORDER BY g ROWS 3 PRECEDING) FROM generate_series(1, 6) g;
-- of a series
SELECT sparkline(s), sparkline(s, 2), sparkline(s, NULL) IS NULL AS none
FROM (VALUES ('[(2026-01-02T00:00:00+00:00,3),(2026-01-01T00:00:00+00:00,1),(2026-01-03T00:00:00+00:00,2),(2026-01-04T00:00:00+00:00,2)]'::rate_series)) v(s);
SELECT sparkline('[(2026-01-02T00:00:00+00:00,3)]'::rate_series, 0);
