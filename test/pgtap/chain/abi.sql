-- Properties and vectors of domain chain: hashes, signatures, ABI-encoded data, logs.
\set ON_ERROR_STOP on
\set QUIET on
BEGIN;
\i test/pgtap/include/common.sql
SELECT no_plan();

-- vectors, as bytes and as hexadecimal text
CREATE FUNCTION unhex(hex text) RETURNS bytea LANGUAGE sql IMMUTABLE AS $$ SELECT decode(substr(hex, 3), 'hex') $$;
CREATE FUNCTION unhex(hex text[]) RETURNS bytea[] LANGUAGE sql IMMUTABLE AS $$
	SELECT coalesce(array_agg(unhex(h) ORDER BY i), '{}') FROM unnest(hex) WITH ORDINALITY u(h, i)
$$;

CREATE TEMP TABLE hash_case (input text, expected text, kind text, source text);
\copy hash_case FROM 'test/vectors/chain/keccak256.csv' (FORMAT csv, HEADER)
SELECT is(keccak256(unhex(input)), unhex(expected), format('keccak256 of %s bytes', octet_length(unhex(input)))) FROM hash_case;
SELECT is(keccak256(upper(input)), unhex(expected), format('keccak256 of %s bytes as text', octet_length(unhex(input)))) FROM hash_case;

CREATE TEMP TABLE topic_case (signature text, expected text, kind text, source text);
\copy topic_case FROM 'test/vectors/chain/event_topics.csv' (FORMAT csv, HEADER)
SELECT is(event_topic(signature), unhex(expected), format('event_topic: %s', signature)) FROM topic_case;

CREATE TEMP TABLE selector_case (signature text, expected text, kind text, source text);
\copy selector_case FROM 'test/vectors/chain/function_selectors.csv' (FORMAT csv, HEADER)
SELECT is(function_selector(signature), unhex(expected), format('function_selector: %s', signature)) FROM selector_case;

CREATE TEMP TABLE address_case (address text, expected text, kind text, source text);
\copy address_case FROM 'test/vectors/chain/checksum_address.csv' (FORMAT csv, HEADER)
SELECT is(checksum_address(unhex(address)), expected, format('checksum_address: %s', source)) FROM address_case;
SELECT is(checksum_address(upper(address)), expected, format('checksum_address of text: %s', source)) FROM address_case;

CREATE TEMP TABLE data_case (types text, data text, expected jsonb, kind text, source text);
\copy data_case FROM 'test/vectors/chain/abi_decode.csv' (FORMAT csv, HEADER)
SELECT is(abi_decode(types, unhex(data)), expected, format('abi_decode: %s', types)) FROM data_case;
SELECT is(abi_decode(types, data), expected, format('abi_decode of text: %s', types)) FROM data_case;

CREATE TEMP TABLE log_case (event text, topics text, data text, expected jsonb, kind text, source text);
\copy log_case FROM 'test/vectors/chain/decode_log.csv' (FORMAT csv, HEADER)
SELECT is(decode_log(event, unhex(string_to_array(topics, ' ')), unhex(data)), expected,
	format('decode_log: %s, %s', split_part(event, '(', 1), source)) FROM log_case;
SELECT is(decode_log(event, string_to_array(topics, ' '), data), expected,
	format('decode_log of text: %s, %s', split_part(event, '(', 1), source)) FROM log_case;

SELECT results_eq('SELECT (SELECT count(*) FROM hash_case), (SELECT count(*) FROM topic_case), (SELECT count(*) FROM selector_case),
	(SELECT count(*) FROM address_case), (SELECT count(*) FROM data_case), (SELECT count(*) FROM log_case)',
	'VALUES (14::bigint, 25::bigint, 13::bigint, 37::bigint, 15::bigint, 91::bigint)', 'all vectors were loaded');

