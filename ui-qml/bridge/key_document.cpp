#include "key_document.hpp"

#include "consent.hpp"
#include "decode/decode.hpp"
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

/// A text field lays out all it holds, and one line of a megabyte takes it seconds.
constexpr qsizetype kMostInAField = 48 << 10;
constexpr qsizetype kLongestPiece = 2'000;

std::vector<QVariantList> piecesOf(const QString& text) {
  std::vector<QVariantList> pieces;
  for (qsizetype at = 0; at < text.size();) {
    const auto end = text.indexOf('\n', at);
    const auto length = std::min(end < 0 ? text.size() - at : end - at, kLongestPiece);
    pieces.push_back({text.mid(at, length)});
    at += length + (end == at + length ? 1 : 0);
  }
  return pieces;
}

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

}  // namespace

KeyDocument::KeyDocument(EngineHost& host, QObject* parent)
    : QObject(parent),
      host_(host),
      lines_({"text"}),
      elements_({"first", "second"}),
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

QString KeyDocument::digest() const {
  if (!exists() || !value_->nextCursor.empty() || value_->value.index() == 0) return {};
  return toText(toHex(domain::contentDigest(value_->value)));
}

bool KeyDocument::hasMore() const {
  return value_ && !value_->nextCursor.empty();
}

bool KeyDocument::editable() const {
  if (!exists() || hasMore()) return false;
  const auto* bytes = std::get_if<Bytes>(&value_->value);
  return bytes != nullptr && isUtf8(*bytes) && bytes->find('\0') == Bytes::npos &&
         value_->type == ValueType::string;
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

void KeyDocument::reload() {
  load(false);
}

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

bool KeyDocument::isLarge() const {
  return text_.size() > kMostInAField;
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
      text_ = blockText(toText(decoded->text));
      stopped_ = decoded->stopped ? toText(*decoded->stopped) : QString();
    } else {
      stopped_ = toText(decoded.error().message);
    }
  }
  lines_.assign(isLarge() ? piecesOf(text_) : std::vector<QVariantList>());
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

void KeyDocument::mutate(const QString& message, Work work, std::function<void(const Error&)> refused,
                         std::function<void()> succeeded) {
  saving_ = true;
  emit changed();
  host_.ask<MutationReport>(this, std::move(work),
                            [this, message, refused = std::move(refused), succeeded = std::move(succeeded),
                             key = key_](Result<MutationReport> report) {
                              saving_ = false;
                              emit changed();
                              if (!report) {
                                if (refused) return refused(report.error());
                                return emit failed(StudioError(report.error()));
                              }
                              emit done(message, QByteArray::fromStdString(key), report->undoable);
                              if (succeeded) {
                                succeeded();
                              } else {
                                emit stored(QByteArray::fromStdString(key));
                              }
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
         [profile = profile_, key = key_, ttl, consent = consentOf(confirmation)](studio::Engine& engine) {
           return engine.wait(engine.keys().ttl(profile, key, ttl, consent, {}));
         });
}

void KeyDocument::remove(const QString& confirmation) {
  mutate(
      tr("Deleted %1").arg(name()),
      [profile = profile_, key = key_, consent = consentOf(confirmation)](studio::Engine& engine) {
        return engine.wait(engine.keys().remove(profile, key, consent, {}));
      },
      {}, [this, key = key_] { emit removed(QByteArray::fromStdString(key)); });
}

}  // namespace cachify::ui
