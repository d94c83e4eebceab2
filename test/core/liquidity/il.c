/*
 * Unit tests of core/liquidity/il.c, core/liquidity/pool.c and
 * core/liquidity/stable_curve.c: laws of impermanent loss, and long double and bisection
 * as independent references.
 */
#include "test.h"

#include <float.h>
#include <math.h>
#include <stdlib.h>

#include "core/liquidity/il.h"
#include "core/liquidity/pool.h"
#include "core/liquidity/stable_curve.h"
#include "vectors.h"

/* log-uniform in [1/spread, spread] */
static double
random_ratio(uint64_t *seed, double spread)
{
	return exp((2 * next_fraction(seed) - 1) * log(spread));
}

static double
loss_of_weights(const double *ratios, const double *weights, int n)
{
	il_weights	tokens;

	il_weights_begin(&tokens, ratios, weights, n);
	while (il_weights_step(&tokens))
		;
	return il_weights_loss(&tokens);
}

static double
in_range(double p0, double p1, double pa, double pb)
{
	double		il;

	assert_int_equal(il_of_range(p0, p1, pa, pb, &il), CORE_OK);
	return il;
}

static double
from_price(double amp, double p0, double p1)
{
	double		il;

	assert_int_equal(il_of_stable_prices(amp, p0, p1, &il), CORE_OK);
	return il;
}

/* Text to a bound as the vectors give it. */
static void
assert_vector(const vectors *v, double got, const char *expected)
{
	double		value = atof(vectors_get(v, expected));
	double		tol = atof(vectors_get(v, "tol"));
	double		abs_tol = atof(vectors_get(v, "abs_tol"));

	assert_true(fabs(got - value) <= fmax(tol * fabs(value), abs_tol));
}

static double
number(const vectors *v, const char *name)
{
	return atof(vectors_get(v, name));
}

static void
published_numbers(void **state)
{
	vectors		v;

	(void) state;
	v = vectors_open("test/vectors/liquidity/il_constant_product.csv");
	while (vectors_next(&v))
		assert_vector(&v, il_of_ratio(number(&v, "price_ratio")), "expected");
	assert_int_equal(v.num_rows, 18);
	vectors_close(&v);
	v = vectors_open("test/vectors/liquidity/il_concentrated.csv");
	while (vectors_next(&v))
		assert_vector(&v, in_range(number(&v, "p0"), number(&v, "p1"), number(&v, "pa"),
								   number(&v, "pb")), "expected");
	assert_int_equal(v.num_rows, 19);
	vectors_close(&v);
	v = vectors_open("test/vectors/liquidity/il_stableswap.csv");
	while (vectors_next(&v))
		assert_vector(&v, il_of_stable(number(&v, "amp"), number(&v, "price")), "expected");
	assert_int_equal(v.num_rows, 18);
	vectors_close(&v);
	v = vectors_open("test/vectors/liquidity/il_rate_adjusted.csv");
	while (vectors_next(&v))
	{
		rate_path	path = {number(&v, "p0"), number(&v, "p1"), number(&v, "e0"),
			number(&v, "e1")};
		il_parts	parts;

		assert_int_equal(il_split_constant_product(&path, &parts), CORE_OK);
		assert_vector(&v, parts.total, "total");
		assert_vector(&v, parts.accrual, "accrual");
		assert_vector(&v, parts.depeg, "depeg");
		assert_same(parts.depeg, parts.total - parts.accrual);
	}
	assert_int_equal(v.num_rows, 12);
	vectors_close(&v);
}

