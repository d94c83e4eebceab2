-- Properties and vectors of domain yield: figures as others publish them.
\set ON_ERROR_STOP on
\set QUIET on
BEGIN;
\i test/pgtap/include/common.sql
SELECT no_plan();
SELECT setseed(0.5) \g /dev/null

CREATE TEMP TABLE lido_case (pre_total_ether numeric, pre_total_shares numeric, post_total_ether numeric, post_total_shares numeric,
	time_elapsed float8, year_days float8, expected numeric, tol numeric, abs_tol numeric, kind text, source text);
\copy lido_case FROM 'test/vectors/yield/lido_apr.csv' (FORMAT csv, HEADER)
SELECT cmp_ok(count(*)::int, '>=', 28, 'all vectors of lido_apr were loaded') FROM lido_case;
SELECT ok(is_close(lido_apr(pre_total_ether, pre_total_shares, post_total_ether, post_total_shares, time_elapsed, year_days),
	expected, coalesce(tol, 1e-14), abs_tol), format('lido_apr: %s, %s', expected, source)) FROM lido_case;

CREATE TEMP TABLE gross_case (pre_total_ether numeric, pre_total_shares numeric, post_internal_ether numeric, post_internal_shares numeric,
	shares_minted_as_fees numeric, time_elapsed float8, year_days float8, expected numeric, tol numeric, abs_tol numeric, kind text, source text);
\copy gross_case FROM 'test/vectors/yield/lido_gross_apr.csv' (FORMAT csv, HEADER)
SELECT cmp_ok(count(*)::int, '>=', 15, 'all vectors of lido_gross_apr were loaded') FROM gross_case;
SELECT ok(is_close(lido_gross_apr(pre_total_ether, pre_total_shares, post_internal_ether, post_internal_shares, shares_minted_as_fees,
	time_elapsed, year_days), expected, tol, abs_tol), format('lido_gross_apr: %s', expected)) FROM gross_case;
SELECT is_empty($$
	SELECT 1 FROM gross_case WHERE shares_minted_as_fees > 0
		AND lido_gross_apr(pre_total_ether, pre_total_shares, post_internal_ether, post_internal_shares, shares_minted_as_fees, time_elapsed)
			<= lido_apr(pre_total_ether, pre_total_shares, post_internal_ether, post_internal_shares, time_elapsed)
$$, 'before the fee there is more than after it');

CREATE TEMP TABLE store_case (tx_fees numeric, start_balance numeric, end_balance numeric, deposits numeric, withdrawals numeric,
	effective_balance numeric, time_elapsed float8, expected numeric, tol numeric, abs_tol numeric, kind text, source text);
\copy store_case FROM 'test/vectors/yield/eth_store_apr.csv' (FORMAT csv, HEADER)
SELECT cmp_ok(count(*)::int, '>=', 12, 'all vectors of eth_store_apr were loaded') FROM store_case;
SELECT ok(is_close(eth_store_apr(tx_fees, start_balance, end_balance, deposits, withdrawals, effective_balance, time_elapsed),
	expected, tol, abs_tol), format('eth_store_apr: %s, %s', expected, source)) FROM store_case;

CREATE TEMP TABLE llama_case (rate0 float8, rate1 float8, days float8, compounded boolean, expected numeric, tol numeric,
	abs_tol numeric, kind text, source text);
\copy llama_case FROM 'test/vectors/yield/defillama_apy_base_pct.csv' (FORMAT csv, HEADER)
SELECT cmp_ok(count(*)::int, '>=', 12, 'all vectors of defillama_apy_base_pct were loaded') FROM llama_case;
SELECT ok(is_close(defillama_apy_base_pct(rate0, rate1, days, compounded), expected, tol, abs_tol),
	format('defillama_apy_base_pct(%s, %s, %s, %s)', rate0, rate1, days, compounded)) FROM llama_case;

-- laws
CREATE TEMP TABLE report AS
SELECT trunc(1e25 * (1 + random()::numeric)) AS e0, trunc(9e24 * (1 + random()::numeric)) AS s0,
	trunc(1e25 * (1 + random()::numeric)) AS e1, trunc(9e24 * (1 + random()::numeric)) AS s1, 3600 * (1 + (random() * 400)::int) AS t
FROM generate_series(1, 500);
SELECT is_empty($$
	SELECT 1 FROM report, LATERAL (SELECT lido_apr(e0, s0, e1, s1, t) r) x
	WHERE sign(r) <> sign(e1 * s0 - e0 * s1)
		OR NOT is_close(r, (e1 * s0 - e0 * s1) * 31536000 / (e0 * s1 * t) , 1e-12, 1e-18)
		OR NOT is_close(lido_apr(e0, s0, e1, s1, t, 730), 2 * exact(r), 1e-15)
		OR NOT is_close(lido_apr(e0 * 7, s0 * 3, e1 * 7, s1 * 3, t), exact(r), 1e-14)
		OR NOT is_close(lido_gross_apr(e0, s0, e1, s1 + 5, 5, t), exact(r), 0)
$$, 'lido_apr has the sign of the change, is exact, in proportion to the year, and the same in any unit');
SELECT is_empty($$
	SELECT 1 FROM generate_series(0.9, 1.1, 0.01) r
	WHERE abs(defillama_apy_base_pct(1, r::float8, 7) / 100 - apr(1, r::float8, '2024-01-01', '2024-01-08')) > 1e-13
		OR abs(defillama_apy_base_pct(1, r::float8, 7, true) / 100 / nullif(apy(1, r::float8, '2024-01-01', '2024-01-08'), 0) - 1) > 1e-12
		OR abs(rated_apr(r::float8 - 1, 1, 7) - apr(1, r::float8, '2024-01-01', '2024-01-08')) > 1e-13
$$, 'of the same days, the figures of DefiLlama and Rated are apr and apy');

-- by hand: 1 to (0.51 + 0.505 + 1)/2 = 1.0075 in 30 days
SELECT is_close(cryptoswap_base_apr(1e18, 1e18, 1.02e18, 1.01e18, '2024-01-01', '2024-01-31'), 0.0075 * 365 / 30, 1e-15);
SELECT is_empty($$
	SELECT 1 FROM (SELECT 1e18 + trunc(1e18 * random()::numeric) AS p0, 1e18 + trunc(1e17 * random()::numeric) AS a0, 1e18 + trunc(1e18 * random()::numeric) AS p1,
		1e18 + trunc(1e17 * random()::numeric) AS a1 FROM generate_series(1, 200)) c
	WHERE NOT is_close(cryptoswap_base_apr(p0, a0, p1, a1, '2024-01-01', '2024-02-01'),
		exact(apr((p0 / 2 + a0 / 2 + 1e18) / 2, (p1 / 2 + a1 / 2 + 1e18) / 2, timestamptz '2024-01-01', timestamptz '2024-02-01')), 1e-14, 1e-18)
$$, 'cryptoswap_base_apr is the apr of (xcp_profit/2 + xcp_profit_a/2 + 1)/2');

SELECT * FROM finish();
ROLLBACK;
