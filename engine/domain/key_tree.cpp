#include "domain/key_tree.hpp"

#include <algorithm>

namespace cachify::domain {

KeyTree::KeyTree(KeyTreeShape shape) : shape_(std::move(shape)) {
  if (!shape_.folder.empty() && !shape_.folder.ends_with(shape_.separator)) shape_.folder += shape_.separator;
  const auto top = index_.emplace(shape_.folder, 0).first;
  nodes_.push_back({.path = top->first});
}

bool KeyTree::add(BytesView key) {
  if (!key.starts_with(shape_.folder)) return false;
  Index at = 0;
  std::size_t end = shape_.folder.size();
  for (std::uint32_t level = 0;; ++level) {
    ++nodes_[at].keys;
    const auto next = shape_.separator.empty() ? BytesView::npos : key.find(shape_.separator, end);
    if (next == BytesView::npos) {
      ++nodes_[at].ownKeys;
      return true;
    }
    end = next + shape_.separator.size();
    const auto child = level < shape_.depth ? childOf(at, key.substr(0, end)) : std::nullopt;
    if (!child) {
      nodes_[at].hasMore = true;
      return true;
    }
    at = *child;
  }
}

std::optional<KeyTree::Index> KeyTree::childOf(Index parent, BytesView path) {
  if (const auto known = index_.find(path); known != index_.end()) return known->second;
  if (nodes_.size() > shape_.maxFolders || nameBytes_ + path.size() > shape_.maxNameBytes) {
    cut_ = true;
    return std::nullopt;
  }
  const auto index = static_cast<Index>(nodes_.size());
  const auto made = index_.emplace(path, index).first;
  nameBytes_ += path.size();
  nodes_.push_back({.path = made->first});
  nodes_[parent].children.push_back(index);
  return index;
}

const KeyTree::Node* KeyTree::find(BytesView path) const {
  const auto found = index_.find(path);
  return found == index_.end() ? nullptr : &nodes_[found->second];
}

KeyFolder KeyTree::described(const Node& node) const {
  return {.path = Bytes(node.path),
          .keys = node.keys,
          .ownKeys = node.ownKeys,
          .folders = node.children.size(),
          .hasMore = node.hasMore};
}

KeyFolder KeyTree::top() const {
  return described(nodes_.front());
}

std::optional<KeyFolder> KeyTree::folder(BytesView path) const {
  const Node* node = find(path);
  return node == nullptr ? std::nullopt : std::optional(described(*node));
}

std::vector<KeyFolder> KeyTree::children(BytesView path) const {
  std::vector<KeyFolder> children;
  if (const Node* node = find(path)) {
    for (const Index child : node->children) children.push_back(described(nodes_[child]));
  }
  std::ranges::sort(children, {}, &KeyFolder::path);
  return children;
}

}  // namespace cachify::domain
