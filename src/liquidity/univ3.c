/*-------------------------------------------------------------------------
 *
 * liquidity/univ3.c
 *	  The SQL face of domain liquidity: pools of Uniswap v2, v3 and v4.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "access/htup_details.h"
#include "catalog/pg_type.h"
#include "funcapi.h"
#include "miscadmin.h"
#include "utils/array.h"
#include "utils/float.h"

#include "chain/words.h"
#include "core/liquidity/univ2.h"
#include "core/liquidity/univ3.h"
#include "core/liquidity/univ3_depth.h"
#include "core/liquidity/univ3_swap.h"
#include "liquidity/pool.h"
#include "server/compat.h"
#include "server/report.h"
#include "server/row.h"

/* Arguments of a snapshot, the first of all functions on pools */
#define POOL_ARGUMENTS	7

#define SQRT_PRICE_RANGE \
	"from 4295128739 to 1461446703485210103287273052203988822378723970341"

/* ---------- arguments ---------- */

pg_noreturn static void
report_bad_sqrt_price(const char *argument, Datum value, const char *range)
{
	ereport(ERROR,
			(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
			 errmsg("%s must be %s, not %s", argument, range, shown_numeric(value)),
			 errhint("It is sqrt(token1 per token0) * 2^96 in the tokens' least units, as slot0() "
					 "of a pool returns it.")));
	pg_unreachable();
}

pg_noreturn static void
report_bad_liquidity(const char *argument, Datum value)
{
	ereport(ERROR,
			(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
			 errmsg("%s must be below 2^128, not %s", argument, shown_numeric(value))));
	pg_unreachable();
}

pg_noreturn static void
report_bad_tick(const char *argument, int64 tick)
{
	ereport(ERROR,
			(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
			 errmsg("%s must be from %d to %d, not " INT64_FORMAT, argument, UNIV3_MIN_TICK,
					UNIV3_MAX_TICK, tick),
			 errhint("A tick is the exponent of a price: 1.0001^tick of token1 per token0, in least "
					 "units. Of a sqrt price, univ3_tick_at_sqrt_price is the tick.")));
	pg_unreachable();
}

static u256
sqrt_price_argument(FunctionCallInfo fcinfo, int n, const char *argument)
{
	u256		sqrt_price = uint_argument(fcinfo, n, argument);

	if (unlikely(!univ3_is_pool_price(sqrt_price)))
		report_bad_sqrt_price(argument, PG_GETARG_DATUM(n), SQRT_PRICE_RANGE);
	return sqrt_price;
}

static u256
liquidity_argument(FunctionCallInfo fcinfo, int n, const char *argument)
{
	u256		liquidity = uint_argument(fcinfo, n, argument);

	if (unlikely(!univ3_is_liquidity(liquidity)))
		report_bad_liquidity(argument, PG_GETARG_DATUM(n));
	return liquidity;
}

static int32
tick_argument(FunctionCallInfo fcinfo, int n, const char *argument)
{
	int64		tick = PG_GETARG_INT64(n);

	if (unlikely(tick < UNIV3_MIN_TICK || tick > UNIV3_MAX_TICK))
		report_bad_tick(argument, tick);
	return (int32) tick;
}

/* Bounds n and n + 1 of a range, as sqrt prices */
typedef void (*range_reader) (FunctionCallInfo fcinfo, int n, u256 *lower, u256 *upper);

/* Arguments n and n + 1, tick_lower and tick_upper, in order */
static void
read_ticks(FunctionCallInfo fcinfo, int n, int32 *lower, int32 *upper)
{
	*lower = tick_argument(fcinfo, n, "tick_lower");
	*upper = tick_argument(fcinfo, n + 1, "tick_upper");
	if (unlikely(*lower >= *upper))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("tick_lower must be below tick_upper, and they are %d and %d",
						*lower, *upper)));
}

static void
read_tick_range(FunctionCallInfo fcinfo, int n, u256 *lower, u256 *upper)
{
	int32		tick_lower;
	int32		tick_upper;

	read_ticks(fcinfo, n, &tick_lower, &tick_upper);
	(void) univ3_sqrt_price_at_tick(tick_lower, lower);
	(void) univ3_sqrt_price_at_tick(tick_upper, upper);
}

