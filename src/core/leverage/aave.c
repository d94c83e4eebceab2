/*-------------------------------------------------------------------------
 *
 * core/leverage/aave.c
 *	  Aave v3 to the last digit.
 *
 * The order of the steps and the rounding of each are the contracts'.
 *
 *-------------------------------------------------------------------------
 */
#include "core/leverage/aave.h"

#include "core/chain/calc.h"

#define YEAR			u256_from_u64(AAVE_YEAR_SECONDS)
#define WORD(x)			u256_from_u64(UINT64_C(x))

/* Above this health factor only half of the debt can be repaid at once */
#define CLOSE_FACTOR_HEALTH	WORD(950000000000000000)
#define CLOSE_FACTOR_BPS	WORD(5000)

/* 2000 and 1000 of a base currency with 8 decimals */
#define MIN_CLOSE_FACTOR_VALUE	WORD(200000000000)
#define MIN_LEFTOVER_VALUE		WORD(100000000000)

static u256
ray_times(core_status *status, u256 a, u256 b, u256_rounding rounding)
{
	return calc_mul_div(status, a, b, FIXED_RAY, rounding);
}

static u256
ray_over(core_status *status, u256 a, u256 b, u256_rounding rounding)
{
	return calc_mul_div(status, a, FIXED_RAY, b, rounding);
}

static u256
percent_times(core_status *status, u256 a, u256 b, u256_rounding rounding)
{
	return calc_mul_div(status, a, b, FIXED_PERCENT, rounding);
}

static u256
percent_over(core_status *status, u256 a, u256 b, u256_rounding rounding)
{
	return calc_mul_div(status, a, FIXED_PERCENT, b, rounding);
}

static bool
is_portion(u256 bps)
{
	return u256_cmp(bps, FIXED_PERCENT) <= 0;
}

/* The rounding that a version has, where the oldest one rounds half up */
static u256_rounding
rounding_since_3_5(aave_version version, u256_rounding rounding)
{
	return version == AAVE_V3_0 ? U256_HALF_UP : rounding;
}

/* The same where 3.5 rounds half up too */
static u256_rounding
rounding_since_3_7(aave_version version, u256_rounding rounding)
{
	return version == AAVE_ORIGIN ? rounding : U256_HALF_UP;
}

/* 3.6 gave e-mode a bitmap of its own and counted every collateral */
static bool
is_since_3_6(aave_version version)
{
	return version == AAVE_ORIGIN || version == AAVE_V3_6;
}

/* ---------- interest ---------- */

core_status
aave_linear_interest(u256 rate, u256 seconds, u256 *out)
{
	core_status status = CORE_OK;
	u256		interest = calc_mul_div(&status, rate, seconds, YEAR, U256_FLOOR);
	u256		result = calc_add(&status, FIXED_RAY, interest);

	return calc_done(status, result, out);
}

/* 1 + x + x^2/2 + x^3/6, where x is the simple interest */
static u256
taylor_interest(core_status *status, u256 rate, u256 seconds)
{
	u256		x = calc_mul_div(status, rate, seconds, YEAR, U256_FLOOR);
	u256		sixth = calc_div(status, x, WORD(6));
	u256		rest = ray_times(status, x, sixth, U256_HALF_UP);

	rest = calc_add(status, calc_div(status, x, WORD(2)), rest);
	rest = ray_times(status, x, rest, U256_HALF_UP);
	return calc_add(status, calc_add(status, FIXED_RAY, x), rest);
}

/* 1 + first + n(n-1)/2 * square + n(n-1)(n-2)/6 * cube, of n seconds */
static u256
binomial_series(core_status *status, u256 first, u256 seconds, u256 square, u256 cube)
{
	u256		pairs = calc_mul(status, seconds, calc_floor_sub(seconds, WORD(1)));
	u256		triples = calc_mul(status, pairs, calc_floor_sub(seconds, WORD(2)));
	u256		second = calc_div(status, calc_mul(status, pairs, square), WORD(2));
	u256		third = calc_div(status, calc_mul(status, triples, cube), WORD(6));
	u256		sum = calc_add(status, FIXED_RAY, first);

	return calc_add(status, calc_add(status, sum, second), third);
}

