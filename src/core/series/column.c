/*-------------------------------------------------------------------------
 *
 * core/series/column.c
 *	  A column of whole numbers in few bytes.
 *
 * A column of n numbers x[0] .. x[n-1] keeps n - 1 codes; x[0] is kept by
 * whoever keeps the column.  All arithmetic is modulo 2^64, so that any numbers
 * go through, and d below is what the codes give: base + unit * code, where a
 * code may stand for a number of either sign (zigzag).
 *
 *	order 0		x[i] = d						numbers around a level
 *	order 1		x[i] = x[i-1] + d				growth at an even pace
 *	order 2		x[i] = x[i-1] + slope, where	growth at a pace that drifts
 *				slope starts as the base, and d (without base) is added to it
 *
 * The unit is the greatest that divides what is coded: timestamps in whole
 * seconds, or in slots of 12, are small numbers then, and so are doubles that
 * were floats once.  The base is the least number to be coded, or, where codes
 * have signs, one in the middle.
 *
 * Codes have one width for the whole column, except that some may be
 * exceptions: the bits of these above that width are kept aside, with their
 * places as a list or, if there are many, as a bitmap.  With width 0 that is a
 * column which changes now and then; a step in a path, or a gap in time, costs
 * its own bits only.  (Patched frame of reference: M. Zukowski et al.,
 * Super-Scalar RAM-CPU Cache Compression, ICDE 2006.)
 *
 * The bytes:
 *
 *	1		order (2 bits), signs (1), exceptions (2: none, list, bitmap), 0 (3)
 *	1		width of a code: 0 to 57, or 64
 *	1		bytes of the base (4 bits), bytes of the unit (4)
 *	0-8		base, zigzag
 *	0-8		unit - 1
 *			codes
 *	with exceptions:
 *	2		number of them
 *	1		width of their upper bits
 *			places: codes of 10 bits, or a bit for each code of the column
 *			their upper bits
 *
 *-------------------------------------------------------------------------
 */
#include "core/series/column.h"

#include "core/series/bits.h"

#define MAX_CODES		(COLUMN_MAX - 1)
#define PLACE_BITS		10

/* From so many codes on, a part of them is looked at to choose among forms. */
#define SAMPLED			256

typedef enum exception_form
{
	NO_EXCEPTIONS,
	PLACES_LISTED,
	PLACES_MAPPED
} exception_form;

/* What the bytes before the exceptions say, and where exceptions stand */
typedef struct column_plan
{
	unsigned	order;
	bool		has_signs;
	uint64_t	base;
	uint64_t	unit;
	unsigned	width;
	exception_form form;
	size_t		num_exceptions;
	unsigned	upper_width;
} column_plan;

/* Numbers to be coded, before an offset is taken off them */
typedef struct candidate
{
	const uint64_t *numbers;
	size_t		num_codes;
	uint64_t	offset;
	bool		has_signs;
} candidate;

static inline uint64_t
code_of(const candidate *c, size_t i)
{
	uint64_t	x = c->numbers[i] - c->offset;

	return c->has_signs ? bits_zigzag(x) : x;
}

static unsigned
short_bytes(uint64_t x)
{
	unsigned	bytes = 0;

	for (; x != 0; x >>= 8)
		bytes++;
	return bytes;
}

static size_t
prefix_bytes(const column_plan *plan)
{
	return 3 + short_bytes(bits_zigzag(plan->base)) + short_bytes(plan->unit - 1);
}

/* The bytes of the places of exceptions */
static size_t
places_bytes(exception_form form, size_t num_exceptions, size_t num_codes)
{
	return form == PLACES_LISTED ? bits_bytes(num_exceptions, PLACE_BITS) :
		bits_bytes(num_codes, 1);
}

/* The bytes of exceptions and codes */
static size_t
body_bytes(const column_plan *plan, size_t num_codes)
{
	size_t		bytes = bits_bytes(num_codes, plan->width);

	if (plan->form != NO_EXCEPTIONS)
		bytes += 3 + places_bytes(plan->form, plan->num_exceptions, num_codes) +
			bits_bytes(plan->num_exceptions, plan->upper_width);
	return bytes;
}

/*
 * What is minimised: the bytes, and something for the time that exceptions take
 * to decode, a bit for each code where there is a bitmap.  Without that, noise
 * would use bitmaps everywhere, for a percent or two.
 */
