/*-------------------------------------------------------------------------
 *
 * derivative/points.c
 *	  Sets of rows of numbers as values: the states of aggregates that need
 *	  all of their rows.
 *
 * The flat form is a varlena of doubles: the terms, then the rows, ascending by
 * their columns.  What is not there is the one NaN that get_float8_nan() gives,
 * so that values are equal exactly when their bytes are.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include <math.h>

#include "libpq/pqformat.h"
#include "miscadmin.h"
#include "nodes/memnodes.h"
#include "utils/expandeddatum.h"
#include "utils/float.h"
#include "utils/memutils.h"

#include "derivative/points.h"
#include "server/compat.h"
#include "server/report.h"

#define FIRST_CAPACITY	16

/* Bytes before the doubles of a flat value: its length, and what aligns them */
#define POINTS_HEADER	8

/* Bytes that are hashed between two looks at interrupts */
#define HASHED_AT_ONCE	((size_t) 1 << 20)

struct expanded_points
{
	ExpandedObjectHeader header;
	const point_form *form;
	double		terms[POINTS_MAX_TERMS];
	size_t		num_rows;
	size_t		capacity;
	bool		ordered;
	double	   *rows;
};

/* ---------- rows ---------- */

/* What is not there comes first. */
static inline int
compare_numbers(double a, double b)
{
	if (isnan(a) || isnan(b))
		return isnan(b) - isnan(a);
	return a < b ? -1 : a > b;
}

static inline int
compare_columns(const double *a, const double *b, int n)
{
	for (int i = 0; i < n; i++)
	{
		int			order = compare_numbers(a[i], b[i]);

		if (order != 0)
			return order;
	}
	return 0;
}

/* Rows as the server's sort moves them, which is compiled for each width */
typedef struct pair_row
{
	double		column[2];
} pair_row;

typedef struct triple_row
{
	double		column[3];
} triple_row;

#define ST_SORT sort_pairs
#define ST_ELEMENT_TYPE pair_row
#define ST_COMPARE(a, b) compare_columns((a)->column, (b)->column, 2)
#define ST_SCOPE static
#define ST_CHECK_FOR_INTERRUPTS
#define ST_DEFINE
#include "lib/sort_template.h"

#define ST_SORT sort_triples
#define ST_ELEMENT_TYPE triple_row
#define ST_COMPARE(a, b) compare_columns((a)->column, (b)->column, 3)
#define ST_SCOPE static
#define ST_CHECK_FOR_INTERRUPTS
#define ST_DEFINE
#include "lib/sort_template.h"

/* Make one of rows that are about one thing and stand beside each other. */
static size_t
merged_rows(const point_form *form, double *rows, size_t n)
{
	size_t		kept = 0;

	for (size_t i = 0; i < n; i++)
	{
		const double *row = rows + i * form->num_columns;

		if (kept > 0 && form->merge(rows + (kept - 1) * form->num_columns, row))
			continue;
		memmove(rows + kept++ * form->num_columns, row, form->num_columns * sizeof(double));
	}
	return kept;
}

static void
put_in_order(expanded_points *p)
{
	if (p->ordered)
		return;
	if (p->form->num_columns == 2)
		sort_pairs((pair_row *) p->rows, p->num_rows);
	else
		sort_triples((triple_row *) p->rows, p->num_rows);
	if (p->form->merge != NULL)
		p->num_rows = merged_rows(p->form, p->rows, p->num_rows);
	p->ordered = true;
}

static size_t
flat_size(const point_form *form, size_t num_rows)
{
	return POINTS_HEADER + (form->num_terms + num_rows * form->num_columns) * sizeof(double);
}

/* ---------- the expanded form ---------- */

static Size
expanded_flat_size(ExpandedObjectHeader *header)
{
	expanded_points *p = (expanded_points *) header;

	put_in_order(p);
	return flat_size(p->form, p->num_rows);
}

static void
write_flat(const expanded_points *p, char *result)
{
	double	   *numbers = (double *) (result + POINTS_HEADER);

	memset(result, 0, POINTS_HEADER);
	SET_VARSIZE(result, flat_size(p->form, p->num_rows));
	memcpy(numbers, p->terms, p->form->num_terms * sizeof(double));
	memcpy(numbers + p->form->num_terms, p->rows,
		   p->num_rows * p->form->num_columns * sizeof(double));
}

