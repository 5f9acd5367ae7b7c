#!/usr/bin/env python3
"""Our kernels and networks beside PyTorch and JAX: the same formulas, numbers and process, by turns.

    ninja -C build/release sca_kernels_plugin sca_networks_peer
    python3 bench/peers/peers.py --lengths 128 1024 4096
    python3 bench/peers/peers.py --works layer_forward layer_training layer_step model_decode model_prefill model_training

Needs numpy and at least one framework; nothing in the project needs this. "default" is a framework as users run it,
the other settings what a user might tune; `best` is the fastest of all settings and variants of a framework. A ratio is
that of two medians from one process. Ours is called with its results' memory given, as the contract has it.
"""

import argparse
import json
import os
import platform
import subprocess
import sys
from pathlib import Path

from tensors import NETWORK_WORKS

HERE = Path(__file__).parent
KEEP_MEMORY = {"MALLOC_TRIM_THRESHOLD_": str(1 << 33), "MALLOC_MMAP_THRESHOLD_": str(1 << 33), "MALLOC_TOP_PAD_": str(1 << 28)}
PINNED = {"OMP_PROC_BIND": "true", "OMP_PLACES": "cores", "OMP_WAIT_POLICY": "active"}
SETTINGS = {"default": {}, "keep memory": KEEP_MEMORY, "keep memory, pinned": KEEP_MEMORY | PINNED}


def imports(interpreter: str, module: str) -> bool:
    """Whether the interpreter has the module and numpy."""
    return subprocess.run([interpreter, "-c", f"import numpy, {module}"], capture_output=True).returncode == 0


OF_ONE_TOKEN = ("step", "layer_step", "model_decode")  # these two also with weights in bf16
SIZES = {"model_prefill": [1, 512, 16, 16, 64, 2], "model_training": [64, 32, 4, 4, 8, 2]}  # others: options'


def run(interpreter: str, framework: str, setting: str, work: str, kernel: str, L: int, o) -> list[dict]:
    """The records of one worker; none, and a line on stderr, if it fails."""
    sizes = SIZES.get(work, [o.batch, L, o.heads, o.query_heads or o.heads, o.channels, o.nodes])
    library = o.library.with_name("sca_networks_peer") if work in NETWORK_WORKS else o.library
    command = [interpreter, str(HERE / "worker.py"), "--framework", framework, "--setting", setting, "--work", work,
               "--library", str(library), "--kernel", kernel, "--threads", str(o.threads),
               "--samples", str(o.samples), "--sizes", *map(str, sizes)]  # fmt: skip
    done = subprocess.run(command, capture_output=True, text=True, env=os.environ | {"PYTHONDONTWRITEBYTECODE": "1"} | SETTINGS[setting])
    if done.returncode != 0:
        errors = [line for line in done.stderr.splitlines() if "Error" in line] or [f"exit code {done.returncode}"]
        print(f"peers: {framework}, {setting}, {work}: {errors[-1]}", file=sys.stderr)
        return []
    return [json.loads(line) for line in done.stdout.splitlines()]


def provenance() -> dict:
    cpu = next((x.split(": ", 1)[1].strip() for x in open("/proc/cpuinfo") if x.startswith("model name")), "unknown")
    return {
        "command": " ".join(["bench/peers/peers.py", *sys.argv[1:]]),
        "program": "python",
        "version": platform.python_version(),
        "compiler": platform.libc_ver()[0],
        "flags": platform.libc_ver()[1],
        "cpu": cpu,
    }


def ratios(records: list[dict]) -> list[dict]:
    """Each contender's median over that of ours in the same process."""
    rows = []
    for ours in (r for r in records if r["peer"] == "ours"):
        same = ("setting", "framework", "work", "L", "threads")
        for peer in (r for r in records if r["peer"] != "ours" and all(r[k] == ours[k] for k in same)):
            relative = max(float(d) / max(float(size), 1e-30) for d, size in peer["differences"].values())
            ratio = float(peer["seconds"]) / float(ours["seconds"])
            rows.append(peer | {"ours": ours["seconds"], "ratio": f"{ratio:.3g}", "difference": f"{relative:.2g}"})
    return rows


