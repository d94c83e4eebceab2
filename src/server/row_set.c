/*-------------------------------------------------------------------------
 *
 * server/row_set.c
 *	  Types that hold all rows of a group: states of aggregates whose result
 *	  cannot be had from less.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include <math.h>

#include "common/hashfn.h"
#include "lib/stringinfo.h"
#include "libpq/pqformat.h"
#include "miscadmin.h"
#include "parser/scansup.h"
#include "utils/float.h"
#include "utils/memutils.h"

#include "core/base/point.h"
#include "server/compat.h"
#include "server/interrupts.h"
#include "server/report.h"
#include "server/row_set.h"
#include "server/state_memory.h"

/* Bytes of a set that is made: its fields and terms, and what rows there is room for */
#define FIRST_BYTES		128

/* Bytes of rows when there are more; as the server gives out memory, a power of two. */
#define FIRST_ROW_BYTES	128

/* Rows of which some may be about one thing are looked at when there are so many, and then so many times more. */
#define FIRST_MERGE		65536
#define MERGE_FACTOR	16

/* Bytes that are hashed between two looks at interrupts */
#define HASHED_AT_ONCE	((size_t) 1 << 20)

/* On disk: the terms, and behind them the rows, in order. */
typedef struct flat_set
{
	int32		vl_len_;
	int32		spare;			/* 0 */
	row_value	words[];
} flat_set;

/* ---------- the expanded form ---------- */

static bool
is_integer(row_word word)
{
	return word == WORD_TIME || word == WORD_SPAN;
}

/* Rows ascend by their words. */
static row_order
order_of(const row_kind *kind)
{
	row_order	order = {.num_words = kind->num_words};

	for (int i = 0; i < kind->num_words; i++)
		order.is_integer[i] = is_integer(kind->words[i]);
	return order;
}

static void
sort_set(row_set *set)
{
	row_order	order = order_of(set->kind);
	char	   *room = NULL;
	char	   *sorted;

	if (rows_ascend((uint64 *) set->rows, set->num_rows, &order))
		return;
	if (set->num_rows > ROW_SORT_SMALL)
		room = MemoryContextAllocHuge(set->header.eoh_context, set->num_rows * row_bytes(set->kind));
	sorted = (char *) sort_rows((uint64 *) set->rows, set->num_rows, &order, (uint64 *) room,
								check_interrupts);
	if (sorted == room)
	{
		room = set->rows;
		set->rows = sorted;
		set->capacity = set->num_rows;
	}
	if (room != NULL)
		pfree(room);
}

/* Make one row of those about one thing, which stand beside each other. */
static void
merge_rows(row_set *set)
{
	size_t		row_size = row_bytes(set->kind);
	size_t		kept = 0;

	for (size_t i = 0; i < set->num_rows; i++)
	{
		char	   *row = set->rows + i * row_size;

		pause_at(i);
		if (kept > 0 && set->kind->merge(set->rows + (kept - 1) * row_size, row))
			continue;
		if (kept < i)
			memcpy(set->rows + kept * row_size, row, row_size);
		kept++;
	}
	set->num_rows = kept;
}

/* Put the rows in order.  A sort that is interrupted ends the query. */
static void
put_in_order(row_set *set)
{
	if (set->sorted)
		return;
	sort_set(set);
	if (set->kind->merge != NULL)
		merge_rows(set);
	set->sorted = true;
}

/* Bytes of a flat value of so many rows. */
size_t
row_set_flat_size(const row_kind *kind, size_t num_rows)
{
	size_t		size = offsetof(flat_set, words) + kind->num_terms * sizeof(row_value);

	if (num_rows > (MaxAllocSize - size) / row_bytes(kind))
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("a %s of %zu rows would take more than 1 GB", kind->type, num_rows),
				 errhint("Group the rows so that each holds less; an aggregate over all of them needs "
						 "no such value where max_parallel_workers_per_gather is 0.")));
	return size + num_rows * row_bytes(kind);
}

