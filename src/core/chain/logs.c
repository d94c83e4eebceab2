/*-------------------------------------------------------------------------
 *
 * core/chain/logs.c
 *	  The event logs of markets and tokens that have a reader of their own.
 *
 * A field is an argument's kind, its bits, whether it is indexed, and its
 * column.  That all of it agrees with the declarations, and the topics with
 * their hashes, is checked by the unit tests.
 *
 *-------------------------------------------------------------------------
 */
#include "core/chain/logs.h"

/*
 * Aave: aave-dao/aave-v3-origin src/contracts/interfaces/IPool.sol; the same in v2,
 * and in Spark and other forks
 */
static const event_field aave_fields[] = {
	{EVENT_ADDRESS, 160, true, 0}, {EVENT_UINT, 256, false, 1}, {EVENT_UINT, 256, false, 2},
	{EVENT_UINT, 256, false, 3}, {EVENT_UINT, 256, false, 4}, {EVENT_UINT, 256, false, 5}
};
static const event_layout aave_events[] = {
	EVENT_LAYOUT(0x804c9b842b2748a2, 0x2bb64b345453a3de, 0x7ca54a6ca45ce00d, 0x415894979e22897a,
		"ReserveDataUpdated(address indexed reserve, uint256 liquidityRate, "
		"uint256 stableBorrowRate, uint256 variableBorrowRate, uint256 liquidityIndex, "
		"uint256 variableBorrowIndex)",
		"Aave", NULL, aave_fields, 2, 5)
};

/* morpho-org/morpho-blue src/libraries/EventsLib.sol */
static const event_field morpho_fields[] = {
	{EVENT_BYTES32, 256, true, 0}, {EVENT_UINT, 256, false, 1}, {EVENT_UINT, 256, false, 2},
	{EVENT_UINT, 256, false, 3}
};
static const event_layout morpho_events[] = {
	EVENT_LAYOUT(0x9d9bd501d0657d7d, 0xfe415f779a620a62, 0xb78bc508ddc0891f, 0xbbd8b7ac0f8fce87,
		"AccrueInterest(bytes32 indexed id, uint256 prevBorrowRate, uint256 interest, "
		"uint256 feeShares)",
		"Morpho Blue", NULL, morpho_fields, 2, 3)
};

/* euler-xyz/euler-vault-kit src/EVault/shared/Events.sol */
static const event_field euler_fields[] = {
	{EVENT_UINT, 256, false, 0}, {EVENT_UINT, 256, false, 1}, {EVENT_UINT, 256, false, 2},
	{EVENT_UINT, 256, false, 3}, {EVENT_UINT, 256, false, 4}, {EVENT_UINT, 256, false, 5},
	{EVENT_TIME, 256, false, 6}
};
static const event_layout euler_events[] = {
	EVENT_LAYOUT(0x80b61abbfc5f73cf, 0xe5cf93cec97a69ed, 0x20643dc6c6f1833b, 0x05a1560aa164e24c,
		"VaultStatus(uint256 totalShares, uint256 totalBorrows, uint256 accumulatedFees, "
		"uint256 cash, uint256 interestAccumulator, uint256 interestRate, "
		"uint256 timestamp)",
		"Euler v2", NULL, euler_fields, 1, 7)
};

/*
 * compound-finance/comet contracts/CometMainInterface.sol. The account is the one
 * whose balance changes: whom is supplied for, who withdraws, who is absorbed
 */
