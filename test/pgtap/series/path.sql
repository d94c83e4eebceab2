-- Measures of a path against their definitions in plain SQL, and against published numbers.
\set ON_ERROR_STOP on
\set QUIET on
BEGIN;
\i test/pgtap/include/common.sql
SELECT no_plan();
SELECT setseed(0.5) \g /dev/null
SET LOCAL timezone = 'UTC';

-- histories full of ties and gaps, of one point and of many: smooth rates, prices, frozen feeds, steps equal or not
CREATE TEMP TABLE history AS
SELECT series, i AS row,
	timestamptz '2024-01-01' + CASE series % 3
		WHEN 0 THEN (random() * 30 * series)::int * interval '1 hour'
		WHEN 1 THEN (random() * 1e13)::bigint * interval '1 microsecond'
		ELSE i * interval '1 hour' END AS ts,
	CASE WHEN random() < 0.95 THEN CASE series % 4
		WHEN 0 THEN 1 + (random() * 5)::int / 64.0::float8
		WHEN 1 THEN 1 + i / 1e5::float8 + random() * 1e-9
		WHEN 2 THEN exp(sin(i / 50.0::float8) * 2 + random())
		ELSE 1 - (random() * 0.01) ^ 2 END END AS rate
FROM generate_series(1, 40) series, generate_series(1, CASE WHEN series % 10 = 9 THEN 1400 ELSE series * 2 - 1 END) i;
CREATE TEMP TABLE made AS SELECT series, rate_series(ts, rate) AS s FROM history GROUP BY series HAVING count(rate) > 0;

-- the points, each with what comes before and after it
CREATE TEMP TABLE point AS
SELECT series, ts, rate, lag(ts) OVER w AS ts0, lag(rate) OVER w AS rate0, lead(ts) OVER w AS ts1, lead(rate) OVER w AS rate1,
	row_number() OVER w AS n, max(rate) OVER w AS peak
FROM (SELECT series, ts, max(rate) AS rate FROM history WHERE rate IS NOT NULL GROUP BY series, ts) p
WINDOW w AS (PARTITION BY series ORDER BY ts);
CREATE INDEX ON point (series, ts);
ANALYZE point;

CREATE FUNCTION us(i interval) RETURNS numeric LANGUAGE sql IMMUTABLE AS $$ SELECT extract(epoch FROM i) * 1000000 $$;
CREATE FUNCTION root(x numeric) RETURNS numeric LANGUAGE sql IMMUTABLE AS $$ SELECT sqrt(round(x, 60)) $$;

-- windows at random: before, in, across and after a history
CREATE TEMP TABLE span AS
SELECT series, first_time(s) + (random() * 2 - 0.6) * (last_time(s) - first_time(s) + interval '1 day') AS t0, random() * interval '9 days' AS length
FROM made, generate_series(1, 12);
-- what of each point is in the window: stretches of time on which the path is constant, or a line
CREATE TEMP TABLE stretch AS
SELECT series, t0, t0 + length AS t1, from_ts, to_ts, rate AS locf,
	exact(rate) + (exact(coalesce(rate1, rate)) - exact(rate)) * coalesce(us(from_ts - ts) / nullif(us(ts1 - ts), 0), 0) AS line0,
	exact(rate) + (exact(coalesce(rate1, rate)) - exact(rate)) * coalesce(us(to_ts - ts) / nullif(us(ts1 - ts), 0), 0) AS line1
FROM (SELECT *, greatest(ts, t0) AS from_ts, least(coalesce(ts1, t0 + length), t0 + length) AS to_ts FROM span JOIN point USING (series)) x
WHERE from_ts < to_ts;
CREATE TEMP TABLE defined AS
SELECT series, t0, t1, sum(exact(locf) * us(to_ts - from_ts)) AS area, sum((line0 + line1) / 2 * us(to_ts - from_ts)) AS line_area,
	sum(us(to_ts - from_ts)) AS width, count(*) AS n
