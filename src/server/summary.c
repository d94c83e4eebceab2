/*-------------------------------------------------------------------------
 *
 * server/summary.c
 *	  The text form of the fixed-length summary types.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include <ctype.h>
#include <errno.h>

#include "catalog/pg_type.h"
#include "common/shortest_dec.h"
#include "libpq/pqformat.h"
#include "utils/datetime.h"
#include "utils/fmgrprotos.h"
#include "utils/json.h"

#include "core/base/point.h"
#include "server/compat.h"
#include "server/summary.h"

/*
 * Cut "(a,b,c)" into its fields, in place.  False when it is not a list of
 * just that many.  White space around the list is allowed, as types of
 * PostgreSQL do.
 */
bool
split_fields(char *text, char **fields, int nfields)
{
	char	   *end = text + strlen(text);

	while (isspace((unsigned char) *text))
		text++;
	while (end > text && isspace((unsigned char) end[-1]))
		end--;
	if (end - text < 2 || *text != '(' || end[-1] != ')')
		return false;
	end[-1] = '\0';
	text++;
	for (int i = 0; i < nfields; i++)
	{
		char	   *comma = strchr(text, ',');

		if ((comma == NULL) != (i == nfields - 1))
			return false;
		fields[i] = text;
		if (comma != NULL)
		{
			*comma = '\0';
			text = comma + 1;
		}
	}
	return true;
}

/* strtod and its like skip blanks and know words; a field has neither. */
static bool
starts_number(const char *field)
{
	return isdigit((unsigned char) field[field[0] == '-']);
}

bool
read_int64(const char *field, int64 *value)
{
	char	   *end;

	if (!starts_number(field))
		return false;
	errno = 0;
	*value = strtoll(field, &end, 10);
	return *end == '\0' && errno == 0;
}

/*
 * A decimal number with the sign of its zero; one that is too small for a double
 * is none, as to float8in.  The server keeps LC_NUMERIC at C, so the decimal
 * point is one.
 */
bool
read_signed_float8(const char *field, double *value)
{
	char	   *end;

	/* strtod knows hexadecimal digits as well */
	if (!starts_number(field) || field[strspn(field, "0123456789+-.eE")] != '\0')
		return false;
	errno = 0;
	*value = strtod(field, &end);
	return *end == '\0' && !(*value == 0 && errno == ERANGE);
}

/* A sum as append_sum writes it; bins that are left out are empty. */
bool
read_sum(char *field, binned_sum *value)
{
	char	   *next = strchr(field, ':');

	*value = BINNED_EMPTY;
	if (next == NULL)
		return strcmp(field, "0") == 0;
	*next = '\0';
	if (!read_int64(field, &value->top))
		return false;
	for (int i = 0; next != NULL; i++)
	{
		field = next + 1;
		if ((next = strchr(field, ':')) != NULL)
			*next = '\0';
		if (i == BINNED_BINS || !read_int64(field, &value->bin[i]))
			return false;
	}
	return true;
}

/* A number without a negative zero. */
bool
read_float8(const char *field, double *value)
{
	if (!read_signed_float8(field, value))
		return false;
	*value += 0.0;
	return true;
}

/*
 * A time as append_timestamptz writes it.  Whatever timestamptz_in would read
 * differently under other settings (no zone, no leading year, words such as
 * "now") is refused.  The error of a time that does not exist goes to
 * "escontext", as from an input function.
 */
bool
read_timestamptz(char *field, int64 *value, Node *escontext)
{
	Datum		result;

	if (strspn(field, "0123456789") < 4 ||
		field[strspn(field, "0123456789-:.+TZ BC")] != '\0' ||
		(strchr(field, 'Z') == NULL && strstr(field, "+00") == NULL) ||
		strlen(field) > MAXDATELEN)
		return false;
	if (!DirectInputFunctionCallSafe(timestamptz_in, field, InvalidOid, -1, escontext, &result))
		return false;
	*value = DatumGetInt64(result);
	return true;
}

