-- domain liquidity: Curve's pools of unpegged coins, twocrypto-ng and tricrypto-ng

CREATE FUNCTION cryptoswap_d(xp numeric[], amp numeric, gamma numeric, version text DEFAULT 'v2.0') RETURNS numeric
	AS 'MODULE_PATHNAME', 'pool_cryptoswap_d' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000;
COMMENT ON FUNCTION cryptoswap_d(numeric[], numeric, numeric, text) IS
	'invariant D of a twocrypto-ng or tricrypto-ng pool with 18 decimals in units of coin 0, from balances xp in those units; amp is A() of the pool; newton_D of 2.0.0 (v2.0) or of twocrypto-ng 2.1.0 (v2.1)';

CREATE FUNCTION cryptoswap_y(
	j bigint, xp numeric[], d numeric, amp numeric, gamma numeric, version text DEFAULT 'v2.0') RETURNS numeric
	AS 'MODULE_PATHNAME', 'pool_cryptoswap_y' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000;
COMMENT ON FUNCTION cryptoswap_y(bigint, numeric[], numeric, numeric, numeric, text) IS
	'xp[j] of a twocrypto-ng or tricrypto-ng pool that goes with the others at invariant d, all with 18 decimals, its own value not being read; get_y, to the last wei; coins are counted from 0';

-- not strict: precisions may be NULL
CREATE FUNCTION cryptoswap_dy(
	i bigint, j bigint, dx numeric, balances numeric[], price_scale numeric[], d numeric, amp numeric, gamma numeric,
	mid_fee numeric, out_fee numeric, fee_gamma numeric, precisions numeric[] DEFAULT NULL, version text DEFAULT 'v2.0') RETURNS numeric
	AS 'MODULE_PATHNAME', 'pool_cryptoswap_dy' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1500;
COMMENT ON FUNCTION cryptoswap_dy(bigint, bigint, numeric, numeric[], numeric[], numeric, numeric, numeric, numeric, numeric, numeric, numeric[], text) IS
	'what dx of coin i buys of coin j in a twocrypto-ng or tricrypto-ng pool, both in the tokens'' smallest units, after the fee (in 1e-10), to the last wei as get_dy; d is the pool''s own D(), precisions 10^(18 - decimals)';

CREATE FUNCTION cryptoswap_fee(
	xp numeric[], mid_fee numeric, out_fee numeric, fee_gamma numeric, version text DEFAULT 'v2.0') RETURNS numeric
	AS 'MODULE_PATHNAME', 'pool_cryptoswap_fee' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;
COMMENT ON FUNCTION cryptoswap_fee(numeric[], numeric, numeric, numeric, text) IS
	'fee of a twocrypto-ng or tricrypto-ng pool in 1e-10 at balances xp: from mid_fee in balance to out_fee far from it; the curve between differs in twocrypto-ng 2.1.0 (v2.1)';

CREATE FUNCTION cryptoswap_spot_price(
	j bigint, xp numeric[], d numeric, amp numeric, gamma numeric, price_scale numeric DEFAULT 1000000000000000000) RETURNS numeric
	AS 'MODULE_PATHNAME', 'pool_cryptoswap_spot_price' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 200;
COMMENT ON FUNCTION cryptoswap_spot_price(bigint, numeric[], numeric, numeric, numeric, numeric) IS
	'price of coin j (1 or 2) in coin 0 with 18 decimals in a twocrypto-ng or tricrypto-ng pool before the fee: the slope get_p times coin j''s price_scale, which a pool keeps as last_prices';

CREATE FUNCTION cryptoswap_virtual_price(
	d numeric, price_scale numeric[], supply numeric, version text DEFAULT 'v2.0') RETURNS numeric
	AS 'MODULE_PATHNAME', 'pool_cryptoswap_virtual_price' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 150;
COMMENT ON FUNCTION cryptoswap_virtual_price(numeric, numeric[], numeric, text) IS
	'get_virtual_price of a twocrypto-ng or tricrypto-ng pool with 18 decimals: geometric mean of the balances in balance, per share; no price';

CREATE FUNCTION cryptoswap_lp_price(virtual_price numeric, price_oracle numeric[]) RETURNS numeric
	AS 'MODULE_PATHNAME', 'pool_cryptoswap_lp_price' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 150;
COMMENT ON FUNCTION cryptoswap_lp_price(numeric, numeric[]) IS
	'lp_price of a twocrypto-ng or tricrypto-ng pool: price of a share in coin 0 with 18 decimals, from its virtual price and the oracle''s prices of the other coins';
