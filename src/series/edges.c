/*-------------------------------------------------------------------------
 *
 * series/edges.c
 *	  Values of series side by side, from period to period.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "miscadmin.h"
#include "utils/timestamp.h"

#include "core/series/pair.h"
#include "series/edges.h"
#include "series/input.h"
#include "server/report.h"

static void
points_of_one(Datum series, edge_taker take, void *state)
{
	series_reader reader;
	const int64 *time;
	const double *value;
	size_t		n;

	series_reader_init(&reader, series);
	while (series_reader_next(&reader, &time, &value, &n))
		for (size_t i = 0; i < n; i++)
			take(state, &value[i]);
}

/* The values at each time that all of one or two series have. */
void
series_common_points(const Datum *series, int num_series, edge_taker take, void *state)
{
	series_input a,
				b;
	series_align align;
	series_pair pair;

	if (num_series == 1)
	{
		points_of_one(series[0], take, state);
		return;
	}
	series_input_init(&a, series[0]);
	series_input_init(&b, series[1]);
	series_align_init(&align, SERIES_JOIN_INNER, &a.stream, &b.stream);
	while (series_align_next(&align, &pair))
		take(state, (double[2]) {pair.a, pair.b});
}

/* The time that all series cover; it may be reversed. */
static void
common_time(const Datum *series, int num_series, TimestampTz *start, TimestampTz *end)
{
	*start = MIN_TIMESTAMP;
	*end = END_TIMESTAMP;
	for (int i = 0; i < num_series; i++)
	{
		series_header header;

		series_get_header(series[i], &header);
		*start = Max(*start, header.first_time);
		*end = Min(*end, header.last_time);
	}
}

/*
 * The values in force at each edge of a grid, from the first that all series
 * have reached to the last that none has passed the end at: beyond it a value
 * carried forward would say that nothing changed.
 */
void
series_edges(const Datum *series, int num_series, series_grid *grid, uint64 max_age,
			 const char *what, edge_taker take, void *state)
{
	series_input *input = palloc(sizeof(series_input) * num_series);
	series_carry *carry = palloc(sizeof(series_carry) * num_series);
	double	   *value = palloc(sizeof(double) * num_series);
	TimestampTz start,
				end,
				edge;

	common_time(series, num_series, &start, &end);
	for (int i = 0; i < num_series; i++)
	{
		series_input_init_at(&input[i], series[i], start, end);
		series_carry_init(&carry[i], &input[i].stream);
		carry[i].max_age = max_age;
	}
	series_grid_check_size(grid, start, end);
	series_grid_seek(grid, start);
	while ((edge = series_grid_next(grid)) <= end)
	{
		bool		all = edge >= start;

		CHECK_FOR_INTERRUPTS();
		for (int i = 0; all && i < num_series; i++)
			all = report_status(series_value_at(&carry[i], edge, SERIES_LOCF, &value[i]), what);
		if (edge >= start)
			take(state, all ? value : NULL);
	}
}
