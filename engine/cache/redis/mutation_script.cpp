#include "cache/redis/mutation_script.hpp"

#include <algorithm>

#include "cache/capture_rules.hpp"
#include "cache/mutation_rules.hpp"
#include "cache/redis/content.hpp"
#include "cache/redis/rebuild.hpp"
#include "cache/redis/server_error.hpp"

namespace cachify::cache::redis {

using std::chrono::milliseconds;

namespace {

/// For servers before 6.0, which know no KEEPTTL. ARGV[2]: "XX" for keys that are there alone.
constexpr std::string_view kSetKeepTtlScript =
    "local ttl = redis.call('PTTL', KEYS[1]) "
    "if ttl == -2 and ARGV[2] == 'XX' then return 0 end "
    "redis.call('SET', KEYS[1], ARGV[1]) "
    "if ttl > 0 then redis.call('PEXPIRE', KEYS[1], ttl) end "
    "return 1";

std::int64_t unixMilliseconds(WallTime time) {
  return std::chrono::duration_cast<milliseconds>(time.time_since_epoch()).count();
}

ApplyOutcome refused(Error error) {
  return {.status = ApplyStatus::refused, .error = std::move(error)};
}

const Reply* firstError(std::span<const Reply> replies) {
  const auto found = std::ranges::find_if(replies, &Reply::isError);
  return found == replies.end() ? nullptr : &*found;
}

bool isZero(const Reply& reply) {
  return reply.isInteger() && reply.integer == 0;
}

}  // namespace

class ScriptWriter {
 public:
  ScriptWriter(const Dialect& dialect, std::optional<WallTime> serverTime)
      : dialect_(dialect), serverTime_(serverTime) {}

  Result<MutationScript> operator()(const domain::SetMutation& m) {
    if (m.mode != domain::SetMode::any) {
      conditionalSet(m);
      return std::move(script_);
    }
    const auto* ttl = std::get_if<milliseconds>(&m.ttl);
    if (std::holds_alternative<domain::NoTtl>(m.ttl)) {
      add("SET", m.key, m.value);
    } else if (ttl == nullptr) {
      setKeepingTtl(m);
    } else if (!serverTime_) {
      add("SET", m.key, m.value, "PX", ttl->count());
    } else if (dialect_.setPxAt) {
      add("SET", m.key, m.value, "PXAT", unixMilliseconds(*serverTime_ + *ttl));
    } else {
      add("SET", m.key, m.value);
      add("PEXPIREAT", m.key, unixMilliseconds(*serverTime_ + *ttl));
      script_.needsTransaction_ = true;
    }
    return std::move(script_);
  }

  Result<MutationScript> operator()(const domain::DeleteMutation& m) {
    remove(m.key);
    return std::move(script_);
  }

  Result<MutationScript> operator()(const domain::RenameMutation& m) {
    add(m.replace ? "RENAME" : "RENAMENX", m.from, m.to);
    if (!m.replace) script_.success_ = MutationScript::Success::oneElseConflict;
    return std::move(script_);
  }

  Result<MutationScript> operator()(const domain::TtlMutation& m) {
    const auto* ttl = std::get_if<milliseconds>(&m.ttl);
    if (ttl == nullptr) {
      // PERSIST answers 0 both for "no such key" and for "had no TTL".
      add("TYPE", m.key);
      add("PERSIST", m.key);
      script_.success_ = MutationScript::Success::firstIsNotTypeNone;
      return std::move(script_);
    }
    if (serverTime_) {
      add("PEXPIREAT", m.key, unixMilliseconds(*serverTime_ + *ttl));
    } else {
      add("PEXPIRE", m.key, ttl->count());
    }
    script_.success_ = MutationScript::Success::oneElseNotFound;
    return std::move(script_);
  }

