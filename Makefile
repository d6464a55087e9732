# Guichet is built by this one file, under build/. No configure.
#
#   make          every program and test, with gcc; and with clang as a check
#   make run      an enrolment, in training mode, with nothing else installed
#   make test     every test; its last line counts them; AT_ONCE=2: two at a
#                 time, but for those that must be alone
#
#   make check    units and the rules of the tree: what to run while writing
#   make asan     the same under the address and undefined sanitizers
#   make fault    the same while memory, files and disks fail
#   make lint     what other readers of C, shell and manuals have to say
#   make cover    which lines no test reaches, with a floor for some files
#   make fuzz     T=60 seconds of chance on every door that faces strangers
#   make torture  kill it, cut its power, fill its disk; in a table and in
#                 build/torture.json; goes on where it was cut short, or makes
#                 a part of it when CASES='kill-save power-busy'
#   make ha       three Patroni nodes and etcd, killed one by one under load
#   make bench    how fast, in a table and in build/bench.json; with a million
#                 waiting too when WAITING=1000000
#   make pictures the screens and the flow as SVG, for README and the guide
#   make manual   write the tables of settings and errors into src/man
#   make format   the lines changed since the last commit, in our style
#
# Debian packages that are missing are installed by tools/need.
#
# The stages are those of tools/arrow.txt: an object of src/desk may only use
# what stands to its right in the arrow. tools/check-direction proves it.

ifeq ($(MAKELEVEL),0)
MAKEFLAGS += -j$(shell nproc) --no-print-directory
endif

B      ?= build
CC     ?= gcc
ifeq ($(origin CC),default)
CC     := gcc
endif
WARN    = -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wcast-qual \
          -Wwrite-strings -Wstrict-prototypes -Wmissing-prototypes \
          -Wpointer-arith -Wformat=2 -Wimplicit-fallthrough -Wvla -Wundef \
          -Wnull-dereference -Werror
HARDEN  = -D_FORTIFY_SOURCE=3 -fstack-protector-strong \
          -fstack-clash-protection -fPIE $(HARDEN_$(CC))
HARDEN_gcc = -ftrivial-auto-var-init=zero
LDHARD  = -pie -Wl,-z,relro,-z,now,-z,noexecstack -Wl,--as-needed
CFLAGS ?= -O2 -g
# Fixed paths: pkg-config would be asked before it is installed.
PANGO   = $(addprefix -isystem /usr/include/,pango-1.0 cairo glib-2.0 harfbuzz) \
          -isystem /usr/lib/$(shell uname -m)-linux-gnu/glib-2.0/include
CPPFLAGS = -D_XOPEN_SOURCE=700 -D_DEFAULT_SOURCE -Isrc -I. \
          -I/usr/include/PCSC -I/usr/include/postgresql $(PANGO)
ALLC    = $(CC) -std=c11 $(CPPFLAGS) $(WARN) $(HARDEN) $(CFLAGS)

STAGES  = base card envelope queue slip desk sync centre notice fhir ctl
LIBS    = -lsodium -ljansson -linih -lutf8proc -lsqlite3 -lpq -lcurl \
          -lmicrohttpd -lgnutls -lncursesw -ltinfo -lpcsclite -lseccomp \
          -lqrencode -lpangocairo-1.0 -lpango-1.0 -lgobject-2.0 -lcairo
PROGRAMS = guichet guichet-card guichet-print guichet-pdf guichet-sync \
          guichet-central guichet-opener guichet-answer guichet-notice \
          guichetctl guichet-simcard
MAINS   = $(wildcard $(PROGRAMS:%=src/%.c))

obj     = $(patsubst %.c,$B/%.o,$(1))

