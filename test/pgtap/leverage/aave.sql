-- Vectors and properties of Aave v3, its accounts of June 2023 and its index of 506 days.
\set ON_ERROR_STOP on
\set QUIET on
BEGIN;
\i test/pgtap/include/common.sql
SELECT no_plan();
SELECT setseed(0.5) \g /dev/null

-- vectors
CREATE TEMP TABLE interest (fn text, rate numeric, seconds numeric, expected numeric, kind text, source text);
\copy interest FROM 'test/vectors/leverage/aave_interest.csv' (FORMAT csv, HEADER)
SELECT is(CASE fn WHEN 'aave_linear_interest' THEN aave_linear_interest(rate, seconds) WHEN 'aave_compound_interest' THEN aave_compound_interest(rate, seconds) END,
	expected, format('%s(%s, %s): %s', fn, rate, seconds, source)) FROM interest;
SELECT is(count(*)::int, 51, 'all vectors of interest were loaded') FROM interest;

CREATE TEMP TABLE rates (available numeric, debt numeric, optimal numeric, base numeric, slope1 numeric, slope2 numeric,
	reserve_factor_bps numeric, supply_rate numeric, borrow_rate numeric, utilization numeric, kind text, source text);
\copy rates FROM 'test/vectors/leverage/aave_rates.csv' (FORMAT csv, HEADER)
SELECT is(aave_rates(available, debt, optimal, base, slope1, slope2, reserve_factor_bps), (supply_rate, borrow_rate, utilization),
	format('aave_rates(%s, %s, ...): %s', available, debt, source)) FROM rates;
SELECT is(count(*)::int, 29, 'all vectors of aave_rates were loaded') FROM rates;

CREATE TEMP TABLE health (collateral_base numeric, debt_base numeric, liquidation_threshold_bps numeric, expected numeric, kind text, source text);
\copy health FROM 'test/vectors/leverage/aave_health_factor.csv' (FORMAT csv, HEADER)
SELECT is(aave_health_factor(collateral_base, debt_base, liquidation_threshold_bps), expected, format('aave_health_factor(%s, %s, %s)',
	collateral_base, debt_base, liquidation_threshold_bps)) FROM health;
SELECT is(count(*)::int, 28, 'all vectors of aave_health_factor were loaded') FROM health;

CREATE TEMP TABLE zero_threshold (collateral_values numeric[], liquidation_thresholds_bps numeric[], ltvs_bps numeric[], debts numeric[], version text,
	total_collateral numeric, total_debt numeric, available_to_borrow numeric, liquidation_threshold_bps numeric, ltv_bps numeric, health_factor numeric,
	kind text, source text);
\copy zero_threshold FROM 'test/vectors/leverage/aave_account_zero_threshold.csv' (FORMAT csv, HEADER)
SELECT is(aave_account(collateral_values, z.liquidation_thresholds_bps, ltvs_bps, debts, version),
	(total_collateral, total_debt, available_to_borrow, z.liquidation_threshold_bps, z.ltv_bps, health_factor), format('aave_account, %s: %s', version, source))
FROM zero_threshold z;
SELECT is(count(*)::int, 90, 'all vectors of aave_account were loaded') FROM zero_threshold;
-- before 3.6 such a collateral was none
SELECT is_empty($$
	SELECT * FROM zero_threshold, unnest('{v3.5,v3.0}'::text[]) old,
		LATERAL (SELECT array_agg(v ORDER BY i) AS v, array_agg(t ORDER BY i) AS t, array_agg(l ORDER BY i) AS l
			FROM unnest(collateral_values, liquidation_thresholds_bps, ltvs_bps) WITH ORDINALITY u(v, t, l, i) WHERE t > 0) counted
	WHERE aave_account(collateral_values, liquidation_thresholds_bps, ltvs_bps, debts, old)
		IS DISTINCT FROM aave_account(coalesce(v, '{}'), coalesce(t, '{}'), coalesce(l, '{}'), debts, old)
$$, 'v3.5 and v3.0 leave a threshold of zero out');

