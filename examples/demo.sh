#!/usr/bin/env bash
# make demo: the yields of real tokens, computed inside a PostgreSQL of its own.
source "$(dirname "${BASH_SOURCE[0]}")/../tools/cluster.sh"

say "pg_yield demo. This will"
say "  1. find PostgreSQL with its headers and a C compiler (installing them with apt if missing),"
say "  2. build the extension in a temporary directory,"
say "  3. start a PostgreSQL of its own there, on a private socket,"
say "  4. load the figures in examples/data and print a report over them,"
say "  5. stop that PostgreSQL and delete the temporary directory."
say "No PostgreSQL that is already running is touched."
say
prepare
step "Building pg_yield for $("$PG_CONFIG" --version)"
build_extension
step "Starting a throwaway cluster"
start_cluster
step "Loading examples/data"
cd "$ROOT"
run_psql -c 'CREATE EXTENSION pg_yield' -f examples/load.sql
run_psql -A -t -c "SELECT '    ' || count(*) || ' exchange rates of ' || count(DISTINCT token) || ' tokens' FROM lst_rates"
step "Report"
run_psql -f examples/report.sql
step "The ladder of yields, and where a return came from"
run_psql -f examples/benchmark.sql
run_psql -f examples/attribution.sql
step "From raw logs to rates"
run_psql -f examples/logs.sql
step "Histories as values, and what depends on their path"
run_psql -f examples/series.sql
step "A pool through a depeg"
run_psql -f examples/liquidity.sql
step "A lending market under stress"
run_psql -f examples/leverage.sql
step "The ladder as fixed income"
run_psql -f examples/derivative.sql
step "Risk"
run_psql -f examples/risk.sql
step "Strategies"
run_psql -f examples/strategy.sql
say
step "Done; stopping the cluster. The queries are in examples/*.sql; make shell lets you write your own."
