-- What keeps rates, days and months true, whatever is done to the logs: INSERT, UPDATE, DELETE, COPY, ON
-- CONFLICT, TRUNCATE, in any order and by several sessions. Triggers fire once a statement, so that a batch
-- costs what its days and months cost, not what its rows would one by one.

-- ---------- from logs to rates ----------

-- The rates of some logs, by their keys, made anew from what the logs say now. Keys may repeat, and of keys
-- that are in no table any more the rates go.
CREATE FUNCTION refresh_rates(block_numbers bigint[], log_indexes bigint[]) RETURNS void
	LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
	INSERT INTO block_versions AS v (ten_thousand)
	SELECT DISTINCT block_number / 10000 AS ten_thousand FROM unnest(block_numbers) u(block_number) ORDER BY 1
	ON CONFLICT (ten_thousand) DO UPDATE SET version = v.version + 1;

	DELETE FROM rates r
	USING unnest(block_numbers, log_indexes) AS k(block_number, log_index)
	WHERE r.block_number = k.block_number
		AND r.log_index = k.log_index
		AND NOT EXISTS (
			SELECT
			FROM readings n
			WHERE n.block_number = k.block_number
				AND n.log_index = k.log_index
				AND n.token = r.token
				AND n.rate > 0
		);

	INSERT INTO rates AS r (block_number, log_index, ts, token, rate)
	SELECT DISTINCT ON (n.block_number, n.log_index, n.token)
		n.block_number, n.log_index, n.ts, n.token, n.rate
	FROM (
		SELECT DISTINCT block_number, log_index
		FROM unnest(block_numbers, log_indexes) AS u(block_number, log_index)
	) k
	JOIN readings n ON n.block_number = k.block_number AND n.log_index = k.log_index
	WHERE n.rate > 0
	ORDER BY n.block_number, n.log_index, n.token, n.ts, n.rate
	ON CONFLICT (block_number, log_index, token) DO UPDATE
	SET ts = excluded.ts, rate = excluded.rate
	WHERE (r.ts, r.rate) IS DISTINCT FROM (excluded.ts, excluded.rate);
END
$$;

-- One function for all layouts: the trigger's arguments are the layout's columns of block and log, and what
-- makes a row of this chain.
CREATE FUNCTION logs_changed() RETURNS trigger
	LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
DECLARE
	blocks bigint[];
	indexes bigint[];
	keys text := format('SELECT %s AS block_number, %s AS log_index FROM %%s WHERE %s',
		TG_ARGV[0], TG_ARGV[1], TG_ARGV[2]);
BEGIN
	EXECUTE 'SELECT array_agg(block_number), array_agg(log_index) FROM (' || CASE TG_OP
		WHEN 'INSERT' THEN format(keys, 'come')
		WHEN 'DELETE' THEN format(keys, 'gone')
		ELSE format(keys, 'come') || ' UNION ' || format(keys, 'gone') END || ') k'
	INTO blocks, indexes;
	IF blocks IS NOT NULL THEN
		PERFORM refresh_rates(blocks, indexes);
	END IF;
	RETURN NULL;
END
$$;

-- After TRUNCATE of one table the rates of the others stay. A snapshot that is older than the lock that
-- TRUNCATE waited for does not know what others wrote until then, so that is refused.
CREATE FUNCTION logs_truncated() RETURNS trigger
	LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
DECLARE
	blocks bigint[];
	indexes bigint[];
BEGIN
	IF current_setting('transaction_isolation') <> 'read committed' THEN
		RAISE EXCEPTION 'TRUNCATE of % takes READ COMMITTED', TG_TABLE_NAME
			USING ERRCODE = 'feature_not_supported', HINT = 'DELETE works under every isolation level.';
	END IF;
	LOCK TABLE block_versions IN SHARE ROW EXCLUSIVE MODE;
	SELECT array_agg(block_number), array_agg(log_index) INTO blocks, indexes
	FROM (
		SELECT block_number, log_index, ts, token, rate FROM rates
		EXCEPT
		SELECT block_number, log_index, ts, token, rate::float8 FROM readings WHERE rate > 0
	) r;
	IF blocks IS NOT NULL THEN
		PERFORM refresh_rates(blocks, indexes);
	END IF;
	RETURN NULL;
