-- Properties of domain liquidity: ranges.
\set ON_ERROR_STOP on
\set QUIET on
BEGIN;
\i test/pgtap/include/common.sql
SELECT no_plan();
SELECT setseed(0.5) \g /dev/null

-- a price that is a geometric Brownian motion
CREATE TEMP TABLE place AS
SELECT p, p * exp(-0.01 - 0.3 * random()) AS pa, p * exp(0.01 + 0.3 * random()) AS pb, 0.05 + random() AS sigma, random() - 0.5 AS mu, interval '1 s' * round(1e4 + 1e7 * random()) AS horizon
FROM (SELECT exp(10 * random() - 5) AS p FROM generate_series(1, 400)) x;
CREATE FUNCTION years(i interval) RETURNS float8 LANGUAGE sql IMMUTABLE AS 'SELECT extract(epoch FROM i)::float8 / 86400 / 365';
SELECT is_empty($$
	SELECT 1 FROM place, LATERAL (SELECT range_exit_probability(p, pa, pb, sigma, mu, horizon) AS left_by, range_exit_probability(p, pa, pb, sigma, mu, horizon * 2) AS later,
		range_exit_probability(p, pa * 0.99, pb * 1.01, sigma, mu, horizon) AS wider, range_probability(p, pa, pb, sigma, mu, horizon) AS inside) x
	WHERE NOT (left_by BETWEEN 0 AND 1 AND later >= left_by - 1e-13 AND wider <= left_by + 1e-13 AND inside BETWEEN 0 AND 1 AND 1 - inside <= left_by + 1e-13)
$$, 'an exit is likelier later, and from a narrower range, and than being outside');
-- what token 1 costs in token 0 is a Brownian motion as well, with drift sigma^2 - mu
SELECT is_empty($$
	SELECT 1 FROM place WHERE abs(range_exit_probability(p, pa, pb, sigma, mu, horizon) - range_exit_probability(1 / p, 1 / pb, 1 / pa, sigma, sigma ^ 2 - mu, horizon)) > 1e-11
		OR abs(range_exit_up_probability(p, pa, pb, sigma, mu) + range_exit_up_probability(1 / p, 1 / pb, 1 / pa, sigma, sigma ^ 2 - mu) - 1) > 1e-12
		OR abs(years(range_expected_exit(p, pa, pb, sigma, mu)) / years(range_expected_exit(1 / p, 1 / pb, 1 / pa, sigma, sigma ^ 2 - mu)) - 1) > 1e-9
		OR abs(range_expected_share_in_range(p, pa, pb, sigma, mu, horizon) - range_expected_share_in_range(1 / p, 1 / pb, 1 / pa, sigma, sigma ^ 2 - mu, horizon)) > 1e-11
$$, 'nothing depends on which token is the first');
SELECT is_empty($$
	SELECT 1 FROM place WHERE NOT is_close(range_exit_up_probability(p, p / 1.1, p * 1.1, sigma, sigma ^ 2 / 2), 0.5, 1e-12)
		OR abs(years(range_expected_exit(p, pa, pb, sigma, sigma ^ 2 / 2)) * sigma ^ 2 / (ln(p / pa) * ln(pb / p)) - 1) > 1e-8
		OR abs(range_exit_probability(p, pa, pb, sigma, mu, horizon) - range_exit_probability(p * 3, pa * 3, pb * 3, sigma, mu, horizon)) > 1e-11
		OR abs(range_exit_probability(p, pa, pb, sigma, mu, horizon) - range_exit_probability(p, pa, pb, sigma / 2, mu / 4, horizon, 365 / 4.0)) > 1e-11
		OR extract(epoch FROM range_expected_time_in_range(p, pa, pb, sigma, mu, horizon)) > extract(epoch FROM horizon)
$$, 'the symmetric case, and scales of price and time');
SELECT is_empty($$
	SELECT 1 FROM (SELECT p, pa, pb, sigma, mu, horizon, sum(range_probability(p, pa, pb, sigma, mu, horizon * (i - 0.5) / 2000)) / 2000 AS mean
		FROM (SELECT * FROM place LIMIT 60) x, generate_series(1, 2000) i GROUP BY 1, 2, 3, 4, 5, 6) y
	WHERE abs(mean - range_expected_share_in_range(p, pa, pb, sigma, mu, horizon)) > 1e-4
$$, 'the expected share is the mean of the probability to be in range');
SELECT is_empty($$
	SELECT 1 FROM place WHERE abs(years(lst_range_drift_time(p, pb, abs(mu) + 0.01)) * ln(1 + abs(mu) + 0.01) / ln(pb / p) - 1) > 1e-6
$$, 'the drift time');

