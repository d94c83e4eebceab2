/*-------------------------------------------------------------------------
 *
 * test_shares.c
 *	  Shares and rates: numbers that contracts' tests publish, and laws on
 *	  random pools against GMP.
 *
 *-------------------------------------------------------------------------
 */
#include "oracle.h"

#include "core/chain/fixed.h"
#include "core/rate/shares.h"

#define ROUNDS	20000

static u256
num(const char *decimal)
{
	mpz_t		z;
	u256		out;

	mpz_init_set_str(z, decimal, 10);
	out = u256_from_mpz(z);
	mpz_clear(z);
	return out;
}

static u256
small(uint64_t x)
{
	return u256_from_u64(x);
}

static void
assert_num(u256 got, const char *want)
{
	mpz_t		z;

	mpz_init_set_str(z, want, 10);
	assert_u256_is(got, z);
	mpz_clear(z);
}

#define assert_ok(call)				assert_int_equal(call, CORE_OK)
#define assert_status(call, want)	assert_int_equal(call, want)

/* An amount as chains hold it, up to "bits" bits */
static u256
random_amount(unsigned bits)
{
	return u256_shr(random_u256(), 256 - bits);
}

static share_pool
random_pool(unsigned bits)
{
	share_pool	pool = {random_amount(bits), random_amount(bits), U256_ZERO, U256_ZERO};

	if (random_below(2) == 0)
		pool.virtual_assets = random_amount(20);
	if (random_below(2) == 0)
		pool.virtual_shares = random_amount(20);
	return pool;
}

/* ---------- conversion ---------- */

static void
test_known_rates(void **state)
{
	u256		got;
	u256		hops[] = {num("2581359000371993297"), num("2796691988847385919")};

	(void) state;
	/* Renzo's ezETH and two of Rocket Pool's, from their contracts */
	assert_ok(exchange_rate(num("1065401720260635856693585"), num("1054068892374051626531219"),
							FIXED_WAD, &got));
	assert_num(got, "1010751505872694525");
	assert_ok(exchange_rate(num("33508042610404687500"), num("33496974558165526597"), FIXED_WAD, &got));
	assert_num(got, "1000330419459821420");
	assert_ok(exchange_rate(num("18000000000000000000"), num("14000000000000000000"), FIXED_RAY, &got));
	assert_num(got, "1285714285714285714285714285");
	assert_ok(exchange_rate(num("5"), U256_ZERO, FIXED_RAY, &got));
	assert_true(u256_equal(got, FIXED_RAY));

	assert_ok(rate_chain(hops, 2, FIXED_WAD, &got));
	assert_num(got, "7219266036679449942");
	assert_ok(rate_chain(hops, 1, FIXED_WAD, &got));
	assert_true(u256_equal(got, hops[0]));
	assert_ok(rate_chain(NULL, 0, FIXED_WAD, &got));
	assert_true(u256_equal(got, FIXED_WAD));
	assert_ok(rate_chain((u256[]) {small(1040000), small(1030000)}, 2, small(1000000), &got));
	assert_num(got, "1071200");
	assert_int_equal(rate_chain((u256[]) {small(1040000), small(1030000)}, 2, FIXED_WAD, &got),
					 CORE_BAD_PARAMETER);
	assert_ok(rate_chain((u256[]) {small(1), U256_ZERO}, 2, FIXED_WAD, &got));
	assert_true(u256_is_zero(got));
	assert_int_equal(rate_chain(hops, 2, U256_ZERO, &got), CORE_DIVISION_BY_ZERO);

	assert_ok(rate_invert(num("1250000000000000000"), FIXED_WAD, U256_FLOOR, &got));
	assert_num(got, "800000000000000000");
	assert_ok(rate_invert(num("3"), small(10), U256_CEIL, &got));
	assert_num(got, "34");
	assert_status(rate_invert(U256_ZERO, FIXED_WAD, U256_FLOOR, &got), CORE_DIVISION_BY_ZERO);
	assert_status(rate_invert(small(1), U256_MAX, U256_FLOOR, &got), CORE_OUT_OF_RANGE);
}

