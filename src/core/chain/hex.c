/*-------------------------------------------------------------------------
 *
 * core/chain/hex.c
 *	  Hexadecimal text to words and bytes, and back.
 *
 * Eight characters are handled at once as the bytes of one integer, the first
 * being the most significant; on whole words that takes half the time of a
 * table.  It relies on ASCII codes, which every encoding that PostgreSQL
 * allows in a server shares.
 *
 *-------------------------------------------------------------------------
 */
#include "core/chain/hex.h"

#define CHUNK		8			/* characters in one integer */
#define LIMB_DIGITS	16

/* The byte b in all eight places */
#define EACH(b)		(UINT64_C(0x0101010101010101) * (b))

static void
skip_prefix(const char **text, size_t *len)
{
	if (*len >= 2 && (*text)[0] == '0' && ((*text)[1] == 'x' || (*text)[1] == 'X'))
	{
		*text += 2;
		*len -= 2;
	}
}

static inline uint64_t
load_chunk(const char *text)
{
	const unsigned char *c = (const unsigned char *) text;

	return (uint64_t) c[0] << 56 | (uint64_t) c[1] << 48 |
		(uint64_t) c[2] << 40 | (uint64_t) c[3] << 32 |
		(uint64_t) c[4] << 24 | (uint64_t) c[5] << 16 |
		(uint64_t) c[6] << 8 | (uint64_t) c[7];
}

static inline void
store_chunk(uint64_t chunk, char *text)
{
	text[0] = (char) (chunk >> 56);
	text[1] = (char) (chunk >> 48);
	text[2] = (char) (chunk >> 40);
	text[3] = (char) (chunk >> 32);
	text[4] = (char) (chunk >> 24);
	text[5] = (char) (chunk >> 16);
	text[6] = (char) (chunk >> 8);
	text[7] = (char) chunk;
}

/*
 * Eight digits as a number.  What is wrong shows as bit 4 of a byte of *bad,
 * all other bits of which mean nothing: a digit's code is 0x30 plus up to 9,
 * a letter's 0x40 or 0x60 plus 1 to 6, so that bits 4 and 6 differ, bit 5 or 6
 * is set, and the value is 10 to 15 exactly where bit 6 is set.
 */
static inline uint32_t
chunk_value(uint64_t chunk, uint64_t *bad)
{
	uint64_t	letter = chunk >> 2;	/* bit 6 in the place of bit 4 */
	uint64_t	nibbles = (chunk & EACH(0x0F)) + ((chunk >> 6) & EACH(1)) * 9;
	uint64_t	code_fits = (chunk ^ letter) & (chunk >> 1 | letter);
	uint64_t	value_fits = ~((nibbles + EACH(6)) ^ letter);

	*bad |= ~(code_fits & value_fits) | nibbles | chunk >> 3;
	nibbles = (nibbles | nibbles >> 4) & UINT64_C(0x00FF00FF00FF00FF);
	nibbles = (nibbles | nibbles >> 8) & UINT64_C(0x0000FFFF0000FFFF);
	return (uint32_t) (nibbles | nibbles >> 16);
}

static inline bool
is_bad(uint64_t bad)
{
	return (bad & EACH(0x10)) != 0;
}

/* The reverse: a number as eight lower-case digits */
static inline uint64_t
chunk_of(uint32_t value)
{
	uint64_t	nibbles = value;

	nibbles = (nibbles | nibbles << 16) & UINT64_C(0x0000FFFF0000FFFF);
	nibbles = (nibbles | nibbles << 8) & UINT64_C(0x00FF00FF00FF00FF);
	nibbles = (nibbles | nibbles << 4) & EACH(0x0F);
	return nibbles + EACH('0') + (((nibbles + EACH(6)) >> 4) & EACH(1)) * ('a' - '0' - 10);
}

/* Up to eight characters, with zeros put before them */
static inline uint64_t
load_tail(const char *text, size_t len)
{
	uint64_t	chunk = EACH('0');

	for (size_t i = 0; i < len; i++)
		chunk = chunk << 8 | (unsigned char) text[i];
	return chunk;
}

