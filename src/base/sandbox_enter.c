/* sandbox_enter: Landlock over files, seccomp by what a program is for. */
#include <errno.h>
#include <linux/sched.h>
#include <seccomp.h>
#include <stddef.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/sandbox_own.h"

#define ROW(name, needs) [SANDBOX_##name] = (needs),
static const unsigned needs_of[] = { SANDBOXES(ROW) };
#undef ROW

/* Computing, waiting, threads, and files where Landlock lets them be. */
static const int usual[] = {
	SCMP_SYS(read), SCMP_SYS(readv), SCMP_SYS(pread64), SCMP_SYS(write),
	SCMP_SYS(writev), SCMP_SYS(pwrite64), SCMP_SYS(close),
	SCMP_SYS(lseek), SCMP_SYS(open), SCMP_SYS(openat), SCMP_SYS(access),
	SCMP_SYS(faccessat), SCMP_SYS(faccessat2), SCMP_SYS(stat),
	SCMP_SYS(lstat), SCMP_SYS(fstat), SCMP_SYS(newfstatat),
	SCMP_SYS(statx), SCMP_SYS(statfs), SCMP_SYS(fstatfs),
	SCMP_SYS(readlink), SCMP_SYS(readlinkat), SCMP_SYS(getcwd),
	SCMP_SYS(getdents64), SCMP_SYS(mkdir), SCMP_SYS(mkdirat),
	SCMP_SYS(rename), SCMP_SYS(renameat), SCMP_SYS(renameat2),
	SCMP_SYS(unlink), SCMP_SYS(unlinkat), SCMP_SYS(ftruncate),
	SCMP_SYS(fallocate), SCMP_SYS(fadvise64), SCMP_SYS(fsync),
	SCMP_SYS(fdatasync), SCMP_SYS(fchmod), SCMP_SYS(fchown),
	SCMP_SYS(umask), SCMP_SYS(flock), SCMP_SYS(fcntl), SCMP_SYS(dup),
	SCMP_SYS(dup2), SCMP_SYS(dup3), SCMP_SYS(pipe2), SCMP_SYS(eventfd2),
	SCMP_SYS(epoll_create1), SCMP_SYS(epoll_ctl), SCMP_SYS(epoll_wait),
	SCMP_SYS(epoll_pwait), SCMP_SYS(poll), SCMP_SYS(ppoll),
	SCMP_SYS(select), SCMP_SYS(pselect6), SCMP_SYS(futex),
	SCMP_SYS(sched_yield), SCMP_SYS(sched_getaffinity),
	SCMP_SYS(clock_gettime), SCMP_SYS(clock_getres),
	SCMP_SYS(clock_nanosleep), SCMP_SYS(nanosleep),
	SCMP_SYS(gettimeofday), SCMP_SYS(time), SCMP_SYS(timerfd_create),
	SCMP_SYS(timerfd_settime), SCMP_SYS(brk), SCMP_SYS(munmap),
	SCMP_SYS(mremap), SCMP_SYS(madvise), SCMP_SYS(mlock),
	SCMP_SYS(munlock), SCMP_SYS(getrandom), SCMP_SYS(uname),
	SCMP_SYS(sysinfo), SCMP_SYS(getpid), SCMP_SYS(getppid),
	SCMP_SYS(gettid), SCMP_SYS(getuid), SCMP_SYS(geteuid),
	SCMP_SYS(getgid), SCMP_SYS(getegid), SCMP_SYS(getrlimit),
	SCMP_SYS(set_robust_list), SCMP_SYS(rseq), SCMP_SYS(rt_sigaction),
	SCMP_SYS(rt_sigprocmask), SCMP_SYS(rt_sigreturn),
	SCMP_SYS(rt_sigtimedwait), SCMP_SYS(sigaltstack),
	SCMP_SYS(restart_syscall), SCMP_SYS(exit), SCMP_SYS(exit_group),
	SCMP_SYS(connect), SCMP_SYS(sendto), SCMP_SYS(recvfrom),
	SCMP_SYS(sendmsg), SCMP_SYS(sendmmsg), SCMP_SYS(recvmsg),
	SCMP_SYS(shutdown), SCMP_SYS(getsockname), SCMP_SYS(getpeername),
	SCMP_SYS(getsockopt), SCMP_SYS(setsockopt), SCMP_SYS(socketpair),
};

