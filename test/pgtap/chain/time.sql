-- log_time: the rows of a block in their order, over real blocks.
\set ON_ERROR_STOP on
\set QUIET on
BEGIN;
\i test/pgtap/include/common.sql
SELECT no_plan();

CREATE TEMP TABLE syncs (pair text, block_time timestamptz, block_number bigint, log_index int, reserve0 numeric, reserve1 numeric,
	close float8, close_of_ties float8);
\copy syncs FROM 'test/vectors/chain/syncs.csv' (FORMAT csv, HEADER)
SELECT is(count(*)::int, 9, 'all logs were loaded') FROM syncs;

SELECT is(last_rate(rate_agg(log_time(block_time, log_index), reserve1 / reserve0)), close, format('pair %s closes with its last log', pair))
FROM syncs GROUP BY pair, close;
SELECT ok(close_of_ties > 1.01 * close AND last_rate(rate_agg(block_time, reserve1 / reserve0 ORDER BY log_index)) = close_of_ties,
	format('pair %s: of ties the greatest counts', pair))
FROM syncs GROUP BY pair, close, close_of_ties;
SELECT is(last_rate(rollup(s)), close, format('pair %s: summaries of single logs merge in any order', pair))
FROM (SELECT pair, close, rate_agg(log_time(block_time, log_index), reserve1 / reserve0) AS s FROM syncs GROUP BY pair, close, log_index
	ORDER BY log_index DESC) x GROUP BY pair, close;

-- a slashing in the block of a report, a price that falls within a block
SELECT ok(is_close(apr(log_time(ts, log_index), r), -0.0347619047619, 1e-9), 'a rate that falls within a block is a loss')
FROM (VALUES (timestamptz '2024-01-01', 1, 1.05), ('2024-01-31', 5, 1.06), ('2024-01-31', 9, 1.047)) x(ts, log_index, r);
SELECT ok(is_close(twap(log_time(ts, log_index), p), 1950, 1e-6), 'twap takes the price after each block')
FROM (VALUES (timestamptz '2024-01-01 00:00:00', 1, 2000), ('2024-01-01 00:00:12', 3, 2100), ('2024-01-01 00:00:12', 7, 1900),
	('2024-01-01 00:00:24', 1, 1900)) x(ts, log_index, p);

-- its definition, with and without time zone, in any session
CREATE TEMP TABLE moment AS
SELECT b AS block, i AS log_index FROM (VALUES (timestamp '2024-03-10 02:30:00'), ('2024-11-03 01:30:00'), ('1970-01-01'), ('4713-01-01 BC'),
	('294276-12-31 23:59:59')) t(b), (VALUES (0), (1), (417), (999999)) n(i);
SELECT is_empty($$
	SELECT * FROM moment
	WHERE log_time(block, log_index) <> (block AT TIME ZONE 'UTC') + log_index * interval '1 microsecond'
		OR log_time(block AT TIME ZONE 'UTC', log_index) <> log_time(block, log_index)
$$, format('microseconds are added, a time without zone is UTC: %s', zone))
FROM (SELECT zone, set_config('timezone', zone, true) AS now_set
	FROM unnest('{UTC,America/New_York,Asia/Kathmandu,Australia/Lord_Howe}'::text[]) zone OFFSET 0) z WHERE now_set = zone;
SET LOCAL timezone = 'UTC';

-- a call that leaves its types open resolves
PREPARE untyped AS SELECT log_time($1, $2);
SELECT results_eq($$ EXECUTE untyped('2024-01-01 00:00:12Z', 7) $$, $$ VALUES (timestamptz '2024-01-01 00:00:12.000007Z') $$,
	'untyped parameters resolve');

SELECT * FROM finish();
ROLLBACK;
