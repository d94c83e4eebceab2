-- domain yield, cash flows: behaviour, errors and edges
SET timezone = 'UTC'; SET datestyle = 'ISO';

-- xirr: paid in is negative, got back or still held is positive
SELECT round(xirr(ts, amount)::numeric, 12) AS xirr FROM (VALUES
	(timestamptz '2023-01-01', -1000::float8), ('2023-07-02', -500), ('2024-01-01', 1600)) v(ts, amount);
SELECT round(xirr(ts, amount)::numeric, 12) AS xirr FROM (VALUES
	(timestamptz '2020-03-04', -713.07::float8), ('2020-03-17', 555.33)) v(ts, amount);
SELECT round(xirr(ts, amount)::numeric, 9) AS xirr, xirr(ts, amount) = apy(1, 1.5, '2023-01-01', '2023-03-01') AS is_apy FROM (VALUES
	(timestamptz '2023-01-01', -1::float8), ('2023-03-01', 1.5)) v(ts, amount);
-- a loan is the same from the other side
SELECT round(xirr(ts, amount)::numeric, 12) AS xirr FROM (VALUES
	(timestamptz '2023-01-01', 1000::float8), ('2023-07-02', 500), ('2024-01-01', -1600)) v(ts, amount);
-- just what was paid
SELECT xirr(ts, amount) FROM (VALUES (timestamptz '2023-01-01', -1::float8), ('2023-07-02', 0.25), ('2024-01-01', 0.75)) v(ts, amount);

-- several rates. A gain: the rate of an investment; a loss: the nearest to zero
SELECT round(xirr(ts, amount)::numeric, 9) AS gain FROM (VALUES
	(timestamptz '2001-01-01', -50::float8), ('2002-01-01', -100), ('2003-01-01', 600), ('2004-01-01', 300), ('2004-12-31', -100)) v(ts, amount);
SELECT round(xirr(ts, amount)::numeric, 9) AS loss FROM (VALUES
	(timestamptz '2001-01-01', -1000::float8), ('2002-01-01', 2300), ('2003-01-01', -1320)) v(ts, amount);

-- no rate
SELECT xirr(ts, amount) IS NULL FROM (VALUES (timestamptz '2023-01-01', 1::float8), ('2023-03-01', 1.5)) v(ts, amount);
SELECT xirr(ts, amount) IS NULL FROM (VALUES (timestamptz '2023-01-01', -1::float8), ('2023-01-01', 1.5)) v(ts, amount);
SELECT xirr(ts, amount) IS NULL FROM (VALUES
	(timestamptz '2001-01-01', -10::float8), ('2002-01-01', 12), ('2003-01-01', -10)) v(ts, amount);
SELECT xirr(now(), 1) IS NULL, xirr(now(), 0) IS NULL, xirr(NULL, 1) IS NULL, xirr(now(), NULL) IS NULL;
SELECT xirr(now(), 1) IS NULL WHERE false;
-- beyond double precision; and a loss that rounds to all
SELECT xirr(ts, amount) IS NULL FROM (VALUES (timestamptz '2023-01-01 00:00', -1::float8), ('2023-01-01 00:01', 2)) v(ts, amount);
SELECT xirr(ts, amount) FROM (VALUES (timestamptz '2023-01-01 00:00', -2::float8), ('2023-01-01 00:01', 1)) v(ts, amount);

-- NULL rows are skipped, zeros change nothing
SELECT round(xirr(ts, amount)::numeric, 12) AS xirr FROM (VALUES
	(timestamptz '2023-01-01', -1000::float8), (NULL, 7), ('2020-01-01', 0), ('2023-07-02', NULL), ('2023-07-02', -500), ('2024-01-01', 1600)) v(ts, amount);

-- bad rows
SELECT xirr(now(), 'NaN');
SELECT xirr(now(), 'Infinity');
SELECT xirr('infinity', 1);
SELECT xirr('-infinity', 1);

-- FILTER, GROUP BY, a window
SELECT k, round(xirr(ts, amount)::numeric, 9) AS all, round((xirr(ts, amount) FILTER (WHERE amount <> 7))::numeric, 9) AS but_7
FROM (VALUES ('a', timestamptz '2023-01-01', -10::float8), ('a', '2023-07-01', 7), ('a', '2024-01-01', 11),
	('b', '2023-01-01', 7), ('c', '2023-01-01', -10), ('c', '2024-01-01', 5)) v(k, ts, amount) GROUP BY k ORDER BY k;
