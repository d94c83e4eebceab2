/*-------------------------------------------------------------------------
 *
 * quantlib_credit.cc
 *	  Bonds, curves and credit default swaps against QuantLib, where it is
 *	  installed: 100,000 bonds, 2,000 curves and 100,000 swaps.
 *
 *-------------------------------------------------------------------------
 */
#include <ql/cashflows/cashflows.hpp>
#include <ql/cashflows/simplecashflow.hpp>
#include <ql/instruments/creditdefaultswap.hpp>
#include <ql/interestrate.hpp>
#include <ql/math/interpolations/convexmonotoneinterpolation.hpp>
#include <ql/pricingengines/credit/midpointcdsengine.hpp>
#include <ql/settings.hpp>
#include <ql/termstructures/credit/flathazardrate.hpp>
#include <ql/termstructures/yield/flatforward.hpp>
#include <ql/time/daycounters/actual365fixed.hpp>

#include <cmath>
#include <cstdio>
#include <random>
#include <vector>

extern "C"
{
#include "core/derivative/credit.h"
#include "core/derivative/curve.h"
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
check(const char *what, int number, double got, double want, double tolerance)
{
	if (std::fabs(got - want) <= tolerance || failures++ > 20)
		return;
	std::printf("%s %d: %.17g, not %.17g\n", what, number, got, want);
}

/* Payments on whole days, which QuantLib counts as 365 to the year as we do. */
static void
test_bonds()
{
	const Date	today(1, January, 2026);
	const Actual365Fixed counter;
	const double periods[] = {1, 2, 4, 12, INFINITY};
	const Frequency frequencies[] = {Annual, Semiannual, Quarterly, Monthly, NoFrequency};

	for (int k = 0; k < 100000; k++)
	{
		double		times[10],
					amounts[10];
		int			n = 1 + k % 10;
		int			days = 0;
		int			often = k % 5;
		double		yield = between(-0.3, 0.8);
		Leg			leg;
		bond_flows	flows = {times, amounts, (size_t) n, NULL};
		bond_measures m;
		InterestRate rate(yield, counter, often == 4 ? Continuous : Compounded, frequencies[often]);

		for (int i = 0; i < n; i++)
		{
			days += 1 + (int) between(0, 300);
			times[i] = days / 365.0;
			amounts[i] = between(0, 1);
			leg.push_back(ext::make_shared<SimpleCashFlow>(amounts[i], today + days));
		}
		if (bond_risk(&flows, yield, periods[often], &m) != CORE_OK)
			failures++;
		check("price", k, m.price, CashFlows::npv(leg, rate, false, today), 1e-11 * m.price);
		check("duration", k, m.modified_duration,
			  CashFlows::duration(leg, rate, Duration::Modified, false, today), 1e-11 * m.modified_duration);
		check("Macaulay", k, m.macaulay_duration,
			  often == 4 ? m.macaulay_duration :
			  CashFlows::duration(leg, rate, Duration::Macaulay, false, today), 1e-11 * m.macaulay_duration);
		check("convexity", k, m.convexity, CashFlows::convexity(leg, rate, false, today), 1e-10 * m.convexity);
	}
}

/* Forward rates of Hagan and West as QuantLib integrates them. */
static void
test_monotone_convex()
{
	for (int k = 0; k < 2000; k++)
	{
		int			n = 3 + k % 8;
		std::vector<Time> times(1, 0.0);
		std::vector<Real> forwards(1, 0.0);
		std::vector<double> factors;
		double		growth = 0;

		for (int i = 0; i < n; i++)
		{
			double		step = between(0.05, 1);

			times.push_back(times.back() + step);
			forwards.push_back(between(-0.02, 0.1));
			growth += step * forwards.back();
			factors.push_back(std::exp(-growth));
		}
		ConvexMonotoneInterpolation<std::vector<Time>::iterator, std::vector<Real>::iterator>
			theirs(times.begin(), times.end(), forwards.begin(), 0, 1, false);
		discount_curve ours = {(const char *) (times.data() + 1), (const char *) factors.data(), (size_t) n};

		for (int i = 0; i < 20; i++)
		{
			double		t = between(0, times.back());
			double		log_discount = 0;

			if (curve_log_discount(&ours, t, CURVE_MONOTONE_CONVEX, &log_discount) != CORE_OK)
				failures++;
			check("monotone convex", k, log_discount, theirs.primitive(t, true), 1e-12);
		}
	}
}

/*
 * Credit default swaps of flat rates under QuantLib's own engine, and a hazard for
 * each spread.  Its middle of a period is a whole day, so periods have even days.
 */
static void
test_swaps()
{
	const Date	today(1, January, 2026);
	const Actual365Fixed counter;

	Settings::instance().evaluationDate() = today;
	for (int k = 0; k < 100000; k++)
	{
		double		times[12];
		int			n = 1 + k % 12;
		double		rate = between(-0.02, 0.15);
		double		hazard = between(0, 0.6);
		double		coupon = between(0.001, 0.2);
		double		recovery = between(0, 0.9);
		double		found = 0;
		cds_terms	terms = {times, (size_t) n, coupon, recovery, 1000, NULL};
		cds_measures m;
		std::vector<Date> dates(1, today);

		for (int i = 0; i < n; i++)
		{
			dates.push_back(dates.back() + 2 * (int) between(10, 110));
			times[i] = (dates.back() - today) / 365.0;
		}
		CreditDefaultSwap swap(Protection::Buyer, 1000, coupon, Schedule(dates), Unadjusted, counter);
		swap.setPricingEngine(ext::make_shared<MidPointCdsEngine>(
			Handle<DefaultProbabilityTermStructure>(ext::make_shared<FlatHazardRate>(today, hazard, counter)),
			recovery, Handle<YieldTermStructure>(ext::make_shared<FlatForward>(today, rate, counter))));
		if (cds_value(&terms, rate, hazard, &m) != CORE_OK)
			failures++;
		check("protection", k, m.protection_leg, swap.defaultLegNPV(), 1e-10);
		check("annuity", k, m.risky_annuity * coupon, -swap.couponLegNPV(), 1e-12 * -swap.couponLegNPV());
		check("value", k, m.pv, swap.NPV(), 1e-9);
		if (hazard > 0)
			check("par spread", k, m.par_spread, swap.fairSpread(), 1e-12);
		terms.coupon = swap.fairSpread();
		if (k % 10 == 0 && cds_hazard(&terms, rate, &found) != CORE_OK)
			failures++;
		if (k % 10 == 0)
			check("hazard", k, found, hazard, 1e-10);
	}
}

int
main()
{
	test_bonds();
	test_monotone_convex();
	test_swaps();
	std::printf("%s\n", failures == 0 ? "[       OK ]" : "failed");
	return failures != 0;
}
