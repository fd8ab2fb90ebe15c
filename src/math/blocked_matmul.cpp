// SPDX-License-Identifier: MIT
// c = a b, near the most that a processor can multiply and add. Four ideas:
//
// - A tile of c, as large as there are registers, is summed in them: for each k a few vectors of b
//   are loaded once, and each is multiplied with a number of every row of the tile.
// - The columns of b that a tile needs are copied into a panel, row after row: then they come in
//   the order they are asked for, and from the second-level cache. The first tile does that on its
//   way. A long sum is cut where a panel would outgrow the cache.
// - What comes from farther away is asked for early: rows of b before they are copied, and those of
//   c while they are summed.
// - Threads share panels of columns, and rows where there are few panels. Each element of c is
//   summed by itself in the order of k, so none of this matters to its bits.
#include <hwy/cache_control.h>

#include <algorithm>
#include <cstddef>
#include <type_traits>

#include "core/aligned_memory.hpp"
#include "plain_matmul.hpp"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "math/blocked_matmul.cpp"
#include <hwy/foreach_target.h>

#include "pack_columns-inl.hpp"
#include "panels-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace gradus::HWY_NAMESPACE {

// A tile: 24 of 32 registers are sums, or 12 of 16; the others hold two vectors of b and a number
// of a.
constexpr std::size_t tile_vectors = 2;
constexpr std::size_t tile_rows = HWY_MAX_BYTES == 64 || HWY_ARCH_ARM ? 12 : 6;

// Rows of a panel: 2048 of them with two vectors of 64 bytes are 256 KB.
constexpr std::size_t max_terms = 2048;

// How many rows of b are asked for before they are needed: in a large matrix each is in another
// page, and in no near cache.
constexpr std::size_t rows_ahead = 24;

// Fewer products than this are not worth waking another thread for.
constexpr std::size_t min_products = 65536;

// With so few rows a panel is not used often enough to be worth its copy.
constexpr std::size_t min_rows_to_pack = 4;

/// Columns of c, and what they are made of.
template <Real T>
struct TileColumns {
  std::size_t first;
  std::size_t count;
  const T* b;  // row after row
  std::size_t b_step;
  T* copy;        // where whole rows of b go on the way, one behind the other, or null
  const T* bias;  // (vectors)
  Blend<T> blend;
};

/// Asks for the cache lines of a tile's row.
template <Real T, std::size_t vectors>
HWY_INLINE void prefetch_row(const T* row) {
  constexpr std::size_t line = 64 / sizeof(T);
  constexpr std::size_t width = vectors * num_lanes<T>;
  for (std::size_t n = 0; n < width; n += line) {
    hwy::Prefetch(row + n);
  }
  hwy::Prefetch(row + width - 1);
}

/// Sums in registers become rows of c. Unrolled by order: for a loop that is left one, the compiler
/// would put the sums into memory.
template <Real T, std::size_t rows, std::size_t vectors>
HWY_INLINE void write_rows(const Vector<T> (&sums)[rows][vectors], T* c, std::size_t c_step) {
  HWY_UNROLL(12)
  for (std::size_t m = 0; m < rows; ++m) {
    for (std::size_t v = 0; v < vectors; ++v) {
      hn::StoreU(sums[m][v], Lanes<T>(), c + m * c_step + v * num_lanes<T>);
    }
  }
}

/// The same where something of c is kept.
template <Real T, std::size_t rows, std::size_t vectors>
HWY_INLINE void add_rows(const Vector<T> (&sums)[rows][vectors], const Blend<T>& blend, T* c,
                         std::size_t c_step) {
  const Lanes<T> d;
  const Vector<T> keep = hn::Set(d, blend.keep);
  const Vector<T> scale = hn::Set(d, blend.scale);
  HWY_UNROLL(12)
  for (std::size_t m = 0; m < rows; ++m) {
    for (std::size_t v = 0; v < vectors; ++v) {
      T* place = c + m * c_step + v * num_lanes<T>;
      const Vector<T> kept = hn::Mul(keep, hn::LoadU(d, place));
      hn::StoreU(hn::MulAdd(scale, sums[m][v], kept), d, place);
    }
  }
}

