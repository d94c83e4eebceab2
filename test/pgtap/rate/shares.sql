-- Vectors and properties of shares, assets and exact exchange rates.
\set ON_ERROR_STOP on
\set QUIET on
BEGIN;
\i test/pgtap/include/common.sql
SELECT no_plan();
SELECT setseed(0.5) \g /dev/null

\i test/pgtap/include/outcome.sql

-- vectors
CREATE TEMP TABLE conversion (fn text, amount numeric, total_assets numeric, total_shares numeric, rounding text,
	virtual_assets numeric, virtual_shares numeric, expected text, kind text, source text);
\copy conversion FROM 'test/vectors/rate/erc4626_openzeppelin.csv' (FORMAT csv, HEADER)
\copy conversion FROM 'test/vectors/rate/share_conversion.csv' (FORMAT csv, HEADER)
SELECT is(regexp_replace(outcome(format('SELECT %I(%s, %s, %s, %L, %s, %s)', fn, amount, total_assets, total_shares, rounding,
	virtual_assets, virtual_shares)), '^error:.*', 'error'), expected, format('%s(%s, ...): %s', fn, amount, source))
FROM conversion;
SELECT is(count(*)::int, 90, 'all vectors of conversion were loaded') FROM conversion;

CREATE TEMP TABLE rate_case (total_assets numeric, total_shares numeric, scale numeric, expected numeric, kind text, source text);
\copy rate_case FROM 'test/vectors/rate/exchange_rate.csv' (FORMAT csv, HEADER)
SELECT is(exchange_rate(total_assets, total_shares, scale), expected, format('exchange_rate: %s', source)) FROM rate_case;
SELECT is(count(*)::int, 83, 'all vectors of exchange_rate were loaded') FROM rate_case;

CREATE TEMP TABLE chain_case (rates numeric[], expected numeric, kind text, source text);
\copy chain_case FROM 'test/vectors/rate/rate_chain.csv' (FORMAT csv, HEADER)
SELECT is(rate_chain(VARIADIC rates), expected, format('rate_chain(%s)', rates)) FROM chain_case;
SELECT is(count(*)::int, 8, 'all vectors of rate_chain were loaded') FROM chain_case;

CREATE TEMP TABLE slashing (deposit_shares numeric, deposit_scaling_factor numeric, max_magnitude numeric,
	beacon_slashing_factor numeric, expected numeric, kind text, source text);
\copy slashing FROM 'test/vectors/rate/slashing.csv' (FORMAT csv, HEADER)
SELECT is(eigen_withdrawable(deposit_shares, deposit_scaling_factor, max_magnitude, beacon_slashing_factor), expected, source)
FROM slashing;
SELECT is(count(*)::int, 3, 'all vectors of eigen_withdrawable were loaded') FROM slashing;

-- a deposit scaling factor is never 0, which would mean "none yet" to the next call
CREATE TEMP TABLE dsf_zero (deposit_shares numeric, added_shares numeric, deposit_scaling_factor numeric, max_magnitude numeric,
	beacon_slashing_factor numeric, expected text, kind text, source text);
\copy dsf_zero FROM 'test/vectors/rate/eigen_dsf_zero.csv' (FORMAT csv, HEADER)
SELECT is(count(*)::int, 20, 'all vectors of eigen_dsf_update were loaded') FROM dsf_zero;
SELECT throws_ok(format('SELECT eigen_dsf_update(%s, %s, %s, %s, %s)', deposit_shares, added_shares, deposit_scaling_factor,
	max_magnitude, beacon_slashing_factor), '22023', NULL, source) FROM dsf_zero;

-- random pools of up to 38 digits, where PostgreSQL's own integers of any size are the judge
CREATE FUNCTION random_uint(digits integer) RETURNS numeric LANGUAGE sql VOLATILE AS $$
	SELECT coalesce(string_agg((random() * 9.999 - 0.4999)::int::text, ''), '0')::numeric
	FROM generate_series(1, (random() * digits)::int)
$$;
CREATE FUNCTION div_up(a numeric, b numeric) RETURNS numeric LANGUAGE sql IMMUTABLE AS $$ SELECT div(a + b - 1, b) $$;

