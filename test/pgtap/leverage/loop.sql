-- Vectors and properties of domain leverage: loops.
\set ON_ERROR_STOP on
\set QUIET on
BEGIN;
\i test/pgtap/include/common.sql
SELECT no_plan();
SELECT setseed(0.5) \g /dev/null
SET LOCAL timezone = 'UTC';

-- vectors
CREATE TEMP TABLE loop_case (fn text, a float8, b float8, c float8, expected numeric, tol numeric, abs_tol numeric, kind text, source text);
\copy loop_case FROM 'test/vectors/leverage/loop.csv' (FORMAT csv, HEADER)
SELECT ok(is_close(CASE fn WHEN 'leverage_from_ltv' THEN leverage_from_ltv(a) WHEN 'loop_apr' THEN loop_apr(a, b, c)
	WHEN 'break_even_borrow_apr' THEN break_even_borrow_apr(a, b) WHEN 'depeg_tolerance' THEN depeg_tolerance(a)
	WHEN 'liquidation_price' THEN liquidation_price(a, b, c) WHEN 'health_factor' THEN health_factor(a, b, c)
	WHEN 'time_to_liquidation' THEN extract(epoch FROM time_to_liquidation(a, b, c)) END, expected, tol, abs_tol),
	format('%s(%s)', fn, concat_ws(', ', a, b, c))) FROM loop_case;
SELECT is(count(*)::int, 152, 'all vectors of loops were loaded') FROM loop_case;
-- what is known of one function is known of its neighbours
SELECT is_empty($$
	SELECT * FROM loop_case WHERE fn = 'leverage_from_ltv' AND NOT (is_close(max_leverage(a), expected) AND is_close(ltv_from_leverage(leverage_from_ltv(a)), exact(a), 1e-14))
$$, 'max_leverage and ltv_from_leverage, of the vectors of leverage_from_ltv');
SELECT is_empty($$
	SELECT * FROM loop_case WHERE fn = 'break_even_borrow_apr' AND abs(loop_apr(a, b, break_even_borrow_apr(a, b))) > 1e-15 * a
$$, 'at the break-even rate a loop earns nothing');

