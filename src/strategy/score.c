/*-------------------------------------------------------------------------
 *
 * strategy/score.c
 *	  The SQL face of domain strategy: scores, and where a value stands among
 *	  those of its partition.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/jsonb.h"
#include "utils/memutils.h"
#include "utils/numeric.h"
#include "windowapi.h"

#include "core/strategy/score.h"
#include "server/compat.h"
#include "server/float8_array.h"
#include "server/interrupts.h"
#include "server/report.h"
#include "strategy/history.h"

static Datum
score_result(FunctionCallInfo fcinfo, const score_sum *s, const char *what)
{
	double		result;

	if (!report_status(score_of(s, &result), what))
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(result);
}

/* NULL elements are infinite, which no metric is. */
static double *
metrics_argument(FunctionCallInfo fcinfo, int n, const char *argument, bool null_is_right, int *length)
{
	double	   *value = float8_elements(PG_GETARG_ARRAYTYPE_P(n), argument, null_is_right ? INFINITY : NAN, length);

	if (!null_is_right)
		for (int i = 0; i < *length; i++)
			check_finite(argument, value[i]);
	return value;
}

/* Elements that are finite, those that are NULL left out. */
static void
check_metrics(ArrayType *array, const char *argument)
{
	const double *element = (const double *) ARR_DATA_PTR(array);
	const uint8 *present = ARR_NULLBITMAP(array);
	int			n = ArrayGetNItems(ARR_NDIM(array), ARR_DIMS(array));

	for (int i = 0; i < n; i++)
		if (present == NULL || (present[i / 8] & (1 << (i % 8))) != 0)
			check_finite(argument, *element++);
}

/* (metrics, weights) */
PG_FUNCTION_INFO_V1(weighted_score);
Datum
weighted_score(PG_FUNCTION_ARGS)
{
	int			n,
				m;
	double	   *metric = metrics_argument(fcinfo, 0, "metrics", true, &n);
	double	   *weight = metrics_argument(fcinfo, 1, "weights", false, &m);
	score_sum	s = {0};

	check_metrics(PG_GETARG_ARRAYTYPE_P(0), "metrics");
	check_same_length("metrics", n, "weights", m);
	for (int i = 0; i < n; i++)
		score_add(&s, weight[i], metric[i], isfinite(metric[i]));
	return score_result(fcinfo, &s, "weighted_score");
}

/* ---------- by key ---------- */

static void
check_object(Jsonb *value, const char *argument)
{
	if (!JB_ROOT_IS_OBJECT(value))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("%s must be an object", argument),
				 errhint("Such as '{\"apy\": 0.032, \"volatility\": 0.01}'.")));
}

/* A number; false if it is null. */
static bool
number_of(const JsonbValue *value, const char *argument, const JsonbValue *key, double *number)
{
	if (value->type == jbvNull)
		return false;
	if (value->type != jbvNumeric)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("%s must hold numbers, which \"%s\" is not", argument,
						shown_text(key->val.string.val, key->val.string.len))));
	*number = numeric_as_float8(argument, NumericGetDatum(value->val.numeric));
	check_finite(argument, *number);
	return true;
}

/* (metrics, weights): a metric without a weight does not count */
PG_FUNCTION_INFO_V1(weighted_score_by_key);
Datum
weighted_score_by_key(PG_FUNCTION_ARGS)
{
	Jsonb	   *metrics = PG_GETARG_JSONB_P(0);
	Jsonb	   *weights = PG_GETARG_JSONB_P(1);
	JsonbIterator *next;
	JsonbIteratorToken token = WJB_DONE;
	JsonbValue	key,
				value;
	score_sum	s = {0};

	check_object(metrics, "metrics");
	check_object(weights, "weights");
	next = JsonbIteratorInit(&weights->root);
	while ((token = JsonbIteratorNext(&next, token == WJB_KEY ? &value : &key, true)) != WJB_DONE)
	{
		JsonbValue *found;
		double		weight,
					metric = 0;
		bool		known;

		if (token != WJB_VALUE)
			continue;
		if (!number_of(&value, "weights", &key, &weight))
			continue;
		found = findJsonbValueFromContainer(&metrics->root, JB_FOBJECT, &key);
		known = found != NULL && number_of(found, "metrics", &key, &metric);
		score_add(&s, weight, metric, known);
	}
	return score_result(fcinfo, &s, "weighted_score_by_key");
}

