/*-------------------------------------------------------------------------
 *
 * core/yield/sector.h
 *	  Figures of a whole sector: concentration, and growth by its causes.
 *
 *-------------------------------------------------------------------------
 */
#ifndef PG_YIELD_CORE_YIELD_SECTOR_H
#define PG_YIELD_CORE_YIELD_SECTOR_H

#include "core/base/status.h"
#include "core/yield/apr.h"

/*
 * The change of a value locked by its causes; total is price + accrual + flow,
 * added in this order, to the last bit.
 */
typedef struct growth_parts
{
	double		price;
	double		accrual;
	double		flow;
	double		total;
} growth_parts;

/* A value locked: units of a token, what each is worth in the asset, its price. */
typedef struct locked_value
{
	double		units;
	double		rate;
	double		price;
} locked_value;

extern core_status sector_hhi(const blend_summary *s, double *hhi);
extern core_status sector_growth(const locked_value *before, const locked_value *after,
								 growth_parts *parts);

#endif							/* PG_YIELD_CORE_YIELD_SECTOR_H */