-- the jsonb is the one that PostgreSQL makes of its text, byte for byte
SELECT is_empty($$
	SELECT event FROM (SELECT event, decode_log(event, string_to_array(topics, ' '), data) AS d FROM log_case) x
	WHERE NOT record_image_eq(ROW(d), ROW(d::text::jsonb))
$$, 'logs: the bytes of jsonb');
SELECT is_empty($$
	SELECT types FROM (SELECT types, abi_decode(types, data) AS d FROM data_case) x WHERE NOT record_image_eq(ROW(d), ROW(d::text::jsonb))
$$, 'data: the bytes of jsonb');

-- words of encoded data, from whole numbers
CREATE FUNCTION word(n bigint) RETURNS bytea LANGUAGE sql IMMUTABLE AS $$ SELECT decode(lpad(to_hex(n), 64, '0'), 'hex') $$;

-- arrays and objects around the places where jsonb stores offsets instead of lengths, and nested ones
CREATE TEMP TABLE array_case AS
SELECT n, word(32) || word(n) || coalesce((SELECT string_agg(word(i * i), NULL ORDER BY i) FROM generate_series(1, n) i), '') AS data
FROM unnest('{0,1,2,31,32,33,63,64,65,95,96,97,1000}'::int[]) n;
SELECT is_empty($$
	SELECT n FROM (SELECT n, abi_decode('uint256[]', data) AS d FROM array_case) x
	WHERE d <> jsonb_build_array(coalesce((SELECT jsonb_agg(i * i ORDER BY i) FROM generate_series(1, n) i), '[]'))
		OR NOT record_image_eq(ROW(d), ROW(d::text::jsonb))
$$, 'arrays of many lengths');
SELECT is_empty($$
	SELECT n FROM (
		SELECT n, decode_log(e, ARRAY[event_topic(e)], data) AS d
		FROM (
			SELECT n, format('E(%s)', string_agg(format('uint64 %s%s', repeat('k', i % 5), chr(96 + 1 + i % 26) || i), ', ' ORDER BY i)) AS e,
				string_agg(word(i), NULL ORDER BY i) AS data
			FROM unnest('{1,2,15,16,17,18,31,32,33,65,200}'::int[]) n, generate_series(1, n) i GROUP BY n
		) s
	) x
	WHERE NOT record_image_eq(ROW(d), ROW(d::text::jsonb))
		OR (SELECT jsonb_agg(v ORDER BY v::int) FROM jsonb_each(d) j(k, v)) <> (SELECT jsonb_agg(i ORDER BY i) FROM generate_series(1, n) i)
		OR EXISTS (SELECT 1 FROM jsonb_each(d) j(k, v) WHERE d -> k <> v OR ltrim(k, 'abcdefghijklmnopqrstuvwxyz') <> v::text)
$$, 'objects of many members');
SELECT is_empty($$
	SELECT 1 FROM (
		SELECT decode_log(e, ARRAY[event_topic(e)], string_agg(word(i), NULL ORDER BY i)) AS d
		FROM (VALUES ('N((uint8 bb, (uint8 y, (uint8 x, int16 c)[2] w) a, int8 b)[3] deep, uint8 d)')) v(e), generate_series(0, 21) i
		GROUP BY e
		UNION ALL
		SELECT decode_log(e, ARRAY[event_topic(e)], word(32) || word(2) || word(64) || word(256) || word(1) || word(96) || word(2) || word(2)
			|| word(3) || word(4) || word(5) || word(96) || word(6) || word(0))
		FROM (VALUES ('N((uint8 b, uint8[] list, uint8 a)[] y)')) v(e)
	) x WHERE NOT record_image_eq(ROW(d), ROW(d::text::jsonb))
$$, 'objects in arrays in objects');

