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
# several names within one by a comma; a long line goes on in one that begins with
# --@ and a tab; loops may be nested.
#
#   --@include summary_type.sql.in TYPE = rate_summary, LENGTH = 56
#
# writes that file, which lies beside this one, with those values; files that it
# includes see them too.  What a file says by
#
#   --@default STORAGE = plain, ALIGNMENT = double
#
# holds until its end for those of the names that have no value yet.  A name that
# has none in the end is an error, so that none can be left over.

function trim(s) { gsub(/^[ \t]+|[ \t]+$/, "", s); return s }

function fail(i, why) {
	printf "%s: %s\n", place[i], why > "/dev/stderr"
	failed = 1
	exit 1
}

# "head", a list of NAME = VALUE parted by commas, from line i: its names go to
# "names", its values to "values"; how many there are.
function parse_values(i, head, names, values,	pairs, j, at, count) {
	count = split(head, pairs, ",")
	for (j = 1; j <= count; j++) {
		if ((at = index(pairs[j], "=")) == 0)
			fail(i, "not NAME = VALUE: " pairs[j])
		names[j] = trim(substr(pairs[j], 1, at - 1))
		values[j] = trim(substr(pairs[j], at + 1))
	}
	return count
}

# Values hold within a file or loop; what they hide comes back behind it.
function bind(name, by) {
	hidden_name[hidden] = name
	was_there[hidden] = name in value
	hidden_value[hidden++] = was_there[hidden - 1] ? value[name] : ""
	value[name] = by
}

function unbind_to(mark) {
	while (hidden > mark) {
		hidden--
		if (was_there[hidden])
			value[hidden_name[hidden]] = hidden_value[hidden]
		else
			delete value[hidden_name[hidden]]
	}
}

# A line with the names that have values replaced by them.
function replaced(i,	s, out, from, name) {
	s = text[i]
	while ((from = match(s, /@[A-Z_]+@/)) > 0) {
		name = substr(s, from + 1, RLENGTH - 2)
		if (!(name in value))
			fail(i, "no value for " name " in: " text[i])
		out = out substr(s, 1, from - 1) value[name]
		s = substr(s, from + RLENGTH)
	}
	return out s
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
		number++
		if (line ~ /^--@\t/) {
			text[n - 1] = text[n - 1] " " substr(line, 5)
			continue
		}
		text[n] = line
		place[n++] = file ":" number
	}
	if (status < 0) {
		printf "cannot read %s\n", file > "/dev/stderr"
		failed = 1
		exit 1
	}
	close(file)
}

function loop(from, to,	head, names, choices, values, i, j, at, count, mark) {
	head = text[from]
	sub(/^--@for /, "", head)
	if ((at = index(head, "=")) == 0)
		fail(from, "not NAMES = VALUES")
	count = split(trim(substr(head, 1, at - 1)), names, /[ \t]+/)
	split(substr(head, at + 1), choices, "|")
	for (i = 1; i in choices; i++) {
		if (count == 1)
			values[1] = choices[i]
		else if (split(choices[i], values, ",") != count)
			fail(from, "not as many values as names: " choices[i])
		mark = hidden
		for (j = 1; j <= count; j++)
			bind(names[j], trim(values[j]))
		write(from + 1, to - 1)
		unbind_to(mark)
	}
}

function insert_file(i,	head, file, names, values, count, j, first, mark) {
	head = replaced(i)
	sub(/^--@include /, "", head)
	file = head
	sub(/ .*/, "", file)
	sub(/^[^ ]+ */, "", head)
	count = parse_values(i, head, names, values)
	mark = hidden
	for (j = 1; j <= count; j++)
		bind(names[j], values[j])
	first = n
	load(directory file)
	write(first, n - 1)
	unbind_to(mark)
}

function set_defaults(i,	head, names, values, count, j) {
	head = replaced(i)
	sub(/^--@default /, "", head)
	count = parse_values(i, head, names, values)
	for (j = 1; j <= count; j++)
		if (!(names[j] in value))
			bind(names[j], values[j])
}

function write(from, to,	i, end) {
	for (i = from; i <= to; i++) {
		if (text[i] ~ /^--@for /) {
			end = end_of(i, to)
			loop(i, end)
			i = end
		} else if (text[i] ~ /^--@include /)
			insert_file(i)
		else if (text[i] ~ /^--@default /)
			set_defaults(i)
		else if (text[i] ~ /^--@/)
			fail(i, "neither --@for, --@end of one, --@include nor --@default")
		else
			print replaced(i)
	}
}

BEGIN {
	n = hidden = 0
	for (a = 1; a < ARGC; a++) {
		first = n
		load(ARGV[a])
		write(first, n - 1)
		unbind_to(0)
	}
	exit failed
}