static const event_field comet_supply_fields[] = {
	{EVENT_ADDRESS, 160, true, 2}, {EVENT_ADDRESS, 160, true, 1}, {EVENT_UINT, 256, false, 4},
	{EVENT_WORD_OF_EVENT, 0, false, 0}
};
static const event_field comet_withdraw_fields[] = {
	{EVENT_ADDRESS, 160, true, 1}, {EVENT_ADDRESS, 160, true, 2}, {EVENT_UINT, 256, false, 4},
	{EVENT_WORD_OF_EVENT, 0, false, 0}
};
static const event_field comet_supply_collateral_fields[] = {
	{EVENT_ADDRESS, 160, true, 2}, {EVENT_ADDRESS, 160, true, 1}, {EVENT_ADDRESS, 160, true, 3},
	{EVENT_UINT, 256, false, 4}, {EVENT_WORD_OF_EVENT, 0, false, 0}
};
static const event_field comet_withdraw_collateral_fields[] = {
	{EVENT_ADDRESS, 160, true, 1}, {EVENT_ADDRESS, 160, true, 2}, {EVENT_ADDRESS, 160, true, 3},
	{EVENT_UINT, 256, false, 4}, {EVENT_WORD_OF_EVENT, 0, false, 0}
};
static const event_field comet_absorb_debt_fields[] = {
	{EVENT_ADDRESS, 160, true, 2}, {EVENT_ADDRESS, 160, true, 1}, {EVENT_UINT, 256, false, 4},
	{EVENT_UINT, 256, false, 5}, {EVENT_WORD_OF_EVENT, 0, false, 0}
};
static const event_field comet_absorb_collateral_fields[] = {
	{EVENT_ADDRESS, 160, true, 2}, {EVENT_ADDRESS, 160, true, 1}, {EVENT_ADDRESS, 160, true, 3},
	{EVENT_UINT, 256, false, 4}, {EVENT_UINT, 256, false, 5}, {EVENT_WORD_OF_EVENT, 0, false, 0}
};
static const event_layout comet_events[] = {
	EVENT_LAYOUT(0xd1cf3d156d5f8f0d, 0x50f6c122ed609cec, 0x09d35c9b9fb3fff6, 0xea0959134dae424e,
		"Supply(address indexed from, address indexed dst, uint256 amount)",
		"Compound v3", "supply", comet_supply_fields, 3, 1),
	EVENT_LAYOUT(0x9b1bfa7fa9ee420a, 0x16e124f794c35ac9, 0xf90472acc99140eb, 0x2f6447c714cad8eb,
		"Withdraw(address indexed src, address indexed to, uint256 amount)",
		"Compound v3", "withdraw", comet_withdraw_fields, 3, 1),
	EVENT_LAYOUT(0xfa56f7b24f17183d, 0x81894d3ac2ee654e, 0x3c26388d17a28dbd, 0x9549b8114304e1f4,
		"SupplyCollateral(address indexed from, address indexed dst, "
		"address indexed asset, uint256 amount)",
		"Compound v3", "supply_collateral", comet_supply_collateral_fields, 4, 1),
	EVENT_LAYOUT(0xd6d480d5b3068db0, 0x03533b170d675614, 0x94d72e3bf9fa40a2, 0x66471351ebba9e16,
		"WithdrawCollateral(address indexed src, address indexed to, "
		"address indexed asset, uint256 amount)",
		"Compound v3", "withdraw_collateral", comet_withdraw_collateral_fields, 4, 1),
	EVENT_LAYOUT(0x1547a878dc89ad3c, 0x367b6338b4be6a65, 0xa5dd74fb77ae044d, 0xa1e8747ef1f4f62f,
		"AbsorbDebt(address indexed absorber, address indexed borrower, "
		"uint256 basePaidOut, uint256 usdValue)",
		"Compound v3", "absorb_debt", comet_absorb_debt_fields, 3, 2),
	EVENT_LAYOUT(0x9850ab1af75177e4, 0xa9201c65a2cf7976, 0xd5d28e40ef63494b, 0x44366f86b2f9412e,
		"AbsorbCollateral(address indexed absorber, address indexed borrower, "
		"address indexed asset, uint256 collateralAbsorbed, uint256 usdValue)",
		"Compound v3", "absorb_collateral", comet_absorb_collateral_fields, 4, 2)
};

/*
 * Uniswap/v2-core contracts/UniswapV2Pair.sol; aerodrome-finance/contracts
 * contracts/interfaces/IPool.sol
 */
