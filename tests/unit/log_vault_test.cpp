#include <rapidcheck.h>

#include "log/chunk_codec.hpp"
#include "unit/log_support.hpp"

namespace cachify::log::test {
namespace {

const Uuid kLogId = Uuid::makeV7(someTime());

TEST(Vault, AnyBlobsComeBackAsTheyWere) {
  const Vault vault(kLogId, DataKey::make(someTime()));
  EXPECT_TRUE(rc::check([&](const std::vector<std::string>& blobs) {
    const auto sealed = vault.seal(Uuid::makeV7(someTime()), blobs);
    RC_ASSERT(sealed.has_value());
    const auto opened = vault.open(sealed->front().packId, *sealed);
    RC_ASSERT(opened.has_value());
    RC_ASSERT(*opened == blobs);
  }));
}

std::vector<Bytes> largeBlobs() {
  Bytes noise;  // does not compress
  while (noise.size() < 3'300'000) noise += Sha256::view(sha256(std::to_string(noise.size())));
  return {"small", noise, ""};
}

TEST(Vault, LargePacksAreCutIntoChunksOfAMebibyte) {
  const Vault vault(kLogId, DataKey::make(someTime()));
  const auto blobs = largeBlobs();
  const auto sealed = require(vault.seal(Uuid::makeV7(someTime()), blobs));
  ASSERT_EQ(sealed.size(), 4U);
  for (std::uint32_t i = 0; i < 4; ++i) {
    EXPECT_EQ(sealed[i].number, i);
    EXPECT_LE(require(viewChunk(sealed[i].frame)).sealed.size(), kChunkPlainBytes + kTagBytes);
  }
  EXPECT_EQ(require(vault.open(sealed[0].packId, sealed)), blobs);
}

TEST(Vault, MissingSwappedOrForeignChunksAreDamage) {
  const Vault vault(kLogId, DataKey::make(someTime()));
  const auto sealed = require(vault.seal(Uuid::makeV7(someTime()), largeBlobs()));
  const Uuid pack = sealed[0].packId;
  const auto damaged = [&](std::vector<SealedChunk> chunks, Uuid id) {
    const auto opened = vault.open(id, chunks);
    return !opened && detailOr(opened.error(), "damaged", false);
  };
  auto cut = sealed;
  cut.pop_back();
  EXPECT_TRUE(damaged(cut, pack));
  auto swapped = sealed;
  std::swap(swapped[0], swapped[1]);
  EXPECT_TRUE(damaged(swapped, pack));
  EXPECT_TRUE(damaged(sealed, Uuid::makeV7(someTime())));
  EXPECT_TRUE(damaged({}, pack));
}

TEST(Vault, AnyFlippedBitIsFound) {
  const Vault vault(kLogId, DataKey::make(someTime()));
  const auto sealed =
      require(vault.seal(Uuid::makeV7(someTime()), std::vector<Bytes>{"a secret value", "another"}));
  const SealedChunk& whole = sealed.front();
  for (std::size_t bit = 0; bit < whole.frame.size() * 8; ++bit) {
    SealedChunk flipped = whole;
    flipped.frame[bit / 8] = static_cast<char>(flipped.frame[bit / 8] ^ (1 << (bit % 8)));
    const auto opened = vault.open(whole.packId, {&flipped, 1});
    ASSERT_FALSE(opened) << "bit " << bit;
    EXPECT_TRUE(detailOr(opened.error(), "damaged", false));
  }
}

TEST(Vault, ForgedBytesUnderAFreshCrcDoNotAuthenticate) {
  const Vault vault(kLogId, DataKey::make(someTime()));
  const auto sealed = require(vault.seal(Uuid::makeV7(someTime()), std::vector<Bytes>{"a secret value"}));
  const auto view = require(viewChunk(sealed.front().frame));
  Bytes changed(view.sealed);
  changed[3] = static_cast<char>(changed[3] ^ 1);
  const SealedChunk forged{.packId = view.head.packId, .frame = encodeChunk(view.head, view.nonce, changed)};
  const auto opened = vault.open(view.head.packId, {&forged, 1});
  ASSERT_FALSE(opened);
  EXPECT_TRUE(detailOr(opened.error(), "damaged", false));
}

TEST(Vault, AnotherKeyIsRefusedAndAWrongKeyUnderTheSameIdDoesNotOpen) {
  const DataKey key = DataKey::make(someTime());
  const auto sealed = require(Vault(kLogId, key).seal(Uuid::makeV7(someTime()), std::vector<Bytes>{"value"}));
  const Uuid pack = sealed.front().packId;
  const auto other = Vault(kLogId, DataKey::make(someTime())).open(pack, sealed);
  ASSERT_FALSE(other);
  EXPECT_EQ(other.error().code, ErrorCode::unauthorized);
  const auto wrong = Vault(kLogId, {.id = key.id, .key = DataKey::make(someTime()).key}).open(pack, sealed);
  ASSERT_FALSE(wrong);
  EXPECT_TRUE(detailOr(wrong.error(), "damaged", false));
  EXPECT_FALSE(Vault(Uuid::makeV7(someTime()), key).open(pack, sealed));
}

TEST(Vault, NoPlainByteIsInAChunk) {
  const Vault vault(kLogId, DataKey::make(someTime()));
  const auto sealed = require(vault.seal(Uuid::makeV7(someTime()), std::vector<Bytes>{"hunter2-hunter2"}));
  EXPECT_EQ(sealed.front().frame.find("hunter2"), Bytes::npos);
}

TEST(Vault, TheDigestKeyFollowsFromTheDataKeyAlone) {
  const DataKey key = DataKey::make(someTime());
  const Vault one(kLogId, key);
  const Vault two(Uuid::makeV7(someTime()), key);
  EXPECT_EQ(one.digestKey().reveal(), two.digestKey().reveal());
  EXPECT_EQ(one.digestKey().reveal().size(), kKeyedDigestBytes);
  EXPECT_NE(one.digestKey().reveal(), key.key.reveal());
}

TEST(VaultInLog, PacksAreKeptReadReplacedAndErased) {
  const TempFolder folder;
  const auto log = openLog(folder / "log");
  const Vault vault(require(log->head()).logId, DataKey::make(someTime()));
  const auto blobs = largeBlobs();
  const auto sealed = require(vault.seal(Uuid::makeV7(someTime()), blobs));
  const Uuid pack = sealed.front().packId;
  AppendRequest store;
  store.chunks = sealed;
  ASSERT_TRUE(log->append(store));
  EXPECT_EQ(require(vault.open(pack, require(log->readPack(pack)))), blobs);
  EXPECT_EQ(log->append(store).error().code, ErrorCode::conflict);

  AppendRequest replace;
  replace.erasePacks = {pack};
  replace.chunks = require(vault.seal(pack, std::vector<Bytes>{"small", "", ""}));
  ASSERT_TRUE(log->append(replace));
  EXPECT_EQ(require(vault.open(pack, require(log->readPack(pack)))), (std::vector<Bytes>{"small", "", ""}));

  AppendRequest erase;
  erase.erasePacks = {pack};
  ASSERT_TRUE(log->append(erase));
  EXPECT_EQ(log->readPack(pack).error().code, ErrorCode::notFound);
}

TEST(VaultInLog, PacksThatOvertookEachOtherAreAllThere) {
  const TempFolder folder;
  const auto log = openLog(folder / "log");
  const Vault vault(require(log->head()).logId, DataKey::make(someTime()));
  std::vector<std::vector<SealedChunk>> packs;
  for (int i = 0; i < 20; ++i)
    packs.push_back(require(vault.seal(Uuid::makeV7(someTime() - std::chrono::seconds(i)),
                                       std::vector<Bytes>{std::to_string(i)})));
  for (const auto& pack : packs) {
    AppendRequest store;
    store.chunks = pack;
    ASSERT_TRUE(log->append(store));
  }
  for (std::size_t i = 0; i < packs.size(); ++i) {
    const Uuid id = packs[i].front().packId;
    EXPECT_EQ(require(vault.open(id, require(log->readPack(id)))).front(), std::to_string(i));
  }
}

}  // namespace
}  // namespace cachify::log::test
