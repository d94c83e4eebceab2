-- Vectors and laws of Pendle.
\set ON_ERROR_STOP on
\set QUIET on
BEGIN;
\i test/pgtap/include/outcome.sql
SELECT no_plan();

-- what a row of words looks like; 'error' if any of it is
CREATE FUNCTION wanted(VARIADIC words text[]) RETURNS text LANGUAGE sql
RETURN CASE WHEN 'error' = ANY (words) THEN 'error' ELSE '(' || array_to_string(words, ',', '') || ')' END;

-- vectors
CREATE TEMP TABLE log_case (fn text, x text, y text, expected text, kind text, source text);
\copy log_case FROM 'test/vectors/derivative/logexpmath.csv' (FORMAT csv, HEADER)
SELECT cmp_ok(count(*)::int, '>=', 60, 'all vectors of logexpmath were loaded') FROM log_case;
SELECT is(answer(call), expected, call) FROM log_case, LATERAL (SELECT format('%s(%s)', fn, concat_ws(', ', x, y))) c(call);

CREATE TEMP TABLE rate_case (ln text, seconds text, sy text, py text, r1 text, r2 text, r3 text, r4 text, kind text, source text);
\copy rate_case FROM 'test/vectors/derivative/pendle_py_rates.csv' (FORMAT csv, HEADER)
SELECT cmp_ok(count(*)::int, '>=', 22, 'all vectors of pendle_py_rates were loaded') FROM rate_case;
SELECT is(answer(call), wanted(r1, r2, r3, r4), call) FROM rate_case, LATERAL (SELECT format('pendle_py_rates(%s, %s, %s, %s)', ln, seconds, sy, py)) c(call);

CREATE TEMP TABLE curve_case (pt text, sy text, index text, scalar text, fee text, ln text, seconds text, r1 text, r2 text, r3 text, r4 text, kind text, source text);
\copy curve_case FROM 'test/vectors/derivative/pendle_precompute.csv' (FORMAT csv, HEADER)
SELECT cmp_ok(count(*)::int, '>=', 19, 'all vectors of pendle_precompute were loaded') FROM curve_case;
SELECT is(answer(call), wanted(r1, r2, r3, r4), call)
FROM curve_case, LATERAL (SELECT format('pendle_precompute(%s, %s, %s, %s, %s, %s, %s)', pt, sy, index, scalar, fee, ln, seconds)) c(call);

CREATE TEMP TABLE swap_case (pt text, sy text, index text, scalar text, fee text, percent text, ln text, seconds text, net text,
	r1 text, r2 text, r3 text, r4 text, r5 text, r6 text, kind text, source text, fn text DEFAULT 'pendle_swap');
\copy swap_case (pt, sy, index, scalar, fee, percent, ln, seconds, net, r1, r2, r3, r4, r5, r6, kind, source) FROM 'test/vectors/derivative/pendle_swap.csv' (FORMAT csv, HEADER)
SELECT cmp_ok(count(*)::int, '>=', 50, 'all vectors of pendle_swap were loaded') FROM swap_case;
ALTER TABLE swap_case ALTER fn SET DEFAULT 'pendle_swap_yt';
\copy swap_case (pt, sy, index, scalar, fee, percent, ln, seconds, net, r1, r2, r3, r4, r5, r6, kind, source) FROM 'test/vectors/derivative/pendle_swap_yt.csv' (FORMAT csv, HEADER)
SELECT cmp_ok(count(*)::int, '>=', 82, 'and of pendle_swap_yt') FROM swap_case;
SELECT is(answer(call), wanted(r1, r2, r3, r4, r5, r6), call)
FROM swap_case, LATERAL (SELECT format('%s(%s, %s, %s, %s, %s, %s, %s, %s, %s)', fn, pt, sy, index, scalar, fee, percent, ln, seconds, net)) c(call);

