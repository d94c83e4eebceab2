/*
 * Unit tests of core/liquidity/range.c: the closed forms against each other,
 * against quadrature, against the differential equations they solve, against
 * optional stopping and against simulated walks.
 */
#include "test.h"

#include <float.h>
#include <math.h>

#include "core/liquidity/range.h"

#define PI	3.14159265358979323846

/* A walk from between the logarithms -below and above */
static range_walk
walk_of(double below, double above, double sigma, double drift)
{
	return (range_walk) {below, above, sigma, drift};
}

static range_walk
random_walk(uint64_t *seed)
{
	double		sigma = 0.02 + next_fraction(seed);

	return walk_of(0.01 + next_fraction(seed), 0.01 + next_fraction(seed), sigma,
				   4 * (next_fraction(seed) - 0.5) * sigma);
}

#define assert_near(a, b, tolerance)	assert_true(fabs((a) - (b)) <= (tolerance))

static double
normal_cdf(double x)
{
	return 0.5 * erfc(-x / sqrt(2));
}

/* ---------- the first exit ---------- */

static void
images_and_modes_agree(void **state)
{
	uint64_t	seed = 1;

	(void) state;
	for (int i = 0; i < 20000; i++)
	{
		range_walk	w = random_walk(&seed);
		double		spread = 0.32 + 0.9 * next_fraction(&seed);
		double		years = pow((w.below + w.above) * spread / w.sigma, 2);
		double		images,
					modes;

		w.drift = 6 * (next_fraction(&seed) - 0.5) * w.sigma / sqrt(years);
		images = range_exit_by_images(&w, years);
		modes = range_exit_by_modes(&w, years);
		assert_near(images, modes, 1e-12);
		assert_true(images >= 0 && images <= 1);
		assert_near(range_exit_by(&w, years), images, 1e-12);
	}
}

static void
exit_is_monotone(void **state)
{
	uint64_t	seed = 2;

	(void) state;
	for (int i = 0; i < 2000; i++)
	{
		range_walk	w = random_walk(&seed);
		range_walk	mirror = walk_of(w.above, w.below, w.sigma, -w.drift);
		double		last = 0;

		for (double years = 1e-5; years < 30; years *= 1.7)
		{
			double		now = range_exit_by(&w, years);
			range_walk	wider = w;

			wider.above *= 1.05;
			assert_true(now >= last - 1e-13 && now <= 1);
			assert_true(range_exit_by(&wider, years) <= now + 1e-13);
			assert_near(range_exit_by(&mirror, years), now, 1e-13);
			/* whoever is outside has left */
			assert_true(now >= 1 - range_inside_at(&w, years) - 1e-13);
			last = now;
		}
	}
}

/* With one bound far away the exit is the first passage, inverse Gaussian. */
static void
exit_through_one_bound_is_first_passage(void **state)
{
	uint64_t	seed = 3;

	(void) state;
	for (int i = 0; i < 2000; i++)
	{
		double		b = 0.05 + next_fraction(&seed);
		double		sigma = 0.1 + next_fraction(&seed);
		double		years = pow(b / sigma * (0.2 + 2 * next_fraction(&seed)), 2);
		double		drift = 2 * (next_fraction(&seed) - 0.5) * sigma / sqrt(years);
		double		s = sigma * sqrt(years);
		range_walk	w = walk_of(60 * s, b, sigma, drift);
		double		passage = normal_cdf((drift * years - b) / s) +
			exp(2 * drift * b / (sigma * sigma)) * normal_cdf((-b - drift * years) / s);

		assert_near(range_exit_by(&w, years), passage, 1e-12);
	}
}

/* Small probabilities keep their digits: twice the tail, to the first order. */
static void
small_probabilities_keep_their_digits(void **state)
{
	range_walk	w = walk_of(1, 1, 0.1, 0);

	(void) state;
	assert_close(range_exit_by(&w, 1), 2 * erfc(10 / sqrt(2)), 1e-12);
	assert_close(range_exit_by(&w, 0.1), 2 * erfc(10 * sqrt(10) / sqrt(2)), 1e-11);
	w = walk_of(1, 2, 0.1, 0);
	assert_close(range_exit_by(&w, 1), erfc(10 / sqrt(2)), 1e-12);
}

