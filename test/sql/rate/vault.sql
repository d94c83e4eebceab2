-- prices of vault shares: logs to exchange rates
SET timezone = 'UTC'; SET datestyle = 'ISO';
\set deposit 0xdcbc1c05240f31ff3ad067ef1ee35ce4997762752e3a095284754544f4c709d7
\set withdraw 0xfbde797d201c681b91056529119e0b02407c7bb96a4a2c75c01fc9667232c8db
\set a 0x000000000000000000000000e592427a0aece92de3edee1f18e0157c05861564
SELECT format('%s%s', '0x', lpad(to_hex(n), 64, '0')) AS "five" FROM (VALUES (5)) v(n) \gset
SELECT lpad(to_hex(4), 64, '0') AS "four", repeat('0', 64) AS "zero" \gset

-- a deposit rounds the shares down or the assets up, a withdrawal the other way
SELECT vault_rate(ARRAY[:'deposit', :'a', :'a'], :'five' || :'four') AS deposit,
	vault_rate(ARRAY[:'withdraw', :'a', :'a', :'a'], :'five' || :'four') AS withdraw;
SELECT 'deposit' AS event, b.* FROM vault_rate_bounds(ARRAY[:'deposit', :'a', :'a'], :'five' || :'four') b
UNION ALL SELECT 'withdraw', b.* FROM vault_rate_bounds(ARRAY[:'withdraw', :'a', :'a', :'a'], :'five' || :'four') b
UNION ALL SELECT 'of one share', b.* FROM vault_rate_bounds(ARRAY[:'withdraw', :'a', :'a', :'a'], :'five' || lpad('1', 64, '0')) b
UNION ALL SELECT 'of no share', b.* FROM vault_rate_bounds(ARRAY[:'withdraw', :'a', :'a', :'a'], :'five' || :'zero') b;
-- in whole tokens: the asset has 6 decimals, the share 18; and as good as none
SELECT vault_rate(ARRAY[:'deposit', :'a', :'a'], :'five' || :'four', 18, 6) AS six,
	vault_rate(ARRAY[:'deposit', :'a', :'a'], :'five' || :'four', asset_decimals => 37) AS many,
	vault_rate(ARRAY[:'deposit', :'a', :'a'], :'five' || :'four', 0, 77) AS none;
-- deposits of dust
SELECT vault_rate(ARRAY[:'deposit', :'a', :'a'], :'five' || :'four', min_shares => 4) AS enough,
	vault_rate(ARRAY[:'deposit', :'a', :'a'], :'five' || :'four', min_shares => 5) AS too_few,
	vault_rate(ARRAY[:'deposit', :'a', :'a'], :'five' || :'zero') AS no_shares;
-- other logs, and NULL
SELECT vault_rate(ARRAY[:'deposit', :'a'], 'no hex'), vault_rate('{}'::text[], ''), vault_rate(NULL::bytea[], ''),
	vault_event(ARRAY[:'deposit', :'a', :'a', :'a']), vault_event(ARRAY[:'deposit', :'a', :'a', NULL]);
-- when a rate comes into force
SELECT vault_rate(t, d), vault_rate_time(t, d), vault_event(t)
FROM (VALUES (ARRAY['0x7af4a9df3b955bd1403b9c99ab7142e469f27303ce87e7273e7fa2aa2399ceab'],
		'0x' || lpad('de0b6b3a7640000', 64, '0') || lpad('d8b72d434c80000', 64, '0') || lpad('68e77800', 64, '0')),
	(ARRAY[:'deposit', :'a', :'a'], 'no hex: a deposit has no time but its block''s')) v(t, d)
WHERE d ~ '^0x' OR vault_rate_time(t, d) IS NOT NULL;
SELECT vault_rate_time(ARRAY[:'deposit', :'a', :'a'], 'no hex: a deposit has no time but that of its block');

-- errors: of damaged logs where strict, of the caller's mistakes always
SELECT vault_rate(ARRAY[:'deposit', :'a', :'a'], :'five');
SELECT vault_rate(ARRAY[:'deposit', :'a', :'a'], :'five', strict => false);
SELECT vault_rate(ARRAY[:'deposit', :'a', :'a'], '0x' || repeat('f', 64) || :'four');
SELECT vault_rate(ARRAY[:'deposit', :'a', :'a'], '0x' || repeat('f', 64) || :'four', strict => false);
SELECT vault_rate_bounds(ARRAY[:'deposit', :'a', :'a'], '0x' || repeat('f', 64) || :'four');
SELECT vault_rate_time(ARRAY['0xa95bc6aba40bbc4d95fc35f118c4cd8b53fc5d5b89ed264002af03503a7a9439'], :'five' || :'four' || repeat('f', 64));
SELECT vault_event(ARRAY[:'deposit', NULL, :'a']);
SELECT vault_event(ARRAY['0xdcbc']);
-- topics without a type are read as text
SELECT vault_event('{0xDCBC1C05240F31FF3AD067EF1EE35CE4997762752E3A095284754544F4C709D7,0x0000000000000000000000000000000000000000000000000000000000000001,0x0000000000000000000000000000000000000000000000000000000000000002,NULL}'),
	vault_event('{}') IS NULL AS none, vault_event(NULL) IS NULL AS null;
PREPARE untyped AS SELECT vault_event($1);
EXECUTE untyped('{0x7af4a9df3b955bd1403b9c99ab7142e469f27303ce87e7273e7fa2aa2399ceab}');
EXECUTE untyped('{0xdcbc}');
EXECUTE untyped('0xdcbc');
SELECT vault_rate('{}'::text[], '', 78);
SELECT vault_rate('{}'::text[], '', asset_decimals => -1, strict => false);
SELECT vault_rate('{}'::text[], '', min_shares => -1, strict => false);
SELECT vault_rate('{}'::text[], '', min_shares => 'NaN', strict => false);
SELECT * FROM vault_rate_bounds('{}'::text[], '', 0, 78);

SELECT event, protocol, left(topic0::text, 10) AS topic0, num_topics, kind FROM vault_events();
