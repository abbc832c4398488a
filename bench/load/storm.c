/*
 * storm: all sessions but the first two are cut at once and come back with the cursors they had within `jitterMs`, as
 * the SDK's first try does (BACKOFF_FIRST_MS), while the first two go on talking in the plan's first room, `rate`
 * messages a second. Before the cut one message is written in every
 * other room, so that every session behind one has something to fetch.
 * Phases: "ready"; on an answer `calmS` seconds of the bystanders alone, then the storm, until all are in sync.
 */
#define _GNU_SOURCE
#include <stdio.h>
#include <string.h>

#include "clock.h"
#include "dialect.h"
#include "modes.h"
#include "options.h"
#include "result.h"
#include "traffic.h"

#define BYSTANDERS 2
#define COMPLETED_MAX 65536
/* SENDS_IN_FLIGHT_MAX of the protocol, for a device in a room. */
#define IN_FLIGHT_MAX 64
#define STORM_NS_MAX (120 * SECOND)

enum phase { SIGNING_IN, WAITING, CALM, WRITING, STORMING, DRAINING };

static enum phase phase = SIGNING_IN;
static const struct plan *plan;
static double rate;
static uint64_t calm_ns, began, paced_from, paced_count, ended;
static uint32_t written, synced, empty;
static uint64_t storm_ns;
static struct histogram calm, sync_latency;

static void say_sync(struct session *s) {
  char frame[320];
  int length = snprintf(frame, sizeof frame, "{\"kind\":\"sync\",\"id\":1,\"cursor\":\"%s\"}", s->cursor);
  s->opened_at = now_ns();
  connection_send(&s->connection, frame, (size_t)length);
}

static void signed_in(struct session *s) {
  if (phase == STORMING) say_sync(s);
}

static void take_synced(struct session *s, const char *text, size_t length, uint64_t at) {
  histogram_add(&sync_latency, at - s->opened_at);
  if (memmem(text, length, "\"events\":[{", 11) == NULL) empty++;
  if (memmem(text, length, "\"more\":true", 11) != NULL) say_sync(s);
  else synced++;
}

static void take_message(struct session *s, enum frame_kind kind, const char *text, size_t length, uint64_t at) {
  static uint32_t completed[COMPLETED_MAX];
  if (kind == FRAME_SYNCED) take_synced(s, text, length, at);
  else traffic_take(s, kind, text, length, at, completed, COMPLETED_MAX);
}

static void go_on(enum phase next, uint64_t now) {
  phase = next;
  began = now;
}

/* One step a turn: what a phase waits for. */
static void step(uint64_t now) {
  if (phase == SIGNING_IN && all_signed_in()) {
    phase = WAITING;
    tell_phase("ready");
  } else if (phase == WAITING && loop_was_told()) {
    go_on(CALM, now);
    paced_from = now;
    traffic.measuring = true;
  } else if (phase == CALM && now - began >= calm_ns) {
    calm = traffic.to_received;
    /* From here no cursor may pass the messages that are to be fetched. */
    sessions_quiet(true);
    go_on(WRITING, now);
  } else if (phase == WRITING && written + 1 < plan->room_count) {
    /* A few a turn: this is not what is measured. */
    for (int i = 0; i < 8 && written + 1 < plan->room_count; i++) traffic_send(1 + written++, now);
  } else if (phase == WRITING && traffic_under_way() == 0) {
    memset(&traffic.to_received, 0, sizeof traffic.to_received);
    memset(&totals.sign_in, 0, sizeof totals.sign_in);
    tell_phase("cut");
    go_on(STORMING, now);
    paced_from = now;
    paced_count = 0;
    sessions_storm(BYSTANDERS, session_count, (uint64_t)(option_number("jitterMs", 1000) * MS));
  } else if (phase == STORMING && synced == session_count - BYSTANDERS) {
    storm_ns = now - began;
    go_on(DRAINING, now);
    tell_phase("ended");
  } else if (phase == STORMING && now - began > STORM_NS_MAX) {
    fail("%u of %u sessions were not in sync after two minutes", session_count - BYSTANDERS - synced, session_count);
  }
}

static uint64_t take_turn(uint64_t now) {
  step(now);
  if (phase != CALM && phase != STORMING) return now + MS;
  /* At the limit a message waits, and its time counts from when it was due. */
  uint64_t due = paced_from + (uint64_t)((double)paced_count * 1e9 / rate);
  while (due <= now && traffic_under_way() < IN_FLIGHT_MAX) {
    traffic_send(0, due);
    due = paced_from + (uint64_t)((double)++paced_count * 1e9 / rate);
  }
  return due < now + MS ? due : now + MS;
}

static bool is_done(void) {
  if (phase != DRAINING) return false;
  if (ended == 0) ended = now_ns();
  if (traffic_under_way() > 0 && now_ns() - ended > 10 * SECOND) fail("messages of the bystanders were lost");
  return traffic_under_way() == 0;
}

void run_storm(const struct plan *given) {
  static const struct session_handlers handlers = {
      .signed_in = signed_in, .message = take_message, .turn = take_turn};
  plan = given;
  if (!dialect->has_cursors) fail("storm needs a dialect with cursors, and %s has none", dialect->name);
  rate = option_number("rate", 100);
  calm_ns = (uint64_t)(option_number("calmS", 3) * SECOND);
  if (plan->room_count == 0) fail("the plan has no room for the bystanders");
  traffic_start(plan, filler_text((size_t)option_number("textBytes", 100)));
  sessions_start(plan, &handlers);
  loop_run(is_done);
  result_begin("storm");
  result_number("sessions", (double)session_count - BYSTANDERS);
  result_number("seconds", (double)storm_ns / SECOND);
  result_number("empty", (double)empty);
  result_latency("calm", &calm);
  result_latency("bystander", &traffic.to_received);
  result_latency("signIn", &totals.sign_in);
  result_latency("sync", &sync_latency);
  result_end();
}
