/*-------------------------------------------------------------------------
 *
 * risk/consensus.c
 *	  The SQL face of domain risk: penalties, leak and exits of Ethereum.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "chain/words.h"
#include "core/risk/consensus.h"
#include "server/compat.h"
#include "server/interrupts.h"
#include "server/report.h"
#include "server/row.h"

#define WITHDRAWABILITY_DELAY	256

/* ---------- arguments ---------- */

/* Argument n, an amount that the specifications hold in 64 bits. */
static uint64
gwei_argument(FunctionCallInfo fcinfo, int n, const char *argument)
{
	u256		amount = uint_argument(fcinfo, n, argument);

	if (unlikely(!u256_fits_u64(amount)))
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("%s must be below 2^64, not %s", argument,
						shown_numeric(PG_GETARG_DATUM(n))),
				 errhint("Amounts are in Gwei, of which an ether has 1e9.")));
	return amount.limb[0];
}

/*
 * Argument n, the name of a fork from a first one on; forks without a rule of
 * their own here are as the one before.
 */
static eth_fork
fork_argument(FunctionCallInfo fcinfo, int n, eth_fork first, eth_fork last)
{
	static const char *const names[] = {
		"phase0", "altair", "bellatrix", "capella", "deneb", "electra", "fulu", "gloas"
	};
	static const eth_fork forks[] = {
		ETH_PHASE0, ETH_ALTAIR, ETH_BELLATRIX, ETH_BELLATRIX, ETH_BELLATRIX, ETH_ELECTRA,
		ETH_ELECTRA, ETH_GLOAS
	};
	int			from = 0,
				to = lengthof(names);

	while (forks[from] < first)
		from++;
	while (forks[to - 1] > last)
		to--;
	return forks[from + choice_argument(fcinfo, n, "fork", names + from, to - from, NULL)];
}

static eth_fork
any_fork(FunctionCallInfo fcinfo, int n)
{
	return fork_argument(fcinfo, n, ETH_PHASE0, ETH_ELECTRA);
}

/* Argument n, the number of an epoch. */
static int64
epoch_argument(FunctionCallInfo fcinfo, int n, const char *argument)
{
	int64		epoch = PG_GETARG_INT64(n);

	if (unlikely(epoch < 0))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("%s must not be negative, not " INT64_FORMAT, argument, epoch)));
	return epoch;
}

static Datum
gwei_datum(uint64 amount)
{
	return NumericGetDatum(u256_to_numeric(u256_from_u64(amount)));
}

/* ---------- penalties and rewards ---------- */

/* (effective_balance, fork) */
PG_FUNCTION_INFO_V1(eth_slashing_penalty_face);
Datum
eth_slashing_penalty_face(PG_FUNCTION_ARGS)
{
	return gwei_datum(eth_slashing_penalty(gwei_argument(fcinfo, 0, "effective_balance"),
										   any_fork(fcinfo, 1)));
}

/* (effective_balance, total_slashed, total_balance, fork) */
PG_FUNCTION_INFO_V1(eth_correlation_penalty_face);
Datum
eth_correlation_penalty_face(PG_FUNCTION_ARGS)
{
	uint64		result = 0;

	report_status(eth_correlation_penalty(gwei_argument(fcinfo, 0, "effective_balance"),
										  gwei_argument(fcinfo, 1, "total_slashed"),
										  gwei_argument(fcinfo, 2, "total_balance"),
										  any_fork(fcinfo, 3), &result),
				  "eth_correlation_penalty");
	return gwei_datum(result);
}

/* (effective_balance, total_balance) */
PG_FUNCTION_INFO_V1(eth_base_reward_face);
Datum
eth_base_reward_face(PG_FUNCTION_ARGS)
{
	uint64		result = 0;

	report_status(eth_base_reward(gwei_argument(fcinfo, 0, "effective_balance"),
								  gwei_argument(fcinfo, 1, "total_balance"), &result),
				  "eth_base_reward");
	return gwei_datum(result);
}

/* (effective_balance, total_balance) */
PG_FUNCTION_INFO_V1(eth_attestation_penalty_face);
Datum
eth_attestation_penalty_face(PG_FUNCTION_ARGS)
{
	uint64		result = 0;

	report_status(eth_attestation_penalty(gwei_argument(fcinfo, 0, "effective_balance"),
										  gwei_argument(fcinfo, 1, "total_balance"), &result),
				  "eth_attestation_penalty");
	return gwei_datum(result);
}

