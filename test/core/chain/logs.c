/*-------------------------------------------------------------------------
 *
 * logs.c
 *	  The readers of market logs: their tables against declarations and hashes,
 *	  what they read from random and from hostile logs.
 *
 *-------------------------------------------------------------------------
 */
#include "oracle.h"

#include "core/chain/logs.h"
#include "events.h"

#define MAX_WORDS	9

static void
tables(void **state)
{
	int			events = 0;

	(void) state;
	for (int i = 0; i < LOG_READERS; i++)
	{
		const log_reader *reader = &log_readers[i];
		bool		filled[EVENT_MAX_COLUMNS] = {false};

		assert_true(reader->num_columns <= EVENT_MAX_COLUMNS);
		for (int j = 0; j < reader->num_events; j++, events++)
		{
			check_layout(&reader->events[j], reader->num_columns);
			for (int k = 0; k < reader->events[j].num_fields; k++)
				filled[reader->events[j].fields[k].column] = true;
		}
		for (int column = 0; column < reader->num_columns; column++)
			assert_true(filled[column]);
	}
	assert_int_equal(events, 36);
}

/* A word within the type of a field. */
static u256
random_word(const event_field *field)
{
	int			bits = field->bits;
	u256		word;

	if (field->kind == EVENT_SMALL_UINT && bits > 31)
		bits = 31;
	if (field->kind == EVENT_TIME && bits > 42)
		bits = 42;				/* until the year 141338 */
	if (field->kind == EVENT_SMALL_INT && bits > 32)
		bits = 32;
	if (field->kind == EVENT_INT || field->kind == EVENT_SMALL_INT)
		return s256_sign_extend(random_u256(), bits / 8);
	word = u256_shr(random_u256(), 256 - bits);
	return u256_shr(word, random_below(bits));
}

/* A log in memory that ends where its data ends. */
typedef struct sample
{
	uint8_t		topics[EVENT_MAX_TOPICS][EVENT_WORD];
	uint8_t    *data;
	u256		words[MAX_WORDS];	/* in the order of the arguments */
	event_log	log;
} sample;

static void
sample_make(sample *s, const event_layout *event)
{
	int			topic = 1;
	uint8_t    *at;

	s->data = malloc((size_t) event->num_words * EVENT_WORD + 1);
	at = s->data;
	for (int i = 0; i < event->num_fields && event->fields[i].kind < EVENT_WORD_OF_EVENT; i++)
	{
		uint8_t    *out = event->fields[i].indexed ? s->topics[topic++] : at;

		if (!event->fields[i].indexed)
			at += EVENT_WORD;
		s->words[i] = random_word(&event->fields[i]);
		assert_true(u256_store_be(s->words[i], out, EVENT_WORD));
	}
	for (int i = 0; i < EVENT_MAX_TOPICS; i++)
		s->log.topics[i] = s->topics[i];
	s->log.data = s->data;
	s->log.length = (size_t) (at - s->data);
}

static void
check_value(const event_field *field, u256 word, const event_value *value)
{
	assert_int_equal(value->kind, field->kind);
	switch (field->kind)
	{
		case EVENT_SMALL_UINT:
		case EVENT_SMALL_INT:
			assert_true(value->number == (int32_t) (uint32_t) word.limb[0]);
			break;
		case EVENT_TIME:
			assert_true(value->number == ((int64_t) word.limb[0] - 946684800) * 1000000);
			break;
		case EVENT_ADDRESS:
			assert_true(u256_equal(u256_load_be(value->bytes, EVENT_ADDRESS_BYTES), word));
			break;
		case EVENT_BYTES32:
			assert_true(u256_equal(u256_load_be(value->bytes, EVENT_WORD), word));
			break;
		default:
			assert_true(u256_equal(value->word, word));
	}
}

static bool
has_list(const event_layout *event)
{
	for (int i = 0; i < event->num_fields; i++)
		if (event->fields[i].kind == EVENT_LIST)
			return true;
	return false;
}

/* Every event: each argument in its column; a byte less is an error. */
static void
values(void **state)
{
	(void) state;
	for (int i = 0; i < LOG_READERS; i++)
	{
		for (int j = 0; j < log_readers[i].num_events; j++)
		{
			const event_layout *event = &log_readers[i].events[j];

			if (has_list(event))
				continue;
			for (int round = 0; round < 300; round++)
			{
				sample		s;
				event_value got[EVENT_MAX_COLUMNS];
				event_report report;

				sample_make(&s, event);
				assert_true(event_read(event, &s.log, got, log_readers[i].num_columns, &report));
				for (int k = 0; k < event->num_fields; k++)
					if (event->fields[k].kind < EVENT_WORD_OF_EVENT)
						check_value(&event->fields[k], s.words[k], &got[event->fields[k].column]);
				for (size_t length = s.log.length; length-- > 0;)
				{
					s.log.length = length;
					assert_false(event_read(event, &s.log, got, log_readers[i].num_columns, &report));
					assert_int_equal(report.fault, EVENT_SHORT_DATA);
				}
				free(s.data);
			}
		}
	}
}

