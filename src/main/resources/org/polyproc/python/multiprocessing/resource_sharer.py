"""Stands for `multiprocessing.resource_sharer`: kernel objects and open files travel between living processes by a
token of the kernel.

There is no thread that hands them out. What is not fetched is forgotten when the process that offered it ends.
"""

import os

from _polyproc import descriptors, kernel

__all__ = ['stop', 'DupFd']


class DupFd:
    """Stands for a kernel object or an open file in a pickle that any living process may load, once."""

    def __init__(self, fd):
        is_file = not descriptors.is_kernel_object(fd)
        number = descriptors.wrap_file(fd) if is_file else fd
        try:
            self.token = descriptors.checked(kernel.channel.offer(number))
        finally:
            if is_file:
                os.close(number)

    @classmethod
    def from_token(cls, token):
        """Return the wrapper that a process made which got this token."""
        self = cls.__new__(cls)
        self.token = token
        return self

    def detach(self):
        """Take hold of the object; return its number, or the file descriptor of what is a file, which the caller has to close."""
        return descriptors.unwrap_file(descriptors.checked(kernel.channel.claim(self.token)))


def stop(timeout=None):
    """Do nothing: there is no thread to stop."""