END
$$;

-- ---------- from rates to days and months ----------

-- The days and months in which some moments lie. Tokens are taken in their order, so that two sessions that
-- want the same do not wait for each other; where the order of statements makes them, one is told to try
-- again (40P01), and under REPEATABLE READ whoever comes second is (40001).
CREATE FUNCTION refresh_periods(changed_tokens text[], times timestamptz[]) RETURNS void
	LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
DECLARE
	day_tokens text[];
	days date[];
	month_tokens text[];
	months date[];
BEGIN
	INSERT INTO token_versions AS v (token)
	SELECT DISTINCT token FROM unnest(changed_tokens) u(token) ORDER BY token
	ON CONFLICT (token) DO UPDATE SET version = v.version + 1, changed_at = clock_timestamp();

	SELECT array_agg(token), array_agg(day) INTO day_tokens, days
	FROM (SELECT DISTINCT token, day_of(ts) AS day FROM unnest(changed_tokens, times) u(token, ts)) t;
	SELECT array_agg(token), array_agg(month) INTO month_tokens, months
	FROM (SELECT DISTINCT token, month_of(ts) AS month FROM unnest(changed_tokens, times) u(token, ts)) t;

	DELETE FROM rate_days d
	USING unnest(day_tokens, days) AS u(token, day)
	WHERE d.token = u.token
		AND d.day = u.day
		AND NOT EXISTS (
			SELECT
			FROM rates r
			WHERE r.token = u.token AND r.ts >= start_of(u.day) AND r.ts < start_of(u.day + 1)
		);
	INSERT INTO rate_days AS d (token, day, rates)
	SELECT u.token, u.day, p.rates
	FROM unnest(day_tokens, days) AS u(token, day)
	CROSS JOIN LATERAL (
		SELECT rate_agg(r.ts, r.rate) AS rates
		FROM rates r
		WHERE r.token = u.token AND r.ts >= start_of(u.day) AND r.ts < start_of(u.day + 1)
	) p
	WHERE p.rates IS NOT NULL
	ON CONFLICT (token, day) DO UPDATE SET rates = excluded.rates
	WHERE d.rates IS DISTINCT FROM excluded.rates;

	DELETE FROM rate_months m
	USING unnest(month_tokens, months) AS u(token, month)
	WHERE m.token = u.token
		AND m.month = u.month
		AND NOT EXISTS (
			SELECT
			FROM rates r
			WHERE r.token = u.token
				AND r.ts >= start_of(u.month)
				AND r.ts < start_of((u.month + interval '1 month')::date)
		);
	INSERT INTO rate_months AS m (token, month, rates)
	SELECT u.token, u.month, p.rates
	FROM unnest(month_tokens, months) AS u(token, month)
	CROSS JOIN LATERAL (
		SELECT rate_series(r.ts, r.rate) AS rates
		FROM rates r
		WHERE r.token = u.token
			AND r.ts >= start_of(u.month)
			AND r.ts < start_of((u.month + interval '1 month')::date)
	) p
	WHERE p.rates IS NOT NULL
	ON CONFLICT (token, month) DO UPDATE SET rates = excluded.rates
	WHERE m.rates IS DISTINCT FROM excluded.rates;

	-- for pages that are live: LISTEN rates_changed
	PERFORM pg_notify('rates_changed', token) FROM (SELECT DISTINCT unnest(changed_tokens)) u(token);
END
$$;

CREATE FUNCTION rates_changed() RETURNS trigger
	LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
DECLARE
	tokens text[];
	times timestamptz[];
