#define _GNU_SOURCE
#include "loop.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include "clock.h"
#include "options.h"

#define READ_BYTES (4u << 20)
#define EVENTS_MAX 1024
#define TURN_NS_MAX (100 * MS)
/* IP_BIND_ADDRESS_NO_PORT: the port is chosen at connect, so that addresses can share port numbers. */
#define BIND_ADDRESS_NO_PORT 24

enum opcode { OPCODE_TEXT = 1, OPCODE_CLOSE = 8, OPCODE_PING = 9, OPCODE_PONG = 10 };

static const struct handlers *on;
static const char *path;
static struct sockaddr_in server;
static int poller;
static unsigned addresses;
static char *buffer;
static uint64_t bytes_read;
static unsigned lines_told;
static struct connection **written;
static uint32_t written_count, written_capacity;

void loop_start(const struct endpoint *endpoint, const struct handlers *handlers) {
  on = handlers;
  path = endpoint->path;
  signal(SIGPIPE, SIG_IGN);
  struct rlimit files;
  getrlimit(RLIMIT_NOFILE, &files);
  files.rlim_cur = files.rlim_max;
  setrlimit(RLIMIT_NOFILE, &files);
  server = (struct sockaddr_in){.sin_family = AF_INET, .sin_port = htons((uint16_t)endpoint->port)};
  if (inet_pton(AF_INET, endpoint->host, &server.sin_addr) != 1) fail("%s is not an IPv4 address", endpoint->host);
  addresses = (unsigned)option_number("addresses", 1);
  poller = epoll_create1(0);
  buffer = malloc(READ_BYTES);
  struct epoll_event stdin_event = {.events = EPOLLIN, .data.ptr = NULL};
  epoll_ctl(poller, EPOLL_CTL_ADD, STDIN_FILENO, &stdin_event);
}

static void watch(struct connection *c, int operation, bool writable) {
  struct epoll_event event = {.events = EPOLLIN | (writable ? EPOLLOUT : 0), .data.ptr = c};
  epoll_ctl(poller, operation, c->fd, &event);
  c->waits_to_write = writable;
}

static void release(struct connection *c) {
  close(c->fd);
  free(c->unread);
  free(c->unsent);
  c->unread = c->unsent = NULL;
  c->unread_length = c->unsent_length = c->unsent_capacity = 0;
  c->state = CLOSED;
}

static void lost(struct connection *c) {
  if (c->state == CLOSED) return;
  release(c);
  on->closed(c);
}

