#include "fuzz/corpus.hpp"

#include <fstream>

namespace cachify::fuzz {

std::filesystem::path corpusFile(const Target& target) {
  return std::filesystem::path(CACHIFY_SOURCE_DIR) / "tests/fuzz/corpus" /
         (std::string(target.name) + ".base64");
}

std::vector<Bytes> corpusOf(const Target& target) {
  std::vector<Bytes> all = target.seeds();
  std::ifstream file(corpusFile(target));
  for (std::string line; std::getline(file, line);) {
    auto bytes = fromBase64(line);
    if (!bytes) throw std::runtime_error(corpusFile(target).string() + ": " + bytes.error().message);
    all.push_back(*std::move(bytes));
  }
  return all;
}

}  // namespace cachify::fuzz
