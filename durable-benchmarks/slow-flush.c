/*
 * Makes a disk slow, for measurements on Linux: each flush sleeps first.
 *
 *   gcc -O2 -shared -fPIC -o target/slow-flush.so durable-benchmarks/slow-flush.c -ldl
 *   LD_PRELOAD=$PWD/target/slow-flush.so FLUSH_MICROS=1000 java -jar ...
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdlib.h>
#include <time.h>

static int slowly(const char *name, int file) {
  const char *text = getenv("FLUSH_MICROS");
  long micros = text == NULL ? 0 : atol(text);
  struct timespec pause = {micros / 1000000, micros % 1000000 * 1000};
  if (micros > 0) {
    nanosleep(&pause, NULL);
  }
  int (*flush)(int) = (int (*)(int)) dlsym(RTLD_NEXT, name);
  return flush(file);
}

int fsync(int file) { return slowly("fsync", file); }

int fdatasync(int file) { return slowly("fdatasync", file); }
