/*-------------------------------------------------------------------------
 *
 * core/leverage/fluid.c
 *	  Fluid to the last digit.
 *
 * The order of the steps and the rounding of each are the contracts'.
 *
 *-------------------------------------------------------------------------
 */
#include "core/leverage/fluid.h"

#include "core/chain/calc.h"

#define WORD(x)			u256_from_u64(UINT64_C(x))
#define YEAR			u256_from_u64(FLUID_YEAR_SECONDS)
#define SLOPE_UNIT		WORD(1000000000000)

/* Bits of the greatest tick */
#define TICK_BITS		15

/* One of a ratio */
#define RATIO_BITS		96

/* The least ratio that has a tick: one more than that of the least tick, as rounding goes */
#define MIN_RATIO		WORD(37075072)

/* 2^128 / 1.0015^(2^i) to the nearest integer, as in TickMath.sol */
static const u256 ratio_below[TICK_BITS] = {
	{{UINT64_C(0x0352B1246CE4856F), UINT64_C(0xFF9DD7DE423466C2), 0, 0}},
	{{UINT64_C(0x7531FA1C725A66D0), UINT64_C(0xFF3BD55F4488AD27), 0, 0}},
	{{UINT64_C(0xCB96A6917F853259), UINT64_C(0xFE78410FD6498B73), 0, 0}},
	{{UINT64_C(0xAD5BFEFFAA123273), UINT64_C(0xFCF2D9987C9BE178), 0, 0}},
	{{UINT64_C(0x57769680FC6601B3), UINT64_C(0xF9EF02C4529258B0), 0, 0}},
	{{UINT64_C(0x7784A411F7ABA082), UINT64_C(0xF402D288133A85A1), 0, 0}},
	{{UINT64_C(0x553757B0352BDA90), UINT64_C(0xE895615B5BEB6386), 0, 0}},
	{{UINT64_C(0x309940A15930391A), UINT64_C(0xD34F17A00FFA00A8), 0, 0}},
	{{UINT64_C(0x8D88EA5123F9A0FF), UINT64_C(0xAE6B7961714E2054), 0, 0}},
	{{UINT64_C(0xE0FEED3B388C0CA1), UINT64_C(0x76D6461F27082D74), 0, 0}},
	{{UINT64_C(0xB19D985D9A8B85BB), UINT64_C(0x372A3BFE0745D8B6), 0, 0}},
	{{UINT64_C(0x3CF7247DD7BB539D), UINT64_C(0x0BE32CBEE4897976), 0, 0}},
	{{UINT64_C(0xDAC37612D1E2921E), UINT64_C(0x008D4F70C9FF4924), 0, 0}},
	{{UINT64_C(0x80809A02CA7AEC77), UINT64_C(0x00004E009AE55193), 0, 0}},
	{{UINT64_C(0x1B6E95DEE056FF10), UINT64_C(0x0000000017C45E64), 0, 0}}
};

