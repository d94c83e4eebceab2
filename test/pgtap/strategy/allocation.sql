-- Properties and vectors of domain strategy: what to supply to which market.
\set ON_ERROR_STOP on
\set QUIET on
BEGIN;
\i test/pgtap/include/common.sql
SELECT no_plan();
SELECT setseed(0.5) \g /dev/null

\set csv 'test/vectors/strategy/allocate_supply.csv'
\i test/pgtap/include/vector_table.sql
\copy vector FROM 'test/vectors/strategy/allocate_supply.csv' (FORMAT csv, HEADER)
SELECT pg_temp.check_vectors(format($$
	SELECT ARRAY[max(amount) FILTER (WHERE market = 1), max(amount) FILTER (WHERE market = 2), max(amount) FILTER (WHERE market = 3),
		max(supply_apr) FILTER (WHERE market = 1), max(supply_apr) FILTER (WHERE market = 2), max(supply_apr) FILTER (WHERE market = 3), sum(interest)]::text[]
	FROM %s({budget:float8}, {supply:float8[]}, {borrow:float8[]}, %s, {reserve_factor:float8[]}, {cap:float8[]}, {cost:float8[]}, {objective:text}) $$, fn, curves),
	'x1 x2 x3 apr1 apr2 apr3 total_interest', fn) FROM (VALUES
	('allocate_supply_kinked', '{base:float8[]}, {slope1:float8[]}, {slope2:float8[]}, {optimal:float8[]}'), ('allocate_supply', '{utilizations:float8[]}, {rates:float8[]}')) v(fn, curves);
\set csv 'test/vectors/strategy/allocate_loops.csv'
\i test/pgtap/include/vector_table.sql
\copy vector FROM 'test/vectors/strategy/allocate_loops.csv' (FORMAT csv, HEADER)
SELECT pg_temp.check_vectors($$
	SELECT ARRAY[max(equity) FILTER (WHERE market = 0), max(equity) FILTER (WHERE market = 1), max(equity) FILTER (WHERE market = 2)]::text[]
	FROM allocate_loops({budget:float8}, {staking_apr:float8}, {supply:float8[]}, {borrow:float8[]}, {base:float8[]}, {slope1:float8[]}, {slope2:float8[]}, {optimal:float8[]}, {max_leverage:float8[]}) $$, 'x0 x1 x2');
\set csv 'test/vectors/strategy/equalize_utilization.csv'
\i test/pgtap/include/vector_table.sql
\copy vector FROM 'test/vectors/strategy/equalize_utilization.csv' (FORMAT csv, HEADER)
SELECT pg_temp.check_vectors($$
	SELECT ARRAY[max(flow) FILTER (WHERE market = 1), max(flow) FILTER (WHERE market = 2), max(flow) FILTER (WHERE market = 3), max(utilization) FILTER (WHERE market = 1)]::text[]
	FROM equalize_utilization({supply:float8[]}, {borrow:float8[]}, {vault:float8[]}) $$, 'flow1 flow2 flow3 utilization1');
\set csv 'test/vectors/strategy/round_to_lots.csv'
\i test/pgtap/include/vector_table.sql
\copy vector FROM 'test/vectors/strategy/round_to_lots.csv' (FORMAT csv, HEADER)
SELECT pg_temp.check_vectors('SELECT round_to_lots({amounts:float8[]}, {lot:float8})::text[]', 'x1 x2 x3');

-- random markets, some of them above their optimum
CREATE TEMP TABLE problem AS
SELECT k, array_agg(s ORDER BY i) AS supply, array_agg(s * (0.3 + 0.69 * random()) ORDER BY i) AS borrow, array_agg(0.01 * random() ORDER BY i) AS base, array_agg(0.02 + 0.04 * random() ORDER BY i) AS slope1,
	array_agg(0.4 + random() ORDER BY i) AS slope2, array_agg(0.6 + 0.35 * random() ORDER BY i) AS optimal, array_agg(0.3 * random() ORDER BY i) AS reserve,
	array_agg(CASE WHEN k % 2 = 0 THEN 1e9 ELSE s * random() END ORDER BY i) AS cap, array_agg(CASE WHEN k % 3 = 0 THEN 0 ELSE s * 0.001 * random() END ORDER BY i) AS cost, sum(s) * 10 ^ (3 * random() - 2.5) AS budget,
	array_agg(1 + i % 2 ORDER BY i) AS group_of
