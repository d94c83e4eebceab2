/*-------------------------------------------------------------------------
 *
 * chain/words.c
 *	  The SQL face of domain chain: fixed point, words, hex and token units.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "catalog/pg_type.h"
#include "utils/array.h"

#include "chain/words.h"
#include "chain/hex_text.h"
#include "core/chain/fixed.h"
#include "server/compat.h"
#include "server/interrupts.h"
#include "server/report.h"

#define WORD_BYTES		32

/* ERC-20 declares decimals as uint8 */
#define MAX_DECIMALS	255

/* wad_mul and its like, of core/chain/fixed.h */
typedef core_status (*fixed_function) (u256 a, u256 b, u256_rounding rounding, u256 *out);

/* ---------- arguments ---------- */

void
report_bad_uint(const char *argument, Datum value)
{
	u256		ignored;
	bool		is_fraction = numeric_to_u256(value, &ignored) == NUMERIC_READ_FRACTION;

	ereport(ERROR,
			(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
			 errmsg("%s must be a whole number from 0 to 2^256 - 1, not %s", argument,
					shown_numeric(value)),
			 is_fraction ? errhint("Chain integers count the smallest unit; "
								   "parse_units(amount, decimals) makes them of amounts.") : 0));
	pg_unreachable();
}

void
report_zero(const char *argument, const char *function)
{
	ereport(ERROR,
			(errcode(ERRCODE_DIVISION_BY_ZERO),
			 errmsg("%s must not be zero in %s", argument, function)));
	pg_unreachable();
}

static bool
is_word(const text *given, const char *word, size_t len)
{
	return VARSIZE_ANY_EXHDR(given) == len && memcmp(VARDATA_ANY(given), word, len) == 0;
}

/* The roundings by name; anything else is an error. */
u256_rounding
rounding_argument(const text *rounding)
{
	if (is_word(rounding, "floor", 5))
		return U256_FLOOR;
	if (is_word(rounding, "half_up", 7))
		return U256_HALF_UP;
	if (is_word(rounding, "ceil", 4))
		return U256_CEIL;
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("rounding is unknown: \"%s\"",
					shown_text(VARDATA_ANY(rounding), VARSIZE_ANY_EXHDR(rounding))),
			 errhint("It can be 'floor', 'ceil' or 'half_up'.")));
	pg_unreachable();
}

/* An array of words, and their number; NULL where an element is NULL */
u256 *
uint_array(ArrayType *array, const char *argument, int *n)
{
	Datum	   *elements;
	bool	   *nulls;
	u256	   *words;

	if (ARR_NDIM(array) > 1)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("%s must have one dimension, not %d", argument, ARR_NDIM(array))));
	deconstruct_array(array, NUMERICOID, -1, false, TYPALIGN_INT, &elements, &nulls, n);
	words = palloc(sizeof(u256) * Max(*n, 1));
	for (int i = 0; i < *n; i++)
	{
		pause_at(i);
		if (nulls[i])
			return NULL;
		if (unlikely(numeric_to_u256(elements[i], &words[i]) != NUMERIC_READ_OK))
			report_bad_uint(psprintf("%s[%d]", argument, i + 1), elements[i]);
	}
	return words;
}

/* ---------- fixed point ---------- */

/*
 * The result of function "name", in which "divisor" is the argument that may
 * be zero.
 */
static Datum
word_result(core_status status, u256 result, const char *name, const char *divisor)
{
	if (unlikely(status == CORE_DIVISION_BY_ZERO))
		report_zero(divisor, name);
	if (unlikely(status != CORE_OK))
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("result of %s is out of range", name),
				 errdetail("It is 2^256 or more.")));
	PG_RETURN_NUMERIC(u256_to_numeric(result));
}

PG_FUNCTION_INFO_V1(mul_div);
Datum
mul_div(PG_FUNCTION_ARGS)
{
	u256		a = uint_argument(fcinfo, 0, "a");
	u256		b = uint_argument(fcinfo, 1, "b");
	u256		c = uint_argument(fcinfo, 2, "c");
	u256_rounding rounding = rounding_argument(PG_GETARG_TEXT_PP(3));
	u256		result = U256_ZERO;
	core_status status = u256_mul_div(a, b, c, rounding, &result);

	return word_result(status, result, "mul_div", "c");
}

