/*-------------------------------------------------------------------------
 *
 * risk/covariance.c
 *	  The SQL face of domain risk: how the returns of many tokens move together.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "common/hashfn.h"
#include "funcapi.h"
#include "libpq/pqformat.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/memutils.h"
#include "utils/tuplestore.h"

#include "core/risk/covariance.h"
#include "risk/returns.h"
#include "series/input.h"
#include "server/compat.h"
#include "server/float8_array.h"
#include "server/interrupts.h"
#include "server/matrix_argument.h"
#include "server/moving.h"
#include "server/report.h"
#include "server/row.h"
#include "server/set_size.h"
#include "server/span.h"
#include "server/summary.h"

#define TYPE_NAME	"covariance_summary"
#define LAYOUT		"(num_tokens,num_returns,origin,means,products of deviations)"

StaticAssertDecl(offsetof(covariance_summary, number) == 16 && offsetof(covariance_summary, vl_len_) == 0,
				 "covariance_summary must start as a varlena and have no padding");

static covariance_summary *
make_summary(int num_tokens)
{
	covariance_summary *s = palloc(covariance_size(num_tokens));

	covariance_init(s, num_tokens);
	SET_VARSIZE(s, covariance_size(num_tokens));
	return s;
}

static const covariance_summary *
summary_argument(FunctionCallInfo fcinfo, int n)
{
	const covariance_summary *s = (const covariance_summary *) PG_GETARG_VARLENA_P(n);

	if (VARSIZE(s) < offsetof(covariance_summary, number) || s->num_tokens < 1 ||
		s->num_tokens > COVARIANCE_MAX_TOKENS || VARSIZE(s) != covariance_size(s->num_tokens))
		ereport(ERROR, (errcode(ERRCODE_DATA_CORRUPTED), errmsg("invalid %s", TYPE_NAME)));
	return s;
}

/* ---------- text and binary form ---------- */

/* The summary in the fields of a text; NULL if there are others than it has. */
static covariance_summary *
read_summary(char **fields, int num_fields)
{
	int64		num_tokens,
				num_returns;
	covariance_summary *s;

	if (num_fields < 2 || !read_int64(fields[0], &num_tokens) || !read_int64(fields[1], &num_returns) ||
		num_tokens < 1 || num_tokens > COVARIANCE_MAX_TOKENS ||
		num_fields != 2 + (int64) covariance_count((int) num_tokens))
		return NULL;
	s = make_summary((int) num_tokens);
	s->num_returns = num_returns;
	for (int i = 2; i < num_fields; i++)
		if (!read_float8(fields[i], &s->number[i - 2]))
			return NULL;
	return s;
}

PG_FUNCTION_INFO_V1(covariance_summary_in);
Datum
covariance_summary_in(PG_FUNCTION_ARGS)
{
	char	   *text = PG_GETARG_CSTRING(0);
	int			num_fields = 1;
	char	  **fields;
	covariance_summary *s = NULL;

	for (const char *c = text; *c != '\0'; c++)
		num_fields += *c == ',';
	fields = MemoryContextAllocHuge(CurrentMemoryContext, sizeof(char *) * num_fields);
	if (split_fields(pstrdup(text), fields, num_fields))
		s = read_summary(fields, num_fields);
	if (s == NULL)
		ereturn(fcinfo->context, (Datum) 0,
				(errcode(ERRCODE_INVALID_TEXT_REPRESENTATION),
				 errmsg("invalid input syntax for type %s: \"%s\"", TYPE_NAME,
						shown_text(text, (int) strlen(text))),
				 errhint("The form is %s.", LAYOUT)));
	if (!covariance_is_valid(s))
		ereturn(fcinfo->context, (Datum) 0,
				(errcode(ERRCODE_INVALID_TEXT_REPRESENTATION),
				 errmsg("invalid value for type %s: \"%s\"", TYPE_NAME,
						shown_text(text, (int) strlen(text))),
				 errdetail("No set of returns has this summary.")));
	PG_RETURN_POINTER(s);
}

