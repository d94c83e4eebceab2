/*-------------------------------------------------------------------------
 *
 * core/chain/logs.h
 *	  The event logs of markets and tokens that have a reader of their own.
 *
 * A reader is one SQL function and knows the events of one kind that several
 * protocols, or several versions of one, emit.
 *
 *-------------------------------------------------------------------------
 */
#ifndef PG_YIELD_CORE_CHAIN_LOGS_H
#define PG_YIELD_CORE_CHAIN_LOGS_H

#include "core/chain/event.h"

typedef enum log_reader_id
{
	LOG_AAVE_RESERVE,
	LOG_MORPHO_ACCRUE,
	LOG_EULER_VAULT_STATUS,
	LOG_COMET,
	LOG_UNIV2_SYNC,
	LOG_UNIV2_SWAP,
	LOG_UNIV3_SWAP,
	LOG_UNIV3_MINT,
	LOG_UNIV3_BURN,
	LOG_UNIV3_COLLECT,
	LOG_UNIV4_SWAP,
	LOG_UNIV4_MODIFY_LIQUIDITY,
	LOG_BALANCER_V2_SWAP,
	LOG_BALANCER_V3_SWAP,
	LOG_CURVE_EXCHANGE,
	LOG_PENDLE_RATE,
	LOG_PENDLE_SWAP,
	LOG_PENDLE_INDEX,
	LOG_CHAINLINK_ANSWER,
	LOG_ERC20_TRANSFER,
	LOG_ERC721_TRANSFER,
	LOG_ERC1155_TRANSFER,
	LOG_ERC4626,
	LOG_READERS					/* how many there are */
} log_reader_id;

typedef struct log_reader
{
	const char *function;		/* its name in SQL */
	const event_layout *events;
	uint8_t		num_events;
	uint8_t		num_columns;
} log_reader;

extern const log_reader log_readers[LOG_READERS];

#endif							/* PG_YIELD_CORE_CHAIN_LOGS_H */