/* (apy, sharpe, alpha, beta, volatility, weights).  Not strict: a metric may not be known. */
PG_FUNCTION_INFO_V1(amplified_score);
Datum
amplified_score(PG_FUNCTION_ARGS)
{
	static const char *const names[AMPLIFIED_METRICS] = {"apy", "sharpe", "alpha", "beta", "volatility"};
	double	   *weight;
	score_sum	s = {0};
	int			n;

	if (PG_ARGISNULL(5))
		PG_RETURN_NULL();
	weight = metrics_argument(fcinfo, 5, "weights", false, &n);
	if (n != AMPLIFIED_METRICS)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("weights must have %d elements, not %d", AMPLIFIED_METRICS, n)));
	for (int i = 0; i < AMPLIFIED_METRICS; i++)
	{
		double		metric = PG_ARGISNULL(i) ? 0 : PG_GETARG_FLOAT8(i);

		check_finite(names[i], metric);
		/* a beta of 1 is best */
		if (i == 3)
			metric = 1 - fabs(metric - 1);
		score_add(&s, weight[i], metric, !PG_ARGISNULL(i));
	}
	return score_result(fcinfo, &s, "amplified_score");
}

/* ---------- window functions ---------- */

typedef struct partition_scale
{
	bool		known;
	score_scale scale;
} partition_scale;

/* The values of the whole partition that are not NULL. */
static double *
partition_values(WindowObject window, Size *n)
{
	int64		rows = WinGetPartitionRowCount(window);
	double	   *value = allocate_numbers(rows, sizeof(double));

	*n = 0;
	for (int64 i = 0; i < rows; i++)
	{
		bool		is_null,
					is_out;
		Datum		datum = WinGetFuncArgInPartition(window, 0, (int) i, WINDOW_SEEK_HEAD, false, &is_null, &is_out);

		pause_at(i);
		if (is_null || is_out)
			continue;
		check_finite("value", DatumGetFloat8(datum));
		value[(*n)++] = DatumGetFloat8(datum);
	}
	return value;
}

/* What a row's value is on the scale of its partition, which is made once. */
static Datum
partition_score(FunctionCallInfo fcinfo, score_kind kind, const char *what)
{
	WindowObject window = PG_WINDOW_OBJECT();
	partition_scale *p = WinGetPartitionLocalMemory(window, sizeof(partition_scale));
	bool		is_null;
	Datum		value = WinGetFuncArgCurrent(window, 0, &is_null);
	double		result;

	if (!p->known)
	{
		Size		n;
		double	   *values = partition_values(window, &n);

		p->scale = score_scale_of(kind, values, n);
		p->known = true;
		pfree(values);
	}
	if (is_null || !report_status(scaled_score(&p->scale, DatumGetFloat8(value), &result), what))
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(result);
}

PG_FUNCTION_INFO_V1(z_score);
Datum
z_score(PG_FUNCTION_ARGS)
{
	return partition_score(fcinfo, SCORE_Z, "z_score");
}

PG_FUNCTION_INFO_V1(robust_z_score);
Datum
robust_z_score(PG_FUNCTION_ARGS)
{
	return partition_score(fcinfo, SCORE_ROBUST_Z, "robust_z_score");
}

PG_FUNCTION_INFO_V1(min_max_score);
Datum
min_max_score(PG_FUNCTION_ARGS)
{
	return partition_score(fcinfo, SCORE_MIN_MAX, "min_max_score");
}
