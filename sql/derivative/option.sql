-- domain derivative: options

CREATE FUNCTION bs_price(
	option_type text, spot double precision, strike double precision, years double precision,
	volatility double precision, rate double precision DEFAULT 0, yield double precision DEFAULT 0)
	RETURNS double precision
	AS 'MODULE_PATHNAME', 'option_bs_price' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 30;
COMMENT ON FUNCTION bs_price(text, double precision, double precision, double precision, double precision, double precision, double precision) IS
	'what a European call or put is worth, after Black, Scholes and Merton; rate and yield are continuous and a year, volatility is a fraction per square root of a year';

CREATE FUNCTION bs_greeks(
	option_type text, spot double precision, strike double precision, years double precision,
	volatility double precision, rate double precision DEFAULT 0, yield double precision DEFAULT 0,
	OUT price double precision, OUT delta double precision, OUT gamma double precision,
	OUT vega double precision, OUT theta double precision, OUT rho double precision,
	OUT yield_rho double precision, OUT vanna double precision, OUT volga double precision,
	OUT charm double precision, OUT dual_delta double precision,
	OUT itm_probability double precision)
	AS 'MODULE_PATHNAME', 'option_bs_greeks' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 60;
COMMENT ON FUNCTION bs_greeks(text, double precision, double precision, double precision, double precision, double precision, double precision) IS
	'price and greeks of a European option in closed form, per unit and per year: theta / 365 is a day, vega / 100 a point of volatility; at expiry or without volatility the price alone';

CREATE FUNCTION bs_implied_volatility(
	option_type text, price double precision, spot double precision, strike double precision,
	years double precision, rate double precision DEFAULT 0, yield double precision DEFAULT 0)
	RETURNS double precision
	AS 'MODULE_PATHNAME', 'option_bs_implied_volatility' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 70;
COMMENT ON FUNCTION bs_implied_volatility(text, double precision, double precision, double precision, double precision, double precision, double precision) IS
	'the volatility at which bs_price gives a price, to the last digits that the price knows; NULL where there is none: at or below the discounted intrinsic value, at or above the most that the option can be worth';

CREATE FUNCTION black_price(
	option_type text, forward double precision, strike double precision, years double precision,
	volatility double precision, rate double precision DEFAULT 0) RETURNS double precision
	AS 'MODULE_PATHNAME', 'option_black_price' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 30;
COMMENT ON FUNCTION black_price(text, double precision, double precision, double precision, double precision, double precision) IS
	'what an option on a forward or future is worth, after Black (1976); its greeks are those of bs_greeks with yield = rate';

CREATE FUNCTION black_implied_volatility(
	option_type text, price double precision, forward double precision, strike double precision,
	years double precision, rate double precision DEFAULT 0) RETURNS double precision
	AS 'MODULE_PATHNAME', 'option_black_implied_volatility' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 70;
COMMENT ON FUNCTION black_implied_volatility(text, double precision, double precision, double precision, double precision, double precision) IS
	'the volatility at which black_price gives a price; NULL where there is none';

CREATE FUNCTION inverse_option_price(
	option_type text, forward double precision, strike double precision, years double precision,
	volatility double precision) RETURNS double precision
	AS 'MODULE_PATHNAME', 'option_inverse_price' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 30;
COMMENT ON FUNCTION inverse_option_price(text, double precision, double precision, double precision, double precision) IS
	'price in coin of an option settled in coin, as Deribit marks it: the undiscounted price of Black (1976) over the forward of its own expiry';

CREATE FUNCTION inverse_option_greeks(
	option_type text, forward double precision, strike double precision, years double precision,
	volatility double precision, OUT price double precision, OUT price_usd double precision,
	OUT delta double precision, OUT net_delta double precision, OUT gamma double precision,
	OUT vega double precision, OUT theta double precision)
	AS 'MODULE_PATHNAME', 'option_inverse_greeks' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 50;
COMMENT ON FUNCTION inverse_option_greeks(text, double precision, double precision, double precision, double precision) IS
	'price in coin and in USD, and greeks, of an option settled in coin; net_delta = delta - price is that of the position in coin, vega and theta are in USD, per unit and per year';

CREATE FUNCTION inverse_option_implied_volatility(
	option_type text, price double precision, forward double precision, strike double precision,
	years double precision) RETURNS double precision
	AS 'MODULE_PATHNAME', 'option_inverse_implied_volatility' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 70;
COMMENT ON FUNCTION inverse_option_implied_volatility(text, double precision, double precision, double precision, double precision) IS
	'the volatility at which inverse_option_price gives a price in coin; NULL where there is none';

CREATE FUNCTION inverse_option_payoff(
	option_type text, strike double precision, settlement double precision) RETURNS double precision
	AS 'MODULE_PATHNAME', 'option_inverse_payoff' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 3;
COMMENT ON FUNCTION inverse_option_payoff(text, double precision, double precision) IS
	'what an option settled in coin pays at expiry, in coin: max(0, settlement - strike) / settlement of a call';

CREATE FUNCTION american_price(
	option_type text, spot double precision, strike double precision, years double precision,
	volatility double precision, rate double precision DEFAULT 0, yield double precision DEFAULT 0)
	RETURNS double precision
	AS 'MODULE_PATHNAME', 'option_american_price' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 200;
