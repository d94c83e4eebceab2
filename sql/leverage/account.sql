-- domain leverage: lending accounts, what is lent, what is owed, and how far from a liquidation

CREATE FUNCTION health_factor(collateral double precision, liquidation_threshold double precision, debt double precision) RETURNS double precision
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 2;
COMMENT ON FUNCTION health_factor(double precision, double precision, double precision) IS
	'collateral * liquidation_threshold / debt, values in one currency and a fraction; below 1 the account may be liquidated; NULL without debt; as Aave v3';

--@include summary_type.sql.in TYPE = account_summary, LENGTH = 208, COMPARING = 20, TEXT = 200, BINARY = 20
COMMENT ON TYPE account_summary IS 'what lending positions come down to: sums of collateral, debt, collateral * liquidation_threshold and collateral * ltv, the same for any order of rows, and their number; fixed length, mergeable with rollup()';

-- account_summary: measures

CREATE FUNCTION health_factor(account_summary) RETURNS double precision
	AS 'MODULE_PATHNAME', 'account_summary_health_factor' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;
COMMENT ON FUNCTION health_factor(account_summary) IS
	'health factor of an account: sum(collateral * liquidation_threshold) / sum(debt); below 1 it may be liquidated; NULL without debt; as Aave v3';

CREATE FUNCTION ltv(account_summary) RETURNS double precision
	AS 'MODULE_PATHNAME', 'account_summary_ltv' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 20;
COMMENT ON FUNCTION ltv(account_summary) IS
	'loan to value of an account: sum(debt) / sum(collateral), a fraction; NULL without collateral';

CREATE FUNCTION leverage(account_summary) RETURNS double precision
	AS 'MODULE_PATHNAME', 'account_summary_leverage' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 20;
COMMENT ON FUNCTION leverage(account_summary) IS
	'leverage of an account: collateral / (collateral - debt); NULL when debt is no less than collateral';

CREATE FUNCTION available_to_borrow(account_summary) RETURNS double precision
	AS 'MODULE_PATHNAME', 'account_summary_available_to_borrow' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;
COMMENT ON FUNCTION available_to_borrow(account_summary) IS
	'what an account may still borrow: sum(collateral * ltv) - sum(debt), no less than 0, in the currency of the positions; NULL when some collateral was summarised without its ltv; as Aave v3';

CREATE FUNCTION liquidation_distance(account_summary) RETURNS double precision
	AS 'MODULE_PATHNAME', 'account_summary_liquidation_distance' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 20;
COMMENT ON FUNCTION liquidation_distance(account_summary) IS
	'share of its value that all collateral may lose before the health factor is 1: 1 - 1 / health_factor, below 0 when it is less already; NULL without debt or without collateral';

CREATE FUNCTION equity(account_summary) RETURNS double precision
	AS 'MODULE_PATHNAME', 'account_summary_equity' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;
COMMENT ON FUNCTION equity(account_summary) IS
	'collateral - debt of an account, in the currency of the positions; below 0 when more is owed than there is';

CREATE FUNCTION total_collateral(account_summary) RETURNS double precision
	AS 'MODULE_PATHNAME', 'account_summary_total_collateral' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;
COMMENT ON FUNCTION total_collateral(account_summary) IS
	'sum of the collateral of an account, in the currency of the positions';

CREATE FUNCTION total_debt(account_summary) RETURNS double precision
	AS 'MODULE_PATHNAME', 'account_summary_total_debt' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;
COMMENT ON FUNCTION total_debt(account_summary) IS
	'sum of the debt of an account, in the currency of the positions';

CREATE FUNCTION num_positions(account_summary) RETURNS bigint
	AS 'MODULE_PATHNAME', 'account_summary_num_positions' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION num_positions(account_summary) IS 'how many positions were summarised';

-- aggregates: their steps

CREATE FUNCTION _account_summary_accum(account_summary, double precision, double precision, double precision) RETURNS account_summary
	AS 'MODULE_PATHNAME', 'account_summary_accum' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 5;
COMMENT ON FUNCTION _account_summary_accum(account_summary, double precision, double precision, double precision) IS 'adds a position to an account_summary';

CREATE FUNCTION _account_summary_accum(account_summary, double precision, double precision, double precision, double precision) RETURNS account_summary
	AS 'MODULE_PATHNAME', 'account_summary_accum_ltv' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 10;
