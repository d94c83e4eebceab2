
-- market logs: typed readers of the events of protocols and tokens

--@for BYTES SUFFIX = bytea, | text, _hex
CREATE FUNCTION aave_reserve_log(topics @BYTES@[], data @BYTES@, strict boolean DEFAULT true,
	OUT reserve @BYTES@, OUT liquidity_rate numeric, OUT stable_borrow_rate numeric,
	OUT variable_borrow_rate numeric, OUT liquidity_index numeric,
	OUT variable_borrow_index numeric)
	RETURNS record
	AS 'MODULE_PATHNAME', 'aave_reserve_log@SUFFIX@' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 50;
COMMENT ON FUNCTION aave_reserve_log(@BYTES@[], @BYTES@, boolean) IS
	'the rates a year (ray, 1e27 is 1) and indices (ray) of a reserve in an event log ReserveDataUpdated of Aave v2, v3, Spark or another fork; a row of NULLs for any other log';
--@end

--@for BYTES SUFFIX = bytea, | text, _hex
CREATE FUNCTION morpho_accrue_log(topics @BYTES@[], data @BYTES@, strict boolean DEFAULT true,
	OUT id @BYTES@, OUT prev_borrow_rate numeric, OUT interest numeric, OUT fee_shares numeric)
	RETURNS record
	AS 'MODULE_PATHNAME', 'morpho_accrue_log@SUFFIX@' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 50;
COMMENT ON FUNCTION morpho_accrue_log(@BYTES@[], @BYTES@, boolean) IS
	'the borrow rate a second (1e18 is 1), interest (loan token) and fee (shares) of an event log AccrueInterest of Morpho Blue; a row of NULLs for any other log';
--@end

--@for BYTES SUFFIX = bytea, | text, _hex
CREATE FUNCTION euler_vault_status_log(topics @BYTES@[], data @BYTES@, strict boolean DEFAULT true,
	OUT total_shares numeric, OUT total_borrows numeric, OUT accumulated_fees numeric,
	OUT cash numeric, OUT interest_accumulator numeric, OUT interest_rate numeric,
	OUT updated_at timestamptz)
	RETURNS record
	AS 'MODULE_PATHNAME', 'euler_vault_status_log@SUFFIX@' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 50;
COMMENT ON FUNCTION euler_vault_status_log(@BYTES@[], @BYTES@, boolean) IS
	'the state of an Euler v2 vault in an event log VaultStatus: shares, of which accumulated_fees are a part, assets borrowed and in cash, the accumulator (1e27 is 1) and the interest a second (1e27 is 1); a row of NULLs for any other log';
--@end

--@for BYTES SUFFIX = bytea, | text, _hex
CREATE FUNCTION comet_log(topics @BYTES@[], data @BYTES@, strict boolean DEFAULT true,
	OUT action text, OUT account @BYTES@, OUT counterparty @BYTES@, OUT asset @BYTES@,
	OUT amount numeric, OUT usd_value numeric)
	RETURNS record
	AS 'MODULE_PATHNAME', 'comet_log@SUFFIX@' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 50;
COMMENT ON FUNCTION comet_log(@BYTES@[], @BYTES@, boolean) IS
	'what a Supply, Withdraw, SupplyCollateral, WithdrawCollateral, AbsorbDebt or AbsorbCollateral log of Compound v3 says: whose balance changes, who pays, receives or absorbs, asset (NULL is the base), amount, and of an absorption its value in USD (1e8 is 1); a row of NULLs for any other log';
--@end

--@for BYTES SUFFIX = bytea, | text, _hex
CREATE FUNCTION univ2_sync_log(topics @BYTES@[], data @BYTES@, strict boolean DEFAULT true,
	OUT reserve0 numeric, OUT reserve1 numeric)
	RETURNS record
	AS 'MODULE_PATHNAME', 'univ2_sync_log@SUFFIX@' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 50;
COMMENT ON FUNCTION univ2_sync_log(@BYTES@[], @BYTES@, boolean) IS
	'the reserves, in token units, of an event log Sync of a Uniswap v2 or Solidly pair; a row of NULLs for any other log';
--@end

--@for BYTES SUFFIX = bytea, | text, _hex
CREATE FUNCTION univ2_swap_log(topics @BYTES@[], data @BYTES@, strict boolean DEFAULT true,
	OUT sender @BYTES@, OUT amount0_in numeric, OUT amount1_in numeric, OUT amount0_out numeric,
	OUT amount1_out numeric, OUT recipient @BYTES@)
	RETURNS record
	AS 'MODULE_PATHNAME', 'univ2_swap_log@SUFFIX@' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 50;
