# pg_yield: on-chain yield computed inside PostgreSQL
#
#   make, make install, make installcheck   build with PGXS for the PostgreSQL of PG_CONFIG
#   make demo, make shell                   try it in a throwaway cluster
#   make check, make bench                  test it, measure it, in a throwaway cluster
#   make index                              write docs/functions.md and llms.txt anew
#   make check-versions                     test it on every PostgreSQL of this machine
#   make check-citus, make check-timescale  test it with these, where they are installed
#   make check-warehouse                    thousands of random changes of examples/warehouse, and crashes
#   make deb                                Debian packages, for every PostgreSQL of this machine
#   make release-files                      what a release leaves for later ones to be tested with
#
# demo, shell, check, bench and index need nothing but git and make on Debian or Ubuntu: they install
# what is missing, build beside the sources, and leave nothing behind.

ROOT := $(dir $(firstword $(MAKEFILE_LIST)))
TASKS = demo shell check bench index check-versions check-citus check-timescale check-warehouse deb release-files
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
index check-versions deb release-files:
	@bash $(ROOT)tools/$@.sh
check-warehouse: export WAREHOUSE_CHANGES ?= 10000
check-warehouse: export WAREHOUSE_CRASHES ?= 10
check-citus check-timescale check-warehouse:
	@bash $(ROOT)test/servers.sh $(@:check-%=%)

# goals of the other kind beside one of these: make clean check
$(filter-out $(TASKS),$(MAKECMDGOALS)):
	@$(MAKE) --no-print-directory -f $(firstword $(MAKEFILE_LIST)) $@

else

EXTENSION = pg_yield
EXTVERSION := $(shell sed -n "s/^default_version = '\(.*\)'/\1/p" $(ROOT)pg_yield.control)

MODULE_big = pg_yield

# Sources, parts of the install script and tests are found by their place; the
# order of the domains, and what comes first in each, stands in src/domains.
DOMAINS := $(shell sed -n '/^[a-z]/s/  */:/gp;/^[a-z]*$$/p' $(ROOT)src/domains)
# of a list of names: those of another list first, in its order
with_first = $(filter $(1),$(2)) $(filter-out $(2),$(1))
topics_there = $(basename $(notdir $(sort $(wildcard $(ROOT)$(2)/$(1)/*.sql))))
topics_of = $(call with_first,$(call topics_there,$(firstword $(1)),$(2)),$(wordlist 2,99,$(1)))
topics_in = $(foreach domain,$(DOMAINS),\
	$(addprefix $(firstword $(subst :, ,$(domain)))/,$(call topics_of,$(subst :, ,$(domain)),$(1))))

OBJS := $(patsubst $(ROOT)%.c,%.o,$(sort $(wildcard $(ROOT)src/*.c $(ROOT)src/*/*.c $(ROOT)src/core/*/*.c)))
ALL_HEADERS := $(wildcard $(ROOT)src/*/*.h $(ROOT)src/core/*/*.h)
SQL_PARTS := header $(call topics_in,sql)
SQL_SCRIPT = sql/pg_yield--$(EXTVERSION).sql
DATA_built = $(SQL_SCRIPT)
DATA = $(patsubst $(ROOT)%,%,$(wildcard $(ROOT)sql/pg_yield--*--*.sql))
EXTRA_CLEAN = $(SQL_SCRIPT) tmp_check

REGRESS := $(call topics_in,test/sql)
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
OBJ_DIRS := $(addprefix $(CURDIR)/,$(sort $(dir $(OBJS))))
$(OBJS) $(OBJS:.o=.bc): $(ALL_HEADERS) | $(OBJ_DIRS)
$(OBJ_DIRS) $(CURDIR)/sql:
	@mkdir -p $@

$(SQL_SCRIPT): $(SQL_PARTS:%=sql/%.sql) sql/expand.awk $(wildcard $(ROOT)sql/*.sql.in) pg_yield.control | $(CURDIR)/sql
	awk -v directory='$(dir $(filter %/expand.awk,$^))' -f $(filter %/expand.awk,$^) $(filter %.sql,$^) > $@.new
	mv $@.new $@

# pg_regress looks for sql/ and expected/ side by side, and here sql/ holds the
# parts of the install script; so it gets a directory that shows the tests. It
# makes no folders for the results of tests that lie in folders.
installcheck: tmp_check
.PHONY: tmp_check
tmp_check:
	@mkdir -p $(addprefix $@/results/,$(sort $(dir $(REGRESS))))
	@ln -sfn $(abspath $(srcdir))/test/sql $@/sql
	@ln -sfn $(abspath $(srcdir))/expected $@/expected

# With the install script, which META.json names, and which git does not know.
.PHONY: dist
dist: $(SQL_SCRIPT)
	git -C $(srcdir) archive --format=zip -o $(CURDIR)/pg_yield-$(EXTVERSION).zip \
		--prefix=pg_yield-$(EXTVERSION)/sql/ --add-file=$(abspath $<) \
		--prefix=pg_yield-$(EXTVERSION)/ HEAD

endif
