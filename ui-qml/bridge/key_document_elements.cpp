// Elements of a collection: each is changed by its identity.

#include <algorithm>

#include "actions/mutator.hpp"
#include "engine_host.hpp"
#include "key_document.hpp"
#include "studio/engine.hpp"
#include "text.hpp"

namespace cachify::ui {

using domain::ValueChange;
using domain::ValueType;

namespace {

std::optional<ValueChange> putting(ValueType type, const SeenElement& element, const Bytes& first,
                                   const Bytes& second) {
  const bool isNew = !element.name;
  const Bytes& name = isNew ? first : *element.name;
  switch (type) {
    case ValueType::hash:
      return domain::SetFields{.fields = {{name, second}}, .onlyIfAbsent = isNew};
    case ValueType::list:
      if (isNew) return domain::PushItems{.items = {second}};
      return domain::ReplaceItem{.index = std::stoll(name), .expected = element.value, .item = second};
    case ValueType::set:
      return domain::AddMembers{.members = {name}};
    case ValueType::zset:
      return domain::AddScored{.members = {{name, second}},
                               .rule = isNew ? domain::ScoreRule::onlyNew : domain::ScoreRule::any};
    case ValueType::stream:
      return domain::AddEntry{.id = "*", .fields = {{name, second}}};
    default:
      return {};
  }
}

std::optional<ValueChange> removing(ValueType type, const SeenElement& element) {
  switch (type) {
    case ValueType::hash:
      return domain::RemoveFields{.fields = {*element.name}};
    case ValueType::list:
      return domain::RemoveItem{.index = std::stoll(*element.name), .expected = element.value};
    case ValueType::set:
      return domain::RemoveMembers{.members = {*element.name}};
    case ValueType::zset:
      return domain::RemoveScored{.members = {*element.name}};
    case ValueType::stream:
      return domain::RemoveEntries{.ids = {*element.name}};
    default:
      return {};
  }
}

}  // namespace

SeenElement KeyDocument::element(int row) const {
  if (row < 0 || row >= static_cast<int>(names_.size())) return {.key = key_};
  const auto at = static_cast<std::size_t>(row);
  return {.key = key_, .name = names_[at], .value = values_[at]};
}

Result<void> KeyDocument::checkSeen(const SeenElement& element) const {
  const auto conflict = [](const QString& message) {
    return std::unexpected(Error{.code = ErrorCode::conflict, .message = message.toStdString()});
  };
  if (!exists() || !shows(element.key))
    return conflict(tr("this key is not there any more; nothing was changed"));
  if (!element.name) return {};
  const auto found = std::ranges::find(names_, *element.name);
  if (found == names_.end()) {
    if (hasMore()) return {};  // it may be in what is not loaded
    return conflict(tr("this element is not there any more; nothing was changed"));
  }
  if (values_[static_cast<std::size_t>(found - names_.begin())] != element.value)
    return conflict(tr("this element holds something else by now; nothing was changed"));
  return {};
}

KeyDocument::Work KeyDocument::editing(ValueChange change) const {
  return [profile = profile_, key = key_, change = std::move(change)](studio::Engine& engine,
                                                                      const actions::Consent& consent) {
    return engine.wait(engine.keys().edit(profile, key, change, consent, {}));
  };
}

void KeyDocument::putElement(const SeenElement& element, const QString& first, const QString& second,
                             const QString& confirmation) {
  if (const auto seen = checkSeen(element); !seen) return emit elementNotPut(StudioError(seen.error()));
  auto change = putting(value_->type, element, toBytes(first), toBytes(second));
  if (!change) return;
  mutate(
      element.name ? tr("Element changed") : tr("Element added"), confirmation, editing(*std::move(change)),
      [this](const Error& error) { emit elementNotPut(StudioError(error)); },
      [this, key = key_] {
        emit stored(QByteArray::fromStdString(key));
        emit elementPut();
      });
}

void KeyDocument::removeElement(const SeenElement& element, const QString& confirmation) {
  if (!element.name) return;
  if (const auto seen = checkSeen(element); !seen) return emit failed(StudioError(seen.error()));
  auto change = removing(value_->type, element);
  if (change) mutate(tr("Element removed"), confirmation, editing(*std::move(change)));
}

}  // namespace cachify::ui
