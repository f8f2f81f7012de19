"""The whole ordeal: `python -m tests.torture [--seed N] [--customers N] [--kills N]`. Exits 1 if anything is wrong."""

import argparse
import asyncio
import random
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.torture.ordeal import STEPS, Outcome, Plan, run


def main() -> int:
    """Run it, and print the figures."""
    parser = argparse.ArgumentParser(prog="python -m tests.torture", description=__doc__)
    parser.add_argument("--customers", type=int, default=2000)
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--telegram-kills", type=int, default=5)
    parser.add_argument("--flood-waits", type=int, default=3)
    parser.add_argument("--pauses", type=int, default=4)
    parser.add_argument("--seed", type=int, default=random.randrange(10**6))
    parser.add_argument(
        "--contrary", action=argparse.BooleanOptionalAction, default=True, help="surprises, as there are"
    )
    parser.add_argument("--personal", action="store_true", help="copies with the recipient's own id in them")
    parser.add_argument("--untold", action="store_true", help="only asking again tells what has arrived")
    plan = Plan(**vars(parser.parse_args()))
    print(f"seed {plan.seed}: {len(STEPS)} steps to {plan.customers:,} customers, {plan.kills} kills", flush=True)
    began = time.monotonic()
    with TemporaryDirectory(prefix="torture-") as folder:
        outcome = asyncio.run(run(plan, Path(folder)))
    _show(outcome, time.monotonic() - began)
    return 0 if outcome.verdict.good else 1


def _show(outcome: Outcome, seconds: float) -> None:
    verdict = outcome.verdict
    repeats = outcome.faults["repeated"]
    figures = {
        "seconds": round(seconds),
        **dict(sorted(outcome.happened.items())),
        **{f"fault {name}": number for name, number in sorted(outcome.faults.items()) if name != "repeated"},
        "calls repeated with their random id": repeats,
        "deliveries": verdict.delivered,
        "duplicates": verdict.duplicates,
        "losses": verdict.losses,
        "out of order": verdict.out_of_order,
        "rows of the report that differ": verdict.misreported,
        "notices said twice or never": verdict.notices,
    }
    for name, number in figures.items():
        print(f"  {name:38}{number:>9,}")


if __name__ == "__main__":
    sys.exit(main())