def best(rows: list[dict]) -> list[dict]:
    """For every work, length and framework: how its users run it, then whatever was fastest."""
    chosen = []
    for key in dict.fromkeys((r["work"], r["L"], r["framework"]) for r in rows):
        mine = [r for r in rows if (r["work"], r["L"], r["framework"]) == key]
        usual = [r for r in mine if r["setting"] == "default"][:1]
        fastest = min(mine, key=lambda r: float(r["seconds"]))
        chosen += [r | {"which": "as users run it"} for r in usual] + [fastest | {"which": "best"}]
    return chosen


def print_table(rows: list[dict]) -> None:
    head = ("work", "L", "framework", "which", "peer", "setting", "theirs ms", "ours ms", "ratio", "difference")
    lines = [
        (r["work"], str(r["L"]), r["framework"], r["which"], r["peer"], r["setting"], f"{1e3 * float(r['seconds']):.4g}",
         f"{1e3 * float(r['ours']):.4g}", r["ratio"], r["difference"])
        for r in rows
    ]  # fmt: skip
    widths = [max(len(line[i]) for line in [head, *lines]) for i in range(len(head))]
    for line in [head, *lines]:
        print("  ".join(cell.ljust(width) for cell, width in zip(line, widths)).rstrip())
    print("difference: the largest from ours over our largest number, of all tensors, on the same inputs")


def options():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--library", type=Path, default=HERE.parent.parent / "build/release/libsca_kernels.so")
    parser.add_argument("--kernel", default="f32/avx512", help="ours, by its name")
    parser.add_argument("--works", nargs="+", choices=("forward", "training", "step", *NETWORK_WORKS), default=["forward", "training", "step"])
    parser.add_argument("--lengths", type=int, nargs="+", default=[1024])
    for name, value in (("batch", 1), ("heads", 16), ("query-heads", None), ("channels", 64), ("nodes", 2)):
        parser.add_argument(f"--{name}", type=int, default=value)
    parser.add_argument("--threads", type=int, default=len(os.sched_getaffinity(0)))
    parser.add_argument("--samples", type=int, default=7)
    parser.add_argument("--interpreters", nargs="+", default=[sys.executable], help="where torch and jax may be")
    parser.add_argument("--json", action="store_true", help="JSON lines: provenance, a record a contender, then the table's rows")
    return parser.parse_args()


def jobs(o) -> list[tuple[str, str, int]]:
    """Work, kernel and length."""
    made = []
    for work in o.works:
        bf16 = ["bf16" + o.kernel[o.kernel.index("/") :]] if work in OF_ONE_TOKEN[1:] else []
        lengths = [1] if work in OF_ONE_TOKEN or work in SIZES else o.lengths
        made += [(work, kernel, L) for kernel in [o.kernel, *bf16] for L in lengths]
    return made


def main() -> int:
    o = options()
    if not o.library.exists():
        print(f"peers: {o.library}: not there; ninja -C build/release sca_kernels_plugin makes it", file=sys.stderr)
        return 2
    pairs = [(i, f) for i in o.interpreters for f in ("torch", "jax") if imports(i, f)]
    if not pairs:
        print(f"peers: no numpy with torch or jax in {', '.join(o.interpreters)}", file=sys.stderr)
        return 2
    records = []
    if o.json:
        print(json.dumps({"provenance": provenance()}), flush=True)
    for work, kernel, L in jobs(o):
        for interpreter, framework in pairs:
            if work in NETWORK_WORKS and framework != "torch":
                continue
            for setting in SETTINGS:
                made = run(interpreter, framework, setting, work, kernel, L, o)
                records += made
                if o.json and made:
                    print("\n".join(json.dumps(r) for r in made), flush=True)
    rows = best(ratios(records))
    if o.json:
        print("\n".join(json.dumps(r) for r in rows))
    else:
        print("# " + " · ".join(provenance().values()))
        print_table(rows)
    return 0 if records else 1


if __name__ == "__main__":
    sys.exit(main())
