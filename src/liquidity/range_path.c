/*-------------------------------------------------------------------------
 *
 * liquidity/range_path.c
 *	  The SQL face of domain liquidity: type range_path, a history of prices
 *	  that is asked how long it was in a range, state of the aggregates that ask.
 *
 * A range_path is a series of prices and what all rows of a group say alike: the
 * range, and when to stop.  On disk those come first, and the series, a varlena
 * of its own, behind them.  While it grows it is an expanded object, as a series
 * is, in the memory that all states of an aggregate share.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "lib/stringinfo.h"
#include "libpq/pqformat.h"
#include "utils/builtins.h"
#include "utils/expandeddatum.h"
#include "utils/float.h"
#include "utils/timestamp.h"

#include "core/liquidity/range.h"
#include "liquidity/stay.h"
#include "series/fold.h"
#include "series/type.h"
#include "server/compat.h"
#include "server/report.h"
#include "server/summary.h"

/* What all rows of a group have in common; no padding, as it is compared by bytes. */
typedef struct path_terms
{
	double		lower;
	double		upper;
	int64		has_end;
	int64		end;			/* 0 where there is none */
} path_terms;

StaticAssertDecl(sizeof(path_terms) == 8 * 4, "path_terms must have no padding");

typedef struct expanded_path
{
	ExpandedObjectHeader header;
	path_terms	terms;
	expanded_series *prices;
} expanded_path;

/* Any range_path as it is read. */
typedef struct path_view
{
	path_terms	terms;
	Datum		prices;
} path_view;

extern Datum rate_series_in(PG_FUNCTION_ARGS);
extern Datum rate_series_out(PG_FUNCTION_ARGS);
extern Datum rate_series_recv(PG_FUNCTION_ARGS);

/* ---------- the expanded form ---------- */

static ExpandedObjectHeader *
prices_header(const expanded_path *p)
{
	return DatumGetEOHP(series_datum(p->prices));
}

static Size
expanded_path_flat_size(ExpandedObjectHeader *header)
{
	return VARHDRSZ + sizeof(path_terms) + EOH_get_flat_size(prices_header((expanded_path *) header));
}

static void
expanded_path_flatten(ExpandedObjectHeader *header, void *result, Size size)
{
	expanded_path *p = (expanded_path *) header;
	char	   *terms = VARDATA(result);

	SET_VARSIZE(result, size);
	memcpy(terms, &p->terms, sizeof(path_terms));
	EOH_flatten_into(prices_header(p), terms + sizeof(path_terms),
					 size - VARHDRSZ - sizeof(path_terms));
}

static const ExpandedObjectMethods expanded_path_methods = {
	expanded_path_flat_size,
	expanded_path_flatten
};

/* A path without prices yet; it gets one before anyone else sees it. */
static expanded_path *
begin_path(FunctionCallInfo fcinfo, const path_terms *terms)
{
	expanded_series *prices = series_begin_state(fcinfo);
	MemoryContext context = series_context(prices);
	expanded_path *p = MemoryContextAllocZero(context, sizeof(expanded_path));

	EOH_init_header(&p->header, &expanded_path_methods, context);
	p->terms = *terms;
	p->prices = prices;
	return p;
}

/* ---------- reading ---------- */

static void
open_path(path_view *view, Datum path)
{
	struct varlena *flat;

	if (VARATT_IS_EXTERNAL_EXPANDED(DatumGetPointer(path)))
	{
		const expanded_path *p = (const expanded_path *) DatumGetEOHP(path);

		*view = (path_view) {p->terms, series_datum(p->prices)};
		return;
	}
	flat = PG_DETOAST_DATUM(path);
	view->prices = PointerGetDatum(VARDATA(flat) + sizeof(path_terms));
	if (VARSIZE(flat) < VARHDRSZ + sizeof(path_terms) + VARHDRSZ ||
		VARSIZE(flat) != VARHDRSZ + sizeof(path_terms) + VARSIZE(DatumGetPointer(view->prices)))
		ereport(ERROR, (errcode(ERRCODE_DATA_CORRUPTED), errmsg("invalid range_path")));
	memcpy(&view->terms, VARDATA(flat), sizeof(path_terms));
}

