/*-------------------------------------------------------------------------
 *
 * liquidity/weighted.c
 *	  The SQL face of domain liquidity: weighted pools of Balancer.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "chain/rule.h"
#include "chain/words.h"
#include "core/chain/fixed.h"
#include "core/liquidity/weighted.h"
#include "server/compat.h"
#include "server/report.h"

/* ---------- arguments ---------- */

static u256
swap_fee_argument(FunctionCallInfo fcinfo, int position)
{
	u256		fee = uint_argument(fcinfo, position, "swap_fee");

	if (unlikely(u256_cmp(fee, FIXED_WAD) >= 0))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("swap_fee must be below 1000000000000000000, not %s",
						shown_numeric(PG_GETARG_DATUM(position))),
				 errhint("It has 18 decimals: 3000000000000000 is 0.3 %%.")));
	return fee;
}

/* Arguments 0 to 3, and the fee and the version of the power where they are */
static weighted_pair
pair_arguments(FunctionCallInfo fcinfo, int swap_fee, int pow_version)
{
	static const char *const versions[] = {"v1", "v2"};
	weighted_pair pair;

	pair.balance_in = uint_argument(fcinfo, 0, "balance_in");
	pair.weight_in = uint_argument(fcinfo, 1, "weight_in");
	pair.balance_out = uint_argument(fcinfo, 2, "balance_out");
	pair.weight_out = uint_argument(fcinfo, 3, "weight_out");
	pair.swap_fee = swap_fee_argument(fcinfo, swap_fee);
	pair.pow_version = WEIGHTED_POW_V2;
	if (pow_version > 0)
		pair.pow_version = (weighted_pow)
			choice_argument(fcinfo, pow_version, "pow_version", versions, lengthof(versions),
							"It can be 'v1' or 'v2'.");
	return pair;
}

/* ---------- results ---------- */

/* A function as its reports speak of it: the amount, what limits it, what divides */
typedef struct weighted_rule
{
	const char *function;
	const char *amount;
	const char *balance;
	const char *weight;
} weighted_rule;

static const weighted_rule out_rule = {"weighted_out", "amount_in", "balance_in", "weight_out"};
static const weighted_rule in_rule = {"weighted_in", "amount_out", "balance_out", "weight_in"};
static const weighted_rule spot_rule = {"weighted_spot_price", NULL, "balance_in", "weight_out"};

/* In words why a contract would have reverted; weight is the one that divides */
static void
check_status(const weighted_rule *rule, u256 weight, core_status status)
{
	if (likely(status == CORE_OK))
		return;
	if (status == CORE_DIVISION_BY_ZERO)
		report_zero(u256_is_zero(weight) ? rule->weight : rule->balance, rule->function);
	if (status == CORE_BAD_PARAMETER)
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("%s of %s must be at most 30 %% of %s", rule->amount, rule->function,
						rule->balance),
				 errhint("The contract refuses more.")));
	ereport(ERROR,
			(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
			 errmsg("result of %s is out of range", rule->function),
			 errdetail("An amount on the way to it is negative, or 2^256 or more, or an exponent of "
					   "e is not from -41 to 130."),
			 errhint("The contract reverts, too.")));
}

PG_FUNCTION_INFO_V1(pool_weighted_out);
Datum
pool_weighted_out(PG_FUNCTION_ARGS)
{
	weighted_pair pair = pair_arguments(fcinfo, 5, 6);
	u256		amount = uint_argument(fcinfo, 4, "amount_in");
	u256		result = U256_ZERO;
	core_status status = weighted_out(&pair, amount, &result);

	check_status(&out_rule, pair.weight_out, status);
	PG_RETURN_NUMERIC(u256_to_numeric(result));
}

PG_FUNCTION_INFO_V1(pool_weighted_in);
Datum
pool_weighted_in(PG_FUNCTION_ARGS)
{
	weighted_pair pair = pair_arguments(fcinfo, 5, 6);
	u256		amount = uint_argument(fcinfo, 4, "amount_out");
	u256		result = U256_ZERO;
	core_status status = weighted_in(&pair, amount, &result);

	check_status(&in_rule, pair.weight_in, status);
	PG_RETURN_NUMERIC(u256_to_numeric(result));
}

PG_FUNCTION_INFO_V1(pool_weighted_spot_price);
Datum
pool_weighted_spot_price(PG_FUNCTION_ARGS)
{
	weighted_pair pair = pair_arguments(fcinfo, 4, -1);
	double		price = 0;
	core_status status = weighted_spot_price(&pair, &price);

	check_status(&spot_rule, pair.weight_out, status);
	PG_RETURN_FLOAT8(price);
}
