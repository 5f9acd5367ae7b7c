"""Layers and models: ours as a process of its own, sca_networks_peer, and PyTorch's on the same parameters and inputs."""

import copy
import json
import subprocess
import tempfile
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import torch
import torch.nn.functional as F

import torch_network as net

OF_ONE_TOKEN = ("layer_step", "model_decode")


class Ours:
    """A work of `sca bench` by its name; networks.cpp says how the two talk."""

    name = "ours"

    def __init__(self, program: Path, work: str, kernel: str, L: int, threads: int):
        self.folder = tempfile.TemporaryDirectory(dir="/dev/shm")
        self.path = Path(self.folder.name) / "tensors"
        command = [str(program), f"{work}/{kernel}", str(L), str(threads), str(self.path)]
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        line = self.process.stdout.readline()
        if not line:
            raise SystemExit(f"peers: {program.name} ended with {self.process.wait()}")
        index = json.loads(line)
        self.sizes = SimpleNamespace(**index["sizes"])
        self.index = {one["name"]: one for one in index["tensors"]}

    def ask(self, what: str) -> None:
        self.process.stdin.write(what + "\n")
        self.process.stdin.flush()
        self.process.stdout.readline()

    def tensor(self, name: str) -> np.ndarray:
        """As last written."""
        one = self.index[name]
        return np.array(np.memmap(self.path, one["type"], "r", one["offset"], tuple(one["shape"])))

    def parameters(self, prefix: str = "p.") -> dict[str, torch.Tensor]:
        return {k[len(prefix) :]: torch.from_numpy(self.tensor(k)) for k in self.index if k.startswith(prefix)}

    def __call__(self) -> None:
        self.ask("call")

    def results(self) -> dict[str, np.ndarray]:
        """After a call."""
        self.ask("write")
        return {k: self.tensor(k) for k in ("out", "by_x", "logits", "loss") if k in self.index}


class Peer:
    """call() returns the results by name."""

    def __init__(self, name, call):
        self.name, self.call = name, call

    def __call__(self) -> None:
        self.found = self.call()

    def results(self) -> dict[str, np.ndarray]:
        return {k: v.detach().float().numpy() for k, v in self.found.items()}


def layer_peer(ours: Ours, work: str, linear, dtype):
    """A step goes from layer to layer, as ours does."""
    count = len({k.split(".")[1] for k in ours.index if k.startswith("p.")})
    made = [{k: v.to(dtype) for k, v in ours.parameters(f"p.{i}.").items()} for i in range(count)]
    sizes = copy.copy(ours.sizes)
    sizes.maxlen = 0
    layers = [net.ScaLayer(sizes, p, linear) for p in made]
    x = torch.from_numpy(ours.tensor("x")).to(dtype)
    states = [layer.empty_state(x.shape[0], dtype) for layer in layers] if work == "layer_step" else []
    turn = [0]

    def step():
        i, turn[0] = turn[0], (turn[0] + 1) % count
        with torch.no_grad():
            return {"out": layers[i].step(x[:, 0], states[i])[:, None]}

    def forward():
        with torch.no_grad():
            return {"out": layers[0].forward(x)}

    def training():
        x.grad = None
        for p in made[0].values():
            p.grad = None
        out = layers[0].forward(x)
        out.backward(by_out)
        return {"out": out, "by_x": x.grad}

    if work == "layer_training":
        by_out = torch.from_numpy(ours.tensor("by_out"))
        for p in (x, *made[0].values()):
            p.requires_grad_()
    return {"layer_step": step, "layer_forward": forward, "layer_training": training}[work]


def decode_peer(ours: Ours, linear, dtype):
    model = net.Model(ours.sizes, {k: v.to(dtype) for k, v in ours.parameters().items()}, linear)
    ids = torch.from_numpy(ours.tensor("ids")).reshape(-1)
    states = model.empty_states(1)

    def call():
        with torch.no_grad():
            return {"logits": model.step(ids, states)}

    return call


def prefill_peer(ours: Ours):
    model = net.Model(ours.sizes, ours.parameters())
    ids = torch.from_numpy(ours.tensor("ids"))

    def call():
        with torch.no_grad():
            return {"logits": model.forward(ids, last_only=True)}

    return call


def training_peer(ours: Ours):
    """The loop of a training as it is written everywhere: weight decay on matrices alone, the norm clipped to 1."""
    parameters = {k: p.requires_grad_() for k, p in ours.parameters().items()}
    model = net.Model(ours.sizes, parameters)
    ids, labels = (torch.from_numpy(ours.tensor(k)) for k in ("ids", "labels"))
    is_matrix = lambda k: k.endswith(("_proj.weight", "conv_weight", "W_readout", "embedding.weight")) or ".ff_" in k and k.endswith("weight")
    groups = [{"params": [p for k, p in parameters.items() if is_matrix(k)], "weight_decay": 0.1},
              {"params": [p for k, p in parameters.items() if not is_matrix(k)], "weight_decay": 0.0}]  # fmt: skip
    optimizer = torch.optim.AdamW(groups, lr=1e-3, betas=(0.9, 0.95))

    def call():
        optimizer.zero_grad(set_to_none=True)
        loss = F.cross_entropy(model.forward(ids).flatten(0, 1), labels.flatten())
        loss.backward()
        torch.nn.utils.clip_grad_norm_(parameters.values(), 1.0)
        optimizer.step()
        return {"loss": loss.reshape(1)}

    return call


def contenders(o) -> list[list]:
    """Ours first; each with one set of tensors."""
    torch.set_num_threads(o.threads)
    ours = Ours(Path(o.library), o.work, o.kernel, o.sizes[1], o.threads)
    dtype = torch.bfloat16 if o.kernel.startswith("bf16") else torch.float32
    if o.work == "model_prefill":
        theirs = {"torch eager": prefill_peer(ours)}
    elif o.work == "model_training":
        theirs = {"torch eager": training_peer(ours)}
    else:
        make = (lambda linear: decode_peer(ours, linear, dtype)) if o.work == "model_decode" else (
            lambda linear: layer_peer(ours, o.work, linear, dtype))  # fmt: skip
        variants = {"torch eager": F.linear}
        if o.work in OF_ONE_TOKEN:
            variants["torch mv"] = net.by_mv
        theirs = {name: make(linear) for name, linear in variants.items()}
    return [[ours], *([Peer(name, call)] for name, call in theirs.items())]