/* 1e26 * 1.0015^(2^i) to the nearest integer but for i = 6, which the contract cuts */
static const u256 ratio_above[TICK_BITS] = {
	{{UINT64_C(0x60F3DEC355C00000), UINT64_C(0x000000000052D796), 0, 0}},
	{{UINT64_C(0x17A04499E6640000), UINT64_C(0x000000000052F766), 0, 0}},
	{{UINT64_C(0x2F38C240D689E400), UINT64_C(0x000000000053372A), 0, 0}},
	{{UINT64_C(0x8AFF204B5E65D681), UINT64_C(0x000000000053B745), 0, 0}},
	{{UINT64_C(0x178695194F9BE0A0), UINT64_C(0x000000000054B9CD), 0, 0}},
	{{UINT64_C(0xF992C70F959AE810), UINT64_C(0x000000000056C840), 0, 0}},
	{{UINT64_C(0xA5A78850646B0A81), UINT64_C(0x00000000005B0BCD), 0, 0}},
	{{UINT64_C(0x2F9919F0D9B0DC90), UINT64_C(0x000000000064366E), 0, 0}},
	{{UINT64_C(0xDCB9280D797ADED7), UINT64_C(0x000000000079683E), 0, 0}},
	{{UINT64_C(0xBF0C30217B0A2C69), UINT64_C(0x0000000000B23131), 0, 0}},
	{{UINT64_C(0xEE11E624491B4CC1), UINT64_C(0x00000000017FDD10), 0, 0}},
	{{UINT64_C(0xAFD8491CAED5A1B8), UINT64_C(0x0000000006F55DED), 0, 0}},
	{{UINT64_C(0x7F839FC2E0DC5BD9), UINT64_C(0x0000000095DA74F8), 0, 0}},
	{{UINT64_C(0xF267264CAA114F0A), UINT64_C(0x0000010F7A088A76), 0, 0}},
	{{UINT64_C(0x38CC6C38CA527831), UINT64_C(0x037AF932B2AFFA97), 0, 0}}
};

static bool
is_portion(u256 bps)
{
	return u256_cmp(bps, FIXED_PERCENT) <= 0;
}

static u256
portion_of(core_status *status, u256 amount, u256 bps)
{
	return calc_mul_div(status, amount, bps, FIXED_PERCENT, U256_FLOOR);
}

static u256
calc_u64(core_status *status, u256 value)
{
	return calc_fits(status, u256_fits_u64(value), value);
}

/* ---------- liquidity layer ---------- */

bool
fluid_is_curve(const u256 *utilizations, const u256 *rates, int n)
{
	bool		is_curve = n >= FLUID_MIN_POINTS && n <= FLUID_MAX_POINTS &&
		u256_is_zero(utilizations[0]) && u256_equal(utilizations[n - 1], FIXED_PERCENT);

	for (int i = 0; is_curve && i < n; i++)
		is_curve = u256_cmp(rates[i], u256_from_u64(FLUID_MAX_RATE)) <= 0 &&
			(i == 0 || u256_cmp(utilizations[i - 1], utilizations[i]) < 0);
	return is_curve;
}

/*
 * slope * utilization + constant, the slope cut towards zero to 12 decimals.  Of
 * all but the utilization none is above 2^17, so that only that can overflow.
 */
static s256
line_at(core_status *status, u256 utilization, const u256 *utilizations, const u256 *rates)
{
	s256		slope = U256_ZERO;
	s256		value = U256_ZERO;
	s256		constant;
	s256		rise = u256_mul_wrap(u256_sub_wrap(rates[1], rates[0]), SLOPE_UNIT);
	bool		fits;

	(void) s256_div(rise, u256_sub_wrap(utilizations[1], utilizations[0]), &slope);
	constant = u256_sub_wrap(u256_mul_wrap(rates[0], SLOPE_UNIT),
							 u256_mul_wrap(slope, utilizations[0]));
	fits = !s256_is_negative(utilization) && s256_mul(slope, utilization, &value) &&
		s256_add(value, constant, &value);
	return calc_fits(status, fits, value);
}

core_status
fluid_borrow_rate(u256 utilization, const u256 *utilizations, const u256 *rates, int n, u256 *out)
{
	core_status status = CORE_OK;
	int			segment = 0;
	s256		value;
	u256		rate;

	if (!fluid_is_curve(utilizations, rates, n))
		return CORE_BAD_PARAMETER;
	while (segment < n - 2 && u256_cmp(utilization, utilizations[segment + 1]) >= 0)
		segment++;
	value = line_at(&status, utilization, &utilizations[segment], &rates[segment]);
	calc_require(&status, !s256_is_negative(value));
	rate = calc_div(&status, value, SLOPE_UNIT);
	return calc_done(status, calc_min(rate, u256_from_u64(FLUID_MAX_RATE)), out);
}

