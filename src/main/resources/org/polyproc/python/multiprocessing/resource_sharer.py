"""Stands for `multiprocessing.resource_sharer`: kernel objects travel between living processes by a token of the kernel.

There is no thread that hands them out. What is not fetched is forgotten when the process that offered it ends.
"""

from _polyproc import descriptors, kernel

__all__ = ['stop', 'DupFd']


class DupFd:
    """Wrapper for fd which can be used at any time."""

    def __init__(self, fd):
        descriptors.refuse_file(fd)
        self._token = kernel.channel.offer(fd)
        if self._token is None:
            descriptors.bad_number()

    def detach(self):
        """Get the fd.  This should only be called once."""
        return descriptors.checked(kernel.channel.claim(self._token))


def stop(timeout=None):
    """Stop the background thread and clear registered resources; there is no thread."""
