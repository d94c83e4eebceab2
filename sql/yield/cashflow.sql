-- domain yield: cash flows, linked returns and the fees of a vault

-- aggregates over rows in any order: their steps

--@for TIME DATE = timestamp with time zone, | timestamp without time zone, | date, _date
CREATE FUNCTION _cash_flows_accum(internal, @TIME@, double precision) RETURNS internal
	AS 'MODULE_PATHNAME', 'cash_flows_accum@DATE@' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION _cash_flows_accum(internal, @TIME@, double precision) IS
	'adds a cash flow';
--@end

--@for TIME DATE = timestamp with time zone, | timestamp without time zone, | date, _date
CREATE FUNCTION _discounted_flows_accum(internal, double precision, @TIME@, double precision) RETURNS internal
	AS 'MODULE_PATHNAME', 'discounted_flows_accum@DATE@' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION _discounted_flows_accum(internal, double precision, @TIME@, double precision) IS
	'adds a cash flow that is discounted at a rate';
--@end

--@for TIME DATE = timestamp with time zone, | timestamp without time zone, | date, _date
CREATE FUNCTION _valuations_accum(internal, @TIME@, double precision, double precision) RETURNS internal
	AS 'MODULE_PATHNAME', 'valuations_accum@DATE@' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION _valuations_accum(internal, @TIME@, double precision, double precision) IS
	'adds the value of a portfolio and the flow that follows';
--@end

--@for TIME DATE = timestamp with time zone, | timestamp without time zone, | date, _date
CREATE FUNCTION _vault_prices_accum(internal, @TIME@, double precision, double precision, double precision) RETURNS internal
	AS 'MODULE_PATHNAME', 'vault_prices_accum@DATE@' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION _vault_prices_accum(internal, @TIME@, double precision, double precision, double precision) IS
	'adds the price of a share of a vault before fees';
--@end

CREATE FUNCTION _cash_rows_combine(internal, internal) RETURNS internal
	AS 'MODULE_PATHNAME', 'cash_rows_combine' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION _cash_rows_combine(internal, internal) IS
	'cash flows: takes the rows of another state';

CREATE FUNCTION _cash_rows_serialize(internal) RETURNS bytea
	AS 'MODULE_PATHNAME', 'cash_rows_serialize' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION _cash_rows_serialize(internal) IS
	'cash flows: the state as bytes';

CREATE FUNCTION _cash_rows_deserialize(bytea, internal) RETURNS internal
	AS 'MODULE_PATHNAME', 'cash_rows_deserialize' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION _cash_rows_deserialize(bytea, internal) IS
	'cash flows: the state from bytes';

CREATE FUNCTION _xirr_final(internal) RETURNS double precision
	AS 'MODULE_PATHNAME', 'xirr_final' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1000;
COMMENT ON FUNCTION _xirr_final(internal) IS 'last step of aggregate xirr';

CREATE FUNCTION _xnpv_final(internal) RETURNS double precision
	AS 'MODULE_PATHNAME', 'xnpv_final' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 100;
COMMENT ON FUNCTION _xnpv_final(internal) IS 'last step of aggregate xnpv';

CREATE FUNCTION _modified_dietz_final(internal) RETURNS double precision
	AS 'MODULE_PATHNAME', 'modified_dietz_final' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 100;
COMMENT ON FUNCTION _modified_dietz_final(internal) IS 'last step of aggregate modified_dietz';

CREATE FUNCTION _twr_final(internal) RETURNS double precision
	AS 'MODULE_PATHNAME', 'twr_final' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 100;
COMMENT ON FUNCTION _twr_final(internal) IS 'last step of aggregate twr';

CREATE FUNCTION _twr_apy_final(internal) RETURNS double precision
	AS 'MODULE_PATHNAME', 'twr_apy_final' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 100;
COMMENT ON FUNCTION _twr_apy_final(internal) IS 'last step of aggregate twr_apy';

-- money-weighted returns

