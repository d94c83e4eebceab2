-- Properties and vectors of domain yield: linked returns, rewards, attribution.
\set ON_ERROR_STOP on
\set QUIET on
BEGIN;
\i test/pgtap/include/common.sql
SELECT no_plan();
SELECT setseed(0.5) \g /dev/null

CREATE TEMP TABLE linked_case (returns float8[], expected numeric, tol numeric, abs_tol numeric, kind text, source text);
\copy linked_case FROM 'test/vectors/yield/linked_return.csv' (FORMAT csv, HEADER)
SELECT cmp_ok(count(*)::int, '>=', 20, 'all vectors of linked_return were loaded') FROM linked_case;
SELECT ok(is_close((SELECT linked_return(r) FROM unnest(returns) r), expected, tol, abs_tol),
	format('linked_return of %s returns: %s', cardinality(returns), expected)) FROM linked_case;

-- any order, any split, serial and parallel, stored and rolled up
CREATE TABLE yield_return_history AS
SELECT series, i AS row, timestamptz '2024-01-01' + i * interval '5 hours' AS ts, (random() - 0.48) * CASE WHEN series % 3 = 0 THEN 1 ELSE 0.01 END AS ret
FROM generate_series(1, 20) series, generate_series(1, 300) i;
CREATE TEMP TABLE whole AS SELECT series, linked_return(ret) AS r FROM yield_return_history GROUP BY series;
SELECT is_empty($$
	SELECT 1 FROM yield_return_history JOIN whole USING (series) GROUP BY series, r
	HAVING abs(linked_return(ret ORDER BY random()) - r) > 4e-16 * (1 + abs(r))
$$, 'linked_return depends on the order of rows by a rounding of the result at most');
CREATE MATERIALIZED VIEW yield_return_daily AS
SELECT series, date_trunc('day', ts, 'UTC') AS day, return_agg(ret) AS s FROM yield_return_history GROUP BY 1, 2;
SELECT is_empty($$
	SELECT 1 FROM (
		SELECT series, date_trunc('month', day, 'UTC') AS month, linked_return(rollup(s ORDER BY random())) AS stored, num_returns(rollup(s)) AS n
		FROM yield_return_daily GROUP BY 1, 2
	) a FULL JOIN (
		SELECT series, date_trunc('month', ts, 'UTC') AS month, linked_return(ret) AS direct, count(*) AS n FROM yield_return_history GROUP BY 1, 2
	) b USING (series, month)
	WHERE a.n IS DISTINCT FROM b.n OR abs(stored - direct) > 4e-16 * (1 + abs(direct)) OR stored IS NULL
$$, 'by month from what was stored by day, the same as from rows');
SELECT is_empty($$
	SELECT 1 FROM yield_return_history JOIN whole USING (series) GROUP BY series, r
	HAVING abs(r - (exp(sum(ln((1 + ret)::numeric))) - 1)) > 1e-12 * (1 + abs(r))
$$, 'it is the product of 1 + return less one');
SELECT is_empty($$
	SELECT 1 FROM (SELECT series, row, linked_return(ret) OVER w AS moving FROM yield_return_history
		WINDOW w AS (PARTITION BY series ORDER BY row ROWS BETWEEN 9 PRECEDING AND 1 FOLLOWING)) m
	WHERE abs(moving - (SELECT linked_return(ret) FROM yield_return_history h WHERE h.series = m.series AND h.row BETWEEN m.row - 9 AND m.row + 1))
		> 4e-16 * (1 + abs(moving))
$$, 'over a moving frame the same');
ANALYZE yield_return_history;
ALTER TABLE yield_return_history SET (parallel_workers = 2);
SELECT force_parallel() \g /dev/null
SELECT matches(explained('SELECT series, linked_return(ret) FROM yield_return_history GROUP BY series'), 'Partial', 'linked_return runs in parallel');
SELECT is_empty($$
	SELECT 1 FROM (SELECT series, linked_return(ret) AS p FROM yield_return_history GROUP BY series) x JOIN whole USING (series)
	WHERE abs(p - r) > 4e-16 * (1 + abs(r))
$$, 'and gives the same');
SELECT force_serial() \g /dev/null

-- blends by value over time: a deposit in mid-course does not count as yield
SELECT ok(abs(linked_return(r) - (1.1 * 1.2 - 1)) < 1e-15, 'linked blends weigh by the value at the start of each period')
FROM (SELECT period, blended_apr(ret, weight) AS r FROM (VALUES (1, 0.1, 50), (1, 0.1, 50), (2, 0.3, 500), (2, 0.1, 500)) p(period, ret, weight)
	GROUP BY period) x;

-- return_summary: round trips and corrupt images
SELECT is_empty('SELECT 1 FROM yield_return_daily WHERE s::text::return_summary <> s', 'text round trip');
SELECT is(binary_copy(_return_summary_send(s), 'return_summary')::return_summary, s, 'binary round trip')
FROM yield_return_daily WHERE series = 3 LIMIT 20;
CREATE TEMP TABLE image AS SELECT _return_summary_send('(40:3,0,2)') AS good;
SELECT throws_ok(
	format($$SELECT binary_copy(overlay(good placing %L::bytea from %s), 'return_summary') FROM image$$, bytes, 1 + 8 * field),
	'22P03', NULL, format('binary: %s in field %s', what, field))
