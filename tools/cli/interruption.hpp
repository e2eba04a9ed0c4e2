#pragma once
// Ctrl-C. The first SIGINT or SIGTERM asks what is under way to stop, so that its outcome is still recorded;
// the second one ends the process at once.

#include <stop_token>
#include <thread>

namespace cachify::cli {

/// Make it before any other thread starts: they inherit its signal mask. One per process.
class Interruption {
 public:
  Interruption();
  ~Interruption();
  Interruption(const Interruption&) = delete;
  Interruption& operator=(const Interruption&) = delete;

  [[nodiscard]] std::stop_token token() const { return source_.get_token(); }

  /// From now on a signal ends the process at once with exit code 130: for work in a child process that
  /// cannot be asked to stop and loses nothing. Children started by the calling thread get the signals, too.
  static void exitAtOnce();

 private:
  void listen();

  std::stop_source source_;
  int signals_ = -1;  ///< signalfd
  int wake_ = -1;     ///< eventfd: the listener is to end
  std::thread listener_;
};

}  // namespace cachify::cli
