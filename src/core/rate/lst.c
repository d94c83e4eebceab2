/*-------------------------------------------------------------------------
 *
 * core/rate/lst.c
 *	  Liquid staking and restaking tokens of Ethereum mainnet, and the exchange
 *	  rates that their contracts' event logs set.
 *
 * Event layouts and rounding are those of the contracts' sources, named at
 * each. That the text of topics and addresses is right is checked by
 * test/core/test_lst.c: topics are the hash of their declaration, addresses
 * carry a checksum.
 *
 *-------------------------------------------------------------------------
 */
#include "core/rate/lst.h"

#include <string.h>

#include "core/chain/fixed.h"
#include "core/chain/hex.h"
#include "core/rate/observed.h"

#define COUNT(array)	(sizeof(array) / sizeof((array)[0]))

/* ---------- events ---------- */

/*
 * Lido: lidofinance/core contracts/0.4.24/Lido.sol. TokenRebased has the totals
 * after a report, of all shares. From V3 on those include external shares,
 * whose ether was floored, so that the rate may come out one unit low; the
 * same report then emits InternalShareRateUpdated behind it, which has the two
 * numbers that the contract itself divides.
 */
static const lst_event lido_events[] = {
	{"TokenRebased(uint256 indexed reportTimestamp, uint256 timeElapsed, uint256 preTotalShares, "
		"uint256 preTotalEther, uint256 postTotalShares, uint256 postTotalEther, "
		"uint256 sharesMintedAsFees)",
		"0xff08c3ef606d198e316ef5b822193c489965899eb4e3c248cea1a4626c3eda50",
	2, 6, 4, 3, LST_EMPTY_NULL, LST_EXACT, 0},
	{"InternalShareRateUpdated(uint256 indexed reportTimestamp, uint256 postInternalShares, "
		"uint256 postInternalEther, uint256 sharesMintedAsFees)",
		"0xaf00d86be4cd299db16aa59803992e174fa88b67d81a0c7dd0148f9a75606a8d",
	2, 3, 1, 0, LST_EMPTY_NULL, LST_EXACT, 0}
};

/*
 * Before V2 (May 2023) reports were told by the oracle alone: lidofinance/core
 * contracts/0.4.24/oracle/LidoOracle.sol, later LegacyOracle.sol, which went on
 * emitting the totals of TokenRebased for a while.
 */
static const lst_event lido_oracle_events[] = {
	{"PostTotalShares(uint256 postTotalPooledEther, uint256 preTotalPooledEther, "
		"uint256 timeElapsed, uint256 totalShares)",
		"0xdafd48d1eba2a416b2aca45e9ead3ad18b84e868fa6d2e1a3048bfd37ed10a32",
	1, 4, 0, 3, LST_EMPTY_NULL, LST_EXACT, 0}
};

/*
 * rocket-pool/rocketpool contracts/contract/network/RocketNetworkBalances.sol
 * through its versions; the rule for no supply is that of
 * token/RocketTokenRETH.sol. Whether block is indexed changes the layout but
 * not the topic.
 */
static const lst_event rocket_pool_events[] = {
	{"BalancesUpdated(uint256 indexed block, uint256 slotTimestamp, uint256 totalEth, "
		"uint256 stakingEth, uint256 rethSupply, uint256 blockTimestamp)",
		"0xdd27295717c4fbd48b1840f846e18be6f0b7bd6b55608e697e53b15848cecdf9",
	2, 5, 1, 3, LST_EMPTY_ONE, LST_EXACT, 0},
	{"BalancesUpdated(uint256 block, uint256 slotTimestamp, uint256 totalEth, "
		"uint256 stakingEth, uint256 rethSupply, uint256 time)",
		"0xdd27295717c4fbd48b1840f846e18be6f0b7bd6b55608e697e53b15848cecdf9",
	1, 6, 2, 4, LST_EMPTY_ONE, LST_EXACT, 0},
	{"BalancesUpdated(uint256 block, uint256 totalEth, uint256 stakingEth, uint256 rethSupply, "
		"uint256 time)",
		"0x7bbbb137fdad433d6168b1c75c714c72b8abe8d07460f0c0b433063e7bf1f394",
	1, 5, 1, 3, LST_EMPTY_ONE, LST_EXACT, 0}
};

