-- Vectors and properties of vaults over lending markets and over validators.
\set ON_ERROR_STOP on
\set QUIET on
BEGIN;
\i test/pgtap/include/common.sql
SELECT no_plan();
SELECT setseed(0.5) \g /dev/null

-- vectors
\set csv 'test/vectors/leverage/morpho_vault_accrue.csv'
\i test/pgtap/include/vector_table.sql
\copy vector FROM 'test/vectors/leverage/morpho_vault_accrue.csv' (FORMAT csv, HEADER)
SELECT pg_temp.check_vectors('SELECT ARRAY[total_assets_after, performance_fee_shares, management_fee_shares, total_supply_after, interest]::text[]
	FROM morpho_vault_accrue({total_assets:numeric}, {total_supply:numeric}, {real_assets:numeric}, {elapsed:numeric}, {max_rate:numeric}, {performance_fee:numeric}, {management_fee:numeric}, {virtual_shares:numeric})',
	'total_assets_after! performance_fee_shares! management_fee_shares! total_supply_after! interest!');
SELECT is(count(*)::int, 300, 'all vectors of morpho_vault_accrue were loaded') FROM vector;

\set csv 'test/vectors/leverage/metamorpho_accrue.csv'
\i test/pgtap/include/vector_table.sql
\copy vector FROM 'test/vectors/leverage/metamorpho_accrue.csv' (FORMAT csv, HEADER)
SELECT pg_temp.check_vectors('SELECT ARRAY[total_assets_after, lost_assets_after, interest, fee_shares, total_supply_after]::text[]
	FROM metamorpho_accrue({real_assets:numeric}, {last_total_assets:numeric}, {lost_assets:numeric}, {total_supply:numeric}, {fee:numeric}, {decimals_offset:int}, {version:text})',
	'total_assets_after! lost_assets_after! interest! fee_shares! total_supply_after!');
SELECT is(count(*)::int, 250, 'all vectors of metamorpho_accrue were loaded') FROM vector;

\set csv 'test/vectors/leverage/lido_vault.csv'
\i test/pgtap/include/vector_table.sql
\copy vector FROM 'test/vectors/leverage/lido_vault.csv' (FORMAT csv, HEADER)
SELECT pg_temp.check_vectors('SELECT ARRAY[liability, locked, unlocked, minting_capacity_shares, NULL, shortfall_shares, obligation_shares, obligations, bad_debt_shares, withdrawable, obligations_shortfall]::text[]
		|| healthy::text
	FROM lido_vault({total_value:numeric}, {liability_shares:numeric}, {max_liability_shares:numeric}, {minimal_reserve:numeric}, {reserve_ratio_bps:numeric}, {forced_rebalance_threshold_bps:numeric},
		{total_ether:numeric}, {total_shares:numeric}, {unsettled_fees:numeric}, {redemption_shares:numeric}, {share_limit:numeric}, {available_balance:numeric})',
	'liability! locked! unlocked! minting_capacity_shares! - shortfall_shares! obligation_shares! obligations! bad_debt_shares! withdrawable! obligations_shortfall! healthy!');
SELECT is(count(*)::int, 300, 'all vectors of lido_vault were loaded') FROM vector;

\set csv 'test/vectors/leverage/lido_vault_fees.csv'
\i test/pgtap/include/vector_table.sql
\copy vector FROM 'test/vectors/leverage/lido_vault_fees.csv' (FORMAT csv, HEADER)
SELECT pg_temp.check_vectors('SELECT ARRAY[infra_fee, liquidity_fee, reservation_fee]::text[]
	FROM lido_vault_fees({total_value:numeric}, {minted_steth:numeric}, {mintable_steth:numeric}, {core_apr:numeric}, {seconds:numeric}, {infra_fee_bps:numeric}, {liquidity_fee_bps:numeric}, {reservation_fee_bps:numeric})',
	'infra_fee! liquidity_fee! reservation_fee!');
SELECT is(count(*)::int, 150, 'all vectors of lido_vault_fees were loaded') FROM vector;

-- the fee in plain numeric, which PostgreSQL computes to more digits than there are here
CREATE TEMP TABLE charge AS
SELECT trunc(1e24 * random()::numeric) AS value, round(random()::numeric / 10, (i % 18)) AS apr, (i * 7919 % 400000)::numeric AS seconds, (i % 1000)::numeric AS bps,
	(ARRAY[365, 365.25, 365.2425, 360, 0.3]::float8[])[1 + i % 5] AS year
