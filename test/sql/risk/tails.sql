-- how far the worst returns go
CREATE TEMP TABLE history AS SELECT array_agg(-0.01 * ((1 - p) ^ -0.25 - 1) / 0.25 + 0.03 * p ORDER BY p) AS r
FROM generate_series(1, 400) i, LATERAL (SELECT (i - 0.5) / 400) x(p);
SELECT round(threshold::numeric, 6) AS threshold, round(shape::numeric, 4) AS shape, round(scale::numeric, 6) AS scale, exceedances,
	round(log_likelihood::numeric, 4) AS log_likelihood
FROM history, unnest('{mle,pwm}'::text[]) m, gpd_fit(r, 0.1, m);
SELECT gpd_fit('{1,2,3}');
SELECT round(gpd_value_at_risk(-0.02, 0.2, 0.01, 0.1)::numeric, 8) AS value_at_risk, round(gpd_expected_shortfall(-0.02, 0.2, 0.01, 0.1)::numeric, 8) AS shortfall,
	gpd_value_at_risk(-0.02, 0.2, 0.01, 0.1, 0.8) AS not_so_far, gpd_expected_shortfall(-0.02, 1.2, 0.01, 0.1) AS no_mean;
SELECT round(hill_tail_index(r, 20)::numeric, 4) AS worst, round(hill_tail_index(r, 20, 'upper')::numeric, 4) AS best FROM history;
SELECT violations, expected, round(kupiec::numeric, 6) AS kupiec, round(kupiec_p::numeric, 6) AS p, round(independence::numeric, 6) AS independence,
	round(conditional_coverage::numeric, 6) AS both, round(conditional_coverage_p::numeric, 6) AS both_p
FROM var_backtest('{-3,1,-4,1,-5,9,2,-6,5,3}', '{-2,-2,-2,-2,-2,-2,-2,-2,-2,-2}', 0.75);
-- errors
SELECT gpd_fit('{1,2}', 0.6);
SELECT gpd_fit('{1,2}', method => 'ml');
SELECT hill_tail_index('{1,2}', 1, 'left');
SELECT var_backtest('{1,2}', '{1}', 0.9);
-- of what was seen
SELECT value_at_risk(x, 0.9), expected_shortfall(x, 0.9), value_at_risk(sample_agg(x), 0.9) AS of_sample FROM unnest('{0.01,-0.02,0.03,-0.05,0.02,0.01,-0.01,0,0.02,-0.03,0.01}'::float8[]) x;
SELECT value_at_risk(1::float8, 1);