CREATE TEMP TABLE random_pool AS
SELECT i AS row, random_uint(38) AS amount, random_uint(38) + 1 AS assets, random_uint(38) + 1 AS shares, random_uint(6) AS va,
	random_uint(6) AS vs, (random() * 10000)::int AS bps, (random() * 18)::int AS decimals, random_uint(36) AS a, random_uint(36) AS b,
	random_uint(18) AS wad, random_uint(18) AS wad2
FROM generate_series(1, 1000) i;

SELECT is_empty($$
	SELECT * FROM random_pool WHERE (shares_to_assets(amount, assets, shares, 'floor', va, vs),
		shares_to_assets(amount, assets, shares, 'ceil', va, vs), shares_to_assets(amount, assets, shares, 'half_up', va, vs))
	IS DISTINCT FROM (div(amount * (assets + va), shares + vs), div_up(amount * (assets + va), shares + vs),
		div(2 * amount * (assets + va) + shares + vs, 2 * (shares + vs)))
$$, 'shares_to_assets is what numeric says');
SELECT is_empty($$
	SELECT * FROM random_pool WHERE (assets_to_shares(amount, assets, shares, 'floor', va, vs),
		assets_to_shares(amount, assets, shares, 'ceil', va, vs), assets_to_shares(amount, assets, shares, 'half_up', va, vs))
	IS DISTINCT FROM (div(amount * (shares + vs), assets + va), div_up(amount * (shares + vs), assets + va),
		div(2 * amount * (shares + vs) + assets + va, 2 * (assets + va)))
$$, 'assets_to_shares is what numeric says');
SELECT is_empty($$
	SELECT * FROM random_pool WHERE shares_to_assets(amount, assets, shares) > amount * assets / shares
		OR shares_to_assets(amount, assets, shares, 'ceil') - shares_to_assets(amount, assets, shares) NOT IN (0, 1)
$$, 'floor and ceil enclose the exact value, one apart at most');
SELECT is_empty($$
	SELECT * FROM random_pool WHERE shares_to_assets(assets_to_shares(amount, assets, shares, 'floor', va, vs),
		assets, shares, 'floor', va, vs) > amount
$$, 'converted and back, floored both ways, nothing is gained');
SELECT is_empty($$
	SELECT * FROM random_pool WHERE assets_to_shares(amount + a, assets, shares) < assets_to_shares(amount, assets, shares)
$$, 'more assets are not fewer shares');
SELECT is_empty($$
	SELECT * FROM random_pool WHERE exchange_rate(assets, shares) <> div(assets * 1e18, shares)
		OR rate_chain(assets) <> assets OR rate_chain(assets, 1e18) <> assets
		OR (div(a * b, 1e18) * amount >= 1e18 AND rate_chain(a, b, amount) <> div(div(a * b, 1e18) * amount, 1e18))
		OR (div(a * b, 1e18) * amount >= 1e18 AND rate_chain_scaled(ARRAY[a, b, amount], 1e18) <> rate_chain(a, b, amount))
		OR rate_chain_scaled(ARRAY[a, b], 1) <> a * b OR rate_chain_scaled(ARRAY[assets, b], assets) <> b
		OR rate_invert(assets) <> div(1e36, assets) OR rate_invert(assets, 1e27, 'ceil') <> div_up(1e54, assets)
		OR rebase_amount(amount, assets, shares, a, shares + va) <> div(amount * a, shares + va) - div(amount * assets, shares)
$$, 'exchange_rate, rate_chain, rate_invert and rebase_amount are what numeric says');

SELECT is_empty($$
	SELECT * FROM random_pool WHERE basket_value(ARRAY[a, amount], ARRAY[wad, b]) <> div(a * wad + amount * b, 1e18)
		OR basket_value(ARRAY[a, amount], ARRAY[wad, b], true) <> div(a * wad, 1e18) + div(amount * b, 1e18)
		OR basket_rate(ARRAY[a, amount], ARRAY[wad, b], shares) <> div(a * wad + amount * b, shares)
		OR basket_rate(ARRAY[a, amount], ARRAY[wad, wad2], shares, true)
			<> div((div(a * wad, 1e18) + div(amount * wad2, 1e18)) * 1e18, shares)
$$, 'baskets are what numeric says');