CREATE TEMP TABLE pool_case (fn text, pt text, sy text, lp text, a text, b text, r1 text, r2 text, r3 text, r4 text, kind text, source text);
\copy pool_case FROM 'test/vectors/derivative/pendle_liquidity.csv' (FORMAT csv, HEADER)
SELECT cmp_ok(count(*)::int, '>=', 24, 'all vectors of liquidity were loaded') FROM pool_case;
SELECT is(answer(call), CASE fn WHEN 'pendle_add_liquidity' THEN wanted(r1, r2, r3, r4) ELSE wanted(r1, r2) END, call)
FROM pool_case, LATERAL (SELECT format('%s(%s)', fn, concat_ws(', ', pt, sy, lp, a, CASE fn WHEN 'pendle_add_liquidity' THEN b END))) c(call);

CREATE TEMP TABLE lp_case (pt text, sy text, lp text, index text, scalar text, ln text, twap text, seconds text, sy_index text, r1 text, r2 text, kind text, source text);
\copy lp_case FROM 'test/vectors/derivative/pendle_lp_rates.csv' (FORMAT csv, HEADER)
SELECT cmp_ok(count(*)::int, '>=', 25, 'all vectors of pendle_lp_rates were loaded') FROM lp_case;
SELECT is(answer(call), wanted(r1, r2), call)
FROM lp_case, LATERAL (SELECT format('pendle_lp_rates(%s)', concat_ws(', ', pt, sy, lp, index, scalar, ln, twap, seconds, sy_index))) c(call);

CREATE TEMP TABLE interest_case (balance text, index0 text, index1 text, fee text, r1 text, r2 text, r3 text, kind text, source text);
\copy interest_case FROM 'test/vectors/derivative/pendle_yt_interest.csv' (FORMAT csv, HEADER)
SELECT cmp_ok(count(*)::int, '>=', 14, 'all vectors of pendle_yt_interest were loaded') FROM interest_case;
SELECT is(answer(call), wanted(r1, r2, r3), call) FROM interest_case, LATERAL (SELECT format('pendle_yt_interest(%s, %s, %s, %s)', balance, index0, index1, fee)) c(call);

CREATE TEMP TABLE discount_case (seconds text, discount text, price text, expected text, kind text, source text);
\copy discount_case FROM 'test/vectors/derivative/pendle_linear_discount.csv' (FORMAT csv, HEADER)
SELECT cmp_ok(count(*)::int, '>=', 15, 'all vectors of pendle_linear_discount were loaded') FROM discount_case;
SELECT is(answer(call), expected, call) FROM discount_case, LATERAL (SELECT format('pendle_linear_discount(%s)', concat_ws(', ', seconds, discount, price))) c(call);

-- against the server's own exponentials and logarithms: to some units of the last place
CREATE TEMP TABLE x AS SELECT trunc(random()::numeric * 171e18) - 41e18 AS x, trunc(exp(random()::numeric * 60) * 1e6) + 1 AS y FROM generate_series(1, 400);
SELECT is_empty($$ SELECT x FROM x WHERE abs(logexpmath_exp(x) - exp(round(x / 1e18, 40)) * 1e18) > 1 + 3e-17 * logexpmath_exp(x) $$, 'exp');
SELECT is_empty($$ SELECT y FROM x WHERE abs(logexpmath_ln(y) - ln(round(y / 1e18, 40)) * 1e18) > 60 $$, 'ln');
SELECT is_empty($$ SELECT y FROM x WHERE abs(logexpmath_pow(y, 1e18) / y - 1) > 1e-15 + 2 / y $$, 'to the power of one');

-- markets of all kinds
CREATE TEMP TABLE market AS
SELECT trunc(10 ^ (20 + random() * 6))::numeric AS pt, trunc(10 ^ (20 + random() * 6))::numeric AS sy, trunc(1e18 * (1 + random()))::numeric AS index,
	trunc(1e18 * (10 + random() * 200))::numeric AS scalar, trunc(1e15 * random())::numeric AS fee, trunc(100 * random())::numeric AS percent,
	trunc(1e17 * (0.05 + 2 * random()))::numeric AS ln, trunc(86400 * (1 + 700 * random()))::numeric AS seconds, i
