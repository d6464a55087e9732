# Guichet is built by this one file, under build/. No configure.
#
#   make          every program and test, with gcc; and with clang as a check
#   make run      an enrolment, in training mode, with nothing else installed
#   make test     every test; its last line counts them
#
# The stages are those of DESIGN section 2: an object of src/desk may only use
# what stands to its right in the arrow. tools/check-direction proves it.

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
          -fstack-clash-protection -ftrivial-auto-var-init=zero -fPIE
LDHARD  = -pie -Wl,-z,relro,-z,now,-z,noexecstack -Wl,--as-needed
CFLAGS ?= -O2 -g
CPPFLAGS = -D_XOPEN_SOURCE=700 -D_DEFAULT_SOURCE -Isrc -I. \
          -I/usr/include/PCSC
ALLC    = $(CC) -std=c11 $(CPPFLAGS) $(WARN) $(HARDEN) $(CFLAGS)

STAGES  = base card envelope queue slip desk sync centre ctl
LIBS    = -lsodium -ljansson -linih -lutf8proc -lsqlite3 -lcurl \
          -lmicrohttpd -lgnutls -lncursesw -ltinfo -lpcsclite -lseccomp
PROGRAMS = guichet guichet-card guichet-print guichet-sync guichet-central \
          guichet-opener guichetctl guichet-simcard
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
ON_ctl      = screens desk slip sync queue centre envelope card base

ON_guichet         = screens $(ON_screens)
ON_guichet-card    = card base
ON_guichet-simcard = card base
ON_guichet-print   = slip $(ON_slip)
ON_guichet-sync    = sync $(ON_sync)
ON_guichet-central = centre $(ON_centre)
ON_guichet-opener  = centre $(ON_centre)
ON_guichetctl      = ctl $(ON_ctl)

libs    = $(patsubst %,$B/lib/%.a,$(1))
stage_of = $(firstword $(subst /, ,$(patsubst $B/tests/%,%,$(1))))

TESTS   = $(patsubst %.c,$B/%,$(wildcard $(STAGES:%=tests/%/*.c) \
          tests/screens/*.c))

.PHONY: all programs units need arrow clean
all: need programs units

programs: $(patsubst src/%.c,$B/%,$(MAINS))
units: $(TESTS)

need:
	@tools/need build

$B/%.o: %.c | need
	@mkdir -p $(@D)
	@echo "  CC   $<"
	@$(ALLC) -MMD -MP -c -o $@ $<

define archive
$B/lib/$(1).a: $(call obj,$(wildcard $(2)))
	@mkdir -p $$(@D)
	@rm -f $$@
	@ar rcs $$@ $$^
endef
$(foreach s,$(STAGES),$(eval $(call archive,$(s),src/$(s)/*.c)))
$(eval $(call archive,screens,screens/*.c))

.SECONDEXPANSION:
$(PROGRAMS:%=$B/%): $B/%: $B/src/%.o $$(call libs,$$(ON_$$*))
	@echo "  LD   $@"
	@$(ALLC) $(LDHARD) -o $@ $< $(call libs,$(ON_$*)) $(LIBS)

$(TESTS): %: %.o $$(call libs,$$(call stage_of,$$@) $$(ON_$$(call stage_of,$$@)))
	@echo "  LD   $@"
	@$(ALLC) $(LDHARD) -o $@ $(filter %.o %.a,$^) $(LIBS) -lcmocka

# A complete training set-up, and an enrolment in it.
DIR ?= $B/training
.PHONY: training run
training: programs
	@tools/need run
	@tools/training $(DIR) $B

run: programs
	@tools/need run
	@tools/run $B

# For tools/check-direction.
arrow:
	$(foreach n,$(STAGES) screens $(PROGRAMS),$(info on $n $(ON_$n)))@:

clean:
	rm -rf $B

-include $(shell find $B -name '*.d' 2>/dev/null)
