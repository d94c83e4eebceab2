#!/usr/bin/env bash
# pg_upgrade from an older PostgreSQL: a row of every type, with indexes on it, found and sound on the newer one

# OLD_PG_CONFIG names the older one; without it the newest below that of PG_CONFIG.
major_of() { "$1" --version | sed 's/[^0-9]*\([0-9]*\).*/\1/'; }
new=$(major_of "$PG_CONFIG")
if [ -z "${OLD_PG_CONFIG:-}" ]; then
	for config in $(printf '%s\n' /usr/lib/postgresql/*/bin/pg_config | sort -V); do
		if is_complete "$config" && [ "$(major_of "$config")" -lt "$new" ]; then
			OLD_PG_CONFIG=$config
		fi
	done
fi
[ -n "${OLD_PG_CONFIG:-}" ] || skip "there is no PostgreSQL older than $new on this machine"
new_bin=$("$PG_CONFIG" --bindir)
[ -x "$new_bin/pg_upgrade" ] || skip "pg_upgrade is not installed"

# The old server and the new one, each with its own build of the extension. Both
# are private copies, and pg_upgrade looks for everything beside its servers.
new_private=$PRIVATE
cp -L "$new_bin"/{pg_upgrade,pg_dump,pg_dumpall,pg_restore,psql,pg_resetwal,pg_controldata,vacuumdb} "$PRIVATE_BIN/"
(
	PG_CONFIG=$OLD_PG_CONFIG
	mv "$WORK/server" "$WORK/server.new"
	mv "$WORK/build" "$WORK/build.new"
	make_private_server
	build_extension
	cp -L "$("$PG_CONFIG" --bindir)"/{pg_resetwal,pg_controldata,pg_dump,pg_dumpall} "$PRIVATE_BIN/"
	start_node old 5460
	run_psql -p 5460 -c 'CREATE EXTENSION pg_yield'
	make_facts postgres 400 -p 5460
	run_psql -p 5460 <<-'SQL'
		ALTER TABLE facts ADD COLUMN health float8 GENERATED ALWAYS AS (health_factor(100 * value, 0.8, 50)) STORED;
		SELECT format('CREATE INDEX ON facts USING %s (%I)', method, type)
		FROM own_types, (VALUES ('btree'), ('hash')) AS m(method)
		WHERE EXISTS (SELECT FROM pg_opclass c JOIN pg_am a ON a.oid = c.opcmethod
			WHERE c.opcintype = own_types.oid AND a.amname = method)
		\gexec
	SQL
	ask -p 5460 -c 'SELECT * FROM facts ORDER BY id' >"$WORK/rows.old"
	as_server "$PRIVATE_BIN/pg_ctl" -D "$WORK/data.old" -m fast -w stop >/dev/null
	mv "$WORK/server" "$WORK/server.old"
	mv "$WORK/build" "$WORK/build.old"
	mv "$WORK/server.new" "$WORK/server"
	mv "$WORK/build.new" "$WORK/build"
)
old_bin=$WORK/server.old$("$OLD_PG_CONFIG" --bindir)

# from 18 on a new cluster has checksums; pg_upgrade wants both alike
checksums=
[ "$new" -lt 18 ] || [ "$(major_of "$OLD_PG_CONFIG")" -ge 18 ] || checksums=--no-data-checksums
mkdir -m 700 "$WORK/data.new" "$WORK/pg_upgrade"
[ "$(id -u)" -ne 0 ] || chown "$SERVER_USER" "$WORK/data.new" "$WORK/pg_upgrade"
quietly as_server "$PRIVATE_BIN/initdb" -D "$WORK/data.new" -U postgres -E UTF8 --no-locale -A trust $checksums
quietly as_server sh -c "cd '$WORK/pg_upgrade' && '$PRIVATE_BIN/pg_upgrade' -U postgres -b '$old_bin' -B '$PRIVATE_BIN' \
	-d '$WORK/data.old' -D '$WORK/data.new' -s '$WORK/socket' -p 5460 -P 5461"
start_node new 5461
ask -p 5461 -c 'SELECT * FROM facts ORDER BY id' >"$WORK/rows.new"
cmp -s "$WORK/rows.old" "$WORK/rows.new" || die "rows differ after pg_upgrade"
PGPORT=5461 check_indexes postgres
say "    $(major_of "$OLD_PG_CONFIG") to $new: $(wc -l <"$WORK/rows.new") rows, all equal; indexes are sound"
