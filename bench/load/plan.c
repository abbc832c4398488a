#include "plan.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "options.h"

static void *grown(void *items, uint32_t count, size_t size) {
  /* Doubles at powers of two. */
  if ((count & (count - 1)) != 0) return items;
  void *more = realloc(items, (count == 0 ? 1 : (size_t)count * 2) * size);
  if (more == NULL) fail("out of memory");
  return more;
}

struct plan plan_read(const char *file) {
  struct plan plan = {0};
  FILE *in = fopen(file, "r");
  if (in == NULL) fail("cannot read the plan %s", file);
  char word[512];
  uint32_t sender, receiver;
  while (fscanf(in, "%15s", word) == 1) {
    if (strcmp(word, "session") == 0 && fscanf(in, "%511s", word) == 1) {
      plan.tokens = grown(plan.tokens, plan.session_count, sizeof *plan.tokens);
      plan.tokens[plan.session_count++] = strdup(word);
    } else if (strcmp(word, "room") == 0 && fscanf(in, "%511s %u %u", word, &sender, &receiver) == 3) {
      plan.rooms = grown(plan.rooms, plan.room_count, sizeof *plan.rooms);
      plan.rooms[plan.room_count++] =
          (struct planned_room){.id = strdup(word), .sender = sender, .receiver = receiver};
    } else {
      fail("%s: a line that is neither a session nor a room", file);
    }
  }
  fclose(in);
  for (uint32_t i = 0; i < plan.room_count; i++)
    if (plan.rooms[i].sender >= plan.session_count || plan.rooms[i].receiver >= plan.session_count)
      fail("%s: room %s names a session that is not there", file, plan.rooms[i].id);
  return plan;
}
