-- Curves of interest rates, Spark, Fluid and Gearbox: behaviour, errors and edges

-- any curve: its points, between them, beyond them
SELECT u, round(kinked_rate(u, '{0,0.8,1}', '{0.01,0.05,0.65}')::numeric, 12) FROM unnest('{0,0.4,0.8,0.9,1}'::float8[]) u;
SELECT round(kinked_rate(1.1, '{0,0.8,1}', '{0.01,0.05,0.65}', true)::numeric, 12), round(kinked_rate(0.1, '{0.5,1}', '{0.5,0.7}', extrapolate => true)::numeric, 12),
	round(kinked_rate(0.9, '{0,0.8,1}', '{0.2,0.1,-0.1}')::numeric, 12), kinked_rate(NULL, '{0,1}', '{0,1}'), kinked_rate(0.5, NULL, '{0,1}');
SELECT kinked_rate(1.1, '{0,0.8,1}', '{0.01,0.05,0.65}');
SELECT kinked_rate(0.1, '{0.5,1}', '{0.5,0.7}');
SELECT kinked_rate(-0.1, '{0,1}', '{0,1}');
SELECT kinked_rate('NaN', '{0,1}', '{0,1}');
SELECT kinked_rate(0.5, '{0,0.8,0.8}', '{0,1,2}');
SELECT kinked_rate(0.5, '{0,1}', '{0,NaN}');
SELECT kinked_rate(0.5, '{0,Infinity}', '{0,1}');
SELECT kinked_rate(0.5, '{-1,1}', '{0,1}');
SELECT kinked_rate(0.5, '{0,1}', '{0,1,2}');
SELECT kinked_rate(0.5, '{0.5}', '{1}');
SELECT kinked_rate(0.5, '{}', '{}');
SELECT kinked_rate(0.5, '{0,NULL}', '{0,1}');
SELECT kinked_rate(0.5, '{{0,1}}', '{{0,1}}');
SELECT kinked_rate(1e308, '{0,1}', '{0,10}', true);
SELECT utilization(64, 80), utilization(3, 2), utilization(0, 0), utilization(1, 0), utilization(0, 1), utilization(NULL, 1);
SELECT utilization(-1, 1);
SELECT utilization(1, 'Infinity');
SELECT utilization(1e308, 1e-308);
SELECT round(supply_rate(0.05, 0.8, 0.1)::numeric, 12), round(supply_rate(0.05, 0.8)::numeric, 12), supply_rate(0.05, 0.8, 1), supply_rate(-0.05, 1);
SELECT supply_rate(0.05, 0.8, 1.1);
SELECT supply_rate(0.05, -0.8);
SELECT supply_rate('NaN', 0.8);
SELECT round(per_second_apr(1e-9)::numeric, 12), round(per_second_apr(1e-9, 365.2425)::numeric, 12), round(per_second_apy(1e-9)::numeric, 12), per_second_apy(0), round(per_second_apy(-1e-9)::numeric, 12);
SELECT per_second_apy(-1);
SELECT per_second_apy(1);
SELECT per_second_apr('Infinity');
SELECT per_second_apr(1, 0);

-- Spark: the kink follows a rate
SELECT source, spark_slope1(source, -5000000000000000000000000, 10000000000000000000000000) FROM unnest('{0,12000000000000000000000000,50000000000000000000000000,70000000000000000000000000}'::numeric[]) source;
SELECT spark_savings_apr(1000000001547125957863212448), spark_savings_apr(1e27);
SELECT spark_source_rate(5, 1, 9, 3), spark_source_rate(0, 1, 9, 3), spark_source_rate(10, 1, 9, 3), spark_source_rate(NULL, 1, 9, 3), spark_source_rate(5, NULL, 9, 3), spark_source_rate(5, 1, 9, NULL);
SELECT spark_savings_apr(1e27 - 1);
SELECT spark_source_rate(5, 4, 9, 3);
SELECT spark_source_rate(-5, 1, 9, 3);
SELECT spark_slope1(2::numeric ^ 255, 0, 0);
SELECT spark_slope1(1, 0.5, 0);
SELECT spark_slope1(1, 57896044618658097711785492504343953926634992332820282019728792003956564819968, 0);

-- Fluid: one kink, two kinks, a curve that falls
SELECT u, fluid_borrow_rate(u, '{0,8000,10000}', '{400,1000,15000}') AS one_kink, fluid_borrow_rate(u, '{0,8000,9000,10000}', '{400,1000,8000,15000}') AS two_kinks,
	fluid_borrow_rate(u, '{0,8000,10000}', '{1600,400,15000}') AS falling FROM unnest('{0,4000,7999,8000,9000,9500,10000,12000,99999}'::numeric[]) u;
