-- Times of rows without time zone, and dates, are UTC in every session.
\set ON_ERROR_STOP on
\set QUIET on
BEGIN;
\i test/pgtap/include/common.sql
\i test/pgtap/include/outcome.sql
SELECT no_plan();
SELECT setseed(0.5) \g /dev/null

-- every function over rows, and its arguments
CREATE TEMP VIEW function AS
SELECT p.oid, p.proname, p.prokind, p.proargnames AS names, ARRAY(SELECT unnest(p.proargtypes::oid[])) AS types, p.pronargs
FROM pg_proc p JOIN pg_depend d ON d.classid = 'pg_proc'::regclass AND d.objid = p.oid AND d.deptype = 'e'
	JOIN pg_extension e ON e.oid = d.refobjid AND e.extname = 'pg_yield';

-- the types with every time of rows, an argument called ts, replaced by another
CREATE FUNCTION with_time(names text[], types oid[], other oid) RETURNS oid[] LANGUAGE sql AS $$
	SELECT array_agg(CASE WHEN name = 'ts' THEN other ELSE type END ORDER BY i)
	FROM unnest(names[1:cardinality(types)], types) WITH ORDINALITY a(name, type, i)
$$;
SELECT is_empty($$
	SELECT f.oid::regprocedure, other FROM function f CROSS JOIN unnest('{timestamp,date}'::regtype[]) other
	WHERE prokind = 'a' AND 'timestamptz'::regtype = types[array_position(names, 'ts')]
		AND NOT EXISTS (SELECT FROM function g WHERE g.proname = f.proname AND g.types = with_time(f.names, f.types, other))
$$, 'every aggregate over rows with times takes those without zone, and dates');

-- the same figures in every session, of all aggregates of rates and yields whose boundaries are of any type
CREATE TEMP TABLE history AS
SELECT g, timestamp '2024-03-05' + (CASE WHEN g = 0 THEN 0 ELSE random() * 500 END)::int * interval '30 minutes' AS at_time,
	exp(g * 1e-4 + random() * 1e-3) AS v, CASE WHEN g = 0 THEN -0.9 ELSE random() * 0.004 END AS flow
FROM generate_series(0, 300) g;
CREATE FUNCTION sample_argument(name text, type oid, function text) RETURNS text LANGUAGE sql AS $$
	SELECT CASE
		WHEN name = 't0' THEN format('%L::%s', CASE type WHEN 'timestamptz'::regtype THEN '2024-03-08 00:00Z' ELSE '2024-03-08' END, type::regtype)
		WHEN name IN ('t1', 'at') THEN format('%L::%s', CASE type WHEN 'timestamptz'::regtype THEN '2024-03-11 00:00Z' ELSE '2024-03-11' END, type::regtype)
		WHEN name IN ('half_life', 'window_size') THEN 'interval ''2 days'''
		WHEN name LIKE '%_fee' THEN '0.02'
		WHEN name = 'rate' AND function = 'xnpv' THEN '0.1'
		WHEN name IN ('amount', 'flow') THEN 'flow::' || type::regtype
		WHEN name IN ('rate', 'value', 'gross_price') THEN 'v::' || type::regtype
	END
$$;
CREATE TEMP TABLE called AS
SELECT f.oid, proname, string_agg(CASE WHEN type = 'date'::regtype AND name = 'ts' THEN 'at_time::date'
		WHEN type = 'timestamp'::regtype AND name = 'ts' THEN 'at_time' WHEN name = 'ts' THEN 'at_time AT TIME ZONE ''UTC'''
		ELSE sample_argument(name, type, proname) END, ', ' ORDER BY i) AS arguments,
	string_agg(CASE WHEN name = 'ts' THEN CASE type WHEN 'date'::regtype THEN 'at_time::date::timestamp' ELSE 'at_time' END || ' AT TIME ZONE ''UTC'''
		WHEN name IN ('t0', 't1', 'at') THEN sample_argument(name, 'timestamptz'::regtype, proname)
		ELSE sample_argument(name, type, proname) END, ', ' ORDER BY i) AS with_zone
FROM function f, unnest(names[1:pronargs], types) WITH ORDINALITY a(name, type, i)
WHERE prokind = 'a' AND 'ts' = ANY (names)
	AND proname IN ('rate_agg', 'apr', 'apy', 'log_yield', 'window_agg', 'rate_at', 'rate_at_linear', 'rate_age', 'apr_between', 'apy_between',
		'apr_between_linear', 'apy_between_linear', 'xirr', 'xnpv', 'modified_dietz', 'twr', 'twr_apy', 'vault_history', 'ema', 'ema_agg',
		'trailing_apr', 'trailing_apy')
