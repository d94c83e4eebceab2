/*-------------------------------------------------------------------------
 *
 * core/liquidity/cryptoswap_curve.c
 *	  The curve of Curve's pools of unpegged coins: its invariant, one balance
 *	  from the others, its cube root.
 *
 * The contracts leave out checks where they think that nothing can overflow,
 * and where something does their result wraps: "wrap" and "unsafe" below are
 * theirs.  The order of operations is theirs, too, since each division floors.
 *
 *-------------------------------------------------------------------------
 */
#include "core/liquidity/cryptoswap.h"

#include "core/chain/signed_calc.h"

#define ONE				u256_from_u64(1)
#define TEN_14			u256_from_u64(UINT64_C(100000000000000))
#define TEN_16			u256_from_u64(UINT64_C(10000000000000000))
#define AMP_MULTIPLIER	u256_from_u64(10000)

static u256
ten_to(unsigned n)
{
	u256		out = U256_ZERO;

	(void) u256_pow10(n, &out);
	return out;
}

/* a * 10^n of a small a */
static u256
scaled(uint64_t a, unsigned n)
{
	return u256_mul_wrap(u256_from_u64(a), ten_to(n));
}

static u256
word_max(u256 a, u256 b)
{
	return u256_cmp(a, b) > 0 ? a : b;
}

static u256
distance(u256 a, u256 b)
{
	return u256_cmp(a, b) > 0 ? u256_sub_wrap(a, b) : u256_sub_wrap(b, a);
}

static bool
is_between(u256 x, u256 least, u256 most)
{
	return u256_cmp(x, least) >= 0 && u256_cmp(x, most) <= 0;
}

/* a / b, and zero by zero */
static u256
unsafe_div(u256 a, u256 b)
{
	u256		out = U256_ZERO;

	(void) u256_div(a, b, &out);
	return out;
}

static s256
unsafe_sdiv(s256 a, s256 b)
{
	u256		quot = unsafe_div(s256_magnitude(a), s256_magnitude(b));

	return s256_is_negative(a) != s256_is_negative(b) ? s256_neg_wrap(quot) : quot;
}

/* ---------- limits of the contracts ---------- */

static u256
greatest_gamma(const cryptoswap_curve *curve)
{
	if (curve->n == 3)
		return scaled(5, 16);
	return curve->version == CRYPTOSWAP_V21 ? scaled(199, 15) : scaled(2, 15);
}

static bool
has_valid_parameters(const cryptoswap_curve *curve)
{
	u256		least_amp = u256_from_u64(curve->n == 3 ? 2700 : 4000);
	u256		greatest_amp = u256_from_u64(curve->n == 3 ? 270000000 : 40000000);

	return is_between(curve->amp, least_amp, greatest_amp) &&
		is_between(curve->gamma, ten_to(10), greatest_gamma(curve));
}

static bool
is_valid_d(u256 d)
{
	return is_between(d, ten_to(17), ten_to(33));
}

/* x / d between a hundredth and a hundred; in 2.1 of what goes into D, half of both */
static bool
is_near_d(const cryptoswap_curve *curve, u256 x, u256 d, core_status *status)
{
	u256		part = curve->n == 3 ? unsafe_div(u256_mul_wrap(x, FIXED_WAD), d)
		: calc_mul_then_div(status, x, FIXED_WAD, d);

	if (curve->version == CRYPTOSWAP_V21)
		return is_between(part, scaled(5, 15), scaled(5, 19));
	return is_between(part, u256_sub_wrap(TEN_16, ONE), ten_to(20));
}

/* The same of a balance that goes into get_y of three coins, or comes out of its search */
static bool
is_fit_for_y(u256 x, u256 d, core_status *status)
{
	return is_between(calc_mul_then_div(status, x, FIXED_WAD, d), TEN_16, ten_to(20));
}

/* ---------- the invariant ---------- */

/*
 * Newton's iteration for D.  With two coins every step is checked, with three
 * most are not.
 */
typedef struct newton
{
	const cryptoswap_curve *curve;
	core_status status;
	bool		wraps;
	u256		x[CRYPTOSWAP_MAX_COINS];	/* in falling order */
	u256		sum;
} newton;

