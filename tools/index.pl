#!/usr/bin/env perl
# index.pl PSQL [--check]: docs/functions.md, llms.txt, and the tables of
# docs/DOMAIN/README.md, from the catalogue of a database that has pg_yield (as
# psql finds it) and from the parts of the install script, which say what belongs
# to which topic. With --check nothing is written: what differs is named, and
# that is a failure. Run from the top of the source tree.

use strict;
use warnings;
use utf8;
use open qw(:std :encoding(UTF-8));

my ($psql, $check) = @ARGV;
my $COLUMNS = 110;
my $failures = 0;

my @domains = map { /^([a-z]+)/ ? $1 : () } split /\n/, slurp('src/domains');

sub slurp {
	my ($file) = @_;
	open my $in, '<', $file or return '';
	local $/;
	return scalar <$in>;
}

# Words to lines of a width, the first and the others with what stands before them.
sub filled {
	my ($first, $other, $text) = @_;
	my @lines = ($first);
	for my $word (split / /, $text) {
		my $glue = $lines[-1] =~ /\S$/ ? ' ' : '';
		if (length("$lines[-1]$glue$word") > $COLUMNS && $lines[-1] =~ /\S/ && $lines[-1] ne $first) {
			push @lines, "$other$word";
		} else {
			$lines[-1] .= "$glue$word";
		}
	}
	return join("\n", @lines) . "\n";
}

# ---------- what is there ----------