SELECT ts::date, round((xirr(ts, amount) OVER (ORDER BY ts))::numeric, 9) AS so_far
FROM (VALUES (timestamptz '2023-01-01', -10::float8), ('2023-07-01', -3), ('2024-01-01', 9), ('2024-07-01', 11)) v(ts, amount);

-- modified_dietz
SELECT modified_dietz(ts, amount), round(xirr(ts, amount)::numeric, 9) AS xirr FROM (VALUES
	(timestamptz '2023-01-01', -100::float8), ('2023-07-02 12:00', -50), ('2024-01-01', 180)) v(ts, amount);
SELECT modified_dietz(now(), 1) IS NULL, modified_dietz(now(), NULL) IS NULL;
SELECT modified_dietz(ts, amount) IS NULL FROM (VALUES (timestamptz '2023-01-01', 1::float8), ('2023-03-01', 1.5)) v(ts, amount);
SELECT modified_dietz(now(), 'NaN');

-- xnpv
SELECT round(xnpv(0.1, ts, amount)::numeric, 9) AS "0.1", xnpv(0, ts, amount) AS "0", round(xnpv(-0.5, ts, amount)::numeric, 9) AS "-0.5" FROM (VALUES
	(timestamptz '2024-01-01', 121::float8), ('2022-01-01', -100), ('2023-01-01', -11), (NULL, 1)) v(ts, amount);
SELECT xnpv(-1, now(), 1) IS NULL, xnpv(-2, now(), 1) IS NULL, xnpv(NULL, now(), 1) IS NULL, xnpv(0.1, now(), 5);
SELECT xnpv('NaN', now(), 1);
SELECT xnpv('Infinity', now(), 1);
SELECT xnpv(0.1, now(), '-Infinity');
SELECT xnpv(0.1, 'infinity', 1);
SELECT xnpv(r, now(), 1) FROM (VALUES (0.1), (0.2)) v(r);
SELECT xnpv(0, now(), x) FROM (VALUES (1.7e308::float8), (1.7e308)) v(x);
SELECT xnpv(-0.9999, ts, 1e300) FROM (VALUES (timestamptz '2020-01-01'), ('2030-01-01')) v(ts);

-- equal steps
SELECT round(irr(ARRAY[-150000, 15000, 25000, 35000, 45000, 60000])::numeric, 12) AS irr,
	round(npv(0.05, ARRAY[-15000, 1500, 2500, 3500, 4500, 6000])::numeric, 9) AS npv,
	round(mirr(ARRAY[-120000, 39000, 30000, 21000, 37000, 46000], 0.1, 0.12)::numeric, 9) AS mirr;
SELECT irr('{}') IS NULL, irr('{1}') IS NULL, irr('{1,2}') IS NULL, irr('{-1,NULL,2}') IS NULL, irr(NULL) IS NULL, round(irr('{-1,2}')::numeric, 12) AS irr, round(irr('{0,-1,0,4}')::numeric, 12) AS irr;
SELECT npv(0.1, '{}') IS NULL, npv(0.1, '{1,NULL}') IS NULL, npv(-1, '{1,1}') IS NULL, npv(-1.5, '{1,1}') IS NULL, npv(NULL, '{1}') IS NULL,
	round(npv(1, '{1,2,4}')::numeric, 12) AS npv, round(npv(-0.5, '{1,1}')::numeric, 12) AS npv;
SELECT mirr('{}', 0, 0) IS NULL, mirr('{1,2}', 0, 0) IS NULL, mirr('{-1,NULL}', 0, 0) IS NULL, mirr('{-1,2}', -1, 0) IS NULL,
	mirr('{-1,2}', 0, -1) IS NULL, mirr('{-1,2}', 0, NULL) IS NULL, round(mirr('{-1,2}', 0, 0)::numeric, 12) AS mirr;
