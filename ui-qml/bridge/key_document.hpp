#pragma once
// One open key: what it holds, how it is looked at, the draft of a new value, its changes and their way back.

#include <QObject>
#include <QQmlEngine>
#include <QTimer>
#include <QUrl>
#include <chrono>
#include <functional>
#include <memory>
#include <optional>

#include "core/bytes.hpp"
#include "domain/profile.hpp"
#include "domain/value_change.hpp"
#include "draft.hpp"
#include "record_model.hpp"
#include "seen_element.hpp"
#include "studio_error.hpp"

namespace cachify::studio {
class Engine;
}
namespace cachify::actions {
struct MutationReport;
struct Consent;
}  // namespace cachify::actions
namespace cachify::cache {
struct ReadValue;
}
namespace cachify::ui {
struct ShownText;
struct ShownValue;
}  // namespace cachify::ui

namespace cachify::ui {

class EngineHost;

class KeyDocument : public QObject {
  Q_OBJECT
  QML_ELEMENT
  QML_UNCREATABLE("made by the bridge")
  Q_PROPERTY(bool isOpen READ isOpen NOTIFY changed)
  Q_PROPERTY(QString name READ name NOTIFY changed)
  Q_PROPERTY(bool loading READ loading NOTIFY changed)
  Q_PROPERTY(bool exists READ exists NOTIFY changed)
  Q_PROPERTY(QString type READ type NOTIFY changed)
  Q_PROPERTY(QString ttl READ ttl NOTIFY ttlChanged)
  Q_PROPERTY(bool expires READ expires NOTIFY ttlChanged)
  Q_PROPERTY(QString size READ size NOTIFY changed)
  Q_PROPERTY(bool hasCommand READ hasCommand NOTIFY changed)
  Q_PROPERTY(QString encoding READ encoding NOTIFY changed)
  Q_PROPERTY(QString digest READ digest NOTIFY changed)
  Q_PROPERTY(QString view READ view WRITE setView NOTIFY viewChanged)
  Q_PROPERTY(QString chain READ chain NOTIFY viewChanged)
  Q_PROPERTY(QString text READ text NOTIFY viewChanged)
  Q_PROPERTY(bool isLarge READ isLarge NOTIFY viewChanged)
  Q_PROPERTY(cachify::ui::RecordModel* lines READ lines CONSTANT)
  Q_PROPERTY(QString stopped READ stopped NOTIFY viewChanged)
  Q_PROPERTY(bool editable READ editable NOTIFY changed)
  Q_PROPERTY(bool canLoadAll READ canLoadAll NOTIFY changed)
  Q_PROPERTY(QString draft READ draft WRITE setDraft NOTIFY draftChanged)
  Q_PROPERTY(int part READ part WRITE setPart NOTIFY draftChanged)
  Q_PROPERTY(int parts READ parts NOTIFY draftChanged)
  Q_PROPERTY(QString fileName READ fileName NOTIFY draftChanged)
  Q_PROPERTY(bool dirty READ dirty NOTIFY draftChanged)
  Q_PROPERTY(QString draftNote READ draftNote NOTIFY draftChanged)
  Q_PROPERTY(bool saving READ saving NOTIFY changed)
  Q_PROPERTY(bool transferring READ transferring NOTIFY changed)
  Q_PROPERTY(bool inConflict READ inConflict NOTIFY conflictChanged)
  Q_PROPERTY(QString theirs READ theirs NOTIFY conflictChanged)
  Q_PROPERTY(QString ours READ ours NOTIFY conflictChanged)
  Q_PROPERTY(cachify::ui::StudioError error READ error NOTIFY changed)
  Q_PROPERTY(cachify::ui::RecordModel* elements READ elements CONSTANT)
  Q_PROPERTY(bool hasMore READ hasMore NOTIFY changed)
  Q_PROPERTY(cachify::ui::RecordModel* history READ history CONSTANT)
  Q_PROPERTY(cachify::ui::RecordModel* diff READ diff CONSTANT)
  Q_PROPERTY(QString diffNote READ diffNote NOTIFY diffChanged)

 public:
  explicit KeyDocument(EngineHost& host, QObject* parent = nullptr);
  ~KeyDocument() override;

