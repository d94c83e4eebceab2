/*-------------------------------------------------------------------------
 *
 * quantlib_option.cc
 *	  Options against QuantLib, where it is installed: 100,000 European ones
 *	  with their greeks, 200 American ones, and SABR.
 *
 *-------------------------------------------------------------------------
 */
#include <ql/instruments/payoffs.hpp>
#include <ql/pricingengines/blackcalculator.hpp>
#include <ql/pricingengines/vanilla/qdfpamericanengine.hpp>
#include <ql/termstructures/volatility/sabr.hpp>

#include <cmath>
#include <cstdio>
#include <random>

extern "C"
{
#include "core/derivative/american.h"
#include "core/derivative/implied.h"
#include "core/derivative/option.h"
#include "core/derivative/volatility.h"
}

using namespace QuantLib;

static std::mt19937_64 generator(7);
static int	failures = 0;

static double
between(double low, double high)
{
	return std::uniform_real_distribution<double>(low, high)(generator);
}

static void
check(const char *what, const option_terms &o, double got, double want, double tolerance)
{
	if (std::fabs(got - want) <= tolerance || failures++ > 20)
		return;
	std::printf("%s of %s %.17g %.17g %.17g %.17g %.17g %.17g: %.17g, not %.17g\n", what,
				o.call ? "call" : "put", o.spot, o.strike, o.years, o.volatility, o.rate, o.yield,
				got, want);
}

static option_terms
random_option()
{
	double		t = between(0, 1);

	return {between(0, 1) < 0.5, 100 * std::exp(between(-0.7, 0.7)), 100, 0.003 + 3 * t * t,
		between(0.05, 1.5), between(0, 0.15), between(0, 1) < 0.3 ? 0 : between(0, 0.12)};
}

static void
check_european(const option_terms &o)
{
	double		discount = std::exp(-o.rate * o.years);
	double		forward = o.spot * std::exp((o.rate - o.yield) * o.years);
	double		scale = o.spot + o.strike;
	BlackCalculator black(o.call ? Option::Call : Option::Put, o.strike, forward,
						  o.volatility * std::sqrt(o.years), discount);
	option_greeks g;
	double		volatility;

	if (option_greeks_of(&o, &g) != CORE_OK)
		failures++;
	check("price", o, g.price, black.value(), 1e-13 * scale);
	check("delta", o, g.delta, black.delta(o.spot), 1e-12);
	check("gamma", o, g.gamma, black.gamma(o.spot), 1e-12 * (1 + g.gamma));
	check("vega", o, g.vega, black.vega(o.years), 1e-12 * scale);
	check("theta", o, g.theta, black.theta(o.spot, o.years), 1e-11 * (scale + std::fabs(g.theta)));
	check("rho", o, g.rho, black.rho(o.years), 1e-12 * scale * o.years);
	check("yield rho", o, g.yield_rho, black.dividendRho(o.years), 1e-12 * scale * o.years);
	if (o.call)
		check("chance", o, g.itm_probability, black.itmCashProbability(), 1e-13);
	if (g.vega * o.volatility < 1e-9 * scale)
		return;
	if (implied_volatility(&o, black.value(), &volatility) != CORE_OK)
		failures++;
	check("volatility", o, volatility, o.volatility, 1e-14 * scale / g.vega + 1e-14);
}

/* The engine's own put, without the instrument around it */
class PutEngine : public QdFpAmericanEngine
{
  public:
	PutEngine() : QdFpAmericanEngine(ext::shared_ptr<GeneralizedBlackScholesProcess>(), highPrecisionScheme()) {}
	double		price(double s, double k, double r, double q, double v, double t) const
	{
		return calculatePut(s, k, r, q, v, t);
	}
};

static double	worst_american;

static void
check_american(const option_terms &o, const PutEngine &engine)
{
	double		put = o.call ?
		engine.price(o.strike, o.spot, o.yield, o.rate, o.volatility, o.years) :
		engine.price(o.spot, o.strike, o.rate, o.yield, o.volatility, o.years);
	double		exercised = o.call ? o.spot - o.strike : o.strike - o.spot;
	double		price;

	if (american_price(&o, &price) != CORE_OK)
		failures++;
	put = std::fmax(put, exercised);
	worst_american = std::fmax(worst_american, std::fabs(price - put) / o.strike);
	check("American price", o, price, put, 1e-6 * o.strike);
}

static void
check_sabr()
{
	double		strike = 100 * std::exp(between(-1, 1)), years = between(0.01, 3);
	sabr_terms	s = {between(0.05, 0.8), between(0, 1), between(-0.9, 0.9), between(0, 1.5)};
	option_terms shown = {true, 100, strike, years, s.alpha, s.beta, s.rho};
	double		volatility;

	s.alpha *= std::pow(100, 1 - s.beta);
	if (sabr_volatility(strike, 100, years, &s, &volatility) == CORE_OK)
		check("SABR volatility", shown, volatility,
			  unsafeSabrVolatility(strike, 100, years, s.alpha, s.beta, s.nu, s.rho), 1e-7 * volatility);
}

int
main(int argc, char **argv)
{
	int			americans = argc > 1 ? std::atoi(argv[1]) : 200;
	PutEngine	engine;

	for (int i = 0; i < 100000; i++)
		check_european(random_option());
	for (int i = 0; i < americans; i++)
	{
		option_terms o = random_option();

		/* what is never exercised early is the European option */
		if ((o.call ? o.yield : o.rate) > 1e-4)
			check_american(o, engine);
	}
	for (int i = 0; i < 10000; i++)
		check_sabr();
	std::printf("100000 European options, %d American ones, off by at most %.1e of the strike, 10000 SABR: %d failures\n",
				americans, worst_american, failures);
	return failures > 0;
}
