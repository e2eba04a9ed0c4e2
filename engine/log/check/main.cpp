// cachify-log-check verify DIR | salvage DIR OUT: one JSON document on stdout, progress (`at POSITION` lines)
// on stderr. Apart from the programs that use the log, because a damaged file can end the process that maps
// it.

#include <sys/prctl.h>
#include <unistd.h>

#include <array>
#include <boost/json.hpp>
#include <csignal>
#include <iostream>

#include "log/check/salvage.hpp"

namespace {

using namespace cachify;
using namespace cachify::log;

boost::json::object toJson(const VerifyReport& report) {
  boost::json::array problems;
  for (const Problem& problem : report.problems) {
    problems.push_back(
        {{"position", problem.position}, {"kind", problem.kind}, {"message", problem.message}});
  }
  return {{"ok", report.ok},
          {"events", report.events},
          {"firstPosition", report.firstPosition},
          {"lastPosition", report.lastPosition},
          {"chain", report.chain},
          {"packs", report.packs},
          {"problems", std::move(problems)},
          {"durationMs", report.duration.count()}};
}

boost::json::object toJson(const SalvageReport& report) {
  boost::json::array missing;
  for (const auto& [first, last] : report.missing) missing.push_back({{"first", first}, {"last", last}});
  return {{"frames", report.frames},
          {"events", report.events},
          {"chunks", report.chunks},
          {"missing", std::move(missing)}};
}

boost::json::object toJson(const Error& error) {
  return {{"error",
           {{"code", wireName(error.code)}, {"message", error.message}, {"retryable", error.retryable}}}};
}

void tellPosition(Position position) {
  const std::string line = "at " + std::to_string(position) + "\n";
  // A reader that is gone does not matter: the result goes to stdout.
  [[maybe_unused]] const ssize_t written = ::write(STDERR_FILENO, line.data(), line.size());
}

template <class Report>
int print(const Result<Report>& result) {
  std::cout << boost::json::serialize(result ? toJson(*result) : toJson(result.error())) << std::endl;
  return result ? 0 : 1;
}

}  // namespace

int main(int argc, char** argv) {
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  ::signal(SIGPIPE, SIG_IGN);
  const std::string_view command = argc > 1 ? argv[1] : "";
  if (command == "verify" && argc == 3) return print(verifyFile(argv[2], tellPosition));
  if (command == "salvage" && argc == 4) return print(salvageFile(argv[2], argv[3], tellPosition));
  std::cerr << "usage: cachify-log-check verify DIR | salvage DIR OUT\n";
  return 2;
}
