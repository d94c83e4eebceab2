/*-------------------------------------------------------------------------
 *
 * core/risk/covariance.c
 *	  How the returns of many tokens move together.
 *
 * Means and products of deviations are kept up to date row by row (Welford
 * 1962; Youngs and Cramer 1971) and merged by the formula of Chan, Golub and
 * LeVeque (1979), in plain double, of what is left of returns after those of
 * the first row are taken off: so no digits are lost where returns hardly vary,
 * and a matrix is a sum of squares but for rounding.  Rounding depends on the
 * order of rows, in the last digits.
 *
 *-------------------------------------------------------------------------
 */
#include "core/risk/covariance.h"

#include <math.h>
#include <string.h>

#include "core/base/matrix.h"

/* Products are a third of what is done; on two or four of them at a time where the compiler can. */
#if defined(__GNUC__) && !defined(__clang__)
#define WIDE	__attribute__((optimize("O3")))
#else
#define WIDE
#endif

static inline size_t
num_products(int n)
{
	return (size_t) n * (n + 1) / 2;
}

static inline double *
means(covariance_summary *s)
{
	return s->number + s->num_tokens;
}

static inline double *
products(covariance_summary *s)
{
	return s->number + 2 * s->num_tokens;
}

static inline const double *
const_means(const covariance_summary *s)
{
	return s->number + s->num_tokens;
}

static inline const double *
const_products(const covariance_summary *s)
{
	return s->number + 2 * s->num_tokens;
}

/* How many numbers a summary of so many tokens has. */
size_t
covariance_count(int num_tokens)
{
	return 2 * (size_t) num_tokens + num_products(num_tokens);
}

/* Bytes of such a summary. */
size_t
covariance_size(int num_tokens)
{
	return offsetof(covariance_summary, number) + covariance_count(num_tokens) * sizeof(double);
}

/* No returns at all; the first field is left as it is. */
void
covariance_init(covariance_summary *s, int num_tokens)
{
	s->num_tokens = num_tokens;
	s->num_returns = 0;
	memset(s->number, 0, covariance_count(num_tokens) * sizeof(double));
}

/* product += weight * deviation * deviation', of the lower triangle */
static WIDE void
add_products(double *restrict product, const double *restrict deviation, int n, double weight)
{
	for (int i = 0; i < n; i++)
	{
		double		d = weight * deviation[i];

		for (int j = 0; j <= i; j++)
			product[j] += d * deviation[j];
		product += i + 1;
	}
}

/* Squares bound all other products, so that those are finite if these are. */
static core_status
check_squares(const covariance_summary *s)
{
	const double *mean = const_means(s);
	const double *product = const_products(s);
	double		sum = 0;

	for (int i = 0; i < s->num_tokens; i++)
	{
		sum += mean[i] * 0 + product[i] * 0;
		product += i + 1;
	}
	return isfinite(sum) ? CORE_OK : CORE_OUT_OF_RANGE;
}

/* One period; returns are finite. */
core_status
covariance_add(covariance_summary *s, const double *returns)
{
	double		deviation[COVARIANCE_MAX_TOKENS];
	double	   *mean = means(s);
	double		n = (double) ++s->num_returns;

	if (s->num_returns == 1)
		memcpy(s->number, returns, sizeof(double) * s->num_tokens);
	for (int i = 0; i < s->num_tokens; i++)
	{
		deviation[i] = returns[i] - s->number[i] - mean[i];
		mean[i] += deviation[i] / n;
	}
	add_products(products(s), deviation, s->num_tokens, (n - 1) / n);
	return check_squares(s);
}

/* Take in the periods of another summary; CORE_BAD_PARAMETER if it is of another number of tokens. */
core_status
covariance_merge(covariance_summary *into, const covariance_summary *other)
{
	double		deviation[COVARIANCE_MAX_TOKENS];
	double		a = (double) into->num_returns;
	double		b = (double) other->num_returns;
	double	   *product = products(into);
	const double *more = const_products(other);

	if (into->num_tokens != other->num_tokens)
		return CORE_BAD_PARAMETER;
	if (other->num_returns > INT64_MAX - into->num_returns)
		return CORE_OUT_OF_RANGE;
	into->num_returns += other->num_returns;
	for (int i = 0; i < into->num_tokens; i++)
	{
		deviation[i] = other->number[i] - into->number[i] + (const_means(other)[i] - means(into)[i]);
		means(into)[i] += deviation[i] * (b / (a + b));
	}
	add_products(product, deviation, into->num_tokens, a * (b / (a + b)));
	for (size_t i = 0; i < num_products(into->num_tokens); i++)
		product[i] += more[i];
	return check_squares(into);
}

