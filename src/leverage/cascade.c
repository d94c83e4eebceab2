/*-------------------------------------------------------------------------
 *
 * leverage/cascade.c
 *	  The SQL face of domain leverage: liquidations that move the price, and the
 *	  shocks that a price history makes likely.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "access/htup_details.h"
#include "fmgr.h"
#include "funcapi.h"
#include "utils/float.h"
#include "utils/memutils.h"

#include "core/leverage/cascade.h"
#include "core/leverage/stress.h"
#include "leverage/position.h"
#include "server/compat.h"
#include "server/interrupts.h"
#include "server/report.h"
#include "server/row.h"

#define CASCADE_COLUMNS	8

/* Accounts, or products, between two looks for an interrupt. */
#define CHUNK	((size_t) 1 << 20)

/* ---------- cascades ---------- */

typedef struct cascade_state
{
	cascade_book book;
	cascade_depth depth;
	double		shocked_price;	/* before any sale */
	double		price;
	double		sold;
	int32		max_rounds;
} cascade_state;

/* Options from argument n on: liquidation_bonus, close_factor, max_rounds. */
static void
read_options(FunctionCallInfo fcinfo, int n, cascade_state *state)
{
	state->book.bonus = PG_GETARG_FLOAT8(n);
	state->book.close_factor = PG_GETARG_FLOAT8(n + 1);
	state->max_rounds = integer_argument(fcinfo, n + 2, "max_rounds", 1, PG_INT32_MAX);
	check_bonus(state->book.bonus);
	check_close_factor(state->book.close_factor);
}

static void
begin_cascade(FunctionCallInfo fcinfo, bool with_curve)
{
	FuncCallContext *context = SRF_FIRSTCALL_INIT();
	MemoryContext caller = MemoryContextSwitchTo(context->multi_call_memory_ctx);
	cascade_state *state = palloc0(sizeof(cascade_state));
	double		shock = PG_GETARG_FLOAT8(3);
	double	   *threshold;

	if (get_call_result_type(fcinfo, NULL, &context->tuple_desc) != TYPEFUNC_COMPOSITE)
		elog(ERROR, "return type must be a row type");
	context->tuple_desc = BlessTupleDesc(context->tuple_desc);
	state->book.num_accounts = book_arguments(fcinfo, &state->book.collateral, &threshold,
											  &state->book.debt);
	state->book.threshold = threshold;
	check_shock("shock", shock);
	state->shocked_price = state->price = 1 + shock;
	if (with_curve)
		depth_arguments(fcinfo, 4, &state->depth);
	else
	{
		state->depth.pool_reserve = PG_GETARG_FLOAT8(4);
		check_parameter("pool_reserve", state->depth.pool_reserve);
	}
	read_options(fcinfo, with_curve ? 6 : 5, state);
	context->user_fctx = state;
	MemoryContextSwitchTo(caller);
}

static void
run_round(cascade_state *state, cascade_round *round)
{
	for (size_t from = 0; from < state->book.num_accounts; from += CHUNK)
	{
		CHECK_FOR_INTERRUPTS();
		cascade_liquidate(&state->book, from, Min(from + CHUNK, state->book.num_accounts),
						  state->price, round);
	}
}

static Datum
round_row(TupleDesc desc, int64 number, double price, double price_after,
		  const cascade_round *round)
{
	Datum		values[CASCADE_COLUMNS] = {
		Int32GetDatum((int32) number), Float8GetDatum(price - 1), Float8GetDatum(price),
		Int64GetDatum(round->num_accounts), Float8GetDatum(round->seized.hi),
		Float8GetDatum(round->repaid.hi), Float8GetDatum(round->bad_debt.hi),
		Float8GetDatum(price_after)
	};
	bool		nulls[CASCADE_COLUMNS] = {false};

	if (!isfinite(round->seized.hi) || !isfinite(round->repaid.hi) ||
		!isfinite(round->bad_debt.hi))
		report_status(CORE_OUT_OF_RANGE, "liquidation_cascade");
	return HeapTupleGetDatum(heap_form_tuple(desc, values, nulls));
}

