/*-------------------------------------------------------------------------
 *
 * core/base/gamma.h
 *	  The gamma and beta laws, and those that follow from them.
 *
 *-------------------------------------------------------------------------
 */
#ifndef PG_YIELD_CORE_BASE_GAMMA_H
#define PG_YIELD_CORE_BASE_GAMMA_H

extern double gamma_below(double shape, double x);
extern double gamma_above(double shape, double x);
extern double gamma_quantile(double shape, double below);
extern double gamma_upper_quantile(double shape, double above);
extern double beta_below(double a, double b, double x);
extern double student_two_tails(double t, double degrees);

#endif							/* PG_YIELD_CORE_BASE_GAMMA_H */