/* Up to sixteen digits as a number */
static uint64_t
short_value(const char *text, size_t len, uint64_t *bad)
{
	size_t		head = len > CHUNK ? len - CHUNK : 0;
	uint64_t	high = chunk_value(load_tail(text, head), bad);

	return high << 32 | chunk_value(load_tail(text + head, len - head), bad);
}

static bool
all_digits(const char *text, size_t len)
{
	uint64_t	bad = 0;

	for (; len >= CHUNK; text += CHUNK, len -= CHUNK)
		(void) chunk_value(load_chunk(text), &bad);
	(void) chunk_value(load_tail(text, len), &bad);
	return !is_bad(bad);
}

core_status
hex_to_u256(const char *text, size_t len, u256 *out)
{
	u256		result = U256_ZERO;
	uint64_t	bad = 0;
	int			i = 0;

	skip_prefix(&text, &len);
	if (len == 0)
		return CORE_BAD_TEXT;
	while (len > 4 * LIMB_DIGITS && *text == '0')
	{
		text++;
		len--;
	}
	if (len > 4 * LIMB_DIGITS)
		return all_digits(text, len) ? CORE_OUT_OF_RANGE : CORE_BAD_TEXT;
	for (; len >= LIMB_DIGITS; i++)
	{
		len -= LIMB_DIGITS;
		result.limb[i] = (uint64_t) chunk_value(load_chunk(text + len), &bad) << 32;
		result.limb[i] |= chunk_value(load_chunk(text + len + CHUNK), &bad);
	}
	if (len > 0)
		result.limb[i] = short_value(text, len, &bad);
	if (is_bad(bad))
		return CORE_BAD_TEXT;
	*out = result;
	return CORE_OK;
}

static inline void
store_bytes(uint32_t value, uint8_t *out, size_t n)
{
	for (size_t i = 0; i < n; i++)
		out[i] = (uint8_t) (value >> 8 * (n - 1 - i));
}

core_status
hex_to_bytes(const char *text, size_t len, uint8_t *out, size_t *nbytes)
{
	uint64_t	bad = 0;
	size_t		done = 0;

	skip_prefix(&text, &len);
	if (len % 2 != 0)
		return CORE_BAD_TEXT;
	for (; len - done >= CHUNK; done += CHUNK)
		store_bytes(chunk_value(load_chunk(text + done), &bad), out + done / 2, CHUNK / 2);
	store_bytes(chunk_value(load_tail(text + done, len - done), &bad), out + done / 2,
				(len - done) / 2);
	if (is_bad(bad))
		return CORE_BAD_TEXT;
	*nbytes = len / 2;
	return CORE_OK;
}

void
bytes_to_hex(const uint8_t *bytes, size_t n, char *out)
{
	char		tail[CHUNK];
	uint32_t	value;

	for (; n >= CHUNK / 2; n -= CHUNK / 2, bytes += CHUNK / 2, out += CHUNK)
	{
		value = (uint32_t) bytes[0] << 24 | (uint32_t) bytes[1] << 16 |
			(uint32_t) bytes[2] << 8 | (uint32_t) bytes[3];
		store_chunk(chunk_of(value), out);
	}
	value = 0;
	for (size_t i = 0; i < n; i++)
		value = value << 8 | bytes[i];
	store_chunk(chunk_of(value), tail);
	memcpy(out, tail + CHUNK - 2 * n, 2 * n);
}

size_t
u256_to_hex(u256 a, char *out)
{
	char		all[4 * LIMB_DIGITS];
	size_t		digits = ((size_t) u256_bit_length(a) + 3) / 4;

	if (digits == 0)
		digits = 1;
	for (int i = 0; i < 4; i++)
	{
		char	   *at = all + LIMB_DIGITS * (3 - i);

		store_chunk(chunk_of((uint32_t) (a.limb[i] >> 32)), at);
		store_chunk(chunk_of((uint32_t) a.limb[i]), at + CHUNK);
	}
	out[0] = '0';
	out[1] = 'x';
	memcpy(out + 2, all + sizeof(all) - digits, digits);
	return digits + 2;
}
