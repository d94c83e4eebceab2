/*
 * Unit tests of core/base/sliding.c: any sequence of pushes and pops gives what
 * merging the window's elements one by one gives.
 */
#include "test.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/sliding.h"

/* Text is merged by joining it, so that order and completeness show. */
typedef struct word
{
	uint64_t	hash;			/* of the elements, in their order */
	uint64_t	power;			/* 31 to the number of them */
} word;

static int	merges;

static core_status
join(void *into, const void *other)
{
	word	   *a = into;
	const word *b = other;

	merges++;
	a->hash = a->hash * b->power + b->hash;
	a->power *= b->power;
	return CORE_OK;
}

static word
element(uint64_t i)
{
	return (word) {i * UINT64_C(0x9e3779b97f4a7c15), 31};
}

static void
push(sliding *q, uint64_t i)
{
	word		w = element(i);

	if (sliding_is_full(q))
	{
		size_t		capacity = q->capacity * 2 + 1;
		void	   *old = q->slots;

		sliding_move(q, malloc(sliding_bytes(q, capacity)), capacity);
		free(old);
	}
	assert_int_equal(sliding_push(q, &w), CORE_OK);
}

static void
check(const sliding *q, uint64_t from, uint64_t to)
{
	word		expected = {0, 1};
	word		result;
	word		w;

	assert_int_equal(sliding_length(q), to - from);
	if (from == to)
	{
		assert_int_equal(sliding_result(q, &result), CORE_NULL);
		return;
	}
	for (uint64_t i = from; i < to; i++)
	{
		w = element(i);
		join(&expected, &w);
	}
	assert_int_equal(sliding_result(q, &result), CORE_OK);
	assert_memory_equal(&result, &expected, sizeof(word));
}

static void
any_sequence_gives_the_window(void **state)
{
	uint64_t	seed = 6;
	uint64_t	from = 0,
				to = 0;
	sliding		q;

	(void) state;
	sliding_init(&q, join, sizeof(word));
	for (int i = 0; i < 20000; i++)
	{
		/* phases of growing and of shrinking, through empty */
		if (from == to || next_random(&seed) % 8 < (i / 500 % 2 ? 3u : 5u))
			push(&q, to++);
		else
		{
			assert_int_equal(sliding_pop(&q), CORE_OK);
			from++;
		}
		check(&q, from, to);
	}
	free(q.slots);
}

/* The cost of a row is constant, and so is the memory of a constant window. */
static void
cost_is_linear(void **state)
{
	const int	rows = 100000,
				window = 1000;
	sliding		q;
	word		result;

	(void) state;
	sliding_init(&q, join, sizeof(word));
	merges = 0;
	for (int i = 0; i < rows; i++)
	{
		push(&q, (uint64_t) i);
		if (i >= window)
			sliding_pop(&q);
		sliding_result(&q, &result);
	}
	assert_true(merges <= 3 * rows);
	assert_true(q.capacity <= 4 * (size_t) window);
	free(q.slots);
}

static core_status
refuse(void *into, const void *other)
{
	(void) into;
	(void) other;
	return CORE_OUT_OF_RANGE;
}

static void
failures_are_passed_on(void **state)
{
	sliding		q;
	word		w;

	(void) state;
	sliding_init(&q, refuse, sizeof(word));
	push(&q, 1);
	w = element(2);
	if (sliding_is_full(&q))
	{
		void	   *old = q.slots;

		sliding_move(&q, malloc(sliding_bytes(&q, 8)), 8);
		free(old);
	}
	assert_int_equal(sliding_push(&q, &w), CORE_OUT_OF_RANGE);
	assert_int_equal(sliding_length(&q), 1);
	free(q.slots);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(any_sequence_gives_the_window),
		cmocka_unit_test(cost_is_linear),
		cmocka_unit_test(failures_are_passed_on),
	};

	return cmocka_run_group_tests_name("sliding", tests, NULL, NULL);
}
