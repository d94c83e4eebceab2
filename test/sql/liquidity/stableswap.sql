-- pools of Curve's StableSwap kind: behaviour, errors and edges
SET timezone = 'UTC'; SET datestyle = 'ISO';

-- one pool, seven ways to compute it: the invariant, a swap, the price of a share
SELECT v AS variant, stableswap_d('{300000000000000000000,100000000000000000000}', a, NULL, v) AS d,
	stableswap_dy(0, 1, 10000000000000000000, '{300000000000000000000,100000000000000000000}', a, 4000000, NULL, v) AS dy,
	stableswap_virtual_price('{300000000000000000000,100000000000000000000}', a, 390000000000000000000, NULL, v) AS virtual_price
FROM unnest('{raw,std,plus1,ng,balancer_v2,balancer_composable,balancer_v3}'::text[], '{50,5000,5000,5000,50000,50000,50000}'::numeric[]) x(v, a);

-- coins and their order; more coins; rates of tokens with 6 decimals
SELECT stableswap_dy(1, 0, 10000000000000000000, '{300000000000000000000,100000000000000000000}', 5000, 4000000);
SELECT stableswap_dy(2, 0, 1000000, '{5000000000000000000000,4000000000,6000000000}', 200, 1000000,
	'{1000000000000000000,1000000000000000000000000000000,1000000000000000000000000000000}', 'raw');
SELECT stableswap_d('{1000000000000000000,1000000000000000000,1000000000000000000,1000000000000000000,1000000000000000000,1000000000000000000,1000000000000000000,1000000000000000000}', 2000);

-- rates of one are no rates
SELECT v, stableswap_d('{30000000000,50000000000}', 100000, '{1000000000000000000,1000000000000000000}', v)
	= stableswap_d('{30000000000,50000000000}', 100000, NULL, v) AS same
FROM unnest('{raw,std,plus1,ng,balancer_v2,balancer_composable,balancer_v3}'::text[]) v;

-- nothing in the pool; nothing of one coin, which one form survives
SELECT v, stableswap_d('{0,0}', 5000, NULL, v) FROM unnest('{raw,std,plus1,ng,balancer_composable,balancer_v3}'::text[]) v;
SELECT stableswap_d('{0,0}', 50000, variant => 'balancer_v2'), stableswap_virtual_price('{0,0}', 5000, 1);
SELECT stableswap_d('{100,0}', 5000);
SELECT stableswap_d('{100,0}', 50000, variant => 'balancer_v3');
SELECT stableswap_d('{100000,0}', 5000, variant => 'plus1') > 0 AS survives;
SELECT stableswap_d('{100,5}', 5000, '{1000000000000000000,100000000000000000}');
SELECT stableswap_dy(0, 1, 10, '{0,0}', 5000, 0);
SELECT stableswap_spot_price(0, 1, '{0,0}', 5000);

-- NULL in any argument but rates and the multiplier; NULL in an array
SELECT stableswap_d(NULL, 5000), stableswap_d('{1,2}', NULL), stableswap_d('{1,2}', 5000, variant => NULL),
	stableswap_d('{1,NULL}', 5000), stableswap_d('{1,2}', 5000, '{1,NULL}');
SELECT stableswap_dy(NULL, 1, 10, '{100,100}', 5000, 0), stableswap_dy(0, 1, NULL, '{100,100}', 5000, 0),
	stableswap_dy(0, 1, 10, '{100,100}', 5000, NULL), stableswap_dy(0, 1, 10, '{100,100}', 5000, 0, offpeg_fee_multiplier => NULL);
SELECT stableswap_virtual_price('{1,2}', 5000, NULL), pool_share(NULL, '{1,2}'), pool_share(0, '{1,NULL}');

