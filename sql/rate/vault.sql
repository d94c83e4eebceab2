
-- vaults: event logs to the price of a share

--@for BYTES SUFFIX = bytea, | text, _hex
CREATE FUNCTION vault_rate(topics @BYTES@[], data @BYTES@, share_decimals int DEFAULT 18, asset_decimals int DEFAULT 18,
	min_shares numeric DEFAULT 0, strict boolean DEFAULT true) RETURNS numeric
	AS 'MODULE_PATHNAME', 'vault_rate@SUFFIX@' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 50;
COMMENT ON FUNCTION vault_rate(@BYTES@[], @BYTES@, int, int, numeric, boolean) IS
	'the price of a vault''s share in its asset, over 1e18, that an event log of any vault tells: ERC-4626, Euler, Veda, Mellow, Sky, Spark, Lombard; NULL for any other log, and for a deposit or withdrawal of fewer shares than min_shares; the events are in vault_events()';

CREATE FUNCTION vault_rate_bounds(topics @BYTES@[], data @BYTES@, share_decimals int DEFAULT 18,
	asset_decimals int DEFAULT 18, OUT rate_min numeric, OUT rate_max numeric)
	RETURNS record
	AS 'MODULE_PATHNAME', 'vault_rate_bounds@SUFFIX@' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 50;
COMMENT ON FUNCTION vault_rate_bounds(@BYTES@[], @BYTES@, int, int) IS
	'the least and the greatest price of a share, over 1e18, that the rounded amounts of a deposit or withdrawal allow (rate_max is NULL where one share was withdrawn); twice the rate of vault_rate() for other events, a row of NULLs for any other log';

CREATE FUNCTION vault_rate_time(topics @BYTES@[], data @BYTES@) RETURNS timestamptz
	AS 'MODULE_PATHNAME', 'vault_rate_time@SUFFIX@' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;
COMMENT ON FUNCTION vault_rate_time(@BYTES@[], @BYTES@) IS
	'when the rate of a vault''s event log comes into force, where the log says so (Euler, Veda, Lombard); NULL where it is the time of the block';

CREATE FUNCTION vault_event(topics @BYTES@[]) RETURNS text
	AS 'MODULE_PATHNAME', 'vault_event@SUFFIX@' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;
COMMENT ON FUNCTION vault_event(@BYTES@[]) IS
	'the event of vault_events() that a log is, as Deposit; NULL for any other log';
--@end

CREATE FUNCTION vault_event(topics text) RETURNS text
	AS 'MODULE_PATHNAME', 'vault_event_untyped' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 60;
COMMENT ON FUNCTION vault_event(text) IS
	'the same of topics that come without a type, as a literal or a parameter: an array of hexadecimal text, written out';

CREATE FUNCTION vault_events(OUT event text, OUT protocol text, OUT topic0 bytea, OUT num_topics int, OUT kind text)
	RETURNS SETOF record
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 2 ROWS 9;
COMMENT ON FUNCTION vault_events() IS
	'every event that vault_rate() reads, with the topic and the number of topics to fetch logs by; kind is deposit, withdraw, report (a price that somebody sets) or state (the vault''s own totals or index)';
