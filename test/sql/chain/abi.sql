-- domain chain, hashes, signatures and logs: behaviour, errors and edges
\set transfer '''Transfer(address indexed from, address indexed to, uint256 value)'''
\set topic '''0xddf252ad1be2c89b69c2b068fc378daa952ba7f163c4a11628f55a4df523b3ef'''
\set one '''0x0000000000000000000000000000000000000000000000000000000000000001'''
\set two '''0x0000000000000000000000000000000000000000000000000000000000000002'''

-- words of encoded data, from numbers in hexadecimal
CREATE FUNCTION words(VARIADIC hex text[]) RETURNS bytea LANGUAGE sql IMMUTABLE AS
	$$ SELECT string_agg(decode(lpad(w, 64, '0'), 'hex'), NULL ORDER BY i) FROM unnest(hex) WITH ORDINALITY u(w, i) $$;

-- keccak256: bytes, or hexadecimal text of them; an untyped literal is a text
SELECT keccak256('\x'::bytea);
SELECT keccak256('0x') = keccak256('\x'::bytea), keccak256('\x') = keccak256('\x'::bytea), keccak256('0X'::varchar) = keccak256('\x'::bytea);
SELECT keccak256('0xDeadBeef') = keccak256('\xdeadbeef'::bytea), keccak256('\xDeadBeef') = keccak256('\xdeadbeef'::bytea);
SELECT keccak256(NULL), keccak256(NULL::bytea), keccak256(NULL::text);
SELECT keccak256('hello');
SELECT keccak256(convert_to('hello', 'UTF8'));
SELECT keccak256('deadbeef');
SELECT keccak256('');
SELECT keccak256('0xabc');
SELECT keccak256('0x0xab');
SELECT keccak256('\x0xab');
SELECT keccak256('0xzz' || repeat('é', 80));

-- event_topic and function_selector accept what Solidity does
SELECT event_topic('Transfer(address,address,uint256)');
SELECT event_topic(' event  Transfer ( address  indexed from , address indexed to,uint value ) ; ') = event_topic(:transfer);
SELECT event_topic('Filled(tuple(uint256 id, address payable maker)[2][] orders, bytes32 indexed hash)')
	= keccak256(convert_to('Filled((uint256,address)[2][],bytes32)', 'UTF8'));
SELECT event_topic('Note(uint256) anonymous');
SELECT function_selector('transfer(address,uint256)'),
	function_selector('function transfer(address to, uint amount) external returns (bool)'),
	function_selector('error Panic(uint256 code)'), function_selector('error(uint256)');
SELECT event_topic(NULL), function_selector(NULL);
SELECT event_topic('');
SELECT event_topic('(uint256)');
SELECT event_topic('Transfer');
SELECT event_topic('Transfer(address,');
SELECT event_topic('Transfer(address from to)');
SELECT event_topic('Transfer(adress from)');
SELECT event_topic('Transfer(uint257)');
SELECT event_topic('Transfer(uint256 größe)');
SELECT event_topic('Transfer(uint256[0])');
SELECT event_topic('Transfer(uint256 a, uint256 a)');
SELECT event_topic('A(uint8 indexed, uint8 indexed, uint8 indexed, uint8 indexed)');
SELECT event_topic('function transfer(address,uint256)');
SELECT function_selector('event Transfer(address,address,uint256)');
SELECT function_selector('f(uint256 indexed a)');
SELECT event_topic('A(' || repeat('(', 32) || 'uint8' || repeat(')', 33));
SELECT event_topic('A(uint8' || repeat(',uint8', 1024) || ')');
SELECT event_topic('A(uint8' || repeat(' ', 65536) || ')');
SELECT event_topic('A(' || repeat('x', 200) || ')');

-- checksum_address
SELECT checksum_address('0xdac17f958d2ee523a2206206994597c13d831ec7'), checksum_address('0XDAC17F958D2EE523A2206206994597C13D831EC7'),
	checksum_address('\xdac17f958d2ee523a2206206994597c13d831ec7'), checksum_address('\xdac17f958d2ee523a2206206994597c13d831ec7'::bytea);
SELECT checksum_address('dac17f958d2ee523a2206206994597c13d831ec7');
SELECT checksum_address(NULL);
SELECT checksum_address('0x');
SELECT checksum_address(words('dac17f958d2ee523a2206206994597c13d831ec7'));
SELECT checksum_address('0xdac17f958d2ee523a2206206994597c13d831ecg');

