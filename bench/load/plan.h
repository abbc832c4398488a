/*
 * Who connects and who writes to whom, as the bench has seeded it: a text file of lines
 *   session TOKEN                     one account's device; numbered from 0 in order of appearance
 *   room ROOM SENDER RECEIVER         a room in which session SENDER writes and session RECEIVER reads
 */
#ifndef MARU_PLAN_H
#define MARU_PLAN_H

#include <stdint.h>

struct planned_room {
  char *id;
  uint32_t sender, receiver;
};

struct plan {
  char **tokens;
  uint32_t session_count;
  struct planned_room *rooms;
  uint32_t room_count;
};

struct plan plan_read(const char *file);

#endif
