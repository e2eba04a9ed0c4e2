#include "elements/element_arguments.hpp"

#include <fmt/format.h>

namespace cachify::cli {
namespace {

std::unexpected<Error> wrongElements(std::string message) {
  return fail(Error{.code = ErrorCode::validationError, .message = std::move(message)}.with(
      "field", std::string("elements")));
}

}  // namespace

Result<Bytes> NamedElements::bytes(std::size_t i) const {
  if (!base64_) return words_.at(i);
  auto bytes = fromBase64(words_.at(i));
  if (bytes) return bytes;
  return wrongElements("with --base64 every element is padded base64 text");
}

Result<std::vector<Bytes>> NamedElements::allBytes() const {
  std::vector<Bytes> all;
  for (std::size_t i = 0; i < count(); ++i) {
    auto one = bytes(i);
    if (!one) return std::unexpected(one.error());
    all.push_back(*std::move(one));
  }
  return all;
}

Result<std::vector<domain::HashEntry>> NamedElements::pairs(std::size_t from) const {
  if (count() < from || (count() - from) % 2 != 0)
    return wrongElements("give elements in pairs, a name and what belongs to it");
  std::vector<domain::HashEntry> pairs;
  for (std::size_t i = from; i < count(); i += 2) {
    auto field = bytes(i);
    if (!field) return std::unexpected(field.error());
    auto value = bytes(i + 1);
    if (!value) return std::unexpected(value.error());
    pairs.push_back({*std::move(field), *std::move(value)});
  }
  return pairs;
}

Result<void> NamedElements::mustBe(std::size_t wanted) const {
  if (count() == wanted) return {};
  return wrongElements(
      fmt::format("behind the key come {} arguments, not {}; `--help` tells which", wanted, count()));
}

void ElementArguments::addTo(Arguments& app, const std::string& name, const std::string& description) {
  addText(app, "CONN", connection, "Name or id of the connection");
  addText(app, "KEY", key, "The key");
  keyForms.addTo(app);
  if (name.empty()) return;
  app.addWords(name, words, description);
  app.addFlag("--base64", base64, "Fields, values, items and members are given in base64");
}

Result<NamedElements> ElementArguments::resolve() const {
  std::vector<std::string> all = words;
  OptionalText positional = key;
  if (keyForms.base64 && key) {
    all.insert(all.begin(), *key);
    positional.reset();
  }
  auto named = keyForms.resolve(positional);
  if (!named) return std::unexpected(named.error());
  return NamedElements(*std::move(named), std::move(all), base64);
}

void EditArguments::addTo(Arguments& app, const std::string& name, const std::string& description) {
  elements.addTo(app, name, description);
  consent.addTo(app);
}

Outcome runEdit(CommandContext& context, const EditArguments& arguments, const Bytes& key,
                const Result<domain::ValueChange>& change, std::string_view did, const ResultWords& words) {
  if (!change) return std::unexpected(change.error());
  auto profile = context.profile(arguments.elements.connection);
  if (!profile) return std::unexpected(profile.error());
  const auto engine = context.engine();
  if (!engine) return std::unexpected(engine.error());
  const std::string named = fmt::format("'{}'", escapeForDisplay(key));
  if (domain::actionOf(*change) == domain::Action::remove) {
    const std::string act = fmt::format("{} {}", domain::nameOf(*change), named);
    if (auto yes = askFirst(context, arguments.consent, *profile, act); !yes)
      return std::unexpected(yes.error());
  }
  const auto report = (*engine)->wait(
      (*engine)->keys().edit(*profile, key, *change, arguments.consent.consent(), context.stop()));
  return sayMutation(context, *profile, report, fmt::format("{} {}", did, named), words);
}

}  // namespace cachify::cli