/* The powers are those of the rate per year, divided afterwards */
static u256
binomial_interest(core_status *status, u256 rate, u256 seconds)
{
	u256		square = ray_times(status, rate, rate, U256_HALF_UP);
	u256		cube;
	u256		first = calc_mul_div(status, rate, seconds, YEAR, U256_FLOOR);

	square = calc_div(status, square, u256_from_u64(AAVE_YEAR_SECONDS * AAVE_YEAR_SECONDS));
	cube = calc_div(status, ray_times(status, square, rate, U256_HALF_UP), YEAR);
	return binomial_series(status, first, seconds, square, cube);
}

/* The powers are those of the rate per second, floored first */
static u256
v2_interest(core_status *status, u256 rate, u256 seconds)
{
	u256		per_second = calc_div(status, rate, YEAR);
	u256		square = ray_times(status, per_second, per_second, U256_HALF_UP);
	u256		cube = ray_times(status, square, per_second, U256_HALF_UP);
	u256		first = calc_mul(status, per_second, seconds);

	return binomial_series(status, first, seconds, square, cube);
}

core_status
aave_compound_interest(u256 rate, u256 seconds, aave_compounding form, u256 *out)
{
	core_status status = CORE_OK;
	u256		result = FIXED_RAY;

	if (u256_is_zero(seconds))
		;
	else if (form == AAVE_TAYLOR)
		result = taylor_interest(&status, rate, seconds);
	else if (form == AAVE_BINOMIAL)
		result = binomial_interest(&status, rate, seconds);
	else
		result = v2_interest(&status, rate, seconds);
	return calc_done(status, result, out);
}

core_status
aave_accrue_index(u256 index, u256 rate, u256 seconds, aave_side side, aave_compounding form,
				  u256 *out)
{
	u256		interest = U256_ZERO;
	core_status status = side == AAVE_SUPPLY ? aave_linear_interest(rate, seconds, &interest)
		: aave_compound_interest(rate, seconds, form, &interest);
	u256		result = calc_u128(&status, ray_times(&status, interest, index, U256_HALF_UP));

	return calc_done(status, result, out);
}

core_status
aave_apy(u256 rate, u256 seconds, u256 *out)
{
	core_status status = u256_fits_u64(seconds) ? CORE_OK : CORE_OUT_OF_RANGE;
	u256		base = calc_add(&status, FIXED_RAY, calc_div(&status, rate, YEAR));
	u256		power = FIXED_RAY;

	if (status == CORE_OK)
		status = u256_pow_fixed(base, seconds.limb[0], FIXED_RAY, &power);
	/* the base is one or more, so that its powers are */
	return calc_done(status, u256_sub_wrap(power, FIXED_RAY), out);
}

/* ---------- rates ---------- */

/* What borrowers pay at a utilization: one slope up to the optimum, then both */
static u256
borrow_rate(core_status *status, const aave_curve *curve, u256 utilization)
{
	u256		rest;

	if (u256_cmp(utilization, curve->optimal) <= 0)
	{
		rest = ray_times(status, curve->slope1, utilization, U256_HALF_UP);
		rest = ray_over(status, rest, curve->optimal, U256_HALF_UP);
		return calc_add(status, curve->base, rest);
	}
	rest = ray_over(status, u256_sub_wrap(utilization, curve->optimal),
					calc_sub(status, FIXED_RAY, curve->optimal), U256_HALF_UP);
	rest = ray_times(status, curve->slope2, rest, U256_HALF_UP);
	return calc_add(status, calc_add(status, curve->base, curve->slope1), rest);
}

core_status
aave_rates(u256 available, u256 debt, u256 deficit, const aave_curve *curve, aave_rate_set *out)
{
	core_status status = CORE_OK;
	aave_rate_set rates = {U256_ZERO, curve->base, U256_ZERO};
	u256		total;
	u256		supplied;
	u256		kept;

	calc_require(&status, u256_cmp(curve->optimal, FIXED_RAY) <= 0);
	calc_require(&status, is_portion(curve->reserve_factor_bps));
	if (status == CORE_OK && !u256_is_zero(debt))
	{
		total = calc_add(&status, available, debt);
		rates.utilization = ray_over(&status, debt, total, U256_HALF_UP);
		supplied = ray_over(&status, debt, calc_add(&status, total, deficit), U256_HALF_UP);
		kept = calc_sub(&status, FIXED_PERCENT, curve->reserve_factor_bps);
		rates.borrow_rate = borrow_rate(&status, curve, rates.utilization);
		rates.supply_rate = ray_times(&status, rates.borrow_rate, supplied, U256_HALF_UP);
		rates.supply_rate = percent_times(&status, rates.supply_rate, kept, U256_HALF_UP);
	}
	if (status == CORE_OK)
		*out = rates;
	return status;
}

