/*-------------------------------------------------------------------------
 *
 * core/series/bits.c
 *	  Codes of a fixed width in bits, and division that leaves nothing over.
 *
 * Codes follow each other without gaps, the lowest bit first, so that eight
 * codes of w bits are w bytes.  There is a loop for every width in which all
 * shifts are constants: that is several times faster than one loop for all.
 *
 *-------------------------------------------------------------------------
 */
#include "core/series/bits.h"

static uint64_t
gcd(uint64_t a, uint64_t b)
{
	while (b != 0)
	{
		uint64_t	rest = a % b;

		a = b;
		b = rest;
	}
	return a;
}

/* Divide by "value", at least 1. */
void
exact_divisor_init(exact_divisor *d, uint64_t value)
{
	uint64_t	odd = value;

	d->value = value;
	d->shift = 0;
	while (odd % 2 == 0)
	{
		odd /= 2;
		d->shift++;
	}
	/* odd * odd is 1 modulo 8; each step of Newton's doubles the good bits */
	d->inverse = odd;
	for (int i = 0; i < 5; i++)
		d->inverse *= 2 - odd * d->inverse;
	d->limit = UINT64_MAX / odd;
}

/* Make the divisor one of x as well. */
void
exact_divisor_reduce(exact_divisor *d, uint64_t x)
{
	exact_divisor_init(d, gcd(d->value, x));
}

/*
 * Write the lowest "width" bits of codes to "out", which has room for bits_bytes
 * of them.  Returns that number.
 */
size_t
bits_pack(const uint64_t *codes, size_t num_codes, unsigned width, uint8_t *out)
{
	const uint64_t mask = width < 64 ? (UINT64_C(1) << width) - 1 : UINT64_MAX;
	uint64_t	word = 0;
	unsigned	fill = 0;

	if (width == BITS_FULL)
	{
		for (size_t i = 0; i < num_codes; i++)
			bits_store(out + 8 * i, codes[i]);
		return 8 * num_codes;
	}
	if (width == 0)
		return 0;
	for (size_t i = 0; i < num_codes; i++)
	{
		uint64_t	code = codes[i] & mask;

		word |= code << fill;
		fill += width;
		if (fill >= 64)
		{
			bits_store(out, word);
			out += 8;
			fill -= 64;
			word = code >> (width - fill);
		}
	}
	bits_store_short(out, word, (fill + 7) / 8);
	return bits_bytes(num_codes, width);
}

/* Code i of a group of eight, of width w */
#define CODE(w, i) \
	codes[i] = bits_load(in + (i) * (w) / 8) >> (i) * (w) % 8 & ((UINT64_C(1) << (w)) - 1)

#define GROUPS(w) \
	case w: \
		for (; num_groups > 0; num_groups--, in += (w), codes += 8) \
		{ \
			CODE(w, 0); CODE(w, 1); CODE(w, 2); CODE(w, 3); \
			CODE(w, 4); CODE(w, 5); CODE(w, 6); CODE(w, 7); \
		} \
		break;

/* The bytes that the loads of one group touch */
#define GROUP_READS(w)	(7 * (w) / 8 + 8)

/* Groups of eight codes, of width 1 to BITS_NARROW */
static void
unpack_groups(const uint8_t *in, size_t num_groups, unsigned width, uint64_t *codes)
{
	switch (width)
	{
		GROUPS(1) GROUPS(2) GROUPS(3) GROUPS(4) GROUPS(5) GROUPS(6) GROUPS(7) GROUPS(8)
		GROUPS(9) GROUPS(10) GROUPS(11) GROUPS(12) GROUPS(13) GROUPS(14) GROUPS(15) GROUPS(16)
		GROUPS(17) GROUPS(18) GROUPS(19) GROUPS(20) GROUPS(21) GROUPS(22) GROUPS(23) GROUPS(24)
		GROUPS(25) GROUPS(26) GROUPS(27) GROUPS(28) GROUPS(29) GROUPS(30) GROUPS(31) GROUPS(32)
		GROUPS(33) GROUPS(34) GROUPS(35) GROUPS(36) GROUPS(37) GROUPS(38) GROUPS(39) GROUPS(40)
		GROUPS(41) GROUPS(42) GROUPS(43) GROUPS(44) GROUPS(45) GROUPS(46) GROUPS(47) GROUPS(48)
		GROUPS(49) GROUPS(50) GROUPS(51) GROUPS(52) GROUPS(53) GROUPS(54) GROUPS(55) GROUPS(56)
		GROUPS(57)
	}
}

/*
 * Read codes.  "in" holds bits_bytes of them, and what follows up to "end" may
 * be read as well, which spares most of a careful end.
 */
void
bits_unpack(const uint8_t *in, const uint8_t *end, size_t num_codes, unsigned width,
			uint64_t *codes)
{
	size_t		room = (size_t) (end - in);
	size_t		num_groups = 0;

	if (width == 0)
	{
		memset(codes, 0, num_codes * sizeof(*codes));
		return;
	}
	if (width == BITS_FULL)
	{
		for (size_t i = 0; i < num_codes; i++)
			codes[i] = bits_load(in + 8 * i);
		return;
	}
	if (room >= GROUP_READS(width))
		num_groups = (room - GROUP_READS(width)) / width + 1;
	if (num_groups > num_codes / 8)
		num_groups = num_codes / 8;
	unpack_groups(in, num_groups, width, codes);
	for (size_t done = 8 * num_groups; done < num_codes; done += 8)
	{
		size_t		rest = num_codes - done < 8 ? num_codes - done : 8;
		uint8_t		bytes[GROUP_READS(BITS_NARROW)] = {0};
		uint64_t	group[8];

		memcpy(bytes, in + done / 8 * width, bits_bytes(rest, width));
		unpack_groups(bytes, 1, width, group);
		memcpy(codes + done, group, rest * sizeof(*codes));
	}
}
