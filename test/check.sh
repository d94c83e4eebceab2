#!/usr/bin/env bash
# make check: every test, in a PostgreSQL of its own. Fails at the first kind of test that fails.
source "$(dirname "${BASH_SOURCE[0]}")/../tools/cluster.sh"
cd "$ROOT"

WARNINGS="-Wall -Wextra -Werror"
SANITIZE="-fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer"

# Rules of the house that a compiler does not know.
check_house() {
	! grep -ln 'postgres\.h' src/core/* || die "the core must not know PostgreSQL"
	local regress
	regress=$(sed -n 's/^REGRESS = //p' Makefile | tr ' ' '\n' | sort | tr '\n' ' ')
	[ "$regress" = "$(cd test/sql && ls -- *.sql | sed 's/\.sql$//' | sort | tr '\n' ' ')" ] ||
		die "REGRESS in the Makefile and test/sql differ"
	case $(uname -m) in
		x86_64)
			! echo '#include "core/status.h"' | gcc -mfpmath=387 -Isrc -fsyntax-only -xc - 2>/dev/null ||
				die "arithmetic that does not round to double must not compile"
			;;
	esac
	grep -q "\"version\": \"$EXTVERSION\"" META.json || die "META.json is not of version $EXTVERSION"
	grep -q "^## $EXTVERSION" CHANGELOG.md || die "CHANGELOG.md does not know version $EXTVERSION"
}

# Compile every source given, several at a time, into a directory of objects.
# Arguments: directory, compiler and its options in one word, sources.
compile_all() {
	local directory=$1 compiler=$2
	shift 2
	mkdir -p "$directory"
	printf '%s\n' "$@" >"$WORK/sources.list"
	quietly xargs -a "$WORK/sources.list" -P "$(nproc 2>/dev/null || echo 2)" -I '{}' \
		sh -c "$compiler -c '{}' -o '$directory/'\$(basename '{}' .c).o"
}

# Every test/core/test_X.c is a program of its own, with all of the core.
run_core_tests() {
	local source program
	compile_all "$WORK/core" "gcc -std=gnu11 -g -O1 $WARNINGS -ffp-contract=off $SANITIZE -Isrc -Itest/core" \
		src/core/*.c test/core/test_*.c
	for source in test/core/test_*.c; do
		program=$WORK/$(basename "$source" .c)
		quietly gcc $SANITIZE "$WORK/core/$(basename "$source" .c).o" \
			$(printf "$WORK/core/%s.o " $(basename -s .c src/core/*.c)) -o "$program" -lcmocka -lgmp -lm
		quietly "$program"
		say "    $(basename "$source"): $(grep -c '^\[       OK' "$WORK/step.log") passed"
	done
}

# Every test/core/fuzz_X.c, for some seconds from seeds that the vectors make.
# With FUZZ_SECONDS=60 in the environment a minute each.
run_fuzz_targets() {
	local source name seconds=${FUZZ_SECONDS:-5}
	local sanitize="$SANITIZE -fsanitize=fuzzer-no-link"
	if ! can_fuzz; then
		say "    SKIPPED: clang with libFuzzer is not here (Debian, Ubuntu: clang, libclang-rt-dev)"
		return
	fi
	mkdir -p "$WORK/fuzz/seeds"
	perl test/core/seeds.pl "$WORK/fuzz/seeds"
	compile_all "$WORK/fuzz" "clang -std=gnu11 -g -O1 $WARNINGS -ffp-contract=off $sanitize -Isrc -Itest/core" \
		src/core/*.c test/core/fuzz_*.c
	for source in test/core/fuzz_*.c; do
		name=$(basename "$source" .c)
		mkdir -p "$WORK/fuzz/seeds/$name"
		quietly clang $SANITIZE -fsanitize=fuzzer "$WORK/fuzz/$name.o" \
			$(printf "$WORK/fuzz/%s.o " $(basename -s .c src/core/*.c)) -o "$WORK/fuzz/$name" -lm
		quietly "$WORK/fuzz/$name" -max_total_time="$seconds" -timeout=20 -print_final_stats=1 \
			-artifact_prefix="$WORK/fuzz/" "$WORK/fuzz/seeds/$name"
		say "    $name: $(sed -n 's/^stat::number_of_executed_units: *//p' "$WORK/step.log") inputs"
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
}

# Documents run against databases like those of make shell.
run_documents() {
	run_psql -c 'CREATE DATABASE bare' -c 'CREATE DATABASE loaded'
	run_psql -d bare -f examples/load.sql
	run_psql -d loaded -c 'CREATE EXTENSION pg_yield' -f examples/load.sql
	WORK=$WORK perl test/documents.pl "$("$PG_CONFIG" --bindir)/psql" README.md docs/*.md
}

run_pgtap() {
	run_psql -c 'CREATE DATABASE pgtap'
	run_psql -d pgtap -c 'CREATE EXTENSION pgtap' -c 'CREATE EXTENSION pg_yield'
	PATH="$("$PG_CONFIG" --bindir):$PATH" pg_prove --dbname pgtap test/pgtap/*.sql
}

say "pg_yield check: unit tests and fuzzing of the core, pg_regress, documents, pgTAP; in a throwaway cluster."
prepare postgresql-VERSION-pgtap libtap-parser-sourcehandler-pgtap-perl libcmocka-dev libgmp-dev \
	'clang?' 'libclang-rt-dev?'
step "Rules of the house"
check_house
step "Unit tests of the core, with AddressSanitizer and UndefinedBehaviorSanitizer"
run_core_tests
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
step "Examples in README.md and docs"
run_documents
step "pgTAP"
run_pgtap
