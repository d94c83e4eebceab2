/*-------------------------------------------------------------------------
 *
 * series/type.c
 *	  The SQL face of domain series: the type rate_series.
 *
 * series/type.h says in which two forms a series comes.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include <math.h>

#include "access/detoast.h"
#include "common/hashfn.h"
#include "lib/stringinfo.h"
#include "libpq/pqformat.h"
#include "miscadmin.h"
#include "parser/scansup.h"
#include "utils/expandeddatum.h"
#include "utils/memutils.h"
#include "utils/timestamp.h"

#include "core/series/path.h"
#include "rate/summary.h"
#include "series/rows.h"
#include "series/type.h"
#include "server/compat.h"
#include "server/interrupts.h"
#include "server/report.h"
#include "server/state_memory.h"
#include "server/summary.h"
#include "yield/apr.h"

/* Enough of an image for its header, with the length word of the varlena. */
#define HEADER_SLICE	128

#define FIRST_CAPACITY	16

/*
 * A stored series of more bytes than this is fetched in parts by functions that
 * look at a part of it; first so many bytes, which hold the directory of some
 * hundred blocks, later at most so many blocks at once.
 */
#define WORTH_FETCHING_IN_PARTS	16384
#define FIRST_FETCH				4096
#define MAX_FETCHED_BLOCKS		64

/* Bytes of an image that are hashed between two looks at interrupts */
#define HASHED_AT_ONCE	((size_t) 1 << 20)

/* From so many times work_mem on, the user is told. */
#define WORK_MEM_FACTOR	32

struct expanded_series
{
	ExpandedObjectHeader header;
	size_t		num_points;
	size_t		capacity;
	size_t		num_ordered;	/* points when they last were known to be in order */
	bool		ordered;		/* ascending and distinct in time */
	bool		being_sorted;
	bool		reported;		/* the user was told about the memory */
	int64	   *time;
	double	   *value;
	uint8	   *image;			/* flat form, if it was made since the last change */
	size_t		image_size;
};

/* ---------- the expanded form ---------- */

static void
sort_points(expanded_series *s)
{
	int64	   *time_room;
	double	   *value_room;

	/* a sort that was interrupted left some points twice and others nowhere */
	if (s->being_sorted)
		elog(ERROR, "the sort of this rate_series was interrupted");
	time_room = MemoryContextAllocHuge(s->header.eoh_context, s->num_points * sizeof(int64));
	value_room = MemoryContextAllocHuge(s->header.eoh_context, s->num_points * sizeof(double));
	CHECK_FOR_INTERRUPTS();
	s->being_sorted = true;
	s->num_points = series_sort(s->time, s->value, s->num_points, time_room, value_room,
								check_interrupts);
	s->being_sorted = false;
	s->ordered = true;
	pfree(time_room);
	pfree(value_room);
}

/*
 * Put the points in order, if they are not.  They stay in the same arrays, so
 * that whoever else reads them by now, and found them in order, goes on to.
 */
static void
put_in_order(expanded_series *s)
{
	if (!s->ordered)
		sort_points(s);
	s->num_ordered = s->num_points;
}

static void
check_image_size(size_t size, size_t num_points)
{
	if (size > MaxAllocSize - VARHDRSZ)
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("a rate_series of %zu points would take more than 1 GB", num_points),
				 errhint("Make one series for each month, say.")));
}

static void
make_image(expanded_series *s)
{
	uint8	   *image;

	if (s->image != NULL)
		return;
	put_in_order(s);
	image = MemoryContextAllocHuge(s->header.eoh_context, series_image_bound(s->num_points));
	s->image_size = series_encode(s->time, s->value, s->num_points, check_interrupts, image);
	check_image_size(s->image_size, s->num_points);
	s->image = repalloc_huge(image, s->image_size);
}

static Size
expanded_series_flat_size(ExpandedObjectHeader *header)
{
	expanded_series *s = (expanded_series *) header;

	make_image(s);
	return VARHDRSZ + s->image_size;
}

static void
expanded_series_flatten(ExpandedObjectHeader *header, void *result, Size size)
{
	expanded_series *s = (expanded_series *) header;

	Assert(size == VARHDRSZ + s->image_size);
	SET_VARSIZE(result, size);
	memcpy(VARDATA(result), s->image, s->image_size);
}

static const ExpandedObjectMethods expanded_series_methods = {
	expanded_series_flat_size,
	expanded_series_flatten
};

