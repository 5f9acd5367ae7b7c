# Mistakes in the vector kernel that the plain one has no place for.

# Chunks
sca_kernel_mutant(simd carry_not_read MISTAKE "a chunk reads R from its own tokens only" FILE growth-inl.hpp
  FROM [[return {hn::Add(carry.re, state.re), hn::Add(carry.im, state.im)};]]
  TO [[return {state.re, hn::Add(carry.im, state.im)};]])
sca_kernel_mutant(simd weight_of_the_chunk MISTAKE "Z is summed from its chunk only" FILE total_weight-inl.hpp
  FROM [[tile.sum[t] = carry + (local += value[t])]]
  TO [[tile.sum[t] = (local += value[t])]])
sca_kernel_mutant(simd recursive_carry_lost MISTAKE "under a discount a chunk starts from nothing" FILE absorb-inl.hpp
  FROM [[if constexpr (growth == Growth::chunked) state]]
  TO [[if constexpr (growth != Growth::compensated) state]])
sca_kernel_mutant(simd level_forgotten MISTAKE "the largest of the pairwise sums is forgotten" FILE prefix-inl.hpp
  FROM [[for (int level = 0; level < top; ++level)]]
  TO [[for (int level = 0; level < top - 1; ++level)]])
sca_kernel_mutant(simd level_overwritten MISTAKE "pairwise sums do not carry over into the next level" FILE prefix-inl.hpp
  FROM [[++level) {
      const Real* older]]
  TO [[level += 2) {
      const Real* older]])
sca_kernel_mutant(simd wrong_checkpoint MISTAKE "every chunk goes back from the first one's state" FILE chunk_back-inl.hpp
  FROM [[by.checkpoints + chunk * memory.layout.state, memory.layout.state, walk.state.now]]
  TO [[by.checkpoints, memory.layout.state, walk.state.now]])
sca_kernel_mutant(simd discount_gradient_at_chunks MISTAKE "at a chunk's first token the discount's gradient misses Z" FILE tokens_back-inl.hpp
  FROM [[t == 0 ? walk.state.now[z] :]]
  TO [[t == 0 ? Real(0) :]])
