-- Loops: behaviour.
SET timezone = 'UTC';
SET extra_float_digits = 0;

-- leverage and health
SELECT leverage_from_ltv(0), leverage_from_ltv(0.875), ltv_from_leverage(8), ltv_from_leverage(1), max_leverage(0.75), max_leverage(0.9, 1.2), max_leverage(0.875, 1);
SELECT leverage_after_rounds(0.9, 0), leverage_after_rounds(0.9, 1), leverage_after_rounds(0.9, 30), leverage_after_rounds(0.9, 2147483647), leverage_after_rounds(0, 3);
SELECT loop_health_factor(4, 0.9), loop_health_factor(1, 0.9) IS NULL AS "no debt", loop_liquidation_rate(4, 0.75, 1.2), loop_liquidation_rate(4, 0.75), loop_liquidation_rate(1, 0.9) IS NULL AS "no debt";
SELECT liquidation_price(2, 0.8, 3), liquidation_price(2, 1, 0) IS NULL AS "no debt", liquidation_price(0, 0.8, 3) IS NULL AS "no collateral";
SELECT depeg_tolerance(1.25), depeg_tolerance(1), depeg_tolerance(0.8), depeg_tolerance(0) IS NULL AS worthless;
SELECT leverage_from_ltv(1);
SELECT leverage_from_ltv(-0.1);
SELECT leverage_from_ltv('NaN');
SELECT ltv_from_leverage(0.9);
SELECT ltv_from_leverage('Infinity');
SELECT ltv_from_leverage('NaN');
SELECT max_leverage(1);
SELECT max_leverage(0.9, 0.9);
SELECT max_leverage(0.9, 'NaN');
SELECT leverage_after_rounds(0.9, -1);
SELECT leverage_after_rounds(1, 1);
SELECT loop_health_factor(0, 0.9);
SELECT loop_health_factor(2, 0);
SELECT loop_health_factor(2, 1.01);
SELECT loop_liquidation_rate(2, 0.9, 0);
-- other collateral, taken off the debt: what is left of it, and nothing
SELECT liquidation_price(1, 0.78, 68000 - 42000 * 0.81) AS left, liquidation_price(1, 0.78, 30000 - 42000 * 0.81) IS NULL AS covered;
SELECT liquidation_price(-1, 0.9, 1);
SELECT liquidation_price(1, 'NaN', 1);
SELECT liquidation_price(1, 0.9, 'Infinity');
SELECT liquidation_price(1e-300, 0.9, 1e300);
SELECT depeg_tolerance(-1);
SELECT depeg_tolerance('NaN');
SELECT depeg_tolerance(1e-320);

-- carry
SELECT loop_apr(10, 0.03, 0.035), loop_apr(10, 0.03, 0.025), loop_apr(1, 0.03, 0.5), loop_apr(5, -0.02, 0.01), loop_apr(4, 0.03, 0.03, 0.01, 0.02);
SELECT loop_apy(4, 0.03, 0.02, 0, 0, 1, 1), loop_apy(4, 0.03, 0.02, 0.01, 0.01, 1, 1), round(loop_apy(4, 0.03, 0.02)::numeric, 12) AS as_a_rule,
	round((4 * exp(0.03) - 3 * exp(0.02) - 1)::numeric, 12) AS continuous, round(loop_apy(4, 0.03, 0.02, supply_periods => 'Infinity', borrow_periods => 'Infinity')::numeric, 12) AS so_too;
SELECT loop_apy(4, -2, 0.02, supply_periods => 1) IS NULL AS "more than everything";
SELECT break_even_borrow_apr(10, 0.03), break_even_borrow_apr(1, 0.03) IS NULL AS "no debt", break_even_borrow_apr(2, 0.03, 0.01, 0.02), loop_apr(2, 0.03, 0.1, 0.01, 0.02) AS nothing;
SELECT date_trunc('second', time_to_liquidation(1.05, 0.03, 0.035)) AS time_to_liquidation, time_to_liquidation(1.05, 0.03, 0.03) IS NULL AS never, time_to_liquidation(1.05, 0.03, 0.02) IS NULL AS rising, time_to_liquidation(0.9, 0.03, 0.02) AS already,
	time_to_liquidation(1, 0.02, 0.03) AS at_once, time_to_liquidation(1, 0.03, 0.03) IS NULL AS stays;
