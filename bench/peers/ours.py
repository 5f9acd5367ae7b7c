"""Our kernels, called through libsca_kernels.so (kernels/plugin.h) on numpy's memory."""

import ctypes as c
import math

import numpy as np

import tensors as t

FORWARD, STEP, BACKWARD = 0, 1, 2
F32 = 1


class CShape(c.Structure):
    _fields_ = [(name, c.c_int64) for name in ("B", "L", "K", "Kq", "H", "M")]


class Rules(c.Structure):
    _fields_ = [
        ("weight_low", c.c_double),
        ("weight_high", c.c_double),
        ("softplus_switch", c.c_double),
        ("weight_floor", c.c_double),
        ("horizon", c.c_int64),
        ("anchors", c.c_int64),
        ("saturate_distance", c.c_int32),
        ("recursive_decay", c.c_int32),
        ("over_root_h", c.c_int32),
        ("inner_product_phase", c.c_int32),
        ("plain_summary", c.c_int32),
        ("unnormalised", c.c_int32),
    ]


class Parameters(c.Structure):
    _fields_ = [(name, c.c_void_p) for name in t.PARAMETERS]


class Tokens(c.Structure):
    _fields_ = [("data", c.c_void_p), ("sequence_stride", c.c_int64), ("token_stride", c.c_int64)]


class State(c.Structure):
    _fields_ = [("position", c.c_int64), ("weight", c.c_void_p), ("re", c.c_void_p), ("im", c.c_void_p)]


class Inputs(c.Structure):
    _fields_ = [("shape", CShape), ("rules", Rules), ("parameters", Parameters)] + [(n, Tokens) for n in t.INPUTS]


class ForwardCall(c.Structure):
    _fields_ = [
        ("in_", Inputs),
        ("output", Tokens),
        ("state", c.POINTER(State)),
        ("workspace", c.c_void_p),
        ("threads", c.c_int32),
    ]


class BackwardCall(c.Structure):
    _fields_ = (
        [("in_", Inputs), ("output_gradient", Tokens)]
        + [(name, Tokens) for name in t.INPUTS]
        + [(name, c.c_void_p) for name in t.PARAMETERS]
        + [("workspace", c.c_void_p), ("threads", c.c_int32)]
    )


class KernelTable(c.Structure):
    _fields_ = [
        ("name", c.c_char_p),
        ("dtype", c.c_int),
        ("arithmetic", c.c_void_p),
        ("workspace_bytes", c.CFUNCTYPE(c.c_size_t, c.c_int, c.POINTER(CShape), c.c_int32)),
        ("forward", c.CFUNCTYPE(c.c_int, c.POINTER(ForwardCall))),
        ("step", c.CFUNCTYPE(c.c_int, c.POINTER(ForwardCall))),
        ("backward", c.CFUNCTYPE(c.c_int, c.POINTER(BackwardCall))),
    ]


class Plugin(c.Structure):
    _fields_ = [("version", c.c_int32), ("count", c.c_int32), ("kernels", c.POINTER(KernelTable))]


def load(library: str) -> list[KernelTable]:
    """The library's float32 kernels, plain ones first."""
    get = c.CDLL(library).sca_get_plugin
    get.restype = c.POINTER(Plugin)
    plugin = get().contents
    return [k for k in (plugin.kernels[i] for i in range(plugin.count)) if k.dtype == F32]


def tokens(array: np.ndarray) -> Tokens:
    token = math.prod(array.shape[2:])
    return Tokens(array.ctypes.data, array.shape[1] * token, token)


def aligned(size: int) -> np.ndarray:
    memory = np.zeros(size + 64, np.uint8)
    return memory[-memory.ctypes.data % 64 :][:size]


class Ours:
    """One set of tensors with room for the results; kept alive here, called without allocation."""

    name = "ours"

    def __init__(self, kernel: KernelTable, shape: t.Shape, work: str, numbers: dict[str, np.ndarray], threads: int):
        self.kernel, self.work, self.numbers = kernel, work, numbers
        c_shape = CShape(shape.B, shape.L, shape.K, shape.Kq, shape.H, shape.M)
        horizon = t.STEP_HORIZON if work == "step" else shape.L
        rules = Rules(t.WEIGHT_LOW, t.WEIGHT_HIGH, t.SOFTPLUS_SWITCH, t.WEIGHT_FLOOR, horizon, 0, 1, 0, 1, 0, 0, 0)
        inputs = Inputs(c_shape, rules, Parameters(*(numbers[n].ctypes.data for n in t.PARAMETERS)))
        for name in t.INPUTS:
            setattr(inputs, name, tokens(numbers[name]))
        needed = {"forward": (FORWARD,), "step": (STEP,), "training": (FORWARD, BACKWARD)}[work]
        self.workspace = aligned(
            max(kernel.workspace_bytes(op, c_shape, threads) if kernel.workspace_bytes else 0 for op in needed)
        )
        self.output = np.zeros((shape.B, shape.L, shape.K, 2, shape.H), np.float32)
        self.state_arrays = [np.zeros((shape.B, shape.K) + more, np.float32) for more in ((), (shape.H, shape.M), (shape.H, shape.M))]
        self.state = State(0, *(one.ctypes.data for one in self.state_arrays))
        workspace = self.workspace.ctypes.data
        state = c.pointer(self.state) if work == "step" else None
        self.forward_call = ForwardCall(inputs, tokens(self.output), state, workspace, threads)
        self.gradients = {name: np.zeros_like(numbers[name]) for name in t.INPUTS + t.PARAMETERS}
        g = self.gradients
        self.backward_call = BackwardCall(
            inputs,
            tokens(numbers["output_gradient"]),
            *(tokens(g[n]) for n in t.INPUTS),
            *(g[n].ctypes.data for n in t.PARAMETERS),
            workspace,
            threads,
        )

    def __call__(self) -> None:
        function = self.kernel.step if self.work == "step" else self.kernel.forward
        status = function(self.forward_call)
        if self.work == "training":
            status = status or self.kernel.backward(self.backward_call)
        if status:
            raise RuntimeError(f"{self.kernel.name.decode()} returned {status}")

    def results(self) -> dict[str, np.ndarray]:
        """After a call."""
        return {"output": self.output} | (self.gradients if self.work == "training" else {})
