#include "keys/value_json.hpp"

#include <fmt/format.h>

#include "output/json_text.hpp"
#include "output/table.hpp"

namespace cachify::cli {

using namespace domain;

namespace {

template <class... F>
struct Overloaded : F... {
  using F::operator()...;
};

json::array fieldsToJson(const std::vector<HashEntry>& entries) {
  json::array array;
  for (const auto& entry : entries) {
    json::object object;
    putBytes(object, "field", entry.field);
    putBytes(object, "value", entry.value);
    array.push_back(std::move(object));
  }
  return array;
}

/// Elements of lists and sets are texts; where one is not plain, it is an object with both forms.
json::array elementsToJson(const std::vector<Bytes>& elements) {
  json::array array;
  for (const auto& element : elements) {
    json::object object;
    putBytes(object, "value", element);
    if (object.size() == 1) {
      array.push_back(std::move(object["value"]));
    } else {
      array.push_back(std::move(object));
    }
  }
  return array;
}

json::array membersToJson(const ZSetValue& value) {
  json::array array;
  for (const auto& item : value.members) {
    json::object object;
    putBytes(object, "member", item.member);
    object["score"] = item.score;
    array.push_back(std::move(object));
  }
  return array;
}

json::array entriesToJson(const StreamValue& value) {
  json::array array;
  for (const auto& entry : value.entries) {
    array.push_back(json::object{{"id", entry.id}, {"fields", fieldsToJson(entry.fields)}});
  }
  return array;
}

void printElements(Output& output, const std::vector<Bytes>& elements) {
  for (const auto& element : elements) output.line(escapeForDisplay(element));
}

std::string fieldsText(const std::vector<HashEntry>& fields) {
  std::string text;
  for (const auto& field : fields) {
    text += fmt::format("{}{}={}", text.empty() ? "" : " ", escapeForDisplay(field.field),
                        escapeForDisplay(field.value));
  }
  return text;
}

}  // namespace

void putValue(json::object& object, const LogicalValue& value) {
  std::visit(Overloaded{[&](std::monostate) { object["value"] = nullptr; },
                        [&](const Bytes& bytes) { putBytes(object, "value", bytes); },
                        [&](const HashValue& hash) { object["value"] = fieldsToJson(hash.entries); },
                        [&](const ListValue& list) { object["value"] = elementsToJson(list.items); },
                        [&](const SetValue& set) { object["value"] = elementsToJson(set.members); },
                        [&](const ZSetValue& zset) { object["value"] = membersToJson(zset); },
                        [&](const StreamValue& stream) { object["value"] = entriesToJson(stream); }},
             value);
}

void printValue(Output& output, const LogicalValue& value) {
  const auto table = [&](Column left, Column right, const auto& items, auto row) {
    Table lines({std::move(left), std::move(right)});
    for (const auto& item : items) lines.add(row(item));
    lines.print(output);
  };
  using Row = std::vector<Cell>;
  std::visit(Overloaded{[&](std::monostate) {}, [&](const Bytes& bytes) { output.block(bytes); },
                        [&](const HashValue& hash) {
                          table({"FIELD"}, {"VALUE"}, hash.entries, [](const HashEntry& entry) {
                            return Row{escapeForDisplay(entry.field), escapeForDisplay(entry.value)};
                          });
                        },
                        [&](const ListValue& list) { printElements(output, list.items); },
                        [&](const SetValue& set) { printElements(output, set.members); },
                        [&](const ZSetValue& zset) {
                          table({"SCORE", Column::Align::right}, {"MEMBER"}, zset.members,
                                [](const ScoredMember& item) {
                                  return Row{item.score, escapeForDisplay(item.member)};
                                });
                        },
                        [&](const StreamValue& stream) {
                          table({"ID"}, {"FIELDS"}, stream.entries, [](const StreamEntry& entry) {
                            return Row{entry.id, fieldsText(entry.fields)};
                          });
                        }},
             value);
}

}  // namespace cachify::cli
