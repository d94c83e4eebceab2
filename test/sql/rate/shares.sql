-- shares, assets and exact exchange rates: behaviour, errors and edges
SET timezone = 'UTC'; SET datestyle = 'ISO';

-- the three roundings; virtual amounts by name
SELECT shares_to_assets(5, 10, 3), shares_to_assets(5, 10, 3, 'ceil'), shares_to_assets(5, 10, 3, 'half_up');
SELECT assets_to_shares(5, 10, 3), assets_to_shares(5, 10, 3, 'ceil'), assets_to_shares(5, 10, 3, 'half_up');
SELECT shares_to_assets(1000000, 0, 0, virtual_assets => 1, virtual_shares => 1000000),
	assets_to_shares(1, 0, 0, virtual_assets => 1, virtual_shares => 1000000);

-- no shares: one to one, whatever the assets; shares without assets are worth nothing
SELECT shares_to_assets(7, 0, 0), shares_to_assets(7, 100, 0), shares_to_assets(7, 100, 0, virtual_assets => 1);
SELECT assets_to_shares(7, 0, 0), assets_to_shares(7, 100, 0), assets_to_shares(7, 0, 0, 'ceil');
SELECT shares_to_assets(7, 0, 100), shares_to_assets(7, 0, 100, 'ceil');
SELECT assets_to_shares(7, 0, 100);

-- NULL in any argument
SELECT shares_to_assets(NULL, 1, 1), assets_to_shares(1, NULL, 1), shares_to_assets(1, 1, NULL),
	shares_to_assets(1, 1, 1, NULL), assets_to_shares(1, 1, 1, 'floor', NULL, 0);

-- what is no chain integer, and what does not fit
SELECT shares_to_assets(-1, 1, 1);
SELECT shares_to_assets(1, 1.5, 1);
SELECT assets_to_shares(1, 1, 'NaN');
SELECT assets_to_shares('Infinity', 1, 1);
SELECT shares_to_assets(1, 1, 1, virtual_assets => -1);
SELECT shares_to_assets(1, 1, 1, virtual_shares => 0.1);
SELECT shares_to_assets(115792089237316195423570985008687907853269984665640564039457584007913129639936, 1, 1);
SELECT shares_to_assets(2::numeric ^ 255, 2, 1);
SELECT shares_to_assets(2::numeric ^ 255, 2::numeric ^ 255, 2::numeric ^ 255) = 2::numeric ^ 255;
SELECT shares_to_assets(1, 2::numeric ^ 256 - 1, 1, virtual_assets => 1);
SELECT shares_to_assets(1, 1, 1, 'down');
SELECT shares_to_assets(1, 1, 1, '');

-- exchange_rate
SELECT exchange_rate(1065401720260635856693585, 1054068892374051626531219), exchange_rate(18, 14, 1e27);
SELECT exchange_rate(0, 0), exchange_rate(5, 0, 1e27), exchange_rate(0, 5);
SELECT exchange_rate(1, 2, -1);
SELECT exchange_rate(2::numeric ^ 200, 1);

-- rate_chain: none, one, several; NULL; the order matters
SELECT rate_chain(VARIADIC '{}'), rate_chain(1234567890123456789), rate_chain(1.5e18, 2e18, 333333333333333333);
SELECT rate_chain(2, 999999999999999999, 2e18), rate_chain(2e18, 999999999999999999, 2);
SELECT rate_chain(1e18, NULL, 1e18), rate_chain(NULL), rate_chain(VARIADIC NULL::numeric[]);
SELECT rate_chain(0, 5e18), rate_chain(2::numeric ^ 255, 1e18) = 2::numeric ^ 255;
SELECT rate_chain(1e18, 1.5);
SELECT rate_chain(1e18, -1);
SELECT rate_chain(2::numeric ^ 255, 2e18);
SELECT rate_chain(VARIADIC ARRAY[[1e18], [1e18]]);
-- rates of another scale
SELECT rate_chain(1040000, 1030000);
SELECT rate_chain(1, 999999999999999999);
SELECT rate_chain_scaled('{1040000,1030000}', 1e6), rate_chain_scaled('{}', 1e6), rate_chain_scaled('{1040000,NULL}', 1e6),
	rate_chain_scaled('{0,1030000}', 1e6), rate_chain_scaled('{1.5e27,2e27}', 1e27), rate_chain_scaled('{3}', 1);