/* coinbase/wrapped-tokens-os contracts/wrapped-tokens/staking/StakedTokenV1.sol */
static const lst_event staked_token_events[] = {
	{"ExchangeRateUpdated(address indexed oracle, uint256 newExchangeRate)",
		"0x0b4e9390054347e2a16d95fd8376311b0d2deedecba526e9742bcaa40b059f0b",
	2, 1, 0, LST_STORED, LST_EMPTY_NULL, LST_EXACT, 0}
};

/*
 * etherfi-protocol/smart-contracts src/core/LiquidityPool.sol. The shares that pay
 * the protocol's fee are minted after it.
 */
static const lst_event ether_fi_events[] = {
	{"Rebase(uint256 totalEthLocked, uint256 totalEEthShares)",
		"0x11c6bf55864ff83827df712625d7a80e5583eef0264921025e7cd22003a21511",
	1, 2, 0, 1, LST_EMPTY_ZERO, LST_EXACT, 0}
};

/* Kelp-DAO/LRT-rsETH contracts/LRTOracle.sol; its first form had the new price alone */
static const lst_event kelp_events[] = {
	{"RsETHPriceUpdate(uint256 newPrice, uint256 oldPrice)",
		"0x8d3b19635cf6f25b423571483e205b44b40c0c8f35f76e22089c6750c717bf17",
	1, 2, 0, LST_STORED, LST_EMPTY_NULL, LST_EXACT, 0},
	{"RsETHPriceUpdate(uint256 newPrice)",
		"0x4e20303b81e7b02702d9e32dff280f701f003f547b2d5645181aebb3c4e50d88",
	1, 1, 0, LST_STORED, LST_EMPTY_NULL, LST_EXACT, 0}
};

/* SwellNetwork/v3-core-public contracts/lst/contracts/implementations/swETH.sol, and rswETH.sol */
static const lst_event swell_events[] = {
	{"Reprice(uint256 newEthReserves, uint256 newRate, uint256 nodeOperatorRewards, "
		"uint256 swellTreasuryRewards, uint256 totalETHDeposited)",
		"0xf0e4379b3fd6b436bf73f47761c746a33d02bbd47835cbd8050b130fb2c6db2e",
	1, 5, 1, LST_STORED, LST_EMPTY_NULL, LST_EXACT, 0}
};

/* stader-labs/ethx contracts/StaderOracle.sol; the rule is computeExchangeRate of UtilLib.sol */
static const lst_event stader_events[] = {
	{"ExchangeRateUpdated(uint256 block, uint256 totalEth, uint256 ethxSupply, uint256 time)",
		"0xf525f19964f35afcb9a475680bb27abecbc5e62b4d6d4f66a81a5bd7e8a107e3",
	1, 4, 1, 2, LST_EITHER_EMPTY_ONE, LST_EXACT, 0}
};

/*
 * magpiexyz/eigenpie_contracts oracles/PriceProvider.sol and tokens/MLRT.sol:
 * one update emits both, the token's first.
 */
static const lst_event eigenpie_events[] = {
	{"ExchangeRateUpdate(address indexed asset, address indexed receipt, uint256 newExchangeRate)",
		"0xad8ba744ad56dde0ee147b295c86e7449a7770b3ad7b47e58d4993d82138c7a1",
	3, 1, 0, LST_STORED, LST_EMPTY_NULL, LST_EXACT, 0}
};

static const lst_event mlrt_events[] = {
	{"LSTExchangeRateUpdated(address indexed caller, uint256 newExchangeRate)",
		"0x6a07a352cdfd5c48b7d266d695bb6d36480046a29413a27d8277c575bbec2e57",
	2, 1, 0, LST_STORED, LST_EMPTY_NULL, LST_EXACT, 0}
};

/*
 * Renzo-Protocol/contracts-public contracts/RestakeManager.sol. Of tokens other
 * than ether, amount is what a buffer for withdrawals has left of the deposit.
 */
