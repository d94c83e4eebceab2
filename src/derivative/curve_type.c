/*-------------------------------------------------------------------------
 *
 * derivative/curve_type.c
 *	  The SQL face of domain derivative: the type discount_curve.
 *
 * On disk a curve is a varlena: the years of all nodes, ascending, and behind
 * them their factors, all as the doubles they are.  While it grows, as the state
 * of an aggregate, it is an expanded object whose nodes are the points of a
 * series: positive years are ordered as their bits are, so these stand for its
 * times, and all that a series does for order, doubles and memory holds.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "funcapi.h"
#include "lib/stringinfo.h"
#include "libpq/pqformat.h"
#include "parser/scansup.h"
#include "utils/expandeddatum.h"
#include "utils/memutils.h"
#include "utils/tuplestore.h"

#include "derivative/curve_type.h"
#include "derivative/schedule.h"
#include "series/type.h"
#include "server/compat.h"
#include "server/interrupts.h"
#include "server/report.h"
#include "server/set_size.h"
#include "server/summary.h"

typedef struct expanded_curve
{
	ExpandedObjectHeader header;
	expanded_series *nodes;
} expanded_curve;

/* Bytes of a node */
#define NODE_SIZE	(2 * sizeof(double))

/* ---------- reading ---------- */

/* What a pointer to an expanded object points to: DatumGetEOHP without a call. */
static inline expanded_curve *
expanded_at(Datum curve)
{
	varatt_expanded pointer;

	memcpy(&pointer, VARDATA_EXTERNAL(DatumGetPointer(curve)), sizeof(pointer));
	return (expanded_curve *) pointer.eohptr;
}

/* A curve that grows: its nodes are put in order. */
static void
open_expanded(discount_curve *curve, const expanded_curve *c)
{
	series_reader reader;

	series_reader_init(&reader, series_datum(c->nodes));
	curve->years = (const char *) reader.time;
	curve->factors = (const char *) reader.value;
	curve->n = reader.num_points;
}

static void
open_curve(discount_curve *curve, Datum value)
{
	struct varlena *flat;
	size_t		size;

	if (VARATT_IS_EXTERNAL_EXPANDED(DatumGetPointer(value)))
	{
		open_expanded(curve, expanded_at(value));
		return;
	}
	flat = PG_DETOAST_DATUM_PACKED(value);
	size = VARSIZE_ANY_EXHDR(flat);
	if (size < NODE_SIZE || size % NODE_SIZE != 0)
		ereport(ERROR, (errcode(ERRCODE_DATA_CORRUPTED), errmsg("invalid discount_curve")));
	curve->n = size / NODE_SIZE;
	curve->years = VARDATA_ANY(flat);
	curve->factors = curve->years + curve->n * sizeof(double);
}

/* Argument n, for as long as the call lasts. */
void
curve_argument(FunctionCallInfo fcinfo, int n, discount_curve *curve)
{
	open_curve(curve, PG_GETARG_DATUM(n));
}

/* Argument n, how the curve is read between its nodes. */
curve_method
method_argument(FunctionCallInfo fcinfo, int n)
{
	static const char *const words[] = {"log_linear", "linear_zero", "monotone_convex"};

	return (curve_method) choice_argument(fcinfo, n, "interpolation", words, lengthof(words), NULL);
}

/* ---------- the expanded form ---------- */

static Size
expanded_curve_flat_size(ExpandedObjectHeader *header)
{
	discount_curve curve;

	open_expanded(&curve, (expanded_curve *) header);
	if (curve.n > (MaxAllocSize - VARHDRSZ) / NODE_SIZE)
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("a discount_curve of %zu nodes would take more than 1 GB", curve.n)));
	return VARHDRSZ + curve.n * NODE_SIZE;
}

static void
expanded_curve_flatten(ExpandedObjectHeader *header, void *result, Size size)
{
	discount_curve curve;

	open_expanded(&curve, (expanded_curve *) header);
	SET_VARSIZE(result, size);
	memcpy(VARDATA(result), curve.years, curve.n * sizeof(double));
	memcpy((char *) VARDATA(result) + curve.n * sizeof(double), curve.factors,
		   curve.n * sizeof(double));
}

static const ExpandedObjectMethods expanded_curve_methods = {
	expanded_curve_flat_size,
	expanded_curve_flatten
};

/* A curve without nodes yet; it gets one before anyone else sees it. */
static expanded_curve *
begin_curve(FunctionCallInfo fcinfo)
{
	expanded_series *nodes = series_begin_state(fcinfo);
	MemoryContext context = series_context(nodes);
	expanded_curve *c = MemoryContextAllocZero(context, sizeof(expanded_curve));

	EOH_init_header(&c->header, &expanded_curve_methods, context);
	c->nodes = nodes;
	return c;
}

/* All nodes of another curve. */
static void
append_curve(expanded_curve *c, const discount_curve *other)
{
	for (size_t i = 0; i < other->n; i++)
	{
		pause_at(i);
		series_append_point(c->nodes, curve_key(curve_years(other, i)), curve_factor(other, i));
	}
}

