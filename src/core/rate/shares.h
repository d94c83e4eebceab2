/*-------------------------------------------------------------------------
 *
 * core/rate/shares.h
 *	  Shares of a pool and what they are worth, to the last wei, as the
 *	  contracts compute it.
 *
 * Everything is an unsigned word: amounts in the token's smallest unit, rates
 * in fixed point with 18 decimals unless said otherwise, fees in basis points.
 * Times are microseconds, which gives the contract's result wherever the
 * moments are whole seconds, as those of blocks are.
 *
 * How functions fail: CORE_DIVISION_BY_ZERO where the contract would divide by
 * zero, CORE_OUT_OF_RANGE where the result or an amount on the way to it is
 * 2^256 or more, CORE_BAD_PARAMETER where arguments contradict each other
 * (said at each function).  A failed function leaves *out alone.  Products have
 * 512 bits, so that some calls succeed at which an older contract reverts.
 *
 *-------------------------------------------------------------------------
 */
#ifndef PG_YIELD_CORE_RATE_SHARES_H
#define PG_YIELD_CORE_RATE_SHARES_H

#include "core/chain/u256.h"

/*
 * A pool.  The virtual amounts are added to the real ones in every conversion
 * and belong to nobody: OpenZeppelin's ERC4626 has 1 and 10^offset, EigenLayer's
 * StrategyBase 1000 and 1000, most protocols none.
 */
typedef struct share_pool
{
	u256		assets;
	u256		shares;
	u256		virtual_assets;
	u256		virtual_shares;
} share_pool;

/*
 * assets = shares * (A + VA) / (S + VS), and the other way.  With neither shares
 * nor virtual shares one is worth one, as in solmate's ERC4626, RocketTokenRETH
 * and Mantle's Staking.  No assets but shares: the shares are worth nothing, and
 * assets_to_shares divides by zero, as those contracts do.
 */
extern core_status shares_to_assets(u256 shares, const share_pool *pool,
									u256_rounding rounding, u256 *out);
extern core_status assets_to_shares(u256 assets, const share_pool *pool,
									u256_rounding rounding, u256 *out);

/* What "scale" shares are worth, floored; one share one asset where there are none */
extern core_status exchange_rate(u256 total_assets, u256 total_shares, u256 scale, u256 *out);

/*
 * r0 * r1 * ... of rates with unit "scale", floored at every hop; of none, one.
 * CORE_BAD_PARAMETER where that is zero and no rate is: then a rate is of
 * another unit, or far too small for this one.  A scale of zero is a division
 * by zero.
 */
extern core_status rate_chain(const u256 *rates, size_t n, u256 scale, u256 *out);

/* scale^2 / rate: a rate as shares per asset from one as assets per share, and back */
extern core_status rate_invert(u256 rate, u256 scale, u256_rounding rounding, u256 *out);

/* What the n balances are worth at prices with 18 decimals, together */
extern core_status basket_value(const u256 *balances, const u256 *prices, size_t n,
								bool floor_each, u256 *out);

/*
 * The rate of a share in a basket, with 18 decimals: sum(balance * price) / supply.
 * floor_each floors the value of each balance first, as Renzo's RestakeManager
 * does; without it only the quotient is floored, as in Kelp's LRTOracle of early
 * 2025.  One where the supply is zero, as in Kelp's.
 */
extern core_status basket_rate(const u256 *balances, const u256 *prices, size_t n,
							   u256 supply, bool floor_each, u256 *out);

/*
 * The balance that a report added to a holder of shares, negative in a slashing:
 * floored worth after, minus floored worth before.
 */
extern core_status rebase_amount(u256 shares, const share_pool *before, const share_pool *after,
								 bool *negative, u256 *magnitude);

/* ---------- ERC-4626 ---------- */

typedef enum erc4626_variant
{
	ERC4626_OPENZEPPELIN,		/* ERC4626.sol, fees as in ERC4626Fees.sol of its mocks */
	ERC4626_SOLMATE,			/* the same without virtual amounts */
	ERC4626_PUFFER				/* OpenZeppelin's with the exit fee of PufferVaultV5.sol */
} erc4626_variant;