static MemoryContext
make_context(MemoryContext parent)
{
	return AllocSetContextCreate(parent, "rate_series", ALLOCSET_START_SMALL_SIZES);
}

/* An empty series, all of whose memory will be in "context". */
static expanded_series *
make_expanded(MemoryContext context, size_t room)
{
	expanded_series *s = MemoryContextAllocZero(context, sizeof(expanded_series));

	EOH_init_header(&s->header, &expanded_series_methods, context);
	s->ordered = true;
	s->capacity = Max(room, FIRST_CAPACITY);
	s->time = MemoryContextAllocHuge(context, s->capacity * sizeof(int64));
	s->value = MemoryContextAllocHuge(context, s->capacity * sizeof(double));
	return s;
}

static void
report_memory(expanded_series *s)
{
	size_t		bytes = s->capacity * (sizeof(int64) + sizeof(double));

	if (s->reported || bytes / 1024 < (size_t) work_mem * WORK_MEM_FACTOR)
		return;
	s->reported = true;
	ereport(WARNING,
			(errmsg("a rate_series of %zu points takes %zu kB of memory, far more than work_mem (%d kB)",
					s->num_points, bytes / 1024, work_mem),
			 errhint("Group the rows so that a series holds less, by token and month, say.")));
}

/*
 * What would otherwise grow without bound: points that were already there.
 * Each time so many have come that sorting them all is no great cost, also
 * where the series is full.
 */
static void
drop_doubles(expanded_series *s, size_t more)
{
	size_t		added = s->num_points - s->num_ordered;
	bool		worth_it;

	if (s->num_points + more > SERIES_MAX_POINTS)
		worth_it = added >= SERIES_MAX_POINTS / 16;
	else
		worth_it = added >= s->num_ordered &&
			s->num_points * (sizeof(int64) + sizeof(double)) / 1024 > (size_t) work_mem;
	if (worth_it && !s->ordered)
		put_in_order(s);
}

static void
make_room(expanded_series *s, size_t more)
{
	CHECK_FOR_INTERRUPTS();
	drop_doubles(s, more);
	if (s->num_points + more <= s->capacity)
		return;
	if (s->num_points + more > SERIES_MAX_POINTS)
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("a rate_series cannot hold more than %zu points", SERIES_MAX_POINTS),
				 errhint("Group the rows so that a series holds less, by token and month, say.")));
	s->capacity = Max(s->num_points + more, Min(2 * s->capacity, SERIES_MAX_POINTS));
	s->time = repalloc_huge(s->time, s->capacity * sizeof(int64));
	s->value = repalloc_huge(s->value, s->capacity * sizeof(double));
	report_memory(s);
}

static void
forget_image(expanded_series *s)
{
	if (s->image != NULL)
	{
		pfree(s->image);
		s->image = NULL;
	}
}

/* One checked point, in any order. */
static inline void
append_point(expanded_series *s, int64 time, double value)
{
	if (unlikely(s->image != NULL))
		forget_image(s);
	if (unlikely(s->num_points == s->capacity))
		make_room(s, 1);
	if (s->num_points > 0 && time <= s->time[s->num_points - 1])
	{
		if (s->ordered)
			s->num_ordered = s->num_points;
		s->ordered = false;
	}
	s->time[s->num_points] = time;
	s->value[s->num_points] = value;
	s->num_points++;
}

/*
 * Points in ascending order, at the end of those that are there or among them.
 */
void
series_append(expanded_series *s, const int64 *time, const double *value, size_t num_points)
{
	if (num_points == 0)
		return;
	forget_image(s);
	if (s->num_points + num_points > s->capacity)
		make_room(s, num_points);
	if (s->num_points > 0 && time[0] <= s->time[s->num_points - 1])
	{
		if (s->ordered)
			s->num_ordered = s->num_points;
		s->ordered = false;
	}
	memcpy(s->time + s->num_points, time, num_points * sizeof(int64));
	memcpy(s->value + s->num_points, value, num_points * sizeof(double));
	s->num_points += num_points;
}

/* The same of one point, for the step of an aggregate. */
void
series_append_point(expanded_series *s, int64 time, double value)
{
	append_point(s, time, value);
}

/* A new series with room for so many points, to be filled by series_append. */
expanded_series *
series_begin(size_t room)
{
	return make_expanded(make_context(CurrentMemoryContext), room);
}

/*
 * A new series in the memory that all states of an aggregate share; of a call
 * that is none of an aggregate's, in the current context.
 */
expanded_series *
series_begin_state(FunctionCallInfo fcinfo)
{
	return make_expanded(state_memory(fcinfo), 0);
}

