"""How fast Jiandu is, each time against a yardstick that does the same with nothing around it. See docs/bench.md."""