  void setProfile(const domain::ConnectionProfile& profile) { profile_ = profile; }
  [[nodiscard]] const domain::ConnectionProfile& profile() const { return profile_; }
  void open(const Bytes& key);
  [[nodiscard]] bool isOpen() const { return open_; }
  [[nodiscard]] const Bytes& key() const { return key_; }
  [[nodiscard]] QString name() const;
  [[nodiscard]] bool loading() const { return loading_; }
  [[nodiscard]] bool exists() const;
  [[nodiscard]] QString type() const;
  [[nodiscard]] QString ttl() const;
  [[nodiscard]] bool expires() const { return deadline_.has_value(); }
  [[nodiscard]] QString size() const;
  /// One that would make it anew, for `copy`.
  [[nodiscard]] bool hasCommand() const;
  [[nodiscard]] QString encoding() const;
  /// Of the whole; empty where it was not read whole.
  [[nodiscard]] QString digest() const { return digest_; }
  [[nodiscard]] QString view() const { return view_; }
  void setView(const QString& view);
  [[nodiscard]] QString chain() const { return chain_; }
  [[nodiscard]] QString text() const { return text_; }
  /// Too much for a text field: `lines` has it in pieces.
  [[nodiscard]] bool isLarge() const;
  [[nodiscard]] RecordModel* lines() { return &lines_; }
  [[nodiscard]] QString stopped() const { return stopped_; }
  /// In a text field, if need be in parts: a whole text.
  [[nodiscard]] bool editable() const;
  /// What is not loaded whole, and not too large to be.
  [[nodiscard]] bool canLoadAll() const;
  /// Of the part in sight, as a field shows it.
  [[nodiscard]] QString draft() const { return draft_.part(part_); }
  void setDraft(const QString& draft);
  [[nodiscard]] int part() const { return part_; }
  void setPart(int part);
  [[nodiscard]] int parts() const { return draft_.parts(); }
  /// Of the file whose content is to take the value's place; empty: none is.
  [[nodiscard]] QString fileName() const { return fileName_; }
  [[nodiscard]] bool dirty() const { return file_ != nullptr || draft_.isChanged(); }
  [[nodiscard]] QString draftNote() const;
  [[nodiscard]] bool saving() const { return saving_ > 0; }
  /// From a file, or into one.
  [[nodiscard]] bool transferring() const { return transferring_ > 0; }
  [[nodiscard]] bool inConflict() const { return conflict_; }
  /// Both where they begin to differ, if they are long.
  [[nodiscard]] QString theirs() const { return theirs_; }
  [[nodiscard]] QString ours() const { return ours_; }
  [[nodiscard]] StudioError error() const { return error_; }
  [[nodiscard]] RecordModel* elements() { return &elements_; }
  [[nodiscard]] bool hasMore() const;
  [[nodiscard]] RecordModel* history() { return &history_; }
  [[nodiscard]] RecordModel* diff() { return &diff_; }
  [[nodiscard]] QString diffNote() const { return diffNote_; }

  Q_INVOKABLE void openName(const QString& name);
  Q_INVOKABLE void close();
  Q_INVOKABLE void reload();
  /// What is changed here, and not saved, stays; then only the TTL is read.
  void refresh();
  Q_INVOKABLE void loadMore();
  Q_INVOKABLE void loadAll();
  Q_INVOKABLE void discard();
  /// In the draft, on from there in the part in sight. Emits `found`.
  Q_INVOKABLE void find(const QString& words, int from);
  /// What is too much for a text field: the clipboard in place of what is selected. The place of the cursor
  /// after it, in the part in sight then; -1: the field may do it.
  Q_INVOKABLE int pasteLarge(int from, int to);
  /// Its content is what `save` writes then, whatever it is.
  Q_INVOKABLE void takeFile(const QUrl& file);
  /// All of the value, byte for byte. Emits `written`.
  Q_INVOKABLE void writeFile(const QUrl& file);
  /// What is loaded of the value, "raw", "pretty" as it is viewed, or as a "command" that would make it anew.
  Q_INVOKABLE void copy(const QString& form);
  /// Refused with a conflict when the value is not what was read, unless `force`. Nothing while a change is
  /// under way.
  Q_INVOKABLE void save(bool keepTtl, bool force, const QString& confirmation);
  Q_INVOKABLE void takeTheirs();
  /// Nothing or 0: for ever.
  Q_INVOKABLE void setTtlSeconds(const QString& seconds, const QString& confirmation);
  Q_INVOKABLE void remove(const QString& confirmation);
  /// For a question about it; row -1: about a new one.
  Q_INVOKABLE [[nodiscard]] cachify::ui::SeenElement element(int row) const;
  /// By the type: field and value, item, member, member and score. Emits `elementPut` or `elementNotPut`.
  Q_INVOKABLE void putElement(const cachify::ui::SeenElement& element, const QString& first,
                              const QString& second, const QString& confirmation);
  Q_INVOKABLE void removeElement(const cachify::ui::SeenElement& element, const QString& confirmation);
  Q_INVOKABLE void loadHistory();
  Q_INVOKABLE void showDiff(const QString& snapshotId);
  Q_INVOKABLE void restore(const QString& snapshotId, bool force, const QString& confirmation);

