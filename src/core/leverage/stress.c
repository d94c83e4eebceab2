/*-------------------------------------------------------------------------
 *
 * core/leverage/stress.c
 *	  What a fall of its collateral does to a book of lending accounts.
 *
 *-------------------------------------------------------------------------
 */
#include "core/leverage/stress.h"

#include <float.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* The grids of cells, by what happens to the accounts in them. */
typedef enum stress_grid
{
	GRID_LIQUIDATABLE,
	GRID_TOXIC,					/* liquidatable and toxic */
	GRID_EXHAUSTED,				/* liquidatable, and all collateral is seized at once;
								 * not there with close factor 1, where it is as TOXIC */
	GRID_UNCOVERED				/* debt above what the market gives for the collateral;
								 * not there without market shocks */
} stress_grid;

#define FIXED_GRIDS	2

/* ---------- the state ---------- */

bool
stress_shock_is_valid(double shock)
{
	return shock >= -1 && shock <= DBL_MAX;
}

bool
stress_bonus_is_valid(double bonus)
{
	return bonus >= 0 && bonus <= DBL_MAX;
}

bool
stress_close_factor_is_valid(double close_factor)
{
	return close_factor > 0 && close_factor <= 1;
}

static int
num_grids(bool has_market, double close_factor)
{
	return FIXED_GRIDS + (close_factor < 1) + has_market;
}

int
stress_num_grids(const stress_summary *s)
{
	return num_grids(s->has_market != 0, s->close_factor);
}

/* Bytes of a state with so many shocks. */
size_t
stress_size(int32_t num_shocks, bool has_market, double close_factor)
{
	return sizeof(stress_summary) + (size_t) num_shocks *
		(sizeof(stress_shock) + (1 + has_market) * sizeof(double) +
		 num_grids(has_market, close_factor) * sizeof(stress_cell));
}

/* Is some market shock another than the oracle's? */
bool
stress_has_market(const stress_shock *shocks, int32_t num_shocks)
{
	for (int32_t i = 0; i < num_shocks; i++)
		if (shocks[i].market != shocks[i].oracle)
			return true;
	return false;
}

stress_shock *
stress_shocks(const stress_summary *s)
{
	return (stress_shock *) (s + 1);
}

/* What is left of a price of 1 after the shocks of the oracle, falling. */
static double *
oracle_prices(const stress_summary *s)
{
	return (double *) (stress_shocks(s) + s->num_shocks);
}

/* The same of the market, in an order of its own. */
static double *
market_prices(const stress_summary *s)
{
	return oracle_prices(s) + s->num_shocks;
}

/* The cells of all grids, one grid after the other. */
stress_cell *
stress_cells(const stress_summary *s)
{
	return (stress_cell *) (market_prices(s) + (s->has_market ? s->num_shocks : 0));
}

static stress_cell *
grid_cells(const stress_summary *s, stress_grid grid)
{
	int			place = (int) grid;

	if (s->close_factor == 1 && grid == GRID_EXHAUSTED)
		place = (int) GRID_TOXIC;
	if (s->close_factor == 1 && grid == GRID_UNCOVERED)
		place--;
	return stress_cells(s) + (size_t) place * (size_t) s->num_shocks;
}

static int
compare_falling(const void *a, const void *b)
{
	double		x = *(const double *) a;
	double		y = *(const double *) b;

	return (x < y) - (x > y);
}

static int
compare_shocks(const void *a, const void *b)
{
	const stress_shock *x = a;
	const stress_shock *y = b;

	if (x->oracle != y->oracle)
		return compare_falling(&x->oracle, &y->oracle);
	return compare_falling(&x->market, &y->market);
}

