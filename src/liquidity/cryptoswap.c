/*-------------------------------------------------------------------------
 *
 * liquidity/cryptoswap.c
 *	  The SQL face of domain liquidity: Curve's pools of unpegged coins.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "chain/words.h"
#include "core/chain/fixed.h"
#include "core/liquidity/cryptoswap.h"
#include "liquidity/coins.h"
#include "server/compat.h"
#include "server/report.h"

#define HINT_PRICES \
	"One for each coin but the first, in whose units it is: of coin 1, and of coin 2 if there is one."

/* in the order of cryptoswap_version */
static const char *const versions[] = {"v2.0", "v2.1"};

/* ---------- arguments ---------- */

/* Arguments 'version' of a pool of n coins */
static cryptoswap_version
version_argument(FunctionCallInfo fcinfo, int position, int n)
{
	cryptoswap_version version = (cryptoswap_version)
		choice_argument(fcinfo, position, "version", versions, lengthof(versions),
						"It can be 'v2.0' (twocrypto-ng and tricrypto-ng 2.0.0) or 'v2.1' "
						"(twocrypto-ng 2.1.0).");

	if (unlikely(version == CRYPTOSWAP_V21 && n != 2))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("version of a pool of %d coins must not be 'v2.1'", n),
				 errhint("Pools of three coins, tricrypto-ng, are 'v2.0'.")));
	return version;
}

/* The curve of an array of 2 or 3 words; amp and gamma follow from amp_at on; false for a NULL */
static bool
read_curve(FunctionCallInfo fcinfo, int xp_at, const char *argument, int amp_at,
		   cryptoswap_curve *curve)
{
	curve->version = CRYPTOSWAP_V20;
	curve->amp = curve->gamma = U256_ZERO;
	if (!coins_array(fcinfo, xp_at, argument, CRYPTOSWAP_MIN_COINS, CRYPTOSWAP_MAX_COINS,
					 HINT_COINS, curve->xp, &curve->n))
		return false;
	if (amp_at > 0)
	{
		curve->amp = uint_argument(fcinfo, amp_at, "amp");
		curve->gamma = uint_argument(fcinfo, amp_at + 1, "gamma");
	}
	return true;
}

/* One word for each coin but the first, into words[1] and, for n of 3, words[2] */
static bool
read_prices(FunctionCallInfo fcinfo, int position, const char *argument, u256 *words, int *n)
{
	int			length = 0;

	if (!coins_array(fcinfo, position, argument, CRYPTOSWAP_MIN_COINS - 1,
					 CRYPTOSWAP_MAX_COINS - 1, HINT_PRICES, words + 1, &length))
		return false;
	*n = length + 1;
	return true;
}

static bool
read_price_scale(FunctionCallInfo fcinfo, int position, cryptoswap_scales *scales, int coins)
{
	int			n = 0;

	if (!read_prices(fcinfo, position, "price_scale", scales->scale, &n))
		return false;
	if (unlikely(n != coins))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("price_scale must have %d elements, not %d", coins - 1, n - 1),
				 errhint(HINT_PRICES)));
	return true;
}

/* Precisions, all one where there are none; one of zero divides */
static bool
read_precisions(FunctionCallInfo fcinfo, int position, cryptoswap_scales *scales, int coins)
{
	int			n = coins;

	for (int k = 0; k < coins; k++)
		scales->precision[k] = u256_from_u64(1);
	if (PG_ARGISNULL(position))
		return true;
	if (!coins_array(fcinfo, position, "precisions", CRYPTOSWAP_MIN_COINS, CRYPTOSWAP_MAX_COINS,
					 HINT_COINS, scales->precision, &n))
		return false;
	check_same_length("balances", coins, "precisions", n);
	return true;
}

/* Fees are parts of 1e10, and no pool may take more than all */
static u256
fee_part_argument(FunctionCallInfo fcinfo, int position, const char *argument)
{
	u256		fee = uint_argument(fcinfo, position, argument);

	if (unlikely(!u256_fits_u64(fee) || fee.limb[0] > CRYPTOSWAP_FEE_ONE))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("%s must be at most 10000000000, not %s", argument,
						shown_numeric(PG_GETARG_DATUM(position))),
				 errhint("It counts 1e-10: 26000000 is 0.26 %%.")));
	return fee;
}

/* Three arguments in a row */
static cryptoswap_fees
fees_arguments(FunctionCallInfo fcinfo, int first)
{
	cryptoswap_fees fees;

	fees.mid = fee_part_argument(fcinfo, first, "mid_fee");
	fees.out = fee_part_argument(fcinfo, first + 1, "out_fee");
	fees.gamma = uint_argument(fcinfo, first + 2, "fee_gamma");
	return fees;
}

/* ---------- results ---------- */

/* In words why the contract would have reverted */
static Datum
curve_result(const char *function, core_status status, u256 result)
{
	if (status == CORE_DIVISION_BY_ZERO)
		ereport(ERROR,
				(errcode(ERRCODE_DIVISION_BY_ZERO), errmsg("division by zero in %s", function)));
	if (unlikely(status != CORE_OK))
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 status == CORE_BAD_PARAMETER
				 ? errmsg("%s is beyond the limits of the contract", function)
				 : errmsg("result of %s is out of range", function),
				 status == CORE_BAD_PARAMETER
				 ? errdetail("amp, gamma, d, a balance or its part of d is too small or too great.")
				 : errdetail("An amount on the way to it is negative or too great for a word, or "
							 "Newton's iteration does not end."),
				 errhint("The contract reverts, too. amp is A() as the pool gives it, A * n^n * 10000; "
						 "xp and d have 18 decimals.")));
	PG_RETURN_NUMERIC(u256_to_numeric(result));
}

