#include "plugin_host/child/confinement.hpp"

#include <seccomp.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>

#include <cerrno>
#include <initializer_list>

namespace cachify::plugin_host {
namespace {

constexpr rlim_t kMostMemoryBytes = 1UL << 30;
constexpr rlim_t kMostFiles = 64;

void limit(__rlimit_resource resource, rlim_t most) {
  const rlimit limits{.rlim_cur = most, .rlim_max = most};
  setrlimit(resource, &limits);
}

}  // namespace

void confineProcess() {
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  prctl(PR_SET_DUMPABLE, 0);
  prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
  limit(RLIMIT_CORE, 0);
  limit(RLIMIT_NOFILE, kMostFiles);
#ifndef __SANITIZE_ADDRESS__
  limit(RLIMIT_DATA, kMostMemoryBytes);
#endif
}

void refuseSystemCalls(bool mayUseNetwork, bool mayStartPrograms) {
  const scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ALLOW);
  if (filter == nullptr) return;
  const auto refused = SCMP_ACT_ERRNO(EPERM);
  for (const int call : {SCMP_SYS(ptrace), SCMP_SYS(process_vm_readv), SCMP_SYS(process_vm_writev),
                         SCMP_SYS(io_uring_setup)}) {
    seccomp_rule_add(filter, refused, call, 0);
  }
  if (!mayUseNetwork) {
    for (const int family : {AF_INET, AF_INET6, AF_PACKET, AF_VSOCK}) {
      seccomp_rule_add(filter, refused, SCMP_SYS(socket), 1,
                       SCMP_A0(SCMP_CMP_EQ, static_cast<scmp_datum_t>(family)));
    }
  }
  if (!mayStartPrograms) {
    for (const int call : {SCMP_SYS(execve), SCMP_SYS(execveat)}) seccomp_rule_add(filter, refused, call, 0);
  }
  seccomp_load(filter);
  seccomp_release(filter);
}

}  // namespace cachify::plugin_host