CREATE TEMP TABLE line (text text);
\copy line FROM 'test/vectors/leverage/lending_other.json' (FORMAT csv, DELIMITER E'\x01', QUOTE E'\x02')
CREATE TEMP TABLE other AS
SELECT r->>'fn' AS fn, r->'args' AS a, r->'expected' AS e, r->>'expected' AS expected, r->>'source' AS source
FROM (SELECT string_agg(text, '') AS text FROM line) t CROSS JOIN jsonb_array_elements(t.text::jsonb) r;

-- an account without debt is -1 in the SDK, 2^256 - 1 in the contract, and NULL here
SELECT is(aave_health_factor((a->>'collateral')::numeric, (a->>'debt')::numeric, (a->>'lt_bps')::numeric),
	CASE expected WHEN '1' THEN 1e18 END, 'health factor: ' || source) FROM other WHERE fn = 'hf_from_balances';

CREATE FUNCTION values_of(items jsonb, amount text, side text) RETURNS numeric[] LANGUAGE sql AS $$
	SELECT array_agg(aave_base_value((i->>amount)::numeric, (i->>'price_e8')::numeric, (i->>'decimals')::int, side) ORDER BY n)
	FROM jsonb_array_elements(items) WITH ORDINALITY x(i, n)
$$;
CREATE FUNCTION field_of(items jsonb, field text) RETURNS numeric[] LANGUAGE sql AS $$
	SELECT array_agg((i->>field)::numeric ORDER BY n) FROM jsonb_array_elements(items) WITH ORDINALITY x(i, n)
$$;
SELECT is((v.total_collateral, v.total_debt, v.ltv_bps, v.liquidation_threshold_bps, v.health_factor, v.available_to_borrow, v30.health_factor)::text,
	((e->>'total_collateral')::numeric, (e->>'total_debt')::numeric, (e->>'avg_ltv_bps')::numeric, (e->>'avg_lt_bps')::numeric,
	(e->>'health_factor_wad')::numeric, (e->>'available_borrows')::numeric, (e->>'health_factor_wad_v30')::numeric)::text, 'aave_account')
FROM other, LATERAL (SELECT values_of(a->'collaterals', 'balance', 'supply') AS c, field_of(a->'collaterals', 'lt_bps') AS lt,
	field_of(a->'collaterals', 'ltv_bps') AS ltv, values_of(a->'debts', 'amount', 'debt') AS d) i,
	aave_account(c, lt, ltv, d) v, aave_account(c, lt, ltv, d, 'v3.0') v30
WHERE fn = 'aave_account';

SELECT is(aave_compound_interest((a->>'rate')::numeric, (a->>'dt')::numeric, 'v2'), expected::numeric, source) FROM other WHERE fn = 'compounded_binomial_utils';
SELECT is(aave_accrue_index((a->>'index')::numeric, (a->>'rate')::numeric, (a->>'dt')::numeric, 'supply'), expected::numeric, source)
FROM other WHERE fn = 'normalized_income';
SELECT is(aave_apy((a->>'rate')::numeric, (a->>'duration')::numeric), expected::numeric, source) FROM other WHERE fn = 'compounded_rate_apy';
SELECT is((l.max_liquidatable_debt, l.collateral_to_liquidator, l.debt_repaid, l.protocol_fee)::text,
	((e->>'max_liquidatable_debt')::numeric, (e->>'collateral_to_liquidator')::numeric, (e->>'debt_repaid')::numeric, (e->>'protocol_fee')::numeric)::text,
	'aave_liquidation')
FROM other, aave_liquidation((a->>'coll_bal')::numeric, (a->>'coll_price')::numeric, (a->>'debt_bal')::numeric, (a->>'debt_price')::numeric,
	(a->>'bonus_bps')::numeric, (a->>'protocol_fee_bps')::numeric, (a->>'hf_wad')::numeric, (a->>'total_debt_base')::numeric,
	(a->>'debt_to_cover')::numeric, (a->>'coll_dec')::int, (a->>'debt_dec')::int) l
