-- What can go wrong, over the tables of examples/load.sql: returns at market prices beside staking, the worst
-- of them, the peg, what moves together, what a slashing costs. In make shell: \i examples/risk.sql

\pset footer off
\pset linestyle unicode
\pset border 1
\pset null '-'

-- market prices in ether; and a holder of the network's staking yield, compounded by day
CREATE TEMP VIEW price_series AS
SELECT token, rate_series(date_trunc('day', ts), market_rate) AS price
FROM market_rates
GROUP BY token;
CREATE TEMP VIEW staking_series AS
SELECT rate_series(day + 1, index) AS staking
FROM (
	SELECT day, exp(sum(ln(1 + apr / 365)) OVER (ORDER BY day)) AS index
	FROM network_apr
) n;

\echo
\echo 'Holding a token at its market price, day by day, against staking itself (the riskless rate of these'
\echo 'figures), May 2024 to September 2025. Percent a year; worst fall of the value; how sure it is that'
\echo 'the Sharpe ratio is above zero at all. Prices of two venues jump by a few basis points a day, which'
\echo 'is most of the volatility.'
\echo
WITH tear AS (
	SELECT token, price, staking, risk_summary(price) AS r, benchmark_summary(price, staking) AS b,
		apr(slice(staking, first_time(price), last_time(price))) AS riskless
	FROM price_series, staking_series
)
SELECT token,
	round((100 * apr(price))::numeric, 2) AS "APR",
	round((100 * riskless)::numeric, 2) AS "staking",
	round((100 * volatility(r))::numeric, 2) AS "volatility",
	round(sharpe_ratio(r, riskless)::numeric, 2) AS "Sharpe",
	round(sortino_ratio(r)::numeric, 2) AS "Sortino",
	round((100 * max_drawdown(price))::numeric, 2) AS "worst fall",
	round(skewness(r)::numeric, 2) AS "skew",
	round(kurtosis(r)::numeric, 1) AS "kurtosis",
	round((100 * probabilistic_sharpe_ratio(r, 0, riskless))::numeric, 1) AS "sure, %",
	round((100 * tracking_error(b))::numeric, 2) AS "tracking error"
FROM tear
ORDER BY token;

\echo
\echo 'One day in twenty, and the mean of such days, in basis points: as seen, of a normal law with the same'
\echo 'mean and deviation, corrected for skewness and kurtosis (which fails with a kurtosis of 78), and of a'
\echo 'law of the tail alone for one day in a hundred.'
\echo
WITH r AS (
	SELECT token, risk_summary(price) AS r, sample.v, sample.e, returns
	FROM price_series,
		LATERAL (SELECT returns_matrix(ARRAY[price], '1 day') AS m) x,
		LATERAL (
			SELECT value_at_risk(m[i][1], 0.95) AS v,
				expected_shortfall(m[i][1], 0.95) AS e,
				array_agg(m[i][1]) AS returns
			FROM generate_series(1, array_length(m, 1)) i
		) sample
)
SELECT token,
	round((10000 * v)::numeric, 1) AS "VaR seen",
	round((10000 * e)::numeric, 1) AS "shortfall seen",
	round((10000 * value_at_risk(r))::numeric, 1) AS "VaR normal",
	round((10000 * expected_shortfall(r))::numeric, 1) AS "shortfall normal",
	round((10000 * value_at_risk(r, 0.95, 'cornish_fisher'))::numeric, 1) AS "VaR corrected",
	round((10000 * gpd_value_at_risk(threshold, shape, scale, tail, 0.99))::numeric, 1) AS "VaR 99 %, tail"
FROM r, gpd_fit(returns), LATERAL (SELECT 1.0 * exceedances / cardinality(returns) AS tail) t
ORDER BY token;

\echo
\echo 'The peg: the market price over the exchange rate, in basis points, as a pull to a mean. How long half'
\echo 'of a gap lasts, and from today''s gap the chance of being 50 bp below the rate at the end of a week,'
\echo 'with the band that holds the gap nine times of ten.'
\echo
WITH gaps AS (
	SELECT p.token, rate_series(u.ts, u.rate / r.rate - 1) AS gap
	FROM price_series p, unnest(p.price) u(ts, rate), lst_rates r
	WHERE r.token = p.token AND r.ts = u.ts
	GROUP BY p.token
)
SELECT token,
	round((10000 * last_rate(gap))::numeric, 1) AS "gap now",
	round((10000 * mu)::numeric, 1) AS "mean",
	date_trunc('hour', half_life) AS "half life",
	to_char(ou_probability_below(last_rate(gap), -0.005, theta, mu, sigma, '7 days'),
		'9.9EEEE') AS "chance of 50 bp below",
	round((10000 * lower)::numeric, 1) AS "band from",
	round((10000 * upper)::numeric, 1) AS "to"