static void
expanded_flatten(ExpandedObjectHeader *header, void *result, Size size)
{
	Assert(size == flat_size(((expanded_points *) header)->form, ((expanded_points *) header)->num_rows));
	(void) size;
	write_flat((expanded_points *) header, result);
}

static const ExpandedObjectMethods expanded_methods = {expanded_flat_size, expanded_flatten};

/*
 * Where states live: one child of an aggregate's context for all of them, as of
 * a rate_series (series/type.c says why).
 */
static MemoryContext
state_context(FunctionCallInfo fcinfo)
{
	MemoryContext context;
	int			looked_at = 0;

	if (!AggCheckCallContext(fcinfo, &context))
		return AllocSetContextCreate(CurrentMemoryContext, "points", ALLOCSET_START_SMALL_SIZES);
	for (MemoryContext child = context->firstchild; child != NULL && looked_at++ < 16;
		 child = child->nextchild)
		if (strcmp(child->name, "points") == 0)
			return child;
	return AllocSetContextCreate(context, "points", ALLOCSET_START_SMALL_SIZES);
}

/* A value without rows, which is to get one before anyone else sees it. */
expanded_points *
points_begin(FunctionCallInfo fcinfo, const point_form *form, const double *terms)
{
	MemoryContext context = state_context(fcinfo);
	expanded_points *p = MemoryContextAllocZero(context, sizeof(expanded_points));

	EOH_init_header(&p->header, &expanded_methods, context);
	p->form = form;
	if (form->num_terms > 0)
		memcpy(p->terms, terms, form->num_terms * sizeof(double));
	p->ordered = true;
	p->capacity = FIRST_CAPACITY;
	p->rows = MemoryContextAlloc(context, p->capacity * form->num_columns * sizeof(double));
	return p;
}

/* Twice the room, unless that many rows are about the same. */
static void
make_room(expanded_points *p)
{
	size_t		width = p->form->num_columns * sizeof(double);

	CHECK_FOR_INTERRUPTS();
	if (p->form->merge != NULL)
		put_in_order(p);
	if (p->num_rows <= p->capacity / 2)
		return;
	if (flat_size(p->form, 2 * p->capacity) > MaxAllocSize)
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("a group of more than %zu rows would take more than 1 GB", p->capacity),
				 errhint("Group the rows by expiry, say.")));
	p->capacity *= 2;
	p->rows = repalloc_huge(p->rows, p->capacity * width);
}

/* A checked row, with no negative zero in it; what is not there is NaN. */
void
points_append(expanded_points *p, const double *row)
{
	double	   *to;

	if (unlikely(p->num_rows == p->capacity))
		make_room(p);
	to = p->rows + p->num_rows * p->form->num_columns;
	if (p->num_rows > 0 && !(row[0] > to[-p->form->num_columns]))
		p->ordered = false;
	for (int i = 0; i < p->form->num_columns; i++)
		to[i] = isnan(row[i]) ? get_float8_nan() : row[i];
	p->num_rows++;
}

/* As an aggregate's step returns it. */
Datum
points_datum(expanded_points *p)
{
	return EOHPGetRWDatum(&p->header);
}

/* The state of an aggregate of which a row says nothing. */
Datum
points_unchanged(FunctionCallInfo fcinfo, expanded_points *p)
{
	if (p == NULL)
		PG_RETURN_NULL();
	return points_datum(p);
}

/* ---------- reading ---------- */

pg_noreturn static void
report_corrupted(const point_form *form)
{
	ereport(ERROR, (errcode(ERRCODE_DATA_CORRUPTED), errmsg("invalid %s", form->type)));
}

static void
open_flat(points_view *view, struct varlena *flat, const point_form *form)
{
	size_t		width = form->num_columns * sizeof(double);
	size_t		head = flat_size(form, 0);

	if (VARSIZE(flat) < head || (VARSIZE(flat) - head) % width != 0)
		report_corrupted(form);
	view->terms = (const double *) ((const char *) flat + POINTS_HEADER);
	view->rows = view->terms + form->num_terms;
	view->num_rows = (VARSIZE(flat) - head) / width;
}

/* Begin to read a value; its rows are in order. */
void
points_open(points_view *view, Datum value, const point_form *form)
{
	expanded_points *p;

	if (!VARATT_IS_EXTERNAL_EXPANDED(DatumGetPointer(value)))
	{
		open_flat(view, PG_DETOAST_DATUM(value), form);
		return;
	}
	p = (expanded_points *) DatumGetEOHP(value);
	put_in_order(p);
	*view = (points_view) {p->terms, p->rows, p->num_rows};
}

