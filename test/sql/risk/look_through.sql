-- through tokens that hold tokens: a book of LRTs and LSTs, and the ether behind it
CREATE TEMP TABLE held (holder text, asset text, share float8);
INSERT INTO held VALUES ('book', 'weETH', 0.5), ('book', 'wstETH', 0.3), ('book', 'USDC', 0.2), ('weETH', 'eETH', 1.0), ('eETH', 'ETH', 0.9),
	('eETH', 'wstETH', 0.1), ('wstETH', 'stETH', 1), ('stETH', 'ETH', 1);
SELECT l.* FROM (SELECT array_agg(holder) AS h, array_agg(asset) AS a, array_agg(share) AS s FROM held) x, look_through(h, a, s) l;
-- two ways to the same, a short position, one that is held twice
SELECT * FROM look_through('{a,a,b,c,a,a}', '{b,c,d,d,e,e}', '{0.5,0.5,2,4,-1,0.25}');
SELECT count(*) AS nothing FROM look_through('{}', '{}', '{}');
SELECT count(*) AS nothing FROM look_through(NULL, '{a}', '{1}');
-- errors
SELECT * FROM look_through('{a,b,c}', '{b,c,a}', '{1,1,1}');
SELECT * FROM look_through('{a}', '{a}', '{0}');
SELECT * FROM look_through('{x,a,b,c,d,e,f,g}', '{a,b,c,d,e,f,g,b}', '{1,1,1,1,1,1,1,1}');
SELECT * FROM look_through('{a,b}', '{b}', '{1,1}');
SELECT * FROM look_through('{a}', '{b}', '{1,1}');
SELECT * FROM look_through('{a}', '{NULL}', '{1}');
SELECT * FROM look_through('{a}', '{b}', '{NULL}');
SELECT * FROM look_through('{a}', '{b}', '{NaN}');
SELECT * FROM look_through('{{a}}', '{b}', '{1}');
SELECT * FROM look_through('{a,b}', '{b,c}', '{1e300,1e300}');

-- balances at prices
CREATE TEMP TABLE book AS
SELECT ARRAY[rate_series(t1, v1) FILTER (WHERE v1 IS NOT NULL), rate_series(t1, v2) FILTER (WHERE v2 IS NOT NULL)] AS units,
	ARRAY[rate_series(t1, p1) FILTER (WHERE p1 IS NOT NULL), rate_series(t1, p2) FILTER (WHERE p2 IS NOT NULL)] AS prices
FROM (VALUES (timestamptz '2024-01-01 00:00+00', 10, NULL, 2.0, 1.0), ('2024-01-02 00:00+00', NULL, 100, NULL, NULL), ('2024-01-03 00:00+00', NULL, NULL, 3, NULL),
	('2024-01-05 00:00+00', NULL, -50, NULL, 1.5), ('2024-01-06 00:00+00', 20, NULL, 4, NULL)) v(t1, v1, v2, p1, p2);
SELECT p.* FROM book, unnest(holdings_value(units, prices)) p;
SELECT p.* FROM book, unnest(holdings_value(units, prices, '1 day')) p;
SELECT holdings_value(units, prices, '0') FROM book;
SELECT holdings_value('{}', '{}') AS nothing, holdings_value(NULL, '{}') AS unknown;
-- errors
SELECT holdings_value(units, prices[:1]) FROM book;
SELECT holdings_value(units || NULL::rate_series, prices || prices[1]) FROM book;
SELECT holdings_value(ARRAY[units, units], prices) FROM book;
SELECT holdings_value(units, prices, '-1 day') FROM book;
SELECT holdings_value(ARRAY[rate_series(now(), 1e200)], ARRAY[rate_series(now(), 1e200)]);