static const event_field univ2_sync_pair_fields[] = {
	{EVENT_UINT, 112, false, 0}, {EVENT_UINT, 112, false, 1}
};
static const event_field univ2_sync_solidly_fields[] = {
	{EVENT_UINT, 256, false, 0}, {EVENT_UINT, 256, false, 1}
};
static const event_layout univ2_sync_events[] = {
	EVENT_LAYOUT(0x1c411e9a96e07124, 0x1c2f21f7726b17ae, 0x89e3cab4c78be50e, 0x062b03a9fffbbad1,
		"Sync(uint112 reserve0, uint112 reserve1)",
		"Uniswap v2", NULL, univ2_sync_pair_fields, 1, 2),
	EVENT_LAYOUT(0xcf2aa50876cdfbb5, 0x41206f89af0ee78d, 0x44a2abf8d328e37f, 0xa4917f982149848a,
		"Sync(uint256 reserve0, uint256 reserve1)",
		"Solidly", NULL, univ2_sync_solidly_fields, 1, 2)
};

static const event_field univ2_swap_pair_fields[] = {
	{EVENT_ADDRESS, 160, true, 0}, {EVENT_UINT, 256, false, 1}, {EVENT_UINT, 256, false, 2},
	{EVENT_UINT, 256, false, 3}, {EVENT_UINT, 256, false, 4}, {EVENT_ADDRESS, 160, true, 5}
};
static const event_field univ2_swap_solidly_fields[] = {
	{EVENT_ADDRESS, 160, true, 0}, {EVENT_ADDRESS, 160, true, 5}, {EVENT_UINT, 256, false, 1},
	{EVENT_UINT, 256, false, 2}, {EVENT_UINT, 256, false, 3}, {EVENT_UINT, 256, false, 4}
};
static const event_layout univ2_swap_events[] = {
	EVENT_LAYOUT(0xd78ad95fa46c994b, 0x6551d0da85fc275f, 0xe613ce37657fb8d5, 0xe3d130840159d822,
		"Swap(address indexed sender, uint256 amount0In, uint256 amount1In, "
		"uint256 amount0Out, uint256 amount1Out, address indexed to)",
		"Uniswap v2", NULL, univ2_swap_pair_fields, 3, 4),
	EVENT_LAYOUT(0xb3e2773606abfd36, 0xb5bd91394b3a54d1, 0x398336c65005baf7, 0xbf7a05efeffaf75b,
		"Swap(address indexed sender, address indexed to, uint256 amount0In, "
		"uint256 amount1In, uint256 amount0Out, uint256 amount1Out)",
		"Solidly", NULL, univ2_swap_solidly_fields, 3, 4)
};

/*
 * Uniswap/v3-core contracts/interfaces/pool/IUniswapV3PoolEvents.sol;
 * pancakeswap/pancake-v3-contracts
 * projects/v3-core/contracts/interfaces/pool/IPancakeV3PoolEvents.sol
 */
static const event_field univ3_swap_uniswap_fields[] = {
	{EVENT_ADDRESS, 160, true, 0}, {EVENT_ADDRESS, 160, true, 1}, {EVENT_INT, 256, false, 2},
	{EVENT_INT, 256, false, 3}, {EVENT_UINT, 160, false, 4}, {EVENT_UINT, 128, false, 5},
	{EVENT_SMALL_INT, 24, false, 6}
};
static const event_field univ3_swap_pancake_fields[] = {
	{EVENT_ADDRESS, 160, true, 0}, {EVENT_ADDRESS, 160, true, 1}, {EVENT_INT, 256, false, 2},
	{EVENT_INT, 256, false, 3}, {EVENT_UINT, 160, false, 4}, {EVENT_UINT, 128, false, 5},
	{EVENT_SMALL_INT, 24, false, 6}, {EVENT_UINT, 128, false, 7}, {EVENT_UINT, 128, false, 8}
};
static const event_layout univ3_swap_events[] = {
	EVENT_LAYOUT(0xc42079f94a6350d7, 0xe6235f29174924f9, 0x28cc2ac818eb64fe, 0xd8004e115fbcca67,
		"Swap(address indexed sender, address indexed recipient, int256 amount0, "
		"int256 amount1, uint160 sqrtPriceX96, uint128 liquidity, int24 tick)",
		"Uniswap v3", NULL, univ3_swap_uniswap_fields, 3, 5),
	EVENT_LAYOUT(0x19b47279256b2a23, 0xa1665c810c8d55a1, 0x758940ee09377d4f, 0x8d26497a3577dc83,
		"Swap(address indexed sender, address indexed recipient, int256 amount0, "
		"int256 amount1, uint160 sqrtPriceX96, uint128 liquidity, int24 tick, "
		"uint128 protocolFeesToken0, uint128 protocolFeesToken1)",
		"PancakeSwap v3", NULL, univ3_swap_pancake_fields, 3, 7)
};

