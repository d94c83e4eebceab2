/*
 * Unit tests of core/liquidity/lvr.c: rates of loss against the curves' own
 * derivatives, against quadrature and against simulated arbitrage.
 */
#include "test.h"

#include <float.h>
#include <math.h>

#include "core/liquidity/lvr.h"

#define PI	3.14159265358979323846

static double
rate_of(const pool *p, double sigma, double price)
{
	double		rate;

	assert_int_equal(lvr_rate_of_pool(p, sigma, price, &rate), CORE_OK);
	return rate;
}

static const pool pools[] = {
	{.kind = POOL_CONSTANT_PRODUCT},
	{.kind = POOL_WEIGHTED, .weight = 0.8},
	{.kind = POOL_CONCENTRATED, .pa = 0.7, .pb = 1.6},
	{.kind = POOL_STABLESWAP, .amp = 30}
};

/* sigma^2/2 p^2 |x'(p)| / V, the derivative from the amounts by differences. */
static void
rates_are_slopes_of_the_amounts(void **state)
{
	(void) state;
	for (int k = 0; k < 4; k++)
		for (double price = 0.75; price < 1.5; price += 0.02)
		{
			double		h = 1e-5 * price;
			double		slope = (pool_amounts_at(&pools[k], price + h).amount0 -
								 pool_amounts_at(&pools[k], price - h).amount0) / (2 * h);
			pool_amounts a = pool_amounts_at(&pools[k], price);
			double		expected = 0.5 * 0.64 * price * price * -slope /
				(a.amount0 * price + a.amount1);

			assert_close(rate_of(&pools[k], 0.8, price), expected, 1e-6);
		}
	assert_same(rate_of(&pools[0], 0.8, 123), 0.8 * 0.8 / 8);
	assert_close(rate_of(&pools[1], 0.8, 123), 0.8 * 0.2 * 0.64 / 2, 1e-15);
	assert_same(rate_of(&pools[2], 0.8, 0.69), 0);
	assert_true(rate_of(&pools[2], 0.8, 0.7) > 0);
	assert_same(rate_of(&pools[2], 0.8, 1.6), 0);
	assert_same(rate_of(&pools[0], 0, 1), 0);
	{
		double		rate;

		assert_int_equal(lvr_rate_of_pool(&pools[0], 1e200, 1, &rate), CORE_OUT_OF_RANGE);
	}
}

/*
 * The loss of a step of price, by quadrature over its normal law: a holder who
 * holds what the pool held earns x (p1 - p), the pool V(p1) - V(p), and the
 * difference tends to the rate times the time.
 */
static void
rates_are_what_steps_lose(void **state)
{
	const double step = 1e-3;	/* sigma * sqrt(dt) */

	(void) state;
	for (int k = 0; k < 4; k++)
		for (double price = 0.8; price < 1.5; price += 0.1)
		{
			pool_amounts a = pool_amounts_at(&pools[k], price);
			double		value = a.amount0 * price + a.amount1;
			double		loss = 0;

			for (double z = -8; z <= 8; z += 0.125)
			{
				double		next = price * exp(step * z - step * step / 2);
				pool_amounts b = pool_amounts_at(&pools[k], next);

				loss += exp(-z * z / 2) / sqrt(2 * PI) * 0.125 *
					((a.amount0 * next + a.amount1) - (b.amount0 * next + b.amount1));
			}
			assert_close(loss / value, rate_of(&pools[k], step, price), 1e-3);
		}
}

static double
next_normal(uint64_t *seed)
{
	return sqrt(-2 * log(1 - next_fraction(seed))) * cos(2 * PI * next_fraction(seed));
}

/*
 * A constant product pool of value one, arbitraged at the end of each block as
 * far as the fee leaves a profit: the mean loss of a block over that without a
 * fee, for a log price that moves by a normal step, of one variance or of one
 * that is exponential as between blocks at random.
 */
