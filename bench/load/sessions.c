#include "sessions.h"

#include <stdlib.h>
#include <string.h>

#include "clock.h"
#include "dialect.h"
#include "options.h"

#define CURSOR_CHARS_MAX 200
#define CUT_PER_TURN 250
/* Of a greeting or a beat: a token or a cursor and a little more. */
#define FRAME_BYTES_MAX 512

struct session_totals totals;
struct session *sessions;
uint32_t session_count;

static const struct session_handlers *on;
static uint32_t opening, opening_max;
static uint32_t first_to_open, next_to_open, end_to_open, next_to_cut, end_to_cut;
static uint64_t opening_from, opening_ns;
static uint64_t beat_ns, beats_began, beats_due_done;
static uint32_t next_to_beat;
static bool quiet;

/* The next one's time is its share of `opening_ns`; 0: at once, as far as `opening` allows. */
static uint64_t open_more(uint64_t now) {
  while (opening < opening_max && next_to_open < end_to_open) {
    uint64_t due = opening_from + opening_ns * (next_to_open - first_to_open) / (end_to_open - first_to_open);
    if (due > now) return due;
    struct session *s = &sessions[next_to_open++];
    opening++;
    s->opened_at = now_ns();
    connection_open(&s->connection);
  }
  return UINT64_MAX;
}

static size_t headers_of(struct connection *c, char *out, size_t capacity) {
  return dialect->headers(out, capacity, ((struct session *)c)->token);
}

static void say(struct session *s, const char *frame, size_t length) {
  if (length >= FRAME_BYTES_MAX) fail("a frame of %zu bytes to say hello or to beat", length);
  connection_send(&s->connection, frame, length);
}

static void say_hello(struct session *s) {
  char frame[FRAME_BYTES_MAX];
  say(s, frame, dialect->hello(frame, sizeof frame, s->token, s->cursor));
}

static void take_open(struct connection *c) {
  if (dialect->speaks_first) say_hello((struct session *)c);
}

static void keep_cursor(struct session *s, const char *text, size_t length) {
  size_t size;
  if (!dialect->has_cursors) return;
  const char *cursor = field_text(text, length, "\"cursor\":\"", &size);
  if (cursor == NULL || size > CURSOR_CHARS_MAX) fail("no cursor in %.*s", (int)length, text);
  if (s->cursor != NULL && strlen(s->cursor) == size && memcmp(s->cursor, cursor, size) == 0) return;
  free(s->cursor);
  s->cursor = strndup(cursor, size);
}

static void greeted(struct session *s, const char *text, size_t length, uint64_t at) {
  /* A session that comes back keeps the older cursor: it has yet to sync from it. */
  if (s->cursor == NULL) keep_cursor(s, text, length);
  s->signed_in = true;
  opening--;
  totals.signed_in++;
  histogram_add(&totals.sign_in, at - s->opened_at);
  on->signed_in(s);
}

static void take_message(struct connection *c, const char *text, size_t length, uint64_t at) {
  struct session *s = (struct session *)c;
  enum frame_kind kind = dialect->kind(text, length);
  if (kind == FRAME_WELCOME) {
    greeted(s, text, length, at);
  } else if (kind == FRAME_OPEN) {
    say_hello(s);
  } else if (kind == FRAME_PING) {
    connection_send(c, dialect->pong, strlen(dialect->pong));
  } else if (kind == FRAME_BEAT) {
    totals.beats_answered++;
    histogram_add(&totals.beat, at - s->beat_at);
    keep_cursor(s, text, length);
  } else {
    if (kind == FRAME_SYNCED) keep_cursor(s, text, length);
    on->message(s, kind, text, length, at);
  }
}

static void take_close(struct connection *c) {
  struct session *s = (struct session *)c;
  fail("session %u was closed (code %u) %s its greeting", c->number, c->close_code, s->signed_in ? "after" : "before");
}

static void beat(struct session *s, uint64_t now) {
  char frame[FRAME_BYTES_MAX];
  say(s, frame, dialect->beat(frame, sizeof frame, s->cursor));
  s->beat_at = now;
  totals.beats_sent++;
}

/* Beats are spread evenly over the interval, as those of people who came at different times are. */
static uint64_t beat_due(uint64_t now) {
  if (beat_ns == 0 || dialect->beat == NULL) return UINT64_MAX;
  if (beats_began == 0) beats_began = now;
  uint64_t due = (now - beats_began) * session_count / beat_ns;
  for (; beats_due_done < due; beats_due_done++) {
    struct session *s = &sessions[next_to_beat];
    next_to_beat = (next_to_beat + 1) % session_count;
    if (s->signed_in && !quiet) beat(s, now);
  }
  return beats_began + (due + 1) * beat_ns / session_count;
}

/* A few a turn: were all cut in one, the generator itself would hold up the bystanders that it measures. */
static void cut_more(uint64_t now) {
  if (next_to_cut == end_to_cut) return;
  for (uint32_t i = 0; i < CUT_PER_TURN && next_to_cut < end_to_cut; i++) {
    struct session *s = &sessions[next_to_cut++];
    if (s->signed_in) totals.signed_in--;
    s->signed_in = false;
    connection_cut(&s->connection);
  }
  if (next_to_cut < end_to_cut) return;
  next_to_open = first_to_open;
  end_to_open = end_to_cut;
  opening_max = end_to_open - first_to_open;
  opening_from = now;
}

static uint64_t take_turn(uint64_t now) {
  cut_more(now);
  uint64_t opens = open_more(now), beats = beat_due(now), mode = on->turn(now);
  uint64_t next = opens < beats ? opens : beats;
  if (next_to_cut < end_to_cut) return now;
  return next < mode ? next : mode;
}

void sessions_start(const struct plan *plan, const struct session_handlers *handlers) {
  static const struct handlers connection_handlers = {.headers = headers_of,
                                                      .opened = take_open,
                                                      .message = take_message,
                                                      .closed = take_close,
                                                      .turn = take_turn};
  on = handlers;
  session_count = plan->session_count;
  if (session_count == 0) fail("the plan has no sessions");
  opening_max = (uint32_t)option_number("opening", 64);
  beat_ns = (uint64_t)(option_number("beatMs", 5000) * MS);
  sessions = calloc(session_count, sizeof *sessions);
  if (sessions == NULL) fail("out of memory");
  for (uint32_t i = 0; i < session_count; i++) {
    sessions[i].connection.number = i;
    sessions[i].token = plan->tokens[i];
  }
  end_to_open = session_count;
  struct endpoint endpoint = {.host = option_text("host", "127.0.0.1"),
                              .port = (int)option_number("port", 8787),
                              .path = option_text("path", dialect->path)};
  loop_start(&endpoint, &connection_handlers);
}

void sessions_quiet(bool wanted) { quiet = wanted; }

void sessions_storm(uint32_t from, uint32_t to, uint64_t spread_ns) {
  first_to_open = next_to_cut = from;
  end_to_cut = to;
  opening_ns = spread_ns;
}

bool all_signed_in(void) { return totals.signed_in == session_count; }
