/*-------------------------------------------------------------------------
 *
 * yield/eigen.c
 *	  The SQL face of EigenLayer's rewards.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "utils/builtins.h"

#include "chain/words.h"
#include "core/yield/eigen.h"
#include "server/numeric_u256.h"
#include "server/report.h"
#include "server/row.h"

/* A weight of so many decimals and 256 bits leaves room for all steps */
#define MAX_WEIGHT_DECIMALS	77

/* ---------- arguments ---------- */

pg_noreturn static void
report_bad_weight(const char *argument, Datum value)
{
	ereport(ERROR,
			(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
			 errmsg("%s must not be negative, have at most %d decimals and be below 2^256 without its point, not %s",
					argument, MAX_WEIGHT_DECIMALS, shown_numeric(value))));
	pg_unreachable();
}

/* Argument n, a weight, with the decimals that it is written with */
static scaled_number
weight_argument(FunctionCallInfo fcinfo, int n, const char *argument)
{
	Datum		value = PG_GETARG_DATUM(n);
	u256		ignored;
	u256		mantissa;
	bool		negative;
	int			scale;
	numeric_read read = numeric_to_u256(value, &ignored);

	if (read == NUMERIC_READ_NAN || read == NUMERIC_READ_INFINITY)
		report_bad_weight(argument, value);
	scale = DatumGetInt32(DirectFunctionCall1(numeric_scale, value));
	if (scale > MAX_WEIGHT_DECIMALS ||
		numeric_to_scaled(value, scale, &negative, &mantissa) != NUMERIC_READ_OK || negative)
		report_bad_weight(argument, value);
	return (scaled_number) {wide_of(mantissa), scale};
}

static unsigned
bips_argument(FunctionCallInfo fcinfo, int n, const char *argument)
{
	int64		bips = PG_GETARG_INT64(n);

	if (bips < 0 || bips > EIGEN_BIPS)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("%s must be from 0 to %d, not " INT64_FORMAT, argument,
						EIGEN_BIPS, bips)));
	return (unsigned) bips;
}

/*
 * What may be wrong between arguments n and n + 1, a weight and the total that
 * it is a part of.
 */
static void
check_part(FunctionCallInfo fcinfo, core_status status, int n, const char *weight,
		   const char *total, const char *function)
{
	if (status == CORE_DIVISION_BY_ZERO)
		report_zero(total, function);
	if (status == CORE_BAD_PARAMETER)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("%s must not be above %s: %s, %s", weight, total,
						shown_numeric(PG_GETARG_DATUM(n)), shown_numeric(PG_GETARG_DATUM(n + 1)))));
	report_status(status, function);
}

static void
check_total(const scaled_number *total, const char *argument, const char *function)
{
	if (wide_is_zero(&total->mantissa))
		report_zero(argument, function);
}

/* ---------- rewards v2.2 ---------- */

PG_FUNCTION_INFO_V1(eigen_operator_pot);
Datum
eigen_operator_pot(PG_FUNCTION_ARGS)
{
	u256		tokens = uint_argument(fcinfo, 0, "tokens_per_day");
	scaled_number weight = weight_argument(fcinfo, 1, "operator_weight");
	scaled_number total = weight_argument(fcinfo, 2, "total_weight");
	unsigned	split = bips_argument(fcinfo, 3, "split_bips");
	eigen_parts parts;
	Datum		columns[3];

	check_total(&total, "total_weight", "eigen_operator_pot");
	check_part(fcinfo, eigen_pot(tokens, &weight, &total, split, &parts), 1, "operator_weight",
			   "total_weight", "eigen_operator_pot");
	columns[0] = NumericGetDatum(u256_to_numeric(parts.whole));
	columns[1] = NumericGetDatum(u256_to_numeric(parts.operator_part));
	columns[2] = NumericGetDatum(u256_to_numeric(parts.rest));
	return row_result(fcinfo, columns);
}

PG_FUNCTION_INFO_V1(eigen_staker_payout);
Datum
eigen_staker_payout(PG_FUNCTION_ARGS)
{
	u256		tokens = uint_argument(fcinfo, 0, "stakers_tokens");
	scaled_number weight = weight_argument(fcinfo, 1, "staker_weight");
	scaled_number total = weight_argument(fcinfo, 2, "operator_weight");
	u256		payout;

	check_total(&total, "operator_weight", "eigen_staker_payout");
	check_part(fcinfo, eigen_proportional(tokens, &weight, &total, &payout), 1, "staker_weight",
			   "operator_weight", "eigen_staker_payout");
	PG_RETURN_NUMERIC(u256_to_numeric(payout));
}

PG_FUNCTION_INFO_V1(eigen_allocated_weight);
Datum
eigen_allocated_weight(PG_FUNCTION_ARGS)
{
	u256		shares = uint_argument(fcinfo, 0, "shares");
	u256		magnitude = uint_argument(fcinfo, 1, "magnitude");
	u256		max_magnitude = divisor_argument(fcinfo, 2, "max_magnitude", "eigen_allocated_weight");
	u256		multiplier = uint_argument(fcinfo, 3, "multiplier");
	scaled_number weight;
	u256		mantissa;
	core_status status;

	if (u256_cmp(magnitude, max_magnitude) > 0)
		check_part(fcinfo, CORE_BAD_PARAMETER, 1, "magnitude", "max_magnitude",
				   "eigen_allocated_weight");
	status = eigen_weight(shares, magnitude, max_magnitude, multiplier, &weight);
	if (status == CORE_OK && !wide_to_u256(&weight.mantissa, &mantissa))
		status = CORE_OUT_OF_RANGE;
	report_status(status, "weight");
	PG_RETURN_NUMERIC(scaled_to_numeric(false, mantissa, weight.scale, weight.scale));
}

PG_FUNCTION_INFO_V1(eigen_protocol_fee);
Datum
eigen_protocol_fee(PG_FUNCTION_ARGS)
{
	u256		amount = uint_argument(fcinfo, 0, "amount");
	unsigned	bips = bips_argument(fcinfo, 1, "fee_bips");
	u256		fee = U256_ZERO;
	Datum		columns[2];

	report_status(eigen_fee(amount, bips, &fee), "fee");
	columns[0] = NumericGetDatum(u256_to_numeric(fee));
	columns[1] = NumericGetDatum(u256_to_numeric(u256_sub_wrap(amount, fee)));
	return row_result(fcinfo, columns);
}