/*
 * The value in argument 0 as one that may grow: an aggregate's own state as it
 * is, anything else as a copy.  NULL if the argument is.
 */
expanded_points *
points_state(FunctionCallInfo fcinfo, const point_form *form)
{
	points_view view;
	expanded_points *p;

	if (PG_ARGISNULL(0))
		return NULL;
	if (VARATT_IS_EXTERNAL_EXPANDED_RW(DatumGetPointer(PG_GETARG_DATUM(0))) && owns_state(fcinfo))
		return (expanded_points *) DatumGetEOHP(PG_GETARG_DATUM(0));
	points_open(&view, PG_GETARG_DATUM(0), form);
	p = points_begin(fcinfo, form, view.terms);
	for (size_t i = 0; i < view.num_rows; i++)
		points_append(p, view.rows + i * form->num_columns);
	return p;
}

/* All rows of a group have one set of terms. */
void
points_check_terms(const expanded_points *p, const double *terms)
{
	for (int i = 0; i < p->form->num_terms; i++)
		if (unlikely(p->terms[i] != terms[i]))
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					 errmsg("%s", p->form->same_terms),
					 errdetail("There are %.17g and %.17g.", p->terms[i], terms[i]),
					 errhint("Group the rows by them.")));
}

/* Strict: the first value becomes the state. */
Datum
points_combine(FunctionCallInfo fcinfo, const point_form *form)
{
	expanded_points *p = points_state(fcinfo, form);
	points_view other;

	points_open(&other, PG_GETARG_DATUM(1), form);
	points_check_terms(p, other.terms);
	for (size_t i = 0; i < other.num_rows; i++)
		points_append(p, other.rows + i * form->num_columns);
	return points_datum(p);
}

/* ---------- text and binary form ---------- */

/* A value that is nobody's state. */
static Datum
flat_value(expanded_points *p)
{
	char	   *result;

	put_in_order(p);
	result = MemoryContextAllocHuge(CurrentMemoryContext, flat_size(p->form, p->num_rows));
	write_flat(p, result);
	PG_RETURN_POINTER(result);
}

/* One number, up to one of the characters that end it; nothing is NaN. */
static bool
read_number(char **text, const char *ends, double *value)
{
	size_t		length = strcspn(*text, ends);
	char	   *field = pnstrdup(*text, length);
	bool		read = true;

	*value = get_float8_nan();
	if (length > 0)
		read = read_float8(field, value);
	*text += length;
	pfree(field);
	return read && **text != '\0';
}

/* n numbers with commas between them and "end" behind the last */
static bool
read_numbers(char **text, double *values, int n, char end)
{
	for (int i = 0; i < n; i++)
		if (!read_number(text, ",)[]", &values[i]) || *(*text)++ != (i < n - 1 ? ',' : end))
			return false;
	return true;
}

/* "(a,b),(c,d)]" to the end of the text */
static bool
read_rows(char *text, expanded_points *p)
{
	double		row[POINTS_MAX_COLUMNS];

	do
	{
		if (*text++ != '(' || !read_numbers(&text, row, p->form->num_columns, ')') ||
			!p->form->row_is_valid(row))
			return false;
		points_append(p, row);
	} while (*text++ == ',');
	return text[-1] == ']' && *text == '\0';
}

/* The terms, if there are any, in "(a,b,c)" before the rows */
static expanded_points *
read_points(FunctionCallInfo fcinfo, const point_form *form, char *text)
{
	double		terms[POINTS_MAX_TERMS];
	expanded_points *p;

	if (form->num_terms > 0 &&
		(*text++ != '(' || !read_numbers(&text, terms, form->num_terms, ')') ||
		 !form->terms_are_valid(terms)))
		return NULL;
	if (*text++ != '[')
		return NULL;
	p = points_begin(fcinfo, form, terms);
	return read_rows(text, p) ? p : NULL;
}

Datum
points_in(FunctionCallInfo fcinfo, const point_form *form)
{
	char	   *text = PG_GETARG_CSTRING(0);
	expanded_points *p = read_points(fcinfo, form, text);

	if (p == NULL)
		ereturn(fcinfo->context, (Datum) 0,
				(errcode(ERRCODE_INVALID_TEXT_REPRESENTATION),
				 errmsg("invalid input syntax for type %s: \"%s\"", form->type,
						shown_text(text, strlen(text))),
				 errhint("The form is %s.", form->layout)));
	return flat_value(p);
}

