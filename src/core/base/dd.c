/*-------------------------------------------------------------------------
 *
 * core/base/dd.c
 *	  Logarithm and exponential in twice the precision of a double.
 *
 *-------------------------------------------------------------------------
 */
#include "core/base/dd.h"

/* ln 2, and cut so that its multiples by an exponent are exact */
static const dd LN2 = {0x1.62e42fefa39efp-1, 0x1.abc9e3b39803fp-56};

#define LN2_HEAD	0x1.62e42fefa3000p-1
#define LN2_REST	0x1.3de6af278ece6p-42

/* A factor of few bits, and minus its logarithm. */
typedef struct log_step
{
	double		factor;
	dd			log;
} log_step;

/* factors near 32 / i, from FIRST_COARSE on; then near 1024 / (1024 + i), from -FINE on */
#define FIRST_COARSE	22
#define FINE			28

/* *INDENT-OFF* */
static const log_step coarse[] = {
	{0x1.7440000000000p+0, {-0x1.7f5fa09d57a4ap-2, -0x1.865952b91da0ap-57}},
	{0x1.6440000000000p+0, {-0x1.5262deeb98879p-2, -0x1.823ddad7fcfa1p-58}},
	{0x1.5540000000000p+0, {-0x1.26561f133862dp-2, -0x1.10cdf548bd15cp-57}},
	{0x1.47c0000000000p+0, {-0x1.fa01c3bb57cbcp-3, -0x1.1c0a3c50f47adp-59}},
	{0x1.3b00000000000p+0, {-0x1.a8becfc882f19p-3, 0x1.e8c37918c39ebp-58}},
	{0x1.2f80000000000p+0, {-0x1.5c940075972b9p-3, -0x1.adccb73379cc5p-58}},
	{0x1.2480000000000p+0, {-0x1.10f8e422539b1p-3, -0x1.8f798d39f1b7dp-58}},
	{0x1.1a80000000000p+0, {-0x1.9375e55595edep-4, 0x1.e463f9e4dd920p-59}},
	{0x1.1100000000000p+0, {-0x1.075983598e471p-4, -0x1.80da5333c45b8p-59}},
	{0x1.0840000000000p+0, {-0x1.03d5d85e73eefp-5, -0x1.2c1da539d60edp-61}},
	{1, {0, 0}},
	{0x1.f080000000000p-1, {0x1.f7a9b16782856p-6, -0x1.36c720c147756p-60}},
	{0x1.e200000000000p-1, {0x1.eea31c006b87cp-5, -0x1.3e4fc93b7b66cp-59}},
	{0x1.d400000000000p-1, {0x1.700d30aeac0e1p-4, -0x1.72566212cdd05p-61}},
	{0x1.c700000000000p-1, {0x1.e3707ee30487bp-4, 0x1.09ccecd579d99p-58}},
	{0x1.bb00000000000p-1, {0x1.28753bc11aba5p-3, -0x1.6394d9fa33311p-57}},
	{0x1.af00000000000p-1, {0x1.60b3100b09476p-3, -0x1.5b2623e05016bp-58}},
	{0x1.a400000000000p-1, {0x1.95a5adcf7017fp-3, 0x1.142c507fb7a3dp-58}},
	{0x1.9980000000000p-1, {0x1.c97f8079d44ecp-3, 0x1.61a8c6e6c4ee7p-57}},
	{0x1.8f80000000000p-1, {0x1.fc218be620a5ep-3, -0x1.6e438c258187fp-58}},
	{0x1.8600000000000p-1, {0x1.16b5ccbacfb73p-2, 0x1.66fbd28b40935p-56}},
	{0x1.7d00000000000p-1, {0x1.2e9e2bce12286p-2, 0x1.8251a3b83d97ap-62}},
	{0x1.7480000000000p-1, {0x1.45b8c0a17df13p-2, 0x1.dbe305eaf5a20p-56}},
	{0x1.6c00000000000p-1, {0x1.5d5bddf595f30p-2, -0x1.6541148cbb8a2p-56}},
	{0x1.6400000000000p-1, {0x1.741d876c67bb1p-2, 0x1.84a4ee3059583p-56}}
};

