#include "interruption.hpp"

#include <poll.h>
#include <sys/eventfd.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <cstdint>

#include "exit_code.hpp"

namespace cachify::cli {
namespace {

constexpr int kInterrupted = static_cast<int>(ExitCode::interrupted);

sigset_t interruptSignals() {
  sigset_t set;
  sigemptyset(&set);
  sigaddset(&set, SIGINT);
  sigaddset(&set, SIGTERM);
  return set;
}

}  // namespace

Interruption::Interruption() {
  const sigset_t set = interruptSignals();
  pthread_sigmask(SIG_BLOCK, &set, nullptr);
  signals_ = signalfd(-1, &set, SFD_CLOEXEC);
  wake_ = eventfd(0, EFD_CLOEXEC);
  listener_ = std::thread([this] { listen(); });
}

Interruption::~Interruption() {
  const std::uint64_t one = 1;
  if (write(wake_, &one, sizeof one) == sizeof one) {
    listener_.join();
  } else {
    listener_.detach();
  }
  close(signals_);
  close(wake_);
}

void Interruption::listen() {
  std::array<pollfd, 2> wanted{{{signals_, POLLIN, 0}, {wake_, POLLIN, 0}}};
  for (;;) {
    if (poll(wanted.data(), wanted.size(), -1) < 0 && errno != EINTR) return;
    if ((wanted[1].revents & POLLIN) != 0) return;
    signalfd_siginfo info{};
    if ((wanted[0].revents & POLLIN) == 0 || read(signals_, &info, sizeof info) != sizeof info) continue;
    if (!source_.request_stop()) _exit(kInterrupted);
  }
}

void Interruption::exitAtOnce() {
  struct sigaction action {};
  action.sa_handler = [](int) { _exit(kInterrupted); };
  sigemptyset(&action.sa_mask);
  sigaction(SIGINT, &action, nullptr);
  sigaction(SIGTERM, &action, nullptr);
  const sigset_t set = interruptSignals();
  pthread_sigmask(SIG_UNBLOCK, &set, nullptr);
}

}  // namespace cachify::cli
