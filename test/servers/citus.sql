-- What Citus does with each aggregate over the distributed table facts, and how
-- its results compare with those over one_server, the same rows on one server.

SET client_min_messages = warning;

-- worker queries of a plan
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

CREATE TABLE pushed AS
SELECT signature, plan LIKE '%worker_partial_agg(%' AS is_partial,
	merges AND NOT is_internal AND signature NOT LIKE '%()' AS merges,
	CASE WHEN NOT merges THEN 'has no combine function'
		WHEN is_internal THEN 'its state is internal' ELSE 'unknown why' END AS why
FROM calls, plan_of(format('SELECT k, %s FROM facts GROUP BY k', call)) AS plan;

-- Aggregates of rows that are in order need them all in one place.
CREATE TABLE results (signature text, k int, here text, there text, is_near boolean);
DO $$
DECLARE
	made record;
	here text[];
	there text[];
BEGIN
	FOR made IN SELECT signature, call FROM calls WHERE merges LOOP
		here := call_facts('one_server', made.call);
		there := call_facts('facts', made.call);
		INSERT INTO results
		SELECT made.signature, k, h, t, near(h, t) FROM unnest(here, there) WITH ORDINALITY AS r(h, t, k);
	END LOOP;
END
$$;
