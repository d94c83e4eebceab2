/*
 * Unit tests of core/yield/return.c and core/yield/terms.c: closed forms,
 * laws, and long double as an independent reference.
 */
#include "test.h"

#include <float.h>
#include <math.h>

#include "core/yield/apr.h"
#include "core/yield/return.h"
#include "core/yield/terms.h"

#define ROWS	500

static double
total(const return_summary *s)
{
	double		result;

	assert_true(return_summary_is_valid(s));
	assert_int_equal(return_summary_total(s, &result), CORE_OK);
	return result;
}

/* Any order and any split, against the product in long double. */
static void
linking_does_not_depend_on_order(void **state)
{
	uint64_t	seed = 31;

	(void) state;
	for (int round = 0; round < 200; round++)
	{
		return_summary forward,
					part[3];
		double		returns[ROWS];
		long double product = 1;
		double		scale = round % 3 == 0 ? 1 : 1e-3;

		return_summary_init(&forward);
		for (int k = 0; k < 3; k++)
			return_summary_init(&part[k]);
		for (int i = 0; i < ROWS; i++)
		{
			returns[i] = (next_fraction(&seed) - 0.45) * scale;
			product *= 1 + (long double) returns[i];
			assert_int_equal(return_summary_add(&forward, returns[i]), CORE_OK);
		}
		for (int i = ROWS - 1; i >= 0; i--)
			assert_int_equal(return_summary_add(&part[next_random(&seed) % 3], returns[i]), CORE_OK);
		assert_int_equal(return_summary_merge(&part[2], &part[0]), CORE_OK);
		assert_int_equal(return_summary_merge(&part[2], &part[1]), CORE_OK);
		assert_int_equal(part[2].num_returns, ROWS);
		assert_true(fabsl(total(&forward) - (product - 1)) <= 1e-16L * ROWS * product + 2e-16L);
		assert_memory_equal(&part[2], &forward, sizeof(forward));
	}
}

static void
linking_leaves_no_range(void **state)
{
	return_summary s,
				other;
	double		result;

	(void) state;
	return_summary_init(&s);
	for (int i = 0; i < 100000; i++)
		assert_int_equal(return_summary_add(&s, 1), CORE_OK);
	assert_true(return_summary_is_valid(&s));
	assert_int_equal(return_summary_total(&s, &result), CORE_OUT_OF_RANGE);
	for (int i = 0; i < 100000; i++)
		assert_int_equal(return_summary_add(&s, -0.5), CORE_OK);
	assert_same(total(&s), 0);
	for (int i = 0; i < 100000; i++)
		assert_int_equal(return_summary_add(&s, -0.5), CORE_OK);
	assert_same(total(&s), -1);

	return_summary_init(&s);
	assert_int_equal(return_summary_add(&s, DBL_MAX), CORE_OK);
	assert_int_equal(return_summary_add(&s, DBL_MAX), CORE_OK);
	assert_int_equal(return_summary_add(&s, -1), CORE_OK);
	assert_same(total(&s), -1);
	assert_int_equal(return_summary_add(&s, DBL_MAX), CORE_OK);
	assert_same(total(&s), -1);

	/* a total loss in two halves, and the least that is none */
	return_summary_init(&s);
	assert_int_equal(return_summary_add(&s, nextafter(-1, 0)), CORE_OK);
	assert_true(total(&s) > -1);

	other = s;
	other.num_returns = BINNED_MAX_TERMS;
	assert_true(return_summary_is_valid(&other));
	assert_int_equal(return_summary_merge(&s, &other), CORE_OUT_OF_RANGE);
	assert_int_equal(return_summary_add(&other, 1), CORE_OUT_OF_RANGE);
	assert_int_equal(s.num_returns, 1);
}

