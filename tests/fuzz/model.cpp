// SPDX-License-Identifier: MIT
#include "gradus/train/model.hpp"

#include "fuzz.hpp"

using namespace gradus;

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  fuzz::is_taken([&] {
    const AnyModel any = parse_model("input", fuzz::copy({data, size}));
    std::visit(
        [&]<class T>(const Model<T>& model) {
          fuzz::expect(model.parameters.size() == Network<T>(model.network).num_parameters());
          fuzz::expect(model.parameters.size() * sizeof(T) < size);
          fuzz::expect(model.sample_shape.num_elements() == model.network.layer_sizes.front());
        },
        any);
  });
  return 0;
}
