/*-------------------------------------------------------------------------
 *
 * core/liquidity/univ3_depth.c
 *	  How much can be sold into a pool before its price is too bad?
 *
 * Marginal: a swap whose limit is the sqrt price at which the slippage is used
 * up, a closed form.
 *
 * Average: what a sale brings beyond the least that will do, out - least * in,
 * grows until the pool's price less the fee has fallen to "least" (the bend)
 * and falls from there on.  So the answer lies in the first step that ends
 * beyond the bend with too little; within a step the amounts are found by
 * bisection on the swap itself, as its roundings have no closed form.
 *
 *-------------------------------------------------------------------------
 */
#include "core/liquidity/univ3_depth.h"

#include <math.h>

/* A fraction of one, 0 .. 1, is kept with 128 bits, and a square root with 114 */
#define ROOT_BITS	114

/* More than any pool takes */
#define ALL			u256_shr(U256_MAX, 1)

static u256
power_of_two(unsigned n)
{
	return u256_shl(u256_from_u64(1), n);
}

/* a * b / c rounded up, where that fits by the ranges of sqrt prices */
static u256
scaled_up(u256 a, u256 b, u256 c)
{
	u256		out = U256_MAX;

	(void) u256_mul_div(a, b, c, U256_CEIL, &out);
	return out;
}

/* ---------- what will do ---------- */

/*
 * The sqrt price at which the price of what is sold is "kept" (times 2^-128)
 * of the one at reference, on the good side of it: sold token0 gets cheaper as
 * the sqrt price falls, token1 as it rises.
 */
static u256
sqrt_price_kept(u256 reference, u256 kept, bool zero_for_one)
{
	u256		root = u256_sqrt(u256_shl(kept, 2 * ROOT_BITS - 128));
	u256		out = U256_MAX;

	if (zero_for_one)
		return scaled_up(reference, root, power_of_two(ROOT_BITS));
	(void) u256_mul_div(reference, power_of_two(ROOT_BITS), root, U256_FLOOR, &out);
	return out;
}

/*
 * least = kept * the price at reference of what is sold: reference^2 / 2^192
 * or its inverse.  Below one it has 255 bits after the point and 96 otherwise,
 * so that each division keeps 96 significant bits or more.
 */
static void
set_least(univ3_depth *depth, u256 reference, u256 kept, bool zero_for_one)
{
	bool		above_one = (u256_cmp(reference, power_of_two(96)) >= 0) == zero_for_one;

	depth->least_shift = above_one ? 96 : 255;
	if (zero_for_one)
		depth->least = above_one ?
			scaled_up(scaled_up(reference, reference, power_of_two(96)), kept, power_of_two(128)) :
			scaled_up(scaled_up(reference, reference, u256_from_u64(1)), kept, power_of_two(65));
	else
		depth->least = above_one ?
			scaled_up(scaled_up(kept, power_of_two(96), reference), power_of_two(64), reference) :
			scaled_up(scaled_up(kept, power_of_two(223), reference), power_of_two(96), reference);
}

/* Whether what a swap bought so far is enough for what it sold */
static bool
is_enough(const univ3_depth *depth, const univ3_swap *swap)
{
	u256		wanted;

	return u256_mul_div(swap->amount_in, depth->least, power_of_two(depth->least_shift),
						U256_CEIL, &wanted) == CORE_OK &&
		u256_cmp(wanted, swap->amount_out) <= 0;
}

/* How far a swap has come: 1 where it left a price behind, -1 where it has it ahead */
static int
passed(const univ3_swap *swap, u256 price)
{
	int			side = u256_cmp(swap->sqrt_price, price);

	return swap->zero_for_one ? -side : side;
}

static u256
midpoint(u256 low, u256 high)
{
	return u256_add_wrap(low, u256_shr(u256_sub_wrap(high, low), 1));
}

/* ---------- the search ---------- */

static void
finish(univ3_depth *depth, bool is_exhausted)
{
	depth->is_over = true;
	depth->is_exhausted = is_exhausted;
}

/*
 * The end of a search that found no more: rounding can make all averages bad
 * where single units of what is sold are worth much.
 */
static void
finish_with_good(univ3_depth *depth)
{
	depth->swap = depth->good;
	finish(depth, false);
}

