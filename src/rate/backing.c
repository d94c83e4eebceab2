/*-------------------------------------------------------------------------
 *
 * rate/backing.c
 *	  The SQL face of what stands behind a token.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "libpq/pqformat.h"
#include "utils/builtins.h"

#include "chain/words.h"
#include "core/rate/backing.h"
#include "server/numeric_u256.h"
#include "server/report.h"
#include "server/summary.h"

#define WORD_BYTES	32

#define PG_GETARG_BACKING_SUMMARY(n)	((backing_summary *) PG_GETARG_POINTER(n))

StaticAssertDecl(sizeof(backing_summary) == 2 * WORD_BYTES + 8,
				 "backing_summary must have no padding, it is hashed byte by byte");

/* ---------- the type backing_summary ---------- */

PG_FUNCTION_INFO_V1(backing_summary_in);
Datum
backing_summary_in(PG_FUNCTION_ARGS)
{
	char	   *text = PG_GETARG_CSTRING(0);
	char	   *field[3];
	backing_summary *s = palloc(sizeof(backing_summary));

	if (!split_fields(pstrdup(text), field, 3) ||
		!backing_read_amount(field[0], &s->assets) ||
		!backing_read_amount(field[1], &s->supply) ||
		!read_int64(field[2], &s->num_rows) || !backing_summary_is_valid(s))
		ereturn(fcinfo->context, (Datum) 0,
				(errcode(ERRCODE_INVALID_TEXT_REPRESENTATION),
				 errmsg("invalid input syntax for type %s: \"%s\"", "backing_summary", text),
				 errhint("The form is (assets,supply,num_rows), whole numbers below 2^256, "
						 "and one row or more.")));
	PG_RETURN_POINTER(s);
}

static char *
decimal_text(u256 amount)
{
	return DatumGetCString(DirectFunctionCall1(numeric_out,
											   NumericGetDatum(u256_to_numeric(amount))));
}

PG_FUNCTION_INFO_V1(backing_summary_out);
Datum
backing_summary_out(PG_FUNCTION_ARGS)
{
	backing_summary *s = PG_GETARG_BACKING_SUMMARY(0);

	PG_RETURN_CSTRING(psprintf("(%s,%s," INT64_FORMAT ")", decimal_text(s->assets),
							   decimal_text(s->supply), s->num_rows));
}

static u256
receive_amount(StringInfo in)
{
	return u256_load_be((const uint8_t *) pq_getmsgbytes(in, WORD_BYTES), WORD_BYTES);
}

PG_FUNCTION_INFO_V1(backing_summary_recv);
Datum
backing_summary_recv(PG_FUNCTION_ARGS)
{
	StringInfo	in = (StringInfo) PG_GETARG_POINTER(0);
	backing_summary *s = palloc(sizeof(backing_summary));

	s->assets = receive_amount(in);
	s->supply = receive_amount(in);
	s->num_rows = pq_getmsgint64(in);
	if (!backing_summary_is_valid(s))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_BINARY_REPRESENTATION),
				 errmsg("invalid binary value for type %s", "backing_summary"),
				 errdetail("It has no rows.")));
	PG_RETURN_POINTER(s);
}

static void
send_amount(StringInfo out, u256 amount)
{
	uint8_t		bytes[WORD_BYTES];

	(void) u256_store_be(amount, bytes, WORD_BYTES);
	pq_sendbytes(out, (const char *) bytes, WORD_BYTES);
}

PG_FUNCTION_INFO_V1(backing_summary_send);
Datum
backing_summary_send(PG_FUNCTION_ARGS)
{
	backing_summary *s = PG_GETARG_BACKING_SUMMARY(0);
	StringInfoData out;

	pq_begintypsend(&out);
	send_amount(&out, s->assets);
	send_amount(&out, s->supply);
	pq_sendint64(&out, s->num_rows);
	PG_RETURN_BYTEA_P(pq_endtypsend(&out));
}

SUMMARY_OPERATOR_CLASS(backing_summary, backing_summary_cmp)

/* ---------- the aggregates ---------- */

/* Arguments assets and supply, neither of them NULL */
static backing_summary
row_summary(FunctionCallInfo fcinfo)
{
	return (backing_summary) {
		uint_argument(fcinfo, 1, "assets"), uint_argument(fcinfo, 2, "supply"), 1
	};
}

static void
add_summary(backing_summary *into, const backing_summary *other)
{
	report_status(backing_summary_add(into, other), "sum of assets or supply");
}

/* The state, or a new one that has no rows */
static backing_summary *
state_or_new(FunctionCallInfo fcinfo)
{
	backing_summary *s = summary_state(fcinfo, sizeof(backing_summary));

	if (s != NULL)
		return s;
	s = summary_alloc(fcinfo, sizeof(backing_summary));
	memset(s, 0, sizeof(backing_summary));
	return s;
}

PG_FUNCTION_INFO_V1(backing_summary_accum);
Datum
backing_summary_accum(PG_FUNCTION_ARGS)
{
	backing_summary *s;
	backing_summary row;

	if (PG_ARGISNULL(1) || PG_ARGISNULL(2))
	{
		if (PG_ARGISNULL(0))
			PG_RETURN_NULL();
		PG_RETURN_POINTER(summary_state(fcinfo, sizeof(backing_summary)));
	}
	row = row_summary(fcinfo);
	s = state_or_new(fcinfo);
	add_summary(s, &row);
	PG_RETURN_POINTER(s);
}

