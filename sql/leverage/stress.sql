-- domain leverage: what shocks of price do to a book of lending accounts

--@include summary_type.sql.in TYPE = stress_summary, LENGTH = VARIABLE, STORAGE = extended,
--@	COMPARING = 200, TEXT = 200, BINARY = 100
COMMENT ON TYPE stress_summary IS 'what a book of lending accounts comes down to under a list of shocks: sums for each shock, the same for any order of rows, some 240 bytes a shock; read with stress_table(), mergeable with rollup()';

-- stress_summary: reading

CREATE FUNCTION _stress_table_rows(internal) RETURNS internal
	AS 'MODULE_PATHNAME', 'stress_summary_table_rows' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION _stress_table_rows(internal) IS 'tells the planner of a row for each shock';

CREATE FUNCTION stress_table(
	summary stress_summary,
	OUT shock double precision, OUT market_shock double precision,
	OUT accounts_liquidatable bigint, OUT collateral_liquidatable double precision, OUT debt_liquidatable double precision,
	OUT liquidations_pay boolean, OUT collateral_seized double precision, OUT debt_repaid double precision,
	OUT liquidator_profit double precision, OUT bad_debt double precision,
	OUT accounts_toxic bigint, OUT debt_toxic double precision) RETURNS SETOF record
	AS 'MODULE_PATHNAME', 'stress_summary_table' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 500
	SUPPORT _stress_table_rows ROWS 20;
COMMENT ON FUNCTION stress_table(stress_summary) IS
	'a row for each shock, from the mildest: what may be liquidated (health factor below 1), what is seized and repaid, bad debt, and the accounts whose health a liquidation lowers; in the currency of the book, collateral at the price of the oracle after the shock';

CREATE FUNCTION total_collateral(stress_summary) RETURNS double precision
	AS 'MODULE_PATHNAME', 'stress_summary_total_collateral' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;
COMMENT ON FUNCTION total_collateral(stress_summary) IS
	'sum of the collateral of a book before any shock, in the currency of the book';

CREATE FUNCTION total_debt(stress_summary) RETURNS double precision
	AS 'MODULE_PATHNAME', 'stress_summary_total_debt' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;
COMMENT ON FUNCTION total_debt(stress_summary) IS 'sum of the debt of a book, in the currency of the book';

CREATE FUNCTION num_accounts(stress_summary) RETURNS bigint
	AS 'MODULE_PATHNAME', 'stress_summary_num_accounts' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION num_accounts(stress_summary) IS 'how many accounts were summarised';

-- aggregates: their steps

CREATE FUNCTION _stress_summary_accum(stress_summary, double precision, double precision, double precision, double precision[]) RETURNS stress_summary
	AS 'MODULE_PATHNAME', 'stress_summary_accum' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 5;
COMMENT ON FUNCTION _stress_summary_accum(stress_summary, double precision, double precision, double precision, double precision[]) IS 'adds an account to a stress_summary';

CREATE FUNCTION _stress_summary_accum(stress_summary, double precision, double precision, double precision, double precision[], double precision[], double precision, double precision) RETURNS stress_summary
	AS 'MODULE_PATHNAME', 'stress_summary_accum' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 10;
COMMENT ON FUNCTION _stress_summary_accum(stress_summary, double precision, double precision, double precision, double precision[], double precision[], double precision, double precision) IS 'adds an account to a stress_summary';

CREATE FUNCTION _stress_summary_accum(stress_summary, account_summary, double precision[]) RETURNS stress_summary
	AS 'MODULE_PATHNAME', 'stress_summary_accum_account' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 20;
COMMENT ON FUNCTION _stress_summary_accum(stress_summary, account_summary, double precision[]) IS 'adds an account of several positions to a stress_summary';

CREATE FUNCTION _stress_summary_accum(stress_summary, account_summary, double precision[], double precision[], double precision, double precision) RETURNS stress_summary
	AS 'MODULE_PATHNAME', 'stress_summary_accum_account' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 20;
COMMENT ON FUNCTION _stress_summary_accum(stress_summary, account_summary, double precision[], double precision[], double precision, double precision) IS 'adds an account of several positions to a stress_summary';

CREATE FUNCTION _stress_summary_combine(stress_summary, stress_summary) RETURNS stress_summary
	AS 'MODULE_PATHNAME', 'stress_summary_combine' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 20;
COMMENT ON FUNCTION _stress_summary_combine(stress_summary, stress_summary) IS 'merges two stress_summary';

-- aggregates