/* Write that value, of rows that are in order. */
void
row_set_write_flat(const row_kind *kind, const row_value *terms, const void *rows,
				   size_t num_rows, void *result, size_t size)
{
	flat_set   *flat = result;

	SET_VARSIZE(flat, size);
	flat->spare = 0;
	memcpy(flat->words, terms, kind->num_terms * sizeof(row_value));
	memcpy(flat->words + kind->num_terms, rows, num_rows * row_bytes(kind));
}

static Size
expanded_flat_size(ExpandedObjectHeader *header)
{
	row_set    *set = (row_set *) header;

	put_in_order(set);
	return row_set_flat_size(set->kind, set->num_rows);
}

static void
expanded_flatten(ExpandedObjectHeader *header, void *result, Size size)
{
	row_set    *set = (row_set *) header;

	put_in_order(set);
	row_set_write_flat(set->kind, set->terms, set->rows, set->num_rows, result, size);
}

static const ExpandedObjectMethods methods = {expanded_flat_size, expanded_flatten};

static inline char *
first_rows(row_set *set)
{
	return (char *) (set->terms + set->kind->num_terms);
}

/* A set without rows yet; it gets one before anyone else sees it. */
static row_set *
begin_in(MemoryContext context, const row_kind *kind, const row_value *terms)
{
	row_set    *set = MemoryContextAlloc(context, FIRST_BYTES);
	size_t		head = offsetof(row_set, terms) + kind->num_terms * sizeof(row_value);

	EOH_init_header(&set->header, &methods, context);
	set->kind = kind;
	set->num_rows = 0;
	set->capacity = (FIRST_BYTES - head) / row_bytes(kind);
	set->merge_at = kind->merge != NULL ? FIRST_MERGE : 0;
	set->sorted = false;
	set->rows = first_rows(set);
	for (int i = 0; i < kind->num_terms; i++)
		set->terms[i] = terms[i];
	return set;
}

/*
 * The same as the state of an aggregate; in a call that is none of an
 * aggregate's, in the current context.  "terms" may be NULL where there are none.
 */
row_set *
row_set_begin(FunctionCallInfo fcinfo, const row_kind *kind, const row_value *terms)
{
	return begin_in(state_memory(fcinfo), kind, terms);
}

/* Before more memory is taken: so many rows, and hardly any things, take no more of it. */
static void
merge_many(row_set *set)
{
	put_in_order(set);
	set->merge_at = Min(UINT32_MAX, Max(FIRST_MERGE, MERGE_FACTOR * set->num_rows));
}

/* Room for so many more rows. */
void
row_set_reserve(row_set *set, size_t more)
{
	size_t		row_size = row_bytes(set->kind);
	size_t		bytes = FIRST_ROW_BYTES;
	size_t		capacity;

	if (set->num_rows + more <= set->capacity)
		return;
	CHECK_FOR_INTERRUPTS();
	if (set->merge_at != 0 && set->num_rows >= set->merge_at)
		merge_many(set);
	if (set->num_rows + more <= set->capacity)
		return;
	while (bytes / row_size < set->num_rows + more)
		bytes *= 2;
	capacity = bytes / row_size;
	if (capacity > MaxAllocHugeSize / row_size)
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED), errmsg("too many rows in one group")));
	if (set->rows == first_rows(set))
	{
		set->rows = MemoryContextAllocHuge(set->header.eoh_context, capacity * row_size);
		memcpy(set->rows, first_rows(set), set->num_rows * row_size);
	}
	else
		set->rows = repalloc_huge(set->rows, capacity * row_size);
	set->capacity = capacity;
}

static void
append_rows(row_set *set, const row_view *view)
{
	size_t		row_size = row_bytes(set->kind);

	row_set_reserve(set, view->num_rows);
	memcpy(set->rows + set->num_rows * row_size, view->rows, view->num_rows * row_size);
	set->num_rows += view->num_rows;
	set->sorted = false;
}

