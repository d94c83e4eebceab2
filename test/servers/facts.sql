-- Rows of every kind that an aggregate or a stored column may hold, the same on
-- every machine, and calls of every aggregate over them. Run as
--
--   psql -v rows=NUMBER -f facts.sql
--
-- which makes
--   facts      rows of eight keys, with a column of every type of pg_yield
--   calls      for every aggregate: how it is called on facts
--   call_facts(text, text)     the result of one call for each key, as text

CREATE TABLE facts AS
SELECT id,
	id % 8 AS k,
	timestamptz '2025-01-01 00:00+00' + id * interval '10 minutes' AS ts,
	timestamp '2025-01-01 00:00' + id * interval '10 minutes' AS utc,
	(timestamp '2025-01-01 00:00' + id * interval '10 minutes')::date AS utc_day,
	1 + id * 1e-5 + sin(id) / 1000 AS value,
	CASE WHEN id < 8 THEN -1000 WHEN id >= :rows - 8 THEN 1010 ELSE 5 * sin(id) END AS flow,
	round((1 + id * 1e-5 + sin(id) / 1000)::numeric * 1e18) AS units
FROM generate_series(0, :rows - 1) AS id;

-- What stands for an argument: by the aggregate's name and its own, by its own
-- and its type, by its type. The most exact rule wins.
CREATE TABLE argument_rules (aggregate text, argument text, type text, expression text);
INSERT INTO argument_rules VALUES
	('xnpv', 'rate', NULL, '0.05'),
	('twr', 'flow', NULL, '0.1 * sin(id)'),
	('twr_apy', 'flow', NULL, '0.1 * sin(id)'),
	('twr_agg', 'flow', NULL, '0.1 * sin(id)'),
	('unit_value_series', 'flow', NULL, '0.1 * sin(id)'),
	(NULL, 'return', 'double precision', 'value - 1'),
	(NULL, 'period_target', NULL, '0.0001'),
	(NULL, 'benchmark', 'double precision', '0.001 * sin(2 * id)'),
	('nakamoto_coefficient', 'threshold', NULL, '0.5'),
	('variance_strike', 'forward', NULL, '1.1'),
	('variance_strike', 'years', NULL, '0.25'),
	('variance_strike', 'rate', NULL, '0.03'),
	('hysteresis', 'raise_at', NULL, '1.002'),
	('hysteresis', 'clear_at', NULL, '1.001'),
	(NULL, 'alpha', NULL, '0.1'),
	(NULL, 'fraction', NULL, '0.1'),
	(NULL, 'confidence', NULL, '0.95'),
	(NULL, 'accuracy', NULL, '0.02'),
	(NULL, 'lower', NULL, '1.0'),
	(NULL, 'upper', NULL, '1.005'),
	(NULL, 'tau', NULL, '1.5'),
	(NULL, 'pa', NULL, '0.9'),
	(NULL, 'pb', NULL, '1.2'),
	(NULL, 'amount', 'double precision', 'flow'),
	(NULL, 'flow', 'double precision', 'flow'),
	(NULL, 'quantity', 'double precision', 'flow'),
	(NULL, 'collateral', 'double precision', '100 * value'),
	(NULL, 'debt', 'double precision', '50 * value'),
	(NULL, 'liquidation_threshold', NULL, '0.8'),
	(NULL, 'ltv', NULL, '0.7'),
	(NULL, 'liquidation_bonus', NULL, '0.05'),
	(NULL, 'close_factor', NULL, '0.5'),
	(NULL, 'management_fee', NULL, '0.02'),
	(NULL, 'performance_fee', NULL, '0.1'),
	(NULL, 'at', 'timestamp with time zone', 'timestamptz ''2025-01-02 00:00+00'''),
	(NULL, 'at', 'timestamp without time zone', 'timestamp ''2025-01-02 00:00'''),
	(NULL, 'at', 'date', 'date ''2025-01-02'''),
	(NULL, 't0', 'timestamp with time zone', 'timestamptz ''2025-01-01 12:00+00'''),
	(NULL, 't0', 'timestamp without time zone', 'timestamp ''2025-01-01 12:00'''),
	(NULL, 't0', 'date', 'date ''2025-01-02'''),
	(NULL, 't1', 'timestamp with time zone', 'timestamptz ''2025-01-03 00:00+00'''),
	(NULL, 't1', 'timestamp without time zone', 'timestamp ''2025-01-03 00:00'''),
	(NULL, 't1', 'date', 'date ''2025-01-03'''),
	(NULL, 'end_time', 'timestamp with time zone', 'timestamptz ''2026-01-01 00:00+00'''),
	(NULL, 'end_time', 'timestamp without time zone', 'timestamp ''2026-01-01 00:00'''),
	(NULL, 'end_time', 'date', 'date ''2026-01-01'''),
	(NULL, NULL, 'timestamp with time zone', 'ts'),
	(NULL, NULL, 'timestamp without time zone', 'utc'),
	(NULL, NULL, 'date', 'utc_day'),
	(NULL, NULL, 'double precision', 'value'),
	(NULL, NULL, 'numeric', 'units'),
	(NULL, NULL, 'interval', 'interval ''7 days'''),
	(NULL, NULL, 'integer', '10'),
	(NULL, NULL, 'bigint', 'id::bigint'),
	(NULL, NULL, 'double precision[]', 'ARRAY[-0.1, -0.2]::float8[]');