static const lst_event renzo_events[] = {
	{"Deposit(address depositor, address token, uint256 amount, uint256 ezETHMinted, "
		"uint256 referralId)",
		"0x4e2ca0515ed1aef1395f66b5303bb5d6f1bf9d61a353fa53f73f8ac9973fa9f6",
	1, 5, 2, 3, LST_EMPTY_NULL, LST_SHARES_DOWN, 1}
};

/*
 * EIP-4626: PufferFinance/puffer-contracts mainnet-contracts/src/PufferVaultV5.sol, whose
 * withdrawals are less a fee, so that they tell no rate, and
 * FraxFinance/frxETH-public src/sfrxETH.sol.
 */
static const lst_event erc4626_events[] = {
	{"Deposit(address indexed sender, address indexed owner, uint256 assets, uint256 shares)",
		"0xdcbc1c05240f31ff3ad067ef1ee35ce4997762752e3a095284754544f4c709d7",
	3, 2, 0, 1, LST_EMPTY_NULL, LST_DEPOSIT, 0},
	{"Withdraw(address indexed sender, address indexed receiver, address indexed owner, "
		"uint256 assets, uint256 shares)",
		"0xfbde797d201c681b91056529119e0b02407c7bb96a4a2c75c01fc9667232c8db",
	4, 2, 0, 1, LST_EMPTY_NULL, LST_WITHDRAWAL, 0}
};

#define NUM_DEPOSIT_EVENTS	1	/* of erc4626_events */

/* mantle-lsp/contracts src/Staking.sol. Staked is less an adjustment, and tells no rate. */
static const lst_event mantle_events[] = {
	{"UnstakeRequested(uint256 indexed id, address indexed staker, uint256 ethAmount, "
		"uint256 mETHLocked)",
		"0xcbb10a3603d92dc1f9db6996b88539fbd521bb4144891e34c75b05c341c18379",
	3, 2, 0, 1, LST_EMPTY_NULL, LST_ASSETS_DOWN, 0}
};

/* stakewise/v3-core contracts/interfaces/IOsTokenVaultController.sol: assets follow from shares */
static const lst_event stakewise_events[] = {
	{"Mint(address indexed caller, address indexed receiver, uint256 assets, uint256 shares)",
		"0x2f00e3cdd69a77be7ed215ec7b2a36784dd158f921fca79ac29deffa353fe6ee",
	3, 2, 0, 1, LST_EMPTY_NULL, LST_ASSETS_DOWN, 0},
	{"Burn(address indexed caller, address indexed owner, uint256 assets, uint256 shares)",
		"0x5d624aa9c148153ab3446c1b154f660ee7701e549fe9b62dab7171b1c80e6fa2",
	3, 2, 0, 1, LST_EMPTY_NULL, LST_ASSETS_DOWN, 0}
};

/* liquid-collective/liquid-collective-protocol contracts/src/interfaces/IRiver.1.sol */
static const lst_event river_events[] = {
	{"RewardsEarned(address indexed _collector, uint256 _oldTotalUnderlyingBalance, "
		"uint256 _oldTotalSupply, uint256 _newTotalUnderlyingBalance, uint256 _newTotalSupply)",
		"0x3d1669e813a9845c288f0e1f642a4343a451103b87886d12de37e63b39bbd942",
	2, 4, 2, 3, LST_EMPTY_NULL, LST_EXACT, 0}
};

/* ---------- contracts ---------- */

#define CONTRACT(first_bytes, address, name, symbol, events) \
	{UINT64_C(first_bytes), address, name, symbol, events, COUNT(events)}

enum
{
	LIDO, LIDO_ORACLE, ROCKET_POOL, ROCKET_POOL_3, ROCKET_POOL_2, ROCKET_POOL_1, CBETH, WBETH,
	ETHER_FI, KELP, SWETH, RSWETH, STADER, EIGENPIE, MSTETH, MRETH, MSFRXETH, MMETH, MWBETH,
	MSWETH, MCBETH, METHX, MANKRETH, MOSETH, MOETH, MLSETH, EGETH, RENZO, PUFFER, MANTLE, STAKEWISE,
	SFRXETH, RIVER
};

