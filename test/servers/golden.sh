#!/usr/bin/env bash
# values of every type that releases wrote (test/upgrade/golden-VERSION.tsv): read the same, written the same

source "$ROOT/test/upgrade/golden.sh"

# The values of this version, to prove that every type has some, that they are
# read as they were written, and that what differs is found.
golden_write "$WORK/golden-now.tsv"
expect_none "types without a value" -d golden_written \
	-c "SELECT type FROM own_types WHERE (SELECT count(*) FROM golden g WHERE g.type = own_types.type) < 3"
golden_problems "$WORK/golden-now.tsv" >"$WORK/problems"
[ ! -s "$WORK/problems" ] || die "values that this version writes and does not read:
$(head -n 20 "$WORK/problems" | cut -c1-300)"
say "    $(wc -l <"$WORK/golden-now.tsv") values of $(cut -f1 "$WORK/golden-now.tsv" | sort -u | wc -l) types of this version"

# Values with the bytes of their neighbours: for each type one, in three forms.
awk -F'\t' -v OFS='\t' '$1 != type { type = $1; value = $2; stored = $4; next }
	value != "" { print type, value, $3, stored == $4 ? "" : $4; value = "" }' "$WORK/golden-now.tsv" >"$WORK/golden-spoilt.tsv"
golden_problems "$WORK/golden-spoilt.tsv" >"$WORK/problems"
for problem in 'is sent as' 'is read from its binary form as' 'is stored as'; do
	spoilt=$(awk -F'\t' -v stored="$([ "$problem" != 'is stored as' ] || echo yes)" \
		'stored == "" || $4 != ""' "$WORK/golden-spoilt.tsv" | wc -l)
	[ "$(grep -c ": $problem" "$WORK/problems" || true)" -eq "$spoilt" ] ||
		die "of $spoilt spoilt values, of which each $problem otherwise, only these are found:
$(cut -c1-200 "$WORK/problems")"
done
say "    and $(wc -l <"$WORK/problems") differences in $(wc -l <"$WORK/golden-spoilt.tsv") spoilt values are found"

for golden in "$ROOT"/test/upgrade/golden-*.tsv; do
	[ -e "$golden" ] || continue
	golden_problems "$golden" >"$WORK/problems"
	[ ! -s "$WORK/problems" ] || die "values of ${golden##*/} that this version reads or writes differently:
$(head -n 20 "$WORK/problems" | cut -c1-300)"
	say "    $(wc -l <"$golden") values of ${golden##*/}"
done
