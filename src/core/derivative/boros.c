/*-------------------------------------------------------------------------
 *
 * core/derivative/boros.c
 *	  Boros, Pendle's swaps of yields and funding rates, to the last digit.
 *
 *-------------------------------------------------------------------------
 */
#include "core/derivative/boros.h"

#include "core/chain/logexp.h"
#include "core/chain/signed_calc.h"

#define ONE				FIXED_WAD
#define SECONDS_A_YEAR	((u256) {{31536000, 0, 0, 0}})

static u256
one_times_year(void)
{
	return u256_mul_wrap(ONE, SECONDS_A_YEAR);
}

/* The quotient towards minus or, with "up", plus infinity, by a positive divisor */
static s256
divided(core_status *status, s256 a, u256 b, bool up)
{
	u256		quotient = U256_ZERO;
	u256		rest = U256_ZERO;
	bool		negative = s256_is_negative(a);

	(void) u256_divmod(s256_magnitude(a), b, &quotient, &rest);
	if (!u256_is_zero(rest) && negative != up)
		quotient = calc_add(status, quotient, u256_from_u64(1));
	return scalc_with_sign(status, quotient, negative);
}

/* A number that the contract keeps in 128 bits with a sign */
static s256
in_128_bits(core_status *status, s256 a)
{
	return calc_fits(status, u256_equal(s256_sign_extend(a, 16), a), a);
}

/* ---------- payments ---------- */

/* What a trade at a rate costs, or brings, up front: rounded against the trader */
core_status
boros_cost(s256 size, s256 rate, u256 seconds, s256 *cost)
{
	core_status status = CORE_OK;
	s256		a_year = scalc_mul_then_div(&status, in_128_bits(&status, size), rate, ONE);
	s256		paid = scalc_mul(&status, in_128_bits(&status, a_year), scalc_of(&status, seconds));

	paid = divided(&status, paid, SECONDS_A_YEAR, true);
	return calc_done(status, paid, cost);
}

core_status
boros_value(s256 size, s256 mark_rate, u256 seconds, s256 *value)
{
	core_status status = CORE_OK;
	s256		product = scalc_mul(&status, scalc_mul(&status, size, mark_rate),
									scalc_of(&status, seconds));

	product = divided(&status, product, one_times_year(), false);
	return calc_done(status, product, value);
}

core_status
boros_settled(s256 size, s256 floating0, s256 floating1, u256 fee0, u256 fee1, s256 *payment,
			  u256 *fee)
{
	core_status status = CORE_OK;
	s256		product = scalc_mul(&status, size, scalc_sub(&status, floating1, floating0));
	s256		paid = divided(&status, product, ONE, false);
	u256		taken = calc_mul_then_div_up(&status, s256_magnitude(size),
											 calc_sub(&status, fee1, fee0), ONE);

	if (status != CORE_OK)
		return status;
	*payment = paid;
	*fee = taken;
	return CORE_OK;
}

core_status
boros_fee_of(s256 size, u256 fee_rate, u256 seconds, u256 *fee)
{
	core_status status = CORE_OK;
	u256		product = calc_mul(&status, calc_mul(&status, s256_magnitude(size), fee_rate), seconds);

	product = calc_div_up(&status, product, one_times_year());
	return calc_done(status, product, fee);
}

/* ---------- margins ---------- */

static u256
greater(u256 a, u256 b)
{
	return u256_cmp(a, b) > 0 ? a : b;
}

/* A year's cost at the rate, or the floor of it, by the factor and the time */
static u256
by_rate_and_time(core_status *status, const boros_margin *m)
{
	u256		rate = greater(s256_magnitude(m->mark_rate), m->rate_floor);
	u256		a_year = calc_mul_then_div(status, s256_magnitude(m->size), rate, ONE);
	u256		product = calc_mul(status, calc_mul(status, a_year, m->factor),
								   greater(m->seconds, m->time_floor));

	return calc_div_up(status, product, one_times_year());
}

core_status
boros_initial(const boros_margin *margin, u256 *out)
{
	core_status status = CORE_OK;
	u256		result = by_rate_and_time(&status, margin);

	return calc_done(status, result, out);
}

