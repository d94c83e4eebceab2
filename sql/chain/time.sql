-- domain chain: times of logs

--@for TIME READ = timestamp with time zone, | timestamp without time zone, ; a block_time without time zone is UTC
CREATE FUNCTION log_time(block_time @TIME@, log_index bigint) RETURNS timestamp with time zone
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 5;
COMMENT ON FUNCTION log_time(@TIME@, bigint) IS
	'a time of its own for each log of a block, in the order of the logs: the time of the block and log_index microseconds, 0 to 999999@READ@';
--@end
