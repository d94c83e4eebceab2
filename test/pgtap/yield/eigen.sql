-- Vectors and properties of EigenLayer's rewards.
\set ON_ERROR_STOP on
\set QUIET on
BEGIN;
\i test/pgtap/include/outcome.sql
SELECT no_plan();

-- vectors: the sidecar's expressions as PostgreSQL evaluates them
CREATE TEMP TABLE pot_case (tokens text, weight text, total text, split text, pot text, operator text, stakers text,
	kind text, source text);
\copy pot_case FROM 'test/vectors/yield/eigen_operator_pot.csv' (FORMAT csv, HEADER)
SELECT cmp_ok(count(*)::int, '>=', 19, 'all vectors of eigen_operator_pot were loaded') FROM pot_case;
SELECT is(regexp_replace(outcome(format('SELECT eigen_operator_pot(%s, %s, %s, %s)', tokens, weight, total, split)),
		'^error: .*', 'error'),
	CASE pot WHEN 'error' THEN pot ELSE format('(%s,%s,%s)', pot, operator, stakers) END,
	format('eigen_operator_pot(%s, %s, %s, %s)', tokens, weight, total, split))
FROM pot_case;

CREATE TEMP TABLE payout_case (tokens numeric, weight numeric, total numeric, expected numeric, kind text, source text);
\copy payout_case FROM 'test/vectors/yield/eigen_staker_payout.csv' (FORMAT csv, HEADER)
SELECT cmp_ok(count(*)::int, '>=', 17, 'all vectors of eigen_staker_payout were loaded') FROM payout_case;
SELECT is(eigen_staker_payout(tokens, weight, total), expected, format('eigen_staker_payout(%s, %s, %s)', tokens, weight, total))
FROM payout_case;

CREATE TEMP TABLE weight_case (shares numeric, magnitude numeric, max_magnitude numeric, multiplier numeric, expected numeric,
	kind text, source text);
\copy weight_case FROM 'test/vectors/yield/eigen_allocated_weight.csv' (FORMAT csv, HEADER)
SELECT cmp_ok(count(*)::int, '>=', 5, 'all vectors of eigen_allocated_weight were loaded') FROM weight_case;
SELECT is(eigen_allocated_weight(shares, magnitude, max_magnitude, multiplier), expected,
	format('eigen_allocated_weight(%s, %s, %s, %s)', shares, magnitude, max_magnitude, multiplier))
FROM weight_case;

CREATE TEMP TABLE fee_case (amount numeric, fee_bips int, fee numeric, amount_after numeric, kind text, source text);
\copy fee_case FROM 'test/vectors/yield/eigen_protocol_fee.csv' (FORMAT csv, HEADER)
SELECT cmp_ok(count(*)::int, '>=', 5, 'all vectors of eigen_protocol_fee were loaded') FROM fee_case;
SELECT is(eigen_protocol_fee(amount, fee_bips)::text, ROW(fee, amount_after)::text, format('eigen_protocol_fee(%s, %s)', amount, fee_bips))
FROM fee_case;

CREATE TEMP TABLE split_case (tokens_per_day numeric, staker_weight numeric, total_weight numeric, split_bips int, payout numeric,
	operator numeric, staker numeric, kind text, source text);
\copy split_case FROM 'test/vectors/yield/eigen_reward_split_sql.csv' (FORMAT csv, HEADER)
SELECT cmp_ok(count(*)::int, '>=', 17, 'all vectors of eigen_reward_split were loaded') FROM split_case;
SELECT is(eigen_reward_split(tokens_per_day, staker_weight, total_weight, split_bips)::text, ROW(payout, operator, staker)::text,
	format('eigen_reward_split(%s, %s, %s, %s)', tokens_per_day, staker_weight, total_weight, split_bips))
FROM split_case;

