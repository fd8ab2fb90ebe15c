// SPDX-License-Identifier: MIT
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <stdexcept>
#include <string>
#include <system_error>
#include <utility>
#include <vector>

#include "commands/commands.hpp"
#include "downloads/mirrors.hpp"
#include "downloads/published_data.hpp"
#include "gradus/core/counted.hpp"
#include "gradus/core/error.hpp"
#include "gradus/formats/file.hpp"
#include "gradus/formats/gzip.hpp"
#include "gradus/runs/option_values.hpp"
#include "inputs/data_source.hpp"
#include "options/run_arguments.hpp"
#include "terminal/console.hpp"

namespace gradus::cli {
namespace {

namespace fs = std::filesystem;

struct GetFlags {
  std::string id;
  std::vector<std::string> mirrors;
  std::uint64_t timeout_seconds = 30;
};

/// Before anything is downloaded that could not be kept.
void make_writable(const fs::path& folder) {
  std::error_code error;
  fs::create_directories(folder, error);
  if (!error && ::access(folder.c_str(), W_OK) != 0) {
    error = std::error_code(errno, std::generic_category());
  }
  if (error) {
    throw PlaceError(
        fmt::format("{}: cannot write there: {}; set GRADUS_DATA_DIR to another folder",
                    folder.string(), error.message()));
  }
}

/// The beginning of a file that an earlier download left, with the name it has until it is whole.
class PartialFile {
 public:
  PartialFile(const fs::path& folder, const PublishedFile& file)
      : path_(folder / fmt::format("{}.gz.part", file.name)), max_size_(file.max_download_size()) {}

  [[nodiscard]] std::vector<std::uint8_t> read() const {
    std::error_code error;
    const std::uintmax_t size = fs::file_size(path_, error);
    if (error || size > max_size_) {
      return {};
    }
    try {
      return read_file(path_);
    } catch (const DataError&) {
      return {};  // whatever it is, it does not help
    }
  }

  /// Keeps what can be resumed. Returns what to tell about it.
  [[nodiscard]] std::string keep(const std::vector<std::uint8_t>& bytes) const {
    if (!is_gzip(bytes)) {
      return "nothing came that could be kept";
    }
    try {
      write_file(path_, bytes);
    } catch (const FileError& error) {
      return fmt::format("nothing is kept: {}", error.what());
    }
    return fmt::format("{} bytes are kept in {}; the same command goes on from there",
                       with_commas(bytes.size()), path_.string());
  }

  void remove() const {
    std::error_code ignored;
    fs::remove(path_, ignored);
  }

