#include "cache/transport/ssh_error.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "cache/transport/transport_error.hpp"
#include "cache/transport/way_in.hpp"
#include "core/bytes.hpp"

namespace cachify::cache {
namespace {

struct Meaning {
  std::string_view sign;  ///< in what ssh says; the first that is found counts
  bool retryable;
  std::string_view words;  ///< {0}: the destination, {1}: the command to run by hand
};

constexpr std::array kMeanings{
    Meaning{"REMOTE HOST IDENTIFICATION HAS CHANGED", false,
            "the host key of {0} is not the one that is known: the machine was set up anew, or somebody "
            "stands in "
            "between; run `{1}` once by hand and follow what it says"},
    Meaning{"Host key verification failed", false,
            "the host key of {0} is not known yet; run `{1}` once by hand and check the key"},
    Meaning{"Permission denied (", false,
            "{0} does not let this user in; is the user right, and the key loaded (`ssh-add -l`)? `{1}` must "
            "work "
            "without asking for anything"},
    Meaning{"Too many authentication failures", false,
            "{0} does not let this user in: the agent offered too many keys; name one with IdentityFile and "
            "IdentitiesOnly in ssh's configuration"},
    Meaning{"Can't open user config file", false, "ssh's configuration file cannot be read"},
    Meaning{"Bad configuration option", false, "ssh does not understand its configuration; `{1}` says more"},
    Meaning{"Could not resolve hostname", true, "the host name of {0} could not be looked up"},
    Meaning{"Connection refused", true, "the ssh server of {0} refused the connection; is it running?"},
    Meaning{"Connection timed out", true, "the ssh server of {0} cannot be reached"},
    Meaning{"No route to host", true, "the ssh server of {0} cannot be reached"},
    Meaning{"Network is unreachable", true, "the ssh server of {0} cannot be reached"},
    Meaning{"Could not request local forwarding", false,
            "ssh could not forward a port; LocalForward lines of its configuration must be free, too"},
};

constexpr std::string_view kOpenFailed = "open failed: ";

/// As one word of a shell's command line, for a person to copy.
std::string quoted(const std::string& word) {
  const bool plain = std::ranges::all_of(word, [](char c) {
    return std::string_view(" '\"\\$`*?;&<>|(){}~#!").find(c) == std::string_view::npos;
  });
  return escapeForDisplay(plain ? word : "'" + word + "'");
}

std::string commandByHand(const domain::SshSettings& ssh) {
  std::string command = "ssh";
  if (!ssh.configFile.empty()) command += " -F " + quoted(ssh.configFile);
  if (ssh.port != 0) command += fmt::format(" -p {}", ssh.port);
  return command + " " + quoted(ssh.destination);
}

std::string_view lastLine(std::string_view text) {
  text = trimAscii(text);
  const auto start = text.rfind('\n');
  return trimAscii(start == std::string_view::npos ? text : text.substr(start));
}

Error tunnelFailed(const Endpoint& endpoint, std::string_view words, std::string_view sshSaid) {
  constexpr std::size_t kShownBytes = 500;
  const std::string_view said = trimAscii(sshSaid);
  return connectionFailed(endpoint, "tunnel", std::string(words))
      .with("tunnel", escapeForDisplay(endpoint.way->ssh().destination))
      .with("ssh", escapeForDisplay(said.substr(said.size() - std::min(said.size(), kShownBytes))));
}

}  // namespace

Error tunnelError(const Endpoint& endpoint, std::string_view sshSaid) {
  const auto& ssh = endpoint.way->ssh();
  const auto meaning = std::ranges::find_if(kMeanings, [&](const Meaning& candidate) {
    return sshSaid.find(candidate.sign) != std::string_view::npos;
  });
  if (meaning != kMeanings.end()) {
    const std::string words =
        fmt::format(fmt::runtime(meaning->words), escapeForDisplay(ssh.destination), commandByHand(ssh));
    Error error = tunnelFailed(endpoint, words, sshSaid);
    error.retryable = meaning->retryable;
    return error;
  }
  const std::string_view last = lastLine(sshSaid);
  return tunnelFailed(endpoint,
                      last.empty() ? "ssh ended without a word"
                                   : fmt::format("ssh ended: {}", escapeForDisplay(last.substr(0, 300))),
                      sshSaid);
}

Error sshMissingError(const Endpoint& endpoint) {
  Error error = tunnelFailed(
      endpoint, "the program ssh is not installed here; on Debian: apt-get install openssh-client", "");
  error.retryable = false;
  return error;
}

std::optional<Error> farEndError(const Endpoint& endpoint, std::string_view sshSaid) {
  const auto found = sshSaid.rfind(kOpenFailed);
  if (found == std::string_view::npos) return std::nullopt;
  std::string_view why = sshSaid.substr(found + kOpenFailed.size());
  why = trimAscii(why.substr(0, why.find('\n')));
  const bool forbidden = why.find("administratively prohibited") != std::string_view::npos;
  Error error = tunnelFailed(
      endpoint,
      fmt::format("{} could not reach the server: {}", escapeForDisplay(endpoint.way->ssh().destination),
                  forbidden ? "forwarding is forbidden there (AllowTcpForwarding)" : escapeForDisplay(why)),
      why);
  error.retryable = !forbidden;
  return error;
}

}  // namespace cachify::cache
