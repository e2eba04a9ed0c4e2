// One program for libFuzzer; CACHIFY_FUZZ_TARGET names what it fuzzes. With CACHIFY_FUZZ_CORPUS=DIR it writes
// the target's corpus there, one file an input, and ends.

#include <cstdio>
#include <cstdlib>
#include <fstream>

#include "core/digest.hpp"
#include "fuzz/corpus.hpp"

namespace {

using namespace cachify;

const fuzz::Target* chosen = nullptr;

void writeCorpus(const std::filesystem::path& folder) {
  std::filesystem::create_directories(folder);
  for (const auto& input : fuzz::corpusOf(*chosen))
    std::ofstream(folder / toHex(sha256(input)).substr(0, 40), std::ios::binary) << input;
}

}  // namespace

extern "C" int LLVMFuzzerInitialize(int*, char***) {
  const char* name = std::getenv("CACHIFY_FUZZ_TARGET");
  chosen = name == nullptr ? nullptr : fuzz::findTarget(name);
  if (chosen == nullptr) {
    std::fputs("CACHIFY_FUZZ_TARGET must be one of:\n", stderr);
    for (const auto& target : fuzz::targets()) std::printf("%s\n", std::string(target.name).c_str());
    std::exit(name == nullptr ? 0 : 2);
  }
  if (const char* folder = std::getenv("CACHIFY_FUZZ_CORPUS")) {
    writeCorpus(folder);
    std::exit(0);
  }
  return 0;
}

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  chosen->run({reinterpret_cast<const char*>(data), size});
  return 0;
}
