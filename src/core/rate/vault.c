/*-------------------------------------------------------------------------
 *
 * core/rate/vault.c
 *	  The price of a vault's share, from the event logs of any vault.
 *
 *-------------------------------------------------------------------------
 */
#include "core/rate/vault.h"

#include "core/chain/fixed.h"
#include "core/rate/observed.h"

/* ---------- events ---------- */

/* EIP-4626 */
static const event_field deposit_fields[] = {
	{EVENT_ADDRESS, 160, true, EVENT_NO_COLUMN}, {EVENT_ADDRESS, 160, true, EVENT_NO_COLUMN},
	{EVENT_UINT, 256, false, VAULT_ASSETS}, {EVENT_UINT, 256, false, VAULT_SHARES}
};
static const event_field withdraw_fields[] = {
	{EVENT_ADDRESS, 160, true, EVENT_NO_COLUMN}, {EVENT_ADDRESS, 160, true, EVENT_NO_COLUMN},
	{EVENT_ADDRESS, 160, true, EVENT_NO_COLUMN},
	{EVENT_UINT, 256, false, VAULT_ASSETS}, {EVENT_UINT, 256, false, VAULT_SHARES}
};

/*
 * euler-xyz/euler-vault-kit src/EVault/shared/Events.sol. The vault converts
 * with a virtual deposit of 1e6 of either: lib/ConversionHelpers.sol.
 */
static const event_field status_fields[] = {
	{EVENT_UINT, 256, false, VAULT_SHARES}, {EVENT_UINT, 256, false, VAULT_BORROWS},
	{EVENT_UINT, 256, false, EVENT_NO_COLUMN}, {EVENT_UINT, 256, false, VAULT_ASSETS},
	{EVENT_UINT, 256, false, EVENT_NO_COLUMN}, {EVENT_UINT, 256, false, EVENT_NO_COLUMN},
	{EVENT_TIME, 256, false, VAULT_TIME}
};

/* Se7en-Seas/boring-vault src/base/Roles/AccountantWithRateProviders.sol */
static const event_field accountant_fields[] = {
	{EVENT_UINT, 96, false, EVENT_NO_COLUMN}, {EVENT_UINT, 96, false, VAULT_ASSETS},
	{EVENT_TIME, 64, false, VAULT_TIME}
};

/*
 * mellow-finance/flexible-vaults src/interfaces/modules/IShareModule.sol and
 * src/interfaces/oracles/IOracle.sol. The price is shares for an asset
 * (src/queues/RedeemQueue.sol divides by it).
 */
static const event_field handled_fields[] = {
	{EVENT_ADDRESS, 160, true, EVENT_NO_COLUMN}, {EVENT_UINT, 224, true, VAULT_ASSETS},
	{EVENT_UINT, 32, false, EVENT_NO_COLUMN}, {EVENT_UINT, 32, false, EVENT_NO_COLUMN},
	{EVENT_UINT, 256, false, EVENT_NO_COLUMN}
};
static const event_field accepted_fields[] = {
	{EVENT_ADDRESS, 160, true, EVENT_NO_COLUMN}, {EVENT_UINT, 224, true, VAULT_ASSETS},
	{EVENT_UINT, 32, true, EVENT_NO_COLUMN}
};

/*
 * sky-ecosystem/stusds src/StUsds.sol; Drip also of sUSDS, and of Spark's vaults:
 * spark-vaults-v2 src/SparkVault.sol. Maker's Pot and sDAI emit none.
 */
static const event_field drip_fields[] = {
	{EVENT_UINT, 256, false, VAULT_ASSETS}, {EVENT_UINT, 256, false, EVENT_NO_COLUMN}
};
static const event_field cut_fields[] = {
	{EVENT_UINT, 256, false, EVENT_NO_COLUMN}, {EVENT_UINT, 256, false, EVENT_NO_COLUMN},
	{EVENT_UINT, 256, false, VAULT_ASSETS}
};

