-- Properties and vectors of domain strategy: strategies over a history.
\set ON_ERROR_STOP on
\set QUIET on
BEGIN;
\i test/pgtap/include/common.sql
SELECT no_plan();
SELECT setseed(0.5) \g /dev/null
SET LOCAL timezone = 'UTC';

CREATE FUNCTION pg_temp.series_of(ts timestamptz[], v float8[]) RETURNS rate_series LANGUAGE sql AS 'SELECT rate_series(t, x) FROM unnest(ts, v) u(t, x)';
CREATE FUNCTION pg_temp.shown(e rate_series) RETURNS text[] LANGUAGE sql AS $$
	SELECT ARRAY[num_rates(e)::text, extract(epoch FROM first_time(e))::text, first_rate(e)::text,
		(SELECT rate FROM unnest(e) WITH ORDINALITY u(ts, rate, i) WHERE i = num_rates(e) / 2 + 1)::text, last_rate(e)::text] $$;
\set shown 'points! first_time first middle last'

\set csv 'test/vectors/strategy/staking_equity.csv'
\i test/pgtap/include/vector_table.sql
\copy vector FROM 'test/vectors/strategy/staking_equity.csv' (FORMAT csv, HEADER)
SELECT pg_temp.check_vectors($$ SELECT pg_temp.shown(staking_equity(pg_temp.series_of({rts:timestamptz[]}, {rate:float8[]}), pg_temp.series_of({mts:timestamptz[]}, {market:float8[]}),
	{equity:float8}, {entry_cost:float8}, {exit_cost:float8}, {exit:text})) $$, :'shown');
\set csv 'test/vectors/strategy/lending_equity.csv'
\i test/pgtap/include/vector_table.sql
\copy vector FROM 'test/vectors/strategy/lending_equity.csv' (FORMAT csv, HEADER)
SELECT pg_temp.check_vectors($$
	WITH a AS MATERIALIZED (SELECT array_remove(ARRAY[pg_temp.series_of({ts1:timestamptz[]}, {v1:float8[]}), pg_temp.series_of({ts2:timestamptz[]}, {v2:float8[]}), pg_temp.series_of({ts3:timestamptz[]}, {v3:float8[]})], NULL) AS aprs)
	SELECT pg_temp.shown(lending_equity(aprs, {equity:float8}, {switch_cost:float8}, {min_gain:float8}, {min_hold:interval})) || (
		SELECT ARRAY[switches::text, market::text] FROM lending_path(aprs, {equity:float8}, {switch_cost:float8}, {min_gain:float8}, {min_hold:interval}) ORDER BY ts DESC LIMIT 1) FROM a $$,
	:'shown' || ' switches! last_market!');
\set csv 'test/vectors/strategy/carry_equity.csv'
\i test/pgtap/include/vector_table.sql
\copy vector FROM 'test/vectors/strategy/carry_equity.csv' (FORMAT csv, HEADER)
SELECT pg_temp.check_vectors($$ SELECT pg_temp.shown(carry_equity(pg_temp.series_of({fts:timestamptz[]}, {funding:float8[]}), pg_temp.series_of({sts:timestamptz[]}, {staking:float8[]}), {margin:float8}, {equity:float8}, {cost:float8})) $$, :'shown');
\set csv 'test/vectors/strategy/portfolio_equity.csv'
\i test/pgtap/include/vector_table.sql
\copy vector FROM 'test/vectors/strategy/portfolio_equity.csv' (FORMAT csv, HEADER)
SELECT pg_temp.check_vectors($$ SELECT pg_temp.shown(portfolio_equity(array_remove(ARRAY[pg_temp.series_of({ts1:timestamptz[]}, {v1:float8[]}), pg_temp.series_of({ts2:timestamptz[]}, {v2:float8[]}), pg_temp.series_of({ts3:timestamptz[]}, {v3:float8[]})], NULL),
	{weights:float8[]}, {every:interval}, {band:float8}, {cost:float8}, {equity:float8})) $$, :'shown');
\set csv 'test/vectors/strategy/range_equity.csv'
\i test/pgtap/include/vector_table.sql
\copy vector FROM 'test/vectors/strategy/range_equity.csv' (FORMAT csv, HEADER)
SELECT pg_temp.check_vectors($$ SELECT ARRAY[max(abs(u.rate - p.value))::text, count(*)::text] FROM (SELECT pg_temp.series_of({ts:timestamptz[]}, {rate:float8[]}) AS s) x, LATERAL backtest_range_path(s, NULL, {fee:float8}, {width:float8}) p
	JOIN LATERAL unnest(range_equity(s, NULL, {fee:float8}, {width:float8})) u ON u.ts = p.ts $$, 'difference points!');