/* Where a series lives, and what is part of a greater object with it. */
MemoryContext
series_context(const expanded_series *s)
{
	return s->header.eoh_context;
}

bool
series_is_empty(const expanded_series *s)
{
	return s->num_points == 0;
}

/*
 * The series as a value of SQL, which nobody changes.  There is no empty one:
 * that is NULL.
 */
Datum
series_datum(expanded_series *s)
{
	Assert(s->num_points > 0);
	put_in_order(s);
	return EOHPGetRODatum(&s->header);
}

/* An argument as a result. */
Datum
series_read_only(Datum series)
{
	return MakeExpandedObjectReadOnlyInternal(series);
}

/* ---------- reading ---------- */

/* What a pointer to an expanded object points to: DatumGetEOHP without a call. */
static inline expanded_series *
expanded_at(Datum series)
{
	varatt_expanded pointer;

	memcpy(&pointer, VARDATA_EXTERNAL(DatumGetPointer(series)), sizeof(pointer));
	return (expanded_series *) pointer.eohptr;
}

static bool
is_expanded(Datum series)
{
	return VARATT_IS_EXTERNAL_EXPANDED(DatumGetPointer(series));
}

pg_noreturn static void
report_corrupted(void)
{
	ereport(ERROR,
			(errcode(ERRCODE_DATA_CORRUPTED),
			 errmsg("invalid rate_series")));
}

static void
open_flat(series_view *view, Datum series)
{
	struct varlena *flat = PG_DETOAST_DATUM_PACKED(series);

	if (!series_open(view, (const uint8 *) VARDATA_ANY(flat), VARSIZE_ANY_EXHDR(flat)))
		report_corrupted();
}

/*
 * Begin to read a series, a value of SQL.  Raises if it is none.
 */
void
series_reader_init(series_reader *reader, Datum series)
{
	memset(reader, 0, sizeof(*reader));
	if (is_expanded(series))
	{
		expanded_series *s = expanded_at(series);

		put_in_order(s);
		reader->time = s->time;
		reader->value = s->value;
		reader->num_points = s->num_points;
		reader->num_blocks = (s->num_points + SERIES_BLOCK_POINTS - 1) / SERIES_BLOCK_POINTS;
		return;
	}
	open_flat(&reader->view, series);
	reader->num_points = reader->view.header.num_points;
	reader->num_blocks = reader->view.num_blocks;
	reader->block = palloc(sizeof(series_block));
}

/* Bytes of a stored image, to their place in a buffer as large as all of it. */
static void
fetch_bytes(Datum stored, uint8 *image, size_t from, size_t to)
{
	struct varlena *slice = (struct varlena *) PG_DETOAST_DATUM_SLICE(stored, from, to - from);

	if (VARSIZE_ANY_EXHDR(slice) != to - from)
		report_corrupted();
	memcpy(image + from, VARDATA_ANY(slice), to - from);
	pfree(slice);
}

/*
 * See to it that a block is there.  What is read on and on is fetched in ever
 * larger parts.
 */
static void
fetch_block(series_reader *reader, size_t block)
{
	size_t		count = 1;
	size_t		from;
	size_t		to;
	size_t		ignored;

	if (block >= reader->fetched_from && block < reader->fetched_to)
		return;
	if (block == reader->fetched_to && reader->fetched_from < block)
		count = Min(2 * (block - reader->fetched_from), MAX_FETCHED_BLOCKS);
	count = Min(count, reader->num_blocks - block);
	series_block_bytes(&reader->view, block, &from, &ignored);
	series_block_bytes(&reader->view, block + count - 1, &ignored, &to);
	/* a block is decoded by loads that may reach beyond it, though not beyond the image */
	to = Min(to + sizeof(uint64), reader->view.size);
	fetch_bytes(reader->stored, (uint8 *) reader->view.image, from, to);
	reader->fetched_from = block;
	reader->fetched_to = block + count;
}

/* Open a series that is stored out of line by its header and directory alone. */
static void
open_stored(series_reader *reader, Datum series)
{
	size_t		size = toast_raw_datum_size(series) - VARHDRSZ;
	uint8	   *image = palloc(size);
	size_t		prefix;

	memset(reader, 0, sizeof(*reader));
	fetch_bytes(series, image, 0, FIRST_FETCH);
	prefix = series_prefix_bytes(image, FIRST_FETCH);
	if (prefix > size)
		report_corrupted();
	if (prefix > FIRST_FETCH)
		fetch_bytes(series, image, FIRST_FETCH, prefix);
	if (!series_open(&reader->view, image, size))
		report_corrupted();
	reader->num_points = reader->view.header.num_points;
	reader->num_blocks = reader->view.num_blocks;
	reader->block = palloc(sizeof(series_block));
	reader->stored = series;
}

