// Memcached from the command line, old servers and statistics included.

#include <gmock/gmock.h>

#include "cli/cli_fixture.hpp"
#include "support/old_memcached.hpp"

namespace cachify::test {
namespace {

using testing::HasSubstr;
using testing::Not;

class CliWithMemcached : public CliFixture {
 protected:
  void addMemcached(const std::string& name, std::uint16_t port) const {
    document({"connections", "add", "--name", name, "--engine", "memcached", "--port", std::to_string(port)},
             "connection");
  }
  std::string snapshotOf(const std::string& connection, const std::string& key) const {
    const auto list = document({"snapshots", "list", connection, "--key", key}, "snapshots.list");
    return std::string(list.at("snapshots").at(0).at("id").as_string());
  }
};

TEST_F(CliWithMemcached, StatsTellFamiliesOfAServer) {
  const MemcachedServer server;
  addMemcached("mem", server.port());
  ASSERT_EQ(run({"keys", "set", "mem", "k", "v"}).exitCode, 0);
  const auto general = document({"keys", "stats", "mem"}, "keys.stats");
  EXPECT_EQ(general.at("family"), "general");
  EXPECT_EQ(general.at("sections").at(0).at("values").at("curr_items"), "1");
  const auto items = document({"keys", "stats", "mem", "items"}, "keys.stats");
  EXPECT_EQ(items.at("sections").at(0).at("title"), "class 1");
  const CliResult table = run({"keys", "stats", "mem", "slabs"});
  EXPECT_EQ(table.exitCode, 0);
  EXPECT_THAT(table.out, HasSubstr("SECTION"));
  EXPECT_THAT(table.out, HasSubstr("chunk_size"));
  EXPECT_EQ(errorOf({"keys", "stats", "mem", "nosuch"}, 2).at("code"), "VALIDATION_ERROR");
  EXPECT_EQ(errorOf({"keys", "stats", "mem", "sizes"}, 1).at("code"), "NOT_SUPPORTED");
  EXPECT_THAT(run({"--json", "log", "tail", "-n", "50"}).out, HasSubstr("keys.stats"));
}

TEST_F(CliWithRedis, StatsTellSectionsOfInfoAndWhatIsMissingOfRights) {
  const auto general = document({"keys", "stats", "cache"}, "keys.stats");
  EXPECT_EQ(general.at("sections").at(0).at("title"), "server");
  const auto memory = document({"keys", "stats", "cache", "memory"}, "keys.stats");
  ASSERT_EQ(memory.at("sections").as_array().size(), 1U);
  EXPECT_TRUE(memory.at("sections").at(0).at("values").as_object().contains("used_memory"));
  redis_.must({"ACL", "SETUSER", "default", "-info"});
  EXPECT_EQ(errorOf({"keys", "stats", "cache"}, 1).at("code"), "UNAUTHORIZED");
}

TEST_F(CliWithMemcached, AnOldServerShowsUnknownTtlsAndAsksForOneToRestore) {
  const OldMemcached server(OldMemcached::KeyDump::none);
  addMemcached("old", server.port());
  ASSERT_EQ(run({"keys", "set", "old", "k", "first", "--ttl", "300"}).exitCode, 0);
  const auto got = document({"keys", "get", "old", "k"}, "keys.get").as_object();
  EXPECT_FALSE(got.contains("ttlMs"));
  EXPECT_EQ(got.at("ttlKnown"), false);
  EXPECT_THAT(run({"keys", "get", "old", "k"}).err, HasSubstr("TTL unknown"));
  EXPECT_EQ(errorOf({"keys", "set", "old", "k", "second"}, 1).at("code"), "NOT_SUPPORTED");

  const CliResult changed = run({"keys", "set", "old", "k", "second", "--no-ttl"});
  EXPECT_EQ(changed.exitCode, 0) << changed.err;
  EXPECT_THAT(changed.err, HasSubstr("the TTL cannot be brought back"));
  const auto again = document({"keys", "set", "old", "k", "third", "--no-ttl"}, "mutation");
  EXPECT_EQ(again.at("undoable"), false);
  EXPECT_EQ(again.at("valueKept"), true);

  const std::string id = snapshotOf("old", "k");
  EXPECT_EQ(errorOf({"snapshots", "restore", id}, 2).at("details").at("ttlUnknown"), true);
  EXPECT_THAT(run({"snapshots", "show", id}).out, HasSubstr("--ttl N or --no-ttl"));
  document({"snapshots", "show", id}, "snapshots.show");
  document({"snapshots", "diff", id, "--live"}, "snapshots.diff");
  document({"snapshots", "restore", id, "--ttl", "60"}, "mutation");
  EXPECT_EQ(document({"keys", "get", "old", "k"}, "keys.get").at("value"), "second");
}

TEST_F(CliWithMemcached, AListFromTheIndexSaysSo) {
  const OldMemcached server(OldMemcached::KeyDump::none);
  addMemcached("old", server.port());
  ASSERT_EQ(run({"keys", "set", "old", "seen", "v"}).exitCode, 0);
  const auto page = document({"keys", "list", "old", "--describe"}, "keys.list");
  EXPECT_EQ(page.at("source"), "index");
  ASSERT_EQ(page.at("keys").as_array().size(), 1U);
  EXPECT_EQ(page.at("keys").at(0).at("key"), "seen");
  EXPECT_EQ(page.at("keys").at(0).at("ttlKnown"), false);
  const CliResult table = run({"keys", "list", "old"});
  EXPECT_EQ(table.out, "KEY\nseen\n");
  EXPECT_THAT(table.err, HasSubstr("others may be missing"));
  const auto lines = parseLines(run({"--json", "keys", "list", "old", "--all"}).out);
  ASSERT_EQ(lines.size(), 1U);
  EXPECT_EQ(complaint(lines.front(), "keys.list.line"), "");
  EXPECT_EQ(lines.front().at("source"), "index");
}

TEST_F(CliWithMemcached, AListFromTheServerSaysSoAndAllComesAsAStream) {
  const MemcachedServer server;
  addMemcached("mem", server.port());
  RawConnection raw({server.port(), {}});
  std::string load;
  for (int i = 0; i < 30'000; ++i) load += "set item:" + std::to_string(i) + " 0 0 1 noreply\r\nv\r\n";
  raw.send(load + "version\r\n");
  static_cast<void>(raw.receiveUntil("\r\n"));
  EXPECT_EQ(document({"keys", "list", "mem", "--limit", "10"}, "keys.list").at("source"), "server");
  const CliResult all = run({"--json", "keys", "list", "mem", "--all", "--match", "item:*"});
  EXPECT_EQ(parseLines(all.out).size(), 30'000U);
  EXPECT_EQ(all.err, "");
  EXPECT_THAT(run({"keys", "list", "mem", "--all"}).err,
              HasSubstr("30 000 keys, 30 000 of ~30 000 scanned."));
}

TEST_F(CliWithMemcached, ConnectionsTestSaysThatAnOldServerTellsNoTtls) {
  const OldMemcached server;
  addMemcached("old", server.port());
  const auto tested = document({"connections", "test", "old"}, "connections.test");
  EXPECT_EQ(tested.at("capabilities").at("ttl").at("supported"), false);
  EXPECT_THAT(std::string(tested.at("capabilities").at("ttl").at("reason").as_string()), HasSubstr("1.6.10"));
  EXPECT_EQ(tested.at("capabilities").at("snapshotRestore").at("supported"), true);
}

}  // namespace
}  // namespace cachify::test
