-- Alerts: each once, when it is raised and when it is cleared, whoever looks how often.

-- raise_at above clear_at: too high; below: too low
CREATE TABLE alert_rules (
	rule text PRIMARY KEY,
	token text NOT NULL,
	metric text NOT NULL CHECK (metric IN ('apr_7d_percent', 'apr_30d_percent', 'age_hours')),
	raise_at float8 NOT NULL,
	clear_at float8 NOT NULL CHECK (clear_at <> raise_at),
	min_duration interval NOT NULL DEFAULT '0'
);
CREATE TABLE alert_events (
	rule text REFERENCES alert_rules ON DELETE CASCADE,
	raised_at timestamptz,
	cleared_at timestamptz,
	worst float8,
	worst_time timestamptz,
	PRIMARY KEY (rule, raised_at)
);

-- A metric over all of a token's history. The age of the last rate is 0 at each rate, and seen when it
-- reaches raise_at, a moment that does not depend on when anybody looks, and just before the next rate.
CREATE FUNCTION ages(rates rate_series, raise_at float8) RETURNS rate_series
	STABLE LANGUAGE sql SET search_path FROM CURRENT AS $$
	SELECT rate_series(seen_at, age)
	FROM (
		SELECT ts,
			lead(ts, 1, now()) OVER (ORDER BY ts) AS next,
			lead(ts) OVER (ORDER BY ts) IS NOT NULL AS ended
		FROM unnest(rates) u(ts, rate)
	) r
	CROSS JOIN LATERAL (VALUES
		(ts, 0),
		(ts + raise_at * interval '1 hour', raise_at),
		(CASE WHEN ended THEN next - interval '1 microsecond' END,
			extract(epoch FROM next - ts)::float8 / 3600)
	) v(seen_at, age)
	WHERE seen_at < next
$$;
CREATE FUNCTION metric(of_token text, name text, raise_at float8) RETURNS rate_series
	STABLE LANGUAGE sql SET search_path FROM CURRENT AS $$
	SELECT CASE name
		WHEN 'apr_7d_percent' THEN (
			SELECT rate_series(ts, 100 * apr)
			FROM rolling_apr(rates, '7 days')
			WHERE apr IS NOT NULL
		)
		WHEN 'apr_30d_percent' THEN (
			SELECT rate_series(ts, 100 * apr)
			FROM rolling_apr(rates, '30 days')
			WHERE apr IS NOT NULL
		)
		WHEN 'age_hours' THEN ages(rates, raise_at) END
	FROM histories
	WHERE token = of_token
$$;

-- What happened by now is written once: the key is the rule and the moment. An event that a correction of the
-- data undoes goes. Who listens to alerts_changed hears of each change. Call it from a timer.
CREATE PROCEDURE refresh_alerts() LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
DECLARE
	changed text[];
BEGIN
	LOCK TABLE alert_events IN SHARE ROW EXCLUSIVE MODE;
	CREATE TEMP TABLE seen ON COMMIT DROP AS
	SELECT r.rule, a.*
	FROM alert_rules r
	CROSS JOIN LATERAL metric(r.token, r.metric, r.raise_at) m
	CROSS JOIN LATERAL alerts(m, r.raise_at, r.clear_at, r.min_duration) a;

	WITH gone AS (
		DELETE FROM alert_events e
		WHERE NOT EXISTS (
			SELECT
			FROM seen s
			WHERE s.rule = e.rule AND s.raised_at = e.raised_at
		)
		RETURNING e.rule
	),
	written AS (
		INSERT INTO alert_events AS e
		SELECT rule, raised_at, cleared_at, worst, worst_time
		FROM seen
		ON CONFLICT (rule, raised_at) DO UPDATE
		SET cleared_at = excluded.cleared_at,
			worst = excluded.worst,
			worst_time = excluded.worst_time
		WHERE (e.cleared_at, e.worst) IS DISTINCT FROM
			(excluded.cleared_at, excluded.worst)
		RETURNING e.rule
	)
	SELECT array_agg(DISTINCT rule)
	FROM (SELECT rule FROM gone UNION ALL SELECT rule FROM written) c
	INTO changed;
	PERFORM pg_notify('alerts_changed', rule) FROM unnest(changed) u(rule);
	DROP TABLE seen;
END
$$;
