/* The result: one line of JSON on stdout. */
#ifndef MARU_RESULT_H
#define MARU_RESULT_H

#include <stdint.h>

#include "histogram.h"

void result_begin(const char *mode);
void result_number(const char *key, double value);
/* Percentiles in milliseconds. */
void result_latency(const char *key, const struct histogram *h);
void result_text(const char *key, const char *text);
void result_end(void);
/* A line on the way: `{"phase":"…"}`. The bench answers with an empty line where it has to say when to go on. */
void tell_phase(const char *phase);

#endif
