/*-------------------------------------------------------------------------
 *
 * vectors.h
 *	  Reads the CSV files of test/vectors, for unit tests only.
 *
 *-------------------------------------------------------------------------
 */
#ifndef PG_YIELD_TEST_VECTORS_H
#define PG_YIELD_TEST_VECTORS_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define VECTORS_MAX_FIELDS 32

typedef struct vectors
{
	char	   *text;			/* the whole file, cut into fields as it is read */
	char	   *next;
	char	   *name[VECTORS_MAX_FIELDS];
	char	   *field[VECTORS_MAX_FIELDS];
	int			num_fields;
	int			num_rows;		/* read so far, without the header */
} vectors;

/* Takes a field off the text, unquotes it in place; *last tells whether it ends its row. */
static inline char *
vectors_take_field(vectors *v, bool *last)
{
	char	   *field = v->next;
	char	   *out = field;
	char	   *in = field;
	bool		quoted = *in == '"';

	if (quoted)
		in++;
	while (*in != '\0' && (quoted || (*in != ',' && *in != '\n')))
	{
		if (quoted && *in == '"' && *++in != '"')
			quoted = false;
		else
			*out++ = *in++;
	}
	*last = *in != ',';
	v->next = *in == '\0' ? in : in + 1;
	*out = '\0';
	return field;
}

static inline bool
vectors_take_row(vectors *v, char *fields[VECTORS_MAX_FIELDS])
{
	bool		last = false;

	if (*v->next == '\0')
		return false;
	v->num_fields = 0;
	while (!last && v->num_fields < VECTORS_MAX_FIELDS)
		fields[v->num_fields++] = vectors_take_field(v, &last);
	return true;
}

/* Opens a file by its path from the top of the source tree; ends the test if it cannot. */
static inline vectors
vectors_open(const char *path)
{
	vectors		v = {0};
	FILE	   *file = fopen(path, "rb");
	long		size;

	if (file == NULL || fseek(file, 0, SEEK_END) != 0 || (size = ftell(file)) < 0)
	{
		perror(path);
		exit(1);
	}
	rewind(file);
	v.text = calloc(1, (size_t) size + 1);
	if (v.text == NULL || fread(v.text, 1, (size_t) size, file) != (size_t) size)
		exit(1);
	fclose(file);
	v.next = v.text;
	vectors_take_row(&v, v.name);
	return v;
}

static inline bool
vectors_next(vectors *v)
{
	if (!vectors_take_row(v, v->field))
		return false;
	v->num_rows++;
	return true;
}

/* The field of the present row under a heading; ends the test if there is none. */
static inline char *
vectors_get(const vectors *v, const char *name)
{
	for (int i = 0; i < v->num_fields; i++)
	{
		if (strcmp(v->name[i], name) == 0)
			return v->field[i];
	}
	fprintf(stderr, "no column %s\n", name);
	exit(1);
}

static inline void
vectors_close(vectors *v)
{
	free(v->text);
}

/* Bytes of hex text, 0x in front, in new memory; the text must be right. */
static inline uint8_t *
hex_bytes(const char *hex, size_t *length)
{
	uint8_t    *bytes;

	hex += 2;
	*length = strlen(hex) / 2;
	bytes = malloc(*length + 1);
	for (size_t i = 0; i < *length; i++)
	{
		char		pair[3] = {hex[2 * i], hex[2 * i + 1], '\0'};

		bytes[i] = (uint8_t) strtoul(pair, NULL, 16);
	}
	return bytes;
}

/* Hex text of bytes, 0x in front, to out of 2 * length + 3 bytes. */
static inline char *
hex_text(const uint8_t *bytes, size_t length, char *out)
{
	strcpy(out, "0x");
	for (size_t i = 0; i < length; i++)
		sprintf(out + 2 + 2 * i, "%02x", bytes[i]);
	return out;
}

#endif							/* PG_YIELD_TEST_VECTORS_H */
