# Mistakes in the plain operators around attention, and in those of training.

# Position
sca_operator_mutant(rope_interleaved MISTAKE "the rotated pairs are neighbours, not halves apart" FILE position.hpp
  FROM [[return x[j] * cosine[j] - x[j + half] * sine[j]; }
  Real second(std::int64_t j) const { return x[j + half] * cosine[j] + x[j] * sine[j]; }]]
  TO [[return x[2 * j] * cosine[j] - x[2 * j + 1] * sine[j]; }
  Real second(std::int64_t j) const { return x[2 * j + 1] * cosine[j] + x[2 * j] * sine[j]; }]])
sca_operator_mutant(rope_sign MISTAKE "positions rotate the other way round" FILE position.hpp
  FROM [[return x[j] * cosine[j] - x[j + half] * sine[j]; }
  Real second(std::int64_t j) const { return x[j + half] * cosine[j] + x[j] * sine[j]; }]]
  TO [[return x[j] * cosine[j] + x[j + half] * sine[j]; }
  Real second(std::int64_t j) const { return x[j + half] * cosine[j] - x[j] * sine[j]; }]])
sca_operator_mutant(rope_one_late MISTAKE "a token is rotated by the position before its own" FILE position.hpp
  FROM [[(call.position + token % call.L) * (call.hd / 2)]]
  TO [[(call.position + token % call.L - (call.position + token % call.L > 0)) * (call.hd / 2)]])
sca_operator_mutant(rope_from_zero MISTAKE "a continued sequence counts its positions from 0" FILE position.hpp
  FROM [[(call.position + token % call.L) * (call.hd / 2)]]
  TO [[token % call.L * (call.hd / 2)]])
sca_operator_mutant(head_norm_width MISTAKE "a head's mean square is taken over its pairs" FILE position.hpp
  FROM [[sum / static_cast<Real>(2 * half)]]
  TO [[sum / static_cast<Real>(half)]])
sca_operator_mutant(head_norm_epsilon MISTAKE "a head's norm without its epsilon" FILE position.hpp
  FROM [[ + static_cast<Real>(epsilon)]]
  TO [[]])
sca_operator_mutant(stride MISTAKE "the second sequence is written right behind the first one's tokens" FILE position.hpp
  FROM [[token / call.L * call.y_stride + token % call.L * call.heads * call.hd]]
  TO [[token * call.heads * call.hd]])
sca_operator_mutant(head_norm_gradient MISTAKE "the gradient does not go through a head's root" FILE position.hpp
  FROM [[share = dot / root / root / static_cast<Real>(call.hd);]]
  TO [[]])
sca_operator_mutant(head_norm_gradient_width MISTAKE "the gradient through a head's root is divided by the pairs" FILE position.hpp
  FROM [[/ static_cast<Real>(call.hd)]]
  TO [[/ static_cast<Real>(half)]])
sca_operator_mutant(rope_gradient_sign MISTAKE "the gradient is rotated forwards again" FILE position.hpp
  FROM [[by_first * rotation.cosine[j] + by_second * rotation.sine[j];
        by_x[j + half] = by_second * rotation.cosine[j] - by_first * rotation.sine[j];]]
  TO [[by_first * rotation.cosine[j] - by_second * rotation.sine[j];
        by_x[j + half] = by_second * rotation.cosine[j] + by_first * rotation.sine[j];]])

# Attention
sca_operator_mutant(key_head MISTAKE "query heads take turns with the key heads instead of sharing one in groups" FILE attention.hpp
  FROM [[h / (call.heads / call.kv_heads)]]
  TO [[h % call.kv_heads]])
sca_operator_mutant(sees_the_next_token MISTAKE "the causal mask is off by one: the next token is seen" FILE attention.hpp
  FROM [[return mask == nullptr ? position + t + 1 : L; }

  Real score(std::int64_t t, std::int64_t i) const {
    if (i > position + t)]]
  TO [[return mask == nullptr ? std::min(position + t + 2, position + L) : L; }

  Real score(std::int64_t t, std::int64_t i) const {
    if (i > position + t + 1)]])
