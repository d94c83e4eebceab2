/*-------------------------------------------------------------------------
 *
 * core/chain/calc.h
 *	  Formulas of several checked steps, written as formulas.
 *
 * Each function returns its result, or zero after a failure, which stays in
 * *status for good: a formula is written without a test between its steps, and
 * its caller looks at *status once, at the end.  Nothing is worth anything
 * where *status is not CORE_OK.
 *
 *-------------------------------------------------------------------------
 */
#ifndef PG_YIELD_CORE_CHAIN_CALC_H
#define PG_YIELD_CORE_CHAIN_CALC_H

#include "core/chain/fixed.h"

static inline u256
calc_step(core_status *status, core_status outcome, u256 value)
{
	if (*status == CORE_OK)
		*status = outcome;
	return *status == CORE_OK ? value : U256_ZERO;
}

static inline u256
calc_fits(core_status *status, bool fits, u256 value)
{
	return calc_step(status, fits ? CORE_OK : CORE_OUT_OF_RANGE, value);
}

/* CORE_OUT_OF_RANGE where the result is 2^256 or more, or negative */
static inline u256
calc_add(core_status *status, u256 a, u256 b)
{
	u256		out = U256_ZERO;
	bool		fits = u256_add(a, b, &out);

	return calc_fits(status, fits, out);
}

static inline u256
calc_sub(core_status *status, u256 a, u256 b)
{
	u256		out = U256_ZERO;
	bool		fits = u256_sub(a, b, &out);

	return calc_fits(status, fits, out);
}

static inline u256
calc_mul(core_status *status, u256 a, u256 b)
{
	u256		out = U256_ZERO;
	bool		fits = u256_mul(a, b, &out);

	return calc_fits(status, fits, out);
}

/* Floor of the quotient; CORE_DIVISION_BY_ZERO */
static inline u256
calc_div(core_status *status, u256 a, u256 b)
{
	u256		out = U256_ZERO;
	bool		divided = u256_div(a, b, &out);

	return calc_step(status, divided ? CORE_OK : CORE_DIVISION_BY_ZERO, out);
}

/* Ceiling of the quotient */
static inline u256
calc_div_up(core_status *status, u256 a, u256 b)
{
	u256		out = U256_ZERO;
	u256		rest = U256_ZERO;
	bool		divided = u256_divmod(a, b, &out, &rest);

	/* a rest means that b is above 1, hence the quotient below 2^255 */
	if (divided && !u256_is_zero(rest))
		out = u256_add_wrap(out, u256_from_u64(1));
	return calc_step(status, divided ? CORE_OK : CORE_DIVISION_BY_ZERO, out);
}

/* a times a small number: the coins of a pool, a precision */
static inline u256
calc_scale(core_status *status, u256 a, uint64_t b)
{
	bool		fits = limbs_mul_add(a.limb, 4, b, 0) == 0;

	return calc_fits(status, fits, a);
}

/* a * b / c where the product must fit 256 bits, as it must where a contract just multiplies */
static inline u256
calc_mul_then_div(core_status *status, u256 a, u256 b, u256 c)
{
	return calc_div(status, calc_mul(status, a, b), c);
}

/* a * b / 10^18, the same; most factors are below 2^128, and their product needs no check */
static inline u256
calc_mul_wad(core_status *status, u256 a, u256 b)
{
	if ((a.limb[2] | a.limb[3] | b.limb[2] | b.limb[3]) == 0)
		return wad_floor(u256_mul_pairs(a, b));
	return wad_floor(calc_mul(status, a, b));
}

static inline u256
calc_mul_then_div_up(core_status *status, u256 a, u256 b, u256 c)
{
	return calc_div_up(status, calc_mul(status, a, b), c);
}

/* a * b / c as u256_mul_div */
static inline u256
calc_mul_div(core_status *status, u256 a, u256 b, u256 c, u256_rounding rounding)
{
	u256		out = U256_ZERO;
	core_status outcome = u256_mul_div(a, b, c, rounding, &out);

	return calc_step(status, outcome, out);
}

/* 10^n; CORE_BAD_PARAMETER where that is 2^256 or more */
static inline u256
calc_pow10(core_status *status, unsigned n)
{
	u256		out = U256_ZERO;
	bool		fits = u256_pow10(n, &out);

	return calc_step(status, fits ? CORE_OK : CORE_BAD_PARAMETER, out);
}

/* What must hold for the formula to have a meaning: CORE_BAD_PARAMETER */
static inline void
calc_require(core_status *status, bool holds)
{
	if (*status == CORE_OK && !holds)
		*status = CORE_BAD_PARAMETER;
}

/* The value where a contract stores it in 128 bits: CORE_OUT_OF_RANGE */
static inline u256
calc_u128(core_status *status, u256 value)
{
	return calc_fits(status, (value.limb[2] | value.limb[3]) == 0, value);
}

/* a - b, or zero where b is greater */
static inline u256
calc_floor_sub(u256 a, u256 b)
{
	return u256_cmp(a, b) > 0 ? u256_sub_wrap(a, b) : U256_ZERO;
}

static inline u256
calc_min(u256 a, u256 b)
{
	return u256_cmp(a, b) < 0 ? a : b;
}

/* Hands a result over: a function that fails leaves *out alone */
static inline core_status
calc_done(core_status status, u256 value, u256 *out)
{
	if (status == CORE_OK)
		*out = value;
	return status;
}

#endif							/* PG_YIELD_CORE_CHAIN_CALC_H */
