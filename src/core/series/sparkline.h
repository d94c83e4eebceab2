/*-------------------------------------------------------------------------
 *
 * core/series/sparkline.h
 *	  The height of each mark in a line of block characters.
 *
 *-------------------------------------------------------------------------
 */
#ifndef PG_YIELD_CORE_SERIES_SPARKLINE_H
#define PG_YIELD_CORE_SERIES_SPARKLINE_H

#include <stddef.h>
#include <stdint.h>

#include "core/base/pause.h"

#define SPARKLINE_LEVELS	8

extern void sparkline_levels(const double *values, size_t n, uint8_t *levels, core_pause pause);
extern size_t sparkline_shrink(double *values, size_t n, size_t width, core_pause pause);

#endif							/* PG_YIELD_CORE_SERIES_SPARKLINE_H */
