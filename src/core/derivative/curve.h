/*-------------------------------------------------------------------------
 *
 * core/derivative/curve.h
 *	  Curves of discount factors, read between their nodes.
 *
 * A node is a time in years and the factor that discounts from there, both
 * positive and finite.  At 0 the factor is 1, which is no node; beyond the last
 * node nothing is known.
 *
 *-------------------------------------------------------------------------
 */
#ifndef PG_YIELD_CORE_DERIVATIVE_CURVE_H
#define PG_YIELD_CORE_DERIVATIVE_CURVE_H

#include <stdint.h>
#include <string.h>

#include "core/base/point.h"
#include "core/derivative/bond.h"

/*
 * Nodes in ascending order of years, at least one: two arrays of doubles that
 * need not be aligned.
 */
typedef struct discount_curve
{
	const char *years;
	const char *factors;
	size_t		n;
} discount_curve;

/* How a curve is read between its nodes. */
typedef enum curve_method
{
	CURVE_LOG_LINEAR,			/* forwards are constant from node to node */
	CURVE_LINEAR_ZERO,			/* continuous zero rates are linear, and flat before the first */
	CURVE_MONOTONE_CONVEX		/* forwards of Hagan and West */
} curve_method;

typedef struct curve_roll
{
	double		carry;
	double		roll_down;
	double		total_return;
} curve_roll;

static inline double
curve_double(const char *array, size_t i)
{
	double		value;

	memcpy(&value, array + i * sizeof(double), sizeof(double));
	return value;
}

static inline double
curve_years(const discount_curve *curve, size_t i)
{
	return curve_double(curve->years, i);
}

static inline double
curve_factor(const discount_curve *curve, size_t i)
{
	return curve_double(curve->factors, i);
}

static inline bool
curve_node_is_valid(double years, double factor)
{
	return years > 0 && years <= DBL_MAX && factor > 0 && factor <= DBL_MAX;
}

/* Positive doubles are ordered as their bits are, which are times of series_sort. */
static inline int64_t
curve_key(double years)
{
	int64_t		key;

	memcpy(&key, &years, sizeof(key));
	return key;
}

extern core_status curve_log_discount(const discount_curve *curve, double years,
									  curve_method method, double *log_discount);
extern core_status curve_discount_factor(const discount_curve *curve, double years,
										 curve_method method, double *factor);
extern core_status curve_zero_rate(const discount_curve *curve, double years, double periods,
								   curve_method method, double *rate);
extern core_status curve_forward_rate(const discount_curve *curve, double years0, double years1,
									  double periods, curve_method method, double *rate);
extern core_status curve_roll_down(const discount_curve *curve, double years, double horizon,
								   curve_method method, curve_roll *roll);
extern core_status curve_value(const discount_curve *curve, const bond_flows *flows,
							   curve_method method, double *value);
extern core_status curve_z_spread(const discount_curve *curve, double price,
								  const bond_flows *flows, double periods, curve_method method,
								  double *room, double *spread);
extern core_status curve_bootstrap(const double *times, const double *par_rates, size_t n,
								   core_pause pause, double *factors);

#endif							/* PG_YIELD_CORE_DERIVATIVE_CURVE_H */
