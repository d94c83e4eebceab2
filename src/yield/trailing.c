/*-------------------------------------------------------------------------
 *
 * yield/trailing.c
 *	  The SQL face of domain yield: APR and APY of the time before the last row.
 *
 * The state of a group is the type trailing_rates, stored and sent as a set of
 * rows (server/row_set.h), and an expanded object while it grows; that of a
 * moving frame stays in this process, and is plain memory.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "miscadmin.h"
#include "utils/expandeddatum.h"
#include "utils/memutils.h"
#include "utils/timestamp.h"

#include "core/yield/apr.h"
#include "core/yield/trailing.h"
#include "server/compat.h"
#include "server/report.h"
#include "server/row_set.h"
#include "server/span.h"
#include "server/state_memory.h"

#define FIRST_CAPACITY	32

/* So many that came out of order are put in their places one by one, more are sorted. */
#define MAX_INSERTED	8

StaticAssertDecl(sizeof(trailing_point) == 2 * sizeof(row_value),
				 "points must have no padding, they are stored word by word");

/* ---------- rates in their window ---------- */

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

/* ---------- the state of a group ---------- */

static const row_kind rates_kind = {
	.type = "trailing_rates",
	.layout = "(window,[(time,rate),(time,rate)]), window in microseconds, times in UTC, rates positive",
	.num_terms = 1, .terms = {WORD_SPAN}, .term_names = {"window_size"},
	.num_words = 2, .words = {WORD_TIME, WORD_POSITIVE}
};

ROW_SET_FUNCTION(trailing_rates, &rates_kind, in)
ROW_SET_FUNCTION(trailing_rates, &rates_kind, out)
ROW_SET_FUNCTION(trailing_rates, &rates_kind, recv)
ROW_SET_FUNCTION(trailing_rates, &rates_kind, send)
SUMMARY_OPERATOR_FUNCTIONS(trailing_rates, row_set_cmp(fcinfo, &rates_kind),
						   row_set_hash(fcinfo, &rates_kind, seed))

typedef struct group_state
{
	ExpandedObjectHeader header;
	trailing	rates;			/* at least one */
} group_state;

/* To put rates in order may let some go, so that comes before they are counted. */
static Size
state_flat_size(ExpandedObjectHeader *header)
{
	trailing   *t = &((group_state *) header)->rates;

	arrange(t);
	return row_set_flat_size(&rates_kind, trailing_length(t));
}

static void
state_flatten(ExpandedObjectHeader *header, void *result, Size size)
{
	trailing   *t = &((group_state *) header)->rates;
	row_value	window = {.integer = t->window};

	row_set_write_flat(&rates_kind, &window, t->points + t->head, trailing_length(t), result, size);
}

static const ExpandedObjectMethods state_methods = {state_flat_size, state_flatten};

/* A state without rates yet; it gets one before anyone else sees it. */
static group_state *
begin_state(FunctionCallInfo fcinfo, int64 window)
{
	MemoryContext context = state_memory(fcinfo);
	group_state *state = MemoryContextAlloc(context, sizeof(group_state));

	EOH_init_header(&state->header, &state_methods, context);
	trailing_init(&state->rates, window, false);
	return state;
}

static void
add_points(group_state *state, const trailing_point *points, size_t n)
{
	reserve(state->header.eoh_context, &state->rates, n);
	for (size_t i = 0; i < n; i++)
		trailing_add(&state->rates, points[i].time, points[i].rate);
}

/* A copy of any value of the type, that may grow. */
static group_state *
copy_state(FunctionCallInfo fcinfo, Datum value)
{
	row_view	view;
	group_state *state;

	row_set_open(&rates_kind, value, &view);
	state = begin_state(fcinfo, view.terms[0].integer);
	add_points(state, view.rows, view.num_rows);
	row_set_close(&view);
	return state;
}

/* The state that a value of the type is, or NULL if it is another form of it. */
static group_state *
state_in(Datum value)
{
	if (!VARATT_IS_EXTERNAL_EXPANDED(DatumGetPointer(value)) ||
		DatumGetEOHP(value)->eoh_methods != &state_methods)
		return NULL;
	return (group_state *) DatumGetEOHP(value);
}

/*
 * The state in argument 0 as one that may grow: an aggregate's own as it is,
 * anything else as a copy.  NULL if the argument is.
 */
static group_state *
state_argument(FunctionCallInfo fcinfo)
{
	group_state *state = NULL;

	if (PG_ARGISNULL(0))
		return NULL;
	if (owns_state(fcinfo) && VARATT_IS_EXTERNAL_EXPANDED_RW(PG_GETARG_POINTER(0)))
		state = state_in(PG_GETARG_DATUM(0));
	return state != NULL ? state : copy_state(fcinfo, PG_GETARG_DATUM(0));
}

/* The result of a step: the state where an aggregate owns it, else a flat value. */
static Datum
state_result(FunctionCallInfo fcinfo, group_state *state)
{
	row_value	window = {.integer = state->rates.window};
	Datum		result;

	if (owns_state(fcinfo))
		return EOHPGetRWDatum(&state->header);
	arrange(&state->rates);
	result = row_set_make(&rates_kind, &window, state->rates.points + state->rates.head,
						  trailing_length(&state->rates));
	MemoryContextDelete(state->header.eoh_context);
	return result;
}

/* ---------- the state of a moving frame ---------- */