SELECT irr('[5:7]={-1,1,1}') = irr('{-1,1,1}');
SELECT irr('{{-1,2},{3,4}}');
SELECT irr('{-1,NaN}');
SELECT npv(0.1, '{-1,Infinity}');
SELECT npv('NaN', '{-1,1}');
SELECT npv(0, '{1.7e308,1.7e308}');
SELECT mirr('{-1,1}', 'NaN', 0);
SELECT mirr('{-1,1}', 0, '-Infinity');
SELECT mirr('{-1,1.7e308,1.7e308}', 0, 0);

-- twr: doubles, gets 100 more, loses a quarter, is emptied, comes back later
CREATE TEMP TABLE portfolio (ts timestamptz, value float8, flow float8);
INSERT INTO portfolio VALUES ('2024-01-01', 225, -225), ('2022-01-01', 0, 100), ('2023-01-01', 200, 100), ('2025-01-01', 0, 50), ('2026-01-01', 60, 1e9);
SELECT round(twr(ts, value, flow)::numeric, 12) AS twr, round(twr_apy(ts, value, flow)::numeric, 12) AS twr_apy FROM portfolio;
SELECT ts::date, round((twr(ts, value, flow) OVER (ORDER BY ts))::numeric, 12) AS so_far FROM portfolio;
-- of several values at one time the greatest counts, and all flows
SELECT round(twr(ts, value, flow)::numeric, 12) AS twr FROM (VALUES
	(timestamptz '2022-01-01', 100::float8, 0::float8), ('2023-01-01', 150, 40), ('2023-01-01', 149, 10), ('2024-01-01', 300, 0)) v(ts, value, flow);
-- all is lost
SELECT twr(ts, value, 0), twr_apy(ts, value, 0) FROM (VALUES (timestamptz '2022-01-01', 1::float8), ('2023-01-01', 0)) v(ts, value);
-- no period, nothing to start with, less than nothing
SELECT twr(now(), 1, 0) IS NULL, twr_apy(now(), 1, 0) IS NULL, twr(now(), NULL, 0) IS NULL, twr(now(), 1, NULL) IS NULL;
SELECT twr(ts, value, 0) IS NULL, twr_apy(ts, value, 0) IS NULL FROM (VALUES (timestamptz '2022-01-01', 0::float8), ('2023-01-01', 1)) v(ts, value);
SELECT twr(ts, value, -2) IS NULL FROM (VALUES (timestamptz '2022-01-01', 1::float8), ('2023-01-01', 1)) v(ts, value);
SELECT twr(ts, 0, 0) IS NULL FROM (VALUES (timestamptz '2022-01-01'), ('2023-01-01')) v(ts);
SELECT twr(now(), -1, 0);
SELECT twr(now(), 'NaN', 0);
SELECT twr(now(), 1, 'Infinity');
SELECT twr_apy('infinity', 1, 0);

-- vaults: half a year at 2 and 20
SELECT * FROM vault_crystallize(1.5, 1.25, '2023-01-01', '2023-07-02 12:00', 0.02, 0.2);
SELECT (vault_crystallize(1.2, 1.25, '2023-01-01', '2024-01-01', performance_fee => 0.2)).*;
SELECT vault_crystallize(1.2, 1.2, '2023-01-01', '2024-01-01'), vault_crystallize(1.2, NULL, '2023-01-01', '2024-01-01') IS NULL;
SELECT net_price FROM vault_crystallize(100, 100, '2023-01-01', '2023-01-11', 0.25, year_days => 250);
SELECT vault_crystallize(0, 1, '2023-01-01', '2024-01-01');
SELECT vault_crystallize(1, -1, '2023-01-01', '2024-01-01');
SELECT vault_crystallize(1, 'NaN', '2023-01-01', '2024-01-01');
SELECT vault_crystallize(1, 1, '2024-01-01', '2023-01-01');
SELECT vault_crystallize(1, 1, '-infinity', '2023-01-01');
SELECT vault_crystallize(1, 1, '2023-01-01', '2024-01-01', 1);
SELECT vault_crystallize(1, 1, '2023-01-01', '2024-01-01', -0.1);
SELECT vault_crystallize(1, 1, '2023-01-01', '2024-01-01', 0, 'NaN');
SELECT vault_crystallize(1, 1, '2023-01-01', '2024-01-01', 0, 0, 0);
SELECT vault_crystallize(1, 1, '2023-01-01', '2123-01-01', 0.02);

