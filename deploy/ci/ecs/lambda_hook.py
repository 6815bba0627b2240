"""A Lambda lifecycle hook of Amazon ECS that asks Portcullis; the handler is lambda_hook.handler.

Amazon ECS rolls back when a hook fails. So whatever keeps the gate from being asked is IN_PROGRESS here, and only an ABORT is FAILED: a gate that is down
must neither promote nor abort. Variables of the function: PORTCULLIS_GATE_URL, PORTCULLIS_SERVICE, PORTCULLIS_STAGE (default canary-1), PORTCULLIS_TOKEN.
"""

import json
import os
import urllib.request

AGAIN_AFTER_SECONDS = 30


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """A token goes to the gate and nowhere else."""

    def redirect_request(self, *_):
        return None


def handler(event, _context=None):
    try:
        decision = _ask(event)
    except Exception as fault:  # whatever it is: an exception that leaves the function rolls back
        print(f"Portcullis could not be asked: {type(fault).__name__}: {fault}")
        decision = None
    if decision == "PROMOTE":
        return {"hookStatus": "SUCCEEDED"}
    if decision == "ABORT":
        return {"hookStatus": "FAILED"}
    return {"hookStatus": "IN_PROGRESS", "callBackDelay": AGAIN_AFTER_SECONDS}


def _ask(event):
    stage = os.environ.get("PORTCULLIS_STAGE") or "canary-1"
    # The last part of the revision's ARN; tasks tell it in their metrics by the label that the policy's arms name.
    revision = event["targetServiceRevisionArn"].rsplit("/", 1)[1]
    question = {"service": os.environ["PORTCULLIS_SERVICE"], "stage": stage, "revision": revision}
    request = urllib.request.Request(
        os.environ["PORTCULLIS_GATE_URL"].rstrip("/") + "/v1/gate",
        data=json.dumps(question).encode(),
        headers={"Content-Type": "application/json"},
        method="POST",
    )
    if os.environ.get("PORTCULLIS_TOKEN"):
        request.add_unredirected_header("Authorization", "Bearer " + os.environ["PORTCULLIS_TOKEN"])
    with urllib.request.build_opener(_NoRedirect).open(request, timeout=10) as response:
        answer = json.load(response)
    if response.status != 200 or answer.get("stage") != stage:
        raise ValueError(f"status {response.status}, no answer about {stage}")
    print(f"{answer.get('decision')}: {answer.get('explanation')} ({answer.get('release')})")
    return answer.get("decision")
