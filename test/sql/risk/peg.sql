-- below the fair rate
SELECT redemption_apr(0.99, 1, '5 days'), redemption_apy(0.99, 1, '5 days'), redemption_apr(1, 1, '5 days', 0.001) AS fee_alone;
WITH premium(s) AS (
	SELECT rate_series(timestamptz '2024-01-01 00:00+00' + i * interval '1 day', v)
	FROM unnest('{1,0.99,0.97,0.985,0.96,0.995,1,0.97}'::float8[]) WITH ORDINALITY p(v, i))
SELECT b.* FROM premium, spells_below(s, 0.98, 0.99) b;
SELECT count(*) FROM spells_below(NULL, 0.98);
WITH path(s) AS (
	SELECT rate_series(timestamptz '2024-01-01 00:00+00' + i * interval '1 day', v)
	FROM unnest('{0,-2,-1.6,-1.3,-1.4,-0.9,-0.3,-0.2,0.1,-0.4,-0.7,-0.5,-0.1}'::float8[]) WITH ORDINALITY p(v, i))
SELECT round(theta::numeric, 3) AS theta, round(mu::numeric, 6) AS mu, round(sigma::numeric, 4) AS sigma, date_trunc('second', half_life) AS half_life,
	round(log_likelihood::numeric, 6) AS log_likelihood
FROM path, ou_fit(s);
SELECT ou_fit(rate_series(timestamptz '2024-01-01 00:00+00', 1));
SELECT round(mean::numeric, 8) AS mean, round(stddev::numeric, 8) AS stddev, round(lower::numeric, 8) AS lower, round(upper::numeric, 8) AS upper
FROM ou_forecast(-0.02, 7.755, -0.001, 0.01, '7 days');
SELECT round(ou_probability_below(0, -0.005, 50, -0.0005, 0.02, '7 days')::numeric, 8), ou_probability_below(0, 0.1, 50, 0, 0, '7 days') AS certain;
SELECT duration, at_risk, events, censored, round(survival::numeric, 6) AS survival, round(stderr::numeric, 6) AS stderr
FROM kaplan_meier('{6,6,6,6,7,9,10}', '{t,t,t,f,t,f,t}');
SELECT rate, round(lower::numeric, 6) AS lower, round(upper::numeric, 6) AS upper FROM event_rate(3, 250000);
SELECT lower, round(upper::numeric, 12) AS rule_of_three FROM event_rate(0, 1, 0.9);
-- errors
SELECT redemption_apr(0, 1, '5 days');
SELECT redemption_apr(1, 1, '1 month');
SELECT redemption_apr(1, 1, '5 days', 1);
SELECT spells_below(rate_series(now(), 1), 1, 0.5);
SELECT ou_forecast(0, -1, 0, 1, '1 day');
SELECT kaplan_meier('{1,2}', '{t}');
SELECT kaplan_meier('{1,2}', '{t,NULL}');
SELECT event_rate(-1, 1);
SELECT event_rate(1, 0);
