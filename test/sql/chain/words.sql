-- domain chain: behaviour, errors and edges

-- mul_div: one rounding of a product that may need 512 bits
SELECT mul_div(7, 3, 2), mul_div(7, 3, 2, 'floor'), mul_div(7, 3, 2, 'ceil'), mul_div(7, 3, 2, rounding => 'half_up');
SELECT mul_div(1, 1, 3, 'half_up') AS third, mul_div(1, 1, 2, 'half_up') AS half, mul_div(2, 1, 3, 'half_up') AS two_thirds;
SELECT mul_div(a => 2::numeric ^ 255, b => 2::numeric ^ 255, c => 2::numeric ^ 255 - 1, rounding => 'ceil');
SELECT mul_div(0, 5, 7), mul_div(5, 0, 7, 'ceil'), mul_div(6, 5, 5, 'ceil');
SELECT mul_div(m, m, m), mul_div(m, 1, 1) = m FROM (SELECT trunc(2::numeric ^ 256) - 1) v(m);
SELECT mul_div(NULL, 1, 1), mul_div(1, NULL, 1), mul_div(1, 1, NULL), mul_div(1, 1, 1, NULL);
-- whole numbers of any type and any display scale
SELECT mul_div(7::smallint, 3::bigint, 2.000), mul_div('7', '3', '2'), mul_div(1.5e18, 2, 1);

-- its errors
SELECT mul_div(1, 1, 0);
SELECT mul_div(0, 0, 0);
SELECT mul_div(1.5, 1, 1);
SELECT mul_div(1, -1, 1);
SELECT mul_div(1, 1, 'NaN');
SELECT mul_div('Infinity', 1, 1);
SELECT mul_div('-Infinity', 1, 1);
SELECT mul_div(115792089237316195423570985008687907853269984665640564039457584007913129639936, 1, 1);
SELECT mul_div(1, 1.25e300, 1);
SELECT mul_div(1, 1e-300, 1);
SELECT mul_div(2::numeric ^ 255, 2, 1);
-- only the rounding takes it beyond
SELECT mul_div(535006138814359, 432862656469423142931042426214547535783388063929571229938474969, 2, rounding)
FROM (VALUES ('floor'), ('ceil')) v(rounding);
SELECT mul_div(1, 1, 1, 'up');
SELECT mul_div(1, 1, 1, '');
SELECT mul_div(1, 1, 1, 'FLOOR');
SELECT mul_div(1, 1, 1, 'floor ');
SELECT mul_div(1, 1, 1, repeat('x', 1000));

-- wad, ray and percent round half up unless told otherwise
SELECT wad_mul(15e17, 15e17), wad_div(1e18, 3e18), ray_mul(15e26, 15e26), ray_div(1e27, 3e27),
	percent_mul(12345, 5000), percent_div(12345, 3333);
SELECT wad_mul(1, 5e17), wad_mul(1, 5e17, 'floor'), wad_mul(1, 1, 'ceil'), ray_mul(1, 5e26), percent_mul(1, 4999), percent_mul(1, 5000);
SELECT wad_div(0, 1), wad_mul(0, 0), wad_mul(NULL, 1), wad_div(1, 1, NULL);
SELECT wad_div(1, 0);
SELECT ray_div(1, 0);
SELECT percent_div(0, 0);
SELECT wad_mul(2::numeric ^ 255, 2e18);
SELECT ray_div(2::numeric ^ 200, 1);
SELECT wad_mul(0.5, 1);
SELECT percent_mul(1, -1);
SELECT wad_mul(1, 1, 'nearest');

-- token units; amounts have signs where tokens flow both ways
SELECT parse_units(69420.000000000000000001, 18), parse_units(1.5, 6), parse_units(-1.5, 18), parse_units(12, 0), parse_units(0, 18);
SELECT parse_units(1.500000000000000000000000, 6), parse_units(0.0001, 4), parse_units(0.00010, 5), parse_units(1234567.8901, 5);
SELECT format_units(1234567, 6), format_units(1000000000000000000, 18), format_units(1, 18), format_units(-1500000000000000000, 18),
	format_units(12, 0), format_units(0, 18);