GROUP BY 1, 2;
SELECT cmp_ok(count(*)::int, '>=', 150, 'all forms are called') FROM called;
SELECT is_empty($$ SELECT * FROM called WHERE arguments IS NULL $$, 'every argument has a value');
CREATE TEMP TABLE expected AS
SELECT oid, outcome(format('SELECT %I(%s)::text FROM history', proname, with_zone)) AS result FROM called;
SELECT is_empty($$ SELECT c.*, result FROM called c JOIN expected USING (oid) WHERE result IS NULL OR result LIKE 'error%' $$, 'every form has a figure');
SELECT is_empty($$
	SELECT c.*, result, outcome(format('SELECT %I(%s)::text FROM history', proname, arguments)) FROM called c JOIN expected USING (oid)
	WHERE result IS DISTINCT FROM outcome(format('SELECT %I(%s)::text FROM history', proname, arguments))
$$, 'and it is the same in ' || zone)
FROM (SELECT zone, set_config('timezone', zone, true) AS now_set
	FROM unnest('{UTC,America/New_York,Europe/Berlin,Asia/Kathmandu,Pacific/Apia}'::text[]) zone OFFSET 0) z WHERE now_set = zone;
-- over a frame that moves, too
SELECT is_empty($$
	SELECT * FROM (SELECT apr(at_time, v) OVER w AS plain, apr(at_time AT TIME ZONE 'UTC', v) OVER w AS zoned,
			ema(at_time, v, '2 days') OVER w AS ema, ema(at_time AT TIME ZONE 'UTC', v, '2 days') OVER w AS zoned_ema,
			rate_at(at_time, v, timestamp '2024-03-10 02:30') OVER w AS rate, rate_at(at_time AT TIME ZONE 'UTC', v, '2024-03-10 02:30Z') OVER w AS zoned_rate
		FROM history WINDOW w AS (ORDER BY at_time, g ROWS 20 PRECEDING)) x
	WHERE (plain, ema, rate) IS DISTINCT FROM (zoned, zoned_ema, zoned_rate)
$$, 'moving frames: ' || zone)
FROM (SELECT zone, set_config('timezone', zone, true) AS now_set FROM unnest('{America/New_York,UTC}'::text[]) zone OFFSET 0) z WHERE now_set = zone;

-- real rows as an indexer stores them: the change of the clock is between them, or loses one of its hours
CREATE TEMP TABLE logs (block_timestamp timestamp, rate numeric);
INSERT INTO logs VALUES ('2024-10-31 00:00', 1150000000000000000), ('2024-11-07 00:00', 1150772054794520547);
CREATE TEMP TABLE spring (block_timestamp timestamp, rate float8);
INSERT INTO spring VALUES ('2024-03-10 02:00', 1.00), ('2024-03-10 02:30', 1.01), ('2024-03-10 03:00', 1.02), ('2024-03-10 03:30', 1.03);
SELECT ok((SELECT is_close(apr(block_timestamp, rate), 0.0350062111801, 1e-11) FROM logs)
		AND (SELECT is_close(apr(block_timestamp::date, rate), 0.0350062111801, 1e-11) FROM logs)
		AND (SELECT num_rates(rate_series(block_timestamp, rate)) = 4 AND twap(block_timestamp, rate) = 1.01 FROM spring)
		AND (SELECT num_rates(rate_agg(block_timestamp, rate)) = 4 AND last_time(rate_agg(block_timestamp, rate)) = '2024-03-10 03:30Z' FROM spring),
	'no figure and no point is lost in ' || zone)
FROM (SELECT zone, set_config('timezone', zone, true) AS now_set FROM unnest('{UTC,America/New_York}'::text[]) zone OFFSET 0) z WHERE now_set = zone;

-- scalar functions: each pair of kinds of time gives the figure of UTC
CREATE TEMP TABLE scalar_call AS
SELECT template, format(template, kind0, kind1) AS call FROM unnest(ARRAY[
	'apr(1.01, 1.02, %1$s, %2$s)', 'apr(1.01::float8, 1.02::float8, %1$s, %2$s)', 'apr(1010000000000000001, 1020000000000000002, %1$s, %2$s)',
	'apy(1.01, 1.02, %1$s, %2$s)', 'apy(1.01::float8, 1.02::float8, %1$s, %2$s, 360)', 'log_yield(1.01, 1.02, %1$s, %2$s)',
	'rate_cap(1.01, %1$s, %2$s, 0.1)', 'coalesce(rate_guard(1, 1.00014, %1$s, %2$s, max_apr => 0.0075), ''fine'')',
	'reward_apr_between(10, 2, 1000, %1$s, %2$s)', 'vault_crystallize(2, 1, %1$s, %2$s, 0.02, 0.2)',
	'capo_max_ratio(1150000000000000000, %1$s, 968, %2$s)', 'capo_ratio(1160000000000000000, 1150000000000000000, %1$s, 968, %2$s)',
	'drip_total_assets(1000000, 100000, %1$s, %1$s + interval ''336 hours'', %2$s)']) template,
	unnest('{"timestamp ''2024-10-31''","timestamptz ''2024-10-31 00:00Z''"}'::text[]) kind0,
	unnest('{"timestamp ''2024-11-07''","timestamptz ''2024-11-07 00:00Z''"}'::text[]) kind1;
