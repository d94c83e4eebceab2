# pg_yield: on-chain yield computed inside PostgreSQL
#
#   make, make install, make installcheck   build with PGXS for the PostgreSQL of PG_CONFIG
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

EXTENSION = pg_yield
EXTVERSION := $(shell sed -n "s/^default_version = '\(.*\)'/\1/p" $(ROOT)pg_yield.control)

MODULE_big = pg_yield
CORE = aave abi_decode abi_type binned_sum cashflow compound dd decimal euler fluid hex keccak leverage_account \
	leverage_cascade leverage_curve leverage_loop leverage_optimum leverage_replay \
	leverage_stress limb liquidity_backtest liquidity_il liquidity_lvr liquidity_plan \
	liquidity_pool liquidity_range lst morpho rate rate_guard rate_window series_bits \
	series_codec series_column series_order series_pair series_path series_shape series_stream \
	shares sliding sparkline stable_curve stableswap stableswap_depth u256 univ2 univ3 \
	univ3_depth univ3_swap weighted yield yield_benchmark yield_published yield_return \
	yield_sector yield_terms yield_trailing
FACE = chain chain_abi chain_log chain_time float8_array jsonb_writer leverage_aave leverage_account \
	leverage_cascade leverage_compound leverage_curve leverage_euler leverage_loop leverage_morpho \
	leverage_optimum leverage_position leverage_replay leverage_stress liquidity_backtest \
	liquidity_il liquidity_lvr liquidity_pool liquidity_range liquidity_range_path liquidity_stableswap \
	liquidity_univ3 liquidity_weighted moving numeric_u256 pg_yield rate rate_guard rate_lst \
	rate_shares rate_window report row rule series series_edit series_fold series_grid series_input \
	series_pair series_path series_rows series_shape series_sparkline span summary yield \
	yield_benchmark yield_cashflow yield_published yield_return yield_sector yield_terms \
	yield_trailing yield_window
OBJS = $(CORE:%=src/core/%.o) $(FACE:%=src/%.o)
ALL_HEADERS = $(wildcard $(ROOT)src/*.h $(ROOT)src/core/*.h)

# the domains, in the order in which data flows
SQL_PARTS = header chain chain_abi chain_time rate rate_lst rate_shares rate_window rate_guard yield yield_cashflow \
	yield_window yield_trailing yield_terms yield_published yield_return yield_benchmark yield_sector \
	series_sparkline series liquidity_univ3 liquidity_il liquidity_lvr liquidity_range \
	series_path leverage_aave leverage_morpho leverage_compound leverage_euler leverage_curve \
	series_shape series_pair liquidity_stableswap liquidity_weighted leverage_account \
	leverage_stress leverage_cascade leverage_loop
SQL_SCRIPT = sql/pg_yield--$(EXTVERSION).sql
DATA_built = $(SQL_SCRIPT)
DATA = $(patsubst $(ROOT)%,%,$(wildcard $(ROOT)sql/pg_yield--*--*.sql))
EXTRA_CLEAN = $(SQL_SCRIPT) tmp_check

REGRESS = chain chain_abi chain_time rate rate_lst rate_shares rate_window rate_guard yield yield_cashflow yield_window yield_trailing yield_terms yield_published yield_return yield_benchmark yield_sector series_sparkline series liquidity_univ3 liquidity_il liquidity_lvr liquidity_range series_path leverage_aave leverage_morpho leverage_compound leverage_euler leverage_curve series_shape series_pair liquidity_stableswap liquidity_weighted leverage_account leverage_stress leverage_cascade leverage_loop
REGRESS_OPTS = --inputdir=tmp_check --outputdir=tmp_check --load-extension=pg_yield

# Every machine gives the same digits: each operation is rounded once, and to
# double, which 32-bit x86 does with SSE2 alone.  PG_CPPFLAGS go to the bitcode of
# JIT too, PG_CFLAGS do not.
SSE_FLAGS = $(if $(filter i386 i486 i586 i686,$(host_cpu)),-msse2 -mfpmath=sse)
PG_CPPFLAGS = -I$(srcdir)/src -DPG_YIELD_VERSION='"$(EXTVERSION)"' -ffp-contract=off $(SSE_FLAGS)
PG_CFLAGS = -std=gnu11 -fno-fast-math
SHLIB_LINK += -lm

PG_CONFIG ?= pg_config
PGXS := $(shell $(PG_CONFIG) --pgxs 2>/dev/null)
ifeq (,$(wildcard $(PGXS)))
$(error No PostgreSQL to build for: "$(PG_CONFIG) --pgxs" names no file. Install the server headers \
(Debian, Ubuntu: postgresql-server-dev-NN) or set PG_CONFIG to the pg_config of your server)
endif
include $(PGXS)

# PostgreSQL loads modules so that they share one space of names: our calls
# must not be bound to a function of the same name in another module.
ifeq ($(PORTNAME),linux)
SHLIB_LINK += -Wl,-Bsymbolic
endif

# absolute, or a VPATH build would find those of the sources
$(OBJS) $(OBJS:.o=.bc): $(ALL_HEADERS) | $(CURDIR)/src/core
$(CURDIR)/src/core $(CURDIR)/sql:
	@mkdir -p $@

$(SQL_SCRIPT): $(SQL_PARTS:%=sql/%.sql) sql/expand.awk $(wildcard $(ROOT)sql/*.sql.in) pg_yield.control | $(CURDIR)/sql
	awk -v directory='$(dir $(filter %/expand.awk,$^))' -f $(filter %/expand.awk,$^) $(filter %.sql,$^) > $@.new
	mv $@.new $@

# pg_regress looks for sql/ and expected/ side by side, and here sql/ holds the
# parts of the install script; so it gets a directory that shows the tests.
installcheck: tmp_check
.PHONY: tmp_check
tmp_check:
	@mkdir -p $@
	@ln -sfn $(abspath $(srcdir))/test/sql $@/sql
	@ln -sfn $(abspath $(srcdir))/expected $@/expected

# With the install script, which META.json names, and which git does not know.
.PHONY: dist
dist: $(SQL_SCRIPT)
	git -C $(srcdir) archive --format=zip -o $(CURDIR)/pg_yield-$(EXTVERSION).zip \
		--prefix=pg_yield-$(EXTVERSION)/sql/ --add-file=$(abspath $<) \
		--prefix=pg_yield-$(EXTVERSION)/ HEAD

endif
