/*-------------------------------------------------------------------------
 *
 * core/yield/return.h
 *	  Returns of adjacent periods linked to one, and a return taken apart by
 *	  its sources.
 *
 * A return is the gain of a period as a fraction of the value at its start; it
 * is not a yearly figure.
 *
 *-------------------------------------------------------------------------
 */
#ifndef PG_YIELD_CORE_YIELD_RETURN_H
#define PG_YIELD_CORE_YIELD_RETURN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/base/binned_sum.h"
#include "core/base/status.h"
#include "core/chain/u256.h"

/*
 * Returns linked to one: the sum of ln(1 + return), and how many there are.  A
 * total loss leaves no sum behind.  There is no empty summary.
 */
typedef struct return_summary
{
	int64_t		num_returns;
	int64_t		is_total_loss;	/* 0 or 1: was one of them -1? */
	binned_sum	log_growth;
} return_summary;

/*
 * Where a holder's return of a period comes from, in natural logarithms, and
 * their sum: total is staking + restaking + incentives + peg + fees, added in
 * this order, to the last bit.
 */
typedef struct return_parts
{
	double		total;
	double		staking;
	double		restaking;
	double		incentives;
	double		peg;
	double		fees;
} return_parts;

/* A holder's figures for yield_attribute. */
typedef struct holding
{
	double		rate0;
	double		rate1;
	double		market0;
	double		market1;
	double		staking_return;
	double		fee;
	double		incentive_return;
} holding;

/* One staker's daily reward and how it is split. */
typedef struct eigen_reward
{
	u256		payout;
	u256		operator_part;
	u256		staker_part;
} eigen_reward;

extern void return_summary_init(return_summary *s);
extern core_status return_summary_add(return_summary *s, double ret);
extern core_status return_summary_merge(return_summary *into, const return_summary *other);
extern bool return_summary_is_valid(const return_summary *s);
extern core_status return_summary_total(const return_summary *s, double *ret);
extern core_status yield_layered(const double *aprs, size_t n, double *apr);

extern core_status yield_reward(double amount, double price, double stake, double days,
								double year_days, double *apr);
extern core_status yield_attribute(const holding *h, return_parts *parts);
extern core_status yield_organic_share(double organic, double incentives, double *share);

extern core_status eigen_tokens_per_day(u256 amount, u256 duration, u256 *tokens);
extern core_status eigen_split(u256 tokens_per_day, u256 weight, u256 total_weight,
							   unsigned split_bips, eigen_reward *reward);

#endif							/* PG_YIELD_CORE_YIELD_RETURN_H */
