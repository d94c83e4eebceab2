/*
 * How returns of many tokens vary together, against long double and numbers
 * that are known.
 */
#include <math.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <stdlib.h>
#include <cmocka.h>

#include "core/base/matrix.h"
#include "core/base/splitmix.h"
#include "core/risk/covariance.h"

#define TOKENS	7
#define ROWS	200

static double
uniform(uint64_t k)
{
	return splitmix_uniform(5, k);
}

/* Rows whose tokens differ much in size, one of which hardly varies. */
static void
fill(double (*row)[TOKENS])
{
	for (int t = 0; t < ROWS; t++)
		for (int i = 0; i < TOKENS; i++)
			row[t][i] = (i == 3 ? 1 : 0) + ldexp(uniform((uint64_t) t * TOKENS + i) - 0.5, -4 * i);
}

static covariance_summary *
new_summary(int num_tokens)
{
	covariance_summary *s = malloc(covariance_size(num_tokens));

	covariance_init(s, num_tokens);
	return s;
}

static long double
exact(double (*row)[TOKENS], int i, int j)
{
	long double mi = 0,
				mj = 0,
				sum = 0;

	for (int t = 0; t < ROWS; t++)
	{
		mi += (long double) row[t][i] / ROWS;
		mj += (long double) row[t][j] / ROWS;
	}
	for (int t = 0; t < ROWS; t++)
		sum += (row[t][i] - mi) * (row[t][j] - mj);
	return sum / (ROWS - 1);
}

static void
check(double (*row)[TOKENS], const covariance_summary *s)
{
	double		m[TOKENS * TOKENS];

	assert_int_equal(covariance_matrix_of(s, 1, m), CORE_OK);
	assert_true(covariance_is_valid(s));
	for (int i = 0; i < TOKENS; i++)
		for (int j = 0; j < TOKENS; j++)
			assert_true(fabsl(m[i * TOKENS + j] - exact(row, i, j)) <=
						1e-14L * sqrtl(exact(row, i, i) * exact(row, j, j)));
}

static void
test_sums(void **state)
{
	static double row[ROWS][TOKENS];
	covariance_summary *whole = new_summary(TOKENS),
			   *part[3] = {new_summary(TOKENS), new_summary(TOKENS), new_summary(TOKENS)};

	(void) state;
	fill(row);
	for (int t = 0; t < ROWS; t++)
	{
		assert_int_equal(covariance_add(whole, row[t]), CORE_OK);
		assert_int_equal(covariance_add(part[t * t % 3 == 1 ? 1 : t % 2 * 2], row[t]), CORE_OK);
	}
	check(row, whole);
	assert_int_equal(covariance_merge(part[2], part[0]), CORE_OK);
	assert_int_equal(covariance_merge(part[1], part[2]), CORE_OK);
	check(row, part[1]);
	part[0]->num_tokens = 2;
	assert_int_equal(covariance_merge(whole, part[0]), CORE_BAD_PARAMETER);
	free(whole);
	for (int i = 0; i < 3; i++)
		free(part[i]);
}

static void
test_overflow(void **state)
{
	covariance_summary *s = new_summary(1);
	double		m;

	(void) state;
	assert_int_equal(covariance_add(s, (double[]) {1e200}), CORE_OK);
	assert_int_equal(covariance_matrix_of(s, 1, &m), CORE_NULL);
	assert_int_equal(covariance_add(s, (double[]) {-1e200}), CORE_OUT_OF_RANGE);
	free(s);
}

/* Hilbert's matrix of 4: eigenvalues to 16 digits, by mpmath. */
static void
test_eigen(void **state)
{
	static const double expected[4] = {
		1.500214280059243, 0.16914122022144974, 0.006738273605760748, 9.670230402259e-05
	};
	double		m[16],
				value[4],
				vector[16];
	principal_component component[4];

	(void) state;
	for (int i = 0; i < 16; i++)
		m[i] = 1.0 / (i / 4 + i % 4 + 1);
	assert_int_equal(principal_components_of(m, 4, NULL, value, vector, component), CORE_OK);
	for (int i = 0; i < 4; i++)
		assert_true(fabs(component[i].variance - expected[i]) < 1e-15);
}

static void
test_cholesky(void **state)
{
	const double m[9] = {4, 2, -2, 2, 10, 4, -2, 4, 9};
	double		factor[9],
				x[3] = {4, 16, 11};

	(void) state;
	assert_int_equal(matrix_cholesky(m, 3, factor), -1);
	matrix_cholesky_solve(factor, 3, x);
	for (int i = 0; i < 3; i++)
		assert_true(fabs(x[i] - 1) < 1e-14);
	assert_int_equal(matrix_cholesky((double[]) {1, 2, 2, 4}, 2, factor), 1);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_sums), cmocka_unit_test(test_overflow), cmocka_unit_test(test_eigen),
		cmocka_unit_test(test_cholesky)
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