FROM stretch GROUP BY series, t0, t1;
CREATE TEMP TABLE deviation AS
SELECT series, t0, t1, root(sum((exact(locf) - area / width) ^ 2 * us(to_ts - from_ts)) / width) AS locf,
	root(sum(((line0 - m) ^ 2 + (line0 - m) * (line1 - m) + (line1 - m) ^ 2) / 3 * us(to_ts - from_ts)) / width) AS linear
FROM stretch JOIN (SELECT *, line_area / width AS m FROM defined) d USING (series, t0, t1) GROUP BY series, t0, t1, width;
CREATE TEMP TABLE computed AS
SELECT series, t0, t0 + length AS t1, twap(s, t0, t0 + length) AS locf, twap(s, t0, t0 + length, 'linear') AS linear,
	integral(s, t0, t0 + length, unit => 'microsecond') AS area, integral(s, t0, t0 + length, 'linear', 'hour') AS line_area,
	time_weighted_stddev(s, t0, t0 + length) AS sd, time_weighted_stddev(s, t0, t0 + length, 'linear') AS line_sd
FROM made JOIN span USING (series);

SELECT is_empty($$
	SELECT 1 FROM computed LEFT JOIN defined d USING (series, t0, t1) WHERE NOT is_close(locf, d.area / width, 4e-16)
		OR NOT is_close(linear, d.line_area / width, 4e-16)
$$, 'twap is the integral over the length of time, to the last digits');
SELECT is_empty($$
	SELECT 1 FROM computed c LEFT JOIN defined d USING (series, t0, t1) WHERE NOT is_close(c.area, d.area, 4e-16)
		OR NOT is_close(c.line_area, d.line_area / 3600000000, 4e-16)
$$, 'integral');
SELECT is_empty($$
	SELECT 1 FROM computed LEFT JOIN deviation d USING (series, t0, t1) WHERE NOT is_close(sd, d.locf, 1e-12, 1e-14)
		OR NOT is_close(line_sd, d.linear, 1e-12, 1e-14)
$$, 'time_weighted_stddev');
SELECT isnt_empty('SELECT 1 FROM computed WHERE locf IS NULL', 'some windows are before all points');
SELECT isnt_empty('SELECT 1 FROM computed JOIN made USING (series) WHERE t0 > last_time(s) AND locf = last_rate(s)', 'some are after');
SELECT isnt_empty('SELECT 1 FROM computed JOIN defined USING (series, t0, t1) WHERE n > 100', 'some hold many points');
SELECT is_empty($$
	SELECT series FROM made WHERE twap(s) IS DISTINCT FROM twap(s, first_time(s), last_time(s)) OR twap(s) < min_rate(s) OR twap(s) > max_rate(s)
		OR twap(s, end_time => last_time(s) + interval '1 day') IS DISTINCT FROM twap(s, first_time(s), last_time(s) + interval '1 day')
		OR num_rates(s) = 1 AND (twap(s), time_weighted_stddev(s), integral(s)) IS DISTINCT FROM (first_rate(s), 0::float8, 0::float8)
$$, 'without bounds from the first to the last point');

-- two windows side by side make one
SELECT is_empty($$
	SELECT 1 FROM (SELECT s, t0, t0 + length / 3 AS middle, t0 + length AS t1 FROM made JOIN span USING (series) WHERE t0 >= first_time(s)) x
	WHERE NOT is_close(integral(s, t0, t1), exact(integral(s, t0, middle)) + exact(integral(s, middle, t1)), 1e-14)
		OR NOT is_close(integral(s, t0, t1, 'linear'), exact(integral(s, t0, middle, 'linear')) + exact(integral(s, middle, t1, 'linear')), 1e-14)
$$, 'integrals of adjacent windows add up');

