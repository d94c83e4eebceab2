-- domain strategy: scores, and where a value stands among others

CREATE FUNCTION weighted_score(metrics double precision[], weights double precision[]) RETURNS double precision
	AS 'MODULE_PATHNAME', 'weighted_score' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 20;
COMMENT ON FUNCTION weighted_score(double precision[], double precision[]) IS
	'sum of weights times metrics; a metric that is NULL does not count as 0: the weights of the others grow by what is missing; NULL where none is known';

CREATE FUNCTION weighted_score_by_key(metrics jsonb, weights jsonb) RETURNS double precision
	AS 'MODULE_PATHNAME', 'weighted_score_by_key' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;
COMMENT ON FUNCTION weighted_score_by_key(jsonb, jsonb) IS
	'weighted_score of two objects of numbers: a metric without a weight does not count, a weight without a metric is one that is not known';

CREATE FUNCTION amplified_score(
	apy double precision, sharpe double precision, alpha double precision, beta double precision, volatility double precision,
	weights double precision[] DEFAULT '{0.70,0.15,0.10,0.05,-0.10}') RETURNS double precision
	AS 'MODULE_PATHNAME', 'amplified_score' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 20;
COMMENT ON FUNCTION amplified_score(double precision, double precision, double precision, double precision, double precision, double precision[]) IS
	'score of a strategy with the weights of Amplified''s portfolio engine; beta counts as 1 - |beta - 1|, a metric that is NULL as in weighted_score';

--@for NAME WORDS =
--@	z_score, distance of a value from the mean of its partition in standard deviations (n - 1) |
--@	robust_z_score, 0.6745 times the distance of a value from the median of its partition over the median of such distances |
--@	min_max_score, where a value stands between the least of its partition (0) and the greatest (1)
CREATE FUNCTION @NAME@(value double precision) RETURNS double precision
	AS 'MODULE_PATHNAME', '@NAME@' LANGUAGE C IMMUTABLE PARALLEL SAFE WINDOW COST 5;
COMMENT ON FUNCTION @NAME@(double precision) IS
	'@WORDS@; a window function, which needs OVER; NULL where values do not vary';

--@end