static bool
is_stored_out_of_line(Datum series)
{
	return VARATT_IS_EXTERNAL_ONDISK(DatumGetPointer(series)) &&
		toast_datum_size(series) == toast_raw_datum_size(series) - VARHDRSZ &&
		toast_datum_size(series) > WORTH_FETCHING_IN_PARTS;
}

/*
 * Begin to read a series from the block on with the last point at or before
 * "start", as series_reader_seek does, about as far as to "end".  Of a series
 * that is stored out of line only the blocks that are read are fetched, so it
 * has to live as long as the reader.
 */
void
series_reader_init_at(series_reader *reader, Datum series, int64 start, int64 end)
{
	if (is_stored_out_of_line(series))
	{
		open_stored(reader, series);
		/* all of it is fetched quickest at once */
		if (start <= reader->view.header.first_time && end >= reader->view.header.last_time)
			series_reader_init(reader, series);
	}
	else
		series_reader_init(reader, series);
	series_reader_seek(reader, start);
}

/*
 * The next block, valid until the following call.  False at the end.
 */
bool
series_reader_next(series_reader *reader, const int64 **time, const double **value,
				   size_t *num_points)
{
	size_t		first = reader->next_block * SERIES_BLOCK_POINTS;

	if (reader->next_block >= reader->num_blocks)
		return false;
	CHECK_FOR_INTERRUPTS();
	if (reader->block == NULL)
	{
		*time = reader->time + first;
		*value = reader->value + first;
		*num_points = Min(SERIES_BLOCK_POINTS, reader->num_points - first);
	}
	else
	{
		if (reader->stored != (Datum) 0)
			fetch_block(reader, reader->next_block);
		if (!series_decode(&reader->view, reader->next_block, reader->block))
			report_corrupted();
		*time = reader->block->time;
		*value = reader->block->value;
		*num_points = reader->block->num_points;
	}
	reader->next_block++;
	return true;
}

/*
 * Let the next block be the one with the last point at or before "time", or
 * the first block where there is no such point.
 */
void
series_reader_seek(series_reader *reader, int64 time)
{
	size_t		low = 0;
	size_t		high = reader->num_blocks;

	if (reader->block != NULL)
	{
		reader->next_block = series_block_at(&reader->view, time);
		return;
	}
	while (high - low > 1)
	{
		size_t		middle = low + (high - low) / 2;

		if (reader->time[middle * SERIES_BLOCK_POINTS] <= time)
			low = middle;
		else
			high = middle;
	}
	reader->next_block = low;
}

static void
header_of_points(const expanded_series *s, series_header *header)
{
	size_t		last = s->num_points - 1;

	header->num_points = s->num_points;
	header->first_time = s->time[0];
	header->first_value = s->value[0];
	header->last_time = s->time[last];
	header->last_value = s->value[last];
	header->min_value = header->max_value = s->value[0];
	for (size_t i = 1; i <= last; i++)
	{
		if (series_value_is_less(s->value[i], header->min_value))
			header->min_value = s->value[i];
		if (series_value_is_less(header->max_value, s->value[i]))
			header->max_value = s->value[i];
	}
}

/*
 * What the header of a series says.  Of one that is stored out of line, only
 * the beginning is fetched.
 */
void
series_get_header(Datum series, series_header *header)
{
	struct varlena *slice;

	if (is_expanded(series))
	{
		expanded_series *s = expanded_at(series);

		put_in_order(s);
		header_of_points(s, header);
		return;
	}
	slice = (struct varlena *) PG_DETOAST_DATUM_SLICE(series, 0, HEADER_SLICE);
	if (!series_read_header((const uint8 *) VARDATA_ANY(slice), VARSIZE_ANY_EXHDR(slice), header))
		report_corrupted();
	if ((Pointer) slice != DatumGetPointer(series))
		pfree(slice);
}

