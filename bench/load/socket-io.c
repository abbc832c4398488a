/*
 * The dialect of the Socket.IO peer (src/peers): Engine.IO 4 over WebSocket alone, Socket.IO 5 in it, the main
 * namespace, no binary. The first digit is Engine.IO's packet (0 open, 2 ping, 3 pong, 4 message), the second
 * Socket.IO's (0 connect, 1 disconnect, 2 event, 3 answer to an event, 4 connect error); see the protocols' pages in
 * github.com/socketio/socket.io/tree/main/docs. A message's serial is the number under which its answer comes back.
 */
#define _GNU_SOURCE
#include <stdio.h>
#include <string.h>

#include "dialect.h"

/* What the peer answers to a message that it does not take. */
#define REFUSAL "[{\"error\""

static size_t headers(char *out, size_t capacity, const char *token) {
  (void)token;
  if (capacity > 0) *out = 0;
  return 0;
}

static enum frame_kind message_kind(const char *text, size_t length) {
  switch (text[1]) {
    case '0': return FRAME_WELCOME;
    case '1': return FRAME_ERROR;
    case '2': return FRAME_EVENTS;
    case '3': return memmem(text, length, REFUSAL, sizeof REFUSAL - 1) == NULL ? FRAME_ACCEPTED : FRAME_REFUSED;
    case '4': return FRAME_ERROR;
    default: return FRAME_OTHER;
  }
}

static enum frame_kind frame_kind(const char *text, size_t length) {
  if (length == 0) return FRAME_OTHER;
  switch (text[0]) {
    case '0': return FRAME_OPEN;
    case '2': return FRAME_PING;
    case '4': return length > 1 ? message_kind(text, length) : FRAME_OTHER;
    default: return FRAME_OTHER;
  }
}

static size_t hello(char *out, size_t capacity, const char *token, const char *cursor) {
  (void)cursor;
  return (size_t)snprintf(out, capacity, "40{\"token\":\"%s\"}", token);
}

static size_t send_frame(char *out, const char *room, uint64_t serial, const char *text) {
  char *end = append_text(out, "42");
  end = append_number(end, serial);
  end = append_text(end, "[\"message\",{\"room\":\"");
  end = append_text(end, room);
  end = append_text(end, "\",\"clientMessageId\":\"");
  end = append_message_id(end, serial);
  end = append_text(end, "\",\"text\":\"");
  end = append_text(end, text);
  end = append_text(end, "\"}]");
  return (size_t)(end - out);
}

static bool next_serial(const char *text, size_t length, size_t *at, uint64_t *serial, uint64_t *seq) {
  if (text[1] != '3') return next_message_id(text, length, at, serial, seq);
  if (*at > 0) return false;
  *at = length;
  *seq = 0;
  return field_number(text, length, "43", serial);
}

const struct dialect socket_io_dialect = {.name = "socket.io",
                                          .path = "/socket.io/?EIO=4&transport=websocket",
                                          .speaks_first = false,
                                          .has_cursors = false,
                                          .has_receipts = false,
                                          .headers = headers,
                                          .kind = frame_kind,
                                          .hello = hello,
                                          .beat = NULL,
                                          .pong = "3",
                                          .send = send_frame,
                                          .next_serial = next_serial};
