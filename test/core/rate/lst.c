/*-------------------------------------------------------------------------
 *
 * test_lst.c
 *	  The registry of staking tokens: its text against hashes and checksums,
 *	  its layouts against their declarations, its rates against published logs
 *	  and GMP. To be run at the top of the source tree.
 *
 *-------------------------------------------------------------------------
 */
#include "oracle.h"

#include "core/chain/abi_type.h"
#include "core/chain/keccak.h"
#include "core/rate/lst.h"
#include "vectors.h"

#define MAX_DATA	(6 * 32)

/* A log as a whole, from hex text; topics separated by a space. */
typedef struct sample
{
	uint8_t		address[LST_ADDRESS_BYTES];
	uint8_t		topics[LST_MAX_TOPICS][LST_TOPIC_BYTES];
	int			num_topics;
	uint8_t    *data;
	size_t		length;
} sample;

static void
sample_read(sample *log, const char *address, char *topics, const char *data)
{
	size_t		length;
	uint8_t    *bytes = hex_bytes(address, &length);

	assert_int_equal(length, LST_ADDRESS_BYTES);
	memcpy(log->address, bytes, length);
	free(bytes);
	log->num_topics = 0;
	for (char *topic = strtok(topics, " "); topic != NULL; topic = strtok(NULL, " "))
	{
		bytes = hex_bytes(topic, &length);
		assert_int_equal(length, LST_TOPIC_BYTES);
		memcpy(log->topics[log->num_topics++], bytes, length);
		free(bytes);
	}
	log->data = hex_bytes(data, &log->length);
}

static core_status
sample_rate(const sample *log, u256 *rate)
{
	const lst_contract *contract = lst_find_contract(log->address);
	const lst_event *event;
	core_status status;

	if (contract == NULL || log->num_topics == 0)
		return CORE_NULL;
	status = lst_find_event(contract, log->topics[0], log->num_topics, &event);
	if (status != CORE_OK)
		return status;
	return lst_event_rate(event, log->data, log->length, rate);
}

static void
assert_decimal(u256 value, const char *expected)
{
	mpz_t		z;

	assert_int_equal(mpz_init_set_str(z, expected, 10), 0);
	assert_u256_is(value, z);
	mpz_clear(z);
}

static void
rate_vectors(void **state)
{
	vectors		v = vectors_open("test/vectors/rate/lst_rate.csv");

	(void) state;
	while (vectors_next(&v))
	{
		const char *expected = vectors_get(&v, "expected");
		sample		log;
		u256		rate;

		sample_read(&log, vectors_get(&v, "address"), vectors_get(&v, "topics"),
					vectors_get(&v, "data"));
		if (*expected == '\0')
			assert_int_equal(sample_rate(&log, &rate), CORE_NULL);
		else
		{
			assert_int_equal(sample_rate(&log, &rate), CORE_OK);
			assert_decimal(rate, expected);
		}
		free(log.data);
	}
	assert_true(v.num_rows >= 32);
	vectors_close(&v);
}

/* Topics that others computed: those of the registry must be among them where the name is. */
static void
topic_vectors(void **state)
{
	vectors		v = vectors_open("test/vectors/chain/event_topics.csv");
	int			found = 0;

	(void) state;
	while (vectors_next(&v))
	{
		for (size_t i = 0; lst_contract_at(i) != NULL; i++)
		{
			const lst_contract *contract = lst_contract_at(i);

			for (int j = 0; j < contract->num_events; j++)
				found += strcmp(contract->events[j].topic0, vectors_get(&v, "expected")) == 0;
		}
	}
	/*
	 * TokenRebased, PostTotalShares, cbETH and wBETH, ETHx, rETH's first at four, 13 of Eigenpie's,
	 * Deposit of pufETH and sfrxETH
	 */
	assert_int_equal(found, 1 + 1 + 2 + 1 + 4 + 13 + 2);
	vectors_close(&v);
}