typedef struct erc4626_vault
{
	erc4626_variant variant;
	u256		total_assets;
	u256		total_shares;
	unsigned	decimals_offset;	/* up to U256_MAX_POW10; not for solmate's */
	u256		fee_bps;			/* entry fee of deposit and mint, exit fee of the others */
} erc4626_vault;

/*
 * The previews: shares for assets paid in, assets to pay for shares, shares to
 * burn for assets paid out, assets paid out for shares.  The fee is in assets,
 * rounded up, and stays out of the conversion.  CORE_BAD_PARAMETER for a fee
 * above 10000 and for an offset that the variant does not have.
 */
extern core_status erc4626_preview_deposit(u256 assets, const erc4626_vault *vault, u256 *out);
extern core_status erc4626_preview_mint(u256 shares, const erc4626_vault *vault, u256 *out);
extern core_status erc4626_preview_withdraw(u256 assets, const erc4626_vault *vault, u256 *out);
extern core_status erc4626_preview_redeem(u256 shares, const erc4626_vault *vault, u256 *out);

/*
 * Assets of a vault whose last reward drips in linearly: all of it from the end
 * of the cycle on.  elapsed and cycle count from the last sync.  xERC4626.sol,
 * which sfrxETH is.
 */
extern core_status drip_total_assets(u256 stored, u256 reward, uint64_t elapsed, int64_t cycle,
									 u256 *out);

/* ---------- Lido ---------- */

/*
 * StETH.sol since V3: shares that vaults outside back are left out of the rate,
 * which is internal ether over internal shares.  Before V3 there are none, and
 * internal ether is all pooled ether.  CORE_BAD_PARAMETER where external_shares
 * is above total_shares, CORE_DIVISION_BY_ZERO where they are equal.
 */
extern core_status lido_pooled_eth_by_shares(u256 shares, u256 internal_ether, u256 total_shares,
											 u256 external_shares, u256_rounding rounding,
											 u256 *out);
extern core_status lido_shares_by_pooled_eth(u256 ether, u256 internal_ether, u256 total_shares,
											 u256 external_shares, u256_rounding rounding,
											 u256 *out);

/* The ether behind the external shares, floored, which totalSupply() includes */
extern core_status lido_external_ether(u256 external_shares, u256 internal_ether,
									   u256 total_shares, u256 *out);

typedef enum lido_version
{
	LIDO_V2,					/* Lido.sol: one division */
	LIDO_V3						/* Accounting.sol: the fee is floored in ether first */
} lido_version;

/*
 * Shares minted as the fee of a report, total_fee / precision of the rewards.
 * shares_before: without the fee's own; post_ether: with the rewards, without
 * what withdrawals took.  CORE_BAD_PARAMETER where the fee is above the rewards
 * or above post_ether.
 */
extern core_status lido_fee_shares(u256 rewards, u256 total_fee, u256 shares_before,
								   u256 post_ether, u256 precision, lido_version version,
								   u256 *out);

/*
 * What a withdrawal request is paid.  WithdrawalQueueBase.sol compares rates, not
 * amounts: the nominal amount unless its own floored 27-decimal rate is above the
 * rate of the finalization, and shares at that rate if it is.
 */
extern core_status lido_withdrawal_payout(u256 amount, u256 shares, u256 max_share_rate,
										  u256 *out);

/* ---------- other protocols ---------- */

/* ether.fi's LiquidityPool.sol: where there is nothing to divide by, zero */
extern core_status etherfi_amount_for_share(u256 shares, u256 pooled_ether, u256 total_shares,
											u256 *out);
extern core_status etherfi_shares_for_amount(u256 amount, u256 pooled_ether, u256 total_shares,
											 u256 *out);
extern core_status etherfi_shares_for_withdrawal(u256 amount, u256 pooled_ether,
												 u256 total_shares, u256 *out);

