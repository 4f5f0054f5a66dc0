"""What examples/ProducerConsumers.java runs: a process that takes lines from a queue and counts their words."""

import collections


def count_words(lines, counts):
    total = collections.Counter()
    while (line := lines.get()) is not None:
        total.update(line.split())
    counts.put(dict(total))
