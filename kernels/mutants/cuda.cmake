# The CUDA kernels with one mistake each: `sca check --runner fiber` must find those of fibers, `--runner ptx` those of PTX.
set(SCA_CUDA_DECLARATIONS "")
set(SCA_CUDA_FIBER_ENTRIES "")
set(SCA_CUDA_PTX_ENTRIES "")
set(cuda_sources "")
set(cuda_texts "")

# sca_cuda_mutant(PART NAME [PTX] [OPERATION name] [DTYPE dtype] MISTAKE words FILE file FROM text TO text)
#
# PART       core or operators, of kernels/cuda/; FILE is relative to that folder, and FROM stands in it exactly once
# OPERATION  of operators: whose cases it is put to
# DTYPE      what it stores: f32 unless the mistake is about another
# PTX        what fibers take in their own order gives the right values all the same: executed by the PTX machine, which
#            watches every access, and only where there is nvcc
#
# A mutant is a copy of both folders' kernels in a namespace of its own.
function(sca_cuda_mutant part name)
  cmake_parse_arguments(PARSE_ARGV 2 arg "PTX" "OPERATION;DTYPE;MISTAKE;FILE;FROM;TO" "")
  if(SCA_SANITIZE OR (arg_PTX AND NOT SCA_NVCC))
    return()
  endif()
  set(stored_f32 float)
  set(stored_bf16 __nv_bfloat16)
  set(stored_f16 __half)
  if(NOT arg_DTYPE)
    set(arg_DTYPE f32)
  endif()
  set(id "mutant_cuda_${name}")
  cmake_path(SET mutated NORMALIZE "kernels/cuda/${part}/${arg_FILE}")
  file(GLOB_RECURSE files RELATIVE "${PROJECT_SOURCE_DIR}" CONFIGURE_DEPENDS "${PROJECT_SOURCE_DIR}/kernels/cuda/*.cuh")
  foreach(file IN LISTS files)
    if(file STREQUAL mutated)
      _sca_mutated_text(${id} "${file}" "${arg_FROM}" "${arg_TO}" text)
    else()
      file(READ "${PROJECT_SOURCE_DIR}/${file}" text)
    endif()
    string(REPLACE "namespace sca::kernels::cuda {" "namespace sca::kernels::cuda::${id} {" text "${text}")
    file(CONFIGURE OUTPUT "${id}/${file}" CONTENT "${text}" @ONLY)
    set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS "${PROJECT_SOURCE_DIR}/${file}")
  endforeach()

  set(SCA_MUTANT_ID ${id})
  set(SCA_MUTATED_PART ${part})
  set(SCA_MUTANT_SUFFIX ${arg_DTYPE})
  string(TOUPPER "SCA_${arg_DTYPE}" SCA_MUTANT_DTYPE)
  set(of_its_dtype "ENTRY, ${arg_DTYPE}, ${stored_${arg_DTYPE}}")
  set(SCA_MUTATED_ENTRIES_core
    "SCA_CUDA_CORE_ENTRIES_OF(${of_its_dtype}) ENTRY(core_backward_reduce, sum_parameter_parts, BackwardArguments)")
  set(SCA_MUTATED_ENTRIES_operators
    "SCA_CUDA_OPERATOR_ENTRIES_OF(${of_its_dtype}) SCA_CUDA_PARAMETER_ENTRIES(ENTRY)")
  set(SCA_MUTATED_ENTRIES "${SCA_MUTATED_ENTRIES_${part}}")
  set(copy "${CMAKE_CURRENT_BINARY_DIR}/${id}")
  set(suffix "")
  if(arg_PTX)
    set(suffix "_of_ptx")
    configure_file(cuda.cu.in "${id}/${id}.cu" @ONLY)
    configure_file(cuda_ptx.cpp.in "${id}/${id}.cpp" @ONLY)
    add_custom_command(OUTPUT "${copy}/${id}.ptx" VERBATIM DEPENDS "${copy}/${id}.cu"
      COMMAND ${SCA_NVCC} -std=c++20 -O3 -fmad=false --expt-relaxed-constexpr "-I${copy}" "-I${PROJECT_SOURCE_DIR}"
        -arch=compute_80 -ptx -o "${copy}/${id}.ptx" "${copy}/${id}.cu" COMMENT "nvcc ${id}.cu")
    set(cuda_texts ${cuda_texts} "${copy}/${id}.ptx" PARENT_SCOPE)
  else()
    configure_file(cuda.cpp.in "${id}/${id}.cpp" @ONLY)
    # Before the directories of -I.
    set_source_files_properties("${copy}/${id}.cpp" PROPERTIES COMPILE_OPTIONS "-iquote${copy}")
  endif()
  set(cuda_sources ${cuda_sources} "${copy}/${id}.cpp" PARENT_SCOPE)

  if(part STREQUAL "core")
    set(declaration "const sca_core_kernel& core${suffix}();")
    set(entry "&cuda::${id}::core${suffix}(), nullptr, nullptr")
  else()
    set(declaration "const Operators<float>& operators${suffix}();")
    set(entry "nullptr, &cuda::${id}::operators${suffix}(), \"${arg_OPERATION}\"")
  endif()
  set(SCA_CUDA_DECLARATIONS
    "${SCA_CUDA_DECLARATIONS}namespace sca::kernels::cuda::${id} {\n${declaration}\n}\n" PARENT_SCOPE)
  set(list SCA_CUDA_FIBER_ENTRIES)
  if(arg_PTX)
    set(list SCA_CUDA_PTX_ENTRIES)
  endif()
  set(${list} "${${list}}      Mutant{${entry}, \"cuda/${name}\", \"${arg_MISTAKE}\", false},\n" PARENT_SCOPE)