static const log_step fine[] = {
	{0x1.0734000000000p+0, {-0x1.c6a22e719902fp-6, -0x1.fec33e853d123p-63}},
	{0x1.06f0000000000p+0, {-0x1.b617255f7fb0bp-6, -0x1.8357954e17355p-60}},
	{0x1.06ac000000000p+0, {-0x1.a587d47f8bc96p-6, 0x1.881d9d9b697f5p-60}},
	{0x1.0668000000000p+0, {-0x1.94f4399a17c75p-6, -0x1.dac1798dbc074p-60}},
	{0x1.0624000000000p+0, {-0x1.845c5275c49f2p-6, 0x1.f399cdfff147fp-60}},
	{0x1.05e0000000000p+0, {-0x1.73c01cd777f49p-6, -0x1.e0cb17a563b7fp-60}},
	{0x1.05a0000000000p+0, {-0x1.641a176270d6fp-6, -0x1.8ca45dca6d9e5p-60}},
	{0x1.055c000000000p+0, {-0x1.53757f455a364p-6, 0x1.5d488d5ebeabbp-61}},
	{0x1.0518000000000p+0, {-0x1.42cc921478887p-6, -0x1.acc943ed3603dp-62}},
	{0x1.04d8000000000p+0, {-0x1.331a8e81b276fp-6, 0x1.61d6d1207cbb8p-64}},
	{0x1.0494000000000p+0, {-0x1.226931f30e5ddp-6, -0x1.dfe6ddd5d390bp-60}},
	{0x1.0454000000000p+0, {-0x1.12af3a028d2f4p-6, -0x1.bb528d17a387bp-63}},
	{0x1.0410000000000p+0, {-0x1.01f5658735842p-6, 0x1.6c8368a59d82fp-63}},
	{0x1.03d0000000000p+0, {-0x1.e466e2498fe38p-7, -0x1.15c111a8e8747p-62}},
	{0x1.038c000000000p+0, {-0x1.c2e238417ced6p-7, 0x1.6613545b3df1fp-63}},
	{0x1.034c000000000p+0, {-0x1.a34e4657bc60bp-7, -0x1.f0d45e0703842p-63}},
	{0x1.0308000000000p+0, {-0x1.81b889ebf9f2dp-7, 0x1.cf13b24d1bbcbp-63}},
	{0x1.02c8000000000p+0, {-0x1.62147e836afe4p-7, 0x1.367e665e1cf7dp-61}},
	{0x1.0288000000000p+0, {-0x1.42689ee39ff66p-7, 0x1.267cc3fe9d925p-61}},
	{0x1.0244000000000p+0, {-0x1.20b968ecd2a62p-7, 0x1.1a39c3171b57cp-61}},
	{0x1.0204000000000p+0, {-0x1.00fd57587de71p-7, -0x1.1bbb8196d23bfp-62}},
	{0x1.01c4000000000p+0, {-0x1.c272cb46da400p-8, -0x1.3f673afc5c2dcp-64}},
	{0x1.0184000000000p+0, {-0x1.82db1fc7f66c7p-8, -0x1.5aa127b37f2b8p-63}},
	{0x1.0140000000000p+0, {-0x1.3f38a60f06489p-8, -0x1.693c937494046p-62}},
	{0x1.0100000000000p+0, {-0x1.ff00aa2b10bc0p-9, -0x1.2821ad5a6d353p-63}},
	{0x1.00c0000000000p+0, {-0x1.7f7047d7983dap-9, -0x1.a275a19204e80p-63}},
	{0x1.0080000000000p+0, {-0x1.ff802a9ab10e6p-10, -0x1.e29e3a153e3b2p-64}},
	{0x1.0040000000000p+0, {-0x1.ffc00aa8ab110p-11, 0x1.0fecbeb9b6cdbp-65}},
	{1, {0, 0}},
	{0x1.ff80000000000p-1, {0x1.0020055655889p-10, 0x1.9abe6bf0fa436p-65}},
	{0x1.ff00000000000p-1, {0x1.0040155d5889ep-9, -0x1.8f98e1113f403p-65}},
	{0x1.fe80000000000p-1, {0x1.80904828985c0p-9, 0x1.a5a9c30313fb6p-63}},
	{0x1.fe00000000000p-1, {0x1.0080559588b35p-8, 0x1.f96638cf63677p-62}},
	{0x1.fd80000000000p-1, {0x1.40c8a747878e2p-8, -0x1.c41f1fffceda2p-63}},
	{0x1.fd08000000000p-1, {0x1.7d1b2050130d5p-8, -0x1.eafbed3c7ab92p-62}},
	{0x1.fc88000000000p-1, {0x1.bd82c777811ffp-8, -0x1.641cb3ae138f5p-62}},
	{0x1.fc08000000000p-1, {0x1.fdfaa6b126789p-8, -0x1.ce682ce31a038p-65}},
	{0x1.fb88000000000p-1, {0x1.1f41631525ecap-7, 0x1.43d4541ff62b7p-62}},
	{0x1.fb10000000000p-1, {0x1.3d8896a83d78ep-7, 0x1.82cef992d16c9p-62}},
	{0x1.fa90000000000p-1, {0x1.5ddc705054deep-7, 0x1.a0f5235632fd5p-61}},
	{0x1.fa10000000000p-1, {0x1.7e38762ca0c73p-7, -0x1.b5b9d2a6bfd31p-65}},
	{0x1.f998000000000p-1, {0x1.9c962b7e2f6d5p-7, 0x1.ce76096d66414p-61}},
	{0x1.f918000000000p-1, {0x1.bd0212c7bc84cp-7, 0x1.80d167fd64aa4p-62}},
	{0x1.f898000000000p-1, {0x1.dd763274f6dfep-7, -0x1.5c8e4f0cd2409p-61}},
	{0x1.f820000000000p-1, {0x1.fbea8b13c03d9p-7, 0x1.27b17e4e134e1p-62}},
	{0x1.f7a0000000000p-1, {0x1.0e3751f24f444p-6, -0x1.6b77114c0cdaap-64}},
	{0x1.f728000000000p-1, {0x1.1d78feba433e6p-6, 0x1.a7c57e1afc317p-60}},
	{0x1.f6b0000000000p-1, {0x1.2cbe4f6cc56ddp-6, -0x1.12a50384ed58cp-60}},
	{0x1.f630000000000p-1, {0x1.3d0c443d725a8p-6, 0x1.c9e5eddd4a5dcp-62}},
	{0x1.f5b8000000000p-1, {0x1.4c592069c2e8bp-6, 0x1.37c358ca2de7cp-60}},
	{0x1.f538000000000p-1, {0x1.5caf257282182p-6, -0x1.bc576b1c51ab8p-60}},
	{0x1.f4c0000000000p-1, {0x1.6c039490e37dfp-6, -0x1.97fa054c6b9eep-61}},
	{0x1.f448000000000p-1, {0x1.7b5bb0942304ep-6, -0x1.79592fec8a05ep-60}},
	{0x1.f3d0000000000p-1, {0x1.8ab77b3fd6eb5p-6, -0x1.a1bc30d4e063ap-60}},
	{0x1.f350000000000p-1, {0x1.9b1d75828e796p-6, 0x1.26a873647bc02p-60}},
	{0x1.f2d8000000000p-1, {0x1.aa80e1f3b17c0p-6, 0x1.208c0a48672bfp-62}},
	{0x1.f260000000000p-1, {0x1.b9e8027e1918ep-6, -0x1.bb4f4fcfb9727p-60}}
};
/* *INDENT-ON* */