static const event_field univ3_mint_fields[] = {
	{EVENT_ADDRESS, 160, false, 0}, {EVENT_ADDRESS, 160, true, 1},
	{EVENT_SMALL_INT, 24, true, 2}, {EVENT_SMALL_INT, 24, true, 3}, {EVENT_UINT, 128, false, 4},
	{EVENT_UINT, 256, false, 5}, {EVENT_UINT, 256, false, 6}
};
static const event_layout univ3_mint_events[] = {
	EVENT_LAYOUT(0x7a53080ba414158b, 0xe7ec69b987b5fb7d, 0x07dee101fe85488f, 0x0853ae16239d0bde,
		"Mint(address sender, address indexed owner, int24 indexed tickLower, "
		"int24 indexed tickUpper, uint128 amount, uint256 amount0, uint256 amount1)",
		"Uniswap v3", NULL, univ3_mint_fields, 4, 4)
};

static const event_field univ3_burn_fields[] = {
	{EVENT_ADDRESS, 160, true, 0}, {EVENT_SMALL_INT, 24, true, 1},
	{EVENT_SMALL_INT, 24, true, 2}, {EVENT_UINT, 128, false, 3}, {EVENT_UINT, 256, false, 4},
	{EVENT_UINT, 256, false, 5}
};
static const event_layout univ3_burn_events[] = {
	EVENT_LAYOUT(0x0c396cd989a39f44, 0x59b5fa1aed6a9a8d, 0xcdbc45908acfd67e, 0x028cd568da98982c,
		"Burn(address indexed owner, int24 indexed tickLower, int24 indexed tickUpper, "
		"uint128 amount, uint256 amount0, uint256 amount1)",
		"Uniswap v3", NULL, univ3_burn_fields, 4, 3)
};

static const event_field univ3_collect_fields[] = {
	{EVENT_ADDRESS, 160, true, 0}, {EVENT_ADDRESS, 160, false, 1},
	{EVENT_SMALL_INT, 24, true, 2}, {EVENT_SMALL_INT, 24, true, 3}, {EVENT_UINT, 128, false, 4},
	{EVENT_UINT, 128, false, 5}
};
static const event_layout univ3_collect_events[] = {
	EVENT_LAYOUT(0x70935338e6977545, 0x6a85ddef226c395f, 0xb668b63fa0115f5f, 0x20610b388e6ca9c0,
		"Collect(address indexed owner, address recipient, int24 indexed tickLower, "
		"int24 indexed tickUpper, uint128 amount0, uint128 amount1)",
		"Uniswap v3", NULL, univ3_collect_fields, 4, 3)
};

/*
 * Uniswap/v4-core src/interfaces/IPoolManager.sol. The amounts of Swap are the
 * swapper's (src/PoolManager.sol emits the balance delta that it accounts to the
 * caller)
 */
static const event_field univ4_swap_fields[] = {
	{EVENT_BYTES32, 256, true, 0}, {EVENT_ADDRESS, 160, true, 1}, {EVENT_INT, 128, false, 2},
	{EVENT_INT, 128, false, 3}, {EVENT_UINT, 160, false, 4}, {EVENT_UINT, 128, false, 5},
	{EVENT_SMALL_INT, 24, false, 6}, {EVENT_SMALL_UINT, 24, false, 7}
};
static const event_layout univ4_swap_events[] = {
	EVENT_LAYOUT(0x40e9cecb9f5f1f1c, 0x5b9c97dec2917b7e, 0xe92e57ba5563708d, 0xaca94dd84ad7112f,
		"Swap(bytes32 indexed id, address indexed sender, int128 amount0, "
		"int128 amount1, uint160 sqrtPriceX96, uint128 liquidity, int24 tick, uint24 fee)",
		"Uniswap v4", NULL, univ4_swap_fields, 3, 6)
};

