-- Strategies, over the tables of examples/load.sql: what comes next and whether that is worth saying, where
-- to put 1,000 ether, five strategies side by side. In make shell: \i examples/strategy.sql

\pset footer off
\pset linestyle unicode
\pset border 1
\pset null '-'

\echo
\echo 'The APR of the next 30 days, in percent, as the last one, as the mean of all so far, and by'
\echo 'smoothing, after a history of 30-day periods that do not overlap. skill: the share of the mean error'
\echo 'that is saved against saying the last one again, and against saying the mean; a forecast is of use'
\echo 'where both are above 0.'
\echo
WITH periods AS (
	SELECT token, rate_series(start, apr) AS aprs
	FROM (
		SELECT token,
			date_bin('30 days', ts, timestamptz '2021-10-02Z') AS start,
			100 * apr(ts, rate) AS apr,
			count(*) AS n
		FROM lst_rates
		GROUP BY 1, 2
	) p
	WHERE n > 20
	GROUP BY token
)
SELECT token,
	num_rates(aprs) AS periods,
	model,
	round(f.value::numeric, 2) AS "next 30 days",
	format('%s to %s', round(f.lower::numeric, 2), round(f.upper::numeric, 2)) AS "9 times of 10",
	round(b.mae::numeric, 3) AS "mean error",
	round(b.skill::numeric, 2) AS skill,
	round(b.skill_mean::numeric, 2) AS "against the mean",
	round(b.dm_p_value::numeric, 2) AS "p"
FROM periods,
	unnest('{naive,mean,ses,damped}'::text[]) WITH ORDINALITY m(model, i),
	forecast(aprs, 1, model) f,
	forecast_backtest(aprs, 1, model) b
WHERE num_rates(aprs) > 12
ORDER BY token, i;

\echo
\echo '1,000 ether over three lending markets of ether (made up, of the size and shape of real ones): what'
\echo 'each gets, what it pays then, and what the last of it earns. The certificate: the last ether earns'
\echo 'the same wherever some is put and no more elsewhere, and no allocation earns more than the bound.'
\echo 'Beside it all of it in the market that paid most.'
\echo
WITH markets AS (
	SELECT '{2400,1500,900}'::float8[] AS supply,
		'{2280,1260,810}'::float8[] AS borrow,
		'{0,0.002,0}'::float8[] AS base,
		'{0.027,0.028,0.03}'::float8[] AS slope1,
		'{0.8,0.9,0.6}'::float8[] AS slope2,
		'{0.92,0.9,0.88}'::float8[] AS optimal,
		'{0.15,0.1,0.1}'::float8[] AS reserve
),
best AS (
	SELECT a.*
	FROM markets, allocate_supply_kinked(1000, supply, borrow, base, slope1, slope2, optimal, reserve) a
)
SELECT market,
	round((100 * before.supply_apr)::numeric, 2) AS "APR before",
	round(best.amount::numeric, 1) AS ether,
	round((100 * best.supply_apr)::numeric, 2) AS "APR then",
	round((100 * best.marginal_apr)::numeric, 3) AS "of the last",
	round(best.interest::numeric, 2) AS "ether a year",
	round(best.upper_bound::numeric, 2) AS "bound of all",
	round(alone.interest::numeric, 2) AS "all of it there"
FROM best
JOIN LATERAL (
	SELECT a.market, a.supply_apr
	FROM markets, allocate_supply_kinked(0, supply, borrow, base, slope1, slope2, optimal, reserve) a
) before USING (market)
JOIN LATERAL (
	SELECT a.interest
	FROM markets,
		allocate_supply_kinked(1000, supply[market:market], borrow[market:market], base[market:market],
			slope1[market:market], slope2[market:market], optimal[market:market], reserve[market:market]) a
) alone ON true
ORDER BY market;

\echo
\echo 'Five strategies and a portfolio of them, over the same dates (May 2024 to September 2025), at market'
\echo 'prices where there are some, in ether but for the carry, which is in dollars: wstETH held; wstETH and'
\echo 'ETH in a range of 1 % on Uniswap; ETH lent on Aave v3; wstETH at three times leverage against ETH;'
\echo 'wstETH held and as much ether sold as perpetual futures; a fifth of each, set back each month. Costs'
\echo 'of 5 bp at either end. Percent; the score is the sum of z-scores of Sharpe ratio and drawdown.'
\echo
WITH input AS (
	SELECT (SELECT rate_series(ts, rate) FROM lst_rates WHERE token = 'wstETH') AS rates,
		(SELECT rate_series(ts, market_rate) FROM market_rates WHERE token = 'wstETH') AS market,
		(SELECT rate_series(ts, supply_apr) FROM aave_weth) AS lending,
		(SELECT rate_series(ts, borrow_index) FROM aave_weth) AS borrowing,
		(
			SELECT rate_series(ts, rate)
			FROM perp_funding
			WHERE ts BETWEEN '2024-05-14Z' AND '2025-09-26Z'
		) AS funding,
		(
			SELECT rate_series(day + 1, index)
			FROM (
				SELECT day, exp(sum(ln(1 + apr / 365)) OVER (ORDER BY day)) AS index
				FROM network_apr
			) n
		) AS staking
),
curves AS (
	SELECT staking, v.*
	FROM input,
		LATERAL (VALUES
			(1, 'staking', staking_equity(rates, market, 1, 0.0005, 0.0005)),
			(2, 'liquidity', range_equity(market, NULL, 0.0005, 0.01)),
			(3, 'lending', lending_equity(ARRAY[lending])),
			(4, 'leverage', loop_equity(rates, borrowing, 3, 0.95, market)),
			(5, 'carry', carry_equity(funding, rates, 0.5, 1, 0.0005))
		) v(line, strategy, equity)
),
same_dates AS (
	SELECT line, strategy, staking, slice(equity, '2024-05-15Z', '2025-09-25Z') AS equity
	FROM curves
	UNION ALL
	SELECT 6, 'a fifth of each', staking, slice(fifths, '2024-05-15Z', '2025-09-25Z')
	FROM input,
		LATERAL (
			SELECT portfolio_equity(array_agg(equity ORDER BY line), '{0.2,0.2,0.2,0.2,0.2}', '1 month', NULL,
				0.0005) AS fifths
			FROM curves
		) p
),
sheets AS (
	SELECT line, strategy, t.*, apr(slice(staking, start_time, end_time)) AS riskless
	FROM same_dates, tear_sheet(equity, staking, 0.0319) t
)
SELECT strategy,
	round((100 * apr)::numeric, 2) AS "APR",
	round((100 * (apr - riskless))::numeric, 2) AS "over staking",
	round((100 * volatility)::numeric, 2) AS volatility,
	round((100 * max_drawdown)::numeric, 2) AS drawdown,
	round(sharpe::numeric, 2) AS "Sharpe",
	round((100 * value_at_risk)::numeric, 3) AS "VaR of a day",
	round(weighted_score(
		ARRAY[z_score(sharpe) OVER (), z_score(max_drawdown) OVER ()], '{1,1}')::numeric, 2) AS score
FROM sheets
ORDER BY line;
