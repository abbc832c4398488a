/*
 * pairs: the sender of each room writes, the other reads and says `delivered` as the SDK does. With `rate` = 0 each
 * sender keeps `window` messages in flight (neither answered nor arrived), turn by turn over its rooms; otherwise
 * messages become due `rate` times a second over all senders, and latency counts from when a message was due, so that
 * a server that stalls cannot hide it by slowing the generator.
 * Phases: "ready", then on an answer `warmupS` + `seconds` of load, then all that is under way has to arrive.
 */
#include <stdlib.h>

#include "clock.h"
#include "modes.h"
#include "options.h"
#include "result.h"
#include "traffic.h"

#define COMPLETED_MAX 65536
#define SILENCE_NS_MAX (10 * SECOND)
/* SENDS_IN_FLIGHT_MAX of the protocol, for a device in a room. */
#define IN_FLIGHT_MAX 64

/* Messages that fall due within this time go out together: waking up for each would take the server's processor. */
#define PACE_NS (MS / 4)

enum phase { SIGNING_IN, WAITING, WARMING_UP, MEASURING, DRAINING };

struct sender {
  uint32_t *rooms;
  uint32_t room_count, next_room, in_flight;
};

static enum phase phase = SIGNING_IN;
static const struct plan *plan;
static struct sender *senders;
static uint32_t *active;
static uint32_t active_count, next_active;
static uint32_t window;
static double rate;
static uint64_t warmup_ns, measured_ns, began, paced_from, paced_count;
static uint64_t completed_before, completed_measured;
static double measured_seconds;

static void signed_in(struct session *s) { (void)s; }

static void send_next(struct sender *s, uint64_t due) {
  uint32_t room = s->rooms[s->next_room];
  s->next_room = (s->next_room + 1) % s->room_count;
  s->in_flight++;
  traffic_send(room, due);
}

static void take_message(struct session *s, enum frame_kind kind, const char *text, size_t length, uint64_t at) {
  static uint32_t completed[COMPLETED_MAX];
  uint32_t count = traffic_take(s, kind, text, length, at, completed, COMPLETED_MAX);
  for (uint32_t i = 0; i < count; i++) {
    struct sender *sender = &senders[plan->rooms[completed[i]].sender];
    sender->in_flight--;
    if (rate == 0 && (phase == WARMING_UP || phase == MEASURING)) send_next(sender, at);
  }
}

/* Sends all that is due; returns when the next is. A sender at its limit is passed over, and all at it wait. */
static uint64_t send_due(uint64_t now) {
  uint64_t due = paced_from + (uint64_t)((double)paced_count * 1e9 / rate);
  uint32_t passed = 0;
  while (due <= now && passed < active_count) {
    struct sender *s = &senders[active[next_active]];
    next_active = (next_active + 1) % active_count;
    if (s->in_flight >= IN_FLIGHT_MAX) {
      passed++;
      continue;
    }
    passed = 0;
    send_next(s, due);
    due = paced_from + (uint64_t)((double)++paced_count * 1e9 / rate);
  }
  return due;
}

static void begin(uint64_t now) {
  phase = WARMING_UP;
  began = paced_from = now;
  if (rate > 0) return;
  for (uint32_t i = 0; i < active_count; i++)
    for (uint32_t k = 0; k < window; k++) send_next(&senders[active[i]], now);
}

static uint64_t take_turn(uint64_t now) {
  uint64_t next = now + MS;
  if (phase == SIGNING_IN && all_signed_in()) {
    phase = WAITING;
    tell_phase("ready");
  }
  if (phase == WAITING && loop_was_told()) begin(now);
  if (phase == WARMING_UP && now - began >= warmup_ns) {
    phase = MEASURING;
    began = now;
    completed_before = traffic.completed;
    traffic.measuring = true;
  }
  if (phase == MEASURING && now - began >= measured_ns) {
    /* A turn that comes late takes nothing away from what fell due before. */
    if (rate > 0) send_due(now);
    phase = DRAINING;
    completed_measured = traffic.completed - completed_before;
    measured_seconds = (double)(now - began) / SECOND;
    began = now;
    traffic.measuring = false;
    tell_phase("ended");
  }
  if (rate > 0 && (phase == WARMING_UP || phase == MEASURING)) {
    uint64_t due = send_due(now);
    if (due < next) next = due < now + PACE_NS ? now + PACE_NS : due;
  }
  traffic_mark_delivered(now);
  return next;
}

static bool is_done(void) {
  static uint64_t seen;
  if (phase != DRAINING) return false;
  if (traffic.completed != seen) began = now_ns();
  seen = traffic.completed;
  if (traffic_under_way() == 0) return true;
  if (now_ns() - began > SILENCE_NS_MAX)
    fail("%llu messages were not answered or did not arrive", (unsigned long long)traffic_under_way());
  return false;
}

static void list_senders(void) {
  senders = calloc(plan->session_count, sizeof *senders);
  active = calloc(plan->session_count, sizeof *active);
  for (uint32_t i = 0; i < plan->room_count; i++) senders[plan->rooms[i].sender].room_count++;
  for (uint32_t i = 0; i < plan->session_count; i++) {
    if (senders[i].room_count == 0) continue;
    senders[i].rooms = calloc(senders[i].room_count, sizeof *senders[i].rooms);
    senders[i].room_count = 0;
    active[active_count++] = i;
  }
  for (uint32_t i = 0; i < plan->room_count; i++) {
    struct sender *s = &senders[plan->rooms[i].sender];
    s->rooms[s->room_count++] = i;
  }
  if (active_count == 0) fail("the plan has no rooms");
}

void run_pairs(const struct plan *given) {
  static const struct session_handlers handlers = {
      .signed_in = signed_in, .message = take_message, .turn = take_turn};
  plan = given;
  window = (uint32_t)option_number("window", 8);
  rate = option_number("rate", 0);
  warmup_ns = (uint64_t)(option_number("warmupS", 1) * SECOND);
  measured_ns = (uint64_t)(option_number("seconds", 5) * SECOND);
  list_senders();
  sessions_start(plan, &handlers);
  traffic_start(plan, filler_text((size_t)option_number("textBytes", 100)));
  loop_run(is_done);
  result_begin("pairs");
  result_number("completed", (double)completed_measured);
  result_number("seconds", measured_seconds);
  result_number("perSecond", (double)completed_measured / measured_seconds);
  result_number("sent", (double)traffic.sent);
  result_number("doubled", (double)traffic.doubled);
  result_number("deliveredFrames", (double)delivered_frames);
  result_latency("toAccepted", &traffic.to_accepted);
  result_latency("toReceived", &traffic.to_received);
  result_end();
}
