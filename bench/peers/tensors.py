"""The numbers that every contender gets: those of a layer as released, float32."""

from dataclasses import dataclass

import numpy as np

WEIGHT_LOW, WEIGHT_HIGH, WEIGHT_FLOOR, SOFTPLUS_SWITCH = 1e-4, 5000.0, 1e-4, 20.0
STEP_HORIZON = 2048  # of a step without a maximum length
PARAMETERS = ("theta", "omega", "rate", "score_scale", "score_bias", "phase_scale")
INPUTS = ("key", "score", "query")
NETWORK_WORKS = ("layer_forward", "layer_training", "layer_step", "model_decode", "model_prefill", "model_training")


@dataclass(frozen=True)
class Shape:
    B: int
    L: int
    K: int
    Kq: int
    H: int
    M: int


def parameters(shape: Shape, rng: np.random.Generator) -> dict[str, np.ndarray]:
    """theta within (0.001, 3], rising in m to 3; omega positive, summing to 1."""
    K, H, M = shape.K, shape.H, shape.M
    increments = np.log1p(np.exp(1.5 * rng.uniform(-1, 1, (K, H, M)))) + 1e-4
    sums = np.cumsum(increments, -1)
    weights = np.exp(rng.uniform(-1, 1, (K, H, M)))
    made = {
        "theta": 0.001 + 2.999 * sums / sums[..., -1:],
        "omega": weights / (weights.sum(-1, keepdims=True) + 1e-6),
        "rate": np.log1p(np.exp(rng.uniform(-5.5, -1.5, K))),
        "score_scale": rng.uniform(0.5, 1.5, K),
        "score_bias": rng.uniform(-0.5, 0.5, K),
        "phase_scale": rng.uniform(-0.25, 1.75, K),
    }
    return {name: value.astype(np.float32) for name, value in made.items()}


def tensors(shape: Shape, seed: int) -> dict[str, np.ndarray]:
    """Parameters, inputs and the output's gradient. Shapes are those of kernels/plugin.h."""
    rng = np.random.default_rng(seed)
    B, L, K, Kq, H, M = shape.B, shape.L, shape.K, shape.Kq, shape.H, shape.M
    result = parameters(shape, rng)
    for name, size in (
        ("key", (B, L, K, H)),
        ("score", (B, L, K)),
        ("query", (B, L, Kq, H, M, 2)),
        ("output_gradient", (B, L, K, 2, H)),
    ):
        result[name] = rng.uniform(-2, 2, size).astype(np.float32)
    return result