/* What follows from the shocks. */
static void
fill_prices(stress_summary *s)
{
	for (int32_t i = 0; i < s->num_shocks; i++)
	{
		oracle_prices(s)[i] = 1 + stress_shocks(s)[i].oracle;
		if (s->has_market)
			market_prices(s)[i] = 1 + stress_shocks(s)[i].market;
	}
	if (s->has_market)
		qsort(market_prices(s), (size_t) s->num_shocks, sizeof(double), compare_falling);
}

/*
 * An empty book in memory of stress_size bytes, of which "reserved" is left
 * as it is.  The arguments are checked by the caller.
 */
void
stress_init(stress_summary *s, const stress_shock *shocks, int32_t num_shocks,
			double bonus, double close_factor)
{
	bool		has_market = stress_has_market(shocks, num_shocks);

	memset(&s->num_shocks, 0, stress_size(num_shocks, has_market, close_factor) -
		   offsetof(stress_summary, num_shocks));
	s->num_shocks = num_shocks;
	s->has_market = has_market;
	/* no negative zero, so that equal books have equal bytes */
	s->bonus = bonus + 0.0;
	s->close_factor = close_factor;
	for (int32_t i = 0; i < num_shocks; i++)
		stress_shocks(s)[i] = (stress_shock) {shocks[i].oracle + 0.0, shocks[i].market + 0.0};
	qsort(stress_shocks(s), (size_t) num_shocks, sizeof(stress_shock), compare_shocks);
	fill_prices(s);
	s->collateral = s->debt = BINNED_EMPTY;
	for (size_t i = 0; i < (size_t) num_shocks * (size_t) stress_num_grids(s); i++)
		stress_cells(s)[i] = (stress_cell) {0, BINNED_EMPTY, BINNED_EMPTY};
}

/* ---------- rows ---------- */

/*
 * The first of the prices from..num - 1, which fall, at which
 * amount * price * share < bound; num if there is none.  Products are rounded
 * as SQL would round them, and rounding keeps their order.  A loop of fixed
 * length without branches: which way it goes cannot be foretold.
 */
static inline size_t
first_below(const double *prices, size_t from, size_t num, double amount, double share,
			double bound)
{
	size_t		length = num - from;

	if (length == 0)
		return num;
	while (length > 1)
	{
		size_t		half = length / 2;

		from += amount * prices[from + half - 1] * share < bound ? 0 : half;
		length -= half;
	}
	return from + !(amount * prices[from] * share < bound);
}

static inline void
add_to_cell(stress_cell *cell, double collateral, double debt)
{
	cell->num_accounts++;
	binned_add(&cell->collateral, collateral);
	binned_add(&cell->debt, debt);
}

/* Put an account into the cells of the shocks from which on it is affected. */
static inline void
add_to_grids(stress_summary *s, double collateral, double limit_base, double threshold,
			 double debt)
{
	const double *prices = oracle_prices(s);
	size_t		n = (size_t) s->num_shocks;
	size_t		first,
				toxic,
				exhausted;

	/* most accounts survive even the worst shock */
	if (!(limit_base * prices[n - 1] * threshold < debt))
		return;
	first = first_below(prices, 0, n, limit_base, threshold, debt);
	add_to_cell(grid_cells(s, GRID_LIQUIDATABLE) + first, collateral, debt);
	toxic = first_below(prices, first, n, collateral, 1, debt * (1 + s->bonus));
	if (toxic == n)
		return;
	add_to_cell(grid_cells(s, GRID_TOXIC) + toxic, collateral, debt);
	if (s->close_factor == 1)
		return;
	exhausted = first_below(prices, toxic, n, collateral, 1,
							debt * s->close_factor * (1 + s->bonus));
	if (exhausted < n)
		add_to_cell(grid_cells(s, GRID_EXHAUSTED) + exhausted, collateral, debt);
}

/*
 * Add an account of checked figures.  limit_base * threshold is what it may
 * owe: its collateral and its threshold, or the limit of all of its
 * collaterals and 1.  CORE_OUT_OF_RANGE, with "s" unchanged, when a figure is
 * infinite; sums may leave the range of a double for a while.
 */
