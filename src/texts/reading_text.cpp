// SPDX-License-Identifier: MIT
#include "gradus/texts/reading_text.hpp"

#include <algorithm>
#include <cstddef>
#include <string_view>

namespace gradus {
namespace {

using Notes = std::vector<ReadingNote>;

std::string_view id_of(LabelReason reason) {
  switch (reason) {
    case LabelReason::asked:
      return "label.asked";
    case LabelReason::named:
      return "label.named";
    case LabelReason::only_text:
      return "label.only_text";
    case LabelReason::first_of_pixels:
      break;
  }
  return "label.first_of_pixels";
}

/// Some names with commas between.
std::string listed(const std::vector<std::string>& names) {
  constexpr std::size_t most = 10;
  std::string list;
  for (std::size_t i = 0; i < std::min(names.size(), most); ++i) {
    list += (i == 0 ? "" : ", ") + names[i];
  }
  return list + (names.size() > most ? ", ..." : "");
}

class Writer {
 public:
  explicit Writer(Language language) : language_(language) {}

  [[nodiscard]] std::string words(std::string_view id,
                                  const std::vector<NamedValue>& values = {}) const {
    return text(language_, "reading", id, values);
  }

  [[nodiscard]] std::string title(std::size_t place, const std::string& name) const {
    return words(name.empty() ? "column" : "column_with_name",
                 {{"number", static_cast<double>(place + 1)}, {"name", name}});
  }

  void add(std::string_view about, std::string sentence) {
    notes_.push_back({words(about), std::move(sentence)});
  }

  [[nodiscard]] Notes take() { return std::move(notes_); }

 private:
  Language language_;
  Notes notes_;
};

void add_answers(Writer& writer, const Dataset& dataset) {
  const std::vector<AnswerColumn>& answers = dataset.layout.answers;
  if (dataset.num_classes > 0) {
    const auto count = static_cast<double>(dataset.num_classes);
    const std::string classes =
        dataset.class_names.empty()
            ? writer.words("classes", {{"count", count}})
            : writer.words("named_classes",
                           {{"count", count}, {"names", listed(dataset.class_names)}});
    writer.add("key.label",
               writer.words(id_of(dataset.reading.label_reason),
                            {{"column", writer.title(answers.front().place, answers.front().name)},
                             {"classes", classes}}));
    return;
  }
  for (const AnswerColumn& answer : answers) {
    writer.add("key.target", writer.title(answer.place, answer.name));
  }
}

void add_inputs(Writer& writer, const TableLayout& layout) {
  std::vector<std::string> of_words;
  for (const FeatureColumn& column : layout.features) {
    if (!column.words.empty()) {
      of_words.push_back(column.name.empty() ? writer.title(column.place, "") : column.name);
    }
  }
  if (!of_words.empty()) {
    writer.add("key.inputs", writer.words("inputs.words",
                                          {{"inputs", static_cast<double>(layout.num_inputs())},
                                           {"columns", static_cast<double>(layout.features.size())},
                                           {"names", listed(of_words)}}));
  }
}

void add_pictures(Writer& writer, const Dataset& dataset) {
  const PictureFacts& facts = dataset.picture_facts;
  if (!dataset.class_names.empty()) {
    writer.add("key.classes", listed(dataset.class_names));
  }
  if (facts.were_transposed) {
    writer.add("key.images", writer.words("images.turned"));
  }
  if (facts.are_pictures) {
    writer.add("key.images",
               writer.words(dataset.pictures == PicturePreparation::as_is ? "images.as_is"
                            : facts.have_sizes                            ? "images.of_many_sizes"
                                                                          : "images.large"));
  }
  if (facts.is_split) {
    writer.add("key.test", writer.words("test.drawn"));
  }
  if (!facts.tested_by.empty()) {
    writer.add("key.test", writer.words("test.other_folder", {{"folder", facts.tested_by}}));
  }
  if (!facts.left_out.empty()) {
    writer.add("key.test", writer.words("test.left_out", {{"folder", facts.left_out}}));
  }
}

}  // namespace

Notes reading_notes(Language language, const Dataset& dataset) {
  Writer writer(language);
  if (dataset.layout.num_columns == 0) {
    add_pictures(writer, dataset);
    return writer.take();
  }
  add_answers(writer, dataset);
  add_inputs(writer, dataset.layout);
  const TableReading& reading = dataset.reading;
  if (reading.num_dropped_rows > 0) {
    writer.add("key.missing",
               writer.words("missing.dropped", {{"rows", reading.num_dropped_rows}}));
  }
  if (reading.num_filled_cells > 0) {
    writer.add("key.missing",
               writer.words("missing.filled", {{"cells", reading.num_filled_cells}}));
  }
  return writer.take();
}

}  // namespace gradus