core_status
fluid_utilization(const fluid_totals *totals, u256 *out)
{
	core_status status = CORE_OK;
	u256		supply = calc_add(&status, totals->supply, totals->supply_free);
	u256		borrow = calc_add(&status, totals->borrow, totals->borrow_free);
	u256		result = U256_ZERO;

	if (!u256_is_zero(supply))
		result = calc_mul_div(&status, borrow, FIXED_PERCENT, supply, U256_FLOOR);
	return calc_done(status, result, out);
}

/* How an amount with interest stands to one without: the lesser over the greater, in basis points */
typedef struct split
{
	u256		ratio;
	bool		free_is_greater;
} split;

static split
split_of(core_status *status, u256 with_interest, u256 interest_free)
{
	split		result = {U256_ZERO, u256_cmp(with_interest, interest_free) < 0};
	u256		greater = result.free_is_greater ? interest_free : with_interest;
	u256		lesser = result.free_is_greater ? with_interest : interest_free;

	if (!u256_is_zero(greater))
		result.ratio = calc_mul_div(status, lesser, FIXED_PERCENT, greater, U256_FLOOR);
	return result;
}

/* Next to none with interest, to the precision that is stored */
static bool
is_all_free(const split *parts)
{
	return parts->free_is_greater && u256_is_zero(parts->ratio);
}

/* What one supplier with interest gets of the yield of a utilization, in ray of basis points */
static u256
yield_per_supplier(core_status *status, u256 utilization, const split *supply)
{
	u256		share;

	if (supply->free_is_greater)
	{
		share = calc_mul_div(status, FIXED_RAY, FIXED_PERCENT, supply->ratio, U256_FLOOR);
		share = calc_add(status, FIXED_RAY, share);
		return calc_mul_div(status, utilization, share, FIXED_PERCENT, U256_FLOOR);
	}
	share = calc_mul(status, utilization, calc_add(status, FIXED_PERCENT, supply->ratio));
	return calc_mul_div(status, FIXED_RAY, share, WORD(100000000), U256_FLOOR);
}

/* The part of the borrowers that pays interest, in ray */
static u256
paying_share(core_status *status, const split *borrow)
{
	u256		whole = calc_add(status, FIXED_PERCENT, borrow->ratio);
	u256		share = calc_mul_div(status, borrow->ratio, FIXED_RAY, whole, U256_FLOOR);

	return borrow->free_is_greater ? share : calc_sub(status, FIXED_RAY, share);
}

core_status
fluid_supply_rate(const fluid_totals *totals, u256 borrow_rate, u256 fee, u256 *out)
{
	u256		utilization = U256_ZERO;
	core_status status = fluid_utilization(totals, &utilization);
	split		supply = split_of(&status, totals->supply, totals->supply_free);
	split		borrow = split_of(&status, totals->borrow, totals->borrow_free);
	u256		rate = U256_ZERO;

	calc_require(&status, is_portion(fee) &&
				 u256_cmp(borrow_rate, u256_from_u64(FLUID_MAX_RATE)) <= 0 &&
				 u256_cmp(utilization, u256_from_u64(FLUID_MAX_UTILIZATION)) <= 0);
	if (!is_all_free(&supply) && !is_all_free(&borrow))
	{
		rate = calc_mul(&status, FIXED_PERCENT, yield_per_supplier(&status, utilization, &supply));
		rate = calc_mul_div(&status, rate, paying_share(&status, &borrow),
							calc_mul(&status, FIXED_RAY, FIXED_RAY), U256_FLOOR);
		rate = calc_mul(&status, borrow_rate, rate);
		rate = calc_mul(&status, rate, calc_floor_sub(FIXED_PERCENT, fee));
	}
	return calc_done(status, rate, out);
}

