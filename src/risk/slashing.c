/*-------------------------------------------------------------------------
 *
 * risk/slashing.c
 *	  The SQL face of domain risk: slashing of many operators and services.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "access/htup_details.h"
#include "funcapi.h"
#include "utils/array.h"
#include "utils/memutils.h"
#include "utils/tuplestore.h"

#include "core/base/normal.h"
#include "core/risk/slashing.h"
#include "server/compat.h"
#include "server/float8_array.h"
#include "server/interrupts.h"
#include "server/label_array.h"
#include "server/report.h"
#include "server/row.h"

/* ---------- a large pool with one common factor ---------- */

static void
check_pool(double probability, double correlation)
{
	check_probability("probability", probability);
	check_below_one("correlation", correlation);
}

/* A figure of a pool: vasicek_quantile or vasicek_shortfall. */
static Datum
figure_of_pool(FunctionCallInfo fcinfo, double (*figure) (double, double, double))
{
	double		confidence = PG_GETARG_FLOAT8(2);

	check_pool(PG_GETARG_FLOAT8(0), PG_GETARG_FLOAT8(1));
	check_confidence(confidence);
	PG_RETURN_FLOAT8(figure(PG_GETARG_FLOAT8(0), PG_GETARG_FLOAT8(1), confidence));
}

PG_FUNCTION_INFO_V1(vasicek_loss_quantile);
Datum
vasicek_loss_quantile(PG_FUNCTION_ARGS)
{
	return figure_of_pool(fcinfo, vasicek_quantile);
}

PG_FUNCTION_INFO_V1(vasicek_tail_loss);
Datum
vasicek_tail_loss(PG_FUNCTION_ARGS)
{
	return figure_of_pool(fcinfo, vasicek_shortfall);
}

PG_FUNCTION_INFO_V1(vasicek_loss_cdf);
Datum
vasicek_loss_cdf(PG_FUNCTION_ARGS)
{
	double		loss = PG_GETARG_FLOAT8(0);

	check_finite("loss", loss);
	check_pool(PG_GETARG_FLOAT8(1), PG_GETARG_FLOAT8(2));
	PG_RETURN_FLOAT8(vasicek_cdf(loss, PG_GETARG_FLOAT8(1), PG_GETARG_FLOAT8(2)));
}

PG_FUNCTION_INFO_V1(joint_probability);
Datum
joint_probability(PG_FUNCTION_ARGS)
{
	double		correlation = PG_GETARG_FLOAT8(2);

	check_probability("probability_a", PG_GETARG_FLOAT8(0));
	check_probability("probability_b", PG_GETARG_FLOAT8(1));
	check_between("correlation", correlation, -1, 1);
	PG_RETURN_FLOAT8(joint_chance(PG_GETARG_FLOAT8(0), PG_GETARG_FLOAT8(1), correlation));
}

/* ---------- the law of losses of a book ---------- */

/* Operators times units of all together: what one look at the market costs at most */
#define MAX_WORK	INT64CONST(100000000)

/* The quantiles of an array of probabilities. */
static double *
quantile_argument(FunctionCallInfo fcinfo, int n, int *num)
{
	double	   *value = float8_elements(PG_GETARG_ARRAYTYPE_P(n), "probability", NAN, num);

	for (int i = 0; i < *num; i++)
	{
		pause_at(i);
		check_probability("probability", value[i]);
		value[i] = normal_quantile(value[i]);
	}
	return value;
}

/* The sum of all units, none of which is negative. */
static int64
total_units(const int64 *units, int n)
{
	int64		total = 0;

	for (int i = 0; i < n; i++)
	{
		if (units[i] < 0)
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					 errmsg("units must not be negative, not " INT64_FORMAT, units[i])));
		if (units[i] > MAX_WORK || (total += units[i]) > MAX_WORK / Max(n, 1))
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					 errmsg("operators times the sum of units must not be above " INT64_FORMAT,
							MAX_WORK),
					 errhint("Choose a larger unit: a tenth of the precision takes a tenth of the time.")));
	}
	return total;
}