PG_FUNCTION_INFO_V1(covariance_summary_out);
Datum
covariance_summary_out(PG_FUNCTION_ARGS)
{
	const covariance_summary *s = summary_argument(fcinfo, 0);
	StringInfoData out;

	initStringInfo(&out);
	appendStringInfo(&out, "(%d," INT64_FORMAT, s->num_tokens, s->num_returns);
	for (Size i = 0; i < covariance_count(s->num_tokens); i++)
	{
		appendStringInfoChar(&out, ',');
		append_float8(&out, s->number[i]);
	}
	appendStringInfoChar(&out, ')');
	PG_RETURN_CSTRING(out.data);
}

PG_FUNCTION_INFO_V1(covariance_summary_recv);
Datum
covariance_summary_recv(PG_FUNCTION_ARGS)
{
	StringInfo	in = (StringInfo) PG_GETARG_POINTER(0);
	int64		num_tokens = pq_getmsgint64(in);
	int64		num_returns = pq_getmsgint64(in);
	covariance_summary *s = NULL;

	if (num_tokens >= 1 && num_tokens <= COVARIANCE_MAX_TOKENS &&
		(in->len - in->cursor) / 8 >= (int64) covariance_count((int) num_tokens))
	{
		s = make_summary((int) num_tokens);
		s->num_returns = num_returns;
		for (Size i = 0; i < covariance_count(s->num_tokens); i++)
			s->number[i] = pq_getmsgfloat8(in) + 0.0;
	}
	if (s == NULL || !covariance_is_valid(s))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_BINARY_REPRESENTATION),
				 errmsg("invalid binary value for type %s", TYPE_NAME),
				 errdetail("No set of returns has this summary.")));
	PG_RETURN_POINTER(s);
}

PG_FUNCTION_INFO_V1(covariance_summary_send);
Datum
covariance_summary_send(PG_FUNCTION_ARGS)
{
	const covariance_summary *s = summary_argument(fcinfo, 0);
	StringInfoData out;

	pq_begintypsend(&out);
	pq_sendint64(&out, s->num_tokens);
	pq_sendint64(&out, s->num_returns);
	for (Size i = 0; i < covariance_count(s->num_tokens); i++)
		pq_sendfloat8(&out, s->number[i]);
	PG_RETURN_BYTEA_P(pq_endtypsend(&out));
}

/* ---------- operator class ---------- */

/* By number of tokens and of periods, then by the numbers one after the other. */
static int
compare_summaries(FunctionCallInfo fcinfo)
{
	const covariance_summary *a = summary_argument(fcinfo, 0);
	const covariance_summary *b = summary_argument(fcinfo, 1);

	if (a->num_tokens != b->num_tokens)
		return a->num_tokens < b->num_tokens ? -1 : 1;
	if (a->num_returns != b->num_returns)
		return a->num_returns < b->num_returns ? -1 : 1;
	for (Size i = 0; i < covariance_count(a->num_tokens); i++)
		if (a->number[i] != b->number[i])
			return a->number[i] < b->number[i] ? -1 : 1;
	return 0;
}

static uint64
hash_of_summary(FunctionCallInfo fcinfo, uint64 seed)
{
	const covariance_summary *s = summary_argument(fcinfo, 0);

	return hash_bytes_extended((const unsigned char *) &s->num_returns,
							   (int) (VARSIZE(s) - offsetof(covariance_summary, num_returns)), seed);
}

SUMMARY_OPERATOR_FUNCTIONS(covariance_summary, compare_summaries(fcinfo), hash_of_summary(fcinfo, seed))

/* ---------- aggregates ---------- */

/* The state in argument 0 as one that may be changed; within an aggregate it is never toasted. */
static covariance_summary *
own_state(FunctionCallInfo fcinfo)
{
	if (owns_state(fcinfo))
		return (covariance_summary *) PG_GETARG_POINTER(0);
	return (covariance_summary *) PG_DETOAST_DATUM_COPY(PG_GETARG_DATUM(0));
}

static Datum
skip_row(FunctionCallInfo fcinfo)
{
	if (PG_ARGISNULL(0))
		PG_RETURN_NULL();
	PG_RETURN_DATUM(PG_GETARG_DATUM(0));
}

