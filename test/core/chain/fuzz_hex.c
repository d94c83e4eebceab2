/*-------------------------------------------------------------------------
 *
 * fuzz_hex.c
 *	  Any bytes as hexadecimal text: what is accepted survives a round trip.
 *
 *-------------------------------------------------------------------------
 */
#include <stdlib.h>

#include "core/chain/hex.h"

#define MAX_INPUT	4096

extern int	LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
require(bool holds)
{
	if (!holds)
		abort();
}

/* The word in its shortest form must read as itself, and so must its 32 bytes */
static void
fuzz_word(const char *text, size_t size)
{
	char		hex[U256_HEX_MAX];
	uint8_t		bytes[32];
	u256		word;
	u256		back;
	size_t		len;

	if (hex_to_u256(text, size, &word) != CORE_OK)
		return;
	len = u256_to_hex(word, hex);
	require(len >= 3 && len <= U256_HEX_MAX);
	require(len == 3 || hex[2] != '0');
	require(hex_to_u256(hex, len, &back) == CORE_OK && u256_equal(word, back));
	require(u256_store_be(word, bytes, 32));
	require(u256_equal(u256_load_be(bytes, 32), word));
}

static void
fuzz_bytes(const char *text, size_t size)
{
	static uint8_t bytes[MAX_INPUT / 2];
	static uint8_t back[MAX_INPUT / 2];
	static char hex[MAX_INPUT];
	size_t		nbytes;
	size_t		again;
	u256		word;

	if (hex_to_bytes(text, size, bytes, &nbytes) != CORE_OK)
		return;
	require(nbytes <= size / 2);
	bytes_to_hex(bytes, nbytes, hex);
	require(hex_to_bytes(hex, 2 * nbytes, back, &again) == CORE_OK && again == nbytes);
	require(memcmp(bytes, back, nbytes) == 0);
	if (nbytes >= 1 && nbytes <= 32)
	{
		require(hex_to_u256(text, size, &word) == CORE_OK);
		require(u256_equal(word, u256_load_be(bytes, (int) nbytes)));
	}
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	if (size > MAX_INPUT)
		return -1;
	fuzz_word((const char *) data, size);
	fuzz_bytes((const char *) data, size);
	return 0;
}
