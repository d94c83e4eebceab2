
-- liquid staking tokens: event logs to exchange rates

--@for BYTES SUFFIX GIVEN = bytea, , as bytes | text, _hex, as hexadecimal text of either case as ethereum-etl stores it
CREATE FUNCTION lst_rate(address @BYTES@, topics @BYTES@[], data @BYTES@, strict boolean DEFAULT true) RETURNS numeric
	AS 'MODULE_PATHNAME', 'lst_rate@SUFFIX@' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 50;
COMMENT ON FUNCTION lst_rate(@BYTES@, @BYTES@[], @BYTES@, boolean) IS
	'the exchange rate, over 1e18, that an event log of Ethereum mainnet, given @GIVEN@, sets for a liquid staking token, exactly as its contract computes it, or that the amounts of a deposit or withdrawal show, rounded down; NULL for any other log, and unless strict for one that is damaged, which is an error otherwise; the contracts are in lst_events()';

CREATE FUNCTION lst_rate_bounds(address @BYTES@, topics @BYTES@[], data @BYTES@, strict boolean DEFAULT true,
	OUT rate_min numeric, OUT rate_max numeric) RETURNS record
	AS 'MODULE_PATHNAME', 'lst_rate_bounds@SUFFIX@' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 50;
COMMENT ON FUNCTION lst_rate_bounds(@BYTES@, @BYTES@[], @BYTES@, boolean) IS
	'the least and the greatest exchange rate, over 1e18 and rounded down, that the whole amounts of an event log of Ethereum mainnet, given @GIVEN@, allow; twice the rate of lst_rate() where that is exact; rate_max is NULL where nothing bounds it; NULLs where lst_rate() is NULL';

CREATE FUNCTION lst_symbol(address @BYTES@, topics @BYTES@[], strict boolean DEFAULT true) RETURNS text
	AS 'MODULE_PATHNAME', 'lst_symbol@SUFFIX@' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;
COMMENT ON FUNCTION lst_symbol(@BYTES@, @BYTES@[], boolean) IS
	'symbol of the token whose exchange rate an event log of Ethereum mainnet, given @GIVEN@, sets (of a rebasing token its wrapper''s); NULL for any other log, and unless strict for one that is damaged';
--@end

CREATE FUNCTION lst_tokens(OUT symbol text, OUT name text, OUT protocol text, OUT kind text, OUT class text,
	OUT address bytea, OUT rate_event text, OUT rate_address bytea, OUT rate_in text, OUT snapshot text,
	OUT known_by text)
	RETURNS SETOF record
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 20 ROWS 31;
COMMENT ON FUNCTION lst_tokens() IS
	'liquid staking tokens (LST) and restaking tokens (LRT) of Ethereum mainnet: how the rate comes about, the event and the contract that set it, what it counts, where logs do not tell it to the last digit at all times the view to call instead, and whether it is known by a report, by totals, or observed in the amounts of deposits and withdrawals';

CREATE FUNCTION lst_events(OUT symbol text, OUT contract text, OUT address bytea, OUT event text, OUT topic0 bytea)
	RETURNS SETOF record
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 20 ROWS 45;
COMMENT ON FUNCTION lst_events() IS
	'every contract and event that lst_rate() reads a rate from: the addresses and topics to fetch logs by; symbol is NULL where the token is named in the log';
