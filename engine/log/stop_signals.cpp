#include "log/stop_signals.hpp"

#include <atomic>
#include <cerrno>
#include <csignal>
#include <ctime>

namespace cachify::log {
namespace {

// The handler sets `stopWanted` and then looks at `guards`; a thread that enters raises `guards` and then
// looks at `stopWanted`. With both sequentially consistent, at least one of the two sees the other, and
// whoever moves `pending` to `stopping` is the one that stops the process: never inside a guard, never twice
// for one signal.
enum Stop : int { none, pending, stopping };
std::atomic<int> guards{0};
std::atomic<int> stopWanted{Stop::none};
static_assert(std::atomic<int>::is_always_lock_free, "used in a signal handler");
thread_local int depth = 0;  // guards of one thread may nest

void stopIfPending() {
  for (;;) {
    int expected = Stop::pending;
    if (!stopWanted.compare_exchange_strong(expected, Stop::stopping)) return;
    if (guards.load() == 0) break;
    stopWanted.store(Stop::pending);  // someone is inside, or looked in just now: the last to leave stops
    if (guards.load() != 0) return;
  }
  ::raise(SIGSTOP);  // returns when the process is continued
  stopWanted.store(Stop::none);
}

void onStopSignal(int) {
  const int saved = errno;
  int expected = Stop::none;
  stopWanted.compare_exchange_strong(expected, Stop::pending);
  if (guards.load() == 0) stopIfPending();
  errno = saved;
}

}  // namespace

void deferStopSignals() {
  struct sigaction action {};
  action.sa_handler = onStopSignal;
  action.sa_flags = SA_RESTART;
  sigemptyset(&action.sa_mask);
  for (const int signal : {SIGTSTP, SIGTTIN, SIGTTOU}) {
    sigaddset(&action.sa_mask, signal);
  }
  for (const int signal : {SIGTSTP, SIGTTIN, SIGTTOU}) {
    sigaction(signal, &action, nullptr);
  }
}

void StopGuard::enter() {
  if (depth++ > 0) return;
  for (;;) {
    guards.fetch_add(1);
    if (stopWanted.load() == Stop::none) return;
    if (guards.fetch_sub(1) == 1) stopIfPending();
    // The process is about to stop, or was continued a moment ago: look again shortly.
    constexpr timespec kMoment{.tv_sec = 0, .tv_nsec = 1'000'000};
    ::nanosleep(&kMoment, nullptr);
  }
}

void StopGuard::leave() {
  if (--depth == 0 && guards.fetch_sub(1) == 1) stopIfPending();
}

}  // namespace cachify::log