static void
append_numbers(StringInfo out, const double *values, int n)
{
	for (int i = 0; i < n; i++)
	{
		appendStringInfoChar(out, i == 0 ? '(' : ',');
		if (!isnan(values[i]))
			append_float8(out, values[i]);
	}
	appendStringInfoChar(out, ')');
}

Datum
points_out(FunctionCallInfo fcinfo, const point_form *form)
{
	points_view view;
	StringInfoData out;

	points_open(&view, PG_GETARG_DATUM(0), form);
	initStringInfo(&out);
	if (form->num_terms > 0)
		append_numbers(&out, view.terms, form->num_terms);
	for (size_t i = 0; i < view.num_rows; i++)
	{
		appendStringInfoChar(&out, i == 0 ? '[' : ',');
		append_numbers(&out, view.rows + i * form->num_columns, form->num_columns);
	}
	appendStringInfoChar(&out, ']');
	PG_RETURN_CSTRING(out.data);
}

pg_noreturn static void
report_binary(const point_form *form)
{
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_BINARY_REPRESENTATION),
			 errmsg("invalid binary value for type %s", form->type),
			 errdetail("No set of rows has these numbers.")));
}

/* Adding zero makes a negative zero a positive one. */
static void
receive_numbers(StringInfo in, double *values, int n)
{
	for (int i = 0; i < n; i++)
		values[i] = pq_getmsgfloat8(in) + 0.0;
}

Datum
points_recv(FunctionCallInfo fcinfo, const point_form *form)
{
	StringInfo	in = (StringInfo) PG_GETARG_POINTER(0);
	double		terms[POINTS_MAX_TERMS];
	double		row[POINTS_MAX_COLUMNS];
	expanded_points *p;

	receive_numbers(in, terms, form->num_terms);
	if (form->num_terms > 0 && !form->terms_are_valid(terms))
		report_binary(form);
	p = points_begin(fcinfo, form, terms);
	do
	{
		receive_numbers(in, row, form->num_columns);
		if (!form->row_is_valid(row))
			report_binary(form);
		points_append(p, row);
	} while (in->cursor < in->len);
	return flat_value(p);
}

/* The terms and the rows, big-endian */
Datum
points_send(FunctionCallInfo fcinfo, const point_form *form)
{
	points_view view;
	StringInfoData out;

	points_open(&view, PG_GETARG_DATUM(0), form);
	pq_begintypsend(&out);
	for (int i = 0; i < form->num_terms; i++)
		pq_sendfloat8(&out, view.terms[i]);
	for (size_t i = 0; i < view.num_rows * form->num_columns; i++)
		pq_sendfloat8(&out, view.rows[i]);
	PG_RETURN_BYTEA_P(pq_endtypsend(&out));
}

/* ---------- operator class ---------- */

/* By the terms, then row by row. */
int
points_cmp(FunctionCallInfo fcinfo, const point_form *form)
{
	points_view a,
				b;
	int			order;

	points_open(&a, PG_GETARG_DATUM(0), form);
	points_open(&b, PG_GETARG_DATUM(1), form);
	order = compare_columns(a.terms, b.terms, form->num_terms);
	for (size_t i = 0; order == 0 && i < a.num_rows && i < b.num_rows; i++)
		order = compare_columns(a.rows + i * form->num_columns, b.rows + i * form->num_columns,
								form->num_columns);
	if (order != 0)
		return order;
	return a.num_rows < b.num_rows ? -1 : a.num_rows > b.num_rows;
}

uint64
points_hash(FunctionCallInfo fcinfo, const point_form *form, uint64 seed)
{
	points_view view;
	size_t		size;

	points_open(&view, PG_GETARG_DATUM(0), form);
	seed = hash_bytes_extended((const unsigned char *) view.terms, form->num_terms * sizeof(double),
							   seed);
	size = view.num_rows * form->num_columns * sizeof(double);
	for (size_t from = 0; from < size; from += HASHED_AT_ONCE)
	{
		CHECK_FOR_INTERRUPTS();
		seed = hash_bytes_extended((const unsigned char *) view.rows + from,
								   Min(HASHED_AT_ONCE, size - from), seed);
	}
	return seed;
}
