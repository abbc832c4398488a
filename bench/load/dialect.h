/*
 * What sessions and a server say to each other: Maru's own frames, or those of a peer that stands beside it. One load
 * for both: only the words differ. Which one it is, the option `dialect` says.
 */
#ifndef MARU_DIALECT_H
#define MARU_DIALECT_H

#include "frames.h"

struct dialect {
  const char *name;
  const char *path;
  /* Greets when the socket is open; otherwise when the server has sent FRAME_OPEN. */
  bool speaks_first;
  /* Greetings and answers to beats carry the inbox's cursor. */
  bool has_cursors;
  /* Receivers say `delivered`. */
  bool has_receipts;
  /* Writes the header lines of the upgrade that are its own, each with its CR LF. */
  size_t (*headers)(char *out, size_t capacity, const char *token);
  enum frame_kind (*kind)(const char *text, size_t length);
  /* `cursor` is NULL for a session that is new. */
  size_t (*hello)(char *out, size_t capacity, const char *token, const char *cursor);
  /* NULL: sessions say nothing by themselves, and live by answering FRAME_PING with `pong`. */
  size_t (*beat)(char *out, size_t capacity, const char *cursor);
  const char *pong;
  /* The `serial`-th message of this run, at most SEND_BYTES_MAX. */
  size_t (*send)(char *out, const char *room, uint64_t serial, const char *text);
  /*
   * The serials of the messages named in an answer or a frame of events, one a call, with the `seq` that stands before
   * it there (0 where none does). `*at` is where to go on reading, 0 at first. False when there are no more.
   */
  bool (*next_serial)(const char *text, size_t length, size_t *at, uint64_t *serial, uint64_t *seq);
};

extern const struct dialect maru_dialect, socket_io_dialect;

/* The one in use; `dialect_choose` must have been called. */
extern const struct dialect *dialect;
void dialect_choose(const char *name);

#endif