/* The price of tick 887272 is a bound, too, though no pool can be there */
static u256
bound_argument(FunctionCallInfo fcinfo, int n, const char *argument)
{
	u256		bound = uint_argument(fcinfo, n, argument);

	if (unlikely(!univ3_is_pool_price(bound) && !u256_equal(bound, UNIV3_MAX_SQRT_PRICE)))
		report_bad_sqrt_price(argument, PG_GETARG_DATUM(n),
							  "from 4295128739 to 1461446703485210103287273052203988822378723970342");
	return bound;
}

static void
read_price_range(FunctionCallInfo fcinfo, int n, u256 *lower, u256 *upper)
{
	*lower = bound_argument(fcinfo, n, "sqrt_price_lower");
	*upper = bound_argument(fcinfo, n + 1, "sqrt_price_upper");
	if (unlikely(u256_cmp(*lower, *upper) >= 0))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("sqrt_price_lower must be below sqrt_price_upper, and they are %s and %s",
						shown_numeric(PG_GETARG_DATUM(n)), shown_numeric(PG_GETARG_DATUM(n + 1)))));
}

static void
check_result(core_status status, const char *function, const char *bound)
{
	if (unlikely(status != CORE_OK))
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("result of %s is out of range", function),
				 errdetail("It, or an amount on the way to it, is %s or more.", bound)));
}

/* ---------- ticks and prices ---------- */

PG_FUNCTION_INFO_V1(liquidity_univ3_sqrt_price_at_tick);
Datum
liquidity_univ3_sqrt_price_at_tick(PG_FUNCTION_ARGS)
{
	u256		sqrt_price = U256_ZERO;

	(void) univ3_sqrt_price_at_tick(tick_argument(fcinfo, 0, "tick"), &sqrt_price);
	PG_RETURN_NUMERIC(u256_to_numeric(sqrt_price));
}

PG_FUNCTION_INFO_V1(liquidity_univ3_tick_at_sqrt_price);
Datum
liquidity_univ3_tick_at_sqrt_price(PG_FUNCTION_ARGS)
{
	u256		sqrt_price = uint_argument(fcinfo, 0, "sqrt_price");
	int32		tick;

	if (unlikely(!univ3_tick_at_sqrt_price(sqrt_price, &tick)))
		report_bad_sqrt_price("sqrt_price", PG_GETARG_DATUM(0), SQRT_PRICE_RANGE);
	PG_RETURN_INT32(tick);
}

PG_FUNCTION_INFO_V1(liquidity_univ3_price);
Datum
liquidity_univ3_price(PG_FUNCTION_ARGS)
{
	u256		sqrt_price = sqrt_price_argument(fcinfo, 0, "sqrt_price");
	int			decimals = decimals_difference(fcinfo, 1);
	u256		mantissa = U256_ZERO;
	int			scale = 0;

	check_result(univ3_price(sqrt_price, decimals, PG_GETARG_BOOL(3), &mantissa, &scale),
				 "univ3_price", "2^256");
	PG_RETURN_NUMERIC(u256_to_numeric_scaled(mantissa, scale, 0));
}

PG_FUNCTION_INFO_V1(liquidity_univ3_tick_to_price);
Datum
liquidity_univ3_tick_to_price(PG_FUNCTION_ARGS)
{
	int32		tick = tick_argument(fcinfo, 0, "tick");

	PG_RETURN_FLOAT8(univ3_tick_to_price(tick, decimals_difference(fcinfo, 1)));
}

PG_FUNCTION_INFO_V1(liquidity_univ3_price_to_tick);
Datum
liquidity_univ3_price_to_tick(PG_FUNCTION_ARGS)
{
	double		price = PG_GETARG_FLOAT8(0);
	int			decimals = decimals_difference(fcinfo, 1);
	int32		tick;

	if (unlikely(univ3_price_to_tick(price, decimals, &tick) != CORE_OK))
		report_bad_float8("price", price, "within the prices of the ticks -887272 to 887272");
	PG_RETURN_INT32(tick);
}

