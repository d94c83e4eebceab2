-- domain liquidity: impermanent loss, and the return of a position over a benchmark

-- impermanent loss: value of the position over that of its deposit held, less one, without fees

CREATE FUNCTION il_constant_product(price_ratio double precision) RETURNS double precision
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION il_constant_product(double precision) IS
	'impermanent loss (IL, against holding the deposit) of a constant product pool when the price becomes price_ratio times what it was, -(1 - sqrt k)^2/(1 + k), a fraction <= 0; Pintail (2019)';

CREATE FUNCTION il_weighted(
	price_ratios double precision[], weights double precision[]) RETURNS double precision
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;
COMMENT ON FUNCTION il_weighted(double precision[], double precision[]) IS
	'impermanent loss (IL, against holding the deposit) of a weighted pool, prod(r^w)/sum(w r) - 1, a fraction <= 0; price_ratios in any one unit; weights positive, summing to 1; Balancer';

CREATE FUNCTION il_concentrated(
	p0 double precision, p1 double precision, pa double precision, pb double precision) RETURNS double precision
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 2;
COMMENT ON FUNCTION il_concentrated(double precision, double precision, double precision, double precision) IS
	'impermanent loss (IL, against holding the deposit) of a Uniswap v3 position between pa and pb when the price goes from p0 to p1, each within the range or not, a fraction <= 0; prices of token 0 in token 1; Uniswap v3 whitepaper';

CREATE FUNCTION il_stableswap(a double precision, price double precision) RETURNS double precision
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 5;
COMMENT ON FUNCTION il_stableswap(double precision, double precision) IS
	'impermanent loss (IL, against holding the deposit) of a StableSwap pool of two coins entered in balance, at price 1, a fraction <= 0; a is A() of the contract; price of one coin in the other, adjusted by rates if the pool is; M. Egorov (2019)';

CREATE FUNCTION il_stableswap(
	a double precision, p0 double precision, p1 double precision) RETURNS double precision
	AS 'MODULE_PATHNAME', 'il_stableswap_prices' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 20;
COMMENT ON FUNCTION il_stableswap(double precision, double precision, double precision) IS
	'impermanent loss (IL, against holding the deposit) of a StableSwap pool of two coins entered at price p0, in the proportions that it has there, when the price goes to p1, a fraction <= 0; a is A() of the contract';

-- split by what a growing fair rate costs

CREATE FUNCTION il_rate_adjusted(
	p0 double precision, p1 double precision, e0 double precision, e1 double precision,
	OUT total double precision, OUT accrual double precision, OUT depeg double precision)
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;
COMMENT ON FUNCTION il_rate_adjusted(double precision, double precision, double precision, double precision) IS
	'impermanent loss (IL, against holding the deposit) of a constant product pool of an LST, split: accrual is IL(e1/e0), what growth of the fair rate costs for certain, depeg the rest, total - accrual, of either sign; fractions; p market prices, e fair rates';

CREATE FUNCTION il_concentrated_rate_adjusted(
	p0 double precision, p1 double precision, e0 double precision, e1 double precision,
	pa double precision, pb double precision, OUT total double precision,
	OUT accrual double precision, OUT depeg double precision)
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;
COMMENT ON FUNCTION il_concentrated_rate_adjusted(double precision, double precision, double precision, double precision, double precision, double precision) IS
	'impermanent loss (IL, against holding the deposit) of a Uniswap v3 position of an LST, split: accrual is the loss had the price gone from p0 to p0 * e1/e0, depeg the rest, total - accrual, of either sign; fractions; p market prices, e fair rates';

CREATE FUNCTION il_stableswap_rate_adjusted(
	a double precision, p0 double precision, p1 double precision, e0 double precision,
	e1 double precision, rate_aware boolean DEFAULT true, OUT total double precision,
	OUT accrual double precision, OUT depeg double precision)
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 20;
COMMENT ON FUNCTION il_stableswap_rate_adjusted(double precision, double precision, double precision, double precision, double precision, boolean) IS
	'impermanent loss (IL, against holding the deposit) of a StableSwap pool of two coins of an LST, split; the pool scales the LST by its rate (rate_aware) or not; accrual is the loss at an unchanged discount to the rate, depeg the rest, total - accrual; fractions; a pool that knows the rate is taken to be traded at the end only';

-- over rebalances

CREATE FUNCTION _realized_il_accum(return_summary, double precision, double precision) RETURNS return_summary
	AS 'MODULE_PATHNAME', 'realized_il_accum' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 10;
COMMENT ON FUNCTION _realized_il_accum(return_summary, double precision, double precision) IS
	'adds the impermanent loss of a position from entry to exit to a return_summary';

CREATE FUNCTION _realized_il_accum_range(return_summary, double precision, double precision, double precision, double precision) RETURNS return_summary
	AS 'MODULE_PATHNAME', 'realized_il_accum_range' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 10;
COMMENT ON FUNCTION _realized_il_accum_range(return_summary, double precision, double precision, double precision, double precision) IS
	'adds the impermanent loss of a position from entry to exit to a return_summary';

