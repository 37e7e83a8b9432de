"""`python -m bench.crowd PORT CODE COUNT SECONDS`: phones that join, follow and write.

Prints a line of JSON when all have joined, listens until its input ends, then prints what was
heard. With the code "-" it only listens, to any server that sends "batch" events (the reference).
"""

from __future__ import annotations

import sys

from gevent import monkey


def main() -> None:
    """Let nothing wait but the greenlet that waits: before anything else is imported."""
    monkey.patch_all()
    from bench.phones import gather

    gather(int(sys.argv[1]), sys.argv[2], int(sys.argv[3]), float(sys.argv[4]))


if __name__ == "__main__":
    main()
