/*-------------------------------------------------------------------------
 *
 * server/numeric_u256.c
 *	  numeric to 256-bit integers and double, and back, without text.
 *
 * The layout of a numeric on disk is private to PostgreSQL's numeric.c, yet
 * as fixed as anything that pg_upgrade carries over: it is the same in all
 * versions since 9.1, infinities being added in 14.  This file is the only
 * one that knows it.
 *
 * After the varlena header comes a 16-bit word.  Its two high bits say which
 * of the layouts follows:
 *
 *	00, 01	long, positive or negative: 14 bits of display scale; a 16-bit
 *			weight follows, then the digits
 *	10		short: 1 bit sign, 6 bits display scale, 7 bits weight (two's
 *			complement); the digits follow
 *	11		special: 00 NaN, 01 infinity, 11 minus infinity in the next two
 *			bits; nothing follows
 *
 * Digits are 16-bit integers in base 10000, most significant first, without
 * zeros at either end; their number follows from the size of the datum.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "server/compat.h"
#include "server/numeric_u256.h"

#define HEADER_KIND_MASK		0xC000
#define HEADER_LONG_NEGATIVE	0x4000
#define HEADER_SHORT			0x8000
#define HEADER_SPECIAL			0xC000

#define SPECIAL_MASK			0xF000
#define SPECIAL_NAN				0xC000

#define SHORT_NEGATIVE			0x2000
#define SHORT_DSCALE_SHIFT		7
#define SHORT_DSCALE_MAX		63
#define SHORT_WEIGHT_SIGN		0x0040
#define SHORT_WEIGHT_MASK		0x003F
#define SHORT_WEIGHT_MIN		(-64)
#define SHORT_WEIGHT_MAX		63

#define LONG_DSCALE_MAX			0x3FFF

/* The layouts as numeric.c would declare them, with a four-byte header */
typedef struct short_layout
{
	int32		vl_len_;
	uint16		header;
	int16		digits[FLEXIBLE_ARRAY_MEMBER];
} short_layout;

typedef struct long_layout
{
	int32		vl_len_;
	uint16		header;
	int16		weight;
	int16		digits[FLEXIBLE_ARRAY_MEMBER];
} long_layout;

StaticAssertDecl(offsetof(short_layout, header) == VARHDRSZ, "the header word follows the length");
StaticAssertDecl(offsetof(short_layout, digits) == VARHDRSZ + sizeof(uint16),
				 "short numerics have one word before their digits");
StaticAssertDecl(offsetof(long_layout, digits) == VARHDRSZ + 2 * sizeof(uint16),
				 "long numerics have two words before their digits");
StaticAssertDecl(sizeof(int16) == sizeof(int16_t), "digits are int16_t in the core");
StaticAssertDecl(LONG_DSCALE_MAX == DECIMAL_MAX_SCALE, "the core knows the greatest scale");
StaticAssertDecl(NUMERIC_MAX_PRECISION <= LONG_DSCALE_MAX, "declared scales fit the header");
StaticAssertDecl(DECIMAL_U256_DIGITS * 4 + DECIMAL_MAX_SCALE < PG_INT16_MAX,
				 "weights of what is written here fit the header");
StaticAssertDecl(DECIMAL_U256_DIGITS <= SHORT_WEIGHT_MAX, "whole numbers fit the short layout");

/* A numeric taken apart; digits point into the datum and may not be aligned */
typedef struct numeric_view
{
	const char *digits;
	int			ndigits;
	int			weight;
	bool		negative;
} numeric_view;

static inline uint16
header_of(const char *data)
{
	uint16		header;

	/* behind a one-byte header nothing is aligned */
	memcpy(&header, data, sizeof(header));
	return header;
}

static inline int
short_weight(uint16 header)
{
	int			weight = header & SHORT_WEIGHT_MASK;

	return (header & SHORT_WEIGHT_SIGN) != 0 ? weight + SHORT_WEIGHT_MIN : weight;
}

/*
 * Take a numeric apart; says NUMERIC_READ_NAN or NUMERIC_READ_INFINITY, with
 * no view, where it is no number.
 */
static pg_attribute_always_inline numeric_read
view_numeric(Datum num, numeric_view *view)
{
	struct varlena *datum = (struct varlena *) DatumGetPointer(num);
	const char *data;
	const char *digits;
	uint16		header;

	if (unlikely(VARATT_IS_EXTERNAL(datum) || VARATT_IS_COMPRESSED(datum)))
		datum = pg_detoast_datum(datum);
	data = VARDATA_ANY(datum);
	header = header_of(data);
	digits = data + sizeof(header);
	if ((header & HEADER_KIND_MASK) == HEADER_SHORT)
	{
		view->weight = short_weight(header);
		view->negative = (header & SHORT_NEGATIVE) != 0;
	}
	else if ((header & HEADER_KIND_MASK) == HEADER_SPECIAL)
		return (header & SPECIAL_MASK) == SPECIAL_NAN ? NUMERIC_READ_NAN : NUMERIC_READ_INFINITY;
	else
	{
		view->weight = (int16) header_of(digits);
		view->negative = (header & HEADER_KIND_MASK) == HEADER_LONG_NEGATIVE;
		digits += sizeof(int16);
	}
	view->digits = digits;
	view->ndigits = (int) ((VARSIZE_ANY_EXHDR(datum) - (Size) (digits - data)) / sizeof(int16));
	return NUMERIC_READ_OK;
}

