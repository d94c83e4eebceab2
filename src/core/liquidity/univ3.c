/*-------------------------------------------------------------------------
 *
 * core/liquidity/univ3.c
 *	  Concentrated liquidity: ticks, prices, amounts and fees of Uniswap v3.
 *
 *-------------------------------------------------------------------------
 */
#include "core/liquidity/univ3.h"

#include <math.h>

#define TICK_BITS		20

/* ln(1.0001) */
#define LOG_TICK		9.999500033330833533e-5

/* 10^0 .. 10^22: those that a double holds exactly */
#define EXACT_POWERS	22

/* 2^128 / 1.0001^(2^i / 2), rounded as TickMath.sol has it */
static const uint64_t tick_ratios[TICK_BITS][2] = {
	{UINT64_C(0xAA2D162D1A594001), UINT64_C(0xFFFCB933BD6FAD37)},
	{UINT64_C(0x59A46990580E213A), UINT64_C(0xFFF97272373D4132)},
	{UINT64_C(0xEF12357CF3C7FDCC), UINT64_C(0xFFF2E50F5F656932)},
	{UINT64_C(0x1C3624EAA0941CD0), UINT64_C(0xFFE5CACA7E10E4E6)},
	{UINT64_C(0xC9DB58835C926644), UINT64_C(0xFFCB9843D60F6159)},
	{UINT64_C(0x472E6896DFB254C0), UINT64_C(0xFF973B41FA98C081)},
	{UINT64_C(0x43EC78B326B52861), UINT64_C(0xFF2EA16466C96A38)},
	{UINT64_C(0x11C461F1969C3053), UINT64_C(0xFE5DEE046A99A2A8)},
	{UINT64_C(0xDCFFC83B479AA3A4), UINT64_C(0xFCBE86C7900A88AE)},
	{UINT64_C(0x6F2B074CF7815E54), UINT64_C(0xF987A7253AC41317)},
	{UINT64_C(0x940C7A398E4B70F3), UINT64_C(0xF3392B0822B70005)},
	{UINT64_C(0x43B29C7FA6E889D9), UINT64_C(0xE7159475A2C29B74)},
	{UINT64_C(0x845AD8F792AA5825), UINT64_C(0xD097F3BDFD2022B8)},
	{UINT64_C(0x8A65DC1F90E061E5), UINT64_C(0xA9F746462D870FDF)},
	{UINT64_C(0x90BB3DF62BAF32F7), UINT64_C(0x70D869A156D2A1B8)},
	{UINT64_C(0x81231505542FCFA6), UINT64_C(0x31BE135F97D08FD9)},
	{UINT64_C(0xC677DE54F3E99BC9), UINT64_C(0x09AA508B5B7A84E1)},
	{UINT64_C(0x6699C329225EE604), UINT64_C(0x005D6AF8DEDB8119)},
	{UINT64_C(0x1EA926041BEDFE98), UINT64_C(0x00002216E584F5FA)},
	{UINT64_C(0x91F7DC42444E8FA2), UINT64_C(0x00000000048A1703)}
};

/* ---------- ticks and sqrt prices ---------- */

/* r = floor(r * c / 2^128) */
static inline void
multiply_ratio(uint64_t *r, const uint64_t *c)
{
	uint64_t	carry;
	uint64_t	carry2;
	uint64_t	mid;

	(void) limb_mul(r[0], c[0], &carry);
	mid = limb_mul_add(r[0], c[1], carry, 0, &carry);
	(void) limb_mul_add(r[1], c[0], mid, 0, &carry2);
	r[0] = limb_mul_add(r[1], c[1], carry, carry2, &r[1]);
}

static inline int
lowest_bit(uint32_t bits)
{
	return limb_bits(bits & (0 - bits)) - 1;
}

/*
 * 1.0001^(tick / 2) * 2^128, with the error that the contract's product of
 * rounded constants has.  The tick is within +-887272.
 */
