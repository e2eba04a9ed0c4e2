#include "contract/cache_under_test.hpp"

#include <fstream>

#include "cache/memory/memory_session.hpp"
#include "cache/open_session.hpp"
#include "support/certificates.hpp"
#include "support/old_memcached.hpp"
#include "support/redis_cluster.hpp"
#include "support/redis_sentinel.hpp"
#include "support/server.hpp"
#include "support/ssh_server.hpp"

namespace cachify::test {
namespace {

using cache::CacheSession;

class MemoryUnderTest final : public CacheUnderTest {
 public:
  std::unique_ptr<CacheSession> session(boost::asio::any_io_executor executor,
                                        ConnectionId connection) override {
    return cache::makeMemorySession(std::move(executor), connection, cache_);
  }

 private:
  std::shared_ptr<cache::MemoryCache> cache_ = std::make_shared<cache::MemoryCache>();
};

const std::vector<std::string> kTellsEvents{"--notify-keyspace-events", "AKE"};

/// A real server, reached as the product reaches it.
class ServerUnderTest : public CacheUnderTest {
 public:
  std::unique_ptr<CacheSession> session(boost::asio::any_io_executor executor,
                                        ConnectionId connection) override {
    domain::ConnectionProfile profile;
    profile.id = connection;
    profile.name = "under test";
    profile.host = kLoopback;
    describe(profile);
    return cache::openSession(std::move(executor), profile, SecretText(password()));
  }

 protected:
  /// Which engine, and the way to it.
  virtual void describe(domain::ConnectionProfile& profile) const = 0;
  [[nodiscard]] virtual std::string password() const { return {}; }
};

class RedisUnderTest final : public ServerUnderTest {
  void describe(domain::ConnectionProfile& profile) const override { profile.port = server_.port(); }
  RedisServer server_{kTellsEvents};
};

class RedisOverUnixSocket final : public ServerUnderTest {
  void describe(domain::ConnectionProfile& profile) const override {
    profile.host.clear();
    profile.unixSocket = server_.unixSocket();
  }
  RedisServer server_;
};

class RedisOverTls final : public ServerUnderTest {
  void describe(domain::ConnectionProfile& profile) const override {
    profile.port = server_.tlsPort();
    profile.tls.enabled = true;
    profile.tls.caFile = authority_.caFile();
    profile.tls.certFile = client_.certFile;
    profile.tls.keyFile = client_.keyFile;
  }
  CertificateAuthority authority_;
  CertificateFiles client_ = authority_.issue();
  CertificateFiles own_ = authority_.issue();
  RedisServer server_{kTellsEvents, ServerTls{own_.certFile, own_.keyFile, authority_.caFile()}};
};

class RedisThroughSsh final : public ServerUnderTest {
  void describe(domain::ConnectionProfile& profile) const override {
    profile.port = server_.port();
    profile.ssh.destination = SshServer::kAlias;
    profile.ssh.configFile = ssh_.clientConfig();
  }
  SshServer ssh_;
  RedisServer server_{kTellsEvents};
};

/// Who may read and write, and nothing that an administrator may.
class RedisAsLimitedUser final : public ServerUnderTest {
 public:
  RedisAsLimitedUser() {
    RedisCli(server_).must({"ACL", "SETUSER", "limited", "on", ">pw", "~*", "+@read", "+@write",
                            "+@connection", "+@transaction", "+@scripting", "-@admin", "-@dangerous",
                            "+restore"});
  }

 private:
  void describe(domain::ConnectionProfile& profile) const override {
    profile.port = server_.port();
    profile.username = "limited";
  }
  [[nodiscard]] std::string password() const override { return "pw"; }
  RedisServer server_;
};

class RedisThroughSentinel final : public ServerUnderTest {
  void describe(domain::ConnectionProfile& profile) const override {
    profile.port = servers_.port();
    profile.topology = domain::Topology::sentinel;
    profile.sentinelMaster = "mymaster";
  }
  RedisSentinel servers_;
};

class RedisClusterUnderTest final : public ServerUnderTest {
  void describe(domain::ConnectionProfile& profile) const override {
    profile.port = cluster_.port();
    profile.topology = domain::Topology::cluster;
  }
  RedisCluster cluster_;
};

class MemcachedUnderTest final : public ServerUnderTest {
  void describe(domain::ConnectionProfile& profile) const override {
    profile.engine = domain::CacheEngine::memcached;
    profile.port = server_.port();
  }
  MemcachedServer server_;
};

class OldMemcachedUnderTest final : public ServerUnderTest {
 public:
  [[nodiscard]] bool takesAnyKey() const override { return false; }