FROM (VALUES
	(0, '\x7ff8000000000000'::bytea, 'a bin beyond all'), (0, '\xffffffffffffffd5', 'a bin below all'),
	(1, '\x7fffffffffffffff', 'more than a bin can hold'), (6, '\x0000000000000001', 'a sum after a total loss'),
	(6, '\x0000000000000002', 'neither 0 nor 1'), (7, '\x0000000000000000', 'no returns'), (7, '\xffffffffffffffff', 'fewer than none')
) v(field, bytes, what);

-- EigenLayer: vectors, and nothing is paid twice
CREATE TEMP TABLE split_case (tokens_per_day numeric, staker_weight numeric, total_weight numeric, split_bips int, payout numeric,
	operator numeric, staker numeric, kind text, source text);
\copy split_case FROM 'test/vectors/yield/eigen_reward_split.csv' (FORMAT csv, HEADER)
SELECT cmp_ok(count(*)::int, '>=', 40, 'all vectors of eigen_reward_split were loaded') FROM split_case;
SELECT ok((c.payout, c.operator, c.staker) = (r.payout, r.operator, r.staker),
	format('eigen_reward_split(%s, %s, %s, %s)', tokens_per_day, staker_weight, total_weight, split_bips))
FROM split_case c, eigen_reward_split(tokens_per_day, staker_weight, total_weight, split_bips) r;
SELECT is_empty($$
	SELECT 1 FROM (SELECT r.*, 1000000007 AS paid FROM (SELECT (random() * 1e15)::bigint::numeric AS w FROM generate_series(1, 200)) s,
		LATERAL eigen_reward_split(1000000007, w, 200e15) r) x
	WHERE operator + staker <> payout HAVING sum(payout) > min(paid)
$$, 'operator and staker have the payout, and all stakers at most the tokens of the day');

-- attribution: vectors, the sum to the last bit, additive over periods
CREATE TEMP TABLE attribution_case (rate0 float8, rate1 float8, market0 float8, market1 float8, staking_return float8, fee float8,
	incentive_return float8, total numeric, staking numeric, restaking numeric, incentives numeric, peg numeric, fees numeric,
	tol numeric, abs_tol numeric, kind text, source text);
\copy attribution_case FROM 'test/vectors/yield/attribute_return.csv' (FORMAT csv, HEADER)
SELECT cmp_ok(count(*)::int, '>=', 25, 'all vectors of attribute_return were loaded') FROM attribution_case;
SELECT ok(is_close(a.total, c.total, tol, abs_tol) AND is_close(a.staking, c.staking, tol, abs_tol)
	AND is_close(a.restaking, c.restaking, tol, abs_tol) AND is_close(a.incentives, c.incentives, tol, abs_tol)
	AND is_close(a.peg, c.peg, tol, abs_tol) AND is_close(a.fees, c.fees, tol, abs_tol)
	AND a.staking + a.restaking + a.incentives + a.peg + a.fees = a.total, format('attribute_return: %s', c.total))
FROM attribution_case c, attribute_return(rate0, rate1, market0, market1, staking_return, fee, incentive_return) a;
CREATE TEMP TABLE holding AS
SELECT series, i, exp(0.0001 * i + 0.003 * random() - CASE WHEN i > 30 THEN 0.02 ELSE 0 END) AS rate, 1 + 0.01 * (random() - 0.7) AS premium,
	(random() - 0.2) * 0.001 AS staking, random() * 0.0005 AS incentive
FROM generate_series(1, 20) series, generate_series(0, 60) i;
SELECT is_empty($$
	SELECT 1 FROM (
		SELECT series, i, attribute_return(lag(rate) OVER w, rate, lag(rate * premium) OVER w, rate * premium, staking, 0.1, incentive) AS a
		FROM holding WINDOW w AS (PARTITION BY series ORDER BY i)
	) x WHERE (a).staking + (a).restaking + (a).incentives + (a).peg + (a).fees <> (a).total
$$, 'the parts sum to the total to the last bit');
SELECT is_empty($$
	WITH parts AS (
		SELECT series, sum((a).total) AS total, sum((a).peg) AS peg, sum((a).staking + (a).restaking + (a).fees) AS rate, sum((a).incentives) AS incentives
		FROM (SELECT series, attribute_return(lag(rate) OVER w, rate, lag(rate * premium) OVER w, rate * premium, staking, 0.1, incentive) AS a
			FROM holding WINDOW w AS (PARTITION BY series ORDER BY i)) x GROUP BY series
	), ends AS (
		SELECT series, max(rate) FILTER (WHERE i = 0) AS r0, max(rate) FILTER (WHERE i = 60) AS r1, max(rate * premium) FILTER (WHERE i = 0) AS m0,
			max(rate * premium) FILTER (WHERE i = 60) AS m1, linked_return(incentive) FILTER (WHERE i > 0) AS inc, linked_return(staking) FILTER (WHERE i > 0) AS st
		FROM holding GROUP BY series
	)
	SELECT 1 FROM parts JOIN ends USING (series), LATERAL attribute_return(r0, r1, m0, m1, st, 0, inc) a
	WHERE abs(a.total - parts.total) > 1e-14 OR abs(a.peg - parts.peg) > 1e-14 OR abs(a.incentives - parts.incentives) > 1e-14
		OR abs(a.staking + a.restaking + a.fees - parts.rate) > 1e-14 OR abs(a.total - ln(m1 / m0) - ln(1 + inc)) > 1e-14
$$, 'the parts of periods add up to those of the whole');
SELECT is_empty($$
	SELECT 1 FROM (SELECT random() - 0.3 AS o, random() AS i FROM generate_series(1, 200)) x
	WHERE abs(organic_share(o, i) + organic_share(i, o) - 1) > 1e-12 * abs(organic_share(o, i)) + 1e-15
$$, 'what is not organic is incentives');