static size_t
body_cost(const column_plan *plan, size_t num_codes)
{
	size_t		cost = body_bytes(plan, num_codes);

	if (plan->form == PLACES_LISTED)
		cost += plan->num_exceptions / 2;
	else if (plan->form == PLACES_MAPPED)
		cost += num_codes / 8;
	return cost;
}

/*
 * The best width for codes of which widths[w] have just the width w: fills in
 * the width and the exceptions.  Returns the cost.
 */
static size_t
choose_width(column_plan *plan, const uint16_t *widths, size_t num_codes)
{
	column_plan trial = *plan;
	unsigned	widest = BITS_FULL;
	size_t		least_cost;

	while (widest > 0 && widths[widest] == 0)
		widest = widest == BITS_FULL ? BITS_NARROW : widest - 1;
	plan->width = widest;
	plan->form = NO_EXCEPTIONS;
	plan->num_exceptions = 0;
	plan->upper_width = 0;
	least_cost = body_cost(plan, num_codes);
	trial.num_exceptions = num_codes;
	for (unsigned width = 0; width < widest && width <= BITS_NARROW; width++)
	{
		size_t		cost;

		trial.width = width;
		trial.num_exceptions -= widths[width];
		trial.upper_width = widest - width;
		if (trial.upper_width > BITS_NARROW)
			trial.upper_width = BITS_FULL;
		trial.form = trial.num_exceptions * PLACE_BITS < num_codes ? PLACES_LISTED : PLACES_MAPPED;
		cost = body_cost(&trial, num_codes);
		if (cost < least_cost)
		{
			least_cost = cost;
			*plan = trial;
		}
	}
	return least_cost;
}

/* Fill in width and exceptions for all codes of the candidate. */
static void
plan_codes(column_plan *plan, const candidate *c)
{
	uint16_t	widths[BITS_FULL + 1] = {0};

	for (size_t i = 0; i < c->num_codes; i++)
		widths[bits_width(code_of(c, i))]++;
	choose_width(plan, widths, c->num_codes);
}

/*
 * About what the candidate costs, from one code of four where there are many.
 * The place within each four varies, so that no period is met or missed.
 */
static size_t
estimate(const column_plan *plan, const candidate *c)
{
	uint16_t	widths[BITS_FULL + 1] = {0};
	column_plan sampled = *plan;
	size_t		n = c->num_codes < SAMPLED ? c->num_codes : c->num_codes / 4;

	for (size_t i = 0; i < n; i++)
		widths[bits_width(code_of(c, n == c->num_codes ? i : 4 * i + (i * 40503 >> 10 & 3)))]++;
	return prefix_bytes(plan) + choose_width(&sampled, widths, n) * c->num_codes / n;
}

/* Write the exceptions of the plan; returns the end. */
static uint8_t *
write_exceptions(const column_plan *plan, const uint64_t *codes, size_t num_codes, uint8_t *out)
{
	uint64_t	places[MAX_CODES];
	uint64_t	upper[MAX_CODES];
	size_t		n = 0;

	bits_store_short(out, plan->num_exceptions, 2);
	out[2] = (uint8_t) plan->upper_width;
	out += 3;
	for (size_t i = 0; i < num_codes; i++)
	{
		places[n] = i;
		upper[n] = codes[i] >> plan->width;
		n += upper[n] != 0;
	}
	if (plan->form == PLACES_LISTED)
		out += bits_pack(places, n, PLACE_BITS, out);
	else
	{
		memset(out, 0, bits_bytes(num_codes, 1));
		for (size_t i = 0; i < n; i++)
			out[places[i] / 8] |= (uint8_t) (1 << places[i] % 8);
		out += bits_bytes(num_codes, 1);
	}
	return out + bits_pack(upper, n, plan->upper_width, out);
}

