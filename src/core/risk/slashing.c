/*-------------------------------------------------------------------------
 *
 * core/risk/slashing.c
 *	  Losses of many that fail together: slashing of a restaked book.
 *
 *-------------------------------------------------------------------------
 */
#include "core/risk/slashing.h"

#include <math.h>
#include <stdbool.h>
#include <string.h>

#include "core/base/dd.h"
#include "core/base/normal.h"
#include "core/base/rank.h"
#include "core/base/splitmix.h"

/* ---------- a large pool with one common factor ---------- */

/* Nothing is random: all or none fail, or each on its own in a pool without end. */
static bool
loss_is_certain(double probability, double correlation)
{
	return correlation == 0 || probability == 0 || probability == 1;
}

/*
 * The share of a large pool whose loss is not exceeded with probability
 * "confidence", above 0 and below 1; each member fails with "probability",
 * correlation from 0 to below 1.  O. Vasicek, "The distribution of loan
 * portfolio value", Risk 15 (2002).
 */
double
vasicek_quantile(double probability, double correlation, double confidence)
{
	if (loss_is_certain(probability, correlation))
		return probability;
	return normal_tail(-(normal_quantile(probability) +
						 sqrt(correlation) * normal_quantile(confidence)) / sqrt(1 - correlation));
}

/* The probability that no more than the share "loss" of the pool is lost. */
double
vasicek_cdf(double loss, double probability, double correlation)
{
	if (loss_is_certain(probability, correlation))
		return loss >= probability;
	if (loss <= 0 || loss >= 1)
		return loss >= 1;
	return normal_tail(-(sqrt(1 - correlation) * normal_quantile(loss) -
						 normal_quantile(probability)) / sqrt(correlation));
}

/* The mean loss in the worst 1 - confidence of cases. */
double
vasicek_shortfall(double probability, double correlation, double confidence)
{
	if (loss_is_certain(probability, correlation))
		return probability;
	return normal_both_below(normal_quantile(probability), -normal_quantile(confidence),
							 sqrt(correlation)) / (1 - confidence);
}

/* The probability that both of two fail, by a normal copula; correlation from -1 to 1. */
double
joint_chance(double probability_a, double probability_b, double correlation)
{
	if (fmax(probability_a, probability_b) == 1)
		return fmin(probability_a, probability_b);
	return normal_both_below(normal_quantile(probability_a), normal_quantile(probability_b),
							 correlation);
}

/* ---------- the law of losses of a book with one common factor ---------- */

/* The market's factor is integrated from minus to plus this */
#define MARKET_RANGE	9.5

/* Beyond so many deviations an operator fails, or does not, for certain */
#define CERTAIN			12.0

/* Chances below do not count among those that add up to 1 */
#define NO_CHANCE		1e-30

/* With steps up to this the first two corrections are all of a sum's that a double shows */
#define FINE_STEP		0.005

/* Steps from one pause to the next */
#define STEPS_PER_PAUSE	((size_t) 1 << 22)

/* What is known of the losses while one operator after the other is looked at: chance[low..high] */
typedef struct loss_window
{
	double	   *chance;
	size_t		low;
	size_t		high;
	size_t		steps;			/* since the last pause */
} loss_window;

/* How far above its bound is an operator, in its own deviations, when the market is at m? */
static double
distance(const slashing_book *book, size_t i, double m)
{
	return (book->quantile[i] - sqrt(book->correlation) * m) / sqrt(1 - book->correlation);
}

/*
 * One more operator, who loses "units" with the chance "fails".  Chances at
 * the ends that no longer count are forgotten: what is left is narrow.
 */
static void
add_operator(loss_window *w, size_t units, double fails, double holds)
{
	double	   *chance = w->chance;

	/* nothing lost either way; the loop below would not end at zero */
	if (units == 0)
		return;
	memset(chance + w->high + 1, 0, units * sizeof(double));
	for (size_t loss = w->high + units; loss >= w->low + units; loss--)
		chance[loss] = chance[loss] * holds + chance[loss - units] * fails;
	for (size_t loss = w->low + units; loss-- > w->low;)
		chance[loss] *= holds;
	w->steps += w->high + units - w->low + 1;
	w->high += units;
	while (w->low < w->high && chance[w->high] < NO_CHANCE)
		w->high--;
	while (w->low < w->high && chance[w->low] < NO_CHANCE)
		w->low++;
}

/* The law of losses where the market is at m, into the window. */
static void
conditional_law(const slashing_book *book, double m, loss_window *w)
{
	w->low = w->high = 0;
	w->chance[0] = 1;
	for (size_t i = 0; i < book->num_operators; i++)
	{
		double		z = distance(book, i, m);
		double		fails = z < 0 ? normal_tail(-z) : 1 - normal_tail(z);

		add_operator(w, (size_t) book->units[i], fails, z < 0 ? 1 - fails : normal_tail(z));
		if (w->steps > STEPS_PER_PAUSE && book->pause != NULL)
		{
			book->pause();
			w->steps = 0;
		}
	}
}

