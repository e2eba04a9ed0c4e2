#include "plugin_host/fault.hpp"

#include <fmt/format.h>

#include "domain/words.hpp"

namespace cachify::plugin_host {
namespace {

constexpr domain::Words<Fault, 9> kFaults{{{Fault::crashed, "crashed"},
                                           {Fault::hung, "hung"},
                                           {Fault::garbage, "garbage"},
                                           {Fault::endless, "endless"},
                                           {Fault::threw, "threw"},
                                           {Fault::wrongAbi, "wrongAbi"},
                                           {Fault::missingSymbol, "missingSymbol"},
                                           {Fault::notLoadable, "notLoadable"},
                                           {Fault::brokenContract, "brokenContract"}}};

constexpr domain::Words<Fault, 9> kWords{{{Fault::crashed, "ended in the middle of a call"},
                                          {Fault::hung, "did not answer in time and was ended"},
                                          {Fault::garbage, "answered something that cannot be understood"},
                                          {Fault::endless, "went on where it had to stop"},
                                          {Fault::threw, "let an exception out"},
                                          {Fault::wrongAbi, "is of another plugin ABI than it says"},
                                          {Fault::missingSymbol, "does not export cachify_plugin_entry"},
                                          {Fault::notLoadable, "cannot be loaded"},
                                          {Fault::brokenContract, "broke the rules of the plugin ABI"}}};

}  // namespace

std::string_view wireName(Fault fault) {
  return domain::wordOf(kFaults, fault);
}

Fault faultOf(std::uint8_t number) {
  const auto fault = static_cast<Fault>(number);
  return wireName(fault).empty() ? Fault::brokenContract : fault;
}

std::string_view wordsOf(Fault fault) {
  return domain::wordOf(kWords, fault);
}

Error faultError(const FaultReport& report, std::string_view itsWords, std::string_view standardError) {
  constexpr std::size_t kMostWords = 300;
  Error error{
      .code = ErrorCode::internalError,
      .message = fmt::format("the plugin {} {} {}", report.pluginId, report.version, wordsOf(report.fault))};
  if (!itsWords.empty())
    error.message += fmt::format(" ({})", escapeForDisplay(itsWords.substr(0, kMostWords)));
  error.set("plugin", report.pluginId);
  error.set("fault", std::string(wireName(report.fault)));
  if (!standardError.empty()) error.set("lastWords", escapeForDisplay(standardError));
  return error;
}

bool isFault(const Error& error) {
  return error.detail("fault") != nullptr;
}

}  // namespace cachify::plugin_host
