/*-------------------------------------------------------------------------
 *
 * rate/savings.c
 *	  The SQL face of the savings rates of Maker and Sky.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "chain/rule.h"
#include "core/rate/savings.h"

RULE_FUNCTION(rule_savings_index, savings_index, savings_index(v[0], v[1], v[2], &out), NULL, NULL,
			  "chi", "rate", "seconds")

PG_FUNCTION_INFO_V1(rule_savings_apy);
Datum
rule_savings_apy(PG_FUNCTION_ARGS)
{
	RULE_ARGUMENTS(savings_apy, NULL, NULL, "rate");
	status = savings_apy(v[0], &out);
	return signed_rule_result(fcinfo, &rule, status, out);
}