COMMENT ON FUNCTION univ2_swap_log(@BYTES@[], @BYTES@, boolean) IS
	'what went into and out of the pair, in token units, in an event log Swap of Uniswap v2 or Solidly; a row of NULLs for any other log';
--@end

--@for BYTES SUFFIX = bytea, | text, _hex
CREATE FUNCTION univ3_swap_log(topics @BYTES@[], data @BYTES@, strict boolean DEFAULT true,
	OUT sender @BYTES@, OUT recipient @BYTES@, OUT amount0 numeric, OUT amount1 numeric,
	OUT sqrt_price numeric, OUT liquidity numeric, OUT tick int, OUT protocol_fees0 numeric,
	OUT protocol_fees1 numeric)
	RETURNS record
	AS 'MODULE_PATHNAME', 'univ3_swap_log@SUFFIX@' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 50;
COMMENT ON FUNCTION univ3_swap_log(@BYTES@[], @BYTES@, boolean) IS
	'an event log Swap of Uniswap v3 or, with its two fees, PancakeSwap v3: amounts are the pool''s, positive where it receives, sqrt_price is Q64.96; a row of NULLs for any other log';
--@end

--@for BYTES SUFFIX = bytea, | text, _hex
CREATE FUNCTION univ3_mint_log(topics @BYTES@[], data @BYTES@, strict boolean DEFAULT true,
	OUT sender @BYTES@, OUT owner @BYTES@, OUT tick_lower int, OUT tick_upper int,
	OUT liquidity numeric, OUT amount0 numeric, OUT amount1 numeric)
	RETURNS record
	AS 'MODULE_PATHNAME', 'univ3_mint_log@SUFFIX@' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 50;
COMMENT ON FUNCTION univ3_mint_log(@BYTES@[], @BYTES@, boolean) IS
	'the liquidity that an event log Mint of a Uniswap v3 pool adds to a range, and the token units that it took; a row of NULLs for any other log';
--@end

--@for BYTES SUFFIX = bytea, | text, _hex
CREATE FUNCTION univ3_burn_log(topics @BYTES@[], data @BYTES@, strict boolean DEFAULT true,
	OUT owner @BYTES@, OUT tick_lower int, OUT tick_upper int, OUT liquidity numeric,
	OUT amount0 numeric, OUT amount1 numeric)
	RETURNS record
	AS 'MODULE_PATHNAME', 'univ3_burn_log@SUFFIX@' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 50;
COMMENT ON FUNCTION univ3_burn_log(@BYTES@[], @BYTES@, boolean) IS
	'the liquidity that an event log Burn of a Uniswap v3 pool takes off a range, and the token units that the pool then owes for it; a row of NULLs for any other log';
--@end

--@for BYTES SUFFIX = bytea, | text, _hex
CREATE FUNCTION univ3_collect_log(topics @BYTES@[], data @BYTES@, strict boolean DEFAULT true,
	OUT owner @BYTES@, OUT recipient @BYTES@, OUT tick_lower int, OUT tick_upper int,
	OUT amount0 numeric, OUT amount1 numeric)
	RETURNS record
	AS 'MODULE_PATHNAME', 'univ3_collect_log@SUFFIX@' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 50;
COMMENT ON FUNCTION univ3_collect_log(@BYTES@[], @BYTES@, boolean) IS
	'the token units that an event log Collect of a Uniswap v3 pool (not of the NFT manager) pays out of a position; a row of NULLs for any other log';
--@end

--@for BYTES SUFFIX = bytea, | text, _hex
CREATE FUNCTION univ4_swap_log(topics @BYTES@[], data @BYTES@, strict boolean DEFAULT true,
	OUT id @BYTES@, OUT sender @BYTES@, OUT amount0 numeric, OUT amount1 numeric,
	OUT sqrt_price numeric, OUT liquidity numeric, OUT tick int, OUT fee_pips int)
	RETURNS record
	AS 'MODULE_PATHNAME', 'univ4_swap_log@SUFFIX@' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 50;
COMMENT ON FUNCTION univ4_swap_log(@BYTES@[], @BYTES@, boolean) IS
	'an event log Swap of Uniswap v4: amounts are the swapper''s, negative where he pays, the opposite of v3''s; sqrt_price is Q64.96, fee_pips 1e-6; a row of NULLs for any other log';
--@end