static inline numeric_read
read_from_decimal(decimal_status status)
{
	switch (status)
	{
		case DECIMAL_OK:
			return NUMERIC_READ_OK;
		case DECIMAL_NEGATIVE:
			return NUMERIC_READ_NEGATIVE;
		case DECIMAL_FRACTION:
			return NUMERIC_READ_FRACTION;
		case DECIMAL_OVERFLOW:
			break;
	}
	return NUMERIC_READ_OVERFLOW;
}

bool
numeric_is_special(Numeric num)
{
	return (header_of(VARDATA_ANY(num)) & HEADER_KIND_MASK) == HEADER_SPECIAL;
}

numeric_read
numeric_to_u256(Datum num, u256 *out)
{
	numeric_view view;
	numeric_read read = view_numeric(num, &view);

	if (read != NUMERIC_READ_OK)
		return read;
	return read_from_decimal(decimal_to_u256(view.digits, view.ndigits, view.weight,
											 view.negative, out));
}

numeric_read
numeric_to_s256(Datum num, s256 *out)
{
	numeric_view view;
	numeric_read read = view_numeric(num, &view);

	if (read != NUMERIC_READ_OK)
		return read;
	return read_from_decimal(decimal_to_s256(view.digits, view.ndigits, view.weight,
											 view.negative, out));
}

numeric_read
numeric_to_scaled(Datum num, int scale, bool *negative, u256 *magnitude)
{
	numeric_view view;
	numeric_read read = view_numeric(num, &view);

	if (read != NUMERIC_READ_OK)
		return read;
	*negative = view.negative;
	return read_from_decimal(decimal_to_scaled(view.digits, view.ndigits, view.weight,
											   scale, magnitude));
}

numeric_read
numeric_to_double(Datum num, double *out)
{
	numeric_view view;
	numeric_read read = view_numeric(num, &view);

	if (read != NUMERIC_READ_OK)
		return read;
	if (decimal_to_double(view.digits, view.ndigits, view.weight, view.negative, out) != CORE_OK)
		return NUMERIC_READ_OVERFLOW;
	return NUMERIC_READ_OK;
}

/*
 * A numeric of stripped digits, in the shortest layout that holds it: the one
 * numeric.c itself chooses, so that equal values are equal bytes.
 */
static Numeric
make_numeric(const int16 *digits, int ndigits, int weight, bool negative, int dscale)
{
	bool		is_short = dscale <= SHORT_DSCALE_MAX &&
		weight >= SHORT_WEIGHT_MIN && weight <= SHORT_WEIGHT_MAX;
	Size		size = sizeof(int16) * (Size) ndigits +
		(is_short ? offsetof(short_layout, digits) : offsetof(long_layout, digits));
	char	   *result = palloc(size);
	int16	   *to;

	SET_VARSIZE(result, size);
	if (is_short)
	{
		short_layout *layout = (short_layout *) result;

		layout->header = (uint16) (HEADER_SHORT | (negative ? SHORT_NEGATIVE : 0) |
								   dscale << SHORT_DSCALE_SHIFT |
								   (weight < 0 ? SHORT_WEIGHT_SIGN : 0) |
								   (weight & SHORT_WEIGHT_MASK));
		to = layout->digits;
	}
	else
	{
		long_layout *layout = (long_layout *) result;

		layout->header = (uint16) ((negative ? HEADER_LONG_NEGATIVE : 0) | dscale);
		layout->weight = (int16) weight;
		to = layout->digits;
	}
	memcpy(to, digits, sizeof(int16) * (Size) ndigits);
	return (Numeric) result;
}

/* Decimal digits after the point that stripped digits need */
static int
least_dscale(const int16 *digits, int ndigits, int weight)
{
	int			dscale = 4 * (ndigits - 1 - weight);

	if (ndigits == 0 || dscale <= 0)
		return 0;
	for (int last = digits[ndigits - 1]; last % 10 == 0; last /= 10)
		dscale--;
	return dscale;
}

Numeric
scaled_to_numeric(bool negative, u256 magnitude, int scale, int dscale)
{
	int16		digits[DECIMAL_U256_DIGITS];
	int			weight;
	int			ndigits = u256_to_decimal(magnitude, scale, digits, &weight);

	dscale = Max(dscale, least_dscale(digits, ndigits, weight));
	/* zero has no sign, in numeric.c neither */
	return make_numeric(digits, ndigits, weight, negative && ndigits > 0, dscale);
}

Numeric
u256_to_numeric_scaled(u256 a, int scale, int dscale)
{
	return scaled_to_numeric(false, a, scale, dscale);
}

/*
 * A whole number, always in the short layout, its digits written where they
 * stay.
 */
static inline Numeric
whole_to_numeric(bool negative, u256 magnitude)
{
	short_layout *result = palloc(offsetof(short_layout, digits) +
								  sizeof(int16) * DECIMAL_U256_DIGITS);
	int			weight;
	int			ndigits = u256_to_decimal(magnitude, 0, result->digits, &weight);

	SET_VARSIZE(result, offsetof(short_layout, digits) + sizeof(int16) * (Size) ndigits);
	result->header = (uint16) (HEADER_SHORT | (negative ? SHORT_NEGATIVE : 0) | weight);
	return (Numeric) result;
}

Numeric
u256_to_numeric(u256 a)
{
	return whole_to_numeric(false, a);
}

Numeric
s256_to_numeric(s256 a)
{
	return whole_to_numeric(s256_is_negative(a), s256_magnitude(a));
}
