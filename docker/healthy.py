"""End well if the tracker in this container says that it is `live` or, if that is asked for,
`ready`.
"""

import sys
from urllib.request import urlopen

urlopen(f"http://127.0.0.1:8000/healthz/{sys.argv[1]}", timeout=4)
