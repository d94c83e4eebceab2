-- pools of Uniswap v2, v3 and v4: behaviour, errors and edges

-- ticks and sqrt prices
SELECT t, univ3_sqrt_price_at_tick(t) FROM unnest('{-887272,-887271,-1,0,1,887271,887272}'::int[]) t;
SELECT univ3_tick_at_sqrt_price(4295128739), univ3_tick_at_sqrt_price(4295128740), univ3_tick_at_sqrt_price(79228162514264337593543950335),
	univ3_tick_at_sqrt_price(79228162514264337593543950336), univ3_tick_at_sqrt_price(1461446703485210103287273052203988822378723970341);
SELECT univ3_sqrt_price_at_tick(887273);
SELECT univ3_sqrt_price_at_tick(-887273);
SELECT univ3_sqrt_price_at_tick((-2147483648)::int);
-- as indexers store it: bigint, of which an int and a smallint become one by themselves
SELECT univ3_sqrt_price_at_tick(100::bigint) = univ3_sqrt_price_at_tick(100::smallint) AS "any integer", pg_typeof(univ3_tick_at_sqrt_price(univ3_sqrt_price_at_tick(100::bigint))) AS "comes out as",
	univ3_nearest_usable_tick(17::bigint, 10::bigint), univ3_tick_to_price(0::bigint, 18::bigint, 18::smallint), univ3_price(79228162514264337593543950336, 6::bigint, 6);
SELECT univ3_sqrt_price_at_tick(9223372036854775807);
SELECT univ3_tick_at_sqrt_price(4295128738);
SELECT univ3_tick_at_sqrt_price(1461446703485210103287273052203988822378723970342);
SELECT univ3_tick_at_sqrt_price(0);
SELECT univ3_tick_at_sqrt_price(-1);
SELECT univ3_tick_at_sqrt_price(5000000000.5);
SELECT univ3_tick_at_sqrt_price('NaN');
SELECT univ3_sqrt_price_at_tick(NULL), univ3_tick_at_sqrt_price(NULL);

-- prices
SELECT univ3_price(79228162514264337593543950336, 18, 18), univ3_price(79228162514264337593543950336, 6, 18), univ3_price(79228162514264337593543950336, 6, 18, true);
SELECT univ3_price(2302457180693885351454651093163492, 6, 18), univ3_price(2302457180693885351454651093163492, 6, 18, true);
SELECT univ3_price(4295128739, 18, 18), univ3_price(4295128739, 18, 18, true);
SELECT univ3_price(1461446703485210103287273052203988822378723970341, 0, 0), univ3_price(1461446703485210103287273052203988822378723970341, 0, 0, true);
SELECT univ3_price(4295128738, 18, 18);
SELECT univ3_price(4295128739, -1, 18);
SELECT univ3_price(4295128739, 18, 256);
SELECT univ3_price(4295128739, 0, 255, true);
SELECT univ3_tick_to_price(0), univ3_tick_to_price(1), univ3_tick_to_price(-1) = 1 / 1.0001::float8, univ3_tick_to_price(0, 6, 18), univ3_tick_to_price(0, 18, 6);
SELECT univ3_tick_to_price(200311), univ3_tick_to_price(200311, 18, 6), univ3_tick_to_price(-887272), univ3_tick_to_price(887272);
SELECT univ3_tick_to_price(887273);
SELECT univ3_tick_to_price(0, 18, -6);
SELECT univ3_price_to_tick(1), univ3_price_to_tick(1.0001), univ3_price_to_tick(1.00009999), univ3_price_to_tick(0.99999), univ3_price_to_tick(2000, 18, 6),
	univ3_price_to_tick(2000, decimals1 => 6, decimals0 => 18);
SELECT univ3_price_to_tick(univ3_tick_to_price(-887272)), univ3_price_to_tick(univ3_tick_to_price(887272));
SELECT univ3_price_to_tick(0);
SELECT univ3_price_to_tick(-1);
SELECT univ3_price_to_tick('NaN');
SELECT univ3_price_to_tick('Infinity');
SELECT univ3_price_to_tick(1e39);
SELECT t, s, univ3_nearest_usable_tick(t, s) FROM (VALUES (5, 10), (-5, 10), (-6, 10), (887272, 60), (-887272, 60), (-887272, 32767)) v(t, s);
SELECT univ3_nearest_usable_tick(0, 0);
SELECT univ3_nearest_usable_tick(0, 32768);
SELECT univ3_nearest_usable_tick(887273, 10);