core_status
stress_add(stress_summary *s, double collateral, double limit_base, double threshold,
		   double debt)
{
	size_t		n = (size_t) s->num_shocks;

	if (!isfinite(collateral - debt) || !isfinite(limit_base) ||
		s->num_accounts >= BINNED_MAX_TERMS)
		return CORE_OUT_OF_RANGE;
	binned_add(&s->collateral, collateral);
	binned_add(&s->debt, debt);
	s->num_accounts++;
	if (s->has_market)
	{
		size_t		uncovered = first_below(market_prices(s), 0, n, collateral, 1, debt);

		if (uncovered < n)
			add_to_cell(grid_cells(s, GRID_UNCOVERED) + uncovered, collateral, debt);
	}
	add_to_grids(s, collateral, limit_base, threshold, debt);
	return CORE_OK;
}

/* Do two books answer the same question, so that they can be merged? */
bool
stress_is_alike(const stress_summary *a, const stress_summary *b)
{
	return a->num_shocks == b->num_shocks && a->has_market == b->has_market &&
		a->bonus == b->bonus && a->close_factor == b->close_factor &&
		memcmp(stress_shocks(a), stress_shocks(b),
			   (size_t) a->num_shocks * sizeof(stress_shock)) == 0;
}

/*
 * Take all accounts of "other" into "into".  CORE_BAD_PARAMETER when the two
 * are not alike, CORE_OUT_OF_RANGE when there are too many accounts.
 */
core_status
stress_merge(stress_summary *into, const stress_summary *other)
{
	stress_cell *cells = stress_cells(into);
	const stress_cell *others = stress_cells(other);
	size_t		n = (size_t) into->num_shocks * (size_t) stress_num_grids(into);

	if (!stress_is_alike(into, other))
		return CORE_BAD_PARAMETER;
	if (into->num_accounts > BINNED_MAX_TERMS - other->num_accounts)
		return CORE_OUT_OF_RANGE;
	into->num_accounts += other->num_accounts;
	binned_merge(&into->collateral, &other->collateral);
	binned_merge(&into->debt, &other->debt);
	for (size_t i = 0; i < n; i++)
	{
		cells[i].num_accounts += others[i].num_accounts;
		binned_merge(&cells[i].collateral, &others[i].collateral);
		binned_merge(&cells[i].debt, &others[i].debt);
	}
	return CORE_OK;
}

static bool
shocks_are_valid(const stress_summary *s)
{
	const stress_shock *shocks = stress_shocks(s);

	for (int32_t i = 0; i < s->num_shocks; i++)
		if (!stress_shock_is_valid(shocks[i].oracle) ||
			!stress_shock_is_valid(shocks[i].market) ||
			(i > 0 && compare_shocks(&shocks[i - 1], &shocks[i]) > 0))
			return false;
	return stress_has_market(shocks, s->num_shocks) == (s->has_market != 0);
}

/* Could these be some of so many accounts? */
static bool
cells_are_valid(const stress_cell *cells, const stress_summary *s)
{
	int64_t		num_accounts = s->num_accounts;

	for (int32_t i = 0; i < s->num_shocks; i++)
	{
		const stress_cell *c = &cells[i];

		if (c->num_accounts < 0 || c->num_accounts > num_accounts ||
			!binned_is_sum_of_positives(&c->collateral, c->num_accounts) ||
			!binned_is_sum_of_positives(&c->debt, c->num_accounts) ||
			c->collateral.top > s->collateral.top || c->debt.top > s->debt.top)
			return false;
		/* only an account with debt can be in a cell */
		if ((c->num_accounts == 0) != (c->debt.top == BINNED_NONE))
			return false;
		num_accounts -= c->num_accounts;
	}
	return true;
}

/*
 * Could adding accounts have led to this?  The caller has made sure that the
 * fields up to close_factor are in range and agree with the size.
 */
