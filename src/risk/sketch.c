/*-------------------------------------------------------------------------
 *
 * risk/sketch.c
 *	  The SQL face of domain risk: type return_sketch.
 *
 * On disk a sketch is its accuracy and its buckets in order, 32 bytes each.
 * While it grows it is a table of buckets by their numbers, state of an
 * aggregate of internal type, which workers send to each other as the sketch.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "common/hashfn.h"
#include "lib/stringinfo.h"
#include "libpq/pqformat.h"
#include "miscadmin.h"
#include "utils/memutils.h"

#include "core/risk/sketch.h"
#include "server/compat.h"
#include "server/interrupts.h"
#include "server/report.h"
#include "server/summary.h"

#define DEFAULT_ACCURACY	0.01
#define FIRST_CAPACITY		16

typedef struct return_sketch
{
	int32		vl_len_;
	int32		num_buckets;
	double		accuracy;
	sketch_bucket bucket[FLEXIBLE_ARRAY_MEMBER];
} return_sketch;

StaticAssertDecl(sizeof(sketch_bucket) == 8 * 4, "sketch_bucket must have no padding");
StaticAssertDecl(offsetof(return_sketch, bucket) == 16, "return_sketch must have no padding");

static Size
flat_size(Size num_buckets)
{
	return offsetof(return_sketch, bucket) + num_buckets * sizeof(sketch_bucket);
}

/* A sketch with room for so many buckets. */
static return_sketch *
make_flat(double accuracy, Size num_buckets)
{
	return_sketch *flat = palloc0(flat_size(num_buckets));

	SET_VARSIZE(flat, flat_size(num_buckets));
	flat->num_buckets = (int32) num_buckets;
	flat->accuracy = accuracy;
	return flat;
}

static const return_sketch *
sketch_argument(FunctionCallInfo fcinfo, int n)
{
	const return_sketch *flat = (const return_sketch *) PG_GETARG_VARLENA_P(n);

	if (VARSIZE(flat) < flat_size(0) || VARSIZE(flat) != flat_size((uint32) flat->num_buckets))
		ereport(ERROR, (errcode(ERRCODE_DATA_CORRUPTED), errmsg("invalid return_sketch")));
	return flat;
}

/* Look at a stored sketch; what it holds was checked when it came. */
static void
view_argument(FunctionCallInfo fcinfo, int n, sketch_view *view)
{
	const return_sketch *flat = sketch_argument(fcinfo, n);

	*view = (sketch_view) {.bucket = flat->bucket, .n = (size_t) flat->num_buckets};
	sketch_scale_init(&view->scale, flat->accuracy);
	for (int i = 0; i < flat->num_buckets; i++)
		view->count += flat->bucket[i].count;
}

/* ---------- text and binary form ---------- */

#define SKETCH_LAYOUT "(accuracy,bucket:count:high:low,...)"

static bool
flat_is_valid(const return_sketch *flat)
{
	sketch_view view;

	return sketch_view_init(&view, flat->accuracy, flat->bucket, (size_t) flat->num_buckets);
}

/* "key:count:high:low", in place */
static bool
read_bucket(char *text, sketch_bucket *b)
{
	int64	   *const fields[] = {&b->key, &b->count, &b->sum_high, &b->sum_low};

	for (int i = 0; i < 4; i++)
	{
		char	   *colon = text == NULL ? NULL : strchr(text, ':');

		if (text == NULL || (colon == NULL) != (i == 3))
			return false;
		if (colon != NULL)
			*colon++ = '\0';
		if (!read_int64(text, fields[i]))
			return false;
		text = colon;
	}
	return true;
}

/* The sketch in a text; NULL if it has not the form of one. */
static return_sketch *
read_sketch(char *text)
{
	int			num_fields = 1;
	char	  **fields;
	double		accuracy;
	return_sketch *flat;

	for (const char *c = text; *c != '\0'; c++)
		num_fields += *c == ',';
	fields = MemoryContextAllocHuge(CurrentMemoryContext, sizeof(char *) * num_fields);
	if (!split_fields(text, fields, num_fields) || !read_float8(fields[0], &accuracy))
		return NULL;
	flat = make_flat(accuracy, num_fields - 1);
	for (int i = 1; i < num_fields; i++)
	{
		pause_at(i);
		if (!read_bucket(fields[i], &flat->bucket[i - 1]))
			return NULL;
	}
	return flat;
}

