# Mistakes in the vector operators that the plain ones have no place for.

# Lanes
sca_fast_mutant(last_lane_dropped MISTAKE "what is left of a row is dropped if it is a single number" OPERATOR norm FUNCTION norm FILE vectors-inl.hpp
  FROM [[  if (i < last) f(FirstLanes]]
  TO [[  if (i + 1 < last) f(FirstLanes]])
sca_fast_mutant(absent_lanes_are_zeros MISTAKE "lanes that are not there count as scores of 0" OPERATOR cross_entropy FUNCTION cross_entropy FILE vectors-inl.hpp
  FROM [[load(lanes, from), hn::Set(d, otherwise));]]
  TO [[load(lanes, from), hn::Zero(d));]])
sca_fast_mutant(writes_whole_vectors MISTAKE "the end of a row is written as a whole vector" OPERATOR swiglu FUNCTION swiglu FILE vectors-inl.hpp
  FROM [[std::copy_n(all, lanes.count, to);]]
  TO [[std::copy_n(all, static_cast<std::size_t>(float_lanes), to);]])
sca_fast_mutant(sum_of_one_lane MISTAKE "a sum over lanes is the first lane's" OPERATOR gated_norm FUNCTION gated_norm FILE vectors-inl.hpp
  FROM [[hn::GetLane(hn::SumOfLanes(Floats(), x))]]
  TO [[hn::GetLane(x)]])

# Parts
sca_fast_mutant(first_part_only MISTAKE "of the parts' sums only the first one is added" OPERATOR norm FUNCTION norm_backward FILE rows-inl.hpp
  FROM [[for (std::int64_t part = 0; part < parts; ++part)
      all]]
  TO [[for (std::int64_t part = 0; part < 1; ++part)
      all]])
sca_fast_mutant(scratch_not_cleared MISTAKE "a part's sum begins with what the scratch holds" OPERATOR norm FUNCTION norm_backward FILE rows-inl.hpp
  FROM [[    std::fill_n(sum, width, 0.0F);
]]
  TO [[]])
sca_fast_mutant(weights_not_cleared MISTAKE "the taps' gradients begin with what the scratch holds" OPERATOR mix FUNCTION mix_backward FILE mix-inl.hpp
  FROM [[  std::fill_n(by_weights, ck * width, 0.0F);
]]
  TO [[]])
sca_fast_mutant(columns_twice MISTAKE "parts of a table's columns overlap" OPERATOR embedding FUNCTION embedding_backward FILE embedding-inl.hpp
  FROM [[for_vectors(columns.first, columns.last,]]
  TO [[for_vectors(columns.first > 0 ? columns.first - 1 : 0, columns.last,]])

# Products of matrices
sca_fast_mutant(edges_overwritten MISTAKE "at its edges a product overwrites what it is added to" OPERATOR linear FUNCTION linear_by_parameters FILE product-inl.hpp
  FROM [[store(lanes, tile.adds ? hn::Add(load(lanes, to + j), sum) : sum, to + j);]]
  TO [[store(lanes, sum, to + j);]])
sca_fast_mutant(tiles_overwritten MISTAKE "whole tiles of a product overwrite what it is added to" OPERATOR linear FUNCTION linear_by_parameters FILE product-inl.hpp
  FROM [[hn::StoreU(tile.adds ? hn::Add(hn::LoadU(d, to), sum) : sum, d, to)]]
  TO [[hn::StoreU(sum, d, to)]])
sca_fast_mutant(square_not_turned MISTAKE "of packed squares the middle rows are swapped" OPERATOR linear FUNCTION linear FILE panels-inl.hpp
  FROM [[  hn::StoreU(hn::InterleaveUpper(d, even_low, odd_low), d, to + width);
  hn::StoreU(hn::InterleaveLower(d, even_high, odd_high), d, to + 2 * width);]]
  TO [[  hn::StoreU(hn::InterleaveUpper(d, even_low, odd_low), d, to + 2 * width);
  hn::StoreU(hn::InterleaveLower(d, even_high, odd_high), d, to + width);]])
sca_fast_mutant(fourth_sum_dropped MISTAKE "of an inner product's four sums one is dropped" OPERATOR linear FUNCTION linear FILE dots-inl.hpp
  FROM [[hn::Add(sums[i][2], sums[i][3])]]
  TO [=[sums[i][2]]=])

# Attention
sca_fast_mutant(total_not_rescaled MISTAKE "where a larger score comes, the sum before it keeps its scale" OPERATOR attention FUNCTION attention FILE online_softmax-inl.hpp
  FROM [[hn::MulAdd(hn::Load(d, total.data() + row), kept, hn::Add(sums[0], sums[1]))]]
  TO [[hn::Add(hn::Load(d, total.data() + row), hn::Add(sums[0], sums[1]))]])
sca_fast_mutant(values_not_rescaled MISTAKE "where a larger score comes, the values before it keep their scale" OPERATOR attention FUNCTION attention FILE online_softmax-inl.hpp
  FROM [[hn::Store(kept, d, keep.data() + row);]]
  TO [[hn::Store(hn::Set(d, 1.0F), d, keep.data() + row);]])
sca_fast_mutant(step_not_rescaled MISTAKE "the same of a single row" OPERATOR attention FUNCTION attention FILE online_softmax-inl.hpp
  FROM [[total[at] * keep[at] + sum_of_lanes(sum)]]
  TO [[total[at] + sum_of_lanes(sum)]])
sca_fast_mutant(odd_keys_not_summed MISTAKE "every second key is missing in the softmax's sum" OPERATOR attention FUNCTION attention FILE online_softmax-inl.hpp
  FROM [[kept, hn::Add(sums[0], sums[1]))]]
  TO [[kept, sums[0])]])
sca_fast_mutant(keys_of_the_tile MISTAKE "a row reads all keys of its last tile" OPERATOR attention FUNCTION attention FILE attention_block-inl.hpp
  FROM [[hn::IfThenElse(is_readable, score, later)]]
  TO [[score]])
sca_fast_mutant(rescaled_run_by_run MISTAKE "what was there is rescaled again with every run of keys" OPERATOR attention FUNCTION attention FILE weighted_rows-inl.hpp
  FROM [[    rows.keep = nullptr;
]]
  TO [[]])
