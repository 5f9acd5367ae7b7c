# Grid
sca_operator_mutant(theta_not_normalised MISTAKE "theta's cumulative sums are not divided by the last" FILE grid.hpp
  FROM [[theta[m] = floor + span * theta[m] / total;]]
  TO [[theta[m] = floor + span * theta[m];]])
sca_operator_mutant(theta_not_cumulated MISTAKE "theta's steps are not summed up" FILE grid.hpp
  FROM [[    theta[m] = total;]]
  TO [[    theta[m] = theta_step(rules, raw[m]);]])
sca_operator_mutant(theta_by_the_mean MISTAKE "theta's cumulative sums are divided by the number of steps" FILE grid.hpp
  FROM [[span * theta[m] / total;]]
  TO [[span * theta[m] / static_cast<Real>(M);]])
sca_operator_mutant(theta_floor_missing MISTAKE "theta without its floor" FILE grid.hpp
  FROM [[theta[m] = floor + span]]
  TO [[theta[m] = span]])
sca_operator_mutant(theta_increment_missing MISTAKE "theta's steps without their increment" FILE grid.hpp
  FROM [[ + static_cast<Real>(rules.theta_increment);]]
  TO [[;]])
sca_operator_mutant(theta_of_one_node_summed MISTAKE "M = 1 is taken as a cumulative sum" FILE grid.hpp
  FROM [=[  if (M == 1) {
    theta[0]]=]
  TO [=[  if (false) {
    theta[0]]=])
sca_operator_mutant(theta_always_bounded MISTAKE "theta is bounded where it is asked as it is" FILE grid.hpp
  FROM [[    if (call.rules.theta_is_bounded) {
      bounded_theta(]]
  TO [[    if (true) {
      bounded_theta(]])
sca_operator_mutant(theta_gradient_not_through_the_sum MISTAKE "theta's gradient without the path through the sum" FILE grid.hpp
  FROM [[    by_total -= theta_gradient[m] * (span * node / total / total);
]]
  TO [[]])
sca_operator_mutant(theta_gradient_not_cumulated MISTAKE "a step's gradient by its own node only" FILE grid.hpp
  FROM [[    by_step += theta_gradient[m] * span / total;]]
  TO [[    by_step = by_total + theta_gradient[m] * span / total;]])
sca_operator_mutant(theta_gradient_from_the_front MISTAKE "a step's gradient by the nodes up to its own" FILE grid.hpp
  FROM [[for (std::int64_t m = M - 1; m >= 0; --m) {]]
  TO [[for (std::int64_t m = 0; m < M; ++m) {]])
sca_operator_mutant(theta_gradient_without_sigmoid MISTAKE "the gradient of the only node with sigmoid in place of its slope" FILE grid.hpp
  FROM [[span * sigmoid_slope(raw[0])]]
  TO [[span * sigmoid(raw[0])]])
sca_operator_mutant(omega_epsilon_missing MISTAKE "omega without its epsilon" FILE grid.hpp
  FROM [[  total += static_cast<Real>(rules.omega_epsilon) * std::exp(-shift);
]]
  TO [[]])
sca_operator_mutant(omega_epsilon_outside MISTAKE "omega's epsilon is added to the quotient" FILE grid.hpp
  FROM [[omega[m] = power / total;]]
  TO [[omega[m] = power / total + static_cast<Real>(call.rules.omega_epsilon);]])
sca_operator_mutant(omega_overflows MISTAKE "omega's exponentials overflow" FILE grid.hpp
  FROM [[  const Real shift = omega_shift(M, raw);]]
  TO [[  const Real shift = 0;]])
sca_operator_mutant(omega_always_shifted MISTAKE "raw weights are rounded where nothing overflows" FILE grid.hpp
  FROM [[  return total <= std::numeric_limits<Real>::max() ? Real(0) : largest;]]
  TO [[  return largest;]])
sca_operator_mutant(omega_gradient_not_through_the_sum MISTAKE "omega's gradient without the path through the sum" FILE grid.hpp
  FROM [[(omega_gradient[m] - along)]]
  TO [=[omega_gradient[m]]=])
sca_operator_mutant(omega_gradient_overwritten MISTAKE "omega's gradient is overwritten, not added to" FILE grid.hpp
  FROM [[raw_gradient[m] += power *]]
  TO [[raw_gradient[m] = power *]])
sca_operator_mutant(omega_gradient_where_direct MISTAKE "omega's gradient through the map where there is none" FILE grid.hpp
  FROM [[    if (call.rules.omega_is_normalised) {
      normalised_omega_backward(]]
  TO [[    if (true) {
      normalised_omega_backward(]])
sca_operator_mutant(slopes_swapped MISTAKE "anchors come before the other heads" FILE grid.hpp
  FROM [[const Real slope = k < decays ? call.decay_slopes[k] : call.anchor_slopes[k - decays];]]
  TO [[const Real slope = k < call.anchors ? call.anchor_slopes[k] : call.decay_slopes[k - call.anchors];]])
sca_operator_mutant(slope_gradients_swapped MISTAKE "the slopes' gradients in the other order" FILE grid.hpp
  FROM [[call.rate_gradient[k]);]]
  TO [[call.rate_gradient[call.K - 1 - k]);]])
sca_operator_mutant(switch_missing MISTAKE "the switch of softplus is not made" FILE grid.hpp
  FROM [[    call.rate[k] = softplus(slope, static_cast<Real>(call.rules.softplus_switch));]]
  TO [[    call.rate[k] = softplus(slope, std::numeric_limits<Real>::infinity());]])
sca_operator_mutant(switch_missing_in_the_gradient MISTAKE "the gradient of softplus knows no switch" FILE grid.hpp
  FROM [[softplus_backward(slope, static_cast<Real>(call.rules.softplus_switch),]]
  TO [[softplus_backward(slope, std::numeric_limits<Real>::infinity(),]])
sca_operator_mutant(rate_without_log1p MISTAKE "a rate as log(1 + e^slope)" FILE grid.hpp
  FROM [[    call.rate[k] = softplus(slope, static_cast<Real>(call.rules.softplus_switch));]]
  TO [[    call.rate[k] = std::log(Real(1) + std::exp(slope));]])

# Mix
sca_operator_mutant(taps_reversed MISTAKE "the convolution's taps in the other order" FILE mix.hpp
  FROM [[sum += conv_weight[c * ck + j] * u[(b * L + source) * C + c];]]
  TO [[sum += conv_weight[c * ck + ck - 1 - j] * u[(b * L + source) * C + c];]])
sca_operator_mutant(weights_by_tap MISTAKE "the convolution's weights are read as [ck, C]" FILE mix.hpp
  FROM [[sum += conv_weight[c * ck + j] * u[(b * L + source) * C + c];]]
  TO [[sum += conv_weight[j * C + c] * u[(b * L + source) * C + c];]])
sca_operator_mutant(shifted_by_a_token MISTAKE "the convolution does not see the newest token" FILE mix.hpp
  FROM [[const std::int64_t source = t - (ck - 1) + j;]]
  TO [[const std::int64_t source = std::max(t - ck + j, 1 - ck);]])
sca_operator_mutant(sees_the_future MISTAKE "the convolution is centred" FILE mix.hpp
  FROM [[const std::int64_t source = t - (ck - 1) + j;]]
  TO [[const std::int64_t source = std::min(t - (ck - 1) / 2 + j, L - 1);]])
sca_operator_mutant(across_sequences MISTAKE "the convolution sees the sequence before" FILE mix.hpp
  FROM [[if (source >= 0) {]]
  TO [[if (b * L + source >= 0) {]])
sca_operator_mutant(state_not_read MISTAKE "what came before is taken as zeros" FILE mix.hpp
  FROM [[} else if (state != nullptr) {]]
  TO [[} else if (false) {]])
sca_operator_mutant(state_newest_first MISTAKE "the state is read newest first" FILE mix.hpp
  FROM [=[state[(b * (ck - 1) + source + ck - 1) * C + c]]=]
  TO [=[state[(b * (ck - 1) - 1 - source) * C + c]]=])
sca_operator_mutant(state_not_advanced MISTAKE "the state stays what it was" FILE mix.hpp
  FROM [[if (call.state != nullptr && call.L > 0)]]
  TO [[if (false)]])
sca_operator_mutant(short_state MISTAKE "fewer tokens than taps: the old rows do not move up" FILE mix.hpp
  FROM [[state + (row + L) * C]]
  TO [[state + row * C]])
sca_operator_mutant(short_state_cleared MISTAKE "fewer tokens than taps: the old rows are lost" FILE mix.hpp
  FROM [[    std::copy_n(source >= 0 ? u + source * C : state + (row + L) * C, C, state + row * C);]]
  TO [[    if (source >= 0) std::copy_n(u + source * C, C, state + row * C);
    else std::fill_n(state + row * C, C, Real(0));]])
sca_operator_mutant(state_of_one_sequence MISTAKE "one state for all sequences" FILE mix.hpp
  FROM [[call.state + b * kept * call.C]]
  TO [[call.state]])
sca_operator_mutant(silu_missing MISTAKE "the convolution without its SiLU" FILE mix.hpp
  FROM [[= silu(convolution(b, t, c));]]
  TO [[= convolution(b, t, c);]])
sca_operator_mutant(silu_overflows MISTAKE "silu(x) as x e^x / (1 + e^x)" FILE mix.hpp
  FROM [[= silu(convolution(b, t, c));]]
  TO [[= convolution(b, t, c) * std::exp(convolution(b, t, c)) / (Real(1) + std::exp(convolution(b, t, c)));]])
sca_operator_mutant(silu_gradient_missing MISTAKE "no gradient of the SiLU" FILE mix.hpp
  FROM [[ * silu_slope(convolution(b, t, c));]]
  TO [[;]])
sca_operator_mutant(silu_gradient_of_the_factor_only MISTAKE "the SiLU's gradient without x sigmoid'(x)" FILE mix.hpp
  FROM [[ * silu_slope(convolution(b, t, c));]]
  TO [[ * sigmoid(convolution(b, t, c));]])
sca_operator_mutant(weight_gradient_overwritten MISTAKE "the weights' gradient of the last sequence only" FILE mix.hpp
  FROM [[call.conv_gradient[c * ck + j] += sum;]]
  TO [[call.conv_gradient[c * ck + j] = sum;]])
sca_operator_mutant(weight_gradient_reversed MISTAKE "the weights' gradient with the taps in the other order" FILE mix.hpp
  FROM [[call.conv_gradient[c * ck + j] += sum;]]
  TO [[call.conv_gradient[c * ck + ck - 1 - j] += sum;]])
sca_operator_mutant(input_gradient_reversed MISTAKE "the input's gradient with the taps in the other order" FILE mix.hpp
  FROM [[sum += call.conv_weight[c * ck + j] * by_sum]]
  TO [[sum += call.conv_weight[c * ck + ck - 1 - j] * by_sum]])
sca_operator_mutant(input_gradient_without_the_last_tokens MISTAKE "no input gradient where the taps leave the sequence" FILE mix.hpp
  FROM [[        for (std::int64_t j = std::max(ck - L + t, std::int64_t{0}); j < ck; ++j)]]
  TO [[        for (std::int64_t j = t + ck > L ? ck : 0; j < ck; ++j)]])

# Gated norm
sca_operator_mutant(gate_after MISTAKE "the gate comes after the norm instead of before" FILE gated_norm.hpp
  FROM [[void gated_norm(const GatedNormForward<Real>& call) {]]
  TO [[void gated_norm(const GatedNormForward<Real>& original) {
  auto call = original;
  call.gate_after = true;]])
sca_operator_mutant(gate_before MISTAKE "the gate comes before the norm instead of after" FILE gated_norm.hpp
  FROM [[void gated_norm(const GatedNormForward<Real>& call) {]]
  TO [[void gated_norm(const GatedNormForward<Real>& original) {
  auto call = original;
  call.gate_after = false;]])
sca_operator_mutant(gradient_of_gate_after MISTAKE "the gradient of a gate after the norm for one before" FILE gated_norm.hpp
  FROM [[    if (call.gate_after) {]]
  TO [[    if (true) {]])
sca_operator_mutant(gradient_of_gate_before MISTAKE "the gradient of a gate before the norm for one after" FILE gated_norm.hpp
  FROM [[    if (call.gate_after) {]]
  TO [[    if (false) {]])
sca_operator_mutant(gate_without_silu MISTAKE "the gate without its SiLU" FILE gated_norm.hpp
  FROM [[return silu(call.gate[first + i]); };]]
  TO [[return call.gate[first + i]; };]])
sca_operator_mutant(gate_by_sigmoid MISTAKE "a sigmoid for the gate's SiLU" FILE gated_norm.hpp
  FROM [[return silu(call.gate[first + i]); };]]
  TO [[return sigmoid(call.gate[first + i]); };]])
sca_operator_mutant(norm_of_a_part MISTAKE "the mean is taken over half of the channels" FILE gated_norm.hpp
  FROM [[    const Real root = root_mean_square<Real>(call.width, call.epsilon, x);
    for]]
  TO [[    const Real root = root_mean_square<Real>((call.width + 1) / 2, call.epsilon, x);
    for]])
sca_operator_mutant(norm_epsilon_missing MISTAKE "the gated norm without its epsilon" FILE gated_norm.hpp
  FROM [[    const Real root = root_mean_square<Real>(call.width, call.epsilon, x);
    for]]
  TO [[    const Real root = root_mean_square<Real>(call.width, 0, x);
    for]])
sca_operator_mutant(norm_of_the_ungated MISTAKE "the root is that of what is not gated yet" FILE gated_norm.hpp
  FROM [[    const Real root = root_mean_square<Real>(call.width, call.epsilon, x);
    for]]
  TO [[    const Real root =
        root_mean_square<Real>(call.width, call.epsilon, [&](std::int64_t i) { return call.o[first + i]; });
    for]])
sca_operator_mutant(gradient_not_through_the_norm MISTAKE "the gradient without the path through the norm" FILE gated_norm.hpp
  FROM [[    call.o_gradient[first + i] = by_x * silu(call.gate[first + i]);]]
  TO [[    by_x = g(i) / root;
    call.o_gradient[first + i] = by_x * silu(call.gate[first + i]);]])
sca_operator_mutant(gate_gradient_without_slope MISTAKE "the gate's gradient without x sigmoid'(x)" FILE gated_norm.hpp
  FROM [[by_x * call.o[first + i] * silu_slope(call.gate[first + i]);]]
  TO [[by_x * call.o[first + i] * sigmoid(call.gate[first + i]);]])
sca_operator_mutant(gate_gradient_without_gain MISTAKE "the gradient of a gate after the norm without the gain" FILE gated_norm.hpp
  FROM [[const Real y = o(i) / root * call.gain[i];]]
  TO [[const Real y = o(i) / root;]])
sca_operator_mutant(gain_gradient_overwritten MISTAKE "the gain's gradient is overwritten, not added to" FILE gated_norm.hpp
  FROM [[call.gain_gradient[i] += call.v_gradient]]
  TO [[call.gain_gradient[i] = call.v_gradient]])
sca_operator_mutant(gain_gradient_without_gate MISTAKE "the gain's gradient without the gate that comes after" FILE gated_norm.hpp
  FROM [[call.gain_gradient[i] += by_y(i) *]]
  TO [[call.gain_gradient[i] += call.v_gradient[first + i] *]])

# Readout
sca_operator_mutant(halves_swapped MISTAKE "the first half gates the second" FILE readout.hpp
  FROM [[both[e] * (call.silu ? silu(both[E + e]) : sigmoid(both[E + e]));]]
  TO [[both[E + e] * (call.silu ? silu(both[e]) : sigmoid(both[e]));]])
sca_operator_mutant(halves_interleaved MISTAKE "every second number gates the one before it" FILE readout.hpp
  FROM [[both[e] * (call.silu ? silu(both[E + e]) : sigmoid(both[E + e]));]]
  TO [[both[2 * e] * (call.silu ? silu(both[2 * e + 1]) : sigmoid(both[2 * e + 1]));]])
sca_operator_mutant(sigmoid_always MISTAKE "a sigmoid where a SiLU is asked" FILE readout.hpp
  FROM [[(call.silu ? silu(both[E + e]) : sigmoid(both[E + e]))]]
  TO [[sigmoid(both[E + e])]])
sca_operator_mutant(silu_always MISTAKE "a SiLU where a sigmoid is asked" FILE readout.hpp
  FROM [[(call.silu ? silu(both[E + e]) : sigmoid(both[E + e]))]]
  TO [[silu(both[E + e])]])
sca_operator_mutant(weight_transposed MISTAKE "the weight is read as [2 E, width]" FILE readout.hpp
  FROM [[load(weight[j * 2 * E + e]);]]
  TO [[load(weight[e * call.width + j]);]])
sca_operator_mutant(weight_of_one_head MISTAKE "all heads are read by the first one's weight" FILE readout.hpp
  FROM [[call.weight + i % call.K * call.width * 2 * E;]]
  TO [[call.weight;]])
sca_operator_mutant(weight_by_row MISTAKE "heads and rows are mixed up" FILE readout.hpp
  FROM [[call.weight + i % call.K * call.width * 2 * E;]]
  TO [[call.weight + i / call.rows * call.width * 2 * E;]])
sca_operator_mutant(weight_gradient_of_another_head MISTAKE "the weight's gradient goes to the next head" FILE readout.hpp
  FROM [[call.weight_gradient + head + j * 2 * E;]]
  TO [[call.weight_gradient + ((i + 1) % call.K * call.width + j) * 2 * E;]])
sca_operator_mutant(weight_gradient_overwritten MISTAKE "the weight's gradient of the last row only" FILE readout.hpp
  FROM [[weight_gradient[e] +=]]
  TO [[weight_gradient[e] =]])
sca_operator_mutant(gradient_halves_swapped MISTAKE "the two halves' gradients are swapped" FILE readout.hpp
  FROM [[    const Real a = both[e];
    const Real b = both[call.E + e];]]
  TO [[    const Real b = both[e];
    const Real a = both[call.E + e];]])
sca_operator_mutant(sigmoid_gradient_of_the_value MISTAKE "the gate's gradient with sigmoid in place of its slope" FILE readout.hpp
  FROM [[: sigmoid_slope(b));]]
  TO [[: sigmoid(b));]])
sca_operator_mutant(silu_gradient_of_the_factor_only MISTAKE "the SiLU's gradient without x sigmoid'(x)" FILE readout.hpp
  FROM [[(call.silu ? silu_slope(b) :]]
  TO [[(call.silu ? sigmoid(b) :]])
sca_operator_mutant(input_gradient_of_one_half MISTAKE "the input's gradient through the first half only" FILE readout.hpp
  FROM [[        sum += both_gradient[e] * weight[e];]]
  TO [[        if (e < E) sum += both_gradient[e] * weight[e];]])
sca_operator_mutant(products_not_kept MISTAKE "the products are not there for the backward" FILE readout.hpp
  FROM [[      both[e] = sum;
    }]]
  TO [[      both[e] = sum;
    }
    struct Cleared {
      Real* from;
      std::int64_t n;
      ~Cleared() { for (std::int64_t e = 0; e < n; ++e) from[e] = 0; }
    } cleared{both, 2 * E};]])

# Norm
sca_operator_mutant(over_the_batch MISTAKE "the mean is taken over all rows" FILE norm.hpp
  FROM [[    const Real root = root_mean_square<Real>(call.width, call.epsilon, x);
    for]]
  TO [[    const Real root = root_mean_square<Real>(call.rows * call.width, call.epsilon,
                                             [&](std::int64_t i) { return call.x[i]; });
    for]])
sca_operator_mutant(of_a_part MISTAKE "the mean is taken over half of the row" FILE norm.hpp
  FROM [[    const Real root = root_mean_square<Real>(call.width, call.epsilon, x);
    for]]
  TO [[    const Real root = root_mean_square<Real>((call.width + 1) / 2, call.epsilon, x);
    for]])
sca_operator_mutant(epsilon_outside MISTAKE "epsilon is added to the root" FILE norm.hpp
  FROM [[std::sqrt(sum / static_cast<Real>(n) + static_cast<Real>(epsilon));]]
  TO [[std::sqrt(sum / static_cast<Real>(n)) + static_cast<Real>(epsilon);]])
sca_operator_mutant(epsilon_missing MISTAKE "no epsilon" FILE norm.hpp
  FROM [[ + static_cast<Real>(epsilon));]]
  TO [[);]])
sca_operator_mutant(epsilon_added_to_the_sum MISTAKE "epsilon is added to the sum, not to the mean" FILE norm.hpp
  FROM [[std::sqrt(sum / static_cast<Real>(n) + static_cast<Real>(epsilon));]]
  TO [[std::sqrt((sum + static_cast<Real>(epsilon)) / static_cast<Real>(n));]])
sca_operator_mutant(sum_for_mean MISTAKE "the sum of the squares for their mean" FILE norm.hpp
  FROM [[std::sqrt(sum / static_cast<Real>(n) +]]
  TO [[std::sqrt(sum +]])
sca_operator_mutant(mean_subtracted MISTAKE "the mean is subtracted, as LayerNorm does" FILE norm.hpp
  FROM [[  return std::sqrt(sum / static_cast<Real>(n) +]]
  TO [[  Real mean = 0;
  for (std::int64_t i = 0; i < n; ++i) mean += x(i) / static_cast<Real>(n);
  sum -= static_cast<Real>(n) * mean * mean;
  return std::sqrt(sum / static_cast<Real>(n) +]])
sca_operator_mutant(gain_missing MISTAKE "no gain" FILE norm.hpp
  FROM [[ = x(i) / root * call.gain[i];]]
  TO [[ = x(i) / root;]])
sca_operator_mutant(gain_from_one MISTAKE "1 + gain for the gain" FILE norm.hpp
  FROM [[ = x(i) / root * call.gain[i];]]
  TO [[ = x(i) / root * (Real(1) + call.gain[i]);]])
sca_operator_mutant(approximate_root MISTAKE "1 / root to 12 bits" FILE norm.hpp
  FROM [[ = x(i) / root * call.gain[i];]]
  TO [[ = x(i) * (Real(1 + 0x1p-12) / root) * call.gain[i];]])
sca_operator_mutant(gradient_not_through_the_root MISTAKE "the gradient without the path through the root" FILE norm.hpp
  FROM [[write(i, (g(i) - x(i) / root * mean) / root);]]
  TO [[write(i, g(i) / root);]])
sca_operator_mutant(gradient_by_the_sum MISTAKE "the gradient's path through the root with a sum for the mean" FILE norm.hpp
  FROM [[const Real mean = sum / static_cast<Real>(n);]]
  TO [[const Real mean = sum;]])
sca_operator_mutant(gradient_without_gain MISTAKE "the input's gradient without the gain" FILE norm.hpp
  FROM [[return call.y_gradient[first + i] * call.gain[i]; };]]
  TO [[return call.y_gradient[first + i]; };]])
sca_operator_mutant(gain_gradient_overwritten MISTAKE "the gain's gradient is overwritten, not added to" FILE norm.hpp
  FROM [[call.gain_gradient[i] +=]]
  TO [[call.gain_gradient[i] =]])
sca_operator_mutant(gain_gradient_without_root MISTAKE "the gain's gradient without the norm" FILE norm.hpp
  FROM [[call.y_gradient[first + i] * (x(i) / root);]]
  TO [[call.y_gradient[first + i] * x(i);]])
sca_operator_mutant(gradient_never_added MISTAKE "the input's gradient is overwritten where it is to be added to" FILE norm.hpp
  FROM [[gradient = call.adds ? gradient + by_x : by_x;]]
  TO [[gradient = by_x;]])
sca_operator_mutant(gradient_always_added MISTAKE "the input's gradient is added to what was there unasked" FILE norm.hpp
  FROM [[gradient = call.adds ? gradient + by_x : by_x;]]
  TO [[gradient += by_x;]])

# SwiGLU
sca_operator_mutant(halves_swapped MISTAKE "the first half gates the second" FILE swiglu.hpp
  FROM [[= both[i] * silu(both[width + i]);]]
  TO [[= both[width + i] * silu(both[i]);]])
sca_operator_mutant(halves_interleaved MISTAKE "every second number gates the one before it" FILE swiglu.hpp
  FROM [[= both[i] * silu(both[width + i]);]]
  TO [[= both[2 * i] * silu(both[2 * i + 1]);]])
sca_operator_mutant(by_sigmoid MISTAKE "a sigmoid for the SiLU" FILE swiglu.hpp
  FROM [[= both[i] * silu(both[width + i]);]]
  TO [[= both[i] * sigmoid(both[width + i]);]])
sca_operator_mutant(silu_overflows MISTAKE "silu(x) as x e^x / (1 + e^x)" FILE swiglu.hpp
  FROM [[= both[i] * silu(both[width + i]);]]
  TO [[= both[i] * both[width + i] * std::exp(both[width + i]) / (Real(1) + std::exp(both[width + i]));]])
sca_operator_mutant(fast_exponential MISTAKE "an exponential with a relative error of 1e-5" FILE swiglu.hpp
  FROM [[= both[i] * silu(both[width + i]);]]
  TO [[= both[i] * (both[width + i] / (Real(1) + std::exp(-both[width + i]) * Real(1 + 1e-5)));]])
sca_operator_mutant(gradient_halves_swapped MISTAKE "the two halves' gradients are swapped" FILE swiglu.hpp
  FROM [[      both_gradient[i] = by_h * silu(both[width + i]);
      both_gradient[width + i] = by_h]]
  TO [[      both_gradient[width + i] = by_h * silu(both[width + i]);
      both_gradient[i] = by_h]])
sca_operator_mutant(gradient_of_the_factor_only MISTAKE "the SiLU's gradient without x sigmoid'(x)" FILE swiglu.hpp
  FROM [[silu_slope(both[width + i])]]
  TO [[sigmoid(both[width + i])]])
sca_operator_mutant(gradient_without_the_first_half MISTAKE "the gate's gradient without what it gates" FILE swiglu.hpp
  FROM [[by_h * both[i] * silu_slope]]
  TO [[by_h * silu_slope]])