WHERE fn = 'aave_liquidation';
SELECT is((max_ratio, ratio > max_ratio, aave_capo_price((a->>'base_price_e8')::numeric, ratio, max_ratio, (a->>'ratio_decimals')::int))::text,
	((e->>'max_ratio')::numeric, (e->>'capped')::boolean, (e->>'price')::numeric)::text, 'aave_capo_price')
FROM other, LATERAL (SELECT (a->>'current_ratio')::numeric AS ratio, capo_max_ratio((a->>'snapshot_ratio')::numeric, to_timestamp((a->>'snapshot_ts')::float8),
	(a->>'max_yearly_growth_bps')::numeric, to_timestamp((a->>'now')::float8)) AS max_ratio) r
WHERE fn = 'capo_price';
SELECT is(count(*)::int, 13, 'all other vectors of Aave were found') FROM other
WHERE fn IN ('hf_from_balances', 'aave_account', 'compounded_binomial_utils', 'normalized_income', 'compounded_rate_apy', 'aave_liquidation', 'capo_price');

-- random inputs, where PostgreSQL's own integers of any size are the judge
CREATE FUNCTION random_uint(digits integer) RETURNS numeric LANGUAGE sql VOLATILE AS $$
	SELECT coalesce(string_agg((random() * 9.999 - 0.4999)::int::text, ''), '0')::numeric
	FROM generate_series(1, (random() * digits)::int)
$$;
CREATE FUNCTION div_up(a numeric, b numeric) RETURNS numeric LANGUAGE sql IMMUTABLE AS $$ SELECT div(a + b - 1, b) $$;
CREATE FUNCTION half_up(a numeric, b numeric, c numeric) RETURNS numeric LANGUAGE sql IMMUTABLE AS $$ SELECT div(2 * a * b + c, 2 * c) $$;

CREATE TEMP TABLE random_input AS
SELECT random_uint(30) AS a, random_uint(30) + 1 AS b, random_uint(27) AS rate, random_uint(9) AS seconds, 1e27 + random_uint(27) AS index,
	(random() * 10000)::int AS bps, (random() * 10000)::int AS bps2, (random() * 24)::int AS decimals, random_uint(14) AS price
FROM generate_series(1, 1000);

