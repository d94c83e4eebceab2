/*-------------------------------------------------------------------------
 *
 * server/moving.h
 *	  States of moving aggregates: core/base/sliding.h in memory of the executor.
 *
 *-------------------------------------------------------------------------
 */
#ifndef PG_YIELD_SERVER_MOVING_H
#define PG_YIELD_SERVER_MOVING_H

#include "fmgr.h"

#include "core/base/sliding.h"
#include "server/summary.h"

extern sliding *moving_state(FunctionCallInfo fcinfo, sliding_merge merge, size_t width);
extern void moving_push(FunctionCallInfo fcinfo, sliding *state, const void *element,
						const char *what);
extern void moving_pop(sliding *state, const char *what);
extern bool moving_result(FunctionCallInfo fcinfo, void *result, const char *what);

/*
 * Define what the aggregates of a summary type have alike: TYPE_combine, also
 * the transition function of rollup, TYPE_concat, and over a moving frame
 * TYPE_moving_combine, TYPE_moving_uncombine and TYPE_moving_final, and their
 * merge, TYPE_merge_slots.  "what" names the result, should it be out of range.
 */
#define SUMMARY_MERGE_STEPS(type, merge, what) \
	static core_status \
	type##_merge_slots(void *into, const void *other) \
	{ \
		return merge(into, other); \
	} \
	PG_FUNCTION_INFO_V1(type##_combine); \
	Datum \
	type##_combine(PG_FUNCTION_ARGS) \
	{ \
		type	   *s = summary_state(fcinfo, sizeof(type)); \
		report_status(merge(s, (type *) PG_GETARG_POINTER(1)), what); \
		PG_RETURN_POINTER(s); \
	} \
	SUMMARY_CONCATENATION(type) \
	PG_FUNCTION_INFO_V1(type##_moving_combine); \
	Datum \
	type##_moving_combine(PG_FUNCTION_ARGS) \
	{ \
		sliding    *state = moving_state(fcinfo, type##_merge_slots, sizeof(type)); \
		if (!PG_ARGISNULL(1)) \
			moving_push(fcinfo, state, PG_GETARG_POINTER(1), what); \
		PG_RETURN_POINTER(state); \
	} \
	PG_FUNCTION_INFO_V1(type##_moving_uncombine); \
	Datum \
	type##_moving_uncombine(PG_FUNCTION_ARGS) \
	{ \
		sliding    *state = moving_state(fcinfo, type##_merge_slots, sizeof(type)); \
		if (!PG_ARGISNULL(1)) \
			moving_pop(state, what); \
		PG_RETURN_POINTER(state); \
	} \
	PG_FUNCTION_INFO_V1(type##_moving_final); \
	Datum \
	type##_moving_final(PG_FUNCTION_ARGS) \
	{ \
		type	   *result = palloc(sizeof(type)); \
		if (!moving_result(fcinfo, result, what)) \
			PG_RETURN_NULL(); \
		PG_RETURN_POINTER(result); \
	}

/*
 * The same and TYPE_moving_remove, for aggregates of num_arguments arguments
 * that skip a row where one is NULL.
 */
#define SUMMARY_MERGE_FUNCTIONS(type, merge, num_arguments, what) \
	SUMMARY_MERGE_STEPS(type, merge, what) \
	PG_FUNCTION_INFO_V1(type##_moving_remove); \
	Datum \
	type##_moving_remove(PG_FUNCTION_ARGS) \
	{ \
		sliding    *state = moving_state(fcinfo, type##_merge_slots, sizeof(type)); \
		for (int i = 1; i <= (num_arguments); i++) \
			if (PG_ARGISNULL(i)) \
				PG_RETURN_POINTER(state); \
		moving_pop(state, what); \
		PG_RETURN_POINTER(state); \
	}

#endif							/* PG_YIELD_SERVER_MOVING_H */