void
append_int64(StringInfo out, int64 value)
{
	appendStringInfo(out, INT64_FORMAT, value);
}

void
append_float8(StringInfo out, double value)
{
	char		buf[DOUBLE_SHORTEST_DECIMAL_LEN];

	double_to_shortest_decimal_buf(value, buf);
	appendStringInfoString(out, buf);
}

void
append_sum(StringInfo out, const binned_sum *value)
{
	int			n = BINNED_BINS;

	if (value->top == BINNED_NONE)
	{
		appendStringInfoChar(out, '0');
		return;
	}
	while (n > 1 && value->bin[n - 1] == 0)
		n--;
	append_int64(out, value->top);
	for (int i = 0; i < n; i++)
	{
		appendStringInfoChar(out, ':');
		append_int64(out, value->bin[i]);
	}
}

void
append_timestamptz(StringInfo out, int64 value)
{
	char		buf[MAXDATELEN + 1];
	int			utc = 0;

	JsonEncodeDateTime(buf, Int64GetDatum(value), TIMESTAMPTZOID, &utc);
	appendStringInfoString(out, buf);
}

/* The binary form of a sum: all that it has, big-endian. */
void
receive_sum(StringInfo in, binned_sum *value)
{
	value->top = pq_getmsgint64(in);
	for (int i = 0; i < BINNED_BINS; i++)
		value->bin[i] = pq_getmsgint64(in);
}

void
send_sum(StringInfo out, const binned_sum *value)
{
	pq_sendint64(out, value->top);
	for (int i = 0; i < BINNED_BINS; i++)
		pq_sendint64(out, value->bin[i]);
}

/* Sums of the same value have the same hash. */
uint64
hash_of_sum(const binned_sum *value, uint64 seed)
{
	binned_digits digits = binned_value_digits(value);

	StaticAssertStmt(sizeof(binned_digits) == 8 + 4 * BINNED_DIGITS,
					 "binned_digits must have no padding, it is hashed byte by byte");
	return hash_bytes_extended((const unsigned char *) &digits, sizeof(digits), seed);
}

/* ---------- types that are a list of numbers and sums ---------- */

#define MAX_FIELDS	32

static bool
read_field(char *text, const summary_field *field, char *value)
{
	switch (field->kind)
	{
		case SUMMARY_IS_INT64:
			return read_int64(text, (int64 *) (value + field->offset));
		case SUMMARY_IS_FLOAT8:
			return read_float8(text, (double *) (value + field->offset));
		case SUMMARY_IS_SUM:
			break;
	}
	return read_sum(text, (binned_sum *) (value + field->offset));
}

static void
append_field(StringInfo out, const summary_field *field, const char *value)
{
	switch (field->kind)
	{
		case SUMMARY_IS_INT64:
			append_int64(out, *(const int64 *) (value + field->offset));
			break;
		case SUMMARY_IS_FLOAT8:
			append_float8(out, *(const double *) (value + field->offset));
			break;
		case SUMMARY_IS_SUM:
			append_sum(out, (const binned_sum *) (value + field->offset));
			break;
	}
}

/* The order of two values of a field: -1, 0 or 1. */
static int
compare_field(const summary_field *field, const char *a, const char *b)
{
	a += field->offset;
	b += field->offset;
	if (field->kind == SUMMARY_IS_SUM)
		return binned_cmp((const binned_sum *) a, (const binned_sum *) b);
	if (field->kind == SUMMARY_IS_FLOAT8)
		return (*(const double *) a > *(const double *) b) -
			(*(const double *) a < *(const double *) b);
	return (*(const int64 *) a > *(const int64 *) b) - (*(const int64 *) a < *(const int64 *) b);
}

