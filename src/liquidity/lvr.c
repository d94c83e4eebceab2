/*-------------------------------------------------------------------------
 *
 * liquidity/lvr.c
 *	  The SQL face of domain liquidity: loss versus rebalancing, and fees.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "chain/words.h"
#include "core/liquidity/lvr.h"
#include "liquidity/pool.h"
#include "server/compat.h"
#include "server/moving.h"
#include "server/report.h"
#include "server/summary.h"

StaticAssertDecl(sizeof(lvr_summary) == 8 + 2 * sizeof(binned_sum),
				 "lvr_summary must have no padding, it is stored byte by byte");

/* ---------- rates ---------- */

PG_FUNCTION_INFO_V1(capital_efficiency);
Datum
capital_efficiency(PG_FUNCTION_ARGS)
{
	double		price = positive_argument(fcinfo, 0, "p");
	double		pa,
				pb,
				result;

	range_argument(fcinfo, 1, &pa, &pb);
	result = lvr_capital_efficiency(price, pa, pb);
	if (!isfinite(result))
		report_status(CORE_OUT_OF_RANGE, "capital_efficiency");
	PG_RETURN_FLOAT8(result);
}

/* kind, sigma, price, and what pool_argument takes */
PG_FUNCTION_INFO_V1(lvr_rate);
Datum
lvr_rate(PG_FUNCTION_ARGS)
{
	pool		p;
	double		sigma,
				price = 1,
				result;

	if (PG_ARGISNULL(0) || PG_ARGISNULL(1))
		PG_RETURN_NULL();
	p = pool_argument(fcinfo, 0, 3);
	sigma = unsigned_argument(fcinfo, 1, "sigma");
	if (!PG_ARGISNULL(2))
		price = positive_argument(fcinfo, 2, "price");
	else if (p.kind == POOL_CONCENTRATED || p.kind == POOL_STABLESWAP)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("a %s pool needs price",
						p.kind == POOL_CONCENTRATED ? "concentrated" : "stableswap"),
				 errhint("What it loses depends on where the price is.")));
	report_status(lvr_rate_of_pool(&p, sigma, price, &result), "lvr_rate");
	PG_RETURN_FLOAT8(result);
}

/* In the order of lvr_blocks */
static const char *const block_names[] = {"poisson", "fixed", "fast"};

PG_FUNCTION_INFO_V1(lvr_with_fees);
Datum
lvr_with_fees(PG_FUNCTION_ARGS)
{
	double		lvr = unsigned_argument(fcinfo, 0, "lvr");
	double		sigma = unsigned_argument(fcinfo, 1, "sigma");
	double		fee = fee_argument(fcinfo, 2);
	double		days = days_argument(fcinfo, 3, "block_time");
	lvr_blocks	blocks = choice_argument(fcinfo, 4, "blocks", block_names,
											lengthof(block_names), NULL);
	double		year_days = PG_GETARG_FLOAT8(5);
	double		result;

	check_parameter("year_days", year_days);
	report_status(lvr_after_fees(lvr, sigma * sqrt(days / year_days), fee, blocks, &result),
				  "lvr_with_fees");
	PG_RETURN_FLOAT8(result);
}

/* ---------- the type lvr_summary ---------- */

static bool
is_valid(const void *value)
{
	return lvr_summary_is_valid(value);
}

static const summary_field fields[] = {
	SUMMARY_SUM(lvr_summary, loss),
	SUMMARY_SUM(lvr_summary, volume),
	SUMMARY_INT64(lvr_summary, num_swaps)
};

static const summary_form form = {
	"lvr_summary", sizeof(lvr_summary), fields, lengthof(fields), is_valid,
	"(sum of losses,sum of volumes,num_swaps)",
	"No set of swaps has this summary."
};

SUMMARY_FORM(lvr_summary, &form)

/* ---------- realised ---------- */

/* The swap in arguments 1 to 3, of which none is NULL. */
static void
add_swap(FunctionCallInfo fcinfo, lvr_summary *s)
{
	double		quantity = PG_GETARG_FLOAT8(1);
	double		execution = positive_argument(fcinfo, 2, "execution_price");
	double		market = positive_argument(fcinfo, 3, "market_price");

	check_finite("quantity", quantity);
	report_status(lvr_summary_add(s, quantity, execution, market), "realized_lvr");
}

static inline bool
row_is_complete(FunctionCallInfo fcinfo)
{
	return !PG_ARGISNULL(1) && !PG_ARGISNULL(2) && !PG_ARGISNULL(3);
}

/* Transition function of lvr_agg and realized_lvr; see rate_summary_accum. */
PG_FUNCTION_INFO_V1(lvr_summary_accum);
Datum
lvr_summary_accum(PG_FUNCTION_ARGS)
{
	lvr_summary *s = summary_state(fcinfo, sizeof(lvr_summary));

	if (row_is_complete(fcinfo))
	{
		if (s == NULL)
		{
			s = summary_alloc(fcinfo, sizeof(lvr_summary));
			lvr_summary_init(s);
		}
		add_swap(fcinfo, s);
	}
	if (s == NULL)
		PG_RETURN_NULL();
	PG_RETURN_POINTER(s);
}

SUMMARY_MERGE_FUNCTIONS(lvr_summary, lvr_summary_merge, 3, "realized_lvr")

