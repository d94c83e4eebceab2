
-- liquid staking tokens: event logs to exchange rates

CREATE FUNCTION lst_rate(address bytea, topics bytea[], data bytea) RETURNS numeric
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION lst_rate(bytea, bytea[], bytea) IS
	'the exchange rate, over 1e18, that an event log of Ethereum mainnet sets for a liquid staking token, exactly as its contract computes it; NULL for any other log; the contracts are in lst_events()';

CREATE FUNCTION lst_rate(address text, topics text[], data text) RETURNS numeric
	AS 'MODULE_PATHNAME', 'lst_rate_hex' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION lst_rate(text, text[], text) IS
	'the same of a log in hexadecimal text, 0x in front, either case, as ethereum-etl stores it';

CREATE FUNCTION lst_symbol(address bytea, topics bytea[]) RETURNS text
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION lst_symbol(bytea, bytea[]) IS
	'symbol of the token whose exchange rate an event log of Ethereum mainnet sets (of a rebasing token its wrapper''s); NULL for any other log';

CREATE FUNCTION lst_symbol(address text, topics text[]) RETURNS text
	AS 'MODULE_PATHNAME', 'lst_symbol_hex' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION lst_symbol(text, text[]) IS
	'the same of a log in hexadecimal text, 0x in front, either case, as ethereum-etl stores it';

CREATE FUNCTION lst_tokens(OUT symbol text, OUT name text, OUT protocol text, OUT kind text, OUT class text,
	OUT address bytea, OUT rate_event text, OUT rate_address bytea, OUT rate_in text, OUT snapshot text)
	RETURNS SETOF record
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE ROWS 30;
COMMENT ON FUNCTION lst_tokens() IS
	'liquid staking tokens (LST) and restaking tokens (LRT) of Ethereum mainnet: how the rate comes about, the event and the contract that set it, what it counts, and for a token without such an event the view to call instead';

CREATE FUNCTION lst_events(OUT symbol text, OUT contract text, OUT address bytea, OUT event text, OUT topic0 bytea)
	RETURNS SETOF record
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE ROWS 37;
COMMENT ON FUNCTION lst_events() IS
	'every contract and event that lst_rate() reads a rate from: the addresses and topics to fetch logs by; symbol is NULL where the token is named in the log';