/* Exit by T of simulated walks; between steps a bound is crossed as by a bridge. */
static void
exit_is_that_of_simulated_walks(void **state)
{
	static const double cases[][4] = {
		{0.1, 0.1, 0.5, 0.3}, {0.05, 0.2, 0.6, -1}, {0.3, 0.02, 0.4, 0}
	};
	const int	num_paths = 20000;
	const int	num_steps = 100;
	const double years = 0.08;
	uint64_t	seed = 4;

	(void) state;
	for (int c = 0; c < 3; c++)
	{
		range_walk	w = walk_of(cases[c][0], cases[c][1], cases[c][2], cases[c][3]);
		double		dt = years / num_steps;
		double		sd = w.sigma * sqrt(dt);
		double		sum = 0,
					squares = 0,
					expected = range_exit_by(&w, years);

		for (int i = 0; i < num_paths; i++)
		{
			double		x = 0,
						survives = 1;

			for (int k = 0; k < num_steps && survives > 0; k++)
			{
				double		z = sqrt(-2 * log(1 - next_fraction(&seed))) *
					cos(2 * PI * next_fraction(&seed));
				double		to = x + w.drift * dt + sd * z;

				if (to <= -w.below || to >= w.above)
					survives = 0;
				else
					survives *= (1 - exp(-2 * (w.above - x) * (w.above - to) / (sd * sd))) *
						(1 - exp(-2 * (w.below + x) * (w.below + to) / (sd * sd)));
				x = to;
			}
			sum += 1 - survives;
			squares += (1 - survives) * (1 - survives);
		}
		sum /= num_paths;
		squares = sqrt((squares / num_paths - sum * sum) / num_paths);
		assert_near(sum, expected, 4 * squares);
	}
}

static double
up(range_walk w)
{
	double		p;

	assert_int_equal(range_exit_up(&w, &p), CORE_OK);
	return p;
}

static double
exit_time(range_walk w)
{
	double		years;

	assert_int_equal(range_exit_time(&w, &years), CORE_OK);
	return years;
}

/* The same range, the price moved by x */
static range_walk
moved(range_walk w, double x)
{
	w.below += x;
	w.above -= x;
	return w;
}

/* sigma^2/2 u'' + drift u' is 0 for the one and -1 for the other. */
static void
exits_solve_their_equations(void **state)
{
	uint64_t	seed = 5;

	(void) state;
	for (int i = 0; i < 5000; i++)
	{
		range_walk	w = random_walk(&seed);
		double		h = 1e-3 * fmin(fmin(w.below, w.above), w.sigma * w.sigma /
									(fabs(w.drift) + 1e-3));
		double		v = w.sigma * w.sigma / 2;
		double		p0 = up(moved(w, -h)),
					p1 = up(w),
					p2 = up(moved(w, h));
		double		t0 = exit_time(moved(w, -h)),
					t1 = exit_time(w),
					t2 = exit_time(moved(w, h));

		assert_near(v * (p0 - 2 * p1 + p2) / (h * h) + w.drift * (p2 - p0) / (2 * h), 0,
					1e-4 * v * fabs(p2 - p0) / (h * h) + 1e-12 * v / (h * h));
		assert_near(v * (t0 - 2 * t1 + t2) / (h * h) + w.drift * (t2 - t0) / (2 * h), -1,
					1e-4 + 1e-13 * v * t1 / (h * h));
		assert_near(up(walk_of(w.above, w.below, w.sigma, -w.drift)), 1 - p1, 1e-14);
		assert_close(exit_time(walk_of(w.above, w.below, w.sigma, -w.drift)), t1, 1e-12);
		/* Wald: drift times time is where the walk is */
		assert_near(w.drift * t1, w.above * p1 - w.below * (1 - p1), 1e-14);
	}
	/* the bounds */
	assert_same(up(walk_of(0, 1, 1, 0.3)), 0);
	assert_same(up(walk_of(-1, 2, 1, 0.3)), 0);
	assert_same(up(walk_of(2, 0, 1, 0.3)), 1);
	assert_same(exit_time(walk_of(0, 1, 1, 0.3)), 0);
	assert_same(exit_time(walk_of(2, -1, 1, 0.3)), 0);
	/* without drift, and about it */
	assert_close(exit_time(walk_of(0.3, 0.2, 0.5, 0)), 0.24, 1e-15);
	assert_close(up(walk_of(0.3, 0.2, 0.5, 0)), 0.6, 1e-15);
	for (double drift = 1e-300; drift < 1e-3; drift *= 10)
	{
		assert_close(exit_time(walk_of(0.3, 0.2, 0.5, drift)), 0.24, drift * 10 + 1e-15);
		assert_close(up(walk_of(0.3, 0.2, 0.5, -drift)), 0.6, drift * 10 + 1e-15);
	}
}

