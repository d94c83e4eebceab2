#!/usr/bin/env bash
# make check-versions: make check on every PostgreSQL of this machine that has its headers, the oldest first, which
# includes pg_upgrade from the one before. Goes on after a failure and names at the end what failed.
# VERSIONS="15 17" in the environment names those to take.
source "$(dirname "${BASH_SOURCE[0]}")/cluster.sh"

versions=()
for config in $(printf '%s\n' /usr/lib/postgresql/*/bin/pg_config | sort -V); do
	version=$(echo "$config" | cut -d/ -f5)
	[ -n "${VERSIONS:-}" ] && [[ " $VERSIONS " != *" $version "* ]] && continue
	is_complete "$config" && versions+=("$version")
done
[ ${#versions[@]} -gt 0 ] || die "no PostgreSQL with server and headers in /usr/lib/postgresql"

failed=()
for version in "${versions[@]}"; do
	step "PostgreSQL $version"
	PG_CONFIG=/usr/lib/postgresql/$version/bin/pg_config bash "$ROOT/test/check.sh" || failed+=("check on $version")
done
[ ${#failed[@]} -eq 0 ] || die "failed: $(printf '%s; ' "${failed[@]}")"
say "passed on PostgreSQL ${versions[*]}"
