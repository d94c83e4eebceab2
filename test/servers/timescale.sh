#!/usr/bin/env bash
# TimescaleDB: hypertables, continuous aggregates of every summary, hierarchies of them, late data, compressed chunks

has_module timescaledb || skip "TimescaleDB is not installed for $("$PG_CONFIG" --version)"

start_node timescale 5470 shared_preload_libraries=timescaledb timescaledb.telemetry_level=off max_worker_processes=16
export PGPORT=5470
run_psql -c 'SET client_min_messages = error' -c 'CREATE EXTENSION timescaledb' -c 'CREATE EXTENSION pg_yield'
make_facts postgres 4000
run_psql -o /dev/null -f "$SERVERS/timescale.sql"
expect_none "results of a hypertable that differ from those of a table" \
	-c "SELECT signature FROM calls WHERE NOT near(call_facts('facts', call)::text, call_facts('measurements', call)::text)"
say "    $(ask -c 'SELECT count(*) FROM calls') aggregates over a hypertable as over a table"
expect_none "continuous aggregates that differ from the aggregate itself" -c 'SELECT * FROM differences()'
say "    continuous aggregates, by hour and from them by day, of: $(ask -c "SELECT string_agg(own_type, ', ') FROM summaries")"

# rows that come late, within buckets that are there already, and a change of old ones
run_psql -o /dev/null -c "CREATE TABLE late AS SELECT * FROM facts WHERE id % 7 = 0" \
	-c "UPDATE late SET id = id + 10000, ts = ts + interval '1 minute'" \
	-c 'INSERT INTO measurements SELECT * FROM late' -c 'INSERT INTO facts SELECT * FROM late' \
	-c "DELETE FROM measurements WHERE id BETWEEN 500 AND 600" -c 'DELETE FROM facts WHERE id BETWEEN 500 AND 600'
[ -n "$(ask -c 'SELECT * FROM differences()')" ] || die "late rows change nothing: the comparison proves nothing"
run_psql -o /dev/null <<'SQL'
	SELECT format($$CALL refresh_continuous_aggregate(%L, NULL, NULL)$$, name) FROM continuous_aggregates ORDER BY level DESC
	\gexec
SQL
expect_none "continuous aggregates that miss late rows" -c 'SELECT * FROM differences()'
say "    late rows and deleted ones are in them after a refresh"

# values of every type in compressed chunks, whose rows come in an order of their own
run_psql -o /dev/null <<'SQL'
	SET client_min_messages = error;
	ALTER TABLE measurements SET (timescaledb.compress, timescaledb.compress_segmentby = 'k', timescaledb.compress_orderby = 'ts');
	SELECT compress_chunk(c) FROM show_chunks('measurements') AS c;
SQL
ask -c 'SELECT * FROM measurements ORDER BY id' >"$WORK/compressed"
ask -c 'SELECT * FROM facts ORDER BY id' >"$WORK/plain"
cmp -s "$WORK/compressed" "$WORK/plain" || die "rows of compressed chunks differ"
expect_none "results of compressed chunks that differ from those of a table" \
	-c "SELECT signature FROM calls WHERE merges AND NOT near(call_facts('facts', call)::text, call_facts('measurements', call)::text)"
say "    rows of $(ask -c "SELECT count(*) FROM timescaledb_information.chunks WHERE is_compressed") compressed chunks are equal, with a value of every type"
