-- What the scripts share that walk the catalogue: the extension's own types
-- and routines, and samples of every kind of argument. Nothing here is a list of
-- functions: what is added to the extension is walked too.

-- the extension's base types
CREATE TEMP VIEW own_type AS
SELECT t.oid::regtype AS type
FROM pg_type t JOIN pg_depend d ON d.classid = 'pg_type'::regclass AND d.objid = t.oid AND d.deptype = 'e'
	JOIN pg_extension e ON e.oid = d.refobjid AND e.extname = 'pg_yield'
WHERE t.typtype = 'b' AND t.typelem = 0;

-- its functions and aggregates that a query can call; "machinery" are those
-- that types, operators and aggregates are made of
CREATE TEMP TABLE routine AS
SELECT p.oid::regprocedure AS routine, p.proname AS name, p.prokind AS kind, p.proretset AS is_set, p.prorettype::regtype AS result,
	p.pronargs AS arity, p.pronargs - p.pronargdefaults AS required, ARRAY(SELECT unnest(p.proargtypes)::regtype) AS types,
	ARRAY(SELECT coalesce(p.proargnames[n], '') FROM generate_series(1, p.pronargs) n) AS names, p.provariadic <> 0 AS is_variadic,
	p.oid IN (SELECT unnest(ARRAY[typinput, typoutput, typreceive, typsend]) FROM pg_type)
	OR p.oid IN (SELECT unnest(ARRAY[aggtransfn, aggfinalfn, aggcombinefn, aggserialfn, aggdeserialfn, aggmtransfn, aggminvtransfn,
		aggmfinalfn]) FROM pg_aggregate)
	OR p.oid IN (SELECT oprcode FROM pg_operator) OR p.oid IN (SELECT amproc FROM pg_amproc) AS is_machinery
FROM pg_proc p JOIN pg_depend d ON d.classid = 'pg_proc'::regclass AND d.objid = p.oid AND d.deptype = 'e'
	JOIN pg_extension e ON e.oid = d.refobjid AND e.extname = 'pg_yield'
WHERE p.prorettype NOT IN ('internal'::regtype, 'cstring'::regtype)
	AND NOT p.proargtypes::oid[] && ARRAY['internal'::regtype, 'cstring'::regtype]::oid[];

-- the step of an aggregate calls its arguments what the aggregate does
UPDATE routine SET names = ARRAY[''] || aggregate.names
FROM pg_aggregate a JOIN routine aggregate ON aggregate.routine = a.aggfnoid
WHERE routine.routine = a.aggtransfn AND aggregate.names <> '{""}' AND routine.arity = 1 + aggregate.arity;

