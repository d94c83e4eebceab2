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
#include "libpq/pqformat.h"
#include "miscadmin.h"
#include "utils/float.h"
#include "utils/memutils.h"
#include "utils/timestamp.h"

#include "core/yield/apr.h"
#include "core/yield/cashflow.h"
#include "server/compat.h"
#include "server/float8_array.h"
#include "server/interrupts.h"
#include "server/report.h"

#define FIRST_CAPACITY	8		/* rows; most groups have few */
#define MAX_PARAMETERS	2
#define WORD			sizeof(uint64)

/*
 * The rows of a group, each a time and one or two numbers, and the parameters
 * that are the same for all of them.
 */
typedef struct cash_rows
{
	int32		row_size;		/* bytes: a cash_flow or a valuation */
	int32		num_parameters;
	const char *parameter_name[MAX_PARAMETERS];
	double		parameter[MAX_PARAMETERS];
	size_t		num_rows;
	size_t		capacity;
	char	   *rows;
} cash_rows;

StaticAssertDecl(sizeof(cash_flow) == 2 * WORD && sizeof(valuation) == 3 * WORD,
				 "rows must have no padding, they are sent word by word");

/* ---------- the state ---------- */

static cash_rows *
make_rows(MemoryContext context, int32 row_size, size_t capacity)
{
	cash_rows  *state = MemoryContextAllocZero(context, sizeof(cash_rows));

	state->row_size = row_size;
	state->capacity = capacity;
	state->rows = MemoryContextAllocHuge(context, capacity * row_size);
	return state;
}

/* The state in argument 0, made when there is none yet. */
static cash_rows *
state_of(FunctionCallInfo fcinfo, int32 row_size)
{
	MemoryContext context;

	if (!AggCheckCallContext(fcinfo, &context))
		elog(ERROR, "aggregate function called in non-aggregate context");
	return PG_ARGISNULL(0) ? make_rows(context, row_size, FIRST_CAPACITY) :
		(cash_rows *) PG_GETARG_POINTER(0);
}

/* Room for so many more rows. */
static void
reserve(cash_rows *state, size_t more)
{
	size_t		capacity = state->capacity;

	if (state->num_rows + more <= capacity)
		return;
	CHECK_FOR_INTERRUPTS();
	while (capacity < state->num_rows + more)
		capacity *= 2;
	if (capacity > MaxAllocHugeSize / state->row_size)
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("too many cash flows in one group")));
	state->rows = repalloc_huge(state->rows, capacity * state->row_size);
	state->capacity = capacity;
}

static inline void
append_row(cash_rows *state, const void *row)
{
	reserve(state, 1);
	memcpy(state->rows + state->num_rows++ * state->row_size, row, state->row_size);
}

/* A parameter must be one for all rows, or the result would depend on which. */
static void
set_parameter(cash_rows *state, int i, const char *name, double value)
{
	if (i >= state->num_parameters)
	{
		state->num_parameters = i + 1;
		state->parameter_name[i] = name;
		state->parameter[i] = value;
	}
	else if (state->parameter[i] != value)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("%s must be the same for all rows, not %s and %s", name,
						float8out_internal(Min(state->parameter[i], value)),
						float8out_internal(Max(state->parameter[i], value))),
				 errhint("Add what it depends on to GROUP BY.")));
}

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

/* The state as it is: after a row that is skipped, as sum() does with NULL. */
static Datum
same_state(FunctionCallInfo fcinfo)
{
	if (PG_ARGISNULL(0))
		PG_RETURN_NULL();
	PG_RETURN_DATUM(PG_GETARG_DATUM(0));
}

static void
append_flow(cash_rows *state, TimestampTz time, double amount)
{
	cash_flow	row = {.amount = amount};

	row.time = time;
	append_row(state, &row);
}

/* Transition function of xirr and modified_dietz: ts, amount. */
static pg_attribute_always_inline Datum
add_cash_flows(FunctionCallInfo fcinfo, time_reader read_time)
{
	cash_rows  *state;
	TimestampTz time;

	if (any_null(fcinfo))
		return same_state(fcinfo);
	time = read_time(fcinfo, 1, "ts");
	check_time("ts", time);
	check_finite("amount", PG_GETARG_FLOAT8(2));
	state = state_of(fcinfo, sizeof(cash_flow));
	append_flow(state, time, PG_GETARG_FLOAT8(2));
	PG_RETURN_POINTER(state);
}

