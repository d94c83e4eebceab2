-- The bytes that a page of golden_values holds of a row's value, from the server's
-- own pageinspect; of a type whose length varies without the length before it, which
-- has one byte or four, as the plan that inserts it would have it. Every server that
-- the golden bytes are compared on counts bytes from the least; on others, and without
-- pageinspect, there are none.
SELECT (SELECT count(*) = 1 FROM pg_available_extensions WHERE name = 'pageinspect')
	AND substr(int4send(1), 4, 1) = '\x01' AS can_inspect \gset
\if :can_inspect
CREATE EXTENSION pageinspect;
CREATE FUNCTION stored_bytes(row_at tid) RETURNS bytea
LANGUAGE plpgsql AS $$
BEGIN
	RETURN (SELECT substr(t_attrs[1],
			CASE WHEN attlen > 0 THEN 1 WHEN get_byte(t_attrs[1], 0) % 2 = 1 THEN 2 ELSE 5 END)
		FROM pg_attribute, heap_page_item_attrs(
			get_raw_page('golden_values', split_part(trim('()' FROM row_at::text), ',', 1)::int),
			'golden_values'::regclass, false)
		WHERE attrelid = 'golden_values'::regclass AND attnum = 1 AND t_ctid = row_at);
END
$$;
\else
CREATE FUNCTION stored_bytes(row_at tid) RETURNS bytea
LANGUAGE sql AS 'SELECT NULL::bytea';
\endif
