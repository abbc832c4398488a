/* Messages under way in rooms of two, each followed from sending over `accepted` to its arrival at the other. */
#ifndef MARU_TRAFFIC_H
#define MARU_TRAFFIC_H

#include <stdbool.h>

#include "sessions.h"

struct traffic {
  uint64_t sent, accepted, received, completed, doubled;
  /* Of the messages begun while `measuring`: from when they were due to the answer and to the arrival. */
  bool measuring;
  struct histogram to_accepted, to_received;
};

extern struct traffic traffic;

void traffic_start(const struct plan *plan, const char *text);
/* Sends the next message of a room. `due` is when it should have gone out. */
void traffic_send(uint32_t room, uint64_t due);
/* Looks at a frame; returns how many messages it completed (answered and arrived), writing their rooms. */
uint32_t traffic_take(struct session *s, enum frame_kind kind, const char *text, size_t length, uint64_t at,
                      uint32_t *completed_rooms, uint32_t completed_max);
/* Messages begun and not completed. */
uint64_t traffic_under_way(void);
/* Sends `delivered` for the rooms whose mark moved, each receiver's at most every 250 ms, as the SDK does. */
void traffic_mark_delivered(uint64_t now);

extern uint64_t delivered_frames;

#endif
