// SPDX-License-Identifier: MIT
#include "downloads/sha256.hpp"

#include <fmt/core.h>
#include <openssl/evp.h>

#include <array>

#include "gradus/core/error.hpp"

namespace gradus::cli {
namespace {

void check(int result) {
  if (result != 1) {
    throw StateError("SHA-256: OpenSSL refused");
  }
}

}  // namespace

struct Sha256::Context {
  EVP_MD_CTX* digest = EVP_MD_CTX_new();
};

Sha256::Sha256() : context_(std::make_unique<Context>()) {
  check(EVP_DigestInit_ex(context_->digest, EVP_sha256(), nullptr));
}

Sha256::~Sha256() {
  EVP_MD_CTX_free(context_->digest);
}

void Sha256::add_bytes(const void* bytes, std::size_t size) {
  check(EVP_DigestUpdate(context_->digest, bytes, size));
}

std::string Sha256::hex() {
  std::array<unsigned char, EVP_MAX_MD_SIZE> bytes{};
  unsigned int size = 0;
  check(EVP_DigestFinal_ex(context_->digest, bytes.data(), &size));
  std::string text;
  for (unsigned int i = 0; i < size; ++i) {
    text += fmt::format("{:02x}", bytes[i]);
  }
  return text;
}

std::string checksum(const Dataset& dataset) {
  Sha256 hash;
  for (const Samples* samples : {&dataset.train, &dataset.test}) {
    hash.add(std::span<const std::uint8_t>(samples->bytes))
        .add(std::span<const float>(samples->values))
        .add(std::span<const Label>(samples->labels))
        .add(std::span<const float>(samples->targets));
  }
  return hash.hex();
}

}  // namespace gradus::cli