static const lst_contract contracts[] = {
	[LIDO] = CONTRACT(0xae7ab96520de3a18,
		"0xae7ab96520DE3A18E5e111B5EaAb095312D7fE84", "stETH", "wstETH", lido_events),
	[LIDO_ORACLE] = CONTRACT(0x442af784a788a5bd,
		"0x442af784A788A5bd6F42A01Ebe9F287a871243fb", "LegacyOracle of Lido", "wstETH",
		lido_oracle_events),
	[ROCKET_POOL] = CONTRACT(0x1d9f14c6bfd8358b,
		"0x1D9F14C6Bfd8358b589964baD8665AdD248E9473", "RocketNetworkBalances", "rETH",
		rocket_pool_events),
	[ROCKET_POOL_3] = CONTRACT(0x6cc65bf618f55ce2,
		"0x6Cc65bF618F55ce2433f9D8d827Fc44117D81399", "RocketNetworkBalances", "rETH",
		rocket_pool_events),
	[ROCKET_POOL_2] = CONTRACT(0x07fcabcbe4ff0d80,
		"0x07FCaBCbe4ff0d80c2b1eb42855C0131b6cba2F4", "RocketNetworkBalances", "rETH",
		rocket_pool_events),
	[ROCKET_POOL_1] = CONTRACT(0x138313f102ce9a06,
		"0x138313f102cE9a0662F826fCA977E3ab4D6e5539", "RocketNetworkBalances", "rETH",
		rocket_pool_events),
	[CBETH] = CONTRACT(0xbe9895146f7af430,
		"0xBe9895146f7AF43049ca1c1AE358B0541Ea49704", "cbETH", "cbETH", staked_token_events),
	[WBETH] = CONTRACT(0xa2e3356610840701,
		"0xa2E3356610840701BDf5611a53974510Ae27E2e1", "wBETH", "wBETH", staked_token_events),
	[ETHER_FI] = CONTRACT(0x308861a430be4cce,
		"0x308861A430be4cce5502d0A12724771Fc6DaF216", "LiquidityPool of ether.fi", "weETH",
		ether_fi_events),
	[KELP] = CONTRACT(0x349a73444b1a310b,
		"0x349A73444b1a310BAe67ef67973022020d70020d", "LRTOracle of Kelp", "rsETH", kelp_events),
	[SWETH] = CONTRACT(0xf951e335afb28935,
		"0xf951E335afb289353dc249e82926178EaC7DEd78", "swETH", "swETH", swell_events),
	[RSWETH] = CONTRACT(0xfae103dc9cf190ed,
		"0xFAe103DC9cf190eD75350761e95403b7b8aFa6c0", "rswETH", "rswETH", swell_events),
	[STADER] = CONTRACT(0xf64bae65f6f2a527,
		"0xF64bAe65f6f2a5277571143A24FaaFDFC0C2a737", "StaderOracle", "ETHx", stader_events),
	[EIGENPIE] = CONTRACT(0x9daa893d4dfb96f4,
		"0x9daA893D4Dfb96F46eA879f08ca46f39DaC07767", "PriceProvider of Eigenpie", NULL,
		eigenpie_events),
	[MSTETH] = CONTRACT(0x49446a0874197839,
		"0x49446A0874197839D15395B908328a74ccc96Bc0", "mstETH", "mstETH", mlrt_events),
	[MRETH] = CONTRACT(0xd05728038681bcc7,
		"0xd05728038681bcc79b2d5aeb4d9b002e66C93A40", "mrETH", "mrETH", mlrt_events),
	[MSFRXETH] = CONTRACT(0x879054273cb2dad6,
		"0x879054273cb2DAD631980Fa4efE6d25eeFe08AA4", "msfrxETH", "msfrxETH", mlrt_events),
	[MMETH] = CONTRACT(0x8a053350ca5f9352,
		"0x8a053350ca5F9352a16deD26ab333e2D251DAd7c", "mmETH", "mmETH", mlrt_events),
	[MWBETH] = CONTRACT(0xe46a5e19b1971133,
		"0xE46a5E19B19711332e33F33c2DB3eA143e86Bc10", "mwBETH", "mwBETH", mlrt_events),
	[MSWETH] = CONTRACT(0x32bd822d615a3658,
		"0x32bd822d615A3658A68b6fDD30c2fcb2C996D678", "mswETH", "mswETH", mlrt_events),
	[MCBETH] = CONTRACT(0xd09124e8a1e3d620,
		"0xD09124e8a1e3D620E8807aD1d968021A5495CEe8", "mcbETH", "mcbETH", mlrt_events),
	[METHX] = CONTRACT(0x9a1722b1f4a1bb2f,
		"0x9a1722b1f4A1BB2F271211ade8e851aFc54F77E5", "mETHx", "mETHx", mlrt_events),
	[MANKRETH] = CONTRACT(0x5a4a503f4745c06a,
		"0x5A4A503F4745c06A07E29D9a9DD88aB52f7a505B", "mAnkrETH", "mAnkrETH", mlrt_events),
	[MOSETH] = CONTRACT(0x352a3144e88d2342,
		"0x352a3144e88D23427993938cfd780291D95eF091", "mOsETH", "mOsETH", mlrt_events),
	[MOETH] = CONTRACT(0x310718274509a38c,
		"0x310718274509a38cc5559a1ff48c5eDbE75a382B", "mOETH", "mOETH", mlrt_events),
	[MLSETH] = CONTRACT(0xa939c02dba8f237b,
		"0xa939C02DbA8F237b40d2A3E96AD4252b00Bb8a72", "mLsETH", "mLsETH", mlrt_events),
	[EGETH] = CONTRACT(0x18f313fc6afc9b5f,
		"0x18f313Fc6Afc9b5FD6f0908c1b3D476E3feA1DD9", "egETH", "egETH", mlrt_events),
	[RENZO] = CONTRACT(0x74a09653a0836917,
		"0x74a09653A083691711cF8215a6ab074BB4e99ef5", "RestakeManager of Renzo", "ezETH",
		renzo_events),
	[PUFFER] = {UINT64_C(0xd9a442856c234a39),
		"0xD9A442856C234a39a81a089C06451EBAa4306a72", "PufferVault", "pufETH",
	erc4626_events, NUM_DEPOSIT_EVENTS},
	[MANTLE] = CONTRACT(0xe3cbd06d7dadb3f4,
		"0xe3cBd06D7dadB3F4e6557bAb7EdD924CD1489E8f", "Staking of Mantle", "mETH", mantle_events),
	[STAKEWISE] = CONTRACT(0x2a261e60fb14586b,
		"0x2A261e60FB14586B474C208b1B7AC6D0f5000306", "OsTokenVaultController of StakeWise", "osETH",
		stakewise_events),
	[SFRXETH] = CONTRACT(0xac3e018457b222d9,
		"0xac3E018457B222d93114458476f3E3416Abbe38F", "sfrxETH", "sfrxETH", erc4626_events),
	[RIVER] = CONTRACT(0x8c1bed5b9a092846,
		"0x8c1BEd5b9a0928467c9B1341Da1D7BD5e10b6549", "River of Liquid Collective", "LsETH",
		river_events)
};