/* The mean time to the exit is the integral of the probability to stay. */
static void
exit_time_is_the_integral_of_staying(void **state)
{
	uint64_t	seed = 6;

	(void) state;
	for (int i = 0; i < 60; i++)
	{
		range_walk	w = random_walk(&seed);
		double		mean = exit_time(w);
		double		sum = 0;
		int			n = 4000;

		/* t = mean * exp(s), by the trapezoidal rule */
		for (int k = 0; k <= n; k++)
		{
			double		s = -25 + 38.0 * k / n;
			double		t = mean * exp(s);

			sum += (1 - range_exit_by(&w, t)) * t * 38 / n;
		}
		assert_close(sum, mean, 1e-9);
	}
}

/* ---------- where the price is ---------- */

/* Simpson's rule over t = years * s^2 */
static double
time_by_simpson(const range_walk *w, double years, int n)
{
	double		sum = 0;

	for (int k = 1; k <= n; k++)
	{
		double		s = (double) k / n;

		sum += (k == n ? 1 : k % 2 == 1 ? 4 : 2) * 2 * s * range_inside_at(w, years * s * s);
	}
	return years * sum / (3 * n);
}

static void
time_inside_is_the_integral_of_being_inside(void **state)
{
	uint64_t	seed = 7;

	(void) state;
	for (int i = 0; i < 300; i++)
	{
		range_walk	w = random_walk(&seed);
		double		years = pow((w.below + w.above) / w.sigma * (0.2 + 2 * next_fraction(&seed)), 2);
		double		got;

		w.drift = 8 * (next_fraction(&seed) - 0.5) * w.sigma / sqrt(years);
		if (i % 3 == 0)
			w = moved(w, w.above * (1 + next_fraction(&seed)));
		if (i % 3 == 1)
			w = moved(w, -w.below * (1 + next_fraction(&seed)));
		got = range_time_inside(&w, years);
		assert_near(got, time_by_simpson(&w, years, 4000), 1e-8 * years);
		assert_near(got, range_time_by_places(&w, years), 1e-12 * years);
		assert_true(got >= 0 && got <= years);
	}
}

/*
 * Without drift and with the price in the middle: the published closed form
 * (smolquants/kodiak-simulations-2023-07, math.py).
 */
static void
time_inside_is_the_published_one(void **state)
{
	(void) state;
	for (double delta = 0.01; delta < 3; delta *= 1.3)
	{
		range_walk	w = walk_of(delta, delta, 0.6, 0);
		double		t = 0.7;
		double		d = delta / 0.6;
		double		expected = (d * d + t) * erf(d / sqrt(2 * t)) +
			sqrt(2 / PI) * d * sqrt(t) * exp(-d * d / (2 * t)) - d * d;

		assert_near(range_time_inside(&w, t), expected, 2e-13);
	}
}

/* A strong drift, a narrow range, hardly any volatility: all tend to what is plain. */
static void
time_inside_has_its_limits(void **state)
{
	range_walk	w = walk_of(0.1, 0.2, 1e-12, 1);
	double		last = 1;

	(void) state;
	assert_close(range_time_inside(&w, 1), 0.2, 1e-9);
	w.sigma = 0;
	assert_close(range_time_inside(&w, 1), 0.2, 1e-14);
	assert_close(range_time_inside(&w, 0.1), 0.1, 1e-14);
	w.drift = 0;
	assert_same(range_time_inside(&w, 3), 3);
	w = walk_of(-0.1, 0.3, 0, 1);
	assert_close(range_time_inside(&w, 1), 0.2, 1e-14);
	w = walk_of(0.3, -0.1, 0, 1);
	assert_same(range_time_inside(&w, 1), 0);
	for (double sigma = 0.05; sigma > 1e-7; sigma /= 2)
	{
		w = walk_of(0.1, 0.2, sigma, 1);
		/* time below b less time below a: (above)/drift + sigma^2/2 less the tail below a */
		assert_near(range_time_inside(&w, 1), 0.2 + sigma * sigma / 2 *
					-expm1(-2 * 0.1 / (sigma * sigma)), 1e-12);
	}
	for (double width = 1; width > 1e-12; width /= 3)
	{
		double		share;

		w = walk_of(width, width, 1, 0.3);
		share = range_time_inside(&w, 1);
		assert_true(share < last);
		/* the density of visits where the walk starts: (Q(-d) - Q(d))/d, d = 0.3 */
		if (width < 1e-6)
			assert_close(share, 2 * width * erf(0.3 / sqrt(2)) / 0.3, 1e-5);
		last = share;
	}
}

