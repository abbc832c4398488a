#include "result.h"

#include <stdio.h>

#define MS_OF(ns) ((double)(ns) / 1e6)

void result_begin(const char *mode) { printf("{\"mode\":\"%s\"", mode); }

void result_number(const char *key, double value) { printf(",\"%s\":%.10g", key, value); }

void result_latency(const char *key, const struct histogram *h) {
  printf(",\"%s\":{\"count\":%llu,\"mean\":%.4f,\"p50\":%.4f,\"p90\":%.4f,\"p99\":%.4f,\"p999\":%.4f,\"max\":%.4f}", key,
         (unsigned long long)h->count, h->count == 0 ? 0 : MS_OF(h->sum) / (double)h->count,
         MS_OF(histogram_at(h, 0.5)), MS_OF(histogram_at(h, 0.9)), MS_OF(histogram_at(h, 0.99)),
         MS_OF(histogram_at(h, 0.999)), MS_OF(h->max));
}

void result_text(const char *key, const char *text) {
  printf(",\"%s\":\"", key);
  for (; *text != 0; text++) {
    if (*text == '"' || *text == '\\') putchar('\\');
    putchar((unsigned char)*text < 32 ? ' ' : *text);
  }
  putchar('"');
}

void result_end(void) {
  printf("}\n");
  fflush(stdout);
}

void tell_phase(const char *phase) {
  printf("{\"phase\":\"%s\"}\n", phase);
  fflush(stdout);
}
