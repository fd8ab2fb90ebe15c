// SPDX-License-Identifier: MIT
#include "pictures/run_report.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string_view>
#include <variant>
#include <vector>

#include "gradus/core/counted.hpp"
#include "gradus/core/error.hpp"
#include "gradus/data/classes.hpp"
#include "gradus/formats/json.hpp"
#include "gradus/formats/png.hpp"
#include "gradus/lab/run_figures.hpp"
#include "gradus/runs/finding_json.hpp"
#include "gradus/runs/given_options.hpp"
#include "gradus/runs/run_folder.hpp"
#include "gradus/texts/divergence_text.hpp"
#include "gradus/texts/finding_text.hpp"
#include "pictures/gnuplot.hpp"
#include "pictures/html.hpp"
#include "pictures/report_style.hpp"
#include "terminal/console.hpp"

namespace gradus::cli {
namespace {

constexpr std::string_view group = "run";
constexpr std::size_t max_misreadings = 40;

/// What is at a place of run.json, when it is there and a number.
std::optional<double> number_at(const Json& json, std::string_view key) {
  const Json* const found = json.find(key);
  return found == nullptr ? std::nullopt : found->as_number();
}

std::string text_at(const Json& json, std::string_view key) {
  const Json* const found = json.find(key);
  const std::string* const text = found == nullptr ? nullptr : found->as_string();
  return text == nullptr ? std::string() : *text;
}

/// The options of the run; nothing when this version does not understand all of them.
std::optional<TrainingOptions> options_in(const Json& description) {
  try {
    RunOptions options;
    given_by_run(description, std::string(run_file)).read_into(options);
    return options.training;
  } catch (const Error&) {
    return std::nullopt;
  }
}

/// The page, part by part.
class Page {
 public:
  Page(const RunRecord& run, const RunInside& inside, Language language)
      : run_(run), inside_(inside), language_(language) {
    if (const Json* const result = run.description.find("result")) {
      result_ = *result;
    }
  }

