/*-------------------------------------------------------------------------
 *
 * leverage/position.c
 *	  Checks of a lending position's figures, for the files of domain leverage.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "utils/float.h"

#include "leverage/position.h"
#include "server/interrupts.h"

void
report_bad_position(const char *argument, double value, const char *requirement)
{
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("%s must be %s, not %s", argument, requirement, float8out_internal(value))));
	pg_unreachable();
}

void
report_bad_threshold(const char *argument, double value)
{
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("%s must be at least 0 and below 1, not %s", argument,
					float8out_internal(value)),
			 errhint("It is a fraction: 0.83 is 83 %%, which Aave stores as 8300.")));
	pg_unreachable();
}

/*
 * A book of accounts out of arguments 0 to 2: collateral, thresholds, debts.
 * A NULL adds nothing, as in account_agg.
 */
int
book_arguments(FunctionCallInfo fcinfo, double **collateral, double **threshold, double **debt)
{
	int			n,
				num_thresholds,
				num_debts;

	*collateral = float8_elements(PG_GETARG_ARRAYTYPE_P(0), "collateral", 0, &n);
	*threshold = float8_elements(PG_GETARG_ARRAYTYPE_P(1), "liquidation_threshold", 0,
								 &num_thresholds);
	*debt = float8_elements(PG_GETARG_ARRAYTYPE_P(2), "debt", 0, &num_debts);
	if (n != num_thresholds || n != num_debts)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("collateral, liquidation_threshold and debt must have the same number of "
						"elements, not %d, %d and %d", n, num_thresholds, num_debts)));
	for (int i = 0; i < n; i++)
	{
		pause_at(i);
		check_amount("collateral", (*collateral)[i]);
		check_threshold("liquidation_threshold", (*threshold)[i]);
		check_amount("debt", (*debt)[i]);
	}
	return n;
}

/* The depth curve in arguments n and n + 1: depth_amounts, depth_impacts. */
void
depth_arguments(FunctionCallInfo fcinfo, int n, cascade_depth *depth)
{
	int			num_amounts,
				num_impacts;
	double	   *amounts = float8_elements(PG_GETARG_ARRAYTYPE_P(n), "depth_amounts", NAN,
										  &num_amounts);
	double	   *impacts = float8_elements(PG_GETARG_ARRAYTYPE_P(n + 1), "depth_impacts", NAN,
										  &num_impacts);

	if (num_amounts != num_impacts || num_amounts < 1)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("depth_amounts and depth_impacts must have the same number of elements, "
						"at least one, not %d and %d", num_amounts, num_impacts)));
	for (int i = 0; i < num_amounts; i++)
	{
		pause_at(i);
		if (!(amounts[i] > (i == 0 ? 0 : amounts[i - 1]) && amounts[i] <= DBL_MAX))
			report_bad_position("depth_amounts", amounts[i], "positive, finite and rising");
		if (!(impacts[i] >= (i == 0 ? 0 : impacts[i - 1]) && impacts[i] <= 1))
			report_bad_position("depth_impacts", impacts[i], "from 0 to 1 and not falling");
	}
	depth->amounts = amounts;
	depth->impacts = impacts;
	depth->num_points = num_amounts;
	depth->pause = check_interrupts;
}