endfunction()

# Forward
sca_cuda_mutant(core carry_forgotten MISTAKE "chunks add what they add to nothing" FILE carry.cuh
  FROM [=[before = fmaf(discount, before, added);]=]
  TO [=[before = added;]=])
sca_cuda_mutant(core carry_undiscounted MISTAKE "what a chunk carries over is not discounted" FILE carry.cuh
  FROM [=[fmaf(discount, before, added)]=]
  TO [=[before + added]=])
sca_cuda_mutant(core state_not_continued MISTAKE "a kept state is not continued where there are chunks" FILE carry.cuh
  FROM [=[kept == nullptr ? 0.0F]=]
  TO [=[true ? 0.0F]=])
sca_cuda_mutant(core tail_absorbed_whole MISTAKE "the last tile takes in tokens beyond the end" FILE readout.cuh
  FROM [=[const int tokens = min(tile_tokens, head.tokens - done);]=]
  TO [=[const int tokens = tile_tokens;]=])
sca_cuda_mutant(core weights_scanned_in_warps MISTAKE "the scan of weights stays within warps" FILE growth.cuh
  FROM [=[  for (int w = warp - 1; w >= 0; --w) mine = followed_by({of_warps[2 * w], of_warps[2 * w + 1]}, mine);
]=]
  TO [=[]=])
sca_cuda_mutant(core shuffle_by_half MISTAKE "half of the distances of the scan are left out" FILE growth.cuh
  FROM [=[distance *= 2]=]
  TO [=[distance *= 4]=])
sca_cuda_mutant(core conjugate_dropped MISTAKE "the query is not conjugated" FILE readout.cuh
  FROM [=[fmaf(im, q_re, -(re * q_im))]=]
  TO [=[fmaf(im, q_re, re * q_im)]=])
sca_cuda_mutant(core state_written_by_all_chunks MISTAKE "every chunk leaves its state" FILE readout.cuh
  FROM [=[a.state.weight != nullptr && head.chunk + 1 == chunks]=]
  TO [=[a.state.weight != nullptr]=])
sca_cuda_mutant(core fast_sine MISTAKE "the sine is a polynomial of degree five" FILE elementary.cuh
  FROM [=[sine = x * polynomial<Constants::sine_to_3>(z);]=]
  TO [=[sine = x * fmaf(fmaf(0x1.1111p-7F, z, -0x1.5555p-3F), z, 1.0F);]=])
sca_cuda_mutant(core sine_unreduced MISTAKE "large phases are not reduced" FILE elementary.cuh
  FROM [=[if (size <= 3.0F) {]=]
  TO [=[if (size <= 30.0F) {]=])
sca_cuda_mutant(core tile_read_while_loaded MISTAKE "no barrier between loading a tile and reading it" FILE totals.cuh
  FROM [=[                samples.channels, keys, a.split.channels);
      __syncthreads();]=]
  TO [=[                samples.channels, keys, a.split.channels);]=])
