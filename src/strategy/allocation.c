/*-------------------------------------------------------------------------
 *
 * strategy/allocation.c
 *	  The SQL face of domain strategy: what to supply to which market.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "funcapi.h"
#include "catalog/pg_type.h"
#include "utils/array.h"
#include "utils/tuplestore.h"

#include "core/strategy/allocation.h"
#include "server/compat.h"
#include "server/float8_array.h"
#include "server/interrupts.h"
#include "server/report.h"
#include "server/set_size.h"
#include "strategy/history.h"
#include "strategy/vectors.h"

/* ---------- arguments ---------- */

/* The vector in argument "at", of as many as "supply", none negative. */
static double *
sizes_argument(FunctionCallInfo fcinfo, int at, const char *argument, int n)
{
	double	   *value = vector_of(fcinfo, at, argument, "supply", n);

	for (int i = 0; i < n; i++)
		if (value[i] < 0)
			report_bad_float8(psprintf("%s[%d]", argument, i + 1), value[i], "not negative");
	return value;
}

static double *
supplies_argument(FunctionCallInfo fcinfo, int at, int *n)
{
	vector_argument(fcinfo, at, "supply", n);
	if (*n > ALLOCATION_MAX_MARKETS)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("supply must have at most %d elements, not %d", ALLOCATION_MAX_MARKETS, *n)));
	return sizes_argument(fcinfo, at, "supply", *n);
}

static double *
borrows_argument(FunctionCallInfo fcinfo, int at, const double *supply, int n)
{
	double	   *borrow = sizes_argument(fcinfo, at, "borrow", n);

	for (int i = 0; i < n; i++)
		if (borrow[i] > supply[i])
			report_bad_argument(psprintf("borrow[%d]", i + 1), borrow[i],
								psprintf("at most supply[%d], %g", i + 1, supply[i]));
	return borrow;
}

/* Points of a curve with one kink: base at 0, slopes up to the optimum and up to 1. */
static void
kinked_points(double base, double slope1, double slope2, double optimal, int i, double **utilization, double **rate)
{
	if (!(optimal > 0 && optimal < 1))
		report_bad_argument(psprintf("optimal[%d]", i + 1), optimal, "above 0 and below 1");
	*utilization = palloc(sizeof(double) * 3);
	*rate = palloc(sizeof(double) * 3);
	(*utilization)[0] = 0;
	(*utilization)[1] = optimal;
	(*utilization)[2] = 1;
	(*rate)[0] = base;
	(*rate)[1] = base + slope1;
	(*rate)[2] = base + slope1 + slope2;
}

/* Curves of n markets from arguments base, slope1, slope2, optimal from "at" on; three points each. */
static void
kinked_curves(FunctionCallInfo fcinfo, int at, int n, double ***utilization, double ***rate)
{
	double	   *base = sizes_argument(fcinfo, at, "base", n);
	double	   *slope1 = sizes_argument(fcinfo, at + 1, "slope1", n);
	double	   *slope2 = sizes_argument(fcinfo, at + 2, "slope2", n);
	double	   *optimal = sizes_argument(fcinfo, at + 3, "optimal", n);

	*utilization = palloc(sizeof(double *) * (n + 1));
	*rate = palloc(sizeof(double *) * (n + 1));
	for (int i = 0; i < n; i++)
		kinked_points(base[i], slope1[i], slope2[i], optimal[i], i, &(*utilization)[i], &(*rate)[i]);
}

/* The elements of a matrix, NaN where they are NULL. */
static double *
padded_matrix(FunctionCallInfo fcinfo, int at, const char *argument, int n, int *columns)
{
	ArrayType  *array = PG_GETARG_ARRAYTYPE_P(at);
	const double *element = (const double *) ARR_DATA_PTR(array);
	const uint8 *present = ARR_NULLBITMAP(array);
	double	   *value;

	if (ARR_NDIM(array) != 2 || ARR_DIMS(array)[0] != n)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("%s must be a matrix with a row for each of %d markets", argument, n)));
	*columns = ARR_DIMS(array)[1];
	value = allocate_numbers((Size) n * *columns, sizeof(double));
	for (int i = 0; i < n * *columns; i++)
	{
		bool		is_null = present != NULL && (present[i / 8] & (1 << (i % 8))) == 0;

		value[i] = is_null ? NAN : *element++;
		if (!is_null)
			check_finite(argument, value[i]);
	}
	return value;
}