-- and over a history: up, down, up
SELECT round(net_price::numeric, 9) AS net_price, round(high_water_mark::numeric, 9) AS high_water_mark, management,
	round(performance::numeric, 9) AS performance, round((net_price * (1 + fee_shares))::numeric, 9) AS gross
FROM (SELECT (vault_history(ts, price, 0, 0.2)).* FROM (VALUES
	(timestamptz '2025-12-31', 3::float8), ('2023-01-01', 1), ('2024-12-31', 1.2), ('2024-01-01', 1.5), ('2024-01-01', 1.4), (NULL, 1)) v(ts, price)) x;
SELECT vault_history(now(), 2, 0.02, 0.2), vault_history(now(), NULL, 0.02, 0.2) IS NULL;
SELECT vault_history(now(), 2, 0.02, 0.2) IS NULL WHERE false;
SELECT vault_history(now(), 0, 0.02, 0.2);
SELECT vault_history(now(), 1, 1, 0.2);
SELECT vault_history(now(), 1, 0.02, 'NaN');
SELECT vault_history(now(), 1, m, 0.2) FROM (VALUES (0.01), (0.02)) v(m);
SELECT vault_history(now(), 1, 0.02, p) FROM (VALUES (0.2), (0.1)) v(p);
SELECT vault_history('infinity', 1, 0.02, 0.2);
SELECT vault_history(ts, 1, 0.02, 0.2) FROM (VALUES (timestamptz '2023-01-01'), ('2123-01-01')) v(ts);
SELECT vault_history(ts, p, 0.02, 0.2) FROM (VALUES (timestamptz '2023-01-01', 1e-300), ('2023-01-02', 1e300)) v(ts, p);
-- summaries
SELECT cashflow_agg(ts, amount) FROM (VALUES (timestamptz '2026-01-01Z', -100::float8), ('2027-01-01Z', 110), ('2026-01-01Z', NULL)) v(ts, amount);
SELECT xirr(s), xnpv(s, 0.1), modified_dietz(s) FROM (VALUES ('[(2027-01-01T00:00:00+00:00,110),(2026-01-01T00:00:00+00:00,-100)]'::cashflow_summary)) v(s);
SELECT twr_agg(ts, value, flow) FROM (VALUES (date '2026-01-01', 0::float8, 100::float8), ('2027-01-01', 110, '-0')) v(ts, value, flow);
SELECT twr(s), twr_apy(s) FROM (VALUES ('[(2026-01-01T00:00:00+00:00,0,100),(2027-01-01T00:00:00+00:00,110,0)]'::twr_summary)) v(s);
SELECT cashflow_agg(now(), amount) FROM (VALUES (NULL::float8)) v(amount);
SELECT '[(2026-01-01T00:00:00+00:00,1)]'::cashflow_summary || '[(2026-01-01T00:00:00+00:00,1)]';
SELECT xnpv('[(2026-01-01T00:00:00+00:00,1)]'::cashflow_summary, 'NaN');
-- what is none
SELECT '[]'::cashflow_summary;
SELECT '[(2026-01-01T00:00:00+00:00,1)'::cashflow_summary;
SELECT '[(2026-01-01T00:00:00+00:00,1),]'::cashflow_summary;
SELECT '[(2026-01-01T00:00:00+00:00,NaN)]'::cashflow_summary;
SELECT '[(2026-01-01 00:00,1)]'::cashflow_summary;
SELECT '[(infinity,1)]'::cashflow_summary;
SELECT '[(2026-01-01T00:00:00+00:00,-1,0)]'::twr_summary;
SELECT '[(2026-01-01T00:00:00+00:00,1)]'::discounted_flows;
SELECT '(0.02,1,[(2026-01-01T00:00:00+00:00,1)])'::vault_path;
SELECT '(0.02,0.1,[(2026-01-01T00:00:00+00:00,0)])'::vault_path;
SELECT '(0.02,0.1,[(2026-01-01T00:00:00+00:00,1)])'::vault_path, '(-0,[(2026-01-01T00:00:00+00:00,-0)])'::discounted_flows;