core_status
univ3_depth_begin(univ3_depth *depth, const univ3_pool *pool, u256 reference, double slippage,
				  univ3_depth_mode mode, bool zero_for_one)
{
	u256		kept;

	if (!(slippage >= 0 && slippage < 1) || !univ3_is_pool_price(reference) ||
		u256_from_double(floor(slippage * 0x1p128), &kept) != CORE_OK)
		return CORE_BAD_PARAMETER;
	kept = u256_sub_wrap(power_of_two(128), kept);
	*depth = (univ3_depth) {.mode = mode};
	set_least(depth, reference, kept, zero_for_one);
	/* beyond the bend a unit more brings less than "least", after the fee */
	if (mode == UNIV3_AVERAGE)
		kept = scaled_up(kept, u256_from_u64(UNIV3_FEE_UNIT),
						 u256_from_u64(UNIV3_FEE_UNIT - pool->fee_pips));
	depth->bend = sqrt_price_kept(reference, kept, zero_for_one);

	(void) univ3_swap_begin(&depth->swap, pool, ALL, true, zero_for_one, NULL);
	depth->good = depth->swap;
	if (passed(&depth->swap, depth->bend) >= 0)
		finish(depth, false);
	else if (mode == UNIV3_MARGINAL && zero_for_one)
		depth->swap.limit = univ3_max(depth->swap.limit, depth->bend);
	else if (mode == UNIV3_MARGINAL)
		depth->swap.limit = univ3_min(depth->swap.limit, depth->bend);
	return CORE_OK;
}

/* Within the next step, sell an amount, or as much as the price falls to a limit for */
static core_status
sell(const univ3_depth *depth, u256 amount, u256 limit, univ3_swap *after)
{
	*after = depth->swap;
	if (u256_is_zero(amount))
		return CORE_OK;
	after->remaining = amount;
	after->limit = limit;
	return univ3_swap_advance(after);
}

/*
 * The greatest amount, of those that end within the next step, at which the
 * average is good enough; "high" is too much.  At very low prices one unit of
 * the sqrt price is worth many units of the amount, the average is a saw, and
 * it is the greatest on one of its teeth.
 */
static core_status
bisect_step(univ3_depth *depth, u256 high)
{
	u256		limit = depth->swap.limit;
	univ3_swap	after = depth->swap;
	u256		low;
	u256		amount;
	core_status status = CORE_OK;

	/* the best average is at the bend, or where the step begins */
	if (passed(&depth->swap, depth->bend) < 0)
		status = sell(depth, ALL, depth->bend, &after);
	low = u256_sub_wrap(after.amount_in, depth->swap.amount_in);
	if (status == CORE_OK)
		status = sell(depth, low, limit, &after);
	if (status == CORE_OK && !is_enough(depth, &after))
	{
		if (!is_enough(depth, &depth->swap))
		{
			finish_with_good(depth);
			return CORE_OK;
		}
		high = low;
		low = U256_ZERO;
	}
	while (status == CORE_OK && u256_cmp(amount = midpoint(low, high), low) > 0)
	{
		status = sell(depth, amount, limit, &after);
		if (is_enough(depth, &after))
			low = amount;
		else
			high = amount;
	}
	if (status == CORE_OK)
		status = sell(depth, low, limit, &after);
	if (status != CORE_OK)
		return status;
	depth->swap = after;
	finish(depth, false);
	return CORE_OK;
}

core_status
univ3_depth_advance(univ3_depth *depth)
{
	univ3_swap *swap = &depth->swap;
	univ3_swap	after;
	core_status status;

	if (univ3_swap_is_over(swap) || univ3_swap_is_dry(swap))
	{
		if (depth->mode == UNIV3_AVERAGE && !is_enough(depth, swap))
			finish_with_good(depth);
		else
			finish(depth, depth->mode == UNIV3_AVERAGE || !u256_equal(swap->limit, depth->bend) ||
				   !univ3_swap_is_over(swap));
		return CORE_OK;
	}
	status = sell(depth, ALL, swap->limit, &after);
	if (status != CORE_OK)
		return status;
	if (depth->mode == UNIV3_AVERAGE && passed(&after, depth->bend) > 0 && !is_enough(depth, &after))
		return bisect_step(depth, u256_sub_wrap(after.amount_in, swap->amount_in));
	*swap = after;
	if (is_enough(depth, swap))
		depth->good = *swap;
	return CORE_OK;
}

core_status
univ3_average_price(const univ3_swap *swap, int decimals, double *price)
{
	u256		amount0 = swap->zero_for_one ? swap->amount_in : swap->amount_out;
	u256		amount1 = swap->zero_for_one ? swap->amount_out : swap->amount_in;
	u512		quotient;
	u256		rest;
	double		ratio = 0;

	if (u256_is_zero(amount0) || u256_is_zero(amount1))
		return CORE_NULL;
	/* so many bits that the least of prices has all those of a double */
	(void) u512_divmod(u256_mul_full(amount1, power_of_two(255)), amount0, &quotient, &rest);
	(void) limbs_to_double(quotient.limb, limbs_significant(quotient.limb, 8), !u256_is_zero(rest),
						   -255, &ratio);
	*price = univ3_shift_decimals(ratio, decimals);
	return CORE_OK;
}
