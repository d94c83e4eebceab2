/*-------------------------------------------------------------------------
 *
 * vault.c
 *	  Prices of vault shares: the table of events against declarations and
 *	  hashes, rates and bounds against GMP.
 *
 *-------------------------------------------------------------------------
 */
#include "oracle.h"

#include "core/rate/vault.h"
#include "events.h"

static void
table(void **state)
{
	(void) state;
	assert_int_equal(vault_num_layouts(), 9);
	for (int i = 0; i < vault_num_layouts(); i++)
	{
		const vault_layout *vault = vault_layout_at((size_t) i);
		size_t		length = strlen(vault->name);

		check_layout(&vault->event, VAULT_COLUMNS);
		assert_int_equal(strncmp(vault->event.declaration, vault->name, length), 0);
		assert_int_equal(vault->event.declaration[length], '(');
		assert_int_equal(vault_has_time(vault), vault->formula == VAULT_STATUS ||
						 vault->formula == VAULT_STORED || vault->formula == VAULT_RATIO);
	}
	assert_null(vault_layout_at(SIZE_MAX));
}

static const vault_layout *
vault_of(vault_formula formula)
{
	for (size_t i = 0; vault_layout_at(i) != NULL; i++)
		if (vault_layout_at(i)->formula == formula)
			return vault_layout_at(i);
	return NULL;
}

/* floor(a * 10^exponent / b) */
static void
exact_quotient(mpz_t out, const mpz_t a, const mpz_t b, int exponent)
{
	mpz_t		power;
	mpz_t		divisor;

	mpz_inits(power, divisor, NULL);
	mpz_ui_pow_ui(power, 10, (unsigned long) abs(exponent));
	mpz_set(out, a);
	mpz_set(divisor, b);
	mpz_mul(exponent < 0 ? divisor : out, exponent < 0 ? divisor : out, power);
	mpz_fdiv_q(out, out, divisor);
	mpz_clears(power, divisor, NULL);
}

static void
check_rate(core_status status, u256 rate, const mpz_t want)
{
	assert_int_equal(status, mpz_fits_u256(want) ? CORE_OK : CORE_OUT_OF_RANGE);
	if (status == CORE_OK)
		assert_u256_is(rate, want);
}

static u256
random_amount(void)
{
	u256		amount = random_below(16) == 0 ? U256_MAX : random_u256();

	return u256_shr(amount, random_below(4) == 0 ? random_below(8) : random_below(256));
}

/* The formula of each event, to the ends of words and with all sorts of decimals. */
static void
rates(void **state)
{
	mpz_t		a;
	mpz_t		b;
	mpz_t		want;

	(void) state;
	mpz_inits(a, b, want, NULL);
	for (int round = 0; round < 40000; round++)
	{
		const vault_layout *vault = vault_layout_at(random_below(9));
		event_value values[VAULT_COLUMNS] = {0};
		vault_decimals decimals = {(int) random_below(78), (int) random_below(78)};
		int			exponent = 18 + decimals.share - decimals.asset;
		u256		rate;
		core_status status;

		for (int i = 0; i < VAULT_COLUMNS; i++)
			values[i].word = random_amount();
		values[VAULT_SHARES].word.limb[0] |= 1;
		values[VAULT_ASSETS].word.limb[0] |= 1;
		status = vault_event_rate(vault, values, decimals, U256_ZERO, &rate);
		mpz_set_u256(a, values[VAULT_ASSETS].word);
		mpz_set_u256(b, values[VAULT_SHARES].word);
		switch (vault->formula)
		{
			case VAULT_DEPOSIT:
			case VAULT_WITHDRAW:
				exact_quotient(want, a, b, exponent);
				break;
			case VAULT_STATUS:
				mpz_set_u256(want, values[VAULT_BORROWS].word);
				mpz_add(a, a, want);
				mpz_add_ui(a, a, 1000000);
				mpz_add_ui(b, b, 1000000);
				exact_quotient(want, a, b, exponent);
				break;
			case VAULT_STORED:
				mpz_set_ui(b, 1);
				exact_quotient(want, a, b, 18 - decimals.asset);
				break;
			case VAULT_PRICE:
				mpz_set_ui(b, 1);
				exact_quotient(want, b, a, 18 + exponent);
				break;
			case VAULT_INDEX:
				mpz_set_ui(b, 1);
				exact_quotient(want, a, b, -9);
				break;
			case VAULT_RATIO:
				mpz_ui_pow_ui(want, 10, 36);
				mpz_cdiv_q(want, want, a);
				break;
		}
		check_rate(status, rate, want);
	}
	mpz_clears(a, b, want, NULL);
}

