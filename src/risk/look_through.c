/*-------------------------------------------------------------------------
 *
 * risk/look_through.c
 *	  The SQL face of domain risk: through tokens that hold tokens.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "funcapi.h"
#include "lib/stringinfo.h"
#include "utils/memutils.h"
#include "utils/timestamp.h"
#include "utils/tuplestore.h"

#include "core/risk/look_through.h"
#include "series/input.h"
#include "server/compat.h"
#include "server/float8_array.h"
#include "server/interrupts.h"
#include "server/label_array.h"
#include "server/report.h"
#include "server/span.h"

static void *
allocate(Size n, Size size)
{
	return MemoryContextAllocHuge(CurrentMemoryContext, (n + 1) * size);
}

/* ---------- down to what holds nothing itself ---------- */

/* A cycle is shown up to so many of its members. */
#define SHOWN_MEMBERS	5

/* Arguments 0 to 2: holders, assets, shares */
static void
holdings_arguments(FunctionCallInfo fcinfo, label_array *labels, holdings *h)
{
	static const char *const names[] = {"holder", "asset"};
	ArrayType  *arrays[] = {PG_GETARG_ARRAYTYPE_P(0), PG_GETARG_ARRAYTYPE_P(1)};
	int			num_holders = ArrayGetNItems(ARR_NDIM(arrays[0]), ARR_DIMS(arrays[0]));
	int			n;
	double	   *share = float8_elements(PG_GETARG_ARRAYTYPE_P(2), "share", NAN, &n);
	holding    *held;
	size_t	   *first;

	read_labels(names, arrays, lengthof(names), labels);
	check_same_length("holder", num_holders, "asset", labels->n - num_holders);
	check_same_length("holder", num_holders, "share", n);
	for (int i = 0; i < n; i++)
		check_finite("share", share[i]);
	held = allocate(n, sizeof(holding));
	first = allocate(labels->num_distinct + 1, sizeof(size_t));
	holdings_sort(labels->number, labels->number + n, share, n, labels->num_distinct, first, held);
	*h = (holdings) {
		.held = held, .first = first, .num_nodes = labels->num_distinct,
		.node = allocate(labels->num_distinct, sizeof(holding_node)),
		.path = allocate(labels->num_distinct, sizeof(int)),
		.order = allocate(labels->num_distinct, sizeof(int)), .pause = check_interrupts
	};
	holdings_begin(h);
}

static Datum
label_of(const label_array *labels, int node)
{
	return labels->label[labels->first[node]];
}

pg_noreturn static void
report_cycle(const label_array *labels, const holdings *h)
{
	StringInfoData cycle;

	initStringInfo(&cycle);
	for (int i = 0; i <= h->length; i++)
	{
		struct varlena *text = (struct varlena *) DatumGetPointer(label_of(labels, h->path[i % h->length]));

		if (i >= SHOWN_MEMBERS && i < h->length)
			continue;
		appendStringInfo(&cycle, "%s%s%s", i > 0 ? " -> " : "",
						 i == h->length && i > SHOWN_MEMBERS ? "... -> " : "",
						 shown_text(VARDATA_ANY(text), (int) VARSIZE_ANY_EXHDR(text)));
	}
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("holder and asset must not go round in a circle: %s", cycle.data),
			 errhint("What holds itself has no end to look through to.")));
}

static int
compare_places(const void *left, const void *right)
{
	int			a = *(const int *) left;
	int			b = *(const int *) right;

	return (a > b) - (a < b);
}

/* Rows of what a holder has in the end, in the order in which labels appear. */
static void
put_ends(ReturnSetInfo *result, const label_array *labels, holdings *h, int holder)
{
	int			num_ends = 0;

	for (int i = 0; i < h->length; i++)
		if (holdings_ends_at(h, h->order[i]))
			h->order[num_ends++] = h->order[i];
	qsort(h->order, num_ends, sizeof(int), compare_places);
	for (int i = 0; i < num_ends; i++)
	{
		const holding_node *end = &h->node[h->order[i]];
		Datum		values[] = {
			label_of(labels, holder), label_of(labels, h->order[i]),
			Float8GetDatum(end->total.hi), Int32GetDatum(end->depth)
		};
		bool		nulls[lengthof(values)] = {false};

		pause_at(i);
		tuplestore_putvalues(result->setResult, result->setDesc, values, nulls);
	}
}

/* look_through(holder, asset, share) */
PG_FUNCTION_INFO_V1(look_through);
Datum
look_through(PG_FUNCTION_ARGS)
{
	label_array labels;
	holdings	h;

	InitMaterializedSRF(fcinfo, 0);
	holdings_arguments(fcinfo, &labels, &h);
	for (int holder = 0; holder < h.num_nodes; holder++)
	{
		core_status status;

		if (holdings_ends_at(&h, holder))
			continue;
		status = holdings_follow(&h, holder);
		if (status == CORE_BAD_PARAMETER)
			report_cycle(&labels, &h);
		report_status(status, "share");
		put_ends((ReturnSetInfo *) fcinfo->resultinfo, &labels, &h, holder);
	}
	return (Datum) 0;
}

/* ---------- what holdings are worth over time ---------- */

/* What a token's two series are read by; it must stay where it is. */
typedef struct held_input
{
	series_input units;
	series_input price;
} held_input;

/* The time from which on all are known. */
static int64
latest_first_time(const Datum *series, int n, int64 latest)
{
	for (int i = 0; i < n; i++)
	{
		series_header header;

		series_get_header(series[i], &header);
		latest = Max(latest, header.first_time);
	}
	return latest;
}

static held_token *
open_tokens(const Datum *units, const Datum *prices, int n, int64 start, uint64 max_age)
{
	held_input *input = allocate(n, sizeof(held_input));
	held_token *token = allocate(n, sizeof(held_token));

	for (int i = 0; i < n; i++)
	{
		series_input_init_at(&input[i].units, units[i], start, TIME_END - 1);
		series_input_init_at(&input[i].price, prices[i], start, TIME_END - 1);
		series_carry_init(&token[i].units, &input[i].units.stream);
		series_carry_init(&token[i].price, &input[i].price.stream);
		token[i].price.max_age = max_age;
	}
	holdings_value_begin(token, n, start);
	return token;
}

/* holdings_value(units, prices, max_age).  Not strict, since the last may be NULL. */
PG_FUNCTION_INFO_V1(series_holdings_value);
Datum
series_holdings_value(PG_FUNCTION_ARGS)
{
	uint64		max_age;
	Datum	   *units,
			   *prices;
	int			num_units,
				num_prices;
	held_token *token;
	expanded_series *result;
	series_point value;

	if (has_null_argument(fcinfo, 2))
		PG_RETURN_NULL();
	max_age = max_age_argument(fcinfo, 2);
	units = series_array_argument(fcinfo, 0, "units", &num_units);
	prices = series_array_argument(fcinfo, 1, "prices", &num_prices);
	check_same_length("units", num_units, "prices", num_prices);
	if (num_units == 0)
		PG_RETURN_NULL();
	token = open_tokens(units, prices, num_units,
						latest_first_time(prices, num_prices,
										  latest_first_time(units, num_units, TIME_MIN)), max_age);
	result = series_begin(0);
	while (report_status(holdings_value_next(token, num_units, &value), "holdings_value"))
		series_append(result, &value.time, &value.value, 1);
	if (series_is_empty(result))
		PG_RETURN_NULL();
	return series_datum(result);
}