SELECT rate_chain_scaled('{1,1}', 1e6);
SELECT rate_chain_scaled('{1040000}', 0);
SELECT rate_chain_scaled('{1040000}', 0.5);

-- rate_invert
SELECT rate_invert(1.25e18), rate_invert(3, 10), rate_invert(3, 10, 'ceil'), rate_invert(3, 10, 'half_up');
SELECT rate_invert(0);
SELECT rate_invert(1, 1e50);
SELECT rate_invert(1, 1, 'nearest');

-- rebase_amount has a sign
SELECT rebase_amount(500, 1000, 1000, 1100, 1001), rebase_amount(500, 1100, 1001, 1000, 1000), rebase_amount(500, 1, 1, 2, 2);
SELECT rebase_amount(2::numeric ^ 255, 1, 1, 0, 1) = -(2::numeric ^ 255);
SELECT rebase_amount(5, 1, -1, 1, 1);

-- baskets
SELECT basket_value('{1000000000000000001,2999999999999999999}', '{1100000000000000009,1050000000000000007}') AS once,
	basket_value('{1000000000000000001,2999999999999999999}', '{1100000000000000009,1050000000000000007}', floor_each => true) AS each;
SELECT basket_rate('{10,20}', '{1000000000000000000,2000000000000000000}', 40), basket_rate('{10}', '{5}', 0),
	basket_rate('{}', '{}', 5), basket_value('{}', '{}'), basket_rate('{3}', '{500000000000000000}', 1, true);
SELECT basket_rate('{10,NULL}', '{1,1}', 1), basket_value('{10}', '{NULL}'), basket_rate(NULL, '{1}', 1);
SELECT basket_value('{1,2}', '{1}');
SELECT basket_value('{{1,2}}', '{{1,2}}');
SELECT basket_value('{1,-2}', '{1,1}');
SELECT basket_rate('{1}', '{0.5}', 1);
SELECT basket_value(ARRAY[2::numeric ^ 255], ARRAY[2e18]);
SELECT basket_value(ARRAY[2::numeric ^ 255, 2::numeric ^ 255], '{1000000000000000000,1000000000000000000}', true);
SELECT basket_rate(ARRAY[2::numeric ^ 200], '{1000000000000000000}', 1);

-- ERC-4626: the previews of OpenZeppelin's vault with 5 % fees
SELECT erc4626_preview_deposit(10500, 1e6, 1e6, entry_fee_bps => 500), erc4626_preview_mint(10000, 1e6, 1e6, entry_fee_bps => 500),
	erc4626_preview_withdraw(10000, 1e6, 1e6, exit_fee_bps => 500), erc4626_preview_redeem(10500, 1e6, 1e6, exit_fee_bps => 500);
-- the same without shares; with an offset; solmate's; Puffer's exit
SELECT erc4626_preview_deposit(100, 0, 0), erc4626_preview_deposit(100, 0, 0, 6), erc4626_preview_deposit(100, 0, 0, variant => 'solmate');
SELECT erc4626_preview_mint(2000, 11000, 7333), erc4626_preview_mint(2000, 11000, 7333, variant => 'solmate');
SELECT erc4626_preview_withdraw(10000, 1e6, 1e6, 0, 100), erc4626_preview_withdraw(10000, 1e6, 1e6, 0, 100, 'puffer'),
	erc4626_preview_redeem(10000, 1e6, 1e6, 0, 100), erc4626_preview_redeem(10000, 1e6, 1e6, 0, 100, 'puffer');
SELECT erc4626_preview_deposit(10, 5, 5, NULL), erc4626_preview_redeem(10, 5, 5, 0, 0, NULL);
SELECT erc4626_preview_deposit(10, 5, 5, -1);
SELECT erc4626_preview_deposit(10, 5, 5, 78);
SELECT erc4626_preview_deposit(10, 5, 5, 3, variant => 'solmate');
SELECT erc4626_preview_mint(10, 5, 5, entry_fee_bps => 10001);
SELECT erc4626_preview_mint(10, 5, 5, entry_fee_bps => 2.5);
SELECT erc4626_preview_redeem(10, 5, 5, variant => 'vyper');
SELECT erc4626_preview_deposit(-10, 5, 5);
SELECT erc4626_preview_deposit(10, 0, 5, variant => 'solmate');
SELECT erc4626_preview_withdraw(10, 5, 5, 0, 10000, 'puffer');
SELECT erc4626_preview_mint(2::numeric ^ 255, 5, 1);