static void
add_law(double *chance, const loss_window *w, double weight)
{
	for (size_t loss = w->low; loss <= w->high; loss++)
		chance[loss] += weight * w->chance[loss];
}

/*
 * The width of the sharpest peak that the chance of a loss can have as the
 * market moves: what n operators tell of the market is n times what one does,
 * at most the squared slope of its deviation.
 */
static double
step_of(const slashing_book *book)
{
	size_t		uncertain = 0;

	for (size_t i = 0; i < book->num_operators; i++)
		uncertain += isfinite(book->quantile[i]) && book->units[i] > 0;
	return 0.75 / sqrt(1 + (double) uncertain * book->correlation / (1 - book->correlation));
}

/*
 * If at m each operator fails, or does not, for certain: true, and the m above
 * at which the first one becomes uncertain, infinite if none does.
 */
static bool
all_are_certain(const slashing_book *book, double m, double *next)
{
	*next = INFINITY;
	for (size_t i = 0; i < book->num_operators; i++)
	{
		double		z = distance(book, i, m);

		if (fabs(z) < CERTAIN)
			return false;
		if (z > 0 && isfinite(z))
			*next = fmin(*next, (book->quantile[i] - CERTAIN * sqrt(1 - book->correlation)) /
						 sqrt(book->correlation));
	}
	return true;
}

/* The slope of the normal density, and the third derivative */
static double
density_slope(double m)
{
	return -m * normal_density(m);
}

static double
density_third(double m)
{
	return (3 - m * m) * m * normal_density(m);
}

/*
 * The sum of "step" times the density at so many places from "from" on; of
 * many by what such sums are more than the integral (Euler and Maclaurin).
 */
static double
weight_of_steps(double from, int64_t num_steps, double step)
{
	double		low = from - step / 2;
	double		high = low + (double) num_steps * step;
	double		sum = 0;

	if (step > FINE_STEP)
	{
		for (int64_t i = 0; i < num_steps; i++)
			sum += step * normal_density(from + (double) i * step);
		return sum;
	}
	return normal_between(low, high)
		- step * step / 24 * (density_slope(high) - density_slope(low))
		+ 7 * pow(step, 4) / 5760 * (density_third(high) - density_third(low));
}

/*
 * chance[l] becomes the probability that l units are lost, for l from 0 to the
 * sum of all units; "work" has room for as many.  Given the market, operators
 * are independent, and the law follows by adding one after the other (L.
 * Andersen, J. Sidenius and S. Basu, "All your hedges in one basket", Risk 16,
 * 2003).  The integral over the market is a sum in equal steps: of a smooth
 * function that vanishes at both ends it is exact to far below a double once
 * the step is less than the width of its peaks.  Where all is certain the sum
 * skips to the next that is not.
 */
void
slashing_law(const slashing_book *book, double *chance, double *work)
{
	loss_window w = {.chance = work};
	double		step = step_of(book);
	int64_t		last = (int64_t) ceil(MARKET_RANGE / step);
	double		next;

	if (book->correlation == 0)
	{
		conditional_law(book, 0, &w);
		add_law(chance, &w, 1);
		return;
	}
	for (int64_t j = -last, to; j <= last; j = to)
	{
		double		m = (double) j * step;

		to = j + 1;
		if (all_are_certain(book, m, &next))
			to = next < MARKET_RANGE ? (int64_t) fmax((double) to, floor(next / step)) : last + 1;
		conditional_law(book, m, &w);
		add_law(chance, &w, to == j + 1 ? step * normal_density(m) :
				weight_of_steps(m, to - j, step));
	}
}

/* ---------- simulation ---------- */

/* The factors of a trial are those of the market, of each operator, of each service. */
static double
read_factors(const slashing_trials *t, uint64_t number)
{
	double		market = normal_quantile(splitmix_uniform(t->seed, number++));

	for (int i = 0; i < t->num_operators + t->num_services; i++)
		t->factor[i] = normal_quantile(splitmix_uniform(t->seed, number + (uint64_t) i));
	return market;
}

/* What a trial loses that is at hand in operator_loss; no operator more than he has. */
static double
loss_of_operators(const slashing_trials *t)
{
	double		loss = 0;

	for (int i = 0; i < t->num_operators; i++)
		loss += t->operator_stake == NULL ? t->operator_loss[i] :
			fmin(t->operator_loss[i], t->operator_stake[i]);
	return loss;
}