  Result<MutationScript> operator()(const domain::RestoreMutation& m) {
    const domain::Capture& capture = m.capture;
    const bool logical = !std::holds_alternative<std::monostate>(capture.logical);
    if (!capture.existed()) {
      remove(capture.key);
    } else if (capture.isPart()) {
      addPart(script_.commands_, capture);
      script_.needsTransaction_ = script_.commands_.count() > 1;
    } else if (capture.dump && (dialect_.dumps || !logical)) {
      // 0 would mean "for ever"; 1 is as far in the past as any other.
      const std::int64_t deadline =
          capture.deadline ? std::max<std::int64_t>(unixMilliseconds(*capture.deadline), 1) : 0;
      add("RESTORE", capture.key, deadline, *capture.dump, "REPLACE", "ABSTTL");
    } else if (const auto* text = std::get_if<Bytes>(&capture.logical);
               text != nullptr && !capture.deadline) {
      add("SET", capture.key, *text);
    } else if (text != nullptr && dialect_.setPxAt) {
      add("SET", capture.key, *text, "PXAT", std::max<std::int64_t>(unixMilliseconds(*capture.deadline), 1));
    } else {
      remove(capture.key);
      addRebuild(script_.commands_, capture.key, capture.logical);
      if (capture.deadline) add("PEXPIREAT", capture.key, unixMilliseconds(*capture.deadline));
      script_.needsTransaction_ = true;
    }
    return std::move(script_);
  }

  Result<MutationScript> operator()(const domain::TouchMutation& m) {
    add("TOUCH", m.key);
    script_.success_ = MutationScript::Success::oneElseNotFound;
    return std::move(script_);
  }

  Result<MutationScript> operator()(const domain::EditMutation& m) {
    script_.success_ = MutationScript::Success::edit;
    script_.edit_ = addEdit(script_.commands_, m.key, m.change);
    return std::move(script_);
  }

 private:
  template <class... Words>
  void add(const Words&... words) {
    script_.commands_.add(words...);
  }

  void remove(BytesView key) { add(dialect_.unlink ? "UNLINK" : "DEL", key); }

  /// Always one command, for a second one would run where the first one's condition is not met.
  void conditionalSet(const domain::SetMutation& m) {
    const bool adds = m.mode == domain::SetMode::add;
    const std::string_view condition = adds ? "NX" : "XX";
    script_.success_ =
        adds ? MutationScript::Success::textElseConflict : MutationScript::Success::textElseNotFound;
    const auto* ttl = std::get_if<milliseconds>(&m.ttl);
    const bool keeps = std::holds_alternative<domain::KeepTtl>(m.ttl) && !adds;
    if (ttl != nullptr && serverTime_ && dialect_.setPxAt) {
      add("SET", m.key, m.value, "PXAT", unixMilliseconds(*serverTime_ + *ttl), condition);
    } else if (ttl != nullptr) {
      add("SET", m.key, m.value, "PX", ttl->count(), condition);
    } else if (keeps && dialect_.setKeepTtl) {
      add("SET", m.key, m.value, "KEEPTTL", condition);
    } else if (keeps) {
      add("EVAL", kSetKeepTtlScript, 1, m.key, m.value, condition);
    } else {
      add("SET", m.key, m.value, condition);
    }
  }

  void setKeepingTtl(const domain::SetMutation& m) {
    if (dialect_.setKeepTtl) {
      add("SET", m.key, m.value, "KEEPTTL");
    } else {
      add("EVAL", kSetKeepTtlScript, 1, m.key, m.value, "");
    }
  }