/* Where contracts differ: nothing in the pool, or nothing of one kind */
static void
test_empty_pools(void **state)
{
	share_pool	none = {U256_ZERO, U256_ZERO, U256_ZERO, U256_ZERO};
	share_pool	no_shares = {small(7), U256_ZERO, U256_ZERO, U256_ZERO};
	share_pool	no_assets = {U256_ZERO, small(7), U256_ZERO, U256_ZERO};
	share_pool	virtual_only = {U256_ZERO, U256_ZERO, small(1), small(1000)};
	share_pool	too_much = {U256_MAX, small(7), small(1), U256_ZERO};
	u256		got;

	(void) state;
	assert_ok(shares_to_assets(small(5), &none, U256_FLOOR, &got));
	assert_num(got, "5");
	assert_ok(assets_to_shares(small(5), &none, U256_CEIL, &got));
	assert_num(got, "5");
	assert_ok(assets_to_shares(small(5), &no_shares, U256_FLOOR, &got));
	assert_num(got, "5");
	assert_ok(shares_to_assets(small(5), &no_assets, U256_CEIL, &got));
	assert_num(got, "0");
	assert_status(assets_to_shares(small(5), &no_assets, U256_FLOOR, &got), CORE_DIVISION_BY_ZERO);
	assert_ok(assets_to_shares(small(5), &virtual_only, U256_FLOOR, &got));
	assert_num(got, "5000");
	assert_status(shares_to_assets(small(5), &too_much, U256_FLOOR, &got), CORE_OUT_OF_RANGE);
}

/* want = a * b / c in the rounding; what the status must be */
static core_status
mpz_mul_div(mpz_t want, u256 a, const mpz_t b, const mpz_t c, u256_rounding rounding)
{
	mpz_t		product;

	if (mpz_sgn(c) == 0)
		return CORE_DIVISION_BY_ZERO;
	mpz_init(product);
	mpz_set_u256(product, a);
	mpz_mul(product, product, b);
	if (rounding == U256_FLOOR)
		mpz_fdiv_q(want, product, c);
	else if (rounding == U256_CEIL)
		mpz_cdiv_q(want, product, c);
	else
	{
		/* (2 * product + c) / (2 * c) */
		mpz_mul_2exp(product, product, 1);
		mpz_add(product, product, c);
		mpz_fdiv_q(want, product, c);
		mpz_fdiv_q_2exp(want, want, 1);
	}
	mpz_clear(product);
	return mpz_fits_u256(want) ? CORE_OK : CORE_OUT_OF_RANGE;
}

static void
mpz_add_u256(mpz_t sum, u256 a, u256 b)
{
	mpz_t		z;

	mpz_init(z);
	mpz_set_u256(sum, a);
	mpz_set_u256(z, b);
	mpz_add(sum, sum, z);
	mpz_clear(z);
}

static void
check_conversion(u256 amount, const share_pool *pool, u256_rounding rounding)
{
	mpz_t		assets;
	mpz_t		shares;
	mpz_t		want;
	u256		got = U256_ZERO;
	core_status status;

	mpz_inits(assets, shares, want, NULL);
	mpz_add_u256(assets, pool->assets, pool->virtual_assets);
	mpz_add_u256(shares, pool->shares, pool->virtual_shares);
	if (mpz_fits_u256(assets) && mpz_fits_u256(shares) && mpz_sgn(shares) != 0)
	{
		status = mpz_mul_div(want, amount, assets, shares, rounding);
		assert_int_equal(shares_to_assets(amount, pool, rounding, &got), status);
		if (status == CORE_OK)
			assert_u256_is(got, want);
		status = mpz_mul_div(want, amount, shares, assets, rounding);
		assert_int_equal(assets_to_shares(amount, pool, rounding, &got), status);
		if (status == CORE_OK)
			assert_u256_is(got, want);
	}
	mpz_clears(assets, shares, want, NULL);
}

static void
test_conversion_against_gmp(void **state)
{
	(void) state;
	for (int i = 0; i < ROUNDS; i++)
	{
		share_pool	pool = random_pool(i % 2 == 0 ? 256 : 128);

		check_conversion(random_u256(), &pool, (u256_rounding) random_below(3));
	}
}

