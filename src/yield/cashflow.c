/*-------------------------------------------------------------------------
 *
 * yield/cashflow.c
 *	  The SQL face of cash flows: internal rates, present values, linked
 *	  returns, and the fees of a vault.
 *
 * The aggregates keep every row, because none of their results can be had from
 * less, and put the rows in order at the end: so neither the order of rows nor
 * a parallel plan changes a bit of the result.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "access/htup_details.h"
#include "fmgr.h"
#include "funcapi.h"
#include "miscadmin.h"
#include "utils/float.h"
#include "utils/timestamp.h"

#include "core/yield/apr.h"
#include "core/yield/cashflow.h"
#include "server/compat.h"
#include "server/float8_array.h"
#include "server/interrupts.h"
#include "server/report.h"
#include "server/row_set.h"
#include "yield/cashflow.h"

StaticAssertDecl(sizeof(cash_flow) == 2 * sizeof(row_value) &&
				 sizeof(valuation) == 3 * sizeof(row_value),
				 "rows must have no padding, they are stored word by word");

/* ---------- the types ---------- */

static const row_kind flows_kind = {
	.type = "cashflow_summary",
	.layout = "[(time,amount),(time,amount)], times in UTC, amounts finite",
	.num_words = 2, .words = {WORD_TIME, WORD_FINITE}
};

static const row_kind discounted_kind = {
	.type = "discounted_flows",
	.layout = "(rate,[(time,amount),(time,amount)]), times in UTC, amounts finite",
	.num_terms = 1, .terms = {WORD_FINITE}, .term_names = {"rate"},
	.num_words = 2, .words = {WORD_TIME, WORD_FINITE}
};

const row_kind twr_summary_kind = {
	.type = "twr_summary",
	.layout = "[(time,value,flow),(time,value,flow)], times in UTC, values not negative",
	.num_words = 3, .words = {WORD_TIME, WORD_NOT_NEGATIVE, WORD_FINITE}
};

static const row_kind vault_kind = {
	.type = "vault_path",
	.layout = "(management_fee,performance_fee,[(time,gross_price),(time,gross_price)]), times in UTC, "
	"prices positive",
	.num_terms = 2, .terms = {WORD_FRACTION, WORD_FRACTION},
	.term_names = {"management_fee", "performance_fee"},
	.num_words = 2, .words = {WORD_TIME, WORD_POSITIVE}
};

ROW_SET_TYPE(cashflow_summary, &flows_kind)
SUMMARY_CONCATENATION(cashflow_summary)
ROW_SET_TYPE(twr_summary, &twr_summary_kind)
SUMMARY_CONCATENATION(twr_summary)
ROW_SET_TYPE(discounted_flows, &discounted_kind)
ROW_SET_TYPE(vault_path, &vault_kind)

/* ---------- steps of the aggregates ---------- */

static bool
any_null(FunctionCallInfo fcinfo)
{
	for (int i = 1; i < PG_NARGS(); i++)
	{
		if (PG_ARGISNULL(i))
			return true;
	}
	return false;
}

/* A flow that is checked; adding zero makes a negative zero a positive one. */
static inline Datum
append_flow(FunctionCallInfo fcinfo, row_set *set, TimestampTz time, double amount)
{
	cash_flow	row = {.amount = amount + 0.0};

	row.time = time;
	row_set_append(set, &row, sizeof(row));
	return row_set_result(fcinfo, set);
}

/* Transition function of cashflow_agg, xirr and modified_dietz: ts, amount. */
static pg_attribute_always_inline Datum
add_cash_flows(FunctionCallInfo fcinfo, time_reader read_time)
{
	TimestampTz time;

	if (any_null(fcinfo))
		return row_set_unchanged(fcinfo, &flows_kind);
	time = read_time(fcinfo, 1, "ts");
	check_time("ts", time);
	check_finite("amount", PG_GETARG_FLOAT8(2));
	return append_flow(fcinfo, row_set_of_terms(fcinfo, &flows_kind, NULL), time,
					   PG_GETARG_FLOAT8(2));
}

TIME_FORMS(cash_flows_accum, add_cash_flows)