static u256
tick_ratio(int32_t tick)
{
	uint32_t	bits = (uint32_t) (tick < 0 ? -tick : tick);
	uint64_t	r[2];
	u256		ratio;

	if (bits == 0)
		return (u256) {{0, 0, 1, 0}};
	/* from bit to set bit, as a test of each would be guessed wrong half the time */
	memcpy(r, tick_ratios[lowest_bit(bits)], sizeof(r));
	for (bits &= bits - 1; bits != 0; bits &= bits - 1)
		multiply_ratio(r, tick_ratios[lowest_bit(bits)]);
	ratio = (u256) {{r[0], r[1], 0, 0}};
	if (tick > 0)
		(void) u256_div(U256_MAX, ratio, &ratio);
	return ratio;
}

bool
univ3_sqrt_price_at_tick(int32_t tick, u256 *sqrt_price)
{
	u256		ratio;

	if (tick < UNIV3_MIN_TICK || tick > UNIV3_MAX_TICK)
		return false;
	/* rounded up, so that univ3_tick_at_sqrt_price gives this tick again */
	ratio = tick_ratio(tick);
	*sqrt_price = u256_shr(u256_add_wrap(ratio, u256_from_u64(UINT32_MAX)), 32);
	return true;
}

/*
 * A logarithm says which tick's price is nearest; comparing with that price
 * then tells the two ticks apart that it lies between.  This is what the
 * contract's logarithm to 14 bits and comparison with two candidates come to.
 */
bool
univ3_tick_at_sqrt_price(u256 sqrt_price, int32_t *tick)
{
	double		ratio = u256_to_double(sqrt_price) * 0x1p-96;
	int32_t		nearest;
	u256		boundary;

	if (!univ3_is_pool_price(sqrt_price))
		return false;
	nearest = (int32_t) floor(log(ratio) * (2 / LOG_TICK) + 0.5);
	if (!univ3_sqrt_price_at_tick(nearest, &boundary))
		return false;
	*tick = u256_cmp(boundary, sqrt_price) <= 0 ? nearest : nearest - 1;
	return true;
}

/* ---------- amounts ---------- */

static inline u256_rounding
rounding_of(bool round_up)
{
	return round_up ? U256_CEIL : U256_FLOOR;
}

/* What cannot fail within the ranges that the callers promise */
static inline u256
mul_div(u256 a, u256 b, u256 c, bool round_up)
{
	u256		out = U256_ZERO;

	(void) u256_mul_div(a, b, c, rounding_of(round_up), &out);
	return out;
}

#define Q96		((u256) {{0, UINT64_C(1) << 32, 0, 0}})

/* Two roundings, as in the contract, and not that of L * (1 / lower - 1 / upper) */
u256
univ3_amount0(u256 lower, u256 upper, u256 liquidity, bool round_up)
{
	u256		quotient = mul_div(u256_shl(liquidity, 96), u256_sub_wrap(upper, lower), upper,
								   round_up);

	return mul_div(quotient, u256_from_u64(1), lower, round_up);
}

u256
univ3_amount1(u256 lower, u256 upper, u256 liquidity, bool round_up)
{
	return mul_div(liquidity, u256_sub_wrap(upper, lower), Q96, round_up);
}

/* A range and a price: UNIV3_MAX_SQRT_PRICE is a bound too, though no pool is there */
static core_status
check_range(u256 sqrt_price, u256 lower, u256 upper)
{
	if (!univ3_is_pool_price(sqrt_price) ||
		u256_cmp(lower, UNIV3_MIN_SQRT_PRICE) < 0 || u256_cmp(upper, UNIV3_MAX_SQRT_PRICE) > 0)
		return CORE_OUT_OF_RANGE;
	return u256_cmp(lower, upper) < 0 ? CORE_OK : CORE_BAD_PARAMETER;
}

core_status
univ3_amounts(u256 liquidity, u256 sqrt_price, u256 lower, u256 upper, bool round_up,
			  u256 *amount0, u256 *amount1)
{
	core_status status = check_range(sqrt_price, lower, upper);
	u256		inside = univ3_min(univ3_max(sqrt_price, lower), upper);

	if (status != CORE_OK)
		return status;
	if (!univ3_is_liquidity(liquidity))
		return CORE_OUT_OF_RANGE;
	*amount0 = univ3_amount0(inside, upper, liquidity, round_up);
	*amount1 = univ3_amount1(lower, inside, liquidity, round_up);
	return CORE_OK;
}

