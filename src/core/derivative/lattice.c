/*-------------------------------------------------------------------------
 *
 * core/derivative/lattice.c
 *	  Options on a binomial lattice.
 *
 * In each step the price is multiplied by "up" or "down", and an option is
 * worth the discounted mean of what it comes to.  The lattices are those of
 * J. Cox, S. Ross and M. Rubinstein, "Option Pricing: A Simplified Approach",
 * Journal of Financial Economics 7 (1979), and D. Leisen and M. Reimer,
 * "Binomial models for option valuation", Applied Mathematical Finance 3 (1996),
 * with the second inversion of D. Peizer and J. Pratt.
 *
 *-------------------------------------------------------------------------
 */
#include "core/derivative/lattice.h"

#include <math.h>

#include "core/derivative/american.h"

typedef struct lattice_step
{
	double		up;				/* logarithms of the factors */
	double		down;
	double		chance;			/* of up */
	double		discount;
} lattice_step;

/* The chance of a binomial law of n steps that the normal law has below z. */
static double
peizer_pratt(double z, int n)
{
	double		scaled = z / (n + 1.0 / 3 + 0.1 / (n + 1));
	double		off = 0.5 * sqrt(-expm1(-scaled * scaled * (n + 1.0 / 6)));

	return z < 0 ? 0.5 - off : 0.5 + off;
}

static lattice_step
crr_step(double deviation, double growth)
{
	double		up = exp(deviation);

	return (lattice_step) {deviation, -deviation, (exp(growth) - 1 / up) / (up - 1 / up), 1};
}

static lattice_step
leisen_reimer_step(const black_terms *black, double growth, int steps)
{
	double		d1 = black->moneyness / black->deviation + black->deviation / 2;
	double		chance = peizer_pratt(d1 - black->deviation, steps);
	double		of_asset = peizer_pratt(d1, steps);

	return (lattice_step) {growth + log(of_asset / chance),
		growth + log((1 - of_asset) / (1 - chance)), chance, 1};
}

/* What exercise brings where the price is spot * up^i down^j, from two tables, so that no error adds up. */
static double
exercised(const option_terms *option, double ups, double downs)
{
	double		price = ups * downs;

	return option->call ? price - option->strike : option->strike - price;
}

/* Backwards through the lattice; the values at expiry are replaced by those before. */
static double
fold_lattice(const option_terms *option, const lattice_step *step, int steps, bool american,
			 core_pause pause, double *room)
{
	double	   *value = room;
	double	   *ups = room + steps + 1;
	double	   *downs = ups + steps + 1;
	double		by_up = step->chance * step->discount;
	double		by_down = (1 - step->chance) * step->discount;

	for (int i = 0; i <= steps; i++)
	{
		ups[i] = option->spot * exp(step->up * i);
		downs[i] = exp(step->down * i);
	}
	for (int i = 0; i <= steps; i++)
		value[i] = fmax(0, exercised(option, ups[i], downs[steps - i]));
	for (int n = steps - 1; n >= 0; n--)
	{
		if (pause != NULL && n % 256 == 0)
			pause();
		for (int i = 0; i <= n; i++)
			value[i] = by_up * value[i + 1] + by_down * value[i];
		for (int i = 0; american && i <= n; i++)
		{
			double		now = exercised(option, ups[i], downs[n - i]);

			value[i] = value[i] > now ? value[i] : now;
		}
	}
	return value[0];
}

static core_status
certain_price(const option_terms *option, bool american, double *price)
{
	if (!american)
		return option_price(option, price);
	*price = option_certain_value(option);
	return isfinite(*price) ? CORE_OK : CORE_OUT_OF_RANGE;
}

/*
 * The price of an option on a lattice of some steps, 1 to LATTICE_MAX_STEPS; of
 * Leisen and Reimer's an even number becomes the next odd one.  "room" has
 * LATTICE_ROOM(steps) doubles.  CORE_NULL: a step has no chance between 0 and 1,
 * as the steps are too long for drift or volatility.
 */
core_status
lattice_price(const option_terms *option, int steps, bool american, lattice_method method,
			  core_pause pause, double *room, double *price)
{
	black_terms black;
	lattice_step step;
	double		time;

	if (method == LATTICE_LEISEN_REIMER)
		steps |= 1;
	time = option->years / steps;
	if (!black_terms_of(option, &black))
		return CORE_OUT_OF_RANGE;
	if (!(black.deviation > 0))
		return certain_price(option, american, price);
	if (method == LATTICE_CRR)
		step = crr_step(option->volatility * sqrt(time), (option->rate - option->yield) * time);
	else
		step = leisen_reimer_step(&black, (option->rate - option->yield) * time, steps);
	step.discount = exp(-option->rate * time);
	if (!(step.chance > 0 && step.chance < 1 && isfinite(step.up) && isfinite(step.down)))
		return CORE_NULL;
	*price = fold_lattice(option, &step, steps, american, pause, room);
	return isfinite(*price) ? CORE_OK : CORE_OUT_OF_RANGE;
}