Datum
summary_in(FunctionCallInfo fcinfo, const summary_form *form)
{
	char	   *text = PG_GETARG_CSTRING(0);
	char	   *value = palloc0(form->size);
	char	   *fields[MAX_FIELDS];
	bool		ok;

	Assert(form->num_fields <= MAX_FIELDS);
	ok = split_fields(pstrdup(text), fields, form->num_fields);
	for (int i = 0; ok && i < form->num_fields; i++)
		ok = read_field(fields[i], &form->fields[i], value);
	if (!ok)
		ereturn(fcinfo->context, (Datum) 0,
				(errcode(ERRCODE_INVALID_TEXT_REPRESENTATION),
				 errmsg("invalid input syntax for type %s: \"%s\"", form->type, text),
				 errhint("The form is %s.", form->layout)));
	if (!form->is_valid(value))
		ereturn(fcinfo->context, (Datum) 0,
				(errcode(ERRCODE_INVALID_TEXT_REPRESENTATION),
				 errmsg("invalid value for type %s: \"%s\"", form->type, text),
				 errdetail("%s", form->invalid)));
	PG_RETURN_POINTER(value);
}

Datum
summary_out(FunctionCallInfo fcinfo, const summary_form *form)
{
	const char *value = (const char *) PG_GETARG_POINTER(0);
	StringInfoData out;

	initStringInfo(&out);
	for (int i = 0; i < form->num_fields; i++)
	{
		appendStringInfoChar(&out, i == 0 ? '(' : ',');
		append_field(&out, &form->fields[i], value);
	}
	appendStringInfoChar(&out, ')');
	PG_RETURN_CSTRING(out.data);
}

/*
 * The binary form is the fields in the order of the text, big-endian.  The
 * eight bytes of a float8 travel as those of an integer do.
 */
Datum
summary_recv(FunctionCallInfo fcinfo, const summary_form *form)
{
	StringInfo	in = (StringInfo) PG_GETARG_POINTER(0);
	char	   *value = palloc0(form->size);

	for (int i = 0; i < form->num_fields; i++)
	{
		char	   *field = value + form->fields[i].offset;

		if (form->fields[i].kind == SUMMARY_IS_SUM)
			receive_sum(in, (binned_sum *) field);
		else
			*(int64 *) field = pq_getmsgint64(in);
	}
	if (!form->is_valid(value))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_BINARY_REPRESENTATION),
				 errmsg("invalid binary value for type %s", form->type),
				 errdetail("%s", form->invalid)));
	PG_RETURN_POINTER(value);
}

Datum
summary_send(FunctionCallInfo fcinfo, const summary_form *form)
{
	const char *value = (const char *) PG_GETARG_POINTER(0);
	StringInfoData out;

	pq_begintypsend(&out);
	for (int i = 0; i < form->num_fields; i++)
	{
		const char *field = value + form->fields[i].offset;

		if (form->fields[i].kind == SUMMARY_IS_SUM)
			send_sum(&out, (const binned_sum *) field);
		else
			pq_sendint64(&out, *(const int64 *) field);
	}
	PG_RETURN_BYTEA_P(pq_endtypsend(&out));
}

/* The order of two values by their fields: -1, 0 or 1. */
int
summary_cmp(FunctionCallInfo fcinfo, const summary_form *form)
{
	const char *a = (const char *) PG_GETARG_POINTER(0);
	const char *b = (const char *) PG_GETARG_POINTER(1);
	int			order = 0;

	for (int i = 0; order == 0 && i < form->num_fields; i++)
		order = compare_field(&form->fields[i], a, b);
	return order;
}

/* What is the same for values that summary_cmp finds equal. */
uint64
summary_hash(FunctionCallInfo fcinfo, const summary_form *form, uint64 seed)
{
	const char *value = (const char *) PG_GETARG_POINTER(0);

	for (int i = 0; i < form->num_fields; i++)
	{
		const char *field = value + form->fields[i].offset;

		seed = form->fields[i].kind == SUMMARY_IS_SUM ? hash_of_sum((const binned_sum *) field, seed) :
			hash_bytes_extended((const unsigned char *) field, sizeof(int64), seed);
	}
	return seed;
}
