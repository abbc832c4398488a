/*
 * hold: all sessions of the plan stay signed in and beat, while the bench looks at the server from outside.
 * Phases: "ready" when all are in; the bench answers when it has seen enough.
 */
#include <string.h>

#include "modes.h"
#include "options.h"
#include "result.h"
#include "sessions.h"

static bool ready, finished;

static void signed_in(struct session *s) { (void)s; }

static void take_message(struct session *s, enum frame_kind kind, const char *text, size_t length, uint64_t at) {
  (void)s, (void)at;
  if (kind == FRAME_ERROR || kind == FRAME_REFUSED) fail("the server said %.*s", (int)length, text);
}

static uint64_t take_turn(uint64_t now) {
  (void)now;
  if (!ready && all_signed_in()) {
    ready = true;
    tell_phase("ready");
    totals.beats_sent = totals.beats_answered = 0;
    memset(&totals.beat, 0, sizeof totals.beat);
  }
  if (loop_was_told()) finished = true;
  return UINT64_MAX;
}

static bool is_done(void) { return finished; }

void run_hold(const struct plan *plan) {
  static const struct session_handlers handlers = {
      .signed_in = signed_in, .message = take_message, .turn = take_turn};
  sessions_start(plan, &handlers);
  loop_run(is_done);
  result_begin("hold");
  result_number("sessions", (double)totals.signed_in);
  result_number("beatsSent", (double)totals.beats_sent);
  result_number("beatsAnswered", (double)totals.beats_answered);
  result_latency("signIn", &totals.sign_in);
  result_latency("beat", &totals.beat);
  result_end();
}
