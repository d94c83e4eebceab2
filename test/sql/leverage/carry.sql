-- loops whose borrow rate follows the pool's utilization
SELECT u AS utilization, round(carry_apr(5, 0.03, u, 0.9, 0, 0.027, 0.8)::numeric, 6) AS apr
FROM unnest(ARRAY[0, 0.45, 0.9, 0.95, 1, 1.05]) u;
SELECT carry_apr(1, 0.03, 1, 0.9, 0, 0.027, 0.8) AS unlevered, carry_apr(5, NULL, 1, 0.9, 0, 0.027, 0.8);
SELECT carry_apr(0.9, 0.03, 1, 0.9, 0, 0.027, 0.8);
SELECT carry_apr(5, 0.03, -0.1, 0.9, 0, 0.027, 0.8);
SELECT carry_apr(5, 0.03, 1, 0, 0, 0.027, 0.8);
SELECT carry_apr(5, 0.03, 1, 0.9, 0, 'NaN', 0.8);
