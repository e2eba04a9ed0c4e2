// What the fault tests of the log start, stop and kill. MODE DIR [ARGUMENT...]:
//
//   append SEED COUNT: three threads append events, frames and packs; after each answer a line `FIRST LAST
//   TAG`. COUNT 0: for ever.
//
//   stoppable: appends for ever, and defers stop signals.
//
//   hold: takes the write lock, says `held`, and keeps it.
//
//   look: says `open`, and keeps it so, without a write.
//
//   die-in-commit: leaves what a kill leaves that comes when the last commit's pages are on disk, and readers
//   are not told of it yet.
//
//   small-disk: fills a disk of its own, and says what happened.

#include <fcntl.h>
#include <fmt/format.h>
#include <sched.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

#include <csignal>
#include <fstream>
#include <random>
#include <thread>

#include "log/append_transaction.hpp"
#include "log/log_check.hpp"
#include "unit/log_support.hpp"

namespace {

using namespace cachify;
using namespace cachify::log;
using namespace cachify::log::test;

void say(const std::string& line) {
  const std::string whole = line + "\n";
  if (::write(STDOUT_FILENO, whole.data(), whole.size()) < 0) std::_Exit(1);
}

std::unique_ptr<EventLog> open(const std::filesystem::path& directory) {
  auto log = EventLog::open({.directory = directory, .mapSizeBytes = kTestMapBytes});
  if (!log) {
    say("cannot open: " + log.error().message);
    std::_Exit(1);
  }
  return std::move(*log);
}

AppendRequest randomRequest(std::mt19937_64& random, const Vault& vault, const std::string& tag) {
  const std::size_t events = random() % 8 == 0 ? 300 : 1 + random() % 3;
  AppendRequest made =
      request("stream-" + std::to_string(random() % 5), std::vector<std::string>(events, tag));
  if (random() % 5 == 0)
    made.chunks =
        *vault.seal(Uuid::makeV7(someTime()), std::vector<Bytes>{tag, Bytes(random() % 20'000, 'v')});
  if (random() % 4 == 0) made.idempotency = Idempotency{.key = tag, .content = sha256(tag)};
  return made;
}

void appendLoop(EventLog& log, std::uint64_t seed, std::uint64_t count) {
  std::mt19937_64 random(seed);
  const Vault vault(log.head()->logId, DataKey::make(someTime()));
  for (std::uint64_t i = 0; count == 0 || i < count; ++i) {
    const std::string tag = fmt::format("{}-{}-{}", ::getpid(), seed, i);
    const auto receipt = log.append(randomRequest(random, vault, tag));
    if (!receipt) {
      say("refused: " + receipt.error().message);
      std::_Exit(1);
    }
    say(fmt::format("{} {} {}", receipt->first, receipt->last, tag));
  }
}

int append(const std::filesystem::path& directory, std::uint64_t seed, std::uint64_t count) {
  const auto log = open(directory);
  std::vector<std::jthread> threads;
  for (std::uint64_t i = 0; i < 3; ++i)
    threads.emplace_back([&, i] { appendLoop(*log, seed * 3 + i, count); });
  return 0;
}

int stoppable(const std::filesystem::path& directory) {
  deferStopSignals();
  return append(directory, 1, 0);
}

int hold(const std::filesystem::path& directory) {
  const auto store = Store::open({.directory = directory, .mapSizeBytes = kTestMapBytes});
  const auto hint = WriteLockHint::open(directory);
  const auto transaction = AppendTransaction::begin(**store, **hint);
  say(transaction ? "held" : "failed");
  for (;;) ::pause();
}

int look(const std::filesystem::path& directory) {
  const auto store = Store::open({.directory = directory, .mapSizeBytes = kTestMapBytes});
  say(store ? "open" : "failed");
  for (;;) ::pause();
}

/// LMDB 0.9 ends a commit with the transaction's number in its lock file, behind magic, format and the
/// readers' mutex; readers go by that. Whoever takes the lock from a dead holder puts it right.
int dieInCommit(const std::filesystem::path& directory) {
  constexpr std::size_t kNumberAt = 8 + sizeof(pthread_mutex_t);
  const auto store = Store::open({.directory = directory, .mapSizeBytes = kTestMapBytes});
  const auto hint = WriteLockHint::open(directory);
  const auto transaction = AppendTransaction::begin(**store, **hint);
  const int file = ::open((directory / "lock.mdb").c_str(), O_RDWR | O_CLOEXEC);
  void* const shared = ::mmap(nullptr, 4096, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
  if (!transaction || shared == MAP_FAILED) return 1;
  auto* const last = reinterpret_cast<std::size_t*>(static_cast<char*>(shared) + kNumberAt);
  MDB_envinfo info{};
  mdb_env_info((*store)->env().handle(), &info);
  if (*last != info.me_last_txnid) return 1;
  --*last;
  say("dying");
  ::raise(SIGKILL);
  return 1;
}

bool writeTo(const char* path, const std::string& text) {
  std::ofstream file(path);
  file << text << std::flush;
  return file.good();
}

/// Mounts of our own, that nobody else sees: as root at once, else as root of a user namespace.
bool haveOwnMounts() {
  const std::string user = fmt::format("0 {} 1", ::getuid());
  const std::string group = fmt::format("0 {} 1", ::getgid());
  const bool own = ::unshare(CLONE_NEWNS) == 0 ||
                   (::unshare(CLONE_NEWUSER | CLONE_NEWNS) == 0 && writeTo("/proc/self/uid_map", user) &&
                    writeTo("/proc/self/setgroups", "deny") && writeTo("/proc/self/gid_map", group));
  return own && ::mount("none", "/", nullptr, MS_REC | MS_PRIVATE, nullptr) == 0;
}

/// A tmpfs of 2 MiB, where the system lets us have one for ourselves; else a limit to the length of files.
bool makeSmallDisk(const std::filesystem::path& directory) {
  std::filesystem::create_directories(directory);
  if (haveOwnMounts() && ::mount("none", directory.c_str(), "tmpfs", 0, "size=2m") == 0) return true;
  ::signal(SIGXFSZ, SIG_IGN);
  const rlimit limit{.rlim_cur = 1U << 20, .rlim_max = RLIM_INFINITY};
  return ::setrlimit(RLIMIT_FSIZE, &limit) == 0;
}

void makeRoom(const std::filesystem::path& directory) {
  const rlimit none{.rlim_cur = RLIM_INFINITY, .rlim_max = RLIM_INFINITY};
  ::setrlimit(RLIMIT_FSIZE, &none);
  std::filesystem::remove(directory / "filler");
}

int smallDisk(const std::filesystem::path& directory) {
  if (!makeSmallDisk(directory)) return 1;
  std::ofstream(directory / "filler") << std::string(512 * 1024, 'f');
  const auto log = open(directory / "log");
  Position last = 0;
  for (;;) {
    const auto receipt = log->append(request("a", {std::string(20'000, 'x')}));
    if (!receipt) {
      say(fmt::format("refused full={} {}", detailOr(receipt.error(), "full", false),
                      receipt.error().message));
      break;
    }
    last = receipt->last;
  }
  const auto frames = log->framesFrom(1, 1U << 30);
  say(fmt::format("readable {}", frames && !frames->empty() && frames->back().lastPosition() == last));
  makeRoom(directory);
  const auto after = log->append(request("a", {std::string(20'000, 'x')}));
  say(fmt::format("recovered {}", after && after->first == last + 1));
  const auto report =
      verifyLog(std::filesystem::path(CACHIFY_BIN_DIR) / "cachify-log-check", directory / "log");
  say(fmt::format("verified {}", report && report->ok));
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (argc < 3) return 2;
  const std::string_view mode = argv[1];
  const std::filesystem::path directory = argv[2];
  if (mode == "append" && argc == 5) return append(directory, std::stoull(argv[3]), std::stoull(argv[4]));
  if (mode == "stoppable") return stoppable(directory);
  if (mode == "hold") return hold(directory);
  if (mode == "look") return look(directory);
  if (mode == "die-in-commit") return dieInCommit(directory);
  if (mode == "small-disk") return smallDisk(directory);
  return 2;
}
