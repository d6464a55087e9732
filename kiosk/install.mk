# install.mk: put what was built where Debian expects it; included by Makefile.
#
#	make install DESTDIR=/tmp/stage     programs, pages, texts, units
#	make deb                            build/guichet_VERSION_ARCH.deb
#
# Nothing is enabled and nothing is locked: kiosk/lock does that, by hand.

PREFIX  ?= /usr
DESTDIR ?=
BINDIR   = $(DESTDIR)$(PREFIX)/bin
SHARE    = $(DESTDIR)$(PREFIX)/share/guichet
MANDIR   = $(DESTDIR)$(PREFIX)/share/man
SYSTEMD  = $(DESTDIR)$(PREFIX)/lib/systemd/system
VERSION  = $(shell sed -n 's/^.define GUICHET_VERSION "\(.*\)"/\1/p' \
           src/base/program.h)
ARCH     = $(shell dpkg --print-architecture)
STAGE    = $B/stage
PUT      = install -D -m 0644

.PHONY: install deb
install: programs
	@for p in $(patsubst src/%.c,%,$(MAINS)); do \
	    install -D -m 0755 $B/$$p $(BINDIR)/$$p || exit 1; done
	@for p in src/man/*.[1-9]; do \
	    $(PUT) $$p $(MANDIR)/man$${p##*.}/$${p##*/} || exit 1; done
	@for f in $$(cd screens/text && find . -type f); do \
	    $(PUT) screens/text/$$f $(SHARE)/text/$$f || exit 1; done
	@for f in $$(cd screens/mail && find . -type f); do \
	    $(PUT) screens/mail/$$f $(SHARE)/mail/$$f || exit 1; done
	@for f in $(CATALOGUES); do \
	    $(PUT) $$f $(SHARE)/locale/$${f##*/} || exit 1; done
	@for f in $$(cd kiosk/units && find -L . -type f \
	    -name '*.service' -o -name '*.timer' -o -name '*.conf'); do \
	    $(PUT) kiosk/units/$$f $(SYSTEMD)/$$f || exit 1; done
	@$(PUT) kiosk/units/guichet.sysusers \
	    $(DESTDIR)$(PREFIX)/lib/sysusers.d/guichet.conf
	@$(PUT) kiosk/units/guichet.tmpfiles \
	    $(DESTDIR)$(PREFIX)/lib/tmpfiles.d/guichet.conf
	@for f in kiosk/console/* kiosk/centre/* kiosk/*.example kiosk/guide.md; do \
	    $(PUT) $$f $(SHARE)/$$f || exit 1; done
	@install -D -m 0755 kiosk/lock $(SHARE)/kiosk/lock

deb: need
	@rm -rf $(STAGE)
	@$(MAKE) install DESTDIR=$(STAGE) PREFIX=/usr
	@strip $(STAGE)/usr/bin/*
	@find $(STAGE)/usr/share/man -type f -exec gzip -9n {} +
	@mkdir -p $(STAGE)/DEBIAN
	@sed -e 's/@VERSION@/$(VERSION)/' -e 's/@ARCH@/$(ARCH)/' \
	    kiosk/control >$(STAGE)/DEBIAN/control
	@install -m 0755 kiosk/postinst $(STAGE)/DEBIAN/postinst
	@dpkg-deb --root-owner-group -b $(STAGE) \
	    $B/guichet_$(VERSION)_$(ARCH).deb