core_status
aave_treasury_accrual(u256 scaled_debt, u256 index_before, u256 index_after,
					  u256 reserve_factor_bps, aave_version version, u256 *out)
{
	core_status status = CORE_OK;
	u256		accrued;

	calc_require(&status, is_portion(reserve_factor_bps) && u256_cmp(index_before, index_after) <= 0);
	if (version == AAVE_V3_0)
		accrued = calc_sub(&status, ray_times(&status, scaled_debt, index_after, U256_HALF_UP),
						   ray_times(&status, scaled_debt, index_before, U256_HALF_UP));
	else
		accrued = ray_times(&status, scaled_debt, calc_sub(&status, index_after, index_before),
							U256_FLOOR);
	accrued = percent_times(&status, accrued, reserve_factor_bps, U256_HALF_UP);
	return calc_done(status, accrued, out);
}

/* ---------- balances ---------- */

core_status
aave_scaled_to_balance(u256 scaled, u256 index, aave_side side, aave_version version, u256 *out)
{
	u256_rounding rounding = side == AAVE_SUPPLY ? U256_FLOOR : U256_CEIL;

	return ray_mul(scaled, index, rounding_since_3_5(version, rounding), out);
}

core_status
aave_amount_to_scaled(u256 amount, u256 index, aave_action action, aave_version version, u256 *out)
{
	bool		up = action == AAVE_DO_WITHDRAW || action == AAVE_DO_BORROW;

	return ray_div(amount, index, rounding_since_3_5(version, up ? U256_CEIL : U256_FLOOR), out);
}

core_status
aave_base_value(u256 amount, u256 price, unsigned decimals, aave_side side, aave_version version,
				u256 *out)
{
	core_status status = CORE_OK;
	bool		up = side == AAVE_DEBT && version != AAVE_V3_0;
	u256		value = calc_mul_div(&status, amount, price, calc_pow10(&status, decimals),
									 up ? U256_CEIL : U256_FLOOR);

	return calc_done(status, value, out);
}

/* ---------- accounts ---------- */

/*
 * weighted is the sum of value * threshold, average what that is over the
 * values, floored; the versions differ in which of the two they use.
 */
static u256
health_of(core_status *status, u256 weighted, u256 collateral, u256 average, u256 debt,
		  aave_version version)
{
	u256		power;

	if (version == AAVE_V3_0)
	{
		power = percent_times(status, collateral, average, U256_HALF_UP);
		return calc_mul_div(status, power, FIXED_WAD, debt, U256_HALF_UP);
	}
	power = calc_mul_div(status, weighted, FIXED_WAD, debt, U256_HALF_UP);
	return calc_div(status, power, FIXED_PERCENT);
}

core_status
aave_health_factor(u256 collateral, u256 debt, u256 threshold_bps, aave_version version, u256 *out)
{
	core_status status = CORE_OK;
	u256		weighted;
	u256		health;

	calc_require(&status, is_portion(threshold_bps));
	if (status == CORE_OK && u256_is_zero(debt))
		return CORE_NULL;
	weighted = calc_mul(&status, collateral, threshold_bps);
	health = health_of(&status, weighted, collateral, threshold_bps, debt, version);
	return calc_done(status, health, out);
}

core_status
aave_available_to_borrow(u256 collateral, u256 debt, u256 ltv_bps, aave_version version, u256 *out)
{
	core_status status = CORE_OK;
	u256		limit;

	calc_require(&status, is_portion(ltv_bps));
	limit = percent_times(&status, collateral, ltv_bps, rounding_since_3_5(version, U256_FLOOR));
	return calc_done(status, calc_floor_sub(limit, debt), out);
}

