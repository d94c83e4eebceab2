# golden.sh: values of every type, written to a file and read again. Sourced by test/servers/golden.sh and
# tools/release.sh, after test/servers.sh.

# Write values of every type of the extension that is built. Argument: file.
golden_write() {
	make_database golden_written
	run_psql -d golden_written -c 'CREATE EXTENSION pg_yield'
	make_facts golden_written 200
	run_psql -d golden_written -f "$ROOT/test/upgrade/stored_bytes.sql"
	run_psql -d golden_written -At -F $'\t' -f "$ROOT/test/upgrade/golden_write.sql" >"$1"
}

# Print what this version makes of values otherwise than a file says.
golden_problems() {
	local type
	make_database golden_read
	run_psql -d golden_read -c 'CREATE EXTENSION pg_yield' -f "$ROOT/test/upgrade/stored_bytes.sql" \
		-c 'CREATE TABLE golden_lines (id bigint GENERATED ALWAYS AS IDENTITY, type text, value text, sent text, stored text)' \
		-c "\\copy golden_lines (type, value, sent, stored) FROM '$1' (NULL '\\N')"
	for type in $(cut -f1 "$1" | sort -u); do
		run_psql -d golden_read -c "CREATE TABLE golden_sent_$type (id bigint, value $type)"
		perl "$ROOT/test/upgrade/binary_copy.pl" "$type" <"$1" |
			run_psql -d golden_read -c "\\copy golden_sent_$type FROM STDIN (FORMAT binary)"
	done
	run_psql -d golden_read -f "$ROOT/test/upgrade/golden_read.sql"
	ask -d golden_read -c "SELECT concat_ws(': ', type, value, problem) FROM problems ORDER BY 1"
}
