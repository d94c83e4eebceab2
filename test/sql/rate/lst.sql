-- staking tokens: logs to exchange rates
SET timezone = 'UTC'; SET datestyle = 'ISO';
\set cbeth 0xbe9895146f7af43049ca1c1ae358b0541ea49704
\set updated 0x0b4e9390054347e2a16d95fd8376311b0d2deedecba526e9742bcaa40b059f0b
\set oracle 0x0000000000000000000000009b37180d847b27adc13c2277299045c1237ae281
\set word 0x0000000000000000000000000000000000000000000000000ef0ae5e182971ca

-- untyped literals are hex text, of either case, with 0x, \x or nothing in front
SELECT lst_rate(:'cbeth', ARRAY[:'updated', :'oracle'], :'word');
SELECT lst_rate(:'cbeth', '{0x0b4e9390054347e2a16d95fd8376311b0d2deedecba526e9742bcaa40b059f0b,0x0000000000000000000000009b37180d847b27adc13c2277299045c1237ae281}', :'word');
SELECT lst_rate(upper(:'cbeth'), ARRAY[upper(:'updated'), :'oracle'], upper(:'word'));
SELECT lst_rate('\xbe9895146f7af43049ca1c1ae358b0541ea49704', ARRAY[overlay(:'updated' PLACING '\' FROM 1 FOR 1), :'oracle'], substr(:'word', 3));

-- bytes
SELECT lst_rate(decode(substr(:'cbeth', 3), 'hex'),
	ARRAY[decode(substr(:'updated', 3), 'hex'), decode(substr(:'oracle', 3), 'hex')], decode(substr(:'word', 3), 'hex'));
SELECT lst_rate('\xbe9895146f7af43049ca1c1ae358b0541ea49704'::bytea, '{}', '');

-- columns of any type of text
CREATE TEMP TABLE logs (address varchar(42), topic0 text, topic1 text, topic2 text, topic3 text, data text,
	rate numeric GENERATED ALWAYS AS (lst_rate(address, ARRAY[topic0, topic1, topic2, topic3], data)) STORED,
	token text GENERATED ALWAYS AS (lst_symbol(address, ARRAY[topic0, topic1, topic2, topic3])) STORED);
INSERT INTO logs VALUES (:'cbeth', :'updated', :'oracle', NULL, NULL, :'word'),
	(:'cbeth', NULL, NULL, NULL, NULL, '0x'),
	('0x9daa893d4dfb96f46ea879f08ca46f39dac07767', '0xad8ba744ad56dde0ee147b295c86e7449a7770b3ad7b47e58d4993d82138c7a1',
		'0x000000000000000000000000f951e335afb289353dc249e82926178eac7ded78',
		'0x00000000000000000000000032bd822d615a3658a68b6fdd30c2fcb2c996d678', NULL, :'word'),
	('0x9daa893d4dfb96f46ea879f08ca46f39dac07767', '0xad8ba744ad56dde0ee147b295c86e7449a7770b3ad7b47e58d4993d82138c7a1',
		:'oracle', :'oracle', NULL, :'word'),
	('0x32bd822d615a3658a68b6fdd30c2fcb2c996d678', '0x6a07a352cdfd5c48b7d266d695bb6d36480046a29413a27d8277c575bbec2e57',
		'0x0000000000000000000000009daa893d4dfb96f46ea879f08ca46f39dac07767', NULL, NULL, :'word');
SELECT token, rate FROM logs;

-- rETH: three layouts, one rate; without supply one to one
WITH balance(block, slot, total, staking, supply, ts) AS (
	SELECT lpad('f05000', 64, '0'), lpad('6349a0bb', 64, '0'), lpad('1f9a1c9ae4edbad85a8e', 64, '0'),
		lpad('1e757e9b6fc1e8a2c000', 64, '0'), lpad(s, 64, '0'), lpad('6349a3ff', 64, '0')
	FROM (VALUES ('1e598e5cfc1eb3ec1aad'), ('0')) s(s)
), log(topics, data) AS (
	SELECT ARRAY['0x7bbbb137fdad433d6168b1c75c714c72b8abe8d07460f0c0b433063e7bf1f394'], block || total || staking || supply || ts
	FROM balance
	UNION ALL SELECT ARRAY['0xdd27295717c4fbd48b1840f846e18be6f0b7bd6b55608e697e53b15848cecdf9'],
		block || slot || total || staking || supply || ts FROM balance
	UNION ALL SELECT ARRAY['0xdd27295717c4fbd48b1840f846e18be6f0b7bd6b55608e697e53b15848cecdf9', block],
		slot || total || staking || supply || ts FROM balance
)
SELECT cardinality(topics) AS topics, length(data) / 64 AS words, lst_rate(address, topics, data) AS rate, count(*) AS addresses
FROM log, (VALUES ('0x138313f102ce9a0662f826fca977e3ab4d6e5539'), ('0x07FCaBCbe4ff0d80c2b1eb42855C0131b6cba2F4'),
	('0x6Cc65bF618F55ce2433f9D8d827Fc44117D81399'), ('0x1D9F14C6Bfd8358b589964baD8665AdD248E9473')) a(address)
GROUP BY 1, 2, 3 ORDER BY 1, 2, 3;

-- no shares: Lido's contract reverts, ether.fi's has 0, Stader's one to one
SELECT lst_rate('0xae7ab96520de3a18e5e111b5eaab095312d7fe84',
	ARRAY['0xaf00d86be4cd299db16aa59803992e174fa88b67d81a0c7dd0148f9a75606a8d', :'word'],
	repeat('0', 64) || repeat('1', 128)) AS lido,
	lst_rate('0x308861a430be4cce5502d0a12724771fc6daf216',
	ARRAY['0x11c6bf55864ff83827df712625d7a80e5583eef0264921025e7cd22003a21511'], repeat('1', 64) || repeat('0', 64)) AS ether_fi,
	lst_rate('0xf64bae65f6f2a5277571143a24faafdfc0c2a737',
	ARRAY['0xf525f19964f35afcb9a475680bb27abecbc5e62b4d6d4f66a81a5bd7e8a107e3'], repeat('0', 256)) AS stader;

-- the greatest stored rate; a rate of 2^256 or more
SELECT lst_rate(:'cbeth', ARRAY[:'updated', :'oracle'], repeat('f', 64));
SELECT lst_rate('0x308861a430be4cce5502d0a12724771fc6daf216',
	ARRAY['0x11c6bf55864ff83827df712625d7a80e5583eef0264921025e7cd22003a21511'], repeat('f', 64) || lpad('1', 64, '0'));

-- other logs set no rate: another contract, event or chain, no topics; nothing else of them is read
SELECT lst_rate('0x3f1c547b21f65e10480de3ad8e19faac46c95034',
		ARRAY['0xff08c3ef606d198e316ef5b822193c489965899eb4e3c248cea1a4626c3eda50', :'word'], repeat('1', 384)),
	lst_rate(:'cbeth', ARRAY['0xddf252ad1be2c89b69c2b068fc378daa952ba7f163c4a11628f55a4df523b3ef', :'oracle', :'oracle'], :'word'),
	lst_rate(:'cbeth', '{}', '0x'), lst_rate(:'cbeth', '{NULL,NULL,NULL,NULL}', '0x'),
	lst_rate('0x00000000219ab540356cbb839cbe05303d7705fa', '{what,NULL,ever,a,b,c}', 'zz'),
	lst_symbol('0x00000000219ab540356cbb839cbe05303d7705fa', '{}');
SELECT lst_rate(NULL, ARRAY[:'updated'], ''), lst_rate(:'cbeth', NULL, ''), lst_rate(:'cbeth', ARRAY[:'updated', :'oracle'], NULL),
	lst_symbol(NULL, ARRAY[:'updated']);

-- logs that the contract cannot have written
SELECT lst_rate(:'cbeth', ARRAY[:'updated'], :'word');
SELECT lst_rate(:'cbeth', ARRAY[:'updated', :'oracle', :'oracle'], :'word');
SELECT lst_rate(:'cbeth', ARRAY[:'updated', :'oracle'], '0x');
SELECT lst_rate(:'cbeth', ARRAY[:'updated', :'oracle'], left(:'word', -2));
SELECT lst_rate(:'cbeth', ARRAY[:'updated', :'oracle'], :'word' || '00');
SELECT lst_rate('0x1d9f14c6bfd8358b589964bad8665add248e9473',
	ARRAY['0xdd27295717c4fbd48b1840f846e18be6f0b7bd6b55608e697e53b15848cecdf9'], repeat('1', 320));

-- text that is not hexadecimal
SELECT lst_rate('', ARRAY[:'updated'], :'word');
SELECT lst_rate('0x', ARRAY[:'updated'], :'word');
SELECT lst_rate('cbETH', ARRAY[:'updated'], :'word');
SELECT lst_rate('0x' || :'cbeth', ARRAY[:'updated'], :'word');
SELECT lst_rate('0x' || substr(:'cbeth', 1, 40), ARRAY[:'updated'], :'word');
SELECT lst_rate(:'cbeth' || '0', ARRAY[:'updated'], :'word');
SELECT lst_rate(left(:'cbeth', -1) || 'g', ARRAY[:'updated'], :'word');
SELECT lst_rate(:'cbeth', ARRAY['0x1'], :'word');
SELECT lst_rate(:'cbeth', ARRAY[:'updated', ''], :'word');
SELECT lst_rate(:'cbeth', ARRAY[:'updated', :'oracle'], left(:'word', -1));
SELECT lst_rate(:'cbeth', ARRAY[:'updated', :'oracle'], left(:'word', -1) || '-');

-- bytes of another length, among them text given as bytes
SELECT lst_rate('\x'::bytea, '{}', '');
SELECT lst_rate(:'cbeth'::bytea, '{}', '');
SELECT lst_rate('\xbe9895146f7af43049ca1c1ae358b0541ea49704'::bytea, ARRAY['\x00'::bytea], '');
SELECT lst_symbol('\x00'::bytea, '{}');

-- topics that are no list of up to four
SELECT lst_rate(:'cbeth', ARRAY[NULL, :'updated'], :'word');
SELECT lst_rate(:'cbeth', ARRAY[:'updated', NULL, :'oracle'], :'word');
SELECT lst_rate(:'cbeth', ARRAY[:'updated', :'oracle', :'oracle', :'oracle', :'oracle'], :'word');
SELECT lst_rate(:'cbeth', ARRAY[:'updated', :'oracle', NULL, NULL, NULL, NULL], :'word');
SELECT lst_rate(:'cbeth', ARRAY[[:'updated'], [:'oracle']], :'word');
SELECT lst_rate(:'cbeth', ('[0:1]={' || :'updated' || ',' || :'oracle' || '}')::text[], :'word');

-- topics that an export writes empty do not count at the end
SELECT lst_rate(:'cbeth', ARRAY[:'updated', :'oracle', '', ''], :'word'), lst_rate(:'cbeth', ARRAY[:'updated', :'oracle', '0x', NULL], :'word'),
	lst_symbol(:'cbeth', ARRAY[:'updated', :'oracle', '', '']), lst_rate(:'cbeth', ARRAY['', '', '', ''], '');

-- strict => false: NULL for all of the damaged, the same for the others
SELECT lst_rate(:'cbeth', ARRAY[:'updated', :'oracle'], :'word', false) AS rate, lst_rate(:'cbeth', ARRAY[:'updated'], :'word', false) AS topics,
	lst_rate(:'cbeth', ARRAY[:'updated', :'oracle'], '0x', strict => false) AS data, lst_rate('cbETH', ARRAY[:'updated'], :'word', false) AS address,
	lst_rate(:'cbeth', ARRAY['0x1'], :'word', false) AS topic, lst_rate(:'cbeth', ARRAY[:'updated', :'oracle'], 'zz', false) AS no_hex,
	lst_rate(:'cbeth', ARRAY[NULL, :'updated'], :'word', false) AS gap, lst_rate('\x'::bytea, '{}', '', false) AS bytes,
	lst_symbol(:'cbeth', ARRAY[:'updated'], false) AS symbol, lst_symbol('\x00'::bytea, '{}', strict => false) AS symbol_bytes,
	lst_rate('0x308861a430be4cce5502d0a12724771fc6daf216',
		ARRAY['0x11c6bf55864ff83827df712625d7a80e5583eef0264921025e7cd22003a21511'], repeat('f', 64) || lpad('1', 64, '0'), false) AS beyond;

-- values that are compressed or out of line, and logs that are never looked into
CREATE TEMP TABLE toasted (address bytea, topics bytea[], data bytea);
INSERT INTO toasted SELECT decode(substr(:'cbeth', 3), 'hex'),
	ARRAY[decode(substr(:'updated', 3), 'hex'), decode(substr(:'oracle', 3), 'hex')],
	decode(substr(:'word', 3) || repeat('00', 100000), 'hex');
SELECT lst_rate(address, topics, data), pg_column_size(data) < 10000 AS compressed FROM toasted;

-- the registry
SELECT symbol, kind, class, address, split_part(rate_event, '(', 1) AS event, rate_address, rate_in FROM lst_tokens();
SELECT symbol, name, protocol, snapshot FROM lst_tokens() WHERE rate_event IS NULL;
SELECT symbol, contract, address, left(topic0::text, 10) AS topic0, event FROM lst_events();
SELECT count(*) FROM lst_tokens() a, lst_tokens() b;
