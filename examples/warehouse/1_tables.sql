-- A warehouse of rates: raw logs, the rates that they set, days and months of them. The extension's schema
-- must be on the search path when this runs; from then on it need not be.

CREATE SCHEMA warehouse;
SELECT set_config('search_path', 'warehouse, ' || current_setting('search_path'), false) \g /dev/null

-- ---------- raw logs, as indexers store them ----------

-- ethereum-etl: hexadecimal text, topics in four columns, times in UTC without a zone
CREATE TABLE etl_logs (
	block_number bigint,
	block_hash text,
	block_timestamp timestamp NOT NULL,
	transaction_hash text,
	transaction_index bigint,
	log_index bigint,
	address text NOT NULL,
	topic0 text,
	topic1 text,
	topic2 text,
	topic3 text,
	data text,
	PRIMARY KEY (block_number, log_index)
);

-- golden-axe: bytes, topics in one array, several chains in one table
CREATE TABLE axe_logs (
	chain bigint,
	block_num bigint,
	block_timestamp timestamptz NOT NULL,
	log_idx int,
	tx_hash bytea,
	address bytea NOT NULL,
	topics bytea[],
	data bytea,
	PRIMARY KEY (block_num, log_idx, chain)
);

-- rates that somebody asks contracts for, where no log tells them; in wei
CREATE TABLE polled_rates (
	block_number bigint,
	ts timestamptz NOT NULL,
	token text,
	rate numeric NOT NULL,
	PRIMARY KEY (block_number, token)
);

-- What a row says, whatever table it lies in; a log that sets no rate, or that is damaged, has none. Another
-- layout is another branch of this view, and another row of triggers in 2_triggers.sql. The branches have
-- columns of the same types, one table each, and no WHERE: so the keys of some logs are looked up in the
-- indexes of the tables.
CREATE VIEW readings AS
SELECT block_number,
	log_index,
	log_time(block_timestamp, log_index) AS ts,
	lst_symbol(address, ARRAY[topic0, topic1, topic2, topic3], strict => false) AS token,
	lst_rate(address, ARRAY[topic0, topic1, topic2, topic3], data, strict => false) / 1e18 AS rate
FROM etl_logs
UNION ALL
SELECT block_num,
	log_idx::bigint,
	log_time(block_timestamp, log_idx),
	lst_symbol(address, topics, strict => false),
	CASE WHEN chain = 1 THEN lst_rate(address, topics, data, strict => false) / 1e18 END
FROM axe_logs
UNION ALL
SELECT block_number, -1::bigint, ts, token, rate / 1e18
FROM polled_rates;

-- ---------- what is made of them ----------

-- rates in ether, one a log or call (log_index -1); ts tells logs of one block apart
CREATE TABLE rates (
	block_number bigint,
	log_index bigint,
	ts timestamptz NOT NULL,
	token text,
	rate float8 NOT NULL,
	PRIMARY KEY (block_number, log_index, token)
);
CREATE INDEX ON rates (token, ts) INCLUDE (rate);

-- days and months are those of UTC
CREATE TABLE rate_days (
	token text,
	day date,
	rates rate_summary NOT NULL,
	PRIMARY KEY (token, day)
);
CREATE TABLE rate_months (
	token text,
	month date,
	rates rate_series NOT NULL,
	PRIMARY KEY (token, month)
);

-- Who changes logs holds a row for each ten thousand blocks that the change touches, then one for each token,
-- until the end of the transaction: so what is made of them is made by one session at a time, which sees what
-- those before have left. (Row locks, as those of advisory kind do not tell a snapshot that it is too old.)
CREATE TABLE block_versions (
	ten_thousand bigint PRIMARY KEY,
	version bigint NOT NULL DEFAULT 1
);
CREATE TABLE token_versions (
	token text PRIMARY KEY,
	version bigint NOT NULL DEFAULT 1,
	changed_at timestamptz NOT NULL DEFAULT clock_timestamp()
);

CREATE FUNCTION day_of(ts timestamptz) RETURNS date
	IMMUTABLE PARALLEL SAFE LANGUAGE sql RETURN (ts AT TIME ZONE 'UTC')::date;
CREATE FUNCTION month_of(ts timestamptz) RETURNS date
	IMMUTABLE PARALLEL SAFE LANGUAGE sql RETURN date_trunc('month', ts AT TIME ZONE 'UTC')::date;
CREATE FUNCTION start_of(day date) RETURNS timestamptz
	IMMUTABLE PARALLEL SAFE LANGUAGE sql RETURN day::timestamp AT TIME ZONE 'UTC';