-- abi_decode: every kind of type
SELECT abi_decode('(uint8,uint256,int24,bool,address)', words('ff', repeat('f', 64), repeat('f', 58) || 'f27618', '1', 'dac17f958d2ee523a2206206994597c13d831ec7'));
SELECT abi_decode('uint256, int256', words('0', '8' || repeat('0', 63)));
SELECT abi_decode('ufixed128x18, fixed128x18, fixed8x80', words('14d1120d7b160000', repeat('f', 48) || 'eb2eedf284ea0000', 'ff'));
SELECT abi_decode('ufixed128x18, fixed128x18, fixed8x80', words('14d1120d7b160000', repeat('f', 48) || 'eb2eedf284ea0000', '7f'));
SELECT abi_decode('bytes1, bytes4, bytes32, function', words(rpad('ab', 64, '0'), rpad('a9059cbb', 64, '0'), repeat('5', 64), rpad(repeat('6', 48), 64, '0')));
SELECT abi_decode('bytes, string, bytes', words('60', 'a0', 'e0', '2', rpad('abcd', 64, '0'), '5', rpad('68656c6c6f', 64, '0'), '0'));
SELECT abi_decode('uint8[2], uint8[], (uint8 a, (bool b, string c) d)[]',
	words('1', '2', '80', 'e0', '2', '3', '4', '1', '20', '5', '40', '1', '40', '2', rpad('6869', 64, '0')));
SELECT abi_decode('', '0x');
SELECT abi_decode('()', '0x'), abi_decode('()', '\x'), abi_decode('()', ''::bytea), abi_decode('()', :one);
SELECT abi_decode('(uint256)', :one), abi_decode('(uint256)', '\x0000000000000000000000000000000000000000000000000000000000000001'),
	abi_decode('(uint256)', words('1')), abi_decode(types => '(uint256)', data => :one::varchar);
SELECT abi_decode(NULL, '0x'), abi_decode('uint256', NULL);

-- a string that PostgreSQL cannot hold as text is given as its bytes
SELECT abi_decode('string, string, string', words('60', 'a0', 'e0', '3', rpad('610062', 64, '0'), '3', rpad('ff6869', 64, '0'), '2', rpad('c3a9', 64, '0')));

-- abi_decode: what is wrong
SELECT abi_decode('uint256', '0x01');
SELECT abi_decode('uint256 a, uint256[3] b', words('1', '2', '3'));
SELECT abi_decode('uint256[18446744073709551615]', words('1'));
SELECT abi_decode('uint8', words('100'));
SELECT abi_decode('int8 a', words('80'));
SELECT abi_decode('bool', words('2'));
SELECT abi_decode('address', words(repeat('f', 64)));
SELECT abi_decode('bytes4', words(repeat('f', 64)));
SELECT abi_decode('string', words('21'));
SELECT abi_decode('string', words('20'));
SELECT abi_decode('string', words(repeat('f', 64)));
SELECT abi_decode('string', words('20', '20', '0') || '\x00');
SELECT abi_decode('string', words('20', '21', '0'));
SELECT abi_decode('(uint8 a, string[] b)[] list', words('20', '1', '20', '5', '40', '1', '20', '7'));
SELECT abi_decode('uint256[]', words('20', repeat('f', 64), '1'));
SELECT abi_decode('bytes[]', words('20', '2', '40', '40', '3', rpad('abcdef', 64, '0')));
SELECT abi_decode('bytes[]', words('20', '8', '100', '100', '100', '100', '100', '100', '100', '100', '400') || decode(repeat('ab', 1024), 'hex'));
SELECT abi_decode('(uint256', '0x');
SELECT abi_decode('uint256 indexed a', '0x');
SELECT abi_decode('uint256', '0x0g');
SELECT abi_decode('uint256', '123');
SELECT abi_decode('uint256', :one::bytea);
SELECT abi_decode('string', '0x'::bytea);

-- decode_log: which call is which function
SELECT decode_log(:transfer, ARRAY[:topic, :one, :two], :two);
SELECT decode_log(:transfer, ARRAY[:topic, :one, :two]::varchar[], :two::varchar);
SELECT decode_log(:transfer, '{0xddf252ad1be2c89b69c2b068fc378daa952ba7f163c4a11628f55a4df523b3ef,0x0000000000000000000000000000000000000000000000000000000000000001,"\\x0000000000000000000000000000000000000000000000000000000000000002"}',
	'\x0000000000000000000000000000000000000000000000000000000000000002');
SELECT decode_log(:transfer, '{"\\xddf252ad1be2c89b69c2b068fc378daa952ba7f163c4a11628f55a4df523b3ef","\\x0000000000000000000000000000000000000000000000000000000000000001","\\x0000000000000000000000000000000000000000000000000000000000000002"}',
	'\x0000000000000000000000000000000000000000000000000000000000000002'::bytea);
