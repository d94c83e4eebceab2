/*-------------------------------------------------------------------------
 *
 * abi_json.h
 *	  An abi_visitor that prints JSON, and a way to compare JSON texts: for
 *	  unit tests only.
 *
 *-------------------------------------------------------------------------
 */
#ifndef PG_YIELD_TEST_ABI_JSON_H
#define PG_YIELD_TEST_ABI_JSON_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/chain/abi_decode.h"

typedef struct json
{
	char	   *text;
	size_t		length;
	size_t		capacity;
	size_t		num_values;		/* what the visitor was given, for bounds */
	size_t		num_bytes;
	abi_text	worst_text;
} json;

static inline void
json_put(json *j, const char *text, size_t length)
{
	if (j->length + length + 1 > j->capacity)
	{
		j->capacity = 2 * (j->length + length + 1);
		j->text = realloc(j->text, j->capacity);
	}
	memcpy(j->text + j->length, text, length);
	j->length += length;
	j->text[j->length] = '\0';
}

static inline void
json_puts(json *j, const char *text)
{
	json_put(j, text, strlen(text));
}

/* A comma, unless this is the first in its array or object, or the value of a key. */
static inline void
json_separate(json *j)
{
	if (j->length > 0 && strchr("[{:", j->text[j->length - 1]) == NULL)
		json_puts(j, ",");
}

static inline void
json_put_hex(json *j, const uint8_t *bytes, size_t length)
{
	json_puts(j, "\"0x");
	for (size_t i = 0; i < length; i++)
	{
		char		pair[3];

		sprintf(pair, "%02x", bytes[i]);
		json_put(j, pair, 2);
	}
	json_puts(j, "\"");
}

/* A word in decimal, by schoolbook division of its bytes. */
static inline void
json_put_decimal(json *j, const uint8_t *bytes, bool is_signed, int decimals)
{
	uint8_t		word[32];
	char		digits[128];
	int			at = sizeof(digits);
	bool		negative = is_signed && bytes[0] >= 0x80;
	unsigned	carry = 1;
	bool		more = true;

	for (int i = 31; i >= 0; i--)
	{
		word[i] = negative ? (uint8_t) ~bytes[i] : bytes[i];
		if (negative)
		{
			carry += word[i];
			word[i] = (uint8_t) carry;
			carry >>= 8;
		}
	}
	for (int n = 0; more || n <= decimals; n++)
	{
		unsigned	rest = 0;

		more = false;
		if (n == decimals && n > 0)
			digits[--at] = '.';
		for (int i = 0; i < 32; i++)
		{
			rest = rest << 8 | word[i];
			word[i] = (uint8_t) (rest / 10);
			rest %= 10;
			more |= word[i] != 0;
		}
		digits[--at] = (char) ('0' + rest);
	}
	if (negative)
		digits[--at] = '-';
	json_put(j, digits + at, sizeof(digits) - (size_t) at);
}

static inline core_status
json_begin(void *ctx, bool object, uint64_t count)
{
	(void) count;
	json_separate(ctx);
	json_puts(ctx, object ? "{" : "[");
	return CORE_OK;
}

static inline core_status
json_end(void *ctx, bool object)
{
	json_puts(ctx, object ? "}" : "]");
	return CORE_OK;
}

static inline core_status
json_key(void *ctx, const char *name, size_t length)
{
	json_separate(ctx);
	json_puts(ctx, "\"");
	json_put(ctx, name, length);
	json_puts(ctx, "\":");
	return CORE_OK;
}

static inline core_status
json_value(void *ctx, const abi_value *value)
{
	json	   *j = ctx;
	bool		is_signed = value->kind == ABI_INT || value->kind == ABI_FIXED;

	j->num_values++;
	j->num_bytes += value->length;
	if (value->text > j->worst_text)
		j->worst_text = value->text;
	json_separate(j);
	switch (value->kind)
	{
		case ABI_UINT:
		case ABI_INT:
		case ABI_UFIXED:
		case ABI_FIXED:
			json_put_decimal(j, value->bytes, is_signed, value->decimals);
			break;
		case ABI_BOOL:
			json_puts(j, value->bytes[31] ? "true" : "false");
			break;
		case ABI_STRING:
			json_puts(j, "\"");
			json_put(j, (const char *) value->bytes, value->length);
			json_puts(j, "\"");
			break;
		default:
			json_put_hex(j, value->bytes, value->length);
	}
	return CORE_OK;
}

static inline abi_visitor
json_visitor(json *j)
{
	*j = (json) {0};
	json_put(j, "", 0);
	return (abi_visitor) {j, json_begin, json_end, json_key, json_value};
}

/* ---------- comparison ---------- */

static inline void
json_skip_space(const char **in)
{
	*in += strspn(*in, " \t\r\n");
}

static inline int
json_compare(const void *a, const void *b)
{
	return strcmp(*(char *const *) a, *(char *const *) b);
}

static inline void json_normalise(const char **in, json *out);

/* The members of an object or array, sorted if it is an object, up to its end. */
static inline void
json_normalise_members(const char **in, json *out, char end)
{
	char	   *member[64];
	size_t		count = 0;

	for (json_skip_space(in); **in != end && **in != '\0' && count < 64; json_skip_space(in))
	{
		json		m;

		json_visitor(&m);
		json_normalise(in, &m);
		json_skip_space(in);
		if (**in == ':')
		{
			++*in;
			json_puts(&m, ":");
			json_normalise(in, &m);
			json_skip_space(in);
		}
		if (**in == ',')
			++*in;
		member[count++] = m.text;
	}
	*in += **in == end;
	if (end == '}')
		qsort(member, count, sizeof(member[0]), json_compare);
	for (size_t i = 0; i < count; i++)
	{
		json_separate(out);
		json_puts(out, member[i]);
		free(member[i]);
	}
}

/* Copies one value without white space, keys in order, hex in lower case. */
static inline void
json_normalise(const char **in, json *out)
{
	json_skip_space(in);
	if (**in == '[' || **in == '{')
	{
		bool		object = *(*in)++ == '{';

		json_puts(out, object ? "{" : "[");
		json_normalise_members(in, out, object ? '}' : ']');
		json_puts(out, object ? "}" : "]");
	}
	else if (**in == '"')
	{
		bool		hex = strncmp(*in, "\"0x", 3) == 0;

		do
		{
			char		c = *(*in)++;

			if (hex && c >= 'A' && c <= 'F')
				c = (char) (c + 0x20);
			json_put(out, &c, 1);
		} while (**in != '"' && **in != '\0');
		json_puts(out, "\"");
		*in += **in == '"';
	}
	else
	{
		size_t		length = strcspn(*in, ",]}: ");

		json_put(out, *in, length);
		*in += length;
	}
}

/* A text in its normal form, in new memory. */
static inline char *
json_normal(const char *text)
{
	json		out;

	json_visitor(&out);
	json_normalise(&text, &out);
	return out.text;
}

#endif							/* PG_YIELD_TEST_ABI_JSON_H */