/* How many points a market has, which come before what pads them; they ascend, and rates do not fall. */
static int
count_points(const double *utilization, const double *rate, int columns, int market)
{
	int			n = 0;

	while (n < columns && !isnan(utilization[n]) && !isnan(rate[n]))
		n++;
	for (int i = n; i < columns; i++)
		if (!isnan(utilization[i]) || !isnan(rate[i]))
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					 errmsg("utilizations and rates of market %d must have NULL at the end alone, and in the same places", market)));
	if (n < 2 || n > ALLOCATION_MAX_POINTS)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("market %d must have 2 to %d points, not %d", market, ALLOCATION_MAX_POINTS, n)));
	for (int i = 0; i < n; i++)
		if (utilization[i] < 0 || rate[i] < 0 ||
			(i > 0 && (utilization[i] <= utilization[i - 1] || rate[i] < rate[i - 1])))
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					 errmsg("utilizations of market %d must ascend, and rates must not fall nor be negative", market)));
	return n;
}

/* Groups of markets by any numbers, to those from 0 on in the order of group_cap. */
static void
read_groups(FunctionCallInfo fcinfo, int at, supply_market *market, int n, allocation_problem *p)
{
	ArrayType  *array;
	double	   *cap;
	int		   *group;
	int			length,
				num_caps;

	for (int i = 0; i < n; i++)
		market[i].group = -1;
	if (PG_ARGISNULL(at) && PG_ARGISNULL(at + 1))
		return;
	if (PG_ARGISNULL(at) || PG_ARGISNULL(at + 1))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("group_of and group_cap must be given together")));
	cap = vector_argument(fcinfo, at + 1, "group_cap", &num_caps);
	array = PG_GETARG_ARRAYTYPE_P(at);
	if (array_contains_nulls(array))
		ereport(ERROR, (errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED), errmsg("group_of must hold no NULL"),
						errhint("A market of no group is in group 0.")));
	length = ArrayGetNItems(ARR_NDIM(array), ARR_DIMS(array));
	check_same_length("group_of", length, "supply", n);
	group = (int *) ARR_DATA_PTR(array);
	for (int i = 0; i < n; i++)
	{
		if (group[i] < 0 || group[i] > num_caps)
			report_bad_argument(psprintf("group_of[%d]", i + 1), group[i],
								psprintf("from 1 to %d, the elements of group_cap, or 0", num_caps));
		market[i].group = group[i] - 1;
	}
	for (int i = 0; i < num_caps; i++)
		check_not_negative("group_cap", cap[i]);
	if (num_caps > n)
		num_caps = n;
	for (int i = 0; i < n; i++)
		if (market[i].group >= num_caps)
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					 errmsg("group_cap must have no more elements than there are markets")));
	p->num_groups = num_caps;
	p->group_cap = cap;
}

/* (…, reserve_factor, cap, cost, objective, group_of, group_cap) from argument "at" on. */
static allocation_objective
read_terms(FunctionCallInfo fcinfo, int at, supply_market *market, int n, allocation_problem *p)
{
	static const char *const words[] = {
		[ALLOCATE_INTEREST] = "interest", [ALLOCATE_RATE] = "rate", [ALLOCATE_UTILIZATION] = "utilization"
	};
	double	   *reserve = sizes_argument(fcinfo, at, "reserve_factor", n);
	double	   *cap = PG_ARGISNULL(at + 1) ? NULL : sizes_argument(fcinfo, at + 1, "cap", n);
	double	   *cost = PG_ARGISNULL(at + 2) ? NULL : sizes_argument(fcinfo, at + 2, "cost", n);

	for (int i = 0; i < n; i++)
	{
		if (reserve[i] > 1)
			report_bad_argument(psprintf("reserve_factor[%d]", i + 1), reserve[i], "from 0 to 1");
		market[i].share = 1 - reserve[i];
		market[i].cap = cap == NULL ? p->budget : Min(cap[i], p->budget);
		market[i].cost = cost == NULL ? 0 : cost[i];
	}
	read_groups(fcinfo, at + 4, market, n, p);
	return (allocation_objective) choice_argument(fcinfo, at + 3, "objective", words, lengthof(words), NULL);
}

static void
put_shares(ReturnSetInfo *rows, const supply_share *share, int n, double upper_bound)
{
	for (int i = 0; i < n; i++)
		tuplestore_putvalues(rows->setResult, rows->setDesc,
							 (Datum[]) {Int32GetDatum(i + 1), Float8GetDatum(share[i].amount + 0.0),
							 Float8GetDatum(share[i].supply_apr), Float8GetDatum(share[i].marginal_apr),
							 Float8GetDatum(share[i].interest), Float8GetDatum(upper_bound)},
							 (bool[6]) {false});
}

