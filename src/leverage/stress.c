/*-------------------------------------------------------------------------
 *
 * leverage/stress.c
 *	  The SQL face of domain leverage: what shocks do to a book of accounts.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "access/htup_details.h"
#include "common/hashfn.h"
#include "fmgr.h"
#include "funcapi.h"
#include "libpq/pqformat.h"
#include "utils/memutils.h"

#include "core/leverage/stress.h"
#include "leverage/position.h"
#include "server/compat.h"
#include "server/interrupts.h"
#include "server/report.h"
#include "server/set_size.h"
#include "server/summary.h"

#define TYPE_NAME		"stress_summary"
#define HEADER_FIELDS	6
#define TABLE_COLUMNS	12
#define SUM_OF_AMOUNTS	"sum of collateral or debt"

StaticAssertDecl(offsetof(stress_summary, reserved) == 0 &&
				 sizeof(stress_cell) == 8 + 2 * sizeof(binned_sum) &&
				 sizeof(stress_summary) % sizeof(double) == 0,
				 "stress_summary must start as a varlena and have no padding");

#define DATUM_STRESS_SUMMARY(datum)	((stress_summary *) PG_DETOAST_DATUM(datum))
#define PG_GETARG_STRESS_SUMMARY(n)	DATUM_STRESS_SUMMARY(PG_GETARG_DATUM(n))

static stress_summary *
make_summary(MemoryContext context, const stress_shock *shocks, int n, double bonus,
			 double close_factor)
{
	Size		size = stress_size(n, stress_has_market(shocks, n), close_factor);
	stress_summary *s = MemoryContextAlloc(context, size);

	stress_init(s, shocks, n, bonus, close_factor);
	SET_VARSIZE(s, size);
	return s;
}

/* ---------- the type stress_summary: text and binary forms ---------- */

/*
 * Both forms are the same list of numbers: the fields, the shocks, the cells.
 * The prices, which follow from the shocks, are left out.
 */
typedef struct number_source
{
	char	  **fields;			/* of a text, or */
	StringInfo	message;		/* a binary value */
	int			next;
	int			num_fields;
	bool		ok;				/* were all numbers of a text numbers? */
} number_source;

static double
next_float8(number_source *in)
{
	double		value = 0;

	if (in->message != NULL)
		return pq_getmsgfloat8(in->message) + 0.0;
	in->ok = in->ok && in->next < in->num_fields && read_float8(in->fields[in->next], &value);
	in->next++;
	return value;
}

static int64
next_int64(number_source *in)
{
	int64		value = 0;

	if (in->message != NULL)
		return pq_getmsgint64(in->message);
	in->ok = in->ok && in->next < in->num_fields && read_int64(in->fields[in->next], &value);
	in->next++;
	return value;
}

static binned_sum
next_sum(number_source *in)
{
	binned_sum	value = BINNED_EMPTY;

	if (in->message != NULL)
		receive_sum(in->message, &value);
	else
	{
		in->ok = in->ok && in->next < in->num_fields && read_sum(in->fields[in->next], &value);
		in->next++;
	}
	return value;
}

/* How many numbers are n fields, n_sums of which are sums. */
static int64
numbers_in(const number_source *in, int64 n, int64 n_sums)
{
	return in->message != NULL ? n + n_sums * BINNED_BINS : n;
}

/* How many numbers are left, in full. */
static int64
numbers_left(const number_source *in)
{
	if (in->message != NULL)
		return (in->message->len - in->message->cursor) / 8;
	return in->num_fields - in->next;
}

static void
read_cells(number_source *in, stress_summary *s)
{
	stress_cell *cells = stress_cells(s);

	for (int64 i = 0; i < (int64) s->num_shocks * stress_num_grids(s); i++)
	{
		cells[i].num_accounts = next_int64(in);
		cells[i].collateral = next_sum(in);
		cells[i].debt = next_sum(in);
	}
}

/*
 * Read a value; NULL if the numbers are none.  Memory is allocated only for as
 * many numbers as there are.
 */