/* Moves from an ulp to sixteen orders of magnitude, against 1 + x in long double. */
static void
constant_product_keeps_all_digits(void **state)
{
	(void) state;
	for (double x = DBL_EPSILON; x < 1e16; x *= 1.7)
	{
		double		k = 1 + x;
		long double exact = ((long double) k - 1) / (1 + sqrtl(k));

		exact = -exact * exact / (1 + (long double) k);
		assert_true(fabsl(il_of_ratio(k) - exact) <= 1e-15L * -exact);
		assert_true(fabsl(il_of_prices(3, 3 * k) - il_of_ratio(k)) <=
					(long double) (4 * DBL_EPSILON / fmin(x, 1)) * -exact);
		assert_close(il_of_prices(k, 1), il_of_ratio(k), 1e-15);
		assert_close(il_of_ratio(1 / k), il_of_ratio(k), 1e-15 + 4 * DBL_EPSILON / fmin(x, 1));
		assert_true(il_of_ratio(k * 1.01) < il_of_ratio(k));
	}
	assert_same(il_of_ratio(1), 0);
	assert_false(signbit(il_of_ratio(1)));
	assert_false(signbit(il_of_prices(0.3, 0.3)));
	for (double k = 1e20; k < 1e308; k *= 1.1)
		assert_true(il_of_ratio(k) >= -1 && il_of_ratio(k) < -1 + 1e-9 && il_of_ratio(1 / k) >= -1);
	assert_close(il_of_prices(DBL_MAX, DBL_MAX / 4), -0.2, 1e-15);
	assert_close(il_of_prices(DBL_TRUE_MIN, 4 * DBL_TRUE_MIN), -0.2, 1e-15);
	assert_same(il_of_prices(DBL_TRUE_MIN, DBL_MAX), -1);
}

/* A weighted pool: its laws, and the formula in long double for large moves. */
static void
weighted(void **state)
{
	uint64_t	seed = 5;

	(void) state;
	for (int round = 0; round < 3000; round++)
	{
		int			n = 1 + (int) (next_random(&seed) % 8);
		double		r[8],
					scaled[8],
					w[8],
					sum = 0,
					il;
		long double total = 0,
					product = 0,
					mean = 0;

		for (int i = 0; i < n; i++)
			sum += w[i] = 0.01 + next_fraction(&seed);
		for (int i = 0; i < n; i++)
		{
			w[i] /= sum;
			r[i] = random_ratio(&seed, round % 3 == 0 ? 1.001 : 100);
			scaled[i] = r[i] * 1024;
		}
		for (int i = 0; i < n; i++)
			total += w[i];
		for (int i = 0; i < n; i++)
		{
			product += w[i] / total * logl(r[i]);
			mean += w[i] / total * r[i];
		}
		il = loss_of_weights(r, w, n);
		assert_true(il <= 0 && il > -1);
		assert_true(fabsl(il - expm1l(product - logl(mean))) <= 2e-18L + 3e-15L * -il);
		assert_close(loss_of_weights(scaled, w, n), il, 1e-14);
	}
	for (double x = DBL_EPSILON; x < 1e9; x *= 1.9)
	{
		assert_close(loss_of_weights((double[]) {1 + x, 1}, (double[]) {0.5, 0.5}, 2),
					 il_of_ratio(1 + x), 1e-14);
		assert_same(loss_of_weights((double[]) {x, x, x}, (double[]) {0.2, 0.3, 0.5}, 3), 0);
	}
	assert_same(loss_of_weights((double[]) {1e308, 1.7e308}, (double[]) {0.5, 0.5}, 2),
				loss_of_weights((double[]) {1e308 / 64, 1.7e308 / 64}, (double[]) {0.5, 0.5}, 2));
	assert_same(loss_of_weights((double[]) {1e-300, 1e300}, (double[]) {0.5, 0.5}, 2), -1);
}

/* More tokens than are gone through in one step: the same as two. */
static void
many_tokens(void **state)
{
	static double ratios[3 * IL_WEIGHTS_STEP - 2];
	static double weights[3 * IL_WEIGHTS_STEP - 2];
	int			n = 3 * IL_WEIGHTS_STEP - 2;
	il_weights	tokens;
	int			steps = 1;

	(void) state;
	for (int i = 0; i < n; i++)
	{
		ratios[i] = i % 2 == 0 ? 3 : 1;
		weights[i] = 1.0 / n;
	}
	assert_close(loss_of_weights(ratios, weights, n), il_of_ratio(3), 1e-10);
	il_weights_begin(&tokens, ratios, weights, n);
	while (il_weights_step(&tokens))
		steps++;
	assert_int_equal(steps, 3);
}

