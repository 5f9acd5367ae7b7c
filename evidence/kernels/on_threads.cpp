#include "evidence/kernels/on_threads.hpp"

#include <mpfr.h>

#include <exception>
#include <mutex>
#include <thread>
#include <vector>

namespace sca::evidence::kernels {

void on_threads(unsigned jobs, const std::function<void()>& work) {
  std::mutex mutex;
  std::exception_ptr failure;
  {
    std::vector<std::jthread> threads;
    for (unsigned n = 0; n < jobs; ++n) {
      threads.emplace_back([&] {
        try {
          work();
        } catch (...) {
          const std::scoped_lock lock(mutex);
          if (!failure) failure = std::current_exception();
        }
        mpfr_free_cache();
      });
    }
  }
  if (failure) std::rethrow_exception(failure);
}

}  // namespace sca::evidence::kernels
