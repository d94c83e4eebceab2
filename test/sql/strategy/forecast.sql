-- what comes next in a history
SELECT model, step, round(value::numeric, 6) AS value, round(lower::numeric, 6) AS lower, round(upper::numeric, 6) AS upper
FROM unnest('{naive,drift,mean,seasonal_naive,ses,holt,damped,theta,ar1,comb}'::text[]) WITH ORDINALITY m(model, i),
	forecast_array('{3,5,4,6,5,7,6,9,7,8}', 2, model, 2) ORDER BY i, step;
SELECT step, ts AT TIME ZONE 'UTC' AS ts, round(value::numeric, 4) AS value
FROM forecast((SELECT rate_series(timestamptz '2024-01-01Z' + i * interval '1 day', 1 + i % 3) FROM generate_series(1, 12) i WHERE i <> 5), 2, 'seasonal_naive', 3);
SELECT * FROM forecast_array('{1,2}', 2);
SELECT * FROM forecast_array('{}', 2);
SELECT * FROM forecast_array('{1,2,3}', 1, 'seasonal_naive', 3);
SELECT * FROM forecast_array(NULL, 2);
SELECT * FROM ses_fit('{3,5,4,6}', 0.5);
SELECT * FROM holt_fit('{3,5,4,6}', 0.5, 0.5);
SELECT * FROM ses_fit('{}');
SELECT * FROM holt_fit('{1}');
SELECT * FROM ar_fit('{1,2,4,8,16,32}');
SELECT * FROM ar_fit('{1,1,1,1,1}');
SELECT * FROM har_fit('{1,2,3}');
SELECT * FROM har_forecast('{1,2,3}', 0.5, 0.5, 0, 0.25, 3, 2, 3);
SELECT * FROM har_forecast('{1,2}', 0.5, 0.5, 0, 0.25, 3, 2, 3);
-- errors
SELECT * FROM forecast_array('{1,NULL,3}', 2);
SELECT * FROM forecast_array('{1,NaN,3}', 2);
SELECT * FROM forecast_array('{{1,2},{3,4}}', 2);
SELECT * FROM forecast_array('{1,2,3}', 0);
SELECT * FROM forecast_array('{1,2,3}', 1, 'arima');
SELECT * FROM forecast_array('{1,2,3}', 1, season => 0);
SELECT * FROM forecast_array('{1,2,3}', 1, confidence => 1);
SELECT * FROM forecast_array('{1e308,-1e308,1e308,-1e308}', 1, 'drift');
SELECT * FROM ses_fit('{1,2,3}', 1.5);
SELECT * FROM holt_fit('{1,2,3}', phi => -1);
SELECT * FROM ar_fit('{1,2,3}', 21);
SELECT * FROM har_fit('{1,-2,3}');
SELECT * FROM har_forecast('{1,2}', 'NaN', 0.5, 0, 0.25, 3);
SELECT * FROM har_forecast('{1,2}', 0, 0.5, 0, 0.25, 3, 8, 7);