PG_FUNCTION_INFO_V1(return_sketch_in);
Datum
return_sketch_in(PG_FUNCTION_ARGS)
{
	char	   *text = PG_GETARG_CSTRING(0);
	return_sketch *flat = read_sketch(pstrdup(text));

	if (flat == NULL)
		ereturn(fcinfo->context, (Datum) 0,
				(errcode(ERRCODE_INVALID_TEXT_REPRESENTATION),
				 errmsg("invalid input syntax for type %s: \"%s\"", "return_sketch",
						shown_text(text, (int) strlen(text))),
				 errhint("The form is %s.", SKETCH_LAYOUT)));
	if (!flat_is_valid(flat))
		ereturn(fcinfo->context, (Datum) 0,
				(errcode(ERRCODE_INVALID_TEXT_REPRESENTATION),
				 errmsg("invalid value for type %s: \"%s\"", "return_sketch",
						shown_text(text, (int) strlen(text))),
				 errdetail("No set of returns has this sketch.")));
	PG_RETURN_POINTER(flat);
}

PG_FUNCTION_INFO_V1(return_sketch_out);
Datum
return_sketch_out(PG_FUNCTION_ARGS)
{
	const return_sketch *flat = sketch_argument(fcinfo, 0);
	StringInfoData out;

	initStringInfo(&out);
	appendStringInfoChar(&out, '(');
	append_float8(&out, flat->accuracy);
	for (int i = 0; i < flat->num_buckets; i++)
	{
		const sketch_bucket *b = &flat->bucket[i];

		appendStringInfo(&out, "," INT64_FORMAT ":" INT64_FORMAT ":" INT64_FORMAT ":" INT64_FORMAT,
						 b->key, b->count, b->sum_high, b->sum_low);
	}
	appendStringInfoChar(&out, ')');
	PG_RETURN_CSTRING(out.data);
}

/* The fields in the order of the text, big-endian; how many buckets behind the accuracy. */
PG_FUNCTION_INFO_V1(return_sketch_recv);
Datum
return_sketch_recv(PG_FUNCTION_ARGS)
{
	StringInfo	in = (StringInfo) PG_GETARG_POINTER(0);
	double		accuracy = pq_getmsgfloat8(in);
	int64		n = pq_getmsgint64(in);
	return_sketch *flat = NULL;

	if (n > 0 && n <= (in->len - in->cursor) / (int64) sizeof(sketch_bucket))
	{
		flat = make_flat(accuracy, n);
		for (int64 i = 0; i < n; i++)
		{
			sketch_bucket *b = &flat->bucket[i];

			b->key = pq_getmsgint64(in);
			b->count = pq_getmsgint64(in);
			b->sum_high = pq_getmsgint64(in);
			b->sum_low = pq_getmsgint64(in);
		}
	}
	if (flat == NULL || !flat_is_valid(flat))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_BINARY_REPRESENTATION),
				 errmsg("invalid binary value for type %s", "return_sketch"),
				 errdetail("No set of returns has this sketch.")));
	PG_RETURN_POINTER(flat);
}

PG_FUNCTION_INFO_V1(return_sketch_send);
Datum
return_sketch_send(PG_FUNCTION_ARGS)
{
	const return_sketch *flat = sketch_argument(fcinfo, 0);
	StringInfoData out;

	pq_begintypsend(&out);
	pq_sendfloat8(&out, flat->accuracy);
	pq_sendint64(&out, flat->num_buckets);
	for (int i = 0; i < flat->num_buckets; i++)
	{
		const sketch_bucket *b = &flat->bucket[i];

		pq_sendint64(&out, b->key);
		pq_sendint64(&out, b->count);
		pq_sendint64(&out, b->sum_high);
		pq_sendint64(&out, b->sum_low);
	}
	PG_RETURN_BYTEA_P(pq_endtypsend(&out));
}

/* ---------- operator class ---------- */

static int
compare_int64(int64 a, int64 b)
{
	return (a > b) - (a < b);
}

static int
compare_buckets(const sketch_bucket *a, const sketch_bucket *b)
{
	int			order = compare_int64(a->key, b->key);

	if (order == 0)
		order = compare_int64(a->count, b->count);
	if (order == 0)
		order = compare_int64(a->sum_high, b->sum_high);
	return order != 0 ? order : compare_int64(a->sum_low, b->sum_low);
}

/* By accuracy, then by buckets one after the other. */
static int
compare_sketches(FunctionCallInfo fcinfo)
{
	const return_sketch *a = sketch_argument(fcinfo, 0);
	const return_sketch *b = sketch_argument(fcinfo, 1);
	int			order = (a->accuracy > b->accuracy) - (a->accuracy < b->accuracy);

	for (int i = 0; order == 0 && i < Min(a->num_buckets, b->num_buckets); i++)
		order = compare_buckets(&a->bucket[i], &b->bucket[i]);
	return order != 0 ? order : compare_int64(a->num_buckets, b->num_buckets);
}

