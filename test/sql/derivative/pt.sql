SET extra_float_digits = -3;
SET timezone = 'America/New_York';
SELECT year_fraction('2026-01-01Z', '2026-07-02 12:00Z') AS half, year_fraction(timestamp '2026-07-02 12:00', timestamptz '2026-01-01Z') AS reversed, year_fraction('2026-01-01', '2027-01-01', 360);
-- a PT three months before maturity, and its YT
SELECT pt_price(0.12, 0.25) AS price, pt_implied_apy(0.972065416, 0.25) AS apy, pt_implied_apy(1.01, 0.25) AS negative;
SELECT * FROM pt_risk(0.972065416, 0.25);
SELECT yt_long_apy(0.12, 0.027934584, 0.25) AS long, yt_long_apy(0.12, 0.027934584, 0.25, fee => 0) AS "without a fee", yt_break_even_apy(0.027934584, 0.25) AS break_even, yt_leverage(0.027934584) AS leverage;
SELECT pt_price(0.12, -1), pt_implied_apy(0.99, -1), pt_risk(0.99, 0), yt_long_apy(0.12, 0.01, 0), yt_break_even_apy(0.01, 0), yt_leverage(0);
-- errors
SELECT pt_price(-1, 1);
SELECT pt_implied_apy(0, 1);
SELECT pt_implied_apy(0.9, 'Infinity');
SELECT yt_long_apy(0.05, -0.01, 1);
SELECT yt_break_even_apy(0.01, 1, 1);
SELECT year_fraction('2026-01-01', 'infinity');
SELECT year_fraction('2026-01-01', '2027-01-01', -365);