 signals:
  void changed();
  /// Or `transferring`.
  void savingChanged();
  void viewChanged();
  void ttlChanged();
  void draftChanged();
  void conflictChanged();
  void diffChanged();
  /// After a change: in words, and whether there is a way back.
  void done(const QString& message, const QByteArray& key, bool undoable);
  void failed(const cachify::ui::StudioError& error);
  /// In place of `failed`: there would be no way back, so nothing was done. `goOn` does it all the same.
  void hasNoWayBack(const QString& name, const std::function<void()>& goOn);
  /// Length 0: it is nowhere.
  void found(int at, int length);
  void written(const QString& fileName);
  void restoreConflict(const QString& snapshotId, const QString& message);
  void removed(const QByteArray& key);
  void stored(const QByteArray& key);
  void elementPut();
  void elementNotPut(const cachify::ui::StudioError& error);

 private:
  using Work = std::function<Result<actions::MutationReport>(studio::Engine&, const actions::Consent&)>;
  struct Attempt {
    QString message;
    Bytes key;
    Work work;
    std::function<void(const Error&)> refused;
    std::function<void()> succeeded;
  };
  void load(bool append);
  void show(ShownValue shown, bool append);
  /// As it is viewed now; what comes for an earlier value or view is dropped.
  void decodeView();
  void showText(ShownText shown);
  void showConflict();
  void forgetDraft();
  /// It is what the key holds now.
  void keepDraft();
  void follow(std::optional<std::chrono::milliseconds> ttl);
  /// CONFLICT where it is not there any more, or holds something else, as far as it is loaded.
  [[nodiscard]] Result<void> checkSeen(const SeenElement& element) const;
  [[nodiscard]] Work editing(domain::ValueChange change) const;
  /// One more, or one less.
  void setSaving(bool saving);
  void setTransferring(bool transferring);
  /// In sight still, and of this key.
  [[nodiscard]] bool shows(const Bytes& key) const { return open_ && key == key_; }
  /// `refused` and `succeeded` take the place of the usual answers.
  void mutate(const QString& message, const QString& confirmation, Work work,
              std::function<void(const Error&)> refused = {}, std::function<void()> succeeded = {});
  void run(const Attempt& attempt, const actions::Consent& consent);
  void tellFailure(const Attempt& attempt, const actions::Consent& consent, const Error& error);
  void setError(StudioError error);

  EngineHost& host_;
  domain::ConnectionProfile profile_;
  Bytes key_;
  bool open_ = false;
  bool loading_ = false;
  int saving_ = 0;        ///< changes under way
  int transferring_ = 0;  ///< likewise
  bool conflict_ = false;
  std::uint64_t ticket_ = 0;
  std::uint64_t copies_ = 0;
  std::shared_ptr<const cache::ReadValue> value_;
  QString digest_;
  bool plain_ = false;  ///< text fields can hold it and give it back
  std::optional<std::chrono::steady_clock::time_point> deadline_;
  QTimer tick_;
  QString view_ = QStringLiteral("auto");
  QString chain_;
  QString text_;
  QString stopped_;
  std::uint64_t wanted_;  ///< bytes to read of it at most
  Draft draft_;
  int part_ = 0;
  std::shared_ptr<const Bytes> file_;
  QString fileName_;
  QString theirs_;
  QString ours_;
  StudioError error_;
  RecordModel lines_;
  RecordModel elements_;
  RecordModel history_;
  RecordModel diff_;
  QString diffNote_;
  std::uint64_t diffs_ = 0;    ///< only the last that was asked for is shown
  std::vector<Bytes> names_;   ///< of the elements, by row
  std::vector<Bytes> values_;  ///< and what they hold
};

}  // namespace cachify::ui
