/*-------------------------------------------------------------------------
 *
 * series_codec.c
 *	  Bytes and nanoseconds that a point of a series takes: the published
 *	  schemes for doubles beside core/series_codec.c.
 *
 * Stands alone and is run by hand, from the top of the source tree:
 *
 *	gcc -std=gnu11 -O2 -ffp-contract=off -Isrc bench/series_codec.c src/core/series_*.c \
 *		-o series_codec -lm
 *	./series_codec examples/data/lst_rates.csv:ts:rate::token=wstETH \
 *		examples/data/reth_balances.csv:ts:total_eth:reth_supply \
 *		examples/data/network_apr.csv:day:apr examples/data/aave_weth.csv:ts:supply_index
 *
 * An argument is FILE:TIME:VALUE[:DIVISOR[:COLUMN=WORD]]: columns of a CSV
 * file without quotes, the divisor a column or a number, and which rows to
 * take.  Every such path is measured as it is, and sampled each hour: carried
 * forward, and drawn as a straight line between points.  Without arguments
 * only paths made here are measured.
 *
 * The other schemes are counted, not written: the bits that their papers'
 * rules give.  Gorilla: T. Pelkonen et al., VLDB 2015.  Chimp and Chimp128:
 * P. Liakos et al., VLDB 2022.  ALP with ALP-RD: A. Afroozeh et al., SIGMOD
 * 2023, by vectors of 1024, with the best exponents of each instead of sampled
 * ones.
 *
 *-------------------------------------------------------------------------
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "core/series/layout.h"
#include "core/series/bits.h"
#include "core/series/column.h"

#define HOUR	INT64_C(3600000000)
#define DAY		(24 * HOUR)

typedef struct path
{
	size_t		n;
	int64_t    *time;
	double	   *value;
} path;

static path
new_path(size_t room)
{
	path		p = {0, malloc(room * 8), malloc(room * 8)};

	if (p.time == NULL || p.value == NULL)
		exit(1);
	return p;
}

static void
free_path(path p)
{
	free(p.time);
	free(p.value);
}

static int
leading_zeros(uint64_t x)
{
	int			n = 0;

	for (; n < 64 && !(x >> (63 - n) & 1); n++);
	return n;
}

static int
trailing_zeros(uint64_t x)
{
	int			n = 0;

	for (; n < 64 && !(x >> n & 1); n++);
	return n;
}

/* Gorilla, section 4.1.2: bits of the values */
static size_t
gorilla_value_bits(const double *v, size_t n)
{
	size_t		bits = 64;
	int			lead = 64,
				trail = 64;

	for (size_t i = 1; i < n; i++)
	{
		uint64_t	x = bits_of_double(v[i]) ^ bits_of_double(v[i - 1]);
		int			l = leading_zeros(x);
		int			t = trailing_zeros(x);

		if (l > 31)
			l = 31;
		if (x == 0)
			bits += 1;
		else if (lead + trail < 64 && l >= lead && t >= trail)
			bits += (size_t) (2 + 64 - lead - trail);
		else
		{
			bits += (size_t) (2 + 5 + 6 + 64 - l - t);
			lead = l;
			trail = t;
		}
	}
	return bits;
}

/* Gorilla, section 4.1.1: bits of the times, which it counts in seconds */
static size_t
gorilla_time_bits(const int64_t *t, size_t n)
{
	size_t		bits = 64 + 14;
	int64_t		before = 0;

	for (size_t i = 1; i < n; i++)
	{
		int64_t		delta = t[i] / 1000000 - t[i - 1] / 1000000;
		int64_t		turn = delta - before;

		bits += turn == 0 ? 1 : turn >= -63 && turn <= 64 ? 2 + 7 :
			turn >= -255 && turn <= 256 ? 3 + 9 : turn >= -2047 && turn <= 2048 ? 4 + 12 : 4 + 32;
		before = delta;
	}
	return bits;
}