/* ---------- tokens ---------- */

#define LST		false
#define LRT		true

static const lst_token tokens[] = {
	{"stETH", "Liquid staked Ether", "Lido", LST_REBASING, LST,
		"0xae7ab96520DE3A18E5e111B5EaAb095312D7fE84", &contracts[LIDO], "ETH", NULL},
	{"wstETH", "Wrapped liquid staked Ether", "Lido", LST_ACCRUING, LST,
		"0x7f39C581F595B53c5cb19bD0b3f8dA6c935E2Ca0", &contracts[LIDO], "ETH", NULL},
	{"rETH", "Rocket Pool ETH", "Rocket Pool", LST_ORACLE_SET, LST,
		"0xae78736Cd615f374D3085123A210448E74Fc6393", &contracts[ROCKET_POOL], "ETH", NULL},
	{"cbETH", "Coinbase Wrapped Staked ETH", "Coinbase", LST_ORACLE_SET, LST,
		"0xBe9895146f7AF43049ca1c1AE358B0541Ea49704", &contracts[CBETH], "ETH", NULL},
	{"wBETH", "Wrapped Beacon ETH", "Binance", LST_ORACLE_SET, LST,
		"0xa2E3356610840701BDf5611a53974510Ae27E2e1", &contracts[WBETH], "ETH", NULL},
	{"swETH", "Swell Ethereum", "Swell", LST_ORACLE_SET, LST,
		"0xf951E335afb289353dc249e82926178EaC7DEd78", &contracts[SWETH], "ETH", NULL},
	{"ETHx", "Stader ETHx", "Stader", LST_ORACLE_SET, LST,
		"0xA35b1B31Ce002FBF2058D22F30f95D405200A15b", &contracts[STADER], "ETH", NULL},
	{"mETH", "Mantle Staked Ether", "Mantle", LST_COMPUTED, LST,
		"0xd5F7838F5C461fefF7FE49ea5ebaF7728bB0ADfa", &contracts[MANTLE], "ETH",
		"mETHToETH(1e18) of 0xe3cBd06D7dadB3F4e6557bAb7EdD924CD1489E8f"},
	{"osETH", "StakeWise Staked ETH", "StakeWise", LST_ACCRUING, LST,
		"0xf1C9acDc66974dFB6dEcB12aA385b9cD01190E38", &contracts[STAKEWISE], "ETH",
		"convertToAssets(1e18) of 0x2A261e60FB14586B474C208b1B7AC6D0f5000306"},
	{"sfrxETH", "Staked Frax Ether", "Frax", LST_ACCRUING, LST,
		"0xac3E018457B222d93114458476f3E3416Abbe38F", &contracts[SFRXETH], "frxETH",
		"convertToAssets(1e18) of 0xac3E018457B222d93114458476f3E3416Abbe38F"},
	{"LsETH", "Liquid Staked ETH", "Liquid Collective", LST_ORACLE_SET, LST,
		"0x8c1BEd5b9a0928467c9B1341Da1D7BD5e10b6549", &contracts[RIVER], "ETH",
		"underlyingBalanceFromShares(1e18) of 0x8c1BEd5b9a0928467c9B1341Da1D7BD5e10b6549"},
	{"eETH", "ether.fi ETH", "ether.fi", LST_REBASING, LRT,
		"0x35fA164735182de50811E8e2E824cFb9B6118ac2", &contracts[ETHER_FI], "ETH", NULL},
	{"weETH", "Wrapped eETH", "ether.fi", LST_ACCRUING, LRT,
		"0xCd5fE23C85820F7B72D0926FC9b05b43E359b7ee", &contracts[ETHER_FI], "ETH", NULL},
	{"rsETH", "Kelp Restaked ETH", "Kelp", LST_ORACLE_SET, LRT,
		"0xA1290d69c65A6Fe4DF752f95823fae25cB99e5A7", &contracts[KELP], "ETH", NULL},
	{"rswETH", "Swell Restaked Ethereum", "Swell", LST_ORACLE_SET, LRT,
		"0xFAe103DC9cf190eD75350761e95403b7b8aFa6c0", &contracts[RSWETH], "ETH", NULL},
	{"ezETH", "Renzo Restaked ETH", "Renzo", LST_COMPUTED, LRT,
		"0xbf5495Efe5DB9ce00f80364C8B423567e58d2110", &contracts[RENZO], "ETH",
		"getRate() of 0x387dBc0fB00b26fb085aa658527D5BE98302c84C"},
	{"pufETH", "Puffer vault share", "Puffer", LST_COMPUTED, LRT,
		"0xD9A442856C234a39a81a089C06451EBAa4306a72", &contracts[PUFFER], "ETH",
		"convertToAssets(1e18) of 0xD9A442856C234a39a81a089C06451EBAa4306a72"},
	{"uniETH", "Universal ETH", "Bedrock", LST_COMPUTED, LRT,
		"0xF1376bceF0f78459C0Ed0ba5ddce976F1ddF51F4", NULL, "ETH",
		"exchangeRatio() of 0x4beFa2aA9c305238AA3E0b5D17eB20C045269E9d"},
	{"mstETH", "Eigenpie restaked stETH", "Eigenpie", LST_ORACLE_SET, LRT,
		"0x49446A0874197839D15395B908328a74ccc96Bc0", &contracts[EIGENPIE], "stETH", NULL},
	{"mrETH", "Eigenpie restaked rETH", "Eigenpie", LST_ORACLE_SET, LRT,
		"0xd05728038681bcc79b2d5aeb4d9b002e66C93A40", &contracts[EIGENPIE], "rETH", NULL},
	{"msfrxETH", "Eigenpie restaked sfrxETH", "Eigenpie", LST_ORACLE_SET, LRT,
		"0x879054273cb2DAD631980Fa4efE6d25eeFe08AA4", &contracts[EIGENPIE], "sfrxETH", NULL},
	{"mmETH", "Eigenpie restaked mETH", "Eigenpie", LST_ORACLE_SET, LRT,
		"0x8a053350ca5F9352a16deD26ab333e2D251DAd7c", &contracts[EIGENPIE], "mETH", NULL},
	{"mwBETH", "Eigenpie restaked wBETH", "Eigenpie", LST_ORACLE_SET, LRT,
		"0xE46a5E19B19711332e33F33c2DB3eA143e86Bc10", &contracts[EIGENPIE], "wBETH", NULL},
	{"mswETH", "Eigenpie restaked swETH", "Eigenpie", LST_ORACLE_SET, LRT,
		"0x32bd822d615A3658A68b6fDD30c2fcb2C996D678", &contracts[EIGENPIE], "swETH", NULL},
	{"mcbETH", "Eigenpie restaked cbETH", "Eigenpie", LST_ORACLE_SET, LRT,
		"0xD09124e8a1e3D620E8807aD1d968021A5495CEe8", &contracts[EIGENPIE], "cbETH", NULL},
	{"mETHx", "Eigenpie restaked ETHx", "Eigenpie", LST_ORACLE_SET, LRT,
		"0x9a1722b1f4A1BB2F271211ade8e851aFc54F77E5", &contracts[EIGENPIE], "ETHx", NULL},
	{"mAnkrETH", "Eigenpie restaked ankrETH", "Eigenpie", LST_ORACLE_SET, LRT,
		"0x5A4A503F4745c06A07E29D9a9DD88aB52f7a505B", &contracts[EIGENPIE], "ankrETH", NULL},
	{"mOsETH", "Eigenpie restaked osETH", "Eigenpie", LST_ORACLE_SET, LRT,
		"0x352a3144e88D23427993938cfd780291D95eF091", &contracts[EIGENPIE], "osETH", NULL},
	{"mOETH", "Eigenpie restaked OETH", "Eigenpie", LST_ORACLE_SET, LRT,
		"0x310718274509a38cc5559a1ff48c5eDbE75a382B", &contracts[EIGENPIE], "OETH", NULL},
	{"mLsETH", "Eigenpie restaked LsETH", "Eigenpie", LST_ORACLE_SET, LRT,
		"0xa939C02DbA8F237b40d2A3E96AD4252b00Bb8a72", &contracts[EIGENPIE], "LsETH", NULL},
	{"egETH", "Eigenpie restaked ETH", "Eigenpie", LST_ORACLE_SET, LRT,
		"0x18f313Fc6Afc9b5FD6f0908c1b3D476E3feA1DD9", &contracts[EIGENPIE], "ETH", NULL}
};

