#include "options.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int word_count;
static char **all_words;

void options_read(int count, char **words) {
  word_count = count;
  all_words = words;
}

const char *option_text(const char *key, const char *fallback) {
  size_t length = strlen(key);
  for (int i = 0; i < word_count; i++)
    if (strncmp(all_words[i], key, length) == 0 && all_words[i][length] == '=') return all_words[i] + length + 1;
  return fallback;
}

double option_number(const char *key, double fallback) {
  const char *text = option_text(key, NULL);
  if (text == NULL) return fallback;
  char *end;
  double value = strtod(text, &end);
  if (*end != 0 || end == text) fail("%s=%s is not a number", key, text);
  return value;
}

void fail(const char *format, ...) {
  va_list values;
  va_start(values, format);
  fputs("maru-load: ", stderr);
  vfprintf(stderr, format, values);
  fputc('\n', stderr);
  va_end(values);
  exit(2);
}