/* Chimp keeps the number of leading zeros in three bits. */
static int
chimp_lead(int zeros)
{
	static const int steps[8] = {0, 8, 12, 16, 18, 20, 22, 24};
	int			i = 7;

	while (steps[i] > zeros)
		i--;
	return steps[i];
}

/* Chimp if "history" is 1, otherwise Chimp128 and its like */
static size_t
chimp_bits(const double *v, size_t n, size_t history)
{
	int			index_bits = (int) round(log2((double) history));
	size_t		bits = 64;
	int			lead_before = 65;

	for (size_t i = 1; i < n; i++)
	{
		uint64_t	best = bits_of_double(v[i]) ^ bits_of_double(v[i - 1]);
		int			trail = trailing_zeros(best);
		int			lead;

		/* the reference whose low bits agree furthest, if that is far enough */
		for (size_t back = 2; back <= history && back <= i; back++)
		{
			uint64_t	x = bits_of_double(v[i]) ^ bits_of_double(v[i - back]);

			if (trailing_zeros(x) > trail && trailing_zeros(x) > 6 + index_bits)
			{
				best = x;
				trail = trailing_zeros(x);
			}
		}
		lead = chimp_lead(leading_zeros(best));
		if (best == 0)
		{
			bits += (size_t) (2 + index_bits);
			lead_before = 65;
		}
		else if (trail > 6 + index_bits)
		{
			bits += (size_t) (2 + index_bits + 3 + 6 + 64 - lead - trail);
			lead_before = 65;
		}
		else if (lead == lead_before)
			bits += (size_t) (2 + 64 - lead);
		else
		{
			bits += (size_t) (2 + 3 + 64 - lead);
			lead_before = lead;
		}
	}
	return bits;
}

/* One vector by ALP with these exponents */
static size_t
alp_bits(const double *v, size_t n, int e, int f)
{
	int64_t		min = INT64_MAX,
				max = INT64_MIN;
	size_t		exceptions = 0;

	for (size_t i = 0; i < n; i++)
	{
		double		scaled = v[i] * pow(10, e) * pow(10, -f);
		int64_t		d = fabs(scaled) < 4e15 ? llrint(scaled) : 0;

		if (bits_of_double((double) d * pow(10, f) * pow(10, -e)) != bits_of_double(v[i]))
			exceptions++;
		else
		{
			min = d < min ? d : min;
			max = d > max ? d : max;
		}
	}
	return 8 * 13 + exceptions * (64 + 16) +
		(max > min ? n * (size_t) (64 - leading_zeros((uint64_t) max - (uint64_t) min)) : 0);
}

/* One vector by ALP-RD: left parts through a dictionary of eight */
static size_t
alp_rd_bits(const double *v, size_t n, int right)
{
	static unsigned count[1 << 16];
	size_t		kept = 0;
	int			dictionary = 0;

	memset(count, 0, sizeof(count));
	for (size_t i = 0; i < n; i++)
		count[bits_of_double(v[i]) >> right]++;
	for (; dictionary < 8; dictionary++)
	{
		unsigned	best = 0;

		for (unsigned k = 1; k < 1u << (64 - right); k++)
			if (count[k] > count[best])
				best = k;
		if (count[best] == 0)
			break;
		kept += count[best];
		count[best] = 0;
	}
	return 8 * 4 + (size_t) dictionary * 16 + (n - kept) * 32 +
		n * (size_t) (right + (dictionary > 4 ? 3 : dictionary > 2 ? 2 : 1));
}

static size_t
alp_best_bits(const double *v, size_t n)
{
	size_t		bits = 0;

	for (size_t from = 0; from < n; from += 1024)
	{
		size_t		part = n - from < 1024 ? n - from : 1024;
		size_t		best = SIZE_MAX;

		for (int e = 0; e <= 18; e++)
			for (int f = 0; f <= e; f++)
			{
				size_t		b = alp_bits(v + from, part, e, f);

				best = b < best ? b : best;
			}
		for (int right = 48; right < 64; right++)
		{
			size_t		b = alp_rd_bits(v + from, part, right);

			best = b < best ? b : best;
		}
		bits += best;
	}
	return bits;
}

