-- Properties and vectors of domain chain.
\set ON_ERROR_STOP on
\set QUIET on
BEGIN;
\i test/pgtap/include/common.sql
SELECT no_plan();

-- the result as text, or "error" for an SQL error of class 22
CREATE FUNCTION outcome(query text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	result text;
BEGIN
	EXECUTE 'SELECT (' || query || ')::text' INTO result;
	RETURN result;
EXCEPTION WHEN data_exception THEN
	RETURN 'error';
END
$$;

-- vectors
CREATE TEMP TABLE mul_div_case (a numeric, b numeric, c numeric, rounding text, expected text, kind text, source text);
\copy mul_div_case FROM 'test/vectors/chain/mul_div.csv' (FORMAT csv, HEADER)
SELECT is(outcome(format('mul_div(%s, %s, %s, %L)', a, b, c, rounding)), expected,
	format('mul_div(%s, %s, %s, %s): %s', a, b, c, rounding, source))
FROM mul_div_case;
SELECT cmp_ok(count(*)::int, '>=', 78, 'all vectors of mul_div were loaded') FROM mul_div_case;

CREATE TEMP TABLE fixed_point_case (fn text, a numeric, b numeric, rounding text, expected text, kind text, source text);
\copy fixed_point_case FROM 'test/vectors/chain/fixed_point.csv' (FORMAT csv, HEADER)
SELECT is(outcome(format('%I(%s, %s, %L)', fn, a, b, rounding)), expected,
	format('%s(%s, %s, %s): %s', fn, a, b, rounding, source))
FROM fixed_point_case;
SELECT cmp_ok(count(*)::int, '>=', 27, 'all vectors of fixed point were loaded') FROM fixed_point_case;

CREATE TEMP TABLE word_case (fn text, input text, length int, expected text, kind text, source text);
\copy word_case FROM 'test/vectors/chain/words.csv' (FORMAT csv, HEADER)
-- bytes are 0x text in the file: both as such and as bytea
SELECT is(outcome(format('%I(%s%s)', fn, argument, ', ' || length)), replace(expected, prefix, '\x'),
	format('%s(%s%s)', fn, argument, ', ' || length))
FROM word_case, LATERAL (
	SELECT quote_literal(input) AS argument WHERE fn ~ '^(bytes|hex)_to'
	UNION ALL SELECT format('decode(%L, ''hex'')', substr(input, 3)) WHERE fn ~ '^bytes_to'
	UNION ALL SELECT input WHERE fn ~ '^uint_to'
) a, (VALUES ('0x')) p(prefix)
WHERE fn <> 'uint_to_hex';
SELECT is(outcome(format('uint_to_hex(%s)', input)), expected, format('uint_to_hex(%s)', input))
FROM word_case WHERE fn = 'uint_to_hex';
SELECT cmp_ok(count(*)::int, '>=', 92, 'all vectors of words were loaded') FROM word_case;

CREATE TEMP TABLE unit_case (fn text, amount numeric, decimals int, expected text, kind text, source text);
\copy unit_case FROM 'test/vectors/chain/units.csv' (FORMAT csv, HEADER)
SELECT is(outcome(format('%I(%s, %s)', fn, amount, decimals)), expected, format('%s(%s, %s)', fn, amount, decimals))
FROM unit_case;
SELECT cmp_ok(count(*)::int, '>=', 8, 'all vectors of units were loaded') FROM unit_case;

-- random words of every length, and all that surrounds a power of two or of ten
SELECT setseed(0.20151106);
CREATE TEMP TABLE words AS
SELECT g, trunc((random()::numeric * 1e15 * 1e15 + random()::numeric * 1e15) * 1e30 * 1e20 * random()::numeric) % trunc(2::numeric ^ bits) AS v
FROM generate_series(1, 4000) g, LATERAL (SELECT (g * 7) % 257 AS bits) b
UNION ALL
SELECT 0, v + d FROM (
	SELECT trunc(2::numeric ^ n) FROM generate_series(0, 256) n UNION SELECT ('1e' || n)::numeric FROM generate_series(0, 77) n
) p(v), generate_series(-1, 1) d WHERE v + d BETWEEN 0 AND trunc(2::numeric ^ 256) - 1;

-- hexadecimal and bytes, by long division in plain SQL
CREATE FUNCTION plain_hex(v numeric) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	result text := '';
BEGIN
	LOOP
		result := to_hex((v % 16)::int) || result;
		v := div(v, 16);
		EXIT WHEN v = 0;
	END LOOP;
	RETURN result;
END
$$;
SELECT is_empty($$SELECT v FROM words WHERE uint_to_hex(v) <> '0x' || plain_hex(v)$$, 'uint_to_hex is the long division by 16');
SELECT is_empty($$SELECT v FROM words WHERE hex_to_uint(uint_to_hex(v)) <> v OR hex_to_uint(upper(plain_hex(v))) <> v$$,
	'hex_to_uint reads it back, in either case');
SELECT is_empty($$SELECT v FROM words WHERE uint_to_bytes(v) <> decode(lpad(plain_hex(v), 64, '0'), 'hex')$$,
	'uint_to_bytes is the same');
SELECT is_empty($$
	SELECT v, n FROM words, generate_series(1, 32) n
	WHERE v < 256::numeric ^ n AND g % 8 = 0 AND (bytes_to_uint(uint_to_bytes(v, n)) <> v
		OR bytes_to_uint('0x' || encode(uint_to_bytes(v, n), 'hex')) <> v
		OR bytes_to_uint(uint_to_bytes(v, n)::text) <> v
		OR bytes_to_int(uint_to_bytes(v, n)) <> v - CASE WHEN 2 * v >= 256::numeric ^ n THEN trunc(256::numeric ^ n) ELSE 0 END
		OR bytes_to_int('0x' || upper(encode(uint_to_bytes(v, n), 'hex'))) <> bytes_to_int(uint_to_bytes(v, n)))
$$, 'bytes_to_uint and bytes_to_int read it back from every width');

-- numeric_u256 against numeric's own functions: value, text, bytes and display scale
SELECT is_empty($$
	SELECT v FROM words WHERE bytes_to_uint(uint_to_bytes(v))::text <> v::text OR numeric_send(bytes_to_uint(uint_to_bytes(v))) <> numeric_send(v::text::numeric)
$$, 'a word as numeric is the one that numeric''s own input function makes');
SELECT is_empty($$
	SELECT v FROM words WHERE numeric_send(parse_units(-v, 0)) <> numeric_send((-v)::text::numeric) AND v <= trunc(2::numeric ^ 255)
$$, 'so is a negative one');
SELECT is_empty($$
	SELECT v, d FROM words, generate_series(0, 255, 5) d
	WHERE g % 16 = 0 AND numeric_send(format_units(v, d)) <> numeric_send(trim_scale((v::text || 'e-' || d)::numeric))
$$, 'format_units is the exact quotient with its zeros trimmed');
SELECT is_empty($$
	SELECT v, d FROM words, generate_series(0, 77) d
	WHERE g % 16 = 0 AND (parse_units(format_units(v, d), d) <> v
		OR v <= trunc(2::numeric ^ 255) AND parse_units(format_units(-v, d), d) <> -v)
$$, 'parse_units is its inverse');
SELECT is_empty($$
	SELECT amount, d FROM (SELECT (g * 7919 % 1000003)::numeric / ('1e' || g % 7)::numeric AS amount FROM generate_series(1, 500) g) x,
		(VALUES (0), (3), (6), (7), (18)) v(d)
	WHERE outcome(format('parse_units(%s, %s)', amount, d)) IS DISTINCT FROM
		CASE WHEN amount * ('1e' || d)::numeric % 1 = 0 THEN trunc(amount * ('1e' || d)::numeric)::text ELSE 'error' END
$$, 'parse_units refuses just what is not whole');

-- mul_div against numeric's own product and quotient
CREATE TEMP TABLE triples AS
SELECT a.v AS a, b.v AS b, c.v AS c FROM (SELECT row_number() OVER (ORDER BY random()) n, v FROM words) a
JOIN (SELECT row_number() OVER (ORDER BY random()) n, v FROM words) b USING (n)
JOIN (SELECT row_number() OVER (ORDER BY random()) n, v FROM words) c USING (n) WHERE c.v > 0;
INSERT INTO triples SELECT a, b, greatest(div(a * b, trunc(2::numeric ^ (n * 64)) - 1), 1) + d
FROM triples, generate_series(1, 4) n, generate_series(0, 1) d
WHERE greatest(div(a * b, trunc(2::numeric ^ (n * 64)) - 1), 1) + d < trunc(2::numeric ^ 256);
CREATE TEMP TABLE quotients AS
SELECT *, CASE rounding WHEN 'floor' THEN div(a * b, c) WHEN 'ceil' THEN div(a * b + c - 1, c) ELSE div(2 * a * b + c, 2 * c) END AS q
FROM triples, (VALUES ('floor'), ('ceil'), ('half_up')) r(rounding);
SELECT cmp_ok(count(*)::int, '>', 20000, 'random products') FROM quotients WHERE q < trunc(2::numeric ^ 256);
SELECT is_empty($$
	SELECT * FROM (SELECT * FROM quotients WHERE q < trunc(2::numeric ^ 256) OFFSET 0) x WHERE mul_div(a, b, c, rounding) <> q
$$, 'mul_div is div(a * b, c), rounded as asked');
SELECT is_empty($$
	SELECT * FROM (SELECT * FROM quotients WHERE q >= trunc(2::numeric ^ 256) LIMIT 1000) x
	WHERE outcome(format('mul_div(%s, %s, %s, %L)', a, b, c, rounding)) <> 'error'
$$, 'mul_div refuses what is 2^256 or more');
SELECT is_empty(format($$
	SELECT a, b, rounding FROM quotients WHERE a < 1e40 AND b < 1e36 AND b > 0 AND (
		%1$s_mul(a, b, rounding) <> mul_div(a, b, %2$s, rounding) OR %1$s_div(a, b, rounding) <> mul_div(a, %2$s, b, rounding)
		OR %1$s_mul(a, b) <> mul_div(a, b, %2$s, 'half_up') OR %1$s_div(a, b) <> mul_div(a, %2$s, b, 'half_up'))
$$, name, unit), name || '_mul and ' || name || '_div are mul_div with the unit ' || unit)
FROM (VALUES ('wad', '1e18'), ('ray', '1e27'), ('percent', '1e4')) u(name, unit);

-- numeric rates and weights are read as numeric's own cast to float8 reads them
CREATE TEMP TABLE history AS
SELECT g % 20 AS series, g AS row, timestamptz '2024-01-01' + (g * 7919 % 997) * interval '1 hour' AS ts,
	CASE g % 6
		WHEN 0 THEN trunc(random()::numeric * 1e18) + 1e18 WHEN 1 THEN random()::numeric + 1e-18 * (g % 1000 + 1)
		WHEN 2 THEN trunc(random()::numeric * 1e15) * 1e20 + g WHEN 3 THEN (random()::numeric * 1e15)::bigint * ('1e' || (g % 80) - 60)::numeric + 1e-70
		WHEN 4 THEN g WHEN 5 THEN 1 + random()::numeric * 1e-9 * random()::numeric
	END AS rate,
	CASE WHEN g % 3 = 0 THEN trunc(random()::numeric * 1e25) ELSE random()::numeric * random()::numeric END AS weight
FROM generate_series(1, 3000) g;
SELECT is_empty($$
	SELECT row FROM history GROUP BY row HAVING last_rate(rate_agg(ts, rate)) <> max(rate::float8) OR total_weight(blend_agg(rate, weight)) <> max(weight::float8)
$$, 'every value alone');
SELECT is_empty($$
	SELECT series FROM history GROUP BY series HAVING rate_agg(ts, rate) <> rate_agg(ts, rate::float8)
		OR apr(ts, rate) <> apr(ts, rate::float8) OR apy(ts, rate) IS DISTINCT FROM apy(ts, rate::float8)
$$, 'rate_agg, apr and apy of numeric are those of float8, bit for bit');
SELECT is_empty($$
	SELECT series FROM history GROUP BY series HAVING blend_agg(rate::float8, weight::float8 ORDER BY row) <> blend_agg(rate, weight ORDER BY row)
		OR blend_agg(rate::float8, weight::float8 ORDER BY row) <> blend_agg(rate::float8, weight ORDER BY row)
		OR blend_agg(rate::float8, weight::float8 ORDER BY row) <> blend_agg(rate, weight::float8 ORDER BY row)
		OR blended_apr(rate::float8, weight::float8 ORDER BY row) <> blended_apr(rate, weight ORDER BY row)
		OR blended_apr(rate::float8, weight::float8 ORDER BY row) <> blended_apr(rate::float8, weight ORDER BY row)
		OR blended_apr(rate::float8, weight::float8 ORDER BY row) <> blended_apr(rate, weight::float8 ORDER BY row)
$$, 'so are blend_agg and blended_apr, in every combination of types');
SELECT is_empty(format($$
	SELECT 1 FROM (
		SELECT rate_agg(ts, r) OVER w AS a, rate_agg(ts, r::float8) OVER w AS b, apr(ts, r) OVER w AS c, apr(ts, r::float8) OVER w AS d,
			apy(ts, r) OVER w AS e, apy(ts, r::float8) OVER w AS f,
			blend_agg(r, weight) OVER w AS g, blend_agg(r::float8, weight::float8) OVER w AS h,
			blend_agg(r::float8, weight) OVER w AS i, blend_agg(r, weight::float8) OVER w AS j,
			blended_apr(r, weight) OVER w AS k, blended_apr(r::float8, weight::float8) OVER w AS l
		FROM (SELECT *, CASE WHEN row %% 7 <> 0 THEN rate END AS r FROM history) h
		WINDOW w AS (PARTITION BY series ORDER BY %s)
	) x WHERE (a, c, e, g, k) IS DISTINCT FROM (b, d, f, h, l) OR (g, g) IS DISTINCT FROM (i, j)
$$, frame), 'and over moving frames: ' || frame)
FROM (VALUES ('ts RANGE ''3 days'' PRECEDING'), ('row ROWS BETWEEN 5 PRECEDING AND 2 PRECEDING'), ('row ROWS BETWEEN CURRENT ROW AND 4 FOLLOWING')) f(frame);

CREATE TABLE parallel_history AS
SELECT g % 5 AS series, timestamptz '2024-01-01' + (g * 7919 % 100003) * interval '1 minute' AS ts,
	1e18::numeric + g * 104729 % 1000003 AS rate
FROM generate_series(1::bigint, 100000) g;
ANALYZE parallel_history;
SELECT force_parallel();
SELECT ok(explained($$SELECT series, rate_agg(ts, rate), blended_apr(rate, rate) FROM parallel_history GROUP BY series$$) LIKE '%Partial%Aggregate%',
	'rate_agg and blended_apr of numeric have a partial plan');
CREATE TEMP TABLE parallel_result AS SELECT series, rate_agg(ts, rate) s FROM parallel_history GROUP BY series;
SELECT force_serial();
SELECT is_empty($$
	SELECT series FROM (SELECT series, rate_agg(ts, rate::float8) s FROM parallel_history GROUP BY series) a
	FULL JOIN parallel_result p USING (series) WHERE a.s IS DISTINCT FROM p.s
$$, 'which gives the same');

-- scalar forms: those of float8 where these are exact, better where they are not
SELECT is_empty($$
	SELECT a, b FROM (SELECT (g * 7919 % 99991 + 1)::numeric / 64 AS a, (g * 104729 % 99991 + 1)::numeric / 64 AS b FROM generate_series(1, 1000) g) x
	WHERE apr(a, b, '2024-01-01', '2024-02-01') IS DISTINCT FROM apr(a::float8, b::float8, '2024-01-01', '2024-02-01')
		OR apy(a, b, '2024-01-01', '2024-02-01') IS DISTINCT FROM apy(a::float8, b::float8, '2024-01-01', '2024-02-01')
		OR premium(a, b) <> premium(a::float8, b::float8)
$$, 'apr, apy and premium of numeric are those of float8 where the rates are float8');
SELECT is_empty($$
	SELECT a, b FROM (SELECT 1000000000000000000 + g * 10000000000000::numeric + g * 7919 % 99991 AS a,
			1000000000000000000 + g * 10000000000000::numeric + g * 104729 % 99991 AS b FROM generate_series(1, 1000) g) x
	WHERE NOT is_close(apr(a, b, '2023-01-01', '2024-01-01'), div((b - a) * 1e40, a) * 1e-40, 1e-15)
		OR NOT is_close(apy(a, b, '2023-01-01', '2024-01-01'), div((b - a) * 1e40, a) * 1e-40, 1e-15)
		OR NOT is_close(premium(b, a), div((b - a) * 1e40, a) * 1e-40, 1e-15)
$$, 'between wei that differ in their last digits they are right to the last bits');

-- hostile values of the 1-byte, 4-byte and compressed kind
CREATE TEMP TABLE stored (pad "char", n numeric);
INSERT INTO stored SELECT 'x', v FROM words WHERE g % 4 = 0;
INSERT INTO stored SELECT 'x', (v || '.' || repeat('0', 300))::numeric FROM (SELECT v::text FROM words WHERE g % 64 = 0) x(v);
SELECT is_empty($$SELECT n FROM stored WHERE uint_to_hex(n) <> '0x' || plain_hex(trunc(n))$$, 'stored numerics of any scale');

SELECT * FROM finish();
ROLLBACK;
