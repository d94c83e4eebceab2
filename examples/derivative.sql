-- The ladder as fixed income, over the tables of examples/load.sql: a token hedged by a perpetual future,
-- a curve of principal tokens, a covered call, cover against slashing.
-- In make shell: \i examples/derivative.sql

\pset footer off
\pset linestyle unicode
\pset border 1
\pset null '-'

\echo
\echo 'wstETH with as much ether sold as perpetual futures (ETHUSDT, recorded funding), wstETH itself being'
\echo 'the collateral: what staking pays and what the shorts received, month by month, in percent a year.'
\echo 'positive: the share of payments that longs made.'
\echo
WITH months AS (
	SELECT month, month + interval '1 month' AS until
	FROM generate_series(timestamptz '2024-06-01Z', '2025-08-01Z', interval '1 month') month
)
SELECT to_char(month AT TIME ZONE 'UTC', 'YYYY-MM') AS month,
	round((100 * network)::numeric, 2) AS "staking",
	round((100 * wsteth)::numeric, 2) AS "wstETH",
	round((100 * funding_apr(s))::numeric, 2) AS "funding",
	round((100 * delta_neutral_apr(funding_apr(s), wsteth))::numeric, 2) AS "delta neutral",
	round((10000 * (delta_neutral_apr(funding_apr(s), wsteth) - network))::numeric) AS "over staking, bps",
	round(positive_share(s)::numeric, 2) AS "positive"
FROM months,
	LATERAL (
		SELECT blended_apr(apr, 1) AS network
		FROM network_apr
		WHERE day >= month AND day < until
	) n,
	LATERAL (
		SELECT apr(ts, rate) AS wsteth
		FROM lst_rates
		WHERE token = 'wstETH' AND ts BETWEEN month AND until
	) t,
	LATERAL (
		SELECT funding_agg(ts, rate) AS s
		FROM perp_funding
		WHERE ts BETWEEN month AND until
	) f
ORDER BY months.month;

\echo
\echo 'Principal tokens of one day (Pendle''s markets of sUSDe and USDe, in dollars): zero-coupon bonds. The'
\echo 'spread is over the staking yield of ether of the 30 days before, the benchmark of this ladder; DV01 is'
\echo 'what a rise of the yield by a basis point costs a position of a million.'
\echo
WITH staking AS (
	SELECT day, blended_apr(n.apr, 1) AS apr
	FROM (SELECT DISTINCT day FROM pendle_markets) d,
		LATERAL (
			SELECT apr
			FROM network_apr
			WHERE network_apr.day >= d.day - 30 AND network_apr.day < d.day
		) n
	GROUP BY day
), curves AS (
	SELECT day, curve_agg(t, discount_factor(apr, t)) AS curve
	FROM staking, unnest('{0.01,0.1,0.5,1}'::float8[]) AS t
	GROUP BY day
), pts AS (
	SELECT m.*, years, pt_price(implied_apy, years) AS price
	FROM pendle_markets m,
		LATERAL (SELECT year_fraction(day::timestamp, maturity::timestamp) AS years) y
)
SELECT day,
	token,
	maturity,
	round(price::numeric, 5) AS "price",
	round((100 * r.implied_apy)::numeric, 2) AS "yield, %",
	round((10000 * z_spread(curve, price, ARRAY[years], '{1}'))::numeric) AS "spread, bps",
	round(r.macaulay_duration::numeric, 3) AS "duration",
	round((1e6 * r.dv01)::numeric, 2) AS "DV01"
FROM pts
JOIN curves USING (day),
	LATERAL pt_risk(price, years) r
WHERE day IN ('2025-08-01', '2025-08-15', '2025-09-01', '2025-09-08', '2025-09-15', '2025-09-22')
ORDER BY day, maturity;

\echo
\echo 'The forward rate between the two maturities of such a day: what the market expects after the first.'
\echo
SELECT day,
	token,
	round((100 * curve_zero_rate(c, first))::numeric, 2) AS "to the first, %",
	round((100 * curve_zero_rate(c, last))::numeric, 2) AS "to the last, %",
	round((100 * curve_forward_rate(c, first, last))::numeric, 2) AS "between, %"
FROM (
	SELECT day,
		token,
		curve_agg(years, pt_price(implied_apy, years)) AS c,
		min(years) AS first,
		max(years) AS last
	FROM pendle_markets,
		LATERAL (SELECT year_fraction(day::timestamp, maturity::timestamp) AS years) y
	GROUP BY day, token
	HAVING count(*) = 2
) AS days
ORDER BY day;

\echo
\echo 'A covered call on wstETH: calls on as much ether, 30 days, ether at 3000 dollars and a volatility of'
\echo '65 %, both assumed, for the premium of Black and Scholes; the yield of wstETH is that of its last 30'
\echo 'recorded days.'
\echo
SELECT strike,
	round(premium::numeric, 2) AS "premium",
	round((100 * c.premium_apr)::numeric, 1) AS "with staking, % a year",
	round((100 * c.called_apr)::numeric, 1) AS "if called, % a year",
	round(c.break_even::numeric, 2) AS "break even",
	round((100 * c.downside_protection)::numeric, 2) AS "protection, %"
FROM (
	SELECT apr(ts, rate) AS wsteth
	FROM lst_rates
	WHERE token = 'wstETH'
		AND ts >= (SELECT max(ts) FROM lst_rates WHERE token = 'wstETH') - interval '30 days'
) AS y,
	unnest('{3000,3300,3600,4000}'::float8[]) AS strike,
	LATERAL (SELECT bs_price('call', 3000, strike, 30 / 365.0, 0.65, 0.04) AS premium) p,
	LATERAL covered_call(3000, strike, premium, 30 / 365.0, wsteth) c;

\echo
\echo 'Cover against slashing for a year, in basis points of what is covered, up front at 4 % interest: by'
\echo 'the chance of an event in the year and the share of the stake that it takes; a third is added for the'
\echo 'insurer.'
\echo
SELECT round((100 * probability)::numeric, 2) AS "chance, %",
	round(hazard_from_probability(probability, 1)::numeric, 5) AS "hazard rate",
	round((10000 * cover_premium(h, 0.05, 1, 0.04, 0.33))::numeric, 2) AS "5 % lost",
	round((10000 * cover_premium(h, 0.5, 1, 0.04, 0.33))::numeric, 2) AS "half lost",
	round((10000 * cover_premium(h, 1, 1, 0.04, 0.33))::numeric, 2) AS "all lost"
FROM unnest('{0.0005,0.002,0.01,0.03}'::float8[]) AS probability,
	LATERAL (SELECT hazard_from_probability(probability, 1) AS h) z;
