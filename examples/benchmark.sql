-- The ladder of yields on ether by quarter, over the tables of examples/load.sql: what staking pays,
-- and what each further risk paid over it. In make shell: \i examples/benchmark.sql

\pset footer off
\pset linestyle unicode
\pset border 1
\pset null '-'

CREATE TEMPORARY VIEW ladder AS
SELECT quarter, network, wsteth, reth, weeth, lending,
	-- wstETH bought three times over with borrowed WETH
	3 * wsteth - 2 * borrowing AS loop
FROM generate_series(timestamptz '2024-07-01', '2025-07-01', interval '3 months') quarter,
	LATERAL (SELECT quarter + interval '3 months' AS until) u,
	LATERAL (
		SELECT blended_apr(apr, 1) AS network
		FROM network_apr
		WHERE day >= quarter AND day < until
	) n,
	LATERAL (
		SELECT apr(ts, rate) FILTER (WHERE token = 'wstETH') AS wsteth,
			apr(ts, rate) FILTER (WHERE token = 'weETH') AS weeth,
			-- its history ends in September 2024
			CASE WHEN max(ts) FILTER (WHERE token = 'rETH') >= until - interval '30 days'
				THEN apr(ts, rate) FILTER (WHERE token = 'rETH') END AS reth
		FROM lst_rates
		WHERE ts BETWEEN quarter AND until
	) t,
	LATERAL (
		SELECT apr(ts, supply_index) AS lending, apr(ts, borrow_index) AS borrowing
		FROM aave_weth
		WHERE ts BETWEEN quarter AND until
	) a;

\echo
\echo 'Yields in percent a year, and spreads in basis points: of staking tokens over staking itself (what'
\echo 'their issuers keep), of a restaked token over a staked one, of lending WETH on Aave v3 over staking,'
\echo 'and of wstETH at three times leverage against WETH over wstETH (negative where borrowing costs more).'
\echo
SELECT to_char(quarter, 'YYYY "Q"Q') AS quarter,
	round((100 * network)::numeric, 3) AS "staking",
	round((100 * wsteth)::numeric, 3) AS "wstETH",
	round(spread_bps(wsteth, network)::numeric, 1) AS "LST bps",
	round((100 * weeth)::numeric, 3) AS "weETH",
	round(spread_bps(weeth, wsteth)::numeric, 1) AS "LRT bps",
	round((100 * lending)::numeric, 3) AS "lending",
	round(spread_bps(lending, network)::numeric, 1) AS "vault bps",
	round((100 * loop)::numeric, 3) AS "loop",
	round(spread_bps(loop, wsteth)::numeric, 1) AS "loop bps"
FROM ladder
ORDER BY ladder.quarter;

\echo
\echo 'The yield of staking by source, before the fee that each issuer states (Lido 10 %, Rocket Pool 14 %,'
\echo 'ether.fi 10 %), in percent a year, and three ways to make one benchmark of them.'
\echo
SELECT to_char(quarter, 'YYYY "Q"Q') AS quarter,
	round((100 * max(apr) FILTER (WHERE source = 'network'))::numeric, 3) AS "network",
	round((100 * max(apr) FILTER (WHERE source = 'wstETH'))::numeric, 3) AS "wstETH",
	round((100 * max(apr) FILTER (WHERE source = 'rETH'))::numeric, 3) AS "rETH",
	round((100 * max(apr) FILTER (WHERE source = 'weETH'))::numeric, 3) AS "weETH",
	round((100 * blended_apr(apr, 1))::numeric, 3) AS "mean",
	round((100 * trimmed_mean(apr, 0.34))::numeric, 3) AS "trimmed",
	round((100 * weighted_median(apr, 1))::numeric, 3) AS "median"
FROM ladder,
	LATERAL (VALUES
		('network', network),
		('wstETH', gross_of_fee(wsteth, 0.1)),
		('rETH', gross_of_fee(reth, 0.14)),
		('weETH', gross_of_fee(weeth, 0.1))
	) s(source, apr)
GROUP BY ladder.quarter
ORDER BY ladder.quarter;