-- volatility and downside deviation
CREATE TEMP TABLE step AS
SELECT series, ts, ln(ratio) AS log_return, ratio - 1 AS simple_return, us(ts - ts0) / (365 * 86400e6) AS years
FROM point, LATERAL (SELECT round(exact(rate), 40) / exact(rate0) AS ratio) r WHERE rate0 IS NOT NULL;
SELECT is_empty($$
	SELECT series FROM made LEFT JOIN (
		SELECT series, root(sum((log_return - drift * years) ^ 2 / years) / nullif(count(*) - 1, 0)) AS log_sd,
			root(sum((simple_return - simple_drift * years) ^ 2 / years) / nullif(count(*) - 1, 0)) AS simple_sd,
			root(avg(least(simple_return - 0.5 * years, 0) ^ 2 / years)) AS downside
		FROM step JOIN (SELECT series, sum(log_return) / sum(years) AS drift, sum(simple_return) / sum(years) AS simple_drift FROM step GROUP BY series) d USING (series)
		GROUP BY series) d USING (series)
	-- a rounding of a return of an hour is 1e-14 of the result
	WHERE NOT is_close(volatility(s), log_sd, 1e-12, 1e-13) OR NOT is_close(volatility(s, kind => 'simple'), simple_sd, 1e-12, 1e-13)
		OR NOT is_close(downside_deviation(s, 0.5), downside, 1e-12, 1e-13)
$$, 'volatility and downside_deviation');
SELECT is_empty($$
	SELECT series FROM made WHERE (volatility(s) IS NULL) <> (num_rates(s) < 3) OR (downside_deviation(s) IS NULL) <> (num_rates(s) < 2)
		OR NOT is_close(volatility(s, 252), exact(volatility(s)) * root(252 / 365.0), 1e-14)
$$, 'fewer points, other years');
-- with equal steps, as a spreadsheet has it
SELECT is_empty($$
	SELECT series FROM (
		SELECT series, rate_series(timestamptz '2024-01-01' + row * interval '1 day', rate) AS s, array_agg(rate ORDER BY row) AS rates
		FROM (SELECT series, row_number() OVER (PARTITION BY series ORDER BY row) AS row, rate FROM history WHERE rate IS NOT NULL) h GROUP BY series
		HAVING count(*) > 2) x,
		LATERAL (SELECT stddev_samp(ln(r / r0)) * sqrt(365) AS sd, stddev_samp(r / r0 - 1) * sqrt(365) AS simple_sd,
			sqrt(avg(least(r / r0 - 1, 0) ^ 2)) * sqrt(365) AS downside
			FROM (SELECT r, lag(r) OVER (ORDER BY n) AS r0 FROM unnest(rates) WITH ORDINALITY u(r, n)) p WHERE r0 IS NOT NULL) d
	WHERE NOT is_close(volatility(s), exact(sd), 1e-9, 1e-13) OR NOT is_close(volatility(s, kind => 'simple'), exact(simple_sd), 1e-9, 1e-13)
		OR NOT is_close(downside_deviation(s), exact(downside), 1e-9, 1e-13)
$$, 'equal steps: the deviation of returns times the root of steps in a year');