SELECT decode_log(:transfer, ARRAY[event_topic(:transfer), words('1'), words('2')], words('2'));
SELECT decode_log(:transfer, ARRAY[event_topic(:transfer), '\x0000000000000000000000000000000000000000000000000000000000000001', words('2')],
	'\x0000000000000000000000000000000000000000000000000000000000000002');
SELECT decode_log(data => words('2'), topics => ARRAY[event_topic(:transfer), words('1'), words('2')], event => :transfer);
SELECT decode_log(:transfer, ARRAY[event_topic(:transfer), words('1'), words('2')], :two);
SELECT decode_log(:transfer, ARRAY[:topic, :one, :two]::bytea[], words('2'));
SELECT decode_log(NULL, NULL, NULL), decode_log(:transfer, NULL, '0x'), decode_log(:transfer, ARRAY[:topic], NULL);

-- topics of columns: NULLs at the end do not count
SELECT decode_log(:transfer, ARRAY[topic0, topic1, topic2, topic3], data)
FROM (VALUES (:topic, :one, :two, NULL, :two)) logs(topic0, topic1, topic2, topic3, data);
SELECT decode_log(:transfer, ARRAY[event_topic(:transfer), words('1'), words('2'), NULL, NULL, NULL], words('2'));
SELECT decode_log(:transfer, ARRAY[NULL, :one], '0x');
SELECT decode_log(:transfer, ARRAY[event_topic(:transfer), words('1'), NULL, words('2')], words('2'));

-- a log of another event gives NULL, whatever its data
SELECT decode_log(:transfer, ARRAY[:one, :one, :two], '0x'), decode_log(:transfer, '{}', '0x'),
	decode_log(:transfer, ARRAY[NULL, NULL]::bytea[], '\x'), decode_log(:transfer, ARRAY[:two], 'nonsense');

-- decode_log: names, indexed values without a word of their own, anonymous events
SELECT decode_log('Registered(string indexed name, (uint256 id, address[] owners)[] items, (uint8,bool) pair, uint256)',
	ARRAY[event_topic('Registered(string,(uint256,address[])[],(uint8,bool),uint256)'), keccak256('0x61')],
	words('80', '7', '1', '9', '2', '40', 'c0', '5', '40', '1', 'ab', '6', '40', '0'));
SELECT decode_log('Note(bytes32 indexed, uint256 indexed, address, uint8) anonymous', ARRAY[words('1'), words('2')], words('3', '4'));
SELECT decode_log('Paused()', ARRAY[event_topic('Paused()')], ''), decode_log('Paused()', ARRAY[event_topic('Paused()')::text], '');
SELECT jsonb_object_keys(decode_log('A(uint8 c, uint8 bb, uint8 a, uint8 $_z9, uint8)', ARRAY[event_topic('A(uint8,uint8,uint8,uint8,uint8)')],
	words('1', '2', '3', '4', '5')));

-- decode_log: what is wrong
SELECT decode_log(:transfer, ARRAY[:topic], '0x');
SELECT decode_log(:transfer, ARRAY[:topic, :one, :two, :two], '0x');
SELECT decode_log('Note(uint256 indexed) anonymous', '{}', '0x');
SELECT decode_log(:transfer, ARRAY[:topic, :one, :two, :two, :two], '0x');
SELECT decode_log(:transfer, ARRAY[[:topic, :one], [:one, :two]], '0x');
SELECT decode_log(:transfer, ARRAY[:topic, :one, :two], '0x');
SELECT decode_log(:transfer, ARRAY[:topic, :one, '0x' || repeat('f', 64)], :two);
SELECT decode_log(:transfer, ARRAY[:topic, '0x01', :two], :two);
SELECT decode_log(:transfer, ARRAY[:topic, '', :two], :two);
SELECT decode_log(:transfer, ARRAY[:topic, '0x' || repeat('0', 63) || 'x', :two], :two);
SELECT decode_log(:transfer, ARRAY[:topic, repeat('0', 66), :two], :two);
SELECT decode_log(:transfer, ARRAY[:topic, :one, :two], '0x1');
SELECT decode_log(:transfer, ARRAY[event_topic(:transfer), '\x01', words('2')], words('2'));
SELECT decode_log('Transfer(address indexed from', ARRAY[:topic], '0x');
SELECT decode_log('function transfer(address,uint256)', ARRAY[:topic], '0x');

-- topics that an export writes empty do not count at the end
SELECT decode_log(:transfer, ARRAY[:topic, :one, :two, ''], :two) = decode_log(:transfer, ARRAY[:topic, :one, :two, NULL], :two) AS empty,
	decode_log(:transfer, ARRAY[:topic, :one, :two, '0x', '', NULL], :two) IS NOT NULL AS more,
	decode_log(:transfer, ARRAY[event_topic(:transfer), words('1'), words('2'), '\x'], words('2')) IS NOT NULL AS bytes;

