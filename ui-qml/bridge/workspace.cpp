#include "workspace.hpp"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include "actions/link.hpp"
#include "connections_model.hpp"
#include "core/glob.hpp"
#include "engine_host.hpp"
#include "studio/engine.hpp"
#include "text.hpp"

namespace cachify::ui {

namespace {

/// Small enough for a frame, large enough for a million keys in seconds.
constexpr std::uint32_t kPageKeys = 2000;
/// So many at first; the rest on demand, for a person looks at the first few.
constexpr int kFirstKeys = 20'000;

KeyFacts factsOf(const cache::KeyDescription& described) {
  return {.type = toText(domain::wireName(described.type)),
          .ttl = described.ttl ? durationText(*described.ttl) : QString(),
          .size = described.sizeBytes ? sizeText(*described.sizeBytes) : QString()};
}

domain::ValueChange firstElement(const QString& type, const Bytes& first, const Bytes& second) {
  if (type == "hash") return domain::SetFields{.fields = {{first, second}}, .onlyIfAbsent = true};
  if (type == "list") return domain::PushItems{.items = {first}};
  if (type == "set") return domain::AddMembers{.members = {first}};
  return domain::AddScored{.members = {{first, second.empty() ? "0" : second}},
                           .rule = domain::ScoreRule::onlyNew};
}

/// Parameters of deleteKeys.
std::string listOf(const std::vector<Bytes>& keys) {
  QJsonArray texts;
  QJsonArray bytes;
  for (const auto& key : keys) {
    if (isUtf8(key) && key.find('\0') == Bytes::npos) {
      texts.append(toText(key));
    } else {
      bytes.append(toText(toBase64(key)));
    }
  }
  return QJsonDocument(QJsonObject{{"keys", texts}, {"keysBase64", bytes}})
      .toJson(QJsonDocument::Compact)
      .toStdString();
}

}  // namespace

Workspace::Workspace(EngineHost& host, ConnectionsModel& connections, QObject* parent)
    : QObject(parent),
      host_(host),
      connections_(connections),
      keys_(
          [this](std::vector<int> rows, std::vector<Bytes> keys) { ask(std::move(rows), std::move(keys)); }),
      tree_(keys_),
      open_(host),
      bulk_(host, [this] { return profile_; }) {
  connect(&bulk_, &BulkRun::ended, this,
          [this](const QString&, bool clean, bool wasRun) { deletionEnded(clean, wasRun); });
  connect(this, &Workspace::connectionChanged, &bulk_, [this] {
    if (bulk_.connection() != profile_.id) bulk_.clear();
  });
  connect(&open_, &OpenKeys::currentChanged, this, &Workspace::documentChanged);
  connect(&open_, &OpenKeys::removed, this,
          [this](const QByteArray& key) { keys_.remove(key.toStdString()); });
  connect(&open_, &OpenKeys::stored, this,
          [this](const QByteArray& key) { keys_.forget(key.toStdString()); });
  // An edit of the profile takes effect at once; one that is gone closes the workspace.
  connect(&connections_, &ConnectionsModel::modelReset, this, [this] {
    if (!active() || !connections_.loaded() || connections_.error().present()) return;
    const auto* known = connections_.find(connectionId());
    if (known == nullptr) return close();
    profile_ = *known;
    open_.setProfile(profile_);
    tree_.setSeparator(profile_.keySeparator);
    emit connectionChanged();
  });
}

Workspace::~Workspace() {
  stop_.request_stop();
}

QString Workspace::connectionId() const {
  return active() ? toText(profile_.id.toString()) : QString();
}
QString Workspace::name() const {
  return toShown(profile_.name);
}
QString Workspace::engine() const {
  return toText(domain::wireName(profile_.engine));
}
QString Workspace::address() const {
  return addressText(profile_);
}
QString Workspace::environment() const {
  return toText(domain::wireName(profile_.environment));
}
QString Workspace::policy() const {
  return policyText(profile_);
}
QString Workspace::tls() const {
  return tlsText(profile_);
}

void Workspace::setPattern(const QString& pattern) {
  if (pattern == pattern_) return;
  pattern_ = pattern;
  emit searchChanged();
}

void Workspace::setExact(bool exact) {
  if (exact == exact_) return;
  exact_ = exact;
  emit searchChanged();
}

void Workspace::setTypeFilter(const QString& type) {
  if (type == typeFilter_) return;
  typeFilter_ = type;
  emit searchChanged();
}

QString Workspace::progressText() const {
  if (!active()) return {};
  if (!total_) return tr("%1 scanned").arg(countText(scanned_));
  return tr("%1 of ~%2 scanned").arg(countText(scanned_), countText(*total_));
}

QString Workspace::note() const {
  if (!hasMore() || !keys_.isFull()) return note_;
  return tr("The list is at its limit of %1 keys. More goes on from here, in their place; a pattern narrows "
            "it.")
      .arg(countText(static_cast<std::uint64_t>(keys_.limit())));
}

void Workspace::open(const QString& connectionId) {
  const auto* known = connections_.find(connectionId);
  if (known == nullptr || known->id == profile_.id) return;
  close();
  profile_ = *known;
  open_.setProfile(profile_);
  tree_.setSeparator(profile_.keySeparator);
  pattern_.clear();
  typeFilter_.clear();
  emit connectionChanged();
  emit searchChanged();
  probe();
  scan();
}

void Workspace::close() {
  stop();
  ++ticket_;
  ++list_;
  profile_ = {};
  keys_.clear();
  open_.closeAll();
  serverVersion_.clear();
  away_ = false;
  latency_.clear();
  scanned_ = 0;
  total_.reset();
  cursor_.clear();
  error_ = {};
  emit connectionChanged();
  emit statusChanged();
}

void Workspace::probe() {
  host_.ask<actions::TestReport>(
      this,
      [profile = profile_](studio::Engine& engine) {
        (void)engine.wait(engine.watch().keep(profile.id));
        return engine.wait(engine.connections().test(profile, {}, {}));
      },
      [this, id = connectionId()](Result<actions::TestReport> report) {
        if (id != connectionId() || !report) return;
        serverVersion_ = toShown(report->server.version);
        latency_ = latencyText(report->server.latency);
        connections_.setLink({.connection = profile_.id, .state = actions::LinkState::open});
        emit statusChanged();
      });
}

void Workspace::follow(const actions::LinkStatus& link) {
  if (link.connection != profile_.id) return;
  const bool wasAway = std::exchange(away_, isAway(link));
  const QString latency = away_ ? QString() : link.latency ? latencyText(*link.latency) : latency_;
  const bool isSame = std::exchange(latency_, latency) == latency && wasAway == away_;
  if (isSame) return;
  emit statusChanged();
  if (!wasAway || away_) return;
  probe();  // it may be another version now
  if (error_.present()) scan();
  if (document()->error().present()) document()->reload();
}

void Workspace::scan() {
  if (!active()) return;
  stop_.request_stop();
  stop_ = std::stop_source();
  ++list_;
  keys_.clear();
  cursor_.clear();
  scanned_ = 0;
  total_.reset();
  note_.clear();
  error_ = {};
  scanning_ = true;
  emit statusChanged();
  nextPage(++ticket_);
}

void Workspace::stop() {
  if (!scanning_) return;
  stop_.request_stop();
  scanning_ = false;
  emit statusChanged();
}

void Workspace::more() {
  if (scanning_ || cursor_.empty()) return;
  if (keys_.isFull()) keys_.clear();
  stop_ = std::stop_source();
  error_ = {};
  scanning_ = true;
  emit statusChanged();
  nextPage(++ticket_);
}

void Workspace::nextPage(std::uint64_t ticket) {
  const Bytes typed = toBytes(pattern_.trimmed());
  cache::ScanRequest request{
      .pattern = exact_ ? escapeGlob(typed) : typed, .cursor = cursor_, .limit = kPageKeys};
  if (typed.empty()) request.pattern = "*";
  // A word without magic is meant as a part of the name.
  else if (!exact_ && isLiteralGlob(typed))
    request.pattern = "*" + escapeGlob(typed) + "*";
  request.maxScanned = 20'000;
  if (!typeFilter_.isEmpty()) {
    if (const auto type = domain::parseValueType(toBytes(typeFilter_))) request.type = *type;
  }
  host_.ask<actions::KeyPage>(
      this,
      [profile = profile_, request, stop = stop_.get_token()](studio::Engine& engine) {
        return engine.wait(engine.keys().list(profile, request, actions::Describe::namesOnly, stop));
      },
      [this, ticket](Result<actions::KeyPage> page) {
        if (ticket != ticket_) return;
        if (!page) {
          scanning_ = false;
          if (page.error().code != ErrorCode::cancelled) error_ = StudioError(page.error());
          emit statusChanged();
          return;
        }
        std::vector<Bytes> names;
        names.reserve(page->keys.size());
        for (auto& listed : page->keys) names.push_back(std::move(listed.key));
        const int before = keys_.count();
        keys_.append(std::move(names));
        scanned_ += page->scanned;
        total_ = page->total;
        if (total_ && scanned_ > *total_) scanned_ = *total_;
        cursor_ = page->nextCursor;
        if (!page->noListing.empty()) note_ = toText(page->noListing);
        const bool pause = keys_.isFull() || before / kFirstKeys != keys_.count() / kFirstKeys;
        scanning_ = scanning_ && !cursor_.empty() && !pause;
        emit statusChanged();
        if (scanning_) nextPage(ticket);
      });
}

void Workspace::ask(std::vector<int> rows, std::vector<Bytes> keys) {
  using Descriptions = std::vector<cache::KeyDescription>;
  host_.ask<Descriptions>(
      this,
      [profile = profile_, keys](studio::Engine& engine) {
        return engine.wait(engine.keys().describe(profile, keys, {}));
      },
      [this, rows = std::move(rows), keys, list = list_](Result<Descriptions> described) {
        if (list != list_) return;
        // The names stay; opening one tells what is wrong, and asks again.
        lacksFacts_ = !described;
        if (!described) return;
        std::vector<KeyFacts> facts;
        for (const auto& one : *described) facts.push_back(factsOf(one));
        keys_.describe(rows, keys, facts);
      });
}

void Workspace::openRow(int row) {
  if (std::exchange(lacksFacts_, false)) keys_.askAgain();
  if (const auto key = keys_.keyAt(row)) open_.open(*key);
}

void Workspace::openTreeRow(int row) {
  if (const auto key = tree_.keyAt(row)) open_.open(*key);
}

void Workspace::planDeletion() {
  if (bulk_.running()) return;  // what it deletes is still to be told of
  doomed_ = std::make_shared<const std::vector<Bytes>>(keys_.selectedKeys());
  bulk_.clear();
  bulk_.preview([profile = profile_, doomed = doomed_](studio::Engine& engine, actions::RunWatch watch) {
    const actions::RunRequest request{
        .profile = profile, .kind = "deleteKeys", .parameters = listOf(*doomed)};
    return engine.wait(engine.workflows().preview(request, std::move(watch)));
  });
}

void Workspace::deletionEnded(bool clean, bool wasRun) {
  if (bulk_.connection() != profile_.id) return;  // these are other keys by now
  keys_.clearSelection();
  if (clean && wasRun && doomed_) {
    keys_.removeAll(*doomed_);
  } else {
    scan();
  }
  open_.reloadAll();
}

void Workspace::create(const QString& key, const QString& type, const QString& first, const QString& second) {
  if (creating_) return;
  creating_ = true;
  emit creatingChanged();
  host_.ask<actions::MutationReport>(
      this,
      [profile = profile_, key = toBytes(key), type, first = toBytes(first),
       second = toBytes(second)](studio::Engine& engine) -> Result<actions::MutationReport> {
        if (key.empty()) return fail(ErrorCode::validationError, "give the key a name");
        if (type == "string") {
          const actions::SetOptions options{.ttl = domain::NoTtl{}, .mode = domain::SetMode::add};
          return engine.wait(engine.keys().set(profile, key, first, options, {}, {}));
        }
        return engine.wait(engine.keys().edit(profile, key, firstElement(type, first, second), {}, {}));
      },
      [this, key, id = profile_.id](Result<actions::MutationReport> report) {
        if (report) {
          if (id == profile_.id) {
            keys_.append({toBytes(key)});
            open_.open(toBytes(key));
          }
          emit created(key);
        } else {
          emit notCreated(StudioError(report.error()));
        }
        creating_ = false;
        emit creatingChanged();
      });
}

}  // namespace cachify::ui
