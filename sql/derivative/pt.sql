-- domain derivative: principal and yield tokens

--@for START FINISH = timestamp with time zone, timestamp with time zone
--@	| timestamp without time zone, timestamp without time zone
--@	| timestamp without time zone, timestamp with time zone
--@	| timestamp with time zone, timestamp without time zone
CREATE FUNCTION year_fraction(t0 @START@, t1 @FINISH@, year_days double precision DEFAULT 365) RETURNS double precision
	AS 'MODULE_PATHNAME', 'derivative_year_fraction' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 4;
COMMENT ON FUNCTION year_fraction(@START@, @FINISH@, double precision) IS
	'exact time from t0 to t1 in years of year_days days, negative where t1 is earlier; times without zone are UTC';

--@end
CREATE FUNCTION pt_price(implied_apy double precision, years double precision) RETURNS double precision
	AS 'MODULE_PATHNAME', 'derivative_pt_price' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 2;
COMMENT ON FUNCTION pt_price(double precision, double precision) IS
	'price of a principal token in units of its asset, (1 + implied_apy)^-years; 1 once it has matured';

CREATE FUNCTION pt_implied_apy(pt_price double precision, years double precision) RETURNS double precision
	AS 'MODULE_PATHNAME', 'derivative_pt_implied_apy' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 2;
COMMENT ON FUNCTION pt_implied_apy(double precision, double precision) IS
	'compound yield a year at which a principal token trades, price^(-1/years) - 1, price in units of the asset; negative above 1, NULL once it has matured';

CREATE FUNCTION pt_risk(
	pt_price double precision,
	years double precision,
	OUT implied_apy double precision,
	OUT ln_rate double precision,
	OUT macaulay_duration double precision,
	OUT modified_duration double precision,
	OUT convexity double precision,
	OUT dv01 double precision)
	AS 'MODULE_PATHNAME', 'derivative_pt_risk' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 20;
COMMENT ON FUNCTION pt_risk(double precision, double precision) IS
	'a principal token as the zero-coupon bond it is: its compound and continuous yield, durations in years, convexity, and what a yield higher by 0.0001 costs; NULL once it has matured';

CREATE FUNCTION yt_long_apy(
	underlying_apy double precision,
	yt_price double precision,
	years double precision,
	reward_apr double precision DEFAULT 0,
	fee double precision DEFAULT 0.05) RETURNS double precision
	AS 'MODULE_PATHNAME', 'derivative_yt_long_apy' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 4;
COMMENT ON FUNCTION yt_long_apy(double precision, double precision, double precision, double precision, double precision) IS
	'compound return a year of a yield token held to maturity if its asset yields underlying_apy and a simple reward_apr, of which fee is kept; NULL once it has matured and for a price of 0 (Pendle, market APY calculation)';

CREATE FUNCTION yt_break_even_apy(
	yt_price double precision,
	years double precision,
	fee double precision DEFAULT 0.05) RETURNS double precision
	AS 'MODULE_PATHNAME', 'derivative_yt_break_even_apy' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 2;
COMMENT ON FUNCTION yt_break_even_apy(double precision, double precision, double precision) IS
	'compound yield a year of the asset at which a yield token returns its price, (1 + yt_price/(1 - fee))^(1/years) - 1; NULL once it has matured';

CREATE FUNCTION yt_leverage(yt_price double precision) RETURNS double precision
	AS 'MODULE_PATHNAME', 'derivative_yt_leverage' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION yt_leverage(double precision) IS
	'units of the asset whose yield each unit paid for yield tokens earns, 1/yt_price; NULL for a price of 0';
