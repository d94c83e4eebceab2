-- A lending market: the 502 accounts that had lent wstETH to Aave v3 in June 2023, over the tables of
-- examples/load.sql.

\pset footer off
\pset linestyle unicode
\pset border 1
\pset null '-'

\echo
\echo 'Accounts by health factor; below 1 they are liquidated. Millions of USD.'
\echo
SELECT (ARRAY[
		'below 1', '1 to 1.05', '1.05 to 1.1', '1.1 to 1.2',
		'1.2 to 1.5', '1.5 to 2', '2 to 3', 'above 3'
	])[b + 1] AS "health factor",
	count(*) AS accounts,
	round((sum(collateral_usd) / 1e6)::numeric, 1) AS collateral,
	round((sum(debt_usd) / 1e6)::numeric, 1) AS debt,
	repeat('█', (count(*) / 4)::int) AS histogram
FROM (
	SELECT *,
		width_bucket(
			health_factor(collateral_usd, liquidation_threshold_bps / 1e4, debt_usd),
			'{1,1.05,1.1,1.2,1.5,2,3}'::float8[]
		) AS b
	FROM aave_accounts
) x
GROUP BY b
ORDER BY b;

\echo
\echo -n 'The ten weakest that owe more than 1000 USD: how much of its value the collateral may lose, '
\echo 'and how far they are extended.'
\echo
SELECT left(account, 8) AS account,
	round(total_collateral(a)::numeric) AS "collateral, USD",
	round(health_factor(a)::numeric, 4) AS "health factor",
	round((100 * liquidation_distance(a))::numeric, 2) AS "may fall, %",
	round(leverage(a)::numeric, 1) AS leverage,
	round((100 * ltv(a))::numeric, 1) AS "LTV, %"
FROM (
	SELECT account, account_agg(collateral_usd, liquidation_threshold_bps / 1e4, debt_usd) AS a
	FROM aave_accounts
	GROUP BY account
) x
WHERE total_debt(a) > 1000
ORDER BY health_factor(a)
LIMIT 10;

\echo
\echo -n 'All accounts under shocks of the collateral''s price that the oracle sees, in one scan. '
\echo 'Millions of USD; bonus 1 %, close factor 50 %.'
\echo
SELECT round((100 * shock)::numeric) AS "shock, %",
	accounts_liquidatable AS accounts,
	round((debt_liquidatable / 1e6)::numeric, 1) AS "debt liquidatable",
	round((debt_repaid / 1e6)::numeric, 1) AS repaid,
	round((collateral_seized / 1e6)::numeric, 1) AS seized,
	round((bad_debt / 1e6)::numeric, 1) AS "bad debt",
	accounts_toxic AS toxic
FROM stress_table((
	SELECT stress_agg(
		collateral_usd, liquidation_threshold_bps / 1e4, debt_usd,
		'{-0.02,-0.05,-0.1,-0.2,-0.3}', NULL, 0.01, 0.5
	)
	FROM aave_accounts
));

\echo
\echo -n 'A loop over real rates, May 2024 to September 2025: staked ether lent, ether borrowed against it '
\echo 'at Aave''s index, liquidation threshold'
\echo -n '95 %. Percent a year; the worst health factor; '
\echo 'days on which the debt grew by more than the collateral.'
\echo
SELECT token,
	leverage,
	round((100 * r.total_return)::numeric, 2) AS "return, %",
	round((100 * r.apr)::numeric, 2) AS "APR, %",
	round((100 * r.supply_apr)::numeric, 2) AS "staking",
	round((100 * r.borrow_apr)::numeric, 2) AS "borrowing",
	round(r.worst_health_factor::numeric, 4) AS "worst health",
	r.worst_time::date AS "on",
	r.negative_carry_days AS "bad days"
FROM (
		SELECT token, rate_series(ts, rate) AS rates
		FROM lst_rates
		WHERE token IN ('weETH', 'wstETH')
		GROUP BY token
	) l,
	(SELECT rate_series(ts, borrow_index) AS borrow_index FROM aave_weth) a,
	unnest('{1,5,10}'::float8[]) leverage,
	loop_replay(rates, borrow_index, leverage, 0.95) r
ORDER BY token, leverage;
