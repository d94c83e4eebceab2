/*-------------------------------------------------------------------------
 *
 * core/chain/u256.c
 *	  256-bit integers: products, quotients, roots, powers, conversions.
 *
 * Multiplication and division look at the significant limbs only: amounts in
 * wei seldom have more than two.
 *
 *-------------------------------------------------------------------------
 */
#include "core/chain/u256.h"

#include <math.h>

static const u256 powers_of_ten[U256_MAX_POW10 + 1] = {
	{{0x1}},
	{{0xA}},
	{{0x64}},
	{{0x3E8}},
	{{0x2710}},
	{{0x186A0}},
	{{0xF4240}},
	{{0x989680}},
	{{0x5F5E100}},
	{{0x3B9ACA00}},
	{{0x2540BE400}},
	{{0x174876E800}},
	{{0xE8D4A51000}},
	{{0x9184E72A000}},
	{{0x5AF3107A4000}},
	{{0x38D7EA4C68000}},
	{{0x2386F26FC10000}},
	{{0x16345785D8A0000}},
	{{0xDE0B6B3A7640000}},
	{{0x8AC7230489E80000}},
	{{0x6BC75E2D63100000, 0x5}},
	{{0x35C9ADC5DEA00000, 0x36}},
	{{0x19E0C9BAB2400000, 0x21E}},
	{{0x2C7E14AF6800000, 0x152D}},
	{{0x1BCECCEDA1000000, 0xD3C2}},
	{{0x161401484A000000, 0x84595}},
	{{0xDCC80CD2E4000000, 0x52B7D2}},
	{{0x9FD0803CE8000000, 0x33B2E3C}},
	{{0x3E25026110000000, 0x204FCE5E}},
	{{0x6D7217CAA0000000, 0x1431E0FAE}},
	{{0x4674EDEA40000000, 0xC9F2C9CD0}},
	{{0xC0914B2680000000, 0x7E37BE2022}},
	{{0x85ACEF8100000000, 0x4EE2D6D415B}},
	{{0x38C15B0A00000000, 0x314DC6448D93}},
	{{0x378D8E6400000000, 0x1ED09BEAD87C0}},
	{{0x2B878FE800000000, 0x13426172C74D82}},
	{{0xB34B9F1000000000, 0xC097CE7BC90715}},
	{{0xF436A000000000, 0x785EE10D5DA46D9}},
	{{0x98A224000000000, 0x4B3B4CA85A86C47A}},
	{{0x5F65568000000000, 0xF050FE938943ACC4, 0x2}},
	{{0xB9F5610000000000, 0x6329F1C35CA4BFAB, 0x1D}},
	{{0x4395CA0000000000, 0xDFA371A19E6F7CB5, 0x125}},
	{{0xA3D9E40000000000, 0xBC627050305ADF14, 0xB7A}},
	{{0x6682E80000000000, 0x5BD86321E38CB6CE, 0x72CB}},
	{{0x11D100000000000, 0x9673DF52E37F2410, 0x47BF1}},
	{{0xB22A00000000000, 0xE086B93CE2F768A0, 0x2CD76F}},
	{{0x6F5A400000000000, 0xC5433C60DDAA1640, 0x1C06A5E}},
	{{0x5986800000000000, 0xB4A05BC8A8A4DE84, 0x118427B3}},
	{{0x7F41000000000000, 0xE4395D69670B12B, 0xAF298D05}},
	{{0xF88A000000000000, 0x8EA3DA61E066EBB2, 0x6D79F8232}},
	{{0xB564000000000000, 0x926687D2C40534FD, 0x446C3B15F9}},
	{{0x15E8000000000000, 0xB8014E3BA83411E9, 0x2AC3A4EDBBF}},
	{{0xDB10000000000000, 0x300D0E549208B31A, 0x1ABA4714957D}},
	{{0x8EA0000000000000, 0xE0828F4DB456FF0C, 0x10B46C6CDD6E3}},
	{{0x9240000000000000, 0xC51999090B65F67D, 0xA70C3C40A64E6}},
	{{0xB680000000000000, 0xB2FFFA5A71FBA0E7, 0x6867A5A867F103}},
	{{0x2100000000000000, 0xFDFFC78873D4490D, 0x4140C78940F6A24}},
	{{0x4A00000000000000, 0xEBFDCB54864ADA83, 0x28C87CB5C89A2571}},
	{{0xE400000000000000, 0x37E9F14D3EEC8920, 0x97D4DF19D6057673, 0x1}},
	{{0xE800000000000000, 0x2F236D04753D5B48, 0xEE50B7025C36A080, 0xF}},
	{{0x1000000000000000, 0xD762422C946590D9, 0x4F2726179A224501, 0x9F}},
	{{0xA000000000000000, 0x69D695BDCBF7A87A, 0x17877CEC0556B212, 0x639}},
	{{0x4000000000000000, 0x2261D969F7AC94CA, 0xEB4AE1383562F4B8, 0x3E3A}},
	{{0x8000000000000000, 0x57D27E23ACBDCFE6, 0x30ECCC3215DD8F31, 0x26E4D}},
	{{0x0, 0x6E38ED64BF6A1F01, 0xE93FF9F4DAA797ED, 0x184F03}},
	{{0x0, 0x4E3945EF7A25360A, 0x1C7FC3908A8BEF46, 0xF31627}},
	{{0x0, 0xE3CBB5AC5741C64, 0x1CFDA3A5697758BF, 0x97EDD87}},
	{{0x0, 0x8E5F518BB6891BE8, 0x21E864761EA97776, 0x5EF4A747}},
	{{0x0, 0x8FB92F75215B1710, 0x5313EC9D329EAAA1, 0x3B58E88C7}},
	{{0x0, 0x9D3BDA934D8EE6A0, 0x3EC73E23FA32AA4F, 0x25179157C9}},
	{{0x0, 0x245689C107950240, 0x73C86D67C5FAA71C, 0x172EBAD6DDC}},
	{{0x0, 0x6B61618A4BD21680, 0x85D4460DBBCA8719, 0xE7D34C64A9C}},
	{{0x0, 0x31CDCF66F634E100, 0x3A4ABC8955E946FE, 0x90E40FBEEA1D}},
	{{0x0, 0xF20A1A059E10CA00, 0x46EB5D5D5B1CC5ED, 0x5A8E89D752524}},
	{{0x0, 0x746504382CA7E400, 0xC531A5A58F1FBB4B, 0x3899162693736A}},
	{{0x0, 0x8BF22A31BE8EE800, 0xB3F07877973D50F2, 0x235FADD81C2822B}},
	{{0x0, 0x7775A5F171951000, 0x764B4ABE8652979, 0x161BCCA7119915B5}},
	{{0x0, 0xAA987B6E6FD2A000, 0x49EF0EB713F39EBE, 0xDD15FE86AFFAD912}}
};

