-- a query's one value as text, or the message of an error of class 22
CREATE FUNCTION outcome(query text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	result text;
BEGIN
	EXECUTE query INTO result;
	RETURN result;
EXCEPTION WHEN OTHERS THEN
	IF SQLSTATE NOT LIKE '22%' THEN
		RAISE;
	END IF;
	RETURN 'error: ' || SQLERRM;
END
$$;

-- what a call answers as text, or 'error' where that is of class 22: the way vectors say it
CREATE FUNCTION answer(call text) RETURNS text LANGUAGE sql AS $$
	SELECT regexp_replace(outcome('SELECT ' || call), '^error: .*', 'error')
$$;
