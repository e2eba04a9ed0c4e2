// Elements of a collection: each is changed by its identity.

#include "actions/mutator.hpp"
#include "engine_host.hpp"
#include "key_document.hpp"
#include "studio/engine.hpp"
#include "text.hpp"

namespace cachify::ui {

using domain::ValueType;

void KeyDocument::change(domain::ValueChange change, const QString& confirmation, const QString& message) {
  mutate(message, confirmation,
         [profile = profile_, key = key_, change = std::move(change)](studio::Engine& engine,
                                                                      const actions::Consent& consent) {
           return engine.wait(engine.keys().edit(profile, key, change, consent, {}));
         });
}

void KeyDocument::putElement(int row, const QString& first, const QString& second,
                             const QString& confirmation) {
  if (!exists()) return;
  const Bytes name = toBytes(first);
  const Bytes text = toBytes(second);
  const bool isNew = row < 0 || row >= static_cast<int>(names_.size());
  const auto at = static_cast<std::size_t>(row);
  const QString message = isNew ? tr("Element added") : tr("Element changed");
  switch (value_->type) {
    case ValueType::hash:
      return change(domain::SetFields{.fields = {{isNew ? name : names_[at], text}}, .onlyIfAbsent = isNew},
                    confirmation, message);
    case ValueType::list:
      if (isNew) return change(domain::PushItems{.items = {text}}, confirmation, message);
      return change(
          domain::ReplaceItem{.index = std::stoll(names_[at]), .expected = values_[at], .item = text},
          confirmation, message);
    case ValueType::set:
      return change(domain::AddMembers{.members = {name}}, confirmation, message);
    case ValueType::zset:
      return change(domain::AddScored{.members = {{isNew ? name : names_[at], second.toStdString()}},
                                      .rule = isNew ? domain::ScoreRule::onlyNew : domain::ScoreRule::any},
                    confirmation, message);
    case ValueType::stream:
      return change(domain::AddEntry{.id = "*", .fields = {{name, text}}}, confirmation, message);
    default:
      return;
  }
}

void KeyDocument::removeElement(int row, const QString& confirmation) {
  if (!exists() || row < 0 || row >= static_cast<int>(names_.size())) return;
  const auto at = static_cast<std::size_t>(row);
  const QString message = tr("Element removed");
  switch (value_->type) {
    case ValueType::hash:
      return change(domain::RemoveFields{.fields = {names_[at]}}, confirmation, message);
    case ValueType::list:
      return change(domain::RemoveItem{.index = std::stoll(names_[at]), .expected = values_[at]},
                    confirmation, message);
    case ValueType::set:
      return change(domain::RemoveMembers{.members = {names_[at]}}, confirmation, message);
    case ValueType::zset:
      return change(domain::RemoveScored{.members = {names_[at]}}, confirmation, message);
    case ValueType::stream:
      return change(domain::RemoveEntries{.ids = {names_[at]}}, confirmation, message);
    default:
      return;
  }
}

}  // namespace cachify::ui
