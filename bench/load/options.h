/* The command line: MODE key=value …; every mode reads what it needs and falls back to a default. */
#ifndef MARU_OPTIONS_H
#define MARU_OPTIONS_H

void options_read(int count, char **words);
const char *option_text(const char *key, const char *fallback);
double option_number(const char *key, double fallback);

/* Prints a line for people on stderr and exits with 2: the caller gave something unusable, or the server did. */
__attribute__((noreturn, format(printf, 1, 2))) void fail(const char *format, ...);

#endif
