-- domain risk: through tokens that hold tokens

CREATE FUNCTION look_through(
	holder text[], asset text[], share double precision[],
	OUT holder text, OUT asset text, OUT share double precision, OUT depth integer) RETURNS SETOF record
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 500 ROWS 100;
COMMENT ON FUNCTION look_through(text[], text[], double precision[]) IS
	'what each holder has in the end of what holds nothing itself, through all that it holds: shares multiplied along each way and added up over all ways; depth: the most steps on the way; a cycle is an error';

CREATE FUNCTION holdings_value(units rate_series[], prices rate_series[], max_age interval DEFAULT NULL) RETURNS rate_series
	AS 'MODULE_PATHNAME', 'series_holdings_value' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1000;
COMMENT ON FUNCTION holdings_value(rate_series[], rate_series[], interval) IS
	'value over time of balances at prices, one series of each a token: the sum of units times prices at each time of any, both carried forward, from when all are known; none where a price is older than max_age';
