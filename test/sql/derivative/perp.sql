SET extra_float_digits = -3;
SET timezone = 'America/New_York';
-- how an exchange sets a payment
SELECT premium_index(3001, 3002, 2998) AS above, premium_index(2995, 2996, 2998) AS below, premium_index(2997, 2999, 2998) AS inside;
SELECT funding_rate(0.002) AS eight_hours, funding_rate(0.002, hours => 1) AS hour, funding_rate(0.0004) AS interest, funding_rate(-0.9, cap => 0.04) AS capped;
SELECT funding_rate_apr(0.0001, '8 hours') AS apr, funding_rate_apy(0.0001, '8 hours') AS apy, funding_rate_apy(-1.5, '1 day') AS lost;
-- a history
CREATE TEMP TABLE payments AS
SELECT timestamptz '2026-01-01Z' + n * interval '8 hours' AS ts, (n % 5 - 1) * 0.0001 AS rate FROM generate_series(0, 9) n;
SELECT cumulative_funding(s), funding_apr(s), funding_apy(s, 360), positive_share(s), num_payments(s) FROM (SELECT funding_agg(ts, rate) AS s FROM payments) x;
SELECT funding_apr(ts, rate), cumulative_funding(ts, rate) FROM payments;
SELECT funding_agg(ts AT TIME ZONE 'UTC', rate) = funding_agg(ts, rate) AS "as UTC" FROM payments;
SELECT funding_agg(ts, 0.5) AS text, funding_agg(ts, 0.5) || NULL = funding_agg(ts, 0.5) AS same FROM (VALUES (timestamptz '2000-01-01 00:00:00.000007Z')) v(ts);
SELECT ts AT TIME ZONE 'UTC' AS ts, cumulative_funding(ts, rate) OVER w, funding_apr(ts, rate) OVER w FROM payments WINDOW w AS (ORDER BY ts ROWS 2 PRECEDING) LIMIT 4;
-- contracts
SELECT dydx_funding_index_delta(-1001999, 28800, 1000, 0, -12), dydx_funding_index_delta(7, 1, 1, -6, 0);
SELECT * FROM gmx_funding(106000e30, 94000e30, 0, 600, 1e24, 2e22, 5e28, 3e28, 0, 1e30);
SELECT * FROM gmx_funding(94000e30, 106000e30, 0, 600, 0, 0, 0, 0, 0, 1e30, 1e22);
-- dated futures, carry and liquidation
SELECT forward_price(3000, 0.5, 0.05, 0.03), basis_apr(3000, 3060, 0.5), basis_apy(3000, 3060, 0.5), implied_yield(3000, 3060, 0.5, 0.05), basis_apr(3000, 3060, 0);
SELECT cash_and_carry_apr(3000, 3060, 0.5, 0.03, 0.2, 0.001), delta_neutral_apr(0.08, 0.03, 0.2, 0.04, 0.005);
SELECT perp_liquidation_price(3000, -10, 9000, 0.01), perp_liquidation_price(3000, -1, 0, 0.05, coin_collateral => 1), perp_liquidation_price(3000, 1, 4000, 0.01) AS never;
SELECT inverse_perp_liquidation_price(3000, -30000, 5, 0.01), inverse_perp_pnl(3000, 2400, -30000);
-- errors
SELECT premium_index(2, 1, 1);
SELECT funding_rate(0.1, clamp => -1);
SELECT funding_rate_apr(0.0001, '1 month');
SELECT funding_agg(ts, -1) FROM payments;
SELECT '(1,2,3)'::funding_summary;
SELECT '(7,7,2,1,1,0,0,0,0)'::funding_summary;
SELECT gmx_funding(0, 0, 0, 1, 1, 1, 1, 1, 1, 1);
SELECT dydx_funding_index_delta(1, -1, 1, 0, 0);
SELECT dydx_funding_index_delta(1, 1, 1, 400, 400);
SELECT basis_apr(0, 1, 1);
SELECT perp_liquidation_price(3000, 1, 100, 1);
