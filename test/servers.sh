#!/usr/bin/env bash
# servers.sh [NAME...]: tests that need servers of their own, test/servers/NAME.sh; without a name all that
# "make check" runs. Each NAME.sh is sourced in a shell of its own with what tools/cluster.sh defines, after the
# extension is built and the server "main" is started.
#
# A test that needs something that is not everywhere says so with skip.
[ -n "${ROOT:-}" ] || source "$(dirname "${BASH_SOURCE[0]}")/../tools/cluster.sh"
SERVERS=$ROOT/test/servers

# Tests with a target of their own, for what must be installed beside PostgreSQL.
SERVERS_APART=" citus timescale "

skip() { say "    SKIPPED: $*"; exit 0; }

# Is a module installed beside the server? Argument: its name.
has_module() {
	[ -e "$("$PG_CONFIG" --sharedir)/extension/$1.control" ]
}

# A new database, in the place of one of that name. Arguments: name, further
# words of CREATE DATABASE.
make_database() {
	run_psql -c 'SET client_min_messages = warning' -c "DROP DATABASE IF EXISTS $1" -c "CREATE DATABASE $*"
}

# A database with facts and calls of every aggregate (servers/facts.sql).
# Arguments: database, number of rows, further arguments of psql.
make_facts() {
	local database=$1 rows=$2
	shift 2
	run_psql "$@" -d "$database" -o /dev/null -v rows="$rows" -f "$SERVERS/facts.sql"
}

# What a query gives, one line a row. Arguments: those of psql.
ask() { run_psql -At "$@"; }

# Fail with the rows that a query gives, if it gives any. Arguments: what is
# wrong with them, then those of psql.
expect_none() {
	local wrong=$1 rows
	shift
	rows=$(ask "$@")
	[ -z "$rows" ] || die "$wrong:
$rows"
}

# Every btree of a database agrees with its table, by the server's own amcheck
# where it is there.
check_indexes() {
	has_module amcheck || return 0
	run_psql -d "$1" -o /dev/null -c 'CREATE EXTENSION IF NOT EXISTS amcheck' -c "SELECT bt_index_parent_check(i.indexrelid, true)
		FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid JOIN pg_am a ON a.oid = c.relam
		WHERE a.amname = 'btree' AND c.relnamespace = 'public'::regnamespace"
}

# Wait until a query gives t. Arguments: those of psql.
wait_until() {
	local i
	for ((i = 0; i < 300; i++)); do
		[ "$(ask "$@")" != t ] || return 0
		sleep 0.1
	done
	die "waited 30 seconds for: ${*: -1}"
}

run_servers() {
	local name
	for name in "$@"; do
		[ -f "$SERVERS/$name.sh" ] || die "no test $name in test/servers"
		say "  $name: $(sed -n '2s/^# *//p' "$SERVERS/$name.sh")"
		(source "$SERVERS/$name.sh")
		stop_nodes main
	done
}

# The names of those that "make check" runs.
servers_of_check() {
	local file name
	for file in "$SERVERS"/*.sh; do
		name=$(basename "$file" .sh)
		[[ $SERVERS_APART == *" $name "* ]] || echo "$name"
	done
}

if [ "${BASH_SOURCE[0]}" = "$0" ]; then
	prepare
	build_extension
	start_cluster
	# shellcheck disable=SC2046
	run_servers $([ $# -gt 0 ] && printf '%s\n' "$@" || servers_of_check)
fi
