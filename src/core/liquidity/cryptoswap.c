/*-------------------------------------------------------------------------
 *
 * core/liquidity/cryptoswap.c
 *	  Curve's pools of unpegged coins: fees, swaps, prices of shares.
 *
 *-------------------------------------------------------------------------
 */
#include "core/liquidity/cryptoswap.h"

#include "core/chain/calc.h"

#define ONE		u256_from_u64(1)

/* a / b, and zero by zero, as Vyper's unsafe_div */
static u256
unsafe_div(u256 a, u256 b)
{
	u256		out = U256_ZERO;

	(void) u256_div(a, b, &out);
	return out;
}

static u256
ten_to_36(void)
{
	u256		out = U256_ZERO;

	(void) u256_pow10(36, &out);
	return out;
}

/* ---------- fees ---------- */

/* Product of xp over that of their mean: one in balance, towards zero far from it */
static u256
balance_indicator(const cryptoswap_curve *curve, core_status *status)
{
	bool		is_two = curve->n == 2;
	u256		sum = U256_ZERO;
	u256		product = calc_scale(status, FIXED_WAD, is_two ? 4 : 1);

	for (int k = 0; k < curve->n; k++)
		sum = calc_add(status, sum, curve->xp[k]);
	for (int k = 0; k < curve->n; k++)
	{
		/* two coins have their 2^2 in front, three a 3 at each step */
		product = calc_scale(status, product, is_two ? 1 : 3);
		product = calc_mul_then_div(status, product, curve->xp[k], sum);
	}
	return product;
}

/*
 * The part of mid_fee in the fee.  With the indicator B it is g / (g + 1 - B) in
 * 2.0, B itself with three coins and g = 0, and g B / (g B + 1 - B) in 2.1.
 */
static u256
mid_part(const cryptoswap_curve *curve, u256 gamma, core_status *status)
{
	u256		b = balance_indicator(curve, status);
	u256		num = calc_mul(status, gamma, FIXED_WAD);
	u256		den = calc_add(status, gamma, FIXED_WAD);

	if (curve->n == 3 && u256_is_zero(gamma))
		return b;
	if (curve->version == CRYPTOSWAP_V21)
	{
		num = calc_mul(status, gamma, b);
		den = calc_add(status, wad_floor(num), FIXED_WAD);
	}
	return calc_div(status, num, calc_sub(status, den, b));
}

core_status
cryptoswap_fee(const cryptoswap_curve *curve, const cryptoswap_fees *fees, u256 *out)
{
	core_status status = CORE_OK;
	u256		f = mid_part(curve, fees->gamma, &status);
	u256		mid = calc_mul(&status, fees->mid, f);
	u256		rest = calc_sub(&status, FIXED_WAD, f);
	u256		fee = calc_add(&status, mid, calc_mul(&status, fees->out, rest));

	return calc_done(status, wad_floor(fee), out);
}

/* ---------- swaps ---------- */

/* xp from balances */
static core_status
scale_balances(cryptoswap_curve *curve, const u256 *balances, const cryptoswap_scales *scales)
{
	core_status status = CORE_OK;

	curve->xp[0] = calc_mul(&status, balances[0], scales->precision[0]);
	for (int k = 1; k < curve->n; k++)
	{
		u256		price = calc_mul(&status, balances[k], scales->scale[k]);

		curve->xp[k] = wad_floor(calc_mul(&status, price, scales->precision[k]));
	}
	return status;
}

/* An amount of coin j in its own units */
static u256
to_token_units(const cryptoswap_scales *scales, int j, u256 amount, core_status *status)
{
	if (j > 0)
		amount = calc_mul_then_div(status, amount, FIXED_WAD, scales->scale[j]);
	return calc_div(status, amount, scales->precision[j]);
}

core_status
cryptoswap_dy(const cryptoswap_curve *curve, const u256 *balances,
			  const cryptoswap_scales *scales, const cryptoswap_fees *fees, int i, int j,
			  u256 dx, u256 d, u256 *out)
{
	core_status status = CORE_OK;
	cryptoswap_curve after = *curve;
	u256		changed[CRYPTOSWAP_MAX_COINS];
	u256		y = U256_ZERO;
	u256		fee = U256_ZERO;
	u256		dy;

	memcpy(changed, balances, sizeof(u256) * (size_t) curve->n);
	changed[i] = calc_add(&status, changed[i], dx);
	calc_require(&status, !u256_is_zero(dx));
	if (status == CORE_OK)
		status = scale_balances(&after, changed, scales);
	if (status == CORE_OK)
		status = cryptoswap_y(&after, j, d, &y);
	/* one unit stays in the pool, in case y was rounded down */
	dy = calc_sub(&status, calc_sub(&status, after.xp[j], y), ONE);
	dy = to_token_units(scales, j, dy, &status);
	after.xp[j] = y;
	if (status == CORE_OK)
		status = cryptoswap_fee(&after, fees, &fee);
	fee = calc_mul_then_div(&status, fee, dy, u256_from_u64(CRYPTOSWAP_FEE_ONE));
	dy = calc_sub(&status, dy, fee);
	return calc_done(status, dy, out);
}