-- time in range, against rows
CREATE TEMP TABLE tick AS
SELECT g, '2024-01-01'::timestamptz + interval '1 s' * floor(1e6 * random()) AS ts, round((10 * random())::numeric, 1)::float8 AS price FROM generate_series(1, 30) g, generate_series(1, 200);
SELECT is_empty($$
	SELECT 1 FROM (SELECT g, low, low + 3 AS high, '2024-01-01'::timestamptz + interval '600000 s' AS t0, '2024-01-01'::timestamptz + interval '1200000 s' AS t1 FROM generate_series(1, 30) g, generate_series(0, 6) low) q,
		LATERAL (SELECT rate_series(ts, price) AS s, time_in_range(ts, price, low, high, t1) AS agg, share_in_range(ts, price, low, high, t1) AS agg_share,
			min(ts) AS first FROM tick WHERE tick.g = q.g) a,
		LATERAL (SELECT coalesce(sum(until - ts) FILTER (WHERE price >= low AND price < high), '0') AS whole,
			coalesce(sum(greatest(until - greatest(ts, t0), '0')) FILTER (WHERE price >= low AND price < high), '0') AS part
			FROM (SELECT ts, price, coalesce(lead(ts) OVER (ORDER BY ts), t1) AS until FROM (SELECT ts, max(price) AS price FROM tick WHERE tick.g = q.g GROUP BY ts) h) r) b
	WHERE extract(epoch FROM agg) <> extract(epoch FROM whole) OR extract(epoch FROM time_in_range_between(s, low, high, NULL, t1)) <> extract(epoch FROM whole)
		OR extract(epoch FROM time_in_range_between(s, low, high, t0, t1)) <> extract(epoch FROM part)
		OR abs(share_in_range_between(s, low, high, t0, t1) - extract(epoch FROM part) / 600000) > 1e-14
		OR abs(agg_share - extract(epoch FROM whole) / extract(epoch FROM t1 - first)) > 1e-14
$$, 'time in range against a sum over rows');
SELECT is_empty($$
	SELECT 1 FROM (SELECT rate_series(ts, price) AS s FROM tick GROUP BY g) x
	WHERE abs(share_in_range(s, 2, 5) - (share_below(s, 5) - share_below(s, 2))) > 1e-14 OR share_in_range(s, -1, 100) <> 1
$$, 'time in range is the difference of times below');

-- by workers, whose states are merged
CREATE TEMP TABLE whole AS SELECT time_in_range(ts, price, 2, 5, NULL) AS stay, share_in_range(ts, price, 2, 5, '2024-02-01') AS share FROM tick;
CREATE TABLE shared_tick AS SELECT * FROM tick;
ANALYZE shared_tick;
SELECT force_parallel() \g /dev/null
SELECT matches(explained('SELECT time_in_range(ts, price, 2, 5, NULL), share_in_range(ts, price, 2, 5, ''2024-02-01'') FROM shared_tick'),
	'Partial Aggregate', 'workers can take a part of the rows');
SELECT is(ROW(time_in_range(ts, price, 2, 5, NULL), share_in_range(ts, price, 2, 5, '2024-02-01'))::whole, (SELECT w FROM whole w), 'workers come to the same')
FROM shared_tick;
SELECT throws_ok('SELECT time_in_range(ts, price, g, 50, NULL) FROM shared_tick', '22023',
	'lower, upper and end_time must be the same in all rows of a group', 'also where the rows are apart');
SELECT force_serial() \g /dev/null

-- All groups share one memory context: with one each, the server's accounting,
-- which visits them all for every new group, takes time quadratic in their number.
CREATE FUNCTION contexts() RETURNS bigint LANGUAGE sql VOLATILE AS $$
	SELECT count(*) FROM pg_backend_memory_contexts WHERE name = 'rate_series'