static void
append_fold(void *state, const int64 *time, const double *value, size_t n)
{
	series_append(state, time, value, n);
}

/*
 * The path in argument 0 as one that may grow: an aggregate's own state as it
 * is, anything else as a copy.  NULL if the argument is.
 */
static expanded_path *
path_state(FunctionCallInfo fcinfo)
{
	path_view	view;
	expanded_path *p;

	if (PG_ARGISNULL(0))
		return NULL;
	if (VARATT_IS_EXTERNAL_EXPANDED_RW(DatumGetPointer(PG_GETARG_DATUM(0))) &&
		AggCheckCallContext(fcinfo, NULL))
		return (expanded_path *) DatumGetEOHP(PG_GETARG_DATUM(0));
	open_path(&view, PG_GETARG_DATUM(0));
	p = begin_path(fcinfo, &view.terms);
	fold_points(view.prices, append_fold, p->prices);
	return p;
}

/* A path as a flat value, which is nobody's state. */
static Datum
flat_path(expanded_path *p)
{
	Size		size = EOH_get_flat_size(&p->header);
	struct varlena *flat = MemoryContextAllocHuge(CurrentMemoryContext, size);

	EOH_flatten_into(&p->header, flat, size);
	PG_RETURN_POINTER(flat);
}

static Datum
make_flat(FunctionCallInfo fcinfo, const path_terms *terms, Datum prices)
{
	expanded_path *p = begin_path(fcinfo, terms);

	fold_points(prices, append_fold, p->prices);
	return flat_path(p);
}

/* ---------- text and binary form ---------- */

static bool
terms_are_valid(const path_terms *terms)
{
	return isfinite(terms->lower) && isfinite(terms->upper) && terms->lower < terms->upper &&
		(terms->has_end == 0 || terms->has_end == 1) && time_is_valid(terms->end) &&
		(terms->has_end || terms->end == 0);
}

/* Cut a field that ends with a comma off *text, in place; NULL if there is none. */
static char *
cut_field(char **text)
{
	char	   *field = *text;
	char	   *comma = strchr(field, ',');

	if (comma == NULL)
		return NULL;
	*comma = '\0';
	*text = comma + 1;
	return field;
}

/* "(lower,upper,end_time," off *text, which then is at the prices */
static bool
read_terms(char **text, path_terms *terms, Node *escontext)
{
	char	   *lower,
			   *upper,
			   *end;

	if (*(*text)++ != '(' || (lower = cut_field(text)) == NULL ||
		(upper = cut_field(text)) == NULL || (end = cut_field(text)) == NULL)
		return false;
	terms->has_end = *end != '\0';
	terms->end = 0;
	return read_float8(lower, &terms->lower) && read_float8(upper, &terms->upper) &&
		(!terms->has_end || read_timestamptz(end, &terms->end, escontext)) &&
		terms_are_valid(terms);
}

PG_FUNCTION_INFO_V1(range_path_in);
Datum
range_path_in(PG_FUNCTION_ARGS)
{
	char	   *given = PG_GETARG_CSTRING(0);
	char	   *text = pstrdup(given);
	size_t		length = strlen(text);
	path_terms	terms;
	Datum		prices;

	if (!read_terms(&text, &terms, fcinfo->context) || given[length - 1] != ')')
		ereturn(fcinfo->context, (Datum) 0,
				(errcode(ERRCODE_INVALID_TEXT_REPRESENTATION),
				 errmsg("invalid input syntax for type %s: \"%s\"", "range_path",
						shown_text(given, length)),
				 errhint("The form is (lower,upper,end_time,[(time,price),(time,price)]), times in "
						 "UTC, end_time empty where there is none.")));
	text[strlen(text) - 1] = '\0';
	if (!DirectInputFunctionCallSafe(rate_series_in, text, InvalidOid, -1, fcinfo->context, &prices))
		return (Datum) 0;
	return make_flat(fcinfo, &terms, prices);
}

