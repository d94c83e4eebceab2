-- guards of exchange rates: behaviour, errors and edges
SET timezone = 'UTC'; SET datestyle = 'ISO';

-- bounds on a jump, in basis points
SELECT rate_jump_ok(1.04, 1.0426, 25, 3) AS at_bound, rate_jump_ok(1.04, 1.04261, 25, 3) AS above,
	rate_jump_ok(1.04, 1.039688, 25, 3) AS down_at_bound, rate_jump_ok(1.04, 1.03968, 25, 3) AS below,
	rate_jump_ok(1.04, 1.04, 0, 0) AS same;
SELECT rate_jump_ok(1, 2, NULL, 3) AS no_upper, rate_jump_ok(1, 0.5, 25, NULL) AS no_lower, rate_jump_ok(1, 0.5, NULL, 3) AS lower;
SELECT rate_jump_ok(NULL, 1, 1, 1), rate_jump_ok(1, NULL, 1, 1);
SELECT rate_jump_ok(1, 0, 25, 3), rate_jump_ok(0, 1, 25, 3), rate_jump_ok(1, 'NaN', NULL, NULL), rate_jump_ok(1, 'Infinity', NULL, NULL),
	rate_jump_ok(-1, -1, 25, 3);
SELECT rate_jump_ok(1, 1, -1, 3);
SELECT rate_jump_ok(1, 1, 25, 'NaN');
SELECT rate_jump_ok(1, 1, 'Infinity', 3);

-- the reasons
SELECT what, rate_guard(old_rate, new_rate, t0, t1, max_up => 0.01, max_down => 0.05, max_apr => 0.27) AS reason
FROM (VALUES
	('in order', 1.0::float8, 1.0001::float8, timestamptz '2024-01-01', timestamptz '2024-01-02'),
	('frozen', 1, 1, '2024-01-01', '2024-01-02'),
	('first of all', NULL, 1, NULL, '2024-01-01'),
	('missing', 1, NULL, '2024-01-01', '2024-01-02'),
	('zero supply', 1, 0, '2024-01-01', '2024-01-02'),
	('NaN', NULL, 'NaN', NULL, NULL),
	('after a zero', 0, 1, '2024-01-01', '2024-01-02'),
	('up', 1, 1.02, '2024-01-01', '2024-01-02'),
	('slashed a little', 1, 0.96, '2024-01-01', '2024-01-02'),
	('slashed', 1, 0.94, '2024-01-01', '2024-01-02'),
	('27 % a year in a day', 1, 1.00074, '2024-01-01', '2024-01-02'),
	('at the bound', 1, 1 + 0.27 / 365, '2024-01-01', '2024-01-02'),
	('in a week', 1, 1.00074, '2024-01-01', '2024-01-08'),
	('at one time', 1, 1.0001, '2024-01-01', '2024-01-01'),
	('twice the same', 1, 1, '2024-01-01', '2024-01-01'),
	('earlier', 1, 1, '2024-01-02', '2024-01-01'),
	('times unknown', 1, 1.005, NULL, NULL)
) v(what, old_rate, new_rate, t0, t1);
SELECT rate_guard(1, 9, '2024-01-01', '2024-01-02') AS no_bounds, rate_guard(1, 9, NULL, NULL, max_up => 1) AS up,
	rate_guard(1, 1.1, '2023-01-01', '2024-01-01', max_apr => 0.1) AS at_bound,
	rate_guard(1, 1.1, '2023-01-01', '2024-01-01', max_apr => 0.1, year_days => 365.25) AS longer_year;
SELECT rate_guard(1, 1, '2024-01-01', '2024-01-02', max_up => -0.01);
SELECT rate_guard(1, 1, '2024-01-01', '2024-01-02', max_down => 'NaN');
SELECT rate_guard(1, 1, '2024-01-01', '2024-01-02', max_apr => 'Infinity');
SELECT rate_guard(1, 1, '2024-01-01', '2024-01-02', max_apr => 0.27, year_days => 0);
SELECT rate_guard(1, 1, '-infinity', '2024-01-02');
SELECT rate_guard(1, 1, '2024-01-01', 'infinity');

-- the cap
SELECT rate_cap(1.5, '2023-01-01', '2024-01-01', 0.5), rate_cap(1.5, '2023-01-01', '2023-01-01', 0.5),
	rate_cap(1.5, '2023-01-01', '2024-01-01', 0, year_days => 360);
SELECT rate_cap(1.5, '2023-01-01', '2024-01-01', NULL);
SELECT rate_cap(1.5, '2024-01-01', '2023-01-01', 0.5);
SELECT rate_cap(0, '2023-01-01', '2024-01-01', 0.5);
SELECT rate_cap(1.5, '2023-01-01', '2024-01-01', -0.5);
SELECT rate_cap(1.5, '2023-01-01', 'infinity', 0.5);
SELECT rate_cap(1.5, '2023-01-01', '2024-01-01', 0.5, 0);
SELECT rate_cap(1e308, '2023-01-01', '2024-01-01', 1e308);

-- backing
SELECT backing_ratio(99, 100), backing_ratio(assets => 150, supply => 100, rate => 1.5), backing_ratio(0, 100),
	backing_ratio(16000000000000000000::numeric, 16000000000000000000::numeric);
SELECT backing_ratio(0, 0) IS NULL, backing_ratio(1, 0) IS NULL, backing_ratio(NULL, 1) IS NULL;
SELECT backing_ratio(-1, 1);
SELECT backing_ratio(1, 'NaN');
SELECT backing_ratio(1, 1, 0);
SELECT backing_ratio(1e300, 1e-300);
