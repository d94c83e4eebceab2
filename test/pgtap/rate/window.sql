-- Properties of rates at a moment and at the ends of a window, and the awkward rows of real data.
\set ON_ERROR_STOP on
\set QUIET on
BEGIN;
\i test/pgtap/include/common.sql
SELECT no_plan();
SELECT setseed(0.5) \g /dev/null
SET LOCAL timezone = 'UTC';

-- made-up histories: duplicates of time, days without a row, slashings, frozen rates, missing rates
CREATE TEMP TABLE history AS
SELECT series, i AS row, timestamptz '2024-01-01' + ((random() * 40)::int + CASE WHEN random() < 0.3 THEN 200 ELSE 0 END) * interval '1 hour' AS ts,
	CASE WHEN random() < 0.9 THEN 1 + (random() * 20)::int / 64.0::float8 - CASE WHEN random() < 0.05 THEN 0.5 ELSE 0 END END AS rate
FROM generate_series(1, 30) series, generate_series(1, 40) i;
CREATE TEMP TABLE moment AS
SELECT timestamptz '2023-12-31 12:00' + g * interval '90 minutes' AS at FROM generate_series(0, 200) g;

-- the definition in plain SQL
CREATE TEMP TABLE defined AS
SELECT series, at, b.ts AS before_ts, b.rate AS before_rate, a.ts AS after_ts, a.rate AS after_rate
FROM (SELECT DISTINCT series FROM history) s CROSS JOIN moment
LEFT JOIN LATERAL (SELECT ts, rate FROM history h WHERE h.series = s.series AND ts <= at AND rate IS NOT NULL
	ORDER BY ts DESC, rate DESC LIMIT 1) b ON true
LEFT JOIN LATERAL (SELECT ts, rate FROM history h WHERE h.series = s.series AND ts >= at AND rate IS NOT NULL
	ORDER BY ts, rate DESC LIMIT 1) a ON true;
CREATE TEMP TABLE computed AS
SELECT series, at, rate_at(ts, rate, at) AS locf, rate_at_linear(ts, rate, at) AS linear, rate_age(ts, rate, at) AS age
FROM history CROSS JOIN moment GROUP BY series, at;

SELECT is_empty($$
	SELECT 1 FROM defined FULL JOIN computed USING (series, at) WHERE locf IS DISTINCT FROM before_rate
$$, 'rate_at is the last known rate, bit for bit');
SELECT is_empty($$
	SELECT 1 FROM defined JOIN computed USING (series, at) WHERE age IS DISTINCT FROM at - before_ts
$$, 'rate_age is the time since it was recorded');
SELECT is_empty($$
	SELECT 1 FROM defined JOIN computed USING (series, at)
	WHERE NOT is_close(linear, CASE WHEN before_ts = after_ts THEN exact(before_rate)
		ELSE exact(before_rate) + (exact(after_rate) - exact(before_rate))
			* extract(epoch FROM at - before_ts) / extract(epoch FROM after_ts - before_ts) END, 1e-15)
$$, 'rate_at_linear lies on the line between the neighbours');
SELECT isnt_empty('SELECT 1 FROM computed WHERE locf IS NULL', 'some moments are before all rates');
SELECT isnt_empty('SELECT 1 FROM computed WHERE linear IS NULL AND locf IS NOT NULL', 'some are after');

-- max_age: an older rate is none
SELECT is_empty($$
	SELECT * FROM (
		SELECT series, at, max_age, rate_at(ts, rate, at, max_age) AS rate
		FROM history CROSS JOIN moment, unnest(ARRAY['0', '90 minutes', '1 day', '100000000 days', NULL]::interval[]) max_age
		GROUP BY series, at, max_age
	) r JOIN defined USING (series, at)
	WHERE rate IS DISTINCT FROM CASE WHEN max_age IS NULL OR at - before_ts <= max_age THEN before_rate END
$$, 'rate_at with a max_age is the last known rate unless it is older');

-- windows: the same at both ends
CREATE TEMP TABLE span AS
SELECT a.at AS t0, b.at AS t1 FROM moment a JOIN moment b ON a.at <= b.at WHERE random() < 0.003;
CREATE TEMP TABLE windowed AS
SELECT series, t0, t1, window_agg(ts, rate, t0, t1) AS w FROM history CROSS JOIN span GROUP BY series, t0, t1;
SELECT is_empty($$
	SELECT 1 FROM windowed JOIN computed a USING (series) JOIN computed b USING (series) WHERE a.at = t0 AND b.at = t1
		AND (start_time(w), end_time(w), start_rate(w), end_rate(w), start_rate(w, 'linear'), end_rate(w, 'linear'), rate_age(w))
		IS DISTINCT FROM (t0, t1, a.locf, b.locf, a.linear, b.linear, b.age)
$$, 'window_agg and its accessors agree with the aggregates at a moment');

