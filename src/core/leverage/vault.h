/*-------------------------------------------------------------------------
 *
 * core/leverage/vault.h
 *	  Vaults over lending markets and over validators, to the last digit:
 *	  Morpho's Vault V2, MetaMorpho, Lido's stVaults.
 *
 * All are chain integers.  Every function fails with CORE_OUT_OF_RANGE where a
 * result, or an amount on the way to it, is 2^256 or more or below zero, with
 * CORE_DIVISION_BY_ZERO where the contract divides by zero, and for the reasons
 * named at it; then *out is left alone.
 *
 *-------------------------------------------------------------------------
 */
#ifndef PG_YIELD_CORE_LEVERAGE_VAULT_H
#define PG_YIELD_CORE_LEVERAGE_VAULT_H

#include "core/chain/u256.h"

/* ---------- Morpho Vault V2 ---------- */

typedef struct morpho_vault
{
	u256		total_assets;	/* as stored: what shares are priced by */
	u256		total_supply;
	u256		real_assets;	/* what its adapters and its own balance hold */
	u256		elapsed;		/* seconds since the last update */
	u256		max_rate;		/* wad per second: the fastest that total_assets grows */
	u256		performance_fee;	/* wad, of interest */
	u256		management_fee; /* wad per second, of assets */
	u256		virtual_shares; /* 10^(18 - decimals of the asset) */
} morpho_vault;

typedef struct morpho_vault_accrual
{
	u256		total_assets;
	u256		performance_shares; /* minted to the recipients of the fees */
	u256		management_shares;
	u256		total_supply;
	u256		interest;
} morpho_vault_accrual;

/*
 * VaultV2.accrueInterestView (morpho-org/vault-v2); limits on the fees and the
 * rate are not checked.  CORE_BAD_PARAMETER where the fees are above the assets.
 */
extern core_status morpho_vault_accrue(const morpho_vault *vault, morpho_vault_accrual *out);

/* ---------- MetaMorpho ---------- */

typedef enum metamorpho_version
{
	METAMORPHO_V1_1,			/* a loss is kept as lost assets, the price does not fall */
	METAMORPHO_V1				/* a loss lowers the price */
} metamorpho_version;

typedef struct metamorpho_vault
{
	u256		real_assets;	/* what its markets owe it now */
	u256		last_total_assets;
	u256		lost_assets;	/* not read in v1 */
	u256		total_supply;
	u256		fee;			/* wad, of interest */
	unsigned	decimals_offset;	/* 18 - decimals of the asset; to U256_MAX_POW10 */
} metamorpho_vault;

typedef struct metamorpho_accrual
{
	u256		total_assets;
	u256		lost_assets;
	u256		interest;
	u256		fee_shares;
	u256		total_supply;
} metamorpho_accrual;

/*
 * MetaMorpho._accruedFeeShares, MetaMorphoV1_1._accruedFeeAndAssets.
 * CORE_BAD_PARAMETER where the lost assets are above the last total in v1.1, or
 * the fee above the assets.
 */
extern core_status metamorpho_accrue(const metamorpho_vault *vault, metamorpho_version version,
									 metamorpho_accrual *out);

/* ---------- Lido's stVaults ---------- */

typedef struct lido_vault
{
	u256		total_value;	/* wei, as all that is no number of shares */
	u256		liability_shares;	/* stETH minted against the vault */
	u256		max_liability_shares;	/* the most of it since the oracle's last report */
	u256		minimal_reserve;
	u256		reserve_ratio;	/* basis points, to 10000, as the next */
	u256		forced_rebalance_threshold;
	u256		total_ether;	/* Lido's internal ether and shares: the share rate */
	u256		total_shares;
	u256		unsettled_fees;
	u256		redemption_shares;
	u256		share_limit;
	u256		available_balance;	/* what has no validators; zero where nobody knows */
} lido_vault;

typedef struct lido_vault_state
{
	u256		liability;		/* wei owed for the shares, rounded up */
	u256		locked;
	u256		unlocked;
	u256		capacity_shares;	/* that may be minted in all */
	u256		shortfall_shares;	/* to burn until the vault is healthy */
	u256		obligation_shares;
	u256		obligations;
	u256		bad_debt_shares;
	u256		withdrawable;
	u256		obligations_shortfall;
	bool		healthy;
	bool		is_bad_debt;	/* no rebalancing can mend it: shortfall and obligations are unknown */
} lido_vault_state;

/*
 * VaultHub of lidofinance/core: locked, unlocked, totalMintingCapacityShares,
 * isVaultHealthy, healthShortfallShares, obligations, withdrawableValue.
 * CORE_BAD_PARAMETER where a vault is to be rebalanced that owes less than its
 * reserve ratio lets it: the threshold is above the ratio.
 */
extern core_status lido_vault_of(const lido_vault *vault, lido_vault_state *out);

/*
 * What Lido's oracle charges in wei: value at an APR of apr / 10^apr_decimals
 * over seconds, in a year of year_days days, times a fee in basis points,
 * rounded up (calc_fee_value of lidofinance/lido-oracle).  CORE_BAD_PARAMETER
 * where year_days is not above 0 or no number of days that 2^256 holds.
 */
extern core_status lido_vault_fee(u256 value, u256 apr, unsigned apr_decimals, u256 seconds,
								  u256 fee_bps, double year_days, u256 *out);

/* An ether of total value in a vault that minted mint_ratio of it as stETH: a fraction a year */
typedef struct lido_vault_terms
{
	double		staking_apr;	/* of the vault's validators */
	double		mint_ratio;
	double		steth_apr;		/* that the debt grows by */
	double		operator_fee;	/* of staking_apr */
	double		infra_fee;		/* fractions of core_apr */
	double		liquidity_fee;
	double		core_apr;
} lido_vault_terms;

extern double lido_vault_carry_of(const lido_vault_terms *terms);

#endif							/* PG_YIELD_CORE_LEVERAGE_VAULT_H */
