/*-------------------------------------------------------------------------
 *
 * core/yield/eigen.h
 *	  EigenLayer's rewards as its calculation has them.
 *
 * Layr-Labs/sidecar pkg/rewards computes them in PostgreSQL's numeric, whose
 * quotients are rounded before they are floored: those of 17 digits or more to
 * a whole number.  So half of all great amounts are one unit above the exact
 * floor.
 *
 *-------------------------------------------------------------------------
 */
#ifndef PG_YIELD_CORE_EIGEN_H
#define PG_YIELD_CORE_EIGEN_H

#include "core/chain/numeric_division.h"

#define EIGEN_BIPS	10000

typedef struct eigen_parts
{
	u256		whole;
	u256		operator_part;
	u256		rest;			/* of the stakers */
} eigen_parts;

/* A whole number, written without decimals */
static inline scaled_number
eigen_whole(u256 a)
{
	return (scaled_number) {wide_of(a), 0};
}

/*
 * FLOOR(amount / days), days being those of the duration in seconds, which the
 * contract makes a multiple of 86400; of others amount * 86400 / duration.
 * CORE_DIVISION_BY_ZERO, CORE_OUT_OF_RANGE.
 */
extern core_status eigen_daily(u256 amount, u256 duration, u256 *tokens);

/*
 * proportion = FLOOR(weight / total * 1e15) / 1e15, FLOOR(proportion * tokens):
 * the stakers' part of the first kind of rewards (since the fork "Arno"), and
 * of those of v2.2.  CORE_DIVISION_BY_ZERO without total, CORE_BAD_PARAMETER
 * where weight is above it.
 */
extern core_status eigen_proportional(u256 tokens, const scaled_number *weight,
									  const scaled_number *total, u256 *payout);

/* FLOOR(whole * split_bips / 10000) is the operator's; parts->whole is given */
extern core_status eigen_divide(eigen_parts *parts, unsigned split_bips);

/*
 * FLOOR(tokens_per_day * weight / total_weight) and its parts: an operator's
 * day of rewards v2.2.  Faults as of eigen_proportional, and
 * CORE_BAD_PARAMETER for more than 10000 bips.
 */
extern core_status eigen_pot(u256 tokens_per_day, const scaled_number *weight,
							 const scaled_number *total_weight, unsigned split_bips,
							 eigen_parts *parts);

/* shares * magnitude / max_magnitude * multiplier: an operator's weight by a strategy */
extern core_status eigen_weight(u256 shares, u256 magnitude, u256 max_magnitude, u256 multiplier,
								scaled_number *weight);

/* floor(amount * fee_bips / 10000), as RewardsCoordinator takes it in integers */
extern core_status eigen_fee(u256 amount, unsigned fee_bips, u256 *fee);

#endif							/* PG_YIELD_CORE_EIGEN_H */