static const int serving[] = {
	SCMP_SYS(bind), SCMP_SYS(listen), SCMP_SYS(accept), SCMP_SYS(accept4),
	SCMP_SYS(sendfile), SCMP_SYS(chmod), /* of its socket's name */
};

static const int minding[] = {
	SCMP_SYS(kill), SCMP_SYS(wait4), SCMP_SYS(waitid),
};

/* Never, for anyone: what only somebody else than us would try. */
static const int deadly[] = {
	SCMP_SYS(execve), SCMP_SYS(execveat), SCMP_SYS(fork), SCMP_SYS(vfork),
	SCMP_SYS(ptrace), SCMP_SYS(process_vm_readv),
	SCMP_SYS(process_vm_writev), SCMP_SYS(setuid), SCMP_SYS(setgid),
	SCMP_SYS(setreuid), SCMP_SYS(setregid), SCMP_SYS(setresuid),
	SCMP_SYS(setresgid), SCMP_SYS(mount), SCMP_SYS(umount2),
	SCMP_SYS(chroot), SCMP_SYS(pivot_root), SCMP_SYS(unshare),
	SCMP_SYS(setns), SCMP_SYS(bpf), SCMP_SYS(keyctl), SCMP_SYS(add_key),
	SCMP_SYS(init_module), SCMP_SYS(finit_module), SCMP_SYS(reboot),
	SCMP_SYS(io_uring_setup), SCMP_SYS(perf_event_open),
	SCMP_SYS(userfaultfd), SCMP_SYS(memfd_create),
};

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

static int
all(scmp_filter_ctx ctx, uint32_t action, const int *calls, size_t n)
{
	int bad = 0;

	for (size_t i = 0; i < n; i++)
		bad |= seccomp_rule_add(ctx, action, calls[i], 0);
	return bad;
}

/* One call with an argument that decides. */
static int
when(scmp_filter_ctx ctx, uint32_t action, int call, struct scmp_arg_cmp arg)
{
	return seccomp_rule_add_array(ctx, action, call, 1, &arg);
}

static int
add_sockets(scmp_filter_ctx ctx, unsigned needs)
{
	static const struct {
		int family;
		unsigned for_whom;
	} families[] = {
		{ AF_INET, SANDBOX_CONNECT | SANDBOX_SERVE },
		{ AF_INET6, SANDBOX_CONNECT | SANDBOX_SERVE },
		/* By which the C library looks what addresses there are. */
		{ AF_NETLINK, SANDBOX_CONNECT },
	};
	int bad = 0;

	bad |= when(ctx, SCMP_ACT_ALLOW, SCMP_SYS(socket),
	    SCMP_A0(SCMP_CMP_EQ, AF_UNIX, 0));
	for (size_t i = 0; i < COUNT(families); i++)
		bad |= when(ctx, needs & families[i].for_whom ?
		    SCMP_ACT_ALLOW : SCMP_ACT_KILL_PROCESS, SCMP_SYS(socket),
		    SCMP_A0(SCMP_CMP_EQ, (scmp_datum_t)families[i].family, 0));
	bad |= when(ctx, SCMP_ACT_KILL_PROCESS, SCMP_SYS(socket),
	    SCMP_A0(SCMP_CMP_GT, AF_NETLINK, 0));
	return bad | all(ctx, needs & SANDBOX_SERVE ? SCMP_ACT_ALLOW :
	    SCMP_ACT_KILL_PROCESS, serving, COUNT(serving));
}