/* A price after some seconds at a rate with this unit */
static u256
grown(core_status *status, u256 price, u256 rate, u256 seconds, u256 unit)
{
	u256		growth = calc_mul(status, price, rate);

	calc_require(status, !u256_is_zero(price));
	growth = calc_mul_div(status, growth, seconds, calc_mul(status, YEAR, unit), U256_FLOOR);
	return calc_u64(status, calc_add(status, price, growth));
}

core_status
fluid_accrue(const fluid_totals *totals, u256 borrow_rate, u256 fee, u256 seconds,
			 u256 *supply_price, u256 *borrow_price)
{
	u256		supply_rate = U256_ZERO;
	core_status status = fluid_supply_rate(totals, borrow_rate, fee, &supply_rate);
	split		borrow = split_of(&status, totals->borrow, totals->borrow_free);
	u256		supply_after;
	u256		borrow_after;

	/* the contract does not raise the price of what nobody owes */
	if (is_all_free(&borrow))
		borrow_rate = U256_ZERO;
	supply_after = grown(&status, *supply_price, supply_rate, seconds, SLOPE_UNIT);
	borrow_after = grown(&status, *borrow_price, borrow_rate, seconds, FIXED_PERCENT);
	if (status == CORE_OK)
	{
		*supply_price = supply_after;
		*borrow_price = borrow_after;
	}
	return status;
}

/* ---------- vaults ---------- */

/* a * 1e26 / b */
static u256
scaled_quotient(u256 a, u256 b)
{
	const u256	unit = {{UINT64_C(0xDCC80CD2E4000000), UINT64_C(0x52B7D2), 0, 0}};
	u256		out = U256_ZERO;

	(void) u256_mul_div(a, unit, b, U256_FLOOR, &out);
	return out;
}

bool
fluid_ratio_at_tick(int32_t tick, u256 *out)
{
	uint32_t	magnitude = tick < 0 ? 0 - (uint32_t) tick : (uint32_t) tick;
	u256		factor = u256_shl(WORD(1), 128);
	bool		round_up;

	if (magnitude > FLUID_MAX_TICK)
		return false;
	for (int i = 0; i < TICK_BITS; i++)
		if ((magnitude >> i & 1) != 0)
			factor = u256_shr(u256_mul_wrap(factor, ratio_below[i]), 128);
	if (tick >= 0)
		(void) u256_div(U256_MAX, factor, &factor);
	round_up = tick >= 0 && (factor.limb[0] & UINT32_MAX) != 0;
	*out = u256_add_wrap(u256_shr(factor, 32), u256_from_u64(round_up));
	return true;
}

core_status
fluid_tick_at_ratio(u256 ratio, int32_t *tick, u256 *perfect_ratio)
{
	u256		one = u256_shl(WORD(1), RATIO_BITS);
	bool		is_below = u256_cmp(ratio, one) < 0;
	int32_t		bits = 0;
	u256		most = U256_ZERO;
	u256		factor;

	(void) fluid_ratio_at_tick(FLUID_MAX_TICK, &most);
	if (u256_cmp(ratio, MIN_RATIO) < 0 || u256_cmp(ratio, most) > 0)
		return CORE_OUT_OF_RANGE;
	factor = is_below ? scaled_quotient(one, ratio) : scaled_quotient(ratio, one);
	for (int i = TICK_BITS - 1; i >= 0; i--)
		if (u256_cmp(factor, ratio_above[i]) >= 0)
		{
			bits |= 1 << i;
			factor = scaled_quotient(factor, ratio_above[i]);
		}
	*tick = is_below ? -bits - 1 : bits;
	if (is_below)
		(void) u256_mul_div(ratio, factor, ratio_above[0], U256_FLOOR, perfect_ratio);
	else
		*perfect_ratio = scaled_quotient(ratio, factor);
	return CORE_OK;
}