-- hexadecimal text of either case and prefix says what bytes say
SELECT is_empty($$
	SELECT event FROM log_case
	WHERE decode_log(event, string_to_array(upper(topics), ' '), upper(data)) <> expected
		OR decode_log(event, string_to_array(replace(topics, '0x', '\x'), ' '), replace(data, '0x', '\x')) <> expected
		OR decode_log(event, string_to_array(replace(topics, '0x', ''), ' '), replace(data, '0x', '')) <> expected
$$, 'forms of hexadecimal text');

-- a log is of one event only; what is wrong with it must be said in class 22
SELECT is_empty($$
	SELECT a.event FROM log_case a JOIN (SELECT DISTINCT event FROM log_case) b
		ON event_topic(a.event) <> event_topic(b.event)
	WHERE decode_log(b.event, string_to_array(a.topics, ' '), a.data) IS NOT NULL
$$, 'a log of another event is NULL');

CREATE FUNCTION outcome(event text, topics bytea[], data bytea) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	d jsonb;
BEGIN
	d := decode_log(event, topics, data);
	RETURN CASE WHEN record_image_eq(ROW(d), ROW(d::text::jsonb)) THEN 'decoded' ELSE 'damaged' END;
EXCEPTION WHEN invalid_binary_representation OR invalid_parameter_value THEN
	RETURN 'refused';
END
$$;
SELECT is_empty($$
	SELECT event, result FROM (
		SELECT event, n, outcome(event, unhex(string_to_array(topics, ' ')), substr(unhex(data), 1, n)) AS result, octet_length(unhex(data)) AS length
		FROM (SELECT DISTINCT ON (event) * FROM log_case ORDER BY event) c, generate_series(0, 224, 7) n
	) x WHERE result <> CASE WHEN n < length THEN 'refused' ELSE 'decoded' END
$$, 'data cut short is refused');
SELECT bag_eq($$
	SELECT DISTINCT outcome(e, ARRAY[event_topic(e)], set_byte(data, (random() * (octet_length(data) - 1))::int, (random() * 255)::int))
	FROM (VALUES ('E(string[] a, (bytes b, uint8[] c)[] d, bool f)')) v(e),
		(SELECT word(96) || word(288) || word(1) || word(2) || word(64) || word(128) || word(2) || rpad('hi', 32, ' ')::bytea || word(0)
			|| word(1) || word(32) || word(64) || word(128) || word(1) || rpad('x', 32, ' ')::bytea || word(2) || word(7) || word(8) AS data) b,
		generate_series(1, 3000)
$$, $$ VALUES ('decoded'), ('refused') $$, 'damaged data is decoded or refused');

-- what is refused is NULL in the functions that try, everything else is the same
SELECT is_empty($$
	SELECT event, n FROM log_case, generate_series(0, 224, 7) n
	WHERE try_decode_log(event, string_to_array(topics, ' '), data) IS DISTINCT FROM expected
		OR (try_decode_log(event, unhex(string_to_array(topics, ' ')), substr(unhex(data), 1, n)) IS NULL)
			<> (outcome(event, unhex(string_to_array(topics, ' ')), substr(unhex(data), 1, n)) = 'refused')
$$, 'try_decode_log is NULL where decode_log refuses');
SELECT is_empty($$
	SELECT types FROM data_case
	WHERE try_abi_decode(types, data) IS DISTINCT FROM expected OR try_abi_decode(types, unhex(data)) IS DISTINCT FROM expected
		OR try_abi_decode(types, substr(unhex(data), 1, octet_length(unhex(data)) - 32)) IS NOT NULL
$$, 'try_abi_decode is NULL where abi_decode refuses');

-- a table of all logs: one that fits, an ERC-721, one with nothing indexed, one without data
CREATE TEMP TABLE foreign_log (id int, topic1 text, topic2 text, topic3 text, data text);
INSERT INTO foreign_log
SELECT id, CASE WHEN id <> 3 THEN '0x' || repeat('0', 24) || repeat('11', 20) END, CASE WHEN id <> 3 THEN '0x' || repeat('0', 24) || repeat('22', 20) END,
	CASE WHEN id = 2 THEN '0x' || lpad('37e', 64, '0') END,
	CASE id WHEN 1 THEN '0x' || lpad('de0b6b3a7640000', 64, '0')
		WHEN 3 THEN '0x' || repeat('0', 24) || repeat('11', 20) || repeat('0', 24) || repeat('22', 20) || lpad('da0e1', 64, '0') ELSE '0x' END