BEGIN
	IF TG_OP = 'INSERT' THEN
		SELECT array_agg(token), array_agg(ts) INTO tokens, times FROM come;
	ELSIF TG_OP = 'DELETE' THEN
		SELECT array_agg(token), array_agg(ts) INTO tokens, times FROM gone;
	ELSE
		SELECT array_agg(token), array_agg(ts) INTO tokens, times
		FROM (SELECT token, ts FROM come UNION ALL SELECT token, ts FROM gone) t;
	END IF;
	IF tokens IS NOT NULL THEN
		PERFORM refresh_periods(tokens, times);
	END IF;
	RETURN NULL;
END
$$;

CREATE FUNCTION rates_truncated() RETURNS trigger
	LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
	UPDATE token_versions SET version = version + 1, changed_at = clock_timestamp();
	DELETE FROM rate_days;
	DELETE FROM rate_months;
	RETURN NULL;
END
$$;

-- ---------- the triggers ----------

-- A trigger that sees the rows of a statement is for one kind of statement: four a table.
CREATE FUNCTION add_triggers(on_table regclass, changed text, truncated text) RETURNS void
	LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
	EXECUTE format('CREATE TRIGGER inserted AFTER INSERT ON %s REFERENCING NEW TABLE AS come
		FOR EACH STATEMENT EXECUTE FUNCTION %s', on_table, changed);
	EXECUTE format('CREATE TRIGGER updated AFTER UPDATE ON %s REFERENCING OLD TABLE AS gone NEW TABLE AS come
		FOR EACH STATEMENT EXECUTE FUNCTION %s', on_table, changed);
	EXECUTE format('CREATE TRIGGER deleted AFTER DELETE ON %s REFERENCING OLD TABLE AS gone
		FOR EACH STATEMENT EXECUTE FUNCTION %s', on_table, changed);
	EXECUTE format('CREATE TRIGGER truncated AFTER TRUNCATE ON %s
		FOR EACH STATEMENT EXECUTE FUNCTION %s', on_table, truncated);
END
$$;
SELECT add_triggers('etl_logs', $$logs_changed('block_number', 'log_index', 'true')$$, 'logs_truncated()'),
	add_triggers('axe_logs', $$logs_changed('block_num', 'log_idx', 'chain = 1')$$, 'logs_truncated()'),
	add_triggers('polled_rates', $$logs_changed('block_number', '-1', 'true')$$, 'logs_truncated()'),
	add_triggers('rates', 'rates_changed()', 'rates_truncated()') \g /dev/null

-- ---------- history at once ----------

-- A backfill of years is made faster without the triggers: switch them off, load, rebuild, all in one
-- transaction, in which nobody else changes logs.
CREATE PROCEDURE rebuild() LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
	LOCK TABLE block_versions, etl_logs, axe_logs, polled_rates, rates IN SHARE ROW EXCLUSIVE MODE;
	ALTER TABLE rates DISABLE TRIGGER USER;
	DELETE FROM rates;
	INSERT INTO rates (block_number, log_index, ts, token, rate)
	SELECT DISTINCT ON (block_number, log_index, token) block_number, log_index, ts, token, rate
	FROM readings
	WHERE rate > 0
	ORDER BY block_number, log_index, token, ts, rate;
	ALTER TABLE rates ENABLE TRIGGER USER;
	DELETE FROM rate_days;
	INSERT INTO rate_days SELECT token, day_of(ts), rate_agg(ts, rate) FROM rates GROUP BY 1, 2;
	DELETE FROM rate_months;
	INSERT INTO rate_months SELECT token, month_of(ts), rate_series(ts, rate) FROM rates GROUP BY 1, 2;
	INSERT INTO token_versions AS v (token) SELECT DISTINCT token FROM rates
	ON CONFLICT (token) DO UPDATE SET version = v.version + 1, changed_at = clock_timestamp();
END
$$;

-- What a chain takes back: all logs from a block on. The new ones are inserted as any are.
CREATE PROCEDURE reorg(from_block bigint) LANGUAGE sql SET search_path FROM CURRENT AS $$
	DELETE FROM etl_logs WHERE block_number >= from_block;
	DELETE FROM axe_logs WHERE chain = 1 AND block_num >= from_block;
	DELETE FROM polled_rates WHERE block_number >= from_block;
$$;
