#include "bench.hpp"

#include <stdlib.h>

#include <algorithm>
#include <cstdio>
#include <stdexcept>

namespace cachify::bench {
namespace {

double median(std::vector<double> values) {
  std::ranges::sort(values);
  return values[values.size() / 2];
}

}  // namespace

Figure compare(Figure named, int rounds, const std::function<double()>& ours,
               const std::function<double()>& yardstick) {
  std::vector<double> ourRates;
  std::vector<double> theirRates;
  std::vector<double> ratios;
  for (int i = 0; i < rounds; ++i) {
    theirRates.push_back(yardstick());
    ourRates.push_back(ours());
    ratios.push_back(ourRates.back() / theirRates.back());
  }
  named.ours = median(ourRates);
  named.theirs = median(theirRates);
  named.ratio = median(ratios);
  return named;
}

double ratePerSecond(double things, const std::function<void()>& work) {
  const auto started = std::chrono::steady_clock::now();
  work();
  return things / std::chrono::duration<double>(std::chrono::steady_clock::now() - started).count();
}

Scratch::Scratch(const std::filesystem::path& parent) {
  std::string pattern = (parent / "cachify-bench-XXXXXX").string();
  const char* made = ::mkdtemp(pattern.data());
  if (made == nullptr) throw std::runtime_error("cannot make a folder in " + parent.string());
  path_ = made;
}

Scratch::~Scratch() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

}  // namespace cachify::bench