/* Is the product of tokens i and j as great as theirs allow, but for rounding? */
static bool
products_are_valid(const double *product, int n)
{
	double		square[COVARIANCE_MAX_TOKENS];

	for (int i = 0; i < n; i++)
	{
		square[i] = product[i];
		if (!(isfinite(square[i]) && square[i] >= 0))
			return false;
		for (int j = 0; j < i; j++)
			if (!(fabs(product[j]) <= sqrt(square[i]) * sqrt(square[j]) * (1 + 1e-6)))
				return false;
		product += i + 1;
	}
	return true;
}

bool
covariance_is_valid(const covariance_summary *s)
{
	if (s->num_tokens < 1 || s->num_tokens > COVARIANCE_MAX_TOKENS || s->num_returns < 1)
		return false;
	for (int i = 0; i < 2 * s->num_tokens; i++)
		if (!isfinite(s->number[i]))
			return false;
	for (size_t i = s->num_tokens; s->num_returns == 1 && i < covariance_count(s->num_tokens); i++)
		if (s->number[i] != 0)
			return false;
	return products_are_valid(const_products(s), s->num_tokens);
}

static core_status
check_numbers(const double *value, size_t n)
{
	double		sum = 0;

	for (size_t i = 0; i < n; i++)
		sum += value[i] * 0;
	return isfinite(sum) ? CORE_OK : CORE_OUT_OF_RANGE;
}

/* The means, times "periods". */
core_status
covariance_means(const covariance_summary *s, double periods, double *result)
{
	for (int i = 0; i < s->num_tokens; i++)
		result[i] = (s->number[i] + const_means(s)[i]) * periods;
	return check_numbers(result, s->num_tokens);
}

/* The covariances, n - 1 in them, times "periods"; CORE_NULL of one row. */
core_status
covariance_matrix_of(const covariance_summary *s, double periods, double *result)
{
	const double *product = const_products(s);
	int			n = s->num_tokens;

	if (s->num_returns < 2)
		return CORE_NULL;
	for (int i = 0; i < n; i++)
	{
		for (int j = 0; j <= i; j++)
			result[i * n + j] = result[j * n + i] = product[j] / (double) (s->num_returns - 1) * periods;
		product += i + 1;
	}
	return check_numbers(result, (size_t) n * n);
}

/* The correlations, from -1 to 1; NaN where a token does not vary. */
void
covariance_correlations(const covariance_summary *s, double *result)
{
	const double *product = const_products(s);
	double		deviation[COVARIANCE_MAX_TOKENS];
	int			n = s->num_tokens;

	for (int i = 0; i < n; i++)
	{
		deviation[i] = sqrt(product[i]);
		for (int j = 0; j <= i; j++)
		{
			double		r = i == j && product[i] > 0 ? 1 : product[j] / deviation[i] / deviation[j];

			if (deviation[i] == 0 || deviation[j] == 0)
				r = NAN;
			result[i * n + j] = result[j * n + i] = r > 1 ? 1 : r < -1 ? -1 : r;
		}
		product += i + 1;
	}
}

/*
 * The covariances about zero of the last of "rows" periods of n tokens, those
 * before fading by lambda each (RiskMetrics), times "periods".  Source:
 * J.P.Morgan/Reuters, RiskMetrics technical document, 1996, section 5.2.
 */
core_status
covariance_ewma(const double *returns, int rows, int n, double lambda, double periods, core_pause pause,
				double *result)
{
	for (int t = 0; t < rows; t++, returns += n)
	{
		if (pause != NULL && t % 1024 == 0)
			pause();
		for (int i = 0; i < n; i++)
			for (int j = 0; j <= i; j++)
			{
				double		now = returns[i] * returns[j];

				result[i * n + j] = t == 0 ? now : lambda * result[i * n + j] + (1 - lambda) * now;
			}
	}
	for (int i = 0; i < n; i++)
		for (int j = 0; j <= i; j++)
			result[i * n + j] = result[j * n + i] = result[i * n + j] * periods;
	return check_numbers(result, (size_t) n * n);
}

