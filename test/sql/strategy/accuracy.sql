-- how far forecasts were off
SELECT num_forecasts(s), bias(s), mae(s), rmse(s), mape(s), smape(s), coverage(s), mase(s, 2), interval_score(s, 0.75)
FROM (SELECT accuracy_agg(a, f, l, u) AS s FROM (VALUES (1, 1.5, 1, 2), (2, 1, 3, 4), (4, 4, 3, 5), (1, NULL, 0, 0)) v(a, f, l, u)) x;
SELECT num_forecasts(s), mape(s), smape(s), coverage(s) AS none, interval_score(s, 0.9) AS neither
FROM (SELECT accuracy_agg(a, f) AS s FROM (VALUES (0, 0), (0, 1)) v(a, f)) x;
SELECT accuracy_agg(1, 1.5) AS summary, accuracy_agg(NULL, 1) AS nothing;
SELECT s = s::text::accuracy_summary AS "read back", s || NULL = s AS alone, num_forecasts(s || s) AS twice, s < s || s AS smaller
FROM (SELECT accuracy_agg(i, i + 0.5, i - 1, i + 1) AS s FROM generate_series(1, 5) i) x;
SELECT i, num_forecasts(s), mae(s) FROM (SELECT i, accuracy_agg(i, 2 * i) OVER (ORDER BY i ROWS 1 PRECEDING) AS s FROM generate_series(1, 4) i) x;
SELECT origin, step, actual, round(forecast::numeric, 4) AS forecast FROM forecast_errors('{1,3,2,4,3,5,4,6}', 2, 'drift', min_train => 5);
SELECT forecasts, round(mae::numeric, 4) AS mae, round(mase::numeric, 4) AS mase, round(skill::numeric, 4) AS skill, round(skill_mean::numeric, 4) AS skill_mean, round(dm_p_value::numeric, 4) AS p
FROM forecast_backtest_array('{1,3,2,4,3,5,4,6,5,7,6,8}', 1, 'mean');
SELECT forecasts, mase, skill, dm_statistic FROM forecast_backtest_array('{2,2,2,2,2,2,2,2}', 1);
SELECT forecasts FROM (SELECT rate_series(timestamptz '2024-01-01Z', 1) AS s) x, forecast_backtest(s, 1);
SELECT forecast_backtest_array(NULL, 1), forecast_backtest_array('{1,2}', 3);
SELECT interval_score(5, 1, 3, 0.9), pinball_loss(3, 1, 0.9), pinball_loss(1, 3, 0.9), crps_normal(0, 0, 1), crps_normal(2, 1, 0);
SELECT conformal_radius('{-3,1,2,-5,4,0.5,1.5,2.5,3.5}', 0.9), conformal_radius('{1,2}', 0.9) AS "too few", conformal_radius('{}') AS nothing;
SELECT naive_scale('{1,3,2}'), naive_scale('{1,3,2}', 2), naive_scale('{1}');
SELECT * FROM diebold_mariano('{1,-2,1.5,3}', '{2,-1,2.5,4}');
SELECT * FROM diebold_mariano('{1,1,1}', '{2,2,2}');
-- errors
SELECT accuracy_agg('NaN', 1);
SELECT accuracy_agg(1, 1, 3, 2);
SELECT accuracy_agg(-1e300, 1e300);
SELECT interval_score(accuracy_agg(1, 1, 0, 2), 1);
SELECT mase(accuracy_agg(1, 1), -1);
SELECT interval_score(1, 3, 2, 0.9);
SELECT pinball_loss(1, 2, 1.5);
SELECT crps_normal(1, 2, -1);
SELECT conformal_radius('{1,NULL}');
SELECT diebold_mariano('{1,2}', '{1}');
SELECT diebold_mariano('{1,2}', '{1,3}', power => 0);
SELECT forecast_errors('{1,2,3}', 1, every => 0);
SELECT ''::accuracy_summary;
SELECT '(0,0,0,0,0,0,0,0,0,0,0)'::accuracy_summary;
