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

STAGES  = base card envelope queue slip desk sync centre
LIBS    = -lsodium -ljansson -linih -lutf8proc -lsqlite3 -lcurl \
          -lmicrohttpd -lgnutls -lncursesw -ltinfo -lpcsclite -lseccomp
PROGRAMS = guichet guichet-card guichet-print guichet-sync guichet-central \
          guichet-opener guichetctl guichet-simcard
MAINS   = $(wildcard $(PROGRAMS:%=src/%.c))

obj     = $(patsubst %.c,$B/%.o,$(1))
archive = $B/lib/$(1).a

# From the mains down to base: the linker takes each archive in this order.
ARCHIVES = $B/lib/screens.a $B/lib/sync.a $B/lib/centre.a $B/lib/desk.a \
          $B/lib/slip.a $B/lib/queue.a $B/lib/envelope.a $B/lib/card.a \
          $B/lib/base.a

TESTS   = $(patsubst tests/%.c,$B/tests/%,$(wildcard $(STAGES:%=tests/%/*.c) \
          tests/screens/*.c))

.PHONY: all programs units need clean
all: need programs units

programs: $(patsubst src/%.c,$B/%,$(MAINS))
units: $(TESTS)

need:
	@tools/need build

$B/%.o: %.c | need
	@mkdir -p $(@D)
	@echo "  CC   $<"
	@$(ALLC) -MMD -MP -c -o $@ $<

define stage_archive
$B/lib/$(1).a: $(call obj,$(wildcard src/$(1)/*.c))
	@mkdir -p $$(@D)
	@rm -f $$@
	@ar rcs $$@ $$^
endef
$(foreach s,$(STAGES),$(eval $(call stage_archive,$(s))))

$B/lib/screens.a: $(call obj,$(wildcard screens/*.c))
	@mkdir -p $(@D)
	@rm -f $@
	@ar rcs $@ $^

$(patsubst src/%.c,$B/%,$(MAINS)): $B/%: $B/src/%.o $(ARCHIVES)
	@echo "  LD   $@"
	@$(ALLC) $(LDHARD) -o $@ $< $(ARCHIVES) $(LIBS)

$B/tests/%: $B/tests/%.o $(ARCHIVES)
	@mkdir -p $(@D)
	@echo "  LD   $@"
	@$(ALLC) $(LDHARD) -o $@ $< $(ARCHIVES) $(LIBS) -lcmocka

clean:
	rm -rf $B

-include $(shell find $B -name '*.d' 2>/dev/null)