--@for BYTES SUFFIX = bytea, | text, _hex
CREATE FUNCTION univ4_modify_liquidity_log(topics @BYTES@[], data @BYTES@, strict boolean DEFAULT true,
	OUT id @BYTES@, OUT sender @BYTES@, OUT tick_lower int, OUT tick_upper int,
	OUT liquidity_delta numeric, OUT salt @BYTES@)
	RETURNS record
	AS 'MODULE_PATHNAME', 'univ4_modify_liquidity_log@SUFFIX@' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 50;
COMMENT ON FUNCTION univ4_modify_liquidity_log(@BYTES@[], @BYTES@, boolean) IS
	'the liquidity that an event log ModifyLiquidity of Uniswap v4 adds to a range, or takes off if negative; a row of NULLs for any other log';
--@end

--@for BYTES SUFFIX = bytea, | text, _hex
CREATE FUNCTION balancer_v2_swap_log(topics @BYTES@[], data @BYTES@, strict boolean DEFAULT true,
	OUT pool_id @BYTES@, OUT token_in @BYTES@, OUT token_out @BYTES@, OUT amount_in numeric,
	OUT amount_out numeric)
	RETURNS record
	AS 'MODULE_PATHNAME', 'balancer_v2_swap_log@SUFFIX@' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 50;
COMMENT ON FUNCTION balancer_v2_swap_log(@BYTES@[], @BYTES@, boolean) IS
	'an event log Swap of Balancer v2''s vault, amounts in token units with the fee in amount_in; a row of NULLs for any other log';
--@end

--@for BYTES SUFFIX = bytea, | text, _hex
CREATE FUNCTION balancer_v3_swap_log(topics @BYTES@[], data @BYTES@, strict boolean DEFAULT true,
	OUT pool @BYTES@, OUT token_in @BYTES@, OUT token_out @BYTES@, OUT amount_in numeric,
	OUT amount_out numeric, OUT swap_fee_percentage numeric, OUT swap_fee_amount numeric)
	RETURNS record
	AS 'MODULE_PATHNAME', 'balancer_v3_swap_log@SUFFIX@' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 50;
COMMENT ON FUNCTION balancer_v3_swap_log(@BYTES@[], @BYTES@, boolean) IS
	'an event log Swap of Balancer v3''s vault, amounts and fee in token units, the percentage 1e18 for 1; a row of NULLs for any other log';
--@end

--@for BYTES SUFFIX = bytea, | text, _hex
CREATE FUNCTION curve_exchange_log(topics @BYTES@[], data @BYTES@, strict boolean DEFAULT true,
	OUT buyer @BYTES@, OUT sold_id int, OUT tokens_sold numeric, OUT bought_id int,
	OUT tokens_bought numeric, OUT fee numeric, OUT price_scale numeric, OUT underlying boolean)
	RETURNS record
	AS 'MODULE_PATHNAME', 'curve_exchange_log@SUFFIX@' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 50;
COMMENT ON FUNCTION curve_exchange_log(@BYTES@[], @BYTES@, boolean) IS
	'an event log TokenExchange, in all three forms, or TokenExchangeUnderlying of a Curve pool: numbers of the coins, amounts in token units; fee and price_scale (packed by tricrypto pools) where the pool logs them; a row of NULLs for any other log';
--@end

--@for BYTES SUFFIX = bytea, | text, _hex
CREATE FUNCTION pendle_rate_log(topics @BYTES@[], data @BYTES@, strict boolean DEFAULT true,
	OUT updated_at timestamptz, OUT ln_last_implied_rate numeric)
	RETURNS record
	AS 'MODULE_PATHNAME', 'pendle_rate_log@SUFFIX@' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 50;
COMMENT ON FUNCTION pendle_rate_log(@BYTES@[], @BYTES@, boolean) IS
	'the logarithm of 1 plus the implied rate a year (1e18 is 1) in an event log UpdateImpliedRate of a Pendle market; a row of NULLs for any other log';
--@end

--@for BYTES SUFFIX = bytea, | text, _hex
CREATE FUNCTION pendle_swap_log(topics @BYTES@[], data @BYTES@, strict boolean DEFAULT true,
	OUT caller @BYTES@, OUT receiver @BYTES@, OUT net_pt_out numeric, OUT net_sy_out numeric,
	OUT net_sy_fee numeric, OUT net_sy_to_reserve numeric)
	RETURNS record
	AS 'MODULE_PATHNAME', 'pendle_swap_log@SUFFIX@' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 50;
