// SPDX-License-Identifier: MIT
#include "pictures/gnuplot_script.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <limits>
#include <optional>
#include <utility>

namespace gradus::cli {
namespace {

// Colours that people with any kind of colour blindness can tell apart.
// Source  Okabe, Ito, "Color Universal Design" (2008).
constexpr std::array<std::string_view, 7> colours{"#0072B2", "#D55E00", "#009E73", "#CC79A7",
                                                  "#E69F00", "#56B4E9", "#000000"};
constexpr std::string_view grey = "#555555";

/// Markers that differ in shape: filled, and as a hollow line.
struct Marker {
  int filled;
  int hollow;
};
constexpr std::array<Marker, 5> markers{{{7, 6}, {9, 8}, {5, 4}, {13, 12}, {11, 10}}};
constexpr int paleness = 3;  // parts of white to one of colour, in regions

constexpr std::size_t panel_width = 800;
constexpr std::size_t panel_height = 640;
constexpr std::size_t max_named_bars = 20;
constexpr std::size_t max_cells_with_numbers = 144;
constexpr std::size_t pixels_per_inch = 100;  // of a pdf, which is measured in inches

/// A text between single quotes: there gnuplot obeys nothing, neither escapes nor backquotes, which
/// elsewhere run a command. Names of files can hold anything, line ends among it. A single quote is
/// joined to the rest from between double ones: as '' gnuplot 5.4 takes it for an end where a text
/// begins with it, or has two in a row.
std::string in_quotes(std::string_view text) {
  std::string result = "'";
  for (const char c : text) {
    result +=
        c == '\'' ? R"('."'".')" : std::string(1, static_cast<unsigned char>(c) < ' ' ? ' ' : c);
  }
  return result + "'";
}

std::string number(double value) {
  return std::isfinite(value) ? fmt::format("{:.9g}", value) : "NaN";
}

bool has(const Figure& figure, SeriesKind kind) {
  return std::any_of(figure.series.begin(), figure.series.end(),
                     [kind](const Series& series) { return series.kind == kind; });
}

/// The least and the greatest number, of those that are finite; 0 and 0 when none is.
std::pair<double, double> bounds(const std::vector<double>& values) {
  double low = std::numeric_limits<double>::infinity();
  double high = -low;
  for (const double value : values) {
    if (std::isfinite(value)) {
      low = std::min(low, value);
      high = std::max(high, value);
    }
  }
  return low <= high ? std::pair(low, high) : std::pair(0.0, 0.0);
}

/// One script: data blocks first, then each figure.
class Script {
 public:
  Script(Language language, std::string_view group) : language_(language), group_(group) {}

  void set_terminal(std::string_view terminal, std::size_t columns, std::size_t rows,
                    std::string_view output) {
    is_svg_ = terminal == "svg";
    const std::size_t width = columns * panel_width;
    const std::size_t height = rows * panel_height;
    const std::string_view font = language_ == Language::korean ? "NanumGothic" : "DejaVu Sans";
    const std::string size =
        terminal == "pdf"
            ? fmt::format("{:.2f}in,{:.2f}in", static_cast<double>(width) / pixels_per_inch,
                          static_cast<double>(height) / pixels_per_inch)
            : fmt::format("{},{}", width, height);
    line("set encoding utf8");
    line(fmt::format("set terminal {} {} noenhanced font \"{},{}\" background \"white\" size {}",
                     terminal == "svg"   ? "svg"
                     : terminal == "pdf" ? "pdfcairo"
                                         : "pngcairo",
                     terminal == "svg" ? "dynamic" : "", font, 13, size));
    line(fmt::format("set output {}", in_quotes(output)));
    line("set border linecolor \"#444444\"");
    line("set grid linecolor \"#DDDDDD\" linetype 1");
    line("set xyplane relative 0.1");
    line("set key below samplen 2 spacing 1.2 height 0.7");
    line("set style fill solid 0.85 noborder");
    line("set isosamples 2");
  }

  void add_data(std::size_t figure, const Figure& drawn) {
    for (std::size_t i = 0; i < drawn.series.size(); ++i) {
      const Series& series = drawn.series[i];
      const std::string name = fmt::format("$data_{}_{}", figure, i);
      line(name + " << END");
      if (series.kind == SeriesKind::regions) {
        add_regions(series);
      } else {
        is_over_grid(series.kind) ? add_grid(series) : add_points(series);
      }
      line("END");
      if (series.kind == SeriesKind::contour) {
        line("unset surface; set contour base; set cntrparam levels 12 linear");
        line(fmt::format("set table $lines_{}_{}", figure, i));
        line(fmt::format("splot {} using 1:2:3 with lines", name));
        line("unset table; unset contour; set surface");
      }
    }
  }