SELECT is_empty($$
	SELECT * FROM random_input WHERE aave_linear_interest(rate, seconds) <> 1e27 + div(rate * seconds, 31536000)
		OR aave_accrue_index(index, rate, seconds, 'supply') <> half_up(index, 1e27 + div(rate * seconds, 31536000), 1e27)
		OR aave_accrue_index(index, rate, seconds, 'debt', 'v2') <> half_up(index, aave_compound_interest(rate, seconds, 'v2'), 1e27)
$$, 'simple interest and indices are what numeric says');
SELECT is_empty($$
	SELECT * FROM random_input, LATERAL (SELECT div(rate * seconds, 31536000) AS x) x
	WHERE aave_compound_interest(rate, seconds) <> 1e27 + x + half_up(x, div(x, 2) + half_up(x, div(x, 6), 1e27), 1e27)
$$, 'the third-order series is what numeric says');
SELECT is_empty($$
	SELECT * FROM random_input WHERE aave_scaled_to_balance(a, index, 'supply') <> div(a * index, 1e27)
		OR aave_scaled_to_balance(a, index, 'debt') <> div_up(a * index, 1e27)
		OR aave_scaled_to_balance(a, index, 'debt', 'v3.0') <> half_up(a, index, 1e27)
		OR aave_amount_to_scaled(a, index, 'supply') <> div(a * 1e27, index)
		OR aave_amount_to_scaled(a, index, 'withdraw') <> div_up(a * 1e27, index)
		OR aave_amount_to_scaled(a, index, 'borrow') <> div_up(a * 1e27, index)
		OR aave_amount_to_scaled(a, index, 'repay') <> div(a * 1e27, index)
		OR aave_amount_to_scaled(a, index, 'repay', 'v3.0') <> half_up(a, 1e27, index)
		OR aave_base_value(a, price, decimals, 'supply') <> div(a * price, 10::numeric ^ decimals)
		OR aave_base_value(a, price, decimals, 'debt') <> div_up(a * price, 10::numeric ^ decimals)
$$, 'balances and values are what numeric says');
SELECT is_empty($$
	SELECT * FROM random_input WHERE aave_scaled_to_balance(aave_amount_to_scaled(a, index, 'supply'), index, 'supply') > a
		OR aave_scaled_to_balance(aave_amount_to_scaled(a, index, 'borrow'), index, 'debt') < a
$$, 'in and out again, rounding is the account''s loss');
SELECT is_empty($$
	SELECT * FROM random_input
	WHERE aave_health_factor(a, b, bps) <> div(half_up(a * bps, 1e18, b), 10000)
		OR aave_health_factor(a, b, bps, 'v3.0') <> half_up(half_up(a, bps, 10000), 1e18, b)
		OR aave_health_factor(a, b, bps, 'v3.5') <> aave_health_factor(a, b, bps) OR aave_health_factor(a, b, bps, 'v3.6') <> aave_health_factor(a, b, bps)
		OR aave_available_to_borrow(a, b, bps) <> greatest(div(a * bps, 10000) - b, 0)
		OR aave_available_to_borrow(a, b, bps, 'v3.0') <> greatest(half_up(a, bps, 10000) - b, 0)
		OR aave_treasury_accrual(a, 1e27, index, bps) <> half_up(div(a * (index - 1e27), 1e27), bps, 10000)
		OR aave_pt_price(a, 1e17, least(seconds, 3e8)) <> div(a * (1e18 - div(1e17 * least(seconds, 3e8), 31536000)), 1e18)
		OR aave_capo_price(a, b, index, decimals) <> div(a * least(b, index), 10::numeric ^ decimals)
$$, 'health factors, limits, the treasury''s share and prices are what numeric says');
SELECT is_empty($$
	SELECT * FROM random_input, aave_account(ARRAY[a, b, price], ARRAY[bps, 0, bps2]::numeric[], ARRAY[bps2, bps, 5000]::numeric[], ARRAY[rate, seconds + 1]) v
	WHERE (v.total_collateral, v.total_debt, v.health_factor) IS DISTINCT FROM
			(a + b + price, rate + seconds + 1, div(half_up(a * bps + price * bps2, 1e18, rate + seconds + 1), 10000))
		OR (a + b + price > 0 AND (v.ltv_bps, v.liquidation_threshold_bps)
			<> (div(a * bps2 + b * bps + price * 5000, a + b + price), div(a * bps + price * bps2, a + b + price)))
		OR v.available_to_borrow <> aave_available_to_borrow(v.total_collateral, v.total_debt, v.ltv_bps)
$$, 'accounts are what numeric says');

-- laws
SELECT is_empty($$
	SELECT * FROM random_input, unnest('{taylor,binomial,v2}'::text[]) version
	WHERE aave_compound_interest(rate, seconds + 1, version) < aave_compound_interest(rate, seconds, version)
		OR aave_compound_interest(rate + 1000, seconds, version) < aave_compound_interest(rate, seconds, version)
		OR (version <> 'v2' AND aave_compound_interest(rate, seconds, version) < aave_linear_interest(rate, seconds))
$$, 'more time or a higher rate never earns less, and compounding never less than simple interest');
SELECT is_empty($$
	SELECT * FROM random_input, aave_rates(a, b, 8e26, 1e25, 4e25, 6e26, bps, price) with_deficit, aave_rates(a, b, 8e26, 1e25, 4e25, 6e26, bps) r
	WHERE r.supply_rate > r.borrow_rate OR with_deficit.supply_rate > r.supply_rate
		OR (with_deficit.borrow_rate, with_deficit.utilization) <> (r.borrow_rate, r.utilization) OR r.borrow_rate NOT BETWEEN 1e25 AND 65e25
$$, 'suppliers never get more than borrowers pay, and a deficit is theirs alone');