FROM gaps, ou_fit(gap), ou_forecast(last_rate(gap), theta, mu, sigma, '7 days')
ORDER BY token;

\echo
\echo 'Correlations of daily returns: both tokens at market prices, their exchange rates, and staking'
\echo 'itself.'
\echo
WITH s AS (
	SELECT ARRAY['weETH price', 'wstETH price', 'weETH rate', 'wstETH rate', 'staking'] AS labels,
		(SELECT array_agg(price ORDER BY token) FROM price_series)
		|| ARRAY(
			SELECT rate_series(ts, rate)
			FROM lst_rates
			WHERE token IN ('weETH', 'wstETH')
			GROUP BY token
			ORDER BY token
		)
		|| (SELECT staking FROM staking_series) AS series
),
m AS (
	SELECT labels, correlation_matrix(covariance_agg(ARRAY[m[i][1], m[i][2], m[i][3], m[i][4], m[i][5]])) AS c
	FROM s,
		LATERAL (SELECT returns_matrix(series, '1 day') AS m) x,
		LATERAL generate_series(1, array_length(m, 1)) i
	GROUP BY labels
)
SELECT row_label AS " ",
	max(round(value::numeric, 2)) FILTER (WHERE column_label = 'weETH price') AS "weETH price",
	max(round(value::numeric, 2)) FILTER (WHERE column_label = 'wstETH price') AS "wstETH price",
	max(round(value::numeric, 2)) FILTER (WHERE column_label = 'weETH rate') AS "weETH rate",
	max(round(value::numeric, 2)) FILTER (WHERE column_label = 'wstETH rate') AS "wstETH rate",
	max(round(value::numeric, 2)) FILTER (WHERE column_label = 'staking') AS "staking"
FROM m, matrix_table(c, labels)
GROUP BY row_label
ORDER BY min(array_position(labels, row_label));

\echo
\echo 'A restaked book, MADE UP: ten operators, 100 ether with each, and a chance of 1 % a year that one'
\echo 'fails, failures coming together with a correlation of 20 %. A failed one loses 20 ether: at once in'
\echo 'the first two lines, by the exact law and by 100,000 simulated years; in the third in two of four'
\echo 'services that operators share, 10 ether in each, where operators and services have a share in the'
\echo 'correlation of their own.'
\echo
WITH exact AS (
	SELECT sum(20 * loss * probability) AS mean,
		sum(probability) FILTER (WHERE loss > 0) AS any_loss,
		min(20 * loss) FILTER (WHERE exceedance <= 0.001) AS quantile,
		max(20 * loss) FILTER (WHERE probability > 0) AS worst
	FROM slashing_distribution(array_fill(1::bigint, ARRAY[10]), array_fill(0.01::float8, ARRAY[10]), 0.2)
),
operators AS (
	SELECT array_agg(20.0::float8) AS loss, array_agg(0.01::float8) AS probability,
		array_agg(format('operator %s', o)) AS operator, array_agg('the network'::text) AS service
	FROM generate_series(1, 10) o
),
shared AS (
	SELECT array_agg(10.0::float8) AS loss, array_agg(0.01::float8) AS probability,
		array_agg(format('operator %s', o)) AS operator,
		array_agg(format('service %s', (o + k) % 4)) AS service
	FROM generate_series(1, 10) o, generate_series(0, 1) k
)
SELECT book AS " ",
	round(mean::numeric, 2) AS "mean loss",
	round((100 * any_loss)::numeric, 2) AS "any loss, %",
	quantile AS "lost in one of 1000 years",
	worst AS "worst"
FROM (
	SELECT 1 AS line, 'exact' AS book, mean, any_loss, quantile, worst
	FROM exact
	UNION ALL
	SELECT 2, 'simulated', expected_loss, loss_probability, loss_quantile, s.worst
	FROM operators, simulate_slashing(loss, probability, operator, service, 0.2, 0, 0, 100000, 7, 0.999) s
	UNION ALL
	SELECT 3, 'shared services', expected_loss, loss_probability, loss_quantile, s.worst
	FROM shared, simulate_slashing(loss, probability, operator, service, 0.2, 0.3, 0.2, 100000, 7, 0.999) s
) b
ORDER BY line;
