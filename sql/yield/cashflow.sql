-- domain yield: cash flows, linked returns and the fees of a vault

-- all rows of a group, as values and as states of aggregates

--@for TYPE WHAT = cashflow_summary, cash flows with their times: what xirr xnpv and modified_dietz need
--@	| twr_summary, values of a portfolio with the flows that follow them: what twr and twr_apy need
--@include summary_type.sql.in LENGTH = VARIABLE, STORAGE = external
COMMENT ON TYPE @TYPE@ IS '@WHAT@; every row, in order of time; mergeable with || and rollup()';

CREATE FUNCTION _@TYPE@_combine(@TYPE@, @TYPE@) RETURNS @TYPE@
	AS 'MODULE_PATHNAME', '@TYPE@_combine' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 50;
COMMENT ON FUNCTION _@TYPE@_combine(@TYPE@, @TYPE@) IS 'merges two @TYPE@';

CREATE AGGREGATE rollup(@TYPE@) (
	SFUNC = _@TYPE@_combine,
	STYPE = @TYPE@,
	SSPACE = 256,
	COMBINEFUNC = _@TYPE@_combine,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE rollup(@TYPE@) IS 'merges @TYPE@ values';

--@end
--@for TYPE WHAT = discounted_flows, cash flows and the rate at which they are discounted: the state of xnpv
--@	| vault_path, prices of a share of a vault before fees and the fees: the state of vault_history
--@include stored_type.sql.in LENGTH = VARIABLE, STORAGE = external
COMMENT ON TYPE @TYPE@ IS '@WHAT@';

CREATE FUNCTION _@TYPE@_combine(@TYPE@, @TYPE@) RETURNS @TYPE@
	AS 'MODULE_PATHNAME', '@TYPE@_combine' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 50;
COMMENT ON FUNCTION _@TYPE@_combine(@TYPE@, @TYPE@) IS 'merges two @TYPE@ of the same terms';

--@end
-- aggregates over rows in any order: their steps

--@for TIME DATE = timestamp with time zone, | timestamp without time zone, | date, _date
CREATE FUNCTION _cash_flows_accum(cashflow_summary, @TIME@, double precision) RETURNS cashflow_summary
	AS 'MODULE_PATHNAME', 'cash_flows_accum@DATE@' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 2;
COMMENT ON FUNCTION _cash_flows_accum(cashflow_summary, @TIME@, double precision) IS
	'adds a cash flow';
--@end

--@for TIME DATE = timestamp with time zone, | timestamp without time zone, | date, _date
CREATE FUNCTION _discounted_flows_accum(discounted_flows, double precision, @TIME@, double precision) RETURNS discounted_flows
	AS 'MODULE_PATHNAME', 'discounted_flows_accum@DATE@' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 2;
COMMENT ON FUNCTION _discounted_flows_accum(discounted_flows, double precision, @TIME@, double precision) IS
	'adds a cash flow that is discounted at a rate';
--@end

--@for TIME DATE = timestamp with time zone, | timestamp without time zone, | date, _date
CREATE FUNCTION _valuations_accum(twr_summary, @TIME@, double precision, double precision) RETURNS twr_summary
	AS 'MODULE_PATHNAME', 'valuations_accum@DATE@' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 2;
COMMENT ON FUNCTION _valuations_accum(twr_summary, @TIME@, double precision, double precision) IS
	'adds the value of a portfolio and the flow that follows';
--@end

--@for TIME DATE = timestamp with time zone, | timestamp without time zone, | date, _date
CREATE FUNCTION _vault_prices_accum(vault_path, @TIME@, double precision, double precision, double precision) RETURNS vault_path
	AS 'MODULE_PATHNAME', 'vault_prices_accum@DATE@' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 2;
COMMENT ON FUNCTION _vault_prices_accum(vault_path, @TIME@, double precision, double precision, double precision) IS
	'adds the price of a share of a vault before fees';
--@end

CREATE FUNCTION _xirr_final(cashflow_summary) RETURNS double precision
	AS 'MODULE_PATHNAME', 'cashflow_summary_xirr' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000;
COMMENT ON FUNCTION _xirr_final(cashflow_summary) IS 'last step of aggregate xirr';

CREATE FUNCTION _xnpv_final(discounted_flows) RETURNS double precision
	AS 'MODULE_PATHNAME', 'discounted_flows_xnpv' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;
COMMENT ON FUNCTION _xnpv_final(discounted_flows) IS 'last step of aggregate xnpv';

CREATE FUNCTION _modified_dietz_final(cashflow_summary) RETURNS double precision
	AS 'MODULE_PATHNAME', 'cashflow_summary_modified_dietz' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;
COMMENT ON FUNCTION _modified_dietz_final(cashflow_summary) IS 'last step of aggregate modified_dietz';

CREATE FUNCTION _twr_final(twr_summary) RETURNS double precision
	AS 'MODULE_PATHNAME', 'twr_summary_twr' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;
COMMENT ON FUNCTION _twr_final(twr_summary) IS 'last step of aggregate twr';

CREATE FUNCTION _twr_apy_final(twr_summary) RETURNS double precision
	AS 'MODULE_PATHNAME', 'twr_summary_twr_apy' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;
COMMENT ON FUNCTION _twr_apy_final(twr_summary) IS 'last step of aggregate twr_apy';

-- summaries of flows, and what they say

--@for TIME READ = timestamp with time zone, | timestamp without time zone, ; ts: read as UTC | date, ; ts: the start of the day in UTC
CREATE AGGREGATE cashflow_agg(ts @TIME@, amount double precision) (
	SFUNC = _cash_flows_accum,
	STYPE = cashflow_summary,
	SSPACE = 256,
	COMBINEFUNC = _cashflow_summary_combine,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE cashflow_agg(@TIME@, double precision) IS
	'keeps cash flows (paid in: negative, got back or still held: positive) for xirr, xnpv and modified_dietz, mergeable with rollup()@READ@';
--@end

--@for TIME READ = timestamp with time zone, | timestamp without time zone, ; ts: read as UTC | date, ; ts: the start of the day in UTC
CREATE AGGREGATE twr_agg(ts @TIME@, value double precision, flow double precision) (
	SFUNC = _valuations_accum,
	STYPE = twr_summary,
	SSPACE = 256,
	COMBINEFUNC = _twr_summary_combine,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE twr_agg(@TIME@, double precision, double precision) IS
	'keeps values of a portfolio, each just before flow (paid in: positive), for twr and twr_apy, mergeable with rollup()@READ@';
--@end

CREATE FUNCTION xirr(cashflow_summary) RETURNS double precision
	AS 'MODULE_PATHNAME', 'cashflow_summary_xirr' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000;
COMMENT ON FUNCTION xirr(cashflow_summary) IS
	'internal rate of return of the flows of a cashflow_summary, a compound fraction per year of 365 days, as the aggregate xirr gives';

CREATE FUNCTION xnpv(cashflow_summary, rate double precision) RETURNS double precision
	AS 'MODULE_PATHNAME', 'cashflow_summary_xnpv' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;
COMMENT ON FUNCTION xnpv(cashflow_summary, double precision) IS
	'present value of the flows of a cashflow_summary as of the first, in the unit of amount; rate: a compound fraction per year of 365 days; as the aggregate xnpv gives';

CREATE FUNCTION modified_dietz(cashflow_summary) RETURNS double precision
	AS 'MODULE_PATHNAME', 'cashflow_summary_modified_dietz' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;
COMMENT ON FUNCTION modified_dietz(cashflow_summary) IS
	'return of the flows of a cashflow_summary over their whole span, a fraction, as the aggregate modified_dietz gives';

CREATE FUNCTION twr(twr_summary) RETURNS double precision
	AS 'MODULE_PATHNAME', 'twr_summary_twr' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;
COMMENT ON FUNCTION twr(twr_summary) IS
	'time-weighted return of a twr_summary over its whole span, a fraction, as the aggregate twr gives';

CREATE FUNCTION twr_apy(twr_summary) RETURNS double precision
	AS 'MODULE_PATHNAME', 'twr_summary_twr_apy' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;
COMMENT ON FUNCTION twr_apy(twr_summary) IS
	'time-weighted return of a twr_summary as a compound fraction per year of 365 days, as the aggregate twr_apy gives';

-- money-weighted returns

--@for TIME READ = timestamp with time zone, | timestamp without time zone, ; ts: read as UTC | date, ; ts: the start of the day in UTC
CREATE AGGREGATE xirr(ts @TIME@, amount double precision) (
	SFUNC = _cash_flows_accum,
	STYPE = cashflow_summary,
	SSPACE = 256,
	FINALFUNC = _xirr_final,
	COMBINEFUNC = _cashflow_summary_combine,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE xirr(@TIME@, double precision) IS
	'internal rate of return of cash flows (paid in: negative, got back or still held: positive) as a compound fraction per year of 365 days; NULL when there is none; of several, for flows that sum to a gain the one between -0.99 and 100 at which present value falls as the rate rises, first going up from 0, else going down, otherwise the one nearest to 0 by |ln(1 + rate)|@READ@';
--@end

--@for TIME READ = timestamp with time zone, | timestamp without time zone, ; ts: read as UTC | date, ; ts: the start of the day in UTC
CREATE AGGREGATE xnpv(rate double precision, ts @TIME@, amount double precision) (
	SFUNC = _discounted_flows_accum,
	STYPE = discounted_flows,
	SSPACE = 256,
	FINALFUNC = _xnpv_final,
	COMBINEFUNC = _discounted_flows_combine,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE xnpv(double precision, @TIME@, double precision) IS
	'present value of cash flows as of the first, sum of amount/(1 + rate)^(time since/365 days), in the unit of amount; rate: one for all rows; NULL for rate <= -1; as Excel XNPV@READ@';
--@end

--@for TIME READ = timestamp with time zone, | timestamp without time zone, ; ts: read as UTC | date, ; ts: the start of the day in UTC
CREATE AGGREGATE modified_dietz(ts @TIME@, amount double precision) (
	SFUNC = _cash_flows_accum,
	STYPE = cashflow_summary,
	SSPACE = 256,
	FINALFUNC = _modified_dietz_final,
	COMBINEFUNC = _cashflow_summary_combine,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE modified_dietz(@TIME@, double precision) IS
	'return of cash flows (signs as in xirr) over their whole span, not annualised: their sum over the time-weighted mean of what was paid in; NULL without a span or without capital; modified Dietz method of GIPS@READ@';
--@end

-- time-weighted returns

--@for TIME READ = timestamp with time zone, | timestamp without time zone, ; ts: read as UTC | date, ; ts: the start of the day in UTC
CREATE AGGREGATE twr(ts @TIME@, value double precision, flow double precision) (
	SFUNC = _valuations_accum,
	STYPE = twr_summary,
	SSPACE = 256,
	FINALFUNC = _twr_final,
	COMBINEFUNC = _twr_summary_combine,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE twr(@TIME@, double precision, double precision) IS
	'time-weighted return over the whole span, not annualised, a fraction: product of value/(value + flow of the row before) - 1; value: of the portfolio just before flow; flow: paid in positive, taken out negative; GIPS@READ@';
--@end

--@for TIME READ = timestamp with time zone, | timestamp without time zone, ; ts: read as UTC | date, ; ts: the start of the day in UTC
CREATE AGGREGATE twr_apy(ts @TIME@, value double precision, flow double precision) (
	SFUNC = _valuations_accum,
	STYPE = twr_summary,
	SSPACE = 256,
	FINALFUNC = _twr_apy_final,
	COMBINEFUNC = _twr_summary_combine,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE twr_apy(@TIME@, double precision, double precision) IS
	'time-weighted return (see twr) as a compound fraction per year of 365 days, (1 + twr)^(year/span) - 1@READ@';
--@end

-- flows at equal steps

CREATE FUNCTION irr(amounts double precision[]) RETURNS double precision
	AS 'MODULE_PATHNAME', 'irr_of_array' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 50;
COMMENT ON FUNCTION irr(double precision[]) IS
	'internal rate of return of cash flows at equal steps, a fraction per step; NULL when there is none, of several the one that xirr would give; Excel IRR, numpy-financial irr';

CREATE FUNCTION npv(rate double precision, amounts double precision[]) RETURNS double precision
	AS 'MODULE_PATHNAME', 'npv_of_array' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;
COMMENT ON FUNCTION npv(double precision, double precision[]) IS
	'present value of cash flows at equal steps as of the first of them, which is not discounted; rate: a fraction per step; NULL for rate <= -1; numpy-financial npv (Excel NPV discounts the first flow too)';

CREATE FUNCTION mirr(amounts double precision[], finance_rate double precision, reinvest_rate double precision) RETURNS double precision
	AS 'MODULE_PATHNAME', 'mirr_of_array' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 20;
COMMENT ON FUNCTION mirr(double precision[], double precision, double precision) IS
	'modified internal rate of return of cash flows at equal steps, a fraction per step: payments financed at one rate, gains reinvested at another; NULL without flows of both signs; Excel MIRR, numpy-financial mirr';

-- vaults

CREATE TYPE vault_account AS (
	net_price double precision,
	high_water_mark double precision,
	management double precision,
	performance double precision,
	fee_shares double precision
);
COMMENT ON TYPE vault_account IS 'a share of a vault after fees';
COMMENT ON COLUMN vault_account.net_price IS 'price of a share after fees, in the unit of the gross price';
COMMENT ON COLUMN vault_account.high_water_mark IS 'greatest net price so far, above which the next performance fee is taken';
COMMENT ON COLUMN vault_account.management IS 'management fee taken from a share, in the unit of its price';
COMMENT ON COLUMN vault_account.performance IS 'performance fee taken from a share, in the unit of its price';
COMMENT ON COLUMN vault_account.fee_shares IS 'shares minted for the fees, per share there was before';

--@for START FINISH = timestamp with time zone, timestamp with time zone | timestamp without time zone, timestamp without time zone | timestamp without time zone, timestamp with time zone | timestamp with time zone, timestamp without time zone
CREATE FUNCTION vault_crystallize(
	gross_price double precision, high_water_mark double precision,
	t0 @START@, t1 @FINISH@,
	management_fee double precision DEFAULT 0, performance_fee double precision DEFAULT 0,
	year_days double precision DEFAULT 365) RETURNS vault_account
	AS 'MODULE_PATHNAME', 'vault_crystallize_points' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 50;
COMMENT ON FUNCTION vault_crystallize(double precision, double precision, @START@,
	@FINISH@, double precision, double precision, double precision) IS
	'takes the fees from t0 to t1 from the price of a share of a vault: management_fee of it per year, then performance_fee of what is left above the high-water mark; fees are fractions; Enzyme Onyx continuous flat rate fees; a time without zone is UTC';
--@end

CREATE FUNCTION _vault_history_final(vault_path) RETURNS vault_account
	AS 'MODULE_PATHNAME', 'vault_history_final' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;
COMMENT ON FUNCTION _vault_history_final(vault_path) IS 'last step of aggregate vault_history';

--@for TIME READ = timestamp with time zone, | timestamp without time zone, ; ts: read as UTC | date, ; ts: the start of the day in UTC
CREATE AGGREGATE vault_history(ts @TIME@, gross_price double precision,
	management_fee double precision, performance_fee double precision) (
	SFUNC = _vault_prices_accum,
	STYPE = vault_path,
	SSPACE = 256,
	FINALFUNC = _vault_history_final,
	COMBINEFUNC = _vault_path_combine,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE vault_history(@TIME@, double precision, double precision, double precision) IS
	'what is left of a share of a vault whose prices before fees these are, when fees are taken at each of their times; net price and high-water mark start at the first price; fees: fractions, one for all rows, per year of 365 days@READ@';
--@end
