/*
 * Signed-in sessions: connect with a token, say hello, keep the cursor, beat. Every mode stands on this. A connection
 * that ends without having been cut here fails the run: a server that sheds sessions must not look fast.
 */
#ifndef MARU_SESSIONS_H
#define MARU_SESSIONS_H

#include "frames.h"
#include "histogram.h"
#include "loop.h"
#include "plan.h"

struct session {
  struct connection connection; /* first, so that a connection leads to its session */
  const char *token;
  bool signed_in;
  char *cursor;
  uint64_t opened_at, beat_at;
};

struct session_handlers {
  void (*signed_in)(struct session *s);
  /* Every frame but those of the greeting and of beats. */
  void (*message)(struct session *s, enum frame_kind kind, const char *text, size_t length, uint64_t at);
  uint64_t (*turn)(uint64_t now);
};

struct session_totals {
  uint64_t signed_in, beats_sent, beats_answered;
  struct histogram sign_in, beat;
};

extern struct session_totals totals;
extern struct session *sessions;
extern uint32_t session_count;

/*
 * Begins to sign all in, at most `opening` at a time (option), beating every `beatMs` (option; 0: never) where the
 * dialect has beats.
 */
void sessions_start(const struct plan *plan, const struct session_handlers *handlers);
/*
 * Cuts these sessions as fast as it can and then signs them in anew, each with the cursor it has, evenly over a time
 * and however many are under way.
 */
void sessions_storm(uint32_t from, uint32_t to, uint64_t spread_ns);
/* No beats while true, so that no cursor moves on. */
void sessions_quiet(bool wanted);
bool all_signed_in(void);

#endif
