/*-------------------------------------------------------------------------
 *
 * summary.c
 *	  The text form of the fixed-length summary types.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include <ctype.h>
#include <errno.h>

#include "catalog/pg_type.h"
#include "common/shortest_dec.h"
#include "utils/datetime.h"
#include "utils/fmgrprotos.h"
#include "utils/json.h"

#include "compat.h"
#include "core/rate.h"
#include "summary.h"

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

/* The server keeps LC_NUMERIC at C, so the decimal point is one. */
bool
read_float8(const char *field, double *value)
{
	char	   *end;

	if (!starts_number(field))
		return false;
	*value = strtod(field, &end) + 0.0; /* no negative zero */
	return *end == '\0';
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
append_timestamptz(StringInfo out, int64 value)
{
	char		buf[MAXDATELEN + 1];
	int			utc = 0;

	JsonEncodeDateTime(buf, Int64GetDatum(value), TIMESTAMPTZOID, &utc);
	appendStringInfoString(out, buf);
}
