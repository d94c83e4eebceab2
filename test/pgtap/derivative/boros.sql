-- Vectors and laws of Boros.
\set ON_ERROR_STOP on
\set QUIET on
BEGIN;
\i test/pgtap/include/outcome.sql
SELECT no_plan();

-- vectors
CREATE TEMP TABLE boros_case (fn text, a text, b text, c text, d text, e text, f text, expected text, kind text, source text);
\copy boros_case FROM 'test/vectors/derivative/boros.csv' (FORMAT csv, HEADER)
SELECT cmp_ok(count(*)::int, '>=', 65, 'all vectors were loaded') FROM boros_case;
SELECT is(answer(call), expected, call) FROM boros_case, LATERAL (SELECT format('%s(%s)', fn, concat_ws(', ', a, b, c, d, e, f))) x(call);
CREATE TEMP TABLE settlement_case (size text, f0 text, f1 text, fee0 text, fee1 text, payment text, fee text, kind text, source text);
\copy settlement_case FROM 'test/vectors/derivative/boros_settlement.csv' (FORMAT csv, HEADER)
SELECT cmp_ok(count(*)::int, '>=', 17, 'all settlements were loaded') FROM settlement_case;
SELECT is(answer(call), CASE payment WHEN 'error' THEN payment ELSE format('(%s,%s)', payment, fee) END, call)
FROM settlement_case, LATERAL (SELECT format('boros_settlement(%s, %s, %s, %s, %s)', size, f0, f1, fee0, fee1)) x(call);
CREATE TEMP TABLE swap_case (a text, b text, c text, d text, e text, f text, g text, r1 text, r2 text, r3 text, r4 text, kind text, source text);
\copy swap_case FROM 'test/vectors/derivative/boros_amm_swap.csv' (FORMAT csv, HEADER)
SELECT cmp_ok(count(*)::int, '>=', 22, 'all swaps were loaded') FROM swap_case;
SELECT is(answer(call), CASE r1 WHEN 'error' THEN r1 ELSE format('(%s,%s,%s,%s)', r1, r2, r3, r4) END, call)
FROM swap_case, LATERAL (SELECT format('boros_amm_swap(%s, %s, %s, %s, %s, %s, %s)', a, b, c, d, e, f, g)) x(call);

-- rounded as said, against exact fractions
CREATE TEMP TABLE p AS SELECT trunc(('1e' || (i % 30))::numeric * (random() - 0.5)::numeric) AS size, trunc(1e18 * (random() - 0.5)::numeric) AS rate,
	trunc(3e7 * random()::numeric) AS t, i FROM generate_series(1, 2000) i;
CREATE FUNCTION floored(a numeric, b numeric) RETURNS numeric LANGUAGE sql IMMUTABLE RETURN div(a, b) - (mod(a, b) < 0)::int;
SELECT is_empty($$ SELECT i FROM p WHERE boros_position_value(size, rate, t) <> floored(size * rate * t, 31536000e18) $$, 'value');
SELECT is_empty($$ SELECT i FROM p WHERE boros_trade_cost(size, rate, t) <> -floored(-trunc(div(size * rate, 1e18)) * t, 31536000) $$, 'cost');
SELECT is_empty($$ SELECT i FROM p WHERE boros_fee(size, abs(rate), t) <> -floored(-abs(size) * abs(rate) * t, 31536000e18) $$, 'fee');
SELECT is_empty($$ SELECT i FROM p, boros_settlement(size, 1e18, 1e18 + rate, 5, 5 + abs(rate)) s
	WHERE s.payment <> floored(size * rate, 1e18) OR s.fee <> -floored(-abs(size * rate), 1e18) $$, 'settlement');
-- a long and a short of one size never gain together; maintenance is not above initial
SELECT is_empty($$ SELECT i FROM p WHERE boros_position_value(size, rate, t) + boros_position_value(-size, rate, t) NOT IN (0, -1)
	OR boros_trade_cost(size, rate, t) + boros_trade_cost(-size, rate, t) NOT IN (0, 1) $$, 'both sides');
