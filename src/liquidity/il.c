/*-------------------------------------------------------------------------
 *
 * liquidity/il.c
 *	  The SQL face of domain liquidity: impermanent loss, and the return of a
 *	  position over a benchmark.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "miscadmin.h"
#include "utils/float.h"

#include "core/liquidity/il.h"
#include "core/yield/return.h"
#include "liquidity/pool.h"
#include "server/compat.h"
#include "server/float8_array.h"
#include "server/report.h"
#include "server/row.h"
#include "server/summary.h"

/* Weights may miss one by as much as their decimals are rounded */
#define WEIGHT_TOLERANCE	1e-9

/* ---------- arrays ---------- */

/* Returns their sum, which one who needs it then has for nothing. */
static inline double
check_all_positive(const char *argument, const float8_array *array)
{
	const double *values = array->values;
	double		sum = 0;

	for (int i = 0; i < array->n; i++)
	{
		if (unlikely(!(values[i] > 0 && values[i] <= DBL_MAX)))
			check_parameter(psprintf("%s[%d]", argument, i + 1), values[i]);
		sum += values[i];
	}
	return sum;
}

/* Ratios and weights, arguments "at" and the next. */
static void
weighted_arguments(FunctionCallInfo fcinfo, int at, float8_array *ratios,
				   float8_array *weights)
{
	double		sum;

	float8_vector_argument(fcinfo, at, "price_ratios", ratios);
	float8_vector_argument(fcinfo, at + 1, "weights", weights);
	check_same_length("price_ratios", ratios->n, "weights", weights->n);
	check_all_positive("price_ratios", ratios);
	sum = check_all_positive("weights", weights);
	if (unlikely(!(fabs(sum - 1) <= WEIGHT_TOLERANCE)))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("weights must sum to 1, not %s", float8out_internal(sum))));
}

static void
all_tokens(il_weights *tokens, const float8_array *ratios, const float8_array *weights)
{
	il_weights_begin(tokens, ratios->values, weights->values, ratios->n);
	while (il_weights_step(tokens))
		CHECK_FOR_INTERRUPTS();
}

/* ---------- impermanent loss ---------- */

PG_FUNCTION_INFO_V1(il_constant_product);
Datum
il_constant_product(PG_FUNCTION_ARGS)
{
	PG_RETURN_FLOAT8(il_of_ratio(positive_argument(fcinfo, 0, "price_ratio")));
}

PG_FUNCTION_INFO_V1(il_weighted);
Datum
il_weighted(PG_FUNCTION_ARGS)
{
	float8_array ratios,
				weights;
	il_weights	tokens;

	weighted_arguments(fcinfo, 0, &ratios, &weights);
	all_tokens(&tokens, &ratios, &weights);
	PG_RETURN_FLOAT8(il_weights_loss(&tokens));
}

static double
loss_in_range(double price0, double price1, double pa, double pb)
{
	double		result;

	report_status(il_of_range(price0, price1, pa, pb, &result), "il_concentrated");
	return result;
}

PG_FUNCTION_INFO_V1(il_concentrated);
Datum
il_concentrated(PG_FUNCTION_ARGS)
{
	double		price0 = positive_argument(fcinfo, 0, "p0");
	double		price1 = positive_argument(fcinfo, 1, "p1");
	double		pa,
				pb;

	range_argument(fcinfo, 2, &pa, &pb);
	PG_RETURN_FLOAT8(loss_in_range(price0, price1, pa, pb));
}

PG_FUNCTION_INFO_V1(il_stableswap);
Datum
il_stableswap(PG_FUNCTION_ARGS)
{
	double		amp = amp_argument(fcinfo, 0);

	PG_RETURN_FLOAT8(il_of_stable(amp, positive_argument(fcinfo, 1, "price")));
}