static u256
step_mul(newton *m, u256 a, u256 b)
{
	return m->wraps ? u256_mul_wrap(a, b) : calc_mul(&m->status, a, b);
}

static u256
step_add(newton *m, u256 a, u256 b)
{
	return m->wraps ? u256_add_wrap(a, b) : calc_add(&m->status, a, b);
}

static u256
step_sub(newton *m, u256 a, u256 b)
{
	return m->wraps ? u256_sub_wrap(a, b) : calc_sub(&m->status, a, b);
}

static u256
step_div(newton *m, u256 a, u256 b)
{
	return m->wraps ? unsafe_div(a, b) : calc_div(&m->status, a, b);
}

static void
order_pair(u256 *a, u256 *b)
{
	u256		greater = *a;

	if (u256_cmp(*a, *b) >= 0)
		return;
	*a = *b;
	*b = greater;
}

static void
sort_falling(u256 *x, int n)
{
	order_pair(&x[0], &x[1]);
	if (n == 2)
		return;
	order_pair(&x[0], &x[2]);
	order_pair(&x[1], &x[2]);
}

/* Product of xp over that of D / n, with 18 decimals */
static u256
step_k0(newton *m, u256 d)
{
	u256		n = u256_from_u64((uint64_t) m->curve->n);
	u256		k0;

	if (m->curve->n == 2)
	{
		k0 = step_div(m, step_mul(m, scaled(4, 18), m->x[0]), d);
		return step_div(m, step_mul(m, k0, m->x[1]), d);
	}
	k0 = FIXED_WAD;
	for (int k = 0; k < 3; k++)
		k0 = step_div(m, step_mul(m, step_mul(m, k0, m->x[k]), n), d);
	return k0;
}

/* |gamma + 1 - K0| and one unit */
static u256
distance_to_k0(u256 gamma, u256 k0)
{
	return u256_add_wrap(distance(u256_add_wrap(gamma, FIXED_WAD), k0), ONE);
}

/* D / A * (g / gamma)^2, with 18 decimals */
static u256
step_mul1(newton *m, u256 d, u256 g)
{
	u256		gamma = m->curve->gamma;
	u256		out = step_div(m, step_mul(m, FIXED_WAD, d), gamma);

	out = step_div(m, step_mul(m, out, g), gamma);
	out = step_mul(m, step_mul(m, out, g), AMP_MULTIPLIER);
	return step_div(m, out, m->curve->amp);
}

/* One round from d */
static u256
step_d(newton *m, u256 d)
{
	uint64_t	n = (uint64_t) m->curve->n;
	u256		k0 = step_k0(m, d);
	u256		g = distance_to_k0(m->curve->gamma, k0);
	u256		mul1 = step_mul1(m, d, g);
	u256		mul2 = step_div(m, step_mul(m, scaled(2 * n, 18), k0), g);
	u256		slope = step_add(m, m->sum, wad_floor(step_mul(m, m->sum, mul2)));
	u256		plus;
	u256		minus;
	u256		bend;

	slope = step_add(m, slope, step_div(m, step_mul(m, mul1, u256_from_u64(n)), k0));
	slope = step_sub(m, slope, wad_floor(step_mul(m, mul2, d)));
	plus = step_div(m, calc_mul(&m->status, d, step_add(m, slope, m->sum)), slope);
	minus = unsafe_div(calc_mul(&m->status, d, d), slope);
	bend = wad_floor(calc_mul(&m->status, d, unsafe_div(mul1, slope)));
	bend = unsafe_div(step_mul(m, bend, distance(FIXED_WAD, k0)), k0);
	minus = u256_cmp(FIXED_WAD, k0) > 0 ? calc_add(&m->status, minus, bend)
		: calc_sub(&m->status, minus, bend);
	return u256_cmp(plus, minus) > 0 ? u256_sub_wrap(plus, minus)
		: u256_shr(u256_sub_wrap(minus, plus), 1);
}

