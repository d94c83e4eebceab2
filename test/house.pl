#!/usr/bin/env perl
# house.pl: the rules of the house that a compiler does not know. Run from the
# top of the source tree; prints what breaks them, and fails if anything does.
# CONTRIBUTING.md says them in words.

use strict;
use warnings;
use File::Find;

my $MAX_COLUMNS = 110;
my $failures = 0;

sub broken {
	my ($where, $what) = @_;
	print "$where: $what\n";
	$failures++;
}

sub slurp {
	my ($file) = @_;
	open my $in, '<:encoding(UTF-8)', $file or die "$file: $!";
	local $/;
	return scalar <$in>;
}

# all files below some folders, by name
sub files_in {
	my @files;
	find({ no_chdir => 1, wanted => sub { push @files, $_ if -f } }, grep { -d } @_);
	return sort @files;
}

# ---------- the order of the wings ----------

my @domains = map { /^([a-z]+)/ ? $1 : () } split /\n/, slurp('src/domains');
my %rank = (base => 0, map { $domains[$_] => $_ + 1 } 0 .. $#domains);

# core or face, and wing: src/core/rate/window.c, src/rate/window.c
sub place {
	my ($file) = @_;
	return $file =~ m{^src/(core/)?([a-z]+)/[^/]+$} ? ($1 ? 'core' : 'face', $2) : ('module', '');
}

# What the server's wing takes of the domains: the words that its numerics hold.
sub may_know {
	my ($file, $other) = @_;
	my ($side, $wing) = place($file);
	my ($other_side, $other_wing) = place($other);
	return 1 if $side eq 'module';
	return 0 if $side eq 'core' && $other_side ne 'core';
	if ($wing eq 'server') {
		return $other_wing eq 'server' || $other_wing eq 'base' ||
			($other_side eq 'core' && $other_wing eq 'chain');
	}
	return 1 if $other_wing eq 'server';
	return ($rank{$other_wing} // 99) <= ($rank{$wing} // 0);
}

# ---------- sources ----------

# Every file lies in a wing and does not say its wing again.
sub check_place {
	my ($file) = @_;
	my ($side, $wing) = place($file);
	return if $file eq 'src/pg_yield.c' || $file eq 'src/domains' || $file =~ /\.(o|bc)$/;
	broken($file, 'lies in no wing; src/domains names them') && return
		unless $side ne 'module' && ($wing eq 'server' || exists $rank{$wing});
	broken($file, 'repeats the name of its folder') if $file =~ m{/([a-z]+)/\1[_.]};
}

# The files of ours that a file includes; each is named from src on.
sub check_includes {
	my ($file, $knows) = @_;
	my $core = $file =~ m{^src/core/};
	for my $included (slurp($file) =~ /^#include "([^"]+)"/mg) {
		my $other = "src/$included";
		if (!-f $other) {
			broken($file, "the core must not know PostgreSQL, which \"$included\" is of") if $core;
			next;
		}
		broken($file, "must not know $other: data flows the other way") unless may_know($file, $other);
		$knows->{unit($file)}{unit($other)} = 1 if unit($file) ne unit($other);
	}
}

# Headers that funcapi.h brings along up to PostgreSQL 18 only, and what they declare.
my %server_header = (
	'access/htup_details.h' => qr/\b(heap_(form|deform|modify)_tuple|heap_getattr|HeapTupleHeaderGet\w+|GETSTRUCT)\s*\(/,
	'utils/tuplestore.h' => qr/\btuplestore_\w+\s*\(/);

sub check_server_headers {
	my ($file) = @_;
	my $source = slurp($file);
	for my $header (sort keys %server_header) {
		broken($file, "PostgreSQL 19 needs $header for $&")
			if $source =~ $server_header{$header} && $source !~ /^#include "\Q$header\E"/m;
	}
}

# a source and its header are one
sub unit {
	my ($file) = @_;
	return $file =~ s/\.[ch]$//r;
}

# Units that know each other, directly or by way of others.
sub check_circles {
	my ($knows) = @_;
	my (%seen, $visit, @way);
	$visit = sub {
		my ($unit) = @_;
		if (($seen{$unit} // '') eq 'open') {
			my @circle = @way;
			shift @circle while $circle[0] ne $unit;
			broken($unit, 'a circle: ' . join(' > ', @circle, $unit));
			return;
		}
		return if $seen{$unit};
		$seen{$unit} = 'open';
		push @way, $unit;
		$visit->($_) for sort keys %{ $knows->{$unit} };
		pop @way;
		$seen{$unit} = 'done';
	};
	$visit->($_) for sort keys %$knows;
}

sub check_sources {
	my %knows;
	for my $file (files_in('src')) {
		check_place($file);
		check_includes($file, \%knows) if $file =~ /\.[ch]$/;
		check_server_headers($file) if $file =~ /\.c$/;
	}
	check_circles(\%knows);
}

# ---------- one topic, one name ----------

# Where the files of a topic are: its SQL, and what has to be beside it.
my @PLACES = ('src/%s.c', 'sql/%s.sql', 'test/sql/%s.sql', 'expected/%s.out', 'test/pgtap/%s.sql', 'docs/%s.md');

sub topics_of {
	my ($pattern) = @_;
	my ($folder, $ending) = $pattern =~ m{^(.*)/%s(.*)$};
	return grep { !m{^include/|/README$} }
		map { m{^\Q$folder\E/([a-z]+/[a-zA-Z0-9_]+)\Q$ending\E$} ? $1 : () } files_in($folder);
}

sub check_topics {
	my %topic = map { $_ => 1 } topics_of('sql/%s.sql');
	for my $topic (sort keys %topic) {
		my ($domain, $name) = split m{/}, $topic;
		broken("sql/$topic.sql", 'lies in no domain') unless exists $rank{$domain};
		broken("sql/$topic.sql", 'repeats the name of its folder') if $name =~ /^\Q$domain\E(_|$)/;
		for my $pattern (@PLACES) {
			my $file = sprintf $pattern, $topic;
			broken("sql/$topic.sql", "there is no $file beside it") unless -f $file;
		}
	}
	for my $pattern (grep { !m{^src/} } @PLACES) {
		for my $other (topics_of($pattern)) {
			broken(sprintf($pattern, $other), "of no topic: there is no sql/$other.sql") unless $topic{$other};
		}
	}
}

# A test of the core is named after the file, or the family of files, that it tests.
sub check_core_tests {
	for my $test (grep { m{^test/core/[a-z]+/.*\.c$} } files_in('test/core')) {
		my ($topic) = $test =~ m{^test/core/(.*)\.c$};
		$topic =~ s{/fuzz_}{/};
		my @tested = grep { -f } glob("src/core/$topic.[ch] src/core/${topic}_*.c");
		broken($test, "tests nothing: there is no src/core/$topic*.c") unless @tested;
	}
}

# What all summary types share stands in one template.
sub check_templates {
	for my $file (grep { m{^sql/[a-z]+/.*\.sql$} } files_in('sql')) {
		broken($file, 'declares an operator class that a template has') if slurp($file) =~ /^CREATE OPERATOR CLASS/m;
	}
}

# ---------- lines for reading ----------

# Of a Markdown file: not what psql prints, not what cannot be broken.
sub check_markdown {
	my ($file) = @_;
	my ($mark, $number);
	for my $line (split /\n/, slurp($file)) {
		$number++;
		if ($line =~ /^```(\w*)/) {
			$mark = defined $mark ? undef : $1;
			next;
		}
		next if defined $mark && $mark eq '';
		check_line("$file:$number", $line);
	}
}

sub check_line {
	my ($where, $line) = @_;
	my $columns = 0;
	$columns += $_ eq "\t" ? 4 - $columns % 4 : 1 for split //, $line;
	broken($where, "$columns columns, more than $MAX_COLUMNS")
		if $columns > $MAX_COLUMNS && $line =~ /^\s*\S+\s+\S/;
}

sub check_lines {
	check_markdown($_) for grep { $_ ne 'bench/RESULTS.md' && m{\.md$} } glob('*.md'), files_in(qw(docs examples bench test));
	for my $file (grep { m{\.sql$} } files_in('examples')) {
		my $number;
		check_line("$file:" . ++$number, $_) for split /\n/, slurp($file);
	}
}

# ---------- what the releases are called ----------

sub check_version {
	my ($version) = slurp('pg_yield.control') =~ /^default_version = '(.*)'/m;
	broken('META.json', "is not of version $version") unless slurp('META.json') =~ /"version": "\Q$version\E"/;
	broken('CHANGELOG.md', "does not know version $version") unless slurp('CHANGELOG.md') =~ /^## \Q$version\E/m;
}

check_sources();
check_topics();
check_core_tests();
check_templates();
check_lines();
check_version();
exit($failures ? 1 : 0);
