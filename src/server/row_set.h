/*-------------------------------------------------------------------------
 *
 * server/row_set.h
 *	  Types that hold all rows of a group: states of aggregates whose result
 *	  cannot be had from less.
 *
 * A row is a few words of 64 bits, each a time or a number, and of some types
 * all rows share terms, such as a rate at which they are discounted.  The rows
 * are a set in which a row may be there more than once; stored, they are in
 * order, so that equal sets are equal in all their bytes.  While it grows, as
 * the state of an aggregate, a set is an expanded object with its rows in one
 * array.  There is no empty set: that is NULL.  Of some types, rows about one
 * thing are made one row, at the latest when somebody looks.
 *
 * The text form is [(word,word),(word,word)], with terms
 * (term,[(word,word),(word,word)]); the binary form is the same words,
 * big-endian.
 *
 *-------------------------------------------------------------------------
 */
#ifndef PG_YIELD_SERVER_ROW_SET_H
#define PG_YIELD_SERVER_ROW_SET_H

#include "fmgr.h"
#include "utils/expandeddatum.h"

#include "core/base/row_sort.h"
#include "server/compat.h"
#include "server/summary.h"

#define ROW_SET_MAX_TERMS	3

/* What a word may be */
typedef enum row_word
{
	WORD_TIME,					/* int64, of a timestamptz */
	WORD_SPAN,					/* int64, microseconds above 0 */
	WORD_FINITE,				/* double, and so are the rest */
	WORD_NOT_NEGATIVE,
	WORD_POSITIVE,
	WORD_FRACTION,				/* at least 0 and below 1 */
	WORD_PRICE					/* not negative; where there is none, NaN, and empty in text */
} row_word;

typedef union row_value
{
	int64		integer;
	double		number;
} row_value;

/* A type */
typedef struct row_kind
{
	const char *type;
	const char *layout;			/* of the text form, for a hint */
	int			num_terms;
	row_word	terms[ROW_SET_MAX_TERMS];
	const char *term_names[ROW_SET_MAX_TERMS];
	int			num_words;
	row_word	words[ROW_MAX_WORDS];

	/* Where not any words of these kinds make a row: do they?  NULL: all do. */
	bool		(*row_is_valid) (const void *row);

	/* Where rows that begin alike are about one thing: makes one of two, or says that they are not. */
	bool		(*merge) (void *into, const void *row);
} row_kind;

typedef struct row_set
{
	ExpandedObjectHeader header;
	const row_kind *kind;
	size_t		num_rows;
	size_t		capacity;
	uint32		merge_at;		/* so many rows may be fewer things; 0: never */
	bool		sorted;
	char	   *rows;
	row_value	terms[];		/* and behind them, the rows of a small group */
} row_set;

/* Any set as it is read; "rows" are in order. */
typedef struct row_view
{
	row_value	terms[ROW_SET_MAX_TERMS];
	const void *rows;
	size_t		num_rows;
	void	   *copy;			/* of a stored set, or NULL */
} row_view;

extern row_set *row_set_begin(FunctionCallInfo fcinfo, const row_kind *kind, const row_value *terms);
extern row_set *row_set_of_flat(FunctionCallInfo fcinfo, const row_kind *kind, Datum set);
extern void row_set_reserve(row_set *set, size_t more);
extern Datum row_set_result(FunctionCallInfo fcinfo, row_set *set);
extern Datum row_set_make(const row_kind *kind, const row_value *terms, const void *rows,
						  size_t num_rows);
extern size_t row_set_flat_size(const row_kind *kind, size_t num_rows);
extern void row_set_write_flat(const row_kind *kind, const row_value *terms, const void *rows,
							   size_t num_rows, void *result, size_t size);
extern void row_set_open(const row_kind *kind, Datum set, row_view *view);
extern void row_set_close(row_view *view);
extern void *row_set_copy_rows(const row_kind *kind, const row_view *view);

pg_noreturn extern void row_set_report_terms(const row_kind *kind, const row_value *a,
											 const row_value *b);