/* Roundings one apart, monotone in the amount, and no gain from a round trip */
static void
test_conversion_laws(void **state)
{
	(void) state;
	for (int i = 0; i < ROUNDS; i++)
	{
		share_pool	pool = random_pool(112);
		u256		amount = random_amount(112);
		u256		down;
		u256		up;
		u256		half;
		u256		more;
		u256		back;

		pool.assets = u256_or(pool.assets, small(1));
		pool.shares = u256_or(pool.shares, small(1));
		assert_ok(assets_to_shares(amount, &pool, U256_FLOOR, &down));
		assert_ok(assets_to_shares(amount, &pool, U256_CEIL, &up));
		assert_ok(assets_to_shares(amount, &pool, U256_HALF_UP, &half));
		assert_true(u256_cmp(u256_sub_wrap(up, down), small(1)) <= 0);
		assert_true(u256_equal(half, up) || u256_equal(half, down));
		assert_ok(assets_to_shares(u256_add_wrap(amount, random_amount(64)), &pool, U256_FLOOR, &more));
		assert_true(u256_cmp(down, more) <= 0);
		assert_ok(shares_to_assets(down, &pool, U256_FLOOR, &back));
		assert_true(u256_cmp(back, amount) <= 0);
		assert_ok(shares_to_assets(up, &pool, U256_CEIL, &back));
		assert_true(u256_cmp(back, amount) >= 0);
	}
}

static void
test_rebase(void **state)
{
	share_pool	before = {small(1000), small(1000), U256_ZERO, U256_ZERO};
	share_pool	after = {small(1100), small(1001), U256_ZERO, U256_ZERO};
	bool		negative;
	u256		got;

	(void) state;
	assert_ok(rebase_amount(small(500), &before, &after, &negative, &got));
	assert_false(negative);
	assert_num(got, "49");
	assert_ok(rebase_amount(small(500), &after, &before, &negative, &got));
	assert_true(negative);
	assert_num(got, "49");
	assert_ok(rebase_amount(small(500), &before, &before, &negative, &got));
	assert_false(negative);
	assert_true(u256_is_zero(got));
}

/* ---------- baskets ---------- */

static void
check_basket(const u256 *balances, const u256 *prices, size_t n, u256 supply)
{
	mpz_t		sum;
	mpz_t		a;
	mpz_t		b;
	u256		got = U256_ZERO;
	core_status status;

	mpz_inits(sum, a, b, NULL);
	for (size_t i = 0; i < n; i++)
	{
		mpz_set_u256(a, balances[i]);
		mpz_set_u256(b, prices[i]);
		mpz_addmul(sum, a, b);
	}
	mpz_set_u256(a, supply);
	mpz_fdiv_q(b, sum, a);
	status = basket_rate(balances, prices, n, supply, false, &got);
	assert_int_equal(status, mpz_fits_u256(b) && mpz_sizeinbase(sum, 2) <= 512
					 ? CORE_OK : CORE_OUT_OF_RANGE);
	if (status == CORE_OK)
		assert_u256_is(got, b);
	mpz_clears(sum, a, b, NULL);
}

static void
test_basket(void **state)
{
	u256		balances[4] = {num("1000000000000000001"), num("2999999999999999999")};
	u256		prices[4] = {num("1100000000000000009"), num("1050000000000000007")};
	u256		got;

	(void) state;
	assert_ok(basket_value(balances, prices, 2, false, &got));
	assert_num(got, "4250000000000000030");
	assert_ok(basket_value(balances, prices, 2, true, &got));
	assert_num(got, "4250000000000000029");
	assert_ok(basket_rate(balances, prices, 2, FIXED_WAD, true, &got));
	assert_num(got, "4250000000000000029");
	assert_ok(basket_value(NULL, NULL, 0, false, &got));
	assert_true(u256_is_zero(got));
	assert_ok(basket_rate(balances, prices, 2, U256_ZERO, false, &got));
	assert_true(u256_equal(got, FIXED_WAD));
	for (int i = 0; i < ROUNDS; i++)
	{
		for (int j = 0; j < 4; j++)
		{
			balances[j] = random_u256();
			prices[j] = random_u256();
		}
		check_basket(balances, prices, random_below(5), u256_or(random_u256(), small(1)));
	}
	balances[0] = balances[1] = prices[0] = prices[1] = U256_MAX;
	assert_status(basket_value(balances, prices, 2, false, &got), CORE_OUT_OF_RANGE);
	assert_status(basket_value(balances, prices, 2, true, &got), CORE_OUT_OF_RANGE);
}