/* The geometric mean of three balances with 18 decimals, as tricrypto-ng has it */
static u256
geometric_mean(const u256 *x, core_status *status)
{
	return cryptoswap_cbrt(calc_mul_wad(status, calc_mul_wad(status, x[0], x[1]), x[2]));
}

/* Where the iteration starts, once the balances are found to be within limits */
static u256
start_d(newton *m)
{
	u256		limit = u256_mul_wrap(unsafe_div(U256_MAX, FIXED_WAD), u256_from_u64(27));

	if (m->curve->n == 3)
	{
		calc_require(&m->status, !u256_is_zero(m->x[0]) && u256_cmp(m->x[0], limit) < 0);
		return u256_mul_wrap(u256_from_u64(3), geometric_mean(m->x, &m->status));
	}
	calc_require(&m->status, has_valid_parameters(m->curve) &&
				 is_between(m->x[0], ten_to(9), ten_to(33)) &&
				 u256_cmp(unsafe_div(u256_mul_wrap(m->x[1], FIXED_WAD), m->x[0]), TEN_14) >= 0);
	return u256_shl(u256_sqrt(u256_mul_wrap(m->x[0], m->x[1])), 1);
}

/* Whether a round that moved d this far was the last */
static bool
has_settled(newton *m, u256 moved, u256 d)
{
	return u256_cmp(step_mul(m, moved, TEN_14), word_max(TEN_16, d)) < 0;
}

core_status
cryptoswap_d(const cryptoswap_curve *curve, u256 *out)
{
	newton		m = {.curve = curve, .status = CORE_OK, .wraps = curve->n == 3, .sum = U256_ZERO};
	bool		settled = false;
	u256		d;

	memcpy(m.x, curve->xp, sizeof(m.x));
	sort_falling(m.x, curve->n);
	for (int k = 0; k < curve->n; k++)
		m.sum = u256_add_wrap(m.sum, m.x[k]);
	d = start_d(&m);
	for (int round = 0; round < CRYPTOSWAP_MAX_ROUNDS && !settled && m.status == CORE_OK; round++)
	{
		u256		before = d;

		d = step_d(&m, d);
		settled = has_settled(&m, distance(d, before), d);
	}
	if (m.status == CORE_OK && !settled)
		return CORE_OUT_OF_RANGE;
	for (int k = 0; k < curve->n && m.status == CORE_OK; k++)
		calc_require(&m.status, is_near_d(curve, m.x[k], d, &m.status));
	return calc_done(m.status, d, out);
}

/* ---------- one balance by Newton's iteration ---------- */

/* What does not change from round to round */
typedef struct balance_search
{
	const cryptoswap_curve *curve;
	u256		d;
	u256		k0_others;		/* K0 without the balance that is sought */
	u256		sum_others;
	u256		limit;
} balance_search;

/* D / A * (g / gamma)^2 with 18 decimals, every step checked */
static u256
search_mul1(const balance_search *s, u256 g, core_status *status)
{
	u256		out = calc_mul_then_div(status, FIXED_WAD, s->d, s->curve->gamma);

	out = calc_mul_then_div(status, out, g, s->curve->gamma);
	out = calc_mul(status, calc_mul(status, out, g), AMP_MULTIPLIER);
	return calc_div(status, out, s->curve->amp);
}

/* One round from *y; true where it was the last */
static bool
search_round(const balance_search *s, u256 *y, core_status *status)
{
	u256		before = *y;
	u256		n = u256_from_u64((uint64_t) s->curve->n);
	u256		k0 = calc_div(status, calc_mul(status, calc_mul(status, s->k0_others, *y), n),
							  s->d);
	u256		sum = calc_add(status, s->sum_others, *y);
	u256		g = distance_to_k0(s->curve->gamma, k0);
	u256		mul1 = search_mul1(s, g, status);
	u256		mul2 = calc_add(status, FIXED_WAD,
								calc_mul_then_div(status, scaled(2, 18), k0, g));
	u256		value = calc_mul(status, FIXED_WAD, *y);
	u256		off = calc_mul(status, s->d, mul2);
	u256		slope;
	u256		plus;
	u256		minus;

	value = calc_add(status, calc_add(status, value, calc_mul(status, sum, mul2)), mul1);
	*y = u256_shr(before, 1);
	if (u256_cmp(value, off) < 0)
		return false;
	value = u256_sub_wrap(value, off);
	slope = calc_div(status, value, before);
	minus = calc_div(status, mul1, slope);
	plus = calc_div(status, calc_add(status, value, calc_mul(status, FIXED_WAD, s->d)), slope);
	plus = calc_add(status, plus, calc_mul_then_div(status, minus, FIXED_WAD, k0));
	minus = calc_add(status, minus, calc_mul_then_div(status, FIXED_WAD, sum, slope));
	if (u256_cmp(plus, minus) >= 0)
		*y = u256_sub_wrap(plus, minus);
	return u256_cmp(distance(*y, before), word_max(s->limit, unsafe_div(*y, TEN_14))) < 0;
}