/*
 * Near maturity a position that the rate is for needs less: its value at the
 * rate, and the floor of the rate for the rest of the scaled floor of the time.
 */
static u256
near_maturity(core_status *status, const boros_margin *m, u256 scaled)
{
	u256		at_rate = calc_mul(status, s256_magnitude(m->mark_rate), m->seconds);
	u256		at_floor = calc_mul(status, m->rate_floor, calc_sub(status, scaled, m->seconds));
	u256		product = calc_mul(status, s256_magnitude(m->size), calc_add(status, at_rate, at_floor));

	return calc_div_up(status, product, one_times_year());
}

static bool
is_near_maturity(core_status *status, const boros_margin *m, u256 *scaled)
{
	if (u256_cmp(s256_magnitude(m->mark_rate), m->rate_floor) <= 0)
		return false;
	*scaled = calc_mul_then_div_up(status, m->time_floor, m->factor, ONE);
	return u256_cmp(m->seconds, *scaled) < 0 && !u256_is_zero(m->size) &&
		s256_is_negative(m->size) == s256_is_negative(m->mark_rate);
}

core_status
boros_maintenance(const boros_margin *margin, u256 *out)
{
	core_status status = CORE_OK;
	u256		scaled = U256_ZERO;
	u256		result = is_near_maturity(&status, margin, &scaled) ?
		near_maturity(&status, margin, scaled) : by_rate_and_time(&status, margin);

	return calc_done(status, result, out);
}

/* ---------- ticks ---------- */

/* 1.00005^-(2^k) with 128 bits behind the point, for k from 0 to 15 */
static const uint64_t inverse_power[16][2] = {
	{UINT64_C(0xf86266c763702fb7), UINT64_C(0xfffcb92e5f40b9f2)},
	{UINT64_C(0x0ca2232ae174ac61), UINT64_C(0xfff972677b0287f2)},
	{UINT64_C(0x223ffc276878b031), UINT64_C(0xfff2e4f9e77ca923)},
	{UINT64_C(0xf3c20a9b87d8b905), UINT64_C(0xffe5ca9f907218ed)},
	{UINT64_C(0x73e5b571bf3e4989), UINT64_C(0xffcb97ee039bed33)},
	{UINT64_C(0x584a32b3255afbbc), UINT64_C(0xff973a9678d50163)},
	{UINT64_C(0xe45cff7e3bc651f2), UINT64_C(0xff2ea00defa36b3d)},
	{UINT64_C(0x542822b60b658f66), UINT64_C(0xfe5deb59ac7b1aae)},
	{UINT64_C(0xb6730ccf91e6d8de), UINT64_C(0xfcbe817ac9c95c76)},
	{UINT64_C(0xd992ea9a423d2979), UINT64_C(0xf9879cae3104ef30)},
	{UINT64_C(0xfc60d88f617d0b95), UINT64_C(0xf33916a17af80ec5)},
	{UINT64_C(0xfae8391a0ef5618b), UINT64_C(0xe7156db1a55bd580)},
	{UINT64_C(0x1394d554da360e46), UINT64_C(0xd097adc1c6919e76)},
	{UINT64_C(0xa0df0cb1c591fb10), UINT64_C(0xa9f6d43953345a56)},
	{UINT64_C(0xdcde5dbd2c3f8bb3), UINT64_C(0x70d7d2303df60688)},
	{UINT64_C(0xa91fb8c4681a9810), UINT64_C(0x31bd8ddcefd287b5)}
};

/* 1.00005^(2^k) with 105 bits behind the point, for k from 16 to 18 */
static const uint64_t great_power[3][2] = {
	{UINT64_C(0xbd83623db239c427), UINT64_C(0x34fa3662ba5c)},
	{UINT64_C(0x68ed922df63e3590), UINT64_C(0x57b4d53300bbb)},
	{UINT64_C(0xbc86046165c00aba), UINT64_C(0xf06345295e343b7)}
};

