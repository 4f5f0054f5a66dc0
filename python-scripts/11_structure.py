"""A ctypes structure in shared memory has several fields that belong together.

The thermometers report to one record. Number, sum and maximum must change together, so each takes the record's lock;
the sum of all that was reported is right whatever their order. ``Array`` of a structure is a table.
"""

import ctypes
import multiprocessing


class Summary(ctypes.Structure):
    """What is known of all temperatures that were reported."""

    _fields_ = [('count', ctypes.c_int), ('sum', ctypes.c_double), ('maximum', ctypes.c_double)]


def report(summary, temperatures):
    """Add some temperatures to the summary."""
    for temperature in temperatures:
        with summary.get_lock():
            summary.count += 1
            summary.sum += temperature
            summary.maximum = max(summary.maximum, temperature)


if __name__ == '__main__':
    summary = multiprocessing.Value(Summary, 0, 0.0, -273.15)
    north = multiprocessing.Process(target=report, args=(summary, [3.5, 4.0, 2.5]))
    south = multiprocessing.Process(target=report, args=(summary, [11.0, 14.5]))
    for process in north, south:
        process.start()
    for process in north, south:
        process.join()
    print(summary.count, 'temperatures, mean', summary.sum / summary.count, 'maximum', summary.maximum)

    table = multiprocessing.Array(Summary, 2)
    table[1].count = 5
    print('a table:', [row.count for row in table])
