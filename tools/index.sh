#!/usr/bin/env bash
# make index: the index of functions and what else is made from the catalogue.
source "$(dirname "${BASH_SOURCE[0]}")/cluster.sh"
prepare
step "Building pg_yield for $("$PG_CONFIG" --version)"
build_extension
start_cluster
run_psql -c 'CREATE EXTENSION pg_yield'
step "Making the index of functions"
cd "$ROOT"
perl tools/index.pl "$("$PG_CONFIG" --bindir)/psql"