SELECT date_trunc('day', time_to_liquidation(2, 0, 1.5e-6)) AS time_to_liquidation, time_to_liquidation(2, 0, 1e-6) IS NULL AS "not within 500000 years", round(extract(epoch FROM time_to_liquidation_apy(1.1, 0, 0.1))) AS a_year, time_to_liquidation_apy(1.1, 0.03, 0.03) IS NULL AS never;
SELECT loop_apr(0.5, 0.03, 0.02);
SELECT loop_apr(2, 'NaN', 0.02);
SELECT loop_apr(2, 0.03, 'Infinity');
SELECT loop_apr(2, 0.03, 0.02, '-Infinity');
SELECT loop_apr(2, 1e308, 0.02);
SELECT loop_apy(2, 0.03, 0.02, supply_periods => 0);
SELECT loop_apy(2, 0.03, 0.02, borrow_periods => 'NaN');
SELECT loop_apy(2, 0.03, 1000);
SELECT break_even_borrow_apr('NaN', 0.03);
SELECT time_to_liquidation(-1, 0.03, 0.04);
SELECT time_to_liquidation('Infinity', 0.03, 0.04);
SELECT time_to_liquidation(1.1, 0.03, 'NaN');
SELECT time_to_liquidation_apy(1.1, -1, 0.04);

-- to a target
SELECT * FROM adjust_to_ltv(100, 50, 0.75);
SELECT * FROM adjust_to_ltv(100, 50, 0.25);
SELECT * FROM adjust_to_ltv(100, 50, 0.5, slippage => 0.1);
SELECT * FROM adjust_to_ltv(100, 50, 0, slippage => 0.5);
SELECT * FROM adjust_to_ltv(10, 1000, 0.75, oracle_price => 200, market_price => 250, slippage => 0.2, swap_fee => 0.1, flash_fee => 0.01);
SELECT * FROM adjust_to_ltv(10, 1000, 0.25, oracle_price => 200, market_price => 250, slippage => 0.2, swap_fee => 0.1, flash_fee => 0.01);
SELECT * FROM adjust_to_health_factor(100, 0.75, 50, 1.5);
SELECT * FROM adjust_to_health_factor(100, 0.75, 50, 1);
SELECT r IS NULL AS insolvent FROM adjust_to_ltv(15, 68500, 0.5, 1000) r;
SELECT * FROM adjust_to_ltv(100, 99, 0.5, slippage => 0.02);
SELECT * FROM adjust_to_ltv(100, 50, 0.75, NULL);
SELECT * FROM adjust_to_ltv(NULL, 50, 0.75);
SELECT * FROM adjust_to_health_factor(100, 0.75, 50, 1.5, flash_fee => NULL);
SELECT adjust_to_ltv(100, 50, 1);
SELECT adjust_to_ltv(100, 50, 'NaN');
SELECT adjust_to_ltv(-1, 50, 0.5);
SELECT adjust_to_ltv(100, 'NaN', 0.5);
SELECT adjust_to_ltv(100, 50, 0.25, 0);
SELECT adjust_to_ltv(100, 50, 0.25, market_price => 'Infinity');
SELECT adjust_to_ltv(100, 50, 0.25, slippage => 1);
SELECT adjust_to_ltv(100, 50, 0.25, swap_fee => -0.1);
SELECT adjust_to_ltv(100, 50, 0.25, flash_fee => 'NaN');
SELECT adjust_to_ltv(1e308, 50, 0.75, 1e10);
SELECT adjust_to_health_factor(100, 0.75, 50, 0);
SELECT adjust_to_health_factor(100, 0, 50, 1.5);

