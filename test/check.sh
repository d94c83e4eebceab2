#!/usr/bin/env bash
# make check: every test, in a PostgreSQL of its own. Fails at the first kind of test that fails.
source "$(dirname "${BASH_SOURCE[0]}")/../tools/cluster.sh"
source "$ROOT/test/servers.sh"
cd "$ROOT"

WARNINGS="-Wall -Wextra -Werror"
SANITIZE="-fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer"

# Arithmetic that does not round to double must not compile.
check_rounding() {
	[ "$(uname -m)" != x86_64 ] ||
		! echo '#include "core/base/status.h"' | gcc -mfpmath=387 -Isrc -fsyntax-only -xc - 2>/dev/null ||
		die "with x87 arithmetic it compiles, though it would compute something else"
}

# A check that takes longer is one that nobody runs.
MAX_MINUTES=20

# The wings of the house: what all share, then the domains in their order.
WINGS="base server $(sed -n 's/^\([a-z][a-z]*\).*/\1/p' src/domains)"

# Seconds that something of a wing took, for the table at the end.
# Arguments: kind, wing, seconds.
took() { printf '%s %s %s\n' "$@" >>"$WORK/times"; }
since() { awk -v a="$1" -v b="$EPOCHREALTIME" 'BEGIN { print b - a }'; }

# Files of a kind in the order of the wings. Arguments: folder, pattern of names.
in_order() {
	local wing
	for wing in $WINGS; do
		[ ! -d "$1/$wing" ] || find "$1/$wing" -name "$2" | sort
	done
}

# Compile every source given, several at a time, into a directory of objects.
# Arguments: directory, compiler and its options in one word, sources.
compile_all() {
	local directory=$1 compiler=$2
	shift 2
	mkdir -p "$directory"
	printf '%s\n' "$@" >"$WORK/sources.list"
	quietly xargs -a "$WORK/sources.list" -P "$(nproc 2>/dev/null || echo 2)" -I '{}' \
		sh -c "$compiler -c '{}' -o '$directory/'\$(echo '{}' | tr / _).o"
}

# The objects that compile_all made. Arguments: directory, sources.
objects() {
	local directory=$1
	shift
	printf '%s\n' "$@" | tr / _ | sed "s|.*|$directory/&.o|"
}

# Every test/core/DOMAIN/X.c is a program of its own, with all of the core.
run_core_tests() {
	local source program wing before start=$EPOCHREALTIME
	local core tests
	core=$(find src/core -name '*.c' | sort)
	tests=$(in_order test/core '*.c' | grep -v /fuzz_)
	compile_all "$WORK/core" "gcc -std=gnu11 -g -O1 $WARNINGS -ffp-contract=off $SANITIZE -Isrc -Itest/core" \
		$core $tests
	took core all "$(since "$start")"
	for source in $tests; do
		before=$EPOCHREALTIME
		wing=$(basename "$(dirname "$source")")
		program=$WORK/core/$wing-$(basename "$source" .c)
		quietly gcc $SANITIZE $(objects "$WORK/core" "$source" $core) -o "$program" -lcmocka -lgmp -lm
		quietly "$program"
		took core "$wing" "$(since "$before")"
		say "    $wing/$(basename "$source" .c): $(grep -c '^\[       OK' "$WORK/step.log") passed"
	done
}

# Every test/core/DOMAIN/quantlib_X.cc, with the core as run_core_tests left it: an
# oracle for tests, where it is installed.
run_quantlib_tests() {
	local source name wing before core
	if ! echo '#include <ql/qldefines.hpp>' | g++ -x c++ -fsyntax-only - 2>/dev/null; then
		say "    SKIPPED: QuantLib is not here (Debian, Ubuntu: libquantlib0-dev)"
		return
	fi
	core=$(find src/core -name '*.c' | sort)
	for source in $(in_order test/core 'quantlib_*.cc'); do
		before=$EPOCHREALTIME
		name=$(basename "$source" .cc)
		wing=$(basename "$(dirname "$source")")
		# its headers are not ours to warn about
		quietly g++ -std=c++17 -O1 -w -Isrc -c "$source" -o "$WORK/core/$name.o"
		quietly g++ $SANITIZE "$WORK/core/$name.o" $(objects "$WORK/core" $core) -o "$WORK/core/$name" -lQuantLib -lm
		quietly "$WORK/core/$name"
		took core "$wing" "$(since "$before")"
		say "    $wing/$name: agrees with QuantLib"
	done
}

