/*-------------------------------------------------------------------------
 *
 * server/row.c
 *	  Results of functions with several OUT columns.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "access/htup_details.h"
#include "funcapi.h"

#include "server/compat.h"
#include "server/row.h"

#define MAX_COLUMNS		32

/*
 * A row of the function's OUT columns.  What the row looks like is looked up
 * once a query.
 */
Datum
row_with_nulls(FunctionCallInfo fcinfo, Datum *values, bool *nulls)
{
	TupleDesc	row = (TupleDesc) fcinfo->flinfo->fn_extra;

	if (row == NULL)
	{
		MemoryContext old = MemoryContextSwitchTo(fcinfo->flinfo->fn_mcxt);

		if (get_call_result_type(fcinfo, NULL, &row) != TYPEFUNC_COMPOSITE)
			elog(ERROR, "function with several results called without a row");
		row = BlessTupleDesc(row);
		fcinfo->flinfo->fn_extra = row;
		MemoryContextSwitchTo(old);
	}
	Assert(row->natts <= MAX_COLUMNS);
	PG_RETURN_DATUM(HeapTupleGetDatum(heap_form_tuple(row, values, nulls)));
}

/* The same of n columns that are all NULL */
Datum
row_of_nulls(FunctionCallInfo fcinfo, int n)
{
	Datum		values[MAX_COLUMNS] = {0};
	bool		nulls[MAX_COLUMNS];

	Assert(n <= MAX_COLUMNS);
	memset(nulls, true, n);
	return row_with_nulls(fcinfo, values, nulls);
}

/* The same of columns none of which is NULL */
Datum
row_result(FunctionCallInfo fcinfo, Datum *values)
{
	bool		nulls[MAX_COLUMNS] = {false};

	return row_with_nulls(fcinfo, values, nulls);
}

/* The same of n columns that are all double precision. */
Datum
row_of_float8(FunctionCallInfo fcinfo, const double *values, int n)
{
	Datum		columns[MAX_COLUMNS];

	Assert(n <= MAX_COLUMNS);
	for (int i = 0; i < n; i++)
		columns[i] = Float8GetDatum(values[i]);
	return row_result(fcinfo, columns);
}
