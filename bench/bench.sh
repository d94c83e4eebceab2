#!/usr/bin/env bash
# make bench: pg_yield against plain SQL and sum(float8), in one run; writes bench/RESULTS.md.
# ROWS, TOKENS and ROUNDS can be set in the environment; ONLY, a pattern of LIKE, picks among the tables.
# Path metrics are also asked of DuckDB, if npm can fetch it or DUCKDB names a directory where it was installed.
source "$(dirname "${BASH_SOURCE[0]}")/../tools/cluster.sh"
ROWS=${ROWS:-5000000}
TOKENS=${TOKENS:-50}
ROUNDS=${ROUNDS:-5}

say "pg_yield bench: $ROWS rows, medians of $ROUNDS rounds, in a throwaway cluster. Takes some minutes."
prepare
step "Building pg_yield for $("$PG_CONFIG" --version)"
build_extension
# DuckDB for node, in the temporary directory; without it the bench goes on.
find_duckdb() {
	DUCKDB=${DUCKDB:-$WORK/duckdb}
	[ ! -d "$DUCKDB/node_modules/@duckdb/node-api" ] || return 0
	command -v node >/dev/null && command -v npm >/dev/null || return 1
	mkdir -p "$DUCKDB"
	(cd "$DUCKDB" && npm install --silent --no-audit --no-fund --prefix . @duckdb/node-api >/dev/null 2>&1)
}
duckdb=0
if find_duckdb; then duckdb=1; else step "DuckDB cannot be had (it needs node and npm): its rows are left out"; fi

step "Starting a throwaway cluster"
start_cluster shared_buffers=1GB
run_psql -c 'CREATE EXTENSION pg_yield'
step "Measuring"
export BENCH_WORK=$WORK BENCH_DUCKDB=$DUCKDB BENCH_ROUNDS=$ROUNDS
cd "$ROOT"
{
	say "# Results of make bench"
	say
	say "$ROWS rows of $TOKENS tokens in time order, all in memory; medians of $ROUNDS rounds after one to warm up, JIT off; what takes more than ten seconds is run once."
	say "Ratios are to the first row of each table, within this one run. pg_yield's rows are in bold; the queries are in"
	say "bench/bench.sql."
	say
	say "- $(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo 2>/dev/null | head -n 1 || uname -m), $(nproc) processors"
	say "- $("$PG_CONFIG" --version), $(gcc --version | head -n 1)"
	say "- pg_yield $EXTVERSION"
	[ "$duckdb" -eq 1 ] || say "- DuckDB could not be had, so its rows are missing"
	run_psql -v rows="$ROWS" -v tokens="$TOKENS" -v rounds="$ROUNDS" -v only="${ONLY:-%}" -v duckdb="$duckdb" \
		-f "$ROOT/bench/bench.sql"
} >"$WORK/RESULTS.md"
cat "$WORK/RESULTS.md"
if [ -z "${ONLY:-}" ]; then
	cp "$WORK/RESULTS.md" "$ROOT/bench/RESULTS.md"
	step "Done; bench/RESULTS.md is written"
fi