/* The state in argument 0, made if there is none yet, for a window of that size. */
static trailing *
moving_state(FunctionCallInfo fcinfo, int64 window)
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
	trailing_init(t, window, true);
	return t;
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

/* Transition function of a group. */
static pg_attribute_always_inline Datum
accumulate(FunctionCallInfo fcinfo, time_reader read_time, float8_reader read_rate)
{
	trailing_point row;
	int64		window;
	bool		has_row = read_row(fcinfo, read_time, read_rate, &row, &window);
	group_state *state = state_argument(fcinfo);

	if (!has_row && state == NULL)
		PG_RETURN_NULL();
	if (has_row && state == NULL)
		state = begin_state(fcinfo, window);
	if (has_row)
	{
		check_same_window(state->rates.window, window);
		reserve(state->header.eoh_context, &state->rates, 1);
		trailing_add(&state->rates, row.time, row.rate);
	}
	return state_result(fcinfo, state);
}

/*
 * The forward function over a moving frame, whose state must not be NULL:
 * without any row it has no window yet.
 */
static pg_attribute_always_inline Datum
moving_accumulate(FunctionCallInfo fcinfo, time_reader read_time, float8_reader read_rate)
{
	trailing_point row;
	int64		window;
	trailing   *t;

	if (!read_row(fcinfo, read_time, read_rate, &row, &window))
	{
		if (PG_ARGISNULL(0))
			PG_RETURN_POINTER(moving_state(fcinfo, 0));
		PG_RETURN_DATUM(PG_GETARG_DATUM(0));
	}
	t = moving_state(fcinfo, window);
	reserve(aggregate_context(fcinfo), t, 1);
	trailing_add(t, row.time, row.rate);
	PG_RETURN_POINTER(t);
}

/* The inverse of the forward function. */
static pg_attribute_always_inline Datum
moving_remove(FunctionCallInfo fcinfo, time_reader read_time, float8_reader read_rate)
{
	trailing_point row;
	int64		window;
	trailing   *t;

	if (!read_row(fcinfo, read_time, read_rate, &row, &window))
	{
		if (PG_ARGISNULL(0))
			PG_RETURN_NULL();
		PG_RETURN_DATUM(PG_GETARG_DATUM(0));
	}
	t = moving_state(fcinfo, window);
	arrange(t);
	if (!trailing_remove(t, row.time, row.rate))
		elog(ERROR, "inverse transition of a row that is not in the window frame");
	PG_RETURN_POINTER(t);
}

/* All steps for each combination of types of ts and rate. */
#define TRAILING_STEPS(suffix, read_time, read_rate) \
	TRAILING_STEP(trailing_accum##suffix, accumulate(fcinfo, read_time, read_rate)) \
	TRAILING_STEP(trailing_moving_accum##suffix, moving_accumulate(fcinfo, read_time, read_rate)) \
	TRAILING_STEP(trailing_moving_remove##suffix, moving_remove(fcinfo, read_time, read_rate))

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

/* Merges two states; strict, so that the first becomes the state of the aggregate. */
PG_FUNCTION_INFO_V1(trailing_rates_combine);
Datum
trailing_rates_combine(PG_FUNCTION_ARGS)
{
	group_state *state = state_argument(fcinfo);
	row_view	other;

	row_set_open(&rates_kind, PG_GETARG_DATUM(1), &other);
	check_same_window(state->rates.window, other.terms[0].integer);
	add_points(state, other.rows, other.num_rows);
	arrange(&state->rates);
	row_set_close(&other);
	return state_result(fcinfo, state);
}

/* ---------- results ---------- */

static Datum
yield_result(FunctionCallInfo fcinfo, const trailing *t, trailing_yield yield, const char *what)
{
	double		result;

	if (!report_status(trailing_result(t, yield, &result), what))
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(result);
}

/*
 * Over a group or a growing frame.  To put points in order changes no later
 * result.
 */
static Datum
yield_of_group(FunctionCallInfo fcinfo, trailing_yield yield, const char *what)
{
	group_state *state = state_in(PG_GETARG_DATUM(0));
	trailing	stored;
	row_view	view;
	Datum		result;

	if (state != NULL)
	{
		arrange(&state->rates);
		return yield_result(fcinfo, &state->rates, yield, what);
	}
	row_set_open(&rates_kind, PG_GETARG_DATUM(0), &view);
	trailing_init(&stored, view.terms[0].integer, true);
	stored.points = (trailing_point *) view.rows;
	stored.sorted = stored.end = view.num_rows;
	result = yield_result(fcinfo, &stored, yield, what);
	row_set_close(&view);
	return result;
}

/* Over a moving frame. */
static Datum
yield_of_frame(FunctionCallInfo fcinfo, trailing_yield yield, const char *what)
{
	trailing   *t;

	(void) aggregate_context(fcinfo);
	if (PG_ARGISNULL(0))
		PG_RETURN_NULL();
	t = (trailing *) PG_GETARG_POINTER(0);
	arrange(t);
	return yield_result(fcinfo, t, yield, what);
}

#define TRAILING_YIELD(name, yield) \
	TRAILING_STEP(name##_final, yield_of_group(fcinfo, yield, #name)) \
	TRAILING_STEP(name##_moving_final, yield_of_frame(fcinfo, yield, #name))

TRAILING_YIELD(trailing_apr, yield_apr)
TRAILING_YIELD(trailing_apy, yield_apy)
