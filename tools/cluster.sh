# cluster.sh: what "make demo", "shell", "check" and "bench" have in common.
# Sourced by bash scripts, which then call prepare, start_cluster and run_psql.
#
# Everything happens in one temporary directory, which is gone at the end, also
# after an interrupt: the build, a private copy of the server's programs with
# the extension installed beside them (so the system's PostgreSQL is neither
# changed nor needed to be writable), and a cluster that listens only on a
# socket in that directory.

set -Eeuo pipefail
trap 'echo "error: ${BASH_SOURCE[0]##*/}:$LINENO: $BASH_COMMAND" >&2' ERR

ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
EXTVERSION=$(sed -n "s/^default_version = '\(.*\)'/\1/p" "$ROOT/pg_yield.control")
WORK=
child=
no_main_cluster=
made_directory=

# A surrounding make or psql configuration must not leak into ours.
unset MAKEFLAGS MFLAGS MAKELEVEL MAKEOVERRIDES
unset "${!PGHOST@}" PGPORT PGUSER PGDATABASE PGPASSWORD PGOPTIONS PGSERVICE PGDATA \
	PGCLIENTENCODING PGTZ PGAPPNAME PGSSLMODE PGTARGETSESSIONATTRS
export LC_ALL=C.UTF-8 PAGER=cat PSQLRC=/dev/null PGCONNECT_TIMEOUT=30

say() { printf '%s\n' "$*"; }
step() { printf '==> %s\n' "$*"; }
die() { printf 'error: %s\n' "$*" >&2; trap - ERR; exit 1; }

# Run a command with its output in a log that is shown only if it fails.
quietly() {
	local log=$WORK/step.log status=0
	"$@" >"$log" 2>&1 </dev/null &
	child=$!
	wait "$child" || status=$?
	child=
	if [ "$status" -ne 0 ]; then
		cat "$log" >&2
		die "failed: $*"
	fi
}

clean_up() {
	local status=$?
	trap '' INT TERM HUP
	trap - EXIT
	if [ -n "$child" ]; then
		kill "$child" 2>/dev/null || true
		wait "$child" 2>/dev/null || true
	fi
	stop_nodes
	restore_create_main_cluster
	[ -z "$WORK" ] || rm -rf "$WORK"
	exit "$status"
}

# ---------- packages ----------

as_root() {
	if [ "$(id -u)" -eq 0 ]; then "$@"; else sudo "$@"; fi
}

# Installing Debian's server package would create and start a cluster "main".
# We want the programs only, so that is switched off while we install.
CREATE_CLUSTER_CONF=/etc/postgresql-common/createcluster.d/pg_yield.conf

suppress_create_main_cluster() {
	[ -d "${CREATE_CLUSTER_CONF%/*}" ] || made_directory=yes
	no_main_cluster=yes
	as_root mkdir -p "${CREATE_CLUSTER_CONF%/*}"
	printf 'create_main_cluster = false\n' | as_root tee "$CREATE_CLUSTER_CONF" >/dev/null
}

restore_create_main_cluster() {
	[ -n "$no_main_cluster" ] || return 0
	no_main_cluster=
	as_root rm -f "$CREATE_CLUSTER_CONF"
	[ -z "$made_directory" ] || as_root rmdir --ignore-fail-on-non-empty "${CREATE_CLUSTER_CONF%/*}"
}

can_install() {
	command -v apt-get >/dev/null && { [ "$(id -u)" -eq 0 ] || sudo -n true 2>/dev/null; }
}

apt_install() {
	as_root env DEBIAN_FRONTEND=noninteractive \
		apt-get install -y --no-install-recommends -o DPkg::Lock::Timeout=300 "$@" >>"$WORK/apt.log" 2>&1 </dev/null
}