PG_FUNCTION_INFO_V1(liquidity_univ3_nearest_usable_tick);
Datum
liquidity_univ3_nearest_usable_tick(PG_FUNCTION_ARGS)
{
	int32		tick = tick_argument(fcinfo, 0, "tick");

	PG_RETURN_INT32(univ3_nearest_usable_tick(tick, integer_argument(fcinfo, 1, "tick_spacing", 1,
																	 UNIV3_MAX_TICK_SPACING)));
}

/* ---------- positions ---------- */

static Datum
amounts_of(FunctionCallInfo fcinfo, range_reader read_range, const char *function)
{
	u256		liquidity = liquidity_argument(fcinfo, 0, "liquidity");
	u256		sqrt_price = sqrt_price_argument(fcinfo, 1, "sqrt_price");
	u256		lower;
	u256		upper;
	u256		amount0 = U256_ZERO;
	u256		amount1 = U256_ZERO;
	Datum		values[2];

	read_range(fcinfo, 2, &lower, &upper);
	check_result(univ3_amounts(liquidity, sqrt_price, lower, upper, PG_GETARG_BOOL(4),
							   &amount0, &amount1), function, "2^256");
	values[0] = NumericGetDatum(u256_to_numeric(amount0));
	values[1] = NumericGetDatum(u256_to_numeric(amount1));
	return row_result(fcinfo, values);
}

PG_FUNCTION_INFO_V1(liquidity_univ3_amounts);
Datum
liquidity_univ3_amounts(PG_FUNCTION_ARGS)
{
	return amounts_of(fcinfo, read_tick_range, "univ3_amounts");
}

PG_FUNCTION_INFO_V1(liquidity_univ3_amounts_at_prices);
Datum
liquidity_univ3_amounts_at_prices(PG_FUNCTION_ARGS)
{
	return amounts_of(fcinfo, read_price_range, "univ3_amounts_at_prices");
}

static Datum
liquidity_of(FunctionCallInfo fcinfo, range_reader read_range, const char *function)
{
	u256		sqrt_price = sqrt_price_argument(fcinfo, 0, "sqrt_price");
	u256		amount0 = uint_argument(fcinfo, 3, "amount0");
	u256		amount1 = uint_argument(fcinfo, 4, "amount1");
	u256		lower;
	u256		upper;
	u256		liquidity = U256_ZERO;

	read_range(fcinfo, 1, &lower, &upper);
	check_result(univ3_liquidity(sqrt_price, lower, upper, amount0, amount1, &liquidity),
				 function, "2^128");
	PG_RETURN_NUMERIC(u256_to_numeric(liquidity));
}

PG_FUNCTION_INFO_V1(liquidity_univ3_liquidity);
Datum
liquidity_univ3_liquidity(PG_FUNCTION_ARGS)
{
	return liquidity_of(fcinfo, read_tick_range, "univ3_liquidity");
}

PG_FUNCTION_INFO_V1(liquidity_univ3_liquidity_at_prices);
Datum
liquidity_univ3_liquidity_at_prices(PG_FUNCTION_ARGS)
{
	return liquidity_of(fcinfo, read_price_range, "univ3_liquidity_at_prices");
}

PG_FUNCTION_INFO_V1(liquidity_univ3_fee_growth_inside);
Datum
liquidity_univ3_fee_growth_inside(PG_FUNCTION_ARGS)
{
	int32		lower;
	int32		upper;
	int32		tick = tick_argument(fcinfo, 2, "tick");
	u256		global = uint_argument(fcinfo, 3, "global");
	u256		lower_outside = uint_argument(fcinfo, 4, "lower_outside");
	u256		upper_outside = uint_argument(fcinfo, 5, "upper_outside");

	read_ticks(fcinfo, 0, &lower, &upper);
	PG_RETURN_NUMERIC(u256_to_numeric(univ3_fee_growth_inside(lower, upper, tick, global,
															  lower_outside, upper_outside)));
}

PG_FUNCTION_INFO_V1(liquidity_univ3_fees_owed);
Datum
liquidity_univ3_fees_owed(PG_FUNCTION_ARGS)
{
	u256		inside = uint_argument(fcinfo, 0, "inside");
	u256		inside_last = uint_argument(fcinfo, 1, "inside_last");
	u256		owed = U256_ZERO;

	check_result(univ3_fees_owed(inside, inside_last, liquidity_argument(fcinfo, 2, "liquidity"),
								 &owed), "univ3_fees_owed", "2^256");
	PG_RETURN_NUMERIC(u256_to_numeric(owed));
}

