SET extra_float_digits = -3;
SELECT hazard_from_spread(0.012) AS of_spread, hazard_from_spread(0.012, recovery => 0) AS without_recovery, hazard_from_probability(0.05, 2) AS of_probability,
	survival_probability(0.02, 3) AS survival, hazard_from_probability(1, 2) AS certain;
SELECT * FROM cds_value(0.03, 0.02, '{0.5,1,1.5,2}', 0.01, notional => 1000);
SELECT * FROM curve_cds_value('[(1,0.97),(2,0.94)]', '[(1,0.98),(2,0.96)]', '{0.5,1,1.5,2}', 0.01, notional => 1000);
SELECT hazard_from_cds(0.012, '{0.5,1,1.5,2}', 0.03), hazard_from_cds(5, '{1}', 0.03) AS none, hazard_from_cds(0, '{1}', 0.03) AS "no spread";
SELECT cover_premium(0.02, 0.1, 1) AS premium, cover_premium(0.02, 0.1, 1, rate => 0.03, loading => 0.3) AS loaded;
SELECT a, d, tranche_loss(0.02, 0.25, a, d, 0.6) AS loss, tranche_loss(0.02, 0, a, d, 0.6) AS "without correlation" FROM (VALUES (0, 0.03), (0.03, 0.1), (0.1, 1)) v(a, d);
-- errors
SELECT hazard_from_spread(0.01, 1);
SELECT hazard_from_probability(1.5, 1);
SELECT cds_value(0.03, 0.02, '{1,1}', 0.01);
SELECT curve_cds_value('[(1,0.97)]', '[(1,1.01)]', '{1}', 0.01);
SELECT cover_premium(0.02, 2, 1);
SELECT tranche_loss(0.02, 1, 0, 0.1);
SELECT tranche_loss(0.02, 0.2, 0.2, 0.1);
