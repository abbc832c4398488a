/*
 * Many WebSocket connections (RFC 6455) on one thread: epoll, non-blocking sockets, one write a connection and turn.
 * The client half only, without extensions and fragments: what Maru and its peers send needs neither.
 */
#ifndef MARU_LOOP_H
#define MARU_LOOP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum connection_state { CLOSED, CONNECTING, UPGRADING, OPEN };

struct connection {
  int fd;
  uint32_t number;
  enum connection_state state;
  /* The code of the close frame that the server sent; 0 if none. */
  uint16_t close_code;
  bool writing, waits_to_write;
  char *unread, *unsent;
  uint32_t unread_length, unsent_length, unsent_capacity;
};

struct endpoint {
  const char *host;
  int port;
  /* Of the upgrade, with its query. */
  const char *path;
};

struct handlers {
  /* Writes header lines of the upgrade, each with its CR LF; returns their length without the NUL behind them. */
  size_t (*headers)(struct connection *c, char *out, size_t capacity);
  void (*opened)(struct connection *c);
  /* One text message, not terminated by NUL. `at` is when it was read. */
  void (*message)(struct connection *c, const char *text, size_t length, uint64_t at);
  void (*closed)(struct connection *c);
  /* Called every turn; returns when it wants to be called next at the latest. */
  uint64_t (*turn)(uint64_t now);
};

void loop_start(const struct endpoint *endpoint, const struct handlers *handlers);
/* Begins to connect; `opened` follows, or `closed`. The source address is one of 127.0.0.0/8, by number. */
void connection_open(struct connection *c);
/* Cuts the connection as a lost network does: no close frame, and the peer gets a reset. `closed` is not called. */
void connection_cut(struct connection *c);
/* Queues one text message; it is written at the end of the turn together with all others of this connection. */
void connection_send(struct connection *c, const char *text, size_t length);
/* Runs until `done` returns true. */
void loop_run(bool (*done)(void));
/* Whether a line has come on stdin since the last call that returned true: the bench says "go on". */
bool loop_was_told(void);
uint64_t loop_bytes_read(void);

#endif