TIME_FORMS(cash_flows_accum, add_cash_flows)

/* Transition function of xnpv: rate, ts, amount. */
static pg_attribute_always_inline Datum
add_discounted_flows(FunctionCallInfo fcinfo, time_reader read_time)
{
	cash_rows  *state;
	TimestampTz time;

	if (any_null(fcinfo))
		return same_state(fcinfo);
	time = read_time(fcinfo, 2, "ts");
	check_finite("rate", PG_GETARG_FLOAT8(1));
	check_time("ts", time);
	check_finite("amount", PG_GETARG_FLOAT8(3));
	state = state_of(fcinfo, sizeof(cash_flow));
	set_parameter(state, 0, "rate", PG_GETARG_FLOAT8(1));
	append_flow(state, time, PG_GETARG_FLOAT8(3));
	PG_RETURN_POINTER(state);
}

TIME_FORMS(discounted_flows_accum, add_discounted_flows)

/* Transition function of twr and twr_apy: ts, value, flow. */
static pg_attribute_always_inline Datum
add_valuations(FunctionCallInfo fcinfo, time_reader read_time)
{
	cash_rows  *state;
	valuation	row;

	if (any_null(fcinfo))
		return same_state(fcinfo);
	row.time = read_time(fcinfo, 1, "ts");
	row.value = PG_GETARG_FLOAT8(2);
	row.flow = PG_GETARG_FLOAT8(3);
	check_time("ts", row.time);
	check_not_negative("value", row.value);
	check_finite("flow", row.flow);
	state = state_of(fcinfo, sizeof(valuation));
	append_row(state, &row);
	PG_RETURN_POINTER(state);
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
	cash_rows  *state;
	TimestampTz time;

	if (any_null(fcinfo))
		return same_state(fcinfo);
	time = read_time(fcinfo, 1, "ts");
	check_time("ts", time);
	check_rate("gross_price", PG_GETARG_FLOAT8(2));
	check_fee("management_fee", PG_GETARG_FLOAT8(3));
	check_fee("performance_fee", PG_GETARG_FLOAT8(4));
	state = state_of(fcinfo, sizeof(cash_flow));
	set_parameter(state, 0, "management_fee", PG_GETARG_FLOAT8(3));
	set_parameter(state, 1, "performance_fee", PG_GETARG_FLOAT8(4));
	append_flow(state, time, PG_GETARG_FLOAT8(2));
	PG_RETURN_POINTER(state);
}

TIME_FORMS(vault_prices_accum, add_vault_prices)

/*
 * Combine function of all of them.  The other state lives in another context,
 * so what is taken from it is copied.
 */
PG_FUNCTION_INFO_V1(cash_rows_combine);
Datum
cash_rows_combine(PG_FUNCTION_ARGS)
{
	cash_rows  *state;
	cash_rows  *other;

	if (PG_ARGISNULL(1))
		return same_state(fcinfo);
	other = (cash_rows *) PG_GETARG_POINTER(1);
	state = state_of(fcinfo, other->row_size);
	for (int i = 0; i < other->num_parameters; i++)
		set_parameter(state, i, other->parameter_name[i], other->parameter[i]);
	reserve(state, other->num_rows);
	memcpy(state->rows + state->num_rows * state->row_size, other->rows,
		   other->num_rows * state->row_size);
	state->num_rows += other->num_rows;
	PG_RETURN_POINTER(state);
}

/*
 * The state as bytes, big-endian: words of a row, number of parameters, their
 * names and values, number of rows, rows.  A time and a double are both sent
 * as the 64 bits that they are.
 */
