"""The Python side of python_bridge.c: serve() makes a kernel of functions on numpy arrays.

A function gets a Call and does what kernels/plugin.h says; forward and step return the output [B, L, K, 2, H] and
bring call.state, where there is one, up to date; backward returns the nine gradients by name. NotImplementedError
stands for "not this shape or these rules": the case is skipped. Any other exception ends the process: the case fails.
"""

import ctypes
import os
import signal
import sys

import numpy as np

REALS = ("theta", "omega", "rate", "score_scale", "score_bias", "phase_scale")
TOKENS = ("key", "score", "query")
OPERATIONS = ("forward", "step", "backward")
STORED = {"f64": (0, np.float64), "f32": (1, np.float32), "bf16": (2, np.uint16), "f16": (3, np.float16)}


class Shape(ctypes.Structure):
    _fields_ = [(name, ctypes.c_int64) for name in ("B", "L", "K", "Kq", "H", "M")]


class Rules(ctypes.Structure):
    _fields_ = [(name, ctypes.c_double) for name in
                ("weight_low", "weight_high", "softplus_switch", "weight_floor")] + [
        (name, ctypes.c_int64) for name in ("horizon", "anchors")] + [
        (name, ctypes.c_int32) for name in ("saturate_distance", "recursive_decay", "over_root_h",
                                            "inner_product_phase", "plain_summary", "unnormalised")]


class State:
    """position; weight [B, K]; re, im [B, K, H, M]"""


class Call:
    """shape; rules; theta, omega [K, H, M]; the other parameters [K]; key [B, L, K, H]; score [B, L, K]; query
    [B, L, Kq, H, M, 2]; state, or None; for backward output_gradient [B, L, K, 2, H]. bf16 comes and goes as bits."""

    def __init__(self, pipe, stored, real):
        operation, has_state = pipe.array(np.int32, 2)
        self.operation = OPERATIONS[operation]
        self.shape = s = pipe.struct(Shape)
        self.rules = pipe.struct(Rules)
        for name in REALS:
            setattr(self, name, pipe.array(real, *self.shape_of(name)))
        for name in TOKENS:
            setattr(self, name, pipe.array(stored, *self.shape_of(name)))
        self.state = None
        if has_state:
            self.state = State()
            self.state.position = int(pipe.array(np.int64, 1)[0])
            self.state.weight = pipe.array(real, s.B, s.K)
            self.state.re = pipe.array(real, s.B, s.K, s.H, s.M)
            self.state.im = pipe.array(real, s.B, s.K, s.H, s.M)
        if self.operation == "backward":
            self.output_gradient = pipe.array(stored, s.B, s.L, s.K, 2, s.H)

    def shape_of(self, name):
        s = self.shape
        return {"theta": (s.K, s.H, s.M), "omega": (s.K, s.H, s.M), "key": (s.B, s.L, s.K, s.H),
                "score": (s.B, s.L, s.K), "query": (s.B, s.L, s.Kq, s.H, s.M, 2),
                "output": (s.B, s.L, s.K, 2, s.H)}.get(name, (s.K,))

    def results(self, result, stored, real):
        """What the bridge reads: arrays of their types and shapes."""
        def checked(name, array, dtype):
            array = np.ascontiguousarray(array, dtype)
            if array.shape != self.shape_of(name):
                raise ValueError(f"{name}: expected {self.shape_of(name)}, found {array.shape}")
            return array

        if self.operation == "backward":
            for name in TOKENS:
                yield checked(name, result[name], stored)
            for name in REALS:
                yield checked(name, result[name], real)
            return
        yield checked("output", result, stored)
        if self.state is not None:
            yield np.array([self.state.position], np.int64)
            for array in (self.state.weight, self.state.re, self.state.im):
                yield np.ascontiguousarray(array, real)


class Pipe:
    """Standard input and output, taken away from whatever else prints."""

    def __init__(self):
        self.input = os.fdopen(os.dup(0), "rb")
        self.output = os.fdopen(os.dup(1), "wb")
        os.dup2(2, 1)

    def bytes(self, count):
        data = self.input.read(count)
        if len(data) < count:
            sys.exit(0)  # nobody is there any more
        return data

    def array(self, dtype, *shape):
        count = int(np.prod(shape, dtype=np.int64))
        return np.frombuffer(bytearray(self.bytes(count * np.dtype(dtype).itemsize)), dtype).reshape(shape)

    def struct(self, kind):
        return kind.from_buffer_copy(self.bytes(ctypes.sizeof(kind)))

    def send(self, arrays):
        for array in arrays:
            self.output.write(array.tobytes())
        self.output.flush()


def serve(name, forward=None, step=None, backward=None):
    """Answers until nobody asks any more. `name` is PRECISION/HOW, as in "f32/torch"."""
    pr_set_pdeathsig = 1
    ctypes.CDLL(None).prctl(pr_set_pdeathsig, signal.SIGKILL)  # whoever hangs here goes with the worker
    functions = {"forward": forward, "step": step, "backward": backward}
    dtype, stored = STORED[name.split("/")[0]]
    real = np.float64 if stored == np.float64 else np.float32
    pipe = Pipe()
    has = sum(1 << i for i, operation in enumerate(OPERATIONS) if functions[operation])
    pipe.send([np.frombuffer(name.encode().ljust(64, b"\0"), np.uint8), np.array([dtype, has], np.int32)])
    while True:
        call = Call(pipe, stored, real)
        try:
            result = functions[call.operation](call)
        except NotImplementedError:
            pipe.send([np.array([1], np.int32)])
            continue
        pipe.send([np.array([0], np.int32), *call.results(result, stored, real)])
