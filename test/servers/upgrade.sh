#!/usr/bin/env bash
# the extension of every release, upgraded: equal to a fresh one, its stored values unchanged; and a next release, dry

EXTENSIONS=$PRIVATE$("$PG_CONFIG" --sharedir)/extension

# What belongs to the extension of a database (test/upgrade/catalogue.sql).
catalogue_of() { ask -d "$1" -f "$ROOT/test/upgrade/catalogue.sql"; }

# Install one version, store values, upgrade to another, and compare with that
# one installed afresh; the differences go to $WORK/differences. As each C
# function is looked up when it is created, this also proves that the library
# has every symbol of the old version. Arguments: old version, new version.
upgrade_and_compare() {
	make_database upgraded
	make_database fresh
	run_psql -d fresh -c "CREATE EXTENSION pg_yield VERSION '$2'"
	run_psql -d upgraded -c "CREATE EXTENSION pg_yield VERSION '$1'"
	make_facts upgraded 400
	run_psql -d upgraded <<-'SQL'
		SELECT format('CREATE INDEX ON facts USING %s (%I)', method, type)
		FROM own_types, (VALUES ('btree'), ('hash')) AS m(method)
		WHERE EXISTS (SELECT FROM pg_opclass c JOIN pg_am a ON a.oid = c.opcmethod
			WHERE c.opcintype = own_types.oid AND a.amname = method)
		\gexec
	SQL
	ask -d upgraded -c 'TABLE facts' >"$WORK/facts.before"
	run_psql -d upgraded -c "ALTER EXTENSION pg_yield UPDATE TO '$2'"
	ask -d upgraded -c 'TABLE facts' >"$WORK/facts.after"
	cmp -s "$WORK/facts.before" "$WORK/facts.after" || die "stored values differ after the upgrade from $1 to $2"
	check_indexes upgraded
	catalogue_of upgraded >"$WORK/catalogue.upgraded"
	catalogue_of fresh >"$WORK/catalogue.fresh"
	diff "$WORK/catalogue.upgraded" "$WORK/catalogue.fresh" >"$WORK/differences" || true
}

must_be_equal() {
	upgrade_and_compare "$1" "$2"
	[ ! -s "$WORK/differences" ] || die "an upgrade from $1 to $2 gives another extension than $2 itself (<: upgraded, >: fresh):
$(cut -c1-300 "$WORK/differences")"
	say "    $1 upgraded to $2: $(wc -l <"$WORK/catalogue.fresh") objects, definitions and comments are equal"
}

# Every release that was, to this version.
for script in "$ROOT"/test/upgrade/pg_yield--*.sql; do
	[ -e "$script" ] || continue
	version=$(basename "$script" .sql)
	version=${version#pg_yield--}
	if [ "$version" = "$EXTVERSION" ]; then
		cmp -s "$script" "$EXTENSIONS/pg_yield--$version.sql" ||
			die "version $version is released: what changes now needs a new version and a script that upgrades to it"
		say "    $version is the released script, byte for byte"
	else
		cp "$script" "$EXTENSIONS/"
		must_be_equal "$version" "$EXTVERSION"
	fi
done

# A next release that adds a function and changes another's cost and comment; its
# upgrade does the same.
next=$EXTVERSION.next
install_script=$EXTENSIONS/pg_yield--$EXTVERSION.sql
changed=$(ask -d postgres -c 'CREATE EXTENSION pg_yield' -c "SELECT p.oid::regprocedure FROM pg_proc p
	JOIN pg_depend d ON d.classid = 'pg_proc'::regclass AND d.objid = p.oid AND d.deptype = 'e'
	JOIN pg_extension e ON e.oid = d.refobjid AND e.extname = 'pg_yield'
	WHERE p.prokind = 'f' ORDER BY p.oid LIMIT 1" -c 'DROP EXTENSION pg_yield')
cat >"$WORK/next.sql" <<SQL
CREATE FUNCTION yield_of_the_next_release(float8) RETURNS float8 LANGUAGE sql IMMUTABLE RETURN \$1;
COMMENT ON FUNCTION yield_of_the_next_release(float8) IS 'what it is given';
ALTER FUNCTION $changed COST 7;
SQL
echo "COMMENT ON FUNCTION $changed IS 'known better';" >"$WORK/comment.sql"
cat "$install_script" "$WORK/next.sql" "$WORK/comment.sql" >"$EXTENSIONS/pg_yield--$next.sql"
cat "$WORK/next.sql" "$WORK/comment.sql" >"$EXTENSIONS/pg_yield--$EXTVERSION--$next.sql"
must_be_equal "$EXTVERSION" "$next"

# One whose upgrade forgets the comment, and one that forgets the function.
cp "$EXTENSIONS/pg_yield--$next.sql" "$EXTENSIONS/pg_yield--$next.comment.sql"
cp "$EXTENSIONS/pg_yield--$next.sql" "$EXTENSIONS/pg_yield--$next.function.sql"
cp "$WORK/next.sql" "$EXTENSIONS/pg_yield--$EXTVERSION--$next.comment.sql"
sed -n '/^ALTER/p' "$WORK/next.sql" | cat - "$WORK/comment.sql" >"$EXTENSIONS/pg_yield--$EXTVERSION--$next.function.sql"
for forgotten in comment function; do
	upgrade_and_compare "$EXTVERSION" "$next.$forgotten"
	[ -s "$WORK/differences" ] || die "an upgrade that forgets a $forgotten passes"
done
say "    and an upgrade that forgets a comment or a function is found"

# A release whose library lost a symbol: its old script must fail.
sed "0,/AS 'MODULE_PATHNAME' /s//AS 'MODULE_PATHNAME', 'a_symbol_that_was' /" "$install_script" >"$EXTENSIONS/pg_yield--$EXTVERSION.symbol.sql"
make_database fresh
! run_psql -d fresh -c "CREATE EXTENSION pg_yield VERSION '$EXTVERSION.symbol'" 2>"$WORK/step.log" ||
	die "a script with a C symbol that the library has not can be installed"
grep -q 'a_symbol_that_was' "$WORK/step.log" || die "another error than that of the lost symbol: $(cat "$WORK/step.log")"
say "    and so is a C symbol that the library lost"
rm "$EXTENSIONS"/pg_yield--*"$next"*.sql "$EXTENSIONS/pg_yield--$EXTVERSION.symbol.sql"