-- positions: below, in and above their range; floored and rounded up
SELECT t, a.*, b.amount0 AS up0, b.amount1 AS up1 FROM unnest('{-200,-100,0,99,100,200}'::int[]) t
CROSS JOIN LATERAL univ3_amounts(1000000007, univ3_sqrt_price_at_tick(t), -100, 100) a
CROSS JOIN LATERAL univ3_amounts(1000000007, univ3_sqrt_price_at_tick(t), -100, 100, true) b;
SELECT univ3_amounts(0, univ3_sqrt_price_at_tick(0), -100, 100, true), univ3_amounts(NULL, univ3_sqrt_price_at_tick(0), -100, 100),
	univ3_amounts(1, univ3_sqrt_price_at_tick(0), -100, 100, NULL);
SELECT univ3_amounts_at_prices(1000000007, univ3_sqrt_price_at_tick(0), univ3_sqrt_price_at_tick(-100), univ3_sqrt_price_at_tick(100)),
	univ3_amounts_at_prices(1000000007, univ3_sqrt_price_at_tick(0), univ3_sqrt_price_at_tick(-887272), univ3_sqrt_price_at_tick(887272), round_up => true);
SELECT univ3_amounts(2::numeric ^ 128 - 1, 4295128739, -887272, 887272);
SELECT univ3_amounts(340282366920938463463374607431768211456, 4295128739, -887272, 887272);
SELECT univ3_amounts(-1, 4295128739, -887272, 887272);
SELECT univ3_amounts(1, 4295128738, -100, 100);
SELECT univ3_amounts(1, 4295128739, 100, -100);
SELECT univ3_amounts(1, 4295128739, 100, 100);
SELECT univ3_amounts(1, 4295128739, -887273, 100);
SELECT univ3_amounts(1, 4295128739, 100, 887273);
SELECT univ3_amounts_at_prices(1, 4295128739, 5000000000.0, 4295128738);
SELECT univ3_amounts_at_prices(1, 4295128739, 5000000000.0, 5000000000);
SELECT univ3_amounts_at_prices(1, 4295128739, 5000000000.0, 1461446703485210103287273052203988822378723970343);
SELECT univ3_liquidity(univ3_sqrt_price_at_tick(0), -100, 100, 1000000, 2000000), univ3_liquidity(univ3_sqrt_price_at_tick(0), -100, 100, 0, 2000000),
	univ3_liquidity_at_prices(univ3_sqrt_price_at_tick(0), univ3_sqrt_price_at_tick(-100), univ3_sqrt_price_at_tick(100), 1000000, 2000000);
SELECT univ3_liquidity(univ3_sqrt_price_at_tick(-100), -100, 100, 1000000, 0), univ3_liquidity(univ3_sqrt_price_at_tick(100), -100, 100, 0, 1000000);
SELECT univ3_liquidity(univ3_sqrt_price_at_tick(0), -1, 1, 1000, 2::numeric ^ 255), univ3_liquidity(NULL, -1, 1, 1000, 1);
SELECT univ3_liquidity(univ3_sqrt_price_at_tick(0), -1, 1, 2::numeric ^ 127, 2::numeric ^ 127);
SELECT univ3_liquidity(univ3_sqrt_price_at_tick(0), 1, -1, 1000, 1000);
SELECT univ3_liquidity(univ3_sqrt_price_at_tick(0), -1, 1, 0.5, 1000);

-- fees, modulo 2^256
SELECT t, univ3_fee_growth_inside(-2, 2, t, 15, 2, 3) FROM unnest('{-3,-2,1,2}'::int[]) t;
SELECT univ3_fee_growth_inside(2, -2, 0, 15, 2, 3);
SELECT univ3_fee_growth_inside(-2, 2, 887273, 15, 2, 3);
SELECT univ3_fee_growth_inside(-2, 2, 0, 15, -2, 3);
SELECT univ3_fees_owed(2::numeric ^ 128, 0, 7), univ3_fees_owed(1, 2::numeric ^ 256 - 2::numeric ^ 128 + 1, 7), univ3_fees_owed(2::numeric ^ 128 - 1, 0, 1);
SELECT univ3_fees_owed(0, 1, 2::numeric ^ 128 - 1) = 2::numeric ^ 256 - 2::numeric ^ 128 - 1;
SELECT univ3_fees_owed(1, 0, 340282366920938463463374607431768211456);

-- swaps: one range, a fee of 0.3 %
CREATE TABLE pool AS
SELECT univ3_sqrt_price_at_tick(0) AS sqrt_price, 1000000000000000000000000 AS liquidity, 0 AS tick, 3000 AS fee_pips, 60 AS tick_spacing,
	'{-600,600}'::int[] AS ticks, '{1000000000000000000000000,-1000000000000000000000000}'::numeric[] AS liquidity_net;
