// SPDX-License-Identifier: MIT
#include "run_report.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string_view>
#include <variant>
#include <vector>

#include "console.hpp"
#include "gnuplot.hpp"
#include "gradus/lab/run_figures.hpp"
#include "html.hpp"
#include "png_image.hpp"
#include "report_style.hpp"
#include "run_folder.hpp"

namespace gradus::cli {
namespace {

using nlohmann::ordered_json;

constexpr std::string_view group = "run";
constexpr std::size_t max_misreadings = 40;

/// A value of run.json as it was typed, or as near to it as can be.
std::string as_text(const ordered_json& value) {
  if (value.is_string()) {
    return value.get<std::string>();
  }
  if (value.is_array()) {
    std::string list;
    for (const ordered_json& item : value) {
      list += (list.empty() ? "" : ",") + as_text(item);
    }
    return list;
  }
  return value.is_null() ? "-" : to_text(value, -1);
}

/// What is at a place of run.json, when it is there and a number.
std::optional<double> number_at(const ordered_json& json, std::string_view key) {
  const auto found = json.find(key);
  return found != json.end() && found->is_number() ? std::optional(found->get<double>())
                                                   : std::nullopt;
}

std::string text_at(const ordered_json& json, std::string_view key) {
  const auto found = json.find(key);
  return found != json.end() && found->is_string() ? found->get<std::string>() : std::string();
}

/// The page, part by part.
class Page {
 public:
  Page(const RunRecord& run, const RunInside& inside, Language language)
      : run_(run), inside_(inside), language_(language) {
    const auto found = run.description.find("result");
    result_ =
        found != run.description.end() && found->is_object() ? *found : ordered_json::object();
  }

  [[nodiscard]] std::string whole() {
    add_head();
    add_summary();
    add_warnings();
    add_curves();
    if (inside_.judgement) {
      add_classes(inside_.judgement->evaluation);
      add_misreadings(*inside_.judgement);
    } else if (inside_.model) {
      heading("report_mistakes");
      paragraph("faint", words("report_no_data", {{"problem", inside_.problem}}));
    }
    add_weights();
    add_options();
    html_ += "</main>\n</body>\n</html>\n";
    return std::move(html_);
  }

 private:
  [[nodiscard]] std::string words(std::string_view id,
                                  const std::vector<NamedValue>& values = {}) const {
    return escaped(text(language_, group, id, values));
  }

  void heading(std::string_view id) { html_ += fmt::format("<h2>{}</h2>\n", words(id)); }

  /// @param kind     a class of the style
  /// @param content  HTML
  void paragraph(std::string_view kind, const std::string& content) {
    html_ += fmt::format("<p class=\"{}\">{}</p>\n", kind, content);
  }

  void draw(const Figure& figure) {
    const auto svg = draw_figures({figure}, language_, group, "svg");
    const std::string label = text(language_, group, figure.title, figure.values);
    html_ += fmt::format("<figure class=\"drawn\">{}</figure>\n",
                         inline_svg(svg, fmt::format("figure{}", num_figures_++), label));
  }

  void add_head() {
    html_ = fmt::format(
        "<!DOCTYPE html>\n<html lang=\"{0}\">\n<head>\n<meta charset=\"utf-8\">\n"
        "<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">\n"
        "<meta name=\"color-scheme\" content=\"light dark\">\n<title>{1}</title>\n"
        "<style>{2}</style>\n</head>\n<body>\n<main>\n<h1>{1}</h1>\n",
        language_ == Language::korean ? "ko" : "en", words("report_title", {{"run", run_.folder}}),
        report_style);
  }

  void add_summary() {
    const std::string status = as_text(run_.description.at("status"));
    if (inside_.judgement) {
      const Evaluation& test = inside_.judgement->evaluation;
      paragraph("result",
                words("report_test_accuracy", {{"accuracy", 100 * test.accuracy()},
                                               {"error", 100 * test.accuracy_error()},
                                               {"right", with_commas(test.num_correct())},
                                               {"samples", with_commas(test.num_samples())},
                                               {"data", inside_.judgement->dataset.name}}));
    } else if (const auto accuracy = number_at(result_, "test_accuracy")) {
      paragraph("result", words("report_recorded_accuracy", {{"accuracy", 100 * *accuracy}}));
    }
    const std::optional<double> seconds = number_at(result_, "seconds");
    const bool is_known = status == "finished" || status == "early_stop" || status == "diverged";
    const bool is_done = is_known && seconds && *seconds >= 0 && *seconds < 1e9;
    paragraph("plain", words(is_done ? "report_" + status : "report_not_done",
                             {{"iterations", with_commas(run_.curves.losses.size())},
                              {"time", duration_text(is_done ? *seconds : 0)},
                              {"status", status}}));
  }

  void add_warnings() {
    const auto say = [this](const ordered_json& finding) {
      if (finding.is_object() && !text_at(finding, "seen").empty()) {
        html_ += fmt::format("<div class=\"warning\" lang=\"en\">{}<br><strong>{}</strong></div>\n",
                             escaped(text_at(finding, "seen")), escaped(text_at(finding, "try")));
      }
    };
    if (const auto found = result_.find("divergence"); found != result_.end()) {
      say(*found);
    }
    if (const auto found = result_.find("warnings"); found != result_.end() && found->is_array()) {
      std::for_each(found->begin(), found->end(), say);
    }
  }

