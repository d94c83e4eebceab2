/*-------------------------------------------------------------------------
 *
 * yield/terms.c
 *	  The SQL face of domain yield: fees, inflation, layers, spreads.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "utils/float.h"

#include "core/yield/return.h"
#include "core/yield/terms.h"
#include "server/compat.h"
#include "server/float8_array.h"
#include "server/report.h"

/* Argument fee: a fraction of rewards, all of them where that is allowed */
static double
fee_argument(FunctionCallInfo fcinfo, bool all_allowed)
{
	double		fee = PG_GETARG_FLOAT8(1);

	if (!(fee >= 0 && (all_allowed ? fee <= 1 : fee < 1)))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg(all_allowed ? "fee must be from 0 to 1, not %s" :
						"fee must be from 0 to below 1, not %s", float8out_internal(fee)),
				 errhint("A fee is a fraction of rewards: 0.1 is 10 %%.")));
	return fee;
}

PG_FUNCTION_INFO_V1(net_of_fee);
Datum
net_of_fee(PG_FUNCTION_ARGS)
{
	double		apr = PG_GETARG_FLOAT8(0);
	double		fee = fee_argument(fcinfo, true);

	check_finite("apr", apr);
	PG_RETURN_FLOAT8(yield_net_of_fee(apr, fee));
}

PG_FUNCTION_INFO_V1(gross_of_fee);
Datum
gross_of_fee(PG_FUNCTION_ARGS)
{
	double		apr = PG_GETARG_FLOAT8(0);
	double		fee = fee_argument(fcinfo, false);
	double		result;

	check_finite("apr", apr);
	report_status(yield_gross_of_fee(apr, fee, &result), "gross_of_fee");
	PG_RETURN_FLOAT8(result);
}

PG_FUNCTION_INFO_V1(real_yield);
Datum
real_yield(PG_FUNCTION_ARGS)
{
	double		apr = PG_GETARG_FLOAT8(0);
	double		issuance = PG_GETARG_FLOAT8(1);
	double		result;

	check_finite("apr", apr);
	check_finite("issuance", issuance);
	if (issuance <= -1)
		report_bad_float8("issuance", issuance, "above -1");
	report_status(yield_real(apr, issuance, &result), "real_yield");
	PG_RETURN_FLOAT8(result);
}

PG_FUNCTION_INFO_V1(spread_bps);
Datum
spread_bps(PG_FUNCTION_ARGS)
{
	double		rate = PG_GETARG_FLOAT8(0);
	double		benchmark = PG_GETARG_FLOAT8(1);
	double		result;

	check_finite("rate", rate);
	check_finite("benchmark", benchmark);
	report_status(yield_spread_bps(rate, benchmark, &result), "spread_bps");
	PG_RETURN_FLOAT8(result);
}

/* One unknown layer makes the whole unknown. */
PG_FUNCTION_INFO_V1(layer_apr);
Datum
layer_apr(PG_FUNCTION_ARGS)
{
	float8_array aprs;
	double		result;

	read_float8_array(PG_GETARG_DATUM(0), &aprs);
	if (aprs.num_dims > 1)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("aprs must have one dimension, not %d", aprs.num_dims)));
	if (aprs.has_null)
		PG_RETURN_NULL();
	for (int i = 0; i < aprs.n; i++)
		if (unlikely(!isfinite(aprs.values[i])))
			check_finite(psprintf("aprs[%d]", i + 1), aprs.values[i]);
	if (!report_status(yield_layered(aprs.values, aprs.n, &result), "layer_apr"))
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(result);
}