FROM generate_series(1, 300) i;
CREATE FUNCTION swapped(m market, net numeric) RETURNS TABLE (net_sy numeric, fee numeric, reserve numeric, pt numeric, sy numeric, ln numeric) LANGUAGE plpgsql AS $$
BEGIN
	RETURN QUERY SELECT s.net_sy_to_account, s.net_sy_fee, s.net_sy_to_reserve, s.total_pt_after, s.total_sy_after, s.ln_implied_rate_after
	FROM pendle_swap(m.pt, m.sy, m.index, m.scalar, m.fee, m.percent, m.ln, m.seconds, net) s;
EXCEPTION WHEN data_exception THEN
	RETURN;
END
$$;
CREATE FUNCTION traded_yt(m market, net numeric) RETURNS TABLE (net_sy numeric, sy numeric) LANGUAGE plpgsql AS $$
BEGIN
	RETURN QUERY SELECT s.net_sy_to_account, s.total_sy_after
	FROM pendle_swap_yt(m.pt, m.sy, m.index, m.scalar, m.fee, m.percent, m.ln, m.seconds, net) s;
EXCEPTION WHEN data_exception THEN
	RETURN;
END
$$;
-- what one has the others lose; the rate falls when PT are bought and rises when they are sold
SELECT is_empty($$
	SELECT m.i FROM market m, unnest('{-0.01,0.01,-0.2,0.2}'::numeric[]) share, LATERAL (SELECT trunc(m.pt * share)) n(net), swapped(m, net) s
	WHERE s.pt <> m.pt - net OR s.sy <> m.sy - s.net_sy - s.reserve OR s.fee < s.reserve OR s.reserve < 0
		OR sign(s.net_sy) <> -sign(net) OR NOT CASE WHEN net > 0 THEN s.ln <= m.ln ELSE s.ln >= m.ln END
$$, 'conservation');
SELECT cmp_ok((SELECT count(*) FROM market m, LATERAL (SELECT trunc(m.pt / 100)) n(net), swapped(m, net))::int, '>', 100, 'of many markets');
-- all of a trade has the rate that the market is left with: one that is split is not dearer; there and back never gains
SELECT is_empty($$
	SELECT m.i FROM market m, unnest('{-0.02,0.02,-0.2,0.1}'::numeric[]) share, LATERAL (SELECT 2 * trunc(m.pt * share / 2)) n(net), swapped(m, net) whole,
		swapped(m, net / 2) half, swapped((half.pt, half.sy, m.index, m.scalar, m.fee, m.percent, half.ln, m.seconds, m.i)::market, net / 2) other
	WHERE half.net_sy + other.net_sy < whole.net_sy - 1e-9 * abs(whole.net_sy)
$$, 'a split trade is not dearer, but for digits that the rate rounds off');
SELECT is_empty($$
	SELECT m.i FROM market m, unnest('{-0.02,0.02}'::numeric[]) share, LATERAL (SELECT trunc(m.pt * share)) n(net), swapped(m, net) there,
		swapped((there.pt, there.sy, m.index, m.scalar, m.fee, m.percent, there.ln, m.seconds, m.i)::market, -net) back
	WHERE there.net_sy + back.net_sy > 1e-9 * abs(there.net_sy)
$$, 'there and back');
-- the curve itself, in doubles
SELECT is_empty($$
	SELECT m.i FROM market m, pendle_precompute(m.pt, m.sy, m.index, m.scalar, m.fee, m.ln, m.seconds) c,
		LATERAL (SELECT m.pt::float8 / (m.pt + c.total_asset)::float8 AS p) x
	WHERE abs(c.rate_anchor::float8 / (1e18 * exp(m.ln::float8 / 1e18 * m.seconds::float8 / 31536000) - ln(p / (1 - p)) / c.rate_scalar::float8 * 1e36) - 1) > 1e-9
$$, 'the anchor');
-- PT and YT make one
SELECT is_empty($$ SELECT m.i FROM market m, pendle_py_rates(m.ln, m.seconds) r WHERE r.pt_to_asset + r.yt_to_asset <> 1e18 OR r.pt_to_sy <> r.pt_to_asset $$, 'PT and YT');
SELECT is(pendle_py_rates(5e16, 0, 1e18, 2e18)::text, '(500000000000000000,0,500000000000000000,0)', 'after a loss, matured');
-- adding and taking out again never gains; LP that are added are worth no more than what they took
SELECT is_empty($$
	SELECT m.i FROM market m, LATERAL (SELECT trunc(sqrt(m.pt * m.sy)) AS lp) l, pendle_add_liquidity(m.pt, m.sy, l.lp, trunc(m.sy / 7), trunc(m.pt / 9)) a,
		pendle_remove_liquidity(m.pt + a.pt_used, m.sy + a.sy_used, l.lp + a.lp_to_account, a.lp_to_account) r
	WHERE r.sy_to_account > a.sy_used OR r.pt_to_account > a.pt_used
$$, 'in and out');
-- interest of parts is that of the whole, but for one wei each
SELECT is_empty($$
	SELECT m.i FROM market m, pendle_yt_interest(m.pt, m.index, m.index + 3e17) whole, pendle_yt_interest(m.pt, m.index, m.index + 1e17) a,
		pendle_yt_interest(m.pt, m.index + 1e17, m.index + 3e17) b WHERE whole.interest - a.interest - b.interest NOT IN (0, 1)
$$, 'interest adds up');
-- a bought YT costs what its PT do not bring
SELECT is_empty($$
	SELECT m.i FROM market m, LATERAL (SELECT trunc(m.pt / 50)) n(yt), swapped(m, -yt) s,
		traded_yt(m, yt) y
	WHERE y.net_sy <> -greatest(0, div(yt * 1e18 + m.index - 1, m.index) - s.net_sy) OR y.sy <> s.sy
$$, 'YT by PT');