static const event_field univ4_modify_liquidity_fields[] = {
	{EVENT_BYTES32, 256, true, 0}, {EVENT_ADDRESS, 160, true, 1},
	{EVENT_SMALL_INT, 24, false, 2}, {EVENT_SMALL_INT, 24, false, 3},
	{EVENT_INT, 256, false, 4}, {EVENT_BYTES32, 256, false, 5}
};
static const event_layout univ4_modify_liquidity_events[] = {
	EVENT_LAYOUT(0xf208f4912782fd25, 0xc7f114ca3723a2d5, 0xdd6f3bcc3ac8db5a, 0xf63baa85f711d5ec,
		"ModifyLiquidity(bytes32 indexed id, address indexed sender, int24 tickLower, "
		"int24 tickUpper, int256 liquidityDelta, bytes32 salt)",
		"Uniswap v4", NULL, univ4_modify_liquidity_fields, 3, 4)
};

/*
 * balancer/balancer-v2-monorepo IVault.sol; balancer/balancer-v3-monorepo
 * IVaultEvents.sol
 */
static const event_field balancer_v2_swap_fields[] = {
	{EVENT_BYTES32, 256, true, 0}, {EVENT_ADDRESS, 160, true, 1}, {EVENT_ADDRESS, 160, true, 2},
	{EVENT_UINT, 256, false, 3}, {EVENT_UINT, 256, false, 4}
};
static const event_layout balancer_v2_swap_events[] = {
	EVENT_LAYOUT(0x2170c741c41531ae, 0xc20e7c107c24eecf, 0xdd15e69c9bb0a8dd, 0x37b1840b9e0b207b,
		"Swap(bytes32 indexed poolId, address indexed tokenIn, address indexed tokenOut, "
		"uint256 amountIn, uint256 amountOut)",
		"Balancer v2", NULL, balancer_v2_swap_fields, 4, 2)
};

static const event_field balancer_v3_swap_fields[] = {
	{EVENT_ADDRESS, 160, true, 0}, {EVENT_ADDRESS, 160, true, 1}, {EVENT_ADDRESS, 160, true, 2},
	{EVENT_UINT, 256, false, 3}, {EVENT_UINT, 256, false, 4}, {EVENT_UINT, 256, false, 5},
	{EVENT_UINT, 256, false, 6}
};
static const event_layout balancer_v3_swap_events[] = {
	EVENT_LAYOUT(0x0874b2d545cb271c, 0xdbda4e093020c452, 0x328b24af12382ed6, 0x2c4d00f5c26709db,
		"Swap(address indexed pool, address indexed tokenIn, address indexed tokenOut, "
		"uint256 amountIn, uint256 amountOut, uint256 swapFeePercentage, "
		"uint256 swapFeeAmount)",
		"Balancer v3", NULL, balancer_v3_swap_fields, 4, 4)
};

/*
 * curvefi/stableswap-ng CurveStableSwapNG.vy, curvefi/curve-crypto-contract
 * CurveCryptoSwap.vy, curvefi/tricrypto-ng CurveTricryptoOptimized.vy,
 * curvefi/twocrypto-ng Twocrypto.vy. Pools have a few coins, so their numbers become
 * ints
 */
