/*-------------------------------------------------------------------------
 *
 * liquidity/stableswap.c
 *	  The SQL face of domain liquidity: pools of Curve's StableSwap kind.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "catalog/pg_type.h"
#include "funcapi.h"
#include "miscadmin.h"
#include "utils/array.h"
#include "utils/timestamp.h"
#include "utils/tuplestore.h"

#include "chain/rule.h"
#include "chain/words.h"
#include "core/chain/fixed.h"
#include "core/liquidity/stableswap.h"
#include "core/liquidity/stableswap_deposit.h"
#include "core/liquidity/stableswap_depth.h"
#include "liquidity/coins.h"
#include "server/compat.h"
#include "server/report.h"
#include "server/row.h"
#include "server/set_size.h"

#define DEPTH_COLUMNS	4

/* a position in the argument list that a function does not have */
#define NO_ARGUMENT		(-1)

/* Where a function has the arguments that describe its pool */
typedef struct pool_positions
{
	const char *function;
	int			balances;
	int			amp;
	int			fee;
	int			rates;
	int			variant;
	int			offpeg;
} pool_positions;

/* in the order of stableswap_variant */
static const char *const variants[] = {
	"raw", "std", "plus1", "ng", "balancer_v2", "balancer_composable", "balancer_v3"
};

/* ---------- arguments ---------- */

/* Whether an argument is NULL that is not optional, as rates and the multiplier are */
static bool
lacks_argument(FunctionCallInfo fcinfo, const pool_positions *at)
{
	for (int n = 0; n < PG_NARGS(); n++)
		if (PG_ARGISNULL(n) && n != at->rates && n != at->offpeg)
			return true;
	return false;
}

/* The words of an array, one for each coin, into "words"; false where one is NULL */
static bool
coin_words(FunctionCallInfo fcinfo, int position, const char *argument, u256 *words, int *n)
{
	return coins_array(fcinfo, position, argument, STABLESWAP_MIN_COINS, STABLESWAP_MAX_COINS,
					   HINT_COINS, words, n);
}

static bool
read_rates(FunctionCallInfo fcinfo, const pool_positions *at, stableswap_pool *pool)
{
	int			n;

	pool->has_rates = !PG_ARGISNULL(at->rates);
	if (!pool->has_rates)
		return true;
	if (!coin_words(fcinfo, at->rates, "rates", pool->rate, &n))
		return false;
	if (unlikely(n != pool->n))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("balances and rates must have the same length, not %d and %d",
						pool->n, n)));
	for (int k = 0; k < n; k++)
		if (unlikely(u256_is_zero(pool->rate[k])))
			report_zero(psprintf("rates[%d]", k + 1), at->function);
	return true;
}

static u256
fee_argument(FunctionCallInfo fcinfo, int position)
{
	u256		fee = uint_argument(fcinfo, position, "fee");

	if (unlikely(!u256_fits_u64(fee) || fee.limb[0] > STABLESWAP_FEE_ONE))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("fee must be at most 10000000000, not %s",
						shown_numeric(PG_GETARG_DATUM(position))),
				 errhint("It counts 1e-10, as the contract's fee() does: 4000000 is 0.04 %%.")));
	return fee;
}

static void
read_fees(FunctionCallInfo fcinfo, const pool_positions *at, stableswap_pool *pool)
{
	pool->fee = pool->offpeg_fee_multiplier = U256_ZERO;
	if (at->fee != NO_ARGUMENT)
		pool->fee = fee_argument(fcinfo, at->fee);
	if (at->offpeg == NO_ARGUMENT || PG_ARGISNULL(at->offpeg))
		return;
	pool->offpeg_fee_multiplier = uint_argument(fcinfo, at->offpeg, "offpeg_fee_multiplier");
	if (pool->variant != STABLESWAP_NG)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("offpeg_fee_multiplier must be NULL where variant is '%s'",
						variants[pool->variant]),
				 errhint("Only pools of variant 'ng' have one.")));
}

/*
 * The first balance that may be a ComposableStable pool's own pre-minted share,
 * of which it holds what is left of 2^111; -1 if there is none.
 */
