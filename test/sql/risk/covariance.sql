-- how returns of many tokens vary together
CREATE TEMP TABLE returns AS
SELECT i % 3 AS part, ARRAY[(i % 5 - 2) / 64.0, ((i * i) % 7 - 3) / 64.0, 0.5]::float8[] AS r FROM generate_series(1, 20) i;
SELECT num_returns(s), mean_vector(s), covariance_matrix(s) IS NOT NULL AS matrix, (correlation_matrix(s))[3] AS none FROM (SELECT covariance_agg(r) AS s FROM returns) x;
SELECT row_label, column_label, round(value::numeric, 6) AS correlation
FROM (SELECT correlation_matrix(covariance_agg(r)) AS m FROM returns) x, matrix_table(m, '{a,b,c}');
SELECT num_returns(rollup(s)) AS "rolled up" FROM (SELECT covariance_agg(r) AS s FROM returns GROUP BY part) x;
SELECT covariance_agg(r) AS summary FROM (VALUES ('{0.5,0.25}'::float8[]), ('{0.25,0.5}'), ('{NULL,1}'), (NULL)) v(r);
SELECT s = s::text::covariance_summary AS "read back", s || NULL = s AS alone, num_returns(s || s) AS twice, s < s || s AS smaller
FROM (SELECT covariance_agg(r) AS s FROM returns) y;
SELECT covariance_agg(r) AS nothing FROM (VALUES ('{NULL,1}'::float8[])) v(r);
SELECT covariance_matrix(covariance_agg('{0.5,0.25}')) AS "of one row", mean_vector(covariance_agg('{0.5,0.25}'), 2) AS means;
SELECT component, round(variance::numeric, 6) AS variance, round(share::numeric, 6) AS share, loadings FROM principal_components('{{2,0},{0,3}}');
SELECT component, round(variance::numeric, 6) AS variance, round(share::numeric, 6) AS share FROM principal_components('{{2,2},{2,2}}');
SELECT * FROM principal_components('{{0,0},{0,0}}');
SELECT * FROM principal_components('{}');
SELECT ewma_covariance('{{1,2},{3,4}}', 0.5), ewma_covariance('{}') AS nothing;
SELECT * FROM shrunk_covariance('{{1,2},{3,4},{5,7}}');
SELECT * FROM shrunk_covariance('{{1,2}}');
SELECT * FROM shrunk_covariance('{{1,2},{1,3}}', 'constant_correlation');
SELECT returns_matrix(array_agg(s), '1 day') FROM (
	SELECT rate_series('2024-01-01'::timestamptz + i * interval '1 day', 2 ^ (i % token)) AS s FROM generate_series(1, 2) token, generate_series(0, 3) i GROUP BY token ORDER BY token) x;
SELECT returns_matrix('{}', '1 day') AS nothing, returns_matrix(ARRAY[rate_series(now(), 1)], NULL) AS "no step";
-- a moving frame
SELECT i, num_returns(s), round((covariance_matrix(s))[1][2]::numeric, 4) AS c
FROM (SELECT i, covariance_agg(ARRAY[i, i * i]) OVER (ORDER BY i ROWS 2 PRECEDING) AS s FROM generate_series(1, 5) i) x ORDER BY i;
-- errors
SELECT covariance_agg('{}'::float8[]);
SELECT covariance_agg('{{1,2}}'::float8[]);
SELECT covariance_agg('{1,NaN}'::float8[]);
SELECT covariance_agg('{1e308,-1e308}'::float8[] || NULL::float8[]), covariance_agg(ARRAY[i * 1e308]) FROM generate_series(-1, 1, 2) i;
SELECT covariance_agg(CASE i WHEN 1 THEN '{1,2}' ELSE '{1,2,3}' END::float8[]) FROM generate_series(1, 2) i;
SELECT covariance_agg('{1}') || covariance_agg('{1,2}');
SELECT covariance_matrix(covariance_agg('{1}'), 0);
SELECT principal_components('{{1,2,3},{4,5,6}}');
SELECT principal_components('{1,2}');
SELECT principal_components('{{1,2},{3,1}}');
SELECT principal_components('{{1,NULL},{3,1}}');
SELECT principal_components('{{1,0},{0,Infinity}}');
SELECT principal_components('{{1,0},{0,-1}}');
SELECT principal_components('{{1,2},{2,1}}');
SELECT ewma_covariance('{{1,2}}', 1);
SELECT shrunk_covariance('{{1,2}}', 'diagonal');
SELECT shrunk_covariance('{{1,2},{1e300,3}}');
SELECT matrix_table('{{1,2},{3,4}}', '{a}');
SELECT ''::covariance_summary;
SELECT '(1,1,0)'::covariance_summary;
SELECT '(1,1,0,1,0)'::covariance_summary;
SELECT '(1,2,0,0,-1)'::covariance_summary;
SELECT '(2,2,0,0,0,0,1,2,1)'::covariance_summary;
