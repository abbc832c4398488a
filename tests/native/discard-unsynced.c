/*
 * A disk that forgets what was not synced, for one process and one folder.
 *
 * Preloaded (LD_PRELOAD) into the server, it keeps beside the data folder ($MARU_DISK) a second one ($MARU_SYNCED).
 * A write to a file below the first marks its range as unsynced. fsync and fdatasync copy the unsynced ranges, and the
 * file's length, to the same name below the second. So at any moment the second folder is what a power cut would have
 * left, taken as hard as the interface allows: every write that no sync followed is gone. Names (create, rename,
 * unlink) are taken as durable at once; SQLite's -shm file is mapped, never synced, and rebuilt from the WAL.
 *
 * With MARU_SYNC_FAILS=FILE, where FILE exists and holds a name, the next sync of the file of that name fails with EIO
 * and takes FILE away. What it should have synced is forgotten, and the syncs behind it succeed: so Linux does it
 * (https://wiki.postgresql.org/wiki/Fsync_Errors).
 *
 * cc -shared -fPIC -O2 -o discard-unsynced.so discard-unsynced.c -ldl -lpthread
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct range {
  off_t from, to;
};

struct file {
  char name[NAME_MAX + 1]; /* relative to the folder */
  struct range *ranges;
  size_t count, room;
  int truncated;
  struct file *next;
};

static struct file *files;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

#define REAL(result, name, ...)                         \
  static result (*real_##name)(__VA_ARGS__);            \
  if (!real_##name) real_##name = dlsym(RTLD_NEXT, #name)

/* The name of a watched file below $MARU_DISK, or NULL. Files lie directly in the folder. */
static const char *watched_path(const char *path) {
  const char *disk = getenv("MARU_DISK");
  if (!disk || !path) return NULL;
  size_t length = strlen(disk);
  if (strncmp(path, disk, length) != 0 || path[length] != '/') return NULL;
  const char *name = path + length + 1;
  if (strchr(name, '/') || strlen(name) > NAME_MAX) return NULL;
  return name;
}

static const char *watched_fd(int fd, char *path) {
  char link[64];
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  ssize_t length = readlink(link, path, PATH_MAX - 1);
  if (length < 0) return NULL;
  path[length] = 0;
  return watched_path(path);
}

static void synced_path(const char *name, char *path) {
  snprintf(path, PATH_MAX, "%s/%s", getenv("MARU_SYNCED"), name);
}

static struct file *file_named(const char *name) {
  for (struct file *f = files; f; f = f->next)
    if (strcmp(f->name, name) == 0) return f;
  struct file *f = calloc(1, sizeof *f);
  if (!f) abort();
  strcpy(f->name, name);
  f->next = files;
  return files = f;
}

static void wrote(int fd, off_t from, ssize_t bytes) {
  char path[PATH_MAX];
  const char *name = bytes > 0 ? watched_fd(fd, path) : NULL;
  if (!name) return;
  pthread_mutex_lock(&lock);
  struct file *f = file_named(name);
  struct range *last = f->count ? &f->ranges[f->count - 1] : NULL;
  if (last && last->to == from) {
    last->to = from + bytes;
  } else {
    if (f->count == f->room) {
      f->room = f->room ? f->room * 2 : 64;
      f->ranges = realloc(f->ranges, f->room * sizeof *f->ranges);
      if (!f->ranges) abort();
    }
    f->ranges[f->count++] = (struct range){from, from + bytes};
  }
  pthread_mutex_unlock(&lock);
}

/* Copies what was written since the last sync. Called after the real sync has succeeded. */
static void synced(int fd) {
  char path[PATH_MAX], copy[PATH_MAX];
  const char *name = watched_fd(fd, path);
  if (!name) return;
  pthread_mutex_lock(&lock);
  struct file *f = file_named(name);
  synced_path(name, copy);
  int to = open(copy, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
  int from = open(path, O_RDONLY | O_CLOEXEC);
  if (to < 0 || from < 0) {
    fprintf(stderr, "discard-unsynced: cannot copy %s: %s\n", name, strerror(errno));
    abort();
  }
  REAL(ssize_t, pwrite, int, const void *, size_t, off_t);
  static char buffer[1 << 16];
  for (size_t i = 0; i < f->count; i++) {
    for (off_t at = f->ranges[i].from; at < f->ranges[i].to;) {
      size_t want = (size_t)(f->ranges[i].to - at);
      if (want > sizeof buffer) want = sizeof buffer;
      ssize_t got = pread(from, buffer, want, at);
      if (got <= 0) break; /* truncated meanwhile */
      if (real_pwrite(to, buffer, (size_t)got, at) != got) abort();
      at += got;
    }
  }
  struct stat st;
  REAL(int, ftruncate, int, off_t);
  if (fstat(fd, &st) != 0 || real_ftruncate(to, st.st_size) != 0) abort();
  f->count = 0;
  REAL(int, close, int);
  real_close(from);
  real_close(to);
  pthread_mutex_unlock(&lock);
}

/* Whether this is the sync that was told to fail. */
static int sync_fails(int fd) {
  const char *order = getenv("MARU_SYNC_FAILS");
  int from = order ? open(order, O_RDONLY | O_CLOEXEC) : -1;
  if (from < 0) return 0;
  char path[PATH_MAX], told[NAME_MAX + 1];
  ssize_t length = read(from, told, NAME_MAX);
  REAL(int, close, int);
  real_close(from);
  const char *name = watched_fd(fd, path);
  if (!name || length != (ssize_t)strlen(name) || memcmp(told, name, (size_t)length) != 0) return 0;
  REAL(int, unlink, const char *);
  if (real_unlink(order) != 0) return 0; /* Another thread's was it. */
  pthread_mutex_lock(&lock);
  file_named(name)->count = 0;
  pthread_mutex_unlock(&lock);
  errno = EIO;
  return 1;
}

ssize_t pwrite(int fd, const void *data, size_t bytes, off_t at) {
  REAL(ssize_t, pwrite, int, const void *, size_t, off_t);
  ssize_t done = real_pwrite(fd, data, bytes, at);
  int saved = errno;
  wrote(fd, at, done);
  errno = saved;
  return done;
}

ssize_t pwrite64(int fd, const void *data, size_t bytes, off64_t at) { return pwrite(fd, data, bytes, at); }

ssize_t write(int fd, const void *data, size_t bytes) {
  REAL(ssize_t, write, int, const void *, size_t);
  ssize_t done = real_write(fd, data, bytes);
  int saved = errno;
  if (done > 0) {
    off_t end = lseek(fd, 0, SEEK_CUR);
    if (end >= 0) wrote(fd, end - done, done);
  }
  errno = saved;
  return done;
}

int fsync(int fd) {
  REAL(int, fsync, int);
  if (sync_fails(fd)) return -1;
  int result = real_fsync(fd);
  if (result == 0) synced(fd);
  return result;
}

int fdatasync(int fd) {
  REAL(int, fdatasync, int);
  if (sync_fails(fd)) return -1;
  int result = real_fdatasync(fd);
  if (result == 0) synced(fd);
  return result;
}

/* An unlink is durable at once: harder on nobody, since SQLite syncs what replaces the file first. */
int unlink(const char *path) {
  REAL(int, unlink, const char *);
  int result = real_unlink(path);
  const char *name = result == 0 ? watched_path(path) : NULL;
  if (name) {
    char copy[PATH_MAX];
    pthread_mutex_lock(&lock);
    file_named(name)->count = 0;
    synced_path(name, copy);
    real_unlink(copy);
    pthread_mutex_unlock(&lock);
  }
  return result;
}