/* ---------- ERC-4626 ---------- */

static erc4626_vault
vault(erc4626_variant variant, uint64_t assets, uint64_t shares, uint64_t fee_bps)
{
	return (erc4626_vault) {variant, small(assets), small(shares), 0, small(fee_bps)};
}

typedef core_status (*preview) (u256 amount, const erc4626_vault *vault, u256 *out);

static void
assert_preview(preview function, erc4626_vault v, uint64_t amount, uint64_t want)
{
	u256		got;

	assert_ok(function(small(amount), &v, &got));
	if (!u256_equal(got, small(want)))
		fail_msg("got %llu, want %llu", (unsigned long long) got.limb[0], (unsigned long long) want);
}

/* The ten steps of solmate's test: two holders, yield after steps 2 and 5 */
static void
test_solmate_scenario(void **state)
{
	static const struct
	{
		preview		function;
		uint64_t	assets;
		uint64_t	shares;
		uint64_t	amount;
		uint64_t	want;
	}			steps[] = {
		{erc4626_preview_mint, 0, 0, 2000, 2000},
		{erc4626_preview_deposit, 2000, 2000, 4000, 4000},
		{erc4626_preview_redeem, 9000, 6000, 2000, 3000},
		{erc4626_preview_redeem, 9000, 6000, 4000, 6000},
		{erc4626_preview_deposit, 9000, 6000, 2000, 1333},
		{erc4626_preview_mint, 11000, 7333, 2000, 3001},
		{erc4626_preview_redeem, 17001, 9333, 3333, 6071},
		{erc4626_preview_redeem, 17001, 9333, 6000, 10929},
		{erc4626_preview_redeem, 17001, 9333, 1333, 2428},
		{erc4626_preview_withdraw, 14573, 8000, 2929, 1608},
		{erc4626_preview_withdraw, 11644, 6392, 3643, 2000},
		{erc4626_preview_redeem, 8001, 4392, 4392, 8001},
	};

	(void) state;
	for (size_t i = 0; i < sizeof(steps) / sizeof(steps[0]); i++)
		assert_preview(steps[i].function, vault(ERC4626_SOLMATE, steps[i].assets, steps[i].shares, 0),
					   steps[i].amount, steps[i].want);
}

static void
test_fees(void **state)
{
	erc4626_vault even = vault(ERC4626_OPENZEPPELIN, 1000000, 1000000, 500);
	erc4626_vault puffer = vault(ERC4626_PUFFER, 1000000, 1000000, 100);
	erc4626_vault bad = even;
	u256		got;

	(void) state;
	/* the four previews of ERC4626Fees at 5 %, as in its tests: 10000 and 10500 */
	assert_preview(erc4626_preview_deposit, even, 10500, 10000);
	assert_preview(erc4626_preview_mint, even, 10000, 10500);
	assert_preview(erc4626_preview_withdraw, even, 10000, 10500);
	assert_preview(erc4626_preview_redeem, even, 10500, 10000);

	/* Puffer: 1 % of what leaves, so 10101.01.. for 10000, floored */
	assert_preview(erc4626_preview_withdraw, puffer, 10000, 10101);
	assert_preview(erc4626_preview_redeem, puffer, 10000, 9900);
	assert_preview(erc4626_preview_redeem, puffer, 10001, 9900);

	puffer.fee_bps = small(10000);
	assert_preview(erc4626_preview_redeem, puffer, 10000, 0);
	assert_status(erc4626_preview_withdraw(small(1), &puffer, &got), CORE_DIVISION_BY_ZERO);
	bad.fee_bps = small(10001);
	assert_status(erc4626_preview_mint(small(1), &bad, &got), CORE_BAD_PARAMETER);
	bad = even;
	bad.decimals_offset = 78;
	assert_status(erc4626_preview_mint(small(1), &bad, &got), CORE_BAD_PARAMETER);
	bad = vault(ERC4626_SOLMATE, 1, 1, 0);
	bad.decimals_offset = 6;
	assert_status(erc4626_preview_redeem(small(1), &bad, &got), CORE_BAD_PARAMETER);
}

