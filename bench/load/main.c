/*
 * maru-load MODE key=value …: the load generator of Maru's bench. One thread, one JSON line of results on stdout.
 *
 *   plan=FILE     who connects and writes (plan.h)             host= port= path=   where the server is
 *   dialect=maru  what it speaks: maru or socket.io (dialect.h)
 *   opening=64    sessions signed in at the same time          addresses=1         source addresses, 127.1.0.1 and on
 *   beatMs=5000   between a session's beats; 0 for none        textBytes=100       of a message
 *
 * and what a mode's own file says: hold, fan-out, pairs, storm, http. A line `{"phase":…}` tells how far it is; where
 * it waits, an empty line on stdin lets it go on. It exits with 2 when anything is lost, refused or cut.
 */
#include <stdlib.h>
#include <string.h>

#include "dialect.h"
#include "modes.h"
#include "options.h"

static const struct {
  const char *name;
  void (*run)(const struct plan *plan);
} modes[] = {
    {"hold", run_hold}, {"fan-out", run_fan_out}, {"pairs", run_pairs}, {"storm", run_storm}, {"http", run_http}};

int main(int count, char **words) {
  if (count < 2) fail("usage: maru-load MODE plan=FILE key=value …");
  options_read(count - 2, words + 2);
  dialect_choose(option_text("dialect", maru_dialect.name));
  struct plan plan = plan_read(option_text("plan", ""));
  for (size_t i = 0; i < sizeof modes / sizeof *modes; i++) {
    if (strcmp(words[1], modes[i].name) != 0) continue;
    modes[i].run(&plan);
    return 0;
  }
  fail("there is no mode %s", words[1]);
}
