-- Vectors and laws of slashing.
\set ON_ERROR_STOP on
\set QUIET on
BEGIN;
\i test/pgtap/include/outcome.sql
SELECT no_plan();

-- vectors
CREATE TEMP TABLE pool_case (fn text, loss text, probability text, correlation text, confidence text, expected text,
	tol float8, abs_tol float8, kind text, source text);
\copy pool_case FROM 'test/vectors/risk/vasicek.csv' (FORMAT csv, HEADER)
SELECT cmp_ok(count(*)::int, '>=', 53, 'all vectors of vasicek were loaded') FROM pool_case;
CREATE TEMP VIEW pool_call AS
SELECT *, format('SELECT %s(%s)', fn, concat_ws(', ', loss, probability, correlation, confidence)) AS call FROM pool_case;
SELECT throws_ok(call, '22023', NULL, call) FROM pool_call WHERE expected = 'error';
SELECT ok(abs(outcome(call)::float8 - expected::float8) <= coalesce(tol, 0) * abs(expected::float8) + coalesce(abs_tol, 0), call)
FROM pool_call WHERE expected <> 'error';

CREATE TEMP TABLE joint_case (a float8, b float8, correlation float8, expected float8, tol float8, kind text, source text);
\copy joint_case FROM 'test/vectors/risk/joint_probability.csv' (FORMAT csv, HEADER)
SELECT cmp_ok(count(*)::int, '>=', 6, 'all vectors of joint_probability were loaded') FROM joint_case;
SELECT ok(abs(joint_probability(a, b, correlation) - expected) <= tol * expected, format('joint_probability(%s, %s, %s)', a, b, correlation))
FROM joint_case;

CREATE TEMP TABLE trial_case (loss float8[], probability float8[], operator text[], service text[], market float8,
	of_operator float8, of_service float8, trials int, seed bigint, confidence float8, expected_loss text, stddev text,
	loss_probability text, loss_quantile text, tail_loss text, worst text, tol float8, kind text, source text);
\copy trial_case FROM 'test/vectors/risk/simulate_slashing.csv' (FORMAT csv, HEADER)
SELECT cmp_ok(count(*)::int, '>=', 21, 'all vectors of simulate_slashing were loaded') FROM trial_case;
SELECT throws_ok(format('SELECT simulate_slashing(%L, %L, %L, %L, %s, %s, %s, %s, %s, %s)', loss, probability, operator, service,
		market, of_operator, of_service, trials, seed, confidence), '22023', NULL, 'correlations that are too much')
FROM trial_case WHERE expected_loss = 'error';
SELECT ok((SELECT bool_and(abs(x - y) <= tol * abs(y)) FROM unnest(
		ARRAY[r.expected_loss, r.stddev, r.loss_probability, r.loss_quantile, r.tail_loss, r.worst],
		ARRAY[c.expected_loss, c.stddev, c.loss_probability, c.loss_quantile, c.tail_loss, c.worst]::float8[]) v(x, y)),
	format('%s trials of seed %s with %s, %s, %s', trials, seed, market, of_operator, of_service))
FROM trial_case c, simulate_slashing(loss, probability, operator, service, market, of_operator, of_service, trials, seed, confidence) r
WHERE c.expected_loss <> 'error';

CREATE TEMP TABLE network_case (fn text, stake text, profit text, threshold text, edge_operator text, edge_service text,
	buffer float8, shock float8, expected float8, kind text, source text);
\copy network_case FROM 'test/vectors/risk/restaking.csv' (FORMAT csv, HEADER)
SELECT cmp_ok(count(*)::int, '>=', 6, 'all vectors of restaking were loaded') FROM network_case;
SELECT ok(r IS NOT DISTINCT FROM expected OR abs(r - expected) <= 1e-12 * abs(expected), fn || stake || buffer)
FROM network_case, LATERAL (SELECT CASE fn WHEN 'restaking_loss_bound' THEN restaking_loss_bound(buffer, shock)
	ELSE restaking_buffer(stake::float8[], profit::float8[], threshold::float8[], edge_operator::bigint[], edge_service::bigint[]) END) x(r);

-- the exact law: of one operator, of independent ones (binomial), of all who fail together
SELECT is(array_agg(round(probability::numeric, 14) ORDER BY loss), ARRAY[0.97, 0, 0, 0.03]::numeric(20, 14)[], 'one operator')
FROM slashing_distribution('{3}', '{0.03}', 0.4);
SELECT ok(bool_and(abs(probability - exact) <= 1e-14), 'independent ones: the binomial law')
FROM slashing_distribution(array_fill(1, '{9}'), array_fill(0.2::float8, '{9}'), 0),
	LATERAL (SELECT (factorial(9) / factorial(loss) / factorial(9 - loss))::float8 * 0.2 ^ loss * 0.8 ^ (9 - loss)) b(exact);