SELECT parse_units(1e-255, 255), format_units(1, 255) = 1e-255, parse_units(format_units(m, 77), 77) = m
FROM (SELECT trunc(2::numeric ^ 256) - 1) v(m);
SELECT parse_units(-57896044618658097711785492504343953926634992332820282019728792003956564819968, 0) AS least,
	format_units(-57896044618658097711785492504343953926634992332820282019728792003956564819968, 18) AS formatted;
SELECT parse_units(NULL, 18), format_units(1, NULL);
SELECT parse_units(0.0000001, 6);
SELECT parse_units(1.00001, 4);
SELECT parse_units(0.5, 0);
SELECT parse_units(1, 78);
SELECT parse_units(1e70, 18);
SELECT parse_units(-57896044618658097711785492504343953926634992332820282019728792003956564819969, 0);
SELECT parse_units('NaN', 18);
SELECT parse_units('Infinity', 18);
SELECT parse_units(1, -1);
SELECT parse_units(1, 256);
SELECT format_units(1.5, 18);
SELECT format_units(115792089237316195423570985008687907853269984665640564039457584007913129639936, 18);
SELECT format_units('NaN', 18);
SELECT format_units(1, -1);

-- words of bytea
SELECT bytes_to_uint('\x01'::bytea), bytes_to_uint('\xffff'::bytea), bytes_to_uint('\x'::bytea), bytes_to_int('\x'::bytea);
SELECT bytes_to_int('\xff'::bytea), bytes_to_int('\x80'::bytea), bytes_to_int('\x7f'::bytea), bytes_to_int('\x00ff'::bytea), bytes_to_int('\xff7f'::bytea);
SELECT bytes_to_uint(decode(repeat('ff', 32), 'hex')) AS greatest;
SELECT bytes_to_int(decode('80' || repeat('00', 31), 'hex')) AS least;
SELECT bytes_to_uint(word => substr(data, 33, 32)) FROM (SELECT decode(repeat('00', 63) || '2a', 'hex')) v(data);
SELECT bytes_to_uint(NULL::bytea), bytes_to_int(NULL::bytea), bytes_to_uint(NULL);
SELECT bytes_to_uint(decode(repeat('00', 33), 'hex'));
SELECT bytes_to_int(decode(repeat('00', 1000), 'hex'));

-- words of text; a literal without a type is text, so that 0x is read as hex
SELECT bytes_to_uint('0x01'), bytes_to_uint('\x01'), bytes_to_uint('0XfF'), bytes_to_uint('0x'), bytes_to_int('0xff'), bytes_to_int('\xFf');
SELECT bytes_to_uint('0x01'::varchar), bytes_to_uint('0x' || repeat('0', 62) || '2A');
SELECT pg_typeof(bytes_to_uint('0x01')), bytes_to_uint('0x01'::bytea) AS four_characters;
SELECT bytes_to_uint('');
SELECT bytes_to_uint('01');
SELECT bytes_to_uint('1234');
SELECT bytes_to_uint('0x1');
SELECT bytes_to_uint('0xzz');
SELECT bytes_to_int('0x-1');
SELECT bytes_to_uint('0x 01');
SELECT bytes_to_uint('0x0x01');
SELECT bytes_to_uint('\X01');
SELECT bytes_to_uint('\x0x01');
SELECT bytes_to_uint('0x' || repeat('0', 66));
SELECT bytes_to_uint('0x' || repeat('0', 65));
SELECT bytes_to_uint('0x' || repeat('ä', 70));

-- and back
SELECT uint_to_bytes(1), uint_to_bytes(65535, 2), uint_to_bytes(0, 1), uint_to_bytes(42, length => 20);
SELECT uint_to_bytes(trunc(2::numeric ^ 256) - 1);
SELECT uint_to_bytes(NULL), uint_to_bytes(1, NULL);
SELECT uint_to_bytes(256, 1);
SELECT uint_to_bytes(1, 0);
SELECT uint_to_bytes(1, 33);
SELECT uint_to_bytes(-1);
SELECT uint_to_bytes(1.5);