static u256
sum_of(core_status *status, const u256 *values, int n)
{
	u256		sum = U256_ZERO;

	for (int i = 0; i < n; i++)
		sum = calc_add(status, sum, values[i]);
	return sum;
}

/* Before 3.6 a collateral whose threshold was zero was none. */
static bool
is_counted(u256 threshold, aave_version version)
{
	return is_since_3_6(version) || !u256_is_zero(threshold);
}

/* Collaterals with their thresholds, by the rules of a version */
typedef struct collateral_set
{
	const u256 *values;
	const u256 *thresholds;
	int			num;
	aave_version version;
} collateral_set;

/* The sum of value * ratio over the collaterals, where the ratio is a portion */
static u256
weighted_sum(core_status *status, const collateral_set *set, const u256 *ratios)
{
	u256		sum = U256_ZERO;

	for (int i = 0; i < set->num; i++)
	{
		calc_require(status, is_portion(ratios[i]));
		if (is_counted(set->thresholds[i], set->version))
			sum = calc_add(status, sum, calc_mul(status, set->values[i], ratios[i]));
	}
	return sum;
}

static u256
collateral_of(core_status *status, const collateral_set *set)
{
	u256		sum = U256_ZERO;

	for (int i = 0; i < set->num; i++)
		if (is_counted(set->thresholds[i], set->version))
			sum = calc_add(status, sum, set->values[i]);
	return sum;
}

static u256
average_of(core_status *status, u256 weighted, u256 total)
{
	return u256_is_zero(total) ? U256_ZERO : calc_div(status, weighted, total);
}

core_status
aave_account_data(const u256 *values, const u256 *thresholds, const u256 *ltvs,
				  int num_collaterals, const u256 *debts, int num_debts, aave_version version,
				  aave_account *out)
{
	core_status status = CORE_OK;
	collateral_set set = {values, thresholds, num_collaterals, version};
	u256		power = weighted_sum(&status, &set, thresholds);
	u256		limit = weighted_sum(&status, &set, ltvs);
	aave_account account = {.collateral = collateral_of(&status, &set),
	.debt = sum_of(&status, debts, num_debts)};

	account.ltv_bps = average_of(&status, limit, account.collateral);
	account.threshold_bps = average_of(&status, power, account.collateral);
	account.has_debt = !u256_is_zero(account.debt);
	if (account.has_debt)
		account.health_factor = health_of(&status, power, account.collateral,
										  account.threshold_bps, account.debt, version);
	if (status == CORE_OK)
		status = aave_available_to_borrow(account.collateral, account.debt, account.ltv_bps,
										  version, &account.available);
	if (status == CORE_OK)
		*out = account;
	return status;
}

static bool
bit_is_set(u256 bitmap, unsigned n)
{
	return (bitmap.limb[n / 64] >> (n % 64) & 1) != 0;
}

/* Before 3.6 a reserve of which nothing can be borrowed stayed so in every category */
static aave_terms
terms_before_3_6(const aave_terms *reserve, const aave_terms *category)
{
	aave_terms	terms = *category;

	if (u256_is_zero(reserve->ltv) || u256_is_zero(reserve->threshold))
		terms.ltv = U256_ZERO;
	if (u256_is_zero(reserve->threshold))
		terms.threshold = U256_ZERO;
	return terms;
}

core_status
aave_emode_terms(unsigned reserve_id, const aave_terms *reserve, const aave_category *category,
				 aave_version version, aave_terms *out, bool *in_category)
{
	bool		listed;

	if (reserve_id >= AAVE_MAX_RESERVES ||
		(version != AAVE_ORIGIN && category->isolated) ||
		(!is_since_3_6(version) && !u256_is_zero(category->ltvzero_bitmap)))
		return CORE_BAD_PARAMETER;
	listed = bit_is_set(category->collateral_bitmap, reserve_id);
	*in_category = listed;
	*out = listed ? category->terms : *reserve;
	if (listed && !is_since_3_6(version))
		*out = terms_before_3_6(reserve, &category->terms);
	else if (listed ? bit_is_set(category->ltvzero_bitmap, reserve_id) : category->isolated)
		out->ltv = U256_ZERO;
	return CORE_OK;
}

/* ---------- liquidation ---------- */