static core_status
search_balance(const balance_search *s, u256 y, core_status status, u256 *out)
{
	bool		settled = false;

	for (int round = 0; round < CRYPTOSWAP_MAX_ROUNDS && !settled && status == CORE_OK; round++)
		settled = search_round(s, &y, &status);
	if (status == CORE_OK && !settled)
		return CORE_OUT_OF_RANGE;
	if (s->curve->n == 3)
		calc_require(&status, is_fit_for_y(y, s->d, &status));
	return calc_done(status, y, out);
}

/* The search for xp[j] from what the contract takes for a first guess */
static core_status
newton_y(const cryptoswap_curve *curve, int j, u256 d, u256 *out)
{
	core_status status = CORE_OK;
	uint64_t	n = (uint64_t) curve->n;
	balance_search s = {curve, d, FIXED_WAD, U256_ZERO, U256_ZERO};
	u256		x[CRYPTOSWAP_MAX_COINS];
	u256		y = n == 2 ? calc_mul(&status, d, d) : unsafe_div(d, u256_from_u64(n));

	memcpy(x, curve->xp, sizeof(x));
	x[j] = U256_ZERO;
	sort_falling(x, curve->n);
	if (n == 2)
		y = calc_div(&status, y, calc_scale(&status, x[0], 4));
	for (int k = curve->n - 2; k >= 0; k--)
	{
		if (n == 3)
			y = calc_mul_then_div(&status, y, d, calc_scale(&status, x[k], n));
		s.sum_others = calc_add(&status, s.sum_others, x[k]);
	}
	for (int k = 0; k < curve->n - 1; k++)
		s.k0_others = calc_div(&status, calc_scale(&status,
												   calc_mul(&status, s.k0_others, x[k]), n), d);
	s.limit = word_max(word_max(unsafe_div(x[0], TEN_14), unsafe_div(d, TEN_14)),
					   u256_from_u64(100));
	return search_balance(&s, y, status, out);
}

/* ---------- the cubic in closed form ---------- */

/* a K0^3 + b K0^2 + c K0 + d = 0 */
typedef struct cubic
{
	s256		a;
	s256		b;
	s256		c;
	s256		d;
} cubic;

/* What has 10^exponent in it is divided by 10^(exponent - 18) */
static s256
cubic_divider(u256 size, int step)
{
	for (int exponent = 48; exponent >= 20; exponent -= step)
		if (exponent != 22 && u256_cmp(size, ten_to((unsigned) exponent)) > 0)
			return ten_to((unsigned) exponent - 18);
	return ONE;
}

static void
cubic_reduce(cubic *q, s256 divider)
{
	q->a = unsafe_sdiv(q->a, divider);
	q->b = unsafe_sdiv(q->b, divider);
	q->c = unsafe_sdiv(q->c, divider);
	q->d = unsafe_sdiv(q->d, divider);
}

/* 27 a^2 / b * d / b */
static s256
cubic_last_term(const cubic *q, bool wraps, core_status *status)
{
	s256		square = scalc_mul(status, q->a, q->a);
	s256		out;

	if (wraps)
	{
		out = unsafe_sdiv(u256_mul_wrap(u256_from_u64(27), square), q->b);
		return unsafe_sdiv(u256_mul_wrap(out, q->d), q->b);
	}
	out = scalc_mul_then_div(status, u256_from_u64(27), square, q->b);
	return scalc_mul_then_div(status, out, q->d, q->b);
}