-- drawdown
SELECT is_empty($$
	SELECT series FROM made JOIN (SELECT series, min((rate - peak) / peak) AS depth, (array_agg((rate - peak) / peak ORDER BY ts DESC))[1] AS now,
		root(sum((exact(rate) / exact(peak) - 1) ^ 2 * us(ts - ts0)) / nullif(sum(us(ts - ts0)), 0)) AS ulcer FROM point GROUP BY series) d USING (series)
	WHERE max_drawdown(s) <> depth OR current_drawdown(s) <> now OR NOT is_close(ulcer_index(s), coalesce(ulcer, 0), 1e-12, 1e-15)
$$, 'max_drawdown, current_drawdown and ulcer_index');
SELECT is_empty($$
	SELECT series FROM made, max_drawdown_details(s) d,
		LATERAL (SELECT ts AS trough_ts, peak AS peak_rate, rate AS trough_rate FROM point p WHERE p.series = made.series AND rate < peak
			ORDER BY (rate - peak) / peak, ts LIMIT 1) t,
		LATERAL (SELECT max(ts) AS peak_ts FROM point p WHERE p.series = made.series AND ts < trough_ts AND rate = peak_rate) k,
		LATERAL (SELECT min(ts) AS back_ts FROM point p WHERE p.series = made.series AND ts > trough_ts AND rate >= peak_rate) b
	WHERE d IS DISTINCT FROM (max_drawdown(s), peak_ts, peak_rate, trough_ts, trough_rate, back_ts)::record
$$, 'max_drawdown_details');
SELECT is_empty($$
	SELECT series FROM made, max_drawdown_details(s) d WHERE (d.peak_time IS NULL) <> (d.drawdown = 0) OR d.drawdown <> max_drawdown(s)
$$, 'without a fall there are no dates');
SELECT isnt_empty('SELECT 1 FROM made, max_drawdown_details(s) d WHERE d.recovery_time IS NOT NULL', 'some drawdowns are recovered');

-- spells
CREATE TEMP TABLE change AS
SELECT *, lead(ts) OVER (PARTITION BY series ORDER BY ts) AS next FROM point WHERE rate0 IS NULL OR rate0 <> rate;
SELECT is_empty($$
	SELECT series FROM made, longest_flat(s) f,
		LATERAL (SELECT ts, coalesce(next, last_time(s)) AS until FROM change c WHERE c.series = made.series ORDER BY coalesce(next, last_time(s)) - ts DESC, ts LIMIT 1) c
	WHERE f IS DISTINCT FROM (until - ts, ts, until)::record
$$, 'longest_flat');
SELECT is_empty($$
	SELECT series FROM made JOIN span USING (series)
	WHERE time_since_change(s, t0) IS DISTINCT FROM t0 - (SELECT max(ts) FROM change c WHERE c.series = made.series AND ts <= t0)
		OR time_since_change(s) IS DISTINCT FROM time_since_change(s, last_time(s))
$$, 'time_since_change');
CREATE TEMP TABLE below AS
SELECT series, t0, t0 + length AS t1, s, (SELECT rate FROM point p WHERE p.series = made.series ORDER BY random() LIMIT 1) AS threshold FROM made JOIN span USING (series);
SELECT is_empty($$
	SELECT series FROM below b LEFT JOIN (SELECT series, t0, t1, coalesce(sum(to_ts - from_ts) FILTER (WHERE locf < threshold), '0') AS time_below, sum(us(to_ts - from_ts)) AS width
		FROM stretch JOIN below USING (series, t0, t1) GROUP BY series, t0, t1) d USING (series, t0, t1)
	WHERE us(time_below(s, threshold, t0, t1)) IS DISTINCT FROM us(d.time_below) OR NOT is_close(share_below(s, threshold, t0, t1), us(d.time_below) / width, 2e-16)
$$, 'time_below and share_below');
SELECT is_empty($$
	SELECT series FROM below b, LATERAL (SELECT max(ts) AS above FROM point p WHERE p.series = b.series AND ts <= t0 AND rate >= threshold) a,
		LATERAL (SELECT min(ts) AS since FROM point p WHERE p.series = b.series AND ts <= t0 AND (above IS NULL OR ts > above)) f
	WHERE below_since(s, threshold, t0) IS DISTINCT FROM since
$$, 'below_since');
SELECT is_empty($$
	SELECT series FROM (SELECT DISTINCT ON (series) * FROM below) b, longest_below(s, threshold) l
	WHERE l.spell IS DISTINCT FROM (
		SELECT nullif(max(until - since), '0') FROM (
			SELECT min(ts) AS since, max(coalesce(ts1, ts)) AS until FROM (
				SELECT ts, ts1, rate, count(*) FILTER (WHERE rate >= threshold) OVER (ORDER BY ts) AS run FROM point p WHERE p.series = b.series) x
			WHERE rate < threshold GROUP BY run) y)
		OR l.spell <> l.end_time - l.start_time
		OR EXISTS (SELECT FROM point p WHERE p.series = b.series AND ts >= l.start_time AND ts < l.end_time AND rate >= threshold)
$$, 'longest_below');
SELECT isnt_empty('SELECT 1 FROM below WHERE below_since(s, threshold, t0) > first_time(s)', 'some were not below before');

