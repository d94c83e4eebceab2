/*-------------------------------------------------------------------------
 *
 * core/derivative/american.c
 *	  Options that may be exercised at any time until expiry.
 *
 * An American put is exercised at once when the price falls to a boundary that
 * depends on the time left.  It is worth the European put and the interest on
 * the strike, less the yield of the asset, over the time that it spends below
 * (I. J. Kim, "The Analytic Valuation of American Options", Review of Financial
 * Studies 3, 1990).  The boundary is the fixed point of an integral equation:
 * L. Andersen, M. Lake and D. Offengenden, "High-performance American option
 * pricing", Journal of Computational Finance 20 (2016).  As there, the square of
 * its logarithm is a polynomial in the root of the time left, through Chebyshev's
 * nodes.  Here the integrals over the time left are taken in the angle whose
 * sine is the root of the time passed and whose cosine is the root of the rest:
 * the boundary is smooth in both, so that few points do.
 *
 * A call is a put with spot and strike, and rate and yield, exchanged (R. McDonald
 * and M. Schroder, "A parity result for American options", 1998).
 *
 *-------------------------------------------------------------------------
 */
#include "core/derivative/american.h"

#include <math.h>

#include "core/base/normal.h"
#include "core/base/quadrature.h"

#define HALF_PI			1.57079632679489661923
#define SQRT_TWO_PI		2.50662827463100050242
#define MAX_NODES		12
#define MAX_POINTS		24

/*
 * A pass that moves the logarithm of the boundary by so little that the premium
 * cannot move by more than that is the last; where there is hardly any premium,
 * one that moves it by LARGE_CHANGE.
 */
#define LAST_MOVE		1e-5
#define LARGE_CHANGE	5e-3
#define MAX_PASSES		60

/* Drift upwards, in deviations, that is too strong for the equation of the slope */
#define STRONG_DRIFT	1

/* What is discounted by exp(-20), or is as unlikely, does not count */
#define NEGLIGIBLE		20

/* The coarse grid does up to this variance, and this interest, until expiry */
#define COARSE_VARIANCE	1.5
#define COARSE_INTEREST	0.6

/* Above this variance until expiry no grid is fine enough; above the less an option without expiry is closer */
#define MAX_VARIANCE		128
#define PERPETUAL_VARIANCE	64

/* Interest so small, or a deviation, makes less than 1e-9 of the strike */
#define NO_INTEREST		1e-9
#define NO_DEVIATION	1e-8

/* Beyond this logarithm of spot over strike nothing is left to decide */
#define FAR_OFF			500

/* A point of Gauss and Legendre's rule in the angle from 0 to half pi: its sine, cosine and weight. */
typedef struct angle_point
{
	double		sine;
	double		cosine;
	double		weight;			/* of the rule, times the cosine */
} angle_point;

typedef struct collocation
{
	int			nodes;			/* beside that at expiry */
	int			points;
	const angle_point *point;
} collocation;

static const angle_point twelve_points[12] = {
	{0.0144817377622976507, 0.999895134137267438, 0.0370475371262314406},
	{0.0752349739158396926, 0.9971658330989299, 0.0837519086947149326},
	{0.179735943801670273, 0.983714892896169802, 0.1236777764790287},
	{0.318474464998523324, 0.947931440107302455, 0.151258883053738109},
	{0.476354568549496668, 0.879253276946991469, 0.161241518725147966},
	{0.63425156629817823, 0.773126736472298975, 0.151285155435143517},
	{0.773126736472298975, 0.63425156629817823, 0.12411011321407212},
	{0.879253276946991469, 0.476354568549496668, 0.0873560964723183688},
	{0.947931440107302455, 0.318474464998523324, 0.0508181180817892709},
	{0.983714892896169802, 0.179735943801670273, 0.0225973420177715318},
	{0.9971658330989299, 0.0752349739158396926, 0.00631898171487342695},
	{0.999895134137267438, 0.0144817377622976507, 0.00053656898517061549}
};

