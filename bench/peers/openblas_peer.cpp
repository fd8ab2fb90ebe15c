// SPDX-License-Identifier: MIT
// By hand on OpenBLAS, which has threads of its own.
#include <cblas.h>

#include <type_traits>

#include "hand_written_peer.hpp"

namespace gradus::bench {
namespace {

struct OpenBlasProducts {
  template <class T>
  static void multiply(const Product& product, T alpha, const T* a, const T* b, T beta, T* c) {
    const auto m = static_cast<blasint>(product.m);
    const auto n = static_cast<blasint>(product.n);
    const auto k = static_cast<blasint>(product.k);
    const auto order = [](bool is_transposed) { return is_transposed ? CblasTrans : CblasNoTrans; };
    const blasint a_width = product.is_a_transposed ? m : k;
    const blasint b_width = product.is_b_transposed ? k : n;
    if constexpr (std::is_same_v<T, float>) {
      cblas_sgemm(CblasRowMajor, order(product.is_a_transposed), order(product.is_b_transposed), m,
                  n, k, alpha, a, a_width, b, b_width, beta, c, n);
    } else {
      cblas_dgemm(CblasRowMajor, order(product.is_a_transposed), order(product.is_b_transposed), m,
                  n, k, alpha, a, a_width, b, b_width, beta, c, n);
    }
  }
};

}  // namespace
}  // namespace gradus::bench

int main(int num_arguments, char** arguments) {
  using namespace gradus::bench;
  return answer(num_arguments, arguments, run_by_hand<OpenBlasProducts, true>);
}