extern Datum row_set_in(FunctionCallInfo fcinfo, const row_kind *kind);
extern Datum row_set_out(FunctionCallInfo fcinfo, const row_kind *kind);
extern Datum row_set_recv(FunctionCallInfo fcinfo, const row_kind *kind);
extern Datum row_set_send(FunctionCallInfo fcinfo, const row_kind *kind);
extern Datum row_set_combine(FunctionCallInfo fcinfo, const row_kind *kind);
extern int	row_set_cmp(FunctionCallInfo fcinfo, const row_kind *kind);
extern uint64 row_set_hash(FunctionCallInfo fcinfo, const row_kind *kind, uint64 seed);

static inline size_t
row_bytes(const row_kind *kind)
{
	return kind->num_words * sizeof(row_value);
}

/*
 * The set in argument 0 as one that may grow: an aggregate's own state as it
 * is, anything else as a copy.  NULL if the argument is.
 */
static inline row_set *
row_set_state(FunctionCallInfo fcinfo, const row_kind *kind)
{
	char	   *set = DatumGetPointer(PG_GETARG_DATUM(0));
	varatt_expanded pointer;

	if (PG_ARGISNULL(0))
		return NULL;
	if (unlikely(!VARATT_IS_EXTERNAL_EXPANDED_RW(set) || !owns_state(fcinfo)))
		return row_set_of_flat(fcinfo, kind, PG_GETARG_DATUM(0));
	/* DatumGetEOHP without a call */
	memcpy(&pointer, VARDATA_EXTERNAL(set), sizeof(pointer));
	return (row_set *) pointer.eohptr;
}

/* One row of checked words, negative zeros made positive. */
static pg_attribute_always_inline void
row_set_append(row_set *set, const void *row, size_t row_size)
{
	if (unlikely(set->num_rows == set->capacity))
		row_set_reserve(set, 1);
	memcpy(set->rows + set->num_rows++ * row_size, row, row_size);
	set->sorted = false;
}

/* All rows of a set share their terms, or a result would depend on which. */
static inline void
row_set_check_terms(const row_kind *kind, const row_value *a, const row_value *b)
{
	for (int i = 0; i < kind->num_terms; i++)
		if (unlikely(a[i].integer != b[i].integer))
			row_set_report_terms(kind, a, b);
}

/* The set in argument 0, made when there is none yet, to which a row of such terms belongs. */
static inline row_set *
row_set_of_terms(FunctionCallInfo fcinfo, const row_kind *kind, const row_value *terms)
{
	row_set    *set = row_set_state(fcinfo, kind);

	if (unlikely(set == NULL))
		return row_set_begin(fcinfo, kind, terms);
	row_set_check_terms(kind, set->terms, terms);
	return set;
}

/* The state as it is, after a row that is skipped, as sum() does with NULL. */
static inline Datum
row_set_unchanged(FunctionCallInfo fcinfo, const row_kind *kind)
{
	if (PG_ARGISNULL(0))
		PG_RETURN_NULL();
	return row_set_result(fcinfo, row_set_state(fcinfo, kind));
}

/*
 * Define the input, output, comparison and hash functions of a type, and its
 * combine function, which is strict.
 */
#define ROW_SET_FUNCTION(type, kind, name) \
	PG_FUNCTION_INFO_V1(type##_##name); \
	Datum \
	type##_##name(PG_FUNCTION_ARGS) \
	{ \
		return row_set_##name(fcinfo, kind); \
	}

#define ROW_SET_TYPE(type, kind) \
	ROW_SET_FUNCTION(type, kind, in) \
	ROW_SET_FUNCTION(type, kind, out) \
	ROW_SET_FUNCTION(type, kind, recv) \
	ROW_SET_FUNCTION(type, kind, send) \
	ROW_SET_FUNCTION(type, kind, combine) \
	SUMMARY_OPERATOR_FUNCTIONS(type, row_set_cmp(fcinfo, kind), row_set_hash(fcinfo, kind, seed))

#endif							/* PG_YIELD_SERVER_ROW_SET_H */
