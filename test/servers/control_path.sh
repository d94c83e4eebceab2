#!/usr/bin/env bash
# extension_control_path (PostgreSQL 18): the extension in a directory of its own, as docs/installing.md says

[ "$("$PG_CONFIG" --version | sed 's/[^0-9]*\([0-9]*\).*/\1/')" -ge 18 ] || skip "$("$PG_CONFIG" --version) has no extension_control_path"
quietly make -s -C "$WORK/build" PG_CONFIG="$PG_CONFIG" with_llvm=no DESTDIR="$WORK/apart" install
share=$("$PG_CONFIG" --sharedir)
pkglib=$("$PG_CONFIG" --pkglibdir)
mkdir "$WORK/aside"
mv "$PRIVATE$share"/extension/pg_yield* "$PRIVATE$pkglib/pg_yield.so" "$WORK/aside/"
start_node apart 5480 "extension_control_path=$WORK/apart$share:\\\$system" \
	"dynamic_library_path=$WORK/apart$pkglib:\\\$libdir"
run_psql -p 5480 -o /dev/null -c 'CREATE EXTENSION pg_yield' -c 'SELECT apr_to_apy(0.03, 365)'
say "    found in $(ask -p 5480 -c 'SHOW extension_control_path' | sed "s|$WORK|WORK|")"
mv "$WORK"/aside/*.so "$PRIVATE$pkglib/"
mv "$WORK"/aside/* "$PRIVATE$share/extension/"