FROM generate_series(1, 4) id;
SELECT results_eq($$
	SELECT id, try_decode_log('Transfer(address indexed from, address indexed to, uint256 value)',
		ARRAY['0xddf252ad1be2c89b69c2b068fc378daa952ba7f163c4a11628f55a4df523b3ef', topic1, topic2, topic3], data) ->> 'value'
	FROM foreign_log ORDER BY id
$$, $$ VALUES (1, '1000000000000000000'), (2, NULL), (3, NULL), (4, NULL) $$, 'one log that fits and three that do not');

-- integers as strings are those of numbers
SELECT is_empty($$
	SELECT event FROM (SELECT event, decode_log(event, string_to_array(topics, ' '), data, 'text') AS s, expected FROM log_case) x
	WHERE NOT record_image_eq(ROW(s), ROW(s::text::jsonb))
		OR EXISTS (SELECT 1 FROM jsonb_each(s) j WHERE jsonb_typeof(value) = 'number' OR expected ->> key <> s ->> key)
$$, 'logs with integers as strings');

-- offsets that all lead to the same place do not multiply the work
SELECT throws_ok($$
	SELECT abi_decode('bytes[]', word(32) || word(10000) || string_agg(word(320000), NULL) || word(320000) || decode(repeat('00', 320000), 'hex'))
	FROM generate_series(1, 10000)
$$, '22P03', NULL, 'ten thousand arrays in one place');
SELECT lives_ok($$
	SELECT abi_decode('bytes[]', word(32) || word(3) || word(96) || word(96) || word(96) || word(320000) || decode(repeat('00', 320000), 'hex'))
$$, 'three in one place');

-- as good as built in: in an index, a generated column, parallel plans
CREATE TABLE generated_case (topics bytea[], data bytea,
	decoded jsonb GENERATED ALWAYS AS (decode_log('Transfer(address indexed from, address indexed to, uint256 value)', topics, data)) STORED,
	value numeric GENERATED ALWAYS AS ((decode_log('Transfer(address indexed from, address indexed to, uint256 value)', topics, data) ->> 'value')::numeric) STORED);
INSERT INTO generated_case SELECT unhex(string_to_array(topics, ' ')), unhex(data) FROM log_case;
CREATE INDEX ON generated_case ((decode_log('Sync(uint112 reserve0, uint112 reserve1)', topics, data) -> 'reserve0'));
SELECT is(sum(value), (SELECT sum((expected ->> 'value')::numeric) FROM log_case WHERE event ~ '^Transfer\('), 'generated columns') FROM generated_case;
INSERT INTO generated_case SELECT topics, data FROM generated_case, generate_series(1, 200);
ANALYZE generated_case;
SELECT force_parallel();
SELECT matches(explained('SELECT count(decode_log(''Sync(uint112 reserve0, uint112 reserve1)'', topics, data)) FROM generated_case'),
	'Parallel Seq Scan', 'decode_log runs in parallel workers');
CREATE TEMP TABLE in_parallel AS
SELECT sum((decode_log('Sync(uint112 reserve0, uint112 reserve1)', topics, data) ->> 'reserve0')::numeric) AS s FROM generated_case;
SELECT force_serial();
SELECT is(s, (SELECT sum((decode_log('Sync(uint112 reserve0, uint112 reserve1)', topics, data) ->> 'reserve0')::numeric) FROM generated_case),
	'and gives the same there') FROM in_parallel;

SELECT * FROM finish();
ROLLBACK;