# Every test/core/DOMAIN/fuzz_X.c, for some seconds from seeds that the vectors
# make. With FUZZ_SECONDS=60 in the environment a minute each.
run_fuzz_targets() {
	local source name wing before start=$EPOCHREALTIME seconds=${FUZZ_SECONDS:-5}
	local sanitize="$SANITIZE -fsanitize=fuzzer-no-link"
	local core targets
	if ! can_fuzz; then
		say "    SKIPPED: clang with libFuzzer is not here (Debian, Ubuntu: clang, libclang-rt-dev)"
		return
	fi
	core=$(find src/core -name '*.c' | sort)
	targets=$(in_order test/core 'fuzz_*.c')
	mkdir -p "$WORK/fuzz/seeds"
	perl test/core/seeds.pl "$WORK/fuzz/seeds"
	compile_all "$WORK/fuzz" "clang -std=gnu11 -g -O1 $WARNINGS -ffp-contract=off $sanitize -Isrc -Itest/core" \
		$core $targets
	took fuzzing all "$(since "$start")"
	for source in $targets; do
		before=$EPOCHREALTIME
		name=$(basename "$source" .c)
		wing=$(basename "$(dirname "$source")")
		mkdir -p "$WORK/fuzz/seeds/$name"
		quietly clang $SANITIZE -fsanitize=fuzzer $(objects "$WORK/fuzz" "$source" $core) -o "$WORK/fuzz/$name" -lm
		quietly "$WORK/fuzz/$name" -max_total_time="$seconds" -timeout=20 -print_final_stats=1 \
			-artifact_prefix="$WORK/fuzz/" "$WORK/fuzz/seeds/$name"
		took fuzzing "$wing" "$(since "$before")"
		say "    $wing/$name: $(sed -n 's/^stat::number_of_executed_units: *//p' "$WORK/step.log") inputs"
	done
}

# From a directory beside the sources, as packagers do.
check_vpath_build() {
	mkdir -p "$WORK/sources" "$WORK/elsewhere"
	tar -C "$ROOT" --exclude='*.o' --exclude='*.bc' --exclude="pg_yield--$EXTVERSION.sql" \
		-cf - Makefile pg_yield.control src sql | tar -C "$WORK/sources" -xf -
	quietly make -s -C "$WORK/elsewhere" -f "$WORK/sources/Makefile" PG_CONFIG="$PG_CONFIG" with_llvm=no
	quietly make -s -C "$WORK/elsewhere" -f "$WORK/sources/Makefile" PG_CONFIG="$PG_CONFIG" with_llvm=no \
		DESTDIR="$WORK/elsewhere/root" install
	cmp -s "$WORK/elsewhere/sql/pg_yield--$EXTVERSION.sql" "$WORK/build/sql/pg_yield--$EXTVERSION.sql" ||
		die "a VPATH build gives another install script"
	[ -z "$(find "$WORK/sources" -name '*.o')" ] || die "a VPATH build writes into the sources"
}

# What is sent to others holds what its META.json names, and builds.
check_distribution() {
	local zip=pg_yield-$EXTVERSION.zip file
	quietly make -s -C "$WORK/elsewhere" -f "$ROOT/Makefile" PG_CONFIG="$PG_CONFIG" with_llvm=no dist
	for file in $(sed -n 's/.*"\(doc\)\?file": "\(.*\)".*/\2/p' META.json); do
		grep -aq "pg_yield-$EXTVERSION/$file" "$WORK/elsewhere/$zip" ||
			die "META.json names $file, which $zip has not"
	done
}

run_regress() {
	ln -s "$ROOT/test" "$ROOT/expected" "$WORK/build/"
	if ! make -C "$WORK/build" PG_CONFIG="$PG_CONFIG" installcheck >"$WORK/step.log" 2>&1; then
		cat "$WORK/step.log"
		cat "$WORK/build/tmp_check/regression.diffs" 2>/dev/null || true
		die "pg_regress found differences"
	fi
	grep -E '^(test |ok )' "$WORK/step.log" | sed 's/^/    /'
	# "test chain/words ... ok 16 ms", from 16 on "ok 1 - chain/words 16 ms"
	sed -nE 's@^(test|ok [0-9]+ +-) +([a-z]+)/.* ([0-9]+) ms.*@pg_regress \2 \3@p' "$WORK/step.log" |
		awk '{ print $1, $2, $3/1000 }' >>"$WORK/times"
}