SELECT exact_in, zero_for_one, s.* FROM pool p, unnest('{true,false}'::boolean[]) exact_in, unnest('{true,false}'::boolean[]) zero_for_one
CROSS JOIN LATERAL univ3_swap(sqrt_price, liquidity, tick, fee_pips, tick_spacing, ticks, liquidity_net, 1000000000000000000, exact_in, zero_for_one) s;
-- more than there is, to a limit, nothing, one unit
SELECT s.* FROM pool p, unnest('{true,false}'::boolean[]) zero_for_one
CROSS JOIN LATERAL univ3_swap(sqrt_price, liquidity, tick, fee_pips, tick_spacing, ticks, liquidity_net, 1e30, true, zero_for_one) s;
SELECT s.* FROM pool p CROSS JOIN LATERAL univ3_swap(sqrt_price, liquidity, tick, fee_pips, tick_spacing, ticks, liquidity_net, 1e30, false, true,
	univ3_sqrt_price_at_tick(-60)) s;
SELECT s.* FROM pool p CROSS JOIN LATERAL univ3_swap(sqrt_price, liquidity, tick, fee_pips, tick_spacing, ticks, liquidity_net, 0, false, true) s;
SELECT s.* FROM pool p CROSS JOIN LATERAL univ3_swap(sqrt_price, liquidity, tick, fee_pips, tick_spacing, ticks, liquidity_net, 1, true, true) s;
-- after the price fell onto a tick, the tick is one less
SELECT s.* FROM pool p CROSS JOIN LATERAL univ3_swap(univ3_sqrt_price_at_tick(-600), 0, -601, fee_pips, tick_spacing, ticks, liquidity_net, 10, true, false) s;
-- at the end of prices nothing can be sold; an empty pool
SELECT s.* FROM univ3_swap(4295128739, 5, -887272, 0, 1, '{}', '{}', 10, true, true) s;
SELECT s.* FROM univ3_swap(univ3_sqrt_price_at_tick(0), 0, 0, 3000, 1, '{}', '{}', 10, true, true) s;
-- NULL anywhere but in the limit
SELECT univ3_swap(sqrt_price, liquidity, NULL, fee_pips, tick_spacing, ticks, liquidity_net, 1, true, true),
	univ3_swap(sqrt_price, liquidity, tick, fee_pips, tick_spacing, NULL, liquidity_net, 1, true, true),
	univ3_swap(sqrt_price, liquidity, tick, fee_pips, tick_spacing, ticks, liquidity_net, 1, true, NULL, 4295128740) FROM pool;

-- ticks of any integer, and as a literal
SELECT count(DISTINCT s) AS swaps FROM pool p CROSS JOIN LATERAL (VALUES
	(univ3_swap(sqrt_price, liquidity, tick::bigint, fee_pips::bigint, tick_spacing::bigint, ticks::bigint[], liquidity_net, 1000, true, true)),
	(univ3_swap(sqrt_price, liquidity, tick::smallint, fee_pips, tick_spacing, ticks::smallint[], liquidity_net, 1000, true, true)),
	(univ3_swap(sqrt_price, liquidity, 0, 3000, 60, '{-600,600}', '{1000000000000000000000000,-1000000000000000000000000}', 1000, true, true)),
	(univ3_swap(sqrt_price, liquidity, 0, 3000, 60, ARRAY[-600, 600], liquidity_net, 1000, true, true))) v(s);
SELECT univ3_swap(sqrt_price, liquidity, 9223372036854775807, 3000, 60, ticks, liquidity_net, 1000, true, true) FROM pool;
SELECT univ3_swap(sqrt_price, liquidity, 0, 4294967296, 60, ticks, liquidity_net, 1000, true, true) FROM pool;
SELECT univ3_swap(sqrt_price, liquidity, 0, 3000, 60, '{-4294967296,0}', liquidity_net, 1000, true, true) FROM pool;

-- what cannot be a pool
CREATE FUNCTION try(pool pool, amount numeric DEFAULT 1, sell0 boolean DEFAULT true, price_limit numeric DEFAULT NULL) RETURNS numeric LANGUAGE sql AS $$
	SELECT amount_out FROM univ3_swap(pool.sqrt_price, pool.liquidity, pool.tick, pool.fee_pips, pool.tick_spacing, pool.ticks, pool.liquidity_net,
		amount, true, sell0, price_limit)
