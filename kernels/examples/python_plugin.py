"""A kernel in Python: python_bridge.c, built as python_plugin.so beside this file, runs it.

    sca check --plugin ./python_plugin.so
    sca fuzz --plugin ./python_plugin.so

Put your own function in place of forward(): torch.from_numpy(call.key).cuda() is where a Triton kernel begins.
"""

import numpy as np

from sca_plugin import State, serve


def weights(call, k_anchor, position):
    """Step 2: [B, L, K]."""
    rules, one = call.rules, np.float32(1)
    argument = call.score_scale * call.score + call.score_bias
    gate = np.maximum(argument, 0) + np.log1p(np.exp(-np.abs(argument)))
    gate = np.where(argument > np.float32(rules.softplus_switch), argument, gate)
    t = position + np.arange(call.shape.L)[:, None]
    left = rules.horizon - 1 - t
    if rules.saturate_distance:
        left = np.maximum(left, 0)
    if rules.recursive_decay:
        left = 0 * left
    distance = np.where(k_anchor, t, left).astype(np.float32)
    weight = gate * np.exp(-(call.rate * distance))
    return np.clip(weight, one * rules.weight_low, one * rules.weight_high, dtype=np.float32)


def forward(call):
    """Steps 2 to 5 for all sequences, heads and channels at once, one token after the other."""
    s, rules = call.shape, call.rules
    state = call.state
    if state is None:
        state = State()
        state.position = 0
        state.weight = np.zeros((s.B, s.K), np.float32)
        state.re = np.zeros((s.B, s.K, s.H, s.M), np.float32)
        state.im = np.zeros((s.B, s.K, s.H, s.M), np.float32)
    is_anchor = np.arange(s.K) >= s.K - rules.anchors
    weight = weights(call, is_anchor, state.position)
    x = call.phase_scale[:, None] * call.key
    phase = call.theta * (x / (1 + np.abs(x)))[..., None]
    if rules.inner_product_phase:
        phase = np.broadcast_to(phase.sum(-2, keepdims=True), phase.shape)
    value = (weight[..., None] * (1 if rules.plain_summary else call.key))[..., None]
    discount = np.where(is_anchor, np.float32(1), np.exp(-call.rate)) if rules.recursive_decay else np.ones_like(call.rate)
    root = np.sqrt(np.float32(s.H)) if rules.over_root_h else np.float32(1)
    query = np.repeat(call.query, s.K // s.Kq, axis=2)
    output = np.empty((s.B, s.L, s.K, 2, s.H), np.float32)
    for t in range(s.L):
        state.weight = discount * state.weight + weight[:, t]
        state.re = discount[:, None, None] * state.re + value[:, t] * np.cos(phase[:, t])
        state.im = discount[:, None, None] * state.im + value[:, t] * np.sin(phase[:, t])
        z = np.maximum(state.weight, np.float32(rules.weight_floor))[..., None, None]
        if rules.unnormalised:
            z = np.float32(1)
        re, im = state.re / z, state.im / z
        q_re, q_im = query[:, t, ..., 0], query[:, t, ..., 1]
        output[:, t, :, 0] = (call.omega * (re * q_re + im * q_im)).sum(-1) / root
        output[:, t, :, 1] = (call.omega * (im * q_re - re * q_im)).sum(-1) / root
    state.position += s.L
    return output


np.seterr(all="ignore")  # what overflows is what it is
serve("f32/numpy", forward=forward, step=forward)