-- a configuration takes apart what its fields make up
SELECT is_empty($$
	SELECT * FROM (SELECT bps, bps2, decimals, mod(a, 2 ^ 36::numeric) AS cap, mod(b, 2 ^ 36::numeric) AS cap2, mod(rate, 2 ^ 40::numeric) AS ceiling, mod(seconds, 256) AS flags
		FROM random_input) r, LATERAL aave_configuration(bps + bps2 * 2::numeric ^ 16 + 10500 * 2::numeric ^ 32 + decimals * 2::numeric ^ 48 + flags * 2::numeric ^ 56
			+ bps * 2::numeric ^ 64 + cap * 2::numeric ^ 80 + cap2 * 2::numeric ^ 116 + bps2 * 2::numeric ^ 152 + ceiling * 2::numeric ^ 212) c
	WHERE (c.ltv_bps, c.liquidation_threshold_bps, c.liquidation_bonus_bps, c.decimals, c.reserve_factor_bps, c.borrow_cap, c.supply_cap,
			c.liquidation_protocol_fee_bps, c.debt_ceiling, c.emode_category, c.unbacked_mint_cap)
		<> (bps, bps2, 10500, r.decimals, bps, cap, cap2, bps2, ceiling, 0, 0)
		OR c.active::int + 2 * c.frozen::int + 4 * c.borrowing_enabled::int + 8 * c.stable_borrowing_enabled::int + 16 * c.paused::int
			+ 32 * c.borrowable_in_isolation::int + 64 * c.siloed_borrowing::int + 128 * c.flash_loan_enabled::int <> flags
$$, 'aave_configuration finds every field');

-- the accounts that had wstETH as collateral in June 2023, whose health factors the contract gave
CREATE TEMP TABLE account (account text, collateral_usd numeric, debt_usd numeric, liquidation_threshold_bps integer, ltv_bps integer,
	health_factor float8, wsteth_amount float8, eth_debt float8, emode integer);
\copy account FROM 'examples/data/aave_v3_wsteth_accounts.csv' (FORMAT csv, HEADER)
SELECT is(count(*)::int, 502, 'all accounts were loaded') FROM account;
CREATE TEMP TABLE judged AS
SELECT health_factor AS recorded, aave_health_factor(collateral, debt, liquidation_threshold_bps, 'v3.0') / 1e18 AS of_the_time,
	aave_health_factor(collateral, debt, liquidation_threshold_bps) / 1e18 AS of_today
FROM account, LATERAL (SELECT collateral_usd * 1e8 AS collateral, debt_usd * 1e8 AS debt) b;
SELECT is_empty($$ SELECT * FROM judged WHERE NOT is_close(recorded, of_the_time, 1e-9) $$, 'the health factor of every account is the contract''s');
SELECT is_empty($$ SELECT * FROM judged WHERE NOT is_close(recorded, of_the_time, 4e-16) $$, '... to the last digit of a double in the contract''s version');
SELECT is_empty($$ SELECT * FROM judged WHERE NOT is_close(recorded, of_today, 1e-9) $$, '... and in today''s to 1e-9');
SELECT isnt_empty($$ SELECT * FROM judged WHERE NOT is_close(recorded, of_today, 1e-12) $$, '... which is not that of the time');

-- the borrow index of WETH over 506 days, from its rate once a day
CREATE TEMP TABLE weth (ts timestamptz, supply_index float8, borrow_index float8, supply_apr float8, borrow_apr float8);
\copy weth FROM 'examples/data/aave_weth.csv' (FORMAT csv, HEADER)
CREATE TEMP TABLE day AS
SELECT row_number() OVER w AS n, round(exact(borrow_index) * 1e27) AS recorded, rate, lead(rate) OVER w AS next_rate,
	extract(epoch FROM lead(ts) OVER w - ts) AS seconds
