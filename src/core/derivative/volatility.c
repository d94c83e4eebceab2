/*-------------------------------------------------------------------------
 *
 * core/derivative/volatility.c
 *	  Volatility out of many options: fair variance, smiles.
 *
 *-------------------------------------------------------------------------
 */
#include "core/derivative/volatility.h"

#include <math.h>

/* ---------- the fair variance of one expiry ---------- */

/* The greatest strike up to the forward that has both quotes; n if there is none. */
static size_t
middle_quote(const strike_quote *quotes, size_t n, double forward)
{
	size_t		middle = n;

	for (size_t i = 0; i < n && quotes[i].strike <= forward; i++)
		if (!isnan(quotes[i].call_price) && !isnan(quotes[i].put_price))
			middle = i;
	return middle;
}

/* What counts of a quote: the option out of the money, both in the middle; NaN if that is not there. */
static double
counted_price(const strike_quote *quotes, size_t i, size_t middle)
{
	if (i == middle)
		return quotes[i].call_price / 2 + quotes[i].put_price / 2;
	return i < middle ? quotes[i].put_price : quotes[i].call_price;
}

/*
 * Half the distance of the neighbours that count, of each price over the square
 * of its strike: a part for each pair of neighbours, which both prices share,
 * and at the ends the other half.  How many prices there are goes to *count.
 */
static double
strip_value(const strike_quote *quotes, size_t n, size_t middle, size_t *count)
{
	double		sum = 0;
	double		before = 0;
	double		part_before = 0;
	double		width = 0;

	*count = 0;
	for (size_t i = 0; i < n; i++)
	{
		double		price = counted_price(quotes, i, middle);
		double		part = price / quotes[i].strike / quotes[i].strike;

		if (isnan(price))
			continue;
		width = quotes[i].strike - before;
		if (*count > 0)
			sum += (part_before * (*count == 1 ? 2 : 1) + part) * width / 2;
		part_before = part;
		before = quotes[i].strike;
		++*count;
	}
	return sum + part_before * width / 2;
}

/*
 * The variance a year that a swap on it would fix, from quotes by ascending
 * strike, of years above 0: "The CBOE Volatility Index", white paper (2009).
 * CORE_NULL: fewer than two prices, or none in the middle.
 */
core_status
variance_strike(const strike_quote *quotes, size_t n, const expiry_terms *expiry, double *variance)
{
	size_t		middle = middle_quote(quotes, n, expiry->forward);
	size_t		count;
	double		strip,
				gap;

	if (middle == n || expiry->years == 0)
		return CORE_NULL;
	strip = strip_value(quotes, n, middle, &count);
	if (count < 2)
		return CORE_NULL;
	gap = (expiry->forward - quotes[middle].strike) / quotes[middle].strike;
	*variance = 2 / expiry->years * exp(expiry->rate * expiry->years) * strip -
		gap * gap / expiry->years;
	return isfinite(*variance) ? CORE_OK : CORE_OUT_OF_RANGE;
}

/*
 * The volatility for target_years between, or beyond, two expiries of different
 * years, linear in total variance.  CORE_NULL: it comes to a negative variance.
 */
core_status
volatility_index(double variance0, double years0, double variance1, double years1,
				 double target_years, double *volatility)
{
	double		total0 = years0 * variance0;
	double		total1 = years1 * variance1;
	double		total = (total0 * (years1 - target_years) + total1 * (target_years - years0)) /
		(years1 - years0);

	*volatility = sqrt(total / target_years);
	if (target_years == 0 || total < 0)
		return CORE_NULL;
	return isfinite(*volatility) ? CORE_OK : CORE_OUT_OF_RANGE;
}

/* ---------- smiles ---------- */

/* J. Gatheral and A. Jacquier, "Arbitrage-free SVI volatility surfaces", Quantitative Finance 14 (2014) */
double
svi_variance(const svi_slice *slice, double log_moneyness)
{
	double		off = log_moneyness - slice->m;

	return slice->a + slice->b * (slice->rho * off + hypot(off, slice->sigma));
}

/*
 * Their function g, whose sign is that of the density which the smile implies.
 * CORE_NULL: the total variance is 0.
 */
core_status
svi_density_sign(const svi_slice *slice, double log_moneyness, double *g)
{
	double		off = log_moneyness - slice->m;
	double		root = hypot(off, slice->sigma);
	double		w = svi_variance(slice, log_moneyness);
	double		slope = slice->b * (slice->rho + off / root);
	double		bend = slice->b * (slice->sigma / root) * (slice->sigma / root) / root;
	double		lean = 1 - log_moneyness * slope / (2 * w);

	if (w == 0)
		return CORE_NULL;
	*g = lean * lean - slope * slope / 4 * (1 / w + 0.25) + bend / 2;
	return isfinite(*g) ? CORE_OK : CORE_OUT_OF_RANGE;
}

/*
 * z over its x of P. Hagan and others, ln((sqrt(1 - 2 rho z + z^2) + z - rho) /
 * (1 - rho)), without cancellation on either side of 0.
 */
static double
sabr_stretch(double z, double rho)
{
	double		root = sqrt(1 - 2 * rho * z + z * z);
	double		rise = z * (z - 2 * rho) / (root + 1);

	if (z == 0)
		return 1;
	return z > 0 ? z / log1p((rise + z) / (1 - rho)) : -z / log1p((rise - z) / (1 + rho));
}

/*
 * Black's volatility in the model SABR: P. Hagan, D. Kumar, A. Lesniewski and
 * D. Woodward, "Managing Smile Risk", Wilmott (2002), equation 2.17.  alpha > 0,
 * 0 <= beta <= 1, -1 < rho < 1, nu >= 0.  CORE_NULL: the expansion, which is one
 * in time, is not above 0.
 */
core_status
sabr_volatility(double strike, double forward, double years, const sabr_terms *sabr,
				double *volatility)
{
	double		back = 1 - sabr->beta;
	double		log_ratio = log(forward / strike);
	double		mean = exp(back / 2 * (log(forward) + log(strike)));
	double		square = back * back * log_ratio * log_ratio;
	double		z = sabr->nu / sabr->alpha * mean * log_ratio;
	double		level = sabr->alpha / mean;
	double		growth = back * back / 24 * level * level +
		sabr->rho * sabr->beta * sabr->nu * level / 4 +
		(2 - 3 * sabr->rho * sabr->rho) / 24 * sabr->nu * sabr->nu;

	*volatility = level / (1 + square / 24 + square * square / 1920) * sabr_stretch(z, sabr->rho) *
		(1 + growth * years);
	if (!isfinite(*volatility))
		return CORE_OUT_OF_RANGE;
	return *volatility > 0 ? CORE_OK : CORE_NULL;
}
