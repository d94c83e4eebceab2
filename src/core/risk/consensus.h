/*-------------------------------------------------------------------------
 *
 * core/risk/consensus.h
 *	  What Ethereum's consensus layer takes from validators, and how fast it
 *	  lets them go.
 *
 * Amounts are Gwei, whole, as in the consensus specifications, which hold them
 * in 64 bits (ethereum/consensus-specs, specs/FORK/beacon-chain.md).
 *
 *-------------------------------------------------------------------------
 */
#ifndef PG_YIELD_CORE_RISK_CONSENSUS_H
#define PG_YIELD_CORE_RISK_CONSENSUS_H

#include <stdint.h>

#include "core/base/pause.h"
#include "core/base/status.h"

/* Forks that changed one of these rules; those between are as the one before. */
typedef enum eth_fork
{
	ETH_PHASE0,
	ETH_ALTAIR,
	ETH_BELLATRIX,				/* Capella and Deneb too */
	ETH_ELECTRA,				/* Fulu too */
	ETH_GLOAS
} eth_fork;

typedef struct eth_loss
{
	uint64_t	initial;
	uint64_t	correlation;
	uint64_t	attestation;
	uint64_t	total;
} eth_loss;

/* A validator that does not attest while nothing is finalized. */
typedef struct eth_leak
{
	uint64_t	balance;
	uint64_t	effective_balance;
	uint64_t	max_effective_balance;
	uint64_t	score;
} eth_leak;

/* The queue of exits, as the state of the chain has it. */
typedef struct eth_queue
{
	int64_t		earliest_exit_epoch;
	uint64_t	balance_to_consume;
} eth_queue;

extern uint64_t eth_slashing_penalty(uint64_t effective_balance, eth_fork fork);
extern core_status eth_correlation_penalty(uint64_t effective_balance, uint64_t total_slashed,
										   uint64_t total_balance, eth_fork fork,
										   uint64_t *penalty);
extern core_status eth_base_reward(uint64_t effective_balance, uint64_t total_balance,
								   uint64_t *reward);
extern core_status eth_attestation_penalty(uint64_t effective_balance, uint64_t total_balance,
										   uint64_t *penalty);
extern core_status eth_slashing_loss(uint64_t effective_balance, uint64_t total_slashed,
									 uint64_t total_balance, eth_fork fork, eth_loss *loss);
extern core_status eth_inactivity_leak(eth_leak *v, uint64_t epochs, eth_fork fork,
									   core_pause pause);
extern core_status eth_issuance_apr(uint64_t total_balance, double *apr);
extern uint64_t eth_exit_churn_limit(uint64_t total_balance, eth_fork fork);
extern core_status eth_exit_queue(eth_queue *queue, uint64_t exit_balance, uint64_t total_balance,
								  int64_t current_epoch, eth_fork fork);

#endif							/* PG_YIELD_CORE_RISK_CONSENSUS_H */