-- the way out
SELECT * FROM unwind_cost(1000, 900, '{100,1000}', '{0,0}');
SELECT * FROM unwind_cost(1000, 96, '{100}', '{0.5}');
SELECT * FROM unwind_cost(1000, 96, '{200}', '{1}', swap_fee => 0.25, flash_fee => 0.5);
SELECT * FROM unwind_cost(1000, 900, '{100,200}', '{1,1}');
SELECT * FROM unwind_cost(1000, 0, '{100}', '{1}');
SELECT * FROM unwind_cost(0, 900, '{100}', '{0.1}');
SELECT * FROM unwind_cost_pool(1000, 300, 600);
SELECT * FROM unwind_cost_pool(1000, 300, 800, 0.25, 0.5);
SELECT * FROM unwind_cost_pool(600, 900, 600);
SELECT unwind_cost(1000, 900, '{100,NULL}', '{0,0}');
SELECT unwind_cost(1000, 900, '{}', '{}');
SELECT unwind_cost(1000, 900, '{100}', '{0,0.1}');
SELECT unwind_cost(1000, 900, '{100,50}', '{0,0.1}');
SELECT unwind_cost(1000, 900, '{100,200}', '{0.2,0.1}');
SELECT unwind_cost(1000, 900, '{{100,200}}', '{0.1,0.1}');
SELECT unwind_cost(1000, 900, '{100,NaN}', '{0.1,0.1}');
SELECT unwind_cost(1000, 'NaN', '{100}', '{0.1}');
SELECT unwind_cost(1000, 900, '{100}', '{0.1}', swap_fee => 1);
SELECT unwind_cost(1000, 900, '{100}', '{0.1}', flash_fee => -1);
SELECT unwind_cost_pool(1000, 900, 0);
SELECT unwind_cost_pool(1000, 900, 'Infinity');
SELECT unwind_cost_pool(1000, 900, NULL) IS NULL AS "null";

-- curves that are none
SELECT * FROM optimal_loop(1000, 0.25, 1000, 100, '{1,0}', '{0,0.5}', 5);
SELECT * FROM optimal_loop(1000, 0.25, 1000, 100, '{0,1}', '{0,Infinity}', 5);
SELECT * FROM optimal_loop(1000, 0.25, 1000, 100, '{0,1}', '{0}', 5);
SELECT * FROM optimal_loop(1000, 0.25, 1000, 100, '{}', '{}', 5);
SELECT * FROM optimal_loop(1000, 0.25, 1000, 100, '{0,NULL}', '{0,0.5}', 5);