  void add_plot(std::size_t figure, const Figure& drawn) {
    const bool is_surface = has(drawn, SeriesKind::surface);
    const bool is_image = has(drawn, SeriesKind::image);
    line(
        fmt::format("set title {}", in_quotes(text(language_, group_, drawn.title, drawn.values))));
    line(is_image ? "unset grid; set tics scale 0" : "set grid; set tics scale 1");
    add_axis('x', drawn.x);
    add_axis('y', drawn.y);
    if (is_image) {
      line("set yrange [*:*] reverse");
    }
    if (is_surface) {
      add_axis('z', *drawn.z);
    }
    line(drawn.has_equal_scales ? "set size ratio -1" : "set size noratio");
    std::string plots;
    std::size_t colour = 0;
    const auto num_bars = static_cast<std::size_t>(
        std::count_if(drawn.series.begin(), drawn.series.end(),
                      [](const Series& series) { return series.kind == SeriesKind::bars; }));
    if (num_bars > 0) {
      line("set yrange [*<0:0<*]");  // a bar that does not begin at 0 lies
      if (drawn.x.names.empty() && drawn.series.front().x.size() <= max_named_bars) {
        line("set xtics 1");
      }
    }
    std::size_t bar = 0;
    for (std::size_t i = 0; i < drawn.series.size(); ++i) {
      const Series& series = drawn.series[i];
      if (series.x.empty()) {
        continue;  // gnuplot takes no empty block
      }
      const bool has_colour = !series.group && series.kind != SeriesKind::guide &&
                              series.kind != SeriesKind::trace && !is_over_grid(series.kind);
      if (series.kind == SeriesKind::image) {
        add_palette(series, drawn.z);
      }
      plots += fmt::format(
          "{}{} {}", plots.empty() ? "" : ", ",
          how(fmt::format("{}_{}", figure, i), series,
              series.group ? colours[*series.group % colours.size()]
              : has_colour ? colours[colour % colours.size()]
                           : grey,
              bar, num_bars),
          series.label.empty()
              ? "notitle"
              : "title " + in_quotes(text(language_, group_, series.label, series.values)));
      if (series.kind == SeriesKind::image && drawn.z &&
          series.z.size() <= max_cells_with_numbers) {
        plots += ", " + numbers_in_cells(fmt::format("{}_{}", figure, i), series);
      }
      colour += has_colour ? 1 : 0;
      bar += series.kind == SeriesKind::bars ? 1 : 0;
    }
    line((is_surface ? "splot " : "plot ") + plots);
  }

  void line(std::string_view text) { script_.append(text).append("\n"); }
  [[nodiscard]] const std::string& text_of_it() const { return script_; }

 private:
  [[nodiscard]] std::string words(const Axis& axis) const {
    return axis.label.empty() ? "" : text(language_, group_, axis.label, axis.values);
  }

  void add_axis(char axis, const Axis& described) {
    line(fmt::format("set {}label {}", axis, in_quotes(words(described))));
    line(described.is_log ? fmt::format("set logscale {0}; set format {0} \"%.0e\"", axis)
                          : fmt::format("unset logscale {0}; set format {0} \"%g\"", axis));
    line(described.range ? fmt::format("set {}range [{}:{}]", axis, number(described.range->first),
                                       number(described.range->second))
                         : fmt::format("set {}range [*:*] noreverse", axis));
    if (!described.names.empty()) {
      std::string ticks;
      for (std::size_t i = 0; i < described.names.size(); ++i) {
        ticks += fmt::format("{}{} {}", i == 0 ? "" : ", ", in_quotes(described.names[i]), i);
      }
      line(fmt::format("set {}tics ({})", axis, ticks));
    } else {
      line(described.label.empty() ? fmt::format("unset {}tics", axis)
                                   : fmt::format("set {}tics autofreq", axis));
    }
  }

  void add_palette(const Series& series, const std::optional<Axis>& z) {
    const auto [low, high] = bounds(series.z);
    const double most = std::max({std::abs(low), std::abs(high), 1e-300});
    if (low < 0) {
      line("set palette defined (-1 \"#0072B2\", 0 \"#FFFFFF\", 1 \"#D55E00\")");
      line(fmt::format("set cbrange [{}:{}]", number(-most), number(most)));
    } else {
      line(fmt::format("set palette defined (0 \"#FFFFFF\", 1 \"{}\")", z ? "#0072B2" : "#000000"));
      const bool is_one_shade = low == high;
      line(fmt::format("set cbrange [{}:{}]", number(z && !is_one_shade ? low : 0), number(most)));
    }
    if (z) {
      line("set colorbox");
      line(fmt::format("set cblabel {} offset 1,0", in_quotes(words(*z))));
    } else {
      line("unset colorbox");
    }
  }

  /// Black on what is light, white on what is dark.
  static std::string numbers_in_cells(const std::string& block, const Series& series) {
    const auto [low, high] = bounds(series.z);
    const double lightest = low == high ? 0 : low;  // as add_palette() has it
    const double dark = low < 0 ? 0.6 * std::max(-low, high) : (lightest + high) / 2;
    return fmt::format(
        "$data_{} using 1:2:(strcol(3) eq 'NaN' ? '' : sprintf('%.3g', $3)):(abs($3) > {} ? "
        "0xFFFFFF "
        ": 0x000000) with labels textcolor rgb variable notitle",
        block, number(dark));
  }