static int
own_share(const stableswap_pool *pool)
{
	u256		minted = u256_shl(u256_from_u64(1), 111);

	for (int k = 0; k < pool->n; k++)
		if (u256_bit_length(pool->balance[k]) == 111 || u256_equal(pool->balance[k], minted))
			return k;
	return -1;
}

/* What a caller can do about a pool that its contract would refuse */
static int
refusal_hint(const stableswap_pool *pool)
{
	int			share = own_share(pool);

	if (share < 0)
		return errhint("The contract of variant '%s' reverts, too.", variants[pool->variant]);
	return errhint("balances[%d] may be what a ComposableStable pool holds of its own share (BPT), "
				   "2^111 less what was issued: leave it out of balances and rates, as the contract "
				   "does, and take getActualSupply() as the supply.", share + 1);
}

/* In words why a contract would have reverted */
static void
check_status(const char *function, const stableswap_pool *pool, core_status status)
{
	if (likely(status == CORE_OK))
		return;
	if (status == CORE_DIVISION_BY_ZERO)
	{
		for (int k = 0; k < pool->n; k++)
			if (u256_is_zero(pool->xp[k]))
				report_zero(psprintf("balances[%d]", k + 1), function);
		ereport(ERROR,
				(errcode(ERRCODE_DIVISION_BY_ZERO), errmsg("division by zero in %s", function)));
	}
	ereport(ERROR,
			(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
			 status == CORE_BAD_PARAMETER
			 ? errmsg("%s does not converge in %d rounds", function, STABLESWAP_MAX_ROUNDS)
			 : status == CORE_NULL
			 ? errmsg("amount is too small for %s: rounding leaves nothing of it", function)
			 : errmsg("result of %s is out of range", function),
			 status == CORE_OUT_OF_RANGE
			 ? errdetail("An amount on the way to it is negative, or 2^256 or more.") : 0,
			 refusal_hint(pool)));
}

/* The pool that the arguments describe; false where one of them is or has a NULL */
static bool
read_pool(FunctionCallInfo fcinfo, const pool_positions *at, stableswap_pool *pool)
{
	if (lacks_argument(fcinfo, at))
		return false;
	pool->variant = (stableswap_variant)
		choice_argument(fcinfo, at->variant, "variant", variants, lengthof(variants),
						"It can be 'raw', 'std', 'plus1', 'ng', 'balancer_v2' (MetaStable), "
						"'balancer_composable' (ComposableStable) or 'balancer_v3'.");
	if (!coin_words(fcinfo, at->balances, "balances", pool->balance, &pool->n) ||
		!read_rates(fcinfo, at, pool))
		return false;
	pool->amp = uint_argument(fcinfo, at->amp, "amp");
	if (unlikely(u256_is_zero(pool->amp)))
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("amp must be positive, not 0"),
				 errhint("It is A() times its precision: 1 in pools of variant 'raw', 100 in Curve's "
						 "others, 1000 in Balancer's.")));
	read_fees(fcinfo, at, pool);
	check_status(at->function, pool, stableswap_scale_balances(pool));
	return true;
}

static Datum
pool_result(const pool_positions *at, const stableswap_pool *pool, core_status status, u256 result)
{
	check_status(at->function, pool, status);
	PG_RETURN_NUMERIC(u256_to_numeric(result));
}

/* ---------- the pool ---------- */

PG_FUNCTION_INFO_V1(pool_stableswap_d);
Datum
pool_stableswap_d(PG_FUNCTION_ARGS)
{
	static const pool_positions at = {"stableswap_d", 0, 1, NO_ARGUMENT, 2, 3, NO_ARGUMENT};
	stableswap_pool pool;
	u256		result = U256_ZERO;

	if (!read_pool(fcinfo, &at, &pool))
		PG_RETURN_NULL();
	return pool_result(&at, &pool, stableswap_d(&pool, &result), result);
}

PG_FUNCTION_INFO_V1(pool_stableswap_virtual_price);
Datum
pool_stableswap_virtual_price(PG_FUNCTION_ARGS)
{
	static const pool_positions at = {"stableswap_virtual_price", 0, 1, NO_ARGUMENT, 3, 4,
	NO_ARGUMENT};
	stableswap_pool pool;
	u256		supply;
	u256		result = U256_ZERO;

	if (!read_pool(fcinfo, &at, &pool))
		PG_RETURN_NULL();
	supply = divisor_argument(fcinfo, 2, "supply", at.function);
	return pool_result(&at, &pool, stableswap_virtual_price(&pool, supply, &result), result);
}