/* By the amounts, in long double: far moves only, near ones would cancel. */
static long double
range_by_amounts(long double p0, long double p1, long double pa, long double pb)
{
	long double s0 = sqrtl(fminl(fmaxl(p0, pa), pb));
	long double s1 = sqrtl(fminl(fmaxl(p1, pa), pb));
	long double lp = (1 / s1 - 1 / sqrtl(pb)) * p1 + s1 - sqrtl(pa);
	long double held = (1 / s0 - 1 / sqrtl(pb)) * p1 + s0 - sqrtl(pa);

	return lp / held - 1;
}

static void
concentrated(void **state)
{
	uint64_t	seed = 6;

	(void) state;
	for (int round = 0; round < 20000; round++)
	{
		double		pa = random_ratio(&seed, 3);
		double		pb = pa * (1 + 2 * next_fraction(&seed) + 1e-3);
		double		p0 = random_ratio(&seed, 10);
		double		p1 = random_ratio(&seed, 10);
		double		il = in_range(p0, p1, pa, pb);

		assert_true(il <= 0 && il > -1);
		assert_true(fabsl(il - range_by_amounts(p0, p1, pa, pb)) <= 1e-16L + 1e-14L * -il);
		/* further out it only gets worse */
		if (p1 > p0)
			assert_true(in_range(p0, p1 * 1.1, pa, pb) <= il);
		else
			assert_true(in_range(p0, p1 / 1.1, pa, pb) <= il);
		/* the other token as the numeraire: the same loss */
		assert_true(fabs(in_range(1 / p0, 1 / p1, 1 / pb, 1 / pa) - il) <= 1e-15 - 1e-11 * il);
		assert_same(in_range(p0, p0, pa, pb), 0);
	}
	/* narrow ranges lose more, wide ones what a constant product does */
	for (double k = 1.0001; k < 100; k *= 1.3)
	{
		assert_close(in_range(1, k, 1e-30, 1e30), il_of_ratio(k), 1e-12);
		assert_true(in_range(1, k, 0.001, 1000) < il_of_ratio(k));
		assert_true(in_range(1, k, 0.5, 200) < in_range(1, k, 0.4, 300));
	}
	/* in range by the closed form, from an ulp on */
	for (double x = DBL_EPSILON; x < 0.2; x *= 1.8)
	{
		long double k = 1 + x;
		long double gap = (k - 1) / (1 + sqrtl(k));
		long double exact = -gap * gap / (1 + k - sqrtl(0.8L) - k * sqrtl(1 / 1.25L));

		assert_true(fabsl(in_range(1, (double) k, 0.8, 1.25) - exact) <= 3e-15L * -exact);
	}
	/* entered outside: nothing until the price is inside */
	assert_same(in_range(0.5, 0.7, 0.8, 1.25), 0);
	assert_same(in_range(2, 3, 0.8, 1.25), 0);
	assert_same(in_range(0.5, 0.8, 0.8, 1.25), 0);
	assert_true(in_range(0.5, 0.801, 0.8, 1.25) < 0);
	{
		double		il;

		assert_int_equal(il_of_range(1e-300, 1e300, 1e-200, 1, &il), CORE_OUT_OF_RANGE);
	}
}

/* The curve by bisection over the balance of coin 1, in long double. */
static long double
other_balance(long double ann, long double y)
{
	/* ann (x + y) + 1 = ann + 1/(4 x y), a quadratic in x */
	long double b = ann * (y - 1) + 1;
	long double c = -1 / (4 * y);

	return (-b + sqrtl(b * b - 4 * ann * c)) / (2 * ann);
}

static long double
price_of(long double ann, long double x, long double y)
{
	return (ann + 1 / (4 * x * y * y)) / (ann + 1 / (4 * x * x * y));
}

static long double
stable_by_bisection(double amp, double p0, double p1)
{
	long double ann = 2 * (long double) amp;
	long double x[2],
				y[2];
	const double price[2] = {p0, p1};

	for (int k = 0; k < 2; k++)
	{
		long double low = -20,
					high = 4;

		for (int i = 0; i < 200; i++)
		{
			long double middle = (low + high) / 2;

			if (price_of(ann, other_balance(ann, expl(middle)), expl(middle)) > price[k])
				low = middle;
			else
				high = middle;
		}
		y[k] = expl(low);
		x[k] = other_balance(ann, y[k]);
	}
	return (x[1] + p1 * y[1]) / (x[0] + p1 * y[0]) - 1;
}

