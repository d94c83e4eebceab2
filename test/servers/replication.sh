#!/usr/bin/env bash
# replication of a row of every type: a physical standby, and logical subscriptions in text and in binary

"$("$PG_CONFIG" --bindir)/pg_basebackup" --version >/dev/null 2>&1 || skip "pg_basebackup is not installed"

start_node publisher 5450 wal_level=logical max_wal_senders=8 max_replication_slots=8
ask_publisher() { ask -p 5450 "$@"; }
run_psql -p 5450 -c 'CREATE EXTENSION pg_yield'
make_facts postgres 200 -p 5450
run_psql -p 5450 -c 'ALTER TABLE facts ADD PRIMARY KEY (id)' -c 'CREATE INDEX ON facts (rate_summary)' \
	-c 'CREATE PUBLICATION facts FOR TABLE facts'

# a standby is a copy of every byte, so its server needs the same files of the extension
mkdir -m 700 "$WORK/data.standby"
[ "$(id -u)" -ne 0 ] || chown "$SERVER_USER" "$WORK/data.standby"
quietly as_server env PGHOST="$PGHOST" "$("$PG_CONFIG" --bindir)/pg_basebackup" -D "$WORK/data.standby" -c fast -R -p 5450 -U postgres
start_node standby 5451

# subscribers have tables of their own
port=5452
for format in text binary; do
	start_node $format $port
	run_psql -p $port -c 'CREATE EXTENSION pg_yield'
	"$("$PG_CONFIG" --bindir)/pg_dump" -p 5450 --schema-only --no-publications -t facts | run_psql -p $port -o /dev/null -f -
	run_psql -p $port -c 'SET client_min_messages = warning' -c "CREATE SUBSCRIPTION in_$format CONNECTION 'host=$PGHOST port=5450 user=postgres dbname=postgres'
		PUBLICATION facts WITH (binary = $([ $format = binary ] && echo true || echo false))"
	wait_until -p $port -c "SELECT bool_and(srsubstate = 'r') FROM pg_subscription_rel"
	port=$((port + 1))
done

# what changes after they all have begun
run_psql -p 5450 -c 'UPDATE facts SET rate_summary = (SELECT rate_summary FROM facts WHERE id = 150) WHERE id < 50' \
	-c 'CREATE TEMP TABLE more AS SELECT * FROM facts WHERE id >= 100' \
	-c 'UPDATE more SET id = id + 1000' -c 'INSERT INTO facts SELECT * FROM more' -c 'DELETE FROM facts WHERE id < 10'
ask_publisher -c 'SELECT * FROM facts ORDER BY id' >"$WORK/published"
for node in standby:5451 text:5452 binary:5453; do
	wait_until -p "${node#*:}" -c "SELECT count(*) = $(wc -l <"$WORK/published") FROM facts"
	ask -p "${node#*:}" -c 'SELECT * FROM facts ORDER BY id' >"$WORK/replicated"
	cmp -s "$WORK/published" "$WORK/replicated" || die "rows differ on ${node%:*}"
	say "    ${node%:*}: $(wc -l <"$WORK/replicated") rows, all equal"
done

# through the index on a summary, on the standby too
for port in 5450 5451; do
	ask -p $port -c 'SET enable_seqscan = off' \
		-c 'SELECT g.id FROM facts f JOIN facts g USING (rate_summary) WHERE f.id = 150 ORDER BY 1' >"$WORK/found.$port"
done
[ "$(wc -l <"$WORK/found.5450")" -gt 40 ] && cmp -s "$WORK/found.5450" "$WORK/found.5451" ||
	die "an index on a summary does not find on the standby what it finds on its publisher"