 private:
  fs::path path_;
  std::size_t max_size_;
};

/// The host of an address such as https://host/path, with its port when it has one.
std::string host_of(const std::string& url) {
  const std::size_t begin = url.find("://") + 3;
  return url.substr(begin, url.find('/', begin) - begin);
}

/// Why no mirror gave a file: one sentence when none could be reached, else one for each.
std::string reasons(const Fetched& fetched) {
  std::vector<std::string> parts;
  for (const MirrorFailure& failure : fetched.failures) {
    std::string part = fetched.is_offline() ? host_of(failure.url) : failure.sentence;
    if (std::find(parts.begin(), parts.end(), part) == parts.end()) {
      parts.push_back(std::move(part));
    }
  }
  if (fetched.is_offline()) {
    return fmt::format("there seems to be no connection to the internet: could not reach {} ({})",
                       fmt::join(parts, ", "), fetched.failures.front().connection_error);
  }
  return fmt::format("no mirror gave it; {}", fmt::join(parts, "; "));
}

[[noreturn]] void give_up(const PublishedFile& file, const Fetched& fetched,
                          const PartialFile& partial, const fs::path& folder) {
  std::string message = fmt::format("{}.gz: {}", file.name, reasons(fetched));
  if (is_gzip(fetched.bytes)) {
    message += "; " + partial.keep(fetched.bytes);
  }
  throw std::runtime_error(fmt::format(
      "{}; try again, name another mirror with --mirror URL, or put the four files into {} by hand",
      message, folder.string()));
}

/// False when Ctrl-C came first.
bool get_file(const PublishedFile& file, const fs::path& folder, Mirrors& mirrors) {
  const FoundFile found = find_published(file, folder);
  if (found.is_right()) {
    fmt::print("file      {} is there already\n", found.path.filename().string());
    return true;
  }
  if (!found.path.empty()) {
    print_error("wrong     {}; another is downloaded\n", found.problem);
  }
  const PartialFile partial(folder, file);
  std::vector<std::uint8_t> beginning = partial.read();
  if (!beginning.empty()) {
    print_error("resuming  {}.gz after {} bytes\n", file.name, with_commas(beginning.size()));
  }
  const Fetched fetched = mirrors.fetch(file, std::move(beginning));
  if (fetched.url.empty() && was_interrupted()) {
    print_error("stopped   {}.gz: {}\n", file.name, partial.keep(fetched.bytes));
    return false;
  }
  if (fetched.url.empty()) {
    give_up(file, fetched, partial, folder);
  }
  for (const MirrorFailure& failure : fetched.failures) {
    print_error("failed    {}\n", failure.sentence);
  }
  const fs::path path = folder / fmt::format("{}.gz", file.name);
  write_file(path, fetched.bytes);
  partial.remove();
  if (!found.path.empty() && found.path != path) {
    fs::remove(found.path);  // the wrong one, uncompressed: it would be read instead
  }
  fmt::print("file      {}.gz, {} bytes from {}\n", file.name, with_commas(fetched.bytes.size()),
             fetched.url);
  return true;
}

int run_get(const GetFlags& flags) {
  const PublishedDataset& dataset = published_datasets().find(flags.id);
  const fs::path folder = data_folder() / dataset.id;
  make_writable(folder);
  fmt::print("data      {}: {}\nsource    {}\nfolder    {}\n", dataset.id, dataset.summary,
             dataset.source, folder.string());
  std::vector<std::string> urls = flags.mirrors;
  if (urls.empty()) {
    urls.assign(dataset.mirrors.begin(), dataset.mirrors.end());
  }
  Mirrors mirrors(std::move(urls), flags.timeout_seconds);
  catch_interrupt();
  for (const PublishedFile& file : dataset.files) {
    if (!get_file(file, folder, mirrors)) {
      return exit_interrupted;
    }
  }
  fmt::print("checked   {}\nnext      {} train --data {}\n",
             dataset.has_checksums()
                 ? "the SHA-256 of what each file holds is the known one"
                 : "shapes, counts and labels; no checksum of this data set is known for sure",
             program_name(), dataset.id);
  return exit_done;
}

/// A mirror as typed, with the / behind it that a file's name follows.
std::string parse_mirror(const std::string& text) {
  if (!text.starts_with("http://") && !text.starts_with("https://")) {
    throw ValueError(fmt::format("got \"{}\", expected an address with http:// or https://", text));
  }
  return text.ends_with('/') ? text : text + "/";
}

}  // namespace

void set_up_data_get(Command& get) {
  auto flags = std::make_shared<GetFlags>();
  get.footer(
      "What is there and right is not downloaded again; what broke off is resumed.\n"
      "Proxies are taken from http_proxy and https_proxy.\n"
      "Examples\n"
      "  gradus data get mnist\n"
      "  gradus data get fashion-mnist --mirror http://files.school.example/fashion");
  get.add_argument(
         "name", "what to download:" + list_of(published_datasets()),
         [flags](const std::string& text) { flags->id = published_datasets().find(text).id; })
      .required();
  get.add_repeated_option(
      "--mirror",
      "where the four .gz files are, instead of the known places; may be given several times",
      [flags](const std::string& text) { flags->mirrors.push_back(parse_mirror(text)); });
  get.add_option("--timeout",
                 "seconds to wait for a mirror that does not answer, or sends nothing more", "30",
                 [flags](const std::string& text) {
                   constexpr std::uint64_t longest = 86400;
                   flags->timeout_seconds = parse_count(text, 1);
                   if (flags->timeout_seconds > longest) {
                     throw ValueError(fmt::format("got {}, expected at most {}", text, longest));
                   }
                 });
  get.on_run([flags] { return run_get(*flags); });
}

}  // namespace gradus::cli