-- histories of a year of hours, of a few tokens
CREATE TEMP TABLE history AS
SELECT token, array_agg(timestamptz '2024-01-01' + i * interval '1 hour' + token * interval '7 minutes' ORDER BY i) AS ts, array_agg(exp(x) ORDER BY i) AS v
FROM (SELECT token, i, sum((random() - 0.499) * 0.02) OVER (PARTITION BY token ORDER BY i) AS x FROM generate_series(1, 4) token, generate_series(0, 400) i) y GROUP BY token;
CREATE FUNCTION pg_temp.strategy(which text, v1 float8[], v2 float8[], v3 float8[]) RETURNS rate_series LANGUAGE sql AS $$
	WITH s AS MATERIALIZED (SELECT pg_temp.series_of((SELECT ts FROM history WHERE token = 1), v1) AS a, pg_temp.series_of((SELECT ts FROM history WHERE token = 2), v2) AS b,
		pg_temp.series_of((SELECT ts FROM history WHERE token = 3), v3) AS c)
	SELECT CASE which
		WHEN 'staking' THEN staking_equity(a, b, 100, 0.001)
		WHEN 'lending' THEN lending_equity(ARRAY[a, b, c], 100, 0.0001, 0.002, '5 hours')
		WHEN 'carry' THEN carry_equity(a, b, 0.3, 100, 0.001)
		WHEN 'calls' THEN covered_call_equity(a, b, '30 hours', 1.05, 100, 0.01)
		WHEN 'portfolio' THEN portfolio_equity(ARRAY[a, b, c], '{0.5,0.3,0.2}', '2 days', 0.02, 0.001, 100)
		WHEN 'range' THEN range_equity(a, NULL, 0.003, 0.1)
		WHEN 'chain' THEN chain_index(ARRAY[a, b], ARRAY[c, a], 100) END FROM s $$;

-- nothing looks ahead: what comes after a time has no bearing on what was before it
SELECT is_empty($$
	WITH h AS MATERIALIZED (SELECT (SELECT v FROM history WHERE token = 1) AS v1, (SELECT v FROM history WHERE token = 2) AS v2, (SELECT v FROM history WHERE token = 3) AS v3),
	cut AS MATERIALIZED (SELECT k, 20 + (random() * 350)::int AS at FROM generate_series(1, 50) k),
	other AS MATERIALIZED (SELECT k, at, v1[1:at] || ARRAY(SELECT 1 + random() FROM generate_series(at + 1, 401)) AS w1, v2[1:at] || ARRAY(SELECT 1 + random() FROM generate_series(at + 1, 401)) AS w2,
		v3[1:at] || ARRAY(SELECT 1 + random() FROM generate_series(at + 1, 401)) AS w3 FROM h, cut)
	SELECT which, k FROM unnest('{staking,lending,carry,calls,portfolio,range,chain}'::text[]) which, h, other,
		LATERAL (SELECT timestamptz '2024-01-01' + (at - 1) * interval '1 hour' AS until) t,
		LATERAL (SELECT slice(pg_temp.strategy(which, v1, v2, v3), NULL, until) AS before, slice(pg_temp.strategy(which, w1, w2, w3), NULL, until) AS after) e
	WHERE before IS DISTINCT FROM after OR before IS NULL
$$, 'no strategy looks ahead, at any of 50 times');