/* The body of a declaration is as many words as its arguments that are not indexed: all static. */
static void
check_event(const lst_event *event)
{
	static abi_node nodes[ABI_MAX_NODES];
	abi_signature sig = {.text = event->declaration, .length = strlen(event->declaration),
		.nodes = nodes};
	abi_error	error;
	uint8_t		topic[LST_TOPIC_BYTES];
	uint8_t		bytes[LST_TOPIC_BYTES];
	char		text[2 * LST_TOPIC_BYTES + 3];

	sig.capacity = abi_node_bound(sig.length);
	assert_int_equal(abi_parse_declaration(&sig, ABI_DECL_EVENT, &error), CORE_OK);
	abi_event_topic(&sig, topic);
	assert_string_equal(hex_text(topic, sizeof(topic), text), event->topic0);
	lst_topic_bytes(event->topic0, bytes);
	assert_memory_equal(bytes, topic, sizeof(topic));
	assert_int_equal(event->num_topics, 1 + sig.num_indexed);
	assert_int_equal(event->num_words, sig.num_args - sig.num_indexed);
	assert_true(event->assets < event->num_words);
	assert_true(event->shares < event->num_words || event->shares == LST_STORED);
	assert_true(event->num_words * 32 <= MAX_DATA);
}

static void
check_address(const char *text)
{
	uint8_t		bytes[LST_ADDRESS_BYTES];
	char		checksummed[43];

	lst_address_bytes(text, bytes);
	checksum_address(bytes, checksummed);
	assert_string_equal(checksummed, text);
}

static void
registry_contracts(void **state)
{
	size_t		i;

	(void) state;
	for (i = 0; lst_contract_at(i) != NULL; i++)
	{
		const lst_contract *contract = lst_contract_at(i);
		uint8_t		bytes[LST_ADDRESS_BYTES];

		check_address(contract->address);
		lst_address_bytes(contract->address, bytes);
		assert_true(contract->key == u256_load_be(bytes, 8).limb[0]);
		assert_ptr_equal(lst_find_contract(bytes), contract);
		for (int byte = 0; byte < LST_ADDRESS_BYTES; byte++)
		{
			bytes[byte] ^= 1;
			assert_null(lst_find_contract(bytes));
			bytes[byte] ^= 1;
		}
		for (int j = 0; j < contract->num_events; j++)
			check_event(&contract->events[j]);
	}
	assert_int_equal(i, 33);
	assert_null(lst_contract_at(SIZE_MAX));
}

static const lst_token *
token_of(const char *symbol)
{
	for (size_t i = 0; lst_token_at(i) != NULL; i++)
		if (strcmp(lst_token_at(i)->symbol, symbol) == 0)
			return lst_token_at(i);
	return NULL;
}

static void
registry_tokens(void **state)
{
	size_t		i;

	(void) state;
	for (i = 0; lst_token_at(i) != NULL; i++)
	{
		const lst_token *token = lst_token_at(i);
		const char *call = token->snapshot == NULL ? NULL : strstr(token->snapshot, "0x");

		check_address(token->address);
		assert_ptr_equal(token_of(token->symbol), token);
		assert_true(token->source != NULL || token->snapshot != NULL);
		if (token->snapshot != NULL)
		{
			assert_non_null(call);
			check_address(call);
		}
	}
	assert_int_equal(i, 31);
	for (i = 0; lst_contract_at(i) != NULL; i++)
	{
		const char *symbol = lst_contract_at(i)->symbol;

		assert_true(symbol == NULL || token_of(symbol) != NULL);
	}
}

/* Which token a log of a contract for several tokens is about */
static void
symbols(void **state)
{
	const lst_contract *eigenpie = token_of("mstETH")->source;
	uint8_t		topic[LST_TOPIC_BYTES] = {0};

	(void) state;
	lst_address_bytes(token_of("mswETH")->address, topic + 12);
	assert_string_equal(lst_event_symbol(eigenpie, topic), "mswETH");
	topic[31] ^= 1;
	assert_null(lst_event_symbol(eigenpie, topic));
	assert_string_equal(lst_event_symbol(token_of("stETH")->source, topic), "wstETH");
	assert_string_equal(lst_event_symbol(token_of("eETH")->source, topic), "weETH");
}