/* The points of any series, at the end of an expanded one or among its own. */
static void
append_series(expanded_series *s, Datum other)
{
	series_reader reader;
	const int64 *time;
	const double *value;
	size_t		n;

	/* its own points again: none of them is new */
	if (is_expanded(other) && expanded_at(other) == s)
		return;
	series_reader_init(&reader, other);
	/* more than the limit may be points of which many are the same */
	if (s->num_points + reader.num_points > s->capacity &&
		s->num_points + reader.num_points <= SERIES_MAX_POINTS)
		make_room(s, reader.num_points);
	while (series_reader_next(&reader, &time, &value, &n))
		series_append(s, time, value, n);
	if (reader.block != NULL)
		pfree(reader.block);
}

/* ---------- text and binary form ---------- */

#define TEXT_FORM_HINT	"The form is [(time,value),(time,value)], times in UTC, values finite."

/*
 * Cut the next "(time,value)" out of the list at *text, in place.  *text then
 * is behind it and behind a comma, if one follows.
 */
bool
series_cut_point(char **text, char **time, char **value)
{
	char	   *open = *text;
	char	   *comma = strchr(open, ',');
	char	   *close = strchr(open, ')');

	if (*open != '(' || comma == NULL || close == NULL || comma > close)
		return false;
	*time = open + 1;
	*value = comma + 1;
	*comma = *close = '\0';
	*text = close + 1;
	if (**text == ']')
		return true;
	return *(*text)++ == ',' && **text == '(';
}

/* The points of a list, in any order.  False if it is none. */
static bool
read_points(expanded_series *s, char *text, Node *escontext)
{
	char	   *time_text;
	char	   *value_text;
	int64		time;
	double		value;

	while (scanner_isspace(*text))
		text++;
	if (*text++ != '[')
		return false;
	while (*text != ']')
	{
		if (!series_cut_point(&text, &time_text, &value_text) ||
			!read_timestamptz(time_text, &time, escontext) ||
			!read_signed_float8(value_text, &value) ||
			!time_is_valid(time) || !isfinite(value))
			return false;
		CHECK_FOR_INTERRUPTS();
		append_point(s, time, value);
	}
	text++;
	while (scanner_isspace(*text))
		text++;
	return *text == '\0' && s->num_points > 0;
}

PG_FUNCTION_INFO_V1(rate_series_in);
Datum
rate_series_in(PG_FUNCTION_ARGS)
{
	char	   *text = PG_GETARG_CSTRING(0);
	expanded_series *s = series_begin(0);

	if (!read_points(s, pstrdup(text), fcinfo->context))
		ereturn(fcinfo->context, (Datum) 0,
				(errcode(ERRCODE_INVALID_TEXT_REPRESENTATION),
				 errmsg("invalid input syntax for type %s: \"%s\"", "rate_series",
						shown_text(text, strlen(text))),
				 errhint(TEXT_FORM_HINT)));
	return series_datum(s);
}

PG_FUNCTION_INFO_V1(rate_series_out);
Datum
rate_series_out(PG_FUNCTION_ARGS)
{
	series_reader reader;
	StringInfoData out;
	const int64 *time;
	const double *value;
	size_t		n;
	char		separator = '[';

	series_reader_init(&reader, PG_GETARG_DATUM(0));
	initStringInfo(&out);
	while (series_reader_next(&reader, &time, &value, &n))
	{
		for (size_t i = 0; i < n; i++)
		{
			appendStringInfoChar(&out, separator);
			separator = ',';
			appendStringInfoChar(&out, '(');
			append_timestamptz(&out, time[i]);
			appendStringInfoChar(&out, ',');
			append_float8(&out, value[i]);
			appendStringInfoChar(&out, ')');
		}
	}
	appendStringInfoChar(&out, ']');
	PG_RETURN_CSTRING(out.data);
}

/*
 * The binary form is the image itself.  It is taken only if its points would
 * give just this image: then whatever it says is true, and equal series stay
 * equal in all their bytes.
 */
PG_FUNCTION_INFO_V1(rate_series_recv);
Datum
rate_series_recv(PG_FUNCTION_ARGS)
{
	StringInfo	in = (StringInfo) PG_GETARG_POINTER(0);
	size_t		size = in->len - in->cursor;
	const uint8 *image = (const uint8 *) pq_getmsgbytes(in, size);
	series_block *block = palloc(sizeof(series_block));
	expanded_series *s;
	series_view view;
	bool		valid = series_open(&view, image, size);

	/* the room is made as the blocks turn up, not as the header promises */
	s = series_begin(0);
	for (size_t i = 0; valid && i < view.num_blocks; i++)
	{
		CHECK_FOR_INTERRUPTS();
		valid = series_decode(&view, i, block);
		if (valid)
			series_append(s, block->time, block->value, block->num_points);
	}
	pfree(block);
	if (valid && s->ordered)
		make_image(s);
	if (s->image == NULL || s->image_size != size || memcmp(s->image, image, size) != 0)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_BINARY_REPRESENTATION),
				 errmsg("invalid binary value for type %s", "rate_series"),
				 errdetail("No set of points has this form.")));
	return series_datum(s);
}