-- hex
SELECT hex_to_uint('0xff'), hex_to_uint('FF'), hex_to_uint('0XfF'), hex_to_uint('0'), hex_to_uint('0x' || repeat('0', 100) || '1');
SELECT uint_to_hex(255), uint_to_hex(0), uint_to_hex(trunc(2::numeric ^ 256) - 1), uint_to_hex(NULL), hex_to_uint(NULL);
SELECT hex_to_uint('');
SELECT hex_to_uint('0x');
SELECT hex_to_uint('0xzz');
SELECT hex_to_uint('-1');
SELECT hex_to_uint(' 1');
SELECT hex_to_uint('\x01');
SELECT hex_to_uint('0x1' || repeat('0', 64));
SELECT hex_to_uint(repeat('z', 200));
SELECT uint_to_hex(-1);
SELECT uint_to_hex(0.1);

-- values that are stored: packed, compressed and out of line
CREATE TEMP TABLE stored (a smallint, n numeric, w bytea, t text, big numeric);
INSERT INTO stored SELECT 1, v, uint_to_bytes(v), '0x' || encode(uint_to_bytes(v), 'hex'), 1 + 10::numeric ^ 6000
FROM (VALUES (0), (1), (9999), (10000), (123456789012345678901234567890), (trunc(2::numeric ^ 256) - 1)) x(v);
SELECT count(*), bool_and(mul_div(n, 1, 1) = n), bool_and(bytes_to_uint(w) = n), bool_and(bytes_to_uint(t) = n),
	bool_and(hex_to_uint(uint_to_hex(n)) = n), bool_and(parse_units(format_units(n, 18), 18) = n) FROM stored;
SELECT mul_div(big, 1, 1) FROM stored LIMIT 1;

-- they serve in generated columns, indexes and checks
CREATE TEMP TABLE words (hex text, word bytea, value numeric GENERATED ALWAYS AS (bytes_to_uint(word)) STORED,
	amount numeric GENERATED ALWAYS AS (format_units(bytes_to_uint(hex), 18)) STORED CHECK (amount < 1e9));
CREATE INDEX ON words (bytes_to_int(word));
INSERT INTO words VALUES ('0x0de0b6b3a7640000', '\x0100');
SELECT * FROM words;

-- numeric rates, as indexers store them, in any unit
SELECT rate_agg(ts, rate) FROM (VALUES (timestamptz '2024-01-01 00:00Z', 1050000000000000000::numeric), ('2024-02-01 00:00Z', 1060000000000000000)) v(ts, rate);
SELECT apr(ts, rate), apr(ts, rate / 1e18), apr(ts, rate::float8), round(apy(ts, rate)::numeric, 12) AS apy
FROM (VALUES (timestamptz '2024-01-01', 1050000000000000000::numeric), ('2024-02-01', 1060000000000000000), (NULL, 1), ('2025-01-01', NULL)) v(ts, rate);
SELECT blended_apr(a, w), blended_apr(a::numeric, w), blended_apr(a, w::numeric), blended_apr(a::numeric, w::numeric)
FROM (VALUES (0.03::float8, 5e19::float8), (0.05, 3e19), (-0.01, 2e19), (NULL, 1), (1, NULL)) v(a, w);
SELECT num_aprs(blend_agg(0.5::numeric, 1::numeric)), num_aprs(blend_agg(0.5::numeric, 1::float8)), num_aprs(blend_agg(0.5::float8, 1::numeric));
SELECT apr(ts, rate) IS NULL, rate_agg(ts, rate) IS NULL FROM (VALUES (timestamptz '2024-01-01', NULL::numeric)) v(ts, rate);

-- between whole rates the change is exact, where two doubles are the same
SELECT apr(1e18::numeric, 1e18::numeric + 1, '2024-01-01', '2024-12-31') AS apr, apr(1e18::float8, (1e18::numeric + 1)::float8, '2024-01-01', '2024-12-31') AS float8,
	round(apy(1e18::numeric, 1e18::numeric - 1, '2024-01-01', '2024-12-31')::numeric, 30) AS apy, premium(1e18::numeric - 5, 1e18::numeric) AS premium;
