# Mistakes in the compositions: each kernel is right, and what is handed from one to the next is not.

# Decoder
sca_network_mutant(reset_keeps_the_states MISTAKE "reset does not clear what the states hold" FILE decoder.cpp
  FROM [[  if (states_.bytes() > 0) std::memset(states_->begin, 0, states_.bytes());
]]
  TO [[]])
sca_network_mutant(reset_keeps_the_position MISTAKE "reset does not go back to position 0" FILE decoder.cpp
  FROM [[one.position = 0;]]
  TO [[;]])
sca_network_mutant(grid_of_the_old_parameters MISTAKE "theta and omega are not made anew for new parameters" FILE decoder.cpp
  FROM [[  std::size_t next = 0;
]]
  TO [[  static thread_local const void* known = nullptr;
  if (std::exchange(known, scratch_->x) == scratch_->x) return;
  std::size_t next = 0;
]])
sca_network_mutant(grid_of_the_first_block MISTAKE "all SCA blocks step with the first one's theta and omega" FILE decoder.cpp
  FROM [[t.layers[i - static_cast<std::size_t>(before)];]]
  TO [[t.layers[0];]])
sca_network_mutant(shift_forgotten MISTAKE "decoding, SCA blocks are told apart as if no transformer block came early" FILE decoder.cpp
  FROM [[t.layers[i - static_cast<std::size_t>(before)];]]
  TO [[t.layers[(i - i / static_cast<std::size_t>(network_.sizes().ratio + 1)) % t.layers.size()];]])
sca_network_mutant(last_logits_one_early MISTAKE "the last logits are those of the token before" FILE decoder.cpp
  FROM [[(b * L + L - 1) * D]]
  TO [[(b * L + (L > 1 ? L - 2 : 0)) * D]])
sca_network_mutant(last_logits_without_stride MISTAKE "the second sequence's last logits are taken from the first one" FILE decoder.cpp
  FROM [[(b * L + L - 1) * D]]
  TO [[(b + L - 1) * D]])
sca_network_mutant(decoder_residual_dropped MISTAKE "decoding, an SCA block's residual is dropped" FILE decoder.cpp
  FROM [[std::copy_n(t.x, rows * D, t.out);]]
  TO [[std::fill_n(t.out, rows * D, Real(0));]])
