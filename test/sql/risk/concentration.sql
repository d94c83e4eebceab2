-- how evenly a whole is shared
SELECT nakamoto_coefficient(v), nakamoto_coefficient(v, 0.66), round(gini(v)::numeric, 6) AS gini FROM unnest('{9200,2600,600,300,250,120,80}'::float8[]) v;
SELECT nakamoto_coefficient(v), gini(v) FROM unnest('{0,0}'::float8[]) v;
SELECT portfolio_overlap('{50,30,20}', '{20,30,50}'), portfolio_overlap('{0,0}', '{1,2}') AS empty;
-- errors
SELECT gini(-1::float8);
SELECT nakamoto_coefficient(1::float8, 1);
SELECT portfolio_overlap('{1}', '{1,2}');