/*
 * The curve in argument 0 as one that may grow: an aggregate's own state as it
 * is, anything else as a copy.  NULL if the argument is.
 */
static expanded_curve *
curve_state(FunctionCallInfo fcinfo)
{
	discount_curve curve;
	expanded_curve *c;

	if (PG_ARGISNULL(0))
		return NULL;
	if (VARATT_IS_EXTERNAL_EXPANDED_RW(DatumGetPointer(PG_GETARG_DATUM(0))) && owns_state(fcinfo))
		return expanded_at(PG_GETARG_DATUM(0));
	open_curve(&curve, PG_GETARG_DATUM(0));
	c = begin_curve(fcinfo);
	append_curve(c, &curve);
	return c;
}

/* A flat curve, with room for n nodes. */
static struct varlena *
allocate_flat(size_t n)
{
	struct varlena *flat;

	if (n > (MaxAllocSize - VARHDRSZ) / NODE_SIZE)
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("a discount_curve of %zu nodes would take more than 1 GB", n)));
	flat = palloc(VARHDRSZ + n * NODE_SIZE);
	SET_VARSIZE(flat, VARHDRSZ + n * NODE_SIZE);
	return flat;
}

/* A curve of valid nodes in ascending order of years. */
Datum
curve_datum(const double *years, const double *factors, size_t n)
{
	struct varlena *flat = allocate_flat(n);

	memcpy(VARDATA(flat), years, n * sizeof(double));
	memcpy(VARDATA(flat) + n * sizeof(double), factors, n * sizeof(double));
	PG_RETURN_POINTER(flat);
}

/* The same of one that grew, which is nobody's state. */
static Datum
flat_curve(const expanded_curve *c)
{
	discount_curve curve;

	open_expanded(&curve, c);
	return curve_datum((const double *) curve.years, (const double *) curve.factors, curve.n);
}

/* ---------- text and binary form ---------- */

/* The nodes of a list, in any order.  False if it is none. */
static bool
read_nodes(expanded_curve *c, char *text)
{
	char	   *first;
	char	   *second;
	double		years;
	double		factor;

	while (scanner_isspace(*text))
		text++;
	if (*text++ != '[')
		return false;
	while (*text != ']')
	{
		if (!series_cut_point(&text, &first, &second) || !read_float8(first, &years) ||
			!read_float8(second, &factor) || !curve_node_is_valid(years, factor))
			return false;
		CHECK_FOR_INTERRUPTS();
		series_append_point(c->nodes, curve_key(years), factor);
	}
	text++;
	while (scanner_isspace(*text))
		text++;
	return *text == '\0' && !series_is_empty(c->nodes);
}

PG_FUNCTION_INFO_V1(discount_curve_in);
Datum
discount_curve_in(PG_FUNCTION_ARGS)
{
	char	   *text = PG_GETARG_CSTRING(0);
	expanded_curve *c = begin_curve(fcinfo);

	if (!read_nodes(c, pstrdup(text)))
		ereturn(fcinfo->context, (Datum) 0,
				(errcode(ERRCODE_INVALID_TEXT_REPRESENTATION),
				 errmsg("invalid input syntax for type %s: \"%s\"", "discount_curve",
						shown_text(text, strlen(text))),
				 errhint("The form is [(years,discount_factor),(years,discount_factor)], all of "
						 "them positive and finite.")));
	return flat_curve(c);
}

PG_FUNCTION_INFO_V1(discount_curve_out);
Datum
discount_curve_out(PG_FUNCTION_ARGS)
{
	discount_curve curve;
	StringInfoData out;

	open_curve(&curve, PG_GETARG_DATUM(0));
	initStringInfo(&out);
	for (size_t i = 0; i < curve.n; i++)
	{
		pause_at(i);
		appendStringInfoString(&out, i == 0 ? "[(" : ",(");
		append_float8(&out, curve_years(&curve, i));
		appendStringInfoChar(&out, ',');
		append_float8(&out, curve_factor(&curve, i));
		appendStringInfoChar(&out, ')');
	}
	appendStringInfoChar(&out, ']');
	PG_RETURN_CSTRING(out.data);
}

/*
 * The nodes in ascending order, each as years and factor; taken only if they are
 * so.
 */
PG_FUNCTION_INFO_V1(discount_curve_recv);
Datum
discount_curve_recv(PG_FUNCTION_ARGS)
{
	StringInfo	in = (StringInfo) PG_GETARG_POINTER(0);
	size_t		n = (size_t) (in->len - in->cursor) / NODE_SIZE;
	struct varlena *flat = allocate_flat(n);
	double		last = 0;

	for (size_t i = 0; i < n; i++)
	{
		double		years = pq_getmsgfloat8(in);
		double		factor = pq_getmsgfloat8(in);

		pause_at(i);
		if (!curve_node_is_valid(years, factor) || years <= last)
			n = 0;
		else
		{
			memcpy(VARDATA(flat) + i * sizeof(double), &years, sizeof(double));
			memcpy(VARDATA(flat) + (n + i) * sizeof(double), &factor, sizeof(double));
		}
		last = years;
	}
	if (n == 0 || in->cursor != in->len)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_BINARY_REPRESENTATION),
				 errmsg("invalid binary value for type %s", "discount_curve"),
				 errdetail("Years must ascend, and they and the factors be positive and finite.")));
	PG_RETURN_POINTER(flat);
}