CREATE VIEW own_types AS
SELECT t.oid, t.typname::text AS type
FROM pg_type t
JOIN pg_depend d ON d.classid = 'pg_type'::regclass AND d.objid = t.oid AND d.deptype = 'e'
JOIN pg_extension e ON e.oid = d.refobjid AND e.extname = 'pg_yield'
WHERE t.typtype = 'b' AND t.typcategory <> 'A';

CREATE FUNCTION expression_for(text, text, oid) RETURNS text
LANGUAGE sql STABLE AS $$
	SELECT coalesce(
		(SELECT expression FROM argument_rules r
		 WHERE coalesce(r.aggregate = $1, true) AND coalesce(r.argument = $2, r.argument IS NULL)
			AND coalesce(r.type = format_type($3, NULL), true)
		 ORDER BY r.aggregate IS NULL, r.argument IS NULL, r.type IS NULL LIMIT 1),
		(SELECT quote_ident(type) FROM own_types WHERE oid = $3))
$$;

CREATE TABLE calls AS
SELECT p.oid,
	p.oid::regprocedure::text AS signature,
	p.proname::text AS name,
	(SELECT type FROM own_types o WHERE o.oid = p.prorettype) AS own_type,
	a.aggcombinefn <> 0 AS merges,
	a.aggtranstype = 'internal'::regtype AS is_internal,
	-- what does not merge may depend on the order of rows
	format('%s(%s%s)', p.oid::regproc,
		(SELECT string_agg(expression_for(p.proname, p.proargnames[i], p.proargtypes[i - 1])
			|| '::' || format_type(p.proargtypes[i - 1], NULL), ', ' ORDER BY i)
		 FROM generate_series(1, p.pronargs) AS i),
		CASE WHEN a.aggcombinefn = 0 THEN ' ORDER BY id' END) AS call
FROM pg_aggregate a
JOIN pg_proc p ON p.oid = a.aggfnoid
JOIN pg_depend d ON d.classid = 'pg_proc'::regclass AND d.objid = p.oid AND d.deptype = 'e'
JOIN pg_extension e ON e.oid = d.refobjid AND e.extname = 'pg_yield';

CREATE FUNCTION call_facts(relation text, call text) RETURNS text[]
LANGUAGE plpgsql AS $$
DECLARE
	results text[];
