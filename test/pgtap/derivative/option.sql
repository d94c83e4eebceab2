-- Vectors and laws of options.
\set ON_ERROR_STOP on
\set QUIET on
BEGIN;
\i test/pgtap/include/common.sql
SELECT no_plan();
SELECT setseed(0.5) \g /dev/null

-- What a call answers as JSON, or 'error': a number, and of several columns a row.
CREATE FUNCTION answer(call text) RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE
	result jsonb;
BEGIN
	EXECUTE 'SELECT to_jsonb(o) FROM ' || call || ' AS o' INTO result;
	RETURN result;
EXCEPTION WHEN data_exception THEN
	RETURN '"error"';
END
$$;

-- Does an answer hold? A number of the answer, and what was expected as text.
CREATE FUNCTION holds(got jsonb, expected text, tol text, abs_tol text) RETURNS boolean LANGUAGE sql AS $$
	SELECT CASE WHEN expected = 'error' OR got = '"error"' THEN coalesce(expected = 'error' AND got = '"error"', false)
		ELSE is_close((got #>> '{}')::float8, expected::numeric, tol::numeric, abs_tol::numeric) END
$$;

-- arguments of a call from the columns of a row that are not empty
CREATE FUNCTION arguments(VARIADIC columns text[]) RETURNS text LANGUAGE sql AS $$
	SELECT string_agg(quote_literal(c), ', ' ORDER BY n) FROM unnest(columns) WITH ORDINALITY u(c, n) WHERE c IS NOT NULL
$$;

-- European options
CREATE TEMP TABLE bs_case (measure text, option_type text, spot text, strike text, years text, volatility text, rate text, yield text,
	expected text, tol text, abs_tol text, kind text, source text);
\copy bs_case FROM 'test/vectors/derivative/black_scholes.csv' (FORMAT csv, HEADER)
SELECT ok(holds(CASE measure WHEN 'elasticity' THEN to_jsonb((g ->> 'delta')::float8 * spot::float8 / (g ->> 'price')::float8)
		WHEN 'theta_per_day' THEN to_jsonb((g ->> 'theta')::float8 / 365) ELSE g -> measure END, expected, tol, abs_tol),
	format('%s: %s of %s %s', source, measure, option_type, strike))
FROM bs_case, answer(format('bs_greeks(%s)', arguments(option_type, spot, strike, years, volatility, rate, yield))) g;
SELECT is(count(*)::int, 54, 'all were loaded') FROM bs_case;
SELECT is_empty($$
	SELECT * FROM bs_case WHERE bs_price(option_type, spot::float8, strike::float8, years::float8, volatility::float8, rate::float8, yield::float8)
		<> (bs_greeks(option_type, spot::float8, strike::float8, years::float8, volatility::float8, rate::float8, yield::float8)).price
$$, 'bs_price is the price of bs_greeks');

CREATE TEMP TABLE greeks_case (option_type text, spot text, strike text, years text, volatility text, rate text, yield text, price text, delta text,
	gamma text, vega text, theta text, rho text, yield_rho text, vanna text, volga text, charm text, dual_delta text, itm_probability text,
	tol text, abs_tol text, kind text, source text);
\copy greeks_case FROM 'test/vectors/derivative/bs_greeks.csv' (FORMAT csv, HEADER)
SELECT is(string_agg(CASE WHEN NOT holds(CASE WHEN g = '"error"' THEN g ELSE g -> key END, value, tol, abs_tol) THEN key || ' ' || (g -> key) END, ', '),
	NULL, format('greeks: %s at %s of %s, %s years', option_type, strike, spot, years))
FROM greeks_case c, answer(format('bs_greeks(%s)', arguments(option_type, spot, strike, years, volatility, rate, yield))) g,
	jsonb_each_text(to_jsonb(c) - '{option_type,spot,strike,years,volatility,rate,yield,tol,abs_tol,kind,source}'::text[])
GROUP BY g, option_type, strike, spot, years, volatility, rate, yield;
SELECT is(count(*)::int, 41, 'all were loaded') FROM greeks_case;

CREATE TEMP TABLE vollib_case (option_type text, spot text, strike text, years text, volatility text, rate text, price text, delta text, gamma text,
	vega text, theta text, rho text, abs_tol text, kind text, source text);
\copy vollib_case FROM 'test/vectors/derivative/options_py_vollib.csv' (FORMAT csv, HEADER)
SELECT is_empty($$
	SELECT c.*, key, g FROM vollib_case c, answer(format('bs_greeks(%s)', arguments(option_type, spot, strike, years, volatility, rate))) g,
		jsonb_each_text(to_jsonb(c) - '{option_type,spot,strike,years,volatility,rate,abs_tol,kind,source}'::text[]) WHERE NOT holds(g -> key, value, NULL, abs_tol)
$$, 'greeks of py_vollib');
SELECT is(count(*)::int, 102, 'all were loaded') FROM vollib_case;

-- implied volatility
CREATE TEMP TABLE iv_case (option_type text, price text, spot text, strike text, years text, rate text, yield text, expected text, tol text, kind text, source text);
\copy iv_case FROM 'test/vectors/derivative/implied_volatility.csv' (FORMAT csv, HEADER)
\copy iv_case FROM 'test/vectors/derivative/implied_volatility_hard.csv' (FORMAT csv, HEADER)
SELECT is_empty($$
	SELECT c.*, g FROM iv_case c, answer(format('bs_implied_volatility(%s)', arguments(option_type, price, spot, strike, years, rate, yield))) g
	WHERE NOT holds(g, expected, tol, NULL)
$$, 'implied volatilities');
SELECT is(count(*)::int, 463, 'all were loaded') FROM iv_case;

-- functions whose arguments are a, b, c, ...
CREATE TEMP TABLE fn_case (fn text, a text, b text, c text, d text, e text, f text, g text, expected text, tol text, abs_tol text, kind text, source text);
\copy fn_case FROM 'test/vectors/derivative/black_inverse.csv' (FORMAT csv, HEADER)
\copy fn_case FROM 'test/vectors/derivative/option_extra.csv' (FORMAT csv, HEADER)
SELECT ok(holds(o, expected, tol, abs_tol),
	format('%s(%s)', fn, arguments(a, b, c, d, e, f, g)) || coalesce(' is ' || o::text, ''))
FROM fn_case, answer(format('%s(%s)', fn, arguments(a, b, c, d, e, f, g))) o;
SELECT is(count(*)::int, 105, 'all were loaded') FROM fn_case;

CREATE TEMP TABLE inverse_case (option_type text, forward text, strike text, years text, volatility text, price text, price_usd text, delta text,
	net_delta text, gamma text, vega text, theta text, tol text, abs_tol text, kind text, source text);
\copy inverse_case FROM 'test/vectors/derivative/inverse_option_greeks.csv' (FORMAT csv, HEADER)
SELECT is_empty($$
	SELECT c.*, key, g FROM inverse_case c, answer(format('inverse_option_greeks(%s)', arguments(option_type, forward, strike, years, volatility))) g,
		jsonb_each_text(to_jsonb(c) - '{option_type,forward,strike,years,volatility,tol,abs_tol,kind,source}'::text[]) WHERE NOT holds(g -> key, value, tol, abs_tol)
$$, 'greeks in coin');
SELECT is(count(*)::int, 15, 'all were loaded') FROM inverse_case;

-- early exercise
CREATE TEMP TABLE american_case (option_type text, spot text, strike text, years text, volatility text, rate text, yield text, expected text,
	abs_tol text, kind text, source text);
\copy american_case FROM 'test/vectors/derivative/american_price.csv' (FORMAT csv, HEADER)
SELECT ok(holds(g, expected, NULL, (1e-6 * strike::numeric)::text),
	format('american_price(%s)', arguments(option_type, spot, strike, years, volatility, rate, yield)))
FROM american_case, answer(format('american_price(%s)', arguments(option_type, spot, strike, years, volatility, rate, yield))) g;
SELECT is(count(*)::int, 35, 'all were loaded') FROM american_case;

CREATE TEMP TABLE lattice_case (option_type text, spot text, strike text, years text, volatility text, rate text, yield text, steps text, american text,
	method text, expected text, tol text, abs_tol text, kind text, source text);
\copy lattice_case FROM 'test/vectors/derivative/binomial_price.csv' (FORMAT csv, HEADER)
SELECT ok(holds(o, expected, tol, abs_tol),
	format('binomial_price(%s)', arguments(option_type, spot, strike, years, volatility, rate, yield, steps, american, method)))
FROM lattice_case, answer(format('binomial_price(%s)', arguments(option_type, spot, strike, years, volatility, rate, yield, steps, american, method))) o;
SELECT is(count(*)::int, 25, 'all were loaded') FROM lattice_case;

-- income
CREATE TEMP TABLE income_case (fn text, a text, b text, c text, d text, e text, r1 text, r2 text, r3 text, r4 text, r5 text, tol text, abs_tol text,
	kind text, source text);
\copy income_case FROM 'test/vectors/derivative/option_income.csv' (FORMAT csv, HEADER)
SELECT is_empty($$
	SELECT c.*, key, value, o FROM income_case c, answer(format('%s(%s)', fn, arguments(a, b, c, d, e))) o, LATERAL (
		SELECT CASE fn WHEN 'covered_call' THEN '{premium_apr,premium_apy,called_apr,break_even,downside_protection}'::text[]
			ELSE '{premium_apr,premium_apy,break_even,discount}' END) n(names),
		unnest(names, ARRAY[r1, r2, r3, r4, r5]) v(key, value) WHERE key IS NOT NULL AND NOT holds(o -> key, value, tol, abs_tol)
$$, 'covered calls and secured puts');
SELECT is(count(*)::int, 25, 'all were loaded') FROM income_case;
CREATE TEMP TABLE collar_case (spot text, put_strike text, put_premium text, call_strike text, call_premium text, net_cost text, max_loss text,
	max_gain text, break_even text, tol text, abs_tol text, kind text, source text);
\copy collar_case FROM 'test/vectors/derivative/collar.csv' (FORMAT csv, HEADER)
SELECT is_empty($$
	SELECT c.*, key, g FROM collar_case c, answer(format('collar(%s)', arguments(spot, put_strike, put_premium, call_strike, call_premium))) g,
		jsonb_each_text(jsonb_build_object('net_cost', net_cost, 'max_loss', max_loss, 'max_gain', max_gain, 'break_even', break_even))
	WHERE NOT holds(CASE WHEN g = '"error"' THEN g ELSE g -> key END, value, tol, abs_tol)
$$, 'collars');
SELECT is(count(*)::int, 9, 'all were loaded') FROM collar_case;

-- laws, of options at random
CREATE TEMP TABLE quote AS
SELECT g AS id, (ARRAY['call', 'put'])[1 + g % 2] AS type, 100 * exp(random() - 0.5) AS s, 100::float8 AS k, 0.01 + 2 * random() ^ 2 AS t,
	0.05 + random() AS v, random() * 0.2 - 0.05 AS r, random() * 0.15 - 0.03 AS q
FROM generate_series(1, 2000) g;
SELECT is_empty($$
	SELECT * FROM quote WHERE NOT abs(parity_gap(bs_price('call', s, k, t, v, r, q), bs_price('put', s, k, t, v, r, q), s, k, t, r, q)) <= 1e-13 * (s + k)
		OR NOT abs(implied_forward(bs_price('call', s, k, t, v, r, q), bs_price('put', s, k, t, v, r, q), k, t, r) - s * exp((r - q) * t)) <= 1e-12 * (s + k)
$$, 'put-call parity');
SELECT is_empty($$
	SELECT * FROM quote, LATERAL bs_greeks(type, s, k, t, v, r, q) g, LATERAL (SELECT 1e-4 AS h) h
	WHERE NOT abs(delta - (bs_price(type, s * (1 + h), k, t, v, r, q) - bs_price(type, s * (1 - h), k, t, v, r, q)) / (2 * h * s)) < 1e-6
		OR NOT abs(gamma * s * s - ((bs_greeks(type, s * (1 + h), k, t, v, r, q)).delta - (bs_greeks(type, s * (1 - h), k, t, v, r, q)).delta) * s / (2 * h)) < 1e-3 * (1 + gamma * s * s)
		OR NOT abs(vega - (bs_price(type, s, k, t, v + h * v, r, q) - bs_price(type, s, k, t, v - h * v, r, q)) / (2 * h * v)) < 1e-4 * (1 + vega)
		OR NOT abs(theta + (bs_price(type, s, k, t * (1 + h), v, r, q) - bs_price(type, s, k, t * (1 - h), v, r, q)) / (2 * h * t)) < 1e-4 * (1 + abs(theta))
		OR NOT abs(rho - (bs_price(type, s, k, t, v, r + h, q) - bs_price(type, s, k, t, v, r - h, q)) / (2 * h)) < 1e-3
		OR NOT abs(yield_rho - (bs_price(type, s, k, t, v, r, q + h) - bs_price(type, s, k, t, v, r, q - h)) / (2 * h)) < 1e-2
		OR NOT abs(vanna * v - ((bs_greeks(type, s, k, t, v * (1 + h), r, q)).delta - (bs_greeks(type, s, k, t, v * (1 - h), r, q)).delta) / (2 * h)) < 1e-5
		OR NOT abs(volga * v - ((bs_greeks(type, s, k, t, v * (1 + h), r, q)).vega - (bs_greeks(type, s, k, t, v * (1 - h), r, q)).vega) / (2 * h)) < 1e-3
		OR NOT abs(charm * t + ((bs_greeks(type, s, k, t * (1 + h), v, r, q)).delta - (bs_greeks(type, s, k, t * (1 - h), v, r, q)).delta) / (2 * h)) < 1e-5
		OR NOT abs(dual_delta - (bs_price(type, s, k * (1 + h), t, v, r, q) - bs_price(type, s, k * (1 - h), t, v, r, q)) / (2 * h * k)) < 1e-6
		OR NOT abs(itm_probability * exp(-r * t) - digital_price(type, s, k, t, v, r, q)) < 1e-15
$$, 'greeks are differentiated prices');
SELECT is_empty($$
	SELECT * FROM (SELECT *, bs_price(type, s, k, t, v, r, q) AS p FROM quote) x WHERE NOT (
		bs_price(type, s, k, t, v + 0.01, r, q) >= p AND (CASE type WHEN 'call' THEN 1 ELSE -1 END) * (bs_price(type, s * 1.01, k, t, v, r, q) - p) >= 0
		AND (CASE type WHEN 'call' THEN -1 ELSE 1 END) * (bs_price(type, s, k * 1.01, t, v, r, q) - p) >= 0 AND p >= 0)
$$, 'worth more with more volatility, of a call with a higher spot and a lower strike');
SELECT is_empty($$
	SELECT * FROM (SELECT *, american_price(type, s, k, t, v, r, q) AS a, bs_price(type, s, k, t, v, r, q) AS e FROM quote WHERE r > 0 AND q > 0) x
	WHERE NOT (a >= e AND e >= 0 AND a >= (CASE type WHEN 'call' THEN s - k ELSE k - s END))
		OR NOT abs(a - american_price(CASE type WHEN 'call' THEN 'put' ELSE 'call' END, k, s, t, v, q, r)) <= 1e-12 * k
$$, 'American options are worth as much as European ones and as exercise, and are symmetric');
SELECT is_empty($$
	SELECT * FROM (SELECT *, american_price(type, s, k, t, v, r, q) AS a FROM quote WHERE r > 0 AND q > 0 AND id <= 300) x
	WHERE NOT (abs(a - binomial_price(type, s, k, t, v, r, q, 501)) < 1e-3 * k
		AND american_price(type, s, k, t * 1.1, v, r, q) >= a - 2e-6 * k AND american_price(type, s, k, t, v + 0.01, r, q) >= a - 2e-6 * k)
$$, 'as a lattice has them, and never less with more time or volatility');
SELECT is_empty($$
	SELECT * FROM quote WHERE NOT abs(bs_price(type, s, k, t, v, r, q) - binomial_price(type, s, k, t, v, r, q, 1001, american => false)) < 1e-4 * k
$$, 'a lattice of European options converges to the formula');
SELECT is_empty($$
	SELECT * FROM (SELECT *, bs_greeks(type, s, k, t, v, r, q) AS g FROM quote) x WHERE abs((g).delta) BETWEEN 0.01 AND 0.9
		AND NOT abs(strike_at_delta(type, (g).delta, s, t, v, r, q) - k) < 1e-9 * k
$$, 'strike_at_delta finds the strike back');
SELECT is_empty($$
	SELECT * FROM quote, LATERAL (SELECT bs_price(type, s, k, t, v, r, q) AS p, bs_greeks(type, s, k, t, v, r, q) AS g) x
	WHERE (g).vega * v > 1e-10 * (s + k) AND NOT abs(bs_implied_volatility(type, p, s, k, t, r, q) - v) <= 32 * 2.3e-16 * (s + k) / (g).vega + 1e-14
$$, 'implied volatility takes prices back');
SELECT is_empty($$
	SELECT * FROM quote, LATERAL (SELECT inverse_option_price(type, s, k, t, v) AS p) x
	WHERE NOT abs(inverse_option_implied_volatility(type, p, s, k, t) / v - 1) <= 1e-6 AND p * s > 1e-6 AND (bs_greeks(type, s, k, t, v)).vega > 1e-3
		OR NOT abs(p * s - black_price(type, s, k, t, v)) <= 1e-12
		OR NOT abs(inverse_option_payoff(type, k, s) * s - greatest(0, CASE type WHEN 'call' THEN s - k ELSE k - s END)) <= 1e-12
$$, 'prices in coin are prices in USD over the forward');
SELECT is_empty($$
	SELECT * FROM quote, LATERAL (SELECT touch_price(s, k, t, v, r, q) AS touch, digital_price(CASE WHEN s < k THEN 'call' ELSE 'put' END, s, k, t, v, r, q) AS digital) x
	WHERE r >= 0 AND NOT (touch BETWEEN digital AND 1 AND touch >= touch_price(s, k, t, v, r, q, pay_at_expiry => true)
		AND touch_price(s, k, t, v, r, q, true) >= digital - 1e-15)
$$, 'a touch is worth as much as a digital, and more if it pays at once');

-- at the edges
SELECT is(bs_price('put', 90, 100, 0, 0.5), 10::float8, 'at expiry the intrinsic value');
SELECT is(american_price('put', 100, 100, 1, 0, 0.05, 0), 0::float8, 'without volatility what is certain');
SELECT is(american_price('call', 110, 100, 2, 0, 0.01, 0.05), 10::float8, 'and exercised when it is best');
SELECT ok(american_price('call', 100, 100, 1, 0.3, -0.02, 0.05) > bs_price('call', 100, 100, 1, 0.3, -0.02, 0.05), 'a negative rate under a positive yield');
SELECT throws_ok($$ SELECT american_price('put', 100, 100, 1, 0.3, -0.02, -0.05) $$, '22023', NULL, 'two boundaries are refused');
SELECT throws_ok($$ SELECT bs_price('Call', 100, 100, 1, 0.3) $$, '22023', NULL, 'call and put are strict');
SELECT throws_ok($$ SELECT bs_price('call', 100, 0, 1, 0.3) $$, '22003', NULL, 'a strike is positive');
SELECT throws_ok($$ SELECT bs_price('call', 100, 100, -1, 0.3) $$, '22003', NULL, 'time is not negative');
SELECT throws_ok($$ SELECT bs_price('call', 100, 100, 1, 'NaN') $$, '22003', NULL, 'volatility is a number');
SELECT throws_ok($$ SELECT bs_price('call', 1e300, 1, 1e10, 1, 0, -1) $$, '22003', NULL, 'what is beyond a double is an error');
SELECT is(bs_implied_volatility('call', 5, 100, 95, 1), NULL, 'the intrinsic value implies no volatility');
SELECT is(bs_implied_volatility('call', 100, 100, 95, 1), NULL, 'nor does the spot');
SELECT is(bs_implied_volatility('call', 5, 100, 95, 0), NULL, 'nor any price without time');
SELECT is(binomial_price('call', 100, 100, 1, 0.01, 0.5, 0, 1, true, 'crr'), NULL, 'steps that no chance explains');
SELECT is(touch_price(100, 90, 1, 0.2, -0.1, -0.12), NULL, 'no touch under a very negative rate');

-- hostile numbers: an error, NULL, or a finite number
CREATE TEMP TABLE hostile AS SELECT * FROM unnest('{1e-300,1e-9,1,1e9,1e300}'::float8[]) s, unnest('{1e-300,1,1e300}'::float8[]) k,
	unnest('{0,1e-300,1e-6,1,300,1e300}'::float8[]) t, unnest('{0,1e-300,1e-8,0.3,50,1e300}'::float8[]) v, unnest('{-1e300,-0.1,0,1e-300,0.1,1e300}'::float8[]) r,
	unnest('{0,1e-3,1}'::float8[]) q, unnest('{call,put}'::text[]) type;
CREATE FUNCTION is_tame(call text, OUT bad bigint, OUT errors bigint) LANGUAGE plpgsql AS $$
DECLARE
	h pg_temp.hostile;
	x text;
BEGIN
	bad := 0; errors := 0;
	FOR h IN SELECT * FROM pg_temp.hostile LOOP
		BEGIN
			EXECUTE 'SELECT (' || call || ')::text' INTO x USING h.type, h.s, h.k, h.t, h.v, h.r, h.q;
			IF x ~* 'nan|inf' THEN bad := bad + 1; END IF;
		EXCEPTION WHEN numeric_value_out_of_range OR invalid_parameter_value THEN errors := errors + 1;
		END;
	END LOOP;
END
$$;
SELECT is(bad, 0::bigint, call || ' never leaves the numbers') FROM unnest(ARRAY['bs_greeks($1, $2, $3, $4, $5, $6, $7)', 'american_price($1, $2, $3, $4, $5, $6, $7)',
	'bs_implied_volatility($1, $5, $2, $3, $4, $6, $7)', 'digital_price($1, $2, $3, $4, $5, $6, $7)', 'touch_price($2, $3, $4, $5, $6, $7)',
	'touch_price($2, $3, $4, $5, $6, $7, true)', 'binomial_price($1, $2, $3, $4, $5, $6, $7, 5)', 'binomial_price($1, $2, $3, $4, $5, $6, $7, 5, false, ''crr'')',
	'strike_at_delta($1, CASE $1 WHEN ''call'' THEN 0.3 ELSE -0.3 END, $2, $4, $5, $6, $7)', 'inverse_option_greeks($1, $2, $3, $4, $5)',
	'inverse_option_implied_volatility($1, $5, $2, $3, $4)', 'covered_call($2, $3, $5, $4, $7)', 'cash_secured_put($2, $3, $5, $4, $7)']) call, is_tame(call);

-- so long that the option is as good as one without expiry: Merton's price, by the root of its equation; no wrong price beyond
SELECT ok(abs(american_price('put', 100, k, y, v, r, q) - merton) < 2e-6 * k, format('no expiry: %s %s %s %s %s', k, y, v, r, q))
FROM (VALUES (110::float8, 1e6::float8, 10::float8, 0.05::float8, 0::float8), (100, 4000, 0.8, 0.05, 0.02), (90, 1000, 0.6, 0.03, 0.01), (130, 500, 2, 0.1, 0.04)) v(k, y, v, r, q),
	LATERAL (SELECT (0.5 * v * v - r + q - sqrt((r - q - 0.5 * v * v) ^ 2 + 2 * r * v * v)) / (v * v) AS b) p,
	LATERAL (SELECT b / (b - 1) * k AS boundary) e, LATERAL (SELECT (k - boundary) * (100 / boundary) ^ b AS merton) m;
SELECT throws_ok($$SELECT american_price('put', 100, 100, 2, 10, 0.0001)$$, '22003', NULL, 'too much variance');

SELECT * FROM finish();
ROLLBACK;
