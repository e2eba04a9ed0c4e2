#pragma once
// A process that is stopped (Ctrl-Z) while it holds LMDB's write lock stops every other writer, too. A
// program that calls `deferStopSignals` stops only between transactions.

namespace cachify::log {

/// Handles SIGTSTP, SIGTTIN and SIGTTOU from now on: the process stops itself at once if no transaction is
/// open, else when the last one has ended. Call it once, early in `main`, in programs run from a terminal. A
/// transaction that waits for another process' lock counts as open. SIGSTOP cannot be deferred by anyone.
void deferStopSignals();

/// Held around whatever takes a lock shared between processes. Nothing without `deferStopSignals`.
class StopGuard {
 public:
  StopGuard() { enter(); }
  ~StopGuard() { leave(); }
  StopGuard(const StopGuard&) = delete;
  StopGuard& operator=(const StopGuard&) = delete;

 private:
  static void enter();
  static void leave();
};

}  // namespace cachify::log