static double *
allocate_zero(Size n)
{
	return MemoryContextAllocExtended(CurrentMemoryContext, sizeof(double) * n,
									  MCXT_ALLOC_HUGE | MCXT_ALLOC_ZERO);
}

/* Put rows of loss, probability and the probability of more. */
static void
put_law(ReturnSetInfo *result, const double *chance, int64 total)
{
	double	   *exceedance = allocate_zero(total + 1);

	for (int64 loss = total; loss > 0; loss--)
		exceedance[loss - 1] = exceedance[loss] + chance[loss];
	for (int64 loss = 0; loss <= total; loss++)
	{
		Datum		values[] = {
			Int32GetDatum((int32) loss), Float8GetDatum(Min(chance[loss], 1)),
			Float8GetDatum(Min(exceedance[loss], 1))
		};
		bool		nulls[] = {false, false, false};

		pause_at(loss);
		tuplestore_putvalues(result->setResult, result->setDesc, values, nulls);
	}
}

PG_FUNCTION_INFO_V1(slashing_distribution);
Datum
slashing_distribution(PG_FUNCTION_ARGS)
{
	slashing_book book = {.correlation = PG_GETARG_FLOAT8(2), .pause = check_interrupts};
	int			num_units,
				num_probabilities;
	int64	   *units = int64_elements(PG_GETARG_ARRAYTYPE_P(0), "units", &num_units);
	double	   *chance;
	int64		total;

	book.quantile = quantile_argument(fcinfo, 1, &num_probabilities);
	check_below_one("correlation", book.correlation);
	check_same_length("units", num_units, "probability", num_probabilities);
	total = total_units(units, num_units);
	book.units = units;
	book.num_operators = num_units;
	chance = allocate_zero(total + 1);
	slashing_law(&book, chance, allocate_zero(total + 1));
	InitMaterializedSRF(fcinfo, 0);
	put_law((ReturnSetInfo *) fcinfo->resultinfo, chance, total);
	return (Datum) 0;
}

/* ---------- simulation ---------- */

#define MAX_TRIALS		10000000
#define FIGURES			6

/* Numbers drawn from one look for an interrupt to the next */
#define DRAWS_PER_PAUSE	((Size) 1 << 17)

/* Argument n, text[], numbered. */
static void
labels_argument(FunctionCallInfo fcinfo, int n, const char *argument, label_array *labels)
{
	ArrayType  *array = PG_GETARG_ARRAYTYPE_P(n);

	read_labels(&argument, &array, 1, labels);
}

/* Arguments 0 to 3: loss, probability, operator, service of each stake. */
static void
stake_arguments(FunctionCallInfo fcinfo, slashing_trials *trials, label_array *operators)
{
	int			num_losses,
				num_probabilities;
	double	   *loss = float8_elements(PG_GETARG_ARRAYTYPE_P(0), "loss", NAN, &num_losses);
	double	   *quantile = quantile_argument(fcinfo, 1, &num_probabilities);
	slashing_stake *stake = palloc_extended(sizeof(slashing_stake) * (num_losses + 1),
											MCXT_ALLOC_HUGE);
	label_array services;

	labels_argument(fcinfo, 2, "operator", operators);
	labels_argument(fcinfo, 3, "service", &services);
	check_same_length("loss", num_losses, "probability", num_probabilities);
	check_same_length("loss", num_losses, "operator", operators->n);
	check_same_length("loss", num_losses, "service", services.n);
	for (int i = 0; i < num_losses; i++)
	{
		check_not_negative("loss", loss[i]);
		stake[i] = (slashing_stake) {loss[i], quantile[i], operators->number[i], services.number[i]};
	}
	trials->stake = stake;
	trials->num_stakes = num_losses;
	trials->num_operators = operators->num_distinct;
	trials->num_services = services.num_distinct;
}

/* Arguments 4 to 6: shares of the variance, that add up to at most 1. */
static void
correlation_arguments(FunctionCallInfo fcinfo, slashing_trials *trials)
{
	double		sum;

	trials->market_correlation = PG_GETARG_FLOAT8(4);
	trials->operator_correlation = PG_GETARG_FLOAT8(5);
	trials->service_correlation = PG_GETARG_FLOAT8(6);
	check_between("market_correlation", trials->market_correlation, 0, 1);
	check_between("operator_correlation", trials->operator_correlation, 0, 1);
	check_between("service_correlation", trials->service_correlation, 0, 1);
	sum = trials->market_correlation + trials->operator_correlation + trials->service_correlation;
	/* 0.7 + 0.2 + 0.1 is a little more */
	if (sum > 1 + 1e-12)
		report_bad_argument("the sum of the correlations", sum, "at most 1");
}

