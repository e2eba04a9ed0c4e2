#pragma once
// The arguments of one command, as the command line's parser will look for them. CLI11 does the work, and is
// seen in arguments.cpp and application.cpp alone: it is a header of 10 000 lines.

#include <cstdint>
#include <functional>
#include <initializer_list>
#include <optional>
#include <string>
#include <vector>

namespace CLI {
class App;
class Option;
}  // namespace CLI

namespace cachify::cli {

using OptionalText = std::optional<std::string>;

/// One option, flag or positional of a command. A view: the command's arguments own it.
class Option {
 public:
  explicit Option(CLI::Option* option) : option_(option) {}

  /// Each answers the same option, so that calls can be strung together.
  Option typeName(const std::string& name) const;  ///< what stands for its value in the help: "FILE"
  Option required() const;
  Option excludes(Option other) const;  ///< giving both is an error
  Option oneOf(std::initializer_list<std::string> words) const;
  Option onePerName() const;  ///< each value needs the option's name before it

 private:
  CLI::Option* option_;
};

/// A view of the parser's command, valid as long as that is. Targets must outlive the parsing.
class Arguments {
 public:
  explicit Arguments(CLI::App& app) : app_(app) {}

  Option addFlag(const std::string& name, bool& target, const std::string& description);
  /// `set` is told true for the flag's name and false for its negation ("--tls,!--no-tls").
  Option addSwitch(const std::string& name, std::function<void(bool)> set, const std::string& description);
  Option addOption(const std::string& name, std::string& target, const std::string& description);
  Option addOption(const std::string& name, std::uint32_t& target, const std::string& description);
  Option addOption(const std::string& name, std::uint64_t& target, const std::string& description);
  Option addOption(const std::string& name, std::vector<std::string>& target, const std::string& description);
  Option addOption(const std::string& name, std::function<void(const std::string&)> set,
                   const std::string& description);
  /// An option with two values, each as it is; `words` is empty where it was not given.
  Option addPair(const std::string& name, std::vector<std::string>& words, const std::string& description);
  /// All words that are left, each as it is, whatever brackets it has.
  Option addWords(const std::string& name, std::vector<std::string>& words, const std::string& description);

  /// Text below the help of the command.
  void footer(const std::string& text);

 private:
  CLI::App& app_;
};

/// An option or positional that may be left out; an empty text counts as given. (CLI11 binds an empty text to
/// std::optional as "nothing", so it is not used for that.)
Option addText(Arguments& arguments, const std::string& name, OptionalText& target,
               const std::string& description);
/// As above, but it must be given.
Option addText(Arguments& arguments, const std::string& name, std::string& target,
               const std::string& description);

}  // namespace cachify::cli
