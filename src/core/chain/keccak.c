/*-------------------------------------------------------------------------
 *
 * core/chain/keccak.c
 *	  Keccak-256 as Ethereum uses it, and the EIP-55 form of an address.
 *
 * The permutation, its rotations and its round constants are those of the
 * Keccak reference (Bertoni, Daemen, Peeters, Van Assche), with a rate of
 * 1088 bits and a capacity of 512.
 *
 *-------------------------------------------------------------------------
 */
#include "core/chain/keccak.h"

#include <string.h>

#define KECCAK_RATE 136			/* bytes absorbed by one permutation */
#define KECCAK_ROUNDS 24

/* Only for 0 < n < 64: a shift by 64 would be undefined. */
#define ROTL(v, n) (((v) << (n)) | ((v) >> (64 - (n))))

static const uint64_t round_constant[KECCAK_ROUNDS] = {
	0x0000000000000001, 0x0000000000008082, 0x800000000000808a, 0x8000000080008000,
	0x000000000000808b, 0x0000000080000001, 0x8000000080008081, 0x8000000000008009,
	0x000000000000008a, 0x0000000000000088, 0x0000000080008009, 0x000000008000000a,
	0x000000008000808b, 0x800000000000008b, 0x8000000000008089, 0x8000000000008003,
	0x8000000000008002, 0x8000000000000080, 0x000000000000800a, 0x800000008000000a,
	0x8000000080008081, 0x8000000000008080, 0x0000000080000001, 0x8000000080008008
};

/*
 * The chi step on one row of five lanes that rho and pi have brought together.
 */
static inline void
chi_row(uint64_t *e, uint64_t b0, uint64_t b1, uint64_t b2, uint64_t b3, uint64_t b4)
{
	e[0] = b0 ^ (~b1 & b2);
	e[1] = b1 ^ (~b2 & b3);
	e[2] = b2 ^ (~b3 & b4);
	e[3] = b3 ^ (~b4 & b0);
	e[4] = b4 ^ (~b0 & b1);
}

/*
 * One round from a to e. Row y of the result takes its lane x from lane
 * (x + 3y) mod 5 of row x: the inverse of the pi step, so that each row is
 * written as soon as its five lanes are known. Going from one array to another
 * instead of in place is what lets the rounds run without a copy.
 */
static inline void
keccak_round(const uint64_t *a, uint64_t *e, uint64_t constant)
{
	uint64_t	c0 = a[0] ^ a[5] ^ a[10] ^ a[15] ^ a[20];
	uint64_t	c1 = a[1] ^ a[6] ^ a[11] ^ a[16] ^ a[21];
	uint64_t	c2 = a[2] ^ a[7] ^ a[12] ^ a[17] ^ a[22];
	uint64_t	c3 = a[3] ^ a[8] ^ a[13] ^ a[18] ^ a[23];
	uint64_t	c4 = a[4] ^ a[9] ^ a[14] ^ a[19] ^ a[24];
	uint64_t	d0 = c4 ^ ROTL(c1, 1);
	uint64_t	d1 = c0 ^ ROTL(c2, 1);
	uint64_t	d2 = c1 ^ ROTL(c3, 1);
	uint64_t	d3 = c2 ^ ROTL(c4, 1);
	uint64_t	d4 = c3 ^ ROTL(c0, 1);

	chi_row(e, a[0] ^ d0, ROTL(a[6] ^ d1, 44), ROTL(a[12] ^ d2, 43),
			ROTL(a[18] ^ d3, 21), ROTL(a[24] ^ d4, 14));
	e[0] ^= constant;
	chi_row(e + 5, ROTL(a[3] ^ d3, 28), ROTL(a[9] ^ d4, 20), ROTL(a[10] ^ d0, 3),
			ROTL(a[16] ^ d1, 45), ROTL(a[22] ^ d2, 61));
	chi_row(e + 10, ROTL(a[1] ^ d1, 1), ROTL(a[7] ^ d2, 6), ROTL(a[13] ^ d3, 25),
			ROTL(a[19] ^ d4, 8), ROTL(a[20] ^ d0, 18));
	chi_row(e + 15, ROTL(a[4] ^ d4, 27), ROTL(a[5] ^ d0, 36), ROTL(a[11] ^ d1, 10),
			ROTL(a[17] ^ d2, 15), ROTL(a[23] ^ d3, 56));
	chi_row(e + 20, ROTL(a[2] ^ d2, 62), ROTL(a[8] ^ d3, 55), ROTL(a[14] ^ d4, 39),
			ROTL(a[15] ^ d0, 41), ROTL(a[21] ^ d1, 2));
}

