/*
 * fan-out: every session reads in one room, and in each room `window` of them talk: each has a message under way, and
 * when one has reached all the next one is sent. Counts deliveries: one event at one session. In the plan a room's line
 * names the first of its sessions and the last; they stand side by side. Who sends a message has to hear it, too.
 * Phases: "ready", then on an answer `warmupS` + `seconds` of load.
 */
#define _GNU_SOURCE
#include <stdlib.h>
#include <string.h>

#include "clock.h"
#include "dialect.h"
#include "modes.h"
#include "options.h"
#include "result.h"
#include "sessions.h"

#define UNDER_WAY_MAX 1024
#define SILENCE_NS_MAX (10 * SECOND)

enum phase { SIGNING_IN, WAITING, WARMING_UP, MEASURING, DONE };

struct room {
  const char *id;
  uint32_t first, members;
  uint64_t sent, completed, deliveries;
  uint64_t sent_at[UNDER_WAY_MAX];
};

static enum phase phase = SIGNING_IN;
static const char *text;
static struct room *rooms;
static uint32_t room_count;
static uint32_t *room_of;
static uint64_t window, warmup_ns, measured_ns, began;
static uint64_t serial, deliveries, deliveries_before, deliveries_measured;
static double measured_seconds;
static size_t single_bytes;
static struct histogram latency;

static void signed_in(struct session *s) { (void)s; }

static uint64_t talkers_of(const struct room *r) { return window < r->members ? window : r->members; }

static void send_next(struct room *r, uint64_t now) {
  char frame[SEND_BYTES_MAX];
  size_t length = dialect->send(frame, r->id, ++serial, text);
  connection_send(&sessions[r->first + r->sent % talkers_of(r)].connection, frame, length);
  r->sent_at[r->sent++ % UNDER_WAY_MAX] = now;
}

static uint64_t events_in(const char *frame, size_t length) {
  /* One event a frame is the common case and told by its size alone. */
  if (single_bytes > 0 && length < single_bytes + single_bytes / 2) return 1;
  uint64_t count = 0, number, seq;
  for (size_t at = 0; dialect->next_serial(frame, length, &at, &number, &seq);) count++;
  if (count == 1) single_bytes = length;
  return count;
}

static void take_message(struct session *s, enum frame_kind kind, const char *frame, size_t length, uint64_t at) {
  if (kind == FRAME_ERROR || kind == FRAME_REFUSED) fail("the server said %.*s", (int)length, frame);
  if (kind != FRAME_EVENTS) return;
  struct room *r = &rooms[room_of[s->connection.number]];
  uint64_t count = events_in(frame, length);
  deliveries += count;
  r->deliveries += count;
  for (; r->deliveries >= (r->completed + 1) * r->members; r->completed++) {
    if (phase == MEASURING) histogram_add(&latency, at - r->sent_at[r->completed % UNDER_WAY_MAX]);
    if (phase == WARMING_UP || phase == MEASURING) send_next(r, at);
  }
}

static uint64_t take_turn(uint64_t now) {
  if (phase == SIGNING_IN && all_signed_in()) {
    phase = WAITING;
    tell_phase("ready");
  }
  if (phase == WAITING && loop_was_told()) {
    phase = WARMING_UP;
    began = now;
    for (uint64_t i = 0; i < window * room_count; i++) send_next(&rooms[i % room_count], now);
  }
  if (phase == WARMING_UP && now - began >= warmup_ns) {
    phase = MEASURING;
    began = now;
    deliveries_before = deliveries;
  }
  if (phase == MEASURING && now - began >= measured_ns) {
    phase = DONE;
    deliveries_measured = deliveries - deliveries_before;
    measured_seconds = (double)(now - began) / SECOND;
    began = now;
  }
  return now + MS;
}

/* All that was sent has to arrive, however slow the server is; when nothing comes any more the run has failed. */
static bool is_done(void) {
  static uint64_t seen;
  if (phase != DONE) return false;
  if (deliveries != seen) began = now_ns();
  seen = deliveries;
  uint64_t missing = 0;
  for (uint32_t i = 0; i < room_count; i++) {
    uint64_t due = rooms[i].sent * rooms[i].members;
    if (rooms[i].deliveries > due) fail("messages in room %s arrived twice", rooms[i].id);
    missing += due - rooms[i].deliveries;
  }
  if (missing > 0 && now_ns() - began > SILENCE_NS_MAX) fail("%llu deliveries never came", (unsigned long long)missing);
  return missing == 0;
}

static void list_rooms(const struct plan *plan) {
  room_count = plan->room_count;
  rooms = calloc(room_count, sizeof *rooms);
  room_of = calloc(plan->session_count, sizeof *room_of);
  uint32_t next = 0;
  for (uint32_t i = 0; i < room_count; i++) {
    const struct planned_room *p = &plan->rooms[i];
    if (p->sender != next || p->receiver < p->sender) fail("the sessions of room %s don't stand side by side", p->id);
    next = p->receiver + 1;
    rooms[i] = (struct room){.id = p->id, .first = p->sender, .members = next - p->sender};
    for (uint32_t k = p->sender; k < next; k++) room_of[k] = i;
  }
  if (next != plan->session_count) fail("not every session is in a room");
}

void run_fan_out(const struct plan *plan) {
  static const struct session_handlers handlers = {
      .signed_in = signed_in, .message = take_message, .turn = take_turn};
  text = filler_text((size_t)option_number("textBytes", 100));
  window = (uint64_t)option_number("window", 16);
  if (window > UNDER_WAY_MAX) fail("window is at most %d", UNDER_WAY_MAX);
  warmup_ns = (uint64_t)(option_number("warmupS", 1) * SECOND);
  measured_ns = (uint64_t)(option_number("seconds", 4) * SECOND);
  list_rooms(plan);
  sessions_start(plan, &handlers);
  loop_run(is_done);
  result_begin("fan-out");
  result_number("deliveries", (double)deliveries_measured);
  result_number("seconds", measured_seconds);
  result_number("perSecond", (double)deliveries_measured / measured_seconds);
  result_number("frameBytes", (double)single_bytes);
  result_latency("toAll", &latency);
  result_end();
}