static stress_summary *
read_summary(number_source *in)
{
	int64		n = next_int64(in);
	double		bonus = next_float8(in);
	double		close_factor = next_float8(in);
	stress_summary header,
			   *s;
	stress_shock *shocks;

	header.num_accounts = next_int64(in);
	header.collateral = next_sum(in);
	header.debt = next_sum(in);
	if (n < 1 || n > STRESS_MAX_SHOCKS || numbers_left(in) < 2 * n ||
		!stress_bonus_is_valid(bonus) || !stress_close_factor_is_valid(close_factor))
		return NULL;
	shocks = palloc(n * sizeof(stress_shock));
	for (int64 i = 0; i < n; i++)
	{
		shocks[i].oracle = next_float8(in);
		shocks[i].market = next_float8(in);
		if (!stress_shock_is_valid(shocks[i].oracle) || !stress_shock_is_valid(shocks[i].market))
			return NULL;
	}
	s = make_summary(CurrentMemoryContext, shocks, n, bonus, close_factor);
	if (numbers_left(in) != numbers_in(in, 3, 2) * n * stress_num_grids(s) ||
		memcmp(shocks, stress_shocks(s), n * sizeof(stress_shock)) != 0)
		return NULL;
	s->num_accounts = header.num_accounts;
	s->collateral = header.collateral;
	s->debt = header.debt;
	read_cells(in, s);
	return in->ok && stress_is_valid(s) ? s : NULL;
}

PG_FUNCTION_INFO_V1(stress_summary_in);
Datum
stress_summary_in(PG_FUNCTION_ARGS)
{
	char	   *text = PG_GETARG_CSTRING(0);
	number_source in = {.ok = true};
	stress_summary *s = NULL;

	in.num_fields = 1;
	for (char *c = text; *c != '\0'; c++)
		in.num_fields += *c == ',';
	if (in.num_fields >= HEADER_FIELDS)
	{
		in.fields = MemoryContextAllocHuge(CurrentMemoryContext,
										   (Size) in.num_fields * sizeof(char *));
		if (split_fields(pstrdup(text), in.fields, in.num_fields))
			s = read_summary(&in);
	}
	if (s == NULL)
		ereturn(fcinfo->context, (Datum) 0,
				(errcode(ERRCODE_INVALID_TEXT_REPRESENTATION),
				 errmsg("invalid input syntax for type %s: \"%s\"", TYPE_NAME,
						shown_text(text, strlen(text))),
				 errhint("The form is (number of shocks,liquidation_bonus,close_factor,"
						 "num_accounts,collateral,debt,shocks,cells), as stress_agg "
						 "gives it.")));
	PG_RETURN_POINTER(s);
}

PG_FUNCTION_INFO_V1(stress_summary_recv);
Datum
stress_summary_recv(PG_FUNCTION_ARGS)
{
	number_source in = {.message = (StringInfo) PG_GETARG_POINTER(0), .ok = true};
	stress_summary *s = numbers_left(&in) < numbers_in(&in, HEADER_FIELDS, 2) ? NULL : read_summary(&in);

	if (s == NULL)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_BINARY_REPRESENTATION),
				 errmsg("invalid binary value for type %s", TYPE_NAME)));
	PG_RETURN_POINTER(s);
}

/* Where numbers go: a text, or the binary form. */
typedef struct number_target
{
	StringInfo	out;
	bool		as_text;
} number_target;

static void
put_float8(number_target *to, double value)
{
	if (!to->as_text)
		pq_sendfloat8(to->out, value);
	else
	{
		appendStringInfoChar(to->out, ',');
		append_float8(to->out, value);
	}
}

static void
put_int64(number_target *to, int64 value)
{
	if (!to->as_text)
		pq_sendint64(to->out, value);
	else
	{
		appendStringInfoChar(to->out, to->out->len == 0 ? '(' : ',');
		append_int64(to->out, value);
	}
}

static void
put_sum(number_target *to, const binned_sum *value)
{
	if (!to->as_text)
		send_sum(to->out, value);
	else
	{
		appendStringInfoChar(to->out, ',');
		append_sum(to->out, value);
	}
}

