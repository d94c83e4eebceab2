/*-------------------------------------------------------------------------
 *
 * core/chain/logexp.c
 *	  Balancer's LogExpMath: logarithms and powers of fixed-point numbers, to
 *	  the last digit.
 *
 * Source of the formulas: LogExpMath of Balancer v2 and v3.  The power is
 * exp(y * ln x): both functions take off known powers of e (2^7, 2^6, ... 2^-4)
 * one by one and sum a short series for the rest, with 20 decimals, near one
 * with 36.  Their truncations, always towards zero, are part of the result.
 *
 *-------------------------------------------------------------------------
 */
#include "core/chain/logexp.h"

#include "core/chain/calc.h"
#include "core/chain/fixed.h"

#define ONE_18				FIXED_WAD
#define NUM_FACTORS			10
#define NUM_EXP_FACTORS		8	/* the last two are not needed for exp */

static const u256 ONE_20 = {{UINT64_C(0x6BC75E2D63100000), 0x5}};
static const u256 ONE_36 = {{UINT64_C(0xB34B9F1000000000), UINT64_C(0xC097CE7BC90715)}};

/* y must be below 2^254 / 1e20, so that y * ln x fits: MILD_EXPONENT_BOUND */
static const u256 EXPONENT_BOUND = {{
	UINT64_C(0x4181EA8059F76532), UINT64_C(0xA88F4BB1CA6BCF58), UINT64_C(0xBCE5086492111AE)
}};

/* Powers of e and their exponents, which LogExpMath calls a_n and x_n */
typedef struct exp_factor
{
	u256		exponent;
	u256		power;
} exp_factor;

/* 128 and 64, with 18 decimals, and e to that, without any: 22 digits are known */
static const exp_factor great_factors[] = {
	{{{UINT64_C(0xF05B59D3B2000000), 0x6}},
		{{UINT64_C(0x262827000000000), UINT64_C(0xF53A27172FA9EC63), UINT64_C(0x195E54C5DD42177)}}},
	{{{UINT64_C(0x782DACE9D9000000), 0x3}},
		{{UINT64_C(0xF597CD205CEF7380), UINT64_C(0x1425982C)}}}
};

/* 2^5 down to 2^-4, and e to that, all with 20 decimals; the first have 20 to 24 digits */
static const exp_factor factors[NUM_FACTORS] = {
	{{{UINT64_C(0x78EBC5AC62000000), 0xAD}},
		{{UINT64_C(0xF805980FF0084000), UINT64_C(0x1855144814A7F)}}},
	{{{UINT64_C(0xBC75E2D631000000), 0x56}},
		{{UINT64_C(0xA80A22C61AB5A700), UINT64_C(0x2DF0AB5)}}},
	{{{UINT64_C(0x5E3AF16B18800000), 0x2B}},
		{{UINT64_C(0xCE3DA636EA5CF850), 0x3F1F}}},
	{{{UINT64_C(0xAF1D78B58C400000), 0x15}},
		{{UINT64_C(0xFA27722CC06CC5E2), 0x127}}},
	{{{UINT64_C(0xD78EBC5AC6200000), 0xA}},
		{{UINT64_C(0xE60114EDB805D03), 0x28}}},
	{{{UINT64_C(0x6BC75E2D63100000), 0x5}},
		{{UINT64_C(0xBC5FB41746121110), 0xE}}},
	{{{UINT64_C(0xB5E3AF16B1880000), 0x2}},
		{{UINT64_C(0xF00F760A4B2DB55D), 0x8}}},
	{{{UINT64_C(0x5AF1D78B58C40000), 0x1}},
		{{UINT64_C(0xF5F1775788937937), 0x6}}},
	{{{UINT64_C(0xAD78EBC5AC620000)}},
		{{UINT64_C(0x248F33704B286603), 0x6}}},
	{{{UINT64_C(0x56BC75E2D6310000)}},
		{{UINT64_C(0xC548670B9510E7AC), 0x5}}}
};

/* A number with a sign.  All of LogExpMath truncates towards zero, so magnitudes suffice. */
typedef struct signed_fixed
{
	bool		negative;
	u256		magnitude;
} signed_fixed;

static u256
small(uint64_t x)
{
	return u256_from_u64(x);
}

/* ---------- powers ---------- */

/*
 * 2 * (z + z^3 / 3 + z^5 / 5 + ... ) to the power "last": ln((1 + z) / (1 - z)) of
 * a z with the given unit
 */
static u256
log_series(u256 z, u256 unit, uint64_t last, core_status *status)
{
	u256		square = calc_mul_then_div(status, z, z, unit);
	u256		power = z;
	u256		sum = z;

	for (uint64_t n = 3; n <= last; n += 2)
	{
		power = calc_mul_then_div(status, power, square, unit);
		sum = calc_add(status, sum, calc_div(status, power, small(n)));
	}
	return calc_scale(status, sum, 2);
}

/* ln x of an x between 0.9 and 1.1, with 36 decimals */
static signed_fixed
log_near_one(u256 x, core_status *status)
{
	signed_fixed result;
	u256		distance;

	x = calc_mul(status, x, ONE_18);
	result.negative = u256_sub_borrow(x, ONE_36, &distance);
	if (result.negative)
		distance = s256_neg_wrap(distance);
	result.magnitude = calc_mul_then_div(status, distance, ONE_36, calc_add(status, x, ONE_36));
	result.magnitude = log_series(result.magnitude, ONE_36, 15, status);
	return result;
}

