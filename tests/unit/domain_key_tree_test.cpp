#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <map>
#include <set>

#include "domain/key_tree.hpp"

namespace cachify::domain {
namespace {

KeyTree treeOf(const std::vector<Bytes>& keys, KeyTreeShape shape = {}) {
  KeyTree tree(std::move(shape));
  for (const auto& key : keys) tree.add(key);
  return tree;
}

std::string told(const std::vector<KeyFolder>& folders) {
  std::string all;
  for (const auto& folder : folders)
    all += folder.path + "=" + std::to_string(folder.keys) + "/" + std::to_string(folder.ownKeys) + " ";
  return all;
}

TEST(KeyTree, CountsKeysInEachFolderAndInThoseBelow) {
  const auto tree = treeOf({"user:1:name", "user:1:mail", "user:2:name", "user:list", "cfg:a", "plain"});
  EXPECT_EQ(tree.top(), (KeyFolder{.path = "", .keys = 6, .ownKeys = 1, .folders = 2}));
  EXPECT_EQ(told(tree.children("")), "cfg:=1/1 user:=4/1 ");
  EXPECT_EQ(told(tree.children("user:")), "user:1:=2/2 user:2:=1/1 ");
  EXPECT_EQ(tree.folder("user:"), (KeyFolder{.path = "user:", .keys = 4, .ownKeys = 1, .folders = 2}));
  EXPECT_EQ(tree.folder("user"), std::nullopt);
  EXPECT_TRUE(tree.children("nothing:").empty());
}

TEST(KeyTree, NamesMayBeEmptyOrAnyBytesAndSeparatorsLong) {
  const Bytes odd("\0\xff\n", 3);
  const auto tree = treeOf({":a", "::b", odd + ":", "c:"});
  EXPECT_EQ(told(tree.children("")), odd + ":=1/1 :=2/1 c:=1/1 ");
  EXPECT_EQ(told(tree.children(":")), "::=1/1 ");
  const auto slashes = treeOf({"a//b//c", "a/b"}, {.separator = "//"});
  EXPECT_EQ(told(slashes.children("")), "a//=1/0 ");
  EXPECT_EQ(told(slashes.children("a//")), "a//b//=1/1 ");
  EXPECT_EQ(treeOf({"a:b"}, {.separator = ""}).top().ownKeys, 1U) << "no separator: no folders";
}

TEST(KeyTree, LooksAtOneFolderWithOrWithoutTheSeparatorAtItsEnd) {
  for (const auto* name : {"user", "user:"}) {
    auto tree = treeOf({"user:1:a", "user:b"}, {.folder = name});
    EXPECT_FALSE(tree.add("users:1"));
    EXPECT_FALSE(tree.add("user"));
    EXPECT_EQ(tree.top(), (KeyFolder{.path = "user:", .keys = 2, .ownKeys = 1, .folders = 1}));
    EXPECT_EQ(told(tree.children("user:")), "user:1:=1/1 ");
  }
}

TEST(KeyTree, DeeperFoldersThanAskedForAreCountedInTheOneAbove) {
  const auto tree = treeOf({"a:b:c:d", "a:b:e", "a:f"}, {.depth = 1});
  EXPECT_EQ(told(tree.children("")), "a:=3/1 ");
  EXPECT_TRUE(tree.folder("a:")->hasMore);
  EXPECT_TRUE(tree.children("a:").empty());
  EXPECT_FALSE(tree.isCut());
}

TEST(KeyTree, HoldsNoMoreFoldersThanAllowedAndLosesNoKey) {
  KeyTree tree({.depth = 3, .maxFolders = 10});
  for (int i = 0; i < 1000; ++i) tree.add("f" + std::to_string(i) + ":k");
  EXPECT_TRUE(tree.isCut());
  EXPECT_EQ(tree.children("").size(), 10U);
  EXPECT_EQ(tree.top().keys, 1000U);
  EXPECT_TRUE(tree.top().hasMore);
  KeyTree longNames({.maxNameBytes = 100});
  for (int i = 0; i < 10; ++i) longNames.add(Bytes(30, static_cast<char>('a' + i)) + ":k");
  EXPECT_TRUE(longNames.isCut());
  EXPECT_EQ(longNames.children("").size(), 3U);
  EXPECT_EQ(longNames.top().keys, 10U);
}

TEST(KeyTree, CanBeAskedWhileItGrowsAndMoved) {
  KeyTree tree;
  tree.add("a:1");
  EXPECT_EQ(told(tree.children("")), "a:=1/1 ");
  KeyTree moved = std::move(tree);
  for (int i = 0; i < 5000; ++i) moved.add("b" + std::to_string(i) + ":" + std::to_string(i));
  moved.add("a:2");
  EXPECT_EQ(moved.children("").size(), 5001U);
  EXPECT_EQ(told({*moved.folder("a:")}), "a:=2/2 ");
}

/// What a folder has, by looking at every key.
KeyFolder counted(const std::vector<Bytes>& keys, const Bytes& path) {
  KeyFolder folder{.path = path};
  std::set<Bytes> below;
  for (const auto& key : keys) {
    if (!key.starts_with(path)) continue;
    ++folder.keys;
    const auto next = key.find(':', path.size());
    if (next == Bytes::npos) {
      ++folder.ownKeys;
    } else {
      below.insert(key.substr(0, next + 1));
    }
  }
  folder.folders = below.size();
  return folder;
}

void requireSame(const KeyTree& tree, const std::vector<Bytes>& keys, const Bytes& path) {
  RC_ASSERT(tree.folder(path) == counted(keys, path));
  for (const auto& child : tree.children(path)) requireSame(tree, keys, child.path);
}

TEST(KeyTree, TellsWhatALookAtEveryKeyTells) {
  EXPECT_TRUE(rc::check([] {
    const auto letter = rc::gen::element('a', 'b', ':', '\0');
    const auto keys = *rc::gen::container<std::vector<Bytes>>(rc::gen::container<Bytes>(letter));
    requireSame(treeOf(keys, {.depth = 1000}), keys, "");
  }));
}

}  // namespace
}  // namespace cachify::domain