-- an unsigned result has no sign, however great
SELECT is(lp_to_sy, lp_to_asset * 1e18, 'a price of 2^255 and more') FROM pendle_lp_rates(8e40, 0, 1, 1, 1, 1, 1, 0);

-- NULL, and what is none
SELECT ok(pendle_swap(NULL, 1, 1, 1, 1, 1, 1, 1, 1) IS NULL AND pendle_lp_rates(1, 1, 1, NULL, 1, 1, 1, 1) IS NULL, 'NULL');
SELECT throws_ok('SELECT ' || q, s, NULL, q) FROM (VALUES
	('logexpmath_exp(130000000000000000001)', '22003'), ('logexpmath_exp(-41000000000000000001)', '22003'), ('logexpmath_ln(0)', '22003'),
	('logexpmath_ln(-1)', '22003'), ('logexpmath_exp(0.5)', '22003'), ('logexpmath_pow(-1, 1)', '22003'), ('logexpmath_pow(2::numeric ^ 255, 1)', '22003'),
	('pendle_swap(1e20, 1e20, 1e18, 5e19, 1e15, 101, 1e17, 86400, 1)', '22023'), ('pendle_swap(1e20, 1e20, 1e18, 5e19, 1e15, 80, 1e17, 0, 1)', '22023'),
	('pendle_swap(1e20, 1e20, 1e18, 5e19, 1e15, 80, 1e17, 86400, 1e20)', '22023'), ('pendle_swap(1e20, 1e20, 1e18, 0, 1e15, 80, 1e17, 86400, 1)', '22023'),
	('pendle_swap(1e20, 0, 1e18, 5e19, 1e15, 80, 1e17, 86400, 1)', '22023'), ('pendle_swap(-1, 1e20, 1e18, 5e19, 1e15, 80, 1e17, 86400, 1)', '22003'),
	('pendle_swap(2::numeric ^ 255, 1e20, 1e18, 5e19, 1e15, 80, 1e17, 86400, 1)', '22003'), ('pendle_swap(1e20, 1e20, 0, 5e19, 1e15, 80, 1e17, 86400, 1)', '22023'),
	('pendle_swap(1e20, 1e20, 1e18, 5e19, 1e15, 80, 1e17, 86400, ''NaN'')', '22003'), ('pendle_swap(1e20, 1e20, 1e18, 5e19, 1e15, 80, 1e17, 86400, 2::numeric ^ 256)', '22003'),
	('pendle_swap_yt(1e20, 1e20, 1e18, 5e19, 1e15, 80, 1e17, 86400, 0)', '22023'), ('pendle_py_rates(1e17, 86400, 0, 0)', '22012'),
	('pendle_add_liquidity(1, 1, 1, 0, 1)', '22023'), ('pendle_add_liquidity(0, 1, 1, 1, 1)', '22012'), ('pendle_add_liquidity(0, 0, 0, 30, 30)', '22023'),
	('pendle_remove_liquidity(1, 1, 1, 2)', '22023'), ('pendle_remove_liquidity(1, 1, 0, 2)', '22012'), ('pendle_yt_interest(1, 0, 1)', '22023'),
	('pendle_yt_interest(1, 2, 1)', '22023'), ('pendle_yt_interest(1, 1, 2, 1e19)', '22023'), ('pendle_linear_discount(31536000, 2e18)', '22023'),
	('pendle_yt_interest(1, 1e18, 2::numeric ^ 128)', '22003'), ('pendle_add_liquidity(2::numeric ^ 255, 1, 0, 2000, 2000)', '22003'),
	('pendle_add_liquidity(1, 2::numeric ^ 255 - 1, 0, 2000, 2000)', '22003'), ('pendle_add_liquidity(1e20, 2::numeric ^ 255, 0, 2000, 2000)', '22003'),
	('pendle_lp_rates(1e20, 1e20, 0, 1e18, 5e19, 1e17, 1e17, 86400)', '22012')) v(q, s);

