SET extra_float_digits = 0;
-- the fair variance of one expiry, and the index of two
CREATE TEMP TABLE quotes (strike float8, call_price float8, put_price float8);
INSERT INTO quotes VALUES (1700, NULL, 22), (1800, 238, 38), (1900, 169, 68), (2000, 113, 112), (2100, 71, NULL), (2200, 43, NULL), (2400, 14, NULL);
SELECT round(sqrt(variance_strike(strike, call_price, put_price, 2001, 0.1, 0.03))::numeric, 6) AS volatility FROM quotes;
SELECT variance_strike(strike, call_price, put_price, 1000, 0.1, 0.03) AS none FROM quotes;
SELECT variance_strike(strike, call_price, put_price, strike, 0.1, 0.03) FROM quotes;
SELECT variance_strike(strike, -call_price, put_price, 2000, 0.1, 0.03) FROM quotes;
SELECT variance_strike(strike, call_price, put_price, 2000, -0.1, 0.03) FROM quotes;
SELECT round(volatility_index(0.36, 0.05, 0.25, 0.13)::numeric, 6) AS index, volatility_index(-1, 0.01, 0.1, 0.1, 0.05) AS negative;
SELECT volatility_index(0.36, 0.05, 0.25, 0.05);

-- smiles
SELECT round(svi_variance(0.1, 0.02, 0.1, -0.4, 0, 0.2)::numeric, 9) AS w, round(svi_g(0.1, 0.02, 0.1, -0.4, 0, 0.2)::numeric, 9) AS g,
	round(sabr_volatility(2200, 2000, 0.25, 0.6, 1, -0.3, 1.2)::numeric, 9) AS sabr;
SELECT svi_variance(0.1, 0.02, -0.1, 0, 0, 0.2);
SELECT svi_variance(0.1, 0.02, 0.1, 1, 0, 0.2);
SELECT svi_g(0.1, 0.02, 0.1, 0, 0, 0);
SELECT sabr_volatility(2200, 2000, 0.25, 0.6, 1.5, -0.3, 1.2);
SELECT round((f).a::numeric, 6) AS a, round((f).b::numeric, 6) AS b, round((f).rho::numeric, 6) AS rho, round((f).m::numeric, 6) AS m,
	round((f).sigma::numeric, 6) AS sigma, (f).num_points, (f).rmse < 1e-12 AS exact, round(svi_variance(0.3, f)::numeric, 9) AS w
FROM (SELECT svi_fit(i / 10.0, svi_variance(i / 10.0, 0.02, 0.1, -0.4, 0.05, 0.2)) AS f FROM generate_series(-6, 6) i) x;
SELECT svi_variance(0.3, NULL) IS NULL AS none, svi_variance(0.3, ROW(0.02, NULL, 0, 0, 0.2, 0, 5)::svi_curve) IS NULL AS missing;
SELECT svi_variance(0.3, ROW(0.02, 0.1, 2, 0, 0.2, 0, 5)::svi_curve);

-- the states
SELECT '(2000,0.5,0.1,[(2100,,7),(1900,120,30),(2100,55,)])'::strike_quotes, '[(0.2,0.05),(-0.1,0.04)]'::smile_points;
SELECT '(2000,0.5,0.1,[(1,,)])'::strike_quotes;
SELECT '[]'::smile_points;