COMMENT ON FUNCTION american_price(text, double precision, double precision, double precision, double precision, double precision, double precision) IS
	'what an option is worth that may be exercised at any time, within 1e-6 of the strike: Andersen, Lake and Offengenden (2016)';

CREATE FUNCTION binomial_price(
	option_type text, spot double precision, strike double precision, years double precision,
	volatility double precision, rate double precision DEFAULT 0, yield double precision DEFAULT 0,
	steps bigint DEFAULT 501, american boolean DEFAULT true, method text DEFAULT 'leisen_reimer')
	RETURNS double precision
	AS 'MODULE_PATHNAME', 'option_binomial_price' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 60000;
COMMENT ON FUNCTION binomial_price(text, double precision, double precision, double precision, double precision, double precision, double precision, bigint, boolean, text) IS
	'price of an American or European option on a binomial lattice of up to 10000 steps: leisen_reimer, where even steps become odd, or crr; NULL where a step has no chance between 0 and 1';

CREATE FUNCTION digital_price(
	option_type text, spot double precision, strike double precision, years double precision,
	volatility double precision, rate double precision DEFAULT 0, yield double precision DEFAULT 0)
	RETURNS double precision
	AS 'MODULE_PATHNAME', 'option_digital_price' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 25;
COMMENT ON FUNCTION digital_price(text, double precision, double precision, double precision, double precision, double precision, double precision) IS
	'what pays 1 at expiry if the spot then is above the strike (call) or below (put) is worth today';

CREATE FUNCTION touch_price(
	spot double precision, barrier double precision, years double precision,
	volatility double precision, rate double precision DEFAULT 0, yield double precision DEFAULT 0,
	pay_at_expiry boolean DEFAULT false) RETURNS double precision
	AS 'MODULE_PATHNAME', 'option_touch_price' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 40;
COMMENT ON FUNCTION touch_price(double precision, double precision, double precision, double precision, double precision, double precision, boolean) IS
	'what pays 1 once the spot has touched a barrier, from either side, is worth today: cover against a depeg; after Rubinstein and Reiner (1991)';

CREATE FUNCTION strike_at_delta(
	option_type text, delta double precision, spot double precision, years double precision,
	volatility double precision, rate double precision DEFAULT 0, yield double precision DEFAULT 0)
	RETURNS double precision
	AS 'MODULE_PATHNAME', 'option_strike_at_delta' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 20;
COMMENT ON FUNCTION strike_at_delta(text, double precision, double precision, double precision, double precision, double precision, double precision) IS
	'the strike at which an option has a delta of the spot, above 0 of a call, below 0 of a put';

CREATE FUNCTION implied_forward(
	call_price double precision, put_price double precision, strike double precision,
	years double precision, rate double precision DEFAULT 0) RETURNS double precision
	AS 'MODULE_PATHNAME', 'option_implied_forward' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 3;
COMMENT ON FUNCTION implied_forward(double precision, double precision, double precision, double precision, double precision) IS
	'the forward price that a call and a put of one strike imply by parity: strike + (call_price - put_price) * exp(rate * years)';

CREATE FUNCTION parity_gap(
	call_price double precision, put_price double precision, spot double precision,
	strike double precision, years double precision, rate double precision DEFAULT 0,
	yield double precision DEFAULT 0) RETURNS double precision
	AS 'MODULE_PATHNAME', 'option_parity_gap' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 8;
COMMENT ON FUNCTION parity_gap(double precision, double precision, double precision, double precision, double precision, double precision, double precision) IS
	'by how much a call and a put of one strike break put-call parity: call_price - put_price - (spot * exp(-yield * years) - strike * exp(-rate * years)); above 0 the call is dear';

CREATE FUNCTION covered_call(
	spot double precision, strike double precision, premium double precision,
	years double precision, collateral_apr double precision DEFAULT 0,
	OUT premium_apr double precision, OUT premium_apy double precision,
	OUT called_apr double precision, OUT break_even double precision,
	OUT downside_protection double precision)
	AS 'MODULE_PATHNAME', 'option_covered_call' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 25;
COMMENT ON FUNCTION covered_call(double precision, double precision, double precision, double precision, double precision) IS
	'what a holder earns who writes a call on what is held: rates a year with and without compounding, the rate if it is called, and where losses begin';

CREATE FUNCTION cash_secured_put(
	spot double precision, strike double precision, premium double precision,
	years double precision, collateral_apr double precision DEFAULT 0,
	OUT premium_apr double precision, OUT premium_apy double precision,
	OUT break_even double precision, OUT discount double precision)
	AS 'MODULE_PATHNAME', 'option_cash_secured_put' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 25;
COMMENT ON FUNCTION cash_secured_put(double precision, double precision, double precision, double precision, double precision) IS
	'what a writer of a put earns on the cash that secures it: rates a year with and without compounding, the price at which the asset is bought in effect, and by how much that is below the spot';

CREATE FUNCTION collar(
	spot double precision, put_strike double precision, put_premium double precision,
	call_strike double precision, call_premium double precision, OUT net_cost double precision,
	OUT max_loss double precision, OUT max_gain double precision, OUT break_even double precision)
	AS 'MODULE_PATHNAME', 'option_collar' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 15;
COMMENT ON FUNCTION collar(double precision, double precision, double precision, double precision, double precision) IS
	'bounds of a holding with a put bought and a call written, for each unit held: what the options cost, the most that can be lost and gained, and the price where neither is';