/* No way through the vault gains, whatever its form, offset and fee */
static void
test_preview_laws(void **state)
{
	(void) state;
	for (int i = 0; i < ROUNDS; i++)
	{
		erc4626_vault v = {(erc4626_variant) random_below(3), u256_or(random_amount(100), small(1)),
			u256_or(random_amount(100), small(1)), 0, small(random_below(1001))};
		u256		amount = random_amount(100);
		u256		shares;
		u256		got;

		v.decimals_offset = v.variant == ERC4626_SOLMATE ? 0 : random_below(19);
		assert_ok(erc4626_preview_deposit(amount, &v, &shares));
		assert_ok(erc4626_preview_mint(shares, &v, &got));
		assert_true(u256_cmp(got, amount) <= 0);
		assert_ok(erc4626_preview_redeem(shares, &v, &got));
		assert_true(u256_cmp(got, amount) <= 0);
		assert_ok(erc4626_preview_mint(amount, &v, &shares));
		assert_ok(erc4626_preview_redeem(amount, &v, &got));
		assert_true(u256_cmp(got, shares) <= 0);
	}
}

static void
test_drip(void **state)
{
	u256		got;
	u256		reward = num("1000000000000000003");

	(void) state;
	assert_ok(drip_total_assets(small(10), reward, 0, 604800, &got));
	assert_num(got, "10");
	assert_ok(drip_total_assets(small(10), reward, 302400, 604800, &got));
	assert_num(got, "500000000000000011");
	assert_ok(drip_total_assets(small(10), reward, 604800, 604800, &got));
	assert_num(got, "1000000000000000013");
	assert_ok(drip_total_assets(small(10), reward, 0, 0, &got));
	assert_num(got, "1000000000000000013");
	assert_ok(drip_total_assets(small(10), reward, 5, -3, &got));
	assert_num(got, "1000000000000000013");
	assert_status(drip_total_assets(U256_MAX, reward, 9, 9, &got), CORE_OUT_OF_RANGE);

	/* stored + reward - ceil(what is pending), which is how Puffer writes it */
	for (int i = 0; i < ROUNDS; i++)
	{
		uint64_t	cycle = 1 + random_below(1000000);
		uint64_t	elapsed = random_below((unsigned) cycle + 1);
		u256		pending;

		reward = random_amount(128);
		assert_ok(u256_mul_div(reward, small(cycle - elapsed), small(cycle), U256_CEIL, &pending));
		assert_ok(drip_total_assets(U256_ZERO, reward, elapsed, (int64_t) cycle, &got));
		assert_true(u256_equal(got, u256_sub_wrap(reward, pending)));
	}
}

/* ---------- protocols ---------- */