static Datum
put_allocation(FunctionCallInfo fcinfo, allocation_problem *p, allocation_objective objective)
{
	supply_share *share = allocate_numbers(p->n, sizeof(supply_share));
	double		upper_bound;

	p->pause = check_interrupts;
	if (p->n > 0)
	{
		report_status(allocate(p, objective, allocate_numbers(allocation_scratch(p->n), sizeof(double)), share,
							   &upper_bound), "allocate_supply");
		put_shares((ReturnSetInfo *) fcinfo->resultinfo, share, p->n, upper_bound);
	}
	return (Datum) 0;
}

/* Is one of arguments 0 to n - 1 NULL, or the objective? */
static bool
lacks_terms(FunctionCallInfo fcinfo, int n, int objective)
{
	return has_null_argument(fcinfo, n) || PG_ARGISNULL(objective);
}

static double
budget_argument(FunctionCallInfo fcinfo)
{
	check_not_negative("budget", PG_GETARG_FLOAT8(0));
	return PG_GETARG_FLOAT8(0);
}

/* (budget, supply, borrow, base, slope1, slope2, optimal, reserve_factor, cap, cost, objective, group_of, group_cap) */
PG_FUNCTION_INFO_V1(allocate_supply_kinked);
Datum
allocate_supply_kinked(PG_FUNCTION_ARGS)
{
	allocation_problem p = {0};
	supply_market *market;
	double	   *supply,
			   *borrow;
	double	  **utilization,
			  **rate;

	InitMaterializedSRF(fcinfo, 0);
	if (lacks_terms(fcinfo, 8, 10))
		return (Datum) 0;
	p.budget = budget_argument(fcinfo);
	supply = supplies_argument(fcinfo, 1, &p.n);
	borrow = borrows_argument(fcinfo, 2, supply, p.n);
	kinked_curves(fcinfo, 3, p.n, &utilization, &rate);
	market = allocate_numbers(p.n, sizeof(supply_market));
	for (int i = 0; i < p.n; i++)
		market[i] = (supply_market) {
			.supply = supply[i], .borrow = borrow[i], .num_points = 3, .utilization = utilization[i], .rate = rate[i]
		};
	p.market = market;
	return put_allocation(fcinfo, &p, read_terms(fcinfo, 7, market, p.n, &p));
}

/* (budget, supply, borrow, utilizations, rates, reserve_factor, cap, cost, objective, group_of, group_cap) */
PG_FUNCTION_INFO_V1(allocate_supply);
Datum
allocate_supply(PG_FUNCTION_ARGS)
{
	allocation_problem p = {0};
	supply_market *market;
	double	   *supply,
			   *borrow,
			   *utilization,
			   *rate;
	int			columns,
				rate_columns;

	InitMaterializedSRF(fcinfo, 0);
	if (lacks_terms(fcinfo, 6, 8))
		return (Datum) 0;
	p.budget = budget_argument(fcinfo);
	supply = supplies_argument(fcinfo, 1, &p.n);
	borrow = borrows_argument(fcinfo, 2, supply, p.n);
	if (p.n == 0)
		return (Datum) 0;
	utilization = padded_matrix(fcinfo, 3, "utilizations", p.n, &columns);
	rate = padded_matrix(fcinfo, 4, "rates", p.n, &rate_columns);
	check_same_length("columns of utilizations", columns, "columns of rates", rate_columns);
	market = allocate_numbers(p.n, sizeof(supply_market));
	for (int i = 0; i < p.n; i++)
		market[i] = (supply_market) {
			.supply = supply[i], .borrow = borrow[i],
			.num_points = count_points(utilization + (Size) i * columns, rate + (Size) i * columns, columns, i + 1),
			.utilization = utilization + (Size) i * columns, .rate = rate + (Size) i * columns
		};
	p.market = market;
	return put_allocation(fcinfo, &p, read_terms(fcinfo, 5, market, p.n, &p));
}

/* The rows of an allocation over arrays that are known when the query is planned: one a market. */
PG_FUNCTION_INFO_V1(allocation_rows);
Datum
allocation_rows(PG_FUNCTION_ARGS)
{
	set_size   *asked = set_size_asked(fcinfo);
	int			n;

	if (asked == NULL || !set_size_array(asked, 1, FLOAT8ARRAYOID, &n))
		PG_RETURN_POINTER(NULL);
	return set_size_answer(asked, n);
}

/* ---------- loops ---------- */