/* ---------- snapshots of pools ---------- */

/* Number of elements of an array that has one dimension, or none, and no NULL */
static int
array_length(ArrayType *array, const char *argument)
{
	if (ARR_NDIM(array) > 1)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("%s must have one dimension, not %d", argument, ARR_NDIM(array))));
	if (array_contains_nulls(array))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("%s must not hold NULL", argument)));
	return ArrayGetNItems(ARR_NDIM(array), ARR_DIMS(array));
}

/* Argument 5 as ticks, which are there as bigint, as indexers store them */
static int32 *
read_tick_array(FunctionCallInfo fcinfo, int *num_ticks)
{
	ArrayType  *array = PG_GETARG_ARRAYTYPE_P(5);
	const int64 *elements = (const int64 *) ARR_DATA_PTR(array);
	int32	   *ticks;

	*num_ticks = array_length(array, "ticks");
	ticks = palloc(sizeof(int32) * Max(*num_ticks, 1));
	for (int i = 0; i < *num_ticks; i++)
	{
		if (unlikely(elements[i] < UNIV3_MIN_TICK || elements[i] > UNIV3_MAX_TICK))
			report_bad_tick(psprintf("ticks[%d]", i + 1), elements[i]);
		ticks[i] = (int32) elements[i];
	}
	return ticks;
}

/* The tick of a pool: one below all others where its price fell to the last of them */
static int32
pool_tick_argument(FunctionCallInfo fcinfo, int n)
{
	if (PG_GETARG_INT64(n) == UNIV3_MIN_TICK - 1)
		return UNIV3_MIN_TICK - 1;
	return tick_argument(fcinfo, n, "tick");
}

/* An int128 as the contract has it */
static s256
net_element(Datum value, int i)
{
	s256		net;
	u256		magnitude;

	if (likely(numeric_to_s256(value, &net) == NUMERIC_READ_OK))
	{
		magnitude = s256_is_negative(net) ? u256_sub_wrap(s256_neg_wrap(net), u256_from_u64(1)) : net;
		if (likely(u256_bit_length(magnitude) < 128))
			return net;
	}
	ereport(ERROR,
			(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
			 errmsg("liquidity_net[%d] must be a whole number from -2^127 to 2^127 - 1, not %s",
					i + 1, shown_numeric(value))));
	pg_unreachable();
}

/* liquidity_net, as long as ticks are: no more than there are ticks, as these are sound */
static s256 *
read_liquidity_net(FunctionCallInfo fcinfo, int num_ticks)
{
	ArrayType  *array = PG_GETARG_ARRAYTYPE_P(6);
	int			n = array_length(array, "liquidity_net");
	s256	   *nets = palloc(sizeof(s256) * Max(num_ticks, 1));
	Datum	   *elements;

	if (n != num_ticks)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("ticks and liquidity_net must have the same length, not %d and %d",
						num_ticks, n)));
	deconstruct_array(array, NUMERICOID, -1, false, TYPALIGN_INT, &elements, NULL, &n);
	for (int i = 0; i < n; i++)
		nets[i] = net_element(elements[i], i);
	return nets;
}

/* What univ3_pool_check says of element "at" of the ticks, all of which are ticks */
pg_noreturn static void
report_tick_flaw(const univ3_pool *pool, univ3_flaw flaw, int at)
{
	if (flaw == UNIV3_TICKS_UNSORTED)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("ticks must be ascending: ticks[%d] is %d, after %d", at + 1,
						pool->ticks[at], pool->ticks[at - 1]),
				 errhint("array_agg(tick ORDER BY tick) and array_agg(liquidity_net ORDER BY tick) "
						 "make both arrays.")));
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("ticks must be multiples of tick_spacing %d: ticks[%d] is %d",
					pool->tick_spacing, at + 1, pool->ticks[at])));
	pg_unreachable();
}

