/*-------------------------------------------------------------------------
 *
 * chain/time.c
 *	  The SQL face of domain chain: times of logs.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "fmgr.h"
#include "utils/timestamp.h"

#include "core/chain/time.h"
#include "server/report.h"

static void
check_log_index(int64 log_index)
{
	if (unlikely(!log_index_is_valid(log_index)))
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("log_index must be from 0 to %d, not " INT64_FORMAT,
						LOG_INDEX_MAX, log_index),
				 errhint("It is the number of a log within its block, from 0.")));
}

/*
 * Of a block time with or without time zone: both are microseconds, and one
 * without is UTC.
 */
PG_FUNCTION_INFO_V1(log_time);
Datum
log_time(PG_FUNCTION_ARGS)
{
	TimestampTz block_time = PG_GETARG_TIMESTAMPTZ(0);
	int64		log_index = PG_GETARG_INT64(1);
	TimestampTz time;

	check_time("block_time", block_time);
	check_log_index(log_index);
	report_status(log_time_of_block(block_time, log_index, &time), "log_time");
	PG_RETURN_TIMESTAMPTZ(time);
}