-- drip_total_assets: before, within and after the cycle, and a cycle without length
SELECT at, drip_total_assets(1000, 100, '2024-01-01', '2024-01-08', at)
FROM unnest('{2024-01-01,2024-01-01 00:00:01,2024-01-04 12:00,2024-01-07 23:59:59.999999,2024-01-08,2025-01-01}'::timestamptz[]) at;
SELECT drip_total_assets(1000, 100, '2024-01-01', '2024-01-01', '2024-01-01'), drip_total_assets(1, 1, NULL, '2024-01-01', '2024-01-01');
SELECT drip_total_assets(1000, 100, '2024-01-02', '2024-01-08', '2024-01-01');
SELECT drip_total_assets(1000, 100, '2024-01-01', 'infinity', '2024-01-02');
SELECT drip_total_assets(1000, 100, '-infinity', '2024-01-08', '2024-01-02');
SELECT drip_total_assets(1000, -100, '2024-01-01', '2024-01-08', '2024-01-02');

-- Lido
SELECT lido_pooled_eth_by_shares(1e18, 9214558073511239726258077, 8015162922459393384526309) AS floored,
	lido_pooled_eth_by_shares(1e18, 9214558073511239726258077, 8015162922459393384526309, rounding => 'ceil') AS ceiled;
SELECT lido_pooled_eth_by_shares(7, 30, 30, 10), lido_shares_by_pooled_eth(7, 30, 30, 10), lido_shares_by_pooled_eth(7, 30, 30, 10, 'ceil'),
	lido_external_ether(10, 31, 30);
SELECT lido_pooled_eth_by_shares(7, 30, 30, 31);
SELECT lido_pooled_eth_by_shares(7, 30, 30, 30);
SELECT lido_shares_by_pooled_eth(7, 0, 30, 10);
SELECT lido_external_ether(31, 5, 30);
SELECT lido_fee_shares(9, 1e19, 9000, 1000), lido_fee_shares(9, 1e19, 9000, 1000, version => 'v2'), lido_fee_shares(1000, 1000, 9000, 11000, 10000);
SELECT lido_fee_shares(9, 11, 9, 9, 10);
SELECT lido_fee_shares(9, 5, 9, 4, 10);
SELECT lido_fee_shares(9, 5, 9, 4, 0);
SELECT lido_fee_shares(9, 5, 9, 3, 10);
SELECT lido_fee_shares(9, 5, 9, 9, 10, 'v4');
SELECT lido_withdrawal_payout(100, 110, 1e27), lido_withdrawal_payout(100, 90, 1e27),
	lido_withdrawal_payout(1, 3, 333333333333333333333333333);
SELECT lido_withdrawal_payout(1, 0, 1e27);

-- ether.fi: zero where there is nothing to divide by
SELECT etherfi_amount_for_share(1e18, 5, 0), etherfi_shares_for_amount(5, 0, 7), etherfi_shares_for_withdrawal(5, 0, 7),
	etherfi_amount_for_share(5, 7, 6), etherfi_shares_for_amount(5, 7, 6), etherfi_shares_for_withdrawal(5, 7, 6);
SELECT etherfi_amount_for_share(1e18, 5, -1);

-- Kelp
SELECT * FROM kelp_reprice(1100, 1000, 1e18, 1000);
SELECT * FROM kelp_reprice_e36(1100e18, 1000, 1e18, 1000);
SELECT * FROM kelp_reprice(900, 1000, 1e18, 1000);
SELECT * FROM kelp_reprice(900, 0, 7, 1000);
SELECT kelp_reprice(NULL, 0, 7, 1000), (kelp_reprice(x, 1000, 1e18, 1000)).* FROM generate_series(1000, 1200, 100) x;
SELECT kelp_reprice(900, 1000, 1e18, 10001);
SELECT kelp_reprice_e36(900, 1000, 1e18, 10001);
SELECT kelp_reprice(9, 9, 0, 10000);
SELECT kelp_withdrawal_payout(105, 100, 11, 10), kelp_withdrawal_payout(115, 100, 11, 10);
SELECT kelp_withdrawal_payout(115, 100, 11, 0);

