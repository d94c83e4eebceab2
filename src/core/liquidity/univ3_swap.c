/*-------------------------------------------------------------------------
 *
 * core/liquidity/univ3_swap.c
 *	  Swaps in a snapshot of a Uniswap v3 or v4 pool, step by step.
 *
 * After UniswapV3Pool.sol, SwapMath.sol, SqrtPriceMath.sol and TickBitmap.sol
 * of Uniswap/v3-core.
 *
 *-------------------------------------------------------------------------
 */
#include "core/liquidity/univ3_swap.h"

/* Ticks in a word of the bitmap, in units of the tick spacing */
#define WORD_TICKS		256

/* What a step from one price toward another takes and gives */
typedef struct step_result
{
	u256		sqrt_price;
	u256		amount_in;
	u256		amount_out;
	u256		fee;
} step_result;

/* ---------- a step at constant liquidity ---------- */

/*
 * The price after token0 came in (add) or went out, rounded up so that it
 * moves far enough for what goes out and not too far for what comes in.  Where
 * amount * price does not fit 256 bits the contract takes a less precise way.
 */
static u256
price_after_amount0(u256 sqrt_price, u256 liquidity, u256 amount, bool add)
{
	u256		numerator = u256_shl(liquidity, 96);
	u256		product;
	u256		denominator;
	u256		out = sqrt_price;

	if (u256_is_zero(amount))
		return sqrt_price;
	if (u256_mul(amount, sqrt_price, &product) &&
		(add ? u256_add(numerator, product, &denominator) :
		 u256_sub(numerator, product, &denominator)))
	{
		(void) u256_mul_div(numerator, sqrt_price, denominator, U256_CEIL, &out);
		return out;
	}
	(void) u256_div(numerator, sqrt_price, &denominator);
	(void) u256_mul_div(numerator, u256_from_u64(1), u256_add_wrap(denominator, amount),
						U256_CEIL, &out);
	return out;
}

/* The same for token1, rounded down */
static u256
price_after_amount1(u256 sqrt_price, u256 liquidity, u256 amount, bool add)
{
	const u256	q96 = {{0, UINT64_C(1) << 32, 0, 0}};
	u256		quotient = U256_ZERO;

	(void) u256_mul_div(amount, q96, liquidity, add ? U256_FLOOR : U256_CEIL, &quotient);
	return add ? u256_add_wrap(sqrt_price, quotient) : u256_sub_wrap(sqrt_price, quotient);
}

/* Of two prices: what comes in on the way from one to the other, and what goes out */
static u256
amount_into(u256 from, u256 to, u256 liquidity, bool zero_for_one)
{
	return zero_for_one ? univ3_amount0(to, from, liquidity, true) :
		univ3_amount1(from, to, liquidity, true);
}

static u256
amount_out_of(u256 from, u256 to, u256 liquidity, bool zero_for_one)
{
	return zero_for_one ? univ3_amount1(to, from, liquidity, false) :
		univ3_amount0(from, to, liquidity, false);
}

/*
 * computeSwapStep of SwapMath.sol.  An amount is only turned into a price
 * where it is too little to reach the target, so that the price stays within.
 */
static step_result
swap_step(const univ3_swap *swap, u256 target)
{
	u256		from = swap->sqrt_price;
	u256		liquidity = swap->liquidity;
	bool		zero_for_one = swap->zero_for_one;
	u256		fee_pips = u256_from_u64(swap->pool->fee_pips);
	u256		keep_pips = u256_from_u64(UNIV3_FEE_UNIT - swap->pool->fee_pips);
	u256		given = swap->remaining;
	u256		full;
	bool		reached;
	step_result step = {.sqrt_price = target};

	if (swap->exact_in)
	{
		(void) u256_mul_div(given, keep_pips, u256_from_u64(UNIV3_FEE_UNIT), U256_FLOOR, &given);
		full = amount_into(from, target, liquidity, zero_for_one);
	}
	else
		full = amount_out_of(from, target, liquidity, zero_for_one);
	reached = u256_cmp(given, full) >= 0;
	if (!reached)
		step.sqrt_price = zero_for_one == swap->exact_in ?
			price_after_amount0(from, liquidity, given, swap->exact_in) :
			price_after_amount1(from, liquidity, given, swap->exact_in);

	step.amount_in = reached && swap->exact_in ? full :
		amount_into(from, step.sqrt_price, liquidity, zero_for_one);
	step.amount_out = reached && !swap->exact_in ? full :
		amount_out_of(from, step.sqrt_price, liquidity, zero_for_one);
	if (!swap->exact_in)
		step.amount_out = univ3_min(step.amount_out, swap->remaining);
	if (swap->exact_in && !u256_equal(step.sqrt_price, target))
		step.fee = u256_sub_wrap(swap->remaining, step.amount_in);
	else
		(void) u256_mul_div(step.amount_in, fee_pips, keep_pips, U256_CEIL, &step.fee);
	return step;
}

