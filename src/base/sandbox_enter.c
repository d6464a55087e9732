/* sandbox_enter: Landlock over files, seccomp by what a program is for. */
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

#define ROW(name, needs) [SANDBOX_##name] = (needs),
static const unsigned needs_of[] = { SANDBOXES(ROW) };
#undef ROW

/* What computing, waiting, threads, and talking over what is open need. */
static const int usual[] = {
	SCMP_SYS(read), SCMP_SYS(readv), SCMP_SYS(write), SCMP_SYS(writev),
	SCMP_SYS(close), SCMP_SYS(lseek), SCMP_SYS(fcntl), SCMP_SYS(fstat),
	SCMP_SYS(stat), SCMP_SYS(newfstatat), SCMP_SYS(statx), SCMP_SYS(poll),
	SCMP_SYS(ppoll), SCMP_SYS(select), SCMP_SYS(pselect6), SCMP_SYS(futex),
	SCMP_SYS(sched_yield), SCMP_SYS(sched_getaffinity),
	SCMP_SYS(clock_gettime), SCMP_SYS(clock_nanosleep), SCMP_SYS(nanosleep),
	SCMP_SYS(gettimeofday), SCMP_SYS(time), SCMP_SYS(brk), SCMP_SYS(munmap),
	SCMP_SYS(mremap), SCMP_SYS(madvise), SCMP_SYS(mlock), SCMP_SYS(munlock),
	SCMP_SYS(getrandom), SCMP_SYS(getpid), SCMP_SYS(gettid),
	SCMP_SYS(getuid), SCMP_SYS(geteuid), SCMP_SYS(set_robust_list),
	SCMP_SYS(rseq), SCMP_SYS(rt_sigaction), SCMP_SYS(rt_sigprocmask),
	SCMP_SYS(rt_sigreturn), SCMP_SYS(sigaltstack),
	SCMP_SYS(restart_syscall), SCMP_SYS(exit), SCMP_SYS(exit_group),
	SCMP_SYS(connect), SCMP_SYS(sendto), SCMP_SYS(recvfrom),
	SCMP_SYS(sendmsg), SCMP_SYS(recvmsg), SCMP_SYS(shutdown),
	SCMP_SYS(getsockopt), SCMP_SYS(setsockopt),
};

/* Files where Landlock lets them be, and what libraries ask beside them. */
static const int filing[] = {
	SCMP_SYS(pread64), SCMP_SYS(pwrite64), SCMP_SYS(open), SCMP_SYS(openat),
	SCMP_SYS(access), SCMP_SYS(faccessat), SCMP_SYS(faccessat2),
	SCMP_SYS(lstat), SCMP_SYS(statfs), SCMP_SYS(fstatfs),
	SCMP_SYS(readlink), SCMP_SYS(readlinkat), SCMP_SYS(getcwd),
	SCMP_SYS(getdents64), SCMP_SYS(mkdir), SCMP_SYS(mkdirat),
	SCMP_SYS(rename), SCMP_SYS(renameat), SCMP_SYS(renameat2),
	SCMP_SYS(unlink), SCMP_SYS(unlinkat), SCMP_SYS(ftruncate),
	SCMP_SYS(fallocate), SCMP_SYS(fadvise64), SCMP_SYS(fsync),
	SCMP_SYS(fdatasync), SCMP_SYS(syncfs), SCMP_SYS(utimensat),
	SCMP_SYS(fchmod), SCMP_SYS(fchown),
	SCMP_SYS(umask), SCMP_SYS(flock), SCMP_SYS(dup), SCMP_SYS(dup2),
	SCMP_SYS(dup3), SCMP_SYS(pipe2), SCMP_SYS(eventfd2),
	SCMP_SYS(epoll_create1), SCMP_SYS(epoll_ctl), SCMP_SYS(epoll_wait),
	SCMP_SYS(epoll_pwait), SCMP_SYS(clock_getres), SCMP_SYS(timerfd_create),
	SCMP_SYS(timerfd_settime), SCMP_SYS(uname), SCMP_SYS(sysinfo),
	SCMP_SYS(getppid), SCMP_SYS(getgid), SCMP_SYS(getegid),
	SCMP_SYS(getrlimit), SCMP_SYS(rt_sigtimedwait), SCMP_SYS(sendmmsg),
	SCMP_SYS(getsockname), SCMP_SYS(getpeername), SCMP_SYS(socketpair),
};

static const int serving[] = {
	SCMP_SYS(bind), SCMP_SYS(listen),
	SCMP_SYS(sendfile), SCMP_SYS(chmod), /* of its socket's name */
};

static const int taking[] = {
	SCMP_SYS(accept), SCMP_SYS(accept4),
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

struct filter {
	scmp_filter_ctx calls;
	uint32_t otherwise; /* what becomes of a call without a rule */
	unsigned needs;
	int bad;
};

static void
rule(struct filter *f, uint32_t action, int call, unsigned args,
    const struct scmp_arg_cmp *arg)
{
	if (action != f->otherwise) /* libseccomp refuses to be told twice */
		f->bad |= seccomp_rule_add_array(f->calls, action, call,
		    args, arg);
}

static void
all(struct filter *f, uint32_t action, const int *calls, size_t n)
{
	for (size_t i = 0; i < n; i++)
		rule(f, action, calls[i], 0, NULL);
}

/* One call with an argument that decides. */
static void
when(struct filter *f, uint32_t action, int call, struct scmp_arg_cmp arg)
{
	rule(f, action, call, 1, &arg);
}

/* Allowed to who needs it, and the end of anyone else. */
static uint32_t
only_for(const struct filter *f, unsigned needs)
{
	return f->needs & needs ? SCMP_ACT_ALLOW : SCMP_ACT_KILL_PROCESS;
}

static void
add_sockets(struct filter *f)
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

	when(f, SCMP_ACT_ALLOW, SCMP_SYS(socket),
	    SCMP_A0(SCMP_CMP_EQ, AF_UNIX, 0));
	for (size_t i = 0; i < COUNT(families); i++)
		when(f, only_for(f, families[i].for_whom), SCMP_SYS(socket),
		    SCMP_A0(SCMP_CMP_EQ, (scmp_datum_t)families[i].family, 0));
	when(f, SCMP_ACT_KILL_PROCESS, SCMP_SYS(socket),
	    SCMP_A0(SCMP_CMP_GT, AF_NETLINK, 0));
}