void connection_open(struct connection *c) {
  c->fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
  if (c->fd < 0) fail("socket: %s (raise the limit of open files)", strerror(errno));
  int yes = 1;
  setsockopt(c->fd, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
  if (addresses > 1) {
    setsockopt(c->fd, SOL_IP, BIND_ADDRESS_NO_PORT, &yes, sizeof yes);
    struct sockaddr_in source = {.sin_family = AF_INET,
                                 .sin_addr.s_addr = htonl(0x7f010001u + c->number % addresses)};
    if (bind(c->fd, (struct sockaddr *)&source, sizeof source) != 0) fail("bind: %s", strerror(errno));
  }
  c->state = CONNECTING;
  c->close_code = 0;
  if (connect(c->fd, (struct sockaddr *)&server, sizeof server) != 0 && errno != EINPROGRESS) {
    lost(c);
    return;
  }
  watch(c, EPOLL_CTL_ADD, true);
}

void connection_cut(struct connection *c) {
  if (c->state == CLOSED) return;
  struct linger reset = {.l_onoff = 1, .l_linger = 0};
  setsockopt(c->fd, SOL_SOCKET, SO_LINGER, &reset, sizeof reset);
  release(c);
}

static void flush(struct connection *c) {
  if (c->state == CLOSED || c->unsent_length == 0) return;
  ssize_t done = write(c->fd, c->unsent, c->unsent_length);
  if (done < 0 && errno != EAGAIN) {
    lost(c);
    return;
  }
  if (done > 0) {
    c->unsent_length -= (uint32_t)done;
    memmove(c->unsent, c->unsent + done, c->unsent_length);
  }
  if (c->unsent_length > 0 && !c->waits_to_write) watch(c, EPOLL_CTL_MOD, true);
  if (c->unsent_length == 0 && c->waits_to_write) watch(c, EPOLL_CTL_MOD, false);
}

static void flush_written(void) {
  for (uint32_t i = 0; i < written_count; i++) {
    written[i]->writing = false;
    if (!written[i]->waits_to_write) flush(written[i]);
  }
  written_count = 0;
}

static void queue(struct connection *c, const void *bytes, size_t length) {
  if (c->state == CLOSED) return;
  if (c->unsent_length + length > c->unsent_capacity) {
    c->unsent_capacity = (uint32_t)(c->unsent_length + length) * 2;
    c->unsent = realloc(c->unsent, c->unsent_capacity);
    if (c->unsent == NULL) fail("out of memory");
  }
  memcpy(c->unsent + c->unsent_length, bytes, length);
  c->unsent_length += (uint32_t)length;
  if (c->writing) return;
  c->writing = true;
  if (written_count == written_capacity) {
    written_capacity = written_capacity == 0 ? 1024 : written_capacity * 2;
    written = realloc(written, written_capacity * sizeof *written);
    if (written == NULL) fail("out of memory");
  }
  written[written_count++] = c;
}

/* RFC 6455 §5.2. The masking key is 0: masked in form, and no time is spent on it here. */
static void queue_frame(struct connection *c, enum opcode opcode, const char *payload, size_t length) {
  uint8_t header[14] = {(uint8_t)(0x80 | opcode)};
  size_t size = 2;
  if (length < 126) {
    header[1] = (uint8_t)(0x80 | length);
  } else if (length < 65536) {
    header[1] = 0x80 | 126;
    header[2] = (uint8_t)(length >> 8);
    header[3] = (uint8_t)length;
    size = 4;
  } else {
    header[1] = 0x80 | 127;
    for (int i = 0; i < 8; i++) header[2 + i] = (uint8_t)((uint64_t)length >> (56 - 8 * i));
    size = 10;
  }
  queue(c, header, size + 4);
  queue(c, payload, length);
}

void connection_send(struct connection *c, const char *text, size_t length) {
  queue_frame(c, OPCODE_TEXT, text, length);
}

static void send_upgrade(struct connection *c) {
  char request[1024], headers[512];
  size_t size = on->headers(c, headers, sizeof headers);
  if (size >= sizeof headers) fail("%zu bytes of headers", size);
  int length = snprintf(request, sizeof request,
                        "GET %s HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n%s\r\n",
                        path, headers);
  if (length >= (int)sizeof request) fail("%d bytes of an upgrade", length);
  queue(c, request, (size_t)length);
}

/* The length of the frame at `bytes` with its header, or 0 while it is not whole; gives its payload. */
static size_t frame_at(const uint8_t *bytes, size_t available, const char **payload, size_t *length) {
  if (available < 2) return 0;
  size_t header = 2;
  uint64_t size = bytes[1] & 0x7f;
  if (size == 126) {
    header = 4;
    if (available < header) return 0;
    size = (uint64_t)bytes[2] << 8 | bytes[3];
  } else if (size == 127) {
    header = 10;
    if (available < header) return 0;
    size = 0;
    for (int i = 0; i < 8; i++) size = size << 8 | bytes[2 + i];
  }
  if (header + size > READ_BYTES) fail("a frame of %llu bytes", (unsigned long long)size);
  if (header + size > available) return 0;
  *payload = (const char *)bytes + header;
  *length = (size_t)size;
  return header + (size_t)size;
}

/* Handles all whole frames; returns how many bytes they took. */
static size_t take_frames(struct connection *c, const char *bytes, size_t available, uint64_t at) {
  size_t taken = 0;
  const char *payload;
  size_t length, size;
  while (c->state == OPEN &&
         (size = frame_at((const uint8_t *)bytes + taken, available - taken, &payload, &length)) > 0) {
    uint8_t first = (uint8_t)bytes[taken];
    taken += size;
    if (first == (0x80 | OPCODE_TEXT)) {
      on->message(c, payload, length, at);
    } else if (first == (0x80 | OPCODE_PING)) {
      queue_frame(c, OPCODE_PONG, payload, length);
    } else if (first == (0x80 | OPCODE_CLOSE)) {
      c->close_code = length >= 2 ? (uint16_t)((uint8_t)payload[0] << 8 | (uint8_t)payload[1]) : 1005;
    } else if (first != (0x80 | OPCODE_PONG)) {
      fail("a frame that begins with byte %02x", first);
    }
  }
  return taken;
}

/* Reads the answer to the upgrade; returns how many bytes it took, 0 while it is not whole. */
static size_t take_upgrade(struct connection *c, const char *bytes, size_t available) {
  const char *end = memmem(bytes, available, "\r\n\r\n", 4);
  if (end == NULL) return 0;
  if (available < 12 || memcmp(bytes + 9, "101", 3) != 0)
    fail("the upgrade was refused: %.*s", (int)(available < 300 ? available : 300), bytes);
  c->state = OPEN;
  on->opened(c);
  return (size_t)(end - bytes) + 4;
}

static void receive(struct connection *c) {
  size_t held = c->unread_length;
  if (held > 0) memcpy(buffer, c->unread, held);
  ssize_t got = read(c->fd, buffer + held, READ_BYTES - held);
  if (got < 0 && errno == EAGAIN) return;
  if (got <= 0) {
    lost(c);
    return;
  }
  bytes_read += (uint64_t)got;
  size_t available = held + (size_t)got, taken = 0;
  if (c->state == UPGRADING) taken = take_upgrade(c, buffer, available);
  if (c->state == OPEN) taken += take_frames(c, buffer + taken, available - taken, now_ns());
  if (c->state == CLOSED) return;
  size_t rest = available - taken;
  free(c->unread);
  c->unread = NULL;
  c->unread_length = (uint32_t)rest;
  if (rest == 0) return;
  c->unread = malloc(rest);
  if (c->unread == NULL) fail("out of memory");
  memcpy(c->unread, buffer + taken, rest);
}

static void handle(struct connection *c, uint32_t events) {
  if (c->state == CONNECTING && (events & (EPOLLOUT | EPOLLERR | EPOLLHUP))) {
    int error = 0;
    socklen_t size = sizeof error;
    getsockopt(c->fd, SOL_SOCKET, SO_ERROR, &error, &size);
    if (error != 0) {
      lost(c);
      return;
    }
    c->state = UPGRADING;
    watch(c, EPOLL_CTL_MOD, false);
    send_upgrade(c);
    return;
  }
  if (events & EPOLLOUT) flush(c);
  if (c->state != CLOSED && (events & (EPOLLIN | EPOLLERR | EPOLLHUP))) receive(c);
}

static void read_stdin(void) {
  char line[256];
  ssize_t got = read(STDIN_FILENO, line, sizeof line);
  if (got <= 0) exit(3); /* The bench has gone. */
  for (ssize_t i = 0; i < got; i++) lines_told += line[i] == '\n';
}

bool loop_was_told(void) {
  if (lines_told == 0) return false;
  lines_told--;
  return true;
}

void loop_run(bool (*done)(void)) {
  struct epoll_event events[EVENTS_MAX];
  while (!done()) {
    uint64_t now = now_ns(), next = on->turn(now);
    flush_written();
    uint64_t wait = next <= now ? 0 : next - now;
    if (wait > TURN_NS_MAX) wait = TURN_NS_MAX;
    struct timespec timeout = {.tv_sec = 0, .tv_nsec = (long)wait};
    int count = epoll_pwait2(poller, events, EVENTS_MAX, &timeout, NULL);
    if (count < 0 && errno != EINTR) fail("epoll: %s", strerror(errno));
    for (int i = 0; i < count; i++) {
      struct connection *c = events[i].data.ptr;
      if (c == NULL) read_stdin();
      else if (c->state != CLOSED) handle(c, events[i].events);
    }
    flush_written();
  }
}

uint64_t loop_bytes_read(void) { return bytes_read; }