static void
put_summary(number_target *to, const stress_summary *s)
{
	const stress_cell *cells = stress_cells(s);

	put_int64(to, s->num_shocks);
	put_float8(to, s->bonus);
	put_float8(to, s->close_factor);
	put_int64(to, s->num_accounts);
	put_sum(to, &s->collateral);
	put_sum(to, &s->debt);
	for (int i = 0; i < s->num_shocks; i++)
	{
		put_float8(to, stress_shocks(s)[i].oracle);
		put_float8(to, stress_shocks(s)[i].market);
	}
	for (int64 i = 0; i < (int64) s->num_shocks * stress_num_grids(s); i++)
	{
		put_int64(to, cells[i].num_accounts);
		put_sum(to, &cells[i].collateral);
		put_sum(to, &cells[i].debt);
	}
}

PG_FUNCTION_INFO_V1(stress_summary_out);
Datum
stress_summary_out(PG_FUNCTION_ARGS)
{
	StringInfoData out;
	number_target to = {&out, true};

	initStringInfo(&out);
	put_summary(&to, PG_GETARG_STRESS_SUMMARY(0));
	appendStringInfoChar(&out, ')');
	PG_RETURN_CSTRING(out.data);
}

PG_FUNCTION_INFO_V1(stress_summary_send);
Datum
stress_summary_send(PG_FUNCTION_ARGS)
{
	StringInfoData out;
	number_target to = {&out, false};

	pq_begintypsend(&out);
	put_summary(&to, PG_GETARG_STRESS_SUMMARY(0));
	PG_RETURN_BYTEA_P(pq_endtypsend(&out));
}

/* ---------- comparison: by what was asked, then by what came out ---------- */

static int
compare_cells(const stress_cell *a, const stress_cell *b)
{
	int			order;

	if (a->num_accounts != b->num_accounts)
		return a->num_accounts < b->num_accounts ? -1 : 1;
	order = binned_cmp(&a->collateral, &b->collateral);
	return order != 0 ? order : binned_cmp(&a->debt, &b->debt);
}

static int
compare_summaries(FunctionCallInfo fcinfo)
{
	stress_summary *a = PG_GETARG_STRESS_SUMMARY(0);
	stress_summary *b = PG_GETARG_STRESS_SUMMARY(1);
	const stress_cell totals[] = {
		{a->num_accounts, a->collateral, a->debt}, {b->num_accounts, b->collateral, b->debt}
	};
	size_t		question = (char *) stress_cells(a) - (char *) stress_shocks(a);
	int			order;

	if (VARSIZE(a) != VARSIZE(b))
		return VARSIZE(a) < VARSIZE(b) ? -1 : 1;
	order = memcmp(&a->num_shocks, &b->num_shocks,
				   offsetof(stress_summary, num_accounts) - offsetof(stress_summary, num_shocks));
	if (order == 0)
		order = memcmp(stress_shocks(a), stress_shocks(b), question);
	if (order == 0)
		order = compare_cells(&totals[0], &totals[1]);
	for (int64 i = 0; order == 0 && i < (int64) a->num_shocks * stress_num_grids(a); i++)
		order = compare_cells(&stress_cells(a)[i], &stress_cells(b)[i]);
	return (order > 0) - (order < 0);
}

static uint64
hash_of_cell(int64 num_accounts, const binned_sum *collateral, const binned_sum *debt, uint64 seed)
{
	seed = hash_bytes_extended((unsigned char *) &num_accounts, sizeof(num_accounts), seed);
	return hash_of_sum(debt, hash_of_sum(collateral, seed));
}

static uint64
hash_summary(FunctionCallInfo fcinfo, uint64 seed)
{
	stress_summary *s = PG_GETARG_STRESS_SUMMARY(0);
	const stress_cell *cells = stress_cells(s);

	seed = hash_bytes_extended((unsigned char *) stress_shocks(s),
							   (const char *) cells - (char *) stress_shocks(s), seed);
	seed = hash_of_cell(s->num_accounts, &s->collateral, &s->debt, seed);
	for (int64 i = 0; i < (int64) s->num_shocks * stress_num_grids(s); i++)
		seed = hash_of_cell(cells[i].num_accounts, &cells[i].collateral, &cells[i].debt, seed);
	return seed;
}