/* A bit above what a type holds is found, wherever it is. */
static void
outside_types(void **state)
{
	(void) state;
	for (int i = 0; i < LOG_READERS; i++)
	{
		for (int j = 0; j < log_readers[i].num_events; j++)
		{
			const event_layout *event = &log_readers[i].events[j];

			for (int k = 0; k < event->num_fields && !has_list(event); k++)
			{
				const event_field *field = &event->fields[k];
				int			topic = 1;
				int			word = 0;
				sample		s;
				event_value got[EVENT_MAX_COLUMNS];
				event_report report;

				if (field->kind >= EVENT_WORD_OF_EVENT || field->bits == 256)
					continue;
				sample_make(&s, event);
				for (int before = 0; before < k; before++)
					event->fields[before].indexed ? topic++ : word++;
				for (int bit = field->bits; bit < 256; bit++)
				{
					uint8_t    *at = field->indexed ? s.topics[topic] : s.data + word * EVENT_WORD;

					at[31 - bit / 8] ^= (uint8_t) (1 << bit % 8);
					assert_false(event_read(event, &s.log, got, log_readers[i].num_columns, &report));
					assert_int_equal(report.fault, EVENT_BAD_VALUE);
					assert_int_equal(report.argument, k);
					at[31 - bit / 8] ^= (uint8_t) (1 << bit % 8);
				}
				free(s.data);
			}
		}
	}
}

/* Numbers of one word at the ends of an int and of a timestamp. */
static void
limits(void **state)
{
	static const event_field fields[] = {
		{EVENT_SMALL_UINT, 256, false, 0}, {EVENT_SMALL_INT, 128, false, 1}, {EVENT_TIME, 256, false, 2}
	};
	const event_layout event = {.fields = fields, .num_fields = 3, .num_topics = 1, .num_words = 3,
		.declaration = "E(uint256 a, int128 b, uint256 c)"};
	static const struct
	{
		uint64_t	small;
		uint64_t	sign;
		uint64_t	time;
		int			bad;
	}			cases[] = {
		{INT32_MAX, INT32_MAX, UINT64_C(9224318015999), -1},
		{UINT64_C(1) << 31, 0, 0, 0},
		{0, (uint64_t) INT32_MIN, 0, -1},
		{0, UINT64_C(1) << 31, 0, 1},
		{0, (uint64_t) INT32_MIN - 1, 0, 1},
		{0, 0, UINT64_C(9224318016000), 2},
		{0, 0, UINT64_MAX, 2}
	};

	(void) state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
	{
		uint8_t		data[3 * EVENT_WORD];
		event_log	log = {.data = data, .length = sizeof(data)};
		u256		sign = u256_from_u64(cases[i].sign);
		event_value got[3];
		event_report report;

		if (cases[i].sign >> 63)
			sign.limb[1] = sign.limb[2] = sign.limb[3] = UINT64_MAX;
		assert_true(u256_store_be(u256_from_u64(cases[i].small), data, EVENT_WORD));
		assert_true(u256_store_be(sign, data + EVENT_WORD, EVENT_WORD));
		assert_true(u256_store_be(u256_from_u64(cases[i].time), data + 2 * EVENT_WORD, EVENT_WORD));
		assert_int_equal(event_read(&event, &log, got, 3, &report), cases[i].bad < 0);
		assert_int_equal(report.argument, cases[i].bad < 0 ? 2 : cases[i].bad);
	}
}

/* Lists of anything at all: what is read lies within data, which ends where its memory ends. */
static void
hostile_lists(void **state)
{
	const event_layout *batch = &log_readers[LOG_ERC1155_TRANSFER].events[1];
	int			good = 0;

	(void) state;
	for (int round = 0; round < 200000; round++)
	{
		size_t		length = 64 + random_below(200);
		uint8_t    *data = calloc(1, length);
		sample		s = {0};
		event_value got[5];
		event_report report;

		for (int i = 0; i < EVENT_MAX_TOPICS; i++)
			s.log.topics[i] = s.topics[i];
		for (size_t at = 31; at < length; at += 32)
		{
			data[at] = (uint8_t) (random_below(3) == 0 ? random_below(256) : 32 * random_below(8));
			if (random_below(8) == 0)
				memset(data + at - 7 - random_below(24), 0xFF, 4 + random_below(4));
			if (random_below(3) == 0)
				data[at] &= 3;
		}
		s.log.data = data;
		s.log.length = length;
		if (event_read(batch, &s.log, got, 5, &report))
		{
			for (int i = 3; i < 5; i++)
			{
				assert_true(got[i].bytes >= data + EVENT_WORD);
				assert_true(got[i].count <= (size_t) (data + length - got[i].bytes) / EVENT_WORD);
				for (size_t k = 0; k < got[i].count * EVENT_WORD; k++)
					good += got[i].bytes[k] == 0;
			}
		}
		else
			assert_int_equal(report.fault, EVENT_BAD_LIST);
		free(data);
	}
	assert_true(good > 1000);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(tables),
		cmocka_unit_test(values),
		cmocka_unit_test(outside_types),
		cmocka_unit_test(limits),
		cmocka_unit_test(hostile_lists),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