# What each stage stands on, and each program; the linker takes the archives
# in this order. A test of tests/STAGE stands on its stage.
ON_base     =
ON_card     = base
ON_envelope = base
ON_queue    = envelope base
ON_slip     = queue envelope base
ON_desk     = slip queue envelope card base
ON_screens  = desk slip queue envelope card base
ON_sync     = queue envelope base
ON_centre   = envelope base
ON_fhir     = centre envelope base
ON_notice   = centre envelope base
ON_ctl      = screens desk slip sync queue fhir notice centre envelope card \
              base

ON_guichet         = screens $(ON_screens)
ON_guichet-card    = card base
ON_guichet-simcard = card base
ON_guichet-print   = slip $(ON_slip)
ON_guichet-pdf     = slip $(ON_slip)
ON_guichet-sync    = sync $(ON_sync)
ON_guichet-central = centre $(ON_centre)
ON_guichet-opener  = centre $(ON_centre)
ON_guichet-answer  = centre $(ON_centre)
ON_guichet-notice  = notice $(ON_notice)
ON_guichetctl      = ctl $(ON_ctl)

libs    = $(patsubst %,$B/lib/%.a,$(1))
stage_of = $(firstword $(subst /, ,$(patsubst $B/tests/%,%,$(1))))
built   = $(patsubst %.c,$B/%,$(wildcard $(1)))