/* Only the bits of the doubles as numbers, as if decimals were not looked for */
static size_t
bits_only_bytes(const double *v, size_t n)
{
	size_t		bytes = 0;
	uint8_t		out[COLUMN_BYTES(COLUMN_MAX)];
	int64_t		numbers[COLUMN_MAX];

	for (size_t from = 0; from + 1 < n; from += COLUMN_MAX)
	{
		size_t		part = n - from < COLUMN_MAX ? n - from : COLUMN_MAX;

		for (size_t i = 0; i < part; i++)
		{
			uint64_t	b = bits_of_double(v[from + i]);

			numbers[i] = (int64_t) (b ^ ((0 - (b >> 63)) >> 1));
		}
		bytes += part > 1 ? column_encode(numbers, part, out) : 0;
	}
	return bytes;
}

/* The bytes of the columns, and which forms the blocks took */
static void
look_inside(const series_view *view, size_t *time_bytes, size_t *value_bytes, char *forms)
{
	static series_block block;
	static int64_t numbers[COLUMN_MAX];
	unsigned	last = 999;

	*time_bytes = *value_bytes = 0;
	*forms = 0;
	for (size_t b = 0; b < view->num_blocks; b++)
	{
		const uint8_t *entry = view->image + view->directory + 20 * (b - 1);
		const uint8_t *in = view->image + view->blocks + (b ? bits_load_short(entry + 16, 4) : 0);
		const uint8_t *stop = b + 1 < view->num_blocks ?
			view->image + view->blocks + bits_load_short(entry + 36, 4) : view->image + view->size;
		size_t		n;

		series_decode(view, b, &block);
		if (block.num_points == 1)
			continue;
		n = column_decode(in + 1, (size_t) (stop - in - 1), stop, block.num_points, numbers);
		*time_bytes += n;
		*value_bytes += (size_t) (stop - in - 1) - n;
		if ((unsigned) (in[0] << 8 | in[1 + n]) != last && strlen(forms) < 24)
			sprintf(forms + strlen(forms), " %c%d%s%s", in[0] == 31 ? 'b' : 'd', in[1 + n] & 3,
					in[1 + n] & 4 ? "s" : "", in[1 + n] >> 3 == 0 ? "" : in[1 + n] >> 3 == 1 ? "l" : "m");
		last = (unsigned) (in[0] << 8 | in[1 + n]);
	}
}

static double
now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double) t.tv_sec * 1e9 + (double) t.tv_nsec;
}

/* The least of many short runs, which others seldom interrupt, in nanoseconds a point */
static double
decode_time(const series_view *view)
{
	static series_block block;
	double		best = HUGE_VAL;
	size_t		n = (size_t) view->header.num_points;
	int			rounds = (int) (20000 / n) + 1;
	double		sum = 0;

	for (int run = 0; run < 400; run++)
	{
		double		start = now();

		for (int k = 0; k < rounds; k++)
			for (size_t b = 0; b < view->num_blocks; b++)
			{
				if (!series_decode(view, b, &block))
					exit(2);
				sum += block.value[0];
			}
		best = fmin(best, (now() - start) / (double) n / rounds);
	}
	if (isnan(sum))
		exit(3);
	return best;
}

static double
encode_time(path p, uint8_t *image)
{
	double		best = HUGE_VAL;
	int			rounds = (int) (5000 / p.n) + 1;

	for (int run = 0; run < 100; run++)
	{
		double		start = now();

		for (int k = 0; k < rounds; k++)
			series_encode(p.time, p.value, p.n, NULL, image);
		best = fmin(best, (now() - start) / (double) p.n / rounds);
	}
	return best;
}

