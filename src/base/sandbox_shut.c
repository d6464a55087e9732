/* sandbox_shut: Landlock over files, then seccomp over everything. */
#include <errno.h>
#include <fcntl.h>
#include <linux/sched.h>
#include <seccomp.h>
#include <stddef.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/sandbox_own.h"

/*
 * What computing, waiting, threads, and talking over what is open already
 * need. Files cannot be opened, programs not started: those are not here.
 */
static const int allowed[] = {
	SCMP_SYS(read), SCMP_SYS(readv), SCMP_SYS(write), SCMP_SYS(writev),
	SCMP_SYS(close), SCMP_SYS(lseek), SCMP_SYS(fstat), SCMP_SYS(fcntl),
	SCMP_SYS(newfstatat), SCMP_SYS(stat), SCMP_SYS(statx),
	SCMP_SYS(poll), SCMP_SYS(ppoll), SCMP_SYS(select),
	SCMP_SYS(pselect6), SCMP_SYS(futex), SCMP_SYS(sched_yield),
	SCMP_SYS(sched_getaffinity), SCMP_SYS(clock_gettime),
	SCMP_SYS(clock_nanosleep), SCMP_SYS(nanosleep), SCMP_SYS(gettimeofday),
	SCMP_SYS(time), SCMP_SYS(brk), SCMP_SYS(munmap), SCMP_SYS(mremap),
	SCMP_SYS(madvise), SCMP_SYS(mlock), SCMP_SYS(munlock),
	SCMP_SYS(getrandom), SCMP_SYS(getpid), SCMP_SYS(gettid),
	SCMP_SYS(getuid), SCMP_SYS(geteuid), SCMP_SYS(set_robust_list),
	SCMP_SYS(rseq), SCMP_SYS(rt_sigaction), SCMP_SYS(rt_sigprocmask),
	SCMP_SYS(rt_sigreturn), SCMP_SYS(sigaltstack),
	SCMP_SYS(restart_syscall), SCMP_SYS(exit), SCMP_SYS(exit_group),
	SCMP_SYS(connect), SCMP_SYS(sendto), SCMP_SYS(recvfrom),
	SCMP_SYS(sendmsg), SCMP_SYS(recvmsg), SCMP_SYS(shutdown),
	SCMP_SYS(getsockopt), SCMP_SYS(setsockopt),
};

/* Calls that are allowed with that argument only. */
static const struct {
	int call;
	struct scmp_arg_cmp when;
} narrowed[] = {
	/* The socket of pcscd, and no network. */
	{ SCMP_SYS(socket), { 0, SCMP_CMP_EQ, AF_UNIX, 0 } },
	/* Is it a terminal? And nothing else of it. */
	{ SCMP_SYS(ioctl), { 1, SCMP_CMP_EQ, TCGETS, 0 } },
	/* Threads, and no processes. */
	{ SCMP_SYS(clone), { 0, SCMP_CMP_MASKED_EQ, CLONE_THREAD,
	    CLONE_THREAD } },
	/* Memory, and no code. */
	{ SCMP_SYS(mmap), { 2, SCMP_CMP_MASKED_EQ, PROT_EXEC, 0 } },
	{ SCMP_SYS(mprotect), { 2, SCMP_CMP_MASKED_EQ, PROT_EXEC, 0 } },
};

/* abort() must still say that it is the program's own fault. */
static int
allow_abort(scmp_filter_ctx ctx)
{
	const struct scmp_arg_cmp own = { 0, SCMP_CMP_EQ,
		(scmp_datum_t)getpid(), 0 };

	return seccomp_rule_add_array(ctx, SCMP_ACT_ALLOW, SCMP_SYS(tgkill),
	    1, &own);
}

/* The C library looks for its catalogues when it first has need of one, to
 * say what errno is for instance: it must live with not finding them. */
static int
refuse_reading(scmp_filter_ctx ctx)
{
	const struct scmp_arg_cmp to_read = { 2, SCMP_CMP_MASKED_EQ,
		O_ACCMODE | O_CREAT | O_TRUNC, O_RDONLY };

	return seccomp_rule_add_array(ctx, SCMP_ACT_ERRNO(EACCES),
	    SCMP_SYS(openat), 1, &to_read);
}

static int
add_rules(scmp_filter_ctx ctx)
{
	int bad = 0;

	for (size_t i = 0; i < sizeof(allowed) / sizeof(allowed[0]); i++)
		bad |= seccomp_rule_add(ctx, SCMP_ACT_ALLOW, allowed[i], 0);
	for (size_t i = 0; i < sizeof(narrowed) / sizeof(narrowed[0]); i++)
		bad |= seccomp_rule_add_array(ctx, SCMP_ACT_ALLOW,
		    narrowed[i].call, 1, &narrowed[i].when);
	/* Its flags stand in memory, where a filter cannot look: the C library
	 * then takes clone. */
	bad |= seccomp_rule_add(ctx, SCMP_ACT_ERRNO(ENOSYS),
	    SCMP_SYS(clone3), 0);
	return bad | refuse_reading(ctx) | allow_abort(ctx);
}

static enum err
shut_calls(void)
{
	scmp_filter_ctx ctx = seccomp_init(SCMP_ACT_KILL_PROCESS);
	enum err r = ERR_SANDBOX;

	if (ctx == NULL)
		return ERR_SANDBOX;
	if (add_rules(ctx) == 0 && seccomp_load(ctx) == 0)
		r = ERR_OK;
	seccomp_release(ctx);
	return r;
}

enum err
sandbox_shut(void)
{
	enum err r;

	if ((r = sandbox_files(NULL, NULL, false, false)) != ERR_OK)
		return r;
	return shut_calls();
}