/* Of a terminal: what it is and how it is set; typing into it, never. */
static void
add_screen(struct filter *f)
{
	static const struct {
		unsigned long what;
		unsigned for_whom;
	} asks[] = {
		{ TIOCGWINSZ, SANDBOX_FILES }, { FIONREAD, SANDBOX_FILES },
		{ FIONBIO, SANDBOX_FILES }, { TCSETS, SANDBOX_SCREEN },
		{ TCSETSW, SANDBOX_SCREEN }, { TCSETSF, SANDBOX_SCREEN },
		{ TCFLSH, SANDBOX_SCREEN }, { TCSBRK, SANDBOX_SCREEN },
		{ TIOCOUTQ, SANDBOX_SCREEN }, { TIOCGPGRP, SANDBOX_SCREEN },
	};

	when(f, SCMP_ACT_ALLOW, SCMP_SYS(ioctl),
	    SCMP_A1(SCMP_CMP_EQ, TCGETS, 0)); /* is it one? */
	for (size_t i = 0; i < COUNT(asks); i++)
		if (f->needs & asks[i].for_whom)
			when(f, SCMP_ACT_ALLOW, SCMP_SYS(ioctl),
			    SCMP_A1(SCMP_CMP_EQ, asks[i].what, 0));
	when(f, SCMP_ACT_KILL_PROCESS, SCMP_SYS(ioctl),
	    SCMP_A1(SCMP_CMP_EQ, TIOCSTI, 0));
}

/* Threads and no processes, memory and no code, and to say of oneself that
 * it is one's own fault. */
static void
add_narrowed(struct filter *f)
{
	const uint32_t code = f->needs & SANDBOX_FILES ?
	    SCMP_ACT_ERRNO(EACCES) : SCMP_ACT_KILL_PROCESS;

	when(f, SCMP_ACT_ALLOW, SCMP_SYS(clone),
	    SCMP_A0(SCMP_CMP_MASKED_EQ, CLONE_THREAD, CLONE_THREAD));
	when(f, SCMP_ACT_KILL_PROCESS, SCMP_SYS(clone),
	    SCMP_A0(SCMP_CMP_MASKED_EQ, CLONE_THREAD, 0));
	/* Its flags stand in memory, where a filter cannot look: the C library
	 * then takes clone. */
	rule(f, SCMP_ACT_ERRNO(ENOSYS), SCMP_SYS(clone3), 0, NULL);
	when(f, SCMP_ACT_ALLOW, SCMP_SYS(mmap),
	    SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, 0));
	when(f, code, SCMP_SYS(mmap),
	    SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, PROT_EXEC));
	when(f, SCMP_ACT_ALLOW, SCMP_SYS(mprotect),
	    SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, 0));
	when(f, code, SCMP_SYS(mprotect),
	    SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, PROT_EXEC));
	when(f, SCMP_ACT_ALLOW, SCMP_SYS(tgkill),
	    SCMP_A0(SCMP_CMP_EQ, (scmp_datum_t)getpid(), 0));
}

/* Without files: the C library looks for its catalogues when it first has
 * need of one, and must live with not finding them. */
static void
add_files(struct filter *f)
{
	if (f->needs & SANDBOX_FILES)
		all(f, SCMP_ACT_ALLOW, filing, COUNT(filing));
	else
		when(f, SCMP_ACT_ERRNO(EACCES), SCMP_SYS(openat),
		    SCMP_A2(SCMP_CMP_MASKED_EQ, O_ACCMODE | O_CREAT | O_TRUNC,
		    O_RDONLY));
}

static enum err
enter_calls(unsigned needs)
{
	struct filter f = { .needs = needs };
	enum err r = ERR_SANDBOX;

	f.otherwise = needs & SANDBOX_FILES ? SCMP_ACT_ERRNO(ENOSYS) :
	    SCMP_ACT_KILL_PROCESS;
	if ((f.calls = seccomp_init(f.otherwise)) == NULL)
		return ERR_SANDBOX;
	all(&f, SCMP_ACT_ALLOW, usual, COUNT(usual));
	all(&f, SCMP_ACT_KILL_PROCESS, deadly, COUNT(deadly));
	all(&f, only_for(&f, SANDBOX_SERVE), serving, COUNT(serving));
	all(&f, only_for(&f, SANDBOX_SERVE | SANDBOX_DOOR), taking,
	    COUNT(taking));
	all(&f, only_for(&f, SANDBOX_CHILDREN), minding, COUNT(minding));
	add_files(&f);
	add_sockets(&f);
	add_screen(&f);
	add_narrowed(&f);
	/* Threads that a library has begun are shut in too. */
	f.bad |= seccomp_attr_set(f.calls, SCMP_FLTATR_CTL_TSYNC, 1);
	if (f.bad == 0 && seccomp_load(f.calls) == 0)
		r = ERR_OK;
	seccomp_release(f.calls);
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