static void
report(const char *name, path p)
{
	uint8_t    *image = malloc(series_image_bound(p.n));
	size_t		size = series_encode(p.time, p.value, p.n, NULL, image);
	uint8_t    *exact = malloc(size);
	size_t		time_bytes,
				value_bytes;
	char		forms[64];
	double		n = (double) p.n;
	static series_block scratch;
	series_view view;

	memcpy(exact, image, size);
	if (!series_open(&view, exact, size) || !series_is_valid(&view, &scratch))
		exit(4);
	look_inside(&view, &time_bytes, &value_bytes, forms);
	printf("%-26s %8zu | %6.2f %6.2f %6.2f %6.2f | %6.2f %6.2f | ", name, p.n,
		   (double) gorilla_value_bits(p.value, p.n) / 8 / n,
		   (double) chimp_bits(p.value, p.n, 1) / 8 / n,
		   (double) chimp_bits(p.value, p.n, 128) / 8 / n,
		   (double) alp_best_bits(p.value, p.n) / 8 / n,
		   (double) value_bytes / n, (double) bits_only_bytes(p.value, p.n) / n);
	printf("%6.2f %6.2f | %6.2f | %5.2f %5.1f |%s\n",
		   (double) gorilla_time_bits(p.time, p.n) / 8 / n, (double) time_bytes / n,
		   (double) size / n, decode_time(&view), encode_time(p, image), forms);
	free(image);
	free(exact);
}

/* Microseconds since 2000 of YYYY-MM-DD[Thh:mm:ssZ]; days as H. Hinnant counts them */
static int64_t
parse_time(const char *s)
{
	int			y,
				m,
				d,
				hh = 0,
				mm = 0,
				ss = 0;
	int64_t		days;

	if (sscanf(s, "%d-%d-%d%*c%d:%d:%d", &y, &m, &d, &hh, &mm, &ss) < 3)
		return INT64_MIN;
	y -= m <= 2;
	days = 365 * y + y / 4 - y / 100 + y / 400 +
		(153 * (m + (m > 2 ? -3 : 9)) + 2) / 5 + d - 1 - 730425;
	return days * DAY + (hh * INT64_C(3600) + mm * 60 + ss) * 1000000;
}

static int
column_index(const char *header, const char *name, size_t length)
{
	int			i = 0;

	for (const char *p = header;; i++)
	{
		size_t		n = strcspn(p, ",\r\n");

		if (n == length && strncmp(p, name, n) == 0)
			return i;
		if (p[n] != ',')
			return -1;
		p += n + 1;
	}
}

static const char *
field(const char *line, int i)
{
	while (i-- > 0)
		line += strcspn(line, ",") + 1;
	return line;
}

/* Read FILE:TIME:VALUE[:DIVISOR[:COLUMN=WORD]]. */
static path
read_path(const char *argument)
{
	char		spec[5][256] = {{0}};
	char		header[4096];
	char		line[65536];
	path		p = new_path(100000);
	FILE	   *in;
	size_t		k = 0;
	char	   *word;

	for (const char *s = argument; k < 5; k++)
	{
		size_t		n = strcspn(s, ":");

		memcpy(spec[k], s, n);
		if (s[n] == 0)
			break;
		s += n + 1;
	}
	in = fopen(spec[0], "r");
	if (in == NULL || fgets(header, sizeof(header), in) == NULL)
		exit(5);
	word = strchr(spec[4], '=');
	while (fgets(line, sizeof(line), in) != NULL)
	{
		int			divisor_column = column_index(header, spec[3], strlen(spec[3]));
		double		divisor = spec[3][0] == 0 ? 1 :
			atof(divisor_column < 0 ? spec[3] : field(line, divisor_column));

		if (word != NULL)
		{
			const char *f = field(line, column_index(header, spec[4], (size_t) (word - spec[4])));

			if (strncmp(f, word + 1, strlen(word + 1)) != 0)
				continue;
		}
		p.time[p.n] = parse_time(field(line, column_index(header, spec[1], strlen(spec[1]))));
		p.value[p.n] = atof(field(line, column_index(header, spec[2], strlen(spec[2])))) / divisor;
		p.n += p.time[p.n] != INT64_MIN && isfinite(p.value[p.n]);
	}
	fclose(in);
	path		room = new_path(p.n);

	p.n = series_sort(p.time, p.value, p.n, room.time, room.value, NULL);
	free_path(room);
	return p;
}

