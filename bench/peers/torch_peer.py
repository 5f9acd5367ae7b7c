"""Steps 2 to 5 in PyTorch, as kernels/plugin.h states them: whole tensors, autograd for the gradients."""

import math
import sys

import numpy as np
import torch
import torch.nn.functional as F

import tensors as t


def weights(p, score, distance):
    gate = F.softplus(p["score_scale"] * score + p["score_bias"], threshold=t.SOFTPLUS_SWITCH)
    return (gate * torch.exp(-p["rate"] * distance)).clamp(t.WEIGHT_LOW, t.WEIGHT_HIGH)


def phases(p, key):
    x = p["phase_scale"][:, None] * key
    return (x / (1 + x.abs()))[..., None] * p["theta"]


def queries(p, query):
    repeats = p["theta"].shape[0] // query.shape[-4]
    if repeats > 1:
        query = query.repeat_interleave(repeats, -4)
    return query[..., 0], query[..., 1]


def read_out(p, re, im, query):
    q_re, q_im = queries(p, query)
    root = math.sqrt(re.shape[-2])
    out_re = (p["omega"] * (re * q_re + im * q_im)).sum(-1) / root
    out_im = (p["omega"] * (im * q_re - re * q_im)).sum(-1) / root
    return torch.stack((out_re, out_im), -2)


def forward(p, key, score, query):
    L = key.shape[1]
    distance = torch.arange(L - 1, -1, -1, dtype=key.dtype)[:, None]
    weight = weights(p, score, distance)
    phase = phases(p, key)
    value = (weight[..., None] * key)[..., None]
    inverse = 1 / weight.cumsum(1).clamp(min=t.WEIGHT_FLOOR)[..., None, None]
    re = (value * phase.cos()).cumsum(1) * inverse
    im = (value * phase.sin()).cumsum(1) * inverse
    return read_out(p, re, im, query)


def forward_in_place(p, key, score, query):
    """The same with as few large temporaries as there can be; no gradients."""
    L = key.shape[1]
    distance = torch.arange(L - 1, -1, -1, dtype=key.dtype)[:, None]
    weight = weights(p, score, distance)
    im = phases(p, key)
    value = (weight[..., None] * key)[..., None]
    re = im.cos().mul_(value).cumsum_(1)
    im.sin_().mul_(value).cumsum_(1)
    scale = 1 / weight.cumsum(1).clamp(min=t.WEIGHT_FLOOR)[..., None] / math.sqrt(key.shape[-1])
    q_re, q_im = queries(p, query)
    out = torch.empty(key.shape[:-1] + (2, key.shape[-1]), dtype=key.dtype)
    rotated = (re * q_re).addcmul_(im, q_im).mul_(p["omega"])
    torch.mul(rotated.sum(-1), scale, out=out[..., 0, :])
    torch.mul(im, q_re, out=rotated).addcmul_(re, q_im, value=-1).mul_(p["omega"])
    torch.mul(rotated.sum(-1), scale, out=out[..., 1, :])
    return out


def step(p, state, key, score, query):
    """One token into the state, in place, and what its query reads."""
    distance = max(t.STEP_HORIZON - 1 - state["position"], 0)
    weight = weights(p, score, distance)
    phase = phases(p, key)
    value = (weight[..., None] * key)[..., None]
    state["weight"] += weight
    state["re"] += value * phase.cos()
    state["im"] += value * phase.sin()
    state["position"] += 1
    inverse = 1 / state["weight"].clamp(min=t.WEIGHT_FLOOR)[..., None, None]
    return read_out(p, state["re"] * inverse, state["im"] * inverse, query)


class TorchPeer:
    """One set of tensors in PyTorch."""

    def __init__(self, name, function, shape: t.Shape, work: str, numbers: dict[str, np.ndarray]):
        self.name, self.function, self.work = name, function, work
        as_torch = {k: torch.from_numpy(v) for k, v in numbers.items()}
        self.parameters = {k: as_torch[k] for k in t.PARAMETERS}
        self.inputs = [as_torch[k] for k in t.INPUTS]
        self.output_gradient = as_torch["output_gradient"]
        if work == "training":
            for one in [*self.parameters.values(), *self.inputs]:
                one.requires_grad_()
        sizes = {"weight": (), "re": (shape.H, shape.M), "im": (shape.H, shape.M)}
        self.state = {k: torch.zeros((shape.B, shape.K) + more) for k, more in sizes.items()} | {"position": 0}

    def __call__(self) -> None:
        if self.work == "training":
            for one in [*self.parameters.values(), *self.inputs]:
                one.grad = None
            self.output = self.function(self.parameters, *self.inputs)
            self.output.backward(self.output_gradient)
            return
        with torch.no_grad():
            if self.work == "step":
                self.output = self.function(self.parameters, self.state, *(x[:, 0] for x in self.inputs))[:, None]
            else:
                self.output = self.function(self.parameters, *self.inputs)

    def results(self) -> dict[str, np.ndarray]:
        found = {"output": self.output.detach().numpy()}
        if self.work == "training":
            found |= {k: v.grad.numpy() for k, v in self.parameters.items()}
            found |= {k: v.grad.numpy() for k, v in zip(t.INPUTS, self.inputs)}
        return found


def compiled(function, example):
    """torch.compile where it is, else a trace; None where neither works."""
    try:
        if hasattr(torch, "compile"):
            made = torch.compile(function)
        else:
            parameters, inputs = example
            names = list(parameters)
            trace = torch.jit.trace(
                lambda *all: function(dict(zip(names, all)), *all[len(names) :]), (*parameters.values(), *inputs)
            )
            made = lambda p, *inputs: trace(*p.values(), *inputs)
        parameters, inputs = example
        made(parameters, *inputs)
        return made
    except Exception as error:  # any compiler may fail in any way: it is no contender then
        print(f"torch: not compiled: {error}".splitlines()[0], file=sys.stderr)
        return None


def contenders(shape: t.Shape, work: str, sets: list[dict[str, np.ndarray]], threads: int) -> list[list[TorchPeer]]:
    torch.set_num_threads(threads)
    functions = {"forward": {"torch eager": forward, "torch in place": forward_in_place},
                 "training": {"torch eager": forward},
                 "step": {"torch eager": step}}[work]
    if work != "step":
        example = TorchPeer("", forward, shape, "forward", sets[0])
        made = compiled(forward, (example.parameters, example.inputs))
        if made is not None:
            functions["torch compiled"] = made
    return [[TorchPeer(name, f, shape, work, one) for one in sets] for name, f in functions.items()]


def version() -> str:
    return f"torch {torch.__version__}"
