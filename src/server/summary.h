/*-------------------------------------------------------------------------
 *
 * server/summary.h
 *	  What the fixed-length summary types have in common: their text form, and
 *	  the functions behind their operator classes.
 *
 * The text form is a list of fields in parentheses.  It depends on no setting
 * of the session: times are ISO 8601 in UTC, numbers have as many digits as it
 * takes to read back every bit, and a sum (core/base/binned_sum.h) is its highest bin
 * and what is in the bins from there down, 41:2097152:0:7, or 0.
 *
 *-------------------------------------------------------------------------
 */
#ifndef PG_YIELD_SERVER_SUMMARY_H
#define PG_YIELD_SERVER_SUMMARY_H

#include "common/hashfn.h"
#include "fmgr.h"
#include "lib/stringinfo.h"
#include "nodes/nodes.h"

#include "core/base/binned_sum.h"

extern bool split_fields(char *text, char **fields, int nfields);
extern bool read_int64(const char *field, int64 *value);
extern bool read_float8(const char *field, double *value);
extern bool read_signed_float8(const char *field, double *value);
extern bool read_sum(char *field, binned_sum *value);
extern bool read_timestamptz(char *field, int64 *value, Node *escontext);

extern void append_int64(StringInfo out, int64 value);
extern void append_float8(StringInfo out, double value);
extern void append_sum(StringInfo out, const binned_sum *value);
extern void append_timestamptz(StringInfo out, int64 value);

extern void receive_sum(StringInfo in, binned_sum *value);
extern void send_sum(StringInfo out, const binned_sum *value);
extern uint64 hash_of_sum(const binned_sum *value, uint64 seed);

/* A field of a fixed-length type, eight bytes long but for a sum. */
typedef enum summary_kind
{
	SUMMARY_IS_INT64,
	SUMMARY_IS_FLOAT8,			/* finite, without a negative zero */
	SUMMARY_IS_SUM				/* a binned_sum */
} summary_kind;

typedef struct summary_field
{
	size_t		offset;
	summary_kind kind;
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

#define SUMMARY_SUM(type, field)	{offsetof(type, field), SUMMARY_IS_SUM}
#define SUMMARY_INT64(type, field)	{offsetof(type, field), SUMMARY_IS_INT64}
#define SUMMARY_FLOAT8(type, field)	{offsetof(type, field), SUMMARY_IS_FLOAT8}

extern Datum summary_in(FunctionCallInfo fcinfo, const summary_form *form);
extern Datum summary_out(FunctionCallInfo fcinfo, const summary_form *form);
extern Datum summary_recv(FunctionCallInfo fcinfo, const summary_form *form);
extern Datum summary_send(FunctionCallInfo fcinfo, const summary_form *form);
extern int	summary_cmp(FunctionCallInfo fcinfo, const summary_form *form);
extern uint64 summary_hash(FunctionCallInfo fcinfo, const summary_form *form, uint64 seed);

/*
 * Define the functions of the operator classes of a type by two expressions in
 * fcinfo and, of the second, seed: the comparison of the arguments, and the
 * hash, in 64 bits, of the first.
 */
#define SUMMARY_COMPARISON(name, cmp, op) \
	PG_FUNCTION_INFO_V1(name); \
	Datum \
	name(PG_FUNCTION_ARGS) \
	{ \
		PG_RETURN_BOOL((cmp) op 0); \
	}

#define SUMMARY_OPERATOR_FUNCTIONS(type, cmp, hash) \
	SUMMARY_COMPARISON(type##_lt, cmp, <) \
	SUMMARY_COMPARISON(type##_le, cmp, <=) \
	SUMMARY_COMPARISON(type##_eq, cmp, ==) \
	SUMMARY_COMPARISON(type##_ne, cmp, !=) \
	SUMMARY_COMPARISON(type##_ge, cmp, >=) \
	SUMMARY_COMPARISON(type##_gt, cmp, >) \
	PG_FUNCTION_INFO_V1(type##_order); \
	Datum \
	type##_order(PG_FUNCTION_ARGS) \
	{ \
		PG_RETURN_INT32(cmp); \
	} \
	PG_FUNCTION_INFO_V1(type##_hash); \
	Datum \
	type##_hash(PG_FUNCTION_ARGS) \
	{ \
		uint64		seed = 0; \
		/* what the other gives without a seed, as the server wants it */ \
		PG_RETURN_UINT32((uint32) (hash)); \
	} \
	PG_FUNCTION_INFO_V1(type##_hash_extended); \
	Datum \
	type##_hash_extended(PG_FUNCTION_ARGS) \
	{ \
		uint64		seed = (uint64) PG_GETARG_INT64(1); \
		PG_RETURN_UINT64(hash); \
	}

/* The same of a type whose values are equal when "cmp" gives zero, and then in all their bytes. */
#define SUMMARY_OPERATOR_CLASS(type, cmp) \
	SUMMARY_OPERATOR_FUNCTIONS(type, \
		cmp((type *) PG_GETARG_POINTER(0), (type *) PG_GETARG_POINTER(1)), \
		hash_bytes_extended((unsigned char *) PG_GETARG_POINTER(0), sizeof(type), seed))

/* Define the input, output, comparison and hash functions of a type with a form. */
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
	SUMMARY_FORM_FUNCTION(type, form, send) \
	SUMMARY_OPERATOR_FUNCTIONS(type, summary_cmp(fcinfo, form), summary_hash(fcinfo, form, seed))

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

#endif							/* PG_YIELD_SERVER_SUMMARY_H */