/* (budget, staking_apr, supply, borrow, base, slope1, slope2, optimal, max_leverage) */
PG_FUNCTION_INFO_V1(allocate_loops);
Datum
allocate_loops(PG_FUNCTION_ARGS)
{
	ReturnSetInfo *rows = (ReturnSetInfo *) fcinfo->resultinfo;
	double		budget = budget_argument(fcinfo);
	double		staking = PG_GETARG_FLOAT8(1);
	int			n;
	double	   *supply = supplies_argument(fcinfo, 2, &n);
	double	   *borrow = borrows_argument(fcinfo, 3, supply, n);
	double	   *leverage = sizes_argument(fcinfo, 8, "max_leverage", n);
	loop_market *market = allocate_numbers(n, sizeof(loop_market));
	loop_share *share = allocate_numbers(n, sizeof(loop_share));
	double	  **utilization,
			  **rate;
	double		rest;

	check_finite("staking_apr", staking);
	kinked_curves(fcinfo, 4, n, &utilization, &rate);
	for (int i = 0; i < n; i++)
	{
		check_parameter(psprintf("supply[%d]", i + 1), supply[i]);
		if (leverage[i] < 1)
			report_bad_argument(psprintf("max_leverage[%d]", i + 1), leverage[i], "at least 1");
		market[i] = (loop_market) {supply[i], borrow[i], leverage[i], 3, utilization[i], rate[i]};
	}
	report_status(allocate_loops_of(market, n, budget, staking, check_interrupts, share, &rest), "allocate_loops");
	InitMaterializedSRF(fcinfo, 0);
	tuplestore_putvalues(rows->setResult, rows->setDesc,
						 (Datum[]) {Int32GetDatum(0), Float8GetDatum(rest), (Datum) 0, Float8GetDatum(staking)},
						 (bool[]) {false, false, true, false});
	for (int i = 0; i < n; i++)
		tuplestore_putvalues(rows->setResult, rows->setDesc,
							 (Datum[]) {Int32GetDatum(i + 1), Float8GetDatum(share[i].equity),
							 Float8GetDatum(share[i].borrow_apr), Float8GetDatum(share[i].marginal_apr)},
							 (bool[4]) {false});
	return (Datum) 0;
}

PG_FUNCTION_INFO_V1(allocate_loops_rows);
Datum
allocate_loops_rows(PG_FUNCTION_ARGS)
{
	set_size   *asked = set_size_asked(fcinfo);
	int			n;

	if (asked == NULL || !set_size_array(asked, 2, FLOAT8ARRAYOID, &n))
		PG_RETURN_POINTER(NULL);
	return set_size_answer(asked, n + 1);
}

/* ---------- reallocation, lots ---------- */

/* (supply, borrow, vault) */
PG_FUNCTION_INFO_V1(equalize_utilization);
Datum
equalize_utilization(PG_FUNCTION_ARGS)
{
	ReturnSetInfo *rows = (ReturnSetInfo *) fcinfo->resultinfo;
	int			n;
	double	   *supply = supplies_argument(fcinfo, 0, &n);
	double	   *borrow = borrows_argument(fcinfo, 1, supply, n);
	double	   *vault = sizes_argument(fcinfo, 2, "vault", n);
	double	   *utilization = allocate_numbers(n, sizeof(double));
	double	   *flow = allocate_numbers(n, sizeof(double));

	InitMaterializedSRF(fcinfo, 0);
	if (!report_status(equalize_utilization_of(supply, borrow, vault, n, utilization, flow), "equalize_utilization"))
		return (Datum) 0;
	for (int i = 0; i < n; i++)
		tuplestore_putvalues(rows->setResult, rows->setDesc,
							 (Datum[]) {Int32GetDatum(i + 1), Float8GetDatum(utilization[i]), Float8GetDatum(flow[i])},
							 (bool[3]) {false});
	return (Datum) 0;
}

PG_FUNCTION_INFO_V1(equalize_utilization_rows);
Datum
equalize_utilization_rows(PG_FUNCTION_ARGS)
{
	set_size   *asked = set_size_asked(fcinfo);
	int			n;

	if (asked == NULL || !set_size_array(asked, 0, FLOAT8ARRAYOID, &n))
		PG_RETURN_POINTER(NULL);
	return set_size_answer(asked, n);
}

/* (amounts, lot) */
PG_FUNCTION_INFO_V1(round_to_lots);
Datum
round_to_lots(PG_FUNCTION_ARGS)
{
	int			n;
	double	   *amounts = vector_argument(fcinfo, 0, "amounts", &n);
	double		lot = PG_GETARG_FLOAT8(1);
	double	   *result = allocate_numbers(n, sizeof(double));

	check_parameter("lot", lot);
	for (int i = 0; i < n; i++)
		if (amounts[i] < 0)
			report_bad_float8(psprintf("amounts[%d]", i + 1), amounts[i], "not negative");
	report_status(round_to_lots_of(amounts, n, lot, result), "round_to_lots");
	return result_vector(result, n);
}
