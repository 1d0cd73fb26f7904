import os

from hypothesis import settings

# No deadlines: machines differ. In CI the same examples every time, so that a failure is the change's own.
settings.register_profile("everyday", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "everyday")
