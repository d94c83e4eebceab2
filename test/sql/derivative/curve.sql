SET extra_float_digits = -3;
-- a curve of rows in any order: matured ones are skipped, of equal times the greater factor counts
CREATE TEMP TABLE market AS
SELECT * FROM (VALUES ('A', 1.5, 0.91), ('B', 0.25, 0.985), ('C', 0.75, 0.96), ('D', 0.75, 0.955), ('E', -0.1, 1), ('F', NULL, 0.9)) v(pt, years, price);
SELECT curve_agg(years, price) FROM market;
SELECT u.* FROM (SELECT curve_agg(years, price) AS c FROM market) x, unnest(c) u;
SELECT t, curve_discount_factor(c, t) AS log_linear, curve_discount_factor(c, t, 'linear_zero') AS linear_zero,
	curve_discount_factor(c, t, 'monotone_convex') AS monotone_convex, curve_zero_rate(c, t) AS yield
FROM (SELECT curve_agg(years, price) AS c FROM market) x, unnest('{0,0.1,0.25,0.5,1,1.5,2}'::float8[]) t;
SELECT curve_forward_rate(c, 0.25, 0.75) AS yearly, curve_forward_rate(c, 0.25, 0.75, 'Infinity', 'monotone_convex') AS continuous,
	curve_forward_rate(c, 0.5, 0.5) AS "no time", curve_forward_rate(c, 1, 2) AS beyond
FROM (SELECT curve_agg(years, price) AS c FROM market) x;
-- stored, merged
CREATE TEMP TABLE stored AS SELECT pt < 'C' AS early, curve_agg(years, price) AS c FROM market GROUP BY 1;
SELECT rollup(c), rollup(c) = (SELECT curve_agg(years, price) FROM market) AS same, count(DISTINCT c) FROM stored;
SELECT c || NULL AS one, NULL || '[(1,0.9)]'::discount_curve AS other, c || '[(0.25,0.99),(9,0.5)]' AS both FROM stored WHERE early;
SELECT curve_agg(years, price) FROM market WHERE years < 0;
-- what is read off it
SELECT * FROM roll_down('[(0.5,0.97),(1,0.93)]', 1, 0.5);
SELECT curve_value('[(0.5,0.97),(1,0.93)]', '{0.5,1}', '{2,102}') AS value, z_spread('[(0.5,0.97),(1,0.93)]', 95, '{0.5,1}', '{2,102}') AS spread,
	round(z_spread('[(0.5,0.97),(1,0.93)]', 96.8, '{0.5,1}', '{2,102}')::numeric, 12) AS "at its value", curve_value('[(1,0.93)]', '{2}', '{1}') AS beyond;
SELECT bootstrap_curve('{1,2,3}', '{0.03,0.035,0.04}') AS curve, bootstrap_curve('{1,2}', '{0.03,25}') AS none;
-- curves of few numbers
SELECT t, nelson_siegel(t, 0.05, -0.02, 0.01, 1.5), svensson(t, 0.05, -0.02, 0.01, 0.005, 1.5, 5) FROM unnest('{0,1,10}'::float8[]) t;
SELECT round((f).beta0::numeric, 9) AS beta0, round((f).beta1::numeric, 9) AS beta1, round((f).beta2::numeric, 9) AS beta2, round((f).tau::numeric, 6) AS tau, (f).rmse < 1e-9 AS exact, (f).num_points,
	round(nelson_siegel(3, f)::numeric, 9) AS "at 3"
FROM (SELECT unnest(ARRAY[nelson_siegel_fit(t, nelson_siegel(t, 0.05, -0.02, 0.01, 1.5), 1.5), nelson_siegel_fit(t, nelson_siegel(t, 0.05, -0.02, 0.01, 1.5))]) AS f FROM generate_series(0.25, 5, 0.25) t) x;
SELECT nelson_siegel_agg(t, 0.03, 1) FROM (VALUES (0), (1)) v(t);
SELECT nelson_siegel_fit(t, 0.03, 1) AS "two points" FROM (VALUES (0.5), (1)) v(t);
-- errors
SELECT curve_agg(1, 0);
SELECT curve_agg('NaN', 1);
SELECT '[(0,1)]'::discount_curve;
SELECT curve_discount_factor('[(1,0.9)]', -1);
SELECT curve_discount_factor('[(1,0.9)]', 0.5, 'cubic');
SELECT curve_forward_rate('[(1,0.9)]', 1, 0.5);
SELECT roll_down('[(1,0.9)]', 0.5, 0.6);
SELECT bootstrap_curve('{0,1}', '{0.03,0.03}');
SELECT nelson_siegel(1, 0.05, 0, 0, 0);
SELECT nelson_siegel_fit(t, 0.03, t) FROM (VALUES (0.5), (1)) v(t);