static uint64
hash_of_sketch(FunctionCallInfo fcinfo, uint64 seed)
{
	const return_sketch *flat = sketch_argument(fcinfo, 0);

	return hash_bytes_extended((const unsigned char *) &flat->accuracy,
							   (int) (VARSIZE(flat) - offsetof(return_sketch, accuracy)), seed);
}

SUMMARY_OPERATOR_FUNCTIONS(return_sketch, compare_sketches(fcinfo), hash_of_sketch(fcinfo, seed))

/* ---------- states ---------- */

static sketch_slot *
make_table(MemoryContext context, Size capacity)
{
	return MemoryContextAllocHuge(context, sizeof(sketch_slot) * capacity);
}

static sketch *
begin_sketch(MemoryContext context, double accuracy, Size capacity)
{
	sketch	   *s;

	check_finite("accuracy", accuracy);
	if (!sketch_accuracy_is_valid(accuracy))
		report_bad_argument("accuracy", accuracy, psprintf("from %g to %g", SKETCH_MIN_ACCURACY, SKETCH_MAX_ACCURACY));
	s = MemoryContextAlloc(context, sizeof(sketch));
	sketch_scale_init(&s->scale, accuracy);
	sketch_begin(s, make_table(context, capacity), capacity);
	return s;
}

/* See to it that another bucket finds room; the table stays where it was made. */
static inline void
make_room(sketch *s)
{
	sketch_slot *old = s->slot;

	if (likely(!sketch_is_full(s)))
		return;
	sketch_move(s, make_table(GetMemoryChunkContext(old), 2 * s->capacity), 2 * s->capacity);
	pfree(old);
}

static void
check_same_accuracy(double a, double b)
{
	if (unlikely(a != b))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("accuracy must be the same in all, not %g and %g", a, b)));
}

static void
merge_flat(sketch *s, const return_sketch *flat)
{
	check_same_accuracy(s->scale.accuracy, flat->accuracy);
	for (int i = 0; i < flat->num_buckets; i++)
	{
		make_room(s);
		if (!sketch_merge_bucket(s, &flat->bucket[i]))
			ereport(ERROR,
					(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
					 errmsg("num_returns is out of range")));
	}
}

static return_sketch *
flat_of(const sketch *s)
{
	return_sketch *flat = make_flat(s->scale.accuracy, s->num_used);

	flat->num_buckets = (int32) sketch_list(s, flat->bucket);
	SET_VARSIZE(flat, flat_size(flat->num_buckets));
	return flat;
}

static MemoryContext
aggregate_context(FunctionCallInfo fcinfo)
{
	MemoryContext context;

	if (!AggCheckCallContext(fcinfo, &context))
		elog(ERROR, "step of an aggregate called outside of one");
	return context;
}

static sketch *
state_argument(FunctionCallInfo fcinfo, int n)
{
	return PG_ARGISNULL(n) ? NULL : (sketch *) PG_GETARG_POINTER(n);
}

static Datum
state_result(FunctionCallInfo fcinfo, sketch *s)
{
	if (s == NULL)
		PG_RETURN_NULL();
	PG_RETURN_POINTER(s);
}

/* (state, return, accuracy) */
PG_FUNCTION_INFO_V1(return_sketch_accum);
Datum
return_sketch_accum(PG_FUNCTION_ARGS)
{
	sketch	   *s = state_argument(fcinfo, 0);
	double		value;
	double		accuracy = DEFAULT_ACCURACY;

	if (PG_ARGISNULL(1) || (PG_NARGS() > 2 && PG_ARGISNULL(2)))
		return state_result(fcinfo, s);
	value = PG_GETARG_FLOAT8(1);
	check_finite("return", value);
	if (PG_NARGS() > 2)
		accuracy = PG_GETARG_FLOAT8(2);
	if (unlikely(s == NULL))
		s = begin_sketch(aggregate_context(fcinfo), accuracy, FIRST_CAPACITY);
	check_same_accuracy(s->scale.accuracy, accuracy);
	make_room(s);
	sketch_add(s, value, 1);
	PG_RETURN_POINTER(s);
}

/* The row that leaves a moving frame: all that it added is exact, and so is what is left. */
PG_FUNCTION_INFO_V1(return_sketch_remove);
Datum
return_sketch_remove(PG_FUNCTION_ARGS)
{
	sketch	   *s = state_argument(fcinfo, 0);

	if (PG_ARGISNULL(1) || (PG_NARGS() > 2 && PG_ARGISNULL(2)))
		return state_result(fcinfo, s);
	sketch_add(s, PG_GETARG_FLOAT8(1), -1);
	PG_RETURN_POINTER(s);
}

