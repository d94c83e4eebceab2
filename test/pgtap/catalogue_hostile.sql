-- Every routine with hostile arguments: a result without NaN and Infinity, NULL, or
-- an error that says what is wrong; never a crash, never without end.
\set ON_ERROR_STOP on
\set QUIET on
BEGIN;
\i test/pgtap/include/catalogue.sql
SELECT no_plan();
SET LOCAL statement_timeout = '300s';
SELECT setseed(0.11) \g /dev/null

-- values by type; an array's are made of its elements'
CREATE TEMP TABLE hostile (type regtype, value text);
INSERT INTO hostile SELECT 'float8', quote_literal(v) || '::float8' FROM unnest(
	'{NaN,Infinity,-Infinity,0,-0,1,-1,0.5,2,-2,1e308,-1e308,1.7976931348623157e308,1e-308,5e-324,1e15,9007199254740993,0.9999999999999999,1.0000000000000002,365}'::text[]) v;
INSERT INTO hostile SELECT 'numeric', quote_literal(v) || '::numeric' FROM unnest(
	'{NaN,Infinity,-Infinity,0,1,-1,0.5,2,10000,1e18,1e27,-1e18,1e-20,1e400,1e-400,1.000000000000000000000000001}'::text[]) v;
INSERT INTO hostile SELECT 'numeric', v FROM unnest('{2::numeric ^ 256,2::numeric ^ 256 - 1,2::numeric ^ 255,-(2::numeric ^ 255),2::numeric ^ 128,2::numeric ^ 96}'::text[]) v;
INSERT INTO hostile SELECT 'integer', v FROM unnest('{0,1,-1,2,18,77,78,255,256,887272,-887272,2147483647,-2147483648}'::text[]) v;
INSERT INTO hostile SELECT 'bigint', quote_literal(v) || '::bigint' FROM unnest(
	'{0,1,-1,2,60,255,256,-887272,887272,887273,999999,1000000,9223372036854775807,-9223372036854775808}'::text[]) v;
INSERT INTO hostile SELECT 'timestamptz', quote_literal(v) || '::timestamptz' FROM unnest(
	'{-infinity,infinity,4713-01-01 00:00+00 BC,294276-12-31 23:59:59+00,1970-01-01 00:00+00,2024-03-10 01:00+00,2024-03-10 01:00:00.000001+00,2030-01-01 00:00+00}'::text[]) v;
INSERT INTO hostile SELECT t, replace(value, '::timestamptz', '::' || t) FROM hostile, unnest('{timestamp,date}'::regtype[]) t WHERE type = 'timestamptz'::regtype;
INSERT INTO hostile SELECT 'interval', quote_literal(v) || '::interval' FROM unnest(
	'{0,1 microsecond,-1 day,1 second,1 day,1 month,-1 month 31 days,30 days,1 year,178000000 years,-178000000 years}'::text[]) v;
INSERT INTO hostile SELECT 'jsonb', quote_literal(v) || '::jsonb' FROM unnest(ARRAY['null', '[]', '{}', '1', '"x"', '{"a": 1e400}', '{"a": 0.5, "b": null}', '{"a": "x"}', '{"a": [1]}', '{"a": 1e308, "b": -1e308}']) v;
INSERT INTO hostile SELECT 'boolean', v FROM unnest('{true,false}'::text[]) v;
INSERT INTO hostile SELECT 'text', quote_literal(v) FROM unnest(ARRAY['', ' ', 'x', '0x', '0xzz', '0x' || repeat('f', 64), repeat('(', 1000), '(uint256,bytes[])',
	'Transfer(address indexed from, address indexed to, uint256 value)', 'uint256', '()', 'floor', 'ceil', 'half_up', 'locf', 'linear', 'last', 'mean', 'log', 'simple',
	'UTC', 'America/New_York', 'Asia/Kolkata', 'no/where', 'ng', 'raw', 'balancer_v2', 'origin', 'v3.0', 'supply', 'borrow', 'exit', 'distance', 'time', 'average',
	'marginal', 'par', 'second', E'\n', 'ÿ𝕏', '[]', repeat('9', 400)]) v;
