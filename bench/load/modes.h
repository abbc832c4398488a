/* What the generator can do; each is described where it is written. */
#ifndef MARU_MODES_H
#define MARU_MODES_H

#include "plan.h"

void run_hold(const struct plan *plan);
void run_fan_out(const struct plan *plan);
void run_pairs(const struct plan *plan);
void run_storm(const struct plan *plan);
void run_http(const struct plan *plan);

#endif
