#include "open_keys.hpp"

#include <algorithm>
#include <functional>
#include <utility>

#include "consent.hpp"
#include "engine_host.hpp"
#include "studio/engine.hpp"
#include "text.hpp"

namespace cachify::ui {

namespace {

bool isBusy(const KeyDocument& document) {
  return document.saving() || document.transferring();
}

bool isUnsaved(const KeyDocument& document) {
  return document.dirty() && !document.saving();
}

}  // namespace

OpenKeys::OpenKeys(EngineHost& host, QObject* parent)
    : QObject(parent), host_(host), tabs_({"name", "pinned", "dirty"}) {
  documents_.push_back(made());
}

OpenKeys::Tab OpenKeys::made() {
  // Views may still hold the one that goes while they are told.
  Tab tab{.document = {new KeyDocument(host_), [](KeyDocument* gone) { gone->deleteLater(); }}};
  auto* document = tab.document.get();
  document->setProfile(profile_);
  connect(document, &KeyDocument::changed, this, &OpenKeys::tell);
  connect(document, &KeyDocument::draftChanged, this, &OpenKeys::tell);
  connect(document, &KeyDocument::savingChanged, this, &OpenKeys::followSaving);
  const auto isHere = [this, document] { return document->profile().id == profile_.id; };
  connect(document, &KeyDocument::removed, this, [this, isHere](const QByteArray& key) {
    if (isHere()) emit removed(key);
  });
  connect(document, &KeyDocument::stored, this, [this, isHere](const QByteArray& key) {
    if (isHere()) emit stored(key);
  });
  connect(document, &KeyDocument::failed, this, &OpenKeys::failed);
  connect(document, &KeyDocument::hasNoWayBack, this, &OpenKeys::refuse);
  connect(document, &KeyDocument::written, this, &OpenKeys::written);
  connect(document, &KeyDocument::done, this,
          [this, document](const QString& message, const QByteArray& key, bool undoable) {
            tellDone(*document, message, key, undoable);
          });
  return tab;
}

void OpenKeys::tellDone(const KeyDocument& document, const QString& message, const QByteArray& key,
                        bool undoable) {
  if (document.profile().id != profile_.id)  // that undoing would take place on the connection that is open
    return emit done(tr("%1, on %2").arg(message, toShown(document.profile().name)), undoable, false);
  lastChanged_ = key.toStdString();
  emit done(message, undoable, true);
}

void OpenKeys::followSaving() {
  const auto isTabBusy = [](const Tab& tab) { return isBusy(*tab.document); };
  std::erase_if(parting_, std::not_fn(isTabBusy));
  const bool saving = undos_ > 0 || !parting_.empty() || std::ranges::any_of(documents_, isTabBusy);
  if (std::exchange(saving_, saving) != saving) emit savingChanged();
}

void OpenKeys::setProfile(const domain::ConnectionProfile& profile) {
  profile_ = profile;
  for (auto& tab : documents_) tab.document->setProfile(profile);
}

void OpenKeys::setCurrent(int tab) {
  if (tab == current_ || tab < 0 || tab >= static_cast<int>(documents_.size())) return;
  current_ = tab;
  emit currentChanged();
}

void OpenKeys::open(const Bytes& key) {
  const auto known = std::ranges::find_if(
      documents_, [&](const Tab& tab) { return tab.document->isOpen() && tab.document->key() == key; });
  if (known != documents_.end()) return setCurrent(static_cast<int>(known - documents_.begin()));
  const auto& shown = documents_[static_cast<std::size_t>(current_)];
  if (shown.document->isOpen() && (shown.pinned || shown.document->dirty())) {
    documents_.push_back(made());
    current_ = static_cast<int>(documents_.size()) - 1;
    emit currentChanged();
  }
  document()->open(key);
}

std::vector<Bytes> OpenKeys::keys() const {
  std::vector<Bytes> keys;
  for (const auto& tab : documents_) {
    if (tab.document->isOpen()) keys.push_back(tab.document->key());
  }
  return keys;
}

int OpenKeys::unsaved() const {
  return static_cast<int>(
      std::ranges::count_if(documents_, [](const Tab& tab) { return isUnsaved(*tab.document); }));
}

int OpenKeys::unsavedIn(int tab) const {
  const bool isThere = tab >= 0 && tab < static_cast<int>(documents_.size());
  return isThere && isUnsaved(*documents_[static_cast<std::size_t>(tab)].document) ? 1 : 0;
}

void OpenKeys::pin() {
  documents_[static_cast<std::size_t>(current_)].pinned = true;
  tell();
}

void OpenKeys::close(int tab) {
  if (tab < 0 || tab >= static_cast<int>(documents_.size())) return;
  Tab gone = std::move(documents_[static_cast<std::size_t>(tab)]);
  documents_.erase(documents_.begin() + tab);
  if (documents_.empty()) documents_.push_back(made());
  if (current_ > tab || current_ >= static_cast<int>(documents_.size())) current_ = std::max(0, current_ - 1);
  emit currentChanged();
  gone.document->close();
  if (isBusy(*gone.document)) {
    parting_.push_back(std::move(gone));  // what it comes to is still to be told of
  } else {
    gone.document->disconnect(this);
  }
  tell();
}

void OpenKeys::closeAll() {
  while (documents_.size() > 1 || document()->isOpen()) close(static_cast<int>(documents_.size()) - 1);
  lastChanged_.clear();
  refused_.clear();
}

void OpenKeys::reloadAll() {
  for (auto& tab : documents_) {
    if (tab.document->isOpen()) tab.document->refresh();
  }
}

void OpenKeys::next(int step) {
  const int count = static_cast<int>(documents_.size());
  setCurrent((current_ + step + count) % count);
}

void OpenKeys::undoLast(const QString& confirmation) {
  if (!lastChanged_.empty()) undo(lastChanged_, consentOf(confirmation));
}

void OpenKeys::refuse(const QString& name, std::function<void()> goOn) {
  refused_[++refusals_] = std::move(goOn);
  emit hasNoWayBack(refusals_, name);
}

void OpenKeys::goOn(int refusal) {
  if (const auto act = refused_.extract(refusal)) act.mapped()();
}

void OpenKeys::undo(const Bytes& key, const actions::Consent& consent) {
  ++undos_;
  followSaving();
  host_.ask<actions::MutationReport>(
      this,
      [profile = profile_, key, consent](studio::Engine& engine) -> Result<actions::MutationReport> {
        const auto id = engine.wait(engine.rollback().latest(profile.id, key));
        if (!id) return std::unexpected(id.error());
        return engine.wait(
            engine.rollback().restore(profile, *id, actions::OnChanged::conflict, consent, {}));
      },
      [this, connection = profile_.id, key, consent](Result<actions::MutationReport> report) {
        --undos_;
        if (!report && lacksWayBack(report.error()) && connection == profile_.id) {
          actions::Consent without = consent;
          without.acceptNoUndo = true;
          refuse(toShown(key), [this, key, without] { undo(key, without); });
          return followSaving();
        }
        if (!report) {
          emit failed(StudioError(report.error()));
          return followSaving();
        }
        emit done(tr("Undone"), report->undoable, false);
        followSaving();
        if (connection != profile_.id) return;
        emit stored(QByteArray::fromStdString(key));
        for (auto& tab : documents_) {
          if (tab.document->isOpen() && tab.document->key() == key) tab.document->refresh();
        }
      });
}

void OpenKeys::tell() {
  std::vector<QVariantList> rows;
  for (const auto& tab : documents_) {
    if (tab.document->isOpen()) rows.push_back({tab.document->name(), tab.pinned, tab.document->dirty()});
  }
  if (tabs_.merge(std::move(rows))) emit tabsChanged();
}

}  // namespace cachify::ui
