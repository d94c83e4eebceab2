-- typed readers of market logs
SET timezone = 'UTC'; SET datestyle = 'ISO';
\set swap 0xc42079f94a6350d7e6235f29174924f928cc2ac818eb64fed8004e115fbcca67
\set transfer 0xddf252ad1be2c89b69c2b068fc378daa952ba7f163c4a11628f55a4df523b3ef
\set a 0x000000000000000000000000e592427a0aece92de3edee1f18e0157c05861564
\set b 0x000000000000000000000000b63e0c506ddba7b0dd106d1937d6d13be2c62ae2
\set one 0x0000000000000000000000000000000000000000000000000000000000000001
\set data '0xffffffffffffffffffffffffffffffffffffffffffffffc9ca36523a2160000000000000000000000000000000000000000000000000000008c8d4bdd012d4900000000000000000000000000000000000000000066b7e70be499b45db3d11c000000000000000000000000000000000000000000000017d945bc30daf7e2f36fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffee008'
\x on
-- untyped literals are hex text; addresses come back as the log came
SELECT * FROM univ3_swap_log(ARRAY[:'swap', :'a', :'b'], :'data');
SELECT * FROM univ3_swap_log(ARRAY[decode(substr(:'swap', 3), 'hex'), decode(substr(:'a', 3), 'hex'), decode(substr(:'b', 3), 'hex')],
	decode(substr(:'data', 3), 'hex'));
\x off
-- four columns, of which the last are NULL or empty; either case, \x or nothing in front
CREATE TEMP TABLE logs (topic0 text, topic1 text, topic2 text, topic3 text, data varchar,
	value numeric GENERATED ALWAYS AS ((erc20_transfer_log(ARRAY[topic0, topic1, topic2, topic3], data)).value) STORED);
INSERT INTO logs VALUES (:'transfer', :'a', :'b', NULL, :'one'),
	(:'transfer', :'a', :'b', '', :'one'),
	(upper(:'transfer'), '\x' || substr(:'a', 3), substr(:'b', 3), NULL, substr(:'one', 3)),
	-- others: another event, another number of topics, none
	(:'swap', :'a', :'b', NULL, 'no hex at all'),
	(:'transfer', :'a', :'b', :'one', '0x'),
	(:'transfer', :'a', NULL, NULL, :'one'),
	(NULL, NULL, NULL, NULL, '0x'), ('', '', '', '', '0x'), (:'transfer', :'a', :'b', NULL, NULL);
SELECT value FROM logs;
SELECT t.* FROM logs, erc721_transfer_log(ARRAY[topic0, topic1, topic2, topic3], data) t WHERE from_address IS NOT NULL;
-- arguments that are NULL
SELECT erc20_transfer_log(NULL::bytea[], ''), erc20_transfer_log('{}'::bytea[], NULL), erc20_transfer_log('{}'::bytea[], '', NULL);

-- damaged logs: errors that say what and where
SELECT erc20_transfer_log(ARRAY[:'transfer', :'a', :'b'], substr(:'one', 1, 64));
SELECT erc20_transfer_log(ARRAY[:'transfer', :'a', :'b'], substr(:'one', 1, 65));
SELECT erc20_transfer_log(ARRAY[:'transfer', :'a', :'b'], replace(:'one', '1', 'g'));
SELECT erc20_transfer_log(ARRAY[:'transfer', :'a', '0x' || :'b'], :'one');
SELECT erc20_transfer_log(ARRAY[:'transfer', :'a', substr(:'b', 1, 64)], :'one');
SELECT erc20_transfer_log(ARRAY[:'transfer', NULL, :'b'], :'one');
SELECT erc20_transfer_log(ARRAY['', :'a', :'b'], :'one');
SELECT erc20_transfer_log(ARRAY[:'transfer', :'a', :'b', :'a', :'a'], :'one');
SELECT erc20_transfer_log(ARRAY[ARRAY[:'transfer', :'a'], ARRAY[:'b', :'a']], :'one');
SELECT erc20_transfer_log(ARRAY[:'transfer', :'swap', :'b'], :'one');
SELECT erc20_transfer_log(ARRAY[:'transfer', :'a', :'b']::bytea[], :'one'::bytea);
SELECT univ3_swap_log(ARRAY[:'swap', :'a', :'b'], replace(:'data', 'fffffee008', 'fffefee008'));
SELECT erc20_transfer_log(ARRAY[decode(substr(:'transfer', 3), 'hex'), decode(substr(:'a', 3), 'hex'), decode(substr(:'b', 3), 'hex')], :'one'::bytea);
SELECT erc1155_transfer_log(ARRAY['0x4a39dc06d4c0dbc64b70af90fd698a233a518aa5d07e595d983b8c0526c8f7fb', :'a', :'a', :'b'],
	'0x' || repeat(lpad('40', 64, '0'), 2) || lpad('2', 64, '0') || lpad('7', 64, '0'));