PG_FUNCTION_INFO_V1(cash_rows_serialize);
Datum
cash_rows_serialize(PG_FUNCTION_ARGS)
{
	cash_rows  *state;
	StringInfoData out;
	size_t		num_words;

	if (!AggCheckCallContext(fcinfo, NULL))
		elog(ERROR, "aggregate function called in non-aggregate context");
	state = (cash_rows *) PG_GETARG_POINTER(0);
	num_words = state->num_rows * (state->row_size / WORD);
	pq_begintypsend(&out);
	pq_sendint32(&out, state->row_size / WORD);
	pq_sendint32(&out, state->num_parameters);
	for (int i = 0; i < state->num_parameters; i++)
		pq_sendfloat8(&out, state->parameter[i]);
	pq_sendint64(&out, state->num_rows);
	if (num_words > (MaxAllocSize - out.len) / WORD - 1)
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("too many cash flows in one group for a parallel plan"),
				 errhint("Set max_parallel_workers_per_gather to 0.")));
	enlargeStringInfo(&out, num_words * WORD);
	for (size_t i = 0; i < num_words; i++)
	{
		uint64		word;

		pause_at(i);
		memcpy(&word, state->rows + i * WORD, WORD);
		pq_sendint64(&out, word);
	}
	PG_RETURN_BYTEA_P(pq_endtypsend(&out));
}

static void
report_bad_state(void)
{
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_BINARY_REPRESENTATION),
			 errmsg("invalid binary value for a state of cash flows")));
}

/* Are all times and all numbers of the rows such as the aggregates let in? */
static bool
rows_are_valid(const cash_rows *state)
{
	for (size_t i = 0; i < state->num_rows; i++)
	{
		const char *row = state->rows + i * state->row_size;
		int64		time;
		double		number[2] = {0, 0};

		memcpy(&time, row, WORD);
		memcpy(number, row + WORD, state->row_size - WORD);
		if (!time_is_valid(time) || !isfinite(number[0]) || !isfinite(number[1]))
			return false;
	}
	return true;
}

/* The names of the parameters of each aggregate, for messages. */
static const char *
parameter_name(int num_parameters, int i)
{
	if (num_parameters == 1)
		return "rate";
	return i == 0 ? "management_fee" : "performance_fee";
}

/* The state from bytes, which are looked at as if an enemy had sent them. */
PG_FUNCTION_INFO_V1(cash_rows_deserialize);
Datum
cash_rows_deserialize(PG_FUNCTION_ARGS)
{
	bytea	   *bytes = PG_GETARG_BYTEA_PP(0);
	StringInfoData in;
	cash_rows  *state;
	int32		row_words;
	int32		num_parameters;
	double		parameter[MAX_PARAMETERS];
	uint64		num_rows;

	if (!AggCheckCallContext(fcinfo, NULL))
		elog(ERROR, "aggregate function called in non-aggregate context");
	initStringInfo(&in);
	appendBinaryStringInfo(&in, VARDATA_ANY(bytes), VARSIZE_ANY_EXHDR(bytes));
	row_words = pq_getmsgint(&in, 4);
	num_parameters = pq_getmsgint(&in, 4);
	if (row_words < 2 || row_words > 3 || num_parameters < 0 || num_parameters > MAX_PARAMETERS)
		report_bad_state();
	for (int i = 0; i < num_parameters; i++)
		parameter[i] = pq_getmsgfloat8(&in);
	num_rows = pq_getmsgint64(&in);
	if (num_rows != (in.len - in.cursor) / (row_words * WORD))
		report_bad_state();
	state = make_rows(CurrentMemoryContext, row_words * WORD, Max(num_rows, 1));
	state->num_rows = num_rows;
	for (int i = 0; i < num_parameters; i++)
	{
		if (!isfinite(parameter[i]))
			report_bad_state();
		set_parameter(state, i, parameter_name(num_parameters, i), parameter[i]);
	}
	for (size_t i = 0; i < num_rows * row_words; i++)
	{
		uint64		word = pq_getmsgint64(&in);

		pause_at(i);
		memcpy(state->rows + i * WORD, &word, WORD);
	}
	pq_getmsgend(&in);
	if (!rows_are_valid(state))
		report_bad_state();
	pfree(in.data);
	PG_RETURN_POINTER(state);
}

/* ---------- results of aggregates ---------- */

static int
compare_flows(const void *a, const void *b)
{
	CHECK_FOR_INTERRUPTS();
	return cash_flow_cmp(a, b);
}