-- weETH with its EIGEN payments, 2024-08 to 2025-08: the real figures sum to the whole
CREATE TEMP TABLE lst_rates (ts timestamptz, token text, rate float8);
CREATE TEMP TABLE market_rates (ts timestamptz, token text, venue text, market_rate float8);
CREATE TEMP TABLE network_apr (day date, apr float8);
CREATE TEMP TABLE eigen_rewards (first_day date, last_day date, eigen_paid float8, eth_restaked float8);
\copy lst_rates FROM 'examples/data/lst_rates.csv' (FORMAT csv, HEADER)
\copy market_rates FROM 'examples/data/market_rates.csv' (FORMAT csv, HEADER)
\copy network_apr FROM 'examples/data/network_apr.csv' (FORMAT csv, HEADER)
\copy eigen_rewards FROM 'examples/data/eigen_rewards.csv' (FORMAT csv, HEADER)
SET LOCAL timezone = 'UTC';
CREATE TEMP TABLE edge AS
SELECT edge, r.rate, m.market_rate
FROM (SELECT first_day::timestamptz AS edge FROM eigen_rewards UNION SELECT last_day + 1 FROM eigen_rewards) e,
	LATERAL (SELECT rate FROM lst_rates WHERE token = 'weETH' AND ts <= edge ORDER BY ts DESC LIMIT 1) r,
	LATERAL (SELECT market_rate FROM market_rates WHERE token = 'weETH' AND ts <= edge ORDER BY ts DESC LIMIT 1) m;
CREATE TEMP TABLE payment AS
SELECT first_day, last_day, eigen_paid * 0.0007 / eth_restaked AS incentive, x.*
FROM eigen_rewards p JOIN edge a ON a.edge = first_day JOIN edge b ON b.edge = last_day + 1,
	LATERAL (SELECT linked_return(apr / 365) AS staked FROM network_apr WHERE day BETWEEN first_day AND last_day) n,
	LATERAL attribute_return(a.rate, b.rate, a.market_rate, b.market_rate, staked, 0.1, eigen_paid * 0.0007 / eth_restaked) x;
SELECT is(count(*), 44::bigint, 'all payments are attributed, none twice') FROM payment
WHERE NOT EXISTS (SELECT FROM payment q WHERE q.first_day <= payment.last_day AND q.last_day >= payment.first_day AND q.first_day <> payment.first_day);
SELECT is_empty('SELECT 1 FROM payment WHERE staking + restaking + incentives + peg + fees <> total', 'each sums to its total to the last bit');
SELECT ok(abs(sum(total) - (SELECT ln(b.market_rate / a.market_rate) FROM edge a, edge b WHERE a.edge = '2024-08-15' AND b.edge = '2025-08-03')
	- ln(1 + linked_return(incentive))) < 1e-14, 'and all of them to the return of the whole time') FROM payment;
SELECT ok(sum(staking) BETWEEN 0.029 AND 0.031 AND sum(fees) < 0 AND sum(incentives) > 0 AND sum(staking + restaking + fees) BETWEEN 0.025 AND 0.028
	AND organic_share(sum(staking + restaking + fees), sum(incentives)) BETWEEN 0.7 AND 0.9, 'with parts of the size that they had') FROM payment;

-- reward_apr
SELECT is_empty($$
	SELECT 1 FROM (SELECT random() * 100 - 20 AS a, random() AS p, 1 + random() * 1e6 AS s, 1 + (random() * 1e6)::int AS t FROM generate_series(1, 300)) x
	WHERE NOT is_close(reward_apr(a, p, s, t * interval '1 second'), exact(a) * exact(p) / exact(s) * 31536000 / t, 1e-14)
		OR reward_apr(a, p, s, t * interval '1 second') <> reward_apr_between(a, p, s, timestamptz '2024-01-01', timestamptz '2024-01-01' + t * interval '1 second')
		OR sign(reward_apr(a, p, s, interval '3 days')) <> sign(a * p)
$$, 'reward_apr is amount * price/stake for a year, in both forms');

SELECT * FROM finish();
ROLLBACK;