static u256
scaled_by(u256 rate, const uint64_t *power, unsigned bits)
{
	u256		factor = {{power[0], power[1], 0, 0}};

	return u256_shr(u256_mul_wrap(rate, factor), bits);
}

/*
 * The rate of a tick of 16 bits, by a step from 0 to BOROS_MAX_STEP:
 * 1.00005^(tick * step) - 1, and minus that of the negative tick.  Small powers
 * are multiplied as inverses, which have more digits, great ones as they are.
 */
s256
boros_tick_rate(int tick, int step)
{
	unsigned	n = (unsigned) (tick < 0 ? -tick : tick) * (unsigned) step;
	u256		rate = {{0, 0, 1, 0}};

	if (n == 0)
		return U256_ZERO;
	for (int k = 0; k < 16; k++)
		if (n >> k & 1)
			rate = scaled_by(rate, inverse_power[k], 128);
	(void) u256_div(U256_MAX, rate, &rate);
	rate = u256_shr(rate, 23);
	for (int k = 2; k >= 0; k--)
		if (n >> (16 + k) & 1)
			rate = scaled_by(rate, great_power[k], 105);
	rate = u256_add_wrap(u256_mul_wrap(rate, ONE), u256_shl(u256_from_u64(1), 104));
	rate = u256_sub_wrap(u256_shr(rate, 105), ONE);
	return tick < 0 ? s256_neg_wrap(rate) : rate;
}

/* ---------- the pool ---------- */

static u256
power_of(core_status *status, u256 x, u256 y)
{
	u256		out = U256_ZERO;
	core_status outcome = *status == CORE_OK ? logexp_pow(x, y, &out) : CORE_OK;

	return calc_step(status, outcome, out);
}

/* One unit must be left, and one more: a power of one would be one. */
bool
boros_has_float(const boros_pool *pool, s256 float_out)
{
	return s256_is_negative(float_out) || u256_is_zero(float_out) ||
		u256_cmp(pool->total_float, u256_add_wrap(float_out, u256_from_u64(1))) > 0;
}

static u256
float_after(core_status *status, const boros_pool *pool, s256 float_out)
{
	u256		amount = s256_magnitude(float_out);

	calc_require(status, boros_has_float(pool, float_out));
	if (s256_is_negative(float_out))
		return calc_add(status, pool->total_float, amount);
	return calc_floor_sub(pool->total_float, amount);
}

/*
 * A swap in the pool, for floating amounts of either sign, before its fee: the
 * product of the fixed amount and the float to the power of the share of time
 * that is left stays.
 */
core_status
boros_swap(const boros_pool *pool, s256 float_out, boros_swapped *swapped)
{
	core_status status = CORE_OK;
	boros_swapped s;
	u256		time,
				liquidity,
				fixed;
	s256		fixed_in;

	calc_require(&status, !u256_is_zero(pool->seconds) &&
				 u256_cmp(pool->seconds, pool->total_seconds) <= 0);
	time = calc_mul_then_div(&status, pool->seconds, ONE, pool->total_seconds);
	s.total_float_after = float_after(&status, pool, float_out);
	liquidity = calc_mul_then_div(&status, power_of(&status, pool->total_float, time),
								  pool->norm_fixed, ONE);
	fixed = calc_mul_then_div(&status, liquidity, ONE, power_of(&status, s.total_float_after, time));
	calc_require(&status, u256_cmp(calc_mul(&status, fixed, ONE),
								   calc_mul(&status, pool->min_rate, s.total_float_after)) >= 0);
	calc_require(&status, u256_cmp(calc_mul(&status, fixed, ONE),
								   calc_mul(&status, pool->max_rate, s.total_float_after)) <= 0);
	fixed_in = scalc_sub(&status, scalc_of(&status, fixed), scalc_of(&status, pool->norm_fixed));
	s.fixed_in = scalc_mul_then_div(&status, fixed_in, ONE, scalc_of(&status, time));
	s.norm_fixed_after = fixed;
	s.implied_rate_after = calc_mul_then_div(&status, fixed, ONE, s.total_float_after);
	if (status == CORE_OK)
		*swapped = s;
	return status;
}
