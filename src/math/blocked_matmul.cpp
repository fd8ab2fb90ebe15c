// SPDX-License-Identifier: MIT
// c = a b, near the most that a processor can multiply and add. Three ideas:
//
// - A tile of c, as large as there are registers, is summed in them: for each k a few vectors of b
//   are loaded once, and each is multiplied with a number of every row of the tile.
// - The columns of b that a tile needs are copied into a panel first, row after row: then they come
//   in the order they are asked for, and from the second-level cache. A long sum is cut where a
//   panel would outgrow it.
// - Threads share panels of columns, and rows where there are few panels. Each element of c is
//   summed by itself in the order of k, so none of this matters to its bits.
#include <algorithm>
#include <cstddef>
#include <type_traits>

#include "gradus/core/aligned_memory.hpp"
#include "plain_matmul.hpp"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "math/blocked_matmul.cpp"
#include <hwy/foreach_target.h>

#include "panels-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace gradus::HWY_NAMESPACE {

// A tile: 24 of 32 registers are sums, or 12 of 16; the others hold two vectors of b and a number
// of a.
constexpr std::size_t tile_vectors = 2;
constexpr std::size_t tile_rows = HWY_MAX_BYTES == 64 || HWY_ARCH_ARM ? 12 : 6;

// Rows of a panel: 2048 of them with two vectors of 64 bytes are 256 KB.
constexpr std::size_t max_terms = 2048;

// Fewer products than this are not worth waking another thread for.
constexpr std::size_t min_products = 65536;

// With so few rows a panel is not used often enough to be worth its copy.
constexpr std::size_t min_rows_to_pack = 4;

/// Part of a sum: terms [first, first + count).
struct Terms {
  std::size_t first;
  std::size_t count;
};

/// Where a tile's columns of b are, row after row, and what its sums start with.
template <Real T>
struct TileColumns {
  std::size_t first;
  std::size_t count;
  const T* b;
  std::size_t b_step;
  const T* bias;  // (vectors), or null to go on with what is in c
};

/// Loads or stores `count` numbers; the vectors are those of a tile's row.
template <Real T, std::size_t vectors>
HWY_INLINE void load_row(const T* HWY_RESTRICT from, std::size_t count, Vector<T>* sums) {
  const Lanes<T> d;
  HWY_ALIGN T padded[vectors * num_lanes<T>] = {};
  if (count < vectors * num_lanes<T>) {
    std::copy_n(from, count, padded);
    from = padded;
  }
  for (std::size_t v = 0; v < vectors; ++v) {
    sums[v] = hn::LoadU(d, from + v * num_lanes<T>);
  }
}

template <Real T, std::size_t vectors>
HWY_INLINE void store_row(const Vector<T>* sums, T* HWY_RESTRICT to, std::size_t count) {
  const Lanes<T> d;
  HWY_ALIGN T padded[vectors * num_lanes<T>];
  const bool is_whole = count == vectors * num_lanes<T>;
  T* place = is_whole ? to : padded;
  for (std::size_t v = 0; v < vectors; ++v) {
    hn::StoreU(sums[v], d, place + v * num_lanes<T>);
  }
  if (!is_whole) {
    std::copy_n(padded, count, to);
  }
}

/// Rows first_row ... first_row + rows - 1 of c, in some columns, from some terms of their sums.
template <Real T, std::size_t rows, std::size_t vectors>
void run_tile(const MatrixProduct<T>& product, const Terms& terms, std::size_t first_row,
              const TileColumns<T>& columns) {
  const Lanes<T> d;
  Vector<T> sums[rows][vectors];
  for (std::size_t m = 0; m < rows; ++m) {
    if (columns.bias != nullptr) {
      load_row<T, vectors>(columns.bias, vectors * num_lanes<T>, sums[m]);
    } else {
      load_row<T, vectors>(&product.c(first_row + m, columns.first), columns.count, sums[m]);
    }
  }
  const T* HWY_RESTRICT a = product.a.at(first_row, terms.first);
  const T* HWY_RESTRICT b = columns.b;
  const std::size_t a_row_step = product.a.row_step;
  for (std::size_t k = 0; k < terms.count; ++k) {
    Vector<T> b_row[vectors];
    for (std::size_t v = 0; v < vectors; ++v) {
      b_row[v] = hn::LoadU(d, b + v * num_lanes<T>);
    }
    for (std::size_t m = 0; m < rows; ++m) {
      const Vector<T> factor = hn::Set(d, a[m * a_row_step]);
      for (std::size_t v = 0; v < vectors; ++v) {
        sums[m][v] = hn::MulAdd(factor, b_row[v], sums[m][v]);
      }
    }
    a += product.a.col_step;
    b += columns.b_step;
  }
  for (std::size_t m = 0; m < rows; ++m) {
    store_row<T, vectors>(sums[m], &product.c(first_row + m, columns.first), columns.count);
  }
}

