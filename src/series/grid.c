/*-------------------------------------------------------------------------
 *
 * series/grid.c
 *	  Edges of buckets of time: every so many hours, days or months.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "common/int.h"
#include "utils/builtins.h"
#include "utils/fmgrprotos.h"
#include "utils/memutils.h"
#include "utils/timestamp.h"

#include "series/grid.h"
#include "server/report.h"

/* More buckets are taken for a mistake in the step. */
#define MAX_BUCKETS		10000000

/* What days and months have at least, with a change of the clock. */
#define MIN_DAY_USECS	(22 * USECS_PER_HOUR)
#define MIN_MONTH_DAYS	28

/*
 * Monday, 3 January 2000, so that weeks start on Mondays; months start on the
 * first of January.  These are the origins of TimescaleDB's time_bucket, too.
 */
#define DEFAULT_ORIGIN			(2 * USECS_PER_DAY)
#define DEFAULT_MONTH_ORIGIN	INT64CONST(0)

pg_noreturn static void
report_bad_step(const Interval *step, const char *requirement)
{
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("step must be %s, not %s", requirement,
					DatumGetCString(DirectFunctionCall1(interval_out,
														IntervalPGetDatum(step)))),
			 errhint("Such as '1 month', '7 days' or '15 minutes'.")));
	pg_unreachable();
}

pg_noreturn static void
report_edge_out_of_range(void)
{
	ereport(ERROR,
			(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
			 errmsg("an edge of the buckets is out of the range of times")));
	pg_unreachable();
}

static bool
is_on_clock(const series_grid *grid)
{
	return grid->clock_step.month != 0 || grid->clock_step.day != 0;
}

static Timestamp
local_time(Datum zone, TimestampTz time)
{
	return DatumGetTimestamp(DirectFunctionCall2(timestamptz_zone, zone,
												 TimestampTzGetDatum(time)));
}

static TimestampTz
time_of_local(Datum zone, Timestamp local)
{
	return DatumGetTimestampTz(DirectFunctionCall2(timestamp_zone, zone,
												   TimestampGetDatum(local)));
}

static bool
is_utc(Datum zone)
{
	text	   *name = DatumGetTextPP(zone);

	return VARSIZE_ANY_EXHDR(name) == 3 && pg_strncasecmp(VARDATA_ANY(name), "UTC", 3) == 0;
}

/* Days, months or less than days: a sum of them has no one meaning. */
static void
check_step(const Interval *step)
{
	int			kinds = (step->month != 0) + (step->day != 0) + (step->time != 0);

	if (kinds > 1)
		report_bad_step(step, "either of months and years, or of days and weeks, "
						"or of hours and less");
	if (step->month <= 0 && step->day <= 0 && step->time <= 0)
		report_bad_step(step, "positive");
}

/*
 * The length of a step in microseconds, of one on a clock the least that it
 * can be.
 */
static int64
step_length(const Interval *step, bool on_clock)
{
	int64		length;

	if (step->time != 0)
		return step->time;
	if (pg_mul_s64_overflow(step->month != 0 ? (int64) step->month * MIN_MONTH_DAYS : step->day,
							on_clock ? MIN_DAY_USECS : USECS_PER_DAY, &length))
		report_bad_step(step, "within the range of times");
	return length;
}

/*
 * A grid from arguments of a function: an interval, a time zone, and an origin
 * that may be NULL.  Then weeks start on Mondays and months on their first, at
 * midnight on the clock of the zone.
 */
void
series_grid_init(series_grid *grid, FunctionCallInfo fcinfo, int step_number,
				 int zone_number, int origin_number)
{
	Interval   *step = PG_GETARG_INTERVAL_P(step_number);
	Datum		zone = PG_GETARG_DATUM(zone_number);
	Timestamp	local = step->month != 0 ? DEFAULT_MONTH_ORIGIN : DEFAULT_ORIGIN;
	bool		on_clock;

	check_step(step);
	/* days of UTC are all alike */
	on_clock = step->month != 0 || (step->day != 0 && !is_utc(zone));
	memset(grid, 0, sizeof(*grid));
	grid->zone = zone;
	grid->step = step_length(step, on_clock);
	if (on_clock)
	{
		grid->clock_step.month = step->month;
		grid->clock_step.day = step->day;
		grid->scratch = AllocSetContextCreate(CurrentMemoryContext, "edges on a clock",
											  ALLOCSET_SMALL_SIZES);
	}
	if (PG_ARGISNULL(origin_number))
		grid->origin = on_clock ? local : time_of_local(zone, local);
	else
	{
		TimestampTz origin = PG_GETARG_TIMESTAMPTZ(origin_number);

		check_time("origin", origin);
		grid->origin = on_clock ? local_time(zone, origin) : origin;
	}
}