SUMMARY_OPERATOR_FUNCTIONS(stress_summary, compare_summaries(fcinfo), hash_summary(fcinfo, seed))

/* ---------- aggregates ---------- */

/* The parameters of the call before this one, as they came and as they were read. */
typedef struct stress_parameters
{
	struct varlena *oracle;		/* arrays as in the arguments */
	struct varlena *market;		/* or NULL */
	double		bonus;
	double		close_factor;
	stress_summary *empty;		/* a book with these parameters and no account */
	bool		changed;		/* were there ever others in this query? */
} stress_parameters;

static bool
is_same_array(FunctionCallInfo fcinfo, int n, const struct varlena *known)
{
	const char *array;

	if (PG_ARGISNULL(n) || known == NULL)
		return PG_ARGISNULL(n) && known == NULL;
	array = (const char *) PG_GETARG_POINTER(n);
	return VARSIZE_ANY(array) == VARSIZE_ANY(known) &&
		memcmp(array, known, VARSIZE_ANY(known)) == 0;
}

static struct varlena *
keep_array(FunctionCallInfo fcinfo, int n)
{
	struct varlena *copy;

	if (PG_ARGISNULL(n))
		return NULL;
	copy = MemoryContextAlloc(fcinfo->flinfo->fn_mcxt, VARSIZE_ANY(PG_GETARG_POINTER(n)));
	memcpy(copy, PG_GETARG_POINTER(n), VARSIZE_ANY(PG_GETARG_POINTER(n)));
	return copy;
}

static double *
read_shocks(FunctionCallInfo fcinfo, int argument, const char *name, int *n)
{
	double	   *shocks;

	if (PG_ARGISNULL(argument))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("%s must not be NULL", name)));
	shocks = float8_elements(PG_GETARG_ARRAYTYPE_P(argument), name, NAN, n);
	if (*n < 1 || *n > STRESS_MAX_SHOCKS)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("%s must have 1 to %d elements, not %d", name, STRESS_MAX_SHOCKS, *n)));
	for (int i = 0; i < *n; i++)
		check_shock(name, shocks[i]);
	return shocks;
}

/* The empty book of the parameters from argument "first" on. */
static stress_summary *
read_parameters(FunctionCallInfo fcinfo, int first, double bonus, double close_factor)
{
	int			n,
				num_market;
	double	   *oracle = read_shocks(fcinfo, first, "shocks", &n);
	double	   *market = oracle;
	stress_shock *shocks = palloc(n * sizeof(stress_shock));

	check_bonus(bonus);
	check_close_factor(close_factor);
	if (PG_NARGS() > first + 1 && !PG_ARGISNULL(first + 1))
	{
		market = read_shocks(fcinfo, first + 1, "market_shocks", &num_market);
		if (num_market != n)
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					 errmsg("market_shocks must have as many elements as shocks, not %d and %d",
							num_market, n)));
	}
	for (int i = 0; i < n; i++)
		shocks[i] = (stress_shock) {oracle[i], market[i]};
	return make_summary(fcinfo->flinfo->fn_mcxt, shocks, n, bonus, close_factor);
}

/*
 * What arguments from "first" on say: shocks, and where there are more of
 * them, market_shocks, liquidation_bonus and close_factor.  They are read once
 * a query, unless they change.
 */
static inline stress_parameters *
get_parameters(FunctionCallInfo fcinfo, int first)
{
	stress_parameters *p = (stress_parameters *) fcinfo->flinfo->fn_extra;
	bool		more = PG_NARGS() > first + 1;
	double		bonus = more && !PG_ARGISNULL(first + 2) ? PG_GETARG_FLOAT8(first + 2) : 0;
	double		close_factor = more && !PG_ARGISNULL(first + 3) ?
		PG_GETARG_FLOAT8(first + 3) : 1;

	if (likely(p != NULL) && p->bonus == bonus && p->close_factor == close_factor &&
		is_same_array(fcinfo, first, p->oracle) &&
		(!more || is_same_array(fcinfo, first + 1, p->market)))
		return p;
	if (p == NULL)
		p = MemoryContextAllocZero(fcinfo->flinfo->fn_mcxt, sizeof(stress_parameters));
	else if (p->empty != NULL)
		p->changed = true;
	p->empty = read_parameters(fcinfo, first, bonus, close_factor);
	p->oracle = keep_array(fcinfo, first);
	p->market = more ? keep_array(fcinfo, first + 1) : NULL;
	p->bonus = bonus;
	p->close_factor = close_factor;
	fcinfo->flinfo->fn_extra = p;
	return p;
}

