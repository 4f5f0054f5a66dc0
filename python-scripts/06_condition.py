"""A condition lets processes wait until something is true that another process makes true.

Two players write in turns. ``wait_for`` looks whether it is this player's turn; if not it releases the lock, sleeps
until it is notified, takes the lock and looks again. Whoever changes the turn holds the lock and notifies the others.
"""

import multiprocessing


def play(word, me, turn, changed):
    """Write a word three times, when it is my turn."""
    for number in range(1, 4):
        with changed:
            changed.wait_for(lambda: turn.value == me)
            print(word, number)
            turn.value = 1 - me
            changed.notify()


if __name__ == '__main__':
    changed = multiprocessing.Condition()
    turn = multiprocessing.RawValue('i', 0)
    ping = multiprocessing.Process(target=play, args=('ping', 0, turn, changed))
    pong = multiprocessing.Process(target=play, args=('    pong', 1, turn, changed))
    pong.start()
    ping.start()
    for player in ping, pong:
        player.join()
    print('game over')
