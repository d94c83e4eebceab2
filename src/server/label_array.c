/*-------------------------------------------------------------------------
 *
 * server/label_array.c
 *	  Arguments of type text[] whose elements are names of things.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "catalog/pg_type.h"
#include "utils/memutils.h"

#include "server/compat.h"
#include "server/interrupts.h"
#include "server/label_array.h"

typedef struct labelled
{
	const char *text;
	int			length;
	int			place;
} labelled;

static int
compare_labels(const labelled *a, const labelled *b)
{
	int			order = memcmp(a->text, b->text, Min(a->length, b->length));

	return order != 0 ? order : (a->length > b->length) - (a->length < b->length);
}

static int
compare_labelled(const void *left, const void *right)
{
	const labelled *a = left;
	const labelled *b = right;
	int			order = compare_labels(a, b);

	return order != 0 ? order : (a->place > b->place) - (a->place < b->place);
}

static void *
allocate(int n, Size size)
{
	return MemoryContextAllocHuge(CurrentMemoryContext, size * ((Size) n + 1));
}

/* The elements of an array of one dimension at most, none of them NULL. */
static Datum *
elements_of(ArrayType *array, const char *argument, int *n)
{
	Datum	   *elements;

	if (ARR_NDIM(array) > 1)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("%s must have one dimension, not %d", argument, ARR_NDIM(array))));
	if (array_contains_nulls(array))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("%s must hold no NULL", argument)));
	deconstruct_array(array, TEXTOID, -1, false, TYPALIGN_INT, &elements, NULL, n);
	return elements;
}

/* Give each label the place where it, or one that is equal, comes first. */
static void
mark_first_places(const label_array *labels, int *first_place)
{
	labelled   *sorted = allocate(labels->n, sizeof(labelled));

	for (int i = 0; i < labels->n; i++)
	{
		struct varlena *text = (struct varlena *) DatumGetPointer(labels->label[i]);

		sorted[i] = (labelled) {VARDATA_ANY(text), VARSIZE_ANY_EXHDR(text), i};
	}
	qsort(sorted, labels->n, sizeof(labelled), compare_labelled);
	for (int i = 0; i < labels->n; i++)
	{
		pause_at(i);
		first_place[sorted[i].place] = i > 0 && compare_labels(&sorted[i], &sorted[i - 1]) == 0 ?
			first_place[sorted[i - 1].place] : sorted[i].place;
	}
	pfree(sorted);
}

/*
 * Labels of one or several arrays that name things of one kind, one array
 * behind the other.
 */
void
read_labels(const char *const *argument, ArrayType *const *array, int num_arrays,
			label_array *labels)
{
	Datum	   *elements[2];
	int			length[2];
	int		   *first_place;

	Assert(num_arrays <= 2);
	labels->n = labels->num_distinct = 0;
	for (int i = 0; i < num_arrays; i++)
	{
		elements[i] = elements_of(array[i], argument[i], &length[i]);
		labels->n += length[i];
	}
	labels->label = allocate(labels->n, sizeof(Datum));
	labels->number = allocate(labels->n, sizeof(int));
	labels->first = allocate(labels->n, sizeof(int));
	for (int i = 0, at = 0; i < num_arrays; at += length[i], i++)
		memcpy(labels->label + at, elements[i], sizeof(Datum) * length[i]);
	first_place = allocate(labels->n, sizeof(int));
	mark_first_places(labels, first_place);
	for (int i = 0; i < labels->n; i++)
	{
		if (first_place[i] == i)
			labels->first[labels->num_distinct] = i;
		labels->number[i] = first_place[i] == i ? labels->num_distinct++ :
			labels->number[first_place[i]];
	}
	pfree(first_place);
}