static void
inside_at_is_the_normal_law(void **state)
{
	uint64_t	seed = 8;

	(void) state;
	for (int i = 0; i < 2000; i++)
	{
		range_walk	w = random_walk(&seed);
		double		years = 3 * next_fraction(&seed) + 0.01;
		double		s = w.sigma * sqrt(years);
		range_walk	down = w,
					higher = w;
		double		here = range_inside_at(&w, years);

		assert_near(here, normal_cdf((w.above - w.drift * years) / s) -
					normal_cdf((-w.below - w.drift * years) / s), 1e-14);
		/* adjacent ranges add up, down to very narrow ones */
		higher.below = -(w.above - 1e-4);
		down.above = w.above - 1e-4;
		assert_near(range_inside_at(&down, years) + range_inside_at(&higher, years), here, 1e-14);
	}
}

/* ---------- averages ---------- */

static double
exponential(double x, const void *context)
{
	(void) context;
	return exp(x);
}

static double
plain(double x, const void *context)
{
	(void) context;
	return x;
}

static double
constant(double x, const void *context)
{
	(void) x;
	(void) context;
	return 1;
}

/*
 * Optional stopping: f(X) less the integral of Lf is a martingale, with
 * Lf = sigma^2/2 f'' + drift f'.
 */
static void
averages_until_exit_are_those_of_optional_stopping(void **state)
{
	uint64_t	seed = 9;

	(void) state;
	for (int i = 0; i < 500; i++)
	{
		range_walk	w = random_walk(&seed);
		double		t = exit_time(w);
		double		p = up(w);
		double		mu = w.drift + w.sigma * w.sigma / 2;
		double		mean = range_average_until_exit(&w, plain, NULL);

		/* f = exp(x), and f = x^2 */
		assert_near(range_average_until_exit(&w, exponential, NULL) * t * mu,
					p * exp(w.above) + (1 - p) * exp(-w.below) - 1, 1e-11);
		assert_near((w.sigma * w.sigma + 2 * w.drift * mean) * t,
					p * w.above * w.above + (1 - p) * w.below * w.below, 1e-11);
		assert_close(range_average_until_exit(&w, constant, NULL), 1.0, 1e-12);
	}
	{
		range_walk	w = walk_of(0.1, 0.4, 0, 0.3);

		assert_close(range_average_until_exit(&w, plain, NULL), 0.2, 1e-14);
		w.drift = 0;
		assert_same(range_average_until_exit(&w, plain, NULL), 0);
		/* a drift so strong that the deviation does not show */
		w = walk_of(0.1, 0.4, 1e-7, 0.3);
		assert_close(range_average_until_exit(&w, plain, NULL), 0.2, 1e-9);
		w = walk_of(0.4, 0.1, 1e-7, -0.3);
		assert_close(range_average_until_exit(&w, plain, NULL), -0.2, 1e-9);
	}
}

static void
averages_over_time_are_those_of_the_price(void **state)
{
	uint64_t	seed = 10;

	(void) state;
	for (int i = 0; i < 300; i++)
	{
		range_walk	w = walk_of(60, 60, 0.05 + next_fraction(&seed), 0);
		double		years = 0.01 + next_fraction(&seed);
		double		mu;

		w.drift = 6 * (next_fraction(&seed) - 0.5) * w.sigma / sqrt(years);
		mu = w.drift + w.sigma * w.sigma / 2;
		assert_close(range_average_over_time(&w, years, exponential, NULL) * years,
					 expm1(mu * years) / mu, 1e-11);
		assert_close(range_average_at(&w, years, exponential, NULL), exp(mu * years), 1e-11);
		w.below = 0.1 * next_fraction(&seed);
		w.above = 0.1 * next_fraction(&seed) + 1e-4;
		assert_near(range_average_at(&w, years, constant, NULL), range_inside_at(&w, years), 1e-12);
	}
}

/* ---------- without volatility, and drift of staking tokens ---------- */

