#pragma once
// Values made with the libraries' own compressors.

#include <string>

#include "core/bytes.hpp"
#include "decode/decode.hpp"

namespace cachify::decode::test {

[[nodiscard]] Bytes gzip(BytesView plain);
[[nodiscard]] Bytes zlib(BytesView plain);
/// With a checksum, as the command line tool writes it.
[[nodiscard]] Bytes zstd(BytesView plain);
[[nodiscard]] Bytes lz4(BytesView plain);
/// By a codec's view; base64 too.
[[nodiscard]] Bytes encode(View codec, BytesView plain);

/// What `decode` gives; a failed expectation and nothing where it gives an error.
[[nodiscard]] Decoded decoded(BytesView value, View view = View::automatic, Limits limits = {});

/// "base64 → gzip → json".
[[nodiscard]] std::string chainOf(BytesView value);

}  // namespace cachify::decode::test
