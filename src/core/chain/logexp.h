/*-------------------------------------------------------------------------
 *
 * core/chain/logexp.h
 *	  Balancer's LogExpMath: logarithms and powers of fixed-point numbers, to
 *	  the last digit.
 *
 *-------------------------------------------------------------------------
 */
#ifndef PG_YIELD_CORE_CHAIN_LOGEXP_H
#define PG_YIELD_CORE_CHAIN_LOGEXP_H

#include "core/base/status.h"
#include "core/chain/u256.h"

/*
 * x^y as LogExpMath.pow, both with 18 decimals: below the exact power or above
 * it by some 1e-14 of it.  CORE_OUT_OF_RANGE unless -41 <= y * ln x <= 130, x is
 * below 2^255 and y below 2^254 / 1e20; *out is then left alone.
 */
extern core_status logexp_pow(u256 x, u256 y, u256 *out);

/*
 * e^x as LogExpMath.exp, and ln x as LogExpMath.ln, all with 18 decimals.
 * CORE_OUT_OF_RANGE unless -41 <= x <= 130, or x is positive.
 */
extern core_status logexp_exp(s256 x, u256 *out);
extern core_status logexp_ln(s256 x, s256 *out);

#endif							/* PG_YIELD_CORE_CHAIN_LOGEXP_H */
