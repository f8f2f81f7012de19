"""All benchmarks, one after the other, each as a process of its own. Scale stops at 100,000: see its own arguments."""

import subprocess
import sys

BENCHMARKS = (
    ["throughput"],
    ["throughput", "10000", "100"],
    ["pickup"],
    ["idle"],
    ["dialogs"],
    ["pace"],
    ["labels"],
    ["receipts", "20000"],
    ["scale", "10000", "100000"],
)

for name, *arguments in BENCHMARKS:
    print(f"\n== {' '.join([name, *arguments])}", flush=True)
    subprocess.run([sys.executable, "-m", f"tests.benchmarks.{name}", *arguments], check=True)