static void
pure_drift(void **state)
{
	range_walk	w;
	double		x;

	(void) state;
	assert_int_equal(range_walk_init(&w, 1, 0.9, 1.1, 0, 0.1), CORE_OK);
	assert_same(w.drift, 0.1);
	assert_same(range_exit_by(&w, 0.95), 0);
	assert_same(range_exit_by(&w, 0.96), 1);
	assert_same(range_inside_at(&w, 0.95), 1);
	assert_same(range_inside_at(&w, 0.96), 0);
	assert_same(up(w), 1);
	assert_close(exit_time(w), log(1.1) / 0.1, 1e-14);
	w.drift = -0.1;
	assert_same(up(w), 0);
	assert_close(exit_time(w), -log(0.9) / 0.1, 1e-14);
	w.drift = 0;
	assert_same(range_exit_by(&w, 1e9), 0);
	assert_int_equal(range_exit_up(&w, &x), CORE_NULL);
	assert_int_equal(range_exit_time(&w, &x), CORE_NULL);
	/* mu = sigma^2/2, and a price at or beyond its bounds */
	assert_int_equal(range_walk_init(&w, 1, 0.5, 2, 0.5, 0.125), CORE_OK);
	assert_same(w.drift, 0);
	assert_close(exit_time(w), pow(log(2) / 0.5, 2), 1e-14);
	assert_int_equal(range_walk_init(&w, 2, 0.5, 2, 0.5, 0.125), CORE_OK);
	assert_false(range_is_inside(&w));
	assert_same(range_exit_by(&w, 1), 1);
	assert_int_equal(range_walk_init(&w, 0.5, 0.5, 2, 0.5, 0.125), CORE_OK);
	assert_true(range_is_inside(&w));
	assert_same(range_exit_by(&w, 1e-9), 1);
	assert_int_equal(range_walk_init(&w, 1, 0.5, 2, 1e200, 0), CORE_OUT_OF_RANGE);
	/* absurd arguments have an answer */
	assert_int_equal(range_walk_init(&w, 1, 0.5, 2, 1e100, 0), CORE_OK);
	assert_same(range_exit_by(&w, 1), 1);
	assert_int_equal(range_walk_init(&w, 1, 0.5, 2, 1e-160, 0), CORE_OK);
	assert_same(range_exit_by(&w, 1), 0);
	assert_int_equal(range_walk_init(&w, 1, 1e-300, 1e300, 0.5, 1e300), CORE_OK);
	assert_same(range_exit_by(&w, 1), 1);
	assert_true(range_time_inside(&w, 1) < 1e-290);

	assert_int_equal(range_drift_time(1, 1.01, 0.03, &x), CORE_OK);
	assert_near(x * 365, 122.869, 0.001);
	assert_int_equal(range_drift_time(1, 1.002, 0.035, &x), CORE_OK);
	assert_near(x * 365, 21.199, 0.001);
	assert_int_equal(range_drift_time(1, 1, 0, &x), CORE_OK);
	assert_same(x, 0);
	assert_int_equal(range_drift_time(1, 1.1, 0, &x), CORE_NULL);
	assert_int_equal(range_drift_time(1, 1.1, -0.1, &x), CORE_NULL);
}

/* No arguments, however odd, give anything but a probability or a time. */
static void
odd_arguments_have_answers(void **state)
{
	static const double odd[] = {
		0, 1e-300, 1e-160, 1e-20, 1e-9, 1e-3, 0.1, 1, 30, 1e5, 1e20, 1e150
	};
	enum {N = sizeof(odd) / sizeof(odd[0])};

	(void) state;
	for (int i = 1; i < N; i++)
		for (int j = 1; j < N; j++)
			for (int s = 0; s < N; s++)
				for (int d = -N + 1; d < N; d++)
					for (int t = 1; t < N; t++)
					{
						range_walk	w = walk_of(odd[i], odd[j], odd[s],
												d < 0 ? -odd[-d] : odd[d]);
						double		p,
									years;
						core_status status;

						if (odd[i] > 1e5 || odd[j] > 1e5)
							continue;
						p = range_exit_by(&w, odd[t]);
						assert_true(p >= 0 && p <= 1);
						p = range_inside_at(&w, odd[t]);
						assert_true(p >= 0 && p <= 1);
						status = range_exit_up(&w, &p);
						assert_true(status == CORE_NULL || (p >= 0 && p <= 1));
						status = range_exit_time(&w, &years);
						assert_true(status != CORE_OK || years >= 0);
						if (t % 4 == 0 && s % 2 == 0)
						{
							p = range_time_inside(&w, odd[t]);
							assert_true(p >= 0 && p <= odd[t]);
						}
					}
}