CREATE AGGREGATE realized_il(p0 double precision, p1 double precision) (
	SFUNC = _realized_il_accum,
	STYPE = return_summary,
	FINALFUNC = _return_summary_linked_return_final,
	COMBINEFUNC = _return_summary_combine,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE realized_il(double precision, double precision) IS
	'impermanent loss realised by constant product positions that follow each other, the product of 1 + IL less one, against a holder who rebalances when they do, a fraction <= 0; one row each, from p0 at entry to p1 at exit, in any order';

CREATE AGGREGATE realized_il(p0 double precision, p1 double precision, pa double precision, pb double precision) (
	SFUNC = _realized_il_accum_range,
	STYPE = return_summary,
	FINALFUNC = _return_summary_linked_return_final,
	COMBINEFUNC = _return_summary_combine,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE realized_il(double precision, double precision, double precision, double precision) IS
	'impermanent loss realised by Uniswap v3 positions that follow each other, the product of 1 + IL less one, against a holder who rebalances when they do, a fraction <= 0; one row each, from p0 at entry to p1 at exit in the range pa to pb, in any order; every rebalance realises a loss, which a price that comes back does not undo';

-- values

CREATE FUNCTION lp_value(
	kind text, v0 double precision, p0 double precision, p1 double precision,
	pa double precision DEFAULT NULL, pb double precision DEFAULT NULL,
	weight double precision DEFAULT NULL, a double precision DEFAULT NULL) RETURNS double precision
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 10;
COMMENT ON FUNCTION lp_value(text, double precision, double precision, double precision, double precision, double precision, double precision, double precision) IS
	'value at price p1 of a position that was worth v0 at price p0, without fees; values in token 1, prices of token 0 in token 1; kind is constant_product, weighted (with the weight of token 0), concentrated (with pa and pb) or stableswap (with a, which is A() of the contract)';

CREATE FUNCTION hodl_value(
	kind text, v0 double precision, p0 double precision, p1 double precision,
	pa double precision DEFAULT NULL, pb double precision DEFAULT NULL,
	weight double precision DEFAULT NULL, a double precision DEFAULT NULL) RETURNS double precision
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 10;
COMMENT ON FUNCTION hodl_value(text, double precision, double precision, double precision, double precision, double precision, double precision, double precision) IS
	'value at price p1 of the two amounts that a position worth v0 held at price p0, the benchmark of impermanent loss; arguments as lp_value';

CREATE FUNCTION lp_amounts(
	kind text, value double precision, price double precision,
	pa double precision DEFAULT NULL, pb double precision DEFAULT NULL,
	weight double precision DEFAULT NULL, a double precision DEFAULT NULL,
	OUT amount0 double precision, OUT amount1 double precision)
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 20;
COMMENT ON FUNCTION lp_amounts(text, double precision, double precision, double precision, double precision, double precision, double precision) IS
	'the amounts of both tokens in a position that is worth value at price, in token 1; arguments as lp_value';

CREATE FUNCTION lp_value(
	v0 double precision, price_ratios double precision[], weights double precision[]) RETURNS double precision
	AS 'MODULE_PATHNAME', 'lp_value_weighted' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 20;
COMMENT ON FUNCTION lp_value(double precision, double precision[], double precision[]) IS
	'value of a position in a weighted pool of any number of tokens that was worth v0 before prices changed by price_ratios, without fees; arguments as il_weighted';

CREATE FUNCTION hodl_value(
	v0 double precision, price_ratios double precision[], weights double precision[]) RETURNS double precision
	AS 'MODULE_PATHNAME', 'hodl_value_weighted' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;
COMMENT ON FUNCTION hodl_value(double precision, double precision[], double precision[]) IS
	'value of the deposit of a position in a weighted pool, held: v0 * sum(w r), the benchmark of impermanent loss; arguments as il_weighted';

CREATE FUNCTION hodl_value(amounts double precision[], prices double precision[]) RETURNS double precision
	AS 'MODULE_PATHNAME', 'hodl_value_amounts' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 5;
COMMENT ON FUNCTION hodl_value(double precision[], double precision[]) IS
	'value of amounts held, sum(amount * price)';

-- returns

CREATE FUNCTION lp_net_return(
	v0 double precision, lp double precision, hodl double precision,
	fees double precision DEFAULT 0, rewards double precision DEFAULT 0,
	benchmark text DEFAULT 'hodl', price_ratio double precision DEFAULT NULL,
	OUT benchmark_value double precision, OUT il double precision, OUT mix double precision,
	OUT fee_return double precision, OUT reward_return double precision,
	OUT net double precision)
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 20;
COMMENT ON FUNCTION lp_net_return(double precision, double precision, double precision, double precision, double precision, text, double precision) IS
	'LP net return, (lp + fees + rewards)/benchmark - 1, and its parts as fractions of the benchmark: il, mix (the deposit held over the benchmark), fee_return, reward_return; benchmark is hodl (the deposit), hodl_lst (v0 in token 0, needs price_ratio p1/p0) or hodl_eth (v0 in token 1)';

CREATE FUNCTION break_even_fee_apr(
	v0 double precision, lp double precision, hodl double precision, period interval,
	year_days double precision DEFAULT 365) RETURNS double precision
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 5;
COMMENT ON FUNCTION break_even_fee_apr(double precision, double precision, double precision, interval, double precision) IS
	'yearly fees over v0, as a fraction, with which a position is worth what its deposit held is, (hodl - lp)/v0 * year/period; negative where it is worth more; period positive, without months; NULL when v0 is zero';

--@for TIME_FROM = timestamp with time zone | timestamp without time zone
--@for TIME_TO = timestamp with time zone | timestamp without time zone
CREATE FUNCTION break_even_fee_apr_between(
	v0 double precision, lp double precision, hodl double precision,
	t0 @TIME_FROM@, t1 @TIME_TO@,
	year_days double precision DEFAULT 365) RETURNS double precision
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 5;
COMMENT ON FUNCTION break_even_fee_apr_between(double precision, double precision, double precision, @TIME_FROM@, @TIME_TO@, double precision) IS
	'yearly fees over v0, as a fraction, with which a position is worth what its deposit held is, (hodl - lp)/v0 * year/(t1 - t0); negative where it is worth more; t1 after t0, a time without zone being UTC; NULL when v0 is zero';

--@end
--@end
