/*
 * hold: another program that works on a reader, for card-pcscd.sh.
 *
 *	hold READER transaction|alone|reset
 *
 * Connects, says "held", and keeps what it has until its stdin is closed: a
 * transaction, or the reader all alone; `reset` restarts the card and goes.
 */
#include <stdio.h>
#include <string.h>
#include <winscard.h>

int
main(int argc, char *argv[])
{
	const int alone = argc == 3 && strcmp(argv[2], "alone") == 0;
	const int reset = argc == 3 && strcmp(argv[2], "reset") == 0;
	SCARDCONTEXT context;
	SCARDHANDLE card;
	DWORD protocol;

	if (argc != 3 ||
	    SCardEstablishContext(SCARD_SCOPE_SYSTEM, NULL, NULL, &context) !=
	    SCARD_S_SUCCESS ||
	    SCardConnect(context, argv[1], alone ? SCARD_SHARE_EXCLUSIVE :
	    SCARD_SHARE_SHARED, SCARD_PROTOCOL_T0, &card, &protocol) !=
	    SCARD_S_SUCCESS ||
	    (!alone && SCardBeginTransaction(card) != SCARD_S_SUCCESS))
		return 1;
	(void)puts("held");
	(void)fflush(stdout);
	if (!reset)
		(void)getchar();
	if (!alone)
		(void)SCardEndTransaction(card, SCARD_LEAVE_CARD);
	(void)SCardDisconnect(card, reset ? SCARD_RESET_CARD :
	    SCARD_LEAVE_CARD);
	return SCardReleaseContext(context) == SCARD_S_SUCCESS ? 0 : 1;
}
