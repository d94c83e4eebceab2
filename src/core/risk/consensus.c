/*-------------------------------------------------------------------------
 *
 * core/risk/consensus.c
 *	  What Ethereum's consensus layer takes from validators, and how fast it
 *	  lets them go.
 *
 * Names in capitals are those of the specifications, of mainnet.
 *
 *-------------------------------------------------------------------------
 */
#include "core/risk/consensus.h"

#include <stdbool.h>

#include "core/chain/u256.h"

#define ETHER							UINT64_C(1000000000)	/* EFFECTIVE_BALANCE_INCREMENT */
#define BASE_REWARD_FACTOR				64
#define WEIGHT_DENOMINATOR				64
#define TIMELY_SOURCE_WEIGHT			14
#define TIMELY_TARGET_WEIGHT			26
#define EPOCHS_PER_SLASHINGS_VECTOR		8192
#define INACTIVITY_SCORE_BIAS			4
#define MAX_SEED_LOOKAHEAD				4
#define MIN_VALIDATOR_WITHDRAWABILITY_DELAY	256
#define MIN_PER_EPOCH_CHURN				(128 * ETHER)
#define MAX_PER_EPOCH_EXIT_CHURN		(256 * ETHER)
#define EPOCHS_PER_YEAR					82125.0

static uint64_t
least(uint64_t a, uint64_t b)
{
	return a < b ? a : b;
}

/* a * b / c, floored, of which the product may have 128 bits */
static core_status
multiply_divide(uint64_t a, uint64_t b, uint64_t c, uint64_t *result)
{
	u256		quotient;
	core_status status = u256_mul_div(u256_from_u64(a), u256_from_u64(b), u256_from_u64(c),
									  U256_FLOOR, &quotient);

	if (status != CORE_OK)
		return status;
	if (!u256_fits_u64(quotient))
		return CORE_OUT_OF_RANGE;
	*result = quotient.limb[0];
	return CORE_OK;
}

static uint64_t
integer_root(uint64_t x)
{
	return u256_sqrt(u256_from_u64(x)).limb[0];
}

/* ---------- slashing ---------- */

/* What slash_validator takes at once: a share of the effective balance. */
uint64_t
eth_slashing_penalty(uint64_t effective_balance, eth_fork fork)
{
	static const uint64_t quotients[] = {
		[ETH_PHASE0] = 128, [ETH_ALTAIR] = 64, [ETH_BELLATRIX] = 32, [ETH_ELECTRA] = 4096,
		[ETH_GLOAS] = 4096
	};

	return effective_balance / quotients[fork];
}

/*
 * What process_slashings takes half way to the exit, for all that was slashed
 * in the 8192 epochs around, effective balances.  Until Electra it is floored
 * to whole ether after the multiplication, from then on before it.
 * CORE_DIVISION_BY_ZERO without a total balance, which since Electra is one
 * below an ether.
 */
core_status
eth_correlation_penalty(uint64_t effective_balance, uint64_t total_slashed,
						uint64_t total_balance, eth_fork fork, uint64_t *penalty)
{
	uint64_t	multiplier = fork == ETH_PHASE0 ? 1 : fork == ETH_ALTAIR ? 2 : 3;
	uint64_t	increments = effective_balance / ETHER;
	uint64_t	slashed = total_slashed > total_balance / multiplier ? total_balance :
		total_slashed * multiplier;
	core_status status;

	if (fork >= ETH_ELECTRA)
	{
		if (total_balance < ETHER)
			return CORE_DIVISION_BY_ZERO;
		return multiply_divide(slashed / (total_balance / ETHER), increments, 1, penalty);
	}
	status = multiply_divide(increments, slashed, total_balance, penalty);
	return status == CORE_OK ? multiply_divide(*penalty, ETHER, 1, penalty) : status;
}

/* ---------- rewards ---------- */