/* Combine function, transition function of rollup; strict */
PG_FUNCTION_INFO_V1(backing_summary_combine);
Datum
backing_summary_combine(PG_FUNCTION_ARGS)
{
	backing_summary *s = summary_state(fcinfo, sizeof(backing_summary));

	add_summary(s, PG_GETARG_BACKING_SUMMARY(1));
	PG_RETURN_POINTER(s);
}

SUMMARY_CONCATENATION(backing_summary)

/*
 * Over a moving frame sums are exact, so a row that leaves is subtracted.  The
 * state is kept when no row is left: a frame of nothing but NULLs costs no more
 * than any other.
 */
PG_FUNCTION_INFO_V1(backing_summary_moving_accum);
Datum
backing_summary_moving_accum(PG_FUNCTION_ARGS)
{
	backing_summary *s = state_or_new(fcinfo);

	if (!PG_ARGISNULL(1) && !PG_ARGISNULL(2))
	{
		backing_summary row = row_summary(fcinfo);

		add_summary(s, &row);
	}
	PG_RETURN_POINTER(s);
}

PG_FUNCTION_INFO_V1(backing_summary_moving_remove);
Datum
backing_summary_moving_remove(PG_FUNCTION_ARGS)
{
	backing_summary *s = state_or_new(fcinfo);

	if (!PG_ARGISNULL(1) && !PG_ARGISNULL(2))
	{
		backing_summary row = row_summary(fcinfo);

		backing_summary_remove(s, &row);
	}
	PG_RETURN_POINTER(s);
}

PG_FUNCTION_INFO_V1(backing_summary_moving_combine);
Datum
backing_summary_moving_combine(PG_FUNCTION_ARGS)
{
	backing_summary *s = state_or_new(fcinfo);

	if (!PG_ARGISNULL(1))
		add_summary(s, PG_GETARG_BACKING_SUMMARY(1));
	PG_RETURN_POINTER(s);
}

PG_FUNCTION_INFO_V1(backing_summary_moving_uncombine);
Datum
backing_summary_moving_uncombine(PG_FUNCTION_ARGS)
{
	backing_summary *s = state_or_new(fcinfo);

	if (!PG_ARGISNULL(1))
		backing_summary_remove(s, PG_GETARG_BACKING_SUMMARY(1));
	PG_RETURN_POINTER(s);
}

PG_FUNCTION_INFO_V1(backing_summary_moving_final);
Datum
backing_summary_moving_final(PG_FUNCTION_ARGS)
{
	if (PG_ARGISNULL(0) || PG_GETARG_BACKING_SUMMARY(0)->num_rows == 0)
		PG_RETURN_NULL();
	PG_RETURN_POINTER(PG_GETARG_BACKING_SUMMARY(0));
}

/* ---------- accessors ---------- */

PG_FUNCTION_INFO_V1(backing_summary_total_assets);
Datum
backing_summary_total_assets(PG_FUNCTION_ARGS)
{
	PG_RETURN_NUMERIC(u256_to_numeric(PG_GETARG_BACKING_SUMMARY(0)->assets));
}

PG_FUNCTION_INFO_V1(backing_summary_total_supply);
Datum
backing_summary_total_supply(PG_FUNCTION_ARGS)
{
	PG_RETURN_NUMERIC(u256_to_numeric(PG_GETARG_BACKING_SUMMARY(0)->supply));
}

PG_FUNCTION_INFO_V1(backing_summary_missing);
Datum
backing_summary_missing(PG_FUNCTION_ARGS)
{
	PG_RETURN_NUMERIC(u256_to_numeric(backing_summary_shortfall(PG_GETARG_BACKING_SUMMARY(0))));
}

PG_FUNCTION_INFO_V1(backing_summary_backing_ratio);
Datum
backing_summary_backing_ratio(PG_FUNCTION_ARGS)
{
	double		ratio;

	if (!report_status(backing_summary_ratio(PG_GETARG_BACKING_SUMMARY(0), &ratio), "backing ratio"))
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(ratio);
}

/* ---------- what a hole costs ---------- */

PG_FUNCTION_INFO_V1(rate_after_haircut);
Datum
rate_after_haircut(PG_FUNCTION_ARGS)
{
	double		rate = PG_GETARG_FLOAT8(0);
	double		backing = PG_GETARG_FLOAT8(1);

	check_rate("rate", rate);
	check_not_negative("backing", backing);
	PG_RETURN_FLOAT8(backing_rate_after_haircut(rate, backing));
}

PG_FUNCTION_INFO_V1(supplier_loss);
Datum
supplier_loss(PG_FUNCTION_ARGS)
{
	double		deficit = PG_GETARG_FLOAT8(0);
	double		supply = PG_GETARG_FLOAT8(1);
	double		loss;

	check_not_negative("deficit", deficit);
	check_not_negative("supply", supply);
	if (!report_status(backing_supplier_loss(deficit, supply, &loss), "supplier loss"))
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(loss);
}

PG_FUNCTION_INFO_V1(exit_capacity);
Datum
exit_capacity(PG_FUNCTION_ARGS)
{
	double		utilization = PG_GETARG_FLOAT8(0);

	check_not_negative("utilization", utilization);
	PG_RETURN_FLOAT8(1 - utilization);
}