$$;
SELECT cmp_ok(max(n)::int, '<', 10, 'the number of memory contexts does not grow with that of groups')
FROM (SELECT time_in_range('2024-01-01'::timestamptz + i * interval '1 s', 1 + 0 * contexts(), 0, 2, NULL), max(contexts()) AS n
	FROM generate_series(1, 400) i GROUP BY i % 100) x;

-- times without zone and dates are UTC, whatever the session's zone: rows on both sides of a change of the clock
SET LOCAL timezone = 'America/New_York';
CREATE TEMP TABLE row_time AS
SELECT t AS ts, t AT TIME ZONE 'UTC' AS utc, i AS price FROM generate_series(0, 40) i, LATERAL (SELECT timestamptz '2024-03-09 12:00Z' + i * interval '1 hour') x(t);
SELECT is_empty($$
	SELECT * FROM (
		SELECT time_in_range(ts, price, 10, 30, timestamptz '2024-03-12Z') AS a, time_in_range(utc, price, 10, 30, timestamp '2024-03-12') AS b,
			time_in_range(utc, price, 10, 30, timestamptz '2024-03-12Z') AS c, time_in_range(ts, price, 10, 30, timestamp '2024-03-12') AS d,
			time_in_range(ts, price, 10, 30, date '2024-03-12') AS e, time_in_range(utc, price, 10, 30, date '2024-03-12') AS f,
			share_in_range(ts, price, 10, 30, timestamptz '2024-03-12Z') AS g, share_in_range(utc, price, 10, 30, timestamp '2024-03-12') AS h,
			share_in_range(utc, price, 10, 30, date '2024-03-12') AS i, time_in_range(ts, price, 10, 30, NULL) AS k, time_in_range(utc, price, 10, 30, NULL) AS l
		FROM row_time) x
	WHERE a <> interval '20 hours' OR ROW(a, a, a, a, a, g, g, k) <> ROW(b, c, d, e, f, h, i, l)
$$, 'time in range of times without zone');
SELECT is_empty($$
	SELECT * FROM (
		SELECT time_in_range(utc::date, price, 0, 30, timestamptz '2024-03-12Z') AS a, time_in_range(utc::date, price, 0, 30, date '2024-03-12') AS b,
			time_in_range(utc::date, price, 0, 30, timestamp '2024-03-12') AS c, time_in_range(utc::date::timestamp, price, 0, 30, timestamp '2024-03-12') AS d FROM row_time) x
	WHERE a <> interval '24 hours' OR ROW(a, a, a) <> ROW(b, c, d)
$$, 'time in range of dates');
SELECT is_empty($$
	SELECT * FROM row_time WHERE break_even_fee_apr_between(100, 99, 100, ts, timestamptz '2024-03-12Z') <> break_even_fee_apr_between(100, 99, 100, utc, timestamp '2024-03-12')
		OR break_even_fee_apr_between(100, 99, 100, ts, timestamptz '2024-03-12Z') <> break_even_fee_apr_between(100, 99, 100, utc, timestamptz '2024-03-12Z')
		OR break_even_fee_apr_between(100, 99, 100, ts, timestamptz '2024-03-12Z') <> break_even_fee_apr_between(100, 99, 100, ts, timestamp '2024-03-12')
		OR stableswap_amp(ts, 1000, 5000, timestamptz '2024-03-08Z', timestamptz '2024-03-11Z') <> stableswap_amp(utc, 1000, 5000, timestamp '2024-03-08', timestamp '2024-03-11')
		OR stableswap_amp(ts, 1000, 5000, timestamptz '2024-03-08Z', timestamptz '2024-03-11Z') <> stableswap_amp(utc, 1000, 5000, timestamptz '2024-03-08Z', timestamptz '2024-03-11Z')
		OR stableswap_amp(ts, 1000, 5000, timestamptz '2024-03-08Z', timestamptz '2024-03-11Z') <> stableswap_amp(ts, 1000, 5000, timestamp '2024-03-08', timestamp '2024-03-11')
$$, 'break-even fees and A of times without zone');
SET LOCAL timezone = 'UTC';