template <Real T, std::size_t vectors, std::size_t rows = tile_rows>
void run_tile_of(std::size_t num_rows, const MatrixProduct<T>& product, const Terms& terms,
                 std::size_t first_row, const TileColumns<T>& columns) {
  if (num_rows == rows) {
    run_tile<T, rows, vectors>(product, terms, first_row, columns);
  } else if constexpr (rows > 1) {
    run_tile_of<T, vectors, rows - 1>(num_rows, product, terms, first_row, columns);
  }
}

/// Copies a square of as many rows and columns as a narrow vector has lanes, transposed.
template <Real T>
HWY_INLINE void transpose_square(const T* HWY_RESTRICT from, std::size_t from_step,
                                 T* HWY_RESTRICT to, std::size_t to_step) {
#if HWY_TARGET == HWY_SCALAR
  static_cast<void>(from_step + to_step);
  *to = *from;
#else
  const NarrowLanes<T> d;
  const auto r0 = hn::LoadU(d, from);
  const auto r1 = hn::LoadU(d, from + from_step);
  if constexpr (num_narrow_lanes<T> == 2) {
    hn::StoreU(hn::InterleaveLower(d, r0, r1), d, to);
    hn::StoreU(hn::InterleaveUpper(d, r0, r1), d, to + to_step);
  } else {
    const auto r2 = hn::LoadU(d, from + 2 * from_step);
    const auto r3 = hn::LoadU(d, from + 3 * from_step);
    const auto low_02 = hn::InterleaveLower(d, r0, r2);
    const auto low_13 = hn::InterleaveLower(d, r1, r3);
    const auto high_02 = hn::InterleaveUpper(d, r0, r2);
    const auto high_13 = hn::InterleaveUpper(d, r1, r3);
    hn::StoreU(hn::InterleaveLower(d, low_02, low_13), d, to);
    hn::StoreU(hn::InterleaveUpper(d, low_02, low_13), d, to + to_step);
    hn::StoreU(hn::InterleaveLower(d, high_02, high_13), d, to + 2 * to_step);
    hn::StoreU(hn::InterleaveUpper(d, high_02, high_13), d, to + 3 * to_step);
  }
#endif
}

/// Copies the columns of a matrix, `count` rows of which lie in memory from `from` on, to where
/// they are its rows.
template <Real T>
void pack_transposed(const T* from, std::size_t from_step, std::size_t count, std::size_t num_terms,
                     std::size_t width, T* HWY_RESTRICT out) {
  constexpr std::size_t side = num_narrow_lanes<T>;
  const std::size_t whole_columns = count / side * side;
  const std::size_t whole_terms = num_terms / side * side;
  for (std::size_t n = 0; n < whole_columns; n += side) {
    for (std::size_t k = 0; k < whole_terms; k += side) {
      transpose_square(from + n * from_step + k, from_step, out + k * width + n, width);
    }
  }
  for (std::size_t n = 0; n < count; ++n) {
    for (std::size_t k = n < whole_columns ? whole_terms : 0; k < num_terms; ++k) {
      out[k * width + n] = from[n * from_step + k];
    }
  }
}

/// Copies some columns of b, row after row, padded with zeros to `width` numbers each.
template <Real T, std::size_t width>
void pack_columns(const Factor<T>& b, const Terms& terms, std::size_t first, std::size_t count,
                  T* HWY_RESTRICT out) {
  if (b.col_step == 1 && count == width) {
    for (std::size_t k = 0; k < terms.count; ++k) {
      std::copy_n(b.at(terms.first + k, first), width, out + k * width);
    }
  } else if (b.col_step == 1) {
    for (std::size_t k = 0; k < terms.count; ++k) {
      std::copy_n(b.at(terms.first + k, first), count, out + k * width);
    }
  } else {
    pack_transposed(b.at(terms.first, first), b.col_step, count, terms.count, width, out);
  }
  if (count < width) {
    for (std::size_t k = 0; k < terms.count; ++k) {
      std::fill(out + k * width + count, out + (k + 1) * width, T{0});
    }
  }
}

/// A few rows of c, in some columns. A panel would not be used often enough to be worth its copy,
/// so b is read where it is: in vectors that may reach into its next row, but not behind its last.
template <Real T, std::size_t vectors>
void run_few_rows(const MatrixProduct<T>& product, std::size_t first, std::size_t count) {
  constexpr std::size_t width = vectors * num_lanes<T>;
  constexpr std::size_t max_rows = min_rows_to_pack - 1;
  HWY_ALIGN T bias[width] = {};
  if (product.bias != nullptr) {
    std::copy_n(product.bias + first, count, bias);
  }
  const std::size_t step = product.b.row_step;
  std::size_t num_direct = product.num_terms;
  while (num_direct > 0 && (num_direct - 1) * step + first + width > product.num_terms * step) {
    --num_direct;
  }
  const T* start = bias;
  if (num_direct > 0) {
    run_tile_of<T, vectors, max_rows>(product.c.num_rows(), product, {0, num_direct}, 0,
                                      {first, count, product.b.at(0, first), step, bias});
    start = nullptr;
  }
  for (std::size_t k = num_direct; k < product.num_terms; ++k) {
    HWY_ALIGN T row[width] = {};
    std::copy_n(product.b.at(k, first), count, row);
    run_tile_of<T, vectors, max_rows>(product.c.num_rows(), product, {k, 1}, 0,
                                      {first, count, row, width, start});
    start = nullptr;
  }
}

