# Mistakes in the plain projections.
sca_operator_mutant(bias_missing MISTAKE "the bias is not added" FILE linear.hpp
  FROM [=[call.bias == nullptr ? Real(0) : call.bias[j]]=]
  TO [=[Real(0)]=])
sca_operator_mutant(overwrites MISTAKE "y is overwritten where the call adds to it" FILE linear.hpp
  FROM [=[y = call.adds ? y + sum : sum;]=]
  TO [=[y = sum;]=])
sca_operator_mutant(weight_transposed MISTAKE "the weight is read as [in, out]" FILE linear.hpp
  FROM [=[load(call.weight[j * call.in + k]);]=]
  TO [=[load(call.weight[k * call.out + j]);]=])
sca_operator_mutant(last_input_dropped MISTAKE "the ragged tail of the inner product is dropped" FILE linear.hpp
  FROM [=[for (std::int64_t k = 0; k < call.in; ++k)
        sum += call.x]=]
  TO [=[for (std::int64_t k = 0; k < (call.in < 4 ? call.in : call.in / 4 * 4); ++k)
        sum += call.x]=])
sca_operator_mutant(input_gradient_always_added MISTAKE "x's gradient is added to what is there" FILE linear.hpp
  FROM [=[x = call.adds ? x + sum : sum;]=]
  TO [=[x = x + sum;]=])
sca_operator_mutant(input_gradient_overwrites MISTAKE "x's gradient of the second consumer replaces the first one's" FILE linear.hpp
  FROM [=[x = call.adds ? x + sum : sum;]=]
  TO [=[x = sum;]=])
sca_operator_mutant(weight_gradient_overwrites MISTAKE "a tied weight loses the gradient of its other use" FILE linear.hpp
  FROM [=[call.weight_gradient[j * call.in + k] += sum;]=]
  TO [=[call.weight_gradient[j * call.in + k] = sum;]=])
sca_operator_mutant(weight_gradient_of_the_first_row MISTAKE "the weight's gradient lacks the last row" FILE linear.hpp
  FROM [=[for (std::int64_t i = 0; i < call.rows; ++i)
        sum += call.y_gradient[i * call.out + j] * call.x]=]
  TO [=[for (std::int64_t i = 0; i + 1 < call.rows; ++i)
        sum += call.y_gradient[i * call.out + j] * call.x]=])
sca_operator_mutant(bias_gradient_overwrites MISTAKE "the bias's gradient replaces what is there" FILE linear.hpp
  FROM [=[call.bias_gradient[j] += sum;]=]
  TO [=[call.bias_gradient[j] = sum;]=])
