-- What dashboards ask for: plain types, units in the names, and a column "time".

CREATE VIEW histories AS
SELECT token, rollup(rates) AS rates
FROM rate_months
GROUP BY token;

-- where each token stands
CREATE VIEW latest AS
SELECT last_time(rates) AS time,
	token,
	last_rate(rates) AS rate_eth,
	extract(epoch FROM now() - last_time(rates))::float8 / 3600 AS age_hours,
	100 * trailing_apr(rates, '7 days') AS apr_7d_percent,
	100 * trailing_apr(rates, '30 days') AS apr_30d_percent,
	sparkline(rolling_apr_series(rates, '30 days')) AS trend
FROM histories;

-- APR from the first rate of the last 7 and 30 days to the last of each day
CREATE VIEW daily AS
SELECT start_of(day) AS time,
	token,
	last_rate(rates) AS rate_eth,
	num_rates(rates) AS num_rates,
	100 * apr(rollup(rates) OVER week) AS apr_7d_percent,
	100 * apr(rollup(rates) OVER month) AS apr_30d_percent
FROM rate_days
WINDOW week AS (PARTITION BY token ORDER BY day RANGE '7 days' PRECEDING),
	month AS (PARTITION BY token ORDER BY day RANGE '30 days' PRECEDING);

CREATE VIEW monthly AS
SELECT start_of(month) AS time,
	token,
	100 * apr(rates) AS apr_percent,
	100 * max_drawdown(rates) AS max_drawdown_percent,
	num_rates(rates) AS num_rates
FROM rate_months;

-- which data is missing, and what looks odd
CREATE VIEW health AS
SELECT h.token,
	first_time(h.rates) AS first_time,
	last_time(h.rates) AS last_time,
	num_rates(h.rates) AS num_rates,
	day_of(last_time(h.rates)) - day_of(first_time(h.rates)) + 1 - d.days AS days_without_rate,
	extract(epoch FROM time_stale(h.rates, '36 hours'))::float8 / 3600 AS stale_hours,
	100 * max_drawdown(h.rates) AS max_drawdown_percent
FROM histories h
JOIN (SELECT token, count(*) AS days FROM rate_days GROUP BY token) d USING (token);