BEGIN
	EXECUTE format('SELECT array_agg(r ORDER BY k) FROM (SELECT k, (%s)::text AS r FROM %s GROUP BY k) x', call, relation)
		INTO results;
	RETURN results;
EXCEPTION WHEN OTHERS THEN
	RAISE EXCEPTION '% in %', SQLERRM, call
		USING HINT = 'test/servers/facts.sql says which arguments an aggregate gets in these tests.';
END
$$;

-- How values of each type are made: by the aggregates that give one, and of what is
-- nothing but a state by one that keeps it, with the steps of the first that has it.
CREATE TABLE makers AS SELECT own_type, call FROM calls WHERE own_type IS NOT NULL AND name <> 'rollup';
DO $$
DECLARE
	made record;
BEGIN
	FOR made IN
		SELECT DISTINCT ON (t.type) t.type, a.aggtransfn, c.call,
			(SELECT string_agg(format_type(argument, NULL), ', ') FROM unnest(p.proargtypes) argument) AS arguments
		FROM own_types t
		JOIN pg_aggregate a ON a.aggtranstype = t.oid
		JOIN calls c ON c.oid = a.aggfnoid
		JOIN pg_proc p ON p.oid = c.oid
		WHERE c.name <> 'rollup' AND t.type NOT IN (SELECT own_type FROM makers)
		ORDER BY t.type, c.signature COLLATE "C" DESC
	LOOP
		EXECUTE format('CREATE AGGREGATE kept_%s(%s) (SFUNC = %s, STYPE = %I)', made.type, made.arguments,
			made.aggtransfn, made.type);
		INSERT INTO makers VALUES (made.type, regexp_replace(made.call, '^[^(]*', 'kept_' || made.type));
	END LOOP;
END
$$;

-- A column of every type, in each row what the type's aggregate makes of the
-- row alone. Types whose values are made from other types come last.
DO $$
DECLARE
	made record;
BEGIN
	FOR made IN
		SELECT type, (SELECT call FROM makers WHERE own_type = type ORDER BY length(call), call LIMIT 1) AS call
		FROM own_types
		ORDER BY (SELECT count(*) FROM own_types o, makers m
			WHERE m.own_type = own_types.type AND position(o.type || '::' IN m.call) > 0), type
	LOOP
		EXECUTE format('ALTER TABLE facts ADD COLUMN %1$I %1$I', made.type);
		EXECUTE format('UPDATE facts f SET %I = (SELECT %s FROM (SELECT f.*) row)', made.type, made.call);
	END LOOP;
END
$$;
ANALYZE facts;

-- Are two results equal but for the last bits of their numbers: 4 ulp, of the
-- number itself or of the one before it, which in a summary may be the greater
-- part of a sum whose rest it is.
CREATE FUNCTION near(a text, b text) RETURNS boolean
LANGUAGE sql IMMUTABLE AS $$
	SELECT a IS NOT DISTINCT FROM b OR
		regexp_replace(a, '-?[0-9]+(\.[0-9]+)?(e[+-]?[0-9]+)?', '#', 'g')
			= regexp_replace(b, '-?[0-9]+(\.[0-9]+)?(e[+-]?[0-9]+)?', '#', 'g')
		AND (SELECT bool_and(abs(x - y) <= 4 * 2.220446049250313e-16 * greatest(abs(x), abs(y), abs(x_before)))
			FROM (SELECT x[1]::float8 AS x, y[1]::float8 AS y, lag(x[1]::float8) OVER (ORDER BY n) AS x_before
				FROM ROWS FROM (regexp_matches(a, '(-?[0-9]+(?:\.[0-9]+)?(?:e[+-]?[0-9]+)?)', 'g'),
					regexp_matches(b, '(-?[0-9]+(?:\.[0-9]+)?(?:e[+-]?[0-9]+)?)', 'g')) WITH ORDINALITY AS m(x, y, n)) AS pairs)
$$;