/* A call with what follows from it at once */
typedef struct liquidation_state
{
	const aave_liquidation_call *call;
	aave_version version;
	u256		collateral_unit;
	u256		debt_unit;
	u256		collateral_value;
	u256		debt_value;
} liquidation_state;

static u256
collateral_value(core_status *status, const liquidation_state *state, u256 amount)
{
	return calc_mul_div(status, amount, state->call->collateral_price, state->collateral_unit,
						U256_FLOOR);
}

static u256
debt_value(core_status *status, const liquidation_state *state, u256 amount)
{
	return calc_mul_div(status, amount, state->call->debt_price, state->debt_unit,
						state->version == AAVE_V3_0 ? U256_FLOOR : U256_CEIL);
}

static liquidation_state
liquidation_begin(core_status *status, const aave_liquidation_call *call, aave_version version)
{
	liquidation_state state = {.call = call,.version = version};

	calc_require(status, u256_cmp(call->health_factor, FIXED_WAD) < 0 &&
				 !u256_is_zero(call->debt_balance) &&
				 u256_cmp(call->bonus_bps, FIXED_PERCENT) >= 0 && is_portion(call->fee_bps));
	state.collateral_unit = calc_pow10(status, call->collateral_decimals);
	state.debt_unit = calc_pow10(status, call->debt_decimals);
	state.collateral_value = collateral_value(status, &state, call->collateral_balance);
	state.debt_value = debt_value(status, &state, call->debt_balance);
	return state;
}

/*
 * What may be repaid at once.  Since 3.3 half of all debt, and all of a debt or
 * against a collateral that is small; before, half of the debt in this reserve.
 */
static u256
close_factor_limit(core_status *status, const liquidation_state *state)
{
	const aave_liquidation_call *call = state->call;
	u256		half;

	if (u256_cmp(call->health_factor, CLOSE_FACTOR_HEALTH) <= 0)
		return call->debt_balance;
	if (state->version == AAVE_V3_0)
		return percent_times(status, call->debt_balance, CLOSE_FACTOR_BPS, U256_HALF_UP);
	if (u256_cmp(state->collateral_value, MIN_CLOSE_FACTOR_VALUE) < 0 ||
		u256_cmp(state->debt_value, MIN_CLOSE_FACTOR_VALUE) < 0)
		return call->debt_balance;
	half = percent_times(status, call->total_debt, CLOSE_FACTOR_BPS, U256_HALF_UP);
	if (u256_cmp(state->debt_value, half) <= 0)
		return call->debt_balance;
	return calc_mul_div(status, half, state->debt_unit, call->debt_price, U256_FLOOR);
}

/* The collateral seized, fee included, and the debt that it takes to seize it */
static u256
seized_collateral(core_status *status, const liquidation_state *state, u256 cover, u256 *repaid)
{
	const aave_liquidation_call *call = state->call;
	u256		debt_scale = calc_mul(status, call->debt_price, state->collateral_unit);
	u256		collateral_scale = calc_mul(status, call->collateral_price, state->debt_unit);
	u256		seized = calc_mul_div(status, cover, debt_scale, collateral_scale, U256_FLOOR);
	u256		needed;

	seized = percent_times(status, seized, call->bonus_bps,
						   rounding_since_3_7(state->version, U256_FLOOR));
	*repaid = cover;
	if (u256_cmp(seized, call->collateral_balance) <= 0)
		return seized;
	needed = calc_mul_div(status, call->collateral_balance, collateral_scale, debt_scale, U256_FLOOR);
	*repaid = percent_over(status, needed, call->bonus_bps,
						   rounding_since_3_5(state->version, U256_CEIL));
	return call->collateral_balance;
}

/* A share of the bonus, not of the collateral */
static u256
fee_of(core_status *status, const liquidation_state *state, u256 seized)
{
	aave_version version = state->version;
	u256		without_bonus = percent_over(status, seized, state->call->bonus_bps,
											 rounding_since_3_7(version, U256_FLOOR));

	return percent_times(status, calc_sub(status, seized, without_bonus), state->call->fee_bps,
						 rounding_since_3_7(version, U256_CEIL));
}

