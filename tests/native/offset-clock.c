/*
 * A clock that somebody sets while a process runs.
 *
 * Preloaded (LD_PRELOAD) into the server, it adds to the time of day the seconds that stand in the file
 * $MARU_CLOCK_OFFSET: a signed number of 64 bits in the machine's own order. The file is mapped, so that what a test
 * writes there holds from the next look at the clock on. Who rewrites it must not shorten it.
 *
 * The clocks that count from the start of the machine are left alone. A wait until a time of day ends when the clock
 * that was set reaches it, as far as the clock was set before the wait began.
 *
 * cc -shared -fPIC -O2 -o offset-clock.so offset-clock.c -ldl -lpthread
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/time.h>
#include <time.h>

#define REAL(result, name, ...)                         \
  static result (*real_##name)(__VA_ARGS__);            \
  if (!real_##name) real_##name = dlsym(RTLD_NEXT, #name)

static const volatile int64_t *offset;

__attribute__((constructor)) static void map_offset(void) {
  const char *path = getenv("MARU_CLOCK_OFFSET");
  int fd = path ? open(path, O_RDONLY | O_CLOEXEC) : -1;
  void *mapped = fd < 0 ? MAP_FAILED : mmap(NULL, sizeof *offset, PROT_READ, MAP_SHARED, fd, 0);
  if (mapped == MAP_FAILED) {
    fprintf(stderr, "offset-clock: cannot map %s: %s\n", path ? path : "what is not named", strerror(errno));
    abort();
  }
  offset = mapped;
}

static time_t offset_seconds(void) { return offset ? (time_t)*offset : 0; }

int clock_gettime(clockid_t clock, struct timespec *now) {
  REAL(int, clock_gettime, clockid_t, struct timespec *);
  int result = real_clock_gettime(clock, now);
  if (result == 0 && (clock == CLOCK_REALTIME || clock == CLOCK_REALTIME_COARSE)) now->tv_sec += offset_seconds();
  return result;
}

int gettimeofday(struct timeval *now, void *zone) {
  REAL(int, gettimeofday, struct timeval *, void *);
  int result = real_gettimeofday(now, zone);
  if (result == 0) now->tv_sec += offset_seconds();
  return result;
}

time_t time(time_t *now) {
  REAL(time_t, time, time_t *);
  time_t seconds = real_time(NULL) + offset_seconds();
  if (now) *now = seconds;
  return seconds;
}

/* Bun's engine waits so; it never gives a condition another clock than the time of day. */
int pthread_cond_timedwait(pthread_cond_t *condition, pthread_mutex_t *mutex, const struct timespec *until) {
  static int (*real)(pthread_cond_t *, pthread_mutex_t *, const struct timespec *);
#ifdef __x86_64__
  /* Unnamed, the version could be the one of 2002, which takes another pthread_cond_t. */
  if (!real) real = dlvsym(RTLD_NEXT, "pthread_cond_timedwait", "GLIBC_2.3.2");
#endif
  if (!real) real = dlsym(RTLD_NEXT, "pthread_cond_timedwait");
  struct timespec moved = {until->tv_sec - offset_seconds(), until->tv_nsec};
  return real(condition, mutex, &moved);
}
