#!/usr/bin/env bash
# make shell: psql in a PostgreSQL of its own, with the extension and the demo's figures.
source "$(dirname "${BASH_SOURCE[0]}")/../tools/cluster.sh"

say "pg_yield shell: the same throwaway cluster as make demo, with psql in it."
say
prepare
step "Building pg_yield for $("$PG_CONFIG" --version)"
build_extension
step "Starting a throwaway cluster"
start_cluster
step "Loading examples/data"
cd "$ROOT"
run_psql -c 'CREATE EXTENSION pg_yield' -f examples/load.sql
say
say "\\d lists the tables. Try"
say "  SELECT token, apr(ts, rate), apy(ts, rate) FROM lst_rates GROUP BY token;"
say "  \\dx+ pg_yield"
say "  \\i examples/report.sql"
say "  \\i examples/benchmark.sql"
say "  \\i examples/attribution.sql"
say "  \\i examples/logs.sql"
say "Everything is deleted when you leave with \\q."
say
# Ctrl-C in psql cancels a query; it must not end this script
trap : INT
"$("$PG_CONFIG" --bindir)/psql" -X || true
trap 'exit 130' INT
