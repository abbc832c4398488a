/*
 * Latencies in buckets whose width grows with the value, so that every percentile is exact to under 1 % (the idea of
 * HdrHistogram). The TypeScript side (src/measure/histogram.ts) uses the same buckets.
 */
#ifndef MARU_HISTOGRAM_H
#define MARU_HISTOGRAM_H

#include <stdint.h>

#define HISTOGRAM_BITS 7
#define HISTOGRAM_BUCKETS (58 << HISTOGRAM_BITS)

struct histogram {
  uint64_t count, sum, max;
  uint64_t buckets[HISTOGRAM_BUCKETS];
};

void histogram_add(struct histogram *h, uint64_t ns);
/* The value below or at which the fraction (0 to 1) of all lies: the upper edge of its bucket, at most the maximum. */
uint64_t histogram_at(const struct histogram *h, double fraction);

#endif