/* Arguments 0 to 6 of functions on pools, as a snapshot that can be */
static void
read_pool(FunctionCallInfo fcinfo, univ3_pool *pool)
{
	int32		tick = 0;
	univ3_flaw	flaw;
	int			at;

	pool->sqrt_price = sqrt_price_argument(fcinfo, 0, "sqrt_price");
	pool->liquidity = liquidity_argument(fcinfo, 1, "liquidity");
	pool->tick = pool_tick_argument(fcinfo, 2);
	pool->fee_pips = (uint32) integer_argument(fcinfo, 3, "fee_pips", 0, UNIV3_FEE_UNIT - 1);
	pool->tick_spacing = integer_argument(fcinfo, 4, "tick_spacing", 1, UNIV3_MAX_TICK_SPACING);
	pool->ticks = read_tick_array(fcinfo, &pool->num_ticks);
	flaw = univ3_pool_check(pool, &at);
	if (unlikely(flaw == UNIV3_BAD_TICK))
	{
		(void) univ3_tick_at_sqrt_price(pool->sqrt_price, &tick);
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("tick and sqrt_price contradict each other: tick is %d, that of sqrt_price "
						"is %d", pool->tick, tick),
				 errhint("slot0() of a pool returns both, as of one block.")));
	}
	if (unlikely(flaw != UNIV3_SOUND))
		report_tick_flaw(pool, flaw, at);
	pool->liquidity_net = read_liquidity_net(fcinfo, pool->num_ticks);
}

static bool
has_null(FunctionCallInfo fcinfo, int n)
{
	for (int i = 0; i < n; i++)
		if (PG_ARGISNULL(i))
			return true;
	return false;
}

/* Where a step of a swap cannot be, because the snapshot's ticks cannot */
static void
check_step(core_status status, const univ3_swap *swap)
{
	bool		initialized;
	int			code;

	if (likely(status == CORE_OK))
		return;
	code = status == CORE_BAD_PARAMETER ? ERRCODE_INVALID_PARAMETER_VALUE :
		ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE;
	ereport(ERROR,
			(errcode(code),
			 errmsg("liquidity would be %s beyond tick %d",
					status == CORE_BAD_PARAMETER ? "negative" : "2^128 or more",
					univ3_swap_next_tick(swap, &initialized)),
			 errhint("liquidity and liquidity_net must be those of one block, and ticks hold all "
					 "that the swap crosses.")));
}

/* ---------- swaps ---------- */

static void
begin_swap(FunctionCallInfo fcinfo, const univ3_pool *pool, univ3_swap *swap)
{
	bool		zero_for_one = PG_GETARG_BOOL(9);
	u256		limit = U256_ZERO;
	core_status status;

	if (!PG_ARGISNULL(10))
		limit = uint_argument(fcinfo, 10, "sqrt_price_limit");
	status = univ3_swap_begin(swap, pool, uint_argument(fcinfo, 7, "amount"), PG_GETARG_BOOL(8),
							  zero_for_one, PG_ARGISNULL(10) ? NULL : &limit);
	if (status == CORE_OUT_OF_RANGE)
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("amount must be below 2^255, not %s", shown_numeric(PG_GETARG_DATUM(7)))));
	if (status != CORE_OK)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("sqrt_price_limit must be %s, not %s",
						zero_for_one ?
						"below sqrt_price and above 4295128739 where zero_for_one is true" :
						"above sqrt_price and below 1461446703485210103287273052203988822378723970342 "
						"where zero_for_one is false",
						shown_numeric(PG_GETARG_DATUM(10)))));
}

PG_FUNCTION_INFO_V1(liquidity_univ3_swap);
Datum
liquidity_univ3_swap(PG_FUNCTION_ARGS)
{
	univ3_pool	pool;
	univ3_swap	swap;
	Datum		values[6];

	/* no limit is a limit, too */
	if (has_null(fcinfo, 10))
		PG_RETURN_NULL();
	read_pool(fcinfo, &pool);
	begin_swap(fcinfo, &pool, &swap);
	while (!univ3_swap_is_over(&swap))
	{
		CHECK_FOR_INTERRUPTS();
		check_step(univ3_swap_advance(&swap), &swap);
	}
	values[0] = NumericGetDatum(u256_to_numeric(swap.amount_in));
	values[1] = NumericGetDatum(u256_to_numeric(swap.amount_out));
	values[2] = NumericGetDatum(u256_to_numeric(swap.sqrt_price));
	values[3] = Int32GetDatum(swap.tick);
	values[4] = NumericGetDatum(u256_to_numeric(swap.liquidity));
	values[5] = BoolGetDatum(u256_is_zero(swap.remaining));
	return row_result(fcinfo, values);
}

