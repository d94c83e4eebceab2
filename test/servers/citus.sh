#!/usr/bin/env bash
# Citus, a coordinator and two workers: what is pushed down to the workers, and that results are those of one server

has_module citus || skip "Citus is not installed for $("$PG_CONFIG" --version)"

# Citus' nodes speak TCP: three ports of the loopback interface that are free.
free_port() {
	local port
	for port in $(seq "$1" $((10#$1 + 99))); do
		(exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null || { echo "$port"; return; }
	done
	die "no free port from $1 to $((10#$1 + 99))"
}

ports=()
for node in coordinator worker1 worker2; do
	port=$(free_port "$((15432 + 100 * ${#ports[@]}))")
	ports+=("$port")
	start_node "$node" "$port" listen_addresses=127.0.0.1 shared_preload_libraries=citus wal_level=logical \
		max_prepared_transactions=200 citus.enable_ddl_propagation=on citus.node_conninfo=sslmode=prefer
	run_psql -p "$port" -c 'CREATE EXTENSION citus'
done
run_psql -p "${ports[0]}" -o /dev/null -c "SELECT citus_set_coordinator_host('127.0.0.1', ${ports[0]})" \
	-c "SELECT citus_add_node('127.0.0.1', ${ports[1]}), citus_add_node('127.0.0.1', ${ports[2]})" \
	-c 'CREATE EXTENSION pg_yield'
export PGPORT=${ports[0]}

# Rows are spread by their number, so that every key is on both workers.
make_facts postgres 4000
run_psql -o /dev/null <<'SQL'
	ALTER TABLE facts RENAME TO one_server;
	CREATE TABLE facts (LIKE one_server);
	SELECT create_distributed_table('facts', 'id', shard_count => 4);
SQL
run_psql -c '\copy one_server TO '"$WORK/facts.copy" -c '\copy facts FROM '"$WORK/facts.copy"
run_psql -f "$SERVERS/citus.sql"

say "    $(ask -c "SELECT format('%s of %s aggregates have a partial on the workers',
	count(*) FILTER (WHERE is_partial), count(*)) FROM pushed")"
say "    pulled to the coordinator: $(ask -c "SELECT coalesce(string_agg(signature || ' (' || why || ')', ', '), 'none')
	FROM pushed WHERE NOT is_partial")"
expect_none "aggregates that merge and are not pushed down" \
	-c "SELECT signature, why FROM pushed WHERE NOT is_partial AND merges"
expect_none "results that differ from those of one server by more than 4 ulp" \
	-c 'SELECT signature, here, there FROM results WHERE NOT is_near'
say "    $(ask -c "SELECT format('%s results, %s of them equal to the last bit, the others to 4 ulp',
	count(*), count(*) FILTER (WHERE here IS NOT DISTINCT FROM there)) FROM results")"