-- none of them stops the tolerant form
SELECT count(r) FROM (VALUES (ARRAY[:'transfer', :'a', :'b'], substr(:'one', 1, 64)), (ARRAY[:'transfer', :'a', '0x' || :'b'], :'one'),
	(ARRAY[:'transfer', NULL, :'b'], :'one'), (ARRAY['', :'a', :'b'], :'one'), (ARRAY[:'transfer', :'a', :'b', :'a', :'a'], :'one'),
	(ARRAY[:'transfer', :'swap', :'b'], :'one'), (ARRAY[:'transfer', :'a', :'b'], :'one' || 'x'),
	(ARRAY['g', :'a', :'b'], :'one')) v(topics, data), LATERAL (SELECT erc20_transfer_log(topics, data, strict => false) AS r) f;
SELECT count(erc20_transfer_log(ARRAY[ARRAY[:'transfer', :'a'], ARRAY[:'b', :'a']], :'one', strict => false));
-- of other events nothing but the first topic is looked at
SELECT erc20_transfer_log(ARRAY[:'swap', NULL, 'no hex', :'a', :'a', :'a'], 'no hex');

-- lists, which may be empty or lie in each other's bytes; a single transfer is a list of one
SELECT token_ids, amounts FROM (VALUES ('0x' || lpad('40', 64, '0') || lpad('60', 64, '0') || repeat('0', 128)),
	('0x' || repeat(lpad('40', 64, '0'), 2) || lpad('2', 64, '0') || lpad('7', 64, '0') || lpad('8', 64, '0'))) v(data),
	erc1155_transfer_log(ARRAY['0x4a39dc06d4c0dbc64b70af90fd698a233a518aa5d07e595d983b8c0526c8f7fb', :'a', :'a', :'b'], data);
SELECT token_ids, amounts FROM erc1155_transfer_log(ARRAY['0xc3d58168c5ae7397731d063d5bbf3d657854427343f4c083240f7aacaa2d0f62', :'a', :'a', :'b'],
	:'one' || lpad('ff', 64, '0'));

-- the words of events
SELECT action, account, counterparty, asset, amount, usd_value
FROM comet_log(ARRAY['0x9850ab1af75177e4a9201c65a2cf7976d5d28e40ef63494b44366f86b2f9412e', :'a', :'b', :'a'], :'one' || substr(:'one', 3));
SELECT action, sender, receiver, owner, assets, shares
FROM erc4626_log(ARRAY['0xdcbc1c05240f31ff3ad067ef1ee35ce4997762752e3a095284754544f4c709d7', :'a', :'b'], :'one' || substr(:'one', 3));
SELECT sold_id, bought_id, underlying
FROM curve_exchange_log(ARRAY['0xd013ca23e77a65003c2c659c5442c00c805371b7fc1ebd4c206c41d1536bd90b', :'a'], :'one' || repeat(substr(:'one', 3), 3));
-- a coin's number that no pool has
SELECT curve_exchange_log(ARRAY['0xb2e76ae99761dc136e598d4a629bb347eccb9532a5f8bbd72e18467c3c34cc98', :'a'],
	'0x' || lpad('80000000', 64, '0') || repeat(substr(:'one', 3), 3));
-- one column is no row
SELECT pg_typeof(pendle_index_log('{}'::text[], '')),
	pendle_index_log(ARRAY['0x71475f2f645813fdbebf53a58968008bff11ee21a58f01c5a9cc263d0bc4703d', :'one'], '');
-- times
SELECT updated_at FROM chainlink_answer_log(ARRAY['0x0559884fd3a460db3073b7fc896cc77986f16e378210ded43186175bf646fc5f', :'one', :'one'],
	'0x' || lpad(to_hex(1700000000), 64, '0'));
SELECT * FROM chainlink_answer_log(ARRAY['0x0559884fd3a460db3073b7fc896cc77986f16e378210ded43186175bf646fc5f', :'one', :'one'],
	'0x' || repeat('f', 64));

SELECT protocol, split_part(event, '(', 1) AS event, function, left(topic0::text, 10) AS topic0, num_topics FROM market_events();