  const Dialect& dialect_;
  std::optional<WallTime> serverTime_;
  MutationScript script_;
};

Result<MutationScript> MutationScript::compile(const domain::Mutation& mutation, const Dialect& dialect,
                                               std::optional<WallTime> serverTime) {
  if (auto checked = checkMutation(mutation); !checked) return std::unexpected(checked.error());
  return std::visit(ScriptWriter(dialect, serverTime), mutation);
}

namespace {

/// What it sets the key to: a string without TTL, whatever was there before. Null: it does something else.
const Bytes* plainValueOf(const domain::Mutation& mutation) {
  if (const auto* set = std::get_if<domain::SetMutation>(&mutation)) {
    const bool isPlain = set->mode == domain::SetMode::any && std::holds_alternative<domain::NoTtl>(set->ttl);
    return isPlain ? &set->value : nullptr;
  }
  const auto* restore = std::get_if<domain::RestoreMutation>(&mutation);
  if (restore == nullptr) return nullptr;
  const domain::Capture& capture = restore->capture;
  const bool hasTtl = capture.deadline || capture.deadlineNotRead;
  if (!capture.existed() || capture.isPart() || capture.dump || hasTtl) return nullptr;
  return std::get_if<Bytes>(&capture.logical);
}

}  // namespace

Togetherness togetherness(const domain::Mutation& mutation) {
  if (std::holds_alternative<domain::DeleteMutation>(mutation)) return Togetherness::deletion;
  return plainValueOf(mutation) == nullptr ? Togetherness::none : Togetherness::plainSet;
}

MutationScript MutationScript::together(std::span<const domain::Mutation> mutations, const Dialect& dialect) {
  MutationScript script;
  const bool deletes = togetherness(mutations.front()) == Togetherness::deletion;
  script.commands_.begin(1 + mutations.size() * (deletes ? 1 : 2));
  script.commands_.word(BytesView(!deletes ? "MSET" : dialect.unlink ? "UNLINK" : "DEL"));
  for (const auto& mutation : mutations) {
    script.commands_.word(domain::keysOf(mutation).front());
    if (!deletes) script.commands_.word(*plainValueOf(mutation));
  }
  return script;
}

ApplyOutcome MutationScript::judge(std::span<const Reply> replies) const {
  if (const Reply* error = firstError(replies)) return refused(refusalIn(error->text));
  if (success_ == Success::edit) return outcomeOfEdit(edit_, replies.back());
  const bool unmet = replies.back().isNil() || isZero(replies.back());
  if (success_ == Success::textElseConflict && unmet)
    return refused({.code = ErrorCode::conflict, .message = "the key exists already"});
  const bool absent =
      (success_ == Success::textElseNotFound && unmet) ||
      (success_ == Success::oneElseNotFound && isZero(replies.back())) ||
      (success_ == Success::firstIsNotTypeNone && typeOf(replies.front()) == domain::ValueType::none);
  if (absent) return refused({.code = ErrorCode::notFound, .message = "the key does not exist (any more)"});
  if (success_ == Success::oneElseConflict && isZero(replies.back())) {
    return refused({.code = ErrorCode::conflict, .message = "a key of the new name exists already"});
  }
  return {};
}

ApplyOutcome MutationScript::judgeTransaction(std::span<const Reply> replies) const {
  const Reply& multi = replies.front();
  const Reply& exec = replies.back();
  const auto queued = replies.subspan(1, replies.size() - 2);
  if (multi.isError()) {
    // What followed ran by itself, unless it was refused too.
    const bool allRefused = std::ranges::all_of(queued, &Reply::isError);
    return {.status = allRefused ? ApplyStatus::refused : ApplyStatus::unknown,
            .error = classify(multi.text)};
  }
  if (exec.isNil()) return {.status = ApplyStatus::changed, .error = changedSinceCapture()};
  if (exec.isArray() && exec.elements.size() == commands_.count()) return judge(exec.elements);
  const Reply* error = firstError(queued);
  return refused(refusalIn(error == nullptr ? exec.text : error->text));
}

Error MutationScript::refusalIn(std::string_view text) const {
  return success_ == Success::edit ? editRefused(text) : classify(text);
}

bool needsServerTime(const domain::Mutation& mutation) {
  const auto isRelative = [](const domain::TtlChange& ttl) {
    return std::holds_alternative<milliseconds>(ttl);
  };
  if (const auto* set = std::get_if<domain::SetMutation>(&mutation)) return isRelative(set->ttl);
  if (const auto* ttl = std::get_if<domain::TtlMutation>(&mutation)) return isRelative(ttl->ttl);
  return false;
}

}  // namespace cachify::cache::redis
