-- domain leverage: cascades and liquidation at risk: behaviour, errors and edges

-- nothing falls; one falls; each fall brings about the next
SELECT * FROM liquidation_cascade_pool('{100,100,100}', '{0.75,0.75,0.75}', '{50,40,30}', 0, 1000);
SELECT * FROM liquidation_cascade_pool('{100,100,100}', '{0.75,0.75,0.75}', '{60,40,30}', -0.25, 1e6);
SELECT * FROM liquidation_cascade('{100,100,100}', '{0.75,0.75,0.75}', '{60,48,30}', -0.25, '{100,200}', '{0.25,0.75}');
SELECT * FROM liquidation_cascade('{100,100,100}', '{0.75,0.75,0.75}', '{60,48,30}', -0.25, '{100,200}', '{0.25,0.75}', liquidation_bonus => 0.25, close_factor => 0.5);
SELECT count(*), max(round) FROM liquidation_cascade('{100,100,100}', '{0.75,0.75,0.75}', '{60,48,30}', -0.25, '{100,200}', '{0.25,0.75}', max_rounds => 1);
-- a NULL adds nothing, and an account without collateral is lost at once
SELECT * FROM liquidation_cascade_pool('{100,NULL,50}', '{0.75,NULL,0.5}', '{NULL,7,20}', 0, 1000);
SELECT count(*) FROM liquidation_cascade_pool('{}', '{}', '{}', -0.5, 1000);
SELECT count(*) FROM liquidation_cascade_pool(NULL, '{}', '{}', -0.5, 1000);
-- to a price of zero
SELECT * FROM liquidation_cascade_pool('{100}', '{0.75}', '{60}', -1, 1000);
SELECT * FROM liquidation_cascade('{100,100}', '{0.75,0.75}', '{75,10}', -0.5, '{50}', '{0.5}');

SELECT * FROM liquidation_cascade_pool('{100,100}', '{0.75}', '{60,60}', -0.5, 1000);
SELECT * FROM liquidation_cascade_pool('{{100}}', '{0.75}', '{60}', -0.5, 1000);
SELECT * FROM liquidation_cascade_pool('{-100}', '{0.75}', '{60}', -0.5, 1000);
SELECT * FROM liquidation_cascade_pool('{100}', '{75}', '{60}', -0.5, 1000);
SELECT * FROM liquidation_cascade_pool('{100}', '{0.75}', '{NaN}', -0.5, 1000);
SELECT * FROM liquidation_cascade_pool('{100}', '{0.75}', '{60}', -1.5, 1000);
SELECT * FROM liquidation_cascade_pool('{100}', '{0.75}', '{60}', -0.5, 0);
SELECT * FROM liquidation_cascade('{100}', '{0.75}', '{60}', -0.5, '{}', '{}');
SELECT * FROM liquidation_cascade('{100}', '{0.75}', '{60}', -0.5, '{1,2}', '{0.1}');
SELECT * FROM liquidation_cascade('{100}', '{0.75}', '{60}', -0.5, '{2,1}', '{0.1,0.2}');
SELECT * FROM liquidation_cascade('{100}', '{0.75}', '{60}', -0.5, '{1,2}', '{0.2,0.1}');
SELECT * FROM liquidation_cascade('{100}', '{0.75}', '{60}', -0.5, '{1,2}', '{0.2,1.1}');
SELECT * FROM liquidation_cascade('{100}', '{0.75}', '{60}', -0.5, '{1,2}', '{0.2,NULL}');
SELECT * FROM liquidation_cascade_pool('{100}', '{0.75}', '{60}', -0.5, 1000, -0.1);
SELECT * FROM liquidation_cascade_pool('{100}', '{0.75}', '{60}', -0.5, 1000, 0, 2);
SELECT * FROM liquidation_cascade_pool('{100}', '{0.75}', '{60}', -0.5, 1000, 0, 1, 0);

-- a history of returns
SELECT shock_at_risk('{-0.5,0.25,-0.25,0,0.5}', 0.75), shock_at_risk('{-0.5,0.25,-0.25,0,0.5}', 0.875), shock_at_risk('{0.5}', 0.5);
SELECT shock_at_risk('{0.5,-0.5,1,-0.25}', 0.5, 2), shock_at_risk('{0.5,-0.5,1,-0.25}', 0.5, 4), shock_at_risk('{0.5}', 0.5, 2) IS NULL, shock_at_risk('{}') IS NULL;
SELECT shock_at_risk('{0.5,NULL}');
SELECT shock_at_risk('{0.5,-1.5}');
SELECT shock_at_risk('{0.5,NaN}');
SELECT shock_at_risk('{0.5}', 1);
SELECT shock_at_risk('{0.5}', 0);
SELECT shock_at_risk('{0.5}', 'NaN');
SELECT shock_at_risk('{0.5}', 0.99, 0);
SELECT shock_at_risk('{1e200,1e200}', 0.5, 2);
SELECT * FROM liquidation_at_risk('{100,100,64}', '{0.875,0.75,0.75}', '{80,25,48}', '{-0.5,0.25,-0.25,0,0.5}', 0.75);
SELECT * FROM liquidation_at_risk('{100,100,64}', '{0.875,0.75,0.75}', '{80,25,48}', '{-0.5,0.25,-0.25,0,0.5}', 0.75, 1, liquidation_bonus => 0.25);
SELECT l IS NULL FROM liquidation_at_risk('{100}', '{0.875}', '{80}', '{-0.5}', horizon => 2) l;
SELECT * FROM liquidation_at_risk('{}', '{}', '{}', '{-0.5}');
SELECT * FROM liquidation_at_risk('{100}', '{}', '{80}', '{-0.5}');
SELECT * FROM liquidation_at_risk('{100}', '{0.5}', '{80}', '{-0.5}', liquidation_bonus => -1);
