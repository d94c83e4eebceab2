/*-------------------------------------------------------------------------
 *
 * test_hex.c
 *	  Hexadecimal text: edges, and round trips judged by GMP.
 *
 *-------------------------------------------------------------------------
 */
#include "oracle.h"

#include "core/chain/hex.h"

static uint64_t rounds = 200000;

static core_status
parse(const char *text, u256 *out)
{
	return hex_to_u256(text, strlen(text), out);
}

static void
test_words(void **state)
{
	char		text[U256_HEX_MAX];
	char		want[80];
	mpz_t		z;

	(void) state;
	mpz_init(z);
	for (uint64_t i = 0; i < rounds; i++)
	{
		u256		a = random_u256();
		u256		back;
		size_t		len = u256_to_hex(a, text);
		int			zeros = (int) random_below(9);

		mpz_set_u256(z, a);
		gmp_snprintf(want, sizeof(want), "0x%Zx", z);
		assert_int_equal(len, strlen(want));
		assert_memory_equal(text, want, len);
		assert_int_equal(hex_to_u256(text, len, &back), CORE_OK);
		assert_true(u256_equal(a, back));
		/* upper case, leading zeros beyond 64 digits, no prefix */
		gmp_snprintf(want, sizeof(want), "%.*s%0*ZX", zeros, "000000000", 64, z);
		assert_int_equal(parse(want, &back), CORE_OK);
		assert_true(u256_equal(a, back));
	}
	mpz_clear(z);
}

static void
test_word_edges(void **state)
{
	static const char *const bad[] = {
		"", "0x", "0X", "x", "0x0x1", "0xg", "g", " 1", "1 ", "-1", "+1", "0x1_0", "1\xC3\xA9", "/", ":",
		"@", "G", "`", "0x0000000000000000000000000000000000000000000000000000000000000000000000g",
		"0x10000000000000000000000000000000000000000000000000000000000000000z"
	};
	char		text[200];
	u256		out = u256_from_u64(7);

	(void) state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		assert_int_equal(parse(bad[i], &out), CORE_BAD_TEXT);
	assert_int_equal(hex_to_u256("1\0002", 3, &out), CORE_BAD_TEXT);
	memset(text, '0', sizeof(text));
	text[0] = '1';
	assert_int_equal(hex_to_u256(text, 65, &out), CORE_OUT_OF_RANGE);
	assert_true(u256_equal(out, u256_from_u64(7)));
	assert_int_equal(hex_to_u256(text, 64, &out), CORE_OK);
	assert_int_equal(u256_bit_length(out), 253);
	text[0] = '0';
	text[199] = 'F';
	assert_int_equal(hex_to_u256(text, 200, &out), CORE_OK);
	assert_true(u256_equal(out, u256_from_u64(15)));
	assert_int_equal(parse("0XfF", &out), CORE_OK);
	assert_true(u256_equal(out, u256_from_u64(255)));
	assert_int_equal(parse("0", &out), CORE_OK);
	assert_int_equal(u256_to_hex(out, text), 3);
	assert_memory_equal(text, "0x0", 3);
}

/* Every character in every place of a word, and the same of bytes */
static void
test_characters(void **state)
{
	static const char accepted[] = "0123456789abcdefABCDEF";

	(void) state;
	for (int c = 0; c < 256; c++)
	{
		bool		good = c != 0 && strchr(accepted, c) != NULL;

		for (size_t len = 1; len <= 64; len++)
		{
			for (size_t at = 0; at < len; at++)
			{
				char		text[64];
				uint8_t		bytes[32];
				size_t		nbytes;
				u256		out;

				memset(text, '7', sizeof(text));
				text[at] = (char) c;
				assert_int_equal(hex_to_u256(text, len, &out), good ? CORE_OK : CORE_BAD_TEXT);
				if (len % 2 == 0)
					assert_int_equal(hex_to_bytes(text, len, bytes, &nbytes),
									 good ? CORE_OK : CORE_BAD_TEXT);
			}
		}
	}
}

static void
test_bytes(void **state)
{
	uint8_t		bytes[100];
	uint8_t		back[100];
	char		text[203];
	char		want[201];
	size_t		nbytes;

	(void) state;
	for (uint64_t i = 0; i < rounds / 10; i++)
	{
		size_t		n = random_below(101);

		for (size_t j = 0; j < n; j++)
		{
			bytes[j] = (uint8_t) random_u64();
			snprintf(want + 2 * j, 3, "%02x", bytes[j]);
		}
		memcpy(text, "0x", 2);
		bytes_to_hex(bytes, n, text + 2);
		assert_memory_equal(text + 2, want, 2 * n);
		assert_int_equal(hex_to_bytes(text, 2 * n + 2, back, &nbytes), CORE_OK);
		assert_int_equal(nbytes, n);
		assert_memory_equal(bytes, back, n);
		assert_int_equal(hex_to_bytes(text, 2 * n + 1, back, &nbytes), CORE_BAD_TEXT);
		if (n == 0)
			continue;
		text[2 + random_below((unsigned) n * 2)] = "gG/:@` "[random_below(7)];
		assert_int_equal(hex_to_bytes(text, 2 * n + 2, back, &nbytes), CORE_BAD_TEXT);
	}
	assert_int_equal(hex_to_bytes("", 0, back, &nbytes), CORE_OK);
	assert_int_equal(nbytes, 0);
	assert_int_equal(hex_to_bytes("0xABcd", 6, back, &nbytes), CORE_OK);
	assert_int_equal(nbytes, 2);
	assert_memory_equal(back, "\xAB\xCD", 2);
}

int
main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_words),
		cmocka_unit_test(test_word_edges),
		cmocka_unit_test(test_characters),
		cmocka_unit_test(test_bytes),
	};

	rounds = operations(argc, argv, rounds);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