static const event_field curve_exchange_signed_fields[] = {
	{EVENT_ADDRESS, 160, true, 0}, {EVENT_SMALL_INT, 128, false, 1},
	{EVENT_UINT, 256, false, 2}, {EVENT_SMALL_INT, 128, false, 3}, {EVENT_UINT, 256, false, 4},
	{EVENT_NO, 0, false, 7}
};
static const event_field curve_exchange_underlying_fields[] = {
	{EVENT_ADDRESS, 160, true, 0}, {EVENT_SMALL_INT, 128, false, 1},
	{EVENT_UINT, 256, false, 2}, {EVENT_SMALL_INT, 128, false, 3}, {EVENT_UINT, 256, false, 4},
	{EVENT_YES, 0, false, 7}
};
static const event_field curve_exchange_unsigned_fields[] = {
	{EVENT_ADDRESS, 160, true, 0}, {EVENT_SMALL_UINT, 256, false, 1},
	{EVENT_UINT, 256, false, 2}, {EVENT_SMALL_UINT, 256, false, 3}, {EVENT_UINT, 256, false, 4},
	{EVENT_NO, 0, false, 7}
};
static const event_field curve_exchange_priced_fields[] = {
	{EVENT_ADDRESS, 160, true, 0}, {EVENT_SMALL_UINT, 256, false, 1},
	{EVENT_UINT, 256, false, 2}, {EVENT_SMALL_UINT, 256, false, 3}, {EVENT_UINT, 256, false, 4},
	{EVENT_UINT, 256, false, 5}, {EVENT_UINT, 256, false, 6}, {EVENT_NO, 0, false, 7}
};
static const event_layout curve_exchange_events[] = {
	EVENT_LAYOUT(0x8b3e96f2b889fa77, 0x1c53c981b40daf00, 0x5f63f637f1869f70, 0x7052d15a3dd97140,
		"TokenExchange(address indexed buyer, int128 sold_id, uint256 tokens_sold, "
		"int128 bought_id, uint256 tokens_bought)",
		"Curve", NULL, curve_exchange_signed_fields, 2, 4),
	EVENT_LAYOUT(0xd013ca23e77a6500, 0x3c2c659c5442c00c, 0x805371b7fc1ebd4c, 0x206c41d1536bd90b,
		"TokenExchangeUnderlying(address indexed buyer, int128 sold_id, "
		"uint256 tokens_sold, int128 bought_id, uint256 tokens_bought)",
		"Curve", NULL, curve_exchange_underlying_fields, 2, 4),
	EVENT_LAYOUT(0xb2e76ae99761dc13, 0x6e598d4a629bb347, 0xeccb9532a5f8bbd7, 0x2e18467c3c34cc98,
		"TokenExchange(address indexed buyer, uint256 sold_id, uint256 tokens_sold, "
		"uint256 bought_id, uint256 tokens_bought)",
		"Curve", NULL, curve_exchange_unsigned_fields, 2, 4),
	EVENT_LAYOUT(0x143f1f8e861fbded, 0xdd5b46e844b7d3ac, 0x7b86a122f36e8c46, 0x3859ee6811b1f29c,
		"TokenExchange(address indexed buyer, uint256 sold_id, uint256 tokens_sold, "
		"uint256 bought_id, uint256 tokens_bought, uint256 fee, "
		"uint256 packed_price_scale)",
		"Curve", NULL, curve_exchange_priced_fields, 2, 6)
};

/*
 * pendle-finance/pendle-core-v2-public contracts/interfaces/IPMarket.sol,
 * IPYieldToken.sol
 */
static const event_field pendle_rate_fields[] = {
	{EVENT_TIME, 256, true, 0}, {EVENT_UINT, 256, false, 1}
};
static const event_layout pendle_rate_events[] = {
	EVENT_LAYOUT(0x5c0e21d57bb4cf91, 0xd8fe238d6f92e268, 0x5a695371b19209af, 0xcce6217b478f83e1,
		"UpdateImpliedRate(uint256 indexed timestamp, uint256 lnLastImpliedRate)",
		"Pendle", NULL, pendle_rate_fields, 2, 1)
};

static const event_field pendle_swap_fields[] = {
	{EVENT_ADDRESS, 160, true, 0}, {EVENT_ADDRESS, 160, true, 1}, {EVENT_INT, 256, false, 2},
	{EVENT_INT, 256, false, 3}, {EVENT_UINT, 256, false, 4}, {EVENT_UINT, 256, false, 5}
};
static const event_layout pendle_swap_events[] = {
	EVENT_LAYOUT(0x829000a5bc6a12d4, 0x6e30cdcecd7c56b1, 0xefd88f6d7d059da6, 0x734a04f3764557c4,
		"Swap(address indexed caller, address indexed receiver, int256 netPtOut, "
		"int256 netSyOut, uint256 netSyFee, uint256 netSyToReserve)",
		"Pendle", NULL, pendle_swap_fields, 3, 4)
};