-- any order, any split, repetition
SELECT is_empty($$
	SELECT 1 FROM history CROSS JOIN span GROUP BY series, t0, t1
	HAVING window_agg(ts, rate, t0, t1 ORDER BY random()) <> window_agg(ts, rate, t0, t1 ORDER BY ts DESC, rate)
		OR window_agg(ts, rate, t0, t1 ORDER BY row) <> window_agg(ts, rate, t0, t1 ORDER BY ts, rate DESC)
$$, 'no dependence on the order of rows');
SELECT is_empty($$
	SELECT 1 FROM (
		SELECT series, t0, t1, part, window_agg(ts, rate, t0, t1) w
		FROM (SELECT *, (random() * 6)::int AS part FROM history) h CROSS JOIN span GROUP BY series, t0, t1, part
	) p JOIN windowed x USING (series, t0, t1) GROUP BY series, t0, t1, x.w
	HAVING rollup(p.w ORDER BY random()) <> x.w OR rollup(p.w) <> x.w
$$, 'rollup of any split is the window of the whole');
SELECT is_empty($$
	SELECT 1 FROM windowed WHERE _rate_window_combine(w, w) <> w
$$, 'merging a window with itself changes nothing');

-- stored by day, rolled up by series
CREATE TEMP TABLE daily AS
SELECT series, date_trunc('day', ts) AS day, window_agg(ts, rate, '2024-01-01 13:30', '2024-01-09 02:00') AS w FROM history GROUP BY 1, 2;
SELECT is_empty($$
	SELECT series FROM daily GROUP BY series
	HAVING rollup(w) <> (SELECT window_agg(ts, rate, '2024-01-01 13:30', '2024-01-09 02:00') FROM history h WHERE h.series = daily.series)
$$, 'stored partials give the same');

-- moving frames of every kind: the inverse must let go of the row that leaves
SELECT is_empty(format($$
	SELECT 1 FROM (
		SELECT window_agg(ts, rate, '2024-01-01 20:00', '2024-01-02 10:00') OVER w AS moving,
			rate_at(ts, rate, '2024-01-02') OVER w AS locf, rate_at(ts, rate, '2024-01-02', '3 hours') OVER w AS fresh, rate_at_linear(ts, rate, '2024-01-02') OVER w AS linear,
			rate_age(ts, rate, '2024-01-02') OVER w AS age, array_agg(ts) OVER w AS tss, array_agg(rate) OVER w AS rates
		FROM history WINDOW w AS (PARTITION BY series ORDER BY %s %s)
	) x, LATERAL (
		SELECT window_agg(t, r, '2024-01-01 20:00', '2024-01-02 10:00') AS w, rate_at(t, r, '2024-01-02') AS l,
			rate_at(t, r, '2024-01-02', '3 hours') AS f,
			rate_at_linear(t, r, '2024-01-02') AS i, rate_age(t, r, '2024-01-02') AS a FROM unnest(tss, rates) u(t, r)
	) d WHERE (moving, locf, fresh, linear, age) IS DISTINCT FROM (w, l, f, i, a)
$$, key, frame), 'OVER (ORDER BY ' || key || ' ' || frame || ')')
FROM (VALUES
	('ts', 'RANGE ''9 hours'' PRECEDING'),
	('ts', 'RANGE BETWEEN ''5 hours'' PRECEDING AND ''5 hours'' FOLLOWING'),
	('row', 'ROWS 9 PRECEDING'),
	('row', 'ROWS BETWEEN 9 PRECEDING AND 2 PRECEDING'),
	('row', 'ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING'),
	('ts', 'GROUPS 4 PRECEDING'),
	('row', 'ROWS BETWEEN 3 PRECEDING AND 3 FOLLOWING EXCLUDE CURRENT ROW'),
	('row', 'ROWS UNBOUNDED PRECEDING')
) f(key, frame);
SELECT is_empty($$
	SELECT 1 FROM (
		SELECT series, rollup(w) OVER (PARTITION BY t0, t1 ORDER BY series ROWS 3 PRECEDING) AS moving, t0, t1 FROM windowed
	) x WHERE moving <> (SELECT window_agg(ts, rate, t0, t1) FROM history h WHERE h.series BETWEEN x.series - 3 AND x.series)
$$, 'rollup over a moving frame');
-- frames of different windows may follow each other, as long as none holds two
SELECT is_empty($$
	SELECT 1 FROM (SELECT rate_at(ts, rate, ts) OVER (ORDER BY row ROWS BETWEEN CURRENT ROW AND CURRENT ROW) AS r, rate FROM history) x
	WHERE r IS DISTINCT FROM rate
$$, 'each row at its own moment');