PG_FUNCTION_INFO_V1(rate_series_send);
Datum
rate_series_send(PG_FUNCTION_ARGS)
{
	struct varlena *flat = PG_DETOAST_DATUM_PACKED(PG_GETARG_DATUM(0));
	StringInfoData out;

	pq_begintypsend(&out);
	pq_sendbytes(&out, VARDATA_ANY(flat), VARSIZE_ANY_EXHDR(flat));
	PG_FREE_IF_COPY(flat, 0);
	PG_RETURN_BYTEA_P(pq_endtypsend(&out));
}

/* ---------- operator class ---------- */

/*
 * An order without meaning, for indexes and DISTINCT: by the bytes of the
 * images, which are equal exactly when the series are.
 */
static int
series_cmp(FunctionCallInfo fcinfo)
{
	struct varlena *a = PG_DETOAST_DATUM_PACKED(PG_GETARG_DATUM(0));
	struct varlena *b = PG_DETOAST_DATUM_PACKED(PG_GETARG_DATUM(1));
	size_t		a_size = VARSIZE_ANY_EXHDR(a);
	size_t		b_size = VARSIZE_ANY_EXHDR(b);
	int			result = memcmp(VARDATA_ANY(a), VARDATA_ANY(b), Min(a_size, b_size));

	PG_FREE_IF_COPY(a, 0);
	PG_FREE_IF_COPY(b, 1);
	if (result != 0)
		return result;
	return (a_size > b_size) - (a_size < b_size);
}

#define SERIES_COMPARISON(name, op) \
	PG_FUNCTION_INFO_V1(name); \
	Datum \
	name(PG_FUNCTION_ARGS) \
	{ \
		PG_RETURN_BOOL(series_cmp(fcinfo) op 0); \
	}

SERIES_COMPARISON(rate_series_lt, <)
SERIES_COMPARISON(rate_series_le, <=)
SERIES_COMPARISON(rate_series_eq, ==)
SERIES_COMPARISON(rate_series_ne, !=)
SERIES_COMPARISON(rate_series_ge, >=)
SERIES_COMPARISON(rate_series_gt, >)

PG_FUNCTION_INFO_V1(rate_series_order);
Datum
rate_series_order(PG_FUNCTION_ARGS)
{
	PG_RETURN_INT32(series_cmp(fcinfo));
}

/*
 * The hash of the bytes of the image, part by part, so that it can be
 * cancelled.  The copy is freed: who builds a hash index calls this for every
 * row in one memory context.
 */
static uint64
series_hash(FunctionCallInfo fcinfo, uint64 seed)
{
	struct varlena *flat = PG_DETOAST_DATUM_PACKED(PG_GETARG_DATUM(0));
	const unsigned char *bytes = (const unsigned char *) VARDATA_ANY(flat);
	size_t		left = VARSIZE_ANY_EXHDR(flat);
	uint64		hash = seed;

	while (left > 0)
	{
		size_t		part = Min(left, HASHED_AT_ONCE);

		CHECK_FOR_INTERRUPTS();
		hash = hash_bytes_extended(bytes, (int) part, hash);
		bytes += part;
		left -= part;
	}
	PG_FREE_IF_COPY(flat, 0);
	return hash;
}

/* The low half of the other with a seed of zero, as hash functions have it. */
PG_FUNCTION_INFO_V1(rate_series_hash);
Datum
rate_series_hash(PG_FUNCTION_ARGS)
{
	PG_RETURN_UINT32((uint32) series_hash(fcinfo, 0));
}

PG_FUNCTION_INFO_V1(rate_series_hash_extended);
Datum
rate_series_hash_extended(PG_FUNCTION_ARGS)
{
	PG_RETURN_UINT64(series_hash(fcinfo, (uint64) PG_GETARG_INT64(1)));
}

/* ---------- aggregates ---------- */

static expanded_series *
copy_as_state(FunctionCallInfo fcinfo)
{
	expanded_series *s = make_expanded(state_memory(fcinfo), 0);

	append_series(s, PG_GETARG_DATUM(0));
	return s;
}