static Datum
fixed_point(FunctionCallInfo fcinfo, fixed_function function, const char *name)
{
	u256		a = uint_argument(fcinfo, 0, "a");
	u256		b = uint_argument(fcinfo, 1, "b");
	u256_rounding rounding = rounding_argument(PG_GETARG_TEXT_PP(2));
	u256		result = U256_ZERO;
	core_status status = function(a, b, rounding, &result);

	return word_result(status, result, name, "b");
}

/* The functions of core/chain/fixed.h have the names that they have in SQL. */
#define FIXED_POINT(name) \
	PG_FUNCTION_INFO_V1(fixed_##name); \
	Datum \
	fixed_##name(PG_FUNCTION_ARGS) \
	{ \
		return fixed_point(fcinfo, name, #name); \
	}

FIXED_POINT(wad_mul)
FIXED_POINT(wad_div)
FIXED_POINT(ray_mul)
FIXED_POINT(ray_div)
FIXED_POINT(percent_mul)
FIXED_POINT(percent_div)

/* ---------- token units ---------- */

/*
 * Argument amount, times 10^scale, as sign and magnitude: a number that an
 * int256 or a uint256 holds, as amounts have a sign where tokens flow both
 * ways.
 */
static numeric_read
amount_argument(FunctionCallInfo fcinfo, int scale, bool *negative, u256 *magnitude)
{
	numeric_read read = numeric_to_scaled(PG_GETARG_DATUM(0), scale, negative, magnitude);
	s256		ignored;

	if (read == NUMERIC_READ_OK && *negative && !s256_from_magnitude(*magnitude, true, &ignored))
		return NUMERIC_READ_OVERFLOW;
	return read;
}

PG_FUNCTION_INFO_V1(parse_units);
Datum
parse_units(PG_FUNCTION_ARGS)
{
	int			decimals = integer_argument(fcinfo, 1, "decimals", 0, MAX_DECIMALS);
	bool		negative;
	u256		magnitude;
	numeric_read read = amount_argument(fcinfo, decimals, &negative, &magnitude);

	if (unlikely(read == NUMERIC_READ_FRACTION))
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("amount must have at most %d decimals, not %s", decimals,
						shown_numeric(PG_GETARG_DATUM(0))),
				 errhint("round(amount, decimals) drops those that the token does not have.")));
	if (unlikely(read != NUMERIC_READ_OK))
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("amount * 10^%d must be from -2^255 to 2^256 - 1, and amount is %s",
						decimals, shown_numeric(PG_GETARG_DATUM(0)))));
	PG_RETURN_NUMERIC(scaled_to_numeric(negative, magnitude, 0, 0));
}

PG_FUNCTION_INFO_V1(format_units);
Datum
format_units(PG_FUNCTION_ARGS)
{
	int			decimals = integer_argument(fcinfo, 1, "decimals", 0, MAX_DECIMALS);
	bool		negative;
	u256		magnitude;

	if (unlikely(amount_argument(fcinfo, 0, &negative, &magnitude) != NUMERIC_READ_OK))
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("amount must be a whole number from -2^255 to 2^256 - 1, not %s",
						shown_numeric(PG_GETARG_DATUM(0))),
				 errhint("It counts the token's smallest unit.")));
	PG_RETURN_NUMERIC(scaled_to_numeric(negative, magnitude, decimals, 0));
}

/* ---------- words ---------- */

static void
check_word_length(size_t nbytes)
{
	if (unlikely(nbytes > WORD_BYTES))
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("word must have at most %d bytes, not %zu", WORD_BYTES, nbytes),
				 errhint("substr(data, 1 + 32 * n, 32) is word n of event data.")));
}

/*
 * Argument word as bytes, most significant first.  Zero is what no bytes say,
 * as in RLP.
 */
static int
word_argument(FunctionCallInfo fcinfo, const uint8_t **bytes)
{
	bytea	   *word = PG_GETARG_BYTEA_PP(0);

	check_word_length(VARSIZE_ANY_EXHDR(word));
	*bytes = (const uint8_t *) VARDATA_ANY(word);
	return (int) VARSIZE_ANY_EXHDR(word);
}

/*
 * The same of hex text.  It must have a prefix, Ethereum's or that of bytea:
 * digits alone could as well be meant as decimal ones.
 */