bool
stress_is_valid(const stress_summary *s)
{
	if (s->num_accounts < 1 || s->num_accounts > BINNED_MAX_TERMS ||
		!binned_is_sum_of_positives(&s->collateral, s->num_accounts) ||
		!binned_is_sum_of_positives(&s->debt, s->num_accounts) || !shocks_are_valid(s))
		return false;
	for (int grid = 0; grid < stress_num_grids(s); grid++)
		if (!cells_are_valid(stress_cells(s) + (size_t) grid * (size_t) s->num_shocks, s))
			return false;
	return true;
}

/* ---------- the table ---------- */

/* What the whole book has and owes; CORE_OUT_OF_RANGE beyond a double. */
core_status
stress_totals(const stress_summary *s, double *collateral, double *debt)
{
	*collateral = binned_value(&s->collateral).hi;
	*debt = binned_value(&s->debt).hi;
	return isfinite(*collateral) && isfinite(*debt) ? CORE_OK : CORE_OUT_OF_RANGE;
}

static void
add_cell(stress_part *sum, const stress_cell *cell)
{
	if (cell->num_accounts == 0)
		return;
	sum->num_accounts += cell->num_accounts;
	sum->collateral = dd_add(sum->collateral, binned_value(&cell->collateral));
	sum->debt = dd_add(sum->debt, binned_value(&cell->debt));
}

static dd
scaled(dd a, double factor)
{
	return dd_product(a, (dd) {factor, 0});
}

/* debt - collateral * price, of accounts for which rounding alone makes it negative */
static double
uncovered_debt(const stress_part *cell, double debt_factor, double price)
{
	dd			gap = dd_add(scaled(cell->debt, debt_factor),
							 dd_negated(scaled(cell->collateral, price)));

	return gap.hi > 0 ? gap.hi : 0;
}

/* The columns that depend on whether liquidators come. */
static void
fill_liquidations(stress_row *row, const stress_part *liquidatable, const stress_part *toxic,
				  const stress_part *exhausted, const stress_summary *s)
{
	double		oracle = 1 + row->shock.oracle;
	double		market = 1 + row->shock.market;
	double		premium = 1 + s->bonus;
	/* what the market gives above what is repaid, times the premium */
	double		gain = dd_add(dd_two_product(premium, market), (dd) {-oracle, 0}).hi;
	dd			part_repaid = scaled(dd_add(liquidatable->debt, dd_negated(exhausted->debt)),
									 s->close_factor);
	dd			part_seized = scaled(part_repaid, premium);
	dd			all_seized = scaled(exhausted->collateral, oracle);
	/* some collateral is left only at a price above zero */
	double		part_gain = oracle > 0 ? scaled(part_repaid, gain).hi / oracle : 0;

	row->collateral_seized = dd_add(part_seized, all_seized).hi;
	row->debt_repaid = part_repaid.hi + all_seized.hi / premium;
	row->liquidator_profit = part_gain + scaled(exhausted->collateral, gain).hi / premium;
	row->bad_debt = uncovered_debt(toxic, premium, oracle) / premium;
}

static core_status
fill_row(stress_row *row, const stress_part *liquidatable, const stress_part *toxic,
		 const stress_part *exhausted, const stress_part *uncovered, const stress_summary *s)
{
	double		oracle = 1 + row->shock.oracle;

	row->accounts_liquidatable = liquidatable->num_accounts;
	row->collateral_liquidatable = scaled(liquidatable->collateral, oracle).hi;
	row->debt_liquidatable = liquidatable->debt.hi;
	row->accounts_toxic = toxic->num_accounts;
	row->debt_toxic = toxic->debt.hi;
	row->pays = (1 + s->bonus) * (1 + row->shock.market) >= oracle;
	if (row->pays)
		fill_liquidations(row, liquidatable, toxic, exhausted, s);
	else
	{
		row->collateral_seized = row->debt_repaid = row->liquidator_profit = 0;
		row->bad_debt = uncovered_debt(uncovered, 1, 1 + row->shock.market);
	}
	return isfinite(row->collateral_liquidatable) && isfinite(row->collateral_seized) &&
		isfinite(row->debt_repaid) && isfinite(row->liquidator_profit) &&
		isfinite(row->bad_debt) ? CORE_OK : CORE_OUT_OF_RANGE;
}