/* p (na + nb limbs) = a * b; na and nb are at least 1 */
static void
multiply(const uint64_t *a, int na, const uint64_t *b, int nb, uint64_t *p)
{
	uint64_t	high = 0;

	for (int i = 0; i < na; i++)
		p[i] = limb_mul_add(a[i], b[0], high, 0, &high);
	p[na] = high;
	for (int j = 1; j < nb; j++)
	{
		high = 0;
		for (int i = 0; i < na; i++)
			p[i + j] = limb_mul_add(a[i], b[j], p[i + j], high, &high);
		p[na + j] = high;
	}
}

/*
 * Quotient (m - n + 1 limbs) and remainder (n limbs) of num (m limbs) by den
 * (n limbs, the last not zero); 1 <= n <= 4, n <= m <= 8.
 */
static void
divide(const uint64_t *num, int m, const uint64_t *den, int n, uint64_t *quot, uint64_t *rem)
{
	uint64_t	u[9];
	uint64_t	d[5];
	int			shift = 64 - limb_bits(den[n - 1]);

	limbs_shift_up(u, num, m, shift);
	limbs_shift_up(d, den, n, shift);
	/* the first digit is zero more often than not */
	if (m > n && u[m] == 0 && u[m - 1] < d[n - 1])
		quot[m-- - n] = 0;
	limbs_div_normalized(u, m + 1, d, n, quot);
	for (int i = 0; i < n; i++)
	{
		rem[i] = u[i] >> shift;
		if (shift > 0 && i + 1 < n)
			rem[i] |= u[i + 1] << (64 - shift);
	}
}