static void
stable(void **state)
{
	uint64_t	seed = 7;

	(void) state;
	for (int round = 0; round < 3000; round++)
	{
		double		amp = random_ratio(&seed, 1000) + 1;
		double		p0 = random_ratio(&seed, 1.5);
		double		p1 = random_ratio(&seed, 3);
		double		il = il_of_stable(amp, p1);

		assert_true(il <= 0 && il > -1);
		assert_true(fabsl(il - stable_by_bisection(amp, 1, p1)) <= 1e-15L - 1e-13L * il);
		assert_close(il_of_stable(amp, 1 / p1), il, 1e-15 + 1e-14 / fabs(p1 - 1));
		assert_close(from_price(amp, 1, p1), il, 2e-14);
		il = from_price(amp, p0, p1);
		assert_true(il <= 0);
		assert_true(fabsl(il - stable_by_bisection(amp, p0, p1)) <= 1e-15L - 1e-13L * il);
		/* without amplification, and with ever more of it */
		assert_close(il_of_stable(1e-14, p1), il_of_ratio(p1), 1e-12);
		assert_true(il_of_stable(2 * amp, p1) < il_of_stable(amp, p1));
	}
	/* near the peg the loss is (ann + 2)/4 times the square of half the move */
	for (double x = 1e-12; x < 1e-7; x *= 3)
		for (double amp = 1; amp < 1e5; amp *= 7)
		{
			double		move = (1 + x) - 1;

			assert_close(il_of_stable(amp, 1 + x), -(2 * amp + 2) / 16 * move * move,
						 1e-6 + 10 * amp * amp * x * x);
		}
	for (double p = 1e-300; p < 1e300; p *= 1e7)
		for (double amp = 1e-6; amp < 1e13; amp *= 10)
		{
			double		il = il_of_stable(amp, p);

			assert_true(il < 0 && il >= -1);
			if (p > 1e-30 && p < 1e30)
				assert_true(from_price(amp, 1 / p, p) >= -1);
		}
	assert_same(il_of_stable(200, 1), 0);
	assert_same(from_price(200, 0.97, 0.97), 0);
}

/*
 * The loss at a price in long double, from the excess to which bisection leads
 * (see core/liquidity/stable_curve.c): for moves of any size and any amplification.
 */
static long double
stable_by_excess(long double ann, long double price)
{
	long double c = (price - 1) / price * (price - 1) / 4;
	long double low = -200,
				high = 200,
				z,
				g;

	for (int i = 0; i < 90; i++)
	{
		z = expl((low + high) / 2);
		g = 1 + ann * z;
		if (z * (ann + g * (2 + z)) < c * (1 + ann * (1 + z + ann / (4 * g * g)) / g))
			low = (low + high) / 2;
		else
			high = (low + high) / 2;
	}
	z = expl((low + high) / 2);
	g = 1 + ann * z;
	return -z * (2 * g * g + ann * (2 * g - 1)) / (ann + 2 * g * g * (1 + z));
}

static void
stable_of_any_size(void **state)
{
	uint64_t	seed = 10;

	(void) state;
	for (int round = 0; round < 20000; round++)
	{
		double		amp = exp(-28 + 55 * next_fraction(&seed));
		/* half of them about the border of prices that are near, 3 + sqrt(8) */
		double		move = round % 2 == 0 ? exp(-36 + 80 * next_fraction(&seed)) :
			4.828 + 0.001 * next_fraction(&seed);
		double		price = round % 3 == 0 ? 1 / (1 + move) : 1 + move;
		long double exact = stable_by_excess(2 * (long double) amp, price);

		if (price == 1)
			continue;
		assert_true(fabsl(il_of_stable(amp, price) - exact) <= 2e-15L * -exact);
		assert_close(from_price(amp, 1, price), il_of_stable(amp, price), 1e-14);
	}
	/* as far as doubles go */
	for (double p = 1e-305; p < 1e305; p *= 1e6)
		for (double amp = 1e-300; amp < 1e13; amp *= 1e6)
		{
			stable_point at = stable_at_price(2 * amp, p);

			assert_true(il_of_stable(amp, p) <= 0 && il_of_stable(amp, p) >= -1);
			assert_true(isfinite(at.x) && isfinite(at.y) && at.x > 0 && at.y > 0);
		}
}