sca_operator_mutant(not_of_itself MISTAKE "the causal mask is off by one: a token does not see itself" FILE attention.hpp
  FROM [[mask == nullptr ? position + t + 1 : L]]
  TO [[mask == nullptr ? std::max<std::int64_t>(position + t, 1) : L]])
sca_operator_mutant(masked_not_causal MISTAKE "with a mask later keys keep their scores" FILE attention.hpp
  FROM [[if (i > position + t) return static_cast<Real>(masked_score);]]
  TO [[]])
sca_operator_mutant(without_maximum MISTAKE "softmax without its maximum" FILE attention.hpp
  FROM [[    if (top < score) top = score;
  }]]
  TO [[  }
  top = 0;]])
sca_operator_mutant(maximum_of_the_first MISTAKE "softmax subtracts the first score in place of the largest" FILE attention.hpp
  FROM [[    if (top < score) top = score;]]
  TO [[]])
sca_operator_mutant(scale MISTAKE "scores without 1/sqrt(hd)" FILE attention.hpp
  FROM [[const Real score = dot / root;]]
  TO [[const Real score = dot;]])
sca_operator_mutant(scale_of_the_model MISTAKE "scores are divided by the root of all heads' width" FILE attention.hpp
  FROM [[std::sqrt(static_cast<Real>(hd))]]
  TO [[std::sqrt(static_cast<Real>(q_step))]])
sca_operator_mutant(cache_position_ignored MISTAKE "the cached keys are not counted: the newest are not seen" FILE attention.hpp
  FROM [[mask == nullptr ? position + t + 1 : L]]
  TO [[mask == nullptr ? t + 1 : L]])
