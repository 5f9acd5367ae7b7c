// All kernels, as nvcc compiles them.
#include "kernels/cuda/entries.cuh"