/*
 * The series in argument 0 as one that may grow: an aggregate's own state as
 * it is, anything else as a copy that lives as long as the state has to, also
 * where it is read-write: it may be a parameter, which other rows read.  NULL
 * if the argument is.
 */
static inline expanded_series *
series_state(FunctionCallInfo fcinfo)
{
	if (unlikely(PG_ARGISNULL(0)))
		return NULL;
	if (likely(VARATT_IS_EXTERNAL_EXPANDED_RW(DatumGetPointer(PG_GETARG_DATUM(0))) &&
			   owns_state(fcinfo)))
		return expanded_at(PG_GETARG_DATUM(0));
	return copy_as_state(fcinfo);
}

/* The series as the next state; out of an aggregate, as a value. */
static inline Datum
state_datum(FunctionCallInfo fcinfo, expanded_series *s)
{
	return likely(owns_state(fcinfo)) ? EOHPGetRWDatum(&s->header) : series_datum(s);
}

/*
 * Transition function of rate_series and of every aggregate over the path of
 * rows (ts, rate).  Not strict, because the state of no rows is NULL, which a
 * strict function would never get past.
 */
static pg_attribute_always_inline Datum
series_accum(FunctionCallInfo fcinfo, time_reader read_time, float8_reader read_rate)
{
	expanded_series *s = series_state(fcinfo);
	TimestampTz time;
	double		rate;

	if (PG_ARGISNULL(1) || PG_ARGISNULL(2))
	{
		if (s == NULL)
			PG_RETURN_NULL();
		return state_datum(fcinfo, s);
	}
	time = read_time(fcinfo, 1, "ts");
	rate = read_rate(fcinfo, 2, "rate");
	check_time("ts", time);
	check_finite("rate", rate);
	if (unlikely(s == NULL))
		s = make_expanded(state_memory(fcinfo), 0);
	append_point(s, time, rate);
	return state_datum(fcinfo, s);
}

#define SERIES_ACCUM(name, read_time, read_rate) \
	PG_FUNCTION_INFO_V1(name); \
	Datum \
	name(PG_FUNCTION_ARGS) \
	{ \
		return series_accum(fcinfo, read_time, read_rate); \
	}

SERIES_ACCUM(rate_series_accum, read_time_argument, read_float8_argument)
SERIES_ACCUM(rate_series_accum_numeric, read_time_argument, read_numeric_argument)
SERIES_ACCUM(rate_series_accum_date, read_date_argument, read_float8_argument)
SERIES_ACCUM(rate_series_accum_date_numeric, read_date_argument, read_numeric_argument)

/*
 * Combine function of the same aggregates, and transition function of rollup.
 * Strict: the first series becomes the state.
 */
PG_FUNCTION_INFO_V1(rate_series_combine);
Datum
rate_series_combine(PG_FUNCTION_ARGS)
{
	expanded_series *s = series_state(fcinfo);

	append_series(s, PG_GETARG_DATUM(1));
	return state_datum(fcinfo, s);
}

/*
 * A stored series and later points as one image: full blocks are copied as
 * they are, so that it costs little to append to a long history.
 */
static struct varlena *
extend_flat(const series_view *view, Datum later)
{
	expanded_series *s = series_begin(0);
	struct varlena *result;
	size_t		size;

	append_series(s, later);
	result = MemoryContextAllocHuge(CurrentMemoryContext,
									VARHDRSZ + series_extend_bound(view, s->num_points));
	size = series_extend(view, s->time, s->value, s->num_points, palloc(sizeof(series_block)),
						 check_interrupts, (uint8 *) VARDATA(result));
	if (size == 0)
		report_corrupted();
	check_image_size(size, view->header.num_points + s->num_points);
	MemoryContextDelete(s->header.eoh_context);
	SET_VARSIZE(result, VARHDRSZ + size);
	return result;
}

/* Two series as one value of SQL. */
static Datum
merge_series(FunctionCallInfo fcinfo)
{
	Datum		a = PG_GETARG_DATUM(0);
	series_header later;
	series_view view;

	series_get_header(PG_GETARG_DATUM(1), &later);
	if (!is_expanded(a))
	{
		open_flat(&view, a);
		if (later.first_time > view.header.last_time &&
			view.header.num_points + later.num_points <= (int64) SERIES_MAX_POINTS)
			PG_RETURN_POINTER(extend_flat(&view, PG_GETARG_DATUM(1)));
	}
	return rate_series_combine(fcinfo);
}

/*
 * The operator ||, to which NULL is the series without points.  Somebody's
 * aggregate may be made of it; its state is then given back as it came.
 */