/* Both rests are nothing at all, or worth having */
static bool
leaves_no_dust(core_status *status, const liquidation_state *state, u256 seized, u256 repaid)
{
	u256		debt_left = calc_sub(status, state->call->debt_balance, repaid);
	u256		collateral_left = calc_sub(status, state->call->collateral_balance, seized);

	if (state->version == AAVE_V3_0 || u256_is_zero(debt_left) || u256_is_zero(collateral_left))
		return true;
	return u256_cmp(debt_value(status, state, debt_left), MIN_LEFTOVER_VALUE) >= 0 &&
		u256_cmp(collateral_value(status, state, collateral_left), MIN_LEFTOVER_VALUE) >= 0;
}

core_status
aave_liquidate(const aave_liquidation_call *call, aave_version version, aave_liquidation *out)
{
	core_status status = CORE_OK;
	liquidation_state state = liquidation_begin(&status, call, version);
	aave_liquidation result = {.max_debt = close_factor_limit(&status, &state)};
	u256		cover = calc_min(call->debt_to_cover, result.max_debt);
	u256		seized = seized_collateral(&status, &state, cover, &result.debt_repaid);
	u256		total_collateral;

	result.protocol_fee = fee_of(&status, &state, seized);
	result.collateral_to_liquidator = calc_sub(&status, seized, result.protocol_fee);
	calc_require(&status, leaves_no_dust(&status, &state, seized, result.debt_repaid));
	total_collateral = calc_add(&status, state.collateral_value, call->other_collateral);
	if (version != AAVE_V3_0 &&
		u256_equal(collateral_value(&status, &state, seized), total_collateral))
		result.deficit = calc_sub(&status, call->debt_balance, result.debt_repaid);
	if (status == CORE_OK)
		*out = result;
	return status;
}

/* ---------- configuration ---------- */

static uint64_t
bits_at(u256 data, unsigned first, unsigned count)
{
	return u256_shr(data, first).limb[0] & ((UINT64_C(1) << count) - 1);
}

aave_reserve_config
aave_configuration(u256 data)
{
	return (aave_reserve_config)
	{
		.ltv = (uint32_t) bits_at(data, 0, 16),
		.threshold = (uint32_t) bits_at(data, 16, 16),
		.bonus = (uint32_t) bits_at(data, 32, 16),
		.decimals = (uint32_t) bits_at(data, 48, 8),
		.active = bit_is_set(data, 56),
		.frozen = bit_is_set(data, 57),
		.borrowing = bit_is_set(data, 58),
		.stable_borrowing = bit_is_set(data, 59),
		.paused = bit_is_set(data, 60),
		.borrowable_in_isolation = bit_is_set(data, 61),
		.siloed_borrowing = bit_is_set(data, 62),
		.flash_loans = bit_is_set(data, 63),
		.reserve_factor = (uint32_t) bits_at(data, 64, 16),
		.borrow_cap = bits_at(data, 80, 36),
		.supply_cap = bits_at(data, 116, 36),
		.liquidation_fee = (uint32_t) bits_at(data, 152, 16),
		.emode_category = (uint32_t) bits_at(data, 168, 8),
		.unbacked_mint_cap = bits_at(data, 176, 36),
		.debt_ceiling = bits_at(data, 212, 40),
		.virtual_accounting = bit_is_set(data, 252)
	};
}

/* ---------- prices ---------- */

core_status
aave_capo_price(u256 base_price, u256 ratio, u256 max_ratio, unsigned ratio_decimals, u256 *out)
{
	core_status status = CORE_OK;
	u256		unit = calc_pow10(&status, ratio_decimals);
	u256		price = calc_mul_div(&status, base_price, calc_min(ratio, max_ratio), unit, U256_FLOOR);

	return calc_done(status, price, out);
}

core_status
aave_pt_price(u256 asset_price, u256 discount_per_year, u256 seconds_to_maturity, u256 unit,
			  u256 *out)
{
	core_status status = CORE_OK;
	u256		discount = calc_mul_div(&status, discount_per_year, seconds_to_maturity, YEAR,
										U256_FLOOR);
	u256		price;

	calc_require(&status, u256_cmp(discount, unit) <= 0);
	price = calc_mul_div(&status, asset_price, calc_floor_sub(unit, discount), unit, U256_FLOOR);
	return calc_done(status, price, out);
}
