/*-------------------------------------------------------------------------
 *
 * rate/window.c
 *	  The SQL face of domain rate: the exchange rates in force at a moment, and
 *	  at the two ends of a window.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "fmgr.h"
#include "libpq/pqformat.h"
#include "utils/builtins.h"
#include "utils/timestamp.h"

#include "rate/window.h"
#include "server/compat.h"
#include "server/moving.h"
#include "server/report.h"
#include "server/span.h"
#include "server/summary.h"

#define RATE_WINDOW_FIELDS	10

StaticAssertDecl(sizeof(rate_window) == 8 * RATE_WINDOW_FIELDS,
				 "rate_window must have no padding, it is hashed byte by byte");

/* ---------- the type rate_window ---------- */

/* A point, or two empty fields where there is none. */
static bool
read_point(char **field, int64 no_time, int64 *time, double *rate, Node *escontext)
{
	if (*field[0] == '\0' && *field[1] == '\0')
	{
		*time = no_time;
		*rate = 0;
		return true;
	}
	return read_timestamptz(field[0], time, escontext) && read_float8(field[1], rate);
}

static bool
read_edge(char **field, rate_edge *e, Node *escontext)
{
	return read_point(field, RATE_NO_BEFORE, &e->before_time, &e->before_rate, escontext) &&
		read_point(field + 2, RATE_NO_AFTER, &e->after_time, &e->after_rate, escontext);
}

PG_FUNCTION_INFO_V1(rate_window_in);
Datum
rate_window_in(PG_FUNCTION_ARGS)
{
	char	   *text = PG_GETARG_CSTRING(0);
	char	   *field[RATE_WINDOW_FIELDS];
	rate_window *w = palloc(sizeof(rate_window));

	if (!split_fields(pstrdup(text), field, RATE_WINDOW_FIELDS) ||
		!read_timestamptz(field[0], &w->start_time, fcinfo->context) ||
		!read_timestamptz(field[1], &w->end_time, fcinfo->context) ||
		!read_edge(field + 2, &w->start, fcinfo->context) ||
		!read_edge(field + 6, &w->end, fcinfo->context))
		ereturn(fcinfo->context, (Datum) 0,
				(errcode(ERRCODE_INVALID_TEXT_REPRESENTATION),
				 errmsg("invalid input syntax for type %s: \"%s\"", "rate_window", text),
				 errhint("The form is (start,end, then for each of the two the time and rate of "
						 "the last point before it and of the first after it), times in UTC.")));
	if (!rate_window_is_valid(w))
		ereturn(fcinfo->context, (Datum) 0,
				(errcode(ERRCODE_INVALID_TEXT_REPRESENTATION),
				 errmsg("invalid value for type %s: \"%s\"", "rate_window", text),
				 errdetail("No set of rates has these nearest to the ends of the window.")));
	PG_RETURN_RATE_WINDOW(w);
}

static void
append_point(StringInfo out, int64 time, double rate)
{
	appendStringInfoChar(out, ',');
	if (rate != 0)
		append_timestamptz(out, time);
	appendStringInfoChar(out, ',');
	if (rate != 0)
		append_float8(out, rate);
}

PG_FUNCTION_INFO_V1(rate_window_out);
Datum
rate_window_out(PG_FUNCTION_ARGS)
{
	rate_window *w = PG_GETARG_RATE_WINDOW(0);
	StringInfoData out;

	initStringInfo(&out);
	appendStringInfoChar(&out, '(');
	append_timestamptz(&out, w->start_time);
	appendStringInfoChar(&out, ',');
	append_timestamptz(&out, w->end_time);
	append_point(&out, w->start.before_time, w->start.before_rate);
	append_point(&out, w->start.after_time, w->start.after_rate);
	append_point(&out, w->end.before_time, w->end.before_rate);
	append_point(&out, w->end.after_time, w->end.after_rate);
	appendStringInfoChar(&out, ')');
	PG_RETURN_CSTRING(out.data);
}

