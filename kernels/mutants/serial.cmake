# Mistakes in the plain kernel.

# Order and carry
sca_kernel_mutant(serial read_before_absorb MISTAKE "the state is updated after the readout" FILE forward.hpp
  FROM [[    absorb(head, t, weigh(head, t, position + t), state);
    read(head, t, state, row<Stored>(output, head.b, t) + head.k * 2 * shape.H);]]
  TO [[    read(head, t, state, row<Stored>(output, head.b, t) + head.k * 2 * shape.H);
    absorb(head, t, weigh(head, t, position + t), state);]])
sca_kernel_mutant(serial sees_the_next_token MISTAKE "causality is off by one: the next token goes in" FILE forward.hpp
  FROM [[absorb(head, t, weigh(head, t, position + t), state);]]
  TO [[const std::int64_t s = std::min(t + 1, shape.L - 1); absorb(head, s, weigh(head, s, position + s), state);]])
sca_kernel_mutant(serial carry_lost ALWAYS MISTAKE "the carry is lost at every 64th token" FILE forward.hpp
  FROM [[absorb(head, t, weigh(head, t, position + t), state);]]
  TO [[if (t > 0 && t % 64 == 0) { state.weight = 0; std::ranges::fill(state.re, RealOf<Stored>(0)); std::ranges::fill(state.im, RealOf<Stored>(0)); }
    absorb(head, t, weigh(head, t, position + t), state);]])
sca_kernel_mutant(serial weight_of_the_chunk MISTAKE "Z is summed from its chunk of 64 tokens only" FILE forward.hpp
  FROM [[absorb(head, t, weigh(head, t, position + t), state);]]
  TO [[if (t > 0 && t % 64 == 0) state.weight = 0;
    absorb(head, t, weigh(head, t, position + t), state);]])
sca_kernel_mutant(serial position_forgotten MISTAKE "a continued sequence counts its distances from 0" FILE forward.hpp
  FROM [[weigh(head, t, position + t)]]
  TO [[weigh(head, t, t)]])
sca_kernel_mutant(serial position_not_advanced MISTAKE "the state keeps its position" FILE forward.hpp
  FROM [[kept->position += shape.L;]]
  TO [[;]])
sca_kernel_mutant(serial position_advanced_by_one MISTAKE "the position advances by one a call" FILE forward.hpp
  FROM [[kept->position += shape.L;]]
  TO [[kept->position += 1;]])
sca_kernel_mutant(serial state_not_loaded MISTAKE "a state that is given is not continued" FILE forward.hpp
  FROM [[if (kept == nullptr) std::fill_n(own, 1 + 2 * width, Real(0));]]
  TO [[*weight = 0; std::fill_n(re, width, Real(0)); std::fill_n(im, width, Real(0));]])
sca_kernel_mutant(serial weight_not_saved MISTAKE "Z is not written back to the state" FILE forward.hpp
  FROM [[State<Real>{*weight,]]
  TO [[State<Real>{*(own[0] = *weight, own),]])
sca_kernel_mutant(serial state_of_another_sequence MISTAKE "all sequences share the first one's state" FILE forward.hpp
  FROM [[static_cast<Real*>(kept->weight) + i;]]
  TO [[static_cast<Real*>(kept->weight) + i % shape.K;]])

# Memory
sca_kernel_mutant(serial stale_workspace MISTAKE "only the first head starts from an empty state" FILE forward.hpp
  FROM [[if (kept == nullptr) std::fill_n]]
  TO [[if (kept == nullptr && i == 0) std::fill_n]])
sca_kernel_mutant(serial workspace_not_cleared MISTAKE "the workspace is taken to be zero" FILE forward.hpp
  FROM [[if (kept == nullptr) std::fill_n(own, 1 + 2 * width, Real(0));]]
  TO [[]])
sca_kernel_mutant(serial workspace_too_small MISTAKE "the workspace is an element short" FILE kernel.hpp
  FROM [[static_cast<std::size_t>(1 + 2 * shape->H * shape->M)]]
  TO [[static_cast<std::size_t>(2 * shape->H * shape->M)]])
sca_kernel_mutant(serial writes_past_the_end MISTAKE "the last output row is written in pairs of channels" FILE forward.hpp
  FROM [[    output[H + h] = store<Stored>(sum_im / head.root);
  }]]
  TO [[    output[H + h] = store<Stored>(sum_im / head.root);
  }
  const bool is_last = head.k + 1 == head.in.shape.K && t + 1 == head.in.shape.L && head.b + 1 == head.in.shape.B;
  if (is_last && H % 2 == 1) output[2 * H] = store<Stored>(Real(0));]])