static const angle_point many_points[24] = {
	{0.0037799395738572043, 0.999992856002890647, 0.00969270997378908291},
	{0.0198468425597120286, 0.999803032022012825, 0.022404086471363638},
	{0.0484600663275152688, 0.998825120815216992, 0.0347345622110698145},
	{0.0890907588868449851, 0.996023512112523402, 0.0463878027155222114},
	{0.140899687718057071, 0.990023877490312855, 0.0570315053652947517},
	{0.202691781157976664, 0.979242585803439666, 0.0662884505891793801},
	{0.272881173738623468, 0.962047745706537786, 0.0737597293329495719},
	{0.349488517978135279, 0.936940646893626135, 0.0790651722715742013},
	{0.430184856284270982, 0.90274082073631805, 0.0818947872061307656},
	{0.512388822466014921, 0.858753570363402124, 0.0820622902160080013},
	{0.593413983314201884, 0.804897412349655978, 0.0795500292219503007},
	{0.670652432211737513, 0.741771740610601059, 0.0745350222943940243},
	{0.741771740610601059, 0.670652432211737513, 0.0673887818178996291},
	{0.804897412349655978, 0.593413983314201884, 0.0586485917199741938},
	{0.858753570363402124, 0.512388822466014921, 0.0489637559641832803},
	{0.90274082073631805, 0.430184856284270982, 0.0390254837883204939},
	{0.936940646893626135, 0.349488517978135279, 0.0294921241516119371},
	{0.962047745706537786, 0.272881173738623468, 0.0209216658994783115},
	{0.979242585803439666, 0.202691781157976664, 0.0137209352564046758},
	{0.990023877490312855, 0.140899687718057071, 0.00811669443410909499},
	{0.996023512112523402, 0.0890907588868449851, 0.00414922388554241037},
	{0.998825120815216992, 0.0484600663275152688, 0.00168521911746856082},
	{0.999803032022012825, 0.0198468425597120286, 0.000444737976031201308},
	{0.999992856002890647, 0.0037799395738572043, 0.0000366381197504673694}
};

/* Enough for short options, and for those with more years or more volatility */
static const collocation coarse = {8, 12, twelve_points};
static const collocation fine = {12, 24, many_points};

/* A time in the integral of a node, and what depends on that alone; or expiry itself. */
typedef struct node_time
{
	double		inverse;		/* of the deviation until then */
	double		deviation;
	double		drift;			/* what d1 is where the boundary stays */
	double		by_rate;		/* weight of the terms of the strike, and of the asset */
	double		by_yield;
	double		basis[MAX_NODES + 1];	/* Chebyshev's polynomials then */
} node_time;

/* A put with a strike of 1 and a positive rate, and its boundary */
typedef struct american_put
{
	double		rate;
	double		yield;
	double		volatility;
	double		years;			/* those that count */
	double		top;			/* logarithm of the boundary at expiry */
	const collocation *grid;
	double		cosine[2 * MAX_NODES];

	/* of each node: the root of the time left as a part, and how far below top the logarithm is */
	double		root[MAX_NODES + 1];
	double		below[MAX_NODES + 1];

	/* coefficients of the square of that, in Chebyshev's polynomials */
	double		series[MAX_NODES + 1];

	node_time	expiry[MAX_NODES + 1];
	node_time	time[MAX_NODES + 1][MAX_POINTS];
} american_put;

/* ---------- the boundary between its nodes ---------- */

/* Chebyshev's polynomials where the root of the time left is this part of the whole. */
static void
set_polynomials(int nodes, double root, double *value)
{
	double		z = 2 * root - 1;

	value[0] = 1;
	value[1] = z;
	for (int k = 2; k <= nodes; k++)
		value[k] = 2 * z * value[k - 1] - value[k - 2];
}

/* The logarithm of the boundary from the polynomials there. */
static double
log_boundary(const american_put *put, const double *polynomial)
{
	double		square = 0;
	double		odd = 0;

	/* the number of nodes is even */
	for (int k = 0; k < put->grid->nodes; k += 2)
	{
		square += put->series[k] * polynomial[k];
		odd += put->series[k + 1] * polynomial[k + 1];
	}
	square += odd + put->series[put->grid->nodes] * polynomial[put->grid->nodes];
	return square > 0 ? put->top - sqrt(square) : put->top;
}

/* The coefficients from the values at the nodes. */
static void
fit_series(american_put *put)
{
	int			n = put->grid->nodes;

	for (int k = 0; k <= n; k++)
	{
		double		sum = 0;

		for (int i = 1; i <= n; i++)
			sum += put->below[i] * put->below[i] * put->cosine[k * (n - i) % (2 * n)] / (i < n ? 1 : 2);
		put->series[k] = sum * (k == 0 || k == n ? 1 : 2) / n;
	}
}