static size_t
write_column(const column_plan *plan, const candidate *c, uint8_t *out)
{
	uint64_t	codes[MAX_CODES];
	uint64_t	base = bits_zigzag(plan->base);
	unsigned	base_bytes = short_bytes(base);
	unsigned	unit_bytes = short_bytes(plan->unit - 1);
	uint8_t    *p = out + 3;

	out[0] = (uint8_t) (plan->order | (unsigned) plan->has_signs << 2 | (unsigned) plan->form << 3);
	out[1] = (uint8_t) plan->width;
	out[2] = (uint8_t) (base_bytes | unit_bytes << 4);
	bits_store_short(p, base, base_bytes);
	p += base_bytes;
	bits_store_short(p, plan->unit - 1, unit_bytes);
	p += unit_bytes;
	for (size_t i = 0; i < c->num_codes; i++)
		codes[i] = code_of(c, i);
	p += bits_pack(codes, c->num_codes, plan->width, p);
	if (plan->form != NO_EXCEPTIONS)
		p = write_exceptions(plan, codes, c->num_codes, p);
	return (size_t) (p - out);
}

/* The median of up to nine of the numbers, spread over all of them */
static uint64_t
middle(const uint64_t *numbers, size_t num_codes)
{
	int64_t		sample[9];
	size_t		n = num_codes < 9 ? num_codes : 9;

	for (size_t i = 0; i < n; i++)
	{
		int64_t		x = (int64_t) numbers[i * num_codes / n];
		size_t		j = i;

		for (; j > 0 && sample[j - 1] > x; j--)
			sample[j] = sample[j - 1];
		sample[j] = x;
	}
	return (uint64_t) sample[n / 2];
}

static uint64_t
least(const uint64_t *numbers, size_t num_codes)
{
	int64_t		min = (int64_t) numbers[0];

	for (size_t i = 1; i < num_codes; i++)
		min = (int64_t) numbers[i] < min ? (int64_t) numbers[i] : min;
	return (uint64_t) min;
}

/* The best plan so far, without its width, and the candidate that it is for */
typedef struct contest
{
	column_plan plan;
	candidate	winner;
	size_t		cost;
} contest;

static void
enter(contest *best, const candidate *c, unsigned order, uint64_t base, uint64_t unit)
{
	column_plan plan = {.order = order,.has_signs = c->has_signs,.base = base,.unit = unit};
	size_t		cost = estimate(&plan, c);

	if (cost < best->cost)
	{
		best->plan = plan;
		best->winner = *c;
		best->cost = cost;
	}
}

/* Numbers in units from "origin": without signs from the least, with signs from the middle. */
static void
enter_both(contest *best, const uint64_t *numbers, size_t num_codes, unsigned order,
		   uint64_t origin, uint64_t unit)
{
	candidate	c = {numbers, num_codes, least(numbers, num_codes), false};

	enter(best, &c, order, origin + unit * c.offset, unit);
	c.offset = middle(numbers, num_codes);
	c.has_signs = true;
	enter(best, &c, order, origin + unit * c.offset, unit);
}

static uint64_t
magnitude(uint64_t x)
{
	return x >> 63 ? 0 - x : x;
}

/* The greatest unit that divides all numbers; false if all are 0. */
static bool
common_unit(exact_divisor *unit, const uint64_t *numbers, size_t n)
{
	size_t		i = 0;

	while (i < n && numbers[i] == 0)
		i++;
	if (i == n)
		return false;
	exact_divisor_init(unit, magnitude(numbers[i]));
	for (; i < n && unit->value != 1; i++)
		if (!exact_divides(unit, magnitude(numbers[i])))
			exact_divisor_reduce(unit, magnitude(numbers[i]));
	return true;
}

static void
to_units(uint64_t *numbers, size_t n, uint64_t origin, const exact_divisor *unit)
{
	for (size_t i = 0; i < n; i++)
		numbers[i] = exact_quotient(unit, numbers[i] - origin);
}

/* Do all numbers, as signed ones, have one sign? */
static bool
have_one_sign(const uint64_t *numbers, size_t n)
{
	uint64_t	any = 0;
	uint64_t	all = UINT64_MAX;

	for (size_t i = 0; i < n; i++)
	{
		any |= numbers[i];
		all &= numbers[i];
	}
	return any >> 63 == 0 || all >> 63 == 1;
}

/* A column whose steps are all the same */
static size_t
write_line(uint64_t step, uint8_t *out)
{
	column_plan plan = {.order = 1,.base = step,.unit = 1};
	uint64_t	none[1] = {0};
	candidate	nothing = {none, 0, 0, false};

	return write_column(&plan, &nothing, out);
}

