/* Maru's dialect: `maru.v1`, packages/protocol/SPEC.md. */
#define _GNU_SOURCE
#include <stdio.h>
#include <string.h>

#include "dialect.h"

static size_t headers(char *out, size_t capacity, const char *token) {
  return (size_t)snprintf(out, capacity, "Sec-WebSocket-Protocol: maru.v1\r\nAuthorization: Bearer %s\r\n", token);
}

static bool is_kind(const char *value, size_t length, const char *kind) {
  size_t size = strlen(kind);
  return length > size && memcmp(value, kind, size) == 0 && value[size] == '"';
}

static enum frame_kind frame_kind(const char *text, size_t length) {
  static const char key[] = "\"kind\":\"";
  const size_t size = sizeof key - 1;
  const char *value = text + 1 + size;
  if (length < size + 2) return FRAME_OTHER;
  if (memcmp(text + 1, key, size) != 0) {
    value = memmem(text, length, key, size);
    if (value == NULL) return FRAME_OTHER;
    value += size;
  }
  size_t rest = length - (size_t)(value - text);
  switch (*value) {
    case 'a': return is_kind(value, rest, "accepted") ? FRAME_ACCEPTED : FRAME_OTHER;
    case 'b': return is_kind(value, rest, "beat") ? FRAME_BEAT : FRAME_OTHER;
    case 'e':
      if (is_kind(value, rest, "events")) return FRAME_EVENTS;
      return is_kind(value, rest, "error") ? FRAME_ERROR : FRAME_OTHER;
    case 'r': return is_kind(value, rest, "refused") ? FRAME_REFUSED : FRAME_OTHER;
    case 's': return is_kind(value, rest, "synced") ? FRAME_SYNCED : FRAME_OTHER;
    case 'w': return is_kind(value, rest, "welcome") ? FRAME_WELCOME : FRAME_OTHER;
    default: return FRAME_OTHER;
  }
}

static size_t hello(char *out, size_t capacity, const char *token, const char *cursor) {
  (void)token;
  return (size_t)snprintf(out, capacity, "{\"kind\":\"hello\",\"versions\":[1],\"capabilities\":[]%s%s%s}",
                          cursor ? ",\"cursor\":\"" : "", cursor ? cursor : "", cursor ? "\"" : "");
}

static size_t beat(char *out, size_t capacity, const char *cursor) {
  return (size_t)snprintf(out, capacity, "{\"kind\":\"beat\",\"state\":\"active\",\"cursor\":\"%s\"}", cursor);
}

static size_t send_frame(char *out, const char *room, uint64_t serial, const char *text) {
  char *end = append_text(out, "{\"kind\":\"send\",\"room\":\"");
  end = append_text(end, room);
  end = append_text(end, "\",\"clientMessageId\":\"");
  end = append_message_id(end, serial);
  end = append_text(end, "\",\"content\":{\"type\":\"text\",\"text\":\"");
  end = append_text(end, text);
  end = append_text(end, "\"}}");
  return (size_t)(end - out);
}

const struct dialect maru_dialect = {.name = "maru",
                                     .path = "/v1/connect",
                                     .speaks_first = true,
                                     .has_cursors = true,
                                     .has_receipts = true,
                                     .headers = headers,
                                     .kind = frame_kind,
                                     .hello = hello,
                                     .beat = beat,
                                     .pong = NULL,
                                     .send = send_frame,
                                     .next_serial = next_message_id};
