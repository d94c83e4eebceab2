-- domain yield: figures as protocols and data sites publish them

CREATE FUNCTION lido_apr(
	pre_total_ether numeric, pre_total_shares numeric, post_total_ether numeric,
	post_total_shares numeric, time_elapsed double precision,
	year_days double precision DEFAULT 365) RETURNS double precision
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 20;
COMMENT ON FUNCTION lido_apr(numeric, numeric, numeric, numeric, double precision, double precision) IS
	'simple yearly yield of a Lido report, post over pre share rate less one, times year/time_elapsed, as a fraction with its sign; totals in wei, exact; seconds; NULL when no time elapsed; docs.lido.fi';

CREATE FUNCTION lido_gross_apr(
	pre_total_ether numeric, pre_total_shares numeric, post_internal_ether numeric,
	post_internal_shares numeric, shares_minted_as_fees numeric, time_elapsed double precision,
	year_days double precision DEFAULT 365) RETURNS double precision
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 20;
COMMENT ON FUNCTION lido_gross_apr(numeric, numeric, numeric, numeric, numeric, double precision, double precision) IS
	'the same before Lido takes its fee, from the internal totals after the report without the shares minted as fees, in wei; as a fraction; Lido.sol, comments on TokenRebased';

CREATE FUNCTION eth_store_apr(
	tx_fees numeric, start_balance numeric, end_balance numeric, deposits numeric,
	withdrawals numeric, effective_balance numeric, time_elapsed double precision DEFAULT 86400,
	year_days double precision DEFAULT 365) RETURNS double precision
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 50;
COMMENT ON FUNCTION eth_store_apr(numeric, numeric, numeric, numeric, numeric, numeric, double precision, double precision) IS
	'yield of staking on the network as ETH.STORE has it, (tx_fees + (end - start - deposits + withdrawals) * 1e9)/(effective_balance * 1e9) * year/time_elapsed, as a fraction; tx_fees in wei, all others in gwei; seconds; gobitfly/eth.store';

CREATE FUNCTION rated_apr(
	rewards double precision, active_stake double precision, days double precision,
	year_days double precision DEFAULT 365) RETURNS double precision
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 5;
COMMENT ON FUNCTION rated_apr(double precision, double precision, double precision, double precision) IS
	'yield of staking on the network as Rated has it, rewards/active_stake * year_days/days, as a fraction; both of validators active all the time, in one unit; NULL without stake or days';

-- DefiLlama: percent

CREATE FUNCTION defillama_apy_base_pct(
	rate0 double precision, rate1 double precision, days double precision DEFAULT 1,
	compounded boolean DEFAULT false) RETURNS double precision
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 5;
COMMENT ON FUNCTION defillama_apy_base_pct(double precision, double precision, double precision, boolean) IS
	'apyBase of DefiLlama in percent, from rates that its adaptor takes to be so many days apart: (rate1 - rate0)/rate0 * 365/days * 100, or ((rate1/rate0)^(365/days) - 1) * 100; negative where the site shows 0; DefiLlama/yield-server';

CREATE FUNCTION defillama_lp_apy_pct(
	fees_usd double precision, tvl_usd double precision, days bigint DEFAULT 1) RETURNS double precision
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 2;
COMMENT ON FUNCTION defillama_lp_apy_pct(double precision, double precision, bigint) IS
	'apyBase of a liquidity pool as DefiLlama has it, in percent: fees of a day/tvl * 365 * 100, or fees of 7 days/tvl * 52 * 100; NULL without tvl; DefiLlama/yield-server, utils.apy';

CREATE FUNCTION defillama_net_7d_pct(apy_base_7d_pct double precision, il_7d_pct double precision) RETURNS double precision
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 2;
COMMENT ON FUNCTION defillama_net_7d_pct(double precision, double precision) IS
	'apyNet7d of DefiLlama in percent, the greater of apyBase7d + il7d * 52 and -100, NULL unless apyBase7d is positive; the floor is theirs; DefiLlama/defillama-app';

--@for START FINISH = timestamp with time zone, timestamp with time zone | timestamp without time zone, timestamp without time zone | timestamp without time zone, timestamp with time zone | timestamp with time zone, timestamp without time zone
CREATE FUNCTION cryptoswap_base_apr(
	xcp_profit0 numeric, xcp_profit_a0 numeric, xcp_profit1 numeric, xcp_profit_a1 numeric, t0 @START@, t1 @FINISH@,
	year_days double precision DEFAULT 365) RETURNS double precision
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 20;
COMMENT ON FUNCTION cryptoswap_base_apr(numeric, numeric, numeric, numeric, @START@, @FINISH@, double precision) IS
	'simple yearly yield from fees of a twocrypto-ng or tricrypto-ng pool 2.0.0, the growth of (xcp_profit/2 + xcp_profit_a/2 + 1)/2, as a fraction; xcp_profit, xcp_profit_a with 18 decimals; NULL when t0 = t1; a time without zone is UTC; curvefi/curve-api#99';

--@end