/* get_base_reward_per_increment, since Altair. */
static core_status
reward_per_increment(uint64_t total_balance, uint64_t *reward)
{
	if (total_balance == 0)
		return CORE_DIVISION_BY_ZERO;
	*reward = ETHER * BASE_REWARD_FACTOR / integer_root(total_balance);
	return CORE_OK;
}

/* The reward of an epoch with all duties, on average.  CORE_DIVISION_BY_ZERO without a total. */
core_status
eth_base_reward(uint64_t effective_balance, uint64_t total_balance, uint64_t *reward)
{
	uint64_t	per_increment;
	core_status status = reward_per_increment(total_balance, &per_increment);

	if (status != CORE_OK)
		return status;
	return multiply_divide(effective_balance / ETHER, per_increment, 1, reward);
}

/*
 * What an epoch costs in which a validator does not attest: the weights of
 * source and target, each floored; a missed head costs nothing.
 */
core_status
eth_attestation_penalty(uint64_t effective_balance, uint64_t total_balance, uint64_t *penalty)
{
	uint64_t	reward,
				source,
				target;
	core_status status = eth_base_reward(effective_balance, total_balance, &reward);

	if (status == CORE_OK)
		status = multiply_divide(reward, TIMELY_SOURCE_WEIGHT, WEIGHT_DENOMINATOR, &source);
	if (status == CORE_OK)
		status = multiply_divide(reward, TIMELY_TARGET_WEIGHT, WEIGHT_DENOMINATOR, &target);
	if (status == CORE_OK)
		*penalty = source + target;
	return status;
}

/* a + b, at most "cap" */
static uint64_t
capped_sum(uint64_t a, uint64_t b, uint64_t cap)
{
	return a >= cap || b >= cap - a ? cap : a + b;
}

/*
 * All that being slashed costs: both penalties, and those of the attestations
 * that do not count in the 8192 epochs until the exit, at an effective balance
 * that does not change.  The total is at most the balance.
 */
core_status
eth_slashing_loss(uint64_t effective_balance, uint64_t total_slashed, uint64_t total_balance,
				  eth_fork fork, eth_loss *loss)
{
	core_status status = eth_correlation_penalty(effective_balance, total_slashed, total_balance,
												 fork, &loss->correlation);

	if (status == CORE_OK)
		status = eth_attestation_penalty(effective_balance, total_balance, &loss->attestation);
	if (status == CORE_OK)
		status = multiply_divide(loss->attestation, EPOCHS_PER_SLASHINGS_VECTOR, 1,
								 &loss->attestation);
	if (status != CORE_OK)
		return status;
	loss->initial = eth_slashing_penalty(effective_balance, fork);
	loss->total = capped_sum(loss->initial, loss->correlation, effective_balance);
	loss->total = capped_sum(loss->total, loss->attestation, effective_balance);
	return CORE_OK;
}

/*
 * What staking pays a year of 365 days when every validator does every duty: a
 * fraction of the stake.  CORE_DIVISION_BY_ZERO without any.
 */
core_status
eth_issuance_apr(uint64_t total_balance, double *apr)
{
	uint64_t	per_increment;
	core_status status = reward_per_increment(total_balance, &per_increment);

	if (status == CORE_OK)
		*apr = EPOCHS_PER_YEAR * (double) per_increment / (double) ETHER;
	return status;
}

/* ---------- inactivity leak ---------- */

/* The effective balance follows the balance with a lag, process_effective_balance_updates. */
static void
follow_balance(eth_leak *v)
{
	bool		below = v->effective_balance > ETHER / 4 &&
		v->balance < v->effective_balance - ETHER / 4;
	bool		above = v->balance > ETHER * 5 / 4 &&
		v->effective_balance < v->balance - ETHER * 5 / 4;

	if (below || above)
		v->effective_balance = least(v->balance - v->balance % ETHER, v->max_effective_balance);
}

