// What `connections import` takes holds only valid profiles without secrets, and comes back the same from an
// export.

#include <boost/json/serialize.hpp>

#include "events/profile_export.hpp"
#include "fuzz/targets.hpp"

namespace cachify::fuzz {
namespace {

using domain::ConnectionProfile;

std::vector<ConnectionProfile> profilesOf(const std::vector<events::ExportedProfile>& all) {
  std::vector<ConnectionProfile> profiles;
  for (const auto& one : all) profiles.push_back(one.profile);
  return profiles;
}

void fuzzImport(BytesView input) {
  const auto read = events::readExportedProfiles(input);
  if (!read) {
    require(read.error().code == ErrorCode::validationError, "a file that is none is a VALIDATION_ERROR");
    return;
  }
  for (const auto& one : *read) {
    require(domain::validate(one.profile).has_value(), "what is imported is valid");
    require(one.profile.secretRef.empty() && one.profile.tls.keySecretRef.empty(), "and names no secret");
  }
  const auto profiles = profilesOf(*read);
  const auto again = events::readExportedProfiles(boost::json::serialize(events::exportProfiles(profiles)));
  require(again.has_value(), "what was imported can be exported and imported");
  require(profilesOf(*again) == profiles, "and is the same");
}

std::vector<Bytes> seedsOfImport() {
  ConnectionProfile plain;
  plain.name = "cache";
  plain = domain::normalized(plain);
  ConnectionProfile full = plain;
  full.name = "Bestände 1";
  full.topology = domain::Topology::sentinel;
  full.sentinelMaster = "primary";
  full.tls = {true, "/ca.pem", "/me.pem", "/me.key", "cache.example.org", false, ""};
  full.ssh = {"ada@bastion", 2222, "/etc/ssh_config"};
  full.tags = {"eu", "é"};
  full.retry = {10, std::chrono::milliseconds(1), domain::BackoffStrategy::exponential, 0.35};
  ConnectionProfile socket = plain;
  socket.name = "socket";
  socket.host.clear();
  socket.port = 0;
  socket.unixSocket = "/run/memcached.sock";
  socket.engine = domain::CacheEngine::memcached;
  const auto text = [](std::vector<ConnectionProfile> profiles) {
    return boost::json::serialize(events::exportProfiles(profiles));
  };
  return {
      text({}),
      text({plain}),
      text({full, socket, plain}),
      R"({"format":"cachify-connections/1","connections":[{"name":"a","engine":"redis"},{"name":"A ","engine":"redis"}]})",
      R"({"format":"cachify-connections/1","connections":[{"name":"a","engine":"redis","password":"p"}]})",
      R"({"format":"cachify-connections/2","connections":[]})"};
}

}  // namespace

const Target kConnectionImport{.name = "connection-import", .run = fuzzImport, .seeds = seedsOfImport};

}  // namespace cachify::fuzz
