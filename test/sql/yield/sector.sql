-- domain yield: concentration and growth of a sector

SELECT hhi(v) AS equal FROM (VALUES (5::float8), (5), (5), (5), (NULL), (0)) t(v);
SELECT hhi(7) AS one, (SELECT hhi(7) WHERE false) IS NULL AS no_rows, hhi(NULL::float8) IS NULL AS null_row, hhi(0) IS NULL AS nothing;
SELECT hhi(v) OVER (ORDER BY i) FROM (VALUES (1, 1::float8), (2, 1), (3, 2)) t(i, v);
SELECT hhi(v), hhi(blend_agg(v, v)) FROM (VALUES (6::float8), (2)) t(v);
SELECT hhi(rollup(s)) FROM (SELECT i % 2, blend_agg(1, 1) AS s FROM generate_series(1, 8) i GROUP BY 1) x;
SELECT hhi('(0,0,1)'::blend_summary) IS NULL AS nothing, hhi(NULL::blend_summary) IS NULL AS unknown;
SELECT hhi(-1);
SELECT hhi('NaN'::float8);
SELECT hhi(1e200);
SELECT hhi(1e-300);

SELECT * FROM tvl_growth(10, 12, 1, 1.25, 4, 2);
SELECT *, price + accrual + flow = total AS whole FROM tvl_growth(0, 12, 1, 1.25, 4, 2);
SELECT flow = total AS "only flow", price, accrual FROM tvl_growth(10, 3, 1.5, 1.5, 4, 4);
SELECT accrual = total AS "only accrual", price, flow FROM tvl_growth(10, 10, 1.5, 1.25, 4, 4);
SELECT tvl_growth(NULL, 1, 1, 1, 1, 1) IS NULL;
SELECT tvl_growth(-1, 1, 1, 1, 1, 1);
SELECT tvl_growth(1, 'NaN', 1, 1, 1, 1);
SELECT tvl_growth(1, 1, -1, 1, 1, 1);
SELECT tvl_growth(1, 1, 1, 'Infinity', 1, 1);
SELECT tvl_growth(1, 1, 1, 1, -0.5, 1);
SELECT tvl_growth(1, 1, 1, 1, 1, '-Infinity');
SELECT tvl_growth(1e200, 2e200, 1e200, 1, 1, 1);
