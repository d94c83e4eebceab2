/*-------------------------------------------------------------------------
 *
 * derivative/credit.c
 *	  The SQL face of domain derivative: hazards, credit default swaps, covers
 *	  and tranches.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include <math.h>

#include "core/derivative/credit.h"
#include "derivative/curve_type.h"
#include "derivative/schedule.h"
#include "server/compat.h"
#include "server/interrupts.h"
#include "server/report.h"
#include "server/row.h"

/* ---------- hazards ---------- */

/* A part of a whole, both ends included. */
static void
check_share(const char *argument, double value)
{
	if (unlikely(!(value >= 0 && value <= 1)))
		report_bad_float8(argument, value, "from 0 to 1");
}

static void
check_recovery(double recovery)
{
	if (unlikely(!(recovery >= 0 && recovery < 1)))
		report_bad_float8("recovery", recovery, "at least 0 and below 1");
}

/* (spread, recovery) */
PG_FUNCTION_INFO_V1(derivative_hazard_from_spread);
Datum
derivative_hazard_from_spread(PG_FUNCTION_ARGS)
{
	double		hazard;

	check_finite("spread", PG_GETARG_FLOAT8(0));
	check_recovery(PG_GETARG_FLOAT8(1));
	hazard = PG_GETARG_FLOAT8(0) / (1 - PG_GETARG_FLOAT8(1));
	return float8_result(fcinfo, bond_checked(hazard), &hazard, "hazard_from_spread");
}

/* (probability, years) */
PG_FUNCTION_INFO_V1(derivative_hazard_from_probability);
Datum
derivative_hazard_from_probability(PG_FUNCTION_ARGS)
{
	double		hazard = 0;

	check_share("probability", PG_GETARG_FLOAT8(0));
	check_not_negative("years", PG_GETARG_FLOAT8(1));
	return float8_result(fcinfo, credit_hazard_from_probability(PG_GETARG_FLOAT8(0),
																PG_GETARG_FLOAT8(1), &hazard),
						 &hazard, "hazard_from_probability");
}

/* (hazard, years) */
PG_FUNCTION_INFO_V1(derivative_survival_probability);
Datum
derivative_survival_probability(PG_FUNCTION_ARGS)
{
	double		survival = 0;

	check_not_negative("hazard", PG_GETARG_FLOAT8(0));
	check_not_negative("years", PG_GETARG_FLOAT8(1));
	return float8_result(fcinfo, bond_discount_factor(PG_GETARG_FLOAT8(0), PG_GETARG_FLOAT8(1),
													  INFINITY, &survival),
						 &survival, "survival_probability");
}

/* ---------- credit default swaps ---------- */

/* Argument "at", times, and the three after it, but for those a function has not. */
static cds_terms
cds_arguments(FunctionCallInfo fcinfo, int at, float8_array *times)
{
	cds_terms	terms = {
		.coupon = PG_GETARG_FLOAT8(at + 1), .recovery = PG_GETARG_FLOAT8(at + 2),
		.notional = PG_GETARG_FLOAT8(at + 3), .pause = check_interrupts
	};

	times_argument(fcinfo, at, times);
	check_finite("coupon", terms.coupon);
	check_recovery(terms.recovery);
	check_finite("notional", terms.notional);
	terms.times = times->values;
	terms.n = times->n;
	return terms;
}

static Datum
cds_row(FunctionCallInfo fcinfo, core_status status, const cds_measures *m, const char *what)
{
	bool		nulls[4] = {!m->has_par_spread, false, false, false};

	if (!report_status(status, what))
		PG_RETURN_NULL();
	return row_with_nulls(fcinfo, (Datum[]) {
		Float8GetDatum(m->par_spread), Float8GetDatum(m->protection_leg),
		Float8GetDatum(m->risky_annuity), Float8GetDatum(m->pv)
	}, nulls);
}

/* (rate, hazard, times, coupon, recovery, notional) */
PG_FUNCTION_INFO_V1(derivative_cds_value);
Datum
derivative_cds_value(PG_FUNCTION_ARGS)
{
	float8_array times;
	cds_terms	terms = cds_arguments(fcinfo, 2, &times);
	cds_measures measures = {0};
	core_status status;

	check_finite("rate", PG_GETARG_FLOAT8(0));
	check_not_negative("hazard", PG_GETARG_FLOAT8(1));
	status = cds_value(&terms, PG_GETARG_FLOAT8(0), PG_GETARG_FLOAT8(1), &measures);
	return cds_row(fcinfo, status, &measures, "cds_value");
}