-- the binary form of the state
SELECT is(binary_copy(_range_path_send(p), 'range_path'), p::text, 'range_path, sent and received') FROM unnest(ARRAY[
	'(2,3,2024-01-11T00:00:00+00:00,[(2024-01-01T00:00:00+00:00,1),(2024-01-02T00:00:00+00:00,2.5)])', '(-1,0,,[(2024-01-01T00:00:00+00:00,-1)])']::range_path[]) p;
SELECT throws_ok(format('SELECT binary_copy(%L::bytea, %L)', overlay(_range_path_send(p) PLACING decode(bytes, 'hex') FROM at), 'range_path'), '22P03', NULL, why)
FROM (VALUES ('(2,3,,[(2024-01-01T00:00:00+00:00,1),(2024-01-02T00:00:00+00:00,2.5)])'::range_path)) v(p),
	(VALUES (1, '7ff8000000000000', 'lower is NaN'), (1, '4010000000000000', 'lower above upper'), (24, '02', 'neither an end nor none'), (32, '01', 'an end that is none'),
		(33, 'ff', 'no series')) w(at, bytes, why);

-- outlooks
SELECT is_empty($$
	SELECT 1 FROM place, unnest('{exit,interval,never}'::text[]) trigger, LATERAL evaluate_range(p, pa, pb, sigma, mu, 0.05, horizon, 0.001, trigger, gas => 1e-5) e
	WHERE net_apr <> expected_fee_apr - lvr_apr - rebalance_cost_apr OR NOT is_close(lvr_apr / (sigma ^ 2 / 8), exact(expected_fee_apr / 0.05), 1e-12)
		OR expected_fee_apr < 0.05 * years(expected_time_in_range) / years(horizon) OR (trigger = 'never') <> (rebalance_cost_apr = 0)
		OR CASE trigger WHEN 'exit' THEN abs(rebalances_per_year * years(range_expected_exit(p, pa, pb, sigma, mu)) - 1) > 1e-5 OR expected_time_in_range <> justify_hours(horizon)
			WHEN 'interval' THEN abs(rebalances_per_year * years(horizon) - 1) > 1e-12 OR expected_time_in_range <> range_expected_time_in_range(p, pa, pb, sigma, mu, horizon)
			ELSE rebalances_per_year <> 0 OR expected_time_in_range <> range_expected_time_in_range(p, pa, pb, sigma, mu, horizon) END
$$, 'an outlook adds up');
SELECT is_empty($$
	SELECT 1 FROM place, LATERAL propose_range(p, sigma, mu, horizon, 1.5) r, LATERAL propose_range(p, sigma, mu, horizon, 1.5, 10) t
	WHERE NOT (r.pa < p AND p < r.pb AND t.pa <= r.pa AND t.pb >= r.pb AND t.pa > r.pa * 0.9989 AND t.pb < r.pb * 1.0011 AND t.tick_lower % 10 = 0 AND t.tick_upper % 10 = 0)
		OR abs(ln(r.pb / r.pa) - (2 * 1.5 * sigma * sqrt(years(horizon)) + abs(ln(1 + mu)) * years(horizon))) > 1e-12
		OR univ3_price_to_tick(t.pa) <> t.tick_lower OR univ3_price_to_tick(t.pb) <> t.tick_upper
$$, 'proposals, and their ticks');
SELECT is_empty($$
	SELECT 1 FROM place WHERE abs(full_range_fee_apr(1e6, 0.003, 7e4, p, horizon) / fee_apr_liquidity(1e6, 0.003, 1e-9, 7e4, 2e-9 * sqrt(p), horizon) - 1) > 1e-9
$$, 'the fees of a full range are those of a small one by liquidity');

-- the policy over a history, once more, in plain SQL
CREATE FUNCTION held0(l float8, p float8, pa float8, pb float8) RETURNS float8 LANGUAGE sql IMMUTABLE AS 'SELECT l * (1 / sqrt(least(greatest(p, pa), pb)) - 1 / sqrt(pb))';
CREATE FUNCTION held1(l float8, p float8, pa float8, pb float8) RETURNS float8 LANGUAGE sql IMMUTABLE AS 'SELECT l * (sqrt(least(greatest(p, pa), pb)) - sqrt(pa))';
CREATE FUNCTION plain_backtest(ts timestamptz[], prices float8[], volumes float8[], fee float8, width float8, others float8, trigger text, distance float8, every interval, cost float8, gas float8, skew float8,
	OUT fees float8, OUT costs float8, OUT lvr float8, OUT rebalances bigint, OUT inside interval, OUT value float8, OUT hodl float8) LANGUAGE plpgsql AS $$
