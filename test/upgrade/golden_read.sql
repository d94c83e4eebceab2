-- What golden_lines (type, value, sent, stored) says of values, and what this
-- version makes of them, as problems(type, value, problem). Binary forms are read
-- from golden_sent_TYPE, which test/servers/golden.sh fills by COPY.
SET timezone = 'UTC';
CREATE TABLE problems (type text, value text, problem text);

DO $$
DECLARE
	made record;
	gold record;
	found_text text;
	found_sent text;
	found_stored text;
BEGIN
	FOR gold IN SELECT g.*, t.typsend FROM golden_lines g LEFT JOIN pg_type t ON t.oid = to_regtype(g.type) LOOP
		IF gold.typsend IS NULL THEN
			INSERT INTO problems VALUES (gold.type, gold.value, 'the type is gone');
			CONTINUE;
		END IF;
		EXECUTE format('CREATE TABLE golden_values (value %I)', gold.type);
		EXECUTE format('INSERT INTO golden_values VALUES (%L)', gold.value);
		EXECUTE format('SELECT value::text, encode(%s(value), ''hex''), encode(stored_bytes(ctid), ''hex'') FROM golden_values',
			gold.typsend::regproc) INTO found_text, found_sent, found_stored;
		DROP TABLE golden_values;
		INSERT INTO problems
		SELECT gold.type, gold.value, problem
		FROM (VALUES (found_text IS DISTINCT FROM gold.value, 'is written as ' || found_text),
			(found_sent IS DISTINCT FROM gold.sent, 'is sent as ' || found_sent || ', not ' || gold.sent),
			(found_stored <> gold.stored AND gold.stored <> '', 'is stored as ' || found_stored || ', not ' || gold.stored))
			AS p(failed, problem)
		WHERE failed;
	END LOOP;
	FOR made IN SELECT DISTINCT type FROM golden_lines WHERE to_regtype(type) IS NOT NULL LOOP
		EXECUTE format('INSERT INTO problems
			SELECT %L, g.value, ''is read from its binary form as '' || s.value::text
			FROM golden_lines g JOIN %I s USING (id) WHERE g.value <> s.value::text',
			made.type, 'golden_sent_' || made.type);
	END LOOP;
END
$$;
