#!/usr/bin/env perl
# documents.pl PSQL FILE...: run the SQL in Markdown files and compare its
# output with the output that stands in them.
#
# A block marked sql is run; if the next block, with only blank lines between,
# has no mark, it is what psql prints. A block without such a companion must
# only run without an error. With UPDATE_DOCUMENTS set in the environment, what
# was printed is written into the file, to be read before it is kept. All blocks of a file run in one session, in a copy
# of the database "bare" if the file creates the extension itself, else of
# "loaded".

use strict;
use warnings;

my $psql = shift @ARGV;
my $failures = 0;

# the blocks of a file: [line, sql, output or undef]
sub blocks {
	my ($file) = @_;
	my (@blocks, $mark, $text, $start, $fresh);
	open my $in, '<', $file or die "$file: $!";
	while (my $line = <$in>) {
		if (defined $mark) {
			if ($line =~ /^```\s*$/) {
				if ($mark eq 'sql') {
					push @blocks, [$start, $text, undef];
					$fresh = 1;
				} else {
					$blocks[-1][2] = $text if $fresh && $mark eq '';
					$fresh = 0;
				}
				undef $mark;
			} else {
				$text .= $line;
			}
		} elsif ($line =~ /^```(\w*)\s*$/) {
			($mark, $text, $start) = ($1, '', $.);
		} elsif ($line =~ /\S/) {
			$fresh = 0;
		}
	}
	die "$file: a block does not end\n" if defined $mark;
	return @blocks;
}

# white space at the ends of lines and of the whole does not count
sub normalised {
	my ($text) = @_;
	$text =~ s/[ \t]+$//mg;
	$text =~ s/\A\n+//;
	$text =~ s/\n+\z/\n/;
	return $text;
}

sub run {
	my ($file, @blocks) = @_;
	my $creates = grep { $_->[1] =~ /CREATE EXTENSION pg_yield/ } @blocks;
	my $template = $creates ? 'bare' : 'loaded';
	system($psql, '-X', '-q', '-c', 'SET client_min_messages = warning', '-c', 'DROP DATABASE IF EXISTS documents', '-c',
		"CREATE DATABASE documents TEMPLATE $template") == 0 or die "$file: no database\n";
	my $script = "$ENV{WORK}/documents.sql";
	open my $out, '>', $script or die $!;
	print $out "SET timezone = 'UTC';\n";
	print $out "$_->[1]\n\\echo ==== $_->[0] ====\n" for @blocks;
	close $out;
	my $output = `$psql -X -q -d documents < $script 2>&1`;
	$output =~ s/\ASET\n//;
	my %printed;
	my $rest = $output;
	for my $block (@blocks) {
		my $end = "==== $block->[0] ====\n";
		my $at = index $rest, $end;
		die "$file:$block->[0]: the session ended here:\n$rest" if $at < 0;
		$printed{$block->[0]} = substr $rest, 0, $at;
		$rest = substr $rest, $at + length $end;
	}
	return %printed;
}

# put what was printed in the place of what stands in the file
sub update {
	my ($file, $blocks, $printed) = @_;
	open my $in, '<', $file or die "$file: $!";
	my $text = join '', <$in>;
	close $in;
	for my $block (@$blocks) {
		my ($line, $sql, $expected) = @$block;
		next unless defined $expected;
		my $old = "```sql\n$sql```\n```\n$expected```\n";
		my $new = "```sql\n$sql```\n```\n" . normalised($printed->{$line}) . "```\n";
		my $at = index $text, $old;
		die "$file:$line: no block and output side by side\n" if $at < 0;
		substr $text, $at, length $old, $new;
	}
	open my $out, '>', $file or die "$file: $!";
	print $out $text;
	close $out;
}

for my $file (@ARGV) {
	my @blocks = blocks($file);
	next unless @blocks;
	my %printed = run($file, @blocks);
	update($file, \@blocks, \%printed) if $ENV{UPDATE_DOCUMENTS};
	my ($compared, $failed) = (0, 0);
	for my $block (@blocks) {
		my ($line, $sql, $expected) = @$block;
		my $got = normalised($printed{$line});
		if (defined $expected) {
			$compared++;
			next if $got eq normalised($expected);
			$failed++;
			print "$file:$line: the output differs.\n--- in the document\n", normalised($expected),
				"--- printed\n$got";
		} elsif ($got =~ /^(psql:|ERROR|FATAL)/m) {
			$failed++;
			print "$file:$line: an error\n$got";
		}
	}
	printf "    %s: %d blocks run, %d outputs compared, %d failed\n", $file, scalar @blocks, $compared, $failed;
	$failures += $failed;
}
exit($failures ? 1 : 0);