-- the optimum: the rate is half the utilization, so that 100 + B of 1000 borrowed cost (100 + 2 B) / 2000 at the margin
SELECT * FROM optimal_loop(1000, 0.25, 1000, 100, '{0,1}', '{0,0.5}', 5);
SELECT * FROM optimal_loop(50, 0.25, 1000, 100, '{0,1}', '{0,0.5}', 3);
SELECT * FROM optimal_loop(1000, 2, 1000, 100, '{0,1}', '{0,0.5}', 5);
SELECT * FROM optimal_loop(1000, 0.03, 1000, 100, '{0,1}', '{0,0.5}', 5);
-- of an own debt, which costs keep as it is, or almost
SELECT * FROM optimal_loop(1000, 0.25, 1000, 290, '{0,1}', '{0,0.5}', 5, own_debt => 190);
SELECT * FROM optimal_loop(1000, 0.25, 1000, 290, '{0,1}', '{0,0.5}', 5, own_debt => 190, transaction_cost => 0.02);
SELECT * FROM optimal_loop(1000, 0.25, 1000, 290, '{0,1}', '{0,0.5}', 5, own_debt => 190, transaction_cost => 0.02, horizon => '3650 days');
SELECT * FROM optimal_loop(1000, 0.25, 1000, 400, '{0,1}', '{0,0.5}', 5, own_debt => 300, transaction_cost => 0.02);
SELECT * FROM optimal_loop(1000, 0.25, 1000, 100, '{0,1}', '{0,0.5}', 5, transaction_cost => 0.3);
-- on a kink, beyond it, all of it taken
SELECT * FROM optimal_loop_kinked(1000, 0.25, 1000, 100, 0, 0.125, 4, 0.5, 5);
SELECT * FROM optimal_loop_kinked(1000, 0.25, 1000, 0, 0, 0.125, 0.0625, 0.5, 5);
SELECT * FROM optimal_loop_kinked(1000, 0.25, 1000, 1000, 0, 0.125, 0.25, 0.5, 5);
SELECT * FROM optimal_loop_kinked(1000, 0.25, 1000, 1100, 0, 0.125, 0.25, 0.5, 5);
-- Morpho: at its target, and where the curve moves while one stays
SELECT * FROM optimal_loop_morpho(1000, 0.0625, 1000, 500, 0.03125, 5);
SELECT h AS horizon, round(borrow::numeric, 6) AS borrow, round(borrow_apr::numeric, 9) AS borrow_apr, round(net_apr::numeric, 9) AS net_apr, limited_by
FROM unnest('{00:00:01,1 day,10 days,100 days}'::interval[]) h, optimal_loop_morpho(100, 0.02, 1000, 300, 0.03125, 8, horizon => h);
SELECT optimal_loop(0, 0.25, 1000, 100, '{0,1}', '{0,0.5}', 5);
SELECT optimal_loop(1000, 'NaN', 1000, 100, '{0,1}', '{0,0.5}', 5);
SELECT optimal_loop(1000, 0.25, 0, 100, '{0,1}', '{0,0.5}', 5);
SELECT optimal_loop(1000, 0.25, 1000, -1, '{0,1}', '{0,0.5}', 5);
SELECT optimal_loop(1000, 0.25, 1000, 100, '{0,1}', '{0}', 5);
SELECT optimal_loop(1000, 0.25, 1000, 100, '{0,1}', '{0,0.5}', 0.5);
SELECT optimal_loop(1000, 0.25, 1000, 100, '{0,1}', '{0,0.5}', 5, own_debt => 200);
SELECT optimal_loop(1000, 0.25, 1000, 100, '{0,1}', '{0,0.5}', 5, transaction_cost => 1);
SELECT optimal_loop(1000, 0.25, 1000, 100, '{0,1}', '{0,0.5}', 5, horizon => '0');
SELECT optimal_loop(1000, 0.25, 1000, 100, '{0,1}', '{0,0.5}', 5, horizon => '1 month');
SELECT optimal_loop_kinked(1000, 0.25, 1000, 100, 0, 0.1, 'NaN', 0.5, 5);
SELECT optimal_loop_kinked(1000, 0.25, 1000, 100, 0, 0.1, 1, 1, 5);
SELECT optimal_loop_morpho(1000, 0.05, 1000, 100, 0.0009, 5);
SELECT optimal_loop_morpho(1000, 0.05, 1000, 100, 'NaN', 5);
SELECT optimal_loop_morpho(1000, 0.05, 1000, 1001, 0.04, 5);
SELECT optimal_loop(NULL, 0.25, 1000, 100, '{0,1}', '{0,0.5}', 5) IS NULL AS "null";

-- over a history: 4 of collateral, 3 of debt
CREATE VIEW h AS SELECT rate_series '[(2024-01-01 00:00Z,1),(2024-01-03 00:00Z,1.25),(2024-01-05 00:00Z,1.125),(2024-01-07 00:00Z,1.5)]' AS rates,
	rate_series '[(2023-12-31 00:00Z,1),(2024-01-02 00:00Z,2),(2024-01-10 00:00Z,2)]' AS jump,
	rate_series '[(2024-01-01 00:00Z,2),(2024-01-05 00:00Z,2.5),(2024-01-07 00:00Z,2.5)]' AS idx,
	rate_series '[(2024-01-01 00:00Z,0.5),(2024-01-02 00:00Z,0.75),(2024-01-07 00:00Z,0.625)]' AS market;