sca_network_mutant(step_skips_the_norm MISTAKE "a step's SCA layer reads the stream without its norm" FILE decoder.cpp
  FROM [[sca->layer.step(sequences_, t.y, a]]
  TO [[sca->layer.step(sequences_, t.x, a]])

# Training pass
sca_network_mutant(gradient_not_cleared MISTAKE "a backward adds to the gradient of the one before" FILE training_pass.cpp
  FROM [[  std::ranges::fill(gradient_, Real(0));
]]
  TO [[]])
sca_network_mutant(tied_gradient_overwritten MISTAKE "the embedding's gradient replaces the head's, which is tied to it" FILE training_pass.cpp
  FROM [[  by.operators->embedding_backward({]]
  TO [[  std::fill_n(by_embedding, s.vocab * s.D(), Real(0));
  by.operators->embedding_backward({]])
sca_network_mutant(tied_gradient_twice MISTAKE "the embedding's gradient is added twice" FILE training_pass.cpp
  FROM [[  by.operators->embedding_backward({]]
  TO [[  by.operators->embedding_backward({rows, s.vocab, s.D(), ids, t.by_hidden, by_embedding, by.threads});
  by.operators->embedding_backward({]])
sca_network_mutant(embedding_gradient_stale MISTAKE "the embedding's gradient is that of the stream behind the first block" FILE training_pass.cpp
  FROM [[ids, t.by_hidden, by_embedding]]
  TO [[ids, t.by_next, by_embedding]])
sca_network_mutant(residual_gradient_dropped MISTAKE "an SCA block's gradient does not go through the residual" FILE training_pass.cpp
  FROM [[std::copy_n(t.by_hidden, rows * D, t.by_next);]]
  TO [[std::fill_n(t.by_next, rows * D, Real(0));]])
sca_network_mutant(norm_gradient_behind_the_block MISTAKE "a norm goes back from the stream behind its block" FILE training_pass.cpp
  FROM [[x, sca->norm, t.by_y]]
  TO [[t.hidden[i + 1], sca->norm, t.by_y]])
sca_network_mutant(activations_of_the_first_block MISTAKE "all SCA blocks go back through the first one's activations" FILE training_pass.cpp
  FROM [[const auto& a = std::get<ScaActivations>(t.blocks[i]);]]
  TO [[const auto& a = std::get<ScaActivations>(t.blocks[0]);]])
sca_network_mutant(blocks_back_in_forward_order MISTAKE "blocks go back in the order of the forward" FILE training_pass.cpp
  FROM [[for (std::size_t i = network_.blocks().size(); i-- > 0;)]]
  TO [[for (std::size_t i = 0; i < network_.blocks().size(); ++i)]])
sca_network_mutant(gradients_of_one_block MISTAKE "all SCA blocks' gradients go to the first one's parameters" FILE training_pass.cpp
  FROM [[network_.sca_block(index, gradient_)]]
  TO [[network_.sca_block(0, gradient_)]])
sca_network_mutant(loss_of_the_old_logits MISTAKE "the loss goes back from the gradient of another batch" FILE training_pass.cpp
  FROM [[  backward_from(ids, tensors_->logits_gradient);
]]
  TO [[  static thread_local std::vector<Real> before;
  before.resize(static_cast<std::size_t>(sequences_ * length_ * network_.sizes().vocab));
  std::swap_ranges(before.begin(), before.end(), tensors_->logits_gradient);
  backward_from(ids, tensors_->logits_gradient);
]])

# Network
sca_network_mutant(parameters_of_the_first_block MISTAKE "all blocks have the first one's parameters" FILE network.cpp
  FROM [[first_[static_cast<std::size_t>(i)];]]
  TO [[first_[0];]])

# SCA layer
sca_network_mutant(convolution_forgets MISTAKE "the convolution's state is not kept" FILE layer.cpp
  FROM [[a.z, conv_state, layer.by.threads]]
  TO [[a.z, nullptr, layer.by.threads]])
sca_network_mutant(position_not_kept MISTAKE "an SCA layer's position stays where it was" FILE layer.cpp
  FROM [[  if (state != nullptr) state->position = kept.position;
]]
  TO [[]])
sca_network_mutant(input_gradient_overwritten MISTAKE "the projection's gradient by the input replaces the gate's" FILE layer.cpp
  FROM [[p.in_proj, g.u, x_gradient, true, threads]]
  TO [[p.in_proj, g.u, x_gradient, false, threads]])
sca_network_mutant(grid_kept_with_the_workspace MISTAKE "a forward in the same memory keeps the theta that is there" FILE layer.cpp
  FROM [[  prepare(a);
  project(*this, B, L]]
  TO [[  static thread_local const Real* known = nullptr;
  if (known != a.theta) prepare(a);
  known = a.theta;
  project(*this, B, L]])
sca_network_mutant(phase_gradient_forgotten MISTAKE "the phase's gradient stays in the workspace" FILE layer.cpp
  FROM [[  layer.by.operators->accumulate({s.K, g.phase_scale, by.phase_scale});
]]
  TO [[]])

# Transformer block
sca_network_mutant(values_one_late MISTAKE "values enter the cache one place late" FILE transformer.cpp
  FROM [[cache.v + b * cache.stride + offset]]
  TO [[cache.v + b * cache.stride + (cache.position > 0 ? offset - s.kv() : offset)]])
sca_network_mutant(cache_without_stride MISTAKE "the second sequence's values overwrite the first one's" FILE transformer.cpp
  FROM [[cache.v + b * cache.stride + offset]]
  TO [[cache.v + b * L * s.kv() + offset]])
sca_network_mutant(cache_not_advanced MISTAKE "a transformer block's position stays where it was" FILE transformer.cpp
  FROM [[  if (state != nullptr) state->position += L;
]]
  TO [[]])
sca_network_mutant(heads_gradient_overwritten MISTAKE "the values' gradient replaces that of queries and keys" FILE transformer.cpp
  FROM [[project_back(s.kv(), g.v, p.v_proj, by.v_proj, true);]]
  TO [[project_back(s.kv(), g.v, p.v_proj, by.v_proj, false);]])
sca_network_mutant(first_norm_for_both MISTAKE "the second norm has the first one's gain" FILE transformer.cpp
  FROM [[a.x1, p.norm2, a.y2]]
  TO [[a.x1, p.norm1, a.y2]])
sca_network_mutant(attention_skipped_by_the_gradient MISTAKE "the gradient passes by the feed-forward's residual only" FILE transformer.cpp
  FROM [[std::copy_n(g.x1, rows * s.D, x_gradient);]]
  TO [[std::copy_n(out_gradient, rows * s.D, x_gradient);]])
sca_network_mutant(attention_convolution_forgets MISTAKE "the state of attention's convolution is not kept" FILE transformer.cpp
  FROM [[state == nullptr ? nullptr : state->conv]]
  TO [[nullptr]])
sca_network_mutant(attention_convolution_passed_by MISTAKE "values are projected from what attention's convolution is given" FILE transformer.cpp
  FROM [[a.z, p.v_proj]]
  TO [[a.y, p.v_proj]])
