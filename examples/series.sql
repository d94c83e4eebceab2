-- Histories as values: a table with one series for each token and month, and what is asked of it.
-- Run over the tables of examples/load.sql.

\pset footer off
\pset linestyle unicode
\pset border 1
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
FROM lst_rates
WHERE ts < '2025-09-23'
GROUP BY 1, 2;

INSERT INTO rate_history AS h
SELECT token, date_trunc('month', ts, 'UTC')::date, rate_series(ts, rate)
FROM lst_rates
WHERE ts >= '2025-09-20'
GROUP BY 1, 2
ON CONFLICT (token, month) DO UPDATE SET rates = h.rates || EXCLUDED.rates;

\echo
\echo -n 'What a series takes: bytes a point, beside a row of a table '
\echo '(24 of header, 4 of pointer, 8 + 8 + 7 of columns).'
\echo
SELECT token,
	count(*) AS months,
	sum(num_rates(rates)) AS points,
	round(sum(pg_column_size(rates)) / sum(num_rates(rates)), 1) AS "bytes a point"
FROM rate_history
GROUP BY token
ORDER BY token;

\echo
\echo -n 'The price of a token over its exchange rate, along its path: average over time, deviation, '
\echo 'days more than'
\echo -n '10 basis points below the rate, deepest discount, '
\echo 'worst fall of the price and how long it took to be made good.'
\echo
WITH paths AS (
	SELECT token,
		rate_series(ts, market_rate) AS market,
		premium(
			rate_series(ts, market_rate),
			(SELECT rollup(rates) FROM rate_history h WHERE h.token = m.token)
		) AS premium
	FROM market_rates m
	GROUP BY token
)
SELECT token,
	round((10000 * twap(premium))::numeric, 1) AS "average, bps",
	round((10000 * time_weighted_stddev(premium))::numeric, 1) AS "deviation",
	round(extract(epoch FROM time_below(premium, -0.001)) / 86400, 0) AS "days below -10",
	round((10000 * min_rate(premium))::numeric) AS "deepest",
	round((100 * d.drawdown)::numeric, 2) AS "worst fall, %",
	d.trough_time::date AS "on",
	d.recovery_time - d.trough_time AS "made good in",
	round((100 * volatility(market))::numeric, 2) AS "volatility, %"
FROM paths,
	max_drawdown_details(market) d
ORDER BY token;

\echo
\echo 'Rolling 30-day APR of wstETH: its range over the history, and its averages over eight weeks at a time.'
\echo
WITH rolling AS (
	SELECT rolling_apr_series(rollup(rates), '30 days') AS apr
	FROM rate_history
	WHERE token = 'wstETH'
)
SELECT round((100 * min_rate(apr))::numeric, 2) AS least,
	round((100 * twap(apr))::numeric, 2) AS average,
	round((100 * max_rate(apr))::numeric, 2) AS greatest,
	(SELECT sparkline(value ORDER BY ts) FROM resample(apr, '8 weeks', 'twap')) AS "averages of 8 weeks"
FROM rolling;