-- serial and parallel
CREATE TABLE parallel_history AS
SELECT g % 5 AS series, timestamptz '2024-01-01' + (g * 7919 % 100003) * interval '1 minute' AS ts,
	1 + (g * 104729 % 1000003) / 1e6::float8 AS rate
FROM generate_series(1::bigint, 200000) g;
ANALYZE parallel_history;
\set query 'SELECT series, window_agg(ts, rate, $$2024-01-20 00:00:30$$, $$2024-02-20$$) w, rate_at(ts, rate, $$2024-02-01$$) r, rate_at(ts, rate, $$2024-02-01$$, $$3 minutes$$) f, rate_at_linear(ts, rate, $$2024-02-01 00:00:01$$) l, rate_age(ts, rate, $$2024-12-31$$) a FROM parallel_history GROUP BY series'
SELECT force_parallel();
SELECT ok(explained(:'query') LIKE '%Partial%Aggregate%', 'a partial plan');
CREATE TEMP TABLE parallel_result AS :query;
SELECT force_serial();
SELECT ok(explained(:'query') NOT LIKE '%Partial%', 'the plan to compare with is serial');
CREATE TEMP TABLE serial_result AS :query;
SELECT is_empty($$
	SELECT 1 FROM parallel_result p FULL JOIN serial_result s USING (series)
	WHERE (p.w, p.r, p.f, p.l, p.a) IS DISTINCT FROM (s.w, s.r, s.f, s.l, s.a)
$$, 'parallel equals serial, bit for bit');
SELECT is((SELECT count(*) FROM parallel_result), 5::bigint, 'all groups are there');
SELECT force_parallel();
SELECT throws_ok($$SELECT rate_at(ts, rate, ts) FROM parallel_history$$, '22023', NULL, 'different moments, in workers');
SELECT throws_ok($$SELECT rate_at(ts, rate, timestamptz '2024-01-01' + series * interval '1 day') FROM parallel_history$$,
	'22023', NULL, 'different moments, among workers');
SELECT force_serial();

-- text and binary round trips
SELECT is_empty($$SELECT 1 FROM windowed WHERE w::text::rate_window <> w$$, 'text round trip');
SELECT is(binary_copy(_rate_window_send(w), 'rate_window')::rate_window, w, 'binary round trip')
FROM (SELECT w FROM windowed ORDER BY w LIMIT 20) x;
SELECT is(_rate_window_send(w::text::rate_window), _rate_window_send(w), 'text round trip of awkward values: ' || w::text)
FROM (
	SELECT window_agg(ts, rate, '0044-03-15 12:00:00+00 BC', '294276-12-31 23:59:59.999999+00') w FROM (VALUES
		(timestamptz '4714-11-24 00:00:00+00 BC', 5e-324::float8), ('294276-12-31 23:59:59.999999+00', 1.7976931348623157e308),
		('1999-12-31 23:59:59.000001+00', 2.2250738585072014e-308)
	) v(ts, rate)
) x;
SELECT window_agg(ts, rate, '2024-01-01 13:30', '2024-01-09 02:00')::text AS plain FROM history \gset
SET timezone = 'Asia/Kathmandu'; SET datestyle = 'SQL, DMY'; SET extra_float_digits = -10;
SELECT is(:'plain'::rate_window::text, :'plain', 'text does not depend on settings');
SET timezone = 'UTC'; RESET datestyle; RESET extra_float_digits;

-- corrupt images: each field of a good one replaced by a bad value
CREATE TEMP TABLE image AS SELECT _rate_window_send('(2024-01-10T00:00:00Z,2024-01-20T00:00:00Z,2024-01-05T00:00:00Z,1,'
	'2024-01-12T00:00:00Z,1.25,2024-01-15T00:00:00Z,1.5,2024-01-25T00:00:00Z,2)') AS good;
SELECT throws_ok(
	format($$SELECT binary_copy(overlay(good placing %L::bytea from %s), 'rate_window') FROM image$$, bytes, 1 + 8 * field),
	'22P03', NULL, format('binary: %s in field %s', what, field))
