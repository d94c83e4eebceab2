/*-------------------------------------------------------------------------
 *
 * series_source.h
 *	  Random series for unit tests, and streams of them in blocks of any size.
 *
 *-------------------------------------------------------------------------
 */
#ifndef PG_YIELD_TEST_SERIES_SOURCE_H
#define PG_YIELD_TEST_SERIES_SOURCE_H

#include "test.h"

#include "core/series/stream.h"

#define SOURCE_POINTS	400

/* Points, and how many of them were handed out in blocks of random size. */
typedef struct source
{
	int64_t		time[SOURCE_POINTS];
	double		value[SOURCE_POINTS];
	size_t		num_points;
	size_t		given;
	size_t		largest_block;
	uint64_t	seed;
} source;

static inline bool
source_fill(series_stream *s)
{
	source	   *from = s->source;
	size_t		rest = from->num_points - from->given;
	size_t		n = 1 + (size_t) (next_random(&from->seed) % from->largest_block);

	if (rest == 0)
		return false;
	s->time = from->time + from->given;
	s->value = from->value + from->given;
	s->num_points = n < rest ? n : rest;
	s->at = 0;
	from->given += s->num_points;
	return true;
}

/* The source from its start, in blocks of at most so many points. */
static inline series_stream
stream_of(source *from, size_t largest_block)
{
	from->given = 0;
	from->largest_block = largest_block;
	from->seed = largest_block;
	return (series_stream) {.fill = source_fill, .source = from};
}

/* n points, mostly close to each other, now and then with a gap. */
static inline void
random_source(source *s, size_t n, uint64_t *seed)
{
	int64_t		time = (int64_t) (next_random(seed) % 50);
	double		value = 1 + next_fraction(seed);

	*s = (source) {.num_points = n};
	for (size_t i = 0; i < n; i++)
	{
		s->time[i] = time;
		s->value[i] = value;
		time += 1 + (int64_t) (next_random(seed) % (next_random(seed) % 10 == 0 ? 200 : 8));
		value *= 0.95 + 0.1 * next_fraction(seed);
	}
}

/* How old a value may be: as often as not any age, else a few points. */
static inline uint64_t
random_age(uint64_t *seed)
{
	return next_random(seed) % 2 == 0 ? SERIES_ANY_AGE : next_random(seed) % 40;
}

#endif							/* PG_YIELD_TEST_SERIES_SOURCE_H */