/* ---------- histories and ticks ---------- */

static void
stay_is_between_the_bounds(void **state)
{
	static const int64_t time[] = {0, 10, 30, 60, 100};
	static const double value[] = {1, 2, 3, 2.5, 0};
	range_stay	s;
	double		share;

	(void) state;
	range_stay_init(&s, 2, 3);
	assert_int_equal(range_stay_share(&s, &share), CORE_NULL);
	range_stay_fold(&s, time, value, 2);
	range_stay_fold(&s, time + 2, value + 2, 3);
	/* from 10 to 30 and from 60 to 100: the lower bound is in, the upper is not */
	assert_int_equal(range_stay_time(&s), 60);
	assert_int_equal(range_stay_share(&s, &share), CORE_OK);
	assert_same(share, 0.6);
	range_stay_init(&s, 2, 3);
	range_stay_fold(&s, time + 1, value + 1, 1);
	assert_int_equal(range_stay_share(&s, &share), CORE_OK);
	assert_same(share, 1);
	range_stay_init(&s, 2.5, 3);
	range_stay_fold(&s, time + 1, value + 1, 1);
	assert_int_equal(range_stay_share(&s, &share), CORE_OK);
	assert_same(share, 0);
}

static void
mean_ticks_are_floored(void **state)
{
	/* cumulative0, cumulative1, seconds, tick; the first four of OracleLibrary.spec.ts */
	static const int64_t cases[][4] = {
		{12, 12, 3, 0}, {7, 12, 3, 1}, {-7, -12, 3, -2}, {-10, -12, 4, -1}, {0, -7, 2, -4}, {0, 7, 2, 3},
		{-1, 0, 3, 0}, {0, -1, 3, -1}, {0, INT64_C(887272) * 600, 600, 887272},
		{0, INT64_C(-887272) * 600, 600, -887272},
		/* across the end of an int56 */
		{INT64_C(36028797018963967), INT64_C(-36028797018963968), 1, 1},
		{INT64_C(-36028797018963968), INT64_C(36028797018963967), 1, -1},
		{INT64_C(36028797018963000), INT64_C(-36028797018963000), 7, 276}
	};
	int32_t		tick;
	double		rest;

	(void) state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
	{
		assert_int_equal(range_mean_tick(cases[i][0], cases[i][1], cases[i][2], &tick, &rest),
						 CORE_OK);
		assert_int_equal(tick, cases[i][3]);
		assert_true(rest >= 0 && rest < 1);
	}
	assert_int_equal(range_mean_tick(0, -7, 2, &tick, &rest), CORE_OK);
	assert_same(rest, 0.5);
	assert_int_equal(range_mean_tick(0, INT64_C(887273) * 600, 600, &tick, &rest),
					 CORE_OUT_OF_RANGE);
	assert_int_equal(range_mean_tick(0, INT64_C(-887272) * 600 - 1, 600, &tick, &rest),
					 CORE_OUT_OF_RANGE);
	assert_int_equal(range_mean_tick(INT64_C(1) << 55, 0, 1, &tick, &rest), CORE_OUT_OF_RANGE);
	assert_int_equal(range_mean_tick(0, INT64_MIN, 1, &tick, &rest), CORE_OUT_OF_RANGE);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(images_and_modes_agree),
		cmocka_unit_test(exit_is_monotone),
		cmocka_unit_test(exit_through_one_bound_is_first_passage),
		cmocka_unit_test(small_probabilities_keep_their_digits),
		cmocka_unit_test(exit_is_that_of_simulated_walks),
		cmocka_unit_test(exits_solve_their_equations),
		cmocka_unit_test(exit_time_is_the_integral_of_staying),
		cmocka_unit_test(time_inside_is_the_integral_of_being_inside),
		cmocka_unit_test(time_inside_is_the_published_one),
		cmocka_unit_test(time_inside_has_its_limits),
		cmocka_unit_test(inside_at_is_the_normal_law),
		cmocka_unit_test(averages_until_exit_are_those_of_optional_stopping),
		cmocka_unit_test(averages_over_time_are_those_of_the_price),
		cmocka_unit_test(pure_drift),
		cmocka_unit_test(odd_arguments_have_answers),
		cmocka_unit_test(stay_is_between_the_bounds),
		cmocka_unit_test(mean_ticks_are_floored)
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
