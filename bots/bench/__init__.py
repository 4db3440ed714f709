"""Benchmarks: figures beside a floor or a peer from the same run. Nothing here is imported by the product."""
