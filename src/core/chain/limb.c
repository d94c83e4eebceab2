/*-------------------------------------------------------------------------
 *
 * core/chain/limb.c
 *	  Long division of limb arrays, and their top bits as a double.
 *
 *-------------------------------------------------------------------------
 */
#include "core/chain/limb.h"

/*
 * (2^19 - 3 * 2^8) / d for the leading nine bits d = 256 .. 511 of a divisor:
 * reciprocals of eleven bits, read here because the division would cost more
 * than all the steps that refine them.
 */
static const uint16_t short_reciprocals[256] = {
	2045, 2037, 2029, 2021, 2013, 2005, 1998, 1990, 1983, 1975, 1968, 1960, 1953, 1946, 1938, 1931,
	1924, 1917, 1910, 1903, 1896, 1889, 1883, 1876, 1869, 1863, 1856, 1849, 1843, 1836, 1830, 1824,
	1817, 1811, 1805, 1799, 1792, 1786, 1780, 1774, 1768, 1762, 1756, 1750, 1745, 1739, 1733, 1727,
	1722, 1716, 1710, 1705, 1699, 1694, 1688, 1683, 1677, 1672, 1667, 1661, 1656, 1651, 1646, 1641,
	1636, 1630, 1625, 1620, 1615, 1610, 1605, 1600, 1596, 1591, 1586, 1581, 1576, 1572, 1567, 1562,
	1558, 1553, 1548, 1544, 1539, 1535, 1530, 1526, 1521, 1517, 1513, 1508, 1504, 1500, 1495, 1491,
	1487, 1483, 1478, 1474, 1470, 1466, 1462, 1458, 1454, 1450, 1446, 1442, 1438, 1434, 1430, 1426,
	1422, 1418, 1414, 1411, 1407, 1403, 1399, 1396, 1392, 1388, 1384, 1381, 1377, 1374, 1370, 1366,
	1363, 1359, 1356, 1352, 1349, 1345, 1342, 1338, 1335, 1332, 1328, 1325, 1322, 1318, 1315, 1312,
	1308, 1305, 1302, 1299, 1295, 1292, 1289, 1286, 1283, 1280, 1276, 1273, 1270, 1267, 1264, 1261,
	1258, 1255, 1252, 1249, 1246, 1243, 1240, 1237, 1234, 1231, 1228, 1226, 1223, 1220, 1217, 1214,
	1211, 1209, 1206, 1203, 1200, 1197, 1195, 1192, 1189, 1187, 1184, 1181, 1179, 1176, 1173, 1171,
	1168, 1165, 1163, 1160, 1158, 1155, 1153, 1150, 1148, 1145, 1143, 1140, 1138, 1135, 1133, 1130,
	1128, 1125, 1123, 1121, 1118, 1116, 1113, 1111, 1109, 1106, 1104, 1102, 1099, 1097, 1095, 1092,
	1090, 1088, 1086, 1083, 1081, 1079, 1077, 1074, 1072, 1070, 1068, 1066, 1064, 1061, 1059, 1057,
	1055, 1053, 1051, 1049, 1047, 1044, 1042, 1040, 1038, 1036, 1034, 1032, 1030, 1028, 1026, 1024
};

/* Algorithm 2 of Möller and Granlund: the eleven bits made 21, 34 and 64 */
uint64_t
limb_reciprocal(uint64_t d)
{
	uint64_t	d40 = (d >> 24) + 1;
	uint64_t	d63 = (d >> 1) + (d & 1);
	uint64_t	v0 = short_reciprocals[(d >> 55) - 256];
	uint64_t	v1 = (v0 << 11) - ((v0 * v0 * d40) >> 40) - 1;
	uint64_t	v2 = (v1 << 13) + ((v1 * (((uint64_t) 1 << 60) - v1 * d40)) >> 47);
	uint64_t	e = ((v2 >> 1) & (0 - (d & 1))) - v2 * d63;
	uint64_t	high;
	uint64_t	v3;

	(void) limb_mul(v2, e, &high);
	v3 = (v2 << 31) + (high >> 1);
	(void) limb_mul_add(v3, d, d, 0, &high);
	return v3 - high - d;
}

/*
 * The reciprocal of a normalized pair (d1, d0), floor((2^192 - 1) / d) - 2^64:
 * algorithm 6 of Möller and Granlund.
 */
static uint64_t
pair_reciprocal(uint64_t d1, uint64_t d0)
{
	uint64_t	v = limb_reciprocal(d1);
	uint64_t	p = d1 * v + d0;
	uint64_t	t1;
	uint64_t	t0;

	if (p < d0)
	{
		v--;
		if (p >= d1)
		{
			v--;
			p -= d1;
		}
		p -= d1;
	}
	t0 = limb_mul(v, d0, &t1);
	p += t1;
	if (p < t1)
	{
		v--;
		if (p > d1 || (p == d1 && t0 >= d0))
			v--;
	}
	return v;
}

/*
 * Quotient of (u2, u1, u0) by (d1, d0), remainder in rem[1], rem[0]: algorithm
 * 5.  (u2, u1) < (d1, d0), v from pair_reciprocal.
 */
