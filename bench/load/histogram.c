#include "histogram.h"

static unsigned bucket_of(uint64_t ns) {
  if (ns < (1u << HISTOGRAM_BITS)) return (unsigned)ns;
  unsigned shift = 63 - (unsigned)__builtin_clzll(ns) - HISTOGRAM_BITS;
  return ((shift + 1) << HISTOGRAM_BITS) + (unsigned)((ns >> shift) - (1u << HISTOGRAM_BITS));
}

static uint64_t upper_edge(unsigned bucket) {
  if (bucket < (1u << HISTOGRAM_BITS)) return bucket;
  unsigned shift = (bucket >> HISTOGRAM_BITS) - 1;
  uint64_t mantissa = (bucket & ((1u << HISTOGRAM_BITS) - 1)) + (1u << HISTOGRAM_BITS);
  return ((mantissa + 1) << shift) - 1;
}

void histogram_add(struct histogram *h, uint64_t ns) {
  h->count++;
  h->sum += ns;
  if (ns > h->max) h->max = ns;
  h->buckets[bucket_of(ns)]++;
}

uint64_t histogram_at(const struct histogram *h, double fraction) {
  uint64_t wanted = (uint64_t)(fraction * (double)h->count + 0.999999), seen = 0;
  if (wanted == 0) wanted = 1;
  for (unsigned i = 0; i < HISTOGRAM_BUCKETS; i++) {
    seen += h->buckets[i];
    if (seen >= wanted) {
      uint64_t edge = upper_edge(i);
      return edge < h->max ? edge : h->max;
    }
  }
  return h->max;
}