/* Debt per collateral in raw amounts, at most 1e45 */
static u256
raw_price(core_status *status, const fluid_vault *vault)
{
	u256		greatest = calc_mul(status, FIXED_RAY, FIXED_RAY);
	u256		price;

	calc_require(status, !u256_is_zero(vault->oracle_price) &&
				 u256_cmp(vault->oracle_price, greatest) <= 0);
	price = calc_mul_div(status, vault->oracle_price, vault->supply_price, vault->borrow_price,
						 U256_FLOOR);
	return calc_min(price, calc_pow10(status, 45));
}

core_status
fluid_vault_limits(const fluid_vault *vault, fluid_limits *out)
{
	core_status status = CORE_OK;
	fluid_limits limits = {.tick = 0};
	u256		ignored = U256_ZERO;
	u256		price = raw_price(&status, vault);
	u256		inverse = calc_mul_div(&status, FIXED_RAY, FIXED_RAY, price, U256_FLOOR);

	calc_require(&status, is_portion(vault->liquidation_threshold_bps) &&
				 is_portion(vault->liquidation_penalty_bps));
	limits.collateral_per_debt = calc_add(&status, FIXED_PERCENT, vault->liquidation_penalty_bps);
	limits.collateral_per_debt = portion_of(&status, inverse, limits.collateral_per_debt);
	price = calc_mul_div(&status, price, u256_shl(WORD(1), RATIO_BITS), FIXED_RAY, U256_FLOOR);
	limits.ratio = portion_of(&status, price, vault->liquidation_threshold_bps);
	if (status == CORE_OK)
		status = fluid_tick_at_ratio(limits.ratio, &limits.tick, &ignored);
	if (status == CORE_OK)
		*out = limits;
	return status;
}

/* Debt to repay until the target ratio is reached */
static u256
debt_to_target(core_status *status, u256 debt, u256 ratio, u256 target_ratio,
			   u256 collateral_per_debt)
{
	u256		one = u256_shl(WORD(1), RATIO_BITS);
	u256		kept = calc_mul_div(status, target_ratio, debt, ratio, U256_FLOOR);
	u256		price = calc_mul_div(status, collateral_per_debt, target_ratio, one, U256_FLOOR);
	u256		result;

	calc_require(status, u256_cmp(price, FIXED_RAY) < 0);
	result = calc_mul_div(status, calc_sub(status, debt, kept), FIXED_RAY,
						  calc_sub(status, FIXED_RAY, price), U256_FLOOR);
	return result;
}

core_status
fluid_liquidate(u256 debt, u256 ratio, u256 target_ratio, u256 collateral_per_debt, u256 repay,
				fluid_liquidation *out)
{
	core_status status = CORE_OK;
	u256		one = u256_shl(WORD(1), RATIO_BITS);
	fluid_liquidation result = {.ratio_after = target_ratio};
	u256		collateral;

	calc_require(&status, !u256_is_zero(debt) && !u256_is_zero(target_ratio) &&
				 u256_cmp(target_ratio, ratio) <= 0);
	collateral = calc_mul_div(&status, debt, one, ratio, U256_FLOOR);
	result.debt = debt_to_target(&status, debt, ratio, target_ratio, collateral_per_debt);
	result.collateral = calc_mul_div(&status, result.debt, collateral_per_debt, FIXED_RAY,
									 U256_FLOOR);
	/* the contract leaves a unit, so that what is left has a ratio */
	if (u256_equal(result.debt, debt))
		result.debt = calc_sub(&status, result.debt, WORD(1));
	calc_require(&status, u256_cmp(result.debt, debt) < 0 &&
				 u256_cmp(result.collateral, collateral) < 0);
	if (u256_cmp(result.debt, repay) >= 0)
	{
		result.debt = repay;
		result.collateral = calc_mul_div(&status, repay, collateral_per_debt, FIXED_RAY,
										 U256_FLOOR);
		result.ratio_after = calc_mul_div(&status, calc_sub(&status, debt, repay), one,
										  calc_sub(&status, collateral, result.collateral),
										  U256_FLOOR);
	}
	if (status == CORE_OK)
		*out = result;
	return status;
}
