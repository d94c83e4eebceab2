/*-------------------------------------------------------------------------
 *
 * liquidity/solidly.c
 *	  The SQL face of domain liquidity: stable pools of Solidly's kind.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "chain/rule.h"
#include "chain/words.h"
#include "core/chain/fixed.h"
#include "core/liquidity/solidly.h"
#include "server/compat.h"
#include "server/report.h"

/* in the order of solidly_version */
static const char *const versions[] = {"aerodrome", "solidly"};

/* ---------- arguments ---------- */

static u256
unit_argument(FunctionCallInfo fcinfo, int n, const char *argument)
{
	u256		unit = U256_ZERO;

	(void) u256_pow10((unsigned) decimals_argument(fcinfo, n, argument), &unit);
	return unit;
}

/* The pool of two reserves and, in a row further on, the decimals of their tokens */
static solidly_pool
pool_arguments(FunctionCallInfo fcinfo, int reserves_at, int decimals_at)
{
	solidly_pool pool = {.version = SOLIDLY_AERODROME, .fee_bps = U256_ZERO};

	pool.reserve[0] = uint_argument(fcinfo, reserves_at, "reserve0");
	pool.reserve[1] = uint_argument(fcinfo, reserves_at + 1, "reserve1");
	pool.unit[0] = unit_argument(fcinfo, decimals_at, "decimals0");
	pool.unit[1] = unit_argument(fcinfo, decimals_at + 1, "decimals1");
	return pool;
}

static solidly_version
version_argument(FunctionCallInfo fcinfo, int n)
{
	return (solidly_version) choice_argument(fcinfo, n, "version", versions, lengthof(versions),
											 "It can be 'aerodrome' (and Velodrome v2) or "
											 "'solidly' (Velodrome v1, other forks).");
}

/* ---------- results ---------- */

/* In words why the contract would have reverted */
static Datum
pool_result(const char *function, core_status status, u256 result)
{
	if (status == CORE_DIVISION_BY_ZERO)
		ereport(ERROR,
				(errcode(ERRCODE_DIVISION_BY_ZERO),
				 errmsg("division by zero in %s", function),
				 errdetail("The balances are so small that the curve has no slope there."),
				 errhint("The contract reverts, too.")));
	if (unlikely(status != CORE_OK))
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 status == CORE_BAD_PARAMETER
				 ? errmsg("%s does not converge in %d rounds", function, SOLIDLY_MAX_ROUNDS)
				 : errmsg("result of %s is out of range", function),
				 status == CORE_OUT_OF_RANGE
				 ? errdetail("An amount on the way to it is negative, or 2^256 or more.") : 0,
				 errhint("The contract reverts, too.")));
	PG_RETURN_NUMERIC(u256_to_numeric(result));
}

PG_FUNCTION_INFO_V1(pool_solidly_k);
Datum
pool_solidly_k(PG_FUNCTION_ARGS)
{
	solidly_pool pool = pool_arguments(fcinfo, 0, 2);
	u256		result = U256_ZERO;
	core_status status = solidly_k(&pool, &result);

	return pool_result("solidly_k", status, result);
}

PG_FUNCTION_INFO_V1(pool_solidly_y);
Datum
pool_solidly_y(PG_FUNCTION_ARGS)
{
	solidly_pool pool = {.version = version_argument(fcinfo, 3), .unit = {FIXED_WAD, FIXED_WAD}};
	u256		x = uint_argument(fcinfo, 0, "x");
	u256		k = uint_argument(fcinfo, 1, "k");
	u256		y0 = uint_argument(fcinfo, 2, "y0");
	u256		result = U256_ZERO;
	core_status status = solidly_y(&pool, x, k, y0, &result);

	return pool_result("solidly_y", status, result);
}

PG_FUNCTION_INFO_V1(pool_solidly_amount_out);
Datum
pool_solidly_amount_out(PG_FUNCTION_ARGS)
{
	solidly_pool pool = pool_arguments(fcinfo, 1, 5);
	u256		amount_in = uint_argument(fcinfo, 0, "amount_in");
	u256		result = U256_ZERO;
	core_status status;

	pool.fee_bps = uint_argument(fcinfo, 4, "fee_bps");
	require_bps(pool.fee_bps, "fee_bps", PG_GETARG_DATUM(4));
	pool.version = version_argument(fcinfo, 7);
	status = solidly_amount_out(&pool, amount_in, PG_GETARG_BOOL(3), &result);
	return pool_result("solidly_amount_out", status, result);
}

PG_FUNCTION_INFO_V1(pool_solidly_spot_price);
Datum
pool_solidly_spot_price(PG_FUNCTION_ARGS)
{
	solidly_pool pool = pool_arguments(fcinfo, 0, 2);
	double		price = 0;

	if (solidly_spot_price(&pool, &price) != CORE_OK)
		report_zero("reserve0", "solidly_spot_price");
	PG_RETURN_FLOAT8(price);
}