/* ---------- shrinkage ---------- */

/* Covariances with 1/rows in them to s, means to mean; deviations take the place of returns. */
static void
sample_covariance(double *x, int rows, int n, double *mean, double *s)
{
	memset(mean, 0, sizeof(double) * n);
	memset(s, 0, sizeof(double) * n * n);
	for (int t = 0; t < rows; t++)
		for (int i = 0; i < n; i++)
			mean[i] += (x[(size_t) t * n + i] - mean[i]) / (t + 1);
	for (int t = 0; t < rows; t++)
	{
		double	   *row = x + (size_t) t * n;

		for (int i = 0; i < n; i++)
			row[i] -= mean[i];
		for (int i = 0; i < n; i++)
			for (int j = 0; j <= i; j++)
				s[i * n + j] += row[i] * row[j] / rows;
	}
	for (int i = 0; i < n; i++)
		for (int j = 0; j < i; j++)
			s[j * n + i] = s[i * n + j];
}

/* Squares of the differences of two matrices of n * n, summed up. */
static double
squared_distance(const double *a, const double *b, int n)
{
	double		sum = 0;

	for (int i = 0; i < n * n; i++)
		sum += (a[i] - b[i]) * (a[i] - b[i]);
	return sum;
}

/* A matrix of one value a on the diagonal. */
static void
identity_target(const double *s, int n, double *target)
{
	double		trace = 0;

	for (int i = 0; i < n; i++)
		trace += s[i * n + i];
	for (int i = 0; i < n * n; i++)
		target[i] = i % (n + 1) == 0 ? trace / n : 0;
}

/* Sum over periods of the squared distance of x x' from s, with its diagonal or without. */
static double
spread_of_products(const double *x, int rows, int n, const double *s, bool diagonal, core_pause pause)
{
	double		sum = 0;

	for (int t = 0; t < rows; t++, x += n)
	{
		if (pause != NULL && t % 1024 == 0)
			pause();
		for (int i = 0; i < n; i++)
			for (int j = 0; j < n; j++)
			{
				double		d = x[i] * x[j] - s[i * n + j];

				sum += diagonal || i != j ? d * d : 0;
			}
	}
	return sum;
}

/* Ledoit and Wolf, Journal of Multivariate Analysis 88, 2004, section 3.3. */
static double
identity_shrinkage(const double *x, int rows, int n, const double *s, const double *target, core_pause pause)
{
	double		distance = squared_distance(s, target, n);
	double		spread = spread_of_products(x, rows, n, s, true, pause) / rows / rows;

	return distance > 0 ? fmin(distance, spread) / distance : 0;
}

/* The mean of the correlations of two tokens, as covariances; CORE_NULL where one does not vary. */
static core_status
constant_correlation_target(const double *s, int n, double *target, double *mean)
{
	double		sum = 0;

	for (int i = 0; i < n; i++)
	{
		if (!(s[i * n + i] > 0))
			return CORE_NULL;
		for (int j = 0; j < i; j++)
			sum += s[i * n + j] / sqrt(s[i * n + i]) / sqrt(s[j * n + j]);
	}
	*mean = n > 1 ? sum / (n * (n - 1) / 2.0) : 0;
	for (int i = 0; i < n; i++)
		for (int j = 0; j < n; j++)
			target[i * n + j] = i == j ? s[i * n + i] :
				*mean * sqrt(s[i * n + i]) * sqrt(s[j * n + j]);
	return CORE_OK;
}

/* Sum over tokens i and j of sqrt(s_jj/s_ii) times the covariance of x_i^2 and x_i x_j. */
static double
spread_with_squares(const double *x, int rows, int n, const double *s, core_pause pause)
{
	double		sum = 0;

	for (int t = 0; t < rows; t++, x += n)
	{
		if (pause != NULL && t % 1024 == 0)
			pause();
		for (int i = 0; i < n; i++)
		{
			double		square = x[i] * x[i] - s[i * n + i];

			for (int j = 0; j < n; j++)
				if (j != i)
					sum += sqrt(s[j * n + j] / s[i * n + i]) * square * (x[i] * x[j] - s[i * n + j]);
		}
	}
	return sum / rows;
}