-- Swell, Mantle, Puffer, Mellow
SELECT * FROM swell_reprice(1000e18, 100e18, 1000e18, 0.1e18);
SELECT swell_reprice(1000, 100, 0, 0);
SELECT swell_reprice(1000, 100, 1000, 1e18 + 1);
SELECT mantle_eth_to_meth(100, 2000, 1000), mantle_eth_to_meth(100, 2000, 1000, 100), mantle_eth_to_meth(12345, 7, 0, 100);
SELECT mantle_eth_to_meth(100, 2000, 1000, 10001);
SELECT mantle_eth_to_meth(100, 0, 1000, 1);
SELECT mantle_eth_to_meth(100, 2000, 2::numeric ^ 250, 1);
SELECT puffer_withdrawal_payout(100, 1.05e18, 1e18), puffer_withdrawal_payout(99, 1.05e18, 2e18);
SELECT mellow_deposit_shares(1000, 0.95e18), mellow_redeem_assets(950, 0.95e18);
SELECT mellow_redeem_assets(950, 0);

-- EigenLayer
SELECT eigen_shares_to_underlying(100, 2000, 1000), eigen_underlying_to_shares(150, 2000, 1000), eigen_underlying_to_shares(150, 0, 0);
SELECT eigen_withdrawable(64e18, 2.5e18, 0.25e18), eigen_withdrawable(32e18, 1e18, 0.25e18, 0.5e18), eigen_withdrawable(32e18, 0, 0.5e18),
	eigen_withdrawable(32e18, 1e18, 0);
SELECT eigen_dsf_update(32e18, 32e18, 1e18, 0.25e18), eigen_dsf_update(0, 32e18, 0, 0.5e18);
SELECT eigen_dsf_update(0, 32e18, 0, 0);
SELECT eigen_dsf_update(88473462164874262073614960215016564147561324711177300793783632883757183205541, 1, 296, 421629048630186767, 572244223262412);
SELECT eigen_slashed_shares(10, 3, 2), eigen_slashed_shares(10, 3, 3), eigen_slashed_magnitude(3, 0.5e18), eigen_beacon_factor(1e18, 32e18, 16e18);
SELECT eigen_slashed_shares(10, 3, 4);
SELECT eigen_slashed_shares(10, 0, 0);
SELECT eigen_slashed_magnitude(3, 1e18 + 1);
SELECT eigen_beacon_factor(1e18, 3, 4);
SELECT eigen_beacon_factor(1e18, 0, 0);

-- Aave's cap
SELECT capo_max_ratio(1.15e18, '2023-11-14 22:13:20', 968, '2024-11-13 22:13:20') AS a_year,
	capo_max_ratio(1.15e18, '2023-11-14 22:13:20', 968, '2024-11-13 22:13:20', 1) AS unscaled,
	capo_max_ratio(1.15e18, '2023-11-14 22:13:20', 968, '2023-11-14 22:13:20') AS at_once;
SELECT capo_ratio(1.16e18, 1.15e18, '2023-11-14 22:13:20', 968, '2024-11-13 22:13:20'),
	capo_ratio(1.3e18, 1.15e18, '2023-11-14 22:13:20', 968, '2024-11-13 22:13:20');
SELECT capo_max_ratio(1.15e18, '2024-01-02', 968, '2024-01-01');
SELECT capo_max_ratio(1.15e18, '2024-01-02', 968, 'infinity');
SELECT capo_ratio(-1, 1.15e18, '2024-01-01', 968, '2024-01-02');
SELECT capo_max_ratio(1.15e18, '2024-01-01', 968, '2024-01-02', 0);
SELECT capo_max_ratio(2::numeric ^ 256 - 1, '2024-01-01', 968, '2024-01-02');

-- values from tables, short and compressed
CREATE TEMP TABLE pool (assets numeric, shares numeric, rates numeric[]);
INSERT INTO pool SELECT 33508042610404687500, 33496974558165526597, array_agg(1e18 + i) FROM generate_series(1, 3000) i;
SELECT exchange_rate(assets, shares), rate_chain(VARIADIC rates), basket_value(rates, rates) FROM pool;
