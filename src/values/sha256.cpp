// One call to libsodium; it needs no initialisation for this.
#include "values/sha256.hpp"

#include <sodium/crypto_hash_sha256.h>

#include <array>

namespace guiju {

std::string sha256(std::string_view bytes) {
  std::array<unsigned char, crypto_hash_sha256_BYTES> digest{};
  // The bytes of an empty view may have no address, which the callee does not look at.
  crypto_hash_sha256(digest.data(), reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size());
  constexpr std::string_view kHex = "0123456789abcdef";
  std::string hex;
  for (const unsigned char byte : digest) {
    hex += kHex[byte >> 4U];
    hex += kHex[byte & 15U];
  }
  return hex;
}

}  // namespace guiju
