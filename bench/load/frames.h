/*
 * Frames, built and read by their text: what every dialect needs for that. What is read is searched for, not parsed:
 * the generator shares the machine with the server, and must cost less than what it measures. No text that it sends
 * holds a quote.
 */
#ifndef MARU_FRAMES_H
#define MARU_FRAMES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define SEND_BYTES_MAX 2048
#define TEXT_BYTES_MAX 1024

enum frame_kind {
  FRAME_OTHER,
  /* The server wants to be greeted now. */
  FRAME_OPEN,
  FRAME_WELCOME,
  FRAME_ACCEPTED,
  FRAME_REFUSED,
  FRAME_EVENTS,
  FRAME_BEAT,
  FRAME_SYNCED,
  /* The server asks whether the session is there. */
  FRAME_PING,
  FRAME_ERROR
};

/* The text behind a key up to the next quote; NULL where there is no such key. `key` is like `"cursor":"`. */
const char *field_text(const char *text, size_t length, const char *key, size_t *size);
bool field_number(const char *text, size_t length, const char *key, uint64_t *value);

/* Each writes at `out`, without a NUL, and returns the end of what it has written. */
char *append_text(char *out, const char *text);
char *append_number(char *out, uint64_t value);
/*
 * A clientMessageId that names the `serial`-th message of this run: a UUIDv7 (RFC 9562 §5.7) with the time in front
 * and the serial behind, so that ids rise strictly in every room and lead back to what was sent.
 */
char *append_message_id(char *out, uint64_t serial);

/* The serial behind the next `"clientMessageId":"` from `*at` on, and the `"seq":` before it: see `next_serial`. */
bool next_message_id(const char *text, size_t length, size_t *at, uint64_t *serial, uint64_t *seq);

/* Printable text of a given number of bytes. */
const char *filler_text(size_t bytes);

#endif