static s256
signed_cbrt(s256 x)
{
	u256		root = cryptoswap_cbrt(s256_magnitude(x));

	return s256_is_negative(x) ? s256_neg_wrap(root) : root;
}

/* Half the sum of delta1 and the root, away from zero */
static s256
second_term(s256 delta1, s256 root, core_status *status)
{
	bool		is_positive = s256_cmp(delta1, U256_ZERO) > 0;
	s256		sum = is_positive ? scalc_add(status, delta1, root)
		: scalc_sub(status, root, delta1);
	u256		half;

	calc_fits(status, !s256_is_negative(sum), sum);
	half = cryptoswap_cbrt(u256_shr(sum, 1));
	return is_positive ? half : s256_neg_wrap(half);
}

/* b_cbrt^2 * second_cbrt */
static s256
cubic_c1(s256 b, s256 delta1, s256 root, bool wraps, core_status *status)
{
	s256		b_cbrt = signed_cbrt(b);
	s256		second = second_term(delta1, root, status);
	s256		square = unsafe_sdiv(scalc_mul(status, b_cbrt, b_cbrt), FIXED_WAD);

	return unsafe_sdiv(wraps ? u256_mul_wrap(square, second) : scalc_mul(status, square, second),
					   FIXED_WAD);
}

/* delta1^2 + 4 delta0^2 / b * delta0 */
static s256
cubic_discriminant(s256 b, s256 delta0, s256 delta1, bool wraps, core_status *status)
{
	s256		term = scalc_mul(status, u256_from_u64(4), scalc_mul(status, delta0, delta0));

	term = unsafe_sdiv(term, b);
	term = wraps ? u256_mul_wrap(term, delta0) : scalc_mul(status, term, delta0);
	return scalc_add(status, scalc_mul(status, delta1, delta1), term);
}

/* ---------- two coins ---------- */

/* How far x / D may go: twice a hundred, in 2.1 a hundred and less at a great gamma */
static u256
two_limit(const cryptoswap_curve *curve)
{
	u256		limit = ten_to(20);
	u256		small_gamma = scaled(2, 16);

	if (curve->version == CRYPTOSWAP_V20)
		return scaled(2, 20);
	if (u256_cmp(curve->gamma, small_gamma) > 0)
		limit = unsafe_div(u256_mul_wrap(limit, small_gamma), curve->gamma);
	return limit;
}

static bool
two_k0_is_valid(const cryptoswap_curve *curve, u256 k0)
{
	u256		limit = two_limit(curve);
	u256		least = curve->version == CRYPTOSWAP_V20 ? scaled(2, 16)
		: unsafe_div(ten_to(36), limit);

	return is_between(k0, least, limit);
}

static bool
two_y_is_valid(const cryptoswap_curve *curve, u256 y, u256 d, core_status *status)
{
	u256		part = unsafe_div(calc_mul(status, y, FIXED_WAD), d);
	u256		limit = two_limit(curve);

	if (curve->version == CRYPTOSWAP_V20)
		return is_between(part, u256_sub_wrap(TEN_16, ONE), ten_to(20));
	return is_between(part, unsafe_div(scaled(5, 35), limit), u256_shr(limit, 1));
}

/* The cubic for the balance x_other, every term of it over 10^4 */
static cubic
two_cubic(const cryptoswap_curve *curve, u256 x_other, u256 d, core_status *status)
{
	u256		gamma = curve->gamma;
	u256		gamma2 = u256_mul_wrap(gamma, gamma);
	s256		ann_gamma2 = scalc_mul(status, curve->amp, gamma2);
	s256		ratio = unsafe_sdiv(u256_mul_wrap(u256_from_u64(4), ann_gamma2),
									u256_from_u64(400000000));
	cubic		q = {.a = ten_to(32)};

	q.b = scalc_div(status, scalc_mul_then_div(status, d, ann_gamma2, u256_from_u64(400000000)),
					x_other);
	q.b = scalc_sub(status, q.b, scaled(3, 32));
	q.b = scalc_sub(status, q.b, u256_mul_wrap(scaled(2, 14), gamma));
	q.c = scalc_add(status, scaled(3, 32), u256_mul_wrap(scaled(4, 14), gamma));
	q.c = scalc_add(status, q.c, unsafe_sdiv(gamma2, AMP_MULTIPLIER));
	q.c = scalc_add(status, q.c, unsafe_sdiv(scalc_mul(status, ratio, x_other), d));
	q.c = scalc_sub(status, q.c, ratio);
	gamma = u256_add_wrap(FIXED_WAD, gamma);
	q.d = s256_neg_wrap(unsafe_sdiv(scalc_mul(status, gamma, gamma), AMP_MULTIPLIER));
	return q;
}