-- what is no pool
SELECT stableswap_d('{}', 5000);
SELECT stableswap_d('{5}', 5000);
SELECT stableswap_d('{1,2,3,4,5,6,7,8,9}', 5000);
SELECT stableswap_d('{{1,2},{3,4}}', 5000);
SELECT stableswap_d('{1,2}', 5000, '{1,2,3}');
SELECT stableswap_d('{1,2}', 5000, '{1,0}');
SELECT stableswap_d('{1,-2}', 5000);
SELECT stableswap_d('{1,2.5}', 5000);
SELECT stableswap_d('{1,NaN}', 5000);
SELECT stableswap_d('{1,2}', 5000, '{1,Infinity}');
SELECT stableswap_d('{1,2}', 0);
SELECT stableswap_d('{1,2}', -1);
SELECT stableswap_d('{100,200}', 10);
SELECT stableswap_d('{1,2}', 5000, NULL, 'curve');
SELECT stableswap_d('{1,2}', 5000, NULL, '');
SELECT stableswap_dy(0, 0, 10, '{100,100}', 5000, 0);
SELECT stableswap_dy(0, 2, 10, '{100,100}', 5000, 0);
SELECT stableswap_dy(-1, 1, 10, '{100,100}', 5000, 0);
SELECT stableswap_dy(0::bigint, 4294967297, 10, '{100,100}', 5000, 0);
SELECT stableswap_dy(0::bigint, 1::smallint, 10, '{100,100}', 5000, 0);
SELECT stableswap_dy(0, 1, -10, '{100,100}', 5000, 0);
SELECT stableswap_dy(0, 1, 10, '{100,100}', 5000, 10000000001);
SELECT stableswap_dy(0, 1, 10, '{100,100}', 5000, 0, NULL, 'std', 20000000000);
SELECT stableswap_virtual_price('{1,2}', 5000, 0);

-- where the contract reverts: overflow, no convergence, nothing for the amount
SELECT stableswap_d(ARRAY[2::numeric ^ 255, 2::numeric ^ 255], 5000);
SELECT stableswap_d(ARRAY[2::numeric ^ 200, 2::numeric ^ 200], 5000);
SELECT stableswap_d(ARRAY[2::numeric ^ 200, 1], 5000, ARRAY[2::numeric ^ 100, 1]);
SELECT stableswap_d('{100000000000000000000000,1000000000000000000}', 1000, NULL, 'std');
SELECT stableswap_d('{100000000000000000000000,1000000000000000000}', 1000, NULL, 'ng');
SELECT stableswap_dy(0, 1, 0, '{100000,100000}', 5000, 0);
-- the pre-minted share of a ComposableStable pool is no coin of it
SELECT stableswap_d('{2596148429267413814265248164610048,1500000000000000000000,1900000000000000000000}', 200000,
	'{1000000000000000000,1045000000000000000,1032000000000000000}', 'balancer_v2');
SELECT stableswap_virtual_price('{1500000000000000000000,1900000000000000000000}', 200000, 3400000000000000000000,
	'{1045000000000000000,1032000000000000000}', 'balancer_composable');
SELECT stableswap_dy(0, 1, 2::numeric ^ 255, '{100000,100000}', 5000, 0);

-- a whole fee leaves nothing
SELECT v, stableswap_dy(0, 1, 1000, '{100000,100000}', 100000, 10000000000, NULL, v)
FROM unnest('{raw,std,plus1,ng}'::text[]) v;

-- one balance from another, and back
SELECT y, stableswap_y(1, 0, y, '{300000000000000000000,100000000000000000000}', 5000) AS back
FROM stableswap_y(0, 1, 310000000000000000000, '{300000000000000000000,100000000000000000000}', 5000) y;
SELECT stableswap_y(0, 1, 0, '{300,100}', 5000);
SELECT stableswap_y(1, 1, 5, '{300,100}', 5000);

-- the price at the margin: one at the peg, the fee taken off, rates not part of it
SELECT stableswap_spot_price(0, 1, '{1000000,1000000}', 5000) AS at_peg,
	stableswap_spot_price(0, 1, '{1000000,1000000}', 5000, fee => 4000000) AS after_fee,
	stableswap_spot_price(0, 1, '{3000000000,1000000000}', 5000) AS much_of_it,
	stableswap_spot_price(1, 0, '{3000000000,1000000000}', 5000) AS the_other_way,
	stableswap_spot_price(0, 1, '{1000000000,1200000000}', 5000, '{1200000000000000000,1000000000000000000}') AS at_rates;
