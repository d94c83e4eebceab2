#!/usr/bin/env perl
# binary_copy.pl TYPE < LINES: from lines of a golden file, what COPY … (FORMAT binary) reads into a table of a line
# number (bigint) and a value of TYPE.
use strict;
use warnings;

my ($type) = @ARGV;
my $number = 0;
binmode STDOUT;
print "PGCOPY\n\377\r\n\0", pack('NN', 0, 0);
while (my $line = <STDIN>) {
	chomp $line;
	my ($of, $value, $sent) = split /\t/, $line;
	$number++;
	next if $of ne $type;
	my $bytes = pack 'H*', $sent;
	print pack('n', 2), pack('NNN', 8, 0, $number), pack('N', length $bytes), $bytes;
}
print pack('n', 0xffff);