static void
invalid_summaries(void **state)
{
	return_summary good,
				bad[6];

	(void) state;
	return_summary_init(&good);
	assert_false(return_summary_is_valid(&good));
	assert_int_equal(return_summary_add(&good, 0.5), CORE_OK);
	assert_true(return_summary_is_valid(&good));
	for (int i = 0; i < 6; i++)
		bad[i] = good;
	bad[0].num_returns = 0;
	bad[1].num_returns = BINNED_MAX_TERMS + 1;
	bad[2].is_total_loss = 1;	/* and still a sum */
	bad[3].is_total_loss = 2;
	bad[4].log_growth.bin[0] = INT64_MIN;
	bad[5].log_growth.top = INT64_MAX;
	for (int i = 0; i < 6; i++)
		assert_false(return_summary_is_valid(&bad[i]));
}

static void
attribution_sums_up(void **state)
{
	uint64_t	seed = 32;

	(void) state;
	for (int i = 0; i < 100000; i++)
	{
		holding		h = {
			.rate0 = exp(next_fraction(&seed)), .rate1 = exp(next_fraction(&seed)),
			.staking_return = next_fraction(&seed) * 0.2 - 0.05, .fee = next_fraction(&seed),
			.incentive_return = next_fraction(&seed) * 0.2
		};
		return_parts p;
		long double exact;

		h.market0 = h.rate0 * (0.9 + 0.2 * next_fraction(&seed));
		h.market1 = h.rate1 * (0.9 + 0.2 * next_fraction(&seed));
		exact = logl((long double) h.market1 / h.market0) + log1pl(h.incentive_return);
		assert_int_equal(yield_attribute(&h, &p), CORE_OK);
		assert_same(p.staking + p.restaking + p.incentives + p.peg + p.fees, p.total);
		assert_true(fabsl(p.total - exact) <= 2e-15L);
		assert_true(p.fees <= 0 && (h.staking_return > 0 || p.fees == 0));
	}
}

static void
attribution_edges(void **state)
{
	holding		h = {1, 1, 1, 1, 0, 1, 0};
	return_parts p;
	double		share;

	(void) state;
	assert_int_equal(yield_attribute(&h, &p), CORE_OK);
	assert_same(p.total, 0);
	h.staking_return = 0.05;	/* all of it is a fee */
	assert_int_equal(yield_attribute(&h, &p), CORE_OK);
	assert_true(fabs(p.staking + p.fees) <= 1e-17);
	h.market0 = DBL_MAX;
	h.rate0 = DBL_MIN;
	assert_int_equal(yield_attribute(&h, &p), CORE_OUT_OF_RANGE);
	assert_int_equal(yield_organic_share(3, 1, &share), CORE_OK);
	assert_same(share, 0.75);
	assert_int_equal(yield_organic_share(1, -1, &share), CORE_NULL);
	assert_int_equal(yield_organic_share(0, 0, &share), CORE_NULL);
	assert_int_equal(yield_organic_share(1, nextafter(-1, 0), &share), CORE_OK);
	assert_int_equal(yield_organic_share(DBL_MAX, DBL_MAX, &share), CORE_OK);
}

static void
rewards(void **state)
{
	u256		tokens;
	eigen_reward r;
	double		result;

	(void) state;
	assert_int_equal(yield_reward(100, 2, 10000, 365, 365, &result), CORE_OK);
	assert_close(result, 0.02, 1e-15);
	assert_int_equal(yield_reward(DBL_MAX, 2, 10000, 365, 365, &result), CORE_NULL);
	assert_int_equal(yield_reward(1, 2, 0, 365, 365, &result), CORE_NULL);
	assert_int_equal(eigen_tokens_per_day(u256_from_u64(1000), u256_from_u64(604800), &tokens), CORE_OK);
	assert_true(u256_equal(tokens, u256_from_u64(142)));
	assert_int_equal(eigen_tokens_per_day(tokens, U256_ZERO, &tokens), CORE_DIVISION_BY_ZERO);
	assert_int_equal(eigen_split(U256_MAX, U256_MAX, U256_MAX, 10000, &r), CORE_OK);
	assert_true(u256_equal(r.payout, U256_MAX) && u256_is_zero(r.staker_part));
	assert_int_equal(eigen_split(u256_from_u64(10), u256_from_u64(2), u256_from_u64(1), 0, &r), CORE_BAD_PARAMETER);
	assert_int_equal(eigen_split(u256_from_u64(10), U256_ZERO, u256_from_u64(1), 10001, &r), CORE_BAD_PARAMETER);
	assert_int_equal(eigen_split(u256_from_u64(10), U256_ZERO, U256_ZERO, 0, &r), CORE_DIVISION_BY_ZERO);
}

