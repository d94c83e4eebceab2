/*-------------------------------------------------------------------------
 *
 * server/state_memory.c
 *	  The memory of aggregates' states that are expanded objects.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "fmgr.h"
#include "nodes/memnodes.h"
#include "utils/memutils.h"

#include "server/state_memory.h"

#define CONTEXT_NAME	"pg_yield states"
#define LOOKED_AT		16

static MemoryContext
make_context(MemoryContext parent)
{
	return AllocSetContextCreate(parent, CONTEXT_NAME, ALLOCSET_START_SMALL_SIZES);
}

/*
 * The context for a state of an aggregate.  The executor keeps an expanded
 * object as it is if its context is a child of the aggregate's own.  All groups
 * share one such child: with one for each, the server's accounting of a hash
 * table's memory, which visits every child for every new group, would take
 * time quadratic in the number of groups.  No state is ever deleted on its own,
 * because the transition functions always return the object they were given.
 *
 * Of a call that is none of an aggregate's: a new child of the current context.
 */
MemoryContext
state_memory(FunctionCallInfo fcinfo)
{
	MemoryContext context;
	MemoryContext child;
	int			looked_at = 0;

	if (!AggCheckCallContext(fcinfo, &context))
		return make_context(CurrentMemoryContext);
	for (child = context->firstchild; child != NULL && looked_at < LOOKED_AT; child = child->nextchild)
	{
		if (strcmp(child->name, CONTEXT_NAME) == 0)
			return child;
		looked_at++;
	}
	return make_context(context);
}