/* x as a number from sqrt(1/2) to sqrt(2) times 2^*exponent, exactly */
static dd
reduced(dd x, int *exponent)
{
	if (x.hi >= 0.70710678118654752 && x.hi <= 1.4142135623730951)
	{
		*exponent = 0;
		return x;
	}
	if (frexp(x.hi, exponent) < 0.70710678118654752)
		(*exponent)--;
	return (dd) {ldexp(x.hi, -*exponent), ldexp(x.lo, -*exponent)};
}

/* ln(1 + z) - z + z^2/2 for |z| < 0.0006 */
static double
log_tail(double z, double square)
{
	return z * square * ((1.0 / 3 - z / 4) + square *
						 ((1.0 / 5 - z / 6) + square * (1.0 / 7 - z / 8)));
}

/*
 * ln(x), x normal and 2^-60 or more, to some 2^-74 of itself.  x is brought near
 * one by a power of two and two factors of few bits, which multiply without a
 * rounding that counts; x near one needs none of them, so that the logarithm
 * of 1 + r is as good for the least r.
 */
dd
dd_log(dd x)
{
	int			exponent;
	const log_step *step1,
			   *step2;
	double		factor,
				rest;
	dd			halves,
				z,
				square,
				sum1,
				sum2,
				sum3,
				sum4;

	x = reduced(x, &exponent);
	step1 = &coarse[(int) (x.hi * 32 + 0.5) - FIRST_COARSE];
	/* truncation will do as well as floor, once the number is positive */
	step2 = &fine[(int) ((x.hi * step1->factor - 1) * 1024 + FINE + 0.5)];
	/* 11 bits and 15, so that its products with 26 are exact */
	factor = step1->factor * step2->factor;

	halves = dd_split(x.hi);
	z = dd_two_sum(halves.hi * factor - 1, halves.lo * factor);
	z = dd_two_sum(z.hi, z.lo + x.lo * factor);

	square = dd_two_product(z.hi, z.hi);
	sum1 = dd_two_sum(exponent * LN2_HEAD, step1->log.hi);
	sum2 = dd_two_sum(sum1.hi, step2->log.hi);
	sum3 = dd_two_sum(sum2.hi, z.hi);
	sum4 = dd_two_sum(sum3.hi, -0.5 * square.hi);
	rest = log_tail(z.hi, square.hi) - z.hi * z.lo - 0.5 * square.lo + z.lo;
	rest += exponent * LN2_REST + step1->log.lo + step2->log.lo;
	return dd_fast_two_sum(sum4.hi, ((sum1.lo + sum2.lo) + (sum3.lo + sum4.lo)) + rest);
}