-- decimals and lengths as indexers hold them
SELECT parse_units(1.5, decimals) AS parsed, format_units(1500000, decimals) AS formatted, uint_to_bytes(1, length) AS bytes
FROM (VALUES (6::bigint, 2::bigint)) token(decimals, length);
SELECT parse_units(1, 4294967302);
-- and with decimals they are what double precision nearly is
SELECT abs(apr(1.05, 1.06, '2024-01-01', '2024-12-31') / apr(1.05::float8, 1.06::float8, '2024-01-01', '2024-12-31') - 1) < 1e-13 AS apr,
	abs(premium(0.99, 1.1) / premium(0.99::float8, 1.1::float8) - 1) < 1e-13 AS premium;

-- every combination of types finds its function
SELECT apr(1, 1.5, '2023-01-01', '2024-01-01'), apr(1.5, 3, '2023-01-01', '2024-01-01'), apr(1, 2, '2023-01-01', '2024-01-01'),
	apr(1::real, 1.5, '2023-01-01', '2024-01-01'), apr(1.5, 3::float8, '2023-01-01', '2024-01-01'), apr('1', '1.5', '2023-01-01', '2024-01-01'),
	apr(1.0, '1.5', '2023-01-01', '2024-01-01'), apr(1::bigint, 2::smallint, '2023-01-01', '2024-01-01', 365.0);
SELECT apr(rate0 => 1.5, rate1 => 3, t0 => '2023-01-01', t1 => '2024-01-01'), apy(1, 2.0, '2023-01-01', '2024-01-01') = apy(1.0, 2, '2023-01-01', '2024-01-01');
SELECT premium(1, 2), premium(1.0, 2), premium(1, 2.0), premium('1', '2'), premium(1.0, '2'), premium(1::real, 2.0), premium(1::bigint, 2::float8);
SELECT num_rates(rate_agg(now(), 1)), num_rates(rate_agg(now(), 1.5)), num_rates(rate_agg(now(), '1')), num_rates(rate_agg(now(), 1::real)),
	num_rates(rate_agg(now(), 1::bigint)), num_rates(rate_agg('2024-01-01', 1.5)), num_rates(rate_agg('2024-01-01', '1.5'));
SELECT apr(now(), 1.5) IS NULL, apy(now(), '1') IS NULL, apr(date '2024-01-01', 1::bigint) IS NULL;
SELECT blended_apr(0.5, 1), blended_apr(1, 0.5), blended_apr(1, 1), blended_apr('0.5', 1), blended_apr(0.5, '1'), blended_apr('0.5', '1'),
	blended_apr(0.5::real, 1.5), blended_apr(0.5, 1::real), blended_apr('0.5', 1.5), blended_apr(0.5, 1::bigint);

-- over moving frames
SELECT apr(ts, rate) OVER w = apr(ts, rate::float8) OVER w AS same, blended_apr(rate, rate) OVER w = blended_apr(rate::float8, rate::float8) OVER w AS blend
FROM (SELECT timestamptz '2024-01-01' + g * interval '1 day', 1e18::numeric + g * g * 1e15::numeric FROM generate_series(0, 3) g) v(ts, rate)
WINDOW w AS (ORDER BY ts ROWS 1 PRECEDING);

-- bad numeric rates
SELECT rate_agg(now(), 0::numeric);
SELECT rate_agg(now(), -1.5::numeric);
SELECT rate_agg(now(), 'NaN'::numeric);
SELECT apr(now(), '-Infinity'::numeric);
SELECT apy(now(), 1e400);
SELECT apr(now(), 1e-400);
SELECT apr(0.0, 1.0, '2024-01-01', '2024-01-02');
SELECT apr(1.0, 'NaN'::numeric, '2024-01-01', '2024-01-02');
SELECT apy(1.0, -1.0, '2024-01-01', '2024-01-02');
SELECT apy(1e400, 1.0, '2024-01-01', '2024-01-02');
SELECT blended_apr(0.5::numeric, -1::numeric);
SELECT blended_apr('NaN'::numeric, 1);
SELECT blended_apr(0.5, 'Infinity'::numeric);
SELECT blended_apr(0.5, 1e400);
SELECT premium(-1.0, 1.0);
SELECT premium(1.0, 0.0);
SELECT premium(1.0, 'Infinity'::numeric);
