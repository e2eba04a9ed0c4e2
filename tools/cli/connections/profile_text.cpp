#include "connections/profile_text.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace cachify::cli {

using domain::ConnectionProfile;
using domain::Environment;

namespace {

std::string retryWords(const domain::RetryPolicy& retry) {
  if (retry.maxAttempts == 1) return "one attempt";
  return fmt::format("{} attempts, {} ms apart ({}), aborted above an error rate of {}", retry.maxAttempts,
                     retry.backoff.count(), domain::wireName(retry.strategy), retry.abortOnErrorRate);
}

std::string tlsWords(const domain::TlsSettings& tls) {
  if (!tls.enabled) return "off";
  std::string words = tls.verify ? "on" : "on, server's certificate NOT verified";
  if (!tls.serverName.empty()) words += fmt::format(", as {}", escapeForDisplay(tls.serverName));
  if (!tls.certFile.empty()) words += ", with a client certificate";
  if (!tls.keySecretRef.empty()) words += " (key's passphrase in the secret store)";
  return words;
}

std::string sshWords(const domain::SshSettings& ssh) {
  if (ssh.destination.empty()) return "no";
  const std::string port = ssh.port == 0 ? "" : fmt::format(", port {}", ssh.port);
  const std::string config =
      ssh.configFile.empty() ? "" : fmt::format(", configured by {}", escapeForDisplay(ssh.configFile));
  return escapeForDisplay(ssh.destination) + port + config;
}

std::string topologyWords(const ConnectionProfile& profile) {
  const std::string word(domain::wireName(profile.topology));
  if (profile.topology != domain::Topology::sentinel) return word;
  return fmt::format("{}, master {}", word, escapeForDisplay(profile.sentinelMaster));
}

}  // namespace

std::string addressOf(const ConnectionProfile& profile) {
  const std::string database = profile.dbIndex == 0 ? "" : fmt::format("/{}", profile.dbIndex);
  if (!profile.unixSocket.empty()) return escapeForDisplay(profile.unixSocket) + database;
  const bool ipv6 = profile.host.find(':') != std::string::npos;
  const std::string tunnel = profile.ssh.destination.empty()
                                 ? ""
                                 : fmt::format(" through ssh {}", escapeForDisplay(profile.ssh.destination));
  return fmt::format("{}:{}{}{}", ipv6 ? fmt::format("[{}]", profile.host) : profile.host, profile.port,
                     database, tunnel);
}

Cell environmentCell(Environment environment) {
  const Style style = environment == Environment::prod      ? Style::bad
                      : environment == Environment::staging ? Style::warning
                                                            : Style::plain;
  return {std::string(domain::wireName(environment)), style};
}

Cell policyCell(const ConnectionProfile& profile) {
  std::vector<std::string_view> words;
  if (profile.forceReadOnly) words.emplace_back("read-only by policy");
  if (profile.readOnly) words.emplace_back("read-only");
  const bool unverified = profile.tls.enabled && !profile.tls.verify;
  if (unverified) words.emplace_back("TLS not verified");
  return {fmt::format("{}", fmt::join(words, ", ")), unverified ? Style::warning : Style::plain};
}

void warnOfUnverifiedTls(const ConnectionProfile& profile, Output& output) {
  if (profile.tls.enabled && !profile.tls.verify)
    output.warning(
        fmt::format("the TLS certificate of '{}' is not verified: anybody in between could pose as the "
                    "server (--tls-verify switches it on)",
                    escapeForDisplay(profile.name)));
}

void printProfile(const ConnectionProfile& profile, Output& output) {
  const auto show = [&](std::string_view label, const Cell& cell) {
    output.composed(fmt::format("{} {}", output.styled(fmt::format("{:<14}", label), Style::faint),
                                output.styled(cell.text, cell.style)));
  };
  show("name", {escapeForDisplay(profile.name), Style::strong});
  show("id", profile.id.toString());
  show("server", fmt::format("{} ({}, {})", addressOf(profile), domain::wireName(profile.engine),
                             topologyWords(profile)));
  show("environment", environmentCell(profile.environment));
  const Cell policy = policyCell(profile);
  show("policy", policy.text.empty() ? Cell("none") : policy);
  show("user", profile.username.empty() ? "-" : escapeForDisplay(profile.username));
  show("password", profile.secretRef.empty() ? "none" : "in the secret store");
  show("TLS",
       {tlsWords(profile.tls), profile.tls.enabled && !profile.tls.verify ? Style::warning : Style::plain});
  show("ssh tunnel", sshWords(profile.ssh));
  show("tags",
       profile.tags.empty() ? "-" : escapeForDisplay(fmt::format("{}", fmt::join(profile.tags, ", "))));
  show("favourite", profile.favourite ? "yes" : "no");
  show("timeout", fmt::format("{} ms, {}", profile.timeout.count(), retryWords(profile.retry)));
  show("slow from", fmt::format("{} ms", profile.slowOpThreshold.count()));
  show("key separator", escapeForDisplay(profile.keySeparator));
  show("created", toIso8601(profile.createdAt));
  show("updated", toIso8601(profile.updatedAt));
}

}  // namespace cachify::cli