COMMENT ON FUNCTION _account_summary_accum(account_summary, double precision, double precision, double precision, double precision) IS 'adds a position with its ltv to an account_summary';

CREATE FUNCTION _account_summary_combine(account_summary, account_summary) RETURNS account_summary
	AS 'MODULE_PATHNAME', 'account_summary_combine' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 5;
COMMENT ON FUNCTION _account_summary_combine(account_summary, account_summary) IS 'merges two account_summary';

CREATE FUNCTION _account_summary_moving_accum(internal, double precision, double precision, double precision) RETURNS internal
	AS 'MODULE_PATHNAME', 'account_summary_moving_accum' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION _account_summary_moving_accum(internal, double precision, double precision, double precision) IS 'account_summary: forward step over a moving frame';

CREATE FUNCTION _account_summary_moving_accum(internal, double precision, double precision, double precision, double precision) RETURNS internal
	AS 'MODULE_PATHNAME', 'account_summary_moving_accum' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION _account_summary_moving_accum(internal, double precision, double precision, double precision, double precision) IS 'account_summary: forward step over a moving frame';

CREATE FUNCTION _account_summary_moving_remove(internal, double precision, double precision, double precision) RETURNS internal
	AS 'MODULE_PATHNAME', 'account_summary_moving_remove' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION _account_summary_moving_remove(internal, double precision, double precision, double precision) IS 'account_summary: backward step over a moving frame';

CREATE FUNCTION _account_summary_moving_remove(internal, double precision, double precision, double precision, double precision) RETURNS internal
	AS 'MODULE_PATHNAME', 'account_summary_moving_remove' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION _account_summary_moving_remove(internal, double precision, double precision, double precision, double precision) IS 'account_summary: backward step over a moving frame';

CREATE FUNCTION _account_summary_moving_combine(internal, account_summary) RETURNS internal
	AS 'MODULE_PATHNAME', 'account_summary_moving_combine' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION _account_summary_moving_combine(internal, account_summary) IS 'account_summary: forward step of rollup over a moving frame';

CREATE FUNCTION _account_summary_moving_uncombine(internal, account_summary) RETURNS internal
	AS 'MODULE_PATHNAME', 'account_summary_moving_uncombine' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION _account_summary_moving_uncombine(internal, account_summary) IS
	'account_summary: backward step of rollup over a moving frame';

CREATE FUNCTION _account_summary_moving_final(internal) RETURNS account_summary
	AS 'MODULE_PATHNAME', 'account_summary_moving_final' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION _account_summary_moving_final(internal) IS 'account_summary: last step over a moving frame';

-- aggregates

CREATE AGGREGATE account_agg(collateral double precision, liquidation_threshold double precision, debt double precision) (
	SFUNC = _account_summary_accum,
	STYPE = account_summary,
	COMBINEFUNC = _account_summary_combine,
	MSFUNC = _account_summary_moving_accum,
	MINVFUNC = _account_summary_moving_remove,
	MSTYPE = internal,
	MFINALFUNC = _account_summary_moving_final,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE account_agg(double precision, double precision, double precision) IS
	'summarises the positions of a lending account: values in one currency, threshold a fraction below 1; a NULL adds nothing to its sum';

CREATE AGGREGATE account_agg(collateral double precision, liquidation_threshold double precision, debt double precision, ltv double precision) (
	SFUNC = _account_summary_accum,
	STYPE = account_summary,
	COMBINEFUNC = _account_summary_combine,
	MSFUNC = _account_summary_moving_accum,
	MINVFUNC = _account_summary_moving_remove,
	MSTYPE = internal,
	MFINALFUNC = _account_summary_moving_final,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE account_agg(double precision, double precision, double precision, double precision) IS
	'the same with ltv, the share of the collateral that may be borrowed against it, a fraction below 1, for available_to_borrow';

CREATE AGGREGATE rollup(account_summary) (
	SFUNC = _account_summary_combine,
	STYPE = account_summary,
	COMBINEFUNC = _account_summary_combine,
	MSFUNC = _account_summary_moving_combine,
	MINVFUNC = _account_summary_moving_uncombine,
	MSTYPE = internal,
	MFINALFUNC = _account_summary_moving_final,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE rollup(account_summary) IS
	'merges account summaries into the summary of all their positions';
