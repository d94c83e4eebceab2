/*-------------------------------------------------------------------------
 *
 * liquidity/coins.h
 *	  Arguments of pools that have a number of coins: arrays of one word for each
 *	  coin, and coins by their number.
 *
 *-------------------------------------------------------------------------
 */
#ifndef PG_YIELD_LIQUIDITY_COINS_H
#define PG_YIELD_LIQUIDITY_COINS_H

#include "fmgr.h"

#include "core/chain/u256.h"

/* What an array of as many words as the pool has coins is called right by */
#define HINT_COINS	"One for each coin of the pool, in the pool's own order."

extern bool coins_array(FunctionCallInfo fcinfo, int position, const char *argument, int least,
						int most, const char *hint, u256 *words, int *n);
extern int	coin_argument(FunctionCallInfo fcinfo, int position, const char *argument, int n);
extern void coin_pair(FunctionCallInfo fcinfo, int n, int *i, int *j);

#endif							/* PG_YIELD_LIQUIDITY_COINS_H */