PG_FUNCTION_INFO_V1(pool_stableswap_y);
Datum
pool_stableswap_y(PG_FUNCTION_ARGS)
{
	static const pool_positions at = {"stableswap_y", 3, 4, NO_ARGUMENT, 5, 6, NO_ARGUMENT};
	stableswap_pool pool;
	u256		x;
	u256		result = U256_ZERO;
	int			i;
	int			j;

	if (!read_pool(fcinfo, &at, &pool))
		PG_RETURN_NULL();
	coin_pair(fcinfo, pool.n, &i, &j);
	x = divisor_argument(fcinfo, 2, "x", at.function);
	return pool_result(&at, &pool, stableswap_y(&pool, i, j, x, &result), result);
}

PG_FUNCTION_INFO_V1(pool_stableswap_dy);
Datum
pool_stableswap_dy(PG_FUNCTION_ARGS)
{
	static const pool_positions at = {"stableswap_dy", 3, 4, 5, 6, 7, 8};
	stableswap_pool pool;
	u256		dx;
	u256		result = U256_ZERO;
	int			i;
	int			j;

	if (!read_pool(fcinfo, &at, &pool))
		PG_RETURN_NULL();
	coin_pair(fcinfo, pool.n, &i, &j);
	dx = uint_argument(fcinfo, 2, "dx");
	return pool_result(&at, &pool, stableswap_dy(&pool, i, j, dx, &result), result);
}

PG_FUNCTION_INFO_V1(pool_stableswap_spot_price);
Datum
pool_stableswap_spot_price(PG_FUNCTION_ARGS)
{
	static const pool_positions at = {"stableswap_spot_price", 2, 3, 6, 4, 5, NO_ARGUMENT};
	stableswap_pool pool;
	u256		price = U256_ZERO;
	u256		kept;
	core_status status;
	int			i;
	int			j;

	if (!read_pool(fcinfo, &at, &pool))
		PG_RETURN_NULL();
	coin_pair(fcinfo, pool.n, &i, &j);
	status = stableswap_spot_price(&pool, i, j, &price);
	kept = u256_sub_wrap(u256_from_u64(STABLESWAP_FEE_ONE), pool.fee);
	if (status == CORE_OK)
		status = u256_mul_div(price, kept, u256_from_u64(STABLESWAP_FEE_ONE), U256_FLOOR, &price);
	return pool_result(&at, &pool, status, price);
}

/* Shares are minted and burned by another rule in Balancer's pools */
static void
require_curve(const pool_positions *at, const stableswap_pool *pool)
{
	if (pool->variant >= STABLESWAP_BALANCER_V2)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("variant of %s must not be '%s'", at->function, variants[pool->variant]),
				 errhint("Balancer's pools have another rule; it can be 'raw', 'std', 'plus1' or "
						 "'ng'.")));
}

PG_FUNCTION_INFO_V1(pool_stableswap_withdraw_one_coin);
Datum
pool_stableswap_withdraw_one_coin(PG_FUNCTION_ARGS)
{
	static const pool_positions at = {"stableswap_withdraw_one_coin", 2, 3, 4, 6, 7, 8};
	stableswap_pool pool;
	u256		amount;
	u256		supply;
	u256		result = U256_ZERO;
	int			i;

	if (!read_pool(fcinfo, &at, &pool))
		PG_RETURN_NULL();
	require_curve(&at, &pool);
	i = coin_argument(fcinfo, 0, "i", pool.n);
	amount = uint_argument(fcinfo, 1, "amount");
	supply = divisor_argument(fcinfo, 5, "supply", at.function);
	if (u256_cmp(amount, supply) > 0)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("amount must be at most the supply, %s, not %s",
						shown_numeric(PG_GETARG_DATUM(5)), shown_numeric(PG_GETARG_DATUM(1)))));
	return pool_result(&at, &pool,
					   stableswap_withdraw_one_coin(&pool, i, amount, supply, &result), result);
}

/* ---------- deposits and withdrawals of any amounts ---------- */