u256
u256_shl(u256 a, unsigned bits)
{
	u256		out = U256_ZERO;
	unsigned	skip = bits / 64;
	unsigned	shift = bits % 64;

	for (unsigned i = skip; i < 4; i++)
	{
		out.limb[i] = a.limb[i - skip] << shift;
		if (shift > 0 && i > skip)
			out.limb[i] |= a.limb[i - skip - 1] >> (64 - shift);
	}
	return out;
}

u256
u256_shr(u256 a, unsigned bits)
{
	u256		out = U256_ZERO;
	unsigned	skip = bits / 64;
	unsigned	shift = bits % 64;

	for (unsigned i = skip; i < 4; i++)
	{
		out.limb[i - skip] = a.limb[i] >> shift;
		if (shift > 0 && i < 3)
			out.limb[i - skip] |= a.limb[i + 1] << (64 - shift);
	}
	return out;
}

u512
u256_mul_full(u256 a, u256 b)
{
	u512		out = {{0}};
	int			na = u256_limbs(a);
	int			nb = u256_limbs(b);

	if (na > 0 && nb > 0)
		multiply(a.limb, na, b.limb, nb, out.limb);
	return out;
}

u256
u256_mul_wrap(u256 a, u256 b)
{
	u512		product = u256_mul_full(a, b);
	u256		out;

	memcpy(out.limb, product.limb, sizeof(out.limb));
	return out;
}

bool
u256_mul(u256 a, u256 b, u256 *out)
{
	u512		product;

	/* most amounts are below 2^128, and their product always fits */
	if ((a.limb[2] | a.limb[3] | b.limb[2] | b.limb[3]) == 0)
	{
		*out = u256_mul_pairs(a, b);
		return true;
	}
	product = u256_mul_full(a, b);
	if (limbs_significant(product.limb, 8) > 4)
		return false;
	memcpy(out->limb, product.limb, sizeof(out->limb));
	return true;
}

bool
u512_divmod(u512 a, u256 b, u512 *quot, u256 *rem)
{
	u512		q = {{0}};
	u256		r = U256_ZERO;
	int			m = limbs_significant(a.limb, 8);
	int			n = u256_limbs(b);

	if (n == 0)
		return false;
	if (m < n)
		memcpy(r.limb, a.limb, sizeof(r.limb));
	else
		divide(a.limb, m, b.limb, n, q.limb, r.limb);
	if (quot != NULL)
		*quot = q;
	if (rem != NULL)
		*rem = r;
	return true;
}

bool
u256_divmod(u256 a, u256 b, u256 *quot, u256 *rem)
{
	u256		q = U256_ZERO;
	u256		r = U256_ZERO;
	int			m = u256_limbs(a);
	int			n = u256_limbs(b);

	if (n == 0)
		return false;
	if (m <= 1 && n == 1)
	{
		q.limb[0] = a.limb[0] / b.limb[0];
		r.limb[0] = a.limb[0] % b.limb[0];
	}
	else if (u256_cmp(a, b) < 0)
		r = a;
	else
		divide(a.limb, m, b.limb, n, q.limb, r.limb);
	if (quot != NULL)
		*quot = q;
	if (rem != NULL)
		*rem = r;
	return true;
}

bool
u256_div(u256 a, u256 b, u256 *out)
{
	return u256_divmod(a, b, out, NULL);
}

bool
u256_mod(u256 a, u256 b, u256 *out)
{
	return u256_divmod(a, b, NULL, out);
}

/* Whether a quotient with remainder rem by c goes one up; 2 * rem may not fit */
static inline bool
rounds_up(u256 rem, u256 c, u256_rounding rounding)
{
	if (rounding == U256_FLOOR || u256_is_zero(rem))
		return false;
	return rounding == U256_CEIL || u256_cmp(rem, u256_sub_wrap(c, rem)) >= 0;
}

