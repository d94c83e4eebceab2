-- A hypertable of the rows of facts, and two continuous aggregates of every
-- summary that rolls up: by hour from the rows, by day from those by hour.
SET client_min_messages = error;

CREATE TABLE measurements (LIKE facts);
SELECT create_hypertable('measurements', 'ts', chunk_time_interval => interval '5 days');
INSERT INTO measurements SELECT * FROM facts;
ANALYZE measurements;

CREATE TABLE summaries AS
SELECT DISTINCT ON (c.own_type) c.own_type, c.call
FROM calls c
WHERE c.name <> 'rollup'
	AND EXISTS (SELECT FROM calls r WHERE r.name = 'rollup' AND r.own_type = c.own_type)
ORDER BY c.own_type, length(c.call), c.call;

CREATE TABLE continuous_aggregates (name text, level text, own_type text);
INSERT INTO continuous_aggregates
SELECT level || '_' || own_type, level, own_type FROM summaries, unnest('{hourly,daily}'::text[]) AS level;

SELECT format('CREATE MATERIALIZED VIEW hourly_%s WITH (timescaledb.continuous, timescaledb.materialized_only = true) AS
	SELECT k, time_bucket(%L, ts) AS bucket, %s AS s FROM measurements GROUP BY k, time_bucket(%L, ts)',
	own_type, '1 hour', call, '1 hour')
FROM summaries \gexec
SELECT format('CREATE MATERIALIZED VIEW daily_%s WITH (timescaledb.continuous, timescaledb.materialized_only = true) AS
	SELECT k, time_bucket(%L, bucket) AS bucket, rollup(s) AS s FROM hourly_%s GROUP BY k, time_bucket(%L, bucket)',
	own_type, '1 day', own_type, '1 day')
FROM summaries \gexec

-- What the continuous aggregates say and the aggregate over the rows does not.
CREATE FUNCTION differences() RETURNS TABLE (name text, k bigint, bucket timestamptz, kept text, computed text)
LANGUAGE plpgsql AS $$
DECLARE
	made record;
BEGIN
	FOR made IN
		SELECT a.name, CASE a.level WHEN 'hourly' THEN '1 hour' ELSE '1 day' END AS width, s.call
		FROM continuous_aggregates a JOIN summaries s USING (own_type)
	LOOP
		RETURN QUERY EXECUTE format('
			SELECT %L::text, k::bigint, bucket, c.s::text, r.s::text
			FROM %I c
			FULL JOIN (SELECT k, time_bucket(%L, ts) AS bucket, %s AS s FROM facts GROUP BY 1, 2) r USING (k, bucket)
			WHERE NOT near(c.s::text, r.s::text) LIMIT 3',
			made.name, made.name, made.width, made.call);
	END LOOP;
END
$$;
