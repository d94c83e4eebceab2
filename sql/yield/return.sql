-- domain yield: linked returns, rewards, attribution

--@include summary_type.sql.in TYPE = return_summary, LENGTH = 64
COMMENT ON TYPE return_summary IS 'what a set of returns of periods comes down to: the sum of ln(1 + return), the same for any order of rows, and their number; fixed length, mergeable with rollup()';


-- return_summary: accessors

CREATE FUNCTION linked_return(return_summary) RETURNS double precision
	AS 'MODULE_PATHNAME', 'return_summary_linked_return' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;
COMMENT ON FUNCTION linked_return(return_summary) IS
	'return of all periods of a summary, the product of 1 + return less one, as a fraction';

CREATE FUNCTION num_returns(return_summary) RETURNS bigint
	AS 'MODULE_PATHNAME', 'return_summary_num_returns' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION num_returns(return_summary) IS
	'how many returns were summarised';

-- aggregates: their steps

CREATE FUNCTION _return_summary_accum(return_summary, double precision) RETURNS return_summary
	AS 'MODULE_PATHNAME', 'return_summary_accum' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 10;
COMMENT ON FUNCTION _return_summary_accum(return_summary, double precision) IS
	'adds a return to a return_summary';

CREATE FUNCTION _return_summary_combine(return_summary, return_summary) RETURNS return_summary
	AS 'MODULE_PATHNAME', 'return_summary_combine' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 2;
COMMENT ON FUNCTION _return_summary_combine(return_summary, return_summary) IS
	'merges two return_summary';

CREATE FUNCTION _return_summary_moving_accum(internal, double precision) RETURNS internal
	AS 'MODULE_PATHNAME', 'return_summary_moving_accum' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION _return_summary_moving_accum(internal, double precision) IS
	'return_summary: forward step over a moving frame';

CREATE FUNCTION _return_summary_moving_remove(internal, double precision) RETURNS internal
	AS 'MODULE_PATHNAME', 'return_summary_moving_remove' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION _return_summary_moving_remove(internal, double precision) IS
	'return_summary: backward step over a moving frame';

CREATE FUNCTION _return_summary_moving_combine(internal, return_summary) RETURNS internal
	AS 'MODULE_PATHNAME', 'return_summary_moving_combine' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION _return_summary_moving_combine(internal, return_summary) IS
	'return_summary: forward step of rollup over a moving frame';

CREATE FUNCTION _return_summary_moving_uncombine(internal, return_summary) RETURNS internal
	AS 'MODULE_PATHNAME', 'return_summary_moving_uncombine' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION _return_summary_moving_uncombine(internal, return_summary) IS
	'return_summary: backward step of rollup over a moving frame';

CREATE FUNCTION _return_summary_moving_final(internal) RETURNS return_summary
	AS 'MODULE_PATHNAME', 'return_summary_moving_final' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION _return_summary_moving_final(internal) IS
	'return_summary: last step over a moving frame';

CREATE FUNCTION _return_summary_linked_return_final(return_summary) RETURNS double precision
	AS 'MODULE_PATHNAME', 'return_summary_linked_return' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 50;
COMMENT ON FUNCTION _return_summary_linked_return_final(return_summary) IS
	'last step of aggregate linked_return';

CREATE FUNCTION _return_summary_moving_linked_return(internal) RETURNS double precision
	AS 'MODULE_PATHNAME', 'return_summary_moving_linked_return' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION _return_summary_moving_linked_return(internal) IS
	'last step of aggregate linked_return over a moving frame';

-- aggregates

