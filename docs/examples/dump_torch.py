"""Dump one case of an SCA layer in PyTorch, for `sca judge`.

    python3 dump_torch.py case.npz                    # float64
    python3 dump_torch.py case.npz --dtype float32    # the same case in single precision
    python3 dump_torch.py case.npz --plant conj       # the same case with one bug, to see it caught (--help: all)

To check your own layer, replace `forward` and `step`, or only one of them, and dump the tensors that you have.
"""
import argparse

import numpy as np
import torch
import torch.nn.functional as F

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


def mix(p, window):
    """Step 1: k (B,L,K,H), s (B,L,K), q (B,L,Kq,H,M,2) and z from u = W_in x with the ck - 1 rows before it."""
    taps = p["conv_weight"][:, 0]
    taps = taps.flip(-1) if plant == "conv_flip" else taps
    z = F.silu(sum(taps[:, j] * window[:, j : window.shape[1] - (ck - 1 - j)] for j in range(ck)))
    k, s, q = z.split([K * H, K, 2 * Kq * H * M], dim=-1)
    return k.unflatten(-1, (K, H)), s, q.unflatten(-1, (Kq, H, M, 2)), z


def weights(p, s, t, n):
    """Step 2: alpha (B,L,K) of the tokens at positions t (L). Decay heads count towards n, anchors from 0."""
    distance = torch.stack([(n - 1 - t).clamp(min=0)] * (K - anchors) + [t] * anchors, dim=-1)
    slopes = torch.cat([p[name] for name in ("decay_slopes", "anchor_slopes") if name in p])
    gate = F.softplus(p["score_scale"] * s + p["score_bias"])
    return (gate * torch.exp(-F.softplus(slopes) * distance)).clamp(1e-4, 5000.0)


def grid(p):
    """Nodes theta (1,1,K,H,M) of Step 3 and weights w (1,1,Kq,K/Kq,H,M) of Step 5."""
    if M == 1:
        theta = 0.001 + 2.999 * torch.sigmoid(p["theta_raw"])
    else:
        nodes = (F.softplus(p["theta_d_raw"]) + 1e-4).cumsum(-1)
        theta = 0.001 + 2.999 * nodes / nodes[..., -1:]
    w = p["w_int_raw"].exp()
    return theta, w / (w.sum(-1, keepdim=True) + 1e-6)


def encode(p, theta, alpha, k):
    """Step 3: what one token adds to Z (B,L,K), R and I (B,L,K,H,M)."""
    phi = F.softsign(p["phase_scale"][:, None] * k)[..., None] * theta
    value = (alpha[..., None] * k)[..., None]
    return alpha, value * phi.cos(), value * phi.sin()