/* Every event with the same words in all places: what is read, and how it is divided */
static void
every_event(void **state)
{
	(void) state;
	for (size_t i = 0; lst_contract_at(i) != NULL; i++)
	{
		for (int j = 0; j < lst_contract_at(i)->num_events; j++)
		{
			const lst_event *event = &lst_contract_at(i)->events[j];
			uint8_t		data[MAX_DATA];
			u256		word[MAX_DATA / 32];
			u256		rate;
			mpz_t		want;
			mpz_t		shares;

			for (int round = 0; round < 200; round++)
			{
				for (int k = 0; k < event->num_words; k++)
				{
					word[k] = u256_shr(random_u256(), random_below(256));
					word[k].limb[0] |= 1;
					if (event->token != 0 && k == event->token)
						word[k] = U256_ZERO;
					assert_true(u256_store_be(word[k], data + 32 * k, 32));
				}
				mpz_inits(want, shares, NULL);
				mpz_set_u256(want, word[event->assets]);
				if (event->shares != LST_STORED)
				{
					mpz_set_u256(shares, word[event->shares]);
					mpz_mul_ui(want, want, 1000000000000000000U);
					mpz_fdiv_q(want, want, shares);
				}
				if (!mpz_fits_u256(want))
					assert_int_equal(lst_event_rate(event, data, 32 * event->num_words, &rate),
									 CORE_OUT_OF_RANGE);
				else
				{
					assert_int_equal(lst_event_rate(event, data, 32 * event->num_words, &rate), CORE_OK);
					assert_u256_is(rate, want);
				}
				mpz_clears(want, shares, NULL);
			}
			for (int short_of = 0; short_of < 32 * event->num_words; short_of++)
				assert_int_equal(lst_event_rate(event, data, (size_t) short_of, &rate), CORE_BAD_BINARY);
		}
	}
}

/* Floor of (assets + more_assets) * 1e18 / (shares + more_shares), at least 0 */
static void
nudged_rate(mpz_t out, u256 assets, int more_assets, u256 shares, int more_shares)
{
	mpz_t		divisor;

	mpz_init(divisor);
	mpz_set_u256(out, assets);
	mpz_set_u256(divisor, shares);
	if (more_assets < 0)
		mpz_sub_ui(out, out, 1);
	else
		mpz_add_ui(out, out, (unsigned long) more_assets);
	if (more_shares < 0)
		mpz_sub_ui(divisor, divisor, 1);
	else
		mpz_add_ui(divisor, divisor, (unsigned long) more_shares);
	if (mpz_sgn(out) < 0)
		mpz_set_ui(out, 0);
	mpz_mul_ui(out, out, 1000000000000000000U);
	if (mpz_sgn(divisor) > 0)
		mpz_fdiv_q(out, out, divisor);
	mpz_clear(divisor);
}

static void
check_bounds(const lst_event *event, u256 assets, u256 shares)
{
	uint8_t		data[MAX_DATA] = {0};
	u256		least = U256_ZERO;
	u256		greatest = U256_ZERO;
	bool		bounded = true;
	core_status status;
	mpz_t		low;
	mpz_t		high;
	mpz_t		other;
	mpz_t		rate;

	mpz_inits(low, high, other, rate, NULL);
	assert_true(u256_store_be(assets, data + 32 * event->assets, 32));
	assert_true(u256_store_be(shares, data + 32 * event->shares, 32));
	status = lst_event_bounds(event, data, 32 * event->num_words, &least, &greatest, &bounded);
	nudged_rate(rate, assets, 0, shares, 0);
	mpz_set(low, rate);
	mpz_set(high, rate);
	if (event->rounding == LST_SHARES_DOWN || event->rounding == LST_DEPOSIT)
		nudged_rate(low, assets, 0, shares, 1);
	if (event->rounding == LST_DEPOSIT)
	{
		nudged_rate(other, assets, -1, shares, 0);
		if (mpz_cmp(other, low) < 0)
			mpz_set(low, other);
	}
	if (event->rounding == LST_ASSETS_DOWN || event->rounding == LST_WITHDRAWAL)
		nudged_rate(high, assets, 1, shares, 0);
	if (event->rounding == LST_WITHDRAWAL)
	{
		nudged_rate(other, assets, 0, shares, -1);
		if (mpz_cmp(other, high) > 0)
			mpz_set(high, other);
	}
	if (u256_is_zero(shares))
		assert_int_equal(status, CORE_NULL);
	else if (!mpz_fits_u256(rate) ||
			 (!mpz_fits_u256(high) &&
			  !(event->rounding == LST_WITHDRAWAL && u256_equal(shares, u256_from_u64(1)))))
		assert_int_equal(status, CORE_OUT_OF_RANGE);
	else
	{
		assert_int_equal(status, CORE_OK);
		assert_u256_is(least, low);
		assert_true(bounded != (event->rounding == LST_WITHDRAWAL &&
								u256_equal(shares, u256_from_u64(1))));
		if (bounded)
			assert_u256_is(greatest, high);
	}
	mpz_clears(low, high, other, rate, NULL);
}

