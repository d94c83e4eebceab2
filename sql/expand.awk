# expand.awk: makes the install script of its parts, in the order given.
#
# What several declarations have in common stands once, between lines that begin
# with --@ and say for which names and values it stands:
#
#   --@for RATE SUFFIX = double precision, | numeric, _numeric
#   CREATE FUNCTION apr(rate0 @RATE@, rate1 @RATE@) RETURNS double precision
#       AS 'MODULE_PATHNAME', 'apr_points@SUFFIX@' LANGUAGE C ...;
#   --@end
#
# writes the declaration twice.  Alternatives are parted by |, the values of
# several names within one by a comma; loops may be nested.
#
#   --@include summary_type.sql.in TYPE = rate_summary, LENGTH = 56
#
# writes that file, which lies beside this one, with those values.  A name that
# has no value is an error, so that none can be left over.

function trim(s) { gsub(/^[ \t]+|[ \t]+$/, "", s); return s }

function fail(i, why) {
	printf "%s: %s\n", place[i], why > "/dev/stderr"
	failed = 1
	exit 1
}

# A line with the names that have values replaced by them.
function replaced(i,	s, name) {
	s = text[i]
	if (s !~ /@/)
		return s
	for (name in value)
		gsub("@" name "@", value[name], s)
	if (s ~ /@[A-Z_]+@/)
		fail(i, "no value for a name in: " s)
	return s
}

# The line that ends the loop whose first line is "from".
function end_of(from, to,	i, depth) {
	for (i = from; i <= to; i++) {
		if (text[i] ~ /^--@for /)
			depth++
		else if (text[i] ~ /^--@end/ && --depth == 0)
			return i
	}
	fail(from, "a loop without --@end")
}

# Read a file behind the lines that are there; its lines are from .. n - 1.
function load(file,	line, number, status) {
	while ((status = (getline line < file)) > 0) {
		text[n] = line
		place[n++] = file ":" ++number
	}
	if (status < 0) {
		printf "cannot read %s\n", file > "/dev/stderr"
		failed = 1
		exit 1
	}
	close(file)
}

function loop(from, to,	head, names, choices, values, i, j, parts, count) {
	head = text[from]
	sub(/^--@for /, "", head)
	if (split(head, parts, "=") != 2)
		fail(from, "not NAMES = VALUES")
	count = split(trim(parts[1]), names, /[ \t]+/)
	split(parts[2], choices, "|")
	for (i = 1; i in choices; i++) {
		if (count == 1)
			values[1] = choices[i]
		else if (split(choices[i], values, ",") != count)
			fail(from, "not as many values as names: " choices[i])
		for (j = 1; j <= count; j++)
			value[names[j]] = trim(values[j])
		write(from + 1, to - 1)
	}
	for (j = 1; j <= count; j++)
		delete value[names[j]]
}

function insert_file(i,	head, file, pairs, pair, j, first) {
	head = replaced(i)
	sub(/^--@include /, "", head)
	file = head
	sub(/ .*/, "", file)
	sub(/^[^ ]+ */, "", head)
	split(head, pairs, ",")
	for (j = 1; j in pairs; j++) {
		split(pairs[j], pair, "=")
		value[trim(pair[1])] = trim(pair[2])
	}
	first = n
	load(directory file)
	write(first, n - 1)
	for (j = 1; j in pairs; j++) {
		split(pairs[j], pair, "=")
		delete value[trim(pair[1])]
	}
}

function write(from, to,	i, end) {
	for (i = from; i <= to; i++) {
		if (text[i] ~ /^--@for /) {
			end = end_of(i, to)
			loop(i, end)
			i = end
		} else if (text[i] ~ /^--@include /)
			insert_file(i)
		else if (text[i] ~ /^--@/)
			fail(i, "neither --@for, --@end of one, nor --@include")
		else
			print replaced(i)
	}
}

BEGIN {
	n = 0
	for (a = 1; a < ARGC; a++) {
		first = n
		load(ARGV[a])
		write(first, n - 1)
	}
	exit failed
}