/* amount * factor / width, and more than any liquidity where that is 2^256 or more */
static u256
liquidity_of(u256 amount, u256 factor, u256 width)
{
	u256		out = U256_MAX;

	(void) u256_mul_div(amount, factor, width, U256_FLOOR, &out);
	return out;
}

core_status
univ3_liquidity(u256 sqrt_price, u256 lower, u256 upper, u256 amount0, u256 amount1,
				u256 *liquidity)
{
	core_status status = check_range(sqrt_price, lower, upper);
	u256		inside = univ3_min(univ3_max(sqrt_price, lower), upper);
	u256		out = U256_MAX;

	if (status != CORE_OK)
		return status;
	if (u256_cmp(inside, upper) < 0)
		out = liquidity_of(amount0, mul_div(inside, upper, Q96, false),
						   u256_sub_wrap(upper, inside));
	if (u256_cmp(lower, inside) < 0)
		out = univ3_min(out, liquidity_of(amount1, Q96, u256_sub_wrap(inside, lower)));
	if (!univ3_is_liquidity(out))
		return CORE_OUT_OF_RANGE;
	*liquidity = out;
	return CORE_OK;
}

/* ---------- fees ---------- */

u256
univ3_fee_growth_inside(int32_t tick_lower, int32_t tick_upper, int32_t tick, u256 global,
						u256 lower_outside, u256 upper_outside)
{
	u256		below = tick >= tick_lower ? lower_outside : u256_sub_wrap(global, lower_outside);
	u256		above = tick < tick_upper ? upper_outside : u256_sub_wrap(global, upper_outside);

	return u256_sub_wrap(u256_sub_wrap(global, below), above);
}

core_status
univ3_fees_owed(u256 inside, u256 inside_last, u256 liquidity, u256 *owed)
{
	if (!univ3_is_liquidity(liquidity))
		return CORE_OUT_OF_RANGE;
	return u256_mul_div(u256_sub_wrap(inside, inside_last), liquidity, (u256) {{0, 0, 1, 0}},
						U256_FLOOR, owed);
}

/* ---------- prices ---------- */

/* 10^n, exact where n is at most 22 */
static double
power_of_ten(int n)
{
	static const double powers[EXACT_POWERS + 1] = {
		1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
		1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22
	};
	double		power = 1;

	for (; n > EXACT_POWERS; n -= EXACT_POWERS)
		power *= powers[EXACT_POWERS];
	return power * powers[n];
}

double
univ3_shift_decimals(double x, int decimals)
{
	return decimals < 0 ? x / power_of_ten(-decimals) : x * power_of_ten(decimals);
}

/* x^2 * 2^exp2, rounded once */
static double
square_to_double(u256 x, int exp2)
{
	u512		square = u256_mul_full(x, x);
	double		out = 0;
	int			n = limbs_significant(square.limb, 8);

	if (n > 0)
		(void) limbs_to_double(square.limb, n, false, exp2, &out);
	return out;
}

/*
 * floor(2 * price * 10^power), or of the price's inverse; power is -77 .. 77
 * and the result below 2^95.  Divisions one after the other floor as a single
 * one would.
 */
static u256
doubled_price(u256 sqrt_price, bool invert, int power)
{
	const u256	half_q192 = {{0, 0, UINT64_C(1) << 63, 0}};
	const u256	twice_q192 = {{0, 0, 0, 2}};
	u256		ten = U256_ZERO;
	u256		out;
	u512		product;

	(void) u256_pow10((unsigned) (power < 0 ? -power : power), &ten);
	if (!invert && power < 0)
		return mul_div(sqrt_price, sqrt_price, u256_mul_wrap(half_q192, ten), false);
	if (!invert)
	{
		/* divided by 2^191 */
		product = u256_mul_full(sqrt_price, u256_mul_wrap(sqrt_price, ten));
		memcpy(out.limb, product.limb + 2, sizeof(out.limb));
		return u256_shr(out, 63);
	}
	if (power < 0)
		out = mul_div(mul_div(twice_q192, u256_from_u64(1), ten, false), u256_from_u64(1),
					  sqrt_price, false);
	else
		out = mul_div(twice_q192, ten, sqrt_price, false);
	return mul_div(out, u256_from_u64(1), sqrt_price, false);
}