FROM generate_series(0, 9) field, (VALUES
	('\x7fffffffffffffff'::bytea, 'an infinite time or NaN'), ('\x8000000000000000', 'a negative infinite time or zero'),
	('\x0000000000000000', 'another time or zero'), ('\x7ff0000000000000', 'a far time or Infinity'),
	('\xbff0000000000000', 'a negative number')
) v(bytes, what)
WHERE NOT (field = 2 AND what LIKE 'another%') AND NOT (field = 8 AND what LIKE 'a far%');	-- these two are good
SELECT throws_ok($$SELECT binary_copy(substr(good, 1, 79), 'rate_window') FROM image$$, '08P01', NULL, 'binary: too short');
SELECT throws_ok($$SELECT binary_copy(good || '\x00', 'rate_window') FROM image$$, '22P03', NULL, 'binary: too long');

-- it can be grouped, sorted, joined and indexed
CREATE TEMP TABLE stored AS SELECT DISTINCT w FROM windowed;
SELECT lives_ok('CREATE UNIQUE INDEX ON stored USING btree (w)', 'btree index');
SELECT lives_ok('CREATE INDEX ON stored USING hash (w)', 'hash index');
SELECT is((SELECT count(*) FROM stored a JOIN stored b USING (w)), (SELECT count(*) FROM stored), 'join');
SELECT is_empty($$
	SELECT 1 FROM (SELECT w, lag(w) OVER (ORDER BY w) AS before FROM stored) x
	WHERE NOT (before < w AND before <= w AND w > before AND w >= before AND w <> before AND NOT w = before)
$$, 'operators agree with the sort order');

-- the rate as of the start of a moving window, without a join: the way of docs/yield/window.md
SELECT is_empty($$
	SELECT 1 FROM (
		SELECT series, ts, last_rate(rate_agg(ts, rate) OVER (PARTITION BY series ORDER BY ts
			RANGE BETWEEN UNBOUNDED PRECEDING AND '7 hours' PRECEDING)) AS rate0 FROM history
	) x WHERE rate0 IS DISTINCT FROM (SELECT rate_at(h.ts, rate, x.ts - interval '7 hours') FROM history h WHERE h.series = x.series)
$$, 'the last rate of the frame that ends where the window starts is the rate as of then');

-- Rocket Pool: four balances were reported twice, so times repeat and go back
CREATE TEMP TABLE reth (id bigint GENERATED ALWAYS AS IDENTITY, block_number bigint, ts timestamptz, total_eth numeric, supply numeric);
\copy reth (block_number, ts, total_eth, supply) FROM 'examples/data/reth_balances.csv' (FORMAT csv, HEADER)
SELECT throws_ok('SELECT rate_at(ts, total_eth / supply, ''2022-11-20'') FROM reth', '22012', NULL, 'the first row has no supply');
SELECT throws_ok('SELECT rate_at(ts, coalesce(total_eth / nullif(supply, 0), 0), ''2022-11-20'') FROM reth', '22003', NULL,
	'a zero for it is refused');
SELECT is(rate_at(ts, total_eth / nullif(supply, 0), '2022-11-20 12:00' ORDER BY id), (161120989528796839985268 / 153782566284768734926549::numeric)::float8,
	'NULLIF leaves the row without supply out; a later row of an earlier time does not count as later') FROM reth;
SELECT is(rate_age(ts, total_eth / nullif(supply, 0), '2021-10-02 03:00'), NULL, 'the row without supply is no report of a rate') FROM reth;

-- Chainlink's stETH/ETH at the depeg of June 2022, with a round that was never answered
CREATE TEMP TABLE round (round_id numeric, updated_at timestamptz, answer numeric);
\copy round FROM 'test/vectors/rate/steth_eth_rounds.csv' (FORMAT csv, HEADER)
INSERT INTO round VALUES (18446744073709551999, 'epoch', 0);
SELECT throws_ok('SELECT rate_at(updated_at, answer / 1e18, ''2022-06-18 12:00'') FROM round', '22003', 'rate must be positive and finite, not 0',
	'an oracle''s round of zeros is no rate');
SELECT is(rate_at(updated_at, answer / 1e18, '2022-06-18 12:00') FILTER (WHERE answer > 0), 0.93501933::float8, 'FILTER leaves it out') FROM round;
SELECT is(rate_at(updated_at, nullif(answer, 0) / 1e18, '2022-06-01'), NULL, 'and then nothing is known before the first round') FROM round;
SELECT is(rate_age(updated_at, nullif(answer, 0) / 1e18, '2022-06-13 21:01:44'), interval '12:19:00', 'a second before a round the last one is half a day old')
FROM round;

SELECT * FROM finish();
ROLLBACK;