COMMENT ON FUNCTION pendle_swap_log(@BYTES@[], @BYTES@, boolean) IS
	'an event log Swap of a Pendle market, in token units: net_pt_out and net_sy_out are what the trader gets, negative what he pays; a row of NULLs for any other log';
--@end

--@for BYTES SUFFIX = bytea, | text, _hex
CREATE FUNCTION pendle_index_log(topics @BYTES@[], data @BYTES@, strict boolean DEFAULT true,
	OUT new_index numeric)
	RETURNS numeric
	AS 'MODULE_PATHNAME', 'pendle_index_log@SUFFIX@' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 50;
COMMENT ON FUNCTION pendle_index_log(@BYTES@[], @BYTES@, boolean) IS
	'the interest index (1e18 is 1) in an event log NewInterestIndex of a Pendle YT; NULL for any other log';
--@end

--@for BYTES SUFFIX = bytea, | text, _hex
CREATE FUNCTION chainlink_answer_log(topics @BYTES@[], data @BYTES@, strict boolean DEFAULT true,
	OUT answer numeric, OUT round_id numeric, OUT updated_at timestamptz)
	RETURNS record
	AS 'MODULE_PATHNAME', 'chainlink_answer_log@SUFFIX@' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 50;
COMMENT ON FUNCTION chainlink_answer_log(@BYTES@[], @BYTES@, boolean) IS
	'the answer, in the decimals of the feed, of an event log AnswerUpdated of a Chainlink aggregator; a row of NULLs for any other log';
--@end

--@for BYTES SUFFIX = bytea, | text, _hex
CREATE FUNCTION erc20_transfer_log(topics @BYTES@[], data @BYTES@, strict boolean DEFAULT true,
	OUT from_address @BYTES@, OUT to_address @BYTES@, OUT value numeric)
	RETURNS record
	AS 'MODULE_PATHNAME', 'erc20_transfer_log@SUFFIX@' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 50;
COMMENT ON FUNCTION erc20_transfer_log(@BYTES@[], @BYTES@, boolean) IS
	'an event log Transfer of ERC-20, with three topics; value in token units; a row of NULLs for any other log';
--@end

--@for BYTES SUFFIX = bytea, | text, _hex
CREATE FUNCTION erc721_transfer_log(topics @BYTES@[], data @BYTES@, strict boolean DEFAULT true,
	OUT from_address @BYTES@, OUT to_address @BYTES@, OUT token_id numeric)
	RETURNS record
	AS 'MODULE_PATHNAME', 'erc721_transfer_log@SUFFIX@' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 50;
COMMENT ON FUNCTION erc721_transfer_log(@BYTES@[], @BYTES@, boolean) IS
	'an event log Transfer of ERC-721, with four topics; a row of NULLs for any other log';
--@end

--@for BYTES SUFFIX = bytea, | text, _hex
CREATE FUNCTION erc1155_transfer_log(topics @BYTES@[], data @BYTES@, strict boolean DEFAULT true,
	OUT operator @BYTES@, OUT from_address @BYTES@, OUT to_address @BYTES@,
	OUT token_ids numeric[], OUT amounts numeric[])
	RETURNS record
	AS 'MODULE_PATHNAME', 'erc1155_transfer_log@SUFFIX@' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 50;
COMMENT ON FUNCTION erc1155_transfer_log(@BYTES@[], @BYTES@, boolean) IS
	'an event log TransferSingle or TransferBatch of ERC-1155, the ids and amounts side by side; a row of NULLs for any other log';
--@end

--@for BYTES SUFFIX = bytea, | text, _hex
CREATE FUNCTION erc4626_log(topics @BYTES@[], data @BYTES@, strict boolean DEFAULT true,
	OUT action text, OUT sender @BYTES@, OUT receiver @BYTES@, OUT owner @BYTES@,
	OUT assets numeric, OUT shares numeric)
	RETURNS record
	AS 'MODULE_PATHNAME', 'erc4626_log@SUFFIX@' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 50;
COMMENT ON FUNCTION erc4626_log(@BYTES@[], @BYTES@, boolean) IS
	'an event log Deposit or Withdraw of an ERC-4626 vault, amounts in units of the asset and of the share; receiver is NULL for a deposit; a row of NULLs for any other log';
--@end

CREATE FUNCTION market_events(OUT protocol text, OUT event text, OUT function text, OUT topic0 bytea,
	OUT num_topics int)
	RETURNS SETOF record
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 5 ROWS 36;
COMMENT ON FUNCTION market_events() IS
	'every event that the readers of market logs know: who emits it, its declaration, the function that reads it, and the topic and number of topics to fetch logs by';