/* Transition function of xnpv: rate, ts, amount. */
static pg_attribute_always_inline Datum
add_discounted_flows(FunctionCallInfo fcinfo, time_reader read_time)
{
	TimestampTz time;
	row_value	rate;

	if (any_null(fcinfo))
		return row_set_unchanged(fcinfo, &discounted_kind);
	rate.number = PG_GETARG_FLOAT8(1) + 0.0;
	time = read_time(fcinfo, 2, "ts");
	check_finite("rate", rate.number);
	check_time("ts", time);
	check_finite("amount", PG_GETARG_FLOAT8(3));
	return append_flow(fcinfo, row_set_of_terms(fcinfo, &discounted_kind, &rate), time,
					   PG_GETARG_FLOAT8(3));
}

TIME_FORMS(discounted_flows_accum, add_discounted_flows)

/* Transition function of twr_agg, twr and twr_apy: ts, value, flow. */
static pg_attribute_always_inline Datum
add_valuations(FunctionCallInfo fcinfo, time_reader read_time)
{
	row_set    *set;
	valuation	row;

	if (any_null(fcinfo))
		return row_set_unchanged(fcinfo, &twr_summary_kind);
	row.time = read_time(fcinfo, 1, "ts");
	row.value = PG_GETARG_FLOAT8(2) + 0.0;
	row.flow = PG_GETARG_FLOAT8(3) + 0.0;
	check_time("ts", row.time);
	check_not_negative("value", row.value);
	check_finite("flow", row.flow);
	set = row_set_of_terms(fcinfo, &twr_summary_kind, NULL);
	row_set_append(set, &row, sizeof(row));
	return row_set_result(fcinfo, set);
}

TIME_FORMS(valuations_accum, add_valuations)

/* A fee as a fraction. */
static void
check_fee(const char *argument, double fee)
{
	if (!(fee >= 0 && fee < 1))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("%s must be at least 0 and below 1, not %s", argument,
						float8out_internal(fee)),
				 errhint("It is a fraction: 0.02 is 2 %%.")));
}

/* Transition function of vault_history: ts, gross_price, management_fee, performance_fee. */
static pg_attribute_always_inline Datum
add_vault_prices(FunctionCallInfo fcinfo, time_reader read_time)
{
	TimestampTz time;
	row_value	fees[2];

	if (any_null(fcinfo))
		return row_set_unchanged(fcinfo, &vault_kind);
	time = read_time(fcinfo, 1, "ts");
	fees[0].number = PG_GETARG_FLOAT8(3) + 0.0;
	fees[1].number = PG_GETARG_FLOAT8(4) + 0.0;
	check_time("ts", time);
	check_rate("gross_price", PG_GETARG_FLOAT8(2));
	check_fee("management_fee", fees[0].number);
	check_fee("performance_fee", fees[1].number);
	return append_flow(fcinfo, row_set_of_terms(fcinfo, &vault_kind, fees), time,
					   PG_GETARG_FLOAT8(2));
}

TIME_FORMS(vault_prices_accum, add_vault_prices)

/* ---------- results of aggregates, and of their states ---------- */

/* A copy of the flows in argument 0 in order, which the core uses up. */
static cash_flow *
flows_argument(FunctionCallInfo fcinfo, const row_kind *kind, row_view *view)
{
	cash_flow  *flows;

	row_set_open(kind, PG_GETARG_DATUM(0), view);
	flows = row_set_copy_rows(kind, view);
	row_set_close(view);
	return flows;
}

/* What the core said of a float8, when the copy of the flows is no longer needed. */
static Datum
return_result(FunctionCallInfo fcinfo, cash_flow *flows, core_status status, double result,
			  const char *what)
{
	pfree(flows);
	if (!report_status(status, what))
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(result);
}

PG_FUNCTION_INFO_V1(cashflow_summary_xirr);
Datum
cashflow_summary_xirr(PG_FUNCTION_ARGS)
{
	row_view	view;
	cash_flow  *flows = flows_argument(fcinfo, &flows_kind, &view);
	double		result = 0;
	core_status status = cash_xirr(flows, view.num_rows, check_interrupts, &result);

	return return_result(fcinfo, flows, status, result, "xirr");
}