/* The pool of a deposit or withdrawal, argument 0 being its amounts; false where there is a NULL */
static bool
read_deposit(FunctionCallInfo fcinfo, const pool_positions *at, stableswap_pool *pool,
			 u256 *amounts)
{
	int			n;

	if (!read_pool(fcinfo, at, pool) || !coin_words(fcinfo, 0, "amounts", amounts, &n))
		return false;
	require_curve(at, pool);
	check_same_length("balances", pool->n, "amounts", n);
	return true;
}

/* Amounts that can be there: no more than the pool has, and of an empty pool's first deposit all */
static void
check_amounts(const char *function, const stableswap_pool *pool, const u256 *amounts,
			  bool deposit, bool is_first)
{
	for (int k = 0; k < pool->n; k++)
	{
		if (deposit ? is_first && u256_is_zero(amounts[k])
			: u256_cmp(amounts[k], pool->balance[k]) > 0)
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					 deposit ? errmsg("amounts[%d] of %s must be positive where supply is 0", k + 1,
									  function)
					 : errmsg("amounts[%d] of %s must be at most balances[%d]", k + 1, function,
							  k + 1)));
	}
}

PG_FUNCTION_INFO_V1(pool_stableswap_add_liquidity);
Datum
pool_stableswap_add_liquidity(PG_FUNCTION_ARGS)
{
	static const pool_positions at = {"stableswap_add_liquidity", 1, 2, 3, 5, 6, 7};
	stableswap_pool pool;
	u256		amounts[STABLESWAP_MAX_COINS];
	u256		supply;
	u256		result = U256_ZERO;

	if (!read_deposit(fcinfo, &at, &pool, amounts))
		PG_RETURN_NULL();
	supply = uint_argument(fcinfo, 4, "supply");
	check_amounts(at.function, &pool, amounts, true, u256_is_zero(supply));
	return pool_result(&at, &pool, stableswap_add_liquidity(&pool, amounts, supply, &result),
					   result);
}

PG_FUNCTION_INFO_V1(pool_stableswap_remove_liquidity_imbalance);
Datum
pool_stableswap_remove_liquidity_imbalance(PG_FUNCTION_ARGS)
{
	static const pool_positions at = {"stableswap_remove_liquidity_imbalance", 1, 2, 3, 5, 6, 7};
	stableswap_pool pool;
	u256		amounts[STABLESWAP_MAX_COINS];
	u256		supply;
	u256		result = U256_ZERO;

	if (!read_deposit(fcinfo, &at, &pool, amounts))
		PG_RETURN_NULL();
	supply = divisor_argument(fcinfo, 4, "supply", at.function);
	check_amounts(at.function, &pool, amounts, false, false);
	return pool_result(&at, &pool,
					   stableswap_remove_liquidity_imbalance(&pool, amounts, supply, &result),
					   result);
}

PG_FUNCTION_INFO_V1(pool_stableswap_calc_token_amount);
Datum
pool_stableswap_calc_token_amount(PG_FUNCTION_ARGS)
{
	static const pool_positions at = {"stableswap_calc_token_amount", 1, 2, 3, 5, 6, 7};
	stableswap_pool pool;
	u256		amounts[STABLESWAP_MAX_COINS];
	u256		supply;
	u256		result = U256_ZERO;
	bool		deposit;

	if (!read_deposit(fcinfo, &at, &pool, amounts))
		PG_RETURN_NULL();
	supply = uint_argument(fcinfo, 4, "supply");
	deposit = PG_GETARG_BOOL(8);
	check_amounts(at.function, &pool, amounts, deposit, false);
	return pool_result(&at, &pool,
					   stableswap_calc_token_amount(&pool, amounts, supply, deposit, &result),
					   result);
}

PG_FUNCTION_INFO_V1(pool_stableswap_dynamic_fee);
Datum
pool_stableswap_dynamic_fee(PG_FUNCTION_ARGS)
{
	u256		fee = fee_argument(fcinfo, 0);
	u256		multiplier = uint_argument(fcinfo, 1, "offpeg_fee_multiplier");
	u256		xi = uint_argument(fcinfo, 2, "xi");
	u256		xj = uint_argument(fcinfo, 3, "xj");
	u256		result = U256_ZERO;

	report_status(stableswap_dynamic_fee(fee, multiplier, xi, xj, &result),
				  "result of stableswap_dynamic_fee");
	PG_RETURN_NUMERIC(u256_to_numeric(result));
}