/* What whole amounts allow, at the edges of a word and in between */
static void
bounds(void **state)
{
	const u256	edge[] = {U256_ZERO, {{1}}, {{2}}, {{5}}, {{UINT64_C(1000000000000000000)}},
	{{UINT64_MAX - 1, UINT64_MAX, UINT64_MAX, UINT64_MAX}}, U256_MAX};
	const int	num_edges = sizeof(edge) / sizeof(edge[0]);

	(void) state;
	for (size_t i = 0; lst_contract_at(i) != NULL; i++)
	{
		for (int j = 0; j < lst_contract_at(i)->num_events; j++)
		{
			const lst_event *event = &lst_contract_at(i)->events[j];

			if (event->shares == LST_STORED || event->empty != LST_EMPTY_NULL)
				continue;
			for (int k = 0; k < num_edges * num_edges; k++)
				check_bounds(event, edge[k / num_edges], edge[k % num_edges]);
			for (int round = 0; round < 300; round++)
				check_bounds(event, u256_shr(random_u256(), random_below(256)),
							 u256_shr(random_u256(), random_below(256)));
		}
	}
}

/* Amounts of another token have no rate, and what is no address is damage. */
static void
token_of_deposit(void **state)
{
	const lst_event *event = token_of("ezETH")->source->events;
	uint8_t		data[MAX_DATA] = {0};
	u256		rate;

	(void) state;
	data[32 * event->assets + 31] = 3;
	data[32 * event->shares + 31] = 2;
	assert_int_equal(lst_event_rate(event, data, sizeof(data), &rate), CORE_OK);
	data[32 * event->token + 12] = 1;
	assert_int_equal(lst_event_rate(event, data, sizeof(data), &rate), CORE_NULL);
	data[32 * event->token + 11] = 1;
	assert_int_equal(lst_event_rate(event, data, sizeof(data), &rate), CORE_BAD_BINARY);
}

/* The rate of two words where none, one or both are zero; "" is none */
static void
check_empty(const char *symbol, int event, const char *no_shares, const char *no_assets)
{
	const lst_event *e = &token_of(symbol)->source->events[event];
	uint8_t		data[MAX_DATA] = {0};
	u256		rate;
	core_status status;

	data[32 * e->assets + 31] = 7;
	status = lst_event_rate(e, data, sizeof(data), &rate);
	assert_int_equal(status, *no_shares == '\0' ? CORE_NULL : CORE_OK);
	if (status == CORE_OK)
		assert_decimal(rate, no_shares);
	data[32 * e->assets + 31] = 0;
	data[32 * e->shares + 31] = 7;
	assert_int_equal(lst_event_rate(e, data, sizeof(data), &rate), CORE_OK);
	assert_decimal(rate, no_assets);
}

static void
empty_pools(void **state)
{
	(void) state;
	check_empty("stETH", 0, "", "0");
	check_empty("stETH", 1, "", "0");
	check_empty("rETH", 0, "1000000000000000000", "0");
	check_empty("rETH", 1, "1000000000000000000", "0");
	check_empty("rETH", 2, "1000000000000000000", "0");
	check_empty("weETH", 0, "0", "0");
	check_empty("ETHx", 0, "1000000000000000000", "1000000000000000000");
}

/*
 * The three layouts of BalancesUpdated with the same balances, which are those
 * of 2022-10-14 in examples/data/reth_balances.csv, at every address.
 */
static void
rocket_pool_layouts(void **state)
{
	const char *balance[] = {"15747840", "1665769547", "149235719457292551153934",
		"143836748659774493966240", "143323686453770774461437", "1665770147"};
	const int	taken[3][6] = {{1, 2, 3, 4, 5}, {0, 1, 2, 3, 4, 5}, {0, 2, 3, 4, 5}};
	int			contracts = 0;

	(void) state;
	for (size_t i = 0; lst_contract_at(i) != NULL; i++)
	{
		const lst_contract *contract = lst_contract_at(i);

		if (contract->symbol == NULL || strcmp(contract->symbol, "rETH") != 0)
			continue;
		contracts++;
		for (int shape = 0; shape < 3; shape++)
		{
			uint8_t		data[MAX_DATA];
			uint8_t		topic[LST_TOPIC_BYTES];
			const lst_event *event;
			u256		rate;

			lst_topic_bytes(contract->events[shape].topic0, topic);
			assert_int_equal(lst_find_event(contract, topic, shape == 0 ? 2 : 1, &event), CORE_OK);
			assert_int_equal(lst_find_event(contract, topic, 4, &event), CORE_BAD_BINARY);
			event = &contract->events[shape];
			for (int k = 0; k < event->num_words; k++)
			{
				mpz_t		z;

				mpz_init_set_str(z, balance[taken[shape][k]], 10);
				assert_true(u256_store_be(u256_from_mpz(z), data + 32 * k, 32));
				mpz_clear(z);
			}
			assert_int_equal(lst_event_rate(event, data, 32 * event->num_words, &rate), CORE_OK);
			assert_decimal(rate, "1041249518134803977");
		}
	}
	assert_int_equal(contracts, 4);
}

