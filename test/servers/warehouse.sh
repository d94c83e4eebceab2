#!/usr/bin/env bash
# the example warehouse against a full recomputation, after random changes in four sessions and after crashes

# In the environment: how many changes, and how many crashes on the way.
CHANGES=${WAREHOUSE_CHANGES:-800}
CRASHES=${WAREHOUSE_CRASHES:-2}

"$("$PG_CONFIG" --bindir)/pgbench" --version >/dev/null 2>&1 || skip "pgbench is not installed"

start_node warehouse 5460 deadlock_timeout=10ms
run_psql -p 5460 -c 'CREATE EXTENSION pg_yield' -f "$ROOT/examples/warehouse/install.sql" -f "$SERVERS/warehouse/churn.sql"

# Under each isolation level a share of the changes; what must be tried again is.
for level in 'READ COMMITTED' 'REPEATABLE READ' SERIALIZABLE; do
	printf '%s\n' '\set op random(0, 11)' '\set op2 random(0, 9)' "BEGIN ISOLATION LEVEL $level;" 'SELECT warehouse.churn(:op);' \
		'SELECT warehouse.churn(:op2);' 'COMMIT;' >"$WORK/churn ${level}.sql"
done
churn() {
	"$("$PG_CONFIG" --bindir)/pgbench" -n -p 5460 -c 4 -j 2 -t "$1" --max-tries=1000 --random-seed="$2" \
		-f "$WORK/churn READ COMMITTED.sql@6" -f "$WORK/churn REPEATABLE READ.sql@3" -f "$WORK/churn SERIALIZABLE.sql@1" \
		>"$WORK/pgbench.log" 2>&1
}
# what COPY does beside them
copy_logs() {
	run_psql -p 5460 -c "\\copy (SELECT * FROM warehouse.random_logs(200)) TO '$WORK/logs.copy'"
	run_psql -p 5460 -c "CREATE TEMP TABLE copied (LIKE warehouse.etl_logs)" -c "\\copy copied FROM '$WORK/logs.copy'" \
		-c "DELETE FROM warehouse.etl_logs e USING copied c WHERE e.block_number = c.block_number" \
		-c "\\copy warehouse.etl_logs FROM '$WORK/logs.copy'"
}
compare() {
	expect_none "the warehouse differs from its logs $1" -p 5460 -c "SELECT level, count FROM warehouse.differences WHERE count > 0"
}

copy_logs
run_psql -p 5460 -c ANALYZE
for ((part = 0; part <= CRASHES; part++)); do
	if [ "$part" -lt "$CRASHES" ]; then
		(churn 1000000 "$part" || true) &
		changing=$!
		sleep "1.$((RANDOM % 10))"
		as_server "$PRIVATE_BIN/pg_ctl" -D "$WORK/data.warehouse" -m immediate -w stop >/dev/null
		wait "$changing"
		start_node warehouse 5460 deadlock_timeout=10ms
		compare "after a crash"
	else
		churn $((CHANGES / 8)) "$part" || { tail -n 20 "$WORK/pgbench.log"; die "changes failed"; }
		copy_logs
		compare "after $CHANGES changes"
	fi
done
say "    $(sed -n 's/^number of transactions actually processed: \([0-9]*\).*/\1/p' "$WORK/pgbench.log") transactions of two changes in 4 sessions, $(sed -n 's/^total number of retries: //p' "$WORK/pgbench.log") tried again, $CRASHES crashes; $(ask -p 5460 -c 'SELECT count(*) FROM warehouse.rates') rates, all levels equal"

# A level that is wrong is found.
run_psql -p 5460 -c "UPDATE warehouse.rates SET rate = rate * 1.001 WHERE ctid = (SELECT min(ctid) FROM warehouse.rates)"
[ "$(ask -p 5460 -c 'SELECT count(*) FROM warehouse.differences WHERE count > 0')" -ge 1 ] || die "a wrong rate is not found"
run_psql -p 5460 -c 'CALL warehouse.rebuild()'
compare "after a rebuild"