/* Of a terminal: what it is and how it is set; typing into it, never. */
static int
add_screen(scmp_filter_ctx ctx, unsigned needs)
{
	static const unsigned long asks[] = { TCGETS, TIOCGWINSZ, FIONREAD,
		FIONBIO };
	static const unsigned long sets[] = { TCSETS, TCSETSW, TCSETSF,
		TCFLSH, TCSBRK, TIOCOUTQ, TIOCGPGRP };
	int bad = 0;

	for (size_t i = 0; i < COUNT(asks); i++)
		bad |= when(ctx, SCMP_ACT_ALLOW, SCMP_SYS(ioctl),
		    SCMP_A1(SCMP_CMP_EQ, asks[i], 0));
	for (size_t i = 0; needs & SANDBOX_SCREEN && i < COUNT(sets); i++)
		bad |= when(ctx, SCMP_ACT_ALLOW, SCMP_SYS(ioctl),
		    SCMP_A1(SCMP_CMP_EQ, sets[i], 0));
	return bad | when(ctx, SCMP_ACT_KILL_PROCESS, SCMP_SYS(ioctl),
	    SCMP_A1(SCMP_CMP_EQ, TIOCSTI, 0));
}

/* Threads and no processes, memory and no code, and to say of oneself that
 * it is one's own fault. */
static int
add_narrowed(scmp_filter_ctx ctx)
{
	const scmp_datum_t self = (scmp_datum_t)getpid();
	int bad = 0;

	bad |= when(ctx, SCMP_ACT_ALLOW, SCMP_SYS(clone),
	    SCMP_A0(SCMP_CMP_MASKED_EQ, CLONE_THREAD, CLONE_THREAD));
	bad |= when(ctx, SCMP_ACT_KILL_PROCESS, SCMP_SYS(clone),
	    SCMP_A0(SCMP_CMP_MASKED_EQ, CLONE_THREAD, 0));
	bad |= when(ctx, SCMP_ACT_ALLOW, SCMP_SYS(mmap),
	    SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, 0));
	bad |= when(ctx, SCMP_ACT_ERRNO(EACCES), SCMP_SYS(mmap),
	    SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, PROT_EXEC));
	bad |= when(ctx, SCMP_ACT_ALLOW, SCMP_SYS(mprotect),
	    SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, 0));
	bad |= when(ctx, SCMP_ACT_ERRNO(EACCES), SCMP_SYS(mprotect),
	    SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, PROT_EXEC));
	return bad | when(ctx, SCMP_ACT_ALLOW, SCMP_SYS(tgkill),
	    SCMP_A0(SCMP_CMP_EQ, self, 0));
}

static enum err
enter_calls(unsigned needs)
{
	scmp_filter_ctx ctx = seccomp_init(SCMP_ACT_ERRNO(ENOSYS));
	enum err r = ERR_SANDBOX;

	if (ctx == NULL)
		return ERR_SANDBOX;
	if ((all(ctx, SCMP_ACT_ALLOW, usual, COUNT(usual)) |
	    all(ctx, SCMP_ACT_KILL_PROCESS, deadly, COUNT(deadly)) |
	    all(ctx, needs & SANDBOX_CHILDREN ? SCMP_ACT_ALLOW :
	    SCMP_ACT_KILL_PROCESS, minding, COUNT(minding)) |
	    add_sockets(ctx, needs) | add_screen(ctx, needs) |
	    add_narrowed(ctx)) == 0 && seccomp_load(ctx) == 0)
		r = ERR_OK;
	seccomp_release(ctx);
	return r;
}

enum err
sandbox_enter(enum sandbox who, unsigned more, const char *const *read,
    const char *const *write)
{
	unsigned needs = needs_of[who] | more;
	enum err r;

	if ((r = sandbox_files(read, write,
	    needs & (SANDBOX_CONNECT | SANDBOX_SERVE),
	    needs & SANDBOX_CHILDREN)) != ERR_OK)
		return r;
	return enter_calls(needs);
}
