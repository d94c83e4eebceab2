-- Vectors and properties of Euler v2.
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

SELECT is(euler_borrow_rate((a->>'cash')::numeric, (a->>'borrows')::numeric, (a->>'base')::numeric, (a->>'slope1')::numeric, (a->>'slope2')::numeric, (a->>'kink')::numeric),
	(record->>'expected_spy_ray')::numeric, source) FROM other WHERE fn = 'euler_linear_kink';
-- as upstream compares them: the yield of the rate, in the digits that its yearly one has
SELECT is(div((record->>'expected_spy_ray')::numeric, unit), div(trunc(ln(1 + (record->>'expected_apy')::numeric) * 1e27 / 31556952), unit), 'rate of a yield: ' || source)
FROM other, LATERAL (SELECT CASE WHEN record->>'compare' LIKE '%/10000000000000)%' THEN 1e13 ELSE 1e12 END AS unit) u WHERE fn = 'euler_linear_kink';
SELECT ok(is_close(per_second_apy((record->>'expected_spy_ray')::float8 / 1e27, 365.2425), (record->>'expected_apy')::numeric, 1e-5)
	AND is_close((euler_apy((record->>'expected_spy_ray')::numeric) / 1e27)::float8, (record->>'expected_apy')::numeric, 1e-5), 'yield of a rate: ' || source)
FROM other WHERE fn = 'euler_linear_kink';
SELECT is(euler_accumulator((a->>'rate_spy_ray')::numeric, (a->>'dt')::numeric), expected::numeric, format('euler_accumulator(%s, %s)', a->>'rate_spy_ray', a->>'dt'))
FROM other WHERE fn = 'euler_accumulator';
SELECT is(euler_liquidation_ltv((a->>'initial')::numeric, (a->>'target')::numeric, to_timestamp((a->>'target_ts')::float8), (a->>'ramp')::numeric, to_timestamp((a->>'now')::float8)),
	expected::numeric, format('euler_liquidation_ltv at %s', a->>'now')) FROM other WHERE fn = 'euler_ltv_ramp';
SELECT is(count(*)::int, 6, 'all vectors of Euler were found') FROM other WHERE fn LIKE 'euler%';

CREATE TEMP TABLE zero_value (adjusted_collateral numeric, liability_value numeric, liability numeric, collateral_value numeric,
	collateral_balance numeric, max_discount_bps numeric, repay numeric, repay_assets numeric, yield_balance numeric, kind text, source text);
\copy zero_value FROM 'test/vectors/leverage/euler_liquidation_zero_value.csv' (FORMAT csv, HEADER)
SELECT is(euler_liquidation(adjusted_collateral, liability_value, liability, collateral_value, collateral_balance, max_discount_bps, repay),
	(repay_assets, yield_balance), format('euler_liquidation of a debt of %s without value', liability)) FROM zero_value;
SELECT is(count(*)::int, 7, 'all vectors of euler_liquidation were loaded') FROM zero_value;

-- random inputs, where PostgreSQL's own integers of any size are the judge
CREATE FUNCTION random_uint(digits integer) RETURNS numeric LANGUAGE sql VOLATILE AS $$
	SELECT coalesce(string_agg((random() * 9.999 - 0.4999)::int::text, ''), '0')::numeric
	FROM generate_series(1, (random() * digits)::int)
$$;
CREATE FUNCTION div_up(a numeric, b numeric) RETURNS numeric LANGUAGE sql IMMUTABLE AS $$ SELECT div(a + b - 1, b) $$;

CREATE TEMP TABLE random_input AS
SELECT random_uint(26) AS cash, random_uint(26) + 1 AS borrows, random_uint(18) AS base, random_uint(10) AS slope1, random_uint(11) AS slope2, (random() * 4294967295)::bigint::numeric AS kink,
	(random() * 10000)::int AS fee, random_uint(19) AS rate, (random() * 1e6)::int AS seconds, 1e27 + random_uint(27) AS accumulator, 1e27 + random_uint(27) AS later,
	random_uint(24) AS value, random_uint(24) AS value2, (random() * 10000)::int AS ltv, (random() * 10000)::int AS ltv2, random_uint(24) + 1000 AS liability_value,
	random_uint(24) + 1 AS liability, random_uint(24) AS balance, (random() * 9999)::int AS max_discount, (random() * 9999)::int AS health
FROM generate_series(1, 1000);

