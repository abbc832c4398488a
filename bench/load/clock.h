/* Monotonic and wall time in nanoseconds. */
#ifndef MARU_CLOCK_H
#define MARU_CLOCK_H

#include <stdint.h>
#include <time.h>

#define MS 1000000ULL
#define SECOND 1000000000ULL

static inline uint64_t now_ns(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (uint64_t)t.tv_sec * SECOND + (uint64_t)t.tv_nsec;
}

static inline uint64_t wall_ms(void) {
  struct timespec t;
  clock_gettime(CLOCK_REALTIME, &t);
  return (uint64_t)t.tv_sec * 1000 + (uint64_t)t.tv_nsec / MS;
}

#endif
