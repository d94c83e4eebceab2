-- what to supply to which market
SELECT market, round(amount::numeric, 4) AS amount, round(supply_apr::numeric, 6) AS apr, round(marginal_apr::numeric, 6) AS marginal, round(interest::numeric, 4) AS interest, round(upper_bound::numeric, 4) AS bound
FROM allocate_supply_kinked(300, '{1000,500,400}', '{900,400,100}', '{0,0,0}', '{0.04,0.05,0.03}', '{0.6,0.8,0.5}', '{0.9,0.8,0.9}', '{0.1,0.1,0.15}');
SELECT objective, sum(amount) AS amount, round(sum(interest)::numeric, 6) AS interest, round(max(upper_bound)::numeric, 6) AS bound
FROM unnest('{interest,rate,utilization}'::text[]) objective, allocate_supply_kinked(300, '{1000,500}', '{900,400}', '{0,0}', '{0.04,0.05}', '{0.6,0.8}', '{0.9,0.8}', '{0.1,0.1}', objective => objective) GROUP BY objective ORDER BY 1;
SELECT market, round(amount::numeric, 4) AS amount FROM allocate_supply_kinked(300, '{1000,500}', '{900,400}', '{0,0}', '{0.04,0.05}', '{0.6,0.8}', '{0.9,0.8}', '{0,0}', cap => '{100,100}');
SELECT market, round(amount::numeric, 4) AS amount FROM allocate_supply_kinked(300, '{1000,500}', '{900,400}', '{0,0}', '{0.04,0.05}', '{0.6,0.8}', '{0.9,0.8}', '{0,0}', cost => '{0,1000}');
SELECT market, round(amount::numeric, 4) AS amount FROM allocate_supply_kinked(300, '{1000,500}', '{900,400}', '{0,0}', '{0.04,0.05}', '{0.6,0.8}', '{0.9,0.8}', '{0,0}', group_of => '{1,1}', group_cap => '{120}');
SELECT market, round(amount::numeric, 4) AS amount FROM allocate_supply(240, '{1000,800}', '{880,640}', '{{0,0.7,0.9,1},{0,0.8,1,NULL}}', '{{0,0.03,0.05,0.6},{0.01,0.04,0.9,NULL}}', '{0.1,0.1}');
SELECT * FROM allocate_supply_kinked(100, '{0}', '{0}', '{0.1}', '{0.04}', '{0.6}', '{0.9}', '{0}');
SELECT count(*) FROM allocate_supply_kinked(100, '{}', '{}', '{}', '{}', '{}', '{}', '{}');
SELECT count(*) FROM allocate_supply_kinked(NULL, '{1}', '{1}', '{1}', '{1}', '{1}', '{0.5}', '{0}');
SELECT market, round(equity::numeric, 4) AS equity, round(borrow_apr::numeric, 6) AS borrow, round(marginal_apr::numeric, 6) AS marginal FROM allocate_loops(600, 0.031, '{20000,8000}', '{15000,7100}', '{0,0}', '{0.026,0.024}', '{0.8,0.9}', '{0.9,0.9}', '{5,8}');
SELECT market, round(utilization::numeric, 4) AS utilization, round(flow::numeric, 4) AS flow FROM equalize_utilization('{1000,1000}', '{900,500}', '{500,400}');
SELECT count(*) FROM equalize_utilization('{0}', '{0}', '{0}');
SELECT round_to_lots('{100,63.9,31.9}', 32), round_to_lots('{}', 32) AS nothing;
-- errors
SELECT allocate_supply_kinked(-1, '{1}', '{1}', '{0}', '{1}', '{1}', '{0.5}', '{0}');
SELECT allocate_supply_kinked(1, '{1}', '{2}', '{0}', '{1}', '{1}', '{0.5}', '{0}');
SELECT allocate_supply_kinked(1, '{1}', '{1,1}', '{0}', '{1}', '{1}', '{0.5}', '{0}');
SELECT allocate_supply_kinked(1, '{1}', '{1}', '{0}', '{1}', '{1}', '{1}', '{0}');
SELECT allocate_supply_kinked(1, '{1}', '{1}', '{0}', '{1}', '{1}', '{0.5}', '{1.5}');
SELECT allocate_supply_kinked(1, '{1}', '{1}', '{0}', '{-1}', '{1}', '{0.5}', '{0}');
SELECT allocate_supply_kinked(1, '{1}', '{NULL}', '{0}', '{1}', '{1}', '{0.5}', '{0}');
SELECT allocate_supply_kinked(1, '{1}', '{1}', '{0}', '{1}', '{1}', '{0.5}', '{0}', objective => 'profit');
SELECT allocate_supply_kinked(1, '{1}', '{1}', '{0}', '{1}', '{1}', '{0.5}', '{0}', group_of => '{2}', group_cap => '{1}');
SELECT allocate_supply_kinked(1, '{1}', '{1}', '{0}', '{1}', '{1}', '{0.5}', '{0}', group_of => '{1}');
SELECT allocate_supply(1, '{1}', '{1}', '{{0,1}}', '{{1,0.5}}', '{0}');
SELECT allocate_supply(1, '{1}', '{1}', '{{0,NULL,1}}', '{{1,2,3}}', '{0}');
SELECT allocate_supply(1, '{1}', '{1}', '{0,1}', '{{1,2}}', '{0}');
SELECT allocate_loops(1, 0.03, '{1}', '{1}', '{0}', '{1}', '{1}', '{0.5}', '{0.5}');
SELECT equalize_utilization('{1}', '{1}', '{Infinity}');
SELECT round_to_lots('{-1}', 32);
SELECT round_to_lots('{1}', 0);