$$;
\set VERBOSITY terse
CREATE FUNCTION with_value(p pool, name text, value text) RETURNS pool LANGUAGE sql AS $$
	SELECT (json_populate_record(p, json_build_object(name, value))).*
$$;
SELECT try(with_value(pool, 'sqrt_price', '4295128738')) FROM pool;
SELECT try(with_value(pool, 'liquidity', '340282366920938463463374607431768211456')) FROM pool;
SELECT try(with_value(pool, 'tick', '1')) FROM pool;
SELECT try(with_value(pool, 'tick', '-2')) FROM pool;
SELECT try(with_value(pool, 'fee_pips', '-1')) FROM pool;
SELECT try(with_value(pool, 'fee_pips', '1000000')) FROM pool;
SELECT try(with_value(pool, 'tick_spacing', '0')) FROM pool;
SELECT try(with_value(pool, 'tick_spacing', '-60')) FROM pool;
SELECT try(with_value(pool, 'tick_spacing', '32768')) FROM pool;
SELECT try(with_value(pool, 'tick_spacing', '7')) FROM pool;
SELECT try(with_value(pool, 'ticks', '{600,-600}')) FROM pool;
SELECT try(with_value(pool, 'ticks', '{600,600}')) FROM pool;
SELECT try(with_value(pool, 'ticks', '{-600,887280}')) FROM pool;
SELECT try(with_value(pool, 'ticks', '{-600,NULL}')) FROM pool;
SELECT try(with_value(pool, 'ticks', '{{-600,600}}')) FROM pool;
SELECT try(with_value(pool, 'ticks', '{-600}')) FROM pool;
SELECT try(with_value(pool, 'liquidity_net', '{1,NULL}')) FROM pool;
SELECT try(with_value(pool, 'liquidity_net', '{1,2,3}')) FROM pool;
SELECT try(with_value(pool, 'liquidity_net', '{{1,2}}')) FROM pool;
SELECT try(with_value(pool, 'liquidity_net', '{1,0.5}')) FROM pool;
SELECT try(with_value(pool, 'liquidity_net', '{1,NaN}')) FROM pool;
SELECT try(with_value(pool, 'liquidity_net', '{1,170141183460469231731687303715884105728}')) FROM pool;
SELECT try(with_value(pool, 'liquidity_net', '{-170141183460469231731687303715884105728,1}')) FROM pool;
SELECT try(with_value(pool, 'liquidity_net', '{-170141183460469231731687303715884105729,1}')) FROM pool;
SELECT try(pool, -1) FROM pool;
SELECT try(pool, 57896044618658097711785492504343953926634992332820282019728792003956564819968) FROM pool;
SELECT try(pool, 1, true, sqrt_price) FROM pool;
SELECT try(pool, 1, true, sqrt_price + 1) FROM pool;
SELECT try(pool, 1, false, sqrt_price - 1) FROM pool;
SELECT try(pool, 1, true, 4295128739) FROM pool;
SELECT try(pool, 1, false, 1461446703485210103287273052203988822378723970342) FROM pool;
SELECT try(pool, 1, false, 0.5) FROM pool;
-- and what only the way shows
SELECT try(with_value(pool, 'liquidity_net', '{2000000000000000000000000,0}'), 1e30) FROM pool;
SELECT try(with_value(pool, 'liquidity_net', '{0,170141183460469231731687303715884105727}'), 1e30, false) = 1 FROM pool;
SELECT try(with_value(with_value(pool, 'liquidity_net', '{0,170141183460469231731687303715884105727}'), 'liquidity',
	'340282366920938463463374607431768211455'), 1e60, false) = 1 FROM pool;
\set VERBOSITY default

-- depth: marginal and average, both ways; less than the fee is nothing; more than all is all
SELECT mode, zero, x, d.* FROM pool, unnest('{marginal,average}'::text[]) mode, unnest('{true,false}'::boolean[]) zero, unnest('{0,0.001,0.01,0.5}'::float8[]) x
CROSS JOIN LATERAL univ3_exit_depth(sqrt_price, liquidity, tick, fee_pips, tick_spacing, ticks, liquidity_net, x, zero, mode) d;
SELECT d.* FROM pool CROSS JOIN LATERAL univ3_depth_curve(sqrt_price, liquidity, tick, fee_pips, tick_spacing, ticks, liquidity_net,
	'{0.001,0.01,0.5}', true, 'average', decimals0 => 18, decimals1 => 18) d;