DECLARE
	pa float8;
	pb float8;
	centre float8;
	l float8;
	since timestamptz;
	p float8 := prices[1];
	q float8;
	x float8;
	y float8;
	s float8;
	v float8;
	due boolean := true;
	x0 float8;
	y0 float8;
BEGIN
	fees := 0; costs := 0; lvr := 0; rebalances := -1; inside := '0';
	FOR i IN 2 .. cardinality(prices) LOOP
		IF i > 2 THEN
			due := CASE trigger WHEN 'exit' THEN p < pa OR p >= pb WHEN 'distance' THEN p >= centre * (1 + distance) OR p <= centre / (1 + distance)
				WHEN 'interval' THEN ts[i - 1] - since >= every ELSE false END;
		END IF;
		IF due THEN
			x := held0(l, p, pa, pb);
			y := held1(l, p, pa, pb);
			centre := p * (1 + skew);
			pa := centre / (1 + width);
			pb := centre * (1 + width);
			since := ts[i - 1];
			s := held0(1, p, pa, pb) * p / (held0(1, p, pa, pb) * p + held1(1, p, pa, pb));
			IF rebalances = -1 THEN
				v := 100;
			ELSE
				-- the cost by iteration: what is left decides what is traded
				v := x * p + y;
				FOR k IN 1 .. 60 LOOP
					v := x * p + y - gas - cost * abs(s * v - x * p);
				END LOOP;
				costs := costs + x * p + y - v;
			END IF;
			rebalances := rebalances + 1;
			l := v / (held0(1, p, pa, pb) * p + held1(1, p, pa, pb));
			IF rebalances = 0 THEN
				x0 := held0(l, p, pa, pb);
				y0 := held1(l, p, pa, pb);
			END IF;
		END IF;
		q := prices[i];
		s := abs(sqrt(least(greatest(q, pa), pb)) - sqrt(least(greatest(p, pa), pb)));
		IF volumes IS NULL THEN
			fees := fees + fee * l * s;
		ELSE
			fees := fees + swap_fee_share(volumes[i] * CASE WHEN p <> q THEN s / abs(sqrt(q) - sqrt(p)) WHEN p >= pa AND p < pb THEN 1 ELSE 0 END, fee, l, others);
		END IF;
		lvr := lvr + held0(l, p, pa, pb) * (q - p) - (held0(l, q, pa, pb) * q + held1(l, q, pa, pb) - held0(l, p, pa, pb) * p - held1(l, p, pa, pb));
		IF p >= pa AND p < pb THEN
			inside := inside + (ts[i] - ts[i - 1]);
		END IF;
		p := q;
	END LOOP;
	value := held0(l, p, pa, pb) * p + held1(l, p, pa, pb) + fees;
	hodl := x0 * p + y0;
END
$$;
CREATE TEMP TABLE history AS
SELECT g, array_agg(ts ORDER BY ts) AS ts, array_agg(price ORDER BY ts) AS price, array_agg(volume ORDER BY ts) AS volume, rate_series(ts, price) AS prices, rate_series(ts, volume) AS volumes
FROM (SELECT g, '2024-01-01'::timestamptz + interval '1 s' * (86400 * i + floor(80000 * random())) AS ts, 1500 * exp(sum(0.08 * (random() - 0.5)) OVER (PARTITION BY g ORDER BY i)) AS price, 1e5 * random() AS volume
	FROM generate_series(1, 25) g, generate_series(1, 90) i) x
GROUP BY g;
CREATE TEMP TABLE policy AS
SELECT * FROM (VALUES ('exit', NULL::float8, NULL::interval), ('distance', 0.03, NULL), ('interval', NULL, '5 days'), ('never', NULL, NULL)) t(trigger, distance, every),
	(VALUES (0.02, 0), (0.1, 0.02), (0.5, -0.02)) w(width, skew), (VALUES (0, 0), (0.003, 0.05)) c(cost, gas);