SELECT fluid_borrow_rate(NULL, '{0,8000,10000}', '{1,2,3}'), fluid_borrow_rate(1, '{0,NULL,10000}', '{1,2,3}');
SELECT fluid_borrow_rate(12000, '{0,8000,10000}', '{0,1000,10}');
SELECT fluid_borrow_rate(1, '{0,10000}', '{1,2}');
SELECT fluid_borrow_rate(1, '{0,8000,9999}', '{1,2,3}');
SELECT fluid_borrow_rate(1, '{0,8000,8000,10000}', '{1,2,3,4}');
SELECT fluid_borrow_rate(1, '{0,8000,10000}', '{1,2,65536}');
SELECT fluid_borrow_rate(1, '{0,8000,10000}', '{1,2}');
SELECT fluid_borrow_rate(2::numeric ^ 255, '{0,8000,10000}', '{1,2,3}');
SELECT fluid_utilization(10, 2, 8, 1), fluid_utilization(0, 0, 8, 1), fluid_supply_rate(10, 2, 8, 1, 1000, 5000), fluid_supply_rate(10, 2, 0, 1, 1000, 5000), fluid_supply_rate(0, 2, 1, 0, 1000, 5000);
SELECT * FROM fluid_exchange_prices(10, 2, 8, 1, 1000, 5000, 15768000);
SELECT * FROM fluid_exchange_prices(10, 2, 8, 1, 1000, 5000, 15768000, 1020000000000, 1050000000000);
SELECT * FROM fluid_exchange_prices(10, 2, 0, 1, 1000, 5000, 15768000);
SELECT * FROM fluid_exchange_prices(0, 2, 1, 0, 1000, 5000, 15768000);
SELECT fluid_supply_rate(10000, 0, 16384, 0, 1000, 0);
SELECT fluid_supply_rate(10000, 0, 1, 0, 65536, 0);
SELECT * FROM fluid_exchange_prices(10, 2, 8, 1, 1000, 10001, 1);
SELECT * FROM fluid_exchange_prices(10, 2, 8, 1, 1000, 5000, 1, 0);
SELECT * FROM fluid_exchange_prices(10, 2, 8, 1, 1000, 5000, 31536000, 18446744073709551615);

-- ticks: 15 basis points each
SELECT tick, fluid_ratio_at_tick(tick) FROM unnest('{-32767,-1,0,1,32767}'::int[]) tick;
SELECT ratio, t.* FROM unnest('{37075072,79228162514264337593543950335,79228162514264337593543950336,80000000000000000000000000000}'::numeric[]) ratio, fluid_tick_at_ratio(ratio) t;
SELECT fluid_ratio_at_tick(32768);
SELECT fluid_ratio_at_tick(-2147483648);
SELECT fluid_tick_at_ratio(37075071);
SELECT fluid_tick_at_ratio(fluid_ratio_at_tick(32767) + 1);
SELECT * FROM fluid_vault_limits(2000000000000000000000000000000, 9000, 500);
SELECT * FROM fluid_vault_limits(2000000000000000000000000000000, 9000, 500, 1020000000000, 1050000000000);
SELECT * FROM fluid_vault_limits(0, 9000, 500);
SELECT * FROM fluid_vault_limits(1, 9000, 500);
SELECT * FROM fluid_vault_limits(2000000000000000000000000000000, 10001, 500);
SELECT * FROM fluid_vault_limits(2000000000000000000000000000000, 9000, 500, 1, 0);
SELECT * FROM fluid_liquidation(1e21, 74276402357122816493947453440, 69324642199981295394350956544, 1050000000000000000000000000);
SELECT * FROM fluid_liquidation(1e21, 74276402357122816493947453440, 69324642199981295394350956544, 1050000000000000000000000000, 1e20);
SELECT * FROM fluid_liquidation(0, 2, 1, 1);
SELECT * FROM fluid_liquidation(1e21, 69324642199981295394350956544, 74276402357122816493947453440, 1050000000000000000000000000);
SELECT * FROM fluid_liquidation(1e21, 79228162514264337593543950336, 69324642199981295394350956544, 1050000000000000000000000000);

-- Gearbox: three segments
SELECT available, gearbox_borrow_rate(1000000, available, 7e17, 9e17, 0, 1e25, 2e25, 1e27), gearbox_available_to_borrow(1000000, available, 9e17)
FROM unnest('{2000000,1000000,650000,300000,200000,100000,50000,0}'::numeric[]) available;
SELECT gearbox_borrow_rate(0, 0, 7e17, 9e17, 5, 1e25, 2e25, 1e27), gearbox_borrow_rate(10, 5, 0, 0, 5, 1, 2, 4);
SELECT gearbox_borrow_rate(10, 5, 9e17, 7e17, 5, 1, 2, 4);
SELECT gearbox_borrow_rate(10, 5, 9e17, 1e18, 5, 1, 2, 4);
SELECT gearbox_available_to_borrow(0, 0, 9e17);
SELECT gearbox_available_to_borrow(1, 0, 1e18);
SELECT gearbox_weighted_value(1000, 9000), gearbox_weighted_value(1000, 9000, 500), gearbox_weighted_value(1000, 0), gearbox_quota_interest(1000000, 500, 31536000), gearbox_quota_interest(1000000, 500, 60);
SELECT gearbox_weighted_value(1000, 10001);
SELECT gearbox_quota_interest(-1, 500, 1);
