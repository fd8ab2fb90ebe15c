// SPDX-License-Identifier: MIT
// By hand on Eigen, which shares products among OpenMP's threads.
#include <Eigen/Core>

#include "hand_written_peer.hpp"

namespace gradus::bench {
namespace {

struct EigenProducts {
  template <class T>
  static void multiply(const Product& product, T alpha, const T* a, const T* b, T beta, T* c) {
    using Matrix = Eigen::Matrix<T, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
    const auto m = static_cast<Eigen::Index>(product.m);
    const auto n = static_cast<Eigen::Index>(product.n);
    const auto k = static_cast<Eigen::Index>(product.k);
    const auto view = [](const T* data, bool is_transposed, Eigen::Index rows, Eigen::Index cols) {
      return is_transposed ? Eigen::Map<const Matrix>(data, cols, rows)
                           : Eigen::Map<const Matrix>(data, rows, cols);
    };
    const auto a_view = view(a, product.is_a_transposed, m, k);
    const auto b_view = view(b, product.is_b_transposed, k, n);
    Eigen::Map<Matrix> c_view(c, m, n);
    const auto add = [&](const auto& terms) {
      if (beta == T{0}) {
        c_view.noalias() = alpha * terms;
      } else {
        c_view.noalias() += alpha * terms;  // beta is 0 or 1
      }
    };
    if (product.is_a_transposed) {
      add(a_view.transpose() * b_view);
    } else if (product.is_b_transposed) {
      add(a_view * b_view.transpose());
    } else {
      add(a_view * b_view);
    }
  }
};

}  // namespace
}  // namespace gradus::bench

int main(int num_arguments, char** arguments) {
  using namespace gradus::bench;
  return answer(num_arguments, arguments, run_by_hand<EigenProducts, true>);
}
