"""Our numbers against those of the old planner's own engine.

`python -m tests.golden INDEX.json --out DIR` computes every row of an index like the shared one.
"""
