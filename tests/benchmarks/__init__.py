"""Benchmarks: programs of their own that print ratios measured side by side in one run. `make bench` runs them all."""
