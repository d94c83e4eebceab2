#!/usr/bin/env bash
# make release-files: what a release leaves in test/upgrade for later ones to be tested with: its install script, and
# values of every type as it writes them. Run once a release, when everything else of it is done; what is there is
# never written again. docs/releasing.md has the whole list.
source "$(dirname "${BASH_SOURCE[0]}")/cluster.sh"
source "$ROOT/test/servers.sh"
source "$ROOT/test/upgrade/golden.sh"

script=$ROOT/test/upgrade/pg_yield--$EXTVERSION.sql
golden=$ROOT/test/upgrade/golden-$EXTVERSION.tsv
for file in "$script" "$golden"; do
	[ ! -e "$file" ] || die "${file#"$ROOT"/} is there: version $EXTVERSION is released. A next one needs another default_version"
done
grep -q "^## $EXTVERSION\$" "$ROOT/CHANGELOG.md" || die "CHANGELOG.md has no section \"## $EXTVERSION\": is it still unreleased?"
grep -q '"release_status": "stable"' "$ROOT/META.json" || die "META.json is not of release_status stable"
perl -MJSON::PP -0777 -ne 'my $r = decode_json($_)->{resources}; exit !($r->{repository}{url} && $r->{bugtracker})' \
	"$ROOT/META.json" || die "the resources of META.json do not say where the sources are and where bugs are told"
! grep -q UNRELEASED "$ROOT/debian/changelog" || die "debian/changelog is still UNRELEASED"

prepare
step "Building pg_yield $EXTVERSION"
build_extension
start_cluster
golden_write "$WORK/golden.tsv"
cut -f4 "$WORK/golden.tsv" | grep -q . || die "no pageinspect here, or another order of bytes: write them on a machine that has both"
cp "$WORK/build/sql/pg_yield--$EXTVERSION.sql" "$script"
cp "$WORK/golden.tsv" "$golden"
say "written: ${script#"$ROOT"/}, ${golden#"$ROOT"/} ($(wc -l <"$golden") values). Commit both with the release."
