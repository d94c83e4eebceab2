-- setting weights back
SELECT drift_weights('{0.5,0.5}', '{1,0}'), drift_weights('{0.5,0.5}', '{-1,-1}') AS nothing, turnover('{0.5,0.5}', '{0.25,0.75}');
SELECT rebalance_trades('{60,40}', '{0.5,0.5}'), rebalance_trades('{60,40}', '{0.5,0.5}', 0.1) AS within, rebalance_trades('{60,40}', '{0.5,0.5}', 0.05, 'edge') AS edge, rebalance_trades('{0,0}', '{0.5,0.5}') AS nothing;
SELECT * FROM no_trade_band(0.5, 2, 0);
SELECT migration_break_even(365, 0.02, 0.03, 0.01), migration_break_even(100, 0.03, 0.02, 1) AS never, migration_break_even(100, 0.02, 0.03, 0) AS "at once";
-- errors
SELECT drift_weights('{1}', '{1,2}');
SELECT drift_weights('{NULL}', '{1}');
SELECT turnover('{Infinity}', '{1}');
SELECT rebalance_trades('{60,40}', '{0.5,0.6}');
SELECT rebalance_trades('{60,40}', '{0.5,0.5}', -1);
SELECT rebalance_trades('{60,40}', '{0.5,0.5}', 0, 'middle');
SELECT no_trade_band(0.5, 0, 0.01);
SELECT no_trade_band(0.5, 1, 1);
SELECT migration_break_even(-1, 0.02, 0.03, 0.01);
SELECT migration_break_even(1e-300, 0.02, 0.03, 1);
