-- Vectors and properties of curves, Spark, Fluid and Gearbox.
\set ON_ERROR_STOP on
\set QUIET on
BEGIN;
\i test/pgtap/include/common.sql
SELECT no_plan();
SELECT setseed(0.5) \g /dev/null

-- vectors
CREATE TEMP TABLE line (text text);
\copy line FROM 'test/vectors/leverage/lending_other.json' (FORMAT csv, DELIMITER E'\x01', QUOTE E'\x02')
CREATE TEMP TABLE other AS
SELECT r->>'fn' AS fn, r->'args' AS a, r AS record, r->>'expected' AS expected, coalesce(r->>'source', r->>'kind') AS source
FROM (SELECT string_agg(text, '') AS text FROM line) t CROSS JOIN jsonb_array_elements(t.text::jsonb) r;

CREATE TEMP TABLE point AS
SELECT row_number() OVER () AS n, (a->>'utilization_bps')::numeric AS utilization, (record->>'expected_bps')::numeric AS expected, us, rates, source
FROM other, LATERAL (SELECT array_agg((p->>0)::numeric ORDER BY i) AS us, array_agg((p->>1)::numeric ORDER BY i) AS rates FROM jsonb_array_elements(a->'points') WITH ORDINALITY x(p, i)) q
WHERE fn = 'fluid_rate';
SELECT is(fluid_borrow_rate(utilization, us, rates), expected, format('fluid_borrow_rate(%s): %s', utilization, source)) FROM point;
SELECT ok(is_close(kinked_rate(utilization::float8, us::float8[], rates::float8[], extrapolate => true), expected), format('kinked_rate at %s', utilization)) FROM point;
SELECT is((p.borrow_price_after, p.supply_price_after)::text, ((record->'expected'->>'borrow')::numeric, (record->'expected'->>'supply')::numeric)::text, source)
FROM other, fluid_exchange_prices((a->>'supply_with_interest')::numeric, (a->>'supply_interest_free')::numeric, (a->>'borrow_with_interest')::numeric, (a->>'borrow_interest_free')::numeric,
	(a->>'borrow_rate_bps')::numeric, (a->>'fee_bps')::numeric, (a->>'dt')::numeric, (a->>'start')::numeric, (a->>'start')::numeric) p
WHERE fn = 'fluid_exchange_prices';
CREATE TEMP TABLE gearbox AS
SELECT (a->>'expected')::numeric AS total, (a->>'available')::numeric AS available, (a->>'u1')::numeric AS u1, (a->>'u2')::numeric AS u2, (a->>'base')::numeric AS base,
	(a->>'slope1')::numeric AS slope1, (a->>'slope2')::numeric AS slope2, (a->>'slope3')::numeric AS slope3, (record->>'expected_ray')::numeric AS expected
FROM other WHERE fn = 'gearbox_rate';
SELECT is(gearbox_borrow_rate(total, available, u1, u2, base, slope1, slope2, slope3), expected, format('gearbox_borrow_rate(%s, %s)', total, available)) FROM gearbox;
SELECT ok(is_close(kinked_rate(utilization((total - available)::float8, total::float8), ARRAY[0, u1 / 1e18, u2 / 1e18, 1]::float8[],
	ARRAY[base, base + slope1, base + slope1 + slope2, base + slope1 + slope2 + slope3]::float8[]), expected), 'kinked_rate draws Gearbox''s curve too') FROM gearbox;
SELECT is(count(*)::int, 7, 'all vectors of Fluid and Gearbox were found') FROM other WHERE fn LIKE 'fluid%' OR fn LIKE 'gearbox%';

