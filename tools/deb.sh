#!/usr/bin/env bash
# make deb: a Debian package for each PostgreSQL whose headers are on this machine, checked by lintian, in packages/.
# Nothing is written into the sources but that directory.
source "$(dirname "${BASH_SOURCE[0]}")/cluster.sh"

trap clean_up EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP
make_work
missing=()
for package in debhelper lintian fakeroot postgresql-server-dev-all; do
	has_package "$package" || missing+=("$package")
done
[ ${#missing[@]} -eq 0 ] || install_packages "${missing[@]}"

versions=()
for config in $(printf '%s\n' /usr/lib/postgresql/*/bin/pg_config | sort -V); do
	[ ! -f "$("$config" --includedir-server 2>/dev/null)/postgres.h" ] || versions+=("$(echo "$config" | cut -d/ -f5)")
done
[ ${#versions[@]} -gt 0 ] || die "no PostgreSQL headers in /usr/lib/postgresql (Debian, Ubuntu: postgresql-server-dev-NN)"

# A source package is made of what is released, and of debian/.
step "Building packages for PostgreSQL ${versions[*]}"
tree=$WORK/pg-yield-$EXTVERSION
mkdir -p "$tree"
tar -C "$ROOT" --exclude=.git --exclude=debian --exclude=packages --exclude='*.o' --exclude='*.bc' --exclude='*.so' \
	--exclude="sql/pg_yield--$EXTVERSION.sql" -cf - . | tar -C "$tree" -xf -
tar -C "$WORK" -czf "$WORK/pg-yield_$EXTVERSION.orig.tar.gz" "pg-yield-$EXTVERSION"
cp -r "$ROOT/debian" "$tree/"
grep -q "^pg-yield ($EXTVERSION-" "$tree/debian/changelog" || die "debian/changelog does not know version $EXTVERSION"
export PG_SUPPORTED_VERSIONS="${versions[*]}" DEB_BUILD_OPTIONS="${DEB_BUILD_OPTIONS:-nocheck} parallel=$(nproc)"
cd "$tree"
quietly pg_buildext updatecontrol
quietly dpkg-buildpackage -us -uc -d --build-profiles=nocheck

step "lintian"
cd "$WORK"
# of no archive: no bug is closed there, no maintainer has an address there
quietly lintian --fail-on error,warning --suppress-tags \
	initial-upload-closes-no-bugs,bad-distribution-in-changes-file,bogus-mail-host,bogus-mail-host-in-debian-changelog \
	./*.changes
cat "$WORK/step.log"
mkdir -p "$ROOT/packages"
cp "$WORK"/*.deb "$ROOT/packages/"
say "$(cd "$ROOT/packages" && ls -1 ./*"_$EXTVERSION-"*.deb)"