core_status
univ3_price(u256 sqrt_price, int decimals, bool invert, u256 *mantissa, int *scale)
{
	const u256	one = u256_from_u64(1);
	double		log_price;
	int			power;
	int			excess;
	u256		digits;
	u256		least;
	u256		factor;

	if (!univ3_is_pool_price(sqrt_price))
		return CORE_OUT_OF_RANGE;
	(void) u256_pow10(UNIV3_PRICE_DIGITS - 1, &least);
	log_price = 2 * log10(u256_to_double(sqrt_price) * 0x1p-96) * (invert ? -1 : 1);
	/* rather one digit too few, at a price that is all but a power of ten, than one too many */
	power = UNIV3_PRICE_DIGITS - 1 - (int) floor(log_price + 1e-9);
	do
		digits = u256_shr(u256_add_wrap(doubled_price(sqrt_price, invert, power++), one), 1);
	while (u256_cmp(digits, least) < 0);
	excess = (invert ? -decimals : decimals) - (power - 1);
	if (excess > 0 &&
		(!u256_pow10((unsigned) excess, &factor) || !u256_mul(digits, factor, &digits)))
		return CORE_OUT_OF_RANGE;
	*mantissa = digits;
	*scale = excess > 0 ? 0 : -excess;
	return CORE_OK;
}

double
univ3_price_to_double(u256 sqrt_price, int decimals)
{
	return univ3_shift_decimals(square_to_double(sqrt_price, -192), decimals);
}

double
univ3_tick_to_price(int32_t tick, int decimals)
{
	return univ3_shift_decimals(square_to_double(tick_ratio(tick), -256), decimals);
}

core_status
univ3_price_to_tick(double price, int decimals, int32_t *tick)
{
	double		raw = univ3_shift_decimals(price, -decimals);
	int32_t		nearest;
	double		boundary;

	/* a little more than the domain, which keeps the logarithm within an integer's range */
	if (!(raw > 1e-39 && raw < 1e39))
		return CORE_OUT_OF_RANGE;
	nearest = (int32_t) floor(log(raw) / LOG_TICK + 0.5);
	nearest = nearest < UNIV3_MIN_TICK ? UNIV3_MIN_TICK :
		nearest > UNIV3_MAX_TICK ? UNIV3_MAX_TICK : nearest;
	boundary = univ3_tick_to_price(nearest, decimals);
	if ((nearest == UNIV3_MIN_TICK && price < boundary) ||
		(nearest == UNIV3_MAX_TICK && price > boundary))
		return CORE_OUT_OF_RANGE;
	*tick = boundary <= price ? nearest : nearest - 1;
	return CORE_OK;
}

core_status
univ3_sqrt_price_of(double price, int decimals, u256 *sqrt_price)
{
	u256		out;

	/* a price beyond this is outside the domain, and infinite ones are */
	if (!(price > 0 && price < 1e300) ||
		u256_from_double(floor(sqrt(univ3_shift_decimals(price, -decimals)) * 0x1p96), &out) != CORE_OK ||
		!univ3_is_pool_price(out))
		return CORE_OUT_OF_RANGE;
	*sqrt_price = out;
	return CORE_OK;
}

int32_t
univ3_nearest_usable_tick(int32_t tick, int32_t tick_spacing)
{
	/* 64 bits, as a spacing may be any */
	int64_t		half_up = 2 * (int64_t) tick + tick_spacing;
	int64_t		unit = 2 * (int64_t) tick_spacing;
	int64_t		steps = half_up >= 0 ? half_up / unit : -((unit - 1 - half_up) / unit);
	int64_t		usable = steps * tick_spacing;

	if (usable < UNIV3_MIN_TICK)
		usable += tick_spacing;
	else if (usable > UNIV3_MAX_TICK)
		usable -= tick_spacing;
	return (int32_t) usable;
}