/* ---------- the first guess ---------- */

/* The power of 1/spot by which a put without expiry falls above its boundary. */
static double
perpetual_power(const american_put *put)
{
	double		variance = put->volatility * put->volatility;
	double		drift = put->rate - put->yield - variance / 2;
	double		root = sqrt(drift * drift + 2 * put->rate * variance);

	return drift > 0 ? (drift + root) / variance : 2 * put->rate / (root - drift);
}

/* The logarithm of the boundary of a put without expiry, which is below all others. */
static double
log_perpetual(const american_put *put)
{
	return -log1p(1 / perpetual_power(put));
}

/* Its price by the strike (R. C. Merton, 1973); log_spot is that of spot over strike. */
static double
perpetual_price(const american_put *put, double log_spot)
{
	double		boundary = log_perpetual(put);

	if (log_spot <= boundary)
		return -expm1(log_spot);
	return -expm1(boundary) * exp(-perpetual_power(put) * (log_spot - boundary));
}

/*
 * Between the boundary at expiry and the perpetual one, as G. Barone-Adesi and
 * R. Whaley began their search ("Efficient Analytic Approximation of American
 * Option Values", Journal of Finance 42, 1987).
 */
static void
guess_boundary(american_put *put)
{
	double		lowest = exp(log_perpetual(put));
	double		highest = exp(put->top);

	put->below[0] = 0;
	for (int i = 1; i <= put->grid->nodes; i++)
	{
		double		time = put->years * put->root[i] * put->root[i];
		double		pull = fmin(0, fmax(0, put->rate - put->yield) * time -
								2 * put->volatility * sqrt(time)) / (1 - lowest / highest);

		put->below[i] = put->top - log(lowest + (highest - lowest) * exp(pull));
	}
	fit_series(put);
}

/* ---------- the passes ---------- */

/* What is above and below the line in the equation of the boundary. */
typedef struct boundary_quotient
{
	double		above;
	double		below;
} boundary_quotient;

/*
 * The equation from the value of the put, which is the intrinsic value at the
 * boundary, or from its slope, which is -1 there.  That of the slope converges
 * faster, unless drift outweighs volatility.  "log_ratio" is that of the boundary
 * now to the price that counts then.
 */
static void
add_terms(const node_time *t, double log_ratio, bool by_value, boundary_quotient *sum)
{
	double		d1 = log_ratio * t->inverse + t->drift;
	double		d2 = d1 - t->deviation;

	if (by_value)
		sum->above += t->by_rate * normal_tail(-d2);
	else
		sum->above += t->by_rate * t->inverse / SQRT_TWO_PI * exp(-d2 * d2 / 2);
	if (t->by_yield == 0)
		return;
	sum->below += t->by_yield * normal_tail(-d1);
	if (!by_value)
		sum->below += t->by_yield * t->inverse / SQRT_TWO_PI * exp(-d1 * d1 / 2);
}

/* How far below top the equation has the boundary at a node, from the boundary as it is. */
static double
next_below(const american_put *put, int node, bool by_value)
{
	double		here = put->top - put->below[node];
	boundary_quotient sum = {0, 0};
	double		next;

	add_terms(&put->expiry[node], here, by_value, &sum);
	for (int k = 0; k < put->grid->points; k++)
	{
		const node_time *t = &put->time[node][k];

		add_terms(t, here - log_boundary(put, t->basis), by_value, &sum);
	}
	next = put->top - log(sum.above / sum.below);
	return isfinite(next) ? fmax(next, 0) : put->below[node];
}

/* The greatest change of a node. */
static double
pass_over_nodes(american_put *put, bool by_value)
{
	double		next[MAX_NODES + 1];
	double		change = 0;

	for (int i = 1; i <= put->grid->nodes; i++)
	{
		next[i] = next_below(put, i, by_value);
		change = fmax(change, fabs(next[i] - put->below[i]));
	}
	for (int i = 1; i <= put->grid->nodes; i++)
		put->below[i] = next[i];
	fit_series(put);
	return change;
}

