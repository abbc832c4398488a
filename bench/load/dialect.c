#include "dialect.h"

#include <string.h>

#include "options.h"

const struct dialect *dialect;

void dialect_choose(const char *name) {
  static const struct dialect *const all[] = {&maru_dialect, &socket_io_dialect};
  for (size_t i = 0; i < sizeof all / sizeof *all; i++)
    if (strcmp(all[i]->name, name) == 0) dialect = all[i];
  if (dialect == NULL) fail("there is no dialect %s", name);
}
