/*-------------------------------------------------------------------------
 *
 * core/yield/sector.c
 *	  Figures of a whole sector: concentration, and growth by its causes.
 *
 *-------------------------------------------------------------------------
 */
#include "core/yield/sector.h"

#include <math.h>

/*
 * Herfindahl-Hirschman index, the sum of squared shares, of a summary in which
 * each value was added as its own weight: sum(v^2) / sum(v)^2, from 1/n for n
 * equal values to 1 for one.  CORE_NULL where the values sum to zero,
 * CORE_OUT_OF_RANGE where their sum is beyond a double.
 */
core_status
sector_hhi(const blend_summary *s, double *hhi)
{
	if (s->weight.top == BINNED_NONE)
		return CORE_NULL;
	*hhi = binned_quotient(&s->weighted, &s->weight) / binned_value(&s->weight).hi;
	return isfinite(*hhi) && *hhi > 0 ? CORE_OK : CORE_OUT_OF_RANGE;
}

/*
 * What the change of one factor from a0 to a1 brought, as the mean over all
 * orders in which the three factors could have changed (Shapley's value).
 */
static double
part_of(double a0, double a1, double b0, double b1, double c0, double c1)
{
	return (a1 - a0) * (2 * b0 * c0 + b0 * c1 + b1 * c0 + 2 * b1 * c1) / 6;
}

/*
 * The change of units * rate * price by its causes: flow (units came or
 * went), accrual (a unit is worth more of the asset), price (the asset's own).
 * Each part is its factor's Shapley value, so no order of changes is assumed,
 * nothing is left over, and a start or an end of zero is an ordinary case, as
 * it would not be with logarithms.  The total is defined as the sum of the
 * parts.  All finite; CORE_OUT_OF_RANGE where a product is not.  Source:
 * L. Shapley (1953), as used in decompositions of energy use (J. Sun, 1998).
 */
core_status
sector_growth(const locked_value *before, const locked_value *after, growth_parts *parts)
{
	double		u0 = before->units;
	double		u1 = after->units;
	double		r0 = before->rate;
	double		r1 = after->rate;
	double		p0 = before->price;
	double		p1 = after->price;

	parts->price = part_of(p0, p1, u0, u1, r0, r1);
	parts->accrual = part_of(r0, r1, u0, u1, p0, p1);
	parts->flow = part_of(u0, u1, r0, r1, p0, p1);
	parts->total = parts->price + parts->accrual + parts->flow;
	return isfinite(parts->total) ? CORE_OK : CORE_OUT_OF_RANGE;
}
