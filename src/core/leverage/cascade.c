/*-------------------------------------------------------------------------
 *
 * core/leverage/cascade.c
 *	  Liquidations that move the price, which brings about more of them.
 *
 *-------------------------------------------------------------------------
 */
#include "core/leverage/cascade.h"

/* Liquidate one account at a price, which may leave nothing of it. */
static void
liquidate(cascade_book *book, size_t i, double price, cascade_round *round)
{
	double		value = book->collateral[i] * price;
	double		premium = 1 + book->bonus;
	double		repaid = book->debt[i] * book->close_factor;
	double		seized = repaid * premium;
	double		sold = book->collateral[i];

	round->num_accounts++;
	if (seized < value)
	{
		sold = seized / price;
		book->collateral[i] -= sold;
		book->debt[i] -= repaid;
	}
	else
	{
		seized = value;
		repaid = value / premium;
		round->bad_debt = dd_add_double(round->bad_debt, book->debt[i] - repaid);
		book->collateral[i] = 0;
		book->debt[i] = 0;
	}
	round->sold = dd_add_double(round->sold, sold);
	round->seized = dd_add_double(round->seized, seized);
	round->repaid = dd_add_double(round->repaid, repaid);
}

/*
 * Liquidate each of the accounts from..to - 1 that may be at this price once,
 * and add what happens to "round".
 */
void
cascade_liquidate(cascade_book *book, size_t from, size_t to, double price,
				  cascade_round *round)
{
	for (size_t i = from; i < to; i++)
		if (book->collateral[i] * price * book->threshold[i] < book->debt[i])
			liquidate(book, i, price, round);
}

/*
 * The price, relative to that without a sale, after so much collateral was
 * sold.  Between two points of a curve the impact is on the straight line; it
 * starts at nothing, and goes on beyond the last point as before it, down to a
 * price of zero.  In a constant product pool the price is as the square of the
 * reserve: (reserve / (reserve + sold))^2.
 */
double
cascade_price(const cascade_depth *depth, double sold)
{
	size_t		n = depth->num_points;
	double		amount = 0,
				impact = 0,
				slope = 0,
				price;

	if (n == 0)
	{
		double		share = depth->pool_reserve / (depth->pool_reserve + sold);

		return share * share;
	}
	for (size_t i = 0, next = 0; i < n; i++)
	{
		if (i == next)
			next = core_next_pause(depth->pause, i, n);
		slope = (depth->impacts[i] - impact) / (depth->amounts[i] - amount);
		if (sold <= depth->amounts[i])
			break;
		amount = depth->amounts[i];
		impact = depth->impacts[i];
	}
	price = 1 - (impact + slope * (sold - amount));
	return price > 0 ? price : 0;
}
