/*-------------------------------------------------------------------------
 *
 * backing.c
 *	  Sums of what stands behind a token, and what withdrawals are paid.
 *
 *-------------------------------------------------------------------------
 */
#include "oracle.h"

#include "core/rate/backing.h"
#include "core/rate/payout.h"

static backing_summary
random_row(void)
{
	return (backing_summary) {
		u256_shr(random_u256(), 8 + random_below(248)), u256_shr(random_u256(), 8 + random_below(248)), 1
	};
}

/* What was added and is taken off leaves what was there before, in every byte. */
static void
sums(void **state)
{
	(void) state;
	for (int round = 0; round < 20000; round++)
	{
		backing_summary s = random_row();
		backing_summary before = s;
		backing_summary row = random_row();
		u256		total;

		assert_int_equal(backing_summary_add(&s, &row), CORE_OK);
		assert_true(u256_add(before.assets, row.assets, &total) && u256_equal(total, s.assets));
		assert_int_equal(s.num_rows, 2);
		assert_int_equal(backing_summary_cmp(&s, &before), 1);
		assert_int_equal(backing_summary_cmp(&before, &s), -1);
		assert_true(u256_equal(backing_summary_shortfall(&s),
							   u256_cmp(s.supply, s.assets) > 0 ? u256_sub_wrap(s.supply, s.assets) : U256_ZERO));
		backing_summary_remove(&s, &row);
		assert_memory_equal(&s, &before, sizeof(s));
		assert_int_equal(backing_summary_cmp(&s, &before), 0);
	}
}

static void
limits(void **state)
{
	const backing_summary one = {u256_from_u64(1), u256_from_u64(1), 1};
	backing_summary full[] = {{U256_MAX, U256_ZERO, 1}, {U256_ZERO, U256_MAX, 1},
		{U256_ZERO, U256_ZERO, INT64_MAX}};
	double		ratio;

	(void) state;
	for (int i = 0; i < 3; i++)
	{
		backing_summary before = full[i];

		assert_int_equal(backing_summary_add(&full[i], &one), CORE_OUT_OF_RANGE);
		assert_memory_equal(&full[i], &before, sizeof(before));
	}
	assert_int_equal(backing_summary_ratio(&full[0], &ratio), CORE_NULL);
	assert_int_equal(backing_summary_ratio(&full[1], &ratio), CORE_OK);
	assert_true(ratio == 0);
	assert_int_equal(backing_supplier_loss(1, 0, &ratio), CORE_NULL);
	assert_int_equal(backing_supplier_loss(1e308, 1e-308, &ratio), CORE_OUT_OF_RANGE);
	assert_true(backing_rate_after_haircut(1.5, 2) == 1.5 && backing_rate_after_haircut(1.5, 0.5) == 0.75);
}

static void
amounts(void **state)
{
	static const char *const bad[] = {"", "-1", "+1", " 1", "1 ", "1.0", "0x1", "1e3", "a",
		"115792089237316195423570985008687907853269984665640564039457584007913129639936"};
	u256		amount;

	(void) state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		assert_false(backing_read_amount(bad[i], &amount));
	assert_true(backing_read_amount("115792089237316195423570985008687907853269984665640564039457584007913129639935",
									&amount) && u256_equal(amount, U256_MAX));
	assert_true(backing_read_amount("007", &amount) && u256_equal(amount, u256_from_u64(7)));
}

/* ceil(1e18 * pooled / shares), and never more than was asked for */
static void
payouts(void **state)
{
	mpz_t		n[3];

	(void) state;
	mpz_inits(n[0], n[1], n[2], NULL);
	for (int round = 0; round < 5000; round++)
	{
		u256		a = u256_shr(random_u256(), 64 + random_below(192));
		u256		b = u256_shr(random_u256(), 64 + random_below(190));
		u256		requested = u256_shr(random_u256(), 64 + random_below(192));
		u256		out;

		b.limb[0] |= 1;
		mpz_set_u256(n[0], a);
		mpz_set_u256(n[1], b);
		mpz_mul_ui(n[2], n[0], 1000000000000000000U);
		mpz_cdiv_q(n[2], n[2], n[1]);
		assert_int_equal(etherfi_finalization_rate(a, b, &out), mpz_fits_u256(n[2]) ? CORE_OK : CORE_OUT_OF_RANGE);
		if (mpz_fits_u256(n[2]))
			assert_u256_is(out, n[2]);
		mpz_mul(n[2], n[0], n[1]);
		mpz_fdiv_q_ui(n[2], n[2], 1000000000000000000U);
		mpz_set_u256(n[0], requested);
		if (!mpz_fits_u256(n[2]))
		{
			assert_int_equal(etherfi_withdrawal_payout(requested, a, b, &out), CORE_OUT_OF_RANGE);
			continue;
		}
		assert_int_equal(etherfi_withdrawal_payout(requested, a, b, &out), CORE_OK);
		assert_u256_is(out, mpz_cmp(n[2], n[0]) < 0 ? n[2] : n[0]);
	}
	mpz_clears(n[0], n[1], n[2], NULL);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(sums),
		cmocka_unit_test(limits),
		cmocka_unit_test(amounts),
		cmocka_unit_test(payouts),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