-- try_decode_log, try_abi_decode: NULL for what does not fit, an error for a bad declaration
SELECT try_decode_log(:transfer, ARRAY[:topic, :one, :two], :two), try_abi_decode('uint8', :one);
SELECT try_decode_log(:transfer, ARRAY[:topic], '0x') AS few, try_decode_log(:transfer, ARRAY[:topic, :one, :two, :two], '0x') AS many,
	try_decode_log(:transfer, ARRAY[:topic, :one, :two, :two, :two], '0x') AS too_many,
	try_decode_log(:transfer, ARRAY[[:topic, :one], [:one, :two]], '0x') AS dimensions,
	try_decode_log(:transfer, ARRAY[NULL, :one], '0x') AS gap, try_decode_log(:transfer, ARRAY[:topic, '0x01', :two], :two) AS short,
	try_decode_log(:transfer, ARRAY[:topic, 'what', :two], :two) AS no_hex, try_decode_log(:transfer, ARRAY[:topic, :one, :two], '0x') AS no_data,
	try_decode_log(:transfer, ARRAY[:topic, :one, :two], 'what') AS no_hex_data,
	try_decode_log(:transfer, ARRAY[:topic, :one, '0x' || repeat('f', 64)], :two) AS value,
	try_decode_log(:transfer, ARRAY[event_topic(:transfer), words('1'), words('2')], :two) AS misread;
SELECT try_abi_decode('uint256', '0x01') AS short, try_abi_decode('bool', words('2')) AS value, try_abi_decode('string', words('21')) AS text,
	try_abi_decode('uint256', 'what') AS no_hex, try_abi_decode('uint256', :one::bytea) AS misread;
SELECT try_decode_log('Transfer(address indexed from', ARRAY[:topic], '0x');
SELECT try_decode_log('Transfer(adress)', ARRAY[:one], '0x');
SELECT try_abi_decode('uint257', '0x');

-- integers as strings
SELECT decode_log(:transfer, ARRAY[:topic, :one, :two], '0x' || repeat('f', 64), 'text') -> 'value' AS value,
	try_decode_log(:transfer, ARRAY[:topic, :one, :two], :two, integers => 'text') -> 'value' AS two,
	abi_decode('int8[], bool, (uint8, fixed8x2)', words('80', '1', '2', '7f', '2', repeat('f', 64), '5'), 'text') AS nested,
	try_abi_decode('int256', words(repeat('f', 64)), integers => 'text') AS signed;
SELECT decode_log(:transfer, ARRAY[:topic, :one, :two], :two, 'bigint');
SELECT try_abi_decode('int8', '0x', 'bigint');

-- one word where a string was expected: symbol() of older tokens
SELECT abi_decode('string', '0x4d4b520000000000000000000000000000000000000000000000000000000000');
SELECT abi_decode('bytes32', '0x4d4b520000000000000000000000000000000000000000000000000000000000');

-- events from a table, some of them many times, bad ones among them never met
CREATE TEMP TABLE events AS
SELECT i, format('Event%s(uint%s indexed a%s, uint256 b)', i, 8 * (1 + i % 32), i) AS event FROM generate_series(0, 199) i;
SELECT count(*), count(DISTINCT d), bool_and(d = jsonb_build_object('a' || i % 200, i % 200, 'b', i)) FROM (
	SELECT l.i, decode_log(e.event, ARRAY[event_topic(e.event), words(to_hex(l.i % 200))], words(to_hex(l.i))) AS d
	FROM generate_series(1, 2000) l(i) JOIN events e ON e.i = l.i % 200) x;
SELECT count(d) FROM (
	SELECT decode_log(e.event, ARRAY[event_topic('Event7(uint64,uint256)'), words('7')], words('7')) AS d FROM events e) x;

-- data that is stored out of line, compressed or not
CREATE TEMP TABLE toasted (topics bytea[], data bytea, hex text);
INSERT INTO toasted SELECT ARRAY[event_topic('Blob(bytes)')], d, '0x' || encode(d, 'hex')
FROM (SELECT words('20', '186a0') || convert_to(repeat('0123456789', 10000), 'UTF8') AS d) x;
ALTER TABLE toasted ALTER data SET STORAGE EXTERNAL;
INSERT INTO toasted SELECT * FROM toasted;
SELECT length(decode_log('Blob(bytes)', topics, data) ->> '0'), md5(decode_log('Blob(bytes)', topics, data) ->> '0') = md5('0x' || encode(substr(data, 65), 'hex')),
	decode_log('Blob(bytes)', topics, data) = decode_log('Blob(bytes)', topics::text[], hex) FROM toasted;

DROP FUNCTION words;