/// The same for what is rare: columns at the edge of c, and other blends. Out of line, so that the
/// compiler lays out the registers of a tile for what is not.
template <Real T, std::size_t width>
HWY_NOINLINE void blend_rows(const T* sums, std::size_t num_rows, std::size_t num_cols,
                             const Blend<T>& blend, T* c, std::size_t c_step) {
  for (std::size_t m = 0; m < num_rows; ++m) {
    for (std::size_t n = 0; n < num_cols; ++n) {
      T& target = c[m * c_step + n];
      target = blend.kept(target) + blend.scale * sums[m * width + n];
    }
  }
}

/// Rows first_row ... first_row + rows - 1 of c, in some columns, from some terms of their sums.
template <Real T, std::size_t rows, std::size_t vectors, bool copies>
void run_tile(const MatrixProduct<T>& product, const Terms& terms, std::size_t first_row,
              const TileColumns<T>& columns) {
  const Lanes<T> d;
  constexpr std::size_t width = vectors * num_lanes<T>;
  Vector<T> sums[rows][vectors];
  for (std::size_t m = 0; m < rows; ++m) {
    for (std::size_t v = 0; v < vectors; ++v) {
      sums[m][v] = hn::Load(d, columns.bias + v * num_lanes<T>);
    }
  }
  // Every fourth row by a pointer of its own: one for each needs more registers than there are.
  constexpr std::size_t num_pointers = (rows + 3) / 4;
  const T* a[num_pointers];
  for (std::size_t p = 0; p < num_pointers; ++p) {
    a[p] = product.a.at(first_row + 4 * p, terms.first);
  }
  const T* HWY_RESTRICT b = columns.b;
  T* HWY_RESTRICT copy = columns.copy;
  const std::size_t a_row_step = product.a.row_step;
  const T* c_row = &product.c(first_row, columns.first);
  const T* ahead = copies ? b + std::min(rows_ahead, terms.count) * columns.b_step : nullptr;
  for (std::size_t k = 0; k < terms.count; ++k) {
    // What is needed later comes while there is something to compute.
    if constexpr (rows >= min_rows_to_pack) {
      prefetch_row<T, vectors>(c_row);
      c_row += k + 1 < rows ? product.c.num_cols() : 0;
    }
    if constexpr (copies) {
      prefetch_row<T, vectors>(ahead);
      ahead += k + rows_ahead + 1 < terms.count ? columns.b_step : 0;
    }
    Vector<T> b_row[vectors];
    for (std::size_t v = 0; v < vectors; ++v) {
      b_row[v] = hn::LoadU(d, b + v * num_lanes<T>);
      if constexpr (copies) {
        hn::Store(b_row[v], d, copy + v * num_lanes<T>);
      }
    }
    for (std::size_t m = 0; m < rows; ++m) {
      const Vector<T> factor = hn::Set(d, a[m / 4][m % 4 * a_row_step]);
      for (std::size_t v = 0; v < vectors; ++v) {
        sums[m][v] = hn::MulAdd(factor, b_row[v], sums[m][v]);
      }
    }
    for (std::size_t p = 0; p < num_pointers; ++p) {
      a[p] += product.a.col_step;
    }
    b += columns.b_step;
    if constexpr (copies) {
      copy += vectors * num_lanes<T>;
    }
  }
  T* c = &product.c(first_row, columns.first);
  const std::size_t c_step = product.c.num_cols();
  const Blend<T>& blend = columns.blend;
  const bool is_whole = columns.count == width;
  if (is_whole && blend.keep == 0 && blend.scale == 1) {
    write_rows<T, rows, vectors>(sums, c, c_step);
  } else if (is_whole && blend.keep != 0) {
    add_rows<T, rows, vectors>(sums, blend, c, c_step);
  } else {
    HWY_ALIGN T rest[rows * width];
    write_rows<T, rows, vectors>(sums, rest, width);
    blend_rows<T, width>(rest, rows, columns.count, blend, c, c_step);
  }
}

