"""What examples/HttpService.java runs: a process that answers requests until its host is closed."""

from urllib.parse import parse_qs


def factors(number):
    """Return the prime factors of a positive number."""
    found, divisor = [], 2
    while divisor * divisor <= number:
        while number % divisor == 0:
            found.append(divisor)
            number //= divisor
        divisor += 1
    return found + [number] if number > 1 else found


def answer(query):
    try:
        number = int(parse_qs(query)['n'][0])
        if number < 1:
            raise ValueError('n must be positive: %d' % number)
        return ' '.join(map(str, factors(number)))
    except KeyError:
        return 'say which number: ?n=360'
    except ValueError as error:
        return str(error)


def serve(requests, answers):
    while True:
        number, query = requests.get()
        answers.put((number, answer(query)))
