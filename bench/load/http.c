/*
 * http: asks the paths of a file, one after the other on one connection, `count` times in all, as the plan's first
 * session. Anything but 200 fails the run.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <unistd.h>

#include "clock.h"
#include "modes.h"
#include "options.h"
#include "result.h"

#define ANSWER_BYTES_MAX (16u << 20)
#define PATH_CHARS_MAX 1024

static char *answer;

static int connect_to_server(void) {
  int fd = socket(AF_INET, SOCK_STREAM, 0), yes = 1;
  struct sockaddr_in server = {.sin_family = AF_INET, .sin_port = htons((uint16_t)option_number("port", 8787))};
  inet_pton(AF_INET, option_text("host", "127.0.0.1"), &server.sin_addr);
  setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
  if (connect(fd, (struct sockaddr *)&server, sizeof server) != 0) fail("cannot connect");
  return fd;
}

static size_t body_length(const char *head) {
  const char *found = strcasestr(head, "\r\ncontent-length:");
  if (found == NULL) fail("an answer without Content-Length: %.300s", head);
  return (size_t)strtoull(found + 17, NULL, 10);
}

/* Reads one answer whole; returns its size. */
static size_t read_answer(int fd) {
  size_t have = 0, wanted = 0;
  while (wanted == 0 || have < wanted) {
    ssize_t got = read(fd, answer + have, ANSWER_BYTES_MAX - 1 - have);
    if (got <= 0) fail("the connection ended");
    have += (size_t)got;
    answer[have] = 0;
    if (wanted > 0) continue;
    const char *end = strstr(answer, "\r\n\r\n");
    if (end == NULL) continue;
    wanted = (size_t)(end - answer) + 4 + body_length(answer);
    if (wanted >= ANSWER_BYTES_MAX) fail("an answer of %zu bytes", wanted);
  }
  if (strncmp(answer + 9, "200", 3) != 0) fail("the server said %.300s", answer);
  return have;
}

void run_http(const struct plan *plan) {
  static struct histogram latency;
  FILE *paths = fopen(option_text("paths", ""), "r");
  if (paths == NULL || plan->session_count == 0) fail("http wants paths=FILE and a session in the plan");
  long count = (long)option_number("count", 1000), warmup = (long)option_number("warmup", 50);
  answer = malloc(ANSWER_BYTES_MAX);
  int fd = connect_to_server();
  char path[PATH_CHARS_MAX], request[PATH_CHARS_MAX + 512];
  uint64_t bytes = 0;
  for (long i = -warmup; i < count; i++) {
    if (fscanf(paths, "%1023s", path) != 1) {
      rewind(paths);
      if (fscanf(paths, "%1023s", path) != 1) fail("no paths to ask");
    }
    int length = snprintf(request, sizeof request, "GET %s HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer %s\r\n\r\n",
                          path, plan->tokens[0]);
    uint64_t begin = now_ns();
    if (write(fd, request, (size_t)length) != length) fail("cannot write");
    size_t size = read_answer(fd);
    if (i < 0) continue;
    histogram_add(&latency, now_ns() - begin);
    bytes += size;
  }
  result_begin("http");
  result_number("bytesEach", (double)bytes / (double)count);
  result_latency("answer", &latency);
  result_end();
}
