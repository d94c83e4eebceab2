/*-------------------------------------------------------------------------
 *
 * core/derivative/dydx.c
 *	  Funding of dYdX, exactly.
 *
 * After dydxprotocol/v4-chain, protocol/x/perpetuals/funding/funding.go
 * (GetFundingIndexDelta) and protocol/lib/quantums.go (BaseToQuoteQuantums).
 *
 *-------------------------------------------------------------------------
 */
#include "core/derivative/dydx.h"

#include "core/chain/calc.h"
#include "core/chain/wide.h"

#define EIGHT_HOURS	28800

/* A quote quantum is 10^-6 of the quote token. */
#define QUOTE_RESOLUTION	(-6)

/* 10^n beyond this is more than a wide holds, or than any product of three words. */
#define MAX_EXPONENT	400

/* a / b into a, floor */
static void
divide(wide *a, const wide *b)
{
	wide		quotient;

	(void) wide_divmod(a, b, &quotient, NULL);
	*a = quotient;
}

/* Times 10^exponent, floor; false where that is too large. */
static bool
scale(wide *a, int64_t exponent)
{
	wide		divisor = wide_of(u256_from_u64(1));

	if (wide_is_zero(a))
		return true;
	if (exponent >= 0)
		return exponent <= MAX_EXPONENT && wide_scale(a, (int) exponent);
	if (exponent < -MAX_EXPONENT || !wide_scale(&divisor, (int) -exponent))
		*a = wide_of(U256_ZERO);
	else
		divide(a, &divisor);
	return true;
}

/*
 * trunc(trunc(seconds ppm price 10^(exponent + resolution + 6)) / 28800): by how
 * much the index moves, in quote quanta for a base quantum, in millionths.
 * CORE_OUT_OF_RANGE where that, or seconds times the rate, is beyond a word.
 */
core_status
dydx_index_delta(const dydx_funding *f, s256 *delta)
{
	core_status status = CORE_OK;
	u256		rate_seconds = calc_mul(&status, s256_magnitude(f->rate_ppm), f->seconds);
	wide		product = wide_product(rate_seconds, f->price);
	wide		eight_hours = wide_of(u256_from_u64(EIGHT_HOURS));
	u256		magnitude;

	if (status != CORE_OK)
		return status;
	if (!scale(&product, (int64_t) f->exponent + f->atomic_resolution - QUOTE_RESOLUTION))
		return CORE_OUT_OF_RANGE;
	divide(&product, &eight_hours);
	if (!wide_to_u256(&product, &magnitude) ||
		!s256_from_magnitude(magnitude, s256_is_negative(f->rate_ppm), delta))
		return CORE_OUT_OF_RANGE;
	return CORE_OK;
}