/* The returns of a row, in argument 1; false if the row is to be skipped. */
static bool
read_row(FunctionCallInfo fcinfo, float8_array *row)
{
	if (PG_ARGISNULL(1))
		return false;
	read_float8_array(PG_GETARG_DATUM(1), row);
	if (row->num_dims != 1 || row->n > COVARIANCE_MAX_TOKENS)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 row->num_dims == 0 ? errmsg("returns must not be empty") :
				 row->num_dims != 1 ? errmsg("returns must have one dimension, not %d", row->num_dims) :
				 errmsg("returns must have at most %d elements, not %d", COVARIANCE_MAX_TOKENS, row->n)));
	if (row->has_null)
		return false;
	for (int i = 0; i < row->n; i++)
		if (unlikely(!isfinite(row->values[i])))
			report_bad_float8(psprintf("returns[%d]", i + 1), row->values[i], "finite");
	return true;
}

static void
check_tokens(int num_tokens, int other)
{
	if (unlikely(num_tokens != other))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("returns must be of as many tokens in all rows, not %d and %d", num_tokens, other),
				 errhint("A token without a return is NULL in its row, which is then skipped.")));
}

/* (state, returns) */
PG_FUNCTION_INFO_V1(covariance_summary_accum);
Datum
covariance_summary_accum(PG_FUNCTION_ARGS)
{
	float8_array row;
	covariance_summary *s;

	if (!read_row(fcinfo, &row))
		return skip_row(fcinfo);
	s = PG_ARGISNULL(0) ? make_summary(row.n) : own_state(fcinfo);
	check_tokens(s->num_tokens, row.n);
	report_status(covariance_add(s, row.values), "covariance_agg");
	PG_RETURN_POINTER(s);
}

static core_status
merge_summaries(void *into, const void *other)
{
	check_tokens(((const covariance_summary *) into)->num_tokens, ((const covariance_summary *) other)->num_tokens);
	return covariance_merge(into, other);
}

/* Combine function of covariance_agg, and transition function of rollup. */
PG_FUNCTION_INFO_V1(covariance_summary_combine);
Datum
covariance_summary_combine(PG_FUNCTION_ARGS)
{
	covariance_summary *into;

	if (PG_ARGISNULL(1))
		return skip_row(fcinfo);
	if (PG_ARGISNULL(0))
		PG_RETURN_POINTER(PG_DETOAST_DATUM_COPY(PG_GETARG_DATUM(1)));
	into = own_state(fcinfo);
	report_status(merge_summaries(into, summary_argument(fcinfo, 1)), "covariance_agg");
	PG_RETURN_POINTER(into);
}

SUMMARY_CONCATENATION(covariance_summary)

/* ---------- over a moving frame ---------- */

static sliding *
frame_state(FunctionCallInfo fcinfo, int num_tokens)
{
	sliding    *state = moving_state(fcinfo, merge_summaries, covariance_size(num_tokens));

	if (state->width != covariance_size(num_tokens))
		check_tokens(num_tokens, -1);
	return state;
}

static Datum
frame_as_it_is(FunctionCallInfo fcinfo)
{
	if (PG_ARGISNULL(0))
		PG_RETURN_NULL();
	PG_RETURN_POINTER(PG_GETARG_POINTER(0));
}

PG_FUNCTION_INFO_V1(covariance_summary_moving_accum);
Datum
covariance_summary_moving_accum(PG_FUNCTION_ARGS)
{
	float8_array row;
	covariance_summary *s;
	sliding    *state;

	if (!read_row(fcinfo, &row))
		return frame_as_it_is(fcinfo);
	s = make_summary(row.n);
	report_status(covariance_add(s, row.values), "covariance_agg");
	state = frame_state(fcinfo, row.n);
	moving_push(fcinfo, state, s, "covariance_agg");
	pfree(s);
	PG_RETURN_POINTER(state);
}

PG_FUNCTION_INFO_V1(covariance_summary_moving_remove);
Datum
covariance_summary_moving_remove(PG_FUNCTION_ARGS)
{
	float8_array row;

	if (!read_row(fcinfo, &row))
		return frame_as_it_is(fcinfo);
	moving_pop((sliding *) PG_GETARG_POINTER(0), "covariance_agg");
	PG_RETURN_POINTER(PG_GETARG_POINTER(0));
}

