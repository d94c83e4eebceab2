-- Load the figures in examples/data. Run from the top of the source tree:
--
--   psql -f examples/load.sql

-- id: the order in which rates were recorded, which is not always that of their times
CREATE TABLE lst_rates (
	id bigint GENERATED ALWAYS AS IDENTITY,
	ts timestamptz,
	token text,
	rate float8
);
CREATE TABLE market_rates (
	ts timestamptz,
	token text,
	venue text,
	market_rate float8
);
CREATE TABLE network_apr (
	day date,
	apr float8
);
CREATE TABLE reth_balances (
	id bigint GENERATED ALWAYS AS IDENTITY,
	block_number bigint,
	ts timestamptz,
	total_eth numeric,
	reth_supply numeric
);
CREATE TABLE eigen_rewards (
	first_day date,
	last_day date,
	eigen_paid float8,
	eth_restaked float8
);
CREATE TABLE aave_weth (
	ts timestamptz,
	supply_index float8,
	borrow_index float8,
	supply_apr float8,
	borrow_apr float8
);
CREATE TABLE aave_accounts (
	account text,
	collateral_usd float8,
	debt_usd float8,
	liquidation_threshold_bps int,
	ltv_bps int,
	health_factor float8,
	wsteth_amount float8,
	eth_debt float8,
	emode int
);
CREATE TABLE curve_steth_pool (
	ts timestamptz,
	virtual_price numeric,
	steth_balance numeric,
	eth_balance numeric
);
CREATE TABLE perp_funding (
	ts timestamptz,
	rate float8
);
CREATE TABLE pendle_markets (
	day date,
	token text,
	maturity date,
	implied_apy float8
);

\cd examples/data
\copy lst_rates (ts, token, rate) FROM 'lst_rates.csv' (FORMAT csv, HEADER)
\copy market_rates FROM 'market_rates.csv' (FORMAT csv, HEADER)
\copy network_apr FROM 'network_apr.csv' (FORMAT csv, HEADER)
\copy reth_balances (block_number, ts, total_eth, reth_supply) FROM 'reth_balances.csv' (FORMAT csv, HEADER)
\copy eigen_rewards FROM 'eigen_rewards.csv' (FORMAT csv, HEADER)
\copy aave_weth FROM 'aave_weth.csv' (FORMAT csv, HEADER)
\copy aave_accounts FROM 'aave_v3_wsteth_accounts.csv' (FORMAT csv, HEADER)
\copy curve_steth_pool FROM 'curve_steth_pool.csv' (FORMAT csv, HEADER)
\copy perp_funding FROM 'eth_perp_funding.csv' (FORMAT csv, HEADER)
\copy pendle_markets FROM 'pendle_markets.csv' (FORMAT csv, HEADER)
\cd ../..

-- rETH's rate is what its contract stores: the ETH that backs it over its supply.
-- Before the first deposit there is no supply, hence no rate.
INSERT INTO lst_rates (ts, token, rate)
SELECT ts, 'rETH', total_eth / reth_supply
FROM reth_balances
WHERE reth_supply > 0
ORDER BY id;

CREATE INDEX ON lst_rates (token, ts);
ANALYZE;
