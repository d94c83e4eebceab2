/*-------------------------------------------------------------------------
 *
 * test/core/derivative/pendle.c
 *	  Pendle's market against its formulas in long double.
 *
 *-------------------------------------------------------------------------
 */
#include "test.h"

#include <math.h>

#include "core/base/splitmix.h"
#include "core/chain/logexp.h"
#include "core/derivative/pendle.h"

static double
uniform(uint64_t k)
{
	return splitmix_uniform(42, k);
}

static u256
word(double x)
{
	u256		out;

	assert_true(u256_from_double(floor(x), &out) == CORE_OK);
	return out;
}

static long double
wad(s256 x)
{
	return (long double) s256_to_double(x) / 1e18L;
}

/* A trade by the formulas themselves; false if the market refuses it */
static bool
trade_in_floats(const pendle_market *m, long double net, long double *net_sy, long double *ln_after)
{
	long double years = (long double) u256_to_double(m->seconds) / 31536000;
	long double pt = wad(m->total_pt);
	long double index = wad(m->py_index);
	long double asset = wad(m->total_sy) * index;
	long double scalar = wad(m->scalar_root) / years;
	long double p = pt / (pt + asset);
	long double anchor = expl(wad(m->last_ln_implied_rate) * years) - logl(p / (1 - p)) / scalar;
	long double fee_rate = expl(wad(m->ln_fee_rate_root) * years);
	long double q = (pt - net) / (pt + asset);
	long double rate = logl(q / (1 - q)) / scalar + anchor;
	long double before = -net / rate;
	long double fee = net > 0 ? before * (1 - fee_rate) : -before * (1 - fee_rate) / fee_rate;
	long double reserve = fee * (long double) u256_to_double(m->reserve_fee_percent) / 100;
	long double after;

	if (q > 0.959L || rate < 1.0001L || (net > 0 && rate / fee_rate < 1.0001L))
		return false;
	*net_sy = (before - fee) / index;
	after = asset - (before - fee) - reserve;
	q = (pt - net) / (pt - net + after);
	rate = logl(q / (1 - q)) / scalar + anchor;
	*ln_after = logl(rate) / years;
	return q < 0.959L && rate > 1.0001L;
}

static void
trades_are_those_of_the_formulas(void **state)
{
	int			trades = 0;

	(void) state;
	for (uint64_t k = 0; k < 200000; k += 10)
	{
		pendle_market m = {
			word(1e18 * pow(10, 1 + 7 * uniform(k))), word(1e18 * pow(10, 1 + 7 * uniform(k + 1))),
			word(1e18 * (0.5 + 2 * uniform(k + 2))), word(1e18 * (5 + 200 * uniform(k + 3))),
			word(1e16 * uniform(k + 4)), word(101 * uniform(k + 5)),
			word(3e17 * uniform(k + 6)), word(3600 + 1e8 * uniform(k + 7))
		};
		double		net = s256_to_double(m.total_pt) * 1.8 * (uniform(k + 8) - 0.5);
		u256		amount = word(fabs(net));
		s256		signed_net = net < 0 ? s256_neg_wrap(amount) : amount;
		pendle_trade t;
		long double net_sy,
					ln_after;

		if (!trade_in_floats(&m, wad(signed_net), &net_sy, &ln_after))
			continue;
		assert_true(pendle_trade_pt(&m, signed_net, &t) == CORE_OK);
		assert_true(fabsl(wad(t.net_sy_to_account) - net_sy) <= 1e-11L * fabsl(net_sy));
		assert_true(fabsl(wad(t.ln_implied_rate_after) - ln_after) <= 1e-9L + 1e-9L * ln_after);
		trades++;
	}
	assert_true(trades > 3000);
}

static void
powers_and_logarithms(void **state)
{
	(void) state;
	for (uint64_t k = 0; k < 20000; k++)
	{
		double		x = -41 + 170 * uniform(k);
		u256		magnitude = word(fabs(x) * 1e18);
		s256		signed_x = x < 0 ? s256_neg_wrap(magnitude) : magnitude;
		u256		e = U256_ZERO;
		s256		l = U256_ZERO;

		assert_true(logexp_exp(signed_x, &e) == CORE_OK);
		assert_true(fabsl(wad(e) - expl(wad(signed_x))) <= 1e-18L + 2e-14L * wad(e));
		if (x < -35)
			continue;
		assert_true(logexp_ln(e, &l) == CORE_OK);
		assert_true(fabsl(wad(l) - wad(signed_x)) <= 1e-14L * fabsl(wad(signed_x)) + 1e-17L +
					2e-18L / wad(e));
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(trades_are_those_of_the_formulas),
		cmocka_unit_test(powers_and_logarithms),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