/* ---------- access ---------- */

const lst_token *
lst_token_at(size_t i)
{
	return i < COUNT(tokens) ? &tokens[i] : NULL;
}

const lst_contract *
lst_contract_at(size_t i)
{
	return i < COUNT(contracts) ? &contracts[i] : NULL;
}

/* The registry's text is hex of the right length, which leaves nothing to fail. */
void
lst_address_bytes(const char *text, uint8_t out[LST_ADDRESS_BYTES])
{
	size_t		length;

	(void) hex_to_bytes(text, 2 + 2 * LST_ADDRESS_BYTES, out, &length);
}

void
lst_topic_bytes(const char *text, uint8_t out[LST_TOPIC_BYTES])
{
	size_t		length;

	(void) hex_to_bytes(text, 2 + 2 * LST_TOPIC_BYTES, out, &length);
}

const lst_contract *
lst_find_contract(const uint8_t address[LST_ADDRESS_BYTES])
{
	uint64_t	key = u256_load_be(address, sizeof(key)).limb[0];

	/* nearly all logs are of other contracts, so this loop is what they cost */
	for (size_t i = 0; i < COUNT(contracts); i++)
	{
		uint8_t		bytes[LST_ADDRESS_BYTES];

		if (contracts[i].key != key)
			continue;
		lst_address_bytes(contracts[i].address, bytes);
		if (memcmp(bytes, address, sizeof(bytes)) == 0)
			return &contracts[i];
	}
	return NULL;
}

