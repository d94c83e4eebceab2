-- times of logs: behaviour, errors and edges
SET timezone = 'UTC'; SET datestyle = 'ISO';

SELECT log_time('2024-01-01 00:00:12Z', 7), log_time(timestamp '2024-01-01 00:00:12', 7), log_time(timestamptz '2024-01-01 00:00:12+00', 0);
SELECT log_time('2024-01-01', 7::smallint) = log_time('2024-01-01', 7::bigint) AS any_integer, log_time(block_time => '2024-01-01', log_index => 999999);
SELECT log_time(NULL::timestamptz, 1), log_time('2024-01-01', NULL), log_time(NULL::timestamp, 1);
SET timezone = 'America/New_York';
-- a time that the session's zone skips, and one that it has twice
SELECT log_time(timestamp '2024-03-10 02:30', 3) AT TIME ZONE 'UTC' AS skipped, log_time(timestamp '2024-11-03 01:30', 3) AT TIME ZONE 'UTC' AS twice;
SET timezone = 'UTC';

-- a column that fills itself in
CREATE TEMP TABLE rates (block_time timestamp, log_index bigint, rate float8, ts timestamptz GENERATED ALWAYS AS (log_time(block_time, log_index)) STORED);
CREATE INDEX ON rates (log_time(block_time, log_index));
INSERT INTO rates VALUES ('2024-01-01', 1, 1.05), ('2024-01-31', 5, 1.06), ('2024-01-31', 9, 1.047);
SELECT first_time(s), last_time(s), last_rate(s), num_rates(s) FROM (SELECT rate_agg(ts, rate) AS s FROM rates) x;

-- errors
SELECT log_time('2024-01-01', -1);
SELECT log_time('2024-01-01', 1000000);
SELECT log_time(timestamp '2024-01-01', 9223372036854775807);
SELECT log_time('infinity', 1);
SELECT log_time(timestamp '-infinity', 1);
SELECT log_time('294276-12-31 23:59:59.999999Z', 0), log_time('294276-12-31 23:59:59.000001Z', 999998);
SELECT log_time('294276-12-31 23:59:59.999999Z', 1);
