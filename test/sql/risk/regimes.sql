-- outliers, changes and trends of a history
CREATE TEMP TABLE history AS
SELECT rate_series(timestamptz '2024-01-01 00:00+00' + i * interval '1 day', v) AS s
FROM unnest('{1,1.01,1.02,1.01,1.5,1.03,1.02,1.2,1.21,1.22,1.2,1.21}'::float8[]) WITH ORDINALITY p(v, i);
SELECT value, median, round(mad::numeric, 6) AS mad, round(score::numeric, 4) AS score, outlier FROM history, outliers(s, '5 days');
SELECT value, round(up::numeric, 4) AS up, round(down::numeric, 4) AS down, alarm FROM history, cusum(s, 1.02, 0.01, 0.4);
SELECT cusum_step(0.3, 1.2, 1.02, 0.01) AS up, cusum_step(0, 1.2, 1.02, -0.01) AS down;
SELECT start_time::date, end_time::date, num_points, round(mean::numeric, 4) AS mean, round(stddev::numeric, 6) AS stddev FROM history, change_points(s);
SELECT count(*) FROM history, change_points(s, 1000);
SELECT count(*) FROM history, change_points(s, 0, 'mean_variance', 3);
SELECT round(autocorrelation('{1,3,2,5,4,6}')::numeric, 6) AS lag_1, round(autocorrelation('{1,3,2,5,4,6}', 2)::numeric, 6) AS lag_2,
	autocorrelation('{1,1,1}') AS same, autocorrelation('{1,2}', 5) AS too_long;
SELECT round(tau::numeric, 6) AS tau, s, round(z::numeric, 6) AS z, round(p_value::numeric, 6) AS p_value, slope FROM trend_test_array('{1,2,2,3,1,2,4}');
SELECT round(tau::numeric, 6) AS tau, t.s, round(slope::numeric, 6) AS slope_a_year FROM history, trend_test(history.s) t;
SELECT trend_test_array('{1}');
-- errors
SELECT outliers(s, '-1 day') FROM history;
SELECT cusum(s, 1, -1, 1) FROM history;
SELECT change_points(s, -1) FROM history;
SELECT change_points(s, cost => 'median') FROM history;
SELECT autocorrelation('{1,2}', -1);
SELECT trend_test_array(array_fill(1::float8, '{20001}'));
-- the median absolute deviation
SELECT mad(x) FROM unnest('{1,2,NULL,4,100}'::float8[]) x;