core_status
lst_find_event(const lst_contract *contract, const uint8_t topic0[LST_TOPIC_BYTES], int num_topics,
			   const lst_event **event)
{
	core_status status = CORE_NULL;

	for (int i = 0; i < contract->num_events; i++)
	{
		uint8_t		bytes[LST_TOPIC_BYTES];

		lst_topic_bytes(contract->events[i].topic0, bytes);
		if (memcmp(bytes, topic0, sizeof(bytes)) != 0)
			continue;
		*event = &contract->events[i];
		if ((*event)->num_topics == num_topics)
			return CORE_OK;
		status = CORE_BAD_BINARY;
	}
	return status;
}

static u256
data_word(const uint8_t *data, int i)
{
	return u256_load_be(data + 32 * i, 32);
}

/* Are the amounts of the token that the rate counts? */
static core_status
check_data(const lst_event *event, const uint8_t *data, size_t length)
{
	u256		token;

	if (length < (size_t) event->num_words * 32)
		return CORE_BAD_BINARY;
	if (event->token == 0)
		return CORE_OK;
	token = data_word(data, event->token);
	if (u256_bit_length(token) > 8 * LST_ADDRESS_BYTES)
		return CORE_BAD_BINARY;
	return u256_is_zero(token) ? CORE_OK : CORE_NULL;
}