/* lombard-finance/evm-smart-contracts contracts/LBTC/StakedLBTCOracle.sol */
static const event_field ratio_fields[] = {
	{EVENT_UINT, 256, false, EVENT_NO_COLUMN}, {EVENT_UINT, 256, false, VAULT_ASSETS},
	{EVENT_TIME, 256, false, VAULT_TIME}
};

static const vault_layout layouts[] = {
	{EVENT_LAYOUT(0xdcbc1c05240f31ff, 0x3ad067ef1ee35ce4, 0x997762752e3a0952, 0x84754544f4c709d7,
		"Deposit(address indexed sender, address indexed owner, uint256 assets, uint256 shares)",
		"ERC-4626", NULL, deposit_fields, 3, 2), "Deposit", "deposit", VAULT_DEPOSIT},
	{EVENT_LAYOUT(0xfbde797d201c681b, 0x91056529119e0b02, 0x407c7bb96a4a2c75, 0xc01fc9667232c8db,
		"Withdraw(address indexed sender, address indexed receiver, address indexed owner, "
		"uint256 assets, uint256 shares)",
		"ERC-4626", NULL, withdraw_fields, 4, 2), "Withdraw", "withdraw", VAULT_WITHDRAW},
	{EVENT_LAYOUT(0x80b61abbfc5f73cf, 0xe5cf93cec97a69ed, 0x20643dc6c6f1833b, 0x05a1560aa164e24c,
		"VaultStatus(uint256 totalShares, uint256 totalBorrows, uint256 accumulatedFees, "
		"uint256 cash, uint256 interestAccumulator, uint256 interestRate, uint256 timestamp)",
		"Euler v2", NULL, status_fields, 1, 7), "VaultStatus", "state", VAULT_STATUS},
	{EVENT_LAYOUT(0xa95bc6aba40bbc4d, 0x95fc35f118c4cd8b, 0x53fc5d5b89ed2640, 0x02af03503a7a9439,
		"ExchangeRateUpdated(uint96 oldRate, uint96 newRate, uint64 currentTime)",
		"Veda BoringVault", NULL, accountant_fields, 1, 3), "ExchangeRateUpdated", "report", VAULT_STORED},
	{EVENT_LAYOUT(0x24bbf515a701fcb7, 0xa993b1e8c3f201ab, 0x4e608f7b85c61b1f, 0x8cc0e19dc9d52653,
		"ReportHandled(address indexed asset, uint224 indexed priceD18, uint32 depositTimestamp, "
		"uint32 redeemTimestamp, uint256 fees)",
		"Mellow", NULL, handled_fields, 3, 3), "ReportHandled", "report", VAULT_PRICE},
	{EVENT_LAYOUT(0x3a1824dfb9fd7ed2, 0x9622fdd2dbee7465, 0xc0a7c183a50399f3, 0xc22dd93275eb81e8,
		"ReportAccepted(address indexed asset, uint224 indexed priceD18, uint32 indexed timestamp)",
		"Mellow", NULL, accepted_fields, 4, 0), "ReportAccepted", "report", VAULT_PRICE},
	{EVENT_LAYOUT(0xad1e8a53178522eb, 0x68a9d94d862bf30c, 0x841f709d2115f743, 0xeb6b34528751c79f,
		"Drip(uint256 chi, uint256 diff)",
		"Sky, Spark", NULL, drip_fields, 1, 2), "Drip", "state", VAULT_INDEX},
	{EVENT_LAYOUT(0xaaa7de6dcd0061e0, 0xbcd3a9bb711f1cc6, 0xd76b603c4d5cb979, 0x01525c7952076406,
		"Cut(uint256 assets, uint256 oldChi, uint256 newChi)",
		"Sky stUSDS", NULL, cut_fields, 1, 3), "Cut", "state", VAULT_INDEX},
	{EVENT_LAYOUT(0x7af4a9df3b955bd1, 0x403b9c99ab7142e4, 0x69f27303ce87e727, 0x3e7fa2aa2399ceab,
		"Oracle_RatioChanged(uint256 prevVal, uint256 newVal, uint256 switchTime)",
		"Lombard", NULL, ratio_fields, 1, 3), "Oracle_RatioChanged", "report", VAULT_RATIO}
};

