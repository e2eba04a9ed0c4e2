// zset add, increment, remove, score, list

#include <algorithm>

#include "elements/element_reads.hpp"
#include "elements/elements_commands.hpp"

namespace cachify::cli {
namespace {

using domain::ScoreRule;
using domain::ValueChange;

struct ZsetAddOptions {
  EditArguments edit;
  bool onlyNew = false;
  bool onlyExisting = false;
  bool onlyGreater = false;
  bool onlyLess = false;
};

Result<ScoreRule> ruleOf(const ZsetAddOptions& options) {
  const std::array rules{std::pair{options.onlyNew, ScoreRule::onlyNew},
                         std::pair{options.onlyExisting, ScoreRule::onlyExisting},
                         std::pair{options.onlyGreater, ScoreRule::onlyGreater},
                         std::pair{options.onlyLess, ScoreRule::onlyLess}};
  const auto given = [](const auto& rule) { return rule.first; };
  if (std::ranges::count_if(rules, given) > 1)
    return fail(ErrorCode::validationError,
                "--if-new, --if-there, --if-greater and --if-less exclude each other");
  const auto found = std::ranges::find_if(rules, given);
  return found == rules.end() ? ScoreRule::any : found->second;
}

/// Scores are text in any case; members are bytes.
Result<ValueChange> additionOf(const NamedElements& named, const ZsetAddOptions& options) {
  const auto rule = ruleOf(options);
  if (!rule) return std::unexpected(rule.error());
  if (named.count() % 2 != 0)
    return fail(ErrorCode::validationError, "give elements in pairs: each member behind its score");
  domain::AddScored change{.members = {}, .rule = *rule};
  for (std::size_t i = 0; i < named.count(); i += 2) {
    auto member = named.bytes(i + 1);
    if (!member) return std::unexpected(member.error());
    change.members.push_back({*std::move(member), named.text(i)});
  }
  return change;
}

Outcome addScored(CommandContext& context, const ZsetAddOptions& options) {
  const auto named = options.edit.elements.resolve();
  if (!named) return std::unexpected(named.error());
  return runEdit(context, options.edit, named->key(), additionOf(*named, options), "added to",
                 {"new or changed members", ResultWords::Form::number});
}

Result<ValueChange> incrementOf(const NamedElements& named) {
  if (auto ok = named.mustBe(2); !ok) return std::unexpected(ok.error());
  auto member = named.bytes(1);
  if (!member) return std::unexpected(member.error());
  return domain::IncrementScore{*std::move(member), named.text(0)};
}

Outcome incrementScore(CommandContext& context, const EditArguments& edit) {
  const auto named = edit.elements.resolve();
  if (!named) return std::unexpected(named.error());
  return runEdit(context, edit, named->key(), incrementOf(*named), "changed a score in",
                 {"new score", ResultWords::Form::text});
}

Outcome removeScored(CommandContext& context, const EditArguments& edit) {
  const auto named = edit.elements.resolve();
  if (!named) return std::unexpected(named.error());
  auto members = named->allBytes();
  if (!members) return std::unexpected(members.error());
  return runEdit(context, edit, named->key(), domain::RemoveScored{*std::move(members)}, "removed from",
                 {"removed", ResultWords::Form::number});
}

Outcome showScore(CommandContext& context, const ElementArguments& arguments) {
  return runElementLook(context, arguments, domain::ValueType::zset);
}

Outcome listScored(CommandContext& context, const PageArguments& arguments) {
  return runElementPage(context, arguments, domain::ValueType::zset);
}

}  // namespace

void addZsetCommands(CommandGroup& root) {
  CommandGroup zset = root.group("zset", "Members of a sorted set: add, increment, remove, score, list");

  auto add = zset.add<ZsetAddOptions>("add", "Add members or change their scores; an absent key is made",
                                      &addScored);
  add.options.edit.addTo(add.app, "SCORE MEMBER", "Members, each behind its score; inf and -inf are scores");
  add.app.addFlag("--if-new", add.options.onlyNew, "Leave members that are there alone");
  add.app.addFlag("--if-there", add.options.onlyExisting, "Add no new members");
  add.app.addFlag("--if-greater", add.options.onlyGreater, "Raise scores only (Redis 6.2)");
  add.app.addFlag("--if-less", add.options.onlyLess, "Lower scores only (Redis 6.2)");

  auto increment = zset.add<EditArguments>("increment", "Add a number to a member's score", &incrementScore);
  increment.options.addTo(increment.app, "BY MEMBER",
                          "How much, and whose; what begins with a dash comes after --");

  auto remove =
      zset.add<EditArguments>("remove", "Remove members; the key goes with the last one", &removeScored);
  remove.options.addTo(remove.app, "MEMBER", "The members");

  auto score = zset.add<ElementArguments>("score", "Show a member's score", &showScore);
  score.options.addTo(score.app, "MEMBER", "The member");

  auto list =
      zset.add<PageArguments>("list", "Show members by score, lowest first, a page at a time", &listScored);
  list.options.addTo(list.app);
  addText(list.app, "--from", list.options.from, "Rank of the first one, from 0").typeName("RANK");
  auto lowest =
      addText(list.app, "--min", list.options.lowest, "Lowest score; '(5' is above 5").typeName("SCORE");
  auto highest =
      addText(list.app, "--max", list.options.highest, "Highest score; '(5' is below 5").typeName("SCORE");
  list.app
      .addPair("--lex", list.options.lex,
               "By name, where all have one score: '[a' from a on, '(a' behind a, - the first, + the last")
      .typeName("MIN MAX")
      .excludes(lowest)
      .excludes(highest);
  list.app.addFlag("--highest-first", list.options.backwards, "Highest score, or last name, first");
}

}  // namespace cachify::cli
