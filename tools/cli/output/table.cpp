#include "output/table.hpp"

#include <algorithm>

#include "output/safe_text.hpp"

namespace cachify::cli {
namespace {

/// One very long name must not push the other columns off the screen for all rows.
constexpr std::size_t kMostPadding = 60;
constexpr std::string_view kGap = "  ";

}  // namespace

Table::Table(std::vector<Column> columns) : columns_(std::move(columns)) {
  for (const auto& column : columns_) widths_.push_back(textWidth(column.title));
}

void Table::add(std::vector<Cell> row) {
  for (std::size_t i = 0; i < row.size(); ++i) {
    widths_[i] = std::max(widths_[i], std::min(kMostPadding, textWidth(safeText(row[i].text))));
  }
  rows_.push_back(std::move(row));
}

std::string Table::padded(std::size_t column, const Cell& cell, const Output& output, bool last) const {
  const std::size_t width = textWidth(safeText(cell.text));
  const std::string fill(widths_[column] > width ? widths_[column] - width : 0, ' ');
  const std::string text = output.styled(cell.text, cell.style);
  if (columns_[column].align == Column::Align::right) return fill + text;
  return last ? text : text + fill;
}

void Table::printRow(const std::vector<Cell>& row, Output& output) const {
  std::string line;
  for (std::size_t i = 0; i < row.size(); ++i) {
    if (i > 0) line += kGap;
    line += padded(i, row[i], output, i + 1 == row.size());
  }
  output.composed(line);
}

void Table::print(Output& output) {
  if (!titled_) {
    std::vector<Cell> titles;
    for (const auto& column : columns_) titles.emplace_back(column.title, Style::strong);
    printRow(titles, output);
    titled_ = true;
  }
  for (const auto& row : rows_) printRow(row, output);
  rows_.clear();
}

}  // namespace cachify::cli