PG_FUNCTION_INFO_V1(range_path_out);
Datum
range_path_out(PG_FUNCTION_ARGS)
{
	path_view	view;
	StringInfoData out;

	open_path(&view, PG_GETARG_DATUM(0));
	initStringInfo(&out);
	appendStringInfoChar(&out, '(');
	append_float8(&out, view.terms.lower);
	appendStringInfoChar(&out, ',');
	append_float8(&out, view.terms.upper);
	appendStringInfoChar(&out, ',');
	if (view.terms.has_end)
		append_timestamptz(&out, view.terms.end);
	appendStringInfoChar(&out, ',');
	appendStringInfoString(&out, DatumGetCString(DirectFunctionCall1(rate_series_out, view.prices)));
	appendStringInfoChar(&out, ')');
	PG_RETURN_CSTRING(out.data);
}

PG_FUNCTION_INFO_V1(range_path_recv);
Datum
range_path_recv(PG_FUNCTION_ARGS)
{
	StringInfo	in = (StringInfo) PG_GETARG_POINTER(0);
	path_terms	terms;

	/* adding zero makes a negative zero a positive one, so that bytes agree */
	terms.lower = pq_getmsgfloat8(in) + 0.0;
	terms.upper = pq_getmsgfloat8(in) + 0.0;
	terms.has_end = pq_getmsgint64(in);
	terms.end = pq_getmsgint64(in);
	if (!terms_are_valid(&terms))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_BINARY_REPRESENTATION),
				 errmsg("invalid binary value for type %s", "range_path"),
				 errdetail("No set of rows has this range and end.")));
	return make_flat(fcinfo, &terms, DirectFunctionCall1(rate_series_recv, PointerGetDatum(in)));
}

/* The terms in the order of the text, big-endian, and the image of the series */
PG_FUNCTION_INFO_V1(range_path_send);
Datum
range_path_send(PG_FUNCTION_ARGS)
{
	path_view	view;
	struct varlena *prices;
	StringInfoData out;

	open_path(&view, PG_GETARG_DATUM(0));
	prices = PG_DETOAST_DATUM_PACKED(view.prices);
	pq_begintypsend(&out);
	pq_sendfloat8(&out, view.terms.lower);
	pq_sendfloat8(&out, view.terms.upper);
	pq_sendint64(&out, view.terms.has_end);
	pq_sendint64(&out, view.terms.end);
	pq_sendbytes(&out, VARDATA_ANY(prices), VARSIZE_ANY_EXHDR(prices));
	PG_RETURN_BYTEA_P(pq_endtypsend(&out));
}

/* ---------- operator class ---------- */

/* By the bytes, as of a series: paths are equal exactly when these are. */
#define PATH_OPERATOR(name) \
	extern Datum rate_series_##name(PG_FUNCTION_ARGS); \
	PG_FUNCTION_INFO_V1(range_path_##name); \
	Datum \
	range_path_##name(PG_FUNCTION_ARGS) \
	{ \
		return rate_series_##name(fcinfo); \
	}

PATH_OPERATOR(lt)
PATH_OPERATOR(le)
PATH_OPERATOR(eq)
PATH_OPERATOR(ne)
PATH_OPERATOR(ge)
PATH_OPERATOR(gt)
PATH_OPERATOR(order)
PATH_OPERATOR(hash)
PATH_OPERATOR(hash_extended)

/* ---------- aggregates ---------- */

/* All rows of a group are about one range and one end. */
static void
check_same_terms(const path_terms *a, const path_terms *b)
{
	if (likely(memcmp(a, b, sizeof(path_terms)) == 0))
		return;
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("lower, upper and end_time must be the same in all rows of a group"),
			 errhint("To look at one path in many ranges, keep it as rate_series(ts, price) and "
					 "call time_in_range(series, lower, upper).")));
}

/* Arguments 3 to 5 */
static path_terms
terms_argument(FunctionCallInfo fcinfo, time_reader read_end)
{
	path_terms	terms = {.has_end = !PG_ARGISNULL(5)};

	read_stay_range(fcinfo, 3, &terms.lower, &terms.upper);
	/* a negative zero would differ from a positive one by its bytes */
	terms.lower += 0.0;
	terms.upper += 0.0;
	if (terms.has_end)
	{
		terms.end = read_end(fcinfo, 5, "end_time");
		check_time("end_time", terms.end);
	}
	return terms;
}