/*
 * An update of Kelp's rsETH price (LRTOracle.sol) and the rsETH minted as fee.
 * kelp_reprice: total_eth with 18 decimals, the fee is taken of its growth over
 * supply at the old price.  kelp_reprice_e36, of early 2025: total_value with 36
 * decimals, the fee is taken of the growth of the floored price.  No supply: the
 * price is one.  CORE_BAD_PARAMETER for a fee above 10000.
 */
extern core_status kelp_reprice(u256 total_eth, u256 supply, u256 old_price, u256 fee_bps,
								u256 *price, u256 *fee_shares);
extern core_status kelp_reprice_e36(u256 total_value, u256 supply, u256 old_price, u256 fee_bps,
									u256 *price, u256 *fee_shares);

/* The lesser of what was expected and shares at the present prices (LRTWithdrawalManager.sol) */
extern core_status kelp_withdrawal_payout(u256 expected, u256 shares, u256 share_price,
										  u256 asset_price, u256 *out);

/*
 * Swell's reprice (swETH.sol, RswETH.sol): the rate after rewards, and the shares
 * minted as fee.  fee_wad has 18 decimals; above one: CORE_BAD_PARAMETER.
 */
extern core_status swell_reprice(u256 reserves, u256 rewards, u256 supply, u256 fee_wad,
								 u256 *rate, u256 *fee_shares);

/*
 * Mantle's Staking.sol: mETH for ether, less the adjustment that newcomers pay
 * to the pool.  CORE_BAD_PARAMETER for one above 10000.
 */
extern core_status mantle_eth_to_meth(u256 eth, u256 total_controlled, u256 supply,
									  u256 adjustment_bps, u256 *out);

/* Puffer's PufferWithdrawalManager.sol: at the lesser of the rates at request and at finalization */
extern core_status puffer_withdrawal_payout(u256 shares, u256 request_rate, u256 batch_rate,
											u256 *out);

/* Mellow's flexible-vaults quote shares per asset, with 18 decimals */
extern core_status mellow_deposit_shares(u256 assets, u256 price, u256 *out);
extern core_status mellow_redeem_assets(u256 shares, u256 price, u256 *out);

/* ---------- EigenLayer ---------- */

/* A strategy's balance and shares, with the 1000 virtual ones of StrategyBase.sol */
extern share_pool eigen_strategy(u256 balance, u256 total_shares);

/*
 * SlashingLib.sol.  Factors and magnitudes have 18 decimals; a deposit scaling
 * factor of zero is that of a staker who has none yet, one.  For strategies other
 * than the beacon chain's the beacon slashing factor is one.
 */
extern core_status eigen_withdrawable(u256 deposit_shares, u256 scaling_factor,
									  u256 max_magnitude, u256 beacon_factor, u256 *out);

/*
 * The scaling factor after a deposit that added shares; CORE_BAD_PARAMETER where
 * it would be zero, at which the contract reverts
 */
extern core_status eigen_dsf_update(u256 deposit_shares, u256 added_shares, u256 scaling_factor,
									u256 max_magnitude, u256 beacon_factor, u256 *out);

/* An operator's shares lost; CORE_BAD_PARAMETER where the magnitude grew */
extern core_status eigen_slashed_shares(u256 operator_shares, u256 old_magnitude,
										u256 new_magnitude, u256 *out);

/* Magnitude lost to a slashing of that portion, rounded up; above one: CORE_BAD_PARAMETER */
extern core_status eigen_slashed_magnitude(u256 magnitude, u256 portion, u256 *out);

/* The beacon slashing factor after a balance fell; CORE_BAD_PARAMETER where it grew */
extern core_status eigen_beacon_factor(u256 beacon_factor, u256 old_balance, u256 new_balance,
									   u256 *out);

/* ---------- Aave's correlated-asset price oracle ---------- */

/*
 * The greatest ratio that PriceCapAdapterBase.sol lets through: growth_bps a year
 * of 365 days from the snapshot on, floored to a growth per second that is kept
 * with the factor "scaling" (1e6; the first adapters had none, that is 1).
 */
extern core_status capo_max_ratio(u256 snapshot_ratio, u256 growth_bps, u256 scaling,
								  uint64_t elapsed, u256 *out);

#endif							/* PG_YIELD_CORE_RATE_SHARES_H */
