/*-------------------------------------------------------------------------
 *
 * server/moving.c
 *	  States of moving aggregates: core/base/sliding.h in memory of the executor.
 *
 * A moving aggregate's forward and inverse functions add and remove rows of a
 * window frame.  None of our aggregates has an inverse in the usual sense, but
 * a frame is a queue: rows leave in the order in which they came.  So the
 * inverse function here does not subtract its row, it lets the oldest go.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "miscadmin.h"
#include "utils/memutils.h"

#include "server/moving.h"
#include "server/report.h"

#define MOVING_INITIAL_CAPACITY	64

/* Memory that lives as long as the state; an error outside an aggregate. */
static MemoryContext
state_context(FunctionCallInfo fcinfo)
{
	MemoryContext context;

	if (!AggCheckCallContext(fcinfo, &context))
		elog(ERROR, "aggregate function called in non-aggregate context");
	return context;
}

/*
 * The state in argument 0, made if this is the first row of a frame.
 */
sliding *
moving_state(FunctionCallInfo fcinfo, sliding_merge merge, size_t width)
{
	MemoryContext context = state_context(fcinfo);
	sliding    *state;

	if (!PG_ARGISNULL(0))
		return (sliding *) PG_GETARG_POINTER(0);
	state = MemoryContextAlloc(context, sizeof(sliding));
	sliding_init(state, merge, width);
	return state;
}

/* Give the state twice the room it had. */
static void
enlarge(FunctionCallInfo fcinfo, sliding *state)
{
	size_t		capacity = Max(MOVING_INITIAL_CAPACITY, state->capacity * 2);
	void	   *old = state->slots;

	CHECK_FOR_INTERRUPTS();
	sliding_move(state, MemoryContextAllocHuge(state_context(fcinfo),
											   sliding_bytes(state, capacity)),
				 capacity);
	if (old != NULL)
		pfree(old);
}

/* Take in a row; "what" names the result, should it be out of range. */
void
moving_push(FunctionCallInfo fcinfo, sliding *state, const void *element, const char *what)
{
	if (sliding_is_full(state))
		enlarge(fcinfo, state);
	report_status(sliding_push(state, element), what);
}

/* Let the oldest row go. */
void
moving_pop(sliding *state, const char *what)
{
	if (sliding_length(state) == 0)
		elog(ERROR, "inverse transition of an empty window frame");
	report_status(sliding_pop(state), what);
}

/* The merge of the frame; false when it has no rows. */
bool
moving_result(FunctionCallInfo fcinfo, void *result, const char *what)
{
	(void) state_context(fcinfo);
	if (PG_ARGISNULL(0))
		return false;
	return report_status(sliding_result((sliding *) PG_GETARG_POINTER(0), result), what);
}
