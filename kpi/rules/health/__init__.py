"""The health of an account: six parts with names, a mean that admits what it does not know.

Methods 1.13, field notes 4.2. One direction only: 100 is good. All values are whole points, so that
a score is exact; a changed formula gets a new VERSION.
"""

VERSION = "health-2"