/* A row in which anything but end_time is NULL is skipped. */
static bool
lacks_value(FunctionCallInfo fcinfo)
{
	for (int i = 1; i < 5; i++)
		if (PG_ARGISNULL(i))
			return true;
	return false;
}

/* (state, ts, price, lower, upper, end_time) */
static pg_attribute_always_inline Datum
path_accum(FunctionCallInfo fcinfo, time_reader read_time, time_reader read_end)
{
	expanded_path *p = path_state(fcinfo);
	path_terms	terms;
	int64		time;
	double		price;

	if (lacks_value(fcinfo))
	{
		if (p == NULL)
			PG_RETURN_NULL();
		return EOHPGetRWDatum(&p->header);
	}
	time = read_time(fcinfo, 1, "ts");
	price = PG_GETARG_FLOAT8(2);
	check_time("ts", time);
	check_finite("price", price);
	terms = terms_argument(fcinfo, read_end);
	if (unlikely(p == NULL))
		p = begin_path(fcinfo, &terms);
	check_same_terms(&p->terms, &terms);
	series_append(p->prices, &time, &price, 1);
	return EOHPGetRWDatum(&p->header);
}

#define PATH_ACCUM(name, read_time, read_end) \
	PG_FUNCTION_INFO_V1(name); \
	Datum \
	name(PG_FUNCTION_ARGS) \
	{ \
		return path_accum(fcinfo, read_time, read_end); \
	}

PATH_ACCUM(range_path_accum, read_time_argument, read_time_argument)
PATH_ACCUM(range_path_accum_date, read_date_argument, read_time_argument)
PATH_ACCUM(range_path_accum_to_date, read_time_argument, read_date_argument)
PATH_ACCUM(range_path_accum_date_to_date, read_date_argument, read_date_argument)

/* Strict: the first path becomes the state. */
PG_FUNCTION_INFO_V1(range_path_combine);
Datum
range_path_combine(PG_FUNCTION_ARGS)
{
	expanded_path *p = path_state(fcinfo);
	path_view	other;

	open_path(&other, PG_GETARG_DATUM(1));
	check_same_terms(&p->terms, &other.terms);
	fold_points(other.prices, append_fold, p->prices);
	return EOHPGetRWDatum(&p->header);
}

/* The operator ||, to which NULL is the path without rows. */
PG_FUNCTION_INFO_V1(range_path_merge);
Datum
range_path_merge(PG_FUNCTION_ARGS)
{
	if (PG_ARGISNULL(0) && PG_ARGISNULL(1))
		PG_RETURN_NULL();
	if (PG_ARGISNULL(0) || PG_ARGISNULL(1))
		PG_RETURN_DATUM(PG_GETARG_DATUM(PG_ARGISNULL(0) ? 1 : 0));
	return range_path_combine(fcinfo);
}

static Datum
stay_of_path(FunctionCallInfo fcinfo, stay_result result)
{
	path_view	view;
	path_window w;
	range_stay	stay;

	open_path(&view, PG_GETARG_DATUM(0));
	range_stay_init(&stay, view.terms.lower, view.terms.upper);
	if (view.terms.has_end)
	{
		path_window_init(&w, TIME_MIN, view.terms.end, RATE_LOCF);
		fold_window(view.prices, &w, range_stay_fold, &stay);
	}
	else
		fold_points(view.prices, range_stay_fold, &stay);
	return result(fcinfo, &stay);
}

PG_FUNCTION_INFO_V1(range_path_time);
Datum
range_path_time(PG_FUNCTION_ARGS)
{
	return stay_of_path(fcinfo, stay_time);
}

PG_FUNCTION_INFO_V1(range_path_share);
Datum
range_path_share(PG_FUNCTION_ARGS)
{
	return stay_of_path(fcinfo, stay_share);
}