FROM (SELECT k, i, 10 ^ (2 + 2 * random()) AS s FROM generate_series(1, 60) k, generate_series(1, 3 + k % 3) i) m GROUP BY k;
CREATE TEMP TABLE solved AS
SELECT p.*, a.market, a.amount, a.supply_apr, a.marginal_apr, a.interest, a.upper_bound
FROM problem p, allocate_supply_kinked(budget, supply, borrow, base, slope1, slope2, optimal, reserve, cap, cost) a;
SELECT is_empty($$
	SELECT k FROM solved GROUP BY k, budget HAVING sum(amount) > budget * (1 + 1e-12) OR min(amount) < 0 OR bool_or(amount > cap[market] * (1 + 1e-12))
$$, 'no more than the budget and the caps');
SELECT is_empty($$
	SELECT k, market FROM solved, LATERAL (SELECT borrow[market] / (supply[market] + amount) AS u) x, LATERAL (
		SELECT CASE WHEN u <= optimal[market] THEN base[market] + slope1[market] * u / optimal[market] ELSE base[market] + slope1[market] + slope2[market] * (u - optimal[market]) / (1 - optimal[market]) END AS r) y
	WHERE abs(supply_apr - r * u * (1 - reserve[market])) > 1e-12 OR abs(interest - amount * supply_apr) > 1e-12 * interest
$$, 'what suppliers get is what the curve says');
-- the certificate: marginal rates are equal where a market is used and not at its cap, no higher where it is not used and costs nothing
SELECT is_empty($$
	SELECT k FROM solved GROUP BY k, budget HAVING max(marginal_apr) FILTER (WHERE amount > 1e-9 * budget AND amount < cap[market] * (1 - 1e-9)) - min(marginal_apr) FILTER (WHERE amount > 1e-9 * budget AND amount < cap[market] * (1 - 1e-9)) > 1e-7
$$, 'marginal rates are equal on used markets');
SELECT is_empty($$
	SELECT k FROM solved WHERE cost[market] = 0 GROUP BY k HAVING max(marginal_apr) FILTER (WHERE amount = 0) > min(marginal_apr) FILTER (WHERE amount > 0) + 1e-7
$$, 'and no higher on unused ones');
SELECT is_empty($$ SELECT k FROM solved GROUP BY k HAVING abs(max(upper_bound) / nullif(sum(interest), 0) - 1) > 1e-9 $$, 'nothing earns more: the bound is met');
-- an exhaustive search of shares by twentieths finds nothing better
CREATE FUNCTION pg_temp.earned(p problem, x float8[]) RETURNS float8 LANGUAGE sql AS $$
	SELECT sum(x[i] * (CASE WHEN u <= p.optimal[i] THEN p.base[i] + p.slope1[i] * u / p.optimal[i] ELSE p.base[i] + p.slope1[i] + p.slope2[i] * (u - p.optimal[i]) / (1 - p.optimal[i]) END) * u * (1 - p.reserve[i])
		- CASE WHEN x[i] > 0 THEN p.cost[i] ELSE 0 END)
	FROM generate_subscripts(x, 1) i, LATERAL (SELECT p.borrow[i] / (p.supply[i] + x[i]) AS u) y $$;
