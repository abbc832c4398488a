#include "traffic.h"

#include <stdlib.h>
#include <string.h>

#include "clock.h"
#include "dialect.h"
#include "options.h"

/* How often an SDK says what it has stored: DELIVERED_MS in packages/client. */
#define DELIVERED_NS (250 * MS)
#define UNDER_WAY_MAX (1u << 18)
#define MARK_BYTES_MAX 64

struct message {
  uint64_t serial, due;
  uint32_t room;
  bool accepted, received, measured;
};

/* What a receiver has yet to say: its rooms with a moved mark. */
struct receiver {
  uint64_t say_at;
  uint32_t *moved;
  uint32_t moved_count, moved_capacity;
};

struct marks {
  uint64_t received, said;
  bool listed;
};

struct traffic traffic;
uint64_t delivered_frames;

static const struct planned_room *rooms;
static const char *message_text;
static struct message *messages;
static struct receiver *receivers;
static struct marks *marks;
static uint64_t last_serial, next_mark_check;

void traffic_start(const struct plan *plan, const char *text) {
  rooms = plan->rooms;
  message_text = text;
  messages = calloc(UNDER_WAY_MAX, sizeof *messages);
  receivers = calloc(plan->session_count, sizeof *receivers);
  marks = calloc(plan->room_count, sizeof *marks);
  if (messages == NULL || receivers == NULL || marks == NULL) fail("out of memory");
}

void traffic_send(uint32_t room, uint64_t due) {
  char frame[SEND_BYTES_MAX];
  uint64_t serial = ++last_serial;
  struct message *m = &messages[serial % UNDER_WAY_MAX];
  if (m->serial != 0 && !(m->accepted && m->received))
    fail("message %llu was %s", (unsigned long long)m->serial, m->accepted ? "accepted and never arrived" : "lost");
  *m = (struct message){.serial = serial, .due = due, .room = room, .measured = traffic.measuring};
  size_t length = dialect->send(frame, rooms[room].id, serial, message_text);
  connection_send(&sessions[rooms[room].sender].connection, frame, length);
  traffic.sent++;
}

static void note_mark(uint32_t session, uint32_t room, uint64_t seq, uint64_t at) {
  struct receiver *r = &receivers[session];
  if (seq <= marks[room].received) return;
  marks[room].received = seq;
  if (marks[room].listed) return;
  marks[room].listed = true;
  if (r->moved_count == r->moved_capacity) {
    r->moved_capacity = r->moved_capacity == 0 ? 16 : r->moved_capacity * 2;
    r->moved = realloc(r->moved, r->moved_capacity * sizeof *r->moved);
    if (r->moved == NULL) fail("out of memory");
  }
  if (r->moved_count == 0) r->say_at = at + DELIVERED_NS;
  r->moved[r->moved_count++] = room;
}

/* Returns whether that made the message complete. */
static bool take_accepted(struct message *m, uint64_t at) {
  if (m->accepted) return false;
  m->accepted = true;
  traffic.accepted++;
  if (m->measured) histogram_add(&traffic.to_accepted, at - m->due);
  return m->received;
}

static bool take_received(struct message *m, uint64_t at) {
  if (m->received) {
    traffic.doubled++;
    return false;
  }
  m->received = true;
  traffic.received++;
  if (m->measured) histogram_add(&traffic.to_received, at - m->due);
  return m->accepted;
}

uint32_t traffic_take(struct session *s, enum frame_kind kind, const char *text, size_t length, uint64_t at,
                      uint32_t *completed_rooms, uint32_t completed_max) {
  if (kind == FRAME_ERROR || kind == FRAME_REFUSED) fail("the server said %.*s", (int)length, text);
  if (kind != FRAME_ACCEPTED && kind != FRAME_EVENTS) return 0;
  uint32_t completed = 0;
  uint64_t serial, seq;
  for (size_t next = 0; dialect->next_serial(text, length, &next, &serial, &seq);) {
    struct message *m = &messages[serial % UNDER_WAY_MAX];
    if (m->serial != serial) continue; /* An earlier run's. */
    bool complete;
    if (kind == FRAME_ACCEPTED) {
      complete = take_accepted(m, at);
    } else {
      if (s->connection.number != rooms[m->room].receiver) continue;
      note_mark(s->connection.number, m->room, seq, at);
      complete = take_received(m, at);
    }
    if (!complete) continue;
    traffic.completed++;
    if (completed == completed_max) fail("more than %u messages in one frame", completed_max);
    completed_rooms[completed++] = m->room;
  }
  return completed;
}

uint64_t traffic_under_way(void) { return traffic.sent - traffic.completed; }

static void say_delivered(uint32_t session) {
  struct receiver *r = &receivers[session];
  char *frame = malloc(64 + (size_t)r->moved_count * MARK_BYTES_MAX);
  if (frame == NULL) fail("out of memory");
  char *end = append_text(frame, "{\"kind\":\"delivered\",\"marks\":[");
  for (uint32_t i = 0; i < r->moved_count; i++) {
    struct marks *m = &marks[r->moved[i]];
    end = append_text(end, i == 0 ? "[\"" : ",[\"");
    end = append_text(end, rooms[r->moved[i]].id);
    end = append_text(end, "\",");
    end = append_number(end, m->received);
    end = append_text(end, "]");
    m->listed = false;
  }
  end = append_text(end, "]}");
  connection_send(&sessions[session].connection, frame, (size_t)(end - frame));
  free(frame);
  r->moved_count = 0;
  delivered_frames++;
}

void traffic_mark_delivered(uint64_t now) {
  if (!dialect->has_receipts || now < next_mark_check) return;
  next_mark_check = now + 5 * MS;
  for (uint32_t i = 0; i < session_count; i++)
    if (receivers[i].moved_count > 0 && receivers[i].say_at <= now && sessions[i].signed_in) say_delivered(i);
}