/* What an epoch takes: effective balance * score / (4 * quotient), at most all. */
static uint64_t
leaked_in_epoch(const eth_leak *v, eth_fork fork)
{
	uint64_t	high,
				low = limb_mul(v->effective_balance, v->score, &high);

	if (high >> 26 != 0)
		return v->balance;
	/* INACTIVITY_PENALTY_QUOTIENT is 3 * 2^24 of Altair, 2^24 from Bellatrix on */
	low = low >> 26 | high << 38;
	return least(fork == ETH_ALTAIR ? low / 3 : low, v->balance);
}

/*
 * Some epochs of an inactivity leak, of a validator that is absent: its score
 * rises, and its balance falls by the score.  The effective balance is first
 * set from the balance; penalties of attestations and the ejection below 16
 * ether are left out.  fork is ETH_ALTAIR or later.  CORE_OUT_OF_RANGE where
 * the score would be beyond 64 bits.  Once nothing is left that could leak,
 * only the score goes on.
 */
core_status
eth_inactivity_leak(eth_leak *v, uint64_t epochs, eth_fork fork, core_pause pause)
{
	if (epochs > (UINT64_MAX - v->score) / INACTIVITY_SCORE_BIAS)
		return CORE_OUT_OF_RANGE;
	v->effective_balance = least(v->balance - v->balance % ETHER, v->max_effective_balance);
	for (uint64_t i = 0; i < epochs; i++)
	{
		if (v->balance == 0 || v->effective_balance == 0)
		{
			v->score += (epochs - i) * INACTIVITY_SCORE_BIAS;
			break;
		}
		if (i % CORE_PAUSE_AFTER == 0 && pause != NULL)
			pause();
		v->score += INACTIVITY_SCORE_BIAS;
		v->balance -= leaked_in_epoch(v, fork);
		follow_balance(v);
	}
	return CORE_OK;
}

/* ---------- exits ---------- */

/*
 * How much may leave in an epoch, whole ether: since Electra a 65536th of the
 * total, from 128 to 256 ether (get_activation_exit_churn_limit); since Gloas
 * a 32768th, at least 128 (get_exit_churn_limit).  fork is one of both.
 */
uint64_t
eth_exit_churn_limit(uint64_t total_balance, eth_fork fork)
{
	uint64_t	churn = total_balance >> (fork == ETH_GLOAS ? 15 : 16);

	churn = churn < MIN_PER_EPOCH_CHURN ? MIN_PER_EPOCH_CHURN : churn;
	churn -= churn % ETHER;
	return fork == ETH_GLOAS ? churn : least(churn, MAX_PER_EPOCH_EXIT_CHURN);
}

/*
 * compute_exit_epoch_and_update_churn: puts an exit into the queue, whose
 * earliest epoch is then that of the exit.  Epochs are not negative.
 * CORE_OUT_OF_RANGE where an epoch or an amount would be beyond what holds it.
 */
core_status
eth_exit_queue(eth_queue *queue, uint64_t exit_balance, uint64_t total_balance,
			   int64_t current_epoch, eth_fork fork)
{
	uint64_t	churn = eth_exit_churn_limit(total_balance, fork);
	uint64_t	epoch = (uint64_t) current_epoch + 1 + MAX_SEED_LOOKAHEAD;
	uint64_t	room = churn;

	if ((uint64_t) queue->earliest_exit_epoch >= epoch)
	{
		epoch = (uint64_t) queue->earliest_exit_epoch;
		room = queue->balance_to_consume;
	}
	if (exit_balance > room)
	{
		uint64_t	more = (exit_balance - room - 1) / churn + 1;
		uint64_t	rest = (exit_balance - room - 1) % churn;

		epoch += more;
		/* what the last of these epochs has beyond the exit */
		room = churn - 1 - rest;
	}
	else
		room -= exit_balance;
	if (epoch > INT64_MAX - MIN_VALIDATOR_WITHDRAWABILITY_DELAY)
		return CORE_OUT_OF_RANGE;
	*queue = (eth_queue) {(int64_t) epoch, room};
	return CORE_OK;
}
