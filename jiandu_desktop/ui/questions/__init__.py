"""One widget per type of question; each shows one node's state and says what was answered, and holds no rules."""
