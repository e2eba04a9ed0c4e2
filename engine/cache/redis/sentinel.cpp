#include "cache/redis/sentinel.hpp"

#include <algorithm>
#include <map>

#include "cache/pause.hpp"
#include "cache/redis/cluster/slot_map.hpp"
#include "cache/redis/server_error.hpp"
#include "core/stages.hpp"

namespace cachify::cache::redis {
namespace {

using Clock = std::chrono::steady_clock;

/// Field and value by turns, as SENTINEL SENTINELS lists each of them.
std::optional<NodeAddress> addressIn(const Reply& fields) {
  std::map<std::string_view, std::string_view> byName;
  for (std::size_t i = 0; i + 1 < fields.elements.size(); i += 2)
    byName[fields.elements[i].text] = fields.elements[i + 1].text;
  if (!byName.contains("ip") || !byName.contains("port")) return std::nullopt;
  return NodeAddress::parse(std::string(byName["ip"]) + ":" + std::string(byName["port"]));
}

class Sentinels : public std::enable_shared_from_this<Sentinels> {
 public:
  Sentinels(boost::asio::any_io_executor executor, Login login, std::string masterName)
      : executor_(std::move(executor)),
        open_{.endpoint = login.endpoint, .username = {}, .password = {}},
        withPassword_(std::move(login)),
        masterName_(std::move(masterName)) {
    withPassword_.dbIndex = 0;
    known_.push_back({.host = open_.endpoint.host, .port = open_.endpoint.port});
  }

  Task<Endpoint> master(CallContext context);

 private:
  Task<Endpoint> ask(NodeAddress sentinel, CallContext context);
  Task<Endpoint> askOn(RedisConnection& connection, CallContext context);
  void learn(const Reply& others);
  [[nodiscard]] Endpoint at(const NodeAddress& address) const;

  boost::asio::any_io_executor executor_;
  Login open_;  ///< sentinels mostly want no password
  Login withPassword_;
  std::string masterName_;
  std::vector<NodeAddress> known_;  ///< the one that answered last comes first
};

Endpoint Sentinels::at(const NodeAddress& address) const {
  Endpoint endpoint = open_.endpoint;
  endpoint.host = address.host;
  endpoint.port = address.port;
  endpoint.unixSocket.clear();
  return endpoint;
}

void Sentinels::learn(const Reply& others) {
  for (const Reply& other : others.elements) {
    const auto address = addressIn(other);
    if (address && std::ranges::find(known_, *address) == known_.end()) known_.push_back(*address);
  }
}

Task<Endpoint> Sentinels::ask(NodeAddress sentinel, CallContext context) {
  for (const Login* login : {&open_, &withPassword_}) {
    RedisConnection connection(executor_, *login, at(sentinel));
    auto opened = co_await connection.open(context);
    const bool wantsPassword = !opened && opened.error().code == ErrorCode::unauthorized;
    if (wantsPassword && login == &open_) continue;
    if (!opened) co_return fail(std::move(opened).error());
    StageClock stage(context, Stage::locate, connection.address());
    auto master = co_await askOn(connection, context);
    stage.end(master);
    co_return master;
  }
  co_return fail(ErrorCode::internalError, "no login was tried");
}

Task<Endpoint> Sentinels::askOn(RedisConnection& connection, CallContext context) {
  Pipeline question;
  question.add("SENTINEL", "GET-MASTER-ADDR-BY-NAME", masterName_).add("SENTINEL", "SENTINELS", masterName_);
  auto replies = co_await connection.exchange(question, context);
  if (!replies) co_return fail(std::move(replies).error());
  const Reply& master = replies->front();
  if (master.isError()) co_return fail(classify(master.text));
  if (master.elements.size() != 2) {
    co_return fail(ErrorCode::notFound,
                   "the sentinels know no master called " + escapeForDisplay(masterName_));
  }
  const auto address = NodeAddress::parse(master.elements[0].text + ":" + master.elements[1].text);
  if (!address) co_return fail(ErrorCode::internalError, "the sentinel's answer has an unknown form");
  learn((*replies)[1]);
  co_return at(*address);
}

Task<Endpoint> Sentinels::master(CallContext context) {
  const auto self = shared_from_this();
  Result<Endpoint> answer = fail(ErrorCode::connectionFailed, "no sentinel answers");
  const auto candidates = known_;
  for (const NodeAddress& sentinel : candidates) {
    const CallContext share = shareOf(context, &sentinel != &candidates.back());
    answer = co_await ask(sentinel, share);
    if (answer) {
      std::erase(known_, sentinel);
      known_.insert(known_.begin(), sentinel);
      break;
    }
    if (context.stop.stop_requested() || Clock::now() >= context.deadline) break;
  }
  co_return answer;
}

}  // namespace

Locate masterBySentinel(boost::asio::any_io_executor executor, Login login, std::string masterName) {
  auto sentinels = std::make_shared<Sentinels>(std::move(executor), std::move(login), std::move(masterName));
  return [sentinels](CallContext context) { return sentinels->master(std::move(context)); };
}

}  // namespace cachify::cache::redis
