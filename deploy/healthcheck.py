"""Ask the web of this container whether it is well, by a host name that Django accepts."""

import os
import sys
import urllib.request

request = urllib.request.Request(
    "http://127.0.0.1:8000/healthz", headers={"Host": os.environ["ALLOWED_HOSTS"].split(",")[0]}
)
try:
    sys.exit(urllib.request.urlopen(request, timeout=5).status != 200)
except OSError as error:
    sys.exit(f"{error}")
