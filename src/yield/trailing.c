/*-------------------------------------------------------------------------
 *
 * yield/trailing.c
 *	  The SQL face of domain yield: APR and APY of the time before the last row.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "libpq/pqformat.h"
#include "miscadmin.h"
#include "utils/memutils.h"
#include "utils/timestamp.h"

#include "core/yield/apr.h"
#include "core/yield/trailing.h"
#include "server/compat.h"
#include "server/report.h"
#include "server/span.h"

#define FIRST_CAPACITY	32

/* So many that came out of order are put in their places one by one, more are sorted. */
#define MAX_INSERTED	8

/* ---------- the state ---------- */

static MemoryContext
aggregate_context(FunctionCallInfo fcinfo)
{
	MemoryContext context;

	if (!AggCheckCallContext(fcinfo, &context))
		elog(ERROR, "aggregate function called in non-aggregate context");
	return context;
}

static void
check_same_window(int64 a, int64 b)
{
	if (unlikely(a != b))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("window_size must be the same for all rows"),
				 errhint("Add what it depends on to GROUP BY or PARTITION BY.")));
}

static int
compare_points(const void *a, const void *b)
{
	CHECK_FOR_INTERRUPTS();
	return trailing_point_cmp(a, b);
}

/* Put all points in order. */
static void
arrange(trailing *t)
{
	if (trailing_disorder(t) <= MAX_INSERTED)
	{
		trailing_insert_rest(t);
		return;
	}
	qsort(t->points + t->head, trailing_length(t), sizeof(trailing_point), compare_points);
	trailing_all_sorted(t);
}

/*
 * Room for so many more points behind the last.  What can be let go is, before
 * more memory is taken.
 */
static void
reserve(MemoryContext context, trailing *t, size_t more)
{
	size_t		capacity = Max(t->capacity, FIRST_CAPACITY);
	trailing_point *old = t->points;

	if (t->end + more <= t->capacity)
		return;
	CHECK_FOR_INTERRUPTS();
	if (old != NULL && !t->keep_all)
		arrange(t);
	while (capacity < 2 * (trailing_length(t) + more))
		capacity *= 2;
	if (old != NULL && capacity == t->capacity)
	{
		trailing_move(t, old, capacity);
		return;
	}
	if (capacity > MaxAllocHugeSize / sizeof(trailing_point))
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("too many rates in one window")));
	trailing_move(t, MemoryContextAllocHuge(context, capacity * sizeof(trailing_point)), capacity);
	if (old != NULL)
		pfree(old);
}

/* The state in argument 0, made if there is none yet, for a window of that size. */
static trailing *
state_of(FunctionCallInfo fcinfo, int64 window, bool keep_all)
{
	MemoryContext context = aggregate_context(fcinfo);
	trailing   *t;

	if (!PG_ARGISNULL(0))
	{
		t = (trailing *) PG_GETARG_POINTER(0);
		if (trailing_length(t) == 0)
			t->window = window;
		check_same_window(t->window, window);
		return t;
	}
	t = MemoryContextAlloc(context, sizeof(trailing));
	trailing_init(t, window, keep_all);
	return t;
}

static Datum
same_state(FunctionCallInfo fcinfo)
{
	if (PG_ARGISNULL(0))
		PG_RETURN_NULL();
	PG_RETURN_DATUM(PG_GETARG_DATUM(0));
}

/* ---------- steps ---------- */

/* A row of (state, ts, rate, window_size); false when an argument is NULL. */
static pg_attribute_always_inline bool
read_row(FunctionCallInfo fcinfo, time_reader read_time, float8_reader read_rate,
		 trailing_point *row, int64 *window)
{
	if (PG_ARGISNULL(1) || PG_ARGISNULL(2) || PG_ARGISNULL(3))
		return false;
	row->time = read_time(fcinfo, 1, "ts");
	row->rate = read_rate(fcinfo, 2, "rate");
	*window = positive_span("window_size", PG_GETARG_INTERVAL_P(3));
	check_time("ts", row->time);
	check_rate("rate", row->rate);
	return true;
}

/*
 * The same over a moving frame, where a state must not be NULL: without any row
 * it has no window yet.
 */
static Datum
moving_state_as_it_is(FunctionCallInfo fcinfo)
{
	if (PG_ARGISNULL(0))
		PG_RETURN_POINTER(state_of(fcinfo, 0, true));
	PG_RETURN_DATUM(PG_GETARG_DATUM(0));
}

/*
 * Transition function, and with "keep_all" the forward function over a moving
 * frame.
 */
static pg_attribute_always_inline Datum
accumulate(FunctionCallInfo fcinfo, bool keep_all, time_reader read_time,
		   float8_reader read_rate)
{
	trailing_point row;
	int64		window;
	trailing   *t;

	if (!read_row(fcinfo, read_time, read_rate, &row, &window))
		return keep_all ? moving_state_as_it_is(fcinfo) : same_state(fcinfo);
	t = state_of(fcinfo, window, keep_all);
	reserve(aggregate_context(fcinfo), t, 1);
	trailing_add(t, row.time, row.rate);
	PG_RETURN_POINTER(t);
}

