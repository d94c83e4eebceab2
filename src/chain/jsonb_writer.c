/*-------------------------------------------------------------------------
 *
 * chain/jsonb_writer.c
 *	  A jsonb value, written from front to back.
 *
 * The layout is what utils/jsonb.h describes and pg_upgrade carries over: a
 * container is a header word, an entry word for each child with its type and
 * its length (or, for every JB_OFFSET_STRIDE'th, its end), and the children.
 * Numbers and containers are aligned to four bytes, padding being part of the
 * child it precedes.  An object has its keys first, in the order of their
 * lengths and then of their bytes, and the values in the order of the keys.
 *
 * Elements of an array are written to their final place.  Values of an object
 * come in any order, so they are put in order when it ends.  A container can
 * be moved as a whole, since all of it is relative to its aligned beginning.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "chain/jsonb_writer.h"
#include "core/chain/hex.h"
#include "server/compat.h"

/* Above this many members, sorting by insertion is the slower way. */
#define INSERTION_MEMBERS	16

static void
report_too_large(void)
{
	ereport(ERROR,
			(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
			 errmsg("value is too large for jsonb"),
			 errdetail("A string, an array or an object in it may have up to %u bytes.",
					   JENTRY_OFFLENMASK)));
}

/* The next size bytes of the buffer. */
static inline char *
reserve(jsonb_writer *w, Size size)
{
	char	   *place;

	if (unlikely(size > JENTRY_OFFLENMASK))
		report_too_large();
	if (unlikely(size >= (Size) (w->buf.maxlen - w->buf.len)))
		enlargeStringInfo(&w->buf, (int) size);
	place = w->buf.data + w->buf.len;
	w->buf.len += (int) size;
	return place;
}

/* The next bytes begin at a multiple of four. */
static inline void
align(jsonb_writer *w)
{
	int			padding = INTALIGN(w->buf.len) - w->buf.len;

	memset(reserve(w, padding), 0, padding);
}

static inline bool
is_aligned(uint32 type)
{
	return type == JENTRY_ISNUMERIC || type == JENTRY_ISCONTAINER;
}

/* The entry of child i, which ends total bytes after the first child began. */
static inline JEntry
make_entry(uint32 type, uint32 i, Size length, Size total)
{
	if (unlikely(total > JENTRY_OFFLENMASK))
		report_too_large();
	if (i % JB_OFFSET_STRIDE == 0)
		return type | (uint32) total | JENTRY_HAS_OFF;
	return type | (uint32) length;
}

/* Notes a child that ends where the buffer does. Its padding begins at before. */
static inline void
add_child(jsonb_writer *w, uint32 type, int before, int start)
{
	jsonb_frame *frame = &w->frames[w->depth - 1];
	uint32		i = frame->done++;
	JEntry		entry;

	Assert(w->depth > 0 && i < frame->count);
	if (frame->object)
	{
		jsonb_member *member = &w->members[frame->first_member + i];

		member->type = type;
		member->start = start;
		member->length = w->buf.len - start;
		return;
	}
	entry = make_entry(type, i, w->buf.len - before, w->buf.len - frame->data);
	memcpy(w->buf.data + frame->start + sizeof(uint32) * (1 + (Size) i), &entry, sizeof(entry));
}

/* ---------- objects ---------- */

static int
compare_members(const void *a, const void *b)
{
	const jsonb_member *x = a;
	const jsonb_member *y = b;

	if (x->key_length != y->key_length)
		return x->key_length < y->key_length ? -1 : 1;
	return memcmp(x->key, y->key, x->key_length);
}

static void
sort_members(jsonb_member *members, uint32 count)
{
	if (count > INSERTION_MEMBERS)
	{
		qsort(members, count, sizeof(*members), compare_members);
		return;
	}
	for (uint32 i = 1; i < count; i++)
	{
		jsonb_member moving = members[i];
		uint32		j = i;

		for (; j > 0 && compare_members(&moving, &members[j - 1]) < 0; j--)
			members[j] = members[j - 1];
		members[j] = moving;
	}
}

static Size
object_bound(const jsonb_member *members, uint32 count)
{
	Size		bytes = 0;

	for (uint32 i = 0; i < count; i++)
		bytes += members[i].key_length + members[i].length + sizeof(uint32) - 1;
	if (bytes > JENTRY_OFFLENMASK)
		report_too_large();
	return sizeof(uint32) * (1 + 2 * (Size) count) + bytes;
}

