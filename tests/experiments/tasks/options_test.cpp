#include "experiments/tasks/options.hpp"

#include <gtest/gtest.h>

#include "evidence/input/error.hpp"
#include "experiments/tasks/task.hpp"

namespace sca::experiments::ablation {
namespace {

std::string refusal(const std::string& specification) {
  try {
    make_task(specification);
  } catch (const evidence::InputError& error) {
    return error.what();
  }
  return "accepted";
}

TEST(TaskOptions, AreRefusedByName) {
  EXPECT_EQ(refusal("mqar:N=x"), "task 'mqar:N=x': N: expected a whole number from 1 to 4096, found 'x'");
  EXPECT_EQ(refusal("mqar:N=8.5"),
            "task 'mqar:N=8.5': N: expected a whole number from 1 to 4096, found '8.5'");
  EXPECT_EQ(refusal("mqar:N=40"), "task 'mqar:N=40': N: expected at most V/2 - 1 keys, found '40'");
  EXPECT_EQ(refusal("mqar:M=2"), "task 'mqar:M=2': M: expected no such option: mqar knows others, found '2'");
  EXPECT_EQ(refusal("mqar:N=4,N=4"), "task 'mqar:N=4,N=4': N: expected this option once, found '4'");
  EXPECT_EQ(refusal("group:G=Z7"),
            "task 'group:G=Z7': G: expected one of Z2, S3, A5, Z60, A4xZ5, found 'Z7'");
  EXPECT_EQ(refusal("noisy:noise=1"),
            "task 'noisy:noise=1': noise: expected a number from 0 to below 1, found '1'");
  for (const char* specification : {"",
                                    ":",
                                    "mqar:",
                                    "mqar:N",
                                    "mqar:=4",
                                    "mqar:N=4,",
                                    "mqar:N=",
                                    "nosuch",
                                    "mqar:T=33",
                                    "mqar:T=30",
                                    "cmqar:g=32",
                                    "cmqar:T=55",
                                    "omqar:N=31",
                                    "hop:p=16",
                                    "hop:T=47",
                                    "noisy:V=17",
                                    "noisy:T=65",
                                    "noisy:noise=nan",
                                    "stat:T=1",
                                    "selcopy:T=16",
                                    "bytes:text=other",
                                    "needle:T=64",
                                    "group:T=0",
                                    "mqar:N=99999999999999999999"}) {
    const std::string message = refusal(specification);
    EXPECT_TRUE(message.starts_with("task '")) << specification << ": " << message;
    EXPECT_EQ(message.find('\n'), std::string::npos);
  }
}

TEST(TaskOptions, FitExactly) {
  for (const char* specification :
       {"mqar:N=31", "mqar:N=4096,V=65536", "cmqar:g=5", "omqar:N=21", "hop:p=3,chains=10,T=80",
        "selcopy:T=17", "noisy:V=18,T=4", "stat:V=2,T=2", "group:T=1"}) {
    EXPECT_EQ(refusal(specification), "accepted") << specification;
  }
}

}  // namespace
}  // namespace sca::experiments::ablation