static inline uint64_t
limb_div_3by2(uint64_t u2, uint64_t u1, uint64_t u0, const uint64_t *d, uint64_t v, uint64_t *rem)
{
	uint64_t	q1;
	uint64_t	q0 = limb_mul_add(v, u2, u1, 0, &q1);
	uint64_t	t1;
	uint64_t	t0;
	uint64_t	r1;
	uint64_t	r0;
	uint64_t	carry = 0;

	q1 += u2;
	t0 = limb_mul(d[0], q1, &t1);
	r0 = limb_sub(u0, t0, &carry);
	r1 = u1 - q1 * d[1] - t1 - carry;
	carry = 0;
	r0 = limb_sub(r0, d[0], &carry);
	r1 -= d[1] + carry;
	q1++;
	if (r1 >= q0)
	{
		q1--;
		carry = 0;
		r0 = limb_add(r0, d[0], &carry);
		r1 += d[1] + carry;
	}
	if (r1 > d[1] || (r1 == d[1] && r0 >= d[0]))
	{
		q1++;
		carry = 0;
		r0 = limb_sub(r0, d[0], &carry);
		r1 -= d[1] + carry;
	}
	rem[1] = r1;
	rem[0] = r0;
	return q1;
}

/* u (n + 1 limbs) -= q * d (n limbs); the borrow out is returned */
static uint64_t
subtract_multiple(uint64_t *u, const uint64_t *d, int n, uint64_t q)
{
	uint64_t	high = 0;
	uint64_t	borrow = 0;

	for (int i = 0; i < n; i++)
	{
		uint64_t	low = limb_mul_add(q, d[i], high, 0, &high);

		u[i] = limb_sub(u[i], low, &borrow);
	}
	u[n] = limb_sub(u[n], high, &borrow);
	return borrow;
}

/* u (n + 1 limbs) += d (n limbs); the carry out is returned */
static uint64_t
add_back(uint64_t *u, const uint64_t *d, int n)
{
	uint64_t	carry = 0;

	for (int i = 0; i < n; i++)
		u[i] = limb_add(u[i], d[i], &carry);
	u[n] = limb_add(u[n], 0, &carry);
	return carry;
}

/* Knuth's algorithm D for n >= 3, the trial digit from the top two limbs of d */
static void
div_schoolbook(uint64_t *u, int m, const uint64_t *d, int n, uint64_t *q)
{
	const uint64_t *d_top = d + n - 2;
	uint64_t	v = pair_reciprocal(d_top[1], d_top[0]);

	for (int j = m - n - 1; j >= 0; j--)
	{
		uint64_t   *w = u + j;
		uint64_t	trial = UINT64_MAX;
		uint64_t	ignored[2];

		/* equal leading pairs mean a digit of 2^64 - 1 or one less */
		if (w[n] < d_top[1] || (w[n] == d_top[1] && w[n - 1] < d_top[0]))
			trial = limb_div_3by2(w[n], w[n - 1], w[n - 2], d_top, v, ignored);
		if (subtract_multiple(w, d, n, trial) != 0)
		{
			do
				trial--;
			while (add_back(w, d, n) == 0);
		}
		q[j] = trial;
	}
}

void
limbs_div_normalized(uint64_t *u, int m, const uint64_t *d, int n, uint64_t *q)
{
	if (n == 1)
	{
		uint64_t	v = limb_reciprocal(d[0]);
		uint64_t	rem = u[m - 1];

		for (int j = m - 2; j >= 0; j--)
			q[j] = limb_div_2by1(rem, u[j], d[0], v, &rem);
		u[0] = rem;
	}
	else if (n == 2)
	{
		uint64_t	v = pair_reciprocal(d[1], d[0]);
		uint64_t	rem[2] = {u[m - 2], u[m - 1]};

		for (int j = m - 3; j >= 0; j--)
			q[j] = limb_div_3by2(rem[1], rem[0], u[j], d, v, rem);
		u[0] = rem[0];
		u[1] = rem[1];
	}
	else
		div_schoolbook(u, m, d, n, q);
}

/*
 * Rounded on integers, so that the result depends neither on the rounding
 * mode nor on a register wider than double.
 */
bool
limb_to_double(uint64_t top, bool sticky, int exp2, double *out)
{
	const uint64_t half = (uint64_t) 1 << 63;
	int			magnitude = exp2 + 63;	/* floor(log2) of the value */
	int			drop = magnitude >= -1022 ? 11 : 11 - 1022 - magnitude;
	uint64_t	mantissa;
	uint64_t	rest;
	uint64_t	image;

	if (magnitude > 1023)
		return false;
	if (drop > 64)
	{
		*out = 0.0;				/* below half of the least subnormal */
		return true;
	}
	mantissa = drop == 64 ? 0 : top >> drop;
	rest = drop == 64 ? top : top << (64 - drop);
	mantissa += (uint64_t) (rest > half) |
		((uint64_t) (rest == half) & ((uint64_t) sticky | (mantissa & 1)));

	/* adding lets the mantissa's leading bit, or a carry, raise the exponent */
	image = mantissa;
	if (magnitude >= -1022)
		image += (uint64_t) (magnitude + 1022) << 52;
	if (image >= (uint64_t) 0x7FF << 52)
		return false;
	memcpy(out, &image, sizeof(image));
	return true;
}

bool
limbs_to_double(const uint64_t *x, int n, bool sticky, int exp2, double *out)
{
	int			shift = 64 - limb_bits(x[n - 1]);
	uint64_t	top = x[n - 1] << shift;
	uint64_t	lost = 0;

	if (n > 1)
	{
		lost = x[n - 2] << shift;
		if (shift > 0)
			top |= x[n - 2] >> (64 - shift);
	}
	for (int i = n - 3; i >= 0; i--)
		lost |= x[i];
	return limb_to_double(top, sticky || lost != 0, exp2 + 64 * (n - 1) - shift, out);
}