static void
report_other_parameters(void)
{
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("shocks, market_shocks, liquidation_bonus and close_factor must be the same "
					"for all accounts of a %s", TYPE_NAME),
			 errhint("Use GROUP BY for accounts with another bonus, and add the tables of the "
					 "groups up by shock.")));
}

/*
 * The state in argument 0 as one that may be changed: the aggregate's own as
 * it is, which is never toasted, and a value of SQL as a copy.
 */
static inline stress_summary *
own_state(FunctionCallInfo fcinfo, bool *in_aggregate)
{
	*in_aggregate = fcinfo->context != NULL &&
		(IsA(fcinfo->context, AggState) || IsA(fcinfo->context, WindowAggState));
	if (*in_aggregate)
		return (stress_summary *) PG_GETARG_POINTER(0);
	return (stress_summary *) PG_DETOAST_DATUM_COPY(PG_GETARG_DATUM(0));
}

/* The same, made if there is none yet; see summary_alloc. */
static inline stress_summary *
stress_state(FunctionCallInfo fcinfo, int first_parameter)
{
	stress_parameters *p = get_parameters(fcinfo, first_parameter);
	bool		in_aggregate;
	stress_summary *s;

	if (PG_ARGISNULL(0))
	{
		s = palloc(VARSIZE(p->empty));
		memcpy(s, p->empty, VARSIZE(p->empty));
		return s;
	}
	s = own_state(fcinfo, &in_aggregate);
	/* within an aggregate, all states were made here */
	if ((p->changed || !in_aggregate) && !stress_is_alike(s, p->empty))
		report_other_parameters();
	return s;
}

static Datum
skip_row(FunctionCallInfo fcinfo)
{
	if (PG_ARGISNULL(0))
		PG_RETURN_NULL();
	PG_RETURN_DATUM(PG_GETARG_DATUM(0));
}

/* Transition function of stress_agg over the figures of accounts. */
PG_FUNCTION_INFO_V1(stress_summary_accum);
Datum
stress_summary_accum(PG_FUNCTION_ARGS)
{
	double		collateral = amount_argument(fcinfo, 1);
	double		threshold = amount_argument(fcinfo, 2);
	double		debt = amount_argument(fcinfo, 3);
	stress_summary *s;

	if (PG_ARGISNULL(1) && PG_ARGISNULL(3))
		return skip_row(fcinfo);
	check_amount("collateral", collateral);
	check_threshold("liquidation_threshold", threshold);
	check_amount("debt", debt);
	s = stress_state(fcinfo, 4);
	report_status(stress_add(s, collateral, collateral, threshold, debt), SUM_OF_AMOUNTS);
	PG_RETURN_POINTER(s);
}

/* The same over accounts that are summaries of several positions. */
PG_FUNCTION_INFO_V1(stress_summary_accum_account);
Datum
stress_summary_accum_account(PG_FUNCTION_ARGS)
{
	account_summary *account;
	stress_summary *s;

	if (PG_ARGISNULL(1))
		return skip_row(fcinfo);
	account = (account_summary *) PG_GETARG_POINTER(1);
	s = stress_state(fcinfo, 2);
	report_status(stress_add(s, binned_value(&account->collateral).hi,
							 binned_value(&account->limit).hi, 1,
							 binned_value(&account->debt).hi), SUM_OF_AMOUNTS);
	PG_RETURN_POINTER(s);
}