static const event_field pendle_index_fields[] = {
	{EVENT_UINT, 256, true, 0}
};
static const event_layout pendle_index_events[] = {
	EVENT_LAYOUT(0x71475f2f645813fd, 0xbebf53a58968008b, 0xff11ee21a58f01c5, 0xa9cc263d0bc4703d,
		"NewInterestIndex(uint256 indexed newIndex)",
		"Pendle", NULL, pendle_index_fields, 2, 0)
};

/* smartcontractkit/chainlink AggregatorInterface.sol */
static const event_field chainlink_answer_fields[] = {
	{EVENT_INT, 256, true, 0}, {EVENT_UINT, 256, true, 1}, {EVENT_TIME, 256, false, 2}
};
static const event_layout chainlink_answer_events[] = {
	EVENT_LAYOUT(0x0559884fd3a460db, 0x3073b7fc896cc779, 0x86f16e378210ded4, 0x3186175bf646fc5f,
		"AnswerUpdated(int256 indexed current, uint256 indexed roundId, "
		"uint256 updatedAt)",
		"Chainlink", NULL, chainlink_answer_fields, 3, 1)
};

/* EIP-20, EIP-721, EIP-1155, EIP-4626 */
static const event_field erc20_transfer_fields[] = {
	{EVENT_ADDRESS, 160, true, 0}, {EVENT_ADDRESS, 160, true, 1}, {EVENT_UINT, 256, false, 2}
};
static const event_layout erc20_transfer_events[] = {
	EVENT_LAYOUT(0xddf252ad1be2c89b, 0x69c2b068fc378daa, 0x952ba7f163c4a116, 0x28f55a4df523b3ef,
		"Transfer(address indexed from, address indexed to, uint256 value)",
		"ERC-20", NULL, erc20_transfer_fields, 3, 1)
};

static const event_field erc721_transfer_fields[] = {
	{EVENT_ADDRESS, 160, true, 0}, {EVENT_ADDRESS, 160, true, 1}, {EVENT_UINT, 256, true, 2}
};
static const event_layout erc721_transfer_events[] = {
	EVENT_LAYOUT(0xddf252ad1be2c89b, 0x69c2b068fc378daa, 0x952ba7f163c4a116, 0x28f55a4df523b3ef,
		"Transfer(address indexed from, address indexed to, uint256 indexed tokenId)",
		"ERC-721", NULL, erc721_transfer_fields, 4, 0)
};

static const event_field erc1155_transfer_transfer_single_fields[] = {
	{EVENT_ADDRESS, 160, true, 0}, {EVENT_ADDRESS, 160, true, 1}, {EVENT_ADDRESS, 160, true, 2},
	{EVENT_LIST_OF_ONE, 256, false, 3}, {EVENT_LIST_OF_ONE, 256, false, 4}
};
static const event_field erc1155_transfer_transfer_batch_fields[] = {
	{EVENT_ADDRESS, 160, true, 0}, {EVENT_ADDRESS, 160, true, 1}, {EVENT_ADDRESS, 160, true, 2},
	{EVENT_LIST, 256, false, 3}, {EVENT_LIST, 256, false, 4}
};
static const event_layout erc1155_transfer_events[] = {
	EVENT_LAYOUT(0xc3d58168c5ae7397, 0x731d063d5bbf3d65, 0x7854427343f4c083, 0x240f7aacaa2d0f62,
		"TransferSingle(address indexed operator, address indexed from, "
		"address indexed to, uint256 id, uint256 value)",
		"ERC-1155", NULL, erc1155_transfer_transfer_single_fields, 4, 2),
	EVENT_LAYOUT(0x4a39dc06d4c0dbc6, 0x4b70af90fd698a23, 0x3a518aa5d07e595d, 0x983b8c0526c8f7fb,
		"TransferBatch(address indexed operator, address indexed from, "
		"address indexed to, uint256[] ids, uint256[] values)",
		"ERC-1155", NULL, erc1155_transfer_transfer_batch_fields, 4, 2)
};