/* 3 a c / b - b, and 3 delta0 + b - the last term */
static void
two_deltas(const cubic *q, bool wraps, s256 *delta0, s256 *delta1, core_status *status)
{
	s256		a3 = u256_mul_wrap(u256_from_u64(3), q->a);

	*delta0 = wraps ? unsafe_sdiv(u256_mul_wrap(a3, q->c), q->b)
		: scalc_mul_then_div(status, a3, q->c, q->b);
	*delta0 = scalc_sub(status, *delta0, q->b);
	*delta1 = scalc_add(status, scalc_mul(status, u256_from_u64(3), *delta0), q->b);
	*delta1 = scalc_sub(status, *delta1, cubic_last_term(q, wraps, status));
}

/* K0 from the cubic: (C1 - b - b delta0 / C1) / (3 a), with 18 decimals */
static s256
two_root(const cubic *q, s256 c1, s256 delta0, core_status *status)
{
	s256		b = u256_mul_wrap(FIXED_WAD, q->b);
	s256		root = scalc_sub(status, u256_mul_wrap(FIXED_WAD, c1), b);

	root = scalc_sub(status, root, scalc_mul(status, scalc_div(status, b, c1), delta0));
	return scalc_div(status, root, u256_mul_wrap(u256_from_u64(3), q->a));
}

/* y from K0 */
static core_status
two_balance(const cryptoswap_curve *curve, u256 x_other, u256 d, s256 root, core_status status,
			u256 *out)
{
	s256		y = unsafe_sdiv(scalc_mul(&status, d, d), x_other);

	y = unsafe_sdiv(u256_mul_wrap(y, root), u256_from_u64(4));
	y = unsafe_sdiv(y, FIXED_WAD);
	calc_fits(&status, !s256_is_negative(y) && !s256_is_negative(root), y);
	calc_require(&status, two_y_is_valid(curve, y, d, &status));
	return calc_done(status, y, out);
}

static core_status
two_y(const cryptoswap_curve *curve, int j, u256 d, u256 *out)
{
	core_status status = CORE_OK;
	u256		x_other = curve->xp[1 - j];
	u256		k0 = unsafe_div(scalc_mul(&status, scaled(2, 18), scalc_of(&status, x_other)), d);
	cubic		q;
	s256		delta0;
	s256		delta1;
	s256		argument;
	s256		c1;

	calc_require(&status, two_k0_is_valid(curve, k0));
	q = two_cubic(curve, x_other, d, &status);
	two_deltas(&q, false, &delta0, &delta1, &status);
	if (status != CORE_OK)
		return status;
	cubic_reduce(&q, cubic_divider(calc_min(calc_min(s256_magnitude(delta0),
													 s256_magnitude(delta1)), q.a), 2));
	two_deltas(&q, true, &delta0, &delta1, &status);
	argument = cubic_discriminant(q.b, delta0, delta1, true, &status);
	if (status != CORE_OK)
		return status;
	if (s256_cmp(argument, U256_ZERO) <= 0)
		return newton_y(curve, j, d, out);
	c1 = cubic_c1(q.b, delta1, u256_sqrt(argument), true, &status);
	return two_balance(curve, x_other, d, two_root(&q, c1, delta0, &status), status, out);
}

/* ---------- three coins ---------- */