core_status
lst_event_rate(const lst_event *event, const uint8_t *data, size_t length, u256 *rate)
{
	core_status status = check_data(event, data, length);
	u256		assets;
	u256		shares;

	if (status != CORE_OK)
		return status;
	assets = data_word(data, event->assets);
	if (event->shares == LST_STORED)
	{
		*rate = assets;
		return CORE_OK;
	}
	shares = data_word(data, event->shares);
	if (u256_is_zero(shares) || (u256_is_zero(assets) && event->empty == LST_EITHER_EMPTY_ONE))
	{
		if (event->empty == LST_EMPTY_NULL)
			return CORE_NULL;
		*rate = event->empty == LST_EMPTY_ZERO ? U256_ZERO : FIXED_WAD;
		return CORE_OK;
	}
	return wad_div(assets, shares, U256_FLOOR, rate);
}

/* ---------- bounds ---------- */

/* Of a rate over 1e18, of amounts with 18 decimals */
#define RATE_EXPONENT	18

core_status
lst_event_bounds(const lst_event *event, const uint8_t *data, size_t length, u256 *least,
				 u256 *greatest, bool *bounded)
{
	core_status status = lst_event_rate(event, data, length, least);
	u256		assets;
	u256		shares;

	if (status != CORE_OK)
		return status;
	*greatest = *least;
	*bounded = true;
	if (event->rounding == LST_EXACT)
		return CORE_OK;
	assets = data_word(data, event->assets);
	shares = data_word(data, event->shares);
	switch (event->rounding)
	{
		case LST_EXACT:
			break;
		case LST_SHARES_DOWN:
			return observed_of_more_shares(assets, shares, RATE_EXPONENT, least);
		case LST_ASSETS_DOWN:
			return observed_of_more_assets(assets, shares, RATE_EXPONENT, greatest);
		case LST_DEPOSIT:
			return observed_deposit_least(assets, shares, RATE_EXPONENT, least);
		case LST_WITHDRAWAL:
			status = observed_withdrawal_greatest(assets, shares, RATE_EXPONENT, greatest);
			*bounded = status != CORE_NULL;
			return *bounded ? status : CORE_OK;
	}
	return CORE_OK;
}

const char *
lst_event_symbol(const lst_contract *contract, const uint8_t topic2[LST_TOPIC_BYTES])
{
	if (contract->symbol == NULL)
		contract = lst_find_contract(topic2 + LST_TOPIC_BYTES - LST_ADDRESS_BYTES);
	return contract == NULL ? NULL : contract->symbol;
}