-- the previews of ERC-4626, each from its definition
CREATE TEMP TABLE defined_preview AS
SELECT p.*, variant, va, vs, offset_decimals,
	div((amount - div_up(amount * bps, bps + 10000)) * (shares + vs), assets + va) AS deposit,
	paid + div_up(paid * bps, 10000) AS mint,
	div_up(gross * (shares + vs), assets + va) AS withdraw,
	redeemed - CASE variant WHEN 'puffer' THEN div_up(redeemed * bps, 10000) ELSE div_up(redeemed * bps, bps + 10000) END AS redeem
FROM (SELECT row, amount, assets, shares, least(bps, 9999) AS bps, decimals FROM random_pool) p
CROSS JOIN unnest('{openzeppelin,solmate,puffer}'::text[]) variant
CROSS JOIN LATERAL (SELECT CASE variant WHEN 'solmate' THEN 0 ELSE decimals END AS offset_decimals) o
CROSS JOIN LATERAL (SELECT CASE variant WHEN 'solmate' THEN 0 ELSE 1 END AS va,
	CASE variant WHEN 'solmate' THEN 0 ELSE 10::numeric ^ decimals END AS vs) v
CROSS JOIN LATERAL (SELECT div_up(amount * (assets + va), shares + vs) AS paid, div(amount * (assets + va), shares + vs) AS redeemed,
	CASE variant WHEN 'puffer' THEN div(amount * 10000, 10000 - bps) ELSE amount + div_up(amount * bps, 10000) END AS gross) x;

SELECT is_empty($$
	SELECT * FROM defined_preview WHERE (
		erc4626_preview_deposit(amount, assets, shares, offset_decimals, bps, variant),
		erc4626_preview_mint(amount, assets, shares, offset_decimals, bps, variant),
		erc4626_preview_withdraw(amount, assets, shares, offset_decimals, bps, variant),
		erc4626_preview_redeem(amount, assets, shares, offset_decimals, bps, variant))
	IS DISTINCT FROM (deposit, mint, withdraw, redeem)
$$, 'the previews of ERC-4626 are what their contracts'' definitions say');
SELECT is_empty($$
	SELECT * FROM defined_preview
	WHERE erc4626_preview_redeem(erc4626_preview_deposit(amount, assets, shares, offset_decimals, bps, variant),
			assets, shares, offset_decimals, 0, variant) > amount
		OR erc4626_preview_redeem(amount, assets, shares, offset_decimals, bps, variant)
			> erc4626_preview_mint(amount, assets, shares, offset_decimals, bps, variant)
$$, 'paying in and out again gains nothing');

SELECT is_empty($$
	SELECT * FROM (SELECT a, b, 1 + bps AS cycle, (random() * 20000)::int AS passed FROM random_pool) p
	WHERE drip_total_assets(a, b, '2024-01-01', timestamptz '2024-01-01' + cycle * interval '1 s', timestamptz '2024-01-01' + passed * interval '1 s')
		<> a + CASE WHEN passed < cycle THEN div(b * passed, cycle) ELSE b END
$$, 'drip_total_assets is what numeric says');

