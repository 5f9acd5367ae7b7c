"""Steps 2 to 5 in JAX, as kernels/plugin.h states them, compiled by XLA."""

import jax
import jax.numpy as jnp
import numpy as np

import tensors as t


def weights(p, score, distance):
    x = p["score_scale"] * score + p["score_bias"]
    gate = jnp.where(x > t.SOFTPLUS_SWITCH, x, jax.nn.softplus(x))
    return jnp.clip(gate * jnp.exp(-p["rate"] * distance), t.WEIGHT_LOW, t.WEIGHT_HIGH)


def phases(p, key):
    x = p["phase_scale"][:, None] * key
    return (x / (1 + jnp.abs(x)))[..., None] * p["theta"]


def read_out(p, re, im, query):
    query = jnp.repeat(query, p["theta"].shape[0] // query.shape[-4], -4)
    q_re, q_im = query[..., 0], query[..., 1]
    root = re.shape[-2] ** 0.5
    out_re = (p["omega"] * (re * q_re + im * q_im)).sum(-1) / root
    out_im = (p["omega"] * (im * q_re - re * q_im)).sum(-1) / root
    return jnp.stack((out_re, out_im), -2)


def forward(p, key, score, query):
    L = key.shape[1]
    distance = jnp.arange(L - 1, -1, -1, dtype=key.dtype)[:, None]
    weight = weights(p, score, distance)
    phase = phases(p, key)
    value = (weight[..., None] * key)[..., None]
    inverse = 1 / jnp.maximum(jnp.cumsum(weight, 1), t.WEIGHT_FLOOR)[..., None, None]
    re = jnp.cumsum(value * jnp.cos(phase), 1) * inverse
    im = jnp.cumsum(value * jnp.sin(phase), 1) * inverse
    return read_out(p, re, im, query)


def forward_by_scan(p, key, score, query):
    """Token by token: nothing of size [B, L, K, H, M] is ever there."""
    L = key.shape[1]

    def body(state, token):
        distance, *inputs = token
        weight = weights(p, inputs[1], distance)
        phase = phases(p, inputs[0])
        value = (weight[..., None] * inputs[0])[..., None]
        state = (state[0] + weight, state[1] + value * jnp.cos(phase), state[2] + value * jnp.sin(phase))
        inverse = 1 / jnp.maximum(state[0], t.WEIGHT_FLOOR)[..., None, None]
        return state, read_out(p, state[1] * inverse, state[2] * inverse, inputs[2])

    distance = jnp.arange(L - 1, -1, -1, dtype=key.dtype)
    first = lambda x: jnp.swapaxes(x, 0, 1)
    zeros = jnp.zeros((key.shape[0],) + p["theta"].shape, key.dtype)
    _, out = jax.lax.scan(body, (zeros[..., 0, 0], zeros, zeros), (distance, first(key), first(score), first(query)))
    return first(out)


def training(p, inputs, output_gradient):
    output, backward = jax.vjp(lambda p, inputs: forward(p, *inputs), p, inputs)
    return output, *backward(output_gradient)


def step(p, state, key, score, query):
    weight = weights(p, score, jnp.maximum(t.STEP_HORIZON - 1 - state["position"], 0))
    phase = phases(p, key)
    value = (weight[..., None] * key)[..., None]
    state = {
        "weight": state["weight"] + weight,
        "re": state["re"] + value * jnp.cos(phase),
        "im": state["im"] + value * jnp.sin(phase),
        "position": state["position"] + 1,
    }
    inverse = 1 / jnp.maximum(state["weight"], t.WEIGHT_FLOOR)[..., None, None]
    return state, read_out(p, state["re"] * inverse, state["im"] * inverse, query)


class JaxPeer:
    """One set of tensors in JAX."""

    def __init__(self, name, function, shape: t.Shape, work: str, numbers: dict[str, np.ndarray]):
        self.name, self.function, self.work = name, function, work
        self.parameters = {k: jnp.asarray(numbers[k]) for k in t.PARAMETERS}
        self.inputs = tuple(jnp.asarray(numbers[k]) for k in t.INPUTS)
        self.output_gradient = jnp.asarray(numbers["output_gradient"])
        heads, sums = (shape.B, shape.K), (shape.B, shape.K, shape.H, shape.M)
        self.state = {k: jnp.zeros(n) for k, n in (("weight", heads), ("re", sums), ("im", sums), ("position", ()))}
        self.tokens = tuple(x[:, 0] for x in self.inputs)

    def __call__(self) -> None:
        if self.work == "training":
            self.made = self.function(self.parameters, self.inputs, self.output_gradient)
        elif self.work == "step":
            self.state, self.made = self.function(self.parameters, self.state, *self.tokens)
        else:
            self.made = self.function(self.parameters, *self.inputs)
        jax.block_until_ready(self.made)

    def results(self) -> dict[str, np.ndarray]:
        if self.work != "training":
            made = self.made[:, None] if self.work == "step" else self.made
            return {"output": np.asarray(made)}
        output, parameters, inputs = self.made
        return {"output": np.asarray(output)} | {k: np.asarray(v) for k, v in parameters.items()} | {
            k: np.asarray(v) for k, v in zip(t.INPUTS, inputs)
        }


def contenders(shape: t.Shape, work: str, sets: list[dict[str, np.ndarray]], threads: int) -> list[list[JaxPeer]]:
    """Threads are those of the CPUs that the process may use."""
    functions = {
        "forward": {"jax jit": jax.jit(forward), "jax scan": jax.jit(forward_by_scan)},
        "training": {"jax jit": jax.jit(training)},
        "step": {"jax jit": jax.jit(step, donate_argnums=1)},
    }[work]
    return [[JaxPeer(name, f, shape, work, one) for one in sets] for name, f in functions.items()]


def version() -> str:
    return f"jax {jax.__version__}"