-- What a call may be given: the expression of the first line whose type is the
-- argument's and whose pattern is found in the routine's and the argument's name. Where
-- the rows of an aggregate differ, {i} is the row's number, from 1.
CREATE TEMP TABLE sample (line serial, type regtype, pattern text, expression text);
INSERT INTO sample (type, pattern, expression) VALUES
	('float8[]', 'allocate_.*\.utilizations$', 'ARRAY[[0, 0.8, 1], [0, 0.9, 1], [0, 0.7, 1]]::float8[]'),
	('float8[]', 'allocate_.*\.rates$', 'ARRAY[[0, 0.04, 0.9], [0, 0.03, 0.8], [0.01, 0.03, 0.5]]::float8[]'),
	('float8[]', '(allocate_|equalize).*\.supply$', 'ARRAY[100, 200, 300]::float8[]'),
	('float8[]', '(allocate_|equalize).*\.(borrow|vault)$', 'ARRAY[80, 150, 290]::float8[]'),
	('float8[]', 'allocate_.*\.(cap|cost|group_cap)$', 'NULL::float8[]'),
	('integer[]', 'allocate_.*\.group_of$', 'NULL::integer[]'),
	('float8[]', 'allocate_loops\.max_leverage$', 'ARRAY[3, 4, 5]::float8[]'),
	('float8', 'allocate_.*\.budget$', '50::float8'),
	('text', '\.objective$', $$'interest'$$),
	('float8[]', 'portfolio_(equity|path)\.weights', '''{1}''::float8[]'),
	('float8', 'alerts.*\.raise_at$', '0.95::float8'),
	('interval', '\.min_duration$', $$interval '0'$$),
	('interval', '\.(min_hold|tenor)$', $$interval '5 hours'$$),
	('float8', '(staking|lending|carry|covered_call|portfolio)_(equity|path)\.(.*cost|band|min_gain)$', '0.001::float8'),
	('float8', '\.clear_at$', '0.9::float8'),
	('float8', '\.raise_at$', '1.02::float8'),
	('float8', '\.idle_share$', '0.2::float8'),
	('float8', 'brinson.*|carino.*\.(return|benchmark_return)', '0.03::float8'),
	('float8[]', '\.(covariance|groups)$', 'ARRAY[[0.04, 0.01, 0], [0.01, 0.09, 0], [0, 0, 0.01]]::float8[]'),
	('float8[]', '\.views$', 'ARRAY[[1, -1, 0]]::float8[]'),
	('float8[]', '\.(view_returns)$', 'ARRAY[0.02]::float8[]'),
	('float8[]', 'rebalance_trades\.targets', 'ARRAY[0.2, 0.3, 0.5]::float8[]'),
	('float8[]', '\.(lower|group_lower|upper|group_upper|view_variances)$', 'NULL::float8[]'),
	('float8', '(no_trade|migration).*\.cost$', '0.01::float8'),
	('text', '\.destination$', $$'edge'$$),
	('float8', 'accuracy.*\.lower$', '-100::float8'),
	('float8', 'accuracy.*\.upper$', '100::float8'),
	('float8[]', '(forecast|smoothing|ses_fit|holt_fit|ar_fit|har_).*\.(history|variances)', '(SELECT array_agg(1 + sin(k * k) / 100) FROM generate_series(1, 60) k)'),
	('float8[]', '(conformal|naive_scale|diebold).*\.(residuals|history|errors_[ab])', '(SELECT array_agg(sin(k * k * {i})) FROM generate_series(1, 60) k)'),
	('float8[]', 'amplified.*\.weights', '''{0.70,0.15,0.10,0.05,-0.10}''::float8[]'),
	('bigint', '\.(horizon|every|ar_order)$', '2::bigint'),
	('bigint', '\.min_train$', '40::bigint'),
	('text', '\.model$', $$'ses'$$),
	('jsonb', 'score', $$'{"a": 0.03, "b": 1.2}'::jsonb$$),
	-- rows of an hour each over a change of the clock in New York; boundaries do not depend on the row
	('timestamp', '\.(maturity|expiry)$', $$timestamp '2030-01-01 00:00'$$),
	('timestamp', '\.t$', $$timestamp '2024-03-10 12:00'$$),
	('timestamp', '\.(at|end_time|t1|cycle_end)$', $$timestamp '2024-03-10 20:00'$$),
	('timestamp', '\.(t0|start_time|last_sync|snapshot_time|target_time|origin)$', $$timestamp '2024-03-10 04:00'$$),
	('timestamp', '', $$timestamp '2024-03-10 00:30' + {i} * interval '1 hour'$$),
	('date', '\.(at|end_time|t1)$', $$date '2024-03-20'$$),
	('date', '\.(t0|start_time)$', $$date '2024-03-04'$$),
	('date', '', $$date '2024-03-01' + {i}$$),
	('interval', '(backtest|range_equity).*every', 'NULL::interval'),
	('float8', '(risk|benchmark|skewness|kurtosis).*\.return$', '(0.01 * sin({i} * 7))::float8'),
	('float8', '\.benchmark$', '(0.01 * sin({i} * 7 + 1))::float8'),
	('float8', '(backtest|range_equity).*distance', 'NULL::float8'),
	('float8', 'nakamoto.*\.threshold$', '0.5::float8'),
	('float8', '\.(threshold|new_rate)$', '2::float8'),
	('interval', 'half_life|step|window_size', $$interval '2 hours'$$),
	('interval', '', $$interval '30 days'$$),
	('float8', '^(lp|hodl|lvr)_[a-z]*\.(pa|pb|weight|a)$', 'NULL::float8'),
	('float8', 'year_days', '365::float8'),
	('float8', '\.(liquidation_threshold|ltv|max_ltv|target_ltv|optimal|utilization)$', '0.8::float8'),
	('float8', '\.(debt|lower|pa)$', '0.5::float8'),
	('float8', '\.(upper|pb)$', '1.5::float8'),
	('float8', '\.(collateral|weight|quantity|volume|equity|stake)$', '(100 + {i} * 3.7)::float8'),
	('float8', '\.(close_factor|fraction|alpha|skew|period_target)$', '0.25::float8'),
	('float8', 'per_second.*rate$', '1e-9::float8'),
	('float8', 'time_to_liquidation.*supply_ap', '0::float8'),
	('float8', '\.management_fee$', '0.001::float8'),
	('float8', '\.(fee|gas|slippage|.*_fee|liquidation_bonus|rebalance_cost|distance|width|return|flow)$', '0.03::float8'),
	('float8', '\.max_(up|down|apr)$', '0.02::float8'),
	('float8', '\.leverage$', '3::float8'),
	('float8', '(xirr|modified_dietz|cashflow_agg)\.amount', '(CASE WHEN {i} = 1 THEN -100 ELSE 3 END)::float8'),
	('float8', '(xnpv|discounted_flows).*\.rate$', '0.05::float8'),
	('float8', '\.recover$', '2.5::float8'),
	('float8', '(variance_strike|strike_quotes).*\.(forward|years|rate)$', '1.05::float8'),
	('float8', 'funding.*\.(rate|premium)$', '(0.0001 * (2 + sin({i} * 7)))::float8'),
	('float8', '\.accuracy$', '0.02::float8'),
	('float8', '\.(shock|lambda|correlation|probability|probability_[ab]|exceedance_share|confidence)$', '0.1::float8'),
	('float8', 'nelson_siegel.*\.tau$', '1.5::float8'),
	('float8', '\.maintenance_margin$', '0.01::float8'),
	('float8', '(funding_agg|funding_apr|cumulative_funding)\.rate$', '(0.0001 * sin({i}))::float8'),
	('float8', 'curve_agg\.years$', '({i} * 0.07)::float8'),
	('float8', 'curve_agg\.discount_factor$', '1 / (1 + 0.03 * {i})::float8'),
	('float8', '\.(attachment|correlation|recovery|probability|severity)$', '0.3::float8'),
	('float8', '\.detachment$', '0.6::float8'),
	('float8', '', '(1 + {i} * 0.01 + sin({i} * 7) / 50)::float8'),
	('numeric', 'liquidation_bonus_bps', '10500::numeric'),
	('numeric', 'rate_at_target$', '40000000::numeric'),
	('numeric', 'spark.*\.rate$', '1000000001000000000000000000::numeric'),
	('numeric', 'morpho.*\.(rate|elapsed)$|seconds|euler.*(kink|base|slope|rate)$', '1000000::numeric'),
	('numeric', '_bps$|fluid_.*elapsed', '500::numeric'),
	('numeric', 'stableswap.*\.(fee|amp|offpeg_fee_multiplier)$', '40000::numeric'),
	('numeric', 'stableswap.*\.(amount|dx)$|\.(amount_in|amount_out|external_shares|u1|swap_fee|sqrt_price_lower)$', '10000000000000000::numeric'),
	('numeric', 'sqrt_price$', '79228162514264337593543950336'),
	('numeric', '', '250000000000000000 + {i} * 1000000000000000::numeric + ({i} * 7919 % 97) * 10000000000000::numeric'),
	('integer', '\.points$', '10'),
	('integer', '\.(i|reserve_id)$', '0'),
	('integer', '\.(j|days)$', '1'),
	('integer', '\.(exponent|atomic_resolution)$', '-6'),
	('integer', '', '18'),
	('bigint', '\.(i|reserve_id|tick)$', '0::bigint'),
	('bigint', '\.(j|days)$', '1::bigint'),
	('bigint', '_lower$', '(-600)::bigint'),
	('bigint', '_upper$|tick_spacing', '600::bigint'),
	('bigint', '\.tail_count$', '20::bigint'),
	('bigint', '', '{i}::bigint'),
	('boolean', '', 'true'),
	('text', 'lp_|hodl_|lvr_', $$'constant_product'$$),
	('text', '\.integers$', $$'number'$$),
	('text', '\.types$', $$'(uint256)'$$),
	('text', '\.(signature|event)$', $$'Paid(uint256 amount)'$$),
	('text', '\.option_type$', $$'put'$$),
	('text', '\.kind$', $$'simple'$$),
	('text', '\.(side|action)$', $$'supply'$$),
	('text', 'depth.*\.mode$', $$'average'$$),
	('text', 'address', $$'0x' || repeat('2a', 20)$$),
	('text', '', $$'0x' || repeat('00', 31) || '2a'$$),
	('bytea', 'address', $$decode(repeat('2a', 20), 'hex')$$),
	('bytea', '', $$decode(repeat('00', 31) || '2a', 'hex')$$),
	('float8[]', 'covariance_(agg|summary_accum).*\.returns', 'ARRAY[sin({i} * 7) / 100, cos({i} * 5) / 100, 0.01 / {i}]::float8[]'),
	('float8[]', '(ewma_covariance|shrunk_covariance)\.returns|matrix_table', 'ARRAY[[0.04, 0.01], [0.01, 0.09]]::float8[]'),
	('float8[]', 'shocks|liquidation_threshold', 'ARRAY[0, 0.1, 0.5]::float8[]'),
	('float8[]', '(garch|gpd|hill).*\.returns', '(SELECT array_agg(0.01 * sin(k * k)) FROM generate_series(1, 200) k)'),
	('float8[]', 'weights', 'ARRAY[0.2, 0.3, 0.5]::float8[]'),
	('float8[]', '(irr|npv)\.amounts', 'ARRAY[-1, 0.4, 0.9]::float8[]'),
	('float8[]', '', 'ARRAY[0.1, 0.4, 0.9]::float8[]'),
	('numeric[]', '_bps$', 'ARRAY[5000, 8000]::numeric[]'),
	('numeric[]', '', 'ARRAY[500000000000000000, 800000000000000000]::numeric[]'),
	('integer[]', '', 'ARRAY[-600, 600]'),
	('bigint[]', 'slashing_distribution\.units', 'ARRAY[5, 3, 2]::bigint[]'),
	('bigint[]', 'edge_', 'ARRAY[1, 2, 3]::bigint[]'),
	('bigint[]', '', 'ARRAY[-600, 600]::bigint[]'),
	('boolean[]', '', 'ARRAY[true, false, true]'),
	('text[]', '\.labels$', $$ARRAY['a', 'b']$$),
	('text[]', '\.holder$', $$ARRAY['a', 'b', 'c']$$),
	('text[]', '\.asset$', $$ARRAY['b', 'c', 'd']$$),
	('text[]', '\.(operator|service)$', $$ARRAY['a', 'b', 'a']$$),
	('text[]', '', $$ARRAY['0x' || encode(event_topic('Paid(uint256)'), 'hex')]$$),
	('bytea[]', '', $$ARRAY[event_topic('Paid(uint256)')]$$),
	('nelson_siegel_curve', '', 'ROW(0.05, -0.02, 0.01, 1.5, 0.001, 9)::nelson_siegel_curve'),
	('svi_curve', '', 'ROW(0.04, 0.1, -0.3, 0.01, 0.2, 0, 9)::svi_curve'),
	('uuid', '', 'NULL::uuid'),
	('jsonb', '', $$'[]'::jsonb$$);

-- times with time zone are those without, read as UTC
INSERT INTO sample (type, pattern, expression)
SELECT 'timestamptz', pattern, format($$(%s) AT TIME ZONE 'UTC'$$, expression) FROM sample WHERE type = 'timestamp'::regtype ORDER BY line;

-- the sample for an argument of a routine, at an expression for the row's number
CREATE FUNCTION sample_of(routine text, argument text, type regtype, row_number text) RETURNS text LANGUAGE sql STABLE AS $$
	SELECT replace(expression, '{i}', row_number) FROM sample s
	WHERE s.type = $3 AND routine || '.' || argument ~ pattern ORDER BY line LIMIT 1
$$;

-- samples of all arguments of a routine, parted by commas; optional arguments have their default where that is a value
CREATE FUNCTION samples_of(routine regprocedure, row_number text) RETURNS text[] LANGUAGE sql STABLE AS $$
	SELECT ARRAY(SELECT coalesce('(' || nullif(pg_get_function_arg_default($1, n), 'NULL::' || r.types[n]) || ')::' || r.types[n],
			'(' || sample_of(r.name, r.names[n], r.types[n], row_number) || ')::' || r.types[n])
		FROM generate_series(1, r.arity) n ORDER BY n)
	FROM pg_temp.routine r WHERE r.routine = $1
$$;

-- Values of the extension's types come out of its aggregates, of 3 to 40 rows
-- (and so {i} differs from value to value); for several arguments of a type the same.
INSERT INTO sample (type, pattern, expression)
SELECT DISTINCT ON (r.result) r.result, '', format('(SELECT %I(%s) FROM generate_series(1, 3 + ({i} * 18) %% 55) j)', r.name,
	array_to_string(samples_of(r.routine, 'j'), ', '))
FROM routine r JOIN own_type o ON o.type = r.result
WHERE r.kind = 'a' AND NOT r.types && ARRAY(SELECT type FROM own_type) AND samples_of(r.routine, 'j') IS NOT NULL
ORDER BY r.result, r.types @> ARRAY['timestamptz'::regtype] DESC, r.arity DESC, r.routine;

-- and of what is nothing but a state, out of three steps
INSERT INTO sample (type, pattern, expression)
SELECT DISTINCT ON (r.result) r.result, '', replace(format('%1$s(%1$s(%1$s(NULL, %2$s), %3$s), %4$s)', r.name, arguments[1], arguments[2], arguments[3]), 'NULL, ', 'NULL::' || r.result || ', ')
FROM routine r JOIN own_type o ON o.type = r.result JOIN pg_aggregate a ON a.aggtransfn = r.routine CROSS JOIN LATERAL (SELECT ARRAY(
		SELECT array_to_string((samples_of(r.routine, '(' || k || ' + {i})'))[2:], ', ') FROM generate_series(1, 3) k)) s(arguments)
WHERE r.result NOT IN (SELECT type FROM sample) AND NOT r.types[2:] && ARRAY(SELECT type FROM own_type)
ORDER BY r.result, r.types @> ARRAY['timestamptz'::regtype] DESC, r.arity DESC, r.routine;

-- and arrays of them
INSERT INTO sample (type, pattern, expression)
SELECT typarray::regtype, '', format('ARRAY[%s]', sample_of('', '', type, '{i}')) FROM own_type JOIN pg_type t ON t.oid = type;

-- a value as text that its type reads: a sample as a literal
CREATE FUNCTION literal_of(expression text, type regtype) RETURNS text LANGUAGE plpgsql STABLE AS $$
DECLARE
	value text;
BEGIN
	EXECUTE 'SELECT (' || expression || ')::text' INTO value;
	RETURN coalesce(quote_literal(value), 'NULL') || '::' || type;
END
$$;

-- "$1, $2, …" from one number to another
CREATE FUNCTION parameters(first int, last int) RETURNS text LANGUAGE sql IMMUTABLE AS $$
	SELECT coalesce(string_agg('$' || n, ', ' ORDER BY n), '') FROM generate_series(first, last) n
$$;