static void
terms(void **state)
{
	const double layers[] = {0.03, -0.01, 0.02};
	double		result;

	(void) state;
	assert_same(yield_net_of_fee(0.04, 0.25), 0.03);
	assert_same(yield_net_of_fee(-0.04, 0.25), -0.04);
	assert_int_equal(yield_gross_of_fee(0.03, 0.25, &result), CORE_OK);
	assert_same(result, 0.04);
	assert_int_equal(yield_gross_of_fee(-0.03, 0.25, &result), CORE_OK);
	assert_same(result, -0.03);
	assert_int_equal(yield_gross_of_fee(DBL_MAX, 0.5, &result), CORE_OUT_OF_RANGE);
	assert_int_equal(yield_real(0.5, 0.25, &result), CORE_OK);
	assert_same(result, 0.2);
	assert_int_equal(yield_real(DBL_MAX, nextafter(-1, 0), &result), CORE_OUT_OF_RANGE);
	assert_int_equal(yield_layered(layers, 3, &result), CORE_OK);
	assert_close(result, 1.03 * 0.99 * 1.02 - 1, 1e-13);
	assert_int_equal(yield_layered(layers, 0, &result), CORE_NULL);
	assert_int_equal(yield_layered(&(double) {-1.5}, 1, &result), CORE_NULL);
	assert_int_equal(yield_layered((double[]) {DBL_MAX, DBL_MAX}, 2, &result), CORE_OUT_OF_RANGE);
	assert_int_equal(yield_spread_bps(0.5, 0.25, &result), CORE_OK);
	assert_same(result, 2500);
	assert_int_equal(yield_spread_bps(DBL_MAX, 0, &result), CORE_OUT_OF_RANGE);
}

static void
log_yields_and_conversions(void **state)
{
	const int64_t year = INT64_C(31536000000000);
	double		result,
				back;

	(void) state;
	assert_int_equal(yield_log_of_change(1, 2, 1, 0, year, 365, &result), CORE_OK);
	assert_close(result, log(2), 1e-15);
	assert_int_equal(yield_log_of_change(2, 1, -1, 0, year, 365, &result), CORE_OK);
	assert_close(result, -log(2), 1e-15);
	assert_int_equal(yield_log_of_change(1, 2, 1, 5, 5, 365, &result), CORE_NULL);
	assert_int_equal(yield_log_of_change(1, 2, 1, 5, 4, 365, &result), CORE_BAD_PARAMETER);
	for (double r = -0.9; r < 3; r += 0.01)
	{
		assert_int_equal(yield_convert(r, 1, INFINITY, &result), CORE_OK);
		assert_int_equal(yield_convert(result, INFINITY, 1, &back), CORE_OK);
		assert_true(fabs(back - r) <= 1e-14);
		assert_int_equal(yield_convert(r, 12, 7, &result), CORE_OK);
		assert_int_equal(yield_convert(result, 7, 12, &back), CORE_OK);
		assert_true(fabs(back - r) <= 1e-14);
	}
	assert_int_equal(yield_convert(-12, 12, 4, &result), CORE_OK);
	assert_same(result, -4);
	assert_int_equal(yield_convert(-12, 12, INFINITY, &result), CORE_NULL);
	assert_int_equal(yield_convert(-13, 12, 4, &result), CORE_NULL);
	assert_int_equal(yield_convert(1e4, INFINITY, 1, &result), CORE_OUT_OF_RANGE);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(linking_does_not_depend_on_order),
		cmocka_unit_test(linking_leaves_no_range),
		cmocka_unit_test(invalid_summaries),
		cmocka_unit_test(attribution_sums_up),
		cmocka_unit_test(attribution_edges),
		cmocka_unit_test(rewards),
		cmocka_unit_test(terms),
		cmocka_unit_test(log_yields_and_conversions),
	};

	return cmocka_run_group_tests_name("yield_return", tests, NULL, NULL);
}