  [[nodiscard]] std::string whole() {
    add_head();
    add_summary();
    add_warnings();
    add_curves();
    add_plane();
    if (inside_.judgement && run_.task == Task::regression) {
      add_predictions(*inside_.judgement);
      add_worst(*inside_.judgement);
    } else if (inside_.judgement) {
      add_classes(*inside_.judgement);
      add_misreadings(*inside_.judgement);
    } else if (inside_.model) {
      heading(run_.task == Task::classification ? "report_mistakes" : "report_predictions");
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
    const std::string status = text_at(run_.description, "status");
    if (inside_.judgement && run_.task == Task::regression) {
      add_fits(*inside_.judgement);
    } else if (const auto r2 = number_at(result_, "test_r2")) {
      paragraph("result", words("report_recorded_r2", {{"r2", *r2}}));
    } else if (inside_.judgement) {
      const Evaluation& test = inside_.judgement->evaluation;
      paragraph("result",
                words("report_test_accuracy", {{"accuracy", 100 * test.accuracy()},
                                               {"low", 100 * test.accuracy_interval().low},
                                               {"high", 100 * test.accuracy_interval().high},
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
                             {{"iterations", with_commas(run_.losses.size())},
                              {"time", duration_text(is_done ? *seconds : 0)},
                              {"status", status}}));
  }

  void warn(const Explanation& explanation, std::string_view attribute = {}) {
    html_ += fmt::format("<div class=\"warning\"{}>{}<br><strong>{}</strong></div>\n", attribute,
                         escaped(explanation.seen), escaped(explanation.advice));
  }

  /// The sentences that are stored, for what only a later version could put in others.
  void warn_as_stored(const Json& stored) {
    if (const std::string seen = text_at(stored, "seen"); !seen.empty()) {
      warn({seen, text_at(stored, "try")}, " lang=\"en\"");
    }
  }

  void add_warnings() {
    const std::optional<TrainingOptions> options = options_in(run_.description);
    if (const Json* const stored = result_.find("divergence")) {
      const auto divergence = options ? divergence_in(*stored) : std::nullopt;
      if (divergence) {
        warn(explain(language_, *divergence, *options));
      } else {
        warn_as_stored(*stored);
      }
    }
    const Json* const warnings = result_.find("warnings");
    if (warnings == nullptr || !warnings->is_array()) {
      return;
    }
    for (const Json& stored : *warnings->as_array()) {
      const auto finding = options ? finding_in(stored) : std::nullopt;
      if (finding) {
        warn(explain(language_, *finding, &*options));
      } else {
        warn_as_stored(stored);
      }
    }
  }

  void add_curves() {
    heading("report_curves");
    const std::vector<RunCurves> curves{{run_.folder, run_.losses, run_.records, run_.task}};
    const auto losses = loss_figure(curves);
    const auto scores = score_figure(curves);
    if (!losses) {
      paragraph("faint", words("report_no_iteration"));
      return;
    }
    html_ += "<div class=\"pair\">\n";
    draw(*losses);
    if (scores) {
      draw(*scores);
    }
    html_ += "</div>\n";
    paragraph("faint", words("report_about_loss"));
  }

  void add_plane() {
    if (!inside_.judgement) {
      return;
    }
    const std::vector<Figure> figures = plane_figures(*inside_.model, inside_.judgement->dataset);
    if (!figures.empty()) {
      heading("report_plane");
    }
    for (const Figure& figure : figures) {
      draw(figure);
    }
  }

  void add_fits(const Judgement& judgement) {
    const Fit& fit = judgement.evaluation.fit;
    for (std::size_t k = 0; k < fit.targets.size(); ++k) {
      const TargetFit& target = fit.targets[k];
      const std::string r2 =
          !target.r2 ? "-"
                     : fmt::format("{:.2f}", *target.r2) +
                           (target.r2_error ? fmt::format(" ± {:.2f}", *target.r2_error) : "");
      paragraph("result", words("report_fit", {{"target", target_name(*inside_.model, k)},
                                               {"error", target.root_mean_square_error},
                                               {"data", judgement.dataset.name},
                                               {"guess", target.error_of_mean},
                                               {"r2", r2}}));
    }
  }

  void add_predictions(const Judgement& judgement) {
    heading("report_predictions");
    for (std::size_t k = 0; k < judgement.evaluation.fit.targets.size(); ++k) {
      const std::string name = target_name(*inside_.model, k);
      html_ += "<div class=\"pair\">\n";
      draw(predictions_figure(judgement.misses, k, name));
      draw(residuals_figure(judgement.misses, k, name));
      html_ += "</div>\n";
    }
    paragraph("faint", words("report_about_predictions"));
  }

  void add_worst(const Judgement& judgement) {
    const Samples& test = judgement.dataset.test;
    heading("report_worst");
    html_ += "<div class=\"wide\"><table><thead><tr>";
    for (const char* const id : {test.are_rows() ? "report_row" : "report_sample", "report_target",
                                 "true_value", "predicted_value", "difference"}) {
      html_ += fmt::format("<th class=\"number\">{}</th>", words(id));
    }
    html_ += "</tr></thead><tbody>\n";
    const std::size_t num_shown = std::min(judgement.misses.size(), max_misreadings);
    for (const Miss& miss : std::span(judgement.misses).first(num_shown)) {
      html_ += fmt::format(
          "<tr><td class=\"number\">{}</td><td class=\"number\">{}</td><td "
          "class=\"number\">{:.6g}</td><td class=\"number\">{:.6g}</td><td "
          "class=\"number\">{:.6g}</td></tr>\n",
          test.number_of(miss.sample), escaped(target_name(*inside_.model, miss.target)),
          miss.truth, miss.answer, miss.answer - miss.truth);
    }
    html_ += "</tbody></table></div>\n";
  }

  void add_classes(const Judgement& judgement) {
    const Evaluation& evaluation = judgement.evaluation;
    const std::vector<std::string>& names = judgement.dataset.class_names;
    heading("report_mistakes");
    html_ += "<div class=\"pair\">\n";
    draw(confusion_figure(evaluation, names));
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
          escaped(class_name(names, c)), percent(evaluation.precision(c)),
          percent(evaluation.recall(c)));
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
          words("report_misreading",
                {{"label", class_name(judgement.dataset.class_names, misreading.label)},
                 {"taken_for", class_name(judgement.dataset.class_names, misreading.taken_for)}});
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
    for (const auto& [name, value] : *run_.description.find("options")->as_object()) {
      const RunOption* const option = find_run_option(name);  // none: of another version
      const std::string text = text_of(option == nullptr ? OptionKind::text : option->kind, value);
      row("<code>--" + escaped(option == nullptr ? name : std::string(option->id)) + "</code>",
          text.empty() ? "-" : text);
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
  Json result_;
  std::string html_;
  int num_figures_ = 0;
};

}  // namespace

std::string run_report(const RunRecord& run, const RunInside& inside, Language language) {
  return Page(run, inside, language).whole();
}

}  // namespace gradus::cli