PG_FUNCTION_INFO_V1(il_stableswap_prices);
Datum
il_stableswap_prices(PG_FUNCTION_ARGS)
{
	double		amp = amp_argument(fcinfo, 0);
	double		price0 = positive_argument(fcinfo, 1, "p0");
	double		price1 = positive_argument(fcinfo, 2, "p1");
	double		result;

	report_status(il_of_stable_prices(amp, price0, price1, &result), "il_stableswap");
	PG_RETURN_FLOAT8(result);
}

/* Arguments n to n + 3 */
static rate_path
path_argument(FunctionCallInfo fcinfo, int n)
{
	return (rate_path) {
		.price0 = positive_argument(fcinfo, n, "p0"),
		.price1 = positive_argument(fcinfo, n + 1, "p1"),
		.rate0 = positive_argument(fcinfo, n + 2, "e0"),
		.rate1 = positive_argument(fcinfo, n + 3, "e1")
	};
}

static Datum
parts_result(FunctionCallInfo fcinfo, core_status status, const il_parts *parts,
			 const char *what)
{
	report_status(status, what);
	return row_of_float8(fcinfo, (const double[]) {parts->total, parts->accrual, parts->depeg},
						 3);
}

PG_FUNCTION_INFO_V1(il_rate_adjusted);
Datum
il_rate_adjusted(PG_FUNCTION_ARGS)
{
	rate_path	path = path_argument(fcinfo, 0);
	il_parts	parts;
	core_status status = il_split_constant_product(&path, &parts);

	return parts_result(fcinfo, status, &parts, "il_rate_adjusted");
}

PG_FUNCTION_INFO_V1(il_concentrated_rate_adjusted);
Datum
il_concentrated_rate_adjusted(PG_FUNCTION_ARGS)
{
	rate_path	path = path_argument(fcinfo, 0);
	double		pa,
				pb;
	il_parts	parts;
	core_status status;

	range_argument(fcinfo, 4, &pa, &pb);
	status = il_split_range(&path, pa, pb, &parts);
	return parts_result(fcinfo, status, &parts, "il_concentrated_rate_adjusted");
}

PG_FUNCTION_INFO_V1(il_stableswap_rate_adjusted);
Datum
il_stableswap_rate_adjusted(PG_FUNCTION_ARGS)
{
	double		amp = amp_argument(fcinfo, 0);
	rate_path	path = path_argument(fcinfo, 1);
	il_parts	parts;
	core_status status = il_split_stable(&path, amp, PG_GETARG_BOOL(5), &parts);

	return parts_result(fcinfo, status, &parts, "il_stableswap_rate_adjusted");
}

/* ---------- over rebalances ---------- */

static Datum
link_loss(FunctionCallInfo fcinfo, return_summary *s, double loss)
{
	if (s == NULL)
	{
		s = summary_alloc(fcinfo, sizeof(return_summary));
		return_summary_init(s);
	}
	report_status(return_summary_add(s, loss), "realized_il");
	PG_RETURN_POINTER(s);
}

/* Is one of the arguments 1 to n, those of a row, NULL? */
static bool
row_is_incomplete(FunctionCallInfo fcinfo, int n)
{
	for (int i = 1; i <= n; i++)
		if (PG_ARGISNULL(i))
			return true;
	return false;
}

/*
 * Transition functions of realized_il: the losses of positions that follow
 * each other, linked as returns are.
 */
PG_FUNCTION_INFO_V1(realized_il_accum);
Datum
realized_il_accum(PG_FUNCTION_ARGS)
{
	return_summary *s = summary_state(fcinfo, sizeof(return_summary));

	if (row_is_incomplete(fcinfo, 2))
	{
		if (s == NULL)
			PG_RETURN_NULL();
		PG_RETURN_POINTER(s);
	}
	return link_loss(fcinfo, s, il_of_prices(positive_argument(fcinfo, 1, "p0"),
											 positive_argument(fcinfo, 2, "p1")));
}

