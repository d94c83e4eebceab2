/*-------------------------------------------------------------------------
 *
 * core/leverage/stress.h
 *	  What a fall of its collateral does to a book of lending accounts.
 *
 * A shock is a change of price as a fraction: -0.2 is a fall of 20 %.  The
 * oracle's shock decides who may be liquidated and what the protocol takes
 * collateral for; the market's shock what collateral is worth to whoever buys
 * it.  The two are the same unless the caller says otherwise: an oracle that
 * reads an exchange rate does not see a depeg.
 *
 * Of account a with collateral C, threshold t, debt D under oracle shock s
 * and market shock m, bonus b and close factor k:
 *
 *	liquidatable	C (1 + s) t < D
 *	toxic			liquidatable, and C (1 + s) < D (1 + b): a liquidation
 *					lowers its health factor, and another follows until no
 *					collateral is left
 *	seized			min(k D (1 + b), C (1 + s))
 *	repaid			seized / (1 + b)
 *	bad debt		of a toxic account, D - C (1 + s) / (1 + b)
 *
 * Liquidators come only if (1 + b) (1 + m) >= 1 + s.  If not, nothing is
 * seized or repaid, and bad debt is what the market leaves uncovered, the sum
 * of max(0, D - C (1 + m)) over all accounts.
 *
 * All of these are linear in the prices within two intervals of them, so an
 * account does not meet each shock.  Shocks are sorted from the mildest; a
 * search finds the first at which the account is liquidatable, toxic and so
 * on; its amounts go into the cell of that shock; and the sums over the cells
 * up to a shock are the coefficients there.
 *
 *-------------------------------------------------------------------------
 */
#ifndef PG_YIELD_CORE_LEVERAGE_STRESS_H
#define PG_YIELD_CORE_LEVERAGE_STRESS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/base/binned_sum.h"
#include "core/base/pause.h"
#include "core/base/status.h"

#define STRESS_MAX_SHOCKS	10000

typedef struct stress_shock
{
	double		oracle;			/* finite, >= -1 */
	double		market;			/* finite, >= -1 */
} stress_shock;

/* The accounts that are first affected by one shock. */
typedef struct stress_cell
{
	int64_t		num_accounts;
	binned_sum	collateral;		/* before the shock */
	binned_sum	debt;
} stress_cell;

/* The accounts of several cells. */
typedef struct stress_part
{
	int64_t		num_accounts;
	dd			collateral;
	dd			debt;
} stress_part;

/*
 * The state.  After the fields follow num_shocks shocks, in falling order,
 * oracle first; what they leave of a price of 1, in falling order; where some
 * market shock is another than the oracle's, the same of these; and the grids
 * of num_shocks cells each, as stress_num_grids says.  The place of everything
 * follows from the fields, and books of the same accounts are equal byte by
 * byte after "reserved".
 */
typedef struct stress_summary
{
	int32_t		reserved;		/* for whoever stores it */
	int32_t		num_shocks;		/* 1 .. STRESS_MAX_SHOCKS */
	int64_t		has_market;		/* 0 or 1 */
	double		bonus;			/* finite, >= 0 */
	double		close_factor;	/* above 0, at most 1 */
	int64_t		num_accounts;
	binned_sum	collateral;
	binned_sum	debt;
} stress_summary;

/* What happens at one shock; values at the oracle's price after it. */
typedef struct stress_row
{
	stress_shock shock;
	int64_t		accounts_liquidatable;
	double		collateral_liquidatable;
	double		debt_liquidatable;
	bool		pays;			/* do liquidators come? */
	double		collateral_seized;
	double		debt_repaid;
	double		liquidator_profit;	/* at the market's price */
	double		bad_debt;
	int64_t		accounts_toxic;
	double		debt_toxic;
} stress_row;

extern bool stress_shock_is_valid(double shock);
extern bool stress_bonus_is_valid(double bonus);
extern bool stress_close_factor_is_valid(double close_factor);

extern size_t stress_size(int32_t num_shocks, bool has_market, double close_factor);
extern bool stress_has_market(const stress_shock *shocks, int32_t num_shocks);
extern stress_shock *stress_shocks(const stress_summary *s);
extern int	stress_num_grids(const stress_summary *s);
extern stress_cell *stress_cells(const stress_summary *s);
extern void stress_init(stress_summary *s, const stress_shock *shocks, int32_t num_shocks,
						double bonus, double close_factor);
extern core_status stress_add(stress_summary *s, double collateral, double limit_base,
							  double threshold, double debt);
extern bool stress_is_alike(const stress_summary *a, const stress_summary *b);
extern core_status stress_merge(stress_summary *into, const stress_summary *other);
extern bool stress_is_valid(const stress_summary *s);
extern core_status stress_totals(const stress_summary *s, double *collateral, double *debt);
extern core_status stress_table(const stress_summary *s, stress_part *scratch,
								stress_row *rows);

extern core_status leverage_liquidation_shock(const double *collateral, const double *threshold,
											  const double *beta, int n, double debt,
											  double debt_beta, double *shock);
extern bool leverage_in_toxic_zone(double collateral, double debt, double bonus);
extern core_status leverage_deleverage_amount(double collateral, double threshold, double debt,
											  double target, double slippage, double *amount);

extern size_t stress_horizon_returns(double *returns, size_t num_returns, size_t horizon,
									 size_t from, size_t to);
extern core_status stress_quantile(const double *values, size_t n, double p, core_pause pause,
								   double *quantile);

#endif							/* PG_YIELD_CORE_LEVERAGE_STRESS_H */
