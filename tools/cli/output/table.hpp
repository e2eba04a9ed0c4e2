#pragma once
// Rows of text in columns. Debian 12 packages no table printer for C++ (tabulate, libfort and the like are
// not there), and all that is needed is padding; so this small one is ours.

#include <cstdint>
#include <string>
#include <vector>

#include "output/output.hpp"

namespace cachify::cli {

struct Column {
  enum class Align : std::uint8_t { left, right };
  std::string title;
  Align align = Align::left;
};

struct Cell {
  Cell(std::string content, Style look = Style::plain) : text(std::move(content)), style(look) {}
  Cell(const char* content) : text(content) {}
  std::string text;
  Style style = Style::plain;
};

/// Widths follow the rows added so far and never shrink, so that a table can be written in several parts.
class Table {
 public:
  explicit Table(std::vector<Column> columns);
  void add(std::vector<Cell> row);
  /// Writes the rows added since the last time, below the titles the first time.
  void print(Output& output);

 private:
  [[nodiscard]] std::string padded(std::size_t column, const Cell& cell, const Output& output,
                                   bool last) const;
  void printRow(const std::vector<Cell>& row, Output& output) const;

  std::vector<Column> columns_;
  std::vector<std::size_t> widths_;
  std::vector<std::vector<Cell>> rows_;
  bool titled_ = false;
};

}  // namespace cachify::cli