core_status
u256_mul_div(u256 a, u256 b, u256 c, u256_rounding rounding, u256 *out)
{
	uint64_t	product[8];
	uint64_t	quot[8] = {0};
	u256		rem = U256_ZERO;
	u256		result;
	int			na = u256_limbs(a);
	int			nb = u256_limbs(b);
	int			nc = u256_limbs(c);
	int			m = 0;

	if (nc == 0)
		return CORE_DIVISION_BY_ZERO;
	if (na > 0 && nb > 0)
	{
		multiply(a.limb, na, b.limb, nb, product);
		m = limbs_significant(product, na + nb);
	}
	if (m < nc)
		memcpy(rem.limb, product, sizeof(uint64_t) * (size_t) m);
	else
		divide(product, m, c.limb, nc, quot, rem.limb);
	if ((quot[4] | quot[5] | quot[6] | quot[7]) != 0)
		return CORE_OUT_OF_RANGE;
	memcpy(result.limb, quot, sizeof(result.limb));
	if (rounds_up(rem, c, rounding) && !u256_add(result, u256_from_u64(1), &result))
		return CORE_OUT_OF_RANGE;
	*out = result;
	return CORE_OK;
}

bool
u256_ratio(u256 a, u256 b, double *out)
{
	u512		num = {{0}};
	u512		quot;
	u256		rem;
	/* at least 64 bits of a quotient: more than a double has, and one to round */
	int			shift = 65 + u256_bit_length(b) - u256_bit_length(a);
	int			n;

	if (u256_is_zero(b))
		return false;
	*out = 0.0;
	if (u256_is_zero(a))
		return true;
	shift = shift < 0 ? 0 : shift;
	for (int k = 0; k < 4; k++)
	{
		int			at = k + shift / 64;

		/* the others stay within 65 bits and those of b */
		if (a.limb[k] == 0)
			continue;
		num.limb[at] |= a.limb[k] << (shift % 64);
		if (shift % 64 != 0)
			num.limb[at + 1] |= a.limb[k] >> (64 - shift % 64);
	}
	(void) u512_divmod(num, b, &quot, &rem);
	n = limbs_significant(quot.limb, 8);
	return limbs_to_double(quot.limb, n, !u256_is_zero(rem), -shift, out);
}

/*
 * Newton's iteration from the double nearest to the root, which is right to
 * 52 bits.  One step from anywhere lands on the root or above it, from where
 * the sequence falls until it has arrived.
 */
u256
u256_sqrt(u256 a)
{
	double		seed = floor(sqrt(u256_to_double(a)));
	u256		x;
	u256		y;

	if (u256_is_zero(a) || u256_from_double(seed, &y) != CORE_OK)
		return U256_ZERO;
	(void) u256_div(a, y, &x);
	y = u256_shr(u256_add_wrap(x, y), 1);
	do
	{
		x = y;
		(void) u256_div(a, x, &y);
		y = u256_shr(u256_add_wrap(x, y), 1);
	} while (u256_cmp(y, x) < 0);
	return x;
}

core_status
u256_pow_fixed(u256 base, uint64_t n, u256 one, u256 *out)
{
	u256		power = (n & 1) != 0 ? base : one;
	core_status status = CORE_OK;

	if (u256_is_zero(one))
		return CORE_DIVISION_BY_ZERO;
	for (n >>= 1; n != 0 && status == CORE_OK; n >>= 1)
	{
		status = u256_mul_div(base, base, one, U256_HALF_UP, &base);
		if (status == CORE_OK && (n & 1) != 0)
			status = u256_mul_div(power, base, one, U256_HALF_UP, &power);
	}
	if (status == CORE_OK)
		*out = power;
	return status;
}

bool
u256_pow10(unsigned n, u256 *out)
{
	if (n > U256_MAX_POW10)
		return false;
	*out = powers_of_ten[n];
	return true;
}

static inline uint64_t
load_limb(const uint8_t *b)
{
	return (uint64_t) b[0] << 56 | (uint64_t) b[1] << 48 |
		(uint64_t) b[2] << 40 | (uint64_t) b[3] << 32 |
		(uint64_t) b[4] << 24 | (uint64_t) b[5] << 16 |
		(uint64_t) b[6] << 8 | (uint64_t) b[7];
}

static inline void
store_limb(uint64_t x, uint8_t *b)
{
	for (int i = 7; i >= 0; i--)
	{
		b[i] = (uint8_t) x;
		x >>= 8;
	}
}

