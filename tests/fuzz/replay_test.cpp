// Every target over its corpus and over random changes to it: the same ones each time. CACHIFY_FUZZ_ROUNDS
// sets how many; CACHIFY_FUZZ_SEED another beginning.

#include <gtest/gtest.h>

#include <charconv>
#include <cstdlib>

#include "fuzz/corpus.hpp"
#include "fuzz/mutated.hpp"

namespace cachify::fuzz {
namespace {

std::uint32_t fromEnvironment(const char* name, std::uint32_t otherwise) {
  const char* text = std::getenv(name);
  if (text == nullptr) return otherwise;
  const std::string_view digits(text);
  std::from_chars(digits.data(), digits.data() + digits.size(), otherwise);
  return otherwise;
}

class Fuzz : public testing::TestWithParam<Target> {
 protected:
  /// The input comes with the failure, ready for a line of the corpus.
  void expectToHold(const Bytes& input) {
    try {
      GetParam().run(input);
    } catch (const std::exception& broken) {
      ADD_FAILURE() << broken.what() << "\ninput: " << toBase64(input);
    }
  }
};

TEST_P(Fuzz, HoldsForTheCorpus) {
  for (const auto& input : corpusOf(GetParam())) expectToHold(input);
}

TEST_P(Fuzz, HoldsForRandomChangesToTheCorpus) {
  const auto corpus = corpusOf(GetParam());
  const auto seed = fromEnvironment("CACHIFY_FUZZ_SEED", 20260131);
  std::mt19937 random(seed);
  for (std::uint32_t rounds = fromEnvironment("CACHIFY_FUZZ_ROUNDS", 20'000); rounds > 0; --rounds) {
    expectToHold(mutated(corpus, random));
    if (HasFailure()) FAIL() << "seed " << seed << ", " << rounds << " rounds before the end";
  }
}

INSTANTIATE_TEST_SUITE_P(, Fuzz, testing::ValuesIn(targets().begin(), targets().end()),
                         [](const auto& tested) {
                           std::string name;
                           for (const char c : tested.param.name) name += c == '-' ? '_' : c;
                           return name;
                         });

}  // namespace
}  // namespace cachify::fuzz