/* A curve of chances of survival: they only fall, from 1. */
static void
check_survival(const discount_curve *survival)
{
	double		last = 1;

	for (size_t i = 0; i < survival->n; i++)
	{
		double		chance = curve_factor(survival, i);

		pause_at(i);
		if (unlikely(chance > last))
			report_bad_float8("survival", chance,
							  "a curve of probabilities that fall from 1 on");
		last = chance;
	}
}

/* (discount, survival, times, coupon, recovery, notional, interpolation) */
PG_FUNCTION_INFO_V1(derivative_curve_cds_value);
Datum
derivative_curve_cds_value(PG_FUNCTION_ARGS)
{
	float8_array times;
	cds_terms	terms = cds_arguments(fcinfo, 2, &times);
	curve_method method = method_argument(fcinfo, 6);
	discount_curve discount;
	discount_curve survival;
	cds_measures measures = {0};
	core_status status;

	curve_argument(fcinfo, 0, &discount);
	curve_argument(fcinfo, 1, &survival);
	check_survival(&survival);
	status = curve_cds_value(&terms, &discount, &survival, method, &measures);
	return cds_row(fcinfo, status, &measures, "curve_cds_value");
}

/* (spread, times, rate, recovery) */
PG_FUNCTION_INFO_V1(derivative_hazard_from_cds);
Datum
derivative_hazard_from_cds(PG_FUNCTION_ARGS)
{
	float8_array times;
	cds_terms	terms = {
		.coupon = PG_GETARG_FLOAT8(0), .recovery = PG_GETARG_FLOAT8(3), .notional = 1,
		.pause = check_interrupts
	};
	double		hazard = 0;
	core_status status;

	check_finite("spread", terms.coupon);
	times_argument(fcinfo, 1, &times);
	check_finite("rate", PG_GETARG_FLOAT8(2));
	check_recovery(terms.recovery);
	terms.times = times.values;
	terms.n = times.n;
	status = cds_hazard(&terms, PG_GETARG_FLOAT8(2), &hazard);
	return float8_result(fcinfo, status, &hazard, "hazard_from_cds");
}

/* ---------- cover and pools ---------- */

/* (hazard, severity, years, rate, loading) */
PG_FUNCTION_INFO_V1(derivative_cover_premium);
Datum
derivative_cover_premium(PG_FUNCTION_ARGS)
{
	double		premium = 0;

	check_not_negative("hazard", PG_GETARG_FLOAT8(0));
	check_share("severity", PG_GETARG_FLOAT8(1));
	check_not_negative("years", PG_GETARG_FLOAT8(2));
	check_finite("rate", PG_GETARG_FLOAT8(3));
	check_finite("loading", PG_GETARG_FLOAT8(4));
	return float8_result(fcinfo,
						 credit_cover_premium(PG_GETARG_FLOAT8(0), PG_GETARG_FLOAT8(1),
											  PG_GETARG_FLOAT8(2), PG_GETARG_FLOAT8(3),
											  PG_GETARG_FLOAT8(4), &premium),
						 &premium, "cover_premium");
}

/* (probability, correlation, attachment, detachment, severity) */
PG_FUNCTION_INFO_V1(derivative_tranche_loss);
Datum
derivative_tranche_loss(PG_FUNCTION_ARGS)
{
	double		correlation = PG_GETARG_FLOAT8(1);
	double		attachment = PG_GETARG_FLOAT8(2);
	double		detachment = PG_GETARG_FLOAT8(3);
	double		severity = PG_GETARG_FLOAT8(4);

	check_share("probability", PG_GETARG_FLOAT8(0));
	if (!(correlation >= 0 && correlation < 1))
		report_bad_float8("correlation", correlation, "at least 0 and below 1");
	check_share("attachment", attachment);
	if (!(detachment > attachment && detachment <= 1))
		report_bad_float8("detachment", detachment, "above attachment and at most 1");
	if (!(severity > 0 && severity <= 1))
		report_bad_float8("severity", severity, "above 0 and at most 1");
	PG_RETURN_FLOAT8(credit_tranche_loss(PG_GETARG_FLOAT8(0), correlation, attachment, detachment,
										 severity));
}