-- trailing and rolling yields
CREATE TEMP TABLE rolled AS
SELECT series, s, width, r.ts, r.apr, y.apy, ordinality FROM made, unnest('{1 hour,1 day 00:00:01,7 days}'::interval[]) width,
	rolling_apr(s, width, 360) WITH ORDINALITY r JOIN rolling_apy(s, width, year_days => 360) y USING (ts);
SELECT is_empty($$
	SELECT series FROM rolled r LEFT JOIN point p USING (series, ts)
	WHERE p.n IS DISTINCT FROM ordinality OR (r.apr, r.apy) IS DISTINCT FROM (
		SELECT (apr(b.rate, p.rate, ts - width, ts, 360), apy(b.rate, p.rate, ts - width, ts, 360))
		FROM (SELECT 1) one LEFT JOIN LATERAL (SELECT rate FROM point q WHERE q.series = r.series AND q.ts <= r.ts - width ORDER BY q.ts DESC LIMIT 1) b ON true)
$$, 'rolling yields are those from the rate in force before, bit for bit');
SELECT is((SELECT count(*) FROM rolled), (SELECT 3 * count(*) FROM point), 'one for each point');
SELECT isnt_empty('SELECT 1 FROM rolled WHERE apr IS NULL', 'some are NULL');
SELECT is_empty($$
	SELECT series FROM rolled GROUP BY series, s, width
	HAVING rolling_apr_series(s, width, 360) IS DISTINCT FROM rate_series(ts, apr) OR rolling_apy_series(s, width, 360) IS DISTINCT FROM rate_series(ts, apy)
$$, 'as a series the same');
SELECT is_empty($$
	SELECT series FROM rolled WHERE (trailing_apr(s, width, ts, 360), trailing_apy(s, width, ts, 360)) IS DISTINCT FROM (apr, apy) AND random() < 0.05
$$, 'trailing yields at a point are the rolling ones');
SELECT is_empty($$
	SELECT series FROM made JOIN span USING (series)
	WHERE trailing_apr(s, length + interval '1 microsecond', t0) IS DISTINCT FROM
		(SELECT apr(a.rate, b.rate, t0 - length - interval '1 microsecond', t0) FROM
			(SELECT rate FROM point p WHERE p.series = made.series AND ts <= t0 - length - interval '1 microsecond' ORDER BY ts DESC LIMIT 1) a,
			(SELECT rate FROM point p WHERE p.series = made.series AND ts <= t0 ORDER BY ts DESC LIMIT 1) b)
$$, 'trailing_apr at any moment');

-- aggregates: what the series says, in any order of rows
SELECT is_empty($$
	SELECT series FROM history GROUP BY series
	HAVING (twap(ts, rate), twap_linear(ts, rate), integral(ts, rate), time_weighted_stddev(ts, rate), volatility(ts, rate), downside_deviation(ts, rate),
			max_drawdown(ts, rate), current_drawdown(ts, rate), ulcer_index(ts, rate))
		IS DISTINCT FROM (SELECT (twap(s), twap(s, method => 'linear'), integral(s), time_weighted_stddev(s), volatility(s), downside_deviation(s),
			max_drawdown(s), current_drawdown(s), ulcer_index(s)) FROM made WHERE made.series = history.series)
	OR twap(ts, rate ORDER BY random()) IS DISTINCT FROM twap(ts, rate) OR volatility(ts, rate ORDER BY random()) IS DISTINCT FROM volatility(ts, rate)
	OR max_drawdown(ts, exact(rate) ORDER BY ts DESC) IS DISTINCT FROM max_drawdown(ts, rate)
$$, 'aggregates over rows');

