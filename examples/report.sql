-- The report of "make demo", over the tables of examples/load.sql.

\pset footer off
\pset linestyle unicode
\pset border 1
\pset null '-'

\echo
\echo 'Yields, in percent a year, up to the last rate of each token. The spread is what the token'
\echo 'paid in 30 days over the staking yield of the network (ETH.STORE), in basis points.'
\echo
WITH last AS (
	SELECT token, max(ts) AS ts
	FROM lst_rates
	GROUP BY token
), yields AS (
	SELECT r.token,
		l.ts AS as_of,
		last_rate(rate_agg(r.ts, rate)) AS rate,
		apr(r.ts, rate) FILTER (WHERE r.ts >= l.ts - interval '7 days') AS apr_7d,
		apr(r.ts, rate) FILTER (WHERE r.ts >= l.ts - interval '30 days') AS apr_30d,
		apr(r.ts, rate) FILTER (WHERE r.ts >= l.ts - interval '365 days') AS apr_365d,
		apy(r.ts, rate) FILTER (WHERE r.ts >= l.ts - interval '30 days') AS apy_30d
	FROM lst_rates r
	JOIN last l USING (token)
	GROUP BY r.token, l.ts
)
SELECT token,
	as_of::date,
	round(rate::numeric, 9) AS "rate, ETH",
	round((100 * apr_7d)::numeric, 3) AS "APR 7d",
	round((100 * apr_30d)::numeric, 3) AS "30d",
	round((100 * apr_365d)::numeric, 3) AS "365d",
	round((100 * apy_30d)::numeric, 3) AS "APY 30d",
	round((10000 * (apr_30d - network.apr))::numeric, 1) AS "spread, bps"
FROM yields,
	LATERAL (
		SELECT avg(n.apr) AS apr
		FROM network_apr n
		WHERE n.day >= as_of - interval '30 days' AND n.day < as_of
	) network
ORDER BY array_position(ARRAY['wstETH', 'weETH', 'rETH'], token);

\echo
\echo 'The 30-day APR as the fraction it is, with all digits, to compare with a computation of your own.'
\echo
SELECT token, first_time(s) AS "from", last_time(s) AS "to", apr(s) AS "APR 30d"
FROM (
	SELECT token, rate_agg(ts, rate) AS s
	FROM lst_rates
	JOIN (SELECT token, max(ts) AS until FROM lst_rates GROUP BY token) last USING (token)
	WHERE ts >= until - interval '30 days'
	GROUP BY token
) month
ORDER BY array_position(ARRAY['wstETH', 'weETH', 'rETH'], token);

\echo
\echo 'Price and path: premium of the market over the exchange rate on the last day with a price (there is'
\echo 'none of rETH), in basis points; longest time without a new high of the rate; worst fall from one'
\echo 'recorded rate to the next; and the APR of the last twelve months, 30 days a mark.'
\echo
WITH step AS (
	SELECT token,
		ts,
		rate,
		rate / lag(rate) OVER w - 1 AS change,
		max(rate) OVER (
			PARTITION BY token
			ORDER BY ts
			ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
		) AS high
	FROM lst_rates
	WINDOW w AS (PARTITION BY token ORDER BY id)
), growth AS (
	SELECT token, ts - lag(ts) OVER (PARTITION BY token ORDER BY ts) AS spell
	FROM step
	WHERE high IS NULL OR rate > high
), worst AS (
	SELECT DISTINCT ON (token) token, ts, change
	FROM step
	WHERE change < 0
	ORDER BY token, change
), monthly AS (
	SELECT r.token, m AS months_ago, apr(r.ts, rate)
	FROM (SELECT token, max(ts) AS ts FROM lst_rates GROUP BY token) last
	CROSS JOIN generate_series(0, 11) m
	JOIN lst_rates r ON r.token = last.token
		AND r.ts BETWEEN last.ts - (m + 1) * interval '30 days' AND last.ts - m * interval '30 days'
	GROUP BY r.token, m
), quote AS (
	SELECT DISTINCT ON (m.token) m.token, m.ts, premium(m.market_rate, r.rate)
	FROM market_rates m
	JOIN lst_rates r ON r.token = m.token AND r.ts <= m.ts
	ORDER BY m.token, m.ts DESC, r.ts DESC
)
SELECT t.token,
	round((10000 * q.premium)::numeric, 1) AS "premium, bps",
	to_char(date_trunc('hour', g.spell), 'FMDD" d "FMHH24" h"') AS "no new high",
	coalesce(to_char(100 * w.change, '9.9EEEE') || ' % on ' || w.ts::date, 'never fell') AS "worst fall",
	s.trend AS "12 months' APR"
FROM (SELECT DISTINCT token FROM lst_rates) t
LEFT JOIN quote q USING (token)
LEFT JOIN worst w USING (token)
LEFT JOIN (SELECT token, max(spell) AS spell FROM growth GROUP BY token) g USING (token)
LEFT JOIN (SELECT token, sparkline(apr ORDER BY months_ago DESC) AS trend FROM monthly GROUP BY token) s
	USING (token)
ORDER BY array_position(ARRAY['wstETH', 'weETH', 'rETH'], t.token);

\echo
\echo 'A portfolio of 50 % wstETH, 30 % weETH, 20 % rETH, month by month, in percent a year. The history'
\echo 'of rETH ends in September 2024; from then on the blend is of the tokens that have rates.'
\echo
WITH portfolio(token, weight) AS (
	VALUES ('wstETH', 0.5), ('weETH', 0.3), ('rETH', 0.2)
), monthly AS (
	SELECT month, token, weight, apr(ts, rate)
	FROM generate_series(timestamptz '2024-06-01', '2025-08-01', interval '1 month') month
	JOIN lst_rates ON ts BETWEEN month AND month + interval '1 month'
	JOIN portfolio USING (token)
	GROUP BY month, token, weight
	HAVING max(ts) >= month + interval '27 days'
)
SELECT to_char(month, 'YYYY-MM') AS month,
	round((100 * max(apr) FILTER (WHERE token = 'wstETH'))::numeric, 3) AS "wstETH",
	round((100 * max(apr) FILTER (WHERE token = 'weETH'))::numeric, 3) AS "weETH",
	round((100 * max(apr) FILTER (WHERE token = 'rETH'))::numeric, 3) AS "rETH",
	round((100 * blended_apr(apr, weight))::numeric, 3) AS "blended",
	round((100 * total_weight(blend_agg(apr, weight)))::numeric) AS "% covered",
	sparkline(apr ORDER BY array_position(ARRAY['wstETH', 'weETH', 'rETH'], token)) AS "tokens"
FROM monthly
GROUP BY monthly.month
ORDER BY monthly.month;
