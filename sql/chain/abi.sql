-- domain chain: hashes, signatures, ABI-encoded data, logs
--
-- A function of bytea has a companion of text, in which the same bytes are
-- hexadecimal. An untyped literal becomes a text where there is a choice, so
-- text accepts both '0x...' and '\x...'. There is none for topics of one type and
-- data of the other: with it, PostgreSQL could not choose for every literal.

-- hashes

CREATE FUNCTION keccak256(bytea) RETURNS bytea
	AS 'MODULE_PATHNAME', 'keccak256_bytea' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 50;
COMMENT ON FUNCTION keccak256(bytea) IS
	'Keccak-256 of bytes, 32 bytes, as Ethereum hashes: Keccak as submitted, which is not SHA3-256';

CREATE FUNCTION keccak256(text) RETURNS bytea
	AS 'MODULE_PATHNAME', 'keccak256_text' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 50;
COMMENT ON FUNCTION keccak256(text) IS
	'Keccak-256 of bytes given as hexadecimal text with 0x; for the characters of a text use keccak256(convert_to(x, ''UTF8''))';

CREATE FUNCTION checksum_address(bytea) RETURNS text
	AS 'MODULE_PATHNAME', 'checksum_address_bytea' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;
COMMENT ON FUNCTION checksum_address(bytea) IS
	'an address of 20 bytes as text with 0x and the mixed case of EIP-55';

CREATE FUNCTION checksum_address(text) RETURNS text
	AS 'MODULE_PATHNAME', 'checksum_address_text' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;
COMMENT ON FUNCTION checksum_address(text) IS
	'an address given as hexadecimal text, in any case, with the mixed case of EIP-55';

-- signatures

CREATE FUNCTION event_topic(signature text) RETURNS bytea
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;
COMMENT ON FUNCTION event_topic(text) IS
	'first topic of the logs of an event: Keccak-256 of its canonical signature (Contract ABI Specification), 32 bytes; names, indexed and short types may be in it; NULL for an anonymous event';

CREATE FUNCTION function_selector(signature text) RETURNS bytea
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;
COMMENT ON FUNCTION function_selector(text) IS
	'selector of a function or error: the first 4 bytes of the Keccak-256 of its canonical signature (Contract ABI Specification)';

-- data and logs: those that raise where it does not fit, and those that then are NULL

--@for BYTES GIVEN = bytea, as bytes | text, as hexadecimal text
CREATE FUNCTION abi_decode(types text, data @BYTES@, integers text DEFAULT 'number') RETURNS jsonb
	AS 'MODULE_PATHNAME', 'abi_decode_@BYTES@' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;
COMMENT ON FUNCTION abi_decode(text, @BYTES@, text) IS
	'values of ABI-encoded data, given @GIVEN@, as a JSON array: integers as numbers with all digits, or as strings where integers is text; addresses and bytes as 0x text, arrays and tuples as arrays (Contract ABI Specification)';

CREATE FUNCTION try_abi_decode(types text, data @BYTES@, integers text DEFAULT 'number') RETURNS jsonb
	AS 'MODULE_PATHNAME', 'try_abi_decode_@BYTES@' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;
COMMENT ON FUNCTION try_abi_decode(text, @BYTES@, text) IS
	'abi_decode of data given @GIVEN@, NULL instead of an error for data that was not encoded for these types';

CREATE FUNCTION decode_log(event text, topics @BYTES@[], data @BYTES@, integers text DEFAULT 'number') RETURNS jsonb
	AS 'MODULE_PATHNAME', 'decode_log_@BYTES@' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;
COMMENT ON FUNCTION decode_log(text, @BYTES@[], @BYTES@, text) IS
	'arguments of a log of this event, given @GIVEN@, as a JSON object by name: integers as numbers with all digits, or as strings where integers is text; addresses and bytes as 0x text; NULL for a log of another event (Contract ABI Specification)';

CREATE FUNCTION try_decode_log(event text, topics @BYTES@[], data @BYTES@, integers text DEFAULT 'number') RETURNS jsonb
	AS 'MODULE_PATHNAME', 'try_decode_log_@BYTES@' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;
COMMENT ON FUNCTION try_decode_log(text, @BYTES@[], @BYTES@, text) IS
	'decode_log of a log given @GIVEN@, NULL instead of an error for one of the same first topic that does not fit the declaration';
--@end