-- laws: another unit of value, another time
SELECT is_empty($$
	SELECT series FROM made JOIN (SELECT series, rate_series(ts + interval '1234 days 05:06:07.000089', rate * 1024) AS t FROM history GROUP BY series) other USING (series)
	WHERE (twap(s) * 1024, volatility(s), downside_deviation(s, 0.1), max_drawdown(s), ulcer_index(s), current_drawdown(s), time_weighted_stddev(s) * 1024, (longest_flat(s)).spell, share_below(s, 1.02))
		IS DISTINCT FROM (twap(t), volatility(t), downside_deviation(t, 0.1), max_drawdown(t), ulcer_index(t), current_drawdown(t), time_weighted_stddev(t), (longest_flat(t)).spell, share_below(t, 1.02 * 1024))
$$, 'no dependence on the unit of value or the date');

-- serial and parallel
CREATE TABLE parallel_history AS
SELECT g % 5 AS series, timestamptz '2024-01-01' + (g * 7919 % 100003) * interval '1 minute' AS ts,
	1 + (g * 104729 % 1000003) / 1e6::float8 AS rate
FROM generate_series(1::bigint, 100000) g;
ANALYZE parallel_history;
\set query 'SELECT series, twap(ts, rate) a, twap_linear(ts, rate) b, time_weighted_stddev(ts, rate) c, volatility(ts, rate) d, max_drawdown(ts, rate) e, ulcer_index(ts, rate) f, integral(ts, rate) g FROM parallel_history GROUP BY series'
SELECT force_serial() \g /dev/null
CREATE TEMP TABLE serial AS :query;
SELECT force_parallel() \g /dev/null
SELECT matches(explained(:'query'), 'Partial.*Aggregate', 'the plan is parallel');
CREATE TEMP TABLE parallel AS :query;
SELECT bag_eq('TABLE serial', 'TABLE parallel', 'serial equals parallel');
SELECT force_serial() \g /dev/null

-- published numbers: returns made a path of equal steps, from 1 on
CREATE TEMP TABLE line (file text DEFAULT 'empyrical', text text);
\copy line (text) FROM 'test/vectors/risk/empyrical.json' (FORMAT csv, DELIMITER E'\x02', QUOTE E'\x01')
CREATE TEMP TABLE fixture_line (text text);
\copy fixture_line FROM 'test/vectors/risk/empyrical_fixtures.json' (FORMAT csv, DELIMITER E'\x02', QUOTE E'\x01')
CREATE TEMP TABLE other_line (text text);
\copy other_line FROM 'test/vectors/risk/risk_and_rates.json' (FORMAT csv, DELIMITER E'\x02', QUOTE E'\x01')
CREATE TEMP TABLE vector AS SELECT v FROM jsonb_array_elements((SELECT string_agg(text, ' ')::jsonb FROM line)) v;
-- a return that is missing is no step
CREATE TEMP TABLE fixture AS
SELECT key AS name, r::float8 AS return, row_number() OVER (PARTITION BY key ORDER BY n) AS n
FROM jsonb_each((SELECT string_agg(text, ' ')::jsonb -> 'fixtures' FROM fixture_line)), jsonb_array_elements_text(value) WITH ORDINALITY x(r, n) WHERE r IS NOT NULL;
INSERT INTO fixture
SELECT 'drawdown', r::float8, n FROM jsonb_array_elements((SELECT string_agg(text, ' ')::jsonb FROM other_line)) v,
	jsonb_array_elements_text(v -> 'args' -> 'returns') WITH ORDINALITY x(r, n) WHERE v ->> 'fn' = 'drawdown';
