// Every event type against its JSON Schema in schemas/events, through valijson.

#include <gtest/gtest.h>

#include <boost/json.hpp>
#include <filesystem>
#include <fstream>
#include <map>
#include <set>
#include <sstream>
#include <valijson/adapters/boost_json_adapter.hpp>
#include <valijson/schema.hpp>
#include <valijson/schema_parser.hpp>
#include <valijson/validator.hpp>

#include "unit/events_samples.hpp"

namespace cachify::events {
namespace {

namespace json = boost::json;
namespace fs = std::filesystem;

const fs::path kFolder = fs::path(CACHIFY_SOURCE_DIR) / "schemas" / "events";

class PayloadSchema {
 public:
  explicit PayloadSchema(const fs::path& file) {
    std::ostringstream text;
    text << std::ifstream(file).rdbuf();
    document_ = json::parse(text.str());
    valijson::SchemaParser().populateSchema(valijson::adapters::BoostJsonAdapter(document_), schema_);
  }

  /// Nothing if `payload` fits; else what does not.
  [[nodiscard]] std::string complaint(const json::value& payload) const {
    valijson::ValidationResults results;
    valijson::Validator validator(valijson::Validator::kStrongTypes);
    if (validator.validate(schema_, valijson::adapters::BoostJsonAdapter(payload), &results)) return {};
    std::string all = "refused";
    for (const auto& error : results) {
      for (const auto& place : error.context) all += " " + place;
      all += ": " + error.description + ";";
    }
    return all;
  }

  [[nodiscard]] const json::object& document() const { return document_.as_object(); }