PG_FUNCTION_INFO_V1(rate_series_merge);
Datum
rate_series_merge(PG_FUNCTION_ARGS)
{
	if (PG_ARGISNULL(0) && PG_ARGISNULL(1))
		PG_RETURN_NULL();
	if (PG_ARGISNULL(0))
		return series_read_only(PG_GETARG_DATUM(1));
	if (PG_ARGISNULL(1))
		return owns_state(fcinfo) ? PG_GETARG_DATUM(0) : series_read_only(PG_GETARG_DATUM(0));
	return owns_state(fcinfo) ? rate_series_combine(fcinfo) : merge_series(fcinfo);
}

/* ---------- accessors ---------- */

PG_FUNCTION_INFO_V1(rate_series_num_rates);
Datum
rate_series_num_rates(PG_FUNCTION_ARGS)
{
	series_header header;

	series_get_header(PG_GETARG_DATUM(0), &header);
	PG_RETURN_INT64(header.num_points);
}

#define SERIES_ACCESSOR(name, RETURN, field) \
	PG_FUNCTION_INFO_V1(name); \
	Datum \
	name(PG_FUNCTION_ARGS) \
	{ \
		series_header header; \
		series_get_header(PG_GETARG_DATUM(0), &header); \
		RETURN(header.field); \
	}

SERIES_ACCESSOR(rate_series_first_rate, PG_RETURN_FLOAT8, first_value)
SERIES_ACCESSOR(rate_series_last_rate, PG_RETURN_FLOAT8, last_value)
SERIES_ACCESSOR(rate_series_min_rate, PG_RETURN_FLOAT8, min_value)
SERIES_ACCESSOR(rate_series_max_rate, PG_RETURN_FLOAT8, max_value)
SERIES_ACCESSOR(rate_series_first_time, PG_RETURN_TIMESTAMPTZ, first_time)
SERIES_ACCESSOR(rate_series_last_time, PG_RETURN_TIMESTAMPTZ, last_time)

/* Of one series, what rate_agg gives of its rows. */
PG_FUNCTION_INFO_V1(rate_series_summary);
Datum
rate_series_summary(PG_FUNCTION_ARGS)
{
	rate_summary *summary = palloc(sizeof(rate_summary));

	series_get_summary(PG_GETARG_DATUM(0), summary);
	PG_RETURN_RATE_SUMMARY(summary);
}

/*
 * The summary of a series, all of whose values must be rates: positive.
 */
void
series_get_summary(Datum series, rate_summary *summary)
{
	series_header header;

	series_get_header(series, &header);
	check_rate("rate", header.min_value);
	summary->num_rates = header.num_points;
	summary->first_time = header.first_time;
	summary->last_time = header.last_time;
	summary->first_rate = header.first_value;
	summary->last_rate = header.last_value;
	summary->min_rate = header.min_value;
	summary->max_rate = header.max_value;
}

static Datum
series_yield(FunctionCallInfo fcinfo, yield_function function, const char *what)
{
	rate_summary summary;

	series_get_summary(PG_GETARG_DATUM(0), &summary);
	return yield_of_summary(fcinfo, &summary, PG_GETARG_FLOAT8(1), function, what);
}

PG_FUNCTION_INFO_V1(rate_series_apr);
Datum
rate_series_apr(PG_FUNCTION_ARGS)
{
	return series_yield(fcinfo, yield_apr_of_change, "apr");
}

PG_FUNCTION_INFO_V1(rate_series_apy);
Datum
rate_series_apy(PG_FUNCTION_ARGS)
{
	return series_yield(fcinfo, yield_apy_of_change, "apy");
}

PG_FUNCTION_INFO_V1(rate_series_log_yield);
Datum
rate_series_log_yield(PG_FUNCTION_ARGS)
{
	return series_yield(fcinfo, yield_log_of_change, "log_yield");
}

/* ---------- the points again ---------- */

static void *
begin_unnest(FunctionCallInfo fcinfo, Datum series)
{
	series_reader *reader = palloc(sizeof(series_reader));

	(void) fcinfo;
	series_reader_init(reader, series);
	return reader;
}

static bool
next_unnest(void *state, row_block *block)
{
	block->is_null = NULL;
	return series_reader_next(state, &block->time, &block->value, &block->num_rows);
}

PG_FUNCTION_INFO_V1(rate_series_unnest);
Datum
rate_series_unnest(PG_FUNCTION_ARGS)
{
	return series_rows(fcinfo, begin_unnest, next_unnest);
}