# Install Debian packages. They stay, as any package does. One whose name ends
# in "?" is done without where it cannot be had.
install_packages() {
	local package manual needed=() optional=()
	for package in "$@"; do
		case $package in
			*\?) optional+=("${package%\?}") ;;
			*) needed+=("$package") ;;
		esac
	done
	manual="Install these packages, then run the command again: ${needed[*]} ${optional[*]}"
	[ ${#needed[@]} -gt 0 ] || can_install || return 0

	command -v apt-get >/dev/null ||
		die "this is not Debian or Ubuntu, so nothing is installed automatically.
$manual
(or what your system calls them: a C compiler, the PostgreSQL server, its headers)"
	if [ "$(id -u)" -ne 0 ]; then
		command -v sudo >/dev/null || die "neither root nor sudo. $manual"
		sudo -n true 2>/dev/null || [ -t 0 ] || die "sudo asks for a password. $manual"
	fi
	step "Installing packages: ${needed[*]} ${optional[*]}"
	suppress_create_main_cluster
	as_root env DEBIAN_FRONTEND=noninteractive apt-get update -qq >"$WORK/apt.log" 2>&1 || true
	[ ${#needed[@]} -eq 0 ] || apt_install "${needed[@]}" ||
		{ tail -n 30 "$WORK/apt.log" >&2; die "apt-get install failed. $manual"; }
	# one by one: that one cannot be had, or not with what is there, says nothing of the next
	for package in "${optional[@]}"; do
		apt_install "$package" || true
	done
	restore_create_main_cluster
}

# The greatest version that has the file lib/postgresql/VERSION/$1.
newest_postgres() {
	local file
	for file in /usr/lib/postgresql/*/"$1"; do
		if [ -e "$file" ]; then echo "$file"; fi
	done | sed 's|^/usr/lib/postgresql/\([0-9]*\)/.*|\1|' | sort -n | tail -n 1
}

# The version that "apt-get install postgresql" would bring.
packaged_postgres() {
	command -v apt-cache >/dev/null || return 0
	{ apt-cache depends postgresql 2>/dev/null || true; } | sed -n 's/.*Depends: postgresql-\([0-9]*\)$/\1/p' | tail -n 1
}

# Can this pg_config build an extension and start a server?
is_complete() {
	local pgxs bindir
	pgxs=$("$1" --pgxs 2>/dev/null) && bindir=$("$1" --bindir 2>/dev/null) || return 1
	[ -f "$pgxs" ] && [ -f "$("$1" --includedir-server)/postgres.h" ] &&
		[ -x "$bindir/postgres" ] && [ -x "$bindir/initdb" ] && [ -x "$bindir/pg_ctl" ] &&
		[ -x "$bindir/psql" ]
}

# Does clang come with libFuzzer and the sanitizers?
can_fuzz() {
	echo 'int LLVMFuzzerTestOneInput(const char *s, long n); int LLVMFuzzerTestOneInput(const char *s, long n) { return s && n; }' |
		clang -x c -fsanitize=fuzzer,address,undefined - -o "$WORK/can_fuzz" >/dev/null 2>&1
}

# The file that shows that a package is there, for those that are not commands.
has_package() {
	case $1 in
		libclang-rt-dev) can_fuzz ;;
		gcc|clang) command -v "$1" >/dev/null ;;
		libc6-dev) echo '#include <stdio.h>' | gcc -E - >/dev/null 2>&1 ;;
		*) dpkg-query -W -f '${Status}' "$1" 2>/dev/null | grep -q 'ok installed' ;;
	esac
}

# Find PostgreSQL and whatever else is wanted; install what is missing.
# PG_CONFIG, if set, is taken as it is. Arguments: further packages, in which
# VERSION stands for PostgreSQL's major version; see install_packages for "?".
find_or_install() {
	local version missing=() package given=${PG_CONFIG:-}

	if [ -n "$given" ]; then
		is_complete "$given" || die "PG_CONFIG=$given is not the pg_config of a PostgreSQL with server and headers"
	elif command -v pg_config >/dev/null && is_complete "$(command -v pg_config)"; then
		PG_CONFIG=$(command -v pg_config)
	else
		version=$(newest_postgres bin/postgres)
		if [ -z "$version" ] && [ -z "$(packaged_postgres)" ] && command -v apt-get >/dev/null; then
			as_root apt-get update -qq >/dev/null 2>&1 || true
		fi
		version=${version:-$(packaged_postgres)}
		version=${version:-15}
		PG_CONFIG=/usr/lib/postgresql/$version/bin/pg_config
		is_complete "$PG_CONFIG" || missing+=("postgresql-$version" "postgresql-server-dev-$version")
	fi
	version=${version:-$("$PG_CONFIG" --version | sed 's/[^0-9]*\([0-9]*\).*/\1/')}
	for package in gcc libc6-dev "${@//VERSION/$version}"; do
		# a server that is not Debian's may come with pgTAP of its own
		case $package in
			*-pgtap) [ ! -e "$("$PG_CONFIG" --sharedir 2>/dev/null)/extension/pgtap.control" ] || continue ;;
		esac
		has_package "${package%\?}" || missing+=("$package")
	done
	[ ${#missing[@]} -eq 0 ] || install_packages "${missing[@]}"
	is_complete "$PG_CONFIG" || die "no PostgreSQL server with headers at $PG_CONFIG"
	export PG_CONFIG
}

# ---------- build and private installation ----------

# postgres refuses to run as root
as_server() {
	if [ "$(id -u)" -eq 0 ]; then
		(cd / && exec runuser -u "$SERVER_USER" -- "$@")
	else
		"$@"
	fi
}

# Copy the programs, and link everything that they look for relative to
# themselves; "make install" then adds the extension to the copy alone.
make_private_server() {
	local bindir share pkglib
	bindir=$("$PG_CONFIG" --bindir)
	share=$("$PG_CONFIG" --sharedir)
	pkglib=$("$PG_CONFIG" --pkglibdir)
	PRIVATE=$WORK/server
	PRIVATE_BIN=$PRIVATE$bindir
	mkdir -p "$PRIVATE_BIN" "$PRIVATE$share/extension" "$PRIVATE$pkglib"
	cp -L "$bindir/postgres" "$bindir/initdb" "$bindir/pg_ctl" "$PRIVATE_BIN/"
	find "$share" -mindepth 1 -maxdepth 1 ! -name extension -exec ln -s -t "$PRIVATE$share" {} +
	find "$share/extension" -mindepth 1 -maxdepth 1 ! -name 'pg_yield*' \
		-exec ln -s -t "$PRIVATE$share/extension" {} +
	find "$pkglib" -mindepth 1 -maxdepth 1 ! -name 'pg_yield*' ! -name bitcode \
		-exec ln -s -t "$PRIVATE$pkglib" {} +
}

# The extension, built from a copy of the sources, so that neither what was
# built in the source tree nor its permissions matter. Arguments go to make.
build_extension() {
	mkdir -p "$WORK/build"
	tar -C "$ROOT" --exclude='*.o' --exclude='*.bc' --exclude="pg_yield--$EXTVERSION.sql" \
		-cf - Makefile pg_yield.control src sql | tar -C "$WORK/build" -xf -
	quietly make -s -C "$WORK/build" -j "$(nproc 2>/dev/null || echo 2)" \
		PG_CONFIG="$PG_CONFIG" with_llvm=no "$@"
	quietly make -s -C "$WORK/build" PG_CONFIG="$PG_CONFIG" with_llvm=no DESTDIR="$PRIVATE" install
}

# ---------- the cluster ----------

# A server of its own in $WORK/data.NAME, on the socket directory that all
# share. Arguments: name, port, further settings name=value; a data directory
# that is there already is started as it is.
start_node() {
	local data=$WORK/data.$1 port=$2 setting options=()
	shift 2
	for setting in listen_addresses= unix_socket_directories="$WORK/socket" port="$port" fsync=off \
		full_page_writes=off max_wal_size=4GB timezone=UTC "$@"; do
		options+=("-c $setting")
	done
	if [ ! -d "$WORK/socket" ]; then
		mkdir -m 700 "$WORK/socket"
		[ "$(id -u)" -ne 0 ] || chown "$SERVER_USER" "$WORK/socket"
	fi
	if [ ! -d "$data" ]; then
		mkdir -m 700 "$data"
		[ "$(id -u)" -ne 0 ] || chown "$SERVER_USER" "$data"
		quietly as_server "$PRIVATE_BIN/initdb" -D "$data" -U postgres -E UTF8 --no-locale -A trust
	fi
	quietly as_server "$PRIVATE_BIN/pg_ctl" -D "$data" -w -t 60 -l "$data/server.log" \
		-o "${options[*]}" start
}

# Argument: name. It stops at once, as after a crash; nothing of it is kept.
stop_node() {
	as_server "$PRIVATE_BIN/pg_ctl" -D "$WORK/data.$1" -m immediate -w stop >/dev/null 2>&1 || true
	rm -rf "$WORK/data.$1"
}

# Arguments: names of those that go on.
stop_nodes() {
	local data name
	for data in "$WORK"/data.*; do
		name=${data##*/data.}
		[ ! -e "$data/postmaster.pid" ] || [[ " $* " == *" $name "* ]] || stop_node "$name"
	done
}

# The server that run_psql speaks to. Arguments: further settings, name=value.
start_cluster() {
	start_node main 5432 "$@"
	export PGHOST=$WORK/socket PGUSER=postgres PGDATABASE=postgres
}

run_psql() {
	"$("$PG_CONFIG" --bindir)/psql" -X -q -v ON_ERROR_STOP=1 "$@"
}

# The temporary directory, with a path short enough for a socket in it.
make_work() {
	local base=${TMPDIR:-/tmp}
	[ ${#base} -le 60 ] && [ -w "$base" ] || base=/tmp
	WORK=$(mktemp -d "$base/pg_yield.XXXXXX")
	chmod 711 "$WORK"
}

# Everything up to a running cluster. Arguments: further packages.
prepare() {
	umask 022
	trap clean_up EXIT
	trap 'exit 130' INT
	trap 'exit 143' TERM HUP
	make_work
	find_or_install "$@"
	SERVER_USER=postgres
	id postgres >/dev/null 2>&1 || SERVER_USER=nobody
	make_private_server
}