/* An object of sorted members, behind room for a varlena header, which it sets. */
static Jsonb *
make_object(const jsonb_member *members, uint32 count, const char *values)
{
	Jsonb	   *result = palloc(VARHDRSZ + object_bound(members, count));
	JEntry	   *entries = result->root.children;
	char	   *data = (char *) (entries + 2 * (Size) count);
	char	   *at = data;

	result->root.header = count | JB_FOBJECT;
	for (uint32 i = 0; i < count; i++)
	{
		memcpy(at, members[i].key, members[i].key_length);
		at += members[i].key_length;
		entries[i] = make_entry(JENTRY_ISSTRING, i, members[i].key_length, at - data);
	}
	for (uint32 i = 0; i < count; i++)
	{
		const jsonb_member *member = &members[i];
		char	   *before = at;

		/* data is aligned */
		while (is_aligned(member->type) && (at - data) % sizeof(uint32) != 0)
			*at++ = 0;
		memcpy(at, values + member->start, member->length);
		at += member->length;
		entries[count + i] = make_entry(member->type, count + i, at - before, at - data);
	}
	SET_VARSIZE(result, at - (char *) result);
	return result;
}

/* Puts an object that has ended in the place of its values. */
static void
end_object(jsonb_writer *w, const jsonb_frame *frame)
{
	jsonb_member *members = w->members + frame->first_member;
	Jsonb	   *object;

	Assert(w->num_members - frame->first_member == (int) frame->count);
	sort_members(members, frame->count);
	object = make_object(members, frame->count, w->buf.data);
	w->num_members = frame->first_member;
	if (w->depth == 0)
	{
		w->result = object;
		return;
	}
	w->buf.len = frame->start;
	memcpy(reserve(w, VARSIZE(object) - VARHDRSZ), VARDATA(object), VARSIZE(object) - VARHDRSZ);
	pfree(object);
}

/* ---------- the writer ---------- */

void
jsonb_writer_init(jsonb_writer *w)
{
	initStringInfo(&w->buf);
	w->buf.len = VARHDRSZ;
	w->result = NULL;
	w->depth = 0;
	w->members = w->first_members;
	w->num_members = 0;
	w->max_members = JSONB_WRITER_MEMBERS;
}

void
jsonb_writer_begin(jsonb_writer *w, bool object, uint64 count)
{
	jsonb_frame *frame = &w->frames[w->depth];
	uint32		header;

	if (w->depth >= JSONB_WRITER_DEPTH)
		elog(ERROR, "more than %d arrays and objects inside each other", JSONB_WRITER_DEPTH);
	if (count > JENTRY_OFFLENMASK / sizeof(JEntry))
		report_too_large();
	w->depth++;
	frame->object = object;
	frame->count = (uint32) count;
	frame->done = 0;
	frame->before = w->buf.len;
	align(w);
	frame->start = w->buf.len;
	frame->first_member = w->num_members;
	if (object)
		return;
	header = frame->count | JB_FARRAY;
	memcpy(reserve(w, sizeof(uint32) * (1 + count)), &header, sizeof(header));
	frame->data = w->buf.len;
}

void
jsonb_writer_end(jsonb_writer *w)
{
	const jsonb_frame *frame = &w->frames[--w->depth];

	Assert(frame->done == frame->count);
	if (frame->object)
		end_object(w, frame);
	if (w->depth > 0)
		add_child(w, JENTRY_ISCONTAINER, frame->before, frame->start);
	else if (!frame->object)
	{
		w->result = (Jsonb *) w->buf.data;
		SET_VARSIZE(w->result, w->buf.len);
	}
}

void
jsonb_writer_key(jsonb_writer *w, const char *name, Size length)
{
	if (unlikely(w->num_members == w->max_members))
	{
		jsonb_member *more = palloc(2 * (Size) w->max_members * sizeof(*more));

		memcpy(more, w->members, (Size) w->num_members * sizeof(*more));
		if (w->members != w->first_members)
			pfree(w->members);
		w->members = more;
		w->max_members *= 2;
	}
	w->members[w->num_members].key = name;
	w->members[w->num_members++].key_length = (uint32) length;
}

void
jsonb_writer_string(jsonb_writer *w, const char *text, Size length)
{
	int			start = w->buf.len;

	memcpy(reserve(w, length), text, length);
	add_child(w, JENTRY_ISSTRING, start, start);
}

void
jsonb_writer_hex(jsonb_writer *w, const uint8 *bytes, Size length)
{
	int			start = w->buf.len;
	char	   *text = reserve(w, 2 + 2 * length);

	text[0] = '0';
	text[1] = 'x';
	bytes_to_hex(bytes, length, text + 2);
	add_child(w, JENTRY_ISSTRING, start, start);
}

void
jsonb_writer_numeric(jsonb_writer *w, Numeric number)
{
	int			before = w->buf.len;
	int			start;

	align(w);
	start = w->buf.len;
	memcpy(reserve(w, VARSIZE(number)), number, VARSIZE(number));
	add_child(w, JENTRY_ISNUMERIC, before, start);
}

void
jsonb_writer_bool(jsonb_writer *w, bool value)
{
	int			start = w->buf.len;

	add_child(w, value ? JENTRY_ISBOOL_TRUE : JENTRY_ISBOOL_FALSE, start, start);
}

Jsonb *
jsonb_writer_result(jsonb_writer *w)
{
	Assert(w->depth == 0 && w->result != NULL);
	return w->result;
}
