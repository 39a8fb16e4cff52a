/*
 * LD_PRELOAD shim of the crash rigs. Every write below SHIM_ROOT goes, in order, into the binary log SHIM_LOG, so that
 * any power cut can be rebuilt from it; and writes can be made to fail as on a full disk.
 * Opening "/@shim/full/<n>" lets the n-th write from now and all after it fail with ENOSPC until a file named
 * *ballast* is removed; "/@shim/short/<n>" is the same, but half of the n-th write still finds room, as a kernel does
 * it; "/@shim/once/<n>" fails the n-th alone; "/@shim/off/0" ends all. errno is then ENOENT.
 * Opening "/@shim/fired" answers EEXIST when a write was made to fail.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

#define MAX_FD 4096
static char *names[MAX_FD];
static int appends[MAX_FD];
static const char *root = NULL;
static size_t root_len = 0;
static int log_fd = -1;
static long countdown = -1;
static int once = 0, half = 0, full = 0, fired = 0;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

#define REAL(ret, name, ...)                                                                                          \
  static ret (*real)(__VA_ARGS__) = NULL;                                                                             \
  if (!real) real = (ret(*)(__VA_ARGS__))dlsym(RTLD_NEXT, #name)

__attribute__((constructor)) static void begin(void) {
  root = getenv("SHIM_ROOT");
  const char *log = getenv("SHIM_LOG");
  if (!root || !log) { root = NULL; return; }
  root_len = strlen(root);
  int fd = syscall(SYS_openat, AT_FDCWD, log, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  log_fd = syscall(SYS_fcntl, fd, F_DUPFD_CLOEXEC, 900);
  syscall(SYS_close, fd);
}

static int tracked(const char *path) {
  if (!root || !path || strncmp(path, root, root_len) != 0) return 0;
  size_t n = strlen(path);
  return !(n > 4 && strcmp(path + n - 4, "-shm") == 0);
}

static void put(const void *bytes, size_t n) {
  const char *at = bytes;
  while (n > 0) {
    ssize_t done = syscall(SYS_write, log_fd, at, n);
    if (done <= 0) abort();
    at += done;
    n -= done;
  }
}

/* op (1) | length of path (2) | path | offset (8) | length of data (8) | data */
static void note(char op, const char *path, uint64_t offset, const void *data, uint64_t n) {
  if (log_fd < 0) return;
  uint16_t len = strlen(path + root_len);
  pthread_mutex_lock(&lock);
  put(&op, 1);
  put(&len, 2);
  put(path + root_len, len);
  put(&offset, 8);
  put(&n, 8);
  if (n) put(data, n);
  pthread_mutex_unlock(&lock);
}

/* How many of n bytes find room; -1: none, and errno says so. */
static ssize_t room_for(const char *path, size_t n) {
  if (strstr(path, "ACKS")) return n;
  if (!full) {
    if (countdown < 0) return n;
    if (--countdown > 0) return n;
    countdown = -1;
    fired = 1;
    if (!once) full = 1;
    if (half && n > 1) return n / 2;
  }
  errno = ENOSPC;
  return -1;
}

static int control(const char *path) {
  if (!path || strncmp(path, "/@shim/", 7) != 0) return 0;
  if (strcmp(path, "/@shim/fired") == 0) { errno = fired ? EEXIST : ENOENT; return 1; }
  const char *slash = strrchr(path, '/');
  fired = 0;
  full = 0;
  countdown = -1;
  once = strncmp(path, "/@shim/once", 11) == 0;
  half = strncmp(path, "/@shim/short", 12) == 0;
  if (strncmp(path, "/@shim/off", 10) != 0) countdown = atol(slash + 1);
  errno = ENOENT;
  return 1;
}

static int opened(int fd, const char *path, int flags, int fresh) {
  if (fd < 0 || fd >= MAX_FD || !tracked(path)) return fd;
  free(names[fd]);
  names[fd] = strdup(path);
  appends[fd] = (flags & O_APPEND) != 0;
  if (fresh) note('C', path, 0, NULL, 0);
  else if (flags & O_TRUNC) note('T', path, 0, NULL, 0);
  return fd;
}

static int is_fresh(const char *path, int flags) {
  struct stat st;
  return (flags & O_CREAT) && tracked(path) && stat(path, &st) != 0;
}

#define OPEN(name)                                                                                                    \
  int name(const char *path, int flags, ...) {                                                                        \
    REAL(int, name, const char *, int, ...);                                                                          \
    va_list args;                                                                                                     \
    va_start(args, flags);                                                                                            \
    int mode = flags & (O_CREAT | O_TMPFILE) ? va_arg(args, int) : 0;                                                 \
    va_end(args);                                                                                                     \
    if (control(path)) return -1;                                                                                     \
    int fresh = is_fresh(path, flags);                                                                                \
    return opened(real(path, flags, mode), path, flags, fresh);                                                       \
  }
