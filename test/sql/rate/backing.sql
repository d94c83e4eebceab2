-- what stands behind a token
CREATE TEMP TABLE places (chain text, assets numeric, supply numeric);
INSERT INTO places VALUES ('mainnet', 90e18, 70e18), ('bridge', 0, 30e18), ('unknown', NULL, 5), ('no supply', 0, 0);
SELECT backing_agg(assets, supply) FROM places;
SELECT total_assets(s), total_supply(s), backing_ratio(s), shortfall(s) FROM (SELECT backing_agg(assets, supply) AS s FROM places) x;
-- nothing, and no supply
SELECT backing_agg(assets, supply) FROM places WHERE chain = 'unknown';
SELECT backing_ratio(s), shortfall(s) FROM (SELECT backing_agg(assets, supply) AS s FROM places WHERE chain = 'no supply') x;
-- groups of groups, and two of them
SELECT rollup(s), min(s::text) FROM (SELECT backing_agg(assets, supply) AS s FROM places GROUP BY chain) x;
SELECT '(90,70,1)'::backing_summary || '(0,30,1)', '(1,2,3)'::backing_summary || NULL;
-- a frame
SELECT chain, backing_agg(assets, supply) OVER (ORDER BY chain ROWS 1 PRECEDING) FROM places ORDER BY chain;
-- order, and equality without regard to the order of rows
SELECT s FROM (VALUES ('(2,1,1)'::backing_summary), ('(1,9,1)'), ('(1,9,2)'), ('(10,0,1)')) v(s) ORDER BY s;
SELECT (SELECT backing_agg(assets, supply ORDER BY chain) FROM places) = (SELECT backing_agg(assets, supply ORDER BY chain DESC) FROM places);
-- errors
SELECT '(1,2,0)'::backing_summary;
SELECT backing_agg(1.5, 1);
SELECT backing_agg(2::numeric ^ 255, 1) FROM generate_series(1, 2);
-- what a hole costs
SELECT rate_after_haircut(1.06, 0.767), rate_after_haircut(1.06, 1.2), supplier_loss(177e6, 3.2e9), supplier_loss(0, 0), exit_capacity(0.93);
SELECT rate_after_haircut(1.06, -0.1);
SELECT supplier_loss('NaN', 1);
SELECT exit_capacity(-0.1);
