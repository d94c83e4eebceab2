-- stable pools of Solidly's kind: behaviour, errors and edges

-- worked out by bisection on the curve, with a fee of 5 basis points
SELECT v, solidly_amount_out(1e18, 900e18, 1100e18, true, version => v) AS rising, solidly_amount_out(10e18, 1100e18, 900e18, true, version => v) AS falling,
	solidly_amount_out(1e18, 1000e18, 1000e18, true, version => v) AS par
FROM unnest('{aerodrome,solidly}'::text[]) v;
-- the other way round; without a fee; tokens of 6 decimals; nothing
SELECT solidly_amount_out(1e18, 1100e18, 900e18, false), solidly_amount_out(1e18, 1000e18, 1000e18, true, 0),
	solidly_amount_out(1e6, 1000e6, 1000e6, true, 5, 6, 6), solidly_amount_out(1e18, 1000e18, 1000e6, true, 5, 18, 6),
	solidly_amount_out(1e6, 1000e18, 1000e6, false, 5, 18, 6), solidly_amount_out(0, 1000e18, 1000e18, true),
	solidly_amount_out(1e18, 1000e18, 1000e18, true, 10000), solidly_amount_out(1e18, 0, 0, true) AS empty;
SELECT solidly_k(900e18, 1100e18), solidly_k(900e6, 1100e18, 6), solidly_k(0, 1), solidly_k(0, 0);
SELECT solidly_y(901e18, solidly_k(900e18, 1100e18), 1100e18), solidly_y(901e18, solidly_k(900e18, 1100e18), 1100e18, 'solidly'),
	solidly_y(901e18, solidly_k(900e18, 1100e18), 2e18);
SELECT solidly_spot_price(900e18, 1100e18), solidly_spot_price(1100e18, 900e18), solidly_spot_price(5e18, 5e6, 18, 6),
	solidly_spot_price(1e18, 0), solidly_spot_price(1, 2::numeric ^ 255), solidly_spot_price(2::numeric ^ 255, 1), solidly_spot_price(1, 1, 77, 0);

-- NULL in any argument
SELECT solidly_amount_out(NULL, 1, 1, true), solidly_amount_out(1, 1, 1, NULL), solidly_amount_out(1, 1, 1, true, version => NULL),
	solidly_k(1, NULL), solidly_y(1, 1, NULL), solidly_spot_price(NULL, 1);

-- what is no number of a chain, no fee, no decimals, no version
SELECT solidly_amount_out(-1, 1, 1, true);
SELECT solidly_amount_out(1, 1.5, 1, true);
SELECT solidly_amount_out(1, 1, 'NaN', true);
SELECT solidly_amount_out(1, 1, 1, true, 10001);
SELECT solidly_amount_out(1, 1, 1, true, 0.5);
SELECT solidly_amount_out(1, 1, 1, true, decimals1 => 78);
SELECT solidly_amount_out(1, 1, 1, true, decimals0 => -1);
SELECT solidly_amount_out(1, 1, 1, true, version => 'curve');
SELECT solidly_k('Infinity', 1);
SELECT solidly_y(1, 2::numeric ^ 256, 1);

-- where the contract reverts
SELECT solidly_amount_out(1, 1, 1, true);
SELECT solidly_y(0, 1, 0);
SELECT solidly_k(2::numeric ^ 255, 1);
SELECT solidly_amount_out(2::numeric ^ 255, 1e18, 1e18, true);
SELECT solidly_spot_price(0, 1e18);

-- a parameter that the next row reads again
SET plan_cache_mode = force_generic_plan;
PREPARE quote(numeric, numeric) AS SELECT solidly_amount_out($1, $2, $2, true) FROM generate_series(1, 3);
EXECUTE quote(1e18, 1000e18);
EXECUTE quote(1e18, 1000e18);
