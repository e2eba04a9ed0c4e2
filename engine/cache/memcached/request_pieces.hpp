#pragma once
// Why a pipeline is cut before it goes over TLS.
//
// memcached (1.6.18 and others) reads a large value straight to its place and then waits for the socket. What
// the same TLS record held behind the value is in OpenSSL's buffer by then, so the socket stays silent and
// the commands there wait for ever. It does look there when it fills its own buffer of 16 KiB, unless that is
// full.

#include <string_view>
#include <vector>

namespace cachify::cache::memcached {

/// `request`, a pipeline of whole commands, in pieces to be written one by one, and thereby in records of
/// their own: as many commands together as surely fit into memcached's buffer, or one that does not, alone.
[[nodiscard]] std::vector<std::string_view> piecesForTls(std::string_view request);

}  // namespace cachify::cache::memcached
