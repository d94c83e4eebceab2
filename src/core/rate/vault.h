/*-------------------------------------------------------------------------
 *
 * core/rate/vault.h
 *	  The price of a vault's share, from the event logs of any vault.
 *
 * Unlike the registry of staking tokens this knows no addresses: whoever emits
 * such an event is a vault.
 *
 *-------------------------------------------------------------------------
 */
#ifndef PG_YIELD_CORE_RATE_VAULT_H
#define PG_YIELD_CORE_RATE_VAULT_H

#include "core/chain/event.h"

#define VAULT_MAX_DECIMALS	U256_MAX_POW10

/* How a rate is made of the event's values. */
typedef enum vault_formula
{
	VAULT_DEPOSIT,				/* assets for shares: the depositor gets them rounded down */
	VAULT_WITHDRAW,				/* the same, with the rounding the other way */
	VAULT_STATUS,				/* Euler's totals */
	VAULT_STORED,				/* a rate in the asset's decimals */
	VAULT_PRICE,				/* shares for an asset, over 1e18 */
	VAULT_INDEX,				/* a ray */
	VAULT_RATIO					/* shares for an asset, over 1e18, its inverse rounded up */
} vault_formula;

/* The columns of their values. */
enum
{
	VAULT_ASSETS,				/* or the one number that there is */
	VAULT_SHARES,
	VAULT_BORROWS,
	VAULT_TIME,					/* from when on the rate is in force; absent: the block's */
	VAULT_COLUMNS
};

typedef struct vault_layout
{
	event_layout event;			/* first: a table of these is one of layouts */
	const char *name;
	const char *kind;			/* 'deposit', 'withdraw', 'report', 'state' */
	vault_formula formula;
} vault_layout;

/* Decimals of a vault's share and of its asset, each 0 .. VAULT_MAX_DECIMALS. */
typedef struct vault_decimals
{
	int			share;
	int			asset;
} vault_decimals;

/* The events in their order; NULL behind their end. */
extern const vault_layout *vault_layout_at(size_t i);
extern int	vault_num_layouts(void);

/* Whether logs of the event say from when on their rate is in force. */
extern bool vault_has_time(const vault_layout *vault);

/*
 * The rate over 1e18.  CORE_NULL where nothing is divided by, or where a
 * deposit or withdrawal is of fewer than min_shares; CORE_OUT_OF_RANGE where
 * the rate is 2^256 or more.
 */
extern core_status vault_event_rate(const vault_layout *vault, const event_value *values,
									vault_decimals decimals, u256 min_shares, u256 *rate);

/*
 * What the share price can have been, given that the event's amounts are
 * rounded to units.  *bounded is false where there is no greatest one.
 */
extern core_status vault_event_bounds(const vault_layout *vault, const event_value *values,
									  vault_decimals decimals, u256 *least, u256 *greatest,
									  bool *bounded);

#endif							/* PG_YIELD_CORE_RATE_VAULT_H */
