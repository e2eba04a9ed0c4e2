#include "key_document.hpp"

#include "decode/decode.hpp"
#include "domain/value_diff.hpp"
#include "engine_host.hpp"
#include "studio/engine.hpp"
#include "text.hpp"

namespace cachify::ui {

using actions::MutationReport;
using domain::ValueType;

namespace {

/// A preview; the rest is asked for on demand.
constexpr std::uint64_t kPreviewBytes = 1ULL << 20;
constexpr std::uint64_t kPageItems = 200;
constexpr std::size_t kDiffLines = 400;

struct ElementRows {
  std::vector<QVariantList> shown;
  std::vector<Bytes> names;
  std::vector<Bytes> values;

  void add(const Bytes& name, const Bytes& value, const QString& first, const QString& second) {
    shown.push_back({first, second});
    names.push_back(name);
    values.push_back(value);
  }
};

ElementRows rowsOf(const domain::LogicalValue& value, std::size_t from) {
  ElementRows rows;
  if (const auto* hash = std::get_if<domain::HashValue>(&value)) {
    for (const auto& [field, held] : hash->entries) rows.add(field, held, toShown(field), toShown(held));
  } else if (const auto* list = std::get_if<domain::ListValue>(&value)) {
    for (const auto& item : list->items) {
      const auto index = QString::number(from + rows.names.size());
      rows.add(index.toStdString(), item, index, toShown(item));
    }
  } else if (const auto* set = std::get_if<domain::SetValue>(&value)) {
    for (const auto& member : set->members) rows.add(member, member, toShown(member), {});
  } else if (const auto* zset = std::get_if<domain::ZSetValue>(&value)) {
    for (const auto& [member, score] : zset->members) rows.add(member, score, toShown(member), toText(score));
  } else if (const auto* stream = std::get_if<domain::StreamValue>(&value)) {
    for (const auto& entry : stream->entries) {
      QStringList fields;
      for (const auto& [field, held] : entry.fields) fields.append(toShown(field) + " = " + toShown(held));
      rows.add(entry.id, {}, toText(entry.id), fields.join(QStringLiteral(", ")));
    }
  }
  return rows;
}

QVariantList historyRow(const views::SnapshotRow& row, WallTime now) {
  const auto state = row.existed() ? QStringLiteral("%1, %2").arg(toText(domain::wireName(row.state.type)),
                                                                 sizeText(row.state.sizeBytes))
                                   : QObject::tr("was not there");
  QString ttl = QObject::tr("no TTL");
  if (row.state.deadline) {
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(*row.state.deadline - now);
    ttl = left.count() > 0 ? QObject::tr("TTL %1").arg(durationText(left)) : QObject::tr("expired");
  }
  return {toText(row.id.toString()), timeText(row.capturedAt), toText(row.reason), state,
          row.existed() ? ttl : QString(), toText(row.notCaptured), toText(row.mutationStatus)};
}

actions::Consent consentOf(const QString& confirmation) {
  actions::Consent consent;
  if (!confirmation.isEmpty()) consent.confirmation = toBytes(confirmation);
  return consent;
}

}  // namespace

KeyDocument::KeyDocument(EngineHost& host, QObject* parent)
    : QObject(parent),
      host_(host),
      elements_({"first", "second"}),
      history_({"snapshotId", "time", "reason", "state", "ttl", "notCaptured", "status"}),
      diff_({"sign", "text"}) {
  tick_.setInterval(1000);
  connect(&tick_, &QTimer::timeout, this, &KeyDocument::ttlChanged);
}

KeyDocument::~KeyDocument() = default;

QString KeyDocument::name() const { return open_ ? toShown(key_) : QString(); }
bool KeyDocument::exists() const { return value_ && value_->type != ValueType::none; }
QString KeyDocument::type() const { return value_ ? toText(domain::wireName(value_->type)) : QString(); }

QString KeyDocument::ttl() const {
  if (!exists()) return {};
  if (!value_->ttlKnown) return tr("not told by the server");
  if (!deadline_) return tr("no expiry");
  const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(*deadline_ - std::chrono::steady_clock::now());
  return left.count() <= 0 ? tr("expired") : durationText(std::chrono::seconds(left.count() / 1000));
}

QString KeyDocument::size() const {
  if (!exists()) return {};
  if (value_->length) {
    const QString items = tr("%n element(s)", nullptr, static_cast<int>(*value_->length));
    return value_->memoryBytes ? items + ", " + sizeText(*value_->memoryBytes) : items;
  }
  return sizeText(value_->sizeBytes);
}

QString KeyDocument::encoding() const { return value_ ? toText(value_->encoding) : QString(); }

QString KeyDocument::digest() const {
  if (!exists() || !value_->nextCursor.empty() || value_->value.index() == 0) return {};
  return toText(toHex(domain::contentDigest(value_->value)));
}

bool KeyDocument::hasMore() const { return value_ && !value_->nextCursor.empty(); }

bool KeyDocument::editable() const {
  if (!exists() || hasMore()) return false;
  const auto* bytes = std::get_if<Bytes>(&value_->value);
  return bytes != nullptr && isUtf8(*bytes) && bytes->find('\0') == Bytes::npos &&
         value_->type == ValueType::string;
}

void KeyDocument::openName(const QString& name) { open(toBytes(name)); }

void KeyDocument::open(const Bytes& key) {
  key_ = key;
  open_ = true;
  view_ = QStringLiteral("auto");
  history_.assign({});
  diff_.assign({});
  diffNote_.clear();
  elements_.assign({});
  value_.reset();
  emit diffChanged();
  load(false);
}

void KeyDocument::close() {
  open_ = false;
  ++ticket_;
  value_.reset();
  error_ = {};
  conflict_ = false;
  draft_ = original_ = {};
  tick_.stop();
  emit changed();
  emit draftChanged();
  emit conflictChanged();
}

void KeyDocument::reload() { load(false); }

void KeyDocument::loadMore() {
  if (hasMore()) load(true);
}

void KeyDocument::load(bool append) {
  if (!open_) return;
  loading_ = true;
  error_ = {};
  emit changed();
  cache::ReadRange range{.maxItems = kPageItems, .maxBytes = kPreviewBytes};
  if (append) range.cursor = value_->nextCursor;
  host_.ask<cache::ReadValue>(
      this,
      [profile = profile_, key = key_, range](studio::Engine& engine) {
        return engine.wait(engine.keys().get(profile, key, range, {}));
      },
      [this, append, ticket = ++ticket_](Result<cache::ReadValue> value) {
        if (ticket != ticket_) return;
        loading_ = false;
        if (!value) return setError(StudioError(value.error()));
        show(*value, append);
      });
}

void KeyDocument::show(const cache::ReadValue& value, bool append) {
  if (append && std::holds_alternative<Bytes>(value.value) && value_) {
    const auto& before = std::get<Bytes>(value_->value);
    auto whole = std::make_shared<cache::ReadValue>(value);
    whole->value = before + std::get<Bytes>(value.value);
    value_ = whole;
  } else {
    value_ = std::make_shared<cache::ReadValue>(value);
  }
  if (!append) {
    names_.clear();
    values_.clear();
  }
  auto rows = rowsOf(value.value, names_.size());
  names_.insert(names_.end(), rows.names.begin(), rows.names.end());
  values_.insert(values_.end(), rows.values.begin(), rows.values.end());
  append ? elements_.append(std::move(rows.shown)) : elements_.assign(std::move(rows.shown));
  deadline_.reset();
  if (value.ttl) deadline_ = std::chrono::steady_clock::now() + *value.ttl;
  deadline_ ? tick_.start() : tick_.stop();
  conflict_ = false;
  original_ = editable() ? toText(std::get<Bytes>(value_->value)) : QString();
  draft_ = original_;
  decodeView();
  emit changed();
  emit ttlChanged();
  emit draftChanged();
  emit conflictChanged();
}

void KeyDocument::setView(const QString& view) {
  if (view == view_) return;
  view_ = view;
  decodeView();
}

void KeyDocument::decodeView() {
  chain_.clear();
  text_.clear();
  stopped_.clear();
  const auto* bytes = value_ ? std::get_if<Bytes>(&value_->value) : nullptr;
  if (bytes != nullptr) {
    const auto wanted = decode::viewFromName(view_.toStdString()).value_or(decode::View::automatic);
    const auto decoded = decode::decode(*bytes, wanted, {.maxOutputBytes = kPreviewBytes});
    if (decoded) {
      chain_ = toText(decode::chainText(*decoded));
      text_ = toText(decoded->text);
      stopped_ = decoded->stopped ? toText(*decoded->stopped) : QString();
    } else {
      stopped_ = toText(decoded.error().message);
    }
  }
  emit viewChanged();
}

void KeyDocument::setDraft(const QString& draft) {
  if (draft == draft_) return;
  draft_ = draft;
  emit draftChanged();
}

QString KeyDocument::draftNote() const {
  const auto before = static_cast<std::uint64_t>(original_.toUtf8().size());
  const auto after = static_cast<std::uint64_t>(draft_.toUtf8().size());
  return tr("%1 → %2").arg(sizeText(before), sizeText(after));
}

void KeyDocument::discard() {
  setDraft(original_);
  conflict_ = false;
  emit conflictChanged();
}

void KeyDocument::setError(StudioError error) {
  error_ = std::move(error);
  emit changed();
}

void KeyDocument::mutate(const QString& message, Work work, std::function<void(const Error&)> refused) {
  saving_ = true;
  emit changed();
  host_.ask<MutationReport>(this, std::move(work),
                            [this, message, refused = std::move(refused), key = key_](Result<MutationReport> report) {
                              saving_ = false;
                              emit changed();
                              if (!report) {
                                if (refused) return refused(report.error());
                                return emit failed(StudioError(report.error()));
                              }
                              lastChanged_ = key;
                              emit done(message, report->undoable);
                              emit stored(QByteArray::fromStdString(key));
                              if (open_) load(false);
                              if (history_.count() > 0) loadHistory();
                            });
}

void KeyDocument::save(bool keepTtl, bool force, const QString& confirmation) {
  actions::SetOptions options{.force = force};
  if (!keepTtl) options.ttl = domain::NoTtl{};
  if (!force && exists()) options.ifDigest = digest().toStdString();
  mutate(
      tr("Saved %1").arg(name()),
      [profile = profile_, key = key_, value = toBytes(draft_), options,
       consent = consentOf(confirmation)](studio::Engine& engine) {
        return engine.wait(engine.keys().set(profile, key, value, options, consent, {}));
      },
      [this](const Error& error) {
        if (error.code != ErrorCode::conflict) return emit failed(StudioError(error));
        // Both versions are shown: ours stays the draft, theirs is read anew.
        host_.ask<cache::ReadValue>(
            this,
            [profile = profile_, key = key_](studio::Engine& engine) {
              return engine.wait(engine.keys().get(profile, key, {.maxBytes = kPreviewBytes}, {}));
            },
            [this](Result<cache::ReadValue> value) {
              const auto* bytes = value ? std::get_if<Bytes>(&value->value) : nullptr;
              theirs_ = bytes != nullptr ? toShown(*bytes) : tr("(not a text any more)");
              conflict_ = true;
              emit conflictChanged();
            });
      });
}

void KeyDocument::takeTheirs() { load(false); }

void KeyDocument::setTtlSeconds(const QString& seconds, const QString& confirmation) {
  bool good = true;
  const qlonglong number = seconds.trimmed().isEmpty() ? 0 : seconds.trimmed().toLongLong(&good);
  if (!good || number < 0 || number > 3'000'000'000) {
    return emit failed(StudioError(
        {.code = ErrorCode::validationError, .message = tr("the TTL must be a number of seconds").toStdString()}));
  }
  domain::TtlChange ttl = domain::NoTtl{};
  if (number > 0) ttl = std::chrono::milliseconds(number * 1000);
  mutate(number > 0 ? tr("TTL set to %1").arg(durationText(std::chrono::seconds(number))) : tr("TTL removed"),
         [profile = profile_, key = key_, ttl, consent = consentOf(confirmation)](studio::Engine& engine) {
           return engine.wait(engine.keys().ttl(profile, key, ttl, consent, {}));
         });
}

void KeyDocument::remove(const QString& confirmation) {
  mutate(tr("Deleted %1").arg(name()),
         [profile = profile_, key = key_, consent = consentOf(confirmation)](studio::Engine& engine) {
           return engine.wait(engine.keys().remove(profile, key, consent, {}));
         });
}

void KeyDocument::rename(const QString& to, const QString& confirmation) {
  mutate(tr("Renamed to %1").arg(to),
         [profile = profile_, key = key_, to = toBytes(to), consent = consentOf(confirmation)](studio::Engine& engine) {
           return engine.wait(engine.keys().rename(profile, key, to, false, consent, {}));
         });
}

void KeyDocument::change(domain::ValueChange change, const QString& confirmation, const QString& message) {
  mutate(message, [profile = profile_, key = key_, change = std::move(change),
                   consent = consentOf(confirmation)](studio::Engine& engine) {
    return engine.wait(engine.keys().edit(profile, key, change, consent, {}));
  });
}

void KeyDocument::putElement(int row, const QString& first, const QString& second, const QString& confirmation) {
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
      return change(domain::ReplaceItem{.index = std::stoll(names_[at]), .expected = values_[at], .item = text},
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
      return change(domain::RemoveItem{.index = std::stoll(names_[at]), .expected = values_[at]}, confirmation, message);
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

void KeyDocument::loadHistory() {
  host_.ask<views::SnapshotPage>(
      this,
      [id = profile_.id, key = key_](studio::Engine& engine) -> Result<views::SnapshotPage> {
        const auto head = engine.log().head();
        if (!head) return std::unexpected(head.error());
        if (auto ok = engine.views().catchUp(head->lastPosition); !ok) return std::unexpected(ok.error());
        views::SnapshotPage page;
        auto read = engine.views().read([&](sqlite3& db) -> Result<void> {
          auto listed = views::listSnapshots(db, {.connectionId = id, .key = key});
          if (!listed) return std::unexpected(listed.error());
          page = std::move(*listed);
          return {};
        });
        if (!read) return std::unexpected(read.error());
        return page;
      },
      [this, key = key_](Result<views::SnapshotPage> page) {
        if (key != key_) return;
        if (!page) return emit failed(StudioError(page.error()));
        const WallTime now = SystemClock().now();
        std::vector<QVariantList> rows;
        for (const auto& row : page->rows) rows.push_back(historyRow(row, now));
        history_.assign(std::move(rows));
      });
}

void KeyDocument::showDiff(const QString& snapshotId) {
  const auto id = SnapshotId::parse(snapshotId.toStdString());
  if (!id) return;
  host_.ask<actions::SnapshotDiff>(
      this,
      [profile = profile_, id = *id](studio::Engine& engine) {
        return engine.wait(engine.rollback().diffLive(profile, id, {}));
      },
      [this](Result<actions::SnapshotDiff> diff) {
        if (!diff) {
          diffNote_ = toText(diff.error().message);
          diff_.assign({});
          return emit diffChanged();
        }
        const auto lines = domain::diffValues(diff->right.capture.logical, diff->left.capture.logical, kDiffLines);
        std::vector<QVariantList> rows;
        for (const auto& line : lines.lines) rows.push_back({QString(QChar::fromLatin1(line.sign)), toText(line.text)});
        diff_.assign(std::move(rows));
        diffNote_ = diff->equal ? tr("The key is what this snapshot says.") : toText(diff->change);
        emit diffChanged();
      });
}

void KeyDocument::restore(const QString& snapshotId, bool force, const QString& confirmation) {
  const auto id = SnapshotId::parse(snapshotId.toStdString());
  if (!id) return;
  mutate(
      tr("Restored %1").arg(name()),
      [profile = profile_, id = *id, force, consent = consentOf(confirmation)](studio::Engine& engine) {
        const auto onChanged = force ? actions::OnChanged::overwrite : actions::OnChanged::conflict;
        return engine.wait(engine.rollback().restore(profile, id, onChanged, consent, {}));
      },
      [this, snapshotId](const Error& error) {
        if (error.code != ErrorCode::conflict) return emit failed(StudioError(error));
        emit restoreConflict(snapshotId, toText(error.message));
      });
}

void KeyDocument::undoLast(const QString& confirmation) {
  mutate(tr("Undone"), [profile = profile_, key = lastChanged_, consent = consentOf(confirmation)](
                           studio::Engine& engine) -> Result<MutationReport> {
    const auto id = engine.wait(engine.rollback().latest(profile.id, key));
    if (!id) return std::unexpected(id.error());
    return engine.wait(engine.rollback().restore(profile, *id, actions::OnChanged::conflict, consent, {}));
  });
}

}  // namespace cachify::ui
