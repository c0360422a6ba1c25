"""Payloads as no client sends them, from a fixed list of seeds: a sample in `make test`, all of them in `make fuzz`."""