-- no record of the file is nobody's: these are read by the tests of Aave, Morpho, Compound, Euler, loops and stress
SELECT is_empty($$
	SELECT fn FROM other WHERE fn !~ '^(fluid|gearbox|comet|euler)_' AND fn NOT IN ('hf_from_balances', 'aave_account', 'compounded_binomial_utils', 'normalized_income',
		'compounded_rate_apy', 'aave_liquidation', 'capo_price', 'liquidation_incentive_factor', 'utilization', 'rate_to_apy', 'supply_to_utilization', 'withdraw_to_utilization',
		'borrow_to_utilization', 'max_borrowable', 'health_factor', 'borrow_capacity_usage', 'is_healthy', 'liquidation_price', 'price_variation_to_liq', 'wTaylorCompounded',
		'loop_iterations', 'ltv_from_multiple', 'adjust_to_target_ltv', 'deleverage_to_hf', 'stress_price_shock')
$$, 'every record belongs to a test');
SELECT is(count(*)::int, 57, 'and there are as many as in the file') FROM other;

-- random inputs, where PostgreSQL's own integers of any size are the judge
CREATE FUNCTION random_uint(digits integer) RETURNS numeric LANGUAGE sql VOLATILE AS $$
	SELECT coalesce(string_agg((random() * 9.999 - 0.4999)::int::text, ''), '0')::numeric
	FROM generate_series(1, (random() * digits)::int)
$$;
CREATE FUNCTION div_up(a numeric, b numeric) RETURNS numeric LANGUAGE sql IMMUTABLE AS $$ SELECT div(a + b - 1, b) $$;

CREATE TEMP TABLE random_input AS
SELECT (random() * 9998)::int + 1 AS kink, (random() * 10000)::int AS utilization, (random() * 65535)::int AS r0, (random() * 65535)::int AS r1, (random() * 65535)::int AS r2,
	random_uint(20) + 1 AS supply, random_uint(20) AS supply_free, random_uint(8) AS borrow_free, (random() * 20000)::int AS rate, (random() * 10000)::int AS fee, random_uint(8) AS seconds,
	1e12 + random_uint(11) AS supply_price, 1e12 + random_uint(11) AS borrow_price, (random() * 65534 - 32767)::int AS tick, random_uint(24) + 1e12 AS debt, random_uint(18) AS part,
	random_uint(24) + 1 AS total, random() AS u, random() AS x1, random() AS x2, random() AS y0, random() AS y1, random() AS y2
FROM generate_series(1, 1000);

-- any curve
SELECT is_empty($$
	SELECT * FROM (SELECT *, ARRAY[0, x1, x1 + x2 + 0.01] AS us, ARRAY[y0, y1, y2] AS rates FROM random_input WHERE x1 > 0) r
	WHERE kinked_rate(0, us, rates) <> y0 OR kinked_rate(x1, us, rates) <> y1 OR kinked_rate(us[3], us, rates) <> y2
		OR kinked_rate(x1 * u, us, rates) NOT BETWEEN least(y0, y1) AND greatest(y0, y1)
		OR NOT is_close(kinked_rate(x1 * u, us, rates), exact(y0) + (exact(y1) - exact(y0)) * exact(x1 * u) / exact(x1), abs_tol => 1e-15)
		OR NOT is_close(kinked_rate(us[3] + u, us, rates, extrapolate => true),
			exact(y2) + (exact(y2) - exact(y1)) / (exact(us[3]) - exact(x1)) * (exact(us[3] + u) - exact(us[3])), 1e-12, 1e-14)
$$, 'kinked_rate is its points at them, between them in between, and a line beyond');
SELECT is_empty($$
	SELECT * FROM random_input WHERE NOT is_close(supply_rate(y0, u, y1), exact(y0) * exact(u) * (1 - exact(y1)), 1e-15, 1e-16)
		OR supply_rate(y0, u, y1) > supply_rate(y0, u) OR NOT is_close(per_second_apr(y0 / 1e9), exact(y0 / 1e9) * 31536000, 1e-15)
		OR per_second_apy(y0 / 1e9) < per_second_apr(y0 / 1e9)
		OR NOT is_close(per_second_apy(y0 / 1e9), exact(apr_to_apy(per_second_apr(y0 / 1e9), 31536000)), 1e-9)
$$, 'supply rates and yields are what numeric and apr_to_apy say');