-- the protocols' own rules, from their contracts' lines
SELECT is_empty($$
	SELECT * FROM random_pool CROSS JOIN LATERAL (SELECT least(a, shares - 1) AS outside) o
	WHERE lido_pooled_eth_by_shares(amount, assets, shares, outside) <> div(amount * assets, shares - outside)
		OR lido_pooled_eth_by_shares(amount, assets, shares, outside, 'ceil') <> div_up(amount * assets, shares - outside)
		OR lido_shares_by_pooled_eth(amount, assets, shares, outside) <> div(amount * (shares - outside), assets)
		OR lido_external_ether(outside, assets, shares) <> div(outside * assets, shares - outside)
		OR lido_pooled_eth_by_shares(amount, assets, shares) <> shares_to_assets(amount, assets, shares)
		OR lido_shares_by_pooled_eth(amount, assets, shares, rounding => 'ceil') <> assets_to_shares(amount, assets, shares, 'ceil')
$$, 'Lido''s conversions are what numeric says, and without external shares those of any pool');
SELECT is_empty($$
	SELECT * FROM (SELECT *, div(a * wad, 1e18) AS fee, assets + a + 1 AS post FROM random_pool) p
	WHERE lido_fee_shares(a, wad, shares, post, 1e18) <> div(fee * shares, post - fee)
		OR lido_fee_shares(a, wad, shares, post, 1e18, 'v2') <> div(a * wad * shares, post * 1e18 - a * wad)
$$, 'lido_fee_shares is what numeric says');
SELECT is_empty($$
	SELECT * FROM (SELECT *, div(amount * 1e27, shares) + (random() * 4)::int - 2 AS rate FROM random_pool) p
	WHERE rate >= 0 AND lido_withdrawal_payout(amount, shares, rate)
		<> CASE WHEN div(amount * 1e27, shares) > rate THEN div(shares * rate, 1e27) ELSE amount END
$$, 'lido_withdrawal_payout compares floored rates');
SELECT is_empty($$
	SELECT * FROM random_pool WHERE etherfi_amount_for_share(amount, assets, shares) <> div(amount * assets, shares)
		OR etherfi_shares_for_amount(amount, assets, shares) <> div(amount * shares, assets)
		OR etherfi_shares_for_withdrawal(amount, assets, shares) <> div_up(amount * shares, assets)
		OR mantle_eth_to_meth(amount, assets, shares, bps) <> div(amount * shares * (10000 - bps), assets * 10000)
		OR puffer_withdrawal_payout(amount, a, b) <> div(amount * least(a, b), 1e18)
		OR kelp_withdrawal_payout(amount, a, b, shares) <> least(amount, div(a * b, shares))
		OR mellow_deposit_shares(amount, a) <> div(amount * a, 1e18) OR mellow_redeem_assets(amount, a + 1) <> div(amount * 1e18, a + 1)
		OR eigen_shares_to_underlying(amount, assets, shares) <> div(amount * (assets + 1000), shares + 1000)
		OR eigen_underlying_to_shares(amount, assets, shares) <> div(amount * (shares + 1000), assets + 1000)
$$, 'ether.fi, Mantle, Puffer, Kelp, Mellow and EigenLayer conversions are what numeric says');

-- reserves that lead to prices about one, where fees arise
CREATE TEMP TABLE reserve AS
SELECT row, 1e18 + random_uint(27) AS supply, (0.9e18 + random_uint(18) / 5)::numeric(40, 0) AS old_price,
	random() * 0.2 + 0.9 AS move, bps, wad, random_uint(24) AS rewards
FROM random_pool;
ALTER TABLE reserve ADD total_eth numeric, ADD total_value numeric;
UPDATE reserve SET total_eth = floor(supply * old_price / 1e18 * move::numeric), total_value = floor(supply * old_price * move::numeric);

SELECT is_empty($$
	SELECT * FROM reserve CROSS JOIN LATERAL kelp_reprice(total_eth, supply, old_price, bps) k
	CROSS JOIN LATERAL (SELECT div(greatest(total_eth - div(supply * old_price, 1e18), 0) * bps, 10000) AS fee) f
	WHERE price <> div((total_eth - fee) * 1e18, supply) OR fee_shares <> div(fee * 1e18, price)
$$, 'kelp_reprice is what numeric says');
SELECT is_empty($$
	SELECT * FROM reserve CROSS JOIN LATERAL kelp_reprice_e36(total_value, supply, old_price, bps) k
	CROSS JOIN LATERAL (SELECT div(div(greatest(div(total_value, supply) - old_price, 0) * supply, 1e18) * bps, 10000) AS fee) f
	WHERE price <> div(total_value - fee * 1e18, supply) OR fee_shares <> div(fee * 1e18, price)
$$, 'kelp_reprice_e36 is what numeric says');
SELECT is_empty($$
	SELECT * FROM reserve CROSS JOIN LATERAL swell_reprice(total_eth, rewards, supply, wad) s
	CROSS JOIN LATERAL (SELECT div(rewards * wad, 1e18) AS fee) f
	CROSS JOIN LATERAL (SELECT div(div(supply * fee, 1e18) * 1e18, total_eth + rewards - fee) AS minted) m
	WHERE fee_shares <> minted OR rate <> div((total_eth + rewards) * 1e18, supply + minted)
$$, 'swell_reprice is what numeric says');
SELECT cmp_ok(count(*)::int, '>', 100, 'fees arose')
FROM reserve CROSS JOIN LATERAL kelp_reprice(total_eth, supply, old_price, bps) k WHERE fee_shares > 0;