template <Real T>
void run_few_rows(const MatrixProduct<T>& product) {
  constexpr std::size_t max_vectors = 4;
  constexpr std::size_t width = max_vectors * num_lanes<T>;
  for (std::size_t first = 0; first < product.c.num_cols(); first += width) {
    const std::size_t count = std::min(width, product.c.num_cols() - first);
    if (count <= num_lanes<T>) {
      run_few_rows<T, 1>(product, first, count);
    } else {
      run_few_rows<T, max_vectors>(product, first, count);
    }
  }
}

/// Rows [first_row, last_row) of a panel of c's columns, `vectors` wide.
template <Real T, std::size_t vectors>
void run_panel(const MatrixProduct<T>& product, std::size_t first, std::size_t count,
               std::size_t first_row, std::size_t last_row) {
  thread_local AlignedMemory<T> memory;
  constexpr std::size_t width = vectors * num_lanes<T>;
  HWY_ALIGN T bias[width] = {};
  if (product.bias != nullptr) {
    std::copy_n(product.bias + first, count, bias);
  }
  TileColumns<T> columns{first, count, nullptr, width, bias};
  const std::size_t num_rows = last_row - first_row;
  const std::size_t num_tiles = num_blocks_of(tile_rows, num_rows);
  Terms terms{0, 0};
  do {
    terms.count = std::min(max_terms, product.num_terms - terms.first);
    T* packed = memory.room_for(terms.count * width);
    pack_columns<T, width>(product.b, terms, first, count, packed);
    columns.b = packed;
    for (std::size_t tile = 0; tile < num_tiles; ++tile) {
      // Tiles of equal height: twelve rows and then one would leave the last one waiting.
      const std::size_t top = first_row + num_rows * tile / num_tiles;
      const std::size_t bottom = first_row + num_rows * (tile + 1) / num_tiles;
      run_tile_of<T, vectors>(bottom - top, product, terms, top, columns);
    }
    terms.first += terms.count;
    columns.bias = nullptr;
  } while (terms.first < product.num_terms);
}

template <Real T>
void run_product(const MatrixProduct<T>& product, Team& team) {
  constexpr std::size_t width = tile_vectors * num_lanes<T>;
  const std::size_t num_rows = product.c.num_rows();
  const std::size_t num_cols = product.c.num_cols();
  if (num_rows < min_rows_to_pack && product.b.col_step == 1 && product.num_terms > 0) {
    return run_few_rows(product);
  }
  const std::size_t num_panels = num_blocks_of(width, num_cols);
  const std::size_t num_products = num_rows * num_cols * product.num_terms;
  const auto run = [&](std::size_t panel, std::size_t first_row, std::size_t last_row) {
    const std::size_t first = panel * width;
    const std::size_t count = std::min(width, num_cols - first);
    if (count <= num_lanes<T>) {
      run_panel<T, 1>(product, first, count, first_row, last_row);
    } else {
      run_panel<T, tile_vectors>(product, first, count, first_row, last_row);
    }
  };
  if (team.num_threads() == 1 || num_products < 2 * min_products) {
    for (std::size_t panel = 0; panel < num_panels; ++panel) {
      run(panel, 0, num_rows);
    }
    return;
  }
  const std::size_t num_shares =
      std::min(num_rows, num_blocks_of(num_panels, 2 * team.num_threads()));
  team.for_each_block(num_panels * num_shares, [&](std::size_t block) {
    const std::size_t share = block % num_shares;
    run(block / num_shares, num_rows * share / num_shares, num_rows * (share + 1) / num_shares);
  });
}

void blocked_matmul_float(const MatrixProduct<float>& product, Team& team) {
  run_product(product, team);
}

void blocked_matmul_double(const MatrixProduct<double>& product, Team& team) {
#if HWY_HAVE_FLOAT64
  run_product(product, team);
#else
  plain_matmul(product, team);
#endif
}

}  // namespace gradus::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace gradus {

HWY_EXPORT(blocked_matmul_float);
HWY_EXPORT(blocked_matmul_double);

template <>
void blocked_matmul<float>(const MatrixProduct<float>& product, Team& team) {
  HWY_DYNAMIC_DISPATCH(blocked_matmul_float)(product, team);
}

template <>
void blocked_matmul<double>(const MatrixProduct<double>& product, Team& team) {
  HWY_DYNAMIC_DISPATCH(blocked_matmul_double)(product, team);
}

}  // namespace gradus
#endif