static int
hex_word_argument(FunctionCallInfo fcinfo, uint8_t *bytes)
{
	text	   *word = PG_GETARG_TEXT_PP(0);
	const char *hex = VARDATA_ANY(word);
	size_t		len = VARSIZE_ANY_EXHDR(word);
	size_t		nbytes;

	if (hex_prefix_length(hex, len) > 0)
	{
		if (unlikely(len > 2 + 2 * WORD_BYTES))
			check_word_length((len - 1) / 2);
		if (likely(hex_text_to_bytes(hex, len, bytes, &nbytes)))
			return (int) nbytes;
	}
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_TEXT_REPRESENTATION),
			 errmsg("word is not hexadecimal: \"%s\"", shown_text(hex, (int) len)),
			 errhint("0x and two digits for each byte, as in 0x01ff, or a value of type bytea.")));
	pg_unreachable();
}

static Datum
uint_of_bytes(const uint8_t *bytes, int n)
{
	PG_RETURN_NUMERIC(u256_to_numeric(n == 0 ? U256_ZERO : u256_load_be(bytes, n)));
}

static Datum
int_of_bytes(const uint8_t *bytes, int n)
{
	PG_RETURN_NUMERIC(s256_to_numeric(n == 0 ? U256_ZERO : s256_load_be(bytes, n)));
}

PG_FUNCTION_INFO_V1(bytes_to_uint);
Datum
bytes_to_uint(PG_FUNCTION_ARGS)
{
	const uint8_t *bytes;
	int			n = word_argument(fcinfo, &bytes);

	return uint_of_bytes(bytes, n);
}

PG_FUNCTION_INFO_V1(bytes_to_int);
Datum
bytes_to_int(PG_FUNCTION_ARGS)
{
	const uint8_t *bytes;
	int			n = word_argument(fcinfo, &bytes);

	return int_of_bytes(bytes, n);
}

PG_FUNCTION_INFO_V1(hex_bytes_to_uint);
Datum
hex_bytes_to_uint(PG_FUNCTION_ARGS)
{
	uint8_t		bytes[WORD_BYTES];
	int			n = hex_word_argument(fcinfo, bytes);

	return uint_of_bytes(bytes, n);
}

PG_FUNCTION_INFO_V1(hex_bytes_to_int);
Datum
hex_bytes_to_int(PG_FUNCTION_ARGS)
{
	uint8_t		bytes[WORD_BYTES];
	int			n = hex_word_argument(fcinfo, bytes);

	return int_of_bytes(bytes, n);
}

PG_FUNCTION_INFO_V1(uint_to_bytes);
Datum
uint_to_bytes(PG_FUNCTION_ARGS)
{
	u256		value = uint_argument(fcinfo, 0, "value");
	int			length = integer_argument(fcinfo, 1, "length", 1, WORD_BYTES);
	bytea	   *result;

	result = palloc(VARHDRSZ + length);
	SET_VARSIZE(result, VARHDRSZ + length);
	if (!u256_store_be(value, (uint8_t *) VARDATA(result), length))
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("value must be below 2^%d where length is %d, not %s", 8 * length, length,
						shown_numeric(PG_GETARG_DATUM(0)))));
	PG_RETURN_BYTEA_P(result);
}

/* ---------- hex ---------- */

PG_FUNCTION_INFO_V1(hex_to_uint);
Datum
hex_to_uint(PG_FUNCTION_ARGS)
{
	text	   *hex = PG_GETARG_TEXT_PP(0);
	u256		result;
	core_status status = hex_to_u256(VARDATA_ANY(hex), VARSIZE_ANY_EXHDR(hex), &result);

	if (unlikely(status == CORE_OUT_OF_RANGE))
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("hex is 2^256 or more: \"%s\"",
						shown_text(VARDATA_ANY(hex), VARSIZE_ANY_EXHDR(hex)))));
	if (unlikely(status != CORE_OK))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_TEXT_REPRESENTATION),
				 errmsg("hex is not a hexadecimal number: \"%s\"",
						shown_text(VARDATA_ANY(hex), VARSIZE_ANY_EXHDR(hex))),
				 errhint("Digits of either case after an optional 0x.")));
	PG_RETURN_NUMERIC(u256_to_numeric(result));
}

PG_FUNCTION_INFO_V1(uint_to_hex);
Datum
uint_to_hex(PG_FUNCTION_ARGS)
{
	u256		value = uint_argument(fcinfo, 0, "value");
	text	   *result = palloc(VARHDRSZ + U256_HEX_MAX);
	size_t		len = u256_to_hex(value, VARDATA(result));

	SET_VARSIZE(result, VARHDRSZ + len);
	PG_RETURN_TEXT_P(result);
}