/* (state, sketch) */
PG_FUNCTION_INFO_V1(return_sketch_merge);
Datum
return_sketch_merge(PG_FUNCTION_ARGS)
{
	sketch	   *s = state_argument(fcinfo, 0);
	const return_sketch *flat;

	if (PG_ARGISNULL(1))
		return state_result(fcinfo, s);
	flat = sketch_argument(fcinfo, 1);
	if (s == NULL)
		s = begin_sketch(aggregate_context(fcinfo), flat->accuracy, FIRST_CAPACITY);
	merge_flat(s, flat);
	PG_RETURN_POINTER(s);
}

/* (state, state) */
PG_FUNCTION_INFO_V1(return_sketch_combine);
Datum
return_sketch_combine(PG_FUNCTION_ARGS)
{
	sketch	   *s = state_argument(fcinfo, 0);
	const sketch *other = state_argument(fcinfo, 1);

	if (other == NULL)
		return state_result(fcinfo, s);
	if (s == NULL)
		s = begin_sketch(aggregate_context(fcinfo), other->scale.accuracy, FIRST_CAPACITY);
	merge_flat(s, flat_of(other));
	PG_RETURN_POINTER(s);
}

/* The last step, and the form in which a worker sends its state. */
PG_FUNCTION_INFO_V1(return_sketch_final);
Datum
return_sketch_final(PG_FUNCTION_ARGS)
{
	const sketch *s = state_argument(fcinfo, 0);

	if (s == NULL || s->count == 0)
		PG_RETURN_NULL();
	PG_RETURN_POINTER(flat_of(s));
}

PG_FUNCTION_INFO_V1(return_sketch_serialize);
Datum
return_sketch_serialize(PG_FUNCTION_ARGS)
{
	PG_RETURN_POINTER(flat_of((sketch *) PG_GETARG_POINTER(0)));
}

PG_FUNCTION_INFO_V1(return_sketch_deserialize);
Datum
return_sketch_deserialize(PG_FUNCTION_ARGS)
{
	/* a copy, as bytes in a row are not aligned as a sketch is */
	const return_sketch *flat = (const return_sketch *) PG_DETOAST_DATUM_COPY(PG_GETARG_DATUM(0));
	sketch	   *s;

	if (VARSIZE(flat) < flat_size(0) || VARSIZE(flat) != flat_size((uint32) flat->num_buckets) ||
		!flat_is_valid(flat))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_BINARY_REPRESENTATION),
				 errmsg("invalid binary state of sketch_agg")));
	s = begin_sketch(aggregate_context(fcinfo), flat->accuracy, FIRST_CAPACITY);
	merge_flat(s, flat);
	PG_RETURN_POINTER(s);
}

/* The operator ||, to which NULL is the sketch of no rows. */
PG_FUNCTION_INFO_V1(return_sketch_concat);
Datum
return_sketch_concat(PG_FUNCTION_ARGS)
{
	sketch	   *s;

	if (PG_ARGISNULL(0) || PG_ARGISNULL(1))
		return summary_of_either(fcinfo);
	s = begin_sketch(CurrentMemoryContext, sketch_argument(fcinfo, 0)->accuracy, FIRST_CAPACITY);
	merge_flat(s, sketch_argument(fcinfo, 0));
	merge_flat(s, sketch_argument(fcinfo, 1));
	PG_RETURN_POINTER(flat_of(s));
}

/* ---------- accessors ---------- */

PG_FUNCTION_INFO_V1(return_sketch_num_returns);
Datum
return_sketch_num_returns(PG_FUNCTION_ARGS)
{
	sketch_view view;

	view_argument(fcinfo, 0, &view);
	PG_RETURN_INT64(view.count);
}

PG_FUNCTION_INFO_V1(return_sketch_quantile);
Datum
return_sketch_quantile(PG_FUNCTION_ARGS)
{
	sketch_view view;

	check_probability("fraction", PG_GETARG_FLOAT8(1));
	view_argument(fcinfo, 0, &view);
	PG_RETURN_FLOAT8(sketch_quantile(&view, PG_GETARG_FLOAT8(1)));
}

PG_FUNCTION_INFO_V1(return_sketch_value_at_risk);
Datum
return_sketch_value_at_risk(PG_FUNCTION_ARGS)
{
	sketch_view view;

	check_confidence(PG_GETARG_FLOAT8(1));
	view_argument(fcinfo, 0, &view);
	PG_RETURN_FLOAT8(sketch_quantile(&view, 1 - PG_GETARG_FLOAT8(1)));
}

PG_FUNCTION_INFO_V1(return_sketch_expected_shortfall);
Datum
return_sketch_expected_shortfall(PG_FUNCTION_ARGS)
{
	sketch_view view;

	check_confidence(PG_GETARG_FLOAT8(1));
	view_argument(fcinfo, 0, &view);
	PG_RETURN_FLOAT8(sketch_shortfall(&view, PG_GETARG_FLOAT8(1)));
}