PG_FUNCTION_INFO_V1(cashflow_summary_modified_dietz);
Datum
cashflow_summary_modified_dietz(PG_FUNCTION_ARGS)
{
	row_view	view;
	cash_flow  *flows = flows_argument(fcinfo, &flows_kind, &view);
	double		result = 0;
	core_status status = cash_modified_dietz(flows, view.num_rows, check_interrupts, &result);

	return return_result(fcinfo, flows, status, result, "modified_dietz");
}

static Datum
present_value(FunctionCallInfo fcinfo, cash_flow *flows, size_t n, double rate)
{
	double		result = 0;
	core_status status = cash_xnpv(flows, n, rate, check_interrupts, &result);

	return return_result(fcinfo, flows, status, result, "xnpv");
}

PG_FUNCTION_INFO_V1(cashflow_summary_xnpv);
Datum
cashflow_summary_xnpv(PG_FUNCTION_ARGS)
{
	row_view	view;
	double		rate = PG_GETARG_FLOAT8(1);
	cash_flow  *flows;

	check_finite("rate", rate);
	flows = flows_argument(fcinfo, &flows_kind, &view);
	return present_value(fcinfo, flows, view.num_rows, rate);
}

/* Final function of xnpv */
PG_FUNCTION_INFO_V1(discounted_flows_xnpv);
Datum
discounted_flows_xnpv(PG_FUNCTION_ARGS)
{
	row_view	view;
	cash_flow  *flows = flows_argument(fcinfo, &discounted_kind, &view);

	return present_value(fcinfo, flows, view.num_rows, view.terms[0].number);
}

typedef core_status (*linked_return) (const valuation *rows, size_t n, core_pause pause,
									  double *result);

static Datum
linked_return_of(FunctionCallInfo fcinfo, linked_return compute, const char *what)
{
	row_view	view;
	double		result = 0;
	core_status status;

	row_set_open(&twr_summary_kind, PG_GETARG_DATUM(0), &view);
	status = compute(view.rows, view.num_rows, check_interrupts, &result);
	row_set_close(&view);
	if (!report_status(status, what))
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(result);
}

PG_FUNCTION_INFO_V1(twr_summary_twr);
Datum
twr_summary_twr(PG_FUNCTION_ARGS)
{
	return linked_return_of(fcinfo, cash_twr, "twr");
}

PG_FUNCTION_INFO_V1(twr_summary_twr_apy);
Datum
twr_summary_twr_apy(PG_FUNCTION_ARGS)
{
	return linked_return_of(fcinfo, cash_twr_apy, "twr_apy");
}

/* ---------- flows at equal steps ---------- */

/*
 * The elements of an array as flows numbered from 0.  NULL if the array holds
 * a NULL: a flow that is not known leaves no sum known, and to skip it would
 * move those after it.
 */
static cash_flow *
flows_of_array(Datum amounts, size_t *n)
{
	float8_array array;
	cash_flow  *flows;

	read_float8_array(amounts, &array);
	if (array.num_dims > 1)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("amounts must have one dimension, not %d", array.num_dims)));
	if (array.has_null)
		return NULL;
	*n = array.n;
	flows = MemoryContextAllocHuge(CurrentMemoryContext, (*n + 1) * sizeof(cash_flow));
	for (size_t i = 0; i < *n; i++)
	{
		pause_at(i);
		check_finite("amount", array.values[i]);
		flows[i].when = i;
		flows[i].amount = array.values[i];
	}
	return flows;
}

PG_FUNCTION_INFO_V1(irr_of_array);
Datum
irr_of_array(PG_FUNCTION_ARGS)
{
	size_t		n;
	cash_flow  *flows = flows_of_array(PG_GETARG_DATUM(0), &n);
	double		result = 0;
	core_status status;

	if (flows == NULL)
		PG_RETURN_NULL();
	status = cash_irr(flows, n, check_interrupts, &result);
	return return_result(fcinfo, flows, status, result, "irr");
}