static void
keccak_permute(uint64_t lane[25])
{
	uint64_t	other[25];

	for (int round = 0; round < KECCAK_ROUNDS; round += 2)
	{
		keccak_round(lane, other, round_constant[round]);
		keccak_round(other, lane, round_constant[round + 1]);
	}
}

/* Lanes are little-endian on every machine; compilers make one load of this. */
static inline uint64_t
load_lane(const uint8_t *in)
{
	return (uint64_t) in[0] | (uint64_t) in[1] << 8 | (uint64_t) in[2] << 16 |
		(uint64_t) in[3] << 24 | (uint64_t) in[4] << 32 | (uint64_t) in[5] << 40 |
		(uint64_t) in[6] << 48 | (uint64_t) in[7] << 56;
}

void
keccak256_init(keccak256_state *state)
{
	memset(state, 0, sizeof(*state));
}

void
keccak256_update(keccak256_state *state, const void *in, size_t len)
{
	const uint8_t *next = in;

	while (len > 0)
	{
		unsigned	step = 1;

		if (len >= 8 && state->fill % 8 == 0)
		{
			state->lane[state->fill / 8] ^= load_lane(next);
			step = 8;
		}
		else
			state->lane[state->fill / 8] ^= (uint64_t) *next << 8 * (state->fill % 8);

		next += step;
		len -= step;
		state->fill += step;
		if (state->fill == KECCAK_RATE)
		{
			keccak_permute(state->lane);
			state->fill = 0;
		}
	}
}

void
keccak256_final(keccak256_state *state, uint8_t out[32])
{
	state->lane[state->fill / 8] ^= (uint64_t) 0x01 << 8 * (state->fill % 8);
	state->lane[KECCAK_RATE / 8 - 1] ^= (uint64_t) 0x80 << 56;
	keccak_permute(state->lane);
	for (int i = 0; i < 32; i++)
		out[i] = (uint8_t) (state->lane[i / 8] >> 8 * (i % 8));
}

void
keccak256(const uint8_t *in, size_t len, uint8_t out[32])
{
	keccak256_state state;

	keccak256_init(&state);
	keccak256_update(&state, in, len);
	keccak256_final(&state, out);
}

/*
 * EIP-55: a letter is upper case where the digit at its place in the hash of
 * the forty lower-case digits, without 0x, is 8 or more.
 */
void
checksum_address(const uint8_t addr[20], char out[43])
{
	static const char digits[] = "0123456789abcdef";
	uint8_t		hash[32];
	char	   *hex = out + 2;

	out[0] = '0';
	out[1] = 'x';
	for (int i = 0; i < 20; i++)
	{
		hex[2 * i] = digits[addr[i] >> 4];
		hex[2 * i + 1] = digits[addr[i] & 15];
	}
	hex[40] = '\0';

	keccak256((const uint8_t *) hex, 40, hash);
	for (int i = 0; i < 40; i++)
	{
		unsigned	nibble = i % 2 == 0 ? hash[i / 2] >> 4 : hash[i / 2] & 15;

		/* a to f are 0x61 to 0x66 in ASCII, whatever the locale says */
		if (nibble >= 8 && hex[i] >= 'a')
			hex[i] = (char) (hex[i] - 0x20);
	}
}