  void add_grid(const Series& series) {
    for (std::size_t i = 0; i < series.x.size(); ++i) {
      for (std::size_t j = 0; j < series.y.size(); ++j) {
        line(fmt::format("{} {} {}", number(series.x[i]), number(series.y[j]),
                         number(series.z[i * series.y.size() + j])));
      }
      line("");
    }
  }

  void add_regions(const Series& series) {
    for (std::size_t i = 0; i < series.z.size(); ++i) {
      const auto group = static_cast<std::size_t>(series.z[i]);
      const int colour =
          std::stoi(std::string(colours[group % colours.size()].substr(1)), nullptr, 16);
      const auto pale = [colour](int shift) {
        return (((colour >> shift) & 255) + paleness * 255) / (paleness + 1);
      };
      line(fmt::format("{} {} {} {} {}", number(series.x[i / series.y.size()]),
                       number(series.y[i % series.y.size()]), pale(16), pale(8), pale(0)));
    }
  }

  void add_points(const Series& series) {
    for (std::size_t i = 0; i < series.x.size(); ++i) {
      const bool is_arrow = series.kind == SeriesKind::arrows;
      line(fmt::format(
          "{} {}{}", number(series.x[i]), number(series.y[i]),
          is_arrow ? fmt::format(" {} {}", number(series.dx[i]), number(series.dy[i])) : ""));
    }
  }

  /// The words of gnuplot for one series.
  std::string how(const std::string& block, const Series& series, std::string_view colour,
                  std::size_t bar, std::size_t num_bars) const {
    const std::string data = "$data_" + block;
    switch (series.kind) {
      case SeriesKind::line:
        return fmt::format("{} using 1:2 with lines linewidth 2.5 linecolor \"{}\"", data, colour);
      case SeriesKind::trace:
        return fmt::format("{} using 1:2 with lines linewidth 0.7 linecolor \"#AAAAAA\"", data);
      case SeriesKind::guide:
        return fmt::format("{} using 1:2 with lines linewidth 1.5 dashtype 2 linecolor \"{}\"",
                           data, colour);
      case SeriesKind::points:
      case SeriesKind::hollow_points: {
        const Marker marker = markers[series.group.value_or(0) % markers.size()];
        const bool is_hollow = series.kind == SeriesKind::hollow_points;
        return fmt::format("{} using 1:2 with points pointtype {} pointsize {} linecolor \"{}\"",
                           data, is_hollow ? marker.hollow : marker.filled,
                           series.group ? 0.9 : 1.2, colour);
      }
      case SeriesKind::bars: {
        const double width = 0.8 / static_cast<double>(num_bars);
        const double shift = (static_cast<double>(bar) + 0.5) * width - 0.4;
        return fmt::format("{} using ($1+({})):2:({}) with boxes linecolor \"{}\"", data, shift,
                           width, colour);
      }
      case SeriesKind::arrows:
        return fmt::format(
            "{} using 1:2:3:4 with vectors filled size screen 0.008,20 linewidth 1.4 linecolor "
            "\"{}\"",
            data, colour);
      case SeriesKind::contour:
        return fmt::format("$lines_{} using 1:2 with lines linecolor \"#BBBBBB\"", block);
      case SeriesKind::surface:
        return fmt::format("{} using 1:2:3 with lines linecolor \"#0072B2\"", data);
      case SeriesKind::regions:
        return data + " using 1:2:3:4:5 with rgbimage";
      case SeriesKind::image:
        // In an svg every cell would be a polygon; of many, a picture inside is smaller.
        return fmt::format("{} using 1:2:3 with image{}", data,
                           is_svg_ && series.z.size() > max_cells_with_numbers ? "" : " pixels");
    }
    return {};
  }

  Language language_;
  std::string_view group_;
  bool is_svg_ = false;
  std::string script_;
};

}  // namespace

std::string gnuplot_script(const std::vector<Figure>& figures, Language language,
                           std::string_view group, std::string_view terminal,
                           std::string_view output) {
  Script script(language, group);
  const std::size_t columns = std::min<std::size_t>(figures.size(), 2);
  const std::size_t rows = (figures.size() + columns - 1) / columns;
  script.set_terminal(terminal, columns, rows, output);
  for (std::size_t i = 0; i < figures.size(); ++i) {
    script.add_data(i, figures[i]);
  }
  script.line(fmt::format("set multiplot layout {},{}", rows, columns));
  for (std::size_t i = 0; i < figures.size(); ++i) {
    script.add_plot(i, figures[i]);
  }
  script.line("unset multiplot");
  script.line("unset output");
  return script.text_of_it();
}

}  // namespace gradus::cli
