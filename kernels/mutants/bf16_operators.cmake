# Mistakes in reading weights that are stored as bf16.
sca_operator_mutant(bf16_as_half BF16 MISTAKE "the weight's bits are read as float16" FILE linear.hpp
  FROM [=[load(call.weight[j * call.in + k]);]=]
  TO [=[load(Float16{call.weight[j * call.in + k].bits});]=])
sca_operator_mutant(bf16_pairs_swapped BF16 MISTAKE "of two weights that are widened together the first comes last" FILE linear.hpp
  FROM [=[load(call.weight[j * call.in + k]);]=]
  TO [=[load(call.weight[j * call.in + ((k ^ 1) < call.in ? k ^ 1 : k)]);]=])
sca_operator_mutant(bf16_odd_row_dropped BF16 MISTAKE "the last weight of an odd row is dropped" FILE linear.hpp
  FROM [=[load(call.weight[j * call.in + k]);]=]
  TO [=[(call.in % 2 == 1 && k + 1 == call.in ? 0.0F : load(call.weight[j * call.in + k]));]=])
sca_operator_mutant(bf16_x_rounded BF16 MISTAKE "the input is rounded to bf16 too" FILE linear.hpp
  FROM [=[sum += call.x[i * call.in + k] * load(]=]
  TO [=[sum += load(store<BFloat16>(call.x[i * call.in + k])) * load(]=])
sca_operator_mutant(bf16_sums_rounded BF16 MISTAKE "products are added up in bf16" FILE readout.hpp
  FROM [=[sum += v[j] * load(weight[j * 2 * E + e]);]=]
  TO [=[sum = load(store<BFloat16>(sum + v[j] * load(weight[j * 2 * E + e])));]=])
sca_operator_mutant(bf16_heads_apart BF16 MISTAKE "heads lie as far apart as in float32, in bytes" FILE readout.hpp
  FROM [=[call.weight + i % call.K * call.width * 2 * E;]=]
  TO [=[call.weight + i % call.K * 2 * call.width * 2 * E % (call.K * call.width * 2 * E);]=])
sca_operator_mutant(bf16_as_half BF16 MISTAKE "the table's bits are read as float16" FILE embedding.hpp
  FROM [=[load(row[j]);]=]
  TO [=[load(Float16{row[j].bits});]=])
sca_operator_mutant(bf16_last_dropped BF16 MISTAKE "the last number of an odd row is none" FILE embedding.hpp
  FROM [=[j < call.width; ++j) call.x[]=]
  TO [=[j < call.width; ++j) call.x[i * call.width + j] = 0;
    for (std::int64_t j = 0; j < call.width / 2 * 2; ++j) call.x[]=])