PG_FUNCTION_INFO_V1(discount_curve_send);
Datum
discount_curve_send(PG_FUNCTION_ARGS)
{
	discount_curve curve;
	StringInfoData out;

	open_curve(&curve, PG_GETARG_DATUM(0));
	pq_begintypsend(&out);
	for (size_t i = 0; i < curve.n; i++)
	{
		pause_at(i);
		pq_sendfloat8(&out, curve_years(&curve, i));
		pq_sendfloat8(&out, curve_factor(&curve, i));
	}
	PG_RETURN_BYTEA_P(pq_endtypsend(&out));
}

/* ---------- operator class ---------- */

/* By the bytes, as of a series: curves are equal exactly when these are. */
#define CURVE_OPERATOR(name) \
	extern Datum rate_series_##name(PG_FUNCTION_ARGS); \
	PG_FUNCTION_INFO_V1(discount_curve_##name); \
	Datum \
	discount_curve_##name(PG_FUNCTION_ARGS) \
	{ \
		return rate_series_##name(fcinfo); \
	}

CURVE_OPERATOR(lt)
CURVE_OPERATOR(le)
CURVE_OPERATOR(eq)
CURVE_OPERATOR(ne)
CURVE_OPERATOR(ge)
CURVE_OPERATOR(gt)
CURVE_OPERATOR(order)
CURVE_OPERATOR(hash)
CURVE_OPERATOR(hash_extended)

/* ---------- aggregates ---------- */

static Datum
state_datum(FunctionCallInfo fcinfo, expanded_curve *c)
{
	if (c == NULL)
		PG_RETURN_NULL();
	return EOHPGetRWDatum(&c->header);
}

/* (state, years, discount_factor): a claim that is due already is no node, and is skipped as NULL is. */
PG_FUNCTION_INFO_V1(discount_curve_accum);
Datum
discount_curve_accum(PG_FUNCTION_ARGS)
{
	expanded_curve *c = curve_state(fcinfo);
	double		years;
	double		factor;

	if (PG_ARGISNULL(1) || PG_ARGISNULL(2))
		return state_datum(fcinfo, c);
	years = PG_GETARG_FLOAT8(1);
	factor = PG_GETARG_FLOAT8(2);
	check_finite("years", years);
	if (years <= 0)
		return state_datum(fcinfo, c);
	check_positive("discount_factor", factor);
	if (unlikely(c == NULL))
		c = begin_curve(fcinfo);
	series_append_point(c->nodes, curve_key(years), factor);
	return EOHPGetRWDatum(&c->header);
}

/* Strict: the first curve becomes the state. */
PG_FUNCTION_INFO_V1(discount_curve_combine);
Datum
discount_curve_combine(PG_FUNCTION_ARGS)
{
	expanded_curve *c = curve_state(fcinfo);
	discount_curve other;

	open_curve(&other, PG_GETARG_DATUM(1));
	append_curve(c, &other);
	return EOHPGetRWDatum(&c->header);
}

/* The operator ||, to which NULL is the curve without nodes. */
PG_FUNCTION_INFO_V1(discount_curve_concat);
Datum
discount_curve_concat(PG_FUNCTION_ARGS)
{
	if (PG_ARGISNULL(0) || PG_ARGISNULL(1))
		return summary_of_either(fcinfo);
	return flat_curve(expanded_at(discount_curve_combine(fcinfo)));
}

/* ---------- rows ---------- */

PG_FUNCTION_INFO_V1(discount_curve_unnest);
Datum
discount_curve_unnest(PG_FUNCTION_ARGS)
{
	ReturnSetInfo *result = (ReturnSetInfo *) fcinfo->resultinfo;
	discount_curve curve;
	bool		nulls[2] = {false, false};

	InitMaterializedSRF(fcinfo, 0);
	curve_argument(fcinfo, 0, &curve);
	for (size_t i = 0; i < curve.n; i++)
	{
		Datum		values[2] = {
			Float8GetDatum(curve_years(&curve, i)), Float8GetDatum(curve_factor(&curve, i))
		};

		pause_at(i);
		tuplestore_putvalues(result->setResult, result->setDesc, values, nulls);
	}
	return (Datum) 0;
}

/* A row for each node of argument 0. */
PG_FUNCTION_INFO_V1(discount_curve_node_rows);
Datum
discount_curve_node_rows(PG_FUNCTION_ARGS)
{
	set_size   *asked = set_size_asked(fcinfo);
	discount_curve curve;
	Datum		value;

	if (asked == NULL || !set_size_argument(asked, 0, set_size_type(asked, 0), &value))
		PG_RETURN_POINTER(NULL);
	open_curve(&curve, value);
	return set_size_answer(asked, curve.n);
}