/* The cubic for the other two balances */
static cubic
three_cubic(const cryptoswap_curve *curve, u256 x_j, u256 x_k, u256 d, core_status *status)
{
	u256		gamma = curve->gamma;
	u256		gamma2 = u256_mul_wrap(gamma, gamma);
	u256		twenty_seven = u256_from_u64(27);
	u256		ninth = unsafe_div(ten_to(36), u256_from_u64(9));
	cubic		q = {.a = unsafe_div(ten_to(36), twenty_seven)};
	s256		term = u256_mul_wrap(unsafe_sdiv(u256_mul_wrap(d, d), x_j), gamma2);

	term = unsafe_sdiv(scalc_mul(status, term, curve->amp), u256_from_u64(27 * 27));
	term = unsafe_sdiv(unsafe_sdiv(term, AMP_MULTIPLIER), x_k);
	q.b = u256_add_wrap(ninth, unsafe_sdiv(u256_mul_wrap(scaled(2, 18), gamma), twenty_seven));
	q.b = scalc_sub(status, q.b, term);
	term = u256_sub_wrap(u256_add_wrap(x_j, x_k), d);
	term = unsafe_sdiv(scalc_mul(status, gamma2, term), d);
	term = unsafe_sdiv(u256_mul_wrap(term, curve->amp), twenty_seven);
	q.c = u256_mul_wrap(gamma, u256_add_wrap(gamma, scaled(4, 18)));
	q.c = u256_add_wrap(ninth, unsafe_sdiv(q.c, twenty_seven));
	q.c = scalc_add(status, q.c, unsafe_sdiv(term, AMP_MULTIPLIER));
	gamma = u256_add_wrap(FIXED_WAD, gamma);
	q.d = unsafe_sdiv(scalc_mul(status, gamma, gamma), twenty_seven);
	return q;
}

/* The coefficients brought to one size: times a / b, or over b / a, and over the divider */
static void
three_reduce(cubic *q, core_status *status)
{
	s256		a3 = u256_mul_wrap(u256_from_u64(3), q->a);
	s256		d0 = scalc_sub(status, scalc_mul_then_div(status, a3, q->c, q->b), q->b);
	u256		divider = cubic_divider(s256_magnitude(d0), 4);
	s256		ratio;

	if (u256_cmp(q->a, s256_magnitude(q->b)) > 0)
	{
		ratio = s256_magnitude(unsafe_sdiv(q->a, q->b));
		q->a = u256_mul_wrap(q->a, ratio);
		q->b = scalc_mul(status, q->b, ratio);
		q->c = scalc_mul(status, q->c, ratio);
		q->d = scalc_mul(status, q->d, ratio);
	}
	else
	{
		ratio = s256_magnitude(unsafe_sdiv(q->b, q->a));
		q->a = scalc_div(status, q->a, ratio);
		q->b = unsafe_sdiv(q->b, ratio);
		q->c = unsafe_sdiv(q->c, ratio);
		q->d = unsafe_sdiv(q->d, ratio);
	}
	cubic_reduce(q, divider);
}

/* 3 a c / b - b, and 9 a c / b - 2 b - the last term */
static void
three_deltas(const cubic *q, s256 *delta0, s256 *delta1, core_status *status)
{
	s256		ac3 = scalc_mul(status, u256_mul_wrap(u256_from_u64(3), q->a), q->c);
	s256		last;

	*delta0 = scalc_sub(status, unsafe_sdiv(ac3, q->b), q->b);
	*delta1 = unsafe_sdiv(scalc_mul(status, u256_from_u64(3), ac3), q->b);
	*delta1 = scalc_sub(status, *delta1, u256_mul_wrap(u256_from_u64(2), q->b));
	last = unsafe_sdiv(scalc_mul(status, u256_from_u64(27), scalc_mul(status, q->a, q->a)), q->b);
	last = unsafe_sdiv(scalc_mul(status, last, q->d), q->b);
	*delta1 = scalc_sub(status, *delta1, last);
}

/* K0 times a: (b + b delta0 / C1 - C1) / 3 */
static s256
three_root(const cubic *q, s256 c1, s256 delta0, core_status *status)
{
	s256		root = scalc_add(status, q->b, scalc_mul_then_div(status, q->b, delta0, c1));

	return unsafe_sdiv(scalc_sub(status, root, c1), u256_from_u64(3));
}