/*
 * Totals with external shares, as Lido V3 floors them, never give more than
 * the internal rate: of two logs of one report the greater is the exact one.
 */
static void
lido_totals(void **state)
{
	(void) state;
	for (int round = 0; round < 20000; round++)
	{
		const lst_event *event = token_of("stETH")->source->events;
		u256		internal_shares = u256_from_u64(random_u64() | 1);
		u256		internal_ether = u256_from_u64(random_u64());
		u256		external_shares = u256_from_u64(random_u64() >> random_below(64));
		u256		external_ether;
		uint8_t		data[MAX_DATA] = {0};
		u256		totals;
		u256		exact;

		assert_int_equal(u256_mul_div(external_shares, internal_ether, internal_shares, U256_FLOOR,
									  &external_ether), CORE_OK);
		u256_store_be(u256_add_wrap(internal_shares, external_shares), data + 3 * 32, 32);
		u256_store_be(u256_add_wrap(internal_ether, external_ether), data + 4 * 32, 32);
		assert_int_equal(lst_event_rate(&event[0], data, 6 * 32, &totals), CORE_OK);
		u256_store_be(internal_shares, data, 32);
		u256_store_be(internal_ether, data + 32, 32);
		assert_int_equal(lst_event_rate(&event[1], data, 3 * 32, &exact), CORE_OK);
		assert_true(u256_cmp(totals, exact) <= 0);
	}
}

/* A recorded log of a test network: the same contract elsewhere sets no rate here. */
static void
recorded_log(void **state)
{
	static char topics[] = "0xff08c3ef606d198e316ef5b822193c489965899eb4e3c248cea1a4626c3eda50 "
		"0x0000000000000000000000000000000000000000000000000000000066957cb4";
	static const char data[] =
		"0x0000000000000000000000000000000000000000000000000000000000001200"
		"00000000000000000000000000000000000000000000e4866ab1ef0fa0ba1b91"
		"00000000000000000000000000000000000000000000e77e477e6cbd9ce5f90f"
		"00000000000000000000000000000000000000000000e4866e4c7c2d1e2e317c"
		"00000000000000000000000000000000000000000000e77e6c1fc07dee9674aa"
		"000000000000000000000000000000000000000000000000039db5028fe06034";
	sample		log;
	u256		rate;

	(void) state;
	/* Holesky, block 1934791, log 43 */
	sample_read(&log, "0x3f1c547b21f65e10480de3ad8e19faac46c95034", topics, data);
	assert_int_equal(sample_rate(&log, &rate), CORE_NULL);
	lst_address_bytes(token_of("stETH")->address, log.address);
	assert_int_equal(sample_rate(&log, &rate), CORE_OK);
	assert_decimal(rate, "1012990767970234921");
	log.num_topics = 1;
	assert_int_equal(sample_rate(&log, &rate), CORE_BAD_BINARY);
	log.topics[0][31] ^= 1;
	assert_int_equal(sample_rate(&log, &rate), CORE_NULL);
	free(log.data);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(rate_vectors),
		cmocka_unit_test(topic_vectors),
		cmocka_unit_test(registry_contracts),
		cmocka_unit_test(registry_tokens),
		cmocka_unit_test(symbols),
		cmocka_unit_test(every_event),
		cmocka_unit_test(bounds),
		cmocka_unit_test(token_of_deposit),
		cmocka_unit_test(empty_pools),
		cmocka_unit_test(rocket_pool_layouts),
		cmocka_unit_test(lido_totals),
		cmocka_unit_test(recorded_log)
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