/*
 * One row for each shock, from the mildest.  "scratch" has room for num_shocks
 * parts, or is NULL without market shocks.
 */
core_status
stress_table(const stress_summary *s, stress_part *scratch, stress_row *rows)
{
	static const stress_part none;
	size_t		n = (size_t) s->num_shocks;
	stress_part liquidatable = none,
				toxic = none,
				exhausted = none,
				uncovered = none;

	for (size_t i = 0; s->has_market && i < n; i++)
	{
		add_cell(&uncovered, grid_cells(s, GRID_UNCOVERED) + i);
		scratch[i] = uncovered;
	}
	for (size_t i = 0; i < n; i++)
	{
		core_status status;

		rows[i].shock = stress_shocks(s)[i];
		add_cell(&liquidatable, grid_cells(s, GRID_LIQUIDATABLE) + i);
		add_cell(&toxic, grid_cells(s, GRID_TOXIC) + i);
		add_cell(&exhausted, grid_cells(s, GRID_EXHAUSTED) + i);
		/* up to the first of the market's prices that is no higher than here */
		if (s->has_market)
			uncovered = scratch[first_below(market_prices(s), 0, n, 1, 1,
											nextafter(1 + rows[i].shock.market, INFINITY))];
		status = fill_row(&rows[i], &liquidatable, &toxic, &exhausted, &uncovered, s);
		if (status != CORE_OK)
			return status;
	}
	return CORE_OK;
}

/* ---------- single accounts ---------- */

/*
 * Does a liquidation lower the health factor?  It takes (1 + bonus) times what
 * it repays, so it does once debt * (1 + bonus) is more than the collateral.
 */
bool
leverage_in_toxic_zone(double collateral, double debt, double bonus)
{
	return collateral < debt * (1 + bonus);
}

/*
 * What must be sold, and the debt repaid with what it brings, for the health
 * factor to become "target": collateral of the value x brings x (1 - slippage),
 *	(collateral - x) threshold = target (debt - x (1 - slippage))
 * Zero where the target is met already.  CORE_NULL where no sale attains it:
 * each lowers the health factor, or all collateral would not be enough.
 */
core_status
leverage_deleverage_amount(double collateral, double threshold, double debt, double target,
						   double slippage, double *amount)
{
	dd			gap = dd_add(dd_two_product(target, debt),
							 dd_negated(dd_two_product(collateral, threshold)));
	dd			gain = dd_add(dd_two_product(target, 1 - slippage), (dd) {-threshold, 0});

	*amount = 0;
	if (debt == 0 || gap.hi <= 0)
		return CORE_OK;
	if (gain.hi <= 0)
		return CORE_NULL;
	*amount = dd_quotient(gap, gain);
	return *amount <= collateral ? CORE_OK : CORE_NULL;
}

/*
 * The shock s, -1 to 0, at which an account can be liquidated: its n collaterals,
 * of not negative values with thresholds 0 to 1, move by beta * s, its debt by
 * debt_beta * s.  0 where it can be already; CORE_NULL without debt, and where no
 * such shock is one.  The equation sum(c t (1 + b s)) = debt (1 + debt_beta s) is
 * linear in s.
 */