sca_cuda_mutant(core barrier_in_a_branch MISTAKE "only threads with a sample reach a barrier" FILE readout.cuh
  FROM [=[  __syncthreads();
  // Where samples come in passes]=]
  TO [=[  if (samples.is_mine) __syncthreads();
  // Where samples come in passes]=])

# Backward
sca_cuda_mutant(core gradient_not_carried MISTAKE "no gradient goes from a chunk to the one before" FILE backward_carry.cuh
  FROM [=[slot = next;]=]
  TO [=[slot = 0.0F;]=])
sca_cuda_mutant(core gradient_undiscounted MISTAKE "the gradient is carried over a chunk undiscounted" FILE backward_carry.cuh
  FROM [=[fmaf(discount, next, added)]=]
  TO [=[next + added]=])
sca_cuda_mutant(core gradient_carried_forth MISTAKE "the gradient is carried from the first chunk to the last" FILE backward_carry.cuh
  FROM [=[c = chunks - 1; c >= 0; --c]=]
  TO [=[c = 0; c < chunks; ++c]=])
sca_cuda_mutant(core query_gradient_overwritten MISTAKE "memory heads overwrite the gradient of their query" FILE backward_read.cuh
  FROM [=[is_first_head ? make_float2(0, 0) : memory.by_queries[at]]=]
  TO [=[make_float2(0, 0)]=])
sca_cuda_mutant(core states_begin_anew MISTAKE "a chunk reads R and I of its own tokens only" FILE backward_read.cuh
  FROM [=[Walk start{{a.states.re[at], a.states.im[at]}, {}, 0}]=]
  TO [=[Walk start{{}, {}, 0}]=])
sca_cuda_mutant(core last_warp_lost MISTAKE "the sums of the last warp are lost" FILE backward_sums.cuh
  FROM [=[w < warps; ++w]=]
  TO [=[w + 1 < warps; ++w]=])
sca_cuda_mutant(core last_chunk_only MISTAKE "the parameters see the last chunk only" FILE backward_reduce.cuh
  FROM [=[of_sequence += a.parts]=]
  TO [=[of_sequence = a.parts]=])
sca_cuda_mutant(core suffix_is_a_prefix MISTAKE "derivatives by Z are summed from the first token on" FILE backward_heads.cuh
  FROM [=[const int token = head.tokens - 1 - thread;]=]
  TO [=[const int token = thread;]=])
sca_cuda_mutant(core last_pass_only MISTAKE "only the last pass over a channel counts" FILE backward_return.cuh
  FROM [=[samples.pass_of_channel == 0 ? make_float2(0, 0) : memory.sums[done + token]]=]
  TO [=[make_float2(0, 0)]=])
sca_cuda_mutant(core tail_left_out MISTAKE "the last tile is left out on the way back" FILE backward_return.cuh
  FROM [=[(head.tokens - 1) / tile_tokens * tile_tokens]=]
  TO [=[(head.tokens / tile_tokens - 1) * tile_tokens]=])
sca_cuda_mutant(core softsign_derivative MISTAKE "the derivative of the softsign is off" FILE backward_return.cuh
  FROM [=[sum.y * over * over]=]
  TO [=[sum.y * over]=])
sca_cuda_mutant(core weight_before_a_chunk MISTAKE "Z before a chunk is forgotten" FILE backward_weights.cuh
  FROM [=[a.tokens.total[at - 1] : a.states.weight[slot]]=]
  TO [=[a.tokens.total[at - 1] : 0.0F]=])

# The other operators
sca_cuda_mutant(operators sums_read_early OPERATION norm MISTAKE "warps' sums are read before all are written" FILE teams.cuh
  FROM [=[of_warps[threadIdx.x / 32] = mine;
  __syncthreads();]=]
  TO [=[of_warps[threadIdx.x / 32] = mine;]=])
sca_cuda_mutant(operators tail_unmasked OPERATION swiglu MISTAKE "a row's last group is stored into the next row" FILE groups.cuh
  FROM [=[      if (i < count) to[i] =]=]
  TO [=[      to[i] =]=])
sca_cuda_mutant(operators epsilon_missing OPERATION norm MISTAKE "epsilon is missing" FILE norm.cuh
  FROM [=[ + a.epsilon]=]
  TO [=[]=])
sca_cuda_mutant(operators leaves_before_a_barrier OPERATION norm MISTAKE "teams without a row leave before the barriers" FILE norm.cuh
  FROM [=[    const int width = row < a.rows ?]=]
  TO [=[    if (row >= a.rows) return;
    const int width = row < a.rows ?]=])
sca_cuda_mutant(operators state_a_token_late OPERATION mix MISTAKE "the state of the convolution is a token late" FILE mix.cuh
  FROM [=[row + s.L - kept;]=]
  TO [=[row + s.L - s.ck;]=])
sca_cuda_mutant(operators last_part_left_out OPERATION gated_norm MISTAKE "the last block's part of a gradient is left out" FILE parts.cuh
  FROM [=[i < a.count;]=]
  TO [=[i + 1 < a.count;]=])
sca_cuda_mutant(operators norm_taken_as_constant OPERATION gated_norm MISTAKE "the norm's own derivative is missing" FILE norm_backward.cuh
  FROM [=[fmaf(-norm, mean, by_product * gains.of[v])]=]
  TO [=[(by_product * gains.of[v])]=])
sca_cuda_mutant(operators silu_slope OPERATION swiglu MISTAKE "the slope of the SiLU lacks the sigmoid" FILE activation.cuh
  FROM [=[fmaf(x, slope, y)]=]
  TO [=[x * slope]=])

# The parameter maps
sca_cuda_mutant(operators nodes_not_summed OPERATION grid MISTAKE "nodes are steps, not their sums" FILE grid.cuh
  FROM [=[node += nodes.step(m);]=]
  TO [=[node = nodes.step(m);]=])
sca_cuda_mutant(operators span_lost_where_m_is_1 OPERATION grid MISTAKE "where M is 1, the sigmoid is not scaled" FILE grid.cuh
  FROM [=[maps.theta_span * sigmoid(raw[0])]=]
  TO [=[sigmoid(raw[0])]=])
sca_cuda_mutant(operators increment_missing OPERATION grid MISTAKE "nodes have no least distance" FILE grid.cuh
  FROM [=[ + maps.theta_increment]=]
  TO [=[]=])
sca_cuda_mutant(operators omega_epsilon_lost OPERATION grid MISTAKE "epsilon is missing from the weights' sum" FILE grid.cuh
  FROM [=[    total += maps.omega_epsilon * exponential(-shift);
]=]
  TO [=[]=])
sca_cuda_mutant(operators shift_forgotten OPERATION grid MISTAKE "exponentials overflow unshifted" FILE grid.cuh
  FROM [=[sum < INFINITY ? 0.0F : largest]=]
  TO [=[0.0F]=])
sca_cuda_mutant(operators always_shifted OPERATION grid MISTAKE "raw weights are rounded where nothing overflows" FILE grid.cuh
  FROM [=[sum < INFINITY ? 0.0F : largest]=]
  TO [=[largest]=])
sca_cuda_mutant(operators anchors_begin_early OPERATION grid MISTAKE "anchors are the first heads" FILE grid.cuh
  FROM [=[k < first_anchor ? decays + k : anchors + (k - first_anchor)]=]
  TO [=[k < shape.anchors ? anchors + k : decays + (k - shape.anchors)]=])
sca_cuda_mutant(operators total_taken_as_constant OPERATION grid MISTAKE "the gradient by the last node is missing" FILE grid_backward.cuh
  FROM [=[float by_step = by_total;]=]
  TO [=[float by_step = 0;]=])
sca_cuda_mutant(operators weights_taken_apart OPERATION grid MISTAKE "the gradient by the weights' sum is missing" FILE grid_backward.cuh
  FROM [=[(omega_gradient[m] - along)]=]
  TO [=[omega_gradient[m]]=])
sca_cuda_mutant(operators slope_gradient_overwritten OPERATION grid MISTAKE "the gradient by a slope is not added" FILE grid_backward.cuh
  FROM [=[*by_slope +=]=]
  TO [=[*by_slope =]=])

# What is stored in 16 bits
sca_cuda_mutant(operators bfloat16_truncated OPERATION norm DTYPE bf16 MISTAKE "bfloat16 is rounded towards zero" FILE ../core/numbers.cuh
  FROM [=[return __float2bfloat16(x);]=]
  TO [=[return __float2bfloat16(__uint_as_float(__float_as_uint(x) & 0xffff0000U));]=])
sca_cuda_mutant(operators float16_saturated OPERATION swiglu DTYPE f16 MISTAKE "what overflows half precision is stored as its largest number" FILE ../core/numbers.cuh
  FROM [=[return __float2half(x);]=]
  TO [=[return __float2half(x > 65504.0F ? 65504.0F : x < -65504.0F ? -65504.0F : x);]=])
sca_cuda_mutant(operators float16_flushed OPERATION gated_norm DTYPE f16 MISTAKE "subnormal numbers of half precision are stored as zeros" FILE ../core/numbers.cuh
  FROM [=[return __float2half(x);]=]
  TO [=[return __float2half(x < 0x1p-14F && x > -0x1p-14F ? 0.0F : x);]=])
sca_cuda_mutant(operators sum_gradient_rounded OPERATION mix DTYPE bf16 MISTAKE "the gradient by what the SiLU is taken of is rounded to bfloat16" FILE mix_backward.cuh
  FROM [=[by_sum[i].of[v] = by_z.of[v] * activation_slope<true>(x, sigmoid(x));]=]
  TO [=[by_sum[i].of[v] = to_float(from_float<Stored>(by_z.of[v] * activation_slope<true>(x, sigmoid(x))));]=])
sca_cuda_mutant(operators rows_behind_left_out OPERATION mix MISTAKE "of the tokens behind a block nothing is taken" FILE mix_backward.cuh
  FROM [=[min(a.shape.L, first_token + MixShape::block_tokens + a.shape.ck - 1)]=]
  TO [=[min(a.shape.L, first_token + MixShape::block_tokens)]=])
sca_cuda_mutant(operators rows_of_the_block_anew OPERATION mix MISTAKE "behind a block its own tokens are taken again" FILE mix_backward.cuh
  FROM [=[later.t = begin + first_row;]=]
  TO [=[later.t = run.t;]=])
sca_cuda_mutant(operators parts_beyond_the_warps OPERATION norm MISTAKE "each warp takes the parts of one block alone" FILE parts.cuh
  FROM [=[i < a.count; i += warps]=]
  TO [=[i < min(a.count, std::int64_t{warps}); i += warps]=])
sca_cuda_mutant(operators squares_rounded OPERATION norm DTYPE bf16 MISTAKE "squares are summed in bfloat16" FILE norm.cuh
  FROM [=[squares = fmaf(one, one, squares);]=]
  TO [=[squares = to_float(from_float<Stored>(fmaf(one, one, squares)));]=])
sca_cuda_mutant(operators product_rounded OPERATION gated_norm DTYPE bf16 MISTAKE "the product with the gate is rounded before its norm" FILE norm.cuh
  FROM [=[        for (int v = 0; v < size; ++v) x.of[v] *= factor.of[v];]=]
  TO [=[        for (int v = 0; v < size; ++v) x.of[v] = to_float(from_float<Stored>(x.of[v] * factor.of[v]));]=])
sca_cuda_mutant(operators aligned_to_half_a_vector OPERATION swiglu DTYPE f16 MISTAKE "what is aligned to half of a vector is taken as one" FILE groups.cuh
  FROM [=[% sizeof(Vector<Stored>) == 0;]=]
  TO [=[% (sizeof(Vector<Stored>) / 2) == 0;]=])

# What fibers do not show, and the PTX machine sees as races
sca_cuda_mutant(operators sums_overwritten_early PTX OPERATION norm MISTAKE "no barrier between a row's two sums" FILE teams.cuh
  FROM [=[  __syncthreads();  // the sums before have been read
]=]
  TO [=[]=])
sca_cuda_mutant(operators tile_sums_overwritten_early PTX OPERATION mix MISTAKE "no barrier between the sums of two tiles" FILE mix_backward.cuh
  FROM [=[  __syncthreads();  // the tile before has been read
]=]
  TO [=[]=])
sca_cuda_mutant(operators rows_overwritten_early PTX OPERATION mix MISTAKE "no barrier between reading a block's rows and storing the next ones" FILE mix_backward.cuh
  FROM [=[      __syncthreads();  // the rows before have been read
]=]
  TO [=[]=])
sca_cuda_mutant(core parts_overwritten_early PTX MISTAKE "no barrier between the sums of a tile and the next one" FILE readout.cuh
  FROM [=[  add_parts(samples, a.split, tokens, first_row, root, memory);
  __syncthreads();]=]
  TO [=[  add_parts(samples, a.split, tokens, first_row, root, memory);]=])
sca_cuda_mutant(core keys_overwritten_early PTX MISTAKE "no barrier between reading a tile and loading the next one" FILE totals.cuh
  FROM [=[weights[done + i], sums);
      __syncthreads();]=]
  TO [=[weights[done + i], sums);]=])
sca_cuda_mutant(core misaligned_vectors MISTAKE "rows are taken in vectors wherever they begin" FILE numbers.cuh
  FROM [=[return reinterpret_cast<std::uintptr_t>(first) % 16 == 0 && pitch % size == 0 && width % size == 0;]=]
  TO [=[return pitch % size == 0 && width % size == 0;]=])

configure_file(cuda_registry.cpp.in cuda_registry.cpp @ONLY)
add_library(sca_cuda_mutants STATIC EXCLUDE_FROM_ALL "${CMAKE_CURRENT_BINARY_DIR}/cuda_registry.cpp" ${cuda_sources})
sca_embed(sca_cuda_mutants AS embedded_mutants ${cuda_texts})
target_link_libraries(sca_cuda_mutants PUBLIC sca::cuda)
target_compile_options(sca_cuda_mutants PRIVATE -w -O1)
add_library(sca::cuda_mutants ALIAS sca_cuda_mutants)