  void add_curves() {
    heading("report_curves");
    const std::vector<RunCurves> curves{run_.curves};
    const auto losses = loss_figure(curves);
    const auto accuracies = accuracy_figure(curves);
    if (!losses) {
      paragraph("faint", words("report_no_iteration"));
      return;
    }
    html_ += "<div class=\"pair\">\n";
    draw(*losses);
    if (accuracies) {
      draw(*accuracies);
    }
    html_ += "</div>\n";
    paragraph("faint", words("report_about_loss"));
  }

  void add_classes(const Evaluation& evaluation) {
    heading("report_mistakes");
    html_ += "<div class=\"pair\">\n";
    draw(confusion_figure(evaluation));
    const auto percent = [](const std::optional<double>& share) {
      return share ? fmt::format("{:.1f} %", 100 * *share) : "-";
    };
    html_ += fmt::format(
        "<div class=\"wide\"><table><thead><tr><th class=\"number\">{}</th><th "
        "class=\"number\">{}</th><th class=\"number\">{}</th></tr></thead><tbody>\n",
        words("report_class"), words("report_precision"), words("report_recall"));
    for (std::size_t c = 0; c < evaluation.confusion.matrix().num_rows(); ++c) {
      html_ += fmt::format(
          "<tr><td class=\"number\">{}</td><td class=\"number\">{}</td><td "
          "class=\"number\">{}</td></tr>\n",
          c, percent(evaluation.precision(c)), percent(evaluation.recall(c)));
    }
    html_ += "</tbody></table></div>\n</div>\n";
    paragraph("faint", words("report_about_classes"));
  }

  void add_misreadings(const Judgement& judgement) {
    const std::vector<Misreading>& all = judgement.misreadings;
    heading("report_misread");
    if (all.empty()) {
      paragraph("plain", words("report_nothing_misread"));
      return;
    }
    const std::size_t num_shown = std::min(all.size(), max_misreadings);
    paragraph(
        "", words(num_shown < all.size() ? "report_some_misread" : "report_all_misread",
                  {{"count", with_commas(all.size())}, {"shown", static_cast<double>(num_shown)}}));
    const Shape& shape = judgement.dataset.sample_shape;
    const Samples& test = judgement.dataset.test;
    const bool are_pictures = shape.num_axes() == 2 && !test.bytes.empty();
    html_ += are_pictures ? "<ul class=\"digits\">\n" : "<ul>\n";
    for (std::size_t i = 0; i < num_shown; ++i) {
      const Misreading& misreading = all[i];
      const std::string what =
          words("report_misreading", {{"label", static_cast<double>(misreading.label)},
                                      {"taken_for", static_cast<double>(misreading.taken_for)}});
      html_ += "<li>";
      if (are_pictures) {
        html_ += fmt::format("<img alt=\"{}\" src=\"{}\">", what,
                             picture(test, misreading.sample, shape));
      }
      html_ += fmt::format("{} <small>{}</small></li>\n", what,
                           words("report_sure", {{"sample", static_cast<double>(misreading.sample)},
                                                 {"percent", 100 * misreading.probability}}));
    }
    html_ += "</ul>\n";
  }

  /// Ink on paper.
  static std::string picture(const Samples& samples, std::size_t index, const Shape& shape) {
    const auto pixels =
        std::span(samples.bytes).subspan(index * samples.num_features, samples.num_features);
    std::vector<std::uint8_t> inverted(pixels.size());
    std::transform(pixels.begin(), pixels.end(), inverted.begin(),
                   [](std::uint8_t ink) { return static_cast<std::uint8_t>(255 - ink); });
    return data_url("image/png", encode_png(inverted, static_cast<std::uint32_t>(shape[0]),
                                            static_cast<std::uint32_t>(shape[1])));
  }

  void add_weights() {
    if (!inside_.model) {
      return;
    }
    const auto figure =
        std::visit([](const auto& model) { return weights_figure(model); }, *inside_.model);
    if (figure) {
      heading("report_weights");
      draw(*figure);
      paragraph("faint", words("report_about_weights"));
    }
  }

  void row(const std::string& name, const std::string& value) {
    html_ += fmt::format("<tr><th scope=\"row\">{}</th><td>{}</td></tr>\n", name, escaped(value));
  }

  void add_options() {
    heading("report_options");
    html_ += "<div class=\"wide\"><table><tbody>\n";
    for (const auto& [key, value] : run_.description.at("options").items()) {
      std::string option = key;
      std::replace(option.begin(), option.end(), '_', '-');
      row("<code>--" + escaped(option) + "</code>", as_text(value));
    }
    for (const auto& [key, id] :
         {std::pair("program", "report_program"), std::pair("training_step", "report_step"),
          std::pair("data_sha256", "report_data_sha256")}) {
      if (const std::string value = text_at(run_.description, key); !value.empty()) {
        row(words(id), value);
      }
    }
    if (const std::string value = text_at(result_, "parameters_sha256"); !value.empty()) {
      row(words("report_parameters_sha256"), value);
    }
    html_ += "</tbody></table></div>\n";
  }

  const RunRecord& run_;
  const RunInside& inside_;
  Language language_;
  ordered_json result_;
  std::string html_;
  int num_figures_ = 0;
};

}  // namespace

std::string run_report(const RunRecord& run, const RunInside& inside, Language language) {
  return Page(run, inside, language).whole();
}

}  // namespace gradus::cli
