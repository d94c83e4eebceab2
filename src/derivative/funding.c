/*-------------------------------------------------------------------------
 *
 * derivative/funding.c
 *	  The SQL face of domain derivative: histories of funding payments.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "core/derivative/funding.h"
#include "server/compat.h"
#include "server/moving.h"
#include "server/report.h"
#include "server/summary.h"

/* ---------- the type funding_summary ---------- */

static bool
is_valid(const void *value)
{
	return funding_summary_is_valid(value);
}

static const summary_field fields[] = {
	SUMMARY_INT64(funding_summary, first_time),
	SUMMARY_INT64(funding_summary, last_time),
	SUMMARY_INT64(funding_summary, num_payments),
	SUMMARY_INT64(funding_summary, num_positive),
	SUMMARY_INT64(funding_summary, num_first),
	SUMMARY_SUM(funding_summary, first.rate),
	SUMMARY_SUM(funding_summary, first.growth),
	SUMMARY_SUM(funding_summary, later.rate),
	SUMMARY_SUM(funding_summary, later.growth)
};

static const summary_form form = {
	"funding_summary", sizeof(funding_summary), fields, lengthof(fields), is_valid,
	"(first_time,last_time,num_payments,num_positive,num_first,sum of first rates,"
	"sum of first ln(1 + rate),sum of later rates,sum of later ln(1 + rate)), "
	"times in microseconds since 2000-01-01 UTC",
	"No set of payments has this summary."
};

SUMMARY_FORM(funding_summary, &form)

/* ---------- aggregates ---------- */

/* The payment in arguments 1 and 2, of which none is NULL. */
static inline double
read_payment(FunctionCallInfo fcinfo, time_reader read_time, TimestampTz *time)
{
	double		rate = PG_GETARG_FLOAT8(2);

	*time = read_time(fcinfo, 1, "ts");
	check_time("ts", *time);
	if (unlikely(!funding_rate_is_valid(rate)))
		report_bad_float8("rate", rate, "finite and above -1");
	return rate;
}

/* Transition function; see rate_summary_accum. */
static pg_attribute_always_inline Datum
funding_accum(FunctionCallInfo fcinfo, time_reader read_time)
{
	funding_summary *s = summary_state(fcinfo, sizeof(funding_summary));
	TimestampTz time;
	double		rate;

	if (PG_ARGISNULL(1) || PG_ARGISNULL(2))
	{
		if (s == NULL)
			PG_RETURN_NULL();
		PG_RETURN_POINTER(s);
	}
	rate = read_payment(fcinfo, read_time, &time);
	if (s == NULL)
	{
		s = summary_alloc(fcinfo, sizeof(funding_summary));
		funding_summary_init(s, time, rate);
		PG_RETURN_POINTER(s);
	}
	report_status(funding_summary_add(s, time, rate), "num_payments");
	PG_RETURN_POINTER(s);
}

SUMMARY_MERGE_FUNCTIONS(funding_summary, funding_summary_merge, 2, "num_payments")

/* Forward function over a moving frame. */
static pg_attribute_always_inline Datum
funding_moving_accum(FunctionCallInfo fcinfo, time_reader read_time)
{
	sliding    *state = moving_state(fcinfo, funding_summary_merge_slots, sizeof(funding_summary));

	if (!PG_ARGISNULL(1) && !PG_ARGISNULL(2))
	{
		funding_summary payment;
		TimestampTz time;
		double		rate = read_payment(fcinfo, read_time, &time);

		funding_summary_init(&payment, time, rate);
		moving_push(fcinfo, state, &payment, "num_payments");
	}
	PG_RETURN_POINTER(state);
}

TIME_FORMS(funding_summary_accum, funding_accum)
TIME_FORMS(funding_summary_moving_accum, funding_moving_accum)

/* ---------- accessors, which are last steps of aggregates too ---------- */

static Datum
total_of(FunctionCallInfo fcinfo, const funding_summary *s)
{
	double		result = 0;

	if (!report_status(funding_summary_total(s, &result), "cumulative_funding"))
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(result);
}

PG_FUNCTION_INFO_V1(funding_summary_cumulative);
Datum
funding_summary_cumulative(PG_FUNCTION_ARGS)
{
	return total_of(fcinfo, (funding_summary *) PG_GETARG_POINTER(0));
}

PG_FUNCTION_INFO_V1(funding_summary_moving_cumulative);
Datum
funding_summary_moving_cumulative(PG_FUNCTION_ARGS)
{
	funding_summary s;

	if (!moving_result(fcinfo, &s, "num_payments"))
		PG_RETURN_NULL();
	return total_of(fcinfo, &s);
}

/* funding_summary_apr or funding_summary_apy */
typedef core_status (*summary_yield) (const funding_summary *s, double year_days, double *result);

static Datum
yield_of(FunctionCallInfo fcinfo, const funding_summary *s, double year_days,
		 summary_yield yield, const char *what)
{
	double		result = 0;

	check_parameter("year_days", year_days);
	if (!report_status(yield(s, year_days, &result), what))
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(result);
}

PG_FUNCTION_INFO_V1(derivative_funding_apr);
Datum
derivative_funding_apr(PG_FUNCTION_ARGS)
{
	return yield_of(fcinfo, (funding_summary *) PG_GETARG_POINTER(0), PG_GETARG_FLOAT8(1),
					funding_summary_apr, "funding_apr");
}

PG_FUNCTION_INFO_V1(derivative_funding_apy);
Datum
derivative_funding_apy(PG_FUNCTION_ARGS)
{
	return yield_of(fcinfo, (funding_summary *) PG_GETARG_POINTER(0), PG_GETARG_FLOAT8(1),
					funding_summary_apy, "funding_apy");
}

#define YEAR_DAYS	365

PG_FUNCTION_INFO_V1(funding_summary_final_apr);
Datum
funding_summary_final_apr(PG_FUNCTION_ARGS)
{
	return yield_of(fcinfo, (funding_summary *) PG_GETARG_POINTER(0), YEAR_DAYS,
					funding_summary_apr, "funding_apr");
}

PG_FUNCTION_INFO_V1(funding_summary_moving_apr);
Datum
funding_summary_moving_apr(PG_FUNCTION_ARGS)
{
	funding_summary s;

	if (!moving_result(fcinfo, &s, "num_payments"))
		PG_RETURN_NULL();
	return yield_of(fcinfo, &s, YEAR_DAYS, funding_summary_apr, "funding_apr");
}

PG_FUNCTION_INFO_V1(funding_summary_positive_share);
Datum
funding_summary_positive_share(PG_FUNCTION_ARGS)
{
	const funding_summary *s = (const funding_summary *) PG_GETARG_POINTER(0);

	PG_RETURN_FLOAT8((double) s->num_positive / (double) s->num_payments);
}

PG_FUNCTION_INFO_V1(funding_summary_num_payments);
Datum
funding_summary_num_payments(PG_FUNCTION_ARGS)
{
	PG_RETURN_INT64(((const funding_summary *) PG_GETARG_POINTER(0))->num_payments);
}