static void
test_lido(void **state)
{
	u256		ether = num("9214558073511239726258077");
	u256		shares = num("8015162922459393384526309");
	u256		got;

	(void) state;
	/* totals of lido-ethereum-sdk's tests; before V3 there are no external shares */
	assert_ok(lido_pooled_eth_by_shares(FIXED_WAD, ether, shares, U256_ZERO, U256_FLOOR, &got));
	assert_num(got, "1149640769957527054");
	assert_ok(lido_pooled_eth_by_shares(FIXED_WAD, ether, shares, U256_ZERO, U256_CEIL, &got));
	assert_num(got, "1149640769957527055");
	assert_ok(lido_shares_by_pooled_eth(small(7), small(30), small(30), small(10), U256_FLOOR, &got));
	assert_num(got, "4");
	assert_ok(lido_pooled_eth_by_shares(small(7), small(30), small(30), small(10), U256_FLOOR, &got));
	assert_num(got, "10");
	assert_ok(lido_external_ether(small(10), small(31), small(30), &got));
	assert_num(got, "15");
	assert_status(lido_external_ether(small(31), small(31), small(30), &got), CORE_BAD_PARAMETER);
	assert_status(lido_external_ether(small(30), small(31), small(30), &got), CORE_DIVISION_BY_ZERO);

	/* 10 % of 1000 is 100; at (10900)/(9000) a share 82.56..; both versions floor here alike */
	assert_ok(lido_fee_shares(small(1000), small(10), small(9000), small(11000), small(100), LIDO_V3, &got));
	assert_num(got, "82");
	assert_ok(lido_fee_shares(small(1000), small(10), small(9000), small(11000), small(100), LIDO_V2, &got));
	assert_num(got, "82");
	/* 10 % of 9 is floored to nothing in V3 alone */
	assert_ok(lido_fee_shares(small(9), small(10), small(9000), small(1000), small(100), LIDO_V3, &got));
	assert_num(got, "0");
	assert_ok(lido_fee_shares(small(9), small(10), small(9000), small(1000), small(100), LIDO_V2, &got));
	assert_num(got, "8");
	assert_status(lido_fee_shares(small(9), small(11), small(9), small(9), small(10), LIDO_V3, &got),
				  CORE_BAD_PARAMETER);
	assert_status(lido_fee_shares(small(9), small(5), small(9), small(1), small(10), LIDO_V2, &got),
				  CORE_BAD_PARAMETER);
	assert_status(lido_fee_shares(small(9), small(5), small(9), small(4), small(10), LIDO_V3, &got),
				  CORE_DIVISION_BY_ZERO);
	assert_status(lido_fee_shares(small(9), small(5), small(9), small(9), U256_ZERO, LIDO_V3, &got),
				  CORE_DIVISION_BY_ZERO);
}

/* The queue compares floored rates: an equal floored rate pays the nominal amount */
static void
test_withdrawal_payouts(void **state)
{
	u256		third = num("333333333333333333333333333");
	u256		got;

	(void) state;
	assert_ok(lido_withdrawal_payout(small(1), small(3), third, &got));
	assert_num(got, "1");
	assert_ok(lido_withdrawal_payout(small(1), small(3), u256_sub_wrap(third, small(1)), &got));
	assert_num(got, "0");
	assert_ok(lido_withdrawal_payout(small(100), small(90), FIXED_RAY, &got));
	assert_num(got, "90");
	assert_ok(lido_withdrawal_payout(small(100), small(110), FIXED_RAY, &got));
	assert_num(got, "100");
	assert_status(lido_withdrawal_payout(small(1), U256_ZERO, third, &got), CORE_DIVISION_BY_ZERO);

	assert_ok(kelp_withdrawal_payout(small(105), small(100), small(11), small(10), &got));
	assert_num(got, "105");
	assert_ok(kelp_withdrawal_payout(small(115), small(100), small(11), small(10), &got));
	assert_num(got, "110");
	assert_ok(puffer_withdrawal_payout(small(100), num("1050000000000000000"), FIXED_WAD, &got));
	assert_num(got, "100");
	assert_ok(puffer_withdrawal_payout(small(99), num("1050000000000000000"), U256_MAX, &got));
	assert_num(got, "103");
}