/* Combine function of the same, and transition function of rollup. */
PG_FUNCTION_INFO_V1(stress_summary_combine);
Datum
stress_summary_combine(PG_FUNCTION_ARGS)
{
	stress_summary *into;
	bool		in_aggregate;
	core_status status;

	if (PG_ARGISNULL(1))
		return skip_row(fcinfo);
	if (PG_ARGISNULL(0))
		PG_RETURN_POINTER(PG_DETOAST_DATUM_COPY(PG_GETARG_DATUM(1)));
	into = own_state(fcinfo, &in_aggregate);
	status = stress_merge(into, PG_GETARG_STRESS_SUMMARY(1));
	if (status == CORE_BAD_PARAMETER)
		report_other_parameters();
	report_status(status, SUM_OF_AMOUNTS);
	PG_RETURN_POINTER(into);
}

SUMMARY_CONCATENATION(stress_summary)

/* ---------- the table, and accessors ---------- */

static void
begin_table(FunctionCallInfo fcinfo)
{
	FuncCallContext *context = SRF_FIRSTCALL_INIT();
	MemoryContext caller = MemoryContextSwitchTo(context->multi_call_memory_ctx);
	stress_summary *s = PG_GETARG_STRESS_SUMMARY(0);
	stress_row *rows = palloc(s->num_shocks * sizeof(stress_row));
	stress_part *scratch = NULL;

	if (get_call_result_type(fcinfo, NULL, &context->tuple_desc) != TYPEFUNC_COMPOSITE)
		elog(ERROR, "return type must be a row type");
	context->tuple_desc = BlessTupleDesc(context->tuple_desc);
	if (s->has_market)
		scratch = palloc(s->num_shocks * sizeof(stress_part));
	report_status(stress_table(s, scratch, rows), "stress_table");
	context->user_fctx = rows;
	context->max_calls = s->num_shocks;
	MemoryContextSwitchTo(caller);
}

static Datum
table_row(TupleDesc desc, const stress_row *row)
{
	Datum		values[TABLE_COLUMNS] = {
		Float8GetDatum(row->shock.oracle), Float8GetDatum(row->shock.market),
		Int64GetDatum(row->accounts_liquidatable),
		Float8GetDatum(row->collateral_liquidatable),
		Float8GetDatum(row->debt_liquidatable), BoolGetDatum(row->pays),
		Float8GetDatum(row->collateral_seized), Float8GetDatum(row->debt_repaid),
		Float8GetDatum(row->liquidator_profit), Float8GetDatum(row->bad_debt),
		Int64GetDatum(row->accounts_toxic), Float8GetDatum(row->debt_toxic)
	};
	bool		nulls[TABLE_COLUMNS] = {false};

	return HeapTupleGetDatum(heap_form_tuple(desc, values, nulls));
}

PG_FUNCTION_INFO_V1(stress_summary_table);
Datum
stress_summary_table(PG_FUNCTION_ARGS)
{
	FuncCallContext *context;
	stress_row *row;

	if (SRF_IS_FIRSTCALL())
		begin_table(fcinfo);
	context = SRF_PERCALL_SETUP();
	if (context->call_cntr >= context->max_calls)
		SRF_RETURN_DONE(context);
	/* the macro counts the call before it looks at its second argument */
	row = (stress_row *) context->user_fctx + context->call_cntr;
	SRF_RETURN_NEXT(context, table_row(context->tuple_desc, row));
}

/* The size of the table of a summary that is known when the query is planned. */
PG_FUNCTION_INFO_V1(stress_summary_table_rows);
Datum
stress_summary_table_rows(PG_FUNCTION_ARGS)
{
	set_size   *asked = set_size_asked(fcinfo);
	Datum		summary;

	if (asked == NULL || !set_size_argument(asked, 0, set_size_type(asked, 0), &summary))
		PG_RETURN_POINTER(NULL);
	return set_size_answer(asked, DATUM_STRESS_SUMMARY(summary)->num_shocks);
}

PG_FUNCTION_INFO_V1(stress_summary_total_collateral);
Datum
stress_summary_total_collateral(PG_FUNCTION_ARGS)
{
	double		collateral,
				debt;

	report_status(stress_totals(PG_GETARG_STRESS_SUMMARY(0), &collateral, &debt), SUM_OF_AMOUNTS);
	PG_RETURN_FLOAT8(collateral);
}

