-- weighted pools: behaviour, errors and edges

-- 80/20 and back, with the fee and without; both versions of the power
SELECT weighted_out(1000e18, 0.8e18, 400e18, 0.2e18, 10e18), weighted_out(1000e18, 0.8e18, 400e18, 0.2e18, 10e18, 3e15),
	weighted_out(1000e18, 0.8e18, 400e18, 0.2e18, 10e18, 3e15, 'v1');
SELECT weighted_out(1000e18, 0.3e18, 400e18, 0.7e18, 10e18), weighted_in(1000e18, 0.3e18, 400e18, 0.7e18, 1e18, 3e15);
SELECT weighted_in(1000e18, 0.8e18, 400e18, 0.2e18, 15e18), weighted_in(1000e18, 0.8e18, 400e18, 0.2e18, 15e18, 3e15),
	weighted_in(1000e18, 0.8e18, 400e18, 0.2e18, 15e18, pow_version => 'v1');
SELECT weighted_spot_price(1000e18, 0.8e18, 400e18, 0.2e18), weighted_spot_price(1000e18, 0.8e18, 400e18, 0.2e18, 0.5e18),
	weighted_spot_price(1e18, 1, 4e18, 1);

-- equal weights need no power: x * y = k
SELECT weighted_out(1000e18, 0.5e18, 1000e18, 0.5e18, 100e18), weighted_in(1000e18, 0.5e18, 1000e18, 0.5e18, 100e18);

-- nothing; almost nothing; what pools accept at most
SELECT weighted_out(1000e18, 0.5e18, 400e18, 0.5e18, 0), weighted_in(1000e18, 0.5e18, 400e18, 0.5e18, 0),
	weighted_out(1000e18, 0.7e18, 400e18, 0.3e18, 1), weighted_in(1000e18, 0.7e18, 400e18, 0.3e18, 1);
SELECT weighted_out(100, 0.7e18, 100, 0.3e18, 30), weighted_in(100, 0.7e18, 100, 0.3e18, 30);
SELECT weighted_out(100, 0.7e18, 100, 0.3e18, 31);
SELECT weighted_out(100, 0.7e18, 100, 0.3e18, 31, 0.1e18);
SELECT weighted_in(100, 0.7e18, 100, 0.3e18, 31);

-- NULL in any argument
SELECT weighted_out(NULL, 1, 1, 1, 1), weighted_out(1, 1, 1, 1, 1, NULL), weighted_in(1, 1, 1, 1, 1, 0, NULL), weighted_spot_price(1, 1, NULL, 1);

-- what is no number of a chain, no fee, no version
SELECT weighted_out(-1, 1, 1, 1, 1);
SELECT weighted_out(1, 0.5, 1, 1, 1);
SELECT weighted_in(1, 1, 'NaN', 1, 1);
SELECT weighted_in(1, 1, 1, 1, 'Infinity');
SELECT weighted_out(100, 1, 100, 1, 1, 1e18);
SELECT weighted_spot_price(100, 1, 100, 1, 2e18);
SELECT weighted_out(100, 1, 100, 1, 1, 0, 'v3');

-- where the contract reverts
SELECT weighted_out(100, 1, 100, 0, 1);
SELECT weighted_out(0, 1, 100, 1, 0);
SELECT weighted_in(100, 0, 100, 1, 1);
SELECT weighted_in(100, 1, 0, 1, 0);
SELECT weighted_spot_price(0, 1, 100, 1);
SELECT weighted_spot_price(100, 1, 100, 0);
SELECT weighted_out(2::numeric ^ 250, 1, 100, 1, 1);
SELECT weighted_out(1e18, 1000e18, 1e18, 1e18, 0.1e18);
SELECT weighted_in(1e18, 1e18, 1e18, 1000e18, 0.2e18);