sca_operator_mutant(cache_stride_ignored MISTAKE "the second sequence's keys are looked for right behind the first one's" FILE attention.hpp
  FROM [[kv_at(b * kv_stride]]
  TO [[kv_at(b * (position_ + L) * kv_step]])
sca_operator_mutant(mask_sign MISTAKE "the mask raises the scores of masked keys" FILE attention.hpp
  FROM [[score + (Real(1) - mask[i])]]
  TO [[score - (Real(1) - mask[i])]])
sca_operator_mutant(mask_inverted MISTAKE "the mask's ones mask" FILE attention.hpp
  FROM [[(Real(1) - mask[i])]]
  TO [=[mask[i]]=])
sca_operator_mutant(mask_of_the_first_sequence MISTAKE "all sequences share the first one's mask" FILE attention.hpp
  FROM [[call.mask + b * L]]
  TO [[call.mask]])
sca_operator_mutant(mask_depth MISTAKE "masked scores of -1e9, so that a query without a key sees all alike" FILE attention.hpp
  FROM [[masked_score = -1e4]]
  TO [[masked_score = -1e9]])
sca_operator_mutant(log_sum MISTAKE "log sum e^score without the maximum" FILE attention.hpp
  FROM [[return top + std::log(total);]]
  TO [[return std::log(total);]])
sca_operator_mutant(row_sum MISTAKE "the scores' gradient without the weights' mean gradient" FILE attention.hpp
  FROM [[(by_weight - mean)]]
  TO [[by_weight]])
sca_operator_mutant(gradient_scale MISTAKE "the gradient by queries and keys without 1/sqrt(hd)" FILE attention.hpp
  FROM [[(by_weight - mean) / head.root]]
  TO [[(by_weight - mean)]])
sca_operator_mutant(key_gradient_of_the_last_query MISTAKE "a key's gradient is overwritten by every query" FILE attention.hpp
  FROM [[by_k[j] += by_dot]]
  TO [[by_k[j] = by_dot]])
sca_operator_mutant(key_gradient_of_one_head MISTAKE "a key's gradient from the first query head of its group" FILE attention.hpp
  FROM [[by_k[j] += by_dot]]
  TO [[if (head.q_at / head.hd % (call.heads / call.kv_heads) == 0) by_k[j] += by_dot]])
sca_operator_mutant(value_gradient_of_another_head MISTAKE "a value's gradient from the first query head, whichever reads it" FILE attention.hpp
  FROM [=[weight * by_y[j]]=]
  TO [=[weight * by_y[j - head.q_at % head.q_step]]=])
sca_operator_mutant(value_gradient_of_the_future MISTAKE "no gradient by later values where all a query's keys are masked" FILE attention.hpp
  FROM [[i < head.keys(t); ++i) {]]
  TO [[i <= t; ++i) {]])
sca_operator_mutant(score_gradient_of_the_future MISTAKE "a gradient through the constant score of a later key" FILE attention.hpp
  FROM [[    if (i > t) continue;]]
  TO [[   ]])

# Embedding
sca_operator_mutant(repeated_id MISTAKE "an id that occurs twice gets its last gradient only" FILE embedding.hpp
  FROM [[by_row[j] += call]]
  TO [[by_row[j] = call]])
sca_operator_mutant(row MISTAKE "ids are counted from 1" FILE embedding.hpp
  FROM [[call.table + call.ids[i] * call.width]]
  TO [[call.table + (call.ids[i] + call.vocab - 1) % call.vocab * call.width]])
sca_operator_mutant(gradient_row MISTAKE "the gradient goes to the next row" FILE embedding.hpp
  FROM [[call.table_gradient + call.ids[i] * call.width]]
  TO [[call.table_gradient + (call.ids[i] + 1) % call.vocab * call.width]])

# Cross-entropy
sca_operator_mutant(label_shift MISTAKE "a row is judged by the next row's label" FILE cross_entropy.hpp
  FROM [[call.vocab, call.labels[i], count]]
  TO [[call.vocab, std::max<std::int64_t>(call.labels[std::min(i + 1, call.rows - 1)], 0), count]])
sca_operator_mutant(ignored_rows_counted MISTAKE "the mean is taken over ignored rows too" FILE cross_entropy.hpp
  FROM [[const std::int64_t count = std::count_if(call.labels, call.labels + call.rows, is_labelled);]]
  TO [[const std::int64_t count = call.rows;]])
sca_operator_mutant(loss_gradient_of_the_sum MISTAKE "the loss' gradient is not divided by the count" FILE cross_entropy.hpp
  FROM [[(expected - Real(j == label ? 1 : 0)) / static_cast<Real>(count)]]
  TO [[expected - Real(j == label ? 1 : 0)]])
sca_operator_mutant(loss_without_maximum MISTAKE "log-sum-exp without the maximum" FILE cross_entropy.hpp
  FROM [[    if (top < s[j]) top = s[j];
  }]]
  TO [[  }
  top = 0;]])