/* ---------- depth ---------- */

/* Arguments that univ3_exit_depth and univ3_depth_curve share */
typedef struct depth_request
{
	univ3_pool	pool;
	u256		reference;
	univ3_depth_mode mode;
	bool		zero_for_one;
	int			decimals;
} depth_request;

enum depth_arguments
{
	ARG_SLIPPAGE = POOL_ARGUMENTS,
	ARG_ZERO_FOR_ONE,
	ARG_MODE,
	ARG_REFERENCE,
	ARG_DECIMALS
};

/* Whether an argument other than reference is NULL, where NULL is the pool's price */
static bool
lacks_argument(FunctionCallInfo fcinfo)
{
	return has_null(fcinfo, ARG_REFERENCE) || PG_ARGISNULL(ARG_DECIMALS) ||
		PG_ARGISNULL(ARG_DECIMALS + 1);
}

static void
read_depth_request(FunctionCallInfo fcinfo, depth_request *request)
{
	static const char *const modes[] = {
		[UNIV3_MARGINAL] = "marginal", [UNIV3_AVERAGE] = "average"
	};
	read_pool(fcinfo, &request->pool);
	request->zero_for_one = PG_GETARG_BOOL(ARG_ZERO_FOR_ONE);
	request->mode = (univ3_depth_mode)
		choice_argument(fcinfo, ARG_MODE, "mode", modes, lengthof(modes),
						"It can be 'marginal', the pool's price after the sale, or 'average', what the "
						"sale brings, fee included.");
	request->decimals = decimals_difference(fcinfo, ARG_DECIMALS);
	if (PG_ARGISNULL(ARG_REFERENCE))
		request->reference = request->pool.sqrt_price;
	else if (univ3_sqrt_price_of(PG_GETARG_FLOAT8(ARG_REFERENCE), request->decimals,
								 &request->reference) != CORE_OK)
		report_bad_float8("reference", PG_GETARG_FLOAT8(ARG_REFERENCE),
						  "a price of token0 in token1 that a pool can have");
}

static void
find_depth(const depth_request *request, double slippage, univ3_depth *depth)
{
	if (univ3_depth_begin(depth, &request->pool, request->reference, slippage, request->mode,
						  request->zero_for_one) != CORE_OK)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("slippage must be from 0 to below 1, not %s", float8out_internal(slippage)),
				 errhint("It is a fraction: 0.01 is 1 %%.")));
	while (!depth->is_over)
	{
		CHECK_FOR_INTERRUPTS();
		check_step(univ3_depth_advance(depth), &depth->swap);
	}
}

PG_FUNCTION_INFO_V1(liquidity_univ3_exit_depth);
Datum
liquidity_univ3_exit_depth(PG_FUNCTION_ARGS)
{
	depth_request request;
	univ3_depth depth;
	Datum		values[4];

	if (lacks_argument(fcinfo))
		PG_RETURN_NULL();
	read_depth_request(fcinfo, &request);
	find_depth(&request, PG_GETARG_FLOAT8(ARG_SLIPPAGE), &depth);
	values[0] = NumericGetDatum(u256_to_numeric(depth.swap.amount_in));
	values[1] = NumericGetDatum(u256_to_numeric(depth.swap.amount_out));
	values[2] = Float8GetDatum(univ3_price_to_double(depth.swap.sqrt_price, request.decimals));
	values[3] = BoolGetDatum(depth.is_exhausted);
	return row_result(fcinfo, values);
}

/* What univ3_depth_curve keeps from row to row */
typedef struct depth_curve
{
	depth_request request;
	const float8 *slippages;
} depth_curve;

