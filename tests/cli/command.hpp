#pragma once

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

namespace sca::cli::test {

/// As `check` and `fuzz` print one.
inline const std::string a_case = "core released B=1 L=6 K=2 Kq=1 M=2 H=3 anchors=1 regime=uniform seed=7";

struct Outcome {
  int code;
  std::string out;
  std::string err;
};

/// Runs the built command in a folder of its own.
class Command : public testing::Test {
 protected:
  std::filesystem::path folder =
      std::filesystem::temp_directory_path() / ("sca_command_" + std::to_string(getpid()));
  void SetUp() override { std::filesystem::create_directories(folder); }
  void TearDown() override { std::filesystem::remove_all(folder); }

  std::string file(const std::string& name, const std::string& bytes) const {
    std::ofstream(folder / name, std::ios::binary) << bytes;
    return (folder / name).string();
  }

  Outcome sca(const std::string& arguments, const std::string& redirect = "") const {
    const std::string err = (folder / "stderr").string();
    std::string command = SCA_BINARY;  // not a chain of +, in which g++ 12 sees an overflow that is none
    command.append(" ").append(arguments).append(" 2>").append(err).append(redirect);
    FILE* pipe = popen(command.c_str(), "r");
    std::string out;
    std::array<char, 4096> buffer{};
    for (std::size_t n = 0; (n = fread(buffer.data(), 1, buffer.size(), pipe)) > 0;)
      out.append(buffer.data(), n);
    const int status = pclose(pipe);
    std::ostringstream text;
    text << std::ifstream(err).rdbuf();
    return {WIFEXITED(status) ? WEXITSTATUS(status) : -1, out, text.str()};
  }

  /// Exit 2, nothing on stdout, one line on stderr that holds every word.
  void refused(const std::string& arguments, const std::vector<std::string>& words) const {
    const Outcome run = sca(arguments);
    EXPECT_EQ(run.code, 2) << arguments;
    EXPECT_EQ(run.out, "") << arguments;
    EXPECT_EQ(std::count(run.err.begin(), run.err.end(), '\n'), 1) << run.err;
    for (const std::string& word : words) EXPECT_NE(run.err.find(word), std::string::npos) << run.err;
  }
};

}  // namespace sca::cli::test