PG_FUNCTION_INFO_V1(covariance_summary_moving_combine);
Datum
covariance_summary_moving_combine(PG_FUNCTION_ARGS)
{
	const covariance_summary *s;
	sliding    *state;

	if (PG_ARGISNULL(1))
		return frame_as_it_is(fcinfo);
	s = summary_argument(fcinfo, 1);
	state = frame_state(fcinfo, s->num_tokens);
	moving_push(fcinfo, state, s, "covariance_agg");
	PG_RETURN_POINTER(state);
}

PG_FUNCTION_INFO_V1(covariance_summary_moving_uncombine);
Datum
covariance_summary_moving_uncombine(PG_FUNCTION_ARGS)
{
	if (!PG_ARGISNULL(1))
		moving_pop((sliding *) PG_GETARG_POINTER(0), "covariance_agg");
	return frame_as_it_is(fcinfo);
}

PG_FUNCTION_INFO_V1(covariance_summary_moving_final);
Datum
covariance_summary_moving_final(PG_FUNCTION_ARGS)
{
	void	   *result;

	if (PG_ARGISNULL(0))
		PG_RETURN_NULL();
	result = palloc(((sliding *) PG_GETARG_POINTER(0))->width);
	if (!moving_result(fcinfo, result, "covariance_agg"))
		PG_RETURN_NULL();
	PG_RETURN_POINTER(result);
}

/* ---------- accessors ---------- */

PG_FUNCTION_INFO_V1(covariance_summary_num_returns);
Datum
covariance_summary_num_returns(PG_FUNCTION_ARGS)
{
	PG_RETURN_INT64(summary_argument(fcinfo, 0)->num_returns);
}

/* Argument n, a factor for what is of one period. */
static double
factor_argument(FunctionCallInfo fcinfo, int n)
{
	double		periods = PG_GETARG_FLOAT8(n);

	check_finite("periods", periods);
	if (periods <= 0)
		report_bad_argument("periods", periods, "above 0");
	return periods;
}

static double *
room_for(int rows, int columns)
{
	return MemoryContextAllocHuge(CurrentMemoryContext, sizeof(double) * ((Size) rows * columns + 1));
}

PG_FUNCTION_INFO_V1(covariance_summary_means);
Datum
covariance_summary_means(PG_FUNCTION_ARGS)
{
	const covariance_summary *s = summary_argument(fcinfo, 0);
	double	   *result = room_for(s->num_tokens, 1);

	report_status(covariance_means(s, factor_argument(fcinfo, 1), result), "mean_vector");
	return vector_datum(result, s->num_tokens);
}

PG_FUNCTION_INFO_V1(covariance_summary_matrix);
Datum
covariance_summary_matrix(PG_FUNCTION_ARGS)
{
	const covariance_summary *s = summary_argument(fcinfo, 0);
	double	   *result = room_for(s->num_tokens, s->num_tokens);

	if (!report_status(covariance_matrix_of(s, factor_argument(fcinfo, 1), result), "covariance_matrix"))
		PG_RETURN_NULL();
	return matrix_datum(result, s->num_tokens, s->num_tokens);
}

PG_FUNCTION_INFO_V1(covariance_summary_correlations);
Datum
covariance_summary_correlations(PG_FUNCTION_ARGS)
{
	const covariance_summary *s = summary_argument(fcinfo, 0);
	double	   *result = room_for(s->num_tokens, s->num_tokens);

	covariance_correlations(s, result);
	return matrix_with_nulls(result, s->num_tokens, s->num_tokens);
}

/* ---------- matrices of returns ---------- */

/* Argument 0: a row a period, a column a token. */
static matrix
returns_argument(FunctionCallInfo fcinfo)
{
	matrix		m = matrix_argument(fcinfo, 0, "returns");

	if (m.columns > COVARIANCE_MAX_TOKENS)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("returns must have at most %d columns, not %d", COVARIANCE_MAX_TOKENS, m.columns),
				 errhint("A row is a period, and a column a token.")));
	return m;
}

