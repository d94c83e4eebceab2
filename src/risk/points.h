/*-------------------------------------------------------------------------
 *
 * risk/points.h
 *	  All points of a series at once, for what looks at them more than once.
 *
 *-------------------------------------------------------------------------
 */
#ifndef PG_YIELD_RISK_POINTS_H
#define PG_YIELD_RISK_POINTS_H

#include "fmgr.h"

typedef struct series_points
{
	int64	   *time;
	double	   *value;
	size_t		n;
} series_points;

extern void read_points(Datum series, series_points *points);

#endif							/* PG_YIELD_RISK_POINTS_H */