static Datum
next_round(FunctionCallInfo fcinfo, bool with_curve)
{
	FuncCallContext *context;
	cascade_state *state;
	cascade_round round = {0};
	double		price;
	Datum		row;

	if (SRF_IS_FIRSTCALL())
		begin_cascade(fcinfo, with_curve);
	context = SRF_PERCALL_SETUP();
	state = (cascade_state *) context->user_fctx;
	if (context->call_cntr >= (uint64) state->max_rounds)
		SRF_RETURN_DONE(context);
	run_round(state, &round);
	if (round.num_accounts == 0)
		SRF_RETURN_DONE(context);
	price = state->price;
	state->sold += round.sold.hi;
	if (!isfinite(state->sold))
		report_status(CORE_OUT_OF_RANGE, "liquidation_cascade");
	state->price = state->shocked_price * cascade_price(&state->depth, state->sold);
	row = round_row(context->tuple_desc, context->call_cntr + 1, price, state->price, &round);
	SRF_RETURN_NEXT(context, row);
}

PG_FUNCTION_INFO_V1(liquidation_cascade);
Datum
liquidation_cascade(PG_FUNCTION_ARGS)
{
	return next_round(fcinfo, true);
}

PG_FUNCTION_INFO_V1(liquidation_cascade_pool);
Datum
liquidation_cascade_pool(PG_FUNCTION_ARGS)
{
	return next_round(fcinfo, false);
}

/* ---------- shocks that a price history makes likely ---------- */

/*
 * The shock that returns over the horizon fall short of with probability
 * 1 - confidence; false if there are fewer returns than the horizon has.
 */
static bool
shock_of_history(ArrayType *array, double confidence, int32 horizon, double *shock)
{
	int			num_returns;
	double	   *returns = float8_elements(array, "returns", NAN, &num_returns);
	size_t		n = 0;

	if (!(confidence > 0 && confidence < 1))
		report_bad_position("confidence", confidence, "above 0 and below 1");
	for (int i = 0; i < num_returns; i++)
	{
		pause_at(i);
		check_shock("returns", returns[i]);
	}
	for (size_t from = 0, step = CHUNK / horizon + 1; from < (size_t) num_returns; from += step)
	{
		CHECK_FOR_INTERRUPTS();
		n = stress_horizon_returns(returns, num_returns, horizon, from, from + step);
	}
	for (size_t i = 0; i < n; i++)
	{
		pause_at(i);
		if (!isfinite(returns[i]))
			report_status(CORE_OUT_OF_RANGE, "return over the horizon");
	}
	return report_status(stress_quantile(returns, n, 1 - confidence, check_interrupts, shock),
						 "shock_at_risk");
}

PG_FUNCTION_INFO_V1(shock_at_risk);
Datum
shock_at_risk(PG_FUNCTION_ARGS)
{
	double		shock;

	if (!shock_of_history(PG_GETARG_ARRAYTYPE_P(0), PG_GETARG_FLOAT8(1),
						  integer_argument(fcinfo, 2, "horizon", 1, PG_INT32_MAX), &shock))
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(shock);
}

PG_FUNCTION_INFO_V1(liquidation_at_risk);
Datum
liquidation_at_risk(PG_FUNCTION_ARGS)
{
	double	   *collateral,
			   *threshold,
			   *debt,
				shock;
	int			n = book_arguments(fcinfo, &collateral, &threshold, &debt);
	double		bonus = PG_GETARG_FLOAT8(6);
	stress_summary *s;
	stress_row	row;

	check_bonus(bonus);
	if (!shock_of_history(PG_GETARG_ARRAYTYPE_P(3), PG_GETARG_FLOAT8(4),
						  integer_argument(fcinfo, 5, "horizon", 1, PG_INT32_MAX), &shock))
		PG_RETURN_NULL();
	s = palloc(stress_size(1, false, 1));
	stress_init(s, &(stress_shock) {shock, shock}, 1, bonus, 1);
	for (int i = 0; i < n; i++)
	{
		pause_at(i);
		report_status(stress_add(s, collateral[i], collateral[i], threshold[i], debt[i]),
					  "sum of collateral or debt");
	}
	report_status(stress_table(s, NULL, &row), "liquidation_at_risk");
	return row_result(fcinfo, (Datum[]) {
		Float8GetDatum(shock), Int64GetDatum(row.accounts_liquidatable),
		Float8GetDatum(row.collateral_liquidatable), Float8GetDatum(row.debt_liquidatable),
		Float8GetDatum(row.bad_debt)
	});
}
