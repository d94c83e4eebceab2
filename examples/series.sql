-- Histories as values: a table with one series for each token and month, and what is asked of it.
-- Run over the tables of examples/load.sql.

\pset footer off
\pset null '-'

CREATE TABLE rate_history (
	token text,
	month date,
	rates rate_series NOT NULL,
	PRIMARY KEY (token, month)
);

-- the history so far, then the last ten days with some that are there already: an upsert merges them
INSERT INTO rate_history
SELECT token, date_trunc('month', ts, 'UTC')::date, rate_series(ts, rate)
FROM lst_rates WHERE ts < '2025-09-23' GROUP BY 1, 2;

INSERT INTO rate_history AS h
SELECT token, date_trunc('month', ts, 'UTC')::date, rate_series(ts, rate)
FROM lst_rates WHERE ts >= '2025-09-20' GROUP BY 1, 2
ON CONFLICT (token, month) DO UPDATE SET rates = h.rates || EXCLUDED.rates;

\echo
\echo 'What a series takes: bytes a point, beside a row of a table (24 of header, 4 of pointer, 8 + 8 + 7 of columns).'
\echo
SELECT token, count(*) AS months, sum(num_rates(rates)) AS points, round(sum(pg_column_size(rates)) / sum(num_rates(rates)), 1) AS "bytes a point"
FROM rate_history GROUP BY token ORDER BY token;