/* ---------- the slope ---------- */

/* K0 with 36 decimals */
static u256
fine_k0(const cryptoswap_curve *curve, u256 d, core_status *status)
{
	u256		product = calc_mul(status, u256_from_u64(curve->n == 2 ? 4 : 27), curve->xp[0]);

	product = unsafe_div(calc_mul(status, product, curve->xp[1]), d);
	if (curve->n == 3)
		product = unsafe_div(calc_mul(status, product, curve->xp[2]), d);
	return unsafe_div(calc_mul(status, product, ten_to_36()), d);
}

/* 2 K0^3 + (gamma + 1)^2 - K0^2 (2 gamma + 3), with 36 decimals */
static u256
gamma_term(u256 gamma, u256 k0, core_status *status)
{
	u256		one = u256_add_wrap(gamma, FIXED_WAD);
	u256		cube = calc_mul(status, calc_scale(status, k0, 2), k0);
	u256		square = unsafe_div(u256_mul_wrap(k0, k0), ten_to_36());
	u256		three = u256_add_wrap(one, u256_add_wrap(one, FIXED_WAD));

	cube = calc_mul(status, unsafe_div(cube, ten_to_36()), k0);
	cube = calc_add(status, unsafe_div(cube, ten_to_36()), u256_mul_wrap(one, one));
	return calc_sub(status, cube, wad_floor(calc_mul(status, square, three)));
}

/* A n^n gamma^2 x / D K0, with 36 decimals */
static u256
amp_term(const cryptoswap_curve *curve, u256 x, u256 d, u256 k0, core_status *status)
{
	u256		nnag2 = u256_mul_wrap(curve->amp, u256_mul_wrap(curve->gamma, curve->gamma));
	u256		term = calc_mul(status, unsafe_div(nnag2, u256_from_u64(10000)), x);

	return unsafe_div(calc_mul(status, unsafe_div(term, d), k0), ten_to_36());
}

core_status
cryptoswap_spot_price(const cryptoswap_curve *curve, int j, u256 d, u256 price_scale, u256 *out)
{
	core_status status = CORE_OK;
	u256		least_d = u256_from_u64(UINT64_C(100000000000000000));
	u256		greatest_d = u256_mul_wrap(FIXED_WAD, u256_from_u64(UINT64_C(1000000000000000)));
	u256		k0 = fine_k0(curve, d, &status);
	u256		gk0 = gamma_term(curve->gamma, k0, &status);
	u256		den = calc_add(&status, gk0, amp_term(curve, curve->xp[0], d, k0, &status));
	u256		num = calc_add(&status, gk0, amp_term(curve, curve->xp[j], d, k0, &status));

	if (u256_cmp(d, least_d) < 0 || u256_cmp(d, greatest_d) > 0)
		return CORE_BAD_PARAMETER;
	num = calc_mul_then_div(&status, curve->xp[0], num, curve->xp[j]);
	num = unsafe_div(calc_mul(&status, num, FIXED_WAD), den);
	num = calc_mul_wad(&status, num, price_scale);
	return calc_done(status, num, out);
}

/* ---------- prices of shares ---------- */

/* D at equal values, as the constant product of the balances in tokens */
static u256
constant_product(const cryptoswap_curve *curve, const cryptoswap_scales *scales, u256 d,
				 core_status *status)
{
	u256		n = u256_from_u64((uint64_t) curve->n);
	u256		wad_d = calc_mul(status, d, FIXED_WAD);
	u256		product;

	if (curve->version == CRYPTOSWAP_V21)
		return calc_div(status, u256_shr(wad_d, 1),
						u256_sqrt(calc_mul(status, FIXED_WAD, scales->scale[1])));
	product = unsafe_div(d, n);
	for (int k = 1; k < curve->n; k++)
	{
		u256		x = calc_div(status, wad_d, calc_mul(status, n, scales->scale[k]));

		product = calc_mul(status, product, x);
		if (curve->n == 3)
			product = wad_floor(product);
	}
	return curve->n == 2 ? u256_sqrt(product) : cryptoswap_cbrt(product);
}

core_status
cryptoswap_virtual_price(const cryptoswap_curve *curve, const cryptoswap_scales *scales, u256 d,
						 u256 supply, u256 *out)
{
	core_status status = CORE_OK;
	u256		xcp = constant_product(curve, scales, d, &status);
	u256		price = calc_mul_then_div(&status, FIXED_WAD, xcp, supply);

	return calc_done(status, price, out);
}

core_status
cryptoswap_lp_price(int n, u256 virtual_price, const u256 *oracle, u256 *out)
{
	core_status status = CORE_OK;
	u256		price = calc_scale(&status, virtual_price, (uint64_t) n);

	if (n == 2)
		price = calc_mul_wad(&status, price,
							 u256_sqrt(calc_mul(&status, oracle[0], FIXED_WAD)));
	else
	{
		price = calc_mul(&status, price,
						 cryptoswap_cbrt(calc_mul(&status, oracle[0], oracle[1])));
		price = wad_floor(unsafe_div(price, u256_from_u64(1000000)));
	}
	return calc_done(status, price, out);
}
