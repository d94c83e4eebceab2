/*-------------------------------------------------------------------------
 *
 * risk/level.c
 *	  Aggregates that look at all values of a group in order, and at a level
 *	  that all rows say alike: their state is a level_sample.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "risk/level.h"

/* One more value, checked by the caller, of the state in argument 0. */
Datum
add_to_level(FunctionCallInfo fcinfo, double value, double level)
{
	row_value	term = {.number = level + 0.0};
	row_set    *set = row_set_of_terms(fcinfo, &level_sample_kind, &term);

	/* a negative zero would be another value by its bytes */
	value += 0.0;
	row_set_append(set, &value, sizeof(value));
	return row_set_result(fcinfo, set);
}