/*
 * Argument 10: the stake of each operator, in the order of first appearance,
 * or with one element for each row, the same for all rows of an operator.
 */
static double *
operator_stakes(FunctionCallInfo fcinfo, const label_array *operators)
{
	int			n;
	double	   *stake = float8_elements(PG_GETARG_ARRAYTYPE_P(10), "operator_stake", NAN, &n);

	for (int i = 0; i < n; i++)
		check_not_negative("operator_stake", stake[i]);
	if (n == operators->num_distinct)
		return stake;
	check_same_length("operator", operators->n, "operator_stake", n);
	for (int i = 0; i < n; i++)
		if (stake[i] != stake[operators->first[operators->number[i]]])
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					 errmsg("operator_stake must be the same in all rows of an operator")));
	/* a first place is not before its number, so that nothing is overwritten that is yet to be read */
	for (int i = 0; i < operators->num_distinct; i++)
		stake[i] = stake[operators->first[i]];
	return stake;
}

static int
compare_losses(const void *left, const void *right)
{
	double		a = *(const double *) left;
	double		b = *(const double *) right;

	return (a > b) - (a < b);
}

/* The losses of all trials, in ascending order. */
static double *
sorted_losses(const slashing_trials *trials, int num_trials)
{
	double	   *loss = allocate_zero(num_trials);
	Size		draws = trials->num_stakes + trials->num_operators + trials->num_services + 1;
	Size		pause = Max(DRAWS_PER_PAUSE / draws, 1);

	for (int i = 0; i < num_trials; i++)
	{
		if (i % pause == 0)
			CHECK_FOR_INTERRUPTS();
		loss[i] = slashing_trial(trials, i);
	}
	qsort(loss, num_trials, sizeof(double), compare_losses);
	return loss;
}

static Datum
figures_row(FunctionCallInfo fcinfo, const slashing_figures *f)
{
	Datum		values[FIGURES] = {
		Float8GetDatum(f->expected_loss), Float8GetDatum(f->stddev),
		Float8GetDatum(f->loss_probability), Float8GetDatum(f->loss_quantile),
		Float8GetDatum(f->tail_loss), Float8GetDatum(f->worst)
	};
	bool		nulls[FIGURES] = {false, isnan(f->stddev)};

	if (!isfinite(f->worst) || !isfinite(f->expected_loss) || isinf(f->stddev))
		report_status(CORE_OUT_OF_RANGE, "simulate_slashing");
	return row_with_nulls(fcinfo, values, nulls);
}

PG_FUNCTION_INFO_V1(simulate_slashing);
Datum
simulate_slashing(PG_FUNCTION_ARGS)
{
	slashing_trials trials = {0};
	slashing_figures figures;
	label_array operators;
	int			num_trials;

	if (has_null_argument(fcinfo, 10))
		PG_RETURN_NULL();
	stake_arguments(fcinfo, &trials, &operators);
	correlation_arguments(fcinfo, &trials);
	num_trials = integer_argument(fcinfo, 7, "trials", 1, MAX_TRIALS);
	trials.seed = (uint64) PG_GETARG_INT64(8);
	check_confidence(PG_GETARG_FLOAT8(9));
	if (!PG_ARGISNULL(10))
		trials.operator_stake = operator_stakes(fcinfo, &operators);
	if (trials.num_stakes == 0)
		PG_RETURN_NULL();
	trials.factor = allocate_zero((Size) trials.num_operators + trials.num_services);
	trials.operator_loss = allocate_zero(trials.num_operators);
	slashing_figures_of(sorted_losses(&trials, num_trials), num_trials, PG_GETARG_FLOAT8(9),
						check_interrupts, &figures);
	return figures_row(fcinfo, &figures);
}

