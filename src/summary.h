/*-------------------------------------------------------------------------
 *
 * summary.h
 *	  What the fixed-length summary types have in common: their text form, and
 *	  the functions behind their operator classes.
 *
 * The text form is a list of fields in parentheses.  It depends on no setting
 * of the session: times are ISO 8601 in UTC, numbers have as many digits as it
 * takes to read back every bit.
 *
 *-------------------------------------------------------------------------
 */
#ifndef PG_YIELD_SUMMARY_H
#define PG_YIELD_SUMMARY_H

#include "common/hashfn.h"
#include "fmgr.h"
#include "lib/stringinfo.h"
#include "nodes/nodes.h"

extern bool split_fields(char *text, char **fields, int nfields);
extern bool read_int64(const char *field, int64 *value);
extern bool read_float8(const char *field, double *value);
extern bool read_signed_float8(const char *field, double *value);
extern bool read_timestamptz(char *field, int64 *value, Node *escontext);

extern void append_int64(StringInfo out, int64 value);
extern void append_float8(StringInfo out, double value);
extern void append_timestamptz(StringInfo out, int64 value);

/* A field of a fixed-length type: a float8, or else an int64. */
typedef struct summary_field
{
	size_t		offset;
	bool		is_float8;
} summary_field;

/*
 * A type that is nothing but such fields, in the order of its text and binary
 * forms.
 */
typedef struct summary_form
{
	const char *type;
	size_t		size;
	const summary_field *fields;
	int			num_fields;
	bool		(*is_valid) (const void *value);
	const char *layout;			/* of the text form, for a hint */
	const char *invalid;		/* why a value may be none, for a detail */
} summary_form;

#define SUMMARY_FLOAT8(type, field)	{offsetof(type, field), true}
#define SUMMARY_INT64(type, field)	{offsetof(type, field), false}

extern Datum summary_in(FunctionCallInfo fcinfo, const summary_form *form);
extern Datum summary_out(FunctionCallInfo fcinfo, const summary_form *form);
extern Datum summary_recv(FunctionCallInfo fcinfo, const summary_form *form);
extern Datum summary_send(FunctionCallInfo fcinfo, const summary_form *form);

/* Define the input and output functions of a type with such a form. */
#define SUMMARY_FORM_FUNCTION(type, form, name) \
	PG_FUNCTION_INFO_V1(type##_##name); \
	Datum \
	type##_##name(PG_FUNCTION_ARGS) \
	{ \
		return summary_##name(fcinfo, form); \
	}

#define SUMMARY_FORM(type, form) \
	SUMMARY_FORM_FUNCTION(type, form, in) \
	SUMMARY_FORM_FUNCTION(type, form, out) \
	SUMMARY_FORM_FUNCTION(type, form, recv) \
	SUMMARY_FORM_FUNCTION(type, form, send)

/*
 * Is argument 0 the state of an aggregate, which may be changed in place?  What
 * AggCheckCallContext looks at, without a call for every row.
 */
static inline bool
owns_state(FunctionCallInfo fcinfo)
{
	return fcinfo->context != NULL &&
		(IsA(fcinfo->context, AggState) || IsA(fcinfo->context, WindowAggState));
}

/*
 * The summary in argument 0 as one that may be changed: an aggregate's own
 * state as it is, a value of SQL (which may be stored) as a copy.  NULL if
 * there is none yet; summary_alloc then makes one.
 */
static inline void *
summary_state(FunctionCallInfo fcinfo, size_t size)
{
	void	   *copy;

	if (PG_ARGISNULL(0))
		return NULL;
	if (owns_state(fcinfo))
		return PG_GETARG_POINTER(0);
	copy = palloc(size);
	memcpy(copy, PG_GETARG_POINTER(0), size);
	return copy;
}

/*
 * Memory of the row will do, also for an aggregate's first state: the executor
 * copies what is not its old state, and then hands out the copy.
 */
static inline void *
summary_alloc(FunctionCallInfo fcinfo, size_t size)
{
	(void) fcinfo;
	return palloc(size);
}

/*
 * Define the comparison and hash functions of a type, whose values are equal
 * exactly when "cmp" gives zero, and then in all their bytes.
 */
#define SUMMARY_COMPARISON(type, cmp, name, op) \
	PG_FUNCTION_INFO_V1(name); \
	Datum \
	name(PG_FUNCTION_ARGS) \
	{ \
		PG_RETURN_BOOL(cmp((type *) PG_GETARG_POINTER(0), \
						   (type *) PG_GETARG_POINTER(1)) op 0); \
	}

#define SUMMARY_OPERATOR_CLASS(type, cmp) \
	SUMMARY_COMPARISON(type, cmp, type##_lt, <) \
	SUMMARY_COMPARISON(type, cmp, type##_le, <=) \
	SUMMARY_COMPARISON(type, cmp, type##_eq, ==) \
	SUMMARY_COMPARISON(type, cmp, type##_ne, !=) \
	SUMMARY_COMPARISON(type, cmp, type##_ge, >=) \
	SUMMARY_COMPARISON(type, cmp, type##_gt, >) \
	PG_FUNCTION_INFO_V1(type##_order); \
	Datum \
	type##_order(PG_FUNCTION_ARGS) \
	{ \
		PG_RETURN_INT32(cmp((type *) PG_GETARG_POINTER(0), \
							(type *) PG_GETARG_POINTER(1))); \
	} \
	PG_FUNCTION_INFO_V1(type##_hash); \
	Datum \
	type##_hash(PG_FUNCTION_ARGS) \
	{ \
		return hash_any((unsigned char *) PG_GETARG_POINTER(0), sizeof(type)); \
	} \
	PG_FUNCTION_INFO_V1(type##_hash_extended); \
	Datum \
	type##_hash_extended(PG_FUNCTION_ARGS) \
	{ \
		return hash_any_extended((unsigned char *) PG_GETARG_POINTER(0), \
								 sizeof(type), PG_GETARG_INT64(1)); \
	}

/* The one of two arguments that is not NULL, NULL if there is none. */
static inline Datum
summary_of_either(FunctionCallInfo fcinfo)
{
	int			given = PG_ARGISNULL(0) ? 1 : 0;

	fcinfo->isnull = PG_ARGISNULL(given);
	return fcinfo->args[given].value;
}

/*
 * Define the function behind "||" of a type that has a TYPE_combine, which
 * copies what no aggregate owns.  NULL is the empty summary on either side, so
 * that an upsert needs no COALESCE.
 */
#define SUMMARY_CONCATENATION(type) \
	PG_FUNCTION_INFO_V1(type##_concat); \
	Datum \
	type##_concat(PG_FUNCTION_ARGS) \
	{ \
		if (PG_ARGISNULL(0) || PG_ARGISNULL(1)) \
			return summary_of_either(fcinfo); \
		return type##_combine(fcinfo); \
	}

#endif							/* PG_YIELD_SUMMARY_H */