CREATE AGGREGATE return_agg(return double precision) (
	SFUNC = _return_summary_accum,
	STYPE = return_summary,
	COMBINEFUNC = _return_summary_combine,
	MSFUNC = _return_summary_moving_accum,
	MINVFUNC = _return_summary_moving_remove,
	MSTYPE = internal,
	MFINALFUNC = _return_summary_moving_final,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE return_agg(double precision) IS
	'summarises returns of periods, gains over the value at the start of each, as fractions';

CREATE AGGREGATE linked_return(return double precision) (
	SFUNC = _return_summary_accum,
	STYPE = return_summary,
	FINALFUNC = _return_summary_linked_return_final,
	COMBINEFUNC = _return_summary_combine,
	MSFUNC = _return_summary_moving_accum,
	MINVFUNC = _return_summary_moving_remove,
	MSTYPE = internal,
	MFINALFUNC = _return_summary_moving_linked_return,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE linked_return(double precision) IS
	'return of all periods together, the product of 1 + return less one, as a fraction, rows in any order; return: gain of a period over the value at its start, not below -1';

CREATE AGGREGATE rollup(return_summary) (
	SFUNC = _return_summary_combine,
	STYPE = return_summary,
	COMBINEFUNC = _return_summary_combine,
	MSFUNC = _return_summary_moving_combine,
	MINVFUNC = _return_summary_moving_uncombine,
	MSTYPE = internal,
	MFINALFUNC = _return_summary_moving_final,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE rollup(return_summary) IS
	'merges return_summary values';

-- rewards

CREATE FUNCTION reward_apr(
	amount double precision, price double precision, stake double precision, period interval,
	year_days double precision DEFAULT 365) RETURNS double precision
	AS 'MODULE_PATHNAME', 'reward_apr_period' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 5;
COMMENT ON FUNCTION reward_apr(double precision, double precision, double precision, interval, double precision) IS
	'simple yearly yield of tokens paid, amount * price/stake * year/period, as a fraction; price in the unit of stake; period without months; NULL without stake';

--@for START FINISH = timestamp with time zone, timestamp with time zone | timestamp without time zone, timestamp without time zone | timestamp without time zone, timestamp with time zone | timestamp with time zone, timestamp without time zone
CREATE FUNCTION reward_apr_between(
	amount double precision, price double precision, stake double precision,
	t0 @START@, t1 @FINISH@,
	year_days double precision DEFAULT 365) RETURNS double precision
	AS 'MODULE_PATHNAME', 'reward_apr_between' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 5;
COMMENT ON FUNCTION reward_apr_between(double precision, double precision, double precision, @START@, @FINISH@, double precision) IS
	'simple yearly yield of tokens paid from t0 to t1, amount * price/stake * year/(t1 - t0), as a fraction; price in the unit of stake; NULL without stake, and when t0 = t1; a time without zone is UTC';
--@end

CREATE FUNCTION eigen_tokens_per_day(amount numeric, duration numeric) RETURNS numeric
	AS 'MODULE_PATHNAME', 'eigen_tokens_per_day_face' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 200;
COMMENT ON FUNCTION eigen_tokens_per_day(numeric, numeric) IS
	'what an EigenLayer reward submission pays a day, FLOOR(amount/(duration/86400)) with the roundings of PostgreSQL''s numeric, in the smallest unit; duration in seconds; Layr-Labs/sidecar';

CREATE FUNCTION eigen_reward_split(
	tokens_per_day numeric, staker_weight numeric, total_weight numeric,
	split_bips bigint DEFAULT 1000, OUT payout numeric, OUT operator numeric,
	OUT staker numeric)
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 500;
COMMENT ON FUNCTION eigen_reward_split(numeric, numeric, numeric, bigint) IS
	'reward of an EigenLayer staker for a day, FLOOR(tokens_per_day * FLOOR(weight/total * 1e15)/1e15), of which split_bips of 10000, floored, go to the operator, with the roundings of PostgreSQL''s numeric; weights whole; Layr-Labs/sidecar';

-- attribution

CREATE FUNCTION attribute_return(
	rate0 double precision, rate1 double precision, market0 double precision,
	market1 double precision, staking_return double precision DEFAULT 0,
	fee double precision DEFAULT 0, incentive_return double precision DEFAULT 0,
	OUT total double precision, OUT staking double precision, OUT restaking double precision,
	OUT incentives double precision, OUT peg double precision, OUT fees double precision)
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 50;
COMMENT ON FUNCTION attribute_return(double precision, double precision, double precision, double precision, double precision, double precision, double precision) IS
	'return of holding a token over a period by its sources, in natural logarithms, which add up over sources and periods: total = staking + restaking + incentives + peg + fees to the last bit; restaking is the rest of the rate; returns and fee as fractions';

CREATE FUNCTION organic_share(organic double precision, incentives double precision) RETURNS double precision
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 2;
COMMENT ON FUNCTION organic_share(double precision, double precision) IS
	'share of a yield that is not paid as incentives, organic/(organic + incentives); NULL where there is no yield';