/* A copy of any set, that may grow. */
row_set *
row_set_of_flat(FunctionCallInfo fcinfo, const row_kind *kind, Datum datum)
{
	row_view	view;
	row_set    *set;

	row_set_open(kind, datum, &view);
	set = row_set_begin(fcinfo, kind, view.terms);
	append_rows(set, &view);
	row_set_close(&view);
	return set;
}

/* A flat value of rows that are in order, which is nobody's state. */
Datum
row_set_make(const row_kind *kind, const row_value *terms, const void *rows, size_t num_rows)
{
	size_t		size = row_set_flat_size(kind, num_rows);
	void	   *result = palloc(size);

	row_set_write_flat(kind, terms, rows, num_rows, result, size);
	PG_RETURN_POINTER(result);
}

/* The set as a flat value; it is gone then. */
static Datum
flatten_away(row_set *set)
{
	Datum		result;

	put_in_order(set);
	result = row_set_make(set->kind, set->terms, set->rows, set->num_rows);
	MemoryContextDelete(set->header.eoh_context);
	return result;
}

/* The set as the result of a step: the state where an aggregate owns it, else a flat value. */
Datum
row_set_result(FunctionCallInfo fcinfo, row_set *set)
{
	if (owns_state(fcinfo))
		return EOHPGetRWDatum(&set->header);
	return flatten_away(set);
}

/* ---------- reading ---------- */

static void
open_flat(const row_kind *kind, const flat_set *flat, row_view *view)
{
	size_t		before = offsetof(flat_set, words) + kind->num_terms * sizeof(row_value);
	size_t		size = VARSIZE(flat);

	if (size < before + row_bytes(kind) || (size - before) % row_bytes(kind) != 0)
		ereport(ERROR,
				(errcode(ERRCODE_DATA_CORRUPTED), errmsg("invalid %s", kind->type)));
	memcpy(view->terms, flat->words, kind->num_terms * sizeof(row_value));
	view->rows = flat->words + kind->num_terms;
	view->num_rows = (size - before) / row_bytes(kind);
}

/* A flat value, detoasted; what is made for that is let go by row_set_close. */
static void
open_stored(const row_kind *kind, Datum datum, row_view *view)
{
	void	   *flat = PG_DETOAST_DATUM(datum);

	open_flat(kind, flat, view);
	view->copy = flat != DatumGetPointer(datum) ? flat : NULL;
}

/* What a set, a value of SQL, holds: until row_set_close, and as long as the set lives. */
void
row_set_open(const row_kind *kind, Datum datum, row_view *view)
{
	ExpandedObjectHeader *header;
	row_set    *set;

	if (!VARATT_IS_EXTERNAL_EXPANDED(DatumGetPointer(datum)))
	{
		open_stored(kind, datum, view);
		return;
	}
	header = DatumGetEOHP(datum);
	if (header->eoh_methods != &methods)
	{
		/* the state of another kind, which is the same when flat */
		size_t		size = EOH_get_flat_size(header);
		flat_set   *flat = palloc(size);

		EOH_flatten_into(header, flat, size);
		open_flat(kind, flat, view);
		view->copy = flat;
		return;
	}
	set = (row_set *) header;
	put_in_order(set);
	memcpy(view->terms, set->terms, set->kind->num_terms * sizeof(row_value));
	view->rows = set->rows;
	view->num_rows = set->num_rows;
	view->copy = NULL;
}

void
row_set_close(row_view *view)
{
	if (view->copy != NULL)
		pfree(view->copy);
}

/* The rows, for whom uses them up. */
void *
row_set_copy_rows(const row_kind *kind, const row_view *view)
{
	size_t		size = view->num_rows * row_bytes(kind);
	void	   *rows = MemoryContextAllocHuge(CurrentMemoryContext, size);

	memcpy(rows, view->rows, size);
	return rows;
}

/* ---------- words ---------- */