/* Refuse a number of buckets that nobody can want. */
void
series_grid_check_size(const series_grid *grid, TimestampTz start, TimestampTz end)
{
	if (start < end && ((uint64) end - (uint64) start) / (uint64) grid->step >= MAX_BUCKETS)
	{
		/* timestamptz_to_str has one static buffer */
		char	   *start_text = pstrdup(timestamptz_to_str(start));

		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("step gives more than %d buckets from %s to %s", MAX_BUCKETS,
						start_text, timestamptz_to_str(end)),
				 errhint("Choose a longer step, or a slice of the series.")));
	}
}

/* A time on the clock, some units from the origin. */
static TimestampTz
clock_time(const series_grid *grid, const Interval *span)
{
	MemoryContext old = MemoryContextSwitchTo(grid->scratch);
	Datum		local = DirectFunctionCall2(timestamp_pl_interval, TimestampGetDatum(grid->origin),
											IntervalPGetDatum(span));
	TimestampTz time = time_of_local(grid->zone, DatumGetTimestamp(local));

	MemoryContextSwitchTo(old);
	MemoryContextReset(grid->scratch);
	return time;
}

/* The edge of a number, on the clock. */
static TimestampTz
edge_on_clock(const series_grid *grid, int64 number)
{
	Interval	span = {0};
	int64		units = grid->clock_step.month != 0 ? grid->clock_step.month
		: grid->clock_step.day;

	if (pg_mul_s64_overflow(units, number, &units) ||
		units < PG_INT32_MIN || units > PG_INT32_MAX)
		report_edge_out_of_range();
	if (grid->clock_step.month != 0)
		span.month = (int32) units;
	else
		span.day = (int32) units;
	return clock_time(grid, &span);
}

static TimestampTz
edge_of(const series_grid *grid, int64 number)
{
	int64		edge;

	if (is_on_clock(grid))
		return edge_on_clock(grid, number);
	if (pg_mul_s64_overflow(number, grid->step, &edge) ||
		pg_add_s64_overflow(edge, grid->origin, &edge) || !IS_VALID_TIMESTAMP(edge))
		report_edge_out_of_range();
	return edge;
}

static int64
floor_quotient(int64 a, int64 b)
{
	return a / b - (a % b < 0);
}

/* The months from one local time to another, days and less left out. */
static int64
months_between(Timestamp from, Timestamp to)
{
	struct pg_tm a,
				b;
	fsec_t		fsec;

	if (timestamp2tm(from, NULL, &a, &fsec, NULL, NULL) != 0 ||
		timestamp2tm(to, NULL, &b, &fsec, NULL, NULL) != 0)
		report_edge_out_of_range();
	return ((int64) b.tm_year - a.tm_year) * MONTHS_PER_YEAR + b.tm_mon - a.tm_mon;
}

/* The number of an edge near a time: off by one where the clock was changed, say. */
static int64
number_near(const series_grid *grid, TimestampTz time)
{
	Timestamp	local = is_on_clock(grid) ? local_time(grid->zone, time) : time;
	int64		since;

	if (grid->clock_step.month != 0)
		return floor_quotient(months_between(grid->origin, local), grid->clock_step.month);
	if (pg_sub_s64_overflow(local, grid->origin, &since))
		report_edge_out_of_range();
	if (grid->clock_step.day != 0)
		return floor_quotient(since, grid->clock_step.day * USECS_PER_DAY);
	return floor_quotient(since, grid->step);
}

/* Let the next edge be the last one at or before "time". */
void
series_grid_seek(series_grid *grid, TimestampTz time)
{
	int64		number = number_near(grid, time);

	if (is_on_clock(grid))
	{
		while (edge_of(grid, number) > time)
			number--;
		while (edge_of(grid, number + 1) <= time)
			number++;
	}
	grid->next = number;
	grid->last = PG_INT64_MIN;
}

/*
 * The next edge, later than the one before: where a zone left out a day, as
 * Samoa did in 2011, the two edges of that day are one.
 */
TimestampTz
series_grid_next(series_grid *grid)
{
	TimestampTz edge;

	do
		edge = edge_of(grid, grid->next++);
	while (edge <= grid->last);
	return grid->last = edge;
}

/*
 * Some buckets that start before "end": edge[0] is set, the edges after it are
 * filled in.  Returns how many buckets there are, at most "room"; edge holds
 * one more than that.
 */
size_t
series_grid_buckets(series_grid *grid, TimestampTz end, TimestampTz *edge, size_t room)
{
	size_t		n = 0;

	while (n < room && edge[n] < end)
	{
		edge[n + 1] = series_grid_next(grid);
		n++;
	}
	return n;
}
