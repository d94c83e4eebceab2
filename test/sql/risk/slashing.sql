-- slashing of many operators and services
SELECT round(vasicek_loss_quantile(0.01, 0.1928, 0.999)::numeric, 6) AS basel, round(vasicek_tail_loss(0.01, 0.1928, 0.999)::numeric, 6) AS mean_beyond,
	round(vasicek_loss_cdf(0.05, 0.01, 0.1928)::numeric, 6) AS up_to_5_percent, round(joint_probability(0.01, 0.02, 0.5)::numeric, 8) AS both;
SELECT loss, round(probability::numeric, 8) AS probability, round(exceedance::numeric, 8) AS exceedance
FROM slashing_distribution('{1,1,2}', '{0.02,0.05,0.01}', 0.3);
SELECT count(*), round(sum(probability)::numeric, 12) FROM slashing_distribution('{}', '{}', 0.3);
SELECT * FROM simulate_slashing('{12,9,7.5}', '{0.02,0.02,0.03}', '{A,A,B}', '{eigenda,lrt,eigenda}', 0.3, trials => 1000, confidence => 0.9);
SELECT simulate_slashing('{}', '{}', '{}', '{}') IS NULL AS nothing, simulate_slashing(NULL, '{}', '{}', '{}') IS NULL AS unknown;
SELECT restaking_buffer('{100,50,50}', '{10,20}', '{0.5,0.25}', '{1,2,3,1,2}', '{1,1,1,2,2}'), restaking_buffer('{10}', '{1}', '{0.5}', '{}', '{}'),
	restaking_loss_bound(0.5, 0.02), restaking_loss_bound(-0.1, 0.02);
-- errors
SELECT vasicek_loss_quantile(0.01, 1, 0.9);
SELECT joint_probability(0.01, 1.5, 0.9);
SELECT slashing_distribution('{1,2}', '{0.1}', 0.5);
SELECT slashing_distribution('{60000000,60000000}', '{0.1,0.1}', 0.5);
SELECT simulate_slashing('{1}', '{0.1}', '{a}', '{s}', 0.6, 0.3, 0.2);
SELECT simulate_slashing('{1,1}', '{0.1,0.1}', '{a,a}', '{s,t}', operator_stake => '{1,2}');
SELECT restaking_buffer('{1}', '{1}', '{1}', '{2}', '{1}');
SELECT restaking_loss_bound('NaN', 0.1);