static bool
word_is_valid(row_word word, row_value value)
{
	switch (word)
	{
		case WORD_TIME:
			return time_is_valid(value.integer);
		case WORD_SPAN:
			return value.integer > 0;
		case WORD_FINITE:
			return isfinite(value.number);
		case WORD_NOT_NEGATIVE:
			return value.number >= 0 && isfinite(value.number);
		case WORD_POSITIVE:
			return value.number > 0 && isfinite(value.number);
		case WORD_FRACTION:
			return value.number >= 0 && value.number < 1;
		case WORD_PRICE:
			return isnan(value.number) || (value.number >= 0 && isfinite(value.number));
	}
	return false;
}

static bool
row_is_valid(const row_kind *kind, const row_value *row)
{
	return kind->row_is_valid == NULL || kind->row_is_valid(row);
}

/* A word from text; times and spans are whole, and there is no negative zero. */
static bool
read_word(row_word word, char *field, row_value *value, Node *escontext)
{
	if (word == WORD_PRICE && *field == '\0')
	{
		value->number = get_float8_nan();
		return true;
	}
	if (word == WORD_TIME ? !read_timestamptz(field, &value->integer, escontext) :
		word == WORD_SPAN ? !read_int64(field, &value->integer) :
		!read_float8(field, &value->number) || isnan(value->number))
		return false;
	return word_is_valid(word, *value);
}

static void
append_word(StringInfo out, row_word word, row_value value)
{
	if (word == WORD_TIME)
		append_timestamptz(out, value.integer);
	else if (word == WORD_SPAN)
		append_int64(out, value.integer);
	else if (!isnan(value.number))
		append_float8(out, value.number);
}

static bool
receive_word(StringInfo in, row_word word, row_value *value)
{
	value->integer = pq_getmsgint64(in);
	/* adding zero makes a negative zero a positive one, and there is one NaN, so that bytes agree */
	if (!is_integer(word))
		value->number = isnan(value->number) ? get_float8_nan() : value->number + 0.0;
	return word_is_valid(word, *value);
}

static int
compare_words(row_word word, row_value a, row_value b)
{
	if (is_integer(word))
		return (a.integer > b.integer) - (a.integer < b.integer);
	return (a.number > b.number) - (a.number < b.number);
}

static char *
shown_word(row_word word, row_value value)
{
	StringInfoData out;

	initStringInfo(&out);
	append_word(&out, word, value);
	return out.data;
}

/* Two sets of rows, or a set and a row, have other terms. */
void
row_set_report_terms(const row_kind *kind, const row_value *a, const row_value *b)
{
	int			i = 0;
	bool		swap;

	while (i < kind->num_terms - 1 && a[i].integer == b[i].integer)
		i++;
	swap = compare_words(kind->terms[i], a[i], b[i]) > 0;
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("%s must be the same for all rows, not %s and %s", kind->term_names[i],
					shown_word(kind->terms[i], swap ? b[i] : a[i]),
					shown_word(kind->terms[i], swap ? a[i] : b[i])),
			 errhint("Add what it depends on to GROUP BY.")));
	pg_unreachable();
}

/* ---------- text form ---------- */

/* Cut the field that ends with "end" off *text, in place. */
static bool
cut_field(char **text, char end, char **field)
{
	char	   *at = *text + strcspn(*text, ",()[]");

	if (*at != end)
		return false;
	*at = '\0';
	*field = *text;
	*text = at + 1;
	return true;
}

static bool
skip(char **text, char c)
{
	if (**text != c)
		return false;
	(*text)++;
	return true;
}

static void
skip_spaces(char **text)
{
	while (scanner_isspace(**text))
		(*text)++;
}

/* "word,word)" */
static bool
read_row(const row_kind *kind, char **text, row_value *row, Node *escontext)
{
	char	   *field;

	for (int i = 0; i < kind->num_words; i++)
		if (!cut_field(text, i < kind->num_words - 1 ? ',' : ')', &field) ||
			!read_word(kind->words[i], field, &row[i], escontext))
			return false;
	return row_is_valid(kind, row);
}