template <Real T, std::size_t vectors, std::size_t rows = tile_rows>
void run_tile_of(std::size_t num_rows, const MatrixProduct<T>& product, const Terms& terms,
                 std::size_t first_row, const TileColumns<T>& columns) {
  if (num_rows == rows && columns.copy != nullptr) {
    run_tile<T, rows, vectors, true>(product, terms, first_row, columns);
  } else if (num_rows == rows) {
    run_tile<T, rows, vectors, false>(product, terms, first_row, columns);
  } else if constexpr (rows > 1) {
    run_tile_of<T, vectors, rows - 1>(num_rows, product, terms, first_row, columns);
  }
}

/// What a sum starts with; where b is remains to be said.
template <Real T, std::size_t width>
TileColumns<T> columns_of(const MatrixProduct<T>& product, std::size_t first, std::size_t count,
                          T* bias) {
  std::fill_n(bias, width, T{0});
  if (product.bias != nullptr) {
    std::copy_n(product.bias + first, count, bias);
  }
  return {first, count, nullptr, width, nullptr, bias, product.blend};
}

/// From here on terms are added to what is in c.
template <Real T, std::size_t width>
void go_on(TileColumns<T>& columns, T* bias) {
  std::fill_n(bias, width, T{0});
  columns.blend.keep = 1;
}

/// A few rows of c, in some columns. A panel would not be used often enough to be worth its copy,
/// so b is read where it is: in vectors that may reach into its next row, but not behind its last.
template <Real T, std::size_t vectors>
void run_few_rows(const MatrixProduct<T>& product, std::size_t first, std::size_t count) {
  constexpr std::size_t width = vectors * num_lanes<T>;
  constexpr std::size_t max_rows = min_rows_to_pack - 1;
  HWY_ALIGN T bias[width];
  const std::size_t step = product.b.row_step;
  auto columns = columns_of<T, width>(product, first, count, bias);
  columns.b_step = step;
  std::size_t num_direct = product.num_terms;
  while (num_direct > 0 && (num_direct - 1) * step + first + width > product.num_terms * step) {
    --num_direct;
  }
  if (num_direct > 0) {
    columns.b = product.b.at(0, first);
    run_tile_of<T, vectors, max_rows>(product.c.num_rows(), product, {0, num_direct}, 0, columns);
    go_on<T, width>(columns, bias);
  }
  for (std::size_t k = num_direct; k < product.num_terms; ++k) {
    HWY_ALIGN T row[width] = {};
    std::copy_n(product.b.at(k, first), count, row);
    columns.b = row;
    run_tile_of<T, vectors, max_rows>(product.c.num_rows(), product, {k, 1}, 0, columns);
    go_on<T, width>(columns, bias);
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
  HWY_ALIGN T bias[width];
  auto columns = columns_of<T, width>(product, first, count, bias);
  const std::size_t num_rows = last_row - first_row;
  const std::size_t num_tiles = num_blocks_of(tile_rows, num_rows);
  Terms terms{0, 0};
  do {
    terms.count = std::min(max_terms, product.num_terms - terms.first);
    T* packed = memory.room_for(terms.count * width);
    if (product.b.col_step == 1 && count == width) {  // the first tile packs them on its way
      columns.b = product.b.at(terms.first, first);
      columns.b_step = product.b.row_step;
      columns.copy = packed;
    } else {
      pack_columns<T, width>(product.b, terms, first, count, packed);
      columns.b = packed;
    }
    for (std::size_t tile = 0; tile < num_tiles; ++tile) {
      // Tiles of equal height: twelve rows and then one would leave the last one waiting.
      const std::size_t top = first_row + num_rows * tile / num_tiles;
      const std::size_t bottom = first_row + num_rows * (tile + 1) / num_tiles;
      run_tile_of<T, vectors>(bottom - top, product, terms, top, columns);
      columns.b = packed;
      columns.b_step = width;
      columns.copy = nullptr;
    }
    terms.first += terms.count;
    go_on<T, width>(columns, bias);
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
