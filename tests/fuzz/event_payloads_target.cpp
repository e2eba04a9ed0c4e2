// A payload of any event type and version is read or a VALIDATION_ERROR; what was read is written so that it
// reads and writes the same from then on.

#include "fuzz/targets.hpp"
#include "unit/events_samples.hpp"

namespace cachify::fuzz {
namespace {

/// The first byte chooses the type, the second the schema version that the payload claims.
void fuzzPayloads(BytesView input) {
  if (input.size() < 2) return;
  const auto& all = events::samples();
  const auto& sample = all[static_cast<unsigned char>(input[0]) % all.size()];
  const auto version =
      static_cast<std::uint16_t>(1 + static_cast<unsigned char>(input[1]) % sample.spec().schemaVersion);
  const auto written = sample.rewrite(version, input.substr(2));
  if (!written) {
    require(written.error().code == ErrorCode::validationError, "what is no event is a VALIDATION_ERROR");
    return;
  }
  const auto again = sample.rewrite(sample.spec().schemaVersion, *written);
  require(again.has_value(), "what was written can be read");
  require(*again == *written, "and is written the same");
}

std::vector<Bytes> seedsOfPayloads() {
  std::vector<Bytes> all;
  for (const auto& sample : events::samples()) {
    Bytes seed(1, static_cast<char>(all.size()));
    seed += static_cast<char>(sample.spec().schemaVersion - 1);
    all.push_back(seed + sample.payload);
  }
  return all;
}

}  // namespace

const Target kEventPayloads{.name = "event-payloads", .run = fuzzPayloads, .seeds = seedsOfPayloads};

}  // namespace cachify::fuzz