-- what was put in, less costs, plus gains is what comes out
SELECT is_empty($$
	SELECT token FROM history, LATERAL (SELECT pg_temp.series_of(ts, v) AS s) x WHERE abs(last_rate(staking_equity(s, NULL, 5)) - 5 * v[401] / v[1]) > 1e-12 OR
		abs(last_rate(staking_equity(s, NULL, 5, 0.01, 0.02)) - 5 * v[401] / v[1] * 0.99 * 0.98) > 1e-12
$$, 'staking is the growth of the token less what it costs');
SELECT is_empty($$
	SELECT token FROM history, LATERAL (SELECT pg_temp.series_of(ts, v) AS s) x,
		LATERAL (SELECT sum(cost) AS costs, max(equity) FILTER (WHERE action = 'sell') AS final, max(amount) FILTER (WHERE action = 'sell') AS sold FROM staking_path(s, NULL, 5, 0.01, 0.02)) p
	WHERE abs(final - last_rate(staking_equity(s, NULL, 5, 0.01, 0.02))) > 1e-12 OR abs(sold * 0.98 - final) > 1e-12 OR abs(costs - (0.05 + sold * 0.02)) > 1e-12
$$, 'decisions of staking add up');
SELECT ok(abs(last_rate(lending_equity(ARRAY[rate_series(t, 0.05)])) - exp(0.05 * 2)) < 1e-12, 'lending at one rate')
FROM unnest('{2024-01-01,2024-06-01,2025-12-31}'::timestamptz[]) t;
SELECT is_empty($$
	SELECT 1 FROM (SELECT array_agg(pg_temp.series_of(ts, ARRAY(SELECT x - 1 FROM unnest(v) x)) ORDER BY token) AS aprs FROM history) h,
		LATERAL (SELECT lending_equity(aprs) AS best) b, generate_series(1, 4) k
	WHERE last_rate(best) < last_rate(slice(lending_equity(aprs[k:k]), first_time(best))) / value_at(lending_equity(aprs[k:k]), first_time(best)) - 1e-9
$$, 'moving for nothing is no worse than staying anywhere');
SELECT is_empty($$
	SELECT 1 FROM (SELECT array_agg(pg_temp.series_of(ts, v) ORDER BY token) AS s, array_agg(v ORDER BY token) AS v FROM history) h, LATERAL (SELECT portfolio_equity(s, '{0.1,0.2,0.3,0.4}') AS e) p
	WHERE abs(last_rate(e) - (SELECT sum(w * last_rate(x) / value_at(x, first_time(e))) FROM unnest(s, '{0.1,0.2,0.3,0.4}'::float8[]) u(x, w))) > 1e-12
$$, 'bought and held: the sum of the parts');
SELECT is_empty($$
	SELECT 1 FROM (SELECT array_agg(pg_temp.series_of(ts, v) ORDER BY token) AS s FROM history) h, LATERAL (SELECT sum(cost) AS c, count(*) FILTER (WHERE action = 'rebalance') AS n, max(amount * 0.001 - cost) FILTER (WHERE action = 'rebalance') AS off
		FROM portfolio_path(s, '{0.1,0.2,0.3,0.4}', '1 day', NULL, 0.001)) p WHERE n <> 16 OR abs(off) > 1e-15 OR c <= 0
$$, 'a portfolio is set back each day, and pays for what it trades');
-- as many calls as units: below the strike at expiry the premium is kept, above it what is over the strike is lost
SELECT results_eq($$
	SELECT round(last_rate(e)::numeric, 12) FROM (VALUES (90), (130)) v(at_expiry), LATERAL (SELECT rate_series(t, p) AS prices, rate_series(t, 0.5) AS vol FROM (VALUES (timestamptz '2024-01-01', 100), ('2024-01-31', at_expiry)) h(t, p)) s,
		LATERAL (SELECT covered_call_equity(prices, vol, '30 days', 1.1, 100) AS e) x
$$, $$
	SELECT round(((1 + c / 100) * p - greatest(p - 110, 0))::numeric, 12) FROM (VALUES (90), (130)) v(p), LATERAL (SELECT bs_price('call', 100, 110, 30 / 365.0, 0.5) AS c) x
$$, 'a covered call is worth what is held, less what is owed');
SELECT is_empty($$
	SELECT 1 FROM (SELECT pg_temp.series_of(ts, v) AS s FROM history WHERE token = 1) h, LATERAL (SELECT covered_call_equity(s, resampled, '40 hours', 10, 1) AS e FROM (SELECT rate_series(t, 0.1) AS resampled FROM unnest((SELECT ts FROM history WHERE token = 1)) t) r) x
	WHERE abs(last_rate(e) - last_rate(s) / first_rate(s)) > 1e-9
$$, 'calls that are far out of reach change nothing');

-- what is too old is no value
SELECT results_eq($$ SELECT num_rates(portfolio_equity(ARRAY[a, b], '{0.5,0.5}')), num_rates(portfolio_equity(ARRAY[a, b], '{0.5,0.5}', max_age => '2 days'))
	FROM (SELECT rate_series(d, 1) AS a, rate_series(d, 1) FILTER (WHERE d < '2024-01-05' OR d > '2024-01-10') AS b FROM generate_series(timestamptz '2024-01-01', '2024-01-20', '1 day') d) x $$,
	$$ VALUES (20::bigint, 16::bigint) $$, 'steps at which a value is older than max_age are passed over');
SELECT * FROM finish();
ROLLBACK;
