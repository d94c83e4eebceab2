/*-------------------------------------------------------------------------
 *
 * core/liquidity/solidly.c
 *	  Stable pools of Solidly's kind (x^3 y + x y^3 = k), to the last wei.
 *
 *-------------------------------------------------------------------------
 */
#include "core/liquidity/solidly.h"

#include "core/chain/calc.h"

#define ONE		u256_from_u64(1)

/* The curve at one x, with what of it does not depend on y */
typedef struct curve
{
	const solidly_pool *pool;
	u256		x;
	u256		x2;				/* x^2 */
	u256		x3;				/* x^3 */
} curve;

/* The curve at one y */
typedef struct point
{
	u256		y2;				/* y^2 */
	u256		k;
} point;

static u256
to_wad(u256 amount, u256 unit, core_status *status)
{
	u256		scaled = calc_mul(status, amount, FIXED_WAD);

	return u256_equal(unit, FIXED_WAD) ? amount : calc_div(status, scaled, unit);
}

/* x y (x^2 + y^2) from the squares: _f and _k of Aerodrome */
static u256
curve_k(u256 x, u256 y, u256 x2, u256 y2, core_status *status)
{
	return calc_mul_wad(status, calc_mul_wad(status, x, y), calc_add(status, x2, y2));
}

/* x y^3 + x^3 y: _f of Solidly, which its _k does not agree with to the last digit */
static u256
curve_sum(const curve *at, u256 y, u256 y2, core_status *status)
{
	u256		y3 = calc_mul_wad(status, y2, y);

	return calc_add(status, calc_mul_wad(status, at->x, y3), calc_mul_wad(status, at->x3, y));
}

static curve
curve_at(const solidly_pool *pool, u256 x, core_status *status)
{
	curve		at = {pool, x, U256_ZERO, U256_ZERO};

	at.x2 = calc_mul_wad(status, x, x);
	at.x3 = calc_mul_wad(status, at.x2, x);
	return at;
}

static point
point_at(const curve *at, u256 y, core_status *status)
{
	point		p;

	p.y2 = calc_mul_wad(status, y, y);
	p.k = at->pool->version == SOLIDLY_AERODROME ? curve_k(at->x, y, at->x2, p.y2, status)
		: curve_sum(at, y, p.y2, status);
	return p;
}

/* How far Newton's step goes for a distance in k: over 3 x y^2 + x^3 */
static u256
newton_step(const curve *at, const point *p, u256 distance, core_status *status)
{
	u256		slope = calc_mul_wad(status, calc_scale(status, at->x, 3), p->y2);

	return calc_div(status, calc_mul(status, distance, FIXED_WAD),
					calc_add(status, slope, at->x3));
}

/*
 * Whether y + 1 is beyond k.  The pool asks its own _k, which brings both to 18
 * decimals a second time: right where both tokens have 18, and all but always
 * "yes" where they have less.
 */
static bool
next_is_beyond(const curve *at, u256 y, u256 k, core_status *status)
{
	solidly_pool scaled = *at->pool;
	u256		next = U256_ZERO;
	core_status outcome;

	scaled.reserve[0] = at->x;
	scaled.reserve[1] = calc_add(status, y, ONE);
	outcome = solidly_k(&scaled, &next);
	return u256_cmp(calc_step(status, outcome, next), k) > 0;
}

/* Whether y - 1 is below k */
static bool
last_is_below(const curve *at, u256 y, u256 k, core_status *status)
{
	u256		less = calc_sub(status, y, ONE);

	return u256_cmp(point_at(at, less, status).k, k) < 0;
}