/* "[(word,word),(word,word)]" */
static bool
read_rows(row_set *set, char **text, Node *escontext)
{
	row_value	row[lengthof(set->kind->words)];

	if (!skip(text, '['))
		return false;
	do
	{
		pause_at(set->num_rows);
		if (!skip(text, '(') || !read_row(set->kind, text, row, escontext))
			return false;
		row_set_append(set, row, row_bytes(set->kind));
	} while (skip(text, ','));
	return skip(text, ']');
}

/* All of the text form. */
static bool
read_set(row_set *set, char *text, Node *escontext)
{
	char	   *field;
	bool		has_terms = set->kind->num_terms > 0;

	skip_spaces(&text);
	if (has_terms && !skip(&text, '('))
		return false;
	for (int i = 0; i < set->kind->num_terms; i++)
		if (!cut_field(&text, ',', &field) ||
			!read_word(set->kind->terms[i], field, &set->terms[i], escontext))
			return false;
	if (!read_rows(set, &text, escontext) || (has_terms && !skip(&text, ')')))
		return false;
	skip_spaces(&text);
	return *text == '\0';
}

/* A set that is nobody's state, in a context of its own. */
static row_set *
begin_value(const row_kind *kind)
{
	static const row_value no_terms[ROW_SET_MAX_TERMS];

	return begin_in(AllocSetContextCreate(CurrentMemoryContext, "pg_yield value",
										  ALLOCSET_START_SMALL_SIZES), kind, no_terms);
}

Datum
row_set_in(FunctionCallInfo fcinfo, const row_kind *kind)
{
	char	   *text = PG_GETARG_CSTRING(0);
	char	   *copy = pstrdup(text);
	row_set    *set = begin_value(kind);

	if (!read_set(set, copy, fcinfo->context))
		ereturn(fcinfo->context, (Datum) 0,
				(errcode(ERRCODE_INVALID_TEXT_REPRESENTATION),
				 errmsg("invalid input syntax for type %s: \"%s\"", kind->type,
						shown_text(text, strlen(text))),
				 errhint("The form is %s.", kind->layout)));
	pfree(copy);
	return flatten_away(set);
}

static void
append_row(StringInfo out, const row_kind *kind, const row_value *row)
{
	for (int i = 0; i < kind->num_words; i++)
	{
		appendStringInfoChar(out, i == 0 ? '(' : ',');
		append_word(out, kind->words[i], row[i]);
	}
	appendStringInfoChar(out, ')');
}

Datum
row_set_out(FunctionCallInfo fcinfo, const row_kind *kind)
{
	row_view	view;
	StringInfoData out;

	row_set_open(kind, PG_GETARG_DATUM(0), &view);
	initStringInfo(&out);
	for (int i = 0; i < kind->num_terms; i++)
	{
		appendStringInfoChar(&out, i == 0 ? '(' : ',');
		append_word(&out, kind->terms[i], view.terms[i]);
	}
	if (kind->num_terms > 0)
		appendStringInfoChar(&out, ',');
	for (size_t i = 0; i < view.num_rows; i++)
	{
		pause_at(i);
		appendStringInfoChar(&out, i == 0 ? '[' : ',');
		append_row(&out, kind, (const row_value *) view.rows + i * kind->num_words);
	}
	appendStringInfoString(&out, kind->num_terms > 0 ? "])" : "]");
	PG_RETURN_CSTRING(out.data);
}

/* ---------- binary form ---------- */

static bool
receive_row(StringInfo in, row_set *set)
{
	row_value	row[lengthof(set->kind->words)];
	bool		valid = true;

	for (int i = 0; i < set->kind->num_words; i++)
		valid &= receive_word(in, set->kind->words[i], &row[i]);
	row_set_append(set, row, row_bytes(set->kind));
	return valid && row_is_valid(set->kind, row);
}