sca_kernel_mutant(simd first_sequence_only MISTAKE "parameters' gradients are those of the last sequence" FILE backward-inl.hpp
  FROM [[for (std::int64_t b = 0; b < shape.B; ++b) sum.sums.add(]]
  TO [[for (std::int64_t b = shape.B - 1; b >= 0 && b < shape.B; ++b) sum.sums.add(]])

# Samples, two at a time, and rows read where they are
sca_kernel_mutant(simd odd_sample_dropped MISTAKE "the last of an odd number of samples is left out" FILE absorb-inl.hpp
  FROM [[if (m < M) f(]]
  TO [[if (m < M && M < 3) f(]])
sca_kernel_mutant(simd sums_over_samples_restart MISTAKE "sums over samples start anew with every two" FILE return-inl.hpp
  FROM [[const bool is_first = is_whole || m == 0;]]
  TO [[const bool is_first = true;]])
sca_kernel_mutant(simd third_sample_not_read MISTAKE "rows of three samples are read as if they had two" FILE sources-inl.hpp
  FROM [[layout.M <= 2]]
  TO [[layout.M <= 3]])
sca_kernel_mutant(simd shared_query_overwritten MISTAKE "heads that share a query overwrite each other's gradient" FILE chunk_back-inl.hpp
  FROM [[head.in.shape.K == head.in.shape.Kq]]
  TO [[head.in.shape.K >= head.in.shape.Kq]])
sca_kernel_mutant(simd wide_rows MISTAKE "heads with phases beyond 3 are read as others are" FILE forward-inl.hpp
  FROM [[if (!walk.head->is_wide && are_direct]]
  TO [[if (are_direct]])

# Rows
sca_kernel_mutant(simd reads_whole_vectors MISTAKE "a row is read in whole vectors, its end cut off afterwards" FILE rows-inl.hpp
  FROM [[  for (; i + hn::Lanes(d) <= count; i += hn::Lanes(d)) hn::Store(load_vector(d, from + i), d, scratch + i);
  for (; i < count; ++i) scratch[i] = load(from[i]);]]
  TO [[  for (; i < count; i += hn::Lanes(d)) hn::Store(load_vector(d, from + i), d, scratch + i);
  i = count;]])
sca_kernel_mutant(simd writes_whole_vectors MISTAKE "a row is written in whole vectors" FILE rows-inl.hpp
  FROM [[for (; i + hn::Lanes(d) <= count; i += hn::Lanes(d)) store_vector]]
  TO [[for (; i < count; i += hn::Lanes(d)) store_vector]])
sca_kernel_mutant(simd tail_not_stored MISTAKE "what is left of a row after whole vectors is not stored" FILE rows-inl.hpp
  FROM [[  for (; i < count; ++i) to[i] = store<Stored>(from[i]);
]]
  TO [[]])
sca_kernel_mutant(simd bfloat16_truncated DTYPE bf16 MISTAKE "vectors are rounded to bfloat16 towards zero" FILE rows-inl.hpp
  FROM [[hn::Add(bits, hn::Add(is_odd, hn::Set(du, 0x7fffU)))]]
  TO [[bits]])
sca_kernel_mutant(simd float16_subnormals DTYPE f16 MISTAKE "vectors of subnormal half precision numbers are rounded as normal ones" FILE rows-inl.hpp
  FROM [[hn::IfThenElse(hn::Lt(size, hn::Set(du, 0x38800000U)), subnormal, normal)]]
  TO [[normal]])

# Elementary functions
sca_kernel_mutant(simd never_wide MISTAKE "phases beyond 3 are taken for small ones" FILE elementary-inl.hpp
  FROM [[is_wide ? sin_cos_of_any]]
  TO [[false ? sin_cos_of_any]])
sca_kernel_mutant(simd taylor_cosine MISTAKE "the cosine's last coefficient is Taylor's, not the best one" FILE elementary_constants.hpp
  FROM [[0x1.e899fap-30F]]
  TO [[0x1.1eed8ep-29F]])
sca_kernel_mutant(simd large_not_reduced MISTAKE "arguments beyond the reduction's range are reduced nevertheless" FILE elementary-inl.hpp
  FROM [[if (HWY_UNLIKELY(!hn::AllFalse(d, is_large))) sin_cos_of_large(d, x, sine, cosine);]]
  TO [[;]])
sca_kernel_mutant(simd quadrant_sign MISTAKE "the cosine has the sine's sign" FILE elementary-inl.hpp
  FROM [[hn::And(of_next, sign)]]
  TO [[hn::And(second, sign)]])
sca_kernel_mutant(simd exp_in_one_step MISTAKE "subnormal results of the exponential are scaled in one step" FILE elementary-inl.hpp
  FROM [[const auto half = hn::ShiftRight<1>(whole);]]
  TO [[const auto half = whole;]])
sca_kernel_mutant(simd exp_swallows_nan MISTAKE "the exponential clamps a NaN" FILE elementary-inl.hpp
  FROM [[x = hn::IfThenElse(hn::Lt(x, hn::Set(d, C::exp_lowest)), hn::Set(d, C::exp_lowest), x);]]
  TO [[x = hn::Max(x, hn::Set(d, C::exp_lowest));]])
sca_kernel_mutant(simd log1p_loses MISTAKE "log1p without what the sum 1 + y loses" FILE elementary-inl.hpp
  FROM [[hn::MulAdd(lost, power_of_two(d, back), hn::Sub(f, one))]]
  TO [[hn::Sub(f, one)]])

# Threads and steps
sca_kernel_mutant(simd last_heads_dropped MISTAKE "heads that threads cannot share evenly are dropped" FILE sharing.cpp
  FROM [[sharing.groups * (i + 1) / sharing.threads * sharing.group]]
  TO [[sharing.groups / sharing.threads * (i + 1) * sharing.group]])
sca_kernel_mutant(simd threads_share_memory RACE MISTAKE "all threads work in the first one's memory" FILE sharing.hpp
  FROM [[static_cast<std::size_t>(thread) * bytes]]
  TO [[0 * bytes]])
sca_kernel_mutant(simd order_by_threads MISTAKE "sums of sequences depend on the number of threads" FILE backward-inl.hpp
  FROM [[for (std::int64_t b = 0; b < shape.B; ++b) sum.sums.add(totals.row(b * shape.K + k));]]
  TO [[for (std::int64_t b = 0; b < shape.B; ++b) sum.sums.add(totals.row((b + call.threads) % shape.B * shape.K + k));]])
sca_kernel_mutant(simd step_keeps_its_position MISTAKE "a step does not advance the position" FILE step-inl.hpp
  FROM [[  call->state->position += 1;
]]
  TO [[]])
sca_kernel_mutant(simd step_discounts_nothing MISTAKE "a step does not discount Z" FILE step-inl.hpp
  FROM [[hn::MulAdd(discount, hn::Load(d, memory.sum + k), hn::Load(d, weights.value + k))]]
  TO [[hn::Add(hn::Load(d, memory.sum + k), hn::Load(d, weights.value + k))]])