static int
compare_valuations(const void *a, const void *b)
{
	CHECK_FOR_INTERRUPTS();
	return valuation_cmp(a, b);
}

/*
 * A copy of the rows in order, for a window function goes on with the state,
 * and the core uses its argument up.  NULL when there are none.
 */
static void *
sorted_rows(FunctionCallInfo fcinfo, int (*compare) (const void *, const void *), size_t *n)
{
	const cash_rows *state = PG_ARGISNULL(0) ? NULL : (cash_rows *) PG_GETARG_POINTER(0);
	void	   *rows;

	if (state == NULL || state->num_rows == 0)
		return NULL;
	*n = state->num_rows;
	rows = MemoryContextAllocHuge(CurrentMemoryContext, *n * state->row_size);
	memcpy(rows, state->rows, *n * state->row_size);
	qsort(rows, *n, state->row_size, compare);
	return rows;
}

/* What the core said of a float8, when its rows are no longer needed. */
static Datum
return_result(FunctionCallInfo fcinfo, void *rows, core_status status, double result,
			  const char *what)
{
	pfree(rows);
	if (!report_status(status, what))
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(result);
}

PG_FUNCTION_INFO_V1(xirr_final);
Datum
xirr_final(PG_FUNCTION_ARGS)
{
	size_t		n;
	cash_flow  *flows = sorted_rows(fcinfo, compare_flows, &n);
	double		result = 0;
	core_status status;

	if (flows == NULL)
		PG_RETURN_NULL();
	status = cash_xirr(flows, n, check_interrupts, &result);
	return return_result(fcinfo, flows, status, result, "xirr");
}

PG_FUNCTION_INFO_V1(modified_dietz_final);
Datum
modified_dietz_final(PG_FUNCTION_ARGS)
{
	size_t		n;
	cash_flow  *flows = sorted_rows(fcinfo, compare_flows, &n);
	double		result = 0;
	core_status status;

	if (flows == NULL)
		PG_RETURN_NULL();
	status = cash_modified_dietz(flows, n, check_interrupts, &result);
	return return_result(fcinfo, flows, status, result, "modified_dietz");
}

PG_FUNCTION_INFO_V1(xnpv_final);
Datum
xnpv_final(PG_FUNCTION_ARGS)
{
	size_t		n;
	cash_flow  *flows = sorted_rows(fcinfo, compare_flows, &n);
	double		result = 0;
	core_status status;

	if (flows == NULL)
		PG_RETURN_NULL();
	status = cash_xnpv(flows, n, ((cash_rows *) PG_GETARG_POINTER(0))->parameter[0],
					   check_interrupts, &result);
	return return_result(fcinfo, flows, status, result, "xnpv");
}

PG_FUNCTION_INFO_V1(twr_final);
Datum
twr_final(PG_FUNCTION_ARGS)
{
	size_t		n;
	valuation  *rows = sorted_rows(fcinfo, compare_valuations, &n);
	double		result = 0;
	core_status status;

	if (rows == NULL)
		PG_RETURN_NULL();
	status = cash_twr(rows, n, check_interrupts, &result);
	return return_result(fcinfo, rows, status, result, "twr");
}

PG_FUNCTION_INFO_V1(twr_apy_final);
Datum
twr_apy_final(PG_FUNCTION_ARGS)
{
	size_t		n;
	valuation  *rows = sorted_rows(fcinfo, compare_valuations, &n);
	double		result = 0;
	core_status status;

	if (rows == NULL)
		PG_RETURN_NULL();
	status = cash_twr_apy(rows, n, check_interrupts, &result);
	return return_result(fcinfo, rows, status, result, "twr_apy");
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
	const cash_rows *state = PG_ARGISNULL(0) ? NULL : (cash_rows *) PG_GETARG_POINTER(0);
	size_t		n;
	cash_flow  *prices = sorted_rows(fcinfo, compare_flows, &n);
	vault_account account;
	core_status status;

	if (prices == NULL)
		PG_RETURN_NULL();
	status = vault_history(prices, n, state->parameter[0], state->parameter[1],
						   check_interrupts, &account);
	pfree(prices);
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