INSERT INTO hostile SELECT 'bytea', v FROM unnest(ARRAY['''''::bytea', 'decode(''00'', ''hex'')', 'decode(repeat(''ff'', 32), ''hex'')', 'decode(repeat(''00'', 31) || ''20'', ''hex'')',
	'decode(repeat(repeat(''00'', 31) || ''20'', 9), ''hex'')', 'decode(repeat(''ff'', 64), ''hex'')', 'decode(''ae78736cd615f374d3085123a210448e74fc6393'', ''hex'')',
	'decode(repeat(''ab'', 33), ''hex'')', 'decode(''ddf252ad1be2c89b69c2b068fc378daa952ba7f163c4a11628f55a4df523b3ef'', ''hex'')']) v;
INSERT INTO hostile SELECT 'nelson_siegel_curve', format('ROW(%s, -0.02, 0.01, %s, 0, 3)::nelson_siegel_curve', b, tau)
FROM unnest('{"NULL",0.05,1e308,''NaN''}'::text[]) b, unnest('{"NULL",1,0,-1,5e-324,''Infinity''}'::text[]) tau;
INSERT INTO hostile SELECT 'svi_curve', format('ROW(%s, 0.1, -0.3, 0.01, %s, 0, 5)::svi_curve', a, sigma)
FROM unnest('{"NULL",0.04,1e308,''NaN''}'::text[]) a, unnest('{"NULL",0.2,0,-1,5e-324,''Infinity''}'::text[]) sigma;

CREATE FUNCTION picked(choices text[]) RETURNS text LANGUAGE sql VOLATILE AS $$
	SELECT choices[1 + floor(random() * cardinality(choices))::int]
$$;

CREATE TEMP TABLE pool AS SELECT type, array_agg(value ORDER BY value) AS choices FROM hostile GROUP BY type;
INSERT INTO pool
SELECT element.typarray::regtype, ARRAY[format('''{}''::%s[]', type), format('ARRAY[NULL]::%s[]', type), format('ARRAY[%s, NULL]::%s[]', choices[1], type),
	format('ARRAY[[%1$s, %2$s], [%2$s, %1$s]]::%3$s[]', choices[1], choices[2], type),
	format('(SELECT array_agg(%s::%s) FROM generate_series(1, 300))', choices[2], type)] || ARRAY(
		SELECT format('ARRAY[%s, %s, %s]::%s[]', picked(choices || '{}'::text[]), picked(choices), picked(choices), type) FROM generate_series(1, 40))
	|| ARRAY(SELECT format('ARRAY[%s, %s]::%s[]', picked(choices), picked(choices), type) FROM generate_series(1, 30))
FROM pool JOIN pg_type element ON element.oid = type WHERE type <> 'date'::regtype;
INSERT INTO pool SELECT type, ARRAY(SELECT replace(sample_of('', '', type, '{i}'), '{i}', i::text) FROM generate_series(1, 4) i) FROM own_type;
INSERT INTO pool SELECT typarray::regtype, ARRAY[format('''{}''::%s[]', type), format('ARRAY[NULL]::%s[]', type), format('ARRAY[%s, NULL]::%s[]', choices[1], type),
	format('ARRAY[%s, %s]::%s[]', choices[1], choices[2], type)]
FROM pool JOIN own_type USING (type) JOIN pg_type ON pg_type.oid = type;

-- values of our own types out of rows that are hostile themselves
CREATE FUNCTION make_hostile() RETURNS void LANGUAGE plpgsql AS $$
DECLARE
	r record;
	value text;
BEGIN
	FOR r IN SELECT routine.*, t.i FROM pg_temp.routine CROSS JOIN generate_series(1, 40) t(i) WHERE kind = 'a' AND result IN (SELECT type FROM pg_temp.own_type)
		AND NOT types && ARRAY(SELECT type FROM pg_temp.own_type) LOOP
		BEGIN
			EXECUTE format('SELECT (%I(%s))::text', r.name, (SELECT string_agg(CASE WHEN random() < 0.4 THEN s ELSE picked(choices) END, ', ' ORDER BY n)
				FROM unnest(samples_of(r.routine, '2'), r.types) WITH ORDINALITY u(s, type, n) JOIN pg_temp.pool USING (type))) INTO value;
			UPDATE pg_temp.pool SET choices = choices || (quote_literal(value) || '::' || r.result) WHERE type = r.result AND value IS NOT NULL;
		EXCEPTION WHEN data_exception THEN
			CONTINUE;
		END;
	END LOOP;
END
$$;
SELECT make_hostile() \g /dev/null

-- one call with arguments that are each hostile, a sample or NULL; aggregates over five rows
CREATE FUNCTION hostile_call(r routine, samples text[]) RETURNS text LANGUAGE plpgsql VOLATILE AS $$
DECLARE
	-- often all but one of the arguments are samples
	calm float8 := 1 - random() ^ 2;
	rows text := '';
	arguments text;
	call text;
BEGIN
	FOR i IN 1 .. CASE r.kind WHEN 'a' THEN 5 ELSE 1 END LOOP
		SELECT string_agg(CASE WHEN random() < calm THEN replace(s, '{i}', i::text) WHEN random() < 0.04 THEN 'NULL::' || u.type ELSE picked(choices) END
			|| CASE r.kind WHEN 'a' THEN ' AS x' || n ELSE '' END, ', ' ORDER BY n) INTO arguments
		FROM unnest(samples, r.types) WITH ORDINALITY u(s, type, n) LEFT JOIN pg_temp.pool ON pool.type = u.type;
		IF r.kind = 'f' THEN
			RETURN format('SELECT string_agg(concat(x), '' '') FROM (SELECT %I(%s%s) AS x LIMIT 100) x', r.name,
				CASE WHEN r.is_variadic THEN 'VARIADIC ' ELSE '' END, arguments);
		END IF;
		rows := rows || CASE WHEN i > 1 THEN ' UNION ALL SELECT ' ELSE 'SELECT ' END || arguments;
	END LOOP;
	RETURN format('SELECT concat(%I(%s)) FROM (%s) x', r.name, (SELECT string_agg('x' || n, ', ' ORDER BY n) FROM generate_series(1, r.arity) n), rows);
END
$$;

-- what went wrong, with the call that shows it
CREATE FUNCTION swept(calls int) RETURNS TABLE (routine regprocedure, wrong text, call text) LANGUAGE plpgsql VOLATILE AS $$
#variable_conflict use_column
DECLARE
	r pg_temp.routine;
	samples text[];
	result text;
	start timestamptz;
BEGIN
	FOR r IN SELECT * FROM pg_temp.routine o WHERE o.arity > 0 AND o.kind IN ('a', 'f') ORDER BY o.routine::text LOOP
		samples := samples_of(r.routine, '{i}');
		FOR n IN 1 .. calls LOOP
			call := hostile_call(r, samples);
			start := clock_timestamp();
			wrong := NULL;
			BEGIN
				EXECUTE call INTO result;
				IF result ~* '\m(nan|inf|infinity)\M' THEN
					wrong := left(result, 100);
				END IF;
			EXCEPTION WHEN OTHERS THEN
				IF SQLSTATE !~ '^22(003|012|023|P02|P03|004|008|007|02E|000)$' THEN
					wrong := SQLSTATE || ': ' || SQLERRM;
				END IF;
			END;
			IF clock_timestamp() - start > interval '5 seconds' THEN
				wrong := concat(wrong, ' took ', clock_timestamp() - start);
			END IF;
			IF wrong IS NOT NULL THEN
				routine := r.routine;
				RETURN NEXT;
			END IF;
		END LOOP;
	END LOOP;
END
$$;
\if :{?calls}
\else
\set calls 12
\endif
CREATE TEMP TABLE swept AS SELECT * FROM swept(:calls);
SELECT is_empty($$ SELECT routine, count(*), min(wrong), min(left(call, 900)) FROM swept GROUP BY routine $$,
	'hostile arguments give numbers, NULL or errors that say what is wrong');
SELECT * FROM finish();
ROLLBACK;
