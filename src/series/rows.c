/*-------------------------------------------------------------------------
 *
 * series/rows.c
 *	  Sets of rows (time, value) that are made a block at a time.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "access/htup_details.h"
#include "funcapi.h"
#include "nodes/execnodes.h"
#include "utils/datum.h"
#include "utils/timestamp.h"
#include "utils/tuplestore.h"

#include "series/rows.h"
#include "server/compat.h"

typedef struct row_state
{
	void	   *state;
	row_block	block;
	size_t		next_row;
} row_state;

static void
row_values(const row_block *block, size_t row, Datum *values, bool *nulls)
{
	values[0] = TimestampTzGetDatum(block->time[row]);
	values[1] = Float8GetDatum(block->value[row]);
	nulls[0] = false;
	nulls[1] = block->is_null != NULL && block->is_null[row];
}

/* In FROM the rows are kept in a tuplestore anyway: fill it here, which is faster. */
static Datum
store_rows(FunctionCallInfo fcinfo, row_begin begin, row_next next)
{
	ReturnSetInfo *result = (ReturnSetInfo *) fcinfo->resultinfo;
	row_block	block;
	void	   *state;
	Datum		values[2];
	bool		nulls[2];

	InitMaterializedSRF(fcinfo, 0);
	state = begin(fcinfo, PG_GETARG_DATUM(0));
	while (next(state, &block))
	{
		for (size_t i = 0; i < block.num_rows; i++)
		{
			row_values(&block, i, values, nulls);
			tuplestore_putvalues(result->setResult, result->setDesc, values, nulls);
		}
	}
	return (Datum) 0;
}

static void
begin_rows(FunctionCallInfo fcinfo, row_begin begin)
{
	FuncCallContext *context = SRF_FIRSTCALL_INIT();
	MemoryContext old = MemoryContextSwitchTo(context->multi_call_memory_ctx);
	row_state  *rows = palloc0(sizeof(row_state));

	if (get_call_result_type(fcinfo, NULL, &context->tuple_desc) != TYPEFUNC_COMPOSITE)
		elog(ERROR, "return type must be a row type");
	context->tuple_desc = BlessTupleDesc(context->tuple_desc);
	rows->state = begin(fcinfo, datumCopy(PG_GETARG_DATUM(0), false, -1));
	context->user_fctx = rows;
	MemoryContextSwitchTo(old);
}

/*
 * The result of a strict set-returning function with two columns, a
 * timestamptz and a float8: in a select list row by row, which takes no
 * memory.
 */
Datum
series_rows(FunctionCallInfo fcinfo, row_begin begin, row_next next)
{
	ReturnSetInfo *result = (ReturnSetInfo *) fcinfo->resultinfo;
	FuncCallContext *context;
	row_state  *rows;
	Datum		values[2];
	bool		nulls[2];

	if (result != NULL && IsA(result, ReturnSetInfo) &&
		(result->allowedModes & SFRM_Materialize_Preferred) != 0)
		return store_rows(fcinfo, begin, next);

	if (SRF_IS_FIRSTCALL())
		begin_rows(fcinfo, begin);
	context = SRF_PERCALL_SETUP();
	rows = context->user_fctx;
	if (rows->next_row == rows->block.num_rows)
	{
		if (!next(rows->state, &rows->block))
			SRF_RETURN_DONE(context);
		rows->next_row = 0;
	}
	row_values(&rows->block, rows->next_row++, values, nulls);
	SRF_RETURN_NEXT(context,
					HeapTupleGetDatum(heap_form_tuple(context->tuple_desc, values, nulls)));
}