static const event_field erc4626_deposit_fields[] = {
	{EVENT_ADDRESS, 160, true, 1}, {EVENT_ADDRESS, 160, true, 3}, {EVENT_UINT, 256, false, 4},
	{EVENT_UINT, 256, false, 5}, {EVENT_WORD_OF_EVENT, 0, false, 0}
};
static const event_field erc4626_withdraw_fields[] = {
	{EVENT_ADDRESS, 160, true, 1}, {EVENT_ADDRESS, 160, true, 2}, {EVENT_ADDRESS, 160, true, 3},
	{EVENT_UINT, 256, false, 4}, {EVENT_UINT, 256, false, 5}, {EVENT_WORD_OF_EVENT, 0, false, 0}
};
static const event_layout erc4626_events[] = {
	EVENT_LAYOUT(0xdcbc1c05240f31ff, 0x3ad067ef1ee35ce4, 0x997762752e3a0952, 0x84754544f4c709d7,
		"Deposit(address indexed sender, address indexed owner, uint256 assets, "
		"uint256 shares)",
		"ERC-4626", "deposit", erc4626_deposit_fields, 3, 2),
	EVENT_LAYOUT(0xfbde797d201c681b, 0x91056529119e0b02, 0x407c7bb96a4a2c75, 0xc01fc9667232c8db,
		"Withdraw(address indexed sender, address indexed receiver, "
		"address indexed owner, uint256 assets, uint256 shares)",
		"ERC-4626", "withdraw", erc4626_withdraw_fields, 4, 2)
};

#define READER(function, events, columns) \
	{function, events, EVENT_COUNT(events), columns}

const log_reader log_readers[LOG_READERS] = {
	[LOG_AAVE_RESERVE] = READER("aave_reserve_log", aave_events, 6),
	[LOG_MORPHO_ACCRUE] = READER("morpho_accrue_log", morpho_events, 4),
	[LOG_EULER_VAULT_STATUS] = READER("euler_vault_status_log", euler_events, 7),
	[LOG_COMET] = READER("comet_log", comet_events, 6),
	[LOG_UNIV2_SYNC] = READER("univ2_sync_log", univ2_sync_events, 2),
	[LOG_UNIV2_SWAP] = READER("univ2_swap_log", univ2_swap_events, 6),
	[LOG_UNIV3_SWAP] = READER("univ3_swap_log", univ3_swap_events, 9),
	[LOG_UNIV3_MINT] = READER("univ3_mint_log", univ3_mint_events, 7),
	[LOG_UNIV3_BURN] = READER("univ3_burn_log", univ3_burn_events, 6),
	[LOG_UNIV3_COLLECT] = READER("univ3_collect_log", univ3_collect_events, 6),
	[LOG_UNIV4_SWAP] = READER("univ4_swap_log", univ4_swap_events, 8),
	[LOG_UNIV4_MODIFY_LIQUIDITY] = READER("univ4_modify_liquidity_log", univ4_modify_liquidity_events, 6),
	[LOG_BALANCER_V2_SWAP] = READER("balancer_v2_swap_log", balancer_v2_swap_events, 5),
	[LOG_BALANCER_V3_SWAP] = READER("balancer_v3_swap_log", balancer_v3_swap_events, 7),
	[LOG_CURVE_EXCHANGE] = READER("curve_exchange_log", curve_exchange_events, 8),
	[LOG_PENDLE_RATE] = READER("pendle_rate_log", pendle_rate_events, 2),
	[LOG_PENDLE_SWAP] = READER("pendle_swap_log", pendle_swap_events, 6),
	[LOG_PENDLE_INDEX] = READER("pendle_index_log", pendle_index_events, 1),
	[LOG_CHAINLINK_ANSWER] = READER("chainlink_answer_log", chainlink_answer_events, 3),
	[LOG_ERC20_TRANSFER] = READER("erc20_transfer_log", erc20_transfer_events, 3),
	[LOG_ERC721_TRANSFER] = READER("erc721_transfer_log", erc721_transfer_events, 3),
	[LOG_ERC1155_TRANSFER] = READER("erc1155_transfer_log", erc1155_transfer_events, 5),
	[LOG_ERC4626] = READER("erc4626_log", erc4626_events, 6)
};
