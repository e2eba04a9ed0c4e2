#include <gtest/gtest.h>

#include <array>
#include <tuple>
#include <vector>

#include "domain/policy.hpp"
#include "unit/domain_errors.hpp"

namespace cachify::domain {
namespace {

constexpr std::array kActions{Action::set,    Action::remove,  Action::rename,
                              Action::setTtl, Action::persist, Action::restore};
constexpr std::array kEnvironments{Environment::dev, Environment::staging, Environment::prod};

ConnectionProfile profileIn(Environment environment) {
  ConnectionProfile profile;
  profile.name = "Orders";
  profile.environment = environment;
  return profile;
}

/// The rules as the product page words them, written apart from the code under test.
std::optional<PolicyRule> expected(const ConnectionProfile& profile, const ActRequest& request) {
  if (profile.forceReadOnly) return PolicyRule::forceReadOnly;
  if (profile.readOnly) return PolicyRule::readOnly;
  const bool overwrites =
      request.onExisting && (request.action == Action::rename || request.action == Action::restore);
  const bool needsName = profile.environment == Environment::prod &&
                         (request.action == Action::remove || overwrites || request.bulk);
  if (needsName && (!request.confirmation || *request.confirmation != "Orders"))
    return PolicyRule::prodGuardrail;
  if (needsName && request.bulk && !request.hasFreshPlan) return PolicyRule::planRequired;
  return std::nullopt;
}

template <class Check>
void forEveryRequest(Check check) {
  const std::array<std::optional<std::string>, 5> kConfirmations{std::nullopt, "", "orders", "Orders ",
                                                                 "Orders"};
  for (const Action action : kActions) {
    for (const auto& confirmation : kConfirmations) {
      for (unsigned bits = 0; bits < 8; ++bits) {
        check(ActRequest{.action = action,
                         .onExisting = (bits & 1) != 0,
                         .bulk = (bits & 2) != 0,
                         .hasFreshPlan = (bits & 4) != 0,
                         .confirmation = confirmation});
      }
    }
  }
}

TEST(Policy, FollowsItsTruthTableInEveryCase) {
  std::size_t cases = 0;
  for (const Environment environment : kEnvironments) {
    for (unsigned bits = 0; bits < 4; ++bits) {
      ConnectionProfile profile = profileIn(environment);
      profile.readOnly = (bits & 1) != 0;
      profile.forceReadOnly = (bits & 2) != 0;
      forEveryRequest([&](const ActRequest& request) {
        ++cases;
        EXPECT_EQ(forbids(profile, request), expected(profile, request))
            << wireName(environment) << " " << wireName(request.action) << " bits " << bits << " existing "
            << request.onExisting << " bulk " << request.bulk << " plan " << request.hasFreshPlan
            << " confirmation " << request.confirmation.value_or("none");
      });
    }
  }
  EXPECT_EQ(cases, 3U * 4U * 6U * 5U * 8U);
}

TEST(Policy, ReadOnlyBlocksEveryActionWhateverIsConfirmed) {
  for (const Environment environment : kEnvironments) {
    for (const Action action : kActions) {
      ConnectionProfile profile = profileIn(environment);
      profile.readOnly = true;
      const ActRequest request{.action = action, .hasFreshPlan = true, .confirmation = "Orders"};
      EXPECT_EQ(forbids(profile, request), PolicyRule::readOnly);
      profile.forceReadOnly = true;
      EXPECT_EQ(forbids(profile, request), PolicyRule::forceReadOnly);
    }
  }
}

TEST(PolicyOnProd, DeleteNeedsTheConnectionsExactName) {
  const ConnectionProfile profile = profileIn(Environment::prod);
  ActRequest request{.action = Action::remove};
  EXPECT_EQ(forbids(profile, request), PolicyRule::prodGuardrail);
  request.confirmation = "orders";
  EXPECT_EQ(forbids(profile, request), PolicyRule::prodGuardrail);
  request.confirmation = "Orders";
  EXPECT_EQ(forbids(profile, request), std::nullopt);
}

TEST(PolicyOnProd, AConfirmationNeedsANameToMatch) {
  ConnectionProfile profile = profileIn(Environment::prod);
  profile.name.clear();
  EXPECT_EQ(forbids(profile, {.action = Action::remove}), PolicyRule::prodGuardrail);
}

TEST(PolicyOnProd, BulkWorkNeedsTheNameFirstAndThenAFreshPlan) {
  const ConnectionProfile profile = profileIn(Environment::prod);
  ActRequest request{.action = Action::setTtl, .bulk = true};
  EXPECT_EQ(forbids(profile, request), PolicyRule::prodGuardrail);
  request.confirmation = "Orders";
  EXPECT_EQ(forbids(profile, request), PolicyRule::planRequired);
  request.hasFreshPlan = true;
  EXPECT_EQ(forbids(profile, request), std::nullopt);
}

TEST(Policy, BlockedErrorIsUnauthorizedAndNamesRuleActionConnectionAndTheWayOn) {
  const ConnectionProfile profile = profileIn(Environment::prod);
  const std::array<std::tuple<PolicyRule, std::string, std::string>, 4> kRules{{
      {PolicyRule::readOnly, "readOnly", "read-only"},
      {PolicyRule::forceReadOnly, "forceReadOnly", "policy"},
      {PolicyRule::prodGuardrail, "prodGuardrail", "--confirm 'Orders'"},
      {PolicyRule::planRequired, "planRequired", "--plan"},
  }};
  for (const auto& [rule, word, hint] : kRules) {
    for (const Action action : kActions) {
      const Error error = blockedError(rule, profile, action);
      EXPECT_EQ(error.code, ErrorCode::unauthorized);
      EXPECT_FALSE(error.retryable);
      EXPECT_EQ(wireName(rule), word);
      EXPECT_EQ(textDetail(error, "policy"), word);
      EXPECT_EQ(textDetail(error, "action"), wireName(action));
      for (const std::string& part : {hint, profile.name, std::string(wireName(action))}) {
        EXPECT_NE(error.message.find(part), std::string::npos) << error.message;
      }
    }
  }
}

TEST(Act, OnlyWhatCanLoseDataIsDestructive) {
  for (const Action action : kActions) {
    EXPECT_EQ(isDestructive(action, false), action == Action::remove);
    EXPECT_EQ(isDestructive(action, true),
              action == Action::remove || action == Action::rename || action == Action::restore);
  }
}

TEST(Act, WordsAreThoseOfEventsAndErrors) {
  const std::vector<std::string_view> words{wireName(Action::set),     wireName(Action::remove),
                                            wireName(Action::rename),  wireName(Action::setTtl),
                                            wireName(Action::persist), wireName(Action::restore)};
  EXPECT_EQ(words, (std::vector<std::string_view>{"set", "delete", "rename", "ttl", "persist", "restore"}));
  const std::vector<std::string_view> sources{wireName(Source::app), wireName(Source::cli),
                                              wireName(Source::workflow), wireName(Source::plugin),
                                              wireName(Source::engine)};
  EXPECT_EQ(sources, (std::vector<std::string_view>{"app", "cli", "workflow", "plugin", "engine"}));
}

}  // namespace
}  // namespace cachify::domain