SELECT ok(abs((SELECT probability FROM slashing_distribution('{1,1}', '{0.1,0.3}', r) WHERE loss = 2) - joint_probability(0.1, 0.3, r)) < 1e-13,
	'both of two, correlation ' || r)
FROM unnest('{0,0.001,0.2,0.6,0.9,0.999,0.9999999}'::float8[]) r;
-- probabilities add up, the mean is that of the parts, exceedances are sums; in any order of operators
CREATE TEMP TABLE book AS
SELECT r, array_agg(1 + i % 4 ORDER BY i) AS units, array_agg(i / 37.0::float8 ORDER BY i) AS probability,
	array_agg(1 + i % 4 ORDER BY -i) AS units_reversed, array_agg(i / 37.0::float8 ORDER BY -i) AS probability_reversed,
	sum((1 + i % 4) * i / 37.0)::float8 AS mean
FROM generate_series(0, 37) i, unnest('{0,0.01,0.3,0.5,0.8,0.97,0.99999}'::float8[]) r GROUP BY r;
SELECT ok(abs(sum(d.probability) - 1) < 1e-12 AND abs(sum(d.loss * d.probability) / mean - 1) < 1e-12
		AND bool_and(d.probability >= 0 AND d.exceedance BETWEEN 0 AND 1) AND sum(abs(d.exceedance - e.rest)) < 1e-11, 'a law, correlation ' || r)
FROM book, LATERAL (SELECT * FROM slashing_distribution(units, book.probability, r)) d,
	LATERAL (SELECT coalesce(sum(probability), 0) AS rest FROM slashing_distribution(units, book.probability, r) WHERE loss > d.loss) e
GROUP BY r, mean;
SELECT ok(max(abs(a.probability - b.probability)) < 1e-14, 'operators in any order, correlation ' || r)
FROM book, slashing_distribution(units, probability, r) a, slashing_distribution(units_reversed, probability_reversed, r) b
WHERE a.loss = b.loss GROUP BY r;
-- many equal ones come near Vasicek's law
SELECT ok(max(abs(exceedance - 1 + vasicek_loss_cdf((loss + 0.5) / 4000, 0.02, 0.2))) < 1e-3, 'a large pool')
FROM slashing_distribution(array_fill(1, '{4000}'), array_fill(0.02::float8, '{4000}'), 0.2) WHERE loss >= 200;
-- the simulation agrees with it within five standard errors
SELECT ok(abs(s.expected_loss - e.mean) < 5 * s.stddev / sqrt(50000) AND abs(s.loss_probability - e.any_loss) < 5 * sqrt(e.any_loss * (1 - e.any_loss) / 50000),
	'the mean and the chance of a loss')
FROM simulate_slashing(ARRAY[1, 2, 4, 8], '{0.1,0.2,0.05,0.3}', '{a,b,c,d}', '{s,s,s,s}', 0.4, trials => 50000, seed => 3) s,
	(SELECT sum(loss * probability), sum(probability) FILTER (WHERE loss > 0)
	 FROM slashing_distribution('{1,2,4,8}', '{0.1,0.2,0.05,0.3}', 0.4)) e(mean, any_loss);

-- what an operator has is all that it loses; given by operator or by row
SELECT is(simulate_slashing('{5,5,5}', '{0.5,0.5,0.5}', '{a,a,b}', '{x,y,x}', trials => 500, operator_stake => '{6,5}'),
	simulate_slashing('{5,5,5}', '{0.5,0.5,0.5}', '{a,a,b}', '{x,y,x}', trials => 500, operator_stake => '{6,6,5}'), 'stakes by row');
SELECT is((simulate_slashing('{5,5,5}', '{1,1,1}', '{a,a,b}', '{x,y,x}', trials => 5, operator_stake => '{6,5}')).worst, 11::float8, 'at most the stake');
SELECT is((simulate_slashing('{5,5,5}', '{1,1,0}', '{a,a,b}', '{x,y,x}', trials => 1))::text, '(10,,1,10,10,10)', 'certain losses, one trial');
SELECT is(simulate_slashing('{}', '{}', '{}', '{}'), NULL, 'nothing at stake');
-- an edge that is told twice is one
SELECT is(restaking_buffer('{100,50,50}', '{10,20}', '{0.5,0.3333333333333333}', '{1,2,3,1,2,2,1}', '{1,1,1,2,2,2,1}'),
	restaking_buffer('{100,50,50}', '{10,20}', '{0.5,0.3333333333333333}', '{1,2,3,1,2}', '{1,1,1,2,2}'), 'edges once');