/* Rows may come in any order. */
Datum
row_set_recv(FunctionCallInfo fcinfo, const row_kind *kind)
{
	StringInfo	in = (StringInfo) PG_GETARG_POINTER(0);
	row_set    *set = begin_value(kind);
	bool		valid = true;

	for (int i = 0; i < kind->num_terms; i++)
		valid &= receive_word(in, kind->terms[i], &set->terms[i]);
	while (valid && in->cursor < in->len)
	{
		pause_at(set->num_rows);
		valid = receive_row(in, set);
	}
	if (!valid || set->num_rows == 0)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_BINARY_REPRESENTATION),
				 errmsg("invalid binary value for type %s", kind->type),
				 errdetail("No set of rows has this form.")));
	return flatten_away(set);
}

static void
send_words(StringInfo out, const row_value *words, size_t n)
{
	for (size_t i = 0; i < n; i++)
	{
		pause_at(i);
		pq_sendint64(out, words[i].integer);
	}
}

Datum
row_set_send(FunctionCallInfo fcinfo, const row_kind *kind)
{
	row_view	view;
	StringInfoData out;

	row_set_open(kind, PG_GETARG_DATUM(0), &view);
	pq_begintypsend(&out);
	send_words(&out, view.terms, kind->num_terms);
	send_words(&out, view.rows, view.num_rows * kind->num_words);
	PG_RETURN_BYTEA_P(pq_endtypsend(&out));
}

/* ---------- operator class, merging ---------- */

/* By terms, then row by row, then by their number: -1, 0 or 1. */
int
row_set_cmp(FunctionCallInfo fcinfo, const row_kind *kind)
{
	row_view	a,
				b;
	row_order	by_words = order_of(kind);
	int			order = 0;

	row_set_open(kind, PG_GETARG_DATUM(0), &a);
	row_set_open(kind, PG_GETARG_DATUM(1), &b);
	for (int i = 0; order == 0 && i < kind->num_terms; i++)
		order = compare_words(kind->terms[i], a.terms[i], b.terms[i]);
	for (size_t i = 0; order == 0 && i < Min(a.num_rows, b.num_rows); i++)
	{
		pause_at(i);
		order = compare_rows((const uint64 *) a.rows + i * kind->num_words,
							 (const uint64 *) b.rows + i * kind->num_words, &by_words);
	}
	if (order == 0)
		order = (a.num_rows > b.num_rows) - (a.num_rows < b.num_rows);
	row_set_close(&a);
	row_set_close(&b);
	return order;
}

static uint64
hash_words(const row_value *words, size_t n, uint64 seed)
{
	const unsigned char *bytes = (const unsigned char *) words;
	size_t		size = n * sizeof(row_value);

	for (size_t i = 0; i < size; i += HASHED_AT_ONCE)
	{
		CHECK_FOR_INTERRUPTS();
		seed = hash_bytes_extended(bytes + i, Min(HASHED_AT_ONCE, size - i), seed);
	}
	return seed;
}

uint64
row_set_hash(FunctionCallInfo fcinfo, const row_kind *kind, uint64 seed)
{
	row_view	view;

	row_set_open(kind, PG_GETARG_DATUM(0), &view);
	seed = hash_words(view.terms, kind->num_terms, seed);
	seed = hash_words(view.rows, view.num_rows * kind->num_words, seed);
	row_set_close(&view);
	return seed;
}

/* Strict: the first set becomes the state. */
Datum
row_set_combine(FunctionCallInfo fcinfo, const row_kind *kind)
{
	row_set    *set = row_set_state(fcinfo, kind);
	row_view	other;

	row_set_open(kind, PG_GETARG_DATUM(1), &other);
	row_set_check_terms(kind, set->terms, other.terms);
	append_rows(set, &other);
	row_set_close(&other);
	return row_set_result(fcinfo, set);
}
