-- Prints values of every type of pg_yield, one a line and tab-separated: type,
-- text form, binary form, and the bytes of a page. They are rows and aggregates
-- of facts (test/servers/facts.sql); golden-VERSION.tsv is made of such lines.
SET timezone = 'UTC';
CREATE TABLE golden (type text, value text, sent text, stored text);

DO $$
DECLARE
	made record;
	made_by text;
BEGIN
	FOR made IN
		SELECT o.type, t.typsend, t.typlen FROM own_types o JOIN pg_type t USING (oid) ORDER BY type COLLATE "C"
	LOOP
		EXECUTE format('CREATE TABLE golden_values (value %I)', made.type);
		-- by way of their text, as what a wide row of facts holds may be compressed
		EXECUTE format('INSERT INTO golden_values SELECT %1$I::text::%1$I FROM facts WHERE id IN (0, 7, 123) ORDER BY id', made.type);
		FOR made_by IN
			SELECT call FROM makers WHERE own_type = made.type
			UNION SELECT call FROM calls WHERE own_type = made.type
			ORDER BY 1
		LOOP
			EXECUTE format('INSERT INTO golden_values SELECT %s FROM facts WHERE id < 20', made_by);
			EXECUTE format('INSERT INTO golden_values SELECT %s FROM facts WHERE id %% 8 = 3 AND id < 160', made_by);
		END LOOP;
		DELETE FROM golden_values WHERE value IS NULL;
		EXECUTE format('INSERT INTO golden
			SELECT %L, value::text, encode(%s(value), ''hex''), encode(stored_bytes(ctid), ''hex'') FROM golden_values',
			made.type, made.typsend::regproc);
		DROP TABLE golden_values;
	END LOOP;
END
$$;

SELECT DISTINCT type COLLATE "C", value COLLATE "C", sent COLLATE "C", coalesce(stored, '') COLLATE "C"
FROM golden ORDER BY 1, 2, 3, 4;
