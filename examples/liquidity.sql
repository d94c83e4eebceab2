-- A pool through a depeg: Curve's stETH/ETH pool from September 2021 to June 2022, over the tables of
-- examples/load.sql. The pool's A is 50, in its own arithmetic 5000; its fee 0.04 %, in 1e-10 4000000.
-- Balances are taken as (stETH, ETH).

\pset footer off
\pset linestyle unicode
\pset border 1
\pset null '-'

CREATE VIEW curve_steth AS
SELECT ts,
	b,
	virtual_price / 1e18 AS virtual_price,
	pool_share(0, b) AS share,
	(stableswap_spot_price(0, 1, b, 5000, variant => 'plus1') / 1e18)::float8 AS spot
FROM (
	SELECT *, ARRAY[steth_balance, eth_balance] AS b
	FROM curve_steth_pool
) p;

\echo
\echo -n 'Who fears a token sells it into the pool: the share of stETH rises before its price falls. '
\echo 'Thousands of stETH that could be'
\echo 'sold for 1 % below the price of the moment, and for 2 % below par, fee included.'
\echo
SELECT ts::date AS day,
	round((100 * share)::numeric, 1) AS "stETH, %",
	round(spot::numeric, 4) AS "price, ETH",
	round((10000 * premium(spot, 1))::numeric) AS "bps of par",
	round(near.amount_in / 1e21, 1) AS "1 % below spot",
	round(par.amount_in / 1e21, 1) AS "2 % below par"
FROM curve_steth,
	stableswap_exit_depth(0, 1, b, 5000, 4000000, 0.01, variant => 'plus1', reference => 'spot') near,
	stableswap_exit_depth(0, 1, b, 5000, 4000000, 0.02, variant => 'plus1') par
WHERE ts::date IN (
	'2021-09-09', '2021-12-01', '2022-03-01', '2022-05-01', '2022-05-12',
	'2022-06-01', '2022-06-09', '2022-06-11', '2022-06-18'
)
ORDER BY ts;

\echo
\echo -n 'A holder of pool shares since the first day, in percent of the deposit held: '
\echo 'impermanent loss at the price of the day, what the fees'
\echo 'brought (growth of the virtual price), and the fee APR that would have made up for the loss.'
\echo
WITH entry AS (
	SELECT ts AS t0, spot AS p0, virtual_price AS v0
	FROM curve_steth
	ORDER BY ts
	LIMIT 1
)
SELECT ts::date AS day,
	round(spot::numeric, 4) AS price,
	round((100 * il_stableswap(50, p0, spot))::numeric, 3) AS "IL",
	round((100 * (virtual_price / v0 - 1))::numeric, 3) AS "fees",
	round((
		100 * ((1 + il_stableswap(50, p0, spot)) * (virtual_price / v0)::float8 - 1)
	)::numeric, 3) AS "net",
	round((
		100 * break_even_fee_apr_between(1, 1 + il_stableswap(50, p0, spot), 1, t0, ts)
	)::numeric, 2) AS "break-even fee APR"
FROM curve_steth, entry
WHERE ts::date IN ('2021-12-01', '2022-03-01', '2022-05-12', '2022-06-11', '2022-06-18')
ORDER BY ts;

\echo
\echo -n 'Which range for wstETH and ETH? Around the exchange rate, as many deviations of the market price '
\echo 'over 30 days to each side, with room for the yield'
\echo -n 'of that time; recentred every 30 days at a cost of 5 bp. '
\echo 'Expected, in basis points a year, if a full range earned 0.2 bp.'
\echo
SELECT width AS "deviations",
	round(r.pa::numeric, 5) AS "from",
	round(r.pb::numeric, 5) AS "to",
	e.expected_time_in_range::interval(0) AS "in range of 30 days",
	round((1e4 * e.expected_fee_apr)::numeric, 1) AS fees,
	round((1e4 * e.lvr_apr)::numeric, 1) AS "LVR",
	round((1e4 * e.rebalance_cost_apr)::numeric, 1) AS costs,
	round((1e4 * e.net_apr)::numeric, 1) AS net
FROM (
		SELECT last_rate(s) AS rate, apy(s) AS apy
		FROM (SELECT rate_series(ts, rate) AS s FROM lst_rates WHERE token = 'wstETH') h
	) f,
	(SELECT volatility(ts, market_rate) AS sigma FROM market_rates WHERE token = 'wstETH') m,
	unnest('{0.25,0.5,1,2,4}'::float8[]) width,
	propose_range(rate, sigma, apy, '30 days', width) r,
	evaluate_range(rate, r.pa, r.pb, sigma, ln(1 + apy), 0.00002, '30 days', 0.0005, 'interval') e
ORDER BY e.net_apr DESC;
