#include "sandbox/demo_tour.hpp"

namespace cachify::cli {
namespace {

const std::string kRedis = "sandbox-redis";
const std::string kMemcached = "sandbox-memcached";
const std::string kFlags = "config:feature-flags";
const std::string kUser = "user:7";
const std::string kItem = "greeting";
const std::string kRun(kNewestRun);

}  // namespace

std::vector<TourStep> tourSteps() {
  return {
      {"Two throw-away servers are running, with profiles for them.", {"connections", "list"}},
      {"What a connection can do is probed, not assumed.", {"connections", "test", kRedis}},
      {"", {"connections", "test", kMemcached}},
      {"Browse: type, TTL and size are fetched for the rows shown.",
       {"keys", "list", kRedis, "--match", "user:1?", "--describe", "--limit", "20"}},
      {"", {"keys", "get", kRedis, kFlags}},
      {"Edit: the old value is in the vault, and the intent in the log, before the server hears of it.",
       {"keys", "set", kRedis, kFlags, "{\"newCheckout\":false}"}},
      {"", {"keys", "get", kRedis, kFlags}},
      {"Every change has a snapshot.", {"snapshots", "list", kRedis, "--key", kFlags}},
      {"Undo.", {"snapshots", "restore", kRedis, kFlags, "--latest"}},
      {"", {"keys", "get", kRedis, kFlags}},
      {"The same for any type: a hash, deleted and brought back byte for byte.",
       {"keys", "delete", kRedis, kUser}},
      {"", {"keys", "get", kRedis, kUser}, ExitCode::notFound},
      {"", {"snapshots", "restore", kRedis, kUser, "--latest"}},
      {"", {"keys", "get", kRedis, kUser}},
      {"Bulk work: a dry run freezes which keys it would be …",
       {"workflows", "preview", kRedis, "--kind", "deleteByPattern", "--param", "pattern=session:10?"}},
      {"… the run does just that, with a snapshot of each …",
       {"workflows", "run", kRedis, "--plan", kRun, "--yes"}},
      {"… and goes back as a whole.", {"workflows", "rollback", kRun, "--yes"}},
      {"Guardrail: on prod nothing destructive happens without naming the connection (exit 3).",
       {"connections", "edit", kRedis, "--env", "prod"}},
      {"", {"keys", "delete", kRedis, kUser}, ExitCode::blocked},
      {"", {"keys", "delete", kRedis, kUser, "--confirm", kRedis}},
      {"", {"snapshots", "restore", kRedis, kUser, "--latest", "--confirm", kRedis}},
      {"Read-only by policy: no confirmation gets past it.",
       {"connections", "edit", kRedis, "--force-read-only"}},
      {"", {"keys", "set", kRedis, kFlags, "x", "--confirm", kRedis}, ExitCode::blocked},
      {"Memcached: the same gate, log and undo, with flags and the real TTL.",
       {"keys", "set", kMemcached, kItem, "hello", "--ttl", "300", "--flags", "7"}},
      {"", {"keys", "delete", kMemcached, kItem}},
      {"", {"snapshots", "restore", kMemcached, kItem, "--latest"}},
      {"", {"keys", "get", kMemcached, kItem}},
      {"How the servers and the work on them are doing.", {"observe", "dashboard"}},
      {"Everything that happened, blocked attempts included, is in the log …", {"log", "tail", "-n", "12"}},
      {"", {"log", "status"}},
      {"… where its hash chain proves it.", {"log", "verify"}},
      {"What is shown is computed from the log.", {"projections", "status"}},
  };
}

std::vector<UntouchedKey> keysTheTourBringsBack() {
  return {{kRedis, kFlags}, {kRedis, kUser}};
}

}  // namespace cachify::cli
