# pg_yield: on-chain yield computed inside PostgreSQL
#
#   make, make install, make installcheck   build with PGCORE = abi_decode abi_type decimal hex keccak limb lst rate sliding sparkline u256 yield
FACE = chain chain_abi jsonb_writer moving numeric_u256 pg_yield rate rate_lst report series summary yield
S for the PostgreSQL of PG_CONFIG
#   make demo, make shell                   try it in a throwaway cluster
#   make check, make bench                  test it, measure it, in a throwaway cluster
#
# The last four need nothing but git and make on Debian or Ubuntu: they install
# what is missing, build beside the sources, and leave nothing behind.

ROOT := $(dir $(firstword $(MAKEFILE_LIST)))
TASKS = demo shell check bench
TASK_GOALS := $(filter $(TASKS),$(MAKECMDGOALS))

ifneq (,$(TASK_GOALS))

.PHONY: $(MAKECMDGOALS)
.NOTPARALLEL:

demo shell:
	@bash $(ROOT)examples/$@.sh
check:
	@bash $(ROOT)test/check.sh
bench:
	@bash $(ROOT)bench/bench.sh

# goals of the other kind beside one of these: make clean check
$(filter-out $(TASKS),$(MAKECMDGOALS)):
	@$(MAKE) --no-print-directory -f $(firstword $(MAKEFILE_LIST)) $@

else

ESQL_PARTS = header chain chain_abi rate rate_lst yield series
TENSION = pg_yield
EREGRESS = chain chain_abi rate rate_lst yield series
TVERSION := $(shell sed -n "s/^default_version = '\(.*\)'/\1/p" $(ROOT)pg_yield.control)

MODULE_big = pg_yield
