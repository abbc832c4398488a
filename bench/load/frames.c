#define _GNU_SOURCE
#include "frames.h"

#include <stdio.h>
#include <string.h>

#include "clock.h"
#include "options.h"

#define SERIAL_DIGITS 12
#define UUID_CHARS 36

static bool is_kind(const char *value, size_t length, const char *kind) {
  size_t size = strlen(kind);
  return length > size && memcmp(value, kind, size) == 0 && value[size] == '"';
}

enum frame_kind frame_kind(const char *text, size_t length) {
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

const char *field_text(const char *text, size_t length, const char *key, size_t *size) {
  const char *found = memmem(text, length, key, strlen(key));
  if (found == NULL) return NULL;
  found += strlen(key);
  const char *end = memchr(found, '"', length - (size_t)(found - text));
  if (end == NULL) return NULL;
  *size = (size_t)(end - found);
  return found;
}

bool field_number(const char *text, size_t length, const char *key, uint64_t *value) {
  const char *found = memmem(text, length, key, strlen(key));
  if (found == NULL) return false;
  const char *end = text + length;
  *value = 0;
  for (found += strlen(key); found < end && *found >= '0' && *found <= '9'; found++)
    *value = *value * 10 + (uint64_t)(*found - '0');
  return true;
}

static void hex(char *out, uint64_t value, int digits) {
  for (int i = digits - 1; i >= 0; i--, value >>= 4) out[i] = "0123456789abcdef"[value & 15];
}

static uint64_t rising_ms(void) {
  static uint64_t last;
  uint64_t now = wall_ms();
  if (now > last) last = now;
  return last;
}

static void message_id(char out[UUID_CHARS], uint64_t serial) {
  uint64_t ms = rising_ms();
  memcpy(out, "00000000-0000-7000-8000-000000000000", UUID_CHARS);
  hex(out, ms >> 16, 8);
  hex(out + 9, ms & 0xffff, 4);
  hex(out + UUID_CHARS - SERIAL_DIGITS, serial, SERIAL_DIGITS);
}

static char *append(char *out, const char *text) {
  size_t length = strlen(text);
  memcpy(out, text, length);
  return out + length;
}

size_t send_frame(char *out, const char *room, uint64_t serial, const char *text) {
  char *end = append(out, "{\"kind\":\"send\",\"room\":\"");
  end = append(end, room);
  end = append(end, "\",\"clientMessageId\":\"");
  message_id(end, serial);
  end = append(end + UUID_CHARS, "\",\"content\":{\"type\":\"text\",\"text\":\"");
  end = append(end, text);
  end = append(end, "\"}}");
  return (size_t)(end - out);
}

static int hex_digit(char c) { return c <= '9' ? c - '0' : c - 'a' + 10; }

bool next_serial(const char *text, size_t length, size_t *at, uint64_t *serial, uint64_t *seq) {
  static const char key[] = "\"clientMessageId\":\"";
  const char *from = text + *at;
  const char *found = memmem(from, length - *at, key, sizeof key - 1);
  if (found == NULL) return false;
  const char *id = found + sizeof key - 1;
  if (id + UUID_CHARS > text + length) return false;
  *serial = 0;
  for (int i = UUID_CHARS - SERIAL_DIGITS; i < UUID_CHARS; i++) *serial = *serial << 4 | (uint64_t)hex_digit(id[i]);
  *seq = 0;
  field_number(from, (size_t)(found - from), "\"seq\":", seq);
  *at = (size_t)(id + UUID_CHARS - text);
  return true;
}

const char *filler_text(size_t bytes) {
  static char text[TEXT_BYTES_MAX + 1];
  static const char words[] = "the floor in the middle of the house where everybody meets and talks until late ";
  if (bytes > TEXT_BYTES_MAX) fail("texts have at most %d bytes", TEXT_BYTES_MAX);
  for (size_t i = 0; i < bytes; i++) text[i] = words[i % (sizeof words - 1)];
  text[bytes] = 0;
  if (bytes > 0 && text[bytes - 1] == ' ') text[bytes - 1] = '.';
  return text;
}