-- against a fair price: 2 % below is closer to it, 2 % above is further than allowed
SELECT fair, d.* FROM pool, unnest('{0.98,1,1.005,1.02}'::float8[]) fair
CROSS JOIN LATERAL univ3_exit_depth(sqrt_price, liquidity, tick, fee_pips, tick_spacing, ticks, liquidity_net, 0.01, true, 'average', fair) d;
SELECT d.* FROM pool CROSS JOIN LATERAL univ3_exit_depth(sqrt_price, liquidity, tick, fee_pips, tick_spacing, ticks, liquidity_net, 0.01, true, 'marginal',
	1e12, 18, 6) d;
SELECT count(*) FROM pool, univ3_depth_curve(sqrt_price, liquidity, tick, fee_pips, tick_spacing, ticks, liquidity_net, '{}', true, 'average');
SELECT count(*) FROM pool, univ3_depth_curve(sqrt_price, liquidity, tick, fee_pips, tick_spacing, ticks, liquidity_net, NULL, true, 'average');
SELECT univ3_exit_depth(sqrt_price, liquidity, tick, fee_pips, tick_spacing, ticks, liquidity_net, NULL, true, 'average'),
	univ3_exit_depth(sqrt_price, liquidity, tick, fee_pips, tick_spacing, ticks, liquidity_net, 0.1, true, NULL),
	univ3_exit_depth(sqrt_price, liquidity, tick, fee_pips, tick_spacing, ticks, liquidity_net, 0.1, true, 'average', decimals0 => NULL) FROM pool;
SELECT univ3_exit_depth(sqrt_price, liquidity, tick, fee_pips, tick_spacing, ticks, liquidity_net, 1, true, 'average') FROM pool;
SELECT univ3_exit_depth(sqrt_price, liquidity, tick, fee_pips, tick_spacing, ticks, liquidity_net, -0.01, true, 'average') FROM pool;
SELECT univ3_exit_depth(sqrt_price, liquidity, tick, fee_pips, tick_spacing, ticks, liquidity_net, 'NaN', true, 'average') FROM pool;
SELECT univ3_exit_depth(sqrt_price, liquidity, tick, fee_pips, tick_spacing, ticks, liquidity_net, 0.1, true, 'mean') FROM pool;
SELECT univ3_exit_depth(sqrt_price, liquidity, tick, fee_pips, tick_spacing, ticks, liquidity_net, 0.1, true, 'average', 0) FROM pool;
SELECT univ3_exit_depth(sqrt_price, liquidity, tick, fee_pips, tick_spacing, ticks, liquidity_net, 0.1, true, 'average', 'NaN') FROM pool;
SELECT univ3_exit_depth(sqrt_price, liquidity, tick, fee_pips, tick_spacing, ticks, liquidity_net, 0.1, true, 'average', 1, 300) FROM pool;
SELECT univ3_depth_curve(sqrt_price, liquidity, tick, fee_pips, tick_spacing, ticks, liquidity_net, '{0.1,NULL}', true, 'average') FROM pool;
SELECT univ3_depth_curve(sqrt_price, liquidity, tick, fee_pips, tick_spacing, ticks, liquidity_net, '{{0.1}}', true, 'average') FROM pool;
SELECT univ3_depth_curve(sqrt_price, liquidity, tick, fee_pips, tick_spacing, ticks, liquidity_net, '{2}', true, 'average') FROM pool;

-- Uniswap v2
SELECT univ2_amount_out(1000000000000000000, 5000000000000000000, 10000000000000000000), univ2_amount_out(2, 100, 100), univ2_amount_out(0, 1, 1);
SELECT univ2_amount_in(1, 100, 100), univ2_amount_in(1662497915624478906, 5000000000000000000, 10000000000000000000), univ2_amount_in(0, 1, 1);
SELECT univ2_amount_out(1000, 10000, 10000, 0), univ2_amount_out(1000, 10000, 10000, 25), univ2_amount_out(1000, 10000, 10000, 9999), univ2_amount_out(1, NULL, 1);
SELECT univ2_amount_out(1, 0, 1);
SELECT univ2_amount_out(1, 1, 0);
SELECT univ2_amount_out(1, 1, 1, -1);
SELECT univ2_amount_out(1, 1, 1, 10000);
SELECT univ2_amount_out(-1, 1, 1);
SELECT univ2_amount_out(2::numeric ^ 255, 1, 1);
SELECT univ2_amount_in(100, 100, 100);
SELECT univ2_amount_in(1, 0, 100);
SELECT univ2_amount_in(1, 2::numeric ^ 255, 2);

DROP FUNCTION try, with_value;
DROP TABLE pool;
