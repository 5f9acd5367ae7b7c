"""One process: one framework beside our kernel under one environment. JSON lines on stdout. Started by peers.py."""

import argparse
import importlib
import json
import os
import random
import statistics
import sys
import time

import numpy as np

import ours
import tensors as t

ROTATED_BYTES = 8 << 20  # more than the cores' own caches: inputs come from where the operation before leaves them
SAMPLE_SECONDS = 0.02


def timed(turns: list, calls: int) -> float:
    """Seconds a call, the sets of tensors taking turns."""
    start = time.perf_counter()
    for i in range(calls):
        turns[i % len(turns)]()
    return (time.perf_counter() - start) / calls


def calls_of(turns: list) -> int:
    """As many as make a sample long enough; the first calls warm up."""
    for one in turns:
        one()
    return max(1, round(SAMPLE_SECONDS / max(timed(turns, 1), 1e-9)))


def differences(contender, reference) -> dict[str, list[str]]:
    """Largest |difference| from ours and our largest number, tensor by tensor, after one call of each."""
    a, b = contender.results(), reference.results()
    return {k: [f"{np.max(np.abs(a[k] - b[k]), initial=0):.3g}", f"{np.max(np.abs(b[k]), initial=0):.3g}"] for k in b}


def measure(contenders: list[list], samples: int) -> list[list[float]]:
    """Samples of each, taken by turns in random order."""
    calls = [calls_of(turns) for turns in contenders]
    times = [[] for _ in contenders]
    order = list(range(len(contenders)))
    for _ in range(samples):
        random.shuffle(order)
        for i in order:
            times[i].append(timed(contenders[i], calls[i]))
    return times


def core_contenders(peer, o) -> list[list]:
    """Ours first; each with as many sets of tensors as the cores' own caches do not hold."""
    shape = t.Shape(*o.sizes)
    kernel = next((k for k in ours.load(o.library) if k.name.decode() == o.kernel), None)
    if kernel is None:
        sys.exit(f"{o.library}: expected a kernel {o.kernel}, found none")
    one = t.tensors(shape, 1)
    count = max(1, -(-ROTATED_BYTES // sum(x.nbytes for x in one.values())))
    sets = [one] + [t.tensors(shape, seed) for seed in range(2, count + 1)]
    mine = [ours.Ours(kernel, shape, o.work, x, o.threads) for x in sets]
    return [mine] + peer.contenders(shape, o.work, sets, o.threads)


def main() -> None:
    parser = argparse.ArgumentParser()
    for name in ("framework", "setting", "library", "kernel", "work"):
        parser.add_argument(f"--{name}", required=True)
    parser.add_argument("--sizes", type=int, nargs=6, required=True, help="B L K Kq H M")
    parser.add_argument("--threads", type=int, required=True)
    parser.add_argument("--samples", type=int, required=True)
    o = parser.parse_args()
    os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[: o.threads])  # before a framework makes its threads
    peer = importlib.import_module(f"{o.framework}_peer")
    if o.work in t.NETWORK_WORKS:
        contenders = importlib.import_module("networks").contenders(o)
    else:
        contenders = core_contenders(peer, o)
    for turns in contenders:
        turns[0]()
    found = [differences(turns[0], contenders[0][0]) for turns in contenders]
    for turns, times, difference in zip(contenders, measure(contenders, o.samples), found):
        record = {
            "peer": turns[0].name,
            "setting": o.setting,
            "framework": peer.version(),
            "kernel": o.kernel,
            "work": o.work + " bf16" * (o.kernel.startswith("bf16")),
            **{name: size for name, size in zip(("B", "L", "K", "Kq", "H", "M"), o.sizes)},
            "threads": o.threads,
            "samples": [f"{x:.6g}" for x in times],
            "seconds": f"{statistics.median(times):.4g}",
            "differences": difference,
        }
        print(json.dumps(record), flush=True)


if __name__ == "__main__":
    main()