SET LOCAL timezone = 'UTC';
CREATE TEMP TABLE scalar_expected AS SELECT *, outcome('SELECT ' || call || '::text') AS result FROM scalar_call;
SELECT is_empty($$ SELECT * FROM scalar_expected WHERE result IS NULL OR result LIKE 'error%' $$, 'every scalar form has a figure');
SELECT is_empty($$ SELECT template FROM scalar_expected GROUP BY template HAVING count(DISTINCT result) > 1 OR count(*) <> 4 $$, 'and all kinds of time have the same');
SET LOCAL timezone = 'America/New_York';
SELECT is_empty($$ SELECT *, outcome('SELECT ' || call || '::text') FROM scalar_expected WHERE result IS DISTINCT FROM outcome('SELECT ' || call || '::text') $$,
	'the same in New York, whose clock changes between the two');
SET LOCAL timezone = 'UTC';

-- times that are none
SELECT throws_ok($$ SELECT apr('infinity'::timestamp, 1) $$, '22003', 'ts must be a finite time, not infinity');
SELECT throws_ok($$ SELECT apr('-infinity'::date, 1) $$, '22003', 'ts must be a finite time, not -infinity');
SELECT throws_ok($$ SELECT xirr('infinity'::date, 1) $$, '22003', 'ts must be a finite time, not infinity');
SELECT throws_ok($$ SELECT rate_at('2024-01-01'::date, 1, 'infinity'::date) $$, '22003', 'at must be a finite time, not infinity');
SELECT throws_ok($$ SELECT rate_at('5874897-12-31'::date, 1, now()) $$, '22003', NULL, 'a date beyond all timestamps');
SELECT is(num_rates(rate_agg(NULL::timestamp, 1)), NULL::bigint, 'NULL rows are skipped') FROM history;

-- calls that leave types open mean what they meant
SELECT is(apr(1.0, 1.1, '2024-01-01', '2025-01-01'), apr(1.0, 1.1, timestamptz '2024-01-01', timestamptz '2025-01-01'), 'literals as times');
SELECT is(outcome(format('SELECT %s', call)), outcome(format('SELECT %s', replace(replace(call, '''2024', 'timestamptz ''2024'), '{timestamptz ', '{'))), call)
FROM unnest(ARRAY['apy(1, 2, ''2024-01-01'', ''2024-07-01'')', 'log_yield(1::bigint, 2::bigint, ''2024-01-01'', ''2024-07-01'')',
	'reward_apr_between(1, 2, 3, ''2024-01-01'', ''2024-02-01'')', 'rate_cap(1, ''2024-01-01'', ''2024-02-01'', 0.1)',
	'apr(''2024-01-01'', 1.5)', 'xirr(''2024-01-01'', -1)', 'rate_at(''2024-01-01'', 1, ''2024-01-02'')',
	'apr_between(''2024-01-01'', 1, ''2024-01-02'', ''2024-01-03'')', 'vault_crystallize(1, 1, ''2024-01-01'', ''2024-02-01'', 0.1)']) call;
-- every function of numbers, arrays, times and text resolves with none of its types given
CREATE FUNCTION prepared(query text) RETURNS text LANGUAGE plpgsql AS $$
BEGIN
	EXECUTE 'PREPARE untyped AS ' || query;
	DEALLOCATE untyped;
	RETURN 'fine';
EXCEPTION WHEN OTHERS THEN
	RETURN SQLERRM;
END
$$;
SELECT is_empty($$
	SELECT f.oid::regprocedure, prepared(format('SELECT %I(%s)', f.proname, (SELECT string_agg('$' || i, ', ') FROM generate_series(1, n) i)))
	FROM function f JOIN pg_proc p USING (oid) CROSS JOIN LATERAL generate_series(greatest(f.pronargs - p.pronargdefaults, 1), f.pronargs) n
	WHERE f.prokind = 'f' AND f.proname ~ '^(apr|apy|log_yield|premium|reward_apr|vault_crystallize|rate_|capo_|drip_|irr|npv|mirr|erc4626_|eigen_|lido_|exchange_|log_time|ema_step|tvl_|defillama_|convert_|net_|gross_|layer_|spread_|organic_|attribute_)'
		AND 'n' <> ALL (SELECT CASE WHEN t.typnamespace = 'pg_catalog'::regnamespace AND t.typname <> 'internal' AND t.typname <> 'cstring' THEN 'y' ELSE 'n' END
			FROM unnest(f.types) a JOIN pg_type t ON t.oid = a)
		AND prepared(format('SELECT %I(%s)', f.proname, (SELECT string_agg('$' || i, ', ') FROM generate_series(1, n) i))) <> 'fine'
$$, 'calls without types resolve');

SELECT * FROM finish();
ROLLBACK;