SELECT is_empty($$
	SELECT k FROM problem p, LATERAL (SELECT sum(interest - CASE WHEN amount > 0 THEN cost[market] ELSE 0 END) AS found FROM solved s WHERE s.k = p.k) f
	WHERE cardinality(supply) = 3 AND found < (SELECT max(pg_temp.earned(p, ARRAY[least(a * budget / 20, cap[1]), least(b * budget / 20, cap[2]), least(c * budget / 20, cap[3])]))
		FROM generate_series(0, 20) a, generate_series(0, 20 - a) b, generate_series(0, 20 - a - b) c) - 1e-9 * abs(found)
$$, 'no grid of shares earns more, costs included');
SELECT is_empty($$
	SELECT k FROM problem p, LATERAL (SELECT sum(amount) FILTER (WHERE market % 2 = 1) AS first_group, sum(amount) FILTER (WHERE market % 2 = 0) AS other, max(upper_bound) AS bound, sum(interest) AS all_interest
		FROM allocate_supply_kinked(budget, supply, borrow, base, slope1, slope2, optimal, reserve, NULL, NULL, 'interest', group_of, ARRAY[1e9, budget / 4])) g
	WHERE first_group > budget / 4 * (1 + 1e-9) OR bound < all_interest * (1 - 1e-12)
$$, 'groups stay below their caps');
SELECT is_empty($$
	SELECT k FROM problem p, unnest('{rate,utilization}'::text[]) objective, LATERAL (
		SELECT max(supply_apr) FILTER (WHERE amount > 0) - min(supply_apr) FILTER (WHERE amount > 0) AS rates, max(u) FILTER (WHERE amount > 0) - min(u) FILTER (WHERE amount > 0) AS utilizations, sum(amount) AS total, sum(interest) AS i, max(upper_bound) AS b
		FROM (SELECT *, borrow[market] / (supply[market] + amount) AS u FROM allocate_supply_kinked(budget, supply, borrow, base, slope1, slope2, optimal, reserve, NULL, NULL, objective)) a) x
	WHERE abs(total / budget - 1) > 1e-9 OR CASE objective WHEN 'rate' THEN rates ELSE utilizations END > 1e-9 OR i > b * (1 + 1e-12)
$$, 'the other objectives level rates, or utilizations');
SELECT is_empty($$
	SELECT k FROM problem p, LATERAL (SELECT array_agg(ARRAY[0, o, 1]) AS u FROM unnest(optimal) o) a, LATERAL (SELECT array_agg(ARRAY[b, b + s1, b + s1 + s2]) AS r FROM unnest(base, slope1, slope2) z(b, s1, s2)) c
	WHERE (SELECT sum(abs(x.amount - y.amount)) FROM allocate_supply(budget, supply, borrow, u, r, reserve, cap, cost) x JOIN solved y ON y.k = p.k AND y.market = x.market) > 1e-9 * budget
$$, 'by points it is the same as by slopes');

-- loops: no shift of equity between markets brings more
SELECT is_empty($$
	SELECT k FROM problem p, LATERAL (SELECT array_agg(e.equity ORDER BY e.market) AS x, max(marginal_apr) FILTER (WHERE equity > 0 AND market > 0) AS top, bool_and(marginal_apr >= 0.035 - 1e-9) FILTER (WHERE equity > 0 AND market > 0) AS pays, sum(equity) AS total
		FROM allocate_loops(budget, 0.035, supply, borrow, base, slope1, slope2, optimal, ARRAY(SELECT 2 + i FROM generate_subscripts(supply, 1) i)) e) y
	WHERE abs(total / budget - 1) > 1e-9 OR NOT coalesce(pays, true)
$$, 'loops use the budget, and each brings more than staking alone');
SELECT is_empty($$ SELECT k FROM problem, LATERAL (SELECT sum(flow) AS f, min(utilization) AS lo, max(utilization) AS hi FROM equalize_utilization(supply, borrow, supply)) x WHERE abs(f) > 1e-9 OR hi > 1 $$, 'reallocation conserves');
SELECT is_empty($$ SELECT k FROM problem, LATERAL (SELECT round_to_lots(supply, 32) AS l) x WHERE (SELECT sum(v) FROM unnest(l) v) <> floor((SELECT sum(v) FROM unnest(supply) v) / 32) * 32 OR EXISTS (SELECT FROM unnest(l, supply) u(a, b) WHERE abs(a - b) >= 32 OR mod(a::numeric, 32) <> 0) $$, 'lots are whole, and as many as there are');
SELECT * FROM finish();
ROLLBACK;