static void
test_repricing(void **state)
{
	u256		price;
	u256		minted;

	(void) state;
	/* 100 of growth over 1000 shares at one, 10 % of it as fee */
	assert_ok(kelp_reprice(small(1100), small(1000), FIXED_WAD, small(1000), &price, &minted));
	assert_num(price, "1090000000000000000");
	assert_num(minted, "9");
	assert_ok(kelp_reprice_e36(num("1100000000000000000000"), small(1000), FIXED_WAD, small(1000),
							   &price, &minted));
	assert_num(price, "1090000000000000000");
	assert_num(minted, "9");
	/* a loss takes no fee */
	assert_ok(kelp_reprice(small(900), small(1000), FIXED_WAD, small(1000), &price, &minted));
	assert_num(price, "900000000000000000");
	assert_num(minted, "0");
	assert_ok(kelp_reprice_e36(num("900000000000000000000"), small(1000), FIXED_WAD, small(1000),
							   &price, &minted));
	assert_num(price, "900000000000000000");
	assert_num(minted, "0");
	assert_ok(kelp_reprice(small(900), U256_ZERO, FIXED_RAY, small(1000), &price, &minted));
	assert_true(u256_equal(price, FIXED_WAD));
	assert_ok(kelp_reprice_e36(small(900), U256_ZERO, FIXED_RAY, small(1000), &price, &minted));
	assert_true(u256_equal(price, FIXED_WAD));
	assert_status(kelp_reprice(small(9), small(9), small(9), small(10001), &price, &minted),
				  CORE_BAD_PARAMETER);
	assert_status(kelp_reprice_e36(small(9), small(9), small(9), small(10001), &price, &minted),
				  CORE_BAD_PARAMETER);
	assert_status(kelp_reprice(small(9), small(9), U256_ZERO, small(10000), &price, &minted),
				  CORE_DIVISION_BY_ZERO);

	/* 10 of 100 rewards; 1000 shares against 1090: 9.17.. shares */
	assert_ok(swell_reprice(num("1000000000000000000000"), num("100000000000000000000"),
							num("1000000000000000000000"), num("100000000000000000"), &price, &minted));
	assert_num(minted, "9174311926605504587");
	assert_num(price, "1090000000000000000");
	assert_status(swell_reprice(small(1), small(1), U256_ZERO, FIXED_WAD, &price, &minted),
				  CORE_DIVISION_BY_ZERO);
	assert_status(swell_reprice(small(1), small(1), small(1), FIXED_RAY, &price, &minted),
				  CORE_BAD_PARAMETER);
	assert_status(swell_reprice(U256_MAX, small(1), small(1), U256_ZERO, &price, &minted),
				  CORE_OUT_OF_RANGE);
}

static void
test_other_protocols(void **state)
{
	u256		got;

	(void) state;
	assert_ok(etherfi_amount_for_share(small(5), small(7), U256_ZERO, &got));
	assert_num(got, "0");
	assert_ok(etherfi_shares_for_amount(small(5), U256_ZERO, small(7), &got));
	assert_num(got, "0");
	assert_ok(etherfi_shares_for_withdrawal(small(5), U256_ZERO, small(7), &got));
	assert_num(got, "0");
	assert_ok(etherfi_shares_for_amount(small(5), small(7), small(6), &got));
	assert_num(got, "4");
	assert_ok(etherfi_shares_for_withdrawal(small(5), small(7), small(6), &got));
	assert_num(got, "5");

	/* mantle-lsp Staking.t.sol: an adjustment of 1 % */
	assert_ok(mantle_eth_to_meth(small(100), small(2000), small(1000), small(100), &got));
	assert_num(got, "49");
	assert_ok(mantle_eth_to_meth(small(12345), U256_ZERO, U256_ZERO, small(100), &got));
	assert_num(got, "12345");
	assert_status(mantle_eth_to_meth(small(1), small(1), small(1), small(10001), &got), CORE_BAD_PARAMETER);
	assert_status(mantle_eth_to_meth(small(1), U256_ZERO, small(1), small(1), &got), CORE_DIVISION_BY_ZERO);
	assert_status(mantle_eth_to_meth(small(1), small(1), U256_MAX, small(1), &got), CORE_OUT_OF_RANGE);

	assert_ok(mellow_deposit_shares(small(1000), num("950000000000000000"), &got));
	assert_num(got, "950");
	assert_ok(mellow_redeem_assets(small(950), num("950000000000000000"), &got));
	assert_num(got, "1000");
	assert_status(mellow_redeem_assets(small(950), U256_ZERO, &got), CORE_DIVISION_BY_ZERO);

	/* bgd-labs/aave-capo: 9.68 % over one year of 365 days */
	assert_ok(capo_max_ratio(num("1150000000000000000"), small(968), small(1000000),
							 UINT64_C(31536000000000), &got));
	assert_num(got, "1261319999999999975");
	assert_ok(capo_max_ratio(num("1150000000000000000"), small(968), small(1000000), 0, &got));
	assert_num(got, "1150000000000000000");
	assert_status(capo_max_ratio(small(1), small(1), U256_ZERO, 1, &got), CORE_DIVISION_BY_ZERO);
}

