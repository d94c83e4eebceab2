/*-------------------------------------------------------------------------
 *
 * strategy/sides.c
 *	  Series side by side, from the latest of their first points on.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "utils/timestamp.h"

#include "core/base/point.h"
#include "series/input.h"
#include "server/interrupts.h"
#include "server/report.h"
#include "strategy/history.h"
#include "strategy/sides.h"

void
sides_begin(sides *s)
{
	*s = (sides) {.capacity = 4, .lead = -1, .start = PG_INT64_MIN};
	s->series = palloc(sizeof(Datum) * s->capacity);
	s->end = palloc(sizeof(int64) * s->capacity);
}

/* Values of a series that is an argument of this name must be above zero. */
void
check_positive_side(Datum series, const char *argument)
{
	series_header header;

	series_get_header(series, &header);
	if (!rate_is_valid(header.min_value))
		report_bad_float8(argument, header.min_value, "positive everywhere");
}

void
sides_add(sides *s, Datum series, const char *argument, bool positive)
{
	series_header header;

	if (s->n == s->capacity)
	{
		s->capacity *= 2;
		s->series = repalloc(s->series, sizeof(Datum) * s->capacity);
		s->end = repalloc(s->end, sizeof(int64) * s->capacity);
	}
	if (positive)
		check_positive_side(series, argument);
	series_get_header(series, &header);
	s->start = Max(s->start, header.first_time);
	s->end[s->n] = header.last_time;
	s->series[s->n++] = series;
}

/* All of the array of series in argument n; how many. */
int
sides_add_all(sides *s, FunctionCallInfo fcinfo, int n, const char *argument, bool positive)
{
	int			count;
	Datum	   *series = series_array_argument(fcinfo, n, argument, &count);

	for (int i = 0; i < count; i++)
		sides_add(s, series[i], argument, positive);
	return count;
}

/* Let steps begin; a step at which a value is older than max_age is passed over. */
void
sides_open(sides *s, uint64 max_age)
{
	series_input *input = allocate_numbers(s->n, sizeof(series_input));
	series_carry *carry = allocate_numbers(s->n, sizeof(series_carry));

	for (int i = 0; i < s->n; i++)
	{
		series_input_init(&input[i], s->series[i]);
		series_carry_init(&carry[i], &input[i].stream);
		carry[i].max_age = max_age;
	}
	series_union_init(&s->points, carry, allocate_numbers(s->n, sizeof(double)), s->n, s->start);
}

/* Only steps at which one of the series has a point itself count. */
void
sides_lead(sides *s, int which)
{
	s->lead = which;
}

/* The last time of one of the series. */
int64
sides_end(const sides *s, int which)
{
	return s->end[which];
}

bool
sides_next(sides *s)
{
	while (series_union_next(&s->points))
	{
		pause_at(s->steps++);
		if (s->lead < 0 || s->points.carry[s->lead].last.time == s->points.time)
			return true;
	}
	return false;
}