TESTS   = $(call built,$(STAGES:%=tests/%/*.c) tests/screens/*.c)
BENCHES = $(call built,tests/bench/*.c)
SIM     = $(call obj,$(wildcard tests/sim/*.c))
LOAD    = $(call obj,$(wildcard tests/load/*.c))
SIMLD   = -Wl,--wrap=crypto_sign_detached \
          -Wl,--wrap=crypto_sign_verify_detached
PLANTS  = 1 2 3 4 5 6 7
TORTURE = $B/tests/torture/saver $B/tests/torture/killer \
          $B/tests/torture/flips $B/tests/torture/weak.so \
          $B/tests/torture/volatile.so $B/tests/torture/liar \
          $B/tests/torture/careless \
          $B/tests/sim/sim \
          $(PLANTS:%=$B/tests/sim/plant-%)
FUZZERS = $(call built,tests/fuzz/*.c)
AIDS    = $B/tests/e2e/dossier $B/tests/e2e/lives $B/tests/e2e/asker \
          $B/tests/e2e/late
LOADER  = $B/tests/load/load
GATES   = $(filter-out %.awk $(LAST),$(wildcard tools/check-*))
LAST    = tools/check-requirements
E2E     = $(wildcard tests/e2e/*.sh)

PO      = $(wildcard screens/po/*.po)
CATALOGUES = $(PO:screens/po/%.po=$B/locale/%.mo)

.PHONY: all programs units both training run test check asan fault lint \
        cover fuzz torture ha bench manual pictures pot format need arrow clean FORCE
all: programs units both

programs: $(patsubst src/%.c,$B/%,$(MAINS)) $(CATALOGUES)
units: $(TESTS) $(AIDS) $(LOADER) $(CATALOGUES)

need:
	@tools/need build

# Two compilers see more than one.
both:
	@tools/need clang
	@$(MAKE) CC=clang B=$B/clang programs units

# Everything is made again when the flags change, and an archive when a file
# comes or goes.
$B/flags: what = $(ALLC)
$B/files: what = $(sort $(wildcard src/*/*.c screens/*.c))
$B/flags $B/files: FORCE
	@mkdir -p $(@D)
	@echo '$(what)' | cmp -s - $@ || echo '$(what)' >$@

$B/%.o: %.c $B/flags | need
	@mkdir -p $(@D)
	@echo "  CC   $<"
	@$(ALLC) -MMD -MP -c -o $@ $<

# What is not said in a language is said in French: msgfmt leaves it out.
$B/locale/%.mo: screens/po/%.po | need
	@mkdir -p $(@D)
	@echo "  PO   $<"
	@msgfmt --check --endianness=big -o $@ $<

AFTER_AR = :
define archive
$B/lib/$(1).a: $(call obj,$(wildcard $(2))) $B/files
	@mkdir -p $$(@D)
	@rm -f $$@
	@ar rcs $$@ $$(filter %.o,$$^)
	@$(AFTER_AR) $$@
endef
$(foreach s,$(STAGES),$(eval $(call archive,$(s),src/$(s)/*.c)))
$(eval $(call archive,screens,screens/*.c))

.SECONDEXPANSION:
$(PROGRAMS:%=$B/%): $B/%: $B/src/%.o $$(call libs,$$(ON_$$*))
	@echo "  LD   $@"
	@$(ALLC) $(LDHARD) -o $@ $< $(call libs,$(ON_$*)) $(LIBS)

$(TESTS): %: %.o $$(call libs,$$(call stage_of,$$@) $$(ON_$$(call stage_of,$$@)))
	@echo "  LD   $@"
	@$(ALLC) $(LDHARD) -o $@ $(filter %.o %.a,$^) $(TEST_WITH) $(LIBS) \
	    -lcmocka

# These may use every stage.
EVERY = $(call libs,ctl $(ON_ctl))
$(AIDS) $(BENCHES) $(FUZZERS) $B/tools/manual $B/tests/torture/saver \
$B/tests/torture/killer $B/tests/torture/flips: %: %.o $(EVERY)
	@echo "  LD   $@"
	@$(ALLC) $(LDHARD) -o $@ $(filter %.o %.a,$^) $(LIBS)

$B/tests/sim/sim: $(SIM) $(EVERY)
	@echo "  LD   $@"
	@$(ALLC) $(LDHARD) $(SIMLD) -o $@ $(SIM) $(EVERY) $(LIBS)

$(LOADER): $(LOAD) $(EVERY)
	@echo "  LD   $@"
	@$(ALLC) $(LDHARD) -o $@ $(LOAD) $(EVERY) $(LIBS)

# The same around a bug that tests/sim/plant puts into a copy of one file.
$B/tests/sim/plant-%: $(SIM) $(EVERY) tests/sim/plant
	@echo "  LD   $@"
	@tests/sim/plant $* $@.c
	@$(ALLC) -c -o $@.o $@.c
	@$(ALLC) $(LDHARD) $(SIMLD) -o $@ $(SIM) $@.o $(EVERY) $(LIBS)

# A gateway with one of those bugs, for the torture to find.
$B/tests/torture/liar: $B/src/guichet-central.o $B/tests/sim/plant-2 \
    $(call libs,$(ON_guichet-central))
	@echo "  LD   $@"
	@$(ALLC) $(LDHARD) -o $@ $< $B/tests/sim/plant-2.o \
	    $(filter %.a,$^) $(LIBS)

# A guichetctl that loses a key when the next one comes.
$B/tests/torture/careless: $B/src/guichetctl.o $B/tests/sim/plant-7 \
    $(call libs,$(ON_guichetctl))
	@echo "  LD   $@"
	@$(ALLC) $(LDHARD) -o $@ $< $B/tests/sim/plant-7.o \
	    $(filter %.a,$^) $(LIBS)

# What stands between a program and its disk, when both are tortured.
$B/tests/torture/%.so: tests/torture/%.c $B/flags
	@mkdir -p $(@D)
	@echo "  CC   $<"
	@$(CC) -std=c11 $(CPPFLAGS) -O2 -Wall -fPIC -shared -o $@ $< -ldl

# A complete training set-up, and an enrolment in it.
DIR ?= $B/training
training: programs
	@tools/need run
	@tools/training $(DIR) $B

run: programs
	@tools/need run
	@tools/run $B $(DIR)

# The gates are tests too: what they say is counted. The last one asks what
# the others said.
test:
	@tools/need build test
	@$(MAKE) all $B/tools/manual $(TORTURE)
	@rm -f $B/count $B/results
	@B=$B CPPFLAGS='$(CPPFLAGS)' COUNT=$B/count RESULTS=$B/results \
	    tests/run $(GATES) $(TESTS) $(E2E) $(LAST)

check: programs units $B/tools/manual
	@tools/need clang
	@B=$B CPPFLAGS='$(CPPFLAGS)' RESULTS=$B/results \
	    tests/run $(GATES) $(TESTS) $(LAST)

manual: $B/tools/manual
	@B=$B tools/check-manual --write

# Builds of their own, each in a folder of its own. Fortify hides from the
# sanitizers what it would itself have caught, and their code confuses the
# warnings.
OTHER = HARDEN=-fPIE WARN=
SANE = -fsanitize=address,undefined -fno-sanitize-recover=all \
       -fno-omit-frame-pointer -g
asan:
	@tools/need build test
	@$(MAKE) B=$B/asan CFLAGS='-O1 $(SANE)' $(OTHER) programs units
	@B=$B/asan tools/asan $(TESTS:$B/%=$B/asan/%)

fault: T = 120
fault:
	@tools/need build test
	@$(MAKE) B=$B/fault CFLAGS='-O1 $(SANE)' $(OTHER) \
	    $B/fault/tests/fault/shim.o
	@$(MAKE) B=$B/fault CFLAGS='-O1 $(SANE)' $(OTHER) \
	    AFTER_AR='objcopy --redefine-syms=tests/fault/symbols' \
	    TEST_WITH=$B/fault/tests/fault/shim.o units
	@tools/fault $T $(TESTS:$B/%=$B/fault/%)

cover:
	@tools/need build test cover
	@$(MAKE) B=$B/cover CFLAGS='-O0 -g --coverage' $(OTHER) units
	@B=$B/cover tools/cover $(TESTS:$B/%=$B/cover/%)

T ?= 60
fuzz:
	@tools/need build fuzz
	@$(MAKE) CC=clang B=$B/fuzz $(OTHER) \
	    CFLAGS='-O1 $(SANE) -fsanitize=fuzzer-no-link' \
	    LDHARD='-pie -fsanitize=fuzzer' fuzzers
	@B=$B/fuzz tools/fuzz $T $(FUZZERS:$B/%=$B/fuzz/%)

.PHONY: fuzzers benches
fuzzers: $(FUZZERS)
benches: $(BENCHES)

bench: programs benches $(LOADER)
	@tools/need bench
	@B=$B tools/bench

torture:
	@tools/need build test
	@$(MAKE) programs $(TORTURE)
	@B=$B tests/torture/torture.py --long --json $B/torture.json \
	    --parts $B/torture.parts $(CASES)

ha:
	@tools/need build test ha
	@$(MAKE) programs $(TORTURE)
	@B=$B tests/ha/ha.py --json $B/ha.json

# The analyzer does not see, two calls deep, that a result is written whenever
# ERR_OK is returned; and it loses an object that is known by its first member,
# as a transport or a reader is.
UNASKED = -Wno-analyzer-use-of-uninitialized-value -Wno-maybe-uninitialized \
          -Wno-analyzer-malloc-leak
lint:
	@tools/need build lint
	@$(MAKE) B=$B/analyzer CC=gcc CFLAGS='-O1 -g -fanalyzer $(UNASKED)' programs
	@B=$B CPPFLAGS='$(CPPFLAGS)' tools/lint

pictures: programs
	@tools/need run pictures
	@B=$B tools/pictures screens/pictures
	@tools/paper-picture $B tests/golden/slip/secrets.json screens/pictures

pot:
	@tools/need pot
	@B=$B tools/pot

format:
	@tools/need format
	@tools/format

# For tools/check-direction.
arrow:
	$(foreach n,$(STAGES) screens $(PROGRAMS),$(info on $n $(ON_$n)))@:

# install and deb; a tree without kiosk/ does without.
-include kiosk/install.mk

clean:
	rm -rf $B

-include $(shell find $B/src $B/screens $B/tests $B/tools -name '*.d' \
    2>/dev/null)