/* ln x of an x of one or more, with 18 decimals */
static u256
log_above_one(u256 x, core_status *status)
{
	u256		sum = U256_ZERO;

	for (int k = 0; k < 2; k++)
	{
		if (u256_cmp(x, calc_mul(status, great_factors[k].power, ONE_18)) < 0)
			continue;
		x = calc_div(status, x, great_factors[k].power);
		sum = calc_add(status, sum, great_factors[k].exponent);
	}
	sum = calc_scale(status, sum, 100);
	x = calc_scale(status, x, 100);
	for (int k = 0; k < NUM_FACTORS; k++)
	{
		if (u256_cmp(x, factors[k].power) < 0)
			continue;
		x = calc_mul_then_div(status, x, ONE_20, factors[k].power);
		sum = calc_add(status, sum, factors[k].exponent);
	}
	x = calc_mul_then_div(status, calc_sub(status, x, ONE_20), ONE_20, calc_add(status, x, ONE_20));
	sum = calc_add(status, sum, log_series(x, ONE_20, 11, status));
	return calc_div(status, sum, small(100));
}

/* Is the logarithm known with 36 decimals? */
static bool
is_near_one(u256 x)
{
	u256		near = small(UINT64_C(100000000000000000));

	return u256_cmp(x, u256_sub_wrap(ONE_18, near)) > 0 &&
		u256_cmp(x, u256_add_wrap(ONE_18, near)) < 0;
}

/* ln x of an x that is not near one, with 18 decimals */
static signed_fixed
log_elsewhere(u256 x, core_status *status)
{
	signed_fixed result = {u256_cmp(x, ONE_18) < 0, U256_ZERO};

	if (result.negative)
		x = calc_div(status, ONE_36, x);
	result.magnitude = log_above_one(x, status);
	return result;
}

/* y * ln x with 18 decimals, x being positive */
static signed_fixed
log_times(u256 x, u256 y, core_status *status)
{
	u256		whole = U256_ZERO;
	u256		rest = U256_ZERO;
	signed_fixed result = {false, U256_ZERO};

	if (is_near_one(x))
	{
		result = log_near_one(x, status);
		/* 36 decimals times y might not fit: 18 of them at a time */
		(void) u256_divmod(result.magnitude, ONE_18, &whole, &rest);
		result.magnitude = calc_add(status, calc_mul(status, whole, y),
									   calc_mul_then_div(status, rest, y, ONE_18));
	}
	else
	{
		result = log_elsewhere(x, status);
		result.magnitude = calc_mul(status, result.magnitude, y);
	}
	result.magnitude = calc_div(status, result.magnitude, ONE_18);
	return result;
}

/* e^x of an x from 0 to 130, with 18 decimals */
static u256
exp_of(u256 x, core_status *status)
{
	u256		great = small(1);
	u256		product = ONE_20;
	u256		term;
	u256		sum;

	for (int k = 0; k < 2; k++)
	{
		if (u256_cmp(x, great_factors[k].exponent) < 0)
			continue;
		x = u256_sub_wrap(x, great_factors[k].exponent);
		great = great_factors[k].power;
		break;
	}
	x = calc_scale(status, x, 100);
	for (int k = 0; k < NUM_EXP_FACTORS; k++)
	{
		if (u256_cmp(x, factors[k].exponent) < 0)
			continue;
		x = u256_sub_wrap(x, factors[k].exponent);
		product = calc_mul_then_div(status, product, factors[k].power, ONE_20);
	}
	term = x;
	sum = calc_add(status, ONE_20, x);
	for (uint64_t n = 2; n <= 12; n++)
	{
		term = calc_div(status, calc_mul_then_div(status, term, x, ONE_20), small(n));
		sum = calc_add(status, sum, term);
	}
	product = calc_mul(status, calc_mul_then_div(status, product, sum, ONE_20), great);
	return calc_div(status, product, small(100));
}

/* e^x within the bounds of the contract */
static u256
exp_signed(signed_fixed x, core_status *status)
{
	u256		result;

	calc_fits(status, u256_cmp(x.magnitude, u256_mul_wrap(small(x.negative ? 41 : 130), ONE_18)) <= 0,
			  U256_ZERO);
	if (*status != CORE_OK)
		return U256_ZERO;
	result = exp_of(x.magnitude, status);
	return x.negative ? calc_div(status, ONE_36, result) : result;
}

core_status
logexp_exp(s256 x, u256 *out)
{
	core_status status = CORE_OK;
	u256		result = exp_signed((signed_fixed) {s256_is_negative(x), s256_magnitude(x)}, &status);

	return calc_done(status, result, out);
}

core_status
logexp_ln(s256 x, s256 *out)
{
	core_status status = CORE_OK;
	signed_fixed result;

	if (s256_is_negative(x) || u256_is_zero(x))
		return CORE_OUT_OF_RANGE;
	if (is_near_one(x))
	{
		result = log_near_one(x, &status);
		result.magnitude = calc_div(&status, result.magnitude, ONE_18);
	}
	else
		result = log_elsewhere(x, &status);
	if (status == CORE_OK && !s256_from_magnitude(result.magnitude, result.negative, out))
		status = CORE_OUT_OF_RANGE;
	return status;
}

core_status
logexp_pow(u256 x, u256 y, u256 *out)
{
	core_status status = CORE_OK;
	signed_fixed exponent;
	u256		result;

	if (u256_is_zero(y) || u256_is_zero(x))
	{
		/* 0^0 is one */
		*out = u256_is_zero(y) ? ONE_18 : U256_ZERO;
		return CORE_OK;
	}
	if (s256_is_negative(x) || u256_cmp(y, EXPONENT_BOUND) >= 0)
		return CORE_OUT_OF_RANGE;
	exponent = log_times(x, y, &status);
	result = exp_signed(exponent, &status);
	return calc_done(status, result, out);
}
