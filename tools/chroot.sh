#!/usr/bin/env bash
# chroot.sh SUITE [DIRECTORY]: make check with the PostgreSQL of another Debian release, in a chroot of its own:
# bookworm (15), trixie (17), sid (18), experimental (19). Takes root and debootstrap.
#
# The chroot is made in DIRECTORY and kept there for the next run; without one it is temporary. COMMAND in the
# environment is run instead of "make check-versions" (COMMAND=bash opens a shell in it).
#
# Nothing of this machine is changed. The chroot sees the sources as a copy, and has /proc while it is used.
set -Eeuo pipefail
die() { printf 'error: %s\n' "$*" >&2; exit 1; }
step() { printf '==> %s\n' "$*"; }

suite=${1:-}
directory=${2:-}
case $suite in
	bookworm) version=15 ;;
	trixie) version=17 ;;
	sid) version=18 ;;
	experimental) version=19 ;;
	*) die "usage: chroot.sh bookworm|trixie|sid|experimental [DIRECTORY]" ;;
esac
[ "$(id -u)" -eq 0 ] || die "debootstrap and chroot take root"
command -v debootstrap >/dev/null || die "debootstrap is missing (Debian, Ubuntu: apt-get install debootstrap)"

ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
temporary=
[ -n "$directory" ] || { directory=$(mktemp -d /var/tmp/pg_yield-chroot.XXXXXX); temporary=yes; }
mkdir -p "$directory"
directory=$(cd "$directory" && pwd)

# what is mounted must be gone before anything is removed
clean_up() {
	local status=$?
	trap - EXIT
	mountpoint -q "$directory/proc" && umount "$directory/proc"
	if [ -n "$temporary" ] && ! mountpoint -q "$directory/proc"; then
		rm -rf --one-file-system "$directory"
	fi
	exit "$status"
}
trap clean_up EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP

# The mirror that this machine's apt uses for Debian, or else debootstrap's own.
mirror() {
	apt-get indextargets --format '$(SITE)' 'Created-By: Packages' 2>/dev/null | grep -m1 "/${1:-debian}/*\$" || true
}

# A release has updates, among them those of PostgreSQL; what is no release has not.
add_updates() {
	local debian security
	debian=$(sed -n 's/^deb \([^ ]*\) .*/\1/p' "$directory/etc/apt/sources.list" | head -n 1)
	security=$(mirror debian-security)
	case $suite in
		sid|experimental) return ;;
	esac
	echo "deb $debian $suite-updates main" >>"$directory/etc/apt/sources.list"
	[ -z "$security" ] || echo "deb $security $suite-security main" >>"$directory/etc/apt/sources.list"
}

in_chroot() { chroot "$directory" env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LC_ALL=C.UTF-8 DEBIAN_FRONTEND=noninteractive "$@"; }
install_in_chroot() { in_chroot apt-get install -y -qq --no-install-recommends "$@" >/dev/null; }

make_chroot() {
	local base=$suite
	[ "$suite" != experimental ] || base=sid
	step "Making a chroot of $suite in $directory"
	debootstrap --variant=minbase "$base" "$directory" $(mirror) >"$directory.log" 2>&1 ||
		{ tail -n 20 "$directory.log" >&2; die "debootstrap failed"; }
	rm -f "$directory.log"
	# no service is started in there, and a mirror may be older than it promises to be
	printf '#!/bin/sh\nexit 101\n' >"$directory/usr/sbin/policy-rc.d"
	chmod 755 "$directory/usr/sbin/policy-rc.d"
	echo 'Acquire::Check-Valid-Until "false";' >"$directory/etc/apt/apt.conf.d/99old-mirror"
	if [ "$suite" = experimental ]; then
		sed 's/ sid / experimental /' "$directory/etc/apt/sources.list" >"$directory/etc/apt/sources.list.d/experimental.list"
		# PostgreSQL from there, and nothing else that happens to be newer
		printf '%s\n' 'Package: postgresql* libpq*' 'Pin: release a=experimental' 'Pin-Priority: 990' \
			>"$directory/etc/apt/preferences.d/postgresql"
	fi
	add_updates
	mkdir -p "$directory/etc/postgresql-common"
	echo 'create_main_cluster = false' >"$directory/etc/postgresql-common/createcluster.conf"
}

install_postgres() {
	step "Installing PostgreSQL $version and what make check needs"
	in_chroot apt-get update -qq
	install_in_chroot postgresql-common
	install_in_chroot gcc make libc6-dev perl util-linux clang libcmocka-dev libgmp-dev libtap-parser-sourcehandler-pgtap-perl
	install_in_chroot "postgresql-$version" "postgresql-server-dev-$version"
	if ! install_in_chroot "postgresql-$version-pgtap" 2>/dev/null; then
		borrow_pgtap
	fi
}

# pgTAP is SQL alone: what was built for an older server works on a newer one
# for which there is no package yet.
borrow_pgtap() {
	local extension=$directory/usr/share/postgresql/$version/extension
	in_chroot sh -c "cd /tmp && apt-get download -qq postgresql-$((version - 1))-pgtap && dpkg -x postgresql-*-pgtap_*.deb pgtap" ||
		die "no pgTAP for PostgreSQL $version nor for $((version - 1))"
	cp "$directory"/tmp/pgtap/usr/share/postgresql/*/extension/pgtap* "$extension/"
	rm -rf "$directory"/tmp/pgtap "$directory"/tmp/postgresql-*-pgtap_*.deb
}

[ -x "$directory/usr/bin/apt-get" ] || make_chroot
cp /etc/resolv.conf "$directory/etc/resolv.conf" 2>/dev/null || true
mountpoint -q "$directory/proc" || mount -t proc proc "$directory/proc"
[ -x "$directory/usr/lib/postgresql/$version/bin/postgres" ] && [ -d "$directory/usr/include/postgresql/$version/server" ] ||
	install_postgres

step "Copying the sources"
rm -rf "$directory/srv/pg_yield"
mkdir -p "$directory/srv/pg_yield"
tar -C "$ROOT" --exclude=.git --exclude='*.o' --exclude='*.bc' --exclude='*.so' -cf - . | tar -C "$directory/srv/pg_yield" -xf -
chown -R root:root "$directory/srv/pg_yield"
step "PostgreSQL $version on $suite: ${COMMAND:-make check-versions}"
in_chroot sh -c "cd /srv/pg_yield && ${COMMAND:-make check-versions}"