static path
hourly(path p, bool linear)
{
	path		h = new_path((size_t) ((p.time[p.n - 1] - p.time[0]) / HOUR) + 2);
	size_t		i = 0;

	for (int64_t t = (p.time[0] / HOUR + 1) * HOUR; t <= p.time[p.n - 1]; t += HOUR)
	{
		while (i + 1 < p.n && p.time[i + 1] <= t)
			i++;
		h.time[h.n] = t;
		h.value[h.n] = p.value[i];
		if (linear && i + 1 < p.n)
			h.value[h.n] += (p.value[i + 1] - p.value[i]) *
				((double) (t - p.time[i]) / (double) (p.time[i + 1] - p.time[i]));
		h.n++;
	}
	return h;
}

/* splitmix64 (S. Vigna) */
static uint64_t
next_random(uint64_t *state)
{
	uint64_t	z = (*state += UINT64_C(0x9e3779b97f4a7c15));

	z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
	z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
	return z ^ (z >> 31);
}

static double
next_fraction(uint64_t *state)
{
	return (double) (next_random(state) >> 11) / 9007199254740992.0;
}

/* Paths made here; "kind" as in the names below */
static path
made_path(int kind, size_t n)
{
	path		p = new_path(n);
	uint64_t	seed = 1;
	double		walk = 1;
	uint64_t	wei = UINT64_C(1166301569445000000);
	int64_t		t = 0;

	for (size_t i = 0; i < n; i++)
	{
		double		noise = next_fraction(&seed) - 0.5;

		walk *= 1 + 1e-3 * noise;
		wei += (uint64_t) (3.5e12 * (1 + noise / 10));
		t += kind == 4 || kind == 5 ? 12000000 * (int64_t) (1 + next_random(&seed) % 20) : 720000000;
		if (kind == 8)
			t += 1 + (int64_t) (next_random(&seed) % 3000000);
		p.time[i] = t;
		p.value[i] = kind == 0 ? 1.07 * (1 + (double) i * 1e-6 + 1e-7 * sin((double) i)) :
			kind == 1 ? walk : kind == 2 ? (double) wei / 1e18 : kind == 3 ? noise * 1e3 :
			kind == 4 ? round(walk * 1e12) / 1e12 : kind == 5 ? round(2500e2 * walk) / 100 :
			kind == 6 ? (double) (float) walk : kind == 7 ? (i % 3 == 0 ? walk : p.value[i - 1]) : walk;
		p.n++;
	}
	return p;
}

int
main(int argc, char **argv)
{
	static const char *const made[] = {
		"rows of make bench", "random walk", "18 digits of wei", "random", "12 digits, blocks",
		"prices in cents, blocks", "floats as doubles", "changes 1 in 3", "random walk, jitter"
	};

	printf("%-26s %8s | %-27s | %-13s | %-13s | %6s | %-11s |\n", "", "",
		   "values, bytes a point", "ours", "times", "whole", "ns a point");
	printf("%-26s %8s | %6s %6s %6s %6s | %6s %6s | %6s %6s | %6s | %5s %5s | forms\n",
		   "path", "points", "Goril.", "Chimp", "Ch.128", "ALP", "chosen", "bits", "Goril.", "ours",
		   "ours", "dec.", "enc.");
	for (int i = 1; i < argc; i++)
	{
		path		p = read_path(argv[i]);
		char		name[256];
		const char *base = strrchr(argv[i], '/');

		base = base ? base + 1 : argv[i];
		snprintf(name, sizeof(name), "%.26s", base);
		report(name, p);
		for (int linear = 0; linear < 2; linear++)
		{
			path		h = hourly(p, linear);

			report(linear ? "  hourly, straight lines" : "  hourly, carried forward", h);
			free_path(h);
		}
		free_path(p);
	}
	for (int kind = 0; kind < 9; kind++)
	{
		path		p = made_path(kind, 100000);

		report(made[kind], p);
		free_path(p);
	}
	return 0;
}