SELECT is_empty($$
	SELECT * FROM random_input, LATERAL (SELECT div(borrows * 4294967295, cash + borrows) AS u) u
	WHERE euler_utilization(cash, borrows) <> u
		OR euler_borrow_rate(cash, borrows, base, slope1, slope2, kink) <> base + least(u, kink) * slope1 + greatest(u - kink, 0) * slope2
		OR euler_supply_rate(rate, cash, borrows, fee) <> div(div(rate * borrows * (10000 - fee), cash + borrows), 10000)
		OR euler_debt(cash, later, accumulator) <> div_up(div(cash * later, accumulator), 2147483648)
$$, 'rates and debts are what numeric says');
SELECT is_empty($$
	SELECT * FROM random_input WHERE euler_borrow_rate(cash, borrows + 1e20, base, slope1, slope2, kink) < euler_borrow_rate(cash, borrows, base, slope1, slope2, kink)
		OR euler_supply_rate(rate, cash, borrows, fee) > rate
		OR euler_accumulator(rate, seconds + 1, accumulator) < euler_accumulator(rate, seconds, accumulator)
		OR euler_accumulator(rate, 0, accumulator) <> accumulator OR euler_accumulator(0, seconds, accumulator) <> accumulator
		OR euler_accumulator(rate, 1, accumulator) <> div(accumulator * (1e27 + rate), 1e27)
		OR euler_accumulator(rate, 2) <> div(2 * (1e27 + rate) * (1e27 + rate) + 1e27, 2e27)
		OR euler_apy(rate) <> euler_accumulator(rate, 31556952) - 1e27
		OR NOT is_close((euler_apy(rate) / 1e27)::float8, exact(per_second_apy((rate / 1e27)::float8, 365.2425)), 1e-9, 1e-18)
$$, 'curves never fall, accumulators never either, and suppliers never get more than borrowers pay');
SELECT is_empty($$
	SELECT * FROM random_input, LATERAL (SELECT div(value * ltv, 10000) + div(value2 * ltv2, 10000) AS adjusted) c
	WHERE euler_adjusted_collateral(ARRAY[value, value2], ARRAY[ltv, ltv2]) <> adjusted
		OR euler_is_healthy(ARRAY[value, value2], ARRAY[ltv, ltv2], liability_value) <> (adjusted > liability_value)
		OR euler_is_liquidatable(ARRAY[value, value2], ARRAY[ltv, ltv2], liability_value) <> (adjusted <= liability_value)
		OR euler_health_score(ARRAY[value, value2], ARRAY[ltv, ltv2], liability_value) <> div(adjusted * 1e18, liability_value)
		OR euler_liquidation_discount(adjusted, liability_value, max_discount)
			<> CASE WHEN adjusted > liability_value THEN 0 ELSE least(1e18 - div(adjusted * 1e18, liability_value), div(1e18 * max_discount, 10000)) END
$$, 'health is what numeric says');
SELECT is_empty($$
	SELECT * FROM (SELECT *, div(liability_value * health, 10000) AS adjusted FROM random_input WHERE value > 0) r,
		LATERAL (SELECT 1e18 - euler_liquidation_discount(adjusted, liability_value, max_discount) AS factor) f,
		LATERAL (SELECT div(liability_value * 1e18, factor) AS wanted) w,
		euler_liquidation(adjusted, liability_value, liability, value, balance, max_discount) l
	WHERE (l.repay_assets, l.yield_balance) <> (div(CASE WHEN value < wanted THEN div(value * factor, 1e18) ELSE liability_value END * liability, liability_value),
			div(least(value, wanted) * balance, value))
		OR (SELECT (h.repay_assets, h.yield_balance) FROM euler_liquidation(adjusted, liability_value, liability, value, balance, max_discount, div(l.repay_assets, 2)) h)
			<> (div(l.repay_assets, 2), CASE l.repay_assets WHEN 0 THEN l.yield_balance ELSE div(div(l.repay_assets, 2) * l.yield_balance, l.repay_assets) END)
$$, 'liquidations are what numeric says');
SELECT is_empty($$
	SELECT * FROM random_input, LATERAL (SELECT '2024-06-01 00:00:00+00'::timestamptz AS until, greatest(ltv, ltv2) AS high, least(ltv, ltv2) AS low) t
	WHERE euler_liquidation_ltv(high, low, until, 1000000, until - seconds * interval '1 second') <> low + div((high - low)::numeric * seconds, 1000000)
		OR euler_liquidation_ltv(high, low, until, 1000000, until + seconds * interval '1 second') <> low
		OR euler_liquidation_ltv(low, high, until, 1000000, until - seconds * interval '1 second') <> high
		OR euler_liquidation_ltv(high, low, until AT TIME ZONE 'UTC', 1000000, (until - seconds * interval '1 second') AT TIME ZONE 'UTC')
			<> euler_liquidation_ltv(high, low, until, 1000000, until - seconds * interval '1 second')
		OR euler_liquidation_ltv(high, low, until AT TIME ZONE 'UTC', 1000000, until - seconds * interval '1 second')
			<> euler_liquidation_ltv(high, low, until, 1000000, until - seconds * interval '1 second')
$$, 'ratios on their way down are what numeric says');

-- every argument that is a word refuses what is not one
\set functions '^euler_'
\set signed '{}'
\i test/pgtap/include/words.sql
SELECT cmp_ok(count(DISTINCT proname)::int, '>=', 12, 'and there are many') FROM call;

-- functions are what the planner may think of them
SELECT is_empty($$ SELECT oid::regprocedure FROM pg_proc WHERE proname ~ '^euler_' AND (provolatile <> 'i' OR proparallel <> 's'
	OR NOT proisstrict OR obj_description(oid, 'pg_proc') IS NULL) $$, 'all are immutable, strict, parallel safe and have a comment');

SELECT * FROM finish();
ROLLBACK;
