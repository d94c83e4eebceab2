/*-------------------------------------------------------------------------
 *
 * chain/rule.h
 *	  Functions that are one rule of a contract: words in, words out.
 *
 * A rule says how its reports speak of it; the functions here read its
 * arguments and turn what the core made of them into a result or an error.
 *
 *-------------------------------------------------------------------------
 */
#ifndef PG_YIELD_CHAIN_RULE_H
#define PG_YIELD_CHAIN_RULE_H

#include "chain/words.h"
#include "server/row.h"

#define RULE_MAX_ARGUMENTS	12

/* Elements of an array: no contract has so many collaterals of one account */
#define RULE_MAX_ITEMS		65536

/*
 * A rule as its reports speak of it: its name, its arguments that are words, in
 * order from the first, what must not be zero in it, and what must hold between
 * its arguments (NULL where nothing can be wrong).
 */
typedef struct word_rule
{
	const char *name;
	const char *divisor;
	const char *requirement;
	int			num_arguments;
	const char *arguments[RULE_MAX_ARGUMENTS];
} word_rule;

extern void rule_arguments(FunctionCallInfo fcinfo, const word_rule *rule, u256 *values);
extern int	decimals_argument(FunctionCallInfo fcinfo, int n, const char *argument);
extern s256 signed_argument(FunctionCallInfo fcinfo, int n, const char *argument);
extern int	items_in(FunctionCallInfo fcinfo, int n);
extern u256 *parallel_array(FunctionCallInfo fcinfo, int n, const char *argument,
							const char *first, int expected);
extern void require_word(bool holds, const char *argument, const char *requirement, Datum value);
extern void require_bps(u256 bps, const char *argument, Datum value);
pg_noreturn extern void report_overflow(const char *function, const char *limit);
extern void check_rule(FunctionCallInfo fcinfo, const word_rule *rule, core_status status);
extern Datum rule_result(FunctionCallInfo fcinfo, const word_rule *rule, core_status status,
						 u256 result);
extern Datum signed_rule_result(FunctionCallInfo fcinfo, const word_rule *rule,
								core_status status, s256 result);
extern Datum rule_row(FunctionCallInfo fcinfo, const word_rule *rule, core_status status,
					  const u256 *results, int n);

/*
 * A function all of whose arguments are words v[0], v[1], ...: "call" computes
 * out from them.  It is called rule_name in SQL and symbol in C.
 */
#define RULE_ARGUMENTS(rule_name, divisor_name, must, ...) \
	static const char *const names[] = {__VA_ARGS__}; \
	word_rule	rule = {#rule_name, divisor_name, must, lengthof(names), {__VA_ARGS__}}; \
	u256		v[lengthof(names)]; \
	u256		out = U256_ZERO; \
	core_status status; \
	rule_arguments(fcinfo, &rule, v)

#define RULE_FUNCTION(symbol, rule_name, call, divisor_name, must, ...) \
	PG_FUNCTION_INFO_V1(symbol); \
	Datum \
	symbol(PG_FUNCTION_ARGS) \
	{ \
		RULE_ARGUMENTS(rule_name, divisor_name, must, __VA_ARGS__); \
		status = call; \
		return rule_result(fcinfo, &rule, status, out); \
	}

#endif							/* PG_YIELD_CHAIN_RULE_H */