static void
test_eigenlayer(void **state)
{
	u256		half = num("500000000000000000");
	u256		quarter = num("250000000000000000");
	u256		staked = num("32000000000000000000");
	share_pool	strategy = eigen_strategy(small(2000), small(1000));
	u256		got;

	(void) state;
	assert_ok(shares_to_assets(small(100), &strategy, U256_FLOOR, &got));
	assert_num(got, "150");

	/* DualSlashingEdgeCase.md of eigenlayer-contracts, step by step */
	assert_ok(eigen_withdrawable(staked, FIXED_WAD, FIXED_WAD, FIXED_WAD, &got));
	assert_num(got, "32000000000000000000");
	assert_ok(eigen_dsf_update(staked, staked, FIXED_WAD, quarter, FIXED_WAD, &got));
	assert_num(got, "2500000000000000000");
	assert_ok(eigen_withdrawable(num("64000000000000000000"), got, quarter, FIXED_WAD, &got));
	assert_num(got, "40000000000000000000");
	assert_ok(eigen_withdrawable(staked, FIXED_WAD, quarter, half, &got));
	assert_num(got, "4000000000000000000");
	assert_ok(eigen_beacon_factor(FIXED_WAD, staked, num("16000000000000000000"), &got));
	assert_true(u256_equal(got, half));

	/* a staker without a factor has one; the first deposit undoes past slashing */
	assert_ok(eigen_withdrawable(staked, U256_ZERO, half, FIXED_WAD, &got));
	assert_num(got, "16000000000000000000");
	assert_ok(eigen_dsf_update(U256_ZERO, staked, U256_ZERO, half, FIXED_WAD, &got));
	assert_num(got, "2000000000000000000");
	assert_status(eigen_dsf_update(U256_ZERO, staked, U256_ZERO, U256_ZERO, FIXED_WAD, &got),
				  CORE_DIVISION_BY_ZERO);
	assert_status(eigen_dsf_update(staked, staked, U256_ZERO, U256_ZERO, FIXED_WAD, &got),
				  CORE_DIVISION_BY_ZERO);

	assert_ok(eigen_slashed_shares(small(10), small(3), small(2), &got));
	assert_num(got, "3");
	assert_ok(eigen_slashed_shares(small(10), small(3), U256_ZERO, &got));
	assert_num(got, "10");
	assert_status(eigen_slashed_shares(small(10), small(3), small(4), &got), CORE_BAD_PARAMETER);
	assert_status(eigen_slashed_shares(small(10), U256_ZERO, U256_ZERO, &got), CORE_DIVISION_BY_ZERO);
	assert_ok(eigen_slashed_magnitude(small(3), half, &got));
	assert_num(got, "2");
	assert_status(eigen_slashed_magnitude(small(3), FIXED_RAY, &got), CORE_BAD_PARAMETER);
	assert_status(eigen_beacon_factor(FIXED_WAD, small(3), small(4), &got), CORE_BAD_PARAMETER);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_known_rates),
		cmocka_unit_test(test_empty_pools),
		cmocka_unit_test(test_conversion_against_gmp),
		cmocka_unit_test(test_conversion_laws),
		cmocka_unit_test(test_rebase),
		cmocka_unit_test(test_basket),
		cmocka_unit_test(test_solmate_scenario),
		cmocka_unit_test(test_fees),
		cmocka_unit_test(test_preview_laws),
		cmocka_unit_test(test_drip),
		cmocka_unit_test(test_lido),
		cmocka_unit_test(test_withdrawal_payouts),
		cmocka_unit_test(test_repricing),
		cmocka_unit_test(test_other_protocols),
		cmocka_unit_test(test_eigenlayer),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
