-- Path metrics: from rows, from stored series, in plain SQL; part of bench.sql.
-- Every title ends in "along the path, one process", so that DuckDB's times find their table.

-- the same points as stored series, one for each token, and one for each token and month
CREATE TABLE bench_series AS SELECT token, rate_series(ts, rate) AS series FROM bench_rates GROUP BY token;
CREATE TABLE bench_months AS
SELECT token, date_trunc('month', ts, 'UTC') AS month, rate_series(ts, rate) AS series FROM bench_rates GROUP BY 1, 2;
-- the rows as a user keeps them, and in no order
CREATE TABLE bench_points AS SELECT ts, token, rate FROM bench_rates;
CREATE TABLE bench_shuffled AS SELECT ts, token, rate FROM bench_rates ORDER BY hashint8(extract(epoch FROM ts)::bigint), hashtext(token);
VACUUM ANALYZE bench_series, bench_months, bench_points, bench_shuffled;

CREATE FUNCTION add_path_measures(title text, rows_query text, series_query text, plain_query text) RETURNS void LANGUAGE sql AS $$
	INSERT INTO measure (title, name, is_floor, query)
	SELECT title || ' along the path, one process', name, is_floor, query FROM (VALUES
		('`sum(rate)`', true, 'SELECT token, sum(rate) FROM bench_points GROUP BY token'),
		('**from rows in time order**', false, replace(rows_query, 'ROWS', 'bench_points')),
		('**from rows in no order**', false, replace(rows_query, 'ROWS', 'bench_shuffled')),
		('**from a stored series for each token**', false, replace(series_query, 'SERIES', 'bench_series')),
		('**from stored series for each token and month, by `rollup`**', false,
			replace(series_query, 'SERIES', '(SELECT token, rollup(series) AS series FROM bench_months GROUP BY token)')),
		('plain SQL', false, plain_query)) v(name, is_floor, query)
$$;
SELECT add_path_measures('APR',
	'SELECT token, apr(rate_series(ts, rate)) FROM ROWS GROUP BY token',
	'SELECT token, apr(series) FROM SERIES s', $$
	SELECT token, (max(rate) FILTER (WHERE ts = t1) / max(rate) FILTER (WHERE ts = t0) - 1)
		* 31536000 / nullif(extract(epoch FROM max(t1) - max(t0)), 0)
	FROM (SELECT token, min(ts) AS t0, max(ts) AS t1 FROM bench_points GROUP BY token) m JOIN bench_points b USING (token)
	WHERE b.ts = t0 OR b.ts = t1 GROUP BY token$$),
add_path_measures('Time-weighted average',
	'SELECT token, twap(ts, rate) FROM ROWS GROUP BY token',
	'SELECT token, twap(series) FROM SERIES s', $$
	SELECT token, sum(rate * d) / sum(d)
	FROM (SELECT token, rate, extract(epoch FROM lead(ts) OVER w - ts)::float8 AS d FROM bench_points WINDOW w AS (PARTITION BY token ORDER BY ts)) p
	GROUP BY token$$),
add_path_measures('Volatility',
	'SELECT token, volatility(ts, rate) FROM ROWS GROUP BY token',
	'SELECT token, volatility(series) FROM SERIES s', $$
	SELECT token, sqrt((sum(x * x / d) - sum(x) * sum(x) / sum(d)) / (count(x) - 1) * 31536000)
	FROM (SELECT token, ln(rate / lag(rate) OVER w) AS x, extract(epoch FROM ts - lag(ts) OVER w)::float8 AS d
		FROM bench_points WINDOW w AS (PARTITION BY token ORDER BY ts)) p
	GROUP BY token$$),
add_path_measures('Maximum drawdown',
	'SELECT token, max_drawdown(ts, rate) FROM ROWS GROUP BY token',
	'SELECT token, max_drawdown(series) FROM SERIES s', $$
	SELECT token, min(rate / peak - 1)
	FROM (SELECT token, rate, max(rate) OVER (PARTITION BY token ORDER BY ts) AS peak FROM bench_points) p GROUP BY token$$),
add_path_measures('Rolling 7-day APR',
	$$SELECT count(*), sum(r.apr) FROM (SELECT rate_series(ts, rate) AS series FROM ROWS GROUP BY token) s, rolling_apr(s.series, '7 days') r$$,
	$$SELECT count(*), sum(r.apr) FROM SERIES s, rolling_apr(s.series, '7 days') r$$, $$
	SELECT count(*), sum((rate / r0 - 1) * 31536000 / nullif(extract(epoch FROM ts - t0), 0))
	FROM (SELECT ts, rate, first_value(rate) OVER w AS r0, first_value(ts) OVER w AS t0 FROM bench_points
		WINDOW w AS (PARTITION BY token ORDER BY ts RANGE '7 days' PRECEDING)) p$$),
add_path_measures('Last rate of each day',
	$$SELECT count(*), sum(r.value) FROM (SELECT rate_series(ts, rate) AS series FROM ROWS GROUP BY token) s, resample(s.series, '1 day') r$$,
	$$SELECT count(*), sum(r.value) FROM SERIES s, resample(s.series, '1 day') r$$, $$
	SELECT count(*), sum(rate)
	FROM (SELECT DISTINCT ON (token, date_trunc('day', ts, 'UTC')) rate FROM bench_points ORDER BY token, date_trunc('day', ts, 'UTC'), ts DESC) p$$)
\g /dev/null
INSERT INTO measure (title, name, is_floor, query) VALUES
('Rolling 7-day APR along the path, one process', '**from rows in time order, as a series for each token**', false,
	$$SELECT token, rolling_apr_series(rate_series(ts, rate), '7 days') FROM bench_points GROUP BY token$$),
('Rolling 7-day APR along the path, one process', '**from a stored series for each token, as such a series**', false,
	$$SELECT token, rolling_apr_series(series, '7 days') FROM bench_series$$);

-- how fast a series is read: all its points, decoded and folded
INSERT INTO measure (title, name, is_floor, num_rows, query) VALUES
('A full pass over stored series', '**`twap(series)`**', true, :rows, 'SELECT twap(series) FROM bench_series'),
('A full pass over stored series', '**`integral(series)`**', false, :rows, 'SELECT integral(series) FROM bench_series'),
('A full pass over stored series', '**`max_drawdown(series)`**', false, :rows, 'SELECT max_drawdown(series) FROM bench_series'),
('A full pass over stored series', '**`volatility(series)`**', false, :rows, 'SELECT volatility(series) FROM bench_series'),
('A full pass over stored series', '**`pg_column_size(rate_series(ts, rate))`**, making and encoding them from rows', false, :rows,
	'SELECT token, pg_column_size(rate_series(ts, rate)) FROM bench_points GROUP BY token');

CREATE TABLE storage (name text, bytes bigint);
INSERT INTO storage VALUES
('the table `(ts, token, rate)`', pg_table_size('bench_points')),
('**a series for each token**', pg_table_size('bench_series')),
('**a series for each token and month**', pg_table_size('bench_months'));