const vault_layout *
vault_layout_at(size_t i)
{
	return i < EVENT_COUNT(layouts) ? &layouts[i] : NULL;
}

int
vault_num_layouts(void)
{
	return EVENT_COUNT(layouts);
}

bool
vault_has_time(const vault_layout *vault)
{
	for (int i = 0; i < vault->event.num_fields; i++)
		if (vault->event.fields[i].column == VAULT_TIME)
			return true;
	return false;
}

/* ---------- rates ---------- */

static u256
word(const event_value *values, int column)
{
	return values[column].word;
}

/* assets for shares, over 1e18 in whole tokens of either */
static int
share_exponent(vault_decimals decimals)
{
	return 18 + decimals.share - decimals.asset;
}

static core_status
status_rate(const event_value *values, int exponent, u256 *rate)
{
	u256		virtual_deposit = u256_from_u64(1000000);
	wide		assets = wide_sum(word(values, VAULT_ASSETS), word(values, VAULT_BORROWS));

	(void) wide_add(&assets, virtual_deposit);
	return observed_quotient(assets, wide_sum(word(values, VAULT_SHARES), virtual_deposit),
							 exponent, rate);
}

/* The inverse of a number over 1e18, which is 1e36 for one */
static core_status
ratio_rate(u256 ratio, u256 *rate)
{
	if (u256_is_zero(ratio))
		return CORE_NULL;
	return wad_div(FIXED_WAD, ratio, U256_CEIL, rate);
}

core_status
vault_event_rate(const vault_layout *vault, const event_value *values, vault_decimals decimals,
				 u256 min_shares, u256 *rate)
{
	const wide	one = wide_of(u256_from_u64(1));
	wide		number = wide_of(word(values, VAULT_ASSETS));
	int			exponent = share_exponent(decimals);

	switch (vault->formula)
	{
		case VAULT_DEPOSIT:
		case VAULT_WITHDRAW:
			if (u256_cmp(word(values, VAULT_SHARES), min_shares) < 0)
				return CORE_NULL;
			return observed_quotient(number, wide_of(word(values, VAULT_SHARES)), exponent, rate);
		case VAULT_STATUS:
			return status_rate(values, exponent, rate);
		case VAULT_STORED:
			return observed_quotient(number, one, 18 - decimals.asset, rate);
		case VAULT_PRICE:
			return observed_quotient(one, number, 18 + exponent, rate);
		case VAULT_INDEX:
			return observed_quotient(number, one, -9, rate);
		case VAULT_RATIO:
			return ratio_rate(word(values, VAULT_ASSETS), rate);
	}
	return CORE_NULL;
}

/* ---------- bounds ---------- */

core_status
vault_event_bounds(const vault_layout *vault, const event_value *values, vault_decimals decimals,
				   u256 *least, u256 *greatest, bool *bounded)
{
	int			exponent = share_exponent(decimals);
	u256		assets = word(values, VAULT_ASSETS);
	u256		shares = word(values, VAULT_SHARES);
	u256		rate;
	core_status status = vault_event_rate(vault, values, decimals, U256_ZERO, &rate);

	if (status != CORE_OK)
		return status;
	*least = rate;
	*greatest = rate;
	*bounded = true;
	if (vault->formula == VAULT_DEPOSIT)
		return observed_deposit_least(assets, shares, exponent, least);
	if (vault->formula != VAULT_WITHDRAW)
		return CORE_OK;
	status = observed_withdrawal_greatest(assets, shares, exponent, greatest);
	*bounded = status != CORE_NULL;
	return status == CORE_NULL ? CORE_OK : status;
}