# Documents run against databases like those of make shell.
run_documents() {
	local wing files before
	run_psql -c 'CREATE DATABASE bare' -c 'CREATE DATABASE loaded'
	run_psql -d bare -f examples/load.sql
	run_psql -d loaded -c 'CREATE EXTENSION pg_yield' -f examples/load.sql
	for wing in . $WINGS; do
		before=$EPOCHREALTIME
		files=$([ "$wing" != . ] || ls ./*.md; ls docs/"$wing"/*.md 2>/dev/null || true)
		[ -n "$files" ] || continue
		WORK=$WORK perl test/documents.pl "$("$PG_CONFIG" --bindir)/psql" $files
		took documents "${wing/#./all}" "$(since "$before")"
	done
}

# Is what was made from the catalogue what the catalogue says today?
check_index() {
	run_psql -c 'CREATE DATABASE catalogue'
	run_psql -d catalogue -c 'CREATE EXTENSION pg_yield'
	PGDATABASE=catalogue perl tools/index.pl "$("$PG_CONFIG" --bindir)/psql" --check ||
		die "the index of functions is not current"
}

# Which files are pgTAP's: those about all wings first.
pgtap_files() {
	find test/pgtap -maxdepth 1 -name '*.sql' | sort
	in_order test/pgtap '*.sql'
}

# Prints what pg_prove does but for its summary, which print_summary keeps for the end.
SUMMARY='^(All tests successful|Test Summary Report)'
run_pgtap() {
	local status=0
	run_psql -c 'CREATE DATABASE pgtap'
	run_psql -d pgtap -c 'CREATE EXTENSION pgtap' -c 'CREATE EXTENSION pg_yield'
	PATH="$("$PG_CONFIG" --bindir):$PATH" pg_prove --timer --dbname pgtap $(pgtap_files) 2>&1 |
		tee "$WORK/pgtap.log" | awk "/$SUMMARY/ { done = 1 } !done { print; fflush() }" || status=$?
	sed -nE 's@^.*test/pgtap/(([a-z]+)/)?[a-z0-9_]+\.sql \.* ok +([0-9]+) ms.*@pgTAP \2 \3@p' "$WORK/pgtap.log" |
		awk '{ print $1, NF == 2 ? "all" : $2, $NF/1000 }' >>"$WORK/times"
	return $status
}

# The minutes of each wing, by kind of test.
print_minutes() {
	awk -v wings="all $WINGS" '
		!($1 in known) { known[$1] = 1; kinds[++num_kinds] = $1 }
		{ seconds[$2, $1] += $3; total[$2] += $3; all[$1] += $3; sum += $3 }
		function row(name, wing,	i, line) {
			line = sprintf("    %-12s", name)
			for (i = 1; i <= num_kinds; i++)
				line = line sprintf("%12.2f", (wing == "" ? all[kinds[i]] : seconds[wing, kinds[i]])/60)
			print line sprintf("%12.2f", (wing == "" ? sum : total[wing])/60)
		}
		END {
			line = sprintf("    %-12s", "minutes")
			for (i = 1; i <= num_kinds; i++)
				line = line sprintf("%12s", kinds[i])
			print line sprintf("%12s", "in all")
			n = split(wings, wing, " ")
			for (i = 1; i <= n; i++)
				if (wing[i] in total)
					row(wing[i], wing[i])
			row("in all", "")
		}' "$WORK/times"
	say "    $((SECONDS / 60)) min $((SECONDS % 60)) s by the clock"
	[ "$SECONDS" -le $((MAX_MINUTES * 60)) ] ||
		die "make check took more than $MAX_MINUTES minutes: longer proof goes into a target of its own"
}

print_summary() { awk "/$SUMMARY/ { found = 1 } found" "$WORK/pgtap.log"; }

say "pg_yield check: unit tests and fuzzing of the core, pg_regress, documents, pgTAP; in a throwaway cluster."
prepare postgresql-VERSION-pgtap libtap-parser-sourcehandler-pgtap-perl libcmocka-dev libgmp-dev \
	'clang?' 'libclang-rt-dev?'
step "Rules of the house"
perl test/house.pl || die "the rules of the house are broken; CONTRIBUTING.md says them"
check_rounding
step "Unit tests of the core, with AddressSanitizer and UndefinedBehaviorSanitizer"
run_core_tests
step "The core against QuantLib"
run_quantlib_tests
step "Fuzzing the core, with the same sanitizers"
run_fuzz_targets
step "Building pg_yield for $("$PG_CONFIG" --version), warnings as errors"
# the server's headers are not ours to mend
build_extension COPT="$WARNINGS -isystem $("$PG_CONFIG" --includedir-server)"
check_vpath_build
check_distribution
step "Starting a throwaway cluster"
start_cluster
step "pg_regress"
run_regress
step "Index of functions"
check_index
step "Examples in README.md and docs"
run_documents
step "Servers: upgrades, dumps, replication, sharding"
start=$EPOCHREALTIME
run_servers $(servers_of_check)
took servers all "$(since "$start")"
step "pgTAP"
tests=0
run_pgtap || tests=$?
step "Minutes of each wing"
print_minutes
step "pgTAP in all"
print_summary
exit "$tests"