-- monotone
SELECT ok(vasicek_loss_quantile(0.02, r, c) < vasicek_loss_quantile(0.02, r, c + 0.009)
		AND vasicek_tail_loss(0.02, r, c) > vasicek_loss_quantile(0.02, r, c)
		AND abs(vasicek_loss_cdf(vasicek_loss_quantile(0.02, r, c), 0.02, r) - c) < 1e-12, format('pool %s %s', r, c))
FROM unnest('{0.05,0.3,0.9}'::float8[]) r, unnest('{0.9,0.95,0.99}'::float8[]) c;

-- hostile
SELECT throws_ok(q, s, NULL, q) FROM (VALUES
	('SELECT vasicek_tail_loss(''NaN'', 0.1, 0.9)', '22003'), ('SELECT vasicek_loss_cdf(''Infinity'', 0.1, 0.9)', '22003'),
	('SELECT vasicek_loss_quantile(0.1, 0.1, 1)', '22023'), ('SELECT vasicek_loss_quantile(0.1, 0.1, 0)', '22023'),
	('SELECT joint_probability(0.1, 0.1, 1.01)', '22023'), ('SELECT joint_probability(0.1, 0.1, ''-Infinity'')', '22003'),
	('SELECT slashing_distribution(''{1,2}'', ''{0.1}'', 0.1)', '22023'), ('SELECT slashing_distribution(''{-1}'', ''{0.1}'', 0.1)', '22023'),
	('SELECT slashing_distribution(''{1}'', ''{0.1}'', 1)', '22023'), ('SELECT slashing_distribution(''{9223372036854775807,9223372036854775807}'', ''{0.1,0.1}'', 0)', '22023'),
	('SELECT slashing_distribution(array_fill(1, ''{10001}''), array_fill(0.1::float8, ''{10001}''), 0)', '22023'),
	('SELECT slashing_distribution(''{{1}}'', ''{0.1}'', 0)', '22023'), ('SELECT slashing_distribution(''{NULL}'', ''{0.1}'', 0)', '22023'),
	('SELECT simulate_slashing(''{1}'', ''{0.1}'', ''{NULL}'', ''{x}'')', '22023'), ('SELECT simulate_slashing(''{1}'', ''{0.1}'', ''{a,b}'', ''{x}'')', '22023'),
	('SELECT simulate_slashing(''{-1}'', ''{0.1}'', ''{a}'', ''{x}'')', '22003'), ('SELECT simulate_slashing(''{1}'', ''{1.1}'', ''{a}'', ''{x}'')', '22023'),
	('SELECT simulate_slashing(''{1}'', ''{0.1}'', ''{a}'', ''{x}'', trials => 0)', '22023'),
	('SELECT simulate_slashing(''{1,1}'', ''{0.1,0.1}'', ''{a,a}'', ''{x,y}'', operator_stake => ''{1,2}'')', '22023'),
	('SELECT simulate_slashing(''{1}'', ''{0.1}'', ''{a}'', ''{x}'', 0.5, 0.4, 0.2)', '22023'),
	('SELECT simulate_slashing(''{1e308,1e308}'', ''{1,1}'', ''{a,a}'', ''{x,y}'', trials => 2)', '22003'),
	('SELECT restaking_buffer(''{1}'', ''{1}'', ''{0}'', ''{1}'', ''{1}'')', '22023'), ('SELECT restaking_buffer(''{1}'', ''{1}'', ''{1}'', ''{2}'', ''{1}'')', '22023'),
	('SELECT restaking_buffer(''{1}'', ''{1}'', ''{1}'', ''{1,1}'', ''{1}'')', '22023'), ('SELECT restaking_loss_bound(1, 1.5)', '22023')) v(q, s);

-- operators with nothing at stake, first and in between
SELECT is((SELECT array_agg(d ORDER BY loss) FROM slashing_distribution('{0,2,0,3}', '{0.1,0.2,0.3,0.4}', 0.2) d)::text,
	(SELECT array_agg(d ORDER BY loss) FROM slashing_distribution('{2,3}', '{0.2,0.4}', 0.2) d)::text, 'units of zero change nothing');

SELECT * FROM finish();
ROLLBACK;
