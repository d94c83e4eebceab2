/*-------------------------------------------------------------------------
 *
 * liquidity/pool.c
 *	  Arguments that the analytic functions of domain liquidity share.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "lib/stringinfo.h"
#include "utils/float.h"

#include "liquidity/pool.h"
#include "server/compat.h"
#include "server/span.h"

#define MICROSECONDS_PER_DAY	86400e6

/* ERC-20 declares decimals as uint8 */
#define MAX_DECIMALS	255

/* In the order of pool_kind */
static const char *const kind_names[POOL_NUM_KINDS] = {
	"constant_product", "weighted", "concentrated", "stableswap"
};

/* The arguments pa, pb, weight and a, which follow each other, by kind */
#define NUM_SHAPE_ARGUMENTS	4

static const char *const shape_names[NUM_SHAPE_ARGUMENTS] = {"pa", "pb", "weight", "a"};

static const bool shape_needed[POOL_NUM_KINDS][NUM_SHAPE_ARGUMENTS] = {
	{false, false, false, false},
	{false, false, true, false},
	{true, true, false, false},
	{false, false, false, true}
};

/* Arguments n and n + 1, decimals0 and decimals1, as their difference. */
int
decimals_difference(FunctionCallInfo fcinfo, int n)
{
	return integer_argument(fcinfo, n, "decimals0", 0, MAX_DECIMALS) -
		integer_argument(fcinfo, n + 1, "decimals1", 0, MAX_DECIMALS);
}

/* Bounds of a range, arguments n and n + 1. */
void
range_argument(FunctionCallInfo fcinfo, int n, double *pa, double *pb)
{
	*pa = positive_argument(fcinfo, n, "pa");
	*pb = positive_argument(fcinfo, n + 1, "pb");
	if (unlikely(*pa >= *pb))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("pa must be below pb: %s, %s", float8out_internal(*pa),
						float8out_internal(*pb)),
				 errhint("A range is from its lower price to its upper one, both of token 0 "
						 "in token 1. With prices the other way round it is 1/pb to 1/pa.")));
}

double
amp_argument(FunctionCallInfo fcinfo, int n)
{
	double		amp = positive_argument(fcinfo, n, "a");

	if (amp > POOL_MAX_AMP)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("a must not be above 1e12, not %s", float8out_internal(amp)),
				 errhint("It is A() of the contract, without its A precision.")));
	return amp;
}

/* A fee of a swap as a fraction. */
double
fee_argument(FunctionCallInfo fcinfo, int n)
{
	double		fee = PG_GETARG_FLOAT8(n);

	if (!(fee >= 0 && fee < 1))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("fee must be from 0 to below 1, not %s", float8out_internal(fee)),
				 errhint("A fee of 0.3 %% is 0.003.")));
	return fee;
}

/* An interval as days. */
double
days_argument(FunctionCallInfo fcinfo, int n, const char *argument)
{
	return (double) positive_span(argument, PG_GETARG_INTERVAL_P(n)) / MICROSECONDS_PER_DAY;
}

/* Days from a time to a later one. */
double
days_between(TimestampTz from, TimestampTz until)
{
	check_time("t0", from);
	check_time("t1", until);
	if (until <= from)
	{
		/* timestamptz_to_str has one static buffer */
		char	   *earlier = pstrdup(timestamptz_to_str(until));

		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("t1 must be after t0: %s, %s", earlier, timestamptz_to_str(from))));
	}
	/* the whole range of timestamps is wider than an int64 */
	return (double) ((uint64) until - (uint64) from) / MICROSECONDS_PER_DAY;
}

static double
weight_argument(FunctionCallInfo fcinfo, int n)
{
	double		weight = PG_GETARG_FLOAT8(n);

	if (!(weight > 0 && weight < 1))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("weight must be between 0 and 1, not %s", float8out_internal(weight)),
				 errhint("It is the weight of token 0; that of token 1 is 1 - weight.")));
	return weight;
}

/*
 * A pool from its kind, argument kind_at, and the arguments pa, pb, weight and
 * a, which begin at first_at.  NULL is one that was not given: exactly those
 * of its kind must be.
 */
pool
pool_argument(FunctionCallInfo fcinfo, int kind_at, int first_at)
{
	pool		p = {0};

	p.kind = choice_argument(fcinfo, kind_at, "kind", kind_names, POOL_NUM_KINDS, NULL);
	for (int i = 0; i < NUM_SHAPE_ARGUMENTS; i++)
	{
		if (PG_ARGISNULL(first_at + i) != shape_needed[p.kind][i])
			continue;
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg(shape_needed[p.kind][i] ? "a %s pool needs argument %s" :
						"a %s pool has no argument %s",
						kind_names[p.kind], shape_names[i]),
				 errhint("constant_product takes none of these, weighted takes weight, "
						 "concentrated takes pa and pb, stableswap takes a, which is A().")));
	}
	switch (p.kind)
	{
		case POOL_CONSTANT_PRODUCT:
			break;
		case POOL_WEIGHTED:
			p.weight = weight_argument(fcinfo, first_at + 2);
			break;
		case POOL_CONCENTRATED:
			range_argument(fcinfo, first_at, &p.pa, &p.pb);
			break;
		case POOL_STABLESWAP:
			p.amp = amp_argument(fcinfo, first_at + 3);
			break;
	}
	return p;
}