static void
receive_edge(StringInfo in, rate_edge *e)
{
	e->before_time = pq_getmsgint64(in);
	e->before_rate = pq_getmsgfloat8(in) + 0.0;	/* no negative zero */
	e->after_time = pq_getmsgint64(in);
	e->after_rate = pq_getmsgfloat8(in) + 0.0;
}

/* The binary form is the fields in the order of the text, big-endian. */
PG_FUNCTION_INFO_V1(rate_window_recv);
Datum
rate_window_recv(PG_FUNCTION_ARGS)
{
	StringInfo	in = (StringInfo) PG_GETARG_POINTER(0);
	rate_window *w = palloc(sizeof(rate_window));

	w->start_time = pq_getmsgint64(in);
	w->end_time = pq_getmsgint64(in);
	receive_edge(in, &w->start);
	receive_edge(in, &w->end);
	if (!rate_window_is_valid(w))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_BINARY_REPRESENTATION),
				 errmsg("invalid binary value for type %s", "rate_window"),
				 errdetail("No set of rates has these nearest to the ends of the window.")));
	PG_RETURN_RATE_WINDOW(w);
}

static void
send_edge(StringInfo out, const rate_edge *e)
{
	pq_sendint64(out, e->before_time);
	pq_sendfloat8(out, e->before_rate);
	pq_sendint64(out, e->after_time);
	pq_sendfloat8(out, e->after_rate);
}

PG_FUNCTION_INFO_V1(rate_window_send);
Datum
rate_window_send(PG_FUNCTION_ARGS)
{
	rate_window *w = PG_GETARG_RATE_WINDOW(0);
	StringInfoData out;

	pq_begintypsend(&out);
	pq_sendint64(&out, w->start_time);
	pq_sendint64(&out, w->end_time);
	send_edge(&out, &w->start);
	send_edge(&out, &w->end);
	PG_RETURN_BYTEA_P(pq_endtypsend(&out));
}

SUMMARY_OPERATOR_CLASS(rate_window, rate_window_cmp)

/* ---------- aggregates: their steps ---------- */

/* What a row brings: a point, and the window that all rows must agree on. */
typedef struct window_row
{
	TimestampTz time;
	double		rate;
	TimestampTz start;
	TimestampTz end;
	uint64		max_age;		/* of a rate at a moment that counts, in microseconds */
} window_row;

/* Is the row of (state, ts, rate, at), or with "ends" of (state, ts, rate, t0, t1) absent? */
static inline bool
is_skipped(FunctionCallInfo fcinfo, bool ends)
{
	return PG_ARGISNULL(1) || PG_ARGISNULL(2) || PG_ARGISNULL(3) || (ends && PG_ARGISNULL(4));
}

/*
 * Read such a row, behind whose moment there may be a max_age.  False when an
 * argument but this is NULL: the row counts as absent.
 */
static pg_attribute_always_inline bool
read_row(FunctionCallInfo fcinfo, bool ends, time_reader read_time, time_reader read_end,
		 window_row *row)
{
	if (is_skipped(fcinfo, ends))
		return false;
	row->time = read_time(fcinfo, 1, "ts");
	row->rate = PG_GETARG_FLOAT8(2);
	row->start = read_end(fcinfo, 3, ends ? "t0" : "at");
	row->end = ends ? read_end(fcinfo, 4, "t1") : row->start;
	row->max_age = !ends && PG_NARGS() > 4 ? max_age_argument(fcinfo, 4) : PG_UINT64_MAX;
	check_time("ts", row->time);
	check_rate("rate", row->rate);
	return true;
}

/* A window whose end, t1, is before its start, t0. */
void
report_reversed_window(const char *end_name, const char *start_name,
					   TimestampTz end, TimestampTz start)
{
	/* timestamptz_to_str has one static buffer */
	char	   *end_text = pstrdup(timestamptz_to_str(end));

	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("%s must not be before %s: %s is before %s", end_name, start_name, end_text,
					timestamptz_to_str(start)),
			 errhint("A window starts at %s and ends at %s.", start_name, end_name)));
	pg_unreachable();
}

