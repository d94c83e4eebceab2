#!/usr/bin/env bash
# make dist: the zip has what META.json names, installs by pgxn, and make uninstall takes away all that was installed

git -C "$ROOT" rev-parse HEAD >/dev/null 2>&1 || skip "these sources are not a git repository"
command -v unzip >/dev/null || skip "unzip is not installed"

# The zip of the last commit, made beside the sources.
mkdir -p "$WORK/dist"
quietly make -s -C "$WORK/dist" -f "$ROOT/Makefile" PG_CONFIG="$PG_CONFIG" dist
zip=$WORK/dist/pg_yield-$EXTVERSION.zip
quietly unzip -q "$zip" -d "$WORK/dist"
tree=$WORK/dist/pg_yield-$EXTVERSION
[ -d "$tree" ] || die "the zip has no directory pg_yield-$EXTVERSION, in which PGXN looks for META.json"

perl -MJSON::PP -e '
	my ($tree, $version) = @ARGV;
	local $/;
	open my $in, "<", "$tree/META.json" or die "no META.json\n";
	my $meta = decode_json(<$in>);
	my @missing = grep { !exists $meta->{$_} } qw(name version abstract description maintainer license provides
		release_status resources generated_by meta-spec prereqs tags);
	die "META.json lacks: @missing\n" if @missing;
	die "META.json is of another version\n" if $meta->{version} ne $version;
	die "release_status is none that PGXN knows\n" if $meta->{release_status} !~ /^(stable|testing|unstable)$/;
	my @controls = map { m{([^/]+)\.control$} } glob "$tree/*.control";
	"@controls" eq join " ", sort keys %{$meta->{provides}} or die "provides is not what the zip has: @controls\n";
	for my $provided (values %{$meta->{provides}}) {
		die "provides another version\n" if $provided->{version} ne $version;
		-f "$tree/$provided->{$_}" or die "the zip lacks $provided->{$_}\n" for qw(file docfile);
	}' "$tree" "$EXTVERSION" || die "META.json is not true of the zip"
grep -q "^Version:[[:space:]]*$EXTVERSION\$" "$tree/rpm/pg_yield.spec" || die "rpm/pg_yield.spec is of another version"
say "    $(find "$tree" -type f | wc -l) files, with those that META.json names"

quietly make -s -C "$WORK/build" PG_CONFIG="$PG_CONFIG" with_llvm=no DESTDIR="$WORK/dist/root" install
find "$WORK/dist/root" -type f -o -type l >"$WORK/installed"
grep -q '/pg_yield\.control$' "$WORK/installed" || die "make install installs nothing"
quietly make -s -C "$WORK/build" PG_CONFIG="$PG_CONFIG" with_llvm=no DESTDIR="$WORK/dist/root" uninstall
left=$(find "$WORK/dist/root" -type f -o -type l)
[ -z "$left" ] || die "make uninstall leaves:
$left"
say "    make uninstall takes away the $(wc -l <"$WORK/installed") files that make install installed"

# pgxn installs where the pg_config that it is given says: here, into the private server.
command -v pgxn >/dev/null || { say "    (pgxn is not installed: the zip is not tried with it)"; return; }
cp -L "$("$PG_CONFIG" --bindir)/pg_config" "$PRIVATE_BIN/pg_config"
mkdir -p "$(dirname "$PRIVATE$("$PG_CONFIG" --includedir)")"
[ -e "$PRIVATE$("$PG_CONFIG" --includedir)" ] || ln -s "$("$PG_CONFIG" --includedir)" "$PRIVATE$("$PG_CONFIG" --includedir)"
case $("$PRIVATE_BIN/pg_config" --pkglibdir) in
	"$PRIVATE"/*) ;;
	*) say "    (this pg_config cannot be moved: the zip is not tried with pgxn)"; return ;;
esac
mkdir -p "$("$PRIVATE_BIN/pg_config" --libdir)"
rm "$PRIVATE$("$PG_CONFIG" --pkglibdir)/pg_yield.so"
MAKEFLAGS=-j2 HOME=$WORK/dist quietly pgxn install --nosudo --pg_config "$PRIVATE_BIN/pg_config" "$zip"
make_database from_zip
run_psql -d from_zip -c 'CREATE EXTENSION pg_yield' -o /dev/null -c 'SELECT apr_to_apy(0.03, 365)'
say "    pgxn installs the zip, and it works"