CREATE AGGREGATE stress_agg(collateral double precision, liquidation_threshold double precision, debt double precision, shocks double precision[]) (
	SFUNC = _stress_summary_accum,
	STYPE = stress_summary,
	COMBINEFUNC = _stress_summary_combine,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE stress_agg(double precision, double precision, double precision, double precision[]) IS
	'summarises lending accounts, one a row, for shocks of the price of all collateral (-0.2: a fall of 20 %), in one scan; shocks are the same for all rows; read with stress_table()';

CREATE AGGREGATE stress_agg(
	collateral double precision, liquidation_threshold double precision, debt double precision, shocks double precision[],
	market_shocks double precision[], liquidation_bonus double precision, close_factor double precision) (
	SFUNC = _stress_summary_accum,
	STYPE = stress_summary,
	COMBINEFUNC = _stress_summary_combine,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE stress_agg(double precision, double precision, double precision, double precision[], double precision[], double precision, double precision) IS
	'the same with what collateral fetches on the market where the oracle does not see all of a fall (NULL: as shocks), the liquidation bonus as a fraction (NULL: 0) and the share of a debt that one liquidation repays (NULL: 1)';

CREATE AGGREGATE stress_agg(account account_summary, shocks double precision[]) (
	SFUNC = _stress_summary_accum,
	STYPE = stress_summary,
	COMBINEFUNC = _stress_summary_combine,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE stress_agg(account_summary, double precision[]) IS
	'the same over accounts of several positions, each an account_summary';

CREATE AGGREGATE stress_agg(
	account account_summary, shocks double precision[],
	market_shocks double precision[], liquidation_bonus double precision, close_factor double precision) (
	SFUNC = _stress_summary_accum,
	STYPE = stress_summary,
	COMBINEFUNC = _stress_summary_combine,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE stress_agg(account_summary, double precision[], double precision[], double precision, double precision) IS
	'the same over accounts of several positions, each an account_summary, with market shocks, liquidation bonus and close factor';

CREATE AGGREGATE rollup(stress_summary) (
	SFUNC = _stress_summary_combine,
	STYPE = stress_summary,
	COMBINEFUNC = _stress_summary_combine,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE rollup(stress_summary) IS
	'merges stress summaries of the same shocks into the summary of all their accounts';

-- single accounts

CREATE FUNCTION shocked_health_factor(collateral double precision[], liquidation_threshold double precision[], debt double precision, shocks double precision[]) RETURNS double precision
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 50;
COMMENT ON FUNCTION shocked_health_factor(double precision[], double precision[], double precision, double precision[]) IS
	'health factor of an account after a shock of each of its collaterals: sum(collateral * (1 + shock) * liquidation_threshold) / debt; a NULL element adds nothing, a NULL shock is none; NULL without debt';

CREATE FUNCTION shocked_health_factor(
	collateral double precision[], liquidation_threshold double precision[], debts double precision[], shocks double precision[],
	debt_shocks double precision[]) RETURNS double precision
	AS 'MODULE_PATHNAME', 'shocked_health_factor_debts' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;
COMMENT ON FUNCTION shocked_health_factor(double precision[], double precision[], double precision[], double precision[], double precision[]) IS
	'the same of an account with several debts, each with a shock of its own: sum(collateral * (1 + shock) * liquidation_threshold) / sum(debt * (1 + debt_shock)); a NULL element adds nothing, a NULL shock is none; NULL without debt';

CREATE FUNCTION liquidation_shock(collateral double precision, liquidation_threshold double precision, debt double precision) RETURNS double precision
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;
COMMENT ON FUNCTION liquidation_shock(double precision, double precision, double precision) IS
	'change of the price of an account''s collateral, -1 to 0, at which it can be liquidated: debt / (collateral * liquidation_threshold) - 1; 0 where it can be already, NULL without debt';

CREATE FUNCTION liquidation_shock(
	collateral double precision[], liquidation_threshold double precision[], debt double precision, betas double precision[],
	debt_beta double precision DEFAULT 0) RETURNS double precision
	AS 'MODULE_PATHNAME', 'liquidation_shock_betas' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 50;
COMMENT ON FUNCTION liquidation_shock(double precision[], double precision[], double precision, double precision[], double precision) IS
	'shock, -1 to 0, at which an account can be liquidated if collateral i moves by betas[i] times it and the debt by debt_beta times: (debt - sum(c * t)) / (sum(c * t * beta) - debt * debt_beta); 0 where it can be already; NULL without debt, and where no such shock is enough';

CREATE FUNCTION in_toxic_zone(collateral double precision, debt double precision, liquidation_bonus double precision DEFAULT 0) RETURNS boolean
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 15;
COMMENT ON FUNCTION in_toxic_zone(double precision, double precision, double precision) IS
	'does a liquidation lower the health factor: debt * (1 + liquidation_bonus) > collateral; amounts in one currency';

CREATE FUNCTION account_in_toxic_zone(account account_summary, liquidation_bonus double precision DEFAULT 0) RETURNS boolean
	AS 'MODULE_PATHNAME', 'account_summary_in_toxic_zone' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 20;
COMMENT ON FUNCTION account_in_toxic_zone(account_summary, double precision) IS
	'does a liquidation lower the health factor of an account: debt * (1 + liquidation_bonus) > collateral';

CREATE FUNCTION deleverage_amount(
	collateral double precision, liquidation_threshold double precision, debt double precision,
	target_health_factor double precision, slippage double precision DEFAULT 0) RETURNS double precision
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 5;
COMMENT ON FUNCTION deleverage_amount(double precision, double precision, double precision, double precision, double precision) IS
	'collateral to sell, by its value, so that its proceeds repay debt up to a health factor; slippage is the share lost in the sale; 0 where the target is met, NULL where no sale attains it';
