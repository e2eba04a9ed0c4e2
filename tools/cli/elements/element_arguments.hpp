#pragma once
// CONN KEY ELEMENT…: what the commands on parts of a value have in common.

#include "keys/mutation_output.hpp"
#include "options/bytes_options.hpp"
#include "options/consent_options.hpp"

namespace cachify::cli {

/// What a command line names, once KEY and elements are told apart.
class NamedElements {
 public:
  NamedElements(Bytes key, std::vector<std::string> words, bool base64)
      : key_(std::move(key)), words_(std::move(words)), base64_(base64) {}

  [[nodiscard]] const Bytes& key() const { return key_; }
  [[nodiscard]] std::size_t count() const { return words_.size(); }
  /// An index, a score, an id: text in any case.
  [[nodiscard]] const std::string& text(std::size_t i) const { return words_.at(i); }
  /// VALIDATION_ERROR with --base64 where it is none.
  [[nodiscard]] Result<Bytes> bytes(std::size_t i) const;
  [[nodiscard]] Result<std::vector<Bytes>> allBytes() const;
  /// field, value, field, value …
  [[nodiscard]] Result<std::vector<domain::HashEntry>> pairs(std::size_t from = 0) const;
  /// VALIDATION_ERROR unless there are just as many.
  [[nodiscard]] Result<void> mustBe(std::size_t count) const;

 private:
  Bytes key_;
  std::vector<std::string> words_;
  bool base64_;
};

struct ElementArguments {
  std::string connection;
  OptionalText key;
  KeyOption keyForms;
  std::vector<std::string> words;
  bool base64 = false;

  /// `name`: as the usage shows the elements, such as "FIELD VALUE"; empty for none.
  void addTo(Arguments& app, const std::string& name, const std::string& description);
  /// With --key-base64 the place of KEY is an element's.
  [[nodiscard]] Result<NamedElements> resolve() const;
};

struct EditArguments {
  ElementArguments elements;
  ConsentOptions consent;

  void addTo(Arguments& app, const std::string& name, const std::string& description);
};

/// Makes the change, and says it. `did`: "set fields of".
[[nodiscard]] Outcome runEdit(CommandContext& context, const EditArguments& arguments, const Bytes& key,
                              const Result<domain::ValueChange>& change, std::string_view did,
                              const ResultWords& words);

}  // namespace cachify::cli
