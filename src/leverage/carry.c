/*-------------------------------------------------------------------------
 *
 * leverage/carry.c
 *	  The SQL face of loops whose borrow rate follows the pool's utilization.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "core/leverage/carry.h"
#include "leverage/position.h"
#include "server/report.h"

static void
check_carry_curve(const carry_curve *curve)
{
	if (!(curve->optimal > 0 && curve->optimal <= 1))
		report_bad_float8("optimal", curve->optimal, "above 0 and at most 1");
	check_finite("base", curve->base);
	check_finite("slope1", curve->slope1);
	check_finite("slope2", curve->slope2);
}

PG_FUNCTION_INFO_V1(carry_apr);
Datum
carry_apr(PG_FUNCTION_ARGS)
{
	double		leverage = PG_GETARG_FLOAT8(0);
	double		collateral_apr = PG_GETARG_FLOAT8(1);
	double		utilization = PG_GETARG_FLOAT8(2);
	carry_curve curve = {PG_GETARG_FLOAT8(3), PG_GETARG_FLOAT8(4), PG_GETARG_FLOAT8(5),
		PG_GETARG_FLOAT8(6)};
	double		apr;

	check_leverage("leverage", leverage);
	check_finite("collateral_apr", collateral_apr);
	check_not_negative("utilization", utilization);
	check_carry_curve(&curve);
	if (!report_status(carry_apr_at(leverage, collateral_apr, utilization, &curve, &apr), "carry APR"))
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(apr);
}
