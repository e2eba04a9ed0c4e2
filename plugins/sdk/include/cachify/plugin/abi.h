#ifndef CACHIFY_PLUGIN_ABI_H
#define CACHIFY_PLUGIN_ABI_H
// What every other header of the plugin ABI stands on. C11 or C++17 and later.
//
// Rules that hold everywhere:
// - Who calls a function owns what is passed in, and only until the function returns: the callee copies what
// it
//   keeps. What a function gives out stays valid as long as its comment says. Nothing is ever freed by the
//   other side.
// - A table begins with `struct_size`: sizeof as its maker was compiled. Tables only grow at the end, so a
// member
//   may be read if it lies within the other side's `struct_size`. Structs that stand in arrays never grow.
// - No exception, signal handler or longjmp may leave a function of the plugin.
// - Every function names the thread it is called on. [main]: the one thread on which the host calls the
// plugin,
//   never two calls at once. [any]: any thread, also several at once.
// - Pointers to functions are never null unless their comment says so.
// - Where an "opaque" struct is named, only its maker knows what is in it.

#include <stdint.h>

// A plugin loads where its major version is the host's. The minor version counts additions.
#define CACHIFY_ABI_MAJOR 1
#define CACHIFY_ABI_MINOR 0

#if defined(__GNUC__)
#define CACHIFY_EXPORT __attribute__((visibility("default")))
#else
#define CACHIFY_EXPORT
#endif

#ifdef __cplusplus
extern "C" {
#endif

// Any bytes: keys and values. Not terminated by a NUL. `data` may be null where `size` is 0.
typedef struct cachify_bytes {
  const uint8_t* data;
  uint64_t size;
} cachify_bytes;

// UTF-8 for people and names. Not terminated by a NUL. `data` may be null where `size` is 0.
typedef struct cachify_text {
  const char* data;
  uint64_t size;
} cachify_text;

// 0 and above: it worked. Below: it did not, and nothing was changed or given out.
typedef int32_t cachify_status;
enum {
  CACHIFY_OK = 0,
  CACHIFY_DONE = 1,         // it worked, and there is nothing more
  CACHIFY_FULL = 2,         // no room left in this piece: what was offered was not taken
  CACHIFY_FAILED = -1,      // could not be done; the problem says why
  CACHIFY_REFUSED = -2,     // wrong input; the problem names the field
  CACHIFY_NOT_FOUND = -3,   // there is no such key, parameter or file
  CACHIFY_WRONG_TYPE = -4,  // it is there, but of another type than asked for
  CACHIFY_GIVE_UP = -5      // the host cannot serve this call any more: clean up, and return this
};

#ifdef __cplusplus
}
#endif

#endif