/* e^x - 1, |x| < 0.4: a series of x / 256, and doubled eight times */
static dd
expm1_near_zero(dd x)
{
	dd			t = {x.hi * 0x1p-8, x.lo * 0x1p-8};
	dd			sum = {0, 0};

	/* t + t^2/2! + ... + t^11/11! */
	for (int k = 11; k >= 2; k--)
	{
		dd			factor = {t.hi / k, 0};

		factor.lo = (dd_add_double(dd_negated(dd_two_product(factor.hi, k)), t.hi).hi + t.lo) / k;
		sum = dd_product(factor, dd_add_double(sum, 1));
	}
	sum = dd_product(t, dd_add_double(sum, 1));
	for (int i = 0; i < 8; i++)
		sum = dd_add((dd) {2 * sum.hi, 2 * sum.lo}, dd_product(sum, sum));
	return sum;
}

/* e^x - 1, infinite beyond the range of a double */
double
dd_expm1(dd x)
{
	double		halvings = floor(x.hi / LN2.hi + 0.5);
	dd			rest,
				growth;
	int			exponent;

	if (halvings < -200)
		return -1;
	if (halvings > 1024)
		return INFINITY;
	exponent = (int) halvings;
	rest = dd_add(x, dd_negated(dd_product(LN2, (dd) {exponent, 0})));
	growth = expm1_near_zero(rest);
	if (exponent == 0)
		return growth.hi;
	growth = dd_add_double(growth, 1);
	if (exponent > 200)
		return ldexp(growth.hi, exponent);
	return dd_add_double((dd) {ldexp(growth.hi, exponent), ldexp(growth.lo, exponent)}, -1).hi;
}