u256
u256_load_be(const uint8_t *bytes, int n)
{
	uint8_t		padded[32];

	if (n < 32)
	{
		memset(padded, 0, sizeof(padded));
		memcpy(padded + 32 - n, bytes, (size_t) n);
		bytes = padded;
	}
	return (u256) {{load_limb(bytes + 24), load_limb(bytes + 16),
					load_limb(bytes + 8), load_limb(bytes)}};
}

bool
u256_store_be(u256 a, uint8_t *bytes, int n)
{
	uint8_t		padded[32];

	if (u256_bit_length(a) > 8 * n)
		return false;
	for (int i = 0; i < 4; i++)
		store_limb(a.limb[3 - i], padded + 8 * i);
	memcpy(bytes, padded + 32 - n, (size_t) n);
	return true;
}

double
u256_to_double(u256 a)
{
	double		out = 0.0;
	int			n;

	if ((a.limb[2] | a.limb[3]) == 0 && limb_pair_to_double(a.limb[1], a.limb[0], &out))
		return out;
	n = u256_limbs(a);
	if (n > 0)
		(void) limbs_to_double(a.limb, n, false, 0, &out);
	return out;
}

core_status
u256_from_double(double x, u256 *out)
{
	uint64_t	image;
	uint64_t	mantissa;

	if (!(x >= 0.0 && x < 0x1p256))
		return CORE_OUT_OF_RANGE;
	if (x < 0x1p53)
	{
		uint64_t	whole = (uint64_t) x;

		if ((double) whole != x)
			return CORE_BAD_PARAMETER;
		*out = u256_from_u64(whole);
		return CORE_OK;
	}
	memcpy(&image, &x, sizeof(image));
	mantissa = (image & (((uint64_t) 1 << 52) - 1)) | (uint64_t) 1 << 52;
	*out = u256_shl(u256_from_u64(mantissa), (unsigned) (image >> 52) - 1075);
	return CORE_OK;
}

bool
s256_from_magnitude(u256 magnitude, bool negative, s256 *out)
{
	if (s256_is_negative(magnitude) && !(negative && u256_equal(magnitude, S256_MIN)))
		return false;
	*out = negative ? s256_neg_wrap(magnitude) : magnitude;
	return true;
}

bool
s256_neg(s256 a, s256 *out)
{
	return s256_from_magnitude(s256_magnitude(a), !s256_is_negative(a), out);
}

bool
s256_add(s256 a, s256 b, s256 *out)
{
	s256		sum = u256_add_wrap(a, b);

	if (s256_is_negative(a) == s256_is_negative(b) &&
		s256_is_negative(sum) != s256_is_negative(a))
		return false;
	*out = sum;
	return true;
}

bool
s256_sub(s256 a, s256 b, s256 *out)
{
	s256		diff = u256_sub_wrap(a, b);

	if (s256_is_negative(a) != s256_is_negative(b) &&
		s256_is_negative(diff) != s256_is_negative(a))
		return false;
	*out = diff;
	return true;
}

bool
s256_mul(s256 a, s256 b, s256 *out)
{
	u256		product;

	return u256_mul(s256_magnitude(a), s256_magnitude(b), &product) &&
		s256_from_magnitude(product, s256_is_negative(a) != s256_is_negative(b), out);
}

core_status
s256_div(s256 a, s256 b, s256 *out)
{
	u256		quot;

	if (!u256_div(s256_magnitude(a), s256_magnitude(b), &quot))
		return CORE_DIVISION_BY_ZERO;
	if (!s256_from_magnitude(quot, s256_is_negative(a) != s256_is_negative(b), out))
		return CORE_OUT_OF_RANGE;
	return CORE_OK;
}

s256
s256_sign_extend(u256 a, int n)
{
	unsigned	unused = 256 - 8 * (unsigned) n;
	u256		ones = u256_shr(U256_MAX, 8 * (unsigned) n);

	a = u256_shl(a, unused);
	if (!s256_is_negative(a))
		return u256_shr(a, unused);
	return u256_or(u256_shr(a, unused), u256_shl(ones, 8 * (unsigned) n));
}

s256
s256_load_be(const uint8_t *bytes, int n)
{
	return s256_sign_extend(u256_load_be(bytes, n), n);
}

double
s256_to_double(s256 a)
{
	double		magnitude = u256_to_double(s256_magnitude(a));

	return s256_is_negative(a) ? -magnitude : magnitude;
}