SELECT is_empty($$
	SELECT 1 FROM history, policy p, (VALUES (true), (false)) v(with_volume),
		LATERAL plain_backtest(ts, price, CASE WHEN with_volume THEN volume END, 0.003, width, 5000, trigger, distance, every, cost, gas, skew) a,
		LATERAL backtest_range(prices, CASE WHEN with_volume THEN volumes END, 0.003, width, CASE WHEN with_volume THEN 5000 END, trigger, distance, every, cost, gas, skew, 100) b
	WHERE abs(a.fees - b.fees) > 1e-10 OR abs(a.costs - b.costs) > 1e-10 OR abs(a.lvr - b.lvr) > 1e-9 OR a.rebalances <> b.rebalances
		OR abs(b.share_in_range - extract(epoch FROM a.inside) / extract(epoch FROM history.ts[90] - history.ts[1])) > 1e-12
		OR abs(a.value - b.final_value) > 1e-10 OR abs(a.hodl - b.hodl_value) > 1e-10
		OR abs(b.final_value - (b.hodl_value * (1 + il) + b.fees - b.costs)) > 1e-10
		OR abs(b.net_apr - (b.final_value - b.hodl_value) / 100 * 365 * 86400 / extract(epoch FROM history.ts[90] - history.ts[1])) > 1e-10
$$, 'backtests against a plain one');
SELECT is_empty($$
	SELECT 1 FROM history, LATERAL backtest_range(prices, NULL, 0, 0.5, trigger => 'never') b
	WHERE abs(il - il_concentrated(price[1], price[90], price[1] / 1.5, price[1] * 1.5)) > 1e-14
		OR abs(final_value - lp_value('concentrated', 1, price[1], price[90], price[1] / 1.5, price[1] * 1.5)) > 1e-13 OR fees <> 0 OR costs <> 0 OR rebalances <> 0
		OR abs(hodl_value - hodl_value('concentrated', 1, price[1], price[90], price[1] / 1.5, price[1] * 1.5)) > 1e-13
		OR abs(share_in_range - share_in_range(prices, price[1] / 1.5, price[1] * 1.5)) > 1e-14
$$, 'a position that is left alone is il_concentrated, lp_value and share_in_range');
SELECT is_empty($$
	SELECT 1 FROM history, policy p, LATERAL (SELECT count(*) AS rows, bool_and(r.price >= r.pa AND r.price <= r.pb OR r.amount0 = 0 OR r.amount1 = 0) AS sound,
			bool_and(abs(r.amount0 * r.price + r.amount1 + r.fees - r.value) < 1e-10) AS adds_up
			FROM backtest_range_path(prices, volumes, 0.003, width, 5000, trigger, distance, every, cost, gas, skew, 100) r) x,
		LATERAL (SELECT * FROM backtest_range_path(prices, volumes, 0.003, width, 5000, trigger, distance, every, cost, gas, skew, 100) r ORDER BY r.ts DESC LIMIT 1) z,
		LATERAL backtest_range(prices, volumes, 0.003, width, 5000, trigger, distance, every, cost, gas, skew, 100) b
	WHERE rows <> 90 OR NOT sound OR NOT adds_up OR z.value <> b.final_value OR z.fees <> b.fees OR z.lvr <> b.lvr OR z.rebalances <> b.rebalances OR z.hodl_value <> b.hodl_value
$$, 'the path ends where the summary does');
-- a driftless walk that never leaves loses what LVR says it does
CREATE TEMP TABLE walk AS
SELECT rate_series('2024-01-01'::timestamptz + interval '1 hour' * i, 100 * exp(x)) AS s
FROM (SELECT i, sum(0.004 * sqrt(-2 * ln(1 - random())) * cos(2 * pi() * random()) - 0.000008) OVER (ORDER BY i) AS x FROM generate_series(1, 20000) i) w;
SELECT cmp_ok(abs(lvr / avg / (20000 * 0.004 ^ 2 / 8) - 1)::float8, '<', 0.05::float8, 'LVR of a walk tends to sigma^2/8')
FROM walk, LATERAL backtest_range(s, NULL, 0, 1e6, trigger => 'never'), LATERAL (SELECT avg(value) FROM backtest_range_path(s, NULL, 0, 1e6, trigger => 'never')) v;

SELECT * FROM finish();
ROLLBACK;
