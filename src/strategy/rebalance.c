/*-------------------------------------------------------------------------
 *
 * strategy/rebalance.c
 *	  The SQL face of domain strategy: when and how far to set weights back.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "utils/array.h"
#include "utils/timestamp.h"

#include "core/strategy/rebalance.h"
#include "server/compat.h"
#include "server/report.h"
#include "server/row.h"
#include "strategy/history.h"
#include "strategy/vectors.h"

/* (weights, returns) */
PG_FUNCTION_INFO_V1(drift_weights);
Datum
drift_weights(PG_FUNCTION_ARGS)
{
	int			n;
	double	   *weights = vector_argument(fcinfo, 0, "weights", &n);
	double	   *returns = vector_of(fcinfo, 1, "returns", "weights", n);
	double	   *result = allocate_numbers(n, sizeof(double));

	if (!report_status(rebalance_drift(weights, returns, n, result), "drift_weights"))
		PG_RETURN_NULL();
	return result_vector(result, n);
}

/* (weights_before, weights_after) */
PG_FUNCTION_INFO_V1(turnover);
Datum
turnover(PG_FUNCTION_ARGS)
{
	int			n;
	double	   *before = vector_argument(fcinfo, 0, "weights_before", &n);
	double	   *after = vector_of(fcinfo, 1, "weights_after", "weights_before", n);
	double		result;

	report_status(rebalance_turnover(before, after, n, &result), "turnover");
	PG_RETURN_FLOAT8(result);
}

/* (amounts, targets, band, destination) */
PG_FUNCTION_INFO_V1(rebalance_trades);
Datum
rebalance_trades(PG_FUNCTION_ARGS)
{
	static const char *const words[] = {"target", "edge"};
	int			n;
	double	   *amounts = vector_argument(fcinfo, 0, "amounts", &n);
	double	   *targets = vector_of(fcinfo, 1, "targets", "amounts", n);
	double		band = PG_GETARG_FLOAT8(2);
	bool		to_edge = choice_argument(fcinfo, 3, "destination", words, lengthof(words), NULL) == 1;
	double	   *trades = allocate_numbers(n, sizeof(double));
	double		sum = 0;

	check_not_negative("band", band);
	for (int i = 0; i < n; i++)
		sum += targets[i];
	if (n > 0 && fabs(sum - 1) > 1e-9)
		report_bad_argument("sum of targets", sum, "1");
	if (!report_status(rebalance_trades_of(amounts, targets, n, band, to_edge, trades), "rebalance_trades"))
		PG_RETURN_NULL();
	return result_vector(trades, n);
}

/* (target, risk_aversion, cost) */
PG_FUNCTION_INFO_V1(no_trade_band);
Datum
no_trade_band(PG_FUNCTION_ARGS)
{
	double		target = PG_GETARG_FLOAT8(0);
	double		bounds[2];

	check_finite("target", target);
	check_parameter("risk_aversion", PG_GETARG_FLOAT8(1));
	check_below_one("cost", PG_GETARG_FLOAT8(2));
	rebalance_no_trade_band(target, PG_GETARG_FLOAT8(1), PG_GETARG_FLOAT8(2), &bounds[0], &bounds[1]);
	if (!isfinite(bounds[0]) || !isfinite(bounds[1]))
		report_status(CORE_OUT_OF_RANGE, "no_trade_band");
	return row_of_float8(fcinfo, bounds, 2);
}

/* (amount, apr_from, apr_to, cost, year_days) */
PG_FUNCTION_INFO_V1(migration_break_even);
Datum
migration_break_even(PG_FUNCTION_ARGS)
{
	double		year_days = PG_GETARG_FLOAT8(4);
	double		years;
	Interval   *result;

	check_parameter("amount", PG_GETARG_FLOAT8(0));
	check_finite("apr_from", PG_GETARG_FLOAT8(1));
	check_finite("apr_to", PG_GETARG_FLOAT8(2));
	check_not_negative("cost", PG_GETARG_FLOAT8(3));
	check_parameter("year_days", year_days);
	if (!report_status(migration_years(PG_GETARG_FLOAT8(0), PG_GETARG_FLOAT8(1), PG_GETARG_FLOAT8(2),
									   PG_GETARG_FLOAT8(3), &years), "migration_break_even"))
		PG_RETURN_NULL();
	if (!(years * year_days * USECS_PER_DAY < 9e18))
		report_status(CORE_OUT_OF_RANGE, "migration_break_even");
	result = palloc0(sizeof(Interval));
	result->time = (int64) rint(years * year_days * USECS_PER_DAY);
	PG_RETURN_INTERVAL_P(result);
}