core_status
leverage_liquidation_shock(const double *collateral, const double *threshold, const double *beta,
						   int n, double debt, double debt_beta, double *shock)
{
	dd			secured = {0, 0};
	dd			slope = dd_negated(dd_two_product(debt, debt_beta));

	for (int i = 0; i < n; i++)
	{
		/* rounded: 0.8 of 100 is 80, though 0.8 is no double */
		double		limit = collateral[i] * threshold[i];

		secured = dd_add_double(secured, limit);
		slope = dd_add(slope, dd_two_product(limit, beta[i]));
	}
	if (debt == 0)
		return CORE_NULL;
	if (!isfinite(secured.hi) || !isfinite(slope.hi))
		return CORE_OUT_OF_RANGE;
	*shock = 0;
	secured = dd_add_double(secured, -debt);
	if (secured.hi <= 0)
		return CORE_OK;
	*shock = -dd_quotient(secured, slope);
	return slope.hi > 0 && *shock >= -1 ? CORE_OK : CORE_NULL;
}

/* ---------- returns of a price history ---------- */

/*
 * Replace returns from..to - 1 by those over "horizon" of them from there on,
 * compounded.  Later ones must not have been replaced.  Returns how many
 * returns over the horizon there are in all.
 */
size_t
stress_horizon_returns(double *returns, size_t num_returns, size_t horizon,
					   size_t from, size_t to)
{
	size_t		n = num_returns < horizon ? 0 : num_returns - horizon + 1;

	for (size_t i = from; i < to && i < n; i++)
	{
		double		growth = 1 + returns[i];

		if (horizon == 1)
			break;
		for (size_t j = 1; j < horizon; j++)
			growth *= 1 + returns[i + j];
		returns[i] = growth - 1;
	}
	return n;
}

/* A double as an integer that has its order */
static uint64_t
ordered_bits(double value)
{
	uint64_t	bits;

	memcpy(&bits, &value, sizeof(bits));
	return bits & UINT64_C(0x8000000000000000) ? ~bits : bits | UINT64_C(0x8000000000000000);
}

static double
from_ordered_bits(uint64_t bits)
{
	double		value;

	bits = bits & UINT64_C(0x8000000000000000) ? bits & ~UINT64_C(0x8000000000000000) : ~bits;
	memcpy(&value, &bits, sizeof(value));
	return value;
}

/* How many values have each byte at "shift", of those that have "prefix" above it. */
static void
count_bytes(const double *values, size_t n, int shift, uint64_t prefix, core_pause pause,
			size_t *count)
{
	for (size_t i = 0, next = 0; i < n; i++)
	{
		uint64_t	bits;

		if (i == next)
			next = core_next_pause(pause, i, n);
		bits = ordered_bits(values[i]);
		if (shift == 56 || bits >> (shift + 8) == prefix)
			count[bits >> shift & 0xFF]++;
	}
}

/* The value that has "place" smaller ones before it in order, byte by byte from its highest. */
static double
value_at_place(const double *values, size_t n, size_t place, core_pause pause)
{
	uint64_t	prefix = 0;

	for (int shift = 56; shift >= 0; shift -= 8)
	{
		size_t		count[256] = {0};
		uint64_t	byte = 0;

		count_bytes(values, n, shift, prefix, pause, count);
		for (; place >= count[byte]; byte++)
			place -= count[byte];
		prefix = prefix << 8 | byte;
	}
	return from_ordered_bits(prefix);
}

/*
 * The value below which a share p of the values lies, interpolated between two
 * as percentile_cont does; 0 <= p <= 1.  CORE_NULL if there are none.
 */
core_status
stress_quantile(const double *values, size_t n, double p, core_pause pause, double *quantile)
{
	double		place;
	size_t		below;

	if (n == 0)
		return CORE_NULL;
	place = p * (double) (n - 1);
	below = (size_t) place;
	*quantile = value_at_place(values, n, below, pause);
	if (below + 1 < n)
		*quantile += (place - (double) below)
			* (value_at_place(values, n, below + 1, pause) - *quantile);
	return isfinite(*quantile) ? CORE_OK : CORE_OUT_OF_RANGE;
}
