/*
 * Maru's frames, built and read by their text. What is read is searched for, not parsed: the generator shares the
 * machine with the server, and must cost less than what it measures. No text that it sends holds a quote.
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
  FRAME_WELCOME,
  FRAME_ACCEPTED,
  FRAME_REFUSED,
  FRAME_EVENTS,
  FRAME_BEAT,
  FRAME_SYNCED,
  FRAME_ERROR
};

enum frame_kind frame_kind(const char *text, size_t length);

/* The text behind a key up to the next quote; NULL where there is no such key. `key` is like `"cursor":"`. */
const char *field_text(const char *text, size_t length, const char *key, size_t *size);
bool field_number(const char *text, size_t length, const char *key, uint64_t *value);

/*
 * A clientMessageId that names the `serial`-th message of this run: a UUIDv7 (RFC 9562 §5.7) with the time in front
 * and the serial behind, so that ids rise strictly in every room and lead back to what was sent.
 */
size_t send_frame(char *out, const char *room, uint64_t serial, const char *text);
/*
 * The serials of the messages named in an `accepted`, `refused` or `events` frame, one a call, with the `seq` that
 * stands before it there (0 where none does). `*at` is where to go on reading, 0 at first. False when there are no more.
 */
bool next_serial(const char *text, size_t length, size_t *at, uint64_t *serial, uint64_t *seq);

/* Printable text of a given number of bytes. */
const char *filler_text(size_t bytes);

#endif
