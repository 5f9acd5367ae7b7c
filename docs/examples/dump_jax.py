"""Dump one case of an SCA layer in JAX, for `sca judge`.

    python3 dump_jax.py case.npz                    # float64
    python3 dump_jax.py case.npz --dtype float32    # the same case in single precision
    python3 dump_jax.py case.npz --plant conj       # the same case with one bug, to see it caught (--help: all)

To check your own layer, replace `forward` and `step`, or only one of them, and dump the tensors that you have.
"""
import argparse

import jax
import jax.numpy as jnp
import numpy as np

# The paper's sizes; maxlen -1 means none. The released layer has H = max(1, int(D * expand) // (K * M)).
B, L, D, K, Kq, M, H, ck, anchors, out_expand, maxlen = 2, 24, 32, 4, 2, 2, 8, 4, 0, 3, 32

BUGS = {
    "none": "no bug",
    "conv_flip": "Step 1: the convolution's taps in reverse order",
    "decay_to_L": "Step 2: decay towards L instead of maxlen, which R/Z hides from out unless a weight is clamped",
    "exclusive_sum": "Step 4: the prefix sums leave out the current token",
    "conj": "Step 5: q instead of its conjugate",
    "head_mod": "Step 5: memory head k reads query head k % Kq instead of k // (K / Kq)",
    "no_sqrt_h": "Step 5: no factor 1/sqrt(H), which the norm of Step 6 mostly hides from out",
    "silu_gate": "Step 6: silu instead of sigmoid in the readout unit",
    "no_grad_z": "backward only: no gradient through the normaliser Z",
    "stale_ring": "step only: the convolution's ring never takes the new row",
}
plant = "none"