/*
 * The loss of trial "number", from 0: a stake is slashed if its variable, of
 * the factors of the market, its operator, its service and its own, is below
 * the quantile of its probability.  The numbers are drawn by their place, so
 * that a trial depends on nothing but the seed.
 */
double
slashing_trial(const slashing_trials *t, uint64_t number)
{
	uint64_t	first = 1 + (uint64_t) t->num_operators + (uint64_t) t->num_services;
	uint64_t	place = number * (first + t->num_stakes);
	double		own = 1 - t->market_correlation - t->operator_correlation -
		t->service_correlation;
	double		market = sqrt(t->market_correlation) * read_factors(t, place);
	double		of_operator = sqrt(t->operator_correlation);
	double		of_service = sqrt(t->service_correlation);
	double		of_itself = sqrt(fmax(own, 0));

	memset(t->operator_loss, 0, (size_t) t->num_operators * sizeof(double));
	for (size_t i = 0; i < t->num_stakes; i++)
	{
		const slashing_stake *stake = &t->stake[i];
		double		x = market + of_operator * t->factor[stake->operator] +
			of_service * t->factor[t->num_operators + stake->service] +
			of_itself * normal_quantile(splitmix_uniform(t->seed, place + first + i));

		if (x < stake->quantile)
			t->operator_loss[stake->operator] += stake->loss;
	}
	return loss_of_operators(t);
}

/* The mean of n losses, and the sum of squares about it unless squares is NULL. */
static double
mean_of(const double *loss, size_t n, core_pause pause, double *squares)
{
	dd			sum = {0, 0};
	dd			square = {0, 0};
	double		mean;

	for (size_t i = 0; i < n; i++)
		sum = dd_add_double(sum, loss[i]);
	mean = dd_quotient(sum, (dd) {(double) n, 0});
	if (pause != NULL)
		pause();
	for (size_t i = 0; squares != NULL && i < n; i++)
		square = dd_add_double(square, (loss[i] - mean) * (loss[i] - mean));
	if (squares != NULL)
		*squares = square.hi;
	return mean;
}

/* Figures of losses in ascending order, at least one; confidence above 0 and below 1. */
void
slashing_figures_of(const double *sorted, size_t num_trials, double confidence,
					core_pause pause, slashing_figures *figures)
{
	size_t		at = rank_up(confidence * (double) num_trials);
	size_t		without = 0;
	double		squares;

	at = at == 0 ? 0 : at - 1;
	while (without < num_trials && sorted[without] <= 0)
		without++;
	figures->expected_loss = mean_of(sorted, num_trials, pause, &squares);
	figures->stddev = sqrt(squares / ((double) num_trials - 1));
	figures->loss_probability = (double) (num_trials - without) / (double) num_trials;
	figures->loss_quantile = sorted[at];
	figures->tail_loss = mean_of(sorted + at, num_trials - at, pause, NULL);
	figures->worst = sorted[num_trials - 1];
}

/* ---------- networks of operators and services ---------- */

/*
 * How much more an attack costs than it earns, at least: attacks on service s
 * that earn profit[s] need the share threshold[s], above 0, of the stake that
 * secures it.  If each operator's share of what may be earned, "cost", is at
 * most 1 / (1 + buffer) of his stake, no coalition has more to win than to
 * lose.  N. Durvasula and T. Roughgarden, "Robust Restaking Networks",
 * arXiv:2407.21785 (2024), with their condition on each operator.
 * "cost" and "secured" have room for num_operators and num_services numbers.
 * CORE_NULL if nothing can be earned.
 */
core_status
restaking_security(const restaking_network *network, double *cost, double *secured,
				   double *buffer)
{
	double		greatest = 0;

	memset(cost, 0, network->num_operators * sizeof(double));
	memset(secured, 0, network->num_services * sizeof(double));
	for (size_t i = 0; i < network->num_edges; i++)
		secured[network->edge_service[i]] += network->stake[network->edge_operator[i]];
	for (size_t i = 0; i < network->num_edges; i++)
	{
		int			s = network->edge_service[i];

		if (network->profit[s] > 0)
			cost[network->edge_operator[i]] += network->profit[s] / network->threshold[s] /
				secured[s];
	}
	for (size_t i = 0; i < network->num_operators; i++)
		greatest = fmax(greatest, cost[i]);
	if (greatest == 0)
		return CORE_NULL;
	*buffer = 1 / greatest - 1;
	return isfinite(*buffer) ? CORE_OK : CORE_OUT_OF_RANGE;
}

/* The greatest share of all stake that is lost in the end after the share "shock" was. */
double
restaking_bound(double buffer, double shock)
{
	return buffer <= 0 ? 1 : fmin(1, shock + shock / buffer);
}
