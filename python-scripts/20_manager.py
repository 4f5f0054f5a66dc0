"""A manager is a process that keeps ordinary Python objects for others, who use them through proxies.

Each call of a proxy is sent to the manager, so any object can be shared, but more slowly than memory. What a proxy
returns is a copy: the list that ``scores['Ann']`` returns is the child's own, and must be assigned to be seen by
others.
"""

import multiprocessing


def play(scores, log):
    """Change what the manager keeps."""
    scores['Bob'] = [7]
    scores['Ann'].append('lost: this list is a copy')
    scores['Ann'] += [5]
    log.append('played')


if __name__ == '__main__':
    with multiprocessing.Manager() as manager:
        scores = manager.dict(Ann=[3])
        log = manager.list(['begun'])
        process = multiprocessing.Process(target=play, args=(scores, log))
        process.start()
        process.join()
        log.append('ended')
        print(type(scores).__name__, 'of', scores)
        print(type(log).__name__, 'of', log)
        shared = manager.Namespace(place='here')
        print('a namespace:', shared.place)
        try:
            scores['Cleo']
        except KeyError as error:
            print('an error of the manager is raised here:', repr(error))
