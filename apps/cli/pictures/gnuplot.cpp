// SPDX-License-Identifier: MIT
#include "pictures/gnuplot.hpp"

#include <fcntl.h>
#include <fmt/core.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <optional>
#include <span>
#include <string>

#include "gradus/core/error.hpp"
#include "gradus/formats/file.hpp"
#include "pictures/gnuplot_script.hpp"
#include "terminal/console.hpp"

namespace gradus::cli {
namespace {

/// A folder of its own that goes away with it.
class TemporaryFolder {
 public:
  TemporaryFolder() {
    std::string name = (std::filesystem::temp_directory_path() / "gradus-plot-XXXXXX").string();
    if (mkdtemp(name.data()) == nullptr) {
      throw FileError("a temporary folder for the picture could not be made");
    }
    path_ = name;
  }
  ~TemporaryFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;

  [[nodiscard]] std::filesystem::path operator/(std::string_view name) const {
    return path_ / name;
  }

 private:
  std::filesystem::path path_;
};

std::span<const std::uint8_t> bytes_of(const std::string& text) {
  return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}

/// Runs a program, with all it prints going to a file.
/// @returns  whether it ended well; nothing when there is no such program
std::optional<bool> run(std::vector<std::string> words, const std::filesystem::path& output) {
  std::vector<char*> arguments;
  for (std::string& word : words) {
    arguments.push_back(word.data());
  }
  arguments.push_back(nullptr);
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, output.c_str(),
                                   O_WRONLY | O_CREAT | O_TRUNC, 0600);
  posix_spawn_file_actions_adddup2(&actions, STDOUT_FILENO, STDERR_FILENO);
  pid_t child = 0;
  const int error =
      posix_spawnp(&child, arguments[0], &actions, nullptr, arguments.data(), environ);
  posix_spawn_file_actions_destroy(&actions);
  int status = 0;
  if (error != 0 || waitpid(child, &status, 0) != child) {
    return std::nullopt;
  }
  return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

std::string content_of(const std::filesystem::path& path) {
  const std::vector<std::uint8_t> bytes = read_file(path);
  std::string text(bytes.begin(), bytes.end());
  std::replace(text.begin(), text.end(), '\n', ' ');
  return text;
}

/// Without a Korean font the letters would be empty boxes.
void warn_of_missing_font(const TemporaryFolder& folder) {
  const std::filesystem::path list = folder / "fonts";
  if (run({"fc-list", ":lang=ko", "family"}, list) == true && content_of(list).empty()) {
    print_error(
        "gradus: there is no Korean font for the picture: sudo apt-get install fonts-nanum\n");
  }
}

/// A picture inside an svg is shown larger than it is; its cells shall stay cells.
std::vector<std::uint8_t> with_sharp_cells(const std::vector<std::uint8_t>& svg) {
  constexpr std::string_view begin = "<image ";
  std::string text(svg.begin(), svg.end());
  for (std::size_t at = text.find(begin); at != std::string::npos; at = text.find(begin, at + 1)) {
    text.insert(at + begin.size(), "style='image-rendering:pixelated' ");
  }
  return {text.begin(), text.end()};
}

}  // namespace

void check_picture_name(std::string_view option, const std::filesystem::path& picture) {
  const std::string ending = picture.extension().string();
  if (ending != ".png" && ending != ".svg" && ending != ".pdf") {
    throw ValueError(fmt::format("{}: got \"{}\", expected a name that ends in .png, .svg or .pdf",
                                 option, picture.string()));
  }
}

std::vector<std::uint8_t> draw_figures(const std::vector<Figure>& figures, Language language,
                                       std::string_view group, std::string_view terminal) {
  const TemporaryFolder folder;
  const std::filesystem::path drawn = folder / "picture";
  const std::filesystem::path script = folder / "script";
  const std::filesystem::path said = folder / "said";
  if (language == Language::korean && terminal != "svg") {  // whose letters whoever shows it has
    warn_of_missing_font(folder);
  }
  write_file(script, bytes_of(gnuplot_script(figures, language, group, terminal, drawn.string())));
  const std::optional<bool> is_done = run({"gnuplot", script.string()}, said);
  if (!is_done) {
    throw FileError("gnuplot is needed to draw: sudo apt-get install gnuplot-nox");
  }
  if (!*is_done || !std::filesystem::exists(drawn)) {
    throw FileError("gnuplot could not draw the picture: " + content_of(said));
  }
  return terminal == "svg" ? with_sharp_cells(read_file(drawn)) : read_file(drawn);
}

void plot(const std::vector<Figure>& figures, Language language, std::string_view group,
          const std::filesystem::path& picture, bool keeps_script) {
  const std::string ending = picture.extension().string();
  const std::string_view terminal = std::string_view(ending).substr(1);
  write_file(picture, draw_figures(figures, language, group, terminal));
  if (keeps_script) {
    write_file(
        picture.string() + ".gnuplot",
        bytes_of(gnuplot_script(figures, language, group, terminal, picture.filename().string())));
  }
}

}  // namespace gradus::cli
