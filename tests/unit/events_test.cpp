// The catalogue and the codec: every type has samples, and each comes back as it went in.

#include <gtest/gtest.h>

#include <algorithm>
#include <boost/json/parse.hpp>
#include <map>
#include <regex>
#include <set>
#include <tuple>
#include <vector>

#include "events/alert_events.hpp"
#include "events/connection_events.hpp"
#include "events/decode.hpp"
#include "events/json_fields.hpp"
#include "events/mutation_events.hpp"
#include "events/operation_events.hpp"
#include "events/profile_json.hpp"
#include "events/workflow_events.hpp"
#include "unit/events_samples.hpp"

namespace cachify::events {
namespace {

using namespace std::string_literals;
namespace json = boost::json;

TEST(Catalogue, NamesAndNumbersAreUnique) {
  std::set<std::string_view> names;
  std::set<std::uint16_t> numbers;
  for (const auto& spec : catalogue()) {
    EXPECT_TRUE(names.insert(spec.name).second) << spec.name;
    EXPECT_TRUE(numbers.insert(static_cast<std::uint16_t>(spec.type)).second) << spec.name;
  }
}

TEST(Catalogue, NamesAreFamilyAndPastTense) {
  const std::regex form("[a-z]+\\.([a-z]+_)*[a-z]+");
  const std::set<std::string> irregular{"unknown", "lost", "read", "made"};
  for (const auto& spec : catalogue()) {
    const std::string name(spec.name);
    EXPECT_TRUE(std::regex_match(name, form)) << name;
    const std::string word = name.substr(name.find_last_of("._") + 1);
    if (name.starts_with("sample.")) continue;  // named after what was looked at: it is the sample that was taken
    EXPECT_TRUE(word.ends_with("ed") || irregular.contains(word)) << name << " is not in the past tense";
    EXPECT_GE(spec.schemaVersion, 1) << name;
  }
}

TEST(Catalogue, NumbersOfAFamilyStandInOneHundred) {
  std::map<std::string, int> hundreds;
  for (const auto& spec : catalogue()) {
    const std::string family(spec.name.substr(0, spec.name.find('.')));
    const int hundred = static_cast<int>(spec.type) / 100;
    EXPECT_EQ(hundreds.emplace(family, hundred).first->second, hundred) << spec.name;
  }
}

TEST(Catalogue, FindsWhatItHoldsAndNothingElse) {
  for (const auto& spec : catalogue()) {
    EXPECT_EQ(findSpec(static_cast<std::uint16_t>(spec.type))->name, spec.name);
    EXPECT_EQ(specOf(spec.type).name, spec.name);
  }
  EXPECT_EQ(findSpec(0), nullptr);
  EXPECT_EQ(findSpec(65'535), nullptr);
}

TEST(Catalogue, EveryTypeHasASample) {
  for (const auto& spec : catalogue()) {
    EXPECT_TRUE(std::ranges::any_of(samples(), [&](const Sample& s) { return s.type == spec.type; }))
        << spec.name;
  }
}

TEST(EventCodec, EverySampleComesBackAsItWas) {
  for (const auto& sample : samples()) {
    const auto same = sample.decode(sample.payload);
    ASSERT_TRUE(same) << sample.spec().name << ", " << sample.about << ": " << same.error().message;
    EXPECT_TRUE(*same) << sample.spec().name << ", " << sample.about << ": " << sample.payload;
  }
}

TEST(EventCodec, PayloadsAreOneLineOfUtf8) {
  for (const auto& sample : samples()) {
    EXPECT_TRUE(isUtf8(sample.payload)) << sample.spec().name << ", " << sample.about;
    EXPECT_EQ(sample.payload.find_first_of("\n\0"s), std::string::npos)
        << sample.spec().name << ", " << sample.about;
  }
}

TEST(EventCodec, ANewerSchemaVersionIsRefusedWithTheWayOn) {
  for (const auto& sample : samples()) {
    const auto newer = static_cast<std::uint16_t>(sample.spec().schemaVersion + 1);
    const auto result = sample.decodesToSame(newer, sample.payload);
    ASSERT_FALSE(result) << sample.spec().name;
    EXPECT_EQ(result.error().code, ErrorCode::internalError);
    EXPECT_NE(result.error().message.find("newer"), std::string::npos);
    EXPECT_NE(result.error().message.find(sample.spec().name), std::string::npos);
  }
}

TEST(EventCodec, AVersionThatNeverWasIsRefused) {
  for (const auto& sample : samples()) {
    const auto result = sample.decodesToSame(0, sample.payload);
    ASSERT_FALSE(result) << sample.spec().name;
    EXPECT_EQ(result.error().code, ErrorCode::internalError);
  }
}

TEST(EventCodec, AnAppliedMutationOfVersion1IsReadWithoutAResult) {
  const auto applied = decodeAs<MutationApplied>(
      1,
      R"({"mutationId":"0192f000-0000-7000-8000-0000000000ab","connectionId":"0192f000-0000-7000-8000-0000000000ab",)"
      R"("after":[{"key":"k","type":"string","sizeBytes":1,"deadlineMs":null}],"attempts":1,"durationUs":900})");
  ASSERT_TRUE(applied) << applied.error().message;
  EXPECT_EQ(applied->result, "");
  EXPECT_EQ(applied->after.front().key, "k");
}

TEST(EventCodec, AKeyThatIsTextStandsAsItIsAndAnyOtherTwice) {
  const auto fieldsOf = [](const Bytes& key) {
    return json::parse(encode(OperationCompleted{{.action = "keys.get", .keyOrPattern = key}})).as_object();
  };
  EXPECT_EQ(fieldsOf("user:é").at("keyOrPattern").as_string(), "user:é");
  EXPECT_FALSE(fieldsOf("user:é").contains("keyOrPatternBase64"));
  EXPECT_EQ(fieldsOf("a\0b"s).at("keyOrPattern").as_string(), "a\\x00b");
  EXPECT_EQ(fieldsOf("a\0b"s).at("keyOrPatternBase64").as_string(), "YQBi");
  EXPECT_TRUE(fieldsOf("back\\x00slash").contains("keyOrPatternBase64"))
      << "or it would be read as the key above";
}

constexpr std::string_view kNoUtf8 = "ERR unknown command '\xff\xc3'";

/// Sets text fields to bytes that are no text, and reads the event again.
template <class Event>
void expectReadableAgain(std::initializer_list<std::string Event::*> texts) {
  Event event;
  if constexpr (requires { event.errorCode; }) event.errorCode = "TIMEOUT";
  for (const auto text : texts) event.*text = kNoUtf8;
  const auto decoded = decodeAs<Event>(1, encode(event));
  ASSERT_TRUE(decoded) << specOf(Event::kType).name << ": " << decoded.error().message;
  for (const auto text : texts) EXPECT_EQ((*decoded).*text, "ERR unknown command '\\xff\\xc3'");
}

/// As it is written, and in a form that only the JSON parser reads.
template <class Event>
void expectReadBothWays(const Event& event) {
  const std::string written = encode(event);
  for (const std::string& payload : {written, "{ " + written.substr(1)}) {
    Event read;
    const auto ok = decode(payload, read);
    ASSERT_TRUE(ok) << payload << ": " << ok.error().message;
    EXPECT_EQ(read, event) << payload;
  }
}

TEST(EventCodec, WhatIsReadByTheMillionIsReadAlikeWithAndWithoutTheParser) {
  const WallTime later(std::chrono::milliseconds(1'800'000'000'123));
  for (const std::string& key :
       {"plain"s, ""s, "with \"quotes\" and \\"s, "caf\xc3\xa9"s, "\0\xff"s, "{\":\"}"s}) {
    const std::vector<KeyState> states{
        {.key = key},
        {.key = key, .type = domain::ValueType::hash, .sizeBytes = 7, .deadline = later, .digest = "ab"},
        {.key = key, .type = domain::ValueType::string, .deadlineKnown = false, .elements = 3}};
    for (const KeyState& state : states) {
      expectReadBothWays(
          StepSucceeded{.key = key, .action = "ttl", .attempts = 2, .snapshot = 9, .after = state});
      SnapshotCaptured snapshot{.connectionId = ConnectionId::make(later), .reason = domain::Action::rename};
      snapshot.state = state;
      expectReadBothWays(snapshot);
      snapshot.packIndex = 1999;
      expectReadBothWays(snapshot);
      snapshot.ownPack = Uuid::makeV7(later);
      expectReadBothWays(snapshot);
      snapshot.notCaptured = "too \"large\"";
      expectReadBothWays(snapshot);
    }
  }
}

TEST(EventCodec, WhatIsReadByTheMillionIsRefusedAsTheParserRefusesIt) {
  StepSucceeded step;
  for (const char* payload : {R"({"key":"k","action":"delete","attempts":01,"snapshot":9})",
                              R"({"key":"k","action":"delete","attempts":1,"snapshot":9}})",
                              R"({"key":"k","action":"delete","attempts":1,"snapshot":18446744073709551615})",
                              "{\"key\":\"\x01\",\"action\":\"delete\",\"attempts\":1,\"snapshot\":9}"})
    EXPECT_FALSE(decode(payload, step)) << payload;
}

TEST(EventCodec, WhatAServerSaidIsReadableAgainWhateverItsBytes) {
  expectReadableAgain<ConnectionTested>({&ConnectionTested::serverVersion, &ConnectionTested::role});
  expectReadableAgain<OperationCompleted>({&OperationCompleted::change});
  expectReadableAgain<OperationFailed>({&OperationFailed::message});
  expectReadableAgain<OperationBlocked>({&OperationBlocked::message});
  expectReadableAgain<SnapshotCaptured>({&SnapshotCaptured::notCaptured});
  expectReadableAgain<MutationRequested>({&MutationRequested::change});
  expectReadableAgain<MutationFailed>({&MutationFailed::message});
  expectReadableAgain<AlertRaised>({&AlertRaised::title, &AlertRaised::message});
  expectReadableAgain<AlertDeliveryFailed>({&AlertDeliveryFailed::message});
  expectReadableAgain<AlertParked>({&AlertParked::message});
}

Result<domain::ConnectionProfile> profileWith(std::string_view name, json::value value) {
  json::object object{{"id", "0192f000-0000-7000-8000-0000000000ab"}, {"name", "cache"}, {"engine", "redis"}};
  object[name] = std::move(value);
  return profileFromJson(object);
}

TEST(ProfileJson, WhatIsMissingKeepsItsDefaultButIdNameAndEngine) {
  const auto profile = profileWith("name", "cache");
  ASSERT_TRUE(profile);
  EXPECT_EQ(profile->retry, domain::RetryPolicy{});
  EXPECT_EQ(profile->timeout, domain::ConnectionProfile{}.timeout);
  EXPECT_TRUE(profile->tls.verify);
  for (const std::string name : {"id", "name", "engine"}) {
    const auto refused = profileWith(name, nullptr);
    ASSERT_FALSE(refused) << name;
    EXPECT_EQ(refused.error().code, ErrorCode::validationError);
  }
}

TEST(ProfileJson, NumbersThatDoNotFitNameFieldValueAndRange) {
  const std::vector<std::tuple<std::string, std::int64_t, std::string>> cases{
      {"port", 70'000, "from 1 to 65535"},      {"port", -1, "from 1 to 65535"},
      {"dbIndex", -1, "from 0 to 1000000"},     {"dbIndex", 1LL << 32, "from 0 to 1000000"},
      {"retryMaxAttempts", -1, "from 1 to 10"}, {"retryMaxAttempts", 1LL << 32, "from 1 to 10"},
  };
  for (const auto& [field, value, allowed] : cases) {
    const auto refused = profileWith(field, value);
    ASSERT_FALSE(refused) << field;
    EXPECT_EQ(refused.error().code, ErrorCode::validationError);
    EXPECT_EQ(std::get<std::string>(*refused.error().detail("field")), field);
    EXPECT_EQ(std::get<std::string>(*refused.error().detail("value")), std::to_string(value));
    EXPECT_EQ(std::get<std::string>(*refused.error().detail("allowed")), allowed);
  }
}

TEST(ProfileJson, AnEmptyOrWrongWordIsNeverADefault) {
  for (const std::string field : {"engine", "environment", "topology", "retryBackoffStrategy"}) {
    for (const std::string word : {"", "PROD", "nonsense"}) {
      const auto refused = profileWith(field, json::string(word));
      ASSERT_FALSE(refused) << field << " '" << word << "'";
      EXPECT_EQ(std::get<std::string>(*refused.error().detail("field")), field);
    }
  }
}

TEST(ProfileJson, TagsAndTlsOfTheWrongKindAreRefused) {
  EXPECT_FALSE(profileWith("tags", json::array{"a", 1}));
  EXPECT_FALSE(profileWith("tags", "a"));
  EXPECT_FALSE(profileWith("tls", true));
  EXPECT_FALSE(profileWith("tls", json::object{{"verify", "no"}}));
  EXPECT_FALSE(profileWith("createdAt", "yesterday"));
}

TEST(ProfileJson, HoldsNoSecretOnlyWhereItLies) {
  const json::object object = toJson(domain::ConnectionProfile{});
  for (const auto& [name, value] : object) {
    const std::string lower = toLowerAscii(std::string_view(name));
    EXPECT_TRUE(lower.find("password") == std::string::npos && lower.find("token") == std::string::npos)
        << name;
  }
  EXPECT_TRUE(object.contains("secretRef"));
}

}  // namespace
}  // namespace cachify::events