 private:
  void describe(domain::ConnectionProfile& profile) const override {
    profile.engine = domain::CacheEngine::memcached;
    profile.port = server_.port();
  }
  OldMemcached server_;
};

class MemcachedWithPassword final : public ServerUnderTest {
 public:
  MemcachedWithPassword() {
    std::ofstream(directory_ / "users") << "me:pw\n";
    server_ = std::make_unique<MemcachedServer>(std::vector<std::string>{"-Y", directory_ / "users"});
  }

 private:
  void describe(domain::ConnectionProfile& profile) const override {
    profile.engine = domain::CacheEngine::memcached;
    profile.port = server_->port();
    profile.username = "me";
  }
  [[nodiscard]] std::string password() const override { return "pw"; }
  TemporaryDirectory directory_;
  std::unique_ptr<MemcachedServer> server_;
};

class MemcachedOverTls final : public ServerUnderTest {
  void describe(domain::ConnectionProfile& profile) const override {
    profile.engine = domain::CacheEngine::memcached;
    profile.port = server_.tlsPort();
    profile.tls.enabled = true;
    profile.tls.caFile = authority_.caFile();
  }
  CertificateAuthority authority_;
  CertificateFiles own_ = authority_.issue();
  MemcachedServer server_{{}, MemcachedServer::Listen::tcp, ServerTls{own_.certFile, own_.keyFile}};
};

}  // namespace

std::vector<CacheKind> everyCache() {
  return {{"Memory", &makeMemoryCacheUnderTest},
          {"Redis", &makeRedisUnderTest},
          {"RedisOverUnixSocket", &makeRedisOverUnixSocketUnderTest},
          {"RedisOverTls", &makeRedisOverTlsUnderTest},
          {"RedisThroughSsh", &makeRedisThroughSshUnderTest},
          {"RedisAsLimitedUser", &makeRedisAsLimitedUserUnderTest},
          {"RedisThroughSentinel", &makeRedisThroughSentinelUnderTest},
          {"RedisCluster", &makeRedisClusterUnderTest},
          {"Memcached", &makeMemcachedUnderTest},
          {"OldMemcached", &makeOldMemcachedUnderTest},
          {"MemcachedWithPassword", &makeMemcachedWithPasswordUnderTest},
          {"MemcachedOverTls", &makeMemcachedOverTlsUnderTest}};
}

std::unique_ptr<CacheUnderTest> makeMemoryCacheUnderTest() {
  return std::make_unique<MemoryUnderTest>();
}

std::unique_ptr<CacheUnderTest> makeRedisUnderTest() {
  return std::make_unique<RedisUnderTest>();
}

std::unique_ptr<CacheUnderTest> makeRedisOverUnixSocketUnderTest() {
  return std::make_unique<RedisOverUnixSocket>();
}

std::unique_ptr<CacheUnderTest> makeRedisOverTlsUnderTest() {
  return std::make_unique<RedisOverTls>();
}

std::unique_ptr<CacheUnderTest> makeRedisThroughSshUnderTest() {
  return std::make_unique<RedisThroughSsh>();
}

std::unique_ptr<CacheUnderTest> makeRedisAsLimitedUserUnderTest() {
  return std::make_unique<RedisAsLimitedUser>();
}

std::unique_ptr<CacheUnderTest> makeRedisThroughSentinelUnderTest() {
  return std::make_unique<RedisThroughSentinel>();
}

std::unique_ptr<CacheUnderTest> makeRedisClusterUnderTest() {
  return std::make_unique<RedisClusterUnderTest>();
}

std::unique_ptr<CacheUnderTest> makeMemcachedWithPasswordUnderTest() {
  return std::make_unique<MemcachedWithPassword>();
}

std::unique_ptr<CacheUnderTest> makeOldMemcachedUnderTest() {
  return std::make_unique<OldMemcachedUnderTest>();
}

std::unique_ptr<CacheUnderTest> makeMemcachedUnderTest() {
  return std::make_unique<MemcachedUnderTest>();
}

std::unique_ptr<CacheUnderTest> makeMemcachedOverTlsUnderTest() {
  return std::make_unique<MemcachedOverTls>();
}

}  // namespace cachify::test