\x on
SELECT r.* FROM h, loop_replay(rates, idx, 4, 1) r;
SELECT r.* FROM h, loop_replay(rates, idx, 4, 0.8125) r;
SELECT r.* FROM h, loop_replay(rates, idx, 4, 0.8125, liquidation_bonus => 0.0625, equity => 100) r;
SELECT r.* FROM h, loop_replay(rates, idx, 4, 1, market) r;
SELECT r.* FROM h, loop_replay(rates, idx, 1, 1) r;
SELECT r.* FROM h, loop_replay(rates, idx, 4, 0.5) r;
SELECT r.* FROM h, loop_replay(rates, jump, 2, 1) r;
\x off
SELECT loop_equity(rates, idx, 4, 1) FROM h;
SELECT loop_equity(rates, idx, 4, 0.8125, liquidation_bonus => 0.0625, equity => 100) FROM h;
SELECT loop_equity(rates, idx, 4, 1, market) FROM h;
SELECT r.* FROM h, loop_history(rates, idx, 4, 1) r;
SELECT r.* FROM h, loop_history(rates, idx, 4, 0.8125, equity => 100) r;
SELECT r.* FROM h, loop_history(rates, idx, 1, 1) r;
-- series that share less than two times
SELECT r IS NULL AS apart FROM h, loop_replay(slice(rates, '2024-01-05'), slice(idx, end_time => '2024-01-05'), 4, 1) r;
SELECT loop_equity(rates, slice(idx, end_time => '2024-01-01'), 4, 1) IS NULL AS "one time" FROM h;
SELECT count(*) AS apart FROM h, loop_history(rates, slice(idx, end_time => '2024-01-01'), 4, 1);
SELECT r IS NULL AS "null", loop_equity(rates, NULL, 4, 1) IS NULL AS index, loop_equity(rates, idx, NULL, 1) IS NULL AS leverage, loop_equity(rates, idx, 4, NULL) IS NULL AS threshold,
	loop_equity(rates, idx, 4, 1, NULL, NULL) IS NULL AS equity, loop_equity(rates, idx, 4, 1, liquidation_bonus => NULL) IS NULL AS bonus FROM h, loop_replay(NULL, idx, 4, 1) r;
SELECT r.* FROM h, loop_replay(rates, rate_series '[(2024-01-01 00:00Z,0),(2024-01-02 00:00Z,1)]', 4, 1) r;
SELECT r.* FROM h, loop_replay(rate_series '[(2024-01-01 00:00Z,-1),(2024-01-02 00:00Z,1)]', idx, 4, 1) r;
SELECT r.* FROM h, loop_replay(rates, idx, 4, 1, rate_series '[(2024-01-01 00:00Z,0),(2024-01-02 00:00Z,1)]') r;
SELECT loop_equity(rates, idx, 0.9, 1) FROM h;
SELECT loop_equity(rates, idx, 'NaN', 1) FROM h;
SELECT loop_equity(rates, idx, 4, 0) FROM h;
SELECT loop_equity(rates, idx, 4, 1, equity => 0) FROM h;
SELECT loop_equity(rates, idx, 4, 1, equity => 'Infinity') FROM h;
SELECT loop_equity(rates, idx, 4, 1, liquidation_bonus => -0.1) FROM h;
SELECT loop_equity(rate_series '[(2024-01-01 00:00Z,1e-300),(2024-01-02 00:00Z,1e300)]', idx, 4, 1) FROM h;

-- an index from rates
SELECT accrued_index(rate_series '[(2024-01-01 00:00Z,0)]'), accrued_index(rate_series '[(2024-01-01 00:00Z,0),(2025-01-01 00:00Z,1)]');
SELECT ts, round(rate::numeric, 12) AS index FROM unnest(accrued_index(rate_series '[(2023-01-01 00:00Z,0.05),(2024-01-01 00:00Z,-0.05),(2024-12-31 00:00Z,0.1)]'));
SELECT accrued_index(rate_series '[(2023-01-01 00:00Z,1000),(2024-01-01 00:00Z,0)]');
SELECT accrued_index(rate_series '[(2023-01-01 00:00Z,-1000),(2024-01-01 00:00Z,0)]');
SELECT accrued_index(NULL) IS NULL AS "null";
