/*-------------------------------------------------------------------------
 *
 * core/derivative/lattice.h
 *	  Options on a binomial lattice.
 *
 *-------------------------------------------------------------------------
 */
#ifndef PG_YIELD_CORE_DERIVATIVE_LATTICE_H
#define PG_YIELD_CORE_DERIVATIVE_LATTICE_H

#include "core/base/pause.h"
#include "core/derivative/option.h"

#define LATTICE_MAX_STEPS	10000

typedef enum lattice_method
{
	LATTICE_LEISEN_REIMER,
	LATTICE_CRR
} lattice_method;

/* Doubles of room that a lattice of so many steps, made odd where needed, takes */
#define LATTICE_ROOM(steps)	(3 * ((size_t) (steps) + 2))

extern core_status lattice_price(const option_terms *option, int steps, bool american,
								 lattice_method method, core_pause pause, double *room,
								 double *price);

#endif							/* PG_YIELD_CORE_DERIVATIVE_LATTICE_H */
