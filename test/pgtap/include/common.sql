-- What the pgTAP scripts share. Included inside their transaction, which is
-- rolled back, so that its functions leave nothing behind.

-- a float8 as numeric, with all digits that tell it from its neighbours
CREATE FUNCTION exact(x float8) RETURNS numeric LANGUAGE sql IMMUTABLE AS $$
	SELECT x::text::numeric
$$;

-- does a float agree with an exact value, to the wider of two tolerances?
CREATE FUNCTION is_close(got float8, expected numeric, tol numeric DEFAULT NULL, abs_tol numeric DEFAULT NULL)
RETURNS boolean LANGUAGE sql IMMUTABLE AS $$
	SELECT CASE
		WHEN got IS NULL OR expected IS NULL THEN got IS NULL AND expected IS NULL
		ELSE abs(exact(got) - expected) <= greatest(
			coalesce(tol, CASE WHEN abs_tol IS NULL THEN 1e-12 ELSE 0 END) * abs(expected), coalesce(abs_tol, 0))
	END
$$;

-- the distance of two float8 of one sign in units in the last place
CREATE FUNCTION ulps(a float8, b float8) RETURNS numeric LANGUAGE sql IMMUTABLE AS $$
	SELECT abs(('x' || encode(float8send(a), 'hex'))::bit(64)::bigint::numeric
		- ('x' || encode(float8send(b), 'hex'))::bit(64)::bigint::numeric)
$$;

CREATE FUNCTION force_parallel() RETURNS void LANGUAGE sql AS $$
	SELECT set_config('max_parallel_workers_per_gather', '2', true), set_config('parallel_setup_cost', '0', true),
		set_config('parallel_tuple_cost', '0', true), set_config('min_parallel_table_scan_size', '0', true);
$$;

CREATE FUNCTION force_serial() RETURNS void LANGUAGE sql AS $$
	SELECT set_config('max_parallel_workers_per_gather', '0', true);
$$;

CREATE FUNCTION explained(query text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	line text;
	plan text := '';
BEGIN
	FOR line IN EXECUTE 'EXPLAIN (COSTS OFF) ' || query LOOP
		plan := plan || line || E'\n';
	END LOOP;
	RETURN plan;
END
$$;

-- Give bytes to the binary input function of a type, and the value back as
-- text. A binary COPY carries no types, so a bytea that was written by one is
-- read as an image of any type by the next.
CREATE FUNCTION binary_copy(image bytea, type regtype) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	file text := current_setting('data_directory') || '/binary_copy.tmp';
	result text;
BEGIN
	EXECUTE format('CREATE TEMP TABLE binary_copy_target (x %s)', type);
	EXECUTE format('COPY (SELECT %L::bytea) TO %L (FORMAT binary)', image, file);
	EXECUTE format('COPY pg_temp.binary_copy_target FROM %L (FORMAT binary)', file);
	SELECT x::text INTO result FROM pg_temp.binary_copy_target;
	DROP TABLE pg_temp.binary_copy_target;
	RETURN result;
END
$$;