def read(w, Z, R, I, q):
    """Step 5: o (B,L,2KH), per head all real parts, then all imaginary ones."""
    heads = torch.arange(K)
    q_re, q_im = q[:, :, heads % Kq if plant == "head_mod" else heads // (K // Kq)].unbind(-1)
    q_im = -q_im if plant == "conj" else q_im
    Z = (Z.detach() if plant == "no_grad_z" else Z).clamp(min=1e-4)[..., None, None]
    R, I, w = R / Z, I / Z, w.reshape(K, H, M)
    o = torch.stack([(w * (R * q_re + I * q_im)).sum(-1), (w * (I * q_re - R * q_im)).sum(-1)], dim=-2)
    return (o if plant == "no_sqrt_h" else o / H**0.5).flatten(-3)


def fuse(p, x, o):
    """Step 6: y_act (B,L,K,E) and out (B,L,D)."""
    v = o * F.silu(x @ p["gate_proj.weight"].T)
    v = v / (v.square().mean(-1, keepdim=True) + 1e-6).sqrt() * p["gated_norm.weight"]
    y, gate = torch.einsum("blki,kij->blkj", v.unflatten(-1, (K, 2 * H)), p["W_readout"]).chunk(2, dim=-1)
    y_act = y * (F.silu(gate) if plant == "silu_gate" else torch.sigmoid(gate))
    return y_act, y_act.flatten(-2) @ p["out_proj.weight"].T


def forward(p, x):
    """The whole sequence. Returns all that can be judged, under the names of the file."""
    n = L if maxlen < 0 or plant == "decay_to_L" else maxlen
    k, s, q, z = mix(p, F.pad(x @ p["in_proj.weight"].T, (0, 0, ck - 1, 0)))
    theta, w = grid(p)
    terms = encode(p, theta, weights(p, s, torch.arange(L), n), k)
    Z, R, I = (term.cumsum(1) - (term if plant == "exclusive_sum" else 0) for term in terms)  # Step 4
    o = read(w, Z, R, I, q)
    y_act, out = fuse(p, x, o)
    return {"i.z_act": z, "i.p_w": terms[0], "i.theta": theta, "i.w_int": w, "i.den": Z, "i.re": R, "i.im": I,
            "i.o": o, "i.y_act": y_act, "out": out}


def step(p, x, state):
    """One token, x (B,1,D), after the tokens that `state` holds. Returns out and the new state."""
    n = 2048 if maxlen < 0 else maxlen
    window = torch.cat([state["conv"], x @ p["in_proj.weight"].T], dim=1)
    k, s, q, _ = mix(p, window)
    theta, w = grid(p)
    terms = encode(p, theta, weights(p, s, state["pos"][:1], n), k)
    Z, R, I = (state[name] + term[:, 0] for name, term in zip(("den", "re", "im"), terms))
    _, out = fuse(p, x, read(w, Z[:, None], R[:, None], I[:, None], q))
    pos = (state["pos"] + 1).clamp(max=n - 1)
    ring = window[:, :-1] if plant == "stale_ring" else window[:, 1:]
    return out, {"den": Z, "re": R, "im": I, "pos": pos, "conv": ring}


def decode(p, x):
    """step_out, and the states st.* after the tokens st.t, stacked along a new first axis."""
    shapes = {"den": (K,), "re": (K, H, M), "im": (K, H, M), "pos": (), "conv": (ck - 1, len(p["conv_weight"]))}
    state = {name: torch.zeros(B, *shape, dtype=x.dtype) for name, shape in shapes.items()}
    outputs, states, t = [], [], sorted({0, L // 2, L - 1})
    for i in range(L):
        out, state = step(p, x[:, i : i + 1], state)
        outputs.append(out)
        states.append(state)
    tensors = {f"st.{name}": torch.stack([states[i][name] for i in t]) for name in state}
    return {"step_out": torch.cat(outputs, dim=1), "st.t": torch.tensor(t), **tensors}


def case(p, x, G):
    """Every tensor of the file but cfg. Gradients are those of sum(out * G)."""
    for leaf in (x, *p.values()):
        leaf.requires_grad_()
    trace = forward(p, x)
    inner = {name: trace[f"i.{name}"] for name in ("z_act", "o")}
    for tensor in inner.values():
        tensor.retain_grad()
    (trace["out"] * G).sum().backward()
    tensors = {"x": x, "G": G, **trace, "gx": x.grad}
    for name, value in p.items():
        tensors |= {f"p.{name}": value, f"g.{name}": value.grad}
    tensors |= {f"gi.{name}": value.grad for name, value in inner.items()}
    with torch.no_grad():
        tensors |= decode(p, x)
    return {name: tensor.detach().numpy() for name, tensor in tensors.items()}


def main():
    global plant
    parser = argparse.ArgumentParser(formatter_class=argparse.RawDescriptionHelpFormatter, description=__doc__,
                                     epilog="\n".join(f"{name:15}{what}" for name, what in BUGS.items()))
    parser.add_argument("file")
    parser.add_argument("--dtype", choices=["float64", "float32"], default="float64")
    parser.add_argument("--plant", choices=list(BUGS), default="none", metavar="BUG")
    options = parser.parse_args()
    plant, dtype = options.plant, getattr(torch, options.dtype)

    rng = np.random.default_rng(0)

    def draw(shape, scale=1.0, offset=0.0):  # float32 numbers in either dtype, so that both get one case
        return torch.from_numpy(np.float32(scale * rng.standard_normal(shape) + offset)).to(dtype)

    p = {name: draw(*spec) for name, spec in parameter_specs().items()}
    kind = 0
    cfg = np.array([kind, B, L, D, K, Kq, M, H, ck, anchors, out_expand, maxlen], dtype=np.int64)
    np.savez(options.file, cfg=cfg, **case(p, draw((B, L, D)), draw((B, L, D))))


if __name__ == "__main__":
    main()