# What a part of the install script declares: [kind, signature]
sub declared {
	my ($part) = @_;
	my $script = `awk -v directory=sql/ -f sql/expand.awk $part`;
	die "$part: cannot be expanded\n" if $?;
	my @objects;
	while ($script =~ /^COMMENT ON (FUNCTION|AGGREGATE|TYPE|OPERATOR) (.+?)\s+IS\s/mgs) {
		my ($kind, $signature) = ($1, $2);
		push @objects, [$kind, $signature =~ s/\s+/ /gr =~ s/VARIADIC //r];
	}
	return @objects;
}

sub literal {
	my ($text) = @_;
	return "'" . ($text =~ s/'/''/gr) . "'";
}

# Rows of a query, as lists of fields.
sub query {
	my ($sql) = @_;
	my $file = ($ENV{TMPDIR} // '/tmp') . "/pg_yield_index.$$.sql";
	open my $out, '>', $file or die "$file: $!";
	print $out $sql;
	close $out;
	my $rows = `$psql -X -q -A -t -F '\x1f' -R '\x1e' -v ON_ERROR_STOP=1 -f $file`;
	my $status = $?;
	unlink $file;
	die "the catalogue could not be read\n" if $status;
	$rows =~ s/\n\z//;
	return map { [split /\x1f/, $_, -1] } split /\x1e/, $rows;
}

# Every function and aggregate for users: a hash with its topic, name, arguments, result and comment.
sub functions {
	my @values;
	my $number = 0;
	for my $domain (@domains) {
		for my $part (sort glob "sql/$domain/*.sql") {
			my ($topic) = $part =~ m{([^/]+)\.sql$};
			for my $object (grep { $_->[0] =~ /FUNCTION|AGGREGATE/ && $_->[1] !~ /^_/ } declared($part)) {
				push @values, '(' . join(', ', $number++, map { literal($_) } $domain, $topic, $object->[1]) . ')';
			}
		}
	}
	return map {
		my %function;
		@function{qw(domain topic name kind set result comment arguments)} = @$_;
		$function{arguments} = [map { argument($_) } split /\x1d/, $function{arguments}];
		\%function;
	} query(<<"SQL");
		SELECT v.domain, v.topic, p.proname, p.prokind, p.proretset, format_type(p.prorettype, NULL),
			obj_description(p.oid, 'pg_proc'),
			(SELECT string_agg(concat_ws(chr(28), a.mode, coalesce(nullif(p.proargnames[a.n], ''), '-'),
					format_type(a.type, NULL), coalesce(pg_get_function_arg_default(p.oid, a.n::int), '-')),
					chr(29) ORDER BY a.n)
				FROM unnest(coalesce(p.proallargtypes, p.proargtypes::oid[]),
					coalesce(p.proargmodes::text[], array_fill('i'::text, ARRAY[p.pronargs::int])))
					WITH ORDINALITY AS a(type, mode, n))
		FROM (VALUES @{[join(",\n", @values)]}) v(n, domain, topic, signature)
		JOIN pg_proc p ON p.oid = v.signature::regprocedure
		ORDER BY v.n
SQL
}

my %short = ('double precision' => 'float8', 'timestamp with time zone' => 'timestamptz',
	'timestamp without time zone' => 'timestamp', 'integer' => 'int');

sub short {
	my ($type) = @_;
	my $array = $type =~ s/\[\]$// ? '[]' : '';
	return ($short{$type} // $type) . $array;
}

sub argument {
	my ($text) = @_;
	my ($mode, $name, $type, $default) = split /\x1c/, $text;
	$default =~ s/^(.*?)::[a-z ]+$/$1/;
	return {
		out => ($mode =~ /[ot]/ ? 1 : 0), variadic => ($mode eq 'v'), name => ($name eq '-' ? '' : $name),
		types => [short($type)], default => ($default eq '-' ? '' : $default)
	};
}

# ---------- how it is shown ----------

# Forms that differ in the types of their arguments alone are one: what they are like but for those.
sub shape {
	my ($f) = @_;
	return join "\x1f", @$f{qw(topic name kind set)}, short($f->{result}),
		map { join "\x1e", $_->{out}, $_->{name} || $_->{types}[0], $_->{default}, $_->{out} ? $_->{types}[0] : '' }
			@{ $f->{arguments} };
}

sub merged {
	my @functions = @_;
	my (%seen, @result);
	for my $f (@functions) {
		my $first = $seen{shape($f)};
		if (!$first) {
			push @result, $seen{shape($f)} = $f;
			next;
		}
		for my $i (0 .. $#{ $f->{arguments} }) {
			my ($there, $more) = map { $_->{arguments}[$i]{types} } $first, $f;
			for my $type (@$more) {
				push @$there, $type unless grep { $_ eq $type } @$there;
			}
		}
	}
	return @result;
}

sub shown_argument {
	my ($a) = @_;
	my $text = join ' ', grep { $_ ne '' } $a->{name}, join('|', @{ $a->{types} });
	$text = "VARIADIC $text" if $a->{variadic};
	$text .= " = $a->{default}" if $a->{default} ne '';
	return $text;
}

sub signature {
	my ($f) = @_;
	my @in = grep { !$_->{out} } @{ $f->{arguments} };
	my @out = grep { $_->{out} } @{ $f->{arguments} };
	my $result = @out > 0 ? '(' . join(', ', map { shown_argument($_) } @out) . ')' : short($f->{result});
	$result = "setof $result" if $f->{set} eq 't';
	return "$f->{name}(" . join(', ', map { shown_argument($_) } @in) . ") → $result";
}

my %kinds = (a => 'aggregate', w => 'window function');

sub entry {
	my ($f) = @_;
	my $kind = $kinds{ $f->{kind} } ? "*$kinds{ $f->{kind} }*, " : '';
	return filled('- ', '  ', '`' . signature($f) . '`: ' . $kind . ($f->{comment} =~ s/([<>*_|])/\\$1/gr));
}

# ---------- the files ----------

sub put {
	my ($file, $text) = @_;
	return if slurp($file) eq $text;
	if ($check) {
		print "$file: is not what the catalogue says; \"make index\" makes it anew\n";
		$failures++;
		return;
	}
	open my $out, '>', $file or die "$file: $!";
	print $out $text;
	close $out;
	print "$file: made\n";
}

sub names {
	my %seen;
	return grep { !$seen{$_}++ } map { $_->{name} } @_;
}

# "Uniswap v3 positions": what the page of a topic calls itself
sub title {
	my ($domain, $topic) = @_;
	return slurp("docs/$domain/$topic.md") =~ /^# (.*)/m ? $1 : $topic;
}

sub topics {
	my ($functions, $domain) = @_;
	my %seen;
	return grep { !$seen{$_}++ } map { $_->{topic} } grep { $_->{domain} eq $domain } @$functions;
}

sub of_topic {
	my ($functions, $domain, $topic) = @_;
	return grep { $_->{domain} eq $domain && $_->{topic} eq $topic } @$functions;
}

sub functions_page {
	my ($functions) = @_;
	my $aggregates = names(grep { $_->{kind} eq 'a' } @$functions);
	my $page = "# Functions\n\n" . filled('', '', 'Every function and aggregate, by domain and topic, made from ' .
		'the catalogue by `make index`: ' . scalar(names(@$functions)) . ' names. `a|b` stands for forms that take ' .
		'either type; an argument with `=` has a default. In psql, `\df+ NAME` shows the same sentence. ' .
		'Names that begin with an underscore belong to operators, types and aggregates, and are left out.');
	for my $domain (@domains) {
		$page .= "\n## $domain\n";
		for my $topic (topics($functions, $domain)) {
			$page .= "\n### [" . title($domain, $topic) . "]($domain/$topic.md)\n\n";
			$page .= entry($_) for merged(of_topic($functions, $domain, $topic));
		}
	}
	return $page;
}

sub llms_page {
	my ($functions) = @_;
	my $page = slurp('docs/llms.in');
	for my $domain (@domains) {
		$page .= "\n## $domain\n\n";
		for my $topic (topics($functions, $domain)) {
			$page .= filled('- ', '  ', '[' . title($domain, $topic) . "](docs/$domain/$topic.md): " .
				join ', ', names(of_topic($functions, $domain, $topic)));
		}
	}
	return $page;
}

# The sentence of a COMMENT as far as it fits, cut where a clause ends.
sub clause {
	my ($comment, $room) = @_;
	my $text = $comment =~ s/;.*//sr =~ s/\|/\\|/gr;
	$text =~ s/,[^,]*$// while length $text > $room && $text =~ /,/;
	$text =~ s/ \([^()]*\)// if length $text > $room;
	$text =~ s/ \S*$// while length $text > $room - 2;
	return $text eq ($comment =~ s/;.*//sr =~ s/\|/\\|/gr) ? $text : "$text …";
}

sub domain_table {
	my ($functions, $domain) = @_;
	my $table = "| function | |\n|---|---|\n";
	my %seen;
	for my $f (grep { $_->{domain} eq $domain } @$functions) {
		next if $seen{ $f->{name} }++;
		my $left = "| [`$f->{name}`]($f->{topic}.md) | ";
		$table .= $left . clause($f->{comment}, $COLUMNS - length($left) - 2) . " |\n";
	}
	return $table;
}

sub domain_page {
	my ($functions, $domain) = @_;
	my $page = slurp("docs/$domain/README.md");
	my $table = domain_table($functions, $domain);
	$page =~ s/(<!-- functions[^\n]*-->\n).*(<!-- end of functions -->)/$1\n$table\n$2/s or
		die "docs/$domain/README.md: no place for the table of functions\n";
	return $page;
}

my @functions = functions();
put('docs/functions.md', functions_page(\@functions));
put('llms.txt', llms_page(\@functions));
put("docs/$_/README.md", domain_page(\@functions, $_)) for @domains;
exit($failures ? 1 : 0);