PG_FUNCTION_INFO_V1(npv_of_array);
Datum
npv_of_array(PG_FUNCTION_ARGS)
{
	double		rate = PG_GETARG_FLOAT8(0);
	size_t		n;
	cash_flow  *flows = flows_of_array(PG_GETARG_DATUM(1), &n);
	double		result = 0;
	core_status status;

	check_finite("rate", rate);
	if (flows == NULL || n == 0)
		PG_RETURN_NULL();
	status = cash_npv(flows, n, rate, check_interrupts, &result);
	return return_result(fcinfo, flows, status, result, "npv");
}

PG_FUNCTION_INFO_V1(mirr_of_array);
Datum
mirr_of_array(PG_FUNCTION_ARGS)
{
	size_t		n;
	cash_flow  *flows = flows_of_array(PG_GETARG_DATUM(0), &n);
	double		finance_rate = PG_GETARG_FLOAT8(1);
	double		reinvest_rate = PG_GETARG_FLOAT8(2);
	double		result = 0;
	core_status status;

	check_finite("finance_rate", finance_rate);
	check_finite("reinvest_rate", reinvest_rate);
	if (flows == NULL)
		PG_RETURN_NULL();
	status = cash_mirr(flows, n, finance_rate, reinvest_rate, check_interrupts, &result);
	return return_result(fcinfo, flows, status, result, "mirr");
}

/* ---------- vaults ---------- */

/* What the core said of an account: its columns in the order of the struct. */
static Datum
return_account(FunctionCallInfo fcinfo, core_status status, const vault_account *account)
{
	Datum		values[5];
	bool		nulls[5] = {false};
	TupleDesc	desc;

	if (status == CORE_OUT_OF_RANGE)
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("net_price is out of range"),
				 errhint("The management fee for the time takes the whole price, "
						 "or prices are out of all proportion.")));
	report_status(status, "net_price");
	if (get_call_result_type(fcinfo, NULL, &desc) != TYPEFUNC_COMPOSITE || desc->natts != 5)
		elog(ERROR, "return type must be a row of 5 columns");
	values[0] = Float8GetDatum(account->net_price);
	values[1] = Float8GetDatum(account->high_water_mark);
	values[2] = Float8GetDatum(account->management);
	values[3] = Float8GetDatum(account->performance);
	values[4] = Float8GetDatum(account->fee_shares);
	PG_RETURN_DATUM(HeapTupleGetDatum(heap_form_tuple(BlessTupleDesc(desc), values, nulls)));
}

PG_FUNCTION_INFO_V1(vault_history_final);
Datum
vault_history_final(PG_FUNCTION_ARGS)
{
	row_view	view;
	vault_account account;
	core_status status;

	row_set_open(&vault_kind, PG_GETARG_DATUM(0), &view);
	status = vault_history(view.rows, view.num_rows, view.terms[0].number, view.terms[1].number,
						   check_interrupts, &account);
	row_set_close(&view);
	return return_account(fcinfo, status, &account);
}

PG_FUNCTION_INFO_V1(vault_crystallize_points);
Datum
vault_crystallize_points(PG_FUNCTION_ARGS)
{
	double		gross_price = PG_GETARG_FLOAT8(0);
	double		high_water_mark = PG_GETARG_FLOAT8(1);
	TimestampTz time0 = PG_GETARG_TIMESTAMPTZ(2);
	TimestampTz time1 = PG_GETARG_TIMESTAMPTZ(3);
	double		management_fee = PG_GETARG_FLOAT8(4);
	double		performance_fee = PG_GETARG_FLOAT8(5);
	double		year_days = PG_GETARG_FLOAT8(6);
	vault_account account;
	core_status status;

	check_rate("gross_price", gross_price);
	check_rate("high_water_mark", high_water_mark);
	check_time("t0", time0);
	check_time("t1", time1);
	check_fee("management_fee", management_fee);
	check_fee("performance_fee", performance_fee);
	check_parameter("year_days", year_days);
	if (time1 < time0)
		report_reversed("t1", "t0", time1, time0);
	status = vault_crystallize(gross_price, high_water_mark, time0, time1, management_fee,
							   performance_fee, year_days, &account);
	return return_account(fcinfo, status, &account);
}