/* (returns, lambda, periods) */
PG_FUNCTION_INFO_V1(ewma_covariance);
Datum
ewma_covariance(PG_FUNCTION_ARGS)
{
	matrix		returns = returns_argument(fcinfo);
	double		lambda = PG_GETARG_FLOAT8(1);
	double		periods = factor_argument(fcinfo, 2);
	double	   *result = room_for(returns.columns, returns.columns);

	check_finite("lambda", lambda);
	if (lambda <= 0 || lambda >= 1)
		report_bad_argument("lambda", lambda, "above 0 and below 1");
	if (returns.rows == 0)
		PG_RETURN_NULL();
	report_status(covariance_ewma(returns.values, returns.rows, returns.columns, lambda, periods,
								  check_interrupts, result), "ewma_covariance");
	return matrix_datum(result, returns.columns, returns.columns);
}

/* (returns, target, periods) */
PG_FUNCTION_INFO_V1(shrunk_covariance);
Datum
shrunk_covariance(PG_FUNCTION_ARGS)
{
	static const char *const words[] = {
		[SHRINK_IDENTITY] = "identity", [SHRINK_CONSTANT_CORRELATION] = "constant_correlation"
	};
	matrix		returns = returns_argument(fcinfo);
	int			n = returns.columns;
	shrinkage_target target = (shrinkage_target) choice_argument(fcinfo, 1, "target", words, lengthof(words), NULL);
	double		periods = factor_argument(fcinfo, 2);
	double	   *result = room_for(n, n);
	double		shrinkage;

	if (!report_status(covariance_shrunk(returns.values, returns.rows, n, target, periods, check_interrupts,
										 room_for(n, 2 * n + 1), result, &shrinkage), "shrunk_covariance"))
		return row_of_nulls(fcinfo, 2);
	return row_result(fcinfo, (Datum[]) {matrix_datum(result, n, n), Float8GetDatum(shrinkage)});
}

/* Rows of returns of periods, as they come. */
typedef struct growing_matrix
{
	double	   *values;
	int			rows;
	int			columns;
	int			capacity;		/* in rows */
} growing_matrix;

static core_status
add_period(void *state, const double *change)
{
	growing_matrix *m = state;

	if (m->rows == m->capacity)
	{
		m->capacity *= 2;
		m->values = repalloc_huge(m->values, sizeof(double) * (Size) m->capacity * m->columns);
	}
	if ((Size) (m->rows + 1) * m->columns > MaxArraySize)
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("returns_matrix would have more than %d elements", (int) MaxArraySize)));
	memcpy(m->values + (Size) m->rows++ * m->columns, change, sizeof(double) * m->columns);
	return CORE_OK;
}

/* (series, step, kind, timezone, origin, max_age).  Not strict, since the last two may be NULL. */
PG_FUNCTION_INFO_V1(returns_matrix);
Datum
returns_matrix(PG_FUNCTION_ARGS)
{
	growing_matrix m = {.capacity = 64};
	Datum	   *series;

	for (int i = 0; i < 4; i++)
		if (PG_ARGISNULL(i))
			PG_RETURN_NULL();
	series = series_array_argument(fcinfo, 0, "series", &m.columns);
	if (m.columns > COVARIANCE_MAX_TOKENS)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("series must have at most %d elements, not %d", COVARIANCE_MAX_TOKENS, m.columns)));
	if (m.columns == 0)
		PG_RETURN_NULL();
	m.values = room_for(m.capacity, m.columns);
	take_periods_of(fcinfo, series, m.columns, 1, 2, 3, 4, max_age_argument(fcinfo, 5), "returns_matrix",
					add_period, &m);
	if (m.rows == 0)
		PG_RETURN_NULL();
	return matrix_datum(m.values, m.rows, m.columns);
}

/* ---------- rows of a matrix ---------- */

static matrix
components_argument(FunctionCallInfo fcinfo)
{
	return covariance_argument(fcinfo, 0, "covariance", PRINCIPAL_MAX_TOKENS);
}

