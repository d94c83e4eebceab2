#!/usr/bin/env bash
# two servers behind foreign tables (postgres_fdw): what is shipped to them, and that results are those of one server

has_module postgres_fdw || skip "postgres_fdw is not installed (Debian, Ubuntu: it comes with postgresql-NN)"

# The one server that results are compared with.
make_database one_server
run_psql -d one_server -c 'CREATE EXTENSION pg_yield'
make_facts one_server 4000

# Keys 0 to 3 live in the north, 4 to 7 in the south.
make_database sharded
run_psql -d sharded -c 'CREATE EXTENSION pg_yield' -c 'CREATE EXTENSION postgres_fdw'
make_facts sharded 1
run_psql -d sharded -c 'ALTER TABLE facts RENAME TO columns' \
	-c 'CREATE TABLE facts (LIKE columns) PARTITION BY LIST (k)'
port=5440
for node in north:0,1,2,3 south:4,5,6,7; do
	start_node "${node%:*}" $port
	run_psql -p $port -c 'CREATE EXTENSION pg_yield'
	"$("$PG_CONFIG" --bindir)/pg_dump" -d one_server -t facts | run_psql -p $port -o /dev/null -f -
	run_psql -p $port -c "DELETE FROM facts WHERE k NOT IN (${node#*:})" -c 'ANALYZE facts'
	run_psql -d sharded <<SQL
		CREATE SERVER ${node%:*} FOREIGN DATA WRAPPER postgres_fdw
			OPTIONS (host '$PGHOST', port '$port', dbname 'postgres', extensions 'pg_yield');
		CREATE USER MAPPING FOR postgres SERVER ${node%:*} OPTIONS (user 'postgres');
		CREATE FOREIGN TABLE ${node%:*} PARTITION OF facts FOR VALUES IN (${node#*:})
			SERVER ${node%:*} OPTIONS (table_name 'facts');
		ANALYZE ${node%:*};
SQL
	port=$((port + 1))
done
run_psql -d sharded -c 'ANALYZE facts' -f "$SERVERS/sharding.sql"

expect_none "calls without a result, which prove nothing" -d one_server \
	-c "SELECT signature FROM calls WHERE array_remove(call_facts('facts', call), NULL) = '{}'"

# Results travel as text, so that both sides can be compared here.
for database in one_server sharded; do
	ask -d "$database" -c 'SET enable_partitionwise_aggregate = on' \
		-c "SELECT signature, call_facts('facts', call) FROM calls ORDER BY signature COLLATE \"C\"" >"$WORK/$database.results"
done
diff "$WORK/one_server.results" "$WORK/sharded.results" >"$WORK/results.diff" ||
	die "results of two servers differ from those of one:
$(cut -c1-300 "$WORK/results.diff")"
say "    results of $(wc -l <"$WORK/sharded.results") aggregates are equal, to the last bit"

expect_none "grouped by the partition key and not shipped" -d sharded -c 'SELECT * FROM not_shipped'
say "    all of them are shipped when they are grouped by the partition key"
expect_none "functions in WHERE that are not shipped" -d sharded -c 'SELECT * FROM filters WHERE NOT shipped'
say "    and so are functions in WHERE: $(ask -d sharded -c "SELECT string_agg(filter, '; ') FROM filters")"