PG_FUNCTION_INFO_V1(stress_summary_total_debt);
Datum
stress_summary_total_debt(PG_FUNCTION_ARGS)
{
	double		collateral,
				debt;

	report_status(stress_totals(PG_GETARG_STRESS_SUMMARY(0), &collateral, &debt), SUM_OF_AMOUNTS);
	PG_RETURN_FLOAT8(debt);
}

PG_FUNCTION_INFO_V1(stress_summary_num_accounts);
Datum
stress_summary_num_accounts(PG_FUNCTION_ARGS)
{
	PG_RETURN_INT64(PG_GETARG_STRESS_SUMMARY(0)->num_accounts);
}

/* ---------- single accounts ---------- */

PG_FUNCTION_INFO_V1(in_toxic_zone);
Datum
in_toxic_zone(PG_FUNCTION_ARGS)
{
	check_amount("collateral", PG_GETARG_FLOAT8(0));
	check_amount("debt", PG_GETARG_FLOAT8(1));
	check_bonus(PG_GETARG_FLOAT8(2));
	PG_RETURN_BOOL(leverage_in_toxic_zone(PG_GETARG_FLOAT8(0), PG_GETARG_FLOAT8(1),
										  PG_GETARG_FLOAT8(2)));
}

PG_FUNCTION_INFO_V1(account_summary_in_toxic_zone);
Datum
account_summary_in_toxic_zone(PG_FUNCTION_ARGS)
{
	account_summary *account = (account_summary *) PG_GETARG_POINTER(0);

	check_bonus(PG_GETARG_FLOAT8(1));
	PG_RETURN_BOOL(leverage_in_toxic_zone(binned_value(&account->collateral).hi,
										  binned_value(&account->debt).hi, PG_GETARG_FLOAT8(1)));
}

/* The debts of an account that is shocked: arguments 2 and 4 */
static void
add_debts(FunctionCallInfo fcinfo, account_summary *account)
{
	int			num_debts,
				num_shocks;
	double	   *debt = float8_elements(PG_GETARG_ARRAYTYPE_P(2), "debts", 0, &num_debts);
	double	   *shock = float8_elements(PG_GETARG_ARRAYTYPE_P(4), "debt_shocks", 0, &num_shocks);

	if (num_debts != num_shocks)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("debts and debt_shocks must have the same number of elements, not %d and %d",
						num_debts, num_shocks)));
	for (int i = 0; i < num_debts; i++)
	{
		pause_at(i);
		check_amount("debts", debt[i]);
		check_shock("debt_shocks", shock[i]);
		report_status(account_summary_add(account, 0, 0, debt[i] * (1 + shock[i])), SUM_OF_AMOUNTS);
	}
}

/* The collaterals of such an account: arguments 0, 1 and 3 */
static void
add_collaterals(FunctionCallInfo fcinfo, account_summary *account)
{
	int			num_collaterals,
				num_thresholds,
				num_shocks;
	double	   *collateral = float8_elements(PG_GETARG_ARRAYTYPE_P(0), "collateral", 0,
											 &num_collaterals);
	double	   *threshold = float8_elements(PG_GETARG_ARRAYTYPE_P(1), "liquidation_threshold", 0,
											&num_thresholds);
	double	   *shock = float8_elements(PG_GETARG_ARRAYTYPE_P(3), "shocks", 0, &num_shocks);

	if (num_collaterals != num_thresholds || num_collaterals != num_shocks)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("collateral, liquidation_threshold and shocks must have the same number of "
						"elements, not %d, %d and %d", num_collaterals, num_thresholds,
						num_shocks)));
	for (int i = 0; i < num_collaterals; i++)
	{
		pause_at(i);
		check_amount("collateral", collateral[i]);
		check_threshold("liquidation_threshold", threshold[i]);
		check_shock("shocks", shock[i]);
		report_status(account_summary_add(account, collateral[i] * (1 + shock[i]),
										  threshold[i], 0), SUM_OF_AMOUNTS);
	}
}

static Datum
shocked_health(FunctionCallInfo fcinfo, const account_summary *account)
{
	double		result;

	if (!report_status(account_health_factor(account, &result), "shocked_health_factor"))
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(result);
}