/* y from K0 */
static core_status
three_balance(const cryptoswap_curve *curve, u256 x_j, u256 x_k, u256 d, s256 root_k0, s256 a,
			  core_status status, u256 *out)
{
	s256		y = unsafe_sdiv(scalc_mul(&status, d, d), u256_from_u64(27));
	s256		k0 = unsafe_sdiv(scalc_mul(&status, FIXED_WAD, root_k0), a);

	y = unsafe_sdiv(scalc_mul(&status, unsafe_sdiv(y, x_k), d), x_j);
	y = unsafe_sdiv(scalc_mul(&status, y, root_k0), a);
	calc_fits(&status, !s256_is_negative(y) && !s256_is_negative(k0), y);
	(void) calc_mul(&status, y, FIXED_WAD);
	calc_require(&status, is_near_d(curve, y, d, &status));
	return calc_done(status, y, out);
}

static core_status
three_y(const cryptoswap_curve *curve, int i, u256 d, u256 *out)
{
	core_status status = CORE_OK;
	u256		x_j = scalc_of(&status, curve->xp[i == 0 ? 1 : 0]);
	u256		x_k = scalc_of(&status, curve->xp[i == 2 ? 1 : 2]);
	cubic		q;
	s256		delta0;
	s256		delta1;
	s256		argument;
	s256		c1;

	calc_require(&status, is_fit_for_y(x_j, d, &status) && is_fit_for_y(x_k, d, &status));
	q = three_cubic(curve, x_j, x_k, d, &status);
	three_reduce(&q, &status);
	three_deltas(&q, &delta0, &delta1, &status);
	argument = cubic_discriminant(q.b, delta0, delta1, false, &status);
	if (status != CORE_OK)
		return status;
	if (s256_cmp(argument, U256_ZERO) <= 0)
		return newton_y(curve, i, d, out);
	c1 = cubic_c1(q.b, delta1, u256_sqrt(argument), false, &status);
	return three_balance(curve, x_j, x_k, d, three_root(&q, c1, delta0, &status), q.a, status,
						 out);
}

core_status
cryptoswap_y(const cryptoswap_curve *curve, int j, u256 d, u256 *out)
{
	if (!has_valid_parameters(curve) || !is_valid_d(d))
		return CORE_BAD_PARAMETER;
	return curve->n == 2 ? two_y(curve, j, d, out) : three_y(curve, j, d, out);
}

/* ---------- cube roots ---------- */

/* 2^(log2 / 3), times the cube root of two, taken for 1.26, for what is left of log2 */
static u256
cbrt_guess(u256 x)
{
	static const uint64_t numerators[] = {1, 1260, 1260 * 1260};
	static const uint64_t denominators[] = {1, 1000, 1000 * 1000};
	unsigned	log2 = u256_is_zero(x) ? 0 : (unsigned) u256_log2(x);
	u256		guess = u256_shl(ONE, log2 / 3);

	guess = u256_mul_wrap(guess, u256_from_u64(numerators[log2 % 3]));
	return unsafe_div(guess, u256_from_u64(denominators[log2 % 3]));
}

/* (2 a + x / a^2) / 3, seven times, or until it stands still */
u256
cryptoswap_cbrt(u256 x)
{
	u256		limit = unsafe_div(U256_MAX, ten_to(36));
	unsigned	given = u256_cmp(x, u256_mul_wrap(limit, FIXED_WAD)) >= 0 ? 0
		: u256_cmp(x, limit) >= 0 ? 18 : 36;
	u256		scaled_x = u256_mul_wrap(x, ten_to(given));
	u256		a = cbrt_guess(scaled_x);
	u256		before = U256_ZERO;

	for (int round = 0; round < 7 && !u256_equal(a, before); round++)
	{
		u256		quot = unsafe_div(scaled_x, u256_mul_wrap(a, a));

		before = a;
		a = unsafe_div(u256_add_wrap(u256_shl(a, 1), quot), u256_from_u64(3));
	}
	return u256_mul_wrap(a, ten_to((36 - given) / 3));
}