/* The root of a time from now, and the weights of interest and yield before they are discounted. */
static node_time
time_from(const american_put *put, double root, double interest, double yield)
{
	node_time	t;

	t.deviation = put->volatility * root;
	t.inverse = 1 / t.deviation;
	t.drift = (put->rate - put->yield) * root / put->volatility + t.deviation / 2;
	t.by_rate = interest * exp(-put->rate * root * root);
	t.by_yield = yield == 0 ? 0 : yield * exp(-put->yield * root * root);
	return t;
}

/* Where the nodes and the times of their integrals are, and what depends on that alone. */
static void
set_grid(american_put *put)
{
	const collocation *grid = put->grid;

	for (int i = 0; i < 2 * grid->nodes; i++)
		put->cosine[i] = cos(i * 2 * HALF_PI / grid->nodes);
	for (int i = 1; i <= grid->nodes; i++)
	{
		double		root;

		put->root[i] = (1 - put->cosine[i]) / 2;
		root = sqrt(put->years) * put->root[i];
		put->expiry[i] = time_from(put, root, 1, 1);
		for (int k = 0; k < grid->points; k++)
		{
			const angle_point *p = &grid->point[k];
			double		weight = 2 * root * root * p->sine * p->weight;

			put->time[i][k] = time_from(put, root * p->sine, weight * put->rate, weight * put->yield);
			set_polynomials(grid->nodes, put->root[i] * p->cosine, put->time[i][k].basis);
		}
	}
}

/*
 * The equation of the slope is passed over until it changes no more, and where
 * it does not converge that of the value.
 */
static void
find_boundary(american_put *put)
{
	double		drift = (put->rate - put->yield) * sqrt(put->years) / put->volatility;
	double		change = fmin(LARGE_CHANGE,
							  LAST_MOVE * put->volatility / put->rate / sqrt(put->years));
	bool		by_value = drift > STRONG_DRIFT;

	set_grid(put);
	guess_boundary(put);
	for (int pass = 0; pass < MAX_PASSES; pass++)
	{
		if (pass_over_nodes(put, by_value) <= (by_value ? change / 10 : change))
			return;
		if (!by_value && pass == MAX_PASSES / 3)
		{
			by_value = true;
			guess_boundary(put);
		}
	}
}

/* ---------- the price ---------- */

/* What exercise earns at a point of time, from the logarithm of the spot over the strike. */
typedef struct premium_context
{
	const american_put *put;
	double		log_spot;
} premium_context;

static double
premium_at(const premium_context *c, double sine, double cosine)
{
	const american_put *put = c->put;
	double		u = put->years * sine * sine;
	double		deviation = put->volatility * sqrt(u);
	double		polynomial[MAX_NODES + 1];
	double		d2;

	set_polynomials(put->grid->nodes, cosine, polynomial);
	d2 = (c->log_spot - log_boundary(put, polynomial) + (put->rate - put->yield) * u) / deviation -
		deviation / 2;
	return 2 * put->years * sine *
		(put->rate * exp(-put->rate * u) * normal_tail(d2) -
		 put->yield * exp(c->log_spot - put->yield * u) * normal_tail(d2 + deviation));
}

static double
premium_of_angle(double angle, const void *context)
{
	return angle > 0 ? cos(angle) * premium_at(context, sin(angle), cos(angle)) : 0;
}

/* The integral over time; of a fine grid with care for where the price drifts over the boundary. */
static double
exercise_premium(const american_put *put, double log_spot)
{
	premium_context c = {put, log_spot};
	double		reach = (log_spot - put->top) / (put->yield - put->rate) / put->years;
	double		edge[3] = {0, reach > 0 && reach < 1 ? asin(sqrt(reach)) : HALF_PI / 2, HALF_PI};
	double		sum = 0;

	if (put->grid == &fine)
		return quadrature(premium_of_angle, &c, edge, 3);
	for (int k = 0; k < MAX_POINTS; k++)
		sum += many_points[k].weight * premium_at(&c, many_points[k].sine, many_points[k].cosine);
	return sum;
}

/*
 * The years after which nothing is decided any more: what comes then is
 * discounted away, or the price has drifted off long before.
 */