/*
 * Ledoit and Wolf, Journal of Portfolio Management 30/4, 2004, appendix B.  The
 * diagonals of pi and rho are the same and cancel; beside small covariances
 * they would take their digits with them.
 */
static double
constant_correlation_shrinkage(const double *x, int rows, int n, const double *s, const double *target,
							   double mean, core_pause pause)
{
	double		distance = squared_distance(s, target, n);
	double		pi = spread_of_products(x, rows, n, s, false, pause) / rows;
	double		rho = mean * spread_with_squares(x, rows, n, s, pause);

	return distance > 0 ? fmax(0, fmin(1, (pi - rho) / distance / rows)) : 0;
}

/*
 * The covariances of "rows" periods of n tokens, drawn to a target by as much
 * as their errors ask for, times "periods".  returns is a copy that is used up,
 * scratch room for n * (2 n + 1) numbers.  CORE_NULL of one row, and where the
 * target has correlations of a token that does not vary.
 */
core_status
covariance_shrunk(double *returns, int rows, int n, shrinkage_target target, double periods,
				  core_pause pause, double *scratch, double *result, double *shrinkage)
{
	double	   *x = returns;
	double	   *s = scratch;
	double	   *aim = s + (size_t) n * n;
	double	   *mean = aim + (size_t) n * n;
	double		correlation;

	if (rows < 2)
		return CORE_NULL;
	sample_covariance(x, rows, n, mean, s);
	if (target == SHRINK_IDENTITY)
	{
		identity_target(s, n, aim);
		*shrinkage = identity_shrinkage(x, rows, n, s, aim, pause);
	}
	else
	{
		if (constant_correlation_target(s, n, aim, &correlation) != CORE_OK)
			return CORE_NULL;
		*shrinkage = constant_correlation_shrinkage(x, rows, n, s, aim, correlation, pause);
	}
	for (int i = 0; i < n * n; i++)
		result[i] = ((1 - *shrinkage) * s[i] + *shrinkage * aim[i]) * periods;
	return isfinite(*shrinkage) ? check_numbers(result, (size_t) n * n) : CORE_OUT_OF_RANGE;
}

/* ---------- principal components ---------- */

/* The greatest first; a sign such that the greatest loading is positive. */
static void
sort_components(principal_component *component, int n)
{
	for (int i = 1; i < n; i++)
	{
		principal_component c = component[i];
		int			j = i;

		for (; j > 0 && component[j - 1].variance < c.variance; j--)
			component[j] = component[j - 1];
		component[j] = c;
	}
}

static void
fix_sign(double *vector, int n)
{
	int			greatest = 0;

	for (int i = 1; i < n; i++)
		if (fabs(vector[i]) > fabs(vector[greatest]) * (1 + 1e-12))
			greatest = i;
	if (vector[greatest] < 0)
		for (int i = 0; i < n; i++)
			vector[i] = -vector[i] + 0.0;
}

/*
 * The components of a symmetric matrix of n tokens, which is used up, with room
 * for n values and n * n numbers of vectors.  CORE_BAD_PARAMETER if it is no
 * matrix of covariances: an eigenvalue is below zero.
 */
core_status
principal_components_of(double *covariance, int n, core_pause pause, double *value, double *vector,
						principal_component *component)
{
	double		sum = 0;
	double		greatest = 0;

	if (!matrix_eigen(covariance, n, value, vector, pause))
		return CORE_OUT_OF_RANGE;
	for (int i = 0; i < n; i++)
		greatest = fmax(greatest, fabs(value[i]));
	for (int i = 0; i < n; i++)
	{
		if (value[i] < -MATRIX_TOLERANCE * greatest)
			return CORE_BAD_PARAMETER;
		sum += value[i] = fmax(value[i], 0);
	}
	for (int i = 0; i < n; i++)
	{
		fix_sign(vector + (size_t) i * n, n);
		component[i] = (principal_component) {value[i], sum > 0 ? value[i] / sum : NAN, vector + (size_t) i * n};
	}
	sort_components(component, n);
	return isfinite(sum) ? CORE_OK : CORE_OUT_OF_RANGE;
}
