"""A barrier lets nobody pass before all have come.

Three hikers walk to the hut and on to the summit, each at their own pace, but all leave the hut together: every "hut"
comes before the first "summit". One of them runs the action when the last one has come, before any of them goes on.
"""

import multiprocessing


def welcome():
    """Run by one of those who wait, when all have come."""
    print('-- all are at the hut --')


def hike(name, hut):
    """Walk in two stages."""
    print(f'{name} is at the hut')
    hut.wait()
    print(f'{name} is on the summit')


if __name__ == '__main__':
    hut = multiprocessing.Barrier(3, action=welcome)
    hikers = [multiprocessing.Process(target=hike, args=(name, hut)) for name in ('Ann', 'Bob', 'Cleo')]
    for hiker in hikers:
        hiker.start()
    for hiker in hikers:
        hiker.join()
    print('waiting at the barrier:', hut.n_waiting, 'of', hut.parties)