PG_FUNCTION_INFO_V1(realized_il_accum_range);
Datum
realized_il_accum_range(PG_FUNCTION_ARGS)
{
	return_summary *s = summary_state(fcinfo, sizeof(return_summary));
	double		price0,
				price1,
				pa,
				pb;

	if (row_is_incomplete(fcinfo, 4))
	{
		if (s == NULL)
			PG_RETURN_NULL();
		PG_RETURN_POINTER(s);
	}
	price0 = positive_argument(fcinfo, 1, "p0");
	price1 = positive_argument(fcinfo, 2, "p1");
	range_argument(fcinfo, 3, &pa, &pb);
	return link_loss(fcinfo, s, loss_in_range(price0, price1, pa, pb));
}

/* ---------- values ---------- */

typedef core_status (*value_function) (const pool *p, double value, double price0,
									   double price1, double *result);

static Datum
value_result(FunctionCallInfo fcinfo, value_function function, const char *what)
{
	pool		p;
	double		value,
				price0,
				price1,
				result;

	if (PG_ARGISNULL(0) || PG_ARGISNULL(1) || PG_ARGISNULL(2) || PG_ARGISNULL(3))
		PG_RETURN_NULL();
	p = pool_argument(fcinfo, 0, 4);
	value = unsigned_argument(fcinfo, 1, "v0");
	price0 = positive_argument(fcinfo, 2, "p0");
	price1 = positive_argument(fcinfo, 3, "p1");
	report_status(function(&p, value, price0, price1, &result), what);
	PG_RETURN_FLOAT8(result);
}

PG_FUNCTION_INFO_V1(lp_value);
Datum
lp_value(PG_FUNCTION_ARGS)
{
	return value_result(fcinfo, pool_lp_value, "lp_value");
}

PG_FUNCTION_INFO_V1(hodl_value);
Datum
hodl_value(PG_FUNCTION_ARGS)
{
	return value_result(fcinfo, pool_hodl_value, "hodl_value");
}

PG_FUNCTION_INFO_V1(lp_amounts);
Datum
lp_amounts(PG_FUNCTION_ARGS)
{
	pool		p;
	double		value,
				price;
	pool_amounts amounts;

	if (PG_ARGISNULL(0) || PG_ARGISNULL(1) || PG_ARGISNULL(2))
		PG_RETURN_NULL();
	p = pool_argument(fcinfo, 0, 3);
	value = unsigned_argument(fcinfo, 1, "value");
	price = positive_argument(fcinfo, 2, "price");
	report_status(pool_amounts_of_value(&p, value, price, &amounts), "lp_amounts");
	return row_of_float8(fcinfo, (const double[]) {amounts.amount0, amounts.amount1}, 2);
}

/* Of tokens with weights: the value of the position, or of its deposit held. */
static Datum
weighted_value_result(FunctionCallInfo fcinfo, bool of_position, const char *what)
{
	double		value = unsigned_argument(fcinfo, 0, "v0");
	float8_array ratios,
				weights;
	il_weights	tokens;
	double		lp,
				hodl;

	weighted_arguments(fcinfo, 1, &ratios, &weights);
	all_tokens(&tokens, &ratios, &weights);
	report_status(il_weights_values(&tokens, value, &lp, &hodl), what);
	PG_RETURN_FLOAT8(of_position ? lp : hodl);
}

PG_FUNCTION_INFO_V1(lp_value_weighted);
Datum
lp_value_weighted(PG_FUNCTION_ARGS)
{
	return weighted_value_result(fcinfo, true, "lp_value");
}

PG_FUNCTION_INFO_V1(hodl_value_weighted);
Datum
hodl_value_weighted(PG_FUNCTION_ARGS)
{
	return weighted_value_result(fcinfo, false, "hodl_value");
}

