-- Where the return of holding weETH came from, 2024-08-15 to 2025-08-02, over the tables of
-- examples/load.sql. In make shell: \i examples/attribution.sql
--
-- The price of EIGEN is not among the figures. It is a variable, in ETH, one for the whole time:
--
--   psql -v eigen_price=0.0006 -f examples/attribution.sql
--
-- and so is the share of staking rewards that ether.fi and its operators keep (fee, 0.1).

\if :{?eigen_price}
\else
	\set eigen_price 0.0007
\endif
\if :{?fee}
\else
	\set fee 0.1
\endif

\pset footer off
\pset linestyle unicode
\pset border 1
\pset null '-'

CREATE TEMPORARY VIEW edge AS
SELECT edge, r.rate, m.market_rate
FROM (
		SELECT first_day::timestamptz AS edge
		FROM eigen_rewards
		UNION
		SELECT last_day + 1
		FROM eigen_rewards
	) e,
	-- the rate and the price in force at the edge, not the first ones after it
	LATERAL (
		SELECT rate
		FROM lst_rates
		WHERE token = 'weETH' AND ts <= edge
		ORDER BY ts DESC
		LIMIT 1
	) r,
	LATERAL (
		SELECT market_rate
		FROM market_rates
		WHERE token = 'weETH' AND ts <= edge
		ORDER BY ts DESC
		LIMIT 1
	) m;

CREATE TEMPORARY TABLE period AS
SELECT p.first_day,
	p.last_day,
	a.rate AS rate0,
	b.rate AS rate1,
	a.market_rate AS market0,
	b.market_rate AS market1,
	n.staking,
	p.eigen_paid * :eigen_price / p.eth_restaked AS incentive
FROM eigen_rewards p
JOIN edge a ON a.edge = p.first_day
JOIN edge b ON b.edge = p.last_day + 1,
	LATERAL (
		SELECT linked_return(apr / 365) AS staking
		FROM network_apr
		WHERE day BETWEEN p.first_day AND p.last_day
	) n;

\echo
\echo -n 'Return of holding weETH, in percent (logarithms, so that rows and columns add up): '
\echo 'what staking paid on'
\echo 'the whole network, the fee on it, the rest of the rate, EIGEN paid, and the move of the market price'
\echo 'against the rate. Periods of payment, by the month in which they end.'
\echo 'EIGEN at' :eigen_price 'ETH; fee' :fee
\echo
SELECT coalesce(to_char(month, 'YYYY-MM'), 'all') AS month,
	round((100 * sum(staking))::numeric, 3) AS staking,
	round((100 * sum(fees))::numeric, 3) AS fees,
	round((100 * sum(restaking))::numeric, 3) AS "rest of rate",
	round((100 * sum(incentives))::numeric, 3) AS "EIGEN",
	round((100 * sum(peg))::numeric, 3) AS peg,
	round((100 * sum(total))::numeric, 3) AS total,
	round((100 * organic_share(sum(staking + fees + restaking), sum(incentives)))::numeric, 1) AS "% organic"
FROM (
	SELECT date_trunc('month', last_day) AS month, a.*
	FROM period p,
		LATERAL attribute_return(rate0, rate1, market0, market1, p.staking, :fee, incentive) a
) x
GROUP BY ROLLUP (month)
ORDER BY x.month;

\echo
\echo -n 'The sum of the periods against the whole time at once: '
\echo 'the parts that come from rates and prices, and the'
\echo 'total. What is left is rounding.'
\echo
WITH whole AS (
	SELECT a.rate AS rate0,
		b.rate AS rate1,
		a.market_rate AS market0,
		b.market_rate AS market1,
		staking,
		incentive
	FROM (
		SELECT min(first_day) AS first_day,
			max(last_day) + 1 AS until,
			linked_return(staking) AS staking,
			linked_return(incentive) AS incentive
		FROM period
	) p
	JOIN edge a ON a.edge = p.first_day
	JOIN edge b ON b.edge = p.until
)
SELECT part, parts AS "sum of periods", at_once AS "at once", parts - at_once AS left
FROM (
		SELECT sum(a.total) AS total,
			sum(a.staking) AS staking,
			sum(a.incentives) AS incentives,
			sum(a.peg) AS peg,
			sum(a.restaking + a.fees) AS rest
		FROM period p,
			LATERAL attribute_return(rate0, rate1, market0, market1, p.staking, :fee, incentive) a
	) s,
	whole w,
	LATERAL attribute_return(w.rate0, w.rate1, w.market0, w.market1, w.staking, :fee, w.incentive) a,
	LATERAL (VALUES
		(1, 'staking', s.staking, a.staking),
		(2, 'rest of rate and fees', s.rest, a.restaking + a.fees),
		(3, 'EIGEN', s.incentives, a.incentives),
		(4, 'peg', s.peg, a.peg),
		(5, 'total', s.total, a.total)
	) v(i, part, parts, at_once)
ORDER BY i;