def parameter_specs():
    """Released name -> shape, and the random one's scale and offset."""
    C, E = K * H + K + 2 * Kq * H * M, H * out_expand
    specs = {
        "in_proj.weight": ((C, D), D**-0.5, 0.0),
        "conv_weight": ((C, 1, ck), 0.5, 0.0),
        "theta_raw" if M == 1 else "theta_d_raw": ((1, 1, K, H, M), 1.0, 0.0),
        "w_int_raw": ((1, 1, Kq, K // Kq, H, M), 0.5, 0.0),
        "decay_slopes": ((K - anchors,), 1.0, -3.5),
        "anchor_slopes": ((anchors,), 1.0, -3.5),
        "score_scale": ((K,), 0.3, 1.0),
        "score_bias": ((K,), 0.3, 0.0),
        "phase_scale": ((K,), 0.5, 1.0),
        "gate_proj.weight": ((2 * K * H, D), D**-0.5, 0.0),
        "gated_norm.weight": ((2 * K * H,), 0.2, 1.0),
        "W_readout": ((K, 2 * H, 2 * E), (2 * H) ** -0.5, 0.0),
        "out_proj.weight": ((D, K * E), (K * E) ** -0.5, 0.0),
    }
    return {name: spec for name, spec in specs.items() if 0 not in spec[0]}


def softplus(v):
    """v above 20, as released. jax.nn.softplus has no switch: in float64 the 2e-9 between them would show."""
    return jnp.where(v > 20, v, jnp.log1p(jnp.exp(jnp.minimum(v, 20))))


def mix(p, window):
    """Step 1: k (B,L,K,H), s (B,L,K), q (B,L,Kq,H,M,2) and z from u = W_in x with the ck - 1 rows before it."""
    taps = p["conv_weight"][:, 0]
    taps = taps[:, ::-1] if plant == "conv_flip" else taps
    z = jax.nn.silu(sum(taps[:, j] * window[:, j : window.shape[1] - (ck - 1 - j)] for j in range(ck)))
    return (*branches(z), z)


def branches(z):
    k, s, q = jnp.split(z, [K * H, K * H + K], axis=-1)
    return k.reshape(*z.shape[:2], K, H), s, q.reshape(*z.shape[:2], Kq, H, M, 2)


def weights(p, s, t, n):
    """Step 2: alpha (B,L,K) of the tokens at positions t (L). Decay heads count towards n, anchors from 0."""
    distance = jnp.stack([jnp.maximum(n - 1 - t, 0)] * (K - anchors) + [t] * anchors, axis=-1)
    slopes = jnp.concatenate([p[name] for name in ("decay_slopes", "anchor_slopes") if name in p])
    gate = softplus(p["score_scale"] * s + p["score_bias"])
    return jnp.clip(gate * jnp.exp(-softplus(slopes) * distance), 1e-4, 5000.0)


def grid(p):
    """Nodes theta (1,1,K,H,M) of Step 3 and weights w (1,1,Kq,K/Kq,H,M) of Step 5."""
    if M == 1:
        theta = 0.001 + 2.999 * jax.nn.sigmoid(p["theta_raw"])
    else:
        nodes = jnp.cumsum(softplus(p["theta_d_raw"]) + 1e-4, axis=-1)
        theta = 0.001 + 2.999 * nodes / nodes[..., -1:]
    w = jnp.exp(p["w_int_raw"])
    return theta, w / (w.sum(-1, keepdims=True) + 1e-6)


def encode(p, theta, alpha, k):
    """Step 3: what one token adds to Z (B,L,K), R and I (B,L,K,H,M)."""
    phi = jax.nn.soft_sign(p["phase_scale"][:, None] * k)[..., None] * theta
    value = (alpha[..., None] * k)[..., None]
    return alpha, value * jnp.cos(phi), value * jnp.sin(phi)


def read(w, Z, R, I, q):
    """Step 5: o (B,L,2KH), per head all real parts, then all imaginary ones."""
    heads = np.arange(K)
    q = q[:, :, heads % Kq if plant == "head_mod" else heads // (K // Kq)]
    q_re, q_im = q[..., 0], -q[..., 1] if plant == "conj" else q[..., 1]
    Z = jnp.maximum(jax.lax.stop_gradient(Z) if plant == "no_grad_z" else Z, 1e-4)[..., None, None]
    R, I, w = R / Z, I / Z, w.reshape(K, H, M)
    o = jnp.stack([(w * (R * q_re + I * q_im)).sum(-1), (w * (I * q_re - R * q_im)).sum(-1)], axis=-2)
    return (o if plant == "no_sqrt_h" else o / H**0.5).reshape(*Z.shape[:2], 2 * K * H)


def fuse(p, x, o):
    """Step 6: y_act (B,L,K,E) and out (B,L,D)."""
    v = o * jax.nn.silu(x @ p["gate_proj.weight"].T)
    v = v / jnp.sqrt(jnp.square(v).mean(-1, keepdims=True) + 1e-6) * p["gated_norm.weight"]
    v = v.reshape(*v.shape[:2], K, 2 * H)
    y, gate = jnp.split(jnp.einsum("blki,kij->blkj", v, p["W_readout"]), 2, axis=-1)
    y_act = y * (jax.nn.silu(gate) if plant == "silu_gate" else jax.nn.sigmoid(gate))
    return y_act, y_act.reshape(*v.shape[:2], -1) @ p["out_proj.weight"].T


def forward(p, x, dz=0.0, do=0.0):
    """The whole sequence. Returns all that can be judged, under the names of the file.

    dz and do are zeros, added to z and o: the gradients by them are those by z and o.
    """
    n = L if maxlen < 0 or plant == "decay_to_L" else maxlen
    *_, z = mix(p, jnp.pad(x @ p["in_proj.weight"].T, ((0, 0), (ck - 1, 0), (0, 0))))
    z = z + dz
    k, s, q = branches(z)
    theta, w = grid(p)
    terms = encode(p, theta, weights(p, s, jnp.arange(L), n), k)
    Z, R, I = (jnp.cumsum(term, axis=1) - (term if plant == "exclusive_sum" else 0) for term in terms)  # Step 4
    o = read(w, Z, R, I, q) + do
    y_act, out = fuse(p, x, o)
    return {"i.z_act": z, "i.p_w": terms[0], "i.theta": theta, "i.w_int": w, "i.den": Z, "i.re": R, "i.im": I,
            "i.o": o, "i.y_act": y_act, "out": out}


def step(p, x, state):
    """One token, x (B,1,D), after the tokens that `state` holds. Returns out and the new state."""
    n = 2048 if maxlen < 0 else maxlen
    window = jnp.concatenate([state["conv"], x @ p["in_proj.weight"].T], axis=1)
    k, s, q, _ = mix(p, window)
    theta, w = grid(p)
    terms = encode(p, theta, weights(p, s, state["pos"][:1], n), k)
    Z, R, I = (state[name] + term[:, 0] for name, term in zip(("den", "re", "im"), terms))
    _, out = fuse(p, x, read(w, Z[:, None], R[:, None], I[:, None], q))
    pos = jnp.minimum(state["pos"] + 1, n - 1)
    ring = window[:, :-1] if plant == "stale_ring" else window[:, 1:]
    return out, {"den": Z, "re": R, "im": I, "pos": pos, "conv": ring}


def decode(p, x):
    """step_out, and the states st.* after the tokens st.t, stacked along a new first axis."""
    shapes = {"den": (K,), "re": (K, H, M), "im": (K, H, M), "pos": (), "conv": (ck - 1, len(p["conv_weight"]))}
    state = {name: jnp.zeros((B, *shape), x.dtype) for name, shape in shapes.items()}
    outputs, states, t = [], [], sorted({0, L // 2, L - 1})
    jitted = jax.jit(step)
    for i in range(L):
        out, state = jitted(p, x[:, i : i + 1], state)
        outputs.append(out)
        states.append(state)
    tensors = {f"st.{name}": jnp.stack([states[i][name] for i in t]) for name in state}
    return {"step_out": jnp.concatenate(outputs, axis=1), "st.t": np.array(t), **tensors}


def case(p, x, G):
    """Every tensor of the file but cfg. Gradients are those of sum(out * G)."""
    def loss(p, x, dz, do):
        trace = forward(p, x, dz, do)
        return (trace["out"] * G).sum(), trace

    zeros = jnp.zeros((B, L, len(p["conv_weight"])), x.dtype), jnp.zeros((B, L, 2 * K * H), x.dtype)
    (gp, gx, gz, go), trace = jax.jit(jax.grad(loss, argnums=(0, 1, 2, 3), has_aux=True))(p, x, *zeros)
    tensors = {"x": x, "G": G, **trace, "gx": gx, "gi.z_act": gz, "gi.o": go, **decode(p, x)}
    for name, value in p.items():
        tensors |= {f"p.{name}": value, f"g.{name}": gp[name]}
    return {name: np.asarray(tensor) for name, tensor in tensors.items()}


def main():
    global plant
    parser = argparse.ArgumentParser(formatter_class=argparse.RawDescriptionHelpFormatter, description=__doc__,
                                     epilog="\n".join(f"{name:15}{what}" for name, what in BUGS.items()))
    parser.add_argument("file")
    parser.add_argument("--dtype", choices=["float64", "float32"], default="float64")
    parser.add_argument("--plant", choices=list(BUGS), default="none", metavar="BUG")
    options = parser.parse_args()
    plant = options.plant
    jax.config.update("jax_enable_x64", options.dtype == "float64")
    # On GPU and TPU, JAX multiplies float32 matrices in less than float32 unless it is told not to.
    jax.config.update("jax_default_matmul_precision", "highest")

    rng = np.random.default_rng(0)

    def draw(shape, scale=1.0, offset=0.0):  # float32 numbers in either dtype, so that both get one case
        return jnp.asarray(np.float32(scale * rng.standard_normal(shape) + offset), options.dtype)

    p = {name: draw(*spec) for name, spec in parameter_specs().items()}
    kind = 0
    cfg = np.array([kind, B, L, D, K, Kq, M, H, ck, anchors, out_expand, maxlen], dtype=np.int64)
    np.savez(options.file, cfg=cfg, **case(p, draw((B, L, D)), draw((B, L, D))))


if __name__ == "__main__":
    main()
