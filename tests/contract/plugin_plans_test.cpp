// What the bundled workflow kinds plan, item for item, and how plans cross.

#include <gmock/gmock.h>
#include <sys/resource.h>

#include <fstream>

#include "plugin_host/conformance/sample_keyspace.hpp"
#include "support/child_processes.hpp"
#include "support/plugin_fixture.hpp"
#include "support/sanitized.hpp"

namespace cachify::plugin_host {
namespace {

using namespace std::chrono_literals;
using namespace std::string_literals;
using domain::PlanItem;
using domain::StepAction;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

class PluginPlans : public test::PluginFixture {
 protected:
  PluginPlans() { hostOf(bundledFolder()); }

  std::shared_ptr<WorkflowKind> kind(const std::string& name) {
    auto found = wait(host_->workflowKind(name, soon()));
    if (!found) throw std::runtime_error(found.error().message);
    return *found;
  }
  Result<std::unique_ptr<OpenPlan>> open(const std::string& name, const std::string& parameters) {
    return wait(kind(name)->open(parameters, keys_, soon()));
  }
  Result<std::vector<PlanItem>> plan(const std::string& name, const std::string& parameters) {
    auto opened = open(name, parameters);
    if (!opened) return std::unexpected(opened.error());
    std::vector<PlanItem> items;
    for (;;) {
      auto piece = wait((*opened)->next(100'000, 64UL << 20, soon()));
      if (!piece) return std::unexpected(piece.error());
      for (auto& item : piece->items) items.push_back(std::move(item));
      if (piece->isLast) return items;
    }
  }
  std::vector<Bytes> planned(const std::string& name, const std::string& parameters) {
    const auto items = plan(name, parameters);
    EXPECT_TRUE(items) << items.error().message;
    std::vector<Bytes> keys;
    if (items) {
      for (const auto& item : *items) keys.push_back(item.key);
    }
    return keys;
  }
  Error refusal(const std::string& name, const std::string& parameters) {
    const auto valid = wait(kind(name)->validate(parameters, soon()));
    EXPECT_FALSE(valid) << parameters;
    return valid ? Error{} : valid.error();
  }
  static std::string fieldOf(const Error& error) {
    const auto* field = error.detail("field");
    return field == nullptr ? std::string() : std::get<std::string>(*field);
  }
  std::string file(const std::string& name, std::string_view text) {
    std::ofstream(directory_ / name, std::ios::binary) << text;
    return directory_ / name;
  }
  Result<std::vector<PlanItem>> warmUp(const std::string& path) {
    return plan("warmupSet", R"({"file":")" + path + R"("})");
  }

  SampleKeyspace keys_{25};
  test::TemporaryDirectory directory_;
};

TEST_F(PluginPlans, DeletesWhatMatchesAndNothingElse) {
  EXPECT_THAT(planned("deleteByPattern", R"({"pattern":"user:2?"})"),
              ElementsAre("user:20", "user:21", "user:22", "user:23", "user:24"));
  EXPECT_THAT(planned("deleteByPattern", R"({"pattern":"nul*"})"), ElementsAre("nul\0inside"s));
  EXPECT_THAT(planned("deleteByPattern", R"({"pattern":"?? not text"})"), ElementsAre("\xff\xfe not text"));
  EXPECT_EQ(planned("deleteByPattern", R"({"pattern":"*"})").size(), keys_.size());
  EXPECT_THAT(planned("deleteByPattern", R"({"pattern":"nobody"})"), ElementsAre());
}

TEST_F(PluginPlans, DeletesTheKeysOfAListThatAreThere) {
  EXPECT_THAT(planned("deleteKeys", R"({"keys":["user:3","nobody","user:1"]})"),
              ElementsAre("user:3", "user:1"));
  EXPECT_THAT(planned("deleteKeys", R"({"keys":["user:2"],"keysBase64":["bnVsAGluc2lkZQ=="]})"),
              ElementsAre("user:2", "nul\0inside"s));
}

TEST_F(PluginPlans, StopsAtItsLimit) {
  EXPECT_THAT(planned("deleteByPattern", R"({"pattern":"user:*","limit":2})"),
              ElementsAre("user:0", "user:1"));
  EXPECT_EQ(planned("ttlNormalize", R"({"pattern":"*","limit":7})").size(), 7U);
}

TEST_F(PluginPlans, SetsTheSameTtlWhateverTheType) {
  const auto items = plan("ttlNormalize", R"({"pattern":"user:1?"})");
  ASSERT_TRUE(items);
  ASSERT_EQ(items->size(), 10U);
  for (const auto& item : *items) {
    EXPECT_EQ(item.action, StepAction::setTtl);
    EXPECT_EQ(item.ttl, 3600s);
    EXPECT_TRUE(item.value.empty());
  }
  EXPECT_EQ(plan("ttlNormalize", R"({"pattern":"user:1","ttlSeconds":31536000})")->front().ttl, 365 * 24h);
}

TEST_F(PluginPlans, LeavesKeysAloneThatExpireAlready) {
  const auto items = plan("ttlNormalize", R"({"pattern":"user:*","onlyWithoutTtl":true})");
  ASSERT_TRUE(items);
  std::vector<Bytes> names;
  for (const auto& item : *items) names.push_back(item.key);
  const auto facts = wait(keys_.describe(names, soon()));
  ASSERT_TRUE(facts);
  EXPECT_FALSE(names.empty());
  EXPECT_LT(names.size(), 25U);
  for (const auto& fact : *facts) EXPECT_FALSE(fact.ttl);
}

TEST_F(PluginPlans, ParametersOutsideTheRulesAreRefusedNamingTheField) {
  EXPECT_EQ(fieldOf(refusal("deleteByPattern", "{}")), "pattern");
  EXPECT_EQ(fieldOf(refusal("deleteByPattern", R"({"pattern":""})")), "pattern");
  EXPECT_EQ(fieldOf(refusal("deleteByPattern", R"({"pattern":7})")), "pattern");
  EXPECT_EQ(fieldOf(refusal("deleteByPattern", R"({"pattern":"*","limit":0})")), "limit");
  EXPECT_EQ(fieldOf(refusal("deleteKeys", "{}")), "keys");
  EXPECT_EQ(fieldOf(refusal("deleteKeys", R"({"keys":["a",""]})")), "keys.1");
  EXPECT_EQ(fieldOf(refusal("deleteKeys", R"({"keysBase64":["?"]})")), "keysBase64.0");
  for (const auto* ttl : {"0", "31536001", "-1", "1.5", "\"3600\""})
    EXPECT_EQ(fieldOf(refusal("ttlNormalize", R"({"pattern":"*","ttlSeconds":)"s + ttl + "}")), "ttlSeconds")
        << ttl;
  EXPECT_EQ(fieldOf(refusal("warmupSet", "{}")), "entries");
  EXPECT_EQ(fieldOf(refusal("warmupSet", R"({"entries":[{"key":"a","value":"b","ttlSeconds":0}]})")),
            "entries.0.ttlSeconds");
  EXPECT_EQ(fieldOf(refusal("warmupSet", R"({"entries":[{"key":"a"}]})")), "entries.0.value");
  EXPECT_EQ(fieldOf(refusal("warmupSet", R"({"entries":[{"keyBase64":"!","value":"b"}]})")),
            "entries.0.keyBase64");
  EXPECT_EQ(fieldOf(refusal("warmupSet", R"({"entries":[],"file":"/x"})")), "file");
  EXPECT_EQ(refusal("warmupSet", "{}").code, ErrorCode::validationError);
}

TEST_F(PluginPlans, WarmsUpFromAListWithBytesAndTtls) {
  const auto items = plan(
      "warmupSet",
      R"({"entries":[{"key":"a","value":"1"},{"keyBase64":"/wA=","valueBase64":"AAE=","ttlSeconds":60}]})");
  ASSERT_TRUE(items) << items.error().message;
  ASSERT_EQ(items->size(), 2U);
  EXPECT_EQ((*items)[0], (PlanItem{.key = "a", .action = StepAction::setValue, .value = "1"}));
  EXPECT_EQ((*items)[1],
            (PlanItem{.key = "\xff\0"s, .action = StepAction::setValue, .ttl = 60s, .value = "\0\1"s}));
}

TEST_F(PluginPlans, WarmsUpFromJsonLines) {
  const auto items = warmUp(file("w.jsonl",
                                 "{\"key\":\"a\",\"value\":\"one\"}\n\n"
                                 "{\"keyBase64\":\"YgA=\",\"valueBase64\":\"\",\"ttlSeconds\":5}\r\n"
                                 "{\"key\":\"c\",\"value\":\"last without an end\",\"ttlSeconds\":null}"));
  ASSERT_TRUE(items) << items.error().message;
  ASSERT_EQ(items->size(), 3U);
  EXPECT_EQ((*items)[1].key, "b\0"s);
  EXPECT_EQ((*items)[1].value, "");
  EXPECT_EQ((*items)[1].ttl, 5s);
  EXPECT_EQ((*items)[2].value, "last without an end");
}

TEST_F(PluginPlans, WarmsUpFromCsv) {
  const auto items = warmUp(file("w.csv",
                                 "value,key,ttlSeconds,note\r\n"
                                 "\"a,b\"\"c\nd\",k1,60,x\r\n"
                                 "  blanks stay  ,k2,,\n"));
  ASSERT_TRUE(items) << items.error().message;
  ASSERT_EQ(items->size(), 2U);
  EXPECT_EQ((*items)[0],
            (PlanItem{.key = "k1", .action = StepAction::setValue, .ttl = 60s, .value = "a,b\"c\nd"}));
  EXPECT_EQ((*items)[1], (PlanItem{.key = "k2", .action = StepAction::setValue, .value = "  blanks stay  "}));
}

TEST_F(PluginPlans, WhatIsWrongInAFileIsNamedByItsLineAndNeverShown) {
  const auto json =
      warmUp(file("bad.jsonl", "{\"key\":\"a\",\"value\":\"one\"}\n{\"key\":\"secret\" oops}\n"));
  ASSERT_FALSE(json);
  EXPECT_EQ(json.error().code, ErrorCode::validationError);
  EXPECT_THAT(json.error().message,
              ::testing::AllOf(HasSubstr("line 2"), ::testing::Not(HasSubstr("secret"))));
  EXPECT_THAT(warmUp(file("bad.csv", "key,value\na\n")).error().message, HasSubstr("line 2"));
  EXPECT_THAT(warmUp(file("head.csv", "a,b\n1,2\n")).error().message, HasSubstr("first row"));
  EXPECT_THAT(warmUp(file("open.csv", "key,value\na,\"b\n")).error().message, HasSubstr("quoted"));
  EXPECT_THAT(warmUp(file("empty.csv", "")).error().message, HasSubstr("empty"));
  EXPECT_EQ(warmUp(directory_ / "missing").error().code, ErrorCode::notFound);
  EXPECT_EQ(warmUp(directory_.path()).error().code, ErrorCode::validationError);
  EXPECT_TRUE(ledger_.faults.empty());
}

TEST_F(PluginPlans, PiecesAreAsSmallAsTheyAreAskedFor) {
  auto opened = open("deleteByPattern", R"({"pattern":"*"})");
  ASSERT_TRUE(opened);
  std::vector<Bytes> keys;
  for (bool isLast = false; !isLast;) {
    const auto piece = wait((*opened)->next(3, 10, soon()));
    ASSERT_TRUE(piece) << piece.error().message;
    EXPECT_LE(piece->items.size(), 3U);
    std::size_t bytes = 0;
    for (const auto& item : piece->items) {
      keys.push_back(item.key);
      bytes += item.key.size();
    }
    EXPECT_TRUE(bytes <= 10 || piece->items.size() == 1) << bytes;
    isLast = piece->isLast;
  }
  EXPECT_EQ(keys, planned("deleteByPattern", R"({"pattern":"*"})"));
  EXPECT_FALSE(wait((*opened)->next(3, 10, soon()))) << "a complete plan has no next piece";
}

TEST_F(PluginPlans, AServicesErrorIsThePlansError) {
  keys_.failFrom(0);
  const auto items = plan("deleteByPattern", R"({"pattern":"*"})");
  ASSERT_FALSE(items);
  EXPECT_EQ(items.error().code, ErrorCode::connectionFailed);
  EXPECT_TRUE(ledger_.faults.empty());
}

TEST_F(PluginPlans, AnIdleProcessIsUsedAgainAndEndsWithTheHost) {
  ASSERT_TRUE(plan("deleteByPattern", R"({"pattern":"*"})"));
  const auto first = test::childrenOf(getpid());
  ASSERT_EQ(first.size(), 1U);
  ASSERT_TRUE(plan("deleteByPattern", R"({"pattern":"*"})"));
  EXPECT_EQ(test::childrenOf(getpid()), first);
  host_.reset();
  net_.restart();
  net_.run_for(2s);
  EXPECT_TRUE(test::childrenOf(getpid()).empty());
}

TEST_F(PluginPlans, PlansOfOneKindRunSideBySide) {
  auto one = open("deleteByPattern", R"({"pattern":"user:1?"})");
  auto other = open("deleteByPattern", R"({"pattern":"user:2?"})");
  ASSERT_TRUE(one && other);
  const auto first = wait((*one)->next(100, 1 << 20, soon()));
  const auto second = wait((*other)->next(100, 1 << 20, soon()));
  ASSERT_TRUE(first && second);
  EXPECT_EQ(first->items.front().key, "user:10");
  EXPECT_EQ(second->items.front().key, "user:20");
}

TEST_F(PluginPlans, AFileOfAnySizeIsReadInBoundedMemory) {
  const std::string path = directory_ / "large.jsonl";
  {
    std::ofstream out(path);
    const std::string value(4000, 'v');
    for (int i = 0; i < 20'000; ++i) out << "{\"key\":\"k" << i << "\",\"value\":\"" << value << "\"}\n";
  }
  auto opened = open("warmupSet", R"({"file":")" + path + R"("})");
  ASSERT_TRUE(opened) << opened.error().message;
  const auto children = test::childrenOf(getpid());
  ASSERT_EQ(children.size(), 1U);
  const long before = test::statusOf(children[0], "VmHWM");
  std::size_t items = 0;
  for (bool isLast = false; !isLast;) {
    const auto piece = wait((*opened)->next(10'000, 1 << 20, soon()));
    ASSERT_TRUE(piece) << piece.error().message;
    items += piece->items.size();
    isLast = piece->isLast;
  }
  EXPECT_EQ(items, 20'000U);
  EXPECT_LT(test::statusOf(children[0], "VmHWM") - before, 16 * 1024 * test::kSanitizerFactor)
      << "KiB more for a file of 80 MB";
}

/// A million keys that cost next to nothing to give.
class MillionKeys final : public PlanServices {
 public:
  Task<ScanPage> scan(Bytes, std::string cursor, std::uint32_t limit, CallContext) override {
    std::size_t at = cursor.empty() ? 0 : std::stoul(cursor);
    ScanPage page;
    const std::size_t end = std::min<std::size_t>(at + limit, 1'000'000);
    page.keys.reserve(end - at);
    for (; at < end; ++at) page.keys.push_back("session:00000000:" + std::to_string(at));
    page.scanned = end;
    if (end < 1'000'000) page.nextCursor = std::to_string(end);
    co_return page;
  }
  Task<std::vector<KeyFacts>> describe(std::vector<Bytes> keys, CallContext) override {
    co_return std::vector<KeyFacts>(keys.size());
  }
  Task<std::optional<Bytes>> read(Bytes, std::uint64_t, CallContext) override { co_return std::nullopt; }
};

double cpuSecondsOfThis() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  const auto seconds = [](const timeval& time) {
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
  };
  return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

#ifndef __SANITIZE_ADDRESS__
TEST_F(PluginPlans, AMillionItemsCrossWithinASecondOfCpuOnEachSide) {
  MillionKeys keys;
  auto opened = wait(kind("deleteByPattern")->open(R"({"pattern":"*"})", keys, soon()));
  ASSERT_TRUE(opened);
  const auto child = test::childrenOf(getpid());
  ASSERT_EQ(child.size(), 1U);
  const double before = cpuSecondsOfThis();
  std::size_t items = 0;
  for (bool isLast = false; !isLast;) {
    const auto piece = wait((*opened)->next(10'000, 1 << 20, soon()));
    ASSERT_TRUE(piece) << piece.error().message;
    items += piece->items.size();
    isLast = piece->isLast;
  }
  const double here = cpuSecondsOfThis() - before;
  const double there = test::cpuSecondsOf(child[0]);
  RecordProperty("engineCpuMs", static_cast<int>(here * 1000));
  RecordProperty("childCpuMs", static_cast<int>(there * 1000));
  EXPECT_EQ(items, 1'000'000U);
  EXPECT_LT(here, 1.0);
  EXPECT_LT(there, 1.0);
}
#endif

}  // namespace
}  // namespace cachify::plugin_host