PG_FUNCTION_INFO_V1(hodl_value_amounts);
Datum
hodl_value_amounts(PG_FUNCTION_ARGS)
{
	float8_array amounts,
				prices;
	double		result;

	float8_vector_argument(fcinfo, 0, "amounts", &amounts);
	float8_vector_argument(fcinfo, 1, "prices", &prices);
	check_same_length("amounts", amounts.n, "prices", prices.n);
	check_all_positive("prices", &prices);
	for (int i = 0; i < amounts.n; i++)
		check_not_negative("amounts", amounts.values[i]);
	report_status(il_held_value(amounts.values, prices.values, amounts.n, &result),
				  "hodl_value");
	PG_RETURN_FLOAT8(result);
}

/* ---------- returns ---------- */

typedef enum lp_benchmark
{
	BENCHMARK_HODL,
	BENCHMARK_HODL_LST,
	BENCHMARK_HODL_ETH
} lp_benchmark;

static const char *const benchmark_names[] = {"hodl", "hodl_lst", "hodl_eth"};

/* What the benchmark, argument 5, is worth at the end. */
static double
benchmark_value(FunctionCallInfo fcinfo, double value, double hodl)
{
	lp_benchmark benchmark = choice_argument(fcinfo, 5, "benchmark", benchmark_names,
											  lengthof(benchmark_names), NULL);

	if (benchmark == BENCHMARK_HODL)
		return hodl;
	if (benchmark == BENCHMARK_HODL_ETH)
		return value;
	if (PG_ARGISNULL(6))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("benchmark hodl_lst needs price_ratio"),
				 errhint("That is the price of the LST at the end over that at entry, p1/p0.")));
	return value * positive_argument(fcinfo, 6, "price_ratio");
}

PG_FUNCTION_INFO_V1(lp_net_return);
Datum
lp_net_return(PG_FUNCTION_ARGS)
{
	double		value,
				lp,
				hodl,
				fees,
				rewards;
	lp_return	r;

	for (int i = 0; i <= 5; i++)
		if (PG_ARGISNULL(i))
			PG_RETURN_NULL();
	value = positive_argument(fcinfo, 0, "v0");
	lp = unsigned_argument(fcinfo, 1, "lp");
	hodl = positive_argument(fcinfo, 2, "hodl");
	fees = PG_GETARG_FLOAT8(3);
	rewards = PG_GETARG_FLOAT8(4);
	check_finite("fees", fees);
	check_finite("rewards", rewards);
	report_status(il_net_return(lp, hodl, benchmark_value(fcinfo, value, hodl), fees, rewards,
								&r), "lp_net_return");
	return row_of_float8(fcinfo, (const double[]) {r.benchmark, r.il, r.mix, r.fees, r.rewards,
												   r.net}, 6);
}

static Datum
break_even_result(FunctionCallInfo fcinfo, double days, double year_days, const char *function)
{
	double		value = unsigned_argument(fcinfo, 0, "v0");
	double		lp = unsigned_argument(fcinfo, 1, "lp");
	double		hodl = unsigned_argument(fcinfo, 2, "hodl");
	double		result;

	check_parameter("year_days", year_days);
	if (!report_status(il_break_even_apr(value, lp, hodl, days, year_days, &result), function))
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(result);
}

PG_FUNCTION_INFO_V1(break_even_fee_apr);
Datum
break_even_fee_apr(PG_FUNCTION_ARGS)
{
	return break_even_result(fcinfo, days_argument(fcinfo, 3, "period"), PG_GETARG_FLOAT8(4),
							 "break_even_fee_apr");
}

PG_FUNCTION_INFO_V1(break_even_fee_apr_between);
Datum
break_even_fee_apr_between(PG_FUNCTION_ARGS)
{
	return break_even_result(fcinfo, days_between(PG_GETARG_TIMESTAMPTZ(3),
												  PG_GETARG_TIMESTAMPTZ(4)),
							 PG_GETARG_FLOAT8(5), "break_even_fee_apr_between");
}