/* ---------- networks of operators and services ---------- */

typedef struct edge
{
	int			operator;
	int			service;
} edge;

static int
compare_edges(const void *left, const void *right)
{
	const edge *a = left;
	const edge *b = right;

	if (a->operator != b->operator)
		return a->operator < b->operator ? -1 : 1;
	return (a->service > b->service) - (a->service < b->service);
}

/* An end of an edge, counted from 1 to n. */
static int
edge_end(const char *argument, int64 value, int n)
{
	if (value < 1 || value > n)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("%s must be from 1 to %d, not " INT64_FORMAT, argument, n, value)));
	return (int) value - 1;
}

/* Arguments 3 and 4: the edges of a network, each of them once. */
static void
edge_arguments(FunctionCallInfo fcinfo, restaking_network *network)
{
	int			n,
				num_services,
				distinct = 0;
	int64	   *operator = int64_elements(PG_GETARG_ARRAYTYPE_P(3), "edge_operator", &n);
	int64	   *service = int64_elements(PG_GETARG_ARRAYTYPE_P(4), "edge_service", &num_services);
	edge	   *edges = palloc_extended(sizeof(edge) * (n + 1), MCXT_ALLOC_HUGE);
	int		   *ends = palloc_extended(sizeof(int) * 2 * (n + 1), MCXT_ALLOC_HUGE);

	check_same_length("edge_operator", n, "edge_service", num_services);
	for (int i = 0; i < n; i++)
		edges[i] = (edge) {
			edge_end("edge_operator", operator[i], (int) network->num_operators),
			edge_end("edge_service", service[i], (int) network->num_services)
		};
	qsort(edges, n, sizeof(edge), compare_edges);
	for (int i = 0; i < n; i++)
	{
		if (i > 0 && compare_edges(&edges[i], &edges[i - 1]) == 0)
			continue;
		ends[distinct] = edges[i].operator;
		ends[n + distinct++] = edges[i].service;
	}
	network->edge_operator = ends;
	network->edge_service = ends + n;
	network->num_edges = distinct;
}

/* Arguments 0 to 2: stakes of operators; profits and thresholds of services. */
static void
network_arguments(FunctionCallInfo fcinfo, restaking_network *network)
{
	int			num_operators,
				num_services,
				num_thresholds;
	double	   *stake = float8_elements(PG_GETARG_ARRAYTYPE_P(0), "stake", NAN, &num_operators);
	double	   *profit = float8_elements(PG_GETARG_ARRAYTYPE_P(1), "profit", NAN, &num_services);
	double	   *threshold = float8_elements(PG_GETARG_ARRAYTYPE_P(2), "threshold", NAN,
											&num_thresholds);

	check_same_length("profit", num_services, "threshold", num_thresholds);
	for (int i = 0; i < num_operators; i++)
		check_not_negative("stake", stake[i]);
	for (int i = 0; i < num_services; i++)
	{
		check_not_negative("profit", profit[i]);
		check_between("threshold", threshold[i], 0, 1);
		if (threshold[i] == 0)
			report_bad_argument("threshold", 0, "above 0 and at most 1");
	}
	*network = (restaking_network) {.stake = stake, .profit = profit, .threshold = threshold,
		.num_operators = num_operators, .num_services = num_services};
}

PG_FUNCTION_INFO_V1(restaking_buffer);
Datum
restaking_buffer(PG_FUNCTION_ARGS)
{
	restaking_network network;
	double		buffer;

	network_arguments(fcinfo, &network);
	edge_arguments(fcinfo, &network);
	if (!report_status(restaking_security(&network, allocate_zero(network.num_operators + 1),
										  allocate_zero(network.num_services + 1), &buffer),
					   "restaking_buffer"))
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(buffer);
}

PG_FUNCTION_INFO_V1(restaking_loss_bound);
Datum
restaking_loss_bound(PG_FUNCTION_ARGS)
{
	double		buffer = PG_GETARG_FLOAT8(0);
	double		shock = PG_GETARG_FLOAT8(1);

	check_finite("buffer", buffer);
	check_between("shock", shock, 0, 1);
	PG_RETURN_FLOAT8(restaking_bound(buffer, shock));
}