static void
enter_levels(contest *best, const int64_t *x, size_t m, uint64_t first_step,
			 const exact_divisor *step_unit, uint64_t *level)
{
	exact_divisor unit = *step_unit;

	if (!exact_divides(&unit, magnitude(first_step)))
		exact_divisor_reduce(&unit, magnitude(first_step));
	for (size_t i = 0; i < m; i++)
		level[i] = (uint64_t) x[i + 1];
	to_units(level, m, (uint64_t) x[0], &unit);
	enter_both(best, level, m, 0, (uint64_t) x[0], unit.value);
}

/*
 * Write the column of n numbers, 2 to COLUMN_MAX, to "out", which has room for
 * COLUMN_BYTES(n).  Returns the bytes written.  The form is the one that seems
 * to cost least, of equal ones the first in the order in which they are tried
 * here; it depends on the numbers only.
 */
size_t
column_encode(const int64_t *x, size_t n, uint8_t *out)
{
	uint64_t	level[MAX_CODES];
	uint64_t	step[MAX_CODES];
	uint64_t	turn[MAX_CODES];
	size_t		m = n - 1;
	candidate	turns = {turn, m, 0, true};
	uint64_t	first_step = (uint64_t) x[1] - (uint64_t) x[0];
	exact_divisor unit;
	contest		best = {.cost = SIZE_MAX};
	bool		monotonic;

	step[0] = first_step;
	turn[0] = 0;
	for (size_t i = 1; i < m; i++)
	{
		step[i] = (uint64_t) x[i + 1] - (uint64_t) x[i];
		turn[i] = step[i] - step[i - 1];
	}
	if (!common_unit(&unit, turn, m))
		return write_line(first_step, out);
	monotonic = have_one_sign(step, m);
	to_units(step, m, first_step, &unit);
	enter_both(&best, step, m, 1, first_step, unit.value);
	to_units(turn, m, 0, &unit);
	enter(&best, &turns, 2, first_step, unit.value);
	/* where it is monotonic, steps are never wider than levels */
	if (!monotonic)
		enter_levels(&best, x, m, first_step, &unit, level);
	plan_codes(&best.plan, &best.winner);
	return write_column(&best.plan, &best.winner, out);
}

/* Bytes to be read, within [next, stop) */
typedef struct reader
{
	const uint8_t *next;
	const uint8_t *stop;
	const uint8_t *end;			/* of what may be read at all */
} reader;

/* The next bytes, or NULL if there are not so many */
static const uint8_t *
take(reader *r, size_t bytes)
{
	const uint8_t *p = r->next;

	if ((size_t) (r->stop - p) < bytes)
		return NULL;
	r->next += bytes;
	return p;
}

static bool
read_codes(reader *r, size_t num_codes, unsigned width, uint64_t *codes)
{
	const uint8_t *p = take(r, bits_bytes(num_codes, width));

	if (p == NULL)
		return false;
	bits_unpack(p, r->end, num_codes, width, codes);
	return true;
}

static bool
read_prefix(reader *r, column_plan *plan)
{
	const uint8_t *p = take(r, 3);
	unsigned	base_bytes;
	unsigned	unit_bytes;

	if (p == NULL)
		return false;
	plan->order = p[0] & 3;
	plan->has_signs = p[0] >> 2 & 1;
	plan->form = p[0] >> 3;
	plan->width = p[1];
	base_bytes = p[2] & 15;
	unit_bytes = p[2] >> 4;
	if (plan->order > 2 || p[0] >> 3 > PLACES_MAPPED || !bits_width_is_valid(plan->width) ||
		base_bytes > 8 || unit_bytes > 8 || (p = take(r, base_bytes + unit_bytes)) == NULL)
		return false;
	plan->base = bits_unzigzag(bits_load_short(p, base_bytes));
	plan->unit = bits_load_short(p + base_bytes, unit_bytes) + 1;
	return true;
}

/* Put the upper bits of exceptions where a list says. */
static bool
patch_listed(reader *r, const column_plan *plan, size_t num_codes, uint64_t *codes)
{
	uint64_t	places[MAX_CODES];
	uint64_t	upper[MAX_CODES];
	size_t		n = plan->num_exceptions;

	if (!read_codes(r, n, PLACE_BITS, places) || !read_codes(r, n, plan->upper_width, upper))
		return false;
	for (size_t i = 0; i < n; i++)
	{
		if (places[i] >= num_codes)
			return false;
		codes[places[i]] |= upper[i] << plan->width;
	}
	return true;
}

