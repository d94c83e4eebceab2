-- What of pg_yield is sent to foreign servers: plans of calls of every aggregate
-- over the partitioned table facts, whose partitions are foreign tables.

SET enable_partitionwise_aggregate = on;
ALTER DATABASE sharded SET enable_partitionwise_aggregate = on;

CREATE FUNCTION plan_of(query text) RETURNS text
LANGUAGE plpgsql AS $$
DECLARE
	line text;
	lines text := '';
BEGIN
	FOR line IN EXECUTE 'EXPLAIN (VERBOSE, COSTS OFF) ' || query LOOP
		lines := lines || line || E'\n';
	END LOOP;
	RETURN lines;
END
$$;

-- Shipped: both partitions are aggregated over there, and nothing here.
CREATE VIEW not_shipped AS
SELECT signature, plan
FROM calls, plan_of(format('SELECT k, %s FROM facts GROUP BY k', call)) AS plan
WHERE (SELECT count(*) FROM regexp_matches(plan, 'Relations: Aggregate on', 'g')) <> 2
	OR plan ~ '(Group|Hash|Partial |Finalize |Mixed)Aggregate';

CREATE TABLE filters AS
SELECT filter, plan ~ ('Remote SQL: [^\n]* WHERE [^\n]*' || split_part(filter, '(', 1)) AS shipped
FROM (VALUES
	('health_factor(100 * value, 0.8, flow) < 0.5'),
	('premium(value, 1.0::float8) > 0.001'),
	('apr(1.0::float8, value, ''2025-01-01 00:00+00'', ts) > 0.03'),
	('num_rates(rate_summary) > 0'),
	('mul_div(units, 2, 3) > 600000000000000000')) AS f(filter),
	plan_of(format('SELECT id FROM facts WHERE %s', filter)) AS plan;
