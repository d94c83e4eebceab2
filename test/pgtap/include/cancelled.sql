-- Is the statement cancelled within half a second, and some more for a busy machine?
-- Before it is included: \set query; \set seconds, after which it is cancelled.
SELECT set_config('statement_timeout', (1000 * :seconds)::int::text, true) \g /dev/null
SELECT waited(:'query') AS waited \gset
SET LOCAL statement_timeout = 0;
SELECT cmp_ok(:waited - :seconds, '<', 0.8, 'cancelled in time: ' || :'query');