/* D of any balances: the curve scaled, by bisection. */
static double
invariant(double ann, double x, double y)
{
	double		low = 0,
				high = 2 * (x + y);

	for (int i = 0; i < 200; i++)
	{
		double		d = (low + high) / 2;

		if (ann * (x + y) + d - ann * d - d * d * d / (4 * x * y) > 0)
			low = d;
		else
			high = d;
	}
	return low;
}

static void
stable_with_rates(void **state)
{
	uint64_t	seed = 8;

	(void) state;
	for (int round = 0; round < 2000; round++)
	{
		double		amp = random_ratio(&seed, 300) + 1;
		rate_path	path = {random_ratio(&seed, 1.05), random_ratio(&seed, 1.2),
			random_ratio(&seed, 1.02), random_ratio(&seed, 1.1)};
		stable_point from = stable_at_price(2 * amp, path.price0 / path.rate0);
		stable_point to = stable_at_price(2 * amp, path.price1 / path.rate1);
		double		grown = from.y * path.rate1 / path.rate0;
		double		d = invariant(2 * amp, from.x, grown);
		double		price = path.price1 / path.rate1;
		il_parts	parts;

		assert_int_equal(il_split_stable(&path, amp, true, &parts), CORE_OK);
		assert_true(fabs(parts.total - (d * (to.x + price * to.y) / (from.x + price * grown) - 1))
					<= 2e-15);
		price = path.price0 / path.rate0;
		assert_true(fabs(parts.accrual - (d * (from.x + price * from.y) /
										  (from.x + price * grown) - 1)) <= 2e-15);
		assert_same(parts.depeg, parts.total - parts.accrual);
		assert_int_equal(il_split_stable(&path, amp, false, &parts), CORE_OK);
		assert_same(parts.total, from_price(amp, path.price0, path.price1));
		assert_true(fabs(parts.accrual - from_price(amp, path.price0, path.price0 *
															 path.rate1 / path.rate0)) <= 1e-15);
		/* without growth there is no accrual, and the rest is a pool's own loss */
		path.rate1 = path.rate0;
		assert_int_equal(il_split_stable(&path, amp, true, &parts), CORE_OK);
		assert_same(parts.accrual, 0);
		assert_true(fabs(parts.total - from_price(amp, path.price0 / path.rate0,
														   path.price1 / path.rate0)) <= 1e-15);
	}
	/* a day's growth, where differences of values would leave nothing */
	{
		rate_path	day = {1, 1.00008, 1, 1.00008};
		il_parts	parts;

		assert_int_equal(il_split_stable(&day, 50, true, &parts), CORE_OK);
		assert_same(parts.total, parts.accrual);
		/* x^2/8 less what the curve's own bend gives back, (ann + 2)/ann of it */
		assert_close(parts.total, -0.00008 * 0.00008 / 4 / 102, 2e-4);
	}
}

static void
splits_of_ranges(void **state)
{
	rate_path	path = {1, 1.02, 1, 1.03};
	il_parts	parts;

	(void) state;
	assert_int_equal(il_split_range(&path, 0.99, 1.01, &parts), CORE_OK);
	assert_same(parts.total, in_range(1, 1.02, 0.99, 1.01));
	assert_close(parts.accrual, in_range(1, 1.03, 0.99, 1.01), 1e-14);
	assert_same(parts.depeg, parts.total - parts.accrual);
	/* the discount as it was: nothing but accrual, however little */
	for (double x = 1e-12; x < 1e-3; x *= 5)
	{
		path = (rate_path) {0.98, 0.98 * (1 + x), 1.0, 1 + x};
		assert_int_equal(il_split_range(&path, 0.9, 1.1, &parts), CORE_OK);
		assert_true(fabs(parts.depeg) <= -parts.accrual * (1e-15 + 4 * DBL_EPSILON / x));
	}
}