SELECT v, stableswap_spot_price(0, 1, '{300000000000000000000,100000000000000000000}', a, NULL, v)
FROM unnest('{raw,std,plus1,ng,balancer_v2,balancer_composable,balancer_v3}'::text[], '{50,5000,5000,5000,50000,50000,50000}'::numeric[]) x(v, a);

-- the fee away from the peg
SELECT stableswap_dynamic_fee(4000000, 20000000000, 100, 100) AS at_peg, stableswap_dynamic_fee(4000000, 20000000000, 100, 300) AS off_peg,
	stableswap_dynamic_fee(4000000, 20000000000, 0, 300) AS twofold, stableswap_dynamic_fee(4000000, 10000000000, 0, 0) AS flat,
	stableswap_dynamic_fee(4000000, 0, 100, 300) AS none, stableswap_dynamic_fee(NULL, 0, 100, 300) AS unknown;
SELECT stableswap_dynamic_fee(4000000, 20000000000, 0, 0);
SELECT stableswap_dynamic_fee(20000000000, 20000000000, 1, 1);
SELECT stableswap_dynamic_fee(4000000, 20000000000, 2::numeric ^ 255, 1);
SELECT stableswap_dy(0, 1, 1000000, '{300000000,100000000}', 5000, 4000000) AS flat,
	stableswap_dy(0, 1, 1000000, '{300000000,100000000}', 5000, 4000000, offpeg_fee_multiplier => 50000000000) AS dynamic,
	stableswap_dy(0, 1, 1000000, '{300000000,100000000}', 5000, 4000000, offpeg_fee_multiplier => 10000000000) AS multiplied_by_one;

-- A over time
SELECT t, stableswap_amp(t, 1000, 2001, '2024-01-01', '2024-01-04') AS up, stableswap_amp(t, 2001, 1000, '2024-01-01', '2024-01-04') AS down
FROM unnest('{2024-01-01,2024-01-02,2024-01-03 23:59:59,2024-01-04,2025-01-01}'::timestamptz[]) t;
SELECT stableswap_amp('2024-01-01', 5, 7, '2024-02-01', '2023-01-01') AS long_over, stableswap_amp(NULL, 5, 7, '2024-02-01', '2024-03-01');
SELECT stableswap_amp('2023-12-31', 1000, 2001, '2024-01-01', '2024-01-04');
SELECT stableswap_amp('infinity', 1000, 2001, '2024-01-01', '2024-01-04');
SELECT stableswap_amp('2024-01-02', 1000, -1, '2024-01-01', '2024-01-04');

-- all in one coin
SELECT v, stableswap_withdraw_one_coin(0, 10000000000, '{300000000000,100000000000}', a, 4000000, 390000000000, NULL, v) AS common,
	stableswap_withdraw_one_coin(1, 10000000000, '{300000000000,100000000000}', a, 4000000, 390000000000, NULL, v) AS rare
FROM unnest('{raw,std,plus1,ng}'::text[], '{50,5000,5000,5000}'::numeric[]) x(v, a);
SELECT stableswap_withdraw_one_coin(1, 10000000000, '{300000000000,100000000000}', 5000, 4000000, 390000000000,
	offpeg_fee_multiplier => 50000000000) AS dynamic_fee;
SELECT stableswap_withdraw_one_coin(0, 10, '{300,100}', 50000, 0, 390, NULL, 'balancer_v3');
SELECT stableswap_withdraw_one_coin(0, 10, '{300,100}', 50000, 0, 390, NULL, 'balancer_composable');
SELECT stableswap_withdraw_one_coin(2, 10, '{300,100}', 5000, 0, 390);
SELECT stableswap_withdraw_one_coin(0, 391, '{300,100}', 5000, 0, 390);
SELECT stableswap_withdraw_one_coin(0, 0, '{300,100}', 5000, 0, 0);
SELECT stableswap_withdraw_one_coin(0, 0, '{300,100}', 5000, 0, 390);

-- exit depth: by average price with the fee, against par; the amount more than that
SELECT d.*, stableswap_dy(0, 1, amount_in, '{500000000000000000000000,300000000000000000000000}', 20000, 4000000) = amount_out AS is_the_swap,
	amount_out >= amount_in * 0.99 AS good, stableswap_dy(0, 1, amount_in + 1, '{500000000000000000000000,300000000000000000000000}', 20000, 4000000)
	>= (amount_in + 1) * 0.99 AS one_more_is_good