/* Forward function of the same aggregates over a moving frame. */
PG_FUNCTION_INFO_V1(lvr_summary_moving_accum);
Datum
lvr_summary_moving_accum(PG_FUNCTION_ARGS)
{
	sliding    *state = moving_state(fcinfo, lvr_summary_merge_slots, sizeof(lvr_summary));

	if (row_is_complete(fcinfo))
	{
		lvr_summary swap;

		lvr_summary_init(&swap);
		add_swap(fcinfo, &swap);
		moving_push(fcinfo, state, &swap, "realized_lvr");
	}
	PG_RETURN_POINTER(state);
}

/* Accessors; the first is the final function of realized_lvr as well. */
static Datum
loss_of(const lvr_summary *s)
{
	double		result;

	report_status(lvr_summary_loss(s, &result), "realized_lvr");
	PG_RETURN_FLOAT8(result);
}

PG_FUNCTION_INFO_V1(lvr_summary_realized_lvr);
Datum
lvr_summary_realized_lvr(PG_FUNCTION_ARGS)
{
	return loss_of((lvr_summary *) PG_GETARG_POINTER(0));
}

PG_FUNCTION_INFO_V1(lvr_summary_moving_loss);
Datum
lvr_summary_moving_loss(PG_FUNCTION_ARGS)
{
	lvr_summary s;

	if (!moving_result(fcinfo, &s, "realized_lvr"))
		PG_RETURN_NULL();
	return loss_of(&s);
}

PG_FUNCTION_INFO_V1(lvr_summary_lvr_volume);
Datum
lvr_summary_lvr_volume(PG_FUNCTION_ARGS)
{
	double		result;

	report_status(lvr_summary_volume((lvr_summary *) PG_GETARG_POINTER(0), &result), "lvr_volume");
	PG_RETURN_FLOAT8(result);
}

PG_FUNCTION_INFO_V1(lvr_summary_num_swaps);
Datum
lvr_summary_num_swaps(PG_FUNCTION_ARGS)
{
	PG_RETURN_INT64(((lvr_summary *) PG_GETARG_POINTER(0))->num_swaps);
}

/* ---------- fees ---------- */

/* Fees over a value, arguments value_at, period and year_days. */
static Datum
fee_apr_result(FunctionCallInfo fcinfo, double fees, int value_at, const char *value_name,
			   const char *what)
{
	double		value = unsigned_argument(fcinfo, value_at, value_name);
	double		days = days_argument(fcinfo, value_at + 1, "period");
	double		year_days = PG_GETARG_FLOAT8(value_at + 2);
	double		result;

	check_parameter("year_days", year_days);
	if (!report_status(lvr_fee_apr(fees, value, days, year_days, &result), what))
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(result);
}

PG_FUNCTION_INFO_V1(fee_apr);
Datum
fee_apr(PG_FUNCTION_ARGS)
{
	double		fees = PG_GETARG_FLOAT8(0);

	check_finite("fees", fees);
	return fee_apr_result(fcinfo, fees, 1, "value", "fee_apr");
}

PG_FUNCTION_INFO_V1(fee_apr_volume);
Datum
fee_apr_volume(PG_FUNCTION_ARGS)
{
	double		volume = unsigned_argument(fcinfo, 0, "volume");

	return fee_apr_result(fcinfo, volume * fee_argument(fcinfo, 1), 2, "tvl",
						  "fee_apr_volume");
}

/* The part of the fees of a position, arguments 0 to 3; false if it has none. */
static bool
share_of_fees(FunctionCallInfo fcinfo, const char *volume_name, const char *what, double *fees)
{
	double		volume = unsigned_argument(fcinfo, 0, volume_name);
	double		fee = fee_argument(fcinfo, 1);
	double		liquidity = unsigned_argument(fcinfo, 2, "liquidity");
	double		others = unsigned_argument(fcinfo, 3, "other_liquidity");

	return report_status(lvr_fees_of_volume(volume, fee, liquidity, others, fees), what);
}

PG_FUNCTION_INFO_V1(fee_apr_liquidity);
Datum
fee_apr_liquidity(PG_FUNCTION_ARGS)
{
	double		fees;

	if (!share_of_fees(fcinfo, "volume", "fee_apr_liquidity", &fees))
		PG_RETURN_NULL();
	return fee_apr_result(fcinfo, fees, 4, "value", "fee_apr_liquidity");
}

PG_FUNCTION_INFO_V1(swap_fee_share);
Datum
swap_fee_share(PG_FUNCTION_ARGS)
{
	double		fees;

	if (!share_of_fees(fcinfo, "amount_in", "swap_fee_share", &fees))
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(fees);
}

PG_FUNCTION_INFO_V1(fee_apr_growth);
Datum
fee_apr_growth(PG_FUNCTION_ARGS)
{
	fee_growth	growth0 = {uint_argument(fcinfo, 0, "growth0_start"),
		uint_argument(fcinfo, 1, "growth0_end")};
	fee_growth	growth1 = {uint_argument(fcinfo, 2, "growth1_start"),
		uint_argument(fcinfo, 3, "growth1_end")};
	u256		liquidity = uint_argument(fcinfo, 4, "liquidity");
	double		price = positive_argument(fcinfo, 5, "price");
	double		fees;

	if (u256_bit_length(liquidity) > 128)
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("liquidity must be below 2^128, not %s",
						shown_numeric(PG_GETARG_DATUM(4)))));
	report_status(lvr_fees_of_growth(&growth0, &growth1, liquidity, price, &fees),
				  "fee_apr_growth");
	return fee_apr_result(fcinfo, fees, 6, "value", "fee_apr_growth");
}
