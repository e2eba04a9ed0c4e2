#include "key_document.hpp"

#include <QPointer>

#include "consent.hpp"
#include "engine_host.hpp"
#include "shown_value.hpp"
#include "studio/engine.hpp"
#include "text.hpp"

namespace cachify::ui {

using actions::MutationReport;
using domain::ValueType;

namespace {

constexpr std::uint64_t kPageItems = 200;

decode::View viewNamed(const QString& name) {
  return decode::viewFromName(name.toStdString()).value_or(decode::View::automatic);
}

}  // namespace

KeyDocument::KeyDocument(EngineHost& host, QObject* parent)
    : QObject(parent),
      host_(host),
      wanted_(kPreviewBytes),
      lines_({"text"}),
      elements_({"first", "second", "wholeFirst", "wholeSecond", "plain"}),
      history_({"snapshotId", "time", "reason", "state", "ttl", "notCaptured", "status"}),
      diff_({"sign", "text"}) {
  tick_.setInterval(1000);
  connect(&tick_, &QTimer::timeout, this, &KeyDocument::ttlChanged);
}

KeyDocument::~KeyDocument() = default;

QString KeyDocument::name() const {
  return open_ ? toShown(key_) : QString();
}
bool KeyDocument::exists() const {
  return value_ && value_->type != ValueType::none;
}
QString KeyDocument::type() const {
  return value_ ? toText(domain::wireName(value_->type)) : QString();
}

QString KeyDocument::ttl() const {
  if (!exists()) return {};
  if (!value_->ttlKnown) return tr("not told by the server");
  if (!deadline_) return tr("no expiry");
  const auto left =
      std::chrono::duration_cast<std::chrono::milliseconds>(*deadline_ - std::chrono::steady_clock::now());
  return left.count() <= 0 ? tr("expired") : durationText(std::chrono::seconds(left.count() / 1000));
}

QString KeyDocument::size() const {
  if (!exists()) return {};
  if (value_->length) {
    const QString items = tr("%n element(s)", nullptr, smallCount(*value_->length));
    return value_->memoryBytes ? items + ", " + sizeText(*value_->memoryBytes) : items;
  }
  return sizeText(value_->sizeBytes);
}

QString KeyDocument::encoding() const {
  return value_ ? toText(value_->encoding) : QString();
}

bool KeyDocument::hasMore() const {
  return value_ && !value_->nextCursor.empty();
}

bool KeyDocument::editable() const {
  return exists() && plain_;
}

void KeyDocument::openName(const QString& name) {
  open(toBytes(name));
}

void KeyDocument::open(const Bytes& key) {
  key_ = key;
  open_ = true;
  view_ = QStringLiteral("auto");
  history_.assign({});
  ++diffs_;
  diff_.assign({});
  diffNote_.clear();
  elements_.assign({});
  value_.reset();
  digest_.clear();
  wanted_ = kPreviewBytes;
  emit diffChanged();
  load(false);
}

void KeyDocument::close() {
  open_ = false;
  ++ticket_;
  value_.reset();
  error_ = {};
  conflict_ = false;
  draft_ = {};
  forgetDraft();
  tick_.stop();
  emit changed();
  emit draftChanged();
  emit conflictChanged();
}

void KeyDocument::reload() {
  load(false);
}

void KeyDocument::refresh() {
  if (!dirty()) return load(false);
  host_.ask<cache::ReadValue>(
      this,
      [profile = profile_, key = key_](studio::Engine& engine) {
        return engine.wait(engine.keys().get(profile, key, {.maxItems = 1, .maxBytes = 1}, {}));
      },
      [this, ticket = ticket_](Result<cache::ReadValue> read) {
        if (read && ticket == ticket_) follow(read->ttl);
      });
}

void KeyDocument::follow(std::optional<std::chrono::milliseconds> ttl) {
  deadline_.reset();
  if (ttl) deadline_ = std::chrono::steady_clock::now() + *ttl;
  deadline_ ? tick_.start() : tick_.stop();
  emit ttlChanged();
}

void KeyDocument::loadMore() {
  if (hasMore()) load(true);
}

bool KeyDocument::canLoadAll() const {
  return hasMore() && value_->type == ValueType::string && value_->sizeBytes <= kMostLoaded;
}

void KeyDocument::loadAll() {
  if (!canLoadAll()) return;
  wanted_ = kMostLoaded;  // at once, so that it is of one moment
  load(false);
}

void KeyDocument::load(bool append) {
  if (!open_) return;
  loading_ = true;
  error_ = {};
  emit changed();
  cache::ReadRange range{.maxItems = kPageItems, .maxBytes = append ? kPreviewBytes : wanted_};
  if (append) range.cursor = value_->nextCursor;
  host_.ask<ShownValue>(
      this,
      [profile = profile_, key = key_, range, before = append ? value_ : nullptr,
       from = append ? names_.size() : 0,
       view = viewNamed(view_)](studio::Engine& engine) -> Result<ShownValue> {
        auto read = engine.wait(engine.keys().get(profile, key, range, {}));
        if (!read) return std::unexpected(read.error());
        return shownValue(std::move(*read), before.get(), from, view);
      },
      [this, append, view = view_, ticket = ++ticket_](Result<ShownValue> shown) {
        if (ticket != ticket_) return;
        loading_ = false;
        if (!shown) return setError(StudioError(shown.error()));
        show(std::move(*shown), append);
        if (view != view_) decodeView();  // chosen meanwhile
      });
}

void KeyDocument::show(ShownValue shown, bool append) {
  value_ = std::move(shown.value);
  digest_ = std::move(shown.digest);
  plain_ = shown.draft.has_value();
  if (!append) {
    names_.clear();
    values_.clear();
  }
  auto& elements = shown.elements;
  names_.insert(names_.end(), elements.names.begin(), elements.names.end());
  values_.insert(values_.end(), elements.values.begin(), elements.values.end());
  append ? elements_.append(std::move(elements.rows)) : elements_.assign(std::move(elements.rows));
  follow(value_->ttl);
  conflict_ = false;
  draft_ = shown.draft ? *std::move(shown.draft) : Draft();
  forgetDraft();
  showText(std::move(shown.text));
  emit changed();
  emit draftChanged();
  emit conflictChanged();
}

void KeyDocument::setView(const QString& view) {
  if (view == view_) return;
  view_ = view;
  emit viewChanged();
  decodeView();
}

bool KeyDocument::isLarge() const {
  return text_.size() > kMostInAField;
}

void KeyDocument::decodeView() {
  if (!value_) return;
  host_.ask<ShownText>(
      this,
      [value = value_, view = viewNamed(view_)](studio::Engine&) -> Result<ShownText> {
        return shownText(*value, view);
      },
      [this, value = value_, view = view_](Result<ShownText> shown) {
        if (shown && value == value_ && view == view_) showText(std::move(*shown));
      });
}

void KeyDocument::showText(ShownText shown) {
  chain_ = std::move(shown.chain);
  text_ = std::move(shown.text);
  stopped_ = std::move(shown.stopped);
  lines_.assign(std::move(shown.pieces));
  emit viewChanged();
}

void KeyDocument::setError(StudioError error) {
  error_ = std::move(error);
  emit changed();
}

void KeyDocument::setSaving(bool saving) {
  saving_ += saving ? 1 : -1;
  emit changed();
  emit savingChanged();
}

void KeyDocument::setTransferring(bool transferring) {
  transferring_ += transferring ? 1 : -1;
  emit changed();
  emit savingChanged();
}

void KeyDocument::mutate(const QString& message, const QString& confirmation, Work work,
                         std::function<void(const Error&)> refused, std::function<void()> succeeded) {
  run({.message = message,
       .key = key_,
       .work = std::move(work),
       .refused = std::move(refused),
       .succeeded = std::move(succeeded)},
      consentOf(confirmation));
}

void KeyDocument::run(const Attempt& attempt, const actions::Consent& consent) {
  setSaving(true);
  host_.ask<MutationReport>(
      this, [work = attempt.work, consent](studio::Engine& engine) { return work(engine, consent); },
      [this, attempt, consent](Result<MutationReport> report) {
        // What it came to is told even when its key is not in sight any more, and before it counts as over.
        if (!report) {
          tellFailure(attempt, consent, report.error());
          return setSaving(false);
        }
        const auto key = QByteArray::fromStdString(attempt.key);
        emit done(attempt.message, key, report->undoable);
        attempt.succeeded ? attempt.succeeded() : emit stored(key);
        setSaving(false);
        if (!shows(attempt.key)) return;
        refresh();
        if (history_.count() > 0) loadHistory();
      });
}

void KeyDocument::tellFailure(const Attempt& attempt, const actions::Consent& consent, const Error& error) {
  if (!shows(attempt.key)) return emit failed(StudioError(error));
  if (lacksWayBack(error)) {
    actions::Consent without = consent;
    without.acceptNoUndo = true;
    return emit hasNoWayBack(name(), [document = QPointer(this), attempt, without] {
      if (document) document->run(attempt, without);
    });
  }
  attempt.refused ? attempt.refused(error) : emit failed(StudioError(error));
}

void KeyDocument::takeTheirs() {
  load(false);
}

void KeyDocument::setTtlSeconds(const QString& seconds, const QString& confirmation) {
  bool good = true;
  const qlonglong number = seconds.trimmed().isEmpty() ? 0 : seconds.trimmed().toLongLong(&good);
  if (!good || number < 0 || number > 3'000'000'000) {
    return emit failed(StudioError({.code = ErrorCode::validationError,
                                    .message = tr("the TTL must be a number of seconds").toStdString()}));
  }
  domain::TtlChange ttl = domain::NoTtl{};
  if (number > 0) ttl = std::chrono::milliseconds(number * 1000);
  mutate(number > 0 ? tr("TTL set to %1").arg(durationText(std::chrono::seconds(number))) : tr("TTL removed"),
         confirmation,
         [profile = profile_, key = key_, ttl](studio::Engine& engine, const actions::Consent& consent) {
           return engine.wait(engine.keys().ttl(profile, key, ttl, consent, {}));
         });
}

void KeyDocument::remove(const QString& confirmation) {
  mutate(
      tr("Deleted %1").arg(name()), confirmation,
      [profile = profile_, key = key_](studio::Engine& engine, const actions::Consent& consent) {
        return engine.wait(engine.keys().remove(profile, key, consent, {}));
      },
      {},
      [this, key = key_] {
        emit removed(QByteArray::fromStdString(key));
        if (shows(key)) discard();
      });
}

}  // namespace cachify::ui