/* Values, and what they say of the loss. */
static void
values(void **state)
{
	uint64_t	seed = 9;

	(void) state;
	for (int round = 0; round < 4000; round++)
	{
		const pool	pools[] = {
			{.kind = POOL_CONSTANT_PRODUCT},
			{.kind = POOL_WEIGHTED, .weight = 0.8},
			{.kind = POOL_CONCENTRATED, .pa = 0.7, .pb = 1.6},
			{.kind = POOL_STABLESWAP, .amp = 85}
		};
		double		p0 = random_ratio(&seed, 2);
		double		p1 = random_ratio(&seed, 2);
		const double loss[] = {
			il_of_prices(p0, p1),
			loss_of_weights((double[]) {p1 / p0, 1}, (double[]) {0.8, 0.2}, 2),
			in_range(p0, p1, 0.7, 1.6),
			from_price(85, p0, p1)
		};

		for (int k = 0; k < 4; k++)
		{
			double		lp,
						hodl;
			pool_amounts a;

			assert_int_equal(pool_lp_value(&pools[k], 300, p0, p1, &lp), CORE_OK);
			assert_int_equal(pool_hodl_value(&pools[k], 300, p0, p1, &hodl), CORE_OK);
			assert_true(fabs(lp / hodl - 1 - loss[k]) <= 1e-14);
			assert_int_equal(pool_amounts_of_value(&pools[k], 300, p0, &a), CORE_OK);
			assert_close(a.amount0 * p0 + a.amount1, 300.0, 1e-15);
			assert_close(a.amount0 * p1 + a.amount1, hodl, 1e-14);
			assert_true(a.amount0 >= 0 && a.amount1 >= 0);
			assert_int_equal(pool_lp_value(&pools[k], 300, p0, p0, &lp), CORE_OK);
			assert_same(lp, 300);
		}
	}
}

static void
returns(void **state)
{
	lp_return	r;
	double		result;

	(void) state;
	assert_int_equal(il_net_return(99, 101, 100, 3, 1, &r), CORE_OK);
	assert_close(r.il, -0.02, 1e-15);
	assert_close(r.mix, 0.01, 1e-15);
	assert_close(r.net, 0.03, 1e-14);
	assert_same(r.net, r.il + r.mix + r.fees + r.rewards);
	assert_int_equal(il_net_return(1e308, 1, 1e-300, 0, 0, &r), CORE_OUT_OF_RANGE);
	assert_int_equal(il_break_even_apr(100, 99, 101, 73, 365, &result), CORE_OK);
	assert_close(result, 0.1, 1e-15);
	assert_int_equal(il_break_even_apr(100, 101, 99, 73, 365, &result), CORE_OK);
	assert_close(result, -0.1, 1e-15);
	assert_int_equal(il_break_even_apr(0, 99, 101, 73, 365, &result), CORE_NULL);
	assert_int_equal(il_break_even_apr(1, 99, 101, 0, 365, &result), CORE_NULL);
	assert_int_equal(il_break_even_apr(1e-300, 1, 1e300, 1, 365, &result), CORE_OUT_OF_RANGE);
	assert_int_equal(il_held_value((double[]) {1, 2}, (double[]) {3, 4}, 2, &result), CORE_OK);
	assert_same(result, 11);
	assert_int_equal(il_held_value((double[]) {1e200}, (double[]) {1e200}, 1, &result),
					 CORE_OUT_OF_RANGE);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(published_numbers),
		cmocka_unit_test(constant_product_keeps_all_digits),
		cmocka_unit_test(weighted),
		cmocka_unit_test(many_tokens),
		cmocka_unit_test(concentrated),
		cmocka_unit_test(stable),
		cmocka_unit_test(stable_of_any_size),
		cmocka_unit_test(stable_with_rates),
		cmocka_unit_test(splits_of_ranges),
		cmocka_unit_test(values),
		cmocka_unit_test(returns),
	};

	return cmocka_run_group_tests_name("liquidity_il", tests, NULL, NULL);
}