OPEN(open)
OPEN(open64)

int openat(int dir, const char *path, int flags, ...) {
  REAL(int, openat, int, const char *, int, ...);
  va_list args;
  va_start(args, flags);
  int mode = flags & (O_CREAT | O_TMPFILE) ? va_arg(args, int) : 0;
  va_end(args);
  int fresh = is_fresh(path, flags);
  return opened(real(dir, path, flags, mode), path, flags, fresh);
}

int close(int fd) {
  REAL(int, close, int);
  if (fd >= 0 && fd < MAX_FD && names[fd]) {
    free(names[fd]);
    names[fd] = NULL;
  }
  return real(fd);
}

static const char *name_of(int fd) { return fd >= 0 && fd < MAX_FD ? names[fd] : NULL; }

static uint64_t place_of(int fd) {
  struct stat st;
  if (appends[fd] && fstat(fd, &st) == 0) return st.st_size;
  return lseek(fd, 0, SEEK_CUR);
}

ssize_t write(int fd, const void *data, size_t n) {
  REAL(ssize_t, write, int, const void *, size_t);
  const char *path = name_of(fd);
  if (!path) return real(fd, data, n);
  ssize_t room = room_for(path, n);
  if (room < 0) return -1;
  n = room;
  uint64_t at = place_of(fd);
  ssize_t done = real(fd, data, n);
  if (done > 0) note('W', path, at, data, done);
  return done;
}

#define PWRITE(name, off)                                                                                             \
  ssize_t name(int fd, const void *data, size_t n, off at) {                                                          \
    REAL(ssize_t, name, int, const void *, size_t, off);                                                              \
    const char *path = name_of(fd);                                                                                   \
    if (!path) return real(fd, data, n, at);                                                                          \
    ssize_t room = room_for(path, n);                                                                                  \
    if (room < 0) return -1;                                                                                           \
    n = room;                                                                                                          \
    ssize_t done = real(fd, data, n, at);                                                                             \
    if (done > 0) note('W', path, at, data, done);                                                                    \
    return done;                                                                                                      \
  }
PWRITE(pwrite, off_t)
PWRITE(pwrite64, off64_t)

ssize_t writev(int fd, const struct iovec *parts, int count) {
  REAL(ssize_t, writev, int, const struct iovec *, int);
  if (!name_of(fd)) return real(fd, parts, count);
  return write(fd, parts[0].iov_base, parts[0].iov_len);
}

#define SYNC(name)                                                                                                    \
  int name(int fd) {                                                                                                  \
    REAL(int, name, int);                                                                                             \
    const char *path = name_of(fd);                                                                                   \
    int done = real(fd);                                                                                              \
    if (path && done == 0) note('S', path, 0, NULL, 0);                                                               \
    return done;                                                                                                      \
  }
SYNC(fsync)
SYNC(fdatasync)

#define TRUNCATE(name, off)                                                                                           \
  int name(int fd, off length) {                                                                                      \
    REAL(int, name, int, off);                                                                                        \
    const char *path = name_of(fd);                                                                                   \
    int done = real(fd, length);                                                                                      \
    if (path && done == 0) note('T', path, length, NULL, 0);                                                          \
    return done;                                                                                                      \
  }
TRUNCATE(ftruncate, off_t)
TRUNCATE(ftruncate64, off64_t)

static void removed(const char *path) {
  if (!tracked(path)) return;
  if (strstr(path, "ballast")) full = 0;
  note('U', path, 0, NULL, 0);
}

int unlink(const char *path) {
  REAL(int, unlink, const char *);
  int done = real(path);
  if (done == 0) removed(path);
  return done;
}
int remove(const char *path) {
  REAL(int, remove, const char *);
  int done = real(path);
  if (done == 0) removed(path);
  return done;
}
int unlinkat(int dir, const char *path, int flags) {
  REAL(int, unlinkat, int, const char *, int);
  int done = real(dir, path, flags);
  if (done == 0 && !(flags & AT_REMOVEDIR)) removed(path);
  return done;
}
int mkdir(const char *path, mode_t mode) {
  REAL(int, mkdir, const char *, mode_t);
  int done = real(path, mode);
  if (done == 0 && tracked(path)) note('M', path, 0, NULL, 0);
  return done;
}
int rename(const char *from, const char *to) {
  REAL(int, rename, const char *, const char *);
  int done = real(from, to);
  if (done == 0 && tracked(from)) note('R', from, 0, to + root_len, strlen(to + root_len));
  return done;
}