FROM stableswap_exit_depth(0, 1, '{500000000000000000000000,300000000000000000000000}', 20000, 4000000, 0.01) d;
-- below the fee nothing; without a fee at the peg nothing either, as one unit stays in the pool
SELECT * FROM stableswap_exit_depth(0, 1, '{1000000000,1000000000}', 20000, 4000000, 0.0003);
SELECT * FROM stableswap_exit_depth(0, 1, '{1000000000,1000000000}', 20000, 0, 0);
-- the four comparisons
SELECT r AS reference, m AS mode, d.amount_in, d.amount_out, round(average_price::numeric, 9) AS average_price, exhausted
FROM unnest('{par,spot}'::text[]) r, unnest('{average,marginal}'::text[]) m,
	stableswap_exit_depth(0, 1, '{500000000000000000000000,300000000000000000000000}', 20000, 4000000, 0.02, reference => r, mode => m) d;
-- in the other direction the coin is worth more than par; an average price is taken at the rates
SELECT amount_in, amount_out, round(average_price::numeric, 9)
FROM stableswap_exit_depth(1, 0, '{500000000000000000000000,300000000000000000000000}', 20000, 4000000, 0);
SELECT v, amount_in, amount_out, round(average_price::numeric, 9)
FROM unnest('{std,balancer_v2,balancer_composable,balancer_v3}'::text[]) v,
	stableswap_exit_depth(0, 1, '{500000000000,300000000000000000000000}', 50000, 4000000, 0.02,
		'{1000000000000000000000000000000,1200000000000000000}', v) d;
-- a curve: in the order asked for; NULL for NULL
SELECT slippage, amount_in, amount_out, round(average_price::numeric, 9) AS average_price, exhausted
FROM stableswap_depth_curve(0, 1, '{500000000000000000000000,300000000000000000000000}', 20000, 4000000, '{0.05,0.0001,NULL,0.5,0.01}');
SELECT count(*) FROM stableswap_depth_curve(0, 1, NULL, 20000, 4000000, '{0.05}');
SELECT count(*) FROM stableswap_depth_curve(0, 1, '{5,5}', 20000, 4000000, '{}');
SELECT stableswap_exit_depth(0, 1, '{5,NULL}', 20000, 4000000, 0.05);
-- where the contract's own arithmetic ends first, here that of the fee, the depth is what it still does
SELECT exhausted, amount_in > 1e33 AS takes_much, amount_out > 0.99e33 AS gives_nearly_all, average_price > 0.00001 AS at_better
FROM stableswap_exit_depth(0, 1, ARRAY[1e33::numeric(37), 1e33::numeric(37)], 20000, 4000000, 0.99999, offpeg_fee_multiplier => 20000000000);
SELECT stableswap_exit_depth(0, 1, '{500,500}', 20000, 0, 1);
SELECT stableswap_exit_depth(0, 1, '{500,500}', 20000, 0, -0.01);
SELECT stableswap_exit_depth(0, 1, '{500,500}', 20000, 0, 'NaN');
SELECT stableswap_exit_depth(0, 1, '{500,500}', 20000, 0, 0.1, reference => 'fair');
SELECT stableswap_exit_depth(0, 1, '{500,500}', 20000, 0, 0.1, mode => 'exact');
SELECT stableswap_exit_depth(0, 1, '{500,0}', 20000, 0, 0.1);
SELECT * FROM stableswap_depth_curve(0, 1, '{500,500}', 20000, 0, '{0.1,2}');
SELECT * FROM stableswap_depth_curve(0, 1, '{500,500}', 20000, 0, '{{0.1}}');

-- shares by value
SELECT pool_share(0, '{300,100}'), pool_share(1, '{300,100}'), pool_share(1, '{300,100}', '{1000000000000000000,3000000000000000000}'),
	pool_share(0, '{0,0}'), pool_share(2, '{1,1,0}'), pool_share(0, '{0,5}');
SELECT pool_share(2, '{300,100}');
SELECT pool_share(0, ARRAY[2::numeric ^ 255, 2::numeric ^ 255]);