static double
years_that_count(const american_put *put, double years, double log_spot)
{
	double		variance = put->volatility * put->volatility;
	double		drift = put->rate - put->yield - variance / 2;
	double		way = fabs(log_spot) - log_perpetual(put);

	return fmin(years, (NEGLIGIBLE + fabs(drift) * way / variance) /
				(put->rate + drift * drift / (2 * variance)));
}

static american_put
put_of(const option_terms *option, double log_spot)
{
	american_put put = {.rate = option->rate, .yield = option->yield,
		.volatility = option->volatility, .grid = &coarse};

	put.top = put.yield > put.rate ? log(put.rate / put.yield) : 0;
	put.years = years_that_count(&put, option->years, log_spot);
	return put;
}

/* What early exercise adds to a put by its strike; infinite where it pays at once. */
static double
put_premium(american_put *put, double log_spot)
{
	if (put->volatility * put->volatility * put->years > COARSE_VARIANCE ||
		fmax(put->rate, fabs(put->yield)) * put->years > COARSE_INTEREST ||
		put->yield - put->rate > put->volatility / sqrt(put->years))
		put->grid = &fine;
	find_boundary(put);
	if (log_spot <= put->top - put->below[put->grid->nodes])
		return INFINITY;
	return exercise_premium(put, log_spot);
}

/*
 * The greatest value of an option whose price moves without chance: it is
 * exercised now, at expiry, or when interest and yield balance.
 */
double
option_certain_value(const option_terms *option)
{
	double		sign = option->call ? 1 : -1;
	double		drift = option->rate - option->yield;
	double		balance = log((option->strike * option->rate) / (option->spot * option->yield)) / drift;
	double		best = 0;
	double		when[3] = {0, option->years, balance > 0 && balance < option->years ? balance : 0};

	for (int i = 0; i < 3; i++)
		best = fmax(best, sign * (option->spot * exp(-option->yield * when[i]) -
								  option->strike * exp(-option->rate * when[i])));
	return best;
}

/* At the boundary, or below, the put is exercised, which a premium of infinity says. */
static double
better_of(const option_terms *put, double european, double premium)
{
	double		exercised = put->strike - put->spot;

	return premium == INFINITY ? fmax(exercised, 0) : fmax(european + fmax(premium, 0), exercised);
}

/*
 * The price of a put that may be exercised early for the interest, whose price
 * at expiry alone is "price".  So much variance that no grid is fine enough comes
 * with what discounts all but the first years: then the option is as good as one
 * without expiry.
 */
static core_status
exercised_early(const option_terms *option, double log_spot, double *price)
{
	american_put put = put_of(option, log_spot);
	double		variance = put.volatility * put.volatility * put.years;

	if (variance > PERPETUAL_VARIANCE && put.years < option->years)
		*price = option->strike * perpetual_price(&put, log_spot);
	else if (variance > MAX_VARIANCE)
		return CORE_OUT_OF_RANGE;
	else
		*price = better_of(option, *price, put_premium(&put, log_spot) * option->strike);
	return CORE_OK;
}

/*
 * The price of an American option, within 1e-6 of the strike.  CORE_BAD_PARAMETER:
 * there are two boundaries, as the yield is below a negative rate (of a put; of a
 * call the other way round).  CORE_OUT_OF_RANGE also for a variance until expiry
 * above MAX_VARIANCE, unless the option is as good as one without expiry.
 */
core_status
american_price(const option_terms *option, double *price)
{
	option_terms put = *option;
	core_status status = CORE_OK;
	double		log_spot;

	if (option->call)
		put = (option_terms) {false, option->strike, option->spot, option->years,
			option->volatility, option->yield, option->rate};
	if (put.rate <= 0 && put.yield < put.rate)
		return CORE_BAD_PARAMETER;
	if (option_price(option, price) != CORE_OK)
		return CORE_OUT_OF_RANGE;
	log_spot = log(put.spot) - log(put.strike);
	if (put.volatility * sqrt(put.years) < NO_DEVIATION)
		*price = fmax(*price, option_certain_value(&put));
	else if (put.rate > 0 && put.rate * put.years > NO_INTEREST && fabs(log_spot) < FAR_OFF)
		status = exercised_early(&put, log_spot, price);
	else
		*price = better_of(&put, *price, 0);
	return status == CORE_OK && !isfinite(*price) ? CORE_OUT_OF_RANGE : status;
}