CREATE TEMP TABLE line (text text);
\copy line FROM 'test/vectors/leverage/lending_other.json' (FORMAT csv, DELIMITER E'\x01', QUOTE E'\x02')
CREATE TEMP TABLE other AS
SELECT r->>'fn' AS fn, r->'args' AS a, r->'expected' AS e, r AS case
FROM (SELECT string_agg(text, '') AS text FROM line) t CROSS JOIN jsonb_array_elements(t.text::jsonb) r
WHERE r->>'fn' IN ('loop_iterations', 'ltv_from_multiple', 'adjust_to_target_ltv', 'deleverage_to_hf', 'fluid_rate', 'gearbox_rate');
SELECT is(count(*)::int, 12, 'all other vectors were found') FROM other;
SELECT ok(is_close((a->>'principal')::float8 * l, (e->>'collateral')::numeric) AND is_close((a->>'principal')::float8 * (l - 1), (e->>'debt')::numeric) AND is_close(l, (e->>'leverage')::numeric), 'loop_iterations')
FROM other, LATERAL leverage_after_rounds((a->>'ltv')::float8, (a->>'n')::int) l WHERE fn = 'loop_iterations';
SELECT ok(is_close(ltv_from_leverage((a->>'multiple')::float8), (e#>>'{}')::numeric), 'ltv_from_multiple') FROM other WHERE fn = 'ltv_from_multiple';
-- the other one owes 4.6 times what its collateral is worth, and has less than nothing of both afterwards; here it is NULL
SELECT ok(CASE WHEN (e->>'new_debt')::float8 < 0 THEN r IS NULL
	ELSE is_close((r).flash_loan, (e->>'X')::numeric) AND is_close((r).debt_after, (e->>'new_debt')::numeric) AND is_close((r).collateral_after, (e->>'new_collateral')::numeric) END, 'adjust_to_target_ltv')
FROM other, LATERAL (SELECT adjust_to_ltv((a->>'collateral')::float8, (a->>'debt')::float8, (a->>'target_ltv')::float8, (a->>'oracle_price')::float8, (a->>'market_price')::float8,
	(a->>'slippage')::float8, (a->>'swap_fee')::float8, (a->>'flash_fee')::float8) AS r) x WHERE fn = 'adjust_to_target_ltv';
SELECT ok(is_close(-(r).collateral_change, (e->>'sell_value')::numeric, abs_tol => 1e-12), 'deleverage_to_hf')
FROM other, LATERAL (SELECT adjust_to_health_factor((a->>'collateral_value')::float8, (a->>'lt')::float8, (a->>'debt')::float8, (a->>'target_hf')::float8) AS r) x WHERE fn = 'deleverage_to_hf';
SELECT ok(is_close(1e4 * kinked_rate((a->>'utilization_bps')::float8 / 1e4, us, rs, true), ("case"->>'expected_bps')::numeric), 'fluid_rate')
FROM other, LATERAL (SELECT array_agg((p->>0)::float8 / 1e4 ORDER BY i) AS us, array_agg((p->>1)::float8 / 1e4 ORDER BY i) AS rs FROM jsonb_array_elements(a->'points') WITH ORDINALITY x(p, i)) y WHERE fn = 'fluid_rate';
SELECT ok(is_close(1e27 * kinked_rate(1 - (a->>'available')::float8 / (a->>'expected')::float8, ARRAY[0, (a->>'u1')::float8 / 1e18, (a->>'u2')::float8 / 1e18, 1],
	ARRAY[b, b + s1, b + s1 + s2, b + s1 + s2 + s3], true), ("case"->>'expected_ray')::numeric), 'gearbox_rate')
FROM other, LATERAL (SELECT (a->>'base')::float8 / 1e27 AS b, (a->>'slope1')::float8 / 1e27 AS s1, (a->>'slope2')::float8 / 1e27 AS s2, (a->>'slope3')::float8 / 1e27 AS s3) x WHERE fn = 'gearbox_rate';

-- an allocation over two markets: what each was given is what it can bear, and their sum is what was published
TRUNCATE line;
\copy line FROM 'test/vectors/strategy/allocation.json' (FORMAT csv, DELIMITER E'\x01', QUOTE E'\x02')
CREATE TEMP TABLE allocated AS
SELECT x.equity, (m->>'l')::float8 AS l, (m->>'S')::float8 AS s, (m->>'u')::float8 AS u, m, (r#>>'{expected,annual_cashflow}')::float8 AS cashflow, (r#>>'{args,staking_rate}')::float8 AS apr
FROM (SELECT string_agg(text, '') AS text FROM line) t CROSS JOIN jsonb_array_elements(t.text::jsonb) r
	CROSS JOIN jsonb_array_elements(r#>'{args,markets}') WITH ORDINALITY m(m, i) CROSS JOIN LATERAL (SELECT (r#>>ARRAY['expected', 'x', (i - 1)::text])::float8 AS equity) x
WHERE r->>'fn' = 'loop_allocate';
SELECT ok(abs(sum(net_apr * equity) - min(cashflow)) < 1e-6 AND count(*) = 2 AND bool_and(abs(borrow - (l - 1) * equity) < 1e-9), 'loop_allocate')
FROM allocated, optimal_loop(equity, apr, s, (m->>'B')::float8, ARRAY[0, u, 1], ARRAY[(m->>'r0')::float8, (m->>'r1')::float8, (m->>'r2')::float8], l);

-- adjustments
CREATE TEMP TABLE random_position AS
SELECT row_number() OVER () AS row, c, c * p * random() * 0.85 AS d, random() * 0.85 AS target, p, p * (0.97 + random() * 0.06) AS m, random() * 0.02 AS slip, random() * 0.01 AS fee, random() * 0.002 AS flash,
	0.7 + random() * 0.3 AS t
FROM generate_series(1, 2000), LATERAL (SELECT exp(random() * 20 - 10) AS c, exp(random() * 6 - 3) AS p) x;
SELECT is_empty($$
	SELECT * FROM random_position, adjust_to_ltv(c, d, target, p, m, slip, fee, flash) r
	WHERE r.debt_after IS NULL OR NOT (is_close(r.debt_after / (r.collateral_after * p), exact(target), 1e-12) AND r.flash_loan >= 0)
$$, 'adjust_to_ltv attains its target');
SELECT is_empty($$
	SELECT * FROM random_position, LATERAL (SELECT t / target AS h) x, adjust_to_health_factor(c, t, d, h, p, m, slip, fee, flash) r
	WHERE NOT is_close(health_factor(r.collateral_after * p, t, r.debt_after), exact(h), 1e-12)
$$, 'adjust_to_health_factor attains its target');
SELECT is_empty($$
	SELECT * FROM random_position, LATERAL (SELECT least(0.99, t / target) AS h) x, LATERAL adjust_to_health_factor(c * p, t * 0.9, d, h, slippage => slip) r
	WHERE r.debt_change < 0 AND NOT is_close(-r.collateral_change, exact(deleverage_amount(c * p, t * 0.9, d, h, slip)), 1e-10, 1e-10 * exact(c * p))
$$, 'on the way down it is deleverage_amount');
SELECT is_empty($$
	SELECT * FROM random_position, adjust_to_ltv(c, d, 0, p, p) a, unwind_cost_pool(c * p, d, 1e300) u
	WHERE NOT is_close(u.sold, exact(-a.collateral_change * p), 1e-12) OR abs(u.cost) > 1e-9 * c * p
$$, 'an exit into a bottomless pool is an adjustment to nothing');
SELECT is_empty($$
	SELECT * FROM random_position, LATERAL (SELECT 10 * c * p AS reserve) x, unwind_cost_pool(c * p, d, reserve, fee, flash) u
	WHERE NOT is_close(u.proceeds, exact(u.sold * reserve / (reserve + u.sold) * (1 - fee)), 1e-12)
		OR NOT is_close(u.proceeds, exact(d * (1 + flash)), 1e-12) OR abs(c * p - d - u.cost - u.equity_after) > 1e-9 * c * p
$$, 'an exit pays for the debt and its fees');
SELECT is_empty($$
	SELECT * FROM random_position, unwind_cost(c * p, d, ARRAY[c * p / 10, c * p], ARRAY[slip, slip + 0.02], fee) a, unwind_cost(c * p, d, ARRAY[c * p / 10, c * p], ARRAY[slip, slip + 0.03], fee) b
	WHERE a.cost > b.cost OR a.price_impact > b.price_impact OR a.cost < 0
$$, 'a shallower market costs more');

-- the optimum against a grid of debts
CREATE TEMP TABLE random_market AS
SELECT row_number() OVER () AS row, s, s * random() AS b, s * exp(-random() * 5) AS equity, 1 + random() * 14 AS l, random() * 0.1 AS apr,
	0.5 + random() * 0.45 AS u, random() * 0.02 AS r0, random() * 0.05 AS r1, random() * 0.8 AS r2, 0.001 + random() * 0.1 AS at_target
FROM generate_series(1, 200), LATERAL (SELECT exp(random() * 10) AS s) x;
SELECT is_empty($$
	SELECT * FROM random_market m, optimal_loop_kinked(equity, apr, s, b, r0, r1, r2, u, l) o, generate_series(0, 500) g, LATERAL (SELECT least(equity * (l - 1), s - b) * g / 500 AS debt) d
	WHERE apr + debt / equity * (apr - kinked_rate((b + debt) / s, ARRAY[0, u, 1], ARRAY[r0, r0 + r1, r0 + r1 + r2], true)) > o.net_apr + 1e-12 * l
$$, 'no debt on a grid earns more than optimal_loop_kinked');
SELECT is_empty($$
	SELECT * FROM random_market m, optimal_loop_kinked(equity, apr, s, b, r0, r1, r2, u, l) k, optimal_loop(equity, apr, s, b, ARRAY[0, u, 1], ARRAY[r0, r0 + r1, r0 + r1 + r2], l) o WHERE k <> o
$$, 'a kinked curve is one of three points');
SELECT is_empty($$
	SELECT * FROM random_market m, optimal_loop_kinked(equity, apr, s, b, r0, r1, r2, u, l) o
	WHERE NOT is_close(net_apr, exact(loop_apr(leverage, apr, borrow_apr)), 1e-11, 1e-13) OR NOT is_close(borrow_apr, exact(kinked_rate(utilization, ARRAY[0, u, 1], ARRAY[r0, r0 + r1, r0 + r1 + r2], true)), 1e-11, 1e-15)
$$, 'its rates are those of kinked_rate and loop_apr');
SELECT is_empty($$
	SELECT * FROM random_market m, optimal_loop_morpho(equity, apr, s, b, at_target, l, horizon => '1 us') a, optimal_loop(equity, apr, s, b, '{0,0.9,1}', ARRAY[at_target / 4, at_target, at_target * 4], l) o
	WHERE abs(a.borrow - o.borrow) > 1e-7 * s OR abs(a.net_apr - o.net_apr) > 1e-9 * l OR a.limited_by <> o.limited_by
$$, 'at once, the curve of Morpho is one of three points');
SELECT is_empty($$
	SELECT * FROM random_market m, optimal_loop_kinked(equity, apr, s, b, r0, r1, r2, u, l) o,
		optimal_loop_kinked(equity, apr, s, b + o.borrow, r0, r1, r2, u, l, own_debt => o.borrow, transaction_cost => 0.001) again
	WHERE abs(again.borrow - o.borrow) > 1e-9 * s
$$, 'who has the optimum stays there');

-- replays of real histories against their definition in numeric
CREATE TEMP TABLE aave (ts timestamptz, supply_index float8, borrow_index float8, supply_apr float8, borrow_apr float8);
CREATE TEMP TABLE lst (ts timestamptz, token text, rate float8);
CREATE TEMP TABLE market (ts timestamptz, token text, venue text, market_rate float8);
\copy aave FROM 'examples/data/aave_weth.csv' (FORMAT csv, HEADER)
\copy lst FROM 'examples/data/lst_rates.csv' (FORMAT csv, HEADER)
\copy market FROM 'examples/data/market_rates.csv' (FORMAT csv, HEADER)
CREATE TEMP TABLE made AS
SELECT token, rates, idx, prices FROM (SELECT token, rate_series(ts, rate) AS rates FROM lst GROUP BY token) r
	JOIN (SELECT token, rate_series(ts, market_rate) AS prices FROM market GROUP BY token) m USING (token), (SELECT rate_series(ts, borrow_index) AS idx FROM aave) i;
CREATE TEMP TABLE defined AS
SELECT token, l, ts, l * exact(rate) / first_value(exact(rate)) OVER w AS collateral, (l - 1) * exact(borrow_index) / first_value(exact(borrow_index)) OVER w AS debt
FROM aave JOIN lst USING (ts), unnest('{2,5,10,15}'::numeric[]) l WINDOW w AS (PARTITION BY token, l ORDER BY ts);
CREATE TEMP TABLE expected AS
SELECT token, l, (array_agg(collateral - debt ORDER BY ts DESC))[1] AS equity, min(0.95 * collateral / debt) AS worst, (array_agg(ts ORDER BY collateral / debt, ts))[1] AS worst_time,
	count(*) FILTER (WHERE collateral - debt < before) AS negative, min(fall) AS fall
FROM (SELECT *, lag(collateral - debt) OVER w AS before, (collateral - debt) / max(collateral - debt) OVER w - 1 AS fall FROM defined WINDOW w AS (PARTITION BY token, l ORDER BY ts)) x
GROUP BY token, l;
SELECT ok(is_close(final_equity, equity) AND is_close(total_return, equity - 1) AND is_close(worst_health_factor, worst) AND r.worst_time = e.worst_time AND negative_carry_days = negative
	AND is_close(max_drawdown, fall, 1e-9) AND NOT liquidated, format('%s at leverage %s: what numeric says', token, l))
FROM expected e JOIN made USING (token), loop_replay(rates, idx, l, 0.95) r;
SELECT is_empty($$
	SELECT * FROM defined d FULL JOIN (SELECT token, l, h.* FROM made, unnest('{2,5,10,15}'::numeric[]) l, loop_history(rates, idx, l, 0.95) h) h USING (token, l, ts)
	WHERE NOT (is_close(h.collateral, d.collateral) AND is_close(h.debt, d.debt) AND is_close(h.equity, d.collateral - d.debt, 1e-11) AND is_close(h.health_factor, 0.95 * d.collateral / d.debt)) IS TRUE
$$, 'so does every row of loop_history');
-- and one that lost a tenth at once
INSERT INTO made SELECT 'slashed', (SELECT rate_series(ts, rate * CASE WHEN ts < '2025-01-01' THEN 1 ELSE 0.9 END) FROM unnest(rates)), idx, prices FROM made WHERE token = 'weETH';
CREATE TEMP TABLE runs AS
SELECT token, l, t, m, bonus, r.*, loop_equity(rates, idx, l, t, m, 7, bonus) AS path FROM made, unnest('{1,1.5,3,8,12,19}'::float8[]) l, unnest('{0.93,0.95,1}'::float8[]) t, unnest('{0,0.05}'::float8[]) bonus,
	LATERAL (VALUES (NULL::rate_series), (prices)) p(m), LATERAL loop_replay(rates, idx, l, t, m, 7, bonus) r;
SELECT is_empty($$
	SELECT token, l, t, bonus, m IS NULL FROM runs WHERE last_rate(path) <> final_equity OR last_time(path) <> end_time OR first_time(path) <> start_time
		OR (end_time > start_time AND min_rate(path) > 0 AND abs(max_drawdown(path) - max_drawdown) > 1e-12) OR liquidated <> (worst_health_factor < 1) OR (liquidated AND (liquidation_time, health_factor) <> (end_time, worst_health_factor))
$$, 'loop_replay sums up loop_equity');
SELECT ok(count(*) FILTER (WHERE liquidated) > 10 AND count(*) FILTER (WHERE NOT liquidated) > 10, 'some were liquidated and some were not') FROM runs;
SELECT is_empty($$
	SELECT token, l, t FROM runs WHERE m IS NULL AND NOT liquidated AND NOT is_close(apr, exact(loop_apr(l, supply_apr, borrow_apr)), 1e-10, 1e-13)
$$, 'apr is loop_apr of the rates that were had');
SELECT is_empty($$
	SELECT token FROM made, LATERAL (SELECT rate_series(ts, rate ORDER BY random()) AS shuffled FROM unnest(rates)) s WHERE loop_replay(shuffled, idx, 10, 0.95) <> loop_replay(rates, idx, 10, 0.95)
$$, 'the order of rows does not matter');
-- an index that is not recorded when the rates are
SELECT is_empty($$
	SELECT token FROM made, LATERAL (SELECT rate_series(ts, borrow_index) AS rare FROM aave WHERE extract(day FROM ts) IN (1, 12, 29)) i, loop_replay(rates, rare, 10, 0.95) a, loop_replay(rates, idx, 10, 0.95) b
	WHERE abs(a.final_equity - b.final_equity) > 1e-9 OR abs(a.worst_health_factor - b.worst_health_factor) > 0.001
$$, 'between two points an index is on the line');
SELECT ok(abs(last_rate(accrued_index(rate_series(ts, borrow_apr))) / (max(borrow_index) / min(borrow_index)) - 1) < 0.0005, 'an index from rates of a day is close to the one on chain')
FROM aave;
SELECT is_empty($$
	SELECT * FROM (SELECT accrued_index(rate_series(ts, borrow_apr)) AS s FROM aave) x JOIN LATERAL unnest(s) u ON true
		JOIN (SELECT ts, exp(coalesce(sum(borrow_apr) OVER (ORDER BY ts ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0) / 365) AS index FROM aave) d USING (ts)
	WHERE NOT is_close(u.rate, exact(index), 1e-13)
$$, 'accrued_index is its definition');

SELECT is_empty($$
	SELECT oid::regprocedure FROM pg_proc p WHERE proname ~ '(loop|ltv|leverage|unwind|liquidation|accrued|depeg|kink|break_even)' AND prolang = (SELECT oid FROM pg_language WHERE lanname = 'c')
		AND (obj_description(oid, 'pg_proc') IS NULL OR provolatile <> 'i' OR proparallel <> 's')
$$, 'every function has a comment, is immutable and parallel safe');

-- a deep pool takes next to nothing, and never pays for it
SELECT is_empty($$
	SELECT * FROM generate_series(1, 20000) i, LATERAL (SELECT round((1 + random() * 99 + 0 * i)::numeric, 1) AS c, round((1 + random() * 199 + 0 * i)::numeric, 1) AS d,
		10 ^ (3 + i % 16) AS reserve) x, unwind_cost_pool(c, d, reserve) u WHERE u.cost < 0
$$, 'no way out has a cost below zero');

SELECT finish();
ROLLBACK;
