"""A pool of two workers follows four systems of five bodies that attract each other, for 8,000 steps each.

A step is made of operators only, as in the n-body benchmarks of others. The workers stay from round to round; the time is that
of `map`.
"""

import math
import multiprocessing

import driver

STEPS = 8_000
STEP = 0.001


def bodies(seed):
    """Return bodies as lists of place, velocity and mass: a heavy one, and four that go round it."""
    result = [[0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 40.0]]
    for number in range(1, 5):
        radius = 4.0 * number + 0.1 * seed
        speed = math.sqrt(40.0 / radius)
        angle = 1.3 * number
        result.append([radius * math.cos(angle), radius * math.sin(angle), 0.05 * number,
                       -speed * math.sin(angle), speed * math.cos(angle), 0.0, 0.01 * number])
    return result


def advance(system, pairs):
    """Let a step of time pass."""
    for a, b in pairs:
        dx = a[0] - b[0]
        dy = a[1] - b[1]
        dz = a[2] - b[2]
        square = dx * dx + dy * dy + dz * dz
        pull = STEP * square ** -1.5
        from_b = b[6] * pull
        a[3] -= dx * from_b
        a[4] -= dy * from_b
        a[5] -= dz * from_b
        from_a = a[6] * pull
        b[3] += dx * from_a
        b[4] += dy * from_a
        b[5] += dz * from_a
    for body in system:
        body[0] += STEP * body[3]
        body[1] += STEP * body[4]
        body[2] += STEP * body[5]


def energy(system, pairs):
    """Return the energy, which stays what it is."""
    moving = sum(0.5 * body[6] * (body[3] ** 2 + body[4] ** 2 + body[5] ** 2) for body in system)
    return moving - sum(a[6] * b[6] / math.dist(a[:3], b[:3]) for a, b in pairs)


def simulate(seed):
    """Return by how much the energy differs at the end."""
    system = bodies(seed)
    pairs = [(a, b) for index, a in enumerate(system) for b in system[index + 1:]]
    before = energy(system, pairs)
    for _ in range(STEPS):
        advance(system, pairs)
    return abs(energy(system, pairs) / before - 1)


if __name__ == '__main__':
    with multiprocessing.Pool(2) as pool:
        def work(count):
            for _ in range(count):
                if max(pool.map(simulate, range(4), chunksize=1)) > 1e-3:
                    raise AssertionError('the energy stays what it is')

        driver.run(work, bar=0.10, patience=12)