/* Start the state of a window with its first row. */
static void
start_window(rate_window *w, const window_row *row, bool ends)
{
	check_time(ends ? "t0" : "at", row->start);
	if (ends)
		check_time("t1", row->end);
	if (row->end < row->start)
		report_reversed_window("t1", "t0", row->end, row->start);
	rate_window_init(w, row->start, row->end);
}

/* The row counts as there, but a rate that is too old at the moment is none. */
static inline void
add_row(rate_window *w, const window_row *row)
{
	if (row->time <= row->end && (uint64) row->end - (uint64) row->time > row->max_age)
		return;
	rate_window_add(w, row->time, row->rate);
}

static void
report_other_moment(const char *argument, TimestampTz one, TimestampTz other)
{
	char	   *text = pstrdup(timestamptz_to_str(one));

	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("%s must be the same in all rows, not both %s and %s", argument, text,
					timestamptz_to_str(other)),
			 errhint("To ask about several moments, group the rows by them.")));
}

/* A window of another row must be that of the state. */
static inline void
check_same_window(const rate_window *w, const window_row *row, bool ends)
{
	if (unlikely(w->start_time != row->start))
		report_other_moment(ends ? "t0" : "at", w->start_time, row->start);
	if (unlikely(w->end_time != row->end))
		report_other_moment("t1", w->end_time, row->end);
}

/*
 * Transition function.  Not strict, because the state of no rows is NULL,
 * which a strict function would never get past.
 */
static pg_attribute_always_inline Datum
accumulate(FunctionCallInfo fcinfo, bool ends, time_reader read_time, time_reader read_end)
{
	rate_window *w = summary_state(fcinfo, sizeof(rate_window));
	window_row	row;

	if (!read_row(fcinfo, ends, read_time, read_end, &row))
	{
		if (w == NULL)
			PG_RETURN_NULL();
		PG_RETURN_RATE_WINDOW(w);
	}
	if (w == NULL)
	{
		w = summary_alloc(fcinfo, sizeof(rate_window));
		start_window(w, &row, ends);
	}
	check_same_window(w, &row, ends);
	add_row(w, &row);
	PG_RETURN_RATE_WINDOW(w);
}

static void
check_mergeable(const rate_window *a, const rate_window *b)
{
	if (a->start_time != b->start_time)
		report_other_moment("the start of the window", a->start_time, b->start_time);
	if (a->end_time != b->end_time)
		report_other_moment("the end of the window", a->end_time, b->end_time);
}

/*
 * Combine function of all of them, and transition function of rollup.  Strict:
 * the first window becomes the state.
 */
PG_FUNCTION_INFO_V1(rate_window_combine);
Datum
rate_window_combine(PG_FUNCTION_ARGS)
{
	rate_window *w = summary_state(fcinfo, sizeof(rate_window));
	rate_window *other = PG_GETARG_RATE_WINDOW(1);

	check_mergeable(w, other);
	report_status(rate_window_merge(w, other), "rate_window");
	PG_RETURN_RATE_WINDOW(w);
}

SUMMARY_CONCATENATION(rate_window)

static core_status
merge_slots(void *into, const void *other)
{
	return rate_window_merge(into, other);
}

/*
 * Any one element of a frame, or NULL when it has none.  All elements are of
 * one window, so one stands for all when the window of a new row is checked.
 */
static const rate_window *
some_element(const sliding *state)
{
	if (sliding_length(state) == 0)
		return NULL;
	return (const rate_window *) (state->slots + state->head * state->width);
}

/* Forward function over a moving frame. */
static pg_attribute_always_inline Datum
moving_accumulate(FunctionCallInfo fcinfo, bool ends, time_reader read_time,
				  time_reader read_end)
{
	sliding    *state = moving_state(fcinfo, merge_slots, sizeof(rate_window));
	window_row	row;

	if (read_row(fcinfo, ends, read_time, read_end, &row))
	{
		const rate_window *old = some_element(state);
		rate_window point;

		if (old != NULL)
			check_same_window(old, &row, ends);
		start_window(&point, &row, ends);
		add_row(&point, &row);
		moving_push(fcinfo, state, &point, "rate_window");
	}
	PG_RETURN_POINTER(state);
}

