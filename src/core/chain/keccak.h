/*-------------------------------------------------------------------------
 *
 * core/chain/keccak.h
 *	  Keccak-256 as Ethereum uses it, and the EIP-55 form of an address.
 *
 *-------------------------------------------------------------------------
 */
#ifndef PG_YIELD_CORE_CHAIN_KECCAK_H
#define PG_YIELD_CORE_CHAIN_KECCAK_H

#include <stddef.h>
#include <stdint.h>

/* A hash under way: the 1600-bit state, and how much of the current block is filled. */
typedef struct keccak256_state
{
	uint64_t	lane[25];		/* lane x + 5y of the Keccak reference */
	unsigned	fill;			/* bytes taken into the current block, 0 to 135 */
} keccak256_state;

/*
 * Incremental form: init, any number of updates, final. The hash of the
 * concatenation of all updates; the state is spent after final. Cannot fail.
 */
extern void keccak256_init(keccak256_state *state);
extern void keccak256_update(keccak256_state *state, const void *in, size_t len);
extern void keccak256_final(keccak256_state *state, uint8_t out[32]);

/*
 * Keccak-256 of len bytes (in may be NULL when len is 0). This is the hash of
 * the original submission, padded with 0x01, not SHA3-256 of FIPS 202, which
 * pads with 0x06. Cannot fail.
 */
extern void keccak256(const uint8_t *in, size_t len, uint8_t out[32]);

/*
 * The EIP-55 text of an address: 0x, 40 hex digits in mixed case, and a zero
 * byte. Cannot fail.
 */
extern void checksum_address(const uint8_t addr[20], char out[43]);

#endif							/* PG_YIELD_CORE_CHAIN_KECCAK_H */
