-- scores, and where a value stands among others
SELECT weighted_score('{0.5,2,NULL}', '{1,-0.5,0.5}'), weighted_score('{NULL}', '{1}') AS none, weighted_score('{}', '{}') AS nothing;
SELECT weighted_score_by_key('{"apy": 0.5, "risk": 2, "note": "x"}', '{"apy": 1, "risk": -0.5, "other": 0.5}'), weighted_score_by_key('{}', '{"a": 1}') AS none;
SELECT amplified_score(0.032, 1.2, 0.004, 0.9, 0.01), amplified_score(0.032, NULL, NULL, NULL, NULL) AS "apy alone", amplified_score(NULL, NULL, NULL, NULL, NULL) AS none;
SELECT v, round(z_score(v) OVER ()::numeric, 4) AS z, round(robust_z_score(v) OVER ()::numeric, 4) AS robust, min_max_score(v) OVER ()
FROM unnest('{1,2,3,NULL,10}'::float8[]) v;
SELECT z_score(v) OVER (), robust_z_score(v) OVER (), min_max_score(v) OVER () FROM unnest('{0.01,0.01,0.01}'::float8[]) v;
-- errors
SELECT weighted_score('{1,2}', '{1}');
SELECT weighted_score('{1,Infinity}', '{1,1}');
SELECT weighted_score('{1}', '{NULL}');
SELECT weighted_score_by_key('[1]', '{"a": 1}');
SELECT weighted_score_by_key('{"a": "x"}', '{"a": 1}');
SELECT amplified_score(1, 2, 3, 4, 'NaN');
SELECT amplified_score(1, 2, 3, 4, 5, '{1,2}');
SELECT z_score(v) OVER () FROM unnest('{1,NaN}'::float8[]) v;
SELECT z_score(1);
