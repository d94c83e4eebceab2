SET extra_float_digits = -3;
-- a rate, the factor it discounts by, and back
SELECT discount_factor(0.05, 2) AS yearly, discount_factor(0.05, 2, 12) AS monthly, discount_factor(0.05, 2, 'Infinity') AS continuous;
SELECT zero_rate(0.9, 2), zero_rate(0.9, 2, 'Infinity') AS continuous, zero_rate(0.98, 0.5, periods => 1 / 0.5) AS simple, zero_rate(0.9, 0) AS "no time";
SELECT forward_rate(0.97, 1, 0.93, 2), forward_rate(0.97, 1, 0.93, 2, 'Infinity') AS continuous, forward_rate(0.97, 1, 0.97, 1) AS "no time";
-- a bond of three years that pays 4 % yearly
SELECT bond_price('{1,2,3}', '{4,4,104}', 0.05) AS price, bond_yield(97.2767519706294, '{1,2,3}', '{4,4,104}') AS yield;
SELECT * FROM bond_risk('{1,2,3}', '{4,4,104}', 0.05);
SELECT bond_yield(100, '{1,2}', '{230,-132}') AS "the nearest to 0", bond_yield(100, '{1}', '{-1}') AS none;
SELECT discount_factor(NULL, 1), bond_price(NULL, '{1}', 0);
-- errors
SELECT discount_factor(-1, 2);
SELECT discount_factor(0.05, -2);
SELECT discount_factor(0.05, 2, 0);
SELECT zero_rate(-0.1, 1);
SELECT forward_rate(0.97, 2, 0.93, 1);
SELECT bond_price('{1,2,2}', '{4,4,104}', 0.05);
SELECT bond_price('{1,2}', '{4,4,104}', 0.05);
SELECT bond_price('{1,2}', '{4,NaN}', 0.05);
SELECT bond_yield(0, '{1}', '{1}');
