/*-------------------------------------------------------------------------
 *
 * derivative/points.h
 *	  Sets of rows of numbers as values: the states of aggregates that need
 *	  all of their rows.
 *
 * A value has some numbers that all its rows have in common, its terms, and
 * rows in ascending order.  While an aggregate adds to it, it is an expanded
 * object, whose rows are put in order when somebody looks.
 *
 *-------------------------------------------------------------------------
 */
#ifndef PG_YIELD_DERIVATIVE_POINTS_H
#define PG_YIELD_DERIVATIVE_POINTS_H

#include "fmgr.h"
#include "lib/stringinfo.h"

#include "server/summary.h"

#define POINTS_MAX_TERMS	3
#define POINTS_MAX_COLUMNS	3

/* A type of such values.  A number of a row that is not there is NaN. */
typedef struct point_form
{
	const char *type;
	int			num_terms;
	int			num_columns;
	bool		(*terms_are_valid) (const double *terms);	/* NULL where there are none */
	bool		(*row_is_valid) (const double *row);

	/* Where two rows are about one thing: makes one of them, or says that they are not (NULL: never). */
	bool		(*merge) (double *into, const double *row);
	const char *layout;			/* of the text form, for a hint */
	const char *same_terms;		/* that terms must be the same, for an error; NULL where there are none */
} point_form;

typedef struct expanded_points expanded_points;

/* Any value as it is read; rows in order. */
typedef struct points_view
{
	const double *terms;
	const double *rows;
	size_t		num_rows;
} points_view;

extern expanded_points *points_state(FunctionCallInfo fcinfo, const point_form *form);
extern expanded_points *points_begin(FunctionCallInfo fcinfo, const point_form *form,
									 const double *terms);
extern void points_check_terms(const expanded_points *p, const double *terms);
extern void points_append(expanded_points *p, const double *row);
extern Datum points_datum(expanded_points *p);
extern Datum points_unchanged(FunctionCallInfo fcinfo, expanded_points *p);
extern void points_open(points_view *view, Datum value, const point_form *form);
extern Datum points_combine(FunctionCallInfo fcinfo, const point_form *form);

extern Datum points_in(FunctionCallInfo fcinfo, const point_form *form);
extern Datum points_out(FunctionCallInfo fcinfo, const point_form *form);
extern Datum points_recv(FunctionCallInfo fcinfo, const point_form *form);
extern Datum points_send(FunctionCallInfo fcinfo, const point_form *form);
extern int	points_cmp(FunctionCallInfo fcinfo, const point_form *form);
extern uint64 points_hash(FunctionCallInfo fcinfo, const point_form *form, uint64 seed);

#define POINTS_FUNCTION(type, form, name) \
	PG_FUNCTION_INFO_V1(type##_##name); \
	Datum \
	type##_##name(PG_FUNCTION_ARGS) \
	{ \
		return points_##name(fcinfo, form); \
	}

/* All functions of a type but its aggregates' own steps. */
#define POINTS_TYPE(type, form) \
	POINTS_FUNCTION(type, form, in) \
	POINTS_FUNCTION(type, form, out) \
	POINTS_FUNCTION(type, form, recv) \
	POINTS_FUNCTION(type, form, send) \
	POINTS_FUNCTION(type, form, combine) \
	SUMMARY_OPERATOR_FUNCTIONS(type, points_cmp(fcinfo, form), points_hash(fcinfo, form, seed))

#endif							/* PG_YIELD_DERIVATIVE_POINTS_H */