PG_FUNCTION_INFO_V1(pool_stableswap_amp);
Datum
pool_stableswap_amp(PG_FUNCTION_ARGS)
{
	TimestampTz at = PG_GETARG_TIMESTAMPTZ(0);
	u256		a0 = uint_argument(fcinfo, 1, "a0");
	u256		a1 = uint_argument(fcinfo, 2, "a1");
	TimestampTz t0 = PG_GETARG_TIMESTAMPTZ(3);
	TimestampTz t1 = PG_GETARG_TIMESTAMPTZ(4);
	u256		result = U256_ZERO;

	check_time("t", at);
	check_time("t0", t0);
	check_time("t1", t1);
	/* after its end the ramp is over whenever it began; before its beginning it is not known */
	if (at >= t1)
		PG_RETURN_NUMERIC(u256_to_numeric(a1));
	if (at < t0)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("t must not be before t0: the ramp has not begun"),
				 errhint("Before it an earlier ramp rules.")));
	/* all times are within the years -4713 to 294276, so that this cannot overflow */
	report_status(stableswap_amp(a0, a1, (uint64_t) (at - t0), (uint64_t) (t1 - t0), &result),
				  "result of stableswap_amp");
	PG_RETURN_NUMERIC(u256_to_numeric(result));
}

PG_FUNCTION_INFO_V1(pool_share);
Datum
pool_share(PG_FUNCTION_ARGS)
{
	static const pool_positions at = {"pool_share", 1, NO_ARGUMENT, NO_ARGUMENT, 2, NO_ARGUMENT,
	NO_ARGUMENT};
	stableswap_pool pool = {.variant = STABLESWAP_NG};
	double		share = 0;
	core_status status;
	int			i;

	if (lacks_argument(fcinfo, &at) ||
		!coin_words(fcinfo, at.balances, "balances", pool.balance, &pool.n) ||
		!read_rates(fcinfo, &at, &pool))
		PG_RETURN_NULL();
	i = coin_argument(fcinfo, 0, "i", pool.n);
	status = stableswap_scale_balances(&pool);
	if (status == CORE_OK)
		status = stableswap_share(&pool, i, &share);
	if (!report_status(status, "sum of balances"))
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(share);
}

/* ---------- exit depth ---------- */

/* A slippage as a word with 18 decimals: 0.005 is 5e15, to the last digit */
static u256
slippage_word(double slippage)
{
	double		scaled = rint(slippage * 1e18);

	if (unlikely(!(slippage >= 0 && scaled < 1e18)))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("slippage must be at least 0 and below 1, not %g", slippage),
				 errhint("It is a fraction: 0.005 is half a per cent.")));
	return u256_from_u64((uint64_t) scaled);
}

/* Arguments 8 and 9 of both functions: what price is compared, and with what */
static void
read_comparison(FunctionCallInfo fcinfo, depth_reference *reference, depth_mode *mode)
{
	static const char *const references[] = {"par", "spot"};
	static const char *const modes[] = {"average", "marginal"};

	*reference = (depth_reference) choice_argument(fcinfo, 8, "reference", references,
												   lengthof(references),
												   "It can be 'par' or 'spot'.");
	*mode = (depth_mode) choice_argument(fcinfo, 9, "mode", modes, lengthof(modes),
										 "It can be 'average' or 'marginal'.");
}

/* A search has up to some 500 trades of up to 255 rounds each: a millisecond, seldom ten */
static depth
search_depth(const pool_positions *at, depth_search *search, core_status status)
{
	check_status(at->function, search->pool, status);
	while (depth_step(search))
		CHECK_FOR_INTERRUPTS();
	return depth_result(search);
}

static void
depth_columns(const depth *found, Datum *values, bool *nulls)
{
	memset(nulls, false, sizeof(bool) * DEPTH_COLUMNS);
	values[0] = NumericGetDatum(u256_to_numeric(found->amount_in));
	values[1] = NumericGetDatum(u256_to_numeric(found->amount_out));
	values[2] = Float8GetDatum(found->average_price);
	nulls[2] = !found->has_price;
	values[3] = BoolGetDatum(found->exhausted);
}

