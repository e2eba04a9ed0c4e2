// Writes through an Engine until it is killed. Says on standard output what was acknowledged, one line each:
// "session ID", then "ack MUTATION-ID KEY".

#include <cstdio>
#include <cstdlib>
#include <string>

#include "studio/engine.hpp"

int main(int argc, char** argv) {
  using namespace cachify;
  if (argc != 4) return 2;
  const std::string connection = argv[2];
  const std::string prefix = argv[3];
  setenv("CACHIFY_SECRET_STORE", "file", 1);
  auto engine = studio::Engine::open({.dataDirectory = argv[1], .logMapSizeBytes = 1ULL << 30});
  if (!engine) {
    std::fprintf(stderr, "%s\n", engine.error().message.c_str());
    return 1;
  }
  const auto profile = (*engine)->control().find(connection);
  if (!profile) return 1;
  std::printf("session %s\n", (*engine)->session().toString().c_str());
  std::fflush(stdout);
  for (int i = 0;; ++i) {
    // Old values are overwritten too, so that snapshots have something in them.
    const std::string key = prefix + std::to_string(i % 7 == 0 ? 0 : i);
    const auto report =
        (*engine)->wait((*engine)->keys().set(profile->profile, key, std::to_string(i), {}, {}, {}));
    if (!report) {
      std::fprintf(stderr, "%s\n", report.error().message.c_str());
      return 1;
    }
    std::printf("ack %s %s\n", report->id.toString().c_str(), key.c_str());
    std::fflush(stdout);
  }
}
