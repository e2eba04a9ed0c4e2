#include "arguments.hpp"

#include <CLI/CLI.hpp>
#include <set>
#include <utility>

namespace cachify::cli {

Option Option::typeName(const std::string& name) const {
  option_->type_name(name);
  return *this;
}

Option Option::required() const {
  option_->required();
  return *this;
}

Option Option::excludes(Option other) const {
  option_->excludes(other.option_);
  return *this;
}

Option Option::oneOf(std::initializer_list<std::string> words) const {
  option_->check(CLI::IsMember(std::set<std::string>(words)));
  return *this;
}

Option Option::onePerName() const {
  option_->allow_extra_args(false);
  return *this;
}

Option Arguments::addFlag(const std::string& name, bool& target, const std::string& description) {
  return Option(app_.add_flag(name, target, description));
}

Option Arguments::addSwitch(const std::string& name, std::function<void(bool)> set,
                            const std::string& description) {
  auto byCount = [set = std::move(set)](std::int64_t count) { set(count > 0); };
  return Option(app_.add_flag_function(name, std::move(byCount), description));
}

Option Arguments::addOption(const std::string& name, std::string& target, const std::string& description) {
  return Option(app_.add_option(name, target, description));
}

Option Arguments::addOption(const std::string& name, std::uint32_t& target, const std::string& description) {
  return Option(app_.add_option(name, target, description));
}

Option Arguments::addOption(const std::string& name, std::uint64_t& target, const std::string& description) {
  return Option(app_.add_option(name, target, description));
}

Option Arguments::addOption(const std::string& name, std::vector<std::string>& target,
                            const std::string& description) {
  return Option(app_.add_option(name, target, description));
}

Option Arguments::addOption(const std::string& name, std::function<void(const std::string&)> set,
                            const std::string& description) {
  return Option(app_.add_option_function<std::string>(name, set, description));
}

namespace {

// CLI11 takes "[a,b]" apart and "{}" for nothing where an option has any number of values; with an exact
// number and a callback of its own it does neither.
CLI::Option* addVerbatim(CLI::App& app, const std::string& name, std::vector<std::string>& words,
                         const std::string& description) {
  CLI::callback_t take = [&words](const CLI::results_t& results) {
    words = results;
    return true;
  };
  return app.add_option(name, std::move(take), description);
}

}  // namespace

Option Arguments::addPair(const std::string& name, std::vector<std::string>& words,
                          const std::string& description) {
  CLI::callback_t take = [&words](const CLI::results_t& results) {
    words = results;
    // The parser takes one for a pair where the command line ends behind it.
    return words.size() == 2;
  };
  CLI::Option* option = app_.add_option(name, std::move(take), description);
  option->expected(2)->multi_option_policy(CLI::MultiOptionPolicy::TakeAll)->allow_extra_args(false);
  return Option(option);
}

Option Arguments::addWords(const std::string& name, std::vector<std::string>& words,
                           const std::string& description) {
  constexpr int kMany = 1 << 20;
  CLI::Option* option = addVerbatim(app_, name, words, description);
  option->expected(kMany, CLI::detail::expected_max_vector_size)
      ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll)
      ->allow_extra_args(false);
  return Option(option);
}

void Arguments::footer(const std::string& text) {
  app_.footer(text);
}

Option addText(Arguments& arguments, const std::string& name, OptionalText& target,
               const std::string& description) {
  return arguments.addOption(
      name, [&target](const std::string& text) { target = text; }, description);
}

Option addText(Arguments& arguments, const std::string& name, std::string& target,
               const std::string& description) {
  return arguments.addOption(name, target, description).required();
}

}  // namespace cachify::cli