SELECT is_empty($$ SELECT i FROM p WHERE boros_maintenance_margin(size, rate, t, 3e17, 1e16, 432000) > 1 + boros_initial_margin(size, rate, t, 5e17, 1e16, 432000)
	OR boros_initial_margin(size, rate, t, 5e17, 1e16, 432000) <> boros_initial_margin(-size, -rate, t, 5e17, 1e16, 432000) $$, 'margins');
-- ticks: odd, rising, and powers of 1.00005
SELECT is_empty($$ SELECT n FROM generate_series(1, 32767, 13) n WHERE boros_rate_at_tick(n, 3) <> -boros_rate_at_tick(-n, 3)
	OR boros_rate_at_tick(n, 1) <= boros_rate_at_tick(n - 1, 1) $$, 'ticks rise, and are odd');
SELECT is_empty($$ SELECT n, s FROM generate_series(1, 32767, 97) n, unnest('{1,2,7,15}'::int[]) s
	WHERE abs(boros_rate_at_tick(n, s) + 1e18 - 1e18 * exp(n * s * ln(1.00005::numeric(80, 60)))) > 1 + 10 * exp(n * s * ln(1.00005::float8)) $$, 'powers');
SELECT is(boros_rate_at_tick(n, s), 0::numeric, 'no tick') FROM (VALUES (0, 15), (77, 0)) v(n, s);
-- the pool: what goes out and in again never gains, and the product stays within its rounding
SELECT is_empty($$
	SELECT i FROM generate_series(1, 300) i, LATERAL (SELECT trunc(1e24 * (0.1 + random()))::numeric AS x, trunc(1e23 * (0.1 + random()))::numeric AS y, 86400 * (1 + i) AS t) p,
		unnest('{0.1,-0.2}'::numeric[]) share, LATERAL (SELECT trunc(x * share)) o(out), boros_amm_swap(x, y, t, 86400 * 400, out, 0, 1e20) s,
		boros_amm_swap(s.total_float_after, s.norm_fixed_after, t, 86400 * 400, -out, 0, 1e20) b
	WHERE s.fixed_in + b.fixed_in < -1e-12 * abs(s.fixed_in) OR s.total_float_after <> x - out OR b.total_float_after <> x OR sign(s.fixed_in) <> sign(out)
$$, 'out and in again');

SELECT throws_ok('SELECT ' || q, s, NULL, q) FROM (VALUES
	('boros_trade_cost(2::numeric ^ 127, 1, 1)', '22003'), ('boros_trade_cost(1, 2::numeric ^ 255, 1)', '22003'), ('boros_trade_cost(1, 1, -1)', '22003'),
	('boros_position_value(2::numeric ^ 200, 2::numeric ^ 100, 1)', '22003'), ('boros_settlement(1, 0, 1, 5, 4)', '22023'), ('boros_fee(1, 0.5, 1)', '22003'),
	('boros_rate_at_tick(32768, 1)', '22023'), ('boros_rate_at_tick(1, 16)', '22023'), ('boros_rate_at_tick(1, -1)', '22023'),
	('boros_amm_swap(100, 100, 0, 10, 1, 0, 1e20)', '22023'), ('boros_amm_swap(100, 100, 11, 10, 1, 0, 1e20)', '22023'),
	('boros_amm_swap(100, 100, 1, 10, 99, 0, 1e30)', '22023'), ('boros_initial_margin(''NaN'', 1, 1, 1, 1, 1)', '22003')) v(q, s);
SELECT is(boros_fee(NULL, 1, 1), NULL, 'NULL');

-- refusals name the argument and its value
SELECT throws_ok('SELECT boros_amm_swap(' || q, '22023', m, q) FROM (VALUES
	('1e20, 1e18, 0, 10, 1, 0, 1e18)', 'seconds must be above 0 and at most total_seconds, not 0'),
	('1e20, 1e18, 11, 10, 1, 0, 1e18)', 'seconds must be above 0 and at most total_seconds, not 11'),
	('1e20, 1e18, 5, 10, 99999999999999999999, 0, 1e18)', 'float_out must be less than total_float by more than 1, not 99999999999999999999'),
	('1e20, 1e18, 5, 10, 1e19, 0, 1)', 'the implied rate after the swap must be from min_rate to max_rate in boros_amm_swap')) v(q, m);

SELECT * FROM finish();
ROLLBACK;
