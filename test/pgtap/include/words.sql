-- Every argument that is a chain integer refuses what is none. Before it is
-- included: \set functions, a pattern of names; \set signed, the arguments that may be negative.

\i test/pgtap/include/outcome.sql
CREATE TEMP TABLE call AS
SELECT p.proname, p.proargnames[n + 1] AS argument, bad, string_agg(CASE WHEN i - 1 = n AND t = 'numeric[]'::regtype THEN format('ARRAY[%L]::numeric[]', bad)
	WHEN i - 1 = n THEN quote_literal(bad) || '::numeric' WHEN t = 'numeric'::regtype THEN '1' WHEN t = 'numeric[]'::regtype THEN 'ARRAY[1]::numeric[]'
	WHEN t IN ('timestamptz'::regtype, 'timestamp'::regtype) THEN format('%L::%s', '2024-01-01', t::regtype) END, ', ' ORDER BY i) AS arguments
FROM pg_proc p CROSS JOIN generate_series(0, p.pronargs - 1) n CROSS JOIN unnest('{-1,0.5,NaN,Infinity,-Infinity,1e78}'::text[]) bad
	CROSS JOIN LATERAL unnest(p.proargtypes::oid[]) WITH ORDINALITY a(t, i)
WHERE p.proname ~ :'functions' AND p.proargtypes[n] IN ('numeric'::regtype, 'numeric[]'::regtype)
	AND NOT (bad = '-1' AND p.proargnames[n + 1] = ANY (:'signed'::text[]))
GROUP BY p.oid, 1, 2, 3;
SELECT is_empty($$ SELECT *, outcome(format('SELECT (%I(%s))::text', proname, arguments)) FROM call
	WHERE outcome(format('SELECT (%I(%s))::text', proname, arguments)) !~ '^error: .* must be a whole number from (0 to 2\^256|-2\^255 to 2\^255) - 1, not ' $$,
	'no function takes what is not a chain integer');