/* One round of Aerodrome's search from y; true where it has found its end */
static bool
aerodrome_round(const curve *at, u256 k, u256 *y, core_status *status)
{
	point		p = point_at(at, *y, status);
	bool		is_below = u256_cmp(p.k, k) < 0;
	u256		distance = is_below ? u256_sub_wrap(k, p.k) : u256_sub_wrap(p.k, k);
	u256		step = newton_step(at, &p, distance, status);

	if (u256_is_zero(step) && *status == CORE_OK)
	{
		if (is_below && next_is_beyond(at, *y, k, status))
		{
			*y = calc_add(status, *y, ONE);
			return true;
		}
		if (!is_below && (u256_is_zero(distance) || last_is_below(at, *y, k, status)))
			return true;
		step = ONE;
	}
	*y = is_below ? calc_add(status, *y, step) : calc_sub(status, *y, step);
	return false;
}

/* One round of Solidly's search, which is over when y moves by no more than one */
static bool
original_round(const curve *at, u256 k, u256 *y, core_status *status)
{
	point		p = point_at(at, *y, status);
	bool		is_below = u256_cmp(p.k, k) < 0;
	u256		distance = is_below ? u256_sub_wrap(k, p.k) : u256_sub_wrap(p.k, k);
	u256		step = newton_step(at, &p, distance, status);

	*y = is_below ? calc_add(status, *y, step) : calc_sub(status, *y, step);
	return u256_fits_u64(step) && step.limb[0] <= 1;
}

core_status
solidly_y(const solidly_pool *pool, u256 x, u256 k, u256 y, u256 *out)
{
	core_status status = CORE_OK;
	curve		at = curve_at(pool, x, &status);
	bool		is_aerodrome = pool->version == SOLIDLY_AERODROME;
	bool		ended = false;

	for (int round = 0; round < SOLIDLY_MAX_ROUNDS && !ended && status == CORE_OK; round++)
		ended = is_aerodrome ? aerodrome_round(&at, k, &y, &status)
			: original_round(&at, k, &y, &status);
	/* after all its rounds Solidly takes what it has */
	calc_require(&status, ended || !is_aerodrome);
	return calc_done(status, y, out);
}

core_status
solidly_k(const solidly_pool *pool, u256 *out)
{
	core_status status = CORE_OK;
	u256		x = to_wad(pool->reserve[0], pool->unit[0], &status);
	u256		y = to_wad(pool->reserve[1], pool->unit[1], &status);
	u256		x2 = calc_mul_wad(&status, x, x);
	u256		y2 = calc_mul_wad(&status, y, y);

	x = curve_k(x, y, x2, y2, &status);
	return calc_done(status, x, out);
}

core_status
solidly_amount_out(const solidly_pool *pool, u256 amount_in, bool zero_for_one, u256 *out)
{
	int			i = zero_for_one ? 0 : 1;
	u256		k = U256_ZERO;
	u256		y = U256_ZERO;
	core_status status = solidly_k(pool, &k);
	u256		fee = calc_mul_then_div(&status, amount_in, pool->fee_bps, FIXED_PERCENT);
	u256		left = calc_sub(&status, amount_in, fee);
	u256		x = to_wad(pool->reserve[i], pool->unit[i], &status);
	u256		y0 = to_wad(pool->reserve[1 - i], pool->unit[1 - i], &status);

	x = calc_add(&status, to_wad(left, pool->unit[i], &status), x);
	if (status == CORE_OK)
		status = solidly_y(pool, x, k, y0, &y);
	y = calc_sub(&status, y0, y);
	y = calc_mul_wad(&status, y, pool->unit[1 - i]);
	return calc_done(status, y, out);
}

/*
 * With r = y / x the price is r (3 + r^2) / (1 + 3 r^2), here in r or 1 / r,
 * whichever is below one, so that no power of it is too great.
 */
core_status
solidly_spot_price(const solidly_pool *pool, double *out)
{
	double		r;
	double		units;
	double		square;

	if (!u256_ratio(pool->reserve[1], pool->reserve[0], &r) ||
		!u256_ratio(pool->unit[0], pool->unit[1], &units))
		return CORE_DIVISION_BY_ZERO;
	r *= units;
	square = r > 1 ? 1 / r / r : r * r;
	*out = r > 1 ? r * ((3 * square + 1) / (square + 3)) : r * ((3 + square) / (1 + 3 * square));
	return CORE_OK;
}