sca_operator_mutant(ignored_label_from_the_end MISTAKE "a negative label counts from the vocabulary's end" FILE cross_entropy.hpp
  FROM [[if (is_labelled(call.labels[i])) {
      call.losses[i] = row_cross_entropy(call.logits + at, call.vocab, call.labels[i], count, by_s);]]
  TO [[if (call.vocab > 0) {
      call.losses[i] = row_cross_entropy(call.logits + at, call.vocab, (call.labels[i] + call.vocab) % call.vocab, count, by_s);]])
sca_operator_mutant(ignored_gradient_not_cleared MISTAKE "the gradient of an ignored row is not written" FILE cross_entropy.hpp
  FROM [[      std::fill_n(by_s, call.vocab, Real(0));]]
  TO [[      ;]])
sca_operator_mutant(loss_of_nothing MISTAKE "the mean of no losses is 0/0" FILE cross_entropy.hpp
  FROM [[count == 0 ? Real(0) : sum]]
  TO [[sum]])
sca_operator_mutant(loss_gradient_without_label MISTAKE "the loss' gradient is softmax alone" FILE cross_entropy.hpp
  FROM [[(expected - Real(j == label ? 1 : 0))]]
  TO [[expected]])

# AdamW
sca_operator_mutant(decay_in_the_gradient MISTAKE "the weight decay goes through the moments" FILE adamw.hpp
  FROM [[const Real gradient = scale * call.gradient[i];
    const Real m = beta1 * call.m[i] + rise1 * gradient;
    const Real v = beta2 * call.v[i] + rise2 * gradient * gradient;
    call.m[i] = m;
    call.v[i] = v;
    call.p[i] = keep * call.p[i] - rate]]
  TO [[const Real gradient = scale * call.gradient[i] + static_cast<Real>(call.decay) * call.p[i];
    const Real m = beta1 * call.m[i] + rise1 * gradient;
    const Real v = beta2 * call.v[i] + rise2 * gradient * gradient;
    call.m[i] = m;
    call.v[i] = v;
    call.p[i] = call.p[i] - rate]])
sca_operator_mutant(decay_without_rate MISTAKE "the weight decay is not multiplied with the rate" FILE adamw.hpp
  FROM [[1 - call.rate * call.decay]]
  TO [[1 - call.decay]])
sca_operator_mutant(first_bias_correction MISTAKE "the first moment's bias is not corrected" FILE adamw.hpp
  FROM [[call.rate / (1 - std::pow(call.beta1, step))]]
  TO [[call.rate]])
sca_operator_mutant(second_bias_correction MISTAKE "the second moment's bias is not corrected" FILE adamw.hpp
  FROM [[std::sqrt(1 - std::pow(call.beta2, step))]]
  TO [[1.0]])
sca_operator_mutant(bias_correction_step MISTAKE "the biases are corrected for one step less" FILE adamw.hpp
  FROM [[const auto step = static_cast<double>(call.step);]]
  TO [[const auto step = static_cast<double>(call.step > 1 ? call.step - 1 : 1);]])
sca_operator_mutant(epsilon_in_the_root MISTAKE "epsilon inside the root" FILE adamw.hpp
  FROM [[std::sqrt(v) / root + epsilon]]
  TO [[std::sqrt(v / (root * root) + epsilon)]])
sca_operator_mutant(betas_swapped MISTAKE "beta1 and beta2 swapped" FILE adamw.hpp
  FROM [[const Real m = beta1 * call.m[i] + rise1 * gradient;
    const Real v = beta2 * call.v[i] + rise2 * gradient * gradient;]]
  TO [[const Real m = beta2 * call.m[i] + rise2 * gradient;
    const Real v = beta1 * call.v[i] + rise1 * gradient * gradient;]])
sca_operator_mutant(second_moment_not_scaled MISTAKE "the second moment is of the gradient before clipping" FILE adamw.hpp
  FROM [[rise2 * gradient * gradient]]
  TO [=[rise2 * call.gradient[i] * call.gradient[i]]=])
sca_operator_mutant(moment_of_the_step_before MISTAKE "the parameter moves by the moment before this step" FILE adamw.hpp
  FROM [[call.m[i] = m;
    call.v[i] = v;
    call.p[i] = keep * call.p[i] - rate * (m]]
  TO [[const Real before = call.m[i];
    call.m[i] = m;
    call.v[i] = v;
    call.p[i] = keep * call.p[i] - rate * (before]])

# Gradients that nothing stands before
sca_operator_mutant(overwritten MISTAKE "what was accumulated is overwritten" FILE accumulate.hpp
  FROM [[call.sum[i] += ]]
  TO [[call.sum[i] = ]])

# Clipping
sca_operator_mutant(in_float MISTAKE "the squared norm is accumulated in float32" FILE squared_norm.hpp
  FROM [[double sum = 0;]]
  TO [[float sum = 0;]])
