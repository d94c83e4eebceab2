/*-------------------------------------------------------------------------
 *
 * core/liquidity/stableswap_deposit.c
 *	  Deposits into Curve's StableSwap pools and withdrawals of any amounts.
 *
 *-------------------------------------------------------------------------
 */
#include "core/liquidity/stableswap_deposit.h"

#include "core/chain/calc.h"

#define ONE		u256_from_u64(1)

/* The invariant before, after, and after with the fees left out */
typedef struct change
{
	u256		before;
	u256		after;
	u256		kept;
} change;

static u256
distance(u256 a, u256 b)
{
	return u256_cmp(a, b) > 0 ? u256_sub_wrap(a, b) : u256_sub_wrap(b, a);
}

/* The pool with the amounts added to its balances, or taken from them */
static core_status
move_balances(const stableswap_pool *pool, const u256 *amounts, bool deposit,
			  stableswap_pool *moved)
{
	core_status status = CORE_OK;

	*moved = *pool;
	for (int k = 0; k < pool->n; k++)
		moved->balance[k] = deposit ? calc_add(&status, pool->balance[k], amounts[k])
			: calc_sub(&status, pool->balance[k], amounts[k]);
	return status == CORE_OK ? stableswap_scale_balances(moved) : status;
}

/* The fee on coin k's imbalance, which in stableswap-ng depends on how far off it is */
static u256
coin_fee(const stableswap_pool *pool, const stableswap_pool *moved, int k, const change *d,
		 u256 base_fee, core_status *status)
{
	u256		xs = calc_add(status, pool->balance[k], moved->balance[k]);
	u256		ys = calc_div(status, calc_add(status, d->before, d->after),
							  u256_from_u64((uint64_t) pool->n));
	u256		fee = base_fee;
	core_status outcome;

	if (pool->variant != STABLESWAP_NG)
		return base_fee;
	if (pool->has_rates)
		xs = calc_mul_wad(status, pool->rate[k], xs);
	outcome = stableswap_dynamic_fee(base_fee, pool->offpeg_fee_multiplier, xs, ys, &fee);
	return calc_step(status, outcome, fee);
}

/* Take off the moved balances the fee on what each is out of proportion */
static core_status
take_fees(const stableswap_pool *pool, stableswap_pool *moved, const change *d)
{
	core_status status = CORE_OK;
	u256		base_fee = stableswap_imbalance_fee(pool, &status);

	for (int k = 0; k < pool->n && status == CORE_OK; k++)
	{
		u256		ideal = calc_mul_then_div(&status, d->after, pool->balance[k], d->before);
		u256		off = distance(ideal, moved->balance[k]);
		u256		fee = coin_fee(pool, moved, k, d, base_fee, &status);

		fee = calc_mul_then_div(&status, fee, off, u256_from_u64(STABLESWAP_FEE_ONE));
		moved->balance[k] = calc_sub(&status, moved->balance[k], fee);
	}
	return status == CORE_OK ? stableswap_scale_balances(moved) : status;
}

/* All invariants of a change; "kept" is "after" where it has no fees */
static core_status
measure(const stableswap_pool *pool, const u256 *amounts, bool deposit, bool has_fees, change *d)
{
	stableswap_pool moved;
	core_status status = stableswap_d(pool, &d->before);

	if (status == CORE_OK)
		status = move_balances(pool, amounts, deposit, &moved);
	if (status == CORE_OK)
		status = stableswap_d(&moved, &d->after);
	if (status != CORE_OK)
		return status;
	d->kept = d->after;
	if (!has_fees)
		return CORE_OK;
	status = take_fees(pool, &moved, d);
	return status == CORE_OK ? stableswap_d(&moved, &d->kept) : status;
}

/* The first deposit, whose shares are D; 3pool does not ask for D of what was there before */
static core_status
first_deposit(const stableswap_pool *pool, const u256 *amounts, u256 *out)
{
	stableswap_pool moved;
	change		d = {U256_ZERO, U256_ZERO, U256_ZERO};
	core_status status = move_balances(pool, amounts, true, &moved);

	for (int k = 0; k < pool->n; k++)
		if (u256_is_zero(amounts[k]))
			return CORE_NULL;
	if (status == CORE_OK && pool->variant != STABLESWAP_RAW)
		status = stableswap_d(pool, &d.before);
	if (status == CORE_OK)
		status = stableswap_d(&moved, &d.after);
	if (status == CORE_OK && u256_cmp(d.after, d.before) <= 0)
		return CORE_NULL;
	return calc_done(status, d.after, out);
}

core_status
stableswap_add_liquidity(const stableswap_pool *pool, const u256 *amounts, u256 supply,
						 u256 *out)
{
	change		d = {U256_ZERO, U256_ZERO, U256_ZERO};
	core_status status;
	u256		minted;

	if (u256_is_zero(supply))
		return first_deposit(pool, amounts, out);
	status = measure(pool, amounts, true, true, &d);
	if (status == CORE_OK && u256_cmp(d.after, d.before) <= 0)
		return CORE_NULL;
	minted = calc_mul_then_div(&status, supply, calc_sub(&status, d.kept, d.before), d.before);
	return calc_done(status, minted, out);
}

/* What is burned for a share of the supply, floored: 3pool and templates add one */
static core_status
burned(const stableswap_pool *pool, u256 floored, u256 supply, u256 *out)
{
	core_status status = CORE_OK;
	u256		shares = floored;

	if (u256_is_zero(floored))
		return CORE_NULL;
	if (pool->variant != STABLESWAP_PLUS1)
		shares = calc_add(&status, floored, ONE);
	if (status == CORE_OK && u256_cmp(shares, supply) > 0)
		return CORE_OUT_OF_RANGE;
	return calc_done(status, shares, out);
}

core_status
stableswap_remove_liquidity_imbalance(const stableswap_pool *pool, const u256 *amounts,
									  u256 supply, u256 *out)
{
	change		d = {U256_ZERO, U256_ZERO, U256_ZERO};
	core_status status = measure(pool, amounts, false, true, &d);
	u256		lost = calc_sub(&status, d.before, d.kept);
	u256		floored = calc_mul_then_div(&status, lost, supply, d.before);

	return status == CORE_OK ? burned(pool, floored, supply, out) : status;
}

core_status
stableswap_calc_token_amount(const stableswap_pool *pool, const u256 *amounts, u256 supply,
							 bool deposit, u256 *out)
{
	bool		is_ng = pool->variant == STABLESWAP_NG;
	bool		is_first = u256_is_zero(supply);
	change		d = {U256_ZERO, U256_ZERO, U256_ZERO};
	core_status status = measure(pool, amounts, deposit, is_ng && !is_first, &d);
	u256		moved;

	if (is_ng && is_first)
		return calc_done(status, d.after, out);
	moved = deposit ? calc_sub(&status, d.kept, d.before) : calc_sub(&status, d.before, d.kept);
	moved = calc_mul_then_div(&status, moved, supply, d.before);
	return calc_done(status, moved, out);
}