-- refusals name the argument and its value, or all of a market that has too little
SELECT throws_ok('SELECT ' || q, s, m, q) FROM (VALUES
	('pendle_swap(1e20, 1e20, 1e18, 5e19, 1e15, 80, 1e17, 0, 1)', '22023', 'seconds must be above 0 (an expired market does not trade), not 0'),
	('pendle_swap(1e20, 1e20, 1e18, 5e19, 1e15, 80, 1e17, 86400, 1e20)', '22023', 'net_pt_to_account must be below total_pt, not 100000000000000000000'),
	('pendle_swap_yt(1e20, 1e20, 1e18, 5e19, 1e15, 80, 1e17, 86400, -1e20)', '22023', 'net_yt_to_account must be above -total_pt, not -100000000000000000000'),
	('pendle_swap_yt(1e20, 1e20, 1e18, 5e19, 1e15, 80, 1e17, 86400, 0)', '22023', 'net_yt_to_account must be other than 0, not 0'),
	('pendle_swap(0, 1e20, 1e18, 5e19, 1e15, 80, 1e17, 86400, -1)', '22023', 'total_pt must be above 0, not 0'),
	('pendle_precompute(1e20, 0, 1e18, 5e19, 1e15, 1e17, 86400)', '22023', 'total_sy must be above 0, not 0'),
	('pendle_precompute(1e20, 1, 1, 5e19, 1e15, 1e17, 86400)', '22023', 'the market must not have expired, and hold PT, SY worth an asset and a scalar root in pendle_precompute'),
	('pendle_yt_interest(1, 2, 1)', '22023', 'index1 must not be below index0: 1 is below 2')) v(q, s, m);

SELECT * FROM finish();
ROLLBACK;