sca_kernel_mutant(serial reads_past_the_end MISTAKE "the last score is loaded with its neighbour" FILE head.hpp
  FROM [[return load(row<Stored>(in.score, b, t)[k]);]]
  TO [[const volatile auto* at = &row<Stored>(in.score, b, t)[k]; static_cast<void>(at[1]); return load(row<Stored>(in.score, b, t)[k]);]])
sca_kernel_mutant(serial threads_share_the_workspace_of_the_gradients MISTAKE "threads share the workspace of the gradients" FILE backward.hpp
  FROM [[  for (std::int64_t i = 0; i < shape.B * shape.K; ++i) {]]
  TO [[  const int threads = call->threads == 0 ? 8 : call->threads;
  _Pragma("omp parallel for schedule(static, 1) num_threads(threads)")
  for (std::int64_t i = 0; i < shape.B * shape.K; ++i) {]])
sca_kernel_mutant(serial token_stride_ignored MISTAKE "keys are taken to lie next to each other" FILE head.hpp
  FROM [[return row<Stored>(in.key, b, t) + k * in.shape.H;]]
  TO [[return row<Stored>(in.key, b, 0) + (t * in.shape.K + k) * in.shape.H;]])
sca_kernel_mutant(serial sequence_stride_ignored MISTAKE "sequences of scores are taken to lie next to each other" FILE head.hpp
  FROM [[return load(row<Stored>(in.score, b, t)[k]);]]
  TO [[return load(static_cast<const Stored*>(in.score.data)[b * in.shape.L * in.score.token_stride + t * in.score.token_stride + k]);]])
sca_kernel_mutant(serial first_sequence_only MISTAKE "every sequence reads the first one's queries" FILE head.hpp
  FROM [[row<Stored>(in.query, b, t)]]
  TO [[row<Stored>(in.query, 0, t)]])
sca_kernel_mutant(serial aligned_loads MISTAKE "what is misaligned is rounded down to whole lines" FILE head.hpp
  FROM [[return row<Stored>(in.key, b, t) + k * in.shape.H;]]
  TO [[const auto* at = row<Stored>(in.key, b, t); return at - reinterpret_cast<std::uintptr_t>(in.key.data) % 64 / sizeof(Stored) + k * in.shape.H;]])

# Heads, channels and samples
sca_kernel_mutant(serial wrong_query_head MISTAKE "query heads alternate instead of serving neighbours" FILE head.hpp
  FROM [[query_head(index / (call.shape.K / call.shape.Kq))]]
  TO [[query_head(index % call.shape.Kq)]])
sca_kernel_mutant(serial omega_of_another_head MISTAKE "omega of the next head" FILE head.hpp
  FROM [[omega(reals(call.parameters.omega) + index * width)]]
  TO [[omega(reals(call.parameters.omega) + (index + 1) % call.shape.K * width)]])
sca_kernel_mutant(serial theta_transposed MISTAKE "theta is read as [K, M, H]" FILE turn.hpp
  FROM [[head.theta[i] * u]]
  TO [[head.theta[(i - h * M) * H + h] * u]])
sca_kernel_mutant(serial anchors_first MISTAKE "the anchors are the first heads" FILE head.hpp
  FROM [[is_anchor(index >= call.shape.K - call.rules.anchors)]]
  TO [[is_anchor(index < call.rules.anchors)]])
sca_kernel_mutant(serial ragged_channels_dropped MISTAKE "channels beyond a multiple of 4 do not go into the state" FILE turn.hpp
  FROM [[  for (std::int64_t h = 0; h < H; ++h) {]]
  TO [[  for (std::int64_t h = 0; h < (H < 4 ? H : H / 4 * 4); ++h) {]])
sca_kernel_mutant(serial ragged_samples_dropped MISTAKE "samples beyond a multiple of 4 are not read" FILE forward.hpp
  FROM [[    for (std::int64_t i = h * M; i < (h + 1) * M; ++i) {
      const Real re]]
  TO [[    for (std::int64_t i = h * M; i < h * M + (M < 4 ? M : M / 4 * 4); ++i) {
      const Real re]])
sca_kernel_mutant(serial query_swapped MISTAKE "real and imaginary part of the query are swapped" FILE forward.hpp
  FROM [[      const Real q_re = load(query[2 * i]);
      const Real q_im = load(query[2 * i + 1]);]]
  TO [[      const Real q_re = load(query[2 * i + 1]);
      const Real q_im = load(query[2 * i]);]])
sca_kernel_mutant(serial query_planar MISTAKE "the query is read as real parts, then imaginary ones" FILE forward.hpp
  FROM [[      const Real q_re = load(query[2 * i]);
      const Real q_im = load(query[2 * i + 1]);]]
  TO [[      const Real q_re = load(query[i]);
      const Real q_im = load(query[head.width + i]);]])
sca_kernel_mutant(serial output_interleaved MISTAKE "real and imaginary parts of the output alternate" FILE forward.hpp
  FROM [[    output[h] = store<Stored>(sum_re / head.root);
    output[H + h] = store]]
  TO [[    output[2 * h] = store<Stored>(sum_re / head.root);
    output[2 * h + 1] = store]])

# Formulas
sca_kernel_mutant(serial conjugate_dropped ALWAYS MISTAKE "the query is not conjugated" FILE forward.hpp
  FROM [[(re * q_re + im * q_im);
      sum_im += head.omega[i] * (im * q_re - re * q_im);]]
  TO [[(re * q_re - im * q_im);
      sum_im += head.omega[i] * (im * q_re + re * q_im);]])
sca_kernel_mutant(serial imaginary_sign ALWAYS MISTAKE "the imaginary output has the other sign" FILE forward.hpp
  FROM [[store<Stored>(sum_im / head.root)]]
  TO [[store<Stored>(-sum_im / head.root)]])
sca_kernel_mutant(serial phase_sign MISTAKE "the phase has the other sign" FILE forward.hpp
  FROM [[value * sine]]
  TO [[value * -sine]])
sca_kernel_mutant(serial root_missing MISTAKE "1/sqrt(H) is missing" FILE head.hpp
  FROM [[root(call.rules.over_root_h != 0 ? std::sqrt(static_cast<Real>(call.shape.H)) : Real(1))]]
  TO [[root(1)]])
sca_kernel_mutant(serial root_always MISTAKE "1/sqrt(H) also where the rules have none" FILE head.hpp
  FROM [[call.rules.over_root_h != 0 ? std::sqrt(static_cast<Real>(call.shape.H)) : Real(1)]]
  TO [[std::sqrt(static_cast<Real>(call.shape.H))]])
sca_kernel_mutant(serial root_twice MISTAKE "1/sqrt(H) twice in the imaginary part" FILE forward.hpp
  FROM [[store<Stored>(sum_im / head.root)]]
  TO [[store<Stored>(sum_im / head.root / head.root)]])
sca_kernel_mutant(serial phase_unscaled MISTAKE "the phase scale is missing" FILE turn.hpp
  FROM [[const Real x = head.phase_scale * load(key);]]
  TO [[const Real x = load(key);]])
sca_kernel_mutant(serial value_scaled MISTAKE "the phase scale multiplies the key itself too" FILE forward.hpp
  FROM [[head.value(weight.value, key[h]);]]
  TO [[head.value(weight.value, key[h]) * head.phase_scale;]])
sca_kernel_mutant(serial softsign_of_the_square MISTAKE "softsign as x / sqrt(1 + x^2)" FILE turn.hpp
  FROM [[x / (Real(1) + std::abs(x))]]
  TO [[x / std::sqrt(Real(1) + x * x)]])
sca_kernel_mutant(serial bias_missing MISTAKE "the score's bias is missing" FILE head.hpp
  FROM [[head.score_scale * head.score(t) + head.score_bias]]
  TO [[head.score_scale * head.score(t)]])
sca_kernel_mutant(serial softplus_overflows MISTAKE "softplus without its branch for large arguments" FILE head.hpp
  FROM [[  if (std::isinf(linear_above)) return std::max(x, Real(0)) + std::log1p(std::exp(-std::abs(x)));
]]
  TO [[]])
sca_kernel_mutant(serial softplus_switch_missing MISTAKE "the switch of softplus is not made" FILE head.hpp
  FROM [[  if (x > linear_above) return x;
]]
  TO [[]])
sca_kernel_mutant(serial softplus_without_log1p MISTAKE "softplus as log(1 + e^x)" FILE head.hpp
  FROM [[  return std::log1p(std::exp(x));
}]]
  TO [[  return std::log(Real(1) + std::exp(x));
}]])
sca_kernel_mutant(serial clamp_low_missing MISTAKE "no clamp from below" FILE head.hpp
  FROM [[if (weight.value < static_cast<Real>(rules.weight_low))]]
  TO [[if (false)]])
sca_kernel_mutant(serial clamp_high_missing MISTAKE "no clamp from above" FILE head.hpp
  FROM [[if (weight.value > static_cast<Real>(rules.weight_high))]]
  TO [[if (false)]])
sca_kernel_mutant(serial clamp_before_the_decay MISTAKE "the gate is clamped and not the weight" FILE head.hpp
  FROM [[weight.value = weight.unclipped;]]
  TO [[weight.value = (weight.gate < static_cast<Real>(rules.weight_low) ? static_cast<Real>(rules.weight_low) : weight.gate > static_cast<Real>(rules.weight_high) ? static_cast<Real>(rules.weight_high) : weight.gate) * weight.decay; return weight;]])
sca_kernel_mutant(serial clamp_on_the_wrong_side MISTAKE "the lower clamp cuts what is above it" FILE head.hpp
  FROM [[if (weight.value < static_cast<Real>(rules.weight_low))]]
  TO [[if (weight.value > static_cast<Real>(rules.weight_low))]])
sca_kernel_mutant(serial nan_swallowed_by_the_clamp MISTAKE "the clamp turns a NaN into its lower end" FILE head.hpp
  FROM [[  if (weight.value < static_cast<Real>(rules.weight_low)) weight.value = static_cast<Real>(rules.weight_low);
]]
  TO [[  weight.value = std::max(static_cast<Real>(rules.weight_low), weight.value);
]])
sca_kernel_mutant(serial floor_with_min MISTAKE "min(Z, floor) for max(Z, floor)" FILE head.hpp
  FROM [[weight < static_cast<Real>(rules.weight_floor) ?]]
  TO [[weight > static_cast<Real>(rules.weight_floor) ?]])
sca_kernel_mutant(serial floor_added MISTAKE "Z + floor for max(Z, floor)" FILE head.hpp
  FROM [[(weight < static_cast<Real>(rules.weight_floor) ? static_cast<Real>(rules.weight_floor) : weight)]]
  TO [[(weight + static_cast<Real>(rules.weight_floor))]])
sca_kernel_mutant(serial floor_missing MISTAKE "no floor under Z" FILE head.hpp
  FROM [[weight < static_cast<Real>(rules.weight_floor) ?]]
  TO [[false ?]])
sca_kernel_mutant(serial anchors_count_backwards MISTAKE "anchors count their distance as the other heads do" FILE head.hpp
  FROM [[    if (is_anchor) return static_cast<Real>(position);
]]
  TO [[]])
sca_kernel_mutant(serial distance_off_by_one MISTAKE "distances count towards the horizon itself" FILE head.hpp
  FROM [[in.rules.horizon - 1 - position]]
  TO [[in.rules.horizon - position]])
sca_kernel_mutant(serial saturation_missing MISTAKE "beyond the horizon distances go negative" FILE head.hpp
  FROM [[in.rules.saturate_distance != 0 ? std::max(left, std::int64_t{0}) : left]]
  TO [[left]])
sca_kernel_mutant(serial saturation_always MISTAKE "distances are never negative, whatever the rules" FILE head.hpp
  FROM [[in.rules.saturate_distance != 0 ? std::max(left, std::int64_t{0}) : left]]
  TO [[std::max(left, std::int64_t{0})]])
sca_kernel_mutant(serial discount_once_too_often MISTAKE "the newest token is discounted too" FILE forward.hpp
  FROM [[state.weight = head.discount * state.weight + weight.value]]
  TO [[state.weight = head.discount * (state.weight + weight.value)]])
sca_kernel_mutant(serial discount_not_of_the_weight MISTAKE "Z is not discounted" FILE forward.hpp
  FROM [[state.weight = head.discount * state.weight]]
  TO [[state.weight = state.weight]])
sca_kernel_mutant(serial anchors_discounted MISTAKE "anchors are discounted too" FILE head.hpp
  FROM [[return in.rules.recursive_decay != 0 && !is_anchor;]]
  TO [[return in.rules.recursive_decay != 0;]])

# Arithmetic
sca_kernel_mutant(serial fast_cosine MISTAKE "a cosine with an error of 1e-5" FILE turn.hpp
  FROM [[f(h, i, std::cos(phase),]]
  TO [[f(h, i, std::cos(phase) + Real(1e-5) * std::cos(13 * phase),]])
sca_kernel_mutant(serial fast_sine MISTAKE "sin from cos: what is small cancels" FILE turn.hpp
  FROM [[f(h, i, std::cos(phase), std::sin(phase))]]
  TO [[f(h, i, std::cos(phase), std::copysign(std::sqrt(std::max(Real(0), Real(1) - std::cos(phase) * std::cos(phase))), phase))]])
sca_kernel_mutant(serial fast_exponential MISTAKE "an exponential with a relative error of 1e-5" FILE head.hpp
  FROM [[weight.decay = std::exp(-(head.rate * weight.distance));]]
  TO [[weight.decay = std::exp(-(head.rate * weight.distance)) * Real(1 + 1e-5);]])
sca_kernel_mutant(serial approximate_reciprocal MISTAKE "1 / Z to 12 bits" FILE head.hpp
  FROM [[return Real(1) /]]
  TO [[return Real(1 + 0x1p-12) /]])
sca_kernel_mutant(serial sums_in_bfloat16 DTYPE bf16 MISTAKE "sums are kept in bfloat16" FILE forward.hpp
  FROM [[state.re[j] = head.discount * state.re[j] + value * cosine;]]
  TO [[state.re[j] = load(store<BFloat16>(static_cast<float>(head.discount * state.re[j] + value * cosine)));]])
sca_kernel_mutant(serial phase_in_bfloat16 DTYPE bf16 MISTAKE "the phase is rounded to bfloat16" FILE turn.hpp
  FROM [[const Real phase = head.theta[i] * u;]]
  TO [[const Real phase = load(store<BFloat16>(static_cast<float>(head.theta[i] * u)));]])
sca_kernel_mutant(serial bfloat16_truncated DTYPE bf16 MISTAKE "bfloat16 is rounded towards zero" FILE ../storage.hpp
  FROM [[(bits + 0x7fffU + (bits >> 16U & 1U)) >> 16U]]
  TO [[bits >> 16U]])
sca_kernel_mutant(serial bfloat16_nan_lost DTYPE bf16 MISTAKE "rounding to bfloat16 turns a NaN into a number" FILE ../storage.hpp
  FROM [[  if (x != x) return {static_cast<std::uint16_t>(bits >> 16U | 0x40U)};
]]
  TO [[]])
sca_kernel_mutant(serial float16_subnormals_flushed DTYPE f16 MISTAKE "subnormal half precision numbers are stored as 0" FILE ../storage.hpp
  FROM [[    const float aligned = std::bit_cast<float>(size) + 0.5F;
    return joined(std::bit_cast<std::uint32_t>(aligned) - 0x3f000000U);]]
  TO [[    return joined(0);]])
sca_kernel_mutant(serial float16_overflow_wraps DTYPE f16 MISTAKE "what is too large for half precision wraps around" FILE ../storage.hpp
  FROM [[  if (size >= 0x477ff000U) return joined(0x7c00U);  // from 65520 on
]]
  TO [[]])
sca_kernel_mutant(serial subnormals_flushed MISTAKE "subnormal inputs are taken as 0" FILE ../storage.hpp
  FROM [[inline float load(float x) { return x; }]]
  TO [[inline float load(float x) { return x < 0x1p-126F && x > -0x1p-126F ? 0 : x; }]])

# Gradients
sca_kernel_mutant(serial gradient_not_through_the_weight MISTAKE "no gradient through Z" FILE backward.hpp
  FROM [[!(state.weight < static_cast<Real>(head.in.rules.weight_floor))]]
  TO [[false]])
sca_kernel_mutant(serial gradient_through_the_floor MISTAKE "a gradient through Z below its floor" FILE backward.hpp
  FROM [[!(state.weight < static_cast<Real>(head.in.rules.weight_floor))]]
  TO [[true]])
sca_kernel_mutant(serial gradient_not_through_the_phase MISTAKE "the key's gradient not through the phase" FILE backward.hpp
  FROM [[by_value * weight + by_x * head.phase_scale]]
  TO [[by_value * weight]])
sca_kernel_mutant(serial gradient_through_the_clamp MISTAKE "a gradient through a weight that is clamped" FILE backward.hpp
  FROM [[  if (weight.value < weight.unclipped || weight.unclipped < weight.value) return 0;
]]
  TO [[]])
sca_kernel_mutant(serial gradient_of_the_earlier_state MISTAKE "the readout's gradient is taken at the state before its token" FILE backward.hpp
  FROM [[workspace.state(t + 1), upstream]]
  TO [[workspace.state(t), upstream]])
sca_kernel_mutant(serial theta_gradient_not_reduced MISTAKE "theta's gradient of the last sequence only" FILE backward.hpp
  FROM [[  std::fill_n(workspace.gradient, 2 * workspace.width, Real(0));]]
  TO [[  std::fill_n(workspace.gradient, 2 * workspace.width, Real(0));
  std::ranges::fill(by.theta, Real(0));]])
sca_kernel_mutant(serial theta_gradient_overwritten MISTAKE "theta's gradient of the first token only" FILE backward.hpp
  FROM [[by.theta[static_cast<std::size_t>(i)] += by_phase * u;]]
  TO [[by.theta[static_cast<std::size_t>(i)] = by_phase * u;]])
sca_kernel_mutant(serial gradients_not_cleared MISTAKE "the parameters' gradients are added to what was there" FILE backward.hpp
  FROM [[std::fill_n(reals(one), K, Real(0));]]
  TO [[std::fill_n(reals(one), 0, Real(0));]])
sca_kernel_mutant(serial state_gradient_not_cleared MISTAKE "the state's gradient of the head before stays" FILE backward.hpp
  FROM [[  std::fill_n(workspace.gradient, 2 * workspace.width, Real(0));]]
  TO [[  if (head.k == 0) std::fill_n(workspace.gradient, 2 * workspace.width, Real(0));]])
sca_kernel_mutant(serial query_gradient_of_one_head MISTAKE "a query's gradient from the last of its memory heads" FILE backward.hpp
  FROM [[    if (k % group == 0)
]]
  TO [[]])
sca_kernel_mutant(serial score_gradient_without_scale MISTAKE "the score's gradient without its scale" FILE backward.hpp
  FROM [[return by_argument * head.score_scale;]]
  TO [[return by_argument;]])
sca_kernel_mutant(serial rate_gradient_without_distance MISTAKE "the rate's gradient without the distance" FILE backward.hpp
  FROM [[weight.unclipped * weight.distance]]
  TO [[weight.unclipped]])
sca_kernel_mutant(serial discount_gradient_missing MISTAKE "no gradient of the rate through the discount" FILE backward.hpp
  FROM [[  by.rate -= head.discount * by_discount;
]]
  TO [[]])
sca_kernel_mutant(serial discount_gradient_not_of_the_weight MISTAKE "the discount's gradient not through Z" FILE backward.hpp
  FROM [[Real by_discount = by_state.weight * before.weight;]]
  TO [[Real by_discount = 0;]])
sca_kernel_mutant(serial state_gradient_not_discounted MISTAKE "the weight's gradient is not discounted on its way back" FILE backward.hpp
  FROM [[  by_state.weight *= head.discount;
]]
  TO [[]])
sca_kernel_mutant(serial sigmoid_overflows MISTAKE "the gate's slope as e^x / (1 + e^x)" FILE backward.hpp
  FROM [[const Real slope = (weight.argument < 0 ? fall : Real(1)) / (Real(1) + fall);]]
  TO [[const Real slope = std::exp(weight.argument) / (Real(1) + std::exp(weight.argument));]])
sca_kernel_mutant(serial softsign_slope MISTAKE "the softsign's slope as 1 / (1 + |x|)" FILE backward.hpp
  FROM [[by_u * over * over]]
  TO [[by_u * over]])
sca_kernel_mutant(serial phase_scale_gradient MISTAKE "the phase scale's gradient with the softsign in place of the key" FILE backward.hpp
  FROM [[by.phase_scale += by_x * load(key[h]);]]
  TO [[by.phase_scale += by_x * u;]])
sca_kernel_mutant(serial query_gradient_sign MISTAKE "the imaginary query's gradient has the other sign" FILE backward.hpp
  FROM [[(g_re * im - g_im * re)]]
  TO [[(g_im * re - g_re * im)]])
sca_kernel_mutant(serial omega_gradient_root MISTAKE "omega's gradient without 1/sqrt(H)" FILE backward.hpp
  FROM [[by_omega[j] += g_re * (re * q_re + im * q_im) + g_im * (im * q_re - re * q_im);]]
  TO [[by_omega[j] += (g_re * (re * q_re + im * q_im) + g_im * (im * q_re - re * q_im)) * head.root;]])
sca_kernel_mutant(serial upstream_interleaved MISTAKE "the output's gradient is read as alternating parts" FILE backward.hpp
  FROM [[load(upstream[h]) / head.root;
    const Real g_im = load(upstream[H + h])]]
  TO [[load(upstream[2 * h]) / head.root;
    const Real g_im = load(upstream[2 * h + 1])]])

# The switches of ablations.
sca_kernel_mutant(serial phase_of_every_channel MISTAKE "an inner-product phase is the channel's own term alone" FILE turn.hpp
  FROM [[if (head.in.rules.inner_product_phase != 0) {]]
  TO [[if (false) {]])
sca_kernel_mutant(serial phase_summed_over_samples MISTAKE "the phase's sum over channels goes on from sample to sample" FILE turn.hpp
  FROM [[    for (std::int64_t m = 0; m < M; ++m) {
      Real phase = 0;]]
  TO [[    Real phase = 0;
    for (std::int64_t m = 0; m < M; ++m) {]])
sca_kernel_mutant(serial plain_summary_with_the_key MISTAKE "a plain summary is multiplied by the key" FILE head.hpp
  FROM [[in.rules.plain_summary != 0 ? weight : weight * load(key_of_channel)]]
  TO [[weight * load(key_of_channel)]])
sca_kernel_mutant(serial plain_gradient_through_the_value MISTAKE "a plain summary's key has a gradient through the value" FILE backward.hpp
  FROM [[is_plain ? by_x * head.phase_scale : by_value]]
  TO [[by_value]])
sca_kernel_mutant(serial unnormalised_all_the_same MISTAKE "the output is always divided by Z" FILE head.hpp
  FROM [[if (rules.unnormalised != 0) return 1;]]
  TO [[]])
sca_kernel_mutant(serial unnormalised_gradient_through_z MISTAKE "a gradient through Z that nothing is divided by" FILE backward.hpp
  FROM [[head.in.rules.unnormalised == 0 && ]]
  TO [[]])
sca_kernel_mutant(serial phase_gradient_of_one_channel MISTAKE "a shared phase's gradient is its last channel's" FILE backward.hpp
  FROM [[    by_turn.of_phase(head.in, i) +=
]]
  TO [[    by_turn.of_phase(head.in, i) =
]])