PG_FUNCTION_INFO_V1(pool_stableswap_exit_depth);
Datum
pool_stableswap_exit_depth(PG_FUNCTION_ARGS)
{
	static const pool_positions at = {"stableswap_exit_depth", 2, 3, 4, 6, 7, 10};
	stableswap_pool pool;
	depth_search search;
	depth_reference reference;
	depth_mode	mode;
	depth		found;
	Datum		values[DEPTH_COLUMNS];
	bool		nulls[DEPTH_COLUMNS];
	u256		slippage;
	int			i;
	int			j;

	if (!read_pool(fcinfo, &at, &pool))
		PG_RETURN_NULL();
	coin_pair(fcinfo, pool.n, &i, &j);
	slippage = slippage_word(PG_GETARG_FLOAT8(5));
	read_comparison(fcinfo, &reference, &mode);
	found = search_depth(&at, &search,
						 depth_start(&search, &pool, i, j, slippage, reference, mode));
	depth_columns(&found, values, nulls);
	return row_with_nulls(fcinfo, values, nulls);
}

/* Argument 5 of the curve as an array of float8 */
static Datum *
slippage_array(FunctionCallInfo fcinfo, bool **nulls, int *n)
{
	ArrayType  *array = PG_GETARG_ARRAYTYPE_P(5);
	Datum	   *elements;

	if (ARR_NDIM(array) > 1)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("slippages must have one dimension, not %d", ARR_NDIM(array))));
	deconstruct_array(array, FLOAT8OID, sizeof(float8), FLOAT8PASSBYVAL, TYPALIGN_DOUBLE,
					  &elements, nulls, n);
	return elements;
}

/*
 * The size of a depth curve, of any pool: its slippages are the one array of
 * float8 among its arguments.
 */
PG_FUNCTION_INFO_V1(pool_depth_curve_rows);
Datum
pool_depth_curve_rows(PG_FUNCTION_ARGS)
{
	set_size   *asked = set_size_asked(fcinfo);
	int			length;

	for (int n = 0; asked != NULL && OidIsValid(set_size_type(asked, n)); n++)
	{
		if (set_size_array(asked, n, FLOAT8ARRAYOID, &length))
			return set_size_answer(asked, length);
	}
	PG_RETURN_POINTER(NULL);
}

PG_FUNCTION_INFO_V1(pool_stableswap_depth_curve);
Datum
pool_stableswap_depth_curve(PG_FUNCTION_ARGS)
{
	static const pool_positions at = {"stableswap_depth_curve", 2, 3, 4, 6, 7, 10};
	ReturnSetInfo *rows = (ReturnSetInfo *) fcinfo->resultinfo;
	stableswap_pool pool;
	depth_search search;
	depth_reference reference;
	depth_mode	mode;
	Datum	   *slippages;
	bool	   *missing;
	int			num_slippages;
	int			i;
	int			j;

	InitMaterializedSRF(fcinfo, 0);
	if (!read_pool(fcinfo, &at, &pool))
		return (Datum) 0;
	coin_pair(fcinfo, pool.n, &i, &j);
	read_comparison(fcinfo, &reference, &mode);
	slippages = slippage_array(fcinfo, &missing, &num_slippages);
	for (int k = 0; k < num_slippages; k++)
	{
		Datum		values[1 + DEPTH_COLUMNS] = {slippages[k]};
		bool		nulls[1 + DEPTH_COLUMNS];
		u256		slippage;
		depth		found;

		memset(nulls, missing[k], sizeof(nulls));
		if (!missing[k])
		{
			slippage = slippage_word(DatumGetFloat8(slippages[k]));
			found = search_depth(&at, &search,
								 depth_start(&search, &pool, i, j, slippage, reference, mode));
			depth_columns(&found, values + 1, nulls + 1);
		}
		tuplestore_putvalues(rows->setResult, rows->setDesc, values, nulls);
		if (!missing[k])
		{
			pfree(DatumGetPointer(values[1]));
			pfree(DatumGetPointer(values[2]));
		}
	}
	return (Datum) 0;
}