-- Fluid
SELECT is_empty($$
	SELECT * FROM (SELECT *, CASE WHEN utilization < kink THEN trunc((r1 - r0) * 1e12 / kink) ELSE trunc((r2 - r1) * 1e12 / (10000 - kink)) END AS slope FROM random_input) r
	WHERE fluid_borrow_rate(utilization, ARRAY[0, kink, 10000], ARRAY[r0, r1, r2])
			<> div(slope * utilization + CASE WHEN utilization < kink THEN r0 * 1e12 ELSE r1 * 1e12 - slope * kink END, 1e12)
		OR fluid_borrow_rate(kink, ARRAY[0, kink, 10000], ARRAY[r0, r1, r2]) <> r1
		OR NOT is_close(fluid_borrow_rate(utilization, ARRAY[0, kink, 10000], ARRAY[r0, r1, r2])::float8, exact(kinked_rate(utilization, ARRAY[0, kink, 10000], ARRAY[r0, r1, r2])), abs_tol => 1.01)
$$, 'Fluid''s rates are what numeric says');
SELECT is_empty($$
	SELECT * FROM (SELECT *, div(supply * 3, 5) AS borrow FROM random_input WHERE supply > 10 * borrow_free) r,
		LATERAL (SELECT fluid_supply_rate(supply, supply_free, borrow, borrow_free, rate, fee) AS supply_rate) s,
		fluid_exchange_prices(supply, supply_free, borrow, borrow_free, rate, fee, seconds, supply_price, borrow_price) p
	WHERE fluid_utilization(supply, supply_free, borrow, borrow_free) <> div((borrow + borrow_free) * 10000, supply + supply_free)
		OR p.supply_price_after <> supply_price + div(supply_price * supply_rate * seconds, 31536000 * 1e12)
		OR p.borrow_price_after <> borrow_price + div(borrow_price * rate * seconds, 31536000 * 1e4)
		-- what suppliers get is at most what borrowers pay less the fee, to the four digits of the shares
		OR supply_rate * supply > borrow * rate * 1e4 * (10000 - fee) * (1 + 1e-3 + 10 / greatest(10000 * supply / (supply + supply_free), 1)) + 1e12
$$, 'Fluid''s prices are what numeric says');
SELECT is_empty($$
	SELECT * FROM random_input, LATERAL (SELECT fluid_ratio_at_tick(tick) AS ratio, fluid_ratio_at_tick(greatest(tick - 1, -32767)) AS below) t
	WHERE tick > -32767 AND (ratio <= below OR abs(ratio / below - 1.0015) > 1e-6
		OR (tick < 32767 AND (SELECT t.tick FROM fluid_tick_at_ratio(div(ratio * 1001, 1000)) t) <> random_input.tick))
$$, 'ticks are 15 basis points apart, and a ratio between two is the lower one''s');
SELECT is_empty($$
	SELECT * FROM (SELECT *, fluid_ratio_at_tick(tick / 100) AS ratio, fluid_ratio_at_tick(tick / 100 - 20) AS target FROM random_input) r,
		LATERAL (SELECT div(1e27 * 9e17 * 2::numeric ^ 96, ratio * 1e18) AS price) p, fluid_liquidation(debt, ratio, target, price) l,
		fluid_liquidation(debt, ratio, target, price, div(l.debt_liquidated, 2)) half
	WHERE l.debt_liquidated <> div((debt - div(target * debt, ratio)) * 1e27, 1e27 - div(price * target, 2::numeric ^ 96))
		OR l.collateral_liquidated <> div(l.debt_liquidated * price, 1e27) OR l.ratio_after <> target
		OR (half.debt_liquidated, half.collateral_liquidated) <> (div(l.debt_liquidated, 2), div(div(l.debt_liquidated, 2) * price, 1e27))
		OR half.ratio_after NOT BETWEEN target - 1e18 AND ratio + 1e18
$$, 'Fluid''s liquidations are what numeric says, and a part of one leads between');