CREATE TEMP TABLE day_case (amount numeric, duration numeric, expected numeric, kind text, source text);
\copy day_case FROM 'test/vectors/yield/eigen_tokens_per_day_v2.csv' (FORMAT csv, HEADER)
SELECT cmp_ok(count(*)::int, '>=', 5, 'all vectors of eigen_tokens_per_day were loaded') FROM day_case;
SELECT is(eigen_tokens_per_day(amount, duration), expected, format('eigen_tokens_per_day(%s, %s)', amount, duration)) FROM day_case;

-- amounts of every size against the expressions themselves, as this server divides
CREATE TEMP TABLE sample AS
SELECT trunc(random()::numeric * ('1e' || (n % 40))::numeric) + 1 AS a,
	trunc(random()::numeric * ('1e' || (n / 40 % 50))::numeric) AS w, n % 10001 AS bips,
	trunc(random()::numeric * ('1e' || (n / 7 % 50))::numeric) + 1 AS more
FROM generate_series(1, 6000) n;
SELECT is_empty($$
	SELECT 1 FROM sample, LATERAL (SELECT floor(a * w / (w + more)) AS pot) p, eigen_operator_pot(a, w, w + more, bips) r
	WHERE r.pot <> p.pot OR r.operator <> floor(p.pot * bips / 10000::numeric) OR r.stakers <> r.pot - r.operator
$$, 'pots');
SELECT is_empty($$
	SELECT 1 FROM sample
	WHERE eigen_staker_payout(a, w, w + more) <> floor(floor((w / (w + more)) * 1000000000000000) / 1000000000000000 * a)
		OR (eigen_reward_split(a, w, w + more)).payout <> eigen_staker_payout(a, w, w + more)
$$, 'payouts');
SELECT is_empty($$
	SELECT 1 FROM sample WHERE eigen_tokens_per_day(a, (1 + bips) * 86400) <> floor(a / (1 + bips))
$$, 'tokens a day');
-- weights, digit by digit, and pots of weights that have decimals
SELECT is_empty($$
	SELECT 1 FROM sample, LATERAL (SELECT a * w / (w + more) * (bips + 1)::numeric AS weight) s
	WHERE eigen_allocated_weight(a, w, w + more, bips + 1)::text <> weight::text
		OR (eigen_operator_pot(more, weight, weight + 0.5, 0)).pot <> floor(more * weight / (weight + 0.5))
$$, 'weights');
-- so many of them are above the exact floor that the rounding matters
SELECT cmp_ok(count(*)::int, '>', 500, 'pots above the exact floor')
FROM sample WHERE (eigen_operator_pot(a, w, w + more, 0)).pot > div(a * w, w + more);

-- errors
SELECT throws_ok(q, s, NULL, q) FROM (VALUES
	('SELECT eigen_operator_pot(1, 2, 1)', '22023'), ('SELECT eigen_operator_pot(1, 0, 0)', '22012'),
	('SELECT eigen_operator_pot(1, 0.2, 0.1)', '22023'), ('SELECT eigen_operator_pot(1, 1, ''NaN'')', '22003'),
	('SELECT eigen_operator_pot(1, -0.1, 1)', '22003'), ('SELECT eigen_operator_pot(1.5, 1, 1)', '22003'),
	('SELECT eigen_operator_pot(1, 1, 1, -1)', '22023'), ('SELECT eigen_operator_pot(1, 1, 1e-78)', '22003'),
	('SELECT eigen_operator_pot(1, 1, 2::numeric ^ 256)', '22003'), ('SELECT eigen_operator_pot(1, 1, ''Infinity'')', '22003'),
	('SELECT eigen_staker_payout(1, 2, 1)', '22023'), ('SELECT eigen_staker_payout(1, 0, 0)', '22012'),
	('SELECT eigen_allocated_weight(1, 1, 0, 1)', '22012'), ('SELECT eigen_allocated_weight(1, 2, 1, 1)', '22023'),
	('SELECT eigen_allocated_weight(2::numeric ^ 200, 1, 1, 2::numeric ^ 200)', '22003'),
	('SELECT eigen_protocol_fee(-1)', '22003'), ('SELECT eigen_protocol_fee(1, 10001)', '22023')) v(q, s);

SELECT * FROM finish();
ROLLBACK;
