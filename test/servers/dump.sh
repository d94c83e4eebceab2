#!/usr/bin/env bash
# pg_dump and pg_restore: a row of every type, with indexes, views and generated columns, comes back as it was

make_database dumped
run_psql -d dumped -c 'CREATE SCHEMA yield' -c 'CREATE EXTENSION pg_yield SCHEMA yield' \
	-c 'ALTER DATABASE dumped SET search_path = public, yield'
make_facts dumped 400
run_psql -d dumped <<'SQL'
	ALTER TABLE facts ADD COLUMN health float8 GENERATED ALWAYS AS (health_factor(100 * value, 0.8, 50)) STORED;
	CREATE MATERIALIZED VIEW daily AS
		SELECT k, date_trunc('day', ts, 'UTC') AS day, rate_agg(ts, value) AS s FROM facts GROUP BY k, day;
	CREATE INDEX ON facts (premium(value, 1.0::float8)) WHERE health_factor(100 * value, 0.8, 50) > 1;
	SELECT format('CREATE INDEX ON facts USING %s (%I)', method, type)
	FROM own_types, (VALUES ('btree'), ('hash')) AS m(method)
	WHERE EXISTS (SELECT FROM pg_opclass c JOIN pg_am a ON a.oid = c.opcmethod
		WHERE c.opcintype = own_types.oid AND a.amname = method)
	\gexec
SQL

# as SQL, which is read with an empty search_path, and in pg_restore's own form
make_database restored_plain
make_database restored_custom
"$("$PG_CONFIG" --bindir)/pg_dump" -d dumped | run_psql -d restored_plain -o /dev/null -f -
"$("$PG_CONFIG" --bindir)/pg_dump" -d dumped -Fc | "$("$PG_CONFIG" --bindir)/pg_restore" --exit-on-error -d restored_custom

for database in dumped restored_plain restored_custom; do
	# the setting belongs to the database, not to its dump
	ask -d $database -c 'SET search_path = public, yield' -c 'SELECT * FROM facts ORDER BY id' \
		-c 'SELECT * FROM daily ORDER BY k, day' >"$WORK/$database.rows"
	check_indexes $database
	cmp -s "$WORK/dumped.rows" "$WORK/$database.rows" || die "the rows of $database differ from those that were dumped"
done
say "    $(wc -l <"$WORK/dumped.rows") rows, all equal; $(ask -d restored_plain -c "SELECT count(*) FROM pg_indexes WHERE schemaname = 'public'") indexes, all sound"
