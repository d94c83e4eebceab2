-- prices and greeks: the examples of the reference page
SET extra_float_digits = 0;
SELECT round(bs_price('call', 2000, 2200, 0.25, 0.6, 0.04, 0.03)::numeric, 6) AS call,
	round(bs_price('put', 2000, 2200, 0.25, 0.6, 0.04, 0.03)::numeric, 6) AS put;
\x
SELECT price::numeric(12, 6), delta::numeric(12, 6), gamma::numeric(12, 9), vega::numeric(12, 6), theta::numeric(12, 6), rho::numeric(12, 6),
	yield_rho::numeric(12, 6), vanna::numeric(12, 6), volga::numeric(12, 6), charm::numeric(12, 6), dual_delta::numeric(12, 6), itm_probability::numeric(12, 6)
FROM bs_greeks('call', 2000, 2200, 0.25, 0.6, 0.04, 0.03);
SELECT price_usd::numeric(12, 6), price::numeric(12, 9), delta::numeric(12, 6), net_delta::numeric(12, 6), gamma::numeric(12, 9), vega::numeric(12, 6),
	theta::numeric(12, 4)
FROM inverse_option_greeks('put', 2000, 1800, 0.1, 0.7);
SELECT * FROM bs_greeks('call', 100, 90, 0, 0.3);
SELECT * FROM inverse_option_greeks('call', 100, 80, 1, 0);
\x
SELECT black_price('call', 100, 100, 0.5, 0.2, 0.02)::numeric(12, 8) AS black, inverse_option_price('call', 2000, 2200, 0.1, 0.7)::numeric(12, 8) AS inverse,
	inverse_option_payoff('call', 2000, 2500) AS payoff, inverse_option_payoff('put', 2000, 2500) AS nothing;

-- implied volatility: there, and not there
SELECT round(bs_implied_volatility('call', 120, 2000, 2200, 0.25, 0.04, 0.03)::numeric, 9) AS call,
	round(black_implied_volatility('put', 5, 100, 90, 0.5, 0.02)::numeric, 9) AS black,
	round(inverse_option_implied_volatility('call', 0.05, 2000, 2200, 0.1)::numeric, 9) AS inverse;
SELECT bs_implied_volatility('call', 0, 2000, 2200, 0.25) AS "no price", bs_implied_volatility('put', 200, 2000, 2200, 0.25) AS intrinsic,
	bs_implied_volatility('call', 2000, 2000, 2200, 0.25) AS "the most", bs_implied_volatility('call', 120, 2000, 2200, 0) AS "no time";

-- early exercise
SELECT round(american_price('put', 100, 100, 1, 0.25, 0.05, 0.05)::numeric, 5) AS american,
	round(binomial_price('put', 100, 100, 1, 0.25, 0.05, 0.05)::numeric, 4) AS lattice,
	round(binomial_price('put', 50, 50, 0.4166666666666667, 0.4, 0.1, 0, 5, method => 'crr')::numeric, 2) AS hull,
	binomial_price('call', 100, 100, 1, 0.01, 0.5, 0, 1, method => 'crr') AS none;
SELECT american_price('put', 100, 100, 1, 0.3, -0.02, -0.05);
SELECT binomial_price('put', 100, 100, 1, 0.3, steps => 0);
SELECT binomial_price('put', 100, 100, 1, 0.3, steps => 10001);
SELECT binomial_price('put', 100, 100, 1, 0.3, method => 'CRR');

-- digitals, touches, strikes, parity
SELECT round(digital_price('put', 100, 80, 0.75, 0.35, 0.06, 0.06)::numeric, 5) AS digital,
	round(touch_price(105, 100, 0.5, 0.2, 0.1)::numeric, 6) AS touch,
	round(touch_price(105, 100, 0.5, 0.2, 0.1, pay_at_expiry => true)::numeric, 6) AS later,
	touch_price(100, 100, 0, 0) AS there, touch_price(105, 100, 0, 0.2) AS too_late, touch_price(100, 90, 1, 0.2, -0.1, -0.12) AS none;
SELECT round(strike_at_delta('call', 0.25, 2500, 0.5, 0.6)::numeric, 4) AS call, round(strike_at_delta('put', -0.25, 2500, 0.5, 0.6)::numeric, 4) AS put;
SELECT strike_at_delta('call', -0.25, 2500, 0.5, 0.6);
SELECT strike_at_delta('put', -1, 2500, 0.5, 0.6);
SELECT implied_forward(150, 120, 2000, 0.5) AS forward, parity_gap(150, 120, 2030, 2000, 0.5) AS fair;

-- income
SELECT premium_apr::numeric(8, 5), premium_apy::numeric(8, 5), called_apr::numeric(8, 5), break_even, downside_protection
FROM covered_call(2000, 2200, 50, 0.125, 0.03);
SELECT * FROM covered_call(2000, 2200, 50, 0);
SELECT premium_apr::numeric(8, 5), premium_apy::numeric(8, 5), break_even, discount FROM cash_secured_put(2000, 1800, 45, 0.125, 0.04);
SELECT * FROM cash_secured_put(2000, 1800, 45, 0);
SELECT * FROM collar(2000, 1800, 60, 2300, 50);
SELECT * FROM collar(2000, 2300, 60, 1800, 50);

-- what is refused
SELECT bs_price('Call', 100, 100, 1, 0.3);
SELECT bs_price('call', 0, 100, 1, 0.3);
SELECT bs_price('call', 100, 'NaN', 1, 0.3);
SELECT bs_price('call', 100, 100, -1, 0.3);
SELECT bs_price('call', 100, 100, 1, 'Infinity');
SELECT bs_price('call', 100, 100, 1, 0.3, 'NaN');
SELECT bs_price('call', 1e300, 1, 1e10, 1, 0, -1);
SELECT bs_implied_volatility('call', -1, 100, 100, 1);
SELECT touch_price(100, -1, 1, 0.3);
SELECT covered_call(100, 110, -1, 1);
SELECT bs_price(NULL, 100, 100, 1, 0.3) IS NULL AS null_type, bs_price('call', 100, 100, 1, NULL) IS NULL AS null_volatility;