/* ---------- ticks ---------- */

static inline int32_t
floor_div(int32_t a, int32_t b)
{
	return a >= 0 ? a / b : -((b - 1 - a) / b);
}

/* Ticks of the pool that are not above one */
static int
count_below(const univ3_pool *pool, int32_t tick)
{
	int			low = 0;
	int			high = pool->num_ticks;

	while (low < high)
	{
		int			middle = low + (high - low) / 2;

		if (pool->ticks[middle] <= tick)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

/*
 * nextInitializedTickWithinOneWord of TickBitmap.sol, cut to the domain as the
 * pool does it.
 */
int32_t
univ3_swap_next_tick(const univ3_swap *swap, bool *initialized)
{
	const univ3_pool *pool = swap->pool;
	int32_t		spacing = pool->tick_spacing;
	int32_t		compressed = floor_div(swap->tick, spacing) + (swap->zero_for_one ? 0 : 1);
	int32_t		word = floor_div(compressed, WORD_TICKS) * WORD_TICKS;
	int32_t		next;

	if (swap->zero_for_one)
	{
		next = word * spacing;
		*initialized = swap->num_below > 0 && pool->ticks[swap->num_below - 1] >= next;
		if (*initialized)
			next = pool->ticks[swap->num_below - 1];
		return next < UNIV3_MIN_TICK ? UNIV3_MIN_TICK : next;
	}
	next = (word + WORD_TICKS - 1) * spacing;
	*initialized = swap->num_below < pool->num_ticks && pool->ticks[swap->num_below] <= next;
	if (*initialized)
		next = pool->ticks[swap->num_below];
	return next > UNIV3_MAX_TICK ? UNIV3_MAX_TICK : next;
}

univ3_flaw
univ3_pool_check(const univ3_pool *pool, int *at)
{
	u256		next_price;
	int32_t		tick;

	*at = 0;
	if (!univ3_tick_at_sqrt_price(pool->sqrt_price, &tick))
		return UNIV3_BAD_PRICE;
	if (!univ3_is_liquidity(pool->liquidity))
		return UNIV3_BAD_LIQUIDITY;
	if (pool->fee_pips >= UNIV3_FEE_UNIT)
		return UNIV3_BAD_FEE;
	if (pool->tick_spacing < 1 || pool->tick_spacing > UNIV3_MAX_TICK_SPACING)
		return UNIV3_BAD_SPACING;
	if (pool->tick != tick &&
		!(pool->tick == tick - 1 && univ3_sqrt_price_at_tick(tick, &next_price) &&
		  u256_equal(next_price, pool->sqrt_price)))
		return UNIV3_BAD_TICK;
	for (*at = 0; *at < pool->num_ticks; (*at)++)
	{
		tick = pool->ticks[*at];
		if (tick < UNIV3_MIN_TICK || tick > UNIV3_MAX_TICK)
			return UNIV3_TICK_OUT_OF_RANGE;
		if (*at > 0 && pool->ticks[*at - 1] >= tick)
			return UNIV3_TICKS_UNSORTED;
		if (tick % pool->tick_spacing != 0)
			return UNIV3_TICK_NOT_SPACED;
	}
	return UNIV3_SOUND;
}

/* ---------- the swap ---------- */

/* Whether the price can move to a limit, and may */
static bool
is_limit(const univ3_pool *pool, u256 limit, bool zero_for_one)
{
	return u256_cmp(limit, UNIV3_LOWEST_LIMIT) >= 0 && u256_cmp(limit, UNIV3_HIGHEST_LIMIT) <= 0 &&
		u256_cmp(limit, pool->sqrt_price) == (zero_for_one ? -1 : 1);
}

core_status
univ3_swap_begin(univ3_swap *swap, const univ3_pool *pool, u256 amount, bool exact_in,
				 bool zero_for_one, const u256 *limit)
{
	u256		end = zero_for_one ? univ3_min(pool->sqrt_price, UNIV3_LOWEST_LIMIT) :
		univ3_max(pool->sqrt_price, UNIV3_HIGHEST_LIMIT);

	if (s256_is_negative(amount))
		return CORE_OUT_OF_RANGE;
	if (limit != NULL && !is_limit(pool, *limit, zero_for_one))
		return CORE_BAD_PARAMETER;
	*swap = (univ3_swap) {
		.pool = pool, .sqrt_price = pool->sqrt_price, .liquidity = pool->liquidity,
		.tick = pool->tick, .num_below = count_below(pool, pool->tick),
		.exact_in = exact_in, .zero_for_one = zero_for_one,
		.limit = limit != NULL ? *limit : end, .remaining = amount
	};
	return CORE_OK;
}

/* Liquidity on the other side of the next tick, ticks[i] */
static core_status
cross_tick(univ3_swap *swap, int i)
{
	s256		net = swap->pool->liquidity_net[i];
	bool		shrinks = s256_is_negative(net) != swap->zero_for_one;
	u256		change = s256_magnitude(net);
	u256		liquidity;

	if (shrinks ? !u256_sub(swap->liquidity, change, &liquidity) :
		!u256_add(swap->liquidity, change, &liquidity))
		return shrinks ? CORE_BAD_PARAMETER : CORE_OUT_OF_RANGE;
	if (!univ3_is_liquidity(liquidity))
		return CORE_OUT_OF_RANGE;
	swap->liquidity = liquidity;
	swap->num_below += swap->zero_for_one ? -1 : 1;
	return CORE_OK;
}

core_status
univ3_swap_advance(univ3_swap *swap)
{
	univ3_swap	after = *swap;
	bool		initialized;
	int32_t		next = univ3_swap_next_tick(swap, &initialized);
	u256		next_price = U256_ZERO;
	step_result step;
	core_status status;

	(void) univ3_sqrt_price_at_tick(next, &next_price);
	step = swap_step(swap, swap->zero_for_one ? univ3_max(next_price, swap->limit) :
					 univ3_min(next_price, swap->limit));
	after.sqrt_price = step.sqrt_price;
	/* sums of less than 2^22 terms, of which none is above 2^192 without the fee */
	step.amount_in = u256_add_wrap(step.amount_in, step.fee);
	after.amount_in = u256_add_wrap(swap->amount_in, step.amount_in);
	after.amount_out = u256_add_wrap(swap->amount_out, step.amount_out);
	after.remaining = u256_sub_wrap(swap->remaining,
									swap->exact_in ? step.amount_in : step.amount_out);
	if (u256_equal(after.sqrt_price, next_price))
	{
		after.tick = swap->zero_for_one ? next - 1 : next;
		status = initialized ?
			cross_tick(&after, swap->zero_for_one ? swap->num_below - 1 : swap->num_below) : CORE_OK;
		if (status != CORE_OK)
			return status;
	}
	else if (!u256_equal(after.sqrt_price, swap->sqrt_price))
		(void) univ3_tick_at_sqrt_price(after.sqrt_price, &after.tick);
	*swap = after;
	return CORE_OK;
}

bool
univ3_swap_is_dry(const univ3_swap *swap)
{
	return u256_is_zero(swap->liquidity) &&
		swap->num_below == (swap->zero_for_one ? 0 : swap->pool->num_ticks);
}
