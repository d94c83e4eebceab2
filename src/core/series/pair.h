/*-------------------------------------------------------------------------
 *
 * core/series/pair.h
 *	  Two series side by side.
 *
 *-------------------------------------------------------------------------
 */
#ifndef PG_YIELD_CORE_SERIES_PAIR_H
#define PG_YIELD_CORE_SERIES_PAIR_H

#include "core/series/shape.h"

typedef enum series_join
{
	SERIES_JOIN_LOCF,			/* all times, the other value carried forward */
	SERIES_JOIN_LINEAR,			/* all times, the other value on its line */
	SERIES_JOIN_INNER			/* common times */
} series_join;

/* What two series are at a time; a value only where "has" says so. */
typedef struct series_pair
{
	int64_t		time;
	bool		has_a;
	bool		has_b;
	double		a;
	double		b;
} series_pair;

typedef struct series_align
{
	series_join join;
	series_carry a;
	series_carry b;
} series_align;

static inline void
series_align_init(series_align *s, series_join join, series_stream *a, series_stream *b)
{
	s->join = join;
	series_carry_init(&s->a, a);
	series_carry_init(&s->b, b);
}

/* Let a value off its points be none when the last point is older, in microseconds. */
static inline void
series_align_limit(series_align *s, uint64_t max_age)
{
	s->a.max_age = max_age;
	s->b.max_age = max_age;
}

extern bool series_align_next(series_align *s, series_pair *pair);

extern core_status series_premium_next(series_stream *market, series_carry *fair,
									   series_point *premium);

/*
 * Means and sums of squares about them, of the changes of two series at once.
 */
typedef struct series_comoment
{
	series_change kind;
	bool		has_previous;
	double		previous_a;
	double		previous_b;
	int64_t		num_changes;
	double		mean_a;
	double		mean_b;
	double		square_a;
	double		square_b;
	double		product;
} series_comoment;

static inline void
series_comoment_init(series_comoment *m, series_change kind)
{
	*m = (series_comoment) {.kind = kind};
}

extern core_status series_comoment_add(series_comoment *m, double a, double b);
extern core_status series_correlation(const series_comoment *m, double *result);
extern core_status series_beta(const series_comoment *m, double *result);

#endif							/* PG_YIELD_CORE_SERIES_PAIR_H */