CREATE FUNCTION compound(float8, float8) RETURNS float8 LANGUAGE sql IMMUTABLE AS 'SELECT $1 * (1 + $2)';
CREATE AGGREGATE compounded(float8) (SFUNC = compound, STYPE = float8, INITCOND = 1);
CREATE TEMP TABLE cumulated AS
SELECT name, n, timestamptz '2024-01-01' + n * interval '1 day' AS ts, compounded(return) OVER (PARTITION BY name ORDER BY n) AS value
FROM (SELECT name, n, return FROM fixture UNION ALL SELECT DISTINCT name, 0, 0 FROM fixture) f;
CREATE TEMP TABLE published AS
SELECT v ->> 'test' AS test, v -> 'args' ->> 'returns' AS name, (v ->> 'expected')::numeric AS expected,
	CASE v -> 'args' ->> 'period' WHEN 'weekly' THEN 52 WHEN 'monthly' THEN 12 ELSE 252 END AS periods, rate_series(ts, value) AS s
FROM vector LEFT JOIN cumulated c ON c.name = v -> 'args' ->> 'returns'
WHERE v ->> 'test' IN ('test_max_drawdown', 'test_downside_risk', 'test_annual_volatility') GROUP BY v;
SELECT is(count(*), 9::bigint, 'cases of empyrical') FROM published;
SELECT ok(is_close(CASE test WHEN 'test_max_drawdown' THEN max_drawdown(s) WHEN 'test_downside_risk' THEN downside_deviation(s, year_days => periods)
	ELSE volatility(s, periods, 'simple') END, expected, 1e-8), test || ' of ' || name) FROM published;
SELECT ok(is_close(max_drawdown(ts, value), expected, NULL, 5e-5), 'test_roll_max_drawdown from ' || first)
FROM (SELECT (v -> 'args' ->> 'window')::int AS width, n::int - 1 AS first, e::numeric AS expected, v -> 'args' ->> 'returns' AS name
	FROM vector, jsonb_array_elements_text(v -> 'expected') WITH ORDINALITY x(e, n) WHERE v ->> 'test' = 'test_roll_max_drawdown') w
JOIN cumulated USING (name) WHERE n BETWEEN first AND first + width GROUP BY first, expected;
-- a missing return counts in empyrical's length of time
SELECT ok(is_close(trailing_apy(rate_series(ts, value), '9 days', year_days => periods), expected, 1e-12), v ->> 'test' || ' of ' || name)
FROM (SELECT v, v -> 'args' ->> 'returns' AS name, (v ->> 'expected')::numeric AS expected, CASE v -> 'args' ->> 'period' WHEN 'monthly' THEN 12 ELSE 252 END AS periods
	FROM vector WHERE v ->> 'test' IN ('test_annual_ret', 'test_cagr') AND v ->> 'expected' IS NOT NULL) x
JOIN (SELECT name, ts, value FROM cumulated UNION ALL SELECT name, min(ts) - interval '1 day', 1 FROM cumulated GROUP BY name HAVING count(*) = 9) c USING (name)
GROUP BY v, name, expected, periods;
SELECT ok(is_close(max_drawdown(s), (e ->> 'max_drawdown')::numeric) AND is_close(ulcer_index(s), (e ->> 'ulcer_rms_n')::numeric)
	AND is_close(current_drawdown(s), (e ->> 'final')::numeric), 'drawdown of derived returns')
FROM (SELECT v -> 'expected' AS e FROM jsonb_array_elements((SELECT string_agg(text, ' ')::jsonb FROM other_line)) v WHERE v ->> 'fn' = 'drawdown') x,
	(SELECT rate_series(ts, value) AS s FROM cumulated WHERE name = 'drawdown') y;

SELECT * FROM finish();
ROLLBACK;