/* Code i gets the next upper bits if its bit says so. */
#define PATCH(i) \
	codes[i] |= upper[n] & (0 - (bits >> (i) & 1)); \
	n += bits >> (i) & 1

/* The same where a bitmap says; without branches, since its bits are random. */
static bool
patch_mapped(reader *r, const column_plan *plan, size_t num_codes, uint64_t *codes)
{
	const uint8_t *map = take(r, bits_bytes(num_codes, 1));
	uint64_t	upper[COLUMN_MAX];
	size_t		n = 0;

	if (map == NULL || !read_codes(r, plan->num_exceptions, plan->upper_width, upper))
		return false;
	for (size_t i = 0; i < plan->num_exceptions; i++)
		upper[i] <<= plan->width;
	/* a map that lies finds zeros, and is found out */
	memset(upper + plan->num_exceptions, 0,
		   (num_codes + 1 - plan->num_exceptions) * sizeof(*upper));
	for (; num_codes >= 8; num_codes -= 8, codes += 8)
	{
		uint64_t	bits = *map++;

		PATCH(0); PATCH(1); PATCH(2); PATCH(3);
		PATCH(4); PATCH(5); PATCH(6); PATCH(7);
	}
	for (size_t i = 0; i < num_codes; i++)
	{
		uint64_t	bits = *map;

		PATCH(i);
	}
	return n == plan->num_exceptions;
}

static bool
read_exceptions(reader *r, column_plan *plan, size_t num_codes, uint64_t *codes)
{
	const uint8_t *p = take(r, 3);

	if (p == NULL)
		return false;
	plan->num_exceptions = bits_load_short(p, 2);
	plan->upper_width = p[2];
	if (plan->num_exceptions < 1 || plan->num_exceptions > num_codes ||
		!bits_width_is_valid(plan->upper_width) || plan->width > BITS_NARROW)
		return false;
	if (plan->form == PLACES_MAPPED)
		return patch_mapped(r, plan, num_codes, codes);
	return patch_listed(r, plan, num_codes, codes);
}

/* Codes to numbers; numbers[0] is there, and codes[i] leads to numbers[i + 1]. */
static void
restore(const column_plan *plan, const uint64_t *codes, size_t num_codes, int64_t *numbers)
{
	const uint64_t unit = plan->unit;
	const uint64_t base = plan->base;
	uint64_t	at = (uint64_t) numbers[0];
	uint64_t	slope = base;

	numbers++;
	switch (plan->order * 2 + plan->has_signs)
	{
		case 0:
			for (size_t i = 0; i < num_codes; i++)
				numbers[i] = (int64_t) (base + unit * codes[i]);
			break;
		case 1:
			for (size_t i = 0; i < num_codes; i++)
				numbers[i] = (int64_t) (base + unit * bits_unzigzag(codes[i]));
			break;
		case 2:
			for (size_t i = 0; i < num_codes; i++)
				numbers[i] = (int64_t) (at += base + unit * codes[i]);
			break;
		case 3:
			for (size_t i = 0; i < num_codes; i++)
				numbers[i] = (int64_t) (at += base + unit * bits_unzigzag(codes[i]));
			break;
		case 4:
			for (size_t i = 0; i < num_codes; i++)
				numbers[i] = (int64_t) (at += slope += unit * codes[i]);
			break;
		case 5:
			for (size_t i = 0; i < num_codes; i++)
				numbers[i] = (int64_t) (at += slope += unit * bits_unzigzag(codes[i]));
			break;
	}
}

/*
 * Read a column of n numbers, 2 to COLUMN_MAX; numbers[0] is given.  It is at
 * the start of the "size" bytes at "in"; up to "end", at or after these, bytes
 * may be read for speed.  Returns the bytes of the column, or 0 if that is
 * none.
 */
size_t
column_decode(const uint8_t *in, size_t size, const uint8_t *end, size_t n, int64_t *numbers)
{
	uint64_t	codes[MAX_CODES];
	size_t		m = n - 1;
	reader		r = {in, in + size, end};
	column_plan plan;

	if (!read_prefix(&r, &plan) || !read_codes(&r, m, plan.width, codes))
		return 0;
	if (plan.form != NO_EXCEPTIONS && !read_exceptions(&r, &plan, m, codes))
		return 0;
	restore(&plan, codes, m, numbers);
	return (size_t) (r.next - in);
}
