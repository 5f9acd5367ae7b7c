#pragma once

// What the sanitizers have to be told about fibers and about memory that is handed out. Each function does
// nothing where its sanitizer is not in the build.
//
// ThreadSanitizer: the scheduler is no part of the program under test, and must not look like something that
// orders its threads. kernels/cuda/fiber/*.cpp are compiled without -fsanitize=thread, and with
// SCA_FIBER_TSAN to say that the program has it.

#include <cstddef>

#if defined(__SANITIZE_ADDRESS__)
#define SCA_FIBER_ASAN
#endif
#if defined(__has_feature)
#if __has_feature(address_sanitizer)
#define SCA_FIBER_ASAN
#endif
#if __has_feature(memory_sanitizer)
#define SCA_FIBER_MSAN
#endif
#endif

#if defined(SCA_FIBER_ASAN)
#include <sanitizer/asan_interface.h>
#include <sanitizer/common_interface_defs.h>
#endif
#if defined(SCA_FIBER_MSAN)
#include <sanitizer/msan_interface.h>
#endif
#if defined(SCA_FIBER_TSAN)
extern "C" {
void* __tsan_get_current_fiber();
void* __tsan_create_fiber(unsigned flags);
void __tsan_destroy_fiber(void* fiber);
void __tsan_switch_to_fiber(void* fiber, unsigned flags);
void __tsan_acquire(void* address);
void __tsan_release(void* address);
void __tsan_ignore_thread_begin();
void __tsan_ignore_thread_end();
}
#endif

namespace sca::kernels::cuda::fiber::sanitizers {

#if defined(SCA_FIBER_ASAN)
inline constexpr bool address = true;
#else
inline constexpr bool address = false;
#endif
#if defined(SCA_FIBER_TSAN)
inline constexpr bool thread = true;
#else
inline constexpr bool thread = false;
#endif

/// Nobody may touch it, or anybody again.
inline void forbid([[maybe_unused]] const void* memory, [[maybe_unused]] std::size_t bytes) {
#if defined(SCA_FIBER_ASAN)
  __asan_poison_memory_region(memory, bytes);
#endif
}
inline void allow([[maybe_unused]] const void* memory, [[maybe_unused]] std::size_t bytes) {
#if defined(SCA_FIBER_ASAN)
  __asan_unpoison_memory_region(memory, bytes);
#endif
}

/// Its contents count as never written, or as written.
inline void forget([[maybe_unused]] const void* memory, [[maybe_unused]] std::size_t bytes) {
#if defined(SCA_FIBER_MSAN)
  __msan_poison(memory, bytes);
#endif
}
inline void trust([[maybe_unused]] const void* memory, [[maybe_unused]] std::size_t bytes) {
#if defined(SCA_FIBER_MSAN)
  __msan_unpoison(memory, bytes);
#endif
}

/// One of two between which an OS thread switches: its stack, and what the sanitizers keep of it meanwhile.
struct Side {
  const void* stack = nullptr;
  std::size_t bytes = 0;
  void* frames = nullptr;
  void* fiber = nullptr;
};

inline void begin_fiber([[maybe_unused]] Side& side) {
#if defined(SCA_FIBER_TSAN)
  side.fiber = __tsan_create_fiber(0);
#endif
}
inline void end_fiber([[maybe_unused]] Side& side) {
#if defined(SCA_FIBER_TSAN)
  __tsan_destroy_fiber(side.fiber);
#endif
}

/// Directly before the switch.
inline void leave([[maybe_unused]] Side& from, [[maybe_unused]] const Side& to) {
#if defined(SCA_FIBER_ASAN)
  __sanitizer_start_switch_fiber(&from.frames, to.stack, to.bytes);
#endif
#if defined(SCA_FIBER_TSAN)
  from.fiber = __tsan_get_current_fiber();
  __tsan_switch_to_fiber(to.fiber, 1);  // 1: a switch orders nothing
#endif
}
/// Directly after it, on the other stack; finds out where it came from.
inline void arrive([[maybe_unused]] Side& from, [[maybe_unused]] const Side& at) {
#if defined(SCA_FIBER_ASAN)
  __sanitizer_finish_switch_fiber(at.frames, &from.stack, &from.bytes);
#endif
}

/// While it lives, and until end() where nothing is unwound, what a thread's own fiber does is the
/// scheduler's: also where it calls memcpy() or snprintf(), which ThreadSanitizer watches everywhere.
class Unwatched {
 public:
#if defined(SCA_FIBER_TSAN)
  Unwatched() { __tsan_ignore_thread_begin(); }
  ~Unwatched() { end(); }
  static void end() { __tsan_ignore_thread_end(); }
#else
  Unwatched() {}  // not defaulted: that would be an unused variable
  ~Unwatched() {}
  static void end() {}
#endif
  Unwatched(const Unwatched&) = delete;
  Unwatched& operator=(const Unwatched&) = delete;
};

/// Who did `release` before is ordered before who does `acquire` after, for ThreadSanitizer.
inline void release([[maybe_unused]] char* tag) {
#if defined(SCA_FIBER_TSAN)
  __tsan_release(tag);
#endif
}
inline void acquire([[maybe_unused]] char* tag) {
#if defined(SCA_FIBER_TSAN)
  __tsan_acquire(tag);
#endif
}

}  // namespace sca::kernels::cuda::fiber::sanitizers