 private:
  json::value document_;
  valijson::Schema schema_;
};

const PayloadSchema& schemaOf(std::string_view name) {
  static std::map<std::string, PayloadSchema, std::less<>> schemas;
  const auto found = schemas.find(name);
  if (found != schemas.end()) return found->second;
  return schemas.try_emplace(std::string(name), kFolder / (std::string(name) + ".json")).first->second;
}

TEST(EventSchemas, ThereIsOneForEachTypeAndNoOther) {
  std::set<std::string> wanted;
  for (const auto& spec : catalogue()) wanted.insert(std::string(spec.name) + ".json");
  std::set<std::string> present;
  for (const auto& entry : fs::directory_iterator(kFolder)) {
    if (entry.path().extension() == ".json") present.insert(entry.path().filename().string());
  }
  EXPECT_EQ(present, wanted);
}

TEST(EventSchemas, SayWhatTheyDescribe) {
  for (const auto& spec : catalogue()) {
    const json::object& schema = schemaOf(spec.name).document();
    EXPECT_EQ(schema.at("$schema").as_string(), "http://json-schema.org/draft-07/schema#") << spec.name;
    EXPECT_EQ(std::string_view(schema.at("title").as_string()), spec.name);
    EXPECT_FALSE(schema.at("description").as_string().empty()) << spec.name;
    EXPECT_EQ(schema.at("additionalProperties"), json::value(false)) << spec.name;
    for (const auto& [name, property] : schema.at("properties").as_object()) {
      EXPECT_TRUE(property.as_object().contains("description")) << spec.name << " " << name;
    }
  }
}

TEST(EventSchemas, TakeEverySample) {
  for (const auto& sample : samples()) {
    EXPECT_EQ(schemaOf(sample.spec().name).complaint(json::parse(sample.payload)), "") << sample.place();
  }
}

TEST(EventSchemas, EveryPropertyIsInASample) {
  for (const auto& spec : catalogue()) {
    std::set<std::string> unseen;
    for (const auto& property : schemaOf(spec.name).document().at("properties").as_object())
      unseen.emplace(property.key());
    for (const auto& sample : samples()) {
      if (sample.type != spec.type) continue;
      const json::value payload = json::parse(sample.payload);
      for (const auto& field : payload.as_object()) unseen.erase(std::string(field.key()));
    }
    EXPECT_TRUE(unseen.empty()) << spec.name << " has no sample with " << *unseen.begin();
  }
}

TEST(EventSchemas, RefuseASampleWithoutARequiredField) {
  for (const auto& sample : samples()) {
    const PayloadSchema& schema = schemaOf(sample.spec().name);
    for (const auto& required : schema.document().at("required").as_array()) {
      json::value payload = json::parse(sample.payload);
      ASSERT_EQ(payload.as_object().erase(required.as_string()), 1U) << sample.place();
      EXPECT_NE(schema.complaint(payload), "") << sample.place() << " without " << required.as_string();
    }
  }
}

TEST(EventSchemas, RefuseFieldsTheyDoNotKnow) {
  for (const auto& sample : samples()) {
    json::value payload = json::parse(sample.payload);
    payload.as_object()["value"] = "cached bytes have no place in an event";
    EXPECT_NE(schemaOf(sample.spec().name).complaint(payload), "") << sample.place();
  }
}

TEST(EventSchemas, RefuseEveryFieldOfAnotherKind) {
  for (const auto& sample : samples()) {
    const json::value payload = json::parse(sample.payload);
    for (const auto& field : payload.as_object()) {
      json::value changed = payload;
      changed.as_object()[field.key()] = json::array{json::object{}};
      EXPECT_NE(schemaOf(sample.spec().name).complaint(changed), "") << sample.place() << " " << field.key();
    }
  }
}

struct Refused {
  std::string type;
  std::string about;  ///< of the sample to start from
  std::string field;
  json::value value;
};

const std::vector<Refused>& refusedValues() {
  static const std::vector<Refused> kRefused{
      {"connection.created", "plain", "id", "not an id"},
      {"connection.created", "plain", "id", "0192F000-0000-7000-8000-0000000000AB"},
      {"connection.created", "plain", "name", ""},
      {"connection.created", "plain", "name", json::string(81, 'n')},
      {"connection.created", "plain", "engine", "Redis"},
      {"connection.created", "plain", "host", ""},
      {"connection.created", "plain", "port", 0},
      {"connection.created", "plain", "port", 65'536},
      {"connection.created", "plain", "port", 1.5},
      {"connection.created", "plain", "unixSocket", "/run/redis.sock"},
      {"connection.created", "plain", "environment", ""},
      {"connection.created", "plain", "timeoutMs", 99},
      {"connection.created", "plain", "timeoutMs", 120'001},
      {"connection.created", "plain", "retryMaxAttempts", 0},
      {"connection.created", "plain", "retryMaxAttempts", 11},
      {"connection.created", "plain", "retryBackoffMs", -1},
      {"connection.created", "plain", "retryBackoffMs", 120'001},
      {"connection.created", "plain", "retryAbortOnErrorRate", 1.01},
      {"connection.created", "plain", "slowOpThresholdMs", 0},
      {"connection.created", "plain", "tags", json::array{"a", "a"}},
      {"connection.created", "plain", "tls", json::object{{"enabled", true}}},
      {"connection.created", "plain", "createdAt", "2026-01-31 12:00:00"},
      {"connection.updated", "memcached over a unix socket", "dbIndex", 1},
      {"connection.updated", "memcached over a unix socket", "topology", "cluster"},
      {"connection.updated", "memcached over a unix socket", "port", 11211},
      {"connection.tested", "ok", "errorCode", "TIMEOUT"},
      {"connection.tested", "failed", "errorCode", "EXPLODED"},
      {"connection.tested", "ok", "latencyUs", -1},
      {"connection.opened", "on prod", "environment", ""},
      {"connection.opened", "on prod", "latencyUs", -1},
      {"connection.lost", "refused", "errorCode", "GONE"},
      {"connection.restored", "soon", "attempts", 0},
      {"connection.restored", "soon", "durationUs", -1},
      {"operation.completed", "a change", "change", ""},
      {"operation.completed", "about no connection and no key", "environment", "dev"},
      {"operation.completed", "about no connection and no key", "keyOrPatternBase64", "YQ=="},
      {"operation.completed", "key that is no text, nothing changed", "keyOrPatternBase64", "YQ="},
      {"operation.failed", "timeout", "errorCode", "timeout"},
      {"operation.blocked", "read-only", "policy", "because"},
      {"snapshot.captured", "kept in the vault", "digest", "AB"},
      {"snapshot.captured", "kept in the vault", "type", "table"},
      {"snapshot.captured", "kept in the vault", "deadlineMs", "never"},
      {"snapshot.captured", "absent key", "packId", "0192f000-0000-7000-8000-0000000000cd"},
      {"mutation.requested", "one key", "action", "remove"},
      {"mutation.requested", "one key", "keys", json::array{}},
      {"mutation.requested", "one key", "snapshots", json::array{"x"}},
      {"mutation.applied", "one key", "after", json::array{}},
      {"mutation.applied", "one key", "attempts", 0},
      {"mutation.unknown", "lost answer", "reason", "bored"},
      {"plugin.trusted", "asking for nothing", "pluginId", "Not An Id"},
      {"plugin.trusted", "asking for nothing", "digest", "AB"},
      {"plugin.trusted", "asking for nothing", "capabilities", json::array{"root"}},
      {"plugin.faulted", "first", "fault", "bored"},
      {"plugin.faulted", "first", "inRow", 0},
      {"alert.raised", "about none", "severity", "error"},
      {"alert.raised", "about none", "source", "rumour"},
      {"alert.raised", "about none", "title", ""},
      {"alert.raised", "about none", "connectionId", "0192f000-0000-7000-8000-0000000000ab"},
  };
  return kRefused;
}

TEST(EventSchemas, RefuseValuesOutsideTheRules) {
  for (const auto& [type, about, field, value] : refusedValues()) {
    const auto sample = std::ranges::find_if(
        samples(), [&](const Sample& s) { return s.spec().name == type && s.about == about; });
    ASSERT_NE(sample, samples().end()) << type << ", " << about;
    json::value payload = json::parse(sample->payload);
    payload.as_object()[field] = value;
    EXPECT_NE(schemaOf(type).complaint(payload), "") << type << " " << field << " " << value;
  }
}

}  // namespace
}  // namespace cachify::events