-- Gearbox and Spark
SELECT is_empty($$
	SELECT * FROM (SELECT *, div(total * part, 1e18) AS available FROM random_input) r, LATERAL (SELECT div(1e18 * (total - available), total) AS u) u
	WHERE gearbox_borrow_rate(total, available, 5e17, 9e17, r0, r1 * 1e20, r2 * 1e20, 1e27)
			<> r0 + CASE WHEN u.u < 5e17 THEN div(r1 * 1e20 * u.u, 5e17) WHEN u.u < 9e17 THEN r1 * 1e20 + div(r2 * 1e20 * (u.u - 5e17), 4e17)
				ELSE r1 * 1e20 + r2 * 1e20 + div(1e27 * (u.u - 9e17), 1e17) END
		OR gearbox_available_to_borrow(total, available, 9e17) <> div(greatest(9e17 - u.u, 0) * total, 1e18)
		OR gearbox_weighted_value(total, fee, supply) <> div(least(total, supply) * fee, 10000)
		OR gearbox_quota_interest(total, rate, seconds) <> div(total * div(1e23 * seconds * rate, 31536000), 1e27)
		OR spark_slope1(total, -supply, debt) <> greatest(total - supply - debt, 0)
		OR spark_source_rate(total, 1e10, 1e20, 1e15) <> least(greatest(total, 1e10), 1e20)
		OR spark_savings_apr(1e27 + total) <> total * 31536000
$$, 'Gearbox and Spark are what numeric says');

-- every argument that is a word refuses what is not one
\set functions '^(fluid|gearbox|spark)_'
\set signed '{spread}'
\i test/pgtap/include/words.sql
SELECT cmp_ok(count(DISTINCT proname)::int, '>=', 12, 'and there are many') FROM call;

-- functions are what the planner may think of them
SELECT is_empty($$ SELECT oid::regprocedure FROM pg_proc WHERE proname ~ '^(fluid|gearbox|spark)_' AND (provolatile <> 'i' OR proparallel <> 's'
	OR (NOT proisstrict AND proname <> 'spark_source_rate') OR obj_description(oid, 'pg_proc') IS NULL) $$, 'all are immutable, strict, parallel safe and have a comment');

SELECT is_empty($$ SELECT oid::regprocedure FROM pg_proc WHERE proname IN ('kinked_rate', 'utilization', 'supply_rate', 'per_second_apr', 'per_second_apy') AND (provolatile <> 'i'
	OR proparallel <> 's' OR NOT proisstrict OR obj_description(oid, 'pg_proc') IS NULL) $$, 'those of any curve as well');
SELECT throws_ok(format('SELECT kinked_rate(%s)', arguments), state, NULL, arguments) FROM (VALUES
	('''NaN'', ''{0,1}'', ''{0,1}''', '22003'), ('''Infinity'', ''{0,1}'', ''{0,1}''', '22003'), ('-1, ''{0,1}'', ''{0,1}''', '22003'), ('0, ''{0,NaN}'', ''{0,1}''', '22003'),
	('0, ''{0,1}'', ''{0,Infinity}''', '22003'), ('0, ''{}'', ''{}''', '22023'), ('0, ''{0}'', ''{0}''', '22023'), ('0, ''{0,1}'', ''{0}''', '22023'), ('0, ''{0,NULL}'', ''{0,1}''', '22023'),
	('0, ''{1,0}'', ''{0,1}''', '22023'), ('0, ''{-1,0}'', ''{0,1}''', '22003'), ('2, ''{0,1}'', ''{0,1}''', '22023'), ('0, ''{{0,1}}'', ''{{0,1}}''', '22023')) v(arguments, state);

SELECT * FROM finish();
ROLLBACK;
