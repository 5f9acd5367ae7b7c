"""The SCA layer, the transformer block and the hybrid model in PyTorch, as released; parameters under their released names.

Written as users write it: whole tensors for a sequence, states for a token at a time, autograd for the gradients.
"""

import math

import torch
import torch.nn.functional as F

EPSILON = 1e-6
STEP_HORIZON = 2048  # of a step without a maximum length


def rms_norm(x, gain=None):
    x = x * torch.rsqrt(x.square().mean(-1, keepdim=True) + EPSILON)
    return x if gain is None else x * gain


class ScaLayer:
    """Of sizes D, K, Kq, H, M, ck, maxlen (0: none). `linear` multiplies by a weight."""

    def __init__(self, sizes, parameters, linear=F.linear):
        self.s, self.p, self.linear = sizes, parameters, linear

    def grid(self):
        p = self.p
        nodes = (F.softplus(p["theta_d_raw"]) + 1e-4).cumsum(-1)
        weights = p["w_int_raw"].exp()
        theta = 0.001 + 2.999 * nodes / nodes[..., -1:]
        return theta, (weights / (weights.sum(-1, keepdim=True) + 1e-6)).reshape(theta.shape)

    def branches(self, z):
        s = self.s
        k, score, q = z.split([s.K * s.H, s.K, 2 * s.Kq * s.H * s.M], dim=-1)
        q = q.unflatten(-1, (s.Kq, s.H, s.M, 2))
        if s.Kq != s.K:
            q = q.repeat_interleave(s.K // s.Kq, dim=-4)
        return k.unflatten(-1, (s.K, s.H)), score, q

    def terms(self, theta, k, score, distance):
        p = self.p
        gate = F.softplus(p["score_scale"] * score + p["score_bias"])
        weight = (gate * torch.exp(-F.softplus(p["decay_slopes"]) * distance)).clamp(1e-4, 5000.0)
        phase = F.softsign(p["phase_scale"][:, None] * k)[..., None] * theta[0]
        value = (weight[..., None] * k)[..., None]
        return weight, value * phase.cos(), value * phase.sin()

    def read(self, omega, Z, R, I, q):
        Z = Z.clamp(min=1e-4)[..., None, None]
        R, I, q_re, q_im = R / Z, I / Z, q[..., 0], q[..., 1]
        re = (omega[0] * (R * q_re + I * q_im)).sum(-1)
        im = (omega[0] * (I * q_re - R * q_im)).sum(-1)
        return (torch.stack([re, im], dim=-2) / math.sqrt(self.s.H)).flatten(-3)

    def fuse(self, x, o):
        s, p = self.s, self.p
        v = rms_norm(o * F.silu(self.linear(x, p["gate_proj.weight"])), p["gated_norm.weight"])
        a, b = torch.einsum("...ki,kij->...kj", v.unflatten(-1, (s.K, 2 * s.H)), p["W_readout"]).chunk(2, dim=-1)
        return self.linear((a * torch.sigmoid(b)).flatten(-2), p["out_proj.weight"])

    def forward(self, x):
        """x [B, L, D]"""
        s, L = self.s, x.shape[1]
        u = F.pad(self.linear(x, self.p["in_proj.weight"]), (0, 0, s.ck - 1, 0))
        taps = self.p["conv_weight"][:, 0].T  # F.conv1d is slower by far for so many groups
        k, score, q = self.branches(F.silu(sum(taps[j] * u[:, j : j + L] for j in range(s.ck))))
        theta, omega = self.grid()
        distance = (s.maxlen or L) - 1 - torch.arange(L, dtype=x.dtype)[:, None]
        Z, R, I = (term.cumsum(1) for term in self.terms(theta, k, score, distance))
        return self.fuse(x, self.read(omega, Z, R, I, q))

    def empty_state(self, B, dtype):
        s = self.s
        C = s.K * s.H + s.K + 2 * s.Kq * s.H * s.M
        zeros = lambda *shape: torch.zeros((B, *shape), dtype=dtype)
        self.constants = self.grid()
        return {"Z": zeros(s.K), "R": zeros(s.K, s.H, s.M), "I": zeros(s.K, s.H, s.M), "u": zeros(s.ck - 1, C), "t": 0}

    def step(self, x, state):
        """x [B, D]; the state changes."""
        s = self.s
        window = torch.cat([state["u"], self.linear(x, self.p["in_proj.weight"])[:, None]], dim=1)
        k, score, q = self.branches(F.silu((window * self.p["conv_weight"][:, 0].T).sum(1)))
        theta, omega = self.constants
        distance = max((s.maxlen or STEP_HORIZON) - 1 - state["t"], 0)
        for name, term in zip(("Z", "R", "I"), self.terms(theta, k, score, distance)):
            state[name] += term
        state["u"] = window[:, 1:]
        state["t"] += 1
        return self.fuse(x, self.read(omega, state["Z"], state["R"], state["I"], q))


class ScaBlock:
    def __init__(self, sizes, parameters, linear):
        own = {name[5:]: p for name, p in parameters.items() if name.startswith("attn.")}
        self.gain, self.layer = parameters["norm.scale"], ScaLayer(sizes, own, linear)

    def empty_state(self, B, dtype):
        return self.layer.empty_state(B, dtype)

    def forward(self, x):
        return x + self.layer.forward(rms_norm(x, self.gain))

    def step(self, x, state):
        return x + self.layer.step(rms_norm(x, self.gain), state)


class TransformerBlock:
    def __init__(self, sizes, parameters, linear):
        self.s, self.p, self.linear = sizes, parameters, linear
        hd = sizes.D // sizes.heads
        frequencies = 10000.0 ** (-torch.arange(hd // 2, dtype=torch.float64) / (hd // 2))
        angles = torch.arange(sizes.maxlen)[:, None] * frequencies
        self.cos, self.sin = angles.cos().float(), angles.sin().float()

    def heads(self, y, name, count, at):
        """Rotated and normalised, [B, L, heads, hd]; `at`: the tokens' positions."""
        x = self.linear(y, self.p[f"attn.{name}.weight"]).unflatten(-1, (count, -1))
        a, b = x.chunk(2, dim=-1)
        cos, sin = self.cos[at][:, None].to(x.dtype), self.sin[at][:, None].to(x.dtype)
        return rms_norm(torch.cat([a * cos - b * sin, a * sin + b * cos], dim=-1))

    def attend(self, q, k, v, mask=None):
        group = self.s.heads // self.s.kv_heads
        q, k, v = (x.transpose(1, 2) for x in (q, k, v))
        if group != 1:
            k, v = k.repeat_interleave(group, dim=1), v.repeat_interleave(group, dim=1)
        scores = q @ k.transpose(-1, -2) / math.sqrt(q.shape[-1])
        if mask is not None:
            scores = scores.masked_fill(mask, float("-inf"))
        return (scores.softmax(-1) @ v).transpose(1, 2).flatten(-2)

    def finish(self, x, attended):
        p = self.p
        x = x + self.linear(attended, p["attn.out_proj.weight"])
        a, b = (self.linear(rms_norm(x, p["norm2.scale"]), p["ff_in.weight"]) + p["ff_in.bias"]).chunk(2, dim=-1)
        return x + self.linear(a * F.silu(b), p["ff_out.weight"]) + p["ff_out.bias"]

    def project(self, x, at):
        y = rms_norm(x, self.p["norm1.scale"])
        v = self.linear(y, self.p["attn.v_proj.weight"]).unflatten(-1, (self.s.kv_heads, -1))
        return self.heads(y, "q_proj", self.s.heads, at), self.heads(y, "k_proj", self.s.kv_heads, at), v

    def forward(self, x):
        L = x.shape[1]
        mask = torch.ones(L, L, dtype=torch.bool).triu(1)
        return self.finish(x, self.attend(*self.project(x, slice(0, L)), mask))

    def empty_state(self, B, dtype):
        shape = (B, self.s.maxlen, self.s.kv_heads, self.s.D // self.s.heads)
        return {"k": torch.zeros(shape, dtype=dtype), "v": torch.zeros(shape, dtype=dtype), "t": 0}

    def step(self, x, state):
        t = state["t"]
        q, k, v = self.project(x[:, None], slice(t, t + 1))
        state["k"][:, t : t + 1], state["v"][:, t : t + 1] = k, v
        state["t"] = t + 1
        return self.finish(x, self.attend(q, state["k"][:, : t + 1], state["v"][:, : t + 1])[:, 0])


class Model:
    """Embedding, blocks, the embedding again as the head."""

    def __init__(self, sizes, parameters, linear=F.linear):
        self.embedding, self.linear = parameters["embedding.weight"], linear
        self.blocks = []
        for i in range(sizes.blocks):
            prefix = f"blocks.{i}."
            own = {name[len(prefix) :]: p for name, p in parameters.items() if name.startswith(prefix)}
            is_attention = (i + 1) % (sizes.ratio + 1) == 0
            self.blocks.append(TransformerBlock(sizes, own, linear) if is_attention else ScaBlock(sizes, own, linear))

    def forward(self, ids, last_only=False):
        """ids [B, L] -> logits [B, L, vocab] or, of the last tokens alone, [B, vocab]"""
        x = F.embedding(ids, self.embedding)
        for block in self.blocks:
            x = block.forward(x)
        return self.linear(x[:, -1] if last_only else x, self.embedding)

    def empty_states(self, B):
        return [block.empty_state(B, self.embedding.dtype) for block in self.blocks]

    def step(self, ids, states):
        """ids [B] -> logits [B, vocab]"""
        x = F.embedding(ids, self.embedding)
        for block, state in zip(self.blocks, states):
            x = block.step(x, state)
        return self.linear(x, self.embedding)


def by_mv(x, weight):
    """A product with one row as torch.mv, which reads a matrix faster than F.linear does."""
    return torch.mv(weight, x.reshape(-1)).reshape(x.shape[:-1] + (weight.shape[0],))