PG_FUNCTION_INFO_V1(pool_cryptoswap_d);
Datum
pool_cryptoswap_d(PG_FUNCTION_ARGS)
{
	cryptoswap_curve curve;
	u256		result = U256_ZERO;

	if (!read_curve(fcinfo, 0, "xp", 1, &curve))
		PG_RETURN_NULL();
	curve.version = version_argument(fcinfo, 3, curve.n);
	return curve_result("cryptoswap_d", cryptoswap_d(&curve, &result), result);
}

PG_FUNCTION_INFO_V1(pool_cryptoswap_y);
Datum
pool_cryptoswap_y(PG_FUNCTION_ARGS)
{
	cryptoswap_curve curve;
	u256		d;
	u256		result = U256_ZERO;
	int			j;

	if (!read_curve(fcinfo, 1, "xp", 3, &curve))
		PG_RETURN_NULL();
	curve.version = version_argument(fcinfo, 5, curve.n);
	j = coin_argument(fcinfo, 0, "j", curve.n);
	d = uint_argument(fcinfo, 2, "d");
	return curve_result("cryptoswap_y", cryptoswap_y(&curve, j, d, &result), result);
}

/* An argument that is NULL but for precisions, the one before the last */
static bool
lacks_argument(FunctionCallInfo fcinfo, int optional)
{
	for (int n = 0; n < PG_NARGS(); n++)
		if (PG_ARGISNULL(n) && n != optional)
			return true;
	return false;
}

PG_FUNCTION_INFO_V1(pool_cryptoswap_dy);
Datum
pool_cryptoswap_dy(PG_FUNCTION_ARGS)
{
	cryptoswap_curve curve;
	cryptoswap_scales scales;
	cryptoswap_fees fees;
	u256		dx;
	u256		d;
	u256		result = U256_ZERO;
	core_status status;
	int			i;
	int			j;

	if (lacks_argument(fcinfo, 11) || !read_curve(fcinfo, 3, "balances", 6, &curve) ||
		!read_price_scale(fcinfo, 4, &scales, curve.n) ||
		!read_precisions(fcinfo, 11, &scales, curve.n))
		PG_RETURN_NULL();
	coin_pair(fcinfo, curve.n, &i, &j);
	dx = divisor_argument(fcinfo, 2, "dx", "cryptoswap_dy");
	d = uint_argument(fcinfo, 5, "d");
	fees = fees_arguments(fcinfo, 8);
	curve.version = version_argument(fcinfo, 12, curve.n);
	status = cryptoswap_dy(&curve, curve.xp, &scales, &fees, i, j, dx, d, &result);
	return curve_result("cryptoswap_dy", status, result);
}

PG_FUNCTION_INFO_V1(pool_cryptoswap_fee);
Datum
pool_cryptoswap_fee(PG_FUNCTION_ARGS)
{
	cryptoswap_curve curve;
	cryptoswap_fees fees;
	u256		result = U256_ZERO;

	if (!read_curve(fcinfo, 0, "xp", 0, &curve))
		PG_RETURN_NULL();
	fees = fees_arguments(fcinfo, 1);
	curve.version = version_argument(fcinfo, 4, curve.n);
	return curve_result("cryptoswap_fee", cryptoswap_fee(&curve, &fees, &result), result);
}

PG_FUNCTION_INFO_V1(pool_cryptoswap_spot_price);
Datum
pool_cryptoswap_spot_price(PG_FUNCTION_ARGS)
{
	cryptoswap_curve curve;
	u256		d;
	u256		result = U256_ZERO;
	core_status status;
	int			j;

	if (!read_curve(fcinfo, 1, "xp", 3, &curve))
		PG_RETURN_NULL();
	j = coin_argument(fcinfo, 0, "j", curve.n);
	if (j == 0)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("j must be from 1 to %d, not 0", curve.n - 1),
				 errhint("Prices are in coin 0.")));
	d = uint_argument(fcinfo, 2, "d");
	status = cryptoswap_spot_price(&curve, j, d, uint_argument(fcinfo, 5, "price_scale"), &result);
	return curve_result("cryptoswap_spot_price", status, result);
}

PG_FUNCTION_INFO_V1(pool_cryptoswap_virtual_price);
Datum
pool_cryptoswap_virtual_price(PG_FUNCTION_ARGS)
{
	cryptoswap_curve curve = {.n = 0};
	cryptoswap_scales scales;
	u256		d = uint_argument(fcinfo, 0, "d");
	u256		supply = divisor_argument(fcinfo, 2, "supply", "cryptoswap_virtual_price");
	u256		result = U256_ZERO;
	core_status status;

	if (!read_prices(fcinfo, 1, "price_scale", scales.scale, &curve.n))
		PG_RETURN_NULL();
	curve.version = version_argument(fcinfo, 3, curve.n);
	status = cryptoswap_virtual_price(&curve, &scales, d, supply, &result);
	return curve_result("cryptoswap_virtual_price", status, result);
}

PG_FUNCTION_INFO_V1(pool_cryptoswap_lp_price);
Datum
pool_cryptoswap_lp_price(PG_FUNCTION_ARGS)
{
	u256		virtual_price = uint_argument(fcinfo, 0, "virtual_price");
	u256		oracle[CRYPTOSWAP_MAX_COINS];
	u256		result = U256_ZERO;
	core_status status;
	int			n = 0;

	if (!read_prices(fcinfo, 1, "price_oracle", oracle, &n))
		PG_RETURN_NULL();
	status = cryptoswap_lp_price(n, virtual_price, oracle + 1, &result);
	return curve_result("cryptoswap_lp_price", status, result);
}
