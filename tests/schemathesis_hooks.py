"""What schemathesis does not know of this API: places that exist, and words that must not be told."""

import json
import os

import schemathesis

KNOWN = json.loads(os.environ.get("PORTAL_KNOWN", "{}"))
FOREIGN = [it.encode() for it in os.environ.get("PORTAL_FOREIGN", "").split(",") if it]


@schemathesis.hook
def map_path_parameters(context, path_parameters):
    for name, values in KNOWN.items():
        if path_parameters and name in path_parameters:
            given = str(path_parameters[name])
            # A slug is always one that exists; of other places every third stays as it was made up.
            place = sum(given.encode("utf-8", "surrogatepass"))
            if len(values) == 1 or place % 3:
                path_parameters[name] = values[place % len(values)]
    return path_parameters


@schemathesis.check
def nothing_foreign(ctx, response, case):
    for word in FOREIGN:
        assert word not in response.content, f"an answer has `{word.decode()}` in it"