/* (effective_balance, total_slashed, total_balance, fork) */
PG_FUNCTION_INFO_V1(eth_slashing_loss_face);
Datum
eth_slashing_loss_face(PG_FUNCTION_ARGS)
{
	eth_loss	loss = {0};
	Datum		values[4];

	report_status(eth_slashing_loss(gwei_argument(fcinfo, 0, "effective_balance"),
									gwei_argument(fcinfo, 1, "total_slashed"),
									gwei_argument(fcinfo, 2, "total_balance"),
									any_fork(fcinfo, 3), &loss),
				  "eth_slashing_loss");
	values[0] = gwei_datum(loss.initial);
	values[1] = gwei_datum(loss.correlation);
	values[2] = gwei_datum(loss.attestation);
	values[3] = gwei_datum(loss.total);
	return row_result(fcinfo, values);
}

PG_FUNCTION_INFO_V1(eth_issuance_apr_face);
Datum
eth_issuance_apr_face(PG_FUNCTION_ARGS)
{
	double		result = 0;

	report_status(eth_issuance_apr(gwei_argument(fcinfo, 0, "total_balance"), &result),
				  "eth_issuance_apr");
	PG_RETURN_FLOAT8(result);
}

/* ---------- inactivity leak ---------- */

/* (balance, epochs, score, fork, max_effective_balance) */
PG_FUNCTION_INFO_V1(eth_inactivity_leak_face);
Datum
eth_inactivity_leak_face(PG_FUNCTION_ARGS)
{
	uint64		balance = gwei_argument(fcinfo, 0, "balance");
	int32		epochs = PG_GETARG_INT32(1);
	eth_leak	leak = {
		.balance = balance, .max_effective_balance = gwei_argument(fcinfo, 4, "max_effective_balance"),
		.score = gwei_argument(fcinfo, 2, "score")
	};
	Datum		values[4];

	if (epochs < 0)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("epochs must not be negative, not %d", epochs)));
	report_status(eth_inactivity_leak(&leak, (uint64) epochs,
									  fork_argument(fcinfo, 3, ETH_ALTAIR, ETH_ELECTRA),
									  check_interrupts),
				  "eth_inactivity_leak");
	values[0] = gwei_datum(leak.balance);
	values[1] = gwei_datum(leak.effective_balance);
	values[2] = gwei_datum(leak.score);
	values[3] = gwei_datum(balance - leak.balance);
	return row_result(fcinfo, values);
}

/* ---------- exits ---------- */

/* (total_balance, fork) */
PG_FUNCTION_INFO_V1(eth_exit_churn_limit_face);
Datum
eth_exit_churn_limit_face(PG_FUNCTION_ARGS)
{
	return gwei_datum(eth_exit_churn_limit(gwei_argument(fcinfo, 0, "total_balance"),
										   fork_argument(fcinfo, 1, ETH_ELECTRA, ETH_GLOAS)));
}

/* (exit_balance, total_balance, current_epoch, earliest_exit_epoch, exit_balance_to_consume, fork) */
PG_FUNCTION_INFO_V1(eth_exit_queue_face);
Datum
eth_exit_queue_face(PG_FUNCTION_ARGS)
{
	eth_queue	queue = {
		epoch_argument(fcinfo, 3, "earliest_exit_epoch"),
		gwei_argument(fcinfo, 4, "exit_balance_to_consume")
	};
	Datum		values[3];

	report_status(eth_exit_queue(&queue, gwei_argument(fcinfo, 0, "exit_balance"),
								 gwei_argument(fcinfo, 1, "total_balance"),
								 epoch_argument(fcinfo, 2, "current_epoch"),
								 fork_argument(fcinfo, 5, ETH_ELECTRA, ETH_GLOAS)),
				  "eth_exit_queue");
	values[0] = Int64GetDatum(queue.earliest_exit_epoch);
	values[1] = Int64GetDatum(queue.earliest_exit_epoch + WITHDRAWABILITY_DELAY);
	values[2] = gwei_datum(queue.balance_to_consume);
	return row_result(fcinfo, values);
}
