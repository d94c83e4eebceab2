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