/* The inverse of the forward function. */
static pg_attribute_always_inline Datum
remove_row(FunctionCallInfo fcinfo, time_reader read_time, float8_reader read_rate)
{
	trailing_point row;
	int64		window;
	trailing   *t;

	if (!read_row(fcinfo, read_time, read_rate, &row, &window))
		return same_state(fcinfo);
	t = state_of(fcinfo, window, true);
	arrange(t);
	if (!trailing_remove(t, row.time, row.rate))
		elog(ERROR, "inverse transition of a row that is not in the window frame");
	PG_RETURN_POINTER(t);
}

/* All steps for each combination of types of ts and rate. */
#define TRAILING_STEPS(suffix, read_time, read_rate) \
	TRAILING_STEP(trailing_accum##suffix, accumulate(fcinfo, false, read_time, read_rate)) \
	TRAILING_STEP(trailing_moving_accum##suffix, accumulate(fcinfo, true, read_time, read_rate)) \
	TRAILING_STEP(trailing_moving_remove##suffix, remove_row(fcinfo, read_time, read_rate))

#define TRAILING_STEP(name, body) \
	PG_FUNCTION_INFO_V1(name); \
	Datum \
	name(PG_FUNCTION_ARGS) \
	{ \
		return body; \
	}

TRAILING_STEPS(, read_time_argument, read_float8_argument)
TRAILING_STEPS(_numeric, read_time_argument, read_numeric_argument)
TRAILING_STEPS(_date, read_date_argument, read_float8_argument)
TRAILING_STEPS(_numeric_date, read_date_argument, read_numeric_argument)

/* The points of the other state, which lives in another context, are copied. */
PG_FUNCTION_INFO_V1(trailing_combine);
Datum
trailing_combine(PG_FUNCTION_ARGS)
{
	trailing   *t;
	const trailing *other;

	if (PG_ARGISNULL(1))
		return same_state(fcinfo);
	other = (trailing *) PG_GETARG_POINTER(1);
	t = state_of(fcinfo, other->window, false);
	reserve(aggregate_context(fcinfo), t, trailing_length(other));
	for (size_t i = other->head; i < other->end; i++)
		trailing_add(t, other->points[i].time, other->points[i].rate);
	arrange(t);
	PG_RETURN_POINTER(t);
}

/* The form in which a worker sends its part: window, then the points in order. */
PG_FUNCTION_INFO_V1(trailing_serialize);
Datum
trailing_serialize(PG_FUNCTION_ARGS)
{
	trailing   *t = (trailing *) PG_GETARG_POINTER(0);
	StringInfoData out;

	(void) aggregate_context(fcinfo);
	arrange(t);
	if (trailing_length(t) > (MaxAllocSize - 64) / sizeof(trailing_point))
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("too many rates in one window for a parallel plan"),
				 errhint("Set max_parallel_workers_per_gather to 0.")));
	pq_begintypsend(&out);
	pq_sendint64(&out, t->window);
	for (size_t i = t->head; i < t->end; i++)
	{
		pq_sendint64(&out, t->points[i].time);
		pq_sendfloat8(&out, t->points[i].rate);
	}
	PG_RETURN_BYTEA_P(pq_endtypsend(&out));
}

/* The state from bytes, which are looked at as if an enemy had sent them. */
PG_FUNCTION_INFO_V1(trailing_deserialize);
Datum
trailing_deserialize(PG_FUNCTION_ARGS)
{
	MemoryContext context = aggregate_context(fcinfo);
	bytea	   *bytes = PG_GETARG_BYTEA_PP(0);
	trailing   *t = MemoryContextAlloc(context, sizeof(trailing));
	StringInfoData in;
	size_t		n;

	initStringInfo(&in);
	appendBinaryStringInfo(&in, VARDATA_ANY(bytes), VARSIZE_ANY_EXHDR(bytes));
	trailing_init(t, pq_getmsgint64(&in), false);
	n = (in.len - in.cursor) / sizeof(trailing_point);
	reserve(context, t, n);
	for (size_t i = 0; i < n; i++)
	{
		t->points[t->end].time = pq_getmsgint64(&in);
		t->points[t->end++].rate = pq_getmsgfloat8(&in);
	}
	pq_getmsgend(&in);
	t->sorted = t->end;
	if (!trailing_is_valid(t))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_BINARY_REPRESENTATION),
				 errmsg("invalid binary value for a state of a trailing yield")));
	pfree(in.data);
	PG_RETURN_POINTER(t);
}

/* ---------- results ---------- */

/*
 * Over a group, a growing or a moving frame.  To put points in order changes no
 * later result.
 */
static Datum
yield_of_state(FunctionCallInfo fcinfo, trailing_yield yield, const char *what)
{
	trailing   *t;
	double		result;

	(void) aggregate_context(fcinfo);
	if (PG_ARGISNULL(0))
		PG_RETURN_NULL();
	t = (trailing *) PG_GETARG_POINTER(0);
	arrange(t);
	if (!report_status(trailing_result(t, yield, &result), what))
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(result);
}

PG_FUNCTION_INFO_V1(trailing_apr_final);
Datum
trailing_apr_final(PG_FUNCTION_ARGS)
{
	return yield_of_state(fcinfo, yield_apr, "trailing_apr");
}

PG_FUNCTION_INFO_V1(trailing_apy_final);
Datum
trailing_apy_final(PG_FUNCTION_ARGS)
{
	return yield_of_state(fcinfo, yield_apy, "trailing_apy");
}
