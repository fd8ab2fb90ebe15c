// SPDX-License-Identifier: MIT
// By hand on oneDNN's product, which compiles its kernels when it runs. It has none for doubles.
#include <dnnl.h>

#include "gradus/core/error.hpp"
#include "hand_written_peer.hpp"

namespace gradus::bench {
namespace {

struct OneDnnProducts {
  static void multiply(const Product& product, float alpha, const float* a, const float* b,
                       float beta, float* c) {
    const auto m = static_cast<dnnl_dim_t>(product.m);
    const auto n = static_cast<dnnl_dim_t>(product.n);
    const auto k = static_cast<dnnl_dim_t>(product.k);
    const dnnl_status_t status = dnnl_sgemm(
        product.is_a_transposed ? 'T' : 'N', product.is_b_transposed ? 'T' : 'N', m, n, k, alpha, a,
        product.is_a_transposed ? m : k, b, product.is_b_transposed ? k : n, beta, c, n);
    if (status != dnnl_success) {
      throw ValueError("dnnl_sgemm failed");
    }
  }
};

}  // namespace
}  // namespace gradus::bench

int main(int num_arguments, char** arguments) {
  using namespace gradus::bench;
  return answer(num_arguments, arguments, run_by_hand<OneDnnProducts, false>);
}