-- deposits and withdrawals of any amounts; a balanced one, a scarce and a plentiful coin, the first
SELECT v AS variant, stableswap_add_liquidity('{3000000,1000000}', b, 5000, f, s, variant => v) AS balanced,
	stableswap_add_liquidity('{1000000,0}', b, 5000, f, s, variant => v) AS plentiful, stableswap_add_liquidity('{0,1000000}', b, 5000, f, s, variant => v) AS scarce,
	stableswap_add_liquidity(b, '{0,0}', 5000, f, 0, variant => v) AS first,
	stableswap_remove_liquidity_imbalance('{1000000,0}', b, 5000, f, s, variant => v) AS burned,
	stableswap_calc_token_amount('{1000000,0}', b, 5000, f, s, variant => v) AS view_in,
	stableswap_calc_token_amount('{1000000,0}', b, 5000, f, s, variant => v, deposit => false) AS view_out
FROM unnest('{std,plus1,ng}'::text[]) v, (VALUES ('{300000000000,100000000000}'::numeric[], 4000000, 390000000000)) p(b, f, s);
-- away from the peg, with rates: shares that a views contract and the pool disagreed on (curvefi/stableswap-ng#44)
SELECT stableswap_add_liquidity('{100000000000000000000,0}', '{1500000000000000000000,1900000000000000000000}', 20000, 1000000, 3485162878667319868279,
	'{1045000000000000000,1032000000000000000}', 'ng', 50000000000),
	stableswap_add_liquidity('{500000000,0}', '{8000000000000,9000000000000}', 200000, 1000000, 16983002248220501300000291,
	ARRAY[1e30, 1e30], 'ng', 50000000000);
-- NULL, and views of a pool without shares
SELECT stableswap_add_liquidity(NULL, '{1,1}', 5000, 0, 1), stableswap_add_liquidity('{1,NULL}', '{1,1}', 5000, 0, 1), stableswap_remove_liquidity_imbalance('{1,1}', '{1,1}', 5000, 0, NULL),
	stableswap_calc_token_amount('{1,1}', '{1,1}', 5000, 0, 1, deposit => NULL), stableswap_calc_token_amount('{5,5}', '{100,100}', 5000, 0, 0),
	stableswap_calc_token_amount('{5,5}', '{100,100}', 5000, 0, 0, variant => 'std');
-- errors
SELECT stableswap_add_liquidity('{1,1,1}', '{1,1}', 5000, 0, 1);
SELECT stableswap_add_liquidity('{1,-1}', '{1,1}', 5000, 0, 1);
SELECT stableswap_add_liquidity('{1,0}', '{0,0}', 5000, 0, 0);
SELECT stableswap_add_liquidity('{0,0}', '{100,100}', 5000, 0, 200);
SELECT stableswap_add_liquidity('{1,1}', '{0,0}', 5000, 0, 200);
SELECT stableswap_add_liquidity('{1,1}', '{1,1}', 5000, 0, 1, variant => 'balancer_v3');
SELECT stableswap_add_liquidity('{1,1}', '{1,1}', 5000, 0, 1, variant => 'std', offpeg_fee_multiplier => 1);
SELECT stableswap_remove_liquidity_imbalance('{101,0}', '{100,100}', 5000, 0, 200);
SELECT stableswap_remove_liquidity_imbalance('{0,0}', '{100,100}', 5000, 0, 200);
SELECT stableswap_remove_liquidity_imbalance('{100,100}', '{100,100}', 5000, 0, 200);
SELECT stableswap_remove_liquidity_imbalance('{1,0}', '{100,100}', 5000, 0, 0);
SELECT stableswap_calc_token_amount('{1,1}', '{0,0}', 5000, 0, 5, variant => 'raw');
SELECT stableswap_calc_token_amount('{1,200}', '{100,100}', 5000, 0, 5, deposit => false);

-- arrays as tables keep them: short, compressed, with another lower bound
CREATE TEMP TABLE stored (balances numeric[], rates numeric[]);
INSERT INTO stored VALUES ('{300000000000,100000000000}', NULL), ('[0:1]={300000000000,100000000000}', '[5:6]={1000000000000000000,1000000000000000000}');
SELECT stableswap_dy(0, 1, 1000000, balances, 5000, 4000000, rates) FROM stored;
