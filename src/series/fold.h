/*-------------------------------------------------------------------------
 *
 * series/fold.h
 *	  Folds of core/series/path.h over a series, or over a window of it.
 *
 *-------------------------------------------------------------------------
 */
#ifndef PG_YIELD_SERIES_FOLD_H
#define PG_YIELD_SERIES_FOLD_H

#include "fmgr.h"

#include "core/series/path.h"

extern void fold_points(Datum series, path_fold fold, void *state);
extern void fold_window(Datum series, path_window *w, path_fold fold, void *state);
extern bool fold_arguments(FunctionCallInfo fcinfo, int n, rate_method method, path_fold fold,
						   void *state);

#endif							/* PG_YIELD_SERIES_FOLD_H */