static double
simulated_share(double fee_over_sigma, bool poisson)
{
	const int	blocks = 2000000;
	uint64_t	seed = 11;
	double		gap = 0,
				loss = 0;

	for (int i = 0; i < blocks; i++)
	{
		double		excess;

		gap += next_normal(&seed) * (poisson ? sqrt(-log(1 - next_fraction(&seed))) : 1);
		excess = fabs(gap) - fee_over_sigma;
		if (excess > 0)
		{
			/* as (log price)^2, to the lowest order */
			loss += excess * excess / 8;
			gap = copysign(fee_over_sigma, gap);
		}
	}
	return loss / blocks / 0.125;
}

static double
with_fees(double fee_over_sigma, lvr_blocks blocks)
{
	double		rate;

	assert_int_equal(lvr_after_fees(1, 1e-4, 1e-4 * fee_over_sigma, blocks, &rate), CORE_OK);
	return rate;
}

static void
fees_as_simulated(void **state)
{
	static const double fees[] = {0, 0.5, 1, 3, 10};
	double		rate;

	(void) state;
	for (size_t i = 0; i < sizeof(fees) / sizeof(fees[0]); i++)
	{
		assert_close(with_fees(fees[i], LVR_BLOCKS_POISSON), simulated_share(fees[i], true), 0.02);
		/* the formula for equal blocks leaves out terms that fall with exp(-fee/sigma) */
		assert_close(with_fees(fees[i], LVR_BLOCKS_FIXED), simulated_share(fees[i], false), 0.02);
	}
	assert_close(with_fees(1e5, LVR_BLOCKS_FAST), with_fees(1e5, LVR_BLOCKS_POISSON), 1e-5);
	assert_int_equal(lvr_after_fees(1, 1e-4, 0, LVR_BLOCKS_FAST, &rate), CORE_DIVISION_BY_ZERO);
	assert_int_equal(lvr_after_fees(0, 0, 0, LVR_BLOCKS_POISSON, &rate), CORE_OK);
	assert_same(rate, 0);
	assert_int_equal(lvr_after_fees(1, 0, 0.003, LVR_BLOCKS_FIXED, &rate), CORE_OK);
	assert_same(rate, 0);
	assert_int_equal(lvr_after_fees(1e308, 1, 1e-300, LVR_BLOCKS_FAST, &rate), CORE_OUT_OF_RANGE);
}

static void
efficiency(void **state)
{
	(void) state;
	for (double width = 1e-6; width < 10; width *= 2)
	{
		double		pa = 2000 * exp(-width);
		double		pb = 2000 * exp(width);

		assert_close(lvr_capital_efficiency(2000, pa, pb), -1 / expm1(-width / 2), 1e-9);
	}
	assert_close(lvr_capital_efficiency(1, 1e-30, 1e30), 1.0, 1e-14);
	assert_same(lvr_capital_efficiency(1, 1, 4), 4);
	assert_same(lvr_capital_efficiency(4, 1, 4), 0);
	assert_same(lvr_capital_efficiency(0.99, 1, 4), 0);
	assert_true(isfinite(lvr_capital_efficiency(1, 1, 1 + DBL_EPSILON)));
}

/* Any order and any split; what arbitrage of a path takes, by definition. */
static void
realised(void **state)
{
	uint64_t	seed = 12;
	lvr_summary whole,
				part[3];
	double		price = 2000,
				result;
	long double loss = 0,
				volume = 0;

	(void) state;
	lvr_summary_init(&whole);
	for (int k = 0; k < 3; k++)
		lvr_summary_init(&part[k]);
	for (int i = 0; i < 3000; i++)
	{
		double		next = price * exp(0.01 * next_normal(&seed));
		double		sold = 1e6 * (1 / sqrt(price) - 1 / sqrt(next));
		double		execution = sqrt(price * next);

		assert_int_equal(lvr_summary_add(&whole, sold, execution, next), CORE_OK);
		assert_int_equal(lvr_summary_add(&part[next_random(&seed) % 3], sold, execution, next), CORE_OK);
		loss += sold * ((long double) next - execution);
		volume += fabsl((long double) sold) * next;
		price = next;
	}
	assert_int_equal(lvr_summary_merge(&part[2], &part[0]), CORE_OK);
	assert_int_equal(lvr_summary_merge(&part[2], &part[1]), CORE_OK);
	assert_int_equal(part[2].num_swaps, 3000);
	assert_memory_equal(&part[2], &whole, sizeof(whole));
	assert_int_equal(lvr_summary_loss(&whole, &result), CORE_OK);
	assert_close(result, (double) loss, 1e-15);
	assert_int_equal(lvr_summary_volume(&whole, &result), CORE_OK);
	assert_close(result, (double) volume, 1e-15);
	assert_true(lvr_summary_is_valid(&whole));
	/* trades that move the price from one market to the next lose something each */
	assert_true(loss > 0);
}