/*
 * Both steps for each combination of types of ts and of boundaries: of
 * aggregates over a window (ts, rate, t0, t1), and at a moment (ts, rate, at)
 * or (ts, rate, at, max_age), which is a window of no length.
 */
#define WINDOW_STEPS(suffix, read_time, read_end) \
	WINDOW_STEP(rate_window_accum##suffix, accumulate, true, read_time, read_end) \
	WINDOW_STEP(rate_moment_accum##suffix, accumulate, false, read_time, read_end) \
	WINDOW_STEP(rate_window_moving_accum##suffix, moving_accumulate, true, read_time, read_end) \
	WINDOW_STEP(rate_moment_moving_accum##suffix, moving_accumulate, false, read_time, read_end)

#define WINDOW_STEP(name, step, ends, read_time, read_end) \
	PG_FUNCTION_INFO_V1(name); \
	Datum \
	name(PG_FUNCTION_ARGS) \
	{ \
		return step(fcinfo, ends, read_time, read_end); \
	}

WINDOW_STEPS(, read_time_argument, read_time_argument)
WINDOW_STEPS(_date, read_date_argument, read_time_argument)
WINDOW_STEPS(_until_date, read_time_argument, read_date_argument)
WINDOW_STEPS(_date_until_date, read_date_argument, read_date_argument)

/* The inverse of all: all that it looks at is whether the row was skipped. */
static Datum
moving_remove(FunctionCallInfo fcinfo, bool ends)
{
	sliding    *state = moving_state(fcinfo, merge_slots, sizeof(rate_window));

	if (!is_skipped(fcinfo, ends))
		moving_pop(state, "rate_window");
	PG_RETURN_POINTER(state);
}

PG_FUNCTION_INFO_V1(rate_window_moving_remove);
Datum
rate_window_moving_remove(PG_FUNCTION_ARGS)
{
	return moving_remove(fcinfo, true);
}

PG_FUNCTION_INFO_V1(rate_moment_moving_remove);
Datum
rate_moment_moving_remove(PG_FUNCTION_ARGS)
{
	return moving_remove(fcinfo, false);
}

/* Forward function of rollup over a moving frame. */
PG_FUNCTION_INFO_V1(rate_window_moving_combine);
Datum
rate_window_moving_combine(PG_FUNCTION_ARGS)
{
	sliding    *state = moving_state(fcinfo, merge_slots, sizeof(rate_window));

	if (!PG_ARGISNULL(1))
	{
		const rate_window *old = some_element(state);

		if (old != NULL)
			check_mergeable(old, PG_GETARG_RATE_WINDOW(1));
		moving_push(fcinfo, state, PG_GETARG_RATE_WINDOW(1), "rate_window");
	}
	PG_RETURN_POINTER(state);
}

/* Its inverse. */
PG_FUNCTION_INFO_V1(rate_window_moving_uncombine);
Datum
rate_window_moving_uncombine(PG_FUNCTION_ARGS)
{
	sliding    *state = moving_state(fcinfo, merge_slots, sizeof(rate_window));

	if (!PG_ARGISNULL(1))
		moving_pop(state, "rate_window");
	PG_RETURN_POINTER(state);
}

/* What a moving frame comes down to; false when it has no rows. */
bool
rate_window_of_frame(FunctionCallInfo fcinfo, rate_window *w)
{
	return moving_result(fcinfo, w, "rate_window");
}

/* Final function of window_agg and rollup over a moving frame. */
PG_FUNCTION_INFO_V1(rate_window_moving_final);
Datum
rate_window_moving_final(PG_FUNCTION_ARGS)
{
	rate_window *result = palloc(sizeof(rate_window));

	if (!rate_window_of_frame(fcinfo, result))
		PG_RETURN_NULL();
	PG_RETURN_RATE_WINDOW(result);
}

/* ---------- reading a window ---------- */

/* Argument n, 'locf' or 'linear'. */
rate_method
read_rate_method(FunctionCallInfo fcinfo, int n)
{
	text	   *method = PG_GETARG_TEXT_PP(n);
	const char *data = VARDATA_ANY(method);
	size_t		len = VARSIZE_ANY_EXHDR(method);

	if (len == 4 && memcmp(data, "locf", 4) == 0)
		return RATE_LOCF;
	if (len != 6 || memcmp(data, "linear", 6) != 0)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("method must be 'locf' or 'linear', not \"%s\"",
						text_to_cstring(method))));
	return RATE_LINEAR;
}

PG_FUNCTION_INFO_V1(rate_window_start_time);
Datum
rate_window_start_time(PG_FUNCTION_ARGS)
{
	PG_RETURN_TIMESTAMPTZ(PG_GETARG_RATE_WINDOW(0)->start_time);
}

PG_FUNCTION_INFO_V1(rate_window_end_time);
Datum
rate_window_end_time(PG_FUNCTION_ARGS)
{
	PG_RETURN_TIMESTAMPTZ(PG_GETARG_RATE_WINDOW(0)->end_time);
}

PG_FUNCTION_INFO_V1(rate_window_start_rate);
Datum
rate_window_start_rate(PG_FUNCTION_ARGS)
{
	double		rate;

	if (!report_status(rate_window_rate_at_start(PG_GETARG_RATE_WINDOW(0),
												 read_rate_method(fcinfo, 1), &rate), "rate"))
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(rate);
}

static Datum
end_rate(FunctionCallInfo fcinfo, const rate_window *w, rate_method method)
{
	double		rate;

	if (!report_status(rate_window_rate_at_end(w, method, &rate), "rate"))
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(rate);
}

PG_FUNCTION_INFO_V1(rate_window_end_rate);
Datum
rate_window_end_rate(PG_FUNCTION_ARGS)
{
	return end_rate(fcinfo, PG_GETARG_RATE_WINDOW(0), read_rate_method(fcinfo, 1));
}

static Datum
rate_age(FunctionCallInfo fcinfo, const rate_window *w)
{
	int64		age;

	if (!report_status(rate_window_age(w, &age), "age"))
		PG_RETURN_NULL();
	PG_RETURN_INTERVAL_P(span_interval(age));
}

PG_FUNCTION_INFO_V1(rate_window_rate_age);
Datum
rate_window_rate_age(PG_FUNCTION_ARGS)
{
	return rate_age(fcinfo, PG_GETARG_RATE_WINDOW(0));
}

/* Final functions of rate_at and rate_at_linear, over a group and a frame. */

PG_FUNCTION_INFO_V1(rate_at_final);
Datum
rate_at_final(PG_FUNCTION_ARGS)
{
	return end_rate(fcinfo, PG_GETARG_RATE_WINDOW(0), RATE_LOCF);
}

PG_FUNCTION_INFO_V1(rate_at_linear_final);
Datum
rate_at_linear_final(PG_FUNCTION_ARGS)
{
	return end_rate(fcinfo, PG_GETARG_RATE_WINDOW(0), RATE_LINEAR);
}

PG_FUNCTION_INFO_V1(rate_at_moving_final);
Datum
rate_at_moving_final(PG_FUNCTION_ARGS)
{
	rate_window w;

	if (!rate_window_of_frame(fcinfo, &w))
		PG_RETURN_NULL();
	return end_rate(fcinfo, &w, RATE_LOCF);
}

PG_FUNCTION_INFO_V1(rate_at_linear_moving_final);
Datum
rate_at_linear_moving_final(PG_FUNCTION_ARGS)
{
	rate_window w;

	if (!rate_window_of_frame(fcinfo, &w))
		PG_RETURN_NULL();
	return end_rate(fcinfo, &w, RATE_LINEAR);
}

PG_FUNCTION_INFO_V1(rate_age_moving_final);
Datum
rate_age_moving_final(PG_FUNCTION_ARGS)
{
	rate_window w;

	if (!rate_window_of_frame(fcinfo, &w))
		PG_RETURN_NULL();
	return rate_age(fcinfo, &w);
}