/* On the first call; no rows where an argument is NULL */
static void
begin_depth_curve(FunctionCallInfo fcinfo)
{
	FuncCallContext *context = SRF_FIRSTCALL_INIT();
	MemoryContext caller = MemoryContextSwitchTo(context->multi_call_memory_ctx);

	if (get_call_result_type(fcinfo, NULL, &context->tuple_desc) != TYPEFUNC_COMPOSITE)
		elog(ERROR, "return type must be a row type");
	context->tuple_desc = BlessTupleDesc(context->tuple_desc);
	context->max_calls = 0;
	if (!lacks_argument(fcinfo))
	{
		ArrayType  *slippages = PG_GETARG_ARRAYTYPE_P(ARG_SLIPPAGE);
		depth_curve *curve = palloc(sizeof(depth_curve));

		context->max_calls = (uint64) array_length(slippages, "slippages");
		curve->slippages = (const float8 *) ARR_DATA_PTR(slippages);
		read_depth_request(fcinfo, &curve->request);
		context->user_fctx = curve;
	}
	MemoryContextSwitchTo(caller);
}

PG_FUNCTION_INFO_V1(liquidity_univ3_depth_curve);
Datum
liquidity_univ3_depth_curve(PG_FUNCTION_ARGS)
{
	FuncCallContext *context;
	const depth_curve *curve;
	univ3_depth depth;
	double		average = 0;
	Datum		values[5];
	bool		nulls[5] = {false};

	if (SRF_IS_FIRSTCALL())
		begin_depth_curve(fcinfo);
	context = SRF_PERCALL_SETUP();
	if (context->call_cntr >= context->max_calls)
		SRF_RETURN_DONE(context);
	curve = context->user_fctx;
	find_depth(&curve->request, curve->slippages[context->call_cntr], &depth);
	nulls[3] = univ3_average_price(&depth.swap, curve->request.decimals, &average) != CORE_OK;
	values[0] = Float8GetDatum(curve->slippages[context->call_cntr]);
	values[1] = NumericGetDatum(u256_to_numeric(depth.swap.amount_in));
	values[2] = NumericGetDatum(u256_to_numeric(depth.swap.amount_out));
	values[3] = Float8GetDatum(average);
	values[4] = BoolGetDatum(depth.is_exhausted);
	SRF_RETURN_NEXT(context, HeapTupleGetDatum(heap_form_tuple(context->tuple_desc, values, nulls)));
}

/* ---------- Uniswap v2 ---------- */

/* A reserve of which there is something */
static u256
reserve_argument(FunctionCallInfo fcinfo, int n, const char *argument)
{
	u256		reserve = uint_argument(fcinfo, n, argument);

	if (unlikely(u256_is_zero(reserve)))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("%s must not be zero", argument)));
	return reserve;
}

PG_FUNCTION_INFO_V1(liquidity_univ2_amount_out);
Datum
liquidity_univ2_amount_out(PG_FUNCTION_ARGS)
{
	u256		amount_in = uint_argument(fcinfo, 0, "amount_in");
	u256		reserve_in = reserve_argument(fcinfo, 1, "reserve_in");
	u256		reserve_out = reserve_argument(fcinfo, 2, "reserve_out");
	int			fee_bps = integer_argument(fcinfo, 3, "fee_bps", 0, UNIV2_FEE_UNIT - 1);
	u256		amount_out = U256_ZERO;

	check_result(univ2_amount_out(amount_in, reserve_in, reserve_out, (uint32) fee_bps, &amount_out),
				 "univ2_amount_out", "2^256");
	PG_RETURN_NUMERIC(u256_to_numeric(amount_out));
}

PG_FUNCTION_INFO_V1(liquidity_univ2_amount_in);
Datum
liquidity_univ2_amount_in(PG_FUNCTION_ARGS)
{
	u256		amount_out = uint_argument(fcinfo, 0, "amount_out");
	u256		reserve_in = reserve_argument(fcinfo, 1, "reserve_in");
	u256		reserve_out = reserve_argument(fcinfo, 2, "reserve_out");
	int			fee_bps = integer_argument(fcinfo, 3, "fee_bps", 0, UNIV2_FEE_UNIT - 1);
	u256		amount_in = U256_ZERO;

	if (unlikely(u256_cmp(amount_out, reserve_out) >= 0))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("amount_out must be below reserve_out, and they are %s and %s",
						shown_numeric(PG_GETARG_DATUM(0)), shown_numeric(PG_GETARG_DATUM(2)))));
	check_result(univ2_amount_in(amount_out, reserve_in, reserve_out, (uint32) fee_bps, &amount_in),
				 "univ2_amount_in", "2^256");
	PG_RETURN_NUMERIC(u256_to_numeric(amount_in));
}