static void
summaries_that_are_none(void **state)
{
	lvr_summary s;
	double		result;

	(void) state;
	lvr_summary_init(&s);
	assert_false(lvr_summary_is_valid(&s));
	assert_int_equal(lvr_summary_add(&s, -0.0, 1, 1), CORE_OK);
	assert_true(lvr_summary_is_valid(&s));
	assert_int_equal(lvr_summary_loss(&s, &result), CORE_OK);
	assert_false(signbit(result));
	s.loss.bin[0] = 1;
	assert_false(lvr_summary_is_valid(&s));
	lvr_summary_init(&s);
	assert_int_equal(lvr_summary_add(&s, 1e300, 1, 1e300), CORE_OK);
	assert_true(lvr_summary_is_valid(&s));
	assert_int_equal(lvr_summary_loss(&s, &result), CORE_OUT_OF_RANGE);
	assert_int_equal(lvr_summary_volume(&s, &result), CORE_OUT_OF_RANGE);
	lvr_summary_init(&s);
	assert_int_equal(lvr_summary_add(&s, 1, 2, 1), CORE_OK);
	assert_int_equal(lvr_summary_loss(&s, &result), CORE_OK);
	assert_same(result, -1);
	s.volume.bin[0] = -s.volume.bin[0];
	assert_false(lvr_summary_is_valid(&s));
	s.volume.bin[0] = -s.volume.bin[0];
	assert_true(lvr_summary_is_valid(&s));
	s.num_swaps = BINNED_MAX_TERMS;
	assert_int_equal(lvr_summary_merge(&s, &s), CORE_OUT_OF_RANGE);
}

static void
fees(void **state)
{
	u256		unit = u256_shl(u256_from_u64(1), 128);
	fee_growth	none = {U256_ZERO, U256_ZERO};
	fee_growth	wrapped = {u256_sub_wrap(U256_ZERO, unit), u256_shl(unit, 1)};
	double		result;

	(void) state;
	assert_int_equal(lvr_fee_apr(1, 100, 73, 365, &result), CORE_OK);
	assert_close(result, 0.05, 1e-15);
	assert_int_equal(lvr_fee_apr(1, 0, 73, 365, &result), CORE_NULL);
	assert_int_equal(lvr_fees_of_volume(1000, 0.003, 1, 2, &result), CORE_OK);
	assert_close(result, 1.0, 1e-15);
	assert_int_equal(lvr_fees_of_volume(1000, 0.003, 0, 0, &result), CORE_NULL);
	assert_int_equal(lvr_fees_of_volume(1, 0.5, DBL_MAX, DBL_MAX, &result), CORE_OUT_OF_RANGE);
	/* a growth of three units, over the end of the word */
	assert_int_equal(lvr_fees_of_growth(&wrapped, &none, u256_from_u64(1000), 0.5, &result), CORE_OK);
	assert_same(result, 1500);
	assert_int_equal(lvr_fees_of_growth(&none, &wrapped, u256_from_u64(1000), 0.5, &result), CORE_OK);
	assert_same(result, 3000);
	/* less than a token is no token */
	wrapped = (fee_growth) {U256_ZERO, u256_sub_wrap(unit, u256_from_u64(1))};
	assert_int_equal(lvr_fees_of_growth(&wrapped, &none, u256_from_u64(1), 1, &result), CORE_OK);
	assert_same(result, 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(rates_are_slopes_of_the_amounts),
		cmocka_unit_test(rates_are_what_steps_lose),
		cmocka_unit_test(fees_as_simulated),
		cmocka_unit_test(efficiency),
		cmocka_unit_test(realised),
		cmocka_unit_test(summaries_that_are_none),
		cmocka_unit_test(fees),
	};

	return cmocka_run_group_tests_name("liquidity_lvr", tests, NULL, NULL);
}
