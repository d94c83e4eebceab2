/*-------------------------------------------------------------------------
 *
 * core/series/bits.h
 *	  Numbers in bytes for the images of series: little-endian words, codes of
 *	  a fixed width in bits, and division that leaves nothing over.
 *
 *-------------------------------------------------------------------------
 */
#ifndef PG_YIELD_CORE_SERIES_BITS_H
#define PG_YIELD_CORE_SERIES_BITS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

/*
 * The widths that codes can have are 0 to BITS_NARROW and 64.  A code of up to
 * 57 bits lies within the eight bytes that start with the byte in which it
 * starts, so that one load reads it.
 */
#define BITS_NARROW		57
#define BITS_FULL		64

/* Compilers see through this: it costs nothing where it is true. */
static inline bool
bits_little_endian(void)
{
	const uint16_t one = 1;
	uint8_t		first;

	memcpy(&first, &one, 1);
	return first == 1;
}

static inline uint64_t
bits_load(const uint8_t *p)
{
	uint64_t	x;

	if (bits_little_endian())
		memcpy(&x, p, sizeof(x));
	else
	{
		x = 0;
		for (int i = 0; i < 8; i++)
			x |= (uint64_t) p[i] << 8 * i;
	}
	return x;
}

static inline void
bits_store(uint8_t *p, uint64_t x)
{
	if (bits_little_endian())
		memcpy(p, &x, sizeof(x));
	else
	{
		for (int i = 0; i < 8; i++)
			p[i] = (uint8_t) (x >> 8 * i);
	}
}

/* The lowest "bytes" bytes of x, 0 to 8 of them */
static inline void
bits_store_short(uint8_t *p, uint64_t x, unsigned bytes)
{
	for (unsigned i = 0; i < bytes; i++)
		p[i] = (uint8_t) (x >> 8 * i);
}

static inline uint64_t
bits_load_short(const uint8_t *p, unsigned bytes)
{
	uint64_t	x = 0;

	for (unsigned i = 0; i < bytes; i++)
		x |= (uint64_t) p[i] << 8 * i;
	return x;
}

static inline uint64_t
bits_of_double(double d)
{
	uint64_t	x;

	memcpy(&x, &d, sizeof(x));
	return x;
}

static inline double
bits_to_double(uint64_t x)
{
	double		d;

	memcpy(&d, &x, sizeof(d));
	return d;
}

/*
 * How wide a code must be to hold x: BITS_FULL for whatever is wider than
 * BITS_NARROW.  The exponent of a double is the place of the highest bit once
 * the bit below that is cleared, or rounding could carry into the next place.
 */
static inline unsigned
bits_width(uint64_t x)
{
	uint64_t	odd = 2 * x + 1;

	if (x >> BITS_NARROW != 0)
		return BITS_FULL;
	odd &= ~(odd >> 1);
	return (unsigned) (bits_of_double((double) (int64_t) odd) >> 52) - 1023;
}

static inline bool
bits_width_is_valid(unsigned width)
{
	return width <= BITS_NARROW || width == BITS_FULL;
}

/* The bytes that so many codes take, the last one filled up with zero bits */
static inline size_t
bits_bytes(size_t num_codes, unsigned width)
{
	return (num_codes * width + 7) / 8;
}

/* A number small in magnitude as a small code: 0, -1, 1, -2, ... */
static inline uint64_t
bits_zigzag(uint64_t x)
{
	return (x << 1) ^ (0 - (x >> 63));
}

static inline uint64_t
bits_unzigzag(uint64_t code)
{
	return (code >> 1) ^ (0 - (code & 1));
}

/* A divisor of which only multiples are divided: odd part and power of two */
typedef struct exact_divisor
{
	uint64_t	value;
	uint64_t	inverse;		/* of the odd part, modulo 2^64 */
	uint64_t	limit;			/* the most that the odd part goes into */
	unsigned	shift;
} exact_divisor;

/*
 * Does it divide x, an unsigned number?  A multiple of the odd part is the
 * inverse's image of a small number, and nothing else is, since multiplying is
 * one to one.
 */
static inline bool
exact_divides(const exact_divisor *d, uint64_t x)
{
	return (x & ((UINT64_C(1) << d->shift) - 1)) == 0 && (x >> d->shift) * d->inverse <= d->limit;
}

/*
 * The q for which q * d->value is x modulo 2^64; x, as a signed number, has
 * that power of two.  If it is a multiple, q is the quotient, sign included.
 */
static inline uint64_t
exact_quotient(const exact_divisor *d, uint64_t x)
{
	uint64_t	sign = 0 - (x >> 63);

	return (((x ^ sign) >> d->shift) ^ sign) * d->inverse;
}

extern void exact_divisor_init(exact_divisor *d, uint64_t value);
extern void exact_divisor_reduce(exact_divisor *d, uint64_t x);
extern size_t bits_pack(const uint64_t *codes, size_t num_codes, unsigned width, uint8_t *out);
extern void bits_unpack(const uint8_t *in, const uint8_t *end, size_t num_codes, unsigned width,
						uint64_t *codes);

#endif							/* PG_YIELD_CORE_SERIES_BITS_H */
