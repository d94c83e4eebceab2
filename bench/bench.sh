#!/usr/bin/env bash
# make bench: pg_yield against plain SQL and sum(float8), in one run; writes bench/RESULTS.md.
# ROWS, TOKENS and ROUNDS can be set in the environment.
source "$(dirname "${BASH_SOURCE[0]}")/../tools/cluster.sh"
ROWS=${ROWS:-5000000}
TOKENS=${TOKENS:-50}
ROUNDS=${ROUNDS:-5}

say "pg_yield bench: $ROWS rows, medians of $ROUNDS rounds, in a throwaway cluster. Takes some minutes."
prepare
step "Building pg_yield for $("$PG_CONFIG" --version)"
build_extension
step "Starting a throwaway cluster"
start_cluster shared_buffers=1GB
run_psql -c 'CREATE EXTENSION pg_yield'
step "Measuring"
{
	say "# Results of make bench"
	say
	say "$ROWS rows of $TOKENS tokens in time order, all in memory; medians of $ROUNDS rounds after one to warm up, JIT off."
	say "Ratios are to the first row of each table, within this one run. pg_yield's rows are in bold; the queries are in"
	say "bench/bench.sql."
	say
	say "- $(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo 2>/dev/null | head -n 1 || uname -m), $(nproc) processors"
	say "- $("$PG_CONFIG" --version), $(gcc --version | head -n 1)"
	say "- pg_yield $EXTVERSION"
	run_psql -v rows="$ROWS" -v tokens="$TOKENS" -v rounds="$ROUNDS" -f "$ROOT/bench/bench.sql"
} >"$WORK/RESULTS.md"
cp "$WORK/RESULTS.md" "$ROOT/bench/RESULTS.md"
cat "$ROOT/bench/RESULTS.md"
step "Done; bench/RESULTS.md is written"