static void
put_component(ReturnSetInfo *rows, int number, const principal_component *c, int n)
{
	Datum		values[4] = {
		Int32GetDatum(number), Float8GetDatum(c->variance), Float8GetDatum(c->share),
		vector_datum(c->loadings, n)
	};
	bool		nulls[4] = {false, false, isnan(c->share), false};

	tuplestore_putvalues(rows->setResult, rows->setDesc, values, nulls);
}

PG_FUNCTION_INFO_V1(principal_components);
Datum
principal_components(PG_FUNCTION_ARGS)
{
	matrix		m = components_argument(fcinfo);
	principal_component *component = palloc(sizeof(principal_component) * (m.rows + 1));
	core_status status = principal_components_of(m.values, m.rows, check_interrupts, room_for(m.rows, 1),
												 room_for(m.rows, m.rows), component);

	if (status == CORE_BAD_PARAMETER)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("covariance must be positive semidefinite"),
				 errdetail("One of its eigenvalues is negative: no returns have these covariances.")));
	report_status(status, "principal_components");
	InitMaterializedSRF(fcinfo, 0);
	for (int i = 0; i < m.rows; i++)
		put_component((ReturnSetInfo *) fcinfo->resultinfo, i + 1, &component[i], m.rows);
	return (Datum) 0;
}

/* The labels of argument 1, one a row. */
static Datum *
label_argument(FunctionCallInfo fcinfo, int rows, bool **nulls)
{
	ArrayType  *array = PG_GETARG_ARRAYTYPE_P(1);
	Datum	   *labels;
	int			n;

	if (ARR_NDIM(array) > 1)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("labels must have one dimension, not %d", ARR_NDIM(array))));
	deconstruct_array(array, TEXTOID, -1, false, TYPALIGN_INT, &labels, nulls, &n);
	check_same_length("rows of matrix", rows, "labels", n);
	return labels;
}

/* A matrix of any square shape, NULL elements included, and its labels. */
PG_FUNCTION_INFO_V1(matrix_table);
Datum
matrix_table(PG_FUNCTION_ARGS)
{
	ArrayType  *array = PG_GETARG_ARRAYTYPE_P(0);
	ReturnSetInfo *rows = (ReturnSetInfo *) fcinfo->resultinfo;
	int			n = ARR_NDIM(array) == 2 ? ARR_DIMS(array)[0] : 0;
	Datum	   *elements,
			   *labels;
	bool	   *nulls,
			   *unnamed;
	int			num_elements;

	if (ARR_NDIM(array) != 0 && (ARR_NDIM(array) != 2 || ARR_DIMS(array)[1] != n))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("matrix must have two dimensions, and as many rows as columns")));
	labels = label_argument(fcinfo, n, &unnamed);
	deconstruct_array(array, FLOAT8OID, sizeof(float8), FLOAT8PASSBYVAL, TYPALIGN_DOUBLE, &elements, &nulls,
					  &num_elements);
	InitMaterializedSRF(fcinfo, 0);
	for (int i = 0; i < num_elements; i++)
	{
		int			row = i / n;
		int			column = i % n;

		pause_at(i);
		tuplestore_putvalues(rows->setResult, rows->setDesc,
							 (Datum[]) {labels[row], labels[column], elements[i]},
							 (bool[]) {unnamed[row], unnamed[column], nulls[i]});
	}
	return (Datum) 0;
}

/* The rows of matrix_table and principal_components of a matrix that is known when the query is planned. */
PG_FUNCTION_INFO_V1(matrix_table_rows);
Datum
matrix_table_rows(PG_FUNCTION_ARGS)
{
	set_size   *asked = set_size_asked(fcinfo);
	int			n;

	if (asked == NULL || !set_size_array(asked, 0, FLOAT8ARRAYOID, &n))
		PG_RETURN_POINTER(NULL);
	return set_size_answer(asked, n);
}

PG_FUNCTION_INFO_V1(principal_components_rows);
Datum
principal_components_rows(PG_FUNCTION_ARGS)
{
	set_size   *asked = set_size_asked(fcinfo);
	int			n;

	if (asked == NULL || !set_size_array(asked, 0, FLOAT8ARRAYOID, &n))
		PG_RETURN_POINTER(NULL);
	return set_size_answer(asked, sqrt(n));
}
