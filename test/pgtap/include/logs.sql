-- Logs as test vectors have them, as arguments of the functions that read them:
-- topics are parted by a space, - is an empty one, NULL one that is NULL, EMPTY
-- an array without any; "form" is the type, bytea or text.

CREATE FUNCTION log_literal(value text, form text) RETURNS text LANGUAGE sql IMMUTABLE AS $$
	SELECT CASE
		WHEN value = 'NULL' THEN 'NULL::' || form
		WHEN value = '-' THEN format('%L::%s', '', form)
		WHEN form = 'bytea' THEN format('decode(%L, %L)', substr(value, 3), 'hex')
		ELSE format('%L::text', value)
	END
$$;

CREATE FUNCTION log_topics(topics text, form text) RETURNS text LANGUAGE sql IMMUTABLE AS $$
	SELECT CASE topics
		WHEN 'NULL' THEN format('NULL::%s[]', form)
		WHEN 'EMPTY' THEN format('ARRAY[]::%s[]', form)
		ELSE (
			SELECT format('ARRAY[%s]', string_agg(log_literal(topic, form), ', ' ORDER BY i))
			FROM string_to_table(topics, ' ') WITH ORDINALITY t(topic, i)
		)
	END
$$;

-- a call for the columns of a function's row as texts: bytes as hex text, times in seconds
CREATE FUNCTION log_columns(function text, form text) RETURNS text LANGUAGE sql STABLE AS $$
	SELECT coalesce(string_agg(CASE type
		WHEN 'bytea'::regtype THEN format('''0x'' || encode(%I, ''hex'')', name)
		WHEN 'timestamptz'::regtype THEN format('trunc(extract(epoch FROM %I))::text', name)
		ELSE format('%I::text', name)
	END, ', ' ORDER BY i), function || '::text')
	FROM (
		SELECT oid, proargnames, proallargtypes, proargmodes FROM pg_proc
		WHERE proname = function AND proargtypes[0] = (form || '[]')::regtype
	) p, unnest(proargnames, proallargtypes, proargmodes) WITH ORDINALITY a(name, type, mode, i)
	WHERE mode = 'o'
$$;