--@for TIME READ = timestamp with time zone, | timestamp without time zone, ; ts: read as UTC | date, ; ts: the start of the day in UTC
CREATE AGGREGATE xirr(ts @TIME@, amount double precision) (
	SFUNC = _cash_flows_accum,
	STYPE = internal,
	SSPACE = 256,
	FINALFUNC = _xirr_final,
	COMBINEFUNC = _cash_rows_combine,
	SERIALFUNC = _cash_rows_serialize,
	DESERIALFUNC = _cash_rows_deserialize,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE xirr(@TIME@, double precision) IS
	'internal rate of return of cash flows (paid in: negative, got back or still held: positive) as a compound fraction per year of 365 days; NULL when there is none; of several, for flows that sum to a gain the one between -0.99 and 100 at which present value falls as the rate rises, first going up from 0, else going down, otherwise the one nearest to 0 by |ln(1 + rate)|@READ@';
--@end

--@for TIME READ = timestamp with time zone, | timestamp without time zone, ; ts: read as UTC | date, ; ts: the start of the day in UTC
CREATE AGGREGATE xnpv(rate double precision, ts @TIME@, amount double precision) (
	SFUNC = _discounted_flows_accum,
	STYPE = internal,
	SSPACE = 256,
	FINALFUNC = _xnpv_final,
	COMBINEFUNC = _cash_rows_combine,
	SERIALFUNC = _cash_rows_serialize,
	DESERIALFUNC = _cash_rows_deserialize,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE xnpv(double precision, @TIME@, double precision) IS
	'present value of cash flows as of the first, sum of amount/(1 + rate)^(time since/365 days), in the unit of amount; rate: one for all rows; NULL for rate <= -1; as Excel XNPV@READ@';
--@end

--@for TIME READ = timestamp with time zone, | timestamp without time zone, ; ts: read as UTC | date, ; ts: the start of the day in UTC
CREATE AGGREGATE modified_dietz(ts @TIME@, amount double precision) (
	SFUNC = _cash_flows_accum,
	STYPE = internal,
	SSPACE = 256,
	FINALFUNC = _modified_dietz_final,
	COMBINEFUNC = _cash_rows_combine,
	SERIALFUNC = _cash_rows_serialize,
	DESERIALFUNC = _cash_rows_deserialize,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE modified_dietz(@TIME@, double precision) IS
	'return of cash flows (signs as in xirr) over their whole span, not annualised: their sum over the time-weighted mean of what was paid in; NULL without a span or without capital; modified Dietz method of GIPS@READ@';
--@end

-- time-weighted returns

--@for TIME READ = timestamp with time zone, | timestamp without time zone, ; ts: read as UTC | date, ; ts: the start of the day in UTC
CREATE AGGREGATE twr(ts @TIME@, value double precision, flow double precision) (
	SFUNC = _valuations_accum,
	STYPE = internal,
	SSPACE = 256,
	FINALFUNC = _twr_final,
	COMBINEFUNC = _cash_rows_combine,
	SERIALFUNC = _cash_rows_serialize,
	DESERIALFUNC = _cash_rows_deserialize,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE twr(@TIME@, double precision, double precision) IS
	'time-weighted return over the whole span, not annualised, a fraction: product of value/(value + flow of the row before) - 1; value: of the portfolio just before flow; flow: paid in positive, taken out negative; GIPS@READ@';
--@end

--@for TIME READ = timestamp with time zone, | timestamp without time zone, ; ts: read as UTC | date, ; ts: the start of the day in UTC
CREATE AGGREGATE twr_apy(ts @TIME@, value double precision, flow double precision) (
	SFUNC = _valuations_accum,
	STYPE = internal,
	SSPACE = 256,
	FINALFUNC = _twr_apy_final,
	COMBINEFUNC = _cash_rows_combine,
	SERIALFUNC = _cash_rows_serialize,
	DESERIALFUNC = _cash_rows_deserialize,
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

CREATE FUNCTION _vault_history_final(internal) RETURNS vault_account
	AS 'MODULE_PATHNAME', 'vault_history_final' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 100;
COMMENT ON FUNCTION _vault_history_final(internal) IS 'last step of aggregate vault_history';

--@for TIME READ = timestamp with time zone, | timestamp without time zone, ; ts: read as UTC | date, ; ts: the start of the day in UTC
CREATE AGGREGATE vault_history(ts @TIME@, gross_price double precision,
	management_fee double precision, performance_fee double precision) (
	SFUNC = _vault_prices_accum,
	STYPE = internal,
	SSPACE = 256,
	FINALFUNC = _vault_history_final,
	COMBINEFUNC = _cash_rows_combine,
	SERIALFUNC = _cash_rows_serialize,
	DESERIALFUNC = _cash_rows_deserialize,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE vault_history(@TIME@, double precision, double precision, double precision) IS
	'what is left of a share of a vault whose prices before fees these are, when fees are taken at each of their times; net price and high-water mark start at the first price; fees: fractions, one for all rows, per year of 365 days@READ@';
--@end
