#define _GNU_SOURCE
#include "frames.h"

#include <string.h>

#include "clock.h"
#include "options.h"

#define SERIAL_DIGITS 12
#define UUID_CHARS 36

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

char *append_text(char *out, const char *text) {
  size_t length = strlen(text);
  memcpy(out, text, length);
  return out + length;
}

char *append_number(char *out, uint64_t value) {
  char digits[20];
  int count = 0;
  do digits[count++] = (char)('0' + value % 10);
  while ((value /= 10) > 0);
  while (count > 0) *out++ = digits[--count];
  return out;
}

char *append_message_id(char *out, uint64_t serial) {
  uint64_t ms = rising_ms();
  memcpy(out, "00000000-0000-7000-8000-000000000000", UUID_CHARS);
  hex(out, ms >> 16, 8);
  hex(out + 9, ms & 0xffff, 4);
  hex(out + UUID_CHARS - SERIAL_DIGITS, serial, SERIAL_DIGITS);
  return out + UUID_CHARS;
}

static int hex_digit(char c) { return c <= '9' ? c - '0' : c - 'a' + 10; }

bool next_message_id(const char *text, size_t length, size_t *at, uint64_t *serial, uint64_t *seq) {
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