/* The health factor of an account after a shock of each of its collaterals. */
PG_FUNCTION_INFO_V1(shocked_health_factor);
Datum
shocked_health_factor(PG_FUNCTION_ARGS)
{
	double		debt = PG_GETARG_FLOAT8(2);
	account_summary account;

	account_summary_init(&account);
	check_amount("debt", debt);
	report_status(account_summary_add(&account, 0, 0, debt), SUM_OF_AMOUNTS);
	add_collaterals(fcinfo, &account);
	return shocked_health(fcinfo, &account);
}

/* The same of an account with several debts, each of which has its own shock. */
PG_FUNCTION_INFO_V1(shocked_health_factor_debts);
Datum
shocked_health_factor_debts(PG_FUNCTION_ARGS)
{
	account_summary account;

	account_summary_init(&account);
	add_debts(fcinfo, &account);
	add_collaterals(fcinfo, &account);
	return shocked_health(fcinfo, &account);
}

/* What both forms of liquidation_shock give */
static Datum
liquidation_shock_of(FunctionCallInfo fcinfo, const double *collateral, const double *threshold,
					 const double *beta, int n, double debt, double debt_beta)
{
	double		result;

	check_amount("debt", debt);
	check_finite("debt_beta", debt_beta);
	for (int i = 0; i < n; i++)
	{
		pause_at(i);
		check_amount("collateral", collateral[i]);
		check_threshold("liquidation_threshold", threshold[i]);
		check_finite("betas", beta[i]);
	}
	if (!report_status(leverage_liquidation_shock(collateral, threshold, beta, n, debt, debt_beta,
												  &result), "liquidation_shock"))
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(result + 0.0);
}

/* (collateral, liquidation_threshold, debt) */
PG_FUNCTION_INFO_V1(liquidation_shock);
Datum
liquidation_shock(PG_FUNCTION_ARGS)
{
	const double beta = 1;
	double		collateral = PG_GETARG_FLOAT8(0);
	double		threshold = PG_GETARG_FLOAT8(1);

	return liquidation_shock_of(fcinfo, &collateral, &threshold, &beta, 1, PG_GETARG_FLOAT8(2), 0);
}

/* (collateral, liquidation_threshold, debt, betas, debt_beta), the first, second and fourth arrays */
PG_FUNCTION_INFO_V1(liquidation_shock_betas);
Datum
liquidation_shock_betas(PG_FUNCTION_ARGS)
{
	int			n[3];
	double	   *collateral = float8_elements(PG_GETARG_ARRAYTYPE_P(0), "collateral", 0, &n[0]);
	double	   *threshold = float8_elements(PG_GETARG_ARRAYTYPE_P(1), "liquidation_threshold", 0, &n[1]);
	double	   *beta = float8_elements(PG_GETARG_ARRAYTYPE_P(3), "betas", 0, &n[2]);

	if (n[0] != n[1] || n[0] != n[2])
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("collateral, liquidation_threshold and betas must have the same number of "
						"elements, not %d, %d and %d", n[0], n[1], n[2])));
	return liquidation_shock_of(fcinfo, collateral, threshold, beta, n[0], PG_GETARG_FLOAT8(2),
								PG_GETARG_FLOAT8(4));
}

PG_FUNCTION_INFO_V1(deleverage_amount);
Datum
deleverage_amount(PG_FUNCTION_ARGS)
{
	double		collateral = PG_GETARG_FLOAT8(0);
	double		threshold = PG_GETARG_FLOAT8(1);
	double		debt = PG_GETARG_FLOAT8(2);
	double		target = PG_GETARG_FLOAT8(3);
	double		slippage = PG_GETARG_FLOAT8(4);
	double		result;

	check_amount("collateral", collateral);
	check_threshold("liquidation_threshold", threshold);
	check_amount("debt", debt);
	check_parameter("target_health_factor", target);
	if (!leverage_threshold_is_valid(slippage))
		report_bad_position("slippage", slippage, "at least 0 and below 1");
	if (!report_status(leverage_deleverage_amount(collateral, threshold, debt, target, slippage,
												  &result), "deleverage_amount"))
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(result);
}