SELECT is_empty($$
	SELECT * FROM (SELECT *, greatest(wad, 1) AS k, 1 + wad2 AS magnitude, div((1 + wad2) * (10000 - bps), 10000) AS less FROM random_pool) p
	CROSS JOIN LATERAL (SELECT greatest(div(magnitude * wad2, 1e18), 0) AS factor) f
	CROSS JOIN LATERAL (SELECT div(k * 1e18, nullif(factor, 0)) AS first,
		div(div((div(div(shares * k, 1e18) * factor, 1e18) + a) * 1e18, shares + a) * 1e18, nullif(factor, 0)) AS next) d
	WHERE eigen_withdrawable(amount, k, magnitude, wad2) <> div(div(amount * k, 1e18) * factor, 1e18)
		OR eigen_slashed_shares(amount, magnitude, less) <> amount - div_up(amount * less, magnitude)
		OR eigen_slashed_magnitude(magnitude, wad) <> div_up(magnitude * wad, 1e18)
		OR eigen_beacon_factor(wad, magnitude, less) <> div(wad * less, magnitude)
		OR CASE WHEN first > 0 THEN eigen_dsf_update(0, a, k, magnitude, wad2) <> first END
		OR CASE WHEN next > 0 THEN eigen_dsf_update(shares, a, k, magnitude, wad2) <> next END
$$, 'EigenLayer''s slashing is what numeric says');

SELECT is_empty($$
	SELECT * FROM random_pool WHERE capo_max_ratio(wad, '2024-01-01', bps, timestamptz '2024-01-01' + row * interval '1 hour')
			<> wad + div(div(div(wad * bps * 1000000, 10000), 31536000) * row * 3600, 1000000)
		OR capo_max_ratio(wad, '2024-01-01', bps, timestamptz '2024-01-01' + row * interval '1 hour', 1)
			<> wad + div(div(wad * bps, 10000), 31536000) * row * 3600
		OR capo_ratio(wad2, wad, '2024-01-01', bps, timestamptz '2024-01-01' + row * interval '1 hour')
			<> least(wad2, capo_max_ratio(wad, '2024-01-01', bps, timestamptz '2024-01-01' + row * interval '1 hour'))
$$, 'Aave''s cap is what numeric says');

-- every word that is none is refused by every function, in every place
SELECT is_empty(format($$
	SELECT f, bad FROM (
		SELECT p.oid::regprocedure AS f, n, bad, (SELECT string_agg(
				CASE WHEN i - 1 = n THEN quote_literal(bad) || '::numeric' WHEN t = 'numeric'::regtype THEN '1'
					WHEN t IN ('timestamptz'::regtype, 'timestamp'::regtype) THEN format('%%L::%%s', '2024-01-01', t::regtype) ELSE d END, ', ' ORDER BY i)
			FROM unnest(p.proargtypes::oid[]) WITH ORDINALITY a(t, i)
			CROSS JOIN LATERAL (SELECT CASE t WHEN 'bigint'::regtype THEN '0' WHEN 'boolean'::regtype THEN 'false'
				WHEN 'numeric[]'::regtype THEN '''{1}''::numeric[]' ELSE quote_literal(CASE
				WHEN p.proname LIKE 'erc4626%%' THEN 'solmate' WHEN p.proname = 'lido_fee_shares' THEN 'v3' ELSE 'floor' END) END AS d) x
		) AS arguments, p.proname
		FROM pg_proc p JOIN pg_depend d ON d.objid = p.oid AND d.classid = 'pg_proc'::regclass AND d.deptype = 'e'
		CROSS JOIN generate_series(0, p.pronargs - 1) n
		CROSS JOIN unnest('{-1,0.5,NaN,Infinity,-Infinity,1e78}'::text[]) bad
		WHERE p.prosrc LIKE 'rule\_%%' AND p.proargtypes[n] = 'numeric'::regtype
	) c WHERE outcome(format('SELECT (%%I(%%s))::text', proname, arguments)) NOT LIKE 'error: %% must be a whole number from 0 to 2^256 - 1, not %%'
$$), 'no function takes what is not a chain integer');
SELECT cmp_ok(count(*)::int, '>=', 35, 'and there are many') FROM pg_proc WHERE prosrc LIKE 'rule\_%';
SELECT is_empty($$
	SELECT oid::regprocedure FROM pg_proc WHERE prosrc LIKE 'rule\_%'
		AND (provolatile <> 'i' OR proparallel <> 's' OR NOT proisstrict OR obj_description(oid, 'pg_proc') IS NULL)
$$, 'all are immutable, strict, parallel safe and have a comment');

SELECT * FROM finish();
ROLLBACK;