FROM weth, LATERAL (SELECT round(exact(borrow_apr) * 1e27) AS rate) r WINDOW w AS (ORDER BY ts);
CREATE TEMP TABLE replay AS
WITH RECURSIVE form (version, choice) AS (VALUES ('taylor', 'day''s'), ('binomial', 'day''s'), ('v2', 'day''s'), ('taylor', 'next'), ('taylor', 'lesser'), ('taylor', 'greater')),
replay AS (
	SELECT version, choice, n, recorded AS index FROM day, form WHERE n = 1
	UNION ALL
	SELECT version, choice, day.n + 1, aave_accrue_index(index, CASE choice WHEN 'day''s' THEN rate WHEN 'next' THEN next_rate
		WHEN 'lesser' THEN least(rate, next_rate) ELSE greatest(rate, next_rate) END, seconds, 'debt', version)
	FROM replay JOIN day USING (n) WHERE next_rate IS NOT NULL)
SELECT version, choice, index, index / recorded - 1 AS deviation FROM replay JOIN day USING (n) WHERE n = 506;
SELECT is(count(*)::int, 6, 'six replays reach the last day') FROM replay;
SELECT ok(abs(deviation) < 2.5e-4, format('replayed by %s at the %s rate, the index is within 2.5e-4 of the recorded one: %s', version, choice, round(deviation, 9)))
FROM replay WHERE choice IN ('day''s', 'next');
SELECT ok(max(index) / min(index) - 1 < 1e-10, 'the three forms of compounding differ by less than 1e-10 over days') FROM replay WHERE choice = 'day''s';
SELECT ok((SELECT deviation FROM replay WHERE choice = 'lesser') BETWEEN -0.0015 AND 0 AND (SELECT deviation FROM replay WHERE choice = 'greater') BETWEEN 0 AND 0.002,
	'the recorded index is between those of the lesser and the greater rate of every day''s ends');

-- every argument that is a word refuses what is not one
\i test/pgtap/include/outcome.sql
CREATE TEMP TABLE call AS
SELECT p.proname, n, bad, string_agg(CASE WHEN i - 1 = n THEN quote_literal(bad) || '::numeric' WHEN t = 'numeric'::regtype THEN '1'
	WHEN t = 'bigint'::regtype THEN '0' WHEN t = 'boolean'::regtype THEN 'false'
	ELSE quote_literal(CASE p.proargnames[i] WHEN 'rounding' THEN 'floor' WHEN 'version' THEN CASE WHEN p.proname IN ('aave_compound_interest', 'aave_accrue_index')
		THEN 'taylor' ELSE 'origin' END ELSE 'supply' END) END, ', ' ORDER BY i) AS arguments
FROM pg_proc p CROSS JOIN generate_series(0, p.pronargs - 1) n CROSS JOIN unnest('{-1,0.5,NaN,Infinity,-Infinity,1e78}'::text[]) bad
	CROSS JOIN LATERAL unnest(p.proargtypes::oid[]) WITH ORDINALITY a(t, i)
WHERE p.prosrc LIKE 'leverage\_aave\_%' AND p.proargtypes[n] = 'numeric'::regtype AND NOT p.proargtypes::oid[] @> ARRAY['numeric[]'::regtype::oid]
GROUP BY 1, 2, 3;
SELECT is_empty($$ SELECT * FROM call WHERE outcome(format('SELECT (%I(%s))::text', proname, arguments)) NOT LIKE 'error: % must be a whole number from 0 to 2^256 - 1, not %' $$,
	'no function takes what is not a chain integer');
SELECT cmp_ok(count(DISTINCT proname)::int, '>=', 15, 'and there are many') FROM call;

-- names are strict and functions are what the planner may think of them
SELECT throws_ok(format('SELECT %s', call), '22023', NULL, call) FROM unnest(ARRAY['aave_compound_interest(1, 1, ''Taylor'')', 'aave_health_factor(1, 1, 1, ''v3'')',
	'aave_scaled_to_balance(1, 1, ''borrow'')', 'aave_amount_to_scaled(1, 1, ''debt'')', 'aave_accrue_index(1, 1, 1, '''')']) call;
SELECT is_empty($$ SELECT oid::regprocedure FROM pg_proc WHERE proname LIKE 'aave\_%' AND (provolatile <> 'i' OR proparallel <> 's' OR NOT proisstrict
	OR obj_description(oid, 'pg_proc') IS NULL) $$, 'all are immutable, strict, parallel safe and have a comment');

SELECT * FROM finish();
ROLLBACK;