static void
bounds(void **state)
{
	mpz_t		n[5];

	(void) state;
	for (int i = 0; i < 5; i++)
		mpz_init(n[i]);
	for (int round = 0; round < 40000; round++)
	{
		bool		deposit = random_below(2) == 0;
		event_value values[VAULT_COLUMNS] = {0};
		vault_decimals decimals = {(int) random_below(78), (int) random_below(78)};
		int			exponent = 18 + decimals.share - decimals.asset;
		u256		least;
		u256		greatest;
		bool		bounded;
		core_status status;

		values[VAULT_ASSETS].word = random_amount();
		values[VAULT_SHARES].word = random_amount();
		values[VAULT_SHARES].word.limb[0] |= 2;
		mpz_set_u256(n[0], values[VAULT_ASSETS].word);
		mpz_set_u256(n[1], values[VAULT_SHARES].word);
		(deposit ? mpz_add_ui : mpz_sub_ui) (n[2], n[1], 1);
		exact_quotient(n[3], n[0], n[2], exponent);
		if (deposit && mpz_sgn(n[0]) == 0)
			mpz_set_ui(n[4], 0);
		else
		{
			(deposit ? mpz_sub_ui : mpz_add_ui) (n[4], n[0], 1);
			exact_quotient(n[4], n[4], n[1], exponent);
		}
		if (deposit == (mpz_cmp(n[4], n[3]) < 0))
			mpz_swap(n[3], n[4]);
		exact_quotient(n[4], n[0], n[1], exponent);
		status = vault_event_bounds(vault_of(deposit ? VAULT_DEPOSIT : VAULT_WITHDRAW), values,
									decimals, &least, &greatest, &bounded);
		if (!mpz_fits_u256(n[3]) || !mpz_fits_u256(n[4]))
		{
			assert_int_equal(status, CORE_OUT_OF_RANGE);
			continue;
		}
		assert_int_equal(status, CORE_OK);
		assert_true(bounded);
		assert_u256_is(deposit ? least : greatest, n[3]);
		assert_u256_is(deposit ? greatest : least, n[4]);
	}
	for (int i = 0; i < 5; i++)
		mpz_clear(n[i]);
}

/* Where nothing is divided by, and where there are too few shares */
static void
nothing(void **state)
{
	vault_decimals decimals = {18, 18};
	event_value values[VAULT_COLUMNS] = {0};
	u256		rate;
	u256		greatest;
	bool		bounded;

	(void) state;
	for (int i = 0; i < vault_num_layouts(); i++)
	{
		const vault_layout *vault = vault_layout_at((size_t) i);
		bool		divides = vault->formula != VAULT_STATUS && vault->formula != VAULT_STORED &&
			vault->formula != VAULT_INDEX;

		assert_int_equal(vault_event_rate(vault, values, decimals, U256_ZERO, &rate),
						 divides ? CORE_NULL : CORE_OK);
		assert_int_equal(vault_event_bounds(vault, values, decimals, &rate, &greatest, &bounded),
						 divides ? CORE_NULL : CORE_OK);
	}
	values[VAULT_SHARES].word = u256_from_u64(1);
	assert_int_equal(vault_event_bounds(vault_of(VAULT_WITHDRAW), values, decimals, &rate,
										&greatest, &bounded), CORE_OK);
	assert_false(bounded);
	for (uint64_t min_shares = 0; min_shares < 3; min_shares++)
		assert_int_equal(vault_event_rate(vault_of(VAULT_DEPOSIT), values, decimals,
										  u256_from_u64(min_shares), &rate),
						 min_shares < 2 ? CORE_OK : CORE_NULL);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(table),
		cmocka_unit_test(rates),
		cmocka_unit_test(bounds),
		cmocka_unit_test(nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
