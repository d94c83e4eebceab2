-- Properties and vectors of savings rates.
\set ON_ERROR_STOP on
\set QUIET on
BEGIN;
\i test/pgtap/include/common.sql
\i test/pgtap/include/outcome.sql
SELECT no_plan();

CREATE TEMP TABLE index_case (chi text, rate text, seconds text, expected text, kind text, source text);
\copy index_case FROM 'test/vectors/rate/savings_index.csv' (FORMAT csv, HEADER)
SELECT cmp_ok(count(*)::int, '>=', 36, 'all vectors of savings_index were loaded') FROM index_case;
SELECT is(regexp_replace(outcome(format('SELECT savings_index(%s, %s, %s)', chi, rate, seconds)), '^error: .*', 'error'),
	expected, format('savings_index(%s, %s, %s): %s', chi, rate, seconds, source))
FROM index_case;

CREATE TEMP TABLE apy_case (rate numeric, expected numeric, kind text, source text);
\copy apy_case FROM 'test/vectors/rate/savings_apy.csv' (FORMAT csv, HEADER)
SELECT cmp_ok(count(*)::int, '>=', 5, 'all vectors of savings_apy were loaded') FROM apy_case;
SELECT is(savings_apy(rate), expected, 'savings_apy: ' || source) FROM apy_case;

-- the steps of rpow in numeric, which floors as the contract does
CREATE FUNCTION rpow(base numeric, n int) RETURNS numeric LANGUAGE plpgsql IMMUTABLE AS $$
DECLARE
	z numeric := CASE WHEN n % 2 = 1 THEN base ELSE 1e27 END;
BEGIN
	n := n / 2;
	WHILE n > 0 LOOP
		base := div(base * base + 5e26, 1e27);
		IF n % 2 = 1 THEN
			z := div(z * base + 5e26, 1e27);
		END IF;
		n := n / 2;
	END LOOP;
	RETURN z;
END
$$;
SELECT is_empty($$
	SELECT 1 FROM (SELECT n, 1e27 + (n::numeric * 7919 * 1e12) AS rate, n * 104729 % 40000000 AS seconds,
		1e27 + n * 12345678901234567890 AS chi FROM generate_series(1, 400) n) s
	WHERE savings_index(chi, rate, seconds) <> div(rpow(rate, seconds) * chi, 1e27)
		OR savings_apy(rate) <> rpow(rate, 31536000) - 1e27
$$, 'the steps of rpow');
-- what the contract's products cannot hold is refused, although the result would fit
SELECT throws_ok('SELECT savings_index(1, 2::numeric ^ 128, 2)', '22003', NULL, 'a factor of 2^128 squared');
SELECT is(savings_index(1e27, 1e27, 2::numeric ^ 255), 1e27, 'any number of seconds at no interest');
SELECT cmp_ok(savings_apy(999999999999999999999999999), '<', 0::numeric, 'a factor below one');

SELECT * FROM finish();
ROLLBACK;
