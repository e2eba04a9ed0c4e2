#pragma once
// The keys that are open, a document each, as tabs; one of them is in sight. There is always one document,
// though it may be of no key.

#include <QObject>
#include <QQmlEngine>
#include <functional>
#include <map>
#include <memory>
#include <vector>

#include "core/bytes.hpp"
#include "domain/profile.hpp"
#include "key_document.hpp"
#include "record_model.hpp"
#include "studio_error.hpp"

namespace cachify::actions {
struct Consent;
}

namespace cachify::ui {

class EngineHost;

class OpenKeys : public QObject {
  Q_OBJECT
  QML_ELEMENT
  QML_UNCREATABLE("made by the bridge")
  Q_PROPERTY(cachify::ui::RecordModel* tabs READ tabs CONSTANT)
  Q_PROPERTY(int current READ current WRITE setCurrent NOTIFY currentChanged)
  Q_PROPERTY(bool saving READ saving NOTIFY savingChanged)
  Q_PROPERTY(cachify::ui::KeyDocument* document READ document NOTIFY currentChanged)

 public:
  explicit OpenKeys(EngineHost& host, QObject* parent = nullptr);

  [[nodiscard]] RecordModel* tabs() { return &tabs_; }
  [[nodiscard]] int current() const { return current_; }
  void setCurrent(int tab);
  [[nodiscard]] KeyDocument* document() const {
    return documents_[static_cast<std::size_t>(current_)].document.get();
  }

  /// A change, or work with a file, is under way, in a tab or in one that was closed meanwhile.
  [[nodiscard]] bool saving() const { return saving_; }

  void setProfile(const domain::ConnectionProfile& profile);
  /// In its tab if it has one; else in place of the current one, unless that is pinned or being edited.
  void open(const Bytes& key);
  [[nodiscard]] std::vector<Bytes> keys() const;
  void closeAll();
  void reloadAll();
  /// The current tab keeps its key.
  Q_INVOKABLE void openName(const QString& name) { open(name.toStdString()); }
  /// How many keys, or whether the one of this tab, are changed here and neither saved nor being saved.
  Q_INVOKABLE [[nodiscard]] int unsaved() const;
  Q_INVOKABLE [[nodiscard]] int unsavedIn(int tab) const;
  Q_INVOKABLE void pin();
  Q_INVOKABLE void close(int tab);
  Q_INVOKABLE void closeCurrent() { close(current_); }
  Q_INVOKABLE void next(int step);
  /// Brings back what the last change in any of the tabs overwrote, though its key is closed meanwhile.
  Q_INVOKABLE void undoLast(const QString& confirmation);
  /// Does what was told of by `hasNoWayBack`.
  Q_INVOKABLE void goOn(int refusal);

 signals:
  void currentChanged();
  void tabsChanged();
  void removed(const QByteArray& key);
  void stored(const QByteArray& key);
  void savingChanged();
  /// After a change in any of the tabs, also one that is closed by now: in words, whether there is a way
  /// back, and whether `undoLast` is it.
  void done(const QString& message, bool undoable, bool undoneHere);
  void failed(const cachify::ui::StudioError& error);
  void written(const QString& fileName);
  /// A change was not made, for there would be no way back from it.
  void hasNoWayBack(int refusal, const QString& name);

 private:
  struct Tab {
    std::unique_ptr<KeyDocument, void (*)(KeyDocument*)> document;
    bool pinned = false;
  };
  Tab made();
  void tellDone(const KeyDocument& document, const QString& message, const QByteArray& key, bool undoable);
  void followSaving();
  void refuse(const QString& name, std::function<void()> goOn);
  void undo(const Bytes& key, const actions::Consent& consent);
  void tell();

  EngineHost& host_;
  domain::ConnectionProfile profile_;
  std::vector<Tab> documents_;
  std::vector<Tab> parting_;  ///< closed, with something under way
  bool saving_ = false;
  int undos_ = 0;  ///< under way
  int current_ = 0;
  std::map<int, std::function<void()>> refused_;  ///< what `goOn` does, by refusal
  int refusals_ = 0;
  Bytes lastChanged_;
  RecordModel tabs_;
};

}  // namespace cachify::ui
