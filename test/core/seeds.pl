#!/usr/bin/env perl
# seeds.pl DIR: what the fuzz targets start from, made of test/vectors/chain
# and, for series, of images and points written here.
# DIR/TARGET gets one file for each input, in the form that the target reads
# (its source says which). Run from the top of the source tree.

use strict;
use warnings;

my $dir = shift @ARGV;
my %count;

# the rows of a CSV file, as hashes; its fields hold no line breaks
sub rows {
	my ($file) = @_;
	my (@names, @rows);
	open my $in, '<', "test/vectors/chain/$file.csv" or die "$file: $!";
	while (my $line = <$in>) {
		chomp $line;
		my @fields;
		my $rest = "$line,";
		while ($rest =~ /(?:"((?:[^"]|"")*)"|([^,]*)),/g) {
			push @fields, defined $1 ? $1 =~ s/""/"/gr : $2;
		}
		if (@names) {
			my %row;
			@row{@names} = @fields;
			push @rows, \%row;
		} else {
			@names = @fields;
		}
	}
	return @rows;
}

sub seed {
	my ($target, $bytes) = @_;
	mkdir "$dir/$target";
	my $file = sprintf '%s/%s/%03d', $dir, $target, $count{$target}++;
	open my $out, '>:raw', $file or die "$file: $!";
	print $out $bytes;
}

sub bytes {
	my ($hex) = @_;
	return pack 'H*', $hex =~ s/^0x//r;
}

for my $row (rows('event_topics')) {
	seed('fuzz_abi_type', chr(1) . $row->{signature});
	seed('fuzz_hex', $row->{expected});
}
seed('fuzz_abi_type', chr(6) . $_->{signature}) for rows('function_selectors');
seed('fuzz_hex', $_->{address}) for rows('checksum_address');
for my $row (rows('abi_decode')) {
	seed('fuzz_abi_type', chr(0) . $row->{types});
	seed('fuzz_abi', chr(0) . $row->{types} . chr(0) . bytes($row->{data}));
}
for my $row (rows('decode_log')) {
	my $topics = () = $row->{topics} =~ /0x/g;
	seed('fuzz_abi_type', chr(1) . $row->{event});
	seed('fuzz_abi', chr(1 + 2 * $topics) . $row->{event} . chr(0) . bytes($row->{data}));
}

# images: one point; three points with decimal values
seed('fuzz_codec', chr(0) . pack 'CCVq<d<', 1, 0, 1, 0, 1.5);
seed('fuzz_codec', chr(0) . pack('CCVq<d<q<d<', 1, 4, 3, 0, 1.5, 921600000, 2) .
	bytes('020100040080ee3601000132'));
# points: steps of time and value of every kind, few and many
for my $many (3, 40, 200) {
	my $state = $many;
	my $points = '';
	for (1 .. $many) {
		$state = ($state * 69069 + 12345) % 2**32;
		$points .= pack 'VV', $state >> 3, $state ^ $many;
	}
	seed('fuzz_codec', chr(1) . chr($many % 23) . chr($many % 4) . $points);
}