FROM generate_series(1, 500) i;
SELECT is_empty($$
	SELECT * FROM charge, lido_vault_fees(value, div(value, 3), 0, apr, seconds, bps, 2 * bps, bps, year) f, LATERAL (VALUES
		(value * apr * seconds * bps, year::numeric * 86400 * 10000, f.infra_fee), (div(value, 3) * apr * seconds * 2 * bps, year::numeric * 86400 * 10000, f.liquidity_fee)) v(owed, unit, fee)
	WHERE fee * unit < owed OR (fee - 1) * unit >= owed AND fee > 0 OR reservation_fee <> 0
$$, 'a fee is the least whole number that is not below it, by plain numeric');
-- by hand: 32 ether for a day at 3 % and 1 %, in years of 365 days: 32e18 * 0.03 * 0.01 / 365
SELECT is((SELECT infra_fee FROM lido_vault_fees(32e18, 0, 0, 0.03, 86400, 100, 0, 0, 365)), 26301369863014::numeric, 'a day of fees, worked out by hand');
SELECT is((SELECT infra_fee FROM lido_vault_fees(32e18, 32e18, 0, -0.03, 86400, 100, 100, 0)), 0::numeric, 'a negative APR charges nothing');

-- laws of Vault V2
CREATE TEMP TABLE vault AS
SELECT trunc(1e24 * random()::numeric) + 1 AS a, trunc(1e24 * random()::numeric) + 1 AS s, trunc(2e24 * random()::numeric) AS r, (i * 37)::numeric AS t,
	trunc(2e10 * random()::numeric) AS rate, trunc(5e17 * random()::numeric) AS pf, trunc(1.5e9 * random()::numeric) AS mf
FROM generate_series(1, 500) i;
SELECT is_empty($$ SELECT * FROM vault, morpho_vault_accrue(a, s, r, t, rate, pf, mf) v WHERE total_assets_after <> least(r, a + div(a * t * rate, 1e18)) OR interest <> greatest(total_assets_after - a, 0) $$,
	'assets grow at the greatest rate, and fall at once');
SELECT is_empty($$ SELECT * FROM vault, morpho_vault_accrue(a, s, r, t, rate, pf, mf) v WHERE total_supply_after <> s + performance_fee_shares + management_fee_shares
	OR performance_fee_shares * (total_assets_after + 1) > (div(interest * pf, 1e18) + 1) * (total_supply_after + 1) $$, 'the shares of a fee are worth no more than the fee');
SELECT is_empty($$ SELECT * FROM vault, morpho_vault_accrue(a, s, r, 0, rate, pf, mf) v WHERE interest <> 0 OR total_supply_after <> s OR total_assets_after <> least(a, r) $$, 'in no time nothing is earned');
SELECT is_empty($$ SELECT * FROM vault, metamorpho_accrue(r, a, 0, s, pf) v WHERE total_assets_after < a OR total_assets_after - lost_assets_after <> r $$, 'the price of a MetaMorpho v1.1 never falls');
SELECT is_empty($$ SELECT * FROM vault, metamorpho_accrue(r, a, 0, s, pf, version => 'v1') o, metamorpho_accrue(r, a, 0, s, pf) n
	WHERE r >= a AND (o.fee_shares, o.interest, o.total_assets_after) IS DISTINCT FROM (n.fee_shares, n.interest, n.total_assets_after) $$, 'without a loss both versions are the same');

-- laws of stVaults
CREATE TEMP TABLE st AS
SELECT trunc(1e21 * random()::numeric) + 1e20 AS value, trunc(1e21 * random()::numeric) AS shares, trunc(1e19 * random()::numeric) AS fees,
	(500 + i % 4000)::numeric AS ratio, (400 + i % 4000)::numeric AS threshold, 9e24 + trunc(1e24 * random()::numeric) AS ether, 8e24 AS all_shares
FROM generate_series(1, 500) i;
SELECT is_empty($$
	SELECT * FROM st, lido_vault(value, shares, shares, 1e18, ratio, threshold, ether, all_shares, fees) v, LATERAL (
		SELECT * FROM lido_vault(value, v.minting_capacity_shares, v.minting_capacity_shares, 1e18, ratio, threshold, ether, all_shares, fees)) full_one
	WHERE NOT full_one.healthy OR full_one.locked > value
$$, 'who mints all that may be minted is healthy, and has it locked');
SELECT is_empty($$
	SELECT * FROM st, lido_vault(value, shares, shares, 1e18, ratio, threshold, ether, all_shares, fees) v, LATERAL (
		SELECT * FROM lido_vault(value - div(v.shortfall_shares * ether, all_shares), shares - v.shortfall_shares, shares, 1e18, ratio, threshold, ether, all_shares, fees)) mended
	WHERE NOT v.healthy AND v.shortfall_shares IS NOT NULL AND NOT mended.healthy
$$, 'a vault that has burned its shortfall, and paid for it, is healthy');
SELECT is_empty($$
	SELECT * FROM st, lido_vault(value, shares, shares, 1e18, ratio, threshold, ether, all_shares, fees, available_balance => value) v
	WHERE withdrawable > unlocked OR unlocked + locked < value OR (bad_debt_shares > 0 AND healthy) OR (shortfall_shares IS NULL) <> (liability > value)
$$, 'only what is unlocked is withdrawn; bad debt has no shortfall');
SELECT is_close(lido_vault_carry(0.03, 0.9, 0.028, 0.05, 0.01, 0.065, 0.031), 0.0285 - 0.031 * (0.01 + 0.9 * 0.065) - 0.9 * 0.028, 1e-12);

SELECT * FROM finish();
ROLLBACK;
